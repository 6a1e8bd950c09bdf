/* The dictionary: what the treebanks say of single words. */
#include "training.h"
#include "votes.h"

#include "base/utf8.h"
#include "syntax/lower.h"
#include "syntax/word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longest word that has entries of its own; ch_lemma and ch_feats look no further. */
#define WORD_MAX 64
/* So many words must share an ending for it to have a rule. */
#define ENDING_WORDS 3
/* A word that is as often in the treebanks has its lemma in the dictionary even
 * where a rule gives it: that is faster. */
#define OFTEN 30
/* A word that is in the treebanks as often is of common use. */
#define KNOWN_MIN 3
/* Once may be a slip of the annotators. */
#define JOINT_MIN 2

typedef struct {
    char at[WORD_MAX + 16];
    size_t len;
} context;

/* A lower-case word with two tags. */
static context
context_of(ch_str lower, uint32_t a, uint32_t b)
{
    context c = {.len = lower.len + 2};
    memcpy(c.at, lower.at, lower.len);
    c.at[lower.len] = (char)a;
    c.at[lower.len + 1] = (char)b;
    return c;
}

static ch_str
str_of(const context *c)
{
    return (ch_str){c->at, c->len};
}

static uint64_t
key_of(ch_key_kind kind, ch_str c)
{
    size_t len = c.len - 2;
    return ch_model_key(kind, c.at, len, (uint8_t)c.at[len], (uint8_t)c.at[len + 1]);
}

/* The word in lower case; false when it is too long for the dictionary. */
static bool
lower_of(ch_str word, char *room, ch_str *lower)
{
    if (word.len == 0 || word.len > WORD_MAX)
        return false;
    *lower = (ch_str){room, ch_lower(room, WORD_MAX + 4, word)};
    return lower->len <= WORD_MAX;
}

/* Numbers of the tags and relations, in the order of their names. */
static bool
number_names(ch_training *t)
{
    for (uint32_t i = 0; i < t->train.nword; i++) {
        const ch_gold_word *w = &t->train.words[i];
        if (ch_map_put(&t->xpos, w->xpos, t->xpos.count, NULL) == NULL ||
            ch_map_put(&t->labels, w->rel, t->labels.count, NULL) == NULL)
            return false;
    }
    return true;
}

static uint32_t
xpos_of(const ch_training *t, const ch_gold_word *w)
{
    const uint32_t *number = ch_map_get(&t->xpos, w->xpos);
    return number != NULL ? *number : 0;
}

/* "2|y": how many bytes of the word go, and what comes for them. */
static ch_str
rule_of(char *room, size_t size, ch_str base, ch_str lemma)
{
    size_t same = 0;
    while (same < base.len && same < lemma.len && base.at[same] == lemma.at[same])
        same++;
    while (same > 0 && same < base.len && ((unsigned char)base.at[same] & 0xC0) == 0x80)
        same--;
    int len = snprintf(room, size, "%zu|%.*s", base.len - same, (int)(lemma.len - same), lemma.at + same);
    return (ch_str){room, len > 0 && (size_t)len < size ? (size_t)len : 0};
}

static bool
has_lemma(const ch_gold_word *w)
{
    return w->lemma.len != 0 && w->lemma.len <= WORD_MAX && !ch_str_is(w->lemma, "_");
}

/* Votes for a lemma rule and, of words with capitals, for keeping them; each
 * word counts once, however often it stands in the treebanks. */
static void
vote_rules(ch_training *t, ch_votes *seen, ch_votes *rules, ch_votes *keeps, const ch_gold_word *w)
{
    char room[WORD_MAX + 8], rule_room[2 * WORD_MAX];
    ch_str lower;
    if (!has_lemma(w) || !lower_of(w->form, room, &lower))
        return;
    uint32_t xpos = xpos_of(t, w), before = seen->pairs.count;
    context whole = context_of(w->form, xpos, w->upos);
    ch_vote(seen, str_of(&whole), w->lemma);
    if (seen->pairs.count == before)
        return;
    ch_str kept = rule_of(rule_room, sizeof rule_room / 2, w->form, w->lemma);
    ch_str small = rule_of(rule_room + WORD_MAX, sizeof rule_room / 2, lower, w->lemma);
    bool capital = !ch_str_eq(w->form, lower),
         keep = kept.len <= small.len && strtoul(kept.at, NULL, 10) < strtoul(small.at, NULL, 10);
    for (size_t n = 0; n <= CH_ENDING_MAX && n <= lower.len; n++) {
        ch_str ending = {lower.at + lower.len - n, n};
        context tagged = context_of(ending, xpos, w->upos), any = context_of(ending, CH_ANY_XPOS, w->upos);
        ch_vote(rules, str_of(&tagged), keep ? kept : small);
        ch_vote(rules, str_of(&any), keep ? kept : small);
        if (!capital || ch_str_eq(kept, small))
            continue;
        ch_vote(keeps, str_of(&tagged), (ch_str){keep ? "k" : "s", 1});
        ch_vote(keeps, str_of(&any), (ch_str){keep ? "k" : "s", 1});
    }
}

/* What the votes say of an ending, if they are clear; NULL if not. A longer ending
 * must be shared by more words, or it would say what one word does. */
static const ch_winner *
clear_winner(const ch_votes *votes, ch_str ending)
{
    const ch_winner *w = ch_votes_find(votes, ending);
    return w != NULL && (ending.len == 2 || (w->total >= ENDING_WORDS && 2 * w->count > w->total)) ? w : NULL;
}

/* Puts those endings that say something else than the next shorter one. */
static void
put_endings(ch_training *t, const ch_votes *votes, ch_key_kind kind)
{
    for (uint32_t i = 0; i < votes->contexts.count; i++) {
        ch_str ending = votes->contexts.keys[i];
        const ch_winner *own = clear_winner(votes, ending), *shorter = NULL;
        for (size_t cut = 1; shorter == NULL && cut + 2 <= ending.len; cut++)
            shorter = clear_winner(votes, (ch_str){ending.at + cut, ending.len - cut});
        if (own != NULL && (shorter == NULL || shorter->value != own->value))
            ch_training_put(t, key_of(kind, ending), ch_training_string(t, ch_votes_value(votes, own)));
    }
}

static bool
make_rules(ch_training *t)
{
    ch_votes seen = {.arena = &t->arena}, rules = {.arena = &t->arena}, keeps = {.arena = &t->arena};
    for (uint32_t i = 0; i < t->train.nword; i++)
        vote_rules(t, &seen, &rules, &keeps, &t->train.words[i]);
    for (uint32_t i = 0; i < t->train.nword; i++) {
        const ch_gold_word *w = &t->train.words[i];
        if (has_lemma(w))
            ch_training_put(t, ch_model_key(CH_KEY_IS_LEMMA, w->lemma.at, w->lemma.len, w->upos, 0), 1);
    }
    bool ok = !seen.failed && ch_votes_count(&rules) && ch_votes_count(&keeps);
    if (ok) {
        put_endings(t, &rules, CH_KEY_RULE);
        put_endings(t, &keeps, CH_KEY_KEEPS);
    }
    ch_votes_free(&seen);
    ch_votes_free(&rules);
    ch_votes_free(&keeps);
    return ok && ch_training_lay_dictionary(t);
}

/* Puts the winning lemma of each word, where what stands says another. A context
 * is a word with its universal tag and its Penn tag's number plus one, or 0. */
static void
put_lemmas(ch_training *t, const ch_votes *votes, bool often, ch_arena *scratch)
{
    for (uint32_t i = 0; i < votes->contexts.count; i++) {
        ch_str c = votes->contexts.keys[i], word = {c.at, c.len - 2};
        const ch_winner *w = &votes->winners[i];
        uint8_t upos = (uint8_t)c.at[c.len - 2], xpos = (uint8_t)(c.at[c.len - 1] - 1);
        ch_str lemma = ch_votes_value(votes, w);
        bool always = often && w->total >= OFTEN;
        if (always || !ch_str_eq(ch_lemma(&t->model, scratch, word, xpos, upos), lemma))
            ch_training_put(t, key_of(CH_KEY_LEMMA, c), ch_training_string(t, lemma));
        ch_arena_reset(scratch);
    }
}

/* Would the rules bring the word to another lemma if its Penn tag were one of those
 * that its universal tag stands beside? */
static bool
differs_for_some_tag(const ch_training *t, ch_arena *scratch, const ch_gold_word *w)
{
    for (uint32_t x = 0; x < t->xpos.count; x++)
        if (ch_model_get(&t->model, ch_model_key(CH_KEY_RULE, "", 0, (uint8_t)x, w->upos)) != 0 &&
            !ch_str_eq(ch_lemma_by_rule(&t->model, scratch, w->form, (uint8_t)x, w->upos), w->lemma))
            return true;
    return false;
}

/* Words that the rules bring to another lemma for one of their Penn tags, and
 * frequent ones, which are found at once then. */
static bool
make_lemmas(ch_training *t)
{
    char room[WORD_MAX + 8];
    ch_arena scratch;
    ch_votes any = {.arena = &t->arena}, tagged = {.arena = &t->arena}, exact = {.arena = &t->arena};
    ch_arena_init(&scratch, 0);
    for (uint32_t i = 0; i < t->train.nword; i++) {
        const ch_gold_word *w = &t->train.words[i];
        ch_str lower;
        if (!has_lemma(w) || !lower_of(w->form, room, &lower))
            continue;
        bool capital = !ch_str_eq(w->form, lower);
        uint32_t xpos = xpos_of(t, w);
        context in_small = context_of(lower, w->upos, xpos + 1), as_is = context_of(w->form, w->upos, xpos + 1);
        context untagged = context_of(lower, w->upos, 0), as_is_untagged = context_of(w->form, w->upos, 0);
        if (capital) {
            ch_vote(&exact, str_of(&as_is), w->lemma);
            if (w->upos == CH_PROPN && differs_for_some_tag(t, &scratch, w))
                ch_vote(&exact, str_of(&as_is_untagged), w->lemma);
        }
        if (capital && w->upos == CH_PROPN)
            continue;
        ch_vote(&tagged, str_of(&in_small), w->lemma);
        ch_str by_rule = ch_lemma_by_rule(&t->model, &scratch, lower, (uint8_t)xpos, w->upos);
        if (!ch_str_eq(by_rule, w->lemma))
            ch_vote(&any, str_of(&untagged), w->lemma);
        ch_arena_reset(&scratch);
    }
    bool ok = ch_votes_count(&any) && ch_votes_count(&tagged) && ch_votes_count(&exact);
    if (ok)
        put_lemmas(t, &any, true, &scratch);
    ok = ok && ch_training_lay_dictionary(t);
    if (ok)
        put_lemmas(t, &tagged, true, &scratch);
    ok = ok && ch_training_lay_dictionary(t);
    if (ok)
        put_lemmas(t, &exact, false, &scratch);
    ch_votes_free(&any);
    ch_votes_free(&tagged);
    ch_votes_free(&exact);
    ch_arena_free(&scratch);
    return ok;
}

static bool
make_feats(ch_training *t)
{
    char room[WORD_MAX + 8];
    ch_votes of_word = {.arena = &t->arena}, of_tag = {.arena = &t->arena};
    for (uint32_t i = 0; i < t->train.nword; i++) {
        const ch_gold_word *w = &t->train.words[i];
        ch_str lower;
        if (!lower_of(w->form, room, &lower))
            continue;
        context c = context_of(lower, xpos_of(t, w), w->upos), tag = context_of((ch_str){"", 0}, xpos_of(t, w), w->upos);
        ch_vote(&of_word, str_of(&c), w->feats);
        ch_vote(&of_tag, str_of(&tag), w->feats);
    }
    bool ok = ch_votes_count(&of_word) && ch_votes_count(&of_tag);
    for (uint32_t i = 0; ok && i < of_tag.contexts.count; i++)
        ch_training_put(t, key_of(CH_KEY_TAG_FEATS, of_tag.contexts.keys[i]),
                        ch_training_string(t, ch_votes_value(&of_tag, &of_tag.winners[i])));
    for (uint32_t i = 0; ok && i < of_word.contexts.count; i++) {
        ch_str c = of_word.contexts.keys[i], feats = ch_votes_value(&of_word, &of_word.winners[i]);
        const ch_winner *by_tag = ch_votes_find(&of_tag, (ch_str){c.at + c.len - 2, 2});
        if (!ch_str_eq(feats, ch_votes_value(&of_tag, by_tag)))
            ch_training_put(t, key_of(CH_KEY_FEATS, c), ch_training_string(t, feats));
    }
    ch_votes_free(&of_word);
    ch_votes_free(&of_tag);
    return ok;
}

static bool
is_plain(ch_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < 'a' || s.at[i] > 'z')
            return false;
    return s.len != 0;
}

/* Words of common use: 2 where they are also written in small letters, 1 where
 * they are only names. */
static bool
make_known(ch_training *t)
{
    static const ch_str small = {"s", 1}, other = {"o", 1};
    char room[WORD_MAX + 8];
    ch_votes all = {.arena = &t->arena}, in_small = {.arena = &t->arena};
    for (uint32_t i = 0; i < t->train.nword; i++) {
        ch_str lower, form = t->train.words[i].form;
        if (!lower_of(form, room, &lower) || !is_plain(lower))
            continue;
        ch_vote(&all, lower, other);
        if (is_plain(form))
            ch_vote(&in_small, lower, small);
    }
    bool ok = ch_votes_count(&all) && ch_votes_count(&in_small);
    for (uint32_t i = 0; ok && i < all.contexts.count; i++) {
        ch_str word = all.contexts.keys[i];
        const ch_winner *w = ch_votes_find(&in_small, word);
        uint32_t known = w != NULL && w->count >= KNOWN_MIN ? 2 : all.winners[i].count >= KNOWN_MIN ? 1 : 0;
        if (known != 0)
            ch_training_put(t, ch_model_key(CH_KEY_KNOWN, word.at, word.len, 0, 0), known);
    }
    ch_votes_free(&all);
    ch_votes_free(&in_small);
    return ok;
}

/* Where the treebank parts a run of letters that the classifier is not asked about. */
static ch_str
joint_of(char *room, const ch_chunk *k, const ch_run *run, const ch_treebank *tb, uint32_t word)
{
    size_t len = 0;
    for (uint32_t i = run->start + 1u; i < run->end; i++) {
        while (word < tb->nword && tb->words[word].span.start < k->at[i])
            word++;
        bool border = word < tb->nword && tb->words[word].span.start == k->at[i];
        if (!border || ch_chunk_is_open(k, i) || i - run->start > 9)
            continue;
        room[len++] = (char)('0' + i - run->start);
        room[len++] = (tb->words[word].flags & CH_T_MWT_REST) != 0 ? 'w' : 't';
    }
    return (ch_str){room, len};
}

static void
vote_joints(ch_votes *votes, ch_chunk *k, const ch_treebank *tb, uint32_t word)
{
    char lower[WORD_MAX + 4], room[32];
    ch_chunk_study(k);
    for (uint32_t i = 0; i < k->nrun; i++) {
        const ch_run *run = &k->runs[i];
        ch_str letters = {tb->text.at + k->at[run->start], k->at[run->end] - k->at[run->start]};
        if ((k->kind[run->start] != 'x' && k->kind[run->start] != 'X') || letters.len > WORD_MAX)
            continue;
        size_t len = ch_lower(lower, sizeof lower, letters);
        ch_vote(votes, (ch_str){lower, len}, joint_of(room, k, run, tb, word));
    }
}

static bool
make_joints(ch_training *t)
{
    const ch_treebank *tb = &t->train;
    ch_votes votes = {.arena = &t->arena};
    ch_chunk chunk;
    uint32_t word = 0;
    ch_chunk_begin(&chunk, tb->text.at, (ch_span){0, (uint32_t)tb->text.len});
    while (ch_chunk_read(&chunk)) {
        while (word < tb->nword && tb->words[word].span.end <= chunk.at[0])
            word++;
        vote_joints(&votes, &chunk, tb, word);
    }
    bool ok = ch_votes_count(&votes);
    for (uint32_t i = 0; ok && i < votes.contexts.count; i++) {
        ch_str run = votes.contexts.keys[i], joint = ch_votes_value(&votes, &votes.winners[i]);
        if (joint.len != 0 && votes.winners[i].count >= JOINT_MIN)
            ch_training_put(t, ch_model_key(CH_KEY_JOINT, run.at, run.len, 0, 0), ch_training_string(t, joint));
    }
    ch_votes_free(&votes);
    return ok;
}

/* ----------------------------------------------------------- abbreviations */

static void
put_abbreviation(ch_training *t, ch_str word, uint32_t class)
{
    char room[WORD_MAX + 8];
    ch_str lower;
    if (lower_of(word, room, &lower))
        ch_training_put(t, ch_model_key(CH_KEY_ABBREVIATION, lower.at, lower.len, 0, 0), class);
}

/* Those that the treebank shows are class 1. */
static void
take_shown(ch_training *t)
{
    for (uint32_t i = 0; i < t->train.nword; i++) {
        ch_str form = t->train.words[i].form;
        size_t at = 0;
        if (form.len > 1 && form.at[form.len - 1] == '.' && ch_is_letter(ch_utf8_next(form.at, form.len, &at)))
            put_abbreviation(t, form, 1);
    }
}

/* The next word of a line; words are parted by white space. */
static ch_str
next_word(ch_str line, size_t *at)
{
    while (*at < line.len && (unsigned char)line.at[*at] <= ' ')
        ++*at;
    size_t start = *at;
    while (*at < line.len && (unsigned char)line.at[*at] > ' ')
        ++*at;
    return (ch_str){line.at + start, *at - start};
}

/* "place+: Calif. Ont.": classes are numbered from 2, in the order of their names. */
static void
take_line(ch_training *t, ch_map *classes, ch_str line)
{
    size_t at = 0;
    ch_str name = next_word(line, &at);
    if (name.len == 0 || name.at[0] == '#')
        return;
    const uint32_t *class = ch_map_put(classes, name, classes->count + 2, NULL);
    if (class == NULL) {
        t->failed = true;
        return;
    }
    if (name.len > 1 && name.at[name.len - 2] == '+' && *class < 64)
        t->final_classes |= UINT64_C(1) << *class;
    for (ch_str word = next_word(line, &at); word.len != 0; word = next_word(line, &at))
        put_abbreviation(t, word, *class);
}

static void
take_listed(ch_training *t)
{
    ch_map classes = {0};
    ch_str all = t->abbreviations;
    for (size_t at = 0; at < all.len;) {
        const char *end = memchr(all.at + at, '\n', all.len - at);
        size_t stop = end != NULL ? (size_t)(end - all.at) : all.len;
        take_line(t, &classes, (ch_str){all.at + at, stop - at});
        at = stop + 1;
    }
    ch_map_free(&classes);
}

/* Lemmas and morphology of the held-out words, their tags given. */
static void
measure(const ch_training *t)
{
    uint32_t words = t->dev.nword, lemmas = 0, feats = 0;
    ch_arena scratch;
    ch_arena_init(&scratch, 0);
    for (uint32_t i = 0; i < words; i++) {
        const ch_gold_word *w = &t->dev.words[i];
        uint8_t xpos = (uint8_t)xpos_of(t, w);
        lemmas += ch_str_is(w->lemma, "_") || ch_str_eq(ch_lemma(&t->model, &scratch, w->form, xpos, w->upos), w->lemma);
        feats += ch_str_is(w->feats, ch_feats(&t->model, w->form, xpos, w->upos));
        ch_arena_reset(&scratch);
    }
    ch_arena_free(&scratch);
    if (words != 0)
        ch_training_say(t, "words: dev lemmas %.2f, morphology %.2f, their tags given", 100.0 * lemmas / words,
                        100.0 * feats / words);
}

bool
ch_train_dictionary(ch_training *t)
{
    take_shown(t);
    take_listed(t);
    bool ok = number_names(t) && make_rules(t) && make_lemmas(t) && make_feats(t) && make_known(t) && make_joints(t) &&
              ch_training_lay_dictionary(t);
    if (ok)
        measure(t);
    return ok;
}

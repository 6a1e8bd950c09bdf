/* The dictionary: what the treebanks say of single words. */
#include "training.h"
#include "votes.h"

#include "base/utf8.h"
#include "syntax/word.h"

#include <stdio.h>
#include <string.h>

/* Longest word that has entries of its own; ch_lemma and ch_feats look no further. */
#define WORD_MAX 64
/* Longest ending that has a rule. */
#define ENDING_MAX 4
/* A word that is in the treebanks as often is of common use. */
#define KNOWN_MIN 3

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

static void
learn_rules(ch_training *t, ch_votes *votes)
{
    char room[WORD_MAX + 8], rule_room[2 * WORD_MAX];
    for (uint32_t i = 0; i < t->train.nword; i++) {
        const ch_gold_word *w = &t->train.words[i];
        ch_str lower;
        if (!lower_of(w->form, room, &lower) || w->lemma.len > WORD_MAX || ch_str_is(w->lemma, "_"))
            continue;
        ch_str base = w->upos == CH_PROPN ? w->form : lower;
        ch_str rule = rule_of(rule_room, sizeof rule_room, base, w->lemma);
        for (size_t n = 1; n <= ENDING_MAX && n <= lower.len; n++) {
            context c = context_of((ch_str){lower.at + lower.len - n, n}, xpos_of(t, w), 0);
            ch_vote(votes, str_of(&c), rule);
        }
    }
}

static bool
make_rules(ch_training *t)
{
    ch_votes votes = {.arena = &t->arena};
    learn_rules(t, &votes);
    bool ok = ch_votes_count(&votes);
    for (uint32_t i = 0; ok && i < votes.contexts.count; i++)
        ch_training_put(t, key_of(CH_KEY_RULE, votes.contexts.keys[i]), ch_training_string(t, ch_votes_value(&votes, &votes.winners[i])));
    ch_votes_free(&votes);
    return ok;
}

static bool
make_lemmas(ch_training *t)
{
    char room[WORD_MAX + 8];
    ch_votes votes = {.arena = &t->arena};
    for (uint32_t i = 0; i < t->train.nword; i++) {
        const ch_gold_word *w = &t->train.words[i];
        ch_str lower;
        if (!lower_of(w->form, room, &lower) || w->lemma.len > WORD_MAX || ch_str_is(w->lemma, "_"))
            continue;
        context c = context_of(lower, w->upos, 0);
        ch_vote(&votes, str_of(&c), w->lemma);
    }
    bool ok = ch_votes_count(&votes);
    for (uint32_t i = 0; ok && i < votes.contexts.count; i++)
        ch_training_put(t, key_of(CH_KEY_LEMMA, votes.contexts.keys[i]), ch_training_string(t, ch_votes_value(&votes, &votes.winners[i])));
    ch_votes_free(&votes);
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

static void
put_word(ch_training *t, ch_key_kind kind, ch_str lower)
{
    ch_training_put(t, ch_model_key(kind, lower.at, lower.len, 0, 0), 1);
}

static bool
is_plain(ch_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < 'a' || s.at[i] > 'z')
            return false;
    return s.len != 0;
}

/* Words of common use, and words that end in a period of their own. */
static bool
make_known(ch_training *t)
{
    char room[WORD_MAX + 8];
    ch_votes votes = {.arena = &t->arena};
    for (uint32_t i = 0; i < t->train.nword; i++) {
        const ch_gold_word *w = &t->train.words[i];
        ch_str lower;
        if (!lower_of(w->form, room, &lower))
            continue;
        if (is_plain(w->form))
            ch_vote(&votes, lower, (ch_str){"known", 5});
        else if (lower.len > 1 && lower.at[lower.len - 1] == '.' && ch_is_letter((unsigned char)lower.at[0]))
            put_word(t, CH_KEY_ABBREVIATION, lower);
    }
    bool ok = ch_votes_count(&votes);
    for (uint32_t i = 0; ok && i < votes.contexts.count; i++)
        if (votes.winners[i].count >= KNOWN_MIN)
            put_word(t, CH_KEY_KNOWN, votes.contexts.keys[i]);
    ch_votes_free(&votes);
    return ok;
}

/* Tokens that stand alone between white space and that we would split. */
static bool
make_joined(ch_training *t)
{
    char room[WORD_MAX + 8];
    ch_arena pieces_arena;
    ch_arena_init(&pieces_arena, 0);
    bool ok = true;
    for (uint32_t i = 0; ok && i < t->train.nword; i++) {
        const ch_gold_word *w = &t->train.words[i];
        bool starts = i == 0 || (t->train.words[i - 1].flags & CH_T_SPACE_AFTER) != 0;
        ch_str lower;
        if (!starts || w->flags != CH_T_SPACE_AFTER || !lower_of(w->form, room, &lower))
            continue;
        ch_pieces pieces = {0};
        ok = ch_split_words(&t->model, t->train.text.at, w->span, &pieces, &pieces_arena);
        if (ok && pieces.count > 1)
            put_word(t, CH_KEY_JOINED, lower);
        ch_arena_reset(&pieces_arena);
    }
    ch_arena_free(&pieces_arena);
    return ok;
}

bool
ch_train_dictionary(ch_training *t)
{
    return number_names(t) && make_rules(t) && make_lemmas(t) && make_feats(t) && make_known(t) && ch_training_lay_dictionary(t) &&
           make_joined(t) && ch_training_lay_dictionary(t);
}

/* Tags and dependencies: from treebanks to lessons, and from the learner to the
 * model. */
#include "base/arena.h"
#include "syntax/lower.h"
#include "syntax/spelling.h"
#include "syntax/train/network_write.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Sizes of the shipped network and how it learns; each was chosen on the dev
 * sets, see models/english.md. */
#define DIM 384
#define LAYERS 4
#define ARC 128
#define LAB 128
#define SPELLING_ROWS (1u << 15)
#define BATCH 800
#define RATE 1.5e-3f
#define DROP 0.35f
#define DROP_WORD 0.2f
#define DROP_SPELLING 0.1f
#define TRUST 0.7f /* in teachers, against the treebank */

/* A word needs to be seen this often to have an embedding of its own. */
#define SEEN_MIN 2

/* Of a hundred sentences so many are learned once more in capitals, and as many
 * with every word capitalised, as headlines are. */
#define IN_CAPITALS 6

/* Of a hundred sentences so many are learned once more with other words in the
 * places of some, of the same tag: verbs that take an object, names, and nouns
 * that act or are acted upon. The tree stays true, and the words of the news are
 * met where they stand in the news. */
#define REWORDED 40
#define OTHER_VERB 60 /* chances in a hundred for each word that may be another */
#define OTHER_NAME 50
#define OTHER_NOUN 30

typedef enum { AS_IT_IS, UPPER, TITLE, REWORD } style;

/* Words by their Penn tag. */
typedef struct {
    ch_str *at; /* in the order of their tags */
    uint32_t first[CH_NAMES_MAX + 1];
} wordlist;

typedef struct {
    ch_lesson *at;
    float **opinion; /* of the teachers, for each lesson */
    uint32_t count;
    uint32_t nadvised; /* lessons before the made and the reworded ones: of those the teachers know less than the tree */
} lessons;

static uint32_t
number_of(const ch_map *map, ch_str key)
{
    const uint32_t *at = ch_map_get(map, key);
    return at != NULL ? *at : 0;
}

/* Numbers for the words that are seen often enough, from 1. */
static bool
number_words(ch_training *t, ch_map *words)
{
    ch_map seen = {0};
    bool ok = true;
    for (uint32_t i = 0; ok && i < t->train.nword; i++) {
        char lower[CH_LOWER_MAX];
        size_t len = ch_lower(lower, sizeof lower, ch_gold_text(&t->train, t->train.words[i].span));
        uint32_t *count = ch_map_get(&seen, (ch_str){lower, len});
        if (count != NULL) {
            (*count)++;
            continue;
        }
        char *kept = ch_arena_copy(&t->arena, lower, len);
        ok = kept != NULL && ch_map_put(&seen, (ch_str){kept, len}, 1, NULL) != NULL;
    }
    for (uint32_t i = 0; ok && i < seen.count; i++)
        if (seen.values[i] >= SEEN_MIN)
            ok = ch_map_put(words, seen.keys[i], words->count + 1, NULL) != NULL;
    ch_map_free(&seen);
    return ok;
}

/* The word as the style writes it; NULL without memory. */
static const char *
restyled(ch_training *t, ch_str word, style how)
{
    char *out = ch_arena_copy(&t->arena, word.at, word.len);
    for (size_t i = 0; out != NULL && i < word.len; i++)
        if ((how == UPPER || i == 0) && out[i] >= 'a' && out[i] <= 'z')
            out[i] = (char)(out[i] - 32);
    return out;
}

/* The list's lines are "form TAB tag"; tags that the treebank lacks are passed over. */
static bool
read_words(ch_training *t, const char *text, size_t len, wordlist *out)
{
    uint32_t count[CH_NAMES_MAX + 1] = {0}, total = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t at = 0; at < len;) {
            const char *end = memchr(text + at, '\n', len - at);
            size_t stop = end != NULL ? (size_t)(end - text) : len;
            const char *tab = memchr(text + at, '\t', stop - at);
            const uint32_t *tag = tab != NULL ? ch_map_get(&t->xpos, (ch_str){tab + 1, stop - (size_t)(tab - text) - 1}) : NULL;
            if (tag != NULL && pass == 0)
                count[*tag + 1]++, total++;
            else if (tag != NULL)
                out->at[out->first[*tag] + count[*tag]++] = (ch_str){text + at, (size_t)(tab - text) - at};
            at = stop + 1;
        }
        if (pass == 1)
            break;
        out->at = ch_arena_array(&t->arena, total + 1, sizeof *out->at);
        if (out->at == NULL)
            return false;
        for (uint32_t i = 0; i < CH_NAMES_MAX; i++)
            out->first[i + 1] = out->first[i] + count[i + 1];
        memset(count, 0, sizeof count);
    }
    return true;
}

static bool
is_rel(const ch_gold_word *w, const char *rel)
{
    size_t len = strlen(rel);
    return w->rel.len >= len && memcmp(w->rel.at, rel, len) == 0 && (w->rel.len == len || w->rel.at[len] == ':');
}

/* Chances in a hundred that word i of the sentence is another one. */
static uint32_t
chances(const ch_treebank *tb, const ch_gold_sentence *s, uint32_t i)
{
    const ch_gold_word *w = &tb->words[s->first + i];
    bool object = false, name = false;
    for (uint32_t k = s->first; k < s->last; k++) {
        const ch_gold_word *child = &tb->words[k];
        if (child->head != i + 1)
            continue;
        object = object || is_rel(child, "obj") || ch_str_is(child->rel, "nsubj:pass");
        name = name || is_rel(child, "flat") || is_rel(child, "compound") || is_rel(child, "fixed");
    }
    if (w->upos == CH_VERB)
        return object && !name ? OTHER_VERB : 0;
    if (name || is_rel(w, "flat") || is_rel(w, "compound") || is_rel(w, "fixed") ||
        (w->flags & (CH_T_MWT_FIRST | CH_T_MWT_REST)) != 0)
        return 0;
    if (w->upos == CH_PROPN)
        return OTHER_NAME;
    bool party = is_rel(w, "nsubj") || is_rel(w, "obj") || is_rel(w, "obl") || is_rel(w, "nmod") || is_rel(w, "conj");
    return w->upos == CH_NOUN && party ? OTHER_NOUN : w->upos == CH_ADJ && is_rel(w, "amod") ? OTHER_NOUN / 3 : 0;
}

/* Another word of that tag, capitalised as the first was; the word itself when
 * there is none or chance has it so. NULL without memory. */
static const char *
reworded(ch_training *t, const ch_treebank *tb, const ch_gold_sentence *s, uint32_t i, uint32_t xpos, const wordlist *list,
         ch_str *text)
{
    uint32_t count = list->first[xpos + 1] - list->first[xpos];
    if (count == 0 || ch_training_random(t, 100) >= chances(tb, s, i))
        return text->at;
    ch_str other = list->at[list->first[xpos] + ch_training_random(t, count)];
    char *out = ch_arena_copy(&t->arena, other.at, other.len);
    if (out != NULL && text->at[0] >= 'A' && text->at[0] <= 'Z' && out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 32);
    text->len = other.len;
    return out;
}

static bool
make_lesson(ch_training *t, const ch_treebank *tb, const ch_gold_sentence *sentence, const ch_map *words, const wordlist *list,
            style how, ch_lesson *out)
{
    uint32_t n = sentence->last - sentence->first, nrow = 0, rows[CH_SPELLING_ROWS_MAX];
    ch_arena *a = &t->arena;
    uint32_t *word = ch_arena_array(a, n, sizeof *word), *first_row = ch_arena_array(a, n + 1, sizeof *first_row);
    uint32_t *all_rows = ch_arena_array(a, (size_t)n * CH_SPELLING_ROWS_MAX, sizeof *all_rows);
    uint8_t *upos = ch_arena_alloc(a, n), *xpos = ch_arena_alloc(a, n), *label = ch_arena_alloc(a, n);
    uint16_t *head = ch_arena_array(a, n, sizeof *head);
    if (word == NULL || first_row == NULL || all_rows == NULL || upos == NULL || xpos == NULL || label == NULL || head == NULL)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const ch_gold_word *gold = &tb->words[sentence->first + i];
        ch_str text = ch_gold_text(tb, gold->span);
        char lower[CH_LOWER_MAX];
        if (how == REWORD)
            text.at = reworded(t, tb, sentence, i, number_of(&t->xpos, gold->xpos), list, &text);
        else if (how != AS_IT_IS)
            text.at = restyled(t, text, how);
        if (text.at == NULL)
            return false;
        word[i] = number_of(words, (ch_str){lower, ch_lower(lower, sizeof lower, text)});
        uint32_t count = ch_spelling_rows(text, SPELLING_ROWS, rows);
        memcpy(all_rows + nrow, rows, count * sizeof *rows);
        first_row[i] = nrow;
        nrow += count;
        upos[i] = gold->upos;
        xpos[i] = (uint8_t)number_of(&t->xpos, gold->xpos);
        label[i] = (uint8_t)number_of(&t->labels, gold->rel);
        head[i] = (uint16_t)gold->head;
    }
    first_row[n] = nrow;
    *out = (ch_lesson){
        .n = n, .word = word, .rows = all_rows, .first_row = first_row, .upos = upos, .xpos = xpos, .label = label, .head = head};
    return true;
}

static bool
make_lessons(ch_training *t, const ch_treebank *tb, const ch_map *words, const wordlist *list, style how, lessons *out)
{
    enum { SHORTEST_RESTYLED = 4 };
    for (uint32_t s = 0; s < tb->nsent; s++) {
        uint32_t n = tb->sents[s].last - tb->sents[s].first;
        if (n > CH_SENTENCE_MAX || (how != AS_IT_IS && (n < SHORTEST_RESTYLED ||
                                                        ch_training_random(t, 100) >= (how == REWORD ? REWORDED : IN_CAPITALS))))
            continue;
        if (!make_lesson(t, tb, &tb->sents[s], words, list, how, &out->at[out->count]))
            return false;
        out->count++;
    }
    return true;
}

/* One learner taught to the end; NULL when it failed. `number` 0 is the one that
 * is kept, those from 1 are its teachers. */
static ch_learner *
teach(ch_training *t, const ch_network_shape *shape, uint32_t number, const lessons *train, const lessons *dev, ch_error *err)
{
    uint32_t passes = number != 0 && t->options->teacher_passes != 0 ? t->options->teacher_passes : t->options->passes;
    ch_learning how = {.epochs = passes, .batch = BATCH, .seed = t->options->seed + number * 1000, .rate = RATE,
                       .drop = DROP, .drop_word = DROP_WORD, .drop_spelling = DROP_SPELLING, .trust = TRUST};
    char state[4096] = "";
    ch_learner *learner;
    if (ch_learner_new(&learner, shape, &how, err) != CH_OK)
        return NULL;
    if (t->options->state != NULL)
        snprintf(state, sizeof state, "%s.%u", t->options->state, number);
    if (state[0] != '\0' && ch_learner_load(learner, state, NULL) == CH_OK)
        ch_training_say(t, "goes on behind pass %u", ch_learner_epochs_done(learner));
    while (ch_learner_epochs_done(learner) < how.epochs) {
        double loss;
        ch_marks m;
        time_t start = time(NULL);
        if (ch_learner_epoch(learner, train->at, train->count, &loss, err) != CH_OK ||
            ch_learner_marks(learner, dev->at, dev->count, &m, err) != CH_OK ||
            (state[0] != '\0' && ch_learner_save(learner, state, err) != CH_OK)) {
            ch_learner_free(learner);
            return NULL;
        }
        double all = m.count != 0 ? 100.0 / m.count : 0;
        ch_training_say(t, "%s %u, pass %u of %u: loss %.3f; dev, words given: UPOS %.2f, XPOS %.2f, UAS %.2f, LAS %.2f (%d s)",
                        number == 0 ? "learner" : "teacher", number, ch_learner_epochs_done(learner), how.epochs, loss,
                        m.upos * all, m.xpos * all, m.head * all, m.labelled * all, (int)(time(NULL) - start));
    }
    return learner;
}

/* The opinions of all teachers, in the lessons. */
static bool
hear_teachers(ch_training *t, const ch_network_shape *shape, lessons *train, const lessons *dev, ch_error *err)
{
    uint32_t count = t->options->teachers;
    bool ok = true;
    for (uint32_t number = 1; ok && number <= count; number++) {
        ch_learner *teacher = teach(t, shape, number, train, dev, err);
        ok = teacher != NULL;
        for (uint32_t i = 0; ok && number == 1 && i < train->nadvised; i++)
            ok = (train->opinion[i] = ch_arena_array(&t->arena, ch_lesson_soft(shape, train->at[i].n), sizeof(float))) != NULL;
        for (uint32_t i = 0; ok && i < train->nadvised; i++)
            train->at[i].soft = train->opinion[i];
        ok = ok && ch_learner_advise(teacher, train->at, train->count, 1.0f / (float)count, err) == CH_OK;
        /* teachers learn from the treebank alone */
        for (uint32_t i = 0; ok && number < count && i < train->count; i++)
            train->at[i].soft = NULL;
        ch_learner_free(teacher);
    }
    return ok;
}

bool
ch_train_trees(ch_training *t)
{
    ch_map words = {0};
    ch_error err = {0};
    wordlist list = {0};
    uint32_t most = t->train.nsent * 4 + t->also.nsent;
    lessons train = {.at = ch_arena_array(&t->arena, most, sizeof *train.at),
                     .opinion = ch_arena_array(&t->arena, most, sizeof *train.opinion)};
    lessons dev = {.at = ch_arena_array(&t->arena, t->dev.nsent, sizeof *dev.at)};
    ch_learner *learner = NULL;
    bool ok = train.at != NULL && train.opinion != NULL && dev.at != NULL && number_words(t, &words) &&
              make_lessons(t, &t->train, &words, &list, AS_IT_IS, &train) &&
              make_lessons(t, &t->train, &words, &list, UPPER, &train) &&
              make_lessons(t, &t->train, &words, &list, TITLE, &train) && make_lessons(t, &t->dev, &words, &list, AS_IT_IS, &dev);
    train.nadvised = train.count;
    ok = ok && make_lessons(t, &t->also, &words, &list, AS_IT_IS, &train);
    if (ok && t->words.len != 0)
        ok = read_words(t, (const char *)t->words.at, t->words.len, &list) &&
             make_lessons(t, &t->train, &words, &list, REWORD, &train);
    if (ok) {
        ch_network_shape shape = {.dim = DIM,
                                  .layers = LAYERS,
                                  .arc = ARC,
                                  .lab = LAB,
                                  .nword = words.count,
                                  .nrow = SPELLING_ROWS,
                                  .nxpos = t->xpos.count,
                                  .nlabel = t->labels.count};
        ok = hear_teachers(t, &shape, &train, &dev, &err) && (learner = teach(t, &shape, 0, &train, &dev, &err)) != NULL &&
             ch_network_write(t, &shape, ch_learner_weights(learner), &words);
    }
    if (!ok && err.status != CH_OK)
        ch_training_say(t, "%s", err.message);
    ch_learner_free(learner);
    ch_map_free(&words);
    return ok;
}

/* Blocks `inflection`: forms of the words that frames and sets name. */
#include "base/grow.h"
#include "lexicon/build.h"
#include "lexicon/frames.h"
#include "lexicon/sections.h"

#include <stdlib.h>
#include <string.h>

/* Longest form that is made. */
#define FORM_MAX 64

static const char *const keys[] = {"ending", "double", "irregular", NULL};

typedef struct {
    ch_build *build;
    const ch_block *block;
    ch_inflection *all; /* [count] */
    uint32_t count, room;
} inflecting;

/* "a = b" in two; false, and told, where there is no "=". */
static bool
parts(const inflecting *x, const ch_value *v, ch_str *left, ch_str *right)
{
    const char *at = memchr(v->text.at, '=', v->text.len);
    if (at == NULL) {
        ch_complain(x->build->to, true, v->file, v->line, v->column, "write LEMMA = FORM, or ENDING = ENDING", "no \"=\"");
        return false;
    }
    size_t len = (size_t)(at - v->text.at);
    *left = ch_str_trim((ch_str){v->text.at, len});
    *right = ch_str_trim((ch_str){at + 1, v->text.len - len - 1});
    return true;
}

static void
add(inflecting *x, ch_str lemma, const char *form, size_t len)
{
    ch_inflection *all = ch_grow(x->all, x->count, &x->room, sizeof *all, 1024);
    if (all == NULL) {
        x->build->out_of_memory = true;
        return;
    }
    x->all = all;
    const uint32_t *known = ch_map_get(&x->build->words, lemma);
    if (known == NULL)
        return;
    uint32_t number = *known; /* the map may move when the form is added */
    char *kept = ch_arena_copy(x->build->arena, form, len);
    if (kept == NULL) {
        x->build->out_of_memory = true;
        return;
    }
    x->all[x->count] = (ch_inflection){.form = ch_build_word(x->build, (ch_str){kept, len}),
                                       .lemma = number,
                                       .text = ch_build_string(x->build, lemma),
                                       .order = x->count};
    x->count++;
}

/* The lemma less `cut` bytes and `middle` and `ending` behind it. */
static void
add_made(inflecting *x, ch_str lemma, size_t cut, ch_str middle, ch_str ending)
{
    char form[FORM_MAX];
    size_t stem = lemma.len - cut;
    if (stem + middle.len + ending.len > sizeof form)
        return;
    memcpy(form, lemma.at, stem);
    memcpy(form + stem, middle.at, middle.len);
    memcpy(form + stem + middle.len, ending.at, ending.len);
    add(x, lemma, form, stem + middle.len + ending.len);
}

static bool
is_letters(ch_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < 'a' || s.at[i] > 'z')
            return false;
    return s.len > 1;
}

static void
inflect(inflecting *x, ch_str lemma)
{
    uint64_t at = 0;
    ch_str left, right;
    for (const ch_value *v; (v = ch_block_next(x->block, "ending", &at)) != NULL;)
        if (parts(x, v, &left, &right) && left.len < lemma.len && memcmp(lemma.at + lemma.len - left.len, left.at, left.len) == 0)
            add_made(x, lemma, left.len, (ch_str){"", 0}, right);
    at = 0;
    ch_str last = {lemma.at + lemma.len - 1, 1};
    for (const ch_value *v; (v = ch_block_next(x->block, "double", &at)) != NULL;)
        if (strchr("aeiouwxy", last.at[0]) == NULL)
            add_made(x, lemma, 0, last, v->text);
}

static void
add_irregular(inflecting *x, const ch_value *v)
{
    ch_str lemma, forms;
    if (!parts(x, v, &lemma, &forms))
        return;
    while (forms.len != 0) {
        const char *comma = memchr(forms.at, ',', forms.len);
        size_t len = comma != NULL ? (size_t)(comma - forms.at) : forms.len;
        ch_str form = ch_str_trim((ch_str){forms.at, len});
        add(x, lemma, form.at, form.len);
        forms = comma != NULL ? (ch_str){comma + 1, forms.len - len - 1} : (ch_str){NULL, 0};
    }
}

static int
by_form(const void *a, const void *b)
{
    const ch_inflection *x = a, *y = b;
    if (x->form != y->form)
        return x->form > y->form ? 1 : -1;
    return x->order > y->order ? 1 : x->order < y->order ? -1 : 0;
}

/* Marks the words that frames and sets name. */
static void
mark_words(const ch_build *build, bool *named)
{
    const uint32_t *words = ch_build_at(build, CH_SECTION_FRAME_WORDS, 0);
    for (uint32_t i = 0; i < ch_build_count(build, CH_SECTION_FRAME_WORDS); i++)
        named[words[i]] = true;
    const ch_set_slot *slots = ch_build_at(build, CH_SECTION_SET_SLOTS, 0);
    for (uint32_t i = 0; i < ch_build_count(build, CH_SECTION_SET_SLOTS); i++)
        named[slots[i].word] = true;
}

void
ch_compile_inflections(ch_build *build)
{
    inflecting x = {.build = build};
    uint32_t nword = build->words.count;
    bool *named = ch_arena_array(build->arena, (size_t)nword + 1, sizeof *named);
    if (named == NULL) {
        build->out_of_memory = true;
        return;
    }
    mark_words(build, named);
    for (uint32_t b = 0; b < build->nblock; b++) {
        x.block = &build->blocks[b];
        if (!ch_str_is(x.block->kind, "inflection"))
            continue;
        ch_build_check_keys(build, x.block, keys);
        uint64_t at = 0;
        for (const ch_value *v; (v = ch_block_next(x.block, "irregular", &at)) != NULL;)
            add_irregular(&x, v);
        for (uint32_t i = 0; i < nword; i++) {
            ch_str lemma = build->words.keys[i];
            if (named[build->words.values[i]] && is_letters(lemma))
                inflect(&x, lemma);
        }
    }
    if (x.count != 0)
        qsort(x.all, x.count, sizeof *x.all, by_form);
    for (uint32_t i = 0; i < x.count; i++)
        if (i == 0 || x.all[i].form != x.all[i - 1].form)
            ch_build_put(build, CH_SECTION_INFLECTIONS, &x.all[i], sizeof x.all[i]);
    free(x.all);
}

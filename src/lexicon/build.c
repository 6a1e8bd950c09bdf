#include "lexicon/build.h"

#include "base/day.h"
#include "base/grow.h"
#include "base/utf8.h"
#include "lexicon/vocabulary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A folded form is never longer than three times the written one (ligatures). */
#define FOLD_ROOM 1024

struct ch_build_name {
    uint32_t words[CH_NAME_WORDS_MAX];
    uint32_t nword;
    ch_name name;
    ch_name_place place;
};

ch_lexstr
ch_build_string(ch_build *build, ch_str s)
{
    if (s.len == 0)
        return 0;
    ch_text *pool = &build->sections[CH_SECTION_STRINGS];
    if (pool->len == 0)
        ch_text_putc(pool, '\0');
    build->element_size[CH_SECTION_STRINGS] = 1;
    uint32_t *old = ch_map_get(&build->strings, s);
    if (old != NULL)
        return *old;
    char *copy = ch_arena_copy(build->arena, s.at, s.len);
    uint32_t at = (uint32_t)pool->len;
    if (copy == NULL || ch_map_put(&build->strings, (ch_str){copy, s.len}, at, NULL) == NULL) {
        build->out_of_memory = true;
        return 0;
    }
    ch_text_add(pool, s.at, s.len);
    ch_text_putc(pool, '\0');
    return at;
}

uint32_t
ch_build_word(ch_build *build, ch_str folded)
{
    uint32_t *variant = ch_map_get(&build->spellings, folded);
    if (variant != NULL)
        return *variant;
    uint32_t *old = ch_map_get(&build->words, folded);
    if (old != NULL)
        return *old;
    char *copy = ch_arena_copy(build->arena, folded.at, folded.len);
    uint32_t number = build->words.count + 1;
    if (copy == NULL || ch_map_put(&build->words, (ch_str){copy, folded.len}, number, NULL) == NULL) {
        build->out_of_memory = true;
        return 0;
    }
    return number;
}

uint32_t
ch_build_words(ch_build *build, ch_str s, uint32_t *out, uint32_t room)
{
    char folded[FOLD_ROOM];
    size_t len = ch_fold(folded, sizeof folded, s.at, s.len);
    if (len == SIZE_MAX)
        return room + 1;
    uint32_t count = 0;
    for (size_t at = 0; at < len;) {
        const char *gap = memchr(folded + at, ' ', len - at);
        size_t end = gap != NULL ? (size_t)(gap - folded) : len;
        uint32_t word = ch_build_word(build, (ch_str){folded + at, end - at});
        if (count < room)
            out[count] = word;
        count++;
        at = end + 1;
    }
    return count;
}

uint32_t
ch_build_put(ch_build *build, uint32_t section, const void *element, uint32_t size)
{
    uint32_t index = ch_build_count(build, section);
    build->element_size[section] = size;
    ch_text_add(&build->sections[section], element, size);
    return index;
}

uint32_t
ch_build_count(const ch_build *build, uint32_t section)
{
    uint32_t size = build->element_size[section];
    return size == 0 ? 0 : (uint32_t)(build->sections[section].len / size);
}

void *
ch_build_at(const ch_build *build, uint32_t section, uint32_t index)
{
    char *at = build->sections[section].at;
    return at != NULL ? at + (size_t)index * build->element_size[section] : NULL;
}

const char *
ch_build_chars(const ch_build *build, ch_lexstr s)
{
    return ch_build_at(build, CH_SECTION_STRINGS, s);
}

static uint8_t
case_flags(ch_str form)
{
    bool lower = false, first = true, capital = false, starts = false, last_capital = false;
    uint32_t letters = 0;
    for (size_t at = 0; at < form.len;) {
        uint32_t c = ch_utf8_next(form.at, form.len, &at);
        if (c == ' ')
            starts = true;
        if (!ch_is_letter(c))
            continue;
        letters++;
        if (starts)
            last_capital = ch_is_upper(c);
        starts = false;
        if (first)
            capital = ch_is_upper(c);
        first = false;
        lower = lower || ch_is_lower(c);
    }
    if (letters > 1 && !lower && capital)
        return CH_NAME_CAPS | CH_NAME_CAPITAL_1;
    return (uint8_t)((capital ? CH_NAME_CAPITAL_1 : 0) | (last_capital ? CH_NAME_CAPITAL_N : 0));
}

static ch_str
without_article(ch_str form)
{
    if (form.len > 4 && (form.at[0] == 't' || form.at[0] == 'T') && memcmp(form.at + 1, "he ", 3) == 0)
        return (ch_str){form.at + 4, form.len - 4};
    return form;
}

void
ch_build_name_add(ch_build *build, const ch_block *block, const ch_value *value, ch_str form, ch_name_kind kind, uint32_t entry)
{
    ch_build_name n = {0};
    form = without_article(form);
    const char *file = value != NULL ? value->file : block->file;
    uint32_t line = value != NULL ? value->line : block->line, column = value != NULL ? value->column : 1;
    n.nword = ch_build_words(build, form, n.words, CH_NAME_WORDS_MAX);
    if (n.nword == 0 || n.nword > CH_NAME_WORDS_MAX) {
        ch_complain(
            build->to, true, file, line, column, n.nword == 0 ? "write a name with a letter or digit in it" : "shorten the name",
            n.nword == 0 ? "nothing is left of this name once folded" : "a name of more than %d words", CH_NAME_WORDS_MAX);
        return;
    }
    n.place = (ch_name_place){file, line, column, block->foreign};
    n.name = (ch_name){.entry = entry, .form = ch_build_string(build, form), .kind = (uint8_t)kind, .flags = case_flags(form)};
    ch_build_name *names = ch_grow(build->names, build->nname, &build->name_room, sizeof *names, 4096);
    if (names == NULL) {
        build->out_of_memory = true;
        return;
    }
    build->names = names;
    build->names[build->nname++] = n;
}

uint32_t
ch_build_country(const ch_build *build, ch_str code)
{
    const uint32_t *at = ch_map_get(&build->countries, code);
    return at != NULL ? *at : CH_NONE;
}

ch_lexplace
ch_build_place(ch_build *build, const ch_block *block)
{
    return (ch_lexplace){.file = ch_build_string(build, ch_str_of(block->file)), .line = block->line};
}

bool
ch_parse_range(ch_str s, int32_t *from, int32_t *to)
{
    *from = CH_DAY_MIN;
    *to = CH_DAY_MAX;
    size_t dots = s.len;
    for (size_t i = 0; i + 1 < s.len; i++)
        if (s.at[i] == '.' && s.at[i + 1] == '.') {
            dots = i;
            break;
        }
    int32_t other;
    if (dots == s.len)
        return ch_day_parse(s, from, to);
    ch_str left = {s.at, dots}, right = {s.at + dots + 2, s.len - dots - 2};
    if (left.len != 0 && !ch_day_parse(left, from, &other))
        return false;
    if (right.len != 0 && !ch_day_parse(right, &other, to))
        return false;
    return *from <= *to;
}

bool
ch_parse_number(ch_str s, double *out)
{
    char copy[64];
    if (s.len == 0 || s.len >= sizeof copy)
        return false;
    memcpy(copy, s.at, s.len);
    copy[s.len] = '\0';
    char *end;
    *out = strtod(copy, &end);
    return *end == '\0' && isfinite(*out);
}

void
ch_build_check_keys(ch_build *build, const ch_block *block, const char *const *keys)
{
    for (uint32_t i = 0; i < block->nfield; i++) {
        bool known = false;
        for (const char *const *k = keys; *k != NULL && !known; k++)
            known = ch_str_is(block->fields[i].key, *k);
        if (!known)
            ch_complain(build->to, true, block->fields[i].file, block->fields[i].line, 3,
                        "see docs/lexicon.md for the keys of this kind", "a %.*s has no \"%.*s\"", (int)block->kind.len,
                        block->kind.at, (int)block->fields[i].key.len, block->fields[i].key.at);
    }
}

const uint32_t *
ch_build_name_words(const ch_build *build, uint32_t i, uint32_t *count)
{
    *count = build->names[i].nword;
    return build->names[i].words;
}

ch_name
ch_build_name_of(const ch_build *build, uint32_t i)
{
    return build->names[i].name;
}

ch_name_place
ch_build_name_place(const ch_build *build, uint32_t i)
{
    return build->names[i].place;
}

void
ch_build_names_free(ch_build *build)
{
    free(build->names);
    build->names = NULL;
}

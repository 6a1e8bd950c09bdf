#include "syntax/ends.h"

#include "base/utf8.h"
#include "syntax/lower.h"

#include <string.h>

/* Longest word that is looked at whole; of a longer one, the beginning. */
#define WORD_MAX 48
/* Runs of one kind of character count as at most so many in a shape. */
#define RUN_MAX 2

static uint32_t
mix(uint32_t h, uint32_t c)
{
    h = (h ^ c) * 0x9E3779B1u;
    return h ^ (h >> 15);
}

static bool
is_quote(char kind)
{
    return kind == '"' || kind == '\'';
}

/* Which way a quotation mark looks: by the mark itself, else by the white space around it. */
static char
direction(const char *word, size_t len, uint8_t spaces)
{
    if (len == 3 && (memcmp(word, "\xE2\x80\x9C", 3) == 0 || memcmp(word, "\xE2\x80\x98", 3) == 0))
        return '<';
    if (len == 3 && (memcmp(word, "\xE2\x80\x9D", 3) == 0 || memcmp(word, "\xE2\x80\x99", 3) == 0))
        return '>';
    if (len == 2 && memcmp(word, "``", 2) == 0)
        return '<';
    return spaces == 1 ? '<' : spaces == 2 ? '>' : '"';
}

static void
look_at(ch_mark *m, const char *word, size_t len)
{
    char lower[WORD_MAX];
    uint32_t run = 0;
    char last = 0;
    if (len > WORD_MAX)
        len = WORD_MAX;
    m->form = m->lower = m->shape = 7;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)word[i];
        char kind = c >= 0x80 ? 'x' : ch_kind_of(c);
        lower[i] = (char)(kind == 'X' ? c | 0x20 : c);
        m->form = mix(m->form, c);
        m->lower = mix(m->lower, (unsigned char)lower[i]);
        run = kind == last ? run + 1 : 1;
        last = kind;
        if (run <= RUN_MAX)
            m->shape = mix(m->shape, (unsigned char)kind);
    }
    m->ending = 7;
    for (size_t i = len > 3 ? len - 3 : 0; i < len; i++)
        m->ending = mix(m->ending, (unsigned char)lower[i]);
}

void
ch_mark_abbreviation(ch_mark *m, uint8_t class)
{
    m->abbreviation = class;
    m->form = m->lower = m->shape = m->ending = 0x100u + class;
}

static void
look_up(const ch_model *model, ch_mark *m, const char *word, size_t len)
{
    char lower[WORD_MAX + 4];
    bool capital = m->kind == 'X', period = len > 1 && word[len - 1] == '.';
    if (len > WORD_MAX || (!capital && !period))
        return;
    size_t n = ch_lower(lower, sizeof lower, (ch_str){word, len});
    if (capital)
        m->known = ch_model_get(model, ch_model_key(CH_KEY_KNOWN, lower, n, 0, 0)) == 2;
    if (period && len == 2 && capital)
        m->abbreviation = CH_INITIAL;
    else if (period)
        m->abbreviation = (uint8_t)ch_model_get(model, ch_model_key(CH_KEY_ABBREVIATION, lower, n, 0, 0));
    if (m->abbreviation >= CH_LISTED)
        ch_mark_abbreviation(m, m->abbreviation);
}

static ch_mark
mark_of(const ch_model *model, const char *text, ch_span span, uint8_t spaces)
{
    ch_mark m = {.spaces = spaces};
    const char *word = text + span.start;
    size_t len = span.end - span.start, at = 0;
    m.kind = ch_kind_of(ch_utf8_next(word, len, &at));
    if (is_quote(m.kind) && (at == len || (len == 2 && word[0] == word[1]))) {
        m.kind = direction(word, len, spaces);
        m.form = m.lower = m.shape = m.ending = (unsigned char)m.kind;
        return m;
    }
    look_at(&m, word, len);
    look_up(model, &m, word, len);
    return m;
}

static uint8_t
open_behind(const ch_mark *m, uint8_t open)
{
    switch (m->kind) {
    case '<': return open | 1;
    case '>': return open & 2;
    case '"': return open ^ 1;
    case '(': case '[': return open | 2;
    case ')': case ']': return open & 1;
    default: return open;
    }
}

ch_mark *
ch_marks_of(const ch_model *model, const char *text, const ch_pieces *pieces, ch_marks *room, ch_arena *arena)
{
    uint8_t open = 0, before = 1;
    if (pieces->count > room->room) {
        room->at = ch_arena_array(arena, pieces->room, sizeof *room->at);
        room->room = room->at != NULL ? pieces->room : 0;
    }
    ch_mark *marks = room->at;
    for (uint32_t i = 0; marks != NULL && i < pieces->count; i++) {
        uint8_t behind = (pieces->at[i].flags & CH_T_SPACE_AFTER) != 0 ? 2 : 0;
        marks[i] = mark_of(model, text, pieces->at[i].span, before | behind);
        marks[i].open = open = open_behind(&marks[i], open);
        before = behind >> 1;
    }
    return marks;
}

/* ---------------------------------------------------------------- features */

static const ch_mark outside = {.form = 1, .lower = 1, .shape = 1, .ending = 1, .kind = 1};

static const ch_mark *
at(const ch_mark *marks, uint32_t count, int64_t i)
{
    return i >= 0 && i < (int64_t)count ? &marks[i] : &outside;
}

static uint32_t
length_class(uint32_t n)
{
    return n < 4 ? n : n < 8 ? 4 : n < 15 ? 5 : n < 30 ? 6 : 7;
}

uint32_t
ch_end_features(const ch_mark *marks, uint32_t count, uint32_t start, uint32_t i, uint32_t *out)
{
    ch_features f = {out, 0};
    const ch_mark *p2 = at(marks, count, (int64_t)i - 2), *p1 = at(marks, count, (int64_t)i - 1), *w = &marks[i];
    const ch_mark *n1 = at(marks, count, (int64_t)i + 1), *n2 = at(marks, count, (int64_t)i + 2),
                  *n3 = at(marks, count, (int64_t)i + 3);
    const ch_mark *first = &marks[start];
    uint32_t length = length_class(i + 1 - start), left = length_class(count - i);
    uint32_t k = (uint32_t)(unsigned char)n1->kind << 8 | (uint32_t)n1->known << 4 | n1->spaces;
    uint32_t kw = (uint32_t)(unsigned char)w->kind << 8 | (uint32_t)w->open << 4 | w->spaces;
    uint32_t kinds = (uint32_t)(unsigned char)w->kind << 16 | (uint32_t)(unsigned char)n1->kind << 8 | (unsigned char)n2->kind;
    ch_feature(&f, w->form, kw, 0);
    ch_feature(&f, n1->form, n1->spaces, 0);
    ch_feature(&f, n1->lower, k, 0);
    ch_feature(&f, w->form, n1->form, 0);
    ch_feature(&f, w->lower, n1->shape, 0);
    ch_feature(&f, w->shape, n1->shape, kw);
    ch_feature(&f, w->shape, n1->lower, k);
    ch_feature(&f, w->form, k, kw);
    ch_feature(&f, p1->lower, w->form, k);
    ch_feature(&f, p1->shape, w->form, n1->shape);
    ch_feature(&f, p1->form, w->form, n1->form);
    ch_feature(&f, w->form, n1->form, n2->form);
    ch_feature(&f, w->form, n1->shape, n2->shape);
    ch_feature(&f, n1->shape, n2->shape, n3->shape);
    ch_feature(&f, p2->shape, p1->shape, w->shape);
    ch_feature(&f, n2->form, n1->shape, kw);
    ch_feature(&f, p1->form, n1->shape, 0);
    ch_feature(&f, w->form, length, k);
    ch_feature(&f, length, n1->shape, w->shape);
    ch_feature(&f, w->ending, k, 0);
    ch_feature(&f, w->ending, n1->lower, k);
    ch_feature(&f, n1->lower, n2->lower, k);
    ch_feature(&f, p2->form, p1->form, w->form);
    ch_feature(&f, length, left, k);
    ch_feature(&f, kinds, w->spaces, n1->spaces);
    ch_feature(&f, kinds, w->open, p1->open);
    ch_feature(&f, kinds, (unsigned char)p1->kind, w->open);
    ch_feature(&f, w->abbreviation, k, (unsigned char)n2->kind);
    ch_feature(&f, w->abbreviation, n1->lower, k);
    ch_feature(&f, w->abbreviation, n1->abbreviation, w->kind == 'X');
    ch_feature(&f, first->form, n1->form, (unsigned char)w->kind);
    ch_feature(&f, first->shape, n1->shape, w->form);
    ch_feature(&f, first->shape, length, k);
    ch_feature(&f, w->form, left, k);
    ch_feature(&f, p1->known, w->shape, k);
    return f.count;
}

bool
ch_ends_behind(const ch_model *model, const ch_mark *marks, uint32_t count, uint32_t start, uint32_t i)
{
    uint32_t found[CH_END_FEATURES_MAX];
    int32_t scores[2] = {0, 0};
    ch_score(&model->breaks, found, ch_end_features(marks, count, start, i, found), scores);
    return scores[1] > scores[0];
}

#include "intake/furniture.h"

#include "base/day.h"
#include "base/grow.h"
#include "base/utf8.h"
#include "intake/phrase.h"

#include <stdlib.h>

/* Phrases in a row at one end of a paragraph ("By ... | April 2 | 5 min read"). */
#define ROW_MAX 12

/* Paragraphs of report before which a date that stands alone is the report's. */
#define HEAD_PARAGRAPHS 2

/* A growing array in the document's arena. */
typedef struct {
    void *at;
    uint32_t count;
    uint32_t room;
} list;

typedef struct {
    ch_document *doc;
    ch_furniture_table table;
    ch_scraps scraps;
    list furniture, parts, credits;
    uint32_t read; /* paragraphs of report so far */
    ch_day near;
    ch_day published;
    uint32_t rank; /* ch_furniture_date of `published` */
    bool failed;
} search;

/* -------------------------------------------------------------------- lists */

static void *
push(search *s, list *l, size_t size)
{
    void *at = s->failed ? NULL : ch_arena_grow(&s->doc->arena, l->at, l->count, &l->room, size, 16);
    if (at == NULL) {
        s->failed = true;
        return NULL;
    }
    l->at = at;
    return (char *)at + size * l->count++;
}

static bool
has_words(const search *s, ch_span span)
{
    for (size_t at = span.start; at < span.end;) {
        uint32_t c = ch_utf8_next(s->doc->text, span.end, &at);
        if (ch_is_letter(c) || ch_is_digit(c))
            return true;
    }
    return false;
}

/* What is left between two spans of furniture, white space around it gone;
 * nothing where only marks are left. */
static void
add_part(search *s, uint32_t start, uint32_t end)
{
    const char *text = s->doc->text;
    size_t next = start;
    while (start < end && ch_is_space(ch_utf8_next(text, end, &next)))
        start = (uint32_t)next;
    while (end > start && (unsigned char)text[end - 1] <= ' ')
        end--;
    if (!has_words(s, (ch_span){start, end}))
        return;
    ch_span *part = push(s, &s->parts, sizeof *part);
    if (part != NULL)
        *part = (ch_span){start, end};
}

static void
add_credit(search *s, ch_span span)
{
    ch_str credit = ch_span_text(s->doc, span);
    const ch_str *known = s->credits.at;
    for (uint32_t i = 0; i < s->credits.count; i++)
        if (ch_str_eq(known[i], credit))
            return;
    ch_str *added = push(s, &s->credits, sizeof *added);
    if (added != NULL)
        *added = credit;
}

/* --------------------------------------------------------------------- dates */

static bool
exists(int year, uint32_t month, uint32_t day)
{
    return month >= 1 && month <= 12 && day >= 1 && (int)day <= ch_days_in_month(year, (int)month);
}

/* The day and month in the year that brings them nearest to `near`. */
static ch_day
nearest(ch_day near, uint32_t month, uint32_t day)
{
    int year, ignored, also;
    ch_day best = CH_NO_DAY;
    ch_day_parts(near, &year, &ignored, &also);
    for (int y = year - 1; y <= year + 1; y++) {
        ch_day got = exists(y, month, day) ? ch_day_of(y, (int)month, (int)day) : CH_NO_DAY;
        if (got != CH_NO_DAY && (best == CH_NO_DAY || abs(got - near) < abs(best - near)))
            best = got;
    }
    return best;
}

static void
take_date(search *s, const ch_phrase_match *m, uint32_t rank)
{
    if (m->day == 0 || m->month == 0 || rank == CH_FURNITURE_NO_DATE || (rank == CH_FURNITURE_DATED && s->read > HEAD_PARAGRAPHS) ||
        (s->rank != CH_FURNITURE_NO_DATE && s->rank <= rank))
        return;
    ch_day day = CH_NO_DAY;
    if (m->year != 0 && exists((int)m->year, m->month, m->day))
        day = ch_day_of((int)m->year, (int)m->month, (int)m->day);
    else if (m->year == 0 && s->near != CH_NO_DAY)
        day = nearest(s->near, m->month, m->day);
    if (day == CH_NO_DAY)
        return;
    s->published = day;
    s->rank = rank;
}

/* ---------------------------------------------------------------- paragraphs */

static ch_span
span_of(const search *s, uint32_t first, uint32_t last)
{
    return (ch_span){s->scraps.scraps[first].span.start, s->scraps.scraps[last - 1].span.end};
}

static void
accept(search *s, const ch_phrase_match *m, ch_span span)
{
    const ch_furniture_entry *entry = &s->table.entries[s->table.phrases[m->phrase].entry];
    ch_furniture *f = push(s, &s->furniture, sizeof *f);
    if (f != NULL)
        *f = (ch_furniture){.span = span, .reason = ch_str_of(ch_lexicon_string(s->table.lexicon, entry->id))};
    for (uint32_t i = 0; i < m->ncredit; i++)
        add_credit(s, m->credits[i]);
    take_date(s, m, entry->date);
}

/* A paragraph that is furniture from end to end: phrases in a row. */
static bool
is_furniture(search *s, ch_span paragraph)
{
    ch_phrase_match row[ROW_MAX];
    uint32_t count = 0, at = 0;
    if (!s->scraps.whole)
        return false;
    while (ch_pass_marks(&s->scraps, at) < s->scraps.count) {
        at = ch_pass_bars(&s->scraps, at);
        if (count == ROW_MAX || !ch_match_phrase(&row[count], &s->scraps, CH_FURNITURE_LINE, at))
            return false;
        at = row[count++].last;
    }
    for (uint32_t i = 0; i < count; i++) {
        ch_span span = span_of(s, row[i].first, row[i].last);
        if (i == 0)
            span.start = paragraph.start;
        if (i + 1 == count)
            span.end = paragraph.end;
        accept(s, &row[i], span);
    }
    return count != 0;
}

/* Furniture at the beginning of a paragraph. What stands before it (the place
 * of a dateline) becomes a part of its own; gives where the rest begins. */
static uint32_t
pass_beginning(search *s, ch_span paragraph)
{
    uint32_t from = paragraph.start, at = 0;
    ch_phrase_match m;
    for (uint32_t i = 0; i < ROW_MAX && ch_match_phrase(&m, &s->scraps, CH_FURNITURE_BEGIN, at); i++) {
        ch_span inside = span_of(s, m.inside_first, m.inside_last);
        add_part(s, from, inside.start);
        accept(s, &m, inside);
        from = inside.end;
        at = m.last;
    }
    return from;
}

/* Whether furniture may begin at scrap `at`: where a sentence does. */
static bool
may_begin(const ch_scraps *x, uint32_t at)
{
    const ch_scrap *before = at != 0 ? &x->scraps[at - 1] : NULL;
    if (before == NULL)
        return false;
    if (x->scraps[at].flags & CH_SCRAP_GLUED)
        return true;
    if (x->scraps[at].kind == CH_SCRAP_IS_MARK)
        return x->scraps[at].value == '(' || x->scraps[at].value == '[' || x->scraps[at].value == 0x2014 ||
               x->scraps[at].value == 0xA9 || x->scraps[at].value == '/';
    uint32_t c = before->kind == CH_SCRAP_IS_MARK ? before->value : 0;
    return c == '.' || c == '!' || c == '?' || c == '"' || c == 0x201D || c == ')' || c == ']';
}

/* Furniture at the end of [from, paragraph.end): gives where it begins. */
static uint32_t
pass_end(search *s, uint32_t from, uint32_t end)
{
    ch_phrase_match m;
    ch_scraps_last(&s->scraps, &s->table, s->doc->text, (ch_span){from, end});
    for (uint32_t at = 1; at < s->scraps.count; at++)
        if (may_begin(&s->scraps, at) && ch_match_phrase(&m, &s->scraps, CH_FURNITURE_END, at)) {
            ch_span span = span_of(s, at, s->scraps.count);
            add_part(s, from, span.start);
            accept(s, &m, span);
            return end;
        }
    return from;
}

static void
read_paragraph(search *s, ch_span paragraph)
{
    ch_scraps_first(&s->scraps, &s->table, s->doc->text, paragraph);
    if (is_furniture(s, paragraph))
        return;
    uint32_t from = pass_beginning(s, paragraph);
    from = pass_end(s, from, paragraph.end);
    if (from == paragraph.start) {
        ch_span *part = push(s, &s->parts, sizeof *part);
        if (part != NULL)
            *part = paragraph;
    } else
        add_part(s, from, paragraph.end);
    s->read++;
}

ch_status
ch_find_furniture(ch_document *doc, const ch_lexicon *lexicon, const ch_span *paragraphs, uint32_t count, ch_day near,
                  ch_day *published, ch_error *err)
{
    search *s = ch_arena_alloc(&doc->arena, sizeof *s);
    *published = CH_NO_DAY;
    if (s == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document");
    s->doc = doc;
    s->near = near;
    s->published = CH_NO_DAY;
    ch_status status = ch_furniture_open(&s->table, lexicon, err);
    if (status != CH_OK)
        return status;
    for (uint32_t i = 0; i < count && !s->failed; i++)
        read_paragraph(s, paragraphs[i]);
    if (s->failed)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document");
    doc->furniture = s->furniture.at;
    doc->nfurniture = s->furniture.count;
    doc->parts = s->parts.at;
    doc->npart = s->parts.count;
    doc->credits = s->credits.at;
    doc->ncredit = s->credits.count;
    *published = s->published;
    return CH_OK;
}

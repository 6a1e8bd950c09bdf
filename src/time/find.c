/* The way of a sentence: cut into pieces, tried piece by piece against the
 * rules of group "time", the longest match taken, tested, given its value. */
#include "time/time.h"

#include "base/day.h"
#include "base/text.h"
#include "time/tense.h"
#include "time/value.h"

#include <string.h>

/* Tokens before a rate among which its count stands. */
#define COUNT_REACH 5

typedef struct {
    const ch_lexicon *lexicon;
    ch_document *doc;
    ch_patterns patterns;
    ch_tenses tenses;
    ch_making making;
    uint32_t group;
    uint32_t year_before, measure, opens, closes, half_day, zone, month, weekday, weekday_short; /* classes */
    ch_timeval named; /* of a report without a date: the first date with a weekday and no year */
    int named_weekday;
    int latest_year; /* and the last year that it speaks of as begun, or 0 */
    ch_tense verb;   /* of the clause at hand, whatever stands before the expression */
    ch_sentence joined;
    ch_arena scratch;                             /* of one sentence */
    ch_text found;                                /* ch_time */
    const ch_piece *pieces;                       /* [count] */
    uint32_t count;
    const ch_sentence *sentence;
    uint32_t next_tok; /* tokens before it end before the piece at hand */
    bool failed;
} finder;

/* ------------------------------------------------------------------- tokens */

/* First and last token of the sentence that share bytes with `span`; false when
 * none does. */
static bool
tokens_of(finder *f, ch_span span, uint32_t *first, uint32_t *last)
{
    const ch_document *doc = f->doc;
    uint32_t t = f->next_tok;
    while (t < f->sentence->last && doc->toks[t].span.end <= span.start)
        t++;
    *first = f->next_tok = t;
    while (t < f->sentence->last && doc->toks[t].span.start < span.end)
        t++;
    *last = t;
    return *last > *first;
}

/* The token in [first, last) that hangs outside of it; the last such, since
 * heads of English noun phrases stand behind. */
static uint32_t
head_of(const ch_document *doc, uint32_t first, uint32_t last)
{
    uint32_t head = last - 1;
    for (uint32_t t = first; t < last; t++) {
        uint32_t h = doc->toks[t].head;
        if (doc->toks[t].upos != CH_PUNCT && (h == CH_NONE || h < first || h >= last))
            head = t;
    }
    return head;
}

/* -------------------------------------------------------------------- tests */

static bool
piece_is(const finder *f, uint32_t at, uint32_t class)
{
    return at < f->count && f->pieces[at].kind == CH_PIECE_WORD && ch_patterns_word(&f->patterns, class, f->pieces[at].value) != CH_NONE;
}

static bool
is_mark(const finder *f, uint32_t at, uint32_t c)
{
    return at < f->count && f->pieces[at].kind == CH_PIECE_MARK && f->pieces[at].value == c;
}

static bool
is_tight(const finder *f, uint32_t at)
{
    return at < f->count && !(f->pieces[at].flags & CH_PIECE_SPACE);
}

/* "1990 people", "$1990", "1990.5", "1990 percent" and "No. 1990" are no years;
 * "in 1990 people died", "the 1990 elections" have one. */
static bool
is_year(const finder *f, const ch_match *m, uint32_t last)
{
    const ch_document *doc = f->doc;
    uint32_t before = m->first != 0 ? m->first - 1 : CH_NONE;
    if (before != CH_NONE && f->pieces[before].kind == CH_PIECE_MARK && is_tight(f, m->first) && !is_mark(f, before, '(') &&
        !is_mark(f, before, '-') && !is_mark(f, before, '/') && !is_mark(f, before, '"') && !is_mark(f, before, 0x2014))
        return false;
    if (is_mark(f, m->last, '%') || piece_is(f, m->last, f->measure))
        return false;
    if ((is_mark(f, m->last, '.') || is_mark(f, m->last, ',')) && is_tight(f, m->last) && is_tight(f, m->last + 1) &&
        m->last + 1 < f->count && f->pieces[m->last + 1].kind == CH_PIECE_NUMBER)
        return false;
    if (before == CH_NONE || piece_is(f, before, f->year_before))
        return true;
    if (last >= f->sentence->last)
        return true;
    const ch_token *next = &doc->toks[last];
    return !(next->upos == CH_NOUN && (next->morph & CH_M_PLUR));
}

static bool
is_verb(const ch_token *t)
{
    return t->upos == CH_VERB || t->upos == CH_AUX || (t->xpos != NULL && strcmp(t->xpos, "MD") == 0);
}

/* Whether tokens `a` and `b` belong to one proper name. */
static bool
one_name(const ch_document *doc, uint32_t a, uint32_t b)
{
    const ch_token *x = &doc->toks[a], *y = &doc->toks[b];
    if (x->upos != CH_PROPN || y->upos != CH_PROPN)
        return false;
    return (x->head == b && (x->rel == CH_FLAT || x->rel == CH_COMPOUND)) || (y->head == a && y->rel == CH_FLAT);
}

static bool
stands_alone(const finder *f, uint32_t first, uint32_t last)
{
    return !(first > f->sentence->first && one_name(f->doc, first - 1, first)) &&
           !(last < f->sentence->last && one_name(f->doc, last - 1, last) && f->doc->toks[last - 1].rel != CH_COMPOUND);
}

/* Whether something counted stands right before: "90,000 barrels of oil a day". */
static bool
is_rate(const finder *f, uint32_t first)
{
    const ch_token *toks = f->doc->toks;
    bool counted = false;
    for (uint32_t i = 1; i <= COUNT_REACH && first - i >= f->sentence->first && first >= i; i++)
        counted = counted || toks[first - i].upos == CH_NUM || toks[first - i].upos == CH_SYM;
    return counted && (toks[first - 1].upos == CH_NOUN || toks[first - 1].upos == CH_NUM || toks[first - 1].upos == CH_SYM ||
                       toks[first - 1].upos == CH_PROPN);
}

static bool
is_followed_by_noun(const finder *f, uint32_t last)
{
    if (last >= f->sentence->last)
        return false;
    const ch_token *t = &f->doc->toks[last];
    return t->upos == CH_NOUN || t->upos == CH_PROPN || t->upos == CH_ADJ;
}

static bool
passes(const finder *f, const ch_match *m, uint32_t tests, uint32_t first, uint32_t last)
{
    const ch_document *doc = f->doc;
    return !((tests & CH_TIME_TEST_YEAR) && !is_year(f, m, last)) &&
           !((tests & CH_TIME_TEST_NOUN) && is_verb(&doc->toks[first])) &&
           !((tests & CH_TIME_TEST_ALONE) && !stands_alone(f, first, last)) &&
           !((tests & CH_TIME_TEST_LAST) && is_followed_by_noun(f, last));
}

/* ----------------------------------------------------------------- emitting */

static const char *
keep(finder *f, const char *s)
{
    char *copy = ch_arena_copy(&f->doc->arena, s, strlen(s));
    f->failed = f->failed || copy == NULL;
    return copy;
}

/* "since March" has no end, "until March" no beginning. */
static void
open_side(const finder *f, const ch_match *m, ch_time *t)
{
    uint32_t before = m->first;
    if (before != 0 && piece_is(f, before - 1, f->opens)) {
        t->end = CH_NO_DAY;
        t->edtf_end = NULL;
    } else if (before != 0 && piece_is(f, before - 1, f->closes)) {
        t->start = CH_NO_DAY;
        t->edtf_start = NULL;
    }
}

/* The rule that made the value, behind those that only hand it on; *tests are
 * those of all of them. */
static const ch_pattern_rule *
making_rule(const finder *f, const ch_match *m, uint32_t *tests)
{
    *tests = 0;
    while (true) {
        const ch_time_make *make = ch_make_of(&f->making, m->rule);
        if (make != NULL)
            *tests |= make->test;
        if (make == NULL || make->op != CH_MAKE_SAME || make->kind[0] != CH_TIME_ARG_SLOT)
            return m->rule;
        const ch_capture *inner = &m->slots[make->value[0]];
        if (inner->kind != CH_CAPTURE_GROUP)
            return m->rule;
        m = inner->match;
    }
}

static ch_time
new_time(finder *f, const ch_pattern_rule *rule, const ch_time_make *make, const ch_timeval *v, ch_span span)
{
    char text[CH_TIME_VALUE_ROOM];
    ch_time t = {.span = span, .type = ch_value_type(v), .rule = ch_lexicon_string(f->lexicon, rule->id)};
    if (make->type != 0)
        t.type = (ch_time_type)(make->type - 1);
    t.open = (v->kind == CH_VALUE_PERIOD || v->kind == CH_VALUE_REF) && v->open != CH_OPEN_NOTHING;
    if (v->kind == CH_VALUE_PERIOD || v->kind == CH_VALUE_DURATION)
        t.mod = v->edge; /* the lexicon's memory */
    if (ch_value_print(text, v))
        t.value = keep(f, text);
    ch_value_days(v, f->making.base, &t.start, &t.end);
    if (ch_value_edtf(text, v, 0))
        t.edtf_start = keep(f, text);
    if (ch_value_edtf(text, v, 1))
        t.edtf_end = keep(f, text);
    return t;
}

static void
put(finder *f, ch_time t)
{
    if (t.value == NULL || !tokens_of(f, t.span, &t.first, &t.last))
        return;
    t.head = head_of(f->doc, t.first, t.last);
    ch_text_add(&f->found, (const char *)&t, sizeof t);
}

/* The weekday among the words of a match; false where there is none. */
static bool
weekday_in(const finder *f, const ch_match *m, int *out)
{
    for (uint32_t i = m->first; i < m->last; i++) {
        uint32_t member = CH_NONE;
        if (f->pieces[i].kind == CH_PIECE_WORD)
            member = ch_patterns_word(&f->patterns, f->weekday, f->pieces[i].value);
        if (f->pieces[i].kind == CH_PIECE_WORD && member == CH_NONE)
            member = ch_patterns_word(&f->patterns, f->weekday_short, f->pieces[i].value);
        if (member != CH_NONE) {
            *out = (int)f->patterns.members[member].number;
            return true;
        }
    }
    return false;
}

static void
note_named_day(finder *f, const ch_match *m, const ch_timeval *v)
{
    if (f->making.base == CH_NO_DAY && f->named.kind == CH_VALUE_NONE && v->kind == CH_VALUE_PERIOD && v->open == CH_OPEN_YEAR &&
        v->unit == CH_UNIT_DAY && weekday_in(f, m, &f->named_weekday))
        f->named = *v;
}

static void
note_year(finder *f, ch_day day)
{
    int y, m, d;
    ch_day_parts(day, &y, &m, &d);
    if (f->verb != CH_TENSE_FUTURE && y > f->latest_year)
        f->latest_year = y;
}

/* The narrative goes by the last date that it named. */
static void
remember(finder *f, const ch_timeval *v)
{
    ch_making *m = &f->making;
    if (v->kind != CH_VALUE_PERIOD || v->open != CH_OPEN_NOTHING || v->day == CH_NO_DAY)
        return;
    m->told = v->day;
    m->told_unit = v->unit;
    m->told_here = true;
    note_year(f, v->day);
    if (v->unit == CH_UNIT_MONTH)
        m->told_month = v->day;
    if (v->unit == CH_UNIT_QUARTER || v->unit == CH_UNIT_HALF) {
        m->told_period = v->day;
        m->told_period_unit = v->unit;
    }
}

/* Both expressions of an interval carry its days. */
static void
emit_pair(finder *f, const ch_match *m, const ch_time_make *make, ch_timeval *a)
{
    ch_timeval b = *a->second_of_pair;
    ch_make_settle(&f->making, a);
    if (b.open != CH_OPEN_NOTHING && a->day != CH_NO_DAY && a->open == CH_OPEN_NOTHING) {
        ch_making after = f->making;
        after.base = a->day;
        after.tense = CH_TENSE_FUTURE;
        ch_make_settle(&after, &b);
    }
    ch_time first = new_time(f, m->rule, make, a, a->span), second = new_time(f, m->rule, make, &b, a->span2);
    if (first.start != CH_NO_DAY && second.end != CH_NO_DAY) {
        first.end = second.end;
        first.edtf_end = second.edtf_end;
        second.start = first.start;
        second.edtf_start = first.edtf_start;
    }
    put(f, first);
    put(f, second);
    remember(f, &b);
}

/* "since Friday" is past whatever the verb; "adjourned until Friday" is to come,
 * "Until Friday, ..." goes by the verb. */
static ch_tense
tense_of(finder *f, const ch_match *m, uint32_t first, uint32_t last)
{
    ch_tense tense = ch_tense_at(&f->tenses, f->doc, head_of(f->doc, first, last));
    /* of joined sentences the first has the verb */
    if (tense == CH_TENSE_NONE)
        tense = ch_tense_at(&f->tenses, f->doc, first);
    f->verb = tense;
    uint32_t word = m->first > 0 && f->pieces[m->first - 1].kind == CH_PIECE_WORD ? f->pieces[m->first - 1].value : 0;
    ch_tense before = ch_tense_of_word(&f->tenses, f->tenses.before, word);
    return before == CH_TENSE_PAST || before == CH_TENSE_PRESENT || (before == CH_TENSE_FUTURE && m->first > 1) ? before : tense;
}

/* False where the words fail the tests of their rule. */
static bool
emit(finder *f, const ch_match *m)
{
    const ch_time_make *make = ch_make_of(&f->making, m->rule);
    const ch_capture *inner = make != NULL && make->span != CH_NONE ? &m->slots[make->span] : NULL;
    uint32_t from = m->first, to = m->last, first, last, tests;
    if (make == NULL || make->op == CH_MAKE_NONE)
        return true;
    if (inner != NULL && inner->kind != CH_CAPTURE_NONE) {
        from = inner->first;
        to = inner->last;
    }
    ch_span span = {f->pieces[from].span.start, f->pieces[to - 1].span.end};
    const ch_pattern_rule *rule = making_rule(f, m, &tests);
    if (!tokens_of(f, span, &first, &last) || !passes(f, m, tests, first, last))
        return false;
    f->making.tense = tense_of(f, m, first, last);
    ch_timeval v = ch_make_value(&f->making, m);
    if (v.kind == CH_VALUE_NONE || v.kind == CH_VALUE_NUMBER)
        return false;
    if (v.second_of_pair != NULL) {
        emit_pair(f, m, make, &v);
        return true;
    }
    note_named_day(f, m, &v);
    ch_make_settle(&f->making, &v);
    if ((tests & CH_TIME_TEST_RATE) && v.kind == CH_VALUE_DURATION && is_rate(f, first))
        v.kind = CH_VALUE_SET;
    ch_time t = new_time(f, rule, make, &v, span);
    open_side(f, m, &t);
    put(f, t);
    remember(f, &v);
    return true;
}

/* ---------------------------------------------------------------- documents */

/* Whether the sentence ends in "p.m.", "EST" or "Oct.": what seemed its end may be none. */
static bool
ends_in_abbreviation(const finder *f, const ch_sentence *s)
{
    uint32_t t = s->last;
    while (t > s->first && f->doc->toks[t - 1].upos == CH_PUNCT)
        t--;
    if (t == s->first)
        return false;
    uint32_t word = f->doc->toks[t - 1].form_word;
    if (f->doc->text[s->span.end - 1] != '.')
        return ch_patterns_word(&f->patterns, f->zone, word) != CH_NONE;
    return ch_patterns_word(&f->patterns, f->half_day, word) != CH_NONE || ch_patterns_word(&f->patterns, f->month, word) != CH_NONE;
}

/* The sentence at *index, with those that an abbreviation wrongly parted from
 * it; *index moved behind them. */
static void
join_sentences(finder *f, uint32_t *index)
{
    const ch_document *doc = f->doc;
    f->joined = doc->sents[*index];
    while (++*index < doc->nsent && !doc->sents[*index].paragraph_start && ends_in_abbreviation(f, &f->joined)) {
        f->joined.last = doc->sents[*index].last;
        f->joined.span.end = doc->sents[*index].span.end;
    }
}

static bool
read_sentence(finder *f)
{
    ch_piece *pieces;
    ch_arena_reset(&f->scratch);
    f->sentence = &f->joined;
    f->making.told_month = CH_NO_DAY;
    f->making.told_here = false;
    f->next_tok = f->sentence->first;
    if (!ch_pieces_read(&pieces, &f->count, f->lexicon, f->doc->text, f->sentence->span, false, &f->scratch))
        return false;
    f->pieces = f->making.pieces = pieces;
    for (uint32_t i = 0; i < f->count;) {
        const ch_match *m = ch_patterns_match(&f->patterns, f->group, pieces, f->count, i, &f->scratch);
        i = m != NULL && emit(f, m) ? m->last : i + 1;
    }
    return !f->failed;
}

/* Whether numeric dates put the day first: so does English outside of the
 * Americas, as far as the language's tag tells. */
static bool
puts_day_first(const ch_document *doc)
{
    ch_str l = doc->language;
    return l.at != NULL && l.len >= 5 && memcmp(l.at, "en-", 3) == 0 && memcmp(l.at + 3, "US", 2) != 0;
}

static ch_status
open_finder(finder *f, const ch_lexicon *lexicon, ch_document *doc, ch_error *err)
{
    const void *makes;
    *f = (finder){.lexicon = lexicon, .doc = doc};
    ch_status status = ch_patterns_open(&f->patterns, lexicon, err);
    if (status == CH_OK)
        status = ch_image_section(&lexicon->image, CH_SECTION_TIME_MAKES, sizeof(ch_time_make), &makes, &f->making.nmake, err);
    if (status != CH_OK)
        return status;
    ch_arena_init(&f->scratch, 0);
    f->group = ch_patterns_group(&f->patterns, "time");
    f->year_before = ch_patterns_class(&f->patterns, "year-before");
    f->measure = ch_patterns_class(&f->patterns, "measure");
    f->half_day = ch_patterns_class(&f->patterns, "half-day");
    f->zone = ch_patterns_class(&f->patterns, "zone");
    f->month = ch_patterns_class(&f->patterns, "month");
    f->weekday = ch_patterns_class(&f->patterns, "weekday");
    f->weekday_short = ch_patterns_class(&f->patterns, "weekday-short");
    f->opens = ch_patterns_class(&f->patterns, "opens");
    f->closes = ch_patterns_class(&f->patterns, "closes");
    f->tenses = (ch_tenses){.patterns = &f->patterns,
                            .auxiliary = ch_patterns_class(&f->patterns, "tense-auxiliary"),
                            .verb = ch_patterns_class(&f->patterns, "tense-verb"),
                            .before = ch_patterns_class(&f->patterns, "tense-before"),
                            .done = ch_patterns_class(&f->patterns, "tense-done")};
    f->making.patterns = &f->patterns;
    f->making.makes = makes;
    f->making.arena = &f->scratch;
    f->making.base = f->making.told = doc->published;
    f->making.told_unit = CH_UNIT_DAY;
    f->making.told_period = CH_NO_DAY;
    f->making.day_first = puts_day_first(doc);
    return CH_OK;
}

static bool
read_sentences(finder *f)
{
    bool ok = true;
    for (uint32_t i = 0; i < f->doc->nsent && ok;) {
        join_sentences(f, &i);
        ok = read_sentence(f);
    }
    return ok;
}

/* The day that a report without a date names: "this Tuesday, April 2" is in the
 * last year that the report speaks of, or in the next, where that day falls on a
 * Tuesday. CH_NO_DAY where nothing says so: no year is made up. */
static ch_day
named_day(const finder *f)
{
    for (int y = f->latest_year; f->named.kind != CH_VALUE_NONE && f->latest_year != 0 && y <= f->latest_year + 1; y++)
        if (y <= CH_YEAR_MAX && f->named.b <= ch_days_in_month(y, f->named.a)) {
            ch_day day = ch_day_of(y, f->named.a, f->named.b);
            if (ch_weekday(day) == f->named_weekday)
                return day;
        }
    return CH_NO_DAY;
}

/* Reads the text again from `day` on. */
static bool
read_from(finder *f, ch_day day)
{
    f->making.base = f->making.told = day;
    f->making.told_unit = CH_UNIT_DAY;
    f->making.told_period = CH_NO_DAY;
    f->found.len = 0;
    return read_sentences(f);
}

ch_status
ch_find_times(const ch_lexicon *lexicon, ch_document *doc, ch_error *err)
{
    finder f;
    ch_status status = open_finder(&f, lexicon, doc, err);
    if (status != CH_OK)
        return status;
    bool ok = read_sentences(&f);
    ch_day named = f.making.base == CH_NO_DAY ? named_day(&f) : CH_NO_DAY;
    if (ok && named != CH_NO_DAY)
        ok = read_from(&f, named);
    uint32_t count = (uint32_t)(f.found.len / sizeof(ch_time));
    ch_time *times = ok && !f.found.failed ? ch_arena_array(&doc->arena, count, sizeof *times) : NULL;
    if (times != NULL && count != 0)
        memcpy(times, f.found.at, count * sizeof *times);
    ch_text_free(&f.found);
    ch_arena_free(&f.scratch);
    if (times == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for time expressions");
    doc->times = times;
    doc->ntime = count;
    return CH_OK;
}

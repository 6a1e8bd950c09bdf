#include "intake/phrase.h"

#include "base/utf8.h"

#include <string.h>
#include <strings.h>

/* Words of one name, and of a medium's. */
#define NAME_MAX_WORDS 6

/* Parts within parts, and steps from one start: hostile phrases end here. */
#define DEPTH_MAX 8
#define STEPS_MAX 4000

/* --------------------------------------------------------------- cutting up */

static bool
is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

typedef struct {
    const char *s;
    uint32_t end;
    uint32_t at;
    uint32_t last; /* the character before `at` */
    bool space;
} cutter;

static uint32_t
look(const cutter *c, uint32_t at, uint32_t *next)
{
    size_t i = at;
    uint32_t got = at < c->end ? ch_utf8_next(c->s, c->end, &i) : 0;
    *next = (uint32_t)i;
    return got;
}

/* The end of the word at `at`: a capital behind a small letter begins the next
 * ("alsoTwo"); the periods of "U.S." and "a.m." stay inside. */
static uint32_t
word_end(const cutter *c, uint32_t at, uint32_t *last)
{
    uint32_t next, behind, run = 0, before = 0;
    while (at < c->end) {
        uint32_t x = look(c, at, &next);
        bool joins = (x == '.' ? run == 1 : is_apostrophe(x)) && before != 0 && ch_is_letter(look(c, next, &behind));
        if (!joins && (!ch_is_letter(x) || (ch_is_upper(x) && ch_is_lower(before))))
            break;
        run = ch_is_letter(x) ? run + 1 : 0;
        before = x;
        at = next;
    }
    *last = before;
    return at;
}

static uint8_t
case_of(const char *s, ch_span span)
{
    uint32_t letters = 0;
    bool upper = false, lower = false;
    for (size_t at = span.start; at < span.end;) {
        uint32_t c = ch_utf8_next(s, span.end, &at);
        if (!ch_is_letter(c))
            continue;
        upper = letters++ == 0 ? ch_is_upper(c) : upper;
        lower = lower || ch_is_lower(c);
    }
    return (uint8_t)((upper ? CH_SCRAP_UPPER : 0) | (upper && !lower && letters > 1 ? CH_SCRAP_CAPITALS : 0));
}

static uint32_t
word_of(const ch_lexicon *lexicon, const char *s, ch_span span)
{
    char folded[96];
    size_t len = ch_fold(folded, sizeof folded, s + span.start, span.end - span.start);
    return len == 0 || len == SIZE_MAX ? 0 : ch_lexicon_word(lexicon, folded, len);
}

/* One form for apostrophes, one for hyphens and one for dashes: a dash stands
 * free on one side at least, however it is typed. */
static uint32_t
plain_mark(const cutter *c, uint32_t mark, uint32_t next)
{
    uint32_t behind;
    if (is_apostrophe(mark))
        return '\'';
    if (mark == 0x2014 || mark == 0x2015)
        return 0x2014;
    if (mark != '-' && !(mark >= 0x2010 && mark <= 0x2013))
        return mark;
    uint32_t after = look(c, next, &behind);
    return !c->space && (ch_is_letter(after) || ch_is_digit(after)) && (ch_is_letter(c->last) || ch_is_digit(c->last)) ? '-' : 0x2014;
}

static bool
is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool
next_scrap(ch_scrap *out, cutter *c, const ch_lexicon *lexicon)
{
    uint32_t next, x = 0;
    c->space = c->at == 0 || c->space;
    while (c->at < c->end && (x = look(c, c->at, &next), ch_is_space(x) || x < ' ')) {
        c->space = true;
        c->at = next;
    }
    if (c->at >= c->end)
        return false;
    bool stopped = c->last == '.' || c->last == '!' || c->last == '?' || c->last == ')';
    *out = (ch_scrap){.kind = CH_SCRAP_IS_MARK, .flags = c->space ? CH_SCRAP_SPACE : 0};
    if (!c->space && ch_is_upper(x) && (ch_is_lower(c->last) || stopped))
        out->flags |= CH_SCRAP_GLUED;
    look(c, c->at, &next);
    out->value = plain_mark(c, x, next);
    c->last = x;
    if (is_digit(x)) {
        uint32_t value = 0;
        for (next = c->at; next < c->end && is_digit((unsigned char)c->s[next]); next++)
            value = value < 100000000 ? value * 10 + (uint32_t)(c->s[next] - '0') : value;
        out->kind = CH_SCRAP_IS_NUMBER;
        out->value = value;
    } else if (ch_is_letter(x)) {
        next = word_end(c, c->at, &c->last);
        out->kind = CH_SCRAP_IS_WORD;
        out->value = word_of(lexicon, c->s, (ch_span){c->at, next});
        out->flags |= case_of(c->s, (ch_span){c->at, next});
    }
    out->span = (ch_span){c->at, next};
    c->at = next;
    c->space = false;
    return true;
}

void
ch_scraps_first(ch_scraps *out, const ch_furniture_table *table, const char *text, ch_span span)
{
    cutter c = {.s = text, .at = span.start, .end = span.end, .space = true};
    out->table = table;
    out->text = text;
    out->count = 0;
    while (out->count < CH_SCRAPS_MAX && next_scrap(&out->scraps[out->count], &c, table->lexicon))
        out->count++;
    out->whole = c.at >= span.end;
}

/* A piece has rarely more than this many bytes; fewer pieces are no harm. */
#define BYTES_A_SCRAP 6

void
ch_scraps_last(ch_scraps *out, const ch_furniture_table *table, const char *text, ch_span span)
{
    uint32_t room = CH_SCRAPS_MAX * BYTES_A_SCRAP;
    out->count = 0;
    while (span.end - span.start > room || !(ch_scraps_first(out, table, text, span), out->whole)) {
        uint32_t len = span.end - span.start;
        span.start = len > room ? span.end - room : span.start + len / 2;
        while (span.start < span.end && ((unsigned char)text[span.start] & 0xC0) == 0x80)
            span.start++;
        if (span.start == span.end)
            break;
    }
}

/* ----------------------------------------------------------------- matching */

typedef struct {
    const ch_scraps *x;
    uint32_t most;   /* words that the rest may have */
    bool to_the_end; /* only a match that leaves nothing counts */
    uint32_t steps;
    uint32_t depth;
    ch_phrase_match found;
} matching;

static bool
is_mark(const ch_scraps *x, uint32_t at, uint32_t c)
{
    return at < x->count && x->scraps[at].kind == CH_SCRAP_IS_MARK && x->scraps[at].value == c;
}

static bool
is_word(const ch_scraps *x, uint32_t at)
{
    return at < x->count && x->scraps[at].kind == CH_SCRAP_IS_WORD;
}

static bool
is_tight(const ch_scraps *x, uint32_t at)
{
    return at < x->count && !(x->scraps[at].flags & CH_SCRAP_SPACE);
}

/* Marks that mean nothing between the items of a phrase. */
static bool
is_soft(const ch_scraps *x, uint32_t at)
{
    if (at >= x->count || x->scraps[at].kind != CH_SCRAP_IS_MARK)
        return false;
    uint32_t c = x->scraps[at].value;
    return c != '@' && c != '$' && c != '%' && c != '#' && c != 0xA9 && c != '?' && c != 0x20AC && c != 0xA3;
}

/* Marks that part one phrase from the next. */
static bool
is_bar(const ch_scraps *x, uint32_t at)
{
    uint32_t c = x->scraps[at].value;
    return c == '|' || c == 0x2022 || c == 0xB7;
}

uint32_t
ch_pass_marks(const ch_scraps *x, uint32_t at)
{
    while (is_soft(x, at))
        at++;
    return at;
}

uint32_t
ch_pass_bars(const ch_scraps *x, uint32_t at)
{
    while (is_soft(x, at) && is_bar(x, at))
        at++;
    return at;
}

/* Marks within a phrase: not what parts phrases, nor what opens a bracket. */
static uint32_t
pass_inside(const ch_scraps *x, uint32_t at)
{
    while (is_soft(x, at) && !is_bar(x, at) && x->scraps[at].value != '(' && x->scraps[at].value != '[')
        at++;
    return at;
}

/* "1,200", "12.26" */
static uint32_t
number_end(const ch_scraps *x, uint32_t at)
{
    while ((is_mark(x, at + 1, ',') || is_mark(x, at + 1, '.')) && is_tight(x, at + 1) && is_tight(x, at + 2) &&
           x->scraps[at + 2].kind == CH_SCRAP_IS_NUMBER)
        at += 2;
    return at + 1;
}

static bool
is_month_of_date(const ch_scraps *x, uint32_t at)
{
    return x->table->months != CH_NONE && at + 1 < x->count && x->scraps[at + 1].kind == CH_SCRAP_IS_NUMBER &&
           ch_furniture_member_of(x->table, x->table->months, x->scraps[at].value) != NULL;
}

/* Words with a capital, joined by hyphens, periods behind single letters, and
 * particles ("de", "al"). */
static uint32_t
name_end(const ch_scraps *x, uint32_t at, uint8_t need)
{
    uint32_t last = CH_NONE, words = 0;
    while (words < NAME_MAX_WORDS && is_word(x, at)) {
        const ch_scrap *w = &x->scraps[at];
        bool fits = (w->flags & need) && !is_month_of_date(x, at);
        bool particle = words != 0 && need == CH_SCRAP_UPPER && x->table->particles != CH_NONE &&
                        ch_furniture_member_of(x->table, x->table->particles, w->value) != NULL;
        if (!fits && !particle)
            break;
        at++;
        words++;
        if (fits)
            last = at;
        if (is_mark(x, at, '.') && w->span.end - w->span.start <= 2)
            at++;
        else if (is_mark(x, at, '-') && is_tight(x, at) && is_tight(x, at + 1))
            at++;
    }
    return last;
}

static uint32_t
medium_end(const ch_scraps *x, uint32_t at)
{
    const ch_lexicon *lex = x->table->lexicon;
    uint32_t last = CH_NONE, node = 0;
    if (!(x->scraps[at].flags & CH_SCRAP_UPPER))
        return CH_NONE;
    for (uint32_t i = at, words = 0; words < NAME_MAX_WORDS && is_word(x, i); words++) {
        node = ch_lexicon_step(lex, node, x->scraps[i].value);
        if (node == 0)
            break;
        i++;
        uint32_t count;
        const ch_name *names = ch_lexicon_names_at(lex, node, &count);
        for (uint32_t k = 0; k < count; k++)
            if (names[k].kind == CH_NAME_ACTOR && lex->actors[names[k].entry].kind == CH_ACTOR_MEDIUM)
                last = i;
        if (is_mark(x, i, '-') && is_tight(x, i) && is_tight(x, i + 1))
            i++;
    }
    return last;
}

/* All up to the next white space, when it has the form of an address. */
static uint32_t
link_end(const ch_scraps *x, uint32_t at)
{
    uint32_t last = at + 1;
    while (is_tight(x, last))
        last++;
    while (last > at + 1 && is_soft(x, last - 1) && !is_mark(x, last - 1, '/'))
        last--;
    ch_span span = {x->scraps[at].span.start, x->scraps[last - 1].span.end};
    const char *s = x->text + span.start;
    size_t len = span.end - span.start;
    bool is_link = memchr(s, '@', len) != NULL || (len > 4 && strncasecmp(s, "www.", 4) == 0) ||
                   memmem(s, len, "://", 3) != NULL;
    return is_link && len > 2 ? last : CH_NONE;
}

static uint32_t
rest_end(const matching *m, uint32_t at)
{
    uint32_t words = 0;
    for (uint32_t i = at; i < m->x->count; i++)
        words += m->x->scraps[i].kind != CH_SCRAP_IS_MARK;
    return m->x->whole && words <= m->most ? m->x->count : CH_NONE;
}

static bool
is_one_of(const ch_furniture_table *table, const ch_furniture_item *item, const ch_scrap *w)
{
    if (w->value == 0 || ((item->flags & CH_ITEM_CAPITAL) && !(w->flags & CH_SCRAP_UPPER)))
        return false;
    for (uint32_t i = 0; i < item->count; i++)
        if (table->words[item->first + i] == w->value)
            return true;
    return false;
}

static uint32_t match_items(matching *m, uint32_t first, uint32_t last, uint32_t at);

/* The longest form of a part. */
static uint32_t
part_end(matching *m, uint32_t part, uint32_t at)
{
    const ch_furniture_part *p = &m->x->table->parts[part];
    ch_phrase_match before = m->found, best = m->found;
    uint32_t end = CH_NONE;
    bool to_the_end = m->to_the_end;
    if (m->depth >= DEPTH_MAX)
        return CH_NONE;
    m->depth++;
    m->to_the_end = false;
    for (uint32_t i = p->first; i < p->first + p->count; i++) {
        const ch_furniture_phrase *f = &m->x->table->phrases[i];
        m->found = before;
        uint32_t got = match_items(m, f->first, f->first + f->count, at);
        if (got != CH_NONE && (end == CH_NONE || got > end)) {
            end = got;
            best = m->found;
        }
    }
    m->found = best;
    m->to_the_end = to_the_end;
    m->depth--;
    return end;
}

static uint32_t
number_within(const ch_scrap *w, uint32_t low, uint32_t high, uint32_t at, uint32_t *kept)
{
    if (w->value < low || w->value > high || w->span.end - w->span.start > (high > 31 ? 4 : 2))
        return CH_NONE;
    *kept = w->value;
    return at + 1;
}

static uint32_t
class_end(matching *m, uint32_t class, const ch_scrap *w, uint32_t at)
{
    const ch_furniture_table *t = m->x->table;
    const ch_furniture_member *member = ch_furniture_member_of(t, class, w->value);
    if (w->kind != CH_SCRAP_IS_WORD || w->value == 0 || member == NULL)
        return CH_NONE;
    if (class == t->months) {
        if (!(w->flags & CH_SCRAP_UPPER))
            return CH_NONE;
        m->found.month = member->number;
    }
    return at + 1;
}

/* The end of `item` at `at`, or CH_NONE where it does not match. */
static uint32_t
take(matching *m, const ch_furniture_item *item, uint32_t at)
{
    const ch_scraps *x = m->x;
    if (item->kind == CH_ITEM_REST)
        return rest_end(m, at);
    if (item->kind != CH_ITEM_MARK)
        at = pass_inside(x, at);
    if (at >= x->count)
        return CH_NONE;
    const ch_scrap *w = &x->scraps[at];
    bool number = w->kind == CH_SCRAP_IS_NUMBER, word = w->kind == CH_SCRAP_IS_WORD;
    switch ((ch_furniture_item_kind)item->kind) {
    case CH_ITEM_WORD:
        return word && is_one_of(x->table, item, w) ? at + 1 : CH_NONE;
    case CH_ITEM_MARK:
        return is_mark(x, at, item->first) ? at + 1 : CH_NONE;
    case CH_ITEM_NUMBER:
        return number ? number_end(x, at) : CH_NONE;
    case CH_ITEM_DAY:
        return number ? number_within(w, 1, 31, at, &m->found.day) : CH_NONE;
    case CH_ITEM_MONTH:
        return number ? number_within(w, 1, 12, at, &m->found.month) : CH_NONE;
    case CH_ITEM_YEAR:
        return number ? number_within(w, 1900, 2100, at, &m->found.year) : CH_NONE;
    case CH_ITEM_CLASS:
        return class_end(m, item->first, w, at);
    case CH_ITEM_PART:
        return part_end(m, item->first, at);
    case CH_ITEM_NAME:
        return name_end(x, at, CH_SCRAP_UPPER);
    case CH_ITEM_CAPITALS:
        return name_end(x, at, CH_SCRAP_CAPITALS);
    case CH_ITEM_MEDIUM:
        return word ? medium_end(x, at) : CH_NONE;
    case CH_ITEM_LINK:
        return link_end(x, at);
    default:
        return CH_NONE;
    }
}

static void
keep(matching *m, const ch_furniture_item *item, uint32_t from, uint32_t end)
{
    ch_phrase_match *f = &m->found;
    if (item->kind != CH_ITEM_MARK)
        from = pass_inside(m->x, from);
    if ((item->flags & CH_ITEM_CREDIT) && f->ncredit < CH_CREDITS_A_PHRASE)
        f->credits[f->ncredit++] = (ch_span){m->x->scraps[from].span.start, m->x->scraps[end - 1].span.end};
    if (item->flags & CH_ITEM_INSIDE) {
        f->inside_first = f->inside_first == CH_NONE ? from : f->inside_first;
        f->inside_last = end;
    }
}

/* Items [first, last) from scrap `at` on: the end, or CH_NONE. */
static uint32_t
match_items(matching *m, uint32_t first, uint32_t last, uint32_t at)
{
    if (first == last)
        return !m->to_the_end || ch_pass_marks(m->x, at) >= m->x->count ? at : CH_NONE;
    if (m->steps == 0)
        return CH_NONE;
    m->steps--;
    const ch_furniture_item *item = &m->x->table->items[first];
    ch_phrase_match before = m->found;
    uint32_t end = take(m, item, at);
    if (end != CH_NONE) {
        if (end > at)
            keep(m, item, at, end);
        end = match_items(m, first + 1, last, end);
        if (end != CH_NONE)
            return end;
    }
    m->found = before;
    return item->flags & CH_ITEM_OPTIONAL ? match_items(m, first + 1, last, at) : CH_NONE;
}

/* Whether the phrase can begin with the scrap at `at`, or at `word` behind the
 * marks that mean nothing there; asked of every phrase at every start. */
static inline bool
may_begin(const ch_scraps *x, const ch_furniture_phrase *p, uint32_t at, uint32_t word)
{
    const ch_furniture_item *item = &x->table->items[p->first];
    if (p->count == 0 || (item->flags & CH_ITEM_OPTIONAL))
        return true;
    switch (item->kind) {
    case CH_ITEM_WORD:
        return is_word(x, word) && is_one_of(x->table, item, &x->scraps[word]);
    case CH_ITEM_MARK:
        return is_mark(x, at, item->first);
    case CH_ITEM_NUMBER:
    case CH_ITEM_DAY:
    case CH_ITEM_MONTH:
    case CH_ITEM_YEAR:
        return word < x->count && x->scraps[word].kind == CH_SCRAP_IS_NUMBER;
    case CH_ITEM_NAME:
    case CH_ITEM_MEDIUM:
        return word < x->count && (x->scraps[word].flags & CH_SCRAP_UPPER);
    case CH_ITEM_CAPITALS:
        return word < x->count && (x->scraps[word].flags & CH_SCRAP_CAPITALS);
    default:
        return true;
    }
}

bool
ch_match_phrase(ch_phrase_match *out, const ch_scraps *x, ch_furniture_where where, uint32_t at)
{
    const ch_furniture_table *t = x->table;
    uint32_t word = pass_inside(x, at);
    bool found = false;
    for (uint32_t i = 0; i < t->nphrase; i++) {
        const ch_furniture_phrase *p = &t->phrases[i];
        if (p->where != where || !may_begin(x, p, at, word))
            continue;
        matching m = {.x = x, .most = t->entries[p->entry].most, .to_the_end = where == CH_FURNITURE_END, .steps = STEPS_MAX};
        m.found = (ch_phrase_match){.phrase = i, .first = at, .inside_first = CH_NONE};
        uint32_t end = match_items(&m, p->first, p->first + p->count, at);
        if (end == CH_NONE || end <= at || (found && end <= out->last))
            continue;
        *out = m.found;
        out->last = end;
        if (out->inside_first == CH_NONE) {
            out->inside_first = at;
            out->inside_last = end;
        }
        found = true;
    }
    return found;
}

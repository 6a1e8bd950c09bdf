/* Records as a table for a person's eye: a block a record, its codes in words.
 *
 *      e2   ASSAULT aerial, planned: Use aerial weapons (CAMEO 195, Goldstein -10.0)
 *           who     the army (Mali, military)
 *           whom    rebels
 *           when    2 May 2024, from "on Thursday"
 *           where   Kidal, Mali (18.44, 1.41)
 *           said by a local official
 *           words   ... the army will [strike] rebels in Kidal on Thursday, a local ...
 */
#include "base/day.h"
#include "base/utf8.h"
#include "lexicon/frames.h"
#include "record/record.h"

#include <string.h>
#include <utf8proc.h>

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define UNDERLINE "\033[4m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define RED "\033[31m"
#define CYAN "\033[36m"
#define PLAIN "\033[0m"

#define WIDTH_MIN 40
#define WIDTH_USUAL 100
/* Columns of the ids, and of the labels behind them. */
#define ID_WIDTH 6
#define LABEL_WIDTH 8

typedef struct {
    ch_text *out;
    const ch_document *doc;
    const ch_lexicon *lexicon;
    unsigned width;
    bool colour;
    unsigned column; /* where the line stands */
    unsigned indent; /* of further lines */
    bool glued;      /* the next word follows without a space */
} table;

static void
paint(const table *t, const char *code)
{
    if (t->colour)
        ch_text_puts(t->out, code);
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Columns of one character: none for marks that join, two for wide ones. */
static unsigned
columns_of(uint32_t c)
{
    int width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (unsigned)width : 0;
}

/* A text may hold what a terminal would obey; no such character leaves here. */
static bool
commands_terminal(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void
put_spaces(table *t, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        ch_text_putc(t->out, ' ');
    t->column += count;
}

static void
new_line(table *t)
{
    ch_text_putc(t->out, '\n');
    t->column = 0;
    put_spaces(t, t->indent);
    t->glued = true;
}

/* The word's characters, broken where it is longer than a line. */
static void
put_characters(table *t, const char *word, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t from = at;
        uint32_t c = ch_utf8_next(word, len, &at);
        unsigned columns = columns_of(c);
        if (commands_terminal(c))
            continue;
        if (t->column + columns > t->width)
            new_line(t);
        ch_text_add(t->out, word + from, at - from);
        t->column += columns;
    }
}

/* Writes words, white space between them folded, wrapped to the width. */
static void
put(table *t, ch_str words)
{
    size_t at = 0;
    while (true) {
        while (at < words.len && is_blank(words.at[at])) {
            at++;
            t->glued = t->glued && t->column == t->indent;
        }
        size_t from = at;
        unsigned columns = 0;
        while (at < words.len && !is_blank(words.at[at]))
            columns += columns_of(ch_utf8_next(words.at, words.len, &at));
        if (at == from)
            break;
        if (t->column + columns + !t->glued > t->width && t->column > t->indent)
            new_line(t);
        if (!t->glued)
            put_spaces(t, 1);
        put_characters(t, words.at + from, at - from);
        t->glued = false;
    }
    t->glued = words.len != 0 && !is_blank(words.at[words.len - 1]);
}

static void
put_string(table *t, const char *words)
{
    put(t, ch_str_of(words));
}

static void
put_line(table *t, ch_text *line)
{
    if (!line->failed && line->len != 0)
        put(t, (ch_str){line->at, line->len});
    ch_text_free(line);
}

static void
begin(table *t, unsigned indent)
{
    t->column = 0;
    t->indent = indent;
    t->glued = true;
}

static void
begin_field(table *t, const char *label)
{
    begin(t, ID_WIDTH + LABEL_WIDTH);
    put_spaces(t, ID_WIDTH);
    paint(t, DIM);
    ch_text_printf(t->out, "%-*s", LABEL_WIDTH, label);
    paint(t, PLAIN);
    t->column = t->indent;
}

static void
end_line(const table *t)
{
    ch_text_putc(t->out, '\n');
}

/* Cooperation green, words of conflict yellow, deeds of conflict red. */
static const char *
quad_colour(int quad)
{
    return quad <= 2 ? GREEN : quad == 3 ? YELLOW : RED;
}

/* ------------------------------------------------------------------ parties */

static const char *
country_name(const table *t, const char *country)
{
    uint32_t index = country != NULL ? ch_lexicon_country(t->lexicon, country) : CH_NONE;
    return index != CH_NONE ? ch_lexicon_string(t->lexicon, t->lexicon->countries[index].name) : NULL;
}

/* "(France, government)": a code in words; what the name says already is left out. */
static void
spell_code(const table *t, ch_text *line, const chancery_participant *p)
{
    const char *country = country_name(t, p->country);
    const char *sectors = p->country != NULL ? p->code + strlen(p->country) : p->code;
    const char *between = " (";
    if (country != NULL && strcmp(country, p->name) != 0) {
        ch_text_printf(line, "%s%s", between, country);
        between = ", ";
    }
    for (; strlen(sectors) >= 3; sectors += 3) {
        const char *label = ch_sector_label(t->lexicon, sectors);
        if (label != NULL)
            ch_text_printf(line, "%s%s", between, label);
        else
            ch_text_printf(line, "%s%.3s", between, sectors);
        between = ", ";
    }
    if (between[0] == ',')
        ch_text_putc(line, ')');
}

static void
put_parties(table *t, const char *label, const chancery_participant *all, size_t count, const char *also)
{
    ch_text line = {0};
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        if (i != 0)
            ch_text_puts(&line, i + 1 == count ? " and " : ", ");
        ch_text_puts(&line, all[i].name);
        if (all[i].via != NULL && strcmp(all[i].text, all[i].name) != 0)
            ch_text_printf(&line, " [\"%s\"]", all[i].text);
        if (all[i].code != NULL)
            spell_code(t, &line, &all[i]);
    }
    ch_text_puts(&line, also);
    begin_field(t, label);
    put_line(t, &line);
    end_line(t);
}

static bool
same_parties(const chancery_event *e)
{
    bool same = e->actor_count == e->recipient_count && e->actor_count > 1;
    for (size_t i = 0; same && i < e->actor_count; i++)
        same = e->actors[i].span.start == e->recipients[i].span.start;
    return same;
}

/* ------------------------------------------------------------ when and where */

/* "2 April 2024" where it is a day, else as written. */
static void
spell_date(ch_text *line, const char *iso)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    int32_t first, last;
    int year, month, day;
    if (iso == NULL) {
        ch_text_puts(line, "...");
        return;
    }
    size_t len = strlen(iso);
    if ((len != 10 && len != 7) || !ch_day_parse(ch_str_of(iso), &first, &last)) {
        ch_text_puts(line, iso);
        return;
    }
    ch_day_parts(first, &year, &month, &day);
    if (len == 10)
        ch_text_printf(line, "%d ", day);
    ch_text_printf(line, "%s %d", months[month - 1], year);
}

static void
put_date(table *t, const chancery_date *d)
{
    ch_text line = {0};
    if (d->start == NULL && d->end == NULL && d->text == NULL)
        return;
    begin_field(t, "when");
    if (d->start == NULL && d->end == NULL) {
        put_string(t, "\"");
        put_string(t, d->text);
        put_string(t, "\", of no known date: neither text nor --date tells the report's");
        end_line(t);
        return;
    }
    spell_date(&line, d->start);
    if (d->end == NULL || d->start == NULL || strcmp(d->start, d->end) != 0) {
        ch_text_puts(&line, " to ");
        spell_date(&line, d->end);
    }
    put_line(t, &line);
    paint(t, DIM);
    if (d->text != NULL) {
        put_string(t, ", from \"");
        put_string(t, d->text);
        put_string(t, "\"");
    } else
        put_string(t, ", the day of the report");
    paint(t, PLAIN);
    end_line(t);
}

static void
put_place(table *t, const chancery_event *e)
{
    ch_text line = {0};
    if (!e->has_place)
        return;
    const char *name = e->place.name != NULL ? e->place.name : e->place.text, *country = country_name(t, e->place.country);
    ch_text_puts(&line, name);
    if (country != NULL && strcmp(country, name) != 0)
        ch_text_printf(&line, ", %s", country);
    if (e->place.has_point)
        ch_text_printf(&line, " (%.2f, %.2f)", e->place.latitude, e->place.longitude);
    begin_field(t, "where");
    put_line(t, &line);
    end_line(t);
}

/* ------------------------------------------------------------------- events */

/* The bytes of [from, to) that fit in `room` columns, from its end or its start. */
static uint32_t
reach_back(const table *t, uint32_t from, uint32_t to, unsigned room)
{
    uint32_t best = to;
    unsigned columns = 0;
    for (uint32_t at = to; at > from && columns <= room;) {
        at--;
        columns += ((unsigned char)t->doc->text[at] & 0xC0) != 0x80;
        if (columns <= room && (at == from || is_blank(t->doc->text[at - 1])))
            best = at;
    }
    return best;
}

static uint32_t
reach_on(const table *t, uint32_t from, uint32_t to, unsigned room)
{
    uint32_t best = from;
    unsigned columns = 0;
    for (size_t at = from; at < to && columns <= room;) {
        columns += columns_of(ch_utf8_next(t->doc->text, to, &at));
        if (columns <= room && (at == to || is_blank(t->doc->text[at])))
            best = (uint32_t)at;
    }
    return best;
}

/* The act in its sentence: as many words on either side as a line has room for. */
static void
put_words(table *t, chancery_span sentence, chancery_span span)
{
    unsigned taken = ID_WIDTH + LABEL_WIDTH + (span.end - span.start) + (unsigned)strlen("... [] ...");
    unsigned room = t->width > taken ? t->width - taken : 0;
    uint32_t start = reach_back(t, sentence.start, span.start, room / 2);
    uint32_t end = reach_on(t, span.end, sentence.end, room - (span.start - start < room ? span.start - start : room));
    begin_field(t, "words");
    if (start > sentence.start)
        put_string(t, "... ");
    put(t, ch_span_text(t->doc, (ch_span){start, span.start}));
    if (!t->glued)
        put_spaces(t, 1);
    paint(t, BOLD UNDERLINE);
    t->glued = true;
    put_string(t, t->colour ? "" : "[");
    t->glued = true;
    put(t, ch_span_text(t->doc, (ch_span){span.start, span.end}));
    put_string(t, t->colour ? "" : "]");
    paint(t, PLAIN);
    put(t, ch_span_text(t->doc, (ch_span){span.end, end}));
    if (end < sentence.end)
        put_string(t, " ...");
    end_line(t);
}

static void
put_head(table *t, const chancery_event *e)
{
    const ch_cameo *cameo = e->cameo != NULL ? ch_cameo_find(t->lexicon, e->cameo) : NULL;
    ch_text line = {0};
    begin(t, ID_WIDTH);
    paint(t, BOLD);
    ch_text_printf(t->out, " %-*s", ID_WIDTH - 1, e->id);
    t->column = ID_WIDTH;
    paint(t, quad_colour(e->quad));
    put_string(t, e->type);
    paint(t, PLAIN);
    if (e->mode != NULL) {
        put_string(t, " ");
        put_string(t, e->mode);
    }
    if (strcmp(e->status, "asserted") != 0) {
        put_string(t, ", ");
        paint(t, CYAN);
        put_string(t, e->status);
        paint(t, PLAIN);
    }
    if (cameo != NULL)
        ch_text_printf(&line, ": %s (CAMEO %s, Goldstein %+.1f)", ch_lexicon_string(t->lexicon, cameo->label), e->cameo, e->goldstein);
    else
        ch_text_printf(&line, " (Goldstein %+.1f)", e->goldstein);
    put_line(t, &line);
    if (e->repeats != NULL) {
        put_string(t, ", restates ");
        put_string(t, e->repeats);
    }
    end_line(t);
}

static void
put_event(table *t, const chancery_event *e)
{
    put_head(t, e);
    if (same_parties(e))
        put_parties(t, "who", e->actors, e->actor_count, ", each with the other");
    else {
        put_parties(t, "who", e->actors, e->actor_count, "");
        put_parties(t, "whom", e->recipients, e->recipient_count, "");
    }
    put_date(t, &e->date);
    put_place(t, e);
    for (size_t i = 0; i < e->attribution_count; i++) {
        begin_field(t, "said by");
        put_string(t, e->attributions[i].text);
        end_line(t);
    }
    put_words(t, e->sentence, e->span);
}

/* -------------------------------------------------------------------- facts */

static void
put_fact_head(table *t, const chancery_record *r, const char *kind, const char *what, const char *more)
{
    begin(t, ID_WIDTH);
    paint(t, BOLD);
    ch_text_printf(t->out, " %-*s", ID_WIDTH - 1, r->id);
    t->column = ID_WIDTH;
    put_string(t, kind);
    paint(t, PLAIN);
    if (what != NULL) {
        put_string(t, " ");
        put_string(t, what);
    }
    if (more != NULL) {
        put_string(t, ", ");
        put_string(t, more);
    }
    if (strcmp(r->status, "asserted") != 0) {
        put_string(t, ", ");
        paint(t, CYAN);
        put_string(t, r->status);
        paint(t, PLAIN);
    }
    end_line(t);
}

static void
put_fact_end(table *t, const chancery_record *r)
{
    put_date(t, &r->date);
    for (size_t i = 0; i < r->attribution_count; i++) {
        begin_field(t, "said by");
        put_string(t, r->attributions[i].text);
        end_line(t);
    }
    put_words(t, r->sentence, r->span);
}

static void
put_text(table *t, const char *label, const char *text)
{
    if (text == NULL)
        return;
    begin_field(t, label);
    put_string(t, text);
    end_line(t);
}

static void
put_statement(table *t, const chancery_statement *s)
{
    put_fact_head(t, &s->record, "statement", s->stance, NULL);
    put_parties(t, "who", &s->holder, 1, "");
    put_text(t, "what", s->topic);
    put_parties(t, "towards", s->towards, s->towards_count, "");
    if (s->quote != NULL && s->topic != NULL && strcmp(s->quote, s->topic) != 0)
        put_text(t, "quote", s->quote);
    put_parties(t, "unlike", s->contrasts, s->contrast_count, "");
    put_fact_end(t, &s->record);
}

static void
put_amount(table *t, const chancery_amount *a)
{
    ch_text line = {0};
    put_fact_head(t, &a->record, "amount", a->what, a->state);
    ch_text_printf(&line, "%s%s%.15g %s", strcmp(a->bound, "exact") == 0 ? "" : a->bound, strcmp(a->bound, "exact") == 0 ? "" : " ", a->value,
                   a->unit);
    if (a->part_of != NULL)
        ch_text_printf(&line, ", part of %s", a->part_of);
    begin_field(t, "value");
    put_line(t, &line);
    end_line(t);
    put_parties(t, "from", a->givers, a->giver_count, "");
    put_parties(t, "to", a->receivers, a->receiver_count, "");
    put_fact_end(t, &a->record);
}

static void
put_vote(table *t, const chancery_vote *v)
{
    put_fact_head(t, &v->record, "vote", NULL, v->outcome);
    if (v->has_body)
        put_parties(t, "body", &v->body, 1, "");
    put_text(t, "measure", v->measure);
    for (size_t i = 0; i < v->ballot_count; i++)
        put_parties(t, v->ballots[i].ballot, &v->ballots[i].voter, 1, "");
    put_fact_end(t, &v->record);
}

static void
put_relation(table *t, const chancery_relation *r)
{
    put_fact_head(t, &r->record, "relation", r->relation, NULL);
    put_parties(t, "who", &r->subject, 1, "");
    if (r->has_object)
        put_parties(t, "of whom", &r->object, 1, "");
    put_text(t, "as", r->detail);
    put_fact_end(t, &r->record);
}

static void
put_fact(table *t, uint32_t index)
{
    const ch_records *r = t->doc->records;
    uint32_t at = r->fact_at[index];
    switch (r->fact_kinds[index]) {
    case CH_FACT_STATEMENT:
        put_statement(t, &r->statements[at]);
        break;
    case CH_FACT_AMOUNT:
        put_amount(t, &r->amounts[at]);
        break;
    case CH_FACT_VOTE:
        put_vote(t, &r->votes[at]);
        break;
    default:
        put_relation(t, &r->relations[at]);
    }
}

static void
put_document(table *t, uint32_t count)
{
    const ch_document *doc = t->doc;
    ch_text line = {0};
    begin(t, 0);
    paint(t, BOLD);
    put(t, doc->title.at != NULL ? doc->title : doc->id);
    paint(t, PLAIN);
    end_line(t);
    if (doc->published != CH_NO_DAY) {
        char day[11];
        ch_day_print(day, doc->published);
        spell_date(&line, day);
        ch_text_puts(&line, "; ");
    }
    for (uint32_t i = 0; i < doc->ncredit; i++) {
        ch_text_puts(&line, i == 0 ? "credits " : ", ");
        ch_text_add_str(&line, doc->credits[i]);
        if (i + 1 == doc->ncredit)
            ch_text_puts(&line, "; ");
    }
    ch_text_printf(&line, "%u sentence%s, %u event%s", doc->nsent, doc->nsent == 1 ? "" : "s", count, count == 1 ? "" : "s");
    begin(t, 0);
    put_line(t, &line);
    ch_text_puts(t->out, "\n\n");
}

void
ch_table_write(ch_text *out, const ch_document *doc, const ch_lexicon *lexicon, const chancery_write_options *options)
{
    table t = {
        .out = out,
        .doc = doc,
        .lexicon = lexicon,
        .width = options->width >= WIDTH_MIN ? options->width : WIDTH_USUAL,
        .colour = options->colour,
    };
    uint32_t count = doc->records != NULL ? doc->records->nevent : 0;
    put_document(&t, count);
    uint32_t fact = 0;
    for (uint32_t i = 0; i < count; i++) {
        while (fact < doc->nfact && doc->facts[fact].act.span.start < doc->events[i].span.start)
            put_fact(&t, fact++);
        put_event(&t, &doc->records->events[i]);
    }
    while (doc->records != NULL && fact < doc->nfact)
        put_fact(&t, fact++);
}

/* Events as a table for a person's eye. */
#include "base/day.h"
#include "base/utf8.h"
#include "lexicon/frames.h"
#include "record/record.h"

#include <string.h>

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define RED "\033[31m"
#define CYAN "\033[36m"
#define PLAIN "\033[0m"

typedef struct {
    ch_text *out;
    const ch_lexicon *lexicon;
    unsigned width;
    bool colour;
} table;

static void
paint(const table *t, const char *code)
{
    if (t->colour)
        ch_text_puts(t->out, code);
}

/* Cooperation green, words of conflict yellow, deeds of conflict red. */
static const char *
quad_colour(int quad)
{
    return quad <= 2 ? GREEN : quad == 3 ? YELLOW : RED;
}

/* Writes words wrapped to the width, later lines indented by `indent`. `column`
 * is where the line stands; gives where it ends. White space is folded. */
static unsigned
wrap(const table *t, const char *words, unsigned column, unsigned indent)
{
    size_t len = strlen(words), at = 0;
    bool first = true;
    while (at < len) {
        while (at < len && (words[at] == ' ' || words[at] == '\n' || words[at] == '\r' || words[at] == '\t'))
            at++;
        size_t from = at;
        unsigned columns = 0;
        while (at < len && words[at] != ' ' && words[at] != '\n' && words[at] != '\r' && words[at] != '\t') {
            ch_utf8_next(words, len, &at);
            columns++;
        }
        if (columns == 0)
            break;
        if (!first && column + 1 + columns > t->width) {
            ch_text_putc(t->out, '\n');
            for (unsigned i = 0; i < indent; i++)
                ch_text_putc(t->out, ' ');
            column = indent;
        } else if (!first) {
            ch_text_putc(t->out, ' ');
            column++;
        }
        ch_text_add(t->out, words + from, at - from);
        column += columns;
        first = false;
    }
    return column;
}

/* "Antony Blinken (United States, government)" */
static void
put_participant(const table *t, ch_text *line, const chancery_participant *p)
{
    ch_text_puts(line, p->name);
    if (p->code == NULL)
        return;
    const char *country = p->country;
    uint32_t index = country != NULL ? ch_lexicon_country(t->lexicon, country) : CH_NONE;
    const char *full = index != CH_NONE ? ch_lexicon_string(t->lexicon, t->lexicon->countries[index].name) : NULL;
    if (full != NULL && strcmp(full, p->name) != 0 && p->sector == NULL)
        ch_text_printf(line, " (%s)", full);
    else if (p->sector != NULL)
        ch_text_printf(line, " [%s]", p->code);
}

static void
put_parties(const table *t, const char *label, const chancery_participant *all, size_t count)
{
    ch_text line = {0};
    for (size_t i = 0; i < count; i++) {
        if (i != 0)
            ch_text_puts(&line, i + 1 == count ? " and " : ", ");
        put_participant(t, &line, &all[i]);
    }
    if (count != 0 && !line.failed) {
        paint(t, DIM);
        ch_text_printf(t->out, "      %-8s", label);
        paint(t, PLAIN);
        wrap(t, line.at, 14, 14);
        ch_text_putc(t->out, '\n');
    }
    ch_text_free(&line);
}

static void
put_field(const table *t, const char *label, const char *value)
{
    paint(t, DIM);
    ch_text_printf(t->out, "      %-8s", label);
    paint(t, PLAIN);
    wrap(t, value, 14, 14);
    ch_text_putc(t->out, '\n');
}

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
put_date(const table *t, const chancery_date *d)
{
    ch_text line = {0};
    if (d->start == NULL && d->end == NULL)
        return;
    spell_date(&line, d->start);
    if (d->end == NULL || d->start == NULL || strcmp(d->start, d->end) != 0) {
        ch_text_puts(&line, " to ");
        spell_date(&line, d->end);
    }
    if (d->text != NULL)
        ch_text_printf(&line, " (\"%s\")", d->text);
    else
        ch_text_puts(&line, " (assumed: date of the report)");
    if (!line.failed)
        put_field(t, "when", line.at);
    ch_text_free(&line);
}

static void
put_place(const table *t, const chancery_event *e)
{
    ch_text line = {0};
    if (!e->has_place)
        return;
    ch_text_puts(&line, e->place.name != NULL ? e->place.name : e->place.text);
    if (e->place.country != NULL)
        ch_text_printf(&line, ", %s", e->place.country);
    if (e->place.has_point)
        ch_text_printf(&line, " (%.2f, %.2f)", e->place.latitude, e->place.longitude);
    if (!line.failed)
        put_field(t, "where", line.at);
    ch_text_free(&line);
}

static void
put_head(const table *t, const chancery_event *e)
{
    const ch_cameo *cameo = e->cameo != NULL ? ch_cameo_find(t->lexicon, e->cameo) : NULL;
    paint(t, BOLD);
    ch_text_printf(t->out, " %-4s ", e->id);
    paint(t, quad_colour(e->quad));
    ch_text_puts(t->out, e->type);
    paint(t, PLAIN);
    if (e->mode != NULL)
        ch_text_printf(t->out, " %s", e->mode);
    if (strcmp(e->status, "asserted") != 0) {
        paint(t, CYAN);
        ch_text_printf(t->out, "  %s", e->status);
        paint(t, PLAIN);
    }
    if (cameo != NULL)
        ch_text_printf(t->out, "  %s %s", e->cameo, ch_lexicon_string(t->lexicon, cameo->label));
    ch_text_printf(t->out, "  (Goldstein %+.1f)\n", e->goldstein);
}

static void
put_event(const table *t, const chancery_event *e)
{
    put_head(t, e);
    put_parties(t, "who", e->actors, e->actor_count);
    put_parties(t, "whom", e->recipients, e->recipient_count);
    put_date(t, &e->date);
    put_place(t, e);
    for (size_t i = 0; i < e->attribution_count; i++)
        put_field(t, "says", e->attributions[i].text);
    ch_text quoted = {0};
    ch_text_printf(&quoted, "\"%s\"", e->text);
    if (e->repeats != NULL)
        ch_text_printf(&quoted, " (restates %s)", e->repeats);
    if (!quoted.failed)
        put_field(t, "words", quoted.at);
    ch_text_free(&quoted);
}

void
ch_table_write(ch_text *out, const ch_document *doc, const ch_lexicon *lexicon, const chancery_write_options *options)
{
    table t = {.out = out, .lexicon = lexicon, .width = options->width >= 40 ? options->width : 100, .colour = options->colour};
    uint32_t count = doc->records != NULL ? doc->records->nevent : 0;
    paint(&t, BOLD);
    ch_text_add_str(out, doc->title.at != NULL ? doc->title : doc->id);
    paint(&t, PLAIN);
    if (doc->published != CH_NO_DAY) {
        char day[11];
        ch_day_print(day, doc->published);
        ch_text_puts(out, ", ");
        spell_date(out, day);
    }
    ch_text_printf(out, ": %u sentence%s, %u event%s\n", doc->nsent, doc->nsent == 1 ? "" : "s", count, count == 1 ? "" : "s");
    for (uint32_t i = 0; i < count; i++)
        put_event(&t, &doc->records->events[i]);
}

/* A dossier as text: for a terminal, or in Markdown. */
#include "base/bars.h"
#include "base/columns.h"
#include "base/day.h"
#include "store/dossier_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH_MIN 50u
#define DATE_WIDTH 12u
#define PARTNERS_SHOWN 12
#define TYPES_SHOWN 4
#define SPARK_MAX 60u
#define BAR_WIDTH 20u
/* Columns of a sentence that is quoted; a longer one is cut on both sides. */
#define SENTENCE_MAX 320u

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

typedef struct {
    ch_text *out;
    const ch_dossier *d;
    const ch_dossier_style *style;
    unsigned width;
} writer;

/* -------------------------------------------------------------------- tree */

static struct json_object *
field(struct json_object *object, const char *name)
{
    struct json_object *found = NULL;
    if (json_object_is_type(object, json_type_object))
        json_object_object_get_ex(object, name, &found);
    return found;
}

/* A field's text, or NULL. */
static const char *
text(struct json_object *object, const char *name)
{
    struct json_object *found = field(object, name);
    return found != NULL ? json_object_get_string(found) : NULL;
}

static void
put_text(ch_text *out, struct json_object *object, const char *name)
{
    const char *found = text(object, name);
    ch_text_puts(out, found != NULL ? found : "");
}

static int64_t
number(struct json_object *object, const char *name)
{
    return json_object_get_int64(field(object, name));
}

static size_t
count(struct json_object *array)
{
    return json_object_is_type(array, json_type_array) ? json_object_array_length(array) : 0;
}

/* ------------------------------------------------------------------- marks */

static void
paint(writer *w, const char *code)
{
    if (w->style->colour && !w->style->markdown)
        ch_text_puts(w->out, code);
}

/* What Markdown would take for a mark of its own is written so that it does not. */
static void
put_plain(writer *w, const char *s)
{
    for (; *s != '\0'; s++) {
        if (w->style->markdown && strchr("\\`*_[]<>#|", *s) != NULL)
            ch_text_putc(w->out, '\\');
        ch_text_putc(w->out, *s == '\n' || *s == '\r' || *s == '\t' ? ' ' : *s);
    }
}

static void
put_heading(writer *w, const char *name)
{
    if (w->style->markdown) {
        ch_text_printf(w->out, "\n## %s\n\n", name);
        return;
    }
    ch_text_putc(w->out, '\n');
    paint(w, BOLD);
    ch_text_puts(w->out, name);
    paint(w, PLAIN);
    ch_text_putc(w->out, '\n');
}

/* -------------------------------------------------------------------- who */

/* "2017-05-14 to today", "until 2016-08-30". */
static void
put_range(ch_text *line, const char *from, const char *to)
{
    if (from != NULL && to != NULL)
        ch_text_printf(line, ", %s to %s", from, to);
    else if (from != NULL)
        ch_text_printf(line, ", since %s", from);
    else if (to != NULL)
        ch_text_printf(line, ", until %s", to);
}

static void
put_roles(writer *w)
{
    struct json_object *roles = field(w->d->tree, "roles");
    for (size_t i = 0; i < count(roles); i++) {
        struct json_object *role = json_object_array_get_idx(roles, i);
        const char *title = text(role, "title"), *code = text(role, "code");
        ch_text line = {0};
        if (title == NULL && text(role, "from") == NULL && text(role, "to") == NULL)
            continue; /* what the first line says already */
        ch_text_printf(&line, "%s", title != NULL ? title : code != NULL ? code : "nobody that is coded");
        if (title != NULL && code != NULL)
            ch_text_printf(&line, " (%s)", code);
        put_range(&line, text(role, "from"), text(role, "to"));
        ch_text_puts(w->out, w->style->markdown ? "- " : "  ");
        put_plain(w, line.at);
        ch_text_putc(w->out, '\n');
        ch_text_free(&line);
    }
}

static void
put_who(writer *w)
{
    struct json_object *t = w->d->tree;
    const char *kind = text(t, "kind"), *code = text(t, "code"), *id = text(t, "id");
    ch_text_puts(w->out, w->style->markdown ? "# " : "");
    paint(w, BOLD);
    put_plain(w, text(t, "name"));
    paint(w, PLAIN);
    ch_text_puts(w->out, w->style->markdown ? "\n\n" : "  ");
    if (kind != NULL && strcmp(kind, "name") == 0)
        ch_text_puts(w->out, "in no lexicon");
    else if (kind != NULL)
        put_plain(w, kind);
    if (code != NULL && strcmp(code, text(t, "name")) != 0)
        ch_text_printf(w->out, ", %s", code);
    if (id != NULL && (code == NULL || strcmp(id, code) != 0)) {
        ch_text_puts(w->out, ", ");
        put_plain(w, id);
    }
    ch_text_puts(w->out, w->style->markdown ? "\n\n" : "\n");
    put_roles(w);
}

/* ----------------------------------------------------------------- activity */

/* "CONSULT 7, REQUEST 4". */
static void
put_types(writer *w, const char *side)
{
    struct json_object *types = field(w->d->tree, "types");
    size_t shown = 0;
    for (size_t i = 0; i < count(types) && shown < TYPES_SHOWN; i++) {
        struct json_object *one = json_object_array_get_idx(types, i);
        if (number(one, side) != 0)
            ch_text_printf(w->out, "%s%s %lld", shown++ != 0 ? ", " : "", text(one, "type"), (long long)number(one, side));
    }
}

typedef struct {
    double *acts, *receives; /* [count] */
    size_t count;
    const char *first, *last; /* months */
    double before;            /* events of months that are not shown */
} activity;

/* Months with a few events, of what a report looked back at, do not make the rest
 * small: of all a twentieth may lie before the first month that is shown. */
static bool
read_activity(const writer *w, activity *a)
{
    struct json_object *months = field(w->d->tree, "months");
    double all = (double)(number(w->d->tree, "acts") + number(w->d->tree, "receives"));
    a->acts = calloc(count(months) + 1, sizeof *a->acts);
    a->receives = calloc(count(months) + 1, sizeof *a->receives);
    for (size_t i = 0; a->acts != NULL && a->receives != NULL && i < count(months); i++) {
        struct json_object *one = json_object_array_get_idx(months, i);
        double events = (double)(number(one, "acts") + number(one, "receives"));
        if (text(one, "month") == NULL || (a->count == 0 && a->before + events <= all / 20)) {
            a->before += text(one, "month") != NULL ? events : 0;
            continue;
        }
        a->first = a->count == 0 ? text(one, "month") : a->first;
        a->last = text(one, "month");
        a->acts[a->count] = (double)number(one, "acts");
        a->receives[a->count++] = (double)number(one, "receives");
    }
    return a->acts != NULL && a->receives != NULL && all > 0;
}

static void
put_line_of(writer *w, const char *side, const char *label, const double *values, const activity *a, double most, unsigned room)
{
    ch_text_puts(w->out, w->style->markdown ? "- " : "  ");
    ch_text_printf(w->out, "%-12s%7lld  ", label, (long long)number(w->d->tree, side));
    ch_text_puts(w->out, w->style->markdown ? "`" : "");
    ch_put_spark(w->out, values, a->count, most, room, w->style->blocks);
    ch_text_puts(w->out, w->style->markdown ? "`  " : "  ");
    put_types(w, side);
    ch_text_putc(w->out, '\n');
}

/* Both ways on one scale, month by month. */
static void
put_activity(writer *w)
{
    activity a = {0};
    if (read_activity(w, &a)) {
        unsigned room = w->width > 80 ? w->width - 70 : 12;
        room = room < SPARK_MAX ? room : SPARK_MAX;
        double most = fmax(ch_spark_most(a.acts, a.count, room), ch_spark_most(a.receives, a.count, room));
        put_heading(w, "Events by month");
        if (a.count != 0)
            ch_text_printf(w->out, "%s%s%s%s", w->style->markdown ? "- " : "  ", a.first, a.count > 1 ? " to " : "",
                           a.count > 1 ? a.last : "");
        if (a.count != 0 && a.before > 0)
            ch_text_printf(w->out, "; %.0f before", a.before);
        ch_text_puts(w->out, a.count != 0 ? "\n" : "");
        put_line_of(w, "acts", "acts", a.acts, &a, most, room);
        put_line_of(w, "receives", "is acted on", a.receives, &a, most, room);
    }
    free(a.acts);
    free(a.receives);
}

/* ----------------------------------------------------------------- partners */

static void
put_partner(writer *w, struct json_object *one, unsigned names, double most)
{
    double mean = json_object_get_double(field(one, "goldstein")),
           events = (double)(number(one, "acts") + number(one, "receives"));
    if (w->style->markdown) {
        ch_text_puts(w->out, "| ");
        put_plain(w, text(one, "name"));
        ch_text_printf(w->out, " | %lld | %lld | %+.1f |\n", (long long)number(one, "acts"), (long long)number(one, "receives"),
                       mean);
        return;
    }
    ch_text_puts(w->out, "  ");
    ch_put_left(w->out, ch_str_of(text(one, "name")), names);
    ch_text_printf(w->out, "%9lld%9lld", (long long)number(one, "acts"), (long long)number(one, "receives"));
    paint(w, mean < -0.05 ? "\033[31m" : mean > 0.05 ? "\033[32m" : "");
    ch_text_printf(w->out, "%+9.1f  ", mean);
    paint(w, PLAIN);
    ch_put_bar(w->out, events, most, BAR_WIDTH, w->style->blocks);
    while (w->out->len != 0 && w->out->at[w->out->len - 1] == ' ')
        w->out->at[--w->out->len] = '\0';
    ch_text_putc(w->out, '\n');
}

static void
put_partners(writer *w)
{
    struct json_object *partners = field(w->d->tree, "partners");
    size_t n = count(partners), shown = n < PARTNERS_SHOWN ? n : PARTNERS_SHOWN;
    unsigned names = 7;
    double most = 0;
    if (n == 0)
        return;
    for (size_t i = 0; i < shown; i++) {
        struct json_object *one = json_object_array_get_idx(partners, i);
        unsigned wide = ch_columns(ch_str_of(text(one, "name")));
        names = wide > names ? wide : names;
        most = fmax(most, (double)(number(one, "acts") + number(one, "receives")));
    }
    names = names < 36 ? names : 36;
    put_heading(w, "With whom");
    if (w->style->markdown)
        ch_text_puts(w->out, "| with | acts on them | they act | Goldstein, mean |\n| --- | ---: | ---: | ---: |\n");
    else {
        paint(w, DIM);
        ch_text_puts(w->out, "  ");
        ch_put_blanks(w->out, names);
        ch_text_puts(w->out, "  acts on      they  Goldstein\n");
        paint(w, PLAIN);
    }
    for (size_t i = 0; i < shown; i++)
        put_partner(w, json_object_array_get_idx(partners, i), names, most);
    if (n > shown)
        ch_text_printf(w->out, "%s%s%zu more\n", w->style->markdown ? "\n" : "  ", "and ", n - shown);
}

/* ------------------------------------------------------------------ records */

static void
put_names(ch_text *line, struct json_object *list)
{
    size_t n = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : list != NULL;
    for (size_t i = 0; i < n; i++) {
        struct json_object *one = json_object_is_type(list, json_type_array) ? json_object_array_get_idx(list, i) : list;
        const char *name = text(one, "name");
        ch_text_printf(line, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", name != NULL ? name : "somebody");
    }
}

/* "61 billion", "1,200", "2.5". */
static void
put_value(ch_text *line, double value)
{
    char digits[64];
    double scaled = fabs(value) >= 1e12  ? value / 1e12
                    : fabs(value) >= 1e9 ? value / 1e9
                    : fabs(value) >= 1e6 ? value / 1e6
                                         : value;
    const char *scale = fabs(value) >= 1e12  ? " trillion"
                        : fabs(value) >= 1e9 ? " billion"
                        : fabs(value) >= 1e6 ? " million"
                                             : "";
    if (scale[0] != '\0' || value != floor(value)) {
        ch_text_printf(line, "%.4g%s", scaled, scale);
        return;
    }
    size_t len = (size_t)snprintf(digits, sizeof digits, "%.0f", value);
    for (size_t i = 0; i < len; i++) {
        ch_text_putc(line, digits[i]);
        if ((len - i) % 3 == 1 && i + 1 < len && digits[i] != '-')
            ch_text_putc(line, ',');
    }
}

static void
head_event(ch_text *line, struct json_object *r)
{
    struct json_object *actors = field(r, "actors"), *recipients = field(r, "recipients"), *place = field(r, "place");
    const char *mode = text(r, "mode");
    put_text(line, r, "type");
    ch_text_printf(line, "%s%s: ", mode != NULL ? " " : "", mode != NULL ? mode : "");
    if (count(actors) != 0)
        put_names(line, actors);
    else
        ch_text_puts(line, "somebody");
    bool both = count(actors) > 1 && count(actors) == count(recipients) && json_object_equal(actors, recipients);
    if (both)
        ch_text_puts(line, ", with each other");
    else if (count(recipients) != 0) {
        ch_text_puts(line, " > ");
        put_names(line, recipients);
    }
    if (text(place, "name") != NULL)
        ch_text_printf(line, ", in %s", text(place, "name"));
}

static void
head_statement(ch_text *line, struct json_object *r)
{
    const char *topic = text(field(r, "topic"), "text");
    put_names(line, field(r, "holder"));
    ch_text_putc(line, ' ');
    put_text(line, r, "stance");
    if (topic != NULL)
        ch_text_printf(line, " \"%s\"", topic);
    if (count(field(r, "towards")) != 0) {
        ch_text_puts(line, " towards ");
        put_names(line, field(r, "towards"));
    }
    if (count(field(r, "contrasts")) != 0) {
        ch_text_puts(line, "; unlike ");
        put_names(line, field(r, "contrasts"));
    }
}

static void
head_amount(ch_text *line, struct json_object *r)
{
    const char *bound = text(r, "bound"), *unit = text(r, "unit"), *state = text(r, "state");
    bool exact = bound == NULL || strcmp(bound, "exact") == 0;
    put_text(line, r, "what");
    ch_text_printf(line, ": %s%s", exact ? "" : bound, exact ? "" : " ");
    put_value(line, json_object_get_double(field(r, "value")));
    ch_text_printf(line, " %s%s%s", unit != NULL ? unit : "", state != NULL ? ", " : "", state != NULL ? state : "");
    if (count(field(r, "giver")) != 0) {
        ch_text_puts(line, ", from ");
        put_names(line, field(r, "giver"));
    }
    if (count(field(r, "receiver")) != 0) {
        ch_text_puts(line, ", to ");
        put_names(line, field(r, "receiver"));
    }
}

static void
head_vote(ch_text *line, struct json_object *r)
{
    struct json_object *ballots = field(r, "ballots"), *body = field(r, "body");
    const char *measure = text(field(r, "measure"), "text"), *outcome = text(r, "outcome");
    put_names(line, body);
    ch_text_printf(line, "%s%s%s%s%s", body != NULL ? ": " : "", measure != NULL ? "\"" : "vote", measure != NULL ? measure : "",
                   measure != NULL ? "\"" : "", outcome != NULL ? ", " : "");
    ch_text_puts(line, outcome != NULL ? outcome : "");
    for (size_t i = 0; i < count(ballots); i++) {
        struct json_object *one = json_object_array_get_idx(ballots, i);
        const char *voter = text(field(one, "voter"), "name");
        ch_text_printf(line, "%s%s: ", i == 0 ? "; " : ", ", voter != NULL ? voter : "somebody");
        put_text(line, one, "ballot");
    }
}

static void
head_relation(ch_text *line, struct json_object *r)
{
    const char *detail = text(field(r, "detail"), "text");
    put_names(line, field(r, "subject"));
    ch_text_putc(line, ' ');
    put_text(line, r, "relation");
    if (field(r, "object") != NULL) {
        ch_text_putc(line, ' ');
        put_names(line, field(r, "object"));
    }
    if (detail != NULL)
        ch_text_printf(line, ": %s", detail);
}

static void
head_quotation(ch_text *line, struct json_object *r)
{
    const char *quote = text(field(r, "quote"), "text");
    put_names(line, field(r, "holder"));
    ch_text_printf(line, ": \"%s\"", quote != NULL ? quote : "");
}

static void
put_date(ch_text *line, struct json_object *r)
{
    struct json_object *date = field(r, "date");
    const char *start = text(date, "start"), *end = text(date, "end");
    if (start == NULL && end != NULL)
        ch_text_printf(line, "to %s", end);
    else
        ch_text_puts(line, start != NULL ? start : "no date");
}

/* The sentence with its words marked. */
static void
put_sentence(ch_text *line, struct json_object *r)
{
    const char *sentence = text(r, "sentenceText"), *words = text(r, "text");
    struct json_object *span = field(r, "span"), *around = field(r, "sentence");
    if (sentence == NULL || count(span) != 2 || count(around) != 2) {
        ch_text_printf(line, "\"%s\"", words != NULL ? words : "");
        return;
    }
    size_t len = strlen(sentence);
    int64_t start =
        json_object_get_int64(json_object_array_get_idx(span, 0)) - json_object_get_int64(json_object_array_get_idx(around, 0));
    size_t from = start > 0 && (size_t)start < len ? (size_t)start : 0, first = 0, last = len;
    if (len > SENTENCE_MAX) {
        first = from > SENTENCE_MAX / 2 ? from - SENTENCE_MAX / 2 : 0;
        last = first + SENTENCE_MAX < len ? first + SENTENCE_MAX : len;
    }
    while (first > 0 && first < from && sentence[first] != ' ')
        first++;
    while (last < len && last > from && sentence[last] != ' ')
        last--;
    ch_text_printf(line, "\"%s%.*s%s\"", first > 0 ? "..." : "", (int)(last - first), sentence + first, last < len ? "..." : "");
}

static void
put_wrapped(writer *w, const ch_text *line, unsigned indent, unsigned column)
{
    ch_put_wrapped(w->out, (ch_str){line->at, line->len}, w->width, indent, &column);
    ch_text_putc(w->out, '\n');
}

typedef void put_head(ch_text *line, struct json_object *r);

typedef struct {
    const char *name; /* in the tree */
    const char *heading;
    put_head *head;
    bool quoted;        /* its sentence is quoted */
    const char *status; /* that goes without saying */
} section;

static void
put_first_line(writer *w, struct json_object *r, const section *s)
{
    ch_text date = {0}, line = {0};
    const char *status = text(r, "status");
    put_date(&date, r);
    s->head(&line, r);
    if (status != NULL && strcmp(status, s->status) != 0)
        ch_text_printf(&line, " (%s)", status);
    if (w->style->markdown) {
        ch_text_puts(w->out, "- **");
        put_plain(w, date.at);
        ch_text_puts(w->out, "** ");
        put_plain(w, line.at);
        ch_text_putc(w->out, '\n');
    } else {
        ch_text_puts(w->out, "  ");
        ch_put_left(w->out, ch_str_of(date.at), DATE_WIDTH);
        paint(w, BOLD);
        put_wrapped(w, &line, DATE_WIDTH + 2, DATE_WIDTH + 2);
        paint(w, PLAIN);
    }
    ch_text_free(&date);
    ch_text_free(&line);
}

static void
put_below(writer *w, const ch_text *line, const char *colour)
{
    if (w->style->markdown) {
        ch_text_puts(w->out, "  ");
        put_plain(w, line->at);
        ch_text_putc(w->out, '\n');
        return;
    }
    ch_put_blanks(w->out, DATE_WIDTH + 2);
    paint(w, colour);
    put_wrapped(w, line, DATE_WIDTH + 2, DATE_WIDTH + 2);
    paint(w, PLAIN);
}

/* Report, ids of the records, day: what finds it again. */
static void
put_source(writer *w, struct json_object *list, size_t first, size_t last)
{
    struct json_object *r = json_object_array_get_idx(list, first);
    const char *published = text(r, "published"), *title = text(r, "title");
    ch_text line = {0};
    put_text(&line, r, "document");
    for (size_t i = first; i < last; i++) {
        ch_text_putc(&line, ' ');
        put_text(&line, json_object_array_get_idx(list, i), "id");
    }
    if (published != NULL)
        ch_text_printf(&line, ", %s", published);
    if (title != NULL)
        ch_text_printf(&line, ": %s", title);
    put_below(w, &line, DIM);
    ch_text_free(&line);
}

static bool
same_sentence(struct json_object *a, struct json_object *b)
{
    return json_object_equal(field(a, "document"), field(b, "document")) &&
           json_object_equal(field(a, "sentence"), field(b, "sentence"));
}

/* Records of one sentence stand together over it. */
static void
put_section(writer *w, const section *s)
{
    struct json_object *list = field(w->d->tree, s->name);
    size_t last;
    if (count(list) == 0)
        return;
    put_heading(w, s->heading);
    for (size_t i = 0; i < count(list); i = last) {
        struct json_object *r = json_object_array_get_idx(list, i);
        for (last = i; last < count(list) && same_sentence(r, json_object_array_get_idx(list, last)); last++)
            put_first_line(w, json_object_array_get_idx(list, last), s);
        if (s->quoted) {
            ch_text words = {0};
            put_sentence(&words, r);
            put_below(w, &words, "");
            ch_text_free(&words);
        }
        put_source(w, list, i, last);
    }
}

/* -------------------------------------------------------------------- whole */

static void
put_totals(writer *w)
{
    static const char *const kinds[] = {"statement", "amount", "vote", "relation"};
    struct json_object *t = w->d->tree, *records = field(t, "records");
    ch_text line = {0};
    int64_t events = number(t, "acts") + number(t, "receives");
    if (events == 0)
        ch_text_puts(&line, "no events");
    else
        ch_text_printf(&line, "acts in %lld event%s, is acted on in %lld", (long long)number(t, "acts"),
                       number(t, "acts") == 1 ? "" : "s", (long long)number(t, "receives"));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (number(records, kinds[i]) != 0)
            ch_text_printf(&line, "; %lld %s%s", (long long)number(records, kinds[i]), kinds[i],
                           number(records, kinds[i]) == 1 ? "" : "s");
    if (field(t, "sampled") != NULL)
        ch_text_printf(&line, "; types and partners are of the latest %lld", (long long)number(t, "sampled"));
    bool roles = count(field(t, "roles")) != 0;
    ch_text_puts(w->out, !w->style->markdown ? "  " : roles ? "\n" : "");
    put_wrapped(w, &line, 2, 2);
    ch_text_free(&line);
}

void
ch_dossier_write(ch_text *out, const ch_dossier *dossier, const ch_dossier_style *style)
{
    static const section sections[] = {
        {"planned", "Planned", head_event, true, "planned"},
        {"events", "Events, the latest first", head_event, true, "asserted"},
        {"positions", "Positions", head_statement, true, "asserted"},
        {"addressed", "What others say to them", head_statement, true, "asserted"},
        {"quotations", "In their words", head_quotation, false, "asserted"},
        {"gave", "Gave", head_amount, true, "asserted"},
        {"received", "Received", head_amount, true, "asserted"},
        {"votes", "Votes", head_vote, true, "asserted"},
        {"relations", "Relations", head_relation, true, "asserted"},
    };
    writer w = {.out = out, .d = dossier, .style = style, .width = style->width > WIDTH_MIN ? style->width : WIDTH_MIN};
    put_who(&w);
    put_totals(&w);
    put_activity(&w);
    put_partners(&w);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        put_section(&w, &sections[i]);
}

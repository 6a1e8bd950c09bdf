#include "rows.h"

#include "base/columns.h"
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* Rows that a table's columns are measured by; longer ones behind them are cut. */
#define MEASURED 2000
#define COLUMN_MAX 60u
#define GAP 2

rows_format
rows_find_format(const char *name)
{
    static const char *const names[] = {"table", "ndjson", "csv", "chart"};
    for (int i = 0; i < ROWS_NONE; i++)
        if (strcmp(names[i], name) == 0)
            return (rows_format)i;
    return ROWS_NONE;
}

/* How reading the rows ended. */
static int
ended(chancery_status status, const chancery_error *err)
{
    if (status == CHANCERY_END)
        return CLI_OK;
    cli_complain(err);
    return CLI_FAILED;
}

/* Writes the line and empties it. */
static bool
flush(ch_text *line)
{
    bool ok = !line->failed && cli_write(line->at != NULL ? line->at : "", line->len);
    ch_text_clear(line);
    return ok;
}

/* ------------------------------------------------------------- NDJSON, CSV */

int
rows_write_ndjson(ch_answer *answer, size_t *count)
{
    chancery_error err;
    chancery_status status;
    size_t len;
    while ((status = ch_answer_next(answer, &err)) == CHANCERY_OK) {
        const char *json = ch_answer_json(answer, &len);
        if (!cli_write(json, len) || !cli_write("\n", 1))
            return CLI_OUTPUT;
        if (count != NULL)
            ++*count;
    }
    return ended(status, &err);
}

/* RFC 4180: in quotes where it must be, these doubled. */
static void
put_field(ch_text *line, const char *text)
{
    bool quoted = text != NULL && strpbrk(text, "\",\r\n") != NULL;
    if (text == NULL)
        return;
    if (!quoted) {
        ch_text_puts(line, text);
        return;
    }
    ch_text_putc(line, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            ch_text_putc(line, '"');
        ch_text_putc(line, *text);
    }
    ch_text_putc(line, '"');
}

int
rows_write_csv(ch_answer *answer, size_t *count)
{
    chancery_error err;
    chancery_status status = CHANCERY_OK;
    ch_text line = {0};
    size_t width = ch_answer_width(answer);
    for (size_t i = 0; i < width; i++) {
        ch_text_puts(&line, i != 0 ? "," : "");
        put_field(&line, ch_answer_name(answer, i));
    }
    ch_text_puts(&line, "\r\n");
    bool ok = flush(&line);
    while (ok && (status = ch_answer_next(answer, &err)) == CHANCERY_OK) {
        for (size_t i = 0; i < width; i++) {
            ch_text_puts(&line, i != 0 ? "," : "");
            put_field(&line, ch_answer_text(answer, i));
        }
        ch_text_puts(&line, "\r\n");
        ok = flush(&line);
        if (count != NULL)
            ++*count;
    }
    ch_text_free(&line);
    return ok ? ended(status, &err) : CLI_OUTPUT;
}

/* ------------------------------------------------------------------- table */

typedef struct {
    char **cells;      /* [nrow * width]; NULL: none */
    bool *numbers;     /* [width] all that are there are */
    unsigned *columns; /* [width] */
    size_t nrow, room, width;
} grid;

static void
free_grid(grid *g)
{
    for (size_t i = 0; i < g->nrow * g->width; i++)
        free(g->cells[i]);
    free(g->cells);
    free(g->numbers);
    free(g->columns);
}

static bool
start_grid(grid *g, ch_answer *answer)
{
    g->width = ch_answer_width(answer);
    g->numbers = calloc(g->width + 1, sizeof *g->numbers);
    g->columns = calloc(g->width + 1, sizeof *g->columns);
    for (size_t i = 0; g->numbers != NULL && g->columns != NULL && i < g->width; i++) {
        g->numbers[i] = true;
        g->columns[i] = ch_columns(ch_str_of(ch_answer_name(answer, i)));
    }
    return g->numbers != NULL && g->columns != NULL;
}

static bool
add_row(grid *g, ch_answer *answer)
{
    if (g->nrow == g->room) {
        size_t room = g->room != 0 ? g->room * 2 : 64;
        char **cells = reallocarray(g->cells, room * (g->width + 1), sizeof *cells);
        if (cells == NULL)
            return false;
        g->cells = cells;
        g->room = room;
    }
    char **row = &g->cells[g->nrow++ * g->width];
    memset(row, 0, g->width * sizeof *row);
    for (size_t i = 0; i < g->width; i++) {
        bool number = ch_answer_is_number(answer, i);
        const char *text = ch_answer_text(answer, i);
        if (text == NULL)
            continue;
        unsigned wide = ch_columns(ch_str_of(text));
        g->numbers[i] = g->numbers[i] && number;
        g->columns[i] = wide > g->columns[i] ? wide : g->columns[i];
        if ((row[i] = strdup(text)) == NULL)
            return false;
    }
    return true;
}

/* The widest give way until all fit. */
static void
fit(grid *g, unsigned width)
{
    for (size_t i = 0; i < g->width; i++)
        g->columns[i] = g->columns[i] > COLUMN_MAX ? COLUMN_MAX : g->columns[i];
    for (;;) {
        size_t total = 0, widest = 0;
        for (size_t i = 0; i < g->width; i++) {
            total += g->columns[i] + GAP;
            widest = g->columns[i] > g->columns[widest] ? i : widest;
        }
        if (total <= (size_t)width + GAP || g->width == 0 || g->columns[widest] <= 8)
            return;
        g->columns[widest]--;
    }
}

static void
put_cell(ch_text *line, const grid *g, size_t column, const char *text)
{
    ch_str s = ch_str_of(text != NULL ? text : "-");
    bool last = column + 1 == g->width;
    if (g->numbers[column])
        ch_put_right(line, s, g->columns[column]);
    else if (last)
        ch_put_clipped(line, s, g->columns[column]);
    else
        ch_put_left(line, s, g->columns[column]);
    if (!last)
        ch_put_blanks(line, GAP);
}

static bool
put_rows(const grid *g, ch_answer *answer, const chancery_write_options *options, bool head)
{
    ch_text line = {0};
    bool ok = true;
    if (head) {
        ch_text_puts(&line, options->colour ? "\033[1m" : "");
        for (size_t i = 0; i < g->width; i++)
            put_cell(&line, g, i, ch_answer_name(answer, i));
        ch_text_puts(&line, options->colour ? "\033[0m\n" : "\n");
        ok = flush(&line);
    }
    for (size_t r = 0; ok && r < g->nrow; r++) {
        for (size_t i = 0; i < g->width; i++)
            put_cell(&line, g, i, g->cells[r * g->width + i]);
        ch_text_putc(&line, '\n');
        ok = flush(&line);
    }
    ch_text_free(&line);
    return ok;
}

/* In parts, so that a long answer needs no more memory than a short one. */
int
rows_write_table(ch_answer *answer, const chancery_write_options *options, size_t *count)
{
    chancery_error err;
    chancery_status status = CHANCERY_OK;
    grid g = {0};
    bool ok = start_grid(&g, answer), head = true;
    while (ok && status == CHANCERY_OK) {
        while (ok && g.nrow < MEASURED && (status = ch_answer_next(answer, &err)) == CHANCERY_OK)
            ok = add_row(&g, answer);
        fit(&g, options->width);
        ok = ok && put_rows(&g, answer, options, head);
        head = false;
        if (count != NULL)
            *count += g.nrow;
        for (size_t i = 0; i < g.nrow * g.width; i++)
            free(g.cells[i]);
        g.nrow = 0;
    }
    free_grid(&g);
    return ok ? ended(status, &err) : CLI_OUTPUT;
}

/* ----------------------------------------------------------------- records */

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"
#define DATE_WIDTH 12

typedef struct {
    ch_answer *answer;
    const chancery_write_options *options;
    ch_text line;
} page;

static const char *
field(const page *p, const char *name)
{
    for (size_t i = 0; i < ch_answer_width(p->answer); i++)
        if (strcmp(ch_answer_name(p->answer, i), name) == 0)
            return ch_answer_text(p->answer, i);
    return NULL;
}

static void
paint(page *p, const char *code)
{
    ch_text_puts(&p->line, p->options->colour ? code : "");
}

/* Cooperation green, words of conflict yellow, deeds of conflict red. */
static const char *
colour_of(const page *p)
{
    const char *quad = field(p, "quad");
    return quad == NULL ? "\033[36m" : quad[0] <= '2' ? "\033[32m" : quad[0] == '3' ? "\033[33m" : "\033[31m";
}

/* "CONSULT visit", "amount killed 12 people". */
static void
put_what(page *p, ch_text *what)
{
    const char *kind = field(p, "kind"), *name = field(p, "what"), *value = field(p, "value");
    if (kind != NULL && strcmp(kind, "event") != 0)
        ch_text_printf(what, "%s ", kind);
    ch_text_puts(what, name != NULL ? name : "");
    const char *mode = field(p, "mode");
    if (mode != NULL)
        ch_text_printf(what, " %s", mode);
    value = field(p, "value");
    const char *bound = field(p, "bound"), *unit = field(p, "unit");
    if (value != NULL)
        ch_text_printf(what, ": %s%s%s %s", bound != NULL && strcmp(bound, "exact") != 0 ? bound : "",
                       bound != NULL && strcmp(bound, "exact") != 0 ? " " : "", value, unit != NULL ? unit : "");
}

static void
put_date(page *p, const char *date)
{
    char until[DATE_WIDTH + 8];
    const char *end = date == NULL ? field(p, "until") : NULL;
    snprintf(until, sizeof until, "..%.16s", end != NULL ? end : "");
    ch_put_left(&p->line, ch_str_of(date != NULL ? date : end != NULL ? until : "no date"), DATE_WIDTH);
}

static void
put_first_line(page *p)
{
    ch_text what = {0}, who = {0};
    unsigned column = DATE_WIDTH;
    const char *date = field(p, "date"), *actors = field(p, "actors"), *recipients = field(p, "recipients");
    put_what(p, &what);
    const char *status = field(p, "status"), *place = field(p, "place");
    put_date(p, date);
    paint(p, colour_of(p));
    column += ch_put_clipped(&p->line, ch_str_of(what.at != NULL ? what.at : ""), p->options->width - DATE_WIDTH);
    paint(p, PLAIN);
    if (actors != NULL || recipients != NULL)
        ch_text_printf(&who, "  %s", actors != NULL ? actors : "?");
    if (recipients != NULL)
        ch_text_printf(&who, " > %s", recipients);
    if (place != NULL)
        ch_text_printf(&who, "  in %s", place);
    if (status != NULL && strcmp(status, "asserted") != 0)
        ch_text_printf(&who, "  (%s)", status);
    if (who.len != 0) {
        ch_put_blanks(&p->line, 2);
        column += 2;
        ch_put_wrapped(&p->line, (ch_str){who.at, who.len}, p->options->width, DATE_WIDTH, &column);
    }
    ch_text_putc(&p->line, '\n');
    ch_text_free(&what);
    ch_text_free(&who);
}

/* The words, and where they stand. */
static void
put_second_line(page *p)
{
    ch_text words = {0}, source = {0};
    unsigned column = DATE_WIDTH;
    const char *topic = field(p, "topic"), *text = field(p, "text");
    const char *document = field(p, "document"), *id = field(p, "id");
    ch_text_printf(&words, "\"%s\"", text != NULL ? text : "");
    if (topic != NULL)
        ch_text_printf(&words, " on \"%s\"", topic);
    ch_text_printf(&source, "  %s %s", document != NULL ? document : "", id != NULL ? id : "");
    ch_put_blanks(&p->line, DATE_WIDTH);
    ch_put_wrapped(&p->line, (ch_str){words.at, words.len}, p->options->width, DATE_WIDTH, &column);
    paint(p, DIM);
    ch_put_blanks(&p->line, 2);
    column += 2;
    ch_put_wrapped(&p->line, (ch_str){source.at, source.len}, p->options->width, DATE_WIDTH, &column);
    paint(p, PLAIN);
    ch_text_putc(&p->line, '\n');
    ch_text_free(&words);
    ch_text_free(&source);
}

int
rows_write_records(ch_answer *answer, const chancery_write_options *options, size_t *count)
{
    chancery_error err;
    chancery_status status = CHANCERY_OK;
    page p = {.answer = answer, .options = options};
    bool ok = true;
    while (ok && (status = ch_answer_next(answer, &err)) == CHANCERY_OK) {
        put_first_line(&p);
        put_second_line(&p);
        ok = flush(&p.line);
        if (count != NULL)
            ++*count;
    }
    ch_text_free(&p.line);
    return ok ? ended(status, &err) : CLI_OUTPUT;
}

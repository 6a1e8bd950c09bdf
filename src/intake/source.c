/* A file as a sequence of documents: the public interface over the readers of
 * the single formats, and the walk through folders. */
#include "intake/source.h"

#include "base/day.h"

#include <ctype.h>
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>

/* Bytes at the beginning of a file by which its kind is known. */
#define SNIFFED_MAX 1024

/* ------------------------------------------------------------- what is shared */

const char *
ch_field_in_input(const ch_field_map *map, ch_field_name field)
{
    static const char *const ours[CH_FIELD_COUNT] = {"text", "id", "title", "url", "language", "date", "byline"};
    return map != NULL && map->names[field] != NULL ? map->names[field] : ours[field];
}

void
ch_page_clear(ch_page *page)
{
    ch_text *const all[] = {&page->text, &page->title, &page->url, &page->language, &page->date, &page->byline, &page->paid};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ch_text_clear(all[i]);
    page->found = false;
    page->map.count = 0;
}

void
ch_page_free(ch_page *page)
{
    ch_text *const all[] = {&page->text, &page->title, &page->url, &page->language, &page->date, &page->byline, &page->paid};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ch_text_free(all[i]);
    ch_page_map_free(&page->map);
}

static const char *
known(const ch_text *text)
{
    return text->len != 0 ? text->at : NULL;
}

void
ch_page_give(const ch_page *page, chancery_input *input)
{
    input->text = page->text.at != NULL ? page->text.at : "";
    input->len = page->text.len;
    input->title = known(&page->title);
    input->url = known(&page->url);
    input->language = known(&page->language);
    input->date = known(&page->date);
    input->byline = known(&page->byline);
    input->date_in_metadata = true;
    input->page_runs = page->map.runs;
    input->page_run_count = page->map.count;
}

static void
put_day(ch_text *out, int year, int month, int day)
{
    if (year < 1000 || year > 2200 || month < 1 || month > 12 || day < 1 || day > ch_days_in_month(year, month))
        return;
    ch_text_clear(out);
    ch_text_printf(out, "%04d-%02d-%02d", year, month, day);
}

/* "25/04/2024": where either number may be the month, nothing is said. */
static void
put_slashes(ch_text *out, const char *date)
{
    struct tm one = {0}, other = {0};
    bool day_first = strptime(date, "%d/%m/%Y", &one) != NULL, month_first = strptime(date, "%m/%d/%Y", &other) != NULL;
    if (day_first == month_first && (!day_first || one.tm_mon != other.tm_mon))
        return;
    const struct tm *tm = day_first ? &one : &other;
    put_day(out, tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday);
}

/* Seconds or milliseconds since 1970. */
static bool
put_seconds(ch_text *out, const char *date)
{
    size_t digits = strspn(date, "0123456789");
    struct tm tm;
    if ((digits != 10 && digits != 13) || date[digits] != '\0' || date[0] != '1')
        return false;
    time_t seconds = (time_t)(strtoll(date, NULL, 10) / (digits == 13 ? 1000 : 1));
    if (gmtime_r(&seconds, &tm) != NULL)
        put_day(out, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
    return true;
}

void
ch_page_date(ch_text *out, const char *date)
{
    static const char *const forms[] = {"%a, %d %b %Y", "%d %b %Y",     "%a %d %b %Y", "%a, %b %d, %Y",       "%b %d, %Y",
                                        "%b %d %Y",     "%a %b %d, %Y", "%d-%b-%Y",    "%a %b %d %H:%M:%S %Y", "%Y/%m/%d",
                                        "%d.%m.%Y",     "%Y%m%d"};
    int32_t first, last;
    while (isspace((unsigned char)*date))
        date++;
    if (ch_day_parse(ch_str_of(date), &first, &last) && first == last) {
        ch_text_clear(out);
        ch_text_add(out, date, 10);
        return;
    }
    if (put_seconds(out, date))
        return;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct tm tm = {0};
        if (strptime(date, forms[i], &tm) == NULL || tm.tm_mday < 1 || tm.tm_year < 0 || tm.tm_year > 300)
            continue;
        put_day(out, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
        return;
    }
    put_slashes(out, date);
}

const char *
ch_source_name(const chancery_source *s)
{
    const char *path = ch_stream_path(s->stream);
    return strcmp(path, "-") == 0 ? "stdin" : path;
}

const char *
ch_source_number(chancery_source *s)
{
    ch_text_clear(&s->id);
    ch_text_printf(&s->id, "%s:%llu", ch_source_name(s), (unsigned long long)s->count);
    return s->id.failed ? ch_source_name(s) : s->id.at;
}

ch_status
ch_source_read_all(chancery_source *s, size_t limit, ch_error *err)
{
    bool cut = false;
    ch_text_clear(&s->bytes);
    ch_status status = ch_stream_rest(s->stream, &s->bytes, limit, &cut, err);
    if (status == CH_OK && cut)
        return ch_fail(err, CH_E_LIMIT, ch_source_name(s), limit,
                       "is longer than %zu bytes; split it into its reports, or give it as one JSON object a line", limit);
    if (s->bytes.at == NULL)
        ch_text_puts(&s->bytes, "");
    return status;
}

/* ---------------------------------------------------------------- plain text */

static ch_status
next_text(chancery_source *s, chancery_input *input, ch_error *err)
{
    if (s->ended)
        return CH_END;
    s->ended = true;
    input->id = ch_source_name(s);
    ch_status status = ch_source_read_all(s, CH_RAW_MAX, err);
    input->text = s->bytes.at;
    input->len = s->bytes.len;
    return status;
}

const ch_format ch_format_text = {.next = next_text};

/* -------------------------------------------------------- choosing a format */

static const ch_format *
format_of(chancery_source_kind kind)
{
    switch (kind) {
    case CHANCERY_SOURCE_TEXT:
        return &ch_format_text;
    case CHANCERY_SOURCE_NDJSON:
        return &ch_format_ndjson;
    case CHANCERY_SOURCE_HTML:
        return &ch_format_html;
    case CHANCERY_SOURCE_CSV:
        return &ch_format_csv;
    case CHANCERY_SOURCE_FEED:
        return &ch_format_feed;
    case CHANCERY_SOURCE_WARC:
        return &ch_format_warc;
    default:
        return NULL;
    }
}

static bool
ends_in(const char *path, size_t len, const char *ending)
{
    size_t n = strlen(ending);
    return len > n && strncasecmp(path + len - n, ending, n) == 0;
}

static const ch_format *
format_by_name(const char *path)
{
    static const char *const packings[] = {".gz", ".zst", ".bz2", ".xz"};
    static const struct {
        const char *ending;
        const ch_format *format;
    } all[] = {
        {".ndjson", &ch_format_ndjson}, {".jsonl", &ch_format_ndjson}, {".html", &ch_format_html}, {".htm", &ch_format_html},
        {".xhtml", &ch_format_html},    {".csv", &ch_format_csv},      {".tsv", &ch_format_csv},   {".rss", &ch_format_feed},
        {".atom", &ch_format_feed},     {".warc", &ch_format_warc},    {".wet", &ch_format_warc},
    };
    size_t len = strlen(path);
    for (size_t i = 0; i < sizeof packings / sizeof *packings; i++)
        if (ends_in(path, len, packings[i])) {
            len -= strlen(packings[i]);
            break;
        }
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (ends_in(path, len, all[i].ending))
            return all[i].format;
    return NULL;
}

static bool
begins(const char *at, size_t len, const char *with)
{
    size_t n = strlen(with);
    return len >= n && strncasecmp(at, with, n) == 0;
}

static bool
holds(const char *at, size_t len, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= len; i++)
        if (strncasecmp(at + i, what, n) == 0)
            return true;
    return false;
}

/* The first bytes that are no white space decide: a JSON object begins with "{"
 * and markup with "<", no report does. */
static const ch_format *
format_by_bytes(const char *at, size_t len)
{
    if (len >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) {
        at += 3;
        len -= 3;
    }
    while (len != 0 && isspace((unsigned char)*at)) {
        at++;
        len--;
    }
    len = len < SNIFFED_MAX ? len : SNIFFED_MAX;
    if (len > 1 && at[0] == '{' && (at[1] == '"' || isspace((unsigned char)at[1])))
        return &ch_format_ndjson;
    if (begins(at, len, "WARC/"))
        return &ch_format_warc;
    if (len == 0 || at[0] != '<')
        return &ch_format_text;
    if (holds(at, len, "<rss") || holds(at, len, "<feed") || holds(at, len, "<rdf:RDF"))
        return &ch_format_feed;
    if (begins(at, len, "<!doctype html") || holds(at, len, "<html") || holds(at, len, "<head") || holds(at, len, "<body"))
        return &ch_format_html;
    return &ch_format_text;
}

static ch_status
choose_format(chancery_source *s, ch_error *err)
{
    const char *at = NULL;
    size_t len = 0;
    s->format = format_of(s->kind);
    if (s->format == NULL)
        s->format = format_by_name(ch_stream_path(s->stream));
    if (s->format != NULL)
        return CH_OK;
    ch_status status = ch_stream_peek(s->stream, &at, &len, err);
    if (status == CH_OK)
        s->format = format_by_bytes(at, len);
    return status;
}

static ch_status
open_file(chancery_source **out, const char *path, chancery_source_kind kind, const ch_field_map *fields, ch_error *err)
{
    *out = NULL;
    chancery_source *s = calloc(1, sizeof *s);
    if (s == NULL)
        return ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to open it");
    s->kind = kind;
    s->fields = fields != NULL ? fields : &s->own_fields;
    ch_status status = ch_stream_open(&s->stream, path, err);
    if (status == CH_OK)
        status = choose_format(s, err);
    if (status == CH_OK && s->format->open != NULL)
        status = s->format->open(s, err);
    if (status != CH_OK) {
        chancery_source_close(s);
        return status;
    }
    *out = s;
    return CH_OK;
}

/* ------------------------------------------------------------------- folders */

struct chancery_walk {
    FTS *fts;
    char *path;
    bool found; /* at least one file */
};

static int
by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static ch_status
open_folder(chancery_source **out, const char *path, chancery_source_kind kind, ch_error *err)
{
    chancery_source *s = calloc(1, sizeof *s);
    if (s == NULL || (s->walk = calloc(1, sizeof *s->walk)) == NULL || (s->walk->path = strdup(path)) == NULL) {
        chancery_source_close(s);
        return ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to open it");
    }
    char *paths[2] = {s->walk->path, NULL};
    s->kind = kind;
    s->walk->fts = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (s->walk->fts == NULL) {
        chancery_source_close(s);
        return ch_fail(err, CH_E_IO, path, 0, "cannot be walked: %s", strerror(errno));
    }
    *out = s;
    return CH_OK;
}

/* The next file of the walk, hidden ones passed over; NULL at the end. What
 * cannot be read is an entry too, with its error. */
static FTSENT *
next_entry(struct chancery_walk *walk)
{
    for (FTSENT *e; (e = fts_read(walk->fts)) != NULL;) {
        bool hidden = e->fts_level > 0 && e->fts_name[0] == '.';
        if (hidden) {
            fts_set(walk->fts, e, FTS_SKIP);
            continue;
        }
        if (e->fts_info == FTS_F || e->fts_info == FTS_DNR || e->fts_info == FTS_ERR || e->fts_info == FTS_SLNONE)
            return e;
    }
    return NULL;
}

static ch_status
next_file(chancery_source *s, chancery_input *input, ch_error *err)
{
    FTSENT *e = next_entry(s->walk);
    if (e == NULL) {
        bool found = s->walk->found;
        s->ended = true;
        errno = ENOENT;
        input->id = s->walk->path;
        return found ? CH_END : ch_fail(err, CH_E_IO, s->walk->path, 0, "is a directory without a file in it");
    }
    s->walk->found = true;
    ch_text_clear(&s->id);
    ch_text_puts(&s->id, e->fts_path);
    input->id = s->id.at;
    if (e->fts_info != FTS_F)
        return ch_fail(err, CH_E_FORMAT, s->id.at, 0, "cannot be read: %s", e->fts_errno != 0 ? strerror(e->fts_errno) : "a link to nothing");
    ch_status status = open_file(&s->file, e->fts_path, s->kind, &s->own_fields, err);
    if (status == CH_OK) {
        s->file->page.keep_map = s->page.keep_map;
        s->file->page.markup = s->page.markup;
    }
    return status;
}

/* A failure of one file is not the end of the walk. */
static ch_status
next_in_folder(chancery_source *s, chancery_input *input, ch_error *err)
{
    while (!s->ended) {
        ch_status status;
        if (s->file == NULL) {
            status = next_file(s, input, err);
            if (status != CH_OK)
                return status == CH_E_IO && !s->ended ? CH_E_FORMAT : status;
        }
        status = chancery_source_next(s->file, input, err);
        if (status == CH_OK || (status != CH_END && status != CH_E_IO))
            return status;
        if (status == CH_E_IO) {
            ch_text_clear(&s->id);
            ch_text_puts(&s->id, input->id != NULL ? input->id : ch_source_name(s->file));
            input->id = s->id.at;
        }
        s->passed += chancery_source_position(s->file);
        chancery_source_close(s->file);
        s->file = NULL;
        if (status == CH_E_IO)
            return CH_E_FORMAT;
    }
    return CH_END;
}

/* ---------------------------------------------------------- public interface */

chancery_status
chancery_source_open(chancery_source **out, const char *path, chancery_source_kind kind, chancery_error *err)
{
    struct stat st;
    *out = NULL;
    if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return open_folder(out, path, kind, err);
    return open_file(out, path, kind, NULL, err);
}

void
chancery_source_close(chancery_source *s)
{
    if (s == NULL)
        return;
    if (s->format != NULL && s->format->close != NULL)
        s->format->close(s);
    chancery_source_close(s->file);
    if (s->walk != NULL) {
        if (s->walk->fts != NULL)
            fts_close(s->walk->fts);
        free(s->walk->path);
        free(s->walk);
    }
    for (int i = 0; i < CH_FIELD_COUNT; i++)
        free(s->own_fields.names[i]);
    ch_page_free(&s->page);
    ch_text_free(&s->bytes);
    ch_text_free(&s->id);
    ch_stream_close(s->stream);
    free(s);
}

chancery_status
chancery_source_map(chancery_source *s, const char *mapping, chancery_error *err)
{
    const char *equals = strchr(mapping, '=');
    for (int i = 0; equals != NULL && equals[1] != '\0' && i < CH_FIELD_COUNT; i++) {
        const char *ours = ch_field_in_input(NULL, (ch_field_name)i);
        if (strlen(ours) != (size_t)(equals - mapping) || strncmp(ours, mapping, strlen(ours)) != 0)
            continue;
        char *name = strdup(equals + 1);
        if (name == NULL)
            return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a field");
        free(s->own_fields.names[i]);
        s->own_fields.names[i] = name;
        return CH_OK;
    }
    return ch_fail(err, CH_E_ARGUMENT, NULL, 0,
                   "\"%.80s\" maps no field; write text=NAME, or id, title, url, language, date or byline for text", mapping);
}

ch_status
ch_source_use(chancery_source *s, const ch_lexicon *lexicon, ch_error *err)
{
    return ch_markup_open(&s->page.markup, lexicon, err);
}

void
chancery_source_keep_page_runs(chancery_source *s)
{
    s->page.keep_map = true;
}

chancery_status
chancery_source_next(chancery_source *s, chancery_input *input, chancery_error *err)
{
    *input = (chancery_input){.text = NULL};
    return s->walk != NULL ? next_in_folder(s, input, err) : s->format->next(s, input, err);
}

uint64_t
chancery_source_position(const chancery_source *s)
{
    return s->walk == NULL ? ch_stream_position(s->stream) : s->passed + (s->file != NULL ? chancery_source_position(s->file) : 0);
}

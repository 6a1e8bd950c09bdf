/* Web archives (ISO 28500): the pages of "response" and "resource" records, the
 * texts of "conversion" records. */
#include "intake/html.h"
#include "intake/source.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Bytes of one line of a record's head, and lines of one. */
#define HEAD_LINE_MAX 65536
#define HEAD_LINES_MAX 1000

/* Bytes of a record that is read; longer ones are no articles. */
#define RECORD_MAX ((size_t)CH_TEXT_MAX)

typedef struct {
    char type[32];
    char mime[64];    /* of the payload */
    char charset[64];
    char url[2048];
    unsigned long long length;
    bool has_length;
} head;

/* The value of a head line "Name: value" when its name is this. */
static const char *
value_of(const char *line, const char *name)
{
    size_t n = strlen(name);
    if (strncasecmp(line, name, n) != 0 || line[n] != ':')
        return NULL;
    line += n + 1;
    return line + strspn(line, " \t");
}

static void
copy(char *out, size_t room, const char *value, const char *end_at)
{
    size_t n = strcspn(value, end_at);
    n = n < room ? n : room - 1;
    memcpy(out, value, n);
    out[n] = '\0';
}

static void
take_type(head *h, const char *value)
{
    copy(h->mime, sizeof h->mime, value, "; \t\r\n");
    const char *charset = strcasestr(value, "charset=");
    if (charset != NULL)
        copy(h->charset, sizeof h->charset, charset + 8 + (charset[8] == '"'), "\"; \t\r\n");
}

static void
take_line(head *h, const char *line)
{
    const char *value;
    if ((value = value_of(line, "WARC-Type")) != NULL)
        copy(h->type, sizeof h->type, value, " \t\r\n");
    else if ((value = value_of(line, "WARC-Target-URI")) != NULL)
        copy(h->url, sizeof h->url, value + (*value == '<'), "> \t\r\n");
    else if ((value = value_of(line, "Content-Type")) != NULL)
        take_type(h, value);
    else if ((value = value_of(line, "Content-Length")) != NULL && isdigit((unsigned char)*value)) {
        h->length = strtoull(value, NULL, 10);
        h->has_length = true;
    }
}

static bool
is_blank(const ch_text *line)
{
    return line->len == 0 || line->at[0] == '\n' || (line->at[0] == '\r' && line->at[1] == '\n');
}

static ch_status
broken(chancery_source *s, const char *what, ch_error *err)
{
    s->ended = true;
    return ch_fail(err, CH_E_FORMAT, ch_source_name(s), s->count, "record %llu %s; the archive is damaged, fetch it again",
                   (unsigned long long)s->count, what);
}

/* The head of the next record; CH_END behind the last. */
static ch_status
read_head(chancery_source *s, head *h, ch_error *err)
{
    bool cut = false;
    *h = (head){.length = 0};
    do {
        ch_status status = ch_stream_line(s->stream, &s->bytes, HEAD_LINE_MAX, &cut, err);
        if (status != CH_OK)
            return status;
        if (s->bytes.len == 0 && !cut)
            return CH_END;
    } while (!cut && is_blank(&s->bytes));
    s->count++;
    if (cut || strncmp(s->bytes.at, "WARC/", 5) != 0)
        return broken(s, "does not begin with WARC/", err);
    for (int i = 0; i < HEAD_LINES_MAX; i++) {
        ch_status status = ch_stream_line(s->stream, &s->bytes, HEAD_LINE_MAX, &cut, err);
        if (status != CH_OK)
            return status;
        if (is_blank(&s->bytes) && !cut)
            return h->has_length ? CH_OK : broken(s, "has no Content-Length", err);
        if (!cut)
            take_line(h, s->bytes.at);
    }
    return broken(s, "has a head without end", err);
}

/* The block of a record into s->bytes; a longer one than RECORD_MAX is passed
 * over and *cut set. */
static ch_status
read_block(chancery_source *s, unsigned long long length, bool keep, ch_error *err)
{
    ch_text_clear(&s->bytes);
    while (length != 0) {
        const char *at = NULL;
        size_t len = 0;
        ch_status status = ch_stream_peek(s->stream, &at, &len, err);
        if (status != CH_OK)
            return status;
        if (len == 0)
            return broken(s, "is cut off", err);
        len = len < length ? len : (size_t)length;
        if (keep)
            ch_text_add(&s->bytes, at, len);
        ch_stream_skip(s->stream, len);
        length -= len;
    }
    if (s->bytes.failed)
        return ch_fail(err, CH_E_NOMEM, ch_source_name(s), 0, "not enough memory to read it");
    if (s->bytes.at == NULL)
        ch_text_puts(&s->bytes, "");
    return CH_OK;
}

/* Passes the head of an HTTP response, and takes the payload's type from it;
 * false where the page was not given. */
static bool
pass_http_head(head *h, ch_str *block)
{
    const char *end = memmem(block->at, block->len, "\r\n\r\n", 4);
    if (end == NULL || block->len < 12 || strncmp(block->at, "HTTP/", 5) != 0)
        return false;
    const char *status = memchr(block->at, ' ', 12);
    h->mime[0] = h->charset[0] = '\0';
    for (const char *line = block->at; line < end;) {
        char one[1024];
        copy(one, sizeof one, line, "\r\n");
        take_line(h, one);
        line = (const char *)memmem(line, (size_t)(end + 2 - line), "\r\n", 2) + 2;
    }
    block->len -= (size_t)(end + 4 - block->at);
    block->at = end + 4;
    return status != NULL && status[1] == '2';
}

static bool
is_html(const head *h)
{
    return strcasecmp(h->mime, "text/html") == 0 || strcasecmp(h->mime, "application/xhtml+xml") == 0;
}

/* Gives the payload as an input; CH_END when it is none that can be read. */
static ch_status
give(chancery_source *s, head *h, chancery_input *input, ch_error *err)
{
    ch_str block = {s->bytes.at, s->bytes.len};
    bool text = strcmp(h->type, "conversion") == 0 || strcasecmp(h->mime, "text/plain") == 0;
    if (strcmp(h->type, "response") == 0) {
        if (!pass_http_head(h, &block))
            return CH_END;
        text = strcasecmp(h->mime, "text/plain") == 0;
    }
    if (!text && !is_html(h))
        return CH_END;
    ch_text_clear(&s->id);
    ch_text_puts(&s->id, h->url);
    input->id = h->url[0] != '\0' ? s->id.at : ch_source_number(s);
    if (text) {
        input->text = block.at;
        input->len = block.len;
        input->url = h->url[0] != '\0' ? s->id.at : NULL;
        return CH_OK;
    }
    ch_status status = ch_html_read(&s->page, block, h->charset[0] != '\0' ? h->charset : NULL, err);
    if (status != CH_OK)
        return status;
    ch_page_give(&s->page, input);
    if (input->url == NULL && h->url[0] != '\0')
        input->url = s->id.at;
    return CH_OK;
}

static bool
is_wanted(const head *h)
{
    return strcmp(h->type, "response") == 0 || strcmp(h->type, "resource") == 0 || strcmp(h->type, "conversion") == 0;
}

static ch_status
next_record(chancery_source *s, chancery_input *input, ch_error *err)
{
    head h;
    while (!s->ended) {
        ch_status status = read_head(s, &h, err);
        if (status != CH_OK)
            return status;
        bool keep = is_wanted(&h) && h.length <= RECORD_MAX;
        status = read_block(s, h.length, keep, err);
        if (status != CH_OK)
            return status;
        if (!keep)
            continue;
        status = give(s, &h, input, err);
        if (status != CH_END)
            return status;
    }
    return CH_END;
}

const ch_format ch_format_warc = {.next = next_record};

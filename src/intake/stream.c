#include "intake/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (64u * 1024)

struct ch_stream {
    char *path;
    int fd;
    bool ended;
    size_t first, last; /* bytes [first, last) of `bytes` lie ready */
    char bytes[CHUNK];
};

static ch_status
check_kind(const ch_stream *s, ch_error *err)
{
    struct stat st;
    if (fstat(s->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return ch_fail(err, CH_E_IO, s->path, 0, "is a directory; name the files in it");
    }
    return CH_OK;
}

ch_status
ch_stream_open(ch_stream **out, const char *path, ch_error *err)
{
    *out = NULL;
    ch_stream *s = calloc(1, sizeof *s);
    if (s == NULL || (s->path = strdup(path)) == NULL) {
        free(s);
        return ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to open it");
    }
    ch_status status = CH_OK;
    s->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0)
        status = ch_fail(err, CH_E_IO, path, 0, "cannot be opened: %s", strerror(errno));
    else
        status = check_kind(s, err);
    if (status != CH_OK) {
        ch_stream_close(s);
        return status;
    }
    *out = s;
    return CH_OK;
}

void
ch_stream_close(ch_stream *s)
{
    if (s == NULL)
        return;
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    free(s->path);
    free(s);
}

const char *
ch_stream_path(const ch_stream *s)
{
    return s->path;
}

ch_status
ch_stream_peek(ch_stream *s, const char **at, size_t *len, ch_error *err)
{
    while (s->first == s->last && !s->ended) {
        ssize_t got = read(s->fd, s->bytes, sizeof s->bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ch_fail(err, CH_E_IO, s->path, 0, "cannot be read: %s", strerror(errno));
        s->first = 0;
        s->last = (size_t)got;
        s->ended = got == 0;
    }
    *at = s->bytes + s->first;
    *len = s->last - s->first;
    return CH_OK;
}

void
ch_stream_skip(ch_stream *s, size_t len)
{
    s->first += len;
}

static ch_status
no_memory(const ch_stream *s, ch_error *err)
{
    return ch_fail(err, CH_E_NOMEM, s->path, 0, "not enough memory to read it");
}

ch_status
ch_stream_line(ch_stream *s, ch_text *line, size_t limit, bool *cut, ch_error *err)
{
    const char *at = NULL;
    size_t len = 0;
    ch_text_clear(line);
    if (cut != NULL)
        *cut = false;
    while (true) {
        ch_status status = ch_stream_peek(s, &at, &len, err);
        if (status != CH_OK || len == 0)
            return status;
        const char *end = memchr(at, '\n', len);
        size_t take = end != NULL ? (size_t)(end - at) + 1 : len;
        if (line->len + take <= limit)
            ch_text_add(line, at, take);
        else if (cut != NULL)
            *cut = true;
        ch_stream_skip(s, take);
        if (line->failed)
            return no_memory(s, err);
        if (end != NULL)
            return CH_OK;
    }
}

ch_status
ch_stream_rest(ch_stream *s, ch_text *out, size_t limit, bool *cut, ch_error *err)
{
    const char *at = NULL;
    size_t len = 0;
    if (cut != NULL)
        *cut = false;
    while (true) {
        ch_status status = ch_stream_peek(s, &at, &len, err);
        if (status != CH_OK || len == 0)
            return status;
        if (len > limit - out->len) {
            if (cut != NULL)
                *cut = true;
            return CH_OK;
        }
        ch_text_add(out, at, len);
        ch_stream_skip(s, len);
        if (out->failed)
            return no_memory(s, err);
    }
}

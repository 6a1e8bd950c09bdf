#include "intake/stream.h"

#include <bzlib.h>
#include <errno.h>
#include <fcntl.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define CHUNK (64u * 1024)

/* A bomb: news shrinks to a third or a tenth, the worst of markup to a
 * fiftieth. Below the first bound nothing is refused. */
#define SWELL_FREE (64u * 1024 * 1024)
#define SWELL_MAX 200

/* Memory that a decoder of xz may take; its strongest setting needs 65 MiB. */
#define XZ_MEMORY (256u * 1024 * 1024)

typedef enum { PLAIN, GZIP, ZSTD, BZIP2, XZ } packing;

struct ch_stream {
    char *path;
    int fd;
    packing packed;
    bool raw_ended; /* no more bytes come from the file */
    bool ended;     /* nor from the stream */
    bool inside;    /* a member of a packed file has begun and not ended */
    union {
        z_stream gzip;
        ZSTD_DStream *zstd;
        bz_stream bzip2;
        lzma_stream xz;
    } decoder;
    uint64_t position;             /* bytes taken from the file */
    uint64_t taken, given;         /* bytes in and out of the decoder */
    size_t raw_first, raw_last;    /* bytes [first, last) of `raw` wait for the decoder */
    size_t first, last;            /* bytes [first, last) of `bytes` lie ready */
    char raw[CHUNK];
    char bytes[CHUNK];
};

static ch_status
no_memory(const ch_stream *s, ch_error *err)
{
    return ch_fail(err, CH_E_NOMEM, s->path, 0, "not enough memory to read it");
}

static ch_status
read_raw(ch_stream *s, ch_error *err)
{
    while (s->raw_first == s->raw_last && !s->raw_ended) {
        ssize_t got = read(s->fd, s->raw, sizeof s->raw);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ch_fail(err, CH_E_IO, s->path, 0, "cannot be read: %s", strerror(errno));
        s->raw_first = 0;
        s->raw_last = (size_t)got;
        s->raw_ended = got == 0;
        s->position += (uint64_t)got;
    }
    return CH_OK;
}

/* ----------------------------------------------------------------- decoders */

static packing
packing_of(const char *at, size_t len)
{
    static const struct {
        const char *magic;
        size_t len;
        packing packed;
    } all[] = {
        {"\x1F\x8B\x08", 3, GZIP}, {"\x28\xB5\x2F\xFD", 4, ZSTD}, {"BZh", 3, BZIP2}, {"\xFD" "7zXZ\0", 6, XZ},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (len >= all[i].len && memcmp(at, all[i].magic, all[i].len) == 0)
            return all[i].packed;
    return PLAIN;
}

static bool
start(ch_stream *s)
{
    memset(&s->decoder, 0, sizeof s->decoder);
    switch (s->packed) {
    case GZIP:
        return inflateInit2(&s->decoder.gzip, MAX_WBITS + 16) == Z_OK;
    case ZSTD:
        return (s->decoder.zstd = ZSTD_createDStream()) != NULL;
    case BZIP2:
        return BZ2_bzDecompressInit(&s->decoder.bzip2, 0, 0) == BZ_OK;
    case XZ:
        s->decoder.xz = (lzma_stream)LZMA_STREAM_INIT;
        return lzma_stream_decoder(&s->decoder.xz, XZ_MEMORY, LZMA_CONCATENATED) == LZMA_OK;
    default:
        return true;
    }
}

static void
stop(ch_stream *s)
{
    switch (s->packed) {
    case GZIP:
        inflateEnd(&s->decoder.gzip);
        break;
    case ZSTD:
        ZSTD_freeDStream(s->decoder.zstd);
        break;
    case BZIP2:
        BZ2_bzDecompressEnd(&s->decoder.bzip2);
        break;
    case XZ:
        lzma_end(&s->decoder.xz);
        break;
    default:
        break;
    }
}

/* One step of a decoder over in [nin] and out [nout]: both are moved behind what
 * was used. False when the bytes are damaged; *member_end says that a member of
 * the file has ended, and another may begin. */
static bool
step_gzip(z_stream *z, const char **in, size_t *nin, char **out, size_t *nout, bool *member_end)
{
    z->next_in = (Bytef *)(uintptr_t)*in;
    z->avail_in = (uInt)*nin;
    z->next_out = (Bytef *)*out;
    z->avail_out = (uInt)*nout;
    int got = inflate(z, Z_NO_FLUSH);
    *in = (const char *)z->next_in;
    *nin = z->avail_in;
    *out = (char *)z->next_out;
    *nout = z->avail_out;
    *member_end = got == Z_STREAM_END;
    if (*member_end)
        return inflateReset(z) == Z_OK;
    return got == Z_OK || got == Z_BUF_ERROR;
}

static bool
step_bzip2(bz_stream *b, const char **in, size_t *nin, char **out, size_t *nout, bool *member_end)
{
    b->next_in = (char *)(uintptr_t)*in;
    b->avail_in = (unsigned)*nin;
    b->next_out = *out;
    b->avail_out = (unsigned)*nout;
    int got = BZ2_bzDecompress(b);
    *in = b->next_in;
    *nin = b->avail_in;
    *out = b->next_out;
    *nout = b->avail_out;
    *member_end = got == BZ_STREAM_END;
    if (*member_end) {
        BZ2_bzDecompressEnd(b);
        memset(b, 0, sizeof *b);
        return BZ2_bzDecompressInit(b, 0, 0) == BZ_OK;
    }
    return got == BZ_OK;
}

static bool
step_zstd(ZSTD_DStream *z, const char **in, size_t *nin, char **out, size_t *nout, bool *member_end)
{
    ZSTD_inBuffer from = {*in, *nin, 0};
    ZSTD_outBuffer to = {*out, *nout, 0};
    size_t got = ZSTD_decompressStream(z, &to, &from);
    *in += from.pos;
    *nin -= from.pos;
    *out += to.pos;
    *nout -= to.pos;
    *member_end = got == 0;
    return !ZSTD_isError(got);
}

static bool
step_xz(lzma_stream *x, const char **in, size_t *nin, char **out, size_t *nout, bool last, bool *member_end)
{
    x->next_in = (const uint8_t *)*in;
    x->avail_in = *nin;
    x->next_out = (uint8_t *)*out;
    x->avail_out = *nout;
    lzma_ret got = lzma_code(x, last ? LZMA_FINISH : LZMA_RUN);
    *in = (const char *)x->next_in;
    *nin = x->avail_in;
    *out = (char *)x->next_out;
    *nout = x->avail_out;
    *member_end = got == LZMA_STREAM_END;
    return got == LZMA_OK || got == LZMA_BUF_ERROR || got == LZMA_STREAM_END;
}

static bool
step(ch_stream *s, const char **in, size_t *nin, char **out, size_t *nout, bool *member_end)
{
    switch (s->packed) {
    case GZIP:
        return step_gzip(&s->decoder.gzip, in, nin, out, nout, member_end);
    case BZIP2:
        return step_bzip2(&s->decoder.bzip2, in, nin, out, nout, member_end);
    case ZSTD:
        return step_zstd(s->decoder.zstd, in, nin, out, nout, member_end);
    default:
        return step_xz(&s->decoder.xz, in, nin, out, nout, s->raw_ended, member_end);
    }
}

static ch_status
broken(ch_stream *s, const char *what, ch_error *err)
{
    s->ended = true;
    return ch_fail(err, CH_E_FORMAT, s->path, s->taken, "%s", what);
}

/* Fills `bytes` from the decoder. */
static ch_status
unpack(ch_stream *s, ch_error *err)
{
    while (s->first == s->last && !s->ended) {
        ch_status status = read_raw(s, err);
        if (status != CH_OK)
            return status;
        if (s->raw_ended && s->raw_first == s->raw_last && !s->inside) {
            s->ended = true;
            return CH_OK;
        }
        const char *in = s->raw + s->raw_first;
        size_t nin = s->raw_last - s->raw_first, had = nin, nout = sizeof s->bytes;
        char *out = s->bytes;
        bool member_end;
        if (!step(s, &in, &nin, &out, &nout, &member_end))
            return broken(s, "is damaged where it is compressed", err);
        s->raw_first += had - nin;
        s->taken += had - nin;
        s->first = 0;
        s->last = sizeof s->bytes - nout;
        s->given += s->last;
        s->inside = !member_end;
        if (s->raw_ended && s->last == 0 && s->inside)
            return broken(s, "is cut off within what is compressed", err);
        if (s->given > SWELL_FREE && s->given / SWELL_MAX > s->taken)
            return broken(s, "swells to more than two hundred times its size; unpack it if it is no bomb", err);
    }
    return CH_OK;
}

/* ------------------------------------------------------------------- streams */

static ch_status
begin(ch_stream *s, ch_error *err)
{
    struct stat st;
    if (fstat(s->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return ch_fail(err, CH_E_IO, s->path, 0, "is a directory; name the files in it");
    }
    ch_status status = read_raw(s, err);
    if (status != CH_OK)
        return status;
    packing packed = packing_of(s->raw, s->raw_last);
    if (packed == PLAIN)
        return CH_OK;
    s->packed = packed;
    s->inside = true;
    return start(s) ? CH_OK : no_memory(s, err);
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
        status = begin(s, err);
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
    stop(s);
    free(s->path);
    free(s);
}

uint64_t
ch_stream_position(const ch_stream *s)
{
    return s->position;
}

const char *
ch_stream_path(const ch_stream *s)
{
    return s->path;
}

ch_status
ch_stream_peek(ch_stream *s, const char **at, size_t *len, ch_error *err)
{
    ch_status status = s->packed == PLAIN ? read_raw(s, err) : unpack(s, err);
    if (status != CH_OK)
        return status;
    bool plain = s->packed == PLAIN;
    *at = plain ? s->raw + s->raw_first : s->bytes + s->first;
    *len = plain ? s->raw_last - s->raw_first : s->last - s->first;
    return CH_OK;
}

void
ch_stream_skip(ch_stream *s, size_t len)
{
    if (s->packed == PLAIN)
        s->raw_first += len;
    else
        s->first += len;
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

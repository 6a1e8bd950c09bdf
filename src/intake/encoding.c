#include "intake/encoding.h"

#include "base/text.h"
#include "base/utf8.h"
#include "intake/document.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>
#include <uchardet.h>

/* Characters that may be ill-formed in a text whose encoding is known, so that
 * one damaged byte does not cost the report: a few, and one in so many bytes. */
#define DAMAGE_FREE 16
#define DAMAGE_SHARE 256

/* A text with more control characters than one in so many is no text. */
#define CONTROL_SHARE 50

/* Bytes that the detector is shown; more does not change its mind. */
#define SHOWN_MAX (256u * 1024)

static const char replacement[] = "\xEF\xBF\xBD";

static bool
is_control(unsigned char c)
{
    return (c < 32 && !(c >= '\t' && c <= '\r')) || c == 0x7F;
}

static ch_status
no_memory(ch_error *err)
{
    return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the text");
}

static ch_status
too_long(ch_error *err)
{
    return ch_fail(err, CH_E_LIMIT, NULL, CH_TEXT_MAX,
                   "the text is longer than %u bytes; split it into its reports, or give it as one JSON object a line",
                   CH_TEXT_MAX);
}

static ch_status
finish(ch_str *out, const char *bytes, size_t len, ch_arena *arena, ch_error *err)
{
    if (len > CH_TEXT_MAX)
        return too_long(err);
    char *text = ch_arena_copy(arena, bytes, len);
    if (text == NULL)
        return no_memory(err);
    for (size_t i = 0; i < len; i++)
        if (is_control((unsigned char)text[i]))
            text[i] = ' ';
    *out = (ch_str){text, len};
    return CH_OK;
}

/* ---------------------------------------------------------------- conversion */

/* Converts into `out`; false when the encoding is unknown to the machine or
 * does not fit. */
static bool
convert(ch_text *out, ch_str bytes, const char *encoding, bool lenient)
{
    iconv_t cd = iconv_open("UTF-8", encoding);
    if (cd == (iconv_t)-1)
        return false;
    char chunk[8192];
    char *in = (char *)(uintptr_t)bytes.at;
    size_t left = bytes.len, damage = 0;
    bool ok = true;
    while (ok && left != 0 && out->len <= CH_TEXT_MAX && !out->failed) {
        char *to = chunk;
        size_t room = sizeof chunk;
        size_t done = iconv(cd, &in, &left, &to, &room);
        int why = errno;
        ch_text_add(out, chunk, sizeof chunk - room);
        if (done != (size_t)-1 || why == E2BIG)
            continue;
        damage++;
        ok = lenient && damage <= DAMAGE_FREE + bytes.len / DAMAGE_SHARE;
        ch_text_puts(out, replacement);
        if (why == EINVAL)
            break;
        size_t unit = strncasecmp(encoding, "UTF-16", 6) == 0 ? 2 : strncasecmp(encoding, "UTF-32", 6) == 0 ? 4 : 1;
        unit = unit < left ? unit : left;
        in += unit;
        left -= unit;
    }
    iconv_close(cd);
    return ok;
}

/* UTF-8 with each ill-formed byte replaced. */
static void
mend(ch_text *out, ch_str bytes)
{
    size_t at = 0;
    while (at < bytes.len) {
        size_t good = ch_utf8_check(bytes.at + at, bytes.len - at);
        ch_text_add(out, bytes.at + at, good);
        at += good;
        if (at < bytes.len) {
            ch_text_puts(out, replacement);
            at++;
        }
    }
}

/* ----------------------------------------------------------------- detection */

/* What the bytes look like: enough to tell the families of encodings apart. */
typedef struct {
    size_t bad;       /* ill-formed as UTF-8 */
    size_t multibyte; /* well-formed UTF-8 of more than one byte */
    size_t high;      /* bytes from 0x80 on */
    size_t pairs;     /* of them beside another */
    size_t controls;
    size_t nul_even;
    size_t nul_odd;
    bool cut; /* the only fault is a character cut off at the end */
} profile;

static profile
look_at(ch_str bytes)
{
    profile p = {0};
    const unsigned char *s = (const unsigned char *)bytes.at;
    for (size_t i = 0; i < bytes.len; i++) {
        p.high += s[i] >= 0x80;
        p.pairs += i != 0 && s[i] >= 0x80 && s[i - 1] >= 0x80;
        p.controls += is_control(s[i]);
        p.nul_even += s[i] == 0 && i % 2 == 0;
        p.nul_odd += s[i] == 0 && i % 2 == 1;
    }
    for (size_t at = 0; at < bytes.len;) {
        size_t from = at;
        if (s[at] < 0x80) {
            at++;
            continue;
        }
        bool bad = ch_utf8_next(bytes.at, bytes.len, &at) == 0xFFFD && at == from + 1;
        p.bad += bad;
        p.multibyte += !bad;
        if (bad && p.bad == 1)
            p.cut = bytes.len - from < 4 && s[from] >= 0xC2;
    }
    return p;
}

/* UTF-16 without a byte order mark: Latin text has a NUL in every other byte. */
static const char *
utf16_by_nuls(const profile *p, size_t len)
{
    size_t half = len / 2;
    if (half < 4)
        return NULL;
    if (p->nul_odd > half * 2 / 5 && p->nul_even < half / 20 + 1)
        return "UTF-16LE";
    if (p->nul_even > half * 2 / 5 && p->nul_odd < half / 20 + 1)
        return "UTF-16BE";
    return NULL;
}

static size_t
mark_of(ch_str bytes, const char **encoding)
{
    static const struct {
        const char *mark;
        size_t len;
        const char *encoding;
    } marks[] = {
        {"\xFF\xFE\0\0", 4, "UTF-32LE"},
        {"\0\0\xFE\xFF", 4, "UTF-32BE"},
        {"\xFF\xFE", 2, "UTF-16LE"},
        {"\xFE\xFF", 2, "UTF-16BE"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (bytes.len >= marks[i].len && memcmp(bytes.at, marks[i].mark, marks[i].len) == 0) {
            *encoding = marks[i].encoding;
            return marks[i].len;
        }
    return 0;
}

static bool
convert_detected(ch_text *out, ch_str bytes)
{
    uchardet_t detector = uchardet_new();
    if (detector == NULL)
        return false;
    size_t shown = bytes.len < SHOWN_MAX ? bytes.len : SHOWN_MAX;
    bool ok = uchardet_handle_data(detector, bytes.at, shown) == 0;
    uchardet_data_end(detector);
    const char *guess = uchardet_get_charset(detector);
    ok = ok && guess[0] != '\0' && convert(out, bytes, guess, false);
    uchardet_delete(detector);
    return ok;
}

/* In the order of certainty. A few single high bytes in an English text are the
 * quotation marks and accents of Windows: the detector, which looks for the
 * letters of whole languages, has too little to go by there. */
static bool
convert_guessed(ch_text *out, ch_str bytes)
{
    profile p = look_at(bytes);
    const char *utf16 = utf16_by_nuls(&p, bytes.len);
    if (utf16 != NULL)
        return convert(out, bytes, utf16, true);
    if (p.controls > bytes.len / CONTROL_SHARE + 4)
        return false;
    if (p.multibyte >= p.bad * 4 || (p.bad == 1 && p.cut)) {
        mend(out, bytes);
        return true;
    }
    if (p.pairs == 0 && p.high < bytes.len / 8 + 1 && convert(out, bytes, "WINDOWS-1252", false))
        return true;
    ch_text_clear(out);
    return convert_detected(out, bytes);
}

/* --------------------------------------------------------------- whole way */

/* Well-formed, and not the UTF-16 of plain Latin letters, which is so too. */
static bool
is_utf8(ch_str bytes, size_t bad)
{
    if (bad < bytes.len)
        return false;
    if (memchr(bytes.at, '\0', bytes.len) == NULL)
        return true;
    profile p = look_at(bytes);
    return utf16_by_nuls(&p, bytes.len) == NULL;
}

static ch_status
refuse(ch_str bytes, size_t bad, const char *declared, ch_error *err)
{
    unsigned char c = bad < bytes.len ? (unsigned char)bytes.at[bad] : 0;
    if (declared != NULL)
        return ch_fail(err, CH_E_ENCODING, NULL, bad, "the text is neither UTF-8 (byte %zu is %02X) nor %s, as declared; convert it to UTF-8",
                       bad, c, declared);
    return ch_fail(err, CH_E_ENCODING, NULL, bad,
                   "byte %zu (%02X) begins no character of UTF-8 and no other encoding fits; convert the text to UTF-8 (iconv -t UTF-8)",
                   bad, c);
}

ch_status
ch_decode(ch_str *out, ch_str bytes, const char *declared, ch_arena *arena, ch_error *err)
{
    const char *encoding = NULL;
    if (bytes.len == 0)
        return finish(out, "", 0, arena, err);
    size_t mark = mark_of(bytes, &encoding);
    size_t bad = mark != 0 ? 0 : ch_utf8_check(bytes.at, bytes.len);
    if (mark == 0 && is_utf8(bytes, bad))
        return finish(out, bytes.at, bytes.len, arena, err);
    if (bytes.len > (size_t)4 * CH_TEXT_MAX)
        return too_long(err);
    ch_text text = {0};
    bool ok;
    if (mark != 0)
        ok = convert(&text, (ch_str){bytes.at + mark, bytes.len - mark}, encoding, true);
    else {
        ok = declared != NULL && convert(&text, bytes, declared, true);
        if (!ok) {
            ch_text_clear(&text);
            ok = convert_guessed(&text, bytes);
        }
    }
    ch_status status = text.failed ? no_memory(err)
                       : ok        ? finish(out, text.at != NULL ? text.at : "", text.len, arena, err)
                                   : refuse(bytes, bad, mark != 0 ? encoding : declared, err);
    ch_text_free(&text);
    return status;
}

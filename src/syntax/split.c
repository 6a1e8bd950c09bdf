#include "syntax/split.h"

#include "base/utf8.h"

#include <string.h>

/* The conventions are those of the English treebanks of Universal Dependencies:
 * punctuation stands alone, hyphens and slashes part words, a clitic is a word of
 * its own inside a multiword token. What the treebank keeps in one piece ("e-mail",
 * ":-)", "No.") is in the model's dictionary. */

/* Longest piece that the dictionary is asked about. */
#define LOOKED_UP_MAX 48

typedef struct {
    const ch_model *model;
    const char *text;
    ch_pieces *out;
    ch_arena *arena;
    bool failed;
} splitting;

static void
put(splitting *s, uint32_t start, uint32_t end, uint8_t flags)
{
    ch_pieces *p = s->out;
    if (start >= end || s->failed)
        return;
    if (p->count == p->room) {
        uint32_t room = p->room == 0 ? 64 : p->room * 2;
        ch_piece *at = ch_arena_array(s->arena, room, sizeof *at);
        if (at == NULL) {
            s->failed = true;
            return;
        }
        if (p->count != 0)
            memcpy(at, p->at, p->count * sizeof *at);
        p->at = at;
        p->room = room;
    }
    p->at[p->count++] = (ch_piece){.span = {start, end}, .flags = flags};
}

static bool
in_dictionary(const splitting *s, ch_key_kind kind, uint32_t start, uint32_t end)
{
    char lower[LOOKED_UP_MAX + 4];
    if (end - start > LOOKED_UP_MAX)
        return false;
    size_t len = ch_lower(lower, sizeof lower, (ch_str){s->text + start, end - start});
    return ch_model_get(s->model, ch_model_key(kind, lower, len, 0, 0)) != 0;
}

static uint32_t
next_at(const splitting *s, uint32_t at, uint32_t end, uint32_t *c)
{
    size_t i = at;
    *c = ch_utf8_next(s->text, end, &i);
    return (uint32_t)i;
}

static uint32_t
before(const splitting *s, uint32_t start, uint32_t end)
{
    uint32_t at = end - 1;
    while (at > start && ((unsigned char)s->text[at] & 0xC0) == 0x80 && end - at < 4)
        at--;
    return at;
}

static bool
is_word_character(uint32_t c)
{
    return ch_is_letter(c) || ch_is_digit(c) || c == '_' || c == 0xFFFD;
}

static bool
is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* Characters of which a run is one piece: "...", "--", "!!!". */
static bool
repeats(uint32_t c)
{
    return c == '.' || c == '-' || c == '!' || c == '?' || c == '\'' || c == '`' || c == '*' || c == '=' || c == '_' || c == '~';
}

static bool
is_address(const splitting *s, uint32_t start, uint32_t end)
{
    ch_str w = {s->text + start, end - start};
    bool at_sign = memchr(w.at, '@', w.len) != NULL, dot = memchr(w.at, '.', w.len) != NULL;
    if (w.len > 4 && (memcmp(w.at, "http", 4) == 0 || memcmp(w.at, "www.", 4) == 0))
        return true;
    for (size_t i = 0; i + 2 < w.len; i++)
        if (memcmp(w.at + i, "://", 3) == 0)
            return true;
    return at_sign && dot;
}

/* Does the period at the end of [start, end) belong to the word? */
static bool
is_abbreviation(const splitting *s, uint32_t start, uint32_t end)
{
    uint32_t periods = 0, letters = 0, c;
    for (uint32_t at = start; at < end;) {
        at = next_at(s, at, end, &c);
        periods += c == '.';
        letters += ch_is_letter(c);
        if (c != '.' && !ch_is_letter(c))
            return in_dictionary(s, CH_KEY_ABBREVIATION, start, end);
    }
    if (letters >= 1 && periods == letters) /* "U.S.", "J." */
        return true;
    return in_dictionary(s, CH_KEY_ABBREVIATION, start, end);
}

/* "75bn", "20km", "9am": a number and its unit. */
static bool
split_number(splitting *s, uint32_t start, uint32_t end)
{
    uint32_t at = start;
    while (at < end && ((s->text[at] >= '0' && s->text[at] <= '9') || s->text[at] == ',' || s->text[at] == '.'))
        at++;
    if (at == start || at == end || s->text[start] < '0' || s->text[start] > '9')
        return false;
    bool letters = true;
    for (uint32_t i = at; i < end; i++)
        letters = letters && ((s->text[i] | 0x20) >= 'a' && (s->text[i] | 0x20) <= 'z');
    bool ordinal = end - at == 2 && (memcmp(s->text + at, "th", 2) == 0 || memcmp(s->text + at, "st", 2) == 0 ||
                                     memcmp(s->text + at, "nd", 2) == 0 || memcmp(s->text + at, "rd", 2) == 0);
    bool decade = end - at == 1 && s->text[at] == 's';
    if (!letters || ordinal || decade || end - at > 3)
        return false;
    put(s, start, at, 0);
    put(s, at, end, 0);
    return true;
}

/* "don't", "Israel's", "they'll", "cannot": two words in one token. */
static bool
split_clitic(splitting *s, uint32_t start, uint32_t end)
{
    static const char *const tails[] = {"s", "m", "d", "re", "ve", "ll"};
    uint32_t at = start, mark = 0, behind = 0, c;
    while (at < end) {
        uint32_t next = next_at(s, at, end, &c);
        if (is_apostrophe(c)) {
            mark = at;
            behind = next;
        }
        at = next;
    }
    if (behind == 0) {
        if (end - start != 6 || !in_dictionary(s, CH_KEY_KNOWN, start, start + 3) || (s->text[start + 3] | 0x20) != 'n' ||
            (memcmp(s->text + start, "cannot", 6) != 0 && memcmp(s->text + start, "Cannot", 6) != 0))
            return false;
        put(s, start, start + 3, CH_T_MWT_FIRST);
        put(s, start + 3, end, CH_T_MWT_REST);
        return true;
    }
    char tail[4] = {0};
    uint32_t len = end - behind;
    if (len > 2 || mark == start)
        return false;
    for (uint32_t i = 0; i < len; i++)
        tail[i] = (char)(s->text[behind + i] | 0x20);
    if (len == 1 && tail[0] == 't' && mark > start + 1 && (s->text[mark - 1] | 0x20) == 'n') {
        put(s, start, mark - 1, CH_T_MWT_FIRST);
        put(s, mark - 1, end, CH_T_MWT_REST);
        return true;
    }
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (strcmp(tail, tails[i]) == 0) {
            put(s, start, mark, CH_T_MWT_FIRST);
            put(s, mark, end, CH_T_MWT_REST);
            return true;
        }
    return false;
}

/* A word without white space or outer punctuation, hyphens and slashes gone. */
static void
split_core(splitting *s, uint32_t start, uint32_t end)
{
    if (!split_clitic(s, start, end) && !split_number(s, start, end))
        put(s, start, end, 0);
}

/* A joint inside a word where two words were run together: "July.as", "alsoTwo". */
static bool
is_glued(const splitting *s, uint32_t start, uint32_t at, uint32_t next, uint32_t end, uint32_t c)
{
    uint32_t right = c == '.' ? next : at;
    if (right >= end || at - start < 3)
        return false;
    for (uint32_t i = start; i < at; i++)
        if (!((s->text[i] | 0x20) >= 'a' && (s->text[i] | 0x20) <= 'z'))
            return false;
    uint32_t stop = right;
    while (stop < end && (s->text[stop] | 0x20) >= 'a' && (s->text[stop] | 0x20) <= 'z')
        stop++;
    bool right_known = stop > right && (stop == end || !is_word_character((unsigned char)s->text[stop])) && in_dictionary(s, CH_KEY_KNOWN, right, stop);
    if (c == '.')
        return right_known && in_dictionary(s, CH_KEY_KNOWN, start, at);
    bool humped = s->text[at - 1] >= 'a' && s->text[at] >= 'A' && s->text[at] <= 'Z' && s->text[start] >= 'a';
    return humped && right_known && in_dictionary(s, CH_KEY_KNOWN, start, at);
}

static void
split_inner(splitting *s, uint32_t start, uint32_t end)
{
    uint32_t from = start, c;
    for (uint32_t at = start; at < end;) {
        uint32_t next = next_at(s, at, end, &c);
        bool numbers = at > from && next < end && s->text[at - 1] >= '0' && s->text[at - 1] <= '9' && s->text[next] >= '0' && s->text[next] <= '9';
        bool inside = at > from && next < end;
        bool parts = !is_word_character(c) && !is_apostrophe(c) && c != '.' && c != ',' && c != ':' && c != '@' && c != '&' && c != '%';
        if ((c == '/' || c == ':' || c == ',' || c == '.') && numbers)
            parts = false;
        else if (c == ',' || c == ':' || c == '%')
            parts = true;
        if (inside && (parts || is_glued(s, from, at, next, end, c))) {
            split_core(s, from, at);
            if (is_word_character(c))
                from = at;
            else {
                put(s, at, next, 0);
                from = next;
            }
        } else if (parts && at == from) {
            put(s, at, next, 0);
            from = next;
        }
        at = next;
    }
    split_core(s, from, end);
}

/* Where the run of one mark that begins at `at` ends. */
static uint32_t
run_end(const splitting *s, uint32_t at, uint32_t end)
{
    uint32_t c, other, next = next_at(s, at, end, &c);
    while (repeats(c) && next < end) {
        uint32_t further = next_at(s, next, end, &other);
        if (other != c)
            break;
        next = further;
    }
    return next;
}

/* Marks that belong to what follows them: ".5", "'90s", "@name", "#1" is two. */
static bool
opens_word(const splitting *s, uint32_t at, uint32_t end, uint32_t c)
{
    uint32_t next_c;
    if (at + 1 >= end)
        return false;
    next_at(s, at + 1, end, &next_c);
    if (c == '.' || c == '\'')
        return ch_is_digit(next_c);
    return c == '@' && ch_is_letter(next_c);
}

static void
split_chunk(splitting *s, uint32_t start, uint32_t end)
{
    uint32_t c;
    if (in_dictionary(s, CH_KEY_JOINED, start, end)) {
        put(s, start, end, 0);
        return;
    }
    while (start < end) {
        next_at(s, start, end, &c);
        if (is_word_character(c) || opens_word(s, start, end, c))
            break;
        uint32_t stop = run_end(s, start, end);
        put(s, start, stop, 0);
        start = stop;
    }
    uint32_t tails[LOOKED_UP_MAX], ntail = 0, stop = end;
    while (stop > start && ntail < LOOKED_UP_MAX) {
        uint32_t at = before(s, start, stop), other;
        next_at(s, at, stop, &c);
        if (is_word_character(c) || (c == '.' && is_abbreviation(s, start, stop)) || in_dictionary(s, CH_KEY_JOINED, start, stop))
            break;
        while (repeats(c) && at > start) {
            uint32_t earlier = before(s, start, at);
            next_at(s, earlier, at, &other);
            if (other != c)
                break;
            at = earlier;
        }
        tails[ntail++] = stop;
        stop = at;
    }
    if (stop > start) {
        if (in_dictionary(s, CH_KEY_JOINED, start, stop) || is_address(s, start, stop) ||
            (s->text[stop - 1] == '.' && is_abbreviation(s, start, stop) && memchr(s->text + start, '-', stop - start) == NULL))
            put(s, start, stop, 0);
        else
            split_inner(s, start, stop);
    }
    while (ntail > 0) {
        put(s, stop, tails[ntail - 1], 0);
        stop = tails[--ntail];
    }
}

bool
ch_split_words(const ch_model *model, const char *text, ch_span part, ch_pieces *out, ch_arena *arena)
{
    splitting s = {.model = model, .text = text, .out = out, .arena = arena};
    uint32_t c;
    for (uint32_t at = part.start; at < part.end && !s.failed;) {
        uint32_t next = next_at(&s, at, part.end, &c);
        if (ch_is_space(c) || c < 32) {
            at = next;
            continue;
        }
        uint32_t start = at;
        while (at < part.end) {
            next = next_at(&s, at, part.end, &c);
            if (ch_is_space(c) || c < 32)
                break;
            at = next;
        }
        split_chunk(&s, start, at);
        if (out->count != 0)
            out->at[out->count - 1].flags |= CH_T_SPACE_AFTER;
    }
    return !s.failed;
}

bool
ch_split_ends(const ch_model *model, const ch_cue *cues, uint32_t count, uint32_t i, uint32_t since)
{
    uint32_t features[CH_FEATURES_MAX];
    int32_t scores[2] = {0, 0};
    ch_score(&model->breaks, features, ch_break_features(cues, count, i, since, features), scores);
    return scores[1] > scores[0];
}

#include "syntax/split.h"

#include "base/grow.h"
#include "base/utf8.h"
#include "syntax/lower.h"

#include <string.h>
#include <utf8proc.h>

/* Longest run of letters that the dictionary is asked about, in bytes. */
#define LOOKED_UP_MAX 32

/* ------------------------------------------------------------------ chunks */

static uint32_t
mix(uint32_t h, uint32_t c)
{
    h = (h ^ c) * 0x9E3779B1u;
    return h ^ (h >> 15);
}

static bool
is_break(uint32_t c)
{
    return c < 0x80 ? c <= ' ' || c == 0x7F : ch_is_space(c);
}

/* Marks that are written in several ways are one kind. */
static char
kind_of_other(uint32_t c)
{
    switch (c) {
    case 0x2018: case 0x2019: case 0x02BC: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0xAB: case 0xBB: return '"';
    case 0x2010: case 0x2011: return '-';
    case 0x2013: case 0x2014: case 0x2012: case 0x2015: return '=';
    case 0x2026: return ':';
    case 0x20AC: case 0xA3: case 0xA5: return '$';
    case 0xFFFD: return 'x';
    default: break;
    }
    if (ch_is_upper(c))
        return 'X';
    return ch_is_letter(c) ? 'x' : ch_is_digit(c) ? 'd' : '~';
}

char
ch_kind_of(uint32_t c)
{
    if (c >= 0x80)
        return kind_of_other(c);
    if (c >= 'a' && c <= 'z')
        return 'x';
    if (c >= 'A' && c <= 'Z')
        return 'X';
    if (c >= '0' && c <= '9')
        return 'd';
    return c == '`' ? '\'' : (char)c;
}

static uint32_t
lower_of(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return c == 0x2019 ? '\'' : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

static bool
is_letter_kind(char kind)
{
    return kind == 'x' || kind == 'X';
}

static uint32_t
skip_space(const char *text, uint32_t at, uint32_t end, uint32_t *c)
{
    while (at < end) {
        size_t next = at;
        *c = ch_utf8_next(text, end, &next);
        if (!is_break(*c))
            return at;
        at = (uint32_t)next;
    }
    return end;
}

/* A word such as most are, all in ASCII letters: gives its end, or `at`. */
static uint32_t
plain_end(const char *text, uint32_t at, uint32_t end)
{
    uint32_t i = at + ((text[at] >= 'A' && text[at] <= 'Z') ? 1 : 0);
    while (i < end && i - at <= CH_CHUNK_MAX && text[i] >= 'a' && text[i] <= 'z')
        i++;
    return (i == end || text[i] == ' ' || text[i] == '\n') && i - at <= CH_CHUNK_MAX ? i : at;
}

/* The characters from at[0] to the next white space; gives the byte behind them. */
static uint32_t
read_characters(ch_chunk *k, uint32_t end)
{
    size_t i = k->at[0];
    k->n = 0;
    while (i < end && k->n < CH_CHUNK_MAX) {
        k->at[k->n] = (uint32_t)i;
        uint32_t c = ch_utf8_next(k->text, end, &i);
        if (is_break(c))
            return k->at[k->n];
        k->kind[k->n] = ch_kind_of(c);
        k->code[k->n++] = lower_of(c);
    }
    k->at[k->n] = (uint32_t)i;
    return (uint32_t)i;
}

void
ch_chunk_begin(ch_chunk *k, const char *text, ch_span part)
{
    uint32_t c;
    k->text = text;
    k->end = part.end;
    k->from = skip_space(text, part.start, part.end, &c);
    k->n = 0;
}

/* Remembers the ends of a chunk for the next one. */
static void
remember(ch_chunk *k)
{
    k->last[0] = k->n == 0 ? 0 : k->plain ? ch_kind_of((unsigned char)k->text[k->at[0]]) : k->kind[0];
    k->last[1] = k->n == 0 ? 0 : k->plain ? 'x' : k->kind[k->n - 1];
}

bool
ch_chunk_read(ch_chunk *k)
{
    uint32_t c = 0, start = k->from, end = k->end;
    remember(k);
    if (start == end)
        return false;
    uint32_t stop = plain_end(k->text, start, end);
    k->plain = stop > start;
    k->at[0] = start;
    k->n = 1;
    k->at[1] = stop;
    if (!k->plain)
        stop = read_characters(k, end);
    k->from = skip_space(k->text, stop, end, &c);
    k->next = k->from < end ? ch_kind_of(c) : 0;
    return true;
}

static bool
holds(const ch_chunk *k, uint32_t i, const char *ascii)
{
    for (; *ascii != '\0'; i++, ascii++)
        if (i >= k->n || k->code[i] != (unsigned char)*ascii)
            return false;
    return true;
}

/* Marks that end an address where they stand, and those that do at its end only. */
static bool
closes_address(char kind)
{
    return kind == '<' || kind == '>' || kind == '"' || kind == '(' || kind == ')' || kind == '[' || kind == ']';
}

static bool
trails_address(char kind)
{
    return kind == '.' || kind == ',' || kind == ';' || kind == ':' || kind == '!' || kind == '?' || kind == '\'';
}

static bool
is_mail_character(char kind)
{
    return is_letter_kind(kind) || kind == 'd' || kind == '.' || kind == '_' || kind == '-' || kind == '+';
}

/* Where an address begins, or n: the letters before "://", the name before "@"
 * that a dot follows, or "www.". */
static uint32_t
address_start(const ch_chunk *k, uint32_t i)
{
    uint32_t start = i;
    if (holds(k, i, "www.") && (i == 0 || !is_letter_kind(k->kind[i - 1])))
        return i;
    if (holds(k, i, "://"))
        while (start > 0 && is_letter_kind(k->kind[start - 1]))
            start--;
    else if (k->kind[i] == '@') {
        uint32_t dot = i + 1;
        while (dot < k->n && is_mail_character(k->kind[dot]) && k->kind[dot] != '.')
            dot++;
        if (dot + 1 >= k->n || k->kind[dot] != '.' || !is_letter_kind(k->kind[dot + 1]))
            return k->n;
        while (start > 0 && is_mail_character(k->kind[start - 1]))
            start--;
    }
    return start < i ? start : k->n;
}

static void
find_address(ch_chunk *k)
{
    uint32_t start = k->n, end;
    for (uint32_t i = 0; i < k->n && start == k->n; i++)
        if (k->kind[i] == ':' || k->kind[i] == '@' || k->code[i] == 'w')
            start = address_start(k, i);
    for (end = start; end < k->n && !closes_address(k->kind[end]);)
        end++;
    while (end > start && trails_address(k->kind[end - 1]))
        end--;
    k->address = (uint16_t)start;
    k->address_end = (uint16_t)end;
}

static bool
same_run(const ch_chunk *k, uint32_t i)
{
    char a = k->kind[i - 1], b = k->kind[i];
    if (is_letter_kind(a) && is_letter_kind(b))
        return true;
    return a == b && (a == 'd' || k->code[i - 1] == k->code[i]);
}

/* All digits are alike. */
static uint32_t
seen_as(const ch_chunk *k, uint32_t i)
{
    return k->kind[i] == 'd' ? '0' : k->code[i];
}

void
ch_chunk_study(ch_chunk *k)
{
    if (k->plain) {
        read_characters(k, k->at[1]);
        k->plain = false;
    }
    find_address(k);
    k->nrun = 0;
    k->head[0] = k->head_shape[0] = 1;
    k->rest[k->n] = k->rest_shape[k->n] = 1;
    for (uint32_t i = 0; i < k->n; i++) {
        if (i == 0 || !same_run(k, i))
            k->runs[k->nrun++] = (ch_run){.start = (uint16_t)i, .hash = 7};
        ch_run *run = &k->runs[k->nrun - 1];
        run->end = (uint16_t)(i + 1);
        run->hash = mix(run->hash, seen_as(k, i));
        k->run[i] = (uint16_t)(k->nrun - 1);
        k->head[i + 1] = mix(k->head[i], seen_as(k, i));
        k->head_shape[i + 1] =
            i > 0 && k->kind[i] == k->kind[i - 1] ? k->head_shape[i] : mix(k->head_shape[i], (unsigned char)k->kind[i]);
    }
    for (uint32_t i = k->n; i-- > 0;) {
        k->rest[i] = mix(k->rest[i + 1], seen_as(k, i));
        k->rest_shape[i] = i + 1 < k->n && k->kind[i] == k->kind[i + 1] ? k->rest_shape[i + 1]
                                                                        : mix(k->rest_shape[i + 1], (unsigned char)k->kind[i]);
    }
}

/* A small letter and then a capital, where words may have been run together. */
static bool
is_hump(const ch_chunk *k, uint32_t i)
{
    return k->kind[i - 1] == 'x' && k->kind[i] == 'X';
}

bool
ch_chunk_is_open(const ch_chunk *k, uint32_t i)
{
    char a = k->kind[i - 1], b = k->kind[i];
    if ((a == 'd' && b == 'd') || (i > k->address && i < k->address_end))
        return false;
    if (is_letter_kind(a) && is_letter_kind(b)) /* "do|n't": the letter before an apostrophe may go with it */
        return is_hump(k, i) || (i + 1 < k->n && k->kind[i + 1] == '\'');
    return true;
}

/* Whether two words of one token may meet there: only beside an apostrophe. */
static bool
may_join(const ch_chunk *k, uint32_t i)
{
    return k->kind[i - 1] == '\'' || k->kind[i] == '\'' || (i + 1 < k->n && k->kind[i + 1] == '\'');
}

/* ---------------------------------------------------------------- features */

static uint32_t
kind_at(const ch_chunk *k, int64_t i)
{
    return i >= 0 && i < (int64_t)k->n ? (unsigned char)k->kind[i] : 0;
}

static uint32_t
stretch(const ch_chunk *k, uint32_t start, uint32_t end)
{
    uint32_t h = 7;
    for (uint32_t i = start; i < end; i++)
        h = mix(h, seen_as(k, i));
    return h;
}

static uint32_t
look_up(const ch_chunk *k, const ch_model *m, ch_key_kind kind, uint32_t start, uint32_t end)
{
    char lower[LOOKED_UP_MAX + 4];
    uint32_t len = 0;
    if (end <= start || end - start > LOOKED_UP_MAX)
        return 0;
    for (uint32_t i = start; i < end; i++) {
        if (k->code[i] >= 0x80)
            return 0;
        lower[len++] = (char)k->code[i];
    }
    return ch_model_get(m, ch_model_key(kind, lower, len, 0, 0));
}

/* Are the runs of letters on both sides words of common use? Only asked where it
 * tells words that were run together ("July.as", "alsoTwo") from names. */
static uint32_t
known_sides(const ch_chunk *k, const ch_model *m, uint32_t i)
{
    uint32_t left = i, right = i;
    if (k->kind[i - 1] == '.')
        left = i - 1;
    else if (k->kind[i] == '.')
        right = i + 1;
    else if (!is_hump(k, i))
        return 0;
    if (left == 0 || right >= k->n || !is_letter_kind(k->kind[left - 1]) || !is_letter_kind(k->kind[right]))
        return 0;
    const ch_run *a = &k->runs[k->run[left - 1]], *b = &k->runs[k->run[right]];
    return 1 + look_up(k, m, CH_KEY_KNOWN, a->start, left) % 4 + 4 * (look_up(k, m, CH_KEY_KNOWN, right, b->end) % 4);
}

/* Around a period: the classes of the abbreviation that it ends, of the one that a
 * later period of the chunk ends, both counted from the last border, and of the
 * ending of a name that begins with it (".org"). Behind a digit: the class of the
 * letters ("km"). */
static uint32_t
class_at(const ch_chunk *k, const ch_model *m, uint32_t i, uint32_t start)
{
    uint32_t end = k->kind[i - 1] == '.' ? i : i + 1, last = k->n;
    if (k->kind[i - 1] == 'd' && is_letter_kind(k->kind[i]))
        return look_up(k, m, CH_KEY_ABBREVIATION, i, k->runs[k->run[i]].end);
    if (k->kind[end - 1] != '.')
        return 0;
    while (last > end && k->kind[last - 1] != '.')
        last--;
    bool initial = end - start == 2 && k->kind[start] == 'X';
    uint32_t classes = initial ? CH_INITIAL : look_up(k, m, CH_KEY_ABBREVIATION, start, end);
    if (last > end)
        classes |= look_up(k, m, CH_KEY_ABBREVIATION, start, last) << 8;
    if (end < k->n && is_letter_kind(k->kind[end]))
        classes |= look_up(k, m, CH_KEY_ABBREVIATION, end - 1, k->runs[k->run[end]].end) << 16;
    return classes;
}

/* Is the next chunk a word of common use, as it is written at the start of a sentence? */
static uint32_t
known_behind(const ch_chunk *k, const ch_model *m)
{
    char lower[LOOKED_UP_MAX + 4];
    uint32_t end = k->from;
    while (end < k->end && end - k->from < LOOKED_UP_MAX && is_letter_kind(ch_kind_of((unsigned char)k->text[end])))
        end++;
    if (k->next != 'X' || end == k->from)
        return 0;
    size_t len = ch_lower(lower, sizeof lower, (ch_str){k->text + k->from, end - k->from});
    return 1 + ch_model_get(m, ch_model_key(CH_KEY_KNOWN, lower, len, 0, 0)) % 4;
}

static uint32_t
at_most(uint32_t n, uint32_t most)
{
    return n < most ? n : most;
}

uint32_t
ch_chunk_features(const ch_chunk *k, const ch_model *m, uint32_t i, uint32_t last, uint32_t since, uint32_t *out,
                  uint32_t *general)
{
    ch_features f = {out, 0};
    int64_t at = i;
    uint32_t a3 = kind_at(k, at - 3), a2 = kind_at(k, at - 2), a1 = kind_at(k, at - 1);
    uint32_t b1 = kind_at(k, at), b2 = kind_at(k, at + 1), b3 = kind_at(k, at + 2);
    const ch_run *l = &k->runs[k->run[i - 1]], *r = &k->runs[k->run[i]];
    uint32_t left = l->end == i ? l->hash : stretch(k, l->start, i), right = r->start == i ? r->hash : stretch(k, i, r->end);
    uint32_t left2 = l->start > 0 ? k->runs[k->run[l->start - 1]].hash : 0,
             right2 = r->end < k->n ? k->runs[k->run[r->end]].hash : 0;
    uint32_t here = a1 << 8 | b1, wide = a2 << 24 | a1 << 16 | b1 << 8 | b2, known = known_sides(k, m, i);
    uint32_t left_len = at_most(i - l->start, 4), right_len = at_most(r->end - i, 4);
    uint32_t state = last << 8 | at_most(since, 7), next = (unsigned char)k->next;
    uint32_t address = k->address == k->address_end ? 0 : i <= k->address ? 1 : 2;
    uint32_t class = class_at(k, m, i, i - since), kept = a1 == '.' && since > 1;
    uint32_t behind = a1 == '.' || b1 == '.' ? known_behind(k, m) : 0;
    uint32_t before = (uint32_t)(unsigned char)k->last[0] << 8 | (unsigned char)k->last[1];
    ch_feature(&f, here, 0, 0);
    ch_feature(&f, wide, 0, 0);
    ch_feature(&f, wide, a3, b3);
    ch_feature(&f, here, a2, 0);
    ch_feature(&f, here, b2, 0);
    ch_feature(&f, here, a3 << 8 | a2, 0);
    ch_feature(&f, here, b2 << 8 | b3, 0);
    ch_feature(&f, k->code[i - 1], k->code[i], 0);
    ch_feature(&f, k->head_shape[i], here, 0);
    ch_feature(&f, k->rest_shape[i], here, 0);
    ch_feature(&f, k->head_shape[i], k->rest_shape[i], 0);
    ch_feature(&f, here, left_len, right_len);
    ch_feature(&f, here, known, b1);
    ch_feature(&f, wide, known, 0);
    ch_feature(&f, here, next, b2);
    ch_feature(&f, k->head_shape[i], b1, next);
    ch_feature(&f, here, state, b2);
    ch_feature(&f, wide, last, address);
    ch_feature(&f, here, address, k->rest_shape[i]);
    ch_feature(&f, here, k->code[i - 1] == k->code[i], last);
    ch_feature(&f, k->rest_shape[i], left_len, a1);
    ch_feature(&f, k->head_shape[i], right_len, b1);
    ch_feature(&f, class, here, next);
    ch_feature(&f, class, b1, kept);
    ch_feature(&f, class, wide, next != 0);
    ch_feature(&f, class, here, behind << 8 | next);
    ch_feature(&f, here, left_len << 8 | next, before);
    ch_feature(&f, here, at_most(i - l->start, 15) << 8 | (next != 0), k->kind[l->start] == 'X');
    ch_feature(&f, left_len, here, behind << 8 | next);
    *general = f.count;
    ch_feature(&f, k->head[k->n], i, 0);
    ch_feature(&f, left, here, 0);
    ch_feature(&f, left, here, b2);
    ch_feature(&f, left, b1, next);
    ch_feature(&f, right, here, 0);
    ch_feature(&f, right, here, a2);
    ch_feature(&f, left, right, 0);
    ch_feature(&f, left2, left, b1);
    ch_feature(&f, left, right, right2);
    ch_feature(&f, left2, left, right);
    ch_feature(&f, k->rest[i], a1, 0);
    ch_feature(&f, k->head[i], b1, 0);
    ch_feature(&f, right2, right, a1);
    return f.count;
}

/* The dictionary's borders of a run of letters: "4w" is a word border before the
 * fifth character, "3t" a token border; "" for none. */
static const char *
joint_of(const ch_chunk *k, const ch_model *m, uint32_t start, uint32_t end)
{
    char lower[LOOKED_UP_MAX + 4];
    uint32_t from = k->at[start], to = k->at[end];
    if (to - from > LOOKED_UP_MAX)
        return "";
    size_t len = ch_lower(lower, sizeof lower, (ch_str){k->text + from, to - from});
    return m->strings + ch_model_get(m, ch_model_key(CH_KEY_JOINT, lower, len, 0, 0));
}

/* --------------------------------------------------------------- splitting */

typedef struct {
    const ch_model *model;
    ch_pieces *out;
    ch_arena *arena;
    bool failed;
} splitting;

static void
put_piece(splitting *s, uint32_t start, uint32_t end, uint8_t flags)
{
    ch_pieces *p = s->out;
    if (start >= end || s->failed)
        return;
    ch_piece *at = ch_arena_grow(s->arena, p->at, p->count, &p->room, sizeof *at, 256);
    if (at == NULL) {
        s->failed = true;
        return;
    }
    p->at = at;
    p->at[p->count++] = (ch_piece){.span = {start, end}, .flags = flags};
}

/* Puts the word that ends at `end`, with the border behind it. */
static void
put_word(splitting *s, uint32_t *start, uint32_t end, uint32_t before, uint32_t behind)
{
    uint8_t flags = before == CH_BORDER_WORD ? CH_T_MWT_REST : behind == CH_BORDER_WORD ? CH_T_MWT_FIRST : 0;
    put_piece(s, *start, end, flags);
    *start = end;
}

static uint32_t
decide(const splitting *s, const ch_chunk *k, uint32_t i, uint32_t last, uint32_t since)
{
    uint32_t found[CH_BORDER_FEATURES_MAX], general, best = CH_BORDER_NONE;
    int32_t scores[CH_BORDER_COUNT] = {0};
    ch_score(&s->model->borders, found, ch_chunk_features(k, s->model, i, last, since, found, &general), scores);
    for (uint32_t b = 1; b < CH_BORDER_COUNT; b++)
        if (scores[b] > scores[best] && (b != CH_BORDER_WORD || may_join(k, i)))
            best = b;
    return best;
}

/* The border that a joint of the dictionary puts before the character `i` of its run. */
static uint32_t
border_of_joint(const char *joint, uint32_t i)
{
    for (; joint[0] != '\0' && joint[1] != '\0'; joint += 2)
        if ((uint32_t)(joint[0] - '0') == i)
            return joint[1] == 'w' ? CH_BORDER_WORD : CH_BORDER_TOKEN;
    return CH_BORDER_NONE;
}

static void
split_chunk(splitting *s, ch_chunk *k)
{
    uint32_t start = k->at[0], last = CH_BORDER_TOKEN, since = 0;
    const char *joint = "";
    ch_chunk_study(k);
    for (uint32_t i = 0; i < k->n; i++, since++) {
        const ch_run *run = &k->runs[k->run[i]];
        if (run->start == i)
            joint = is_letter_kind(k->kind[i]) ? joint_of(k, s->model, run->start, run->end) : "";
        if (i == 0)
            continue;
        uint32_t border = joint[0] != '\0' && run->start != i ? border_of_joint(joint, i - run->start)
                          : ch_chunk_is_open(k, i)            ? decide(s, k, i, last, since)
                                                              : CH_BORDER_NONE;
        if (border == CH_BORDER_NONE)
            continue;
        put_word(s, &start, k->at[i], last, border);
        last = border;
        since = 0;
    }
    put_word(s, &start, k->at[k->n], last, CH_BORDER_NONE);
}

/* A chunk of letters alone: one word, but for the joints of the dictionary. */
static void
split_plain(splitting *s, const ch_chunk *k)
{
    uint32_t start = k->at[0], last = CH_BORDER_TOKEN;
    for (const char *joint = joint_of(k, s->model, 0, 1); joint[0] != '\0' && joint[1] != '\0'; joint += 2) {
        uint32_t border = joint[1] == 'w' ? CH_BORDER_WORD : CH_BORDER_TOKEN, at = k->at[0] + (uint32_t)(joint[0] - '0');
        if (at <= start || at >= k->at[1])
            break;
        put_word(s, &start, at, last, border);
        last = border;
    }
    put_word(s, &start, k->at[1], last, CH_BORDER_NONE);
}

bool
ch_split_words(const ch_model *model, const char *text, ch_span part, ch_pieces *out, ch_arena *arena)
{
    splitting s = {.model = model, .out = out, .arena = arena};
    ch_chunk chunk;
    ch_chunk_begin(&chunk, text, part);
    while (!s.failed && ch_chunk_read(&chunk)) {
        uint32_t end = chunk.at[chunk.n];
        if (chunk.plain)
            split_plain(&s, &chunk);
        else
            split_chunk(&s, &chunk);
        bool spaced = chunk.from == part.end || chunk.from > end;
        if (out->count != 0 && spaced)
            out->at[out->count - 1].flags |= CH_T_SPACE_AFTER;
    }
    return !s.failed;
}

#include "lexicon/import.h"

#include "base/grow.h"
#include "base/mapped.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Longest part of a phrase that goes into an id. */
#define ID_MAX 60
/* As CH_NAME_WORDS_MAX; a longer phrase is no name. */
#define NAME_WORDS_MAX 16

void
ch_import_lost(ch_import *im, uint32_t line, const char *remedy, const char *format, ...)
{
    char message[400];
    va_list ap;
    va_start(ap, format);
    vsnprintf(message, sizeof message, format, ap);
    va_end(ap);
    im->counts->lost++;
    ch_complain(im->to, false, im->file, line, 1, remedy, "%s", message);
}

ch_str
ch_import_trim(ch_str s)
{
    while (s.len != 0 && (s.at[0] == ' ' || s.at[0] == '\t' || s.at[0] == '\r'))
        s.at++, s.len--;
    while (s.len != 0 && (s.at[s.len - 1] == ' ' || s.at[s.len - 1] == '\t' || s.at[s.len - 1] == '\r'))
        s.len--;
    return s;
}

ch_str
ch_import_cut(ch_str s, char mark, ch_str *rest)
{
    const char *at = s.len != 0 ? memchr(s.at, mark, s.len) : NULL;
    size_t len = at != NULL ? (size_t)(at - s.at) : s.len;
    *rest = at != NULL ? (ch_str){at + 1, s.len - len - 1} : (ch_str){s.at + s.len, 0};
    return ch_import_trim((ch_str){s.at, len});
}

/* ------------------------------------------------------------------- names */

/* `s` with every character that our grammar needs for itself as a space, "_"
 * too, runs of spaces as one. */
static char *
plain_copy(ch_import *im, ch_str s, size_t *len)
{
    char *copy = ch_arena_alloc(im->arena, s.len + 1);
    *len = 0;
    if (copy == NULL) {
        im->out_of_memory = true;
        return NULL;
    }
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        bool gap = c == '_' || (unsigned char)c <= ' ' || c == '\x7F' || c == ';' || c == '#' || c == '=' || c == '|' || c == '@';
        if (!gap)
            copy[(*len)++] = c;
        else if (*len != 0 && copy[*len - 1] != ' ')
            copy[(*len)++] = ' ';
    }
    while (*len != 0 && copy[*len - 1] == ' ')
        (*len)--;
    return copy;
}

static bool
is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool
is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Dictionaries in capitals say nothing about case; a name has initial capitals,
 * so that it is found however it is written but not in small letters. */
static void
initial_capitals(char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (is_small(s[i]))
            return;
    for (size_t i = 0; i < len; i++) {
        bool first = i == 0 || strchr(" -.(/\"", s[i - 1]) != NULL;
        if (is_capital(s[i]) && !first)
            s[i] = (char)(s[i] - 'A' + 'a');
    }
}

static uint32_t
folded_words(ch_str s)
{
    char folded[1024];
    size_t len = ch_fold(folded, sizeof folded, s.at, s.len);
    if (len == 0 || len == SIZE_MAX)
        return 0;
    uint32_t count = 1;
    for (size_t i = 0; i < len; i++)
        count += folded[i] == ' ';
    return count;
}

ch_str
ch_import_name(ch_import *im, ch_str phrase, uint32_t line)
{
    size_t len;
    char *copy = plain_copy(im, phrase, &len);
    if (copy == NULL)
        return (ch_str){"", 0};
    uint32_t words = folded_words((ch_str){copy, len});
    if (words == 0 || words > NAME_WORDS_MAX) {
        ch_import_lost(im, line, "shorten it by hand",
                       words == 0 ? "\"%.*s\" has no letter or digit in it" : "\"%.*s\" has more words than a name may have",
                       (int)phrase.len, phrase.at);
        return (ch_str){"", 0};
    }
    initial_capitals(copy, len);
    return (ch_str){copy, len};
}

ch_str
ch_import_words(ch_import *im, ch_str phrase, uint32_t line)
{
    ch_str name = ch_import_name(im, phrase, line);
    char *s = (char *)(uintptr_t)name.at;
    for (size_t i = 0; i < name.len; i++)
        if (is_capital(s[i]))
            s[i] = (char)(s[i] - 'A' + 'a');
    return name;
}

ch_str
ch_import_folded(ch_import *im, ch_str phrase, uint32_t line)
{
    ch_str words = ch_import_words(im, phrase, line);
    char *out = words.len != 0 ? ch_arena_alloc(im->arena, words.len * 3 + 1) : NULL;
    size_t len = out != NULL ? ch_fold(out, words.len * 3 + 1, words.at, words.len) : 0;
    return len != 0 && len != SIZE_MAX ? (ch_str){out, len} : (ch_str){"", 0};
}

const char *
ch_import_id(ch_import *im, ch_str phrase)
{
    char folded[512], id[ID_MAX + 48];
    size_t len = ch_fold(folded, sizeof folded, phrase.at, phrase.len < 128 ? phrase.len : 128);
    if (len == SIZE_MAX)
        len = 0;
    int n = snprintf(id, sizeof id, "%s/", im->prefix);
    size_t at = (size_t)n, start = at;
    for (size_t i = 0; i < len && at - start < ID_MAX; i++) {
        bool plain = is_small(folded[i]) || (folded[i] >= '0' && folded[i] <= '9');
        if (plain || (at > start && id[at - 1] != '-'))
            id[at++] = plain ? folded[i] : '-';
    }
    if (at == start)
        id[at++] = 'x';
    id[at] = '\0';
    char *copy = ch_arena_copy(im->arena, id, at);
    bool added = false;
    uint32_t *count = copy != NULL ? ch_map_put(&im->ids, (ch_str){copy, at}, 1, &added) : NULL;
    while (count != NULL && !added) {
        snprintf(id + at, sizeof id - at, "-%u", ++*count);
        copy = ch_arena_copy(im->arena, id, strlen(id));
        if (copy == NULL || ch_map_put(&im->ids, ch_str_of(copy), 1, &added) == NULL)
            count = NULL;
        else
            count = ch_map_get(&im->ids, (ch_str){id, at});
    }
    if (copy == NULL || count == NULL) {
        im->out_of_memory = true;
        return "x";
    }
    return copy;
}

static ch_str
set_name(ch_str s)
{
    while (s.len != 0 && (s.at[s.len - 1] == '_' || s.at[s.len - 1] == ' '))
        s.len--;
    return s;
}

const char *
ch_import_set(ch_import *im, ch_str name)
{
    const uint32_t *at = ch_map_get(&im->sets, set_name(name));
    return at != NULL ? im->set_ids[*at] : NULL;
}

const char *
ch_import_set_add(ch_import *im, ch_str name)
{
    name = set_name(name);
    uint32_t index = im->sets.count;
    if (ch_map_get(&im->sets, name) != NULL)
        return NULL;
    const char **ids = ch_arena_grow(im->arena, im->set_ids, index, &im->set_room, sizeof *ids, 64);
    if (ids != NULL)
        im->set_ids = ids;
    char *copy = ch_arena_copy(im->arena, name.at, name.len);
    if (ids == NULL || copy == NULL || ch_map_put(&im->sets, (ch_str){copy, name.len}, index, NULL) == NULL) {
        im->out_of_memory = true;
        return NULL;
    }
    im->set_ids[index] = ch_import_id(im, name);
    return im->set_ids[index];
}

void
ch_import_end_line(ch_text *out, ch_str comment)
{
    comment = ch_import_trim(comment);
    if (comment.len != 0) {
        ch_text_puts(out, "  # ");
        ch_text_add_str(out, comment);
    }
    ch_text_putc(out, '\n');
}

/* ------------------------------------------------------------------- codes */

bool
ch_import_is_code(ch_str code)
{
    for (size_t i = 0; i < code.len; i++)
        if (!is_capital(code.at[i]) && !(code.at[i] >= '0' && code.at[i] <= '9'))
            return false;
    return code.len >= 3 && code.len <= 15;
}

void
ch_import_use_code(ch_import *im, ch_str code, uint32_t line)
{
    static const char *const stateless[] = {"IGO", "NGO", "NGM", "IMG", "MNC", "ISM"};
    ch_str first = {code.at, 3};
    for (size_t i = 0; i < sizeof stateless / sizeof *stateless; i++)
        if (ch_str_is(first, stateless[i]))
            return;
    if (code.len > 3)
        ch_import_country_of(im, first, line);
}

ch_import_country *
ch_import_country_of(ch_import *im, ch_str code, uint32_t line)
{
    uint32_t *old = ch_map_get(&im->countries, code);
    if (old != NULL)
        return &im->country[*old];
    ch_import_country *all = ch_arena_grow(im->arena, im->country, im->ncountry, &im->country_room, sizeof *all, 256);
    if (all != NULL)
        im->country = all;
    char *copy = ch_arena_copy(im->arena, code.at, code.len);
    if (all == NULL || copy == NULL || ch_map_put(&im->countries, (ch_str){copy, code.len}, im->ncountry, NULL) == NULL) {
        im->out_of_memory = true;
        return NULL;
    }
    ch_import_country *c = &im->country[im->ncountry++];
    *c = (ch_import_country){.code = {copy, code.len}, .file = im->file, .line = line};
    return c;
}

/* ------------------------------------------------------------------- lines */

/* Bytes that are no UTF-8 are read as Latin-1, which the older files are in. */
static ch_str
as_utf8(ch_import *im, ch_str bytes)
{
    if (ch_utf8_check(bytes.at, bytes.len) == bytes.len)
        return bytes;
    char *out = ch_arena_alloc(im->arena, bytes.len * 2 + 1);
    if (out == NULL) {
        im->out_of_memory = true;
        return (ch_str){"", 0};
    }
    size_t len = 0;
    uint32_t line = 1;
    bool told = false;
    for (size_t i = 0; i < bytes.len; i++) {
        size_t end = i;
        uint32_t c = ch_utf8_next(bytes.at, bytes.len, &end);
        line += bytes.at[i] == '\n';
        if (c != 0xFFFD || end - i > 1) {
            memcpy(out + len, bytes.at + i, end - i);
            len += end - i;
            i = end - 1;
            continue;
        }
        unsigned char b = (unsigned char)bytes.at[i];
        out[len++] = (char)(0xC0 | b >> 6);
        out[len++] = (char)(0x80 | (b & 0x3F));
        if (!told)
            ch_import_lost(im, line, "look whether the letters are right", "not UTF-8 from here on: read as Latin-1");
        told = true;
    }
    return (ch_str){out, len};
}

/* Where a comment begins: "#"; ";" too, of TABARI; never inside a code. */
static size_t
comment_start(ch_str s)
{
    bool code = false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '[')
            code = true;
        else if (s.at[i] == ']')
            code = false;
        else if (!code && (s.at[i] == '#' || s.at[i] == ';'))
            return i;
    }
    return s.len;
}

/* Takes "<!-- ... -->" out of a line; *open tells that one goes on. */
static ch_str
without_markup(ch_import *im, ch_str line, bool *open)
{
    char *out = ch_arena_alloc(im->arena, line.len + 1);
    size_t len = 0;
    if (out == NULL) {
        im->out_of_memory = true;
        return (ch_str){"", 0};
    }
    for (size_t i = 0; i < line.len; i++) {
        if (*open) {
            if (i + 2 < line.len && memcmp(line.at + i, "-->", 3) == 0) {
                *open = false;
                i += 2;
            }
        } else if (i + 3 < line.len &&
                   (memcmp(line.at + i, "<!--", 4) == 0 || (i + 4 < line.len && memcmp(line.at + i, "<! --", 5) == 0)))
            *open = true;
        else
            out[len++] = line.at[i];
    }
    return (ch_str){out, len};
}

static bool
split_lines(ch_import *im, ch_str text)
{
    uint32_t room = 1, number = 0;
    for (size_t i = 0; i < text.len; i++)
        room += text.at[i] == '\n';
    im->lines = ch_arena_array(im->arena, room, sizeof *im->lines);
    im->nline = 0;
    if (im->lines == NULL)
        return false;
    bool open = false;
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        ch_str line = {text.at + at, end != NULL ? (size_t)(end - text.at) - at : text.len - at};
        at += line.len + 1;
        number++;
        bool tab = line.len != 0 && line.at[0] == '\t';
        ch_str rest = without_markup(im, line, &open);
        size_t stop = comment_start(rest);
        ch_str comment = {rest.at + stop, rest.len - stop};
        while (comment.len != 0 && (comment.at[0] == '#' || comment.at[0] == ';' || comment.at[0] == ' '))
            comment.at++, comment.len--;
        rest = ch_import_trim((ch_str){rest.at, stop});
        im->lines[im->nline] = (ch_import_line){rest, ch_import_trim(comment), number, tab};
        im->nline++;
    }
    im->counts->lines += number;
    return true;
}

/* --------------------------------------------------------- kinds of dictionary */

typedef void import_kind(ch_import *im);

static bool
name_has(const char *file, const char *part)
{
    for (size_t i = 0; file[i] != '\0'; i++)
        if (strncasecmp(file + i, part, strlen(part)) == 0)
            return true;
    return false;
}

/* By name, as all projects name them; else by what its lines look like. */
static import_kind *
kind_of(const ch_import *im)
{
    static const struct {
        const char *part;
        import_kind *kind;
    } names[] = {{"actor", ch_import_actors},
                 {"agent", ch_import_agents},
                 {"verb", ch_import_verbs},
                 {"discard", ch_import_discards},
                 {"issue", ch_import_issues}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (name_has(im->file, names[i].part))
            return names[i].kind;
    for (uint32_t i = 0; i < im->nline; i++) {
        ch_str s = im->lines[i].text;
        if (s.len > 6 && memcmp(s.at, "<ISSUE", 6) == 0)
            return ch_import_issues;
        if (s.len > 3 && (memcmp(s.at, "---", 3) == 0 || memcmp(s.at, "- ", 2) == 0))
            return ch_import_verbs;
        if (memchr(s.at, '[', s.len) != NULL)
            return memchr(s.at, '~', s.len) != NULL ? ch_import_agents : ch_import_actors;
    }
    return NULL;
}

/* The comments at the head of a file: who made it and under what licence. */
static void
copy_head(ch_import *im)
{
    ch_text_printf(&im->out, "# From %s.\n", im->file);
    for (uint32_t i = 0; i < im->nline && im->lines[i].text.len == 0; i++)
        if (im->lines[i].comment.len != 0) {
            ch_text_puts(&im->out, "# ");
            ch_text_add_str(&im->out, im->lines[i].comment);
            ch_text_putc(&im->out, '\n');
        }
    ch_text_putc(&im->out, '\n');
}

/* ------------------------------------------------------------------- files */

static ch_status
write_file(const char *dir, const char *name, const ch_text *text, ch_error *err)
{
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s/%s", dir, name) >= sizeof path)
        return ch_fail(err, CH_E_ARGUMENT, dir, 0, "the name of the folder is too long");
    FILE *f = fopen(path, "wb");
    if (f == NULL)
        return ch_fail(err, CH_E_IO, path, 0, "cannot be written: %s", strerror(errno));
    bool ok = text->len == 0 || fwrite(text->at, 1, text->len, f) == text->len;
    int failed = errno;
    if (fclose(f) != 0 || !ok)
        return ch_fail(err, CH_E_IO, path, 0, "cannot be written: %s", strerror(failed));
    return CH_OK;
}

/* "a/b/Phoenix.actors.txt" is written to "Phoenix.actors.txt". */
static ch_status
import_file(ch_import *im, const char *path, const char *dir, ch_error *err)
{
    const char *slash = strrchr(path, '/');
    im->file = slash != NULL ? slash + 1 : path;
    ch_mapped file;
    ch_status status = ch_mapped_open(&file, path, err);
    if (status != CH_OK)
        return status;
    ch_str text = as_utf8(im, (ch_str){(const char *)file.at, file.len});
    ch_text_clear(&im->out);
    if (im->out_of_memory || !split_lines(im, text))
        status = ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to read it");
    import_kind *kind = status == CH_OK ? kind_of(im) : NULL;
    if (status == CH_OK && kind == NULL)
        status = ch_fail(err, CH_E_FORMAT, path, 0,
                         "is no dictionary that is known; its name should say actors, agents, verbs, discards or issues");
    if (status == CH_OK && kind != NULL) {
        char name[512];
        copy_head(im);
        kind(im);
        size_t len = strlen(im->file);
        bool txt = len > 4 && strcmp(im->file + len - 4, ".txt") == 0;
        snprintf(name, sizeof name, "%s%s", im->file, txt ? "" : ".txt");
        if (im->out_of_memory || im->out.failed)
            status = ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to read it");
        else
            status = write_file(dir, name, &im->out, err);
        im->counts->files++;
    }
    ch_mapped_close(&file);
    return status;
}

/* Countries hold the names of all files, and codes that have none. */
static ch_status
write_countries(ch_import *im, const char *dir, ch_error *err)
{
    ch_text_clear(&im->out);
    if (im->ncountry == 0)
        return CH_OK;
    ch_text_puts(&im->out, "# Names under each code of three letters, and the codes that others begin with.\n\n");
    for (uint32_t i = 0; i < im->ncountry; i++) {
        const ch_import_country *c = &im->country[i];
        ch_text_printf(&im->out, "+country %.*s\n", (int)c->code.len, c->code.at);
        ch_text_add(&im->out, c->names.at, c->names.len);
        ch_text_printf(&im->out, "  from: %s:%u\n\n", c->file, c->line);
    }
    return im->out.failed ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to write the countries")
                          : write_file(dir, "countries.txt", &im->out, err);
}

chancery_status
chancery_lexicon_import(chancery_dictionary from, const char *const *files, size_t count, const char *out_dir,
                        chancery_complain *complain, void *context, chancery_import_counts *counts, chancery_error *err)
{
    chancery_import_counts own;
    ch_arena arena;
    ch_arena_init(&arena, 0);
    ch_complaints to = {.complain = complain, .context = context};
    ch_import im = {.arena = &arena,
                    .to = &to,
                    .counts = counts != NULL ? counts : &own,
                    .tabari = from == CHANCERY_DICTIONARY_TABARI,
                    .prefix = from == CHANCERY_DICTIONARY_TABARI ? "tabari" : "petrarch"};
    *im.counts = (chancery_import_counts){0};
    ch_status status = CH_OK;
    if (mkdir(out_dir, 0777) != 0 && errno != EEXIST)
        status = ch_fail(err, CH_E_IO, out_dir, 0, "cannot be made: %s", strerror(errno));
    for (size_t i = 0; status == CH_OK && i < count; i++)
        status = import_file(&im, files[i], out_dir, err);
    if (status == CH_OK)
        status = write_countries(&im, out_dir, err);
    for (uint32_t i = 0; i < im.ncountry; i++)
        ch_text_free(&im.country[i].names);
    ch_text_free(&im.out);
    ch_map_free(&im.ids);
    ch_map_free(&im.sets);
    ch_map_free(&im.countries);
    ch_arena_free(&arena);
    return status;
}

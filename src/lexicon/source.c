#include "lexicon/source.h"

#include "base/grow.h"
#include "base/hash.h"
#include "base/mapped.h"
#include "base/text.h"
#include "base/utf8.h"

#include <errno.h>
#include <fts.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fields whose value is a whole line, since sentences may hold a semicolon. */
static const char *const whole_line_keys[] = {"yes", "no", "note"};

void
ch_complain(ch_complaints *to, bool fatal, const char *file, uint32_t line, uint32_t column, const char *remedy,
            const char *format, ...)
{
    if (fatal)
        to->errors++;
    else
        to->warnings++;
    if (to->complain == NULL)
        return;
    char message[512];
    va_list ap;
    va_start(ap, format);
    vsnprintf(message, sizeof message, format, ap);
    va_end(ap);
    chancery_complaint c = {.file = file, .line = line, .column = column, .fatal = fatal, .message = message, .remedy = remedy};
    to->complain(to->context, &c);
}

/* ------------------------------------------------------- one text to blocks */

/* A growing list of blocks, and of the fields of the block being read. */
typedef struct {
    ch_arena *arena;
    ch_complaints *to;
    const char *file;
    ch_block *blocks;
    uint32_t nblock, block_room;
    ch_field *fields;
    uint32_t nfield, field_room;
    bool open; /* a block has begun */
    bool out_of_memory;
} reading;

/* `list` [count] with room for one more, doubled in the arena when full. */
static void *
room_for_one(reading *r, void *list, uint32_t count, uint32_t *room, size_t size)
{
    void *bigger = ch_arena_grow(r->arena, list, count, room, size, 16);
    r->out_of_memory = r->out_of_memory || bigger == NULL;
    return bigger;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static ch_str
trim(ch_str s)
{
    while (s.len != 0 && is_blank(s.at[0]))
        s.at++, s.len--;
    while (s.len != 0 && is_blank(s.at[s.len - 1]))
        s.len--;
    return s;
}

/* The line less its comment: "#" at its beginning or behind white space. */
static ch_str
without_comment(ch_str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.at[i] == '#' && (i == 0 || is_blank(line.at[i - 1])))
            return (ch_str){.at = line.at, .len = i};
    return line;
}

static bool
is_id(ch_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
              c == '/'))
            return false;
    }
    return s.len != 0;
}

static void
close_block(reading *r)
{
    if (!r->open)
        return;
    ch_block *block = &r->blocks[r->nblock - 1];
    block->fields = ch_arena_array(r->arena, r->nfield, sizeof *block->fields);
    if (block->fields == NULL) {
        r->out_of_memory = true;
        return;
    }
    if (r->nfield != 0)
        memcpy(block->fields, r->fields, r->nfield * sizeof *block->fields);
    block->nfield = r->nfield;
    r->nfield = 0;
    r->open = false;
}

static void
read_head(reading *r, ch_str line, uint32_t number)
{
    close_block(r);
    const char *gap = memchr(line.at, ' ', line.len);
    ch_str kind = {line.at, gap != NULL ? (size_t)(gap - line.at) : line.len};
    ch_str id = gap != NULL ? trim((ch_str){gap, line.len - kind.len}) : (ch_str){line.at, 0};
    bool adds = kind.len > 1 && kind.at[0] == '+';
    if (adds)
        kind.at++, kind.len--;
    if (!is_id(kind) || !is_id(id)) {
        ch_complain(r->to, true, r->file, number, (uint32_t)kind.len + 2,
                    "write a kind, one space and an id of letters, digits, '-', '_', '.' and '/'; indent fields by two spaces",
                    "a block must begin with a kind and an id, not \"%.*s\"", (int)(line.len > 60 ? 60 : line.len), line.at);
        return;
    }
    r->blocks = room_for_one(r, r->blocks, r->nblock, &r->block_room, sizeof *r->blocks);
    if (r->blocks == NULL)
        return;
    r->blocks[r->nblock++] = (ch_block){.kind = kind, .id = id, .file = r->file, .line = number, .adds = adds};
    r->open = true;
}

static bool
is_whole_line(ch_str key)
{
    for (size_t i = 0; i < sizeof whole_line_keys / sizeof *whole_line_keys; i++)
        if (ch_str_is(key, whole_line_keys[i]))
            return true;
    return false;
}

/* The values of one field's line, from `rest` (behind the colon) on. */
static void
read_values(reading *r, ch_field *field, const char *line_start, ch_str rest)
{
    uint32_t most = 1;
    bool whole = is_whole_line(field->key);
    for (size_t i = 0; !whole && i < rest.len; i++)
        most += rest.at[i] == ';';
    field->values = ch_arena_array(r->arena, most, sizeof *field->values);
    if (field->values == NULL) {
        r->out_of_memory = true;
        return;
    }
    while (true) {
        const char *end = whole ? NULL : memchr(rest.at, ';', rest.len);
        size_t len = end != NULL ? (size_t)(end - rest.at) : rest.len;
        ch_str value = trim((ch_str){rest.at, len});
        uint32_t column = (uint32_t)(value.at - line_start) + 1;
        if (value.len != 0)
            field->values[field->nvalue++] = (ch_value){.text = value, .line = field->line, .column = column, .file = r->file};
        else if (end != NULL)
            ch_complain(r->to, false, r->file, field->line, column, "take the stray ';' out", "an empty value");
        if (end == NULL)
            break;
        rest = (ch_str){end + 1, rest.len - len - 1};
    }
    if (field->nvalue == 0)
        ch_complain(r->to, true, r->file, field->line, 1, "give a value, or take the line out", "field \"%.*s\" has no value",
                    (int)field->key.len, field->key.at);
}

static void
read_field(reading *r, ch_str line, uint32_t number)
{
    ch_str body = trim(line);
    if (!r->open) {
        ch_complain(r->to, true, r->file, number, 1, "begin the block with \"kind id\" in column one",
                    "a field outside of a block");
        return;
    }
    const char *colon = memchr(body.at, ':', body.len);
    ch_str key = {body.at, colon != NULL ? (size_t)(colon - body.at) : body.len};
    if (colon == NULL || !is_id(key)) {
        ch_complain(r->to, true, r->file, number, (uint32_t)(body.at - line.at) + 1, "write \"  key: value; value\"",
                    "not a field: \"%.*s\"", (int)(body.len > 60 ? 60 : body.len), body.at);
        return;
    }
    r->fields = room_for_one(r, r->fields, r->nfield, &r->field_room, sizeof *r->fields);
    if (r->fields == NULL)
        return;
    ch_field *field = &r->fields[r->nfield++];
    *field = (ch_field){.key = key, .line = number, .file = r->file};
    read_values(r, field, line.at, (ch_str){colon + 1, body.len - key.len - 1});
    if (ch_str_is(key, "from"))
        r->blocks[r->nblock - 1].foreign = true;
}

/* The blocks in the text of `file`. */
static ch_status
parse(ch_block **out, uint32_t *count, const char *file, const char *text, size_t len, ch_arena *arena, ch_complaints *to)
{
    reading r = {.arena = arena, .to = to, .file = file};
    uint32_t number = 0;
    size_t bad = ch_utf8_check(text, len);
    size_t at = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < len && !r.out_of_memory) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t line_len = end != NULL ? (size_t)(end - (text + at)) : len - at;
        ch_str line = {text + at, line_len};
        number++;
        if (bad >= at && bad < at + line_len)
            ch_complain(to, true, file, number, (uint32_t)(bad - at) + 1, "save the file as UTF-8", "not UTF-8");
        at += line_len + 1;
        line = without_comment(line);
        if (trim(line).len == 0)
            continue;
        if (is_blank(line.at[0]))
            read_field(&r, line, number);
        else
            read_head(&r, trim(line), number);
    }
    close_block(&r);
    *out = r.blocks;
    *count = r.nblock;
    return r.out_of_memory ? CH_E_NOMEM : CH_OK;
}

/* ------------------------------------------------------- folders to blocks */

typedef struct {
    ch_block *blocks;
    uint32_t count, room;
    ch_map seen; /* "kind id" -> index */
    ch_wanted *wanted;
} gathering;

/* The fields of `more` behind those of `block`. */
static bool
join_fields(ch_block *block, const ch_block *more, ch_arena *arena)
{
    ch_field *fields = ch_arena_array(arena, (size_t)block->nfield + more->nfield, sizeof *fields);
    if (fields == NULL)
        return false;
    if (block->nfield != 0)
        memcpy(fields, block->fields, block->nfield * sizeof *fields);
    if (more->nfield != 0)
        memcpy(fields + block->nfield, more->fields, more->nfield * sizeof *fields);
    block->fields = fields;
    block->nfield += more->nfield;
    block->foreign = block->foreign || more->foreign;
    return true;
}

static bool
gather(gathering *g, ch_block *block, uint32_t folder, ch_arena *arena, ch_complaints *to)
{
    block->folder = folder;
    char *name = ch_arena_alloc(arena, block->kind.len + block->id.len + 2);
    if (name == NULL)
        return false;
    memcpy(name, block->kind.at, block->kind.len);
    name[block->kind.len] = ' ';
    memcpy(name + block->kind.len + 1, block->id.at, block->id.len);
    bool added;
    uint32_t *at = ch_map_put(&g->seen, ch_str_of(name), g->count, &added);
    if (at == NULL)
        return false;
    if (!added) {
        ch_block *first = &g->blocks[*at];
        if (block->adds)
            return join_fields(first, block, arena);
        if (first->adds) {
            ch_block whole = *block;
            bool ok = join_fields(&whole, first, arena);
            *first = whole;
            return ok;
        }
        if (first->folder < block->folder) {
            block->over_file = first->file;
            block->over_line = first->line;
            *first = *block;
        } else
            ch_complain(to, true, block->file, block->line, 1, "give it another id, or join the two blocks",
                        "%s stands already in %s:%u", name, first->file, first->line);
        return true;
    }
    ch_block *blocks = ch_grow(g->blocks, g->count, &g->room, sizeof *blocks, 1024);
    if (blocks == NULL)
        return false;
    g->blocks = blocks;
    g->blocks[g->count++] = *block;
    return true;
}

static ch_status
gather_file(gathering *g, const char *path, const char *shown, uint32_t folder, ch_arena *arena, ch_complaints *to, ch_error *err)
{
    ch_mapped file;
    ch_status status = ch_mapped_open(&file, path, err);
    if (status != CH_OK)
        return status;
    char *name = ch_arena_copy(arena, shown, strlen(shown));
    char *text = ch_arena_copy(arena, (const char *)file.at, file.len);
    size_t len = file.len;
    ch_mapped_close(&file);
    ch_block *blocks = NULL;
    uint32_t count = 0;
    if (name == NULL || text == NULL || parse(&blocks, &count, name, text, len, arena, to) != CH_OK)
        return ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to read it");
    for (uint32_t i = 0; i < count; i++)
        if ((g->wanted == NULL || g->wanted(blocks[i].kind, folder)) && !gather(g, &blocks[i], folder, arena, to))
            return ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to read it");
    return CH_OK;
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static ch_status
gather_folder(gathering *g, const char *dir, uint32_t folder, ch_arena *arena, ch_complaints *to, ch_error *err)
{
    char *path = ch_arena_copy(arena, dir, strlen(dir));
    if (path == NULL)
        return ch_fail(err, CH_E_NOMEM, dir, 0, "not enough memory to read it");
    char *paths[2] = {path, NULL};
    FTS *walk = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (walk == NULL)
        return ch_fail(err, CH_E_IO, dir, 0, "cannot be walked: %s", strerror(errno));
    ch_status status = CH_OK;
    size_t skip = strlen(dir);
    for (FTSENT *e; status == CH_OK && (e = fts_read(walk)) != NULL;) {
        if (e->fts_info == FTS_NS || e->fts_info == FTS_DNR || e->fts_info == FTS_ERR) {
            errno = e->fts_errno;
            status = ch_fail(err, CH_E_IO, e->fts_path, 0, "cannot be read: %s", strerror(e->fts_errno));
        } else if (e->fts_info == FTS_F && e->fts_namelen > 4 && strcmp(e->fts_name + e->fts_namelen - 4, ".txt") == 0) {
            const char *shown = e->fts_pathlen > skip && e->fts_level > 0 ? e->fts_path + skip : e->fts_name;
            while (*shown == '/')
                shown++;
            status = gather_file(g, e->fts_path, shown, folder, arena, to, err);
        }
    }
    fts_close(walk);
    return status;
}

ch_status
ch_source_read(ch_block **out, uint32_t *count, const char *const *dirs, size_t ndir, ch_wanted *wanted, ch_arena *arena,
               ch_complaints *to, ch_error *err)
{
    gathering g = {.wanted = wanted};
    ch_status status = CH_OK;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; status == CH_OK && i < ndir; i++)
        status = gather_folder(&g, dirs[i], (uint32_t)i, arena, to, err);
    if (status == CH_OK) {
        *out = ch_arena_array(arena, g.count, sizeof **out);
        if (*out == NULL)
            status = ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the lexicon");
        else if (g.count != 0)
            memcpy(*out, g.blocks, g.count * sizeof **out);
        *count = g.count;
    }
    ch_map_free(&g.seen);
    free(g.blocks);
    return status;
}

const ch_value *
ch_block_next(const ch_block *block, const char *key, uint64_t *at)
{
    uint32_t field = (uint32_t)(*at >> 32), value = (uint32_t)*at;
    for (; field < block->nfield; field++, value = 0) {
        const ch_field *f = &block->fields[field];
        if (value < f->nvalue && ch_str_is(f->key, key)) {
            *at = (uint64_t)field << 32 | (value + 1);
            return &f->values[value];
        }
    }
    *at = (uint64_t)field << 32;
    return NULL;
}

const ch_value *
ch_block_first(const ch_block *block, const char *key)
{
    uint64_t at = 0;
    return ch_block_next(block, key, &at);
}

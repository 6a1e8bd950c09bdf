#include "syntax/treebank.h"

#include "base/grow.h"
#include "base/utf8.h"
#include "syntax/labels.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS 10

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC };

typedef struct {
    ch_treebank *tb;
    const char *path;
    ch_error *err;
    uint64_t line;
    uint32_t first;       /* first word of the sentence that is being read */
    bool document, paragraph; /* what the comments before it said */
    bool glued;           /* no white space behind the last token */
    ch_str range;         /* surface of the multiword token that is being read */
    uint32_t range_last;  /* its last word's number; 0 outside of one */
    uint32_t range_first; /* its first word */
    uint32_t range_start; /* its place in the text */
} reading;

static ch_status
broken(const reading *r, const char *what)
{
    return ch_fail(r->err, CH_E_FORMAT, r->path, r->line, "line %llu %s", (unsigned long long)r->line, what);
}

static ch_status
no_memory(const reading *r)
{
    return ch_fail(r->err, CH_E_NOMEM, r->path, 0, "not enough memory to read it");
}

/* A digit string as a number of at most six digits. */
static bool
number(ch_str s, uint32_t *out)
{
    *out = 0;
    if (s.len == 0 || s.len > 6)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        *out = *out * 10 + (uint32_t)(s.at[i] - '0');
    }
    return true;
}

static ch_str
next_cell(const char *line, size_t len, size_t *at)
{
    const char *tab = memchr(line + *at, '\t', len - *at);
    size_t end = tab != NULL ? (size_t)(tab - line) : len;
    ch_str cell = {line + *at, end - *at};
    *at = tab != NULL ? end + 1 : len + 1;
    return cell;
}

static bool
cells_of(ch_str *cells, ch_str line)
{
    size_t at = 0;
    uint32_t n = 0;
    while (at <= line.len && n < COLUMNS)
        cells[n++] = next_cell(line.at, line.len, &at);
    return n == COLUMNS && at > line.len;
}

static bool
says_no_space(ch_str misc)
{
    static const char no[] = "SpaceAfter=No";
    for (size_t at = 0; at + sizeof no - 1 <= misc.len;) {
        const char *bar = memchr(misc.at + at, '|', misc.len - at);
        size_t end = bar != NULL ? (size_t)(bar - misc.at) : misc.len;
        if (ch_str_is((ch_str){misc.at + at, end - at}, no))
            return true;
        at = end + 1;
    }
    return false;
}

/* Puts the surface of a token into the text and gives its place. */
static uint32_t
put_surface(reading *r, ch_str surface)
{
    ch_text *text = &r->tb->text;
    bool first_of_sentence = r->first == r->tb->nword;
    if (text->len != 0 && first_of_sentence && (r->document || r->paragraph))
        ch_text_puts(text, "\n\n");
    else if (text->len != 0 && !r->glued)
        ch_text_putc(text, ' ');
    uint32_t at = (uint32_t)text->len;
    ch_text_add_str(text, surface);
    return at;
}

/* Spans of a multiword token's words: their own places in its surface where their
 * forms make it up, else a character each and the rest to the last. */
static void
place_range(reading *r)
{
    ch_treebank *tb = r->tb;
    uint32_t at = r->range_start, end = at + (uint32_t)r->range.len;
    size_t total = 0;
    for (uint32_t i = r->range_first; i < tb->nword; i++)
        total += tb->words[i].form.len;
    for (uint32_t i = r->range_first; i < tb->nword; i++) {
        size_t next = at;
        if (total == r->range.len)
            next += tb->words[i].form.len;
        else if (!tb->text.failed)
            ch_utf8_next(tb->text.at, end, &next);
        if (i + 1 == tb->nword)
            next = end;
        tb->words[i].span = (ch_span){at, (uint32_t)next};
        at = (uint32_t)next;
    }
    r->range_last = 0;
}

static uint32_t
count_characters(ch_str s)
{
    uint32_t n = 0;
    for (size_t at = 0; at < s.len; n++)
        ch_utf8_next(s.at, s.len, &at);
    return n;
}

static ch_status
read_range(reading *r, const ch_str *cells, const char *dash)
{
    uint32_t from, to;
    ch_str a = {cells[ID].at, (size_t)(dash - cells[ID].at)}, b = {dash + 1, cells[ID].len - a.len - 1};
    if (!number(a, &from) || !number(b, &to) || to <= from || r->range_last != 0 || from != r->tb->nword - r->first + 1)
        return broken(r, "has a multiword token that does not fit its words");
    if (count_characters(cells[FORM]) < to - from + 1)
        return broken(r, "has a multiword token with more words than characters");
    r->range = cells[FORM];
    r->range_first = r->tb->nword;
    r->range_last = to;
    r->range_start = put_surface(r, cells[FORM]);
    r->glued = says_no_space(cells[MISC]);
    return CH_OK;
}

static ch_status
read_word(reading *r, const ch_str *cells)
{
    ch_treebank *tb = r->tb;
    uint32_t id, head = 0;
    if (!number(cells[ID], &id) || id != tb->nword - r->first + 1)
        return broken(r, "has a word whose number is not the next");
    if (cells[FORM].len == 0)
        return broken(r, "has a word without a form");
    if (!ch_str_is(cells[HEAD], "_") && !number(cells[HEAD], &head))
        return broken(r, "has a head that is no number");
    ch_gold_word *words = ch_grow(tb->words, tb->nword, &tb->word_room, sizeof *words, 64);
    if (words == NULL)
        return no_memory(r);
    tb->words = words;
    ch_gold_word *w = &words[tb->nword];
    *w = (ch_gold_word){.form = cells[FORM], .lemma = cells[LEMMA], .xpos = cells[XPOS], .feats = cells[FEATS],
                        .rel = cells[DEPREL], .head = head, .upos = (uint8_t)ch_upos_find(cells[UPOS])};
    if (r->range_last != 0) {
        w->flags = tb->nword == r->range_first ? CH_T_MWT_FIRST : CH_T_MWT_REST;
        tb->nword++;
        if (id == r->range_last) {
            place_range(r);
            if (!r->glued)
                w->flags |= CH_T_SPACE_AFTER;
        }
        return CH_OK;
    }
    w->span.start = put_surface(r, cells[FORM]);
    w->span.end = w->span.start + (uint32_t)cells[FORM].len;
    r->glued = says_no_space(cells[MISC]);
    if (!r->glued)
        w->flags = CH_T_SPACE_AFTER;
    tb->nword++;
    return CH_OK;
}

static ch_status
end_sentence(reading *r)
{
    ch_treebank *tb = r->tb;
    if (r->range_last != 0)
        return broken(r, "ends a sentence inside a multiword token");
    if (tb->nword == r->first)
        return CH_OK;
    for (uint32_t i = r->first; i < tb->nword; i++)
        if (tb->words[i].head > tb->nword - r->first)
            return broken(r, "ends a sentence in which a head does not exist");
    ch_gold_sentence *sents = ch_grow(tb->sents, tb->nsent, &tb->sent_room, sizeof *sents, 64);
    if (sents == NULL)
        return no_memory(r);
    tb->sents = sents;
    sents[tb->nsent++] = (ch_gold_sentence){
        .first = r->first,
        .last = tb->nword,
        .span = {tb->words[r->first].span.start, tb->words[tb->nword - 1].span.end},
        .document_start = r->document,
        .paragraph_start = r->paragraph || r->document,
    };
    r->first = tb->nword;
    r->document = r->paragraph = false;
    return CH_OK;
}

/* The first word of "# newpar id = 3". */
static void
read_comment(reading *r, ch_str line)
{
    size_t at = 1;
    while (at < line.len && line.at[at] == ' ')
        at++;
    size_t end = at;
    while (end < line.len && line.at[end] != ' ' && line.at[end] != '=')
        end++;
    ch_str word = {line.at + at, end - at};
    r->document = r->document || ch_str_is(word, "newdoc");
    r->paragraph = r->paragraph || ch_str_is(word, "newpar");
}

static ch_status
read_line(reading *r, ch_str line)
{
    ch_str cells[COLUMNS];
    if (line.len == 0)
        return end_sentence(r);
    if (line.at[0] == '#') {
        read_comment(r, line);
        return CH_OK;
    }
    if (!cells_of(cells, line))
        return broken(r, "is no line of CoNLL-U: it has not ten columns");
    if (memchr(cells[ID].at, '.', cells[ID].len) != NULL)
        return CH_OK;
    const char *dash = memchr(cells[ID].at, '-', cells[ID].len);
    return dash != NULL ? read_range(r, cells, dash) : read_word(r, cells);
}

ch_status
ch_treebank_read(ch_treebank *tb, const char *conllu, size_t len, const char *path, ch_error *err)
{
    reading r = {.tb = tb, .path = path, .err = err, .first = tb->nword, .document = true};
    size_t bad = ch_utf8_check(conllu, len);
    ch_status status = CH_OK;
    for (size_t at = 0; at < len && status == CH_OK;) {
        const char *end = memchr(conllu + at, '\n', len - at);
        size_t stop = end != NULL ? (size_t)(end - conllu) : len, next = stop + (end != NULL);
        r.line++;
        if (bad < next)
            return broken(&r, "is not UTF-8");
        if (stop > at && conllu[stop - 1] == '\r')
            stop--;
        status = read_line(&r, (ch_str){conllu + at, stop - at});
        at = next;
    }
    if (status == CH_OK)
        status = end_sentence(&r);
    if (status == CH_OK && (tb->text.failed || tb->text.len > UINT32_MAX / 2))
        status = no_memory(&r);
    return status;
}

void
ch_treebank_free(ch_treebank *tb)
{
    ch_text_free(&tb->text);
    free(tb->sents);
    free(tb->words);
    *tb = (ch_treebank){0};
}

ch_span
ch_treebank_paragraph(const ch_treebank *tb, uint32_t s, uint32_t *next)
{
    uint32_t end = s + 1;
    while (end < tb->nsent && !tb->sents[end].paragraph_start)
        end++;
    *next = end;
    return (ch_span){tb->sents[s].span.start, tb->sents[end - 1].span.end};
}

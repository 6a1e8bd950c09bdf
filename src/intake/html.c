/* From a page to the text of the article in it. */
#include "intake/html.h"

#include "intake/article.h"
#include "intake/encoding.h"
#include "intake/metadata.h"
#include "intake/pieces_of_page.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Bytes in which a page must declare its encoding (by the standard 1024). */
#define DECLARED_WITHIN 2048

/* Bytes of a text that a container which says of itself that it is the article
 * must have to be believed. */
#define ARTICLE_MIN 200

/* Bytes below which a block that does not end as a sentence is a label. */
#define LABEL_MAX 25

/* Bytes of a paragraph that opens the article without saying so. */
#define LEAD_MIN 60

/* ------------------------------------------------------------ writing it out */

typedef struct {
    ch_text *out;
    ch_text block;  /* the paragraph being read */
    size_t linked;  /* of it in links */
    bool last_linked; /* the last character of it */
    bool whole;     /* a fragment: links are no sign */
    unsigned told, dropped; /* blocks that are more than a heading or a label; that are left out */
    const ch_signs *signs;
    const ch_text_pieces *pieces; /* NULL: no map is wanted */
    uint32_t piece;               /* the last one that was looked up */
    ch_page_map block_map, *map;  /* of `block` and of `out` */
} writer;

/* Whether the block ends as a sentence does, behind its last link: one with many
 * links is a sentence for all that. */
static bool
ends_as_sentence(const writer *w)
{
    const ch_text *b = &w->block;
    return !w->last_linked && b->len != 0 && strchr(".!?", b->at[b->len - 1]) != NULL;
}

static void
end_block(writer *w, bool heading)
{
    ch_text *b = &w->block;
    while (b->len != 0 && isspace((unsigned char)b->at[b->len - 1]))
        b->at[--b->len] = '\0';
    bool links = !w->whole && !heading && w->linked * 2 > b->len && w->linked < ARTICLE_MIN * 2 && !ends_as_sentence(w);
    w->dropped += links && b->len != 0;
    if (b->len != 0 && !links) {
        w->told += !heading && (b->len >= LABEL_MAX || ends_as_sentence(w));
        if (w->out->len != 0)
            ch_text_puts(w->out, "\n\n");
        if (w->pieces != NULL)
            ch_page_map_append(w->map, &w->block_map, (uint32_t)w->out->len, (uint32_t)b->len);
        ch_text_add(w->out, b->at, b->len);
    }
    w->block_map.count = 0;
    w->out->failed = w->out->failed || b->failed;
    ch_text_clear(b);
    w->linked = 0;
}

/* Notes where the character that is added next, of `len` bytes at `at` of the
 * node's content, stands in the page. */
static void
note_place(writer *w, const xmlNode *node, size_t at, size_t len)
{
    const ch_text_piece *piece = w->pieces != NULL ? ch_piece_at(w->pieces, node, (uint32_t)at, &w->piece) : NULL;
    if (piece == NULL || piece->page_start == piece->page_end)
        return;
    chancery_page_run run = {(uint32_t)w->block.len, (uint32_t)w->block.len + 1, piece->page_start, piece->page_end};
    if (piece->page_end - piece->page_start == piece->len) {
        run.page_start += (uint32_t)at - piece->at;
        run.page_end = run.page_start + (uint32_t)len;
    }
    ch_page_map_add(&w->block_map, run);
}

/* What was written since stands alone before links that were left out: a heading
 * of theirs. */
static void
take_back(writer *w, size_t len, unsigned told, unsigned dropped)
{
    if (w->whole || w->told != told || w->dropped == dropped || w->out->len == len)
        return;
    w->out->at[w->out->len = len] = '\0';
    while (w->map->count != 0 && w->map->runs[w->map->count - 1].start >= len)
        w->map->count--;
}

/* By the standard of the web the codes of controls mean Windows-1252. */
static const char *
meant_by_control(unsigned char c)
{
    static const char *const meant[32] = {
        "\u20AC", NULL,     "\u201A", "\u0192", "\u201E", "\u2026", "\u2020", "\u2021", "\u02C6", "\u2030", "\u0160",
        "\u2039", "\u0152", NULL,     "\u017D", NULL,     NULL,     "\u2018", "\u2019", "\u201C", "\u201D", "\u2022",
        "\u2013", "\u2014", "\u02DC", "\u2122", "\u0161", "\u203A", "\u0153", NULL,     "\u017E", "\u0178",
    };
    return meant[c & 31];
}

/* The `len` bytes of the character at `at` of the node's content, or what it means. */
static void
add_character(writer *w, const xmlNode *node, size_t at, size_t len)
{
    const char *text = (const char *)node->content + at;
    const char *meant = len == 2 && text[0] == '\xC2' && (unsigned char)text[1] < 0xA0 ? meant_by_control((unsigned char)text[1]) : NULL;
    size_t count = meant != NULL ? strlen(meant) : len;
    for (size_t i = 0; i < count; i++) {
        note_place(w, node, meant != NULL ? at : at + i, meant != NULL ? len : 1);
        ch_text_putc(&w->block, meant != NULL ? meant[i] : text[i]);
    }
}

/* U+00A0 is a space too; soft hyphens and spaces of no width are nothing. */
static size_t
width_of(const char *text, bool *space, bool *nothing)
{
    bool hard = strncmp(text, "\xC2\xA0", 2) == 0;
    *space = isspace((unsigned char)*text) || hard;
    *nothing = strncmp(text, "\xC2\xAD", 2) == 0 || strncmp(text, "\u200B", 3) == 0 || strncmp(text, "\uFEFF", 3) == 0;
    return *text == '\xE2' && *nothing ? 3 : *text == '\xEF' && *nothing ? 3 : *text == '\xC2' && text[1] != '\0' ? 2 : 1;
}

static void
add_text(writer *w, const xmlNode *node, bool in_link)
{
    const char *text = (const char *)node->content;
    ch_text *b = &w->block;
    for (size_t at = 0, n; text[at] != '\0'; at += n) {
        bool space, nothing;
        n = width_of(text + at, &space, &nothing);
        if (space ? b->len == 0 || b->at[b->len - 1] == ' ' || b->at[b->len - 1] == '\n' : nothing)
            continue;
        if (space) {
            note_place(w, node, at, n);
            ch_text_putc(b, ' ');
        } else
            add_character(w, node, at, n);
        w->linked += !space && in_link;
        w->last_linked = space ? w->last_linked : in_link;
    }
}

static void
add_break(writer *w)
{
    ch_text *b = &w->block;
    if (b->len == 0)
        return;
    if (b->at[b->len - 1] == '\n') {
        end_block(w, false);
        return;
    }
    if (b->at[b->len - 1] == ' ')
        b->at[--b->len] = '\0';
    ch_text_putc(b, '\n');
}

static void
write_node(writer *w, xmlNode *node, bool in_link, int depth)
{
    for (; node != NULL && depth <= CH_MARKUP_DEPTH_MAX; node = node->next) {
        if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content != NULL) {
            add_text(w, node, in_link);
            continue;
        }
        if (node->type != XML_ELEMENT_NODE || ch_is_outside(w->signs, node))
            continue;
        if (ch_is_element(node, "br")) {
            add_break(w);
            continue;
        }
        bool block = !ch_is_inline(node);
        if (block)
            end_block(w, false);
        size_t len = w->out->len;
        unsigned told = w->told, dropped = w->dropped;
        write_node(w, node->children, in_link || ch_is_element(node, "a"), depth + 1);
        if (block) {
            end_block(w, ch_is_heading(node));
            take_back(w, len, told, dropped);
        }
    }
}

static void
finish(writer *w)
{
    end_block(w, false);
    ch_text_free(&w->block);
    ch_page_map_free(&w->block_map);
}

/* ----------------------------------------------------------------- an opening */

static bool
holds(const xmlNode *outer, const xmlNode *inner)
{
    for (; inner != NULL && inner != outer; inner = inner->parent)
        ;
    return inner != NULL;
}

/* Whether the element opens the article before its text: it says so, or is a
 * paragraph that ends as a sentence. */
static bool
is_lead(const writer *w, xmlNode *node)
{
    ch_text text = {0};
    if (ch_is_called(w->signs->names, node, CH_MARKUP_LEAD))
        return true;
    if (!ch_is_element(node, "p"))
        return false;
    ch_text_below(&text, node, 0);
    while (text.len != 0 && text.at[text.len - 1] == ' ')
        text.len--;
    bool is = text.len >= LEAD_MIN && strchr(".!?", text.at[text.len - 1]) != NULL;
    ch_text_free(&text);
    return is;
}

/* Writes the openings below `node` that stand behind the headline and before the
 * article's text; false once that is reached. */
static bool
write_leads(writer *w, xmlNode *node, const ch_article *article, const xmlNode *text, bool *behind, int depth)
{
    for (xmlNode *n = node->children; n != NULL && depth <= CH_MARKUP_DEPTH_MAX; n = n->next) {
        if (n == text)
            return false;
        if (n->type != XML_ELEMENT_NODE || ch_is_outside(w->signs, n))
            continue;
        if (n == article->heading)
            *behind = true;
        else if (*behind && !holds(n, text) && is_lead(w, n)) {
            end_block(w, false);
            write_node(w, n->children, false, depth);
            end_block(w, false);
        } else if (!write_leads(w, n, article, text, behind, depth + 1))
            return false;
    }
    return true;
}

/* Elements around the headline within which the text of its article begins. */
#define LEAD_LEVELS_MAX 5

static void
write_opening(writer *w, const ch_article *article, const xmlNode *text)
{
    xmlNode *around = article->heading;
    if (around == NULL || holds(text, around))
        return;
    for (int level = 0; level < LEAD_LEVELS_MAX && around->parent != NULL && !holds(around, text); level++)
        around = around->parent;
    bool behind = false;
    size_t len = w->out->len;
    if (!holds(around, text) || around->type != XML_ELEMENT_NODE || write_leads(w, around, article, text, &behind, 0)) {
        w->out->len = len; /* the text does not stand behind the headline */
        if (w->out->at != NULL)
            w->out->at[len] = '\0';
        w->map->count = 0;
    }
}

/* ------------------------------------------------------------------- reading */

/* The encoding that a page declares: "charset=" in its first bytes. */
static bool
declared_charset(char *out, size_t room, ch_str bytes)
{
    size_t len = bytes.len < DECLARED_WITHIN ? bytes.len : DECLARED_WITHIN, n = 0;
    for (size_t i = 0; i + 8 < len; i++) {
        if (strncasecmp(bytes.at + i, "charset=", 8) != 0)
            continue;
        size_t at = i + 8;
        while (at < len && (bytes.at[at] == '"' || bytes.at[at] == '\'' || bytes.at[at] == ' '))
            at++;
        while (at < len && n + 1 < room && (isalnum((unsigned char)bytes.at[at]) || strchr("-_.:", bytes.at[at]) != NULL) &&
               bytes.at[at] != '\0')
            out[n++] = bytes.at[at++];
        out[n] = '\0';
        return n != 0;
    }
    return false;
}

static bool
is_among(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(name, list[i]) == 0)
            return true;
    return false;
}

/* By the standard of the web Latin-1 is Windows-1252. */
static const char *
as_the_web_means(const char *charset)
{
    static const char *const latin[] = {"iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"};
    return charset != NULL && is_among(charset, latin, sizeof latin / sizeof *latin) ? "WINDOWS-1252" : charset;
}

/* Attributes of one element: the parser compares each with all before it. */
#define ATTRIBUTES_MAX 512

/* The byte behind `end`, or the end of the page. */
static size_t
pass_until(ch_str page, size_t at, const char *end)
{
    const char *found = at < page.len ? memmem(page.at + at, page.len - at, end, strlen(end)) : NULL;
    return found != NULL ? (size_t)(found - page.at) + strlen(end) : page.len;
}

/* The end of the element's tag that begins at `at`; attributes that are too many
 * are made white space, so that all else stays where it is. */
static size_t
pass_tag(char *page, size_t len, size_t at)
{
    char quote = '\0', before = ' ';
    for (int attributes = 0; at < len && (quote != '\0' || page[at] != '>'); at++) {
        char c = page[at];
        bool value = before == '=';
        attributes += quote == '\0' && isspace((unsigned char)before) && !isspace((unsigned char)c);
        if (quote == c)
            quote = '\0';
        else if (quote == '\0' && value && (c == '"' || c == '\''))
            quote = c;
        before = quote != '\0' ? c : c == '"' || c == '\'' ? ' ' : c;
        if (attributes > ATTRIBUTES_MAX)
            page[at] = ' ';
    }
    return at;
}

static void
cut_attributes(ch_str page)
{
    static const char *const raw[] = {"script", "style"};
    for (size_t at = 0; (at = pass_until(page, at, "<")) < page.len;) {
        if (strncmp(page.at + at, "!--", 3) == 0) {
            at = pass_until(page, at, "-->");
            continue;
        }
        if (!isalpha((unsigned char)page.at[at]))
            continue;
        size_t name = at;
        at = pass_tag((char *)(uintptr_t)page.at, page.len, at);
        for (size_t i = 0; i < sizeof raw / sizeof *raw; i++)
            if (strncasecmp(page.at + name, raw[i], strlen(raw[i])) == 0)
                at = pass_until(page, at, "</");
    }
}

/* `utf8` is ours, and may be changed; `pieces` may be NULL. */
static htmlDocPtr
parse(ch_str utf8, ch_text_pieces *pieces)
{
    cut_attributes(utf8);
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (parser == NULL)
        return NULL;
    if (pieces != NULL)
        ch_note_pieces(pieces, parser);
    htmlDocPtr doc = htmlCtxtReadMemory(parser, utf8.at, (int)utf8.len, NULL, "UTF-8",
                                        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                            HTML_PARSE_COMPACT);
    htmlFreeParserCtxt(parser);
    return doc;
}

static void
write_page(ch_page *page, const ch_article *article, const xmlNode *node, const ch_text_pieces *pieces, const ch_signs *signs)
{
    writer w = {.out = &page->text, .pieces = pieces, .map = &page->map, .signs = signs};
    ch_text_clear(&page->text);
    page->map.count = 0;
    write_opening(&w, article, node);
    write_node(&w, node->children, false, 0);
    finish(&w);
}

static void
read_article(ch_page *page, xmlNode *root, const ch_text_pieces *pieces)
{
    ch_article article;
    ch_signs signs = {.names = &page->markup, .paid = page->paid.at, .all = ch_text_bytes(root, SIZE_MAX), .cards = true};
    ch_find_article(&article, &signs, root, page->title.at);
    if (article.best == NULL) { /* a page of teasers alone */
        signs.cards = false;
        ch_find_article(&article, &signs, root, page->title.at);
    }
    if (article.told != NULL)
        write_page(page, &article, article.told, pieces, &signs);
    if (page->text.len < ARTICLE_MIN && article.best != NULL)
        write_page(page, &article, article.best, pieces, &signs);
}

/* The headline stands above the article in the text too: it is read, and spans
 * may point to it. */
static void
put_headline(ch_page *page)
{
    ch_text text = {0};
    if (page->title.len == 0 || page->text.len == 0 || strstr(page->text.at, page->title.at) != NULL)
        return;
    ch_text_add(&text, page->title.at, page->title.len);
    ch_text_puts(&text, "\n\n");
    ch_page_map_shift(&page->map, (uint32_t)text.len);
    ch_text_add(&text, page->text.at, page->text.len);
    ch_text_free(&page->text);
    page->text = text;
}

ch_status
ch_html_read(ch_page *page, ch_str bytes, const char *declared, ch_error *err)
{
    char charset[64];
    ch_arena arena;
    ch_str utf8;
    ch_page_clear(page);
    if (declared == NULL && declared_charset(charset, sizeof charset, bytes))
        declared = charset;
    ch_arena_init(&arena, 0);
    ch_status status = ch_decode(&utf8, bytes, as_the_web_means(declared), &arena, err);
    if (status == CH_OK) {
        ch_text_pieces pieces = {.page = utf8}, *wanted = page->keep_map ? &pieces : NULL;
        htmlDocPtr doc = parse(utf8, wanted);
        xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
        if (root != NULL) {
            ch_read_metadata(page, root);
            read_article(page, root, wanted);
            put_headline(page);
        }
        xmlFreeDoc(doc);
        ch_text_pieces_free(&pieces);
        if (page->text.failed || page->map.failed || pieces.failed)
            status = ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the page");
    }
    ch_arena_free(&arena);
    return status;
}

bool
ch_html_fragment(ch_text *out, ch_text *html)
{
    htmlDocPtr doc = html->len != 0 ? parse((ch_str){html->at, html->len}, NULL) : NULL;
    xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    const ch_markup none = {0};
    const ch_signs signs = {.names = &none, .all = root != NULL ? ch_text_bytes(root, SIZE_MAX) : 0};
    writer w = {.out = out, .whole = true, .signs = &signs};
    if (root != NULL) {
        write_node(&w, root->children, false, 0);
        finish(&w);
    }
    xmlFreeDoc(doc);
    return !out->failed;
}

/* -------------------------------------------------------------- as a source */

/* Bytes of a page: markup, scripts and styles outweigh the article by far. */
#define PAGE_MAX ((size_t)CH_TEXT_MAX)

static ch_status
next_page(chancery_source *s, chancery_input *input, ch_error *err)
{
    if (s->ended)
        return CH_END;
    s->ended = true;
    input->id = ch_source_name(s);
    ch_status status = ch_source_read_all(s, PAGE_MAX, err);
    if (status == CH_OK)
        status = ch_html_read(&s->page, (ch_str){s->bytes.at, s->bytes.len}, NULL, err);
    if (status == CH_OK)
        ch_page_give(&s->page, input);
    return status;
}

const ch_format ch_format_html = {.next = next_page};

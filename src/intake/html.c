/* The article in a page. Its text is found by its shape: paragraphs of words that
 * are no links stand side by side in one element. */
#include "intake/html.h"

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

/* Bytes that make a block a paragraph, and a container that says of itself that
 * it is the article one that is believed. */
#define PARAGRAPH_MIN 25
#define ARTICLE_MIN 200

/* Bytes behind which more text makes a paragraph no better. */
#define PARAGRAPH_FULL 500

/* Elements of which nothing is read. */
static const char *const passed_over[] = {
    "script", "style",  "noscript", "template", "svg",    "nav",   "footer", "aside",  "form",   "button", "iframe",
    "select", "figure", "textarea", "head",     "object", "video", "audio",  "canvas", "dialog", "map",    "figcaption",
};

/* Elements that do not end a paragraph. */
static const char *const inline_elements[] = {
    "a",   "abbr", "b",     "bdi",  "bdo",  "big",    "cite", "code", "data", "del",  "dfn", "em",  "font", "i",  "ins", "kbd", "label",
    "mark", "q",   "rp",    "rt",   "ruby", "s",      "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
};

/* Words that page systems put into the classes and ids of what is no article. */
static const char *const outside_classes[] = {
    "comment", "comments", "disqus_thread", "related", "related-posts", "sidebar", "share", "sharing", "sharedaddy", "social",
    "newsletter", "advertisement", "ad", "ads", "breadcrumb", "breadcrumbs", "caption", "wp-caption-text", "cookie", "menu",
    "navigation", "pagination", "promo", "recommended", "popup", "modal", "hidden", "screen-reader-text", "tags", "author-bio",
    "jp-relatedposts", "comment-list", "comments-area", "respond", "site-footer", "site-header",
};

static const char *const outside_roles[] = {"navigation", "complementary", "banner", "contentinfo", "dialog", "search", "menu"};

#define AMONG(name, list) is_among(name, list, sizeof list / sizeof *list)

static bool
is_among(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(name, list[i]) == 0)
            return true;
    return false;
}

/* Whether one of the words of an attribute is in the list. */
static bool
has_one_of(xmlNode *node, const char *attribute, const char *const *list, size_t count)
{
    char *value = ch_attribute(node, attribute), *rest = NULL;
    bool found = false;
    for (char *word = value != NULL ? strtok_r(value, " \t\r\n", &rest) : NULL; word != NULL && !found;
         word = strtok_r(NULL, " \t\r\n", &rest))
        found = is_among(word, list, count);
    xmlFree(value);
    return found;
}

static bool
is_hidden(xmlNode *node)
{
    char *style = ch_attribute(node, "style"), *hidden = ch_attribute(node, "hidden");
    bool is = hidden != NULL || ch_has_word(node, "aria-hidden", "true");
    if (style != NULL) {
        const char *display = strcasestr(style, "display:");
        is = is || (display != NULL && strncasecmp(display + 8 + strspn(display + 8, " "), "none", 4) == 0);
    }
    xmlFree(style);
    xmlFree(hidden);
    return is;
}

static bool
is_outside(xmlNode *node)
{
    if (AMONG((const char *)node->name, passed_over))
        return true;
    if (node->properties == NULL || ch_is_element(node, "body") || ch_is_element(node, "html"))
        return false;
    return is_hidden(node) || has_one_of(node, "role", outside_roles, sizeof outside_roles / sizeof *outside_roles) ||
           has_one_of(node, "class", outside_classes, sizeof outside_classes / sizeof *outside_classes) ||
           has_one_of(node, "id", outside_classes, sizeof outside_classes / sizeof *outside_classes);
}

/* ------------------------------------------------------- finding the article */

/* The best container so far. Scores lie in the nodes' _private, as numbers. */
typedef struct {
    xmlNode *best;
    uintptr_t best_score;
    xmlNode *told; /* says of itself that it is the article's body */
} choice;

static uintptr_t
score_of(const xmlNode *node)
{
    return (uintptr_t)node->_private;
}

static void
add_score(choice *c, xmlNode *node, uintptr_t score)
{
    if (node == NULL || node->type != XML_ELEMENT_NODE)
        return;
    node->_private = (void *)(score_of(node) + score); // NOLINT(performance-no-int-to-ptr)
    if (score_of(node) > c->best_score) {
        c->best = node;
        c->best_score = score_of(node);
    }
}

/* Bytes of text below `node`, and of them those in links. */
static void
measure(xmlNode *node, bool in_link, size_t *all, size_t *linked, int depth)
{
    for (xmlNode *n = node->children; n != NULL && depth <= CH_MARKUP_DEPTH_MAX; n = n->next) {
        if (n->type == XML_TEXT_NODE && n->content != NULL) {
            for (const char *s = (const char *)n->content; *s != '\0'; s++)
                if (!isspace((unsigned char)*s)) {
                    *all += 1;
                    *linked += in_link;
                }
        } else if (n->type == XML_ELEMENT_NODE && AMONG((const char *)n->name, inline_elements))
            measure(n, in_link || ch_is_element(n, "a"), all, linked, depth + 1);
    }
}

/* Each element that has text of its own is a paragraph; it speaks for what it
 * stands in, and half as much for what that stands in. */
static void
weigh(choice *c, xmlNode *node, int depth)
{
    for (; node != NULL && depth <= CH_MARKUP_DEPTH_MAX; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || is_outside(node) || AMONG((const char *)node->name, inline_elements))
            continue;
        size_t all = 0, linked = 0;
        measure(node, false, &all, &linked, depth);
        if (all >= PARAGRAPH_MIN && linked * 2 < all) {
            size_t own = all - linked;
            uintptr_t score = 100 + (own < PARAGRAPH_FULL ? own : PARAGRAPH_FULL);
            bool paragraph = ch_is_element(node, "p") || ch_is_element(node, "blockquote") || ch_is_element(node, "pre");
            xmlNode *holder = paragraph ? node->parent : node;
            add_score(c, holder, score);
            if (holder != NULL && holder->parent != NULL) {
                add_score(c, holder->parent, score / 2);
                add_score(c, holder->parent->parent, score / 4);
            }
        }
        if (c->told == NULL && node->properties != NULL && ch_has_word(node, "itemprop", "articleBody"))
            c->told = node;
        weigh(c, node->children, depth + 1);
    }
}

/* ------------------------------------------------------------ writing it out */

typedef struct {
    ch_text *out;
    ch_text block;  /* the paragraph being read */
    size_t linked;  /* of it in links */
    bool whole;     /* a fragment: links are no sign */
    const ch_text_pieces *pieces; /* NULL: no map is wanted */
    uint32_t piece;               /* the last one that was looked up */
    ch_page_map block_map, *map;  /* of `block` and of `out` */
} writer;

static bool
is_heading(const xmlNode *node)
{
    const char *name = (const char *)node->name;
    return (name[0] == 'h' || name[0] == 'H') && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

static void
end_block(writer *w, bool heading)
{
    ch_text *b = &w->block;
    while (b->len != 0 && isspace((unsigned char)b->at[b->len - 1]))
        b->at[--b->len] = '\0';
    bool links = !w->whole && !heading && w->linked * 2 > b->len && w->linked < ARTICLE_MIN * 2;
    if (b->len != 0 && !links) {
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

/* U+00A0 is a space too; a soft hyphen is nothing. */
static void
add_text(writer *w, const xmlNode *node, bool in_link)
{
    const char *text = (const char *)node->content;
    ch_text *b = &w->block;
    for (size_t at = 0, n = 1; text[at] != '\0'; at += n) {
        n = strncmp(text + at, "\xC2\xA0", 2) == 0 || strncmp(text + at, "\xC2\xAD", 2) == 0 ? 2 : 1;
        bool space = isspace((unsigned char)text[at]) || (n == 2 && text[at + 1] == '\xA0');
        if (space ? b->len == 0 || b->at[b->len - 1] == ' ' || b->at[b->len - 1] == '\n' : n == 2)
            continue;
        note_place(w, node, at, n);
        ch_text_putc(b, space ? ' ' : text[at]);
        w->linked += !space && in_link;
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
        if (node->type != XML_ELEMENT_NODE || is_outside(node))
            continue;
        if (ch_is_element(node, "br")) {
            add_break(w);
            continue;
        }
        bool block = !AMONG((const char *)node->name, inline_elements);
        if (block)
            end_block(w, false);
        write_node(w, node->children, in_link || ch_is_element(node, "a"), depth + 1);
        if (block)
            end_block(w, is_heading(node));
    }
}

static void
write_article(writer *w, const xmlNode *node)
{
    write_node(w, node->children, false, 0);
    end_block(w, false);
    ch_text_free(&w->block);
    ch_page_map_free(&w->block_map);
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

/* By the standard of the web Latin-1 is Windows-1252. */
static const char *
as_the_web_means(const char *charset)
{
    static const char *const latin[] = {"iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"};
    return charset != NULL && AMONG(charset, latin) ? "WINDOWS-1252" : charset;
}

/* `pieces` may be NULL. */
static htmlDocPtr
parse(ch_str utf8, ch_text_pieces *pieces)
{
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
write_page(ch_page *page, const xmlNode *node, const ch_text_pieces *pieces)
{
    writer w = {.out = &page->text, .pieces = pieces, .map = &page->map};
    ch_text_clear(&page->text);
    page->map.count = 0;
    write_article(&w, node);
}

static void
read_article(ch_page *page, xmlNode *root, const ch_text_pieces *pieces)
{
    choice c = {0};
    weigh(&c, root, 0);
    if (c.told != NULL)
        write_page(page, c.told, pieces);
    if (page->text.len < ARTICLE_MIN && c.best != NULL)
        write_page(page, c.best, pieces);
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
ch_html_fragment(ch_text *out, ch_str html)
{
    htmlDocPtr doc = html.len != 0 ? parse(html, NULL) : NULL;
    xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
    writer w = {.out = out, .whole = true};
    if (root != NULL)
        write_article(&w, root);
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

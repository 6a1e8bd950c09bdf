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

/* Words that page systems put into the classes and ids of what is no article, also
 * among others: "c-newsletter-signup", "authorBox", "amp-ad". */
static const char *const outside_words[] = {
    "ad", "ads", "advert", "advertisement", "author-bio", "author-box", "author-card", "breadcrumb", "breadcrumbs", "caption",
    "comment", "comments", "consent", "cookie", "cookies", "disqus", "jp-relatedposts", "menu", "modal", "newsletter", "overlay",
    "pagination", "paywall", "popup", "promo", "recommendations", "recommended", "related", "screen-reader-text", "share",
    "sharedaddy", "sharing", "sidebar", "signup", "site-footer", "site-header", "social", "sponsored", "subscribe", "subscription",
};

/* The same as the whole of a class. */
static const char *const outside_classes[] = {"hidden", "navigation", "respond", "tags"};

/* Behind these a word says what the element has, or what it is about. */
static const char *const before_other[] = {"has", "with", "no", "not", "without", "hide", "show", "is", "category", "cat", "tag", "topic"};

/* An element with more than this part of the page's text, in percent, is not
 * outside of the article because of a word in its class. */
#define OUTSIDE_MOST 40

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

/* The next word of a class at *at, in small letters: "c-newsletterBox__item" has
 * four. Empty at the end. */
static void
next_word(char *out, size_t room, const char **at)
{
    const char *s = *at;
    size_t n = 0;
    while (*s != '\0' && !isalnum((unsigned char)*s))
        s++;
    for (; isalnum((unsigned char)*s); s++) {
        if (n != 0 && isupper((unsigned char)*s) && islower((unsigned char)s[-1]))
            break;
        if (n + 1 < room)
            out[n++] = (char)tolower((unsigned char)*s);
    }
    out[n] = '\0';
    *at = s;
}

/* Whether one of outside_words stands among the words of a class, none of
 * before_other before it. */
static bool
has_outside_word(const char *class)
{
    char two[2][32] = {"", ""}, pair[66];
    bool of_other = false;
    for (const char *at = class;;) {
        next_word(two[1], sizeof two[1], &at);
        if (two[1][0] == '\0')
            return false;
        snprintf(pair, sizeof pair, "%s-%s", two[0], two[1]);
        if (!of_other && (AMONG(two[1], outside_words) || AMONG(pair, outside_words)))
            return true;
        of_other = AMONG(two[1], before_other);
        memcpy(two[0], two[1], sizeof two[0]);
    }
}

static bool
says_outside(xmlNode *node)
{
    static const char *const attributes[] = {"class", "id"};
    bool found = has_outside_word((const char *)node->name);
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes && !found; i++) {
        char *value = ch_attribute(node, attributes[i]), *rest = NULL;
        for (char *class = value != NULL ? strtok_r(value, " \t\r\n", &rest) : NULL; class != NULL && !found;
             class = strtok_r(NULL, " \t\r\n", &rest))
            found = AMONG(class, outside_classes) || has_outside_word(class);
        xmlFree(value);
    }
    return found;
}

/* Bytes of text below `node`, counted up to `most`. */
static size_t
text_below(const xmlNode *node, size_t most, int depth)
{
    size_t bytes = 0;
    for (const xmlNode *n = node->children; n != NULL && bytes < most && depth <= CH_MARKUP_DEPTH_MAX; n = n->next)
        if (n->type == XML_TEXT_NODE && n->content != NULL)
            bytes += strlen((const char *)n->content);
        else if (n->type == XML_ELEMENT_NODE && !AMONG((const char *)n->name, passed_over))
            bytes += text_below(n, most - bytes, depth + 1);
    return bytes;
}

/* `all` is the bytes of the page's text. */
static bool
is_outside(xmlNode *node, size_t all)
{
    if (AMONG((const char *)node->name, passed_over))
        return true;
    if (ch_is_element(node, "body") || ch_is_element(node, "html"))
        return false;
    if (is_hidden(node) || has_one_of(node, "role", outside_roles, sizeof outside_roles / sizeof *outside_roles))
        return true;
    if (ch_is_element(node, "article") || ch_is_element(node, "main") || !says_outside(node))
        return false;
    size_t most = all / 100 * OUTSIDE_MOST;
    return most == 0 || text_below(node, most + 1, 0) <= most;
}

/* ------------------------------------------------------- finding the article */

/* The best container so far. Scores lie in the nodes' _private, as numbers. */
typedef struct {
    xmlNode *best;
    uintptr_t best_score;
    xmlNode *told; /* says of itself that it is the article's body */
    size_t all;    /* bytes of the page's text */
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

/* Bytes of `node`'s own text less links; 0 where that is no paragraph. */
static size_t
paragraph_bytes(xmlNode *node)
{
    size_t all = 0, linked = 0;
    measure(node, false, &all, &linked, 0);
    return all >= PARAGRAPH_MIN && linked * 2 < all ? all - linked : 0;
}

/* Each element that has text of its own is a paragraph; it speaks for what it
 * stands in, and half as much for what that stands in. */
static void
weigh(choice *c, xmlNode *node, int depth)
{
    for (; node != NULL && depth <= CH_MARKUP_DEPTH_MAX; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || is_outside(node, c->all) || AMONG((const char *)node->name, inline_elements))
            continue;
        size_t own = paragraph_bytes(node);
        if (own != 0) {
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

/* Paragraphs below `node`, and itself, counted up to `most`. */
static int
paragraphs_below(const choice *c, xmlNode *node, int most, int depth)
{
    int count = paragraph_bytes(node) != 0;
    for (xmlNode *n = node->children; n != NULL && count < most && depth <= CH_MARKUP_DEPTH_MAX; n = n->next)
        if (n->type == XML_ELEMENT_NODE && !AMONG((const char *)n->name, inline_elements) && !is_outside(n, c->all))
            count += paragraphs_below(c, n, most - count, depth + 1);
    return count;
}

static bool
is_alike(xmlNode *a, xmlNode *b)
{
    if (strcmp((const char *)a->name, (const char *)b->name) != 0)
        return false;
    char *ours = ch_attribute(a, "class"), *theirs = ch_attribute(b, "class");
    bool alike = ours == NULL || theirs == NULL ? ours == theirs : strcmp(ours, theirs) == 0;
    xmlFree(ours);
    xmlFree(theirs);
    return alike;
}

/* Most paragraphs of a block that a page repeats, levels of elements around one,
 * and the fewest others like it. */
#define BLOCK_PARAGRAPHS_MAX 3
#define BLOCK_LEVELS_MAX 6
#define BLOCKS_MIN 2

/* Whether an article is put together of blocks like this one: each paragraph in
 * elements of its own, the posts of a live blog. */
static bool
is_block(const choice *c, xmlNode *node)
{
    int alike = 0;
    if (paragraphs_below(c, node, BLOCK_PARAGRAPHS_MAX + 1, 0) > BLOCK_PARAGRAPHS_MAX)
        return false;
    for (xmlNode *n = node->parent->children; n != NULL && alike < BLOCKS_MIN; n = n->next)
        alike += n != node && n->type == XML_ELEMENT_NODE && is_alike(n, node) && !is_outside(n, c->all) &&
                 paragraphs_below(c, n, 1, 0) != 0;
    return alike >= BLOCKS_MIN;
}

/* What holds the blocks of which the best container is one; or that itself. */
static xmlNode *
holder_of_blocks(const choice *c)
{
    xmlNode *node = c->best;
    for (int level = 0; level < BLOCK_LEVELS_MAX && node->parent != NULL && node->parent->type == XML_ELEMENT_NODE; level++) {
        if (is_block(c, node))
            return node->parent;
        node = node->parent;
    }
    return c->best;
}

/* ------------------------------------------------------------ writing it out */

typedef struct {
    ch_text *out;
    ch_text block;  /* the paragraph being read */
    size_t linked;  /* of it in links */
    bool last_linked; /* the last character of it */
    bool whole;     /* a fragment: links are no sign */
    size_t all;     /* bytes of the page's text */
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
        if (node->type != XML_ELEMENT_NODE || is_outside(node, w->all))
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
write_page(ch_page *page, const xmlNode *node, const ch_text_pieces *pieces, size_t all)
{
    writer w = {.out = &page->text, .pieces = pieces, .map = &page->map, .all = all};
    ch_text_clear(&page->text);
    page->map.count = 0;
    write_article(&w, node);
}

static void
read_article(ch_page *page, xmlNode *root, const ch_text_pieces *pieces)
{
    choice c = {.all = text_below(root, SIZE_MAX, 0)};
    weigh(&c, root, 0);
    if (c.told != NULL)
        write_page(page, c.told, pieces, c.all);
    if (page->text.len < ARTICLE_MIN && c.best != NULL)
        write_page(page, holder_of_blocks(&c), pieces, c.all);
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

/* RSS (0.9 to 2.0) and Atom: an item a document. */
#include "intake/html.h"
#include "intake/metadata.h"
#include "intake/source.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Bytes of one feed; the largest that news sites give have a few hundred items. */
#define FEED_MAX ((size_t)8 * CH_TEXT_MAX)

typedef struct {
    xmlDocPtr doc;
    xmlNode *next; /* the item to be given next */
} state;

static bool
is_item(const xmlNode *node)
{
    return ch_is_element(node, "item") || ch_is_element(node, "entry");
}

/* The first item behind `node`, in the order of the file; `node` itself counts
 * when `here`. Items stand in the root or in a channel. */
static xmlNode *
find_item(xmlNode *node, bool here, int depth)
{
    for (xmlNode *n = here ? node : node->next; n != NULL && depth < 4; n = n->next) {
        if (is_item(n))
            return n;
        xmlNode *below = n->type == XML_ELEMENT_NODE && n->children != NULL ? find_item(n->children, true, depth + 1) : NULL;
        if (below != NULL)
            return below;
    }
    return NULL;
}

/* Entities of the document's own are not declared: in attributes the parser puts
 * them in, and they swell without end. */
static xmlDocPtr
parse(ch_str bytes)
{
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (parser == NULL)
        return NULL;
    parser->sax->entityDecl = NULL;
    xmlDocPtr doc = xmlCtxtReadMemory(parser, bytes.at, (int)bytes.len, NULL, NULL,
                                      XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
    xmlFreeParserCtxt(parser);
    return doc;
}

static ch_status
open_feed(chancery_source *s, ch_error *err)
{
    state *f = calloc(1, sizeof *f);
    s->state = f;
    if (f == NULL)
        return ch_fail(err, CH_E_NOMEM, ch_source_name(s), 0, "not enough memory to open it");
    ch_status status = ch_source_read_all(s, FEED_MAX, err);
    if (status != CH_OK)
        return status;
    f->doc = parse((ch_str){s->bytes.at, s->bytes.len});
    xmlNode *root = f->doc != NULL ? xmlDocGetRootElement(f->doc) : NULL;
    if (root == NULL)
        return ch_fail(err, CH_E_FORMAT, ch_source_name(s), 0, "is no XML; give a feed of RSS or Atom");
    f->next = root->children != NULL ? find_item(root->children, true, 0) : NULL;
    return CH_OK;
}

static void
close_feed(chancery_source *s)
{
    state *f = s->state;
    if (f != NULL)
        xmlFreeDoc(f->doc);
    free(f);
}

static xmlNode *
child(const xmlNode *node, const char *name)
{
    for (xmlNode *n = node->children; n != NULL; n = n->next)
        /* "media:content" is a picture, not the text */
        if (ch_is_element(n, name) && !(n->ns != NULL && n->ns->prefix != NULL && strcmp((const char *)n->ns->prefix, "media") == 0))
            return n;
    return NULL;
}

/* The first of these children that has text. */
static void
take(ch_text *out, const xmlNode *item, const char *const *names)
{
    for (; *names != NULL && out->len == 0; names++) {
        const xmlNode *found = child(item, *names);
        if (found != NULL)
            ch_text_below(out, found, 0);
    }
}

/* What stands in an element as HTML: escaped, in CDATA or, in Atom, as markup. */
static void
take_html(ch_text *out, const xmlNode *item, const char *const *names)
{
    ch_text html = {0};
    for (; *names != NULL && out->len == 0; names++) {
        const xmlNode *found = child(item, *names);
        if (found == NULL)
            continue;
        ch_text_clear(&html);
        for (const xmlNode *n = found->children; n != NULL; n = n->next)
            if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
                ch_text_puts(&html, (const char *)n->content);
            else if (n->type == XML_ELEMENT_NODE)
                ch_text_below(&html, n, 0);
        if (html.len != 0)
            ch_html_fragment(out, &html);
    }
    ch_text_free(&html);
}

static void
take_link(ch_text *out, const xmlNode *item)
{
    for (xmlNode *n = item->children; n != NULL && out->len == 0; n = n->next) {
        if (!ch_is_element(n, "link") || ch_has_word(n, "rel", "self") || ch_has_word(n, "rel", "enclosure"))
            continue;
        char *href = ch_attribute(n, "href");
        if (href != NULL)
            ch_text_puts(out, href);
        else
            ch_text_below(out, n, 0);
        xmlFree(href);
    }
}

static void
take_date(ch_text *out, const xmlNode *item)
{
    static const char *const names[] = {"pubDate", "published", "issued", "date", "updated", NULL};
    ch_text raw = {0};
    take(&raw, item, names);
    if (raw.len != 0)
        ch_page_date(out, raw.at);
    ch_text_free(&raw);
}

static void
put_title(ch_page *page)
{
    ch_text text = {0};
    if (page->title.len == 0)
        return;
    ch_text_add(&text, page->title.at, page->title.len);
    if (page->text.len != 0) {
        ch_text_puts(&text, "\n\n");
        ch_text_add(&text, page->text.at, page->text.len);
    }
    ch_text_free(&page->text);
    page->text = text;
}

static ch_status
next_item(chancery_source *s, chancery_input *input, ch_error *err)
{
    static const char *const texts[] = {"encoded", "content", "description", "summary", NULL};
    static const char *const titles[] = {"title", NULL}, *const ids[] = {"guid", "id", NULL};
    static const char *const writers[] = {"creator", "author", NULL}, *const languages[] = {"language", NULL};
    state *f = s->state;
    const xmlNode *item = f->next;
    if (item == NULL)
        return CH_END;
    f->next = find_item(f->next, false, 0);
    s->count++;
    ch_page_clear(&s->page);
    ch_text_clear(&s->id);
    take_html(&s->page.text, item, texts);
    take_html(&s->page.title, item, titles);
    take(&s->page.byline, item, writers);
    take(&s->page.language, item, languages);
    take_link(&s->page.url, item);
    take_date(&s->page.date, item);
    take(&s->id, item, ids);
    put_title(&s->page);
    ch_page_give(&s->page, input);
    input->id = s->id.len != 0 ? s->id.at : input->url != NULL ? input->url : ch_source_number(s);
    if (s->page.text.failed)
        return ch_fail(err, CH_E_NOMEM, ch_source_name(s), 0, "not enough memory to read it");
    return CH_OK;
}

const ch_format ch_format_feed = {.open = open_feed, .next = next_item, .close = close_feed};

#include "intake/metadata.h"

#include <ctype.h>
#include <json-c/json.h>
#include <string.h>
#include <strings.h>

/* Objects within objects in JSON-LD. */
#define JSON_DEPTH_MAX 16

/* Title and authors stay under this many bytes; longer ones are not what they
 * say they are. */
#define FIELD_MAX 1000

bool
ch_is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

char *
ch_attribute(xmlNode *node, const char *name)
{
    return (char *)xmlGetNoNsProp(node, (const xmlChar *)name);
}

bool
ch_has_word(xmlNode *node, const char *attribute, const char *word)
{
    char *value = ch_attribute(node, attribute);
    size_t len = strlen(word);
    bool found = false;
    for (const char *at = value; at != NULL && *at != '\0' && !found;) {
        size_t n = strcspn(at, " \t\r\n");
        found = n == len && strncasecmp(at, word, len) == 0;
        at += n;
        at += strspn(at, " \t\r\n");
    }
    xmlFree(value);
    return found;
}

static void
add_collapsed(ch_text *out, const char *s)
{
    for (; *s != '\0'; s++) {
        bool space = isspace((unsigned char)*s);
        if (!space)
            ch_text_putc(out, *s);
        else if (out->len != 0 && out->at[out->len - 1] != ' ')
            ch_text_putc(out, ' ');
    }
}

void
ch_text_below(ch_text *out, const xmlNode *node, int depth)
{
    if (depth > CH_MARKUP_DEPTH_MAX)
        return;
    for (const xmlNode *n = node->children; n != NULL; n = n->next) {
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content != NULL)
            add_collapsed(out, (const char *)n->content);
        else if (n->type == XML_ELEMENT_NODE)
            ch_text_below(out, n, depth + 1);
    }
}

/* Sets a field that is still empty. */
static void
set(ch_text *field, const char *value)
{
    if (value == NULL || field->len != 0 || strlen(value) > FIELD_MAX)
        return;
    while (isspace((unsigned char)*value))
        value++;
    add_collapsed(field, value);
    while (field->len != 0 && field->at[field->len - 1] == ' ')
        field->at[--field->len] = '\0';
}

static void
set_date(ch_text *field, const char *value)
{
    if (value != NULL && field->len == 0)
        ch_page_date(field, value);
}

/* ------------------------------------------------------------------- JSON-LD */

static const char *
string_of(json_object *object, const char *name)
{
    json_object *value;
    if (!json_object_object_get_ex(object, name, &value))
        return NULL;
    if (json_object_is_type(value, json_type_array) && json_object_array_length(value) != 0)
        value = json_object_array_get_idx(value, 0);
    if (json_object_is_type(value, json_type_object) && !json_object_object_get_ex(value, "@id", &value))
        return NULL;
    return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : NULL;
}

static bool
type_ends_in_article(json_object *type)
{
    const char *s = json_object_get_string(type);
    size_t len = s != NULL ? strlen(s) : 0;
    return (len >= 7 && strcmp(s + len - 7, "Article") == 0) || (len >= 7 && strcmp(s + len - 7, "Posting") == 0);
}

static bool
is_article(json_object *object)
{
    json_object *type;
    if (!json_object_object_get_ex(object, "@type", &type))
        return false;
    if (!json_object_is_type(type, json_type_array))
        return type_ends_in_article(type);
    for (size_t i = 0; i < json_object_array_length(type); i++)
        if (type_ends_in_article(json_object_array_get_idx(type, i)))
            return true;
    return false;
}

static void
add_author(ch_text *byline, json_object *author)
{
    const char *name = json_object_is_type(author, json_type_object) ? string_of(author, "name")
                       : json_object_is_type(author, json_type_string) ? json_object_get_string(author)
                                                                        : NULL;
    if (name == NULL || name[0] == '\0' || byline->len + strlen(name) > FIELD_MAX)
        return;
    if (byline->len != 0)
        ch_text_puts(byline, "; ");
    add_collapsed(byline, name);
}

static void
take_authors(ch_page *page, json_object *article)
{
    json_object *author;
    if (page->byline.len != 0 || !json_object_object_get_ex(article, "author", &author))
        return;
    if (!json_object_is_type(author, json_type_array)) {
        add_author(&page->byline, author);
        return;
    }
    for (size_t i = 0; i < json_object_array_length(author); i++)
        add_author(&page->byline, json_object_array_get_idx(author, i));
}

/* The first article in the object, in its "@graph" or among its members. */
static void
take_json(ch_page *page, json_object *value, int depth)
{
    if (depth > JSON_DEPTH_MAX)
        return;
    if (json_object_is_type(value, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(value); i++)
            take_json(page, json_object_array_get_idx(value, i), depth + 1);
        return;
    }
    if (!json_object_is_type(value, json_type_object))
        return;
    if (is_article(value)) {
        set(&page->title, string_of(value, "headline"));
        set_date(&page->date, string_of(value, "datePublished"));
        set(&page->language, string_of(value, "inLanguage"));
        const char *url = string_of(value, "url");
        set(&page->url, url != NULL ? url : string_of(value, "mainEntityOfPage"));
        take_authors(page, value);
        return;
    }
    json_object *graph;
    if (json_object_object_get_ex(value, "@graph", &graph))
        take_json(page, graph, depth + 1);
}

static void
take_script(ch_page *page, xmlNode *node)
{
    ch_text text = {0};
    if (!ch_has_word(node, "type", "application/ld+json"))
        return;
    for (const xmlNode *n = node->children; n != NULL; n = n->next)
        if (n->content != NULL)
            ch_text_puts(&text, (const char *)n->content);
    json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MAX * 2);
    if (tokener != NULL && text.at != NULL && !text.failed) {
        json_object *value = json_tokener_parse_ex(tokener, text.at, (int)text.len);
        take_json(page, value, 0);
        json_object_put(value);
    }
    if (tokener != NULL)
        json_tokener_free(tokener);
    ch_text_free(&text);
}

/* ----------------------------------------------------------- meta and the rest */

typedef enum { TITLE, URL, LANGUAGE, DATE, BYLINE } meta_field;

static const struct {
    const char *name; /* of a meta element: its "property", "name" or "itemprop" */
    meta_field field;
} metas[] = {
    {"og:title", TITLE},
    {"twitter:title", TITLE},
    {"dc.title", TITLE},
    {"headline", TITLE},
    {"og:url", URL},
    {"article:published_time", DATE},
    {"og:article:published_time", DATE},
    {"datePublished", DATE},
    {"parsely-pub-date", DATE},
    {"sailthru.date", DATE},
    {"dc.date.issued", DATE},
    {"dcterms.created", DATE},
    {"dc.date", DATE},
    {"cXenseParse:recs:publishtime", DATE},
    {"publishdate", DATE},
    {"publish-date", DATE},
    {"pubdate", DATE},
    {"date", DATE},
    {"parsely-author", BYLINE},
    {"sailthru.author", BYLINE},
    {"dc.creator", BYLINE},
    {"author", BYLINE},
    {"og:locale", LANGUAGE},
    {"dc.language", LANGUAGE},
};
#define META_COUNT (sizeof metas / sizeof *metas)

static ch_text *
field_of(ch_page *page, meta_field field)
{
    switch (field) {
    case TITLE:
        return &page->title;
    case URL:
        return &page->url;
    case LANGUAGE:
        return &page->language;
    case DATE:
        return &page->date;
    default:
        return &page->byline;
    }
}

/* What the elements of the page say, by the place of their name in `metas`, so
 * that the better one wins wherever it stands; and what stands behind those. */
typedef struct {
    char *values[META_COUNT];
    char *canonical, *language, *time, *heading, *title, *site, *writer;
} findings;

static void
keep(char **slot, char *value)
{
    if (*slot == NULL)
        *slot = value;
    else
        xmlFree(value);
}

static void
take_meta(findings *f, xmlNode *node)
{
    static const char *const attributes[] = {"property", "name", "itemprop"};
    for (size_t a = 0; a < sizeof attributes / sizeof *attributes; a++) {
        char *name = ch_attribute(node, attributes[a]);
        for (size_t i = 0; name != NULL && i < META_COUNT; i++)
            if (strcasecmp(name, metas[i].name) == 0)
                keep(&f->values[i], ch_attribute(node, "content"));
        if (name != NULL && strcasecmp(name, "og:site_name") == 0)
            keep(&f->site, ch_attribute(node, "content"));
        xmlFree(name);
    }
}

static char *
text_of(const xmlNode *node)
{
    ch_text text = {0};
    ch_text_below(&text, node, 0);
    char *copy = text.len != 0 && !text.failed ? (char *)xmlStrdup((const xmlChar *)text.at) : NULL;
    ch_text_free(&text);
    return copy;
}

static void
take_element(findings *f, ch_page *page, xmlNode *node)
{
    if (ch_is_element(node, "meta"))
        take_meta(f, node);
    else if (ch_is_element(node, "script"))
        take_script(page, node);
    else if (ch_is_element(node, "link") && ch_has_word(node, "rel", "canonical"))
        keep(&f->canonical, ch_attribute(node, "href"));
    else if (ch_is_element(node, "html"))
        keep(&f->language, ch_attribute(node, "lang"));
    else if (ch_is_element(node, "time") && f->time == NULL)
        f->time = ch_attribute(node, "datetime");
    else if (ch_is_element(node, "h1") && f->heading == NULL)
        f->heading = text_of(node);
    else if (ch_is_element(node, "title") && f->title == NULL)
        f->title = text_of(node);
    else if (f->writer == NULL && node->properties != NULL && (ch_has_word(node, "itemprop", "author") || ch_has_word(node, "rel", "author")))
        f->writer = text_of(node);
}

static void
walk(findings *f, ch_page *page, xmlNode *node, int depth)
{
    for (; node != NULL && depth <= CH_MARKUP_DEPTH_MAX; node = node->next)
        if (node->type == XML_ELEMENT_NODE) {
            take_element(f, page, node);
            walk(f, page, node->children, depth + 1);
        }
}

/* "en_GB" is "en-GB" in BCP 47. */
static void
mend_language(ch_text *language)
{
    for (size_t i = 0; i < language->len; i++)
        if (language->at[i] == '_')
            language->at[i] = '-';
}

/* Whether only a bar or a dash, with white space around it, parts `at` from the
 * rest of the title; *len is how long that is. */
static bool
is_bar(const char *at, size_t *len)
{
    static const char *const bars[] = {"|", "-", ":", "\xC2\xB7", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xBB"};
    size_t before = strspn(at, " ");
    for (size_t i = 0; before != 0 && i < sizeof bars / sizeof *bars; i++)
        if (strncmp(at + before, bars[i], strlen(bars[i])) == 0 && at[before + strlen(bars[i])] == ' ') {
            *len = before + strlen(bars[i]) + 1;
            return true;
        }
    return false;
}

/* "Headline | The Paper": the paper is no part of the headline, where the page
 * gives either alone. */
static void
cut_site(ch_text *title, const findings *f)
{
    size_t bar, heading = f->heading != NULL ? strlen(f->heading) : 0;
    if (heading != 0 && strncmp(title->len != 0 ? title->at : "", f->heading, heading) == 0 && is_bar(title->at + heading, &bar)) {
        title->at[title->len = heading] = '\0';
        return;
    }
    for (size_t at = 1; f->site != NULL && at < title->len; at++)
        if (is_bar(title->at + at, &bar) && strcasecmp(title->at + at + bar, f->site) == 0) {
            title->at[title->len = at] = '\0';
            return;
        }
}

void
ch_read_metadata(ch_page *page, xmlNode *root)
{
    findings f = {0};
    walk(&f, page, root, 0);
    for (size_t i = 0; i < META_COUNT; i++) {
        if (metas[i].field == DATE)
            set_date(&page->date, f.values[i]);
        else
            set(field_of(page, metas[i].field), f.values[i]);
        xmlFree(f.values[i]);
    }
    set(&page->url, f.canonical);
    set(&page->language, f.language);
    set_date(&page->date, f.time);
    set(&page->title, f.heading);
    set(&page->title, f.title);
    set(&page->byline, f.writer);
    cut_site(&page->title, &f);
    mend_language(&page->language);
    xmlFree(f.canonical);
    xmlFree(f.language);
    xmlFree(f.time);
    xmlFree(f.heading);
    xmlFree(f.title);
    xmlFree(f.site);
    xmlFree(f.writer);
}

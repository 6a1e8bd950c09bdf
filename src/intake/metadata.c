#include "intake/metadata.h"

#include "intake/html.h"

#include <ctype.h>
#include <json-c/json.h>
#include <string.h>
#include <strings.h>

/* Objects within objects in JSON-LD. */
#define JSON_DEPTH_MAX 16

/* Title and authors stay under this many bytes; longer ones are not what they
 * say they are. */
#define FIELD_MAX 1000

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

/* The same of a text in which systems leave references of HTML ("&#8217;"). */
static void
set_text(ch_text *field, const char *value)
{
    ch_text html = {0}, plain = {0};
    if (value == NULL || field->len != 0 || strlen(value) > FIELD_MAX)
        return;
    if (strchr(value, '&') == NULL && strchr(value, '<') == NULL) {
        set(field, value);
        return;
    }
    ch_text_puts(&html, value);
    if (ch_html_fragment(&plain, &html))
        set(field, plain.at);
    ch_text_free(&html);
    ch_text_free(&plain);
}

/* A tag as "en", "en-GB" or "en_GB"; words for a language are none. */
static void
set_language(ch_text *field, const char *value)
{
    size_t len = value != NULL ? strcspn(value, "-_") : 0;
    bool tag = len == 2 || len == 3;
    for (size_t i = 0; i < len; i++)
        tag = tag && isalpha((unsigned char)value[i]);
    if (tag)
        set(field, value);
}

static void
set_date(ch_text *field, const char *value)
{
    if (value != NULL && field->len == 0)
        ch_page_date(field, value);
}

/* -------------------------------------------------------------------- writers */

/* Most words of a name, of which each has a capital or is short ("de"). */
#define NAME_WORDS_MAX 4

static bool
is_name(const char *s, size_t len)
{
    size_t words = 0, capitals = 0;
    for (size_t at = 0; at < len;) {
        size_t n = 0;
        while (at + n < len && s[at + n] != ' ')
            n++;
        bool capital = isupper((unsigned char)s[at]) || (unsigned char)s[at] >= 0x80;
        if (n != 0 && !capital && n > 3)
            return false;
        words += n != 0;
        capitals += n != 0 && capital;
        at += n + 1;
    }
    return words >= 2 && words <= NAME_WORDS_MAX && capitals >= 2;
}

/* The value behind "By " or the like, as the lexicon knows it. */
static const char *
behind_credit(const ch_markup *names, const char *value)
{
    char lower[2][16] = {"", ""};
    size_t n[2] = {0, 0}, at = 0;
    for (int i = 0; i < 2; i++) {
        while (n[i] + 1 < sizeof lower[i] && isalpha((unsigned char)value[at])) {
            lower[i][n[i]++] = (char)tolower((unsigned char)value[at]);
            at++;
        }
        if (value[at] != ' ' && value[at] != ':')
            break;
        uint32_t first = ch_markup_word(names, lower[0], n[0]), second = i == 1 ? ch_markup_word(names, lower[1], n[1]) : 0;
        at += strspn(value + at, ": ");
        if (ch_markup_is(names, CH_MARKUP_CREDIT, first, second))
            return value + at;
    }
    return value;
}

/* Adds a name; an address is none. */
static void
add_writer(ch_text *byline, const ch_markup *names, const char *name, size_t len)
{
    char one[FIELD_MAX + 1];
    while (len != 0 && isspace((unsigned char)*name)) {
        name++;
        len--;
    }
    while (len != 0 && isspace((unsigned char)name[len - 1]))
        len--;
    if (name == NULL || len == 0 || byline->len + len + 2 > FIELD_MAX || memmem(name, len, "://", 3) != NULL)
        return;
    memcpy(one, name, len);
    one[len] = '\0';
    const char *plain = behind_credit(names, one);
    if (plain[0] == '\0' || (byline->at != NULL && strstr(byline->at, plain) != NULL))
        return;
    if (byline->len != 0)
        ch_text_puts(byline, "; ");
    add_collapsed(byline, plain);
}

/* "Jane Doe, John Roe": where each part is a name, each is one. */
static void
add_writers(ch_text *byline, const ch_markup *names, const char *value)
{
    bool list = true;
    for (const char *at = value; *at != '\0' && list; at += strcspn(at, ",;"), at += *at != '\0') {
        at += strspn(at, " ");
        list = is_name(at, strcspn(at, ",;"));
    }
    for (const char *at = value; *at != '\0'; at += *at != '\0') {
        size_t len = list ? strcspn(at, ",;") : strlen(at);
        add_writer(byline, names, at, len);
        at += len;
    }
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
    return json_object_is_type(value, json_type_string) || json_object_is_type(value, json_type_int) ? json_object_get_string(value) : NULL;
}

static void
take_selector(ch_text *paid, json_object *selector)
{
    const char *s = json_object_is_type(selector, json_type_string) ? json_object_get_string(selector) : "";
    while ((s = strchr(s, '.')) != NULL && paid->len < FIELD_MAX) {
        size_t len = strcspn(++s, ".,#[:> \t\r\n+~");
        ch_text_add(paid, s, len);
        ch_text_putc(paid, ' ');
    }
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

/* What "@id" leads to among the objects of a graph, or the object itself. */
static json_object *
follow(json_object *graph, json_object *object)
{
    json_object *id, *other, *name;
    if (!json_object_is_type(object, json_type_object) || json_object_object_get_ex(object, "name", &name) ||
        !json_object_object_get_ex(object, "@id", &id) || !json_object_is_type(graph, json_type_array))
        return object;
    const char *wanted = json_object_get_string(id);
    for (size_t i = 0; i < json_object_array_length(graph); i++) {
        json_object *one = json_object_array_get_idx(graph, i);
        if (json_object_is_type(one, json_type_object) && json_object_object_get_ex(one, "@id", &other) && wanted != NULL &&
            strcmp(json_object_get_string(other), wanted) == 0)
            return one;
    }
    return object;
}

static void
add_author(ch_page *page, json_object *graph, json_object *author, int depth)
{
    json_object *name = author;
    author = follow(graph, author);
    if (depth > JSON_DEPTH_MAX)
        return;
    if (json_object_is_type(author, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(author); i++)
            add_author(page, graph, json_object_array_get_idx(author, i), depth + 1);
    } else if (json_object_is_type(author, json_type_object)) {
        if (json_object_object_get_ex(author, "name", &name) && !json_object_is_type(name, json_type_object))
            add_author(page, NULL, name, depth + 1);
    } else if (json_object_is_type(author, json_type_string)) {
        ch_text plain = {0};
        set_text(&plain, json_object_get_string(author));
        if (plain.at != NULL)
            add_writer(&page->byline, &page->markup, plain.at, plain.len);
        ch_text_free(&plain);
    }
}

/* ".paywall, .more": the classes of what is for subscribers. */
static void
take_paid(ch_page *page, json_object *part, int depth)
{
    json_object *selector;
    if (depth > JSON_DEPTH_MAX)
        return;
    if (json_object_is_type(part, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(part); i++)
            take_paid(page, json_object_array_get_idx(part, i), depth + 1);
        return;
    }
    if (!json_object_is_type(part, json_type_object) || !json_object_object_get_ex(part, "cssSelector", &selector))
        return;
    if (json_object_is_type(selector, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(selector); i++)
            take_selector(&page->paid, json_object_array_get_idx(selector, i));
    } else
        take_selector(&page->paid, selector);
}

/* Whether an article was told of before, and this is another one. */
static bool
is_another(const ch_page *page, json_object *article)
{
    ch_text headline = {0};
    set_text(&headline, string_of(article, "headline"));
    bool is = page->found && (headline.len == 0 || page->title.len == 0 || strcmp(headline.at, page->title.at) != 0);
    ch_text_free(&headline);
    return is;
}

static void
take_article(ch_page *page, json_object *graph, json_object *article)
{
    json_object *member;
    if (is_another(page, article))
        return;
    page->found = true;
    set_text(&page->title, string_of(article, "headline"));
    set_date(&page->date, string_of(article, "datePublished"));
    set_language(&page->language, string_of(article, "inLanguage"));
    const char *url = string_of(article, "url");
    set(&page->url, url != NULL ? url : string_of(article, "mainEntityOfPage"));
    if (page->byline.len == 0 && json_object_object_get_ex(article, "author", &member))
        add_author(page, graph, member, 0);
    if (json_object_object_get_ex(article, "hasPart", &member))
        take_paid(page, member, 0);
}

/* The first article in the object, in its "@graph", its "mainEntity" or among its
 * members; true once there was one. `graph` is what it stands in. */
static bool
take_json(ch_page *page, json_object *graph, json_object *value, int depth)
{
    static const char *const inner[] = {"@graph", "mainEntity"};
    json_object *member;
    if (depth > JSON_DEPTH_MAX)
        return false;
    if (json_object_is_type(value, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(value); i++)
            if (take_json(page, value, json_object_array_get_idx(value, i), depth + 1))
                return true;
        return false;
    }
    if (!json_object_is_type(value, json_type_object))
        return false;
    if (is_article(value)) {
        take_article(page, graph, value);
        return true;
    }
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++)
        if (json_object_object_get_ex(value, inner[i], &member) && take_json(page, graph, member, depth + 1))
            return true;
    return false;
}

/* Where JSON begins behind the marks by which old systems hide it. */
static const char *
json_in(const char *text)
{
    static const char *const marks[] = {"<![CDATA[", "<!--", "//", "/*", "*/"};
    text += strspn(text, " \t\r\n");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(text, marks[i], strlen(marks[i])) == 0) {
            text += strlen(marks[i]);
            text += strspn(text, " \t\r\n");
            i = (size_t)-1;
        }
    return text;
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
        const char *json = json_in(text.at);
        json_object *value = json_tokener_parse_ex(tokener, json, (int)(text.len - (size_t)(json - text.at)));
        take_json(page, NULL, value, 0);
        json_object_put(value);
    }
    if (tokener != NULL)
        json_tokener_free(tokener);
    ch_text_free(&text);
}

/* ----------------------------------------------------------- meta and the rest */

typedef enum { TITLE, LANGUAGE, DATE, BYLINE } meta_field;

static const struct {
    const char *name; /* of a meta element: its "property", "name", "itemprop" or "http-equiv" */
    meta_field field;
} metas[] = {
    {"og:title", TITLE},
    {"twitter:title", TITLE},
    {"dc.title", TITLE},
    {"dcterms.title", TITLE},
    {"headline", TITLE},
    {"article:published_time", DATE},
    {"og:article:published_time", DATE},
    {"datePublished", DATE},
    {"parsely-pub-date", DATE},
    {"sailthru.date", DATE},
    {"dc.date.issued", DATE},
    {"dcterms.issued", DATE},
    {"dcterms.created", DATE},
    {"dcterms.date", DATE},
    {"dc.date", DATE},
    {"cXenseParse:recs:publishtime", DATE},
    {"article.published", DATE},
    {"published_time", DATE},
    {"publication_date", DATE},
    {"publishdate", DATE},
    {"publish-date", DATE},
    {"publish_date", DATE},
    {"citation_publication_date", DATE},
    {"pubdate", DATE},
    {"date", DATE},
    {"parsely-author", BYLINE},
    {"sailthru.author", BYLINE},
    {"byl", BYLINE},
    {"dc.creator", BYLINE},
    {"dcterms.creator", BYLINE},
    {"citation_author", BYLINE},
    {"article:author", BYLINE},
    {"author", BYLINE},
    {"og:locale", LANGUAGE},
    {"dc.language", LANGUAGE},
    {"dcterms.language", LANGUAGE},
    {"content-language", LANGUAGE},
};
#define META_COUNT (sizeof metas / sizeof *metas)

/* What the elements of the page say, by the place of their name in `metas`, so
 * that the better one wins wherever it stands; and what stands behind those. */
typedef struct {
    char *values[META_COUNT];
    char *canonical, *address; /* of the page: its link, its "og:url" */
    char *language, *heading, *title, *site;
    char *published;           /* an element that says it is the date of publication */
    char *time, *time_above;   /* the first time in the article or behind its headline; before both */
    char *writer;              /* an element that says it is the author */
    xmlNode *writers;          /* what that stands in: others beside it are authors too */
    char *called_writer;       /* one that is only called so */
} findings;

static void
keep(char **slot, char *value)
{
    if (*slot == NULL)
        *slot = value;
    else
        xmlFree(value);
}

/* Several authors have an element each. */
static void
add_value(char **slot, char *value, meta_field field)
{
    if (field == BYLINE && *slot != NULL && value != NULL && strlen(*slot) + strlen(value) < FIELD_MAX) {
        *slot = (char *)xmlStrcat((xmlChar *)*slot, (const xmlChar *)"; ");
        *slot = (char *)xmlStrcat((xmlChar *)*slot, (const xmlChar *)value);
    }
    keep(slot, value);
}

static void
take_meta(findings *f, xmlNode *node)
{
    static const char *const attributes[] = {"property", "name", "itemprop", "http-equiv"};
    for (size_t a = 0; a < sizeof attributes / sizeof *attributes; a++) {
        char *name = ch_attribute(node, attributes[a]);
        for (size_t i = 0; name != NULL && i < META_COUNT; i++)
            if (strcasecmp(name, metas[i].name) == 0)
                add_value(&f->values[i], ch_attribute(node, "content"), metas[i].field);
        if (name != NULL && strcasecmp(name, "og:site_name") == 0)
            keep(&f->site, ch_attribute(node, "content"));
        if (name != NULL && strcasecmp(name, "og:url") == 0)
            keep(&f->address, ch_attribute(node, "content"));
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

/* A date in an attribute, else in the text. */
static char *
date_of(xmlNode *node)
{
    static const char *const attributes[] = {"datetime", "content", "title"};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        char *value = ch_attribute(node, attributes[i]);
        if (value != NULL && value[0] != '\0')
            return value;
        xmlFree(value);
    }
    return text_of(node);
}

static void
take_time(findings *f, xmlNode *node, bool in_article)
{
    if (ch_has_word(node, "itemprop", "dateModified") || (ch_has_word(node, "class", "updated") && !ch_has_word(node, "class", "published")))
        return;
    char *value = ch_attribute(node, "datetime");
    if (value != NULL)
        keep(in_article || f->heading != NULL ? &f->time : &f->time_above, value);
}

/* Longest name of a writer, in bytes; what is longer tells of the writer. */
#define WRITER_MAX 80

static void
take_writer(findings *f, const ch_page *page, xmlNode *node)
{
    bool says = ch_has_word(node, "itemprop", "author") || ch_has_word(node, "rel", "author");
    if (!says && (f->called_writer != NULL || !ch_is_called(&page->markup, node, CH_MARKUP_WRITER)))
        return;
    char *name = text_of(node);
    if (name == NULL)
        name = ch_attribute(node, "content");
    if (name == NULL || strlen(name) > WRITER_MAX || (!says && strpbrk(name, "0123456789|") != NULL))
        xmlFree(name);
    else if (!says)
        keep(&f->called_writer, name);
    else if (f->writer == NULL || f->writers == node->parent) {
        f->writers = node->parent;
        add_value(&f->writer, name, BYLINE);
    } else
        xmlFree(name);
}

static bool
says_published(xmlNode *node)
{
    return ch_has_word(node, "itemprop", "datePublished") || ch_has_word(node, "property", "datePublished") ||
           ch_has_word(node, "property", "dc:date") || (ch_is_element(node, "time") && xmlHasProp(node, (const xmlChar *)"pubdate") != NULL) ||
           (ch_has_word(node, "class", "published") && (ch_is_element(node, "abbr") || ch_is_element(node, "time")));
}

static void
take_element(findings *f, ch_page *page, xmlNode *node, bool in_article)
{
    if (ch_is_element(node, "meta"))
        take_meta(f, node);
    else if (ch_is_element(node, "script"))
        take_script(page, node);
    else if (ch_is_element(node, "link") && ch_has_word(node, "rel", "canonical"))
        keep(&f->canonical, ch_attribute(node, "href"));
    else if (ch_is_element(node, "html")) {
        keep(&f->language, ch_attribute(node, "lang"));
        keep(&f->language, ch_attribute(node, "xml:lang"));
    } else if (ch_is_element(node, "h1") && f->heading == NULL)
        f->heading = text_of(node);
    else if (ch_is_element(node, "title") && f->title == NULL)
        f->title = text_of(node);
    else if (node->properties != NULL) {
        if (says_published(node))
            keep(&f->published, date_of(node));
        else if (ch_is_element(node, "time"))
            take_time(f, node, in_article);
        take_writer(f, page, node);
    }
}

static void
walk(findings *f, ch_page *page, xmlNode *node, bool in_article, int depth)
{
    for (; node != NULL && depth <= CH_MARKUP_DEPTH_MAX; node = node->next)
        if (node->type == XML_ELEMENT_NODE) {
            take_element(f, page, node, in_article);
            walk(f, page, node->children, in_article || ch_is_element(node, "article"), depth + 1);
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

/* A headline that was cut short is completed by the one on the page. */
static void
complete_title(ch_text *title, const findings *f)
{
    static const char *const dots[] = {"...", "\xE2\x80\xA6"};
    for (size_t i = 0; i < sizeof dots / sizeof *dots && title->len > 3 && f->heading != NULL; i++) {
        size_t n = strlen(dots[i]), len = title->len - n;
        if (strcmp(title->at + len, dots[i]) != 0)
            continue;
        while (len != 0 && title->at[len - 1] == ' ')
            len--;
        if (len != 0 && strncmp(title->at, f->heading, len) == 0 && strlen(f->heading) > len) {
            ch_text_clear(title);
            set(title, f->heading);
            return;
        }
    }
}

/* The page's address: of the link, the "og:url" and the article's own the first
 * that is a whole one. */
static void
choose_url(ch_page *page, const findings *f)
{
    ch_text own = page->url;
    const char *const all[] = {f->canonical, f->address, own.len != 0 ? own.at : NULL};
    page->url = (ch_text){0};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] != NULL && strncasecmp(all[i] + strspn(all[i], " \t\r\n"), "http", 4) == 0)
            set(&page->url, all[i]);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        set(&page->url, all[i]);
    ch_text_free(&own);
}

static void
take_value(ch_page *page, meta_field field, const char *value)
{
    switch (field) {
    case TITLE:
        set_text(&page->title, value);
        break;
    case LANGUAGE:
        set_language(&page->language, value);
        break;
    case DATE:
        set_date(&page->date, value);
        break;
    case BYLINE:
        if (value != NULL && page->byline.len == 0)
            add_writers(&page->byline, &page->markup, value);
        break;
    }
}

void
ch_read_metadata(ch_page *page, xmlNode *root)
{
    findings f = {0};
    walk(&f, page, root, false, 0);
    take_value(page, LANGUAGE, f.language);
    for (size_t i = 0; i < META_COUNT; i++) {
        take_value(page, metas[i].field, f.values[i]);
        xmlFree(f.values[i]);
    }
    choose_url(page, &f);
    take_value(page, DATE, f.published);
    take_value(page, DATE, f.time);
    take_value(page, DATE, f.time_above);
    take_value(page, TITLE, f.heading);
    take_value(page, TITLE, f.title);
    take_value(page, BYLINE, f.writer);
    take_value(page, BYLINE, f.called_writer);
    cut_site(&page->title, &f);
    complete_title(&page->title, &f);
    mend_language(&page->language);
    char *const all[] = {f.canonical, f.address,   f.language, f.heading,    f.title,  f.site,
                         f.published, f.time, f.time_above, f.writer, f.called_writer};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        xmlFree(all[i]);
}

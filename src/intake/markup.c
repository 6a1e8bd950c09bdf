#include "intake/markup.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Elements of which nothing is read. */
static const char *const passed_over[] = {
    "script", "style",  "noscript", "template", "svg",    "nav",   "footer", "aside",  "button", "iframe", "select",
    "figure", "textarea", "head",   "object",   "video",  "audio", "canvas", "dialog", "map",    "figcaption",
};

/* Elements that do not end a paragraph. */
static const char *const inline_elements[] = {
    "a",   "abbr", "b",     "bdi",  "bdo",  "big",    "cite", "code", "data", "del",  "dfn", "em",  "font", "i",  "ins", "kbd", "label",
    "mark", "q",   "rp",    "rt",   "ruby", "s",      "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
};

/* An element with more than this part of the page's text, in percent, is not
 * outside of the article because of what it is called. */
#define OUTSIDE_MOST 40

/* Bytes of a teaser that are no link and that are one, its elements, how many
 * stand side by side, and how far away they are looked for. */
#define CARD_TEXT_MAX 400
#define CARD_LINK_MIN 10
#define CARD_ELEMENTS_MAX 60
#define CARDS_MIN 3
#define CARDS_WITHIN 8

#define AMONG(name, list) is_among(name, list, sizeof list / sizeof *list)

static bool
is_among(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(name, list[i]) == 0)
            return true;
    return false;
}

bool
ch_is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

bool
ch_is_inline(const xmlNode *node)
{
    return AMONG((const char *)node->name, inline_elements);
}

bool
ch_is_heading(const xmlNode *node)
{
    const char *name = (const char *)node->name;
    return (name[0] == 'h' || name[0] == 'H') && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

char *
ch_attribute(xmlNode *node, const char *name)
{
    return (char *)xmlGetNoNsProp(node, (const xmlChar *)name);
}

/* Whether `len` bytes are among the words of `list`, case not minded. */
static bool
has(const char *list, const char *word, size_t len)
{
    for (const char *at = list; at != NULL && *at != '\0';) {
        size_t n = strcspn(at, " \t\r\n");
        if (n == len && strncasecmp(at, word, len) == 0)
            return true;
        at += n;
        at += strspn(at, " \t\r\n");
    }
    return false;
}

bool
ch_has_word(xmlNode *node, const char *attribute, const char *word)
{
    char *value = ch_attribute(node, attribute);
    bool found = has(value, word, strlen(word));
    xmlFree(value);
    return found;
}

size_t
ch_text_bytes(const xmlNode *node, size_t most)
{
    size_t bytes = 0;
    int depth = 0;
    for (const xmlNode *n = node->children; n != NULL && bytes < most;) {
        bool open = n->type == XML_ELEMENT_NODE && !AMONG((const char *)n->name, passed_over) && depth < CH_MARKUP_DEPTH_MAX;
        if (n->type == XML_TEXT_NODE && n->content != NULL)
            bytes += strlen((const char *)n->content);
        if (open && n->children != NULL) {
            n = n->children;
            depth++;
            continue;
        }
        while (n != node && n->next == NULL) {
            n = n->parent;
            depth--;
        }
        n = n != node ? n->next : NULL;
    }
    return bytes;
}

/* ---------------------------------------------------------- what it is called */

/* The next word of a class at *at, in small letters; empty at the end. */
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

/* Whether a name of that kind stands among the words of one class, none of those
 * that speak of another thing before it; or, of the kind WHOLE, is all of it. */
static bool
class_is(const ch_markup *names, const char *class, ch_markup_kind kind)
{
    char text[32];
    uint32_t before = 0, word, words = 0;
    bool of_other = false, found = false;
    for (const char *at = class;; before = word, words++) {
        next_word(text, sizeof text, &at);
        if (text[0] == '\0')
            return found && (kind != CH_MARKUP_WHOLE || words <= 2);
        word = ch_markup_word(names, text, strlen(text));
        bool one = !of_other && ch_markup_is(names, kind, word, 0), two = before != 0 && ch_markup_is(names, kind, before, word);
        found = kind == CH_MARKUP_WHOLE ? (words == 0 && one) || (words == 1 && two) : one || two;
        if (found && kind != CH_MARKUP_WHOLE)
            return true;
        of_other = ch_markup_is(names, CH_MARKUP_OTHER, word, 0);
    }
}

/* Whether one of the words of an attribute is, as a class, a name of that kind. */
static bool
attribute_is(const ch_markup *names, xmlNode *node, const char *attribute, ch_markup_kind kind)
{
    char *value = ch_attribute(node, attribute), *rest = NULL;
    bool found = false;
    for (char *class = value != NULL ? strtok_r(value, " \t\r\n", &rest) : NULL; class != NULL && !found;
         class = strtok_r(NULL, " \t\r\n", &rest))
        found = class_is(names, class, kind);
    xmlFree(value);
    return found;
}

bool
ch_is_called(const ch_markup *names, xmlNode *node, ch_markup_kind kind)
{
    return attribute_is(names, node, "class", kind) || attribute_is(names, node, "id", kind);
}

static bool
is_called_outside(const ch_signs *s, xmlNode *node)
{
    return class_is(s->names, (const char *)node->name, CH_MARKUP_OUTSIDE) || ch_is_called(s->names, node, CH_MARKUP_OUTSIDE) ||
           ch_is_called(s->names, node, CH_MARKUP_WHOLE);
}

/* Whether the page says that subscribers read this as the article. */
static bool
is_paid(const ch_signs *s, xmlNode *node)
{
    char *value = s->paid != NULL ? ch_attribute(node, "class") : NULL;
    bool found = false;
    for (const char *at = value; at != NULL && *at != '\0' && !found; at += strspn(at, " \t\r\n")) {
        size_t n = strcspn(at, " \t\r\n");
        found = n != 0 && has(s->paid, at, n);
        at += n;
    }
    xmlFree(value);
    return found;
}

static bool
is_hidden(xmlNode *node)
{
    char *style = ch_attribute(node, "style"), *hidden = ch_attribute(node, "hidden");
    bool is = hidden != NULL;
    if (style != NULL) {
        const char *display = strcasestr(style, "display:");
        is = is || (display != NULL && strncasecmp(display + 8 + strspn(display + 8, " "), "none", 4) == 0);
    }
    xmlFree(style);
    xmlFree(hidden);
    return is;
}

/* -------------------------------------------------------------------- teasers */

/* What is seen of an element that may be a teaser. */
typedef struct {
    int elements;
    size_t text;   /* bytes outside of links */
    size_t linked; /* of links that lead away */
    bool headed;   /* a link that leads away is the first, or a heading */
    bool other;    /* it has what no teaser has */
} look;

static bool
leads_away(xmlNode *node)
{
    char *to = ch_is_element(node, "a") ? ch_attribute(node, "href") : NULL;
    bool away = to != NULL && to[0] != '#' && to[0] != '\0' && strncasecmp(to, "javascript:", 11) != 0 && strncasecmp(to, "mailto:", 7) != 0;
    xmlFree(to);
    return away;
}

static size_t
letters(const char *s)
{
    size_t count = 0;
    for (; *s != '\0'; s++)
        count += !isspace((unsigned char)*s);
    return count;
}

static void
look_at(look *l, xmlNode *node, bool in_link, bool in_heading, int depth)
{
    for (xmlNode *n = node->children; n != NULL && !l->other; n = n->next) {
        if (n->type == XML_TEXT_NODE && n->content != NULL) {
            size_t count = letters((const char *)n->content);
            l->headed = l->headed || (in_link && count != 0 && (in_heading || l->text == 0));
            *(in_link ? &l->linked : &l->text) += count;
            l->other = l->text > CARD_TEXT_MAX;
        } else if (n->type == XML_ELEMENT_NODE && !AMONG((const char *)n->name, passed_over)) {
            l->other = ++l->elements > CARD_ELEMENTS_MAX || depth > CARD_ELEMENTS_MAX || ch_is_element(n, "h1");
            look_at(l, n, in_link || leads_away(n), in_heading || ch_is_heading(n), depth + 1);
        }
    }
}

/* Whether there is a block below, as far as inline elements go. */
static bool
has_block(const xmlNode *node, int depth)
{
    for (const xmlNode *n = node->children; n != NULL && depth < 4; n = n->next)
        if (n->type == XML_ELEMENT_NODE && (!ch_is_inline(n) || has_block(n, depth + 1)))
            return true;
    return false;
}

/* A block with a linked headline, and not much else. One paragraph is none,
 * whatever it begins with. */
static bool
is_card(xmlNode *node)
{
    look l = {0};
    if (ch_is_element(node, "p") || ch_is_heading(node))
        return false;
    if (!has_block(node, 0))
        return false;
    look_at(&l, node, leads_away(node), false, 0);
    return l.headed && !l.other && l.linked >= CARD_LINK_MIN;
}

bool
ch_are_alike(xmlNode *a, xmlNode *b)
{
    if (strcmp((const char *)a->name, (const char *)b->name) != 0)
        return false;
    char *ours = ch_attribute(a, "class"), *theirs = ch_attribute(b, "class");
    bool alike = ours == NULL || theirs == NULL ? ours == theirs : strcmp(ours, theirs) == 0;
    xmlFree(ours);
    xmlFree(theirs);
    return alike;
}

/* Whether the element is one of a row of teasers. */
static bool
is_in_row_of_cards(xmlNode *node)
{
    int cards = 1;
    if (!is_card(node))
        return false;
    xmlNode *n = node->prev;
    for (int i = 0; i < CARDS_WITHIN && n != NULL && cards < CARDS_MIN; i++, n = n->prev)
        cards += n->type == XML_ELEMENT_NODE && ch_are_alike(n, node) && is_card(n);
    n = node->next;
    for (int i = 0; i < CARDS_WITHIN && n != NULL && cards < CARDS_MIN; i++, n = n->next)
        cards += n->type == XML_ELEMENT_NODE && ch_are_alike(n, node) && is_card(n);
    return cards >= CARDS_MIN;
}

/* -------------------------------------------------------------------- outside */

bool
ch_is_outside(const ch_signs *s, xmlNode *node)
{
    if (AMONG((const char *)node->name, passed_over))
        return true;
    if (ch_is_element(node, "body") || ch_is_element(node, "html"))
        return false;
    if (is_hidden(node) || attribute_is(s->names, node, "role", CH_MARKUP_ROLE))
        return true;
    bool inside = ch_is_element(node, "article") || ch_is_element(node, "main") || is_paid(s, node) ||
                  ch_has_word(node, "itemprop", "articleBody") || ch_is_called(s->names, node, CH_MARKUP_BODY);
    bool says = ch_is_element(node, "form") || ch_has_word(node, "aria-hidden", "true") || (!inside && is_called_outside(s, node));
    if (!says)
        return s->cards && !ch_is_inline(node) && is_in_row_of_cards(node);
    size_t most = s->all / 100 * OUTSIDE_MOST;
    return most == 0 || ch_text_bytes(node, most + 1) <= most;
}

/* The article in a page, found by its shape: paragraphs of words that are no
 * links stand side by side in one element.
 *
 * 1. Each paragraph speaks for what it stands in, half as much for what holds
 *    that, and a quarter for the next (weigh).
 * 2. Where the headline stands in one of several articles of the page, the best
 *    is looked for in that one (scope).
 * 3. What is put together of parts alike is taken with all of them (holder_of_blocks). */
#include "intake/article.h"

#include "intake/metadata.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that make a block a paragraph. */
#define PARAGRAPH_MIN 25

/* Bytes behind which more text makes a paragraph no better. */
#define PARAGRAPH_FULL 500

/* The article around the headline is the one, unless another element has more
 * than so many times as much. */
#define SCOPE_TIMES 3

/* Headlines and titles longer than this are not compared. */
#define TITLE_MAX 1000

/* Scores lie in the nodes' _private, as numbers. */
typedef struct {
    const ch_signs *signs;
    xmlNode *best;
    uintptr_t best_score;
    xmlNode *told;
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
        } else if (n->type == XML_ELEMENT_NODE && ch_is_inline(n))
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

static void
weigh(choice *c, xmlNode *node, int depth)
{
    for (; node != NULL && depth <= CH_MARKUP_DEPTH_MAX; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || ch_is_outside(c->signs, node))
            continue;
        size_t own = ch_is_inline(node) ? 0 : paragraph_bytes(node);
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

/* ------------------------------------------------------------------- headline */

/* The element behind `node` in the order of the page, within `root`. */
static xmlNode *
next_in(const xmlNode *root, xmlNode *node, bool below)
{
    if (below && node->children != NULL)
        return node->children;
    while (node != root && node->next == NULL)
        node = node->parent;
    return node != root ? node->next : NULL;
}

static bool
has_text(const xmlNode *node, const char *wanted)
{
    ch_text text = {0};
    ch_text_below(&text, node, 0);
    while (text.len != 0 && text.at[text.len - 1] == ' ')
        text.at[--text.len] = '\0';
    bool same = text.at != NULL && strcmp(text.at, wanted) == 0;
    ch_text_free(&text);
    return same;
}

/* The heading that has the title's words, else the first of the first rank. */
static xmlNode *
find_heading(const ch_signs *signs, xmlNode *root, const char *title)
{
    xmlNode *first = NULL;
    for (xmlNode *n = root; n != NULL;) {
        bool element = n->type == XML_ELEMENT_NODE, outside = element && n != root && ch_is_outside(signs, n);
        if (element && !outside && ch_is_heading(n)) {
            first = first == NULL && ch_is_element(n, "h1") ? n : first;
            if (title != NULL && strlen(title) < TITLE_MAX && has_text(n, title))
                return n;
        }
        n = next_in(root, n, !outside);
    }
    return first;
}

static bool
holds(const xmlNode *outer, const xmlNode *inner)
{
    for (; inner != NULL && inner != outer; inner = inner->parent)
        ;
    return inner != NULL;
}

static bool
has_headline(xmlNode *root)
{
    for (xmlNode *n = root->children; n != NULL; n = next_in(root, n, true))
        if (ch_is_element(n, "h1"))
            return true;
    return false;
}

/* What of the page is one of several articles, with the headline in it; or NULL. */
static xmlNode *
scope_of(xmlNode *heading)
{
    for (xmlNode *n = heading; n != NULL && n->type == XML_ELEMENT_NODE; n = n->parent) {
        if (ch_is_element(n, "article"))
            return n;
        for (xmlNode *other = n->next; other != NULL; other = other->next)
            if (other->type == XML_ELEMENT_NODE && ch_are_alike(n, other) && has_headline(other))
                return n;
    }
    return NULL;
}

static xmlNode *
best_in(xmlNode *root)
{
    xmlNode *best = root;
    for (xmlNode *n = root->children; n != NULL; n = next_in(root, n, true))
        if (n->type == XML_ELEMENT_NODE && score_of(n) > score_of(best))
            best = n;
    return best;
}

/* --------------------------------------------------------------------- blocks */

/* Paragraphs below `node`, and itself, counted up to `most`. */
static int
paragraphs_below(const choice *c, xmlNode *node, int most, int depth)
{
    int count = !ch_is_inline(node) && paragraph_bytes(node) != 0;
    for (xmlNode *n = node->children; n != NULL && count < most && depth <= CH_MARKUP_DEPTH_MAX; n = n->next)
        if (n->type == XML_ELEMENT_NODE && !ch_is_outside(c->signs, n))
            count += paragraphs_below(c, n, most - count, depth + 1);
    return count;
}

/* Most paragraphs of a block that a page repeats, levels of elements around one,
 * and the fewest others like it. A part of a text that is cut in two or three
 * has more, or nothing else beside it, and another with no less than a fifth of
 * its score. */
#define BLOCK_PARAGRAPHS_MAX 3
#define BLOCK_LEVELS_MAX 6
#define BLOCKS_MIN 2
#define PART_LEAST 5

/* Whether an article is put together of blocks like this one: each paragraph in
 * elements of its own, the posts of a live blog, the parts between advertisements. */
static bool
is_block(const choice *c, xmlNode *node)
{
    int alike = 0, parts = 0, others = 0;
    bool laid_out = ch_is_element(node, "td") || ch_is_element(node, "tr"); /* columns and rows are alike whatever is in them */
    bool small = paragraphs_below(c, node, BLOCK_PARAGRAPHS_MAX + 1, 0) <= BLOCK_PARAGRAPHS_MAX;
    for (xmlNode *n = node->parent->children; n != NULL && alike < BLOCKS_MIN; n = n->next) {
        if (n == node || n->type != XML_ELEMENT_NODE || ch_is_outside(c->signs, n) || paragraphs_below(c, n, 1, 0) == 0)
            continue;
        bool is = ch_are_alike(n, node) && !has_headline(n);
        alike += is;
        others += !is;
        parts += is && !laid_out && score_of(best_in(n)) * PART_LEAST >= score_of(best_in(node));
    }
    return small && (alike >= BLOCKS_MIN || others != 0) ? alike >= BLOCKS_MIN : parts != 0;
}

/* What holds the blocks of which the best container is one; or that itself. */
static xmlNode *
holder_of_blocks(const choice *c, xmlNode *best)
{
    xmlNode *node = best;
    for (int level = 0; level < BLOCK_LEVELS_MAX && node->parent != NULL && node->parent->type == XML_ELEMENT_NODE; level++) {
        if (is_block(c, node))
            return node->parent;
        node = node->parent;
    }
    return best;
}

void
ch_find_article(ch_article *out, const ch_signs *signs, xmlNode *root, const char *title)
{
    choice c = {.signs = signs};
    *out = (ch_article){.heading = find_heading(signs, root, title)};
    weigh(&c, root, 0);
    out->told = c.told;
    xmlNode *scope = out->heading != NULL ? scope_of(out->heading) : NULL;
    if (scope != NULL && c.best != NULL && !holds(scope, c.best) && score_of(best_in(scope)) * SCOPE_TIMES >= c.best_score)
        c.best = best_in(scope);
    if (c.best != NULL)
        out->best = holder_of_blocks(&c, c.best);
}

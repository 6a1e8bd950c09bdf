/* One pattern of a verb dictionary. Those of PETRARCH 1 and TABARI are words in
 * the order of the text and become an `order`:
 *
 *     SAID * WITHDRAWAL_OF &TROOPS FROM +   ->  said * withdrawal_of @troops from <recipient>
 *
 * Those of PETRARCH 2 tell the parts of a clause; where each part has a slot
 * they become tests on the trigger, which hold in the passive too:
 *
 *     * {FINANCIAL AID} (FROM +)            ->  if: obj=financial aid; from    recipient: from */
#include "lexicon/import.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define ITEMS_MAX 24

typedef enum { ITEM_WORD, ITEM_SET, ITEM_MARK, ITEM_VERB } item_kind;

typedef struct {
    item_kind kind;
    ch_str text;      /* word, set's id, or the mark in our grammar */
    bool tight;       /* joined to what stands before it */
    uint32_t group;   /* 0: stands alone; others: number of its "{}" or "()" */
    bool preposition; /* first of "()" */
    bool in_parens;
} item;

typedef struct {
    ch_import *im;
    uint32_t line;
    ch_str pattern;
    item items[ITEMS_MAX];
    uint32_t count;
    uint32_t verb; /* index of "*" */
} parsed;

static bool
refuse(parsed *p, const char *remedy, const char *why)
{
    ch_import_lost(p->im, p->line, remedy, "%s: the pattern \"%.*s\" is left out", why, (int)p->pattern.len, p->pattern.at);
    return false;
}

/* ----------------------------------------------------------------- reading */

static const char *
mark_of(char c)
{
    switch (c) {
    case '$': return "<actor>";
    case '+': return "<recipient>";
    case '%': return "<both>";
    case '^': return "<noun>";
    default: return NULL;
    }
}

static bool
is_end(char c)
{
    return c == ' ' || c == '_' || c == '(' || c == ')' || c == '{' || c == '}' || c == '\t';
}

static bool
read_word(parsed *p, size_t *at, item it)
{
    ch_str s = p->pattern;
    size_t end = *at + 1;
    while (end < s.len && (s.at[*at] == '*' ? s.at[end] == '*' : !is_end(s.at[end]) && s.at[end] != '*'))
        end++;
    ch_str word = {s.at + *at, end - *at};
    const char *mark = word.len == 1 ? mark_of(word.at[0]) : NULL;
    *at = end;
    if (word.at[0] == '*') {
        it.kind = ITEM_VERB;
        p->verb = p->verb == CH_NONE ? p->count : CH_NONE - 1;
    } else if (mark != NULL) {
        it.kind = ITEM_MARK;
        it.text = ch_str_of(mark);
    } else if (word.at[0] == '&') {
        /* the name of a set may hold the "_" that else joins words */
        const char *id = ch_import_set(p->im, (ch_str){word.at + 1, word.len - 1});
        for (size_t longer = end;
             id == NULL && longer < s.len && s.at[longer] != ' ' && s.at[longer] != ')' && s.at[longer] != '}';) {
            longer++;
            while (longer < s.len && !is_end(s.at[longer]))
                longer++;
            id = ch_import_set(p->im, (ch_str){word.at + 1, (size_t)(s.at + longer - word.at) - 1});
            if (id != NULL)
                *at = longer;
        }
        if (id == NULL)
            return refuse(p, "define the set before", "it names a set that is not there");
        it.kind = ITEM_SET;
        it.text = ch_str_of(id);
    } else {
        it.kind = ITEM_WORD;
        it.text = ch_import_words(p->im, word, p->line);
        if (it.text.len == 0)
            return false;
    }
    p->items[p->count++] = it;
    return true;
}

static bool
read_items(parsed *p, bool phrases)
{
    uint32_t group = 0, groups = 0;
    bool tight = false, gap = true, parens = false, opened = false;
    for (size_t i = 0; i < p->pattern.len;) {
        char c = p->pattern.at[i];
        if (c == ' ' || c == '\t' || c == '_') {
            /* "A_B" are neighbours; in "A_ B" the "_" only ends the word */
            tight = c == '_' && (i + 1 < p->pattern.len && p->pattern.at[i + 1] != ' ') && i > 0 && p->pattern.at[i - 1] != ' ';
            gap = true;
            i++;
        } else if (c == '(' || c == '{') {
            if (!phrases && memchr(p->pattern.at, '|', p->pattern.len) != NULL)
                return refuse(p, "make a set of the alternatives", "alternatives in braces have no counterpart");
            if (c == '(')
                parens = opened = true;
            group = ++groups;
            i++;
        } else if (c == ')' || c == '}') {
            parens = parens && c != ')';
            group = 0;
            i++;
        } else if (p->count == ITEMS_MAX) {
            return refuse(p, "shorten it", "it is too long");
        } else {
            item it = {.tight = tight && gap, .group = group, .in_parens = parens, .preposition = opened};
            opened = tight = false;
            if (!read_word(p, &i, it))
                return false;
        }
    }
    if (p->verb >= p->count)
        return refuse(p, "write one *", "the verb has no place, or two");
    return true;
}

/* ------------------------------------------------------------------- orders */

/* Folded, as they are compared: so nothing in them can be taken for a mark. */
static void
put_folded(ch_text *out, ch_str words, char between)
{
    char folded[1024];
    size_t len = ch_fold(folded, sizeof folded, words.at, words.len);
    for (size_t i = 0; len != SIZE_MAX && i < len; i++)
        ch_text_putc(out, folded[i] == ' ' ? between : folded[i]);
}

static void
put_item(ch_text *out, const item *it)
{
    if (it->kind == ITEM_WORD)
        put_folded(out, it->text, '_');
    else
        ch_text_printf(out, "%s%.*s", it->kind == ITEM_SET ? "@" : "", (int)it->text.len, it->text.at);
}

static void
write_order(const parsed *p, ch_text *out, ch_str verbs, const ch_import_frame_words *around)
{
    ch_text_puts(out, "  verb: ");
    ch_text_add_str(out, verbs);
    if (p->count < 2 && around->before.len == 0 && around->after.len == 0) {
        ch_text_putc(out, '\n');
        return;
    }
    ch_text_puts(out, "\n  order: ");
    for (uint32_t i = 0; i < p->count; i++) {
        if (i > 0)
            ch_text_putc(out, p->items[i].tight ? '_' : ' ');
        if (i != p->verb) {
            put_item(out, &p->items[i]);
            continue;
        }
        if (around->before.len != 0) {
            put_folded(out, around->before, '_');
            ch_text_putc(out, '_');
        }
        ch_text_putc(out, '*');
        if (around->after.len != 0) {
            ch_text_putc(out, '_');
            put_folded(out, around->after, '_');
        }
    }
    ch_text_putc(out, '\n');
}

/* -------------------------------------------------------------------- tests */

/* Whether the pattern is `* NOUN (PREP NOUN)...`, each part a slot of ours. */
static bool
is_clause(const parsed *p, const ch_import_frame_words *around)
{
    uint32_t bare = 0, last_group = 0;
    if (p->verb != 0 || around->before.len != 0 || around->after.len != 0)
        return false;
    for (uint32_t i = 1; i < p->count; i++) {
        const item *it = &p->items[i];
        bool last = i + 1 == p->count || !p->items[i + 1].in_parens || p->items[i + 1].preposition;
        if (it->kind == ITEM_MARK && !(it->in_parens && last))
            return false;
        if (it->preposition && it->kind != ITEM_WORD)
            return false;
        if (!it->in_parens && (it->group == 0 || it->group != last_group))
            bare++;
        last_group = it->group;
    }
    return bare <= 1 && p->count > 1;
}

static bool
one_word(ch_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(s.at[i] >= 'a' && s.at[i] <= 'z'))
            return false;
    return s.len != 0;
}

static void
begin_test(ch_text *tests)
{
    if (tests->len != 0)
        ch_text_puts(tests, "; ");
}

/* The noun phrase items[first, last) in `slot`: its last word is the head. With
 * a set among them, those before the head are its attributes. */
static void
put_noun_tests(const parsed *p, ch_text *tests, const char *slot, uint32_t first, uint32_t last)
{
    bool sets = false;
    for (uint32_t i = first; i < last; i++)
        sets = sets || p->items[i].kind != ITEM_WORD;
    if (!sets) {
        begin_test(tests);
        ch_text_printf(tests, "%s=", slot);
        for (uint32_t i = first; i < last; i++) {
            if (i > first)
                ch_text_putc(tests, ' ');
            put_folded(tests, p->items[i].text, ' ');
        }
        return;
    }
    for (uint32_t i = first; i < last; i++) {
        begin_test(tests);
        ch_text_printf(tests, "%s%s=%s", slot, i + 1 < last ? ".mod" : "", p->items[i].kind == ITEM_SET ? "@" : "");
        if (p->items[i].kind == ITEM_WORD)
            put_folded(tests, p->items[i].text, ' ');
        else
            ch_text_add_str(tests, p->items[i].text);
    }
}

typedef struct {
    ch_text tests;
    ch_text actor, recipient; /* slots that the pattern names */
} clause;

/* "(PREP ...)" from its preposition on; the index behind it. */
static uint32_t
put_prepositional(const parsed *p, clause *c, uint32_t at)
{
    char slot[64];
    snprintf(slot, sizeof slot, "%.*s", (int)p->items[at].text.len, p->items[at].text.at);
    uint32_t first = ++at;
    while (at < p->count && p->items[at].in_parens && !p->items[at].preposition)
        at++;
    uint32_t last = at;
    if (last > first && p->items[last - 1].kind == ITEM_MARK) {
        ch_str mark = p->items[last - 1].text;
        if (ch_str_is(mark, "<actor>"))
            ch_text_printf(&c->actor, "%s", slot);
        else if (ch_str_is(mark, "<recipient>"))
            ch_text_printf(&c->recipient, "%s", slot);
        last--;
    }
    if (last > first)
        put_noun_tests(p, &c->tests, slot, first, last);
    else {
        begin_test(&c->tests);
        ch_text_puts(&c->tests, slot);
    }
    return at;
}

static void
read_clause(const parsed *p, clause *c)
{
    for (uint32_t i = 1; i < p->count;) {
        if (p->items[i].preposition) {
            i = put_prepositional(p, c, i);
            continue;
        }
        uint32_t first = i;
        while (i < p->count && !p->items[i].in_parens)
            i++;
        put_noun_tests(p, &c->tests, "obj", first, i);
    }
}

static void
write_clause(const parsed *p, ch_text *out, ch_str verbs)
{
    clause c = {0};
    read_clause(p, &c);
    ch_text_puts(out, "  verb: ");
    ch_text_add_str(out, verbs);
    ch_text_puts(out, "\n  if: ");
    ch_text_add(out, c.tests.at, c.tests.len);
    ch_text_putc(out, '\n');
    if (c.actor.len != 0)
        ch_text_printf(out, "  actor: %s\n", c.actor.at);
    if (c.recipient.len != 0)
        ch_text_printf(out, "  recipient: %s\n", c.recipient.at);
    out->failed = out->failed || c.tests.failed;
    ch_text_free(&c.tests);
    ch_text_free(&c.actor);
    ch_text_free(&c.recipient);
}

bool
ch_import_pattern(ch_import *im, ch_text *out, ch_str pattern, ch_str verbs, const ch_import_frame_words *around, bool phrases,
                  uint32_t line)
{
    parsed p = {.im = im, .line = line, .pattern = pattern, .verb = CH_NONE};
    if (pattern.len == 0) {
        p.items[p.count++] = (item){.kind = ITEM_VERB};
        p.verb = 0;
    } else if (!read_items(&p, phrases))
        return false;
    bool slots = phrases && is_clause(&p, around);
    for (uint32_t i = 0; slots && i < p.count; i++)
        slots = !p.items[i].preposition || one_word(p.items[i].text);
    if (slots)
        write_clause(&p, out, verbs);
    else
        write_order(&p, out, verbs, around);
    return true;
}

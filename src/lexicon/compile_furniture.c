/* Blocks `furniture`, `furniture-part` and `furniture-class`. */
#include "base/utf8.h"
#include "lexicon/build.h"
#include "lexicon/furniture.h"

#include <stdlib.h>

/* Words that "..." stands for where the entry does not say. A headline behind
 * "Read also" has fewer, a paragraph of a report more. */
#define MOST_DEFAULT 24

/* Items of one phrase; the longest has a dozen. */
#define ITEMS_MAX 40

static const char *const entry_keys[] = {"line", "begin", "end", "date", "most", NULL};
static const char *const part_keys[] = {"form", NULL};
static const char *const class_keys[] = {"word", NULL};

/* One phrase on its way. */
typedef struct {
    ch_build *build;
    const ch_block *block;
    const ch_value *value;
    ch_furniture_item items[ITEMS_MAX];
    uint32_t count;
    bool inside; /* within braces */
    bool failed;
} phrasing;

static bool
is_part(const ch_block *b)
{
    return ch_str_is(b->kind, "furniture-part") || ch_str_is(b->kind, "furniture-class");
}

/* Parts and classes are numbered in the order of their blocks. */
static uint32_t
part_number(const ch_build *build, ch_str id, bool *is_class)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *b = &build->blocks[i];
        if (!is_part(b))
            continue;
        *is_class = ch_str_is(b->kind, "furniture-class");
        if (ch_str_eq(b->id, id))
            return number;
        number++;
    }
    return CH_NONE;
}

static void
complain(phrasing *p, const char *remedy, const char *what, ch_str at)
{
    uint32_t column = p->value->column + (uint32_t)(at.at - p->value->text.at);
    p->failed = true;
    ch_complain(p->build->to, true, p->block->file, p->value->line, column, remedy, "%s \"%.*s\"", what, (int)at.len, at.at);
}

/* ------------------------------------------------------------------- items */

static ch_furniture_item *
add(phrasing *p, ch_furniture_item_kind kind)
{
    if (p->count == ITEMS_MAX) {
        complain(p, "part it into several phrases", "too many items in", p->value->text);
        return NULL;
    }
    ch_furniture_item *item = &p->items[p->count++];
    *item = (ch_furniture_item){.kind = kind, .flags = p->inside ? CH_ITEM_INSIDE : 0};
    return item;
}

/* "<name>", "<+name>": what stands between the angle brackets. */
static ch_furniture_item *
add_named(phrasing *p, ch_str name)
{
    static const struct {
        const char *name;
        ch_furniture_item_kind kind;
    } known[] = {
        {"n", CH_ITEM_NUMBER},  {"day", CH_ITEM_DAY},           {"mm", CH_ITEM_MONTH},      {"year", CH_ITEM_YEAR},
        {"name", CH_ITEM_NAME}, {"capitals", CH_ITEM_CAPITALS}, {"medium", CH_ITEM_MEDIUM}, {"link", CH_ITEM_LINK},
    };
    bool credit = name.len != 0 && name.at[0] == '+', is_class = false;
    if (credit)
        name = (ch_str){name.at + 1, name.len - 1};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (ch_str_is(name, known[i].name)) {
            ch_furniture_item *item = add(p, known[i].kind);
            if (item != NULL && credit)
                item->flags |= CH_ITEM_CREDIT;
            return item;
        }
    uint32_t number = part_number(p->build, name, &is_class);
    if (number == CH_NONE) {
        complain(p, "name a furniture-class or furniture-part, or see docs/lexicon.md for the others", "nothing is named", name);
        return NULL;
    }
    ch_furniture_item *item = add(p, is_class ? CH_ITEM_CLASS : CH_ITEM_PART);
    if (item != NULL)
        item->first = number;
    return item;
}

/* "word|word" */
static ch_furniture_item *
add_words(phrasing *p, ch_str words)
{
    ch_furniture_item *item = add(p, CH_ITEM_WORD);
    size_t at = 0;
    if (item == NULL)
        return NULL;
    item->first = ch_build_count(p->build, CH_SECTION_FURNITURE_WORDS);
    uint32_t c = ch_utf8_next(words.at, words.len, &at);
    if (ch_is_upper(c))
        item->flags |= CH_ITEM_CAPITAL;
    for (at = 0; at <= words.len;) {
        const char *bar = memchr(words.at + at, '|', words.len - at);
        size_t end = bar != NULL ? (size_t)(bar - words.at) : words.len;
        uint32_t word;
        ch_str one = {words.at + at, end - at};
        if (ch_build_words(p->build, one, &word, 1) != 1)
            complain(p, "write one word between the bars", "not one word:", one);
        else {
            ch_build_put(p->build, CH_SECTION_FURNITURE_WORDS, &word, sizeof word);
            item->count++;
        }
        at = end + 1;
    }
    return item;
}

static bool
is_word_char(uint32_t c)
{
    return ch_is_letter(c) || c == '|' || c == '\'' || c == 0x2019;
}

/* The item at *at; *at moves behind it. */
static ch_furniture_item *
read_item(phrasing *p, ch_str s, size_t *at)
{
    size_t from = *at, next = *at;
    uint32_t c = ch_utf8_next(s.at, s.len, &next);
    if (c == '<') {
        const char *close = memchr(s.at + from, '>', s.len - from);
        if (close == NULL) {
            complain(p, "close it with \">\"", "an open", (ch_str){s.at + from, s.len - from});
            return NULL;
        }
        *at = (size_t)(close - s.at) + 1;
        return add_named(p, (ch_str){s.at + from + 1, *at - from - 2});
    }
    if (c == '.' && s.len - from >= 3 && memcmp(s.at + from, "...", 3) == 0) {
        *at = from + 3;
        return add(p, CH_ITEM_REST);
    }
    if (!ch_is_letter(c)) {
        *at = next;
        ch_furniture_item *item = add(p, CH_ITEM_MARK);
        if (item != NULL)
            item->first = c;
        return item;
    }
    while (next < s.len) {
        size_t behind = next;
        if (!is_word_char(ch_utf8_next(s.at, s.len, &behind)))
            break;
        next = behind;
    }
    *at = next;
    return add_words(p, (ch_str){s.at + from, next - from});
}

static void
read_items(phrasing *p, ch_str s)
{
    for (size_t at = 0; at < s.len && !p->failed;) {
        char c = s.at[at];
        if (c == ' ' || c == '\t') {
            at++;
        } else if (c == '{' || c == '}') {
            p->inside = c == '{';
            at++;
        } else {
            ch_furniture_item *item = read_item(p, s, &at);
            if (item != NULL && at < s.len && s.at[at] == '?') {
                item->flags |= CH_ITEM_OPTIONAL;
                at++;
            }
        }
    }
}

static bool
has_must(const phrasing *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (!(p->items[i].flags & CH_ITEM_OPTIONAL) && p->items[i].kind != CH_ITEM_REST)
            return true;
    return false;
}

static void
compile_phrase(ch_build *build, const ch_block *block, const ch_value *value, ch_furniture_where where, uint32_t entry)
{
    phrasing p = {.build = build, .block = block, .value = value};
    read_items(&p, value->text);
    if (p.failed)
        return;
    if (!has_must(&p)) {
        complain(&p, "leave at least one word without \"?\"", "this would match anything:", value->text);
        return;
    }
    for (uint32_t i = 0; i + 1 < p.count; i++)
        if (p.items[i].kind == CH_ITEM_REST) {
            complain(&p, "let \"...\" be the last item", "something stands behind the rest in", value->text);
            return;
        }
    ch_furniture_phrase phrase = {
        .where = where, .entry = entry, .first = ch_build_count(build, CH_SECTION_FURNITURE_ITEMS), .count = p.count};
    for (uint32_t i = 0; i < p.count; i++)
        ch_build_put(build, CH_SECTION_FURNITURE_ITEMS, &p.items[i], sizeof p.items[i]);
    ch_build_put(build, CH_SECTION_FURNITURE_PHRASES, &phrase, sizeof phrase);
}

static void
compile_phrases(ch_build *build, const ch_block *block, const char *key, ch_furniture_where where, uint32_t entry)
{
    uint64_t at = 0;
    for (const ch_value *v; (v = ch_block_next(block, key, &at)) != NULL;)
        compile_phrase(build, block, v, where, entry);
}

/* ------------------------------------------------------------------ blocks */

/* "January", or "Jan = 1" with a number. */
static void
compile_member(ch_build *build, const ch_block *block, const ch_value *value, uint32_t class)
{
    ch_str given, word = ch_str_cut(value->text, '=', &given);
    bool has_number = memchr(value->text.at, '=', value->text.len) != NULL;
    ch_furniture_member m = {.class = class};
    double number = 0;
    if (ch_build_words(build, word, &m.word, 1) != 1 ||
        (has_number && (!ch_parse_number(ch_str_trim(given), &number) || number < 0 || number > UINT32_MAX))) {
        ch_complain(build->to, true, block->file, value->line, value->column, "write one word, or \"word = number\"",
                    "\"%.*s\" is no member of a class", (int)value->text.len, value->text.at);
        return;
    }
    m.number = (uint32_t)number;
    ch_build_put(build, CH_SECTION_FURNITURE_MEMBERS, &m, sizeof m);
}

static int
by_class_and_word(const void *a, const void *b)
{
    const ch_furniture_member *x = a, *y = b;
    if (x->class != y->class)
        return x->class < y->class ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

static void
compile_parts(ch_build *build)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (!is_part(block))
            continue;
        bool is_class = ch_str_is(block->kind, "furniture-class");
        ch_build_check_keys(build, block, is_class ? class_keys : part_keys);
        ch_furniture_part part = {.id = ch_build_string(build, block->id),
                                  .first = ch_build_count(build, CH_SECTION_FURNITURE_PHRASES)};
        uint64_t at = 0;
        for (const ch_value *v; is_class && (v = ch_block_next(block, "word", &at)) != NULL;)
            compile_member(build, block, v, number);
        compile_phrases(build, block, "form", CH_FURNITURE_FORM, number);
        part.count = ch_build_count(build, CH_SECTION_FURNITURE_PHRASES) - part.first;
        ch_build_put(build, CH_SECTION_FURNITURE_PARTS, &part, sizeof part);
        number++;
    }
    ch_text *members = &build->sections[CH_SECTION_FURNITURE_MEMBERS];
    if (members->len != 0)
        qsort(members->at, ch_build_count(build, CH_SECTION_FURNITURE_MEMBERS), sizeof(ch_furniture_member), by_class_and_word);
}

static uint32_t
date_of(ch_build *build, const ch_block *block)
{
    static const char *const names[] = {"", "published", "updated", "dated"};
    const ch_value *value = ch_block_first(block, "date");
    for (uint32_t i = 1; value != NULL && i < sizeof names / sizeof *names; i++)
        if (ch_str_is(value->text, names[i]))
            return i;
    if (value != NULL)
        ch_complain(build->to, true, block->file, value->line, value->column, "write published, updated or dated",
                    "\"%.*s\" is no use of a date", (int)value->text.len, value->text.at);
    return CH_FURNITURE_NO_DATE;
}

static void
compile_entry(ch_build *build, const ch_block *block)
{
    ch_build_check_keys(build, block, entry_keys);
    const ch_value *most = ch_block_first(block, "most");
    double number = MOST_DEFAULT;
    if (most != NULL && (!ch_parse_number(most->text, &number) || number < 1 || number > 1000))
        ch_complain(build->to, true, block->file, most->line, most->column, "write a number of words from 1 to 1000",
                    "\"%.*s\" is no number of words", (int)most->text.len, most->text.at);
    ch_furniture_entry entry = {.id = ch_build_string(build, block->id),
                                .date = date_of(build, block),
                                .most = (uint32_t)number,
                                .place = ch_build_place(build, block)};
    uint32_t index = ch_build_put(build, CH_SECTION_FURNITURE_ENTRIES, &entry, sizeof entry);
    compile_phrases(build, block, "line", CH_FURNITURE_LINE, index);
    compile_phrases(build, block, "begin", CH_FURNITURE_BEGIN, index);
    compile_phrases(build, block, "end", CH_FURNITURE_END, index);
}

void
ch_compile_furniture(ch_build *build)
{
    compile_parts(build);
    for (uint32_t i = 0; i < build->nblock; i++) {
        const ch_block *block = &build->blocks[i];
        if (ch_str_is(block->kind, "furniture"))
            compile_entry(build, block);
        else if (!is_part(block) && !ch_str_is(block->kind, "furniture-markup") && block->kind.len > 9 && memcmp(block->kind.at, "furniture", 9) == 0)
            ch_complain(build->to, true, block->file, block->line, 1, "use furniture, furniture-part, furniture-class or furniture-markup",
                        "no kind of block is named \"%.*s\"", (int)block->kind.len, block->kind.at);
    }
}

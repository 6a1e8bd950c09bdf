/* The field `order` of frames: words around a trigger in the order of the text. */
#include "lexicon/compile_frames.h"

#include <string.h>

/* Steps of one order: longer ones are sentences, not patterns. */
#define ORDER_STEPS_MAX 24

typedef struct {
    ch_order_step steps[ORDER_STEPS_MAX]; /* in the order of the text */
    uint32_t count;
    uint32_t trigger;   /* the trigger stands before this step, or CH_NONE */
    bool trigger_tight; /* it stands right behind the step before it */
    bool too_long;
} order_text;

static void
add_step(order_text *o, ch_order_kind kind, uint32_t value, bool tight)
{
    if (o->count == ORDER_STEPS_MAX)
        o->too_long = true;
    else
        o->steps[o->count++] = (ch_order_step){.kind = kind, .value = value, .tight = tight};
}

/* One item between spaces and underscores. */
static void
read_item(ch_framing *c, order_text *o, ch_str item, bool tight)
{
    static const struct {
        const char *name;
        ch_order_kind kind;
    } marks[] = {
        {"<actor>", CH_ORDER_ACTOR}, {"<recipient>", CH_ORDER_RECIPIENT}, {"<both>", CH_ORDER_BOTH}, {"<noun>", CH_ORDER_NOUN}};
    if (ch_str_is(item, "*")) {
        if (o->trigger != CH_NONE)
            ch_framing_mistake(c, item.at, "write one \"*\"", "the trigger stands twice", item);
        o->trigger = o->count;
        o->trigger_tight = tight;
        return;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ch_str_is(item, marks[i].name)) {
            add_step(o, marks[i].kind, 0, tight);
            return;
        }
    if (item.at[0] == '@') {
        ch_str id = {item.at + 1, item.len - 1};
        uint32_t *set = ch_map_get(&c->sets, id);
        if (set == NULL)
            ch_framing_mistake(c, item.at, "define `set` of that id, or mend the name", "no such set", id);
        else {
            add_step(o, CH_ORDER_SET, *set, tight);
            ch_map_put(&c->used, id, 1, NULL);
        }
        return;
    }
    uint32_t words[CH_FRAMING_WORDS_MAX];
    uint32_t n = item.at[0] == '<' ? 0 : ch_build_words(c->build, item, words, CH_FRAMING_WORDS_MAX);
    if (n == 0 || n > CH_FRAMING_WORDS_MAX)
        ch_framing_mistake(c, item.at, "write words, @sets, <actor>, <recipient>, <both>, <noun> and one *",
                           "no part of an order", item);
    for (uint32_t i = 0; i < n && n <= CH_FRAMING_WORDS_MAX; i++)
        add_step(o, CH_ORDER_WORD, words[i], tight || i > 0);
}

/* `tight` tells of a step whether it is joined to the one on its left; in the
 * compiled order it tells of the side towards the trigger. */
static void
put_order_steps(ch_framing *c, const order_text *o)
{
    for (uint32_t i = o->trigger; i-- > 0;) {
        ch_order_step step = o->steps[i];
        step.tight = i + 1 < o->trigger ? o->steps[i + 1].tight : o->trigger_tight;
        ch_build_put(c->build, CH_SECTION_ORDER_STEPS, &step, sizeof step);
    }
    for (uint32_t i = o->trigger; i < o->count; i++)
        ch_build_put(c->build, CH_SECTION_ORDER_STEPS, &o->steps[i], sizeof o->steps[i]);
}

/* The words and sets of one order; 0 when it is wrong, which is told. */
static uint32_t
put_order(ch_framing *c, ch_str s)
{
    order_text o = {.trigger = CH_NONE};
    uint32_t weight = 0;
    for (size_t i = 0; i < s.len;) {
        size_t gap = i;
        while (i < s.len && (s.at[i] == ' ' || s.at[i] == '_'))
            i++;
        bool tight = i > gap && memchr(s.at + gap, '_', i - gap) != NULL;
        size_t end = i;
        while (end < s.len && s.at[end] != ' ' && s.at[end] != '_')
            end++;
        if (end > i)
            read_item(c, &o, (ch_str){s.at + i, end - i}, tight);
        i = end;
    }
    if (o.trigger == CH_NONE || o.count == 0 || o.too_long) {
        ch_framing_mistake(c, s.at, "write one \"*\" for the trigger and at most 24 words around it", "no order of words", s);
        return 0;
    }
    ch_order order = {
        .first = ch_build_count(c->build, CH_SECTION_ORDER_STEPS), .nbefore = o.trigger, .nafter = o.count - o.trigger};
    put_order_steps(c, &o);
    ch_build_put(c->build, CH_SECTION_ORDERS, &order, sizeof order);
    for (uint32_t i = 0; i < o.count; i++)
        weight += o.steps[i].kind == CH_ORDER_WORD || o.steps[i].kind == CH_ORDER_SET;
    return weight + 1;
}

ch_range
ch_framing_orders(ch_framing *c, uint32_t *weight)
{
    ch_range range = {ch_build_count(c->build, CH_SECTION_ORDERS), 0};
    uint64_t at = 0;
    *weight = 0;
    for (const ch_value *v; (v = ch_block_next(c->block, "order", &at)) != NULL;) {
        c->value = v;
        uint32_t w = put_order(c, v->text);
        *weight = w > *weight ? w : *weight;
    }
    range.count = ch_build_count(c->build, CH_SECTION_ORDERS) - range.first;
    return range;
}

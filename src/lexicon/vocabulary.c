/* The compiled vocabulary and the trie of names, made once all names are known. */
#include "lexicon/vocabulary.h"

#include "base/utf8.h"
#include "lexicon/tables.h"

#include <stdlib.h>
#include <string.h>

static uint32_t
power_of_two_above(uint32_t n)
{
    uint32_t p = 16;
    while (p < n)
        p *= 2;
    return p;
}

/* ------------------------------------------------------------------- words */

typedef struct {
    const char *written;
    const char *other;
} ending;

/* British and American endings of one word. Long endings first. */
static const ending endings[] = {
    {"isations", "izations"}, {"isation", "ization"}, {"ising", "izing"},  {"ised", "ized"},  {"ises", "izes"},
    {"iser", "izer"},         {"ise", "ize"},         {"ours", "ors"},     {"our", "or"},     {"oured", "ored"},
    {"yse", "yze"},           {"ysed", "yzed"},       {"elling", "eling"}, {"elled", "eled"},
};

/* Shorter words ("our", "wise") would turn into others. */
#define VARIANT_LENGTH_MIN 6

static void
add_slot(ch_build *build, ch_word_slot *slots, uint32_t nslot, ch_str text, uint32_t word)
{
    uint32_t at = (uint32_t)ch_hash(text.at, text.len) & (nslot - 1);
    while (slots[at].text != 0)
        at = (at + 1) & (nslot - 1);
    slots[at] = (ch_word_slot){.text = ch_build_string(build, text), .word = word};
}

/* The spelling of `word` beyond the Atlantic into `out`; its length, or 0. */
static size_t
variant(ch_str word, const char *from, const char *to, char *out, size_t room)
{
    size_t nfrom = strlen(from), nto = strlen(to);
    if (word.len < VARIANT_LENGTH_MIN || word.len < nfrom || memcmp(word.at + word.len - nfrom, from, nfrom) != 0 ||
        word.len - nfrom + nto > room)
        return 0;
    memcpy(out, word.at, word.len - nfrom);
    memcpy(out + word.len - nfrom, to, nto);
    return word.len - nfrom + nto;
}

static void
add_variants(ch_build *build)
{
    uint32_t count = build->words.count;
    for (uint32_t i = 0; i < count; i++) {
        ch_str word = build->words.keys[i];
        for (size_t e = 0; e < 2 * (sizeof endings / sizeof *endings); e++) {
            const ending *pair = &endings[e / 2];
            char out[128];
            size_t len = e % 2 == 0 ? variant(word, pair->written, pair->other, out, sizeof out)
                                    : variant(word, pair->other, pair->written, out, sizeof out);
            ch_str other = {out, len};
            if (len == 0 || ch_map_get(&build->words, other) != NULL || ch_map_get(&build->spellings, other) != NULL)
                continue;
            char *copy = ch_arena_copy(build->arena, out, len);
            if (copy == NULL || ch_map_put(&build->spellings, (ch_str){copy, len}, build->words.values[i], NULL) == NULL)
                build->out_of_memory = true;
        }
    }
}

void
ch_vocabulary_write(ch_build *build)
{
    add_variants(build);
    uint32_t total = build->words.count + build->spellings.count;
    uint32_t nslot = power_of_two_above(total + total / 2 + 1);
    ch_word_slot *slots = ch_arena_array(build->arena, nslot, sizeof *slots);
    if (slots == NULL) {
        build->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < build->words.count; i++)
        add_slot(build, slots, nslot, build->words.keys[i], build->words.values[i]);
    for (uint32_t i = 0; i < build->spellings.count; i++)
        add_slot(build, slots, nslot, build->spellings.keys[i], build->spellings.values[i]);
    for (uint32_t i = 0; i < nslot; i++)
        ch_build_put(build, CH_SECTION_WORD_SLOTS, &slots[i], sizeof slots[i]);
}

/* -------------------------------------------------------------------- trie */

typedef struct {
    ch_trie_slot *slots;
    uint32_t nslot;
    uint32_t nnode;
} trie;

static uint32_t
step_or_add(trie *t, uint32_t node, uint32_t word)
{
    uint32_t mask = t->nslot - 1;
    uint32_t at = ch_trie_hash(node, word) & mask;
    while (t->slots[at].word != 0) {
        if (t->slots[at].node == node && t->slots[at].word == word)
            return t->slots[at].next;
        at = (at + 1) & mask;
    }
    t->slots[at] = (ch_trie_slot){.node = node, .word = word, .next = t->nnode++};
    return t->slots[at].next;
}

/* The same edges in the smallest table that keeps chains short. Names share their
 * first words, so that there are fewer edges than the words that the first table
 * was sized for; a smaller one is looked up as fast and mapped sooner. */
static bool
pack(ch_arena *arena, trie *t)
{
    uint32_t nslot = power_of_two_above(t->nnode + t->nnode / 2);
    ch_trie_slot *slots = ch_arena_array(arena, nslot, sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < t->nslot; i++) {
        if (t->slots[i].word == 0)
            continue;
        uint32_t at = ch_trie_hash(t->slots[i].node, t->slots[i].word) & (nslot - 1);
        while (slots[at].word != 0)
            at = (at + 1) & (nslot - 1);
        slots[at] = t->slots[i];
    }
    t->slots = slots;
    t->nslot = nslot;
    return true;
}

/* Names by node, in the order in which they were added. */
static void
write_names(ch_build *build, const uint32_t *node_of, uint32_t nnode)
{
    ch_trie_node *nodes = ch_arena_array(build->arena, nnode, sizeof *nodes);
    ch_name *names = ch_arena_array(build->arena, build->nname, sizeof *names);
    if (nodes == NULL || names == NULL) {
        build->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < build->nname; i++)
        nodes[node_of[i]].count++;
    uint32_t first = 0;
    for (uint32_t i = 0; i < nnode; i++) {
        nodes[i].first = first;
        first += nodes[i].count;
        nodes[i].count = 0;
    }
    for (uint32_t i = 0; i < build->nname; i++) {
        ch_trie_node *node = &nodes[node_of[i]];
        names[node->first + node->count++] = ch_build_name_of(build, i);
    }
    for (uint32_t i = 0; i < nnode; i++)
        ch_build_put(build, CH_SECTION_TRIE_NODES, &nodes[i], sizeof nodes[i]);
    for (uint32_t i = 0; i < build->nname; i++)
        ch_build_put(build, CH_SECTION_NAMES, &names[i], sizeof names[i]);
}

void
ch_trie_write(ch_build *build)
{
    uint32_t nword = 0;
    for (uint32_t i = 0; i < build->nname; i++) {
        uint32_t n;
        ch_build_name_words(build, i, &n);
        nword += n;
    }
    trie t = {.nslot = power_of_two_above(nword * 2 + 1), .nnode = 1};
    t.slots = ch_arena_array(build->arena, t.nslot, sizeof *t.slots);
    uint32_t *node_of = ch_arena_array(build->arena, build->nname, sizeof *node_of);
    if (t.slots == NULL || node_of == NULL) {
        build->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < build->nname; i++) {
        uint32_t n, node = 0;
        const uint32_t *words = ch_build_name_words(build, i, &n);
        for (uint32_t w = 0; w < n; w++)
            node = step_or_add(&t, node, words[w]);
        node_of[i] = node;
    }
    if (!pack(build->arena, &t)) {
        build->out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < t.nslot; i++)
        ch_build_put(build, CH_SECTION_TRIE_SLOTS, &t.slots[i], sizeof t.slots[i]);
    write_names(build, node_of, t.nnode);
}

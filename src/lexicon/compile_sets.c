/* Blocks `set`: classes of words, found by their first and last word. */
#include "base/grow.h"
#include "lexicon/compile_frames.h"
#include "lexicon/tables.h"

#include <stdlib.h>
#include <string.h>

static const char *const set_keys[] = {"word", "note", "from", NULL};

typedef struct {
    uint32_t set;
    ch_range words;
} member;

typedef struct {
    member *all;
    uint32_t count, room;
} members;

static void
add_member(ch_framing *c, members *list, uint32_t set, ch_range words)
{
    member *all = ch_grow(list->all, list->count, &list->room, sizeof *all, 1024);
    if (all == NULL) {
        c->build->out_of_memory = true;
        return;
    }
    list->all = all;
    list->all[list->count++] = (member){set, words};
}

/* A preposition of several words is one word of the graph: "outside-of". */
static ch_range
put_joined(ch_framing *c, ch_str s)
{
    uint32_t word = ch_build_word(c->build, s);
    ch_build_put(c->build, CH_SECTION_FRAME_WORDS, &word, sizeof word);
    return (ch_range){ch_build_count(c->build, CH_SECTION_FRAME_WORDS) - 1, 1};
}

static const ch_block *
set_block(ch_framing *c, ch_str id)
{
    for (uint32_t i = 0; i < c->build->nblock; i++)
        if (ch_str_is(c->build->blocks[i].kind, "set") && ch_str_eq(c->build->blocks[i].id, id))
            return &c->build->blocks[i];
    return NULL;
}

/* Sets include each other at most this deep; a circle is cut there. */
#define INCLUDE_DEPTH_MAX 8

static void
add_members_of(ch_framing *c, members *list, uint32_t set, const ch_block *block, int depth)
{
    uint64_t at = 0;
    const ch_block *outer = c->block;
    c->block = block;
    for (const ch_value *v; (v = ch_block_next(block, "word", &at)) != NULL;) {
        c->value = v;
        if (v->text.at[0] != '@') {
            add_member(c, list, set, ch_framing_words(c, v->text));
            if (memchr(v->text.at, '-', v->text.len) != NULL)
                add_member(c, list, set, put_joined(c, v->text));
            continue;
        }
        ch_str id = {v->text.at + 1, v->text.len - 1};
        const ch_block *other = set_block(c, id);
        if (other == NULL)
            ch_framing_mistake(c, v->text.at, "define `set` of that id, or mend the name", "no such set", id);
        else if (depth == INCLUDE_DEPTH_MAX)
            ch_framing_mistake(c, v->text.at, "break the circle", "sets include each other", id);
        else {
            ch_map_put(&c->used, id, 1, NULL);
            add_members_of(c, list, set, other, depth + 1);
        }
    }
    c->block = outer;
}

static ch_set_slot *
slot_for(ch_set_slot *slots, uint32_t nslot, uint32_t set, uint32_t word)
{
    uint32_t at = ch_trie_hash(set, word) & (nslot - 1);
    while (slots[at].word != 0 && !(slots[at].set == set && slots[at].word == word))
        at = (at + 1) & (nslot - 1);
    slots[at].set = set;
    slots[at].word = word;
    return &slots[at];
}

/* Each phrase stands under its first and its last word. Two passes: count, fill. */
static void
write_members(ch_framing *c, const members *list)
{
    uint32_t nslot = 16;
    while (nslot < list->count * 4 + 1)
        nslot *= 2;
    ch_set_slot *slots = ch_arena_array(c->build->arena, nslot, sizeof *slots);
    ch_phrase *phrases = ch_arena_array(c->build->arena, list->count * 2 + 1, sizeof *phrases);
    if (slots == NULL || phrases == NULL) {
        c->build->out_of_memory = true;
        return;
    }
    for (uint32_t pass = 0; pass < 2; pass++) {
        uint32_t next = 0;
        for (uint32_t s = 0; pass == 1 && s < nslot; s++) {
            slots[s].phrases.first = next;
            next += slots[s].phrases.count;
            slots[s].phrases.count = 0;
        }
        for (uint32_t i = 0; i < list->count; i++) {
            ch_range words = list->all[i].words;
            for (uint32_t end = 0; end < 2 && words.count != 0; end++) {
                uint32_t word = ch_framing_word(c->build, words.first + (end == 0 ? 0 : words.count - 1));
                ch_set_slot *slot = slot_for(slots, nslot, list->all[i].set, word);
                if (words.count == 1) {
                    slot->whole = 1;
                    break;
                }
                if (pass == 1)
                    phrases[slot->phrases.first + slot->phrases.count] = (ch_phrase){words.first, words.count};
                slot->phrases.count++;
            }
        }
        if (pass == 1)
            for (uint32_t i = 0; i < list->count * 2 && phrases[i].nword != 0; i++)
                ch_build_put(c->build, CH_SECTION_PHRASES, &phrases[i], sizeof phrases[i]);
    }
    for (uint32_t i = 0; i < nslot; i++)
        ch_build_put(c->build, CH_SECTION_SET_SLOTS, &slots[i], sizeof slots[i]);
}

void
ch_framing_sets(ch_framing *c)
{
    members list = {0};
    for (uint32_t i = 0; i < c->build->nblock; i++) {
        const ch_block *block = &c->build->blocks[i];
        if (!ch_str_is(block->kind, "set"))
            continue;
        ch_build_check_keys(c->build, block, set_keys);
        uint32_t before = list.count;
        uint32_t index = ch_build_count(c->build, CH_SECTION_SETS);
        add_members_of(c, &list, index, block, 0);
        ch_set set = {
            .id = ch_build_string(c->build, block->id), .size = list.count - before, .where = ch_build_place(c->build, block)};
        ch_build_put(c->build, CH_SECTION_SETS, &set, sizeof set);
        if (ch_map_put(&c->sets, block->id, index, NULL) == NULL)
            c->build->out_of_memory = true;
    }
    write_members(c, &list);
    free(list.all);
}

#include "lexicon/lexicon.h"

#include "base/hash.h"
#include "base/search.h"
#include "base/utf8.h"
#include "lexicon/frames.h"
#include "lexicon/gazetteer.h"
#include "lexicon/handle.h"
#include "lexicon/sound.h"
#include "lexicon/tables.h"

#include <stdlib.h>
#include <string.h>

/* A name longer than this is none that a lexicon may hold. */
#define NAME_MAX_BYTES 1024

const ch_image_kind ch_lexicon_image = {
    .magic = {'C', 'H', 'A', 'N', 'L', 'E', 'X', '\n'},
    .version = 1,
    .what = "compiled lexicon",
    .remedy = "make it with `chancery lexicon compile`",
};

static ch_status
find_sections(ch_lexicon_handle *h, const char *path, ch_error *err)
{
    ch_lexicon *lex = &h->lexicon;
    uint32_t nstring;
    const ch_image_wanted all[] = {
        {CH_SECTION_STRINGS, 1, (const void **)&lex->strings, &nstring},
        {CH_SECTION_WORD_SLOTS, sizeof(ch_word_slot), (const void **)&h->word_slots, &h->nword_slot},
        {CH_SECTION_TRIE_SLOTS, sizeof(ch_trie_slot), (const void **)&h->trie_slots, &h->ntrie_slot},
        {CH_SECTION_TRIE_NODES, sizeof(ch_trie_node), (const void **)&h->nodes, &h->nnode},
        {CH_SECTION_NAMES, sizeof(ch_name), (const void **)&lex->names, &lex->nname},
        {CH_SECTION_COUNTRIES, sizeof(ch_country), (const void **)&lex->countries, &lex->ncountry},
        {CH_SECTION_ACTORS, sizeof(ch_actor), (const void **)&lex->actors, &lex->nactor},
        {CH_SECTION_ROLES, sizeof(ch_role), (const void **)&lex->roles, &lex->nrole},
        {CH_SECTION_MEMBERS, sizeof(uint32_t), (const void **)&lex->members, &lex->nmember},
        {CH_SECTION_AGENTS, sizeof(ch_agent), (const void **)&lex->agents, &lex->nagent},
        {CH_SECTION_INFLECTIONS, sizeof(ch_inflection), (const void **)&lex->inflections, &lex->ninflection},
        {CH_SECTION_PLACES, sizeof(ch_gazetteer_place), (const void **)&h->places, &h->nplace},
        {CH_SECTION_CODES, sizeof(ch_code), (const void **)&h->layouts.codes, &h->layouts.ncode},
        {CH_SECTION_LAYOUTS, sizeof(ch_layout), (const void **)&h->layouts.layouts, &h->layouts.nlayout},
        {CH_SECTION_COLUMNS, sizeof(ch_column), (const void **)&h->layouts.columns, &h->layouts.ncolumn},
    };
    ch_status status = ch_lexicon_check(&lex->image, path, err);
    if (status == CH_OK)
        status = ch_image_sections(&lex->image, all, sizeof all / sizeof *all, err);
    if (status != CH_OK)
        return status;
    if (h->nword_slot == 0 || h->ntrie_slot == 0)
        return ch_fail(err, CH_E_FORMAT, path, 0, "lacks its vocabulary; compile it again");
    return ch_frames_open(h, err);
}

static ch_status
adopt(ch_lexicon **out, ch_image *image, const char *path, ch_error *err)
{
    *out = NULL;
    ch_lexicon_handle *h = calloc(1, sizeof *h);
    if (h == NULL) {
        ch_image_close(image);
        return ch_fail(err, CH_E_NOMEM, path, 0, "not enough memory to open it");
    }
    h->lexicon.image = *image;
    ch_status status = find_sections(h, path, err);
    if (status != CH_OK) {
        ch_lexicon_close(&h->lexicon);
        return status;
    }
    *out = &h->lexicon;
    return CH_OK;
}

ch_status
ch_lexicon_adopt(ch_lexicon **out, ch_image *image, ch_error *err)
{
    return adopt(out, image, NULL, err);
}

ch_status
ch_lexicon_open(ch_lexicon **out, const char *path, ch_error *err)
{
    ch_image image;
    *out = NULL;
    ch_status status = ch_image_open(&image, &ch_lexicon_image, path, err);
    return status == CH_OK ? adopt(out, &image, path, err) : status;
}

void
ch_lexicon_close(ch_lexicon *lexicon)
{
    if (lexicon == NULL)
        return;
    ch_image_close(&lexicon->image);
    ch_map_free(&ch_lexicon_get_handle(lexicon)->set_of);
    free(ch_lexicon_get_handle(lexicon));
}

const ch_inflection *
ch_lexicon_inflection(const ch_lexicon *lexicon, uint32_t form)
{
    const ch_inflection *all = lexicon->inflections;
    uint32_t i = lexicon->ninflection == 0 ? 0 : ch_search_first(&all->form, sizeof *all, lexicon->ninflection, form);
    return i < lexicon->ninflection && all[i].form == form ? &all[i] : NULL;
}

uint32_t
ch_lexicon_word(const ch_lexicon *lexicon, const char *folded, size_t len)
{
    const ch_lexicon_handle *h = ch_lexicon_get_handle(lexicon);
    uint32_t mask = h->nword_slot - 1;
    uint32_t at = (uint32_t)ch_hash(folded, len) & mask;
    for (; h->word_slots[at].text != 0; at = (at + 1) & mask) {
        const char *text = lexicon->strings + h->word_slots[at].text;
        if (strncmp(text, folded, len) == 0 && text[len] == '\0')
            return h->word_slots[at].word;
    }
    return 0;
}

uint32_t
ch_lexicon_step(const ch_lexicon *lexicon, uint32_t node, uint32_t word)
{
    const ch_lexicon_handle *h = ch_lexicon_get_handle(lexicon);
    uint32_t mask = h->ntrie_slot - 1;
    if (word == 0)
        return 0;
    for (uint32_t at = ch_trie_hash(node, word) & mask; h->trie_slots[at].word != 0; at = (at + 1) & mask)
        if (h->trie_slots[at].node == node && h->trie_slots[at].word == word)
            return h->trie_slots[at].next;
    return 0;
}

const ch_name *
ch_lexicon_names_at(const ch_lexicon *lexicon, uint32_t node, uint32_t *count)
{
    const ch_lexicon_handle *h = ch_lexicon_get_handle(lexicon);
    *count = node < h->nnode ? h->nodes[node].count : 0;
    return *count != 0 ? &lexicon->names[h->nodes[node].first] : NULL;
}

/* The trie's node for all words of `folded`, or 0. */
static uint32_t
find_node(const ch_lexicon *lexicon, const char *folded, size_t len)
{
    uint32_t node = 0;
    for (size_t at = 0; at < len;) {
        const char *gap = memchr(folded + at, ' ', len - at);
        size_t end = gap != NULL ? (size_t)(gap - folded) : len;
        node = ch_lexicon_step(lexicon, node, ch_lexicon_word(lexicon, folded + at, end - at));
        if (node == 0)
            return 0;
        at = end + 1;
    }
    return node;
}

const ch_name *
ch_lexicon_find_names(const ch_lexicon *lexicon, ch_str text, uint32_t *count)
{
    char folded[NAME_MAX_BYTES];
    if (text.len > 4 && strncasecmp(text.at, "the ", 4) == 0)
        text = (ch_str){text.at + 4, text.len - 4};
    size_t len = ch_fold(folded, sizeof folded, text.at, text.len);
    uint32_t node = len != 0 && len != SIZE_MAX ? find_node(lexicon, folded, len) : 0;
    *count = 0;
    return node != 0 ? ch_lexicon_names_at(lexicon, node, count) : NULL;
}

const ch_role *
ch_lexicon_role(const ch_lexicon *lexicon, const ch_actor *actor, int32_t day, bool *holds)
{
    const ch_role *roles = &lexicon->roles[actor->first_role];
    const ch_role *before = NULL;
    if (holds != NULL)
        *holds = false;
    for (uint32_t i = 0; i < actor->nrole; i++) {
        if (day == INT32_MIN) {
            /* of a report without a date the office is likelier meant than what came after it */
            bool office = strstr(ch_lexicon_string(lexicon, roles[i].code), "GOV") != NULL;
            bool office_before = before != NULL && strstr(ch_lexicon_string(lexicon, before->code), "GOV") != NULL;
            if (before == NULL || (office && !office_before) || (office == office_before && roles[i].to > before->to))
                before = &roles[i];
            if (holds != NULL)
                *holds = true;
            continue;
        }
        if (roles[i].from <= day && day <= roles[i].to) {
            if (holds != NULL)
                *holds = true;
            return &roles[i];
        }
        if (roles[i].from <= day && (before == NULL || roles[i].from > before->from))
            before = &roles[i];
    }
    if (before == NULL && actor->nrole != 0)
        before = roles;
    return before;
}

const ch_gazetteer_place *
ch_gazetteer(const ch_lexicon *lexicon, uint32_t *count)
{
    const ch_lexicon_handle *h = ch_lexicon_get_handle(lexicon);
    *count = h->nplace;
    return h->places;
}

uint32_t
ch_lexicon_country(const ch_lexicon *lexicon, const char *id)
{
    /* countries are sorted by id */
    uint32_t low = 0, high = lexicon->ncountry;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int order = strncmp(ch_lexicon_string(lexicon, lexicon->countries[mid].id), id, 3);
        if (order == 0)
            return mid;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return CH_NONE;
}

uint32_t
ch_lexicon_state(const ch_lexicon *lexicon, uint32_t country, int32_t day)
{
    const ch_country *c = &lexicon->countries[country];
    bool part = c->whole != CH_NONE && c->whole_from <= day && day <= c->whole_to; /* on no day it is not */
    return part ? c->whole : country;
}

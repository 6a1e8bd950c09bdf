#include "lexicon/sound.h"

#include "lexicon/frames.h"
#include "lexicon/furniture.h"
#include "lexicon/gazetteer.h"
#include "lexicon/languages.h"
#include "lexicon/layouts.h"
#include "lexicon/markup.h"
#include "lexicon/pattern.h"
#include "lexicon/tables.h"
#include "lexicon/times.h"

#include <stddef.h>
#include <string.h>

/* One past the highest id of a section. */
#define SECTIONS 70

typedef enum {
    LEADS_TO,         /* an index of section `to` */
    LEADS_TO_OR_NONE, /* the same, or CH_NONE */
    BEGINS,           /* with the u32 at `count` a range of section `to` */
    BEGINS_SOME,      /* the same, which is not empty */
    BELOW,            /* a number below `to` */
    NUL_AT            /* no number: the byte is 0, so that a string of fixed size ends */
} bond;

/* What a field of a section's elements promises. */
typedef struct {
    uint32_t section;
    uint32_t size; /* of an element */
    uint32_t at;   /* of the field, in bytes */
    bond bond;
    uint32_t to;
    uint32_t count;
} promise;

/* NOLINTBEGIN(bugprone-macro-parentheses): names of types and fields */
#define FIELD(section, type, field) CH_SECTION_##section, sizeof(type), offsetof(type, field)
#define STRING(section, type, field) {FIELD(section, type, field), LEADS_TO, CH_SECTION_STRINGS, 0}
#define INDEX(section, type, field, to) {FIELD(section, type, field), LEADS_TO, CH_SECTION_##to, 0}
#define INDEX_OR_NONE(section, type, field, to) {FIELD(section, type, field), LEADS_TO_OR_NONE, CH_SECTION_##to, 0}
#define SPAN(section, type, first, count, to) {FIELD(section, type, first), BEGINS, CH_SECTION_##to, offsetof(type, count)}
#define SOME(section, type, first, count, to) {FIELD(section, type, first), BEGINS_SOME, CH_SECTION_##to, offsetof(type, count)}
#define RANGE(section, type, field, to) SPAN(section, type, field.first, field.count, to)
#define UNDER(section, type, field, limit) {FIELD(section, type, field), BELOW, limit, 0}
#define ENDED(section, type, field) {FIELD(section, type, field[sizeof((const type *)NULL)->field - 1]), NUL_AT, 0, 0}
/* NOLINTEND(bugprone-macro-parentheses) */

static const promise promises[] = {
    STRING(WORD_SLOTS, ch_word_slot, text),
    SPAN(TRIE_NODES, ch_trie_node, first, count, NAMES),
    STRING(NAMES, ch_name, form),

    STRING(COUNTRIES, ch_country, id),
    STRING(COUNTRIES, ch_country, name),
    INDEX_OR_NONE(COUNTRIES, ch_country, whole, COUNTRIES),
    STRING(COUNTRIES, ch_country, place.file),
    STRING(ACTORS, ch_actor, id),
    STRING(ACTORS, ch_actor, name),
    UNDER(ACTORS, ch_actor, kind, CH_ACTOR_PEOPLE + 1),
    SPAN(ACTORS, ch_actor, first_role, nrole, ROLES),
    SPAN(ACTORS, ch_actor, first_member, nmember, MEMBERS),
    STRING(ACTORS, ch_actor, place.file),
    STRING(ROLES, ch_role, code),
    STRING(ROLES, ch_role, title),
    {CH_SECTION_MEMBERS, sizeof(uint32_t), 0, LEADS_TO, CH_SECTION_COUNTRIES, 0},
    STRING(AGENTS, ch_agent, id),
    STRING(AGENTS, ch_agent, code),
    UNDER(AGENTS, ch_agent, class, CH_AGENT_THING + 1),
    STRING(AGENTS, ch_agent, place.file),
    STRING(PLACES, ch_gazetteer_place, name),
    STRING(PLACES, ch_gazetteer_place, admin),
    INDEX_OR_NONE(PLACES, ch_gazetteer_place, country, COUNTRIES),
    UNDER(PLACES, ch_gazetteer_place, kind, CH_PLACE_KIND_COUNT),

    STRING(MODES, ch_plover_mode, mode),
    ENDED(CAMEO, ch_cameo, code),
    ENDED(CAMEO, ch_cameo, planned),
    ENDED(CAMEO, ch_cameo, threat),
    STRING(CAMEO, ch_cameo, label),
    STRING(CAMEO, ch_cameo, mode),
    SPAN(CAMEO, ch_cameo, first_context, ncontext, CONTEXTS),
    {CH_SECTION_CONTEXTS, sizeof(ch_lexstr), 0, LEADS_TO, CH_SECTION_STRINGS, 0},
    ENDED(SECTORS, ch_sector, code),
    STRING(SECTORS, ch_sector, label),

    STRING(FRAMES, ch_frame, id),
    STRING(FRAMES, ch_frame, mode),
    ENDED(FRAMES, ch_frame, cameo),
    ENDED(FRAMES, ch_frame, reverse),
    STRING(FRAMES, ch_frame, status),
    STRING(FRAMES, ch_frame, unit),
    RANGE(FRAMES, ch_frame, contexts, CONTEXTS),
    RANGE(FRAMES, ch_frame, actor, PATHS),
    RANGE(FRAMES, ch_frame, recipient, PATHS),
    RANGE(FRAMES, ch_frame, place, PATHS),
    RANGE(FRAMES, ch_frame, content, PATHS),
    RANGE(FRAMES, ch_frame, tests, TESTS),
    RANGE(FRAMES, ch_frame, orders, ORDERS),
    STRING(FRAMES, ch_frame, where.file),
    INDEX(TRIGGERS, ch_trigger, frame, FRAMES),
    UNDER(TRIGGERS, ch_trigger, pos, CH_TRIGGER_ADJ + 1),
    SOME(TRIGGERS, ch_trigger, first_word, nword, FRAME_WORDS),
    SPAN(TRIGGERS, ch_trigger, first_test, ntest, TESTS),
    {CH_SECTION_TRIGGER_ORDER, sizeof(uint32_t), 0, LEADS_TO, CH_SECTION_TRIGGERS, 0},
    SPAN(TESTS, ch_test, first_alternative, nalternative, ALTERNATIVES),
    UNDER(ALTERNATIVES, ch_alternative, kind, CH_ALT_ACT + 1),
    SPAN(ALTERNATIVES, ch_alternative, first_word, nword, FRAME_WORDS),
    STRING(ALTERNATIVES, ch_alternative, mode),
    UNDER(ORDER_STEPS, ch_order_step, kind, CH_ORDER_BOTH + 1),
    STRING(SETS, ch_set, id),
    STRING(SETS, ch_set, where.file),
    RANGE(SET_SLOTS, ch_set_slot, phrases, PHRASES),
    SOME(PHRASES, ch_phrase, first_word, nword, FRAME_WORDS),
    INDEX(EXAMPLES, ch_example, frame, FRAMES),
    STRING(EXAMPLES, ch_example, text),
    STRING(EXAMPLES, ch_example, expect),
    STRING(DISCARDS, ch_discard, id),
    STRING(DISCARDS, ch_discard, where.file),
    STRING(INFLECTIONS, ch_inflection, text),
    STRING(UNITS, ch_unit, id),
    STRING(UNITS, ch_unit, sign),
    UNDER(UNITS, ch_unit, kind, CH_UNIT_KIND_COUNT),

    STRING(PATTERN_CLASSES, ch_pattern_class, id),
    INDEX(PATTERN_MEMBERS, ch_pattern_member, class, PATTERN_CLASSES),
    SOME(PATTERN_MEMBERS, ch_pattern_member, first_word, nword, PATTERN_WORDS),
    STRING(PATTERN_MEMBERS, ch_pattern_member, value),
    STRING(PATTERN_GROUPS, ch_pattern_group, id),
    STRING(PATTERN_RULES, ch_pattern_rule, id),
    INDEX(PATTERN_RULES, ch_pattern_rule, group, PATTERN_GROUPS),
    INDEX(PATTERN_RULES, ch_pattern_rule, code, PATTERN_CODE),
    INDEX_OR_NONE(PATTERN_RULES, ch_pattern_rule, left, PATTERN_CODE),
    INDEX_OR_NONE(PATTERN_RULES, ch_pattern_rule, not_left, PATTERN_CODE),
    INDEX_OR_NONE(PATTERN_RULES, ch_pattern_rule, right, PATTERN_CODE),
    INDEX_OR_NONE(PATTERN_RULES, ch_pattern_rule, not_right, PATTERN_CODE),
    SPAN(PATTERN_RULES, ch_pattern_rule, first_slot, nslot, PATTERN_SLOTS),
    UNDER(PATTERN_RULES, ch_pattern_rule, nslot, CH_PATTERN_SLOTS_MAX + 1),
    STRING(PATTERN_RULES, ch_pattern_rule, place.file),
    {CH_SECTION_PATTERN_SLOTS, sizeof(ch_lexstr), 0, LEADS_TO, CH_SECTION_STRINGS, 0},
    SPAN(PATTERN_STARTS, ch_pattern_start, first, count, PATTERN_START_RULES),
    INDEX(PATTERN_START_RULES, ch_pattern_start_rule, rule, PATTERN_RULES),
    UNDER(TIME_MAKES, ch_time_make, op, CH_MAKE_COUNT),

    STRING(FURNITURE_ENTRIES, ch_furniture_entry, id),
    UNDER(FURNITURE_ENTRIES, ch_furniture_entry, date, CH_FURNITURE_DATED + 1),
    STRING(FURNITURE_ENTRIES, ch_furniture_entry, place.file),
    UNDER(FURNITURE_PHRASES, ch_furniture_phrase, where, CH_FURNITURE_FORM + 1),
    SPAN(FURNITURE_PHRASES, ch_furniture_phrase, first, count, FURNITURE_ITEMS),
    UNDER(FURNITURE_ITEMS, ch_furniture_item, kind, CH_ITEM_REST + 1),
    INDEX(FURNITURE_MEMBERS, ch_furniture_member, class, FURNITURE_PARTS),
    STRING(FURNITURE_PARTS, ch_furniture_part, id),
    SPAN(FURNITURE_PARTS, ch_furniture_part, first, count, FURNITURE_PHRASES),

    UNDER(MARKUP, ch_markup_name, kind, CH_MARKUP_KIND_COUNT),
    STRING(LANGUAGES, ch_language, id),
    INDEX(LANGUAGE_WORDS, ch_language_word, language, LANGUAGES),
    INDEX(LANGUAGE_RANGES, ch_language_range, language, LANGUAGES),

    STRING(CODES, ch_code, table),
    STRING(CODES, ch_code, from),
    STRING(CODES, ch_code, to),
    STRING(LAYOUTS, ch_layout, id),
    STRING(LAYOUTS, ch_layout, label),
    UNDER(LAYOUTS, ch_layout, rows, CH_ROWS_COUNT),
    STRING(LAYOUTS, ch_layout, list),
    STRING(LAYOUTS, ch_layout, missing),
    STRING(LAYOUTS, ch_layout, once),
    SPAN(LAYOUTS, ch_layout, first_column, ncolumn, COLUMNS),
    STRING(COLUMNS, ch_column, name),
    STRING(COLUMNS, ch_column, type),
    STRING(COLUMNS, ch_column, content),
    STRING(COLUMNS, ch_column, note),
};

typedef struct {
    const ch_image *image;
    uint32_t count[SECTIONS]; /* elements of each section, 0 where it is absent */
} image_check;

/* The elements of a section as the type that they have; *count of them. */
static const void *
section(const image_check *c, uint32_t id, uint32_t size, uint32_t *count)
{
    const void *at;
    /* sections of another element size were refused by check_sections() */
    return ch_image_section(c->image, id, size, &at, count, NULL) == CH_OK ? at : NULL;
}

/* Counts the sections; false where one has elements of another size than its promises. */
static bool
check_sections(image_check *c)
{
    for (uint32_t i = c->image->nsection; i-- > 0;) {
        ch_image_part part = ch_image_part_at(c->image, i);
        if (part.id < SECTIONS)
            c->count[part.id] = (uint32_t)part.count; /* of two the first is the one that is used */
    }
    for (size_t i = 0; i < sizeof promises / sizeof *promises; i++) {
        const void *at;
        uint32_t count;
        if (ch_image_section(c->image, promises[i].section, promises[i].size, &at, &count, NULL) != CH_OK)
            return false;
    }
    return true;
}

static inline uint32_t
number_at(const unsigned char *at)
{
    uint32_t number;
    memcpy(&number, at, sizeof number);
    return number;
}

/* Hot: a lexicon has some two million fields. No field ends the loop early, so
 * that it has no branch. */
static bool
is_kept(const image_check *c, const promise *p)
{
    uint32_t count, broken = 0, limit = p->bond == BELOW ? p->to : c->count[p->to];
    const unsigned char *at = section(c, p->section, p->size, &count);
    const unsigned char *end = at != NULL ? at + (size_t)count * p->size : NULL;
    switch (p->bond) {
    case LEADS_TO:
    case BELOW:
        for (; at != end; at += p->size)
            broken |= number_at(at + p->at) >= limit;
        break;
    case LEADS_TO_OR_NONE:
        for (; at != end; at += p->size)
            broken |= number_at(at + p->at) >= limit && number_at(at + p->at) != CH_NONE;
        break;
    case BEGINS:
    case BEGINS_SOME:
        for (; at != end; at += p->size) {
            uint32_t many = number_at(at + p->count);
            broken |= (uint64_t)number_at(at + p->at) + many > limit || (p->bond == BEGINS_SOME && many == 0);
        }
        break;
    case NUL_AT:
        for (; at != end; at += p->size)
            broken |= at[p->at];
        break;
    }
    return broken == 0;
}

/* ------------------------------------- what one promise a field does not say */

/* A table of open addressing: a power of two of slots, of which one is free (the
 * u32 at `key` is 0), so that every search ends. */
static bool
is_table(const image_check *c, uint32_t id, uint32_t size, uint32_t key)
{
    uint32_t count, nfree = 0;
    const unsigned char *at = section(c, id, size, &count);
    for (uint32_t i = 0; i < count; i++)
        nfree += number_at(at + (size_t)i * size + key) == 0;
    return (count & (count - 1)) == 0 && (count == 0 || nfree != 0);
}

static bool
check_tables(const image_check *c)
{
    return is_table(c, CH_SECTION_WORD_SLOTS, sizeof(ch_word_slot), offsetof(ch_word_slot, text)) &&
           is_table(c, CH_SECTION_TRIE_SLOTS, sizeof(ch_trie_slot), offsetof(ch_trie_slot, word)) &&
           is_table(c, CH_SECTION_SET_SLOTS, sizeof(ch_set_slot), offsetof(ch_set_slot, word));
}

/* A name's entry is in the section that its kind says. */
static bool
check_names(const image_check *c)
{
    uint32_t limits[CH_NAME_KIND_COUNT] = {0};
    for (uint32_t kind = 0; kind <= CH_NAME_REGION; kind++)
        limits[kind] = c->count[CH_SECTION_COUNTRIES];
    limits[CH_NAME_ACTOR] = limits[CH_NAME_ACTOR_ADJECTIVE] = c->count[CH_SECTION_ACTORS];
    for (uint32_t kind = CH_NAME_AGENT; kind <= CH_NAME_AGENT_MODIFIER; kind++)
        limits[kind] = c->count[CH_SECTION_AGENTS];
    limits[CH_NAME_PLACE] = c->count[CH_SECTION_PLACES];
    limits[CH_NAME_DISCARD] = c->count[CH_SECTION_DISCARDS];
    uint32_t count;
    const ch_name *names = section(c, CH_SECTION_NAMES, sizeof *names, &count);
    for (uint32_t i = 0; i < count; i++)
        if (names[i].kind >= CH_NAME_KIND_COUNT || names[i].entry >= limits[names[i].kind])
            return false;
    return true;
}

/* Codes begin with the three letters of a country. */
static bool
check_countries(const image_check *c)
{
    uint32_t count, nstring;
    const ch_country *countries = section(c, CH_SECTION_COUNTRIES, sizeof *countries, &count);
    const char *strings = section(c, CH_SECTION_STRINGS, 1, &nstring);
    for (uint32_t i = 0; i < count; i++)
        if (strnlen(strings + countries[i].id, 4) != 3)
            return false;
    return true;
}

static bool
is_type(uint32_t type)
{
    return type < CH_PLOVER_COUNT || type == CH_NO_TYPE || (type >= CH_FACT_FIRST && type < CH_FACT_FIRST + CH_FACT_KIND_COUNT);
}

static bool
check_frames(const image_check *c)
{
    uint32_t nframe, ntrigger, norder, nindex;
    const ch_frame *frames = section(c, CH_SECTION_FRAMES, sizeof *frames, &nframe);
    const ch_trigger *triggers = section(c, CH_SECTION_TRIGGERS, sizeof *triggers, &ntrigger);
    const ch_order *orders = section(c, CH_SECTION_ORDERS, sizeof *orders, &norder);
    const uint32_t *index = section(c, CH_SECTION_TRIGGER_INDEX, sizeof *index, &nindex);
    bool sound = true;
    for (uint32_t i = 0; i < nframe; i++)
        sound = sound && is_type(frames[i].type);
    for (uint32_t i = 0; i < ntrigger; i++)
        sound = sound && triggers[i].head < triggers[i].nword;
    for (uint32_t i = 0; i < norder; i++)
        sound = sound && (uint64_t)orders[i].first + orders[i].nbefore + orders[i].nafter <= c->count[CH_SECTION_ORDER_STEPS];
    for (uint32_t i = 0; i < nindex; i++) /* the last of one word's is the first of the next one's */
        sound = sound && index[i] <= c->count[CH_SECTION_TRIGGER_ORDER];
    return sound;
}

/* Where a step of a program leads. The last step ends a program, so that the
 * step behind any other exists. */
static bool
check_programs(const image_check *c)
{
    uint32_t count;
    const ch_pattern_step *code = section(c, CH_SECTION_PATTERN_CODE, sizeof *code, &count);
    for (uint32_t i = 0; i < count; i++) {
        const ch_pattern_step *s = &code[i];
        bool sound = s->kind <= CH_STEP_REST;
        if (s->kind == CH_STEP_SPLIT)
            sound = s->a < count && s->b < count;
        else if (s->kind == CH_STEP_JUMP)
            sound = s->a < count;
        else if (s->kind == CH_STEP_CLASS)
            sound = s->a < c->count[CH_SECTION_PATTERN_CLASSES];
        else if (s->kind == CH_STEP_GROUP)
            sound = s->a < c->count[CH_SECTION_PATTERN_GROUPS];
        if (!sound)
            return false;
    }
    return count == 0 || code[count - 1].kind == CH_STEP_MATCH;
}

static bool
check_makes(const image_check *c)
{
    uint32_t count;
    const ch_time_make *makes = section(c, CH_SECTION_TIME_MAKES, sizeof *makes, &count);
    bool sound = true;
    for (uint32_t i = 0; i < count; i++) {
        sound = sound && (makes[i].span < CH_PATTERN_SLOTS_MAX || makes[i].span == CH_NONE);
        for (uint32_t k = 0; k < CH_TIME_ARGS_MAX; k++) {
            uint32_t kind = makes[i].kind[k], value = makes[i].value[k];
            if (kind == CH_TIME_ARG_SLOT || kind == CH_TIME_ARG_MINUS)
                sound = sound && value < CH_PATTERN_SLOTS_MAX;
            else if (kind == CH_TIME_ARG_WORD)
                sound = sound && value < c->count[CH_SECTION_STRINGS];
        }
    }
    return sound;
}

static bool
check_furniture(const image_check *c)
{
    uint32_t nphrase, nitem, npart = c->count[CH_SECTION_FURNITURE_PARTS];
    const ch_furniture_phrase *phrases = section(c, CH_SECTION_FURNITURE_PHRASES, sizeof *phrases, &nphrase);
    const ch_furniture_item *items = section(c, CH_SECTION_FURNITURE_ITEMS, sizeof *items, &nitem);
    bool sound = true;
    for (uint32_t i = 0; i < nphrase; i++)
        sound = sound && phrases[i].entry < (phrases[i].where == CH_FURNITURE_FORM ? npart : c->count[CH_SECTION_FURNITURE_ENTRIES]);
    for (uint32_t i = 0; i < nitem; i++) {
        if (items[i].kind == CH_ITEM_WORD)
            sound = sound && (uint64_t)items[i].first + items[i].count <= c->count[CH_SECTION_FURNITURE_WORDS];
        else if (items[i].kind == CH_ITEM_CLASS || items[i].kind == CH_ITEM_PART)
            sound = sound && items[i].first < npart;
    }
    return sound;
}

ch_status
ch_lexicon_check(const ch_image *image, const char *path, ch_error *err)
{
    image_check c = {.image = image};
    uint32_t nstring = 0;
    const char *strings = NULL;
    bool sound = check_sections(&c);
    if (sound)
        strings = section(&c, CH_SECTION_STRINGS, 1, &nstring);
    sound = sound && nstring != 0 && strings[nstring - 1] == '\0';
    for (size_t i = 0; sound && i < sizeof promises / sizeof *promises; i++)
        sound = is_kept(&c, &promises[i]);
    sound = sound && check_tables(&c) && check_names(&c) && check_countries(&c) && check_frames(&c) && check_programs(&c) &&
            check_makes(&c) && check_furniture(&c);
    return sound ? CH_OK : ch_fail(err, CH_E_FORMAT, path, 0, "leads out of itself; compile the lexicon again");
}

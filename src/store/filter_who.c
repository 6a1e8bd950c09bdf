/* Who is meant: what the lexicon has under a name, as what records carry. */
#include "base/text.h"
#include "lexicon/frames.h"
#include "store/filter.h"

#include <stdio.h>
#include <string.h>

/* Letters of a country's or a sector's code. */
#define CODE_PART 3
/* Longest id of an entry that is looked for. */
#define ID_MAX 128

static const char *
string_of(const ch_filter *filter, ch_lexstr s)
{
    return ch_lexicon_string(filter->lexicon, s);
}

static ch_status
no_memory(ch_error *err)
{
    return ch_fail(err, CH_E_NOMEM, NULL, 0, "the question is too long");
}

/* ------------------------------------------------------------------- codes */

static bool
is_sector(const ch_filter *filter, const char *part)
{
    return ch_sector_label(filter->lexicon, part) != NULL;
}

/* "FRA", "USAGOV", "IGOUNO", "REB": a country or a sector, and sectors behind it.
 * What stands behind an international body's three letters is its own name. */
static bool
is_code(const ch_filter *filter, ch_str text)
{
    if (text.len < CODE_PART || text.len % CODE_PART != 0)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < 'A' || text.at[i] > 'Z')
            return false;
    bool country = ch_lexicon_country(filter->lexicon, text.at) != CH_NONE;
    if (!country && !is_sector(filter, text.at))
        return false;
    for (size_t i = CODE_PART; country && i < text.len; i += CODE_PART)
        if (!is_sector(filter, text.at + i))
            return false;
    return true;
}

static ch_status
take(ch_filter *filter, ch_value *out, ch_value_kind kind, ch_str text, ch_error *err)
{
    *out = (ch_value){.kind = kind, .text = ch_filter_copy(filter, text)};
    return out->text != NULL ? CH_OK : no_memory(err);
}

static ch_status
take_code(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    bool country = ch_lexicon_country(filter->lexicon, text.at) != CH_NONE;
    if (text.len > CODE_PART)
        return take(filter, out, CH_VALUE_CODE, text, err);
    return take(filter, out, country ? CH_VALUE_COUNTRY : CH_VALUE_SECTOR, text, err);
}

/* ------------------------------------------------------------------- names */

static uint32_t
find_entity(const ch_lexicon *lexicon, ch_str id)
{
    for (uint32_t i = 0; i < lexicon->nactor; i++)
        if (ch_str_is(id, ch_lexicon_string(lexicon, lexicon->actors[i].id)))
            return i;
    return CH_NONE;
}

/* What a name of the lexicon stands for; false where it is nobody (a place, a
 * time) or only a part of somebody (a region, which records have by its name). A
 * capital is its government, a demonym civilians: as the coder takes them. */
static bool
stands_for(const ch_filter *filter, const ch_name *name, ch_value_kind *kind, char code[ID_MAX])
{
    const ch_lexicon *lex = filter->lexicon;
    switch ((ch_name_kind)name->kind) {
    case CH_NAME_COUNTRY:
    case CH_NAME_ADJECTIVE:
        *kind = CH_VALUE_COUNTRY;
        snprintf(code, ID_MAX, "%s", string_of(filter, lex->countries[name->entry].id));
        return true;
    case CH_NAME_CAPITAL:
    case CH_NAME_SEAT:
        *kind = CH_VALUE_CODE;
        snprintf(code, ID_MAX, "%sGOV", string_of(filter, lex->countries[name->entry].id));
        return true;
    case CH_NAME_DEMONYM:
        *kind = CH_VALUE_CODE;
        snprintf(code, ID_MAX, "%sCVL", string_of(filter, lex->countries[name->entry].id));
        return true;
    case CH_NAME_ACTOR:
    case CH_NAME_ACTOR_ADJECTIVE:
        *kind = CH_VALUE_ENTITY;
        snprintf(code, ID_MAX, "%s", string_of(filter, lex->actors[name->entry].id));
        return true;
    case CH_NAME_AGENT:
    case CH_NAME_AGENT_PLURAL:
    case CH_NAME_AGENT_MODIFIER:
        snprintf(code, ID_MAX, "%s", string_of(filter, lex->agents[name->entry].code));
        *kind = strlen(code) > CODE_PART || ch_lexicon_country(lex, code) != CH_NONE ? CH_VALUE_CODE : CH_VALUE_SECTOR;
        return strlen(code) >= CODE_PART;
    default: return false;
    }
}

/* A country stands before all others of its name, and whoever has one before what
 * is only a word for a role. */
static int
rank(ch_value_kind kind)
{
    return kind == CH_VALUE_COUNTRY ? 3 : kind == CH_VALUE_ENTITY ? 2 : kind == CH_VALUE_CODE ? 1 : 0;
}

static ch_status
ambiguous(const ch_filter *filter, const ch_name *names, uint32_t count, ch_str text, ch_error *err)
{
    ch_text message = {0};
    uint32_t told = 0;
    ch_text_printf(&message, "\"%.*s\" is ", (int)text.len, text.at);
    for (uint32_t i = 0; i < count; i++) {
        if (names[i].kind != CH_NAME_ACTOR && names[i].kind != CH_NAME_ACTOR_ADJECTIVE)
            continue;
        const ch_actor *a = &filter->lexicon->actors[names[i].entry];
        ch_text_printf(&message, "%s%s (%s)", told++ != 0 ? ", " : "", string_of(filter, a->name), string_of(filter, a->id));
    }
    ch_text_puts(&message, "; give the id of the one that is meant");
    ch_status status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "%s", message.failed ? "this name is several people's" : message.at);
    ch_text_free(&message);
    return status;
}

/* The best reading of a name; *found is false where nobody has it. */
static ch_status
choose(ch_filter *filter, ch_value *out, const ch_name *names, uint32_t count, ch_str text, bool *found, ch_error *err)
{
    char code[ID_MAX], best[ID_MAX] = "";
    ch_value_kind kind, best_kind = CH_VALUE_NAME;
    int best_rank = -1;
    bool several = false;
    for (uint32_t i = 0; i < count; i++) {
        if (!stands_for(filter, &names[i], &kind, code) || rank(kind) < best_rank)
            continue;
        several = rank(kind) == best_rank && (several || strcmp(code, best) != 0);
        if (rank(kind) == best_rank)
            continue;
        best_rank = rank(kind);
        best_kind = kind;
        memcpy(best, code, sizeof best);
    }
    *found = best_rank >= 0;
    if (!*found)
        return CH_OK;
    if (several && best_kind == CH_VALUE_ENTITY)
        return ambiguous(filter, names, count, text, err);
    return take(filter, out, best_kind, ch_str_of(best), err);
}

ch_status
ch_filter_who(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    uint32_t count;
    bool found;
    if (is_code(filter, text))
        return take_code(filter, out, text, err);
    const ch_name *names = ch_lexicon_find_names(filter->lexicon, text, &count);
    ch_status status = choose(filter, out, names, count, text, &found, err);
    if (status != CH_OK || found)
        return status;
    if (find_entity(filter->lexicon, text) != CH_NONE)
        return take(filter, out, CH_VALUE_ENTITY, text, err);
    return take(filter, out, CH_VALUE_NAME, text, err);
}

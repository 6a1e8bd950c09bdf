#include "lexicon/frames.h"

#include "lexicon/handle.h"

#include <string.h>

static const char *const type_names[CH_PLOVER_COUNT] = {
    "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT",
};

const char *
ch_plover_name(ch_plover_type type)
{
    return type_names[type];
}

ch_plover_type
ch_plover_find(ch_str name)
{
    for (int i = 0; i < CH_PLOVER_COUNT; i++)
        if (ch_str_is(name, type_names[i]))
            return (ch_plover_type)i;
    return CH_PLOVER_COUNT;
}

ch_status
ch_frames_open(ch_lexicon_handle *handle, ch_error *err)
{
    ch_frames *f = &handle->frames;
    const ch_image_wanted all[] = {
        {CH_SECTION_PLOVER, sizeof(ch_plover), (const void **)&f->plover, &f->nplover},
        {CH_SECTION_MODES, sizeof(ch_plover_mode), (const void **)&f->modes, &f->nmode},
        {CH_SECTION_CAMEO, sizeof(ch_cameo), (const void **)&f->cameos, &f->ncameo},
        {CH_SECTION_CONTEXTS, sizeof(ch_lexstr), (const void **)&f->contexts, &f->ncontext},
        {CH_SECTION_FRAMES, sizeof(ch_frame), (const void **)&f->frames, &f->nframe},
        {CH_SECTION_TRIGGERS, sizeof(ch_trigger), (const void **)&f->triggers, &f->ntrigger},
        {CH_SECTION_TRIGGER_INDEX, sizeof(uint32_t), (const void **)&f->trigger_index, &f->ntrigger_index},
        {CH_SECTION_TRIGGER_ORDER, sizeof(uint32_t), (const void **)&f->trigger_order, &f->ntrigger_order},
        {CH_SECTION_TESTS, sizeof(ch_test), (const void **)&f->tests, &f->ntest},
        {CH_SECTION_ALTERNATIVES, sizeof(ch_alternative), (const void **)&f->alternatives, &f->nalternative},
        {CH_SECTION_ORDERS, sizeof(ch_order), (const void **)&f->orders, &f->norder},
        {CH_SECTION_ORDER_STEPS, sizeof(ch_order_step), (const void **)&f->order_steps, &f->norder_step},
        {CH_SECTION_PATHS, sizeof(ch_path), (const void **)&f->paths, &f->npath},
        {CH_SECTION_FRAME_WORDS, sizeof(uint32_t), (const void **)&f->words, &f->nword},
        {CH_SECTION_SETS, sizeof(ch_set), (const void **)&f->sets, &f->nset},
        {CH_SECTION_SET_SLOTS, sizeof(ch_set_slot), (const void **)&f->set_slots, &f->nset_slot},
        {CH_SECTION_PHRASES, sizeof(ch_phrase), (const void **)&f->phrases, &f->nphrase},
        {CH_SECTION_DISCARDS, sizeof(ch_discard), (const void **)&f->discards, &f->ndiscard},
        {CH_SECTION_SECTORS, sizeof(ch_sector), (const void **)&f->sectors, &f->nsector},
        {CH_SECTION_EXAMPLES, sizeof(ch_example), (const void **)&f->examples, &f->nexample},
        {CH_SECTION_UNITS, sizeof(ch_unit), (const void **)&f->units, &f->nunit},
        {CH_SECTION_ODDS, sizeof(float), (const void **)&f->odds, &f->nodds},
    };
    ch_status status = ch_image_sections(&handle->lexicon.image, all, sizeof all / sizeof *all, err);
    if (status != CH_OK)
        return status;
    if (f->nplover != CH_PLOVER_COUNT || (f->nodds != 0 && f->nodds != CH_ODDS_COUNT) || (f->nset_slot & (f->nset_slot - 1)) != 0)
        return ch_fail(err, CH_E_FORMAT, NULL, 0, "the lexicon lacks its ontology; compile it again");
    for (uint32_t i = 0; i < f->nset; i++)
        if (ch_map_put(&handle->set_of, ch_str_of(ch_lexicon_string(&handle->lexicon, f->sets[i].id)), i, NULL) == NULL)
            return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to open the lexicon");
    return CH_OK;
}

const char *
ch_odds_name(ch_odds feature)
{
    static const char *const names[CH_ODDS_COUNT] = {
        "base",          "weight",          "noun",    "words", "no-actor", "unknown-actor", "no-recipient", "unknown-recipient",
        "guessed-actor", "guessed-recipient", "pronoun", "far",   "alleged",  "planned",       "unreal",       "attributed",
        "long",
    };
    return names[feature];
}

const ch_frames *
ch_lexicon_frames(const ch_lexicon *lexicon)
{
    return &ch_lexicon_get_handle(lexicon)->frames;
}

uint32_t
ch_set_find(const ch_lexicon *lexicon, const char *id)
{
    const uint32_t *found = ch_map_get(&ch_lexicon_get_handle(lexicon)->set_of, ch_str_of(id));
    return found != NULL ? *found : CH_NONE;
}

static const ch_set_slot *
find_slot(const ch_frames *f, uint32_t set, uint32_t word)
{
    if (f->nset_slot == 0 || set == CH_NONE || word == 0)
        return NULL;
    uint32_t mask = f->nset_slot - 1;
    for (uint32_t at = ch_trie_hash(set, word) & mask; f->set_slots[at].word != 0; at = (at + 1) & mask)
        if (f->set_slots[at].set == set && f->set_slots[at].word == word)
            return &f->set_slots[at];
    return NULL;
}

bool
ch_set_has(const ch_lexicon *lexicon, uint32_t set, uint32_t word)
{
    const ch_set_slot *slot = find_slot(ch_lexicon_frames(lexicon), set, word);
    return slot != NULL && slot->whole != 0;
}

ch_range
ch_set_phrases(const ch_lexicon *lexicon, uint32_t set, uint32_t word)
{
    const ch_set_slot *slot = find_slot(ch_lexicon_frames(lexicon), set, word);
    return slot != NULL ? slot->phrases : (ch_range){0, 0};
}

const ch_cameo *
ch_cameo_find(const ch_lexicon *lexicon, const char *code)
{
    const ch_frames *f = ch_lexicon_frames(lexicon);
    uint32_t low = 0, high = f->ncameo;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int order = strcmp(f->cameos[mid].code, code);
        if (order == 0)
            return &f->cameos[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

const char *
ch_sector_label(const ch_lexicon *lexicon, const char *code)
{
    const ch_frames *f = ch_lexicon_frames(lexicon);
    for (uint32_t i = 0; i < f->nsector; i++)
        if (strncmp(f->sectors[i].code, code, 3) == 0)
            return ch_lexicon_string(lexicon, f->sectors[i].label);
    return NULL;
}

float
ch_plover_score(const ch_lexicon *lexicon, ch_plover_type type, const char *mode)
{
    const ch_frames *f = ch_lexicon_frames(lexicon);
    if (mode != NULL && mode[0] != '\0')
        for (uint32_t i = 0; i < f->nmode; i++)
            if (f->modes[i].type == (uint32_t)type && strcmp(ch_lexicon_string(lexicon, f->modes[i].mode), mode) == 0)
                return f->modes[i].score;
    return f->plover[type].score;
}

/* The stage from end to end. */
#include "actor/scene.h"

/* The agent of that id, or CH_NONE. */
static uint32_t
agent_of(const ch_lexicon *lexicon, const char *id)
{
    for (uint32_t i = 0; i < lexicon->nagent; i++)
        if (strcmp(ch_lexicon_string(lexicon, lexicon->agents[i].id), id) == 0)
            return i;
    return CH_NONE;
}

/* Marks the tokens of places and time expressions. */
static void
mark_neighbours(ch_scene *scene)
{
    const ch_document *doc = scene->doc;
    for (uint32_t i = 0; i < doc->nplace; i++)
        for (uint32_t t = doc->places[i].first; t < doc->places[i].last; t++)
            scene->place_of[t] = i;
    for (uint32_t i = 0; i < doc->ntime; i++)
        for (uint32_t t = doc->times[i].first; t < doc->times[i].last; t++)
            scene->timed[t] = true;
}

static void
find_sets(ch_actor_sets *sets, const ch_lexicon *lexicon)
{
    *sets = (ch_actor_sets){
        .quantity = ch_set_find(lexicon, "actor-quantity"),
        .crowd = ch_set_find(lexicon, "actor-crowd"),
        .of_people = ch_set_find(lexicon, "actor-of-people"),
        .people = agent_of(lexicon, "civilian"),
        .weak = ch_set_find(lexicon, "actor-weak-role"),
        .suffix = ch_set_find(lexicon, "actor-name-suffix"),
        .honorific = ch_set_find(lexicon, "actor-honorific"),
        .relational = ch_set_find(lexicon, "actor-relational"),
        .former = ch_set_find(lexicon, "actor-former"),
        .ethnic = ch_set_find(lexicon, "actor-ethnic"),
        .owning = ch_set_find(lexicon, "actor-owning-participle"),
        .motion = ch_set_find(lexicon, "actor-motion"),
        .where = ch_set_find(lexicon, "actor-where"),
        .lives = ch_set_find(lexicon, "actor-lives"),
        .state_noun = ch_set_find(lexicon, "actor-state-noun"),
        .region_noun = ch_set_find(lexicon, "actor-region-noun"),
        .body_noun = ch_set_find(lexicon, "actor-body-noun"),
        .group_noun = ch_set_find(lexicon, "actor-group-noun"),
        .first_of_two = ch_set_find(lexicon, "actor-first-of-two"),
        .second_of_two = ch_set_find(lexicon, "actor-second-of-two"),
        .half = ch_set_find(lexicon, "actor-half"),
        .minority = ch_set_find(lexicon, "actor-minority"),
        .pair_noun = ch_set_find(lexicon, "actor-pair-noun"),
        .of = ch_set_find(lexicon, "actor-of"),
        .serves = ch_set_find(lexicon, "actor-serves"),
        .serves_country = ch_set_find(lexicon, "actor-serves-country"),
        .comes_from = ch_set_find(lexicon, "actor-comes-from"),
        .way = ch_set_find(lexicon, "actor-way"),
        .together = ch_set_find(lexicon, "actor-together"),
        .both = ch_set_find(lexicon, "actor-both"),
        .two = ch_set_find(lexicon, "actor-two"),
        .all = ch_set_find(lexicon, "actor-all"),
        .whose = ch_set_find(lexicon, "actor-whose"),
        .several = {[3] = ch_set_find(lexicon, "actor-three"),
                    [4] = ch_set_find(lexicon, "actor-four"),
                    [5] = ch_set_find(lexicon, "actor-five"),
                    [6] = ch_set_find(lexicon, "actor-six")},
        .side_noun = ch_set_find(lexicon, "actor-side-noun"),
        .bloc_noun = ch_set_find(lexicon, "actor-bloc-noun"),
        .from = ch_set_find(lexicon, "actor-from"),
        .other = ch_set_find(lexicon, "actor-other"),
        .state_side = ch_set_find(lexicon, "actor-state-side"),
        .leader_noun = ch_set_find(lexicon, "actor-leader-noun"),
    };
    static const char kind[] = "actor-states-";
    const ch_frames *f = ch_lexicon_frames(lexicon);
    for (uint32_t i = 0; i < f->nset && sets->nstate_kind < CH_STATE_KINDS_MAX; i++)
        if (strncmp(ch_lexicon_string(lexicon, f->sets[i].id), kind, sizeof kind - 1) == 0)
            sets->state_kind[sets->nstate_kind++] = i;
}

static bool
set_scene(ch_scene *scene, const ch_lexicon *lexicon, ch_document *doc)
{
    *scene = (ch_scene){.lex = lexicon, .doc = doc};
    scene->match_of = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    scene->place_of = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    scene->draft_of = ch_arena_array(&doc->arena, doc->ntok, sizeof(uint32_t));
    scene->timed = ch_arena_array(&doc->arena, doc->ntok, sizeof(bool));
    if (scene->match_of == NULL || scene->place_of == NULL || scene->draft_of == NULL || scene->timed == NULL ||
        !ch_tree_build(&scene->tree, doc))
        return false;
    for (uint32_t i = 0; i < doc->ntok; i++)
        scene->match_of[i] = scene->place_of[i] = scene->draft_of[i] = CH_NONE;
    mark_neighbours(scene);
    find_sets(&scene->sets, lexicon);
    return true;
}

/* Nouns and names that turned out to be nobody the record could name. */
static bool
worth_keeping(const ch_draft *d)
{
    return !ch_code_empty(&d->code) || d->m.name != NULL || d->m.kind == CH_MENTION_PERSON || d->somebody;
}

/* The drafts that are kept, in the order of their heads, as mentions. */
static bool
publish(ch_scene *scene)
{
    ch_document *doc = scene->doc;
    ch_mention *mentions = ch_arena_array(&doc->arena, scene->ndraft, sizeof *mentions);
    uint32_t *of = ch_arena_array(&doc->arena, doc->ntok, sizeof *of);
    uint32_t *place = ch_arena_array(&doc->arena, scene->ndraft, sizeof *place);
    uint32_t n = 0;
    if (mentions == NULL || of == NULL || place == NULL)
        return false;
    for (uint32_t i = 0; i < scene->ndraft; i++)
        place[i] = CH_NONE;
    for (uint32_t t = 0; t < doc->ntok; t++) {
        of[t] = CH_NONE;
        uint32_t before = CH_NONE;
        for (uint32_t at = scene->draft_of[t]; at != CH_NONE; at = scene->drafts[at].m.also) {
            if (!worth_keeping(&scene->drafts[at]))
                continue;
            place[at] = n;
            mentions[n] = scene->drafts[at].m;
            mentions[n].also = CH_NONE;
            if (before != CH_NONE)
                mentions[before].also = n;
            else
                of[t] = n;
            before = n++;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        mentions[i].via = mentions[i].via == CH_NONE ? CH_NONE : place[mentions[i].via];
    doc->mentions = mentions;
    doc->nmention = n;
    doc->mention_of = of;
    return true;
}

ch_status
ch_find_actors(const ch_lexicon *lexicon, ch_document *doc, ch_error *err)
{
    ch_arena_mark mark = ch_arena_get_mark(&doc->arena);
    ch_scene scene;
    bool ok = set_scene(&scene, lexicon, doc);
    if (ok) {
        ch_names_find(&scene);
        ch_drafts_make(&scene);
        ch_appositions_join(&scene);
        ch_context_read(&scene);
        ch_mentions_resolve(&scene);
        ok = !scene.out_of_memory && publish(&scene);
    }
    if (ok)
        return CH_OK;
    ch_arena_rewind(&doc->arena, mark);
    return ch_fail(err, CH_E_NOMEM, NULL, 0, "the document needs more memory than it may have");
}

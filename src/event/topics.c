#include "event/topics.h"

#include <string.h>

#define PREFIX "context-"

/* Words of one act that are looked at, and sets: PLOVER has 37 contexts. */
#define PHRASE_MAX 64u
#define SETS_MAX 40u

typedef struct {
    uint32_t set[SETS_MAX];
    uint32_t count;
} topic_sets;

static void
find_sets(const ch_graph *g, topic_sets *out)
{
    out->count = 0;
    for (uint32_t i = 0; i < g->frames->nset && out->count < SETS_MAX; i++)
        if (strncmp(ch_lexicon_string(g->lexicon, g->frames->sets[i].id), PREFIX, strlen(PREFIX)) == 0)
            out->set[out->count++] = i;
}

/* The words under the act, and under the verb that carries it; other acts and
 * clauses beside it have words of their own. */
static uint32_t
phrase_of(const ch_graph *g, const ch_event *e, const bool *is_act, uint32_t *out)
{
    uint32_t count = 0, support = ch_graph_support(g, e->tok);
    out[count++] = support != CH_NONE ? support : e->tok;
    for (uint32_t i = 0; i < count; i++)
        CH_EACH_CHILD(g, c, out[i]) {
            const ch_token *t = &g->doc->toks[c];
            bool apart = t->rel == CH_CONJ || t->rel == CH_PARATAXIS || t->rel == CH_ADVCL || t->sub == CH_SUB_RELCL || t->rel == CH_PUNCT ||
                         (is_act[c] && c != e->tok);
            bool coordinated = t->rel == CH_CONJ && i != 0 && !is_act[c]; /* "sent food and medicine" */
            if ((!apart || coordinated) && count < PHRASE_MAX)
                out[count++] = c;
        }
    return count;
}

static void
add_topic(ch_event *e, const char *name)
{
    for (uint32_t i = 0; i < e->ntopic; i++)
        if (strcmp(e->topics[i], name) == 0)
            return;
    if (e->ntopic < CH_TOPICS_MAX)
        e->topics[e->ntopic++] = name;
}

void
ch_find_topics(const ch_graph *g, ch_document *doc, ch_event *events, uint32_t count)
{
    topic_sets sets;
    find_sets(g, &sets);
    bool *is_act = count != 0 && sets.count != 0 ? ch_arena_array(&doc->arena, doc->ntok, sizeof *is_act) : NULL;
    if (is_act == NULL)
        return;
    for (uint32_t i = 0; i < count; i++)
        is_act[events[i].tok] = true;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t phrase[PHRASE_MAX];
        uint32_t words = phrase_of(g, &events[i], is_act, phrase);
        for (uint32_t s = 0; s < sets.count; s++)
            for (uint32_t w = 0; w < words; w++)
                if (ch_graph_in_set(g, phrase[w], sets.set[s]))
                    add_topic(&events[i], ch_lexicon_string(g->lexicon, g->frames->sets[sets.set[s]].id) + strlen(PREFIX));
    }
}

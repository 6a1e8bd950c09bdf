/* event/graph.h: the dependency graph as frames see it: slots that are the same
 * for active and passive, verb and noun, main and subordinate clause. The slots
 * are defined in docs/lexicon.md. */
#ifndef CHANCERY_EVENT_GRAPH_H
#define CHANCERY_EVENT_GRAPH_H

#include "actor/actor.h"
#include "intake/document.h"
#include "lexicon/frames.h"
#include "lexicon/lexicon.h"

/* Fillers of one slot that are looked at: a coordination of more members than
 * this is an enumeration, not a list of parties. */
#define CH_FILLERS_MAX 24

/* Word sets that the graph and the status step ask by name, found once. */
typedef struct {
    uint32_t support, support_begin, support_end, occur;
    uint32_t subject_control, locative, particle, particle_verb, together, promise, utterance, topic, aside, toward;
    uint32_t political, opposing, object_control_mark, locative_goal, locative_source, occasion, occasion_mark, attended, attended_mark, attended_by, another, onset;
    uint32_t happening, relative_place, situation, matter, part_of_place, there, attending, locative_path;
    uint32_t intend, possible, modal_possible, modal_future, modal_future_past, modal_hypothetical, fail, prevent, begin, manage, deny, report,
        allege, demand, negator, condition, ultimatum, giving, object_charge, past_noun, planned_adj, alleged_adj, attempt, quantity;
} ch_event_sets;

typedef struct {
    const ch_lexicon *lexicon;
    const ch_document *doc;
    const ch_frames *frames;
    ch_event_sets sets;
    uint32_t by, of, to;    /* the lexicon's words for these prepositions */
    uint32_t *first_child;  /* [ntok] or CH_NONE */
    uint32_t *next_sibling; /* [ntok] in text order */
    uint32_t *preposition;  /* [ntok] the word that marks a token ("in", "because-of"), or 0 */
} ch_graph;

typedef struct {
    uint32_t tok[CH_FILLERS_MAX];
    uint32_t count;
} ch_fillers;

/* Makes the graph of doc's tokens in its arena.
 *   CH_E_NOMEM */
ch_status ch_graph_make(ch_graph *out, const ch_lexicon *lexicon, ch_document *doc, ch_error *err);

#define CH_EACH_CHILD(graph, child, of)                                              \
    for (uint32_t child = (graph)->first_child[(of)]; child != CH_NONE; child = (graph)->next_sibling[(child)])

/* The first child in relation `rel`, or CH_NONE. */
uint32_t ch_graph_child(const ch_graph *graph, uint32_t tok, ch_rel rel);

/* Whether a verb stands in the passive, be it a bare participle. */
bool ch_graph_is_passive(const ch_graph *graph, uint32_t tok);

/* Whether a clause completes its verb: also an infinitive that the reader took for
 * a purpose, under a verb that asks, means, tries or refuses and has no other. */
bool ch_graph_is_complement(const ch_graph *graph, uint32_t tok);

/* Whether a verb that the reader made an attribute of its object has a subject of
 * its own: "bandits have raided villages". */
bool ch_graph_is_misplaced(const ch_graph *graph, uint32_t tok);

/* The verb that merely carries the noun's act ("held" of "held talks"), or
 * CH_NONE. */
uint32_t ch_graph_support(const ch_graph *graph, uint32_t noun);

/* Adds the fillers of `slot` at `tok`, coordinated ones too. */
void ch_graph_slot(const ch_graph *graph, uint32_t tok, uint32_t slot, ch_fillers *out);

/* The same for a path of slots. */
void ch_graph_path(const ch_graph *graph, uint32_t tok, const ch_path *path, ch_fillers *out);

/* Adds what is counted to fillers that only count: "thousands of troops". */
void ch_graph_add_counted(const ch_graph *graph, ch_fillers *fillers);

/* Whether `tok` is the word, or heads the phrase, of frame_words [first, first + n):
 * the other words are its dependents. */
bool ch_graph_heads_phrase(const ch_graph *graph, uint32_t tok, uint32_t first_word, uint32_t nword, uint32_t head);

/* How many words of the longest member of the set the token is or heads: 1 where
 * it is one alone, 0 where it is none. */
uint32_t ch_graph_set_words(const ch_graph *graph, uint32_t tok, uint32_t set);

/* Whether the token is a member of the set, alone or as head of a phrase. */
bool ch_graph_in_set(const ch_graph *graph, uint32_t tok, uint32_t set);

/* A token's words are `word` by lemma or by form. */
static inline bool
ch_graph_is_word(const ch_graph *graph, uint32_t tok, uint32_t word)
{
    const ch_token *t = &graph->doc->toks[tok];
    return word != 0 && (t->lemma_word == word || t->form_word == word);
}

#endif

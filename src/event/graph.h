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
    uint32_t support;
    uint32_t support_begin;
    uint32_t support_end;
    uint32_t occur;
    uint32_t spell;
    uint32_t subject_control;
    uint32_t locative;
    uint32_t particle;
    uint32_t particle_verb;
    uint32_t together;
    uint32_t promise;
    uint32_t utterance;
    uint32_t topic;
    uint32_t aside;
    uint32_t toward;
    uint32_t political;
    uint32_t opposing;
    uint32_t object_control_mark;
    uint32_t locative_goal;
    uint32_t locative_source;
    uint32_t occasion;
    uint32_t occasion_mark;
    uint32_t attended;
    uint32_t attended_mark;
    uint32_t attended_by;
    uint32_t another;
    uint32_t onset;
    uint32_t happening;
    uint32_t relative_place;
    uint32_t situation;
    uint32_t matter;
    uint32_t part_of_place;
    uint32_t there;
    uint32_t attending;
    uint32_t locative_path;
    uint32_t intend;
    uint32_t possible;
    uint32_t modal_possible;
    uint32_t modal_future;
    uint32_t modal_future_past;
    uint32_t modal_hypothetical;
    uint32_t fail;
    uint32_t prevent;
    uint32_t begin;
    uint32_t manage;
    uint32_t deny;
    uint32_t report;
    uint32_t allege;
    uint32_t demand;
    uint32_t negator;
    uint32_t condition;
    uint32_t ultimatum;
    uint32_t giving;
    uint32_t object_charge;
    uint32_t past_noun;
    uint32_t planned_adj;
    uint32_t alleged_adj;
    uint32_t attempt;
    uint32_t quantity;
    uint32_t free_relative;
    uint32_t calling;
} ch_event_sets;

typedef struct {
    const ch_lexicon *lexicon;
    const ch_document *doc;
    const ch_frames *frames;
    ch_event_sets sets;
    uint32_t by, of, to, as; /* the lexicon's words for these prepositions */
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
    for (uint32_t child = (graph)->first_child[(of)]; (child) != CH_NONE; (child) = (graph)->next_sibling[(child)])

static inline const ch_token *
ch_tok(const ch_graph *graph, uint32_t tok)
{
    return &graph->doc->toks[tok];
}

/* The first child in relation `rel`, or CH_NONE. */
uint32_t ch_graph_child(const ch_graph *graph, uint32_t tok, ch_rel rel);

/* Whether `tok` is `above` or hangs on it, at any depth. */
bool ch_graph_hangs_below(const ch_graph *graph, uint32_t tok, uint32_t above);

/* Whether a verb stands in the passive, be it a bare participle. */
bool ch_graph_is_passive(const ch_graph *graph, uint32_t tok);

/* Whether a clause completes its verb: also an infinitive that the reader took for
 * a purpose, under a verb that asks, means, tries or refuses and has no other. */
bool ch_graph_is_complement(const ch_graph *graph, uint32_t tok);

/* Whether a verb that the reader made an attribute of its object has a subject of
 * its own: "bandits have raided villages". */
bool ch_graph_is_misplaced(const ch_graph *graph, uint32_t tok);

/* Whether `particle` belongs to the verb and governs nothing: "handed in". */
bool ch_graph_begins_phrase(const ch_graph *graph, uint32_t verb, uint32_t particle);

/* The noun that stands in the sentence for `noun`, which it only counts or gives a
 * length: "series" of "a series of strikes"; else `noun` itself. */
uint32_t ch_graph_counter(const ch_graph *graph, uint32_t noun);

/* The verb that says of the noun's act that it takes place ("fighting raged"), or
 * CH_NONE. */
uint32_t ch_graph_occurrence(const ch_graph *graph, uint32_t noun);

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

/* What may be a party by its kind of word. */
static inline bool
ch_is_nominal(const ch_token *t)
{
    return t->upos == CH_NOUN || t->upos == CH_PROPN || t->upos == CH_PRON || t->upos == CH_NUM || t->upos == CH_SYM ||
           t->upos == CH_X || t->upos == CH_DET;
}

#endif

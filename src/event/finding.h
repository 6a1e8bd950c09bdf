/* event/finding.h: what the finders of statements, amounts, votes and relations
 * share. Each reads one sentence and adds its facts. */
#ifndef CHANCERY_EVENT_FINDING_H
#define CHANCERY_EVENT_FINDING_H

#include "event/cardinal.h"
#include "event/facts.h"
#include "event/match.h"

/* Word sets of lexicon/facts/, found once. */
typedef struct {
    uint32_t claim, naming, contrast, according, at_least, at_most, about, including, until, people, stalled, measure, body, vague, form, head, since, half, between, worth, due,
        world_currency, age, medium, medium_name, succour, pronoun, text, speaker, contrast_mark, likewise, first_named, power;
    uint32_t tally_for, tally_against, tally_abstain, tally_vote, nought;
} ch_fact_sets;

/* Words between quotation marks. */
typedef struct {
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    uint32_t sentence;
    uint32_t last_sentence;
} ch_quotation;

typedef struct {
    const ch_graph *graph;
    ch_matcher *matcher;
    ch_document *doc;
    ch_fact_sets sets;
    ch_cardinals *cardinals;
    uint32_t *left;  /* [ntok] first token under each */
    uint32_t *right; /* [ntok] last token under each */
    ch_fact *all;    /* [count] */
    uint32_t count, room;
    ch_quotation *quotations; /* [nquotation] in the order of the text */
    uint32_t nquotation;
    uint32_t *quoted; /* [ntok] 1 + the quotation that each stands in, or 0 */
    uint32_t mention_room; /* of doc->mentions, once one was added */
    uint32_t vote_told; /* the last sentence that told of the last vote */
    bool out_of_memory;
} ch_finding;

/* The best trigger of a kind at `tok`, in frames->triggers, or CH_NONE. */
uint32_t ch_finding_trigger(ch_finding *f, uint32_t tok, ch_fact_kind kind);

/* A new fact, not yet kept, or NULL without memory. Valid until the next. */
ch_fact *ch_finding_new(ch_finding *f, ch_fact_kind kind, uint32_t sentence, uint32_t tok, uint32_t trigger);

/* Keeps the fact that ch_finding_new() gave last, with status, sources and date. */
void ch_finding_keep(ch_finding *f);

/* The words under `tok`, marks at both ends taken off. */
ch_span ch_finding_phrase(const ch_finding *f, uint32_t tok);

/* The fillers of the first path that has any. */
void ch_finding_fillers(const ch_finding *f, uint32_t tok, ch_range paths, ch_fillers *out);

/* Whether the contiguous words that end before `tok` are a member of the set:
 * their number, 0 when not. */
uint32_t ch_finding_before(const ch_finding *f, uint32_t first, uint32_t tok, uint32_t set);

/* The mention headed by `tok` that can take part, or CH_NONE. */
uint32_t ch_finding_party(const ch_finding *f, uint32_t tok);

/* The same of a noun that the actor stage knows nobody by, "the same sources", "the
 * head of the council": whoever speaks is somebody. CH_NONE when the noun is no
 * word for a person. */
uint32_t ch_finding_speaker(ch_finding *f, uint32_t tok);

/* Whether the mention is a paper, an agency or a station, whose word is that of
 * those whom it reports. */
bool ch_finding_is_medium(const ch_finding *f, uint32_t mention);

/* Whether the mention's state or its entry in the lexicon is known. */
bool ch_finding_is_known(const ch_finding *f, uint32_t mention);
void ch_finding_drop_unknown(const ch_finding *f, ch_party *parties, uint32_t *count);

/* Whether the mention is a body that votes; the first that the sentence names,
 * or CH_NONE. */
bool ch_finding_is_body(const ch_finding *f, uint32_t mention);
uint32_t ch_finding_body(const ch_finding *f, uint32_t sentence);

/* The mention whose words end right before `tok`, or CH_NONE. */
uint32_t ch_finding_ending(const ch_finding *f, uint32_t tok);

/* Who is only called by his kind in a predicate is named by its subject: "Paris
 * is one of the governments that lead". */
void ch_finding_name_actors(const ch_finding *f, ch_event *act);

/* The finders, one a kind of fact: of one sentence, or of all where no sentence is
 * given. Each adds by ch_finding_new() and ch_finding_keep(). */
void ch_find_statements(ch_finding *f, uint32_t sentence);
bool ch_mark_quotations(ch_finding *f); /* before all; false without memory */
void ch_find_quotes(ch_finding *f); /* once all statements are known */
void ch_link_denials(ch_finding *f); /* the same */
void ch_drop_repeated_votes(ch_finding *f); /* a headline tells in short what its report tells */
void ch_find_amounts(ch_finding *f, uint32_t sentence);
void ch_find_votes(ch_finding *f, uint32_t sentence);
void ch_find_relations(ch_finding *f, uint32_t sentence);

#endif

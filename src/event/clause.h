/* event/clause.h: how a verb stands in its clause, beside what event/graph.h says
 * to everybody: participles, clauses beside others, and where the reader hung an
 * act on the wrong word. */
#ifndef CHANCERY_EVENT_CLAUSE_H
#define CHANCERY_EVENT_CLAUSE_H

#include "event/graph.h"

/* One of its own, be it a clause. */
bool ch_clause_has_subject(const ch_graph *graph, uint32_t tok);

/* Whether the perfect tells it: "has attacked". */
bool ch_clause_has_perfect(const ch_graph *graph, uint32_t verb);

/* The form in "-ing". */
bool ch_clause_is_participle(const ch_token *token);

/* "..., killing two": a participle that nothing marks shares time and place with
 * the verb it hangs on; "for killing two" does not. */
bool ch_clause_is_open_participle(const ch_graph *graph, uint32_t tok);

/* "On Friday, Israel bombed Beirut and Hezbollah fired rockets": a clause with a
 * subject of its own that nothing marks stands beside the other, whatever the
 * reader made of it. */
bool ch_clause_is_beside(const ch_graph *graph, uint32_t tok);

/* The "where" of a clause, or CH_NONE. */
uint32_t ch_clause_place(const ch_graph *graph, uint32_t verb);

/* The verb on whose "of", "for" or "from" phrase a clause stands that the reader
 * took for a noun with an attribute, or CH_NONE: "accused them of torturing
 * prisoners". The phrase may hang on that verb's object or agent. */
uint32_t ch_clause_charging_verb(const ch_graph *graph, uint32_t tok);

/* The verb of such a clause whose noun is `tok`, or CH_NONE. */
uint32_t ch_clause_hidden_verb(const ch_graph *graph, uint32_t tok);

/* "offered to mediate", the infinitive read as a noun behind "to". */
bool ch_clause_is_oblique_infinitive(const ch_graph *graph, uint32_t tok);

/* What a free relative says that something is: "threats" of "what he called threats",
 * "an act" of "what it described as an act"; CH_NONE where `tok` is no such "what". */
uint32_t ch_clause_called(const ch_graph *graph, uint32_t tok);

/* Whether `verb` is the verb of such a clause: nothing is done by calling it so. */
bool ch_clause_calls(const ch_graph *graph, uint32_t verb);

#endif

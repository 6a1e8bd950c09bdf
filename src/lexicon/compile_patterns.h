/* lexicon/compile_patterns.h: patterns from text to programs. Classes come
 * first, then rules of any room, then ch_patterns_finish():
 *
 *     ch_patterns_classes(build, "furniture-class");
 *     uint32_t rule = ch_patterns_rule(build, block, value, "furniture");
 *     if (rule != CH_NONE)
 *         ch_patterns_rule_at(build, rule)->make = mine;
 *
 * The language is described in docs/lexicon.md. */
#ifndef CHANCERY_LEXICON_COMPILE_PATTERNS_H
#define CHANCERY_LEXICON_COMPILE_PATTERNS_H

#include "lexicon/build.h"
#include "lexicon/pattern.h"

/* Takes every block of this kind as a class: its keys are values, their values
 * the words. */
void ch_patterns_classes(ch_build *build, const char *kind);

/* Compiles one pattern as a rule of `group`, its contexts from the block's
 * left, not-left, right and not-right. Gives the rule's index, or CH_NONE where
 * the pattern has a mistake, which is told. */
uint32_t ch_patterns_rule(ch_build *build, const ch_block *block, const ch_value *match, const char *group);

/* The rule, until the next is compiled. */
ch_pattern_rule *ch_patterns_rule_at(ch_build *build, uint32_t rule);

/* The slot of that name in the rule, or CH_NONE. */
uint32_t ch_patterns_rule_slot(ch_build *build, uint32_t rule, ch_str name);

/* Sorts members and finds what each rule may begin with. Groups that are named
 * and have no rule are told. */
void ch_patterns_finish(ch_build *build);

/* Its part in compile_starts.c: fills the sections of starts, once members are
 * sorted. Numbers in words are of the classes `cardinal` and `scale` (or CH_NONE). */
void ch_patterns_find_starts(ch_build *build, uint32_t cardinal, uint32_t scale);

#endif

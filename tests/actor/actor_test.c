/* Who is who, on graphs made by hand. */
#include "graph_fixture.h"

#include "actor/actor.h"
#include "common/workshop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const char words[] =
    "country ARM\n  name: Armenia\n  adjective: Armenian\n  capital: Yerevan\n"
    "country FRA\n  name: France\n  adjective: French; Franco\n  demonym: Frenchman; Frenchmen\n  capital: Paris\n"
    "  seat: Elysee Palace\n"
    "country DEU\n  name: Germany\n  adjective: German\n  capital: Berlin\n"
    "country HUN\n  name: Hungary\n  adjective: Hungarian\n"
    "country JOR\n  name: Jordan\n  adjective: Jordanian\n  capital: Amman\n"
    "country ROU\n  name: Romania\n  adjective: Romanian\n"
    "country RUS\n  name: Russia\n  adjective: Russian\n  capital: Moscow\n  active: 1991-12-26..\n"
    "country SUN\n  name: Soviet Union; Russia\n  adjective: Soviet; Russian\n  capital: Moscow\n  active: ..1991-12-25\n"
    "country USA\n  name: United States; US\n  adjective: American\n  capital: Washington\n  seat: White House\n"
    "country VNM\n  name: Vietnam\n  adjective: Vietnamese\n"
    "person emmanuel-macron\n  name: Emmanuel Macron; Macron\n  role: 2017-05-14.. FRAGOV President of France\n  sex: m\n"
    "person antony-blinken\n  name: Antony Blinken\n  role: 2021-01-26..2025-01-20 USAGOV Secretary of State\n  sex: m\n"
    "organisation united-nations\n  name: United Nations; UN\n  role: IGOUNO\n"
    "group hamas\n  name: Hamas\n  role: 1987-12.. PSEREB\n"
    "country PSE\n  name: Palestine\n  adjective: Palestinian\n  demonym: Palestinians\n  region: Gaza\n"
    "medium afp\n  name: AFP\n  role: FRAMED\n"
    "agent minister\n  noun: minister; foreign minister; president; secretary; secretary of state\n  code: GOV\n"
    "  class: person\n"
    "agent official\n  noun: official; spokesman = spokesmen; leader\n  code: GOV\n  class: person\n"
    "agent troops\n  noun: troops =; force\n  modifier: military\n  code: MIL\n  class: people\n"
    "agent rebel\n  noun: rebel\n  modifier: rebel\n  code: REB\n  class: person\n"
    "agent fighter\n  noun: fighter\n  code: REB\n  class: person\n"
    "agent diplomat\n  noun: diplomat\n  code: GOV\n  class: person\n"
    "agent government\n  noun: government\n  code: GOV\n  class: body\n"
    "agent tank\n  noun: tank\n  code: MIL\n  class: thing\n"
    "set actor-quantity\n  word: group; hundreds\n"
    "set actor-weak-role\n  word: official; spokesman; leader\n"
    "set actor-former\n  word: former\n"
    "set actor-ethnic\n  word: ethnic\n"
    "set actor-owning-participle\n  word: led\n"
    "set actor-motion\n  word: arrive; visit\n"
    "set actor-where\n  word: in; near\n"
    "set actor-lives\n  word: in; from\n"
    "set actor-of\n  word: of\n"
    "set actor-serves\n  word: for; at; with; to\n"
    "set actor-serves-country\n  word: for\n"
    "set actor-way\n  word: to; from; for; of\n"
    "set actor-together\n  word: with; and\n"
    "set actor-both\n  word: both\n"
    "set actor-two\n  word: two\n"
    "set actor-side-noun\n  word: side; leader\n";

static ch_lexicon *lexicon;

static int
open_lexicon(void **state)
{
    (void)state;
    lexicon = lexicon_of(words);
    return lexicon == NULL ? -1 : 0;
}

static int
close_lexicon(void **state)
{
    (void)state;
    ch_lexicon_close(lexicon);
    return 0;
}

/* Codes of all mentions headed by the token `form`, joined by ",". */
static const char *
codes_of(const ch_document *doc, const char *form)
{
    static char out[128];
    out[0] = '\0';
    for (uint32_t i = 0; i < doc->ntok; i++) {
        if (!ch_str_is(ch_span_text(doc, doc->toks[i].span), form) || doc->mention_of[i] == CH_NONE)
            continue;
        out[0] = '\0';
        for (uint32_t m = doc->mention_of[i]; m != CH_NONE; m = doc->mentions[m].also)
            snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", out[0] != '\0' ? "," : "", doc->mentions[m].code);
    }
    return out;
}

static void
read_on(ch_document *doc, const char *graph, const char *day)
{
    graph_make(doc, lexicon, graph, day);
    ch_error err;
    assert_int_equal(ch_find_actors(lexicon, doc, &err), CH_OK);
}

static void
expect(const char *graph, const char *form, const char *codes)
{
    ch_document doc;
    read_on(&doc, graph, "2024-04-02");
    assert_string_equal(codes_of(&doc, form), codes);
    graph_free(&doc);
}

static void
phrase__adjective_and_role(void **state)
{
    (void)state;
    expect("French ADJ 2 amod\ntroops NOUN 3 nsubj Plur\nleft VERB 0 root\n", "troops", "FRAMIL");
}

static void
phrase__president_of_armenia(void **state)
{
    (void)state;
    expect("the DET 2 det Def\npresident NOUN 5 nsubj Sing\nof ADP 4 case\nArmenia PROPN 2 nmod\nspoke VERB 0 root\n",
           "president", "ARMGOV");
}

static void
name__with_another_given_name_is_somebody_else(void **state)
{
    (void)state;
    expect("Brigitte PROPN 3 nsubj Sing\nMacron PROPN 1 flat\nspoke VERB 0 root\n\nMacron PROPN 2 nsubj Sing\nleft VERB 0 root\n",
           "Macron", "");
    expect("Emanuel PROPN 3 nsubj Sing\nMacron PROPN 1 flat\nspoke VERB 0 root\n", "Emanuel", "FRAGOV");
}

static void
phrase__each_word_of_a_name_in_a_coordination(void **state)
{
    (void)state;
    expect("officials|official NOUN 7 nsubj Plur\nof ADP 3 case\nFrance PROPN 1 nmod\nand CCONJ 5 cc\n"
           "United PROPN 3 conj\nStates PROPN 3 conj\nmet VERB 0 root\n",
           "officials", "FRAGOV,USAGOV");
}

static void
phrase__two_adjectives_give_two_mentions(void **state)
{
    (void)state;
    expect("Senior ADJ 5 amod\nHungarian ADJ 5 amod\nand CCONJ 4 cc\nRomanian ADJ 2 conj\n"
           "officials|official NOUN 6 nsubj Plur\nmet VERB 0 root\n",
           "officials", "HUNGOV,ROUGOV");
}

static void
phrase__hyphenated_pair_gives_two(void **state)
{
    (void)state;
    expect("Franco ADJ 4 amod\n~- PUNCT 3 punct\n~German ADJ 1 amod\nforce NOUN 5 nsubj Sing\nleft VERB 0 root\n", "force",
           "FRAMIL,DEUMIL");
}

static void
phrase__led_owns_and_backed_does_not(void **state)
{
    (void)state;
    expect("Vietnamese ADJ 3 compound\n~- PUNCT 3 punct\n~led|lead VERB 4 amod\nforces|force NOUN 5 nsubj Plur\nfired VERB 0 root\n",
           "forces", "VNMMIL");
    expect("US PROPN 3 compound\n~- PUNCT 3 punct\n~backed|back VERB 4 amod\nrebels|rebel NOUN 5 nsubj Plur\nfired VERB 0 root\n",
           "rebels", "REB");
}

static void
phrase__organisation_and_role(void **state)
{
    (void)state;
    expect("UN PROPN 2 compound\ntroops NOUN 3 nsubj Plur\nleft VERB 0 root\n", "troops", "IGOUNOMIL");
    expect("Hamas PROPN 2 compound\nofficials|official NOUN 3 nsubj Plur\nleft VERB 0 root\n", "officials", "PSEREB");
    expect("White PROPN 3 compound\nHouse PROPN 1 flat\nspokesman NOUN 4 nsubj Sing\nleft VERB 0 root\n", "spokesman", "USAGOV");
}

static void
phrase__quantity_looks_through(void **state)
{
    (void)state;
    expect("A DET 2 det Ind\ngroup NOUN 6 nsubj Sing\nof ADP 5 case\nArmenian ADJ 5 amod\n"
           "diplomats|diplomat NOUN 2 nmod Plur\nmet VERB 0 root\n",
           "group", "ARMGOV");
}

static void
phrase__spokesman_for(void **state)
{
    (void)state;
    expect("a DET 2 det Ind\nspokesman NOUN 7 nsubj Sing\nfor ADP 6 case\nthe DET 6 det Def\nFrench ADJ 6 amod\n"
           "president NOUN 2 nmod Sing\nspoke VERB 0 root\n",
           "spokesman", "FRAGOV");
}

static void
phrase__tanks_act_for_their_owner(void **state)
{
    (void)state;
    ch_document doc;
    read_on(&doc, "Russian ADJ 2 amod\ntanks|tank NOUN 3 nsubj Plur\nfired VERB 0 root\n", "2024-04-02");
    assert_string_equal(codes_of(&doc, "tanks"), "RUSMIL");
    assert_false(doc.mentions[doc.mention_of[1]].human);
    assert_true(doc.mentions[doc.mention_of[1]].armed);
    graph_free(&doc);
}

static void
phrase__former_holds_no_office(void **state)
{
    (void)state;
    expect("former ADJ 3 amod\nFrench ADJ 3 amod\nminister NOUN 4 nsubj Sing\nspoke VERB 0 root\n", "minister", "FRAELI");
}

static void
names__capital_acts_and_capital_is_place(void **state)
{
    (void)state;
    ch_document doc;
    read_on(&doc, "Paris PROPN 2 nsubj\ninsists VERB 0 root\n", "2024-04-02");
    assert_string_equal(codes_of(&doc, "Paris"), "FRAGOV");
    graph_free(&doc);
    read_on(&doc, "He PRON 2 nsubj Prs|Masc|3|Sing\narrived|arrive VERB 0 root\nin ADP 4 case\nAmman PROPN 2 obl\n", "2024-04-02");
    assert_string_equal(codes_of(&doc, "Amman"), "JOR");
    assert_int_equal(doc.mentions[doc.mention_of[3]].kind, CH_MENTION_PLACE);
    graph_free(&doc);
}

static void
names__capitals_only_in_capitals(void **state)
{
    (void)state;
    expect("tell VERB 0 root\nus PRON 1 obj Prs|Plur\n", "us", "");
    expect("the DET 2 det Def\nUS PROPN 3 nsubj\nleft VERB 0 root\n", "US", "USA");
}

static void
names__michael_jordan_is_no_country(void **state)
{
    (void)state;
    expect("Michael PROPN 3 nsubj\nJordan PROPN 1 flat\nspoke VERB 0 root\n", "Jordan", "");
}

static void
names__date_decides_between_russia_and_the_union(void **state)
{
    (void)state;
    ch_document doc;
    read_on(&doc, "Russia PROPN 2 nsubj\nleft VERB 0 root\n", "1985-04-02");
    assert_string_equal(codes_of(&doc, "Russia"), "SUN");
    graph_free(&doc);
    read_on(&doc, "Russia PROPN 2 nsubj\nleft VERB 0 root\n", NULL);
    assert_string_equal(codes_of(&doc, "Russia"), "RUS");
    graph_free(&doc);
}

static void
names__office_that_has_ended(void **state)
{
    (void)state;
    ch_document doc;
    read_on(&doc, "Antony PROPN 3 nsubj\nBlinken PROPN 1 flat\nspoke VERB 0 root\n", "2025-06-01");
    assert_string_equal(codes_of(&doc, "Antony"), "USAELI");
    graph_free(&doc);
}

static void
title__known_name_in_apposition(void **state)
{
    (void)state;
    ch_document doc;
    read_on(&doc,
            "The DET 2 det Def\nSecretary PROPN 12 nsubj Sing\nof ADP 4 case\nState PROPN 2 nmod\nof ADP 7 case\n"
            "the DET 7 det Def\nUnited PROPN 2 nmod\nStates PROPN 7 flat\n~, PUNCT 10 punct\nAntony PROPN 2 appos\n"
            "Blinken PROPN 10 flat\narrives VERB 0 root\n",
            "2024-04-02");
    assert_string_equal(codes_of(&doc, "Secretary"), "USAGOV");
    assert_string_equal(doc.mentions[doc.mention_of[1]].entity, "antony-blinken");
    graph_free(&doc);
}

static void
title__unknown_name_is_remembered(void **state)
{
    (void)state;
    expect("Armenian ADJ 3 amod\nForeign PROPN 3 amod\nMinister PROPN 4 nmod:desc Sing\nAra PROPN 6 nsubj\n"
           "Petrosyan PROPN 4 flat\nleft VERB 0 root\n\nPetrosyan PROPN 2 nsubj\nspoke VERB 0 root\n",
           "Petrosyan", "ARMGOV");
}

static void
title__government_of_an_unknown_name(void **state)
{
    (void)state;
    expect("Armenian ADJ 3 amod\nForeign PROPN 3 amod\nMinister PROPN 4 nmod:desc Sing\nAra PROPN 6 nsubj\n"
           "Petrosyan PROPN 4 flat\nleft VERB 0 root\n\nthe DET 3 det Def\nPetrosyan PROPN 3 compound\n"
           "government NOUN 4 nsubj Sing\nspoke VERB 0 root\n",
           "government", "ARMGOV");
    expect("France PROPN 2 nsubj\nspoke VERB 0 root\n\nthe DET 3 det Def\nBush PROPN 3 compound\n"
           "government NOUN 4 nsubj Sing\nspoke VERB 0 root\n",
           "government", "GOV");
}

static void
coref__he_is_the_last_man(void **state)
{
    (void)state;
    expect("Emmanuel PROPN 3 nsubj\nMacron PROPN 1 flat\nspoke VERB 0 root\n\n"
           "He PRON 2 nsubj Prs|Masc|Sing|3\nleft VERB 0 root\n",
           "He", "FRAGOV");
}

static void
coref__it_is_the_state_that_said_so(void **state)
{
    (void)state;
    expect("Armenia PROPN 2 nsubj\nsaid|say VERB 0 root\nit PRON 4 nsubj Prs|Neut|Sing|3\nagreed VERB 2 ccomp\n", "it", "ARM");
}

static void
coref__both_sides_are_the_last_two(void **state)
{
    (void)state;
    expect("Washington PROPN 4 nsubj\nand CCONJ 3 cc\nParis PROPN 1 conj\nagree VERB 0 root\n\n"
           "Both DET 2 det\nsides|side NOUN 3 nsubj Plur\nleft VERB 0 root\n",
           "sides", "USAGOV,FRAGOV");
}

static void
coref__the_president_is_who_bears_the_title(void **state)
{
    (void)state;
    expect("Emmanuel PROPN 3 nsubj\nMacron PROPN 1 flat\nspoke VERB 0 root\n\n"
           "the DET 2 det Def\npresident NOUN 3 nsubj Sing\nleft VERB 0 root\n",
           "president", "FRAGOV");
}

static void
coref__nobody_is_guessed(void **state)
{
    (void)state;
    expect("France PROPN 2 nsubj\nmet VERB 0 root\nGermany PROPN 2 obj\n\nrebels|rebel NOUN 2 nsubj Plur\nleft VERB 0 root\n",
           "rebels", "REB");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrase__adjective_and_role),
        cmocka_unit_test(phrase__president_of_armenia),
        cmocka_unit_test(name__with_another_given_name_is_somebody_else),
        cmocka_unit_test(phrase__each_word_of_a_name_in_a_coordination),
        cmocka_unit_test(phrase__two_adjectives_give_two_mentions),
        cmocka_unit_test(phrase__hyphenated_pair_gives_two),
        cmocka_unit_test(phrase__led_owns_and_backed_does_not),
        cmocka_unit_test(phrase__organisation_and_role),
        cmocka_unit_test(phrase__quantity_looks_through),
        cmocka_unit_test(phrase__spokesman_for),
        cmocka_unit_test(phrase__tanks_act_for_their_owner),
        cmocka_unit_test(phrase__former_holds_no_office),
        cmocka_unit_test(names__capital_acts_and_capital_is_place),
        cmocka_unit_test(names__capitals_only_in_capitals),
        cmocka_unit_test(names__michael_jordan_is_no_country),
        cmocka_unit_test(names__date_decides_between_russia_and_the_union),
        cmocka_unit_test(names__office_that_has_ended),
        cmocka_unit_test(title__known_name_in_apposition),
        cmocka_unit_test(title__unknown_name_is_remembered),
        cmocka_unit_test(title__government_of_an_unknown_name),
        cmocka_unit_test(coref__he_is_the_last_man),
        cmocka_unit_test(coref__it_is_the_state_that_said_so),
        cmocka_unit_test(coref__both_sides_are_the_last_two),
        cmocka_unit_test(coref__the_president_is_who_bears_the_title),
        cmocka_unit_test(coref__nobody_is_guessed),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}

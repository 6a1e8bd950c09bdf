/* The lexicon's grammar, its checker and the compiled file, on small lexicons
 * written here. */
#include "base/day.h"
#include "common/workshop.h"
#include "lexicon/frames.h"
#include "lexicon/lexicon.h"
#include "lexicon/markup.h"
#include "lexicon/pattern.h"
#include "lexicon/source.h"
#include "lexicon/times.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char ontology[] =
    "plover ASSAULT\n  quad: 4\n  score: -9\n  mode: aerial -9.5\n"
    "cameo 042\n  label: Make a visit\n  type: CONSULT\n  mode: visit\n  goldstein: 1.9\n  planned: 036\n"
    "country FRA\n  name: France\n  adjective: French\n  demonym: Frenchman; Frenchmen\n  point: 46.6, 2.4\n"
    "country USA\n  name: United States; US; United States of America\n"
    "country YUG\n  name: Yugoslavia\n  active: 1945..2003-02-04\n";

/* The names that a folded phrase ends at. */
static const ch_name *
look_up(const ch_lexicon *lexicon, const char *words, uint32_t *count)
{
    uint32_t node = 0;
    *count = 0;
    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, " ");
        node = ch_lexicon_step(lexicon, node, ch_lexicon_word(lexicon, at, len));
        if (node == 0)
            return NULL;
        at += len + (at[len] == ' ');
    }
    return ch_lexicon_names_at(lexicon, node, count);
}

/* What the checker says of one mistake: line:column and the first words. */
static const struct {
    const char *text;
    const char *told;
} mistakes[] = {
    {"  name: France\n", "1:1 error a field outside of a block"},
    {"country\n", "1:9 error a block must begin with a kind and an id"},
    {"planet MARS\n  name: Mars\n", "1:1 error no kind of block is named \"planet\""},
    {"country FRA\n  nome: France\n", "2:3 error a country has no \"nome\""},
    {"country FRA\n  just words\n", "2:3 error not a field"},
    {"country FRA\n  name:\n", "2:1 error field \"name\" has no value"},
    {"country FRA\n  name: France\ncountry FRA\n  name: France\n", "3:1 error country FRA stands already"},
    {"country FRA\n  name: France\n  active: 2003..1990\n", "3:11 error \"2003..1990\" is no range of dates"},
    {"country FRA\n  name: France\n  point: 146, 2\n", "3:10 error \"146, 2\" is no point"},
    {"country HRV\n  name: Croatia\n  part-of: ..1991-06-24 YUK\n", "3:12 error \"..1991-06-24 YUK\" is no range of dates and country"},
    {"country HRV\n  name: Croatia\n  part-of: YUG\n", "3:12 error \"YUG\" is no range of dates and country"},
    {"country FRA\n  name: ...\n", "2:9 error nothing is left of this name once folded"},
    {"person x\n  name: X Y\n  role: QQQGOV king\n", "3:9 error \"QQQGOV king\" is no role with a known code"},
    {"person x\n  name: X Y\n  role: NGO\n  sex: x\n", "4:8 error \"x\" is no sex"},
    {"agent x\n  noun: soldier\n  code: mil\n", "3:9 error \"mil\" is no code"},
    {"plover EAT\n  quad: 1\n", "1:8 error no PLOVER type \"EAT\""},
    {"cameo 1234567\n  label: x\n", "1:7 error \"1234567\" is no CAMEO code"},
    {"frame f\n  verb: shell\n", "1:1 error frame f has no known type"},
    {"frame f\n  type: ASSAULT\n", "1:1 error frame f has no trigger"},
    {"frame f\n  type: ASSAULT\n  verb: shell +obj=@nothing\n", "3:20 error no such set: \"nothing\""},
    {"frame f\n  type: ASSAULT\n  verb: shell +obj=<ghost>\n", "3:20 error no such class: \"ghost\""},
    {"frame f\n  type: ASSAULT\n  verb: shell +obj={EAT}\n", "3:20 error no such act: \"EAT\""},
    {"frame f\n  type: ASSAULT\n  verb: shell\n  status: perhaps\n", "4:11 error no status: \"perhaps\""},
    {"set a\n  word: @b\nset b\n  word: @a\n", "error sets include each other"},
    {"frame f\n  type: ASSAULT\n  verb: shell; shell\n  yes: x\n  no: x\n", "3:3 warning a trigger of frame f stands already"},
    {"frame f\n  type: ASSAULT\n  verb: shell\n  no: x\n", "1:1 warning frame f has no `yes` example"},
    {"person x\n  name: Ann Lee; ANN LEE; Ann Lee\n  role: NGO\n", "2:27 warning \"Ann Lee\" stands in this entry already"},
    {"group x\n  name: Red Band\n  role: NGO\ngroup y\n  name: Red Band\n  role: IGO\n",
     "5:9 warning \"Red Band\" is never chosen: it always means x of"},
    {"country FRA\n  name: France\ncompany x\n  name: France; Franco SA\n  role: MNC\n",
     "4:9 warning \"France\" is never chosen: it always means FRA of"},
    {"frame f\n  type: ASSAULT\n  verb: shell\n  order: a * b * c\n", "4:16 error the trigger stands twice"},
    {"frame f\n  type: ASSAULT\n  verb: shell\n  order: with joy\n", "4:10 error no order of words"},
    {"frame f\n  type: ASSAULT\n  verb: shell\n  order: * @nothing\n", "4:12 error no such set: \"nothing\""},
    {"frame f\n  type: ASSAULT\n  verb: shell\n  order: * <ghost>\n", "4:12 error no part of an order: \"<ghost>\""},
    {"frame f\n  type: ASSAULT\n  verb: shell\n  cameo: 19-4\n", "4:10 error no code: \"19-4\""},
    {"frame f\n  type: ASSAULT\n  verb: shell\n  cameo: 9999\n", "4:10 warning the ontology has no code \"9999\""},
    {"frame f\n  type: ASSAULT\n  verb: shell\n  covers: perhaps\n", "4:11 error covers: \"perhaps\""},
    {"discard x\n  sentence: !!\n", "2:13 error nothing is left of this name once folded"},
    {"discard x\n  paragraph: sport\n", "2:3 error a discard has no \"paragraph\""},
    {"issue x\n  code: OIL\n  phrase: oil\n", "1:1 error issue x has no \"category\""},
    {"furniture-markup x\n  outside: one two three\n", "2:12 error \"one two three\" is not one or two words"},
    {"furniture-markup x\n  inside: one\n", "2:3 error a furniture-markup has no \"inside\""},
    {"country FRA\n  name: Fran\xFF"
     "ce\n",
     "2:13 error not UTF-8"},
};

static void
lexicon_check__names_place_and_remedy_of_each_mistake(void **state)
{
    workshop *w = *state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        workshop_compile(w, mistakes[i].text);
        if (strstr(w->told.at, mistakes[i].told) == NULL)
            fail_msg("expected \"%s\"\ntold \"%s\"", mistakes[i].told, w->told.at);
    }
}

static void
lexicon_compile__writes_nothing_when_there_is_a_mistake(void **state)
{
    workshop *w = *state;
    assert_int_equal(workshop_compile(w, "country FRA\n  nome: x\n"), CHANCERY_E_FORMAT);
    assert_int_equal(access(w->image, F_OK), -1);
}

static void
lexicon_names__are_found_folded_with_their_kind(void **state)
{
    workshop *w = *state;
    ch_lexicon *lexicon = workshop_lexicon(w, ontology);
    uint32_t count;
    const ch_name *name = look_up(lexicon, "united states of america", &count);
    assert_int_equal(count, 1);
    assert_int_equal(name->kind, CH_NAME_COUNTRY);
    assert_string_equal(ch_lexicon_string(lexicon, lexicon->countries[name->entry].id), "USA");
    assert_true((look_up(lexicon, "us", &count)->flags & CH_NAME_CAPS) != 0);
    assert_int_equal(look_up(lexicon, "french", &count)->kind, CH_NAME_ADJECTIVE);
    assert_null(look_up(lexicon, "united", &count));
}

static void
lexicon_agents__have_plurals_by_rule_or_as_given(void **state)
{
    workshop *w = *state;
    static const char *const plurals[] = {"soldiers", "policemen", "spies", "servicewomen", "coaches"};
    ch_lexicon *lexicon = workshop_lexicon(w, "agent x\n  noun: soldier; policeman; spy; servicewoman = servicewomen; coach; troops =\n  code: MIL\n");
    uint32_t count;
    for (size_t i = 0; i < sizeof plurals / sizeof *plurals; i++) {
        const ch_name *name = look_up(lexicon, plurals[i], &count);
        assert_int_equal(count, 1);
        assert_int_equal(name->kind, CH_NAME_AGENT_PLURAL);
    }
    assert_null(look_up(lexicon, "troopses", &count));
}

static void
lexicon_role__is_the_one_of_the_day(void **state)
{
    workshop *w = *state;
    char text[1024];
    snprintf(text, sizeof text, "%sperson x\n  name: X Y\n  role: 2017-05-14.. FRAGOV President\n  role: 2014-08..2016-08-30 FRABUS Minister\n", ontology);
    ch_lexicon *lexicon = workshop_lexicon(w, text);
    const ch_actor *x = &lexicon->actors[0];
    bool holds;
    assert_string_equal(ch_lexicon_string(lexicon, ch_lexicon_role(lexicon, x, ch_day_of(2020, 1, 1), &holds)->code), "FRAGOV");
    assert_true(holds);
    assert_string_equal(ch_lexicon_string(lexicon, ch_lexicon_role(lexicon, x, ch_day_of(2014, 8, 1), &holds)->code), "FRABUS");
    assert_true(holds);
    assert_string_equal(ch_lexicon_string(lexicon, ch_lexicon_role(lexicon, x, ch_day_of(2016, 12, 1), &holds)->code), "FRABUS");
    assert_false(holds);
    assert_string_equal(ch_lexicon_string(lexicon, ch_lexicon_role(lexicon, x, INT32_MIN, &holds)->code), "FRAGOV");
}

static void
lexicon_words__join_both_spellings(void **state)
{
    workshop *w = *state;
    ch_lexicon *lexicon = workshop_lexicon(w, "spelling defence\n  variant: defense\nset s\n  word: defence; mobilise; neighbour\n");
    assert_int_not_equal(ch_lexicon_word(lexicon, "defence", 7), 0);
    assert_int_equal(ch_lexicon_word(lexicon, "defence", 7), ch_lexicon_word(lexicon, "defense", 7));
    assert_int_equal(ch_lexicon_word(lexicon, "mobilise", 8), ch_lexicon_word(lexicon, "mobilize", 8));
    assert_int_equal(ch_lexicon_word(lexicon, "neighbour", 9), ch_lexicon_word(lexicon, "neighbor", 8));
    assert_int_equal(ch_lexicon_word(lexicon, "unheard", 7), 0);
}

static void
lexicon_sets__hold_words_phrases_and_other_sets(void **state)
{
    workshop *w = *state;
    ch_lexicon *lexicon = workshop_lexicon(w, "set bomb\n  word: bomb; cluster bomb\nset arms\n  word: @bomb; rifle\n");
    uint32_t arms = ch_set_find(lexicon, "arms"), bomb = ch_lexicon_word(lexicon, "bomb", 4);
    assert_true(ch_set_has(lexicon, arms, bomb));
    assert_true(ch_set_has(lexicon, arms, ch_lexicon_word(lexicon, "rifle", 5)));
    assert_false(ch_set_has(lexicon, ch_set_find(lexicon, "bomb"), ch_lexicon_word(lexicon, "rifle", 5)));
    assert_int_equal(ch_set_phrases(lexicon, arms, ch_lexicon_word(lexicon, "cluster", 7)).count, 1);
    assert_int_equal(ch_set_find(lexicon, "nothing"), CH_NONE);
}

static void
lexicon_frames__keep_triggers_tests_and_paths(void **state)
{
    workshop *w = *state;
    ch_lexicon *lexicon = workshop_lexicon(w, "set shell\n  word: shell\n"
                                    "frame f\n  type: ASSAULT\n  cameo: 194\n  verb: rain down +obj=@shell|rocket -with=joy\n"
                                    "  noun: air strike\n  recipient: on; obj.poss; subj+with\n  unless: obj=pea\n  yes: a; b => FRA > USA\n  no: c\n");
    const ch_frames *f = ch_lexicon_frames(lexicon);
    assert_int_equal(f->nframe, 1);
    assert_int_equal(f->ntrigger, 2);
    assert_int_equal(f->frames[0].tests.count, 1);
    assert_int_equal(f->frames[0].recipient.count, 4);
    assert_int_equal(f->paths[f->frames[0].recipient.first + 3].also, 1);
    assert_int_equal(f->triggers[0].ntest, 2);
    assert_int_equal(f->triggers[1].head, 1);
    assert_int_equal(f->nexample, 2);
    assert_string_equal(ch_lexicon_string(lexicon, f->examples[1].text), "a; b");
    assert_string_equal(ch_lexicon_string(lexicon, f->examples[1].expect), "FRA > USA");
    uint32_t strike = ch_lexicon_word(lexicon, "strike", 6);
    assert_int_equal(f->trigger_index[strike + 1] - f->trigger_index[strike], 1);
}

static void
lexicon_cameo__is_found_by_code(void **state)
{
    workshop *w = *state;
    ch_lexicon *lexicon = workshop_lexicon(w, ontology);
    const ch_cameo *visit = ch_cameo_find(lexicon, "042");
    assert_non_null(visit);
    assert_string_equal(visit->planned, "036");
    assert_null(ch_cameo_find(lexicon, "999"));
    assert_float_equal(ch_plover_score(lexicon, CH_ASSAULT, "aerial"), -9.5, 0.01);
    assert_float_equal(ch_plover_score(lexicon, CH_ASSAULT, NULL), -9, 0.01);
}

static void
lexicon_open__refuses_every_damaged_byte_range(void **state)
{
    workshop *w = *state;
    workshop_lexicon(w, ontology);
    FILE *f = fopen(w->image, "rb");
    assert_non_null(f);
    static char bytes[1 << 20];
    size_t len = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    for (size_t cut = 0; cut < len; cut += len / 50 + 1) {
        ch_lexicon *lexicon;
        ch_error err;
        f = fopen(w->image, "wb");
        fwrite(bytes, 1, cut, f);
        fclose(f);
        assert_int_equal(ch_lexicon_open(&lexicon, w->image, &err), CH_E_FORMAT);
        bytes[cut] ^= 0x40;
        f = fopen(w->image, "wb");
        fwrite(bytes, 1, len, f);
        fclose(f);
        assert_int_equal(ch_lexicon_open(&lexicon, w->image, &err), CH_E_FORMAT);
        bytes[cut] ^= 0x40;
    }
}

/* The status of opening the compiled lexicon with one number of the first element
 * of a section changed. */
static ch_status
open_changed(const workshop *w, uint32_t section, size_t at, uint32_t number)
{
    ch_image image, changed;
    ch_image_part parts[64];
    unsigned char *copy = NULL;
    assert_int_equal(ch_image_open(&image, &ch_lexicon_image, w->image, NULL), CH_OK);
    assert_true(image.nsection <= sizeof parts / sizeof *parts);
    for (uint32_t i = 0; i < image.nsection; i++) {
        parts[i] = ch_image_part_at(&image, i);
        if (parts[i].id != section)
            continue;
        size_t size = parts[i].count * parts[i].element_size;
        assert_true(at + sizeof number <= size);
        copy = malloc(size);
        assert_non_null(copy);
        memcpy(copy, parts[i].elements, size);
        memcpy(copy + at, &number, sizeof number);
        parts[i].elements = copy;
    }
    assert_non_null(copy);
    assert_int_equal(ch_image_make(&changed, &ch_lexicon_image, parts, image.nsection, NULL), CH_OK);
    ch_lexicon *lexicon;
    ch_status status = ch_lexicon_adopt(&lexicon, &changed, NULL);
    ch_lexicon_close(lexicon);
    ch_image_close(&image);
    free(copy);
    return status;
}

static void
lexicon_open__refuses_a_number_that_leads_nowhere(void **state)
{
    static const char text[] = "plover ASSAULT\n  quad: 4\nset gun\n  word: rifle; machine gun\n"
                               "country FRA\n  name: France\nperson jd\n  name: Jane Doe\n  role: FRAGOV minister\n"
                               "frame f\n  type: ASSAULT\n  verb: shoot +with=@gun\n  order: * down <recipient>\n  yes: a\n  no: b\n"
                               "time-class unit\n  day: day\ntime-rule days\n  match: <number:n> <unit:u>\n  make: dur n u\n";
    static const struct {
        uint32_t section;
        size_t at;
        uint32_t kept; /* a number that may stand there */
    } fields[] = {
        {CH_SECTION_COUNTRIES, offsetof(ch_country, name), 1},
        {CH_SECTION_ACTORS, offsetof(ch_actor, kind), CH_ACTOR_BODY},
        {CH_SECTION_ACTORS, offsetof(ch_actor, first_role), 0},
        {CH_SECTION_ACTORS, offsetof(ch_actor, nrole), 1},
        {CH_SECTION_ROLES, offsetof(ch_role, code), 0},
        {CH_SECTION_FRAMES, offsetof(ch_frame, type), CH_NO_TYPE},
        {CH_SECTION_FRAMES, offsetof(ch_frame, orders.count), 1},
        {CH_SECTION_TRIGGERS, offsetof(ch_trigger, frame), 0},
        {CH_SECTION_TRIGGERS, offsetof(ch_trigger, head), 0},
        {CH_SECTION_TESTS, offsetof(ch_test, nalternative), 1},
        {CH_SECTION_ORDERS, offsetof(ch_order, nbefore), 0},
        {CH_SECTION_PHRASES, offsetof(ch_phrase, nword), 1},
        {CH_SECTION_PATTERN_RULES, offsetof(ch_pattern_rule, code), 0},
        {CH_SECTION_PATTERN_RULES, offsetof(ch_pattern_rule, nslot), 2},
        {CH_SECTION_TIME_MAKES, offsetof(ch_time_make, value), 1},
    };
    workshop *w = *state;
    workshop_lexicon(w, text);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        assert_int_equal(open_changed(w, fields[i].section, fields[i].at, 1u << 30), CH_E_FORMAT);
        assert_int_equal(open_changed(w, fields[i].section, fields[i].at, fields[i].kept), CH_OK);
    }
    assert_int_equal(open_changed(w, CH_SECTION_NAMES, offsetof(ch_name, entry), 1), CH_E_FORMAT);
    assert_int_equal(open_changed(w, CH_SECTION_FRAMES, offsetof(ch_frame, cameo) + 4, UINT32_MAX), CH_E_FORMAT);
}

static void
lexicon_compile__gives_the_same_bytes_twice(void **state)
{
    workshop *w = *state;
    static char first[1 << 20], second[1 << 20];
    for (int i = 0; i < 2; i++) {
        workshop_lexicon(w, ontology);
        FILE *f = fopen(w->image, "rb");
        assert_non_null(f);
        size_t len = fread(i == 0 ? first : second, 1, sizeof first, f);
        assert_true(len > 0);
        fclose(f);
    }
    assert_memory_equal(first, second, sizeof first);
}

static void
lexicon_frames__take_type_and_sides_from_code_order_and_place(void **state)
{
    workshop *w = *state;
    ch_lexicon *lexicon = workshop_lexicon(w, "plover CONSULT\n  quad: 1\ncameo 042\n  type: CONSULT\nset s\n  word: tea\n"
                                    "frame f\n  cameo: 042\n  reverse: 043\n  verb: call\n  order: was <noun> *_in for @s with <recipient>\n"
                                    "  actor: subj; left\n  recipient: right\n  covers: yes\n  yes: a\n  no: b\n"
                                    "frame g\n  type: NONE\n  verb: call\n  order: * names\n  yes: a\n  no: b\n");
    const ch_frames *f = ch_lexicon_frames(lexicon);
    assert_int_equal(f->frames[0].type, CH_CONSULT);
    assert_string_equal(f->frames[0].reverse, "043");
    assert_int_equal(f->frames[0].flags, CH_FRAME_COVERS);
    assert_int_equal(f->frames[1].type, CH_NO_TYPE);
    assert_int_equal(f->norder, 2);
    assert_int_equal(f->orders[0].nbefore, 2);
    assert_int_equal(f->orders[0].nafter, 5);
    const ch_order_step *steps = &f->order_steps[f->orders[0].first];
    assert_int_equal(steps[0].kind, CH_ORDER_NOUN); /* from the trigger outward */
    assert_int_equal(steps[1].value, ch_lexicon_word(lexicon, "was", 3));
    assert_int_equal(steps[2].tight, 1);
    assert_int_equal(steps[3].tight, 0);
    assert_int_equal(steps[4].kind, CH_ORDER_SET);
    assert_int_equal(steps[6].kind, CH_ORDER_RECIPIENT);
    assert_int_equal(f->paths[f->frames[0].actor.first + 1].slot[0], CH_SLOT_LEFT);
}

static void
lexicon_blocks__with_a_plus_add_to_their_entry(void **state)
{
    workshop *w = *state;
    char text[1024];
    snprintf(text, sizeof text, "+country FRA\n  name: Gaul\n%s+country USA\n  name: the States\n  nome: x\n", ontology);
    assert_int_equal(workshop_compile(w, text), CHANCERY_E_FORMAT);
    assert_non_null(strstr(w->told.at, "a country has no \"nome\""));
    snprintf(text, sizeof text, "+country FRA\n  name: Gaul\n%s+country USA\n  name: the States\n", ontology);
    ch_lexicon *lexicon = workshop_lexicon(w, text);
    uint32_t count;
    const ch_name *gaul = look_up(lexicon, "gaul", &count), *france = look_up(lexicon, "france", &count);
    assert_non_null(gaul);
    assert_int_equal(gaul->entry, france->entry);
    assert_string_equal(ch_lexicon_string(lexicon, lexicon->countries[gaul->entry].name), "France");
    assert_int_equal(look_up(lexicon, "states", &count)->entry, look_up(lexicon, "us", &count)->entry);
}

static void
lexicon_markup__knows_names_of_one_word_and_of_two_by_their_kind(void **state)
{
    workshop *w = *state;
    ch_error err;
    ch_markup m;
    ch_lexicon *lexicon = workshop_lexicon(w, "furniture-markup a\n  outside: ad; author-bio\n  body: story body\n"
                                              "furniture-markup b\n  body: bio\n  unless-behind: has\n");
    assert_int_equal(ch_markup_open(&m, lexicon, &err), CH_OK);
    uint32_t ad = ch_markup_word(&m, "ad", 2), author = ch_markup_word(&m, "author", 6), bio = ch_markup_word(&m, "bio", 3);
    assert_true(ch_markup_is(&m, CH_MARKUP_OUTSIDE, ad, 0));
    assert_true(ch_markup_is(&m, CH_MARKUP_OUTSIDE, author, bio));
    assert_true(ch_markup_is(&m, CH_MARKUP_BODY, bio, 0));
    assert_false(ch_markup_is(&m, CH_MARKUP_OUTSIDE, author, 0));
    assert_false(ch_markup_is(&m, CH_MARKUP_OUTSIDE, bio, 0));
    assert_false(ch_markup_is(&m, CH_MARKUP_OUTSIDE, bio, author));
    assert_false(ch_markup_is(&m, CH_MARKUP_BODY, ad, 0));
    assert_int_equal(ch_markup_word(&m, "unheard", 7), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, workshop_open, workshop_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lexicon_check__names_place_and_remedy_of_each_mistake),
        TEST(lexicon_compile__writes_nothing_when_there_is_a_mistake),
        TEST(lexicon_names__are_found_folded_with_their_kind),
        TEST(lexicon_agents__have_plurals_by_rule_or_as_given),
        TEST(lexicon_role__is_the_one_of_the_day),
        TEST(lexicon_words__join_both_spellings),
        TEST(lexicon_sets__hold_words_phrases_and_other_sets),
        TEST(lexicon_frames__keep_triggers_tests_and_paths),
        TEST(lexicon_frames__take_type_and_sides_from_code_order_and_place),
        TEST(lexicon_blocks__with_a_plus_add_to_their_entry),
        TEST(lexicon_markup__knows_names_of_one_word_and_of_two_by_their_kind),
        TEST(lexicon_cameo__is_found_by_code),
        TEST(lexicon_open__refuses_every_damaged_byte_range),
        TEST(lexicon_open__refuses_a_number_that_leads_nowhere),
        TEST(lexicon_compile__gives_the_same_bytes_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

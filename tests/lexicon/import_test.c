/* Dictionaries of other projects, written here in their formats, read into ours:
 * what comes out, what is told, and that it compiles. */
#include "base/day.h"
#include "base/text.h"
#include "chancery.h"
#include "lexicon/compile.h"
#include "lexicon/frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
    char folder[64];
    char in[96];
    char out[96];
    ch_text told;
    ch_text written; /* all that was written, file after file */
    chancery_import_counts counts;
} workshop;

static void
empty_folder(const char *path)
{
    char command[160];
    snprintf(command, sizeof command, "rm -rf '%s'", path);
    assert_int_equal(system(command), 0);
}

static int
open_workshop(void **state)
{
    workshop *w = calloc(1, sizeof *w);
    strcpy(w->folder, "/tmp/chancery-import-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    snprintf(w->in, sizeof w->in, "%s/in", w->folder);
    snprintf(w->out, sizeof w->out, "%s/out", w->folder);
    assert_int_equal(mkdir(w->in, 0777), 0);
    *state = w;
    return 0;
}

static int
close_workshop(void **state)
{
    workshop *w = *state;
    empty_folder(w->folder);
    ch_text_free(&w->told);
    ch_text_free(&w->written);
    free(w);
    return 0;
}

static void
tell(void *context, const chancery_complaint *c)
{
    workshop *w = context;
    ch_text_printf(&w->told, "%s:%u %s; %s\n", c->file, c->line, c->message, c->remedy);
    assert_true(c->remedy[0] != '\0');
}

static void
read_back(workshop *w, const char *name)
{
    char path[160], bytes[4096];
    snprintf(path, sizeof path, "%s/%s", w->out, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return;
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        ch_text_add(&w->written, bytes, n);
    fclose(f);
}

/* Imports `text` as the dictionary file `name`. */
static void
import(workshop *w, chancery_dictionary from, const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", w->in, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    empty_folder(w->out);
    ch_text_clear(&w->told);
    ch_text_clear(&w->written);
    ch_text_puts(&w->told, "");
    const char *files[] = {path};
    ch_error err;
    if (chancery_lexicon_import(from, files, 1, w->out, tell, w, &w->counts, &err) != CHANCERY_OK)
        fail_msg("%s", err.message);
    read_back(w, name);
    read_back(w, "countries.txt");
}

static void
has(const ch_text *text, const char *part)
{
    if (text->at == NULL || strstr(text->at, part) == NULL)
        fail_msg("expected \"%s\" in\n%s", part, text->at != NULL ? text->at : "");
}

static void
has_not(const ch_text *text, const char *part)
{
    if (text->at != NULL && strstr(text->at, part) != NULL)
        fail_msg("did not expect \"%s\" in\n%s", part, text->at);
}

/* What was written, compiled alone beside our word sets and ontologies. */
static ch_lexicon *
compiled(workshop *w)
{
    char ours[4096];
    snprintf(ours, sizeof ours, "%s/lexicon", getenv("CHANCERY_SOURCE"));
    const char *dirs[] = {ours, w->out};
    ch_lexicon *lexicon;
    ch_error err;
    if (ch_lexicon_make(&lexicon, dirs, 2, true, &err) != CH_OK)
        fail_msg("%s: %s\n%s", err.file, err.message, w->written.at);
    return lexicon;
}

static const ch_name *
look_up(const ch_lexicon *lexicon, const char *words)
{
    uint32_t node = 0, count;
    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, " ");
        node = ch_lexicon_step(lexicon, node, ch_lexicon_word(lexicon, at, len));
        if (node == 0)
            return NULL;
        at += len + (at[len] == ' ');
    }
    return ch_lexicon_names_at(lexicon, node, &count);
}

/* The code of an actor's name on a day; "-" where it is nobody's. */
static const char *
code_on(const ch_lexicon *lexicon, const char *name, int32_t day)
{
    const ch_name *n = look_up(lexicon, name);
    if (n == NULL)
        return "none";
    if (n->kind == CH_NAME_COUNTRY)
        return ch_lexicon_string(lexicon, lexicon->countries[n->entry].id);
    assert_int_equal(n->kind, CH_NAME_ACTOR);
    const ch_role *role = ch_lexicon_role(lexicon, &lexicon->actors[n->entry], day, NULL);
    return role->code != 0 ? ch_lexicon_string(lexicon, role->code) : "-";
}

/* ------------------------------------------------------------------ actors */

static const char actors[] =
    "# Made for this test, under no licence.\n"
    "<!-- a remark\nover two lines -->\n"
    "TREELAND_ [TRE]\n"
    "+TREELANDER_\n"
    "+OAK_CITY\n"
    "\n"
    "MIRA_ASH_  [TREELI] # once a poet\n"
    "+M._ASH\n"
    "\t[TREGOV 920301-980228]\n"
    "\t[TREREB > 20000101]\n"
    "\n"
    "LEAF_LEAGUE [IGOLEF]\n"
    "NOBODY_HALL [---]\n"
    "BARKLEY_COUNCIL\n"
    "\t[BRKLEG <19991231]\n"
    "TWIN_PEAKS [AAA/BBB]\n"
    "ODD_DATE [TREGOV 990230-991301]\n"
    "FAR_BANK [TREBNKXY]\n";

static void
import_actors__codes_hold_on_their_days(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.actors.txt", actors);
    ch_lexicon *lexicon = compiled(w);
    assert_string_equal(code_on(lexicon, "treelander", 0), "TRE");
    assert_string_equal(code_on(lexicon, "oak city", 0), "TRE");
    assert_string_equal(code_on(lexicon, "mira ash", ch_day_of(1992, 3, 1)), "TREGOV");
    assert_string_equal(code_on(lexicon, "mira ash", ch_day_of(1998, 3, 1)), "TREELI");
    assert_string_equal(code_on(lexicon, "m ash", ch_day_of(2000, 1, 1)), "TREREB");
    assert_string_equal(code_on(lexicon, "leaf league", 0), "IGOLEF");
    assert_string_equal(code_on(lexicon, "nobody hall", 0), "-");
    assert_string_equal(code_on(lexicon, "barkley council", ch_day_of(1999, 12, 31)), "BRKLEG");
    assert_string_equal(code_on(lexicon, "barkley council", ch_day_of(2000, 1, 1)), "-");
    assert_string_equal(code_on(lexicon, "far bank", 0), "TREBNKXY");
    ch_lexicon_close(lexicon);
}

static void
import_actors__several_codes_hold_at_once(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.actors.txt", actors);
    has(&w->written, "  role: AAA\n");
    has(&w->written, "  role: BBB\n");
}

static void
import_actors__what_is_lost_is_told_with_its_line(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.actors.txt", actors);
    has(&w->told, "test.actors.txt:18 990230 is no day");
    has(&w->told, "\"990230-991301\" are no dates");
    assert_int_equal(w->counts.lost, 2);
    assert_int_equal(w->counts.files, 1);
    assert_int_equal(w->counts.lines, 19);
    assert_int_equal(w->counts.entries, 8);
}

static void
import_actors__remarks_and_provenance_are_kept(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.actors.txt", actors);
    has(&w->written, "# Made for this test, under no licence.");
    has(&w->written, "name: Mira Ash  # once a poet");
    has(&w->written, "from: test.actors.txt:8");
    has_not(&w->written, "over two lines");
}

static void
import_actors__stems_of_tabari_are_told(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_TABARI, "test.actors", "TREELAN [TRE] ;jw 9/1/91\nOAK_CITY_ [TRE]\n");
    has(&w->told, "test.actors:1 \"TREELAN\" is a stem");
    assert_int_equal(w->counts.lost, 1);
    read_back(w, "test.actors.txt");
    has(&w->written, "name: Treelan  # jw 9/1/91");
}

static void
import_actors__old_letters_are_read_as_latin_1(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.actors.txt", "JOS\xC9_OAK [TREGOV]\nJOS\xC3\x89_ELM [TREMIL]\n");
    ch_lexicon *lexicon = compiled(w);
    assert_string_equal(code_on(lexicon, "jose oak", 0), "TREGOV");
    assert_string_equal(code_on(lexicon, "jose elm", 0), "TREMIL");
    has(&w->told, "not UTF-8");
    ch_lexicon_close(lexicon);
}

/* ------------------------------------------------------------------ agents */

static void
import_agents__have_plurals_marks_and_sectors(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.agents.txt",
           "!FOLK! = MAN, WOMEN\n"
           "WOODS!FOLK! [~CVL]\n"
           "FORESTER [~LAB]  # by hand\n"
           "MOSS_GUARD {} [ ~MIL ]\n"
           "KEEPER_GENERAL {KEEPERS_GENERAL} [~GOV]\n"
           "LICHEN_TRUST [NGO~]\n"
           "BROKEN [GOV\n"
           "NOTHING\n");
    ch_lexicon *lexicon = compiled(w);
    static const char *const found[] = {"woodsman", "woodswomen", "forester", "foresters", "moss guard", "keepers general", "lichen trust"};
    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        if (look_up(lexicon, found[i]) == NULL)
            fail_msg("no role noun \"%s\"", found[i]);
    assert_null(look_up(lexicon, "moss guards"));
    assert_null(look_up(lexicon, "woodsmen"));
    assert_string_equal(ch_lexicon_string(lexicon, lexicon->agents[look_up(lexicon, "moss guard")->entry].code), "MIL");
    has(&w->told, "test.agents.txt:6 [NGO~] goes before");
    has(&w->told, "test.agents.txt:8 \"NOTHING\" is no role noun");
    ch_lexicon_close(lexicon);
}

/* ------------------------------------------------------------------- verbs */

static const char verbs[] =
    "&FRUIT\n+APPLES\n+RED PLUMS\n+&NUTS_\n"
    "&NUTS_\n+ACORNS\n"
    "&SWEETS\n+&FRUIT\n+HONEY_\n"
    "\n"
    "--- OFFER [070] ---\n"
    "OFFER  # kind\n"
    "PRESENT {PRESENTED} [072]\n"
    "+HAND_OVER {+HANDED_OVER}\n"
    "- * &SWEETS TO +  [0331]\n"
    "- WOULD NOT_* [120:121]\n"
    "- % * GIFTS [031:031]\n"
    "- * NOTHING [---]\n"
    "- $ * ^ FROM + [:055]\n"
    "- * &MISSING [070]\n"
    "- NO VERB HERE [070]\n"
    "- * {THIS | THAT} [070]\n"
    "- * WRONG [+++]\n"
    "\n"
    "--- SLEEP [---] ---\n"
    "SLEEP\n";

static void
import_verbs__patterns_become_orders_with_codes(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.verbs.txt", verbs);
    has(&w->written, "order: * @petrarch/sweets to <recipient>\n  cameo: 0331\n");
    has(&w->written, "order: would not_*\n  cameo: 120\n  reverse: 121\n");
    has(&w->written, "order: <both> * gifts\n  cameo: 031\n  reciprocal: yes\n");
    has(&w->written, "order: * nothing\n  type: NONE\n");
    has(&w->written, "order: <actor> * <noun> from <recipient>\n  cameo: 055\n  actor: right\n  recipient: subj; left\n");
    has(&w->written, "verb: hand; handed\n  order: *_over\n  cameo: 070\n");
    has(&w->written, "verb: present; presented\n  cameo: 072\n");
    has_not(&w->written, "verb: sleep");
    ch_lexicon *lexicon = compiled(w);
    assert_int_not_equal(ch_set_find(lexicon, "petrarch/sweets"), CH_NONE);
    assert_true(ch_set_has(lexicon, ch_set_find(lexicon, "petrarch/sweets"), ch_lexicon_word(lexicon, "apples", 6)));
    ch_lexicon_close(lexicon);
}

static void
import_verbs__what_is_lost_is_told_with_its_line(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.verbs.txt", verbs);
    has(&w->told, "test.verbs.txt:4 no set &NUTS_");
    has(&w->told, "test.verbs.txt:20 it names a set that is not there");
    has(&w->told, "test.verbs.txt:21 the verb has no place");
    has(&w->told, "test.verbs.txt:22 alternatives in braces");
    has(&w->told, "test.verbs.txt:23 [+++] is no code");
    assert_int_equal(w->counts.lost, 5);
}

static void
import_verbs__clauses_of_petrarch_2_become_tests(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.verbs.txt",
           "&CASH\n+COINS\n\n"
           "--- TAKE [---] ---\n"
           "TAKE {TOOK TAKEN}\n"
           "- * {LARGE &CASH} (FROM +) [:070]\n"
           "- * OATH (AT {HIGH COURT}) [060]\n"
           "- * (IN) [061]\n"
           "- GUESTS * SEATS [062]\n"
           "~ a (a b TAKE) SAY = a b 015\n");
    has(&w->written, "if: obj.mod=large; obj=@petrarch/cash; from\n  recipient: from\n");
    has(&w->written, "if: obj=oath; at=high court\n");
    has(&w->written, "if: in\n  cameo: 061\n");
    has(&w->written, "order: guests * seats\n");
    has(&w->told, "test.verbs.txt:10 transformations have no counterpart");
    ch_lexicon_close(compiled(w));
}

static void
import_verbs__blocks_of_tabari_begin_with_their_verb(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_TABARI, "test.verbs.txt", "GREET_ [031] ;x 1/1/91\n- * COLDLY [121] ;y\nSHOVE_ [---]\n- * ASIDE [150]\n");
    has(&w->written, "verb: greet\n  cameo: 031\n");
    has(&w->written, "verb: greet\n  order: * coldly\n  cameo: 121\n");
    has(&w->written, "verb: shove\n  order: * aside\n  cameo: 150\n");
    has_not(&w->written, "verb: shove\n  cameo");
    ch_lexicon_close(compiled(w));
}

/* ------------------------------------------------------------------- lists */

static void
import_lists__discards_and_issues(void **state)
{
    workshop *w = *state;
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.discards.txt", "TREE HOUSE # a game\n+ACORN CUP\n");
    has(&w->written, "  sentence: tree house  # a game\n  document: acorn cup\n");
    ch_lexicon *lexicon = compiled(w);
    assert_int_equal(look_up(lexicon, "acorn cup")->kind, CH_NAME_DISCARD);
    assert_int_equal(ch_lexicon_frames(lexicon)->ndiscard, 2);
    ch_lexicon_close(lexicon);
    import(w, CHANCERY_DICTIONARY_PETRARCH, "test.issues.txt",
           "<ISSUE CATEGORY=\"WOOD\" TYPE=\"ALL\">\nn:plank [PLANKS]\noak board [PLANKS]\n~board of trade\n</ISSUE>\nstray [LOST]\n");
    has(&w->written, "  category: WOOD\n  code: PLANKS\n");
    has(&w->written, "  phrase: oak board\n  unless: board of trade\n");
    has(&w->told, "test.issues.txt:6 \"stray [LOST]\" belongs to no issue");
    ch_lexicon_close(compiled(w));
}

static void
import_files__that_are_no_dictionary_are_refused(void **state)
{
    workshop *w = *state;
    char path[160];
    snprintf(path, sizeof path, "%s/poem.txt", w->in);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs("Roses are red\n", f);
    fclose(f);
    const char *files[] = {path};
    ch_error err;
    assert_int_equal(chancery_lexicon_import(CHANCERY_DICTIONARY_PETRARCH, files, 1, w->out, NULL, NULL, NULL, &err), CHANCERY_E_FORMAT);
    assert_non_null(strstr(err.file, "poem.txt"));
    files[0] = "/nonexistent/x.actors.txt";
    assert_int_equal(chancery_lexicon_import(CHANCERY_DICTIONARY_PETRARCH, files, 1, w->out, NULL, NULL, NULL, &err), CHANCERY_E_IO);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_workshop, close_workshop)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(import_actors__codes_hold_on_their_days),
        TEST(import_actors__several_codes_hold_at_once),
        TEST(import_actors__what_is_lost_is_told_with_its_line),
        TEST(import_actors__remarks_and_provenance_are_kept),
        TEST(import_actors__stems_of_tabari_are_told),
        TEST(import_actors__old_letters_are_read_as_latin_1),
        TEST(import_agents__have_plurals_marks_and_sectors),
        TEST(import_verbs__patterns_become_orders_with_codes),
        TEST(import_verbs__what_is_lost_is_told_with_its_line),
        TEST(import_verbs__clauses_of_petrarch_2_become_tests),
        TEST(import_verbs__blocks_of_tabari_begin_with_their_verb),
        TEST(import_lists__discards_and_issues),
        TEST(import_files__that_are_no_dictionary_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

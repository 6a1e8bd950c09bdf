/* From bytes to a document: encodings, paragraphs, furniture, dates, sources. */
#include "base/day.h"
#include "base/text.h"
#include "base/utf8.h"
#include "intake/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static ch_lexicon *lexicon;

static int
open_lexicon(void **state)
{
    char path[4096];
    ch_error err = {0};
    const char *data = getenv("CHANCERY_DATA");
    (void)state;
    snprintf(path, sizeof path, "%s/lexicon.bin", data != NULL ? data : ".");
    if (ch_lexicon_open(&lexicon, path, &err) != CH_OK)
        fail_msg("%s: %s", err.file, err.message);
    return 0;
}

static int
close_lexicon(void **state)
{
    (void)state;
    ch_lexicon_close(lexicon);
    return 0;
}

/* ------------------------------------------------------------------ helpers */

static ch_status
try_read(ch_document *doc, const chancery_input *in, ch_error *err)
{
    *doc = (ch_document){.published = CH_NO_DAY};
    ch_arena_init(&doc->arena, CH_DOCUMENT_MEMORY_MAX);
    return ch_intake(lexicon, "en", doc, in, err);
}

static ch_document
read_input(chancery_input in)
{
    ch_document doc;
    ch_error err = {0};
    if (try_read(&doc, &in, &err) != CH_OK)
        fail_msg("refused: %s", err.message);
    return doc;
}

static ch_document
read_bytes(const char *bytes, size_t len)
{
    return read_input((chancery_input){.text = bytes, .len = len});
}

static ch_document
read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void
done(ch_document *doc)
{
    ch_arena_free(&doc->arena);
}

/* The parts of a document joined by "|"; so its furniture and credits. */
static const char *
join_spans(const ch_document *doc, const ch_span *spans, uint32_t count)
{
    static ch_text out;
    ch_text_clear(&out);
    ch_text_puts(&out, "");
    for (uint32_t i = 0; i < count; i++) {
        if (i != 0)
            ch_text_putc(&out, '|');
        ch_text_add_str(&out, ch_span_text(doc, spans[i]));
    }
    return out.at;
}

static const char *
parts_of(const ch_document *doc)
{
    return join_spans(doc, doc->parts, doc->npart);
}

static const char *
credits_of(const ch_document *doc)
{
    static ch_text out;
    ch_text_clear(&out);
    ch_text_puts(&out, "");
    for (uint32_t i = 0; i < doc->ncredit; i++) {
        if (i != 0)
            ch_text_putc(&out, '|');
        ch_text_add_str(&out, doc->credits[i]);
    }
    return out.at;
}

static const char *
published_of(const ch_document *doc)
{
    static char day[11];
    strcpy(day, "none");
    if (doc->published != CH_NO_DAY)
        ch_day_print(day, doc->published);
    return day;
}

/* What holds for every document, whatever it was made from. */
static void
check_sound(const ch_document *doc)
{
    uint32_t at = 0;
    assert_int_equal(doc->text[doc->text_len], '\0');
    assert_int_equal(ch_utf8_check(doc->text, doc->text_len), doc->text_len);
    assert_int_equal(strlen(doc->text), doc->text_len);
    for (uint32_t i = 0, f = 0; i < doc->npart || f < doc->nfurniture;) {
        bool part = f == doc->nfurniture || (i < doc->npart && doc->parts[i].start < doc->furniture[f].span.start);
        ch_span span = part ? doc->parts[i++] : doc->furniture[f++].span;
        assert_true(span.start >= at);
        assert_true(span.start < span.end);
        assert_true(span.end <= doc->text_len);
        assert_true(((unsigned char)doc->text[span.start] & 0xC0) != 0x80);
        assert_true(((unsigned char)doc->text[span.end] & 0xC0) != 0x80);
        at = span.end;
    }
}

/* ---------------------------------------------------------------- encodings */

#define BYTES(s) s, sizeof(s) - 1

static void
decode__reads_every_encoding_that_can_be_told(void **state)
{
    static const struct {
        const char *name;
        const char *bytes;
        size_t len;
        const char *text;
    } cases[] = {
        {"ASCII", BYTES("Paris and Rome agreed."), "Paris and Rome agreed."},
        {"UTF-8", BYTES("S\xC3\xA9journ\xC3\xA9 spoke."), "S\xC3\xA9journ\xC3\xA9 spoke."},
        {"UTF-8 with a mark stays as it is", BYTES("\xEF\xBB\xBF" "Oslo"), "\xEF\xBB\xBF" "Oslo"},
        {"UTF-16LE with a mark", BYTES("\xFF\xFEO\0s\0l\0o\0"), "Oslo"},
        {"UTF-16BE with a mark", BYTES("\xFE\xFF\0O\0s\0l\0o"), "Oslo"},
        {"UTF-16LE without a mark", BYTES("O\0s\0l\0o\0 \0m\0e\0t\0.\0"), "Oslo met."},
        {"UTF-16BE without a mark", BYTES("\0O\0s\0l\0o\0 \0m\0e\0t\0."), "Oslo met."},
        {"UTF-32LE", BYTES("\xFF\xFE\0\0O\0\0\0k\0\0\0"), "Ok"},
        {"Windows-1252", BYTES("The \x93right\x94 of S\xE9journ\xE9 in Paris"), "The \xE2\x80\x9Cright\xE2\x80\x9D of S\xC3\xA9journ\xC3\xA9 in Paris"},
        {"NUL and control bytes are spaces", BYTES("Oslo\0met\x01\x7F."), "Oslo met  ."},
        {"UTF-16 cut in a character", BYTES("\xFF\xFEO\0s\0l"), "Os\xEF\xBF\xBD"},
        {"UTF-16 with a lone surrogate", BYTES("\xFF\xFEO\0\x00\xD8s\0"), "O\xEF\xBF\xBDs"},
        {"UTF-8 cut in a character", BYTES("Oslo \xC3"), "Oslo \xEF\xBF\xBD"},
        {"UTF-8 with one damaged byte", BYTES("\xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xFF \xC3\xA9"),
         "\xC3\xA9 \xC3\xA9 \xC3\xA9 \xC3\xA9 \xEF\xBF\xBD \xC3\xA9"},
        {"right-to-left marks stay", BYTES("\xE2\x80\xAEIran\xE2\x80\xAC"), "\xE2\x80\xAEIran\xE2\x80\xAC"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ch_document doc = read_bytes(cases[i].bytes, cases[i].len);
        if (strcmp(doc.text, cases[i].text) != 0)
            fail_msg("%s: got \"%s\"", cases[i].name, doc.text);
        check_sound(&doc);
        done(&doc);
    }
}

static void
decode__takes_the_declared_encoding(void **state)
{
    (void)state;
    static const char bytes[] = "\xCF\xF0\xE8\xE2\xE5\xF2"; /* "Privet" in Russian, Windows-1251 */
    ch_document doc = read_input((chancery_input){.text = bytes, .len = sizeof bytes - 1, .encoding = "windows-1251"});
    assert_string_equal(doc.text, "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82");
    done(&doc);
}

static void
decode__refuses_what_is_no_text_and_names_the_byte(void **state)
{
    static char noise[4096];
    uint32_t seed = 7;
    ch_document doc;
    ch_error err;
    (void)state;
    memcpy(noise, "abc", 3);
    for (size_t i = 3; i < sizeof noise; i++)
        noise[i] = (char)((seed = seed * 1103515245 + 12345) >> 16);
    noise[3] = (char)0xFF;
    assert_int_equal(try_read(&doc, &(chancery_input){.text = noise, .len = sizeof noise}, &err), CH_E_ENCODING);
    assert_int_equal(err.at, 3);
    assert_non_null(strstr(err.message, "byte 3 (FF)"));
    assert_non_null(strstr(err.message, "UTF-8"));
    done(&doc);
}

static void
decode__refuses_what_is_too_long(void **state)
{
    size_t len = CH_TEXT_MAX + 1;
    char *text = malloc(len);
    ch_document doc;
    ch_error err;
    (void)state;
    assert_non_null(text);
    memset(text, 'a', len);
    assert_int_equal(try_read(&doc, &(chancery_input){.text = text, .len = len}, &err), CH_E_LIMIT);
    done(&doc);
    doc = read_bytes(text, CH_TEXT_MAX);
    check_sound(&doc);
    done(&doc);
    free(text);
}

/* ------------------------------------------------------------------- layout */

static void
layout__parts_paragraphs(void **state)
{
    static const struct {
        const char *text;
        const char *parts;
    } cases[] = {
        {"", ""},
        {" \n\t\n", ""},
        {"One stop.\nTwo stops.", "One stop.|Two stops."},
        {"One stop.\r\n\r\nTwo stops.\r\n", "One stop.|Two stops."},
        {"One stop.\rTwo stops.", "One stop.|Two stops."},
        {"One stop.\xE2\x80\xA9Two stops.", "One stop.|Two stops."},
        /* wrapped at a width: one paragraph */
        {"The ministers of the two neighbouring states met on the border for a\n"
         "first round of talks, which an official called long and useful, and\n"
         "agreed to meet again.\n\nA second paragraph follows.",
         "The ministers of the two neighbouring states met on the border for a\n"
         "first round of talks, which an official called long and useful, and\n"
         "agreed to meet again.|A second paragraph follows."},
        /* a heading without a stop stands alone */
        {"Talks on the border\nThe ministers met.\nThey will meet again.", "Talks on the border|The ministers met.|They will meet again."},
        {"The ministers of the two neighbouring states, as an official told\nthe press, met.",
         "The ministers of the two neighbouring states, as an official told\nthe press, met."},
        {"They agreed on\n- a truce\n- an exchange of prisoners\n1. a date", "They agreed on|- a truce|- an exchange of prisoners|1. a date"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ch_document doc = read_text(cases[i].text);
        assert_string_equal(parts_of(&doc), cases[i].parts);
        check_sound(&doc);
        done(&doc);
    }
}

static void
title__is_a_headline_above_a_report(void **state)
{
    static const struct {
        const char *text;
        const char *title;
    } cases[] = {
        {"Ministers meet on the border\n\nThe ministers met.", "Ministers meet on the border"},
        {"Who fired first?\n\nThe ministers met.", "Who fired first?"},
        {"By Jane Doe\nMinisters meet on the border\nThe ministers met.", "Ministers meet on the border"},
        {"The ministers met on the border.\n\nThey agreed.", NULL},
        {"Ministers meet on the border", NULL},
        {"They said:\n\nThe talks go on.", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ch_document doc = read_text(cases[i].text);
        ch_str title = doc.title.at != NULL ? doc.title : ch_str_of("none");
        if (!ch_str_is(title, cases[i].title != NULL ? cases[i].title : "none"))
            fail_msg("title of \"%s\": \"%.*s\"", cases[i].text, (int)title.len, title.at);
        done(&doc);
    }
}

static void
id__is_given_or_a_hash(void **state)
{
    (void)state;
    ch_document a = read_text("Oslo."), b = read_text("Oslo."), c = read_text("Oslo!");
    ch_document named = read_input((chancery_input){.text = "Oslo.", .len = 5, .id = "n1", .title = "T\xFF", .url = "http://x"});
    assert_true(ch_str_eq(a.id, b.id));
    assert_false(ch_str_eq(a.id, c.id));
    assert_int_equal(a.id.len, 16);
    assert_true(ch_str_is(named.id, "n1"));
    assert_int_equal(ch_utf8_check(named.title.at, named.title.len), named.title.len);
    done(&a);
    done(&b);
    done(&c);
    done(&named);
}

/* ---------------------------------------------------------------- furniture */

static void
furniture__is_found_line_by_line(void **state)
{
    static const char *const lines[] = {
        "First modification:", "First modification: 02/04/2024 - 12:26", "4 min", "5 min read", "Reading time: 3 minutes",
        "Read also A truce that nobody keeps", "Read alsoA truce that nobody keeps", "READ MORE: Who is who in the talks",
        "By Jane Doe", "By Jane Doe in Kyiv", "BY JANE DOE AND JOHN VAN DER ROE", "By Jane Doe and John Roe, AFP", "By Jane Doe | April 2, 2024 | 5 min read",
        "With AFP and Reuters", "(with AFP, AP and Reuters)", "Reporting by Jane Doe and John Roe in Paris; Editing by Ann Poe",
        "Additional reporting by John Roe", "Share on Facebook", "Share this article", "Tweet", "Advertisement", "ADVERTISEMENT",
        "Sign up for our daily newsletter", "Photo: Jane Doe/AFP", "\xC2\xA9 AFP", "\xC2\xA9 2024 The Daily Example. All rights reserved.",
        "Copyright 2024 by the Daily Example", "Published: April 2, 2024", "Updated 2 April 2024 10:15 GMT", "Last updated: 2024-04-02 10:15 UTC",
        "Tuesday, April 2, 2024", "2 hours ago", "jane.doe@example.org", "@janedoe", "Follow us on Twitter", "Follow Jane Doe on Twitter",
        "Continue reading below", "Story continues below advertisement", "Click here to read more", "Related articles", "Most read",
        "Comments", "12 comments", "Image caption A soldier at the border", "Editor's note: this report was changed.", "Source: Reuters",
        "(AFP)", "Subscribe", "Log in", "https://example.org/a/b?c=d",
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ch_text text = {0};
        ch_text_printf(&text, "The ministers met on the border.\n%s\nThey agreed on a truce.", lines[i]);
        ch_document doc = read_text(text.at);
        if (strcmp(parts_of(&doc), "The ministers met on the border.|They agreed on a truce.") != 0)
            fail_msg("\"%s\" is read as report: %s", lines[i], parts_of(&doc));
        assert_true(doc.nfurniture >= 1);
        check_sound(&doc);
        done(&doc);
        ch_text_free(&text);
    }
}

static void
furniture__is_not_what_a_report_says(void **state)
{
    static const char *const lines[] = {
        "By Tuesday the army had taken the town.",
        "By signing the treaty, France joins the pact.",
        "For more than two years the war has gone on.",
        "With Reuters reporters barred from the camp, no count was possible.",
        "Photos of the attack were shown on state television.",
        "Read by the minister, the statement calls for a truce.",
        "Reporting from the front is forbidden, the ministry said.",
        "Copyright law is to be changed, the minister said.",
        "Share prices fell after the attack.",
        "Support for the government has fallen.",
        "More than 40 people were killed, police said.",
        "Sign of a thaw: France and Iran exchange prisoners.",
        "Follow-up talks are due in May.",
        "Contact between the two armies was lost on Monday.",
        "Return to talks, the UN urges both sides.",
        "The EU-brokered talks in Brussels failed.",
        "EU-China talks failed in Brussels on Monday.",
        "Four minutes later a second shell hit the market.",
        "4 killed in attack on market",
        "The AFP news agency was told of the plan.",
        "Also on Monday, France recalled its envoy.",
        "Watch towers were burnt down along the border.",
        "May 2024 was the worst month of the war.",
        "Comments by the minister angered Berlin.",
        "Next week the two presidents meet in Oslo.",
        "Send troops, the president told his army.",
        "Email servers of the ministry were attacked.",
        "Home minister resigns over prison break",
        "Most of the dead are civilians.",
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ch_document doc = read_text(lines[i]);
        if (doc.nfurniture != 0 || strcmp(parts_of(&doc), lines[i]) != 0)
            fail_msg("\"%s\" is not read whole but: %s", lines[i], parts_of(&doc));
        done(&doc);
    }
}

static void
furniture__inside_a_paragraph_leaves_the_report(void **state)
{
    static const struct {
        const char *text;
        const char *parts;
        const char *credits;
    } cases[] = {
        {"KYIV, April 2 (Reuters) - Shells hit the port.", "KYIV|Shells hit the port.", "Reuters"},
        {"PARIS (AFP) \xE2\x80\x94 France called for a truce.", "PARIS|France called for a truce.", "AFP"},
        {"NEW YORK (AP) -- Envoys met.", "NEW YORK|Envoys met.", "AP"},
        {"Paris, 14 May 2024 (AFP) \xE2\x80\x93 France called for a truce.", "Paris|France called for a truce.", "AFP"},
        {"(Reuters) - France called for a truce.", "France called for a truce.", "Reuters"},
        {"GENEVA \xE2\x80\x94 Envoys met.", "GENEVA|Envoys met.", ""},
        {"Envoys met in Geneva. (AFP)", "Envoys met in Geneva.", "AFP"},
        {"Envoys met in Geneva. (Reporting by Jane Doe; Editing by John Roe)", "Envoys met in Geneva.", ""},
        {"Envoys met in Geneva.Read more: Who is who", "Envoys met in Geneva.", ""},
        {"A soldier at the border. \xC2\xA9 Jane Doe, AFP", "A soldier at the border.", "AFP"},
        {"With AFP and Reuters", "", "AFP|Reuters"},
        {"By Jane Doe and John Roe in Kyiv", "", "Jane Doe|John Roe"},
        {"Reuters said that AFP was wrong.", "Reuters said that AFP was wrong.", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ch_document doc = read_text(cases[i].text);
        if (strcmp(parts_of(&doc), cases[i].parts) != 0 || strcmp(credits_of(&doc), cases[i].credits) != 0)
            fail_msg("\"%s\": parts \"%s\", credits \"%s\"", cases[i].text, parts_of(&doc), credits_of(&doc));
        check_sound(&doc);
        done(&doc);
    }
}

/* -------------------------------------------------------------------- dates */

static void
published__is_told_by_input_then_text_then_option(void **state)
{
    static const struct {
        const char *text;
        const char *date;
        const char *option;
        const char *day;
        ch_date_source from;
    } cases[] = {
        {"First modification: 02/04/2024 - 12:26\nEnvoys met.", NULL, NULL, "2024-04-02", CH_DATE_TEXT},
        {"First modification: 02/04/2024\nEnvoys met.", "2024-04-01", "2024-05-01", "2024-04-01", CH_DATE_INPUT},
        {"First modification: 02/04/2024\nEnvoys met.", NULL, "2024-05-01", "2024-04-02", CH_DATE_TEXT},
        {"Envoys met.", NULL, "2024-05-01", "2024-05-01", CH_DATE_OPTION},
        {"Envoys met.", NULL, NULL, "none", CH_DATE_NONE},
        {"Published: April 2, 2024\nEnvoys met.", NULL, NULL, "2024-04-02", CH_DATE_TEXT},
        {"Last updated: 5 April 2024\nPublished on 2 April 2024 10:15 GMT\nEnvoys met.", NULL, NULL, "2024-04-02", CH_DATE_TEXT},
        {"Envoys meet\nTuesday, 2nd of April 2024\nEnvoys met.", NULL, NULL, "2024-04-02", CH_DATE_TEXT},
        {"Published: 04/25/2024\nEnvoys met.", NULL, NULL, "2024-04-25", CH_DATE_TEXT},
        {"Published: 31 April 2024\nEnvoys met.", NULL, NULL, "none", CH_DATE_NONE},
        {"KYIV, April 2 (Reuters) - Shells hit the port.", NULL, NULL, "none", CH_DATE_NONE},
        {"KYIV, April 2 (Reuters) - Shells hit the port.", NULL, "2024-04-03", "2024-04-02", CH_DATE_TEXT},
        {"KYIV, Dec 31 (Reuters) - Shells hit the port.", NULL, "2024-01-01", "2023-12-31", CH_DATE_TEXT},
        {"PARIS, 14 May 2024 (AFP) - Envoys met.", NULL, NULL, "2024-05-14", CH_DATE_TEXT},
        {"Envoys met on 3 May 2021 in Oslo.", NULL, NULL, "none", CH_DATE_NONE},
        {"Envoys met.\nThey talked.\nThey ate.\nThey left.\n3 May 2021", NULL, NULL, "none", CH_DATE_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ch_document doc = read_input((chancery_input){
            .text = cases[i].text, .len = strlen(cases[i].text), .date = cases[i].date, .option_date = cases[i].option});
        if (strcmp(published_of(&doc), cases[i].day) != 0 || doc.published_from != cases[i].from)
            fail_msg("\"%s\": %s, source %d", cases[i].text, published_of(&doc), (int)doc.published_from);
        done(&doc);
    }
}

static void
published__that_is_no_date_is_refused(void **state)
{
    ch_document doc;
    ch_error err;
    (void)state;
    assert_int_equal(try_read(&doc, &(chancery_input){.text = "a", .len = 1, .option_date = "yesterday"}, &err), CH_E_ARGUMENT);
    done(&doc);
}

/* ----------------------------------------------------------------- language */

static void
language__that_is_not_english_is_passed_over(void **state)
{
    static const struct {
        const char *text;
        const char *language; /* NULL: not told */
        bool read;
    } cases[] = {
        {"The ministers of the two states met in the capital on Monday, and they agreed to meet again.", "en", true},
        {"Les ministres des deux pays se sont rencontr\xC3\xA9s lundi dans la capitale et ont d\xC3\xA9" "cid\xC3\xA9 de se revoir.", "fr", false},
        {"Die Minister der beiden L\xC3\xA4nder haben sich am Montag in der Hauptstadt getroffen und werden sich wieder sehen.", "de", false},
        {"Los ministros de los dos pa\xC3\xADses se reunieron el lunes en la capital y acordaron que se ver\xC3\xA1n de nuevo.", "es", false},
        {"\xD0\x9C\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80\xD1\x8B \xD0\xB2 \xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB5 "
         "\xD0\xB8 \xD0\xBD\xD0\xB5 \xD0\xBD\xD0\xB0 \xD1\x87\xD1\x82\xD0\xBE \xD0\xB8 \xD0\xB2 \xD0\xBD\xD0\xB0 \xD0\xB8 \xD0\xB2", "ru", false},
        {"\xE4\xB8\xAD\xE5\x9B\xBD\xE5\xA4\x96\xE4\xBA\xA4\xE9\x83\xA8\xE9\x95\xBF\xE8\xAE\xBF\xE9\x97\xAE\xE5\xB7\xB4\xE9\xBB\x8E\xE5\x92\x8C\xE6\x9F\x8F", "zh", false},
        {"A Chinese coast guard ship used water cannon against a Philippine boat near a reef.", NULL, true},
        {"Paris. Rome. Oslo.", NULL, true},
        {"", NULL, true},
        {"Iran, Iraq, Oman, Qatar, Jordan, Egypt, Libya, Sudan, Chad, Mali, Niger, Togo, Benin, Ghana.", NULL, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ch_document doc = read_text(cases[i].text);
        ch_str told = doc.language.at != NULL ? doc.language : ch_str_of("none");
        if (!ch_str_is(told, cases[i].language != NULL ? cases[i].language : "none") || (doc.passed_over == NULL) != cases[i].read)
            fail_msg("\"%s\" is told to be %.*s", cases[i].text, (int)told.len, told.at);
        assert_int_equal(doc.npart != 0, cases[i].read && cases[i].text[0] != '\0');
        done(&doc);
        doc = read_input((chancery_input){.text = cases[i].text, .len = strlen(cases[i].text), .force = true});
        assert_int_equal(doc.npart != 0, cases[i].text[0] != '\0');
        done(&doc);
    }
}

static void
language__of_the_model_is_the_one_that_is_read(void **state)
{
    static const char french[] = "Les ministres des deux pays se sont vus dans la capitale et ils ont dit que la guerre est finie.";
    static const char english[] = "The ministers of the two states met in the capital on Monday, and they agreed to meet again.";
    static const struct {
        const char *model;
        bool french, english;
    } cases[] = {{"fr", true, false}, {"fr-CA", true, false}, {"FR", true, false}, {"en-GB", false, true}, {"tlh", true, true}, {"f", true, true}};
    (void)state;
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        const char *text = i % 2 == 0 ? french : english;
        ch_document doc = {.published = CH_NO_DAY};
        ch_arena_init(&doc.arena, CH_DOCUMENT_MEMORY_MAX);
        const chancery_input in = {.text = text, .len = strlen(text)};
        assert_int_equal(ch_intake(lexicon, cases[i / 2].model, &doc, &in, NULL), CH_OK);
        assert_true(ch_str_is(doc.language, i % 2 == 0 ? "fr" : "en"));
        assert_int_equal(doc.passed_over == NULL, i % 2 == 0 ? cases[i / 2].french : cases[i / 2].english);
        done(&doc);
    }
}

/* ------------------------------------------------------------------ hostile */

static void
intake__survives_noise_of_every_kind(void **state)
{
    static char bytes[20000];
    static const char *const snippets[] = {"By ", "Read also ", "(Reuters)", "\xE2\x80\xAE", "\xED\xA0\x80", "\xF0\x9F", "\n", "\0", "4 min", "Jane",
                                           " and ", "02/04/2024", "\xC2\xA9", "...", "\xEF\xBB\xBF", "\r", " - ", "AFP", ", "};
    uint32_t seed = 11;
    (void)state;
    for (int round = 0; round < 300; round++) {
        size_t len = 0;
        while (len + 32 < sizeof bytes / (1 + (size_t)round % 7)) {
            seed = seed * 1103515245 + 12345;
            const char *s = snippets[(seed >> 16) % (sizeof snippets / sizeof *snippets)];
            size_t n = s[0] == '\0' ? 1 : strlen(s);
            memcpy(bytes + len, s, n);
            len += n;
        }
        ch_document doc;
        ch_error err;
        if (try_read(&doc, &(chancery_input){.text = bytes, .len = len, .option_date = "2024-04-02"}, &err) == CH_OK)
            check_sound(&doc);
        else
            assert_true(err.message[0] != '\0');
        done(&doc);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decode__reads_every_encoding_that_can_be_told),
        cmocka_unit_test(decode__takes_the_declared_encoding),
        cmocka_unit_test(decode__refuses_what_is_no_text_and_names_the_byte),
        cmocka_unit_test(decode__refuses_what_is_too_long),
        cmocka_unit_test(layout__parts_paragraphs),
        cmocka_unit_test(title__is_a_headline_above_a_report),
        cmocka_unit_test(id__is_given_or_a_hash),
        cmocka_unit_test(furniture__is_found_line_by_line),
        cmocka_unit_test(furniture__is_not_what_a_report_says),
        cmocka_unit_test(furniture__inside_a_paragraph_leaves_the_report),
        cmocka_unit_test(published__is_told_by_input_then_text_then_option),
        cmocka_unit_test(published__that_is_no_date_is_refused),
        cmocka_unit_test(language__that_is_not_english_is_passed_over),
        cmocka_unit_test(language__of_the_model_is_the_one_that_is_read),
        cmocka_unit_test(intake__survives_noise_of_every_kind),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}

/* From bytes to a document: the whole way of the intake stage. */
#include "intake/intake.h"

#include "base/day.h"
#include "base/hash.h"
#include "intake/encoding.h"
#include "intake/furniture.h"
#include "intake/language.h"
#include "intake/layout.h"

#include <stdio.h>

static ch_status
no_memory(ch_error *err)
{
    return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a document");
}

/* A copy of `s` in the document, without ill-formed UTF-8 and line ends; NULL
 * stays NULL. False when there is no memory. */
static bool
own(ch_document *doc, ch_str *out, const char *s)
{
    ch_error ignored;
    *out = (ch_str){NULL, 0};
    if (s == NULL)
        return true;
    ch_status status = ch_decode(out, ch_str_of(s), NULL, &doc->arena, &ignored);
    if (status != CH_OK)
        *out = (ch_str){NULL, 0};
    return status != CH_E_NOMEM;
}

static bool
name_document(ch_document *doc, const char *id)
{
    char made[20];
    if (id != NULL && id[0] != '\0')
        return own(doc, &doc->id, id);
    snprintf(made, sizeof made, "%016llx", (unsigned long long)ch_hash(doc->text, doc->text_len));
    return own(doc, &doc->id, made);
}

static bool
take_page_runs(ch_document *doc, const chancery_input *input)
{
    if (input->page_run_count == 0)
        return true;
    chancery_page_run *runs = ch_arena_array(&doc->arena, input->page_run_count, sizeof *runs);
    if (runs == NULL)
        return false;
    memcpy(runs, input->page_runs, input->page_run_count * sizeof *runs);
    doc->page_runs = runs;
    doc->npage_run = input->page_run_count;
    return true;
}

/* The input's own date, and the user's. */
static ch_status
take_dates(ch_document *doc, const chancery_input *input, ch_day *option, ch_error *err)
{
    int32_t first, last;
    *option = CH_NO_DAY;
    doc->published = CH_NO_DAY;
    doc->published_from = CH_DATE_NONE;
    if (input->option_date != NULL) {
        if (!ch_day_parse(ch_str_of(input->option_date), &first, &last))
            return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%.40s\" is no date; write it as 2024-04-02", input->option_date);
        *option = first;
    }
    if (input->date != NULL) {
        if (!ch_day_parse(ch_str_of(input->date), &first, &last))
            return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the input's date \"%.40s\" is none; write it as 2024-04-02", input->date);
        doc->published = first;
        doc->published_from = input->date_in_metadata ? CH_DATE_METADATA : CH_DATE_INPUT;
    }
    return CH_OK;
}

/* The date that the text tells, else the user's. */
static void
complete_date(ch_document *doc, ch_day told, ch_day option)
{
    if (doc->published != CH_NO_DAY)
        return;
    doc->published = told != CH_NO_DAY ? told : option;
    doc->published_from = told != CH_NO_DAY ? CH_DATE_TEXT : option != CH_NO_DAY ? CH_DATE_OPTION : CH_DATE_NONE;
}

/* "Jane Doe; John Roe": the writers that the metadata name are credited first,
 * less what the text credits too. */
static bool
add_bylines(ch_document *doc, const char *byline)
{
    ch_str all;
    if (byline == NULL || byline[0] == '\0')
        return true;
    size_t most = doc->ncredit + 1;
    for (const char *s = byline; *s != '\0'; s++)
        most += *s == ';';
    ch_str *credits = ch_arena_array(&doc->arena, most, sizeof *credits);
    uint32_t count = 0;
    if (credits == NULL || !own(doc, &all, byline))
        return false;
    for (size_t at = 0; at < all.len;) {
        const char *end = memchr(all.at + at, ';', all.len - at);
        size_t len = end != NULL ? (size_t)(end - (all.at + at)) : all.len - at, skip = 0;
        while (skip < len && all.at[at + skip] == ' ')
            skip++;
        if (skip < len)
            credits[count++] = (ch_str){all.at + at + skip, len - skip};
        at += len + 1;
    }
    for (uint32_t i = 0, named = count; i < doc->ncredit; i++) {
        bool known = false;
        for (uint32_t k = 0; k < named; k++)
            known = known || ch_str_eq(credits[k], doc->credits[i]);
        if (!known)
            credits[count++] = doc->credits[i];
    }
    doc->credits = credits;
    doc->ncredit = count;
    return true;
}

/* The first part is the title when it reads as a headline and a report follows. */
static void
find_title(ch_document *doc)
{
    if (doc->title.at != NULL || doc->npart < 2)
        return;
    ch_str first = ch_span_text(doc, doc->parts[0]);
    if (ch_is_headline(first))
        doc->title = first;
}

/* What is in a language that is not read has no parts; the document says so. */
static ch_status
pass_over_languages(const ch_lexicon *lexicon, const char *language, ch_document *doc, const chancery_input *input, ch_error *err)
{
    ch_str found;
    bool read;
    ch_status status = ch_find_language(&found, &read, doc, lexicon, language, err);
    if (status != CH_OK)
        return status;
    if (found.at != NULL && (doc->language.at == NULL || !read))
        doc->language = found;
    if (!read && !input->whole && !input->force) {
        doc->npart = 0;
        doc->passed_over = "language";
    }
    return CH_OK;
}

ch_status
ch_intake(const ch_lexicon *lexicon, const char *language, ch_document *doc, const chancery_input *input, ch_error *err)
{
    ch_str text;
    ch_day option, told;
    ch_span *paragraphs;
    uint32_t count;
    ch_status status = ch_decode(&text, (ch_str){input->text, input->len}, input->encoding, &doc->arena, err);
    if (status != CH_OK)
        return status;
    doc->text = text.at;
    doc->text_len = (uint32_t)text.len;
    if (!name_document(doc, input->id) || !own(doc, &doc->title, input->title) || !own(doc, &doc->url, input->url) ||
        !own(doc, &doc->language, input->language) || !take_page_runs(doc, input))
        return no_memory(err);
    status = take_dates(doc, input, &option, err);
    if (status != CH_OK)
        return status;
    if (!ch_find_paragraphs(&paragraphs, &count, text, &doc->arena))
        return no_memory(err);
    ch_day near = doc->published != CH_NO_DAY ? doc->published : option;
    status = ch_find_furniture(doc, lexicon, paragraphs, count, near, &told, err);
    if (status != CH_OK)
        return status;
    if (input->whole) {
        doc->parts = paragraphs;
        doc->npart = count;
    }
    if (!add_bylines(doc, input->byline))
        return no_memory(err);
    find_title(doc);
    complete_date(doc, told, option);
    return pass_over_languages(lexicon, language, doc, input, err);
}

#include "intake/language.h"

#include "base/search.h"
#include "base/utf8.h"
#include "lexicon/languages.h"

#include <string.h>
#include <strings.h>

/* Words that are looked at, and the fewest that can tell anything. */
#define WORDS_MAX 600
#define WORDS_MIN 12

/* Different small words that are needed: "a" alone is of many languages. Rows of
 * the table beyond ROWS_MAX count as seen. */
#define KINDS_MIN 3
#define ROWS_MAX 4096

/* A quarter to a half of the words of a report are small ones. A list or a row
 * of headlines has fewer, in any language: below this share nothing is said. */
#define SHARE_MIN 0.15

typedef struct {
    const ch_lexicon *lexicon;
    const ch_language *languages;
    const ch_language_word *words;
    const ch_language_range *ranges;
    uint32_t nlanguage, nword, nrange;
    uint32_t word_count, letter_count;
    uint32_t by_word[CH_LANGUAGES_MAX];   /* small words of each language */
    uint32_t by_kind[CH_LANGUAGES_MAX];   /* the same, each counted once */
    uint64_t seen[ROWS_MAX / 64];         /* rows of `words` that were counted */
    uint32_t by_letter[CH_LANGUAGES_MAX]; /* letters of its script */
} survey;

static ch_status
open_tables(survey *s, ch_error *err)
{
    const ch_image_wanted all[] = {
        {CH_SECTION_LANGUAGES, sizeof *s->languages, (const void **)&s->languages, &s->nlanguage},
        {CH_SECTION_LANGUAGE_WORDS, sizeof *s->words, (const void **)&s->words, &s->nword},
        {CH_SECTION_LANGUAGE_RANGES, sizeof *s->ranges, (const void **)&s->ranges, &s->nrange},
    };
    ch_status status = ch_image_sections(&s->lexicon->image, all, sizeof all / sizeof *all, err);
    if (status != CH_OK)
        return status;
    if (s->nlanguage > CH_LANGUAGES_MAX)
        s->nlanguage = 0;
    return CH_OK;
}

/* Whether the row of the table is counted for the first time. */
static bool
is_new(survey *s, uint32_t row)
{
    uint64_t bit = UINT64_C(1) << (row % 64);
    if (row >= ROWS_MAX || (s->seen[row / 64] & bit) != 0)
        return false;
    s->seen[row / 64] |= bit;
    return true;
}

static void
count_word(survey *s, ch_str form)
{
    char folded[96];
    size_t len = ch_fold(folded, sizeof folded, form.at, form.len);
    s->word_count++;
    uint32_t word = len == 0 || len == SIZE_MAX ? 0 : ch_lexicon_word(s->lexicon, folded, len);
    uint32_t i = s->nword == 0 ? 0 : ch_search_first(&s->words->word, sizeof *s->words, s->nword, word);
    for (; word != 0 && i < s->nword && s->words[i].word == word; i++)
        if (s->words[i].language < s->nlanguage) {
            s->by_word[s->words[i].language]++;
            s->by_kind[s->words[i].language] += is_new(s, i);
        }
}

static void
count_letter(survey *s, uint32_t c)
{
    s->letter_count++;
    for (uint32_t i = 0; c >= 0x300 && i < s->nrange; i++)
        if (s->ranges[i].from <= c && c <= s->ranges[i].to && s->ranges[i].language < s->nlanguage)
            s->by_letter[s->ranges[i].language]++;
}

static void
count_part(survey *s, const ch_document *doc, ch_span part)
{
    size_t start = part.start;
    bool inside = false;
    for (size_t at = part.start; at <= part.end && s->word_count < WORDS_MAX;) {
        size_t from = at;
        uint32_t c = at < part.end ? ch_utf8_next(doc->text, part.end, &at) : (at++, ' ');
        bool letter = ch_is_letter(c);
        if (letter)
            count_letter(s, c);
        if (letter && !inside)
            start = from;
        else if (!letter && inside)
            count_word(s, (ch_str){doc->text + start, from - start});
        inside = letter;
    }
}

static uint32_t
largest(const uint32_t *counts, uint32_t n)
{
    uint32_t best = CH_NONE;
    for (uint32_t i = 0; i < n; i++)
        if (best == CH_NONE || counts[i] > counts[best])
            best = i;
    return best;
}

/* The language, or CH_NONE. A script decides alone; among languages of one
 * script the small words do. */
static uint32_t
decide(const survey *s)
{
    uint32_t best = largest(s->by_letter, s->nlanguage);
    if (best == CH_NONE)
        return CH_NONE;
    if (s->letter_count >= WORDS_MIN && s->by_letter[best] * 2 > s->letter_count)
        return best;
    best = largest(s->by_word, s->nlanguage);
    if (s->word_count < WORDS_MIN || s->by_word[best] < SHARE_MIN * s->word_count || s->by_kind[best] < KINDS_MIN)
        return CH_NONE;
    return best;
}

/* The language of a tag like "pt-BR", by its first subtag, or CH_NONE. */
static uint32_t
language_of_tag(const survey *s, const char *tag)
{
    size_t len = strcspn(tag, "-");
    for (uint32_t i = 0; i < s->nlanguage; i++) {
        const char *id = ch_lexicon_string(s->lexicon, s->languages[i].id);
        if (strlen(id) == len && strncasecmp(id, tag, len) == 0)
            return i;
    }
    return CH_NONE;
}

ch_status
ch_find_language(ch_str *id, bool *read, const ch_document *doc, const ch_lexicon *lexicon,
                 const char *wanted, ch_error *err)
{
    survey s = {.lexicon = lexicon};
    *id = (ch_str){NULL, 0};
    *read = true;
    ch_status status = open_tables(&s, err);
    if (status != CH_OK)
        return status;
    for (uint32_t i = 0; i < doc->npart && s.word_count < WORDS_MAX; i++)
        count_part(&s, doc, doc->parts[i]);
    uint32_t language = decide(&s);
    if (language == CH_NONE)
        return CH_OK;
    *id = ch_str_of(ch_lexicon_string(lexicon, s.languages[language].id));
    uint32_t ours = language_of_tag(&s, wanted);
    /* one that is nearly as likely has the benefit of the doubt */
    *read = ours == CH_NONE || ours == language || (s.by_word[ours] != 0 && s.by_word[ours] * 3 >= s.by_word[language] * 2) ||
            (s.by_kind[ours] >= KINDS_MIN && s.by_kind[ours] * 3 >= s.by_kind[language] * 2);
    return CH_OK;
}

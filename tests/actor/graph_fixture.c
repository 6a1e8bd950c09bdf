#include "graph_fixture.h"

#include "base/day.h"
#include "base/text.h"
#include "base/utf8.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#define TOKENS_MAX 4096

static int
find_name(const char *name, const char *(*name_of)(int), int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(name_of(i), name) == 0)
            return i;
    fprintf(stderr, "graph fixture: unknown name %s\n", name);
    abort();
}

static const char *
upos_name(int i)
{
    static const char *const names[] = {"ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
                                        "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};
    return names[i];
}

static const char *
rel_name(int i)
{
    static const char *const names[] = {
        "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj", "cop",
        "csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark",
        "nmod", "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "root", "vocative",
        "xcomp"};
    return names[i];
}

static uint8_t
sub_of(const char *name)
{
    static const struct {
        const char *name;
        uint8_t sub;
    } all[] = {{"pass", CH_SUB_PASS}, {"agent", CH_SUB_AGENT}, {"poss", CH_SUB_POSS}, {"prt", CH_SUB_PRT},
               {"relcl", CH_SUB_RELCL}, {"unmarked", CH_SUB_UNMARKED}, {"desc", CH_SUB_DESC}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, name) == 0)
            return all[i].sub;
    return CH_SUB_OTHER;
}

static uint32_t
morph_of(const char *feats)
{
    static const struct {
        const char *name;
        uint32_t bit;
    } all[] = {{"Sing", CH_M_SING}, {"Plur", CH_M_PLUR}, {"Def", CH_M_DEF}, {"Ind", CH_M_INDEF}, {"Masc", CH_M_MASC},
               {"Fem", CH_M_FEM}, {"Neut", CH_M_NEUT}, {"Poss", CH_M_POSS}, {"Prs", CH_M_PRONPRS}, {"1", CH_M_P1}, {"2", CH_M_P2}, {"3", CH_M_P3}};
    uint32_t morph = 0;
    char copy[128];
    snprintf(copy, sizeof copy, "%s", feats);
    for (char *word = strtok(copy, "|"); word != NULL; word = strtok(NULL, "|"))
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            if (strcmp(all[i].name, word) == 0)
                morph |= all[i].bit;
    return morph;
}

static uint32_t
word_of(const ch_lexicon *lexicon, const char *s, size_t len)
{
    char folded[256];
    size_t n = ch_fold(folded, sizeof folded, s, len);
    return n == 0 || n == SIZE_MAX ? 0 : ch_lexicon_word(lexicon, folded, n);
}

/* One line as a token behind the text so far. */
static void
add_token(ch_document *doc, ch_text *text, const char *line, uint32_t sentence)
{
    char form[64], upos[16], rel[32], feats[96] = "";
    unsigned head;
    int n = sscanf(line, "%63s %15s %u %31s %95s", form, upos, &head, rel, feats);
    assert(n >= 4);
    (void)n;
    char *shown = form[0] == '~' ? form + 1 : form;
    char *lemma = strchr(shown, '|');
    if (lemma != NULL && lemma != shown)
        *lemma++ = '\0';
    else
        lemma = NULL;
    if (text->len != 0 && form[0] != '~')
        ch_text_putc(text, ' ');
    ch_token *tok = &doc->toks[doc->ntok++];
    *tok = (ch_token){.head = head == 0 ? CH_NONE : sentence + head - 1, .morph = morph_of(feats)};
    tok->span.start = (uint32_t)text->len;
    ch_text_puts(text, shown);
    tok->span.end = (uint32_t)text->len;
    char *copy = ch_arena_copy(&doc->arena, lemma != NULL ? lemma : shown, strlen(lemma != NULL ? lemma : shown));
    for (char *c = copy; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    tok->lemma = ch_str_of(copy);
    tok->upos = (uint8_t)find_name(upos, upos_name, CH_UPOS_COUNT);
    char *colon = strchr(rel, ':');
    if (colon != NULL) {
        *colon = '\0';
        tok->sub = sub_of(colon + 1);
    }
    tok->rel = (uint8_t)find_name(rel, rel_name, CH_REL_COUNT);
}

static bool
joined(const ch_document *doc, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (strchr(" -/&", doc->text[i]) == NULL)
            return false;
    return true;
}

/* The folded words of one token. */
static void
add_words(ch_document *doc, const ch_lexicon *lexicon, uint32_t tok)
{
    char folded[256];
    ch_str s = ch_span_text(doc, doc->toks[tok].span);
    size_t len = ch_fold(folded, sizeof folded, s.at, s.len);
    doc->first_word[tok] = doc->nword;
    for (size_t at = 0; at < len;) {
        size_t end = at;
        while (end < len && folded[end] != ' ')
            end++;
        ch_word *word = &doc->words[doc->nword];
        *word = (ch_word){.word = ch_lexicon_word(lexicon, folded + at, end - at), .tok = tok};
        word->joined = doc->nword != 0 && (at != 0 || joined(doc, doc->toks[doc->words[doc->nword - 1].tok].span.end,
                                                            doc->toks[tok].span.start));
        doc->nword++;
        at = end + 1;
    }
}

void
graph_make(ch_document *doc, const ch_lexicon *lexicon, const char *graph, const char *published)
{
    ch_text text = {0};
    int32_t first, last;
    *doc = (ch_document){.published = CH_NO_DAY, .id = ch_str_of("test")};
    ch_arena_init(&doc->arena, 0);
    if (published != NULL && ch_day_parse(ch_str_of(published), &first, &last))
        doc->published = first;
    doc->toks = ch_arena_array(&doc->arena, TOKENS_MAX, sizeof *doc->toks);
    doc->words = ch_arena_array(&doc->arena, TOKENS_MAX * 2, sizeof *doc->words);
    doc->first_word = ch_arena_array(&doc->arena, TOKENS_MAX + 1, sizeof *doc->first_word);
    doc->sents = ch_arena_array(&doc->arena, TOKENS_MAX, sizeof *doc->sents);
    for (const char *at = graph; *at != '\0';) {
        size_t len = strcspn(at, "\n");
        char line[256];
        snprintf(line, sizeof line, "%.*s", (int)len, at);
        if (strspn(line, " \t") == strlen(line)) {
            if (doc->nsent == 0 || doc->sents[doc->nsent - 1].first != doc->ntok)
                doc->sents[doc->nsent++].first = doc->ntok;
        } else {
            if (doc->nsent == 0)
                doc->sents[doc->nsent++].first = 0;
            add_token(doc, &text, line, doc->sents[doc->nsent - 1].first);
        }
        at += len + (at[len] == '\n');
    }
    doc->text = ch_arena_copy(&doc->arena, text.at, text.len);
    doc->text_len = (uint32_t)text.len;
    ch_text_free(&text);
    while (doc->nsent != 0 && doc->sents[doc->nsent - 1].first == doc->ntok)
        doc->nsent--;
    for (uint32_t s = 0; s < doc->nsent; s++) {
        ch_sentence *sent = &doc->sents[s];
        sent->last = s + 1 < doc->nsent ? doc->sents[s + 1].first : doc->ntok;
        sent->span = (ch_span){doc->toks[sent->first].span.start, doc->toks[sent->last - 1].span.end};
    }
    for (uint32_t i = 0; i < doc->ntok; i++) {
        ch_str form = ch_span_text(doc, doc->toks[i].span);
        doc->toks[i].form_word = word_of(lexicon, form.at, form.len);
        doc->toks[i].lemma_word = word_of(lexicon, doc->toks[i].lemma.at, doc->toks[i].lemma.len);
        add_words(doc, lexicon, i);
    }
    doc->first_word[doc->ntok] = doc->nword;
}

void
graph_free(ch_document *doc)
{
    ch_arena_free(&doc->arena);
}

/* Names that the lexicon does not have, counted over many documents, with the
 * words around them: what to add next. */
#include "actor/actor.h"
#include "base/grow.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"
#include "place/place.h"
#include "reader.h"
#include "time/time.h"

#include <stdlib.h>
#include <string.h>

/* Contexts kept of each name, and bytes of each on both sides. */
#define CONTEXTS_MAX 3
#define CONTEXT_BYTES 60
/* Codes that a name was read with, by what the reports say of it. */
#define CODES_MAX 4

typedef struct {
    char code[16];
    uint32_t count;
} seen_code;

typedef struct {
    ch_str name;
    uint32_t count;
    uint32_t documents;
    uint32_t last_document;
    bool person;
    ch_str contexts[CONTEXTS_MAX];
    uint32_t ncontext;
    seen_code codes[CODES_MAX];
} gap;

struct chancery_gaps {
    ch_arena arena;
    ch_map by_name; /* name -> index */
    gap *all;       /* [by_name.count] */
    uint32_t room;
    uint32_t documents;
};

chancery_status
chancery_gaps_new(chancery_gaps **out, chancery_error *err)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to count names");
    ch_arena_init(&(*out)->arena, 0);
    return CH_OK;
}

void
chancery_gaps_free(chancery_gaps *gaps)
{
    if (gaps == NULL)
        return;
    ch_map_free(&gaps->by_name);
    free(gaps->all);
    ch_arena_free(&gaps->arena);
    free(gaps);
}

/* ----------------------------------------------------------------- finding */

/* Tokens that somebody or some place or day is known by. */
static bool
mark_known(const ch_document *doc, bool *known)
{
    for (uint32_t i = 0; i < doc->nmention; i++) {
        const ch_mention *m = &doc->mentions[i];
        bool named = m->entity != NULL || m->kind == CH_MENTION_COUNTRY || m->kind == CH_MENTION_PLACE || m->kind == CH_MENTION_PEOPLE;
        for (uint32_t t = m->first; named && t < m->last; t++)
            known[t] = true;
    }
    for (uint32_t i = 0; i < doc->nplace; i++)
        for (uint32_t t = doc->places[i].first; t < doc->places[i].last; t++)
            known[t] = true;
    for (uint32_t i = 0; i < doc->ntime; i++)
        for (uint32_t t = doc->times[i].first; t < doc->times[i].last; t++)
            known[t] = true;
    return true;
}

/* The mention that the name [first, last) heads or stands in, or NULL. */
static const ch_mention *
mention_of(const ch_document *doc, uint32_t first, uint32_t last)
{
    for (uint32_t t = first; t < last; t++)
        if (doc->mention_of[t] != CH_NONE)
            return &doc->mentions[doc->mention_of[t]];
    uint32_t head = doc->toks[first].head;
    if (head == CH_NONE || doc->mention_of[head] == CH_NONE)
        return NULL;
    const ch_mention *m = &doc->mentions[doc->mention_of[head]];
    return m->first <= first && last <= m->last ? m : NULL;
}

/* Role nouns that stand in capitals before a name ("Prime Minister Orban") are
 * no part of it. */
static uint32_t
behind_roles(const ch_lexicon *lex, const ch_document *doc, uint32_t first, uint32_t last)
{
    for (uint32_t t = first; t < last; t++) {
        uint32_t node = 0, end = t;
        for (uint32_t k = t; k < last; k++) {
            uint32_t count;
            node = ch_lexicon_step(lex, node, doc->toks[k].form_word);
            if (node == 0)
                break;
            const ch_name *names = ch_lexicon_names_at(lex, node, &count);
            for (uint32_t i = 0; i < count; i++)
                if (names[i].kind == CH_NAME_AGENT || names[i].kind == CH_NAME_AGENT_PLURAL || names[i].kind == CH_NAME_AGENT_MODIFIER)
                    end = k + 1;
        }
        if (end > t)
            first = end;
    }
    return first;
}

static gap *
gap_of(chancery_gaps *g, ch_str name)
{
    uint32_t *old = ch_map_get(&g->by_name, name);
    if (old != NULL)
        return &g->all[*old];
    gap *all = ch_grow(g->all, g->by_name.count, &g->room, sizeof *all, 256);
    if (all == NULL)
        return NULL;
    g->all = all;
    char *copy = ch_arena_copy(&g->arena, name.at, name.len);
    uint32_t index = g->by_name.count;
    if (copy == NULL || ch_map_put(&g->by_name, (ch_str){copy, name.len}, index, NULL) == NULL)
        return NULL;
    g->all[index] = (gap){.name = {copy, name.len}};
    return &g->all[index];
}

/* The sentence's words around the name, on one line, cut between characters. */
static ch_str
context_around(chancery_gaps *g, const ch_document *doc, ch_span sentence, ch_span name)
{
    uint32_t from = name.start - sentence.start > CONTEXT_BYTES ? name.start - CONTEXT_BYTES : sentence.start;
    uint32_t to = sentence.end - name.end > CONTEXT_BYTES ? name.end + CONTEXT_BYTES : sentence.end;
    while (from > sentence.start && ((unsigned char)doc->text[from] & 0xC0) == 0x80)
        from--;
    while (to < sentence.end && ((unsigned char)doc->text[to] & 0xC0) == 0x80)
        to++;
    char *copy = ch_arena_copy(&g->arena, doc->text + from, to - from);
    if (copy == NULL)
        return (ch_str){"", 0};
    for (uint32_t i = 0; i < to - from; i++)
        if ((unsigned char)copy[i] < ' ')
            copy[i] = ' ';
    return (ch_str){copy, to - from};
}

static void
add_code(gap *e, const char *code)
{
    for (uint32_t i = 0; i < CODES_MAX && code[0] != '\0'; i++) {
        if (e->codes[i].count != 0 && strcmp(e->codes[i].code, code) != 0)
            continue;
        memcpy(e->codes[i].code, code, sizeof e->codes[i].code);
        e->codes[i].count++;
        return;
    }
}

static bool
count_name(chancery_gaps *g, const ch_document *doc, const ch_sentence *sent, uint32_t first, uint32_t last)
{
    ch_span span = {doc->toks[first].span.start, doc->toks[last - 1].span.end};
    gap *e = gap_of(g, ch_span_text(doc, span));
    if (e == NULL)
        return false;
    e->count++;
    if (e->last_document != g->documents)
        e->documents++;
    e->last_document = g->documents;
    if (e->ncontext < CONTEXTS_MAX)
        e->contexts[e->ncontext++] = context_around(g, doc, sent->span, span);
    const ch_mention *m = mention_of(doc, first, last);
    if (m != NULL) {
        add_code(e, m->code);
        e->person = e->person || m->kind == CH_MENTION_PERSON;
    }
    return true;
}

static bool
is_furniture(const ch_document *doc, uint32_t t)
{
    return (doc->toks[t].flags & CH_T_FURNITURE) != 0;
}

static bool
begins_with_capital(const ch_document *doc, uint32_t t)
{
    size_t at = 0;
    ch_str word = ch_span_text(doc, doc->toks[t].span);
    return word.len != 0 && ch_is_upper(ch_utf8_next(word.at, word.len, &at));
}

/* The name from token `t` on: proper nouns in a row, and a capitalised adjective
 * before them ("Black Sea"). Gives the token behind it. */
static uint32_t
name_end(const ch_document *doc, const ch_sentence *sent, uint32_t t)
{
    uint32_t end = t;
    while (end < sent->last && doc->toks[end].upos == CH_PROPN && !is_furniture(doc, end))
        end++;
    if (end == t && t != sent->first && t + 1 < sent->last && doc->toks[t].upos == CH_ADJ && begins_with_capital(doc, t) &&
        doc->toks[t + 1].upos == CH_PROPN)
        return name_end(doc, sent, t + 1);
    return end;
}

/* Known words before a name are its owner or title; a name with a known word
 * behind its first ("South China Sea") is looked up as a whole or not at all. */
static uint32_t
behind_known(const bool *known, uint32_t first, uint32_t last)
{
    while (first < last && known[first])
        first++;
    for (uint32_t t = first; t < last; t++)
        if (known[t])
            return last;
    return first;
}

static bool
count_names(chancery_gaps *g, const ch_lexicon *lex, const ch_document *doc, const bool *known)
{
    for (uint32_t s = 0; s < doc->nsent; s++)
        for (uint32_t t = doc->sents[s].first; t < doc->sents[s].last; t++) {
            uint32_t last = name_end(doc, &doc->sents[s], t);
            if (last == t)
                continue;
            uint32_t first = behind_known(known, t, last);
            first = behind_roles(lex, doc, first, last);
            if (first < last && !count_name(g, doc, &doc->sents[s], first, last))
                return false;
            t = last - 1;
        }
    return true;
}

chancery_status
chancery_gaps_read(chancery_gaps *gaps, const chancery_document *doc, chancery_error *err)
{
    const ch_document *d = &doc->document;
    if (doc->stage < CHANCERY_STAGE_ACTOR)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the document was not read as far as its actors");
    bool *known = calloc(d->ntok + 1, sizeof *known);
    gaps->documents++;
    bool ok = known != NULL && mark_known(d, known) && count_names(gaps, doc->reader->lexicon, d, known);
    free(known);
    return ok ? CH_OK : ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to count names");
}

/* ----------------------------------------------------------------- writing */

static int
by_count(const void *a, const void *b)
{
    const gap *x = *(const gap *const *)a, *y = *(const gap *const *)b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    size_t n = x->name.len < y->name.len ? x->name.len : y->name.len;
    int order = memcmp(x->name.at, y->name.at, n);
    return order != 0 ? order : (x->name.len > y->name.len) - (x->name.len < y->name.len);
}

/* The codes that reports gave it and how often, behind `before`. */
static void
put_codes(ch_text *out, const gap *e, const char *before)
{
    for (uint32_t i = 0; i < CODES_MAX && e->codes[i].count != 0; i++)
        ch_text_printf(out, "%s %s (%u)", i == 0 ? before : ",", e->codes[i].code, e->codes[i].count);
    ch_text_putc(out, '\n');
}

/* Where it stands, a line each that begins with `margin`. */
static void
put_contexts(ch_text *out, const gap *e, const char *margin)
{
    for (uint32_t i = 0; i < e->ncontext; i++) {
        ch_text_puts(out, margin);
        ch_text_add_str(out, e->contexts[i]);
        ch_text_putc(out, '\n');
    }
}

static void
put_comment(ch_text *out, const gap *e)
{
    ch_text_printf(out, "# %u times in %u document%s", e->count, e->documents, e->documents == 1 ? "" : "s");
    put_codes(out, e, "; read as");
    put_contexts(out, e, "#   ");
}

/* A block that wants its code, or has the one that the reports gave. */
static void
put_block(ch_text *out, const gap *e)
{
    put_comment(out, e);
    ch_text_puts(out, e->person ? "person " : "organisation ");
    for (size_t i = 0; i < e->name.len; i++) {
        char c = e->name.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        ch_text_putc(out, (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
    }
    ch_text_puts(out, "\n  name: ");
    ch_text_add_str(out, e->name);
    ch_text_printf(out, "\n  role: %s\n\n", e->codes[0].count != 0 ? e->codes[0].code : "CODE");
}

static void
put_entry(ch_text *out, const gap *e)
{
    ch_text_printf(out, "%6u  ", e->count);
    ch_text_add_str(out, e->name);
    put_codes(out, e, "  read as");
    put_contexts(out, e, "        ");
}

chancery_status
chancery_gaps_write(char **out, size_t *len, const chancery_gaps *gaps, size_t at_least, size_t most, bool blocks, chancery_error *err)
{
    uint32_t count = gaps->by_name.count;
    const gap **order = calloc(count + 1, sizeof *order);
    ch_text text = {0};
    *out = NULL;
    if (order == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to list names");
    for (uint32_t i = 0; i < count; i++)
        order[i] = &gaps->all[i];
    qsort(order, count, sizeof *order, by_count);
    ch_text_puts(&text, "");
    for (uint32_t i = 0; i < count && i < most && order[i]->count >= at_least; i++)
        if (blocks)
            put_block(&text, order[i]);
        else
            put_entry(&text, order[i]);
    ch_text_putc(&text, '\0');
    free(order);
    if (text.failed) {
        ch_text_free(&text);
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to list names");
    }
    *out = text.at;
    if (len != NULL)
        *len = text.len - 1;
    return CH_OK;
}

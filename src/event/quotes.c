/* Quoted words and who says them. */
#include "event/finding.h"

#include <string.h>

/* Fewer words in quotation marks are set apart by the reporter, not a speech. */
#define SPEECH_WORDS_MIN 4
/* Sentences after which a speech has no longer the speaker named before. */
#define GOES_ON_MAX 2
/* Steps from a quoted word up to the word of the statement. */
#define STEPS_MAX 3

typedef ch_quotation quoted;

typedef enum { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_EITHER } mark_kind;

static mark_kind
mark_at(const ch_document *doc, uint32_t tok)
{
    static const struct {
        const char *mark;
        mark_kind kind;
    } marks[] = {{"\"", MARK_EITHER}, {"“", MARK_OPEN}, {"”", MARK_CLOSE}, {"„", MARK_OPEN}, {"«", MARK_OPEN}, {"»", MARK_CLOSE},
                 {"``", MARK_OPEN}, {"''", MARK_CLOSE}};
    ch_str s = ch_span_text(doc, doc->toks[tok].span);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ch_str_is(s, marks[i].mark))
            return marks[i].kind;
    return MARK_NONE;
}

static uint32_t
words_in(const quoted *q)
{
    return q->last - q->first;
}

static bool
is_inside(const quoted *q, uint32_t tok)
{
    return q->first <= tok && tok < q->last;
}

static ch_span
span_of(const ch_document *doc, const quoted *q)
{
    uint32_t last = q->last - 1;
    /* the comma before the closing mark is the reporter's */
    if (last > q->first && ch_str_is(ch_span_text(doc, doc->toks[last].span), ","))
        last--;
    return (ch_span){doc->toks[q->first].span.start, doc->toks[last].span.end};
}

static uint32_t
distance(const quoted *q, uint32_t tok)
{
    return tok < q->first ? q->first - tok : tok - q->last + 1;
}

/* Whether the statement is part of what is quoted; "he was “ready to talk”" is
 * not: who is ready stands outside. */
static bool
is_spoken(const quoted *q, const ch_fact *fact)
{
    return is_inside(q, fact->act.tok) && (is_inside(q, fact->act.actors[0].tok) || fact->act.actors[0].tok >= q->last);
}

/* Whether a word of the quotation hangs on `tok` by no more than a few steps,
 * none of them a verb: "condemned it as “an outrage”". */
static bool
hangs_on(const ch_finding *f, const quoted *q, uint32_t tok)
{
    const ch_token *toks = f->doc->toks;
    for (uint32_t t = q->first; t < q->last; t++) {
        uint32_t up = toks[t].head;
        for (int steps = 0; steps < STEPS_MAX && up != CH_NONE && up != tok && (toks[up].upos != CH_VERB || is_inside(q, up)); steps++)
            up = toks[up].head;
        if (up == tok)
            return true;
    }
    return false;
}

/* The statement that the quotation is part of: its word stands outside of the
 * marks in a sentence that they touch, the nearest; of a few words only where
 * they are in what the statement is about. Its index, or CH_NONE. */
static uint32_t
statement_for(const ch_finding *f, const quoted *q, uint32_t from, uint32_t statements)
{
    uint32_t best = CH_NONE;
    ch_span span = span_of(f->doc, q);
    for (uint32_t i = from; i < statements && f->all[i].act.sentence <= q->last_sentence; i++) {
        const ch_fact *fact = &f->all[i];
        if (fact->kind != CH_FACT_STATEMENT || fact->act.sentence < q->sentence || fact->act.sentence > q->last_sentence || is_spoken(q, fact))
            continue;
        bool about = (fact->topic.start <= span.start && span.end <= fact->topic.end) || hangs_on(f, q, fact->act.tok);
        if (words_in(q) < SPEECH_WORDS_MIN && !about)
            continue;
        if (best == CH_NONE || distance(q, fact->act.tok) < distance(q, f->all[best].act.tok))
            best = i;
    }
    return best;
}

static ch_fact *
copy_of(ch_finding *f, uint32_t index)
{
    const ch_event *act = &f->all[index].act;
    ch_fact *fact = ch_finding_new(f, CH_FACT_STATEMENT, act->sentence, act->tok, act->trigger);
    if (fact != NULL) {
        *fact = f->all[index];
        f->count++;
    }
    return fact;
}

/* A second quotation of one saying is a statement of its own. */
static void
attach(ch_finding *f, const quoted *q, uint32_t index, uint32_t statements)
{
    uint32_t tok = f->all[index].act.tok;
    ch_span span = span_of(f->doc, q);
    uint32_t sentence = f->all[index].act.sentence;
    for (uint32_t i = index; i < statements && f->all[i].act.sentence == sentence; i++) {
        /* of several holders each says it */
        if (f->all[i].kind != CH_FACT_STATEMENT || f->all[i].act.tok != tok)
            continue;
        ch_fact *fact = &f->all[i];
        if (fact->quote.end != 0) {
            if (words_in(q) < SPEECH_WORDS_MIN || fact->continued)
                continue;
            fact = copy_of(f, i);
            if (fact == NULL)
                return;
            fact->topic = span;
        }
        fact->quote = span;
        if (fact->topic.end == 0)
            fact->topic = span;
    }
}

/* Whether a statement with quoted words stands in the sentence. */
static bool
ends_quoted(const ch_finding *f, uint32_t sentence, uint32_t statements, uint32_t from)
{
    for (uint32_t i = from; i < statements && f->all[i].act.sentence <= sentence; i++)
        if (f->all[i].kind == CH_FACT_STATEMENT && f->all[i].act.sentence == sentence && f->all[i].quote.end != 0)
            return true;
    return false;
}

/* A speech that nobody in its sentence says goes on with the speaker of the
 * quotation before it in the paragraph. */
static void
go_on(ch_finding *f, const quoted *q, uint32_t from, uint32_t statements)
{
    const ch_document *doc = f->doc;
    uint32_t best = CH_NONE;
    if (words_in(q) < SPEECH_WORDS_MIN || q->sentence == 0)
        return;
    /* in a new paragraph only the sentence before can have named him */
    if (doc->sents[q->sentence].paragraph_start && !ends_quoted(f, q->sentence - 1, statements, from))
        return;
    if (q->first > doc->sents[q->sentence].first + 1)
        return;
    for (uint32_t i = from; i < statements && f->all[i].act.sentence < q->sentence; i++)
        if (f->all[i].kind == CH_FACT_STATEMENT && f->all[i].quote.end != 0)
            best = i;
    /* what went on before goes on */
    if (f->count > statements && f->all[f->count - 1].continued && f->all[f->count - 1].act.sentence + GOES_ON_MAX >= q->sentence)
        best = f->count - 1;
    ch_fact *fact = best != CH_NONE ? copy_of(f, best) : NULL;
    if (fact == NULL)
        return;
    uint32_t last = doc->sents[q->sentence].last;
    fact->quote = fact->topic = span_of(doc, q);
    fact->act.sentence = q->sentence;
    fact->act.span = fact->quote;
    if (fact->act.span.end > doc->toks[last - 1].span.end)
        fact->act.span.end = doc->toks[last - 1].span.end;
    fact->topic_tok = CH_NONE;
    fact->means = "claims";
    fact->continued = true;
}

static void
take(ch_finding *f, const quoted *q, uint32_t *from, uint32_t statements)
{
    while (*from < statements && f->all[*from].act.sentence + GOES_ON_MAX < q->sentence)
        (*from)++;
    uint32_t index = statement_for(f, q, *from, statements);
    if (index != CH_NONE)
        attach(f, q, index, statements);
    else
        go_on(f, q, *from, statements);
}

static void
add_range(ch_finding *f, quoted q)
{
    if (q.last <= q.first)
        return;
    f->quotations[f->nquotation++] = q;
    for (uint32_t t = q.first; t < q.last; t++)
        f->quoted[t] = f->nquotation;
}

/* '…," Foreign Minister' may have been read as a new sentence. */
static uint32_t
last_sentence(const ch_document *doc, const quoted *q, uint32_t s)
{
    uint32_t mark = q->last;
    bool open = mark > q->first && ch_str_is(ch_span_text(doc, doc->toks[mark - 1].span), ",");
    return open && mark + 1 == doc->sents[s].last && s + 1 < doc->nsent && !doc->sents[s + 1].paragraph_start ? s + 1 : s;
}

bool
ch_mark_quotations(ch_finding *f)
{
    const ch_document *doc = f->doc;
    f->quoted = ch_arena_array(&f->doc->arena, doc->ntok + 1, sizeof *f->quoted);
    f->quotations = ch_arena_array(&f->doc->arena, doc->ntok + 1, sizeof *f->quotations);
    if (f->quoted == NULL || f->quotations == NULL)
        return false;
    memset(f->quoted, 0, (doc->ntok + 1) * sizeof *f->quoted);
    quoted q = {.first = CH_NONE};
    for (uint32_t s = 0; s < doc->nsent; s++) {
        if (doc->sents[s].paragraph_start && q.first != CH_NONE) {
            /* a speech of several paragraphs is closed in its last alone */
            q.last = doc->sents[s].first;
            q.last_sentence = s - 1;
            add_range(f, q);
            q.first = CH_NONE;
        }
        for (uint32_t t = doc->sents[s].first; t < doc->sents[s].last; t++) {
            mark_kind kind = mark_at(doc, t);
            if (q.first == CH_NONE && kind != MARK_NONE && kind != MARK_CLOSE && t + 1 < doc->ntok)
                q = (quoted){.first = t + 1, .sentence = s};
            else if (q.first != CH_NONE && kind != MARK_NONE && kind != MARK_OPEN) {
                q.last = t;
                q.last_sentence = last_sentence(doc, &q, s);
                add_range(f, q);
                q.first = CH_NONE;
            }
        }
    }
    return true;
}

void
ch_find_quotes(ch_finding *f)
{
    uint32_t statements = f->count, from = 0;
    for (uint32_t i = 0; i < f->nquotation && !f->out_of_memory; i++)
        take(f, &f->quotations[i], &from, statements);
}

/* Why words of a text gave no event: each is taken through the steps of the coder
 * again, and the step that refused it is told. */
#include "event/discard.h"
#include "event/event.h"
#include "event/match.h"
#include "record/record.h"

#include <string.h>

/* Frames told of one word that none fits: the rest only counted. */
#define FRAMES_TOLD_MAX 6

typedef struct {
    ch_text *out;
    ch_document *doc; /* events found anew, with refusals */
    const ch_lexicon *lexicon;
    const ch_frames *frames;
    ch_matcher matcher;
} asking;

static const char *const steps[] = {
    [CH_REFUSED_DISCARDED] = "the sentence has a phrase of a `discard` block",
    [CH_REFUSED_NO_ACT] = "the frame says that this is no act",
    [CH_REFUSED_ACTOR] = "role empty: the frame needs an actor who is known (`need`)",
    [CH_REFUSED_RECIPIENT] = "role empty: the frame needs a recipient who is known (`need`)",
    [CH_REFUSED_COUNTRY] = "constraint: nobody's country is known, and the frame needs one (`need`)",
    [CH_REFUSED_NOBODY] = "roles empty: nobody stands in any slot of the frame",
    [CH_REFUSED_BACKGROUND] = "background: a noun that no verb carries, and nobody is named on one side",
    [CH_REFUSED_CALLED] = "what somebody calls a thing: nothing is done by it",
    [CH_REFUSED_PRIVATE] = "constraint: words among people who are nobody of politics",
    [CH_REFUSED_COVERED] = "it hangs on an act that covers what is under it (`covers`)",
    [CH_REFUSED_PROMISED] = "status: what is agreed or conceded is the promise itself, which is coded",
    [CH_REFUSED_JOINED] = "duplicate: another word tells the same act",
    [CH_REFUSED_TAKEN] = "duplicate: another act's words or tests took it up",
    [CH_REFUSED_CONFIDENCE] = "below the least confidence asked for",
};

static void
put_word(const asking *a, uint32_t tok)
{
    ch_str w = ch_span_text(a->doc, a->doc->toks[tok].span);
    ch_text_printf(a->out, "\"%.*s\"", (int)w.len, w.at);
}

static void
put_frame(const asking *a, uint32_t trigger)
{
    const ch_trigger *t = &a->frames->triggers[trigger];
    const ch_frame *f = &a->frames->frames[t->frame];
    ch_text_printf(a->out, "    %s (lexicon/%s, line %u): ", ch_lexicon_string(a->lexicon, f->id), ch_lexicon_string(a->lexicon, f->where.file), t->line);
}

/* A preposition is told by the word of the sentence that is one; where it is not
 * there at all, by what is missing. */
static void
put_slot(const asking *a, uint32_t tok, uint32_t slot)
{
    static const char *const names[] = {"", "subj", "obj", "iobj", "comp", "poss", "mod", "adv", "left", "right", "aux"};
    if ((slot & CH_SLOT_PREPOSITION) == 0) {
        ch_text_puts(a->out, names[slot]);
        return;
    }
    const ch_sentence *s = ch_sentence_at(a->doc, tok);
    for (uint32_t t = s->first; t < s->last; t++)
        if (a->doc->toks[t].form_word == (slot & ~CH_SLOT_PREPOSITION)) {
            put_word(a, t);
            return;
        }
    ch_text_puts(a->out, "of a preposition that the sentence does not have");
}

static void
put_test(const asking *a, uint32_t tok, uint32_t index)
{
    const ch_test *test = &a->frames->tests[index];
    ch_fillers fillers = {.count = 0};
    ch_graph_path(a->matcher.graph, tok, &test->path, &fillers);
    ch_text_puts(a->out, "slot ");
    for (uint32_t i = 0; i < CH_PATH_MAX && test->path.slot[i] != 0; i++) {
        if (i != 0)
            ch_text_putc(a->out, '.');
        put_slot(a, tok, test->path.slot[i]);
    }
    if (fillers.count == 0) {
        ch_text_puts(a->out, " is empty\n");
        return;
    }
    ch_text_puts(a->out, " is filled by ");
    for (uint32_t i = 0; i < fillers.count; i++) {
        if (i != 0)
            ch_text_puts(a->out, ", ");
        put_word(a, fillers.tok[i]);
    }
    ch_text_puts(a->out, test->negative ? ", which the frame excludes\n" : ", which is not what the frame asks for\n");
}

static void
put_mismatch(const asking *a, uint32_t tok, uint32_t trigger, ch_mismatch why, uint32_t test)
{
    put_frame(a, trigger);
    if (why == CH_MISMATCH_COUNTER)
        ch_text_puts(a->out, "counter-pattern: ");
    if (why == CH_MISMATCH_TEST)
        ch_text_puts(a->out, "constraint: ");
    if (test != CH_NONE)
        put_test(a, tok, test);
    else
        ch_text_puts(a->out, "the words around it stand in no order of the frame's\n");
}

static void
put_count(const asking *a, uint32_t count, const char *what)
{
    if (count != 0)
        ch_text_printf(a->out, "    %u %s\n", count, what);
}

/* What the coder refused of frames that match here; how many. */
static uint32_t
put_refusals(const asking *a, uint32_t tok)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < a->doc->refusals->count; i++) {
        const ch_refusal *r = &a->doc->refusals->all[i];
        if (r->tok != tok || r->trigger == CH_NONE)
            continue;
        put_frame(a, r->trigger);
        ch_text_puts(a->out, steps[r->step]);
        if (r->by != CH_NONE && r->by != tok) {
            ch_text_puts(a->out, ", at ");
            put_word(a, r->by);
        }
        if (r->step == CH_REFUSED_CONFIDENCE)
            ch_text_printf(a->out, ": %.2f", (double)r->confidence);
        ch_text_putc(a->out, '\n');
        count++;
    }
    return count;
}

/* Frames that have the word and do not match: those whose words are all there are
 * told one by one, a frame once; the others are counted. */
static void
put_mismatches(asking *a, uint32_t tok)
{
    uint32_t told = 0, alike = 0, words = 0, positions = 0, last_frame = CH_NONE;
    for (int second = 0; second < 2; second++) {
        uint32_t word = ch_match_word(a->matcher.graph, tok, second != 0);
        for (uint32_t i = word != 0 ? a->frames->trigger_index[word] : 0; word != 0 && i < a->frames->trigger_index[word + 1]; i++) {
            uint32_t trigger = a->frames->trigger_order[i], test;
            uint32_t frame = a->frames->triggers[trigger].frame;
            if (ch_frame_is_fact(&a->frames->frames[frame]))
                continue;
            ch_mismatch why = ch_match_why_not(&a->matcher, tok, trigger, &test);
            words += why == CH_MISMATCH_WORDS;
            positions += why == CH_MISMATCH_POSITION;
            if (why == CH_MISMATCH_NONE || why == CH_MISMATCH_WORDS || why == CH_MISMATCH_POSITION)
                continue;
            if (frame == last_frame || told == FRAMES_TOLD_MAX) {
                alike++;
                continue;
            }
            put_mismatch(a, tok, trigger, why, test);
            last_frame = frame;
            told++;
        }
    }
    put_count(a, alike, "further triggers whose tests do not hold");
    put_count(a, words, "triggers with other words beside it");
    put_count(a, positions, "triggers of another part of speech, or barred where it is an attribute of a noun");
}

/* Words that could name an act; what frames know none of is told together. */
static bool
is_content(const ch_token *t)
{
    return t->upos == CH_VERB || t->upos == CH_NOUN || t->upos == CH_ADJ || t->upos == CH_PROPN;
}

static bool
has_trigger(const asking *a, uint32_t tok)
{
    if (!is_content(&a->doc->toks[tok]))
        return false;
    for (int second = 0; second < 2; second++) {
        uint32_t word = ch_match_word(a->matcher.graph, tok, second != 0);
        for (uint32_t i = word != 0 ? a->frames->trigger_index[word] : 0; word != 0 && i < a->frames->trigger_index[word + 1]; i++)
            if (!ch_frame_is_fact(&a->frames->frames[a->frames->triggers[a->frames->trigger_order[i]].frame]))
                return true;
    }
    return false;
}

static const ch_event *
event_at(const asking *a, uint32_t tok)
{
    for (uint32_t i = 0; i < a->doc->nevent; i++)
        if (a->doc->events[i].tok == tok)
            return &a->doc->events[i];
    return NULL;
}

static void
put_token(asking *a, uint32_t tok)
{
    const ch_event *e = event_at(a, tok);
    ch_text_puts(a->out, "  ");
    put_word(a, tok);
    if (e != NULL) {
        const ch_frame *f = &a->frames->frames[e->frame];
        ch_text_printf(a->out, " is coded: e%u, %s by frame %s, %s\n", (unsigned)(e - a->doc->events) + 1, ch_plover_name((ch_plover_type)f->type),
                       ch_lexicon_string(a->lexicon, f->id), ch_event_status_name(e->status));
        return;
    }
    ch_text_puts(a->out, " is not coded\n");
    if (put_refusals(a, tok) == 0)
        put_mismatches(a, tok);
}

static bool
is_discarded(const asking *a, const ch_sentence *s)
{
    for (uint32_t i = 0; i < a->doc->refusals->count; i++)
        if (a->doc->refusals->all[i].step == CH_REFUSED_DISCARDED && a->doc->refusals->all[i].tok == s->first)
            return true;
    return false;
}

static void
put_sentence(asking *a, const ch_sentence *s, ch_span asked)
{
    ch_str text = ch_span_text(a->doc, s->span);
    ch_text_printf(a->out, "sentence [%u,%u): %.*s\n", s->span.start, s->span.end, (int)text.len, text.at);
    if (is_discarded(a, s)) {
        ch_text_printf(a->out, "  %s\n", steps[CH_REFUSED_DISCARDED]);
        return;
    }
    bool unknown = false;
    for (uint32_t t = s->first; t < s->last; t++)
        if (a->doc->toks[t].span.start < asked.end && a->doc->toks[t].span.end > asked.start && has_trigger(a, t))
            put_token(a, t);
    for (uint32_t t = s->first; t < s->last; t++) {
        if (a->doc->toks[t].span.start >= asked.end || a->doc->toks[t].span.end <= asked.start || has_trigger(a, t) || !is_content(&a->doc->toks[t]))
            continue;
        ch_text_puts(a->out, unknown ? ", " : "  no frame has: ");
        put_word(a, t);
        unknown = true;
    }
    if (unknown)
        ch_text_putc(a->out, '\n');
}

static char
folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Where `words` stand in the text from `from` on, whatever the case; end 0: nowhere. */
static ch_span
find_words(const ch_document *doc, uint32_t from, const char *words)
{
    size_t len = strlen(words);
    for (uint32_t at = from; len != 0 && at + len <= doc->text_len; at++) {
        size_t i = 0;
        while (i < len && folded(doc->text[at + i]) == folded(words[i]))
            i++;
        if (i == len)
            return (ch_span){at, (uint32_t)(at + len)};
    }
    return (ch_span){0, 0};
}

ch_status
ch_why_not_write(ch_text *out, const ch_document *read, const ch_lexicon *lexicon, const char *words, bool *found, ch_error *err)
{
    ch_document doc = *read;
    ch_refusals refusals = {0};
    ch_graph graph;
    asking a = {.out = out, .doc = &doc, .lexicon = lexicon, .frames = ch_lexicon_frames(lexicon)};
    ch_arena_init(&doc.arena, CH_DOCUMENT_MEMORY_MAX);
    doc.refusals = &refusals;
    doc.nevent = doc.nfact = 0;
    ch_status status = ch_find_events(lexicon, &doc, err);
    if (status == CH_OK)
        status = ch_graph_make(&graph, lexicon, &doc, err);
    if (status == CH_OK)
        status = ch_matcher_make(&a.matcher, &graph, &doc, err);
    *found = false;
    for (uint32_t from = 0; status == CH_OK;) {
        ch_span span = find_words(&doc, from, words);
        if (span.end == 0)
            break;
        for (uint32_t s = 0; s < doc.nsent; s++)
            if (doc.sents[s].span.start < span.end && doc.sents[s].span.end > span.start) {
                put_sentence(&a, &doc.sents[s], span);
                *found = true;
            }
        from = span.end;
    }
    ch_arena_free(&doc.arena);
    return status;
}

/* The examples written beside the frames, run through the whole reader. */
#include "event/event.h"
#include "event/facts.h"
#include "lexicon/frames.h"
#include "lexicon/source.h"
#include "reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sentences of either kind that a code needs: one may be right by luck. */
#define CODE_EXAMPLES 2

/* Examples of one CAMEO code that hold. */
typedef struct {
    uint32_t positive, negative;
} code_count;

typedef struct {
    const chancery_reader *reader;
    const ch_lexicon *lexicon;
    const ch_frames *frames;
    ch_complaints to;
    size_t passed, failed;
    code_count *codes; /* [ncameo], or NULL where nobody asked */
} testing;

static bool
begins_with(const char *code, ch_str prefix)
{
    return strlen(code) >= prefix.len && memcmp(code, prefix.at, prefix.len) == 0;
}

/* "RUS" is met by RUSMIL, "REB" by COLREB; "-" by whoever has no country. */
static bool
meets(const ch_mention *m, ch_str expected)
{
    if (ch_str_is(expected, "-"))
        return m->country[0] == '\0';
    return begins_with(m->code, expected) || (m->country[0] != '\0' && begins_with(m->code + strlen(m->country), expected));
}

/* Every expected code is that of a party, and every coded party is expected. */
static bool
parties_match(const ch_document *doc, const ch_party *parties, uint32_t count, ch_str expected)
{
    for (ch_str rest = expected; rest.len != 0;) {
        ch_str code = ch_str_cut(rest, ',', &rest);
        bool found = ch_str_is(code, "-");
        for (uint32_t i = 0; i < count && !found; i++)
            found = meets(&doc->mentions[parties[i].mention], code);
        if (!found)
            return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        const ch_mention *m = &doc->mentions[parties[i].mention];
        bool found = m->code[0] == '\0';
        for (ch_str rest = expected; rest.len != 0 && !found;)
            found = meets(m, ch_str_cut(rest, ',', &rest));
        if (!found)
            return false;
    }
    return true;
}

/* "A,B > C,D [status]" */
static bool
as_expected(const ch_document *doc, const ch_event *e, const char *expect)
{
    ch_str status, who = ch_str_cut(ch_str_of(expect), '[', &status);
    ch_str recipients, actors = ch_str_cut(who, '>', &recipients);
    if (status.len != 0 && status.at[status.len - 1] == ']')
        status.len--;
    if (status.len != 0 && !ch_str_is(ch_str_trim(status), ch_event_status_name(e->status)))
        return false;
    if (actors.len != 0 && !parties_match(doc, e->actors, e->nactor, actors))
        return false;
    return ch_str_trim(recipients).len == 0 || parties_match(doc, e->recipients, e->nrecipient, ch_str_trim(recipients));
}

static void
describe(const ch_document *doc, const ch_frames *frames, const ch_lexicon *lexicon, ch_text *out)
{
    for (uint32_t i = 0; i < doc->nevent; i++) {
        const ch_event *e = &doc->events[i];
        ch_text_printf(out, "%s%s:", i != 0 ? "; " : "", ch_lexicon_string(lexicon, frames->frames[e->frame].id));
        for (uint32_t k = 0; k < e->nactor; k++)
            ch_text_printf(out, "%s%s", k != 0 ? "," : " ", doc->mentions[e->actors[k].mention].code);
        ch_text_puts(out, " >");
        for (uint32_t k = 0; k < e->nrecipient; k++)
            ch_text_printf(out, "%s%s", k != 0 ? "," : " ", doc->mentions[e->recipients[k].mention].code);
        ch_text_printf(out, " [%s]", ch_event_status_name(e->status));
    }
    if (doc->nevent == 0)
        ch_text_puts(out, "nothing was coded");
}

/* The code that a record has, "" where none. */
static const char *
code_of(const ch_frames *frames, const ch_event *e)
{
    return e->cameo != NULL && e->cameo[0] != '\0' ? e->cameo : frames->frames[e->frame].cameo;
}

/* Whether the act has the code that the frame says; one that was expected to be
 * to come has that of the intent. */
static bool
is_of_code(const ch_frames *frames, const ch_example *x, const ch_event *e, const char *expect)
{
    return !e->reversed && (strcmp(code_of(frames, e), frames->frames[x->frame].cameo) == 0 || strstr(expect, "[planned]") != NULL);
}

static bool
is_done(const ch_event *e)
{
    return e->status != CH_NEGATED && e->status != CH_HYPOTHETICAL;
}

/* The record that the `yes` sentence was written for, or NULL. */
static const ch_event *
find_expected(const ch_document *doc, const ch_frames *frames, const ch_example *x, const char *expect)
{
    for (uint32_t i = 0; i < doc->nevent; i++)
        if (doc->events[i].frame == x->frame && is_of_code(frames, x, &doc->events[i], expect) && as_expected(doc, &doc->events[i], expect))
            return &doc->events[i];
    for (uint32_t i = 0; i < doc->nfact; i++)
        if (doc->facts[i].act.frame == x->frame && as_expected(doc, &doc->facts[i].act, expect))
            return &doc->facts[i].act;
    return NULL;
}

/* Whether a `no` sentence gave the frame, or its code by another one. */
static bool
is_coded(const ch_document *doc, const ch_frames *frames, const ch_example *x)
{
    const char *code = frames->frames[x->frame].cameo;
    for (uint32_t i = 0; i < doc->nevent; i++) {
        const ch_event *e = &doc->events[i];
        if (is_done(e) && (e->frame == x->frame || (code[0] != '\0' && strcmp(code_of(frames, e), code) == 0)))
            return true;
    }
    for (uint32_t i = 0; i < doc->nfact; i++)
        if (doc->facts[i].act.frame == x->frame && is_done(&doc->facts[i].act))
            return true;
    return false;
}

static void
count_code(testing *t, const ch_example *x, const char *code)
{
    const ch_cameo *cameo = ch_cameo_find(t->lexicon, code);
    if (t->codes == NULL || cameo == NULL)
        return;
    code_count *count = &t->codes[cameo - t->frames->cameos];
    if (x->positive)
        count->positive++;
    else
        count->negative++;
}

/* Whether the example holds; then it is counted for its code. */
static bool
passes(testing *t, const ch_document *doc, const ch_example *x, const char *expect)
{
    const ch_event *e = x->positive ? find_expected(doc, t->frames, x, expect) : NULL;
    if (x->positive ? e == NULL : is_coded(doc, t->frames, x))
        return false;
    count_code(t, x, e != NULL ? code_of(t->frames, e) : t->frames->frames[x->frame].cameo);
    return true;
}

static chancery_status
run_example(testing *t, const ch_example *x, chancery_error *err)
{
    const ch_frame *frame = &t->frames->frames[x->frame];
    const char *text = ch_lexicon_string(t->lexicon, x->text), *expect = ch_lexicon_string(t->lexicon, x->expect);
    const char *file = ch_lexicon_string(t->lexicon, frame->where.file), *id = ch_lexicon_string(t->lexicon, frame->id);
    chancery_input in = {.text = text, .len = strlen(text), .id = id};
    chancery_document *doc;
    chancery_status status = chancery_read(&doc, t->reader, &in, CHANCERY_STAGE_ALL, err);
    if (status != CH_OK)
        return status;
    if (passes(t, &doc->document, x, expect))
        t->passed++;
    else {
        ch_text got = {0};
        describe(&doc->document, t->frames, t->lexicon, &got);
        t->failed++;
        ch_complain(&t->to, true, file, x->line, 1, got.failed || got.at == NULL ? "" : got.at, "frame %s %s: \"%s\"%s%s", id,
                    x->positive ? "is not coded so" : "is coded", text, expect[0] != '\0' ? " => " : "", expect);
        ch_text_free(&got);
    }
    chancery_document_free(doc);
    return CH_OK;
}

static bool
ends_with(const char *path, const char *tail)
{
    size_t n = strlen(path), k = strlen(tail);
    return k <= n && strcmp(path + n - k, tail) == 0;
}

static chancery_status
run_examples(testing *t, const char *file, chancery_error *err)
{
    chancery_status status = CH_OK;
    for (uint32_t i = 0; status == CH_OK && i < t->frames->nexample; i++) {
        const ch_example *x = &t->frames->examples[i];
        const char *from = ch_lexicon_string(t->lexicon, t->frames->frames[x->frame].where.file);
        if (file == NULL || ends_with(from, file) || ends_with(file, from))
            status = run_example(t, x, err);
    }
    return status;
}

static testing
begin(const chancery_reader *reader, chancery_complain *complain, void *context)
{
    return (testing){.reader = reader, .lexicon = reader->lexicon, .frames = ch_lexicon_frames(reader->lexicon),
                     .to = {.complain = complain, .context = context}};
}

chancery_status
chancery_frames_test(const chancery_reader *reader, const char *file, size_t *passed, size_t *failed, chancery_complain *complain,
                     void *context, chancery_error *err)
{
    testing t = begin(reader, complain, context);
    chancery_status status = run_examples(&t, file, err);
    *passed = t.passed;
    *failed = t.failed;
    return status;
}

/* ---------------------------------------------------------------- coverage */

static void
count_lexicon(const ch_frames *f, chancery_coverage *out)
{
    for (uint32_t i = 0; i < f->nframe; i++)
        out->frames += !ch_frame_is_fact(&f->frames[i]);
    for (uint32_t i = 0; i < f->ntrigger; i++)
        out->triggers += !ch_frame_is_fact(&f->frames[f->triggers[i].frame]);
    for (uint32_t i = 0; i < f->nexample; i++)
        if (f->examples[i].positive)
            out->positive++;
        else
            out->negative++;
}

/* Whether a frame or a statement has the code. */
static bool
is_carried(const ch_frames *f, const char *code)
{
    for (uint32_t i = 0; i < f->nframe; i++)
        if (strcmp(f->frames[i].cameo, code) == 0 || strcmp(f->frames[i].reverse, code) == 0)
            return true;
    return false;
}

/* Codes of two digits only sum up those below them; a code that PLOVER has no
 * type for is a record only where a statement carries it. */
static void
count_codes(testing *t, chancery_coverage *out)
{
    for (uint32_t i = 0; i < t->frames->ncameo; i++) {
        const ch_cameo *cameo = &t->frames->cameos[i];
        if (strlen(cameo->code) < 3 || (cameo->type == CH_NO_TYPE && !is_carried(t->frames, cameo->code)))
            continue;
        out->codes++;
        if (t->codes[i].positive >= CODE_EXAMPLES && t->codes[i].negative >= CODE_EXAMPLES)
            continue;
        out->short_codes++;
        ch_complain(&t->to, true, "ontology/cameo.txt", 0, 0, "write more beside its frames: two that must and two that must not give it",
                    "CAMEO %s (%s) has %u sentences that are coded so and %u near ones that are not", cameo->code,
                    ch_lexicon_string(t->lexicon, cameo->label), t->codes[i].positive, t->codes[i].negative);
    }
}

chancery_status
chancery_frames_cover(const chancery_reader *reader, chancery_coverage *out, chancery_complain *complain, void *context,
                      chancery_error *err)
{
    testing t = begin(reader, complain, context);
    *out = (chancery_coverage){0};
    t.codes = calloc(t.frames->ncameo + 1, sizeof *t.codes);
    if (t.codes == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to count the examples");
    chancery_status status = run_examples(&t, NULL, err);
    count_lexicon(t.frames, out);
    out->passed = t.passed;
    out->failed = t.failed;
    count_codes(&t, out);
    free(t.codes);
    return status;
}

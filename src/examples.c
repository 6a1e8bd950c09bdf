/* The examples written beside the frames, run through the whole reader. */
#include "event/event.h"
#include "lexicon/frames.h"
#include "lexicon/source.h"
#include "reader.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    const chancery_reader *reader;
    const ch_lexicon *lexicon;
    const ch_frames *frames;
    ch_complaints to;
    size_t passed, failed;
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

static bool
passes(const ch_document *doc, const ch_example *x, const char *expect)
{
    bool coded = false, right = false;
    for (uint32_t i = 0; i < doc->nevent; i++) {
        if (doc->events[i].frame != x->frame)
            continue;
        coded = coded || (doc->events[i].status != CH_NEGATED && doc->events[i].status != CH_HYPOTHETICAL);
        right = right || as_expected(doc, &doc->events[i], expect);
    }
    return x->positive ? right : !coded;
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
    if (passes(&doc->document, x, expect))
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

chancery_status
chancery_frames_test(const chancery_reader *reader, const char *file, size_t *passed, size_t *failed, chancery_complain *complain,
                     void *context, chancery_error *err)
{
    testing t = {.reader = reader, .lexicon = reader->lexicon, .frames = ch_lexicon_frames(reader->lexicon),
                 .to = {.complain = complain, .context = context}};
    chancery_status status = CH_OK;
    for (uint32_t i = 0; status == CH_OK && i < t.frames->nexample; i++) {
        const ch_example *x = &t.frames->examples[i];
        const char *from = ch_lexicon_string(t.lexicon, t.frames->frames[x->frame].where.file);
        if (file == NULL || ends_with(from, file) || ends_with(file, from))
            status = run_example(&t, x, err);
    }
    *passed = t.passed;
    *failed = t.failed;
    return status;
}

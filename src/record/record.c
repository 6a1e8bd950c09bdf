#include "record/record.h"

#include "base/day.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    const ch_lexicon *lexicon;
    ch_document *doc;
    bool out_of_memory;
} making;

static void *
array(making *m, size_t count, size_t size)
{
    void *got = ch_arena_array(&m->doc->arena, count, size);
    if (got == NULL)
        m->out_of_memory = true;
    return got;
}

static const char *
copy_span(making *m, ch_span span)
{
    char *copy = ch_arena_copy(&m->doc->arena, m->doc->text + span.start, span.end - span.start);
    if (copy == NULL)
        m->out_of_memory = true;
    return copy;
}

static const char *
or_null(const char *s)
{
    return s != NULL && s[0] != '\0' ? s : NULL;
}

static chancery_span
span_of(ch_span s)
{
    return (chancery_span){s.start, s.end};
}

static chancery_participant
participant_of(making *m, uint32_t index)
{
    const ch_mention *x = &m->doc->mentions[index];
    const char *text = copy_span(m, x->span);
    return (chancery_participant){
        .text = text,
        .span = span_of(x->span),
        .name = x->name != NULL ? x->name : text,
        .code = or_null(x->code),
        .country = or_null(x->country),
        .sector = or_null(x->sector),
        .entity = x->entity,
        .via = x->via != CH_NONE ? copy_span(m, m->doc->mentions[x->via].span) : NULL,
    };
}

static const chancery_participant *
participants_of(making *m, const ch_party *parties, uint32_t count)
{
    chancery_participant *all = array(m, count, sizeof *all);
    for (uint32_t i = 0; all != NULL && i < count; i++)
        all[i] = participant_of(m, parties[i].mention);
    return all;
}

static const char *
day_text(making *m, ch_day day)
{
    char text[11];
    if (day == CH_NO_DAY)
        return NULL;
    ch_day_print(text, day);
    return ch_arena_copy(&m->doc->arena, text, strlen(text));
}

static chancery_date
date_of(making *m, const ch_event *e)
{
    const ch_document *doc = m->doc;
    chancery_date date = {0};
    if (e->time != CH_NONE) {
        const ch_time *time = &doc->times[e->time];
        date.start = time->edtf_start != NULL ? time->edtf_start : day_text(m, time->start);
        date.end = time->edtf_end != NULL ? time->edtf_end : day_text(m, time->end);
        date.text = copy_span(m, time->span);
        date.span = span_of(time->span);
    } else if (doc->published != CH_NO_DAY) {
        date.start = date.end = day_text(m, doc->published);
        date.assumed = true;
    }
    return date;
}

static chancery_place
place_of(making *m, const ch_place *p)
{
    return (chancery_place){
        .text = copy_span(m, p->span),
        .span = span_of(p->span),
        .name = p->name,
        .country = p->country,
        .admin1 = p->admin1,
        .has_point = isfinite(p->latitude) && isfinite(p->longitude),
        .latitude = (double)p->latitude,
        .longitude = (double)p->longitude,
        .geonames = p->geonames,
    };
}

static const char *const *
contexts_of(making *m, const ch_event *e, size_t *count)
{
    const ch_frames *f = ch_lexicon_frames(m->lexicon);
    ch_range range = f->frames[e->frame].contexts;
    const ch_cameo *cameo = ch_cameo_find(m->lexicon, e->cameo);
    if (range.count == 0 && cameo != NULL)
        range = (ch_range){cameo->first_context, cameo->ncontext};
    const char **all = array(m, range.count, sizeof *all);
    for (uint32_t i = 0; all != NULL && i < range.count; i++)
        all[i] = ch_lexicon_string(m->lexicon, f->contexts[range.first + i]);
    *count = all != NULL ? range.count : 0;
    return all;
}

static const chancery_attribution *
attributions_of(making *m, const ch_event *e)
{
    chancery_attribution *all = array(m, e->nsource, sizeof *all);
    for (uint32_t i = 0; all != NULL && i < e->nsource; i++) {
        const ch_source *s = &e->sources[i];
        all[i].text = copy_span(m, s->span);
        all[i].span = span_of(s->span);
        all[i].has_participant = s->mention != CH_NONE;
        if (s->mention != CH_NONE)
            all[i].participant = participant_of(m, s->mention);
    }
    return all;
}

static const char *
event_id(making *m, uint32_t index)
{
    char id[16];
    int len = snprintf(id, sizeof id, "e%u", index + 1);
    return ch_arena_copy(&m->doc->arena, id, (size_t)len);
}

static chancery_event
event_of(making *m, uint32_t index)
{
    const ch_event *e = &m->doc->events[index];
    const ch_frames *f = ch_lexicon_frames(m->lexicon);
    const ch_frame *frame = &f->frames[e->frame];
    const char *mode = or_null(ch_lexicon_string(m->lexicon, frame->mode));
    const ch_cameo *cameo = ch_cameo_find(m->lexicon, e->cameo);
    chancery_event out = {
        .id = event_id(m, index),
        .sentence = span_of(m->doc->sents[e->sentence].span),
        .span = span_of(e->span),
        .text = copy_span(m, e->span),
        .type = ch_plover_name((ch_plover_type)frame->type),
        .mode = mode,
        .cameo = or_null(e->cameo),
        .quad = (int)f->plover[frame->type].quad,
        .goldstein = cameo != NULL ? (double)cameo->goldstein : (double)ch_plover_score(m->lexicon, (ch_plover_type)frame->type, mode),
        .actors = participants_of(m, e->actors, e->nactor),
        .actor_count = e->nactor,
        .recipients = participants_of(m, e->recipients, e->nrecipient),
        .recipient_count = e->nrecipient,
        .date = date_of(m, e),
        .has_place = e->place != CH_NONE,
        .status = ch_event_status_name(e->status),
        .attributions = attributions_of(m, e),
        .attribution_count = e->nsource,
        .repeats = e->repeats != CH_NONE ? event_id(m, e->repeats) : NULL,
        .rule = ch_lexicon_string(m->lexicon, frame->id),
        .confidence = (double)e->confidence,
    };
    if (out.has_place)
        out.place = place_of(m, &m->doc->places[e->place]);
    out.contexts = contexts_of(m, e, &out.context_count);
    return out;
}

ch_status
ch_make_records(const ch_lexicon *lexicon, ch_document *doc, ch_error *err)
{
    making m = {.lexicon = lexicon, .doc = doc};
    ch_records *records = array(&m, 1, sizeof *records);
    if (records != NULL)
        records->events = array(&m, doc->nevent, sizeof *records->events);
    if (m.out_of_memory)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the records");
    for (uint32_t i = 0; i < doc->nevent; i++)
        records->events[i] = event_of(&m, i);
    records->nevent = doc->nevent;
    if (m.out_of_memory)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the records");
    doc->records = records;
    return CH_OK;
}

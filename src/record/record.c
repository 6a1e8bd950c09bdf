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
    const char **all = array(m, range.count + e->ntopic, sizeof *all);
    uint32_t n = 0;
    for (uint32_t i = 0; all != NULL && i < range.count; i++)
        all[n++] = ch_lexicon_string(m->lexicon, f->contexts[range.first + i]);
    for (uint32_t i = 0; all != NULL && i < e->ntopic; i++) {
        bool again = false;
        for (uint32_t k = 0; k < n; k++)
            again = again || strcmp(all[k], e->topics[i]) == 0;
        if (!again)
            all[n++] = e->topics[i];
    }
    *count = n;
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
record_id(making *m, char letter, uint32_t index)
{
    char id[16];
    int len = snprintf(id, sizeof id, "%c%u", letter, index + 1);
    return ch_arena_copy(&m->doc->arena, id, (size_t)len);
}

static const char *
event_id(making *m, uint32_t index)
{
    return record_id(m, 'e', index);
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

/* -------------------------------------------------------------------- facts */

static const char letters[CH_FACT_KIND_COUNT] = {'s', 'a', 'v', 'r'};

static chancery_record
record_of(making *m, const ch_records *r, uint32_t index)
{
    const ch_fact *fact = &m->doc->facts[index];
    const ch_event *e = &fact->act;
    chancery_record out = {
        .id = record_id(m, letters[fact->kind], r->fact_at[index]),
        .sentence = span_of(m->doc->sents[e->sentence].span),
        .span = span_of(e->span),
        .text = copy_span(m, e->span),
        .date = date_of(m, e),
        .status = ch_event_status_name(e->status),
        .attributions = attributions_of(m, e),
        .attribution_count = e->nsource,
        .rule = ch_lexicon_string(m->lexicon, ch_lexicon_frames(m->lexicon)->frames[e->frame].id),
        .confidence = (double)e->confidence,
    };
    if (fact->until)
        out.date.start = NULL;
    return out;
}

static const char *
copy_if_any(making *m, ch_span span)
{
    return span.end > span.start ? copy_span(m, span) : NULL;
}

static chancery_statement
statement_of(making *m, const ch_records *r, uint32_t index)
{
    const ch_fact *fact = &m->doc->facts[index];
    const char *cameo = ch_lexicon_frames(m->lexicon)->frames[fact->act.frame].cameo;
    return (chancery_statement){
        .record = record_of(m, r, index),
        .holder = participant_of(m, fact->act.actors[0].mention),
        .stance = fact->means,
        .topic = copy_if_any(m, fact->topic),
        .topic_span = span_of(fact->topic),
        .towards = participants_of(m, fact->act.recipients, fact->act.nrecipient),
        .towards_count = fact->act.nrecipient,
        .quote = copy_if_any(m, fact->quote),
        .quote_span = span_of(fact->quote),
        .contrasts = participants_of(m, fact->others, fact->nother),
        .contrast_count = fact->nother,
        .cameo = cameo[0] != '\0' ? cameo : NULL,
        .claim = fact->denied != CH_NONE ? record_id(m, letters[CH_FACT_STATEMENT], r->fact_at[fact->denied]) : NULL,
    };
}

static chancery_amount
amount_of(making *m, const ch_records *r, uint32_t index)
{
    static const char *const bounds[] = {
        [CH_BOUND_EXACT] = "exact", [CH_BOUND_AT_LEAST] = "at-least", [CH_BOUND_AT_MOST] = "at-most", [CH_BOUND_ABOUT] = "about"};
    const ch_fact *fact = &m->doc->facts[index];
    return (chancery_amount){
        .record = record_of(m, r, index),
        .what = fact->means,
        .value = fact->value,
        .unit = fact->unit,
        .bound = bounds[fact->bound],
        .givers = participants_of(m, fact->act.actors, fact->act.nactor),
        .giver_count = fact->act.nactor,
        .receivers = participants_of(m, fact->act.recipients, fact->act.nrecipient),
        .receiver_count = fact->act.nrecipient,
        .part_of = fact->part_of != CH_NONE ? record_id(m, letters[CH_FACT_AMOUNT], r->fact_at[fact->part_of]) : NULL,
        .state = fact->state,
    };
}

static chancery_vote
vote_of(making *m, const ch_records *r, uint32_t index)
{
    const ch_fact *fact = &m->doc->facts[index];
    chancery_ballot *ballots = array(m, fact->nballot, sizeof *ballots);
    for (uint32_t i = 0; ballots != NULL && i < fact->nballot; i++)
        ballots[i] = (chancery_ballot){participant_of(m, fact->ballots[i].mention), fact->ballots[i].ballot};
    chancery_vote out = {
        .record = record_of(m, r, index),
        .has_body = fact->body != CH_NONE,
        .measure = copy_if_any(m, fact->topic),
        .measure_span = span_of(fact->topic),
        .outcome = fact->outcome,
        .ballots = ballots,
        .ballot_count = ballots != NULL ? fact->nballot : 0,
        .tally = {fact->tally[CH_TALLY_FOR], fact->tally[CH_TALLY_AGAINST], fact->tally[CH_TALLY_ABSTAIN]},
    };
    if (out.has_body)
        out.body = participant_of(m, fact->body);
    return out;
}

static chancery_relation
relation_of(making *m, const ch_records *r, uint32_t index)
{
    const ch_fact *fact = &m->doc->facts[index];
    chancery_relation out = {
        .record = record_of(m, r, index),
        .subject = participant_of(m, fact->act.actors[0].mention),
        .relation = fact->means,
        .has_object = fact->act.nrecipient != 0,
        .detail = copy_if_any(m, fact->topic),
        .detail_span = span_of(fact->topic),
    };
    if (out.has_object)
        out.object = participant_of(m, fact->act.recipients[0].mention);
    return out;
}

/* Where each fact's record will stand among those of its kind. */
static void
number_facts(making *m, ch_records *r)
{
    uint32_t *const counts[CH_FACT_KIND_COUNT] = {&r->nstatement, &r->namount, &r->nvote, &r->nrelation};
    r->fact_kinds = array(m, m->doc->nfact, sizeof *r->fact_kinds);
    r->fact_at = array(m, m->doc->nfact, sizeof *r->fact_at);
    if (m->out_of_memory)
        return;
    for (uint32_t i = 0; i < m->doc->nfact; i++) {
        r->fact_kinds[i] = m->doc->facts[i].kind;
        r->fact_at[i] = (*counts[r->fact_kinds[i]])++;
    }
    r->statements = array(m, r->nstatement, sizeof *r->statements);
    r->amounts = array(m, r->namount, sizeof *r->amounts);
    r->votes = array(m, r->nvote, sizeof *r->votes);
    r->relations = array(m, r->nrelation, sizeof *r->relations);
}

static void
make_facts(making *m, ch_records *r)
{
    number_facts(m, r);
    for (uint32_t i = 0; i < m->doc->nfact && !m->out_of_memory; i++)
        switch (r->fact_kinds[i]) {
        case CH_FACT_STATEMENT:
            r->statements[r->fact_at[i]] = statement_of(m, r, i);
            break;
        case CH_FACT_AMOUNT:
            r->amounts[r->fact_at[i]] = amount_of(m, r, i);
            break;
        case CH_FACT_VOTE:
            r->votes[r->fact_at[i]] = vote_of(m, r, i);
            break;
        default:
            r->relations[r->fact_at[i]] = relation_of(m, r, i);
        }
}

const chancery_record *
ch_fact_record(const ch_records *r, uint32_t index)
{
    uint32_t at = r->fact_at[index];
    switch (r->fact_kinds[index]) {
    case CH_FACT_STATEMENT:
        return &r->statements[at].record;
    case CH_FACT_AMOUNT:
        return &r->amounts[at].record;
    case CH_FACT_VOTE:
        return &r->votes[at].record;
    default:
        return &r->relations[at].record;
    }
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
    make_facts(&m, records);
    if (m.out_of_memory)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for the records");
    doc->records = records;
    return CH_OK;
}

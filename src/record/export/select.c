/* Which records are written. A row of most formats says that something was done:
 * what was denied, demanded or feared is left out of them unless it is asked for. */
#include "record/export/export.h"

#include "lexicon/frames.h"

/* Whether CAMEO has the code for the intent to do something, or its threat. */
static bool
is_intent(const ch_lexicon *lexicon, ch_str code)
{
    const ch_frames *f = ch_lexicon_frames(lexicon);
    for (uint32_t i = 0; i < f->ncameo; i++)
        if (ch_str_is(code, f->cameos[i].planned) || ch_str_is(code, f->cameos[i].threat))
            return true;
    return false;
}

static bool
leave_out(uint64_t *why)
{
    (*why)++;
    return false;
}

static bool
is_doubtful(const ch_export *x, const json_object *record)
{
    json_object *confidence = ch_json_member(record, "confidence");
    return x->options->min_confidence > 0 && confidence != NULL &&
           json_object_get_double(confidence) < x->options->min_confidence;
}

bool
ch_select_record(ch_export *x, const ch_report *report, const json_object *record, const ch_selection *selection)
{
    chancery_export_counts *c = &x->counts;
    uint32_t wanted = x->statuses != 0 ? x->statuses : selection->statuses;
    uint32_t status = ch_claim_bit(ch_json_text(record, "status"));
    ch_str cameo = ch_json_text(record, "cameo");
    int32_t day;
    if (status != 0 && (status & wanted) == 0)
        return leave_out(&c->status);
    if (!selection->repeats && !x->options->repeats && ch_json_text(record, "repeats").at != NULL)
        return leave_out(&c->repeats);
    if (is_doubtful(x, record))
        return leave_out(&c->confidence);
    if ((selection->needs & CH_NEED_CAMEO) != 0) {
        if (cameo.at == NULL)
            return leave_out(&c->code);
        if (ch_json_is(record, "status", "planned") && !is_intent(x->lexicon, cameo))
            return leave_out(&c->intent);
    }
    if ((selection->needs & CH_NEED_DAY) != 0 && !ch_record_day(report, record, &day))
        return leave_out(&c->day);
    return true;
}

#include "event/coding.h"

#include <string.h>

/* "unless Israel withdraws": a clause under the act or what governs it. */
static bool
has_ultimatum(const ch_coding *c, uint32_t tok)
{
    const ch_graph *g = c->graph;
    for (uint32_t t = tok; t != CH_NONE; t = c->doc->toks[t].head) {
        CH_EACH_CHILD(g, child, t) {
            if (c->doc->toks[child].rel != CH_ADVCL)
                continue;
            CH_EACH_CHILD(g, mark, child)
                if (c->doc->toks[mark].rel == CH_MARK && ch_graph_in_set(g, mark, g->sets.ultimatum))
                    return true;
        }
        if (c->doc->toks[t].rel != CH_XCOMP && c->doc->toks[t].rel != CH_CCOMP)
            break;
    }
    return false;
}

/* The first frame of that code, or CH_NONE. */
static uint32_t
frame_of_code(const ch_frames *f, const char *code)
{
    for (uint32_t i = 0; i < f->nframe; i++)
        if (strcmp(f->frames[i].cameo, code) == 0)
            return i;
    return CH_NONE;
}

/* Whether the one who acts says so himself: "said it will expel them". */
static bool
is_own_word(const ch_coding *c, const ch_event *e)
{
    const ch_mention *mentions = c->doc->mentions;
    for (uint32_t i = 0; i < e->nsource; i++)
        for (uint32_t k = 0; k < e->nactor && e->sources[i].mention != CH_NONE; k++) {
            const ch_mention *source = &mentions[e->sources[i].mention], *actor = &mentions[e->actors[k].mention];
            bool state = actor->country[0] != '\0' && strcmp(source->country, actor->country) == 0;
            bool body = actor->code[0] != '\0' && strcmp(source->code, actor->code) == 0;
            if (state || body)
                return true;
        }
    return false;
}

/* Whether the act is announced as to come, or promised: what is only prepared or
 * meant is nobody's word yet. */
static bool
is_promised(const ch_coding *c, const ch_event *e)
{
    const ch_event_sets *s = &c->graph->sets;
    for (uint32_t i = 0; i < e->nreason; i++)
        if (e->reasons[i].status == CH_PLANNED && (ch_graph_in_set(c->graph, e->reasons[i].tok, s->modal_future) ||
                                                   ch_graph_in_set(c->graph, e->reasons[i].tok, s->modal_future_past) ||
                                                   ch_graph_in_set(c->graph, e->reasons[i].tok, s->promise)))
            return true;
    return false;
}

void
ch_coding_apply_threat(ch_coding *c, ch_event *e)
{
    const ch_frame *frame = &c->graph->frames->frames[e->frame];
    if (frame->type == CH_THREATEN && e->status == CH_PLANNED)
        e->status = CH_ASSERTED;
    bool force = frame->type == CH_ASSAULT, punishment = frame->type == CH_COERCE || frame->type == CH_SANCTION;
    if (e->status != CH_PLANNED || e->reversed || e->nactor == 0 || e->nrecipient == 0 ||
        (frame->flags & CH_FRAME_FOREIGN) != 0 || !is_promised(c, e) ||
        !(force || (punishment && (has_ultimatum(c, e->tok) || is_own_word(c, e)))))
        return;
    const ch_cameo *cameo = ch_cameo_find(c->graph->lexicon, frame->cameo);
    uint32_t threat = cameo != NULL && cameo->threat[0] != '\0' ? frame_of_code(c->graph->frames, cameo->threat) : CH_NONE;
    if (threat == CH_NONE)
        return;
    e->frame = threat;
    e->status = CH_ASSERTED;
    if (e->nreason < CH_REASONS_MAX)
        e->reasons[e->nreason++] = (ch_status_reason){.tok = e->tok, .status = CH_ASSERTED, .why = "promised, so threatened"};
}

#include "event/coding.h"

#include <string.h>

/* Types whose clause or object is only spoken of. */
static bool
speaks_of(ch_plover_type type)
{
    return type == CH_AGREE || type == CH_REQUEST || type == CH_REJECT || type == CH_THREATEN || type == CH_ACCUSE ||
           type == CH_CONCEDE || type == CH_SUPPORT;
}

static void
mark_content(ch_coding *c, uint32_t number, uint32_t slot)
{
    const ch_event *e = &c->events[number - 1];
    ch_fillers fillers = {.count = 0};
    ch_graph_slot(c->graph, e->tok, slot, &fillers);
    for (uint32_t i = 0; i < fillers.count; i++)
        if (c->content_of[fillers.tok[i]] == 0 && fillers.tok[i] != e->tok)
            c->content_of[fillers.tok[i]] = number;
}

void
ch_coding_mark_contents(ch_coding *c, uint32_t number)
{
    const ch_event *e = &c->events[number - 1];
    const ch_frame *frame = &c->graph->frames->frames[e->frame];
    if (frame->content.count != 0) {
        for (uint32_t i = frame->content.first; i < frame->content.first + frame->content.count; i++)
            mark_content(c, number, c->graph->frames->paths[i].slot[0]);
        return;
    }
    if (!speaks_of((ch_plover_type)frame->type))
        return;
    mark_content(c, number, CH_SLOT_COMP);
    mark_content(c, number, CH_SLOT_PREPOSITION | c->graph->of);
    uint32_t preposition = ch_lexicon_word(c->graph->lexicon, "for", 3);
    if (preposition != 0)
        mark_content(c, number, CH_SLOT_PREPOSITION | preposition);
    if (frame->type != CH_ACCUSE && frame->type != CH_SUPPORT)
        mark_content(c, number, CH_SLOT_OBJ);
    if (frame->type == CH_REJECT && c->graph->to != 0)
        mark_content(c, number, CH_SLOT_PREPOSITION | c->graph->to);
}

uint32_t
ch_coding_spoken_of_by(const ch_coding *c, uint32_t tok)
{
    for (uint32_t t = tok; t != CH_NONE; t = c->doc->toks[t].head) {
        if (c->content_of[t] != 0 && c->events[c->content_of[t] - 1].tok != tok)
            return c->content_of[t];
        const ch_token *token = &c->doc->toks[t];
        bool goes_on = token->rel == CH_XCOMP || token->rel == CH_CCOMP || token->rel == CH_CONJ || token->rel == CH_OBJ ||
                       token->rel == CH_NMOD || token->rel == CH_OBL ||
                       (token->rel == CH_ADVCL && (token->morph & CH_M_FIN) == 0) ||
                       (token->rel == CH_ACL && token->sub != CH_SUB_RELCL);
        if (!goes_on)
            return 0;
    }
    return 0;
}

/* Acts that are done by words alone. */
static bool
is_said(ch_plover_type type)
{
    return type == CH_AGREE || type == CH_REQUEST || type == CH_ACCUSE || type == CH_REJECT || type == CH_SUPPORT;
}

bool
ch_coding_apply_content(ch_coding *c, ch_event *e)
{
    uint32_t number = ch_coding_spoken_of_by(c, e->tok);
    if (number == 0)
        return true;
    const ch_event *over = &c->events[number - 1];
    const ch_frame *frame = &c->graph->frames->frames[over->frame];
    ch_event_status status = CH_HYPOTHETICAL;
    const char *why = "content of another act";
    e->content_of = over->tok; /* the index is known once events are in order */
    switch ((ch_plover_type)frame->type) {
    case CH_AGREE:
    case CH_CONCEDE: return false;
    case CH_ACCUSE:
        if (strcmp(ch_lexicon_string(c->graph->lexicon, frame->mode), "disapprove") == 0 && strncmp(frame->cameo, "112", 3) != 0)
            return true; /* what is condemned was done; CAMEO's 112 are accusations */
        if (is_said((ch_plover_type)c->graph->frames->frames[e->frame].type))
            return false; /* accused of defying somebody: the accusation tells it all */
        status = CH_ALLEGED;
        why = "content of an accusation";
        break;
    case CH_SUPPORT: return true;
    default: break;
    }
    if (e->status < status)
        e->status = status;
    if (e->nreason < CH_REASONS_MAX)
        e->reasons[e->nreason++] = (ch_status_reason){.tok = over->tok, .status = status, .why = why};
    return true;
}

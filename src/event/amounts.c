/* Sums and counts with a role: a quantity and the words around it that say what
 * it is. A number without a role is no record. */
#include "event/quantity.h"
#include "event/roles.h"

#include <string.h>

/* Words around one quantity that may give it a role. */
#define ROLES_MAX 8
/* How far up the sentence they are looked for. */
#define CLIMB_MAX 5

typedef struct {
    uint32_t tok;
    uint32_t trigger;
} role;

typedef struct {
    role all[ROLES_MAX];
    uint32_t count;
    uint32_t chain[CLIMB_MAX + 1]; /* the quantity's top and what is above it */
    uint32_t nchain;
} roles;

static const ch_frame *
frame_of(const ch_finding *f, uint32_t trigger)
{
    const ch_frames *frames = f->graph->frames;
    return &frames->frames[frames->triggers[trigger].frame];
}

static bool
unit_fits(const ch_finding *f, const ch_frame *frame, const ch_quantity *q)
{
    static const char *const names[] = {
        [CH_COUNT_PEOPLE] = "people", [CH_COUNT_THINGS] = "things", [CH_COUNT_MONEY] = "money", [CH_COUNT_SHARE] = "share"};
    return frame->unit == 0 || strcmp(ch_lexicon_string(f->graph->lexicon, frame->unit), names[q->kind]) == 0;
}

static bool
takes_object(const ch_finding *f, const ch_frame *frame)
{
    for (uint32_t i = frame->content.first; i < frame->content.first + frame->content.count; i++)
        if (f->graph->frames->paths[i].slot[0] == CH_SLOT_OBJ && f->graph->frames->paths[i].slot[1] == 0)
            return true;
    return frame->content.count == 0;
}

/* Whether the quantity stands where the frame's count stands: in one of its
 * `content` slots, by default the object. */
static bool
stands_right(const ch_finding *f, const ch_frame *frame, const ch_quantity *q, const roles *r, uint32_t tok)
{
    const ch_frames *frames = f->graph->frames;
    const ch_token *toks = f->doc->toks;
    ch_fillers fillers = {.count = 0};
    if (tok >= q->first && tok < q->last)
        return true;
    if (frame->content.count == 0)
        ch_graph_slot(f->graph, tok, CH_SLOT_OBJ, &fillers);
    for (uint32_t i = frame->content.first; i < frame->content.first + frame->content.count; i++)
        ch_graph_path(f->graph, tok, &frames->paths[i], &fillers);
    /* "six of them have died" */
    for (uint32_t i = frame->content.first; i < frame->content.first + frame->content.count; i++)
        if (frames->paths[i].slot[0] == CH_SLOT_SUBJ && toks[q->top].rel == CH_NSUBJ && toks[q->top].head == tok)
            return true;
    for (uint32_t i = 0; i < fillers.count; i++) {
        if (fillers.tok[i] >= q->first && fillers.tok[i] < q->last)
            return true;
        /* "announced plans to raise fees to $50": another verb has the sum */
        for (uint32_t k = 0; k < r->nchain && toks[r->chain[k]].upos != CH_VERB; k++)
            if (fillers.tok[i] == r->chain[k])
                return true;
    }
    /* "exported goods worth $20 billion" */
    for (uint32_t k = 0; k < r->nchain; k++)
        if (toks[r->chain[k]].rel == CH_XCOMP && toks[r->chain[k]].upos == CH_ADJ && toks[r->chain[k]].head == tok)
            return true;
    /* right behind the verb, whatever the parser made of it */
    return takes_object(f, frame) && tok + 1 == q->first && toks[tok].upos == CH_VERB;
}

/* "Ten tanks", "two tons of weapons"; of "300 tons of cement on ships" no ships
 * are counted. */
static bool
is_counted(const ch_finding *f, const ch_quantity *q, uint32_t tok)
{
    const ch_token *t = &f->doc->toks[tok];
    if (tok >= q->number && tok < q->last)
        return true;
    return t->head != CH_NONE && t->head >= q->number && t->head < q->last && f->graph->of != 0 && f->graph->preposition[tok] == f->graph->of;
}

static void
try_role(ch_finding *f, const ch_quantity *q, roles *r, uint32_t tok)
{
    const ch_candidates *c = ch_match(f->matcher, tok);
    for (uint32_t i = 0; i < r->count; i++)
        if (r->all[i].tok == tok)
            return;
    for (uint32_t i = 0; i < c->count && r->count < ROLES_MAX; i++) {
        uint32_t trigger = c->trigger[i];
        const ch_frame *frame = frame_of(f, trigger);
        bool noun = f->graph->frames->triggers[trigger].pos == CH_TRIGGER_NOUN;
        /* "left 41 people dead" */
        bool said_of = f->doc->toks[tok].rel == CH_AMOD && f->doc->toks[tok].head == q->top && q->top < tok;
        if (frame->type != CH_FACT_FIRST + CH_FACT_AMOUNT || !unit_fits(f, frame, q))
            continue;
        if (noun ? q->kind != CH_COUNT_THINGS || is_counted(f, q, tok) : said_of || stands_right(f, frame, q, r, tok))
            r->all[r->count++] = (role){tok, trigger};
    }
}

/* "$20m in aid", "1,200 troops for the mission": phrases under the quantity. */
static void
look_below(ch_finding *f, const ch_quantity *q, roles *r, uint32_t tok)
{
    const ch_token *toks = f->doc->toks;
    CH_EACH_CHILD(f->graph, c, tok) {
        bool phrase = toks[c].rel == CH_NMOD || toks[c].rel == CH_OBL || toks[c].rel == CH_ACL || toks[c].rel == CH_AMOD;
        if (phrase && c > tok)
            try_role(f, q, r, c);
    }
}

/* What a sum is for or made of may hang beside it ("offered $10m [in loans]"),
 * and what it measures may be the subject ("inflation rose to 12 percent"). */
static void
look_beside(ch_finding *f, const ch_quantity *q, roles *r)
{
    const ch_token *toks = f->doc->toks;
    if ((q->kind != CH_COUNT_MONEY && q->kind != CH_COUNT_SHARE) || r->nchain < 2)
        return;
    CH_EACH_CHILD(f->graph, c, r->chain[1]) {
        bool phrase = toks[c].rel == CH_OBL && c >= q->last && ch_set_has(f->graph->lexicon, f->sets.form, f->graph->preposition[c]);
        bool subject = toks[c].rel == CH_NSUBJ && c < q->first;
        if ((phrase || subject) && toks[c].upos == CH_NOUN)
            try_role(f, q, r, c);
    }
}

/* "15 dead and 40 injured": the word that a bare number counts says what became of
 * them, whatever became of the others. */
static bool
counts_state(ch_finding *f, ch_sentence sent, const ch_quantity *q, roles *r)
{
    const ch_token *toks = f->doc->toks;
    if (q->last >= sent.last || toks[q->top].rel != CH_NUMMOD || toks[q->top].head != q->last)
        return false;
    const ch_token *state = &toks[q->last];
    if (state->upos != CH_ADJ && (state->xpos == NULL || strcmp(state->xpos, "VBN") != 0))
        return false;
    uint32_t trigger = ch_finding_trigger(f, q->last, CH_FACT_AMOUNT);
    if (trigger == CH_NONE || !unit_fits(f, frame_of(f, trigger), q))
        return false;
    r->all[r->count++] = (role){q->last, trigger};
    return true;
}

/* The word that the order of the words puts above the quantity, whatever the
 * graph does: "a budget *of* 3 trillion yen", "and *infected* hundreds", "with 300
 * people being *infected*"; `closed` when nothing above that one counts. CH_NONE
 * where the graph is right. */
static uint32_t
above_by_order(const ch_finding *f, ch_sentence sent, const ch_quantity *q, bool *closed)
{
    const ch_token *toks = f->doc->toks;
    *closed = false;
    if (q->first > sent.first + 1) {
        uint32_t before = q->first - 1;
        *closed = toks[before].upos == CH_VERB && toks[before].rel == CH_AMOD && toks[before].head == q->top;
        if (*closed)
            return before;
        bool of = f->graph->of != 0 && toks[before].form_word == f->graph->of;
        if (of && toks[before - 1].upos == CH_NOUN && toks[q->top].head != before - 1 && q->kind == CH_COUNT_MONEY)
            return before - 1;
    }
    CH_EACH_CHILD(f->graph, c, q->top)
        if (toks[c].rel == CH_ACL && c > q->top && toks[c].sub != CH_SUB_RELCL) {
            uint32_t mark = ch_graph_child(f->graph, c, CH_MARK);
            *closed = mark != CH_NONE && mark < q->top;
            if (*closed)
                return c;
        }
    return CH_NONE;
}

/* Fills the chain of words above the quantity. Whether only its end may give a
 * role. */
static bool
climb(const ch_finding *f, ch_sentence sent, const ch_quantity *q, roles *r)
{
    bool closed;
    uint32_t above = above_by_order(f, sent, q, &closed);
    r->nchain = 0;
    r->chain[r->nchain++] = q->top;
    uint32_t t = above != CH_NONE ? above : f->doc->toks[q->top].head;
    for (; t != CH_NONE && r->nchain <= CLIMB_MAX; t = f->doc->toks[t].head) {
        r->chain[r->nchain++] = t;
        if (closed)
            break;
    }
    return closed;
}

/* Of `whole` it was only told how many of them: what became of those is no role
 * of all ("13 of the 17 were freed"). */
static void
find_roles(ch_finding *f, ch_sentence sent, const ch_quantity *q, bool whole, roles *r)
{
    const ch_token *toks = f->doc->toks;
    r->count = 0;
    bool closed = climb(f, sent, q, r);
    if (counts_state(f, sent, q, r))
        return;
    for (uint32_t t = q->number; t < q->last; t++)
        try_role(f, q, r, t);
    if (q->first > sent.first)
        try_role(f, q, r, q->first - 1);
    if (q->first > sent.first + 1 && ch_graph_in_set(f->graph, q->first - 1, f->sets.worth))
        try_role(f, q, r, q->first - 2); /* "a contract worth $4 billion" */
    if (closed) {
        try_role(f, q, r, r->chain[r->nchain - 1]);
        return;
    }
    look_below(f, q, r, q->top);
    if (whole)
        return;
    look_beside(f, q, r);
    for (uint32_t i = 0; i < r->nchain; i++) {
        try_role(f, q, r, r->chain[i]);
        CH_EACH_CHILD(f->graph, c, r->chain[i])
            if (toks[c].rel == CH_NSUBJ && toks[r->chain[i]].upos != CH_VERB) {
                try_role(f, q, r, c); /* "most of the fatalities are civilians, including 40 children" */
                look_below(f, q, r, c);
            }
        uint32_t up = r->chain[i];
        /* another clause is another matter, but for what belongs to its verb */
        bool own_subject = toks[up].rel == CH_NSUBJ && !ch_graph_is_passive(f->graph, toks[up].head);
        if (toks[up].rel == CH_ADVCL || toks[up].rel == CH_CCOMP || toks[up].rel == CH_PARATAXIS || toks[up].rel == CH_ROOT)
            break;
        /* "over 300 are reported dead" */
        if (toks[up].rel == CH_NSUBJ && !own_subject)
            CH_EACH_CHILD(f->graph, c, toks[up].head)
                if (toks[c].rel == CH_XCOMP)
                    try_role(f, q, r, c);
        if (own_subject && i + 1 < r->nchain) {
            try_role(f, q, r, r->chain[i + 1]);
            CH_EACH_CHILD(f->graph, c, r->chain[i + 1])
                if (toks[c].rel == CH_XCOMP || toks[c].rel == CH_OBJ)
                    try_role(f, q, r, c);
            break;
        }
    }
    /* "12 killed": the participle behind the number, hung elsewhere */
    if (q->last < sent.last && r->count == 0 && toks[q->last].xpos != NULL && strcmp(toks[q->last].xpos, "VBN") == 0) {
        uint32_t trigger = ch_finding_trigger(f, q->last, CH_FACT_AMOUNT);
        if (trigger != CH_NONE && frame_of(f, trigger)->content.count == 0 && unit_fits(f, frame_of(f, trigger), q))
            r->all[r->count++] = (role){q->last, trigger};
    }
}

/* ---------------------------------------------------------------- the record */

/* What it is: the heaviest word that says so, the nearest among equals. */
static const role *
best_role(const ch_finding *f, const roles *r)
{
    const role *best = NULL;
    for (uint32_t i = 0; i < r->count; i++) {
        const ch_frame *frame = frame_of(f, r->all[i].trigger);
        if (frame->mode != 0 && (best == NULL || frame->weight > frame_of(f, best->trigger)->weight))
            best = &r->all[i];
    }
    return best;
}

/* "Remains stalled in Congress": the word above that says that nothing moves. */
static bool
is_stalled(const ch_finding *f, const roles *r)
{
    const ch_token *toks = f->doc->toks;
    for (uint32_t i = 0; i < r->nchain; i++) {
        if (ch_graph_in_set(f->graph, r->chain[i], f->sets.stalled))
            return true;
        CH_EACH_CHILD(f->graph, c, r->chain[i])
            if ((toks[c].rel == CH_XCOMP || toks[c].rel == CH_AMOD || toks[c].rel == CH_ACL) &&
                ch_graph_in_set(f->graph, c, f->sets.stalled))
                return true;
    }
    return false;
}

/* What is only meant is pledged, what may be is proposed. */
static const char *
state_by_status(ch_event_status status, const char *state)
{
    if (status == CH_PLANNED)
        return strcmp(state, "proposed") == 0 ? state : "pledged";
    if (status == CH_POSSIBLE || status == CH_HYPOTHETICAL)
        return "proposed";
    return state;
}

static void
find_state(const ch_finding *f, const ch_quantity *q, const roles *r, ch_fact *fact)
{
    for (uint32_t i = 0; i < r->count && fact->state == NULL; i++) {
        const ch_frame *frame = frame_of(f, r->all[i].trigger);
        if (frame->status != 0)
            fact->state = ch_lexicon_string(f->graph->lexicon, frame->status);
    }
    if (q->kind == CH_COUNT_MONEY && is_stalled(f, r)) {
        fact->state = "stalled";
        fact->act.status = CH_ASSERTED;
    } else if (fact->state != NULL)
        fact->state = state_by_status(fact->act.status, fact->state);
}

/* Who stands between a verb of giving and the sum receives it ("lent Kenya $2
 * million"); who stands right before such a verb that has no subject of its own
 * gives it ("…and Seoul released $3 million"). */
static void
find_sides_beside(const ch_finding *f, const ch_quantity *q, const roles *r, ch_event *act)
{
    uint32_t between = ch_finding_ending(f, q->first);
    for (uint32_t i = 0; i < r->count; i++) {
        const ch_frame *frame = frame_of(f, r->all[i].trigger);
        uint32_t verb = r->all[i].tok, before = verb < q->first ? ch_finding_ending(f, verb) : CH_NONE;
        if (frame->actor.count == 0 || f->graph->frames->triggers[r->all[i].trigger].pos == CH_TRIGGER_NOUN)
            continue;
        if (between != CH_NONE && act->nrecipient == 0 && f->doc->mentions[between].first == verb + 1) {
            act->recipients[0] = (ch_party){.mention = between, .tok = f->doc->mentions[between].head, .path = CH_NONE};
            act->nrecipient = 1;
        }
        bool own = ch_graph_child(f->graph, verb, CH_NSUBJ) != CH_NONE || f->doc->toks[verb].rel != CH_CONJ;
        if (before != CH_NONE && !own && ch_finding_is_known(f, before)) {
            act->actors[0] = (ch_party){.mention = before, .tok = f->doc->mentions[before].head, .path = CH_NONE};
            act->nactor = 1;
            act->nrecipient = act->nrecipient == 1 && act->recipients[0].mention == before ? 0 : act->nrecipient;
        }
    }
}

/* The "US" of "US$2 million" is nobody. */
static void
drop_within(const ch_finding *f, const ch_quantity *q, ch_party *parties, uint32_t *count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        const ch_mention *m = &f->doc->mentions[parties[i].mention];
        if (m->first < q->number || m->last > q->number + 1)
            parties[kept++] = parties[i];
    }
    *count = kept;
}

/* Giver and receiver, each from the nearest word whose frame names a slot for
 * it that is filled. */
static void
find_sides(const ch_finding *f, const ch_quantity *q, const roles *r, ch_event *act)
{
    for (uint32_t i = 0; i < r->count; i++) {
        const ch_frame *frame = frame_of(f, r->all[i].trigger);
        ch_event probe = {.tok = r->all[i].tok, .sentence = act->sentence, .trigger = r->all[i].trigger};
        probe.frame = f->graph->frames->triggers[probe.trigger].frame;
        if (frame->actor.count == 0 && frame->recipient.count == 0)
            continue;
        ch_find_parties(f->graph, &probe);
        if (act->nactor == 0 && frame->actor.count != 0) {
            memcpy(act->actors, probe.actors, sizeof probe.actors);
            act->nactor = probe.nactor;
        }
        if (act->nrecipient == 0 && frame->recipient.count != 0) {
            memcpy(act->recipients, probe.recipients, sizeof probe.recipients);
            act->nrecipient = probe.nrecipient;
        }
    }
    find_sides_beside(f, q, r, act);
    ch_finding_drop_unknown(f, act->recipients, &act->nrecipient);
    ch_finding_drop_unknown(f, act->actors, &act->nactor);
    drop_within(f, q, act->recipients, &act->nrecipient);
    drop_within(f, q, act->actors, &act->nactor);
    for (uint32_t i = 0; i < act->nrecipient; i++)
        for (uint32_t k = 0; k < act->nactor; k++)
            if (act->recipients[i].mention == act->actors[k].mention) {
                act->nrecipient = 0;
                return;
            }
}

/* The last amount before this one of the same unit, in this sentence or, where
 * a pronoun looks back, in the one before it. CH_NONE when there is none. */
static uint32_t
whole_of(const ch_finding *f, const ch_fact *fact, const ch_quantity *q, bool back)
{
    for (uint32_t i = f->count; i-- > 0;) {
        const ch_fact *old = &f->all[i];
        if (old->act.sentence + (back ? 1 : 0) < fact->act.sentence)
            return CH_NONE;
        bool larger = old->value >= q->value;
        if (old->kind == CH_FACT_AMOUNT && old->part_of == CH_NONE && strcmp(old->unit, q->unit) == 0 && larger)
            return i;
    }
    return CH_NONE;
}

/* "Of them", "of which", "of whom": a pronoun beside the quantity or before its
 * verb. */
static bool
shares_pronoun(const ch_finding *f, const ch_quantity *q, const roles *r)
{
    const ch_token *toks = f->doc->toks;
    /* "two of them officers" */
    uint32_t of = q->number + 1;
    if (f->graph->of != 0 && of + 1 < f->doc->ntok && toks[of].form_word == f->graph->of && toks[of + 1].upos == CH_PRON &&
        (toks[of + 1].morph & CH_M_POSS) == 0)
        return true;
    for (uint32_t i = 0; i < r->nchain; i++)
        CH_EACH_CHILD(f->graph, c, r->chain[i]) {
            bool pronoun = toks[c].upos == CH_PRON || (toks[c].upos == CH_DET && (toks[c].morph & CH_M_PRONDEM) != 0);
            if (pronoun && f->graph->of != 0 && f->graph->preposition[c] == f->graph->of)
                return true;
        }
    return false;
}

static bool
is_included(const ch_finding *f, const ch_quantity *q, const roles *r, ch_sentence sent)
{
    if (ch_finding_before(f, sent.first, q->first, f->sets.including) != 0)
        return true;
    return r->nchain != 0 && ch_set_has(f->graph->lexicon, f->sets.including, f->graph->preposition[r->chain[0]]);
}

static void
find_period(const ch_finding *f, ch_fact *fact)
{
    if (fact->act.time == CH_NONE)
        return;
    uint32_t head = f->doc->times[fact->act.time].head;
    fact->until = ch_set_has(f->graph->lexicon, f->sets.until, f->graph->preposition[head]);
}

/* A date may hang on any of the words that give the role. */
static void
find_date(const ch_finding *f, const roles *r, ch_fact *fact)
{
    for (uint32_t i = 0; i < r->count && fact->act.time == CH_NONE; i++) {
        ch_sentence sent = f->doc->sents[fact->act.sentence];
        for (uint32_t t = 0; t < f->doc->ntime; t++) {
            const ch_time *time = &f->doc->times[t];
            if (time->first < sent.first || time->first >= sent.last || (time->start == CH_NO_DAY && time->end == CH_NO_DAY))
                continue;
            uint32_t up = f->doc->toks[time->head].head;
            for (int steps = 0; steps < 3 && up != CH_NONE; steps++, up = f->doc->toks[up].head)
                if (up == r->all[i].tok && fact->act.time == CH_NONE)
                    fact->act.time = t;
        }
    }
}

/* Whether the frame asks for a giver or a receiver whom the text does not name. */
static bool
lacks_party(const ch_finding *f, const ch_fact *fact)
{
    uint32_t flags = frame_of(f, fact->act.trigger)->flags;
    return ((flags & CH_FRAME_NEED_ACTOR) != 0 && fact->act.nactor == 0) || ((flags & CH_FRAME_NEED_RECIPIENT) != 0 && fact->act.nrecipient == 0);
}

/* "Needs $400 million to feed refugees". */
static bool
is_for_succour(const ch_finding *f, const roles *r)
{
    const ch_token *toks = f->doc->toks;
    for (uint32_t i = 0; i < r->nchain; i++)
        CH_EACH_CHILD(f->graph, c, r->chain[i]) {
            bool purpose = (toks[c].rel == CH_ADVCL || toks[c].rel == CH_ACL || toks[c].rel == CH_XCOMP) && (toks[c].morph & CH_M_INF) != 0;
            uint32_t whom = purpose && ch_graph_in_set(f->graph, c, f->sets.succour) ? ch_graph_child(f->graph, c, CH_OBJ) : CH_NONE;
            if (whom != CH_NONE && ch_graph_in_set(f->graph, whom, f->sets.people))
                return true;
        }
    return false;
}

static void
keep_amount(ch_finding *f, uint32_t sentence, const ch_quantity *q, const roles *r)
{
    ch_sentence sent = f->doc->sents[sentence];
    const role *best = best_role(f, r);
    bool included = is_included(f, q, r, sent);
    ch_fact probe = {.act.sentence = sentence};
    uint32_t whole = included || shares_pronoun(f, q, r) ? whole_of(f, &probe, q, !included) : CH_NONE;
    if ((best == NULL && whole == CH_NONE) || q->value <= 0)
        return;
    uint32_t trigger = best != NULL ? best->trigger : f->all[whole].act.trigger;
    ch_fact *fact = ch_finding_new(f, CH_FACT_AMOUNT, sentence, best != NULL ? best->tok : f->all[whole].act.tok, trigger);
    if (fact == NULL)
        return;
    if (included && whole != CH_NONE)
        fact->means = f->all[whole].means; /* "killed 12, including three children" */
    if (q->kind == CH_COUNT_MONEY && strcmp(fact->means, "aid") == 0 && is_for_succour(f, r))
        fact->means = "humanitarian-aid";
    fact->act.span = (ch_span){f->doc->toks[q->first].span.start, f->doc->toks[q->last - 1].span.end};
    fact->value = q->value;
    fact->unit = q->unit;
    fact->bound = q->bound;
    fact->part_of = whole;
    find_sides(f, q, r, &fact->act);
    if (whole != CH_NONE && fact->act.nactor == 0) {
        memcpy(fact->act.actors, f->all[whole].act.actors, sizeof fact->act.actors);
        fact->act.nactor = f->all[whole].act.nactor;
    }
    if (whole != CH_NONE && fact->act.nrecipient == 0) {
        memcpy(fact->act.recipients, f->all[whole].act.recipients, sizeof fact->act.recipients);
        fact->act.nrecipient = f->all[whole].act.nrecipient;
    }
    if (lacks_party(f, fact))
        return;
    ch_finding_keep(f);
    fact = &f->all[f->count - 1];
    find_state(f, q, r, fact);
    find_date(f, r, fact);
    find_period(f, fact);
}

/* Whether `whole` follows `part` as in "five of the 12 wounded". */
static bool
is_of(const ch_finding *f, const ch_quantity *part, const ch_quantity *whole)
{
    const ch_token *toks = f->doc->toks;
    if (f->graph->of == 0 || part->last >= whole->first || toks[part->last].form_word != f->graph->of)
        return false;
    uint32_t at = part->last + 1;
    if (at < whole->first && (toks[at].upos == CH_DET || toks[at].upos == CH_PRON))
        at++;
    return at == whole->first;
}

void
ch_find_amounts(ch_finding *f, uint32_t sentence)
{
    ch_quantity q, before = {.last = 0};
    uint32_t part = CH_NONE; /* what was kept of the quantity before */
    for (uint32_t t = f->doc->sents[sentence].first; ch_quantity_next(f, sentence, t, &q); t = q.last) {
        roles r;
        uint32_t count = f->count;
        find_roles(f, f->doc->sents[sentence], &q, before.last != 0 && is_of(f, &before, &q), &r);
        keep_amount(f, sentence, &q, &r);
        bool kept = f->count > count;
        if (kept && part != CH_NONE && is_of(f, &before, &q) && f->all[count].part_of == CH_NONE)
            f->all[part].part_of = count;
        before = q;
        part = kept ? count : CH_NONE;
    }
}

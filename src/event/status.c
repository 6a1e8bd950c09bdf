#include "event/status.h"

#include <string.h>

/* How the governor's own polarity bears on the act. */
typedef struct {
    const ch_graph *graph;
    ch_event *event;
} judging;

static const ch_token *
tok(const judging *j, uint32_t t)
{
    return &j->graph->doc->toks[t];
}

/* The stronger doubt wins: the enumeration is in rising order. */
static void
judge(judging *j, ch_event_status status, uint32_t at, const char *why)
{
    ch_event *e = j->event;
    if (status > e->status)
        e->status = status;
    if (e->nreason < CH_REASONS_MAX)
        e->reasons[e->nreason++] = (ch_status_reason){.tok = at, .status = status, .why = why};
}

static bool
in(const judging *j, uint32_t t, uint32_t set)
{
    return ch_graph_in_set(j->graph, t, set);
}

static bool
is_negated(const judging *j, uint32_t t)
{
    CH_EACH_CHILD(j->graph, c, t) {
        const ch_token *child = tok(j, c);
        bool may = child->rel == CH_ADVMOD || child->rel == CH_DETREL || child->rel == CH_CC || child->rel == CH_AUXREL ||
                   child->rel == CH_NSUBJ || child->rel == CH_CASE || child->rel == CH_MARK;
        if (may && in(j, c, j->graph->sets.negator))
            return true;
    }
    return false;
}

static bool
is_infinitive(const judging *j, uint32_t t)
{
    if ((tok(j, t)->morph & CH_M_INF) == 0)
        return false;
    CH_EACH_CHILD(j->graph, c, t)
        if (tok(j, c)->rel == CH_MARK && tok(j, c)->upos == CH_PART)
            return true;
    return false;
}

/* Whether somebody said the clause of `t` in the past: "said that it would send",
 * "it would send troops, he said". */
static bool
was_said(const judging *j, uint32_t t)
{
    const ch_token *token = tok(j, t);
    if (token->rel == CH_CCOMP && token->head != CH_NONE && in(j, token->head, j->graph->sets.report))
        return (tok(j, token->head)->morph & CH_M_PAST) != 0;
    CH_EACH_CHILD(j->graph, c, t)
        if (tok(j, c)->rel == CH_PARATAXIS && in(j, c, j->graph->sets.report) && (tok(j, c)->morph & CH_M_PAST) != 0)
            return true;
    return false;
}

/* "would have met", "would meet if": what is not, or hangs on a condition. */
static bool
is_unreal(const judging *j, uint32_t t)
{
    CH_EACH_CHILD(j->graph, c, t) {
        const ch_token *child = tok(j, c);
        if (child->rel == CH_AUXREL && ch_str_is(child->lemma, "have"))
            return true;
        if (child->rel != CH_ADVCL)
            continue;
        CH_EACH_CHILD(j->graph, mark, c)
            if (tok(j, mark)->rel == CH_MARK && in(j, mark, j->graph->sets.condition))
                return true;
    }
    return false;
}

/* "Attack the cities", "the aim is attack the cities": told to do, not done. */
static bool
is_imperative(const judging *j, uint32_t t)
{
    const ch_token *token = tok(j, t);
    if (token->rel != CH_ROOT || token->xpos == NULL || strcmp(token->xpos, "VB") != 0)
        return false;
    CH_EACH_CHILD(j->graph, c, t)
        if ((tok(j, c)->rel == CH_NSUBJ && ch_graph_child(j->graph, t, CH_COP) == CH_NONE) || tok(j, c)->rel == CH_AUXREL || tok(j, c)->rel == CH_MARK)
            return false;
    return true;
}

/* "know how to blow up bridges". */
static bool
is_asked_how(const judging *j, uint32_t t)
{
    if (!is_infinitive(j, t))
        return false;
    CH_EACH_CHILD(j->graph, c, t)
        if (tok(j, c)->rel == CH_ADVMOD && c < t && tok(j, c)->xpos != NULL && strcmp(tok(j, c)->xpos, "WRB") == 0)
            return true;
    return false;
}

/* Modals, negation, tense and adverbs on one verb of the chain. */
static void
judge_verb(judging *j, uint32_t t, bool trigger)
{
    const ch_event_sets *s = &j->graph->sets;
    bool auxiliary_be = false, refusal = trigger && j->event->by_negation;
    if (is_negated(j, t) && !refusal)
        judge(j, CH_NEGATED, t, "negated");
    if (is_imperative(j, t))
        judge(j, CH_HYPOTHETICAL, t, "imperative");
    if (is_asked_how(j, t))
        judge(j, CH_HYPOTHETICAL, t, "asked how");
    CH_EACH_CHILD(j->graph, c, t) {
        const ch_token *child = tok(j, c);
        if (child->rel == CH_AUXREL) {
            if (refusal && (in(j, c, s->modal_future) || in(j, c, s->modal_hypothetical)))
                continue; /* "will not accept": who says so refuses now */
            if (in(j, c, s->modal_future))
                judge(j, CH_PLANNED, c, "future");
            else if (in(j, c, s->modal_possible))
                judge(j, CH_POSSIBLE, c, "modal of possibility");
            else if (in(j, c, s->modal_future_past) && (was_said(j, t) || (trigger && !is_unreal(j, t))))
                judge(j, CH_PLANNED, c, "future, as it was said");
            else if (in(j, c, s->modal_hypothetical))
                judge(j, CH_HYPOTHETICAL, c, "modal");
            else if (child->sub != CH_SUB_PASS && (child->morph & CH_M_PRES) != 0)
                auxiliary_be = true;
        } else if (child->rel == CH_MARK && in(j, c, s->condition))
            judge(j, CH_HYPOTHETICAL, c, "condition");
        else if (child->rel == CH_ADVMOD && in(j, c, s->alleged_adj))
            judge(j, CH_ALLEGED, c, "hearsay");
        else if (child->rel == CH_ADVMOD && in(j, c, s->condition) && child->upos == CH_SCONJ)
            judge(j, CH_HYPOTHETICAL, c, "condition");
    }
    bool progressive = tok(j, t)->xpos != NULL && strcmp(tok(j, t)->xpos, "VBG") == 0 && auxiliary_be;
    if (trigger && progressive)
        judge(j, CH_ONGOING, t, "progressive");
}

static void
judge_noun(judging *j, uint32_t t)
{
    const ch_event_sets *s = &j->graph->sets;
    if (is_negated(j, t))
        judge(j, CH_NEGATED, t, "negated");
    CH_EACH_CHILD(j->graph, c, t) {
        const ch_token *child = tok(j, c);
        if (child->rel != CH_AMOD && child->rel != CH_ADVMOD && child->rel != CH_COMPOUND)
            continue;
        if (in(j, c, s->planned_adj))
            judge(j, CH_PLANNED, c, "attribute");
        else if (in(j, c, s->alleged_adj))
            judge(j, CH_ALLEGED, c, "attribute");
    }
}

/* The source in the subject of a verb of speaking. */
static void
add_source(judging *j, uint32_t verb)
{
    const ch_document *doc = j->graph->doc;
    ch_event *e = j->event;
    ch_fillers who = {.count = 0};
    ch_graph_slot(j->graph, verb, CH_SLOT_SUBJ, &who);
    for (uint32_t i = 0; i < who.count && e->nsource < CH_SOURCES_MAX; i++) {
        uint32_t m = doc->mention_of[who.tok[i]];
        bool seen = false;
        for (uint32_t k = 0; k < e->nsource; k++)
            seen = seen || e->sources[k].verb == verb;
        if (seen && i == 0)
            return;
        ch_span span = m != CH_NONE ? doc->mentions[m].span : doc->toks[who.tok[i]].span;
        e->sources[e->nsource++] = (ch_source){.span = span, .mention = m, .verb = verb};
    }
}

/* A clause beside: "..., officials said", "according to AFP". */
static void
look_beside(judging *j, uint32_t t)
{
    const ch_graph *g = j->graph;
    uint32_t according = ch_lexicon_word(g->lexicon, "according-to", 12);
    CH_EACH_CHILD(g, c, t) {
        const ch_token *child = tok(j, c);
        if (child->rel == CH_PARATAXIS && child->upos == CH_VERB && in(j, c, g->sets.report) &&
            (child->morph & CH_M_INF) == 0)
            add_source(j, c);
        else if (child->rel == CH_OBL && according != 0 && g->preposition[c] == according &&
                 j->event->nsource < CH_SOURCES_MAX) {
            uint32_t m = g->doc->mention_of[c];
            ch_span span = m != CH_NONE ? g->doc->mentions[m].span : child->span;
            j->event->sources[j->event->nsource++] = (ch_source){.span = span, .mention = m, .verb = c};
        }
    }
}

/* How an act hangs on the word that governs it. */
typedef struct {
    bool clause; /* as its complement */
    bool thing;  /* as its object */
    bool from;   /* "from" it: "prevented from attacking" */
    bool against; /* "warned against arming them" */
} hold;

/* "demands that the government grant rights", read as a relative clause: what "that"
 * opens and is no part of says what the noun is about. */
static bool
is_content(const judging *j, uint32_t t)
{
    const ch_token *token = tok(j, t);
    return token->rel == CH_ACL && (token->sub != CH_SUB_RELCL || ch_graph_child(j->graph, t, CH_MARK) != CH_NONE);
}

static hold
hold_on(const judging *j, uint32_t head, uint32_t below)
{
    ch_rel rel = (ch_rel)tok(j, below)->rel;
    bool verb = tok(j, below)->upos == CH_VERB;
    hold h = {.clause = ch_graph_is_complement(j->graph, below) || is_content(j, below) ||
                        (rel == CH_ADVCL && (tok(j, head)->upos == CH_ADJ || tok(j, head)->upos == CH_NOUN)) ||
                        (rel == CH_CSUBJ && tok(j, head)->upos == CH_ADJ)};
    h.thing = rel == CH_OBJ || (rel == CH_NSUBJ && ch_graph_is_passive(j->graph, head));
    h.from = (rel == CH_OBL || rel == CH_ADVCL || rel == CH_NMOD) && j->graph->preposition[below] != 0 && verb;
    h.against = h.from && ch_set_has(j->graph->lexicon, j->graph->sets.toward, j->graph->preposition[below]);
    return h;
}

/* What the word makes of the act that hangs on it; false when nothing. */
static bool
judge_word(judging *j, uint32_t word, uint32_t below, hold h)
{
    const ch_event_sets *s = &j->graph->sets;
    bool positive = !is_negated(j, word), any = h.clause || h.thing;
    bool attempt = h.thing && in(j, below, s->attempt); /* an attempt that is foiled was made */
    if (any && in(j, word, s->fail))
        judge(j, positive ? CH_NEGATED : CH_ASSERTED, word, positive ? "failed or refused" : "did not fail");
    else if ((any || h.from) && !attempt && in(j, word, s->prevent))
        judge(j, positive ? CH_NEGATED : CH_ASSERTED, word, positive ? "prevented" : "not prevented");
    else if (any && in(j, word, s->deny))
        judge(j, CH_NEGATED, word, "denied");
    else if (h.clause && in(j, word, s->attempt))
        judge(j, CH_POSSIBLE, word, "attempted");
    else if (h.clause && in(j, word, s->intend))
        judge(j, positive ? CH_PLANNED : CH_NEGATED, word, positive ? "intended" : "not intended");
    else if ((any || h.against) && in(j, word, s->demand))
        judge(j, CH_HYPOTHETICAL, word, "demanded or proposed");
    else if (any && in(j, word, s->possible))
        judge(j, CH_POSSIBLE, word, "considered");
    else if (h.clause && in(j, word, s->allege))
        judge(j, CH_ALLEGED, word, "alleged");
    else if (h.thing && in(j, word, s->support_end))
        judge(j, CH_NEGATED, word, "called off");
    else
        return false;
    return true;
}

/* "Removing the sanctions is out of the question": an act that something is said of
 * now, of which nobody said that it was done. */
static bool
is_only_judged(const judging *j, uint32_t head, uint32_t below)
{
    uint32_t be = ch_graph_child(j->graph, head, CH_COP);
    const ch_token *verb = tok(j, be != CH_NONE ? be : head);
    return tok(j, below)->rel == CH_CSUBJ && (tok(j, below)->morph & CH_M_GER) != 0 && (verb->morph & CH_M_PAST) == 0;
}

/* What a governing word makes of the clause or noun it governs; where a verb says
 * nothing, its object may: "continued their effort to seize". */
static void
judge_governor(judging *j, uint32_t head, uint32_t below)
{
    const ch_event_sets *s = &j->graph->sets;
    hold h = hold_on(j, head, below);
    uint32_t object = ch_graph_child(j->graph, head, CH_OBJ);
    if (!judge_word(j, head, below, h) && h.clause && object != CH_NONE && object < below)
        judge_word(j, object, below, (hold){.clause = true});
    if (is_only_judged(j, head, below))
        judge(j, CH_HYPOTHETICAL, head, "only judged");
    if (tok(j, below)->rel == CH_CCOMP && (in(j, head, s->report) || in(j, head, s->allege)))
        add_source(j, head);
}

/* "is to visit": the infinitive of "be". */
static bool
is_be_to(const judging *j, uint32_t head, uint32_t below)
{
    return tok(j, below)->rel == CH_XCOMP && ch_str_is(tok(j, head)->lemma, "be") && is_infinitive(j, below);
}

/* The same, read as one verb. */
static bool
is_be_to_verb(const judging *j, uint32_t t)
{
    uint32_t be = ch_graph_child(j->graph, t, CH_COP);
    return be != CH_NONE && (tok(j, be)->morph & CH_M_FIN) != 0 && is_infinitive(j, t);
}

/* Whether the mood of `head` is the mood of the act below it: "will begin to
 * withdraw", "may hold talks"; but who "will condemn the attack" or "may say
 * that rebels attacked" leaves the attack as it is. */
static bool
shares_mood(const judging *j, uint32_t head, uint32_t below)
{
    const ch_token *token = tok(j, below);
    if (token->rel == CH_XCOMP || (token->rel == CH_ADVCL && ch_graph_is_complement(j->graph, below)))
        return true;
    if (token->upos == CH_VERB || token->upos == CH_AUX)
        return false;
    if (ch_graph_support(j->graph, below) == head)
        return true;
    return token->rel == CH_NSUBJ && in(j, head, j->graph->sets.occur);
}

/* "will meet and sign": a bare second verb shares auxiliaries and governor. */
static bool
shares_auxiliary(const judging *j, uint32_t head, uint32_t below)
{
    const ch_token *token = tok(j, below), *first = tok(j, head);
    return (token->morph & (CH_M_INF | CH_M_PART | CH_M_GER)) != 0 && ch_graph_child(j->graph, below, CH_NSUBJ) == CH_NONE &&
           ch_graph_child(j->graph, below, CH_AUXREL) == CH_NONE && first->upos == token->upos;
}

/* Clauses that stand beside their head and not under it. */
static bool
is_beside(const judging *j, uint32_t t)
{
    const ch_token *token = tok(j, t);
    switch ((ch_rel)token->rel) {
    case CH_PARATAXIS:
    case CH_APPOS:
        return true;
    case CH_ACL:
        return !is_content(j, t);
    case CH_ADVCL:
        return !is_infinitive(j, t) && tok(j, token->head)->upos == CH_VERB &&
               !ch_set_has(j->graph->lexicon, j->graph->sets.toward, j->graph->preposition[t]);
    default:
        return false;
    }
}

/* What one sets out to do is planned; force that one sets out to use is only
 * why one came: "police arrived to fight gangs". */
static ch_event_status
purpose_of(const judging *j)
{
    const ch_frames *f = j->graph->frames;
    return f->frames[j->event->frame].type == CH_ASSAULT ? CH_HYPOTHETICAL : CH_PLANNED;
}

/* What is asked about is not told. */
static bool
is_question(const judging *j)
{
    const ch_sentence sent = j->graph->doc->sents[j->event->sentence];
    ch_str last = ch_span_text(j->graph->doc, j->graph->doc->toks[sent.last - 1].span);
    return last.len == 1 && last.at[0] == '?';
}

void
ch_find_status(const ch_graph *graph, ch_event *event)
{
    judging j = {.graph = graph, .event = event};
    event->status = CH_ASSERTED;
    if (is_question(&j))
        judge(&j, CH_HYPOTHETICAL, event->tok, "asked");
    bool mood = true;
    for (uint32_t t = event->tok; t != CH_NONE;) {
        const ch_token *token = tok(&j, t);
        uint32_t head = token->head;
        if (mood && (token->upos == CH_VERB || token->upos == CH_AUX || token->upos == CH_ADJ))
            judge_verb(&j, t, t == event->tok);
        else if (mood)
            judge_noun(&j, t);
        if (mood && is_be_to_verb(&j, t))
            judge(&j, CH_PLANNED, t, "is to");
        look_beside(&j, t);
        if (head == CH_NONE || is_beside(&j, t))
            break;
        if (token->rel == CH_CONJ) {
            /* without its auxiliaries, still what the first is a complement of */
            mood = mood && (token->upos != CH_VERB || shares_auxiliary(&j, head, t));
            t = head;
            continue;
        }
        if (mood || token->rel == CH_CCOMP)
            judge_governor(&j, head, t);
        if (mood && is_be_to(&j, head, t))
            judge(&j, CH_PLANNED, head, "is to");
        if (mood && token->rel == CH_ADVCL && is_infinitive(&j, t) && !ch_graph_is_complement(graph, t) && tok(&j, head)->upos != CH_ADJ)
            judge(&j, purpose_of(&j), t, "purpose");
        mood = mood && shares_mood(&j, head, t);
        t = head;
    }
}

/* Why a record is as it is. */
#include "event/confidence.h"
#include "lexicon/frames.h"
#include "record/record.h"
#include "syntax/syntax.h"

#include <string.h>

typedef struct {
    ch_text *out;
    const ch_document *doc;
    const ch_lexicon *lexicon;
    const ch_frames *frames;
    const ch_event *event;
    const chancery_event *record;
} explaining;

static ch_str
word(const explaining *x, uint32_t tok)
{
    return ch_span_text(x->doc, x->doc->toks[tok].span);
}

static void
put_words(const explaining *x, uint32_t tok)
{
    ch_str w = word(x, tok);
    ch_text_printf(x->out, "\"%.*s\"", (int)w.len, w.at);
}

/* "Macron <-obj- meet -nsubj-> Blinken": the way in the graph between two words. */
static void
put_path(const explaining *x, uint32_t from, uint32_t to)
{
    const ch_token *toks = x->doc->toks;
    uint32_t common = CH_NONE;
    for (uint32_t a = from; a != CH_NONE && common == CH_NONE; a = toks[a].head)
        for (uint32_t b = to; b != CH_NONE; b = toks[b].head)
            if (a == b) {
                common = a;
                break;
            }
    if (common == CH_NONE)
        return;
    ch_text_puts(x->out, "          path: ");
    ch_text_add_str(x->out, word(x, from));
    for (uint32_t a = from; a != common; a = toks[a].head) {
        ch_text_printf(x->out, " <-%s%s%s- ", ch_rel_name((ch_rel)toks[a].rel), toks[a].sub != CH_SUB_NONE ? ":" : "",
                       ch_sub_name((ch_sub)toks[a].sub));
        ch_text_add_str(x->out, word(x, toks[a].head));
    }
    /* downwards: from the common word to `to`, whose way up is known */
    uint32_t below = common;
    while (below != to) {
        uint32_t next = to;
        while (toks[next].head != below)
            next = toks[next].head;
        ch_text_printf(x->out, " -%s%s%s-> ", ch_rel_name((ch_rel)toks[next].rel), toks[next].sub != CH_SUB_NONE ? ":" : "",
                       ch_sub_name((ch_sub)toks[next].sub));
        ch_text_add_str(x->out, word(x, next));
        below = next;
    }
    ch_text_putc(x->out, '\n');
}

static void
put_slot(const explaining *x, uint32_t slot)
{
    static const char *const names[] = {"", "subj", "obj", "iobj", "comp", "poss", "mod", "adv", "left", "right", "aux"};
    if ((slot & CH_SLOT_PREPOSITION) == 0)
        ch_text_puts(x->out, names[slot]);
    else
        ch_text_puts(x->out, "preposition");
}

static void
put_party(const explaining *x, const ch_party *p, const chancery_participant *shown)
{
    const ch_mention *m = &x->doc->mentions[p->mention];
    ch_text_printf(x->out, "      %s  \"%s\"\n", shown->code != NULL ? shown->code : "(unknown)", shown->text);
    ch_text_printf(x->out, "          who:  %s\n", m->reason != NULL ? m->reason : "a noun phrase that the lexicon does not know");
    if (shown->entity != NULL)
        ch_text_printf(x->out, "          entry: %s (%s)\n", shown->entity, shown->name);
    if (shown->via != NULL)
        ch_text_printf(x->out, "          through: \"%s\"\n", shown->via);
    ch_text_puts(x->out, "          role: ");
    if (p->path == CH_NONE)
        ch_text_puts(x->out, "by default");
    else {
        const ch_path *path = &x->frames->paths[p->path];
        for (uint32_t i = 0; i < CH_PATH_MAX && path->slot[i] != 0; i++) {
            if (i != 0)
                ch_text_putc(x->out, '.');
            put_slot(x, path->slot[i]);
        }
    }
    ch_text_putc(x->out, '\n');
    put_path(x, x->event->tok, p->tok);
}

static void
put_parties(const explaining *x, const char *label, const ch_party *parties, uint32_t count, const chancery_participant *shown)
{
    if (count == 0)
        ch_text_printf(x->out, "  %s: nobody is named in a slot of the frame\n", label);
    else
        ch_text_printf(x->out, "  %s:\n", label);
    for (uint32_t i = 0; i < count; i++)
        put_party(x, &parties[i], &shown[i]);
}

static void
put_status(const explaining *x)
{
    const ch_event *e = x->event;
    ch_text_printf(x->out, "  status: %s\n", x->record->status);
    if (e->nreason == 0)
        ch_text_puts(x->out, "      nothing above the word negates, postpones or doubts it\n");
    for (uint32_t i = 0; i < e->nreason; i++) {
        ch_text_printf(x->out, "      %s: %s, at ", ch_event_status_name(e->reasons[i].status), e->reasons[i].why);
        put_words(x, e->reasons[i].tok);
        ch_text_putc(x->out, '\n');
    }
}

static void
put_date(const explaining *x)
{
    const chancery_date *d = &x->record->date;
    if (d->start == NULL && d->end == NULL && d->text != NULL)
        ch_text_printf(x->out, "  date: \"%s\", of no known year or week: the report's date is not known (give --date)\n", d->text);
    else if (d->start == NULL && d->end == NULL)
        ch_text_puts(x->out, "  date: none; the report's date is not known (give --date)\n");
    else if (d->text == NULL)
        ch_text_printf(x->out, "  date: %s, assumed: no time expression hangs on the act, so the day of publication\n", d->start);
    else {
        ch_text_printf(x->out, "  date: %s to %s, from \"%s\"", d->start != NULL ? d->start : "...", d->end != NULL ? d->end : "...", d->text);
        const ch_time *time = &x->doc->times[x->event->time];
        ch_text_printf(x->out, " (value %s, rule %s)\n", time->value, time->rule != NULL ? time->rule : "-");
    }
}

static void
put_rule(const explaining *x)
{
    const ch_frame *f = &x->frames->frames[x->event->frame];
    const ch_trigger *t = &x->frames->triggers[x->event->trigger];
    ch_text_printf(x->out, "  frame: %s (lexicon/%s:%u; trigger in line %u)\n", x->record->rule,
                   ch_lexicon_string(x->lexicon, f->where.file), f->where.line, t->line);
    ch_text_printf(x->out, "      specificity %u: words and tests that held\n", t->specificity);
    if (x->event->content_of != CH_NONE)
        ch_text_printf(x->out, "      spoken of in e%u, not told as done\n", x->event->content_of + 1);
}

/* What made the record more or less sure, as log odds. */
static void
put_confidence(const explaining *x)
{
    float features[CH_ODDS_COUNT];
    ch_text_printf(x->out, "  confidence: %.2f", x->record->confidence);
    if (x->frames->nodds == 0)
        ch_text_puts(x->out, ", the frame's weight");
    else {
        ch_event_features(x->lexicon, x->doc, x->event, features);
        ch_text_puts(x->out, ", log odds of");
        for (int i = 0; i < CH_ODDS_COUNT; i++)
            if (features[i] != 0)
                ch_text_printf(x->out, "%s %s %+.2f (%.4g)", i != 0 ? "," : "", ch_odds_name((ch_odds)i), (double)(x->frames->odds[i] * features[i]),
                               (double)features[i]);
    }
    ch_text_putc(x->out, '\n');
}

void
ch_explain_write(ch_text *out, const ch_document *doc, const ch_lexicon *lexicon, uint32_t index,
                 const chancery_write_options *options)
{
    (void)options;
    const chancery_event *r = &doc->records->events[index];
    explaining x = {.out = out, .doc = doc, .lexicon = lexicon, .frames = ch_lexicon_frames(lexicon), .event = &doc->events[index], .record = r};
    const ch_cameo *cameo = r->cameo != NULL ? ch_cameo_find(lexicon, r->cameo) : NULL;
    ch_str sentence = ch_span_text(doc, doc->sents[x.event->sentence].span);
    ch_text_printf(out, "%s: %s%s%s", r->id, r->type, r->mode != NULL ? " " : "", r->mode != NULL ? r->mode : "");
    if (cameo != NULL)
        ch_text_printf(out, ", CAMEO %s (%s)", r->cameo, ch_lexicon_string(lexicon, cameo->label));
    ch_text_printf(out, ", confidence %.2f\n", r->confidence);
    ch_text_printf(out, "  sentence [%u,%u): %.*s\n", r->sentence.start, r->sentence.end, (int)sentence.len, sentence.at);
    ch_text_printf(out, "  words [%u,%u): \"%s\"\n", r->span.start, r->span.end, r->text);
    put_rule(&x);
    put_parties(&x, "actors", x.event->actors, x.event->nactor, r->actors);
    if (x.event->reciprocal)
        ch_text_puts(out, "  reciprocal: each party is actor and recipient\n");
    put_parties(&x, "recipients", x.event->recipients, x.event->nrecipient, r->recipients);
    put_status(&x);
    for (size_t i = 0; i < r->attribution_count; i++)
        ch_text_printf(out, "  said by: \"%s\" [%u,%u)\n", r->attributions[i].text, r->attributions[i].span.start, r->attributions[i].span.end);
    put_date(&x);
    if (r->has_place)
        ch_text_printf(out, "  place: %s, from \"%s\" that hangs on the act\n", r->place.name != NULL ? r->place.name : r->place.text, r->place.text);
    else
        ch_text_puts(out, "  place: none that the graph ties to the act\n");
    put_confidence(&x);
    if (r->repeats != NULL)
        ch_text_printf(out, "  restates %s: the same act and parties\n", r->repeats);
}

/* -------------------------------------------------------------------- facts */

static void
put_trigger(const explaining *x, const char *kind)
{
    const ch_frame *f = &x->frames->frames[x->event->frame];
    const ch_trigger *t = &x->frames->triggers[x->event->trigger];
    ch_text_printf(x->out, "  %s: %s (lexicon/%s:%u; trigger in line %u), at ", kind, ch_lexicon_string(x->lexicon, f->id),
                   ch_lexicon_string(x->lexicon, f->where.file), f->where.line, t->line);
    put_words(x, x->event->tok);
    ch_text_putc(x->out, '\n');
}

static void
put_someone(const explaining *x, const char *label, const ch_party *p, const chancery_participant *shown)
{
    ch_text_printf(x->out, "  %s:\n", label);
    put_party(x, p, shown);
}

static void
put_span_text(const explaining *x, const char *label, ch_span span)
{
    if (span.end > span.start)
        ch_text_printf(x->out, "  %s [%u,%u): \"%.*s\"\n", label, span.start, span.end, (int)(span.end - span.start), x->doc->text + span.start);
}

static void
explain_statement(const explaining *x, const ch_fact *fact, const chancery_statement *s)
{
    put_someone(x, "holder", &fact->act.actors[0], &s->holder);
    if (fact->continued)
        ch_text_puts(x->out, "      named in a sentence before: the quotation goes on\n");
    put_span_text(x, "topic", fact->topic);
    put_span_text(x, "quote", fact->quote);
    for (uint32_t i = 0; i < fact->act.nrecipient; i++)
        put_someone(x, "towards", &fact->act.recipients[i], &s->towards[i]);
    for (uint32_t i = 0; i < fact->nother; i++)
        put_someone(x, "unlike", &fact->others[i], &s->contrasts[i]);
    if (s->claim != NULL)
        ch_text_printf(x->out, "  denies %s: the nearest claim of another before it\n", s->claim);
}

static void
explain_amount(const explaining *x, const ch_fact *fact, const chancery_amount *a)
{
    ch_text_printf(x->out, "  value: %.15g %s, %s\n", a->value, a->unit, a->bound);
    if (a->state != NULL)
        ch_text_printf(x->out, "  state: %s\n", a->state);
    for (uint32_t i = 0; i < fact->act.nactor; i++)
        put_someone(x, "giver", &fact->act.actors[i], &a->givers[i]);
    for (uint32_t i = 0; i < fact->act.nrecipient; i++)
        put_someone(x, "receiver", &fact->act.recipients[i], &a->receivers[i]);
    if (a->part_of != NULL)
        ch_text_printf(x->out, "  part of %s: a pronoun or a word of inclusion looks back to it\n", a->part_of);
}

static void
explain_vote(const explaining *x, const ch_fact *fact, const chancery_vote *v)
{
    ch_text_printf(x->out, "  body: %s\n", v->has_body ? v->body.text : "none is named");
    put_span_text(x, "measure", fact->topic);
    ch_text_printf(x->out, "  outcome: %s\n", v->outcome != NULL ? v->outcome : "none is told");
    for (size_t i = 0; i < v->ballot_count; i++)
        ch_text_printf(x->out, "  %s: %s \"%s\"\n", v->ballots[i].ballot, v->ballots[i].voter.code != NULL ? v->ballots[i].voter.code : "(unknown)",
                       v->ballots[i].voter.text);
    const struct {
        const char *side;
        int votes;
    } tally[] = {{"for", v->tally.in_favour}, {"against", v->tally.against}, {"abstained", v->tally.abstained}};
    for (size_t i = 0; i < sizeof tally / sizeof *tally; i++)
        if (tally[i].votes >= 0)
            ch_text_printf(x->out, "  votes %s: %d\n", tally[i].side, tally[i].votes);
}

static void
explain_relation(const explaining *x, const ch_fact *fact, const chancery_relation *r)
{
    put_someone(x, "subject", &fact->act.actors[0], &r->subject);
    if (r->has_object)
        put_someone(x, "object", &fact->act.recipients[0], &r->object);
    put_span_text(x, "detail", fact->topic);
}

void
ch_explain_fact(ch_text *out, const ch_document *doc, const ch_lexicon *lexicon, uint32_t index)
{
    static const char *const kinds[CH_FACT_KIND_COUNT] = {"statement", "amount", "vote", "relation"};
    const ch_fact *fact = &doc->facts[index];
    const ch_records *records = doc->records;
    const chancery_record *r = ch_fact_record(records, index);
    const chancery_event common = {.status = r->status, .date = r->date};
    explaining x = {.out = out, .doc = doc, .lexicon = lexicon, .frames = ch_lexicon_frames(lexicon), .event = &fact->act, .record = &common};
    ch_text_printf(out, "%s: %s%s%s, confidence %.2f\n", r->id, kinds[fact->kind], fact->means != NULL ? " " : "",
                   fact->means != NULL ? fact->means : "", r->confidence);
    ch_text_printf(out, "  sentence [%u,%u): %.*s\n", r->sentence.start, r->sentence.end, (int)(r->sentence.end - r->sentence.start),
                   doc->text + r->sentence.start);
    ch_text_printf(out, "  words [%u,%u): \"%s\"\n", r->span.start, r->span.end, r->text);
    put_trigger(&x, kinds[fact->kind]);
    uint32_t at = records->fact_at[index];
    switch (fact->kind) {
    case CH_FACT_STATEMENT:
        explain_statement(&x, fact, &records->statements[at]);
        break;
    case CH_FACT_AMOUNT:
        explain_amount(&x, fact, &records->amounts[at]);
        break;
    case CH_FACT_VOTE:
        explain_vote(&x, fact, &records->votes[at]);
        break;
    default:
        explain_relation(&x, fact, &records->relations[at]);
    }
    put_status(&x);
    for (size_t i = 0; i < r->attribution_count; i++)
        ch_text_printf(out, "  said by: \"%s\" [%u,%u)\n", r->attributions[i].text, r->attributions[i].span.start, r->attributions[i].span.end);
    put_date(&x);
}

/* The record format, version 1: one JSON object a line. */
#include "base/day.h"
#include "record/json.h"
#include "record/record.h"

static const char *const date_sources[] = {
    [CH_DATE_NONE] = NULL,           [CH_DATE_INPUT] = "input",   [CH_DATE_METADATA] = "metadata",
    [CH_DATE_TEXT] = "text",         [CH_DATE_OPTION] = "option",
};

static void
key(ch_text *out, const char *name)
{
    ch_text_printf(out, ",\"%s\":", name);
}

static void
put_string(ch_text *out, const char *name, const char *value)
{
    key(out, name);
    ch_json_chars(out, value);
}

static void
put_str(ch_text *out, const char *name, ch_str value)
{
    key(out, name);
    if (value.at == NULL)
        ch_text_puts(out, "null");
    else
        ch_json_string(out, value);
}

static void
put_span(ch_text *out, const char *name, chancery_span span)
{
    key(out, name);
    ch_text_printf(out, "[%u,%u]", span.start, span.end);
}

/* What is not read, in the order of the text: page furniture, and what of
 * sentences without end. */
static void
put_furniture(ch_text *out, const ch_document *doc)
{
    uint32_t f = 0, u = 0;
    key(out, "furniture");
    ch_text_putc(out, '[');
    while (f < doc->nfurniture || u < doc->nunread) {
        bool furniture = u == doc->nunread || (f < doc->nfurniture && doc->furniture[f].span.start < doc->unread[u].start);
        ch_text_puts(out, f + u != 0 ? ",{" : "{");
        ch_span span = furniture ? doc->furniture[f].span : doc->unread[u];
        ch_text_printf(out, "\"span\":[%u,%u],\"reason\":", span.start, span.end);
        ch_json_string(out, furniture ? doc->furniture[f++].reason : (u++, ch_str_of("endless")));
        ch_text_putc(out, '}');
    }
    ch_text_putc(out, ']');
}

static void
write_document(ch_text *out, const ch_document *doc)
{
    char day[11];
    ch_text_puts(out, "{\"kind\":\"document\",\"id\":");
    ch_json_string(out, doc->id);
    ch_text_puts(out, ",\"version\":1");
    put_str(out, "title", doc->title);
    put_str(out, "url", doc->url);
    put_str(out, "language", doc->language);
    if (doc->published != CH_NO_DAY)
        ch_day_print(day, doc->published);
    put_string(out, "published", doc->published != CH_NO_DAY ? day : NULL);
    put_string(out, "publishedFrom", date_sources[doc->published_from]);
    key(out, "credits");
    ch_text_putc(out, '[');
    for (uint32_t i = 0; i < doc->ncredit; i++) {
        if (i != 0)
            ch_text_putc(out, ',');
        ch_json_string(out, doc->credits[i]);
    }
    ch_text_putc(out, ']');
    put_str(out, "text", (ch_str){doc->text, doc->text_len});
    key(out, "sentences");
    ch_text_putc(out, '[');
    for (uint32_t i = 0; i < doc->nsent; i++)
        ch_text_printf(out, "%s[%u,%u]", i != 0 ? "," : "", doc->sents[i].span.start, doc->sents[i].span.end);
    ch_text_putc(out, ']');
    put_furniture(out, doc);
    if (doc->passed_over != NULL)
        put_string(out, "passedOver", doc->passed_over);
    if (doc->npage_run != 0) {
        key(out, "pageMap");
        ch_page_map_write(out, doc);
    }
    ch_text_puts(out, "}\n");
}

static void
write_participant(ch_text *out, const chancery_participant *p)
{
    ch_text_puts(out, "{\"text\":");
    ch_json_chars(out, p->text);
    put_span(out, "span", p->span);
    put_string(out, "name", p->name);
    put_string(out, "code", p->code);
    put_string(out, "country", p->country);
    put_string(out, "sector", p->sector);
    put_string(out, "entity", p->entity);
    put_string(out, "via", p->via);
    ch_text_putc(out, '}');
}

static void
write_participants(ch_text *out, const char *name, const chancery_participant *all, size_t count)
{
    key(out, name);
    ch_text_putc(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i != 0)
            ch_text_putc(out, ',');
        write_participant(out, &all[i]);
    }
    ch_text_putc(out, ']');
}

static void
write_date(ch_text *out, const chancery_date *date)
{
    key(out, "date");
    if (date->start == NULL && date->end == NULL) {
        ch_text_puts(out, "null");
        return;
    }
    ch_text_puts(out, "{\"start\":");
    ch_json_chars(out, date->start);
    put_string(out, "end", date->end);
    put_string(out, "text", date->text);
    if (date->text != NULL)
        put_span(out, "span", date->span);
    else
        ch_text_puts(out, ",\"span\":null");
    ch_text_puts(out, date->assumed ? ",\"assumed\":true}" : ",\"assumed\":false}");
}

static void
write_place(ch_text *out, const chancery_event *e)
{
    key(out, "place");
    if (!e->has_place) {
        ch_text_puts(out, "null");
        return;
    }
    const chancery_place *p = &e->place;
    ch_text_puts(out, "{\"text\":");
    ch_json_chars(out, p->text);
    put_span(out, "span", p->span);
    put_string(out, "name", p->name);
    put_string(out, "country", p->country);
    put_string(out, "admin1", p->admin1);
    key(out, "latitude");
    if (p->has_point)
        ch_json_number(out, p->latitude, 5);
    else
        ch_text_puts(out, "null");
    key(out, "longitude");
    if (p->has_point)
        ch_json_number(out, p->longitude, 5);
    else
        ch_text_puts(out, "null");
    if (p->geonames != 0)
        ch_text_printf(out, ",\"geonames\":%u}", p->geonames);
    else
        ch_text_puts(out, ",\"geonames\":null}");
}

static void
write_attributions(ch_text *out, const chancery_attribution *all, size_t count)
{
    key(out, "attribution");
    ch_text_putc(out, '[');
    for (size_t i = 0; i < count; i++) {
        const chancery_attribution *a = &all[i];
        ch_text_puts(out, i != 0 ? ",{\"text\":" : "{\"text\":");
        ch_json_chars(out, a->text);
        put_span(out, "span", a->span);
        if (a->has_participant) {
            key(out, "participant");
            write_participant(out, &a->participant);
        }
        ch_text_putc(out, '}');
    }
    ch_text_putc(out, ']');
}

static void
write_event(ch_text *out, const ch_document *doc, const chancery_event *e)
{
    ch_text_puts(out, "{\"kind\":\"event\",\"document\":");
    ch_json_string(out, doc->id);
    put_string(out, "id", e->id);
    put_span(out, "sentence", e->sentence);
    put_span(out, "span", e->span);
    put_string(out, "text", e->text);
    put_string(out, "type", e->type);
    put_string(out, "mode", e->mode);
    key(out, "context");
    ch_text_putc(out, '[');
    for (size_t i = 0; i < e->context_count; i++) {
        if (i != 0)
            ch_text_putc(out, ',');
        ch_json_chars(out, e->contexts[i]);
    }
    ch_text_putc(out, ']');
    put_string(out, "cameo", e->cameo);
    ch_text_printf(out, ",\"quad\":%d,\"goldstein\":", e->quad);
    ch_json_number(out, e->goldstein, 1);
    write_participants(out, "actors", e->actors, e->actor_count);
    write_participants(out, "recipients", e->recipients, e->recipient_count);
    write_date(out, &e->date);
    write_place(out, e);
    put_string(out, "status", e->status);
    write_attributions(out, e->attributions, e->attribution_count);
    put_string(out, "repeats", e->repeats);
    put_string(out, "rule", e->rule);
    key(out, "confidence");
    ch_json_number(out, e->confidence, 3);
    ch_text_puts(out, "}\n");
}

/* -------------------------------------------------------------------- facts */

static void
begin_record(ch_text *out, const ch_document *doc, const char *kind, const chancery_record *r)
{
    ch_text_printf(out, "{\"kind\":\"%s\",\"document\":", kind);
    ch_json_string(out, doc->id);
    put_string(out, "id", r->id);
    put_span(out, "sentence", r->sentence);
    put_span(out, "span", r->span);
    put_string(out, "text", r->text);
}

static void
end_record(ch_text *out, const chancery_record *r)
{
    write_date(out, &r->date);
    put_string(out, "status", r->status);
    write_attributions(out, r->attributions, r->attribution_count);
    put_string(out, "rule", r->rule);
    key(out, "confidence");
    ch_json_number(out, r->confidence, 3);
    ch_text_puts(out, "}\n");
}

/* {"text", "span"} or null. */
static void
write_words(ch_text *out, const char *name, const char *text, chancery_span span)
{
    key(out, name);
    if (text == NULL) {
        ch_text_puts(out, "null");
        return;
    }
    ch_text_puts(out, "{\"text\":");
    ch_json_chars(out, text);
    put_span(out, "span", span);
    ch_text_putc(out, '}');
}

static void
write_someone(ch_text *out, const char *name, bool known, const chancery_participant *p)
{
    key(out, name);
    if (known)
        write_participant(out, p);
    else
        ch_text_puts(out, "null");
}

static void
write_statement(ch_text *out, const ch_document *doc, const chancery_statement *s)
{
    begin_record(out, doc, "statement", &s->record);
    write_someone(out, "holder", true, &s->holder);
    put_string(out, "stance", s->stance);
    write_words(out, "topic", s->topic, s->topic_span);
    write_participants(out, "towards", s->towards, s->towards_count);
    write_words(out, "quote", s->quote, s->quote_span);
    write_participants(out, "contrasts", s->contrasts, s->contrast_count);
    put_string(out, "cameo", s->cameo);
    put_string(out, "claim", s->claim);
    end_record(out, &s->record);
}

static void
write_amount(ch_text *out, const ch_document *doc, const chancery_amount *a)
{
    begin_record(out, doc, "amount", &a->record);
    put_string(out, "what", a->what);
    key(out, "value");
    ch_json_number(out, a->value, 6);
    put_string(out, "unit", a->unit);
    put_string(out, "bound", a->bound);
    write_participants(out, "giver", a->givers, a->giver_count);
    write_participants(out, "receiver", a->receivers, a->receiver_count);
    put_string(out, "partOf", a->part_of);
    put_string(out, "state", a->state);
    end_record(out, &a->record);
}

static void
put_votes(ch_text *out, const char *name, int votes)
{
    if (votes < 0)
        ch_text_printf(out, "\"%s\":null", name);
    else
        ch_text_printf(out, "\"%s\":%d", name, votes);
}

static void
write_tally(ch_text *out, const chancery_tally *tally)
{
    key(out, "tally");
    if (tally->in_favour < 0 && tally->against < 0 && tally->abstained < 0) {
        ch_text_puts(out, "null");
        return;
    }
    ch_text_putc(out, '{');
    put_votes(out, "for", tally->in_favour);
    ch_text_putc(out, ',');
    put_votes(out, "against", tally->against);
    ch_text_putc(out, ',');
    put_votes(out, "abstain", tally->abstained);
    ch_text_putc(out, '}');
}

static void
write_vote(ch_text *out, const ch_document *doc, const chancery_vote *v)
{
    begin_record(out, doc, "vote", &v->record);
    write_someone(out, "body", v->has_body, &v->body);
    write_words(out, "measure", v->measure, v->measure_span);
    put_string(out, "outcome", v->outcome);
    key(out, "ballots");
    ch_text_putc(out, '[');
    for (size_t i = 0; i < v->ballot_count; i++) {
        ch_text_puts(out, i != 0 ? ",{\"voter\":" : "{\"voter\":");
        write_participant(out, &v->ballots[i].voter);
        put_string(out, "ballot", v->ballots[i].ballot);
        ch_text_putc(out, '}');
    }
    ch_text_putc(out, ']');
    write_tally(out, &v->tally);
    end_record(out, &v->record);
}

static void
write_relation(ch_text *out, const ch_document *doc, const chancery_relation *r)
{
    begin_record(out, doc, "relation", &r->record);
    write_someone(out, "subject", true, &r->subject);
    put_string(out, "relation", r->relation);
    write_someone(out, "object", r->has_object, &r->object);
    write_words(out, "detail", r->detail, r->detail_span);
    end_record(out, &r->record);
}

static void
write_fact(ch_text *out, const ch_document *doc, uint32_t index)
{
    const ch_records *r = doc->records;
    uint32_t at = r->fact_at[index];
    switch (r->fact_kinds[index]) {
    case CH_FACT_STATEMENT:
        write_statement(out, doc, &r->statements[at]);
        break;
    case CH_FACT_AMOUNT:
        write_amount(out, doc, &r->amounts[at]);
        break;
    case CH_FACT_VOTE:
        write_vote(out, doc, &r->votes[at]);
        break;
    default:
        write_relation(out, doc, &r->relations[at]);
    }
}

/* Events and facts in the order of the text. */
static void
write_records(ch_text *out, const ch_document *doc)
{
    write_document(out, doc);
    if (doc->records == NULL)
        return;
    uint32_t fact = 0;
    for (uint32_t i = 0; i < doc->records->nevent; i++) {
        while (fact < doc->nfact && doc->facts[fact].act.span.start < doc->events[i].span.start)
            write_fact(out, doc, fact++);
        write_event(out, doc, &doc->records->events[i]);
    }
    while (fact < doc->nfact)
        write_fact(out, doc, fact++);
}

void
ch_ndjson_write(ch_text *out, const ch_document *doc)
{
    ch_text records = {0};
    if (doc->npage_run == 0) {
        write_records(out, doc);
        return;
    }
    write_records(&records, doc);
    if (!records.failed)
        ch_page_spans_write(out, doc, records.at);
    out->failed = out->failed || records.failed;
    ch_text_free(&records);
}

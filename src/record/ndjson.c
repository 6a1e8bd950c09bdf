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
    key(out, "furniture");
    ch_text_putc(out, '[');
    for (uint32_t i = 0; i < doc->nfurniture; i++) {
        ch_text_printf(out, "%s{\"span\":[%u,%u],\"reason\":", i != 0 ? "," : "", doc->furniture[i].span.start,
                       doc->furniture[i].span.end);
        ch_json_string(out, doc->furniture[i].reason);
        ch_text_putc(out, '}');
    }
    ch_text_putc(out, ']');
    if (doc->passed_over != NULL)
        put_string(out, "passedOver", doc->passed_over);
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
write_attributions(ch_text *out, const chancery_event *e)
{
    key(out, "attribution");
    ch_text_putc(out, '[');
    for (size_t i = 0; i < e->attribution_count; i++) {
        const chancery_attribution *a = &e->attributions[i];
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
    write_attributions(out, e);
    put_string(out, "repeats", e->repeats);
    put_string(out, "rule", e->rule);
    key(out, "confidence");
    ch_json_number(out, e->confidence, 3);
    ch_text_puts(out, "}\n");
}

void
ch_ndjson_write(ch_text *out, const ch_document *doc)
{
    write_document(out, doc);
    for (uint32_t i = 0; doc->records != NULL && i < doc->records->nevent; i++)
        write_event(out, doc, &doc->records->events[i]);
}

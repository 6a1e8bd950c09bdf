/* What `chancery time` prints: every time expression with its span and value, as
 * JSON or marked in the text as TimeML. */
#include "base/day.h"
#include "base/utf8.h"
#include "record/json.h"
#include "record/record.h"
#include "time/time.h"

static const char *
type_name(ch_time_type type)
{
    static const char *const names[] = {
        [CH_TIME_DATE] = "DATE", [CH_TIME_TIME] = "TIME", [CH_TIME_DURATION] = "DURATION", [CH_TIME_SET] = "SET"};
    return names[type];
}

static void
write_time(ch_text *out, const ch_document *doc, const ch_time *time)
{
    ch_text_printf(out, "{\"start\":%u,\"end\":%u,\"text\":", time->span.start, time->span.end);
    ch_json_string(out, ch_span_text(doc, time->span));
    ch_text_printf(out, ",\"type\":\"%s\",\"value\":", type_name(time->type));
    ch_json_chars(out, time->value);
    ch_text_puts(out, ",\"mod\":");
    ch_json_chars(out, time->mod);
    ch_text_puts(out, time->open ? ",\"open\":true,\"from\":" : ",\"open\":false,\"from\":");
    ch_json_chars(out, time->edtf_start);
    ch_text_puts(out, ",\"to\":");
    ch_json_chars(out, time->edtf_end);
    ch_text_puts(out, ",\"rule\":");
    ch_json_chars(out, time->rule);
    ch_text_putc(out, '}');
}

void
ch_times_write(ch_text *out, const ch_document *doc)
{
    ch_text_puts(out, "{\"document\":");
    ch_json_string(out, doc->id);
    ch_text_puts(out, ",\"timexes\":[");
    for (uint32_t i = 0; i < doc->ntime; i++) {
        if (i != 0)
            ch_text_putc(out, ',');
        write_time(out, doc, &doc->times[i]);
    }
    ch_text_puts(out, "]}\n");
}

/* ------------------------------------------------------------------- TimeML */

/* Text as XML takes it: what XML 1.0 forbids becomes U+FFFD. */
static void
put_xml(ch_text *out, const char *s, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t from = at;
        uint32_t c = ch_utf8_next(s, len, &at);
        if (c == '&')
            ch_text_puts(out, "&amp;");
        else if (c == '<')
            ch_text_puts(out, "&lt;");
        else if (c == '>')
            ch_text_puts(out, "&gt;");
        else if (c == '"')
            ch_text_puts(out, "&quot;");
        else if ((c < ' ' && c != '\n' && c != '\t') || c == 0xFFFE || c == 0xFFFF || c == 0xFFFD)
            ch_text_puts(out, "\xEF\xBF\xBD");
        else
            ch_text_add(out, s + from, at - from);
    }
}

static void
put_dct(ch_text *out, const ch_document *doc)
{
    char day[16];
    if (doc->published == CH_NO_DAY)
        return;
    ch_day_print(day, doc->published);
    ch_text_printf(out,
                   "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"%s\" temporalFunction=\"false\" "
                   "functionInDocument=\"CREATION_TIME\">%s</TIMEX3></DCT>\n",
                   day, day);
}

void
ch_timeml_write(ch_text *out, const ch_document *doc)
{
    uint32_t at = 0;
    ch_text_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>");
    put_xml(out, doc->id.at, doc->id.len);
    ch_text_puts(out, "</DOCID>\n");
    put_dct(out, doc);
    ch_text_puts(out, "<TEXT>");
    for (uint32_t i = 0; i < doc->ntime; i++) {
        const ch_time *t = &doc->times[i];
        put_xml(out, doc->text + at, t->span.start - at);
        ch_text_printf(out, "<TIMEX3 tid=\"t%u\" type=\"%s\" value=\"%s\"", i + 1, type_name(t->type), t->value);
        if (t->mod != NULL)
            ch_text_printf(out, " mod=\"%s\"", t->mod);
        ch_text_putc(out, '>');
        put_xml(out, doc->text + t->span.start, t->span.end - t->span.start);
        ch_text_puts(out, "</TIMEX3>");
        at = t->span.end;
    }
    put_xml(out, doc->text + at, doc->text_len - at);
    ch_text_puts(out, "</TEXT>\n</TimeML>\n");
}

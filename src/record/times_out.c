/* What `chancery time` prints: every time expression with its span and value. */
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
    ch_text_puts(out, ",\"from\":");
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

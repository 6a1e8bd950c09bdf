/* What `chancery places` prints: every place with where it is and why. */
#include "place/place.h"
#include "record/json.h"
#include "record/record.h"

#include <math.h>

static void
put_degrees(ch_text *out, const char *key, float value)
{
    ch_text_printf(out, ",\"%s\":", key);
    if (isnan(value))
        ch_text_puts(out, "null");
    else
        ch_json_number(out, (double)value, 4);
}

static void
write_place(ch_text *out, const ch_document *doc, const ch_place *p)
{
    ch_text_printf(out, "{\"start\":%u,\"end\":%u,\"text\":", p->span.start, p->span.end);
    ch_json_string(out, ch_span_text(doc, p->span));
    ch_json_known(out, "name", p->name);
    ch_json_known(out, "country", p->country);
    ch_json_known(out, "admin1", p->admin1);
    put_degrees(out, "latitude", p->latitude);
    put_degrees(out, "longitude", p->longitude);
    if (p->geonames != 0)
        ch_text_printf(out, ",\"geonames\":%u", p->geonames);
    else
        ch_text_puts(out, ",\"geonames\":null");
    ch_json_known(out, "reason", p->reason);
    ch_text_putc(out, '}');
}

void
ch_places_write(ch_text *out, const ch_document *doc)
{
    ch_text_puts(out, "{\"document\":");
    ch_json_string(out, doc->id);
    ch_text_puts(out, ",\"places\":[");
    for (uint32_t i = 0; i < doc->nplace; i++) {
        if (i != 0)
            ch_text_putc(out, ',');
        write_place(out, doc, &doc->places[i]);
    }
    ch_text_puts(out, "]}\n");
}

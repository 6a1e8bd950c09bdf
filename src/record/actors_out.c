/* What `chancery actors` prints: every mention with its resolution and reason. */
#include "actor/actor.h"
#include "record/json.h"
#include "record/record.h"

static const char *
kind_name(ch_mention_kind kind)
{
    static const char *const names[] = {
        [CH_MENTION_COUNTRY] = "country", [CH_MENTION_PERSON] = "person",
        [CH_MENTION_AGENT] = "agent",     [CH_MENTION_ORGANISATION] = "organisation",
        [CH_MENTION_PEOPLE] = "people",   [CH_MENTION_PLACE] = "place",
        [CH_MENTION_OTHER] = "other",
    };
    return names[kind];
}

static void
write_mention(ch_text *out, const ch_document *doc, const ch_mention *m)
{
    ch_text_printf(out, "{\"start\":%u,\"end\":%u,\"text\":", m->span.start, m->span.end);
    ch_json_string(out, ch_span_text(doc, m->span));
    ch_json_known(out, "kind", kind_name(m->kind));
    ch_json_known(out, "code", m->code);
    ch_json_known(out, "country", m->country);
    ch_json_known(out, "sector", m->sector);
    ch_json_known(out, "name", m->name);
    ch_json_known(out, "entity", m->entity);
    ch_text_puts(out, ",\"via\":");
    if (m->via == CH_NONE)
        ch_text_puts(out, "null");
    else
        ch_json_string(out, ch_span_text(doc, doc->mentions[m->via].span));
    ch_json_known(out, "reason", m->reason);
    ch_text_putc(out, '}');
}

void
ch_actors_write(ch_text *out, const ch_document *doc)
{
    ch_text_puts(out, "{\"document\":");
    ch_json_string(out, doc->id);
    ch_text_puts(out, ",\"mentions\":[");
    for (uint32_t i = 0; i < doc->nmention; i++) {
        if (i != 0)
            ch_text_putc(out, ',');
        write_mention(out, doc, &doc->mentions[i]);
    }
    ch_text_puts(out, "]}\n");
}

/* What all formats write with. */
#include "record/export/export.h"

#include "base/hash.h"

#include <stdio.h>

/* Bytes that are given away at once. */
#define GIVE_BYTES 65536

ch_status
ch_output_give(ch_export *x, ch_output *out, bool flush, ch_error *err)
{
    if (out->text.failed)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for what is to be written");
    if (out->text.len == 0 || (!flush && out->text.len < GIVE_BYTES))
        return CH_OK;
    bool taken = x->sink(x->context, out->name, out->text.at, out->text.len);
    ch_text_clear(&out->text);
    return taken ? CH_OK : ch_fail(err, CH_E_IO, NULL, 0, "the output cannot be written");
}

void
ch_record_name(char out[17], const ch_report *report, const json_object *record)
{
    ch_str id = ch_json_text(record, "id");
    uint64_t hash = ch_hash_pair(ch_hash(report->id.at != NULL ? report->id.at : "", report->id.len),
                                 ch_hash(id.at != NULL ? id.at : "", id.len));
    snprintf(out, 17, "%016llx", (unsigned long long)hash);
}

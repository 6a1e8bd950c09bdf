/* What has a row in a table: documents, records, or the pairs of those who take
 * part in an event. */
#include "record/export/export.h"

typedef struct {
    ch_export *x;
    ch_report *report;
    const ch_layout *layout;
    ch_selection selection;
    ch_take_row *take;
    void *context;
    ch_row row;
    bool failed;
} rows;

static void
give(rows *r)
{
    ch_arena_reset(&r->x->arena);
    r->failed = r->failed || !r->take(r->context, &r->row);
}

static bool
has_code(const json_object *party)
{
    return ch_json_text(party, "code").at != NULL;
}

/* One pronoun may stand for several: the words alone do not tell who it is. */
static bool
is_same(const json_object *a, const json_object *b)
{
    ch_span x, y;
    return a != NULL && b != NULL && ch_json_span(a, "span", &x) && ch_json_span(b, "span", &y) && x.start == y.start &&
           x.end == y.end && ch_str_eq(ch_json_text(a, "name"), ch_json_text(b, "name")) &&
           ch_str_eq(ch_json_text(a, "code"), ch_json_text(b, "code"));
}

/* ------------------------------------------------------------------- events */

/* The restating record's own words for the same participant, where it has them. */
static json_object *
same_party(const json_object *record, const char *side, const json_object *party)
{
    json_object *all = ch_json_member(record, side);
    ch_str code = ch_json_text(party, "code");
    for (uint32_t i = 0; i < ch_json_count(all); i++) {
        json_object *one = json_object_array_get_idx(all, i);
        if (code.at != NULL && ch_str_eq(ch_json_text(one, "code"), code))
            return one;
    }
    return NULL;
}

static void
give_mentions(rows *r, uint32_t index, json_object *actor, json_object *recipient)
{
    for (uint32_t at = index; at != CH_NONE; at = r->report->again[at]) {
        json_object *record = r->report->records[at];
        r->row.record = record;
        r->row.actor = at == index ? actor : same_party(record, "actors", actor);
        r->row.recipient = at == index ? recipient : same_party(record, "recipients", recipient);
        give(r);
    }
    r->row.record = r->report->records[index];
}

static bool
give_dyad(rows *r, uint32_t index, json_object *actor, json_object *recipient)
{
    uint32_t needs = r->layout->needs;
    bool known = has_code(actor), met = has_code(recipient);
    if (((needs & CH_NEED_ACTOR) != 0 && !known) || ((needs & CH_NEED_RECIPIENT) != 0 && !met) ||
        ((needs & CH_NEED_PARTY) != 0 && !known && !met))
        return false;
    r->row.serial++;
    r->row.actor = actor;
    r->row.recipient = recipient;
    if (r->layout->rows == CH_ROWS_MENTIONS)
        give_mentions(r, index, actor, recipient);
    else
        give(r);
    return true;
}

/* Each of a reciprocal event's parties is on both sides: with itself it has no
 * row. A side that nobody is on is an empty place in the row. */
static void
give_dyads(rows *r, uint32_t index)
{
    json_object *record = r->report->records[index];
    json_object *actors = ch_json_member(record, "actors"), *recipients = ch_json_member(record, "recipients");
    uint32_t nactor = ch_json_count(actors), nrecipient = ch_json_count(recipients), met = 0, tried = 0;
    uint64_t before = r->row.serial;
    r->row.mentions = ch_report_mentions(r->report, index);
    for (uint32_t i = 0; i < (nactor != 0 ? nactor : 1); i++)
        for (uint32_t j = 0; j < (nrecipient != 0 ? nrecipient : 1); j++) {
            json_object *actor = i < nactor ? json_object_array_get_idx(actors, i) : NULL;
            json_object *recipient = j < nrecipient ? json_object_array_get_idx(recipients, j) : NULL;
            if (is_same(actor, recipient))
                continue;
            if (++tried > CH_DYADS_MAX)
                r->x->counts.cut++;
            else
                met += give_dyad(r, index, actor, recipient);
        }
    if (tried == 0 && nactor != 0) /* one party alone on both sides */
        met += give_dyad(r, index, json_object_array_get_idx(actors, 0), NULL);
    if (met == 0 && r->row.serial == before)
        r->x->counts.party++;
}

static void
give_items(rows *r, json_object *all, const char *role)
{
    for (uint32_t i = 0; i < ch_json_count(all); i++) {
        r->row.item = json_object_array_get_idx(all, i);
        r->row.item_role = role;
        r->row.item_number = i + 1;
        r->row.serial++;
        give(r);
    }
    r->row.item = NULL;
}

static void
give_record(rows *r, uint32_t index)
{
    json_object *record = r->report->records[index];
    r->row.record = record;
    switch ((ch_row_kind)r->layout->rows) {
    case CH_ROWS_DYADS:
    case CH_ROWS_MENTIONS: give_dyads(r, index); break;
    case CH_ROWS_PARTICIPANTS:
        give_items(r, ch_json_member(record, "actors"), "actor");
        give_items(r, ch_json_member(record, "recipients"), "recipient");
        break;
    case CH_ROWS_BALLOTS: give_items(r, ch_json_member(record, "ballots"), "voter"); break;
    default:
        r->row.serial++;
        r->row.mentions = ch_report_mentions(r->report, index);
        give(r);
    }
}

static const char *
kind_of_rows(uint32_t rows)
{
    static const char *const kinds[CH_ROWS_COUNT] = {
        [CH_ROWS_DYADS] = "event",        [CH_ROWS_MENTIONS] = "event",       [CH_ROWS_EVENTS] = "event",
        [CH_ROWS_PARTICIPANTS] = "event", [CH_ROWS_STATEMENTS] = "statement", [CH_ROWS_AMOUNTS] = "amount",
        [CH_ROWS_VOTES] = "vote",         [CH_ROWS_BALLOTS] = "vote",         [CH_ROWS_RELATIONS] = "relation",
    };
    return kinds[rows];
}

ch_status
ch_rows_of(ch_export *x, ch_report *report, const ch_layout *layout, uint64_t *serial, ch_take_row *take, void *context,
           ch_error *err)
{
    const char *kind = kind_of_rows(layout->rows);
    rows r = {
        .x = x,
        .report = report,
        .layout = layout,
        .selection = {.statuses = layout->statuses, .needs = layout->needs, .repeats = (layout->flags & CH_LAYOUT_REPEATS) != 0},
        .take = take,
        .context = context,
        .row = {.lexicon = x->lexicon, .arena = &x->arena, .report = report, .serial = *serial, .mentions = 1},
    };
    if (kind == NULL && report->document != NULL) {
        r.row.serial++;
        give(&r);
    }
    for (uint32_t i = 0; kind != NULL && !r.failed && i < report->nrecord; i++)
        if (ch_json_is(report->records[i], "kind", kind) && ch_select_record(x, report, report->records[i], &r.selection))
            give_record(&r, i);
    *serial = r.row.serial;
    return r.failed ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a row") : CH_OK;
}

#include "store/tables.h"

#include "base/utf8.h"

/* -------------------------------------------------------------------- cells */

static void
put(ch_row *row, ch_cell cell)
{
    row->cells[row->count++] = cell;
}

static void
put_null(ch_row *row)
{
    put(row, (ch_cell){.type = CH_CELL_NULL});
}

static void
put_integer(ch_row *row, int64_t value)
{
    put(row, ch_cell_integer(value));
}

static void
put_text(ch_row *row, ch_str value)
{
    if (value.at == NULL)
        put_null(row);
    else
        put(row, ch_cell_text(value));
}

static void
put_day(ch_row *row, int32_t day)
{
    if (day == CH_ENTRY_NO_DAY)
        put_null(row);
    else
        put_integer(row, day);
}

static void
put_span(ch_row *row, ch_span span)
{
    put_integer(row, span.start);
    put_integer(row, span.end);
}

static void
put_words(ch_row *row, ch_entry_words words)
{
    put_text(row, words.text);
    if (words.text.at != NULL) {
        put_span(row, words.span);
        return;
    }
    put_null(row);
    put_null(row);
}

/* A count that is -1 where nobody tells it. */
static void
put_votes(ch_row *row, int64_t votes)
{
    if (votes < 0)
        put_null(row);
    else
        put_integer(row, votes);
}

/* ---------------------------------------------------------------- documents */

void
ch_row_document(ch_row *row, const ch_entry *e, int64_t key, int64_t made_by, int64_t change)
{
    row->count = 0;
    put_integer(row, key);
    put_text(row, e->id);
    put_text(row, ch_str_of(e->text_hash));
    put_text(row, ch_str_of(e->records_hash));
    put_integer(row, made_by);
    put_integer(row, change);
    put_text(row, e->title);
    put_text(row, e->url);
    put_text(row, e->language);
    put_text(row, e->published);
    put_day(row, e->published_day);
    put_text(row, e->published_from);
    put_text(row, e->credits);
    put_text(row, e->duplicate_of);
    put_text(row, e->passed_over);
    put_text(row, e->text);
    put_text(row, e->json);
}

void
ch_row_error(ch_row *row, const ch_entry *e)
{
    row->count = 0;
    put_text(row, ch_str_of(e->records_hash));
    put_text(row, e->id);
    put_text(row, e->code);
    put_text(row, e->message);
    put_text(row, e->json);
}

/* ------------------------------------------------------------------ records */

void
ch_row_record(ch_row *row, const ch_entry_record *r, int64_t key, int64_t document)
{
    row->count = 0;
    put_integer(row, key);
    put_integer(row, document);
    put_text(row, r->id);
    put_text(row, ch_str_of(ch_entry_kind_name(r->kind)));
    put_text(row, r->json);
}

static void
put_event(ch_row *row, const ch_entry_record *r)
{
    put_text(row, r->event.type);
    put_text(row, r->event.mode);
    put_text(row, r->event.contexts);
    put_text(row, r->event.cameo);
    put_integer(row, r->event.quad);
    put(row, ch_cell_real(r->event.goldstein));
    put_words(row, r->event.place);
    put_text(row, r->event.place_name);
    put_text(row, r->event.place_country);
    put_text(row, r->event.place_admin1);
    if (r->event.has_point) {
        put(row, ch_cell_real(r->event.latitude));
        put(row, ch_cell_real(r->event.longitude));
    } else {
        put_null(row);
        put_null(row);
    }
    if (r->event.geonames != 0)
        put_integer(row, r->event.geonames);
    else
        put_null(row);
    put_text(row, r->event.repeats);
}

static void
put_statement(ch_row *row, const ch_entry_record *r)
{
    put_text(row, r->statement.stance);
    put_words(row, r->statement.topic);
    put_words(row, r->statement.quote);
    put_text(row, r->statement.cameo);
    put_text(row, r->statement.claim);
}

static void
put_amount(ch_row *row, const ch_entry_record *r)
{
    put_text(row, r->amount.what);
    put(row, ch_cell_real(r->amount.value));
    put_text(row, r->amount.unit);
    put_text(row, r->amount.bound);
    put_text(row, r->amount.part_of);
    put_text(row, r->amount.state);
}

static void
put_vote(ch_row *row, const ch_entry_record *r)
{
    put_words(row, r->vote.measure);
    put_text(row, r->vote.outcome);
    put_votes(row, r->vote.in_favour);
    put_votes(row, r->vote.against);
    put_votes(row, r->vote.abstained);
}

static void
put_relation(ch_row *row, const ch_entry_record *r)
{
    put_text(row, r->relation.relation);
    put_words(row, r->relation.detail);
}

static void
put_common(ch_row *row, const ch_entry_record *r)
{
    put_span(row, r->sentence);
    put_span(row, r->words.span);
    put_text(row, r->words.text);
    put_text(row, r->date.start);
    put_text(row, r->date.end);
    put_text(row, r->date.text);
    if (r->date.known)
        put_integer(row, r->date.assumed);
    else
        put_null(row);
    put_day(row, r->date.start_day);
    put_day(row, r->date.end_day);
    put_text(row, r->status);
    put_text(row, r->rule);
    put(row, ch_cell_real(r->confidence));
}

void
ch_row_kind(ch_row *row, const ch_entry_record *r, int64_t key)
{
    static void (*const put_kind[])(ch_row *, const ch_entry_record *) = {
        [CH_ENTRY_EVENT] = put_event, [CH_ENTRY_STATEMENT] = put_statement, [CH_ENTRY_AMOUNT] = put_amount,
        [CH_ENTRY_VOTE] = put_vote,   [CH_ENTRY_RELATION] = put_relation,
    };
    row->count = 0;
    put_integer(row, key);
    put_kind[r->kind](row, r);
    put_common(row, r);
}

/* ------------------------------------------------------------------ parties */

void
ch_row_party(ch_row *row, const ch_entry_record *r, const ch_entry_party *p, int64_t key, int64_t actor)
{
    row->count = 0;
    put_integer(row, key);
    put_text(row, ch_str_of(p->role));
    put_integer(row, p->n);
    put_integer(row, actor);
    put_day(row, r->date.start_day);
    put_text(row, p->text);
    put_span(row, p->span);
    put_text(row, p->via);
}

void
ch_row_actor(ch_row *row, const ch_entry_party *p, int64_t key, char *folded)
{
    /* what is folded of the first bytes has room: a letter that grows does so to 18 */
    size_t len = p->name.len < CH_FOLDED_MAX / 18 ? p->name.len : CH_FOLDED_MAX / 18;
    size_t room = ch_fold(folded, CH_FOLDED_MAX, p->name.at, p->name.len);
    if (room == SIZE_MAX)
        room = ch_fold(folded, CH_FOLDED_MAX, p->name.at, len);
    row->count = 0;
    if (key != 0)
        put_integer(row, key);
    put_integer(row, (int64_t)p->hash);
    put_text(row, p->name);
    put_text(row, p->code);
    put_text(row, p->country);
    put_text(row, p->sector);
    put_text(row, p->entity);
    put_text(row, p->side);
    put_text(row, (ch_str){folded, room != SIZE_MAX ? room : 0});
}

static bool
makes_pair(const ch_entry_record *r, uint32_t a, uint32_t b)
{
    const ch_entry_party *x = &r->parties[a], *y = &r->parties[b];
    return strcmp(x->role, "actor") == 0 && strcmp(y->role, "recipient") == 0 && x->side.at != NULL && y->side.at != NULL &&
           x->hash != y->hash; /* the parties of a meeting stand on both sides, and none meets itself */
}

/* Whether an earlier pair has the same sides. */
static bool
is_again(const ch_entry_record *r, ch_pair pair)
{
    ch_str actor = r->parties[pair.actor].side, recipient = r->parties[pair.recipient].side;
    for (uint32_t a = 0; a <= pair.actor; a++) {
        if (r->parties[a].side.at == NULL || !ch_str_eq(r->parties[a].side, actor))
            continue;
        uint32_t stop = a == pair.actor ? pair.recipient : r->nparty;
        for (uint32_t b = 0; b < stop; b++)
            if (makes_pair(r, a, b) && ch_str_eq(r->parties[b].side, recipient))
                return true;
    }
    return false;
}

bool
ch_next_pair(ch_pair *pair, bool first, const ch_entry_record *r)
{
    uint32_t b = first ? 0 : pair->recipient + 1;
    for (uint32_t a = pair->actor; a < r->nparty; a++, b = 0)
        for (; b < r->nparty; b++) {
            *pair = (ch_pair){a, b};
            if (makes_pair(r, a, b) && !is_again(r, *pair))
                return true;
        }
    return false;
}

void
ch_row_dyad(ch_row *row, const ch_entry_record *r, ch_pair pair, int64_t key)
{
    row->count = 0;
    put_text(row, r->parties[pair.actor].side);
    put_text(row, r->parties[pair.recipient].side);
    put_integer(row, r->date.month);
    put_integer(row, key);
    put_day(row, r->date.start_day);
    put_text(row, r->event.type);
    put_integer(row, r->event.quad);
    put(row, ch_cell_real(r->event.goldstein));
    put_text(row, r->status);
    put_integer(row, r->event.repeats.at != NULL);
}

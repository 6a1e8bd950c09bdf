#include "store/entry.h"

#include "base/day.h"
#include "base/hash.h"
#include "base/text.h"
#include "intake/document.h"
#include "record/json.h"

#include <inttypes.h>
#include <json-c/json.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Objects within objects; the format has six. */
#define DEPTH_MAX 32
/* Parts of one record: no report names more, and each two of an event may be a dyad. */
#define PARTIES_MAX 500

typedef struct {
    ch_entry *entry;
    json_tokener *tokener;
    json_object *object; /* the line that is read */
    uint64_t line;
    ch_str kind, id;     /* of the record, for messages */
    ch_entry_record *record;
    uint32_t room; /* of record->parties */
    ch_status status; /* the first failure; what is read behind it does not count */
    ch_error *err;
} reading;

/* ------------------------------------------------------------------ failures */

static void
fail_memory(reading *r)
{
    if (r->status == CH_OK)
        r->status = ch_fail(r->err, CH_E_NOMEM, NULL, 0, "not enough memory for a document");
}

__attribute__((format(printf, 2, 3))) static void
breach(reading *r, const char *format, ...)
{
    char what[256];
    if (r->status != CH_OK)
        return;
    va_list ap;
    va_start(ap, format);
    vsnprintf(what, sizeof what, format, ap);
    va_end(ap);
    char whose[80] = "";
    if (r->kind.at != NULL)
        snprintf(whose, sizeof whose, "%.*s %.*s: ", (int)(r->kind.len > 16 ? 16 : r->kind.len), r->kind.at,
                 (int)(r->id.len > 40 ? 40 : r->id.len), r->id.at != NULL ? r->id.at : "");
    r->status = ch_fail(r->err, CH_E_FORMAT, NULL, 0, "line %llu: %s%s; give records as `chancery code` writes them",
                        (unsigned long long)r->line, whose, what);
}

/* -------------------------------------------------------------------- fields */

/* NULL where the field is null or not there. */
static json_object *
field(json_object *object, const char *name)
{
    json_object *value = NULL;
    json_object_object_get_ex(object, name, &value);
    return value;
}

/* U+0000 becomes a blank: no database takes it in a text, and spans stay right. */
static ch_str
keep(reading *r, const char *at, size_t len)
{
    char *copy = ch_arena_copy(&r->entry->arena, at, len);
    if (copy == NULL) {
        fail_memory(r);
        return (ch_str){NULL, 0};
    }
    for (char *nul = copy; (nul = memchr(nul, '\0', len - (size_t)(nul - copy))) != NULL;)
        *nul = ' ';
    return (ch_str){copy, len};
}

static ch_str
keep_string(reading *r, json_object *value)
{
    return keep(r, json_object_get_string(value), (size_t)json_object_get_string_len(value));
}

static ch_str
string_or_null(reading *r, json_object *object, const char *name)
{
    json_object *value = field(object, name);
    if (value == NULL)
        return (ch_str){NULL, 0};
    if (!json_object_is_type(value, json_type_string)) {
        breach(r, "\"%s\" is no string", name);
        return (ch_str){NULL, 0};
    }
    return keep_string(r, value);
}

static ch_str
string(reading *r, json_object *object, const char *name)
{
    ch_str s = string_or_null(r, object, name);
    if (s.at == NULL || s.len == 0)
        breach(r, "\"%s\" is missing or empty", name);
    return s.at != NULL ? s : (ch_str){"", 0};
}

static bool
is_number(const json_object *value)
{
    return json_object_is_type(value, json_type_int) || json_object_is_type(value, json_type_double);
}

static double
number(reading *r, json_object *object, const char *name)
{
    json_object *value = field(object, name);
    double n = is_number(value) ? json_object_get_double(value) : NAN;
    if (!isfinite(n))
        breach(r, "\"%s\" is no number", name);
    return n;
}

/* `missing` where it is null. */
static int64_t
integer_or(reading *r, json_object *object, const char *name, int64_t missing)
{
    json_object *value = field(object, name);
    if (value == NULL)
        return missing;
    if (!json_object_is_type(value, json_type_int))
        breach(r, "\"%s\" is no whole number", name);
    return json_object_get_int64(value);
}

/* JSON of a list of strings. */
static ch_str
strings(reading *r, json_object *object, const char *name)
{
    json_object *list = field(object, name);
    if (!json_object_is_type(list, json_type_array)) {
        breach(r, "\"%s\" is no list", name);
        return (ch_str){"[]", 2};
    }
    for (size_t i = 0; i < json_object_array_length(list); i++)
        if (!json_object_is_type(json_object_array_get_idx(list, i), json_type_string))
            breach(r, "\"%s\" has what is no string", name);
    const char *made = json_object_to_json_string_ext(list, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
    if (made == NULL) {
        fail_memory(r);
        return (ch_str){"[]", 2};
    }
    return keep(r, made, strlen(made));
}

static ch_span
span(reading *r, json_object *object, const char *name)
{
    json_object *list = field(object, name);
    int64_t at[2] = {0, 0};
    bool ok = json_object_is_type(list, json_type_array) && json_object_array_length(list) == 2;
    for (size_t i = 0; ok && i < 2; i++) {
        json_object *n = json_object_array_get_idx(list, i);
        ok = json_object_is_type(n, json_type_int);
        at[i] = json_object_get_int64(n);
    }
    ok = ok && 0 <= at[0] && at[0] <= at[1] && (uint64_t)at[1] <= r->entry->text.len;
    if (!ok) {
        breach(r, "\"%s\" is no span of the text", name);
        return (ch_span){0, 0};
    }
    return (ch_span){(uint32_t)at[0], (uint32_t)at[1]};
}

/* "text" and "span" of an object, of which one quotes the other. */
static ch_entry_words
quoted(reading *r, json_object *object)
{
    ch_entry_words words = {.text = string(r, object, "text"), .span = span(r, object, "span")};
    ch_str there = {r->entry->text.at + words.span.start, words.span.end - words.span.start};
    if (r->status == CH_OK && !ch_str_eq(there, words.text))
        breach(r, "\"%.40s\" is not what stands at [%u,%u]", words.text.at, words.span.start, words.span.end);
    return words;
}

static bool
is_object(reading *r, json_object *value, const char *name)
{
    if (value != NULL && !json_object_is_type(value, json_type_object))
        breach(r, "\"%s\" is no object", name);
    return json_object_is_type(value, json_type_object);
}

/* {"text", "span"} or null. */
static ch_entry_words
words_or_null(reading *r, json_object *object, const char *name)
{
    json_object *value = field(object, name);
    return is_object(r, value, name) ? quoted(r, value) : (ch_entry_words){.text = {NULL, 0}};
}

/* ---------------------------------------------------------------------- days */

/* "199X" and "19XX" as the years that they are. */
static bool
unknown_digits(ch_str s, int32_t *first, int32_t *last)
{
    char low[5] = "", high[5] = "";
    if (s.len != 4 || s.at[3] != 'X')
        return false;
    for (size_t i = 0; i < 4; i++) {
        low[i] = s.at[i] == 'X' ? '0' : s.at[i];
        high[i] = s.at[i] == 'X' ? '9' : s.at[i];
    }
    int32_t skipped;
    return ch_day_parse(ch_str_of(low), first, &skipped) && ch_day_parse(ch_str_of(high), &skipped, last);
}

bool
ch_entry_days(ch_str date, int32_t *first, int32_t *last)
{
    while (date.len != 0 && strchr("~?%", date.at[date.len - 1]) != NULL)
        date.len--;
    return ch_day_parse(date, first, last) || unknown_digits(date, first, last);
}

static void
side_of_date(reading *r, ch_str s, int32_t *first, int32_t *last)
{
    *first = *last = CH_ENTRY_NO_DAY;
    if (s.at != NULL && !ch_entry_days(s, first, last))
        breach(r, "\"%.20s\" is no date", s.at);
}

static int32_t
month_of(int32_t day)
{
    int year, month, day_of_month;
    ch_day_parts(day, &year, &month, &day_of_month);
    return year * 100 + month;
}

static ch_entry_date
date_of(reading *r)
{
    json_object *object = field(r->object, "date");
    ch_entry_date date = {.start_day = CH_ENTRY_NO_DAY, .end_day = CH_ENTRY_NO_DAY};
    if (!is_object(r, object, "date"))
        return date;
    int32_t first, last;
    date.known = true;
    date.start = string_or_null(r, object, "start");
    date.end = string_or_null(r, object, "end");
    date.text = string_or_null(r, object, "text");
    date.assumed = json_object_get_boolean(field(object, "assumed"));
    side_of_date(r, date.start, &date.start_day, &date.end_day);
    side_of_date(r, date.end, &first, &last);
    if (date.start.at == NULL)
        date.start_day = first;
    if (date.end.at != NULL)
        date.end_day = last;
    if (date.start_day == CH_ENTRY_NO_DAY)
        breach(r, "\"date\" has neither start nor end");
    else
        date.month = month_of(date.start_day);
    return date;
}

/* ------------------------------------------------------------------- parties */

static ch_entry_party *
add_party(reading *r, const char *role, uint32_t n)
{
    ch_entry_record *record = r->record;
    if (record->nparty == PARTIES_MAX)
        breach(r, "it has more than %d parties", PARTIES_MAX);
    if (r->status != CH_OK)
        return NULL;
    if (record->nparty == r->room) {
        uint32_t room = r->room != 0 ? r->room * 2 : 4;
        ch_entry_party *more = ch_arena_array(&r->entry->arena, room, sizeof *more);
        if (more == NULL) {
            fail_memory(r);
            return NULL;
        }
        if (record->nparty != 0)
            memcpy(more, record->parties, record->nparty * sizeof *more);
        record->parties = more;
        r->room = room;
    }
    ch_entry_party *party = &record->parties[record->nparty++];
    *party = (ch_entry_party){.role = role, .n = n};
    return party;
}

static void
hash_party(ch_entry_party *p)
{
    const ch_str fields[] = {p->name, p->code, p->country, p->sector, p->entity};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        p->hash = ch_hash_pair(p->hash, fields[i].at != NULL ? ch_hash(fields[i].at, fields[i].len) : 0);
    p->side = p->country.at != NULL ? p->country : p->code;
}

static void
participant(reading *r, json_object *object, const char *role, uint32_t n)
{
    ch_entry_party *p = is_object(r, object, role) ? add_party(r, role, n) : NULL;
    if (p == NULL) {
        breach(r, "its %s is missing", role);
        return;
    }
    ch_entry_words words = quoted(r, object);
    p->text = words.text;
    p->span = words.span;
    p->name = string_or_null(r, object, "name");
    if (p->name.at == NULL)
        p->name = p->text;
    p->code = string_or_null(r, object, "code");
    p->country = string_or_null(r, object, "country");
    p->sector = string_or_null(r, object, "sector");
    p->entity = string_or_null(r, object, "entity");
    p->via = string_or_null(r, object, "via");
    hash_party(p);
}

static size_t
length_of(reading *r, json_object *list, const char *name)
{
    if (json_object_is_type(list, json_type_array))
        return json_object_array_length(list);
    breach(r, "\"%s\" is no list", name);
    return 0;
}

static void
participants(reading *r, const char *name, const char *role)
{
    json_object *list = field(r->object, name);
    size_t count = length_of(r, list, name);
    for (size_t i = 0; i < count && r->status == CH_OK; i++)
        participant(r, json_object_array_get_idx(list, i), role, (uint32_t)i);
}

static void
participant_or_null(reading *r, const char *name)
{
    json_object *object = field(r->object, name);
    if (object != NULL)
        participant(r, object, name, 0);
}

/* A source that is no participant is known by its words. */
static void
source(reading *r, json_object *object, uint32_t n)
{
    json_object *known = field(object, "participant");
    if (known != NULL)
        participant(r, known, "source", n);
    ch_entry_party *p = known == NULL ? add_party(r, "source", n)
                        : r->status == CH_OK ? &r->record->parties[r->record->nparty - 1]
                                             : NULL;
    if (p == NULL)
        return;
    ch_entry_words words = quoted(r, object);
    p->text = words.text;
    p->span = words.span;
    if (known == NULL) {
        p->name = words.text;
        hash_party(p);
    }
}

static void
sources(reading *r)
{
    json_object *list = field(r->object, "attribution");
    size_t count = length_of(r, list, "attribution");
    for (size_t i = 0; i < count && r->status == CH_OK; i++) {
        json_object *one = json_object_array_get_idx(list, i);
        if (is_object(r, one, "attribution"))
            source(r, one, (uint32_t)i);
        else
            breach(r, "\"attribution\" has what is no object");
    }
}

/* --------------------------------------------------------------------- kinds */

static void
place_of_event(reading *r)
{
    json_object *object = field(r->object, "place");
    ch_entry_record *e = r->record;
    if (!is_object(r, object, "place"))
        return;
    e->event.place = quoted(r, object);
    e->event.place_name = string_or_null(r, object, "name");
    e->event.place_country = string_or_null(r, object, "country");
    e->event.place_admin1 = string_or_null(r, object, "admin1");
    e->event.geonames = integer_or(r, object, "geonames", 0);
    e->event.has_point = field(object, "latitude") != NULL && field(object, "longitude") != NULL;
    if (!e->event.has_point)
        return;
    e->event.latitude = number(r, object, "latitude");
    e->event.longitude = number(r, object, "longitude");
    if (fabs(e->event.latitude) > 90 || fabs(e->event.longitude) > 180)
        breach(r, "its place is not on the earth");
}

static void
event(reading *r)
{
    ch_entry_record *e = r->record;
    e->event.type = string(r, r->object, "type");
    e->event.mode = string_or_null(r, r->object, "mode");
    e->event.contexts = strings(r, r->object, "context");
    e->event.cameo = string_or_null(r, r->object, "cameo");
    e->event.quad = integer_or(r, r->object, "quad", 0);
    if (e->event.quad < 1 || e->event.quad > 4)
        breach(r, "\"quad\" is not from 1 to 4");
    e->event.goldstein = number(r, r->object, "goldstein");
    e->event.repeats = string_or_null(r, r->object, "repeats");
    participants(r, "actors", "actor");
    participants(r, "recipients", "recipient");
    place_of_event(r);
}

static void
statement(reading *r)
{
    ch_entry_record *s = r->record;
    s->statement.stance = string(r, r->object, "stance");
    s->statement.topic = words_or_null(r, r->object, "topic");
    s->statement.quote = words_or_null(r, r->object, "quote");
    s->statement.cameo = string_or_null(r, r->object, "cameo");
    s->statement.claim = string_or_null(r, r->object, "claim");
    participant(r, field(r->object, "holder"), "holder", 0);
    participants(r, "towards", "towards");
    if (field(r->object, "contrasts") != NULL)
        participants(r, "contrasts", "contrast");
}

static void
amount(reading *r)
{
    ch_entry_record *a = r->record;
    a->amount.what = string(r, r->object, "what");
    a->amount.value = number(r, r->object, "value");
    a->amount.unit = string_or_null(r, r->object, "unit");
    a->amount.bound = string(r, r->object, "bound");
    a->amount.part_of = string_or_null(r, r->object, "partOf");
    a->amount.state = string_or_null(r, r->object, "state");
    participants(r, "giver", "giver");
    participants(r, "receiver", "receiver");
}

static void
ballot(reading *r, json_object *object, uint32_t n)
{
    static const char *const ballots[] = {"for", "against", "abstain", "veto", "sponsor"};
    ch_str cast = is_object(r, object, "ballots") ? string(r, object, "ballot") : (ch_str){"", 0};
    for (size_t i = 0; i < sizeof ballots / sizeof *ballots; i++)
        if (ch_str_is(cast, ballots[i])) {
            participant(r, field(object, "voter"), ballots[i], n);
            return;
        }
    breach(r, "\"%.20s\" is no ballot", cast.at);
}

static void
vote(reading *r)
{
    ch_entry_record *v = r->record;
    json_object *list = field(r->object, "ballots"), *tally = field(r->object, "tally");
    bool counted = is_object(r, tally, "tally");
    v->vote.measure = words_or_null(r, r->object, "measure");
    v->vote.outcome = string_or_null(r, r->object, "outcome");
    v->vote.in_favour = counted ? integer_or(r, tally, "for", -1) : -1;
    v->vote.against = counted ? integer_or(r, tally, "against", -1) : -1;
    v->vote.abstained = counted ? integer_or(r, tally, "abstain", -1) : -1;
    participant_or_null(r, "body");
    size_t count = length_of(r, list, "ballots");
    for (size_t i = 0; i < count && r->status == CH_OK; i++)
        ballot(r, json_object_array_get_idx(list, i), (uint32_t)i);
}

static void
relation(reading *r)
{
    ch_entry_record *l = r->record;
    l->relation.relation = string(r, r->object, "relation");
    l->relation.detail = words_or_null(r, r->object, "detail");
    participant(r, field(r->object, "subject"), "subject", 0);
    participant_or_null(r, "object");
}

/* --------------------------------------------------------------------- lines */

static const struct {
    const char *name;
    void (*read)(reading *r);
} kinds[] = {
    [CH_ENTRY_EVENT] = {"event", event}, [CH_ENTRY_STATEMENT] = {"statement", statement},
    [CH_ENTRY_AMOUNT] = {"amount", amount}, [CH_ENTRY_VOTE] = {"vote", vote},
    [CH_ENTRY_RELATION] = {"relation", relation},
};

#define KIND_COUNT (sizeof kinds / sizeof *kinds)

const char *
ch_entry_kind_name(ch_entry_kind kind)
{
    return kinds[kind].name;
}

/* The next of entry->records, which has `room` for twice as many when it is full. */
static ch_entry_record *
add_record(reading *r)
{
    ch_entry *e = r->entry;
    bool full = (e->nrecord & (e->nrecord - 1)) == 0; /* at 0 and each power of two */
    if (full) {
        ch_entry_record *more = ch_arena_array(&e->arena, e->nrecord != 0 ? (size_t)e->nrecord * 2 : 1, sizeof *more);
        if (more == NULL) {
            fail_memory(r);
            return NULL;
        }
        if (e->nrecord != 0)
            memcpy(more, e->records, e->nrecord * sizeof *more);
        e->records = more;
    }
    return &e->records[e->nrecord++];
}

static void
record(reading *r, size_t kind, ch_str line)
{
    ch_entry_record *record = add_record(r);
    if (record == NULL)
        return;
    r->record = record;
    r->room = 0;
    record->kind = (ch_entry_kind)kind;
    record->id = r->id = string(r, r->object, "id");
    record->json = keep(r, line.at, line.len);
    if (!ch_str_eq(string(r, r->object, "document"), r->entry->id))
        breach(r, "it is of another document than the line before");
    record->sentence = span(r, r->object, "sentence");
    record->words = quoted(r, r->object);
    record->date = date_of(r);
    record->status = string(r, r->object, "status");
    record->rule = string(r, r->object, "rule");
    record->confidence = number(r, r->object, "confidence");
    kinds[kind].read(r);
    sources(r);
}

static void
print_hash(char out[CH_ENTRY_HASH_ROOM], uint64_t hash)
{
    snprintf(out, CH_ENTRY_HASH_ROOM, "%016" PRIx64, hash);
}

/* The line with "text":"", where the text in it is written as we write one; else
 * the same fields written anew; so that the text, put back, gives the line. */
static ch_str
without_text(reading *r, ch_str line)
{
    static const char key[] = ",\"text\":";
    ch_str none = {NULL, 0};
    ch_text text = {0};
    ch_text_puts(&text, key);
    ch_json_string(&text, r->entry->text);
    if (text.failed) {
        fail_memory(r);
        return none;
    }
    char *found = memmem(line.at, line.len, text.at, text.len);
    ch_text cut = {0};
    if (found != NULL) {
        size_t before = (size_t)(found - line.at) + strlen(key);
        ch_text_add(&cut, line.at, before);
        ch_text_puts(&cut, "\"\"");
        ch_text_add(&cut, found + text.len, line.len - (size_t)(found - line.at) - text.len);
    } else if (json_object_object_add(r->object, "text", json_object_new_string("")) == 0)
        ch_text_puts(&cut, json_object_to_json_string_ext(r->object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    ch_str kept = cut.failed || cut.at == NULL ? none : keep(r, cut.at, cut.len);
    if (kept.at == NULL)
        fail_memory(r);
    ch_text_free(&text);
    ch_text_free(&cut);
    return kept;
}

static void
document(reading *r, ch_str line)
{
    ch_entry *e = r->entry;
    e->id = r->id = string(r, r->object, "id");
    if (e->id.len > CH_ENTRY_ID_MAX)
        breach(r, "its id is longer than %d bytes", CH_ENTRY_ID_MAX);
    if (integer_or(r, r->object, "version", 0) != 1)
        breach(r, "it is not of version 1 of the format");
    e->title = string_or_null(r, r->object, "title");
    e->url = string_or_null(r, r->object, "url");
    e->language = string_or_null(r, r->object, "language");
    e->published = string_or_null(r, r->object, "published");
    e->published_from = string_or_null(r, r->object, "publishedFrom");
    e->duplicate_of = string_or_null(r, r->object, "duplicateOf");
    e->passed_over = string_or_null(r, r->object, "passedOver");
    e->credits = strings(r, r->object, "credits");
    e->text = string_or_null(r, r->object, "text");
    if (e->text.at == NULL)
        breach(r, "it lacks its text");
    if (e->text.len > CH_TEXT_MAX)
        breach(r, "its text is longer than %u bytes", CH_TEXT_MAX);
    int32_t last;
    side_of_date(r, e->published, &e->published_day, &last);
    print_hash(e->text_hash, ch_hash(e->text.at, e->text.len));
    if (r->status == CH_OK)
        e->json = without_text(r, line);
}

static void
error(reading *r, ch_str line)
{
    ch_entry *e = r->entry;
    e->failed = true;
    e->id = string_or_null(r, r->object, "document");
    e->code = string(r, r->object, "code");
    e->message = string(r, r->object, "message");
    e->json = keep(r, line.at, line.len);
}

static void
parse(reading *r, ch_str line)
{
    json_object_put(r->object);
    json_tokener_reset(r->tokener);
    r->object = json_tokener_parse_ex(r->tokener, line.at, (int)line.len);
    enum json_tokener_error why = json_tokener_get_error(r->tokener);
    if (why == json_tokener_continue)
        breach(r, "it ends within its JSON");
    else if (why != json_tokener_success)
        breach(r, "%s at byte %zu", json_tokener_error_desc(why), json_tokener_get_parse_end(r->tokener));
    else if (json_tokener_get_parse_end(r->tokener) != line.len)
        breach(r, "it has more than one JSON value");
    else if (!json_object_is_type(r->object, json_type_object))
        breach(r, "it is no JSON object");
}

/* Which kind the line is of decides whether it may stand here: the first of an
 * entry is a document's or an error's, and no other is. */
static void
read_line(reading *r, ch_str line, bool first)
{
    r->kind = r->id = (ch_str){NULL, 0};
    parse(r, line);
    ch_str kind = r->status == CH_OK ? string(r, r->object, "kind") : (ch_str){"", 0};
    if (r->status != CH_OK)
        return;
    bool heads = ch_str_is(kind, "document") || ch_str_is(kind, "error");
    if (heads != first)
        breach(r, first ? "a record stands before its document" : "a document stands among the records of another");
    r->kind = kind;
    if (heads) {
        if (ch_str_is(kind, "document"))
            document(r, line);
        else
            error(r, line);
        return;
    }
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (ch_str_is(kind, kinds[i].name)) {
            record(r, i, line);
            return;
        }
    breach(r, "no such kind of record is known");
}

static ch_str
trim(ch_str line)
{
    while (line.len != 0 && strchr(" \t\r", line.at[line.len - 1]) != NULL && line.at[line.len - 1] != '\0')
        line.len--;
    while (line.len != 0 && (*line.at == ' ' || *line.at == '\t'))
        line.at++, line.len--;
    return line;
}

static void
read_lines(reading *r, const char *lines, size_t len)
{
    bool first = true;
    uint64_t hash = 0;
    for (const char *at = lines, *end = lines + len; at < end && r->status == CH_OK; r->line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((stop != NULL ? stop : end) - at);
        ch_str line = trim((ch_str){at, length});
        at += length + (stop != NULL);
        if (line.len == 0)
            continue;
        read_line(r, line, first);
        hash = ch_hash_pair(hash, ch_hash(line.at, line.len));
        if (r->entry->failed && !first)
            breach(r, "a record stands behind an error");
        first = false;
    }
    if (first)
        breach(r, "there is no document");
    print_hash(r->entry->records_hash, hash);
}

/* A map by id would cost more than it saves: reports have some tens of records.
 * Sorted copies, so that many records of a hostile file take no square of time. */
static int
compare_ids(const void *a, const void *b)
{
    const ch_str *x = a, *y = b;
    size_t len = x->len < y->len ? x->len : y->len;
    int order = memcmp(x->at, y->at, len);
    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

static void
refuse_equal_ids(reading *r)
{
    const ch_entry *e = r->entry;
    ch_str *ids = calloc(e->nrecord + 1, sizeof *ids);
    if (ids == NULL) {
        fail_memory(r);
        return;
    }
    for (uint32_t i = 0; i < e->nrecord; i++)
        ids[i] = e->records[i].id;
    qsort(ids, e->nrecord, sizeof *ids, compare_ids);
    r->kind = (ch_str){NULL, 0};
    for (uint32_t i = 1; i < e->nrecord; i++)
        if (ch_str_eq(ids[i - 1], ids[i]))
            breach(r, "before it two records have the id %.40s", ids[i].at);
    free(ids);
}

ch_status
ch_entry_read(ch_entry **out, const char *lines, size_t len, uint64_t number_of_first, ch_error *err)
{
    reading r = {.entry = calloc(1, sizeof *r.entry), .tokener = json_tokener_new_ex(DEPTH_MAX), .line = number_of_first, .err = err};
    *out = NULL;
    if (r.entry != NULL)
        ch_arena_init(&r.entry->arena, 0);
    if (r.entry == NULL || r.tokener == NULL)
        fail_memory(&r);
    else {
        json_tokener_set_flags(r.tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
        read_lines(&r, lines, len);
        refuse_equal_ids(&r);
    }
    json_object_put(r.object);
    if (r.tokener != NULL)
        json_tokener_free(r.tokener);
    if (r.status == CH_OK)
        *out = r.entry;
    else
        ch_entry_free(r.entry);
    return r.status;
}

void
ch_entry_free(ch_entry *entry)
{
    if (entry == NULL)
        return;
    ch_arena_free(&entry->arena);
    free(entry);
}

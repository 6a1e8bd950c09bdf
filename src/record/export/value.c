#include "record/export/value.h"

#include "base/day.h"
#include "base/utf8.h"
#include "chancery.h"
#include "lexicon/frames.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <utf8proc.h>

/* The values of the part that is being filled. */
typedef struct {
    const ch_row *row;
    ch_str at[CH_VALUES_MAX];
    uint32_t count;
    bool failed; /* no memory */
} values;

static void
add(values *v, ch_str value)
{
    if (value.at != NULL && value.len != 0 && v->count < CH_VALUES_MAX)
        v->at[v->count++] = value;
}

static ch_str
keep(values *v, const char *bytes, size_t len)
{
    char *copy = ch_arena_copy(v->row->arena, bytes, len);
    v->failed = v->failed || copy == NULL;
    return copy != NULL ? (ch_str){copy, len} : (ch_str){NULL, 0};
}

static void
add_number(values *v, double number, int digits)
{
    char made[64];
    int len = snprintf(made, sizeof made, "%.*f", digits, number);
    if (len > 0 && (size_t)len < sizeof made)
        add(v, keep(v, made, (size_t)len));
}

/* -------------------------------------------------------------------- dates */

/* "2024-03~" is about then, "202X" and "2024-XX" some time in it. */
static bool
whole_days(ch_str date, int32_t *first, int32_t *last)
{
    char low[16], high[16];
    while (date.len != 0 && strchr("~?%", date.at[date.len - 1]) != NULL)
        date.len--;
    if (date.len == 0 || date.len >= sizeof low)
        return false;
    bool vague = memchr(date.at, 'X', date.len) != NULL;
    size_t len = vague && date.len > 4 ? 4 : date.len;
    for (size_t i = 0; i < len; i++) {
        low[i] = date.at[i] == 'X' ? '0' : date.at[i];
        high[i] = date.at[i] == 'X' ? '9' : date.at[i];
    }
    int32_t spare;
    return ch_day_parse((ch_str){low, len}, first, &spare) && ch_day_parse((ch_str){high, len}, &spare, last);
}

bool
ch_edtf_days(ch_str date, int32_t *first, int32_t *last)
{
    ch_str to, from = ch_str_cut(date, '/', &to);
    int32_t spare;
    if (to.len == 0)
        return whole_days(from, first, last);
    return whole_days(from, first, &spare) && whole_days(to, &spare, last);
}

static bool
published_day(const ch_report *report, int32_t *day)
{
    int32_t last;
    return ch_edtf_days(ch_json_text(report->document, "published"), day, &last);
}

/* A plan is told on the day of the report, whenever it is to be carried out. */
bool
ch_record_day(const ch_report *report, const json_object *record, int32_t *day)
{
    const json_object *date = ch_json_member(record, "date");
    int32_t first, last;
    if (ch_json_is(record, "status", "planned") && published_day(report, day))
        return true;
    if (ch_edtf_days(ch_json_text(date, "start"), day, &last))
        return true;
    if (published_day(report, day))
        return true;
    bool known = ch_edtf_days(ch_json_text(date, "end"), &first, &last);
    *day = known ? last : 0;
    return known;
}

static void
add_day(values *v)
{
    char made[16];
    int32_t day;
    if (!ch_record_day(v->row->report, v->row->record, &day))
        return;
    ch_day_print(made, day);
    add(v, keep(v, made, strlen(made)));
}

/* ------------------------------------------------------------- participants */

ch_str
ch_party_root(const ch_lexicon *lexicon, const json_object *party)
{
    ch_str code = ch_json_text(party, "code"), country = ch_json_text(party, "country");
    if (country.at != NULL && country.len == 3 && code.len >= 3 && memcmp(code.at, country.at, 3) == 0)
        return (ch_str){code.at, 3};
    ch_str root = {code.at, code.len < 3 ? code.len : 3};
    return root.len == 3 && ch_code_find(lexicon, ch_str_of("roots"), root) != NULL ? root : (ch_str){NULL, 0};
}

static void
add_groups(values *v, const json_object *party, bool sectors)
{
    ch_str code = ch_json_text(party, "code");
    size_t at = sectors ? ch_party_root(v->row->lexicon, party).len : 0;
    for (; code.at != NULL && at < code.len; at += 3)
        add(v, (ch_str){code.at + at, code.len - at < 3 ? code.len - at : 3});
}

/* ------------------------------------------------------------------- places */

static void
add_level(values *v, const json_object *place)
{
    char made[32];
    const char *level = ch_place_level(v->row->lexicon, place);
    if (level == NULL)
        return;
    bool there = ch_json_is(place, "country", "USA") && strcmp(level, "country") != 0;
    int len = snprintf(made, sizeof made, "%s%s", level, there ? "-us" : "");
    add(v, keep(v, made, (size_t)len));
}

static void
add_fullname(values *v, const json_object *place)
{
    ch_text name = {0};
    ch_str parts[2] = {ch_json_text(place, "name"), ch_json_text(place, "admin1")};
    const char *country = ch_country_name(v->row->lexicon, ch_json_text(place, "country"));
    ch_text_add_str(&name, parts[0]);
    if (parts[1].at != NULL && !ch_str_eq(parts[0], parts[1]))
        ch_text_printf(&name, "%s%.*s", name.len != 0 ? ", " : "", (int)parts[1].len, parts[1].at);
    if (country != NULL && !ch_str_is(parts[0], country))
        ch_text_printf(&name, "%s%s", name.len != 0 ? ", " : "", country);
    if (name.at != NULL && !name.failed)
        add(v, keep(v, name.at, name.len));
    v->failed = v->failed || name.failed;
    ch_text_free(&name);
}

static void
add_division(values *v, const json_object *place)
{
    char made[256];
    ch_str country = ch_json_text(place, "country"), admin = ch_json_text(place, "admin1");
    if (country.at == NULL || admin.at == NULL || country.len + admin.len + 1 >= sizeof made)
        return;
    int len = snprintf(made, sizeof made, "%.*s %.*s", (int)country.len, country.at, (int)admin.len, admin.at);
    add(v, keep(v, made, (size_t)len));
}

/* -------------------------------------------------------------------- paths */

/* Members that no line has: they are made of what it has. */
static bool
add_made(values *v, const json_object *object, ch_str key)
{
    if (ch_str_is(key, "root"))
        add(v, ch_party_root(v->row->lexicon, object));
    else if (ch_str_is(key, "groups") || ch_str_is(key, "sectors"))
        add_groups(v, object, key.at[0] == 's');
    else if (ch_str_is(key, "level"))
        add_level(v, object);
    else if (ch_str_is(key, "fullname"))
        add_fullname(v, object);
    else if (ch_str_is(key, "division"))
        add_division(v, object);
    else if (ch_str_is(key, "city")) {
        const char *level = ch_place_level(v->row->lexicon, object);
        if (level != NULL && strcmp(level, "city") == 0)
            add(v, ch_json_text(object, "name"));
    } else if (ch_str_is(key, "county")) {
        const char *level = ch_place_level(v->row->lexicon, object);
        if (level != NULL && strcmp(level, "county") == 0)
            add(v, ch_json_text(object, "name"));
    } else if (ch_str_is(key, "area")) {
        const char *level = ch_place_level(v->row->lexicon, object);
        if (level != NULL && strcmp(level, "country") == 0)
            add(v, ch_json_text(object, "country"));
    } else
        return false;
    return true;
}

static void
add_leaf(values *v, json_object *value)
{
    switch (json_object_get_type(value)) {
    case json_type_string: add(v, (ch_str){json_object_get_string(value), (size_t)json_object_get_string_len(value)}); break;
    case json_type_boolean: add(v, ch_str_of(json_object_get_boolean(value) ? "1" : "0")); break;
    case json_type_int:
    case json_type_double: add(v, ch_str_of(json_object_get_string(value))); break;
    default: break;
    }
}

/* The members along `path`, of an array those of each element. As deep as lines
 * may be (DEPTH_MAX in report.c) at the most: each level of arrays is one of theirs. */
static void
walk(values *v, json_object *value, ch_str path)
{
    if (json_object_is_type(value, json_type_array)) {
        for (uint32_t i = 0; i < ch_json_count(value) && v->count < CH_VALUES_MAX; i++)
            walk(v, json_object_array_get_idx(value, i), path);
        return;
    }
    if (path.len == 0) {
        add_leaf(v, value);
        return;
    }
    char key[64];
    ch_str rest, name = ch_str_cut(path, '.', &rest);
    if (value == NULL || name.len >= sizeof key || !json_object_is_type(value, json_type_object))
        return;
    memcpy(key, name.at, name.len);
    key[name.len] = '\0';
    if (rest.len != 0 || !add_made(v, value, name))
        walk(v, ch_json_member(value, key), rest);
}

static void
add_score(values *v)
{
    char mode[64] = "";
    ch_str type = ch_json_text(v->row->record, "type"), name = ch_json_text(v->row->record, "mode");
    ch_plover_type known = type.at != NULL ? ch_plover_find(type) : CH_PLOVER_COUNT;
    if (known == CH_PLOVER_COUNT)
        return;
    if (name.at != NULL && name.len < sizeof mode)
        memcpy(mode, name.at, name.len);
    add_number(v, (double)ch_plover_score(v->row->lexicon, known, mode), 1);
}

/* As POLECAT names stories: the day, and parts of a hash. */
static void
add_name(values *v)
{
    char made[64], day[16] = "00000000";
    const ch_report *report = v->row->report;
    int32_t first, last;
    int year, month, day_of_month;
    uint64_t hash = ch_hash(report->id.at != NULL ? report->id.at : "", report->id.len);
    if (ch_edtf_days(ch_json_text(report->document, "published"), &first, &last)) {
        ch_day_parts(first, &year, &month, &day_of_month);
        snprintf(day, sizeof day, "%04d%02d%02d", year % 10000, month % 100, day_of_month % 100);
    }
    int len =
        snprintf(made, sizeof made, "%s-%04x-%012llx", day, (unsigned)(hash >> 48), (unsigned long long)(hash & 0xFFFFFFFFFFFF));
    add(v, keep(v, made, (size_t)len));
}

static void
add_from_row(values *v, ch_str root)
{
    const ch_row *row = v->row;
    if (ch_str_is(root, "serial"))
        add_number(v, (double)row->serial, 0);
    else if (ch_str_is(root, "story"))
        add_number(v, (double)row->report->number, 0);
    else if (ch_str_is(root, "version"))
        add(v, ch_str_of(chancery_version()));
    else if (ch_str_is(root, "day"))
        add_day(v);
    else if (ch_str_is(root, "score"))
        add_score(v);
    else if (ch_str_is(root, "name"))
        add_name(v);
    else if (ch_str_is(root, "mentions"))
        add_number(v, row->mentions, 0);
    else if (ch_str_is(root, "lead"))
        add_number(v, ch_report_leads(row->report, row->record), 0);
    else if (ch_str_is(root, "length"))
        add_number(v, ch_report_chars(row->report, UINT32_MAX), 0);
    else if (ch_str_is(root, "sentence") && ch_report_sentence(row->report, row->record) != 0)
        add_number(v, ch_report_sentence(row->report, row->record), 0);
}

static void
add_path(values *v, ch_str path)
{
    const ch_row *row = v->row;
    ch_str rest, root = ch_str_cut(path, '.', &rest);
    if (rest.len == 0)
        add_from_row(v, root);
    else if (ch_str_is(root, "document"))
        walk(v, row->report->document, rest);
    else if (ch_str_is(root, "record"))
        walk(v, row->record, rest);
    else if (ch_str_is(root, "actor"))
        walk(v, row->actor, rest);
    else if (ch_str_is(root, "recipient"))
        walk(v, row->recipient, rest);
    else if (ch_str_is(rest, "role") && row->item_role != NULL)
        add(v, ch_str_of(row->item_role));
    else if (ch_str_is(rest, "number"))
        add_number(v, row->item_number, 0);
    else
        walk(v, row->item, rest);
}

/* ------------------------------------------------------------------ filters */

static ch_str
upper(values *v, ch_str value)
{
    ch_text made = {0};
    ch_str kept = {NULL, 0};
    for (size_t at = 0; at < value.len;) {
        unsigned char bytes[4];
        int32_t c = utf8proc_toupper((utf8proc_int32_t)ch_utf8_next(value.at, value.len, &at));
        ch_text_add(&made, (const char *)bytes, (size_t)utf8proc_encode_char(c, bytes));
    }
    if (!made.failed && made.at != NULL)
        kept = keep(v, made.at, made.len);
    v->failed = v->failed || made.failed;
    ch_text_free(&made);
    return kept;
}

static ch_str
first_chars(ch_str value, uint32_t number)
{
    size_t at = 0;
    for (uint32_t i = 0; i < number && at < value.len; i++)
        ch_utf8_next(value.at, value.len, &at);
    return (ch_str){value.at, at};
}

static bool
number_of(ch_str value, double *out)
{
    char copy[64], *end;
    if (value.len == 0 || value.len >= sizeof copy)
        return false;
    memcpy(copy, value.at, value.len);
    copy[value.len] = '\0';
    *out = strtod(copy, &end);
    return *end == '\0' && isfinite(*out);
}

static ch_str
number_with(values *v, ch_str value, int digits, double factor)
{
    char made[400]; /* the largest double has 309 digits before its point */
    double number;
    if (!number_of(value, &number))
        return (ch_str){NULL, 0};
    int len = snprintf(made, sizeof made, "%.*f", digits > 17 ? 17 : digits, number * factor);
    return keep(v, made, (size_t)len);
}

static ch_str
date_with(values *v, ch_str value, ch_str format)
{
    char pattern[64], made[128];
    int32_t first, last;
    int year, month, day;
    if (!ch_edtf_days(value, &first, &last) || format.len >= sizeof pattern)
        return (ch_str){NULL, 0};
    memcpy(pattern, format.at, format.len);
    pattern[format.len] = '\0';
    ch_day_parts(first, &year, &month, &day);
    struct tm parts = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    size_t len = strftime(made, sizeof made, pattern, &parts);
    return len != 0 ? keep(v, made, len) : (ch_str){NULL, 0};
}

/* GDELT takes all months as of 30 days, and a year as of 365: 2 July 2026 is 2026.4986. */
static ch_str
fraction(values *v, ch_str value)
{
    char made[32];
    int32_t first, last;
    int year, month, day;
    if (!ch_edtf_days(value, &first, &last))
        return (ch_str){NULL, 0};
    ch_day_parts(first, &year, &month, &day);
    int len = snprintf(made, sizeof made, "%.4f", year + ((month - 1) * 30 + day) / 365.0);
    return keep(v, made, (size_t)len);
}

static ch_str
host_of(ch_str address)
{
    const char *at = address.len > 3 ? memmem(address.at, address.len, "://", 3) : NULL;
    if (at == NULL)
        return address; /* a name, not an address */
    ch_str rest = {at + 3, address.len - (size_t)(at + 3 - address.at)};
    size_t end = 0;
    while (end < rest.len && strchr("/?#", rest.at[end]) == NULL)
        end++;
    rest.len = end;
    if (rest.len > 4 && memcmp(rest.at, "www.", 4) == 0)
        rest = (ch_str){rest.at + 4, rest.len - 4};
    return rest;
}

static ch_str
label_of(const values *v, ch_str code)
{
    char copy[8];
    if (code.len >= sizeof copy)
        return (ch_str){NULL, 0};
    memcpy(copy, code.at, code.len);
    copy[code.len] = '\0';
    const ch_cameo *cameo = ch_cameo_find(v->row->lexicon, copy);
    return cameo != NULL ? ch_str_of(ch_lexicon_string(v->row->lexicon, cameo->label)) : (ch_str){NULL, 0};
}

static ch_str
text_or_none(const char *text)
{
    return text != NULL ? ch_str_of(text) : (ch_str){NULL, 0};
}

/* One value by itself; .at NULL drops it. */
static ch_str
change(values *v, const ch_template_step *step, ch_str value)
{
    const ch_lexicon *lexicon = v->row->lexicon;
    const char *mapped = ch_template_names_table(step) ? ch_code_find(lexicon, step->text, value) : NULL;
    double number;
    switch (step->op) {
    case CH_TEMPLATE_FIRST: return first_chars(value, step->number);
    case CH_TEMPLATE_NUMBER: return number_with(v, value, (int)step->number, 1);
    case CH_TEMPLATE_PERCENT: return number_with(v, value, 0, 100);
    case CH_TEMPLATE_MAP: return text_or_none(mapped);
    case CH_TEMPLATE_SWAP: return mapped != NULL ? ch_str_of(mapped) : value;
    case CH_TEMPLATE_IN: return mapped != NULL ? value : (ch_str){NULL, 0};
    case CH_TEMPLATE_COUNTRY: return text_or_none(mapped != NULL ? mapped : ch_country_name(lexicon, value));
    case CH_TEMPLATE_DATE: return date_with(v, value, step->text);
    case CH_TEMPLATE_FRACTION: return fraction(v, value);
    case CH_TEMPLATE_UPPER: return upper(v, value);
    case CH_TEMPLATE_LABEL: return label_of(v, value);
    case CH_TEMPLATE_HOST: return host_of(value);
    case CH_TEMPLATE_CHARS:
        if (!number_of(value, &number) || number < 0 || number > UINT32_MAX)
            return (ch_str){NULL, 0};
        add_number(v, ch_report_chars(v->row->report, (uint32_t)number), 0);
        return v->count != 0 ? v->at[--v->count] : (ch_str){NULL, 0};
    case CH_TEMPLATE_PREFIX: {
        ch_text made = {0};
        ch_text_add_str(&made, step->text);
        ch_text_add_str(&made, value);
        ch_str kept = made.at != NULL && !made.failed ? keep(v, made.at, made.len) : (ch_str){NULL, 0};
        v->failed = v->failed || made.failed;
        ch_text_free(&made);
        return kept;
    }
    default: return value;
    }
}

static void
change_each(values *v, const ch_template_step *step)
{
    uint32_t count = v->count;
    ch_str changed[CH_VALUES_MAX];
    for (uint32_t i = 0; i < count; i++)
        changed[i] = v->at[i];
    v->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        ch_str value = change(v, step, changed[i]);
        add(v, value);
    }
}

static void
drop(values *v, uint32_t from, uint32_t to)
{
    memmove(v->at + from, v->at + to, (v->count - to) * sizeof *v->at);
    v->count -= to - from;
}

static void
drop_repeated(values *v)
{
    for (uint32_t i = 1; i < v->count;) {
        uint32_t same = 0;
        while (same < i && !ch_str_eq(v->at[same], v->at[i]))
            same++;
        if (same < i)
            drop(v, i, i + 1);
        else
            i++;
    }
}

static void
filter(values *v, const ch_template_step *step)
{
    switch (step->op) {
    case CH_TEMPLATE_AT:
        if (step->number < v->count)
            v->count = step->number;
        else if (step->number > v->count)
            v->count = 0;
        if (v->count > 1)
            drop(v, 0, v->count - 1);
        break;
    case CH_TEMPLATE_FROM: drop(v, 0, step->number == 0 ? 0 : step->number - 1 < v->count ? step->number - 1 : v->count); break;
    case CH_TEMPLATE_UNIQUE: drop_repeated(v); break;
    case CH_TEMPLATE_LESS:
        for (uint32_t i = 0; i < v->count; i++)
            if (ch_code_find(v->row->lexicon, step->text, v->at[i]) != NULL) {
                drop(v, i, i + 1);
                break;
            }
        break;
    case CH_TEMPLATE_OR:
        if (v->count == 0)
            add_path(v, step->text);
        break;
    case CH_TEMPLATE_ELSE:
        if (v->count == 0)
            add(v, step->text);
        break;
    case CH_TEMPLATE_THEN:
        if (v->count != 0) {
            v->count = 0;
            add(v, step->text);
        }
        break;
    default: change_each(v, step);
    }
}

static void
put(ch_text *out, const values *v, const char *list)
{
    for (uint32_t i = 0; i < v->count; i++) {
        if (i != 0)
            ch_text_puts(out, list);
        ch_text_add_str(out, v->at[i]);
    }
}

bool
ch_template_fill(ch_text *out, const ch_template *t, const ch_row *row, const char *list)
{
    values v = {.row = row};
    for (uint32_t i = 0; i < t->count; i++) {
        const ch_template_step *step = &t->steps[i];
        if (step->op != CH_TEMPLATE_TEXT && step->op != CH_TEMPLATE_SOURCE) {
            filter(&v, step);
            continue;
        }
        put(out, &v, list);
        v.count = 0;
        if (step->op == CH_TEMPLATE_TEXT)
            ch_text_add_str(out, step->text);
        else
            add_path(&v, step->text);
    }
    put(out, &v, list);
    return !v.failed && !out->failed;
}

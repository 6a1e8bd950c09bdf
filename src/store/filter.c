#include "store/filter.h"

#include "base/text.h"
#include "base/utf8.h"
#include "lexicon/frames.h"
#include "reader.h"
#include "store/close.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUES_MAX 64
#define VALUE_BYTES_MAX 4096

enum {
    E = CH_KIND_EVENT, S = CH_KIND_STATEMENT, A = CH_KIND_AMOUNT, V = CH_KIND_VOTE, R = CH_KIND_RELATION,
    ALL = CH_KIND_ALL
};

typedef ch_status read_value(ch_filter *filter, ch_value *out, ch_str text, ch_error *err);

static read_value read_days, read_from, read_to, read_kind, read_type, read_mode, read_context, read_cameo, read_quad,
    read_numbers, read_status, read_share, read_least_share, read_word, read_yes_no, read_language, read_part, read_stance,
    read_what, read_state, read_least, read_most, read_outcome, read_ballot, read_relation;

static const struct {
    read_value *read;
    unsigned kinds; /* of which records it can be asked */
    bool whole;     /* a comma is part of the value */
} rules[CH_KEY_COUNT] = {
    [CH_KEY_ACTOR] = {ch_filter_who, ALL, false},
    [CH_KEY_RECIPIENT] = {ch_filter_who, E | S | A | R, false},
    [CH_KEY_WITH] = {ch_filter_who, ALL, false},
    [CH_KEY_BETWEEN] = {ch_filter_who, E | S | A | R, false},
    [CH_KEY_SAID_BY] = {ch_filter_who, ALL, false},
    [CH_KEY_DATE] = {read_days, ALL, false},
    [CH_KEY_FROM] = {read_from, ALL, true},
    [CH_KEY_TO] = {read_to, ALL, true},
    [CH_KEY_PUBLISHED] = {read_days, ALL, false},
    [CH_KEY_NEAR] = {ch_filter_near, E, true},
    [CH_KEY_PLACE] = {ch_filter_place, E, false},
    [CH_KEY_BOX] = {ch_filter_box, E, true},
    [CH_KEY_KIND] = {read_kind, ALL, false},
    [CH_KEY_TYPE] = {read_type, E, false},
    [CH_KEY_MODE] = {read_mode, E, false},
    [CH_KEY_CONTEXT] = {read_context, E, false},
    [CH_KEY_CAMEO] = {read_cameo, E, false},
    [CH_KEY_QUAD] = {read_quad, E, false},
    [CH_KEY_GOLDSTEIN] = {read_numbers, E, false},
    [CH_KEY_STATUS] = {read_status, ALL, false},
    [CH_KEY_CONFIDENCE] = {read_share, ALL, false},
    [CH_KEY_MIN_CONFIDENCE] = {read_least_share, ALL, true},
    [CH_KEY_RULE] = {read_word, ALL, false},
    [CH_KEY_REPEATS] = {read_yes_no, E, true},
    [CH_KEY_DOCUMENT] = {read_word, ALL, true},
    [CH_KEY_ID] = {read_word, ALL, false},
    [CH_KEY_LANGUAGE] = {read_language, ALL, false},
    [CH_KEY_SOURCE] = {read_word, ALL, false},
    [CH_KEY_TEXT] = {ch_filter_search, ALL, true},
    [CH_KEY_STANCE] = {read_stance, S, false},
    [CH_KEY_TOPIC] = {read_part, S, true},
    [CH_KEY_QUOTED] = {read_yes_no, S, true},
    [CH_KEY_HOLDER] = {ch_filter_who, S, false},
    [CH_KEY_TOWARDS] = {ch_filter_who, S, false},
    [CH_KEY_WHAT] = {read_what, A, false},
    [CH_KEY_GIVER] = {ch_filter_who, A, false},
    [CH_KEY_RECEIVER] = {ch_filter_who, A, false},
    [CH_KEY_STATE] = {read_state, A, false},
    [CH_KEY_MIN] = {read_least, A, true},
    [CH_KEY_MAX] = {read_most, A, true},
    [CH_KEY_UNIT] = {read_word, A, false},
    [CH_KEY_BODY] = {ch_filter_who, V, false},
    [CH_KEY_OUTCOME] = {read_outcome, V, false},
    [CH_KEY_VOTER] = {ch_filter_who, V, false},
    [CH_KEY_BALLOT] = {read_ballot, V, false},
    [CH_KEY_RELATION] = {read_relation, R, false},
    [CH_KEY_SUBJECT] = {ch_filter_who, R, false},
    [CH_KEY_OBJECT] = {ch_filter_who, R, false},
};

/* As a user meets them: the same list makes options, their help and the server's
 * description of itself. */
static const ch_filter_key public_keys[CH_KEY_COUNT] = {
    [CH_KEY_ACTOR] = {"actor", "WHO", "who acts; holds, gives, votes in other records"},
    [CH_KEY_RECIPIENT] = {"recipient", "WHO", "who is acted upon, addressed, given to"},
    [CH_KEY_WITH] = {"with", "WHO", "who takes part on either side"},
    [CH_KEY_BETWEEN] = {"between", "A,B", "one of them acts upon the other"},
    [CH_KEY_SAID_BY] = {"said-by", "WHO", "who is named as saying so"},
    [CH_KEY_DATE] = {"date", "DAYS", "when it happens: 2024, 2024-01, 2024-01-15, 2024-01..2024-03"},
    [CH_KEY_FROM] = {"from", "DATE", "not before"},
    [CH_KEY_TO] = {"to", "DATE", "not after; a month or year with all its days"},
    [CH_KEY_PUBLISHED] = {"published", "DAYS", "when the report appeared"},
    [CH_KEY_NEAR] = {"near", "PLACE,KM", "where: \"Kherson,50km\", \"46.6,32.6,30mi\", \"Springfield,USA Illinois,20km\""},
    [CH_KEY_PLACE] = {"place", "WHERE", "in this country, division or town"},
    [CH_KEY_BOX] = {"box", "S,W,N,E", "between these latitudes and longitudes"},
    [CH_KEY_KIND] = {"kind", "KIND", "event, statement, amount, vote, relation or all"},
    [CH_KEY_TYPE] = {"type", "TYPE", "PLOVER type: CONSULT,AID"},
    [CH_KEY_MODE] = {"mode", "MODE", "PLOVER mode: visit"},
    [CH_KEY_CONTEXT] = {"context", "CONTEXT", "PLOVER context: military"},
    [CH_KEY_CAMEO] = {"cameo", "CODE", "CAMEO code or its beginning: 19"},
    [CH_KEY_QUAD] = {"quad", "N", "1 verbal, 2 material cooperation; 3 verbal, 4 material conflict"},
    [CH_KEY_GOLDSTEIN] = {"goldstein", "RANGE", "-10..-5, 0.."},
    [CH_KEY_STATUS] = {"status", "STATUS", "asserted, planned, ongoing, alleged, possible, negated, hypothetical"},
    [CH_KEY_CONFIDENCE] = {"confidence", "RANGE", "0.5..0.9"},
    [CH_KEY_MIN_CONFIDENCE] = {"min-confidence", "P", "at least so sure, from 0 to 1"},
    [CH_KEY_RULE] = {"rule", "ID", "made by this frame"},
    [CH_KEY_REPEATS] = {"repeats", "yes|no", "whether it restates an earlier event of its report"},
    [CH_KEY_DOCUMENT] = {"document", "ID", "from this report"},
    [CH_KEY_ID] = {"id", "ID", "this record of a report: e1"},
    [CH_KEY_LANGUAGE] = {"language", "TAG", "of the report: en"},
    [CH_KEY_SOURCE] = {"source", "NAME", "credited by the report: AFP"},
    [CH_KEY_TEXT] = {"text", "WORDS", "in the report: ceasefire \"prisoner swap\" hostage* -football (a OR b)"},
    [CH_KEY_STANCE] = {"stance", "STANCE", "supports, opposes, demands, offers, denies, warns, claims"},
    [CH_KEY_TOPIC] = {"topic", "WORDS", "the topic has these words in it"},
    [CH_KEY_QUOTED] = {"quoted", "yes|no", "whether it has words in quotation marks"},
    [CH_KEY_HOLDER] = {"holder", "WHO", "whose position it is"},
    [CH_KEY_TOWARDS] = {"towards", "WHO", "towards whom"},
    [CH_KEY_WHAT] = {"what", "WHAT", "aid, killed, troops, loan, ..."},
    [CH_KEY_GIVER] = {"giver", "WHO", "from whom"},
    [CH_KEY_RECEIVER] = {"receiver", "WHO", "to whom"},
    [CH_KEY_STATE] = {"state", "STATE", "given, allocated, pledged, proposed, stalled"},
    [CH_KEY_MIN] = {"min", "VALUE", "at least: 250, 1.5bn"},
    [CH_KEY_MAX] = {"max", "VALUE", "at most"},
    [CH_KEY_UNIT] = {"unit", "UNIT", "USD, people, %"},
    [CH_KEY_BODY] = {"body", "WHO", "who holds the vote"},
    [CH_KEY_OUTCOME] = {"outcome", "OUTCOME", "adopted, rejected, vetoed, pending"},
    [CH_KEY_VOTER] = {"voter", "WHO", "who votes"},
    [CH_KEY_BALLOT] = {"ballot", "BALLOT", "for, against, abstain, veto, sponsor; of the voter, where one is named"},
    [CH_KEY_RELATION] = {"relation", "NAME", "ally-of, member-of, holds-office, ..."},
    [CH_KEY_SUBJECT] = {"subject", "WHO", "of whom it is told"},
    [CH_KEY_OBJECT] = {"object", "WHO", "to whom they stand so"},
};

static const char *const kinds[CH_KIND_COUNT] = {"event", "statement", "amount", "vote", "relation"};

const char *
ch_kind_name(unsigned bit)
{
    unsigned i = 0;
    while (i + 1 < CH_KIND_COUNT && 1u << i != bit)
        i++;
    return kinds[i];
}

const char *
ch_key_name(ch_key key)
{
    return public_keys[key].name;
}

ch_key
ch_key_find(const char *name)
{
    for (int i = 0; i < CH_KEY_COUNT; i++)
        if (strcmp(public_keys[i].name, name) == 0)
            return (ch_key)i;
    return CH_KEY_COUNT;
}

const ch_filter_key *
ch_filter_keys(size_t *count)
{
    *count = CH_KEY_COUNT;
    return public_keys;
}

const char *
ch_filter_copy(ch_filter *filter, ch_str text)
{
    return ch_arena_copy(&filter->arena, text.at, text.len);
}

static ch_status
no_memory(ch_error *err)
{
    return ch_fail(err, CH_E_NOMEM, NULL, 0, "the question is too long; the limit is %zu bytes", CH_FILTER_MEMORY_MAX);
}

/* ------------------------------------------------------------------- words */

static ch_status
take_word(ch_filter *filter, ch_value *out, ch_value_kind kind, ch_str text, ch_error *err)
{
    out->kind = kind;
    out->text = ch_filter_copy(filter, text);
    return out->text != NULL ? CH_OK : no_memory(err);
}

static ch_status
read_word(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    return take_word(filter, out, CH_VALUE_WORD, text, err);
}

static ch_status
read_part(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    return take_word(filter, out, CH_VALUE_PART, text, err);
}

/* "en" is also what is in "en-GB". */
static ch_status
read_language(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    return take_word(filter, out, CH_VALUE_PREFIX, text, err);
}

static ch_status
unknown(ch_str text, const char *what, const ch_close *close, ch_error *err)
{
    ch_text message = {0};
    ch_text_printf(&message, "\"%.*s\" is no %s", (int)text.len, text.at, what);
    ch_close_tell(&message, close);
    ch_status status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "%s", message.failed ? what : message.at);
    ch_text_free(&message);
    return status;
}

/* One of a few words that the record format has. */
static ch_status
take_one_of(ch_value *out, const char *const *words, size_t count, ch_str text, const char *what, ch_error *err)
{
    ch_close close;
    ch_text message = {0};
    out->kind = CH_VALUE_WORD;
    for (size_t i = 0; i < count; i++)
        if (text.len == strlen(words[i]) && strncasecmp(words[i], text.at, text.len) == 0) {
            out->text = words[i];
            return CH_OK;
        }
    char written[CH_CLOSE_LENGTH];
    snprintf(written, sizeof written, "%.*s", (int)text.len, text.at);
    ch_close_init(&close, written);
    for (size_t i = 0; i < count; i++)
        ch_close_offer(&close, words[i]);
    if (close.count != 0)
        return unknown(text, what, &close, err);
    ch_text_printf(&message, "\"%.*s\" is no %s; there are ", (int)text.len, text.at, what);
    for (size_t i = 0; i < count; i++)
        ch_text_printf(&message, "%s%s", i == 0 ? "" : i + 1 == count ? " and " : ", ", words[i]);
    ch_status status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "%s", message.failed ? what : message.at);
    ch_text_free(&message);
    return status;
}

#define ONE_OF(name, what, ...)                                                                                                       \
    static ch_status name(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)                                         \
    {                                                                                                                                 \
        static const char *const words[] = {__VA_ARGS__};                                                                             \
        (void)filter;                                                                                                                 \
        return take_one_of(out, words, sizeof words / sizeof *words, text, what, err);                                                \
    }

ONE_OF(read_kind, "kind of record", "event", "statement", "amount", "vote", "relation", "all")
ONE_OF(read_status, "status", "asserted", "planned", "ongoing", "alleged", "possible", "negated", "hypothetical")
ONE_OF(read_stance, "stance", "supports", "opposes", "demands", "offers", "denies", "warns", "claims")
ONE_OF(read_state, "state of an amount", "given", "allocated", "pledged", "proposed", "stalled")
ONE_OF(read_outcome, "outcome of a vote", "adopted", "rejected", "vetoed", "pending")
ONE_OF(read_ballot, "ballot", "for", "against", "abstain", "veto", "sponsor")
ONE_OF(read_yes_no, "answer here", "yes", "no")

/* ----------------------------------------------------------- the ontology's */

static ch_status
read_type(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    const char *names[CH_PLOVER_COUNT];
    (void)filter;
    for (int i = 0; i < CH_PLOVER_COUNT; i++)
        names[i] = ch_plover_name((ch_plover_type)i);
    return take_one_of(out, names, CH_PLOVER_COUNT, text, "event type", err);
}

/* A word that the lexicon has among `strings` [count]. */
static ch_status
take_known(ch_filter *filter, ch_value *out, const char *const *strings, size_t count, ch_str text, const char *what,
           ch_error *err)
{
    const char *word = ch_filter_copy(filter, text);
    ch_close close;
    if (word == NULL)
        return no_memory(err);
    ch_close_init(&close, word);
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(strings[i], word) == 0) {
            out->kind = CH_VALUE_WORD;
            out->text = ch_filter_copy(filter, ch_str_of(strings[i]));
            return out->text != NULL ? CH_OK : no_memory(err);
        }
        ch_close_offer(&close, strings[i]);
    }
    return unknown(text, what, &close, err);
}

static ch_status
read_mode(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    const ch_frames *f = ch_lexicon_frames(filter->lexicon);
    const char **names = ch_arena_array(&filter->arena, f->nmode, sizeof *names);
    if (names == NULL)
        return no_memory(err);
    for (uint32_t i = 0; i < f->nmode; i++)
        names[i] = ch_lexicon_string(filter->lexicon, f->modes[i].mode);
    return take_known(filter, out, names, f->nmode, text, "mode of an event", err);
}

static ch_status
read_context(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    const ch_frames *f = ch_lexicon_frames(filter->lexicon);
    const char **names = ch_arena_array(&filter->arena, f->ncontext, sizeof *names);
    if (names == NULL)
        return no_memory(err);
    for (uint32_t i = 0; i < f->ncontext; i++)
        names[i] = ch_lexicon_string(filter->lexicon, f->contexts[i]);
    return take_known(filter, out, names, f->ncontext, text, "context", err);
}

/* What the frames of one kind of facts mean: roles of amounts, relations. */
static ch_status
read_meaning(ch_filter *filter, ch_value *out, ch_fact_kind kind, ch_str text, const char *what, ch_error *err)
{
    const ch_frames *f = ch_lexicon_frames(filter->lexicon);
    const char **names = ch_arena_array(&filter->arena, f->nframe, sizeof *names);
    size_t count = 0;
    if (names == NULL)
        return no_memory(err);
    for (uint32_t i = 0; i < f->nframe; i++)
        if (f->frames[i].type == CH_FACT_FIRST + (unsigned)kind)
            names[count++] = ch_lexicon_string(filter->lexicon, f->frames[i].mode);
    return take_known(filter, out, names, count, text, what, err);
}

static ch_status
read_what(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    return read_meaning(filter, out, CH_FACT_AMOUNT, text, "role of an amount", err);
}

static ch_status
read_relation(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    return read_meaning(filter, out, CH_FACT_RELATION, text, "relation", err);
}

static ch_status
read_cameo(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    const ch_frames *f = ch_lexicon_frames(filter->lexicon);
    ch_status status = take_word(filter, out, CH_VALUE_PREFIX, text, err);
    for (uint32_t i = 0; status == CH_OK && i < f->ncameo; i++)
        if (strncmp(f->cameos[i].code, out->text, text.len) == 0)
            return CH_OK;
    return status != CH_OK ? status
                           : ch_fail(err, CH_E_ARGUMENT, NULL, 0, "no CAMEO code begins with \"%.*s\"; roots are 01 to 20",
                                     (int)text.len, text.at);
}

static ch_status
read_quad(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    (void)filter;
    if (text.len != 1 || text.at[0] < '1' || text.at[0] > '4')
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%.*s\" is no quad class; there are 1, 2, 3 and 4", (int)text.len, text.at);
    out->kind = CH_VALUE_NUMBERS;
    out->low = out->high = text.at[0] - '0';
    return CH_OK;
}

/* ----------------------------------------------------------------- numbers */

/* "1.5", "-3", "2bn", "40k"; what is no number, or none that is finite, is refused. */
bool
ch_filter_number(double *out, ch_str text)
{
    static const struct {
        const char *name;
        double times;
    } scales[] = {{"", 1}, {"k", 1e3}, {"m", 1e6}, {"mn", 1e6}, {"bn", 1e9}, {"b", 1e9}, {"tn", 1e12}};
    char written[64], *end;
    if (text.len == 0 || text.len >= sizeof written)
        return false;
    memcpy(written, text.at, text.len);
    written[text.len] = '\0';
    char first = written[written[0] == '-' || written[0] == '+'];
    if (strpbrk(written, "xXpP") != NULL || !((first >= '0' && first <= '9') || first == '.'))
        return false;
    double value = strtod(written, &end);
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (strcasecmp(end, scales[i].name) == 0) {
            *out = value * scales[i].times;
            return isfinite(*out);
        }
    return false;
}

/* "A..B" with either missing, or "A" alone. */
static bool
cut_range(ch_str text, ch_str *from, ch_str *to)
{
    const char *dots = memmem(text.at, text.len, "..", 2);
    *from = *to = text;
    if (dots == NULL)
        return text.len != 0;
    size_t len = (size_t)(dots - text.at);
    *from = ch_str_trim((ch_str){text.at, len});
    *to = ch_str_trim((ch_str){dots + 2, text.len - len - 2});
    return from->len != 0 || to->len != 0;
}

ch_status
ch_filter_numbers(ch_value *out, ch_str text, ch_error *err)
{
    ch_str from, to;
    *out = (ch_value){.kind = CH_VALUE_NUMBERS, .low = -INFINITY, .high = INFINITY};
    if (!cut_range(text, &from, &to) || (from.len != 0 && !ch_filter_number(&out->low, from)) ||
        (to.len != 0 && !ch_filter_number(&out->high, to)))
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%.*s\" is no number or range; write 5, -10..-5 or 1.5bn..", (int)text.len,
                       text.at);
    if (out->low > out->high)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the range \"%.*s\" ends before it begins", (int)text.len, text.at);
    return CH_OK;
}

static ch_status
read_numbers(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    (void)filter;
    return ch_filter_numbers(out, text, err);
}

static ch_status
read_one_number(ch_value *out, ch_str text, ch_error *err)
{
    *out = (ch_value){.kind = CH_VALUE_NUMBERS};
    if (!ch_filter_number(&out->low, text))
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%.*s\" is no number; write 250 or 1.5bn", (int)text.len, text.at);
    out->high = out->low;
    return CH_OK;
}

static ch_status
read_least(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    (void)filter;
    ch_status status = read_one_number(out, text, err);
    out->high = INFINITY;
    return status;
}

static ch_status
read_most(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    (void)filter;
    ch_status status = read_one_number(out, text, err);
    out->low = -INFINITY;
    return status;
}

static ch_status
check_share(const ch_value *v, ch_str text, ch_error *err)
{
    if ((isfinite(v->low) && (v->low < 0 || v->low > 1)) || (isfinite(v->high) && (v->high < 0 || v->high > 1)))
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%.*s\" is no confidence; it goes from 0 to 1", (int)text.len, text.at);
    return CH_OK;
}

static ch_status
read_share(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    (void)filter;
    ch_status status = ch_filter_numbers(out, text, err);
    return status == CH_OK ? check_share(out, text, err) : status;
}

static ch_status
read_least_share(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    ch_status status = read_least(filter, out, text, err);
    return status == CH_OK ? check_share(out, text, err) : status;
}

/* -------------------------------------------------------------------- days */

/* A whole date: ch_day_parse() passes over what a time of day adds. */
static bool
parse_date(ch_str text, int32_t *first, int32_t *last)
{
    return text.len <= strlen("2024-01-15") && ch_day_parse(text, first, last);
}

static ch_status
no_date(ch_str text, ch_error *err)
{
    return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%.*s\" is no date; write 2024, 2024-01, 2024-01-15 or 2024-01..2024-03",
                   (int)text.len, text.at);
}

ch_status
ch_filter_days(ch_value *out, ch_str text, ch_error *err)
{
    ch_str from, to;
    int32_t other;
    *out = (ch_value){.kind = CH_VALUE_DAYS, .first = CH_DAY_MIN, .last = CH_DAY_MAX};
    if (!cut_range(text, &from, &to) || (from.len != 0 && !parse_date(from, &out->first, &other)) ||
        (to.len != 0 && !parse_date(to, &other, &out->last)))
        return no_date(text, err);
    if (out->first > out->last)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the days \"%.*s\" end before they begin", (int)text.len, text.at);
    return CH_OK;
}

static ch_status
read_days(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    (void)filter;
    return ch_filter_days(out, text, err);
}

static ch_status
read_from(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    int32_t last;
    (void)filter;
    *out = (ch_value){.kind = CH_VALUE_DAYS, .last = CH_DAY_MAX};
    return parse_date(text, &out->first, &last) ? CH_OK : no_date(text, err);
}

static ch_status
read_to(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    int32_t first;
    (void)filter;
    *out = (ch_value){.kind = CH_VALUE_DAYS, .first = CH_DAY_MIN};
    return parse_date(text, &first, &out->last) ? CH_OK : no_date(text, err);
}

/* -------------------------------------------------------------- conditions */

static ch_status
add_value(ch_filter *filter, ch_condition *c, ch_str text, ch_error *err)
{
    if (c->count == VALUES_MAX)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "more than %d values of \"%s\"", VALUES_MAX, ch_key_name(c->key));
    if (text.len == 0)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%s\" has an empty value", ch_key_name(c->key));
    return rules[c->key].read(filter, &c->values[c->count++], text, err);
}

static ch_status
add_values(ch_filter *filter, ch_condition *c, ch_str text, ch_error *err)
{
    if (rules[c->key].whole)
        return add_value(filter, c, ch_str_trim(text), err);
    for (;;) {
        bool last = memchr(text.at, ',', text.len) == NULL;
        ch_str one = ch_str_cut(text, ',', &text);
        ch_status status = add_value(filter, c, one, err);
        if (status != CH_OK || last)
            return status;
    }
}

/* "A,B": one on each side. */
static ch_status
check_between(ch_condition *c, ch_error *err)
{
    if (c->key != CH_KEY_BETWEEN)
        return CH_OK;
    if (c->count != 2)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"between\" takes two, as in FRA,RUS");
    c->split = 1;
    return CH_OK;
}

static void
take_kinds(ch_filter *filter, const ch_condition *c)
{
    unsigned named = 0;
    for (uint32_t i = 0; i < c->count; i++)
        for (unsigned k = 0; k < CH_KIND_COUNT; k++)
            if (strcmp(c->values[i].text, kinds[k]) == 0 || strcmp(c->values[i].text, "all") == 0)
                named |= 1u << k;
    if (c->negative)
        named = CH_KIND_ALL & ~named;
    filter->kinds = filter->kinds != 0 ? filter->kinds & named : named;
}

/* Keys that no kind of record has together ask for nothing. */
static ch_status
narrow(ch_filter *filter, const ch_condition *c, ch_error *err)
{
    const char *name = ch_key_name(c->key);
    unsigned left = filter->possible & rules[c->key].kinds;
    if (c->key == CH_KEY_KIND) {
        take_kinds(filter, c);
        left = filter->kinds != 0 ? filter->possible & filter->kinds : 0;
    }
    if (left == 0 || (filter->kinds != 0 && (left & filter->kinds) == 0))
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "no kind of record has both \"%s\" and \"%s\"",
                       filter->narrowed_by != NULL ? filter->narrowed_by : name, name);
    if (left != filter->possible)
        filter->narrowed_by = name;
    filter->possible = left;
    return CH_OK;
}

static ch_key
split_key(const char *key, bool *negative)
{
    *negative = strncmp(key, "not-", 4) == 0;
    return ch_key_find(*negative ? key + 4 : key);
}

static ch_status
no_such_key(const char *key, ch_error *err)
{
    ch_close close;
    ch_text message = {0};
    ch_close_init(&close, key);
    for (int i = 0; i < CH_KEY_COUNT; i++)
        ch_close_offer(&close, public_keys[i].name);
    ch_text_printf(&message, "no filter is called \"%.100s\"", key);
    ch_close_tell(&message, &close);
    ch_status status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "%s", message.failed ? "no such filter" : message.at);
    ch_text_free(&message);
    return status;
}

static ch_status
add_condition(ch_filter *filter, ch_condition *c, ch_str text, ch_error *err)
{
    ch_status status = add_values(filter, c, text, err);
    if (status == CH_OK)
        status = check_between(c, err);
    if (status == CH_OK)
        status = narrow(filter, c, err);
    if (status != CH_OK)
        return status;
    *filter->end = c;
    filter->end = &c->next;
    return CH_OK;
}

/* Room for the most values first, the rest given back once they are known. */
ch_status
ch_filter_add(ch_filter *filter, const char *key, const char *value, ch_error *err)
{
    bool negative;
    ch_str text = ch_str_of(value);
    ch_key k = split_key(key, &negative);
    if (k == CH_KEY_COUNT)
        return no_such_key(key, err);
    if (text.len > VALUE_BYTES_MAX)
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the value of \"%s\" is longer than %d bytes", key, VALUE_BYTES_MAX);
    size_t bad = ch_utf8_check(text.at, text.len);
    if (bad != text.len)
        return ch_fail(err, CH_E_ARGUMENT, NULL, bad, "the value of \"%s\" is no UTF-8", key);
    uint32_t commas = 1;
    for (size_t i = 0; i < text.len; i++)
        commas += text.at[i] == ',';
    ch_arena_mark mark = ch_arena_get_mark(&filter->arena);
    ch_condition *c = ch_arena_alloc(&filter->arena, sizeof *c);
    ch_value *values = ch_arena_array(&filter->arena, commas < VALUES_MAX ? commas : VALUES_MAX, sizeof *values);
    if (c == NULL || values == NULL)
        return no_memory(err);
    *c = (ch_condition){.key = k, .negative = negative, .values = values};
    ch_status status = add_condition(filter, c, text, err);
    if (status != CH_OK)
        ch_arena_rewind(&filter->arena, mark);
    return status;
}

ch_status
ch_filter_add_value(ch_filter *filter, ch_key key, const ch_value *value, ch_error *err)
{
    ch_condition *c = ch_arena_alloc(&filter->arena, sizeof *c);
    ch_value *values = ch_arena_alloc(&filter->arena, sizeof *values);
    if (c == NULL || values == NULL)
        return no_memory(err);
    *values = *value;
    values->text = value->text != NULL ? ch_filter_copy(filter, ch_str_of(value->text)) : NULL;
    *c = (ch_condition){.key = key, .values = values, .count = 1};
    ch_status status = narrow(filter, c, err);
    if (status == CH_OK) {
        *filter->end = c;
        filter->end = &c->next;
    }
    return status;
}

unsigned
ch_filter_kinds(const ch_filter *filter)
{
    if (filter->kinds != 0)
        return filter->kinds & filter->possible;
    return (filter->possible & CH_KIND_EVENT) != 0 ? CH_KIND_EVENT : filter->possible;
}

ch_status
ch_filter_new(ch_filter **out, const ch_lexicon *lexicon, ch_error *err)
{
    *out = NULL;
    ch_filter *filter = calloc(1, sizeof *filter);
    if (filter == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory for a question");
    ch_arena_init(&filter->arena, CH_FILTER_MEMORY_MAX);
    filter->lexicon = lexicon;
    filter->end = &filter->first;
    filter->possible = CH_KIND_ALL;
    *out = filter;
    return CH_OK;
}

ch_status
ch_filter_open(ch_filter **out, const chancery_reader_options *options, ch_error *err)
{
    ch_lexicon *lexicon;
    *out = NULL;
    ch_status status = ch_open_lexicon(&lexicon, options, err);
    if (status != CH_OK)
        return status;
    status = ch_filter_new(out, lexicon, err);
    if (status == CH_OK)
        (*out)->own_lexicon = lexicon;
    else
        ch_lexicon_close(lexicon);
    return status;
}

void
ch_filter_free(ch_filter *filter)
{
    if (filter == NULL)
        return;
    ch_arena_free(&filter->arena);
    ch_lexicon_close(filter->own_lexicon);
    free(filter);
}

const ch_lexicon *
ch_filter_lexicon(const ch_filter *filter)
{
    return filter->lexicon;
}

/* Actor dictionaries: a phrase, its synonyms ("+") and dated codes.
 *
 *     HAMID_KARZAI_  [AFG]
 *     +KARZAI_
 *         [AFGELI 750101-000101]
 *         [AFGGOV >011222]
 *
 * The first code that holds on a day is taken, the one without a date where none
 * does; so dated codes are written first, in their order, and then the other. */
#include "lexicon/import.h"

#include "base/day.h"

#include <stdio.h>
#include <string.h>

/* Two digits of a year up to this one are of this century. */
#define PIVOT_YEAR 29
#define CODES_MAX 64

typedef struct {
    ch_str code;
    char range[32]; /* "FROM..TO", or "" */
    uint32_t line;
} dated_code;

typedef struct {
    uint32_t line;
    ch_str first;  /* the first name */
    ch_text names; /* lines "  name: ..." */
    uint32_t nname;
    dated_code codes[CODES_MAX];
    uint32_t ncode;
    dated_code plain; /* without a date; .code.at NULL where there is none */
    bool several;     /* codes that hold at once: "FRO/BIL" */
} entry;

/* ------------------------------------------------------------------- dates */

static bool
digits(ch_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return s.len != 0;
}

static int
number(const char *at, size_t len)
{
    int n = 0;
    for (size_t i = 0; i < len; i++)
        n = n * 10 + (at[i] - '0');
    return n;
}

/* YYMMDD or YYYYMMDD as "YYYY-MM-DD"; false when there is no such day. A day
 * beyond the end of its month is the last of it, and told. */
static bool
read_date(ch_import *im, ch_str s, char out[11], uint32_t line)
{
    if (!digits(s) || (s.len != 6 && s.len != 8))
        return false;
    size_t wide = s.len - 4;
    int year = number(s.at, wide), month = number(s.at + wide, 2), day = number(s.at + wide + 2, 2);
    if (wide == 2)
        year += year <= PIVOT_YEAR ? 2000 : 1900;
    if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    int last = ch_days_in_month(year, month);
    if (day > last) {
        ch_import_lost(im, line, "mend the date", "%.*s is no day: the last of its month is taken", (int)s.len, s.at);
        day = last;
    }
    ch_day_print(out, ch_day_of(year, month, day));
    return true;
}

/* "<950601", "> 990816", "19950601 - 19990815" as "FROM..TO". */
static bool
read_range(ch_import *im, ch_str s, char out[32], uint32_t line)
{
    char from[11] = "", to[11] = "";
    if (s.len > 1 && s.at[0] == '<') {
        if (!read_date(im, ch_import_trim((ch_str){s.at + 1, s.len - 1}), to, line))
            return false;
    } else if (s.len > 1 && s.at[0] == '>') {
        if (!read_date(im, ch_import_trim((ch_str){s.at + 1, s.len - 1}), from, line))
            return false;
    } else {
        ch_str right, left = ch_import_cut(s, '-', &right);
        if (!read_date(im, left, from, line) || !read_date(im, ch_import_trim(right), to, line))
            return false;
        if (strcmp(from, to) > 0)
            return false;
    }
    snprintf(out, 32, "%s..%s", from, to);
    return true;
}

/* ------------------------------------------------------------------- codes */

static bool
is_nobody(ch_str code)
{
    return ch_str_is(code, "---");
}

/* One of the codes of "[...]"; `s` is all that stands there. */
static void
add_one_code(ch_import *im, entry *e, ch_str s, ch_str code, ch_str range, uint32_t line)
{
    dated_code d = {.code = code, .line = line};
    char *upper = ch_arena_copy(im->arena, d.code.at, d.code.len);
    for (size_t i = 0; upper != NULL && i < d.code.len; i++)
        if (upper[i] >= 'a' && upper[i] <= 'z')
            upper[i] = (char)(upper[i] - 'a' + 'A');
    d.code.at = upper != NULL ? upper : "";
    if (upper == NULL || (!ch_import_is_code(d.code) && !is_nobody(d.code))) {
        ch_import_lost(im, line, "write a code of letters and digits", "[%.*s] is no code of an actor", (int)s.len, s.at);
        return;
    }
    if (range.len == 0) {
        if (e->plain.code.at != NULL && e->several && e->ncode < CODES_MAX)
            e->codes[e->ncode++] = d;
        else if (e->plain.code.at != NULL && !ch_str_eq(e->plain.code, d.code))
            ch_import_lost(im, line, "take one of them out", "a second code without a date, [%.*s]: the first is kept",
                           (int)s.len, s.at);
        else
            e->plain = d;
        return;
    }
    if (!read_range(im, range, d.range, line))
        ch_import_lost(im, line, "write <DATE, >DATE or DATE-DATE with dates like 950601 or 19950601",
                       "\"%.*s\" are no dates: the code [%.*s] is left out", (int)range.len, range.at, (int)d.code.len,
                       d.code.at);
    else if (e->ncode == CODES_MAX)
        ch_import_lost(im, line, "part the entry", "more than %d codes", CODES_MAX);
    else
        e->codes[e->ncode++] = d;
}

/* "CODE", "CODE RANGE", "CODE/CODE": several at once. */
static void
add_code(ch_import *im, entry *e, ch_str inside, uint32_t line)
{
    ch_str s = ch_import_trim(inside), code = s;
    size_t end = 0;
    while (end < s.len && s.at[end] != ' ' && s.at[end] != '<' && s.at[end] != '>')
        end++;
    code.len = end;
    ch_str range = ch_import_trim((ch_str){s.at + end, s.len - end});
    for (bool first = true; first || code.len != 0; first = false) {
        ch_str one = ch_import_cut(code, '/', &code);
        e->several = e->several || code.len != 0;
        add_one_code(im, e, s, one, range, line);
    }
}

/* All "[...]" of a line; gives what stands before the first. */
static ch_str
read_codes(ch_import *im, entry *e, const ch_import_line *l)
{
    ch_str rest, head = ch_import_cut(l->text, '[', &rest);
    while (rest.at != l->text.at + l->text.len) {
        ch_str behind, inside = ch_import_cut(rest, ']', &behind);
        add_code(im, e, inside, l->number);
        ch_str between = ch_import_cut(behind, '[', &rest);
        if (between.len != 0)
            ch_import_lost(im, l->number, "write it on a line of its own", "\"%.*s\" behind a code", (int)between.len,
                           between.at);
        if (behind.len == 0)
            break;
    }
    return head;
}

/* ----------------------------------------------------------------- writing */

/* What kind of actor: by its code, for the dictionaries do not tell. Codes that
 * change with the day are offices, which persons have. */
static const char *
kind_of(const entry *e, ch_str code)
{
    static const struct {
        const char *group, *kind;
    } kinds[] = {{"IGO", "organisation"}, {"NGO", "organisation"}, {"NGM", "organisation"}, {"IMG", "group"}, {"MNC", "company"},
                 {"REB", "group"},        {"UAF", "group"},        {"SEP", "group"},        {"INS", "group"}, {"PTY", "group"},
                 {"OPP", "group"},        {"BUS", "company"},      {"GOV", "body"},         {"MIL", "body"},  {"COP", "body"},
                 {"LEG", "body"},         {"JUD", "body"},         {"SPY", "body"},         {"ELI", "person"}};
    if (e->ncode > 1 && !e->several)
        return "person";
    for (size_t at = 0; at + 3 <= code.len; at += 3)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (memcmp(code.at + at, kinds[i].group, 3) == 0)
                return kinds[i].kind;
    return "organisation";
}

static void
write_role(ch_import *im, const dated_code *d)
{
    ch_text_puts(&im->out, "  role: ");
    if (d->range[0] != '\0')
        ch_text_printf(&im->out, "%s ", d->range);
    if (is_nobody(d->code))
        ch_text_puts(&im->out, "-\n");
    else {
        ch_text_printf(&im->out, "%.*s\n", (int)d->code.len, d->code.at);
        ch_import_use_code(im, d->code, d->line);
    }
}

static bool
is_country_like(const entry *e)
{
    static const char *const none[] = {"IGO", "NGO", "NGM", "IMG", "MNC", "---"};
    if (e->ncode != 0 || e->plain.code.at == NULL || e->plain.code.len != 3)
        return false;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (ch_str_is(e->plain.code, none[i]))
            return false;
    return true;
}

static void
write_entry(ch_import *im, entry *e)
{
    if (e->nname == 0)
        return;
    im->counts->entries++;
    if (is_country_like(e)) {
        ch_import_country *c = ch_import_country_of(im, e->plain.code, e->line);
        if (c != NULL)
            ch_text_add(&c->names, e->names.at, e->names.len);
        return;
    }
    if (e->ncode == 0 && e->plain.code.at == NULL)
        e->plain.code = ch_str_of("---"); /* none at all: nobody that is coded */
    ch_str code = e->ncode != 0 ? e->codes[0].code : e->plain.code;
    ch_text_printf(&im->out, "%s %s\n", kind_of(e, code), ch_import_id(im, e->first));
    ch_text_add(&im->out, e->names.at, e->names.len);
    for (uint32_t i = 0; i < e->ncode; i++)
        write_role(im, &e->codes[i]);
    if (e->plain.code.at != NULL)
        write_role(im, &e->plain);
    else if (e->ncode != 0)
        ch_text_puts(&im->out, "  role: -\n");
    ch_text_printf(&im->out, "  from: %s:%u\n\n", im->file, e->line);
}

/* ----------------------------------------------------------------- reading */

static void
add_name(ch_import *im, entry *e, ch_str phrase, const ch_import_line *l)
{
    ch_str name = ch_import_name(im, phrase, l->number);
    if (name.len == 0)
        return;
    if (im->tabari && phrase.at[phrase.len - 1] != '_')
        ch_import_lost(im, l->number, "add the other forms as names", "\"%.*s\" is a stem: only the whole word is found",
                       (int)phrase.len, phrase.at);
    if (memchr(phrase.at, ' ', phrase.len) != NULL)
        ch_import_lost(im, l->number, "write the other forms as names too",
                       "other words may stand between those of \"%.*s\" there, not here", (int)phrase.len, phrase.at);
    if (e->nname++ == 0)
        e->first = name;
    ch_text_puts(&e->names, "  name: ");
    ch_text_add_str(&e->names, name);
    ch_import_end_line(&e->names, l->comment);
}

void
ch_import_actors(ch_import *im)
{
    entry e = {0};
    bool open = false;
    for (uint32_t i = 0; i < im->nline && !im->out_of_memory; i++) {
        const ch_import_line *l = &im->lines[i];
        if (l->text.len == 0)
            continue;
        bool synonym = l->text.at[0] == '+', code = l->text.at[0] == '[';
        if (!synonym && !code) {
            write_entry(im, &e);
            ch_text_free(&e.names);
            e = (entry){.line = l->number};
            open = true;
        }
        if (!open) {
            ch_import_lost(im, l->number, "put a phrase before it", "\"%.*s\" belongs to no phrase", (int)l->text.len,
                           l->text.at);
            continue;
        }
        ch_str phrase = read_codes(im, &e, l);
        if (synonym)
            phrase = ch_import_trim((ch_str){phrase.at + 1, phrase.len - 1});
        if (phrase.len != 0)
            add_name(im, &e, phrase, l);
    }
    write_entry(im, &e);
    ch_text_free(&e.names);
}

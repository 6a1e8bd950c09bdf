/* Words that a report has, as people write them to a search engine:
 *
 *     search = all { "OR" all }
 *     all    = one { [ "AND" ] one }
 *     one    = [ "-" | "NOT" ] ( word [ "*" ] | '"' words '"' | "(" search ")" )
 *
 * Brought into the order in which a stack takes them, so that each store can write
 * its own language from it: nothing of the user's text is read as that language. */
#include "base/utf8.h"
#include "store/filter.h"

#include <string.h>

/* What must not be there is read twice on each level. */
#define DEPTH_MAX 8
#define STEPS_MAX 64

typedef struct {
    ch_arena *arena;
    const char *at, *end;
    ch_search_step steps[STEPS_MAX];
    uint32_t nstep;
    int depth;
    const char *wrong; /* what is the matter; NULL so far */
} search;

static void
fail(search *s, const char *why)
{
    if (s->wrong == NULL)
        s->wrong = why;
}

static void
push(search *s, ch_search_op op, const char *words)
{
    if (s->nstep == STEPS_MAX) {
        fail(s, "it has too many words");
        return;
    }
    s->steps[s->nstep++] = (ch_search_step){op, words};
}

static void
skip_blanks(search *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\t' || *s->at == '\n'))
        s->at++;
}

/* Whether the next word is this one in capitals; it is passed over then. */
static bool
take_operator(search *s, const char *name)
{
    size_t len = strlen(name);
    skip_blanks(s);
    if ((size_t)(s->end - s->at) < len || memcmp(s->at, name, len) != 0 ||
        (s->at + len < s->end && strchr(" \t\n(\"-", s->at[len]) == NULL))
        return false;
    s->at += len;
    return true;
}

/* Whether there is a letter or a digit in it: else no word is left to look for. */
static bool
has_word(const char *at, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t c = ch_utf8_next(at, len, &i);
        if (ch_is_letter(c) || ch_is_digit(c))
            return true;
    }
    return false;
}

static void
take_words(search *s, ch_search_op op, const char *from, const char *to)
{
    if (!has_word(from, (size_t)(to - from))) {
        fail(s, "it has a mark where a word should be");
        return;
    }
    const char *words = ch_arena_copy(s->arena, from, (size_t)(to - from));
    if (words == NULL)
        fail(s, "it is too long");
    push(s, op, words);
}

static void
read_phrase(search *s)
{
    const char *from = ++s->at, *to = memchr(from, '"', (size_t)(s->end - from));
    if (to == NULL) {
        fail(s, "a quotation mark is not closed");
        s->at = s->end;
        return;
    }
    s->at = to + 1;
    take_words(s, CH_SEARCH_WORDS, from, to);
}

static void
read_word(search *s)
{
    const char *from = s->at;
    while (s->at < s->end && strchr(" \t\n()\"", *s->at) == NULL)
        s->at++;
    bool prefix = s->at - from > 1 && s->at[-1] == '*';
    take_words(s, prefix ? CH_SEARCH_PREFIX : CH_SEARCH_WORDS, from, s->at - prefix);
}

static void read_any(search *s);

static void
read_one(search *s)
{
    skip_blanks(s);
    if (s->at == s->end)
        fail(s, "a word is missing at its end");
    else if (*s->at == '"')
        read_phrase(s);
    else if (*s->at == ')')
        fail(s, "a \")\" closes nothing");
    else if (*s->at != '(')
        read_word(s);
    else if (++s->depth > DEPTH_MAX)
        fail(s, "its parentheses are too deep");
    else {
        s->at++;
        read_any(s);
        skip_blanks(s);
        if (s->at == s->end || *s->at != ')')
            fail(s, "a \"(\" is not closed");
        else
            s->at++;
        s->depth--;
    }
}

static bool
take_not(search *s)
{
    if (take_operator(s, "NOT"))
        return true;
    if (s->at >= s->end || *s->at != '-')
        return false;
    s->at++;
    return true;
}

/* What must not be there comes behind what must: neither store can look for what
 * is only missing. */
static void
read_all(search *s)
{
    uint32_t wanted = 0;
    const char *unwanted[STEPS_MAX];
    uint32_t nunwanted = 0;
    for (skip_blanks(s); s->wrong == NULL; skip_blanks(s)) {
        if (s->at == s->end || *s->at == ')')
            break;
        const char *before = s->at;
        if (wanted + nunwanted != 0 && take_operator(s, "OR")) {
            s->at = before;
            break;
        }
        if (wanted + nunwanted != 0)
            take_operator(s, "AND");
        if (take_not(s)) {
            uint32_t mark = s->nstep;
            unwanted[nunwanted < STEPS_MAX ? nunwanted++ : 0] = s->at;
            read_one(s); /* once to pass over it, and to see what is wrong with it */
            s->nstep = mark;
            continue;
        }
        read_one(s);
        if (wanted++ != 0)
            push(s, CH_SEARCH_AND, NULL);
    }
    if (wanted == 0)
        fail(s, nunwanted != 0 ? "it says only what must not be there" : "it has no word");
    const char *end = s->at;
    for (uint32_t i = 0; i < nunwanted && s->wrong == NULL; i++) {
        s->at = unwanted[i];
        read_one(s);
        push(s, CH_SEARCH_AND_NOT, NULL);
    }
    s->at = end;
}

static void
read_any(search *s)
{
    read_all(s);
    while (s->wrong == NULL && take_operator(s, "OR")) {
        read_all(s);
        push(s, CH_SEARCH_OR, NULL);
    }
}

ch_status
ch_search_read(ch_value *out, ch_arena *arena, ch_str text, ch_error *err)
{
    search s = {.arena = arena, .at = text.at, .end = text.at + text.len};
    size_t bad = ch_utf8_check(text.at, text.len);
    if (bad != text.len)
        return ch_fail(err, CH_E_ARGUMENT, NULL, bad, "the search is no UTF-8");
    read_any(&s);
    if (s.wrong == NULL && s.at != s.end)
        fail(&s, "a \")\" closes nothing");
    if (s.wrong != NULL)
        return ch_fail(err, CH_E_ARGUMENT, NULL, (uint64_t)(s.at - text.at), "the search \"%.*s\" cannot be read: %s",
                       text.len < 200 ? (int)text.len : 200, text.at, s.wrong);
    ch_search_step *steps = ch_arena_array(arena, s.nstep, sizeof *steps);
    *out = (ch_value){.kind = CH_VALUE_SEARCH, .steps = steps, .nstep = s.nstep, .text = ch_arena_copy(arena, text.at, text.len)};
    if (steps == NULL || out->text == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "the search is too long");
    memcpy(steps, s.steps, s.nstep * sizeof *steps);
    return CH_OK;
}

ch_status
ch_filter_search(ch_filter *filter, ch_value *out, ch_str text, ch_error *err)
{
    return ch_search_read(out, &filter->arena, text, err);
}

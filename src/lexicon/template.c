#include "lexicon/template.h"

typedef enum { NOTHING, A_NUMBER, A_TABLE, PERHAPS_A_TABLE, A_PATH, SOME_TEXT } operand;

static const struct {
    const char *name;
    ch_template_op op;
    operand operand;
} filters[] = {
    {"at", CH_TEMPLATE_AT, A_NUMBER},
    {"from", CH_TEMPLATE_FROM, A_NUMBER},
    {"first", CH_TEMPLATE_FIRST, A_NUMBER},
    {"number", CH_TEMPLATE_NUMBER, A_NUMBER},
    {"map", CH_TEMPLATE_MAP, A_TABLE},
    {"swap", CH_TEMPLATE_SWAP, A_TABLE},
    {"in", CH_TEMPLATE_IN, A_TABLE},
    {"less", CH_TEMPLATE_LESS, A_TABLE},
    {"country", CH_TEMPLATE_COUNTRY, PERHAPS_A_TABLE},
    {"or", CH_TEMPLATE_OR, A_PATH},
    {"else", CH_TEMPLATE_ELSE, SOME_TEXT},
    {"then", CH_TEMPLATE_THEN, SOME_TEXT},
    {"prefix", CH_TEMPLATE_PREFIX, SOME_TEXT},
    {"date", CH_TEMPLATE_DATE, SOME_TEXT},
    {"fraction", CH_TEMPLATE_FRACTION, NOTHING},
    {"unique", CH_TEMPLATE_UNIQUE, NOTHING},
    {"upper", CH_TEMPLATE_UPPER, NOTHING},
    {"label", CH_TEMPLATE_LABEL, NOTHING},
    {"chars", CH_TEMPLATE_CHARS, NOTHING},
    {"host", CH_TEMPLATE_HOST, NOTHING},
    {"percent", CH_TEMPLATE_PERCENT, NOTHING},
};

/* What a path may begin with; see record/export/value.c. */
static const char *const roots[] = {"serial", "story", "version",  "sentence", "mentions", "lead",      "length", "day",
                                    "score",  "name",  "document", "record",   "actor",    "recipient", "item"};

typedef struct {
    ch_template_step *steps;
    uint32_t count;
    const char *wrong;
} parse;

static bool
add(parse *p, ch_template_op op, ch_str text, uint32_t number)
{
    if (p->count == CH_TEMPLATE_STEPS_MAX) {
        p->wrong = "has too many parts";
        return false;
    }
    p->steps[p->count++] = (ch_template_step){.op = op, .text = text, .number = number};
    return true;
}

static bool
is_path(ch_str text)
{
    ch_str rest, root = ch_str_cut(text, '.', &rest);
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (ch_str_is(root, roots[i]))
            return true;
    return false;
}

static bool
read_number(ch_str text, uint32_t *out)
{
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || *out > 9999)
            return false;
        *out = *out * 10 + (uint32_t)(text.at[i] - '0');
    }
    return text.len != 0;
}

static bool
add_filter(parse *p, ch_str text)
{
    ch_str rest, name = ch_str_cut(text, ' ', &rest);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        uint32_t number = 0;
        if (!ch_str_is(name, filters[i].name))
            continue;
        if (filters[i].operand == NOTHING && rest.len != 0)
            p->wrong = "gives an operand to what has none";
        else if (filters[i].operand == A_NUMBER && !read_number(rest, &number))
            p->wrong = "needs a number there";
        else if (filters[i].operand == A_TABLE && rest.len == 0)
            p->wrong = "needs a table there";
        else if (filters[i].operand == A_PATH && !is_path(rest))
            p->wrong = "needs a path there";
        else
            return add(p, filters[i].op, rest, number);
        return false;
    }
    p->wrong = "does what is not known there";
    return false;
}

/* What stands between braces: a path, then what is done with its values. */
static bool
add_part(parse *p, ch_str text)
{
    ch_str rest, path = ch_str_cut(text, '|', &rest);
    if (!is_path(path)) {
        p->wrong = "begins with no path there";
        return false;
    }
    if (!add(p, CH_TEMPLATE_SOURCE, path, 0))
        return false;
    while (rest.len != 0)
        if (!add_filter(p, ch_str_cut(rest, '|', &rest)))
            return false;
    return true;
}

bool
ch_template_parse(ch_template_step steps[CH_TEMPLATE_STEPS_MAX], uint32_t *count, ch_str text, const char **wrong, size_t *at)
{
    parse p = {.steps = steps};
    size_t from = 0;
    bool good = true;
    while (good && from < text.len) {
        const char *open = memchr(text.at + from, '{', text.len - from);
        size_t here = open != NULL ? (size_t)(open - text.at) : text.len;
        if (here > from)
            good = add(&p, CH_TEMPLATE_TEXT, (ch_str){text.at + from, here - from}, 0);
        *at = from = here;
        if (open == NULL || !good)
            break;
        const char *close = memchr(open, '}', text.len - here);
        if (close == NULL) {
            p.wrong = "has a brace that is never closed";
            good = false;
            break;
        }
        good = add_part(&p, (ch_str){open + 1, (size_t)(close - open) - 1});
        from = (size_t)(close - text.at) + 1;
    }
    *count = p.count;
    *wrong = p.wrong;
    return good;
}

bool
ch_template_names_table(const ch_template_step *step)
{
    return step->op == CH_TEMPLATE_MAP || step->op == CH_TEMPLATE_SWAP || step->op == CH_TEMPLATE_IN ||
           step->op == CH_TEMPLATE_LESS || (step->op == CH_TEMPLATE_COUNTRY && step->text.len != 0);
}

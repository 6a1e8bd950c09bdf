/* A treebank's text as other papers would have printed it. */
#include "training.h"

#include <stdlib.h>
#include <string.h>

/* One paragraph in so many is printed with curved quotation marks. */
#define CURVED 2
/* One sentence end in so many has lost the space behind it, and one space in so
 * many before a capital. */
#define GLUED 60
#define GLUED_INSIDE 120
/* One name in so many that another follows is only its initial. */
#define INITIAL 12
/* One short word in so many that follows a number stands close to it, as units do. */
#define CLOSE 10

typedef struct {
    ch_training *t;
    ch_text *text;
    bool curved;
    bool after_space; /* what was written last */
    bool small;       /* the next letter in small */
    uint32_t at;      /* what was read of the treebank's text */
} printing;

static void
put_quote(printing *p, char mark)
{
    bool opens = p->after_space;
    if (mark == '"')
        ch_text_puts(p->text, opens ? "\xE2\x80\x9C" : "\xE2\x80\x9D");
    else
        ch_text_puts(p->text, opens ? "\xE2\x80\x98" : "\xE2\x80\x99");
}

static void
print(printing *p, ch_str s)
{
    if (p->curved && (ch_str_is(s, "--") || (ch_str_is(s, "-") && p->after_space))) {
        ch_text_puts(p->text, "\xE2\x80\x94");
        return;
    }
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (p->small && c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        p->small = false;
        if (p->curved && (c == '"' || c == '\''))
            put_quote(p, c);
        else
            ch_text_putc(p->text, c);
        p->after_space = c == ' ' || c == '\n' || c == '(';
    }
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* "75 bn", "10 am": a number and a short word. */
static bool
may_stand_close(const ch_treebank *tb, const ch_gold_word *a, const ch_gold_word *b)
{
    uint32_t len = b->span.end - b->span.start;
    if (len > 3 || !is_digit(tb->text.at[a->span.end - 1]) || !is_digit(tb->text.at[a->span.start]))
        return false;
    for (uint32_t i = b->span.start; i < b->span.end; i++)
        if (!is_small(tb->text.at[i]))
            return false;
    return true;
}

/* May the space between these two go? Where two words would become one no reader
 * could part them; a period or a small letter before a capital still shows. */
static bool
may_glue(const ch_treebank *tb, const ch_gold_word *a, const ch_gold_word *b)
{
    unsigned char last = (unsigned char)tb->text.at[a->span.end - 1], first = (unsigned char)tb->text.at[b->span.start];
    bool letter = (first | 0x20) >= 'a' && (first | 0x20) <= 'z', capital = first >= 'A' && first <= 'Z';
    if (last == '.' || last == '!' || last == '?')
        return (letter || first == '"') && a->span.end - a->span.start == 1;
    return capital && last >= 'a' && last <= 'z';
}

/* Is the space before word i lost? */
static bool
loses_space(printing *p, const ch_treebank *tb, uint32_t i, bool first)
{
    if (i == 0)
        return false;
    const ch_gold_word *a = &tb->words[i - 1], *b = &tb->words[i];
    bool space = (a->flags & CH_T_SPACE_AFTER) != 0, ends = !is_small(tb->text.at[a->span.end - 1]);
    if (!first && space && may_stand_close(tb, a, b))
        return ch_training_random(p->t, CLOSE) == 0;
    if (!space || (!first && ends) || !may_glue(tb, a, b) || ch_training_random(p->t, ends ? GLUED : GLUED_INSIDE) != 0)
        return false;
    p->small = tb->text.at[a->span.end - 1] == '.' && ch_training_random(p->t, 2) == 0;
    return true;
}

static bool
is_name(ch_str s)
{
    return s.len > 2 && s.at[0] >= 'A' && s.at[0] <= 'Z' && is_small(s.at[1]) && is_small(s.at[s.len - 1]);
}

/* "Vladimir V. Putin": is the word to be an initial? */
static bool
becomes_initial(printing *p, const ch_treebank *tb, uint32_t i, bool first)
{
    return !first && i + 1 < tb->nword && tb->words[i].flags == CH_T_SPACE_AFTER &&
           is_name(ch_gold_text(tb, tb->words[i].span)) && is_name(ch_gold_text(tb, tb->words[i + 1].span)) &&
           ch_training_random(p->t, INITIAL) == 0;
}

static void
vary_word(printing *p, ch_treebank *out, const ch_treebank *tb, uint32_t i, bool first)
{
    ch_gold_word *w = &out->words[i];
    const ch_gold_word *own = &tb->words[i];
    if (loses_space(p, tb, i, first))
        p->after_space = false;
    else
        print(p, (ch_str){tb->text.at + p->at, own->span.start - p->at});
    p->at = own->span.end;
    w->span.start = (uint32_t)out->text.len;
    if (becomes_initial(p, tb, i, first))
        print(p, (ch_str){(char[]){tb->text.at[own->span.start], '.'}, 2});
    else
        print(p, ch_gold_text(tb, own->span));
    w->span.end = (uint32_t)out->text.len;
}

bool
ch_treebank_vary(ch_treebank *out, const ch_treebank *tb, ch_training *t)
{
    *out = (ch_treebank){0};
    out->sents = malloc((tb->nsent + 1) * sizeof *out->sents);
    out->words = malloc((tb->nword + 1) * sizeof *out->words);
    if (out->sents == NULL || out->words == NULL)
        return false;
    memcpy(out->sents, tb->sents, tb->nsent * sizeof *out->sents);
    memcpy(out->words, tb->words, tb->nword * sizeof *out->words);
    out->nsent = tb->nsent;
    out->nword = tb->nword;
    printing p = {.t = t, .text = &out->text, .after_space = true};
    for (uint32_t s = 0; s < tb->nsent; s++) {
        ch_gold_sentence *sent = &out->sents[s];
        if (sent->paragraph_start)
            p.curved = ch_training_random(t, CURVED) == 0;
        for (uint32_t i = sent->first; i < sent->last; i++)
            vary_word(&p, out, tb, i, i == sent->first);
        sent->span = (ch_span){out->words[sent->first].span.start, out->words[sent->last - 1].span.end};
    }
    return !out->text.failed;
}

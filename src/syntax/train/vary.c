/* A treebank's text as other papers would have printed it. */
#include "training.h"

#include <stdlib.h>
#include <string.h>

/* One paragraph in so many is printed with curved quotation marks. */
#define CURVED 2
/* One sentence end in so many has lost the space behind it. */
#define GLUED 60

typedef struct {
    ch_training *t;
    ch_text *text;
    bool curved;
    bool after_space; /* what was written last */
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
        if (p->curved && (c == '"' || c == '\''))
            put_quote(p, c);
        else
            ch_text_putc(p->text, c);
        p->after_space = c == ' ' || c == '\n' || c == '(';
    }
}

/* May the space between these two go? Where two words would become one no reader
 * could part them; a period or a small letter before a capital still shows. */
static bool
may_glue(const ch_treebank *tb, const ch_gold_word *a, const ch_gold_word *b)
{
    unsigned char last = (unsigned char)tb->text.at[a->span.end - 1], first = (unsigned char)tb->text.at[b->span.start];
    bool letter = (first | 0x20) >= 'a' && (first | 0x20) <= 'z', capital = first >= 'A' && first <= 'Z';
    if (last == '.' || last == '!' || last == '?')
        return letter && a->span.end - a->span.start == 1;
    return capital && last >= 'a' && last <= 'z';
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
    uint32_t at = 0;
    for (uint32_t s = 0; s < tb->nsent; s++) {
        ch_gold_sentence *sent = &out->sents[s];
        if (sent->paragraph_start)
            p.curved = ch_training_random(t, CURVED) == 0;
        for (uint32_t i = sent->first; i < sent->last; i++) {
            ch_gold_word *w = &out->words[i];
            bool glue = i == sent->first && i > 0 && ch_training_random(t, GLUED) == 0 && may_glue(tb, &tb->words[i - 1], &tb->words[i]);
            if (!glue)
                print(&p, (ch_str){tb->text.at + at, w->span.start - at});
            else
                p.after_space = false;
            at = w->span.end;
            uint32_t start = (uint32_t)out->text.len;
            print(&p, ch_gold_text(tb, tb->words[i].span));
            w->span = (ch_span){start, (uint32_t)out->text.len};
        }
        sent->span = (ch_span){out->words[sent->first].span.start, out->words[sent->last - 1].span.end};
    }
    return !out->text.failed;
}

/* CoNLL-U out. */
#include "syntax/labels.h"
#include "syntax/syntax.h"

static void
put_one_line(ch_text *out, ch_str s)
{
    for (size_t i = 0; i < s.len; i++)
        ch_text_putc(out, s.at[i] == '\n' || s.at[i] == '\r' || s.at[i] == '\t' ? ' ' : s.at[i]);
}

static void
put_form(ch_text *out, ch_str s)
{
    if (s.len == 0)
        ch_text_putc(out, '_');
    put_one_line(out, s);
}

static void
put_misc(ch_text *out, const ch_token *t)
{
    ch_text_puts(out, (t->flags & CH_T_SPACE_AFTER) != 0 ? "_\n" : "SpaceAfter=No\n");
}

/* "1-2 don't": the range of a multiword token; the words have no spacing of their own. */
static void
put_range(ch_text *out, const ch_document *doc, uint32_t i, uint32_t first)
{
    uint32_t last = i;
    while (last + 1 < doc->ntok && (doc->toks[last + 1].flags & CH_T_MWT_REST) != 0)
        last++;
    ch_span span = {doc->toks[i].span.start, doc->toks[last].span.end};
    ch_text_printf(out, "%u-%u\t", i - first + 1, last - first + 1);
    put_form(out, ch_span_text(doc, span));
    ch_text_puts(out, "\t_\t_\t_\t_\t_\t_\t_\t");
    put_misc(out, &doc->toks[last]);
}

static void
put_word(ch_text *out, const ch_document *doc, uint32_t i, uint32_t first)
{
    const ch_token *t = &doc->toks[i];
    bool inside = (t->flags & (CH_T_MWT_FIRST | CH_T_MWT_REST)) != 0;
    ch_text_printf(out, "%u\t", i - first + 1);
    put_form(out, ch_span_text(doc, t->span));
    ch_text_putc(out, '\t');
    put_form(out, t->lemma);
    ch_text_printf(out, "\t%s\t%s\t%s\t%u\t%s%s%s\t_\t", ch_upos_name((ch_upos)t->upos), t->xpos, t->feats,
                   t->head == CH_NONE ? 0 : t->head - first + 1, ch_rel_name((ch_rel)t->rel), t->sub != CH_SUB_NONE ? ":" : "",
                   ch_sub_name((ch_sub)t->sub));
    if (inside)
        ch_text_puts(out, "_\n");
    else
        put_misc(out, t);
}

void
ch_conllu_write(ch_text *out, const ch_document *doc)
{
    ch_text_puts(out, "# newdoc id = ");
    put_one_line(out, doc->id);
    ch_text_putc(out, '\n');
    for (uint32_t s = 0; s < doc->nsent; s++) {
        const ch_sentence *sent = &doc->sents[s];
        if (sent->paragraph_start)
            ch_text_puts(out, "# newpar\n");
        ch_text_printf(out, "# sent_id = %u\n# text = ", s + 1);
        put_one_line(out, ch_span_text(doc, sent->span));
        ch_text_putc(out, '\n');
        for (uint32_t i = sent->first; i < sent->last; i++) {
            if ((doc->toks[i].flags & CH_T_MWT_FIRST) != 0)
                put_range(out, doc, i, sent->first);
            put_word(out, doc, i, sent->first);
        }
        ch_text_putc(out, '\n');
    }
}

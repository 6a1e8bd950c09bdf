/* From the parts of a text to the graph: the whole way of the syntax stage. */
#include "base/utf8.h"
#include "syntax/ends.h"
#include "syntax/labels.h"
#include "syntax/mend.h"
#include "syntax/syntax.h"
#include "syntax/treebank.h"
#include "syntax/word.h"

#include <string.h>

typedef struct {
    const ch_model *model;
    const ch_lexicon *lexicon; /* may be NULL */
    ch_document *doc;
    uint32_t tok_room, sent_room, unread_room;
    ch_pieces pieces; /* of the part that is read; its room serves the next */
    ch_marks marks;
    ch_network_room *room;
    ch_network_answer answer;
    ch_str forms[CH_SENTENCE_MAX];
} reading;

/* `list` with room for `more` behind `count`, doubled in the arena; NULL without memory. */
static void *
with_room(ch_arena *arena, void *list, uint32_t count, uint32_t more, uint32_t *room, size_t size)
{
    if (count + more <= *room)
        return list;
    uint32_t want = *room == 0 ? 256 : *room * 2;
    while (want < count + more)
        want *= 2;
    void *bigger = ch_arena_array(arena, want, size);
    if (bigger == NULL)
        return NULL;
    if (count != 0)
        memcpy(bigger, list, count * size);
    *room = want;
    return bigger;
}

/* Token i of a sentence, from 1, whose first is doc->toks[first]. */
static void
fill_token(reading *r, ch_token *t, const ch_piece *piece, uint32_t i, uint32_t first)
{
    const ch_model *m = r->model;
    const ch_network_answer *a = &r->answer;
    ch_str word = r->forms[i - 1];
    uint32_t head = a->head[i];
    *t = (ch_token){
        .span = piece->span, .flags = piece->flags, .upos = a->upos[i], .head = head == 0 ? CH_NONE : first + head - 1};
    t->xpos = m->strings + m->xpos[a->xpos[i]];
    t->feats = ch_feats(m, word, a->xpos[i], a->upos[i]);
    t->morph = ch_morph_of(t->feats);
    t->lemma = ch_lemma(m, &r->doc->arena, word, a->xpos[i], a->upos[i]);
    t->rel = head == 0 ? CH_ROOT : m->rel[a->label[i]];
    t->sub = head == 0 ? CH_SUB_NONE : m->sub[a->label[i]];
    if (head != 0 && t->rel == CH_ROOT)
        t->rel = CH_DEP;
}

/* Reads n pieces as one sentence; false without memory. */
static bool
read_sentence(reading *r, const ch_piece *pieces, uint32_t n, bool paragraph_start)
{
    ch_document *doc = r->doc;
    ch_token *toks = with_room(&doc->arena, doc->toks, doc->ntok, n, &r->tok_room, sizeof *toks);
    if (toks == NULL)
        return false;
    doc->toks = toks;
    ch_sentence *sents = with_room(&doc->arena, doc->sents, doc->nsent, 1, &r->sent_room, sizeof *sents);
    if (sents == NULL)
        return false;
    doc->sents = sents;
    for (uint32_t i = 0; i < n; i++)
        r->forms[i] = ch_span_text(doc, pieces[i].span);
    if (!ch_network_read(&r->model->network, r->room, r->forms, n, &r->answer))
        return false;
    uint32_t first = doc->ntok;
    for (uint32_t i = 0; i < n; i++)
        fill_token(r, &doc->toks[first + i], &pieces[i], i + 1, first);
    doc->ntok += n;
    doc->sents[doc->nsent++] = (ch_sentence){
        .first = first,
        .last = first + n,
        .span = {pieces[0].span.start, pieces[n - 1].span.end},
        .paragraph_start = paragraph_start,
    };
    return true;
}

/* Passes over n pieces of a sentence without end, which go on where the last ones
 * ended that were passed over. */
static bool
leave_unread(reading *r, const ch_piece *pieces, uint32_t n, bool goes_on)
{
    ch_document *doc = r->doc;
    if (!goes_on) {
        ch_span *unread = with_room(&doc->arena, doc->unread, doc->nunread, 1, &r->unread_room, sizeof *unread);
        if (unread == NULL)
            return false;
        doc->unread = unread;
        doc->unread[doc->nunread++].start = pieces[0].span.start;
    }
    doc->unread[doc->nunread - 1].end = pieces[n - 1].span.end;
    return true;
}

static bool
read_part(reading *r, ch_span part)
{
    ch_pieces *pieces = &r->pieces;
    pieces->count = 0;
    if (!ch_split_words(r->model, r->doc->text, part, pieces, &r->doc->arena))
        return false;
    const ch_mark *marks = ch_marks_of(r->model, r->doc->text, pieces, &r->marks, &r->doc->arena);
    if (marks == NULL && pieces->count != 0)
        return false;
    uint32_t start = 0, begun = 0; /* of the piece of a sentence, and of the sentence */
    for (uint32_t i = 0; i < pieces->count; i++) {
        bool last = i + 1 == pieces->count, full = i + 1 - start == CH_SENTENCE_MAX;
        bool inside_token = !last && (pieces->at[i + 1].flags & CH_T_MWT_REST) != 0;
        bool ends = !inside_token && ch_ends_behind(r->model, marks, pieces->count, start, i);
        if (!last && !full && !ends)
            continue;
        if (start - begun < CH_SENTENCE_READ_MAX ? !read_sentence(r, pieces->at + start, i + 1 - start, start == 0)
                                                 : !leave_unread(r, pieces->at + start, i + 1 - start, start - begun > CH_SENTENCE_READ_MAX))
            return false;
        start = i + 1;
        begun = ends ? start : begun;
    }
    return true;
}

/* ------------------------------------------------------------------- words */

/* Longest folded token; of a longer one nothing is looked up. */
#define FOLD_MAX 192

/* Marks that may stand inside a name: between the two words, nothing else. */
static bool
joins(ch_str mark)
{
    return mark.len == 1 && (mark.at[0] == '-' || mark.at[0] == '/' || mark.at[0] == '&');
}

static uint32_t
count_words(const char *folded, size_t len)
{
    uint32_t n = len != 0;
    for (size_t i = 0; i < len; i++)
        n += folded[i] == ' ';
    return n;
}

static size_t
fold(char *out, ch_str s)
{
    size_t len = ch_fold(out, FOLD_MAX, s.at, s.len);
    return len == SIZE_MAX ? 0 : len;
}

/* The words that names are compared by; see document.h. */
static bool
find_words(reading *r)
{
    ch_document *doc = r->doc;
    char folded[FOLD_MAX];
    uint32_t total = 0;
    for (uint32_t i = 0; i < doc->ntok; i++)
        total += count_words(folded, fold(folded, ch_span_text(doc, doc->toks[i].span)));
    doc->words = ch_arena_array(&doc->arena, total, sizeof *doc->words);
    doc->first_word = ch_arena_array(&doc->arena, (size_t)doc->ntok + 1, sizeof *doc->first_word);
    if (doc->words == NULL || doc->first_word == NULL)
        return false;
    uint32_t sentence = 0;
    bool joined = false;
    for (uint32_t i = 0; i < doc->ntok; i++) {
        ch_str form = ch_span_text(doc, doc->toks[i].span);
        size_t len = fold(folded, form);
        if (sentence < doc->nsent && doc->sents[sentence].first == i) {
            joined = false;
            sentence++;
        }
        doc->first_word[i] = doc->nword;
        if (len == 0)
            joined = joined && joins(form);
        for (size_t at = 0; at < len;) {
            const char *gap = memchr(folded + at, ' ', len - at);
            size_t end = gap != NULL ? (size_t)(gap - folded) : len;
            uint32_t word = r->lexicon != NULL ? ch_lexicon_word(r->lexicon, folded + at, end - at) : 0;
            doc->words[doc->nword++] = (ch_word){.word = word, .tok = i, .joined = joined};
            joined = true;
            at = end + 1;
        }
    }
    doc->first_word[doc->ntok] = doc->nword;
    return true;
}

/* A verb whose lemma the model guessed, or the lexicon does not know, has the
 * lemma of which the lexicon makes this form ("raped": not "ra"). */
static void
mend_lemma(const ch_model *model, const ch_lexicon *lexicon, ch_token *t)
{
    if (t->upos != CH_VERB || t->form_word == 0 || (t->lemma_word != 0 && ch_is_lemma(model, t->lemma, t->upos)))
        return;
    const ch_inflection *made = ch_lexicon_inflection(lexicon, t->form_word);
    if (made == NULL)
        return;
    t->lemma_word = made->lemma;
    t->lemma = ch_str_of(ch_lexicon_string(lexicon, made->text));
}

/* Of a verb with a prefix before a hyphen that the lexicon does not know whole
 * the verb itself: "co-sponsored", "re-elected". */
static uint32_t
word_behind_hyphen(const ch_lexicon *lexicon, const ch_token *t, const char *folded, size_t len)
{
    const char *last = folded + len;
    while (last > folded && last[-1] != ' ')
        last--;
    return t->upos == CH_VERB && last != folded ? ch_lexicon_word(lexicon, last, (size_t)(folded + len - last)) : 0;
}

static void
look_up_tokens(reading *r)
{
    char folded[FOLD_MAX];
    for (uint32_t i = 0; r->lexicon != NULL && i < r->doc->ntok; i++) {
        ch_token *t = &r->doc->toks[i];
        size_t len = fold(folded, ch_span_text(r->doc, t->span));
        t->form_word = len != 0 ? ch_lexicon_word(r->lexicon, folded, len) : 0;
        if (t->form_word == 0 && len != 0)
            t->form_word = word_behind_hyphen(r->lexicon, t, folded, len);
        len = fold(folded, t->lemma);
        t->lemma_word = len != 0 ? ch_lexicon_word(r->lexicon, folded, len) : 0;
        mend_lemma(r->model, r->lexicon, t);
    }
}

static reading *
start(const ch_model *model, const ch_lexicon *lexicon, ch_document *doc)
{
    reading *r = ch_arena_alloc(&doc->arena, sizeof *r);
    if (r != NULL) {
        r->model = model;
        r->lexicon = lexicon;
        r->doc = doc;
        r->room = ch_network_room_new(&doc->arena);
    }
    return r != NULL && r->room != NULL ? r : NULL;
}

/* Looks up the words of what was read; where that or the reading failed, the
 * document is as it was at `mark`. */
static ch_status
finish(reading *r, ch_document *doc, bool ok, ch_arena_mark mark, ch_error *err)
{
    if (ok && find_words(r)) {
        ch_mend_trees(doc);
        look_up_tokens(r);
        return CH_OK;
    }
    doc->sents = NULL;
    doc->toks = NULL;
    doc->unread = NULL;
    doc->words = NULL;
    doc->first_word = NULL;
    doc->nsent = doc->ntok = doc->nword = doc->nunread = 0;
    ch_arena_rewind(&doc->arena, mark);
    return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to parse the text");
}

ch_status
ch_parse(const ch_model *model, const ch_lexicon *lexicon, ch_document *doc, ch_error *err)
{
    ch_arena_mark mark = ch_arena_get_mark(&doc->arena);
    reading *r = start(model, lexicon, doc);
    bool ok = r != NULL;
    for (uint32_t i = 0; ok && i < doc->npart; i++)
        ok = read_part(r, doc->parts[i]);
    return finish(r, doc, ok, mark, err);
}

/* ------------------------------------------------------------------ CoNLL-U */

/* One sentence of a treebank, its words as they stand; one that is longer than
 * the parser takes is read in pieces. */
static bool
read_gold(reading *r, const ch_treebank *tb, const ch_gold_sentence *sent)
{
    uint32_t n = sent->last - sent->first;
    ch_piece *pieces = ch_arena_array(&r->doc->arena, n, sizeof *pieces);
    if (pieces == NULL)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const ch_gold_word *w = &tb->words[sent->first + i];
        pieces[i] = (ch_piece){.span = w->span, .flags = w->flags};
    }
    for (uint32_t at = 0; at < n; at += CH_SENTENCE_MAX) {
        uint32_t count = n - at < CH_SENTENCE_MAX ? n - at : CH_SENTENCE_MAX;
        if (!read_sentence(r, pieces + at, count, at == 0 && sent->paragraph_start))
            return false;
    }
    return true;
}

/* The treebank's text and paragraphs as the document's. */
static bool
take_text(ch_document *doc, const ch_treebank *tb)
{
    doc->text = ch_arena_copy(&doc->arena, tb->text.len != 0 ? tb->text.at : "", tb->text.len);
    doc->parts = ch_arena_array(&doc->arena, tb->nsent, sizeof *doc->parts);
    if (doc->text == NULL || doc->parts == NULL)
        return false;
    doc->text_len = (uint32_t)tb->text.len;
    for (uint32_t s = 0; s < tb->nsent;)
        doc->parts[doc->npart++] = ch_treebank_paragraph(tb, s, &s);
    return true;
}

ch_status
ch_parse_conllu(const ch_model *model, const ch_lexicon *lexicon, ch_document *doc, const char *conllu, size_t len,
                ch_error *err)
{
    ch_treebank tb = {0};
    ch_status status = ch_treebank_read(&tb, conllu, len, NULL, err);
    if (status == CH_OK && tb.text.len > CH_TEXT_MAX)
        status = ch_fail(err, CH_E_LIMIT, NULL, 0, "the text is longer than %u bytes; give it in several files", CH_TEXT_MAX);
    if (status == CH_OK) {
        ch_arena_mark mark = ch_arena_get_mark(&doc->arena);
        reading *r = start(model, lexicon, doc);
        bool ok = r != NULL && take_text(doc, &tb);
        for (uint32_t i = 0; ok && i < tb.nsent; i++)
            ok = read_gold(r, &tb, &tb.sents[i]);
        status = finish(r, doc, ok, mark, err);
        if (status != CH_OK) {
            doc->text = "";
            doc->parts = NULL;
            doc->text_len = doc->npart = 0;
        }
    }
    ch_treebank_free(&tb);
    return status;
}

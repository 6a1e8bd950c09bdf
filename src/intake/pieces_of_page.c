#include "intake/pieces_of_page.h"

#include "base/grow.h"

#include <libxml/SAX2.h>
#include <stdlib.h>

/* Bytes of the longest character reference ("&CounterClockwiseContourIntegral;"),
 * and of what one stands for. */
#define REFERENCE_MAX 40
#define REFERRED_MAX 8

void
ch_text_pieces_free(ch_text_pieces *pieces)
{
    free(pieces->pieces);
    *pieces = (ch_text_pieces){.count = 0};
}

/* Where the `len` bytes of `text` stand whose reading ended at byte `end` of the
 * page; false when that cannot be told. The parser may stand before the last
 * character yet, or behind a reference that stands for them. */
static bool
place_of(ch_text_piece *out, ch_str page, const char *text, size_t len, size_t end)
{
    bool reference = len <= REFERRED_MAX && end != 0 && end <= page.len && page.at[end - 1] == ';';
    for (size_t ahead = 0; ahead <= (reference ? 0 : 4); ahead++)
        if (len <= end + ahead && end + ahead <= page.len && memcmp(page.at + end + ahead - len, text, len) == 0) {
            out->page_start = (uint32_t)(end + ahead - len);
            out->page_end = (uint32_t)(end + ahead);
            return true;
        }
    for (size_t back = 1; len <= REFERRED_MAX && back <= REFERENCE_MAX && back <= end && end <= page.len; back++)
        if (page.at[end - back] == '&') {
            out->page_start = (uint32_t)(end - back);
            out->page_end = (uint32_t)end;
            return true;
        }
    return false;
}

static void
note_characters(void *context, const xmlChar *text, int len)
{
    htmlParserCtxtPtr parser = context;
    ch_text_pieces *p = parser->_private;
    size_t end = parser->input->consumed + (size_t)(parser->input->cur - parser->input->base);
    xmlSAX2Characters(context, text, len);
    xmlNode *node = parser->node != NULL ? parser->node->last : NULL;
    if (p->failed || len <= 0 || node == NULL || node->type != XML_TEXT_NODE || node->content == NULL)
        return;
    ch_text_piece piece = {.node = node, .len = (uint32_t)len}, *last = p->count != 0 ? &p->pieces[p->count - 1] : NULL;
    bool placed = place_of(&piece, p->page, (const char *)text, (size_t)len, end);
    if (placed && last != NULL && last->page_end > piece.page_start)
        last->page_end = piece.page_start > last->page_start ? piece.page_start : last->page_start;
    if (last != NULL && last->node == node)
        piece.at = last->at + last->len;
    else
        node->_private = (void *)((uintptr_t)p->count + 1); // NOLINT(performance-no-int-to-ptr)
    ch_text_piece *pieces = ch_grow(p->pieces, p->count, &p->room, sizeof *pieces, 64);
    p->failed = pieces == NULL;
    if (pieces == NULL)
        return;
    p->pieces = pieces;
    p->pieces[p->count++] = piece;
}

void
ch_note_pieces(ch_text_pieces *pieces, htmlParserCtxtPtr parser)
{
    parser->_private = pieces;
    parser->sax->characters = note_characters;
}

const ch_text_piece *
ch_piece_at(const ch_text_pieces *pieces, const xmlNode *node, uint32_t at, uint32_t *from)
{
    uint32_t first = (uint32_t)(uintptr_t)node->_private;
    if (first == 0)
        return NULL;
    if (*from < first - 1 || *from >= pieces->count || pieces->pieces[*from].node != node)
        *from = first - 1;
    while (*from < pieces->count && pieces->pieces[*from].node == node &&
           pieces->pieces[*from].at + pieces->pieces[*from].len <= at)
        *from += 1;
    const ch_text_piece *found = *from < pieces->count ? &pieces->pieces[*from] : NULL;
    return found != NULL && found->node == node && found->at <= at ? found : NULL;
}

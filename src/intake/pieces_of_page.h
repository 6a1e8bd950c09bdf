/* intake/pieces_of_page.h: which bytes of a page the parser made its texts of. */
#ifndef CHANCERY_INTAKE_PIECES_OF_PAGE_H
#define CHANCERY_INTAKE_PIECES_OF_PAGE_H

#include "base/span.h"

#include <libxml/HTMLparser.h>

/* A piece of a text node and its bytes in the page. */
typedef struct {
    const xmlNode *node;
    uint32_t at; /* bytes [at, at + len) of the node's content */
    uint32_t len;
    uint32_t page_start;
    uint32_t page_end; /* page_start + len, unless it is a character reference; page_start: unknown */
} ch_text_piece;

typedef struct {
    ch_str page;
    ch_text_piece *pieces; /* [count]; those of a node side by side */
    uint32_t count;
    uint32_t room;
    bool failed;
} ch_text_pieces;

void ch_text_pieces_free(ch_text_pieces *pieces);

/* Has `parser` note the pieces of pieces->page, which it is about to read; a text
 * node's _private is then the number of its first one, plus one. */
void ch_note_pieces(ch_text_pieces *pieces, htmlParserCtxtPtr parser);

/* The piece that holds byte `at` of a node's content, or NULL. `*from` is where
 * to look first and is kept up, while `at` only grows. */
const ch_text_piece *ch_piece_at(const ch_text_pieces *pieces, const xmlNode *node, uint32_t at, uint32_t *from);

#endif

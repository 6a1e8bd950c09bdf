/* intake/html.h: from a page to the article in it. */
#ifndef CHANCERY_INTAKE_HTML_H
#define CHANCERY_INTAKE_HTML_H

#include "base/span.h"
#include "intake/source.h"

/* Reads a page into `page`, which is cleared first: the article's text, its
 * paragraphs parted by blank lines, and the title, address, language, date and
 * authors that JSON-LD, OpenGraph, meta and time elements tell, in this order.
 * `declared` is the encoding that came with it (may be NULL); else the page's
 * own declaration counts. A page without a paragraph gives an empty text.
 *   CH_E_ENCODING, CH_E_LIMIT, CH_E_NOMEM  as ch_decode() */
ch_status ch_html_read(ch_page *page, ch_str bytes, const char *declared, ch_error *err);

/* The text of a fragment of HTML (UTF-8), such as a feed's item holds, added to
 * `out`; `html` may be changed. False when there is no memory. */
bool ch_html_fragment(ch_text *out, ch_text *html);

#endif

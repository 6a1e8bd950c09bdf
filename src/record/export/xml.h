/* record/export/xml.h: libxml2's writer over our texts. A failure sticks. */
#ifndef CHANCERY_RECORD_EXPORT_XML_H
#define CHANCERY_RECORD_EXPORT_XML_H

#include "base/status.h"
#include "base/text.h"

#include <libxml/xmlwriter.h>

typedef struct {
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
    bool failed;
} ch_xml;

/*   CH_E_NOMEM
 * Free with ch_xml_free(), also on failure. */
ch_status ch_xml_open(ch_xml *xml, ch_error *err);
void ch_xml_free(ch_xml *xml);

void ch_xml_begin(ch_xml *xml, const char *element);
void ch_xml_end(ch_xml *xml);

/* What XML 1.0 forbids becomes U+FFFD. */
void ch_xml_attribute(ch_xml *xml, const char *name, ch_str value);
void ch_xml_text(ch_xml *xml, ch_str value);

/* Moves what was written to `out`, all of it or, where there is little, nothing.
 *   CH_E_NOMEM */
ch_status ch_xml_move(ch_xml *xml, ch_text *out, bool all, ch_error *err);

#endif

#include "record/export/xml.h"

#include "base/utf8.h"

/* Bytes that are moved at once. */
#define MOVE_BYTES 65536

ch_status
ch_xml_open(ch_xml *xml, ch_error *err)
{
    *xml = (ch_xml){.buffer = xmlBufferCreate()};
    if (xml->buffer != NULL)
        xml->writer = xmlNewTextWriterMemory(xml->buffer, 0);
    if (xml->writer == NULL)
        return ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to write XML");
    xml->failed = xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", NULL) < 0;
    return CH_OK;
}

void
ch_xml_free(ch_xml *xml)
{
    if (xml->writer != NULL)
        xmlFreeTextWriter(xml->writer);
    if (xml->buffer != NULL)
        xmlBufferFree(xml->buffer);
    *xml = (ch_xml){0};
}

void
ch_xml_begin(ch_xml *xml, const char *element)
{
    xml->failed = xml->failed || xmlTextWriterStartElement(xml->writer, (const xmlChar *)element) < 0;
}

void
ch_xml_end(ch_xml *xml)
{
    xml->failed = xml->failed || xmlTextWriterEndElement(xml->writer) < 0;
}

static void
clean(ch_text *out, ch_str s)
{
    ch_text_puts(out, "");
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t c = ch_utf8_next(s.at, s.len, &at);
        if ((c < ' ' && c != '\n' && c != '\t') || c == 0xFFFE || c == 0xFFFF || c == 0xFFFD)
            ch_text_puts(out, "\xEF\xBF\xBD");
        else
            ch_text_add(out, s.at + from, at - from);
    }
}

void
ch_xml_attribute(ch_xml *xml, const char *name, ch_str value)
{
    ch_text text = {0};
    clean(&text, value);
    xml->failed =
        xml->failed || text.failed ||
        xmlTextWriterWriteAttribute(xml->writer, (const xmlChar *)name, (const xmlChar *)(text.at != NULL ? text.at : "")) < 0;
    ch_text_free(&text);
}

void
ch_xml_text(ch_xml *xml, ch_str value)
{
    ch_text text = {0};
    clean(&text, value);
    xml->failed = xml->failed || text.failed ||
                  xmlTextWriterWriteString(xml->writer, (const xmlChar *)(text.at != NULL ? text.at : "")) < 0;
    ch_text_free(&text);
}

ch_status
ch_xml_move(ch_xml *xml, ch_text *out, bool all, ch_error *err)
{
    if (all)
        xml->failed = xml->failed || xmlTextWriterEndDocument(xml->writer) < 0;
    else if (xmlBufferLength(xml->buffer) < MOVE_BYTES)
        return CH_OK;
    xml->failed = xml->failed || xmlTextWriterFlush(xml->writer) < 0;
    ch_text_add(out, (const char *)xmlBufferContent(xml->buffer), (size_t)xmlBufferLength(xml->buffer));
    xmlBufferEmpty(xml->buffer);
    return xml->failed || out->failed ? ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to write XML") : CH_OK;
}

/* The stage from end to end. */
#include "place/place.h"

ch_status
ch_find_places(const ch_lexicon *lexicon, ch_document *doc, ch_error *err)
{
    (void)lexicon;
    (void)err;
    doc->places = NULL;
    doc->nplace = 0;
    return CH_OK;
}

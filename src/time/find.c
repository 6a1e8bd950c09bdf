#include "time/time.h"

ch_status
ch_find_times(const ch_lexicon *lexicon, ch_document *doc, ch_error *err)
{
    (void)lexicon, (void)err;
    doc->times = NULL;
    doc->ntime = 0;
    return CH_OK;
}

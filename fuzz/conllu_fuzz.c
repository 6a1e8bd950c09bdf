/* Any bytes as CoNLL-U, read through all stages. */
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    chancery_document *doc;
    const chancery_input in = {.text = (const char *)data, .len = size};
    chancery_read_conllu(&doc, fuzz_reader(), &in, CHANCERY_STAGE_ALL, NULL);
    chancery_document_free(doc);
    return 0;
}

/* Any text through all stages and every writer. */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

static void
write_all(const chancery_document *doc)
{
    static const chancery_format formats[] = {CHANCERY_NDJSON, CHANCERY_TABLE,  CHANCERY_CONLLU,
                                              CHANCERY_TIMES,  CHANCERY_PLACES, CHANCERY_ACTORS};
    const chancery_write_options narrow = {.width = 40, .colour = true};
    char *out;
    size_t len;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (chancery_write(&out, &len, doc, formats[i], &narrow, NULL) == CHANCERY_OK) {
            assert(strlen(out) == len);
            chancery_free(out);
        }
    for (size_t i = 0; i < chancery_event_count(doc); i++)
        if (chancery_explain(&out, &len, doc, chancery_event_at(doc, i)->id, NULL, NULL) == CHANCERY_OK)
            chancery_free(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    chancery_document *doc;
    const chancery_input in = {.text = (const char *)data, .len = size, .option_date = "2024-04-02"};
    if (chancery_read(&doc, fuzz_reader(), &in, CHANCERY_STAGE_ALL, NULL) == CHANCERY_OK)
        write_all(doc);
    chancery_document_free(doc);
    return 0;
}

/* Any file as a model: refused, or sound enough to read a sentence with. Length
 * and checksum are set right, else no input would get past them. */
#include "base/hash.h"
#include "fuzz.h"
#include "syntax/model.h"

#include <stdlib.h>
#include <string.h>

static const char sentence[] = "The two ministers didn't meet in Paris on 2 April, said U.S. officials.";

static void
seal(uint8_t *bytes, size_t size)
{
    uint64_t length = size, checksum = ch_hash(bytes + 32, size - 32);
    memcpy(bytes, ch_model_image.magic, 8);
    memcpy(bytes + 8, &ch_model_image.version, sizeof ch_model_image.version);
    memcpy(bytes + 16, &length, sizeof length);
    memcpy(bytes + 24, &checksum, sizeof checksum);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char *lexicon;
    if (lexicon == NULL)
        lexicon = fuzz_data("lexicon.bin");
    if (size < 32)
        return 0;
    uint8_t *bytes = malloc(size);
    if (bytes == NULL)
        abort();
    memcpy(bytes, data, size);
    seal(bytes, size);
    chancery_reader *reader;
    chancery_document *doc;
    const chancery_reader_options options = {.model = fuzz_file(bytes, size), .lexicon = lexicon};
    const chancery_input in = {.text = sentence, .len = sizeof sentence - 1};
    if (chancery_reader_open(&reader, &options, NULL) == CHANCERY_OK) {
        chancery_read(&doc, reader, &in, CHANCERY_STAGE_SYNTAX, NULL);
        chancery_document_free(doc);
        chancery_reader_close(reader);
    }
    free(bytes);
    return 0;
}

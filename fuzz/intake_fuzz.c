/* Any file as a source, and every text in it through intake: no byte may be read
 * that is not there, and each span lies in the text. Built once a reader, which
 * FUZZ_KIND names, and once for what the first bytes decide and what is packed. */
#include "fuzz.h"
#include "intake/intake.h"
#include "intake/source.h"

#include <assert.h>
#include <stdlib.h>

static const ch_lexicon *
lexicon(void)
{
    static ch_lexicon *opened;
    if (opened == NULL) {
        char *path = fuzz_data("lexicon.bin");
        if (ch_lexicon_open(&opened, path, NULL) != CH_OK)
            abort();
        free(path);
    }
    return opened;
}

static void
take_in(const chancery_input *in)
{
    ch_document doc = {.published = CH_NO_DAY};
    ch_arena_init(&doc.arena, CH_DOCUMENT_MEMORY_MAX);
    if (ch_intake(lexicon(), "en", &doc, in, NULL) == CH_OK) {
        assert(doc.text[doc.text_len] == '\0');
        for (uint32_t i = 0; i < doc.npart; i++)
            assert(doc.parts[i].start < doc.parts[i].end && doc.parts[i].end <= doc.text_len);
        for (uint32_t i = 0; i < doc.nfurniture; i++)
            assert(doc.furniture[i].span.start < doc.furniture[i].span.end && doc.furniture[i].span.end <= doc.text_len);
        for (uint32_t i = 0; i < doc.npage_run; i++) {
            const chancery_page_run *r = &doc.page_runs[i];
            assert((i == 0 || r[-1].end <= r->start) && r->start < r->end && r->page_start < r->page_end);
            assert(r->end <= doc.text_len);
        }
    }
    ch_arena_free(&doc.arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    chancery_source *source;
    chancery_input in;
    chancery_error err;
    if (chancery_source_open(&source, fuzz_file(data, size), FUZZ_KIND, &err) != CHANCERY_OK)
        return 0;
    chancery_source_keep_page_runs(source);
    if (ch_source_use(source, lexicon(), NULL) != CH_OK)
        abort();
    chancery_status status;
    while ((status = chancery_source_next(source, &in, &err)) != CHANCERY_END && status != CHANCERY_E_IO && status != CHANCERY_E_NOMEM)
        if (status == CHANCERY_OK)
            take_in(&in);
    chancery_source_close(source);
    return 0;
}

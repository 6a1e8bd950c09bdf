#include "common/workshop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

int
workshop_open(void **state)
{
    workshop *w = calloc(1, sizeof *w);
    assert_non_null(w);
    strcpy(w->folder, "/tmp/chancery-test-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    snprintf(w->file, sizeof w->file, "%s/test.txt", w->folder);
    snprintf(w->image, sizeof w->image, "%s/lexicon.bin", w->folder);
    *state = w;
    return 0;
}

int
workshop_close(void **state)
{
    workshop *w = *state;
    ch_lexicon_close(w->lexicon);
    unlink(w->file);
    unlink(w->image);
    rmdir(w->folder);
    ch_text_free(&w->told);
    free(w);
    return 0;
}

static void
tell(void *context, const chancery_complaint *c)
{
    workshop *w = context;
    ch_text_printf(&w->told, "%u:%u %s %s\n", c->line, c->column, c->fatal ? "error" : "warning", c->message);
    assert_true(c->remedy[0] != '\0');
}

chancery_status
workshop_compile(workshop *w, const char *text)
{
    FILE *f = fopen(w->file, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    ch_text_clear(&w->told);
    ch_text_puts(&w->told, "");
    const char *dirs[] = {w->folder};
    return chancery_lexicon_compile(dirs, 1, w->image, tell, w, NULL);
}

ch_lexicon *
workshop_lexicon(workshop *w, const char *text)
{
    ch_error err;
    ch_lexicon_close(w->lexicon);
    w->lexicon = NULL;
    if (workshop_compile(w, text) != CHANCERY_OK)
        fail_msg("%s", w->told.at);
    if (ch_lexicon_open(&w->lexicon, w->image, &err) != CH_OK)
        fail_msg("%s", err.message);
    return w->lexicon;
}

ch_lexicon *
lexicon_of(const char *text)
{
    void *state;
    workshop_open(&state);
    workshop *w = state;
    ch_lexicon *lexicon = NULL;
    if (workshop_compile(w, text) == CHANCERY_OK)
        assert_int_equal(ch_lexicon_open(&lexicon, w->image, NULL), CH_OK);
    else
        print_message("%s", w->told.at);
    workshop_close(&state);
    return lexicon;
}

#include "common/table.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

int
table_open(void **state)
{
    chancery_reader *reader;
    *state = chancery_reader_open(&reader, NULL, NULL) == CHANCERY_OK ? reader : NULL;
    return 0;
}

int
table_close(void **state)
{
    chancery_reader_close(*state);
    return 0;
}

static void
check_file(const chancery_reader *reader, const char *folder, const char *name, table_row *check, void *context)
{
    char path[4352], row[8192];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    for (unsigned line = 1; fgets(row, sizeof row, f) != NULL; line++) {
        row[strcspn(row, "\n")] = '\0';
        if (row[0] != '#' && row[0] != '\0')
            check(context, reader, name, line, row);
    }
    fclose(f);
}

void
table_each_row(const chancery_reader *reader, const char *folder, table_row *check, void *context)
{
    const char *source = getenv("CHANCERY_SOURCE");
    if (reader == NULL || source == NULL)
        skip();
    char path[4000];
    snprintf(path, sizeof path, "%s/%s", source, folder);
    struct dirent **files;
    int n = scandir(path, &files, NULL, alphasort);
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        const char *dot = strrchr(files[i]->d_name, '.');
        if (dot != NULL && strcmp(dot, ".tsv") == 0)
            check_file(reader, path, files[i]->d_name, check, context);
        free(files[i]);
    }
    free(files);
}

chancery_document *
table_read(const chancery_reader *reader, const char *text, const char *date, chancery_stage stage)
{
    const chancery_input in = {.text = text, .len = strlen(text), .date = date};
    chancery_document *doc;
    chancery_error err = {0};
    if (chancery_read(&doc, reader, &in, stage, &err) != CHANCERY_OK)
        fail_msg("%s", err.message);
    return doc;
}

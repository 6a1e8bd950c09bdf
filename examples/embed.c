/* Chancery in a program of one's own: reads a report from standard input and
 * prints who did what to whom.
 *
 *     cc embed.c $(pkg-config --cflags --libs chancery) -o embed
 *     ./embed < visit.txt
 */
#include <chancery.h>

#include <stdio.h>

int
main(void)
{
    static char text[1 << 20];
    size_t len = fread(text, 1, sizeof text, stdin);
    chancery_reader *reader;
    chancery_document *doc;
    chancery_error err;
    const chancery_input in = {.text = text, .len = len};

    if (chancery_reader_open(&reader, NULL, &err) != CHANCERY_OK) {
        fprintf(stderr, "%s: %s\n", err.file, err.message);
        return 1;
    }
    if (chancery_read(&doc, reader, &in, CHANCERY_STAGE_ALL, &err) != CHANCERY_OK) {
        fprintf(stderr, "%s\n", err.message);
        chancery_reader_close(reader);
        return 1;
    }
    for (size_t i = 0; i < chancery_event_count(doc); i++) {
        const chancery_event *e = chancery_event_at(doc, i);
        for (size_t a = 0; a < e->actor_count; a++)
            printf("%s%s", a != 0 ? ", " : "", e->actors[a].name);
        printf(" %s", e->type);
        for (size_t r = 0; r < e->recipient_count; r++)
            printf("%s %s", r != 0 ? "," : "", e->recipients[r].name);
        printf(" (%s)\n", e->status);
    }
    chancery_document_free(doc);
    chancery_reader_close(reader);
    return 0;
}

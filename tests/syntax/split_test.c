/* How texts are parted into words and sentences by the model that is built, and
 * which files are no models. The cases are in words.txt. */
#include "base/hash.h"
#include "base/mapped.h"
#include "syntax/ends.h"
#include "syntax/syntax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char *
path_of(const char *variable, const char *name)
{
    char *path;
    const char *folder = getenv(variable);
    assert_non_null(folder);
    assert_true(asprintf(&path, "%s/%s", folder, name) > 0);
    return path;
}

static ch_model *
open_model(void)
{
    ch_model *model;
    ch_error err;
    char *path = path_of("CHANCERY_DATA", "english.model");
    assert_int_equal(ch_model_open(&model, path, &err), CH_OK);
    free(path);
    return model;
}

/* The words and sentences of a text as words.txt writes them. */
static void
part(ch_text *out, const ch_model *model, const char *text)
{
    ch_arena arena;
    ch_pieces pieces = {0};
    ch_marks room = {0};
    ch_arena_init(&arena, 0);
    assert_true(ch_split_words(model, text, (ch_span){0, (uint32_t)strlen(text)}, &pieces, &arena));
    const ch_mark *marks = ch_marks_of(model, text, &pieces, &room, &arena);
    assert_non_null(marks);
    uint32_t start = 0;
    for (uint32_t i = 0; i < pieces.count; i++) {
        const ch_piece *p = &pieces.at[i];
        bool last = i + 1 == pieces.count, joined = !last && (pieces.at[i + 1].flags & CH_T_MWT_REST) != 0;
        ch_text_add(out, text + p->span.start, p->span.end - p->span.start);
        if (last || (!joined && ch_ends_behind(model, marks, pieces.count, start, i))) {
            ch_text_putc(out, '\n');
            start = i + 1;
        } else
            ch_text_putc(out, joined ? '+' : ' ');
    }
    ch_arena_free(&arena);
}

/* One case, whose expected lines end at a blank one. */
static bool
check_case(const ch_model *model, const char *text, const char *expected)
{
    ch_text got = {0};
    part(&got, model, text);
    bool same = !got.failed && strcmp(got.at, expected) == 0;
    if (!same)
        print_message("# > %s\n# expected:\n%s# got:\n%s", text, expected, got.at);
    ch_text_free(&got);
    return same;
}

static void
split__parts_the_texts_of_the_table(void **state)
{
    (void)state;
    ch_model *model = open_model();
    char *path = path_of("CHANCERY_SOURCE", "tests/syntax/words.txt"), line[1024], text[1024] = "";
    FILE *f = fopen(path, "r");
    ch_text expected = {0};
    unsigned cases = 0, failed = 0;
    assert_non_null(f);
    for (bool more = true; more;) {
        more = fgets(line, sizeof line, f) != NULL;
        if (more && line[0] == '>') {
            snprintf(text, sizeof text, "%.*s", (int)strcspn(line + 2, "\n"), line + 2);
            ch_text_clear(&expected);
        } else if (more && line[0] != '\n' && line[0] != '#')
            ch_text_puts(&expected, line);
        else if (text[0] != '\0') {
            cases++;
            failed += !check_case(model, text, expected.at);
            text[0] = '\0';
        }
    }
    fclose(f);
    free(path);
    ch_text_free(&expected);
    ch_model_close(model);
    assert_true(cases > 25);
    assert_int_equal(failed, 0);
}

static void
split__a_long_run_is_parted_and_covers_the_text(void **state)
{
    (void)state;
    ch_model *model = open_model();
    static const char *const runs[] = {"a", "Aa", "7", ".", "'", "\xC3\xA9", "a.", "\xE2\x80\x99", "-a", "\xFF"};
    for (size_t r = 0; r < sizeof runs / sizeof *runs; r++) {
        ch_text text = {0};
        ch_arena arena;
        ch_pieces pieces = {0};
        ch_arena_init(&arena, 0);
        for (uint32_t i = 0; i < 3000; i++)
            ch_text_puts(&text, runs[r]);
        assert_true(ch_split_words(model, text.at, (ch_span){0, (uint32_t)text.len}, &pieces, &arena));
        assert_true(pieces.count >= 3000 / CH_CHUNK_MAX);
        uint32_t at = 0;
        for (uint32_t i = 0; i < pieces.count; i++) {
            assert_int_equal(pieces.at[i].span.start, at);
            at = pieces.at[i].span.end;
        }
        assert_int_equal(at, text.len);
        ch_arena_free(&arena);
        ch_text_free(&text);
    }
    ch_model_close(model);
}

/* -------------------------------------------------------------------- models */

/* Writes the built model with a change and opens it; gives the refusal. */
static ch_status
open_changed(size_t length, size_t at, uint8_t other, bool sealed, ch_error *err)
{
    char *path = path_of("CHANCERY_DATA", "english.model"), copy[] = "/tmp/chancery-model-XXXXXX";
    ch_mapped file;
    ch_model *model = NULL;
    assert_int_equal(ch_mapped_open(&file, path, err), CH_OK);
    uint8_t *bytes = malloc(file.len);
    assert_non_null(bytes);
    memcpy(bytes, file.at, file.len);
    if (length > file.len)
        length = file.len;
    if (at < length)
        bytes[at] ^= other;
    if (sealed) {
        uint64_t sum = ch_hash(bytes + 32, file.len - 32);
        memcpy(bytes + 24, &sum, sizeof sum);
    }
    int fd = mkstemp(copy);
    assert_true(fd >= 0 && write(fd, bytes, length) == (ssize_t)length && close(fd) == 0);
    ch_status status = ch_model_open(&model, copy, err);
    ch_model_close(model);
    unlink(copy);
    free(bytes);
    free(path);
    ch_mapped_close(&file);
    return status;
}

static void
model__rejects_a_truncated_file_at_its_length(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 1, 31, 32, 100, 1000, 4096, 100000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        ch_error err;
        assert_int_equal(open_changed(lengths[i], SIZE_MAX, 0, false, &err), CH_E_FORMAT);
        assert_int_equal(err.at, lengths[i] < 32 ? lengths[i] : 16);
    }
}

static void
model__rejects_another_magic_version_or_byte(void **state)
{
    (void)state;
    ch_error err;
    assert_int_equal(open_changed(SIZE_MAX, 0, 1, false, &err), CH_E_FORMAT);
    assert_int_equal(err.at, 0);
    assert_int_equal(open_changed(SIZE_MAX, 8, 1, false, &err), CH_E_FORMAT);
    assert_int_equal(err.at, 8);
    assert_int_equal(open_changed(SIZE_MAX, 5000, 1, false, &err), CH_E_FORMAT);
    assert_int_equal(err.at, 24);
}

/* A change that the checksum agrees with: each byte of the head is either what
 * makes it no model, or of no account. */
static void
model__opens_or_refuses_whatever_its_head_says(void **state)
{
    (void)state;
    unsigned refused = 0;
    for (size_t at = 32; at < 320; at += 3) {
        ch_error err = {0};
        ch_status status = open_changed(SIZE_MAX, at, 0x41, true, &err);
        refused += status == CH_E_FORMAT;
        assert_true(status == CH_OK || status == CH_E_FORMAT);
    }
    assert_true(refused > 40);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(split__parts_the_texts_of_the_table),
        cmocka_unit_test(split__a_long_run_is_parted_and_covers_the_text),
        cmocka_unit_test(model__rejects_a_truncated_file_at_its_length),
        cmocka_unit_test(model__rejects_another_magic_version_or_byte),
        cmocka_unit_test(model__opens_or_refuses_whatever_its_head_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

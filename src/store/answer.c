#include "store/answer.h"

#include "record/json.h"

ch_status
ch_answer_next(ch_answer *answer, ch_error *err)
{
    return answer->next(answer, err);
}

void
ch_answer_close(ch_answer *answer)
{
    if (answer == NULL)
        return;
    ch_text_free(&answer->json);
    answer->close(answer);
}

size_t
ch_answer_width(const ch_answer *answer)
{
    return answer->width;
}

const char *
ch_answer_name(const ch_answer *answer, size_t column)
{
    return answer->names[column];
}

const char *
ch_answer_text(ch_answer *answer, size_t column)
{
    return answer->text(answer, column);
}

bool
ch_answer_is_number(ch_answer *answer, size_t column)
{
    return answer->is_number(answer, column);
}

const char *
ch_answer_cursor(const ch_answer *answer)
{
    return answer->cursor;
}

static void
write_columns(ch_answer *answer, ch_text *out)
{
    for (size_t i = 0; i < answer->width; i++) {
        bool number = answer->is_number(answer, i);
        const char *text = answer->text(answer, i);
        ch_text_putc(out, i == 0 ? '{' : ',');
        ch_json_chars(out, answer->names[i]);
        ch_text_putc(out, ':');
        if (text != NULL && number)
            ch_text_puts(out, text);
        else
            ch_json_chars(out, text);
    }
    ch_text_puts(out, answer->width == 0 ? "{}" : "}");
}

const char *
ch_answer_json(ch_answer *answer, size_t *len)
{
    ch_text_clear(&answer->json);
    if (answer->write != NULL)
        answer->write(answer, &answer->json);
    else
        write_columns(answer, &answer->json);
    if (len != NULL)
        *len = answer->json.len;
    return answer->json.at != NULL ? answer->json.at : "{}";
}

#include "store/copy.h"

/* Big-endian, `size` bytes. */
static void
put_number(ch_text *out, uint64_t value, size_t size)
{
    char bytes[8];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(value >> (8 * (size - 1 - i)));
    ch_text_add(out, bytes, size);
}

static void
put_cell(ch_text *out, const ch_cell *cell)
{
    uint64_t bits;
    switch (cell->type) {
    case CH_CELL_INTEGER:
        put_number(out, 8, 4);
        put_number(out, (uint64_t)cell->integer, 8);
        break;
    case CH_CELL_REAL:
        memcpy(&bits, &cell->real, sizeof bits);
        put_number(out, 8, 4);
        put_number(out, bits, 8);
        break;
    case CH_CELL_TEXT:
        put_number(out, cell->text.len, 4);
        ch_text_add(out, cell->text.at, cell->text.len);
        break;
    default:
        put_number(out, UINT32_MAX, 4);
    }
}

void
ch_copy_row(ch_copy *copy, const ch_row *row)
{
    put_number(&copy->bytes, row->count, 2);
    for (uint32_t i = 0; i < row->count; i++)
        put_cell(&copy->bytes, &row->cells[i]);
    copy->rows++;
}

void
ch_copy_clear(ch_copy *copy)
{
    ch_text_clear(&copy->bytes);
    copy->rows = 0;
}

void
ch_copy_free(ch_copy *copy)
{
    ch_text_free(&copy->bytes);
    copy->rows = 0;
}

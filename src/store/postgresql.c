#include "store/backend.h"

static ch_status
open_store(ch_store **out, const char *where, ch_store_mode mode, ch_error *err)
{
    (void)out, (void)mode;
    return ch_fail(err, CH_E_IO, where, 0, "this build has no PostgreSQL");
}

const ch_backend ch_postgresql = {.open = open_store};

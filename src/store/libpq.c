#include "store/libpq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

#define LIBRARY "libpq.so.5"

static ch_libpq functions;
static bool opened;

static void
open_once(void)
{
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    opened = library != NULL;
#define FIND(name)                                                                                                             \
    if (opened) {                                                                                                              \
        *(void **)(&functions.name) = dlsym(library, #name);                                                                   \
        opened = functions.name != NULL;                                                                                       \
    }
    CH_EACH_PQ(FIND)
#undef FIND
}

ch_status
ch_libpq_open(const ch_libpq **out, ch_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_once);
    *out = &functions;
    return opened ? CH_OK : ch_fail(err, CH_E_IO, NULL, 0, "PostgreSQL needs %s; install it (Debian: apt-get install libpq5)", LIBRARY);
}

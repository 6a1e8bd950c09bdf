#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static _Noreturn void
give_up(const char *why)
{
    fprintf(stderr, "fuzz: %s\n", why);
    abort();
}

const char *
fuzz_file(const uint8_t *data, size_t size)
{
    static char path[32];
    static int fd = -1;
    if (fd >= 0)
        close(fd);
    fd = memfd_create("input", MFD_CLOEXEC);
    if (fd < 0)
        give_up("no file in memory can be made");
    for (size_t at = 0; at < size;) {
        ssize_t put = write(fd, data + at, size - at);
        if (put < 0)
            give_up("the file in memory cannot be written");
        at += (size_t)put;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return path;
}

char *
fuzz_data(const char *name)
{
    char *path;
    const char *folder = getenv("CHANCERY_DATA");
    if (folder == NULL || asprintf(&path, "%s/%s", folder, name) < 0)
        give_up("CHANCERY_DATA does not name the folder of the lexicon and the model");
    return path;
}

const chancery_reader *
fuzz_reader(void)
{
    static chancery_reader *reader;
    chancery_error err;
    if (reader == NULL && chancery_reader_open(&reader, NULL, &err) != CHANCERY_OK)
        give_up(err.message);
    return reader;
}

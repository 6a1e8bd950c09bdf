#include "base/mapped.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

ch_status
ch_mapped_open(ch_mapped *out, const char *path, ch_error *err)
{
    *out = (ch_mapped){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ch_fail(err, CH_E_IO, path, 0, "cannot be opened: %s", strerror(errno));
    struct stat st;
    ch_status status = CH_OK;
    if (fstat(fd, &st) != 0)
        status = ch_fail(err, CH_E_IO, path, 0, "cannot be examined: %s", strerror(errno));
    else if (!S_ISREG(st.st_mode))
        status = ch_fail(err, CH_E_IO, path, 0, "is not a regular file");
    else if (st.st_size > 0) {
        void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at == MAP_FAILED)
            status = ch_fail(err, CH_E_IO, path, 0, "cannot be mapped: %s", strerror(errno));
        else
            *out = (ch_mapped){.at = at, .len = (size_t)st.st_size};
    }
    close(fd);
    return status;
}

void
ch_mapped_close(ch_mapped *mapped)
{
    if (mapped->at != NULL)
        munmap((void *)(uintptr_t)mapped->at, mapped->len);
    *mapped = (ch_mapped){0};
}

#include "base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

ch_status
ch_fail(ch_error *err, ch_status status, const char *file, uint64_t at, const char *format, ...)
{
    if (err == NULL)
        return status;
    err->os = status == CH_E_IO ? errno : 0;
    err->status = status;
    err->at = at;
    snprintf(err->file, sizeof err->file, "%s", file != NULL ? file : "");
    va_list ap;
    va_start(ap, format);
    vsnprintf(err->message, sizeof err->message, format, ap);
    va_end(ap);
    return status;
}

/* store/libpq.h: PostgreSQL's library, opened when it is needed: most runs of the
 * program never are, and it takes as long to load as all the rest. */
#ifndef CHANCERY_STORE_LIBPQ_H
#define CHANCERY_STORE_LIBPQ_H

#include "base/status.h"

#include <libpq-fe.h>

/* What is used of it, under the names it has there. */
#define CH_EACH_PQ(X)                                                                                                          \
    X(PQclear) X(PQcmdTuples) X(PQconnectdbParams) X(PQerrorMessage) X(PQexec) X(PQexecParams)          \
    X(PQfinish) X(PQfname) X(PQftype) X(PQgetisnull) X(PQgetlength) X(PQgetResult) X(PQgetvalue) X(PQnfields) X(PQntuples)     \
    X(PQputCopyData) X(PQputCopyEnd) X(PQresultErrorField) X(PQresultErrorMessage) X(PQresultStatus) X(PQsendQueryParams)      \
    X(PQsetNoticeProcessor) X(PQsetSingleRowMode) X(PQstatus)

typedef struct {
#define CH_PQ_MEMBER(name) __typeof__(&name) name;
    CH_EACH_PQ(CH_PQ_MEMBER)
#undef CH_PQ_MEMBER
} ch_libpq;

/* The library, opened once for the process.
 *   CH_E_IO  it is not installed */
ch_status ch_libpq_open(const ch_libpq **out, ch_error *err);

#endif

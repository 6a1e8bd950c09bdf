/* A user's own file, checked beside the lexicon that it is to be added to. */
#include "lexicon/compile.h"
#include "reader.h"

chancery_status
chancery_lexicon_add(const char *const *dirs, size_t count, const char *file, chancery_complain *complain, void *context,
                     chancery_addition *addition, chancery_error *err)
{
    char ours[4096];
    const char *installed[] = {ours};
    ch_find_data(ours, sizeof ours, "lexicon");
    if (count == 0) {
        dirs = installed;
        count = 1;
    }
    return ch_lexicon_check_addition(dirs, count, file, complain, context, addition, err);
}

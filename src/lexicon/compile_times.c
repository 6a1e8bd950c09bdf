#include "lexicon/build.h"

void
ch_compile_times(ch_build *build)
{
    (void)build;
}

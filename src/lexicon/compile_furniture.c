#include "lexicon/build.h"

void
ch_compile_furniture(ch_build *build)
{
    (void)build;
}

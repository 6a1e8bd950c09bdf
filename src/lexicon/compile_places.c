/* Blocks of the gazetteer. */
#include "lexicon/build.h"

void
ch_compile_places(ch_build *build)
{
    (void)build;
}

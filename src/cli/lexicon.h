/* cli/lexicon.h: the actions of `chancery lexicon` that lexicon.c leaves to others. */
#ifndef CHANCERY_CLI_LEXICON_H
#define CHANCERY_CLI_LEXICON_H

#include "cli.h"

int lexicon_show(int argc, char **argv);
int lexicon_add(int argc, char **argv);
int lexicon_gaps(int argc, char **argv);

#endif

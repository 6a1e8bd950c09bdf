/* syntax/train/network_write.h: the learner's weights as sections of a model file. */
#ifndef CHANCERY_SYNTAX_TRAIN_NETWORK_WRITE_H
#define CHANCERY_SYNTAX_TRAIN_NETWORK_WRITE_H

#include "syntax/train/network_train.h"
#include "syntax/train/training.h"

/* Rounds `weights` (laid out as ch_network_layout_of says) to bytes and makes the
 * network's sections of `t`; `words` are the words with an embedding, from 1.
 * False without memory. */
bool ch_network_write(ch_training *t, const ch_network_shape *shape, const float *weights, const ch_map *words);

#endif

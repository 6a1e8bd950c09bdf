#include "syntax/labels.h"

#include <string.h>

static const char *const upos_names[CH_UPOS_COUNT] = {
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
};

static const char *const rel_names[CH_REL_COUNT] = {
    "acl",    "advcl", "advmod",   "amod",  "appos", "aux",       "case", "cc",   "ccomp",     "clf",    "compound",   "conj", "cop",
    "csubj",  "dep",   "det",      "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list",  "mark", "nmod",
    "nsubj",  "nummod", "obj",     "obl",   "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
};

static const char *const sub_names[CH_SUB_COUNT] = {
    "", "pass", "agent", "poss", "prt", "relcl", "unmarked", "desc", "outer", "predet", "preconj", "other",
};

static const struct {
    const char *feat;
    uint32_t bit;
} morphs[] = {
    {"Number=Sing", CH_M_SING},   {"Number=Plur", CH_M_PLUR},    {"Number=Ptan", CH_M_PLUR},   {"Tense=Past", CH_M_PAST},
    {"Tense=Pres", CH_M_PRES},    {"VerbForm=Fin", CH_M_FIN},    {"VerbForm=Inf", CH_M_INF},   {"VerbForm=Part", CH_M_PART},
    {"VerbForm=Ger", CH_M_GER},   {"Voice=Pass", CH_M_PASS},     {"Mood=Imp", CH_M_IMP},       {"Person=1", CH_M_P1},
    {"Person=2", CH_M_P2},        {"Person=3", CH_M_P3},         {"Gender=Masc", CH_M_MASC},   {"Gender=Fem", CH_M_FEM},
    {"Gender=Neut", CH_M_NEUT},   {"Polarity=Neg", CH_M_NEG},    {"PronType=Neg", CH_M_NEG},   {"Definite=Def", CH_M_DEF},
    {"Definite=Ind", CH_M_INDEF}, {"PronType=Rel", CH_M_PRONREL}, {"PronType=Prs", CH_M_PRONPRS}, {"Poss=Yes", CH_M_POSS},
    {"NumForm=Digit", CH_M_DIGIT}, {"Case=Gen", CH_M_GEN},       {"PronType=Dem", CH_M_PRONDEM}, {"PronType=Rcp", CH_M_RCP},
    {"PronType=Int", CH_M_PRONINT}, {"Degree=Cmp", CH_M_CMP},    {"Degree=Sup", CH_M_SUP},     {"NumType=Ord", CH_M_ORD},
};

const char *
ch_upos_name(ch_upos upos)
{
    return upos_names[upos];
}

const char *
ch_rel_name(ch_rel rel)
{
    return rel_names[rel];
}

const char *
ch_sub_name(ch_sub sub)
{
    return sub_names[sub];
}

ch_upos
ch_upos_find(ch_str name)
{
    for (int i = 0; i < CH_UPOS_COUNT; i++)
        if (ch_str_is(name, upos_names[i]))
            return (ch_upos)i;
    return CH_X;
}

ch_rel
ch_rel_find(ch_str name, ch_sub *sub)
{
    const char *colon = memchr(name.at, ':', name.len);
    ch_str base = {name.at, colon != NULL ? (size_t)(colon - name.at) : name.len};
    *sub = CH_SUB_NONE;
    if (colon != NULL) {
        ch_str rest = {colon + 1, name.len - base.len - 1};
        *sub = CH_SUB_OTHER;
        for (int i = 1; i < CH_SUB_OTHER; i++)
            if (ch_str_is(rest, sub_names[i]))
                *sub = (ch_sub)i;
    }
    for (int i = 0; i < CH_REL_COUNT; i++)
        if (ch_str_is(base, rel_names[i]))
            return (ch_rel)i;
    return CH_DEP;
}

uint32_t
ch_morph_of(const char *feats)
{
    uint32_t bits = 0;
    while (*feats != '\0') {
        size_t len = strcspn(feats, "|");
        for (size_t i = 0; i < sizeof morphs / sizeof *morphs; i++)
            if (strlen(morphs[i].feat) == len && memcmp(morphs[i].feat, feats, len) == 0)
                bits |= morphs[i].bit;
        feats += len + (feats[len] == '|');
    }
    return bits;
}

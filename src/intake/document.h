/* intake/document.h: a report on its way through the stages. Each stage reads
 * what stands before it and adds its own arrays; none reaches back. Everything
 * lives in the document's arena and dies with it.
 *
 *   intake   text, id, title, url, published, credits, furniture, parts
 *   syntax   sents, toks, words, unread
 *   time     times        (time/time.h)
 *   place    places       (place/place.h)
 *   actor    mentions     (actor/actor.h)
 *   event    events       (event/event.h), facts (event/facts.h)
 *   record   records      (record/record.h)
 */
#ifndef CHANCERY_INTAKE_DOCUMENT_H
#define CHANCERY_INTAKE_DOCUMENT_H

#include "base/arena.h"
#include "base/span.h"
#include "base/status.h"

/* Longest text read as one document. The longest single reports in news
 * archives (a parliament's verbatim record) stay under 4 MB; what is longer is
 * an archive given as if it were one text, and is refused with that advice. */
#define CH_TEXT_MAX (8u * 1024 * 1024)

/* Most memory one document may take, arrays of all stages counted. */
#define CH_DOCUMENT_MEMORY_MAX ((size_t)2 * 1024 * 1024 * 1024)

/* Universal part-of-speech tags, in the order of the UD guidelines' table. */
typedef enum {
    CH_ADJ, CH_ADP, CH_ADV, CH_AUX, CH_CCONJ, CH_DET, CH_INTJ, CH_NOUN, CH_NUM,
    CH_PART, CH_PRON, CH_PROPN, CH_PUNCT, CH_SCONJ, CH_SYM, CH_VERB, CH_X,
    CH_UPOS_COUNT
} ch_upos;

/* Universal dependency relations (UD v2). */
typedef enum {
    CH_ACL, CH_ADVCL, CH_ADVMOD, CH_AMOD, CH_APPOS, CH_AUXREL, CH_CASE, CH_CC,
    CH_CCOMP, CH_CLF, CH_COMPOUND, CH_CONJ, CH_COP, CH_CSUBJ, CH_DEP, CH_DETREL,
    CH_DISCOURSE, CH_DISLOCATED, CH_EXPL, CH_FIXED, CH_FLAT, CH_GOESWITH,
    CH_IOBJ, CH_LIST, CH_MARK, CH_NMOD, CH_NSUBJ, CH_NUMMOD, CH_OBJ, CH_OBL,
    CH_ORPHAN, CH_PARATAXIS, CH_PUNCTREL, CH_REPARANDUM, CH_ROOT, CH_VOCATIVE,
    CH_XCOMP,
    CH_REL_COUNT
} ch_rel;

/* Subtypes behind the colon that English treebanks use. */
typedef enum {
    CH_SUB_NONE, CH_SUB_PASS, CH_SUB_AGENT, CH_SUB_POSS, CH_SUB_PRT, CH_SUB_RELCL,
    CH_SUB_UNMARKED, CH_SUB_DESC, CH_SUB_OUTER, CH_SUB_PREDET, CH_SUB_PRECONJ,
    CH_SUB_OTHER,
    CH_SUB_COUNT
} ch_sub;

/* Morphology as bits, from FEATS. */
enum {
    CH_M_SING = 1 << 0, CH_M_PLUR = 1 << 1,
    CH_M_PAST = 1 << 2, CH_M_PRES = 1 << 3,
    CH_M_FIN = 1 << 4, CH_M_INF = 1 << 5, CH_M_PART = 1 << 6, CH_M_GER = 1 << 7,
    CH_M_PASS = 1 << 8, CH_M_IMP = 1 << 9,
    CH_M_P1 = 1 << 10, CH_M_P2 = 1 << 11, CH_M_P3 = 1 << 12,
    CH_M_MASC = 1 << 13, CH_M_FEM = 1 << 14, CH_M_NEUT = 1 << 15,
    CH_M_NEG = 1 << 16, CH_M_DEF = 1 << 17, CH_M_INDEF = 1 << 18,
    CH_M_PRONREL = 1 << 19, CH_M_PRONPRS = 1 << 20, CH_M_POSS = 1 << 21,
    CH_M_DIGIT = 1 << 22, CH_M_GEN = 1 << 23, CH_M_PRONDEM = 1 << 24, CH_M_RCP = 1 << 25,
    CH_M_PRONINT = 1 << 26, CH_M_CMP = 1 << 27, CH_M_SUP = 1 << 28, CH_M_ORD = 1 << 29
};

enum {
    CH_T_SPACE_AFTER = 1, /* white space follows */
    CH_T_MWT_FIRST = 2,   /* first word of a multiword token ("do|n't") */
    CH_T_MWT_REST = 4,    /* further word of one */
    CH_T_FURNITURE = 8    /* inside page furniture */
};

/* One syntactic word. */
typedef struct {
    ch_span span;
    uint32_t head;  /* index in doc->toks, in the same sentence, or CH_NONE at the root */
    uint32_t morph; /* CH_M_* */
    ch_str lemma;
    const char *xpos;    /* Penn tag; the model's memory */
    const char *feats;   /* CoNLL-U FEATS or "_"; the model's memory */
    uint32_t form_word;  /* the lexicon's word for the folded form; 0 where it knows none */
    uint32_t lemma_word; /* the same for the lemma */
    uint8_t upos;        /* ch_upos */
    uint8_t rel;         /* ch_rel */
    uint8_t sub;         /* ch_sub */
    uint8_t flags;       /* CH_T_* */
} ch_token;

/* Tokens [first, last) of doc->toks and the span they cover. */
typedef struct {
    uint32_t first;
    uint32_t last;
    ch_span span;
    bool paragraph_start; /* first sentence of a paragraph */
} ch_sentence;

/* The words that names are compared by: folded, punctuation gone, a token like
 * "al-Qaeda" split in two (see ch_fold). */
typedef struct {
    uint32_t word; /* the lexicon's word, 0 where it knows none */
    uint32_t tok;  /* the token it stands in */
    bool joined;   /* nothing but a hyphen, slash, "&" or white space before it since the last word */
} ch_word;

typedef struct {
    ch_span span;
    ch_str reason; /* id of the furniture entry, a word a person can read */
} ch_furniture;

/* A day, or a part of one, as days since 1970-01-01; CH_NO_DAY when unknown. */
typedef int32_t ch_day;
#define CH_NO_DAY INT32_MIN

typedef enum { CH_DATE_NONE, CH_DATE_INPUT, CH_DATE_METADATA, CH_DATE_TEXT, CH_DATE_OPTION } ch_date_source;

/* What other stages define. */
struct ch_time;
struct ch_place;
struct ch_mention;
struct ch_event;
struct ch_fact;
struct ch_refusals;
struct ch_records;

typedef struct ch_document {
    ch_arena arena;

    /* intake */
    const char *text; /* NUL-terminated, valid UTF-8 */
    uint32_t text_len;
    ch_str id;
    ch_str title;    /* .at NULL where there is none; so url, language */
    ch_str url;
    ch_str language; /* BCP 47 */
    ch_day published;
    ch_date_source published_from;
    ch_str *credits; /* [ncredit] */
    uint32_t ncredit;
    ch_furniture *furniture; /* [nfurniture] in text order, not overlapping */
    uint32_t nfurniture;
    ch_span *parts; /* [npart] blocks to be read, in text order: the paragraphs less the furniture */
    uint32_t npart;
    const struct chancery_page_run *page_runs; /* [npage_run] of a page, where asked for (chancery.h) */
    uint32_t npage_run;
    const char *passed_over; /* why nothing is read ("language"); NULL where it is */

    /* syntax */
    ch_sentence *sents; /* [nsent] */
    uint32_t nsent;
    ch_token *toks; /* [ntok] in text order */
    uint32_t ntok;
    ch_word *words;       /* [nword] in text order */
    uint32_t nword;
    ch_span *unread; /* [nunread] in text order: what of sentences without end is not read */
    uint32_t nunread;
    uint32_t *first_word; /* [ntok + 1] toks[i] has words [first_word[i], first_word[i + 1]) */

    /* time */
    struct ch_time *times; /* [ntime] in text order */
    uint32_t ntime;

    /* place */
    struct ch_place *places; /* [nplace] in text order */
    uint32_t nplace;

    /* actor */
    struct ch_mention *mentions; /* [nmention] in text order of their heads */
    uint32_t nmention;
    uint32_t *mention_of; /* [ntok] the mention headed by a token, or CH_NONE */

    /* event */
    struct ch_event *events; /* [nevent] in text order of their triggers */
    uint32_t nevent;
    float min_confidence; /* events below it are left out */
    struct ch_refusals *refusals; /* kept where somebody asks why there is no event, else NULL */
    struct ch_fact *facts; /* [nfact] in text order of their words */
    uint32_t nfact;

    /* record */
    struct ch_records *records;
} ch_document;

/* The text of a span. */
static inline ch_str
ch_span_text(const ch_document *doc, ch_span span)
{
    return (ch_str){.at = doc->text + span.start, .len = span.end - span.start};
}

/* The sentence of a token. */
static inline const ch_sentence *
ch_sentence_at(const ch_document *doc, uint32_t tok)
{
    uint32_t low = 0, high = doc->nsent;
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (doc->sents[mid].first <= tok)
            low = mid;
        else
            high = mid;
    }
    return &doc->sents[low];
}

#endif

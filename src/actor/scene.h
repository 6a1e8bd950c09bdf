/* actor/scene.h: what the files of this stage share while they read a document.
 *
 *   names.c     words → matches: names and role nouns of the lexicon, no two on one token
 *   code.c      "FRAGOV" taken apart and put together
 *   phrase.c    a head and the words around it: base noun phrase, owners, role
 *   draft.c     phrase → draft of a mention: country.c, named.c, role.c
 *   apposition.c, resolve.c, description.c, pair.c, context.c    drafts made of one another
 *   find.c      the stage from end to end
 */
#ifndef CHANCERY_ACTOR_SCENE_H
#define CHANCERY_ACTOR_SCENE_H

#include "actor/actor.h"
#include "actor/tree.h"
#include "base/hash.h"
#include "lexicon/frames.h"
#include "place/place.h"
#include "time/time.h"

/* A name or role noun of the lexicon found in the text. */
/* "The five countries": so many named before are looked for at most. */
#define CH_SEVERAL_MAX 6

typedef struct {
    uint32_t first; /* tokens [first, last) */
    uint32_t last;
    uint32_t head;        /* the token of it that hangs outside */
    const ch_name *name;  /* what it stands for here */
    const ch_name *names; /* [nname] all that it may stand for */
    uint32_t nname;
} ch_match;

/* Country and sectors of a code; either may be "". */
typedef struct {
    char country[4];
    char sectors[13]; /* "GOV", "GOVMIL"; "IGOUNO" has no country */
} ch_code;

/* A mention in the making. */
typedef struct {
    ch_mention m;
    ch_code code;
    uint32_t agent;     /* the role noun of its head, or CH_NONE */
    uint32_t title;     /* the role noun's word ("minister"), 0 where there is none */
    uint32_t surname;   /* token of a person's last name, or CH_NONE */
    uint32_t owner;     /* head of an owner whose code was not known yet, or CH_NONE */
    uint32_t alias;     /* draft that this one is in apposition to, or CH_NONE */
    char sex;           /* 'm', 'f' or 0 */
    bool told_office;   /* a person whose office the report itself gives */
    bool weak;          /* its role takes the sector of what it is the role of: "leader" */
    bool pronoun;
    bool definite;      /* "the", "this", "both" */
    bool owned;         /* country or organisation stands with it */
    bool ethnic;        /* "ethnic Albanians": the adjective is no citizenship */
    bool former;
    bool look_through;  /* "hundreds of": what follows is meant */
    uint32_t counted;   /* the draft of what follows, or CH_NONE */
    bool pair;          /* "both sides": two, or nobody */
    bool somebody;      /* "its neighbour": somebody else, whoever that is */
    bool resolved;
    bool region;        /* a region of a country, by its name */
    bool part_of_name;  /* modifier only: no antecedent for anyone */
} ch_draft;

/* Kinds of states that descriptions tell ("the Gulf emirate"), at most. */
#define CH_STATE_KINDS_MAX 48

/* A country and how often a part of the text speaks of it. */
typedef struct {
    char country[4];
    uint32_t count;
} ch_tally;

/* Countries of a report that are kept, the most spoken of first. */
#define CH_SPOKEN_MAX 6

/* Classes of words, from lexicon/actors/sets.txt. */
typedef struct {
    uint32_t quantity;   /* "group of", "hundreds of" */
    uint32_t crowd;      /* "thousands": people where nothing else is counted */
    uint32_t of_people;  /* "march", "arrest": what only people do or suffer */
    uint32_t people;     /* the agent that people at large are, or CH_NONE */
    uint32_t weak;       /* "leader", "spokesman" */
    uint32_t suffix;     /* "Jr." */
    uint32_t honorific;  /* "Mr", "Sheikh" */
    uint32_t relational; /* "ally", "rival" */
    uint32_t former;     /* "former", "ousted" */
    uint32_t ethnic;     /* "ethnic" */
    uint32_t owning;     /* "-led", "-owned" */
    uint32_t motion;     /* "arrive", "visit" */
    uint32_t where;      /* "in", "near": of a capital that is a town */
    uint32_t lives;      /* "in", "from": of the country that somebody lives in */
    uint32_t of;             /* "of": whose it is, what is counted */
    uint32_t serves;         /* "for", "at": whose spokesman or adviser somebody is */
    uint32_t serves_country; /* those of them that a country may stand behind */
    uint32_t comes_from;     /* "from" */
    uint32_t way;            /* "to", "from": of a capital that is travelled to */
    uint32_t together;       /* "with": who is dealt with */
    uint32_t both, two, all; /* "both sides", "the two", "all parties" */
    uint32_t whose;
    uint32_t state_noun; /* "country", "nation" */
    uint32_t region_noun; /* "enclave", "province" */
    uint32_t group_noun; /* "group", "movement" */
    uint32_t body_noun;  /* "organisation", "bloc" */
    uint32_t side_noun;  /* "side", "party", "leader": two of them are a pair */
    uint32_t first_of_two, second_of_two; /* "the former", "the latter" */
    uint32_t half;        /* "North", "South" */
    uint32_t minority;    /* "minority", "population" */
    uint32_t pair_noun;  /* "the sides", "the parties": a pair without a number */
    uint32_t several[CH_SEVERAL_MAX + 1]; /* [3 ...]: the words of that number */
    uint32_t bloc_noun;  /* "bloc", "alliance": not the United Nations */
    uint32_t from;       /* "from" of "fighters from Hamas" */
    uint32_t other;      /* "other" of "the other side" */
    uint32_t state_side; /* "neighbour", "power": two of them are states */
    uint32_t leader_noun; /* "the veteran leader": the last person named who leads */
    uint32_t state_kind[CH_STATE_KINDS_MAX]; /* [nstate_kind] words for a kind of states, and those states */
    uint32_t nstate_kind;
} ch_actor_sets;

typedef struct {
    const ch_lexicon *lex;
    ch_document *doc;
    ch_tree tree;
    ch_actor_sets sets;
    ch_match *matches; /* [nmatch] in text order */
    uint32_t nmatch, match_room;
    uint32_t *match_of; /* [ntok] or CH_NONE */
    uint32_t *place_of; /* [ntok] index in doc->places, or CH_NONE */
    bool *timed;        /* [ntok] inside a time expression */
    ch_draft *drafts;   /* [ndraft] in no order; chained by m.also */
    uint32_t ndraft, draft_room;
    uint32_t *draft_of; /* [ntok] the first draft of that head, or CH_NONE */
    char dominant[4];   /* the country most of the document speaks of, or "" */
    uint32_t country_mentions; /* how many mentions have one */
    ch_tally spoken[CH_SPOKEN_MAX]; /* [nspoken] those that the document speaks of most */
    uint32_t nspoken;
    char home[4];       /* the country that it speaks of clearly more than of any other, or "" */
    char dateline[4];   /* country of "CAIRO (Reuters) -", or "" */
    ch_map names;       /* last names and short names of those met so far -> draft */
    bool out_of_memory;
} ch_scene;

/* ------------------------------------------------------------------- names */

/* Fills matches and match_of. */
void ch_names_find(ch_scene *scene);

/* Adds "North" of "the North" as the name of a state, where one was named before of
 * which it is the half; whether it did. */
bool ch_half_find(ch_scene *scene, uint32_t tok);

static inline const ch_match *
ch_match_at(const ch_scene *scene, uint32_t tok)
{
    return scene->match_of[tok] == CH_NONE ? NULL : &scene->matches[scene->match_of[tok]];
}

static inline bool
ch_is_agent_name(const ch_name *name)
{
    return name->kind == CH_NAME_AGENT || name->kind == CH_NAME_AGENT_PLURAL || name->kind == CH_NAME_AGENT_MODIFIER;
}

/* The match's entry of that kind, or NULL. */
const ch_name *ch_match_kind(const ch_match *match, ch_name_kind kind);

/* The token above `tok`, the match it is in taken as one. CH_NONE at the root. */
uint32_t ch_unit_parent(const ch_scene *scene, uint32_t tok);

/* The head of the match that `tok` is in, or `tok`. */
uint32_t ch_unit_head(const ch_scene *scene, uint32_t tok);

/* The unit that `tok`, coordinated with what it hangs on, brings into the
 * coordination, or CH_NONE: of the words of one name, hung there each, the first
 * brings it. */
uint32_t ch_member_at(const ch_scene *scene, uint32_t tok);

/* ------------------------------------------------------------------- codes */

/* "FRAGOV" taken apart; what the lexicon has no country for is all sectors. */
ch_code ch_code_read(const ch_lexicon *lexicon, const char *code);
bool ch_code_empty(const ch_code *code);
bool ch_code_international(const ch_code *code); /* IGO, NGO, IMG, MNC */
bool ch_code_rebel(const char *sectors);
bool ch_code_armed(const char *sectors);
bool ch_code_has(const char *sectors, const char *sector);
void ch_code_add(char sectors[13], const char *more); /* those not yet there */

/* Sectors of a role noun (`role`, weak or not) that modifiers with `modifier`
 * stand before and that belongs to `owner` (NULL: to nobody). */
ch_code ch_code_of_role(const char *role, bool weak, const char *modifier, const ch_code *owner);

/* ------------------------------------------------------------------ drafts */

/* A new draft headed by `head`, behind those it has; NULL without memory. The
 * pointer holds until the next call. */
ch_draft *ch_draft_add(ch_scene *scene, uint32_t head);

static inline ch_draft *
ch_draft_at(const ch_scene *scene, uint32_t tok)
{
    return tok == CH_NONE || scene->draft_of[tok] == CH_NONE ? NULL : &scene->drafts[scene->draft_of[tok]];
}

static inline uint32_t
ch_draft_index(const ch_scene *scene, const ch_draft *draft)
{
    return (uint32_t)(draft - scene->drafts);
}

/* `to` stands for the same as `from`: code, entity and kind are taken over. */
void ch_draft_take(ch_scene *scene, ch_draft *to, uint32_t from, const char *reason);

/* Writes draft->code into the mention: code, country, sector, armed. */
void ch_draft_encode(ch_draft *draft);

/* Gives it a country without changing its sector. */
void ch_draft_set_country(ch_scene *scene, ch_draft *draft, const char *country, const char *reason);

/* A printf-style sentence in the arena; "" without memory. */
const char *ch_scene_say(ch_scene *scene, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Drafts for every head, from what hangs on it upward. */
void ch_drafts_make(ch_scene *scene);

/* Whether a country, capital or region under `tok` is where something is, not who acts. */
bool ch_reads_as_place(const ch_scene *scene, uint32_t tok, bool country);

/* ------------------------------------------------------------ in text order */

/* Appositions and titles apart from their names, in both directions. */
void ch_appositions_join(ch_scene *scene);

/* Surnames, pronouns, definite descriptions, owners known late, context. */
void ch_mentions_resolve(ch_scene *scene);

/* The best antecedent before `tok` at most `back` sentences ago: a draft, or
 * CH_NONE. `fits` says which may be one; subjects and the nearest win. */
typedef bool ch_fits(const ch_scene *scene, const ch_draft *candidate, const ch_draft *wanting);
uint32_t ch_antecedent(const ch_scene *scene, const ch_draft *wanting, uint32_t back, ch_fits *fits);

/* "the president", "the group", "both sides": resolved when one was met before. */
void ch_description_resolve(ch_scene *scene, ch_draft *draft);

/* How many sentences back a pair is looked for, at most. */
#define CH_PAIR_SENTENCES 4

/* The last two who were coordinated or dealt with each other before `tok`, as
 * drafts, at most `reach` sentences back; false when there are none. `persons`: only human beings will do. */
bool ch_pair_before(const ch_scene *scene, uint32_t tok, bool persons, uint32_t reach, uint32_t pair[2]);

/* The `wanted` states (2 to CH_SEVERAL_MAX), and no other, of the nearest sentences before
 * that of `tok` that name so many, or else the countries of what is before `tok`, as drafts
 * found[wanted]; of more than two a row of so many comes first. False where there are more
 * or fewer. */
bool ch_countries_before(const ch_scene *scene, uint32_t tok, uint32_t *found, unsigned wanted);

/* Whether a token's lemma or form is in the set. */
bool ch_token_in(const ch_scene *scene, uint32_t set, uint32_t tok);

/* Finds dateline and dominant country. */
void ch_context_read(ch_scene *scene);

/* Makes a draft the state whose country it has: "both countries", whoever of them was
 * named. */
void ch_draft_make_state(const ch_scene *scene, ch_draft *draft);

/* The one country of the places in the clause of a token, or in the one above; NULL
 * where there is none or several. */
const char *ch_context_place(const ch_scene *scene, uint32_t tok);

/* Gives a role noun without a country that of its context, where there is one. */
void ch_context_fill(ch_scene *scene, ch_draft *draft);

/* The states that the report speaks of by far the most and that do not act upon `tok`, as
 * drafts before it: two, or one where there is no other; 0 where several are alike. */
unsigned ch_main_parties(const ch_scene *scene, uint32_t tok, uint32_t pair[2]);

/* Whether `tok` is a subject, or in one, of a verb above `of`: "mediators from Egypt and
 * Qatar pressed the two sides" are none of the two. */
bool ch_acts_upon(const ch_scene *scene, uint32_t tok, uint32_t of);

/* "The Hungarian minority in Romania" lives in Romania, whatever its descent. */
void ch_context_settle(ch_scene *scene, ch_draft *draft);

#endif

#include "event/confidence.h"

#include <math.h>
#include <string.h>

/* Most that one feature which counts may count: beyond it nothing more is learned. */
#define WORDS_MAX 3u
#define STEPS_MAX 4u
#define LONG_MAX 4.0F

/* Words up to which a sentence is short, and those that make it one step longer. */
#define SHORT_SENTENCE 15u
#define LONG_STEP 10.0F

/* Whether it is known of one of them whose he is or who. */
static bool
is_anyone_known(const ch_document *doc, const ch_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const ch_mention *m = &doc->mentions[parties[i].mention];
        if (m->country[0] != '\0' || m->entity != NULL)
            return true;
    }
    return false;
}

/* Whether none of them was in a slot that the frame names. */
static bool
is_guessed(const ch_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (parties[i].path != CH_NONE)
            return false;
    return count != 0;
}

static bool
is_through_another(const ch_document *doc, const ch_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (doc->mentions[parties[i].mention].via != CH_NONE && doc->toks[doc->mentions[parties[i].mention].head].upos == CH_PRON)
            return true;
    return false;
}

/* Arcs between two words of a sentence, the way up and down. */
static uint32_t
steps_between(const ch_document *doc, uint32_t a, uint32_t b)
{
    uint32_t up = 0;
    for (uint32_t x = a; x != CH_NONE && up <= STEPS_MAX; x = doc->toks[x].head, up++) {
        uint32_t down = 0;
        for (uint32_t y = b; y != CH_NONE && up + down <= STEPS_MAX; y = doc->toks[y].head, down++)
            if (x == y)
                return up + down;
    }
    return STEPS_MAX;
}

static float
farthest(const ch_document *doc, const ch_event *e)
{
    uint32_t most = 1;
    for (uint32_t i = 0; i < e->nactor; i++) {
        uint32_t steps = steps_between(doc, e->tok, e->actors[i].tok);
        most = steps > most ? steps : most;
    }
    for (uint32_t i = 0; i < e->nrecipient; i++) {
        uint32_t steps = steps_between(doc, e->tok, e->recipients[i].tok);
        most = steps > most ? steps : most;
    }
    return (float)(most - 1);
}

void
ch_event_features(const ch_lexicon *lexicon, const ch_document *doc, const ch_event *e, float out[CH_ODDS_COUNT])
{
    const ch_frames *f = ch_lexicon_frames(lexicon);
    const ch_trigger *t = &f->triggers[e->trigger];
    uint32_t words = t->specificity > 0 ? t->specificity - 1 : 0;
    uint32_t length = doc->sents[e->sentence].last - doc->sents[e->sentence].first;
    memset(out, 0, CH_ODDS_COUNT * sizeof *out);
    out[CH_ODDS_BASE] = 1;
    out[CH_ODDS_WEIGHT] = f->frames[e->frame].weight - 0.8F; /* from the weight of a frame that says nothing */
    out[CH_ODDS_NOUN] = t->pos == CH_TRIGGER_NOUN;
    out[CH_ODDS_WORDS] = (float)(words < WORDS_MAX ? words : WORDS_MAX);
    out[CH_ODDS_NO_ACTOR] = e->nactor == 0;
    out[CH_ODDS_UNKNOWN_ACTOR] = e->nactor != 0 && !is_anyone_known(doc, e->actors, e->nactor);
    out[CH_ODDS_NO_RECIPIENT] = e->nrecipient == 0;
    out[CH_ODDS_UNKNOWN_RECIPIENT] = e->nrecipient != 0 && !is_anyone_known(doc, e->recipients, e->nrecipient);
    out[CH_ODDS_GUESSED_ACTOR] = is_guessed(e->actors, e->nactor);
    out[CH_ODDS_GUESSED_RECIPIENT] = is_guessed(e->recipients, e->nrecipient);
    out[CH_ODDS_PRONOUN] = is_through_another(doc, e->actors, e->nactor) || is_through_another(doc, e->recipients, e->nrecipient);
    out[CH_ODDS_FAR] = farthest(doc, e);
    out[CH_ODDS_ALLEGED] = e->status == CH_ALLEGED || e->status == CH_POSSIBLE;
    out[CH_ODDS_PLANNED] = e->status == CH_PLANNED;
    out[CH_ODDS_UNREAL] = e->status == CH_HYPOTHETICAL || e->status == CH_NEGATED;
    out[CH_ODDS_ATTRIBUTED] = e->nsource != 0;
    float longer = length > SHORT_SENTENCE ? (float)(length - SHORT_SENTENCE) / LONG_STEP : 0;
    out[CH_ODDS_LONG] = longer < LONG_MAX ? longer : LONG_MAX;
}

float
ch_event_confidence(const ch_lexicon *lexicon, const ch_document *doc, const ch_event *e)
{
    const ch_frames *f = ch_lexicon_frames(lexicon);
    if (f->nodds == 0)
        return f->frames[e->frame].weight;
    float features[CH_ODDS_COUNT], sum = 0;
    ch_event_features(lexicon, doc, e, features);
    for (int i = 0; i < CH_ODDS_COUNT; i++)
        sum += f->odds[i] * features[i];
    return 1 / (1 + expf(-sum));
}

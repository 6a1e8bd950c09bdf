#include "event/quantity.h"

#include <math.h>
#include <string.h>

/* Beyond this no number is one that a report counts with. */
#define VALUE_MAX 1e16
/* Digits and marks of the longest number that is read. */
#define DIGITS_MAX 32
/* Older than this nobody is. */
#define AGE_MAX 120
/* Words between a share and the number that it is a share of: "of the country's
 * more than". */
#define SHARE_WORDS_MAX 6
/* Words of the longest bound. */
#define BOUND_WORDS_MAX 4
/* Sentences back in which the country of a currency is looked for. */
#define COUNTRY_BACK_MAX 3

static const ch_token *
tok(const ch_finding *f, uint32_t t)
{
    return &f->doc->toks[t];
}

static ch_str
text_of(const ch_finding *f, uint32_t t)
{
    return ch_span_text(f->doc, tok(f, t)->span);
}

/* "1,200" and "2.5"; anything else that begins with a digit is no plain number. */
static bool
read_digits(ch_str s, double *out)
{
    double whole = 0, part = 0, scale = 1;
    bool point = false, any = false;
    if (s.len > DIGITS_MAX)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c >= '0' && c <= '9') {
            any = true;
            if (point)
                part += (c - '0') * (scale /= 10);
            else
                whole = whole * 10 + (c - '0');
        } else if (c == '.' && !point && any && i + 1 < s.len)
            point = true;
        else if (c != ',' || !any || point || i + 1 == s.len)
            return false;
    }
    *out = whole + part;
    return any;
}

static const ch_unit *
unit_of_sign(const ch_finding *f, ch_str s)
{
    const ch_frames *frames = f->graph->frames;
    for (uint32_t i = 0; i < frames->nunit; i++)
        if (frames->units[i].sign != 0 && ch_str_is(s, ch_lexicon_string(f->graph->lexicon, frames->units[i].sign)))
            return &frames->units[i];
    return NULL;
}

/* The unit written with this word, or with it and the one before it. */
static const ch_unit *
unit_of_word(const ch_finding *f, uint32_t t, uint32_t before)
{
    const ch_frames *frames = f->graph->frames;
    const ch_unit *plain = NULL;
    const ch_token *word = tok(f, t);
    for (uint32_t i = 0; i < frames->nunit; i++) {
        const ch_unit *u = &frames->units[i];
        if (u->word == 0 || (u->word != word->form_word && u->word != word->lemma_word))
            continue;
        if (u->modifier == 0 && plain == NULL)
            plain = u;
        else if (u->modifier != 0 && before != CH_NONE && (tok(f, before)->form_word == u->modifier || tok(f, before)->lemma_word == u->modifier))
            return u;
    }
    return plain;
}

/* Whether the currency is that of the mention's country: ISO 4217 begins with the
 * letters of ISO 3166. */
static bool
is_issued_by(const ch_finding *f, const ch_unit *u, uint32_t mention)
{
    const ch_lexicon *l = f->graph->lexicon;
    uint32_t country = mention != CH_NONE ? ch_lexicon_country(l, f->doc->mentions[mention].country) : CH_NONE;
    return country != CH_NONE && strncmp(ch_lexicon_string(l, u->id), l->countries[country].iso2, 2) == 0;
}

/* Several countries call their money by one name. Francs are those of the
 * country that the sentence, or one shortly before it, names first; NULL when
 * none is named. Dollars are American wherever nothing else is said. */
static const ch_unit *
unit_of_country(const ch_finding *f, uint32_t t, uint32_t sentence)
{
    const ch_frames *frames = f->graph->frames;
    const ch_token *word = tok(f, t);
    if (ch_graph_in_set(f->graph, t, f->sets.world_currency))
        return NULL;
    bool any = false;
    for (uint32_t i = 0; i < frames->nunit && !any; i++)
        any = frames->units[i].kind == CH_UNIT_MONEY && frames->units[i].word != 0 &&
              (frames->units[i].word == word->form_word || frames->units[i].word == word->lemma_word);
    for (uint32_t s = sentence + 1; any && s-- > 0 && s + COUNTRY_BACK_MAX >= sentence;)
        for (uint32_t at = f->doc->sents[s].first; at < f->doc->sents[s].last; at++)
            for (uint32_t i = 0; f->doc->mention_of[at] != CH_NONE && i < frames->nunit; i++) {
                const ch_unit *u = &frames->units[i];
                bool named = u->kind == CH_UNIT_MONEY && u->word != 0 && (u->word == word->form_word || u->word == word->lemma_word);
                if (named && is_issued_by(f, u, f->doc->mention_of[at]))
                    return u;
            }
    return NULL;
}

static bool
read_cardinal(const ch_finding *f, uint32_t t, double *out)
{
    return ch_cardinal_read(f->cardinals, tok(f, t)->form_word, out);
}

/* "Tens" of thousands. */
static bool
read_plural_cardinal(const ch_finding *f, uint32_t t, double *out)
{
    return read_cardinal(f, t, out) || ch_cardinal_read(f->cardinals, tok(f, t)->lemma_word, out);
}

static bool
read_scale(const ch_finding *f, uint32_t t, double *out)
{
    const ch_unit *u = unit_of_word(f, t, CH_NONE);
    if (u == NULL || u->kind != CH_UNIT_SCALE || u->value < 1)
        return false;
    *out = u->value;
    return true;
}

static bool
is_of(const ch_finding *f, uint32_t t)
{
    return f->graph->of != 0 && tok(f, t)->form_word == f->graph->of;
}

/* "Two thirds", "a quarter", "half": gives the token behind, `t` when it is no
 * fraction. */
static uint32_t
read_fraction(const ch_finding *f, uint32_t t, uint32_t last, double *out)
{
    double times = 1;
    uint32_t at = t;
    bool determined = t + 1 < last && (is_of(f, t + 1) || tok(f, t + 1)->upos == CH_DET || (tok(f, t + 1)->morph & CH_M_POSS) != 0);
    if (ch_graph_in_set(f->graph, t, f->sets.half) && determined && (tok(f, t + 1)->morph & CH_M_INDEF) == 0) {
        *out = 0.5;
        return t + 1;
    }
    bool article = tok(f, t)->upos == CH_DET && (tok(f, t)->morph & CH_M_INDEF) != 0;
    if (!article && !read_cardinal(f, t, &times))
        return t;
    at++;
    if (at + 1 < last && ch_str_is(text_of(f, at), "-"))
        at++;
    const ch_unit *u = at < last ? unit_of_word(f, at, CH_NONE) : NULL;
    if (u == NULL || u->kind != CH_UNIT_SCALE || u->value >= 1)
        return t;
    *out = times * u->value;
    return at + 1;
}

/* "A million", "half a million": what stands before a scale in place of a
 * number, the tokens of which are counted; 0 when nothing does. */
static uint32_t
read_article(const ch_finding *f, uint32_t t, uint32_t last, double *out)
{
    bool half = ch_graph_in_set(f->graph, t, f->sets.half);
    uint32_t at = half ? t + 1 : t;
    double scale;
    if (at + 1 >= last || tok(f, at)->upos != CH_DET || (tok(f, at)->morph & CH_M_INDEF) == 0 || !read_scale(f, at + 1, &scale) || scale < 1000)
        return 0;
    *out = half ? 0.5 : 1;
    return half ? 2 : 1;
}

/* A number in digits or words from `t` on; gives the token behind it, `t` when
 * there is none. "Three hundred and twenty-five thousand" is one. */
static uint32_t
read_number(const ch_finding *f, uint32_t t, uint32_t last, double *out)
{
    double total = 0, part = 0, value;
    uint32_t start = t;
    bool any = false, digits = false;
    uint32_t article = t < last ? read_article(f, t, last, &part) : 0;
    t += article;
    any = article != 0;
    while (t < last) {
        bool joins = any && t + 1 < last && (ch_str_is(text_of(f, t), "-") || (tok(f, t)->rel == CH_CC && !digits && part == 0 && total >= 100));
        uint32_t at = joins ? t + 1 : t;
        if (!digits && !any && read_digits(text_of(f, at), &value)) {
            part = value;
            digits = true;
        } else if (!digits && read_cardinal(f, at, &value) && (!any || fmod(part, 100) == 0 || (fmod(part, 10) == 0 && value < 10)))
            part += value;
        else if (any && !joins && read_scale(f, at, &value)) {
            if (value == 100)
                part *= value;
            else {
                total += part * value;
                part = 0;
            }
            digits = true;
            if (total == 0)
                digits = false;
        } else
            break;
        any = true;
        t = at + 1;
    }
    *out = total + part;
    return any ? t : start;
}

/* "Dozens", "hundreds of thousands": at least one of each. */
static uint32_t
read_vague(const ch_finding *f, uint32_t t, uint32_t last, double *out)
{
    double value;
    uint32_t start = t;
    if ((tok(f, t)->morph & CH_M_PLUR) == 0 && !ch_graph_in_set(f->graph, t, f->sets.vague))
        return start;
    if (!read_scale(f, t, out) && !(ch_graph_in_set(f->graph, t, f->sets.vague) && read_plural_cardinal(f, t, out)))
        return start;
    if (t + 2 < last && tok(f, t + 1)->lemma_word == f->graph->of && read_scale(f, t + 2, &value)) {
        *out *= value;
        t += 2;
    }
    return t + 1;
}

static bool
is_people(const ch_finding *f, uint32_t t)
{
    uint32_t m = f->doc->mention_of[t];
    return ch_graph_in_set(f->graph, t, f->sets.people) || (m != CH_NONE && f->doc->mentions[m].human && f->doc->mentions[m].kind != CH_MENTION_ORGANISATION);
}

static bool
may_be_counted(const ch_token *t)
{
    return t->upos == CH_NOUN || t->upos == CH_PROPN;
}

/* The noun that is counted: what the number hangs on, or, in "dozens of
 * people", what hangs on it; CH_NONE where the number stands alone. */
static uint32_t
noun_of(const ch_finding *f, const ch_quantity *q, uint32_t end, bool vague, uint32_t sentence_last)
{
    uint32_t number = end - 1;
    if (vague) {
        CH_EACH_CHILD(f->graph, c, q->number)
            if (f->graph->preposition[c] == f->graph->of && f->graph->of != 0 && may_be_counted(tok(f, c)))
                return c;
        return CH_NONE;
    }
    for (uint32_t t = q->number; t < end; t++) {
        uint32_t head = tok(f, t)->head;
        if (head != CH_NONE && head >= end && tok(f, t)->rel == CH_NUMMOD && may_be_counted(tok(f, head)))
            return head;
    }
    /* the parser may hang it elsewhere; the noun follows within a few attributes */
    for (uint32_t t = end; t < sentence_last && t < number + 4; t++) {
        if (may_be_counted(tok(f, t)) && tok(f, t)->rel != CH_COMPOUND)
            return t;
        if (tok(f, t)->upos != CH_ADJ && tok(f, t)->rel != CH_COMPOUND && tok(f, t)->rel != CH_AMOD)
            break;
    }
    return CH_NONE;
}

static uint32_t
top_of(const ch_finding *f, uint32_t first, uint32_t last)
{
    for (uint32_t t = first; t < last; t++)
        if (tok(f, t)->head == CH_NONE || tok(f, t)->head < first || tok(f, t)->head >= last)
            return t;
    return first;
}

static void
read_bound(ch_finding *f, uint32_t first, ch_quantity *q)
{
    const struct {
        uint32_t set;
        ch_bound bound;
    } bounds[] = {{f->sets.at_least, CH_BOUND_AT_LEAST}, {f->sets.at_most, CH_BOUND_AT_MOST}, {f->sets.about, CH_BOUND_ABOUT}};
    uint32_t best = 0;
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        uint32_t n = ch_finding_before(f, first, q->number, bounds[i].set);
        if (n > best) {
            best = n;
            q->bound = bounds[i].bound;
        }
    }
    q->first = q->number - best;
}

static const char *
lemma_of(ch_finding *f, uint32_t t)
{
    ch_str lemma = tok(f, t)->lemma;
    const char *copy = ch_arena_copy(&f->doc->arena, lemma.at, lemma.len);
    f->out_of_memory = f->out_of_memory || copy == NULL;
    return copy;
}

static void
set_unit(ch_finding *f, ch_quantity *q, const ch_unit *u)
{
    q->kind = u->kind == CH_UNIT_MONEY ? CH_COUNT_MONEY : CH_COUNT_SHARE;
    q->unit = q->kind == CH_COUNT_SHARE ? "%" : ch_lexicon_string(f->graph->lexicon, u->id);
}

/* The unit behind the number: one word or two. Gives the token behind it. */
static uint32_t
read_unit(ch_finding *f, ch_quantity *q, uint32_t t, uint32_t sentence)
{
    const ch_unit *u = NULL;
    uint32_t last = f->doc->sents[sentence].last;
    for (uint32_t words = 2; words > 0; words--) {
        uint32_t at = t + words - 1;
        if (at >= last)
            continue;
        u = words == 2 ? unit_of_word(f, at, t) : unit_of_country(f, at, sentence);
        if (u == NULL && words == 1)
            u = unit_of_word(f, at, CH_NONE);
        if (u == NULL && words == 1)
            u = unit_of_sign(f, text_of(f, at));
        if (u != NULL && u->kind != CH_UNIT_SCALE && (words == 1 || u->modifier != 0)) {
            set_unit(f, q, u);
            return at + 1;
        }
    }
    return t;
}

static bool
is_time(const ch_finding *f, uint32_t t)
{
    return ch_match_class(f->graph, t, CH_CLASS_DATE);
}

/* The currency that `t` names before digits: "$75", "Rs 500". */
static const ch_unit *
currency_before(const ch_finding *f, uint32_t t, uint32_t sentence)
{
    double digits;
    if (t + 1 >= f->doc->sents[sentence].last || !read_digits(text_of(f, t + 1), &digits))
        return NULL;
    const ch_unit *u = unit_of_country(f, t, sentence);
    if (u == NULL)
        u = unit_of_sign(f, text_of(f, t));
    if (u == NULL)
        u = unit_of_word(f, t, CH_NONE);
    return u != NULL && u->kind == CH_UNIT_MONEY ? u : NULL;
}

/* "Between 200 and 400": the upper number behind the lower one of a range, and
 * the token behind it; `end` when this is no range. */
static uint32_t
skip_upper(const ch_finding *f, ch_sentence sent, uint32_t number, uint32_t end)
{
    double upper;
    bool range = number > sent.first && ch_graph_in_set(f->graph, number - 1, f->sets.between);
    if (!range || end + 1 >= sent.last || (tok(f, end)->upos != CH_CCONJ && tok(f, end)->form_word != f->graph->to))
        return end;
    uint32_t behind = read_number(f, end + 1, sent.last, &upper);
    return behind == end + 1 ? end : behind;
}

/* "400-500 soldiers": the token behind the upper number, `end` when this is no
 * range of something counted. A vote of "15-0" is none, nor one of "190-210". */
static uint32_t
skip_dash(const ch_finding *f, ch_sentence sent, const ch_quantity *q, uint32_t end)
{
    double upper;
    if (end + 1 >= sent.last || (!ch_str_is(text_of(f, end), "-") && !ch_str_is(text_of(f, end), "–")))
        return end;
    uint32_t behind = read_number(f, end + 1, sent.last, &upper);
    if (behind == end + 1 || upper <= q->value || behind >= sent.last || !may_be_counted(tok(f, behind)))
        return end;
    return ch_graph_in_set(f->graph, behind, f->sets.tally_vote) ? end : behind;
}

/* Whether the number belongs to a name: "F-16", "School 59". */
static bool
is_in_name(const ch_finding *f, uint32_t first, uint32_t t, bool bare)
{
    if (t == first)
        return false;
    ch_rel rel = (ch_rel)tok(f, t)->rel;
    if (bare && tok(f, t - 1)->upos == CH_PROPN && rel != CH_NSUBJ && rel != CH_OBJ)
        return true;
    bool dash = ch_str_is(text_of(f, t - 1), "-") && tok(f, t - 1)->span.end == tok(f, t)->span.start;
    return dash && t > first + 1 && tok(f, t - 2)->span.end == tok(f, t - 1)->span.start && tok(f, t - 2)->upos != CH_NUM;
}

static bool
is_mark(const ch_finding *f, uint32_t t)
{
    ch_str s = text_of(f, t);
    return ch_str_is(s, ",") || ch_str_is(s, "(") || ch_str_is(s, ")") || ch_str_is(s, ".");
}

static bool
is_single_person(const ch_finding *f, uint32_t t)
{
    uint32_t m = f->doc->mention_of[t];
    return tok(f, t)->upos == CH_PROPN || (tok(f, t)->upos == CH_PRON && (tok(f, t)->morph & CH_M_PLUR) == 0) ||
           (m != CH_NONE && f->doc->mentions[m].human && !f->doc->mentions[m].plural);
}

/* Whether a number without a noun says how old somebody is: "Omar, 19, was
 * arrested", "who was 38", "aged 14". */
static bool
is_age(const ch_finding *f, ch_sentence sent, uint32_t t, uint32_t end, double value)
{
    if (value > AGE_MAX || t == sent.first)
        return false;
    if (ch_graph_in_set(f->graph, t - 1, f->sets.age))
        return true;
    bool set_apart = is_mark(f, t - 1) && end < sent.last && is_mark(f, end);
    if (set_apart && t > sent.first + 1 && is_single_person(f, t - 2))
        return true;
    uint32_t subject = ch_graph_child(f->graph, t, CH_NSUBJ);
    return subject != CH_NONE && ch_graph_child(f->graph, t, CH_COP) != CH_NONE && is_single_person(f, subject) &&
           f->doc->mention_of[subject] != CH_NONE;
}

/* "No one", "the one", "one's", "an art which one may enjoy": somebody, nobody
 * or a thing named before, but no count. */
static bool
is_pronoun(const ch_finding *f, ch_sentence sent, uint32_t t, uint32_t end)
{
    if (end != t + 1 || !ch_graph_in_set(f->graph, t, f->sets.pronoun) || (end < sent.last && is_of(f, end)))
        return false;
    if (t > sent.first && (tok(f, t - 1)->upos == CH_DET || tok(f, t - 1)->upos == CH_PUNCT || tok(f, t - 1)->upos == CH_ADJ))
        return true;
    return end < sent.last && (tok(f, end)->upos == CH_PART || (tok(f, end)->morph & (CH_M_PRONREL | CH_M_PRONINT)) != 0);
}

/* The noun of "13 of the 17 hostages"; CH_NONE where none is counted there. */
static uint32_t
noun_of_whole(const ch_finding *f, ch_sentence sent, uint32_t end)
{
    double value;
    if (end + 1 >= sent.last || !is_of(f, end))
        return CH_NONE;
    uint32_t at = end + 1;
    if (at + 1 < sent.last && (tok(f, at)->upos == CH_DET || tok(f, at)->upos == CH_PRON))
        at++;
    uint32_t behind = read_number(f, at, sent.last, &value);
    if (behind == at)
        return CH_NONE;
    ch_quantity whole = {.number = at};
    return noun_of(f, &whole, behind, false, sent.last);
}

/* What is counted, of a number without a unit; false where it counts nothing. */
static bool
read_counted(ch_finding *f, ch_sentence sent, uint32_t end, bool vague, ch_quantity *q)
{
    uint32_t noun = noun_of(f, q, end, vague, sent.last);
    bool bare = noun == CH_NONE;
    if (is_in_name(f, sent.first, q->number, bare))
        return false;
    if (bare && (is_age(f, sent, q->number, end, q->value) || is_pronoun(f, sent, q->number, end)))
        return false;
    if (bare && !vague)
        noun = noun_of_whole(f, sent, end);
    bool people = noun == CH_NONE || is_people(f, noun);
    q->kind = people ? CH_COUNT_PEOPLE : CH_COUNT_THINGS;
    q->unit = people ? "people" : lemma_of(f, noun);
    if (noun != CH_NONE && noun >= q->last && noun < q->last + 5 && (vague || !is_of(f, end)))
        q->last = noun + 1;
    return true;
}

static bool
read_at(ch_finding *f, uint32_t sentence, uint32_t t, ch_quantity *q)
{
    ch_sentence sent = f->doc->sents[sentence];
    *q = (ch_quantity){.number = t, .bound = CH_BOUND_EXACT};
    const ch_unit *sign = currency_before(f, t, sentence);
    uint32_t at = sign != NULL ? t + 1 : t;
    uint32_t end = read_number(f, at, sent.last, &q->value);
    bool vague = end == at && sign == NULL;
    if (vague) {
        end = read_vague(f, at, sent.last, &q->value);
        q->bound = CH_BOUND_AT_LEAST;
    }
    if (end == at || !(q->value < VALUE_MAX) || is_time(f, at))
        return false;
    uint32_t upper = skip_upper(f, sent, t, end);
    bool between = upper != end;
    if (upper == end && sign == NULL && !vague)
        upper = skip_dash(f, sent, q, end);
    bool range = upper != end;
    q->last = end = upper;
    if (sign != NULL)
        set_unit(f, q, sign);
    else
        q->last = read_unit(f, q, end, sentence);
    if (q->unit == NULL && !read_counted(f, sent, end, vague, q))
        return false;
    q->top = top_of(f, q->number, q->last);
    q->first = q->number;
    ch_bound before = q->bound;
    read_bound(f, sent.first, q);
    if (before != CH_BOUND_EXACT && q->first == q->number)
        q->bound = before;
    if (range)
        q->bound = CH_BOUND_AT_LEAST;
    if (between)
        q->first = q->number - 1;
    return true;
}

/* Where the number stands that a bound may begin at `t`: "more than 12". */
static uint32_t
behind_bound(const ch_finding *f, uint32_t t, uint32_t last)
{
    const uint32_t sets[] = {f->sets.at_least, f->sets.at_most, f->sets.about};
    for (uint32_t n = 1; n <= BOUND_WORDS_MAX && t + n < last; n++)
        for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
            if (ch_finding_before(f, t, t + n, sets[i]) == n)
                return t + n;
    return t;
}

/* The quantity that a share, of `share` of it, is told of: "two thirds of the
 * country's 12 million people". `q` becomes the share. */
static bool
read_whole(ch_finding *f, uint32_t sentence, uint32_t first, uint32_t end, double share, ch_quantity *q)
{
    ch_sentence sent = f->doc->sents[sentence];
    ch_quantity whole;
    uint32_t at = end < sent.last && is_of(f, end) ? end + 1 : end;
    for (uint32_t words = 0; at < sent.last && words < SHARE_WORDS_MAX; at++, words++) {
        uint32_t number = behind_bound(f, at, sent.last);
        if (read_at(f, sentence, number, &whole) && whole.kind != CH_COUNT_SHARE) {
            *q = whole;
            q->value *= share;
            q->number = q->first = first;
            q->top = top_of(f, first, q->last);
            read_bound(f, sent.first, q);
            return true;
        }
        ch_upos upos = (ch_upos)tok(f, at)->upos;
        if (upos != CH_DET && upos != CH_PRON && upos != CH_PROPN && upos != CH_NOUN && upos != CH_ADJ && upos != CH_PART && upos != CH_ADV)
            return false;
    }
    return false;
}

bool
ch_quantity_next(ch_finding *f, uint32_t sentence, uint32_t t, ch_quantity *out)
{
    ch_sentence sent = f->doc->sents[sentence];
    double share;
    for (; t < sent.last && !f->out_of_memory; t++) {
        uint32_t end = read_fraction(f, t, sent.last, &share);
        if (end != t) {
            if (read_whole(f, sentence, t, end, share, out))
                return true;
            t = end - 1; /* a share of nothing that is counted */
            continue;
        }
        ch_quantity whole;
        if (!read_at(f, sentence, t, out))
            continue;
        /* "97 percent of the 5 million voters" */
        if (out->kind == CH_COUNT_SHARE && out->last < sent.last && is_of(f, out->last) &&
            read_whole(f, sentence, out->number, out->last, out->value / 100, &whole))
            *out = whole;
        return true;
    }
    return false;
}

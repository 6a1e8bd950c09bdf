#include "syntax/mend.h"

#include <string.h>

static bool
is_noun(const ch_token *t)
{
    return t->upos == CH_NOUN || t->upos == CH_PROPN;
}

static bool
has_tag(const ch_token *t, const char *tag)
{
    return t->xpos != NULL && strcmp(t->xpos, tag) == 0;
}

/* The noun before `verb` that hangs on the same noun behind it, or CH_NONE:
 * "Spain granted autonomy" read as a kind of autonomy. One that a hyphen ties to
 * the verb ("US-backed forces") is none. */
static uint32_t
subject_before(const ch_document *doc, uint32_t first, uint32_t verb)
{
    for (uint32_t t = verb; t-- > first;) {
        const ch_token *token = &doc->toks[t];
        if (token->head != doc->toks[verb].head)
            continue;
        bool hangs = token->rel == CH_COMPOUND || token->rel == CH_NSUBJ || token->rel == CH_AMOD || token->rel == CH_NMOD;
        return is_noun(token) && hangs ? t : CH_NONE;
    }
    return CH_NONE;
}

/* Whether `verb` is the verb of the sentence whose root was taken to be the noun
 * behind it: a past tense modifies no noun; a participle may. */
static bool
is_hidden_verb(const ch_document *doc, uint32_t verb)
{
    const ch_token *v = &doc->toks[verb];
    if (v->upos != CH_VERB || v->rel != CH_AMOD || v->head == CH_NONE || v->head < verb)
        return false;
    const ch_token *noun = &doc->toks[v->head];
    bool root = noun->head == CH_NONE && is_noun(noun);
    return root && (has_tag(v, "VBD") || (has_tag(v, "VBN") && is_noun(&doc->toks[verb - 1])));
}

/* Makes `verb` the root, `subject` its subject and the old root its object. */
static void
raise_verb(ch_document *doc, ch_sentence sent, uint32_t verb, uint32_t subject)
{
    uint32_t object = doc->toks[verb].head;
    for (uint32_t t = sent.first; t < sent.last; t++) {
        ch_token *token = &doc->toks[t];
        if (token->head != object || t == verb)
            continue;
        bool of_clause = token->rel == CH_PUNCT || token->rel == CH_PARATAXIS || token->rel == CH_ADVCL || token->rel == CH_ADVMOD ||
                         token->rel == CH_CCOMP || token->rel == CH_OBL || token->rel == CH_AUXREL;
        if (t < subject && (token->rel == CH_DETREL || token->rel == CH_AMOD || token->rel == CH_COMPOUND))
            token->head = subject;
        else if (t < verb || of_clause)
            token->head = verb;
    }
    doc->toks[subject].head = verb;
    doc->toks[subject].rel = CH_NSUBJ;
    doc->toks[subject].sub = 0;
    doc->toks[verb].head = CH_NONE;
    doc->toks[verb].rel = CH_ROOT;
    doc->toks[verb].xpos = "VBD";
    doc->toks[verb].morph = (doc->toks[verb].morph & ~(uint32_t)CH_M_PART) | CH_M_FIN;
    doc->toks[object].head = verb;
    doc->toks[object].rel = CH_OBJ;
}

/* Whether `tok` is `top` or hangs below it: `top` must not be hung on it then. */
static bool
is_under(const ch_document *doc, uint32_t tok, uint32_t top)
{
    while (tok != CH_NONE && tok != top)
        tok = doc->toks[tok].head;
    return tok == top;
}

/* The object behind a verb that has no other words but behind it, or CH_NONE. An
 * auxiliary that stands in front of another word is not its own. */
static uint32_t
bare_object(const ch_document *doc, ch_sentence sent, uint32_t verb)
{
    uint32_t object = CH_NONE;
    for (uint32_t t = sent.first; t < sent.last; t++) {
        if (doc->toks[t].head != verb)
            continue;
        if (t < verb && (doc->toks[t].rel != CH_AUXREL || t + 1 == verb))
            return CH_NONE;
        if (doc->toks[t].rel == CH_OBJ && object == CH_NONE)
            object = t;
    }
    return object;
}

/* "Will abandon improved relations", read as two verbs: a participle right behind
 * a verb without object says of what kind its own object is, but no name. */
static void
lower_participle(ch_document *doc, ch_sentence sent, uint32_t participle)
{
    ch_token *p = &doc->toks[participle], *verb = p - 1;
    bool clause = p->rel == CH_CCOMP || p->rel == CH_XCOMP || p->rel == CH_CONJ || p->rel == CH_ADVCL;
    if (p->upos != CH_VERB || !clause || verb->upos != CH_VERB || (!has_tag(p, "VBN") && !has_tag(p, "VBD")) ||
        verb->span.end == p->span.start || is_under(doc, participle - 1, participle))
        return;
    uint32_t object = bare_object(doc, sent, participle);
    if (object == CH_NONE || bare_object(doc, sent, participle - 1) != CH_NONE || doc->toks[object].upos != CH_NOUN)
        return;
    for (uint32_t t = participle + 1; t < object; t++)
        if (doc->toks[t].head != object || doc->toks[t].upos == CH_DET || doc->toks[t].upos == CH_PUNCT)
            return;
    for (uint32_t t = sent.first; t < sent.last; t++)
        if (doc->toks[t].head == participle)
            doc->toks[t].head = participle - 1;
    p->head = object;
    p->rel = CH_AMOD;
}

/* Whether [from, to) are words of the noun `noun`, none of them an article. */
static bool
leads_to(const ch_document *doc, uint32_t from, uint32_t to, uint32_t noun)
{
    for (uint32_t t = from; t < to; t++)
        if (doc->toks[t].head != noun || doc->toks[t].upos == CH_DET || doc->toks[t].upos == CH_PUNCT)
            return false;
    return true;
}

/* "Hamas fighters fired", each of the two read as a subject: a verb has one, and
 * of two nouns side by side the second. */
static void
join_subjects(ch_document *doc, uint32_t name)
{
    ch_token *n = &doc->toks[name];
    if (n->rel != CH_NSUBJ || n->sub == CH_SUB_OUTER || n->upos != CH_PROPN || n->head == CH_NONE || n->head < name)
        return;
    for (uint32_t t = name + 1; t < n->head; t++) {
        const ch_token *second = &doc->toks[t];
        if (second->rel != CH_NSUBJ || second->head != n->head || !is_noun(second))
            continue;
        if (leads_to(doc, name + 1, t, t)) {
            n->head = t;
            n->rel = CH_COMPOUND;
        }
        return;
    }
}

/* Where the words that hyphens tie to `first` end; `first` + 1 where none are. */
static uint32_t
tied_end(const ch_document *doc, ch_sentence sent, uint32_t first)
{
    uint32_t end = first + 1;
    while (end + 1 < sent.last && has_tag(&doc->toks[first], "NN") && doc->text[doc->toks[end].span.start] == '-' &&
           doc->toks[end - 1].span.end == doc->toks[end].span.start && doc->toks[end].span.end == doc->toks[end + 1].span.start)
        end += 2;
    return end;
}

/* "by a surface-to-air missile", read as "by a surface" and a missile: what hyphens
 * tie together says of what kind the noun behind it is. */
static void
tie_to_noun(ch_document *doc, ch_sentence sent, uint32_t first)
{
    ch_token *tied = &doc->toks[first];
    uint32_t noun = tied_end(doc, sent, first);
    if (noun == first + 1 || noun >= sent.last || tied->head == CH_NONE || doc->toks[noun].upos != CH_NOUN ||
        doc->toks[noun].head != tied->head)
        return;
    doc->toks[noun].rel = tied->rel;
    doc->toks[noun].sub = tied->sub;
    tied->head = noun;
    tied->rel = CH_COMPOUND;
    tied->sub = 0;
    for (uint32_t t = sent.first; t < noun; t++)
        if ((doc->toks[t].head == first && t < first) || (doc->toks[t].head == noun && t > first))
            doc->toks[t].head = t < first ? noun : first;
}

static bool
is_comma(const ch_document *doc, uint32_t t)
{
    return doc->toks[t].upos == CH_PUNCT && doc->text[doc->toks[t].span.start] == ',';
}

/* "... will meet the Minister of Finance, Ann Lee, the palace said", both read as
 * subjects of "said": a name between commas behind a noun stands for that noun. */
static void
set_apart(ch_document *doc, ch_sentence sent, uint32_t name)
{
    ch_token *n = &doc->toks[name];
    if (n->rel != CH_NSUBJ || n->upos != CH_PROPN || n->head == CH_NONE || n->head < name || name < sent.first + 2 ||
        !is_comma(doc, name - 1) || !is_noun(&doc->toks[name - 2]))
        return;
    uint32_t end = name + 1;
    while (end < n->head && doc->toks[end].head == name && doc->toks[end].rel == CH_FLAT)
        end++;
    bool second = false;
    for (uint32_t t = end + 1; t < n->head; t++)
        second = second || (doc->toks[t].rel == CH_NSUBJ && doc->toks[t].head == n->head);
    if (!second || !is_comma(doc, end))
        return;
    uint32_t noun = name - 2;
    /* up a title ("Minister of Foreign Affairs"), not over "a meeting with" */
    while (doc->toks[noun].upos == CH_PROPN && doc->toks[noun].head < noun && doc->toks[doc->toks[noun].head].upos == CH_PROPN)
        noun = doc->toks[noun].head;
    if (is_under(doc, noun, name))
        return;
    n->head = noun;
    n->rel = CH_APPOS;
}

/* "The envoys of Norway, Sweden and Finland", Sweden coordinated with the envoys:
 * `last` closes a list of names, so a name inside it belongs to it; where the
 * other list is one of names too, both are one. */
static void
close_list(ch_document *doc, uint32_t last)
{
    uint32_t first = doc->toks[last].head;
    if (doc->toks[last].rel != CH_CONJ || doc->toks[last].upos != CH_PROPN || first == CH_NONE || first > last)
        return;
    for (uint32_t t = first + 1; t < last; t++) {
        ch_token *between = &doc->toks[t];
        if (between->rel != CH_CONJ || between->upos != CH_PROPN || between->head >= first)
            continue;
        if (doc->toks[between->head].upos != CH_PROPN && !is_under(doc, first, t))
            between->head = first;
        else if (doc->toks[between->head].upos == CH_PROPN && !is_under(doc, between->head, last))
            doc->toks[last].head = between->head;
        return;
    }
}

/* A verb in a tense of its own; a bare form may be an infinitive. */
static bool
is_tensed(const ch_token *t)
{
    return t->upos == CH_VERB && (has_tag(t, "VBD") || has_tag(t, "VBZ"));
}

/* What of a clause's head its dependents tell. */
typedef struct {
    bool subject, copula, perfect, other_auxiliary, tense, object, thing;
} clause;

static clause
clause_of(const ch_document *doc, ch_sentence sent, uint32_t head)
{
    clause c = {.tense = is_tensed(&doc->toks[head])};
    for (uint32_t t = sent.first; t < sent.last; t++) {
        const ch_token *token = &doc->toks[t];
        if (token->head != head)
            continue;
        bool auxiliary = token->rel == CH_AUXREL || token->rel == CH_COP;
        c.subject = c.subject || token->rel == CH_NSUBJ || token->rel == CH_CSUBJ;
        c.copula = c.copula || token->rel == CH_COP;
        c.tense = c.tense || (auxiliary && (token->morph & CH_M_FIN) != 0) || (auxiliary && has_tag(token, "MD"));
        if (token->rel == CH_AUXREL && ch_str_is(token->lemma, "have"))
            c.perfect = true;
        else if (token->rel == CH_AUXREL)
            c.other_auxiliary = true;
        c.thing = c.thing || token->rel == CH_OBJ;
        c.object = c.object || token->rel == CH_OBJ || token->rel == CH_XCOMP || token->rel == CH_CCOMP;
    }
    return c;
}

/* "urged them to talk and offered to mediate", "offered" hung on "talk": a verb in
 * a tense continues no infinitive, it goes up to the next verb that has one. */
static uint32_t
above_infinitive(const ch_document *doc, ch_sentence sent, uint32_t head)
{
    for (uint32_t t = doc->toks[head].head; t != CH_NONE; t = doc->toks[t].head)
        if (doc->toks[t].upos == CH_VERB && clause_of(doc, sent, t).tense)
            return t;
    return CH_NONE;
}

/* "said it did not suffice, and urged them to ban it", "urged" hung on "suffice":
 * what shares neither auxiliary nor subject with the reported clause, or is parted
 * from it by a comma, goes on with the report. */
static uint32_t
above_report(const ch_document *doc, uint32_t verb, uint32_t head, clause c)
{
    uint32_t report = doc->toks[head].head;
    if (doc->toks[head].rel != CH_CCOMP || report == CH_NONE || report > head || !is_tensed(&doc->toks[report]) || !c.subject)
        return CH_NONE;
    bool comma = verb >= 2 && doc->toks[verb - 1].rel == CH_CC && doc->toks[verb - 2].upos == CH_PUNCT;
    if (c.perfect) /* "had failed and denounced" may be one perfect */
        return comma ? report : CH_NONE;
    return c.copula || c.other_auxiliary || comma ? report : CH_NONE;
}

/* Hangs a coordinated verb without a subject on the verb that it continues. */
static void
lift_verb(ch_document *doc, ch_sentence sent, uint32_t verb)
{
    ch_token *v = &doc->toks[verb];
    if (v->rel != CH_CONJ || v->upos != CH_VERB || v->head == CH_NONE || v->head > verb)
        return;
    clause own = clause_of(doc, sent, verb), first = clause_of(doc, sent, v->head);
    bool past = has_tag(v, "VBN") && own.thing && has_tag(&doc->toks[v->head], "VB") && !first.other_auxiliary;
    if (!is_tensed(v) && !past) /* with an object a participle is the past tense: "to clear the road and detained ten" */
        return;
    if (own.subject || own.perfect || own.other_auxiliary || !own.object)
        return;
    uint32_t above = CH_NONE;
    if (doc->toks[v->head].upos == CH_VERB && !first.tense && !first.subject)
        above = above_infinitive(doc, sent, v->head);
    else
        above = above_report(doc, verb, v->head, first);
    if (above != CH_NONE && above < verb)
        v->head = above;
}

/* "Police arrested and questioned the student", read as "police were arrested": a verb
 * without auxiliary before an active one that has the object of both is active too. */
static void
make_active(ch_document *doc, ch_sentence sent, uint32_t verb)
{
    ch_token *v = &doc->toks[verb];
    uint32_t subject = CH_NONE;
    bool active = false;
    if (v->upos != CH_VERB || !has_tag(v, "VBN"))
        return;
    for (uint32_t t = sent.first; t < sent.last; t++) {
        const ch_token *token = &doc->toks[t];
        if (token->head != verb)
            continue;
        if (token->rel == CH_AUXREL || token->rel == CH_OBJ || (token->rel == CH_OBL && token->sub == CH_SUB_AGENT))
            return;
        if (token->rel == CH_NSUBJ && token->sub == CH_SUB_PASS)
            subject = t;
        if (token->rel == CH_CONJ && is_tensed(token)) {
            clause c = clause_of(doc, sent, t);
            active = active || (c.thing && !c.subject && !c.other_auxiliary && !c.perfect);
        }
    }
    if (subject == CH_NONE || !active)
        return;
    doc->toks[subject].sub = CH_SUB_NONE;
    v->xpos = "VBD";
    v->morph = (v->morph & ~(uint32_t)(CH_M_PART | CH_M_PASS)) | CH_M_FIN;
}

/* "Zelensky, who was in Berlin, accused them", the whole read as a name and its
 * relative clauses: one in a tense, behind a comma, with neither subject nor pronoun
 * is the sentence. */
static bool
is_main_clause(const ch_document *doc, ch_sentence sent, uint32_t verb)
{
    const ch_token *v = &doc->toks[verb];
    if (v->rel != CH_ACL || !is_tensed(v) || v->head == CH_NONE || v->head > verb || doc->toks[v->head].head != CH_NONE ||
        !is_noun(&doc->toks[v->head]) || doc->toks[verb - 1].upos != CH_PUNCT)
        return false;
    for (uint32_t t = v->head + 1; t < sent.last; t++) {
        const ch_token *token = &doc->toks[t];
        if (token->head == verb && (token->rel == CH_NSUBJ || (token->morph & CH_M_PRONREL) != 0))
            return false;
    }
    return true;
}

static void
raise_clause(ch_document *doc, ch_sentence sent, uint32_t verb)
{
    uint32_t subject = doc->toks[verb].head;
    for (uint32_t t = verb + 1; t < sent.last; t++)
        if (doc->toks[t].head == subject)
            doc->toks[t].head = verb;
    doc->toks[verb].head = CH_NONE;
    doc->toks[verb].rel = CH_ROOT;
    doc->toks[verb].sub = CH_SUB_NONE;
    doc->toks[subject].head = verb;
    doc->toks[subject].rel = CH_NSUBJ;
    doc->toks[subject].sub = CH_SUB_NONE;
}

/* "Denounced what he called threats", read as "denounced (that) he called what
 * threats": of two objects the pronoun in front is that of the verb before it. */
static void
free_relative(ch_document *doc, ch_sentence sent, uint32_t pronoun)
{
    ch_token *what = &doc->toks[pronoun];
    if (what->rel != CH_OBJ || what->upos != CH_PRON || what->head == CH_NONE || what->head < pronoun)
        return;
    ch_token *verb = &doc->toks[what->head];
    bool behind = pronoun > sent.first && verb->head == pronoun - 1 && doc->toks[pronoun - 1].upos == CH_VERB;
    if (verb->rel != CH_CCOMP || !behind)
        return;
    for (uint32_t t = what->head + 1; t < sent.last; t++) {
        const ch_token *token = &doc->toks[t];
        if (token->head != what->head || (token->rel != CH_OBJ && token->rel != CH_XCOMP))
            continue;
        verb->head = pronoun;
        verb->rel = CH_ACL;
        verb->sub = CH_SUB_RELCL;
        what->head = pronoun - 1;
        return;
    }
}

/* "North Korea test-fired a missile", read as "a North Korea test fired": a noun that a
 * hyphen joins to the verb is a part of it, and what stood before is the subject. */
static void
part_hyphened_verb(ch_document *doc, ch_sentence sent, uint32_t verb)
{
    const ch_token *v = &doc->toks[verb];
    if (v->upos != CH_VERB || !has_tag(v, "VBD") || verb < sent.first + 3)
        return;
    const ch_token *hyphen = &doc->toks[verb - 1];
    ch_token *part = &doc->toks[verb - 2];
    bool joined = doc->text[hyphen->span.start] == '-' && hyphen->span.end == v->span.start && part->span.end == hyphen->span.start;
    if (!joined || part->upos != CH_NOUN || part->head != verb || (part->rel != CH_NSUBJ && part->rel != CH_OBL))
        return;
    ch_token *subject = &doc->toks[verb - 3];
    if (subject->head != verb - 2 || subject->rel != CH_COMPOUND)
        return;
    subject->head = verb;
    subject->rel = CH_NSUBJ;
    subject->sub = CH_SUB_NONE;
    part->rel = CH_COMPOUND;
    part->sub = CH_SUB_NONE;
    for (uint32_t t = sent.first; t < verb - 3; t++)
        if (doc->toks[t].head == verb - 2)
            doc->toks[t].head = verb - 3;
}

/* "appealed to striking teachers": what ends in "-ing" is no infinitive, so "to" is a
 * preposition and the word an attribute of the noun behind it. */
static void
free_attribute(ch_document *doc, ch_sentence sent, uint32_t t)
{
    ch_token *word = &doc->toks[t], *to = t > sent.first ? &doc->toks[t - 1] : word;
    bool bare = word->upos == CH_VERB && has_tag(word, "VBG") && to->upos == CH_PART && to->head == t && word->head != CH_NONE;
    if (!bare || t + 1 >= sent.last)
        return;
    uint32_t noun = t + 1;
    while (noun < sent.last && !(doc->toks[noun].head == t && doc->toks[noun].rel == CH_OBJ))
        noun++;
    if (noun == sent.last || !is_noun(&doc->toks[noun]))
        return;
    for (uint32_t i = t + 1; i < sent.last; i++)
        if (doc->toks[i].head == t && i != noun)
            doc->toks[i].head = word->head;
    doc->toks[noun].head = word->head;
    doc->toks[noun].rel = CH_OBL;
    word->head = to->head = noun;
    word->rel = CH_AMOD;
    to->rel = CH_CASE;
    to->upos = CH_ADP;
    to->xpos = "IN";
}

/* "Venezuela deported a rebel", the object read as another subject: a verb whose
 * subject stands before it, active and without object, has none behind it. */
static void
second_subject(ch_document *doc, ch_sentence sent, uint32_t verb)
{
    uint32_t before = CH_NONE, behind = CH_NONE;
    if (!is_tensed(&doc->toks[verb]))
        return;
    for (uint32_t t = sent.first; t < sent.last; t++) {
        const ch_token *token = &doc->toks[t];
        if (token->head != verb)
            continue;
        if (token->rel == CH_OBJ || token->rel == CH_CCOMP || token->rel == CH_XCOMP || token->rel == CH_COP || token->rel == CH_AUXREL ||
            token->rel == CH_EXPL)
            return;
        if (token->rel == CH_NSUBJ && token->sub == CH_SUB_NONE)
            *(t < verb ? &before : &behind) = t;
    }
    if (before != CH_NONE && behind != CH_NONE && is_noun(&doc->toks[behind]))
        doc->toks[behind].rel = CH_OBJ;
}

/* "Pompeo called on him; the Kremlin warned", the first read as what the second says:
 * clauses that a semicolon parts stand beside each other. */
static void
part_at_semicolon(ch_document *doc, uint32_t verb)
{
    ch_token *v = &doc->toks[verb];
    if (v->rel != CH_CCOMP || v->head == CH_NONE || v->head < verb)
        return;
    for (uint32_t t = verb + 1; t < v->head; t++)
        if (doc->text[doc->toks[t].span.start] == ';') {
            v->rel = CH_PARATAXIS;
            return;
        }
}

/* "summoned the ambassador and Sweden said", the second subject read as another object:
 * a name right before a verb in the past that has no subject is that. */
static void
part_joined_subject(ch_document *doc, ch_sentence sent, uint32_t verb)
{
    ch_token *v = &doc->toks[verb];
    if (!has_tag(v, "VBD") || v->upos != CH_VERB || verb == sent.first || v->rel == CH_ACL || v->rel == CH_CONJ)
        return;
    ch_token *name = &doc->toks[verb - 1];
    if (name->upos != CH_PROPN || name->rel != CH_CONJ || name->head == CH_NONE || doc->toks[name->head].rel != CH_OBJ ||
        clause_of(doc, sent, verb).subject)
        return;
    uint32_t other = doc->toks[name->head].head;
    if (other == CH_NONE || other > verb)
        return;
    for (uint32_t t = sent.first; t < verb - 1; t++)
        if (doc->toks[t].head == verb - 1 && doc->toks[t].rel == CH_CC)
            doc->toks[t].head = verb;
    name->head = verb;
    name->rel = CH_NSUBJ;
    name->sub = CH_SUB_NONE;
    if (v->head != CH_NONE) { /* the root stays where it is */
        v->head = other;
        v->rel = CH_CONJ;
        v->sub = CH_SUB_NONE;
    }
}

void
ch_mend_trees(ch_document *doc)
{
    for (uint32_t s = 0; s < doc->nsent; s++) {
        ch_sentence sent = doc->sents[s];
        for (uint32_t t = sent.first + 1; t < sent.last; t++) {
            uint32_t subject = is_hidden_verb(doc, t) ? subject_before(doc, sent.first, t) : CH_NONE;
            if (subject != CH_NONE) {
                raise_verb(doc, sent, t, subject);
                break;
            }
        }
        for (uint32_t t = sent.first; t < sent.last; t++) {
            if (t > sent.first && is_main_clause(doc, sent, t))
                raise_clause(doc, sent, t);
            make_active(doc, sent, t);
            join_subjects(doc, t);
            set_apart(doc, sent, t);
            tie_to_noun(doc, sent, t);
            close_list(doc, t);
            if (t > sent.first)
                lower_participle(doc, sent, t);
            lift_verb(doc, sent, t);
            second_subject(doc, sent, t);
            part_at_semicolon(doc, t);
            part_joined_subject(doc, sent, t);
            free_relative(doc, sent, t);
            part_hyphened_verb(doc, sent, t);
            free_attribute(doc, sent, t);
        }
    }
}

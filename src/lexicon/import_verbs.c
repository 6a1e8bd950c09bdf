/* Verb dictionaries: synonym sets, blocks of verbs that share patterns, and the
 * patterns, each of which becomes a frame.
 *
 *     &CURRENCY                         a set, its members behind "+"
 *     +DOLLARS
 *
 *     --- GRANT [070] ---               a block and its code
 *     GIVE {GAVE GIVEN} [071]           a verb, its odd forms, its own code
 *     +HAND_OVER {+HANDED_OVER}         several words, "+" before the head
 *     - * &CURRENCY TO + [0331]         a pattern around the verb "*"
 *
 * TABARI has no line for the block: its first verb begins it. PETRARCH 2 writes
 * noun phrases in "{}" and prepositional ones in "()". */
#include "lexicon/import.h"

#include <stdio.h>
#include <string.h>

#define VERBS_MAX 256
/* "[032:033]": the code, and that of the same act from the other side. */
typedef struct {
    char code[8];
    char reverse[8];
    bool none; /* "---": no act */
} pair;

/* One way to write a verb of several words. */
typedef struct {
    ch_import_frame_words around;
    ch_str head;
} manner;

typedef struct {
    ch_str forms;  /* of the head, parted by "; " */
    manner manner; /* .around empty: a single word */
    pair own;
    bool has_own;
    uint32_t line;
} verb;

typedef struct {
    ch_import *im;
    verb verbs[VERBS_MAX];
    uint32_t nverb;
    pair code;   /* of the block */
    ch_str name; /* of the block, for ids */
    uint32_t line;
    bool has_code;
    bool pattern_seen; /* the next verb begins another block */
    bool phrases;      /* the file is of PETRARCH 2 */
    bool in_set;
    const char *set; /* id of the open set; NULL: its words are left out */
} reading;

/* ------------------------------------------------------------------- codes */

static bool
copy_code(char out[8], ch_str s)
{
    if (s.len == 0)
        return true;
    if (s.len < 2 || s.len > 7)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            return false;
    }
    memcpy(out, s.at, s.len);
    out[s.len] = '\0';
    return true;
}

static bool
read_pair(ch_import *im, ch_str s, pair *out, uint32_t line)
{
    *out = (pair){0};
    ch_str right, left = ch_import_cut(s, ':', &right);
    right = ch_import_trim(right);
    if (ch_str_is(left, "---") || s.len == 0) {
        out->none = true;
        return true;
    }
    if (!copy_code(out->code, left) || !copy_code(out->reverse, right)) {
        ch_import_lost(im, line, "write a code of two to seven letters and digits, or two with a colon",
                       "[%.*s] is no code of an act", (int)s.len, s.at);
        *out = (pair){.none = true};
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------ frames */

/* PLOVER has no type for mere statements (01) and for schemes that are not
 * CAMEO's; a record must have one. */
static bool
needs_type(const char *code)
{
    if (code[0] < '0' || code[0] > '2' || code[1] < '0' || code[1] > '9')
        return true;
    int root = (code[0] - '0') * 10 + code[1] - '0';
    return root < 2 || root > 20;
}

/* Sides that no pattern names: the subject, else the first one before the verb;
 * and the first one behind it. */
#define SUBJECT "subj; left"
#define OTHER "right"

static void
write_roles(ch_import *im, const pair *code)
{
    ch_text *out = &im->out;
    bool only_reverse = code->code[0] == '\0';
    bool both = !only_reverse && strcmp(code->code, code->reverse) == 0;
    const char *shown = only_reverse ? code->reverse : code->code;
    ch_text_printf(out, "  cameo: %s\n", shown);
    if (needs_type(shown))
        ch_text_puts(out, "  type: CONSULT\n");
    if (both)
        ch_text_puts(out, "  reciprocal: yes\n");
    else if (!only_reverse && code->reverse[0] != '\0')
        ch_text_printf(out, "  reverse: %s\n", code->reverse);
    ch_text_printf(out, "  actor: %s\n  recipient: %s\n  need: both\n  covers: yes\n", only_reverse ? OTHER : SUBJECT,
                   only_reverse ? SUBJECT : OTHER);
}

/* One frame. `pattern` may be empty: the verb alone. False when the pattern
 * could not be carried. */
static bool
write_frame(reading *r, ch_str pattern, ch_str verbs, const manner *m, const pair *code, uint32_t line)
{
    ch_import *im = r->im;
    ch_text fields = {0};
    bool ok = ch_import_pattern(im, &fields, pattern, verbs, &m->around, r->phrases, line);
    if (ok) {
        ch_text_printf(&im->out, "frame %s\n", ch_import_id(im, r->name));
        ch_text_add(&im->out, fields.at, fields.len); /* first: the slots that it names go before all others */
        if (code->none)
            ch_text_puts(&im->out, "  type: NONE\n");
        else
            write_roles(im, code);
        ch_text_printf(&im->out, "  from: %s:%u\n\n", im->file, line);
    }
    im->out_of_memory = im->out_of_memory || fields.failed;
    ch_text_free(&fields);
    return ok;
}

static bool
plain(const verb *v)
{
    return v->manner.around.before.len == 0 && v->manner.around.after.len == 0;
}

/* The forms of all single verbs of the block whose own code is `own` (NULL: of all). */
static void
join_verbs(const reading *r, const pair *own, bool block_code, ch_text *out)
{
    for (uint32_t i = 0; i < r->nverb; i++) {
        const verb *v = &r->verbs[i];
        if (!plain(v))
            continue;
        if (own != NULL && (!v->has_own || memcmp(&v->own, own, sizeof *own) != 0))
            continue;
        if (block_code && v->has_own)
            continue;
        if (out->len != 0)
            ch_text_puts(out, "; ");
        ch_text_add_str(out, v->forms);
    }
}

static void
write_default(reading *r, const verb *v)
{
    const pair *code = v != NULL && v->has_own ? &v->own : &r->code;
    const manner single = {0};
    ch_text verbs = {0};
    if (v == NULL)
        join_verbs(r, NULL, true, &verbs);
    else
        ch_text_add_str(&verbs, v->forms);
    if (verbs.len != 0 && !code->none)
        write_frame(r, (ch_str){"", 0}, (ch_str){verbs.at, verbs.len}, v != NULL ? &v->manner : &single, code,
                    v != NULL ? v->line : r->line);
    ch_text_free(&verbs);
}

/* The verbs of a block on their own, once all of them are known. */
static void
write_defaults(reading *r)
{
    write_default(r, NULL);
    for (uint32_t i = 0; i < r->nverb; i++)
        if (r->verbs[i].has_own || !plain(&r->verbs[i]))
            write_default(r, &r->verbs[i]);
    r->im->counts->entries += r->nverb;
}

static void
close_block(reading *r)
{
    if (r->nverb != 0 && !r->pattern_seen)
        write_defaults(r);
    r->nverb = 0;
    r->pattern_seen = false;
    r->has_code = false;
    r->code = (pair){.none = true};
    r->name = (ch_str){"", 0};
}

/* ------------------------------------------------------------------- verbs */

/* "BROKE_+DOWN_BADLY" as words around its head. Without "+" the first is it. */
static manner
read_manner(reading *r, ch_str s, uint32_t line)
{
    ch_import *im = r->im;
    manner m = {0};
    size_t plus = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == '+')
            plus = i + 1;
    ch_str before = {s.at, plus != 0 ? plus - 1 : 0}, rest = {s.at + plus, s.len - plus};
    while (rest.len != 0 && (rest.at[rest.len - 1] == '_' || rest.at[rest.len - 1] == ' '))
        rest.len--;
    size_t end = 0;
    while (end < rest.len && rest.at[end] != '_' && rest.at[end] != ' ')
        end++;
    m.head = ch_import_folded(im, (ch_str){rest.at, end}, line);
    while (before.len != 0 && (before.at[before.len - 1] == '_' || before.at[before.len - 1] == ' '))
        before.len--;
    if (before.len != 0)
        m.around.before = ch_import_words(im, before, line);
    if (end < rest.len)
        m.around.after = ch_import_words(im, (ch_str){rest.at + end, rest.len - end}, line);
    return m;
}

static void
add_form(ch_text *forms, ch_str head)
{
    if (head.len == 0)
        return;
    if (forms->len != 0)
        ch_text_puts(forms, "; ");
    ch_text_add_str(forms, head);
}

/* The regular forms, which these dictionaries leave out where a verb has no
 * "{}". They are found by their lemma too; written out, they are found where the
 * reader does not know the verb. */
static void
add_regular_forms(reading *r, ch_text *forms, ch_str head)
{
    char form[128];
    if (head.len < 2 || head.len + 4 > sizeof form || r->im->tabari)
        return;
    char last = head.at[head.len - 1], before = head.at[head.len - 2];
    int stem = (int)head.len;
    bool y = last == 'y' && strchr("aeiou", before) == NULL;
    bool hiss = last == 's' || last == 'x' || last == 'z' || (last == 'h' && (before == 's' || before == 'c'));
    int n = snprintf(form, sizeof form, "%.*s%s", y ? stem - 1 : stem, head.at, y ? "ies" : hiss ? "es" : "s");
    add_form(forms, (ch_str){form, (size_t)n});
    n = snprintf(form, sizeof form, "%.*s%s", y || last == 'e' ? stem - 1 : stem, head.at, y ? "ied" : "ed");
    add_form(forms, (ch_str){form, (size_t)n});
    bool silent = last == 'e' && before != 'e' && before != 'o' && before != 'y';
    n = snprintf(form, sizeof form, "%.*sing", silent ? stem - 1 : stem, head.at);
    add_form(forms, (ch_str){form, (size_t)n});
}

/* The forms in "{}": heads that stand in the same words as the verb's own join
 * it; others would be another verb. */
static void
read_forms(reading *r, ch_str braces, const manner *own, ch_text *forms, uint32_t line)
{
    ch_str rest = ch_import_trim(braces);
    while (rest.len != 0) {
        size_t end = 0;
        while (end < rest.len && rest.at[end] != ' ' && rest.at[end] != '\t')
            end++;
        manner m = read_manner(r, (ch_str){rest.at, end}, line);
        if (!ch_str_eq(m.around.before, own->around.before) || !ch_str_eq(m.around.after, own->around.after))
            ch_import_lost(r->im, line, "write it as a verb of its own", "the form \"%.*s\" has other words around its head",
                           (int)end, rest.at);
        else
            add_form(forms, m.head);
        rest = ch_import_trim((ch_str){rest.at + end, rest.len - end});
    }
}

static void
read_verb(reading *r, const ch_import_line *l)
{
    ch_import *im = r->im;
    ch_str s = l->text, rest, braces = {"", 0}, behind;
    ch_str head = ch_import_cut(s, '[', &rest), code = ch_import_cut(rest, ']', &behind);
    const char *open = memchr(head.at, '{', head.len);
    if (open != NULL) {
        ch_str inside = {open + 1, head.len - (size_t)(open + 1 - head.at)}, after;
        braces = ch_import_cut(inside, '}', &after);
        head = ch_import_trim((ch_str){head.at, (size_t)(open - head.at)});
    }
    if (r->pattern_seen)
        close_block(r);
    if (head.len == 0 || r->nverb == VERBS_MAX) {
        ch_import_lost(im, l->number, "write VERB {FORMS} [CODE]",
                       head.len == 0 ? "\"%.*s\" is no verb" : "too many verbs in a block: \"%.*s\"", (int)s.len, s.at);
        return;
    }
    verb v = {.line = l->number};
    v.manner = read_manner(r, head, l->number);
    if (v.manner.head.len == 0)
        return;
    v.has_own = memchr(s.at, '[', s.len) != NULL && read_pair(im, code, &v.own, l->number);
    if (r->nverb == 0 && r->name.len == 0) {
        r->name = v.manner.head;
        r->line = l->number;
        if (!r->has_code && v.has_own)
            r->code = v.own;
    }
    ch_text forms = {0};
    add_form(&forms, v.manner.head);
    if (open != NULL)
        read_forms(r, braces, &v.manner, &forms, l->number);
    else
        add_regular_forms(r, &forms, v.manner.head);
    char *copy = forms.failed ? NULL : ch_arena_copy(im->arena, forms.at, forms.len);
    if (copy == NULL)
        im->out_of_memory = true;
    else {
        v.forms = (ch_str){copy, forms.len};
        r->verbs[r->nverb++] = v;
    }
    ch_text_free(&forms);
}

/* "--- NAME [CODE] ---" */
static void
read_head(reading *r, const ch_import_line *l)
{
    close_block(r);
    ch_str s = l->text, rest;
    while (s.len != 0 && (s.at[0] == '-' || s.at[0] == ' '))
        s.at++, s.len--;
    ch_str name = ch_import_cut(s, '[', &rest), behind, code = ch_import_cut(rest, ']', &behind);
    while (name.len != 0 && (name.at[name.len - 1] == '-' || name.at[name.len - 1] == ' '))
        name.len--;
    r->name = name;
    r->line = l->number;
    r->has_code = read_pair(r->im, code, &r->code, l->number);
    if (memchr(behind.at, '[', behind.len) != NULL)
        ch_import_lost(r->im, l->number, "write one code", "a second code of the block is left out: \"%.*s\"", (int)l->text.len,
                       l->text.at);
}

static void
read_pattern(reading *r, const ch_import_line *l)
{
    ch_import *im = r->im;
    ch_str rest, pattern = ch_import_cut((ch_str){l->text.at + 1, l->text.len - 1}, '[', &rest), behind;
    ch_str inside = ch_import_cut(rest, ']', &behind);
    pair code;
    if (r->nverb == 0) {
        ch_import_lost(im, l->number, "put a verb before it", "the pattern \"%.*s\" belongs to no verb", (int)l->text.len,
                       l->text.at);
        return;
    }
    if (!r->pattern_seen)
        write_defaults(r);
    r->pattern_seen = true;
    if (!read_pair(im, inside, &code, l->number))
        return;
    const manner single = {0};
    ch_text verbs = {0};
    join_verbs(r, NULL, false, &verbs);
    bool ok = verbs.len == 0 || write_frame(r, pattern, (ch_str){verbs.at, verbs.len}, &single, &code, l->number);
    ch_text_free(&verbs);
    for (uint32_t i = 0; ok && i < r->nverb; i++)
        if (!plain(&r->verbs[i]))
            ok = write_frame(r, pattern, r->verbs[i].forms, &r->verbs[i].manner, &code, l->number);
    im->counts->entries += ok;
}

/* -------------------------------------------------------------------- sets */

static void
open_set(reading *r, const ch_import_line *l)
{
    ch_import *im = r->im;
    close_block(r);
    ch_str name = {l->text.at + 1, l->text.len - 1};
    const char *id = ch_import_set_add(im, name);
    r->in_set = true;
    r->set = id;
    if (id == NULL) {
        ch_import_lost(im, l->number, "give it another name", "the set &%.*s is there twice: its words are left out",
                       (int)name.len, name.at);
        return;
    }
    ch_text_printf(&im->out, "set %s\n  from: %s:%u\n", id, im->file, l->number);
    im->counts->entries++;
}

static void
add_member(reading *r, const ch_import_line *l)
{
    ch_import *im = r->im;
    ch_str s = ch_import_trim((ch_str){l->text.at + 1, l->text.len - 1});
    if (r->set == NULL)
        return;
    if (s.len > 1 && s.at[0] == '&') {
        const char *id = ch_import_set(im, (ch_str){s.at + 1, s.len - 1});
        if (id == NULL || id == r->set) {
            ch_import_lost(im, l->number, "define the set before", id == NULL ? "no set %.*s" : "the set %.*s is its own member",
                           (int)s.len, s.at);
            return;
        }
        ch_text_printf(&im->out, "  word: @%s", id);
        ch_import_end_line(&im->out, l->comment);
        return;
    }
    ch_str words = ch_import_words(im, s, l->number);
    if (words.len == 0)
        return;
    ch_text_puts(&im->out, "  word: ");
    ch_text_add_str(&im->out, words);
    ch_import_end_line(&im->out, l->comment);
}

/* ------------------------------------------------------------------- files */

static bool
has_phrases(const ch_import *im)
{
    for (uint32_t i = 0; i < im->nline; i++) {
        ch_str s = im->lines[i].text;
        if (s.len > 2 && s.at[0] == '-' && s.at[1] == ' ' && memchr(s.at, '(', s.len) != NULL)
            return true;
    }
    return false;
}

static void
read_line(reading *r, const ch_import_line *l)
{
    ch_str s = l->text;
    bool member = r->in_set && s.at[0] == '+';
    if (r->in_set && !member) {
        ch_text_putc(&r->im->out, '\n');
        r->in_set = false;
    }
    if (member)
        add_member(r, l);
    else if (s.at[0] == '&')
        open_set(r, l);
    else if (s.at[0] == '~')
        ch_import_lost(r->im, l->number, "write frames that ask for the act of their complement: +comp={ASSAULT}",
                       "transformations have no counterpart: \"%.*s\"", (int)s.len, s.at);
    else if (s.len >= 3 && memcmp(s.at, "---", 3) == 0)
        read_head(r, l);
    else if (s.at[0] == '-')
        read_pattern(r, l);
    else
        read_verb(r, l);
}

void
ch_import_verbs(ch_import *im)
{
    reading *r = ch_arena_alloc(im->arena, sizeof *r);
    if (r == NULL) {
        im->out_of_memory = true;
        return;
    }
    *r = (reading){.im = im, .code = {.none = true}, .phrases = has_phrases(im)};
    ch_map_free(&im->sets);
    for (uint32_t i = 0; i < im->nline && !im->out_of_memory; i++)
        if (im->lines[i].text.len != 0)
            read_line(r, &im->lines[i]);
    close_block(r);
}

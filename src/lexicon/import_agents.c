/* Agent dictionaries: role nouns with their plurals, and sets of words that are
 * put in for a mark.
 *
 *     !PERSON! = MAN, MEN, WOMAN
 *     CONGRESS!PERSON! [~LEG]
 *     ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~GOV]
 *     POLICE {} [~COP] */
#include "lexicon/import.h"

#include <string.h>

#define MARKS_MAX 64
#define SECTORS_MAX 12

typedef struct {
    ch_str name; /* with its "!" */
    ch_str words;
} mark;

typedef struct {
    mark all[MARKS_MAX];
    uint32_t count;
} marks;

static void
add_mark(ch_import *im, marks *m, const ch_import_line *l)
{
    ch_str words, name = ch_import_cut(l->text, '=', &words);
    if (m->count == MARKS_MAX || words.len == 0) {
        ch_import_lost(im, l->number, "write !MARK! = WORD, WORD", "\"%.*s\" is no set of words", (int)l->text.len, l->text.at);
        return;
    }
    m->all[m->count++] = (mark){name, words};
    im->counts->entries++;
}

/* The mark that stands in the phrase: where, and which; false when none does. */
static bool
find_mark(const marks *m, ch_str phrase, size_t *at, uint32_t *which)
{
    for (uint32_t i = 0; i < m->count; i++)
        for (size_t k = 0; k + m->all[i].name.len <= phrase.len; k++)
            if (memcmp(phrase.at + k, m->all[i].name.at, m->all[i].name.len) == 0) {
                *at = k;
                *which = i;
                return true;
            }
    return false;
}

static void
write_noun(ch_import *im, ch_str phrase, const char *plural, const ch_import_line *l)
{
    ch_str noun = ch_import_words(im, phrase, l->number);
    if (noun.len == 0)
        return;
    ch_text_puts(&im->out, "  noun: ");
    ch_text_add_str(&im->out, noun);
    ch_text_puts(&im->out, plural);
    ch_import_end_line(&im->out, l->comment);
}

/* Each word of the mark's set in its place, none with a plural made for it. */
static void
write_filled(ch_import *im, const mark *m, ch_str phrase, size_t at, const ch_import_line *l)
{
    ch_str rest = m->words;
    while (rest.len != 0) {
        ch_str word = ch_import_cut(rest, ',', &rest);
        ch_text filled = {0};
        ch_text_add(&filled, phrase.at, at);
        ch_text_add_str(&filled, word);
        ch_text_add(&filled, phrase.at + at + m->name.len, phrase.len - at - m->name.len);
        if (filled.failed)
            im->out_of_memory = true;
        else
            write_noun(im, (ch_str){filled.at, filled.len}, " =", l);
        ch_text_free(&filled);
    }
}

static void
write_plural(ch_import *im, ch_str phrase, ch_str plural, bool given, const ch_import_line *l)
{
    if (!given) {
        write_noun(im, phrase, "", l);
        return;
    }
    ch_text text = {0};
    ch_text_puts(&text, " =");
    ch_str words = plural.len != 0 ? ch_import_words(im, plural, l->number) : plural;
    if (words.len != 0) {
        ch_text_putc(&text, ' ');
        ch_text_add_str(&text, words);
    }
    if (text.failed)
        im->out_of_memory = true;
    else
        write_noun(im, phrase, text.at, l);
    ch_text_free(&text);
}

static void
read_agent(ch_import *im, const marks *m, const ch_import_line *l)
{
    ch_str codes, head = ch_import_cut(l->text, '[', &codes);
    ch_str rest, code = ch_import_cut(codes, ']', &rest);
    ch_str braces, phrase = ch_import_cut(head, '{', &braces);
    bool given = memchr(head.at, '{', head.len) != NULL;
    ch_str behind, plural = ch_import_cut(braces, '}', &behind);
    bool before = code.len != 0 && code.at[code.len - 1] == '~';
    if (code.len != 0 && code.at[0] == '~')
        code = ch_import_trim((ch_str){code.at + 1, code.len - 1});
    if (before && code.len != 0)
        code = ch_import_trim((ch_str){code.at, code.len - 1});
    if (phrase.len == 0 || !ch_import_is_code(code) || code.len % 3 != 0 || code.len > SECTORS_MAX) {
        ch_import_lost(im, l->number, "write PHRASE {PLURAL} [~SECTORS]", "\"%.*s\" is no role noun with a code",
                       (int)l->text.len, l->text.at);
        return;
    }
    if (before)
        ch_import_lost(im, l->number, "see whether that is what you want",
                       "[%.*s~] goes before the actor's code there, behind it here", (int)code.len, code.at);
    if (im->tabari && phrase.at[phrase.len - 1] != '_')
        ch_import_lost(im, l->number, "add the other forms as nouns", "\"%.*s\" is a stem: the word and its plural are found",
                       (int)phrase.len, phrase.at);
    im->counts->entries++;
    ch_text_printf(&im->out, "agent %s\n", ch_import_id(im, phrase));
    size_t at;
    uint32_t which;
    if (find_mark(m, phrase, &at, &which))
        write_filled(im, &m->all[which], phrase, at, l);
    else
        write_plural(im, phrase, plural, given, l);
    ch_text_printf(&im->out, "  code: %.*s\n  from: %s:%u\n\n", (int)code.len, code.at, im->file, l->number);
}

void
ch_import_agents(ch_import *im)
{
    marks m = {.count = 0};
    for (uint32_t i = 0; i < im->nline && !im->out_of_memory; i++) {
        const ch_import_line *l = &im->lines[i];
        if (l->text.len == 0)
            continue;
        if (l->text.at[0] == '!' && memchr(l->text.at, '=', l->text.len) != NULL && memchr(l->text.at, '[', l->text.len) == NULL)
            add_mark(im, &m, l);
        else
            read_agent(im, &m, l);
    }
}

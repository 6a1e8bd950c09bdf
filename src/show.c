/* What the lexicon knows under a name, for a person: every entry, its codes and
 * their days, the place it stands at. */
#include "base/text.h"
#include "lexicon/frames.h"
#include "reader.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const ch_lexicon *lex;
    ch_text *out;
    int32_t day; /* CH_NO_DAY: none was asked for */
} showing;

static const char *
text_of(const showing *s, ch_lexstr at)
{
    return ch_lexicon_string(s->lex, at);
}

static const char *
kind_of(const showing *s, const ch_name *name)
{
    static const char *const actors[] = {"person", "body", "organisation", "group", "company", "medium", "people"};
    static const char *const kinds[CH_NAME_KIND_COUNT] = {
        [CH_NAME_COUNTRY] = "country", [CH_NAME_ADJECTIVE] = "country, its adjective", [CH_NAME_DEMONYM] = "country, its people",
        [CH_NAME_CAPITAL] = "country, its capital", [CH_NAME_SEAT] = "country, the seat of its government",
        [CH_NAME_REGION] = "country, a region of it", [CH_NAME_AGENT] = "agent", [CH_NAME_AGENT_PLURAL] = "agent, plural",
        [CH_NAME_AGENT_MODIFIER] = "agent, as a modifier", [CH_NAME_PLACE] = "place", [CH_NAME_TIME] = "time",
        [CH_NAME_FURNITURE] = "furniture", [CH_NAME_DISCARD] = "discard",
    };
    if (name->kind == CH_NAME_ACTOR || name->kind == CH_NAME_ACTOR_ADJECTIVE)
        return actors[s->lex->actors[name->entry].kind];
    return kinds[name->kind];
}

static void
put_day(ch_text *out, int32_t day)
{
    char text[16] = "";
    if (day != CH_DAY_MIN && day != CH_DAY_MAX)
        ch_day_print(text, day);
    ch_text_puts(out, text);
}

static void
put_range(ch_text *out, int32_t from, int32_t to)
{
    put_day(out, from);
    ch_text_puts(out, "..");
    put_day(out, to);
}

static void
put_where(const showing *s, ch_lexplace place)
{
    ch_text_printf(s->out, "  %s:%u\n", text_of(s, place.file), place.line);
}

static void
show_country(const showing *s, const ch_name *name)
{
    const ch_country *c = &s->lex->countries[name->entry];
    ch_text_printf(s->out, "%s  %s\n", text_of(s, c->id), text_of(s, c->name));
    put_where(s, c->place);
    const char *sector = name->kind == CH_NAME_CAPITAL || name->kind == CH_NAME_SEAT ? "GOV" : name->kind == CH_NAME_DEMONYM ? "CVL" : "";
    bool holds = s->day == CH_NO_DAY ||
                 (c->from <= s->day && s->day <= c->to && ch_lexicon_state(s->lex, name->entry, s->day) == name->entry);
    ch_text_puts(s->out, s->day == CH_NO_DAY ? "    " : holds ? "  > " : "    ");
    if (c->from != CH_DAY_MIN || c->to != CH_DAY_MAX) {
        put_range(s->out, c->from, c->to);
        ch_text_putc(s->out, ' ');
    }
    ch_text_printf(s->out, "%s%s\n", text_of(s, c->id), sector);
    if (c->whole == CH_NONE)
        return;
    ch_text_puts(s->out, s->day != CH_NO_DAY && ch_lexicon_state(s->lex, name->entry, s->day) != name->entry ? "  > " : "    ");
    put_range(s->out, c->whole_from, c->whole_to);
    ch_text_printf(s->out, " %s%s\n", text_of(s, s->lex->countries[c->whole].id), sector);
}

static void
show_actor(const showing *s, const ch_name *name)
{
    const ch_actor *a = &s->lex->actors[name->entry];
    bool holds = false;
    const ch_role *now = s->day != CH_NO_DAY ? ch_lexicon_role(s->lex, a, s->day, &holds) : NULL;
    ch_text_printf(s->out, "%s  %s\n", text_of(s, a->id), text_of(s, a->name));
    put_where(s, a->place);
    for (uint32_t i = a->first_role; i < a->first_role + a->nrole; i++) {
        const ch_role *r = &s->lex->roles[i];
        bool beside = now != NULL && r->from == now->from && r->to == now->to;
        ch_text_puts(s->out, beside ? "  > " : "    ");
        if (r->from != CH_DAY_MIN || r->to != CH_DAY_MAX) {
            put_range(s->out, r->from, r->to);
            ch_text_putc(s->out, ' ');
        }
        ch_text_puts(s->out, r->code != 0 ? text_of(s, r->code) : "nobody that is coded");
        if (r->title != 0)
            ch_text_printf(s->out, "  %s", text_of(s, r->title));
        ch_text_puts(s->out, r == now && !holds ? "  (no role holds on that day; this one is the nearest)\n" : "\n");
    }
}

static void
show_agent(const showing *s, const ch_name *name)
{
    static const char *const classes[] = {"person", "people", "body", "thing"};
    const ch_agent *a = &s->lex->agents[name->entry];
    ch_text_printf(s->out, "%s\n", text_of(s, a->id));
    put_where(s, a->place);
    ch_text_printf(s->out, "    %s  %s\n", text_of(s, a->code), classes[a->class]);
}

static void
show_name(const showing *s, const ch_name *name)
{
    ch_text_printf(s->out, "%s: %s ", text_of(s, name->form), kind_of(s, name));
    if (name->kind <= CH_NAME_REGION)
        show_country(s, name);
    else if (name->kind == CH_NAME_ACTOR || name->kind == CH_NAME_ACTOR_ADJECTIVE)
        show_actor(s, name);
    else if (name->kind == CH_NAME_AGENT || name->kind == CH_NAME_AGENT_PLURAL || name->kind == CH_NAME_AGENT_MODIFIER)
        show_agent(s, name);
    else if (name->kind == CH_NAME_DISCARD) {
        const ch_discard *d = &ch_lexicon_frames(s->lex)->discards[name->entry];
        ch_text_printf(s->out, "%s\n", text_of(s, d->id));
        put_where(s, d->where);
    } else
        ch_text_putc(s->out, '\n');
    if ((name->flags & CH_NAME_CAPS) != 0)
        ch_text_puts(s->out, "    found in capitals only\n");
}

/* Whether the entry exists, or a role of it holds, on the day asked for. */
static bool
holds(const showing *s, const ch_name *name)
{
    bool role = false;
    if (s->day == CH_NO_DAY)
        return true;
    if (name->kind <= CH_NAME_REGION)
        return s->lex->countries[name->entry].from <= s->day && s->day <= s->lex->countries[name->entry].to;
    if (name->kind == CH_NAME_ACTOR || name->kind == CH_NAME_ACTOR_ADJECTIVE)
        return ch_lexicon_role(s->lex, &s->lex->actors[name->entry], s->day, &role) != NULL && role;
    return true;
}

/* Those that hold on the day first, each group in the order of the files. */
static bool
show_all(const showing *s, const char *name)
{
    uint32_t count;
    const ch_name *names = ch_lexicon_find_names(s->lex, ch_str_of(name), &count);
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < count; i++)
            if (holds(s, &names[i]) == (pass == 0))
                show_name(s, &names[i]);
    return count != 0;
}

chancery_status
chancery_lexicon_show(char **out, size_t *len, const chancery_reader_options *options, const char *name, const char *date,
                      chancery_error *err)
{
    ch_text text = {0};
    ch_lexicon *lex;
    int32_t day = CH_NO_DAY, last;
    *out = NULL;
    if (date != NULL && !ch_day_parse(ch_str_of(date), &day, &last))
        return ch_fail(err, CH_E_ARGUMENT, NULL, 0, "\"%s\" is no date; write 2024-03-09", date);
    chancery_status status = ch_open_lexicon(&lex, options, err);
    if (status != CH_OK)
        return status;
    showing s = {.lex = lex, .out = &text, .day = day};
    if (!show_all(&s, name))
        status = ch_fail(err, CH_E_ARGUMENT, NULL, 0, "the lexicon has no name \"%s\"", name);
    ch_lexicon_close(lex);
    if (status != CH_OK || text.failed) {
        ch_text_free(&text);
        return status != CH_OK ? status : ch_fail(err, CH_E_NOMEM, NULL, 0, "not enough memory to show it");
    }
    *out = text.at;
    if (len != NULL)
        *len = text.len;
    return CH_OK;
}

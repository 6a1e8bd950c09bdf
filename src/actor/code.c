#include "actor/scene.h"

ch_code
ch_code_read(const ch_lexicon *lexicon, const char *code)
{
    ch_code out = {.country = "", .sectors = ""};
    size_t len = strlen(code);
    if (len >= 3 && ch_lexicon_country(lexicon, code) != CH_NONE) {
        memcpy(out.country, code, 3);
        code += 3;
        len -= 3;
    }
    if (len > 12)
        len = 12;
    memcpy(out.sectors, code, len);
    return out;
}

bool
ch_code_empty(const ch_code *code)
{
    return code->country[0] == '\0' && code->sectors[0] == '\0';
}

bool
ch_code_has(const char *sectors, const char *sector)
{
    for (size_t i = 0; sectors[i] != '\0' && sectors[i + 1] != '\0' && sectors[i + 2] != '\0'; i += 3)
        if (memcmp(&sectors[i], sector, 3) == 0)
            return true;
    return false;
}

static bool
has_any(const char *sectors, const char *const *any)
{
    for (; *any != NULL; any++)
        if (ch_code_has(sectors, *any))
            return true;
    return false;
}

bool
ch_code_international(const ch_code *code)
{
    static const char *const all[] = {"IGO", "NGO", "IMG", "MNC", NULL};
    return code->country[0] == '\0' && has_any(code->sectors, all);
}

/* Who fights the state: the sector stays with whatever role its people have. */
bool
ch_code_rebel(const char *sectors)
{
    static const char *const all[] = {"REB", "UAF", "IMG", "SEP", "INS", NULL};
    return has_any(sectors, all);
}

bool
ch_code_armed(const char *sectors)
{
    static const char *const all[] = {"MIL", "REB", "COP", "UAF", "SPY", "IMG", "PRM", "SEP", "INS", NULL};
    return has_any(sectors, all);
}

void
ch_code_add(char sectors[13], const char *more)
{
    while (more[0] != '\0') {
        /* codes of other schemes may end in a shorter group */
        size_t len = strlen(sectors), group = strlen(more) < 3 ? strlen(more) : 3;
        if (len + group <= 12 && (group < 3 || !ch_code_has(sectors, more))) {
            memcpy(sectors + len, more, group);
            sectors[len + group] = '\0';
        }
        more += group;
    }
}

/* What stands before a role noun changes it where the noun says little of its
 * own ("police chief"), and where it says on which side one fights ("rebel
 * soldiers", "opposition lawmakers"). */
static bool
modifier_wins(const char *role, bool weak, const char *modifier)
{
    if (modifier[0] == '\0')
        return false;
    if (role[0] == '\0' || ch_code_rebel(modifier))
        return true;
    if (ch_code_has(modifier, "OPP") && !ch_code_armed(role) && !ch_code_has(role, "GOV"))
        return true;
    return weak && strcmp(modifier, "GOV") != 0;
}

ch_code
ch_code_of_role(const char *role, bool weak, const char *modifier, const ch_code *owner)
{
    ch_code out = {.country = "", .sectors = ""};
    bool by_modifier = modifier_wins(role, weak, modifier);
    const char *sectors = by_modifier ? modifier : role;
    if (owner == NULL) {
        ch_code_add(out.sectors, sectors);
        return out;
    }
    memcpy(out.country, owner->country, sizeof out.country);
    if (ch_code_international(owner)) {
        ch_code_add(out.sectors, owner->sectors);
        if (ch_code_armed(sectors) && !ch_code_rebel(owner->sectors))
            ch_code_add(out.sectors, sectors);
        return out;
    }
    bool own = owner->sectors[0] != '\0' && strcmp(owner->sectors, "GOV") != 0;
    bool owner_wins = sectors[0] == '\0' || (own && (ch_code_rebel(owner->sectors) || (weak && !by_modifier)));
    ch_code_add(out.sectors, owner_wins ? owner->sectors : sectors);
    return out;
}

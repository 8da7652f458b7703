/* Reading the tables and texts that a plugin gives: nothing in them is passed over in silence. */
#include <string.h>

#include "base/plain.h"
#include "graph/wire.h"
#include "plugin/internal.h"

const char *check_text(lua_State *lua, int at, const char *what)
{
    size_t length;
    if (lua_type(lua, at) != LUA_TSTRING)
        session_raise(lua, "%s is a text, not a %s", what, luaL_typename(lua, at));
    const char *text = lua_tolstring(lua, at, &length);
    if (length > WIRE_MOST_STRING)
        session_raise(lua, "%s has %zu bytes; at most %d are taken", what, length,
                      WIRE_MOST_STRING);
    if (strlen(text) != length || text_utf8_valid(text, length) != length || !plain_is(text))
        session_raise(lua, "%s holds control characters or is not UTF-8", what);
    return arena_string(session_of(lua)->arena, text);
}

const char *field_text(lua_State *lua, int at, const char *name)
{
    char what[64];
    const char *text = NULL;
    snprintf(what, sizeof what, "`%s`", name);
    if (lua_getfield(lua, at, name) != LUA_TNIL)
        text = check_text(lua, -1, what);
    lua_pop(lua, 1);
    return text;
}

const char *want_text(lua_State *lua, int at, const char *what, const char *name)
{
    const char *text = field_text(lua, at, name);
    if (text == NULL)
        session_raise(lua, "%s needs a `%s`", what, name);
    return text;
}

node_id field_symbol(lua_State *lua, int at, const char *name)
{
    node_id node = NODE_NONE;
    if (lua_getfield(lua, at, name) != LUA_TNIL)
        node = symbol_check(lua, -1);
    lua_pop(lua, 1);
    return node;
}

const char *item_text(lua_State *lua, int at, const char *what, const char *name)
{
    char place[128];
    snprintf(place, sizeof place, "the text of the %s `%s`", what, name);
    if (lua_geti(lua, at, 1) == LUA_TNIL)
        session_raise(lua, "the %s `%s` has no text", what, name);
    const char *text = check_text(lua, -1, place);
    lua_pop(lua, 1);
    return text;
}

const char *const *array_of_texts(lua_State *lua, int at, const char *what, size_t *count)
{
    struct arena *arena = session_of(lua)->arena;
    const char **texts = NULL;
    at = lua_absindex(lua, at);
    *count = 0;
    for (lua_Integer i = 1; lua_geti(lua, at, i) != LUA_TNIL; i++) {
        texts = arena_grow(arena, texts, *count, sizeof *texts);
        texts[(*count)++] = check_text(lua, -1, what);
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    return texts;
}

struct allowed {
    const char *what;
    const char *const *names;
    size_t count;
};

static void check_one_field(lua_State *lua, const char *key, void *context)
{
    const struct allowed *allowed = context;
    for (size_t i = 0; i < allowed->count; i++)
        if (strcmp(allowed->names[i], key) == 0)
            return;
    const char *near = suggest(key, allowed->names, allowed->count);
    if (near != NULL)
        session_raise(lua, "%s has no `%s`: did you mean `%s`?", allowed->what, key, near);
    session_raise(lua, "%s has no `%s`", allowed->what, key);
}

void check_fields(lua_State *lua, int at, const char *what, const char *const *names, size_t count)
{
    if (!lua_istable(lua, at))
        session_raise(lua, "%s is a table, not %s", what, luaL_typename(lua, at));
    struct allowed allowed = {what, names, count};
    each_field(lua, at, check_one_field, &allowed);
}

void check_items(lua_State *lua, int at, const char *what, lua_Integer most)
{
    at = lua_absindex(lua, at);
    for (lua_pushnil(lua); lua_next(lua, at) != 0; lua_pop(lua, 1)) {
        lua_Integer place = lua_isinteger(lua, -2) ? lua_tointeger(lua, -2) : 0;
        if (lua_type(lua, -2) != LUA_TSTRING && (place < 1 || place > most))
            session_raise(lua, "%s holds something that has no name", what);
    }
}

void check_count(lua_State *lua, size_t count, const char *what)
{
    if (count > WIRE_MOST_RECORDS)
        session_raise(lua, "`%s` has more than %d entries", what, WIRE_MOST_RECORDS);
}

struct unit check_unit(lua_State *lua, const char *text, double *scale)
{
    struct unit unit;
    double read = 1;
    if (!unit_parse(text, &unit, &read))
        session_raise(lua, "`%s` is no unit", text);
    if (scale != NULL)
        *scale = read;
    return unit;
}

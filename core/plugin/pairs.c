/* Plain tables in a fixed order, numbers first and then texts: the order decides the graph, and
 * Lua's own differs between runs. */
#include <stdlib.h>
#include <string.h>

#include "plugin/internal.h"

enum { STEPS_A_KEY = 20 }; /* instructions that one counts for, to be sorted */

/* A key: a whole number, another number, or a text of `length` bytes. */
struct sort_key {
    enum { KEY_WHOLE, KEY_NUMBER, KEY_TEXT } type;
    lua_Integer whole;
    lua_Number number; /* of a whole one too */
    const char *text;
    size_t length;
};

static int compare_texts(const struct sort_key *a, const struct sort_key *b)
{
    int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

/* A number that is not whole, but equal to one as a double, is 2^63: beyond all whole ones. */
static int compare_keys(const void *left, const void *right)
{
    const struct sort_key *a = left, *b = right;
    if (a->type == KEY_TEXT || b->type == KEY_TEXT)
        return a->type == b->type ? compare_texts(a, b) : (a->type == KEY_TEXT ? 1 : -1);
    if (a->type == KEY_WHOLE && b->type == KEY_WHOLE)
        return (a->whole > b->whole) - (a->whole < b->whole);
    if (a->number != b->number)
        return a->number > b->number ? 1 : -1;
    return (a->type > b->type) - (a->type < b->type);
}

/* The key at `at`, whose text stays in the table that has it. */
static struct sort_key read_key(lua_State *lua, int at)
{
    struct sort_key key = {.type = KEY_NUMBER};
    int type = lua_type(lua, at);
    if (type == LUA_TSTRING) {
        key.type = KEY_TEXT;
        key.text = lua_tolstring(lua, at, &key.length);
    } else if (type == LUA_TNUMBER) {
        key.type = lua_isinteger(lua, at) ? KEY_WHOLE : KEY_NUMBER;
        key.whole = lua_tointeger(lua, at);
        key.number = lua_tonumber(lua, at);
    } else {
        session_raise(lua, "pairs takes tables whose keys are numbers or texts");
    }
    return key;
}

static void push_key(lua_State *lua, const struct sort_key *key)
{
    if (key->type == KEY_TEXT)
        lua_pushlstring(lua, key->text, key->length);
    else if (key->type == KEY_WHOLE)
        lua_pushinteger(lua, key->whole);
    else
        lua_pushnumber(lua, key->number);
}

static size_t count_keys(lua_State *lua, int at)
{
    size_t count = 0;
    for (lua_pushnil(lua); lua_next(lua, at) != 0; lua_pop(lua, 1))
        count++;
    return count;
}

/* Pushes an array of the keys of the table at 1. */
static void push_sorted_keys(lua_State *lua)
{
    size_t count = count_keys(lua, 1), at = 0;
    session_charge(lua, count * STEPS_A_KEY);
    struct sort_key *keys = lua_newuserdatauv(lua, (count + 1) * sizeof *keys, 0);
    for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1))
        keys[at++] = read_key(lua, -2);
    qsort(keys, count, sizeof *keys, compare_keys);
    lua_createtable(lua, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        push_key(lua, &keys[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    lua_remove(lua, -2);
}

/* The iterator; upvalues: the table, its sorted keys and the position. What has been taken out of
 * the table since is passed over. */
static int next_sorted(lua_State *lua)
{
    lua_Integer at = lua_tointeger(lua, lua_upvalueindex(3));
    do {
        lua_settop(lua, 0);
        if (lua_geti(lua, lua_upvalueindex(2), ++at) == LUA_TNIL)
            return 1;
        lua_pushvalue(lua, 1);
    } while (lua_rawget(lua, lua_upvalueindex(1)) == LUA_TNIL);
    lua_pushinteger(lua, at);
    lua_replace(lua, lua_upvalueindex(3));
    return 2;
}

int pairs_sorted(lua_State *lua)
{
    lua_settop(lua, 1);
    if (!lua_istable(lua, 1))
        return session_raise(lua, "a table is needed here, not %s", luaL_typename(lua, 1));
    push_sorted_keys(lua);
    lua_pushinteger(lua, 0);
    lua_pushcclosure(lua, next_sorted, 3);
    return 1;
}

void each_field(lua_State *lua, int at,
                void (*visit)(lua_State *lua, const char *key, void *context), void *context)
{
    at = lua_absindex(lua, at);
    lua_pushcfunction(lua, pairs_sorted);
    lua_pushvalue(lua, at);
    lua_call(lua, 1, 1); /* the iterator */
    for (;;) {
        lua_pushvalue(lua, -1);
        lua_call(lua, 0, 2);
        if (lua_isnil(lua, -2))
            break;
        if (lua_type(lua, -2) == LUA_TSTRING) {
            const char *key = check_text(lua, -2, "a name");
            int top = lua_gettop(lua);
            visit(lua, key, context);
            lua_settop(lua, top);
        }
        lua_pop(lua, 2);
    }
    lua_pop(lua, 3);
}

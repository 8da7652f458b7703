/* The globals that a plugin finds: what computes, and nothing that reaches outside, evaluates text,
 * catches errors, or depends on addresses. */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "plugin/internal.h"

enum {
    MOST_REPEATED = 64 * 1024,
    BYTES_A_STEP = 16,    /* bytes that count as one instruction where they are searched */
    STEPS_A_SORTED = 100, /* instructions that one entry counts for when a table is sorted */
};

static int plain_tostring(lua_State *lua)
{
    luaL_checkany(lua, 1);
    int type = lua_type(lua, 1);
    if (type == LUA_TTABLE || type == LUA_TFUNCTION ||
        (type == LUA_TUSERDATA && !symbol_is(lua, 1)))
        lua_pushstring(lua, lua_typename(lua, type)); /* no addresses: they differ between runs */
    else
        luaL_tolstring(lua, 1, NULL);
    return 1;
}

static int plain_print(lua_State *lua)
{
    return session_raise(lua, "there is nothing to print to: use claim { text = ... }");
}

/* string.find(s, text [, init]): plain, since patterns can take forever. `init` may count from the
 * end, as in Lua. */
static int plain_find(lua_State *lua)
{
    size_t length, wanted;
    const char *text = luaL_checklstring(lua, 1, &length);
    const char *part = luaL_checklstring(lua, 2, &wanted);
    lua_Integer from = luaL_optinteger(lua, 3, 1);
    session_charge(lua, length / BYTES_A_STEP);
    if (from < 0)
        from += (lua_Integer)length + 1;
    if (from < 1)
        from = 1;
    if ((size_t)from > length + 1) {
        lua_pushnil(lua);
        return 1;
    }
    const char *found = memmem(text + from - 1, length - (size_t)from + 1, part, wanted);
    if (found == NULL) {
        lua_pushnil(lua);
        return 1;
    }
    lua_pushinteger(lua, found - text + 1);
    lua_pushinteger(lua, found - text + (lua_Integer)wanted);
    return 2;
}

/* Goes on as the library's own function, which is upvalue 1. */
static int original(lua_State *lua)
{
    return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

static int capped_repeat(lua_State *lua)
{
    size_t length, separator;
    luaL_checklstring(lua, 1, &length);
    lua_Integer count = luaL_checkinteger(lua, 2);
    luaL_optlstring(lua, 3, "", &separator);
    bool too_many = count > MOST_REPEATED; /* even of nothing: it would be counted out */
    if (too_many || (count > 0 && length + separator > (size_t)MOST_REPEATED / (size_t)count))
        return session_raise(lua, "string.rep gives at most %d bytes", MOST_REPEATED);
    return original(lua);
}

/* string.format of texts and numbers alone: %p and tables would show addresses. */
static int plain_format(lua_State *lua)
{
    size_t length;
    const char *format = luaL_checklstring(lua, 1, &length);
    if (strlen(format) != length)
        return session_raise(lua, "string.format takes no NUL byte");
    for (const char *c = strchr(format, '%'); c != NULL; c = strchr(c + 1, '%')) {
        c += 1 + strspn(c + 1, "-+ #0123456789.");
        if (*c == '\0' || strchr("%disfgeqcxXuGEa", *c) == NULL)
            return session_raise(lua, "string.format knows no %%%c here", *c);
    }
    for (int i = 2; i <= lua_gettop(lua); i++)
        if (lua_type(lua, i) != LUA_TSTRING && lua_type(lua, i) != LUA_TNUMBER &&
            lua_type(lua, i) != LUA_TBOOLEAN)
            return session_raise(lua, "string.format takes texts, numbers and truth values");
    return original(lua);
}

/* Counts every entry of the table at 1 as `each` instructions. */
static void charge_table(lua_State *lua, uint64_t each)
{
    if (lua_istable(lua, 1))
        session_charge(lua, lua_rawlen(lua, 1) * each);
}

/* table.concat, table.unpack: pass over the whole table in one instruction. */
static int counted(lua_State *lua)
{
    charge_table(lua, 1);
    return original(lua);
}

/* table.insert, table.remove: with a position they shift what follows. Upvalue 2: how many
 * arguments there are then. */
static int counted_shift(lua_State *lua)
{
    if (lua_gettop(lua) == lua_tointeger(lua, lua_upvalueindex(2)))
        charge_table(lua, 1);
    return original(lua);
}

/* table.sort without a comparator: one that contradicts itself could loop or crash. */
static int plain_sort(lua_State *lua)
{
    if (!lua_isnoneornil(lua, 2))
        return session_raise(lua, "table.sort takes no comparator here");
    charge_table(lua, STEPS_A_SORTED);
    return original(lua);
}

/* math.exp and math.log by our own functions, since libm's bits differ between machines. */
static int plain_math(lua_State *lua)
{
    double (*const functions[])(double) = {math_exp, math_log, math_expm1, math_log1p};
    size_t which = (size_t)lua_tointeger(lua, lua_upvalueindex(1));
    if (which == 1 && lua_gettop(lua) > 1)
        return session_raise(lua, "math.log takes no base here: divide by math.log(base)");
    lua_pushnumber(lua, functions[which](luaL_checknumber(lua, 1)));
    return 1;
}

/* Copies the named functions of the library on top of the stack into a new table, which takes the
 * library's place. */
static void keep_only(lua_State *lua, const char *const *names, size_t count)
{
    lua_createtable(lua, 0, (int)count);
    for (size_t i = 0; i < count; i++) {
        lua_getfield(lua, -2, names[i]);
        lua_setfield(lua, -2, names[i]);
    }
    lua_remove(lua, -2);
}

/* table[name] = wrapper with the original function as its upvalue; the table is on top. */
static void wrap(lua_State *lua, const char *name, lua_CFunction wrapper)
{
    lua_getfield(lua, -1, name);
    lua_pushcclosure(lua, wrapper, 1);
    lua_setfield(lua, -2, name);
}

static void wrap_shift(lua_State *lua, const char *name, int arguments)
{
    lua_getfield(lua, -1, name);
    lua_pushinteger(lua, arguments);
    lua_pushcclosure(lua, counted_shift, 2);
    lua_setfield(lua, -2, name);
}

static void open_string(lua_State *lua)
{
    static const char *const names[] = {"byte", "char",    "format", "len",  "lower",
                                        "rep",  "reverse", "sub",    "upper"};
    luaL_requiref(lua, "string", luaopen_string, 0);
    keep_only(lua, names, sizeof names / sizeof *names);
    wrap(lua, "rep", capped_repeat);
    wrap(lua, "format", plain_format);
    lua_pushcfunction(lua, plain_find);
    lua_setfield(lua, -2, "find");
    lua_pushliteral(lua, "");
    lua_getmetatable(lua, -1); /* the one that all strings share */
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pop(lua, 2);
    lua_setglobal(lua, "string");
}

static void open_table(lua_State *lua)
{
    static const char *const names[] = {"concat", "insert", "remove", "sort", "unpack"};
    luaL_requiref(lua, "table", luaopen_table, 0);
    keep_only(lua, names, sizeof names / sizeof *names);
    wrap(lua, "sort", plain_sort);
    wrap(lua, "concat", counted);
    wrap(lua, "unpack", counted);
    wrap_shift(lua, "insert", 3);
    wrap_shift(lua, "remove", 2);
    lua_setglobal(lua, "table");
}

static void open_math(lua_State *lua)
{
    static const char *const names[] = {"abs",  "ceil",      "floor",      "fmod",       "huge",
                                        "max",  "min",       "maxinteger", "mininteger", "pi",
                                        "sqrt", "tointeger", "type"};
    static const char *const own[] = {"exp", "log", "expm1", "log1p"};
    luaL_requiref(lua, "math", luaopen_math, 0);
    keep_only(lua, names, sizeof names / sizeof *names);
    for (int i = 0; i < 4; i++) {
        lua_pushinteger(lua, i);
        lua_pushcclosure(lua, plain_math, 1);
        lua_setfield(lua, -2, own[i]);
    }
    lua_setglobal(lua, "math");
}

/* The base library's few harmless functions become the globals; the rest is dropped with its
 * table. `pairs` is set by tables.c. */
static void open_base(lua_State *lua)
{
    static const char *const names[] = {"assert", "error", "ipairs", "select", "tonumber", "type"};
    luaL_requiref(lua, "_G", luaopen_base, 0);
    keep_only(lua, names, sizeof names / sizeof *names);
    lua_pushcfunction(lua, plain_tostring);
    lua_setfield(lua, -2, "tostring");
    lua_pushcfunction(lua, plain_print);
    lua_setfield(lua, -2, "print");
    lua_rawseti(lua, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

void environment_open(lua_State *lua)
{
    open_base(lua);
    open_string(lua);
    open_table(lua);
    open_math(lua);
    lua_pushnil(lua);
    lua_setfield(lua, LUA_REGISTRYINDEX, LUA_LOADED_TABLE); /* nobody else may find the libraries */
}

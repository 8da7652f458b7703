/* number{}, text{}, record{} ... and theory{}, regime{}: what a plugin says of itself. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "graph/wire.h"
#include "plugin/declare_parts.h"

enum {
    MOST_DEPTH = 15,            /* of declarations in declarations; the reply's reader allows 16 */
    STEPS_A_DECLARATION = 1000, /* instructions that one counts for: a table may stand in many */
};

#define DECLARATION_TYPE "assize.declaration"

/* The names under which plugins declare, by the schema that each makes. */
static const struct declarator {
    const char *name;
    enum schema_kind kind;
} declarators[] = {
    {"number", SCHEMA_NUMBER}, {"truth", SCHEMA_TRUTH},        {"one_of", SCHEMA_LABEL},
    {"fact", SCHEMA_FACT},     {"text", SCHEMA_TEXT},          {"date", SCHEMA_DATE},
    {"count", SCHEMA_COUNT},   {"table_of_data", SCHEMA_DATA}, {"record", SCHEMA_RECORD},
    {"map", SCHEMA_MAP},       {"kinds", SCHEMA_KINDS},        {"by_case", SCHEMA_CASES},
    {"list", SCHEMA_LIST},
};
enum { DECLARATORS = sizeof declarators / sizeof *declarators };

static const char *declarator_name(enum schema_kind kind)
{
    size_t i = 0;
    while (declarators[i].kind != kind)
        i++;
    return declarators[i].name;
}

/* number{...} and its like: the same table, marked with its kind. Upvalue 1: the kind. */
static int declare(lua_State *lua)
{
    if (lua_isnoneornil(lua, 1)) {
        lua_settop(lua, 0);
        lua_newtable(lua);
    }
    luaL_checktype(lua, 1, LUA_TTABLE);
    lua_settop(lua, 1);
    if (lua_getmetatable(lua, 1) != 0)
        return session_raise(lua, "this table is a declaration already");
    lua_newtable(lua); /* a metatable of its own, which carries the kind and the line */
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_rawseti(lua, -2, 1);
    struct place place = session_place(lua);
    lua_pushinteger(lua, place.line);
    lua_rawseti(lua, -2, 2);
    lua_pushstring(lua, place.file);
    lua_rawseti(lua, -2, 3);
    lua_pushstring(lua, DECLARATION_TYPE);
    lua_setfield(lua, -2, "__name");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, 1);
    return 1;
}

/* The mark `which` (1: kind, 2: line) of the declaration at `at`, or -1 when it is a plain table.
 */
static lua_Integer mark_of(lua_State *lua, int at, int which)
{
    lua_Integer mark = -1;
    if (lua_getmetatable(lua, at) != 0) {
        if (lua_rawgeti(lua, -1, which) == LUA_TNUMBER)
            mark = lua_tointeger(lua, -1);
        lua_pop(lua, 2);
    }
    return mark;
}

/* Where the declaration at `at` was made; line 0 when it is a plain table. */
static struct place place_of(lua_State *lua, int at)
{
    struct place place = {NULL, 0, 0};
    if (lua_getmetatable(lua, at) == 0)
        return place;
    if (lua_rawgeti(lua, -1, 3) == LUA_TSTRING)
        place.file = arena_string(session_of(lua)->arena, lua_tostring(lua, -1));
    lua_pop(lua, 2);
    if (place.file != NULL)
        place.line = (uint32_t)mark_of(lua, at, 2);
    return place;
}

/* --- records --------------------------------------------------------------------------------- */

static void check_name(lua_State *lua, const char *name)
{
    static const char *const core[] = {"kind", "like", "title", "source", "status", "note"};
    for (size_t i = 0; i < sizeof core / sizeof *core; i++)
        if (strcmp(core[i], name) == 0)
            session_raise(lua, "`%s` belongs to the core: a plugin cannot declare it", name);
}

static void add_field(lua_State *lua, const char *name, void *context)
{
    struct schema *record = context;
    if (record->kind != SCHEMA_KINDS)
        check_name(lua, name);
    struct schema field = *declare_schema(lua, lua_gettop(lua));
    if (record->kind == SCHEMA_KINDS && field.kind != SCHEMA_RECORD)
        session_raise(lua, "each of `kinds` is a record");
    field.name = name;
    record_add(lua, record, &field);
}

/* Tables in the array part are merged in: { other.reads, key = ... }. */
static void merge_front(lua_State *lua, int at, struct schema *record)
{
    for (lua_Integer i = 1; lua_geti(lua, at, i) == LUA_TTABLE; i++) {
        const struct schema *other = declare_schema(lua, lua_gettop(lua));
        if (other->kind != SCHEMA_RECORD)
            session_raise(lua, "only tables of declarations can be merged in");
        for (size_t k = 0; k < other->field_count; k++)
            record_add(lua, record, &other->fields[k]);
        lua_pop(lua, 1);
    }
    if (!lua_isnil(lua, -1))
        session_raise(lua, "a table of declarations holds declarations and tables");
    lua_pop(lua, 1);
    check_items(lua, at, "a table of declarations", (lua_Integer)lua_rawlen(lua, at));
}

/* A declaration's own options stand beside the fields of record{} and kinds{}. */
static bool is_option(const char *name)
{
    static const char *const options[] = {"optional", "about", "only_with"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(options[i], name) == 0)
            return true;
    return false;
}

static void add_field_or_option(lua_State *lua, const char *name, void *context)
{
    bool option = is_option(name) && (!lua_istable(lua, -1) || mark_of(lua, -1, 1) < 0);
    if (!option)
        add_field(lua, name, context);
}

static void read_of(lua_State *lua, int at, struct schema *schema)
{
    if (lua_getfield(lua, at, "of") != LUA_TTABLE)
        session_raise(lua, "this declaration needs `of = ...`");
    schema->of = declare_schema(lua, lua_gettop(lua));
    lua_pop(lua, 1);
    bool leaf = schema->of->kind == SCHEMA_NUMBER || schema->of->kind == SCHEMA_TRUTH ||
                schema->of->kind == SCHEMA_LABEL;
    if (schema->kind == SCHEMA_CASES && !leaf)
        session_raise(lua, "by_case holds numbers, truths or labels");
}

/* An entry of a list holds premises alone: what stands where an entry is absent is then known. */
static void check_entry(lua_State *lua, const struct schema *entry)
{
    if (entry->kind != SCHEMA_RECORD || entry->field_count == 0)
        session_raise(lua, "a list is `of` a record");
    for (size_t i = 0; i < entry->field_count; i++) {
        if (entry->fields[i].kind > SCHEMA_LABEL)
            session_raise(lua,
                          "an entry of a list holds numbers, truths and labels, which `%s` "
                          "is not",
                          entry->fields[i].name);
        if (strcmp(entry->fields[i].name, "present") == 0)
            session_raise(lua, "`present` says which entries of a list there are: it cannot be "
                               "declared");
    }
}

static void read_list_of(lua_State *lua, int at, struct schema *schema)
{
    schema->low = 0;
    if (!member_number(lua, at, "at_most", &schema->high) || schema->high < 1 ||
        schema->high > LIST_MOST || schema->high != floor(schema->high))
        session_raise(lua, "a list needs `at_most`, a whole number from 1 to %d", LIST_MOST);
    check_entry(lua, schema->of);
}

#define KIND(kind) (1u << SCHEMA_##kind)
#define PREMISES (KIND(NUMBER) | KIND(TRUTH) | KIND(LABEL))

/* What may stand in a declaration, by its kind. */
static const struct option {
    const char *name;
    unsigned kinds;
} options[] = {
    {"about", ~0u},
    {"optional", ~0u},
    {"only_with", ~0u},
    {"unit", KIND(NUMBER)},
    {"within", KIND(NUMBER) | KIND(COUNT)},
    {"above", KIND(NUMBER) | KIND(COUNT)},
    {"below", KIND(NUMBER) | KIND(COUNT)},
    {"whole", KIND(NUMBER)},
    {"moral", PREMISES},
    {"default", PREMISES | KIND(TEXT) | KIND(DATA)},
    {"status", PREMISES},
    {"source", PREMISES},
    {"among", KIND(LABEL) | KIND(TEXT)},
    {"of", KIND(MAP) | KIND(CASES) | KIND(LIST)},
    {"at_most", KIND(LIST)},
};

static void check_options(lua_State *lua, int at, const struct schema *schema)
{
    const char *names[sizeof options / sizeof *options];
    char what[64];
    size_t count = 0;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if ((options[i].kinds >> schema->kind & 1) != 0)
            names[count++] = options[i].name;
    snprintf(what, sizeof what, "a declaration `%s`", declarator_name(schema->kind));
    check_fields(lua, at, what, names, count);
}

static void read_leaf(lua_State *lua, int at, struct schema *schema)
{
    bool names = schema->kind == SCHEMA_LABEL || schema->kind == SCHEMA_TEXT;
    check_options(lua, at, schema);
    check_items(lua, at, "a declaration", names ? (lua_Integer)lua_rawlen(lua, at) : 0);
    if (schema->kind == SCHEMA_NUMBER) {
        member_unit(lua, at, schema);
        member_whole(lua, at, schema);
    }
    if (schema->kind == SCHEMA_NUMBER || schema->kind == SCHEMA_COUNT)
        member_within(lua, at, schema);
    if (names)
        member_names(lua, at, schema);
    bool has_of =
        schema->kind == SCHEMA_MAP || schema->kind == SCHEMA_CASES || schema->kind == SCHEMA_LIST;
    if (has_of)
        read_of(lua, at, schema);
    else
        member_default(lua, at, schema);
    if (schema->kind == SCHEMA_LIST)
        read_list_of(lua, at, schema);
}

struct schema *declare_schema(lua_State *lua, int at)
{
    if (!lua_istable(lua, at))
        session_raise(lua, "a declaration is needed here, not a %s", luaL_typename(lua, at));
    struct session *session = session_of(lua);
    if (++session->depth > MOST_DEPTH)
        session_raise(lua, "declarations nest too deeply");
    session_charge(lua, STEPS_A_DECLARATION);
    luaL_checkstack(lua, LUA_MINSTACK, NULL);
    struct place outer = session->declaring, place = place_of(lua, at);
    if (place.line > 0)
        session->declaring = place;
    struct schema *schema = arena_alloc(session_of(lua)->arena, sizeof *schema);
    lua_Integer kind = mark_of(lua, at, 1);
    *schema = (struct schema){.kind = kind < 0 ? SCHEMA_RECORD : (enum schema_kind)kind,
                              .unit_scale = 1,
                              .line = place.line};
    if (kind >= 0)
        member_common(lua, at, schema);
    if (schema->kind == SCHEMA_RECORD || schema->kind == SCHEMA_KINDS) {
        merge_front(lua, at, schema);
        each_field(lua, at, kind < 0 ? add_field : add_field_or_option, schema);
    } else {
        read_leaf(lua, at, schema);
    }
    session->depth--;
    session->declaring = outer;
    return schema;
}

/* --- theory{} and regime{} ------------------------------------------------------------------- */

static void read_inputs(lua_State *lua, struct declaration *declaration)
{
    static const char *const fields[] = {"model", "cases", "params"};
    if (lua_getfield(lua, 1, "reads") != LUA_TTABLE)
        session_raise(lua, "the plugin needs `reads = { ... }`");
    struct schema *reads = declare_schema(lua, lua_gettop(lua));
    lua_pop(lua, 1);
    struct schema **parts[] = {&declaration->model, &declaration->cases, &declaration->params};
    for (size_t i = 0; i < reads->field_count; i++) {
        size_t which = 0;
        while (which < 3 && strcmp(fields[which], reads->fields[i].name) != 0)
            which++;
        if (which == 3 || reads->fields[i].kind != SCHEMA_RECORD)
            session_raise(lua, "`reads` has `model`, `cases` and `params`, not `%s`",
                          reads->fields[i].name);
        *parts[which] = &reads->fields[i];
    }
}

static const char *want(lua_State *lua, const char *name)
{
    const char *text = field_text(lua, 1, name);
    if (text == NULL)
        session_raise(lua, "the plugin needs `%s = \"...\"`", name);
    return text;
}

static void check_role(lua_State *lua, const char *role)
{
    static const char *const roles[] = {"aim", "limit", "comparison", "conduct"};
    for (int i = 0; i < 4; i++)
        if (strcmp(role, roles[i]) == 0)
            return;
    session_raise(lua, "`role` is aim, limit, comparison or conduct, not `%s`", role);
}

/* theory{...} or regime{...}; upvalue 1: whether it is a theory. */
static int declare_plugin(lua_State *lua)
{
    static const char *const fields[] = {"id",      "version", "title", "role",    "about",
                                         "sources", "reads",   "argue", "sentence"};
    struct session *session = session_of(lua);
    session->is_theory = lua_toboolean(lua, lua_upvalueindex(1)) != 0;
    const char *what = session->is_theory ? "a theory" : "a regime";
    check_fields(lua, 1, what, fields, sizeof fields / sizeof *fields);
    check_items(lua, 1, what, 0);
    struct declaration *declaration = arena_alloc(session->arena, sizeof *declaration);
    declaration->plugin = arena_string(session->arena, session->files->plugin.name);
    declaration->id = want(lua, "id");
    declaration->version = want(lua, "version");
    declaration->title = want(lua, "title");
    declaration->about = field_text(lua, 1, "about");
    declaration->role = session->is_theory ? want(lua, "role") : NULL;
    if (declaration->role != NULL)
        check_role(lua, declaration->role);
    read_inputs(lua, declaration);
    const char *body = session->is_theory ? "argue" : "sentence";
    if (lua_getfield(lua, 1, body) != LUA_TFUNCTION)
        return session_raise(lua, "the plugin needs `%s = function ... end`", body);
    session->declaration = declaration;
    lua_settop(lua, 1);
    lua_pushvalue(lua, 1);
    lua_setfield(lua, LUA_REGISTRYINDEX, "assize.plugin");
    return 1;
}

void declare_open(lua_State *lua)
{
    for (int i = 0; i < DECLARATORS; i++) {
        lua_pushinteger(lua, declarators[i].kind);
        lua_pushcclosure(lua, declare, 1);
        lua_setglobal(lua, declarators[i].name);
    }
    for (int is_theory = 0; is_theory < 2; is_theory++) {
        lua_pushboolean(lua, is_theory);
        lua_pushcclosure(lua, declare_plugin, 1);
        lua_setglobal(lua, is_theory ? "theory" : "regime");
    }
}

/* The scenario's tables as a plugin sees them: read-only, in file order, numbers as symbols. */
#include <stdlib.h>
#include <string.h>

#include "plugin/internal.h"

#define TABLE_TYPE "assize.table"

/* A table of the scenario and what the plugin declared about it (NULL: nothing). */
struct proxy {
    const struct shape *shape;
    const struct schema *schema;
    bool cases; /* s.cases itself: has share, index and a length */
};

static void push_table(lua_State *lua, const struct shape *shape, const struct schema *schema,
                       bool cases)
{
    struct proxy *proxy = lua_newuserdatauv(lua, sizeof *proxy, 0);
    *proxy = (struct proxy){shape, schema, cases};
    luaL_setmetatable(lua, TABLE_TYPE);
}

static struct proxy *check_table(lua_State *lua)
{
    return luaL_checkudata(lua, 1, TABLE_TYPE);
}

/* --- leaves ---------------------------------------------------------------------------------- */

static void expect_ok(lua_State *lua, enum status status)
{
    if (status != STATUS_OK)
        session_raise(lua, "%s", session_of(lua)->graph->fault);
}

static node_id premise_node(lua_State *lua, const struct shape *shape)
{
    struct graph_premise premise = {shape->path, shape->value_kind, shape->unit, shape->labels,
                                    (uint32_t)shape->label_count};
    node_id node = NODE_NONE;
    expect_ok(lua, graph_premise(session_of(lua)->graph, &premise, &node));
    return node;
}

/* One leaf for each case, stacked along the axis `case`. */
static node_id cases_node(lua_State *lua, const struct shape *shape)
{
    struct session *session = session_of(lua);
    session_charge(lua, shape->child_count);
    node_id *leaves = arena_array(session->arena, shape->child_count, sizeof *leaves);
    for (size_t i = 0; i < shape->child_count; i++)
        leaves[i] = premise_node(lua, &shape->children[i]);
    node_id node = NODE_NONE;
    expect_ok(lua, graph_stack(session->graph, session->case_axis, leaves, &node));
    return node;
}

/* The number, truth or label that stands where an entry of a list is absent or does not say. */
static node_id fixed_node(lua_State *lua, const struct shape *shape)
{
    struct graph *graph = session_of(lua)->graph;
    node_id node = NODE_NONE;
    if (shape->value_kind == VALUE_TRUTH)
        expect_ok(lua, graph_truth(graph, shape->count != 0, &node));
    else if (shape->value_kind == VALUE_LABEL)
        expect_ok(lua, graph_label(graph, (uint32_t)shape->count, shape->labels,
                                   (uint32_t)shape->label_count, &node));
    else
        expect_ok(lua, graph_constant(graph, (double)shape->count, &shape->unit, &node));
    return node;
}

static node_id stack(lua_State *lua, uint32_t axis, const node_id *places)
{
    node_id node = NODE_NONE;
    expect_ok(lua, graph_stack(session_of(lua)->graph, axis, places, &node));
    return node;
}

/* The axis of a list: its places, counted from 1. */
static uint32_t list_axis(lua_State *lua, const struct shape *list)
{
    struct session *session = session_of(lua);
    double *places = arena_array(session->arena, list->count, sizeof *places);
    for (size_t i = 0; i < list->count; i++)
        places[i] = (double)i + 1;
    struct axis axis = {
        .name = list->name, .size = (uint32_t)list->count, .coordinates = places, .unit = unit_one};
    uint32_t index = 0;
    expect_ok(lua, graph_axis(session->graph, &axis, &index));
    return index;
}

/* One field of a list: along the list's axis, and along `case` where the list stands in cases. */
static node_id entries_node(lua_State *lua, const struct shape *list, const struct shape *field)
{
    struct session *session = session_of(lua);
    uint32_t axis = list_axis(lua, list);
    size_t places = list->count, lists = field->child_count / places;
    node_id *by_case = arena_array(session->arena, lists, sizeof *by_case);
    node_id *by_place = arena_array(session->arena, places, sizeof *by_place);
    for (size_t l = 0; l < lists; l++) {
        for (size_t i = 0; i < places; i++) {
            const struct shape *entry = &field->children[l * places + i];
            by_place[i] =
                entry->kind == SHAPE_FIXED ? fixed_node(lua, entry) : premise_node(lua, entry);
        }
        by_case[l] = stack(lua, axis, by_place);
    }
    bool in_cases = lists == session->request->case_count;
    return in_cases ? stack(lua, session->case_axis, by_case) : by_case[0];
}

/* The leaves `cases.<case>.<name>`, which the scenario has for every case. */
static node_id own_node(lua_State *lua, const char *name)
{
    struct session *session = session_of(lua);
    const struct trace_request *request = session->request;
    struct shape leaves = {.kind = SHAPE_CASES, .child_count = request->case_count};
    leaves.children = arena_array(session->arena, request->case_count, sizeof *leaves.children);
    for (size_t i = 0; i < request->case_count; i++) {
        const char *kase = path_join(session->arena, "cases", request->cases[i]);
        leaves.children[i] =
            (struct shape){.path = path_join(session->arena, kase, name), .unit = unit_one};
    }
    return cases_node(lua, &leaves);
}

/* share_i / sum of shares: normalised in every lane, for a share may be disputed or drawn. */
node_id tables_share(lua_State *lua)
{
    struct session *session = session_of(lua);
    if (session->share != NODE_NONE)
        return session->share;
    node_id parts[2] = {own_node(lua, "share"), NODE_NONE};
    expect_ok(lua, graph_reduce(session->graph, OP_SUM, session->case_axis, parts[0], &parts[1]));
    session->share = symbol_apply(lua, OP_DIV, parts, 2);
    return session->share;
}

node_id tables_share_of_type(lua_State *lua)
{
    return session_of(lua)->request->classes ? own_node(lua, "class_share") : tables_share(lua);
}

/* The place of a type of case, and their number, say nothing of persons. */
static void refuse_classes(lua_State *lua)
{
    if (session_of(lua)->request->classes)
        session_raise(lua, "the cases are classes of persons from a table of records: they have no "
                           "place and no number");
}

static void push_index(lua_State *lua, struct session *session)
{
    refuse_classes(lua);
    node_id *places = arena_array(session->arena, session->request->case_count, sizeof *places);
    for (size_t i = 0; i < session->request->case_count; i++)
        places[i] = symbol_number(lua, (double)i + 1);
    node_id node = NODE_NONE;
    expect_ok(lua, graph_stack(session->graph, session->case_axis, places, &node));
    symbol_push(lua, node);
}

/* --- reading --------------------------------------------------------------------------------- */

static const struct schema *schema_field(const struct schema *schema, const char *name)
{
    if (schema == NULL)
        return NULL;
    if (schema->kind == SCHEMA_MAP)
        return schema->of;
    for (size_t i = 0; i < schema->field_count; i++)
        if (strcmp(schema->fields[i].name, name) == 0)
            return &schema->fields[i];
    return NULL;
}

/* The declarations of a table's own fields: of a `kinds` table, those of its kind. */
static const struct schema *schema_of_table(const struct proxy *proxy)
{
    if (proxy->schema != NULL && proxy->schema->kind == SCHEMA_KINDS)
        return schema_field(proxy->schema, proxy->shape->kind_text);
    if (proxy->schema != NULL && proxy->schema->kind == SCHEMA_LIST)
        return proxy->schema->of;
    return proxy->schema;
}

static void push_shape(lua_State *lua, const struct shape *shape, const struct schema *schema)
{
    switch (shape->kind) {
    case SHAPE_PREMISE:
        symbol_push_read(lua, premise_node(lua, shape), shape->path);
        break;
    case SHAPE_CASES:
        symbol_push_read(lua, cases_node(lua, shape), shape->path);
        break;
    case SHAPE_TEXT:
        lua_pushstring(lua, shape->text);
        break;
    case SHAPE_COUNT:
        lua_pushinteger(lua, (lua_Integer)shape->count);
        break;
    case SHAPE_LIST:
        list_axis(lua, shape);
        push_table(lua, shape, schema, false);
        break;
    case SHAPE_TABLE:
        push_table(lua, shape, schema, false);
        break;
    case SHAPE_ENTRIES: /* the field of a list, which push_entries() knows */
    case SHAPE_FIXED:
        session_raise(lua, "%s stands in no list", shape->path);
    }
}

/* The child of a table, or one field of a list. */
static void push_child(lua_State *lua, const struct proxy *proxy, const struct shape *child)
{
    if (proxy->shape->kind == SHAPE_LIST)
        symbol_push_read(lua, entries_node(lua, proxy->shape, child), child->path);
    else
        push_shape(lua, child, schema_field(schema_of_table(proxy), child->name));
}

static const struct shape *find_child(const struct shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->child_count; i++)
        if (strcmp(shape->children[i].name, name) == 0)
            return &shape->children[i];
    return NULL;
}

static int raise_unknown(lua_State *lua, const struct proxy *proxy, const char *name)
{
    const struct schema *schema = schema_of_table(proxy);
    struct arena *arena = session_of(lua)->arena;
    size_t count = schema == NULL ? 0 : schema->field_count;
    const char **names = arena_array(arena, count + proxy->shape->child_count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = schema->fields[i].name;
    for (size_t i = 0; i < proxy->shape->child_count; i++)
        names[count++] = proxy->shape->children[i].name;
    const char *near = suggest(name, names, count);
    const char *path = proxy->shape->path;
    if (near != NULL)
        return session_raise(lua, "%s has no `%s`: did you mean `%s`?", path, name, near);
    return session_raise(lua, "%s has no `%s`, and `reads` does not declare it", path, name);
}

/* Whether `name` is declared and may be missing, so that it reads as nil. */
static bool may_be_missing(const struct proxy *proxy, const char *name)
{
    const struct schema *schema = schema_of_table(proxy);
    if (schema != NULL && schema->kind == SCHEMA_MAP)
        return false;
    const struct schema *field = schema_field(schema, name);
    return field != NULL && (field->optional || field->only_field != NULL);
}

static bool push_special(lua_State *lua, const struct proxy *proxy, const char *name)
{
    struct session *session = session_of(lua);
    if (proxy->cases && strcmp(name, "share") == 0) {
        symbol_push_read(lua, tables_share(lua), "cases.*.share");
        return true;
    }
    if (proxy->cases && strcmp(name, "index") == 0) {
        push_index(lua, session);
        return true;
    }
    if (proxy->shape->kind_text != NULL && strcmp(name, "kind") == 0) {
        lua_pushstring(lua, proxy->shape->kind_text);
        return true;
    }
    return false;
}

/* The key at 2 as a name: tables of data are numbered 1, 2, ... */
static const char *key_name(lua_State *lua)
{
    if (lua_type(lua, 2) == LUA_TSTRING)
        return lua_tostring(lua, 2);
    if (lua_type(lua, 2) != LUA_TNUMBER)
        session_raise(lua, "a key of the scenario is a name, not a %s", luaL_typename(lua, 2));
    int whole = 0;
    lua_Integer key = lua_tointegerx(lua, 2, &whole); /* 2.0 is 2 */
    if (whole != 0)
        lua_pushinteger(lua, key);
    else
        lua_pushvalue(lua, 2);
    return lua_tostring(lua, -1);
}

static int table_index(lua_State *lua)
{
    const struct proxy *proxy = check_table(lua);
    const char *name = key_name(lua);
    if (push_special(lua, proxy, name))
        return 1;
    const struct shape *child = find_child(proxy->shape, name);
    if (child != NULL) {
        push_child(lua, proxy, child);
        return 1;
    }
    bool beyond_list = lua_type(lua, 2) == LUA_TNUMBER; /* where ipairs stops */
    if (!beyond_list && !may_be_missing(proxy, name))
        return raise_unknown(lua, proxy, name);
    lua_pushnil(lua);
    return 1;
}

static int table_newindex(lua_State *lua)
{
    return session_raise(lua, "the scenario's tables cannot be changed");
}

static int table_length(lua_State *lua)
{
    const struct proxy *proxy = check_table(lua);
    if (proxy->cases)
        refuse_classes(lua);
    size_t count = proxy->cases ? session_of(lua)->request->case_count : proxy->shape->child_count;
    if (proxy->shape->kind == SHAPE_LIST)
        count = (size_t)proxy->shape->count;
    lua_pushinteger(lua, (lua_Integer)count);
    return 1;
}

static int table_text(lua_State *lua)
{
    lua_pushstring(lua, "table");
    return 1;
}

/* given(table, key): whether an optional input stands. */
static int given(lua_State *lua)
{
    const struct proxy *proxy = luaL_testudata(lua, 1, TABLE_TYPE);
    if (proxy == NULL)
        return session_raise(lua, "given takes a table of the scenario, not a %s",
                             luaL_typename(lua, 1));
    const char *name = luaL_checkstring(lua, 2);
    bool stands = find_child(proxy->shape, name) != NULL;
    if (!stands && !may_be_missing(proxy, name))
        return raise_unknown(lua, proxy, name);
    lua_pushboolean(lua, stands);
    return 1;
}

/* --- pairs ----------------------------------------------------------------------------------- */

static void push_key(lua_State *lua, const char *name)
{
    bool whole = *name != '\0' && strspn(name, "0123456789") == strlen(name) && strlen(name) < 16;
    if (whole)
        lua_pushinteger(lua, strtoll(name, NULL, 10));
    else
        lua_pushstring(lua, name);
}

/* The iterator over a scenario's table; upvalues: the table and the position. */
static int next_child(lua_State *lua)
{
    const struct proxy *proxy = lua_touserdata(lua, lua_upvalueindex(1));
    size_t at = (size_t)lua_tointeger(lua, lua_upvalueindex(2));
    if (at == proxy->shape->child_count)
        return 0;
    const struct shape *child = &proxy->shape->children[at];
    lua_pushinteger(lua, (lua_Integer)at + 1);
    lua_replace(lua, lua_upvalueindex(2));
    push_key(lua, child->name);
    push_child(lua, proxy, child);
    return 2;
}

static int ordered_pairs(lua_State *lua)
{
    lua_settop(lua, 1);
    if (luaL_testudata(lua, 1, TABLE_TYPE) != NULL) {
        lua_pushinteger(lua, 0);
        lua_pushcclosure(lua, next_child, 2);
        return 1;
    }
    return pairs_sorted(lua);
}

/* --- ports ----------------------------------------------------------------------------------- */

void tables_push_ports(lua_State *lua)
{
    lua_pushcfunction(lua, session_require); /* the plugin may have changed the global */
    lua_pushliteral(lua, "sentence");
    lua_call(lua, 1, 1);
    if (!lua_istable(lua, -1) || lua_getfield(lua, -1, "ports") != LUA_TTABLE)
        session_raise(lua, "the module `sentence` declares no `ports`");
    lua_remove(lua, -2);
}

/* s.sentence.<port>: an input along regime and case. Upvalue 1: the ports. */
static int ports_index(lua_State *lua)
{
    struct session *session = session_of(lua);
    const char *name = luaL_checkstring(lua, 2);
    if (lua_getfield(lua, lua_upvalueindex(1), name) != LUA_TTABLE)
        return session_raise(lua, "a sentence has no `%s`", name);
    const char *kind = field_text(lua, -1, "kind");
    const char *unit_text = field_text(lua, -1, "unit");
    bool truth = kind != NULL && strcmp(kind, "truth") == 0;
    struct unit unit = check_unit(lua, unit_text != NULL ? unit_text : "1", NULL);
    axis_set axes = (axis_set)1 << session->regime_axis | (axis_set)1 << session->case_axis;
    node_id node = NODE_NONE;
    expect_ok(lua, graph_port(session->graph, name, truth ? VALUE_TRUTH : VALUE_NUMBER, &unit, axes,
                              &node));
    const char *path = arena_printf(session->arena, "sentence.%s", name);
    symbol_push_read(lua, node, path);
    return 1;
}

static void push_sentence(lua_State *lua)
{
    lua_newtable(lua);
    lua_newtable(lua);
    tables_push_ports(lua);
    lua_pushcclosure(lua, ports_index, 1);
    lua_setfield(lua, -2, "__index");
    lua_pushcfunction(lua, table_newindex);
    lua_setfield(lua, -2, "__newindex");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
}

/* --- the inputs of argue and sentence -------------------------------------------------------- */

void tables_push_inputs(lua_State *lua, struct session *session)
{
    const struct trace_request *request = session->request;
    const struct declaration *declaration = session->declaration;
    if (session->is_theory) {
        lua_newtable(lua);
        push_table(lua, &request->shapes.model, declaration->model, false);
        lua_setfield(lua, -2, "model");
        push_table(lua, &request->shapes.cases, declaration->cases, true);
        lua_setfield(lua, -2, "cases");
        push_sentence(lua);
        lua_setfield(lua, -2, "sentence");
        lua_pushstring(lua, request->shares_of);
        lua_setfield(lua, -2, "shares_of");
    } else {
        push_table(lua, &request->shapes.cases, declaration->cases, true);
    }
    push_table(lua, &request->shapes.params, declaration->params, false);
}

void tables_open(lua_State *lua)
{
    static const luaL_Reg events[] = {{"__index", table_index},
                                      {"__newindex", table_newindex},
                                      {"__len", table_length},
                                      {"__tostring", table_text},
                                      {NULL, NULL}};
    luaL_newmetatable(lua, TABLE_TYPE);
    luaL_setfuncs(lua, events, 0);
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pop(lua, 1);
    lua_pushcfunction(lua, ordered_pairs);
    lua_setglobal(lua, "pairs");
    lua_pushcfunction(lua, given);
    lua_setglobal(lua, "given");
}

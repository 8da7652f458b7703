/* Functions on symbols that are more than one operation on their arguments: quantity(), and the
 * tables interpolate(), step() and lookup(). */
#include "plugin/internal.h"

enum { MOST_ARGUMENTS = 600 };

static int make_quantity(lua_State *lua)
{
    struct graph *graph = symbol_graph(lua);
    double scale = 1;
    struct unit unit = check_unit(lua, luaL_checkstring(lua, 2), &scale);
    node_id node = NODE_NONE;
    symbol_expect(lua, graph,
                  graph_constant(graph, luaL_checknumber(lua, 1) * scale, &unit, &node));
    symbol_push(lua, node);
    return 1;
}

/* Appends the symbols of the array at `at` to `arguments`. */
static size_t collect(lua_State *lua, int at, node_id *arguments, size_t count)
{
    if (!lua_istable(lua, at))
        session_raise(lua, "a list of numbers is needed here, not a %s", luaL_typename(lua, at));
    lua_Integer length = (lua_Integer)lua_rawlen(lua, at);
    session_charge(lua, (uint64_t)length);
    if (count + (size_t)length > MOST_ARGUMENTS)
        session_raise(lua, "too many knots");
    for (lua_Integer i = 1; i <= length; i++) {
        lua_geti(lua, at, i);
        arguments[count++] = symbol_check(lua, -1);
        lua_pop(lua, 1);
    }
    return count;
}

static void check_pairs(lua_State *lua, size_t knots, size_t values)
{
    if (knots == 0 || knots != values)
        session_raise(lua, "there are %zu knots, but %zu values", knots, values);
}

static int make_interpolate(lua_State *lua)
{
    node_id arguments[MOST_ARGUMENTS];
    arguments[0] = symbol_check(lua, 1);
    size_t knots = collect(lua, 2, arguments, 1);
    size_t count = collect(lua, 3, arguments, knots);
    check_pairs(lua, knots - 1, count - knots);
    return symbol_push_applied(lua, OP_INTERPOLATE, arguments, count);
}

/* step(x, { from = thresholds } or { over = thresholds }, values, below) */
static int make_step(lua_State *lua)
{
    static const char *const fields[] = {"from", "over"};
    node_id arguments[MOST_ARGUMENTS];
    check_fields(lua, 2, "a step", fields, 2);
    check_items(lua, 2, "a step", 0);
    arguments[0] = symbol_check(lua, 1);
    arguments[1] = symbol_check(lua, 4);
    bool from = lua_getfield(lua, 2, "from") != LUA_TNIL;
    bool over = lua_getfield(lua, 2, "over") != LUA_TNIL;
    if (from == over)
        return session_raise(lua, "step needs one of `from` and `over`");
    size_t knots = collect(lua, from ? lua_gettop(lua) - 1 : lua_gettop(lua), arguments, 2);
    size_t count = collect(lua, 3, arguments, knots);
    check_pairs(lua, knots - 2, count - knots);
    return symbol_push_applied(lua, from ? OP_STEP_FROM : OP_STEP_OVER, arguments, count);
}

/* A row or column: a label as it is, or a number counted from 1. */
static node_id position(lua_State *lua, int at)
{
    node_id node = symbol_check(lua, at);
    if (symbol_graph(lua)->nodes[node].kind == VALUE_LABEL)
        return node;
    node_id arguments[2] = {node, symbol_number(lua, 1)};
    return symbol_apply(lua, OP_SUB, arguments, 2);
}

/* Pushes the k-th part of a table by the position's kind: by label, or by number from 1. */
static void push_part(lua_State *lua, int table, const struct node *by, uint32_t k)
{
    if (by->kind == VALUE_LABEL)
        lua_getfield(lua, table, by->labels[k]);
    else
        lua_geti(lua, table, (lua_Integer)k + 1);
}

static uint32_t parts(lua_State *lua, int table, const struct node *by)
{
    return by->kind == VALUE_LABEL ? by->label_count : (uint32_t)luaL_len(lua, table);
}

struct cells {
    node_id *nodes; /* row, column, cells */
    size_t count;
};

static void add_cell(lua_State *lua, struct cells *cells)
{
    struct arena *arena = session_of(lua)->arena;
    cells->nodes = arena_grow(arena, cells->nodes, cells->count, sizeof *cells->nodes);
    cells->nodes[cells->count++] = symbol_check(lua, -1);
    session_charge(lua, 1);
    lua_pop(lua, 1);
}

/* lookup(cells, row [, column]) */
static int make_lookup(lua_State *lua)
{
    struct graph *graph = symbol_graph(lua);
    struct cells cells = {NULL, 0};
    bool two = !lua_isnoneornil(lua, 3);
    lua_settop(lua, 3);
    node_id row = position(lua, 2);
    node_id column = two ? position(lua, 3) : symbol_number(lua, 0);
    lua_pop(lua, 1);
    symbol_push(lua, row);
    add_cell(lua, &cells);
    symbol_push(lua, column);
    add_cell(lua, &cells);
    const struct node by_row = graph->nodes[row], by_column = graph->nodes[column];
    uint32_t columns = 1;
    for (uint32_t i = 0; i < parts(lua, 1, &by_row); i++) {
        push_part(lua, 1, &by_row, i);
        if (!two) {
            add_cell(lua, &cells);
            continue;
        }
        if (i > 0 && parts(lua, -1, &by_column) != columns)
            return session_raise(lua, "the rows of the table differ in length");
        columns = parts(lua, -1, &by_column);
        for (uint32_t j = 0; j < columns; j++) {
            push_part(lua, lua_gettop(lua), &by_column, j);
            add_cell(lua, &cells);
        }
        lua_pop(lua, 1);
    }
    node_id node = NODE_NONE;
    symbol_expect(
        lua, graph,
        graph_apply(graph, OP_LOOKUP, cells.nodes, (uint32_t)cells.count, columns, &node));
    symbol_push(lua, node);
    return 1;
}

void functions_open(lua_State *lua)
{
    static const luaL_Reg functions[] = {{"quantity", make_quantity},
                                         {"interpolate", make_interpolate},
                                         {"step", make_step},
                                         {"lookup", make_lookup}};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        lua_register(lua, functions[i].name, functions[i].func);
}

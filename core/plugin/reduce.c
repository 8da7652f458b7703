/* axis() and over.<axis>: new dimensions, and what reduces along one. */
#include <math.h>
#include <string.h>

#include "plugin/internal.h"

enum reduction { SUM, LEAST, GREATEST, ANY, ALL, COUNT, MEAN, VARIANCE };

static struct graph *graph_of(lua_State *lua)
{
    struct session *session = session_of(lua);
    if (session->graph == NULL)
        session_raise(lua, "symbols exist only inside argue and sentence");
    session->graph->line = session_place(lua).line;
    return session->graph;
}

static double *check_values(lua_State *lua, int at, size_t *count)
{
    luaL_checktype(lua, at, LUA_TTABLE);
    *count = lua_rawlen(lua, at);
    session_charge(lua, *count);
    if (*count > GRAPH_MOST_CELLS)
        session_raise(lua, "an axis of %zu places is too long", *count);
    double *values = arena_array(session_of(lua)->arena, *count, sizeof *values);
    for (size_t i = 0; i < *count; i++) {
        lua_geti(lua, at, (lua_Integer)i + 1);
        if (lua_type(lua, -1) != LUA_TNUMBER)
            session_raise(lua, "an axis has plain numbers as its places");
        values[i] = lua_tonumber(lua, -1);
        if (!isfinite(values[i]))
            session_raise(lua, "an axis has finite numbers as its places");
        lua_pop(lua, 1);
    }
    return values;
}

/* axis(name, values, unit) */
static int make_axis(lua_State *lua)
{
    struct graph *graph = graph_of(lua);
    const char *name = check_text(lua, 1, "an axis's name");
    size_t count = 0;
    double scale = 1;
    double *values = check_values(lua, 2, &count);
    struct unit unit = check_unit(lua, luaL_optstring(lua, 3, "1"), &scale);
    for (size_t i = 0; i < count; i++)
        values[i] *= scale;
    struct axis axis = {.name = name, .size = (uint32_t)count, .coordinates = values, .unit = unit};
    uint32_t index = 0;
    node_id node = NODE_NONE;
    if (graph_axis(graph, &axis, &index) != STATUS_OK ||
        graph_coordinate(graph, index, &node) != STATUS_OK)
        return session_raise(lua, "%s", graph->fault);
    symbol_push(lua, node);
    return 1;
}

/* --- what over.<axis> offers ----------------------------------------------------------------- */

static node_id reduce(lua_State *lua, enum op op, uint32_t axis, node_id argument)
{
    struct graph *graph = graph_of(lua);
    node_id node = NODE_NONE;
    if (graph_reduce(graph, op, axis, argument, &node) != STATUS_OK)
        session_raise(lua, "%s", graph->fault);
    return node;
}

static node_id apply2(lua_State *lua, enum op op, node_id a, node_id b)
{
    node_id arguments[2] = {a, b};
    return symbol_apply(lua, op, arguments, 2);
}

/* where(mask, x, otherwise); x itself without a mask. */
static node_id masked(lua_State *lua, node_id mask, node_id x, double otherwise)
{
    if (mask == NODE_NONE)
        return x;
    node_id arguments[3] = {mask, x, symbol_number(lua, otherwise)};
    return symbol_apply(lua, OP_WHERE, arguments, 3);
}

static node_id masked_truth(lua_State *lua, node_id mask, node_id truth, bool otherwise)
{
    if (mask == NODE_NONE)
        return truth;
    lua_pushboolean(lua, otherwise);
    node_id arguments[3] = {mask, truth, symbol_check(lua, -1)};
    lua_pop(lua, 1);
    return symbol_apply(lua, OP_WHERE, arguments, 3);
}

/* The option `name` of the table at 2 as a symbol, or NODE_NONE. */
static node_id option(lua_State *lua, const char *name)
{
    node_id node = NODE_NONE;
    if (!lua_istable(lua, 2))
        return node;
    if (lua_getfield(lua, 2, name) != LUA_TNIL)
        node = symbol_check(lua, -1);
    lua_pop(lua, 1);
    return node;
}

static bool varies_along(lua_State *lua, node_id node, uint32_t axis)
{
    return axes_have(graph_of(lua)->nodes[node].axes, axis);
}

/* Sum of x times weight over the sum of weights. Shares are normalised already, so a plain mean
 * over cases needs no division. What does not vary along the axis is its own mean. */
static node_id mean(lua_State *lua, uint32_t axis, node_id x, node_id mask, node_id weights)
{
    struct session *session = session_of(lua);
    bool by_share = weights == NODE_NONE && axis == session->case_axis;
    if (mask == NODE_NONE && !varies_along(lua, x, axis))
        return x;
    if (weights == NODE_NONE)
        weights = by_share ? tables_share(lua) : symbol_number(lua, 1);
    node_id total =
        reduce(lua, OP_SUM, axis, masked(lua, mask, apply2(lua, OP_MUL, x, weights), 0));
    if (by_share && mask == NODE_NONE)
        return total;
    node_id whole = reduce(lua, OP_SUM, axis, masked(lua, mask, weights, 0));
    node_id empty = option(lua, "empty");
    if (empty == NODE_NONE)
        return apply2(lua, OP_DIV, total, whole);
    node_id arguments[3] = {total, whole, empty};
    return symbol_apply(lua, OP_RATIO, arguments, 3);
}

static node_id variance(lua_State *lua, uint32_t axis, node_id x, node_id mask, node_id weights)
{
    node_id off = apply2(lua, OP_SUB, x, mean(lua, axis, x, mask, weights));
    return mean(lua, axis, apply2(lua, OP_MUL, off, off), mask, weights);
}

static void want_truth(lua_State *lua, node_id x)
{
    if (graph_of(lua)->nodes[x].kind != VALUE_TRUTH)
        session_raise(lua, "any and all take truths: compare with at_least, above, at_most, below");
}

static node_id count_where(lua_State *lua, uint32_t axis, node_id truth, node_id mask)
{
    node_id arguments[3] = {masked_truth(lua, mask, truth, false), symbol_number(lua, 1),
                            symbol_number(lua, 0)};
    return reduce(lua, OP_SUM, axis, symbol_apply(lua, OP_WHERE, arguments, 3));
}

static void check_options(lua_State *lua, uint32_t axis, enum reduction reduction)
{
    static const char *const plain[] = {"where"}, *const weighted[] = {"where", "weights", "empty"};
    static const char *const extremes[] = {"where", "share_from"};
    if (lua_isnoneornil(lua, 2))
        return;
    check_items(lua, 2, "a reduction", 0);
    if (reduction == MEAN || reduction == VARIANCE)
        check_fields(lua, 2, "a mean", weighted, 3);
    else if (axis == session_of(lua)->case_axis && (reduction == LEAST || reduction == GREATEST))
        check_fields(lua, 2, "a least or greatest value over cases", extremes, 2);
    else
        check_fields(lua, 2, "a reduction", plain, 1);
}

/* `where`, and types of case whose share is at least `share_from`. */
static node_id mask_of(lua_State *lua)
{
    node_id mask = option(lua, "where"), from = option(lua, "share_from");
    if (from == NODE_NONE)
        return mask;
    node_id large = apply2(lua, OP_AT_LEAST, tables_share_of_type(lua), from);
    return mask == NODE_NONE ? large : apply2(lua, OP_AND, mask, large);
}

/* over.<axis>.<reduction>(x [, options]); upvalues: the axis and the reduction. */
static int apply_reduction(lua_State *lua)
{
    uint32_t axis = (uint32_t)lua_tointeger(lua, lua_upvalueindex(1));
    enum reduction reduction = (enum reduction)lua_tointeger(lua, lua_upvalueindex(2));
    check_options(lua, axis, reduction);
    node_id x = symbol_check(lua, 1);
    node_id mask = mask_of(lua), weights = option(lua, "weights");
    node_id result = NODE_NONE;
    if (reduction == COUNT && graph_of(lua)->axes[axis].classes)
        return session_raise(lua, "the cases are persons of a table of records: take the mean, "
                                  "for how many rows there are says nothing");
    switch (reduction) {
    case SUM:
        result = reduce(lua, OP_SUM, axis, masked(lua, mask, x, 0));
        break;
    case LEAST:
        result = reduce(lua, OP_REDUCE_MIN, axis, masked(lua, mask, x, HUGE_VAL));
        break;
    case GREATEST:
        result = reduce(lua, OP_REDUCE_MAX, axis, masked(lua, mask, x, -HUGE_VAL));
        break;
    case ANY:
        want_truth(lua, x);
        result = reduce(lua, OP_REDUCE_MAX, axis, masked_truth(lua, mask, x, false));
        break;
    case ALL:
        want_truth(lua, x);
        result = reduce(lua, OP_REDUCE_MIN, axis, masked_truth(lua, mask, x, true));
        break;
    case COUNT:
        result = count_where(lua, axis, x, mask);
        break;
    case MEAN:
        result = mean(lua, axis, x, mask, weights);
        break;
    case VARIANCE:
        result = variance(lua, axis, x, mask, weights);
        break;
    }
    symbol_push(lua, result);
    return 1;
}

/* over.<axis>: a table of the reductions along it. */
static int over_axis(lua_State *lua)
{
    static const char *const names[] = {"sum", "min",   "max",  "any",
                                        "all", "count", "mean", "variance"};
    struct session *session = session_of(lua);
    const char *name = luaL_checkstring(lua, 2);
    uint32_t axis = graph_find_axis(graph_of(lua), name);
    if (axis == UINT32_MAX)
        return session_raise(lua, "there is no axis `%s`", name);
    if (!session->is_theory && axis == session->case_axis)
        return session_raise(lua, "a regime sentences each case by itself: it cannot look over "
                                  "all cases");
    lua_createtable(lua, 0, 8);
    for (int i = 0; i < 8; i++) {
        lua_pushinteger(lua, axis);
        lua_pushinteger(lua, i);
        lua_pushcclosure(lua, apply_reduction, 2);
        lua_setfield(lua, -2, names[i]);
    }
    return 1;
}

void reduce_open(lua_State *lua)
{
    lua_pushcfunction(lua, make_axis);
    lua_setglobal(lua, "axis");
    lua_newtable(lua);
    lua_newtable(lua);
    lua_pushcfunction(lua, over_axis);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
    lua_setglobal(lua, "over");
}

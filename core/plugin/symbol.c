/* Symbols: what a plugin handles instead of numbers. */
#include <math.h>
#include <string.h>

#include "plugin/internal.h"

enum {
    NO_HANDLE = -1,
    STEPS_AN_OPERATION = 20, /* instructions that building a node or reading a symbol counts for */
};

struct symbol {
    node_id node;
    int handle; /* index into session->handles, or NO_HANDLE */
};

static struct symbol *symbol_new(lua_State *lua, node_id node)
{
    struct symbol *symbol = lua_newuserdatauv(lua, sizeof *symbol, 0);
    *symbol = (struct symbol){node, NO_HANDLE};
    luaL_setmetatable(lua, SYMBOL_TYPE);
    return symbol;
}

void symbol_push(lua_State *lua, node_id node)
{
    symbol_new(lua, node);
}

void symbol_push_read(lua_State *lua, node_id node, const char *path)
{
    struct session *session = session_of(lua);
    struct symbol *symbol = symbol_new(lua, node);
    session_charge(lua, STEPS_AN_OPERATION);
    session->handles = arena_grow(session->arena, session->handles, session->handle_count,
                                  sizeof *session->handles);
    struct place place = session_place(lua);
    place.file = arena_string(session->arena, place.file);
    session->handles[session->handle_count] = (struct handle){path, place, false};
    symbol->handle = (int)session->handle_count++;
}

bool symbol_is(lua_State *lua, int at)
{
    return luaL_testudata(lua, at, SYMBOL_TYPE) != NULL;
}

struct graph *symbol_graph(lua_State *lua)
{
    struct graph *graph = session_graph(lua, "symbols exist only inside argue and sentence");
    graph->line = session_place(lua).line;
    return graph;
}

void symbol_expect(lua_State *lua, const struct graph *graph, enum status status)
{
    if (status != STATUS_OK)
        session_raise(lua, "%s", graph->fault);
}

node_id symbol_number(lua_State *lua, double value)
{
    struct graph *graph = symbol_graph(lua);
    node_id node = NODE_NONE;
    symbol_expect(lua, graph, graph_constant(graph, value, &unit_one, &node));
    return node;
}

node_id symbol_check(lua_State *lua, int at)
{
    struct graph *graph = symbol_graph(lua);
    struct symbol *symbol = luaL_testudata(lua, at, SYMBOL_TYPE);
    node_id node = NODE_NONE;
    if (symbol != NULL) {
        if (symbol->handle != NO_HANDLE)
            session_of(lua)->handles[symbol->handle].used = true;
        return symbol->node;
    }
    if (lua_type(lua, at) == LUA_TNUMBER)
        return symbol_number(lua, lua_tonumber(lua, at));
    if (lua_type(lua, at) == LUA_TBOOLEAN) {
        symbol_expect(lua, graph, graph_truth(graph, lua_toboolean(lua, at) != 0, &node));
        return node;
    }
    session_raise(lua, "a symbol or a number is needed here, not %s", luaL_typename(lua, at));
    return node;
}

node_id symbol_apply(lua_State *lua, enum op op, const node_id *arguments, size_t count)
{
    struct graph *graph = symbol_graph(lua);
    node_id node = NODE_NONE;
    session_charge(lua, STEPS_AN_OPERATION + count);
    symbol_expect(lua, graph, graph_apply(graph, op, arguments, (uint32_t)count, 0, &node));
    return node;
}

int symbol_push_applied(lua_State *lua, enum op op, const node_id *arguments, size_t count)
{
    symbol_push(lua, symbol_apply(lua, op, arguments, count));
    return 1;
}

/* --- operators and methods ------------------------------------------------------------------- */

/* The operation is upvalue 1 of the closures below. */
static enum op own_op(lua_State *lua)
{
    return (enum op)lua_tointeger(lua, lua_upvalueindex(1));
}

/* One argument too many is a mistake: log(8, 2) has no base here. */
static void want_count(lua_State *lua, int count)
{
    if (lua_gettop(lua) != count)
        session_raise(lua, "this takes %d argument%s, not %d", count, count == 1 ? "" : "s",
                      lua_gettop(lua));
}

static int apply_unary(lua_State *lua)
{
    want_count(lua, 1);
    node_id argument = symbol_check(lua, 1);
    return symbol_push_applied(lua, own_op(lua), &argument, 1);
}

static int apply_binary(lua_State *lua)
{
    want_count(lua, 2);
    node_id arguments[2] = {symbol_check(lua, 1), symbol_check(lua, 2)};
    return symbol_push_applied(lua, own_op(lua), arguments, 2);
}

/* x:at_most(y) is y:at_least(x). */
static int apply_swapped(lua_State *lua)
{
    want_count(lua, 2);
    node_id arguments[2] = {symbol_check(lua, 2), symbol_check(lua, 1)};
    return symbol_push_applied(lua, own_op(lua), arguments, 2);
}

static int apply_ternary(lua_State *lua)
{
    want_count(lua, 3);
    node_id arguments[3] = {symbol_check(lua, 1), symbol_check(lua, 2), symbol_check(lua, 3)};
    return symbol_push_applied(lua, own_op(lua), arguments, 3);
}

/* min(a, b, c) is min(min(a, b), c). */
static int apply_chain(lua_State *lua)
{
    int count = lua_gettop(lua);
    luaL_checkany(lua, 1);
    node_id result = symbol_check(lua, 1);
    for (int i = 2; i <= count; i++) {
        node_id arguments[2] = {result, symbol_check(lua, i)};
        result = symbol_apply(lua, own_op(lua), arguments, 2);
    }
    symbol_push(lua, result);
    return 1;
}

static int symbol_negative(lua_State *lua)
{
    node_id arguments[2] = {symbol_check(lua, 1), symbol_number(lua, -1)};
    return symbol_push_applied(lua, OP_MUL, arguments, 2);
}

static int refuse_comparison(lua_State *lua)
{
    const char *sign = lua_tostring(lua, lua_upvalueindex(1));
    return session_raise(lua,
                         "%s cannot see a symbol's value: use x:at_least(y), x:above(y), "
                         "x:at_most(y), x:below(y) or x:equals(y), and where(), x:is(), min() or "
                         "max() to choose",
                         sign);
}

static int refuse_operator(lua_State *lua)
{
    return session_raise(lua, "a symbol cannot be %s", lua_tostring(lua, lua_upvalueindex(1)));
}

/* The index of a label's name, or an error that lists the names. */
static uint32_t label_index(lua_State *lua, const struct node *node, const char *name)
{
    for (uint32_t i = 0; i < node->label_count; i++)
        if (strcmp(node->labels[i], name) == 0)
            return i;
    struct text names;
    text_init(&names, session_of(lua)->arena);
    for (uint32_t i = 0; i < node->label_count; i++)
        text_printf(&names, "%s%s", i > 0 ? ", " : "", node->labels[i]);
    session_raise(lua, "there is no label `%s` here: there are %s", name, names.data);
    return 0;
}

static const struct node *check_label(lua_State *lua, int at, node_id *node)
{
    *node = symbol_check(lua, at);
    const struct node *label = &symbol_graph(lua)->nodes[*node];
    if (label->kind != VALUE_LABEL)
        session_raise(lua, "this symbol is no label");
    return label;
}

static node_id is_label(lua_State *lua, node_id node, const char *name)
{
    struct graph *graph = symbol_graph(lua);
    const struct node *label = &graph->nodes[node];
    node_id arguments[2] = {node, NODE_NONE};
    symbol_expect(lua, graph,
                  graph_label(graph, label_index(lua, label, name), label->labels,
                              label->label_count, &arguments[1]));
    return symbol_apply(lua, OP_EQUALS, arguments, 2);
}

static int symbol_is_method(lua_State *lua)
{
    node_id node;
    check_label(lua, 1, &node);
    symbol_push(lua, is_label(lua, node, luaL_checkstring(lua, 2)));
    return 1;
}

/* The value for one label in the table of pick{}, or its `otherwise`; false when there is none. */
static bool pick_value(lua_State *lua, const char *name, node_id *value)
{
    if (lua_getfield(lua, 2, name) == LUA_TNIL) {
        lua_pop(lua, 1);
        if (lua_getfield(lua, 2, "otherwise") == LUA_TNIL) {
            lua_pop(lua, 1);
            return false;
        }
    }
    *value = symbol_check(lua, -1);
    lua_pop(lua, 1);
    return true;
}

static void check_pick_key(lua_State *lua, const char *key, void *context)
{
    if (strcmp(key, "otherwise") != 0)
        label_index(lua, context, key);
}

/* x:pick{ a = v, b = w }: nested where, the first label outermost. */
static int symbol_pick(lua_State *lua)
{
    node_id node;
    struct node label = *check_label(lua, 1, &node);
    each_field(lua, 2, check_pick_key, &label);
    check_items(lua, 2, "pick", 0);
    node_id result = NODE_NONE;
    for (uint32_t i = label.label_count; i-- > 0;) {
        node_id value = NODE_NONE;
        if (!pick_value(lua, label.labels[i], &value))
            session_raise(lua, "pick says nothing for `%s`, and has no `otherwise`",
                          label.labels[i]);
        node_id arguments[3] = {is_label(lua, node, label.labels[i]), value, result};
        result = result == NODE_NONE ? value : symbol_apply(lua, OP_WHERE, arguments, 3);
    }
    symbol_push(lua, result);
    return 1;
}

static int symbol_text(lua_State *lua)
{
    struct symbol *symbol = luaL_checkudata(lua, 1, SYMBOL_TYPE);
    const struct node *node = &symbol_graph(lua)->nodes[symbol->node];
    char unit[UNIT_TEXT];
    lua_pushfstring(lua, "symbol (%s)",
                    node->kind == VALUE_TRUTH   ? "truth"
                    : node->kind == VALUE_LABEL ? "label"
                                                : unit_write(unit, &node->unit));
    return 1;
}

static int symbol_index(lua_State *lua)
{
    lua_pushvalue(lua, 2);
    if (lua_type(lua, 2) != LUA_TSTRING)
        return session_raise(lua, "a symbol is no table");
    if (lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    return session_raise(lua, "a symbol has no field or method `%s`", lua_tostring(lua, 2));
}

/* --- opening --------------------------------------------------------------------------------- */

struct operation {
    const char *name;
    lua_CFunction function;
    enum op op;
};

/* Sets table[name] = closure with the operation, for the table on top of the stack. */
static void set_operations(lua_State *lua, const struct operation *operations, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        lua_pushinteger(lua, operations[i].op);
        lua_pushcclosure(lua, operations[i].function, 1);
        lua_setfield(lua, -2, operations[i].name);
    }
}

static void set_refusal(lua_State *lua, const char *event, lua_CFunction refuse, const char *word)
{
    lua_pushstring(lua, word);
    lua_pushcclosure(lua, refuse, 1);
    lua_setfield(lua, -2, event);
}

static void open_metatable(lua_State *lua)
{
    static const struct operation operators[] = {
        {"__add", apply_binary, OP_ADD},       {"__sub", apply_binary, OP_SUB},
        {"__mul", apply_binary, OP_MUL},       {"__div", apply_binary, OP_DIV},
        {"__pow", apply_binary, OP_POW},       {"__unm", symbol_negative, OP_MUL},
        {"__tostring", symbol_text, OP_CONST},
    };
    static const struct operation methods[] = {
        {"at_least", apply_binary, OP_AT_LEAST}, {"above", apply_binary, OP_ABOVE},
        {"at_most", apply_swapped, OP_AT_LEAST}, {"below", apply_swapped, OP_ABOVE},
        {"equals", apply_binary, OP_EQUALS},     {"is", symbol_is_method, OP_CONST},
        {"pick", symbol_pick, OP_CONST},
    };
    luaL_newmetatable(lua, SYMBOL_TYPE);
    set_operations(lua, operators, sizeof operators / sizeof *operators);
    set_refusal(lua, "__eq", refuse_comparison, "`==` or `~=`");
    set_refusal(lua, "__lt", refuse_comparison, "`<` or `>`"); /* Lua turns b > a round */
    set_refusal(lua, "__le", refuse_comparison, "`<=` or `>=`");
    set_refusal(lua, "__concat", refuse_operator,
                "joined to a text: use {value} in a claim's text");
    set_refusal(lua, "__mod", refuse_operator, "taken modulo");
    set_refusal(lua, "__idiv", refuse_operator, "divided with //: use floor(x / y)");
    set_refusal(lua, "__len", refuse_operator, "measured with #");
    set_refusal(lua, "__call", refuse_operator, "called");
    lua_newtable(lua);
    set_operations(lua, methods, sizeof methods / sizeof *methods);
    lua_pushcclosure(lua, symbol_index, 1);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pop(lua, 1);
}

void symbol_open(lua_State *lua)
{
    static const struct operation functions[] = {
        {"where", apply_ternary, OP_WHERE},
        {"both", apply_chain, OP_AND},
        {"either", apply_chain, OP_OR},
        {"negate", apply_unary, OP_NOT},
        {"ratio", apply_ternary, OP_RATIO},
        {"min", apply_chain, OP_MIN},
        {"max", apply_chain, OP_MAX},
        {"clamp", apply_ternary, OP_CLAMP},
        {"abs", apply_unary, OP_ABS},
        {"floor", apply_unary, OP_FLOOR},
        {"ceil", apply_unary, OP_CEIL},
        {"sqrt", apply_unary, OP_SQRT},
        {"exp", apply_unary, OP_EXP},
        {"log", apply_unary, OP_LOG},
        {"expm1", apply_unary, OP_EXPM1},
        {"log1p", apply_unary, OP_LOG1P},
        {"binomial_pmf", apply_ternary, OP_BINOMIAL_PMF},
        {"binomial_tail", apply_ternary, OP_BINOMIAL_TAIL},
    };
    open_metatable(lua);
    lua_pushglobaltable(lua);
    set_operations(lua, functions, sizeof functions / sizeof *functions);
    lua_pop(lua, 1);
}

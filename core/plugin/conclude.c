/* conclude{}: what a theory's argument comes to, and a regime's sentence. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph/wire.h"
#include "plugin/internal.h"

struct graph *conclude_graph(lua_State *lua)
{
    return session_graph(lua, "claims and conclusions belong inside argue and sentence");
}

/* --- a theory's conclusion ------------------------------------------------------------------- */

/* Raises unless `node` varies along `allowed` at most. */
static void want_axes(lua_State *lua, node_id node, axis_set allowed, const char *what)
{
    const struct graph *graph = conclude_graph(lua);
    axis_set beyond = node == NODE_NONE ? 0 : graph->nodes[node].axes & ~allowed;
    for (uint32_t i = 0; i < graph->axis_count; i++)
        if ((beyond >> i & 1) != 0)
            session_raise(lua, "%s varies along `%s`: reduce it first with over.%s", what,
                          graph->axes[i].name, graph->axes[i].name);
}

static void want_truth(lua_State *lua, node_id node, const char *what)
{
    if (node != NODE_NONE && conclude_graph(lua)->nodes[node].kind != VALUE_TRUTH)
        session_raise(lua, "%s is not a truth: compare with at_least, above, at_most or below",
                      what);
}

static axis_set axes_of(const struct session *session, bool with_case)
{
    axis_set regime = session->regime_axis == UINT32_MAX ? 0 : (axis_set)1 << session->regime_axis;
    return with_case ? regime | (axis_set)1 << session->case_axis : regime;
}

struct list {
    struct session *session;
    void *items;
    uint32_t count;
};

/* Finds which relation the requirement on top of the stack states, and its bound. */
static void read_relation(lua_State *lua, struct requirement *requirement)
{
    static const char *const names[] = {"at_least", "above", "at_most", "below"};
    static const enum op ops[] = {OP_AT_LEAST, OP_ABOVE, OP_AT_LEAST, OP_ABOVE};
    int found = -1;
    for (int i = 0; i < 4; i++) {
        node_id bound = field_symbol(lua, lua_gettop(lua), names[i]);
        if (bound == NODE_NONE)
            continue;
        if (found >= 0)
            session_raise(lua, "the requirement `%s` states two relations", requirement->name);
        found = i;
        requirement->bound = bound;
    }
    if (found < 0)
        session_raise(lua, "the requirement `%s` needs one of at_least, above, at_most, below",
                      requirement->name);
    requirement->relation = (enum relation)found;
    bool swapped = found >= 2;
    node_id sides[2] = {swapped ? requirement->bound : requirement->value,
                        swapped ? requirement->value : requirement->bound};
    requirement->holds = symbol_apply(lua, ops[found], sides, 2);
}

/* name = { "text", value, at_least = bound } */
static void add_requirement(lua_State *lua, const char *name, void *context)
{
    static const char *const fields[] = {"at_least", "above", "at_most", "below"};
    struct list *list = context;
    struct session *session = list->session;
    check_fields(lua, lua_gettop(lua), "a requirement", fields, 4);
    check_items(lua, -1, "a requirement", 2);
    struct requirement requirement = {.name = name,
                                      .text = item_text(lua, -1, "requirement", name)};
    lua_geti(lua, -1, 2);
    requirement.value = symbol_check(lua, -1);
    lua_pop(lua, 1);
    read_relation(lua, &requirement);
    want_axes(lua, requirement.holds, axes_of(session, false),
              arena_printf(session->arena, "the requirement `%s`", name));
    struct requirement *items =
        arena_grow(session->arena, list->items, list->count, sizeof requirement);
    items[list->count++] = requirement;
    list->items = items;
}

static struct list read_list(lua_State *lua, const char *field,
                             void (*add)(lua_State *, const char *, void *))
{
    struct list list = {session_of(lua), NULL, 0};
    if (lua_getfield(lua, 1, field) != LUA_TNIL) {
        each_field(lua, -1, add, &list);
        check_items(lua, -1, arena_printf(list.session->arena, "`%s`", field), 0);
        check_count(lua, list.count, field);
    }
    lua_pop(lua, 1);
    return list;
}

/* name = { "text with {value}", value = x, holds =, otherwise =, note = } */
static void add_finding(lua_State *lua, const char *name, void *context)
{
    static const char *const fields[] = {"value", "holds", "otherwise", "note"};
    struct list *list = context;
    struct session *session = list->session;
    int at = lua_gettop(lua);
    check_fields(lua, at, "a finding", fields, 4);
    check_items(lua, at, "a finding", 1);
    struct finding finding = {.name = name,
                              .text = item_text(lua, at, "finding", name),
                              .otherwise = field_text(lua, at, "otherwise"),
                              .note = field_text(lua, at, "note"),
                              .value = field_symbol(lua, at, "value"),
                              .holds = field_symbol(lua, at, "holds")};
    if (finding.value == NODE_NONE)
        session_raise(lua, "the finding `%s` needs a `value`", name);
    const char *what = arena_printf(session->arena, "the finding `%s`", name);
    want_axes(lua, finding.value, axes_of(session, true), what);
    want_axes(lua, finding.holds, axes_of(session, true), what);
    want_truth(lua, finding.holds, "`holds`");
    struct finding *items = arena_grow(session->arena, list->items, list->count, sizeof finding);
    items[list->count++] = finding;
    list->items = items;
}

static int compare_marks(const void *left, const void *right)
{
    const struct scale_mark *a = left, *b = right;
    return (a->at > b->at) - (a->at < b->at);
}

static void read_scale(lua_State *lua, struct conclusion *conclusion)
{
    struct session *session = session_of(lua);
    if (lua_getfield(lua, 1, "scale") == LUA_TTABLE)
        for (lua_pushnil(lua); lua_next(lua, -2) != 0; lua_pop(lua, 1)) {
            if (lua_type(lua, -2) != LUA_TNUMBER || !isfinite(lua_tonumber(lua, -2)))
                session_raise(lua,
                              "`scale` says what scores mean: { [0] = \"...\", [1] = \"...\" }");
            conclusion->scale = arena_grow(session->arena, conclusion->scale,
                                           conclusion->scale_count, sizeof *conclusion->scale);
            conclusion->scale[conclusion->scale_count++] = (struct scale_mark){
                lua_tonumber(lua, -2), check_text(lua, -1, "a mark of the scale")};
        }
    lua_pop(lua, 1);
    check_count(lua, conclusion->scale_count, "scale");
    if (conclusion->scale_count == 0)
        session_raise(lua, "a conclusion needs a `scale`: what scores 0 and 1 mean");
    qsort(conclusion->scale, conclusion->scale_count, sizeof *conclusion->scale, compare_marks);
}

/* A literal infinity may stand in a graph, but says nothing as a score. */
static void want_number(lua_State *lua, node_id node, const char *what)
{
    const struct node *number = &conclude_graph(lua)->nodes[node];
    if (number->kind != VALUE_NUMBER)
        session_raise(lua, "%s is no number", what);
    if (number->op == OP_CONST && !isfinite(number->constant))
        session_raise(lua, "%s is not a finite number", what);
}

static void want_severity(lua_State *lua, node_id difference)
{
    struct unit pme = check_unit(lua, "pme", NULL);
    char unit[UNIT_TEXT];
    if (difference == NODE_NONE)
        return;
    want_number(lua, difference, "the difference");
    if (!unit_equal(&conclude_graph(lua)->nodes[difference].unit, &pme))
        session_raise(lua, "the difference should be in pme, not %s",
                      unit_write(unit, &conclude_graph(lua)->nodes[difference].unit));
}

static void check_conclusion(lua_State *lua, const struct conclusion *conclusion)
{
    const struct session *session = session_of(lua);
    want_axes(lua, conclusion->score, axes_of(session, false), "the score");
    want_axes(lua, conclusion->applies, axes_of(session, false), "`applies`");
    want_truth(lua, conclusion->applies, "`applies`");
    want_axes(lua, conclusion->difference, axes_of(session, true), "the difference");
    want_number(lua, conclusion->score, "the score");
    want_severity(lua, conclusion->difference);
    if ((conclusion->applies == NODE_NONE) != (conclusion->why_not == NULL))
        session_raise(lua, "`applies` and `why_not` go together");
    if (conclusion->requires_count + conclusion->rules_out_count == 0)
        session_raise(lua,
                      "a conclusion needs `requires` or `rules_out`: what the verdict turns on");
}

static int conclude_theory(lua_State *lua)
{
    static const char *const fields[] = {"score",      "scale", "requires", "rules_out",
                                         "difference", "show",  "applies",  "why_not"};
    struct session *session = session_of(lua);
    check_fields(lua, 1, "a theory's conclusion", fields, sizeof fields / sizeof *fields);
    check_items(lua, 1, "a theory's conclusion", 0);
    struct conclusion *conclusion = arena_alloc(session->arena, sizeof *conclusion);
    conclusion->score = field_symbol(lua, 1, "score");
    if (conclusion->score == NODE_NONE)
        return session_raise(lua, "a conclusion needs a `score`");
    conclusion->difference = field_symbol(lua, 1, "difference");
    conclusion->applies = field_symbol(lua, 1, "applies");
    conclusion->why_not = field_text(lua, 1, "why_not");
    read_scale(lua, conclusion);
    struct list list = read_list(lua, "requires", add_requirement);
    conclusion->requires = list.items;
    conclusion->requires_count = list.count;
    list = read_list(lua, "rules_out", add_requirement);
    conclusion->rules_out = list.items;
    conclusion->rules_out_count = list.count;
    list = read_list(lua, "show", add_finding);
    conclusion->findings = list.items;
    conclusion->finding_count = list.count;
    check_conclusion(lua, conclusion);
    session->conclusion = conclusion;
    lua_pushboolean(lua, 1);
    return 1;
}

/* --- a regime's sentence --------------------------------------------------------------------- */

struct port_list {
    int conclusion; /* stack index of the table given to conclude */
    int ports;      /* stack index of the declared ports */
};

/* Pushes what the regime says of a port: in the table itself or in its `components`; nil when it
 * says nothing. */
static void push_given(lua_State *lua, const char *port, int conclusion)
{
    lua_getfield(lua, conclusion, port);
    if (lua_getfield(lua, conclusion, "components") != LUA_TTABLE) {
        lua_pop(lua, 1);
        return;
    }
    lua_getfield(lua, -1, port);
    lua_remove(lua, -2);
    if (!lua_isnil(lua, -1) && !lua_isnil(lua, -2))
        session_raise(lua, "the sentence's `%s` is given twice", port);
    lua_remove(lua, lua_isnil(lua, -1) ? -1 : -2);
}

/* Pushes the declared default of a port: a number, a truth or the name of another port. */
static void push_default(lua_State *lua, const char *port, const struct port_list *list)
{
    lua_getfield(lua, list->ports, port);
    int type = lua_istable(lua, -1) ? lua_getfield(lua, -1, "default") : LUA_TNIL;
    if (type == LUA_TNIL)
        session_raise(lua, "the sentence lacks `%s`", port);
    lua_remove(lua, -2);
}

/* Pushes the value of a port: what the regime says, else the default; a default that names another
 * port is followed once, so that no circle can be. */
static void push_value(lua_State *lua, const char *port, const struct port_list *list)
{
    for (int turn = 0; turn < 2; turn++) {
        push_given(lua, port, list->conclusion);
        if (!lua_isnil(lua, -1))
            return;
        push_default(lua, port, list);
        if (lua_type(lua, -1) != LUA_TSTRING)
            return;
        port = lua_tostring(lua, -1); /* stays on the stack */
    }
    session_raise(lua, "the default of `%s` is a port without a default", port);
}

static void check_port(lua_State *lua, const char *port, node_id node, int declared)
{
    const char *kind = field_text(lua, declared, "kind");
    const char *unit_text = field_text(lua, declared, "unit");
    const struct node *given = &conclude_graph(lua)->nodes[node];
    bool truth = kind != NULL && strcmp(kind, "truth") == 0;
    if (given->kind != (truth ? VALUE_TRUTH : VALUE_NUMBER))
        session_raise(lua, "the sentence's `%s` should be a %s", port, truth ? "truth" : "number");
    struct unit unit = check_unit(lua, unit_text != NULL ? unit_text : "1", NULL);
    char wanted[UNIT_TEXT], actual[UNIT_TEXT];
    if (!truth && !unit_equal(&given->unit, &unit))
        session_raise(lua, "the sentence's `%s` should be in %s, not %s", port,
                      unit_write(wanted, &unit), unit_write(actual, &given->unit));
    want_axes(lua, node, axes_of(session_of(lua), true),
              arena_printf(session_of(lua)->arena, "the sentence's `%s`", port));
}

/* A bare 0 or infinity takes the port's unit. */
static node_id in_port_unit(lua_State *lua, node_id node, int declared)
{
    const char *unit_text = field_text(lua, declared, "unit");
    struct graph *graph = conclude_graph(lua);
    const struct node *given = &graph->nodes[node];
    double value = given->constant;
    bool bare = given->op == OP_CONST && unit_is_one(&given->unit) && (value == 0 || isinf(value));
    if (!bare || given->kind != VALUE_NUMBER || unit_text == NULL)
        return node;
    struct unit unit = check_unit(lua, unit_text, NULL);
    if (graph_constant(graph, value, &unit, &node) != STATUS_OK)
        session_raise(lua, "%s", graph->fault);
    return node;
}

static void add_output(lua_State *lua, const char *port, void *context)
{
    struct session *session = session_of(lua);
    int declared = lua_gettop(lua);
    push_value(lua, port, context);
    node_id node = in_port_unit(lua, symbol_check(lua, -1), declared);
    check_port(lua, port, node, declared);
    session->outputs = arena_grow(session->arena, session->outputs, session->output_count,
                                  sizeof *session->outputs);
    session->outputs[session->output_count++] = (struct output){
        arena_string(session->arena, port), node, field_text(lua, declared, "headline")};
}

static void add_name(lua_State *lua, const char *name, void *context)
{
    struct list *list = context;
    const char **names = arena_grow(list->session->arena, list->items, list->count, sizeof *names);
    names[list->count++] = arena_string(list->session->arena, name);
    list->items = names;
    (void)lua;
}

static int conclude_regime(lua_State *lua)
{
    struct session *session = session_of(lua);
    tables_push_ports(lua);
    struct port_list ports = {1, lua_gettop(lua)};
    struct list names = {session, NULL, 0};
    each_field(lua, ports.ports, add_name, &names);
    if (lua_getfield(lua, 1, "components") != LUA_TNIL) {
        check_fields(lua, lua_gettop(lua), "a sentence", names.items, names.count);
        check_items(lua, -1, "`components`", 0);
    }
    lua_pop(lua, 1);
    add_name(lua, "components", &names);
    check_fields(lua, 1, "a sentence", names.items, names.count);
    check_items(lua, 1, "a sentence", 0);
    lua_settop(lua, ports.ports);
    each_field(lua, ports.ports, add_output, &ports);
    lua_pushboolean(lua, 1);
    return 1;
}

static int conclude(lua_State *lua)
{
    struct session *session = session_of(lua);
    conclude_graph(lua);
    lua_settop(lua, 1);
    if (session->conclusion != NULL || session->outputs != NULL)
        return session_raise(lua, "conclude is called twice");
    return session->is_theory ? conclude_theory(lua) : conclude_regime(lua);
}

void conclude_open(lua_State *lua)
{
    lua_pushcfunction(lua, conclude);
    lua_setglobal(lua, "conclude");
}

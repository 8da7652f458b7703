/* Steps that a regime drops of the one it is like: their claims stand, with nothing in them. */
#include <string.h>

#include "plugin/internal.h"

/* Whether a claim is a part of the step `dropped`: itself, its floor and cap, its options. */
static bool is_part(const char *claim, const char *dropped)
{
    static const char *const endings[] = {"", "_floor", "_cap"};
    static const char added[] = "adjust-";
    if (strncmp(claim, added, sizeof added - 1) == 0 &&
        strcmp(claim + sizeof added - 1, dropped) == 0)
        return true;
    size_t length = strlen(dropped);
    if (strncmp(claim, dropped, length) != 0)
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strcmp(claim + length, endings[i]) == 0)
            return true;
    return claim[length] == '-';
}

static bool is_dropped(struct session *session, const char *claim)
{
    bool dropped = false;
    for (size_t i = 0; i < session->request->dropped_count; i++)
        if (is_part(claim, session->request->dropped[i])) {
            session->dropped_met[i] = true;
            dropped = true;
        }
    return dropped;
}

/* Nothing, in the kind and unit of the step. */
static node_id nothing_like(lua_State *lua, const char *name, node_id value)
{
    struct graph *graph = session_of(lua)->graph;
    const struct node *node = &graph->nodes[value];
    node_id nothing = NODE_NONE;
    if (node->kind == VALUE_LABEL)
        session_raise(lua, "`%s` cannot be dropped: it is a name, not an amount", name);
    struct unit unit = node->unit;
    enum status status = node->kind == VALUE_TRUTH ? graph_truth(graph, false, &nothing)
                                                   : graph_constant(graph, 0, &unit, &nothing);
    if (status != STATUS_OK)
        session_raise(lua, "%s", graph->fault);
    return nothing;
}

node_id drop_claim(lua_State *lua, const char *name, struct claim *claim, node_id value)
{
    struct session *session = session_of(lua);
    if (session->is_theory || !is_dropped(session, name))
        return value;
    node_id nothing = nothing_like(lua, name, value);
    if (graph_truth(session->graph, false, &claim->applies) != STATUS_OK)
        session_raise(lua, "%s", session->graph->fault);
    claim->otherwise = arena_printf(session->arena, "dropped in this regime: %s", name);
    return nothing;
}

/* dropped(name): whether a claim of this name is dropped, as a plain truth value. The claim is to
 * be made all the same. */
static int dropped(lua_State *lua)
{
    const struct session *session = session_of(lua);
    const char *claim = luaL_checkstring(lua, 1);
    bool any = false;
    if (session->request == NULL || session->is_theory)
        return session_raise(lua, "dropped is for `sentence`: a regime alone drops steps");
    for (size_t i = 0; i < session->request->dropped_count; i++)
        any = any || is_part(claim, session->request->dropped[i]);
    lua_pushboolean(lua, any);
    return 1;
}

void drop_open(lua_State *lua)
{
    lua_pushcfunction(lua, dropped);
    lua_setglobal(lua, "dropped");
}

void drop_check(lua_State *lua)
{
    struct session *session = session_of(lua);
    const struct graph *graph = session->graph;
    const char **names = arena_array(session->arena, graph->claim_count, sizeof *names);
    for (uint32_t i = 0; i < graph->claim_count; i++)
        names[i] = graph->claims[i].name + strlen(session->request->instance) + 1;
    for (size_t i = 0; i < session->request->dropped_count; i++) {
        const char *step = session->request->dropped[i];
        if (session->dropped_met[i])
            continue;
        const char *near = suggest(step, names, graph->claim_count);
        const char *message = arena_printf(
            session->diags->arena, "%s drops a step `%s`, which it does not have%s%s%s",
            session->request->instance, step, near != NULL ? ": did you mean `" : "",
            near != NULL ? near : "", near != NULL ? "`?" : "");
        session_raise_input(lua, message, NULL);
    }
}

#include <string.h>
#include <time.h>

#include "plugin/internal.h"

enum {
    HOOK_EVERY = 1000,
    BYTES_A_STEP = 16, /* what is allocated or copied counts as instructions too */
};

static const char more_memory[] = "the plugin needs more memory than it may have";

struct session *session_of(lua_State *lua)
{
    return *(struct session **)lua_getextraspace(lua);
}

struct graph *session_graph(lua_State *lua, const char *otherwise)
{
    struct graph *graph = session_of(lua)->graph;
    if (graph == NULL)
        session_raise(lua, "%s", otherwise);
    return graph;
}

/* --- memory and steps ------------------------------------------------------------------------ */

static void *session_allocate(void *context, void *block, size_t old_size, size_t new_size)
{
    struct session *session = context;
    const struct allocator *allocator = &session->arena->allocator;
    size_t held = block == NULL ? 0 : old_size; /* Lua passes a type code for a new block */
    if (new_size > held && new_size - held > SESSION_MOST_MEMORY - session->memory)
        return NULL;
    if (new_size == 0 && block == NULL)
        return NULL;
    void *moved = allocator->resize(allocator->context, block, held, new_size);
    if (moved == NULL && new_size != 0)
        return new_size <= held ? block : NULL; /* Lua relies on it that shrinking cannot fail */
    session->memory = session->memory - held + new_size;
    session->steps += new_size / BYTES_A_STEP;
    return moved;
}

static int64_t milliseconds_used(void)
{
    struct timespec used;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

void session_charge(lua_State *lua, uint64_t steps)
{
    struct session *session = session_of(lua);
    session->steps += steps;
    if (session->steps > SESSION_MOST_STEPS)
        session_raise(lua, "the plugin did not finish within %d instructions", SESSION_MOST_STEPS);
    if (session->arena->used - session->arena_used > SESSION_MOST_GRAPH)
        session_raise(lua, "%s", more_memory);
}

/* The count of instructions is the limit that is the same everywhere; the clock is for single
 * instructions that take long, such as the comparison of two huge texts. */
static void count_steps(lua_State *lua, lua_Debug *activation)
{
    (void)activation;
    session_charge(lua, HOOK_EVERY);
    if (milliseconds_used() - session_of(lua)->started > SESSION_MOST_SECONDS * 1000)
        session_raise(lua, "the plugin did not finish within %d seconds of processor time",
                      SESSION_MOST_SECONDS);
}

/* --- loading --------------------------------------------------------------------------------- */

static void load_source(lua_State *lua, const struct buffer *source)
{
    if (source->size > SESSION_MOST_SOURCE)
        session_raise(lua, "%s has more than %d bytes", source->name, SESSION_MOST_SOURCE);
    lua_pushfstring(lua, "@%s", source->name);
    const char *name = lua_tostring(lua, -1);
    int code = luaL_loadbufferx(lua, source->data, source->size, name, "t");
    if (code == LUA_ERRMEM)
        session_raise(lua, "%s", more_memory);
    if (code != LUA_OK)
        session_raise_syntax(lua, source);
    lua_remove(lua, -2);
}

static const struct buffer *find_module(const struct plugin_files *files, const char *name)
{
    for (size_t i = 0; i < files->module_count; i++) {
        const char *base = strrchr(files->modules[i].name, '/');
        base = base == NULL ? files->modules[i].name : base + 1;
        size_t length = strlen(name);
        if (strncmp(base, name, length) == 0 && strcmp(base + length, ".lua") == 0)
            return &files->modules[i];
    }
    return NULL;
}

/* require "desert": runs plugins/lib/desert.lua once a session. */
int session_require(lua_State *lua)
{
    const char *name = luaL_checkstring(lua, 1);
    lua_settop(lua, 1);
    luaL_getsubtable(lua, LUA_REGISTRYINDEX, "assize.modules");
    if (lua_getfield(lua, 2, name) != LUA_TNIL) {
        if (lua_isboolean(lua, -1)) /* it is being loaded */
            return session_raise(lua, "the module `%s` requires itself", name);
        return 1;
    }
    const struct buffer *source = find_module(session_of(lua)->files, name);
    if (source == NULL)
        return session_raise(lua, "there is no module `%s` in plugins/lib", name);
    lua_pushboolean(lua, 0);
    lua_setfield(lua, 2, name);
    load_source(lua, source);
    lua_call(lua, 0, 1);
    if (!lua_istable(lua, -1))
        return session_raise(lua, "the module `%s` returns no table", name);
    lua_pushvalue(lua, -1);
    lua_setfield(lua, 2, name);
    return 1;
}

/* Runs the plugin's file; theory{} or regime{} leaves its table in the registry. */
static void load_plugin(lua_State *lua, struct session *session)
{
    environment_open(lua);
    symbol_open(lua);
    functions_open(lua);
    reduce_open(lua);
    claim_open(lua);
    conclude_open(lua);
    declare_open(lua);
    tables_open(lua);
    input_error_open(lua);
    drop_open(lua);
    lua_pushcfunction(lua, session_require);
    lua_setglobal(lua, "require");
    load_source(lua, &session->files->plugin);
    lua_call(lua, 0, 1);
    lua_getfield(lua, LUA_REGISTRYINDEX, "assize.plugin");
    bool returned = lua_istable(lua, -1) && lua_rawequal(lua, -1, -2);
    lua_pop(lua, 2);
    if (!returned)
        session_raise(lua, "%s does not return a theory { ... } or a regime { ... }",
                      session->files->plugin.name);
}

static int describe_protected(lua_State *lua)
{
    load_plugin(lua, session_of(lua));
    return 0;
}

/* --- tracing --------------------------------------------------------------------------------- */

static void add_axes(lua_State *lua, struct session *session)
{
    const struct trace_request *request = session->request;
    struct axis regime = {.name = "regime",
                          .size = (uint32_t)request->regime_count,
                          .labels = request->regimes,
                          .unit = unit_one};
    struct axis kase = {.name = "case",
                        .size = (uint32_t)request->case_count,
                        .labels = request->cases,
                        .unit = unit_one,
                        .classes = request->classes};
    session->regime_axis = UINT32_MAX;
    if (request->is_theory &&
        graph_axis(session->graph, &regime, &session->regime_axis) != STATUS_OK)
        session_raise(lua, "%s", session->graph->fault);
    if (graph_axis(session->graph, &kase, &session->case_axis) != STATUS_OK)
        session_raise(lua, "%s", session->graph->fault);
}

/* Whether the handle before it was read at the same place, as in a loop. */
static bool same_handle(const struct handle *a, const struct handle *b)
{
    return a->place.line == b->place.line && strcmp(a->path, b->path) == 0 &&
           strcmp(a->place.file, b->place.file) == 0;
}

static bool unused_handles(struct session *session)
{
    bool any = false;
    for (size_t i = 0; i < session->handle_count; i++) {
        const struct handle *handle = &session->handles[i];
        if (handle->used || (i > 0 && !handle[-1].used && same_handle(handle, handle - 1)))
            continue;
        session_fault(session, handle->place,
                      arena_printf(session->arena,
                                   "%s was read here and used in nothing: a test with == or if "
                                   "cannot see its value",
                                   handle->path),
                      NULL);
        any = true;
    }
    return any;
}

static struct fragment *make_fragment(struct session *session)
{
    struct fragment *fragment = arena_alloc(session->arena, sizeof *fragment);
    *fragment =
        (struct fragment){.instance = arena_string(session->arena, session->request->instance),
                          .plugin = arena_string(session->arena, session->files->plugin.name),
                          .graph = session->graph,
                          .conclusion = session->conclusion,
                          .outputs = session->outputs,
                          .output_count = session->output_count};
    return fragment;
}

/* The function at fault has returned: its place is where it begins. */
static void raise_unconcluded(lua_State *lua, struct session *session)
{
    const char *name = session->is_theory ? "argue" : "sentence";
    lua_Debug function;
    lua_getfield(lua, LUA_REGISTRYINDEX, "assize.plugin");
    lua_getfield(lua, -1, name);
    lua_getinfo(lua, ">S", &function);
    function.currentline = function.linedefined;
    session_fault(session, session_place_of(&function),
                  arena_printf(session->arena, "%s returned without conclude { ... }", name), NULL);
    session_raise_recorded(lua);
}

static int trace_protected(lua_State *lua)
{
    struct session *session = session_of(lua);
    load_plugin(lua, session);
    if (session->is_theory != session->request->is_theory)
        session_raise(lua, "%s returns a %s, but is used as a %s", session->files->plugin.name,
                      session->is_theory ? "theory" : "regime",
                      session->is_theory ? "regime" : "theory");
    session->graph = graph_new(session->arena);
    add_axes(lua, session);
    session->dropped_met =
        arena_array(session->arena, session->request->dropped_count, sizeof(bool));
    lua_getfield(lua, LUA_REGISTRYINDEX, "assize.plugin");
    lua_getfield(lua, -1, session->is_theory ? "argue" : "sentence");
    tables_push_inputs(lua, session);
    lua_call(lua, 2, 1);
    if (session->conclusion == NULL && session->outputs == NULL)
        raise_unconcluded(lua, session);
    drop_check(lua);
    session->fragment = make_fragment(session);
    return 0;
}

/* --- the session as a whole ------------------------------------------------------------------ */

static void close_state(void *resource)
{
    struct session *session = resource;
    if (session->lua != NULL)
        lua_close(session->lua);
    session->lua = NULL;
}

static enum status session_run(struct session *session, lua_CFunction body)
{
    arena_defer(session->arena, close_state, session);
    session->lua = lua_newstate(session_allocate, session);
    if (session->lua == NULL)
        return diags_error(session->diags, STATUS_PLUGIN,
                           (struct place){session->files->plugin.name, 0, 0},
                           "no memory for a Lua state");
    *(struct session **)lua_getextraspace(session->lua) = session;
    session->started = milliseconds_used();
    session->arena_used = session->arena->used;
    lua_sethook(session->lua, count_steps, LUA_MASKCOUNT, HOOK_EVERY);
    size_t errors = session->diags->errors;
    lua_pushcfunction(session->lua, session_handle_error);
    lua_pushcfunction(session->lua, body);
    int code = lua_pcall(session->lua, 0, 0, 1);
    if (code == LUA_ERRMEM && session->diags->errors == errors)
        session_fault(session, (struct place){session->files->plugin.name, 0, 0}, more_memory,
                      NULL);
    if (session->diags->errors > errors)
        return diags_status(session->diags);
    if (code == LUA_OK)
        return STATUS_OK;
    return diags_error(session->diags, STATUS_PLUGIN,
                       (struct place){session->files->plugin.name, 0, 0},
                       "the plugin failed without saying why");
}

enum status session_describe(struct arena *arena, const struct plugin_files *files,
                             struct declaration **declaration, struct diags *diags)
{
    struct session *session = arena_alloc(arena, sizeof *session);
    *session = (struct session){.arena = arena, .files = files, .diags = diags};
    enum status status = session_run(session, describe_protected);
    if (status == STATUS_OK)
        *declaration = session->declaration;
    return status;
}

enum status session_trace(struct arena *arena, const struct plugin_files *files,
                          const struct trace_request *request, struct fragment **fragment,
                          struct diags *diags)
{
    struct session *session = arena_alloc(arena, sizeof *session);
    *session = (struct session){
        .arena = arena, .files = files, .request = request, .diags = diags, .share = NODE_NONE};
    enum status status = session_run(session, trace_protected);
    if (status == STATUS_OK && unused_handles(session))
        status = STATUS_PLUGIN;
    if (status == STATUS_OK)
        *fragment = session->fragment;
    return status;
}

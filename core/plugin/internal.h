/* What the files of core/plugin share. A session's pointer stands in its Lua state's extra space.
 */
#ifndef ASSIZE_PLUGIN_INTERNAL_H
#define ASSIZE_PLUGIN_INTERNAL_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "plugin/session.h"

/* A symbol that was read from the scenario, and where: it must become an operand. */
struct handle {
    const char *path;
    struct place place;
    bool used;
};

struct session {
    struct arena *arena;
    lua_State *lua;
    const struct plugin_files *files;
    const struct trace_request *request; /* NULL while describing */
    struct diags *diags;
    size_t memory;          /* bytes that Lua holds */
    uint64_t steps;         /* Lua instructions so far, and what counts as such */
    size_t arena_used;      /* bytes that the arena had taken at the start */
    int64_t started;        /* milliseconds of processor time that had been used */
    unsigned depth;         /* of declarations under way */
    struct place declaring; /* where the declaration under way was made; line 0: none is */

    struct declaration *declaration; /* what theory{} or regime{} said */
    bool is_theory;

    struct graph *graph;
    uint32_t case_axis, regime_axis;
    node_id share; /* normalised, along case */
    struct handle *handles;
    size_t handle_count;
    struct conclusion *conclusion;
    struct output *outputs;
    uint32_t output_count;

    bool *dropped_met;         /* [request->dropped_count]: whether there is such a step */
    struct fragment *fragment; /* the result of a trace */
};

struct session *session_of(lua_State *lua);

/* The place of the innermost Lua function under way (level 0 is the running function). */
struct place session_place(lua_State *lua);

/* That of a function under way: its file and `currentline`. */
struct place session_place_of(const lua_Debug *activation);

/* Raises an error; the message handler adds the place and the chain of calls. */
int session_raise(lua_State *lua, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Raises an error whose diagnostic stands already. */
int session_raise_recorded(lua_State *lua);

/* Raises the syntax error on top of the stack, at its line of `source`. */
int session_raise_syntax(lua_State *lua, const struct buffer *source);

/* Adds a diagnostic of the plugin; `trace`: the chain of calls, or NULL. */
void session_fault(struct session *session, struct place place, const char *message,
                   const char *trace);

/* The message handler: makes a diagnostic while the stack of calls still stands. */
int session_handle_error(lua_State *lua);

/* The graph under construction; raises `otherwise` where there is none. */
struct graph *session_graph(lua_State *lua, const char *otherwise);

/* Counts `steps` instructions for work done in C; raises beyond the limit. */
void session_charge(lua_State *lua, uint64_t steps);

/* The function `require`. */
int session_require(lua_State *lua);

/* environment.c: the allow-listed globals. */
void environment_open(lua_State *lua);

/* symbol.c: symbols and the functions on them. */
#define SYMBOL_TYPE "assize.symbol"
void symbol_open(lua_State *lua);
void symbol_push(lua_State *lua, node_id node);
void symbol_push_read(lua_State *lua, node_id node, const char *path); /* a fresh handle */
node_id symbol_check(lua_State *lua, int at); /* a symbol, number or truth */
bool symbol_is(lua_State *lua, int at);
node_id symbol_apply(lua_State *lua, enum op op, const node_id *arguments, size_t count);
node_id symbol_number(lua_State *lua, double value);
int symbol_push_applied(lua_State *lua, enum op op, const node_id *arguments, size_t count);

/* The graph under construction, at the plugin's line. Raises where there is none. */
struct graph *symbol_graph(lua_State *lua);

/* Turns a fault of the graph into an error at the plugin's line. */
void symbol_expect(lua_State *lua, const struct graph *graph, enum status status);

/* functions.c: quantity(), interpolate(), step(), lookup(). */
void functions_open(lua_State *lua);

/* reduce.c: axis() and over. */
void reduce_open(lua_State *lua);

/* claim.c: claim{}. */
void claim_open(lua_State *lua);

/* conclude.c: conclude{}. */
void conclude_open(lua_State *lua);

/* The graph under construction. Raises where no argument is made. */
struct graph *conclude_graph(lua_State *lua);

/* drop.c: dropped(); the value of a claim, which is nothing when its step is dropped; the claim
 * then says so. Afterwards, raises for steps that are not there. */
void drop_open(lua_State *lua);
node_id drop_claim(lua_State *lua, const char *name, struct claim *claim, node_id value);
void drop_check(lua_State *lua);

/* declare.c: number{}, record{} ..., theory{}, regime{}. */
void declare_open(lua_State *lua);

/* What stands at `at` (a declaration or a plain table) as a schema. */
struct schema *declare_schema(lua_State *lua, int at);

/* merge.c: adds a field to a record; one that stands already must say the same, but for records,
 * which are joined. */
void record_add(lua_State *lua, struct schema *record, const struct schema *field);

/* tables.c: the scenario's tables as the plugin sees them. */
void tables_open(lua_State *lua);
void tables_push_inputs(lua_State *lua, struct session *session); /* pushes s, p or c, p */

/* input_error.c: input_error(), for faults of what is given; the same from C. The texts lie in the
 * arena of the diagnostics; the remedy may be NULL. */
void input_error_open(lua_State *lua);
int session_raise_input(lua_State *lua, const char *message, const char *remedy);

/* The share of each type of case: of its class, where the cases are classes of persons. */
node_id tables_share_of_type(lua_State *lua);

/* The cases' shares, normalised, along the axis `case`. */
node_id tables_share(lua_State *lua);

/* The ports that plugins/lib/sentence.lua declares. Pushes the table `ports` of the module. */
void tables_push_ports(lua_State *lua);

/* The unit of the text at `at`, or an error. `scale` may be NULL. */
struct unit check_unit(lua_State *lua, const char *text, double *scale);

/* The text at `at`, copied into the arena. Raises when it is none, or holds what must not be
 * shown. `what` is for the message, here and below: "a claim's name". */
const char *check_text(lua_State *lua, int at, const char *what);

/* A text field of the table at `at`; NULL when missing. */
const char *field_text(lua_State *lua, int at, const char *name);

/* The same of a `what` that must have it. */
const char *want_text(lua_State *lua, int at, const char *what, const char *name);

/* A field of the table at `at` as a symbol; NODE_NONE when missing. */
node_id field_symbol(lua_State *lua, int at, const char *name);

/* The text that stands first in the table at `at`, which says what the `what` called `name` is. */
const char *item_text(lua_State *lua, int at, const char *what, const char *name);

/* The texts of an array. */
const char *const *array_of_texts(lua_State *lua, int at, const char *what, size_t *count);

/* Raises unless every string key of the table at `at` is among `names`. */
void check_fields(lua_State *lua, int at, const char *what, const char *const *names, size_t count);

/* Raises unless every other key of the table at `at` is among 1, 2, ... `most`. */
void check_items(lua_State *lua, int at, const char *what, lua_Integer most);

/* Raises when there are more entries than a fragment may carry. */
void check_count(lua_State *lua, size_t count, const char *what);

/* pairs() for plain tables: numbers first, then texts. */
int pairs_sorted(lua_State *lua);

/* Calls visit for each string key of the table at `at`, sorted; the value is on top of the stack
 * and is popped afterwards. The key lies in the arena. */
void each_field(lua_State *lua, int at,
                void (*visit)(lua_State *lua, const char *key, void *context), void *context);

#endif

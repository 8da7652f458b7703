/* One plugin, loaded and run once in a confined Lua state.
 *
 * Two questions are asked of a plugin, each of a fresh session: what does it read
 * (session_describe), and, when the scenario has been checked against that, what does it argue
 * (session_trace). Neither ever sees the value of a premise. The session runs anywhere; core/cell
 * runs it in a child process.
 *
 * What is returned lies in `arena`. Faults are STATUS_PLUGIN with the plugin's line and the chain
 * of calls; but for what the plugin says is wrong with its input (`input_error`), which is
 * STATUS_SCENARIO without a place: whoever asked knows where the input stands.
 */
#ifndef ASSIZE_PLUGIN_SESSION_H
#define ASSIZE_PLUGIN_SESSION_H

#include "base/file.h"
#include "graph/graph.h"
#include "scenario/scenario.h"

#ifdef ASSIZE_SANITIZED
#define SESSION_SLOWNESS 10 /* of a program that watches itself */
#else
#define SESSION_SLOWNESS 1
#endif

enum {
    SESSION_MOST_SOURCE = 256 * 1024,            /* bytes of a plugin or module */
    SESSION_MOST_MEMORY = 64 * 1024 * 1024,      /* bytes that Lua may hold */
    SESSION_MOST_GRAPH = 512 * 1024 * 1024,      /* bytes that its graph and texts may take */
    SESSION_MOST_STEPS = 50 * 1000 * 1000,       /* Lua instructions */
    SESSION_MOST_SECONDS = 4 * SESSION_SLOWNESS, /* of processor time: a backstop */
};

/* A plugin and the modules that it may `require`, by file name ("lib/desert.lua"). */
struct plugin_files {
    struct buffer plugin;
    const struct buffer *modules;
    size_t module_count;
};

enum status session_describe(struct arena *arena, const struct plugin_files *files,
                             struct declaration **declaration, struct diags *diags);

/* What a session may know of one use of its plugin. */
struct trace_request {
    const char *instance; /* the use's id */
    bool is_theory;       /* else a regime */
    const char *shares_of;
    const char *const *cases;
    size_t case_count;
    bool classes;               /* each case stands for many persons of a table of records */
    const char *const *regimes; /* ids, in menu order; theories only */
    size_t regime_count;
    struct shapes shapes;
    const char *const *dropped; /* steps of a regime that are not taken */
    size_t dropped_count;
};

enum status session_trace(struct arena *arena, const struct plugin_files *files,
                          const struct trace_request *request, struct fragment **fragment,
                          struct diags *diags);

#endif

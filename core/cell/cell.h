/* A plugin's session in a child process of its own: it can compute and write to one pipe.
 *
 *   parent                                child
 *   pipe2, fork ------------------------> pipe to descriptor 3, all others closed, limits, a filter
 *                                         of system calls (filter.h)
 *   reads until the end, with a clock     session, reply_write, one write, _exit
 *   waitpid, reply_read (hostile)
 *
 * The child inherits the parent's memory, but a plugin sees only what the session shows it; it
 * cannot open files, start processes or raise its own limits. A child that dies, hangs or writes
 * too much is a refusal that names the cause (STATUS_PLUGIN).
 */
#ifndef ASSIZE_CELL_CELL_H
#define ASSIZE_CELL_CELL_H

#include "plugin/session.h"

enum {
    CELL_CPU_SECONDS = SESSION_MOST_SECONDS + 1,
    CELL_WALL_SECONDS = 6 * CELL_CPU_SECONDS, /* where many compete for the processor */
    CELL_MOST_ADDRESS_SPACE = 2000 << 20,     /* bytes beyond what the parent had mapped */
};

/* As session_describe() and session_trace(), in a child. */
enum status cell_describe(struct arena *arena, const struct plugin_files *files,
                          struct declaration **declaration, struct diags *diags);
enum status cell_trace(struct arena *arena, const struct plugin_files *files,
                       const struct trace_request *request, struct fragment **fragment,
                       struct diags *diags);

/* The same in two steps, so that several children work at once: the second waits. `files` and
 * `request` must live until then. A run that is never finished ends with the arena. */
struct cell_run;
struct cell_run *cell_start_describe(struct arena *arena, const struct plugin_files *files);
enum status cell_finish_describe(struct arena *arena, struct cell_run *run,
                                 struct declaration **declaration, struct diags *diags);
struct cell_run *cell_start_trace(struct arena *arena, const struct plugin_files *files,
                                  const struct trace_request *request);
enum status cell_finish_trace(struct arena *arena, struct cell_run *run, struct fragment **fragment,
                              struct diags *diags);

#endif

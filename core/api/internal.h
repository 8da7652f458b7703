/* What the files of core/api share. */
#ifndef ASSIZE_API_INTERNAL_H
#define ASSIZE_API_INTERNAL_H

#include "analysis/weigh.h"
#include "api/assize.h"

/* One arena for each scenario, with its results and texts; one for what belongs to no scenario; one
 * for the messages of the last call.
 *
 *   assize --> scenario --> scenario --> NULL
 *              arena        arena
 */
struct assize {
    struct allocator allocator;
    struct arena arena;
    struct arena message_arena;
    const char *messages;
    const char *const *folders;
    size_t folder_count;
    struct assize_scenario *scenarios;
};

struct assize_scenario {
    struct assize *assize;
    struct assize_scenario *next;
    struct arena arena;
    struct model *model;
    struct part *parts; /* of a run of it that was loaded with them, by number; or NULL */
    size_t part_count;
};

struct assize_result {
    struct assize_scenario *scenario;
    struct result *result;
};

/* One call under way: its body runs where running out of memory leads back to call_run(). */
struct call {
    struct assize *assize;
    struct arena *arena;
    struct diags diags;
    enum status status;
    enum status (*body)(struct call *call);
    const void *input;
    void *output;
};

/* Runs the body in the C locale, so that the host's own does not show in numbers; afterwards the
 * messages of `call->diags` stand in assize_messages(). */
enum assize_status call_run(struct call *call);

/* A scenario without a model yet; NULL when there is no memory. */
struct assize_scenario *scenario_new(struct assize *assize);
enum assize_status scenario_load(struct assize_scenario *loading,
                                 const struct model_request *request);

struct weigh_options weigh_options_of(const struct assize_weigh_options *options);

/* Makes a result: `body` fills call->output, a struct assize_result with its scenario. */
enum assize_status result_make(struct assize_scenario *scenario,
                               enum status (*body)(struct call *call), const void *input,
                               struct assize_result **result);

/* The error for a name that there is not among `names`, with the nearest one. */
enum status unknown_name(struct call *call, const char *what, const char *name,
                         const char *const *names, size_t count);

#endif

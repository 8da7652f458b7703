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

#endif

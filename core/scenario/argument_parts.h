/* What the files that read `arguments:` share. Internal to core/scenario. */
#ifndef ASSIZE_SCENARIO_ARGUMENT_PARTS_H
#define ASSIZE_SCENARIO_ARGUMENT_PARTS_H

#include "scenario/argument.h"
#include "scenario/reader.h"

struct argument_reader {
    struct reader reader;
    struct arguments *arguments;
    const char *const *ids; /* of all arguments that are written, in file order */
    bool premises_known;
};

/* --- argument_target.c --------------------------------------------------------------------- */

/* A target as written in `node`, or as its key where `is_key`. False when it is reported as none.
 */
bool target_read(struct argument_reader *reading, const struct tree *node, bool is_key,
                 struct target *target);

/* The id of another argument. */
bool argument_id_read(struct argument_reader *reading, const struct tree *node,
                      struct target *target);

/* --- argument_value.c ---------------------------------------------------------------------- */

/* Reads `when_accepted:`. */
void accepted_values_read(struct argument_reader *reading, struct tree *map,
                          struct argument *argument);

/* The fault of a path that is no premise's. */
void fault_no_target(struct argument_reader *reading, struct diag diag, const char *path);

#endif

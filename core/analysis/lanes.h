/* Which lanes a question needs. Internal to core/analysis. */
#ifndef ASSIZE_ANALYSIS_LANES_H
#define ASSIZE_ANALYSIS_LANES_H

#include "analysis/weigh.h"

/* The values of all premises in a number of lanes, and which premises differ between them. */
struct lane_plan {
    struct lane_source *sources; /* [graph premise] */
    bool *varies;                /* likewise */
    struct lanes lanes;
};

/* One lane: every premise at its central value. */
struct lane_plan lanes_central(struct arena *arena, const struct model *model);

/* Lanes in which one premise takes each of `values`, all else at its centre. */
struct lane_walk {
    uint32_t premise;
    const double *values;
    size_t count;
};

/* The lanes of `count` walks, one walk after the other. */
struct lane_plan lanes_along(struct arena *arena, const struct model *model,
                             const struct lane_walk *walks, size_t count);

/* Draws 1 to `draws`: every uncertain fact drawn, all else at its centre. */
struct lane_plan lanes_draws(struct arena *arena, const struct model *model, uint64_t draws,
                             uint64_t seed);

/* Some of the draws: `count` behind the first `first`, which are whole leaves of the engine. */
struct draw_share {
    uint64_t first, count;
};

/* Leaves of such a plan's draws these alone. */
void lanes_share(struct lane_plan *plan, const struct model *model, struct draw_share share);

/* Passes on what the engine says of a request's progress. */
struct lane_watch {
    const struct weigh_options *options;
    const char *what;
    uint64_t before, of; /* where a request is one of several: what was done before it, and of how
                            much in all; `of` 0: it is alone */
    uint64_t done;       /* of this request */
    bool stopped;
};

/* A manner for requests that take long; `watch` must outlive it. */
struct manner lanes_watched(struct lane_watch *watch);

/* out[cell][lane] of the wanted nodes, in their order. A value that does not fit an operation is an
 * error that names the node. */
enum status lanes_evaluate(struct arena *arena, const struct model *model,
                           const struct lane_plan *plan, const node_id *wanted, size_t count,
                           double *out, struct diags *diags);

/* As above, where a value that does not fit leaves a NaN and is no error; what the persons cannot
 * be asked still is one. */
enum status lanes_evaluate_all(struct arena *arena, const struct model *model,
                               const struct lane_plan *plan, const node_id *wanted, size_t count,
                               double *out, struct diags *diags);

/* The error for a fault that the engine met. */
enum status lanes_fault(const struct model *model, const struct engine_fault *fault,
                        struct diags *diags);

#endif

/* A tape as plain structs, for people to read, and a clock around its steps. */
#ifndef ASSIZE_ENGINE_TAPE_SHOW_H
#define ASSIZE_ENGINE_TAPE_SHOW_H

#include "engine/engine.h"

/* A loop, or a step in the loops around it, whose axes are the step's own. */
struct shown_step {
    bool loops;
    size_t depth;       /* loops around it */
    uint32_t axis;      /* of a loop */
    size_t turns;       /* of a loop */
    node_id node;       /* whose value the step computes; of a loop NODE_NONE */
    node_id first;      /* computed on the way, without a row of its own; NODE_NONE where none is */
    axis_set axes;      /* of the node */
    size_t place, rows; /* of its result: the first row, and how many it keeps */
    double share;       /* of the time of all steps; 0 unless tape_time() measured it */
};

struct shown_tape {
    const struct graph *graph;
    struct shown_step *steps; /* in their order, bodies behind their loops */
    size_t step_count, loop_count;

    /* The nodes that are no claims, for claims have no steps: `dead` are not wanted, `fixed` change
     * in no lane and are computed once, `varying` have steps, but for `folded`, which are part of
     * another's. */
    size_t nodes, claims, dead, fixed, varying, folded;

    size_t rows, rows_without_reuse; /* of the store that each thread has */
    size_t fixed_cells;              /* of the store that all threads share */
    size_t block;                    /* lanes in a row */
    uint64_t bytes;                  /* of both stores, for one thread */
    const char *isa;                 /* the loops in use */
    double seconds;                  /* of all steps, measured; 0: not measured */
    uint64_t timed_lanes;
};

/* In `arena`; how blocks and loops are chosen for these lanes. */
struct shown_tape *tape_show(struct arena *arena, const struct tape *tape,
                             const struct lanes *lanes);

/* Runs the lanes on this thread, one block at least, some times over or until `most_seconds` have
 * passed, and says how the time was spent: of each step the least of all times, for what is more
 * was spent by others. What a clock shows is another figure in every run. */
void tape_time(struct shown_tape *shown, const struct tape *tape, const struct lanes *lanes,
               double most_seconds, struct arena *scratch);

#endif

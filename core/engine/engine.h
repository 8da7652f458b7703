/* Lanes in, numbers out.
 *
 * A lane is one complete way in which the premises may stand. The engine does not know why a lane
 * was chosen: a draw, a point of a sweep and a what-if are all lanes. Two steps:
 *
 *   graph + wanted nodes + which premises vary --tape_build()--> tape --engine_...()--> numbers
 *
 * Lanes go through the tape in blocks of ENGINE_BLOCK; within a block every node is a flat array
 * [cells][lanes], so that each operation is one straight loop. A node that no lane changes is
 * computed once. The results do not depend on the block size.
 */
#ifndef ASSIZE_ENGINE_ENGINE_H
#define ASSIZE_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "engine/distribution.h"
#include "graph/graph.h"

enum { ENGINE_BLOCK = 256 };

/* Where the values of one premise come from: exactly one of the three. */
struct lane_source {
    double value;                            /* the same in every lane, or */
    const double *values;                    /* one for each lane of the request, or */
    const struct distribution *distribution; /* drawn: lane i is draw `first_draw + i` */
};

struct lanes {
    const struct lane_source *sources; /* [graph premises], by their index in the graph */
    uint64_t count;                    /* lanes, at least 1 */
    uint64_t first_draw;
    uint64_t seed;
};

struct tape;

/* Orders what the `wanted` nodes need. `varies[p]`: whether lanes may differ in premise p.
 * The tape refers to `graph`, which must outlive it. */
struct tape *tape_build(struct arena *arena, const struct graph *graph, const node_id *wanted,
                        size_t wanted_count, const bool *varies);

/* Cells of wanted node w, and the total over all wanted nodes. */
size_t tape_wanted_cells(const struct tape *tape, size_t wanted);
size_t tape_cells(const struct tape *tape);

/* A value that did not fit an operation (knots out of order, a row outside a table). */
struct engine_fault {
    enum op_fault fault; /* OP_FAULT_NONE: all well */
    node_id node;
    uint64_t lane;
};

/* Every wanted value: out[cell][lane], cells of wanted node 0 first. On a fault returns false;
 * `fault` names the first lane and, in it, the first node. */
bool engine_evaluate(const struct tape *tape, const struct lanes *lanes, struct arena *scratch,
                     double *out, struct engine_fault *fault);

/* What is kept of many lanes: one summary for a cell of a wanted node. */
struct summary;

/* Summaries over `count` values that come in order. Values that are not finite are counted apart
 * and enter nothing else. */
struct summaries {
    struct summary **cell; /* [tape cells] */
    struct summary **pair; /* differences of pairs, [pair_count] */
    uint64_t lanes;
};

/* A pair of cells (numbered through all wanted nodes) whose difference is summarised. */
struct cell_pair {
    size_t a, b;
};

bool engine_summarise(const struct tape *tape, const struct lanes *lanes,
                      const struct cell_pair *pairs, size_t pair_count, struct arena *arena,
                      struct summaries *summaries, struct engine_fault *fault);

uint64_t summary_count(const struct summary *summary); /* finite values */
uint64_t summary_not_finite(const struct summary *summary);
double summary_mean(const struct summary *summary);
double summary_variance(const struct summary *summary); /* unbiased; 0 below two values */
double summary_error(const struct summary *summary);    /* standard error of the mean */
double summary_least(const struct summary *summary);
double summary_greatest(const struct summary *summary);

/* The p-quantile from a fixed logarithmic histogram: exact at the extremes, else within 0.4 % of
 * the value's size. */
double summary_quantile(const struct summary *summary, double p);

#endif

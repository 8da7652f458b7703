/* A graph over the rows of a table.
 *
 * One axis of the graph has classes of rows as its places (`classes` of struct axis). What varies
 * along it is computed row by row, with the rows as lanes; a reduction along it ends a phase, for
 * which all rows must be done:
 *
 *   rows of class a --tape a--> totals -+
 *                                       +--> a sum over all rows = a premise of the next phase -->
 * ... rows of class b --tape b--> totals -+
 *
 * - OP_SUM adds up the values of all rows.
 * - OP_REDUCE_MIN and OP_REDUCE_MAX are taken over classes, each with its weighted mean; of truths,
 *   over rows: a least value of all rows would be one person's.
 * - What is wanted and varies along the axis is the weighted mean of each class: of a truth the
 *   share of rows where it holds; of a label the label, or NaN where rows differ in it.
 *
 * Rows with the weight 0 count in no mean. The results depend on the rows and their order alone,
 * not on threads, blocks or the processor.
 */
#ifndef ASSIZE_ENGINE_PHASES_H
#define ASSIZE_ENGINE_PHASES_H

#include "engine/engine.h"

#define ROWS_NONE UINT32_MAX

/* A table whose rows stand sorted by class. */
struct rows {
    uint32_t axis; /* of the graph */
    const uint64_t
        *first; /* [places + 1]: class c is rows first[c] to first[c + 1], at least one */
    const double *const *columns; /* [column][row] */
    const uint32_t *column_of;    /* [graph premise]: its column, or ROWS_NONE */
    const double *weights;        /* [row]; NULL: all 1 */
};

struct phases;

/* Puts in order what the wanted nodes need. `graph` and `rows` must outlive it. Returns NULL with
 * the reason in `fault` when the graph cannot be taken apart. */
struct phases *phases_build(struct arena *arena, const struct graph *graph, const node_id *wanted,
                            size_t wanted_count, const struct rows *rows, const char **fault);

/* As engine_evaluate(): out[cell][lane] of the wanted nodes, where a lane is one way in which the
 * premises outside the table stand. `weights` and the rows' columns may have been given other
 * values since phases_build(). A fault's lane is that of the premises; where
 * `fault` is NULL faults leave NaN. `manner->progress` is told lanes. */
bool phases_evaluate(const struct phases *phases, const struct lanes *lanes, const bool *varies,
                     struct arena *scratch, double *out, struct engine_fault *fault);

/* How often the rows are gone through, one phase after another. */
uint32_t phases_count(const struct phases *phases);

/* What is done in a phase with each row of class `kase`. */
const struct tape *phases_tape(const struct phases *phases, uint32_t phase, uint32_t kase);

#endif

/* Wanted values added up over the lanes, or the least or greatest of them, where nothing else of
 * them is kept. Private to core/engine. */
#ifndef ASSIZE_ENGINE_TOTAL_H
#define ASSIZE_ENGINE_TOTAL_H

#include "engine/engine.h"

/* totals[cell]: over all lanes, by ops[wanted]: OP_SUM, OP_REDUCE_MIN or OP_REDUCE_MAX, in the
 * order that engine.h gives for sums along an axis. Faults as in engine_evaluate(). */
bool engine_total(const struct tape *tape, const struct lanes *lanes, const enum op *ops,
                  struct arena *scratch, double *totals, struct engine_fault *fault);

/* Where every lane of a cell goes: lanes[cell][lane], or NULL: the cell is totalled. */
struct total_lanes {
    double *const *lanes;
    bool faulty; /* set where a lane had a fault, even if nobody looks at what it spoilt */
};

/* The same, but some cells are kept as they are; their totals are 0. */
bool engine_total_and_keep(const struct tape *tape, const struct lanes *lanes, const enum op *ops,
                           struct arena *scratch, double *totals, struct total_lanes *kept,
                           struct engine_fault *fault);

#endif

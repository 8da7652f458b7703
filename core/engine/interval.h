/* Between which bounds a value lies when premises lie between theirs: a lower and an upper bound as
 * a graph of its own, which the same tape and loops compute in every lane, a box of premises a
 * lane.
 *
 *   premise a in the box --> a.low, a.high --+
 *                                            +--> low and high of a * b --> ...
 *   premise b outside it --> b --------------+
 *
 * Wherever the premises stand within the box, the value that the engine computes there lies between
 * the bounds, if it is a number; and so does the value without rounding of what the box moves. What
 * no premise of the box reaches is taken as it is computed: of a box without premises both bounds
 * are the value. A result that overflows counts as infinite. A bound that is NaN says nothing;
 * where no value is a number, it may be anything. No premise is taken to be -0.
 *
 * Truths and labels have bounds as well: of a truth `low` says that it must hold and `high` that it
 * may; of a label they are numbers, the first and the last index that it may have.
 *
 * Bounds of one operation are the best there are, but for rounding and for what the file of its
 * rule says; those of a formula are wider where it reads a premise more than once.
 */
#ifndef ASSIZE_ENGINE_INTERVAL_H
#define ASSIZE_ENGINE_INTERVAL_H

#include "engine/engine.h"

struct interval_box {
    const bool *in; /* [premise]: lies between two bounds */

    /* [premise], or both NULL: no lane goes beyond these, in the box or not. They decide which
     * corners of the box need to be computed: without them all are, at several times the cost. */
    const double *least, *most;
};

struct interval {
    struct graph *graph; /* a copy without units; premises have the indices of the first one, those
                            of bounds come after them */
    node_id low, high;

    /* [premise of the first graph]: the premises "path.low" and "path.high" of the second one, of
     * the same kind, but numbers for a label; those outside the box: the premise itself */
    uint32_t *low_of, *high_of;
};

/* Bounds of `value`, which has any kind. Everything lies in `arena`. Returns NULL, or why there are
 * none: what is reduced over the rows of a table of records has no bounds. */
const char *interval_build(struct arena *arena, const struct graph *graph, node_id value,
                           const struct interval_box *box, struct interval *interval);

/* The first premise of the first graph of which a lane goes beyond `least` and `most`, or whose
 * bounds there stand the wrong way round; `premise_count` of that graph if there is none. Of values
 * that are drawn the support is not looked at. */
uint32_t interval_misfit(const struct interval *interval, const struct interval_box *box,
                         uint32_t premise_count, const struct lanes *lanes);

#endif

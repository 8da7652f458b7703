/* How a value moves with premises: the reverse pass (adjoints) as a graph of its own, which the
 * same tape and loops compute in every lane.
 *
 * At a jump (`floor`, a step, a comparison that chooses) the derivative is that of the side on
 * which the values stand, so a mean over draws misses what the jumps add: `jumps` says where that
 * may be. Where several are the least or the greatest, they share the derivative.
 */
#ifndef ASSIZE_ENGINE_GRADIENT_H
#define ASSIZE_ENGINE_GRADIENT_H

#include "graph/graph.h"

struct gradient {
    struct graph *graph; /* a copy without units; premises have the indices of the first one */
    node_id value;       /* what is derived, in that copy */
    node_id *partial;    /* [premise]: its derivative, with the axes of `value`; NODE_NONE: 0 */
    bool *jumps;         /* [premise]: the way from it leads over a jump */
};

/* Derivatives of `value` by each premise that is a number and for which `by` holds. Everything lies
 * in `arena`. Returns NULL, or why there is no gradient: cells of a value that are compared with
 * each other on the way (by a reduction along one of its own axes) have none of their own. */
const char *gradient_build(struct arena *arena, const struct graph *graph, node_id value,
                           const bool *by, struct gradient *gradient);

#endif

/* One place of a value along an axis as a value of its own: what is derived where the places of a
 * value are compared with each other, and so have no gradient together (gradient.h). */
#ifndef ASSIZE_ENGINE_SLICE_H
#define ASSIZE_ENGINE_SLICE_H

#include "graph/graph.h"

struct slice {
    struct graph *graph; /* a copy without units; premises have the indices of the first one */
    node_id value;       /* in that copy, without `axis` */
};

/* Of a number, in `arena`; `value` as it is where it does not vary along `axis`. Returns NULL, or
 * why it cannot be built. */
const char *slice_build(struct arena *arena, const struct graph *graph, node_id value,
                        uint32_t axis, uint32_t place, struct slice *slice);

#endif

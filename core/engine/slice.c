#include "engine/slice.h"

#include "engine/copy.h"

/* The sum of what is 0 elsewhere; chosen, not multiplied, for a value elsewhere may be NaN. */
static node_id at_place(struct copy *copy, node_id value, uint32_t axis, uint32_t place)
{
    node_id here = copy_2(copy, OP_EQUALS, copy_place(copy, axis, place), copy_number(copy, 1));
    node_id alone = copy_3(copy, OP_WHERE, here, value, copy_number(copy, 0));
    return copy_reduce(copy, OP_SUM, axis, alone);
}

const char *slice_build(struct arena *arena, const struct graph *graph, node_id value,
                        uint32_t axis, uint32_t place, struct slice *slice)
{
    struct copy copy;
    if (!copy_init(&copy, arena, graph, value))
        return copy.fault;
    node_id alone = copy.node[value];
    if (axes_have(graph->nodes[value].axes, axis))
        alone = at_place(&copy, alone, axis, place);
    if (copy.fault == NULL)
        *slice = (struct slice){copy.to, alone};
    return copy.fault;
}

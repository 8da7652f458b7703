/* What the naming and the writing of formulas share. Internal to core/graph. */
#ifndef ASSIZE_GRAPH_FORMULA_PARTS_H
#define ASSIZE_GRAPH_FORMULA_PARTS_H

#include "graph/graph.h"

struct mean {
    uint32_t axis;
    node_id value;
    node_id weight; /* NODE_NONE: all alike */
};

/* Whether `node` is a mean along an axis: sum(x * w) / sum(w), sum(x) / size, or sum(x * w) with w
 * made to add up to 1. */
bool formula_mean(const struct graph *graph, const struct node *node, struct mean *mean);

/* The name that a premise, or a stack of nothing but premises, has by its paths; else NULL. */
const char *formula_premises_name(struct arena *arena, const struct graph *graph, node_id id);

/* What is left of a sum without the summands that only say whether a case is refused; NODE_NONE
 * where there are none. Of many in a row some stay. */
node_id formula_without_refusals(const struct graph *graph, const struct node *node);

#endif

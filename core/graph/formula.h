/* A node's formula as text, cut at claims, premises and ports, which appear by their names. */
#ifndef ASSIZE_GRAPH_FORMULA_H
#define ASSIZE_GRAPH_FORMULA_H

#include "graph/graph.h"

/* Writes the formula of `node`, a claim's own value included: "culpability x harm answered for".
 * A stack of premises that differ in one step of their paths is written by what they share
 * ("culpability"). */
void formula_write(struct text *out, const struct graph *graph, node_id node);

/* The short name of a premise, port, claim or stack of premises, or NULL for another node. */
const char *formula_name(struct arena *arena, const struct graph *graph, node_id node);

#endif

/* A node's formula as text, cut at claims, premises and ports, which appear by their names. */
#ifndef ASSIZE_GRAPH_FORMULA_H
#define ASSIZE_GRAPH_FORMULA_H

#include "graph/graph.h"

/* Writes the formula of `node`, of a claim that of its value: "culpability * harm". ASCII but for
 * names, with as few parentheses as precedence allows; "..." where it is nested too deep. */
void formula_write(struct text *out, const struct graph *graph, node_id node);

/* The short name of a premise, port, claim or stack, or NULL for another node: the last step of a
 * path, the last two below model.channels; a claim's name without its instance. Premises stacked
 * along an axis go by the last step that their paths share: "culpability". */
const char *formula_name(struct arena *arena, const struct graph *graph, node_id node);

#endif

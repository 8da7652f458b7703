/* What the building of nodes, of claims, and the index of what stands share. Internal to
 * core/graph.
 */
#ifndef ASSIZE_GRAPH_GRAPH_PARTS_H
#define ASSIZE_GRAPH_GRAPH_PARTS_H

#include "graph/graph.h"

/* Checks `node` by the rules and fills in what follows from its arguments. The arguments are
 * copied first, for bare zeros among them take their partner's unit. */
enum status node_check(struct graph *graph, struct node *node, const node_id *arguments,
                       uint32_t count);

/* A new node, whatever stands. */
enum status node_append(struct graph *graph, const struct node *node, node_id *id);

/* The standing node like `node`, or a new one. */
enum status node_intern(struct graph *graph, const struct node *node, node_id *id);

/* The standing list equal to `labels`, so that labels of one list share one pointer. */
const char *const *labels_intern(struct graph *graph, const char *const *labels, uint32_t count);

/* The index of the premise at `path`, or UINT32_MAX. */
uint32_t premise_find(const struct graph *graph, const char *path);

/* To be called when a premise was added to the end of graph->premises. */
void premise_indexed(struct graph *graph);

/* A copy in `arena`; NULL of NULL. */
const char *const *strings_copy(struct arena *arena, const char *const *strings, size_t count);

#endif

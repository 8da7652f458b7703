/* What each operation demands of its arguments, and what it yields. Internal to core/graph. */
#ifndef ASSIZE_GRAPH_RULES_H
#define ASSIZE_GRAPH_RULES_H

#include "graph/graph.h"

/* Checks kinds and units of `node->arguments` and sets kind, unit and labels of `node`. Bare zeros
 * and infinities among the arguments are replaced by constants in their partner's unit, so
 * `arguments` must be writable. */
enum status rules_apply(struct graph *graph, struct node *node, node_id *arguments);

/* Sets graph->fault and returns STATUS_PLUGIN. */
enum status graph_fault(struct graph *graph, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

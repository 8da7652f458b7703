/* Finds premises of a graph by their paths. Internal to core/graph. */
#ifndef ASSIZE_GRAPH_PATH_INDEX_H
#define ASSIZE_GRAPH_PATH_INDEX_H

#include "graph/graph.h"

struct path_index {
    uint32_t *slots; /* of premises, from 1; 0: free */
    size_t size;     /* a power of two, more than twice the premises; 0: nothing is in it */
};

/* The premise with this path, or UINT32_MAX. `key` is random, so that hostile input cannot choose
 * what collides. */
uint32_t path_index_find(const struct path_index *index, const struct graph *graph, uint64_t key,
                         const char *path);

/* Enters the graph's last premise. */
void path_index_add(struct path_index *index, const struct graph *graph, uint64_t key);

#endif

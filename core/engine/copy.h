/* A graph copied without units and claims, to be transformed. Private to core/engine. */
#ifndef ASSIZE_ENGINE_COPY_H
#define ASSIZE_ENGINE_COPY_H

#include "graph/graph.h"

/* Building nodes in a copy, where every unit is 1. Faults stick: the first one is kept and
 * NODE_NONE returned from then on, so that a formula may be written in one go. */
struct copy {
    const struct graph *from;
    struct graph *to;
    node_id *node; /* [node of `from`]: its copy, or NODE_NONE where nothing needs it */
    const char *fault;

    /* Gives a node another form than its own; NODE_NONE: it is copied as it is. NULL: all are. */
    node_id (*form)(struct copy *copy, node_id node, void *context);
    void *context;
};

/* An empty copy: axes and premises, whose indices stay. */
void copy_begin(struct copy *copy, struct arena *arena, const struct graph *graph);

/* Copies the nodes that are needed. Returns false, with the reason in copy->fault, where that
 * fails. */
bool copy_needed(struct copy *copy, const bool *needed);

/* Copies what `wanted` needs. Returns false, with the reason in copy->fault, where that fails. */
bool copy_init(struct copy *copy, struct arena *arena, const struct graph *graph, node_id wanted);

node_id copy_number(struct copy *copy, double value);
node_id copy_apply(struct copy *copy, enum op op, const node_id *arguments, size_t count);
node_id copy_reduce(struct copy *copy, enum op op, uint32_t axis, node_id of);

/* 1 at `place` along an axis, 0 elsewhere. */
node_id copy_place(struct copy *copy, uint32_t axis, uint32_t place);

static inline node_id copy_1(struct copy *copy, enum op op, node_id a)
{
    return copy_apply(copy, op, (node_id[]){a}, 1);
}

static inline node_id copy_2(struct copy *copy, enum op op, node_id a, node_id b)
{
    return copy_apply(copy, op, (node_id[]){a, b}, 2);
}

static inline node_id copy_3(struct copy *copy, enum op op, node_id a, node_id b, node_id c)
{
    return copy_apply(copy, op, (node_id[]){a, b, c}, 3);
}

#endif

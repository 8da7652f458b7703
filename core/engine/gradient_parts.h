/* The reverse pass, step by step. Private to gradient.c and gradient_rules.c. */
#ifndef ASSIZE_ENGINE_GRADIENT_PARTS_H
#define ASSIZE_ENGINE_GRADIENT_PARTS_H

#include "engine/copy.h"
#include "engine/gradient.h"

/* Signs are kept apart, for a sum takes them along at no cost. */
struct adjoint {
    node_id amount; /* in the copy, or NODE_NONE while it is 0 */
    bool minus;
};

struct reverse {
    struct copy copy;
    axis_set kept;           /* of the value: each cell has its own derivative */
    bool *active;            /* [node]: changes with a premise that is asked for */
    struct adjoint *adjoint; /* [node] */
    bool *jumps;             /* [node]: something between it and the value jumps */
};

/* What every rule needs: the node, its copy y, the copies of its arguments, its adjoint d without
 * its sign. What a rule gives is d times something, and has that sign. */
struct rule {
    struct reverse *reverse;
    struct copy *copy;
    node_id n, y, d, zero;
    bool minus;
    node_id *x;
    const struct node *node;
};

/* Adds what the value gains by argument i of node n, along the axes of n, to the argument's
 * adjoint: summed over the axes that the argument has not. */
void gradient_contribute(struct reverse *reverse, node_id n, uint32_t i, struct adjoint gain);

/* 0 - a, in the copy. */
node_id gradient_negative(struct copy *copy, node_id a);

/* Gives each argument of the rule's node its part. */
void gradient_rule(const struct rule *rule);

#endif

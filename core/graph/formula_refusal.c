/* Summands that only say whether a case is refused: no part of what a formula computes. */
#include "graph/formula_parts.h"

/* Nodes that are looked at for one summand, and summands that are left out in a row: a hostile
 * graph could have either grow beyond measure. */
enum { MOST_STEPS = 1000, MOST_SUMMANDS = 40 };

/* Whether a node rests on refusals, at least one, and constants alone. */
static bool rests_on_refusals(const struct graph *graph, node_id id, bool *any, unsigned *steps)
{
    const struct node *node = &graph->nodes[id];
    if (++*steps > MOST_STEPS)
        return false;
    if (node->op == OP_CONST)
        return true;
    if (node->op == OP_CLAIM) {
        *any = *any || claim_is_refusal(&graph->claims[node->index]);
        return claim_is_refusal(&graph->claims[node->index]);
    }
    if (!op_is_elementwise(node->op))
        return false;
    for (uint32_t i = 0; i < node->argument_count; i++)
        if (!rests_on_refusals(graph, node->arguments[i], any, steps))
            return false;
    return true;
}

static bool is_refusals(const struct graph *graph, node_id id)
{
    bool any = false;
    unsigned steps = 0;
    return rests_on_refusals(graph, id, &any, &steps) && any;
}

/* The summand of a sum beside one that is all refusals; else NODE_NONE. */
static node_id beside_refusals(const struct graph *graph, const struct node *node)
{
    if (node->op != OP_ADD)
        return NODE_NONE;
    for (uint32_t i = 0; i < 2; i++)
        if (is_refusals(graph, node->arguments[i]))
            return node->arguments[1 - i];
    return NODE_NONE;
}

node_id formula_without_refusals(const struct graph *graph, const struct node *node)
{
    node_id rest = NODE_NONE;
    for (int i = 0; i < MOST_SUMMANDS; i++) {
        node_id next = beside_refusals(graph, node);
        if (next == NODE_NONE)
            break;
        rest = next;
        node = &graph->nodes[rest];
    }
    return rest;
}

#include "engine/gradient_parts.h"

static const struct node *node_at(const struct reverse *reverse, node_id n)
{
    return &reverse->copy.from->nodes[n];
}

/* --- adding up ------------------------------------------------------------------------------- */

static struct adjoint adjoint_add(struct copy *copy, struct adjoint a, struct adjoint b)
{
    if (a.amount == NODE_NONE)
        return b;
    if (a.minus == b.minus)
        return (struct adjoint){copy_2(copy, OP_ADD, a.amount, b.amount), a.minus};
    return a.minus ? (struct adjoint){copy_2(copy, OP_SUB, b.amount, a.amount), false}
                   : (struct adjoint){copy_2(copy, OP_SUB, a.amount, b.amount), false};
}

void gradient_contribute(struct reverse *reverse, node_id n, uint32_t i, struct adjoint gain)
{
    const struct node *node = node_at(reverse, n);
    node_id argument = node->arguments[i];
    if (!reverse->active[argument] || gain.amount == NODE_NONE)
        return;
    axis_set over = node->axes & ~(node_at(reverse, argument)->axes | reverse->kept);
    for (uint32_t axis = 0; axis < reverse->copy.from->axis_count; axis++)
        if (axes_have(over, axis))
            gain.amount = copy_reduce(&reverse->copy, OP_SUM, axis, gain.amount);
    reverse->adjoint[argument] = adjoint_add(&reverse->copy, reverse->adjoint[argument], gain);
}

node_id gradient_negative(struct copy *copy, node_id a)
{
    return copy_2(copy, OP_SUB, copy_number(copy, 0), a);
}

/* --- the pass -------------------------------------------------------------------------------- */

static void mark_active(struct reverse *reverse, const bool *by)
{
    const struct graph *graph = reverse->copy.from;
    for (node_id n = 0; n < graph->node_count; n++) {
        const struct node *node = &graph->nodes[n];
        if (node->op == OP_PREMISE)
            reverse->active[n] = node->kind == VALUE_NUMBER && by[node->index];
        for (uint32_t i = 0; i < node->argument_count; i++)
            reverse->active[n] = reverse->active[n] || reverse->active[node->arguments[i]];
    }
}

/* Whether argument i of an operation moves the result by jumps alone. */
static bool jumps_by(const struct node *node, uint32_t i)
{
    switch (node->op) {
    case OP_FLOOR:
    case OP_CEIL:
    case OP_AT_LEAST:
    case OP_ABOVE:
    case OP_EQUALS:
        return true;
    case OP_WHERE:
        return i == 0;
    case OP_STEP_FROM:
    case OP_STEP_OVER:
        return i != 1 && i < 2 + (node->argument_count - 2) / 2;
    case OP_LOOKUP:
    case OP_BINOMIAL_PMF:
    case OP_BINOMIAL_TAIL:
        return i < 2;
    default:
        return false;
    }
}

static void pass_jumps(struct reverse *reverse, node_id n)
{
    const struct node *node = node_at(reverse, n);
    for (uint32_t i = 0; i < node->argument_count; i++)
        if (reverse->jumps[n] || jumps_by(node, i))
            reverse->jumps[node->arguments[i]] = true;
}

/* Only nodes that the value needs have a copy. */
static void reverse_pass(struct reverse *reverse, node_id value)
{
    for (node_id n = value + 1; n-- > 0 && reverse->copy.fault == NULL;) {
        const struct node *node = node_at(reverse, n);
        if (reverse->copy.node[n] == NODE_NONE || !reverse->active[n])
            continue;
        pass_jumps(reverse, n);
        if (reverse->adjoint[n].amount == NODE_NONE || node->argument_count == 0)
            continue;
        node_id *x = arena_array(reverse->copy.to->arena, node->argument_count, sizeof *x);
        for (uint32_t i = 0; i < node->argument_count; i++)
            x[i] = reverse->copy.node[node->arguments[i]];
        struct rule rule = {reverse,
                            &reverse->copy,
                            n,
                            reverse->copy.node[n],
                            reverse->adjoint[n].amount,
                            copy_number(&reverse->copy, 0),
                            reverse->adjoint[n].minus,
                            x,
                            node};
        gradient_rule(&rule);
    }
}

static node_id signed_amount(struct reverse *reverse, struct adjoint adjoint)
{
    return adjoint.minus ? gradient_negative(&reverse->copy, adjoint.amount) : adjoint.amount;
}

static bool cells_are_compared(const struct reverse *reverse, node_id value)
{
    for (node_id n = 0; n <= value; n++) {
        const struct node *node = node_at(reverse, n);
        bool reduces = node->op == OP_SUM || node->op == OP_REDUCE_MIN || node->op == OP_REDUCE_MAX;
        if (reduces && reverse->copy.node[n] != NODE_NONE && reverse->active[n] &&
            axes_have(reverse->kept, node->index))
            return true;
    }
    return false;
}

const char *gradient_build(struct arena *arena, const struct graph *graph, node_id value,
                           const bool *by, struct gradient *gradient)
{
    struct reverse reverse = {
        .kept = graph->nodes[value].axes,
        .active = arena_array(arena, graph->node_count, sizeof *reverse.active),
        .adjoint = arena_array(arena, graph->node_count, sizeof *reverse.adjoint),
        .jumps = arena_array(arena, graph->node_count, sizeof *reverse.jumps)};
    struct gradient built = {
        .partial = arena_array(arena, graph->premise_count, sizeof *built.partial),
        .jumps = arena_array(arena, graph->premise_count, sizeof *built.jumps)};
    if (graph->nodes[value].kind != VALUE_NUMBER)
        return "only numbers have a gradient";
    if (!copy_init(&reverse.copy, arena, graph, value))
        return reverse.copy.fault;
    mark_active(&reverse, by);
    if (cells_are_compared(&reverse, value))
        return "its cells are compared with each other";
    for (node_id n = 0; n < graph->node_count; n++)
        reverse.adjoint[n].amount = NODE_NONE;
    reverse.adjoint[value].amount = copy_number(&reverse.copy, 1);
    reverse_pass(&reverse, value);
    built.graph = reverse.copy.to;
    built.value = reverse.copy.node[value];
    for (uint32_t p = 0; p < graph->premise_count; p++)
        built.partial[p] = NODE_NONE;
    for (node_id n = 0; n <= value; n++)
        if (graph->nodes[n].op == OP_PREMISE && reverse.active[n]) {
            built.partial[graph->nodes[n].index] = signed_amount(&reverse, reverse.adjoint[n]);
            built.jumps[graph->nodes[n].index] = reverse.jumps[n];
        }
    *gradient = built;
    return reverse.copy.fault;
}

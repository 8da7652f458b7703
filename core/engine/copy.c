#include "engine/copy.h"

static node_id copied(struct copy *copy, enum status status, node_id node)
{
    if (status == STATUS_OK && copy->fault == NULL)
        return node;
    if (copy->fault == NULL)
        copy->fault = copy->to->fault;
    return NODE_NONE;
}

node_id copy_number(struct copy *copy, double value)
{
    node_id node = NODE_NONE;
    enum status status = graph_constant(copy->to, value, &unit_one, &node);
    return copied(copy, status, node);
}

static node_id apply_columns(struct copy *copy, enum op op, const node_id *arguments, size_t count,
                             uint32_t columns)
{
    node_id node = NODE_NONE;
    if (copy->fault != NULL)
        return NODE_NONE;
    enum status status = graph_apply(copy->to, op, arguments, (uint32_t)count, columns, &node);
    return copied(copy, status, node);
}

node_id copy_apply(struct copy *copy, enum op op, const node_id *arguments, size_t count)
{
    return apply_columns(copy, op, arguments, count, 0);
}

node_id copy_reduce(struct copy *copy, enum op op, uint32_t axis, node_id of)
{
    node_id node = NODE_NONE;
    if (copy->fault != NULL)
        return NODE_NONE;
    enum status status = graph_reduce(copy->to, op, axis, of, &node);
    return copied(copy, status, node);
}

node_id copy_place(struct copy *copy, uint32_t axis, uint32_t place)
{
    uint32_t size = copy->to->axes[axis].size;
    node_id zero = copy_number(copy, 0), one = copy_number(copy, 1), node = NODE_NONE;
    node_id *places = arena_array(copy->to->arena, size, sizeof *places);
    for (uint32_t i = 0; i < size; i++)
        places[i] = i == place ? one : zero;
    if (copy->fault != NULL)
        return NODE_NONE;
    enum status status = graph_stack(copy->to, axis, places, &node);
    return copied(copy, status, node);
}

/* --- the copy -------------------------------------------------------------------------------- */

static void copy_axes(struct copy *copy)
{
    for (uint32_t a = 0; a < copy->from->axis_count; a++) {
        struct axis axis = copy->from->axes[a];
        uint32_t index = 0;
        axis.unit = unit_one;
        copied(copy, graph_axis(copy->to, &axis, &index), 0);
    }
}

static enum status copy_constant(struct copy *copy, const struct node *node, node_id *result)
{
    if (node->kind == VALUE_TRUTH)
        return graph_truth(copy->to, node->constant != 0, result);
    if (node->kind == VALUE_LABEL)
        return graph_label(copy->to, (uint32_t)node->constant, node->labels, node->label_count,
                           result);
    return graph_constant(copy->to, node->constant, &unit_one, result);
}

static enum status copy_node(struct copy *copy, const struct node *node, const node_id *arguments,
                             node_id *result)
{
    const struct graph *from = copy->from;
    switch (node->op) {
    case OP_CONST:
        return copy_constant(copy, node, result);
    case OP_PREMISE: {
        struct graph_premise premise = from->premises[node->index];
        premise.unit = unit_one;
        return graph_premise(copy->to, &premise, result);
    }
    case OP_PORT:
        return graph_port(copy->to, from->ports[node->index].name, node->kind, &unit_one,
                          node->axes, result);
    case OP_COORDINATE:
        return graph_coordinate(copy->to, node->index, result);
    case OP_CLAIM:
        *result = arguments[0];
        return STATUS_OK;
    case OP_STACK:
        return graph_stack(copy->to, node->index, arguments, result);
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        return graph_reduce(copy->to, node->op, node->index, arguments[0], result);
    default:
        return graph_apply(copy->to, node->op, arguments, node->argument_count, node->index,
                           result);
    }
}

static void copy_one(struct copy *copy, node_id n)
{
    const struct node *node = &copy->from->nodes[n];
    node_id result = copy->form != NULL ? copy->form(copy, n, copy->context) : NODE_NONE;
    enum status status = STATUS_OK;
    if (result == NODE_NONE && copy->fault == NULL) {
        node_id *arguments = arena_array(copy->to->arena, node->argument_count, sizeof *arguments);
        for (uint32_t i = 0; i < node->argument_count; i++)
            arguments[i] = copy->node[node->arguments[i]];
        status = copy_node(copy, node, arguments, &result);
    }
    copy->node[n] = copied(copy, status, result);
}

/* The indices of premises stay: all of them are there, in their order. */
static void copy_premises(struct copy *copy)
{
    for (uint32_t p = 0; p < copy->from->premise_count; p++) {
        struct graph_premise premise = copy->from->premises[p];
        node_id node = NODE_NONE;
        premise.unit = unit_one;
        copied(copy, graph_premise(copy->to, &premise, &node), node);
    }
}

void copy_begin(struct copy *copy, struct arena *arena, const struct graph *graph)
{
    *copy = (struct copy){.from = graph, .to = graph_new(arena)};
    copy->node = arena_array(arena, graph->node_count, sizeof *copy->node);
    copy->to->linked = true; /* literals that fail to fold stay operations */
    for (node_id n = 0; n < graph->node_count; n++)
        copy->node[n] = NODE_NONE;
    copy_axes(copy);
    copy_premises(copy);
}

bool copy_needed(struct copy *copy, const bool *needed)
{
    for (node_id n = 0; n < copy->from->node_count && copy->fault == NULL; n++)
        if (needed[n])
            copy_one(copy, n);
    return copy->fault == NULL;
}

bool copy_init(struct copy *copy, struct arena *arena, const struct graph *graph, node_id wanted)
{
    copy_begin(copy, arena, graph);
    bool *needed = arena_array(arena, graph->node_count, sizeof *needed);
    needed[wanted] = true;
    graph_mark_needed(graph, needed);
    return copy_needed(copy, needed);
}

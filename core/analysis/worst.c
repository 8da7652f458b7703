#include "analysis/worst.h"

struct worst_node {
    const struct requirement *requirement;
    node_id holds;
};

struct worst_nodes {
    struct worst_node *nodes;
    size_t count;
};

/* The requirement as a truth of one person. */
static node_id holds_of_each(struct graph *graph, const struct requirement *requirement,
                             node_id each)
{
    bool swapped =
        requirement->relation == RELATION_AT_MOST || requirement->relation == RELATION_BELOW;
    bool strict =
        requirement->relation == RELATION_ABOVE || requirement->relation == RELATION_BELOW;
    node_id sides[2] = {swapped ? requirement->bound : each, swapped ? each : requirement->bound};
    node_id node = NODE_NONE;
    if (graph_apply(graph, strict ? OP_ABOVE : OP_AT_LEAST, sides, 2, 0, &node) != STATUS_OK)
        return NODE_NONE;
    return node;
}

static void add_requirement(struct model *model, const struct requirement *requirement)
{
    struct worst_nodes *worst = model->worst;
    node_id each = model_reduced(model, requirement->value, OP_REDUCE_MIN, model->case_axis);
    if (each == NODE_NONE)
        return;
    struct worst_node node = {requirement, holds_of_each(model->linked.graph, requirement, each)};
    if (node.holds == NODE_NONE ||
        (model->linked.graph->nodes[node.holds].axes >> model->case_axis & 1) == 0)
        return;
    worst->nodes = arena_grow(model->arena, worst->nodes, worst->count, sizeof node);
    worst->nodes[worst->count++] = node;
}

void worst_make(struct model *model)
{
    model->worst = arena_alloc(model->arena, sizeof *model->worst);
    for (size_t t = 0; t < model->scenario->theory_count; t++) {
        const struct conclusion *conclusion = &model->linked.conclusions[t];
        for (uint32_t i = 0; i < conclusion->requires_count; i++)
            add_requirement(model, &conclusion->requires[i]);
    }
}

node_id worst_node(const struct model *model, const struct requirement *requirement)
{
    for (size_t i = 0; model->worst != NULL && i < model->worst->count; i++)
        if (model->worst->nodes[i].requirement == requirement)
            return model->worst->nodes[i].holds;
    return NODE_NONE;
}

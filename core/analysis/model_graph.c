/* Readings of a model's graph. */
#include "analysis/model.h"

#include "analysis/population.h"

void model_premises_used(struct arena *scratch, const struct model *model, const node_id *nodes,
                         size_t count, bool *used)
{
    const struct graph *graph = model->linked.graph;
    bool *needed = arena_array(scratch, graph->node_count, sizeof *needed);
    for (size_t i = 0; i < count; i++)
        if (nodes[i] != NODE_NONE)
            needed[nodes[i]] = true;
    graph_mark_needed(graph, needed);
    for (uint32_t i = 0; i < graph->node_count; i++)
        if (needed[i] && graph->nodes[i].op == OP_PREMISE)
            used[graph->nodes[i].index] = true;
}

void model_theory_premises(struct arena *scratch, const struct model *model, size_t theory,
                           bool *used)
{
    const struct conclusion *conclusion = &model->linked.conclusions[theory];
    const struct verdict_nodes *verdict = &model->verdicts[theory];
    node_id nodes[] = {conclusion->score, conclusion->difference, verdict->acceptable,
                       verdict->ruled_out, verdict->applies};
    model_premises_used(scratch, model, nodes, sizeof nodes / sizeof *nodes, used);
    for (uint32_t f = 0; f < conclusion->finding_count; f++) {
        node_id finding[] = {conclusion->findings[f].value, conclusion->findings[f].holds};
        model_premises_used(scratch, model, finding, 2, used);
    }
}

bool model_plain_axes(const struct model *model, node_id node)
{
    axis_set plain = (axis_set)1 << model->regime_axis | (axis_set)1 << model->case_axis;
    return (model->linked.graph->nodes[node].axes & ~plain) == 0;
}

node_id model_reduced(const struct model *model, node_id node, enum op op, uint32_t axis)
{
    const struct node *nodes = model->linked.graph->nodes;
    while (nodes[node].op == OP_CLAIM)
        node = nodes[node].arguments[0];
    bool fits = nodes[node].op == op && nodes[node].index == axis;
    return fits && model_plain_axes(model, nodes[node].arguments[0]) ? nodes[node].arguments[0]
                                                                     : NODE_NONE;
}

bool model_has_weight(const struct model *model, size_t kase)
{
    return model->population == NULL || model->population->class_weight[kase] > 0;
}

size_t model_cell(const struct model *model, node_id node, size_t regime, size_t kase)
{
    axis_set axes = model->linked.graph->nodes[node].axes;
    bool by_regime = axes_have(axes, model->regime_axis);
    bool by_case = axes_have(axes, model->case_axis);
    size_t cases = by_case ? model->scenario->case_count : 1;
    return (by_regime ? regime : 0) * cases + (by_case ? kase : 0);
}

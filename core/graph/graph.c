#include "graph/graph.h"

#include <math.h>
#include <string.h>

#include "graph/graph_parts.h"
#include "graph/rules.h"

/* --- axes ------------------------------------------------------------------------------------ */

uint32_t graph_find_axis(const struct graph *graph, const char *name)
{
    for (uint32_t i = 0; i < graph->axis_count; i++)
        if (strcmp(graph->axes[i].name, name) == 0)
            return i;
    return UINT32_MAX;
}

static bool axis_same(const struct axis *a, const struct axis *b)
{
    if (a->size != b->size || (a->labels == NULL) != (b->labels == NULL) ||
        (a->coordinates == NULL) != (b->coordinates == NULL) || !unit_equal(&a->unit, &b->unit) ||
        a->classes != b->classes)
        return false;
    for (uint32_t i = 0; i < a->size; i++) {
        if (a->labels != NULL && strcmp(a->labels[i], b->labels[i]) != 0)
            return false;
        if (a->coordinates != NULL && a->coordinates[i] != b->coordinates[i])
            return false;
    }
    return true;
}

static struct axis axis_copy(struct arena *arena, const struct axis *axis)
{
    struct axis copy = *axis;
    copy.name = arena_string(arena, axis->name);
    copy.labels = strings_copy(arena, axis->labels, axis->size);
    if (axis->coordinates != NULL) {
        double *coordinates = arena_array(arena, axis->size, sizeof *coordinates);
        memcpy(coordinates, axis->coordinates, axis->size * sizeof *coordinates);
        copy.coordinates = coordinates;
    }
    return copy;
}

enum status graph_axis(struct graph *graph, const struct axis *axis, uint32_t *index)
{
    uint32_t standing = graph_find_axis(graph, axis->name);
    if (standing != UINT32_MAX) {
        if (!axis_same(&graph->axes[standing], axis))
            return graph_fault(graph, "the axis `%s` was made before with other values",
                               axis->name);
        *index = standing;
        return STATUS_OK;
    }
    if (axis->size == 0)
        return graph_fault(graph, "the axis `%s` would have no places", axis->name);
    if (graph->axis_count == GRAPH_MOST_AXES)
        return graph_fault(graph, "there would be more than %d axes", GRAPH_MOST_AXES);
    graph->axes = arena_grow(graph->arena, graph->axes, graph->axis_count, sizeof *axis);
    graph->axes[graph->axis_count] = axis_copy(graph->arena, axis);
    *index = graph->axis_count++;
    return STATUS_OK;
}

size_t graph_cells(const struct graph *graph, axis_set axes)
{
    size_t cells = 1;
    for (uint32_t i = 0; i < graph->axis_count; i++)
        if (axes_have(axes, i))
            cells = cells > SIZE_MAX / graph->axes[i].size ? SIZE_MAX : cells * graph->axes[i].size;
    return cells;
}

/* --- leaves ---------------------------------------------------------------------------------- */

enum status graph_constant(struct graph *graph, double value, const struct unit *unit,
                           node_id *node)
{
    if (isnan(value))
        return graph_fault(graph, "a literal is not a number");
    struct node leaf = {.op = OP_CONST, .kind = VALUE_NUMBER, .unit = *unit, .constant = value};
    return node_intern(graph, &leaf, node);
}

enum status graph_truth(struct graph *graph, bool value, node_id *node)
{
    struct node leaf = {.op = OP_CONST, .kind = VALUE_TRUTH, .constant = value ? 1 : 0};
    return node_intern(graph, &leaf, node);
}

enum status graph_label(struct graph *graph, uint32_t value, const char *const *labels,
                        uint32_t label_count, node_id *node)
{
    if (value >= label_count)
        return graph_fault(graph, "there is no label %u in a list of %u", value, label_count);
    struct node leaf = {.op = OP_CONST,
                        .kind = VALUE_LABEL,
                        .constant = value,
                        .labels = labels_intern(graph, labels, label_count),
                        .label_count = label_count};
    return node_intern(graph, &leaf, node);
}

static uint32_t add_premise(struct graph *graph, const struct graph_premise *premise)
{
    struct graph_premise copy = *premise;
    copy.path = arena_string(graph->arena, premise->path);
    copy.labels = premise->kind == VALUE_LABEL
                      ? labels_intern(graph, premise->labels, premise->label_count)
                      : NULL;
    graph->premises = arena_grow(graph->arena, graph->premises, graph->premise_count, sizeof copy);
    graph->premises[graph->premise_count++] = copy;
    premise_indexed(graph);
    return graph->premise_count - 1;
}

static bool premise_same(const struct graph_premise *a, const struct graph_premise *b)
{
    if (a->kind != b->kind || !unit_equal(&a->unit, &b->unit) || a->label_count != b->label_count)
        return false;
    for (uint32_t i = 0; i < a->label_count; i++)
        if (strcmp(a->labels[i], b->labels[i]) != 0)
            return false;
    return true;
}

enum status graph_premise(struct graph *graph, const struct graph_premise *premise, node_id *node)
{
    uint32_t index = premise_find(graph, premise->path);
    if (index == UINT32_MAX)
        index = add_premise(graph, premise);
    else if (!premise_same(&graph->premises[index], premise))
        return graph_fault(graph, "the premise %s is read in two ways", premise->path);
    const struct graph_premise *standing = &graph->premises[index];
    struct node leaf = {.op = OP_PREMISE,
                        .kind = standing->kind,
                        .unit = standing->unit,
                        .index = index,
                        .labels = standing->labels,
                        .label_count = standing->label_count};
    return node_intern(graph, &leaf, node);
}

enum status graph_port(struct graph *graph, const char *name, enum value_kind kind,
                       const struct unit *unit, axis_set axes, node_id *node)
{
    uint32_t index = 0;
    while (index < graph->port_count && strcmp(graph->ports[index].name, name) != 0)
        index++;
    if (kind == VALUE_LABEL)
        return graph_fault(graph, "the port %s cannot be a label", name);
    if (graph->axis_count < GRAPH_MOST_AXES && axes >> graph->axis_count != 0)
        return graph_fault(graph, "the port %s varies along an axis that is not there", name);
    if (index == graph->port_count) {
        graph->ports =
            arena_grow(graph->arena, graph->ports, graph->port_count, sizeof *graph->ports);
        graph->ports[graph->port_count++].name = arena_string(graph->arena, name);
    }
    struct node leaf = {.op = OP_PORT, .kind = kind, .unit = *unit, .axes = axes, .index = index};
    return node_intern(graph, &leaf, node);
}

enum status graph_coordinate(struct graph *graph, uint32_t axis, node_id *node)
{
    if (axis >= graph->axis_count || graph->axes[axis].coordinates == NULL)
        return graph_fault(graph, "the axis has no coordinates");
    struct node leaf = {.op = OP_COORDINATE,
                        .kind = VALUE_NUMBER,
                        .unit = graph->axes[axis].unit,
                        .axes = (axis_set)1 << axis,
                        .index = axis};
    return node_intern(graph, &leaf, node);
}

/* --- operations ------------------------------------------------------------------------------ */

static axis_set union_of_axes(const struct graph *graph, const node_id *arguments, size_t count)
{
    axis_set axes = 0;
    for (size_t i = 0; i < count; i++)
        axes |= graph->nodes[arguments[i]].axes;
    return axes;
}

static bool arguments_stand(const struct graph *graph, const node_id *arguments, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (arguments[i] >= graph->node_count)
            return false;
    return true;
}

enum status node_check(struct graph *graph, struct node *node, const node_id *arguments,
                       uint32_t count)
{
    if (!arguments_stand(graph, arguments, count))
        return graph_fault(graph, "%s has an argument that is not there", op_spelling(node->op));
    node_id *copy = arena_array(graph->arena, count, sizeof *copy);
    memcpy(copy, arguments, count * sizeof *copy);
    node->arguments = copy;
    node->argument_count = count;
    node->axes = union_of_axes(graph, copy, count);
    return rules_apply(graph, node, copy);
}

enum status graph_stack(struct graph *graph, uint32_t axis, const node_id *arguments, node_id *node)
{
    if (axis >= graph->axis_count)
        return graph_fault(graph, "there is no such axis to stack along");
    struct node stack = {.op = OP_STACK, .index = axis};
    uint32_t size = graph->axes[axis].size;
    if (node_check(graph, &stack, arguments, size) != STATUS_OK)
        return STATUS_PLUGIN;
    if (axes_have(stack.axes, axis))
        return graph_fault(graph, "what is stacked along `%s` already varies along it",
                           graph->axes[axis].name);
    bool all_one = !graph->axes[axis].classes || graph->nodes[stack.arguments[0]].op == OP_CONST;
    for (uint32_t i = 1; i < size; i++)
        all_one = all_one && stack.arguments[i] == stack.arguments[0];
    if (all_one) { /* the same at every place: it does not vary along the axis */
        *node = stack.arguments[0];
        return STATUS_OK;
    }
    stack.axes |= (axis_set)1 << axis;
    return node_intern(graph, &stack, node);
}

static bool all_constant(const struct graph *graph, const struct node *node)
{
    for (uint32_t i = 0; i < node->argument_count; i++)
        if (graph->nodes[node->arguments[i]].op != OP_CONST)
            return false;
    return true;
}

static enum status node_fold(struct graph *graph, const struct node *node, node_id *id)
{
    double *values = arena_array(graph->arena, node->argument_count, sizeof *values);
    for (uint32_t i = 0; i < node->argument_count; i++)
        values[i] = graph->nodes[node->arguments[i]].constant;
    enum op_fault fault = OP_FAULT_NONE;
    double value = op_apply(node->op, values, node->argument_count, node->index, &fault);
    if (graph->linked && (fault != OP_FAULT_NONE || !isfinite(value)))
        return node_intern(graph, node, id);
    if (fault != OP_FAULT_NONE)
        return graph_fault(graph, "%s of literals: %s", op_spelling(node->op),
                           op_fault_text(fault));
    if (!isfinite(value))
        return graph_fault(graph, "%s of literals is not a finite number", op_spelling(node->op));
    struct node leaf = {.op = OP_CONST,
                        .kind = node->kind,
                        .unit = node->unit,
                        .constant = value,
                        .labels = node->labels,
                        .label_count = node->label_count};
    return node_intern(graph, &leaf, id);
}

enum status graph_apply(struct graph *graph, enum op op, const node_id *arguments,
                        uint32_t argument_count, uint32_t columns, node_id *node)
{
    if (op >= OP_COUNT || !op_is_elementwise(op))
        return graph_fault(graph, "%s is not an elementwise operation",
                           op < OP_COUNT ? op_spelling(op) : "this");
    if (op_arity(op) >= 0 && (uint32_t)op_arity(op) != argument_count)
        return graph_fault(graph, "%s takes %d arguments, not %u", op_spelling(op), op_arity(op),
                           argument_count);
    if (argument_count == 0)
        return graph_fault(graph, "%s needs arguments", op_spelling(op));
    struct node built = {.op = op, .index = op == OP_LOOKUP ? columns : 0};
    if (node_check(graph, &built, arguments, argument_count) != STATUS_OK)
        return STATUS_PLUGIN;
    if (all_constant(graph, &built))
        return node_fold(graph, &built, node);
    return node_intern(graph, &built, node);
}

static enum status sum_of_constant(struct graph *graph, uint32_t axis, node_id argument,
                                   node_id *node)
{
    node_id product[2] = {argument, NODE_NONE};
    if (graph_constant(graph, graph->axes[axis].size, &unit_one, &product[1]) != STATUS_OK)
        return STATUS_PLUGIN;
    return graph_apply(graph, OP_MUL, product, 2, 0, node);
}

enum status graph_reduce(struct graph *graph, enum op op, uint32_t axis, node_id argument,
                         node_id *node)
{
    if (axis >= graph->axis_count)
        return graph_fault(graph, "there is no such axis to reduce over");
    if (op != OP_SUM && op != OP_REDUCE_MIN && op != OP_REDUCE_MAX)
        return graph_fault(graph, "%s does not reduce", op < OP_COUNT ? op_spelling(op) : "this");
    struct node reduced = {.op = op, .index = axis};
    if (node_check(graph, &reduced, &argument, 1) != STATUS_OK)
        return STATUS_PLUGIN;
    axis_set bit = (axis_set)1 << axis;
    if ((reduced.axes & bit) == 0 && op == OP_SUM && graph->axes[axis].classes)
        return graph_fault(graph,
                           "what is added up over `%s` is the same for all: of persons in a table "
                           "of records, add up what is multiplied by their share",
                           graph->axes[axis].name);
    if ((reduced.axes & bit) == 0 && op == OP_SUM)
        return sum_of_constant(graph, axis, argument, node);
    if ((reduced.axes & bit) == 0) {
        *node = argument;
        return STATUS_OK;
    }
    reduced.axes &= ~bit;
    return node_intern(graph, &reduced, node);
}

/* --- reading --------------------------------------------------------------------------------- */

/* Arguments come before their nodes, so one pass from the end reaches everything. */
void graph_mark_needed(const struct graph *graph, bool *needed)
{
    for (node_id n = graph->node_count; n-- > 0;)
        for (uint32_t i = 0; needed[n] && i < graph->nodes[n].argument_count; i++)
            needed[graph->nodes[n].arguments[i]] = true;
}

/* The graph of one row: stacked values give way to those of the row's class, sums over rows to
 * premises. */
#include "engine/copy.h"
#include "engine/phases_parts.h"

struct forming {
    const struct phases *phases;
    uint32_t kase;    /* the class */
    size_t *total_of; /* [node of the graph]: the total that stands for it, or SIZE_MAX */
};

size_t cell_within(const struct graph *graph, axis_set from, size_t cell, axis_set to)
{
    size_t result = 0, step = 1;
    for (uint32_t a = graph->axis_count; a-- > 0;) {
        if ((from >> a & 1) == 0)
            continue;
        size_t size = graph->axes[a].size, at = cell % size;
        cell /= size;
        if ((to >> a & 1) != 0) {
            result += at * step;
            step *= size;
        }
    }
    return result;
}

/* --- sums over rows -------------------------------------------------------------------------- */

static node_id make_premise(struct copy *copy, const struct total *total, size_t cell,
                            enum value_kind kind)
{
    struct graph *graph = copy->to;
    struct graph_premise premise = {
        .path = arena_printf(graph->arena, "over rows.%u.%zu", total->node, cell),
        .kind = kind,
        .unit = unit_one};
    node_id node = NODE_NONE;
    if (graph_premise(graph, &premise, &node) != STATUS_OK)
        copy->fault = graph->fault;
    return node;
}

/* The premises of all cells, stacked along `axes`; the lowest axis runs slowest. */
static node_id stack_premises(struct copy *copy, const struct total *total, axis_set axes,
                              size_t *cell, enum value_kind kind)
{
    uint32_t axis = 0;
    if (axes == 0)
        return make_premise(copy, total, (*cell)++, kind);
    while ((axes >> axis & 1) == 0)
        axis++;
    uint32_t size = copy->to->axes[axis].size;
    node_id *places = arena_array(copy->to->arena, size, sizeof *places), node = NODE_NONE;
    for (uint32_t i = 0; i < size; i++)
        places[i] = stack_premises(copy, total, axes & ~((axis_set)1 << axis), cell, kind);
    if (copy->fault == NULL && graph_stack(copy->to, axis, places, &node) != STATUS_OK)
        copy->fault = copy->to->fault;
    return node;
}

/* In the order of the totals, so that a premise has the same index in every class. */
static node_id *make_premises(struct copy *copy, struct phases *phases, uint32_t *weight)
{
    node_id *nodes = arena_array(copy->to->arena, phases->total_count, sizeof *nodes);
    for (size_t t = 0; t < phases->total_count; t++) {
        struct total *total = &phases->totals[t];
        size_t cell = 0;
        if (total->is_wanted)
            continue;
        total->premise = copy->to->premise_count;
        nodes[t] =
            stack_premises(copy, total, total->axes, &cell, phases->graph->nodes[total->node].kind);
    }
    *weight = copy->to->premise_count;
    return nodes;
}

/* --- nodes ----------------------------------------------------------------------------------- */

struct row_forms {
    const struct forming *forming;
    const node_id *totals;
};

static node_id form_of(struct copy *copy, node_id n, void *context)
{
    const struct row_forms *forms = context;
    const struct forming *forming = forms->forming;
    const struct node *node = &copy->from->nodes[n];
    if (forming->total_of[n] != SIZE_MAX)
        return forms->totals[forming->total_of[n]];
    if (node->op == OP_STACK && node->index == forming->phases->rows->axis)
        return copy->node[node->arguments[forming->kase]];
    return NODE_NONE;
}

/* What the totals and the wanted nodes need of a row of the class. */
static bool *needed_nodes(struct arena *arena, const struct forming *forming)
{
    const struct phases *phases = forming->phases;
    const struct graph *graph = phases->graph;
    bool *needed = arena_array(arena, graph->node_count, sizeof *needed);
    for (size_t t = 0; t < phases->total_count; t++)
        needed[phases->totals[t].of] = true;
    for (size_t w = 0; w < phases->wanted_count; w++)
        needed[phases->wanted[w]] = true;
    for (node_id n = graph->node_count; n-- > 0;) {
        const struct node *node = &graph->nodes[n];
        bool stack = node->op == OP_STACK && node->index == phases->rows->axis;
        if (!needed[n] || forming->total_of[n] != SIZE_MAX)
            continue;
        for (uint32_t i = 0; i < node->argument_count; i++)
            if (!stack || i == forming->kase)
                needed[node->arguments[i]] = true;
    }
    return needed;
}

/* weight * value, and 0 where the weight is 0, whatever the value. */
static node_id weighted(struct copy *copy, node_id weight, node_id value, enum value_kind kind)
{
    node_id zero = copy_number(copy, 0);
    if (kind == VALUE_TRUTH)
        return copy_3(copy, OP_WHERE, value, weight, zero);
    node_id counts = copy_2(copy, OP_ABOVE, weight, zero);
    return copy_3(copy, OP_WHERE, counts, copy_2(copy, OP_MUL, weight, value), zero);
}

/* A truth that rows of the weight 0 do not decide. */
static node_id truth_where_counted(struct copy *copy, node_id weight, node_id truth, enum op op)
{
    node_id counts = copy_2(copy, OP_ABOVE, weight, copy_number(copy, 0));
    if (op == OP_REDUCE_MAX)
        return copy_2(copy, OP_AND, counts, truth);
    return copy_2(copy, OP_OR, copy_1(copy, OP_NOT, counts), truth);
}

/* [node of the row's graph]: whether it depends on a column. */
static bool *find_along_columns(struct arena *arena, const struct phases *phases,
                                const struct graph *graph)
{
    bool *along = arena_array(arena, graph->node_count, sizeof *along);
    for (node_id n = 0; n < graph->node_count; n++) {
        const struct node *node = &graph->nodes[n];
        if (node->op == OP_PREMISE && node->index < phases->graph->premise_count)
            along[n] = phases->rows->column_of[node->index] != ROWS_NONE;
        for (uint32_t i = 0; i < node->argument_count; i++)
            along[n] = along[n] || along[node->arguments[i]];
    }
    return along;
}

static void make_values(struct copy *copy, const struct phases *phases, struct row_graph *row)
{
    const bool *along_columns = find_along_columns(copy->to->arena, phases, copy->to);
    for (size_t t = 0; t < phases->total_count && copy->fault == NULL; t++) {
        const struct total *total = &phases->totals[t];
        enum value_kind kind = phases->graph->nodes[total->of].kind;
        row->value[t] = copy->node[total->of];
        bool mean = total->kind == TOTAL_MEAN || total->kind == TOTAL_EXTREME;
        row->same[t] = mean && !along_columns[copy->node[total->of]];
        if (mean && !row->same[t])
            row->value[t] = weighted(copy, row->weight, row->value[t], kind);
        if (total->kind == TOTAL_TRUTH)
            row->value[t] = truth_where_counted(copy, row->weight, row->value[t], total->op);
    }
}

static const char *row_graph_build(struct arena *arena, struct phases *phases,
                                   const struct forming *forming, struct row_graph *row)
{
    struct copy copy;
    copy_begin(&copy, arena, phases->graph);
    struct row_forms forms = {forming, make_premises(&copy, phases, &phases->weight_premise)};
    struct graph_premise weight = {
        .path = "weight of the row", .kind = VALUE_NUMBER, .unit = unit_one};
    copy.form = form_of;
    copy.context = &forms;
    if (copy.fault != NULL || graph_premise(copy.to, &weight, &row->weight) != STATUS_OK ||
        !copy_needed(&copy, needed_nodes(arena, forming)))
        return copy.fault != NULL ? copy.fault : copy.to->fault;
    row->graph = copy.to;
    row->node = copy.node;
    row->value = arena_array(arena, phases->total_count, sizeof *row->value);
    row->same = arena_array(arena, phases->total_count, sizeof *row->same);
    make_values(&copy, phases, row);
    phases->premise_count = copy.to->premise_count;
    return copy.fault;
}

const char *row_graphs_build(struct arena *arena, struct phases *phases)
{
    struct forming forming = {phases, 0, NULL};
    forming.total_of = arena_array(arena, phases->graph->node_count, sizeof *forming.total_of);
    for (node_id n = 0; n < phases->graph->node_count; n++)
        forming.total_of[n] = SIZE_MAX;
    for (size_t t = 0; t < phases->total_count; t++)
        if (!phases->totals[t].is_wanted)
            forming.total_of[phases->totals[t].node] = t;
    phases->rows_of = arena_array(arena, phases->class_count, sizeof *phases->rows_of);
    for (uint32_t c = 0; c < phases->class_count; c++) {
        forming.kase = c;
        const char *fault = row_graph_build(arena, phases, &forming, &phases->rows_of[c]);
        if (fault != NULL)
            return fault;
    }
    return NULL;
}

/* The graph of one row: stacked values give way to those of the row's class, sums over rows to
 * premises. */
#include "engine/copy.h"
#include "engine/phases_parts.h"

struct forming {
    const struct phases *phases;
    uint32_t phase;   /* or PHASES_ALL */
    uint32_t kase;    /* the class */
    size_t *total_of; /* [node of the graph]: the total that stands for it, or SIZE_MAX */
    size_t *kept_of;  /* likewise: what was kept of it in an earlier phase */
};

size_t cell_within(const struct graph *graph, axis_set from, size_t cell, axis_set to)
{
    size_t result = 0, step = 1;
    for (uint32_t a = graph->axis_count; a-- > 0;) {
        if (!axes_have(from, a))
            continue;
        size_t size = graph->axes[a].size, at = cell % size;
        cell /= size;
        if (axes_have(to, a)) {
            result += at * step;
            step *= size;
        }
    }
    return result;
}

/* --- sums over rows -------------------------------------------------------------------------- */

/* What a premise for each cell stands for. */
struct standing {
    const char *what;
    node_id node;
    enum value_kind kind;
    size_t cell; /* the next one */
};

static node_id make_premise(struct copy *copy, struct standing *standing)
{
    struct graph *graph = copy->to;
    const struct node *node = &copy->from->nodes[standing->node];
    struct graph_premise premise = {.path = arena_printf(graph->arena, "%s.%u.%zu", standing->what,
                                                         standing->node, standing->cell++),
                                    .kind = standing->kind,
                                    .unit = unit_one};
    node_id made = NODE_NONE;
    if (standing->kind == VALUE_LABEL) {
        premise.labels = node->labels;
        premise.label_count = node->label_count;
    }
    if (graph_premise(graph, &premise, &made) != STATUS_OK)
        copy->fault = graph->fault;
    return made;
}

/* The premises of all cells, stacked along `axes`; the lowest axis runs slowest. */
static node_id stack_premises(struct copy *copy, struct standing *standing, axis_set axes)
{
    uint32_t axis = 0;
    if (axes == 0)
        return make_premise(copy, standing);
    while (!axes_have(axes, axis))
        axis++;
    uint32_t size = copy->to->axes[axis].size;
    node_id *places = arena_array(copy->to->arena, size, sizeof *places), node = NODE_NONE;
    for (uint32_t i = 0; i < size; i++)
        places[i] = stack_premises(copy, standing, axes & ~((axis_set)1 << axis));
    if (copy->fault == NULL && graph_stack(copy->to, axis, places, &node) != STATUS_OK)
        copy->fault = copy->to->fault;
    return node;
}

/* In the order of the totals, so that a premise has the same index in every graph. */
static node_id *total_premises(struct copy *copy, struct phases *phases)
{
    node_id *nodes = arena_array(copy->to->arena, phases->total_count, sizeof *nodes);
    for (size_t t = 0; t < phases->total_count; t++) {
        struct total *total = &phases->totals[t];
        struct standing standing = {"over rows", total->node,
                                    phases->graph->nodes[total->node].kind, 0};
        if (total->is_wanted)
            continue;
        total->premise = copy->to->premise_count;
        nodes[t] = stack_premises(copy, &standing, total->axes);
    }
    return nodes;
}

/* Likewise of what is kept of rows. */
static node_id *kept_premises(struct copy *copy, struct phases *phases)
{
    node_id *nodes = arena_array(copy->to->arena, phases->kept_count, sizeof *nodes);
    for (size_t k = 0; k < phases->kept_count; k++) {
        struct kept *kept = &phases->kept[k];
        struct standing standing = {"of the row", kept->node, phases->graph->nodes[kept->node].kind,
                                    0};
        kept->premise = copy->to->premise_count;
        nodes[k] = stack_premises(copy, &standing, kept->axes);
    }
    return nodes;
}

/* --- nodes ----------------------------------------------------------------------------------- */

struct row_forms {
    const struct forming *forming;
    const node_id *totals, *kept;
};

static node_id form_of(struct copy *copy, node_id n, void *context)
{
    const struct row_forms *forms = context;
    const struct forming *forming = forms->forming;
    const struct node *node = &copy->from->nodes[n];
    if (forming->total_of[n] != SIZE_MAX)
        return forms->totals[forming->total_of[n]];
    if (forming->kept_of[n] != SIZE_MAX)
        return forms->kept[forming->kept_of[n]];
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
    bool all = forming->phase == PHASES_ALL;
    for (size_t t = 0; t < phases->total_count; t++)
        if (all || phases->totals[t].phase == forming->phase)
            needed[phases->totals[t].of] = true;
    for (size_t w = 0; all && w < phases->wanted_count; w++)
        needed[phases->wanted[w]] = true;
    for (size_t k = 0; !all && k < phases->kept_count; k++)
        if (phases->kept[k].phase == forming->phase)
            needed[phases->kept[k].node] = true;
    for (node_id n = graph->node_count; n-- > 0;) {
        const struct node *node = &graph->nodes[n];
        bool stack = node->op == OP_STACK && node->index == phases->rows->axis;
        if (!needed[n] || forming->total_of[n] != SIZE_MAX || forming->kept_of[n] != SIZE_MAX)
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

/* Premise p of a graph of rows stands for something that differs between them. */
static bool premise_along(const struct forming *forming, uint32_t p)
{
    const struct phases *phases = forming->phases;
    if (p < phases->graph->premise_count)
        return phases->rows->column_of[p] != ROWS_NONE;
    for (size_t k = 0; forming->phase != PHASES_ALL && k < phases->kept_count; k++) {
        const struct kept *kept = &phases->kept[k];
        if (p < kept->premise || p >= kept->premise + kept->cells)
            continue;
        if (kept->phase >= forming->phase)
            return true; /* not made yet, and not read */
        const struct row_graph *made =
            phases->keeping[kept->phase * phases->class_count + forming->kase].row;
        return made->along[made->node[kept->node]];
    }
    return false;
}

static bool *find_along(struct arena *arena, const struct forming *forming,
                        const struct graph *graph)
{
    bool *along = arena_array(arena, graph->node_count, sizeof *along);
    for (node_id n = 0; n < graph->node_count; n++) {
        const struct node *node = &graph->nodes[n];
        along[n] = node->op == OP_PREMISE && premise_along(forming, node->index);
        for (uint32_t i = 0; i < node->argument_count; i++)
            along[n] = along[n] || along[node->arguments[i]];
    }
    return along;
}

static void make_values(struct copy *copy, const struct forming *forming, struct row_graph *row)
{
    const struct phases *phases = forming->phases;
    for (size_t t = 0; t < phases->total_count && copy->fault == NULL; t++) {
        const struct total *total = &phases->totals[t];
        enum value_kind kind = phases->graph->nodes[total->of].kind;
        if (forming->phase != PHASES_ALL && total->phase != forming->phase)
            continue;
        row->value[t] = copy->node[total->of];
        bool mean = total->kind == TOTAL_MEAN || total->kind == TOTAL_EXTREME;
        row->same[t] = mean && !row->along[copy->node[total->of]];
        if (mean && !row->same[t])
            row->value[t] = weighted(copy, row->weight, row->value[t], kind);
        if (total->kind == TOTAL_TRUTH)
            row->value[t] = truth_where_counted(copy, row->weight, row->value[t], total->op);
    }
}

static size_t *no_place(struct arena *arena, const struct graph *graph)
{
    size_t *place = arena_array(arena, graph->node_count, sizeof *place);
    for (node_id n = 0; n < graph->node_count; n++)
        place[n] = SIZE_MAX;
    return place;
}

static struct forming forming_of(struct arena *arena, const struct phases *phases, uint32_t phase,
                                 uint32_t kase)
{
    struct forming forming = {phases, phase, kase, no_place(arena, phases->graph),
                              no_place(arena, phases->graph)};
    for (size_t t = 0; t < phases->total_count; t++)
        if (!phases->totals[t].is_wanted)
            forming.total_of[phases->totals[t].node] = t;
    for (size_t k = 0; phase != PHASES_ALL && k < phases->kept_count; k++)
        if (phases->kept[k].phase < phase)
            forming.kept_of[phases->kept[k].node] = k;
    return forming;
}

const char *row_graph_build(struct arena *arena, struct phases *phases, uint32_t phase,
                            uint32_t kase, struct row_graph *row)
{
    struct forming forming = forming_of(arena, phases, phase, kase);
    struct copy copy;
    copy_begin(&copy, arena, phases->graph);
    struct row_forms forms = {.forming = &forming, .totals = total_premises(&copy, phases)};
    struct graph_premise weight = {
        .path = "weight of the row", .kind = VALUE_NUMBER, .unit = unit_one};
    forms.kept = kept_premises(&copy, phases);
    copy.form = form_of;
    copy.context = &forms;
    phases->weight_premise = copy.to->premise_count;
    if (copy.fault != NULL || graph_premise(copy.to, &weight, &row->weight) != STATUS_OK ||
        !copy_needed(&copy, needed_nodes(arena, &forming)))
        return copy.fault != NULL ? copy.fault : copy.to->fault;
    row->graph = copy.to;
    row->node = copy.node;
    row->value = arena_array(arena, phases->total_count, sizeof *row->value);
    row->same = arena_array(arena, phases->total_count, sizeof *row->same);
    row->along = find_along(arena, &forming, copy.to);
    make_values(&copy, &forming, row);
    phases->premise_count = copy.to->premise_count;
    return copy.fault;
}

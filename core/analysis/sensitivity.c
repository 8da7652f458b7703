#include "analysis/sensitivity.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/lanes.h"
#include "engine/gradient.h"
#include "engine/slice.h"

enum { BITS = 64 };

struct search {
    struct arena *arena;
    const struct model *model;
    const struct graph *graph;
    node_id score;
    uint32_t regime;
    bool *by;      /* [premise]: a number that the score depends on */
    size_t others; /* that are no numbers */
};

/* --- what the score of one regime depends on ------------------------------------------------- */

static bool has_regimes(const struct search *search, node_id n)
{
    return axes_have(search->graph->nodes[n].axes, search->model->regime_axis);
}

/* Bit r: regime r's cells of argument i matter, where those in `cells` of the node do. Beyond BITS,
 * regimes share: then more premises count than must. */
static uint64_t cells_of_argument(const struct search *search, const struct node *node, uint32_t i,
                                  uint64_t cells)
{
    bool along = node->index == search->model->regime_axis;
    bool reduces = node->op == OP_SUM || node->op == OP_REDUCE_MIN || node->op == OP_REDUCE_MAX;
    if (node->op == OP_STACK && along)
        return (cells >> i % BITS & 1) != 0 ? UINT64_MAX : 0;
    if ((reduces && along) || !has_regimes(search, node->arguments[i]))
        return cells != 0 ? UINT64_MAX : 0;
    return cells;
}

/* The other regimes' own premises are on the graph too, but not on the way to this score. */
static void mark_premises(struct search *search)
{
    const struct graph *graph = search->graph;
    uint64_t *cells = arena_array(search->arena, graph->node_count, sizeof *cells);
    search->by = arena_array(search->arena, graph->premise_count, sizeof *search->by);
    cells[search->score] =
        has_regimes(search, search->score) ? (uint64_t)1 << search->regime % BITS : UINT64_MAX;
    for (node_id n = search->score + 1; n-- > 0;) {
        const struct node *node = &graph->nodes[n];
        for (uint32_t i = 0; cells[n] != 0 && i < node->argument_count; i++)
            cells[node->arguments[i]] |= cells_of_argument(search, node, i, cells[n]);
        if (cells[n] == 0 || node->op != OP_PREMISE)
            continue;
        search->by[node->index] = node->kind == VALUE_NUMBER;
        search->others += node->kind != VALUE_NUMBER;
    }
}

/* --- slopes ---------------------------------------------------------------------------------- */

/* slopes[premise], in base units; 0 where the score does not depend on it. */
static const char *evaluate(const struct search *search, const struct gradient *gradient,
                            double *slopes)
{
    uint32_t premises = search->graph->premise_count;
    node_id *wanted = arena_array(search->arena, premises, sizeof *wanted);
    double *values = arena_array(search->arena, premises, sizeof *values);
    size_t count = 0;
    for (uint32_t p = 0; p < premises; p++)
        if (gradient->partial[p] != NODE_NONE)
            wanted[count++] = gradient->partial[p];
    struct lane_plan plan = lanes_central(search->arena, search->model);
    struct engine_fault fault = {OP_FAULT_NONE, NODE_NONE, 0};
    struct tape *tape = tape_build(search->arena, gradient->graph, wanted, count, plan.varies);
    if (count > 0 && !engine_evaluate(tape, &plan.lanes, search->arena, values, &fault))
        return op_fault_text(fault.fault);
    count = 0;
    for (uint32_t p = 0; p < premises; p++)
        slopes[p] = gradient->partial[p] == NODE_NONE ? 0 : values[count++];
    return NULL;
}

static const char *find_slopes(const struct search *search, struct gradient *gradient,
                               double *slopes)
{
    struct slice alone;
    const char *why_not = slice_build(search->arena, search->graph, search->score,
                                      search->model->regime_axis, search->regime, &alone);
    if (why_not == NULL)
        why_not = gradient_build(search->arena, alone.graph, alone.value, search->by, gradient);
    return why_not != NULL ? why_not : evaluate(search, gradient, slopes);
}

/* --- the list -------------------------------------------------------------------------------- */

static struct sensitivity describe(const struct premise *premise, double slope, bool jumps)
{
    struct sensitivity one = {.premise = premise,
                              .span = SPAN_FIXED,
                              .low = premise->value,
                              .high = premise->value + 0.01 * fabs(premise->value),
                              .slope = slope * premise->unit_scale,
                              .jumps = jumps};
    if (premise->moral) {
        one.span = SPAN_MORAL;
        one.low = premise->low;
        one.high = premise->high;
    } else if (premise->distribution != NULL) {
        one.span = SPAN_FACT;
        one.low = distribution_quantile(premise->distribution, 0.05);
        one.high = distribution_quantile(premise->distribution, 0.95);
    }
    one.move = slope * (one.high - one.low);
    return one;
}

/* What is not a number comes last. */
static double size_of(const struct sensitivity *one)
{
    return isnan(one->move) ? -1 : fabs(one->move);
}

static int compare(const void *left, const void *right)
{
    const struct sensitivity *a = left, *b = right;
    bool a_fixed = a->span == SPAN_FIXED, b_fixed = b->span == SPAN_FIXED;
    if (a_fixed != b_fixed)
        return a_fixed ? 1 : -1;
    if (size_of(a) != size_of(b))
        return size_of(a) > size_of(b) ? -1 : 1;
    return a->premise < b->premise ? -1 : a->premise > b->premise;
}

static void list(const struct search *search, const struct gradient *gradient, const double *slopes,
                 struct sensitivities *found)
{
    uint32_t premises = search->graph->premise_count;
    struct sensitivity *items = arena_array(search->arena, premises, sizeof *items);
    for (uint32_t p = 0; p < premises; p++) {
        if (!search->by[p])
            continue;
        if (slopes[p] == 0 && !gradient->jumps[p])
            found->unmoved++;
        else
            items[found->count++] =
                describe(search->model->premises[p], slopes[p], gradient->jumps[p]);
    }
    if (found->count > 0)
        qsort(items, found->count, sizeof *items, compare);
    found->items = items;
}

void sensitivity_find(struct arena *arena, const struct result *result, size_t theory,
                      size_t regime, struct sensitivities *sensitivities)
{
    const struct model *model = result->model;
    struct search search = {.arena = arena,
                            .model = model,
                            .graph = model->linked.graph,
                            .score = model->linked.conclusions[theory].score,
                            .regime = (uint32_t)regime};
    struct sensitivities found = {0};
    if (isnan(result_opinion(result, theory, regime)->score)) {
        found.why_not = "there is no score";
    } else if (model->population != NULL) {
        found.why_not = "the cases are persons of a table of records, over whom no slope is taken";
    } else {
        struct gradient gradient;
        double *slopes = arena_array(arena, search.graph->premise_count, sizeof *slopes);
        mark_premises(&search);
        found.others = search.others;
        found.why_not = find_slopes(&search, &gradient, slopes);
        if (found.why_not == NULL)
            list(&search, &gradient, slopes, &found);
    }
    *sensitivities = found;
}

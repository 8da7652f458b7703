/* What is worth keeping of every row from one phase to another.
 *
 *   phase 0: y = exp(k x), its sum     phase 1: (y - mean)^2 reads y, which would have to be
 * computed again; instead a column of y is kept
 */
#include "engine/phases_parts.h"

enum { KEPT_BYTES = 128 * 1024 * 1024, LEAST_ROWS = 256 };

/* In tenths of a nanosecond on a processor with AVX-512. To write a value and read it back from
 * memory takes about as long as LEAST_COST: from 10 to 45 the bench's persons are as fast, and what
 * is kept is less. */
enum { CHEAP = 1, DEAR = 10, VERY_DEAR = 30, LEAST_COST = 30, MOST_COST = 1000 };

static uint32_t own_cost(enum op op)
{
    switch (op) {
    case OP_CONST:
    case OP_PREMISE:
    case OP_COORDINATE:
    case OP_STACK:
    case OP_CLAIM:
        return 0;
    case OP_DIV:
    case OP_RATIO:
    case OP_SQRT:
    case OP_EXP:
    case OP_LOG:
    case OP_EXPM1:
    case OP_LOG1P:
    case OP_INTERPOLATE:
    case OP_STEP_FROM:
    case OP_STEP_OVER:
    case OP_LOOKUP:
        return DEAR;
    case OP_POW:
    case OP_BINOMIAL_PMF:
    case OP_BINOMIAL_TAIL:
        return VERY_DEAR;
    default:
        return CHEAP;
    }
}

/* Of computing n for a row again, where `cost` of its arguments is known; what many read is counted
 * as often. */
static uint32_t cost_of(const struct phases *phases, node_id n, const uint32_t *cost)
{
    const struct node *node = &phases->graph->nodes[n];
    bool stack = node->op == OP_STACK && node->index == phases->rows->axis;
    uint32_t sum = own_cost(node->op);
    for (uint32_t i = 0; i < node->argument_count && sum < MOST_COST; i++)
        if (!stack) /* else a class reads one of them */
            sum += cost[node->arguments[i]];
        else if (cost[node->arguments[i]] > sum)
            sum = cost[node->arguments[i]];
    return sum < MOST_COST ? sum : MOST_COST;
}

/* read_later[n]: a value of each row, by a node of a later phase. */
static bool *find_read_later(struct arena *arena, const struct phases *phases, const bool *needed)
{
    const struct graph *graph = phases->graph;
    bool *later = arena_array(arena, graph->node_count, sizeof *later);
    for (node_id n = 0; n < graph->node_count; n++)
        for (uint32_t i = 0; needed[n] && i < graph->nodes[n].argument_count; i++) {
            node_id of = graph->nodes[n].arguments[i];
            bool of_row = axes_have(graph->nodes[of].axes, phases->rows->axis);
            bool reading = axes_have(graph->nodes[n].axes, phases->rows->axis);
            if (of_row && reading && phases->phase_of[of] < phases->phase_of[n])
                later[of] = true;
        }
    return later;
}

static bool *find_needed(struct arena *arena, const struct phases *phases)
{
    const struct graph *graph = phases->graph;
    bool *needed = arena_array(arena, graph->node_count, sizeof *needed);
    for (size_t t = 0; t < phases->total_count; t++)
        needed[phases->totals[t].of] = true;
    graph_mark_needed(graph, needed);
    return needed;
}

/* along[n]: reads a column, so that it differs between rows. */
static bool *find_along(struct arena *arena, const struct phases *phases)
{
    const struct graph *graph = phases->graph;
    bool *along = arena_array(arena, graph->node_count, sizeof *along);
    for (node_id n = 0; n < graph->node_count; n++) {
        const struct node *node = &graph->nodes[n];
        along[n] = node->op == OP_PREMISE && phases->rows->column_of[node->index] != ROWS_NONE;
        for (uint32_t i = 0; i < node->argument_count; i++)
            along[n] = along[n] || along[node->arguments[i]];
    }
    return along;
}

/* From the first to the last, for what is computed from something kept costs less. */
void phases_choose_kept(struct arena *arena, struct phases *phases)
{
    const struct graph *graph = phases->graph;
    uint64_t rows = phases->rows->first[phases->class_count];
    if (phases->phase_count < 2 || rows / phases->class_count < LEAST_ROWS)
        return;
    const bool *later = find_read_later(arena, phases, find_needed(arena, phases));
    const bool *along = find_along(arena, phases);
    uint32_t *cost = arena_array(arena, graph->node_count, sizeof *cost);
    for (node_id n = 0; n < graph->node_count; n++) {
        struct kept kept = {.node = n, .phase = phases->phase_of[n]};
        kept.axes = graph->nodes[n].axes & ~((axis_set)1 << phases->rows->axis);
        kept.cells = graph_cells(graph, kept.axes);
        kept.column = phases->kept_columns;
        cost[n] = along[n] ? cost_of(phases, n, cost) : 0;
        if (!later[n] || cost[n] < LEAST_COST ||
            phases->kept_columns + kept.cells > KEPT_BYTES / sizeof(double) / rows)
            continue;
        phases->kept = arena_grow(arena, phases->kept, phases->kept_count, sizeof kept);
        phases->kept[phases->kept_count++] = kept;
        phases->kept_columns += kept.cells;
        cost[n] = 0;
    }
}

#include "engine/phases_parts.h"

/* --- what is totalled, and in which phase ---------------------------------------------------- */

static bool along_rows(const struct phases *phases, node_id n)
{
    return axes_have(phases->graph->nodes[n].axes, phases->rows->axis);
}

static bool is_reduction(const struct phases *phases, node_id n)
{
    const struct node *node = &phases->graph->nodes[n];
    bool reduces = node->op == OP_SUM || node->op == OP_REDUCE_MIN || node->op == OP_REDUCE_MAX;
    return reduces && node->index == phases->rows->axis;
}

static enum total_kind kind_of_total(const struct phases *phases, node_id node, bool is_wanted)
{
    enum value_kind kind = phases->graph->nodes[node].kind;
    if (is_wanted)
        return kind == VALUE_LABEL ? TOTAL_LABEL : TOTAL_MEAN;
    if (phases->graph->nodes[node].op == OP_SUM)
        return TOTAL_SUM;
    return kind == VALUE_TRUTH ? TOTAL_TRUTH : TOTAL_EXTREME;
}

static void add_total(struct arena *arena, struct phases *phases, node_id node, bool is_wanted,
                      const uint32_t *phase)
{
    const struct node *at = &phases->graph->nodes[node];
    struct total total = {.kind = kind_of_total(phases, node, is_wanted),
                          .op = at->op,
                          .node = node,
                          .of = is_wanted ? node : at->arguments[0],
                          .is_wanted = is_wanted,
                          .place = phases->cells};
    total.phase = phase[total.of];
    total.axes = phases->graph->nodes[total.of].axes & ~((axis_set)1 << phases->rows->axis);
    total.cells = graph_cells(phases->graph, total.axes);
    phases->totals = arena_grow(arena, phases->totals, phases->total_count, sizeof total);
    phases->totals[phases->total_count++] = total;
    phases->cells += total.cells;
    if (total.phase >= phases->phase_count)
        phases->phase_count = total.phase + 1;
}

/* phase[n]: sums over rows that must be done before n is known, one after another. */
static void find_totals(struct arena *arena, struct phases *phases)
{
    const struct graph *graph = phases->graph;
    bool *needed = arena_array(arena, graph->node_count, sizeof *needed);
    uint32_t *phase = arena_array(arena, graph->node_count, sizeof *phase);
    phases->phase_of = phase;
    for (size_t w = 0; w < phases->wanted_count; w++)
        needed[phases->wanted[w]] = true;
    graph_mark_needed(graph, needed);
    for (node_id n = 0; n < graph->node_count; n++) {
        for (uint32_t i = 0; needed[n] && i < graph->nodes[n].argument_count; i++)
            if (phase[graph->nodes[n].arguments[i]] > phase[n])
                phase[n] = phase[graph->nodes[n].arguments[i]];
        if (!needed[n] || !is_reduction(phases, n))
            continue;
        add_total(arena, phases, n, false, phase);
        phase[n]++;
    }
    phases->wanted_total = arena_array(arena, phases->wanted_count, sizeof *phases->wanted_total);
    for (size_t w = 0; w < phases->wanted_count; w++) {
        phases->wanted_total[w] = SIZE_MAX;
        if (!along_rows(phases, phases->wanted[w]))
            continue;
        phases->wanted_total[w] = phases->total_count;
        add_total(arena, phases, phases->wanted[w], true, phase);
    }
}

/* The leaves whose values may be other ones in each lane. */
static void find_premises(struct arena *arena, struct phases *phases)
{
    const struct graph *graph = phases->graph;
    phases->premises = arena_array(arena, graph->premise_count, sizeof *phases->premises);
    phases->premise_index = arena_array(arena, graph->premise_count, sizeof(uint32_t));
    for (node_id n = 0; n < graph->node_count; n++)
        if (graph->nodes[n].op == OP_PREMISE) {
            phases->premises[phases->drawn_count] = n;
            phases->premise_index[phases->drawn_count++] = graph->nodes[n].index;
        }
}

struct phases *phases_build(struct arena *arena, const struct graph *graph, const node_id *wanted,
                            size_t wanted_count, const struct rows *rows, const char **fault)
{
    struct phases *phases = arena_alloc(arena, sizeof *phases);
    *phases = (struct phases){.graph = graph,
                              .rows = rows,
                              .wanted = wanted,
                              .wanted_count = wanted_count,
                              .class_count = graph->axes[rows->axis].size};
    find_totals(arena, phases);
    phases_choose_kept(arena, phases);
    *fault = phases_build_tapes(arena, phases);
    if (*fault != NULL)
        return NULL;
    find_premises(arena, phases);
    return phases;
}

uint32_t phases_count(const struct phases *phases)
{
    return phases->phase_count;
}

const struct tape *phases_tape(const struct phases *phases, uint32_t phase, uint32_t kase)
{
    const struct phase_tape *tapes = phases->keeping != NULL ? phases->keeping : phases->tapes;
    return tapes[phase * phases->class_count + kase].tape;
}

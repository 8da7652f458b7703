/* Boxes of premises, a lane each, and the bounds that the engine computes in them. */
#ifndef ASSIZE_TESTS_ENGINE_INTERVAL_BOXES_H
#define ASSIZE_TESTS_ENGINE_INTERVAL_BOXES_H

#include <string.h>

#include "brute.h"
#include "engine/interval.h"

static inline int set_up(void **state)
{
    static struct arena arena;
    arena_init(&arena, &allocator_heap);
    *state = &arena;
    return 0;
}

static inline int tear_down(void **state)
{
    arena_release(*state);
    return 0;
}

enum { MOST_PREMISES = 16, MOST_LANES = 64 };

/* --- boxes ----------------------------------------------------------------------------------- */

/* A box for each lane; what is outside it has the same low and high. */
struct boxes {
    size_t premises, lanes;
    bool in[MOST_PREMISES];
    double low[MOST_PREMISES][MOST_LANES], high[MOST_PREMISES][MOST_LANES];
    double least[MOST_PREMISES], most[MOST_PREMISES];
    bool known; /* least and most are told */
};

static inline void find_ends(struct boxes *boxes)
{
    for (size_t p = 0; p < boxes->premises; p++) {
        boxes->least[p] = boxes->low[p][0];
        boxes->most[p] = boxes->high[p][0];
        for (size_t l = 1; l < boxes->lanes; l++) {
            boxes->least[p] = fmin(boxes->least[p], boxes->low[p][l]);
            boxes->most[p] = fmax(boxes->most[p], boxes->high[p][l]);
        }
    }
}

static inline struct interval_box box_of(const struct boxes *boxes)
{
    struct interval_box box = {.in = boxes->in};
    if (boxes->known) {
        box.least = boxes->least;
        box.most = boxes->most;
    }
    return box;
}

/* Bounds of a node in all lanes: low[cell][lane], high[cell][lane] with the node's cells. */
struct bounds {
    double *low, *high;
};

static inline double *spread_out(struct arena *arena, const struct graph *graph, axis_set axes,
                                 axis_set own, const double *values, size_t lanes)
{
    size_t cells = graph_cells(graph, axes);
    double *out = arena_array(arena, cells * lanes, sizeof *out);
    for (size_t cell = 0; cell < cells; cell++)
        memcpy(out + cell * lanes,
               values + brute_cell(graph, axes, cell, own, UINT32_MAX, 0) * lanes,
               lanes * sizeof *out);
    return out;
}

static inline struct bounds bounds_in(struct arena *arena, const struct graph *graph, node_id value,
                                      const struct boxes *boxes, const struct manner *manner)
{
    struct interval_box box = box_of(boxes);
    struct interval interval;
    const char *wrong = interval_build(arena, graph, value, &box, &interval);
    if (wrong != NULL)
        fail_msg("%s", wrong);
    const struct graph *to = interval.graph;
    struct lane_source *sources = arena_array(arena, to->premise_count, sizeof *sources);
    bool *varies = arena_array(arena, to->premise_count, sizeof *varies);
    for (size_t p = 0; p < boxes->premises; p++) {
        sources[interval.low_of[p]].values = boxes->low[p];
        sources[interval.high_of[p]].values = boxes->high[p];
        varies[interval.low_of[p]] = varies[interval.high_of[p]] = true;
    }
    struct lanes lanes = {.sources = sources, .count = boxes->lanes, .manner = manner};
    assert_int_equal(interval_misfit(&interval, &box, (uint32_t)boxes->premises, &lanes),
                     boxes->premises);
    const node_id wanted[] = {interval.low, interval.high};
    struct tape *tape = tape_build(arena, to, wanted, 2, varies);
    double *out = arena_array(arena, tape_cells(tape) * boxes->lanes, sizeof *out);
    assert_true(engine_evaluate(tape, &lanes, arena, out, NULL));
    axis_set axes = graph->nodes[value].axes;
    size_t low_cells = tape_wanted_cells(tape, 0);
    return (struct bounds){
        spread_out(arena, to, axes, to->nodes[interval.low].axes, out, boxes->lanes),
        spread_out(arena, to, axes, to->nodes[interval.high].axes, out + low_cells * boxes->lanes,
                   boxes->lanes)};
}

static inline struct graph *three_premises(struct arena *arena, node_id *x)
{
    struct graph *graph = graph_new(arena);
    x[0] = premise(graph, "a", VALUE_NUMBER);
    x[1] = premise(graph, "b", VALUE_NUMBER);
    x[2] = premise(graph, "c", VALUE_NUMBER);
    return graph;
}

/* One lane with boxes of a, b and c. */
static inline struct bounds bounds_at(struct arena *arena, const struct graph *graph, node_id value,
                                      const double *ends)
{
    static struct boxes boxes;
    boxes = (struct boxes){.premises = graph->premise_count, .lanes = 1, .known = true};
    for (size_t p = 0; p < boxes.premises; p++) {
        boxes.in[p] = true;
        boxes.low[p][0] = ends[2 * p];
        boxes.high[p][0] = ends[2 * p + 1];
    }
    find_ends(&boxes);
    return bounds_in(arena, graph, value, &boxes, NULL);
}

static inline void assert_bounds(struct arena *arena, const struct graph *graph, node_id value,
                                 const double *ends, double low, double high)
{
    struct bounds bounds = bounds_at(arena, graph, value, ends);
    if (bounds.low[0] != low || bounds.high[0] != high)
        fail_msg("%s: %a and %a, not %a and %a", op_spelling(graph->nodes[value].op), bounds.low[0],
                 bounds.high[0], low, high);
}

#endif

/* Gradients against central differences, rule by rule and on the bench model. */
#include <string.h>

#include "bench/engine_graph.h"
#include "brute.h"
#include "engine/engine.h"
#include "engine/gradient.h"
#include "fixture.h"

enum { PREMISES = 3, MOST_CELLS = 8 };

/* Every cell of a node, at given premises. */
static void values_at(struct arena *arena, const struct graph *graph, node_id node,
                      const double *at, double *out)
{
    struct lane_source sources[INPUTS] = {{0}};
    bool varies[INPUTS] = {0};
    for (uint32_t p = 0; p < graph->premise_count; p++)
        sources[p].value = at[p];
    struct lanes lanes = {.sources = sources, .count = 1};
    struct engine_fault fault;
    struct tape *tape = tape_build(arena, graph, &node, 1, varies);
    assert_true(engine_evaluate(tape, &lanes, arena, out, &fault));
}

/* d value[cell] / d premise p, from both sides of it. */
static void differences(struct arena *arena, const struct graph *graph, node_id value,
                        const double *at, uint32_t p, double width, double *out)
{
    double low[MOST_CELLS], high[MOST_CELLS], moved[INPUTS];
    size_t cells = graph_cells(graph, graph->nodes[value].axes);
    memcpy(moved, at, graph->premise_count * sizeof *moved);
    moved[p] = at[p] - width;
    values_at(arena, graph, value, moved, low);
    moved[p] = at[p] + width;
    values_at(arena, graph, value, moved, high);
    for (size_t c = 0; c < cells; c++)
        out[c] = (high[c] - low[c]) / (2 * width);
}

/* A partial may vary along fewer axes than the value. */
static void partials_at(struct arena *arena, const struct gradient *gradient, uint32_t p,
                        const double *at, size_t cells, double *out)
{
    node_id partial = gradient->partial[p];
    size_t own = partial == NODE_NONE
                     ? 0
                     : graph_cells(gradient->graph, gradient->graph->nodes[partial].axes);
    if (own == 0)
        memset(out, 0, cells * sizeof *out);
    else
        values_at(arena, gradient->graph, partial, at, out);
    for (size_t c = 1; own == 1 && c < cells; c++)
        out[c] = out[0];
}

static void check_gradient(struct arena *arena, const struct graph *graph, node_id value,
                           const double *at)
{
    static const bool by[INPUTS] = {true, true, true};
    struct gradient gradient;
    const char *wrong = gradient_build(arena, graph, value, by, &gradient);
    if (wrong != NULL)
        fail_msg("%s", wrong);
    size_t cells = graph_cells(graph, graph->nodes[value].axes);
    for (uint32_t p = 0; p < graph->premise_count; p++) {
        double expected[MOST_CELLS], actual[MOST_CELLS];
        differences(arena, graph, value, at, p, 1e-5, expected);
        partials_at(arena, &gradient, p, at, cells, actual);
        for (size_t c = 0; c < cells; c++)
            if (fabs(actual[c] - expected[c]) > 1e-7 * (1 + fabs(expected[c])))
                fail_msg("%s of %s, cell %zu: %.12g, not %.12g",
                         op_spelling(graph->nodes[value].op), graph->premises[p].path, c, actual[c],
                         expected[c]);
    }
}

struct three {
    struct graph *graph;
    node_id a, b, c;
};

static struct three three_premises(struct arena *arena)
{
    struct graph *graph = graph_new(arena);
    return (struct three){graph, premise(graph, "a", VALUE_NUMBER),
                          premise(graph, "b", VALUE_NUMBER), premise(graph, "c", VALUE_NUMBER)};
}

static const double points[][PREMISES] = {{0.7, 1.3, 0.4}, {2.1, 0.6, 1.7}, {1.4, 2.5, 0.9}};

static void test_each_operation(void **state)
{
    struct arena *arena = *state;
    static const enum op ops[] = {OP_ADD,   OP_SUB, OP_MUL, OP_DIV,   OP_POW,
                                  OP_RATIO, OP_MIN, OP_MAX, OP_CLAMP, OP_ABS,
                                  OP_SQRT,  OP_EXP, OP_LOG, OP_EXPM1, OP_LOG1P};
    for (size_t o = 0; o < COUNT_OF(ops); o++)
        for (size_t i = 0; i < COUNT_OF(points); i++) {
            struct three t = three_premises(arena);
            node_id arguments[] = {t.a, t.b, t.c};
            node_id y = apply(t.graph, ops[o], (size_t)op_arity(ops[o]), arguments);
            check_gradient(arena, t.graph, APPLY(t.graph, OP_MUL, y, APPLY(t.graph, OP_EXP, t.c)),
                           points[i]);
        }
}

static void test_chosen_and_tabled_values(void **state)
{
    struct arena *arena = *state;
    for (size_t i = 0; i < COUNT_OF(points); i++) {
        struct three t = three_premises(arena);
        struct graph *graph = t.graph;
        node_id one = constant(graph, 1), two = constant(graph, 2), zero = constant(graph, 0);
        node_id above = APPLY(graph, OP_ABOVE, t.a, one);
        check_gradient(arena, graph, APPLY(graph, OP_WHERE, above, APPLY(graph, OP_LOG, t.a), t.b),
                       points[i]);
        node_id line = APPLY(graph, OP_INTERPOLATE, t.a, zero, one, constant(graph, 3), t.b, t.c,
                             APPLY(graph, OP_MUL, t.b, t.c));
        check_gradient(arena, graph, line, points[i]);
        node_id knots = APPLY(graph, OP_INTERPOLATE, t.a, constant(graph, -1), t.c,
                              constant(graph, 5), two, t.b, constant(graph, 7));
        check_gradient(arena, graph, knots, points[i]);
        node_id step = APPLY(graph, OP_STEP_FROM, t.a, t.c, one, two, t.b, t.c);
        check_gradient(arena, graph, step, points[i]);
        node_id row = APPLY(graph, OP_FLOOR, t.a);
        check_gradient(arena, graph, APPLY(graph, OP_LOOKUP, row, zero, t.b, t.c, two), points[i]);
        node_id p = APPLY(graph, OP_DIV, t.a, constant(graph, 4));
        check_gradient(arena, graph,
                       APPLY(graph, OP_BINOMIAL_TAIL, constant(graph, 9), constant(graph, 3), p),
                       points[i]);
        check_gradient(arena, graph,
                       APPLY(graph, OP_BINOMIAL_PMF, constant(graph, 9), constant(graph, 0), p),
                       points[i]);
    }
}

/* Along one axis values are summed, along the other each cell has its own derivative. */
static void test_axes(void **state)
{
    struct arena *arena = *state;
    struct three t = three_premises(arena);
    struct graph *graph = t.graph;
    uint32_t regime = plain_axis(graph, "regime", 3), kase = plain_axis(graph, "case", 4);
    node_id r = coordinate(graph, regime), c = coordinate(graph, kase), stack;
    node_id each = APPLY(graph, OP_POW, APPLY(graph, OP_MUL, t.a, c), APPLY(graph, OP_MUL, t.b, r));
    const node_id three[] = {t.a, t.c, APPLY(graph, OP_MUL, t.b, t.c)};
    assert_built(graph_stack(graph, regime, three, &stack), graph);
    node_id sum = reduce(graph, OP_SUM, kase, APPLY(graph, OP_MUL, each, stack));
    node_id least = reduce(graph, OP_REDUCE_MIN, kase, APPLY(graph, OP_SUB, each, t.c));
    node_id most = reduce(graph, OP_REDUCE_MAX, kase, APPLY(graph, OP_SUB, t.c, each));
    node_id value = APPLY(graph, OP_ADD, APPLY(graph, OP_MUL, sum, least), most);
    check_gradient(arena, graph, value, points[0]);
    check_gradient(arena, graph, APPLY(graph, OP_MUL, reduce(graph, OP_SUM, regime, value), t.a),
                   points[0]);
    struct gradient gradient;
    static const bool by[PREMISES] = {true, true, true};
    node_id ahead = APPLY(graph, OP_SUB, value, reduce(graph, OP_REDUCE_MAX, regime, value));
    assert_non_null(gradient_build(arena, graph, ahead, by, &gradient));
}

/* log is not selected where its slope is infinite: nothing leaks. */
static void test_what_is_not_selected_has_no_slope(void **state)
{
    struct arena *arena = *state;
    struct three t = three_premises(arena);
    static const bool by[PREMISES] = {true, true, true};
    static const double at[PREMISES] = {0, 3, 1};
    node_id above = APPLY(t.graph, OP_ABOVE, t.a, constant(t.graph, 0));
    node_id value = APPLY(t.graph, OP_WHERE, above, APPLY(t.graph, OP_LOG, t.a), t.b);
    struct gradient gradient;
    double out[1];
    assert_null(gradient_build(arena, t.graph, value, by, &gradient));
    assert_true(gradient.jumps[0] && !gradient.jumps[1]);
    assert_int_equal(gradient.partial[2], NODE_NONE);
    values_at(arena, gradient.graph, gradient.partial[0], at, out);
    assert_true(out[0] == 0);
    values_at(arena, gradient.graph, gradient.partial[1], at, out);
    assert_true(out[0] == 1);
}

/* All 16 premises and 5 regimes at once. Only where two widths of the difference agree, for the
 * grid's rows jump. */
static void test_the_bench_model(void **state)
{
    struct arena *arena = *state;
    static struct model_facts facts;
    static const double at[INPUTS] = {0.05, 0.2, 0.6, 0.5, 1,   0.6, 0.04, 0.3,
                                      0.3,  2.7, 0.5, 1,   0.5, 0.5, 1.2,  0.1};
    bool by[INPUTS];
    struct gradient gradient;
    size_t compared = 0;
    model_facts_fill(&facts);
    struct modelling model = model_graph(arena, &facts, true);
    memset(by, true, sizeof by);
    assert_null(gradient_build(arena, model.graph, model.wanted[0], by, &gradient));
    for (uint32_t p = 0; p < INPUTS; p++) {
        double near[MOST_CELLS], nearer[MOST_CELLS], actual[MOST_CELLS];
        differences(arena, model.graph, model.wanted[0], at, p, 2e-6, near);
        differences(arena, model.graph, model.wanted[0], at, p, 1e-6, nearer);
        partials_at(arena, &gradient, p, at, REGIMES, actual);
        for (int r = 0; r < REGIMES; r++) {
            if (fabs(near[r] - nearer[r]) > 1e-5 * (1 + fabs(near[r])))
                continue;
            assert_close(actual[r], nearer[r], 1e-5, 1e-6);
            compared++;
        }
    }
    assert_true(compared >= 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_each_operation),
        TEST(test_chosen_and_tabled_values),
        TEST(test_axes),
        TEST(test_what_is_not_selected_has_no_slope),
        TEST(test_the_bench_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

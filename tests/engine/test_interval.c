/* Bounds of whole graphs against values at points of the box, closed forms, the same bits. */
#include "bench/engine_graph.h"
#include "interval_boxes.h"

/* --- points in a box ------------------------------------------------------------------------- */

/* The ends of a side, or something between them. */
static double point_in(uint64_t *random, double low, double high, enum value_kind kind)
{
    uint32_t where = random_below(random, 4);
    if (where < 2 || kind != VALUE_NUMBER)
        return where % 2 == 0 ? low : high;
    if (where == 2 && ceil(low) <= high)
        return ceil(low);
    double at = low + (high - low) * random_unit(random);
    return fmin(fmax(at, low), high);
}

struct tally {
    size_t checked, finite, point;
};

static void check_bounds(const struct graph *graph, node_id value, double actual, double low,
                         double high, struct tally *tally)
{
    if (actual != actual)
        return;
    bool below = actual<low, above = actual> high;
    if (below || above)
        fail_msg("node %u, %s: %a is not within %a and %a", value,
                 op_spelling(graph->nodes[value].op), actual, low, high);
    tally->checked++;
    tally->finite += isfinite(low) && isfinite(high) && low < high;
    tally->point += low == high;
}

static void check_lane(struct arena *arena, const struct graph *graph, const node_id *values,
                       const struct bounds *bounds, size_t count, const struct boxes *boxes,
                       size_t lane, uint64_t *random, struct tally *tally)
{
    double at[MOST_PREMISES];
    for (size_t p = 0; p < boxes->premises; p++)
        at[p] =
            point_in(random, boxes->low[p][lane], boxes->high[p][lane], graph->premises[p].kind);
    struct brute brute = brute_evaluate(arena, graph, at);
    for (size_t v = 0; v < count; v++) {
        size_t cells = graph_cells(graph, graph->nodes[values[v]].axes);
        for (size_t cell = 0; cell < cells; cell++) {
            size_t place = cell * boxes->lanes + lane;
            check_bounds(graph, values[v], brute.values[values[v]][cell], bounds[v].low[place],
                         bounds[v].high[place], tally);
        }
    }
}

static void random_side(uint64_t *random, enum value_kind kind, bool in, double *low, double *high)
{
    static const double widths[] = {0, 1e-9, 0.1, 1, 3};
    if (kind == VALUE_TRUTH) {
        *low = random_below(random, 2);
        *high = in && random_below(random, 2) == 0 ? 1 : *low;
        return;
    }
    bool whole = random_below(random, 3) == 0;
    *low = whole ? random_below(random, 7) - 3.0 : 6 * random_unit(random) - 3;
    double width = widths[random_below(random, COUNT_OF(widths))];
    *high = *low + (in ? (whole ? floor(width) : width) : 0);
}

static void random_boxes(struct boxes *boxes, const struct graph *graph, uint64_t *random,
                         size_t lanes)
{
    *boxes = (struct boxes){.premises = graph->premise_count, .lanes = lanes};
    boxes->known = random_below(random, 3) != 0;
    for (size_t p = 0; p < boxes->premises; p++) {
        boxes->in[p] = random_below(random, 4) != 0;
        for (size_t l = 0; l < lanes; l++) {
            random_side(random, graph->premises[p].kind, boxes->in[p], &boxes->low[p][l],
                        &boxes->high[p][l]);
            if (random_below(random, 2) == 0 && boxes->low[p][l] < 0 && boxes->known &&
                graph->premises[p].kind == VALUE_NUMBER && p % 2 == 0) {
                boxes->high[p][l] -= boxes->low[p][l]; /* often of one sign in all lanes */
                boxes->low[p][l] = 0;
            }
        }
    }
    find_ends(boxes);
}

static void test_random_graphs(void **state)
{
    (void)state;
    static struct boxes boxes;
    struct tally tally = {0};
    unsigned seen[OP_COUNT] = {0};
    uint64_t random = 1;
    for (int trial = 0; trial < 150; trial++) {
        struct arena arena;
        enum { VALUES = 8, LANES = 6, POINTS = 6 };
        node_id values[VALUES];
        struct bounds bounds[VALUES];
        arena_init(&arena, &allocator_heap);
        struct graph *graph = random_graph(&arena, &random, 10 + 2 * (size_t)(trial % 20));
        random_boxes(&boxes, graph, &random, LANES);
        for (size_t v = 0; v < VALUES; v++) {
            values[v] = graph->node_count - 1 - random_below(&random, graph->node_count / 2);
            bounds[v] = bounds_in(&arena, graph, values[v], &boxes, NULL);
            seen[graph->nodes[values[v]].op]++;
        }
        for (size_t lane = 0; lane < LANES; lane++)
            for (int point = 0; point < POINTS; point++)
                check_lane(&arena, graph, values, bounds, VALUES, &boxes, lane, &random, &tally);
        arena_release(&arena);
    }
    assert_true(tally.checked > 100000 && tally.finite > 30000 && tally.point > 10000);
    for (enum op op = OP_CLAIM; op < OP_COUNT; op++)
        if (seen[op] == 0 && !op_is_directed(op))
            fail_msg("no bounds of %s", op_spelling(op));
}

/* --- closed forms ---------------------------------------------------------------------------- */

/* What rounding takes away is less than the distance to the next number, and what it does not take
 * away moves no bound: 0.1 + 0.2, 1 / 3 and 0.1 x 0.1 are not doubles, 1 - 0.75 and 7 / 2 are. */
static void test_rounding(void **state)
{
    struct arena *arena = *state;
    node_id x[3];
    struct graph *graph = three_premises(arena, x);
    static const double tenths[] = {0.1, 0.1, 0.2, 0.2, 3, 3}, whole[] = {1, 2, 0.75, 5, 3, 3};
    node_id sum = APPLY(graph, OP_ADD, x[0], x[1]);
    assert_bounds(arena, graph, sum, tenths, nextafter(0.1 + 0.2, 0), 0.1 + 0.2);
    assert_bounds(arena, graph, sum, whole, 1.75, 7);
    assert_bounds(arena, graph, APPLY(graph, OP_SUB, x[0], x[1]), whole, -4, 1.25);
    node_id square = APPLY(graph, OP_MUL, x[0], x[0]);
    assert_bounds(arena, graph, square, tenths, nextafter(0.1 * 0.1, 0), nextafter(0.1 * 0.1, 1));
    node_id third = APPLY(graph, OP_DIV, constant(graph, 1), x[2]);
    assert_bounds(arena, graph, third, tenths, nextafter(1 / 3.0, 0), nextafter(1 / 3.0, 1));
    static const double tiny[] = {0x1p-600, 0x1p-600, -0x1p-600, 0x1p-600, 0, 0};
    assert_bounds(arena, graph, square, tiny, 0, 0x1p-1074); /* the square is 2^-1200 */
    assert_bounds(arena, graph, APPLY(graph, OP_MUL, x[0], x[1]), tiny, -0x1p-1074, 0x1p-1074);
    assert_bounds(arena, graph, APPLY(graph, OP_EXP, APPLY(graph, OP_DIV, x[1], x[0])),
                  (double[]){0x1p-10, 0x1p-10, -1, -1, 0, 0}, 0, 0x1p-1074); /* exp(-1024) */
    node_id steps = APPLY(graph, OP_MUL, APPLY(graph, OP_FLOOR, x[0]), constant(graph, 3));
    assert_bounds(arena, graph, steps, (double[]){1, 4.5, 0, 0, 0, 0}, 3, 12);
}

/* Between knots at 0 and 1 three of four operations round, in a box of one point too. */
static void test_rounding_of_curves(void **state)
{
    struct arena *arena = *state;
    node_id x[3];
    struct graph *graph = three_premises(arena, x);
    node_id zero = constant(graph, 0), one = constant(graph, 1);
    node_id line = APPLY(graph, OP_INTERPOLATE, x[0], zero, one, x[1], x[2]);
    for (int i = 1; i < 30; i++) {
        double at = i / 31.0, low = 1 / 7.0, high = 2 / 3.0;
        struct bounds bounds =
            bounds_at(arena, graph, line, (double[]){at, at, low, low, high, high});
        long double exact =
            (long double)low + ((long double)high - (long double)low) * (long double)at;
        assert_true((long double)bounds.low[0] < exact && exact < (long double)bounds.high[0]);
        assert_true(bounds.high[0] - bounds.low[0] < 1e-14);
    }
}

static void test_infinities(void **state)
{
    struct arena *arena = *state;
    node_id x[3];
    struct graph *graph = three_premises(arena, x);
    static const double through[] = {1, 2, -1, 1, 0, 0}, edge[] = {1, 2, 0, 4, 5, 5};
    static const double none[] = {1, 2, 0, 0, 5, 6};
    node_id share = APPLY(graph, OP_DIV, x[0], x[1]);
    assert_bounds(arena, graph, share, through, -HUGE_VAL, HUGE_VAL);
    assert_bounds(arena, graph, share, edge, -HUGE_VAL, HUGE_VAL); /* 1 / -0 */
    node_id ratio = APPLY(graph, OP_RATIO, x[0], x[1], x[2]);
    assert_bounds(arena, graph, ratio, through, -HUGE_VAL, HUGE_VAL);
    struct bounds bounds = bounds_at(arena, graph, ratio, edge);
    assert_true(bounds.low[0] <= 0.25 && bounds.low[0] >= 0.2499999 && bounds.high[0] == HUGE_VAL);
    assert_bounds(arena, graph, ratio, none, 5, 6);
    node_id nothing = APPLY(graph, OP_MUL, APPLY(graph, OP_LOG, x[1]), x[2]);
    assert_bounds(arena, graph, nothing, (double[]){1, 1, 0, 1, 0, 0}, 0, 0);
    bounds = bounds_at(arena, graph, APPLY(graph, OP_SQRT, x[1]), through);
    assert_true(bounds.low[0] == 0 && bounds.high[0] == nextafter(1, 2));
    bounds = bounds_at(arena, graph, APPLY(graph, OP_SQRT, x[1]), (double[]){1, 1, -2, -1, 0, 0});
    assert_true(isnan(bounds.high[0])); /* nowhere a number: no bound is said to hold */
    node_id guarded = APPLY(graph, OP_WHERE, APPLY(graph, OP_ABOVE, x[1], constant(graph, 0)),
                            APPLY(graph, OP_LOG, x[1]), x[2]);
    assert_bounds(arena, graph, guarded, (double[]){1, 1, -2, -1, 5, 6}, 5, 6);
}

/* A label in the box stands for all from the first to the last. */
static void test_labels(void **state)
{
    static const char *const names[] = {"mild", "plain", "grave"};
    struct arena *arena = *state;
    struct graph *graph = graph_new(arena);
    struct graph_premise leaf = {
        .path = "kind", .kind = VALUE_LABEL, .unit = unit_one, .labels = names, .label_count = 3};
    node_id kind, other, grave, table, zero = constant(graph, 0);
    assert_built(graph_premise(graph, &leaf, &kind), graph);
    leaf.path = "other";
    assert_built(graph_premise(graph, &leaf, &other), graph);
    assert_built(graph_label(graph, 2, names, 3, &grave), graph);
    const node_id arguments[] = {kind, zero, constant(graph, 4), constant(graph, 1),
                                 constant(graph, 7)};
    assert_built(graph_apply(graph, OP_LOOKUP, arguments, 5, 1, &table), graph);
    assert_bounds(arena, graph, table, (double[]){0, 1, 0, 0}, 1, 4);
    assert_bounds(arena, graph, table, (double[]){1, 2, 0, 0}, 1, 7);
    node_id is_grave = APPLY(graph, OP_EQUALS, kind, grave);
    assert_bounds(arena, graph, is_grave, (double[]){0, 1, 0, 0}, 0, 0);
    assert_bounds(arena, graph, is_grave, (double[]){1, 2, 0, 0}, 0, 1);
    assert_bounds(arena, graph, is_grave, (double[]){2, 2, 0, 0}, 1, 1);
    node_id worse = APPLY(graph, OP_WHERE, is_grave, kind, other);
    assert_bounds(arena, graph, worse, (double[]){1, 2, 0, 1}, 0, 2);
    assert_bounds(arena, graph, worse, (double[]){2, 2, 0, 1}, 2, 2);
}

/* A sum and its weighted form, least and greatest along an axis; outside the box the value itself.
 */
static void test_axes(void **state)
{
    struct arena *arena = *state;
    node_id x[3], stacked;
    struct graph *graph = three_premises(arena, x);
    uint32_t axis = plain_axis(graph, "axis", 3); /* 1, 1.5, 2 */
    assert_built(graph_stack(graph, axis, x, &stacked), graph);
    static const double ends[] = {-1, 2, 0.25, 0.5, 3, 4};
    assert_bounds(arena, graph, reduce(graph, OP_REDUCE_MIN, axis, stacked), ends, -1, 0.5);
    assert_bounds(arena, graph, reduce(graph, OP_REDUCE_MAX, axis, stacked), ends, 3, 4);
    struct bounds bounds = bounds_at(arena, graph, reduce(graph, OP_SUM, axis, stacked), ends);
    assert_true(bounds.low[0] <= 2.25 && bounds.low[0] > 2.25 - 1e-14);
    assert_true(bounds.high[0] >= 6.5 && bounds.high[0] < 6.5 + 1e-14);
    node_id weighted = APPLY(graph, OP_MUL, stacked, coordinate(graph, axis));
    bounds = bounds_at(arena, graph, reduce(graph, OP_SUM, axis, weighted), ends);
    assert_true(bounds.low[0] <= 5.375 && bounds.low[0] > 5.375 - 1e-14);
    assert_true(bounds.high[0] >= 10.75 && bounds.high[0] < 10.75 + 1e-14);
    struct axis rows = {.name = "person", .size = 3, .unit = unit_one, .classes = true};
    assert_built(graph_axis(graph, &rows, &axis), graph);
    assert_built(graph_stack(graph, axis, x, &stacked), graph);
    static const bool in[] = {true, true, true};
    struct interval interval;
    assert_non_null(interval_build(arena, graph, reduce(graph, OP_REDUCE_MIN, axis, stacked),
                                   &(struct interval_box){.in = in}, &interval));
}

/* --- the same bits --------------------------------------------------------------------------- */

static void test_same_bits(void **state)
{
    (void)state;
    static const enum isa isas[] = {ISA_BASELINE, ISA_AVX2, ISA_AVX512};
    static const struct manner manners[] = {{.threads = 1, .block = 1},
                                            {.threads = 3, .block = 32}};
    static struct boxes boxes;
    uint64_t random = 9;
    for (int trial = 0; trial < 40; trial++) {
        struct arena arena;
        arena_init(&arena, &allocator_heap);
        struct graph *graph = random_graph(&arena, &random, 40);
        random_boxes(&boxes, graph, &random, MOST_LANES);
        node_id value = graph->node_count - 1;
        size_t cells = graph_cells(graph, graph->nodes[value].axes) * MOST_LANES;
        struct bounds first = bounds_in(&arena, graph, value, &boxes, NULL);
        for (size_t i = 0; i < COUNT_OF(isas); i++)
            for (size_t m = 0; isa_fits(isas[i]) && m < COUNT_OF(manners); m++) {
                struct manner manner = manners[m];
                manner.isa = isas[i];
                struct bounds again = bounds_in(&arena, graph, value, &boxes, &manner);
                assert_memory_equal(again.low, first.low, cells * sizeof *first.low);
                assert_memory_equal(again.high, first.high, cells * sizeof *first.high);
            }
        arena_release(&arena);
    }
}

/* The model of the bench, with all 16 inputs in boxes around a point, and drawn from within. */
static void test_the_bench_model(void **state)
{
    static const double middle[INPUTS] = {0.05, 0.2, 0.6, 0.5, 1,   0.6, 0.04, 0.3,
                                          0.3,  2.7, 0.5, 1,   0.5, 0.5, 1.2,  0.1};
    struct arena *arena = *state;
    static struct model_facts facts;
    static struct boxes boxes;
    uint64_t random = 10;
    struct tally tally = {0};
    model_facts_fill(&facts);
    struct modelling model = model_graph(arena, &facts, true);
    boxes = (struct boxes){.premises = INPUTS, .lanes = MOST_LANES, .known = true};
    for (size_t p = 0; p < INPUTS; p++)
        for (size_t l = 0; l < MOST_LANES; l++) {
            double width = middle[p] * ldexp(0.1, -(int)(l % 20));
            boxes.in[p] = true;
            boxes.low[p][l] = middle[p] - width;
            boxes.high[p][l] = middle[p] + width;
        }
    find_ends(&boxes);
    struct bounds bounds[OUTPUTS];
    for (int o = 0; o < OUTPUTS; o++)
        bounds[o] = bounds_in(arena, model.graph, model.wanted[o], &boxes, NULL);
    for (size_t lane = 0; lane < MOST_LANES; lane++)
        for (int point = 0; point < 4; point++)
            check_lane(arena, model.graph, model.wanted, bounds, OUTPUTS, &boxes, lane, &random,
                       &tally);
    assert_true(tally.finite >= (size_t)REGIMES * OUTPUTS * MOST_LANES * 3);
    double wide = bounds[0].high[0] - bounds[0].low[0];
    double narrow = bounds[0].high[19] - bounds[0].low[19];
    assert_true(narrow > 0 && narrow < wide * 0x1p-12); /* as wide as the boxes, near a point */
}

/* --- what does not fit ----------------------------------------------------------------------- */

static void test_misfits(void **state)
{
    node_id x[3];
    struct graph *graph = three_premises(*state, x);
    const bool in[] = {true, false, true};
    const double least[] = {0, 0, 0}, most[] = {1, 1, 1}, reach[] = {0.5, 0.5, 2};
    struct interval_box box = {in, least, most};
    struct interval interval;
    node_id y = APPLY(graph, OP_CLAMP, x[0], x[1], x[2]);
    assert_null(interval_build(*state, graph, y, &box, &interval));
    assert_true(interval.low_of[1] == 1 && interval.high_of[1] == 1 && interval.low_of[0] >= 3);
    struct lane_source sources[8] = {{0}};
    struct lanes lanes = {.sources = sources, .count = 3};
    assert_int_equal(interval_misfit(&interval, &box, 3, &lanes), 3);
    sources[interval.high_of[2]].values = reach; /* beyond 1 */
    assert_int_equal(interval_misfit(&interval, &box, 3, &lanes), 2);
    sources[1].value = -1;
    assert_int_equal(interval_misfit(&interval, &box, 3, &lanes), 1);
    sources[interval.low_of[0]].value = 0.5; /* above its high end, which is 0 */
    assert_int_equal(interval_misfit(&interval, &box, 3, &lanes), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_random_graphs), TEST(test_rounding),        TEST(test_rounding_of_curves),
        TEST(test_infinities),    TEST(test_labels),          TEST(test_axes),
        TEST(test_same_bits),     TEST(test_the_bench_model), TEST(test_misfits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Bounds of each operation against its values at many points of many boxes: they hold, and where
 * the operation goes one way they are no wider than those values. */
#include "interval_boxes.h"

enum { LANES = 32 };

/* --- each operation -------------------------------------------------------------------------- */

/* All three premises in boxes with ends among a few numbers. */
static void three_boxes(struct boxes *boxes, uint64_t *random, bool known)
{
    static const double ends[] = {-3, -1.3, -1, -0.4, 0, 0, 0.2, 0.7, 1, 1, 1.9, 2, 3.5};
    *boxes =
        (struct boxes){.premises = 3, .lanes = LANES, .known = known, .in = {true, true, true}};
    uint32_t lowest = random_below(random, COUNT_OF(ends));
    for (size_t p = 0; p < 3; p++)
        for (size_t l = 0; l < LANES; l++) {
            uint32_t i = lowest + random_below(random, COUNT_OF(ends) - lowest);
            uint32_t j = lowest + random_below(random, COUNT_OF(ends) - lowest);
            boxes->low[p][l] = ends[i < j ? i : j];
            boxes->high[p][l] = ends[i < j ? j : i];
        }
    find_ends(boxes);
}

/* Point i of 0..8 of a side: its ends, eighths, and in their place 0 and 1 where they lie within.
 */
static double side_point(double low, double high, int i)
{
    double at = i == 8 ? high : low + (high - low) * i / 8;
    if (i == 3 && low <= 0 && high >= 0)
        return 0;
    if (i == 5 && low <= 1 && high >= 1)
        return 1;
    return at;
}

/* The least and the greatest value at 9 x 9 x 9 points of a box of a, b and c. */
static struct bounds hull_of(struct arena *arena, const struct graph *graph, node_id value,
                             const struct boxes *boxes, size_t lane)
{
    struct bounds hull = {arena_array(arena, 1, sizeof(double)),
                          arena_array(arena, 1, sizeof(double))};
    hull.low[0] = HUGE_VAL;
    hull.high[0] = -HUGE_VAL;
    for (int i = 0; i < 9 * 9 * 9; i++) {
        double at[3];
        for (int p = 0, rest = i; p < 3; p++, rest /= 9)
            at[p] = side_point(boxes->low[p][lane], boxes->high[p][lane], rest % 9);
        double y = brute_evaluate(arena, graph, at).values[value][0];
        hull.low[0] = y < hull.low[0] ? y : hull.low[0];
        hull.high[0] = y > hull.high[0] ? y : hull.high[0];
    }
    return hull;
}

/* Where `tight`, the bounds are those of the points, but for `slack` of their size, or less than
 * -slack where it is negative. */
static void check_three(struct graph *graph, node_id value,
                        bool tight(const double *, const double *), double slack, uint64_t *random)
{
    static struct boxes boxes;
    size_t tight_lanes = 0;
    for (int trial = 0; trial < 3; trial++) {
        struct arena arena;
        arena_init(&arena, &allocator_heap);
        three_boxes(&boxes, random, trial > 0);
        struct bounds bounds = bounds_in(&arena, graph, value, &boxes, NULL);
        for (size_t l = 0; l < LANES; l++) {
            struct bounds hull = hull_of(&arena, graph, value, &boxes, l);
            double low = hull.low[0], high = hull.high[0], size = fmax(fabs(low), fabs(high));
            double off = slack < 0 ? -slack : slack * size;
            if (low > high)
                continue; /* nowhere a number */
            const char *name = op_spelling(graph->nodes[value].op);
            if (low < bounds.low[l] || high > bounds.high[l])
                fail_msg("%s, lane %zu: %a to %a is not within %a and %a", name, l, low, high,
                         bounds.low[l], bounds.high[l]);
            const double lows[] = {boxes.low[0][l], boxes.low[1][l], boxes.low[2][l]};
            const double highs[] = {boxes.high[0][l], boxes.high[1][l], boxes.high[2][l]};
            if (tight == NULL || !tight(lows, highs) || size == HUGE_VAL)
                continue;
            tight_lanes++;
            if (!(bounds.low[l] >= low - off) || !(bounds.high[l] <= high + off))
                fail_msg("%s, lane %zu: %.17g to %.17g has the bounds %.17g and %.17g", name, l,
                         low, high, bounds.low[l], bounds.high[l]);
        }
        arena_release(&arena);
    }
    assert_true(tight == NULL || tight_lanes >= 20);
}

static bool always(const double *low, const double *high)
{
    (void)low;
    (void)high;
    return true;
}

static bool not_negative(const double *low, const double *high)
{
    (void)high;
    return low[0] >= 0;
}

static bool divisor_not_zero(const double *low, const double *high)
{
    return low[1] > 0 || high[1] < 0;
}

static bool divisor_not_negative(const double *low, const double *high)
{
    return low[1] > 0 || high[1] < 0 || (low[1] == 0 && high[1] == 0);
}

static bool above_minus_one(const double *low, const double *high)
{
    (void)high;
    return low[0] > -1;
}

static void test_each_operation(void **state)
{
    static const struct {
        enum op op;
        bool (*tight)(const double *, const double *);
        double slack;
    } cases[] = {
        {OP_ADD, always, 1e-15},
        {OP_SUB, always, 1e-15},
        {OP_MUL, always, 1e-15},
        {OP_DIV, divisor_not_zero, 1e-15},
        {OP_POW, not_negative, 1e-14},
        {OP_RATIO, divisor_not_negative, 1e-15},
        {OP_MIN, always, 0},
        {OP_MAX, always, 0},
        {OP_CLAMP, always, 0},
        {OP_ABS, always, 0},
        {OP_FLOOR, always, 0},
        {OP_CEIL, always, 0},
        {OP_SQRT, not_negative, 1e-15},
        {OP_EXP, always, 2e-15},
        {OP_LOG, not_negative, 2e-15},
        {OP_EXPM1, always, 2e-15},
        {OP_LOG1P, above_minus_one, 2e-15},
        {OP_AT_LEAST, always, 0},
        {OP_ABOVE, always, 0},
    };
    uint64_t random = 5;
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        node_id x[3];
        struct graph *graph = three_premises(*state, x);
        node_id y = apply(graph, cases[c].op, (size_t)op_arity(cases[c].op), x);
        check_three(graph, y, cases[c].tight, cases[c].slack, &random);
    }
}

/* Truths, what they choose, and powers with exponents that are written down. */
static void test_truths_and_powers(void **state)
{
    uint64_t random = 6;
    node_id x[3];
    struct graph *graph = three_premises(*state, x);
    node_id zero = constant(graph, 0), one = constant(graph, 1);
    node_id a = APPLY(graph, OP_ABOVE, x[0], zero), b = APPLY(graph, OP_AT_LEAST, x[1], one);
    const node_id tight[] = {APPLY(graph, OP_AND, a, b),
                             APPLY(graph, OP_OR, a, b),
                             APPLY(graph, OP_NOT, a),
                             APPLY(graph, OP_EQUALS, a, b),
                             APPLY(graph, OP_EQUALS, x[0], one),
                             APPLY(graph, OP_WHERE, a, x[1], x[2]),
                             APPLY(graph, OP_WHERE, a, b, APPLY(graph, OP_NOT, b)),
                             APPLY(graph, OP_WHERE, a, APPLY(graph, OP_ABS, x[1]), zero)};
    for (size_t i = 0; i < COUNT_OF(tight); i++)
        check_three(graph, tight[i], always, 0, &random);
    for (int power = -3; power <= 3; power++) {
        node_id y = APPLY(graph, OP_POW, x[0], constant(graph, power));
        check_three(graph, y, power > 0 ? always : NULL, 1e-14, &random);
    }
    check_three(graph, APPLY(graph, OP_POW, x[0], x[1]), NULL, 0, &random);
    node_id minus_zero = APPLY(graph, OP_MUL, x[0], zero); /* to -1 it is minus infinity */
    check_three(graph, APPLY(graph, OP_POW, minus_zero, x[1]), NULL, 0, &random);
    check_three(graph, APPLY(graph, OP_MUL, x[0], x[0]), always, 1e-15, &random);
    check_three(graph, APPLY(graph, OP_RATIO, x[0], APPLY(graph, OP_ABS, x[1]), x[2]), NULL, 0,
                &random);
}

static node_id curve(struct graph *graph, enum op op, node_id x, const double *values, size_t count)
{
    static const double knots[] = {-1.3, -0.4, 0, 0.2, 1, 1.9, 3.5};
    size_t lead = op == OP_INTERPOLATE ? 0 : 1;
    node_id arguments[16] = {x};
    if (lead == 1)
        arguments[1] = constant(graph, 0.5);
    for (size_t k = 0; k < count; k++) {
        arguments[1 + lead + k] = constant(graph, knots[k]);
        arguments[1 + lead + count + k] = constant(graph, values[k]);
    }
    return apply(graph, op, 1 + lead + 2 * count, arguments);
}

/* With knots among the ends of the boxes, and not between points where the curve turns. */
static void test_curves(void **state)
{
    static const double values[][7] = {{0, 1, 2, 2, 3, 5, 8},
                                       {8, 5, 5, 3, 1, 0.5, -2},
                                       {2, 0, 3, 3, -1, 4, 1},
                                       {1, 1, 0, 0, 0, 1, 2}};
    static const enum op ops[] = {OP_INTERPOLATE, OP_STEP_FROM, OP_STEP_OVER};
    uint64_t random = 7;
    for (size_t v = 0; v < COUNT_OF(values); v++)
        for (size_t o = 0; o < COUNT_OF(ops); o++) {
            node_id x[3];
            struct graph *graph = three_premises(*state, x);
            bool one_way = v < 2 && ops[o] == OP_INTERPOLATE;
            check_three(graph, curve(graph, ops[o], x[0], values[v], 7), one_way ? always : NULL,
                        -1e-13, &random);
            node_id three = constant(graph, 3), one = constant(graph, 1);
            node_id line = APPLY(graph, OP_INTERPOLATE, x[0], constant(graph, -1), one, three, x[1],
                                 x[2], one);
            check_three(graph, line, NULL, 0, &random);
            node_id open =
                APPLY(graph, OP_STEP_OVER, x[0], three, x[1], constant(graph, 5), x[2], one);
            check_three(graph, open, NULL, 0, &random);
        }
}

/* Trials and places of a table, whole numbers made of what lies in the box. */
static void test_tables_and_trials(void **state)
{
    static const double rough[] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9};
    static const double smooth[] = {0, 1, 5, 1, 2, 6, 3, 4, 7, 3, 5, 8, 4, 6, 9};
    uint64_t random = 8;
    for (int table = 0; table < 2; table++) {
        node_id x[3], arguments[17], y;
        struct graph *graph = three_premises(*state, x);
        for (int i = 0; i < 15; i++)
            arguments[2 + i] = constant(graph, table == 0 ? rough[i] : smooth[i]);
        node_id zero = constant(graph, 0), two = constant(graph, 2);
        arguments[0] =
            APPLY(graph, OP_CLAMP, APPLY(graph, OP_FLOOR, x[0]), zero, constant(graph, 4));
        arguments[1] = APPLY(graph, OP_CLAMP, APPLY(graph, OP_CEIL, x[1]), zero, two);
        assert_built(graph_apply(graph, OP_LOOKUP, arguments, 17, 3, &y), graph);
        check_three(graph, y, always, 0, &random);
        arguments[0] = APPLY(graph, OP_MAX, x[0], zero); /* a place only where it is whole */
        assert_built(graph_apply(graph, OP_LOOKUP, arguments, 17, 3, &y), graph);
        check_three(graph, y, NULL, 0, &random);
    }
    node_id x[3];
    struct graph *graph = three_premises(*state, x);
    node_id zero = constant(graph, 0), one = constant(graph, 1), nine = constant(graph, 9);
    node_id p = APPLY(graph, OP_CLAMP, x[0], zero, one);
    node_id n = APPLY(graph, OP_ADD, nine, APPLY(graph, OP_FLOOR, x[1]));
    node_id k = APPLY(graph, OP_CEIL, x[2]);
    check_three(graph, APPLY(graph, OP_BINOMIAL_TAIL, n, k, p), always, 1e-10, &random);
    check_three(graph, APPLY(graph, OP_BINOMIAL_PMF, n, k, p), NULL, 0, &random);
    check_three(graph, APPLY(graph, OP_BINOMIAL_PMF, nine, zero, p), always, 1e-10, &random);
    check_three(graph, APPLY(graph, OP_BINOMIAL_PMF, nine, constant(graph, 4), p), NULL, 0,
                &random);
}

/* --- closed forms ---------------------------------------------------------------------------- */

/* 0 less a product, one factor of which is a literal, or as wide as the product, or has fewer
 * cells. Neither 0.1 x 0.1 nor 0.3 x 0.1 is a double. */
static void test_negative_products(void **state)
{
    struct arena *arena = *state;
    node_id x[3], stacked, zero;
    struct graph *graph = three_premises(arena, x);
    static const double ends[] = {0.1, 0.3, 0.3, 0.3, 0.1, 0.1};
    const double low = -nextafter(0.3 * 0.1, 1), high = -nextafter(0.1 * 0.1, 0);
    zero = constant(graph, 0);
    node_id literal = APPLY(graph, OP_MUL, x[0], constant(graph, 0.1));
    assert_bounds(arena, graph, APPLY(graph, OP_SUB, zero, literal), ends, low, high);
    node_id wide = APPLY(graph, OP_MUL, x[2], x[0]);
    assert_bounds(arena, graph, APPLY(graph, OP_SUB, zero, wide), ends, low, high);
    uint32_t axis = plain_axis(graph, "axis", 3);
    assert_built(graph_stack(graph, axis, x, &stacked), graph);
    node_id minus = APPLY(graph, OP_SUB, zero, APPLY(graph, OP_MUL, stacked, x[2]));
    node_id least = reduce(graph, OP_REDUCE_MIN, axis, minus);
    node_id most = reduce(graph, OP_REDUCE_MAX, axis, minus);
    assert_bounds(arena, graph, least, ends, low, -nextafter(0.3 * 0.1, 0));
    assert_bounds(arena, graph, most, ends, -nextafter(0.1 * 0.1, 1), high);
}

/* A place that is rounded down from what lies in the box, wholly inside the table or not. */
static void test_places(void **state)
{
    struct arena *arena = *state;
    node_id x[3], table;
    struct graph *graph = three_premises(arena, x);
    node_id row = APPLY(graph, OP_FLOOR, x[0]), zero = constant(graph, 0);
    const node_id arguments[] = {
        row, zero, constant(graph, 3), constant(graph, 1), constant(graph, 4), constant(graph, 2)};
    assert_built(graph_apply(graph, OP_LOOKUP, arguments, 6, 1, &table), graph);
    assert_bounds(arena, graph, table, (double[]){0, 0.5, 0, 0, 0, 0}, 3, 3);
    assert_bounds(arena, graph, table, (double[]){0.5, 2.5, 0, 0, 0, 0}, 1, 4);
    assert_bounds(arena, graph, table, (double[]){2.5, 3.5, 0, 0, 0, 0}, 2, 4);
    assert_bounds(arena, graph, table, (double[]){1, 4, 0, 0, 0, 0}, 1, 4);
    assert_bounds(arena, graph, table, (double[]){-0.5, 1.5, 0, 0, 0, 0}, 1, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_each_operation),    TEST(test_truths_and_powers), TEST(test_curves),
        TEST(test_tables_and_trials), TEST(test_negative_products), TEST(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

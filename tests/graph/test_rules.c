/* The rules of the builder: which arguments every operation takes, what unit and kind come of them,
 * bare zeros and the folding of literals. Units follow from arithmetic on exponents. */
#include "graph/leaves.h"

/* --- units and kinds ------------------------------------------------------------------------- */

static void test_one_unit(void **state)
{
    struct bench *b = *state;
    static const enum op ops[] = {OP_ADD, OP_SUB, OP_MIN, OP_MAX};
    for (size_t i = 0; i < COUNT_OF(ops); i++) {
        assert_number(built(b, ops[i], ARGUMENTS(b->harm, b->harm)), "hu");
        assert_refused(b, ops[i], ARGUMENTS(b->harm, b->month),
                       arena_printf(&b->arena,
                                    "%s needs the same unit on all sides, not hu and month",
                                    op_spelling(ops[i])));
        assert_refused(
            b, ops[i], ARGUMENTS(b->truth, b->harm),
            arena_printf(&b->arena, "%s needs a number, not a truth", op_spelling(ops[i])));
    }
    static const enum op unaries[] = {OP_ABS, OP_FLOOR, OP_CEIL};
    for (size_t i = 0; i < COUNT_OF(unaries); i++) {
        assert_number(built(b, unaries[i], ARGUMENTS(b->harm)), "hu");
        assert_refused(
            b, unaries[i], ARGUMENTS(b->label),
            arena_printf(&b->arena, "%s needs a number, not a label", op_spelling(unaries[i])));
    }
    assert_number(built(b, OP_CLAMP, ARGUMENTS(b->harm, b->zero, b->harm)), "hu");
    assert_refused(b, OP_CLAMP, ARGUMENTS(b->harm, b->zero, b->one),
                   "clamp needs the same unit on all sides, not hu and 1");
}

static void test_products(void **state)
{
    struct bench *b = *state;
    assert_number(built(b, OP_MUL, ARGUMENTS(b->harm, b->month)), "hu*month");
    assert_number(built(b, OP_MUL, ARGUMENTS(b->harm, b->coordinate)), "hu*item");
    assert_number(built(b, OP_DIV, ARGUMENTS(b->harm, b->month)), "hu/month");
    assert_number(built(b, OP_DIV, ARGUMENTS(b->harm, b->harm)), "1");
    assert_refused(b, OP_MUL, ARGUMENTS(b->harm, b->truth), "mul needs a number, not a truth");

    node_id power = b->harm; /* units end at the 20th power */
    for (int i = 2; i <= UNIT_MOST_POWER; i++) {
        node_id sides[] = {power, b->harm};
        assert_int_equal(graph_apply(b->graph, OP_MUL, sides, 2, 0, &power), STATUS_OK);
    }
    assert_refused(b, OP_MUL, ARGUMENTS(power, b->harm), "mul gives a unit that is out of range");

    node_id money = constant(b, 1, "USD*EUR"), other = constant(b, 1, "GBP");
    assert_refused(b, OP_MUL, ARGUMENTS(money, other), "mul gives a unit that is out of range");
}

static void test_ratio(void **state)
{
    struct bench *b = *state;
    node_id rate = constant(b, 3, "hu/month");
    assert_number(built(b, OP_RATIO, ARGUMENTS(b->harm, b->month, rate)), "hu/month");
    assert_number(built(b, OP_RATIO, ARGUMENTS(b->harm, b->month, b->zero)), "hu/month");
    assert_refused(b, OP_RATIO, ARGUMENTS(b->harm, b->month, b->one),
                   "ratio gives hu/month, but what stands for it where the divisor is 0 is 1");
    assert_refused(b, OP_RATIO, ARGUMENTS(b->harm, b->month, b->truth),
                   "ratio needs a number, not a truth");
}

static void test_powers(void **state)
{
    struct bench *b = *state;
    node_id area = constant(b, 4, "person^2"), three = constant(b, 3, "1");
    assert_number(built(b, OP_POW, ARGUMENTS(b->pure, b->pure)), "1");
    assert_number(built(b, OP_POW, ARGUMENTS(b->harm, three)), "hu^3");
    assert_number(built(b, OP_POW, ARGUMENTS(b->harm, b->zero)), "1");
    assert_literal(built(b, OP_POW, ARGUMENTS(area, b->half)), 2, "person");
    assert_literal(built(b, OP_SQRT, ARGUMENTS(area)), 2, "person");
    assert_refused(b, OP_POW, ARGUMENTS(b->harm, b->half), "hu to the power 0.5 is no unit");
    assert_refused(b, OP_POW, ARGUMENTS(b->harm, b->infinity), "hu to the power inf is no unit");
    assert_refused(b, OP_POW, ARGUMENTS(b->harm, constant(b, 1e300, "1")),
                   "hu to the power 1e+300 is no unit");
    assert_refused(b, OP_POW, ARGUMENTS(b->pure, b->harm), "pow needs a pure number, not hu");
    assert_refused(b, OP_POW, ARGUMENTS(b->harm, b->pure),
                   "a power whose exponent is not a plain number needs a pure base, not hu: divide "
                   "by a quantity first, as in share * (whole / share) ^ theta");
    assert_refused(b, OP_SQRT, ARGUMENTS(b->harm), "the square root of hu is no unit");
}

static void test_pure_functions(void **state)
{
    struct bench *b = *state;
    static const enum op ops[] = {OP_EXP, OP_LOG, OP_EXPM1, OP_LOG1P};
    for (size_t i = 0; i < COUNT_OF(ops); i++) {
        assert_number(built(b, ops[i], ARGUMENTS(b->pure)), "1");
        assert_refused(
            b, ops[i], ARGUMENTS(b->harm),
            arena_printf(&b->arena, "%s needs a pure number, not hu", op_spelling(ops[i])));
        assert_refused(
            b, ops[i], ARGUMENTS(b->truth),
            arena_printf(&b->arena, "%s needs a number, not a truth", op_spelling(ops[i])));
    }
    static const enum op binomials[] = {OP_BINOMIAL_PMF, OP_BINOMIAL_TAIL};
    for (size_t i = 0; i < COUNT_OF(binomials); i++) {
        assert_number(built(b, binomials[i], ARGUMENTS(b->two, b->one, b->pure)), "1");
        assert_number(built(b, binomials[i], ARGUMENTS(b->coordinate, b->zero, b->pure)), "1");
        assert_refused(b, binomials[i], ARGUMENTS(b->two, b->one, b->month),
                       arena_printf(&b->arena, "%s needs a pure number, not month",
                                    op_spelling(binomials[i])));
    }
}

static void test_comparisons(void **state)
{
    struct bench *b = *state;
    static const enum op ops[] = {OP_AT_LEAST, OP_ABOVE, OP_EQUALS};
    for (size_t i = 0; i < COUNT_OF(ops); i++) {
        const struct node *node = built(b, ops[i], ARGUMENTS(b->harm, b->harm));
        assert_int_equal(node->kind, VALUE_TRUTH);
        assert_true(unit_is_one(&node->unit));
        assert_refused(b, ops[i], ARGUMENTS(b->harm, b->month),
                       arena_printf(&b->arena,
                                    "%s needs the same unit on all sides, not hu and month",
                                    op_spelling(ops[i])));
    }
    assert_int_equal(built(b, OP_EQUALS, ARGUMENTS(b->truth, b->yes))->kind, VALUE_TRUTH);
    const struct node *same = built(b, OP_EQUALS, ARGUMENTS(b->label, b->label));
    assert_int_equal(same->kind, VALUE_TRUTH);
    assert_null(same->labels);
    assert_refused(b, OP_AT_LEAST, ARGUMENTS(b->label, b->label),
                   "at_least needs a number, not a label");
    assert_refused(b, OP_EQUALS, ARGUMENTS(b->label, b->other_label),
                   "equals needs labels of one list");
    assert_refused(b, OP_EQUALS, ARGUMENTS(b->label, b->one), "equals needs a label, not a number");
}

static void test_logic(void **state)
{
    struct bench *b = *state;
    assert_int_equal(built(b, OP_AND, ARGUMENTS(b->truth, b->yes))->kind, VALUE_TRUTH);
    assert_int_equal(built(b, OP_OR, ARGUMENTS(b->truth, b->yes))->kind, VALUE_TRUTH);
    assert_int_equal(built(b, OP_NOT, ARGUMENTS(b->truth))->kind, VALUE_TRUTH);
    assert_refused(b, OP_AND, ARGUMENTS(b->truth, b->one), "and needs a truth, not a number");
    assert_refused(b, OP_NOT, ARGUMENTS(b->label), "not needs a truth, not a label");
}

static void test_where(void **state)
{
    struct bench *b = *state;
    assert_number(built(b, OP_WHERE, ARGUMENTS(b->truth, b->harm, b->zero)), "hu");
    assert_number(built(b, OP_WHERE, ARGUMENTS(b->truth, b->infinity, b->harm)), "hu");
    const struct node *label = built(b, OP_WHERE, ARGUMENTS(b->truth, b->label, b->label));
    assert_int_equal(label->kind, VALUE_LABEL);
    assert_ptr_equal(label->labels, b->graph->nodes[b->label].labels);
    assert_refused(b, OP_WHERE, ARGUMENTS(b->pure, b->one, b->two),
                   "where needs a truth, not a number");
    assert_refused(b, OP_WHERE, ARGUMENTS(b->truth, b->harm, b->month),
                   "where needs the same unit on all sides, not hu and month");
    assert_refused(b, OP_WHERE, ARGUMENTS(b->truth, b->label, b->other_label),
                   "where needs labels of one list");
    assert_refused(b, OP_WHERE, ARGUMENTS(b->truth, b->harm, b->yes),
                   "where needs a number, not a truth");
}

static void test_knots(void **state)
{
    struct bench *b = *state;
    node_id year = constant(b, 12, "month"), two_years = constant(b, 24, "month");
    assert_number(built(b, OP_INTERPOLATE, ARGUMENTS(b->month, b->zero, year, b->harm, b->zero)),
                  "hu");
    assert_number(
        built(b, OP_STEP_FROM, ARGUMENTS(b->month, b->zero, year, two_years, b->harm, b->harm)),
        "hu");
    assert_number(built(b, OP_STEP_OVER, ARGUMENTS(b->month, b->one, year, b->two)), "1");
    assert_refused(b, OP_INTERPOLATE, ARGUMENTS(b->month, b->one, b->two),
                   "interpolate needs the same unit on all sides, not month and 1");
    assert_refused(b, OP_INTERPOLATE, ARGUMENTS(b->month, year, two_years, b->harm, b->one),
                   "interpolate needs the same unit on all sides, not hu and 1");
    assert_refused(b, OP_INTERPOLATE, ARGUMENTS(b->month),
                   "interpolate needs at least one knot and as many values as knots");
    assert_refused(b, OP_STEP_FROM, ARGUMENTS(b->month, b->one, year),
                   "step_from needs at least one knot and as many values as knots");
    assert_refused(b, OP_STEP_FROM, ARGUMENTS(b->month, b->harm, year, b->one),
                   "step_from needs the same unit on all sides, not hu and 1");
}

static void test_many_knots(void **state)
{
    struct bench *b = *state;
    node_id arguments[1 + 2 * 257];
    arguments[0] = b->pure;
    for (size_t most = 256; most <= 257; most++) {
        for (size_t i = 0; i < most; i++) {
            arguments[1 + i] = constant(b, (double)i, "1");
            arguments[1 + most + i] = b->harm;
        }
        node_id node;
        enum status status =
            graph_apply(b->graph, OP_INTERPOLATE, arguments, (uint32_t)(1 + 2 * most), 0, &node);
        assert_int_equal(status, most == 256 ? STATUS_OK : STATUS_PLUGIN);
    }
    assert_string_equal(b->graph->fault, "interpolate takes at most 256 knots");
}

static void test_lookup(void **state)
{
    struct bench *b = *state;
    node_id node, cells[] = {b->pure, b->zero, b->harm, b->harm, b->zero, b->harm};
    assert_number(built(b, OP_LOOKUP, ARGUMENTS(b->pure, b->zero, b->harm, b->zero)), "hu");
    assert_number(built(b, OP_LOOKUP, ARGUMENTS(b->label, b->zero, b->harm, b->harm)), "hu");
    assert_int_equal(graph_apply(b->graph, OP_LOOKUP, cells, 6, 2, &node), STATUS_OK);
    assert_int_equal(b->graph->nodes[node].index, 2);
    assert_int_equal(graph_apply(b->graph, OP_LOOKUP, cells, 6, 3, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "lookup needs a table whose rows are of one length");
    assert_int_equal(graph_apply(b->graph, OP_LOOKUP, cells, 6, 0, &node), STATUS_PLUGIN);
    assert_int_equal(graph_apply(b->graph, OP_LOOKUP, cells, 2, 1, &node), STATUS_PLUGIN);
    assert_int_equal(graph_apply(b->graph, OP_LOOKUP, cells, 1, 1, &node), STATUS_PLUGIN);
    assert_refused(b, OP_LOOKUP, ARGUMENTS(b->truth, b->zero, b->harm),
                   "lookup needs a number, not a truth");
    assert_refused(b, OP_LOOKUP, ARGUMENTS(b->month, b->zero, b->harm),
                   "lookup needs a pure number, not month");
    assert_refused(b, OP_LOOKUP, ARGUMENTS(b->pure, b->zero, b->harm, b->one),
                   "lookup needs the same unit on all sides, not hu and 1");
}

/* A wrong number of arguments, arguments that are not there, and what is no operation. */
static void test_arity(void **state)
{
    struct bench *b = *state;
    node_id node, none[] = {NODE_NONE, NODE_NONE, NODE_NONE};
    for (enum op op = 0; op < OP_COUNT; op++) {
        if (!op_is_elementwise(op)) {
            assert_refused(
                b, op, ARGUMENTS(b->one),
                arena_printf(&b->arena, "%s is not an elementwise operation", op_spelling(op)));
            continue;
        }
        int arity = op_arity(op);
        if (arity > 0) {
            assert_int_equal(graph_apply(b->graph, op, none, (uint32_t)arity, 0, &node),
                             STATUS_PLUGIN);
            assert_int_equal(graph_apply(b->graph, op, none, (uint32_t)arity + 1, 0, &node),
                             STATUS_PLUGIN);
        }
        assert_int_equal(graph_apply(b->graph, op, none, 0, 0, &node), STATUS_PLUGIN);
    }
    assert_int_equal(graph_apply(b->graph, OP_COUNT, none, 1, 0, &node), STATUS_PLUGIN);
    assert_refused(b, OP_ADD, ARGUMENTS(b->one), "add takes 2 arguments, not 1");
    assert_refused(b, OP_ADD, ARGUMENTS(b->one, b->graph->node_count),
                   "add has an argument that is not there");
}

/* --- bare zeros and infinities --------------------------------------------------------------- */

static void test_bare(void **state)
{
    struct bench *b = *state;
    const struct node *sum = built(b, OP_ADD, ARGUMENTS(b->zero, b->harm));
    assert_literal(&b->graph->nodes[sum->arguments[0]], 0, "hu");
    assert_int_equal(sum->arguments[1], b->harm);
    const struct node *most = built(b, OP_MIN, ARGUMENTS(b->harm, b->infinity));
    assert_number(&b->graph->nodes[most->arguments[1]], "hu");
    assert_true(isinf(b->graph->nodes[most->arguments[1]].constant));
    assert_number(built(b, OP_ADD, ARGUMENTS(b->zero, b->zero)), "1");
    /* what has a unit, or is another number, is not bare */
    assert_refused(b, OP_ADD, ARGUMENTS(constant(b, 0, "month"), b->harm),
                   "add needs the same unit on all sides, not month and hu");
    assert_refused(b, OP_ADD, ARGUMENTS(b->one, b->harm),
                   "add needs the same unit on all sides, not 1 and hu");
    /* a truth is no number 0 */
    assert_refused(b, OP_EQUALS, ARGUMENTS(b->harm, b->yes), "equals needs a number, not a truth");
}

/* --- folding --------------------------------------------------------------------------------- */

static void test_folding(void **state)
{
    struct bench *b = *state;
    node_id two_hu = constant(b, 2, "hu"), no;
    assert_literal(built(b, OP_ADD, ARGUMENTS(b->one, b->two)), 3, "1");
    assert_literal(built(b, OP_MUL, ARGUMENTS(two_hu, two_hu)), 4, "hu^2");
    assert_literal(built(b, OP_DIV, ARGUMENTS(two_hu, two_hu)), 1, "1");
    assert_literal(built(b, OP_RATIO, ARGUMENTS(b->one, b->zero, b->two)), 2, "1");
    assert_literal(built(b, OP_CLAMP, ARGUMENTS(two_hu, b->zero, b->infinity)), 2, "hu");
    assert_literal(built(b, OP_INTERPOLATE, ARGUMENTS(b->half, b->zero, b->one, b->zero, two_hu)),
                   1, "hu");
    assert_literal(built(b, OP_BINOMIAL_TAIL, ARGUMENTS(b->two, b->one, b->half)), 0.75, "1");
    const struct node *truth = built(b, OP_ABOVE, ARGUMENTS(b->two, b->one));
    assert_int_equal(truth->op, OP_CONST);
    assert_int_equal(truth->kind, VALUE_TRUTH);
    assert_int_equal(graph_truth(b->graph, false, &no), STATUS_OK);
    assert_literal(built(b, OP_WHERE, ARGUMENTS(no, b->one, b->two)), 2, "1");
    assert_int_equal(built(b, OP_ADD, ARGUMENTS(b->one, b->pure))->op, OP_ADD);
}

static void test_folding_that_fails(void **state)
{
    struct bench *b = *state;
    node_id minus_one = constant(b, -1, "1");
    assert_refused(b, OP_DIV, ARGUMENTS(b->one, b->zero), "div of literals is not a finite number");
    assert_refused(b, OP_SQRT, ARGUMENTS(minus_one), "sqrt of literals is not a finite number");
    assert_refused(b, OP_ADD, ARGUMENTS(b->infinity, b->one),
                   "add of literals is not a finite number");
    assert_refused(b, OP_LOOKUP, ARGUMENTS(b->two, b->zero, b->one, b->two),
                   "lookup of literals: the table has no such row or column");
    assert_refused(b, OP_INTERPOLATE, ARGUMENTS(b->half, b->one, b->zero, b->zero, b->one),
                   "interpolate of literals: the knots do not rise");
    b->graph->linked = true; /* where literals met through a port, the operation stays */
    assert_int_equal(built(b, OP_DIV, ARGUMENTS(b->one, b->zero))->op, OP_DIV);
    assert_literal(built(b, OP_DIV, ARGUMENTS(b->one, b->two)), 0.5, "1");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_bench, close_bench)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_one_unit),   TEST(test_products),       TEST(test_ratio),
        TEST(test_powers),     TEST(test_pure_functions), TEST(test_comparisons),
        TEST(test_logic),      TEST(test_where),          TEST(test_knots),
        TEST(test_many_knots), TEST(test_lookup),         TEST(test_arity),
        TEST(test_bare),       TEST(test_folding),        TEST(test_folding_that_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

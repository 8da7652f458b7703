/* What each operation means, case by case, from the rules in op.h. */
#include <string.h>

#include "cmocka_all.h"
#include "graph/op.h"

enum { MOST_ARGUMENTS = 8 };
#define X ((double)NAN) /* no number */
#define INF HUGE_VAL

struct example {
    enum op op;
    size_t count;
    double arguments[MOST_ARGUMENTS];
    double result;
    enum op_fault fault;
};

static void check(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct example *e = &examples[i];
        enum op_fault fault = OP_FAULT_NONE;
        double actual = op_apply(e->op, e->arguments, e->count, 2, &fault);
        bool same = memcmp(&actual, &e->result, sizeof actual) == 0;
        if (!same || fault != e->fault)
            fail_msg("example %zu: %s gives %g and fault %d, not %g and %d", i, op_spelling(e->op),
                     actual, (int)fault, e->result, (int)e->fault);
    }
}

static void test_names_are_unique_and_found_again(void **state)
{
    (void)state;
    for (enum op op = 0; op < OP_COUNT; op++)
        assert_int_equal(op_from_spelling(op_spelling(op)), op);
    assert_int_equal(op_from_spelling("no such thing"), OP_COUNT);
    assert_int_equal(op_arity(OP_CLAMP), 3);
    assert_int_equal(op_arity(OP_LOOKUP), -1);
    assert_true(op_is_elementwise(OP_ADD) && op_is_elementwise(OP_BINOMIAL_TAIL));
    assert_false(op_is_elementwise(OP_SUM) || op_is_elementwise(OP_CLAIM) ||
                 op_is_elementwise(OP_STACK) || op_is_elementwise(OP_CONST));
}

static void test_arithmetic(void **state)
{
    (void)state;
    const struct example examples[] = {
        {OP_ADD, 2, {2, 3}, 5, 0},        {OP_SUB, 2, {2, 3}, -1, 0},
        {OP_MUL, 2, {2, 3}, 6, 0},        {OP_DIV, 2, {3, 2}, 1.5, 0},
        {OP_DIV, 2, {1, 0}, INF, 0},      {OP_POW, 2, {3, 2}, 9, 0},
        {OP_RATIO, 3, {3, 2, 7}, 1.5, 0}, {OP_RATIO, 3, {3, 0, 7}, 7, 0},
        {OP_RATIO, 3, {3, 2, X}, 1.5, 0}, {OP_RATIO, 3, {3, X, 7}, X, 0},
        {OP_ABS, 1, {-2}, 2, 0},          {OP_FLOOR, 1, {-1.5}, -2, 0},
        {OP_CEIL, 1, {-1.5}, -1, 0},      {OP_SQRT, 1, {9}, 3, 0},
        {OP_SQRT, 1, {-1}, X, 0},         {OP_EXP, 1, {0}, 1, 0},
        {OP_LOG, 1, {1}, 0, 0},           {OP_EXPM1, 1, {0}, 0, 0},
        {OP_LOG1P, 1, {0}, 0, 0},         {OP_CLAMP, 3, {5, 0, 1}, 1, 0},
        {OP_CLAMP, 3, {-5, 0, 1}, 0, 0},  {OP_CLAMP, 3, {0.5, 0, 1}, 0.5, 0},
        {OP_CLAMP, 3, {X, 0, 1}, X, 0},   {OP_CLAMP, 3, {5, 2, 1}, 1, 0},
    };
    check(examples, COUNT_OF(examples));
}

static void test_min_and_max(void **state)
{
    (void)state;
    const struct example examples[] = {
        {OP_MIN, 2, {1, 2}, 1, 0},    {OP_MIN, 2, {2, 1}, 1, 0},       {OP_MIN, 2, {X, 1}, X, 0},
        {OP_MIN, 2, {1, X}, X, 0},    {OP_MIN, 2, {-0.0, 0}, -0.0, 0}, {OP_MIN, 2, {0, -0.0}, 0, 0},
        {OP_MAX, 2, {1, 2}, 2, 0},    {OP_MAX, 2, {2, 1}, 2, 0},       {OP_MAX, 2, {X, 1}, X, 0},
        {OP_MAX, 2, {1, X}, X, 0},    {OP_MAX, 2, {-0.0, 0}, -0.0, 0}, {OP_MAX, 2, {0, -0.0}, 0, 0},
        {OP_MIN, 2, {-INF, X}, X, 0}, {OP_MAX, 2, {INF, 1}, INF, 0},
    };
    check(examples, COUNT_OF(examples));
}

static void test_truths(void **state)
{
    (void)state;
    const struct example examples[] = {
        {OP_AT_LEAST, 2, {2, 2}, 1, 0}, {OP_AT_LEAST, 2, {1, 2}, 0, 0},
        {OP_AT_LEAST, 2, {X, 2}, X, 0}, {OP_ABOVE, 2, {2, 2}, 0, 0},
        {OP_ABOVE, 2, {3, 2}, 1, 0},    {OP_ABOVE, 2, {2, X}, X, 0},
        {OP_EQUALS, 2, {2, 2}, 1, 0},   {OP_EQUALS, 2, {-0.0, 0}, 1, 0},
        {OP_EQUALS, 2, {X, X}, X, 0},   {OP_AND, 2, {1, 1}, 1, 0},
        {OP_AND, 2, {1, 0}, 0, 0},      {OP_AND, 2, {0, X}, 0, 0},
        {OP_AND, 2, {X, 1}, X, 0},      {OP_OR, 2, {0, 0}, 0, 0},
        {OP_OR, 2, {0, 1}, 1, 0},       {OP_OR, 2, {X, 1}, 1, 0},
        {OP_OR, 2, {X, 0}, X, 0},       {OP_NOT, 1, {0}, 1, 0},
        {OP_NOT, 1, {1}, 0, 0},         {OP_NOT, 1, {X}, X, 0},
        {OP_WHERE, 3, {1, 5, X}, 5, 0}, {OP_WHERE, 3, {0, X, 6}, 6, 0},
        {OP_WHERE, 3, {X, 5, 6}, X, 0},
    };
    check(examples, COUNT_OF(examples));
}

static void test_interpolation(void **state)
{
    (void)state;
    const struct example examples[] = {
        {OP_INTERPOLATE, 7, {0, 1, 2, 4, 10, 20, 60}, 10, 0}, /* flat before the first knot */
        {OP_INTERPOLATE, 7, {1, 1, 2, 4, 10, 20, 60}, 10, 0},
        {OP_INTERPOLATE, 7, {1.5, 1, 2, 4, 10, 20, 60}, 15, 0},
        {OP_INTERPOLATE, 7, {2, 1, 2, 4, 10, 20, 60}, 20, 0},
        {OP_INTERPOLATE, 7, {3, 1, 2, 4, 10, 20, 60}, 40, 0},
        {OP_INTERPOLATE, 7, {4, 1, 2, 4, 10, 20, 60}, 60, 0},
        {OP_INTERPOLATE, 7, {INF, 1, 2, 4, 10, 20, 60}, 60, 0},
        {OP_INTERPOLATE, 7, {-INF, 1, 2, 4, 10, 20, 60}, 10, 0},
        {OP_INTERPOLATE, 7, {X, 1, 2, 4, 10, 20, 60}, X, 0},
        {OP_INTERPOLATE, 7, {1.5, 1, 2, 4, 10, 20, X}, 15, 0}, /* not selected */
        {OP_INTERPOLATE, 3, {7, 5, 3}, 3, 0},                  /* one knot */
        {OP_INTERPOLATE, 3, {2, 5, 3}, 3, 0},
        {OP_INTERPOLATE, 5, {1, 2, 2, 10, 20}, X, OP_FAULT_KNOTS},
        {OP_INTERPOLATE, 5, {1, 3, 2, 10, 20}, X, OP_FAULT_KNOTS},
        {OP_INTERPOLATE, 5, {1, X, 2, 10, 20}, X, 0},
        {OP_INTERPOLATE, 3, {1, X, 2}, X, 0},
    };
    check(examples, COUNT_OF(examples));
}

static void test_steps(void **state)
{
    (void)state;
    const struct example examples[] = {
        {OP_STEP_FROM, 6, {0, -1, 1, 2, 10, 20}, -1, 0},
        {OP_STEP_FROM, 6, {1, -1, 1, 2, 10, 20}, 10, 0},
        {OP_STEP_FROM, 6, {5, -1, 1, 2, 10, 20}, 20, 0},
        {OP_STEP_OVER, 6, {1, -1, 1, 2, 10, 20}, -1, 0},
        {OP_STEP_OVER, 6, {2, -1, 1, 2, 10, 20}, 10, 0},
        {OP_STEP_OVER, 6, {2.1, -1, 1, 2, 10, 20}, 20, 0},
        {OP_STEP_FROM, 6, {X, -1, 1, 2, 10, 20}, X, 0},
        {OP_STEP_FROM, 6, {0, -1, 2, 1, 10, 20}, X, OP_FAULT_KNOTS},
        {OP_STEP_OVER, 6, {0, -1, 2, 2, 10, 20}, X, OP_FAULT_KNOTS},
    };
    check(examples, COUNT_OF(examples));
}

/* Two rows and two columns, counted from 0. */
static void test_lookup(void **state)
{
    (void)state;
    const struct example examples[] = {
        {OP_LOOKUP, 6, {0, 0, 1, 2, 3, 4}, 1, 0},
        {OP_LOOKUP, 6, {0, 1, 1, 2, 3, 4}, 2, 0},
        {OP_LOOKUP, 6, {1, 0, 1, 2, 3, 4}, 3, 0},
        {OP_LOOKUP, 6, {2, 0, 1, 2, 3, 4}, X, OP_FAULT_OUTSIDE},
        {OP_LOOKUP, 6, {0, 2, 1, 2, 3, 4}, X, OP_FAULT_OUTSIDE},
        {OP_LOOKUP, 6, {-1, 0, 1, 2, 3, 4}, X, OP_FAULT_OUTSIDE},
        {OP_LOOKUP, 6, {0.5, 0, 1, 2, 3, 4}, X, OP_FAULT_OUTSIDE},
        {OP_LOOKUP, 6, {INF, 0, 1, 2, 3, 4}, X, OP_FAULT_OUTSIDE},
        {OP_LOOKUP, 6, {X, 0, 1, 2, 3, 4}, X, 0},
    };
    check(examples, COUNT_OF(examples));
}

static void test_binomials(void **state)
{
    (void)state;
    const struct example examples[] = {
        {OP_BINOMIAL_PMF, 3, {2, 2, 0}, 0, 0},
        {OP_BINOMIAL_TAIL, 3, {2, 0, 0.5}, 1, 0},
        {OP_BINOMIAL_PMF, 3, {2.5, 1, 0.5}, X, OP_FAULT_NOT_WHOLE},
        {OP_BINOMIAL_TAIL, 3, {2, 0.5, 0.5}, X, OP_FAULT_NOT_WHOLE},
        {OP_BINOMIAL_PMF, 3, {2, 1, 1.1}, X, OP_FAULT_NOT_WHOLE},
        {OP_BINOMIAL_PMF, 3, {2, X, 0.5}, X, 0},
    };
    check(examples, COUNT_OF(examples));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_unique_and_found_again),
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_min_and_max),
        cmocka_unit_test(test_truths),
        cmocka_unit_test(test_interpolation),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_lookup),
        cmocka_unit_test(test_binomials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The loops of every instruction set against op_apply() and the scalar samplers, bit by bit. */
#include <string.h>

#include "brute.h"
#include "engine/kernels.h"
#include "engine/summary.h"
#include "fixture.h"

enum { ROW = 300, TRIALS = 200 };

static const enum isa isas[] = {ISA_BASELINE, ISA_AVX2, ISA_AVX512};

/* Awkward values among tame ones; `wild` in 1 row of 4. */
static double random_value(uint64_t *random, bool wild)
{
    static const double awkward[] = {0,     -0.0,      1,         -1,    HUGE_VAL, -HUGE_VAL,
                                     1e300, 0x1p-1074, 0x1p-1030, 709.5, -745,     -708.5,
                                     710,   1e-300,    -1e300,    0.5,   2,        3};
    if (wild && random_below(random, 8) == 0)
        return awkward[random_below(random, COUNT_OF(awkward))];
    if (wild && random_below(random, 20) == 0)
        return (double)NAN;
    return 8 * random_unit(random) - (wild ? 3 : 0);
}

static void fill_row(uint64_t *random, double *row)
{
    bool wild = random_below(random, 4) == 0;
    for (int i = 0; i < ROW; i++)
        row[i] = random_value(random, wild);
}

static bool same_bits(double a, double b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

static double value_of(enum op op, const double *arguments, size_t count)
{
    enum op_fault fault = OP_FAULT_NONE;
    return op_apply(op, arguments, count, 0, &fault);
}

static double argument_at(const double *row, unsigned runs, size_t argument, size_t i)
{
    return row[(runs >> argument & 1) != 0 ? i : 0];
}

static void check_row(const struct kernels *kernels, enum op op, uint64_t *random, size_t count)
{
    double rows[3][ROW], out[ROW];
    size_t arity = (size_t)op_arity(op);
    for (unsigned runs = 1; runs < 1u << arity; runs++) {
        for (size_t a = 0; a < arity; a++)
            fill_row(random, rows[a]);
        const double *at[3] = {rows[0], rows[1], rows[2]};
        kernels->row(op, runs)(out, at, count);
        for (size_t i = 0; i < count; i++) {
            double arguments[3];
            for (size_t a = 0; a < arity; a++)
                arguments[a] = argument_at(rows[a], runs, a, i);
            double expected = value_of(op, arguments, arity);
            if (!same_bits(out[i], expected))
                fail_msg("%s, %s, runs %u: (%a, %a, %a) gives %a, not %a", kernels->name,
                         op_spelling(op), runs, arguments[0], arguments[1], arguments[2], out[i],
                         expected);
        }
    }
}

static void test_rows_are_the_operations(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(isas); k++) {
        uint64_t random = 3;
        const struct kernels *kernels = kernels_for(isas[k]);
        for (int trial = 0; isa_fits(isas[k]) && trial < TRIALS; trial++)
            for (enum op op = OP_ADD; op <= OP_DIV_UP; op++)
                if (op <= OP_WHERE || op_is_directed(op))
                    check_row(kernels, op, &random,
                              trial == 0 ? ROW : 1 + random_below(&random, ROW));
    }
}

/* A base that is 0 in some lanes, to a power that is the same in all or not: of which all are tame
 * but at most one. */
static void check_powers_of_zero(const struct kernels *kernels, uint64_t *random)
{
    static const double odd_ones[] = {-0.0, 0.0, 0x1p-1074, HUGE_VAL, 1, -2};
    static const double powers[] = {0.5, 2, 3, 0x1p-1074, 0x1p66, 0x1p67, 0.0, -0.0, -1, -2.5};
    double rows[2][ROW], out[ROW];
    double power = powers[random_below(random, COUNT_OF(powers))];
    for (int i = 0; i < ROW; i++) {
        rows[0][i] = random_below(random, 3) == 0 ? 0 : 1 + random_unit(random);
        rows[1][i] = random_below(random, 2) == 0 ? power : 3 * random_unit(random) + 0.5;
    }
    rows[0][random_below(random, ROW)] = odd_ones[random_below(random, COUNT_OF(odd_ones))];
    for (unsigned runs = 1; runs <= 3; runs++) {
        kernels->row(OP_POW, runs)(out, (const double *[]){rows[0], rows[1]}, ROW);
        for (size_t i = 0; i < ROW; i++) {
            double at[] = {argument_at(rows[0], runs, 0, i), argument_at(rows[1], runs, 1, i)};
            if (!same_bits(out[i], value_of(OP_POW, at, 2)))
                fail_msg("%s, runs %u: %a ^ %a gives %a, not %a", kernels->name, runs, at[0], at[1],
                         out[i], value_of(OP_POW, at, 2));
        }
    }
}

static void test_powers_of_zero(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(isas); k++) {
        uint64_t random = 6;
        for (int trial = 0; isa_fits(isas[k]) && trial < TRIALS; trial++)
            check_powers_of_zero(kernels_for(isas[k]), &random);
    }
}

/* Few bits or many, about as large as 2^exponent. */
static double number_near(uint64_t *random, int exponent)
{
    double size =
        random_below(random, 2) == 0 ? 1 + random_below(random, 4) * 0.25 : 1 + random_unit(random);
    return ldexp(random_below(random, 2) == 0 ? size : -size,
                 exponent + (int)random_below(random, 5) - 2);
}

static double slack_near(uint64_t *random)
{
    static const double slacks[] = {0,     -0.0,      0x1p-1074, 0x1p-60, 0x1p-53, 3 * 0x1p-52,
                                    1e-11, 0.4999999, 0.5,       1,       3,       -0x1p-53};
    return slacks[random_below(random, COUNT_OF(slacks))];
}

/* A row of numbers of one size, also at the ends of the range in which a row is rounded quickly, in
 * which one element may be of another size. */
static void fill_directed(uint64_t *random, bool slacks, double *row)
{
    static const int exponents[] = {0, 0, 0, -511, 513, -1022, 1022, 256, -255};
    int exponent = exponents[random_below(random, COUNT_OF(exponents))];
    double slack = slack_near(random);
    for (int i = 0; i < ROW; i++)
        row[i] = slacks ? slack : number_near(random, exponent);
    uint32_t odd = random_below(random, 2 * ROW);
    if (odd < ROW)
        row[odd] = slacks ? slack_near(random) : random_value(random, true);
}

static void check_directed(const struct kernels *kernels, enum op op, unsigned runs,
                           uint64_t *random, size_t count)
{
    double a[ROW], b[ROW], out[ROW];
    fill_directed(random, false, a);
    fill_directed(random, op == OP_DOWN || op == OP_UP, b);
    kernels->row(op, runs)(out, (const double *[]){a, b, NULL}, count);
    for (size_t i = 0; i < count; i++) {
        double at[] = {argument_at(a, runs, 0, i), argument_at(b, runs, 1, i)};
        double expected = value_of(op, at, 2);
        if (!same_bits(out[i], expected))
            fail_msg("%s, %s, runs %u, element %zu of %zu: (%a, %a) gives %a, not %a",
                     kernels->name, op_spelling(op), runs, i, count, at[0], at[1], out[i],
                     expected);
    }
}

/* What op_apply() gives is held against MPFR in tests/graph/test_directed.c. */
static void test_directed_rows(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 31, 32, 33, 40, ROW};
    for (size_t k = 0; k < COUNT_OF(isas); k++) {
        uint64_t random = 4;
        for (int trial = 0; isa_fits(isas[k]) && trial < 600; trial++)
            for (enum op op = OP_DOWN; op <= OP_DIV_UP; op++)
                check_directed(kernels_for(isas[k]), op, 1 + random_below(&random, 3), &random,
                               counts[random_below(&random, COUNT_OF(counts))]);
    }
}

static void check_pair(const struct kernels *kernels, enum op first, enum op second, bool right,
                       unsigned runs, uint64_t *random)
{
    double rows[3][ROW], out[ROW];
    for (size_t a = 0; a < 3; a++)
        fill_row(random, rows[a]);
    const double *at[3] = {rows[0], rows[1], rows[2]};
    kernels->pair(first, second, right, runs)(out, at, ROW);
    for (size_t i = 0; i < ROW; i++) {
        double inner = value_of(
            first, (double[]){argument_at(rows[0], runs, 0, i), argument_at(rows[1], runs, 1, i)},
            2);
        double c = argument_at(rows[2], runs, 2, i);
        double expected = value_of(second, right ? (double[]){c, inner} : (double[]){inner, c}, 2);
        if (!same_bits(out[i], expected))
            fail_msg("%s: %s then %s gives %a, not %a", kernels->name, op_spelling(first),
                     op_spelling(second), out[i], expected);
    }
}

/* Minimum and maximum take their arguments in this order alone. */
static void test_pairs_are_two_operations(void **state)
{
    (void)state;
    static const enum op firsts[] = {OP_ADD, OP_SUB, OP_MUL, OP_MAX};
    static const enum op seconds[] = {OP_ADD, OP_SUB, OP_MUL, OP_MIN, OP_MAX};
    static const unsigned runs[] = {1, 2, 3, 5, 6, 7};
    uint64_t random = 4;
    for (size_t k = 0; k < COUNT_OF(isas); k++)
        for (size_t f = 0; isa_fits(isas[k]) && f < COUNT_OF(firsts); f++)
            for (size_t s = 0; s < COUNT_OF(seconds); s++)
                for (size_t r = 0; r < COUNT_OF(runs); r++) {
                    const struct kernels *kernels = kernels_for(isas[k]);
                    check_pair(kernels, firsts[f], seconds[s], false, runs[r], &random);
                    if (seconds[s] != OP_MIN && seconds[s] != OP_MAX)
                        check_pair(kernels, firsts[f], seconds[s], true, runs[r], &random);
                }
}

/* --- sums of leaves -------------------------------------------------------------------------- */

/* In the order that kernels.h states. */
static double plain_sum_of_leaf(const double *values)
{
    double sum = 0;
    for (size_t p = 0; p < SUM_PARTIALS; p++) {
        double partial = values[p];
        for (size_t i = p + SUM_PARTIALS; i < SUM_LEAF; i += SUM_PARTIALS)
            partial += values[i];
        sum = p == 0 ? partial : sum + partial;
    }
    return sum;
}

static void check_sum_of_leaf(const double *values)
{
    for (size_t k = 0; k < COUNT_OF(isas); k++)
        if (isa_fits(isas[k]))
            assert_true(
                same_bits(kernels_for(isas[k])->sum_of_leaf(values), plain_sum_of_leaf(values)));
}

static void test_sums_of_leaves(void **state)
{
    (void)state;
    double values[ROW];
    uint64_t random = 8;
    for (size_t i = 0; i < ROW; i++)
        values[i] = -0.0;
    check_sum_of_leaf(values);
    for (int trial = 0; trial < TRIALS; trial++) {
        fill_row(&random, values);
        for (size_t i = 0; i < ROW; i++)
            values[i] = ldexp(values[i], (int)random_below(&random, 60) - 30);
        check_sum_of_leaf(values + random_below(&random, ROW - SUM_LEAF));
    }
}

/* --- random numbers -------------------------------------------------------------------------- */

static const struct distribution kinds[] = {
    {.kind = DISTRIBUTION_UNIFORM, .parameter = {-1, 3}, .scale = 2},
    {.kind = DISTRIBUTION_TRIANGULAR, .parameter = {0, 0.2, 0.4}, .scale = 1},
    {.kind = DISTRIBUTION_TRIANGULAR, .parameter = {1, 1, 4}, .scale = 1},
    {.kind = DISTRIBUTION_NORMAL, .parameter = {10, 2}, .scale = 0.5},
    {.kind = DISTRIBUTION_LOGNORMAL, .parameter = {1, 0.5}, .scale = 1},
    {.kind = DISTRIBUTION_BETA, .parameter = {2, 5}, .scale = 1},
};

static void test_samples_are_those_of_the_plain_sampler(void **state)
{
    struct arena *arena = *state;
    enum { COUNT = 1000 };
    for (size_t d = 0; d < COUNT_OF(kinds); d++) {
        struct distribution distribution = kinds[d];
        double expected[COUNT], actual[COUNT];
        assert_null(distribution_prepare(&distribution, arena));
        for (uint64_t first = 0; first < 3; first++) {
            uint64_t draw = first + (first == 2 ? (uint64_t)1 << 34 : 0);
            distribution_sample(&distribution, 0x123456789abcdef, 77, draw, COUNT, expected);
            for (size_t k = 0; k < COUNT_OF(isas); k++) {
                const struct kernels *kernels = kernels_for(isas[k]);
                kernels->uniform(0x123456789abcdef, 77, draw, COUNT, actual);
                kernels->quantiles(&distribution, actual, COUNT);
                assert_memory_equal(actual, expected, sizeof actual);
            }
        }
    }
}

/* Uniform numbers that no seed will bring: far tails, and what stands beside them. */
static void test_far_tails(void **state)
{
    struct arena *arena = *state;
    struct distribution normal = {.kind = DISTRIBUTION_NORMAL, .parameter = {0, 1}, .scale = 1};
    static const double u[] = {0x1p-53, 0.5, 1 - 0x1p-53, 1e-12, 0.3, 1 - 1e-12, 0.075, 0.925};
    assert_null(distribution_prepare(&normal, arena));
    for (size_t k = 0; k < COUNT_OF(isas); k++) {
        double actual[COUNT_OF(u)];
        memcpy(actual, u, sizeof actual);
        kernels_for(isas[k])->quantiles(&normal, actual, COUNT_OF(u));
        for (size_t i = 0; i < COUNT_OF(u); i++)
            assert_true(actual[i] == distribution_quantile(&normal, u[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_rows_are_the_operations),
        TEST(test_powers_of_zero),
        TEST(test_sums_of_leaves),
        cmocka_unit_test(test_directed_rows),
        TEST(test_pairs_are_two_operations),
        TEST(test_samples_are_those_of_the_plain_sampler),
        TEST(test_far_tails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

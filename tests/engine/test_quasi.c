/* Means over quasi-random draws: how far they are from closed forms, and how far they say they are.
 */
#include <math.h>

#include "cmocka_all.h"
#include "engine/brute.h"
#include "engine/engine.h"
#include "engine/sobol.h"
#include "fixture.h"

static const enum isa isas[] = {ISA_BASELINE, ISA_AVX2, ISA_AVX512};

enum { FACTORS = 6, REPLICATES = 16 };

/* A product over premises x_j of 1 + (x_j - 1/2) / j, plus that of e^x_j: mean 1 + (e - 1)^6 over
 * the unit cube. */
struct smooth {
    struct graph *graph;
    node_id value;
    struct distribution uniform;
    struct lane_source sources[FACTORS];
    bool varies[FACTORS];
};

static void smooth_init(struct smooth *smooth, struct arena *arena)
{
    static const char *const paths[FACTORS] = {"a", "b", "c", "d", "e", "f"};
    *smooth =
        (struct smooth){.graph = graph_new(arena),
                        .uniform = {.kind = DISTRIBUTION_UNIFORM, .parameter = {0, 1}, .scale = 1}};
    struct graph *graph = smooth->graph;
    assert_null(distribution_prepare(&smooth->uniform, arena));
    node_id first = constant(graph, 1), second = constant(graph, 1);
    for (uint32_t j = 0; j < FACTORS; j++) {
        node_id x = premise(graph, paths[j], VALUE_NUMBER);
        node_id off = APPLY(graph, OP_SUB, x, constant(graph, 0.5));
        node_id part = APPLY(graph, OP_DIV, off, constant(graph, j + 1.0));
        first = APPLY(graph, OP_MUL, first, APPLY(graph, OP_ADD, constant(graph, 1), part));
        second = APPLY(graph, OP_MUL, second, APPLY(graph, OP_EXP, x));
        smooth->sources[j] = (struct lane_source){.distribution = &smooth->uniform,
                                                  .dimension = sobol_dimension_new(arena, j)};
        smooth->varies[j] = true;
    }
    smooth->value = APPLY(graph, OP_ADD, first, second);
}

static double smooth_mean(void)
{
    return 1 + pow(exp(1) - 1, FACTORS);
}

static struct summary *summarise(struct smooth *smooth, struct arena *arena, uint64_t replicate,
                                 uint64_t seed, const struct manner *manner)
{
    struct lanes lanes = {.sources = smooth->sources,
                          .count = REPLICATES * replicate,
                          .first_draw = 1,
                          .seed = seed,
                          .replicate = replicate,
                          .manner = manner};
    struct tape *tape = tape_build(arena, smooth->graph, &smooth->value, 1, smooth->varies);
    struct summaries summaries;
    struct engine_fault fault;
    assert_true(engine_summarise(tape, &lanes, NULL, 0, arena, &summaries, &fault));
    assert_int_equal(summaries.lanes, lanes.count);
    return summaries.cell[0];
}

/* Least squares over log2 of the number of draws. */
static double slope_of(const double *errors, size_t count)
{
    double x = 0, y = 0, xx = 0, xy = 0;
    for (size_t i = 0; i < count; i++) {
        x += (double)i;
        y += log2(errors[i]);
        xx += (double)(i * i);
        xy += (double)i * log2(errors[i]);
    }
    double n = (double)count;
    return (n * xy - x * y) / (n * xx - x * x);
}

/* The root of the mean squared error over seeds falls at least as n^-0.9; over random draws as
 * n^-0.5. */
static void test_error_falls_nearly_as_1_over_n(void **state)
{
    struct fixture *fixture = *state;
    enum { LEAST = 8, MOST = 13, SEEDS = 8 };
    double errors[MOST - LEAST + 1];
    struct smooth smooth;
    smooth_init(&smooth, &fixture->arena);
    for (int m = LEAST; m <= MOST; m++) {
        double squares = 0;
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            struct summary *summary =
                summarise(&smooth, &fixture->arena, (uint64_t)1 << m, seed, NULL);
            double off = summary_mean(summary) - smooth_mean();
            squares += off * off;
        }
        errors[m - LEAST] = sqrt(squares / SEEDS);
    }
    double slope = slope_of(errors, COUNT_OF(errors));
    print_message("error %.3g at 16 x 2^8, %.3g at 16 x 2^%d draws: slope %.2f\n", errors[0],
                  errors[MOST - LEAST], MOST, slope);
    assert_true(slope <= -0.9);
}

/* One scrambling alone, by the plain functions, up to 2^16 points. */
static void test_one_scrambling_too(void **state)
{
    struct fixture *fixture = *state;
    enum { LEAST = 8, MOST = 16, SEEDS = 10 };
    double errors[MOST - LEAST + 1] = {0};
    const struct sobol_dimension *dimensions[FACTORS];
    for (uint32_t j = 0; j < FACTORS; j++)
        dimensions[j] = sobol_dimension_new(&fixture->arena, j);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct sobol_key key[FACTORS];
        double sum = 0;
        for (uint32_t j = 0; j < FACTORS; j++)
            key[j] = sobol_key(seed, j, 0);
        for (uint64_t i = 0; i < (uint64_t)1 << MOST; i++) {
            double first = 1, second = 0;
            for (uint32_t j = 0; j < FACTORS; j++) {
                double x = sobol_number(dimensions[j], &key[j], i);
                first *= 1 + (x - 0.5) / (j + 1.0);
                second += x;
            }
            sum += first + exp(second);
            for (int m = LEAST; m <= MOST; m++)
                if (i + 1 == (uint64_t)1 << m)
                    errors[m - LEAST] += pow(ldexp(sum, -m) - smooth_mean(), 2);
        }
    }
    for (size_t i = 0; i < COUNT_OF(errors); i++)
        errors[i] = sqrt(errors[i] / SEEDS);
    double slope = slope_of(errors, COUNT_OF(errors));
    print_message("one scrambling: error %.3g at 2^8, %.3g at 2^16: slope %.2f\n", errors[0],
                  errors[MOST - LEAST], slope);
    assert_true(slope <= -0.9);
}

/* The error that is told is the error that there is: over 200 seeds the mean squared distance from
 * the closed form, in units of the error told, is near that of Student's t with 15 degrees of
 * freedom, 15 / 13; and the mean is not shifted. */
static void test_the_error_told_is_true(void **state)
{
    struct fixture *fixture = *state;
    enum { SEEDS = 200 };
    struct smooth smooth;
    double sum = 0, squares = 0;
    smooth_init(&smooth, &fixture->arena);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct summary *summary = summarise(&smooth, &fixture->arena, 256, seed, NULL);
        double off = (summary_mean(summary) - smooth_mean()) / summary_error(summary);
        sum += off;
        squares += off * off;
    }
    print_message("distance from the truth in errors: mean %.3f, mean square %.3f\n", sum / SEEDS,
                  squares / SEEDS);
    assert_true(fabs(sum / SEEDS) < 4 * sqrt(15.0 / 13 / SEEDS));
    /* The square of t has the variance 2 (15/13)^2 14 / 11. */
    assert_true(fabs(squares / SEEDS - 15.0 / 13) < 4 * 15.0 / 13 * sqrt(2 * 14.0 / 11 / SEEDS));
}

/* The error by hand: mean and spread of the sixteen means. */
static void test_the_error_is_the_spread_of_the_replicates(void **state)
{
    struct fixture *fixture = *state;
    enum { REPLICATE = 512 };
    static double out[REPLICATES * REPLICATE];
    struct smooth smooth;
    smooth_init(&smooth, &fixture->arena);
    struct lanes lanes = {.sources = smooth.sources,
                          .count = REPLICATES * REPLICATE,
                          .first_draw = 1,
                          .seed = 4,
                          .replicate = REPLICATE};
    struct tape *tape = tape_build(&fixture->arena, smooth.graph, &smooth.value, 1, smooth.varies);
    struct engine_fault fault;
    assert_true(engine_evaluate(tape, &lanes, &fixture->arena, out, &fault));
    long double means[REPLICATES], mean = 0, squares = 0;
    for (size_t r = 0; r < REPLICATES; r++) {
        means[r] = 0;
        for (size_t i = 0; i < REPLICATE; i++)
            means[r] += (long double)out[r * REPLICATE + i] / REPLICATE;
        mean += means[r] / REPLICATES;
    }
    for (size_t r = 0; r < REPLICATES; r++)
        squares += (means[r] - mean) * (means[r] - mean);
    double expected = (double)sqrtl(squares / (REPLICATES - 1) / REPLICATES);
    struct summary *summary = summarise(&smooth, &fixture->arena, REPLICATE, 4, NULL);
    assert_true(fabs(summary_error(summary) - expected) < 1e-9 * expected);
    assert_true(fabs(summary_mean(summary) - (double)mean) < 1e-13 * (double)mean);
    struct summaries again;
    engine_summarise_values(
        (struct value_table){
            .values = out, .cells = 1, .stride = COUNT_OF(out), .replicate = REPLICATE},
        COUNT_OF(out), NULL, 0, &fixture->arena, &again);
    assert_true(summary_error(again.cell[0]) == summary_error(summary));
    assert_true(summary_mean(again.cell[0]) == summary_mean(summary));
}

static void test_threads_blocks_and_processors_do_not_matter(void **state)
{
    struct fixture *fixture = *state;
    static const unsigned threads[] = {1, 2, 3, 7};
    static const size_t blocks[] = {32, 100, 256, 1024};
    struct smooth smooth;
    smooth_init(&smooth, &fixture->arena);
    struct summary *first = summarise(&smooth, &fixture->arena, 1024, 5, NULL);
    for (size_t t = 0; t < COUNT_OF(threads); t++)
        for (size_t b = 0; b < COUNT_OF(blocks); b++)
            for (size_t k = 0; k < COUNT_OF(isas); k++) {
                struct manner manner = {.threads = threads[t], .block = blocks[b], .isa = isas[k]};
                struct summary *other = summarise(&smooth, &fixture->arena, 1024, 5, &manner);
                assert_true(summary_mean(other) == summary_mean(first));
                assert_true(summary_error(other) == summary_error(first));
                assert_true(summary_variance(other) == summary_variance(first));
                assert_true(summary_quantile(other, 0.05) == summary_quantile(first, 0.05));
            }
    struct summary *other = summarise(&smooth, &fixture->arena, 1024, 6, NULL);
    assert_true(summary_mean(other) != summary_mean(first));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_error_falls_nearly_as_1_over_n),
        TEST(test_one_scrambling_too),
        TEST(test_the_error_told_is_true),
        TEST(test_the_error_is_the_spread_of_the_replicates),
        TEST(test_threads_blocks_and_processors_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

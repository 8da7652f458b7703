/* Summaries against plain arithmetic in long double, and against the cut into blocks. */
#include <stdlib.h>
#include <string.h>

#include "brute.h"
#include "engine/engine.h"
#include "engine/summary.h"
#include "fixture.h"

enum { MOST = 100000 };

/* --- moments --------------------------------------------------------------------------------- */

/* Two passes in long double. */
static void plain_moments(const double *values, size_t count, double *mean, double *variance)
{
    long double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++)
        sum += (long double)values[i];
    long double middle = sum / count;
    for (size_t i = 0; i < count; i++)
        squares += ((long double)values[i] - middle) * ((long double)values[i] - middle);
    *mean = (double)middle;
    *variance = count < 2 ? 0 : (double)(squares / (count - 1));
}

static void check_moments(struct arena *arena, double offset, double spread, size_t count)
{
    double *values = arena_array(arena, count, sizeof *values), mean, variance;
    struct summary *summary = summary_new(arena, kernels_for(ISA_BEST));
    uint64_t random = 5;
    for (size_t i = 0; i < count; i++)
        values[i] = offset + spread * (random_unit(&random) - 0.5);
    plain_moments(values, count, &mean, &variance);
    summary_add(summary, 0, values, count);
    assert_int_equal(summary_count(summary), count);
    assert_close(summary_mean(summary), mean, 1e-15, 1e-15 * spread);
    assert_close(summary_variance(summary), variance, 1e-12, 0);
    assert_close(summary_error(summary), sqrt(variance / (double)count), 1e-12, 0);
}

/* The last has a spread of one part in 10^9 of its size: no digits may cancel. */
static void test_mean_and_variance(void **state)
{
    static const size_t counts[] = {1, 2, 255, 256, 257, 1000, 65536, MOST};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        check_moments(*state, 0, 1, counts[i]);
        check_moments(*state, -3, 1e6, counts[i]);
        check_moments(*state, 1e9, 1, counts[i]);
    }
}

static void test_equal_values_have_no_variance(void **state)
{
    struct arena *arena = *state;
    struct summary *summary = summary_new(arena, kernels_for(ISA_BEST));
    for (int i = 0; i < 1000; i++)
        summary_add(summary, (uint64_t)i, (double[]){0.1}, 1);
    assert_true(summary_mean(summary) == 0.1);
    assert_true(summary_variance(summary) == 0);
    assert_true(summary_quantile(summary, 0.3) == 0.1);
}

static void test_what_is_not_finite_is_counted_apart(void **state)
{
    struct arena *arena = *state;
    const double values[] = {(double)NAN, 2, HUGE_VAL, 4, -HUGE_VAL, 6};
    struct summary *summary = summary_new(arena, kernels_for(ISA_BEST));
    summary_add(summary, 0, values, COUNT_OF(values));
    assert_int_equal(summary_count(summary), 3);
    assert_int_equal(summary_not_finite(summary), 3);
    assert_true(summary_mean(summary) == 4 && summary_variance(summary) == 4);
    assert_true(summary_least(summary) == 2 && summary_greatest(summary) == 6);
}

static void test_nothing_finite(void **state)
{
    struct arena *arena = *state;
    struct summary *summary = summary_new(arena, kernels_for(ISA_BEST));
    summary_add(summary, 0, (double[]){(double)NAN}, 1);
    assert_int_equal(summary_count(summary), 0);
    assert_true(isnan(summary_mean(summary)) && isnan(summary_quantile(summary, 0.5)));
    assert_true(isnan(summary_least(summary)) && isnan(summary_greatest(summary)));
    assert_true(summary_variance(summary) == 0 && summary_error(summary) == 0);
}

/* --- quantiles ------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sizes from 2^-100 to 2^100, of both signs, and zeros. */
static void test_quantiles_are_within_their_bound(void **state)
{
    struct arena *arena = *state;
    double *values = arena_array(arena, MOST, sizeof *values);
    struct summary *summary = summary_new(arena, kernels_for(ISA_BEST));
    uint64_t random = 8;
    for (int i = 0; i < MOST; i++) {
        double size = exp2(200 * random_unit(&random) - 100);
        values[i] = i % 10 == 0 ? 0 : i % 3 == 0 ? -size : size;
    }
    summary_add(summary, 0, values, MOST);
    qsort(values, MOST, sizeof *values, by_value);
    for (int i = 0; i <= 1000; i++) {
        double p = i / 1000.0, rank = floor(p * MOST);
        double exact = values[rank < MOST ? (size_t)rank : MOST - 1];
        assert_close(summary_quantile(summary, p), exact, i % 1000 == 0 ? 0 : 0.004, 0);
    }
}

/* So many alike that a count of 16 bits would run over: in a part, and where parts are joined of
 * which each stays below. */
static void check_many_values(struct arena *arena, size_t count)
{
    enum { PARTS = 3 };
    double *values = arena_array(arena, count, sizeof *values);
    struct summary *parts[PARTS];
    for (size_t i = 0; i < count; i++)
        values[i] = i % 4 == 0 ? 7 : 3;
    for (uint64_t p = 0; p < PARTS; p++) {
        parts[p] = summary_new(arena, kernels_for(ISA_BEST));
        summary_add(parts[p], p * count, values, count);
    }
    struct summary *summary = summary_join(arena, parts, PARTS);
    assert_int_equal(summary_count(summary), PARTS * count);
    for (int i = 1; i < 100; i++)
        assert_close(summary_quantile(summary, i / 100.0), i < 75 ? 3 : 7, 0.004, 0);
}

static void test_many_values_in_one_bin(void **state)
{
    check_many_values(*state, (size_t)600 * ENGINE_LEAF);
    check_many_values(*state, (size_t)250 * ENGINE_LEAF);
}

/* --- block sizes, pairs ---------------------------------------------------------------------- */

struct model {
    struct graph *graph;
    struct tape *tape;
    struct lane_source sources[2];
    struct distribution distributions[2];
    struct lanes lanes;
};

/* log(x) + y * place along an axis of 3, and the sum of it. */
static void model_make(struct model *model, struct arena *arena, uint64_t lanes)
{
    struct graph *graph = model->graph = graph_new(arena);
    uint32_t axis = plain_axis(graph, "regime", 3);
    node_id x = premise(graph, "x", VALUE_NUMBER), y = premise(graph, "y", VALUE_NUMBER);
    node_id value = APPLY(graph, OP_ADD, APPLY(graph, OP_LOG, x),
                          APPLY(graph, OP_MUL, y, coordinate(graph, axis)));
    node_id wanted[] = {value, reduce(graph, OP_SUM, axis, value)};
    static const bool varies[] = {true, true};
    model->distributions[0] =
        (struct distribution){.kind = DISTRIBUTION_TRIANGULAR, .parameter = {1, 2, 5}, .scale = 1};
    model->distributions[1] =
        (struct distribution){.kind = DISTRIBUTION_NORMAL, .parameter = {0, 1}, .scale = 3};
    for (int p = 0; p < 2; p++) {
        assert_null(distribution_prepare(&model->distributions[p], arena));
        model->sources[p] = (struct lane_source){.distribution = &model->distributions[p]};
    }
    model->lanes = (struct lanes){.sources = model->sources, .count = lanes, .seed = 3};
    model->tape = tape_build(arena, graph, wanted, 2, varies);
}

static const struct cell_pair pairs[] = {{0, 1}, {2, 0}, {3, 1}};

static void assert_same_summary(const struct summary *a, const struct summary *b)
{
    const double of_a[] = {summary_mean(a),          summary_variance(a),
                           summary_least(a),         summary_greatest(a),
                           summary_quantile(a, 0.1), summary_quantile(a, 0.5),
                           summary_quantile(a, 0.9)};
    const double of_b[] = {summary_mean(b),          summary_variance(b),
                           summary_least(b),         summary_greatest(b),
                           summary_quantile(b, 0.1), summary_quantile(b, 0.5),
                           summary_quantile(b, 0.9)};
    assert_memory_equal(of_a, of_b, sizeof of_a);
    assert_int_equal(summary_count(a), summary_count(b));
}

static void test_the_block_size_changes_no_bit(void **state)
{
    struct arena *arena = *state;
    static const size_t blocks[] = {0, 32, 64, 96, 128, 256, 512, 1000, 1024};
    struct model model;
    struct summaries first, other;
    struct engine_fault fault;
    model_make(&model, arena, 10007);
    assert_true(engine_summarise(model.tape, &model.lanes, pairs, 3, arena, &first, &fault));
    assert_int_equal(first.lanes, 10007);
    for (size_t b = 0; b < COUNT_OF(blocks); b++) {
        struct manner manner = {.block = blocks[b]};
        model.lanes.manner = &manner;
        assert_true(engine_summarise(model.tape, &model.lanes, pairs, 3, arena, &other, &fault));
        for (size_t cell = 0; cell < 4; cell++)
            assert_same_summary(first.cell[cell], other.cell[cell]);
        for (size_t p = 0; p < 3; p++)
            assert_same_summary(first.pair[p], other.pair[p]);
    }
}

static void assert_same_summaries(const struct summaries *a, const struct summaries *b)
{
    for (size_t cell = 0; cell < 4; cell++)
        assert_same_summary(a->cell[cell], b->cell[cell]);
    for (size_t p = 0; p < 3; p++)
        assert_same_summary(a->pair[p], b->pair[p]);
}

static void test_threads_and_processors_change_no_bit(void **state)
{
    struct arena *arena = *state;
    static const enum isa isas[] = {ISA_BASELINE, ISA_AVX2, ISA_AVX512};
    static const unsigned threads[] = {1, 2, 3, 7};
    static const size_t blocks[] = {0, 100, 1024};
    struct model model;
    struct summaries first, other;
    struct engine_fault fault;
    model_make(&model, arena, 50001);
    assert_true(engine_summarise(model.tape, &model.lanes, pairs, 3, arena, &first, &fault));
    for (size_t i = 0; i < COUNT_OF(isas); i++)
        for (size_t t = 0; t < COUNT_OF(threads); t++)
            for (size_t b = 0; b < COUNT_OF(blocks); b++) {
                struct manner manner = {threads[t], isas[i], blocks[b], NULL, NULL};
                model.lanes.manner = &manner;
                assert_true(
                    engine_summarise(model.tape, &model.lanes, pairs, 3, arena, &other, &fault));
                assert_same_summaries(&first, &other);
            }
}

/* Lets `context` calls pass. */
static bool stop_soon(void *context, uint64_t done, uint64_t total)
{
    assert_true(done > 0 && done <= total);
    return --*(int *)context > 0;
}

static void test_a_run_may_end_early(void **state)
{
    struct arena *arena = *state;
    struct model model;
    struct summaries part, same;
    struct engine_fault fault;
    int calls = 7;
    struct manner manner = {.threads = 1, .block = 256, .progress = stop_soon, .context = &calls};
    model_make(&model, arena, 100000);
    model.lanes.manner = &manner;
    assert_true(engine_summarise(model.tape, &model.lanes, pairs, 3, arena, &part, &fault));
    assert_int_equal(part.lanes, 7 * 256);
    model.lanes = (struct lanes){.sources = model.sources, .count = 7 * 256, .seed = 3};
    assert_true(engine_summarise(model.tape, &model.lanes, pairs, 3, arena, &same, &fault));
    assert_same_summaries(&part, &same);
}

/* The first lane that fails, whoever meets it. */
static void test_threads_name_the_first_fault(void **state)
{
    struct arena *arena = *state;
    enum { LANES = 40000 };
    struct graph *graph = graph_new(arena);
    node_id zero = constant(graph, 0), one = constant(graph, 1);
    node_id cell = APPLY(graph, OP_LOOKUP, premise(graph, "row", VALUE_NUMBER), zero, zero, one);
    double *rows = arena_array(arena, LANES, sizeof *rows);
    for (int lane = 31111; lane < LANES; lane++)
        rows[lane] = 9;
    struct lane_source source = {.values = rows};
    bool varies = true;
    struct tape *tape = tape_build(arena, graph, &cell, 1, &varies);
    for (unsigned threads = 1; threads <= 7; threads++) {
        struct manner manner = {.threads = threads};
        struct lanes lanes = {.sources = &source, .count = LANES, .manner = &manner};
        struct summaries summaries;
        struct engine_fault fault = {0};
        assert_false(engine_summarise(tape, &lanes, NULL, 0, arena, &summaries, &fault));
        assert_int_equal(fault.lane, 31111);
        assert_int_equal(fault.fault, OP_FAULT_OUTSIDE);
    }
}

/* The same lanes, value by value, through engine_evaluate(). */
static void test_summaries_agree_with_the_values(void **state)
{
    struct arena *arena = *state;
    enum { LANES = 3000 };
    struct model model;
    struct summaries summaries;
    struct engine_fault fault;
    model_make(&model, arena, LANES);
    double *values = arena_array(arena, 4 * LANES, sizeof *values), mean, variance;
    double *apart = arena_array(arena, LANES, sizeof *apart);
    assert_true(engine_evaluate(model.tape, &model.lanes, arena, values, &fault));
    assert_true(engine_summarise(model.tape, &model.lanes, pairs, 3, arena, &summaries, &fault));
    for (size_t cell = 0; cell < 4; cell++) {
        plain_moments(values + cell * LANES, LANES, &mean, &variance);
        assert_close(summary_mean(summaries.cell[cell]), mean, 1e-13, 0);
        assert_close(summary_variance(summaries.cell[cell]), variance, 1e-12, 0);
    }
    for (size_t p = 0; p < COUNT_OF(pairs); p++) {
        for (size_t i = 0; i < LANES; i++)
            apart[i] = values[pairs[p].a * LANES + i] - values[pairs[p].b * LANES + i];
        plain_moments(apart, LANES, &mean, &variance);
        assert_close(summary_mean(summaries.pair[p]), mean, 1e-13, 1e-13);
        assert_close(summary_variance(summaries.pair[p]), variance, 1e-12, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_mean_and_variance),
        TEST(test_equal_values_have_no_variance),
        TEST(test_what_is_not_finite_is_counted_apart),
        TEST(test_nothing_finite),
        TEST(test_quantiles_are_within_their_bound),
        TEST(test_many_values_in_one_bin),
        TEST(test_the_block_size_changes_no_bit),
        TEST(test_threads_and_processors_change_no_bit),
        TEST(test_a_run_may_end_early),
        TEST(test_threads_name_the_first_fault),
        TEST(test_summaries_agree_with_the_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Premises drawn together: rank correlations and marginals against their closed forms. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "cmocka_all.h"
#include "engine/brute.h"
#include "engine/engine.h"
#include "engine/kernels.h"
#include "fixture.h"

enum { DRAWS = 100000, PREMISES = 3 };

static const enum isa isas[] = {ISA_BASELINE, ISA_AVX2, ISA_AVX512};
static const char *const paths[PREMISES] = {"model.a", "model.b", "model.c"};

/* Three premises with the correlations ab, ac, bc of their scores. */
struct three {
    struct graph *graph;
    node_id nodes[PREMISES];
    struct distribution distributions[PREMISES];
    double weights[PREMISES][PREMISES];
    struct drawn_by by[PREMISES];
    struct drawn_together together[PREMISES];
    struct lane_source sources[PREMISES];
    bool varies[PREMISES];
};

static void three_init(struct three *three, struct arena *arena, const double *rho)
{
    *three = (struct three){
        .graph = graph_new(arena),
        .distributions = {{.kind = DISTRIBUTION_NORMAL, .parameter = {1, 2}},
                          {.kind = DISTRIBUTION_TRIANGULAR, .parameter = {0, 0.2, 0.4}},
                          {.kind = DISTRIBUTION_BETA, .parameter = {2, 5}}}};
    double l11 = sqrt(1 - rho[0] * rho[0]), l21 = (rho[2] - rho[0] * rho[1]) / l11;
    double factor[PREMISES][PREMISES] = {
        {1}, {rho[0], l11}, {rho[1], l21, sqrt(1 - rho[1] * rho[1] - l21 * l21)}};
    memcpy(three->weights, factor, sizeof factor);
    for (uint32_t p = 0; p < PREMISES; p++) {
        three->nodes[p] = premise(three->graph, paths[p], VALUE_NUMBER);
        three->distributions[p].scale = 1;
        assert_null(distribution_prepare(&three->distributions[p], arena));
        three->by[p] = (struct drawn_by){stream_of_path(paths[p]), sobol_dimension_new(arena, p)};
        three->together[p] = (struct drawn_together){p + 1, three->weights[p], three->by};
        three->sources[p] = (struct lane_source){.distribution = &three->distributions[p],
                                                 .dimension = three->by[p].dimension};
        if (p > 0)
            three->sources[p].together = &three->together[p];
        three->varies[p] = true;
    }
}

static void draw(struct three *three, struct arena *arena, uint64_t replicate,
                 const struct manner *manner, double *out)
{
    struct lanes lanes = {.sources = three->sources,
                          .count = DRAWS,
                          .first_draw = 1,
                          .seed = 3,
                          .replicate = replicate,
                          .manner = manner};
    struct tape *tape = tape_build(arena, three->graph, three->nodes, PREMISES, three->varies);
    struct engine_fault fault;
    assert_true(engine_evaluate(tape, &lanes, arena, out, &fault));
}

static double values[PREMISES][DRAWS], others[PREMISES][DRAWS];

/* --- ranks ----------------------------------------------------------------------------------- */

static const double *ranked;

static int by_ranked(const void *a, const void *b)
{
    double x = ranked[*(const uint32_t *)a], y = ranked[*(const uint32_t *)b];
    return (x > y) - (x < y);
}

static void find_ranks(const double *list, double *ranks)
{
    static uint32_t order[DRAWS];
    for (uint32_t i = 0; i < DRAWS; i++)
        order[i] = i;
    ranked = list;
    qsort(order, DRAWS, sizeof *order, by_ranked);
    for (uint32_t i = 0; i < DRAWS; i++)
        ranks[order[i]] = i;
}

static double rank_correlation(const double *a, const double *b)
{
    static double x[DRAWS], y[DRAWS];
    double sum = 0, middle = (DRAWS - 1) / 2.0;
    find_ranks(a, x);
    find_ranks(b, y);
    for (size_t i = 0; i < DRAWS; i++)
        sum += (x[i] - middle) * (y[i] - middle);
    return sum * 12 / ((double)DRAWS * ((double)DRAWS * DRAWS - 1));
}

/* Spearman's coefficient of a Gaussian copula is 6 / pi asin(rho / 2) (Kruskal 1958). Its standard
 * error over n draws is at most 1 / sqrt(n - 1). */
static void test_rank_correlations(void **state)
{
    struct fixture *fixture = *state;
    static const double matrices[][3] = {
        {0.4, 0, 0}, {-0.7, 0.2, 0.3}, {0.95, 0.9, 0.92}, {-0.5, -0.4, 0.1}};
    const double pi = acos(-1);
    for (size_t m = 0; m < COUNT_OF(matrices); m++)
        for (uint64_t replicate = 0; replicate <= 8192; replicate += 8192) {
            struct three three;
            three_init(&three, &fixture->arena, matrices[m]);
            draw(&three, &fixture->arena, replicate, NULL, values[0]);
            for (int pair = 0; pair < 3; pair++) {
                int a = pair < 2 ? 0 : 1, b = pair < 1 ? 1 : 2;
                double expected = 6 / pi * asin(matrices[m][pair] / 2);
                double actual = rank_correlation(values[a], values[b]);
                assert_true(fabs(actual - expected) < 4 / sqrt(DRAWS - 1));
            }
        }
}

/* --- marginals ------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double probability(int premise_at, double x)
{
    if (premise_at == 0)
        return erfc((1 - x) / 2 / sqrt(2)) / 2;
    if (premise_at == 1)
        return x < 0.2 ? x * x / 0.08 : 1 - (0.4 - x) * (0.4 - x) / 0.08;
    double y = 1 - x; /* P(at least 2 of 6 trials) */
    return 1 - pow(y, 6) - 6 * x * pow(y, 5);
}

/* Kolmogorov and Smirnov: a distance above 1.95 / sqrt(n) has a chance of 0.001. */
static void test_marginals_stay(void **state)
{
    struct fixture *fixture = *state;
    static const double rho[3] = {-0.7, 0.2, 0.3};
    struct three three;
    three_init(&three, &fixture->arena, rho);
    draw(&three, &fixture->arena, 0, NULL, values[0]);
    for (int p = 0; p < PREMISES; p++) {
        double worst = 0;
        qsort(values[p], DRAWS, sizeof(double), by_value);
        for (size_t i = 0; i < DRAWS; i++) {
            double chance = probability(p, values[p][i]);
            worst = fmax(worst, fmax(chance - (double)i / DRAWS, (double)(i + 1) / DRAWS - chance));
        }
        assert_true(worst * sqrt(DRAWS) < 1.95);
    }
}

/* The first of a group is drawn as if alone, to the last bit; the others are not. */
static void test_the_first_is_drawn_as_if_alone(void **state)
{
    struct fixture *fixture = *state;
    static const double rho[3] = {0.4, 0, 0};
    struct three three;
    three_init(&three, &fixture->arena, rho);
    draw(&three, &fixture->arena, 0, NULL, values[0]);
    for (int p = 0; p < PREMISES; p++)
        three.sources[p].together = NULL;
    draw(&three, &fixture->arena, 0, NULL, others[0]);
    assert_memory_equal(values[0], others[0], sizeof values[0]);
    assert_true(memcmp(values[1], others[1], sizeof values[1]) != 0);
}

/* A score that is a premise's own comes back as the uniform number it was, but for rounding: the
 * chance of the quantile of u is u to 2e-15 of the smaller of u and 1 - u, and 2^-53 of 1. */
static void test_a_score_of_its_own_changes_nothing(void **state)
{
    (void)state;
    enum { COUNT = 256 };
    for (uint64_t first = 0; first < 100 * COUNT; first += COUNT) {
        double u[COUNT], again[COUNT], sum[COUNT] = {0};
        const struct kernels *kernels = kernels_for(ISA_BEST);
        kernels->uniform(1, 2, first, COUNT, u);
        memcpy(again, u, sizeof u);
        kernels->add_scores(sum, 1, again, COUNT);
        kernels->chances(sum, COUNT);
        for (size_t i = 0; i < COUNT; i++)
            assert_true(fabs(sum[i] - u[i]) <= 2e-15 * fmin(u[i], 1 - u[i]) + 0x1p-53);
    }
}

/* --- bits ------------------------------------------------------------------------------------ */

static void test_threads_blocks_and_processors_do_not_matter(void **state)
{
    struct fixture *fixture = *state;
    static const double rho[3] = {-0.7, 0.2, 0.3};
    static const struct manner manners[] = {{.threads = 1, .block = 32},
                                            {.threads = 2, .block = 1024, .isa = ISA_BASELINE},
                                            {.threads = 3, .block = 100, .isa = ISA_AVX2},
                                            {.threads = 7, .block = 256, .isa = ISA_AVX512}};
    struct three three;
    three_init(&three, &fixture->arena, rho);
    for (uint64_t replicate = 0; replicate <= 8192; replicate += 8192) {
        draw(&three, &fixture->arena, replicate, NULL, values[0]);
        for (size_t m = 0; m < COUNT_OF(manners); m++) {
            draw(&three, &fixture->arena, replicate, &manners[m], others[0]);
            assert_memory_equal(others, values, sizeof values);
        }
    }
}

/* Far scores, which no seed will bring. */
static void test_the_loops_give_the_same_chances(void **state)
{
    (void)state;
    double z[] = {0,    -0.0, 0.67448975, -0.67448976, 1,   -1,   5.6568, 5.65685425,
                  -5.7, 5.7,  8.3,        -8.3,        -40, 1000, 0.3,    -2.5};
    for (size_t k = 0; k < COUNT_OF(isas); k++)
        for (size_t count = 1; count <= COUNT_OF(z); count++) {
            double chance[COUNT_OF(z)];
            memcpy(chance, z, sizeof z);
            kernels_for(isas[k])->chances(chance, count);
            for (size_t i = 0; i < count; i++) {
                double one = math_normal_chance(z[i]);
                one = fmin(fmax(one, 0x1p-53), 1 - 0x1p-53);
                assert_true(chance[i] == one);
            }
        }
}

/* --- both ------------------------------------------------------------------------------------ */

/* The mean of the product of two uniform numbers drawn together by quasi-random draws: 1/4 +
 * asin(rho / 2) / (2 pi), since Spearman's coefficient is 12 times what it has above 1/4. */
static void test_quasi_random_draws_together(void **state)
{
    struct fixture *fixture = *state;
    static const double rho[3] = {0.6, 0, 0};
    enum { LEAST = 8, MOST = 12, SEEDS = 16 };
    double errors[MOST - LEAST + 1];
    const double exact = 0.25 + asin(0.3) / (2 * acos(-1));
    struct three three;
    three_init(&three, &fixture->arena, rho);
    for (int p = 0; p < 2; p++)
        three.distributions[p] =
            (struct distribution){.kind = DISTRIBUTION_UNIFORM, .parameter = {0, 1}, .scale = 1};
    node_id product = APPLY(three.graph, OP_MUL, three.nodes[0], three.nodes[1]);
    struct tape *tape = tape_build(&fixture->arena, three.graph, &product, 1, three.varies);
    for (int m = LEAST; m <= MOST; m++) {
        double squares = 0;
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            struct lanes lanes = {.sources = three.sources,
                                  .count = (uint64_t)16 << m,
                                  .first_draw = 1,
                                  .seed = seed,
                                  .replicate = (uint64_t)1 << m};
            struct summaries summaries;
            struct engine_fault fault;
            assert_true(
                engine_summarise(tape, &lanes, NULL, 0, &fixture->arena, &summaries, &fault));
            double off = summary_mean(summaries.cell[0]) - exact;
            squares += off * off;
        }
        errors[m - LEAST] = sqrt(squares / SEEDS);
    }
    double slope = log2(errors[MOST - LEAST] / errors[0]) / (MOST - LEAST);
    print_message("error %.3g at 16 x 2^8, %.3g at 16 x 2^%d draws: slope %.2f\n", errors[0],
                  errors[MOST - LEAST], MOST, slope);
    assert_true(slope <= -0.9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_rank_correlations),
        TEST(test_marginals_stay),
        TEST(test_the_first_is_drawn_as_if_alone),
        TEST(test_a_score_of_its_own_changes_nothing),
        TEST(test_threads_blocks_and_processors_do_not_matter),
        TEST(test_the_loops_give_the_same_chances),
        TEST(test_quasi_random_draws_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

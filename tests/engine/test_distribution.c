/* Random streams against Random123's published vectors; distributions against closed forms. */
#include <stdlib.h>
#include <string.h>

#include <Random123/philox.h>

#include "base/math.h"
#include "cmocka_all.h"
#include "engine/distribution.h"

enum { DRAWS = 1000000 };

/* --- streams --------------------------------------------------------------------------------- */

/* Random123 1.14, tests/kat_vectors, philox4x32 with 10 rounds. */
static void test_philox_known_answers(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], words[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        philox4x32_ctr_t counter;
        philox4x32_key_t key;
        memcpy(counter.v, known[i].counter, sizeof counter.v);
        memcpy(key.v, known[i].key, sizeof key.v);
        philox4x32_ctr_t words = philox4x32_R(10, counter, key);
        assert_memory_equal(words.v, known[i].words, sizeof words.v);
    }
}

/* The same vectors through our own numbering: u = (top 52 bits + 1/2) / 2^52. */
static void test_uniform_numbers_are_philox_words(void **state)
{
    (void)state;
    double u[2], one;
    stream_uniform(0, 0, 0, 2, u);
    assert_true(u[0] == ((double)(0xe169c58d6627e8d5 >> 12) + 0.5) * 0x1p-52);
    assert_true(u[1] == ((double)(0x9b00dbd8bc57ac4c >> 12) + 0.5) * 0x1p-52);
    /* The third vector's counter: draws 2c and 2c + 1 with c = 0x85a308d3243f6a88. */
    uint64_t draw = 2 * (uint64_t)0x05a308d3243f6a88;
    stream_uniform(0x299f31d0a4093822, 0x0370734413198a2e, draw, 2, u);
    stream_uniform(0x299f31d0a4093822, 0x0370734413198a2e, draw + 1, 1, &one);
    assert_true(one == u[1]);
    assert_true(u[0] != u[1] && u[0] > 0 && u[0] < 1);
}

/* Does a draw depend on where a block begins? */
static void test_a_draw_depends_on_its_index_alone(void **state)
{
    (void)state;
    double whole[100], part[100];
    uint64_t stream = stream_of_path("model.detection");
    stream_uniform(5, stream, 1000, 100, whole);
    for (size_t first = 0; first < 100; first += 7)
        for (size_t count = 0; count <= 100 - first; count += 3) {
            stream_uniform(5, stream, 1000 + first, count, part);
            assert_memory_equal(part, whole + first, count * sizeof *part);
        }
}

static void test_streams_differ_by_seed_and_path(void **state)
{
    (void)state;
    double a[8], b[8], c[8];
    stream_uniform(1, stream_of_path("model.a"), 0, 8, a);
    stream_uniform(2, stream_of_path("model.a"), 0, 8, b);
    stream_uniform(1, stream_of_path("model.b"), 0, 8, c);
    for (int i = 0; i < 8; i++)
        assert_true(a[i] != b[i] && a[i] != c[i] && b[i] != c[i]);
    /* FNV-1a of 64 bits: the offset basis, and "a" from the authors' test vectors. */
    assert_true(stream_of_path("") == 0xcbf29ce484222325);
    assert_true(stream_of_path("a") == 0xaf63dc4c8601ec8c);
    assert_true(stream_of_path("foobar") == 0x85944171f73967e8);
}

/* --- samples against closed forms ------------------------------------------------------------ */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct known {
    struct distribution distribution;
    double mean, variance;
    double (*probability)(const double *parameter, double x); /* P(X <= x), unscaled */
};

static double uniform_probability(const double *p, double x)
{
    return (x - p[0]) / (p[1] - p[0]);
}

static double triangular_probability(const double *p, double x)
{
    double whole = p[2] - p[0];
    if (x < p[1])
        return (x - p[0]) * (x - p[0]) / (whole * (p[1] - p[0]));
    return 1 - (p[2] - x) * (p[2] - x) / (whole * (p[2] - p[1]));
}

static double normal_probability(const double *p, double x)
{
    return erfc((p[0] - x) / p[1] / sqrt(2)) / 2;
}

static double lognormal_probability(const double *p, double x)
{
    return normal_probability(p, log(x));
}

/* Of whole shapes: P(at least a of a + b - 1 trials) (DLMF 8.17.5), summed from the definition. */
static double beta_probability_of_whole(const double *p, double x)
{
    enum { MOST = 64 };
    int a = (int)p[0], n = (int)(p[0] + p[1]) - 1;
    long double sum = 0, choose = 1, power = 1, rest[MOST] = {1};
    for (int k = 0; k < n; k++)
        rest[k + 1] = rest[k] * (1 - (long double)x);
    for (int k = 0; k <= n; k++) {
        if (k >= a)
            sum += choose * power * rest[n - k];
        choose = choose * (n - k) / (k + 1);
        power *= (long double)x;
    }
    return (double)sum;
}

static const struct known knowns[] = {
    {{.kind = DISTRIBUTION_UNIFORM, .parameter = {-1, 3}, .scale = 1},
     1,
     16.0 / 12,
     uniform_probability},
    {{.kind = DISTRIBUTION_TRIANGULAR, .parameter = {0, 0.2, 0.4}, .scale = 1},
     0.2,
     0.16 / 24,
     triangular_probability},
    {{.kind = DISTRIBUTION_TRIANGULAR, .parameter = {1, 1, 4}, .scale = 1},
     2,
     0.5,
     triangular_probability},
    {{.kind = DISTRIBUTION_NORMAL, .parameter = {10, 2}, .scale = 1}, 10, 4, normal_probability},
    /* exp(m + s^2/2) and (exp(s^2) - 1) exp(2m + s^2) for m = 1, s = 1/2 */
    {{.kind = DISTRIBUTION_LOGNORMAL, .parameter = {1, 0.5}, .scale = 1},
     3.080216848918031,
     2.6947737505978447,
     lognormal_probability},
    /* a/(a+b) and ab/((a+b)^2 (a+b+1)) */
    {{.kind = DISTRIBUTION_BETA, .parameter = {2, 5}, .scale = 1},
     2.0 / 7,
     10.0 / (49 * 8),
     beta_probability_of_whole},
    {{.kind = DISTRIBUTION_BETA, .parameter = {30, 3}, .scale = 1},
     30.0 / 33,
     90.0 / (33 * 33 * 34),
     beta_probability_of_whole},
};

/* The largest distance between the sample's distribution function and the true one. */
static double kolmogorov_distance(double *values, const struct known *known)
{
    double worst = 0;
    qsort(values, DRAWS, sizeof *values, by_value);
    for (int i = 0; i < DRAWS; i++) {
        double p = known->probability(known->distribution.parameter, values[i]);
        worst = fmax(worst, fmax(p - (double)i / DRAWS, (i + 1.0) / DRAWS - p));
    }
    return worst;
}

static void check_moments(const double *values, const struct known *known)
{
    double sum = 0, squares = 0;
    for (int i = 0; i < DRAWS; i++) {
        double off = values[i] - known->mean;
        sum += off;
        squares += off * off;
    }
    /* Five standard errors; the fourth moment of these is below 12 variances squared. */
    assert_close(sum / DRAWS, 0, 0, 5 * sqrt(known->variance / DRAWS));
    assert_close(squares / DRAWS, known->variance, 5 * sqrt(12.0 / DRAWS), 0);
}

static void test_samples_have_the_distribution(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    double *values = arena_array(&arena, DRAWS, sizeof *values);
    for (size_t i = 0; i < COUNT_OF(knowns); i++) {
        struct distribution distribution = knowns[i].distribution;
        assert_null(distribution_prepare(&distribution, &arena));
        distribution_sample(&distribution, 42, stream_of_path("model.x"), 0, DRAWS, values);
        check_moments(values, &knowns[i]);
        /* Kolmogorov: exceeded with probability 2 exp(-2 * 2.2^2) = 0.00013. */
        assert_true(kolmogorov_distance(values, &knowns[i]) < 2.2 / sqrt(DRAWS));
    }
    arena_release(&arena);
}

/* Counts of each value, within five standard errors of what the weights say. */
static void check_counts(const struct distribution *distribution, const double *values)
{
    double whole = 0;
    for (size_t k = 0; k < distribution->count; k++)
        whole += distribution->weights != NULL ? distribution->weights[k] : 1;
    for (size_t k = 0; k < distribution->count; k++) {
        double p = (distribution->weights != NULL ? distribution->weights[k] : 1) / whole;
        double count = 0;
        for (int i = 0; i < DRAWS; i++)
            count += values[i] == distribution->values[k];
        assert_close(count / DRAWS, p, 0, 5 * sqrt(p * (1 - p) / DRAWS));
    }
}

static void test_values_come_as_often_as_they_weigh(void **state)
{
    (void)state;
    static const double listed[] = {3, -1, 0.5, 7, 2}, weights[] = {1, 0.001, 2.5, 1, 0.5};
    struct distribution lists[] = {
        {.kind = DISTRIBUTION_CHOICE, .scale = 1, .values = listed, .weights = weights, .count = 5},
        {.kind = DISTRIBUTION_SAMPLES, .scale = 1, .values = listed, .count = 5}};
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    double *values = arena_array(&arena, DRAWS, sizeof *values);
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        assert_null(distribution_prepare(&lists[i], &arena));
        distribution_sample(&lists[i], 42, stream_of_path("model.x"), 0, DRAWS, values);
        check_counts(&lists[i], values);
    }
    arena_release(&arena);
}

static void test_scale_multiplies(void **state)
{
    (void)state;
    struct distribution one = {.kind = DISTRIBUTION_TRIANGULAR, .parameter = {1, 2, 5}, .scale = 1};
    struct distribution twelve = one;
    twelve.scale = 12;
    for (double u = 0.05; u < 1; u += 0.1)
        assert_true(distribution_quantile(&twelve, u) == 12 * distribution_quantile(&one, u));
}

/* --- beta ------------------------------------------------------------------------------------ */

/* Quantiles with a closed form: of (a, 1), (1, b), (1/2, 1/2) and (2, 2). */
static double beta_closed(double a, double b, double u)
{
    const double pi = 3.141592653589793;
    if (b == 1)
        return pow(u, 1 / a);
    if (a == 1)
        return -expm1(log1p(-u) / b);
    if (a == 0.5)
        return pow(sin(pi * u / 2), 2);
    return 0.5 - sin(asin(1 - 2 * u) / 3); /* the root of 3 x^2 - 2 x^3 = u */
}

static double beta_worst(struct arena *arena, double a, double b)
{
    struct distribution beta = {.kind = DISTRIBUTION_BETA, .parameter = {a, b}, .scale = 1};
    assert_null(distribution_prepare(&beta, arena));
    double worst = 0;
    for (int i = 1; i < 20000; i++) {
        double middle = i / 20000.0, tail = exp2(-i / 400.0);
        worst = fmax(worst, fabs(distribution_quantile(&beta, middle) - beta_closed(a, b, middle)));
        worst = fmax(worst, fabs(distribution_quantile(&beta, tail) - beta_closed(a, b, tail)));
        tail = 1 - tail;
        worst = fmax(worst, fabs(distribution_quantile(&beta, tail) - beta_closed(a, b, tail)));
    }
    return worst;
}

static void test_beta_against_closed_forms(void **state)
{
    (void)state;
    static const double shapes[][3] = {
        {0.5, 0.5, 3e-9}, {2, 2, 3e-9},    {1, 1, 1e-14},  {1, 10, 3e-9},
        {10, 1, 3e-9},    {1, 0.1, 3e-7},  {0.1, 1, 3e-7}, {0.05, 1, 5e-6},
        {1, 0.05, 5e-6},  {1, 1000, 3e-9}, {1e5, 1, 3e-9},
    };
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        double worst = beta_worst(&arena, shapes[i][0], shapes[i][1]);
        print_message("beta %g, %g: off by %.2g\n", shapes[i][0], shapes[i][1], worst);
        assert_true(worst <= shapes[i][2]);
    }
    arena_release(&arena);
}

/* Whole shapes: the quantile's probability must be u again. */
static void test_beta_of_whole_shapes(void **state)
{
    (void)state;
    static const double shapes[][2] = {{2, 5}, {30, 3}, {8, 2}, {12, 12}, {3, 40}};
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        struct distribution beta = {
            .kind = DISTRIBUTION_BETA, .parameter = {shapes[i][0], shapes[i][1]}, .scale = 1};
        assert_null(distribution_prepare(&beta, &arena));
        double before = 0;
        for (int j = 1; j < 5000; j++) {
            double u = j / 5000.0, x = distribution_quantile(&beta, u);
            assert_close(beta_probability_of_whole(shapes[i], x), u, 0, 2e-8);
            assert_true(x > before);
            before = x;
        }
    }
    arena_release(&arena);
}

/* The smallest and largest u there are. */
static void test_beta_at_the_ends(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    struct distribution beta = {.kind = DISTRIBUTION_BETA, .parameter = {2, 1}, .scale = 1};
    assert_null(distribution_prepare(&beta, &arena));
    assert_close(distribution_quantile(&beta, 0x1p-53), 0x1p-27 * sqrt(2), 1e-8, 0);
    assert_close(distribution_quantile(&beta, 1 - 0x1p-53), 1, 0, 1e-15);
    assert_close(distribution_quantile(&beta, 0.5), sqrt(0.5), 1e-13, 0);
    assert_close(distribution_quantile(&beta, 0.25), 0.5, 1e-13, 0);
    assert_close(distribution_quantile(&beta, 0.75), sqrt(0.75), 1e-13, 0);
    arena_release(&arena);
}

/* --- choice and samples ---------------------------------------------------------------------- */

static void test_choice_takes_values_by_weight(void **state)
{
    (void)state;
    static const double values[] = {7, -1, 3}, weights[] = {2, 1, 5};
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    struct distribution choice = {
        .kind = DISTRIBUTION_CHOICE, .scale = 2, .values = values, .weights = weights, .count = 3};
    assert_null(distribution_prepare(&choice, &arena));
    /* cumulative weights: 1/4, 3/8, 1 */
    assert_true(distribution_quantile(&choice, 0x1p-53) == 14);
    assert_true(distribution_quantile(&choice, 0.2499) == 14);
    assert_true(distribution_quantile(&choice, 0.25) == -2);
    assert_true(distribution_quantile(&choice, 0.3749) == -2);
    assert_true(distribution_quantile(&choice, 0.375) == 6);
    assert_true(distribution_quantile(&choice, 1 - 0x1p-53) == 6);
    arena_release(&arena);
}

static void test_samples_are_as_likely(void **state)
{
    (void)state;
    static const double values[] = {4, 1, 9, 1, 5};
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    struct distribution samples = {
        .kind = DISTRIBUTION_SAMPLES, .scale = 1, .values = values, .count = 5};
    assert_null(distribution_prepare(&samples, &arena));
    for (int i = 0; i < 5; i++) {
        assert_true(distribution_quantile(&samples, i / 5.0 + 0.01) == values[i]);
        assert_true(distribution_quantile(&samples, (i + 1) / 5.0 - 0.01) == values[i]);
    }
    assert_true(distribution_quantile(&samples, 1 - 0x1p-53) == 5);
    arena_release(&arena);
}

/* --- what is refused ------------------------------------------------------------------------- */

static void test_bad_parameters_are_named(void **state)
{
    (void)state;
    static const double one[] = {1}, bad_weight[] = {0}, bad_value[] = {HUGE_VAL};
    const struct {
        struct distribution distribution;
        const char *wrong;
    } bad[] = {
        {{.kind = DISTRIBUTION_UNIFORM, .parameter = {2, 2}, .scale = 1},
         "the low end is not below the high end"},
        {{.kind = DISTRIBUTION_TRIANGULAR, .parameter = {0, 5, 4}, .scale = 1},
         "the mode lies outside low..high"},
        {{.kind = DISTRIBUTION_NORMAL, .parameter = {0, 0}, .scale = 1},
         "the standard deviation is not above 0"},
        {{.kind = DISTRIBUTION_NORMAL, .parameter = {(double)NAN, 1}, .scale = 1},
         "a parameter is not finite"},
        {{.kind = DISTRIBUTION_LOGNORMAL, .parameter = {0, -1}, .scale = 1},
         "the standard deviation is not above 0"},
        {{.kind = DISTRIBUTION_BETA, .parameter = {0, 1}, .scale = 1},
         "alpha and beta must be at least 0.05"},
        {{.kind = DISTRIBUTION_BETA, .parameter = {1, 1e6}, .scale = 1},
         "alpha and beta may be 100000 at most"},
        {{.kind = DISTRIBUTION_CHOICE, .scale = 1}, "there are no values"},
        {{.kind = DISTRIBUTION_CHOICE,
          .scale = 1,
          .values = one,
          .weights = bad_weight,
          .count = 1},
         "a weight is not above 0"},
        {{.kind = DISTRIBUTION_SAMPLES, .scale = 1, .values = bad_value, .count = 1},
         "a value is not finite"},
    };
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct distribution distribution = bad[i].distribution;
        assert_string_equal(distribution_prepare(&distribution, &arena), bad[i].wrong);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_philox_known_answers),
        cmocka_unit_test(test_uniform_numbers_are_philox_words),
        cmocka_unit_test(test_a_draw_depends_on_its_index_alone),
        cmocka_unit_test(test_streams_differ_by_seed_and_path),
        cmocka_unit_test(test_samples_have_the_distribution),
        cmocka_unit_test(test_values_come_as_often_as_they_weigh),
        cmocka_unit_test(test_scale_multiplies),
        cmocka_unit_test(test_beta_against_closed_forms),
        cmocka_unit_test(test_beta_of_whole_shapes),
        cmocka_unit_test(test_beta_at_the_ends),
        cmocka_unit_test(test_choice_takes_values_by_weight),
        cmocka_unit_test(test_samples_are_as_likely),
        cmocka_unit_test(test_bad_parameters_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

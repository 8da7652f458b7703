/* Draws of different premises, of different seeds, and one after another, are independent: as far
 * as correlations, pairs and runs of bits can show. Philox itself passes BigCrush (Salmon et al.
 * 2011); what is tried here is our keys and counters. */
#include <math.h>
#include <stdlib.h>

#include "cmocka_all.h"
#include "engine/distribution.h"

enum { DRAWS = 1 << 17, PATHS = 24, LAGS = 128 };

/* Paths as scenarios have them: alike but for a letter, a digit, or the last step. */
static const char *const paths[PATHS] = {
    "a",
    "b",
    "model.a",
    "model.b",
    "model.detection",
    "model.detectiom",
    "model.population.potential",
    "model.population.baseline_rate",
    "model.channels.market.supply_elasticity",
    "model.channels.market.slack",
    "model.channels.perception.loss",
    "model.channels.perception.scale",
    "cases.a.share",
    "cases.b.share",
    "cases.c.share",
    "cases.a1.culpability",
    "cases.a2.culpability",
    "cases.a10.culpability",
    "cases.a11.culpability",
    "theories.desert.theta",
    "theories.desert2.theta",
    "records.resample",
    "data.table.1.2",
    "data.table.2.1",
};

static double u[PATHS][DRAWS];

static void fill(uint64_t seed)
{
    for (size_t p = 0; p < PATHS; p++)
        stream_uniform(seed, stream_of_path(paths[p]), 1, DRAWS, u[p]);
}

/* Of uniform numbers less 1/2, times 12: the mean is 0 and the variance 1 / count if they are
 * independent. */
static double correlation(const double *a, const double *b, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (a[i] - 0.5) * (b[i] - 0.5);
    return 12 * sum / (double)count;
}

/* Chance of 5 standard errors: 6e-7 for each of some thousands of figures. */
static void assert_small(double correlation, size_t count)
{
    assert_true(fabs(correlation) < 5 / sqrt((double)count));
}

static void test_premises(void **state)
{
    (void)state;
    fill(1);
    for (size_t a = 0; a < PATHS; a++)
        for (size_t b = 0; b < a; b++)
            for (size_t shift = 0; shift < 3; shift++)
                assert_small(correlation(u[a], u[b] + shift, DRAWS - shift), DRAWS - shift);
}

static void test_draws_one_after_another(void **state)
{
    (void)state;
    fill(1);
    for (size_t p = 0; p < PATHS; p++)
        for (size_t lag = 1; lag <= LAGS; lag++)
            assert_small(correlation(u[p], u[p] + lag, DRAWS - lag), DRAWS - lag);
}

static void test_seeds(void **state)
{
    (void)state;
    static double other[DRAWS];
    static const uint64_t seeds[] = {0, 2, 3, 4, 65537, (uint64_t)1 << 32, ~(uint64_t)0};
    fill(1);
    for (size_t s = 0; s < COUNT_OF(seeds); s++)
        for (size_t p = 0; p < PATHS; p++) {
            stream_uniform(seeds[s], stream_of_path(paths[p]), 1, DRAWS, other);
            assert_small(correlation(u[p], other, DRAWS), DRAWS);
        }
}

/* The statistic of Pearson over equally likely cells, as a distance from its mean in its standard
 * deviations. */
static double pearson(const uint32_t *counts, size_t cells, double total)
{
    double sum = 0, expected = total / (double)cells;
    for (size_t i = 0; i < cells; i++)
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    double freedom = (double)cells - 1;
    return (sum - freedom) / sqrt(2 * freedom);
}

/* Pairs fall evenly into 64 by 64 boxes: of draws one after another, and of two premises. */
static void test_pairs(void **state)
{
    (void)state;
    enum { SIDE = 64 };
    fill(1);
    for (size_t p = 0; p < PATHS; p++)
        for (size_t other = p; other < p + 2; other++) {
            uint32_t counts[SIDE * SIDE] = {0};
            const double *b = other == p ? u[p] + 1 : u[other % PATHS];
            for (size_t i = 0; i < DRAWS - 1; i++)
                counts[(size_t)(u[p][i] * SIDE) * SIDE + (size_t)(b[i] * SIDE)]++;
            assert_true(fabs(pearson(counts, COUNT_OF(counts), DRAWS - 1)) < 5);
        }
}

/* Each of the 52 bits is set half of the time, and agrees half of the time with the same bit of the
 * next draw and of the next premise. */
static void test_bits(void **state)
{
    (void)state;
    fill(1);
    for (size_t p = 0; p + 1 < PATHS; p++)
        for (int bit = 0; bit < 52; bit++) {
            uint64_t set = 0, next = 0, beside = 0;
            for (size_t i = 0; i < DRAWS - 1; i++) {
                uint64_t here = (uint64_t)(u[p][i] * 0x1p52),
                         after = (uint64_t)(u[p][i + 1] * 0x1p52);
                uint64_t there = (uint64_t)(u[p + 1][i] * 0x1p52);
                set += here >> bit & 1;
                next += (here ^ after) >> bit & 1;
                beside += (here ^ there) >> bit & 1;
            }
            double half = (DRAWS - 1) / 2.0, deviation = sqrt(DRAWS - 1.0) / 2;
            assert_true(fabs((double)set - half) < 5 * deviation);
            assert_true(fabs((double)next - half) < 5 * deviation);
            assert_true(fabs((double)beside - half) < 5 * deviation);
        }
}

/* How far apart draws below 1/2 stand: Pearson over gaps of 0, 1, ... 9 and more, whose chances
 * are 1/2, 1/4, ... (Knuth, The Art of Computer Programming 2, 3.3.2, gap test). 5 standard
 * deviations are for a normal distribution; with 10 degrees of freedom 45 has a chance of 2e-6. */
static void test_gaps(void **state)
{
    (void)state;
    enum { GAPS = 11 };
    fill(1);
    for (size_t p = 0; p < PATHS; p++) {
        double counts[GAPS] = {0}, total = 0, sum = 0;
        for (size_t i = 0, gap = 0; i < DRAWS; i++, gap++)
            if (u[p][i] < 0.5) {
                counts[gap < GAPS - 1 ? gap : GAPS - 1]++;
                total++;
                gap = SIZE_MAX;
            }
        for (int g = 0; g < GAPS; g++) {
            double expected = total * ldexp(1, g < GAPS - 1 ? -g - 1 : -g);
            sum += (counts[g] - expected) * (counts[g] - expected) / expected;
        }
        assert_true(sum < 45);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_premises), cmocka_unit_test(test_draws_one_after_another),
        cmocka_unit_test(test_seeds),    cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_bits),     cmocka_unit_test(test_gaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

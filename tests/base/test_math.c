/* Elementary functions against MPFR at many points, and at the ends against C17 annex F. */
#include <mpfr.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "cmocka_all.h"

enum { POINTS = 20000, PRECISION = 160 };

/* splitmix64 (Steele, Lea, Flood 2014): the points of these tests, the same in every run. */
static uint64_t random_bits(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static double random_between(uint64_t *state, double low, double high)
{
    return low + (high - low) * ((double)(random_bits(state) >> 11) * 0x1p-53);
}

/* A positive number whose logarithm is uniform between those of the bounds. */
static double random_size(uint64_t *state, double low_power, double high_power)
{
    return exp2(random_between(state, low_power, high_power));
}

/* |actual - exact| in units in the last place of the exact value, subnormals included. */
static double ulps_off(double actual, mpfr_t exact)
{
    double nearest = mpfr_get_d(exact, MPFR_RNDN);
    if (isinf(nearest) || isinf(actual))
        return nearest == actual ? 0 : HUGE_VAL;
    int exponent = nearest == 0 ? -1074 : ilogb(nearest) - 52;
    if (exponent < -1074)
        exponent = -1074;
    mpfr_t off;
    mpfr_init2(off, PRECISION);
    mpfr_sub_d(off, exact, actual, MPFR_RNDN);
    mpfr_mul_2si(off, off, -exponent, MPFR_RNDN);
    double ulps = fabs(mpfr_get_d(off, MPFR_RNDN));
    mpfr_clear(off);
    return ulps;
}

typedef int mpfr_function(mpfr_t, const mpfr_t, mpfr_rnd_t);

struct range {
    double low, high; /* of x, or of log2 x */
    bool of_power, negative;
};

static double point_of(uint64_t *state, const struct range *range)
{
    double x = range->of_power ? random_size(state, range->low, range->high)
                               : random_between(state, range->low, range->high);
    return range->negative ? -x : x;
}

static double worst_over(double (*function)(double), mpfr_function *reference,
                         const struct range *range)
{
    uint64_t state = 1;
    double worst = 0;
    mpfr_t exact;
    mpfr_init2(exact, PRECISION);
    for (int i = 0; i < POINTS; i++) {
        double x = point_of(&state, range);
        mpfr_set_d(exact, x, MPFR_RNDN);
        reference(exact, exact, MPFR_RNDN);
        double off = ulps_off(function(x), exact);
        if (off > worst)
            worst = off;
    }
    mpfr_clear(exact);
    return worst;
}

static void check_ranges(const char *name, double (*function)(double), mpfr_function *reference,
                         const struct range *ranges, size_t count, double most)
{
    for (size_t i = 0; i < count; i++) {
        double worst = worst_over(function, reference, &ranges[i]);
        print_message("%s on %g..%g%s: %.3f ulp\n", name, ranges[i].low, ranges[i].high,
                      ranges[i].of_power ? " (log2 of |x|)" : "", worst);
        assert_true(worst <= most);
    }
}

static void test_exp_is_within_an_ulp(void **state)
{
    (void)state;
    static const struct range ranges[] = {
        {-745, -708, false, false}, {-708, 709.78, false, false}, {-30, 30, false, false},
        {-1, 1, false, false},      {-60, 0, true, false},        {-60, 0, true, true},
    };
    check_ranges("exp", math_exp, mpfr_exp, ranges, COUNT_OF(ranges), 1);
}

static void test_expm1_is_within_two_ulps(void **state)
{
    (void)state;
    static const struct range ranges[] = {
        {-60, 709.78, false, false}, {-2, 2, false, false},     {-60, 0, true, false},
        {-60, 0, true, true},        {-1074, -40, true, false},
    };
    check_ranges("expm1", math_expm1, mpfr_expm1, ranges, COUNT_OF(ranges), 2);
}

static void test_log_is_within_an_ulp(void **state)
{
    (void)state;
    static const struct range ranges[] = {
        {-1074, 1023.9, true, false},
        {-1, 1, true, false},
        {0.9, 1.1, false, false},
        {-1074, -1022, true, false},
    };
    check_ranges("log", math_log, mpfr_log, ranges, COUNT_OF(ranges), 1);
}

/* Phi(z) = erfc(-z / sqrt(2)) / 2. */
static int normal_chance_reference(mpfr_t result, const mpfr_t z, mpfr_rnd_t rounding)
{
    mpfr_t root;
    mpfr_init2(root, PRECISION);
    mpfr_sqrt_ui(root, 2, rounding);
    mpfr_div(result, z, root, rounding);
    mpfr_neg(result, result, rounding);
    mpfr_erfc(result, result, rounding);
    mpfr_clear(root);
    return mpfr_div_ui(result, result, 2, rounding);
}

static void test_normal_chance_is_within_eight_ulps(void **state)
{
    (void)state;
    static const struct range ranges[] = {
        {-37.5, -5.65685424949238, false, false},
        {-5.65685424949238, -0.67448975, false, false},
        {-0.67448975, 0.67448975, false, false},
        {0.67448975, 9, false, false},
        {-60, 0, true, false},
        {-60, 0, true, true},
    };
    check_ranges("normal chance", math_normal_chance, normal_chance_reference, ranges,
                 COUNT_OF(ranges), 8);
    assert_true(math_normal_chance(0) == 0.5 && math_normal_chance(-0.0) == 0.5);
    assert_true(math_normal_chance(HUGE_VAL) == 1 && math_normal_chance(-HUGE_VAL) == 0);
    assert_true(math_normal_chance(1e300) == 1 && math_normal_chance(-1e300) == 0);
    assert_true(isnan(math_normal_chance((double)NAN)));
}

static void test_log1p_is_within_two_ulps(void **state)
{
    (void)state;
    static const struct range ranges[] = {
        {-60, 1023.9, true, false}, {-60, 0, true, true},      {-0.999999, 1, false, false},
        {-0.5, 2, false, false},    {-1074, -50, true, false},
    };
    check_ranges("log1p", math_log1p, mpfr_log1p, ranges, COUNT_OF(ranges), 2);
}

/* The worst error of x^y over points with |y ln x| <= `most_log`, in ulps. */
static double pow_worst(double base_power, double most_log)
{
    uint64_t state = 7;
    double worst = 0;
    mpfr_t exact, exponent;
    mpfr_inits2(PRECISION, exact, exponent, (mpfr_ptr)NULL);
    for (int i = 0; i < POINTS; i++) {
        double x = random_size(&state, -base_power, base_power);
        double y = random_between(&state, -most_log, most_log) / log(x);
        mpfr_set_d(exact, x, MPFR_RNDN);
        mpfr_set_d(exponent, y, MPFR_RNDN);
        mpfr_pow(exact, exact, exponent, MPFR_RNDN);
        double off = ulps_off(math_pow(x, y), exact);
        if (off > worst)
            worst = off;
    }
    mpfr_clears(exact, exponent, (mpfr_ptr)NULL);
    return worst;
}

/* Promised are 2 + |y ln x| ulps; the logarithm in two parts keeps it much nearer. */
static void test_pow_is_near(void **state)
{
    (void)state;
    static const struct {
        double base_power, most_log, most;
    } ranges[] = {{1, 1, 1}, {10, 10, 1.5}, {1000, 40, 2}, {1000, 700, 26}, {0.01, 700, 26}};
    for (size_t i = 0; i < COUNT_OF(ranges); i++) {
        double worst = pow_worst(ranges[i].base_power, ranges[i].most_log);
        print_message("pow, |y ln x| <= %g, |log2 x| <= %g: %.3f ulp\n", ranges[i].most_log,
                      ranges[i].base_power, worst);
        assert_true(worst <= ranges[i].most);
    }
}

/* Is 10^2 exactly 100? Products of small whole numbers are exact in double. */
static void test_pow_of_small_whole_numbers_is_exact(void **state)
{
    (void)state;
    for (int base = -12; base <= 12; base++) {
        double product = 1;
        for (int power = 1; power <= 8; power++) {
            product *= base;
            assert_true(math_pow(base, power) == product);
        }
    }
    for (int power = 0; power <= 22; power++)
        assert_true(math_pow(10, power) == strtod((char[]){'1', 'e', (char)('0' + power / 10),
                                                           (char)('0' + power % 10), '\0'},
                                                  NULL));
    assert_true(math_pow(6.25, 0.5) == 2.5);
    assert_true(math_pow(2, -1074) == 0x1p-1074);
    assert_true(math_pow(2, 1023) == 0x1p1023);
}

/* --- the ends: C17 annex F.10 ---------------------------------------------------------------- */

static void assert_same(double actual, double expected, const char *what, double x, double y)
{
    bool both_nan = isnan(actual) && isnan(expected);
    bool same = memcmp(&actual, &expected, sizeof actual) == 0;
    if (!both_nan && !same)
        fail_msg("%s of %g, %g is %g, not %g", what, x, y, actual, expected);
}

struct end {
    double x, result;
};

static void check_ends(const char *name, double (*function)(double), const struct end *ends,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_same(function(ends[i].x), ends[i].result, name, ends[i].x, 0);
}

static void test_ends_of_exp_and_log(void **state)
{
    (void)state;
    const double inf = HUGE_VAL, nan = (double)NAN;
    const struct end of_exp[] = {{0, 1},     {-0.0, 1}, {inf, inf},   {-inf, 0},  {nan, nan},
                                 {710, inf}, {-746, 0}, {1e308, inf}, {-1e308, 0}};
    const struct end of_expm1[] = {{0, 0},           {-0.0, -0.0},       {inf, inf},  {-inf, -1},
                                   {nan, nan},       {710, inf},         {-100, -1},  {1e308, inf},
                                   {5e-324, 5e-324}, {-5e-324, -5e-324}, {-1e308, -1}};
    const struct end of_log[] = {{1, 0},    {0, -inf},   {-0.0, -inf}, {inf, inf},
                                 {-1, nan}, {-inf, nan}, {nan, nan},   {-5e-324, nan}};
    const struct end of_log1p[] = {{0, 0},     {-0.0, -0.0},     {-1, -inf},
                                   {inf, inf}, {-2, nan},        {-inf, nan},
                                   {nan, nan}, {5e-324, 5e-324}, {-5e-324, -5e-324}};
    check_ends("exp", math_exp, of_exp, COUNT_OF(of_exp));
    check_ends("expm1", math_expm1, of_expm1, COUNT_OF(of_expm1));
    check_ends("log", math_log, of_log, COUNT_OF(of_log));
    check_ends("log1p", math_log1p, of_log1p, COUNT_OF(of_log1p));
}

/* MPFR follows annex F in its special values, so every pair of awkward numbers is tried. Where the
 * result is an ordinary number it may be off in the last place. */
static void test_ends_of_pow(void **state)
{
    (void)state;
    const double inf = HUGE_VAL, nan = (double)NAN;
    const double awkward[] = {0,
                              0.5,
                              1,
                              1.5,
                              2,
                              3,
                              1e10,
                              0x1p53,
                              0x1p53 - 1,
                              1e300,
                              1e-300,
                              5e-324,
                              inf,
                              0x1.fffffffffffffp1023,
                              0x1p-1022,
                              0x1.fffffffffffffp-1,
                              0x1.0000000000001p0,
                              1023,
                              1024,
                              1075,
                              0x1p52 + 1};
    mpfr_t exact, exponent;
    mpfr_inits2(PRECISION, exact, exponent, (mpfr_ptr)NULL);
    size_t count = COUNT_OF(awkward);
    for (size_t i = 0; i < 4 * count * count; i++) {
        double x = awkward[i / 4 % count] * (i % 2 == 0 ? 1 : -1);
        double y = awkward[i / 4 / count] * (i / 2 % 2 == 0 ? 1 : -1);
        mpfr_set_d(exact, x, MPFR_RNDN);
        mpfr_set_d(exponent, y, MPFR_RNDN);
        mpfr_pow(exact, exact, exponent, MPFR_RNDN);
        double expected = mpfr_get_d(exact, MPFR_RNDN), actual = math_pow(x, y);
        if (isfinite(expected) && expected != 0 && fabs(expected) != 1) {
            assert_true(signbit(actual) == signbit(expected));
            assert_true(ulps_off(actual, exact) <= 26);
        } else {
            assert_same(actual, expected, "pow", x, y);
        }
    }
    mpfr_clears(exact, exponent, (mpfr_ptr)NULL);
    assert_same(math_pow(nan, 0), 1, "pow", nan, 0);
    assert_same(math_pow(1, nan), 1, "pow", 1, nan);
    assert_same(math_pow(nan, 1), nan, "pow", nan, 1);
    assert_same(math_pow(2, nan), nan, "pow", 2, nan);
    assert_same(math_pow(-1, nan), nan, "pow", -1, nan);
}

/* --- binomial probabilities ------------------------------------------------------------------ */

/* P(exactly k of n) and P(at least k of n) by the definition, with 400 bits. */
static void binomial_reference(unsigned long n, unsigned long k, double p, double *pmf,
                               double *tail)
{
    mpfr_t term, sum, odds, q;
    mpfr_inits2(400, term, sum, odds, q, (mpfr_ptr)NULL);
    mpfr_set_d(odds, p, MPFR_RNDN);
    mpfr_ui_sub(q, 1, odds, MPFR_RNDN);
    mpfr_pow_ui(term, odds, n, MPFR_RNDN); /* all n succeed */
    mpfr_div(odds, q, odds, MPFR_RNDN);
    mpfr_set(sum, term, MPFR_RNDN);
    for (unsigned long j = n; j > k; j--) { /* from j to j - 1 successes */
        mpfr_mul(term, term, odds, MPFR_RNDN);
        mpfr_mul_ui(term, term, j, MPFR_RNDN);
        mpfr_div_ui(term, term, n - j + 1, MPFR_RNDN);
        mpfr_add(sum, sum, term, MPFR_RNDN);
    }
    *pmf = mpfr_get_d(term, MPFR_RNDN);
    *tail = mpfr_get_d(sum, MPFR_RNDN);
    mpfr_clears(term, sum, odds, q, (mpfr_ptr)NULL);
}

static void test_binomial_against_its_definition(void **state)
{
    (void)state;
    static const double chances[] = {0.5, 0.04, 0.999, 1e-6, 0.4};
    static const unsigned long trials[] = {1, 2, 9, 30, 100, 1000, 9999};
    for (size_t i = 0; i < COUNT_OF(trials); i++)
        for (size_t c = 0; c < COUNT_OF(chances); c++)
            for (unsigned long k = 0; k <= trials[i]; k += 1 + trials[i] / 17) {
                double n = (double)trials[i], pmf, tail;
                binomial_reference(trials[i], k, chances[c], &pmf, &tail);
                assert_close(math_binomial_pmf(n, (double)k, chances[c]), pmf, 1e-12, 1e-300);
                assert_close(math_binomial_tail(n, (double)k, chances[c]), tail, 1e-12, 1e-300);
            }
}

static void test_binomial_golden(void **state)
{
    (void)state;
    /* golden keys pivot.n10_T5, pivot.n101_T51, pivot.n10000_p04_T4000, pivot.n10000_p10_T4000 */
    assert_close(math_binomial_pmf(9, 4, 0.5), 0.24609375, 1e-14, 0);
    assert_close(math_binomial_pmf(100, 50, 0.5), 0.07958923739, 1e-10, 0);
    assert_close(math_binomial_pmf(9999, 3999, 0.4), 0.008143160307, 1e-9, 0);
    assert_true(math_binomial_pmf(9999, 3999, 1) == 0);
}

static void test_binomial_ends(void **state)
{
    (void)state;
    assert_true(math_binomial_pmf(5, 0, 0) == 1 && math_binomial_pmf(5, 1, 0) == 0);
    assert_true(math_binomial_pmf(5, 5, 1) == 1 && math_binomial_pmf(5, 4, 1) == 0);
    assert_true(math_binomial_pmf(0, 0, 0.3) == 1 && math_binomial_pmf(5, -1, 0.3) == 0);
    assert_true(math_binomial_pmf(5, 6, 0.3) == 0 && math_binomial_tail(5, 6, 0.3) == 0);
    assert_true(math_binomial_tail(5, 0, 0.3) == 1 && math_binomial_tail(5, -3, 0.3) == 1);
    assert_true(math_binomial_tail(5, 5, 1) == 1 && math_binomial_tail(5, 1, 0) == 0);
    const double bad[][3] = {{1.5, 1, 0.5},      {5, 0.5, 0.5},         {5, 1, 1.5},
                             {5, 1, -0.1},       {-1, 0, 0.5},          {HUGE_VAL, 1, 0.5},
                             {5, HUGE_VAL, 0.5}, {(double)NAN, 1, 0.5}, {5, 1, (double)NAN}};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_true(isnan(math_binomial_pmf(bad[i][0], bad[i][1], bad[i][2])));
        assert_true(isnan(math_binomial_tail(bad[i][0], bad[i][1], bad[i][2])));
    }
}

/* --- normal quantile ------------------------------------------------------------------------- */

/* p(x) by MPFR's erfc; the error of x follows from that of p through the density. */
static double quantile_error(double p)
{
    double x = math_normal_quantile(p);
    mpfr_t value, root;
    mpfr_inits2(PRECISION, value, root, (mpfr_ptr)NULL);
    mpfr_sqrt_ui(root, 2, MPFR_RNDN);
    mpfr_set_d(value, -x, MPFR_RNDN);
    mpfr_div(value, value, root, MPFR_RNDN);
    mpfr_erfc(value, value, MPFR_RNDN);
    mpfr_div_ui(value, value, 2, MPFR_RNDN);
    mpfr_sub_d(value, value, p, MPFR_RNDN);
    double density = exp(-x * x / 2) / sqrt(2 * 3.141592653589793);
    double off = mpfr_get_d(value, MPFR_RNDN) / density;
    mpfr_clears(value, root, (mpfr_ptr)NULL);
    return fabs(off) / fmax(fabs(x), 1e-3);
}

/* Wichura states about 1 part in 10^16. */
static void test_normal_quantile(void **state)
{
    (void)state;
    uint64_t random = 3;
    double worst = 0;
    for (int i = 0; i < POINTS; i++) {
        double p =
            i % 2 == 0 ? random_between(&random, 0.001, 0.999) : random_size(&random, -1020, -2);
        worst = fmax(worst, quantile_error(p));
    }
    print_message("normal quantile: relative error %.3g\n", worst);
    assert_true(worst < 2e-15);
    assert_true(math_normal_quantile(0.5) == 0);
    assert_true(math_normal_quantile(0) == -HUGE_VAL && math_normal_quantile(1) == HUGE_VAL);
    assert_true(isnan(math_normal_quantile(-0.1)) && isnan(math_normal_quantile((double)NAN)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exp_is_within_an_ulp),
        cmocka_unit_test(test_expm1_is_within_two_ulps),
        cmocka_unit_test(test_log_is_within_an_ulp),
        cmocka_unit_test(test_log1p_is_within_two_ulps),
        cmocka_unit_test(test_normal_chance_is_within_eight_ulps),
        cmocka_unit_test(test_pow_is_near),
        cmocka_unit_test(test_pow_of_small_whole_numbers_is_exact),
        cmocka_unit_test(test_ends_of_exp_and_log),
        cmocka_unit_test(test_ends_of_pow),
        cmocka_unit_test(test_binomial_against_its_definition),
        cmocka_unit_test(test_binomial_golden),
        cmocka_unit_test(test_binomial_ends),
        cmocka_unit_test(test_normal_quantile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The Sobol' sequence against its definition, and what scrambling must keep and must not. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "engine/kernels.h"
#include "engine/sobol.h"
#include "fixture.h"

static const enum isa isas[] = {ISA_BASELINE, ISA_AVX2, ISA_AVX512};

/* --- polynomials ----------------------------------------------------------------------------- */

static uint32_t degree_of(uint32_t polynomial)
{
    uint32_t degree = 0;
    while (polynomial >> (degree + 1) != 0)
        degree++;
    return degree;
}

/* The order of x modulo a polynomial over the field of two elements, by multiplying. */
static uint32_t order_of_x(uint32_t polynomial)
{
    uint32_t degree = degree_of(polynomial), power = 1, order = 0;
    do {
        power <<= 1;
        if (power >> degree & 1)
            power ^= polynomial;
        order++;
    } while (power != 1 && order < 1u << degree);
    return order;
}

/* A polynomial of degree s is primitive where x has the order 2^s - 1. Joe and Kuo take all of them
 * by degree and, in a degree, by size; so each is there once. */
static void test_polynomials_are_primitive(void **state)
{
    (void)state;
    for (size_t d = 0; d < SOBOL_DIMENSIONS - 1; d++) {
        const struct sobol_start *start = &sobol_starts[d];
        uint32_t degree = degree_of(start->polynomial);
        assert_true((start->polynomial & 1) == 1);
        assert_int_equal(order_of_x(start->polynomial), (1u << degree) - 1);
        assert_true(d == 0 || start->polynomial > sobol_starts[d - 1].polynomial);
        for (uint32_t k = 0; k < SOBOL_MOST_DEGREE; k++) {
            uint32_t m = start->first[k];
            assert_true(k < degree ? m % 2 == 1 && m < 2u << k : m == 0);
        }
    }
}

/* The first rows of the table in Joe and Kuo 2008, section 5, and of the file new-joe-kuo-6.21201:
 * d, s, a, m. There `a` holds the inner coefficients. */
static void test_the_published_rows(void **state)
{
    (void)state;
    static const struct {
        uint32_t dimension, degree, inner, first[5];
    } rows[] = {
        {2, 1, 0, {1}},
        {3, 2, 1, {1, 3}},
        {4, 3, 1, {1, 3, 1}},
        {5, 3, 2, {1, 1, 1}},
        {6, 4, 1, {1, 1, 3, 3}},
        {7, 4, 4, {1, 3, 5, 13}},
        {8, 5, 2, {1, 1, 5, 5, 17}},
        {9, 5, 4, {1, 1, 5, 5, 5}},
        {10, 5, 7, {1, 1, 7, 11, 19}},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct sobol_start *start = &sobol_starts[rows[i].dimension - 2];
        assert_int_equal(start->polynomial, 1u << rows[i].degree | rows[i].inner << 1 | 1);
        for (uint32_t k = 0; k < rows[i].degree; k++)
            assert_int_equal(start->first[k], rows[i].first[k]);
    }
}

/* --- points ---------------------------------------------------------------------------------- */

/* The definition, digit by digit: the numerators m_k by the recurrence over the polynomial's
 * coefficients as an array of digits, directions as fractions, and the sum of those that the
 * index's digits choose, each binary digit added without carry. */
static double by_definition(uint32_t dimension, uint64_t index)
{
    bool digits[64] = {false};
    uint64_t m[33];
    uint32_t s = dimension == 0 ? 0 : degree_of(sobol_starts[dimension - 1].polynomial);
    for (uint32_t k = 1; k <= 32; k++) {
        if (dimension == 0 || k <= s) {
            m[k] = dimension == 0 ? 1 : sobol_starts[dimension - 1].first[k - 1];
            continue;
        }
        m[k] = m[k - s] ^ ((uint64_t)1 << s) * m[k - s];
        for (uint32_t i = 1; i < s; i++) {
            bool coefficient = sobol_starts[dimension - 1].polynomial >> (s - i) & 1;
            m[k] ^= coefficient ? ((uint64_t)1 << i) * m[k - i] : 0;
        }
    }
    for (uint32_t k = 1; k <= 32; k++)
        for (uint32_t digit = 1; digit <= k && (index >> (k - 1) & 1) != 0; digit++)
            digits[digit] ^= m[k] >> (k - digit) & 1;
    double x = 0;
    for (uint32_t digit = 1; digit <= 32; digit++)
        x += digits[digit] ? ldexp(1, -(int)digit) : 0;
    return x;
}

static void test_points_are_those_of_the_definition(void **state)
{
    struct fixture *fixture = *state;
    for (uint32_t d = 0; d < SOBOL_DIMENSIONS; d++) {
        const struct sobol_dimension *dimension = sobol_dimension_new(&fixture->arena, d);
        for (uint64_t index = 0; index < 1100; index++) {
            uint64_t far = index < 1024 ? index : 0x9e3779b97f4a7c15 * index >> 32;
            assert_true(sobol_number(dimension, NULL, far) == by_definition(d, far) + 0x1p-33);
        }
    }
}

/* Sobol' 1967: the corners of the unit square, by hand from the definition. */
static void test_the_first_points(void **state)
{
    struct fixture *fixture = *state;
    static const double points[8][3] = {{0, 0, 0},
                                        {0.5, 0.5, 0.5},
                                        {0.25, 0.75, 0.75},
                                        {0.75, 0.25, 0.25},
                                        {0.125, 0.625, 0.375},
                                        {0.625, 0.125, 0.875},
                                        {0.375, 0.375, 0.625},
                                        {0.875, 0.875, 0.125}};
    for (uint32_t d = 0; d < 3; d++) {
        const struct sobol_dimension *dimension = sobol_dimension_new(&fixture->arena, d);
        for (uint64_t i = 0; i < 8; i++)
            assert_true(sobol_number(dimension, NULL, i) == points[i][d] + 0x1p-33);
    }
}

/* Property A (Sobol' 1976): of the first 2^d points in d dimensions one stands in each of the
 * cube's 2^d halves of halves. It holds where the matrix of the directions' first digits has an
 * inverse. */
static void test_property_a(void **state)
{
    struct fixture *fixture = *state;
    static bool rows[SOBOL_DIGITS][SOBOL_DIGITS];
    for (uint32_t d = 0; d < SOBOL_DIGITS; d++) {
        const struct sobol_dimension *dimension = sobol_dimension_new(&fixture->arena, d);
        for (uint32_t k = 0; k < SOBOL_DIGITS; k++)
            rows[d][k] = dimension->direction[k] & 1;
    }
    for (uint32_t size = 1; size <= SOBOL_DIGITS; size++) {
        bool matrix[SOBOL_DIGITS][SOBOL_DIGITS];
        memcpy(matrix, rows, sizeof matrix);
        for (uint32_t column = 0; column < size; column++) {
            uint32_t pivot = column;
            while (pivot < size && !matrix[pivot][column])
                pivot++;
            assert_true(pivot < size);
            for (uint32_t r = 0; r < size; r++)
                for (uint32_t k = size; r != pivot && matrix[r][column] && k-- > column;)
                    matrix[r][k] ^= matrix[pivot][k];
            for (uint32_t k = 0; k < size; k++) {
                bool swap = matrix[column][k];
                matrix[column][k] = matrix[pivot][k];
                matrix[pivot][k] = swap;
            }
        }
    }
}

/* Whether 2^m points stand one in each interval k / 2^m to (k + 1) / 2^m. */
static bool one_in_each(const double *u, uint32_t m)
{
    static bool taken[1 << 16];
    memset(taken, 0, (size_t)1 << m);
    for (size_t i = 0; i < (size_t)1 << m; i++) {
        size_t cell = (size_t)ldexp(u[i], (int)m);
        if (taken[cell])
            return false;
        taken[cell] = true;
    }
    return true;
}

/* In each coordinate, for each m, scrambled or not; and behind the first 2^m points too. */
static void test_every_coordinate_is_a_permutation(void **state)
{
    struct fixture *fixture = *state;
    static double u[1 << 16];
    for (uint32_t d = 0; d < SOBOL_DIMENSIONS; d++) {
        const struct sobol_dimension *dimension = sobol_dimension_new(&fixture->arena, d);
        struct sobol_key key = sobol_key(d, 7, 3);
        uint32_t m = d < 4 ? 16 : 4 + d % 8;
        for (uint64_t i = 0; i < (uint64_t)1 << m; i++)
            u[i] = sobol_number(dimension, NULL, i);
        assert_true(one_in_each(u, m));
        for (uint64_t i = 0; i < (uint64_t)1 << m; i++)
            u[i] = sobol_number(dimension, &key, i + ((uint64_t)5 << m));
        assert_true(one_in_each(u, m));
    }
}

/* Elementary intervals of the first two dimensions, a (0, 2)-sequence (Niederreiter 1992, 4.5):
 * every box of 2^-a by 2^-b with a + b = m holds one of 2^m points, also when they are scrambled.
 */
static void test_two_dimensions_fill_every_box(void **state)
{
    struct fixture *fixture = *state;
    enum { M = 10 };
    const struct sobol_dimension *x = sobol_dimension_new(&fixture->arena, 0);
    const struct sobol_dimension *y = sobol_dimension_new(&fixture->arena, 1);
    struct sobol_key along = sobol_key(1, 10, 0), across = sobol_key(1, 11, 0);
    for (int a = 0; a <= M; a++) {
        bool taken[1 << M] = {false};
        for (uint64_t i = 0; i < 1 << M; i++) {
            size_t column = (size_t)ldexp(sobol_number(x, &along, i), a);
            size_t row = (size_t)ldexp(sobol_number(y, &across, i), M - a);
            size_t box = (column << (M - a)) + row;
            assert_false(taken[box]);
            taken[box] = true;
        }
    }
}

/* --- scrambling ------------------------------------------------------------------------------ */

/* A nested scramble flips digit k of all points that agree in the digits before it, or of none. */
static void test_scrambling_is_nested(void **state)
{
    struct fixture *fixture = *state;
    const struct sobol_dimension *dimension = sobol_dimension_new(&fixture->arena, 5);
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct sobol_key key = sobol_key(seed, 99, 1);
        for (uint64_t i = 0; i < 64; i++)
            for (uint64_t j = 0; j < i; j++) {
                uint64_t a = (uint64_t)(sobol_number(dimension, NULL, i) * 0x1p32);
                uint64_t b = (uint64_t)(sobol_number(dimension, NULL, j) * 0x1p32);
                uint64_t c = (uint64_t)(sobol_number(dimension, &key, i) * 0x1p32);
                uint64_t d = (uint64_t)(sobol_number(dimension, &key, j) * 0x1p32);
                assert_int_equal(__builtin_clzll(a ^ b), __builtin_clzll(c ^ d));
            }
    }
}

/* Flips of the first four digits for each of what stands before them, over many keys: 15 of them,
 * each true half of the time, and each two alike half of the time. Of 105 pairs over 40000 keys the
 * greatest distance stays below 5 standard deviations (chance of more: 6e-5). */
static void test_flips_are_independent(void **state)
{
    (void)state;
    enum { KEYS = 40000, FLIPS = 15 };
    static uint32_t alike[FLIPS][FLIPS];
    struct sobol_dimension plain = {{0}};
    for (uint32_t k = 0; k < SOBOL_DIGITS; k++)
        plain.direction[k] = 1u << k; /* index i has the digits of i, the last one first */
    for (uint64_t seed = 0; seed < KEYS; seed++) {
        struct sobol_key key = sobol_key(seed, 3, seed % 16);
        bool flip[FLIPS];
        for (uint32_t digit = 0, at = 0; digit < 4; digit++)
            for (uint64_t before = 0; before < (uint64_t)1 << digit; before++) {
                double u = sobol_number(&plain, &key, before);
                flip[at++] = (uint64_t)(ldexp(u, (int)digit + 1)) & 1;
            }
        for (int a = 0; a < FLIPS; a++)
            for (int b = 0; b <= a; b++)
                alike[a][b] += a == b ? flip[a] : flip[a] == flip[b];
    }
    for (int a = 0; a < FLIPS; a++)
        for (int b = 0; b <= a; b++)
            assert_true(fabs(alike[a][b] - KEYS / 2.0) < 5 * sqrt(KEYS) / 2);
}

/* --- the loops ------------------------------------------------------------------------------- */

static void test_the_loops_give_the_same_bits(void **state)
{
    struct fixture *fixture = *state;
    enum { COUNT = 700 };
    static const uint64_t firsts[] = {0, 1, 100, 255, 256, 0xfffffc00};
    for (uint32_t d = 0; d < SOBOL_DIMENSIONS; d += 9) {
        const struct sobol_dimension *dimension = sobol_dimension_new(&fixture->arena, d);
        struct sobol_key key = sobol_key(0x123456789abcdef, d, 2);
        for (size_t f = 0; f < COUNT_OF(firsts); f++)
            for (size_t k = 0; k < COUNT_OF(isas); k++) {
                double u[COUNT];
                kernels_for(isas[k])->sobol(dimension, &key, firsts[f], COUNT, u);
                for (size_t i = 0; i < COUNT; i++)
                    assert_true(u[i] == sobol_number(dimension, &key, firsts[f] + i));
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_polynomials_are_primitive),
        TEST(test_the_published_rows),
        TEST(test_points_are_those_of_the_definition),
        TEST(test_the_first_points),
        TEST(test_property_a),
        TEST(test_every_coordinate_is_a_permutation),
        TEST(test_two_dimensions_fill_every_box),
        TEST(test_scrambling_is_nested),
        TEST(test_flips_are_independent),
        TEST(test_the_loops_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

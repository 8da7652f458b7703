/* Directed rounding against MPFR, whose results of so many bits are exact or correctly rounded. */
#include "cmocka_all.h"

#include <math.h>
#include <mpfr.h>
#include <string.h>

#include "graph/op.h"

enum { BITS = 4400, TRIALS = 200000 }; /* any sum or product of two doubles is exact in 4400 bits */

static uint64_t next_bits(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Ordinary numbers, few bits, awkward ones, and now and then any finite bits at all. */
static double random_number(uint64_t *state)
{
    static const double awkward[] = {0,         -0.0,       1,         -1,
                                     0x1p-1074, -0x1p-1074, 0x1p-1022, 0x1p-1021,
                                     0x1p-537,  -0x1p-538,  0x1.fp1023};
    uint64_t bits = next_bits(state);
    double any;
    switch (next_bits(state) % 4) {
    case 0:
        return (double)(int64_t)(bits % 2001) - 1000;
    case 1:
        return awkward[bits % COUNT_OF(awkward)];
    case 2:
        memcpy(&any, &bits, sizeof any);
        return isfinite(any) ? any : 0.1;
    default:
        return ldexp((double)(int64_t)bits, -60);
    }
}

static double apply_two(enum op op, double a, double b)
{
    enum op_fault fault = OP_FAULT_NONE;
    return op_apply(op, (double[]){a, b}, 2, 0, &fault);
}

/* What is true lies on the right side of the result, at most two numbers from it; six where
 * they are tiny. */
static void check_side(enum op op, double a, double b, mpfr_srcptr exact, bool down)
{
    double bound = apply_two(op, a, b), further = bound;
    int steps = fabs(bound) > 0x1p-1000 ? 2 : 6;
    for (int i = 0; i < steps; i++)
        further = nextafter(further, down ? HUGE_VAL : -HUGE_VAL);
    int side = mpfr_cmp_d(exact, bound), beyond = mpfr_cmp_d(exact, further);
    bool right = down ? side >= 0 : side <= 0, near = down ? beyond <= 0 : beyond >= 0;
    if (!right || !near)
        fail_msg("%s of %a and %a is %a", op_spelling(op), a, b, bound);
}

/* Quotients are not exact in any number of bits: rounded to 200 of them towards the bound's side
 * they are still beyond it. What overflows is infinite. */
static void test_directed_rounding(void **state)
{
    (void)state;
    static const struct {
        enum op plain, down, up;
        int (*exact)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
    } ops[] = {{OP_ADD, OP_ADD_DOWN, OP_ADD_UP, mpfr_add},
               {OP_SUB, OP_SUB_DOWN, OP_SUB_UP, mpfr_sub},
               {OP_MUL, OP_MUL_DOWN, OP_MUL_UP, mpfr_mul},
               {OP_DIV, OP_DIV_DOWN, OP_DIV_UP, mpfr_div}};
    uint64_t random = 11;
    mpfr_t x, y, z;
    mpfr_init2(x, 53);
    mpfr_init2(y, 53);
    for (size_t o = 0; o < COUNT_OF(ops); o++) {
        bool divides = ops[o].plain == OP_DIV;
        mpfr_init2(z, divides ? 200 : BITS);
        for (int trial = 0; trial < TRIALS; trial++) {
            double a = random_number(&random), b = random_number(&random);
            if ((divides && b == 0) || !isfinite(apply_two(ops[o].plain, a, b)))
                continue;
            mpfr_set_d(x, a, MPFR_RNDN);
            mpfr_set_d(y, b, MPFR_RNDN);
            ops[o].exact(z, x, y, MPFR_RNDD);
            check_side(ops[o].down, a, b, z, true);
            ops[o].exact(z, x, y, MPFR_RNDU);
            check_side(ops[o].up, a, b, z, false);
        }
        mpfr_clear(z);
    }
    mpfr_clear(x);
    mpfr_clear(y);
}

/* Whole numbers add up to whole numbers; what is exact in doubles is not moved. */
static void test_exact_sums_stay(void **state)
{
    (void)state;
    uint64_t random = 12;
    for (int trial = 0; trial < TRIALS; trial++) {
        double a = (double)(next_bits(&random) >> 12), b = (double)(next_bits(&random) >> 12);
        assert_true(apply_two(OP_ADD_DOWN, a, b) == a + b && apply_two(OP_ADD_UP, a, b) == a + b);
        assert_true(apply_two(OP_SUB_DOWN, a, b) == a - b && apply_two(OP_SUB_UP, a, b) == a - b);
    }
}

static void test_ends(void **state)
{
    (void)state;
    static const struct {
        enum op op;
        double a, b, result;
    } ends[] = {{OP_DOWN, 0, 1, 0},
                {OP_UP, 0, 1, 0},
                {OP_DOWN, HUGE_VAL, 0.5, HUGE_VAL},
                {OP_UP, -HUGE_VAL, 0.5, -HUGE_VAL},
                {OP_DOWN, 8, 0.5, 4},
                {OP_UP, 8, 0.5, 12},
                {OP_UP, -8, 0.5, -4},
                {OP_DOWN, 0x1p-1074, 0.5, 0}, /* not across 0 */
                {OP_UP, 1, 0x1p-53, 1},       /* half way to the next number is not enough */
                {OP_UP, 1, 0x1.0000000000001p-53, 1 + 0x1p-52},
                {OP_MUL_DOWN, 0, HUGE_VAL, 0},
                {OP_MUL_UP, -HUGE_VAL, 0, 0},
                {OP_MUL_DOWN, 2, HUGE_VAL, HUGE_VAL},
                {OP_MUL_UP, 0x1p-600, 0x1p-600, 0x1p-1074},
                {OP_MUL_DOWN, 0x1p-600, 0x1p-600, 0},
                {OP_MUL_DOWN, -0x1p-600, 0x1p-600, -0x1p-1074},
                {OP_DIV_DOWN, 0, 0, 0},
                {OP_DIV_UP, 1, -0.0, HUGE_VAL},
                {OP_DIV_DOWN, -1, 0, -HUGE_VAL},
                {OP_DIV_UP, 5, HUGE_VAL, 0},
                {OP_DIV_UP, 0x1p-600, 0x1p600, 0x1p-1074}};
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        double result = apply_two(ends[i].op, ends[i].a, ends[i].b);
        if (result != ends[i].result)
            fail_msg("%s of %a and %a is %a", op_spelling(ends[i].op), ends[i].a, ends[i].b,
                     result);
    }
    for (enum op op = OP_DOWN; op <= OP_DIV_UP; op++) {
        assert_true(op_is_directed(op) && op_is_elementwise(op));
        assert_true(isnan(apply_two(op, (double)NAN, 1)) && isnan(apply_two(op, 1, (double)NAN)));
    }
    assert_false(op_is_directed(OP_BINOMIAL_TAIL) || op_is_directed(OP_SUM));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_directed_rounding),
        cmocka_unit_test(test_exact_sums_stay),
        cmocka_unit_test(test_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

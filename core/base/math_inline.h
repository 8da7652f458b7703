/* The bodies of exp, expm1, log, log1p and pow, to be inlined into the loops of the engine.
 * Private: everybody else calls the functions of math.h, which are these.
 *
 * No branches, tables, fused multiply-adds or library calls: every step is one IEEE 754 operation
 * or an operation on bits that SSE2 has, so that a loop becomes vector code of any width and the
 * bits stay the same. Where C says "condition ? a : b" both sides are computed and one is taken;
 * conditions look at arguments, not at what another condition chose, or compilers make branches.
 * Polynomials are minimax fits (Remez) to the functions named beside them.
 */
#ifndef ASSIZE_BASE_MATH_INLINE_H
#define ASSIZE_BASE_MATH_INLINE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* A call in a loop would keep it from becoming vector code. */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

ALWAYS_INLINE uint64_t math_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

ALWAYS_INLINE double math_from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* ln 2 in two parts: the first has 42 bits, so that its product with an exponent is exact. */
#define MATH_LN2_HIGH 0x1.62e42fefa3800p-1
#define MATH_LN2_LOW 0x1.ef35793c76730p-45
#define MATH_LOG2_E 0x1.71547652b82fep+0

/* Adding it rounds to a whole number and leaves that number plus 2048 in the low bits. */
#define MATH_ROUNDER (0x1.8p52 + 2048)

/* (e^r - 1 - r) / r^2 for |r| <= ln(2)/2; absolute error 2^-59. The terms are added in pairs
 * (Estrin's scheme), for in Horner's each step waits for the one before. */
ALWAYS_INLINE double math_exp_tail(double r)
{
    double r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
    double p01 = 0x1.0000000000000p-1 + 0x1.5555555555557p-3 * r;
    double p23 = 0x1.5555555555558p-5 + 0x1.11111111100dbp-7 * r;
    double p45 = 0x1.6c16c16c151fcp-10 + 0x1.a01a01abe820fp-13 * r;
    double p67 = 0x1.a01a01acfae6dp-16 + 0x1.71de023135895p-19 * r;
    double p89 = 0x1.27e4cccdb4bbcp-22 + 0x1.af4dea2ed2109p-26 * r;
    double p8 = p89 + 0x1.1f8b4cb9c191bp-29 * r2;
    return ((p01 + p23 * r2) + (p45 + p67 * r2) * r4) + p8 * r8;
}

/* e^(high + low) = p 2^n, `low` being a correction beyond the last place of `high`; n + 2048 stands
 * in the low bits of `shifted`. */
struct math_power {
    double p, shifted;
};

ALWAYS_INLINE struct math_power math_exp_parts(double high, double low)
{
    double shifted = high * MATH_LOG2_E + MATH_ROUNDER;
    double n = shifted - MATH_ROUNDER;
    double a = high - n * MATH_LN2_HIGH;
    double b = low - n * MATH_LN2_LOW;
    double r = a + b;
    double rest = b - (r - a);
    return (struct math_power){1 + (r + (rest + r * r * math_exp_tail(r))), shifted};
}

/* The power of two is applied in two steps, so that subnormal results are rounded once. */
ALWAYS_INLINE double math_exp_sum(double high, double low)
{
    double x = high > 710 ? 710 : high;
    x = high < -746 ? -746 : x;
    struct math_power e = math_exp_parts(x, low);
    uint64_t power = math_bits(e.shifted) & 0xfff;
    uint64_t half = power >> 1;
    double first = math_from_bits((half - 1) << 52);
    double second = math_from_bits((power - half - 1) << 52);
    return e.p * first * second;
}

ALWAYS_INLINE double math_exp_inline(double x)
{
    return math_exp_sum(x, 0);
}

/* The same bits for |high| <= MATH_TAME_EXP, where nothing overflows or becomes subnormal. */
#define MATH_TAME_EXP 708

ALWAYS_INLINE double math_exp_tame(double high, double low)
{
    struct math_power e = math_exp_parts(high, low);
    return e.p * math_from_bits((math_bits(e.shifted) - 1025) << 52);
}

/* With x = n ln2 + r: 2 (h (e^r - 1) + (h - 1/2)) where h = 2^(n-1). */
ALWAYS_INLINE double math_expm1_inline(double of)
{
    double x = of > 710 ? 710 : of;
    x = of < -50 ? -50 : x;
    double shifted = x * MATH_LOG2_E + MATH_ROUNDER;
    double n = shifted - MATH_ROUNDER;
    double a = x - n * MATH_LN2_HIGH;
    double b = -n * MATH_LN2_LOW;
    double r = a + b;
    double rest = b - (r - a);
    double p = r + (rest + r * r * math_exp_tail(r));
    double h = math_from_bits(((math_bits(shifted) & 0xfff) - 2048 + 1022) << 52);
    double result = 2 * (h * p + (h - 0.5));
    return fabs(of) < 0x1p-54 ? of : result;
}

/* What log, log1p and pow share: x = 2^k (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), for x that is
 * normal and positive. */
struct math_reduced {
    double k, f;
};

ALWAYS_INLINE struct math_reduced math_reduce(double x)
{
    uint64_t bits = math_bits(x) + (0x3ff0000000000000 - 0x3fe6a09e00000000);
    /* The exponent's bits become a double by standing at the end of 2^52. */
    double k = math_from_bits(0x4330000000000000 | bits >> 52) - (0x1p52 + 1023);
    double m = math_from_bits((bits & 0x000fffffffffffff) + 0x3fe6a09e00000000);
    return (struct math_reduced){k, m - 1};
}

/* A subnormal is lifted into the normal range by 2^54. */
ALWAYS_INLINE struct math_reduced math_reduce_any(double x)
{
    bool low = x < 0x1p-1022;
    struct math_reduced reduced = math_reduce(low ? x * 0x1p54 : x);
    reduced.k = low ? reduced.k - 54 : reduced.k;
    return reduced;
}

/* (2 artanh(s) - 2 s) / s^3 with z = s^2 <= (3 - sqrt(8))^2; absolute error 2^-58. */
ALWAYS_INLINE double math_log_tail(double z)
{
    double z2 = z * z, z4 = z2 * z2;
    double p01 = 0x1.5555555555555p-1 + 0x1.9999999999a3cp-2 * z;
    double p23 = 0x1.24924924763d5p-2 + 0x1.c71c72024ca9ep-3 * z;
    double p45 = 0x1.745cf8a278d1bp-3 + 0x1.3b1c498e67ffep-3 * z;
    double p67 = 0x1.0fbc87463ec01p-3 + 0x1.0c189cd7e64b8p-3 * z;
    return (p01 + p23 * z2) + (p45 + p67 * z2) * z4;
}

/* k ln2 + ln(1 + f) + rest. With s = f / (2 + f): ln(1 + f) = 2 artanh(s) = f - (f^2/2 -
 * s (f^2/2 + R)), where R = 2 artanh(s)/s - 2; so f, which is exact, carries the weight. */
ALWAYS_INLINE double math_log_reduced(struct math_reduced reduced, double rest)
{
    double f = reduced.f, k = reduced.k;
    double s = f / (2 + f);
    double z = s * s;
    double half_square = 0.5 * f * f;
    double inner = s * (half_square + z * math_log_tail(z));
    return k * MATH_LN2_HIGH - ((half_square - (inner + (k * MATH_LN2_LOW + rest))) - f);
}

/* The results of a logarithm of x at the ends of its range. */
ALWAYS_INLINE double math_log_ends(double x, double result)
{
    result = x == 0 ? -HUGE_VAL : result;
    result = x == HUGE_VAL ? x : result;
    return x >= 0 ? result : (double)NAN;
}

ALWAYS_INLINE double math_log_inline(double x)
{
    return math_log_ends(x, math_log_reduced(math_reduce_any(x), 0));
}

/* The same bits for x that is normal, positive and finite. */
ALWAYS_INLINE double math_log_tame(double x)
{
    return math_log_reduced(math_reduce(x), 0);
}

ALWAYS_INLINE bool math_log_is_tame(double x)
{
    return (x >= 0x1p-1022) & (x < HUGE_VAL);
}

/* ln of 1 + x = u + c, where u is the rounded sum and c what the rounding lost. */
ALWAYS_INLINE double math_log1p_inline(double x)
{
    double u = 1 + x;
    double one = u - x;
    double c = (x - (u - one)) + (1 - one);
    struct math_reduced reduced = math_reduce(u);
    /* c is scaled like u, by 2^-k. From 2^60 on, where 2^-k may leave the range, it is nothing. */
    uint64_t exponent = math_bits(reduced.k + (0x1p52 + 1023)) & 0xfff;
    double scaled = c * math_from_bits((2046 - exponent) << 52);
    scaled = x < 0x1p60 ? scaled : 0;
    double f = reduced.f + scaled;
    double rest = scaled - (f - reduced.f);
    reduced.f = f;
    double result = math_log_ends(u, math_log_reduced(reduced, rest));
    return fabs(x) < 0x1p-54 ? x : result;
}

/* The first 26 bits of x; the product of two such is exact. */
ALWAYS_INLINE double math_head(double x)
{
    return math_from_bits(math_bits(x) & 0xfffffffff8000000);
}

struct math_pair {
    double high, low;
};

/* ln x to about 2^-58 of its size: fit for multiplication by a large exponent. */
ALWAYS_INLINE struct math_pair math_log_pair(struct math_reduced reduced)
{
    double f = reduced.f, k = reduced.k;
    double d = 2 + f;
    double inverse = 1 / d;
    double s = f * inverse;
    /* s = s_head + s_rest, from the exact remainder of the division. */
    double s_head = math_head(s);
    double d_head = math_head(d);
    double d_rest = f - (d_head - 2);
    double s_rest = ((f - s_head * d_head) - s_head * d_rest) * inverse;
    double z = s * s;
    double tail = 2 * s_rest + s * z * math_log_tail(z);
    double power = k * MATH_LN2_HIGH;
    double sum = power + 2 * s_head;
    double lost = (power - sum) + 2 * s_head;
    double small = lost + (k * MATH_LN2_LOW + tail);
    double high = sum + small;
    return (struct math_pair){high, small - (high - sum)};
}

/* What rounding y * log.high to `product` lost, and the part of log.low. */
ALWAYS_INLINE double math_pow_low(struct math_pair log, double y, double product)
{
    double y_head = math_head(y), log_head = math_head(log.high);
    double y_rest = y - y_head, log_rest = log.high - log_head;
    double lost = ((y_head * log_head - product) + (y_head * log_rest + y_rest * log_head)) +
                  y_rest * log_rest;
    return lost + y * log.low;
}

/* Whether y, not negative, is a whole number; those from 2^52 on are. */
ALWAYS_INLINE bool math_whole(double y)
{
    return (y >= 0x1p52) | ((y + 0x1p52) - 0x1p52 == y);
}

ALWAYS_INLINE double math_pow_inline(double x, double y)
{
    double base = fabs(x);
    struct math_pair log = math_log_pair(math_reduce_any(base));
    log.high = math_log_ends(base, log.high);
    /* No double but 1 has a logarithm below 2^-53, so 2^66 is as good as any larger exponent. */
    double exponent = y > 0x1p66 ? 0x1p66 : y;
    exponent = y < -0x1p66 ? -0x1p66 : exponent;
    double product = exponent * log.high;
    double low = fabs(product) < 1000 ? math_pow_low(log, exponent, product) : 0;
    double result = math_exp_sum(product, low);

    double size = fabs(y);
    bool whole = math_whole(size);
    bool odd = whole & !math_whole(0.5 * size);
    result = odd ? copysign(result, x) : result;
    result = ((x < 0) & !whole & (x != -HUGE_VAL)) ? (double)NAN : result;
    return ((y == 0) | (x == 1)) ? 1 : result;
}

/* The sum in Stirling's series (DLMF 5.11.1): ln Gamma(x) less (x - 1/2) ln x - x + ln(2 pi)/2.
 * From x = 12 on the first term left out is below 2e-17. */
ALWAYS_INLINE double math_stirling_sum(double x)
{
    double s = 1 / (x * x);
    double p = 1.0 / 156;
    p = 691.0 / 360360 - p * s;
    p = 1.0 / 1188 - p * s;
    p = 1.0 / 1680 - p * s;
    p = 1.0 / 1260 - p * s;
    p = 1.0 / 360 - p * s;
    return (1.0 / 12 - p * s) / x;
}

#endif

/* Our own elementary functions: the same bits on every machine, compiler and vector width.
 *
 * Made of + - * / and operations on bits alone, without contraction into fused multiply-add
 * (the build says -ffp-contract=off). Written without branches on values where they are hot, so
 * that a loop over them becomes vector code. libm's results differ between machines; nothing that
 * reaches a result may call it (sqrt, floor, ceil, fabs are exact by IEEE 754 and may be used).
 */
#ifndef ASSIZE_BASE_MATH_H
#define ASSIZE_BASE_MATH_H

#include <math.h>
#include <stdint.h>

/* NAN is a float, and clang warns at each use as a double. */
#define NOT_A_NUMBER ((double)NAN)

/* Infinity, zero, subnormals and NaN are treated as IEEE 754 and C17 annex F say. Largest errors
 * measured against MPFR (tests/base/test_math.c, 200000 points a range), in units in the last
 * place: exp 0.84, expm1 1.48, log 0.81, log1p 0.83. */
double math_exp(double x);
double math_expm1(double x);
double math_log(double x);
double math_log1p(double x);

/* x to the y; annex F.10.4.4 cases. Error below 2 + |y ln x| units in the last place (measured:
 * 0.92 for |y ln x| <= 10, 19 for <= 700); exact where a small whole power is. */
double math_pow(double x, double y);

/* Beyond this many trials a sum over a tail would take too long. */
#define MATH_MOST_TRIALS 0x1p31

/* P(exactly k of n independent trials with probability p): Loader's saddle-point form (C. Loader,
 * Fast and Accurate Computation of Binomial Probabilities, 2000). n, k whole, 0 <= p <= 1; NaN
 * else. */
double math_binomial_pmf(double n, double k, double p);

/* P(at least k of n). Sums the terms of the tail beyond k, or of the one below it when that is the
 * smaller, smallest first; time grows as the square root of n. */
double math_binomial_tail(double n, double k, double p);

/* Quantile of the standard normal distribution (Wichura 1988, algorithm AS 241, PPND16). */
double math_normal_quantile(double p);

/* P(Z <= z) of the standard normal distribution (Cody 1993, algorithm 715, ANORM). Largest error
 * measured against MPFR: 5.9 units in the last place. */
double math_normal_chance(double z);

#endif

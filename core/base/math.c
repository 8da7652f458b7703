#include "base/math.h"

#include <stddef.h>

#include "base/math_inline.h"
#include "base/normal_inline.h"

double math_exp(double x)
{
    return math_exp_inline(x);
}

double math_expm1(double x)
{
    return math_expm1_inline(x);
}

double math_log(double x)
{
    return math_log_inline(x);
}

double math_log1p(double x)
{
    return math_log1p_inline(x);
}

double math_pow(double x, double y)
{
    return math_pow_inline(x, y);
}

/* --- binomial probabilities ------------------------------------------------------------------ */

/* ln n! less Stirling's approximation (n + 1/2) ln n - n + ln(2 pi)/2: DLMF 5.11.1, and by the
 * definition with 50 digits for n < 16. */
static double stirling_error(double n)
{
    static const double small[16] = {0,
                                     0.08106146679532725821967,
                                     0.04134069595540929409382,
                                     0.02767792568499833914879,
                                     0.02079067210376509311152,
                                     0.01664469118982119216319,
                                     0.01387612882307074799875,
                                     0.01189670994589177009506,
                                     0.01041126526197209649748,
                                     0.009255462182712732917729,
                                     0.008330563433362871256469,
                                     0.007573675487951840794972,
                                     0.006942840107209529865664,
                                     0.00640899418800420706844,
                                     0.005951370112758847735624,
                                     0.005554733551962801371039};
    if (n < 16)
        return small[(size_t)n];
    return math_stirling_sum(n);
}

/* x ln(x/m) + m - x without cancellation where x is near m (Loader's bd0). */
static double deviance(double x, double m)
{
    double off = x - m;
    if (fabs(off) >= 0.1 * (x + m))
        return x * math_log_inline(x / m) + m - x;
    double v = off / (x + m);
    double sum = off * v;
    double term = 2 * x * v;
    for (int j = 1; j < 1000; j++) {
        term *= v * v;
        double next = sum + term / (2 * j + 1);
        if (next == sum)
            break;
        sum = next;
    }
    return sum;
}

static bool binomial_fits(double n, double k, double p)
{
    return n >= 0 && n <= MATH_MOST_TRIALS && floor(n) == n && fabs(k) <= 0x1p53 && floor(k) == k &&
           p >= 0 && p <= 1;
}

/* q = 1 - p is exact where p >= 1/2 and harmless elsewhere. */
static double binomial_term(double n, double k, double p, double q)
{
    if (k < 0 || k > n)
        return 0;
    if (p == 0)
        return k == 0 ? 1 : 0;
    if (q == 0)
        return k == n ? 1 : 0;
    if (k == 0)
        return math_exp_inline(n * math_log1p_inline(-p));
    if (k == n)
        return math_pow_inline(p, n);
    double rest = n - k;
    double exponent = stirling_error(n) - stirling_error(k) - stirling_error(rest) -
                      deviance(k, n * p) - deviance(rest, n * q);
    static const double two_pi = 6.283185307179586;
    return math_exp_inline(exponent) * sqrt(n / (two_pi * k * rest));
}

double math_binomial_pmf(double n, double k, double p)
{
    if (!binomial_fits(n, k, p))
        return (double)NAN;
    return binomial_term(n, k, p, 1 - p);
}

/* P(at least k) for k above the mean, where each term is smaller than the one before:
 * term(k) (1 + r1 (1 + r2 (1 + ...))) with r_i = term(k + i) / term(k + i - 1), from the inside. */
static double binomial_upper(double n, double k, double p, double q)
{
    double odds = p / q;
    double first = binomial_term(n, k, p, q);
    double share = 1, count = 0;
    while (share > 0x1p-70 && k + count < n) {
        share *= odds * (n - k - count) / (k + count + 1);
        count++;
    }
    double sum = 1;
    for (; count > 0; count--)
        sum = 1 + sum * (odds * (n - k - count + 1) / (k + count));
    return first * sum;
}

double math_binomial_tail(double n, double k, double p)
{
    if (!binomial_fits(n, k, p))
        return (double)NAN;
    double q = 1 - p;
    if (k <= 0)
        return 1;
    if (k > n || p == 0)
        return 0;
    if (q == 0)
        return 1;
    if (k > n * p)
        return binomial_upper(n, k, p, q);
    /* At most k - 1 successes are at least n - k + 1 failures. */
    return 1 - binomial_upper(n, n - k + 1, q, p);
}

/* --- the normal distribution ----------------------------------------------------------------- */

double math_normal_quantile(double p)
{
    if (!(p > 0 && p < 1)) {
        double end = p == 1 ? HUGE_VAL : (double)NAN;
        return p == 0 ? -HUGE_VAL : end;
    }
    double q = p - 0.5;
    if (fabs(q) <= NORMAL_MIDDLE)
        return normal_middle(q);
    double r = sqrt(-math_log_inline(q < 0 ? p : 1 - p));
    double size = r <= NORMAL_TAIL ? normal_tail(r) : normal_far_tail(r);
    return copysign(size, q);
}

double math_normal_chance(double z)
{
    double size = fabs(z);
    if (size <= NORMAL_CHANCE_MIDDLE)
        return normal_chance_middle(z);
    if (isnan(z))
        return NOT_A_NUMBER;
    double tail = size <= NORMAL_CHANCE_TAIL ? normal_chance_tail(size)
                                             : (size < 40 ? normal_chance_far(size) : 0);
    return z < 0 ? tail : 1 - tail;
}

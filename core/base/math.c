#include "base/math.h"

#include <stddef.h>

#include "base/math_inline.h"

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
    double s = 1 / (n * n);
    double p = 1.0 / 156;
    p = 691.0 / 360360 - p * s;
    p = 1.0 / 1188 - p * s;
    p = 1.0 / 1680 - p * s;
    p = 1.0 / 1260 - p * s;
    p = 1.0 / 360 - p * s;
    return (1.0 / 12 - p * s) / n;
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
    return n >= 0 && n <= 0x1p53 && floor(n) == n && fabs(k) <= 0x1p53 && floor(k) == k && p >= 0 &&
           p <= 1;
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

static double polynomial(const double *coefficients, size_t count, double x)
{
    double p = 0;
    while (count-- > 0)
        p = p * x + coefficients[count];
    return p;
}

/* AS 241 near the middle, in r = 0.180625 - (p - 1/2)^2. */
static double normal_middle(double q)
{
    static const double above[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                    1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                    4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                    3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double below[8] = {1,
                                    4.2313330701600911252e+1,
                                    6.8718700749205790830e+2,
                                    5.3941960214247511077e+3,
                                    2.1213794301586595867e+4,
                                    3.9307895800092710610e+4,
                                    2.8729085735721942674e+4,
                                    5.2264952788528545610e+3};
    double r = 0.180625 - q * q;
    return q * polynomial(above, 8, r) / polynomial(below, 8, r);
}

/* AS 241 in the tails, in r = sqrt(-ln(tail)): up to 5, and beyond. */
static double normal_tail(double r)
{
    static const double above[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                    5.76949722146069140550e0,  3.64784832476320460504e0,
                                    1.27045825245236838258e0,  2.41780725177450611770e-1,
                                    2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double below[8] = {1,
                                    2.05319162663775882187e0,
                                    1.67638483018380384940e0,
                                    6.89767334985100004550e-1,
                                    1.48103976427480074590e-1,
                                    1.51986665636164571966e-2,
                                    5.47593808499534494600e-4,
                                    1.05075007164441684324e-9};
    return polynomial(above, 8, r - 1.6) / polynomial(below, 8, r - 1.6);
}

static double normal_far_tail(double r)
{
    static const double above[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                    1.78482653991729133580e0,  2.96560571828504891230e-1,
                                    2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double below[8] = {1,
                                    5.99832206555887937690e-1,
                                    1.36929880922735805310e-1,
                                    1.48753612908506148525e-2,
                                    7.86869131145613259100e-4,
                                    1.84631831751005468180e-5,
                                    1.42151175831644588870e-7,
                                    2.04426310338993978564e-15};
    return polynomial(above, 8, r - 5) / polynomial(below, 8, r - 5);
}

double math_normal_quantile(double p)
{
    if (!(p > 0 && p < 1)) {
        double end = p == 1 ? HUGE_VAL : (double)NAN;
        return p == 0 ? -HUGE_VAL : end;
    }
    double q = p - 0.5;
    if (fabs(q) <= 0.425)
        return normal_middle(q);
    double r = sqrt(-math_log_inline(q < 0 ? p : 1 - p));
    double size = r <= 5 ? normal_tail(r) : normal_far_tail(r);
    return copysign(size, q);
}

/* The bench model as a plain loop over draws with libm, as one would first write it. */
#include <math.h>
#include <stdbool.h>

#include "bench/engine_model.h"

void scalar_rich(const struct model_facts *facts, const double *inputs, size_t draws, double *out);

static double curve_at(const struct model_facts *facts, double x)
{
    const double *xs = facts->knots, *ys = facts->values;
    if (!(x > xs[0]))
        return ys[0];
    for (int k = 1; k < KNOTS; k++)
        if (x < xs[k])
            return ys[k - 1] + (ys[k] - ys[k - 1]) * ((x - xs[k - 1]) / (xs[k] - xs[k - 1]));
    return ys[KNOTS - 1];
}

#define INLINE static inline
#define ABS(a) fabs(a)
#define FLOOR(a) floor(a)
#define EXP(a) exp(a)
#define LOG(a) log(a)
#define POW(a, b) pow(a, b)
#define SQRT(a) sqrt(a)
#define DIV(a, b) ((a) / (b))
#define TABLE(facts, row, column) ((facts)->table[(size_t)(row)*COLUMNS + (size_t)(column)])
#define CURVE(facts, x) curve_at(facts, x)
#define NAME(what) what##_scalar
#include "bench/engine_formulas.h"

static void one_regime(const struct model_facts *facts, size_t r, const double *x,
                       const struct draw_scalar *d, const struct kase_scalar *kases, double *score,
                       double *mean_fit, double *gained)
{
    struct regime_scalar g = regime_of_scalar(facts, r, x, *d);
    struct cell_scalar v[CASES];
    double fit = 0, utility = 0, severity = 0, cost = 0, worst = HUGE_VAL, gap = 0;
    for (size_t c = 0; c < CASES; c++) {
        double share = facts->cases[c].share;
        v[c] = cell_of_scalar(facts, r, c, x, *d, kases[c], g);
        fit += v[c].fit * share;
        utility += v[c].utility * share;
        severity += v[c].severity * share;
        cost += v[c].cost * share;
        worst = fmin(worst, v[c].fit);
        gap = fmax(gap, v[c].gap);
    }
    double variance = 0, mood = 0, gain = 0;
    for (size_t c = 0; c < CASES; c++) {
        variance += spread_of_scalar(v[c].severity, severity, facts->cases[c].share);
        mood += mood_of_scalar(v[c].utility, utility, facts->cases[c].share);
    }
    for (size_t c = 0; c < CASES; c++)
        gain += gain_of_scalar(v[c].utility, v[c].fit, utility, fit, 1 + variance,
                               facts->cases[c].share);
    *score = score_of_scalar(utility, cost, fit, mood, variance, worst, gap);
    *mean_fit = fit;
    *gained = gain;
}

void scalar_rich(const struct model_facts *facts, const double *inputs, size_t draws, double *out)
{
    for (size_t i = 0; i < draws; i++) {
        double x[INPUTS];
        struct kase_scalar kases[CASES];
        for (size_t j = 0; j < INPUTS; j++)
            x[j] = inputs[j * draws + i];
        struct draw_scalar d = draw_of_scalar(x);
        for (size_t c = 0; c < CASES; c++)
            kases[c] = case_of_scalar(facts, c, x, d);
        for (size_t r = 0; r < REGIMES; r++)
            one_regime(facts, r, x, &d, kases, &out[r * draws + i], &out[(REGIMES + r) * draws + i],
                       &out[(2 * REGIMES + r) * draws + i]);
    }
}

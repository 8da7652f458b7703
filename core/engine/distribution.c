#include "engine/distribution.h"

#include "base/math.h"
#include "base/math_inline.h"
#include "engine/beta.h"

/* --- checking and preparing ------------------------------------------------------------------ */

static bool all_finite(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return false;
    return true;
}

static size_t parameter_count(enum distribution_kind kind)
{
    switch (kind) {
    case DISTRIBUTION_UNIFORM:
    case DISTRIBUTION_NORMAL:
    case DISTRIBUTION_LOGNORMAL:
    case DISTRIBUTION_BETA:
        return 2;
    case DISTRIBUTION_TRIANGULAR:
        return 3;
    case DISTRIBUTION_CHOICE:
    case DISTRIBUTION_SAMPLES:
        return 0;
    }
    return 0;
}

static const char *check_range(double low, double high)
{
    if (!(low < high))
        return "the low end is not below the high end";
    return isfinite(high - low) ? NULL : "the ends are too far apart";
}

static const char *check_triangular(const double *p)
{
    const char *wrong = check_range(p[0], p[2]);
    if (wrong == NULL && !(p[0] <= p[1] && p[1] <= p[2]))
        wrong = "the mode lies outside low..high";
    return wrong;
}

static const char *prepare_beta(struct distribution *distribution, struct arena *arena)
{
    double alpha = distribution->parameter[0], beta = distribution->parameter[1];
    if (!(alpha >= BETA_LEAST_SHAPE && beta >= BETA_LEAST_SHAPE))
        return "alpha and beta must be at least 0.05";
    if (!(alpha <= BETA_MOST_SHAPE && beta <= BETA_MOST_SHAPE))
        return "alpha and beta may be 100000 at most";
    distribution->beta = beta_table_new(arena, alpha, beta);
    return NULL;
}

static const char *prepare_values(const struct distribution *distribution)
{
    if (distribution->count == 0)
        return "there are no values";
    return all_finite(distribution->values, distribution->count) ? NULL : "a value is not finite";
}

static const char *prepare_choice(struct distribution *distribution, struct arena *arena)
{
    const char *wrong = prepare_values(distribution);
    if (wrong != NULL)
        return wrong;
    size_t count = distribution->count;
    double *cumulative = arena_array(arena, count, sizeof *cumulative);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(distribution->weights[i] > 0))
            return "a weight is not above 0";
        sum += distribution->weights[i];
        cumulative[i] = sum;
    }
    if (!isfinite(sum))
        return "the weights are too large";
    for (size_t i = 0; i < count; i++)
        cumulative[i] /= sum; /* the last is exactly 1, above every u */
    distribution->cumulative = cumulative;
    return NULL;
}

const char *distribution_prepare(struct distribution *distribution, struct arena *arena)
{
    const double *p = distribution->parameter;
    if (!all_finite(p, parameter_count(distribution->kind)) || !isfinite(distribution->scale))
        return "a parameter is not finite";
    switch (distribution->kind) {
    case DISTRIBUTION_UNIFORM:
        return check_range(p[0], p[1]);
    case DISTRIBUTION_TRIANGULAR:
        return check_triangular(p);
    case DISTRIBUTION_NORMAL:
    case DISTRIBUTION_LOGNORMAL:
        return p[1] > 0 ? NULL : "the standard deviation is not above 0";
    case DISTRIBUTION_BETA:
        return prepare_beta(distribution, arena);
    case DISTRIBUTION_CHOICE:
        return prepare_choice(distribution, arena);
    case DISTRIBUTION_SAMPLES:
        return prepare_values(distribution);
    }
    return "there is no such distribution";
}

/* --- inverse distribution functions ---------------------------------------------------------- */

static double triangular_quantile(const double *p, double u)
{
    double low = p[0], mode = p[1], high = p[2];
    double whole = high - low;
    if (u * whole < mode - low)
        return low + sqrt(u * whole * (mode - low));
    return high - sqrt((1 - u) * whole * (high - mode));
}

/* The first value whose cumulative weight is above u. */
static double choice_quantile(const struct distribution *distribution, double u)
{
    size_t low = 0, high = distribution->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (distribution->cumulative[middle] > u)
            high = middle;
        else
            low = middle + 1;
    }
    return distribution->values[low];
}

static double samples_quantile(const struct distribution *distribution, double u)
{
    size_t place = (size_t)(u * (double)distribution->count);
    return distribution->values[place < distribution->count ? place : distribution->count - 1];
}

double distribution_unscaled(const struct distribution *distribution, double u)
{
    const double *p = distribution->parameter;
    switch (distribution->kind) {
    case DISTRIBUTION_UNIFORM:
        return p[0] + (p[1] - p[0]) * u;
    case DISTRIBUTION_TRIANGULAR:
        return triangular_quantile(p, u);
    case DISTRIBUTION_NORMAL:
        return p[0] + p[1] * math_normal_quantile(u);
    case DISTRIBUTION_LOGNORMAL:
        return math_exp_inline(p[0] + p[1] * math_normal_quantile(u));
    case DISTRIBUTION_BETA:
        return beta_table_quantile(distribution->beta, u);
    case DISTRIBUTION_CHOICE:
        return choice_quantile(distribution, u);
    case DISTRIBUTION_SAMPLES:
        return samples_quantile(distribution, u);
    }
    return (double)NAN;
}

double distribution_quantile(const struct distribution *distribution, double u)
{
    return distribution_unscaled(distribution, u) * distribution->scale;
}

void distribution_sample(const struct distribution *distribution, uint64_t seed, uint64_t stream,
                         uint64_t first, size_t count, double *values)
{
    stream_uniform(seed, stream, first, count, values);
    for (size_t i = 0; i < count; i++)
        values[i] = distribution_quantile(distribution, values[i]);
}

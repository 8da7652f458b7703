/* Distributions of uncertain facts, and the random numbers that sample them.
 *
 * Randomness is counter-based: the number of premise j in draw i depends on the seed, on j's path
 * and on i alone (Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as
 * 1, 2, 3", SC 2011), never on threads, block size or order. Each value comes from one uniform
 * number through the inverse distribution function.
 */
#ifndef ASSIZE_ENGINE_DISTRIBUTION_H
#define ASSIZE_ENGINE_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum distribution_kind {
    DISTRIBUTION_UNIFORM,    /* parameters: low, high */
    DISTRIBUTION_TRIANGULAR, /* low, mode, high */
    DISTRIBUTION_NORMAL,     /* mean, standard deviation */
    DISTRIBUTION_LOGNORMAL,  /* mean and standard deviation of the logarithm (before scaling) */
    DISTRIBUTION_BETA,       /* alpha, beta, on 0..1 */
    DISTRIBUTION_CHOICE,     /* values with weights */
    DISTRIBUTION_SAMPLES,    /* values, each as likely */
};

struct distribution {
    enum distribution_kind kind;
    double parameter[3];
    double scale;          /* the sampled value is multiplied by this (units) */
    const double *values;  /* CHOICE, SAMPLES: `count` of them, as written (scale applies) */
    const double *weights; /* CHOICE: as many, positive; any sum */
    size_t count;
    const struct beta_table *beta; /* BETA: made by distribution_prepare() */
    const double *cumulative;      /* CHOICE: made by distribution_prepare() */
};

/* Checks the parameters and builds tables. Returns NULL, or what is wrong with the parameters
 * ("the mode lies outside low..high"). */
const char *distribution_prepare(struct distribution *distribution, struct arena *arena);

/* The inverse distribution function at 0 < u < 1, scaled. The beta distribution is read from a
 * table: before scaling its absolute error is below 3e-9 where both shapes are 0.5 or more, 3e-7
 * from 0.1, 5e-6 from 0.05 on; smaller ones, and those above 1e5, are refused. */
double distribution_quantile(const struct distribution *distribution, double u);

/* The same before scaling. */
double distribution_unscaled(const struct distribution *distribution, double u);

/* A premise's stream, from its path: its FNV-1a hash of 64 bits. */
uint64_t stream_of_path(const char *path);

/* u[0..count) of draws first..first+count of a stream: in the open interval (0, 1), symmetric.
 * Draws 2c and 2c + 1 are words 0, 1 and words 2, 3 of the Philox block with the counter (c,
 * stream) and the key `seed`; of the 64 bits of two words the upper 52 count: u = (k + 1/2) / 2^52.
 */
void stream_uniform(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *u);

/* values[0..count) of draws first..first+count. Draw 0 is not treated specially here. */
void distribution_sample(const struct distribution *distribution, uint64_t seed, uint64_t stream,
                         uint64_t first, size_t count, double *values);

#endif

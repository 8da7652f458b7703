/* The quantile of the beta distribution, from a table. Private to core/engine. */
#ifndef ASSIZE_ENGINE_BETA_H
#define ASSIZE_ENGINE_BETA_H

#include "base/arena.h"

struct beta_table;

/* Outside these shapes the table is not near enough, or takes too long. */
#define BETA_LEAST_SHAPE 0.05
#define BETA_MOST_SHAPE 1e5

const struct beta_table *beta_table_new(struct arena *arena, double alpha, double beta);

double beta_table_quantile(const struct beta_table *table, double u);

/* ln of the gamma function for x > 0, absolute error about 1e-15 of the larger of 1 and the
 * result. */
double log_gamma(double x);

#endif

/* Uncertain premises that are drawn together: the part `correlate:` of a scenario.
 *
 *   correlate:
 *     source: agnew2009                                    # also: status, note
 *     model.detection:
 *       model.channels.market.supply_elasticity: 0.4
 *       model.population.baseline_rate: -0.2
 *
 * The number is the correlation of the two premises' normal scores, above -1 and below 1: a
 * Gaussian copula (Joe 2014, Dependence Modeling with Copulas, 2.5). Premises that are tied to each
 * other, through others too, are one group; their matrix, with 0 where nothing stands, must be
 * positive definite. A premise's own distribution stays as it is.
 */
#ifndef ASSIZE_SCENARIO_CORRELATE_H
#define ASSIZE_SCENARIO_CORRELATE_H

#include "scenario/reader.h"

enum { CORRELATED_MOST = 128 }; /* premises in a group */

struct correlation {
    const struct premise *premise, *with;
    double value; /* never 0 */
    const struct tree *node;
};

/* Premises sorted by path. Score i is the sum over j <= i of factor[i * count + j] times
 * independent score j: the Cholesky factor of the matrix. */
struct correlated {
    const struct premise **premises;
    size_t count;
    const double *factor;
};

struct correlations {
    struct correlation *list; /* each pair once, as first written */
    size_t count;
    struct correlated *groups;
    size_t group_count;
};

/* After the premises are bound. `premises_known`: false where some may be missing because of other
 * faults; then nothing is read. Sets scenario->correlations, or leaves it NULL. */
void correlations_read(struct reader *reader, bool premises_known);

#endif

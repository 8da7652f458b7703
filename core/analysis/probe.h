/* What is asked of lanes to tell verdicts: for each theory the truths that make one, and if wanted
 * its score and its requirements. Internal to core/analysis.
 *
 *   struct probe probe = probe_make(arena, model, NULL, PROBE_SCORE);
 *   double *values = arena_array(arena, probe.cells * lanes, sizeof *values);
 *   lanes_evaluate(arena, model, &plan, probe.wanted, probe.count, values, diags);
 *   struct probed probed = {&probe, values, lanes, lane};
 *   probed_verdict(&probed, theory, regime);
 */
#ifndef ASSIZE_ANALYSIS_PROBE_H
#define ASSIZE_ANALYSIS_PROBE_H

#include "analysis/internal.h"

/* Beside verdicts. */
enum { PROBE_SCORE = 1, PROBE_REQUIRES = 2 };

struct probe {
    const struct model *model;
    unsigned beside;
    node_id *wanted;
    size_t *cell; /* [wanted]: its first cell */
    size_t count, cells;
    size_t *first; /* [theory]: its first wanted node */
};

/* `theories` says which are asked for; NULL: all. */
struct probe probe_make(struct arena *arena, const struct model *model, const bool *theories,
                        unsigned beside);

/* What one lane came to, of a theory that was asked for. */
struct probed {
    const struct probe *probe;
    const double *values; /* [cell][lanes] */
    size_t lanes, lane;
};

enum verdict probed_verdict(const struct probed *probed, size_t theory, size_t regime);
double probed_score(const struct probed *probed, size_t theory, size_t regime); /* PROBE_SCORE */

/* Whether the verdict is borderline only because a type of case fails. PROBE_REQUIRES. */
bool probed_one_case_failed(struct arena *arena, const struct probed *probed, size_t theory,
                            size_t regime);

#endif

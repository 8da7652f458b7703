/* Draws of the uncertain facts that are not each on its own: quasi-random ones (engine/sobol.h),
 * and those of premises drawn together (scenario/correlate.h). Internal to core/analysis.
 *
 * A premise's coordinate is its place among the uncertain premises in use (and those that they are
 * drawn together with), sorted by path. Quasi-random draws are QUASI_REPLICATES scramblings of the
 * same points, independent of each other, one behind the other: each gives a mean of its own, and
 * the spread of these is the error of the whole.
 */
#ifndef ASSIZE_ANALYSIS_QUASI_H
#define ASSIZE_ANALYSIS_QUASI_H

#include "analysis/lanes.h"

enum { QUASI_REPLICATES = 16, QUASI_DRAWS = 8192 };

/* Makes the number of draws one that can be shared out: each replicate has a power of two, at least
 * 256, and none is left out. Sets `rounded_from` where that is another number. */
void quasi_settle(struct weigh_options *options);

/* Has the plan's uncertain premises drawn so, where the options or the scenario say it. An error
 * where there are more of them than coordinates, or more draws than points. */
enum status quasi_plan(struct arena *arena, const struct model *model,
                       const struct weigh_options *options, struct lane_plan *plan,
                       struct diags *diags);

#endif

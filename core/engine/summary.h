/* Making summaries; reading them stands in engine.h. Private to core/engine. */
#ifndef ASSIZE_ENGINE_SUMMARY_H
#define ASSIZE_ENGINE_SUMMARY_H

#include "engine/kernels.h"

struct summary *summary_new(struct arena *arena, const struct kernels *kernels);

/* Says before anything is added that every `lanes` lanes, a power of two of leaves, are a
 * replicate: an estimate of its own. Then summary_error() is that of their mean. */
void summary_set_replicate(struct summary *summary, uint64_t lanes);

/* Adds the values of lanes first..first + count. Lanes come in rising order; where some are left
 * out, `first` and what was taken before end with a leaf of SUM_LEAF lanes. How they are cut into
 * calls has no effect on the result. */
void summary_add(struct summary *summary, uint64_t first, const double *values, size_t count);

/* The same for values that are all alike. */
void summary_add_same(struct summary *summary, uint64_t first, double value, size_t count);

/* One summary of `count` others, whose lanes are different leaves: the same as if all had been
 * added to it. The last lane's leaf may be incomplete. It takes over the first part's
 * histogram where that stands, so that part is used up, and must live as long. */
struct summary *summary_join(struct arena *arena, struct summary *const *parts, size_t count);

#endif

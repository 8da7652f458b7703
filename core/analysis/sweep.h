/* Verdicts of all opinions while one premise at a time takes other values. Private to
 * core/analysis.
 */
#ifndef ASSIZE_ANALYSIS_SWEEP_H
#define ASSIZE_ANALYSIS_SWEEP_H

#include "analysis/internal.h"
#include "analysis/lanes.h"

/* What one weighing asks along many premises. */
struct sweeps {
    struct arena *arena;
    struct result *result; /* with its opinions at the centre */
    const struct model *model;
    bool **reads; /* [theory][premise]: whether the theory's conclusion depends on it */
    struct diags *diags;
};

struct sweeps sweeps_begin(struct arena *arena, struct result *result, struct diags *diags);

/* Whether any theory reads a premise. */
bool sweeps_read(const struct sweeps *sweeps, uint32_t premise);

/* Fills a strip for each walk; it keeps the walk's values. A value that does not fit is an error.
 */
enum status sweeps_judge(const struct sweeps *sweeps, const struct lane_walk *walks, size_t count,
                         struct strip *strips);

#endif

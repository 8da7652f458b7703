/* Where a verdict switches as one premise moves and all else stays at its centre: the points that a
 * strip (weigh.h) leaves open between its places.
 *
 * Between two neighbouring places with different verdicts the gap is divided again and again, all
 * gaps of a premise in one batch of lanes, until the switch is known to a millionth of the way. A
 * verdict that comes and goes between two places with the same verdict is not found.
 */
#ifndef ASSIZE_ANALYSIS_SWITCHES_H
#define ASSIZE_ANALYSIS_SWITCHES_H

#include "analysis/weigh.h"

/* A stretch of the way with one verdict. */
struct stretch {
    double from, to; /* base units; the end of one is the beginning of the next */
    enum verdict verdict;
    bool one_case_failed;
};

/* The verdicts along one premise: a moral choice over its range, a fact over 5 to 95 per cent of
 * its distribution. */
struct switches {
    const struct premise *premise; /* a number */
    const struct stretch *stretches;
    size_t count; /* 1: the verdict does not switch */
};

/* For one theory and regime: first the moral choices that the theory reads, in the order of the
 * strips, however often they switch; then the facts along which the verdict does switch, the one
 * that must move least first, as a share of its range. */
struct switch_list {
    const struct switches *items;
    size_t count;
    size_t moral_count; /* of them, moral choices */
};

/* Looks along the moral choices that are numbers, and along the facts in result->movers but for
 * those that have separate values only (whole numbers, `choice`, `samples`). Nothing is found for
 * an opinion that is unsupported. The list lies in `arena`; it is written on success only. */
enum status switches_find(struct arena *arena, const struct result *result, size_t theory,
                          size_t regime, struct switch_list *list, struct diags *diags);

#endif

/* Which numbers move a score: its slope by every premise at the central draw, all of them in one
 * backward pass.
 *
 * A slope tells of small moves. Over a whole range the score may bend, and a jump (a threshold, a
 * table's row, a choice) has no slope at all: `jumps` says where one lies on the way.
 */
#ifndef ASSIZE_ANALYSIS_SENSITIVITY_H
#define ASSIZE_ANALYSIS_SENSITIVITY_H

#include "analysis/weigh.h"

/* What a premise is moved over. */
enum sensitivity_span {
    SPAN_FACT,  /* 5 to 95 per cent of its distribution */
    SPAN_MORAL, /* the range of the moral choice */
    SPAN_FIXED, /* from its value one per cent of it upwards */
};

struct sensitivity {
    const struct premise *premise;
    enum sensitivity_span span;
    double low, high; /* its ends, in base units */
    double slope;     /* of the score, for one of the premise's declared unit */
    double move;      /* of the score over the span, by the slope; with the slope's sign */
    bool jumps;       /* the way to the score leads over a jump, which the slope does not see */
};

/* Premises that move one score. Those with a range come first, then fixed numbers, for one per cent
 * compares with no range; in each part the greatest move first, the scenario's order where equal.
 */
struct sensitivities {
    const struct sensitivity *items; /* with a slope other than 0, or a jump */
    size_t count;
    size_t unmoved;      /* numbers on the way to the score with slope 0 and no jump */
    size_t others;       /* truths and labels on the way: they have no slope */
    const char *why_not; /* why there are no slopes, or NULL */
};

/* For one theory and regime. Everything lies in `arena`. */
void sensitivity_find(struct arena *arena, const struct result *result, size_t theory,
                      size_t regime, struct sensitivities *sensitivities);

#endif

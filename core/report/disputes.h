/* The screens of `assize disputes`. */
#ifndef ASSIZE_REPORT_DISPUTES_H
#define ASSIZE_REPORT_DISPUTES_H

#include "analysis/disputes.h"

struct disputes_view {
    size_t theory; /* SIZE_MAX: all */
    bool motion;   /* of what must be won, the sides of the motion alone */
};

void report_disputes_text(struct text *out, const struct dispute_analysis *analysis,
                          const struct disputes_view *view);
void report_disputes_json(struct text *out, const struct dispute_analysis *analysis,
                          const struct disputes_view *view);

/* "preferred", and where there are no outcomes, why. */
const char *outcomes_state_words(enum outcomes_state state);

/* "nobody replied", "answered", ... */
const char *reply_words(enum reply reply);

/* "in", "out", "undecided" */
const char *label_words(uint8_t label);

/* "acceptable or borderline" */
const char *verdicts_words(struct arena *arena, unsigned verdicts);

#endif

/* The tapes of a run's main request, to be shown: scores, verdicts and findings over the draws. */
#ifndef ASSIZE_ANALYSIS_LISTING_H
#define ASSIZE_ANALYSIS_LISTING_H

#include "analysis/model.h"
#include "engine/tape_show.h"

struct listed_tape {
    const char *title; /* what goes through it, where there are several; else NULL */
    struct shown_tape *shown;
    const char *const *names; /* [node of its graph]: claims and answers that it stands for, or
                                 NULL */
};

struct listing {
    const struct model *model;
    uint64_t draws; /* that a run takes unless somebody says */
    bool timed;
    struct listed_tape *tapes; /* one; where the cases are classes of persons, one for each phase
                                  and class */
    size_t count;
};

/* `timed`: some thousands of draws are run, for at most a second, to see where the time goes.
 * Tapes of persons are not timed, for what they read is known in a run alone. */
enum status listing_make(struct arena *arena, const struct model *model, bool timed,
                         struct listing **listing, struct diags *diags);

#endif

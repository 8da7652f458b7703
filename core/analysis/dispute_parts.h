/* What the files of the analysis of disputes share. Internal to core/analysis. */
#ifndef ASSIZE_ANALYSIS_DISPUTE_PARTS_H
#define ASSIZE_ANALYSIS_DISPUTE_PARTS_H

#include "analysis/disputes.h"

struct analysing {
    struct arena *arena;
    struct dispute_analysis *analysis;
    const struct model *model;
    const struct debate *debate;
    size_t theories, regimes, words; /* words: of bits over the outcomes */
    struct diags *diags;
    uint32_t **way_of; /* [dispute][outcome] */
};

static inline const struct outcome_opinion *opinion_at(const struct analysing *analysing,
                                                       size_t outcome, size_t theory, size_t regime)
{
    return &analysing->analysis
                ->opinions[(outcome * analysing->theories + theory) * analysing->regimes + regime];
}

/* dispute_ways.c: the disputes, their ways, and what they move. */
void find_disputes(struct analysing *analysing);
void find_moved(struct analysing *analysing);

/* dispute_stakes.c: what can be won, and what is enough. */
void find_stakes(struct analysing *analysing);
void find_winning(struct analysing *analysing);

/* dispute_sides.c: what opposed speakers share. */
void find_shared(struct analysing *analysing);

#endif

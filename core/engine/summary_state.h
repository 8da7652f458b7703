/* Summaries taken apart into plain numbers, and put together again: so that lanes may be summarised
 * by several programs and joined to the same bits.
 *
 * Each program has lanes of whole leaves (struct lanes, `lanes_before`), the last one the rest.
 */
#ifndef ASSIZE_ENGINE_SUMMARY_STATE_H
#define ASSIZE_ENGINE_SUMMARY_STATE_H

#include "engine/engine.h"

/* A whole branch of the tree of sums: leaves index * 2^level to (index + 1) * 2^level. Its values'
 * mean is base + mean, where `base` is one of them; the last three mean nothing where `count` is 0.
 */
struct state_branch {
    uint32_t level;
    uint64_t index;
    uint64_t count; /* finite values */
    double base, mean, squares;
};

/* How many values have the sign and exponent `key` (the first 12 bits of a double) and the
 * beginning `bin` of a mantissa (the next 7). */
struct state_bin {
    uint32_t key, bin;
    uint64_t count; /* not 0 */
};

struct summary_state {
    uint64_t taken, count;         /* values; of them finite */
    double least, greatest;        /* where `count` is not 0 */
    struct state_branch *branches; /* by index; of all whole leaves */
    size_t branch_count;
    double *rest; /* the values behind the last whole leaf; what is not finite is NaN */
    size_t rest_count;
    struct state_bin *bins; /* by key, then bin; without those of small numbers below 0, which
                               count as zeros */
    size_t bin_count;
};

/* Everything that a summary knows, in `arena`. */
void summary_take_apart(struct arena *arena, const struct summary *summary,
                        struct summary_state *state);

/* Lanes first..first + count, where `first` is whole leaves. */
struct state_lanes {
    uint64_t first, count;
    uint64_t replicate; /* as in struct lanes */
};

/* The summary of these lanes. The state may come from anywhere: returns NULL, or why it cannot be
 * theirs. What agrees with itself is believed. */
const char *summary_put_together(struct arena *arena, const struct summary_state *state,
                                 struct state_lanes lanes, struct summary **summary);

/* Branch `at` of those that the whole leaves of such lanes come to; false behind the last. */
bool state_branch_place(struct state_lanes lanes, size_t at, uint32_t *level, uint64_t *index);

/* Cell by cell and pair by pair, the summaries of parts of one request. The first part's are
 * used up: see summary_join(). */
void summaries_join(struct arena *arena, const struct summaries *parts, size_t part_count,
                    size_t cells, size_t pairs, struct summaries *summaries);

#endif

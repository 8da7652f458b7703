/* A tape under way. Private to core/engine, but for tests that choose the block size. */
#ifndef ASSIZE_ENGINE_RUN_H
#define ASSIZE_ENGINE_RUN_H

#include "engine/kernels.h"
#include "engine/tape.h"

/* The first fault met in a lane, in the tape's order. */
struct lane_fault {
    enum op_fault fault;
    node_id node;
};

struct run {
    const struct tape *tape;
    const struct lanes *lanes;
    double *fixed, *varying;       /* the stores */
    size_t block;                  /* lanes that the store of varying nodes has room for */
    size_t count;                  /* lanes of the block under way */
    uint64_t first;                /* its first lane */
    struct lane_fault *faults;     /* [block]: of the varying nodes */
    struct lane_fault fixed_fault; /* of the fixed ones */
    bool any_fault;                /* in the block under way */
    struct operand *operands;      /* [most arguments] */
    double *values;                /* as many, scratch */
    double *sums;                  /* scratch of kernel_sum() */
};

/* Makes the stores and computes the fixed nodes. `block` 0: as many lanes as suit the tape. */
void run_init(struct run *run, const struct tape *tape, const struct lanes *lanes, size_t block,
              struct arena *arena);

/* Computes the next block: run->count lanes from run->first. Returns false after the last. */
bool run_next(struct run *run);

/* The values of cell `cell` of a wanted node in the block, and whether they go along with the
 * lanes. */
struct operand run_wanted(const struct run *run, const struct wanted *wanted, size_t cell);

/* Whether a wanted value of the block is NaN in a lane with a fault; names the first lane. */
bool run_failed(const struct run *run, struct engine_fault *fault);

bool evaluate_in_blocks(const struct tape *tape, const struct lanes *lanes, size_t block,
                        struct arena *scratch, double *out, struct engine_fault *fault);
bool summarise_in_blocks(const struct tape *tape, const struct lanes *lanes, size_t block,
                         const struct cell_pair *pairs, size_t pair_count, struct arena *arena,
                         struct summaries *summaries, struct engine_fault *fault);

#endif

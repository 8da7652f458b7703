/* A tape under way. Private to core/engine.
 *
 * What no lane changes is computed once and shared; each thread has a run of
 * its own.
 */
#ifndef ASSIZE_ENGINE_RUN_H
#define ASSIZE_ENGINE_RUN_H

#include "engine/kernels.h"
#include "engine/tape.h"

/* The first fault met in a lane, in the order of the graph. */
struct lane_fault {
    enum op_fault fault;
    node_id node;
};

/* What a step needs beside the tape, found once. */
struct readied {
    row_kernel *row;      /* STEP_ROW, STEP_PAIR */
    struct operand *rest; /* STEP_FAILING with TABLE_STILL: see struct failing */
    const double *table;  /* likewise */
};

/* The fixed part, computed. */
struct fixed {
    const struct tape *tape;
    const struct lanes *lanes;
    const struct kernels *kernels;
    double *values; /* the store */
    struct lane_fault fault;
    struct readied *steps;
};

void fixed_init(struct fixed *fixed, const struct tape *tape, const struct lanes *lanes,
                struct arena *arena);

/* A step with a row_kernel, its rows found. What the loops around it add stands apart, for most
 * rows stand still. */
struct bound {
    row_kernel *row;
    double *out;
    const double *at[3];
    const struct shift *shifts;
    size_t shift_count;
};

/* Row `at` (0: the result, then the arguments) moves by `stride` doubles in each turn of a loop. */
struct shift {
    uint32_t at, loop;
    size_t stride;
};

/* Values outside the store, one for each lane, that are read or written: while one block is
 * computed, those of the lanes behind it, which mostly come next, are fetched into the cache, some
 * lines with each row. */
struct ahead {
    const double **values;
    size_t count;
    size_t rows;       /* computed in a block */
    size_t lines;      /* of each of `values` in a block */
    size_t at_once;    /* lines with a row */
    size_t next, line; /* to be fetched next */
};

struct run {
    const struct tape *tape;
    const struct lanes *lanes;
    const struct kernels *kernels;
    const struct fixed *fixed;
    double *varying;           /* the store: rows of `block` lanes */
    size_t block;              /* lanes that a row has room for */
    size_t count;              /* lanes of the block under way */
    uint64_t first;            /* its first lane */
    size_t *turns;             /* [depth]: of the loops under way */
    struct bound *bound;       /* [step] */
    struct lane_fault *faults; /* [block]: of the varying nodes */
    bool any_fault;            /* in the block under way */
    struct operand *operands;  /* [most arguments] */
    double *values;            /* as many, scratch */
    double *table;             /* likewise */
    double *sums;              /* scratch of sums */
    struct ahead ahead;
};

/* The number of lanes in a block that suits a tape. */
size_t run_block(const struct tape *tape, const struct lanes *lanes);

void run_init(struct run *run, const struct fixed *fixed, struct arena *arena);

/* Says, before the first block, that lane l will read or write values[l]. */
void run_fetches(struct run *run, const double *values, struct arena *arena);

/* One step that is no loop, in the block and the turns under way. */
void run_step(struct run *run, size_t at);

/* Computes the wanted nodes in lanes first..first + count, at most a block. */
void run_lanes(struct run *run, uint64_t first, size_t count);

/* The values of cell `cell` of a wanted node in the block, and whether they go along with the
 * lanes. */
struct operand run_wanted(const struct run *run, const struct wanted *wanted, size_t cell);

/* Whether a wanted value of the block is NaN in a lane with a fault; names the first lane. */
bool run_failed(const struct run *run, struct engine_fault *fault);

#endif

/* The loops of the engine: one for each operation, over operands that go along
 * with the loop or stand still. Private to core/engine.
 *
 * One source (kernels_source.h) is compiled for each instruction set, and one
 * of the results is chosen when a run starts. They differ in speed alone: each
 * gives the same bits.
 */
#ifndef ASSIZE_ENGINE_KERNELS_H
#define ASSIZE_ENGINE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/engine.h"

/* Element i is at[i] where `runs`, else at[0]. */
struct operand {
    const double *at;
    bool runs;
};

/* Loops with scratch rows take at most this many elements at a time. */
enum { KERNEL_CHUNK = 256 };

/* A sum adds leaves of 256 rows. In a leaf row i goes to partial sum i mod 16, and the partial sums
 * are added from the first to the last; so 16 rows or fewer are added in their order. Leaves are
 * added in a binary tree over their index. */
enum { SUM_LEAF = 256, SUM_PARTIALS = 16, SUM_LEVELS = 24 };
enum { KERNEL_SUM_SCRATCH = (SUM_PARTIALS + SUM_LEVELS + 1) * KERNEL_CHUNK };

/* out[0..count) of an operation that cannot fail. `out` overlaps no argument. */
typedef void row_kernel(double *out, const double *const *arguments, size_t count);

/* Rows to be reduced: row p starts at rows + p * stride. */
struct rows {
    const double *rows;
    size_t places, stride;
};

/* An operation that may fail, over at most KERNEL_CHUNK elements. `first` are x of an
 * interpolation, x and the value below of a step, row and column of a lookup, n and k; `rest` the
 * other arguments. */
struct failing {
    enum op op;
    const struct operand *first, *rest;
    size_t first_count, rest_count;
    size_t columns;      /* of a lookup's table */
    const double *table; /* `rest` in a row, where all of it stands still; else NULL */
    double *scratch;     /* room for as many doubles as there are arguments */
};

/* What one leaf of at most SUM_LEAF values adds up to; values that are not finite count nowhere. */
struct leaf_sums {
    double count;
    double pivot;        /* the first finite value */
    double off, squares; /* sums of distances from the pivot, and of their squares */
};

/* Without finite values: no count, and the ends the wrong way round. */
struct leaf_ends {
    size_t count;
    double least, greatest;
};

struct kernels {
    const char *name;

    /* Bit i of `runs`: argument i goes along with the loop. NULL: there is no such loop. */
    row_kernel *(*row)(enum op op, unsigned runs);

    /* second(first(a, b), c), or second(c, first(a, b)) where `right`, without a row between. The
     * first is OP_ADD, OP_SUB, OP_MUL or OP_MAX, the second one of these or OP_MIN. */
    row_kernel *(*pair)(enum op first, enum op second, bool right, unsigned runs);

    /* Sets faults[i], which is zero before, for the elements that failed; returns whether any did.
     */
    bool (*failing)(const struct failing *failing, double *out, size_t count, uint8_t *faults);

    /* `scratch` holds KERNEL_SUM_SCRATCH doubles. */
    void (*sum)(double *out, struct rows rows, size_t count, double *scratch);
    void (*reduce)(enum op op, double *out, struct rows rows, size_t count);

    /* The same onto what is in `out`, and OP_SUM row by row in their order. */
    void (*fold)(enum op op, double *out, struct rows rows, size_t count);

    /* The sum of row p times weights[p * step], of at most SUM_PARTIALS places. */
    void (*dot)(double *out, struct rows rows, const double *weights, size_t step, size_t count);

    void (*uniform)(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *u);
    void (*sobol)(const struct sobol_dimension *dimension, const struct sobol_key *key,
                  uint64_t index, size_t count, double *u);

    /* sum[i] += weight times the standard normal quantile of u[i], of at most KERNEL_CHUNK; `u` is
     * scratch afterwards. And in place the chance of a score, within 2^-53 of 0 and 1. */
    void (*add_scores)(double *sum, double weight, double *u, size_t count);
    void (*chances)(double *z, size_t count);
    void (*quantiles)(const struct distribution *distribution, double *values, size_t count);

    /* Of SUM_LEAF values, in the order of sums; whatever they are. */
    double (*sum_of_leaf)(const double *values);

    struct leaf_sums (*leaf)(const double *values, size_t count);
    struct leaf_ends (*ends)(const double *values, size_t count);

    /* Whether each value is 0 or 1, and then how many are 1. */
    bool (*truths)(const double *values, size_t count, size_t *ones);
};

const struct kernels *kernels_for(enum isa isa);

/* Whether values may not fit it: see op_fault. */
bool op_may_fail(enum op op);

/* Its arguments that stand in `first` of struct failing. */
size_t op_first_arguments(enum op op);

extern const struct kernels kernels_baseline, kernels_avx2, kernels_avx512;

#endif

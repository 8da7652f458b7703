/* The loops of the engine: one for each operation, over operands that go along with the loop or
 * stand still. Private to core/engine.
 */
#ifndef ASSIZE_ENGINE_KERNELS_H
#define ASSIZE_ENGINE_KERNELS_H

#include "graph/op.h"

/* Element i is at[i] where `runs`, else at[0]. */
struct operand {
    const double *at;
    bool runs;
};

/* out[0..count) of an operation with a fixed number of arguments that cannot fail. `out` overlaps
 * no operand. */
void kernel_plain(enum op op, double *out, const struct operand *operands, size_t count);

/* The operations below may fail, and take at most KERNEL_CHUNK elements at a time. They set
 * faults[i], which is zero before, for the elements that failed, and return whether any did. */
enum { KERNEL_CHUNK = 256 };

bool kernel_may_fail(enum op op);

/* `argument_count` operands; `columns` of a lookup's table; `scratch` has room for as many doubles
 * as there are operands. */
bool kernel_failing(enum op op, double *out, const struct operand *operands, size_t argument_count,
                    size_t columns, size_t count, uint8_t *faults, double *scratch);

/* Reductions of `places` rows of `count` elements, `stride` doubles from one to the next.
 *
 * A sum adds leaves of 256 rows. In a leaf row i goes to partial sum i mod 16, and the partial
 * sums are added from the first to the last; so 16 rows or fewer are added in their order. Leaves
 * are added in a binary tree over their index. `scratch` holds KERNEL_SUM_SCRATCH doubles. */
enum { SUM_LEAF = 256, SUM_PARTIALS = 16, SUM_LEVELS = 24 };
enum { KERNEL_SUM_SCRATCH = (SUM_PARTIALS + SUM_LEVELS + 1) * KERNEL_CHUNK };

void kernel_sum(double *out, const double *rows, size_t places, size_t stride, size_t count,
                double *scratch);
void kernel_reduce(enum op op, double *out, const double *rows, size_t places, size_t stride,
                   size_t count);

#endif

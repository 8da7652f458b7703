/* The loops, as one source for every instruction set: see kernels.h. The file
 * that includes it defines KERNELS and KERNELS_NAME and says for which
 * processors it is compiled.
 *
 * Each loop is one straight pass with one inlined operation, which the compiler
 * turns into vector code. What stands still is kept in a register: hence a loop
 * for every choice of arguments that go along. No file may include this twice.
 */
#include <math.h>
#include <string.h>

#include "base/math_inline.h"
#include "base/normal_inline.h"
#include "engine/beta.h"
#include "engine/kernels.h"
#include "engine/sobol_inline.h"
#include "graph/op_inline.h"

#define LOOP(value)                                                                                \
    for (size_t i = 0; i < count; i++)                                                             \
    out[i] = (value)

#include "engine/kernels_rows.h"

#include "engine/kernels_tables.h"

#include "engine/kernels_sums.h"

#include "engine/kernels_leaf.h"

#include "engine/kernels_draws.h"

#include "engine/kernels_quasi.h"

const struct kernels KERNELS = {
    .name = KERNELS_NAME,
    .row = find_row,
    .pair = find_pair,
    .failing = kernel_failing,
    .sum = kernel_sum,
    .reduce = kernel_reduce,
    .fold = kernel_fold,
    .dot = kernel_dot,
    .uniform = kernel_uniform,
    .sobol = kernel_sobol,
    .add_scores = kernel_add_scores,
    .chances = kernel_chances,
    .quantiles = kernel_quantiles,
    .sum_of_leaf = kernel_sum_of_leaf,
    .leaf = kernel_leaf,
    .ends = kernel_ends,
    .truths = kernel_truths,
};

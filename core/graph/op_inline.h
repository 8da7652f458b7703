/* The meaning of every elementwise operation, to be inlined into op_apply() and into the engine's
 * loops: one definition for both. Private to core/graph and core/engine.
 *
 * What is not a number stays so: a comparison with NaN is NaN, never "false", and `where` on NaN
 * is NaN. `and` with a false and `or` with a true are decided whatever the other is.
 */
#ifndef ASSIZE_GRAPH_OP_INLINE_H
#define ASSIZE_GRAPH_OP_INLINE_H

#include <stddef.h>

#include "base/math.h"
#include "base/math_inline.h"
#include "graph/op.h"

/* Operation, its function: for generating code that covers all of them. */
#define OP_UNARIES(X)                                                                              \
    X(OP_ABS, op_abs)                                                                              \
    X(OP_FLOOR, op_floor)                                                                          \
    X(OP_CEIL, op_ceil)                                                                            \
    X(OP_SQRT, op_sqrt)                                                                            \
    X(OP_EXP, op_exp)                                                                              \
    X(OP_LOG, op_log)                                                                              \
    X(OP_EXPM1, op_expm1)                                                                          \
    X(OP_LOG1P, op_log1p)                                                                          \
    X(OP_NOT, op_not)

#define OP_BINARIES(X)                                                                             \
    X(OP_ADD, op_add)                                                                              \
    X(OP_SUB, op_sub)                                                                              \
    X(OP_MUL, op_mul)                                                                              \
    X(OP_DIV, op_div)                                                                              \
    X(OP_POW, op_pow)                                                                              \
    X(OP_MIN, op_min)                                                                              \
    X(OP_MAX, op_max)                                                                              \
    X(OP_AT_LEAST, op_at_least)                                                                    \
    X(OP_ABOVE, op_above)                                                                          \
    X(OP_EQUALS, op_equals)                                                                        \
    X(OP_AND, op_and)                                                                              \
    X(OP_OR, op_or)                                                                                \
    X(OP_DOWN, op_down)                                                                            \
    X(OP_UP, op_up)                                                                                \
    X(OP_ADD_DOWN, op_add_down)                                                                    \
    X(OP_ADD_UP, op_add_up)                                                                        \
    X(OP_SUB_DOWN, op_sub_down)                                                                    \
    X(OP_SUB_UP, op_sub_up)                                                                        \
    X(OP_MUL_DOWN, op_mul_down)                                                                    \
    X(OP_MUL_UP, op_mul_up)                                                                        \
    X(OP_DIV_DOWN, op_div_down)                                                                    \
    X(OP_DIV_UP, op_div_up)

#define OP_TERNARIES(X)                                                                            \
    X(OP_RATIO, op_ratio)                                                                          \
    X(OP_CLAMP, op_clamp)                                                                          \
    X(OP_WHERE, op_where)

ALWAYS_INLINE bool is_nan(double a)
{
    return a != a;
}

ALWAYS_INLINE bool either_nan(double a, double b)
{
    return (a != a) | (b != b);
}

ALWAYS_INLINE double op_add(double a, double b)
{
    return a + b;
}

ALWAYS_INLINE double op_sub(double a, double b)
{
    return a - b;
}

ALWAYS_INLINE double op_mul(double a, double b)
{
    return a * b;
}

ALWAYS_INLINE double op_div(double a, double b)
{
    return a / b;
}

ALWAYS_INLINE double op_pow(double a, double b)
{
    return math_pow_inline(a, b);
}

ALWAYS_INLINE double op_min(double a, double b)
{
    double least = b < a ? b : a;
    return is_nan(b) ? b : least;
}

ALWAYS_INLINE double op_max(double a, double b)
{
    double most = b > a ? b : a;
    return is_nan(b) ? b : most;
}

ALWAYS_INLINE double op_ratio(double a, double b, double otherwise)
{
    return b == 0 ? otherwise : a / b;
}

ALWAYS_INLINE double op_clamp(double x, double low, double high)
{
    return op_min(op_max(x, low), high);
}

ALWAYS_INLINE double op_abs(double a)
{
    return fabs(a);
}

ALWAYS_INLINE double op_floor(double a)
{
    return floor(a);
}

ALWAYS_INLINE double op_ceil(double a)
{
    return ceil(a);
}

ALWAYS_INLINE double op_sqrt(double a)
{
    return sqrt(a);
}

ALWAYS_INLINE double op_exp(double a)
{
    return math_exp_inline(a);
}

ALWAYS_INLINE double op_log(double a)
{
    return math_log_inline(a);
}

ALWAYS_INLINE double op_expm1(double a)
{
    return math_expm1_inline(a);
}

ALWAYS_INLINE double op_log1p(double a)
{
    return math_log1p_inline(a);
}

ALWAYS_INLINE double op_at_least(double a, double b)
{
    double truth = a >= b ? 1 : 0;
    return either_nan(a, b) ? (double)NAN : truth;
}

ALWAYS_INLINE double op_above(double a, double b)
{
    double truth = a > b ? 1 : 0;
    return either_nan(a, b) ? (double)NAN : truth;
}

ALWAYS_INLINE double op_equals(double a, double b)
{
    double truth = a == b ? 1 : 0;
    return either_nan(a, b) ? (double)NAN : truth;
}

ALWAYS_INLINE double op_and(double a, double b)
{
    double truth = either_nan(a, b) ? (double)NAN : 1;
    return ((a == 0) | (b == 0)) ? 0 : truth;
}

/* x < 0 | x > 0: other than 0 and other than NaN. */
ALWAYS_INLINE double op_or(double a, double b)
{
    double truth = either_nan(a, b) ? (double)NAN : 0;
    return ((a < 0) | (a > 0) | (b < 0) | (b > 0)) ? 1 : truth;
}

ALWAYS_INLINE double op_not(double a)
{
    double truth = a == 0 ? 1 : 0;
    return is_nan(a) ? a : truth;
}

ALWAYS_INLINE double op_where(double truth, double a, double b)
{
    double taken = truth == 0 ? b : a;
    return is_nan(truth) ? truth : taken;
}

/* --- directed rounding ----------------------------------------------------------------------- */

/* So much of a number takes it to the next one, and no further where it is not tiny (Rump,
 * Zimmermann, Boldo, Melquiond, Computing predecessor and successor in rounding to nearest, 2009).
 */
#define OP_NEXT 0x1.0000000000001p-53

/* Not across 0; 0 and infinities stay. The constant is for what is below the normal numbers. */
ALWAYS_INLINE double op_down(double x, double slack)
{
    double lower = x - (fabs(x) * slack + 0x1p-1072);
    lower = ((x > 0) & (lower < 0)) ? 0 : lower;
    return ((x != 0) & (fabs(x) < (double)INFINITY)) ? lower : x;
}

ALWAYS_INLINE double op_up(double x, double slack)
{
    return -op_down(-x, slack);
}

/* What rounding took away from the sum is known (Knuth's TwoSum): a sum that is exact stays, as all
 * do that are 0 or below the normal numbers. */
ALWAYS_INLINE double op_add_down(double a, double b)
{
    double sum = a + b, part = sum - a;
    double lost = (a - (sum - part)) + (b - part);
    double lower = sum - (fabs(sum) * OP_NEXT + 0x1p-1074);
    return lost < 0 ? lower : sum;
}

ALWAYS_INLINE double op_add_up(double a, double b)
{
    double sum = a + b, part = sum - a;
    double lost = (a - (sum - part)) + (b - part);
    double upper = sum + (fabs(sum) * OP_NEXT + 0x1p-1074);
    return lost > 0 ? upper : sum;
}

ALWAYS_INLINE double op_sub_down(double a, double b)
{
    return op_add_down(a, -b);
}

ALWAYS_INLINE double op_sub_up(double a, double b)
{
    return op_add_up(a, -b);
}

/* A result of a product or quotient: `nothing` where it is exactly 0, `negative` its sign. */
ALWAYS_INLINE double op_result_down(double result, bool nothing, bool negative)
{
    double lower = op_down(result, OP_NEXT);
    lower = ((result == 0) & negative) ? -0x1p-1074 : lower;
    return nothing ? 0 : lower;
}

ALWAYS_INLINE double op_mul_down(double a, double b)
{
    double lower = op_result_down(a * b, (a == 0) | (b == 0), (a < 0) != (b < 0));
    return either_nan(a, b) ? (double)NAN : lower;
}

ALWAYS_INLINE double op_mul_up(double a, double b)
{
    return -op_mul_down(-a, b);
}

ALWAYS_INLINE double op_div_down(double a, double b)
{
    double quotient = a / (b == 0 ? 0 : b);
    bool nothing = (a == 0) | ((fabs(b) == (double)INFINITY) & (fabs(a) < (double)INFINITY));
    double lower = op_result_down(quotient, nothing, (a < 0) != (b < 0));
    return either_nan(a, b) ? (double)NAN : lower;
}

ALWAYS_INLINE double op_div_up(double a, double b)
{
    return -op_div_down(-a, b);
}

/* --- operations that pass over knots --------------------------------------------------------- */

/* Interpolation: the segment that holds x, found knot by knot. */
struct op_segment {
    double x0, y0, x1, y1;
};

/* Takes the segment from knot (x0, y0) to (x1, y1) when x has reached it. */
ALWAYS_INLINE struct op_segment op_segment_pass(struct op_segment segment, double x, double x0,
                                                double y0, double x1, double y1)
{
    bool reached = x >= x0;
    segment.x0 = reached ? x0 : segment.x0;
    segment.y0 = reached ? y0 : segment.y0;
    segment.x1 = reached ? x1 : segment.x1;
    segment.y1 = reached ? y1 : segment.y1;
    return segment;
}

/* The value in the segment; exact at knots, flat beyond them. A segment not yet reached, or of one
 * knot alone, has x0 == x1 or x < x0 and yields y0. */
ALWAYS_INLINE double op_segment_value(struct op_segment segment, double x)
{
    double t = (x - segment.x0) / (segment.x1 - segment.x0);
    double inside = segment.y0 + (segment.y1 - segment.y0) * t;
    double value = x > segment.x0 ? inside : segment.y0;
    value = x >= segment.x1 ? segment.y1 : value;
    value = x < segment.x0 ? segment.y0 : value;
    return is_nan(x) ? x : value;
}

ALWAYS_INLINE double op_step_from_pass(double value, double x, double threshold, double next)
{
    return x >= threshold ? next : value;
}

ALWAYS_INLINE double op_step_over_pass(double value, double x, double threshold, double next)
{
    return x > threshold ? next : value;
}

/* Whether knots a and b, which follow each other, rise. Two that do not are a fault; NaN among
 * them makes the result NaN but is no fault of the knots. */
ALWAYS_INLINE bool op_knots_rise(double a, double b)
{
    return a < b;
}

ALWAYS_INLINE bool op_knots_fault(double a, double b)
{
    return a >= b;
}

/* --- operations that may fail ---------------------------------------------------------------- */

/* The place of a cell in a table, or SIZE_MAX. A position that is NaN is no fault. */
ALWAYS_INLINE size_t op_lookup_place(double row, double column, size_t rows, size_t columns,
                                     enum op_fault *fault)
{
    bool fits = row >= 0 && row < (double)rows && column >= 0 && column < (double)columns;
    if (fits && floor(row) == row && floor(column) == column)
        return (size_t)row * columns + (size_t)column;
    if (!either_nan(row, column))
        *fault = OP_FAULT_OUTSIDE;
    return SIZE_MAX;
}

ALWAYS_INLINE double op_binomial_result(double result, double n, double k, double p,
                                        enum op_fault *fault)
{
    if (is_nan(result) && !either_nan(n, k) && !is_nan(p))
        *fault = OP_FAULT_NOT_WHOLE;
    return result;
}

ALWAYS_INLINE double op_binomial_pmf(double n, double k, double p, enum op_fault *fault)
{
    return op_binomial_result(math_binomial_pmf(n, k, p), n, k, p, fault);
}

ALWAYS_INLINE double op_binomial_tail(double n, double k, double p, enum op_fault *fault)
{
    return op_binomial_result(math_binomial_tail(n, k, p), n, k, p, fault);
}

#endif

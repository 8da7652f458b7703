/* The operations of the graph. Each has one meaning, defined by op_apply() on plain numbers; the
 * engine's kernels are the same functions over blocks, to the last bit.
 *
 * A truth is 0 or 1. A label is the index of its name in its list of names. What is not a number
 * stays so through comparisons, logic and `where`, but `and` with a false and `or` with a true are
 * decided whatever the other is, and what `where` does not select has no effect.
 */
#ifndef ASSIZE_GRAPH_OP_H
#define ASSIZE_GRAPH_OP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* name, spelling on the wire and in messages, arguments (-1: any number).
 * The wire stores the spelling, so that the order here may change. */
#define OPS(X)                                                                                     \
    X(OP_CONST, "const", 0)           /* a number the plugin wrote */                              \
    X(OP_PREMISE, "premise", 0)       /* a leaf whose value the lane gives */                      \
    X(OP_PORT, "port", 0)             /* an input that linking replaces */                         \
    X(OP_COORDINATE, "coordinate", 0) /* the value of an axis at each place along it */            \
    X(OP_STACK, "stack", -1)          /* one argument for each place along an axis */              \
    X(OP_CLAIM, "claim", 1)           /* the identity, with a record */                            \
    X(OP_ADD, "add", 2)                                                                            \
    X(OP_SUB, "sub", 2)                                                                            \
    X(OP_MUL, "mul", 2)                                                                            \
    X(OP_DIV, "div", 2)                                                                            \
    X(OP_POW, "pow", 2)                                                                            \
    X(OP_RATIO, "ratio", 3) /* a / b, or the third where b is 0 */                                 \
    X(OP_MIN, "min", 2)     /* NaN in either gives NaN; min(-0, 0) is the first */                 \
    X(OP_MAX, "max", 2)                                                                            \
    X(OP_CLAMP, "clamp", 3) /* x, low, high: min(max(x, low), high) */                             \
    X(OP_ABS, "abs", 1)                                                                            \
    X(OP_FLOOR, "floor", 1)                                                                        \
    X(OP_CEIL, "ceil", 1)                                                                          \
    X(OP_SQRT, "sqrt", 1)                                                                          \
    X(OP_EXP, "exp", 1)                                                                            \
    X(OP_LOG, "log", 1)                                                                            \
    X(OP_EXPM1, "expm1", 1)                                                                        \
    X(OP_LOG1P, "log1p", 1)                                                                        \
    X(OP_AT_LEAST, "at_least", 2)                                                                  \
    X(OP_ABOVE, "above", 2)                                                                        \
    X(OP_EQUALS, "equals", 2)                                                                      \
    X(OP_AND, "and", 2)                                                                            \
    X(OP_OR, "or", 2)                                                                              \
    X(OP_NOT, "not", 1)                                                                            \
    X(OP_WHERE, "where", 3)                 /* truth, then, else */                                \
    X(OP_INTERPOLATE, "interpolate", -1)    /* x, then n knots, then n values */                   \
    X(OP_STEP_FROM, "step_from", -1)        /* x, below, n thresholds, n values: at least */       \
    X(OP_STEP_OVER, "step_over", -1)        /* the same with: more than */                         \
    X(OP_LOOKUP, "lookup", -1)              /* row, column from 0, then rows x columns cells */    \
    X(OP_BINOMIAL_PMF, "binomial_pmf", 3)   /* n, k, p: P(exactly k of n) */                       \
    X(OP_BINOMIAL_TAIL, "binomial_tail", 3) /* n, k, p: P(at least k of n) */                      \
    X(OP_DOWN, "down", 2)                   /* x, slack: slack |x| below x, or further */          \
    X(OP_UP, "up", 2)                                                                              \
    X(OP_ADD_DOWN, "add_down", 2) /* at most a + b */                                              \
    X(OP_ADD_UP, "add_up", 2)     /* at least a + b */                                             \
    X(OP_SUB_DOWN, "sub_down", 2)                                                                  \
    X(OP_SUB_UP, "sub_up", 2)                                                                      \
    X(OP_MUL_DOWN, "mul_down", 2) /* 0 times infinity is 0 */                                      \
    X(OP_MUL_UP, "mul_up", 2)                                                                      \
    X(OP_DIV_DOWN, "div_down", 2) /* 0 / 0 is 0, and a divisor -0 is 0 */                          \
    X(OP_DIV_UP, "div_up", 2)                                                                      \
    X(OP_SUM, "sum", 1) /* along an axis, in fixed order */                                        \
    X(OP_REDUCE_MIN, "reduce_min", 1)                                                              \
    X(OP_REDUCE_MAX, "reduce_max", 1)

enum op {
#define OP_ENUM(name, spelling, arity) name,
    OPS(OP_ENUM)
#undef OP_ENUM
        OP_COUNT
};

const char *op_spelling(enum op op);
int op_arity(enum op op);

/* The operation spelt so, or OP_COUNT. */
enum op op_from_spelling(const char *spelling);

/* Whether the operation works element by element on its arguments (so that it may be folded). */
bool op_is_elementwise(enum op op);

/* Whether it rounds downwards or upwards, for bounds (engine/interval.h). No plugin may use these:
 * they are in no argument. */
bool op_is_directed(enum op op);

/* What can go wrong with values, in a lane: op_apply and the engine report it. */
enum op_fault {
    OP_FAULT_NONE,
    OP_FAULT_KNOTS,     /* interpolate, step: the knots do not rise */
    OP_FAULT_OUTSIDE,   /* lookup: no such row or column */
    OP_FAULT_NOT_WHOLE, /* binomial: n or k not whole, n too large, or p outside 0..1 */
};
const char *op_fault_text(enum op_fault fault);

/* Applies an elementwise operation to plain numbers. `columns` is the width of a lookup's table.
 * `fault` is set when the values do not fit, and then the result is NaN. */
double op_apply(enum op op, const double *arguments, size_t count, size_t columns,
                enum op_fault *fault);

#endif

#include "graph/op.h"

#include <string.h>

#include "base/math.h"
#include "graph/op_inline.h"

const char *op_spelling(enum op op)
{
    static const char *const spellings[OP_COUNT] = {
#define OP_SPELLING(name, spelling, arity) [name] = (spelling),
        OPS(OP_SPELLING)
#undef OP_SPELLING
    };
    return (size_t)op < OP_COUNT ? spellings[op] : "?";
}

int op_arity(enum op op)
{
    static const signed char arities[OP_COUNT] = {
#define OP_ARITY(name, spelling, arity) [name] = (arity),
        OPS(OP_ARITY)
#undef OP_ARITY
    };
    return (size_t)op < OP_COUNT ? arities[op] : 0;
}

enum op op_from_spelling(const char *spelling)
{
    for (enum op op = 0; op < OP_COUNT; op++)
        if (strcmp(op_spelling(op), spelling) == 0)
            return op;
    return OP_COUNT;
}

bool op_is_elementwise(enum op op)
{
    return op >= OP_ADD && op <= OP_DIV_UP;
}

bool op_is_directed(enum op op)
{
    return op >= OP_DOWN && op <= OP_DIV_UP;
}

const char *op_fault_text(enum op_fault fault)
{
    switch (fault) {
    case OP_FAULT_NONE:
        return "all is well";
    case OP_FAULT_KNOTS:
        return "the knots do not rise";
    case OP_FAULT_OUTSIDE:
        return "the table has no such row or column";
    case OP_FAULT_NOT_WHOLE:
        return "a number of trials or of successes is not whole, or there are more than "
               "2147483648 trials, or a probability lies outside 0..1";
    }
    return "?";
}

/* --- the operations on plain numbers --------------------------------------------------------- */

/* Whether every knot is above the one before. */
static bool knots_rise(const double *knots, size_t count, enum op_fault *fault)
{
    bool rise = true;
    for (size_t k = 1; k < count; k++) {
        rise = rise && op_knots_rise(knots[k - 1], knots[k]);
        if (op_knots_fault(knots[k - 1], knots[k]))
            *fault = OP_FAULT_KNOTS;
    }
    return rise && !is_nan(knots[0]);
}

static double apply_interpolate(const double *arguments, size_t count, enum op_fault *fault)
{
    size_t knots = (count - 1) / 2;
    const double *xs = arguments + 1, *ys = xs + knots;
    if (!knots_rise(xs, knots, fault))
        return (double)NAN;
    struct op_segment segment = {xs[0], ys[0], xs[0], ys[0]};
    for (size_t k = 1; k < knots; k++)
        segment = op_segment_pass(segment, arguments[0], xs[k - 1], ys[k - 1], xs[k], ys[k]);
    return op_segment_value(segment, arguments[0]);
}

static double apply_step(enum op op, const double *arguments, size_t count, enum op_fault *fault)
{
    size_t knots = (count - 2) / 2;
    double x = arguments[0], value = arguments[1];
    const double *thresholds = arguments + 2, *values = thresholds + knots;
    if (!knots_rise(thresholds, knots, fault))
        return (double)NAN;
    for (size_t k = 0; k < knots; k++)
        value = op == OP_STEP_FROM ? op_step_from_pass(value, x, thresholds[k], values[k])
                                   : op_step_over_pass(value, x, thresholds[k], values[k]);
    return is_nan(x) ? x : value;
}

static double apply_lookup(const double *arguments, size_t count, size_t columns,
                           enum op_fault *fault)
{
    size_t rows = (count - 2) / columns;
    size_t place = op_lookup_place(arguments[0], arguments[1], rows, columns, fault);
    return place == SIZE_MAX ? (double)NAN : arguments[2 + place];
}

static double apply(enum op op, const double *a, size_t count, size_t columns, enum op_fault *fault)
{
    switch (op) {
#define APPLY_1(NAME, name)                                                                        \
    case NAME:                                                                                     \
        return name(a[0]);
#define APPLY_2(NAME, name)                                                                        \
    case NAME:                                                                                     \
        return name(a[0], a[1]);
#define APPLY_3(NAME, name)                                                                        \
    case NAME:                                                                                     \
        return name(a[0], a[1], a[2]);
        OP_UNARIES(APPLY_1)
        OP_BINARIES(APPLY_2)
        OP_TERNARIES(APPLY_3)
    case OP_INTERPOLATE:
        return apply_interpolate(a, count, fault);
    case OP_STEP_FROM:
    case OP_STEP_OVER:
        return apply_step(op, a, count, fault);
    case OP_LOOKUP:
        return apply_lookup(a, count, columns, fault);
    case OP_BINOMIAL_PMF:
        return op_binomial_pmf(a[0], a[1], a[2], fault);
    case OP_BINOMIAL_TAIL:
        return op_binomial_tail(a[0], a[1], a[2], fault);
    default: /* not elementwise */
        return (double)NAN;
    }
}

double op_apply(enum op op, const double *arguments, size_t count, size_t columns,
                enum op_fault *fault)
{
    double value = apply(op, arguments, count, columns, fault);
    return is_nan(value) ? (double)NAN : value; /* one NaN: its sign differs between machines */
}

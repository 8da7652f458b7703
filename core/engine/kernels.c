/* Each loop below is one straight pass with one inlined operation, which the compiler turns into
 * vector code. What stands still is kept in a register: hence a loop for every choice of operands
 * that go along. */
#include "engine/kernels.h"

#include "graph/op_inline.h"

#define LOOP(value)                                                                                \
    for (size_t i = 0; i < count; i++)                                                             \
    out[i] = (value)

#define KERNEL_1(NAME, name)                                                                       \
    static void kernel_##name(double *restrict out, const struct operand *operands, size_t count)  \
    {                                                                                              \
        const double *a = operands[0].at, a0 = a[0];                                               \
        if (operands[0].runs)                                                                      \
            LOOP(name(a[i]));                                                                      \
        else                                                                                       \
            LOOP(name(a0));                                                                        \
    }

#define KERNEL_2(NAME, name)                                                                       \
    static void kernel_##name(double *restrict out, const struct operand *operands, size_t count)  \
    {                                                                                              \
        const double *a = operands[0].at, *b = operands[1].at;                                     \
        const double a0 = a[0], b0 = b[0];                                                         \
        if (operands[0].runs && operands[1].runs)                                                  \
            LOOP(name(a[i], b[i]));                                                                \
        else if (operands[0].runs)                                                                 \
            LOOP(name(a[i], b0));                                                                  \
        else if (operands[1].runs)                                                                 \
            LOOP(name(a0, b[i]));                                                                  \
        else                                                                                       \
            LOOP(name(a0, b0));                                                                    \
    }

#define KERNEL_3(NAME, name)                                                                       \
    static void kernel_##name(double *restrict out, const struct operand *operands, size_t count)  \
    {                                                                                              \
        const double *a = operands[0].at, *b = operands[1].at, *c = operands[2].at;                \
        const double a0 = a[0], b0 = b[0], c0 = c[0];                                              \
        switch (operands[0].runs << 2 | operands[1].runs << 1 | operands[2].runs) {                \
        case 7:                                                                                    \
            LOOP(name(a[i], b[i], c[i]));                                                          \
            break;                                                                                 \
        case 6:                                                                                    \
            LOOP(name(a[i], b[i], c0));                                                            \
            break;                                                                                 \
        case 5:                                                                                    \
            LOOP(name(a[i], b0, c[i]));                                                            \
            break;                                                                                 \
        case 4:                                                                                    \
            LOOP(name(a[i], b0, c0));                                                              \
            break;                                                                                 \
        case 3:                                                                                    \
            LOOP(name(a0, b[i], c[i]));                                                            \
            break;                                                                                 \
        case 2:                                                                                    \
            LOOP(name(a0, b[i], c0));                                                              \
            break;                                                                                 \
        case 1:                                                                                    \
            LOOP(name(a0, b0, c[i]));                                                              \
            break;                                                                                 \
        default:                                                                                   \
            LOOP(name(a0, b0, c0));                                                                \
        }                                                                                          \
    }

OP_UNARIES(KERNEL_1)
OP_BINARIES(KERNEL_2)
OP_TERNARIES(KERNEL_3)

void kernel_plain(enum op op, double *out, const struct operand *operands, size_t count)
{
    switch (op) {
#define KERNEL_CASE(NAME, name)                                                                    \
    case NAME:                                                                                     \
        kernel_##name(out, operands, count);                                                       \
        return;
        OP_UNARIES(KERNEL_CASE)
        OP_BINARIES(KERNEL_CASE)
        OP_TERNARIES(KERNEL_CASE)
    default: /* not such an operation: tape_build() makes no other */
        LOOP((double)NAN);
    }
}

/* --- operations that may fail ---------------------------------------------------------------- */

bool kernel_may_fail(enum op op)
{
    return op == OP_INTERPOLATE || op == OP_STEP_FROM || op == OP_STEP_OVER || op == OP_LOOKUP ||
           op == OP_BINOMIAL_PMF || op == OP_BINOMIAL_TAIL;
}

static double element(const struct operand *operand, size_t i)
{
    return operand->at[operand->runs ? i : 0];
}

/* Element by element, through op_apply(). */
static bool failing_slow(enum op op, double *out, const struct operand *operands,
                         size_t argument_count, size_t columns, size_t count, uint8_t *faults,
                         double *scratch)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        enum op_fault fault = OP_FAULT_NONE;
        for (size_t a = 0; a < argument_count; a++)
            scratch[a] = element(&operands[a], i);
        out[i] = op_apply(op, scratch, argument_count, columns, &fault);
        faults[i] = (uint8_t)fault;
        any = any || fault != OP_FAULT_NONE;
    }
    return any;
}

static bool failing_lookup(double *out, const struct operand *operands, size_t argument_count,
                           size_t columns, size_t count, uint8_t *faults)
{
    size_t rows = (argument_count - 2) / columns;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        enum op_fault fault = OP_FAULT_NONE;
        size_t place = op_lookup_place(element(&operands[0], i), element(&operands[1], i), rows,
                                       columns, &fault);
        out[i] = place == SIZE_MAX ? (double)NAN : element(&operands[2 + place], i);
        faults[i] = (uint8_t)fault;
        any = any || fault != OP_FAULT_NONE;
    }
    return any;
}

/* The elements of an operand as a row: its own, or `buffer` filled with what stands still. */
static const double *spread(const struct operand *operand, double *buffer, size_t count)
{
    if (operand->runs)
        return operand->at;
    for (size_t i = 0; i < count; i++)
        buffer[i] = operand->at[0];
    return buffer;
}

/* Whether all knots stand still, and rise. */
static bool knots_are_plain(const struct operand *knots, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (knots[k].runs || is_nan(*knots[k].at) ||
            (k > 0 && !op_knots_rise(*knots[k - 1].at, *knots[k].at)))
            return false;
    return true;
}

/* One knot after the other over the whole row; the segment found so far stands in four rows. */
static void interpolate_rows(double *restrict out, const struct operand *operands, size_t knots,
                             size_t count)
{
    double x_row[KERNEL_CHUNK], low_row[KERNEL_CHUNK], high_row[KERNEL_CHUNK];
    double x0[KERNEL_CHUNK], y0[KERNEL_CHUNK], x1[KERNEL_CHUNK], y1[KERNEL_CHUNK];
    const struct operand *xs = operands + 1, *ys = xs + knots;
    const double *x = spread(&operands[0], x_row, count);
    const double *first = spread(&ys[0], low_row, count);
    for (size_t i = 0; i < count; i++) {
        x0[i] = x1[i] = *xs[0].at;
        y0[i] = y1[i] = first[i];
    }
    for (size_t k = 1; k < knots; k++) {
        const double low_x = *xs[k - 1].at, high_x = *xs[k].at;
        const double *low = spread(&ys[k - 1], low_row, count);
        const double *high = spread(&ys[k], high_row, count);
        for (size_t i = 0; i < count; i++) {
            struct op_segment segment = {x0[i], y0[i], x1[i], y1[i]};
            segment = op_segment_pass(segment, x[i], low_x, low[i], high_x, high[i]);
            x0[i] = segment.x0;
            y0[i] = segment.y0;
            x1[i] = segment.x1;
            y1[i] = segment.y1;
        }
    }
    for (size_t i = 0; i < count; i++)
        out[i] = op_segment_value((struct op_segment){x0[i], y0[i], x1[i], y1[i]}, x[i]);
}

static void step_rows(enum op op, double *restrict out, const struct operand *operands,
                      size_t knots, size_t count)
{
    double x_row[KERNEL_CHUNK], value_row[KERNEL_CHUNK];
    const struct operand *thresholds = operands + 2, *values = thresholds + knots;
    const double *x = spread(&operands[0], x_row, count);
    const double *below = spread(&operands[1], value_row, count);
    for (size_t i = 0; i < count; i++)
        out[i] = below[i];
    for (size_t k = 0; k < knots; k++) {
        const double threshold = *thresholds[k].at;
        const double *value = spread(&values[k], value_row, count);
        if (op == OP_STEP_FROM)
            LOOP(op_step_from_pass(out[i], x[i], threshold, value[i]));
        else
            LOOP(op_step_over_pass(out[i], x[i], threshold, value[i]));
    }
    LOOP(is_nan(x[i]) ? x[i] : out[i]);
}

bool kernel_failing(enum op op, double *out, const struct operand *operands, size_t argument_count,
                    size_t columns, size_t count, uint8_t *faults, double *scratch)
{
    if (op == OP_LOOKUP)
        return failing_lookup(out, operands, argument_count, columns, count, faults);
    size_t lead = op == OP_INTERPOLATE ? 1 : 2, knots = (argument_count - lead) / 2;
    bool steps = op == OP_STEP_FROM || op == OP_STEP_OVER;
    bool plain = (op == OP_INTERPOLATE || steps) && knots_are_plain(operands + lead, knots);
    if (!plain)
        return failing_slow(op, out, operands, argument_count, columns, count, faults, scratch);
    if (steps)
        step_rows(op, out, operands, knots, count);
    else
        interpolate_rows(out, operands, knots, count);
    return false;
}

/* --- reductions ------------------------------------------------------------------------------ */

static void add_row(double *restrict sum, const double *restrict row, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sum[i] += row[i];
}

static void copy_row(double *restrict to, const double *restrict row, size_t count)
{
    for (size_t i = 0; i < count; i++)
        to[i] = row[i];
}

/* Sums at most SUM_LEAF rows into partials[0]. */
static void sum_leaf(double *partials, const double *rows, size_t places, size_t stride,
                     size_t count)
{
    size_t used = places < SUM_PARTIALS ? places : SUM_PARTIALS;
    for (size_t p = 0; p < used; p++)
        copy_row(partials + p * KERNEL_CHUNK, rows + p * stride, count);
    for (size_t p = used; p < places; p++)
        add_row(partials + p % SUM_PARTIALS * KERNEL_CHUNK, rows + p * stride, count);
    for (size_t p = 1; p < used; p++)
        add_row(partials, partials + p * KERNEL_CHUNK, count);
}

/* levels[l] is the sum of 2^l leaves waiting for its twin, where bit l of the number of leaves so
 * far is set. Later leaves stand on the right of each sum. */
static void sum_chunk(double *out, const double *rows, size_t places, size_t stride, size_t count,
                      double *scratch)
{
    double *partials = scratch, *levels = scratch + SUM_PARTIALS * KERNEL_CHUNK;
    size_t leaves = 0;
    for (size_t first = 0; first < places; first += SUM_LEAF, leaves++) {
        size_t rest = places - first, level = 0;
        sum_leaf(partials, rows + first * stride, rest < SUM_LEAF ? rest : SUM_LEAF, stride, count);
        for (; (leaves >> level & 1) != 0; level++) {
            add_row(levels + level * KERNEL_CHUNK, partials, count);
            copy_row(partials, levels + level * KERNEL_CHUNK, count);
        }
        copy_row(levels + level * KERNEL_CHUNK, partials, count);
    }
    bool begun = false;
    for (size_t level = 0; leaves >> level != 0; level++) {
        if ((leaves >> level & 1) == 0)
            continue;
        double *waiting = levels + level * KERNEL_CHUNK;
        if (begun)
            add_row(waiting, out, count);
        copy_row(out, waiting, count);
        begun = true;
    }
}

void kernel_sum(double *out, const double *rows, size_t places, size_t stride, size_t count,
                double *scratch)
{
    if (places <= SUM_PARTIALS) {
        copy_row(out, rows, count);
        for (size_t p = 1; p < places; p++)
            add_row(out, rows + p * stride, count);
        return;
    }
    for (size_t first = 0; first < count; first += KERNEL_CHUNK) {
        size_t rest = count - first;
        sum_chunk(out + first, rows + first, places, stride,
                  rest < KERNEL_CHUNK ? rest : KERNEL_CHUNK, scratch);
    }
}

static void least_row(double *restrict out, const double *restrict row, size_t count)
{
    LOOP(op_min(out[i], row[i]));
}

static void most_row(double *restrict out, const double *restrict row, size_t count)
{
    LOOP(op_max(out[i], row[i]));
}

void kernel_reduce(enum op op, double *out, const double *rows, size_t places, size_t stride,
                   size_t count)
{
    copy_row(out, rows, count);
    for (size_t p = 1; p < places; p++) {
        if (op == OP_REDUCE_MIN)
            least_row(out, rows + p * stride, count);
        else
            most_row(out, rows + p * stride, count);
    }
}

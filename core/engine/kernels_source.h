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
#include "graph/op_inline.h"

#define LOOP(value)                                                                                \
    for (size_t i = 0; i < count; i++)                                                             \
    out[i] = (value)

/* --- operations that cannot fail ------------------------------------------------------------- */

#define ROW_1(NAME, name)                                                                          \
    static void row_##name(double *restrict out, const double *const *in, size_t count)            \
    {                                                                                              \
        const double *a = in[0];                                                                   \
        LOOP(name(a[i]));                                                                          \
    }

#define ROW_2_OF(name, runs, at_a, at_b)                                                           \
    static void row_##name##_##runs(double *restrict out, const double *const *in, size_t count)   \
    {                                                                                              \
        const double *a = in[0], *b = in[1];                                                       \
        LOOP(name(a[at_a], b[at_b]));                                                              \
    }

#define ROW_2(NAME, name)                                                                          \
    ROW_2_OF(name, 1, i, 0)                                                                        \
    ROW_2_OF(name, 2, 0, i)                                                                        \
    ROW_2_OF(name, 3, i, i)

#define ROW_3_OF(name, runs, at_a, at_b, at_c)                                                     \
    static void row_##name##_##runs(double *restrict out, const double *const *in, size_t count)   \
    {                                                                                              \
        const double *a = in[0], *b = in[1], *c = in[2];                                           \
        LOOP(name(a[at_a], b[at_b], c[at_c]));                                                     \
    }

#define ROW_3(NAME, name)                                                                          \
    ROW_3_OF(name, 1, i, 0, 0)                                                                     \
    ROW_3_OF(name, 2, 0, i, 0)                                                                     \
    ROW_3_OF(name, 3, i, i, 0)                                                                     \
    ROW_3_OF(name, 4, 0, 0, i)                                                                     \
    ROW_3_OF(name, 5, i, 0, i)                                                                     \
    ROW_3_OF(name, 6, 0, i, i)                                                                     \
    ROW_3_OF(name, 7, i, i, i)

OP_UNARIES(ROW_1)
OP_BINARIES(ROW_2)
OP_TERNARIES(ROW_3)

/* --- exp, log, pow: quick where a whole row lies within their tame range --------------------- */

static void quick_exp(double *restrict out, const double *const *in, size_t count)
{
    const double *a = in[0];
    double wild = 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = math_exp_tame(a[i], 0);
        wild = fabs(a[i]) <= MATH_TAME_EXP ? wild : 1;
    }
    if (wild != 0)
        row_op_exp(out, in, count);
}

static void quick_log(double *restrict out, const double *const *in, size_t count)
{
    const double *a = in[0];
    double wild = 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = math_log_tame(a[i]);
        wild = math_log_is_tame(a[i]) ? wild : 1;
    }
    if (wild != 0)
        row_op_log(out, in, count);
}

/* One chunk of a power, in two passes: the processor overlaps more elements of a shorter one.
 * Returns whether every element was tame. */
ALWAYS_INLINE bool pow_chunk(double *restrict out, const double *a, const double *b, size_t a_step,
                             size_t b_step, size_t count)
{
    double low[KERNEL_CHUNK], wild = 0;
    for (size_t i = 0; i < count; i++) {
        double x = a[i * a_step], y = b[i * b_step];
        struct math_pair log = math_log_pair(math_reduce(x));
        double product = y * log.high;
        out[i] = product;
        low[i] = math_pow_low(log, y, product);
        bool tame = math_log_is_tame(x) & (fabs(product) <= MATH_TAME_EXP) & (fabs(y) <= 0x1p66);
        wild = tame ? wild : 1;
    }
    for (size_t i = 0; i < count; i++)
        out[i] = math_exp_tame(out[i], low[i]);
    return wild == 0;
}

#define QUICK_POW(runs, a_step, b_step)                                                            \
    static void quick_pow_##runs(double *restrict out, const double *const *in, size_t count)      \
    {                                                                                              \
        const double *at[2] = {in[0], in[1]};                                                      \
        for (size_t first = 0; first < count; first += KERNEL_CHUNK) {                             \
            size_t rest = count - first, chunk = rest < KERNEL_CHUNK ? rest : KERNEL_CHUNK;        \
            if (!pow_chunk(out + first, at[0], at[1], a_step, b_step, chunk))                      \
                row_op_pow_##runs(out + first, at, chunk);                                         \
            at[0] += (a_step)*chunk;                                                               \
            at[1] += (b_step)*chunk;                                                               \
        }                                                                                          \
    }

QUICK_POW(1, 1, 0)
QUICK_POW(2, 0, 1)
QUICK_POW(3, 1, 1)

#undef QUICK_POW

/* Whether to divide or to take the logarithm is decided by the row. */
static row_kernel *quick_row(enum op op, unsigned runs)
{
    static row_kernel *const pows[4] = {quick_pow_3, quick_pow_1, quick_pow_2, quick_pow_3};
    if (op == OP_EXP)
        return quick_exp;
    if (op == OP_LOG)
        return quick_log;
    return op == OP_POW ? pows[runs & 3] : NULL;
}

/* Arguments of which none goes along are read once: any loop will do. */
static row_kernel *find_row(enum op op, unsigned runs)
{
    row_kernel *quick = quick_row(op, runs);
    if (quick != NULL)
        return quick;
    switch (op) {
#define FIND_1(NAME, name)                                                                         \
    case NAME:                                                                                     \
        return row_##name;
#define FIND_2(NAME, name)                                                                         \
    case NAME: {                                                                                   \
        static row_kernel *const rows[4] = {row_##name##_3, row_##name##_1, row_##name##_2,        \
                                            row_##name##_3};                                       \
        return rows[runs & 3];                                                                     \
    }
#define FIND_3(NAME, name)                                                                         \
    case NAME: {                                                                                   \
        static row_kernel *const rows[8] = {row_##name##_7, row_##name##_1, row_##name##_2,        \
                                            row_##name##_3, row_##name##_4, row_##name##_5,        \
                                            row_##name##_6, row_##name##_7};                       \
        return rows[runs & 7];                                                                     \
    }
        OP_UNARIES(FIND_1)
        OP_BINARIES(FIND_2)
        OP_TERNARIES(FIND_3)
    default:
        return NULL;
    }
}

/* --- pairs of operations --------------------------------------------------------------------- */

#define PAIR_OF(first, second, runs, at_a, at_b, at_c)                                             \
    static void pair_##first##_##second##_##runs(double *restrict out, const double *const *in,    \
                                                 size_t count)                                     \
    {                                                                                              \
        const double *a = in[0], *b = in[1], *c = in[2];                                           \
        LOOP(second(first(a[at_a], b[at_b]), c[at_c]));                                            \
    }

/* In each, one of the first two arguments goes along. */
#define PAIR(first, second)                                                                        \
    PAIR_OF(first, second, 1, i, 0, 0)                                                             \
    PAIR_OF(first, second, 2, 0, i, 0)                                                             \
    PAIR_OF(first, second, 3, i, i, 0)                                                             \
    PAIR_OF(first, second, 5, i, 0, i)                                                             \
    PAIR_OF(first, second, 6, 0, i, i)                                                             \
    PAIR_OF(first, second, 7, i, i, i)

ALWAYS_INLINE double from(double a, double b)
{
    return b - a;
}

#define PAIRS_WITH(first)                                                                          \
    PAIR(first, op_add)                                                                            \
    PAIR(first, op_mul)                                                                            \
    PAIR(first, op_sub)                                                                            \
    PAIR(first, from)                                                                              \
    PAIR(first, op_min)                                                                            \
    PAIR(first, op_max)

PAIRS_WITH(op_add)
PAIRS_WITH(op_sub)
PAIRS_WITH(op_mul)
PAIRS_WITH(op_max)

#define PAIR_ROWS(first, second)                                                                   \
    {                                                                                              \
        NULL, pair_##first##_##second##_1, pair_##first##_##second##_2,                            \
            pair_##first##_##second##_3, NULL, pair_##first##_##second##_5,                        \
            pair_##first##_##second##_6, pair_##first##_##second##_7                               \
    }
#define PAIR_TABLE(first)                                                                          \
    {                                                                                              \
        PAIR_ROWS(first, op_add), PAIR_ROWS(first, op_mul), PAIR_ROWS(first, op_sub),              \
            PAIR_ROWS(first, from), PAIR_ROWS(first, op_min), PAIR_ROWS(first, op_max)             \
    }

/* The place of a second operation in a table. */
static int pair_place(enum op op, bool right)
{
    switch (op) {
    case OP_ADD:
        return 0;
    case OP_MUL:
        return 1;
    case OP_MIN:
        return 4;
    case OP_MAX:
        return 5;
    default:
        return right ? 3 : 2;
    }
}

static row_kernel *find_pair(enum op first, enum op second, bool right, unsigned runs)
{
    static row_kernel *const adds[6][8] = PAIR_TABLE(op_add);
    static row_kernel *const subs[6][8] = PAIR_TABLE(op_sub);
    static row_kernel *const muls[6][8] = PAIR_TABLE(op_mul);
    static row_kernel *const mosts[6][8] = PAIR_TABLE(op_max);
    int place = pair_place(second, right);
    switch (first) {
    case OP_ADD:
        return adds[place][runs & 7];
    case OP_SUB:
        return subs[place][runs & 7];
    case OP_MUL:
        return muls[place][runs & 7];
    default:
        return mosts[place][runs & 7];
    }
}

/* --- operations that may fail ---------------------------------------------------------------- */

static double element(const struct operand *operand, size_t i)
{
    return operand->at[operand->runs ? i : 0];
}

/* Element by element, through op_apply(). */
static bool failing_slow(const struct failing *failing, double *out, size_t count, uint8_t *faults)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        enum op_fault fault = OP_FAULT_NONE;
        double *scratch = failing->scratch;
        for (size_t a = 0; a < failing->first_count; a++)
            *scratch++ = element(&failing->first[a], i);
        for (size_t a = 0; a < failing->rest_count; a++)
            *scratch++ = element(&failing->rest[a], i);
        out[i] = op_apply(failing->op, failing->scratch, failing->first_count + failing->rest_count,
                          failing->columns, &fault);
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

/* The places of rows and columns that are whole and inside, as bits of doubles beside 2^52. Returns
 * whether all are. */
static bool lookup_places(const double *restrict row, const double *restrict column,
                          uint64_t *restrict places, size_t rows, size_t columns, size_t count)
{
    const double height = (double)rows, width = (double)columns;
    double wild = 0;
    for (size_t i = 0; i < count; i++) {
        bool inside = (row[i] >= 0) & (row[i] < height) & (column[i] >= 0) & (column[i] < width);
        bool whole =
            (row[i] + 0x1p52 - 0x1p52 == row[i]) & (column[i] + 0x1p52 - 0x1p52 == column[i]);
        places[i] = math_bits(row[i] * width + column[i] + 0x1p52) & 0xffffffff;
        wild = (inside & whole) ? wild : 1;
    }
    return wild == 0;
}

/* From a table that stands still, where every place is inside. */
static bool lookup_quick(const struct failing *failing, double *restrict out, size_t count)
{
    double row_buffer[KERNEL_CHUNK], column_buffer[KERNEL_CHUNK];
    uint64_t places[KERNEL_CHUNK];
    const double *table = failing->table;
    const double *row = spread(&failing->first[0], row_buffer, count);
    const double *column = spread(&failing->first[1], column_buffer, count);
    size_t rows = failing->rest_count / failing->columns;
    if (!lookup_places(row, column, places, rows, failing->columns, count))
        return false;
    for (size_t i = 0; i < count; i++)
        out[i] = table[places[i]];
    return true;
}

static bool lookup_rows(const struct failing *failing, double *out, size_t count, uint8_t *faults)
{
    size_t rows = failing->rest_count / failing->columns;
    bool any = false;
    if (failing->table != NULL && lookup_quick(failing, out, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        enum op_fault fault = OP_FAULT_NONE;
        size_t place =
            op_lookup_place(element(&failing->first[0], i), element(&failing->first[1], i), rows,
                            failing->columns, &fault);
        out[i] = place == SIZE_MAX ? (double)NAN : element(&failing->rest[place], i);
        faults[i] = (uint8_t)fault;
        any = any || fault != OP_FAULT_NONE;
    }
    return any;
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
static void interpolate_rows(double *restrict out, const struct failing *failing, size_t knots,
                             size_t count)
{
    double x_row[KERNEL_CHUNK], low_row[KERNEL_CHUNK], high_row[KERNEL_CHUNK];
    double x0[KERNEL_CHUNK], y0[KERNEL_CHUNK], x1[KERNEL_CHUNK], y1[KERNEL_CHUNK];
    const struct operand *xs = failing->rest, *ys = xs + knots;
    const double *x = spread(&failing->first[0], x_row, count);
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

/* Where a value lies among knots that stand still: how many of them but the last it has reached. */
static void segment_places(const double *restrict x, const double *restrict xs, size_t knots,
                           double *restrict places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        places[i] = 0x1p52;
    size_t k = 0;
    for (; k + 4 < knots; k += 4) {
        const double x0 = xs[k], x1 = xs[k + 1], x2 = xs[k + 2], x3 = xs[k + 3];
        for (size_t i = 0; i < count; i++) {
            double two = (x[i] >= x0 ? 1.0 : 0.0) + (x[i] >= x1 ? 1.0 : 0.0);
            places[i] += two + ((x[i] >= x2 ? 1.0 : 0.0) + (x[i] >= x3 ? 1.0 : 0.0));
        }
    }
    for (; k + 1 < knots; k++) {
        const double at = xs[k];
        for (size_t i = 0; i < count; i++)
            places[i] += x[i] >= at ? 1.0 : 0.0;
    }
}

/* From a table of knots and values that stand still: place 0 is the segment before the first knot,
 * of no length. */
static void interpolate_quick(double *restrict out, const struct failing *failing, size_t knots,
                              size_t count)
{
    double buffer[KERNEL_CHUNK], places[KERNEL_CHUNK];
    const double *xs = failing->table, *ys = xs + knots;
    const double *x = spread(&failing->first[0], buffer, count);
    segment_places(x, xs, knots, places, count);
    for (size_t i = 0; i < count; i++) {
        uint64_t high = math_bits(places[i]) & 0xffffffff, low = high == 0 ? 0 : high - 1;
        struct op_segment segment = {xs[low], ys[low], xs[high], ys[high]};
        out[i] = op_segment_value(segment, x[i]);
    }
}

static void step_rows(const struct failing *failing, double *restrict out, size_t knots,
                      size_t count)
{
    double x_row[KERNEL_CHUNK], value_row[KERNEL_CHUNK];
    const struct operand *thresholds = failing->rest, *values = thresholds + knots;
    const double *x = spread(&failing->first[0], x_row, count);
    const double *below = spread(&failing->first[1], value_row, count);
    for (size_t i = 0; i < count; i++)
        out[i] = below[i];
    for (size_t k = 0; k < knots; k++) {
        const double threshold = *thresholds[k].at;
        const double *value = spread(&values[k], value_row, count);
        if (failing->op == OP_STEP_FROM)
            LOOP(op_step_from_pass(out[i], x[i], threshold, value[i]));
        else
            LOOP(op_step_over_pass(out[i], x[i], threshold, value[i]));
    }
    LOOP(is_nan(x[i]) ? x[i] : out[i]);
}

static bool kernel_failing(const struct failing *failing, double *out, size_t count,
                           uint8_t *faults)
{
    enum op op = failing->op;
    if (op == OP_LOOKUP)
        return lookup_rows(failing, out, count, faults);
    size_t knots = failing->rest_count / 2;
    bool steps = op == OP_STEP_FROM || op == OP_STEP_OVER;
    if ((!steps && op != OP_INTERPOLATE) || !knots_are_plain(failing->rest, knots))
        return failing_slow(failing, out, count, faults);
    if (steps)
        step_rows(failing, out, knots, count);
    else if (failing->table != NULL)
        interpolate_quick(out, failing, knots, count);
    else
        interpolate_rows(out, failing, knots, count);
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

/* Rows added to `sum` in their order, four at a time. */
static void add_rows(double *restrict sum, const double *rows, size_t places, size_t stride,
                     size_t count)
{
    for (; places >= 4; places -= 4, rows += 4 * stride) {
        const double *a = rows, *b = a + stride, *c = b + stride, *d = c + stride;
        for (size_t i = 0; i < count; i++)
            sum[i] = (((sum[i] + a[i]) + b[i]) + c[i]) + d[i];
    }
    for (; places > 0; places--, rows += stride)
        add_row(sum, rows, count);
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
static void sum_chunk(double *out, struct rows rows, size_t count, double *scratch)
{
    double *partials = scratch, *levels = scratch + SUM_PARTIALS * KERNEL_CHUNK;
    size_t leaves = 0;
    for (size_t first = 0; first < rows.places; first += SUM_LEAF, leaves++) {
        size_t rest = rows.places - first, level = 0;
        sum_leaf(partials, rows.rows + first * rows.stride, rest < SUM_LEAF ? rest : SUM_LEAF,
                 rows.stride, count);
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

static void kernel_sum(double *out, struct rows rows, size_t count, double *scratch)
{
    if (rows.places <= SUM_PARTIALS) {
        copy_row(out, rows.rows, count);
        add_rows(out, rows.rows + rows.stride, rows.places - 1, rows.stride, count);
        return;
    }
    for (size_t first = 0; first < count; first += KERNEL_CHUNK) {
        size_t rest = count - first;
        struct rows part = {rows.rows + first, rows.places, rows.stride};
        sum_chunk(out + first, part, rest < KERNEL_CHUNK ? rest : KERNEL_CHUNK, scratch);
    }
}

/* Rows taken in their order, four at a time. */
#define REDUCE_ROWS(name, two)                                                                     \
    static void name(double *restrict out, const double *rows, size_t places, size_t stride,       \
                     size_t count)                                                                 \
    {                                                                                              \
        for (; places >= 4; places -= 4, rows += 4 * stride) {                                     \
            const double *a = rows, *b = a + stride, *c = b + stride, *d = c + stride;             \
            LOOP(two(two(two(two(out[i], a[i]), b[i]), c[i]), d[i]));                              \
        }                                                                                          \
        for (; places > 0; places--, rows += stride)                                               \
            LOOP(two(out[i], rows[i]));                                                            \
    }

REDUCE_ROWS(least_rows, op_min)
REDUCE_ROWS(most_rows, op_max)

#undef REDUCE_ROWS

static void kernel_reduce(enum op op, double *out, struct rows rows, size_t count)
{
    copy_row(out, rows.rows, count);
    if (op == OP_REDUCE_MIN)
        least_rows(out, rows.rows + rows.stride, rows.places - 1, rows.stride, count);
    else
        most_rows(out, rows.rows + rows.stride, rows.places - 1, rows.stride, count);
}

static void first_product(double *restrict out, const double *restrict row, double weight,
                          size_t count)
{
    LOOP(row[i] * weight);
}

static void add_products(double *restrict out, const double *rows, size_t stride, const double *w,
                         size_t step, size_t count)
{
    const double *a = rows, *b = a + stride, *c = b + stride, *d = c + stride;
    const double wa = w[0], wb = w[step], wc = w[2 * step], wd = w[3 * step];
    LOOP((((out[i] + a[i] * wa) + b[i] * wb) + c[i] * wc) + d[i] * wd);
}

static void add_product(double *restrict out, const double *restrict row, double weight,
                        size_t count)
{
    LOOP(out[i] + row[i] * weight);
}

static void kernel_dot(double *out, struct rows rows, const double *weights, size_t step,
                       size_t count)
{
    size_t p = 1;
    first_product(out, rows.rows, weights[0], count);
    for (; p + 4 <= rows.places; p += 4)
        add_products(out, rows.rows + p * rows.stride, rows.stride, weights + p * step, step,
                     count);
    for (; p < rows.places; p++)
        add_product(out, rows.rows + p * rows.stride, weights[p * step], count);
}

/* --- random numbers -------------------------------------------------------------------------- */

#define PHILOX_WORD 0xffffffff

/* One round of Philox4x32 (Salmon et al. 2011), words in the low halves. */
#define PHILOX_ROUND                                                                               \
    do {                                                                                           \
        uint64_t p0 = x0 * 0xd2511f53, p1 = x2 * 0xcd9e8d57;                                       \
        x0 = (p1 >> 32) ^ x1 ^ k0;                                                                 \
        x2 = (p0 >> 32) ^ x3 ^ k1;                                                                 \
        x1 = p1 & PHILOX_WORD;                                                                     \
        x3 = p0 & PHILOX_WORD;                                                                     \
        k0 = (k0 + 0x9e3779b9) & PHILOX_WORD;                                                      \
        k1 = (k1 + 0xbb67ae85) & PHILOX_WORD;                                                      \
    } while (0)

/* 52 bits of a random word as a number in (0, 1): see stream.h. */
ALWAYS_INLINE double unit_of_words(uint64_t high, uint64_t low)
{
    return math_from_bits(0x3ff0000000000000 | (high << 20 | low >> 12)) - (1 - 0x1p-53);
}

/* Draws 2 c and 2 c + 1 for c from `pair` on. */
static void uniform_pairs(uint64_t seed, uint64_t stream, uint64_t pair, size_t count,
                          double *restrict even, double *restrict odd)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t c = pair + i, k0 = seed & PHILOX_WORD, k1 = seed >> 32;
        uint64_t x0 = c & PHILOX_WORD, x1 = c >> 32, x2 = stream & PHILOX_WORD, x3 = stream >> 32;
        PHILOX_ROUND;
        PHILOX_ROUND;
        PHILOX_ROUND;
        PHILOX_ROUND;
        PHILOX_ROUND;
        PHILOX_ROUND;
        PHILOX_ROUND;
        PHILOX_ROUND;
        PHILOX_ROUND;
        PHILOX_ROUND;
        even[i] = unit_of_words(x1, x0);
        odd[i] = unit_of_words(x3, x2);
    }
}

/* Draws first..first + count, at most KERNEL_CHUNK of them. */
static void uniform_chunk(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *u)
{
    enum { PAIRS = KERNEL_CHUNK / 2 + 1 };
    double even[PAIRS], odd[PAIRS], both[2 * PAIRS];
    size_t skip = first % 2, pairs = (skip + count + 1) / 2;
    uniform_pairs(seed, stream, first / 2, pairs, even, odd);
    for (size_t i = 0; i < pairs; i++) {
        both[2 * i] = even[i];
        both[2 * i + 1] = odd[i];
    }
    memcpy(u, both + skip, count * sizeof *u);
}

static void kernel_uniform(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *u)
{
    for (size_t done = 0; done < count; done += KERNEL_CHUNK) {
        size_t rest = count - done;
        uniform_chunk(seed, stream, first + done, rest < KERNEL_CHUNK ? rest : KERNEL_CHUNK,
                      u + done);
    }
}

/* --- inverse distribution functions, in place ------------------------------------------------ */

static void triangular_rows(const double *p, double *restrict u, size_t count)
{
    const double low = p[0], mode = p[1], high = p[2], whole = high - low;
    const double left = mode - low, right = high - mode;
    for (size_t i = 0; i < count; i++) {
        bool rising = u[i] * whole < left;
        double part = rising ? u[i] : 1 - u[i], side = rising ? left : right;
        double off = sqrt(part * whole * side);
        u[i] = rising ? low + off : high - off;
    }
}

/* The far tails are rare: a row with one is done one by one. */
static void normal_rows(double *restrict u, size_t count)
{
    double far = 0, z[KERNEL_CHUNK];
    for (size_t i = 0; i < count; i++) {
        double q = u[i] - 0.5, tail = q < 0 ? u[i] : 1 - u[i];
        double r = sqrt(-math_log_tame(tail));
        double size = normal_tail(r), middle = normal_middle(q);
        z[i] = fabs(q) <= NORMAL_MIDDLE ? middle : copysign(size, q);
        far = r <= NORMAL_TAIL ? far : 1;
    }
    for (size_t i = 0; i < count; i++)
        u[i] = far == 0 ? z[i] : math_normal_quantile(u[i]);
}

static void unscaled_rows(const struct distribution *distribution, double *restrict u, size_t count)
{
    const double *p = distribution->parameter;
    const double from = p[0], width = p[1] - p[0], deviation = p[1];
    switch (distribution->kind) {
    case DISTRIBUTION_UNIFORM:
        for (size_t i = 0; i < count; i++)
            u[i] = from + width * u[i];
        return;
    case DISTRIBUTION_TRIANGULAR:
        triangular_rows(p, u, count);
        return;
    case DISTRIBUTION_NORMAL:
        normal_rows(u, count);
        for (size_t i = 0; i < count; i++)
            u[i] = from + deviation * u[i];
        return;
    case DISTRIBUTION_LOGNORMAL:
        normal_rows(u, count);
        for (size_t i = 0; i < count; i++)
            u[i] = math_exp_inline(from + deviation * u[i]);
        return;
    case DISTRIBUTION_BETA:
        for (size_t i = 0; i < count; i++)
            u[i] = beta_table_quantile(distribution->beta, u[i]);
        return;
    case DISTRIBUTION_CHOICE:
    case DISTRIBUTION_SAMPLES:
        break;
    }
    for (size_t i = 0; i < count; i++)
        u[i] = distribution_unscaled(distribution, u[i]);
}

static void kernel_quantiles(const struct distribution *distribution, double *values, size_t count)
{
    const double scale = distribution->scale;
    for (size_t first = 0; first < count; first += KERNEL_CHUNK) {
        size_t rest = count - first;
        unscaled_rows(distribution, values + first, rest < KERNEL_CHUNK ? rest : KERNEL_CHUNK);
    }
    for (size_t i = 0; i < count; i++)
        values[i] *= scale;
}

/* --- summaries ------------------------------------------------------------------------------- */

/* x - x is 0 for finite x alone. */
ALWAYS_INLINE bool is_finite(double x)
{
    return x - x == 0;
}

static double partials_sum(const double *partials)
{
    double sum = partials[0];
    for (int p = 1; p < SUM_PARTIALS; p++)
        sum += partials[p];
    return sum;
}

/* Value i goes to partial sum i mod 16. */
static void leaf_distances(const double *values, size_t count, struct leaf_sums *leaf)
{
    double sums[SUM_PARTIALS] = {0}, squares[SUM_PARTIALS] = {0};
    const double pivot = leaf->pivot;
    size_t whole = count / SUM_PARTIALS * SUM_PARTIALS;
    for (size_t first = 0; first < whole; first += SUM_PARTIALS)
        for (size_t p = 0; p < SUM_PARTIALS; p++) {
            double value = values[first + p], off = value - pivot;
            off = is_finite(value) ? off : 0;
            sums[p] += off;
            squares[p] += off * off;
        }
    for (size_t p = 0; whole + p < count; p++) {
        double value = values[whole + p], off = value - pivot;
        off = is_finite(value) ? off : 0;
        sums[p] += off;
        squares[p] += off * off;
    }
    leaf->off = partials_sum(sums);
    leaf->squares = partials_sum(squares);
}

static struct leaf_sums kernel_leaf(const double *values, size_t count)
{
    struct leaf_sums leaf = {0};
    size_t first = 0;
    while (first < count && !is_finite(values[first]))
        first++;
    if (first == count)
        return leaf;
    leaf.pivot = values[first];
    for (size_t i = 0; i < count; i++)
        leaf.count += is_finite(values[i]) ? 1.0 : 0.0;
    leaf_distances(values, count, &leaf);
    return leaf;
}

static struct leaf_ends kernel_ends(const double *values, size_t count)
{
    struct leaf_ends ends = {0, HUGE_VAL, -HUGE_VAL};
    double least[SUM_PARTIALS], greatest[SUM_PARTIALS];
    for (size_t p = 0; p < SUM_PARTIALS; p++) {
        least[p] = HUGE_VAL;
        greatest[p] = -HUGE_VAL;
    }
    size_t whole = count / SUM_PARTIALS * SUM_PARTIALS;
    for (size_t first = 0; first < whole; first += SUM_PARTIALS)
        for (size_t p = 0; p < SUM_PARTIALS; p++) {
            double value = values[first + p];
            bool finite = is_finite(value);
            double low = finite ? value : HUGE_VAL, high = finite ? value : -HUGE_VAL;
            least[p] = low < least[p] ? low : least[p];
            greatest[p] = high > greatest[p] ? high : greatest[p];
        }
    for (size_t i = 0; i < count; i++) {
        bool finite = is_finite(values[i]);
        ends.count += finite ? 1 : 0;
        if (finite && i >= whole) {
            ends.least = values[i] < ends.least ? values[i] : ends.least;
            ends.greatest = values[i] > ends.greatest ? values[i] : ends.greatest;
        }
    }
    for (size_t p = 0; p < SUM_PARTIALS; p++) {
        ends.least = least[p] < ends.least ? least[p] : ends.least;
        ends.greatest = greatest[p] > ends.greatest ? greatest[p] : ends.greatest;
    }
    return ends;
}

const struct kernels KERNELS = {
    .name = KERNELS_NAME,
    .row = find_row,
    .pair = find_pair,
    .failing = kernel_failing,
    .sum = kernel_sum,
    .reduce = kernel_reduce,
    .dot = kernel_dot,
    .uniform = kernel_uniform,
    .quantiles = kernel_quantiles,
    .leaf = kernel_leaf,
    .ends = kernel_ends,
};

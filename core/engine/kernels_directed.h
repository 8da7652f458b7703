/* Part of kernels_rows.h: directed rounding, quick where no result in a row is 0, tiny or huge. The
 * bits are those of op_inline.h.
 *
 * Whether a row was tame is gathered from the upper bits of its results, without a comparison. The
 * first few are looked at before the others are computed: most rows that are wild are so there.
 */
enum { DIRECTED_HEAD = 32 };

/* Bits of a size less these have the two upper bits clear from 2^-511 to below 2^513. */
#define DIRECTED_LEAST 0x2000000000000000u

/* Bits of a slack with these added have the two upper bits clear from 0 to below 1/2. */
#define DIRECTED_SLACK 0x0020000000000000u

ALWAYS_INLINE bool directed_is_up(enum op op)
{
    return op == OP_UP || op == OP_ADD_UP || op == OP_SUB_UP || op == OP_MUL_UP || op == OP_DIV_UP;
}

/* The result before it is rounded outward. */
ALWAYS_INLINE double directed_nearest(enum op op, double a, double b)
{
    switch (op) {
    case OP_ADD_DOWN:
    case OP_ADD_UP:
        return a + b;
    case OP_SUB_DOWN:
    case OP_SUB_UP:
        return a - b;
    case OP_MUL_DOWN:
    case OP_MUL_UP:
        return a * b;
    case OP_DIV_DOWN:
    case OP_DIV_UP:
        return a / b;
    default:
        return a;
    }
}

/* So much of the nearest double takes it to the bound. Of a sum, nothing where rounding went that
 * way already: less the larger term it is exact (Dekker) and is compared with the smaller one; less
 * the smaller term it is rounded, and so at worst the same as the larger one. */
ALWAYS_INLINE double directed_slack(enum op op, double a, double b, double nearest)
{
    switch (op) {
    case OP_ADD_DOWN:
        return ((nearest - a > b) | (nearest - b > a)) ? OP_NEXT : 0;
    case OP_ADD_UP:
        return ((nearest - a < b) | (nearest - b < a)) ? OP_NEXT : 0;
    case OP_SUB_DOWN:
        return ((a - nearest < b) | (nearest + b > a)) ? OP_NEXT : 0;
    case OP_SUB_UP:
        return ((a - nearest > b) | (nearest + b < a)) ? OP_NEXT : 0;
    case OP_DOWN:
    case OP_UP:
        return b;
    default:
        return OP_NEXT;
    }
}

/* Elements first..end of a row. One of the two upper bits of the result is set where one of them is
 * not tame. */
ALWAYS_INLINE uint64_t directed_part(enum op op, double *restrict out, const double *a,
                                     const double *b, size_t a_step, size_t b_step, size_t first,
                                     size_t end)
{
    uint64_t wild = 0;
    for (size_t i = first; i < end; i++) {
        double x = a[i * a_step], y = b[i * b_step], nearest = directed_nearest(op, x, y);
        double size = fabs(nearest), step = size * directed_slack(op, x, y, nearest);
        wild |= math_bits(size) - DIRECTED_LEAST;
        wild |= op == OP_DOWN || op == OP_UP ? math_bits(y) + DIRECTED_SLACK : 0;
        out[i] = directed_is_up(op) ? nearest + step : nearest - step;
    }
    return wild;
}

/* Returns whether all of a row is tame. */
ALWAYS_INLINE bool directed_row(enum op op, double *restrict out, const double *const *in,
                                size_t a_step, size_t b_step, size_t count)
{
    size_t first = 0, end = count < DIRECTED_HEAD ? count : DIRECTED_HEAD;
    for (; first < count; first = end, end = count)
        if (directed_part(op, out, in[0], in[1], a_step, b_step, first, end) >> 62 != 0)
            return false;
    return true;
}

#define QUICK_OF(OP, name, runs, a_step, b_step)                                                   \
    static void quick_##name##_##runs(double *restrict out, const double *const *in, size_t count) \
    {                                                                                              \
        if (!directed_row(OP, out, in, a_step, b_step, count))                                     \
            row_op_##name##_##runs(out, in, count);                                                \
    }

#define QUICK(OP, name)                                                                            \
    QUICK_OF(OP, name, 1, 1, 0)                                                                    \
    QUICK_OF(OP, name, 2, 0, 1)                                                                    \
    QUICK_OF(OP, name, 3, 1, 1)                                                                    \
    static row_kernel *const quick_##name[4] = {quick_##name##_3, quick_##name##_1,                \
                                                quick_##name##_2, quick_##name##_3};

QUICK(OP_DOWN, down)
QUICK(OP_UP, up)
QUICK(OP_ADD_DOWN, add_down)
QUICK(OP_ADD_UP, add_up)
QUICK(OP_SUB_DOWN, sub_down)
QUICK(OP_SUB_UP, sub_up)
QUICK(OP_MUL_DOWN, mul_down)
QUICK(OP_MUL_UP, mul_up)
QUICK(OP_DIV_DOWN, div_down)
QUICK(OP_DIV_UP, div_up)

#undef QUICK
#undef QUICK_OF

static row_kernel *quick_directed(enum op op, unsigned runs)
{
    static row_kernel *const *const rows[] = {
        quick_down,   quick_up,       quick_add_down, quick_add_up,   quick_sub_down,
        quick_sub_up, quick_mul_down, quick_mul_up,   quick_div_down, quick_div_up};
    return rows[op - OP_DOWN][runs & 3];
}

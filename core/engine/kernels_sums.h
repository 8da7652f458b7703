/* Part of kernels_source.h: reductions of rows to one. */

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

static void kernel_fold(enum op op, double *out, struct rows rows, size_t count)
{
    if (op == OP_SUM)
        add_rows(out, rows.rows, rows.places, rows.stride, count);
    else if (op == OP_REDUCE_MIN)
        least_rows(out, rows.rows, rows.places, rows.stride, count);
    else
        most_rows(out, rows.rows, rows.places, rows.stride, count);
}

static void kernel_reduce(enum op op, double *out, struct rows rows, size_t count)
{
    copy_row(out, rows.rows, count);
    kernel_fold(op, out, (struct rows){rows.rows + rows.stride, rows.places - 1, rows.stride},
                count);
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

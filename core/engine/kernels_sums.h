/* Part of kernels_source.h: reductions, and what summaries add up. */
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

/* Part of kernels_source.h: what totals and summaries add up. Value i of a leaf goes to partial
 * result i mod 16. In summaries what is not finite counts nowhere; where all values are finite, as
 * nearly always, a shorter loop does, with the same bits. */

/* x - x is 0 for finite x alone. */
ALWAYS_INLINE bool is_finite(double x)
{
    return x - x == 0;
}

static size_t count_finite(const double *values, size_t count)
{
    uint64_t finite = 0; /* a whole number: in any order */
    for (size_t i = 0; i < count; i++)
        finite += is_finite(values[i]) ? 1 : 0;
    return finite;
}

/* As many values as a vector has. */
typedef double pack __attribute__((vector_size(KERNELS_LANES * sizeof(double))));

ALWAYS_INLINE pack load_pack(const double *values)
{
    pack result;
    memcpy(&result, values, sizeof result);
    return result;
}

/* --- sums ------------------------------------------------------------------------------------ */

static double partials_sum(const double *partials)
{
    double sum = partials[0];
    for (int p = 1; p < SUM_PARTIALS; p++)
        sum += partials[p];
    return sum;
}

static double kernel_sum_of_leaf(const double *values)
{
    double sums[SUM_PARTIALS];
    for (size_t p = 0; p < SUM_PARTIALS; p += KERNELS_LANES) {
        pack sum = load_pack(values + p);
        for (size_t i = p + SUM_PARTIALS; i < SUM_LEAF; i += SUM_PARTIALS)
            sum += load_pack(values + i);
        memcpy(sums + p, &sum, sizeof sum);
    }
    return partials_sum(sums);
}

static void leaf_distances(const double *values, size_t count, size_t first, struct leaf_sums *leaf,
                           double *sums, double *squares)
{
    for (size_t i = first; i < count; i++) {
        double off = is_finite(values[i]) ? values[i] - leaf->pivot : 0;
        sums[i % SUM_PARTIALS] += off;
        squares[i % SUM_PARTIALS] += off * off;
    }
}

/* The same of a whole leaf of finite values. */
static void whole_distances(const double *values, double pivot, double *sums, double *squares)
{
    for (size_t p = 0; p < SUM_PARTIALS; p += KERNELS_LANES) {
        pack sum = {0}, square = {0};
        for (size_t i = p; i < SUM_LEAF; i += SUM_PARTIALS) {
            pack off = load_pack(values + i) - pivot;
            sum += off;
            square += off * off;
        }
        memcpy(sums + p, &sum, sizeof sum);
        memcpy(squares + p, &square, sizeof square);
    }
}

static struct leaf_sums kernel_leaf(const double *values, size_t count)
{
    struct leaf_sums leaf = {0};
    double sums[SUM_PARTIALS] = {0}, squares[SUM_PARTIALS] = {0};
    size_t first = 0, finite = count_finite(values, count);
    if (finite == 0)
        return leaf;
    while (!is_finite(values[first]))
        first++;
    leaf.pivot = values[first];
    leaf.count = (double)finite;
    if (finite == SUM_LEAF)
        whole_distances(values, leaf.pivot, sums, squares);
    else
        leaf_distances(values, count, first, &leaf, sums, squares);
    leaf.off = partials_sum(sums);
    leaf.squares = partials_sum(squares);
    return leaf;
}

/* --- the least and the greatest -------------------------------------------------------------- */

static void some_ends(const double *values, size_t count, struct leaf_ends *ends)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_finite(values[i]))
            continue;
        ends->least = values[i] < ends->least ? values[i] : ends->least;
        ends->greatest = values[i] > ends->greatest ? values[i] : ends->greatest;
    }
}

/* The same of a whole leaf of finite values, by partial results. */
static void whole_ends(const double *values, struct leaf_ends *ends)
{
    enum { HALF = SUM_LEAF / 2 };
    double least[HALF], greatest[HALF];
    for (size_t i = 0; i < HALF; i++) {
        double a = values[i], b = values[i + HALF];
        least[i] = a < b ? a : b;
        greatest[i] = a > b ? a : b;
    }
    for (size_t first = SUM_PARTIALS; first < HALF; first += SUM_PARTIALS)
        for (size_t p = 0; p < SUM_PARTIALS; p++) {
            least[p] = least[first + p] < least[p] ? least[first + p] : least[p];
            greatest[p] = greatest[first + p] > greatest[p] ? greatest[first + p] : greatest[p];
        }
    for (size_t p = 0; p < SUM_PARTIALS; p++) {
        ends->least = least[p] < ends->least ? least[p] : ends->least;
        ends->greatest = greatest[p] > ends->greatest ? greatest[p] : ends->greatest;
    }
}

static struct leaf_ends kernel_ends(const double *values, size_t count)
{
    struct leaf_ends ends = {count_finite(values, count), HUGE_VAL, -HUGE_VAL};
    if (ends.count == SUM_LEAF)
        whole_ends(values, &ends);
    else
        some_ends(values, count, &ends);
    return ends;
}

/* --- truths ---------------------------------------------------------------------------------- */

static bool kernel_truths(const double *values, size_t count, size_t *ones)
{
    uint64_t zero = 0, one = 0;
    for (size_t i = 0; i < count; i++) {
        zero += values[i] == 0 ? 1 : 0;
        one += values[i] == 1 ? 1 : 0;
    }
    *ones = one;
    return zero + one == count;
}

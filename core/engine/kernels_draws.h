/* Part of kernels_source.h: random numbers and their distributions. */
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

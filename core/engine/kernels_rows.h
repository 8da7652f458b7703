/* Part of kernels_source.h: operations that cannot fail, alone and in pairs. */
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

/* 0 to a power above 0: common where a base is what exceeds a threshold. -0 is no such base. */
ALWAYS_INLINE bool pow_of_zero(double x, double y)
{
    return (math_bits(x) == 0) & (y > 0);
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
        wild = (tame | pow_of_zero(x, y)) ? wild : 1;
    }
    for (size_t i = 0; i < count; i++) {
        double power = math_exp_tame(out[i], low[i]);
        out[i] = pow_of_zero(a[i * a_step], b[i * b_step]) ? 0 : power;
    }
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

/* --- directed rounding ----------------------------------------------------------------------- */

#include "engine/kernels_directed.h"

/* Whether to divide or to take the logarithm is decided by the row. */
static row_kernel *quick_row(enum op op, unsigned runs)
{
    static row_kernel *const pows[4] = {quick_pow_3, quick_pow_1, quick_pow_2, quick_pow_3};
    if (op_is_directed(op))
        return quick_directed(op, runs);
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

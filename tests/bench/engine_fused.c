/* The bench model as hand-fused C, compiled once for each instruction set (-DSUFFIX=...) without
 * fused multiply-adds: the ceiling that a tape is measured against. exp, log and pow are the
 * engine's own, in the forms for tame arguments that whoever knows the model would choose: no draw
 * comes near 0, infinity or a subnormal. `draws` is a multiple of 64. */
#include <math.h>

#include "base/math_inline.h"
#include "bench/engine_model.h"

enum { FUSED = 64 };

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define INLINE ALWAYS_INLINE
#ifdef __clang__
#define VECTOR _Pragma("clang loop vectorize(assume_safety)")
#else
#define VECTOR _Pragma("GCC ivdep")
#endif

/* Rows and columns are whole and inside; the index is 64 bits wide, or GCC makes no vector code. */
ALWAYS_INLINE double table_at(const struct model_facts *facts, double row, double column)
{
    int64_t place = (int64_t)(math_bits(row * COLUMNS + column + 0x1p52) & 0xfffff);
    return facts->table[place];
}

/* The segment that holds x, then the line through its ends, as the graph's `interpolate` does. */
ALWAYS_INLINE double curve_at(const struct model_facts *facts, double x)
{
    const double *xs = facts->knots, *ys = facts->values;
    double x0 = xs[0], y0 = ys[0], x1 = xs[0], y1 = ys[0];
    for (int k = 1; k < KNOTS; k++) {
        bool reached = x >= xs[k - 1];
        x0 = reached ? xs[k - 1] : x0;
        y0 = reached ? ys[k - 1] : y0;
        x1 = reached ? xs[k] : x1;
        y1 = reached ? ys[k] : y1;
    }
    double inside = y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
    double value = x > x0 ? inside : y0;
    value = x >= x1 ? y1 : value;
    return x < x0 ? y0 : value;
}

#define ABS(a) fabs(a)
#define FLOOR(a) floor(a)

ALWAYS_INLINE double pow_tame(double x, double y)
{
    struct math_pair log = math_log_pair(math_reduce(x));
    double product = y * log.high;
    return math_exp_tame(product, math_pow_low(log, y, product));
}

#define EXP(a) math_exp_tame(a, 0)
#define LOG(a) math_log_tame(a)
#define POW(a, b) pow_tame(a, b)
#define SQRT(a) sqrt(a)
#define DIV(a, b) ((a) / (b))
#define TABLE(facts, row, column) table_at(facts, row, column)
#define CURVE(facts, x) curve_at(facts, x)
#define NAME(what) JOIN(what, JOIN(rich, SUFFIX))
#include "bench/engine_fused.h"

#undef EXP
#undef LOG
#undef POW
#undef SQRT
#undef DIV
#undef TABLE
#undef CURVE
#undef NAME
#include "bench/engine_cheap.h"
#define NAME(what) JOIN(what, JOIN(cheap, SUFFIX))
#include "bench/engine_fused.h"

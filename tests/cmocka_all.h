/* cmocka and what it wants included before it; and a comparison of doubles that does not cast to
 * float, as cmocka 1.1.5's does. */
#ifndef ASSIZE_TESTS_CMOCKA_ALL_H
#define ASSIZE_TESTS_CMOCKA_ALL_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Passes when |actual - expected| <= absolute or <= relative * |expected|. NaN is close to nothing.
 */
#define assert_close(actual, expected, relative, absolute)                                         \
    assert_close_at((actual), (expected), (relative), (absolute), #actual, __FILE__, __LINE__)

static inline void assert_close_at(double actual, double expected, double relative, double absolute,
                                   const char *what, const char *file, int line)
{
    double off = fabs(actual - expected);
    if (isfinite(off) && (off <= absolute || off <= relative * fabs(expected)))
        return;
    if (isinf(expected) && isinf(actual) && (actual > 0) == (expected > 0))
        return;
    print_error("%s is %.17g, not %.17g (off by %.3g)\n", what, actual, expected, off);
    _fail(file, line);
}

#endif

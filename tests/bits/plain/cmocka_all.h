/* What tests/engine/brute.h asks of cmocka, where there is none: machines that are only tried for
 * the bits of their results. */
#ifndef ASSIZE_TESTS_BITS_CMOCKA_ALL_H
#define ASSIZE_TESTS_BITS_CMOCKA_ALL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define fail_msg(...) (fprintf(stderr, __VA_ARGS__), exit(1))

static inline void assert_int_equal(long long actual, long long expected)
{
    if (actual != expected)
        fail_msg("%lld, not %lld\n", actual, expected);
}

#endif

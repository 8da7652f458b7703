/* Clocks and middles for benches. */
#ifndef ASSIZE_TESTS_BENCH_TIMING_H
#define ASSIZE_TESTS_BENCH_TIMING_H

#include <stdlib.h>
#include <time.h>

static inline double seconds_of_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Of processor time. */
static inline double seconds_now(void)
{
    return seconds_of_clock(CLOCK_PROCESS_CPUTIME_ID);
}

static inline int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The middle of them, which are put in order. */
static inline double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return values[count / 2];
}

#endif

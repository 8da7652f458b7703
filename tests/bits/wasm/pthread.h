/* There are no threads: the engine does without one that it cannot have. */
#ifndef ASSIZE_TESTS_BITS_PTHREAD_H
#define ASSIZE_TESTS_BITS_PTHREAD_H

#include <stddef.h>

typedef int pthread_mutex_t;
typedef int pthread_t;

static inline int pthread_mutex_init(pthread_mutex_t *mutex, const void *attributes)
{
    (void)attributes;
    *mutex = 0;
    return 0;
}

static inline int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    *mutex = 1;
    return 0;
}

static inline int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    *mutex = 0;
    return 0;
}

static inline int pthread_create(pthread_t *thread, const void *attributes, void *(*main)(void *),
                                 void *argument)
{
    (void)thread, (void)attributes, (void)main, (void)argument;
    return -1;
}

static inline int pthread_join(pthread_t thread, void **result)
{
    (void)thread, (void)result;
    return -1;
}

#endif

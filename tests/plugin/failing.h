/* An allocator that fails at the k-th request, once or from then on, and counts what is held. */
#ifndef ASSIZE_TESTS_PLUGIN_FAILING_H
#define ASSIZE_TESTS_PLUGIN_FAILING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

struct failing {
    size_t fails_at; /* counted from 1; 0: never */
    bool for_good;   /* all further requests fail too */
    size_t requests, blocks, bytes;
};

static inline void *failing_resize(void *context, void *block, size_t old_size, size_t new_size)
{
    struct failing *failing = context;
    if (new_size == 0) {
        failing->blocks -= block != NULL;
        failing->bytes -= block != NULL ? old_size : 0;
        free(block);
        return NULL;
    }
    bool grows = block == NULL || new_size > old_size; /* shrinking never fails */
    size_t request = grows ? ++failing->requests : 0;
    bool reached = failing->for_good ? request >= failing->fails_at : request == failing->fails_at;
    if (grows && failing->fails_at != 0 && reached)
        return NULL;
    void *moved = realloc(block, new_size);
    if (moved == NULL)
        return NULL;
    failing->blocks += block == NULL;
    failing->bytes += new_size - (block != NULL ? old_size : 0);
    return moved;
}

#endif

/* The state of tests that need an arena and nothing else: *state is a struct fixture, which begins
 * with the arena. */
#ifndef ASSIZE_TESTS_FIXTURE_H
#define ASSIZE_TESTS_FIXTURE_H

#include "base/arena.h"

struct fixture {
    struct arena arena;
};

static inline int set_up(void **state)
{
    static struct fixture fixture;
    arena_init(&fixture.arena, &allocator_heap);
    *state = &fixture;
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    return 0;
}

#endif

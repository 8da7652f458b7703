/* Arenas within arenas: who frees them, and how much they may take. */
#include "base/arena.h"
#include "cmocka_all.h"

enum { LIMIT = 64 * 1024 };

struct trial {
    struct arena arena;
    struct arena *child;
    size_t size;
};

static void note_release(void *resource)
{
    ++*(int *)resource;
}

static void make_child(void *argument)
{
    struct trial *trial = argument;
    trial->child = arena_child(&trial->arena);
}

static void take(void *argument)
{
    struct trial *trial = argument;
    trial->child->on_full = trial->arena.on_full; /* of this arena_try() */
    arena_alloc(trial->child, trial->size);
}

/* Early, and what it held again, or with the arena that it hangs on. */
static void test_child_is_released(void **state)
{
    (void)state;
    struct trial trial = {.size = 0};
    int released = 0;
    arena_init(&trial.arena, &allocator_heap);
    assert_true(arena_try(&trial.arena, make_child, &trial));
    arena_defer(trial.child, note_release, &released);
    arena_release(trial.child);
    assert_int_equal(released, 1);
    assert_int_equal(trial.child->used, 0);
    arena_defer(trial.child, note_release, &released);
    arena_release(&trial.arena);
    assert_int_equal(released, 2);
}

/* A child may take what is left when it is made, to the byte that its parent could. */
static void test_child_may_take_what_is_left(void **state)
{
    (void)state;
    struct trial trial = {.size = 8 * 1024};
    arena_init(&trial.arena, &allocator_heap);
    trial.arena.limit = LIMIT;
    assert_true(arena_try(&trial.arena, make_child, &trial));
    assert_int_equal(trial.child->limit, LIMIT - trial.arena.used);
    assert_true(arena_try(&trial.arena, take, &trial));
    trial.size = LIMIT;
    assert_false(arena_try(&trial.arena, take, &trial));
    assert_true(trial.child->used <= trial.child->limit);
    arena_release(&trial.arena);
}

/* A limit of 0 would be none. */
static void test_child_of_a_full_arena_takes_nothing(void **state)
{
    (void)state;
    struct trial trial = {.size = 1};
    arena_init(&trial.arena, &allocator_heap);
    assert_true(arena_try(&trial.arena, make_child, &trial));
    assert_int_equal(trial.child->limit, 0);
    trial.arena.limit = trial.arena.used;
    assert_true(arena_try(&trial.arena, make_child, &trial));
    assert_false(arena_try(&trial.arena, take, &trial));
    assert_int_equal(trial.child->used, 0);
    arena_release(&trial.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_child_is_released),
        cmocka_unit_test(test_child_may_take_what_is_left),
        cmocka_unit_test(test_child_of_a_full_arena_takes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

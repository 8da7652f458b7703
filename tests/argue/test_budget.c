/* Searches that are cut short: by their budget, or because memory ends. */
#include "fixture.h"
#include "frameworks.h"

static const struct search usual = {0};
static const struct search small = {.solver = &solver_small};

/* --- budgets ------------------------------------------------------------------------------ */

/* 2^20 labellings cannot be found in a hundred questions; and nothing is handed out. */
static void a_budget_of_questions(void **state)
{
    struct search search = {.budget = {.calls = 100}};
    struct labellings untouched = {77, NULL};
    assert_int_equal(
        labellings_all(pairs(*state, 20), SEMANTICS_PREFERRED, &search, *state, &untouched),
        ANSWER_BUDGET);
    assert_int_equal(untouched.count, 77);
    search.solver = &solver_small;
    assert_int_equal(
        labellings_all(pairs(*state, 20), SEMANTICS_PREFERRED, &search, *state, &untouched),
        ANSWER_BUDGET);
}

/* To see that a random framework has no stable extension takes more than a few dead ends. */
static void a_budget_of_conflicts(void **state)
{
    static const struct search few = {.budget = {.conflicts = 20}};
    static const struct search few_small = {&solver_small, {.conflicts = 5}};
    uint64_t random = 5;
    const uint8_t *labels;
    const struct framework *large = random_framework(*state, &random, 200, 100);
    const struct framework *little = random_framework(*state, &random, 60, 50);
    assert_int_equal(labellings_some(large, SEMANTICS_STABLE, &usual, *state, &labels), ANSWER_NO);
    assert_int_equal(labellings_some(large, SEMANTICS_STABLE, &few, *state, &labels),
                     ANSWER_BUDGET);
    assert_int_equal(labellings_some(little, SEMANTICS_STABLE, &small, *state, &labels), ANSWER_NO);
    assert_int_equal(labellings_some(little, SEMANTICS_STABLE, &few_small, *state, &labels),
                     ANSWER_BUDGET);
}

/* The grounded semantics asks nothing, so it spends nothing. */
static void grounded_needs_no_budget(void **state)
{
    struct search search = {.solver = &solver_small, .budget = {1, 1}};
    assert_int_equal(count_all(circle(*state, 100), SEMANTICS_GROUNDED, &search, *state), 1);
    assert_int_equal(
        accepted_somewhere(circle(*state, 100), SEMANTICS_GROUNDED, 0, &search, *state, NULL),
        ANSWER_NO);
}

/* --- memory ------------------------------------------------------------------------------- */

struct scarce {
    struct arena arena;
    long left; /* allocations that still succeed */
    bool done;
};

static void *scarce_resize(void *context, void *block, size_t old_size, size_t new_size)
{
    struct scarce *scarce = context;
    if (new_size > 0 && scarce->left-- <= 0)
        return NULL;
    return allocator_heap.resize(NULL, block, old_size, new_size);
}

static void ask_everything(void *argument)
{
    struct scarce *scarce = argument;
    struct labellings found;
    const uint8_t *labels;
    const struct framework *framework = pairs(&scarce->arena, 200);
    struct search few = {.budget = {.calls = 5}};
    labellings_all(framework, SEMANTICS_PREFERRED, &few, &scarce->arena, &found);
    labellings_all(pairs(&scarce->arena, 3), SEMANTICS_COMPLETE, &small, &scarce->arena, &found);
    labellings_some(framework, SEMANTICS_PREFERRED, &usual, &scarce->arena, &labels);
    accepted_everywhere(framework, SEMANTICS_PREFERRED, 0, &usual, &scarce->arena, &labels);
    scarce->done = true;
}

/* Wherever memory ends, control comes back and nothing leaks (a sanitizer would see it). */
static void memory_runs_out_anywhere(void **state)
{
    (void)state;
    for (long allocations = 0;; allocations++) {
        struct scarce scarce = {.left = allocations};
        struct allocator allocator = {scarce_resize, &scarce};
        arena_init(&scarce.arena, &allocator);
        bool enough = arena_try(&scarce.arena, ask_everything, &scarce);
        assert_int_equal(enough, scarce.done);
        arena_release(&scarce.arena);
        if (enough) {
            assert_true(allocations > 10);
            return;
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_budget_of_questions),
        TEST(a_budget_of_conflicts),
        TEST(grounded_needs_no_budget),
        TEST(memory_runs_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

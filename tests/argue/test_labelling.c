/* Building frameworks, and the grounded labelling. */
#include "argue/labelling.h"
#include "brute.h"
#include "cmocka_all.h"
#include "fixture.h"
#include "thread.h"

/* --- the thread --------------------------------------------------------------------------- */

static void ground(const struct framework *framework, struct arena *arena, uint8_t *labels)
{
    labelling_grounded(
        framework, NULL, labels,
        arena_array(arena, (size_t)framework->count * GROUNDED_WORK, sizeof(uint32_t)));
}

/* af.count */
static void thread_has_its_size(void **state)
{
    const struct framework *thread = thread_framework(*state);
    assert_int_equal(thread->count, 63);
    assert_int_equal(thread->attackers.first[63], 55);
    assert_int_equal(thread->attacked.first[63], 55);
    assert_int_equal(thread->partial_attackers.first[63], 5);
    assert_int_equal(thread->supporters.first[63], 21);
}

/* af.grounded.in, af.grounded.out, af.grounded.undec */
static void thread_grounded(void **state)
{
    static const char *const in[] = {
        "A00", "A03b", "A04", "A07", "A09", "A10", "A12", "A14", "A14c", "A15", "A16", "A18", "A19",
        "A21", "A23",  "A25", "A26", "A27", "A29", "A31", "A32", "A34",  "A35", "A36", "A37", "A38",
        "A40", "ATTR", "E10", "E2c", "E3",  "E3b", "E4",  "E5",  "E7",   "E9",  "HP",  NULL};
    static const char *const out[] = {"A03", "A06", "A11", "A13", "A17", "A20", "A22", "A24", "A28",
                                      "A30", "A33", "A41", "E1",  "E6",  "E8",  "NEC", "SEV", NULL};
    static const char *const open[] = {"A01", "A02", "A05", "A08", "A39",
                                       "E2",  "E2r", "HM",  "HR",  NULL};
    const struct framework *thread = thread_framework(*state);
    uint8_t labels[THREAD_COUNT];
    ground(thread, *state, labels);
    assert_labelled(thread, labels, LABEL_IN, in);
    assert_labelled(thread, labels, LABEL_OUT, out);
    assert_labelled(thread, labels, LABEL_UNDECIDED, open);
    assert_true(labelling_is_complete(thread, labels));
}

static const char *const thread_only_in[] = {
    "A00", "A01", "A03b", "A04", "A07", "A08", "A09", "A10", "A12", "A14", "A14c", "A15",
    "A16", "A18", "A19",  "A21", "A23", "A24", "A26", "A27", "A28", "A29", "A30",  "A31",
    "A32", "A34", "A35",  "A36", "A37", "A38", "A39", "A40", "A41", "HP",  NULL};
static const char *const thread_only_out[] = {"A02", "A03", "A05", "A06", "A11", "A13",
                                              "A17", "A20", "A22", "A25", "A33", "ATTR",
                                              "HM",  "HR",  "NEC", "SEV", NULL};

static void keep_thread(bool *keep)
{
    for (uint32_t a = 0; a < THREAD_COUNT; a++)
        keep[a] = thread_names[a][0] != 'E';
}

/* af.thread_only.in, .out; .undec is empty */
static void thread_without_the_outside(void **state)
{
    bool keep[THREAD_COUNT];
    uint8_t labels[THREAD_COUNT];
    keep_thread(keep);
    const struct framework *thread = framework_restrict(thread_framework(*state), keep, *state);
    ground(thread, *state, labels);
    assert_labelled(thread, labels, LABEL_IN, thread_only_in);
    assert_labelled(thread, labels, LABEL_OUT, thread_only_out);
    assert_int_equal(labelling_count(labels, thread->count, LABEL_UNDECIDED), 0);
    for (uint32_t a = 0; a < thread->count; a++)
        assert_string_equal(thread->names[a], thread_names[thread->origins[a]]);
}

/* The same, by leaving the outside absent. */
static void thread_with_the_outside_absent(void **state)
{
    bool present[THREAD_COUNT];
    uint8_t labels[THREAD_COUNT];
    uint32_t work[THREAD_COUNT * GROUNDED_WORK];
    keep_thread(present);
    const struct framework *thread = thread_framework(*state);
    labelling_grounded(thread, present, labels, work);
    assert_labelled(thread, labels, LABEL_IN, thread_only_in);
    assert_labelled(thread, labels, LABEL_OUT, thread_only_out);
    for (uint32_t a = 0; a < THREAD_COUNT; a++)
        assert_int_equal(labels[a] == LABEL_ABSENT, !present[a]);
}

static void assert_preferring(struct arena *arena, const char *stronger, const char *weaker,
                              uint8_t a01, uint8_t a02)
{
    struct preference preference = {thread_number(stronger), thread_number(weaker)};
    const struct framework *thread =
        framework_prefer(thread_framework(arena), &preference, 1, arena);
    uint8_t labels[THREAD_COUNT];
    ground(thread, arena, labels);
    assert_int_equal(labels[thread_number("A01")], a01);
    assert_int_equal(labels[thread_number("A02")], a02);
    assert_int_equal(labels[thread_number("SEV")], LABEL_OUT);
    assert_int_equal(thread->attackers.first[thread->count], 54);
}

/* af.pref.theory_over_intuition, af.pref.intuition_over_theory */
static void preferences_drop_attacks(void **state)
{
    assert_preferring(*state, "A02", "A01", LABEL_OUT, LABEL_IN);
    assert_preferring(*state, "A01", "A02", LABEL_IN, LABEL_OUT);
}

/* --- preferences -------------------------------------------------------------------------- */

static const struct framework *circle(struct arena *arena, uint32_t count)
{
    struct framework_draft *draft = framework_draft_new(arena, count, NULL);
    for (uint32_t a = 0; a < count; a++)
        assert_true(framework_draft_attack(draft, a, (a + 1) % count));
    return framework_draft_finish(draft);
}

/* 0 > 1 > 2, so 2's attack on 0 falls, through a chain that names neither pair. */
static void preferences_chain(void **state)
{
    static const struct preference chain[] = {{0, 1}, {1, 2}};
    const struct framework *framework = framework_prefer(circle(*state, 3), chain, 2, *state);
    uint8_t labels[3];
    ground(framework, *state, labels);
    static const uint8_t expected[] = {LABEL_IN, LABEL_OUT, LABEL_IN};
    assert_memory_equal(labels, expected, 3);
}

static void circular_preferences_are_refused(void **state)
{
    static const struct preference ring[] = {{0, 1}, {1, 2}, {2, 0}};
    static const struct preference self = {1, 1}, unknown = {0, 3};
    const struct framework *framework = circle(*state, 3);
    assert_null(framework_prefer(framework, ring, 3, *state));
    assert_null(framework_prefer(framework, &self, 1, *state));
    assert_null(framework_prefer(framework, &unknown, 1, *state));
    assert_non_null(framework_prefer(framework, ring, 0, *state));
}

/* --- drafts ------------------------------------------------------------------------------- */

static void bad_arrows_are_refused(void **state)
{
    struct framework_draft *draft = framework_draft_new(*state, 2, NULL);
    assert_false(framework_draft_attack(draft, 0, 2));
    assert_false(framework_draft_attack(draft, 2, 0));
    assert_false(framework_draft_support(draft, UINT32_MAX, 0));
    assert_false(framework_draft_partial_attack(draft, 0, 1, -0.1));
    assert_false(framework_draft_partial_attack(draft, 0, 1, 1.1));
    assert_false(framework_draft_partial_attack(draft, 0, 1, (double)NAN));
    assert_null(framework_draft_new(*state, FRAMEWORK_ARGUMENTS_MOST + 1, NULL));
    const struct framework *framework = framework_draft_finish(draft);
    assert_int_equal(framework->attackers.first[2], 0);
    assert_int_equal(framework->partial_attackers.first[2], 0);
    assert_int_equal(framework->supporters.first[2], 0);
}

/* Twice the same attack is one; the stronger of two partial ones stands; beside a full one, none.
 */
static void repeated_arrows_count_once(void **state)
{
    struct framework_draft *draft = framework_draft_new(*state, 3, NULL);
    assert_true(framework_draft_attack(draft, 2, 0));
    assert_true(framework_draft_attack(draft, 1, 0));
    assert_true(framework_draft_attack(draft, 2, 0));
    assert_true(framework_draft_partial_attack(draft, 0, 1, 0.25));
    assert_true(framework_draft_partial_attack(draft, 0, 1, 0.75));
    assert_true(framework_draft_partial_attack(draft, 0, 1, 0.5));
    assert_true(framework_draft_partial_attack(draft, 2, 0, 0.5));
    const struct framework *framework = framework_draft_finish(draft);
    assert_int_equal(framework->attackers.first[3], 2);
    assert_int_equal(framework->attackers.others[0], 1);
    assert_int_equal(framework->attackers.others[1], 2);
    assert_int_equal(framework->partial_attackers.first[3], 1);
    assert_int_equal(framework->partial_attackers.others[0], 0);
    assert_true(framework->partial_attackers.strengths[0] == 0.75);
}

/* --- grounded ----------------------------------------------------------------------------- */

static void no_arguments_at_all(void **state)
{
    const struct framework *empty = framework_draft_finish(framework_draft_new(*state, 0, NULL));
    uint8_t labels[1] = {9};
    uint32_t work[1];
    labelling_grounded(empty, NULL, labels, work);
    assert_true(labelling_is_complete(empty, labels));
    assert_int_equal(labels[0], 9);
}

/* A self-attacker is never in; here it keeps 1 open and does not touch 2. */
static void self_attack_stays_undecided(void **state)
{
    struct framework_draft *draft = framework_draft_new(*state, 4, NULL);
    assert_true(framework_draft_attack(draft, 0, 0));
    assert_true(framework_draft_attack(draft, 0, 1));
    assert_true(framework_draft_attack(draft, 2, 3));
    assert_true(framework_draft_attack(draft, 3, 3));
    uint8_t labels[4];
    ground(framework_draft_finish(draft), *state, labels);
    static const uint8_t expected[] = {LABEL_UNDECIDED, LABEL_UNDECIDED, LABEL_IN, LABEL_OUT};
    assert_memory_equal(labels, expected, 4);
}

/* Along a chain in and out take turns, however deep it is. */
static void deep_chain(void **state)
{
    enum { DEEP = 100000 };
    struct framework_draft *draft = framework_draft_new(*state, DEEP, NULL);
    for (uint32_t a = 0; a + 1 < DEEP; a++)
        assert_true(framework_draft_attack(draft, a, a + 1));
    uint8_t *labels = arena_alloc(*state, DEEP);
    ground(framework_draft_finish(draft), *state, labels);
    for (uint32_t a = 0; a < DEEP; a++)
        assert_int_equal(labels[a], a % 2 == 0 ? LABEL_IN : LABEL_OUT);
}

/* Against the least fixed point of Dung's characteristic function. */
static void grounded_is_the_least_fixed_point(void **state)
{
    uint64_t random = 1;
    for (int trial = 0; trial < 3000; trial++) {
        struct brute brute;
        struct arena arena;
        arena_init(&arena, &allocator_heap);
        const struct framework *framework = brute_random(&brute, &arena, &random);
        uint8_t labels[BRUTE_MOST];
        ground(framework, &arena, labels);
        assert_int_equal(brute_in(framework, labels), brute_grounded(&brute));
        assert_true(labelling_is_complete(framework, labels));
        arena_release(&arena);
    }
    (void)state;
}

/* From an admissible set to the least complete one around it: what Dung's function adds to it. */
static void completing_an_admissible_labelling(void **state)
{
    uint64_t random = 7;
    (void)state;
    for (int trial = 0; trial < 1000; trial++) {
        struct brute brute;
        struct arena arena;
        arena_init(&arena, &allocator_heap);
        const struct framework *framework = brute_random(&brute, &arena, &random);
        uint32_t set = brute_below(&random, 1u << brute.count), next;
        if (brute.admissible[set]) {
            uint8_t labels[BRUTE_MOST];
            uint32_t work[BRUTE_MOST * GROUNDED_WORK], attacked = brute_attacked(&brute, set);
            for (uint32_t a = 0; a < brute.count; a++)
                labels[a] = set & 1u << a        ? LABEL_IN
                            : attacked & 1u << a ? LABEL_OUT
                                                 : LABEL_UNDECIDED;
            labelling_complete(framework, labels, work);
            while ((next = brute_defended(&brute, set)) != set)
                set = next;
            assert_int_equal(brute_in(framework, labels), set);
            assert_true(labelling_is_complete(framework, labels));
        }
        arena_release(&arena);
    }
}

/* Leaving arguments absent is the same as restricting to the others. */
static void absent_is_as_good_as_removed(void **state)
{
    uint64_t random = 2;
    (void)state;
    for (int trial = 0; trial < 1000; trial++) {
        struct brute brute;
        struct arena arena;
        arena_init(&arena, &allocator_heap);
        const struct framework *framework = brute_random(&brute, &arena, &random);
        bool present[BRUTE_MOST];
        uint8_t whole[BRUTE_MOST], part[BRUTE_MOST];
        uint32_t work[BRUTE_MOST * GROUNDED_WORK];
        for (uint32_t a = 0; a < framework->count; a++)
            present[a] = brute_below(&random, 3) > 0;
        labelling_grounded(framework, present, whole, work);
        const struct framework *restricted = framework_restrict(framework, present, &arena);
        labelling_grounded(restricted, NULL, part, work);
        for (uint32_t a = 0; a < restricted->count; a++)
            assert_int_equal(part[a], whole[restricted->origins[a]]);
        arena_release(&arena);
    }
}

/* --- order -------------------------------------------------------------------------------- */

static void labellings_compare_as_lists(void **state)
{
    (void)state;
    static const uint8_t none[3] = {0, 0, 0}, first[3] = {1, 0, 0}, both[3] = {1, 1, 0};
    static const uint8_t ends[3] = {1, 0, 1}, second[3] = {2, 1, 0};
    const uint8_t *rising[] = {none, first, both, ends, second};
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++) {
            int compared = labelling_compare(rising[i], rising[j], 3);
            assert_int_equal((compared > 0) - (compared < 0), (i > j) - (i < j));
        }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(thread_has_its_size),
        TEST(thread_grounded),
        TEST(thread_without_the_outside),
        TEST(thread_with_the_outside_absent),
        TEST(preferences_drop_attacks),
        TEST(preferences_chain),
        TEST(circular_preferences_are_refused),
        TEST(bad_arrows_are_refused),
        TEST(repeated_arrows_count_once),
        TEST(no_arguments_at_all),
        TEST(self_attack_stays_undecided),
        TEST(deep_chain),
        TEST(grounded_is_the_least_fixed_point),
        TEST(completing_an_admissible_labelling),
        TEST(absent_is_as_good_as_removed),
        TEST(labellings_compare_as_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

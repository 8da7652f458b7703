/* Complete, preferred and stable labellings and acceptance: the thread, brute force over every
 * subset with both solvers, the laws between the semantics. */
#include "argue/enumerate.h"
#include "brute.h"
#include "cmocka_all.h"
#include "fixture.h"
#include "frameworks.h"
#include "thread.h"

static const struct search usual = {0};
static const struct search small = {.solver = &solver_small};
static const enum semantics every_semantics[] = {SEMANTICS_GROUNDED, SEMANTICS_COMPLETE,
                                                 SEMANTICS_PREFERRED, SEMANTICS_STABLE};
enum { SEMANTICS = 4 };

/* --- the thread --------------------------------------------------------------------------- */

/* af.grounded.in */
static const char *const grounded_in[] = {
    "A00", "A03b", "A04", "A07", "A09", "A10", "A12", "A14", "A14c", "A15", "A16", "A18", "A19",
    "A21", "A23",  "A25", "A26", "A27", "A29", "A31", "A32", "A34",  "A35", "A36", "A37", "A38",
    "A40", "ATTR", "E10", "E2c", "E3",  "E3b", "E4",  "E5",  "E7",   "E9",  "HP",  NULL};

/* af.preferred.0 to .7: what is in of the arguments that the grounded labelling leaves open */
static const char *const preferred_in[8][8] = {{"A01", "A05", "E2", "E2r", "HM", "HR", NULL},
                                               {"A02", "A05", "E2", "E2r", "HM", "HR", NULL},
                                               {"A01", "A05", "A39", "E2", "HM", NULL},
                                               {"A02", "A05", "A39", "E2", "HM", NULL},
                                               {"A01", "A08", "E2r", "HR", NULL},
                                               {"A02", "A08", "E2r", "HR", NULL},
                                               {"A01", "A08", "A39", NULL},
                                               {"A02", "A08", "A39", NULL}};

static bool is_among(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static bool is_preferred(const uint8_t *labels, const char *const *names)
{
    for (uint32_t a = 0; a < THREAD_COUNT; a++) {
        bool in = is_among(thread_names[a], grounded_in) || is_among(thread_names[a], names);
        if (in != (labels[a] == LABEL_IN))
            return false;
    }
    return true;
}

/* af.preferred.count; each of the eight is found once, and none leaves anything open */
static void assert_thread_preferred(const struct search *search, struct arena *arena)
{
    const struct framework *thread = thread_framework(arena);
    struct labellings found;
    assert_int_equal(labellings_all(thread, SEMANTICS_PREFERRED, search, arena, &found),
                     ANSWER_YES);
    assert_int_equal(found.count, 8);
    for (int expected = 0; expected < 8; expected++) {
        int times = 0;
        for (size_t i = 0; i < found.count; i++)
            times += is_preferred(found.labels[i], preferred_in[expected]);
        assert_int_equal(times, 1);
    }
    for (size_t i = 0; i < found.count; i++)
        assert_true(labelling_is_complete(thread, found.labels[i]));
}

static void thread_preferred(void **state)
{
    assert_thread_preferred(&usual, *state);
    assert_thread_preferred(&small, *state);
}

/* af.credulous_share */
static void thread_shares(void **state)
{
    static const struct {
        const char *name;
        int in;
    } shares[] = {{"A01", 4}, {"A02", 4}, {"A08", 4}, {"A33", 0},
                  {"A36", 8}, {"E2", 4},  {"HM", 4},  {"HR", 4}};
    struct labellings found;
    labellings_all(thread_framework(*state), SEMANTICS_PREFERRED, &usual, *state, &found);
    for (size_t i = 0; i < COUNT_OF(shares); i++) {
        int in = 0;
        for (size_t j = 0; j < found.count; j++)
            in += found.labels[j][thread_number(shares[i].name)] == LABEL_IN;
        assert_int_equal(in, shares[i].in);
    }
}

/* Of the open arguments each is in in some of the eight and in none of them in all. */
static void thread_acceptance(void **state)
{
    static const char *const open[] = {"A01", "A02", "A05", "A08", "A39", "E2", "E2r", "HM", "HR"};
    const struct framework *thread = thread_framework(*state);
    for (size_t i = 0; i < COUNT_OF(open); i++) {
        uint32_t a = thread_number(open[i]);
        const uint8_t *labels;
        assert_int_equal(
            accepted_somewhere(thread, SEMANTICS_PREFERRED, a, &usual, *state, &labels),
            ANSWER_YES);
        assert_int_equal(labels[a], LABEL_IN);
        assert_int_equal(
            accepted_everywhere(thread, SEMANTICS_PREFERRED, a, &usual, *state, &labels),
            ANSWER_NO);
        assert_int_not_equal(labels[a], LABEL_IN);
    }
}

/* --- brute force -------------------------------------------------------------------------- */

static bool is_extension(const struct brute *brute, enum semantics semantics, uint32_t set)
{
    switch (semantics) {
    case SEMANTICS_GROUNDED:
        return set == brute_grounded(brute);
    case SEMANTICS_COMPLETE:
        return brute_complete(brute, set);
    case SEMANTICS_PREFERRED:
        return brute_preferred(brute, set);
    case SEMANTICS_STABLE:
        return brute_stable(brute, set);
    }
    return false;
}

struct trial {
    struct arena arena;
    struct brute brute;
    const struct framework *framework;
    const struct search *search;
    enum semantics semantics;
    bool expected[BRUTE_SETS];
    uint32_t sets, all, some; /* number of extensions, their intersection and union */
};

static void trial_expect(struct trial *trial)
{
    trial->sets = trial->some = 0;
    trial->all = (1u << trial->brute.count) - 1;
    for (uint32_t set = 0; set < 1u << trial->brute.count; set++) {
        trial->expected[set] = is_extension(&trial->brute, trial->semantics, set);
        if (!trial->expected[set])
            continue;
        trial->sets++;
        trial->all &= set;
        trial->some |= set;
    }
}

static void assert_extension(const struct trial *trial, const uint8_t *labels)
{
    assert_true(labelling_is_complete(trial->framework, labels));
    assert_true(trial->expected[brute_in(trial->framework, labels)]);
}

static void assert_all_found(struct trial *trial)
{
    struct labellings found;
    assert_int_equal(
        labellings_all(trial->framework, trial->semantics, trial->search, &trial->arena, &found),
        ANSWER_YES);
    assert_int_equal(found.count, trial->sets);
    for (size_t i = 0; i < found.count; i++)
        assert_extension(trial, found.labels[i]);
    for (size_t i = 1; i < found.count; i++)
        assert_true(
            labelling_compare(found.labels[i - 1], found.labels[i], trial->framework->count) < 0);
}

static void assert_some_found(struct trial *trial)
{
    const uint8_t *labels;
    enum answer answer =
        labellings_some(trial->framework, trial->semantics, trial->search, &trial->arena, &labels);
    assert_int_equal(answer, trial->sets > 0 ? ANSWER_YES : ANSWER_NO);
    if (answer == ANSWER_YES)
        assert_extension(trial, labels);
}

static void assert_acceptance(struct trial *trial, uint32_t a)
{
    const uint8_t *labels;
    bool somewhere = trial->some & 1u << a, everywhere = trial->all & 1u << a;
    assert_int_equal(accepted_somewhere(trial->framework, trial->semantics, a, trial->search,
                                        &trial->arena, &labels),
                     somewhere ? ANSWER_YES : ANSWER_NO);
    if (somewhere) {
        assert_extension(trial, labels);
        assert_int_equal(labels[a], LABEL_IN);
    }
    assert_int_equal(accepted_everywhere(trial->framework, trial->semantics, a, trial->search,
                                         &trial->arena, &labels),
                     everywhere ? ANSWER_YES : ANSWER_NO);
    if (!everywhere) {
        assert_extension(trial, labels);
        assert_int_not_equal(labels[a], LABEL_IN);
    }
    assert_int_equal(accepted_somewhere(trial->framework, trial->semantics, a, trial->search,
                                        &trial->arena, NULL),
                     somewhere ? ANSWER_YES : ANSWER_NO);
    assert_int_equal(accepted_everywhere(trial->framework, trial->semantics, a, trial->search,
                                         &trial->arena, NULL),
                     everywhere ? ANSWER_YES : ANSWER_NO);
}

static void assert_as_brute_force(const struct search *search, int trials)
{
    static struct trial trial;
    uint64_t random = 3;
    trial.search = search;
    for (int i = 0; i < trials; i++) {
        arena_init(&trial.arena, &allocator_heap);
        trial.framework = brute_random(&trial.brute, &trial.arena, &random);
        for (int s = 0; s < SEMANTICS; s++) {
            trial.semantics = every_semantics[s];
            trial_expect(&trial);
            assert_all_found(&trial);
            assert_some_found(&trial);
            if (trial.brute.count > 0)
                assert_acceptance(&trial, brute_below(&random, trial.brute.count));
        }
        arena_release(&trial.arena);
    }
}

static void small_solver_as_brute_force(void **state)
{
    (void)state;
    assert_as_brute_force(&small, 4000);
}

static void usual_solver_as_brute_force(void **state)
{
    (void)state;
    assert_as_brute_force(&usual, 1500);
}

/* --- both solvers, and the laws, where brute force is too slow ---------------------------- */

static void assert_same(const struct labellings *a, const struct labellings *b, uint32_t count)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        assert_memory_equal(a->labels[i], b->labels[i], count);
}

static bool contains(const uint8_t *large, const uint8_t *little, uint32_t count)
{
    for (uint32_t a = 0; a < count; a++)
        if (little[a] == LABEL_IN && large[a] != LABEL_IN)
            return false;
    return true;
}

static bool is_one_of(const struct labellings *labellings, const uint8_t *labels, uint32_t count)
{
    for (size_t i = 0; i < labellings->count; i++)
        if (memcmp(labellings->labels[i], labels, count) == 0)
            return true;
    return false;
}

/* The grounded one inside each complete; stable ones preferred, preferred ones complete. */
static void assert_laws(const struct labellings found[SEMANTICS], uint32_t count)
{
    const uint8_t *grounded = found[SEMANTICS_GROUNDED].labels[0];
    assert_int_equal(found[SEMANTICS_GROUNDED].count, 1);
    assert_true(found[SEMANTICS_PREFERRED].count > 0);
    for (size_t i = 0; i < found[SEMANTICS_COMPLETE].count; i++)
        assert_true(contains(found[SEMANTICS_COMPLETE].labels[i], grounded, count));
    assert_true(is_one_of(&found[SEMANTICS_COMPLETE], grounded, count));
    for (size_t i = 0; i < found[SEMANTICS_PREFERRED].count; i++)
        assert_true(
            is_one_of(&found[SEMANTICS_COMPLETE], found[SEMANTICS_PREFERRED].labels[i], count));
    for (size_t i = 0; i < found[SEMANTICS_STABLE].count; i++)
        assert_true(
            is_one_of(&found[SEMANTICS_PREFERRED], found[SEMANTICS_STABLE].labels[i], count));
}

static void solvers_agree_and_laws_hold(void **state)
{
    (void)state;
    uint64_t random = 4;
    for (int trial = 0; trial < 60; trial++) {
        struct arena arena;
        arena_init(&arena, &allocator_heap);
        uint32_t count = 20 + brute_below(&random, 21);
        const struct framework *framework =
            random_framework(&arena, &random, count, 40 + brute_below(&random, 60));
        struct labellings usually[SEMANTICS], otherwise[SEMANTICS];
        for (int s = 0; s < SEMANTICS; s++) {
            assert_int_equal(
                labellings_all(framework, every_semantics[s], &usual, &arena, &usually[s]),
                ANSWER_YES);
            assert_int_equal(
                labellings_all(framework, every_semantics[s], &small, &arena, &otherwise[s]),
                ANSWER_YES);
            assert_same(&usually[s], &otherwise[s], count);
        }
        assert_laws(usually, count);
        arena_release(&arena);
    }
}

/* The same question has the same answer, to the last label. */
static void asked_again(void **state)
{
    uint64_t random = 8;
    for (int trial = 0; trial < 20; trial++) {
        const struct framework *framework = random_framework(*state, &random, 60, 50);
        const uint8_t *first, *second;
        labellings_some(framework, SEMANTICS_PREFERRED, &usual, *state, &first);
        labellings_some(framework, SEMANTICS_PREFERRED, &usual, *state, &second);
        assert_memory_equal(first, second, 60);
    }
}

/* --- frameworks with known answers -------------------------------------------------------- */

/* Dung 1995: an odd circle has no stable extension and the empty one is its only preferred one; an
 * even circle has two of each. A self-attack is a circle of one. */
static void circles(void **state)
{
    for (uint32_t count = 1; count <= 9; count++) {
        const struct framework *framework = circle(*state, count);
        size_t stable = count % 2 == 0 ? 2 : 0, preferred = count % 2 == 0 ? 2 : 1;
        assert_int_equal(count_all(framework, SEMANTICS_STABLE, &usual, *state), stable);
        assert_int_equal(count_all(framework, SEMANTICS_PREFERRED, &usual, *state), preferred);
        assert_int_equal(count_all(framework, SEMANTICS_COMPLETE, &small, *state),
                         count % 2 == 0 ? 3 : 1);
    }
}

/* Without a stable extension everything is in all of them and nothing is in one. */
static void acceptance_without_stable_extension(void **state)
{
    const struct framework *framework = circle(*state, 3);
    const uint8_t *labels;
    assert_int_equal(accepted_everywhere(framework, SEMANTICS_STABLE, 0, &usual, *state, &labels),
                     ANSWER_YES);
    assert_int_equal(accepted_somewhere(framework, SEMANTICS_STABLE, 0, &usual, *state, &labels),
                     ANSWER_NO);
    assert_int_equal(labellings_some(framework, SEMANTICS_STABLE, &usual, *state, &labels),
                     ANSWER_NO);
}

/* So too for what the grounded labelling already decides: 3 is in and 4 out, beside the circle. */
static void settled_arguments_without_stable_extension(void **state)
{
    struct framework_draft *draft = framework_draft_new(*state, 5, NULL);
    for (uint32_t a = 0; a < 3; a++)
        framework_draft_attack(draft, a, (a + 1) % 3);
    framework_draft_attack(draft, 3, 4);
    const struct framework *framework = framework_draft_finish(draft);
    for (uint32_t a = 3; a < 5; a++) {
        assert_int_equal(accepted_everywhere(framework, SEMANTICS_STABLE, a, &usual, *state, NULL),
                         ANSWER_YES);
        assert_int_equal(accepted_somewhere(framework, SEMANTICS_STABLE, a, &usual, *state, NULL),
                         ANSWER_NO);
    }
}

/* n pairs that attack each other: 2^n preferred labellings and 3^n complete ones. */
static void independent_pairs(void **state)
{
    assert_int_equal(count_all(pairs(*state, 7), SEMANTICS_PREFERRED, &usual, *state), 128);
    assert_int_equal(count_all(pairs(*state, 7), SEMANTICS_STABLE, &small, *state), 128);
    assert_int_equal(count_all(pairs(*state, 5), SEMANTICS_COMPLETE, &usual, *state), 243);
}

/* All 64 arguments that the small solver can do, and one more. */
static void small_solver_to_its_limit(void **state)
{
    const uint8_t *labels;
    const struct framework *full = circle(*state, 64), *beyond = circle(*state, 65);
    assert_int_equal(count_all(full, SEMANTICS_PREFERRED, &small, *state), 2);
    assert_int_equal(labellings_some(beyond, SEMANTICS_STABLE, &small, *state, &labels),
                     ANSWER_TOO_LARGE);
    assert_int_equal(accepted_somewhere(beyond, SEMANTICS_PREFERRED, 0, &small, *state, NULL),
                     ANSWER_TOO_LARGE);
    assert_int_equal(accepted_everywhere(beyond, SEMANTICS_PREFERRED, 0, &small, *state, NULL),
                     ANSWER_TOO_LARGE);
}

static void no_arguments_at_all(void **state)
{
    const struct framework *empty = circle(*state, 0);
    for (int s = 0; s < SEMANTICS; s++) {
        assert_int_equal(count_all(empty, every_semantics[s], &usual, *state), 1);
        assert_int_equal(count_all(empty, every_semantics[s], &small, *state), 1);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(thread_preferred),
        TEST(thread_shares),
        TEST(thread_acceptance),
        TEST(small_solver_as_brute_force),
        TEST(usual_solver_as_brute_force),
        TEST(solvers_agree_and_laws_hold),
        TEST(asked_again),
        TEST(circles),
        TEST(acceptance_without_stable_extension),
        TEST(settled_arguments_without_stable_extension),
        TEST(independent_pairs),
        TEST(small_solver_to_its_limit),
        TEST(no_arguments_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

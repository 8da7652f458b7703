/* Gradual strengths: the weighted h-categoriser and DF-QuAD. */
#include "argue/gradual.h"
#include "brute.h"
#include "cmocka_all.h"
#include "fixture.h"
#include "thread.h"

/* --- weighted h-categoriser --------------------------------------------------------------- */

/* af.whcat.*, with ten digits */
static void thread_strengths(void **state)
{
    static const struct {
        const char *name;
        double strength;
    } expected[] = {{"A01", 0.5738566585},
                    {"A02", 0.409262113},
                    {"A03", 0.4295290896},
                    {"A05", 0.3281310261},
                    {"A06", 0.3169872981},
                    {"A08", 0.6180339887},
                    {"A11", 0.4},
                    {"A13", 0.5},
                    {"A17", 0.4226497308},
                    {"A20", 0.4},
                    {"A24", 0.3695652174},
                    {"A25", 0.7058823529},
                    {"A30", 0.4166666667},
                    {"A33", 0.3660254038},
                    {"A39", 0.6180339887},
                    {"HM", 0.408569654},
                    {"HP", 1},
                    {"HR", 0.6180339887},
                    {"ATTR", 0.5217391304},
                    {"SEV", 0.1327463216}};
    double strengths[THREAD_COUNT];
    assert_true(gradual_categoriser(thread_framework(*state), NULL, strengths, *state));
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_close(strengths[thread_number(expected[i].name)], expected[i].strength, 1e-9, 0);
}

static const struct framework *chain(struct arena *arena, uint32_t count)
{
    struct framework_draft *draft = framework_draft_new(arena, count, NULL);
    for (uint32_t a = 0; a + 1 < count; a++)
        assert_true(framework_draft_attack(draft, a, a + 1));
    return framework_draft_finish(draft);
}

/* af.chain */
static void categoriser_along_a_chain(void **state)
{
    double strengths[3];
    assert_true(gradual_categoriser(chain(*state, 3), NULL, strengths, *state));
    assert_close(strengths[0], 1, 0, 0);
    assert_close(strengths[1], 0.5, 0, 0);
    assert_close(strengths[2], 2.0 / 3, 1e-12, 0);
}

static const struct framework *mutual(struct arena *arena)
{
    struct framework_draft *draft = framework_draft_new(arena, 2, NULL);
    framework_draft_attack(draft, 0, 1);
    framework_draft_attack(draft, 1, 0);
    return framework_draft_finish(draft);
}

/* af.mutual: v = 1 / (1 + v), so v = (sqrt 5 - 1) / 2 */
static void categoriser_of_two_that_attack_each_other(void **state)
{
    double strengths[2];
    assert_true(gradual_categoriser(mutual(*state), NULL, strengths, *state));
    assert_close(strengths[0], (sqrt(5) - 1) / 2, 1e-12, 0);
    assert_close(strengths[1], (sqrt(5) - 1) / 2, 1e-12, 0);
}

/* By hand: a self-attack gives v = 1/(1+v); a partial one of strength s gives s v^2 + v = 1; with
 * base b, v (1 + v) = b. */
static void categoriser_of_a_self_attack(void **state)
{
    double strength, half = 0.5;
    struct framework_draft *full = framework_draft_new(*state, 1, NULL);
    framework_draft_attack(full, 0, 0);
    assert_true(gradual_categoriser(framework_draft_finish(full), NULL, &strength, *state));
    assert_close(strength, (sqrt(5) - 1) / 2, 1e-12, 0);
    assert_true(gradual_categoriser(framework_draft_finish(full), &half, &strength, *state));
    assert_close(strength, (sqrt(3) - 1) / 2, 1e-12, 0);
    struct framework_draft *partial = framework_draft_new(*state, 1, NULL);
    framework_draft_partial_attack(partial, 0, 0, 0.5);
    assert_true(gradual_categoriser(framework_draft_finish(partial), NULL, &strength, *state));
    assert_close(strength, sqrt(3) - 1, 1e-12, 0);
}

/* Each of n arguments attacks each, itself too: n v^2 + v = 1. */
static void categoriser_of_a_crowd(void **state)
{
    enum { CROWD = 300 };
    struct framework_draft *draft = framework_draft_new(*state, CROWD, NULL);
    for (uint32_t a = 0; a < CROWD; a++)
        for (uint32_t b = 0; b < CROWD; b++)
            framework_draft_attack(draft, a, b);
    double strengths[CROWD];
    assert_true(gradual_categoriser(framework_draft_finish(draft), NULL, strengths, *state));
    for (uint32_t a = 0; a < CROWD; a++)
        assert_close(strengths[a], (sqrt(1 + 4.0 * CROWD) - 1) / (2 * CROWD), 1e-11, 0);
}

/* On random frameworks the equation holds at every argument. */
static void categoriser_solves_its_equation(void **state)
{
    (void)state;
    uint64_t random = 6;
    for (int trial = 0; trial < 1000; trial++) {
        struct arena arena;
        arena_init(&arena, &allocator_heap);
        struct brute brute;
        const struct framework *framework = brute_random(&brute, &arena, &random);
        double base[BRUTE_MOST], strengths[BRUTE_MOST];
        for (uint32_t a = 0; a < brute.count; a++)
            base[a] = brute_below(&random, 101) / 100.0;
        assert_true(gradual_categoriser(framework, base, strengths, &arena));
        for (uint32_t a = 0; a < brute.count; a++) {
            double attack = 0;
            for (uint32_t b = 0; b < brute.count; b++)
                attack += brute.attackers[a] & 1u << b ? strengths[b] : 0;
            assert_close(strengths[a] * (1 + attack), base[a], 1e-11, 1e-12);
        }
        arena_release(&arena);
    }
}

/* --- DF-QuAD ------------------------------------------------------------------------------ */

/* An argument of base `base` with attackers and supporters of their own bases. */
static double fan(struct arena *arena, double base, const double *attackers, uint32_t attacks,
                  const double *supporters, uint32_t supports)
{
    double bases[8] = {base}, strengths[8];
    struct framework_draft *draft = framework_draft_new(arena, 1 + attacks + supports, NULL);
    for (uint32_t i = 0; i < attacks; i++) {
        bases[1 + i] = attackers[i];
        framework_draft_attack(draft, 1 + i, 0);
    }
    for (uint32_t i = 0; i < supports; i++) {
        bases[1 + attacks + i] = supporters[i];
        framework_draft_support(draft, 1 + attacks + i, 0);
    }
    assert_true(gradual_df_quad(framework_draft_finish(draft), bases, strengths, arena));
    return strengths[0];
}

/* dfquad.examples: .5, 0, .75, .375; worked by hand from Rago et al. 2016 */
static void df_quad_by_hand(void **state)
{
    static const double one[] = {1}, half[] = {0.5}, halves[] = {0.5, 0.5};
    assert_close(fan(*state, 0.5, NULL, 0, NULL, 0), 0.5, 0, 0);
    assert_close(fan(*state, 0.5, one, 1, NULL, 0), 0, 0, 0);
    assert_close(fan(*state, 0.5, NULL, 0, half, 1), 0.75, 0, 0);
    /* F(.5, .5) = .75 against .5: .5 - .5 (.75 - .5) */
    assert_close(fan(*state, 0.5, halves, 2, half, 1), 0.375, 0, 0);
    /* and the other way round: .5 + .5 (.75 - .5) */
    assert_close(fan(*state, 0.5, half, 1, halves, 2), 0.625, 0, 0);
    assert_close(fan(*state, 0.8, half, 1, half, 1), 0.8, 0, 0);
}

/* Down a map: .5 attacked by one of .25, itself attacked by .5: .5 (1 - .5 (1 - .5)). */
static void df_quad_along_a_chain(void **state)
{
    double strengths[3];
    assert_true(gradual_df_quad(chain(*state, 3), NULL, strengths, *state));
    assert_close(strengths[1], 0.25, 0, 0);
    assert_close(strengths[2], 0.375, 0, 0);
}

/* A partial attack of strength .4 by one of base .5 takes .2 of what it meets. */
static void df_quad_of_a_partial_attack(void **state)
{
    struct framework_draft *draft = framework_draft_new(*state, 2, NULL);
    double strengths[2];
    framework_draft_partial_attack(draft, 0, 1, 0.4);
    assert_true(gradual_df_quad(framework_draft_finish(draft), NULL, strengths, *state));
    assert_close(strengths[1], 0.5 * 0.8, 1e-15, 0);
}

/* v = .5 (1 - v), so a third; at base 1 it swings for ever, and says so. */
static void df_quad_on_a_circle(void **state)
{
    double strengths[2] = {7, 7};
    static const double full[] = {1, 1};
    assert_false(gradual_df_quad(mutual(*state), full, strengths, *state));
    assert_close(strengths[0], 7, 0, 0);
    assert_true(gradual_df_quad(mutual(*state), NULL, strengths, *state));
    assert_close(strengths[0], 1.0 / 3, 1e-12, 0);
    assert_close(strengths[1], 1.0 / 3, 1e-12, 0);
}

/* --- both --------------------------------------------------------------------------------- */

static void deep_chains_are_no_trouble(void **state)
{
    enum { DEEP = 100000 };
    double *strengths = arena_array(*state, DEEP, sizeof *strengths);
    assert_true(gradual_df_quad(chain(*state, DEEP), NULL, strengths, *state));
    assert_close(strengths[DEEP - 1], 1.0 / 3, 1e-12, 0);
    /* Its values settle long before the end is reached. */
    assert_true(gradual_categoriser(chain(*state, DEEP), NULL, strengths, *state));
    assert_close(strengths[DEEP - 1], (sqrt(5) - 1) / 2, 1e-12, 0);
}

static void bases_outside_the_range_are_refused(void **state)
{
    static const double bases[][2] = {{0.5, 1.5}, {-0.5, 0.5}, {(double)NAN, 0.5}, {0.5, HUGE_VAL}};
    double strengths[2] = {7, 7};
    for (size_t i = 0; i < COUNT_OF(bases); i++) {
        assert_false(gradual_categoriser(mutual(*state), bases[i], strengths, *state));
        assert_false(gradual_df_quad(mutual(*state), bases[i], strengths, *state));
    }
    assert_close(strengths[0], 7, 0, 0);
}

static void no_arguments_at_all(void **state)
{
    const struct framework *empty = framework_draft_finish(framework_draft_new(*state, 0, NULL));
    double nothing[1];
    assert_true(gradual_categoriser(empty, NULL, nothing, *state));
    assert_true(gradual_df_quad(empty, NULL, nothing, *state));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(thread_strengths),
        TEST(categoriser_along_a_chain),
        TEST(categoriser_of_two_that_attack_each_other),
        TEST(categoriser_of_a_self_attack),
        TEST(categoriser_of_a_crowd),
        TEST(categoriser_solves_its_equation),
        TEST(df_quad_by_hand),
        TEST(df_quad_along_a_chain),
        TEST(df_quad_of_a_partial_attack),
        TEST(df_quad_on_a_circle),
        TEST(deep_chains_are_no_trouble),
        TEST(bases_outside_the_range_are_refused),
        TEST(no_arguments_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

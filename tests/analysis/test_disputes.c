/* What disputes are worth, against exhaustive search. */
#include "../argue/debated.h"
#include "analysis/disputes.h"

/* splitmix64 (Vigna 2015) */
static uint64_t next_random(uint64_t *state)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

static uint32_t below(uint64_t *state, uint32_t bound)
{
    return (uint32_t)(next_random(state) >> 32) % bound;
}

static unsigned bits_in(unsigned set)
{
    unsigned count = 0;
    for (; set != 0; set &= set - 1)
        count++;
    return count;
}

/* --- sets of stakes, apart ------------------------------------------------------------------- */

/* A set is enough when it holds somewhere, and the target wherever it holds; by the definition. */
static bool is_enough(unsigned set, const uint64_t *holds, size_t stakes, uint64_t target,
                      uint64_t all)
{
    uint64_t meets = all;
    for (size_t i = 0; i < stakes; i++)
        if ((set >> i & 1) != 0)
            meets &= holds[i];
    return meets != 0 && (meets & ~target) == 0;
}

static bool is_least(unsigned set, const uint64_t *holds, size_t stakes, uint64_t target,
                     uint64_t all)
{
    if (!is_enough(set, holds, stakes, target, all))
        return false;
    for (unsigned inside = (set - 1) & set; set != 0; inside = (inside - 1) & set) {
        if (is_enough(inside, holds, stakes, target, all))
            return false;
        if (inside == 0)
            break;
    }
    return true;
}

static unsigned mask_of(const struct winning *winning, size_t set)
{
    unsigned mask = 0;
    for (size_t i = 0; i < winning->sizes[set]; i++)
        mask |= 1u << winning->sets[set][i];
    return mask;
}

/* Exactly the least sets of at most `size` are found, each once. */
static void check_winning(const struct winning *winning, const uint64_t *holds, size_t stakes,
                          uint64_t target, uint64_t all, size_t size)
{
    size_t expected = 0;
    for (unsigned set = 0; set < 1u << stakes; set++) {
        if (bits_in(set) > size || !is_least(set, holds, stakes, target, all))
            continue;
        size_t found = 0;
        expected++;
        for (size_t s = 0; s < winning->set_count; s++)
            found += mask_of(winning, s) == set;
        assert_int_equal(found, 1);
    }
    assert_int_equal(winning->set_count, expected);
    assert_true(winning->complete);
}

static void test_sets_against_all_subsets(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (size_t round = 0; round < 2000; round++) {
        struct arena arena;
        arena_init(&arena, &allocator_heap);
        size_t stakes = 1 + below(&seed, 8), outcomes = 1 + below(&seed, 40);
        size_t size = 1 + below(&seed, 4);
        uint64_t all = ((uint64_t)1 << outcomes) - 1, target = next_random(&seed) & all;
        uint64_t holds[8];
        struct stake list[8] = {0};
        for (size_t i = 0; i < stakes; i++) {
            holds[i] = next_random(&seed) & all;
            list[i].holds = &holds[i];
        }
        if (round % 3 == 0)
            target |= next_random(&seed) & all;
        struct winning winning = {0};
        winning_sets(&arena, list, stakes, &target, 1, outcomes, size, &winning);
        check_winning(&winning, holds, stakes, target, all, size);
        arena_release(&arena);
    }
}

/* --- random scenarios ------------------------------------------------------------------------ */

/* Pairs and triples of arguments that attack each other, each setting one premise at random. */
static const char *random_arguments(struct arena *arena, uint64_t *seed)
{
    static const char *const paths[] = {
        "model.channels.market.supply_elasticity", "model.channels.perception.consequence_weight",
        "model.channels.threshold.consequence_weight",
        "model.channels.revictimisation.consequence_weight", "theories.rule.weight_of_gains"};
    struct text text;
    text_init(&text, arena);
    text_add(&text, "arguments:\n");
    for (size_t d = 0; d < COUNT_OF(paths); d++) {
        size_t members = 2 + below(seed, 2);
        for (size_t m = 0; m < members; m++) {
            text_printf(&text, "  d%zu-%zu:\n    claim: So.\n    attacks: [", d, m);
            for (size_t k = 0; k < members; k++)
                if (k != m)
                    text_printf(&text, "%sd%zu-%zu", k > (m == 0) ? ", " : "", d, k);
            text_add(&text, "]\n");
            if (below(seed, 4) > 0)
                text_printf(&text, "    when_accepted: {%s: 0.%u}\n", paths[d], below(seed, 10));
        }
        if (d > 0 && below(seed, 2) == 0) /* something that follows */
            text_printf(&text, "  f%zu: {claim: Then., attacks: [d%zu-0]}\n", d, d - 1);
    }
    return text.data;
}

static struct dispute_analysis *analysed(struct debated *debated, size_t size)
{
    struct dispute_analysis *analysis = NULL;
    assert_int_equal(disputes_analyse(&debated->weighed.arena, debated->weighed.result, size,
                                      &analysis, &debated->weighed.diags),
                     STATUS_OK);
    return analysis;
}

/* The preference in one outcome, written down again from its definition in disputes.h. */
static bool preferred(const struct result *result, size_t outcome, size_t theory, size_t a,
                      size_t b)
{
    static const int rank[VERDICTS] = {3, 2, 1, 3, 1, 0, 0};
    const struct outcome_opinion *x = result_outcome_opinion(result, outcome, theory, a);
    const struct outcome_opinion *y = result_outcome_opinion(result, outcome, theory, b);
    if (rank[x->verdict] != rank[y->verdict])
        return rank[x->verdict] > rank[y->verdict];
    return rank[x->verdict] > 0 && x->score > y->score + 1e-12;
}

static uint64_t target_of(const struct result *result, const struct winning *winning)
{
    uint64_t target = 0;
    for (size_t o = 0; o < result->outcomes->count; o++) {
        bool wins = true;
        for (size_t r = 0; r < result->model->scenario->regime_count; r++)
            if (r != winning->regime && (winning->over == SIZE_MAX || winning->over == r))
                wins = wins && preferred(result, o, winning->theory, winning->regime, r);
        target |= wins ? (uint64_t)1 << o : 0;
    }
    return target;
}

static void check_scenario(const struct result *result, const struct dispute_analysis *analysis)
{
    const struct scenario *scenario = result->model->scenario;
    size_t outcomes = result->outcomes->count;
    uint64_t all = outcomes < 64 ? ((uint64_t)1 << outcomes) - 1 : UINT64_MAX, holds[32];
    assert_true(outcomes <= 64 && analysis->stake_count <= 16);
    for (size_t i = 0; i < analysis->stake_count; i++) {
        holds[i] = 0;
        for (size_t o = 0; o < outcomes; o++)
            if (result->outcomes->list[o].accepted[analysis->stakes[i].argument] ==
                analysis->stakes[i].accepted)
                holds[i] |= (uint64_t)1 << o;
    }
    for (size_t i = 0; i < scenario->theory_count * scenario->regime_count; i++)
        check_winning(&analysis->winning[i], holds, analysis->stake_count,
                      target_of(result, &analysis->winning[i]), all, analysis->size);
    for (size_t i = 0; i < 2 * scenario->theory_count; i++)
        check_winning(&analysis->motion[i], holds, analysis->stake_count,
                      target_of(result, &analysis->motion[i]), all, analysis->size);
}

/* Every open argument is a stake, or alike to one. */
static void check_stakes(const struct result *result, const struct dispute_analysis *analysis)
{
    const struct outcomes *outcomes = result->outcomes;
    for (uint32_t a = 0; a < analysis->debate->arguments->count; a++) {
        bool in_dispute = false, open = false;
        size_t found = 0;
        for (size_t d = 0; d < analysis->dispute_count; d++)
            for (size_t m = 0; m < analysis->disputes[d].member_count; m++)
                in_dispute = in_dispute || analysis->disputes[d].members[m] == a;
        for (size_t o = 1; o < outcomes->count; o++)
            open = open || outcomes->list[o].accepted[a] != outcomes->list[0].accepted[a];
        for (size_t s = 0; s < analysis->stake_count; s++) {
            found += analysis->stakes[s].argument == a;
            for (size_t i = 0; i < analysis->stakes[s].alike_count; i++)
                found += analysis->stakes[s].alike[i] / 2 == a;
        }
        assert_int_equal(found, in_dispute && open ? 2 : 0);
    }
}

static void test_scenarios_against_exhaustive_search(void **state)
{
    (void)state;
    uint64_t seed = 11;
    size_t tried = 0;
    for (size_t round = 0; round < 16; round++) {
        struct arena arena;
        struct debated debated = {0};
        arena_init(&arena, &allocator_heap);
        const struct result *result = debated_result(&debated, random_arguments(&arena, &seed));
        const struct dispute_analysis *analysis = analysed(&debated, 3);
        if (result->outcomes->count <= 64 && analysis->stake_count <= 16) {
            check_scenario(result, analysis);
            check_stakes(result, analysis);
            tried++;
        }
        debated_close(&debated);
        arena_release(&arena);
    }
    assert_true(tried >= 8);
}

/* --- what a dispute moves -------------------------------------------------------------------- */

/* Two outcomes that differ in this dispute alone, found by looking at all pairs. */
static bool moves_by_pairs(const struct result *result, const struct dispute_analysis *analysis,
                           size_t dispute, size_t theory, size_t regime)
{
    const struct outcomes *outcomes = result->outcomes;
    for (size_t a = 0; a < outcomes->count; a++)
        for (size_t b = 0; b < a; b++) {
            bool alone = true;
            for (size_t d = 0; d < analysis->dispute_count; d++)
                for (size_t m = 0; d != dispute && m < analysis->disputes[d].member_count; m++) {
                    uint32_t member = analysis->disputes[d].members[m];
                    alone = alone && outcomes->list[a].accepted[member] ==
                                         outcomes->list[b].accepted[member];
                }
            if (alone && result_outcome_opinion(result, a, theory, regime)->verdict !=
                             result_outcome_opinion(result, b, theory, regime)->verdict)
                return true;
        }
    return false;
}

static void test_moves_against_all_pairs(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (size_t round = 0; round < 4; round++) {
        struct arena arena;
        struct debated debated = {0};
        arena_init(&arena, &allocator_heap);
        const struct result *result = debated_result(&debated, random_arguments(&arena, &seed));
        const struct dispute_analysis *analysis = analysed(&debated, 1);
        for (size_t d = 0; d < analysis->dispute_count; d++) {
            size_t expected = 0;
            for (size_t t = 0; t < result->model->scenario->theory_count; t++)
                for (size_t r = 0; r < result->model->scenario->regime_count; r++)
                    expected += moves_by_pairs(result, analysis, d, t, r);
            assert_int_equal(analysis->disputes[d].moved_count, expected);
        }
        debated_close(&debated);
        arena_release(&arena);
    }
}

/* --- the founding thread --------------------------------------------------------------------- */

/* af.pref.*: whichever of theory and intuition wins, the severity is not deserved; and the dispute
 * is moral, so that it is chosen. */
static void test_possession(void **state)
{
    (void)state;
    struct debated debated = {.weighed.path = "scenarios/possession"};
    weighed_open(&debated.weighed);
    const struct dispute_analysis *analysis = analysed(&debated, 0);
    const struct result *result = debated.weighed.result;
    assert_int_equal(analysis->dispute_count, 3);
    for (size_t d = 0; d < 3; d++) {
        assert_int_equal(analysis->disputes[d].member_count, 2);
        assert_int_equal(analysis->disputes[d].way_count, 2);
        assert_int_equal(analysis->disputes[d].ways[0].outcomes, 4); /* af.credulous_share: 4/8 */
        assert_int_equal(analysis->disputes[d].moral, d == 0);
    }
    assert_int_equal(analysis->agreed_count, 1);
    assert_string_equal(analysis->debate->nodes[analysis->agreed[0].node].name,
                        "seven-years-deserved");
    assert_int_equal(analysis->agreed[0].label, LABEL_OUT);
    check_scenario(result, analysis);
    weighed_close(&debated.weighed);
}

static void test_speakers_who_agree(void **state)
{
    (void)state;
    struct debated debated = {0};
    debated_result(&debated, "arguments:\n"
                             "  harsh-is-fair: {claim: H.}\n"
                             "  left: {claim: L., speaker: Ann, attacks: [right, harsh-is-fair]}\n"
                             "  right: {claim: R., speaker: Bob, attacks: [left]}\n"
                             "  too: {claim: T., speaker: Bob, attacks: [harsh-is-fair]}\n"
                             "  also: {claim: A., speaker: Cid, attacks: [harsh-is-fair]}\n");
    const struct dispute_analysis *analysis = analysed(&debated, 0);
    assert_int_equal(analysis->shared_count, 1);
    assert_true(analysis->shared[0].attacked);
    assert_int_equal(analysis->shared[0].speaker_count, 2); /* Cid opposes nobody */
    assert_string_equal(analysis->shared[0].speakers[0], "Ann");
    assert_string_equal(analysis->shared[0].speakers[1], "Bob");
    debated_close(&debated);
}

static void test_silence_is_no_answer(void **state)
{
    (void)state;
    struct debated debated = {0};
    debated_result(&debated, "arguments:\n"
                             "  a: {claim: A.}\n"
                             "  b: {claim: B., attacks: [a]}\n"
                             "  c: {claim: C., attacks: [b], source: s, supports: [a]}\n"
                             "  d: {claim: D., attacks: [e]}\n"
                             "  e: {claim: E., attacks: [d]}\n"
                             "sources: {s: {title: S}}\n");
    const struct debate *debate = debated.weighed.model->disputes->debate;
    assert_int_equal(argument_reply(debate, debate->grounded, 0), REPLY_ANSWERED);
    assert_int_equal(argument_reply(debate, debate->grounded, 1), REPLY_DEFEATED);
    assert_int_equal(argument_reply(debate, debate->grounded, 2), REPLY_NONE);
    assert_int_equal(argument_reply(debate, debate->grounded, 3), REPLY_OPEN);
    size_t count;
    const char *const *sources = argument_evidence(&debated.weighed.arena, debate, 0, &count);
    assert_int_equal(count, 1);
    assert_string_equal(sources[0], "s");
    debated_close(&debated);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sets_against_all_subsets),
        cmocka_unit_test(test_scenarios_against_exhaustive_search),
        cmocka_unit_test(test_moves_against_all_pairs),
        cmocka_unit_test(test_possession),
        cmocka_unit_test(test_speakers_who_agree),
        cmocka_unit_test(test_silence_is_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

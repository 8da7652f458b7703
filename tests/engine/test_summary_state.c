/* Summaries taken apart and put together: to the same bits as one summary, and refused where they
 * cannot be of the lanes that they are said to be of. */
#include <string.h>

#include "brute.h"
#include "engine/summary.h"
#include "engine/summary_state.h"
#include "fixture.h"

/* Sizes of both signs, zeros of both, what is next to zero, and what is not finite. */
static double *mixed_values(struct arena *arena, uint64_t count)
{
    double *values = arena_array(arena, count, sizeof *values);
    uint64_t random = 4;
    for (uint64_t i = 0; i < count; i++) {
        static const double odd[] = {0.0, -0.0, -4e-320, 4e-320, (double)NAN, HUGE_VAL, -HUGE_VAL};
        double size = exp2(40 * random_unit(&random) - 20);
        values[i] = i % 9 == 0 ? odd[i / 9 % COUNT_OF(odd)] : i % 2 == 0 ? -size : size;
    }
    return values;
}

static struct summary *summary_of(struct arena *arena, uint64_t first, const double *values,
                                  uint64_t count, uint64_t replicate)
{
    struct summary *summary = summary_new(arena, kernels_for(ISA_BEST));
    if (replicate != 0)
        summary_set_replicate(summary, replicate);
    summary_add(summary, first, values, count);
    return summary;
}

static void assert_same(const struct summary *a, const struct summary *b)
{
    double of_a[14], of_b[14];
    const struct summary *const of[] = {a, b};
    for (size_t s = 0; s < 2; s++) {
        double *figures = s == 0 ? of_a : of_b;
        figures[0] = summary_mean(of[s]);
        figures[1] = summary_variance(of[s]);
        figures[2] = summary_error(of[s]);
        for (size_t p = 0; p <= 10; p++)
            figures[3 + p] = summary_quantile(of[s], (double)p / 10);
    }
    assert_memory_equal(of_a, of_b, sizeof of_a);
    assert_int_equal(summary_count(a), summary_count(b));
    assert_int_equal(summary_not_finite(a), summary_not_finite(b));
}

/* --- together -------------------------------------------------------------------------------- */

static struct summary *there_and_back(struct arena *arena, const struct summary *summary,
                                      uint64_t first, uint64_t lanes, uint64_t replicate)
{
    struct summary_state state;
    struct summary *again = NULL;
    summary_take_apart(arena, summary, &state);
    const char *fault =
        summary_put_together(arena, &state, (struct state_lanes){first, lanes, replicate}, &again);
    if (fault != NULL)
        print_error("%llu lanes from %llu: %s\n", (unsigned long long)lanes,
                    (unsigned long long)first, fault);
    assert_null(fault);
    return again;
}

/* Whole leaves to each part, the last lanes to the last one. */
static uint64_t part_begin(uint64_t lanes, uint64_t part, uint64_t parts)
{
    uint64_t leaves = (lanes + ENGINE_LEAF - 1) / ENGINE_LEAF, begin = part * leaves / parts;
    return begin * ENGINE_LEAF < lanes ? begin * ENGINE_LEAF : lanes;
}

static void check_parts(struct arena *arena, const double *values, uint64_t lanes, uint64_t parts,
                        uint64_t replicate)
{
    struct summary *each[64];
    for (uint64_t p = 0; p < parts; p++) {
        uint64_t begin = part_begin(lanes, p, parts),
                 count = part_begin(lanes, p + 1, parts) - begin;
        each[p] = summary_of(arena, begin, values + begin, count, replicate);
        each[p] = there_and_back(arena, each[p], begin, count, replicate);
    }
    assert_same(summary_join(arena, each, parts), summary_of(arena, 0, values, lanes, replicate));
}

static void test_parts_are_joined_to_the_same_bits(void **state)
{
    static const uint64_t lanes[] = {1, 255, 256, 257, 1000, 2560, 65536, 100003};
    static const uint64_t parts[] = {1, 2, 3, 7, 64};
    double *values = mixed_values(*state, 100003);
    for (size_t l = 0; l < COUNT_OF(lanes); l++)
        for (size_t n = 0; n < COUNT_OF(parts); n++)
            check_parts(*state, values, lanes[l], parts[n], 0);
}

/* Quasi-random draws: 16 replicates, which a part may cut through. */
static void test_replicates_are_joined_to_the_same_bits(void **state)
{
    static const uint64_t replicates[] = {256, 512, 4096};
    static const uint64_t parts[] = {1, 2, 3, 7, 64};
    double *values = mixed_values(*state, 16 * 4096);
    for (size_t r = 0; r < COUNT_OF(replicates); r++)
        for (size_t n = 0; n < COUNT_OF(parts); n++)
            check_parts(*state, values, 16 * replicates[r], parts[n], replicates[r]);
}

/* One request against three that share its lanes, with as many threads as there are parts. */
static void test_requests_for_parts_agree_with_one(void **state)
{
    struct arena *arena = *state;
    enum { LANES = 20011, PARTS = 3 };
    struct graph *graph = graph_new(arena);
    uint32_t axis = plain_axis(graph, "regime", 2);
    node_id x = premise(graph, "x", VALUE_NUMBER), y = premise(graph, "y", VALUE_NUMBER);
    node_id value = APPLY(graph, OP_ADD, APPLY(graph, OP_EXP, x),
                          APPLY(graph, OP_MUL, y, coordinate(graph, axis)));
    static const bool varies[] = {true, true};
    static const struct cell_pair pair = {0, 1};
    struct tape *tape = tape_build(arena, graph, &value, 1, varies);
    struct distribution normal = {.kind = DISTRIBUTION_NORMAL, .parameter = {0, 1}, .scale = 1};
    assert_null(distribution_prepare(&normal, arena));
    double *given = mixed_values(arena, LANES);
    struct lane_source sources[] = {{.distribution = &normal}, {.values = given}};
    struct lanes lanes = {.sources = sources, .count = LANES, .first_draw = 1, .seed = 7};
    struct summaries whole, parts[PARTS], joined;
    struct engine_fault fault;
    assert_true(engine_summarise(tape, &lanes, &pair, 1, arena, &whole, &fault));
    for (uint64_t p = 0; p < PARTS; p++) {
        struct manner manner = {.threads = (unsigned)p + 1};
        uint64_t begin = part_begin(LANES, p, PARTS);
        lanes.count = part_begin(LANES, p + 1, PARTS) - begin;
        lanes.lanes_before = begin;
        lanes.first_draw = 1 + begin;
        lanes.manner = &manner;
        sources[1].values = given + begin;
        assert_true(engine_summarise(tape, &lanes, &pair, 1, arena, &parts[p], &fault));
        for (size_t c = 0; c < 2; c++)
            parts[p].cell[c] = there_and_back(arena, parts[p].cell[c], begin, lanes.count, 0);
    }
    summaries_join(arena, parts, PARTS, 2, 1, &joined);
    assert_int_equal(joined.lanes, LANES);
    assert_same(joined.cell[0], whole.cell[0]);
    assert_same(joined.cell[1], whole.cell[1]);
    assert_same(joined.pair[0], whole.pair[0]);
}

/* The whole leaves from 3 to 20, by hand: 3, 4-7, 8-15, 16-19. */
static void test_branches_are_those_of_the_leaves(void **state)
{
    static const struct state_lanes lanes = {3 * 256, 17 * 256 + 9, 0}, none = {0, 255, 0};
    static const struct {
        uint32_t level;
        uint64_t index;
    } expected[] = {{0, 3}, {2, 1}, {3, 1}, {2, 4}};
    (void)state;
    uint32_t level;
    uint64_t index;
    for (size_t b = 0; b < COUNT_OF(expected); b++) {
        assert_true(state_branch_place(lanes, b, &level, &index));
        assert_int_equal(level, expected[b].level);
        assert_int_equal(index, expected[b].index);
    }
    assert_false(state_branch_place(lanes, COUNT_OF(expected), &level, &index));
    assert_false(state_branch_place(none, 0, &level, &index));
}

/* --- refused --------------------------------------------------------------------------------- */

static const struct state_lanes altered = {256, 900, 0};
enum { FIRST = 256, LANES = 900 }; /* leaves 1, and 2 to 3 as a branch; 132 values behind */

static struct summary_state fresh(struct arena *arena)
{
    struct summary_state state;
    summary_take_apart(arena, summary_of(arena, FIRST, mixed_values(arena, LANES), LANES, 0),
                       &state);
    return state;
}

static void assert_refused(struct arena *arena, const struct summary_state *state,
                           const char *expected)
{
    struct summary *summary = NULL;
    const char *fault = summary_put_together(arena, state, altered, &summary);
    assert_non_null(fault);
    assert_string_equal(fault, expected);
    assert_null(summary);
}

/* Each block alters a fresh state in one place. */
#define ALTERED(change, expected)                                                                  \
    do {                                                                                           \
        struct summary_state s = fresh(arena);                                                     \
        change;                                                                                    \
        assert_refused(arena, &s, expected);                                                       \
    } while (0)

static void test_what_does_not_agree_with_itself_is_refused(void **state)
{
    struct arena *arena = *state;
    ALTERED(s.taken++, "it is of another number of draws");
    ALTERED(s.count = LANES + 1, "it is of another number of draws");
    ALTERED(s.rest_count--, "it is of another number of draws");
    ALTERED(s.least = (double)NAN, "its least and greatest are no such values");
    ALTERED(s.greatest = HUGE_VAL, "its least and greatest are no such values");
    ALTERED(s.greatest = s.least - 1, "its least and greatest are no such values");
    ALTERED(s.branches[0].level++, "its branches are not those of its draws");
    ALTERED(s.branches[1].index++, "its branches are not those of its draws");
    ALTERED(s.branch_count--, "a branch is missing");
    ALTERED(s.branches[0].count = 257, "a branch has more values than lanes");
    ALTERED(s.branches[0].count--, "its branches have another number of values than it has");
    ALTERED(s.branches[0].base = 1e300,
            "a value of a branch lies outside the least and the greatest");
    ALTERED(s.branches[0].base = (double)NAN,
            "a value of a branch lies outside the least and the greatest");
    ALTERED(s.branches[0].mean = 1e300, "the mean of a branch lies outside the least and the "
                                        "greatest");
    ALTERED(s.branches[0].squares = -1, "the squares of a branch do not fit its values");
    ALTERED(s.branches[0].squares = 1e300, "the squares of a branch do not fit its values");
    ALTERED(s.rest[1] = 1e300, "a value lies outside the least and the greatest");
    ALTERED(s.rest[1] = (double)NAN, "its branches have another number of values than it has");
    ALTERED(s.bins[1].key = s.bins[0].key - 1, "its bins are not in order");
    ALTERED(s.bins[1] = s.bins[0], "its bins are not in order");
    ALTERED(s.bins[0].key = 0x7ff, "its bins are not in order");
    ALTERED(s.bins[0].key = 0x800, "its bins are not in order");
    ALTERED(s.bins[s.bin_count - 1].key = 0x1000, "its bins are not in order");
    ALTERED(s.bins[s.bin_count - 1].bin = 128, "its bins are not in order");
    ALTERED(s.bins[0].count = 0, "its bins are not in order");
    ALTERED(s.bins[0].count = UINT64_MAX, "its bins have more values than it has");
    ALTERED(s.bin_count--, "its bins have fewer values than it has");
    ALTERED(s.greatest *= 2, "its bins do not begin and end with the least and the greatest");
}

/* Any byte of the plain numbers: refused, or a summary that can be read to its end. */
static void test_any_change_is_refused_or_harmless(void **state)
{
    struct arena *arena = *state;
    uint64_t random = 6;
    for (int trial = 0; trial < 3000; trial++) {
        struct summary_state s = fresh(arena);
        struct summary *summary = NULL;
        unsigned char *places[] = {(unsigned char *)s.branches, (unsigned char *)s.rest,
                                   (unsigned char *)s.bins};
        const size_t sizes[] = {s.branch_count * sizeof *s.branches, s.rest_count * sizeof *s.rest,
                                s.bin_count * sizeof *s.bins};
        uint32_t which = random_below(&random, 3);
        places[which][random_below(&random, (uint32_t)sizes[which])] ^=
            (unsigned char)(1 + random_below(&random, 255));
        if (summary_put_together(arena, &s, altered, &summary) == NULL)
            for (int p = 0; p <= 10; p++)
                assert_true(summary_quantile(summary, (double)p / 10) <= HUGE_VAL);
        if (trial % 100 == 0)
            arena_release(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_parts_are_joined_to_the_same_bits),
        TEST(test_replicates_are_joined_to_the_same_bits),
        TEST(test_requests_for_parts_agree_with_one),
        TEST(test_branches_are_those_of_the_leaves),
        TEST(test_what_does_not_agree_with_itself_is_refused),
        TEST(test_any_change_is_refused_or_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

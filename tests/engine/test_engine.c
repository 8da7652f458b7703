/* The engine against a slow evaluator, at many block sizes, and where values do not fit. */
#include <string.h>

#include "brute.h"
#include "engine/engine.h"
#include "engine/tape.h"
#include "fixture.h"

static void assert_same_bits(const double *actual, const double *expected, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (memcmp(&actual[i], &expected[i], sizeof *actual) != 0 &&
            !(isnan(actual[i]) && isnan(expected[i])))
            fail_msg("value %zu is %.17g, not %.17g", i, actual[i], expected[i]);
}

/* --- against the slow evaluator -------------------------------------------------------------- */

enum { LANES = 67, WANTED = 12, TRIALS = 80 };

struct trial {
    struct graph *graph;
    struct tape *tape;
    node_id wanted[WANTED];
    bool varies[RANDOM_PREMISES];
    struct lane_source sources[RANDOM_PREMISES];
    struct lanes lanes;
};

/* Awkward values among ordinary ones. */
static double random_value(uint64_t *state, bool truth)
{
    static const double awkward[] = {0, -1, 1, 2, 3, 1e300, HUGE_VAL, -0.0};
    if (truth)
        return random_below(state, 2);
    if (random_below(state, 6) == 0)
        return awkward[random_below(state, COUNT_OF(awkward))];
    return 6 * random_unit(state) - 1.5;
}

static void trial_make(struct trial *trial, struct arena *arena, uint64_t *state)
{
    trial->graph = random_graph(arena, state, 120);
    for (int w = 0; w < WANTED; w++) {
        uint32_t late = random_below(state, trial->graph->node_count / 2);
        trial->wanted[w] = trial->graph->node_count - 1 - late;
    }
    for (uint32_t p = 0; p < RANDOM_PREMISES; p++) {
        double *values = arena_array(arena, LANES, sizeof *values);
        trial->varies[p] = random_below(state, 2) == 0;
        for (int lane = 0; lane < LANES; lane++)
            values[lane] = random_value(state, p % 4 == 3);
        trial->sources[p] = (struct lane_source){.value = values[0]};
        if (trial->varies[p] && random_below(state, 5) != 0)
            trial->sources[p].values = values;
    }
    trial->lanes = (struct lanes){.sources = trial->sources, .count = LANES};
    trial->tape = tape_build(arena, trial->graph, trial->wanted, WANTED, trial->varies);
}

/* What the slow evaluator says: values as the engine gives them, up to the first lane that fails.
 */
struct answer {
    double *values;
    size_t good_lanes;
    struct engine_fault fault;
};

/* The first node with a fault among those that the wanted ones need, or NODE_NONE. */
static node_id first_fault(const struct trial *trial, const struct brute *brute,
                           struct arena *arena)
{
    const struct graph *graph = trial->graph;
    node_id first = NODE_NONE;
    bool *needed = arena_array(arena, graph->node_count, sizeof *needed);
    for (int w = 0; w < WANTED; w++)
        needed[trial->wanted[w]] = true;
    for (node_id n = graph->node_count; n-- > 0;) {
        for (uint32_t i = 0; needed[n] && i < graph->nodes[n].argument_count; i++)
            needed[graph->nodes[n].arguments[i]] = true;
        if (needed[n] && brute->faults[n] != OP_FAULT_NONE)
            first = n;
    }
    return first;
}

/* Writes one lane's wanted values; returns whether one of them is NaN. */
static bool brute_wanted(const struct trial *trial, const struct brute *brute, size_t lane,
                         double *out)
{
    bool any_nan = false;
    for (int w = 0; w < WANTED; w++) {
        size_t cells = graph_cells(trial->graph, trial->graph->nodes[trial->wanted[w]].axes);
        assert_int_equal(tape_wanted_cells(trial->tape, (size_t)w), cells);
        for (size_t cell = 0; cell < cells; cell++, out += LANES) {
            out[lane] = brute->values[trial->wanted[w]][cell];
            any_nan = any_nan || isnan(out[lane]);
        }
    }
    return any_nan;
}

static struct answer brute_answer(const struct trial *trial, struct arena *arena)
{
    struct answer answer = {
        .values = arena_array(arena, tape_cells(trial->tape) * LANES, sizeof *answer.values)};
    for (; answer.good_lanes < LANES; answer.good_lanes++) {
        double premises[RANDOM_PREMISES];
        for (int p = 0; p < RANDOM_PREMISES; p++)
            premises[p] = trial->sources[p].values != NULL
                              ? trial->sources[p].values[answer.good_lanes]
                              : trial->sources[p].value;
        struct brute brute = brute_evaluate(arena, trial->graph, premises);
        node_id faulty = first_fault(trial, &brute, arena);
        bool any_nan = brute_wanted(trial, &brute, answer.good_lanes, answer.values);
        if (faulty != NODE_NONE && any_nan) {
            answer.fault = (struct engine_fault){brute.faults[faulty], faulty, answer.good_lanes};
            break;
        }
    }
    return answer;
}

static void check_good_lanes(struct trial *trial, const struct answer *answer,
                             const struct manner *manner, struct arena *arena)
{
    struct engine_fault fault;
    size_t cells = tape_cells(trial->tape), count = answer->good_lanes;
    double *actual = arena_array(arena, cells * count, sizeof *actual);
    struct lanes lanes = {.sources = trial->sources, .count = count, .manner = manner};
    assert_true(engine_evaluate(trial->tape, &lanes, arena, actual, &fault));
    for (size_t cell = 0; cell < cells; cell++)
        assert_same_bits(actual + cell * count, answer->values + cell * LANES, count);
}

static void check_manner(struct trial *trial, const struct answer *answer,
                         const struct manner *manner, struct arena *arena)
{
    double *values = arena_array(arena, tape_cells(trial->tape) * LANES, sizeof *values);
    struct engine_fault fault = {0};
    struct lanes lanes = trial->lanes;
    lanes.manner = manner;
    bool good = engine_evaluate(trial->tape, &lanes, arena, values, &fault);
    assert_int_equal(good, answer->good_lanes == LANES);
    assert_int_equal(fault.fault, answer->fault.fault);
    assert_int_equal(fault.node, answer->fault.node);
    assert_int_equal(fault.lane, answer->fault.lane);
    if (answer->good_lanes > 0)
        check_good_lanes(trial, answer, manner, arena);
}

/* Blocks of 1 and 7 cut leaves and chunks at odd places; 0 is the engine's own choice. Returns the
 * lanes that were compared. */
static size_t check_trial(struct trial *trial, struct arena *arena)
{
    static const size_t blocks[] = {0, 1, 7, 32, 64, 256, 1024};
    static const enum isa isas[] = {ISA_BASELINE, ISA_AVX2, ISA_AVX512};
    struct answer answer = brute_answer(trial, arena);
    for (size_t i = 0; i < COUNT_OF(isas); i++)
        for (size_t b = 0; isa_fits(isas[i]) && b < COUNT_OF(blocks); b++)
            check_manner(trial, &answer, &(struct manner){.isa = isas[i], .block = blocks[b]},
                         arena);
    return answer.good_lanes;
}

static void test_random_graphs_agree_with_the_slow_evaluator(void **state)
{
    struct fixture *fixture = *state;
    uint64_t random = 11;
    size_t compared = 0, whole = 0;
    for (int i = 0; i < TRIALS; i++) {
        struct trial trial = {0};
        trial_make(&trial, &fixture->arena, &random);
        size_t lanes = check_trial(&trial, &fixture->arena);
        compared += lanes;
        whole += lanes == LANES;
        arena_release(&fixture->arena);
    }
    print_message("%zu lanes of %d agree; %zu trials without fault\n", compared, TRIALS * LANES,
                  whole);
    assert_true(whole >= TRIALS / 8 && whole < TRIALS);
}

/* --- sums ------------------------------------------------------------------------------------ */

static void check_sum(struct arena *arena, uint32_t size, bool varying)
{
    struct graph *graph = graph_new(arena);
    uint32_t axis = plain_axis(graph, "place", size);
    node_id x = APPLY(graph, OP_DIV, premise(graph, "x", VALUE_NUMBER), coordinate(graph, axis));
    node_id sum = reduce(graph, OP_SUM, axis, x);
    double lanes_of_x[3] = {1, -0.3, 1e10}, out[3], *row = arena_array(arena, size, sizeof *row);
    struct lane_source source = {.value = 1, .values = lanes_of_x};
    struct lanes lanes = {.sources = &source, .count = varying ? 3 : 1};
    struct tape *tape = tape_build(arena, graph, &sum, 1, &varying);
    struct engine_fault fault;
    assert_true(engine_evaluate(tape, &lanes, arena, out, &fault));
    for (size_t lane = 0; lane < lanes.count; lane++) {
        long double exact = 0;
        for (uint32_t p = 0; p < size; p++) {
            row[p] = lanes_of_x[lane] / (1 + 0.5 * p);
            exact += (long double)row[p];
        }
        assert_true(out[lane] == brute_sum(row, size));
        assert_close(out[lane], (double)exact, 1e-15, 0);
    }
}

/* Around the ends of partial sums, leaves and branches of the tree. */
static void test_sums_have_the_fixed_order(void **state)
{
    struct fixture *fixture = *state;
    static const uint32_t sizes[] = {1,   2,   15,  16,  17,   31,   255,  256,
                                     257, 511, 512, 513, 1000, 1280, 5000, 70001};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        check_sum(&fixture->arena, sizes[i], false);
        check_sum(&fixture->arena, sizes[i], true);
    }
}

/* --- what the tape leaves out ---------------------------------------------------------------- */

static void test_the_tape_drops_what_is_not_wanted(void **state)
{
    struct fixture *fixture = *state;
    struct graph *graph = graph_new(&fixture->arena);
    node_id a = premise(graph, "a", VALUE_NUMBER), b = premise(graph, "b", VALUE_NUMBER);
    node_id sum = APPLY(graph, OP_ADD, a, b), claimed;
    struct claim claim = {.name = "t.sum", .text = "{value}", .applies = NODE_NONE, .plugin = "t"};
    assert_int_equal(graph_claim(graph, &claim, sum, &claimed), STATUS_OK);
    node_id root = APPLY(graph, OP_SQRT, claimed);
    APPLY(graph, OP_EXP, root); /* not wanted */
    bool varies[] = {false, true};
    struct tape *tape = tape_build(&fixture->arena, graph, &root, 1, varies);
    assert_int_equal(tape->fixed_count, 1); /* a */
    assert_int_equal(tape->step_count, 3);  /* b, the sum, its root */
}

/* A chain of a hundred operations needs room for two of them. */
static void test_places_are_used_again(void **state)
{
    struct fixture *fixture = *state;
    struct graph *graph = graph_new(&fixture->arena);
    node_id node = premise(graph, "a", VALUE_NUMBER);
    for (int i = 0; i < 100; i++)
        node = APPLY(graph, OP_ABS, APPLY(graph, OP_MUL, node, constant(graph, i + 0.5)));
    bool varies = true;
    struct tape *tape = tape_build(&fixture->arena, graph, &node, 1, &varies);
    assert_int_equal(tape->varying_rows, 2);
}

static void test_draws_come_from_the_premise_s_stream(void **state)
{
    struct fixture *fixture = *state;
    struct graph *graph = graph_new(&fixture->arena);
    node_id x = premise(graph, "model.x", VALUE_NUMBER);
    struct distribution uniform = {.kind = DISTRIBUTION_UNIFORM, .parameter = {2, 5}, .scale = 1};
    assert_null(distribution_prepare(&uniform, &fixture->arena));
    struct lane_source source = {.distribution = &uniform};
    struct lanes lanes = {.sources = &source, .count = 1000, .first_draw = 17, .seed = 9};
    bool varies = true;
    struct tape *tape = tape_build(&fixture->arena, graph, &x, 1, &varies);
    double out[1000], expected[1000];
    struct engine_fault fault;
    assert_true(engine_evaluate(tape, &lanes, &fixture->arena, out, &fault));
    distribution_sample(&uniform, 9, stream_of_path("model.x"), 17, 1000, expected);
    assert_same_bits(out, expected, 1000);
}

/* --- faults ---------------------------------------------------------------------------------- */

struct faulty {
    struct graph *graph;
    node_id table, guarded; /* lookup(row); where(row < 3, lookup(row), -1) */
};

static struct faulty faulty_graph(struct arena *arena)
{
    struct graph *graph = graph_new(arena);
    node_id row = premise(graph, "row", VALUE_NUMBER), zero = constant(graph, 0);
    node_id table = APPLY(graph, OP_LOOKUP, row, zero, constant(graph, 10), constant(graph, 20),
                          constant(graph, 30));
    node_id inside = APPLY(graph, OP_ABOVE, constant(graph, 3), row);
    node_id guarded = APPLY(graph, OP_WHERE, inside, table, constant(graph, -1));
    return (struct faulty){graph, table, guarded};
}

static bool evaluate_rows(struct arena *arena, const struct faulty *faulty, node_id wanted,
                          const double *rows, size_t count, double *out, struct engine_fault *fault)
{
    bool varies = true;
    struct lane_source source = {.values = rows};
    struct lanes lanes = {.sources = &source, .count = count};
    struct tape *tape = tape_build(arena, faulty->graph, &wanted, 1, &varies);
    return engine_evaluate(tape, &lanes, arena, out, fault);
}

static void test_a_fault_names_its_first_lane(void **state)
{
    struct fixture *fixture = *state;
    struct faulty faulty = faulty_graph(&fixture->arena);
    double rows[600], out[600];
    for (int lane = 0; lane < 600; lane++)
        rows[lane] = lane >= 400 ? 7 : lane % 3;
    struct engine_fault fault = {0};
    assert_false(evaluate_rows(&fixture->arena, &faulty, faulty.table, rows, 600, out, &fault));
    assert_int_equal(fault.fault, OP_FAULT_OUTSIDE);
    assert_int_equal(fault.node, faulty.table);
    assert_int_equal(fault.lane, 400);
}

static void test_a_fault_nobody_selects_is_none(void **state)
{
    struct fixture *fixture = *state;
    struct faulty faulty = faulty_graph(&fixture->arena);
    const double rows[] = {0, 5, 2}, expected[] = {10, -1, 30};
    double out[3];
    struct engine_fault fault;
    assert_true(evaluate_rows(&fixture->arena, &faulty, faulty.guarded, rows, 3, out, &fault));
    assert_same_bits(out, expected, 3);
    /* The guard holds, but the row is not whole: now it is selected. */
    const double between[] = {0, 1.5};
    assert_false(evaluate_rows(&fixture->arena, &faulty, faulty.guarded, between, 2, out, &fault));
    assert_int_equal(fault.lane, 1);
}

/* Comparisons and logic must not turn a fault into a finite "false". */
static void test_a_fault_survives_comparison(void **state)
{
    struct fixture *fixture = *state;
    struct faulty faulty = faulty_graph(&fixture->arena);
    node_id above = APPLY(faulty.graph, OP_ABOVE, faulty.table, constant(faulty.graph, 15));
    node_id holds = APPLY(faulty.graph, OP_NOT, above);
    const double rows[] = {9};
    double out[1];
    struct engine_fault fault;
    assert_false(evaluate_rows(&fixture->arena, &faulty, holds, rows, 1, out, &fault));
    assert_int_equal(fault.node, faulty.table);
}

/* 0/0 is no fault: the caller sees NaN. */
static void test_what_is_not_finite_is_no_fault(void **state)
{
    struct fixture *fixture = *state;
    struct graph *graph = graph_new(&fixture->arena);
    node_id x = premise(graph, "x", VALUE_NUMBER);
    struct faulty faulty = {graph, x, x};
    node_id ratio = APPLY(graph, OP_DIV, x, x);
    const double rows[] = {0, 2};
    double out[2];
    struct engine_fault fault;
    assert_true(evaluate_rows(&fixture->arena, &faulty, ratio, rows, 2, out, &fault));
    assert_true(isnan(out[0]) && out[1] == 1);
}

static void test_a_fault_that_no_lane_changes(void **state)
{
    struct fixture *fixture = *state;
    struct faulty faulty = faulty_graph(&fixture->arena);
    bool varies = false;
    struct lane_source source = {.value = 3};
    struct lanes lanes = {.sources = &source, .count = 5};
    double out[10];
    struct engine_fault fault = {0};
    struct tape *tape = tape_build(&fixture->arena, faulty.graph, &faulty.table, 1, &varies);
    assert_false(engine_evaluate(tape, &lanes, &fixture->arena, out, &fault));
    assert_int_equal(fault.lane, 0);
    assert_int_equal(fault.node, faulty.table);
    tape = tape_build(&fixture->arena, faulty.graph, &faulty.guarded, 1, &varies);
    assert_true(engine_evaluate(tape, &lanes, &fixture->arena, out, &fault));
    assert_true(out[0] == -1 && out[4] == -1);
}

/* Who does not ask for faults gets NaN where they are, and every other value. */
static void test_faults_that_nobody_heeds(void **state)
{
    struct fixture *fixture = *state;
    struct faulty faulty = faulty_graph(&fixture->arena);
    node_id wanted[2] = {faulty.table, faulty.guarded};
    bool varies = false;
    struct lane_source source = {.value = 3};
    struct lanes lanes = {.sources = &source, .count = 1};
    double out[2] = {0, 0};
    struct tape *tape = tape_build(&fixture->arena, faulty.graph, wanted, 2, &varies);
    assert_true(engine_evaluate(tape, &lanes, &fixture->arena, out, NULL));
    assert_true(isnan(out[0]));
    assert_true(out[1] == -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_random_graphs_agree_with_the_slow_evaluator),
        TEST(test_sums_have_the_fixed_order),
        TEST(test_the_tape_drops_what_is_not_wanted),
        TEST(test_places_are_used_again),
        TEST(test_draws_come_from_the_premise_s_stream),
        TEST(test_a_fault_names_its_first_lane),
        TEST(test_a_fault_nobody_selects_is_none),
        TEST(test_a_fault_survives_comparison),
        TEST(test_what_is_not_finite_is_no_fault),
        TEST(test_a_fault_that_no_lane_changes),
        TEST(test_faults_that_nobody_heeds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

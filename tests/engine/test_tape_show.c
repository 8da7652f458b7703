/* What the listing of a tape says of graphs made by hand: each figure is counted in the comment
 * beside it. */
#include <string.h>

#include "brute.h"
#include "engine/tape_show.h"

enum { PLACES = 5 };

struct shown {
    struct arena arena;
    struct graph *graph;
    uint32_t kase;
    node_id fixed, varying; /* premises */
};

static int set_up(void **state)
{
    static struct shown shown;
    shown = (struct shown){.graph = NULL};
    arena_init(&shown.arena, &allocator_heap);
    shown.graph = graph_new(&shown.arena);
    shown.kase = plain_axis(shown.graph, "case", PLACES);
    shown.fixed = premise(shown.graph, "fixed", VALUE_NUMBER);
    shown.varying = premise(shown.graph, "varying", VALUE_NUMBER);
    *state = &shown;
    return 0;
}

static int tear_down(void **state)
{
    struct shown *shown = *state;
    arena_release(&shown->arena);
    return 0;
}

static const bool varies[] = {false, true};

static struct shown_tape *show(struct shown *shown, const node_id *wanted, size_t count,
                               struct tape **tape)
{
    static const struct lane_source sources[2] = {{.value = 2}, {.value = 3}};
    static const struct lanes lanes = {.sources = sources, .count = 1000};
    *tape = tape_build(&shown->arena, shown->graph, wanted, count, varies);
    return tape_show(&shown->arena, *tape, &lanes);
}

/* The step of a node; its loops are those before it that have not ended. */
static const struct shown_step *step_of(const struct shown_tape *tape, node_id node)
{
    for (size_t s = 0; s < tape->step_count; s++)
        if (tape->steps[s].node == node)
            return &tape->steps[s];
    return NULL;
}

/* exp(fixed) and its claim change in no lane; log(varying) is not asked for. */
static void test_what_no_lane_changes_is_fixed(void **state)
{
    struct shown *shown = *state;
    struct graph *graph = shown->graph;
    struct tape *tape;
    node_id hoisted = APPLY(graph, OP_EXP, shown->fixed), claimed;
    struct claim claim = {.name = "t.hoisted", .text = "{value}", .applies = NODE_NONE};
    assert_built(graph_claim(graph, &claim, hoisted, &claimed), graph);
    APPLY(graph, OP_LOG, shown->varying);
    node_id root = APPLY(graph, OP_SQRT, shown->varying);
    node_id wanted = APPLY(graph, OP_DIV, root, claimed);
    const struct shown_tape *listed = show(shown, &wanted, 1, &tape);
    assert_int_equal(listed->claims, 1);
    assert_int_equal(listed->nodes, 6);   /* two premises, exp, log, sqrt, div */
    assert_int_equal(listed->dead, 1);    /* log */
    assert_int_equal(listed->fixed, 2);   /* fixed, exp */
    assert_int_equal(listed->varying, 3); /* varying, sqrt, div */
    assert_int_equal(listed->folded, 0);  /* neither sqrt nor div has a loop for pairs */
    assert_int_equal(listed->step_count, 3);
    assert_int_equal(listed->loop_count, 0);
    assert_null(step_of(listed, hoisted));
    assert_non_null(step_of(listed, wanted));
    assert_int_equal(step_of(listed, wanted)->depth, 0);
}

/* sqrt(varying) has no case, so it stands before the loop; what has one stands in it. The sum,
 * after it, reads a row for each case. */
static void test_a_node_without_case_is_outside_its_loop(void **state)
{
    struct shown *shown = *state;
    struct graph *graph = shown->graph;
    struct tape *tape;
    node_id outside = APPLY(graph, OP_SQRT, shown->varying);
    node_id inside = APPLY(graph, OP_DIV, coordinate(graph, shown->kase), outside);
    node_id again = APPLY(graph, OP_EXP, inside);
    node_id sum = reduce(graph, OP_REDUCE_MAX, shown->kase, again);
    const struct shown_tape *listed = show(shown, &sum, 1, &tape);
    assert_int_equal(listed->loop_count, 1);
    assert_int_equal(step_of(listed, shown->varying)->depth, 0);
    assert_int_equal(step_of(listed, outside)->depth, 0);
    assert_int_equal(step_of(listed, inside)->depth, 1);
    assert_int_equal(step_of(listed, again)->depth, 1);
    assert_int_equal(step_of(listed, sum)->depth, 0);
    assert_int_equal(step_of(listed, inside)->rows, 1);
    assert_int_equal(step_of(listed, again)->rows, PLACES);
    assert_int_equal(step_of(listed, again)->axes, 1u << shown->kase);
    assert_int_equal(step_of(listed, sum)->axes, 0);
    const struct shown_step *loop = step_of(listed, outside) + 1;
    assert_true(loop->loops);
    assert_int_equal(loop->turns, PLACES);
    assert_int_equal(loop->axis, shown->kase);
    /* varying, sqrt, div and the greatest keep a row, exp keeps five */
    assert_int_equal(listed->rows_without_reuse, 4 + PLACES);
}

/* A chain of roots: each is read by the next alone, so two rows do for all, and the last one. */
static void test_rows_are_used_again(void **state)
{
    enum { CHAIN = 20 };
    struct shown *shown = *state;
    struct tape *tape;
    node_id node = shown->varying;
    for (int i = 0; i < CHAIN; i++)
        node = APPLY(shown->graph, OP_SQRT, node);
    const struct shown_tape *listed = show(shown, &node, 1, &tape);
    assert_int_equal(listed->rows_without_reuse, CHAIN + 1);
    assert_int_equal(listed->rows, 2);
    assert_int_equal(listed->block, ENGINE_LEAF);
    assert_int_equal(listed->bytes, (2 * ENGINE_LEAF + listed->fixed_cells) * sizeof(double));
}

/* A product in a sum, on the right of a difference, and with fixed weights. */
static void test_what_is_folded_is_named(void **state)
{
    struct shown *shown = *state;
    struct graph *graph = shown->graph;
    struct tape *tape;
    node_id of_case =
        APPLY(graph, OP_EXP, APPLY(graph, OP_DIV, coordinate(graph, shown->kase), shown->varying));
    node_id weighted = APPLY(graph, OP_MUL, of_case, coordinate(graph, shown->kase));
    node_id dot = reduce(graph, OP_SUM, shown->kase, weighted);
    node_id product = APPLY(graph, OP_MUL, shown->varying, shown->fixed);
    node_id pair = APPLY(graph, OP_SUB, shown->fixed, product);
    const struct shown_tape *listed = show(shown, (node_id[]){dot, pair}, 2, &tape);
    assert_int_equal(listed->folded, 2);
    assert_int_equal(step_of(listed, dot)->first, weighted);
    assert_int_equal(step_of(listed, pair)->first, product);
    assert_int_equal(step_of(listed, of_case)->first, NODE_NONE);
    assert_null(step_of(listed, product));
    assert_null(step_of(listed, weighted));
}

static void test_nothing_varies(void **state)
{
    struct shown *shown = *state;
    struct tape *tape;
    node_id wanted = APPLY(shown->graph, OP_EXP, shown->fixed);
    const struct shown_tape *listed = show(shown, &wanted, 1, &tape);
    assert_int_equal(listed->step_count, 0);
    assert_int_equal(listed->rows, 0);
    assert_int_equal(listed->varying, 0);
    assert_int_equal(listed->dead, 1); /* the other premise */
}

/* Shares of time are what a clock says, but they are shares. Every lane is run, and no value of the
 * tape changes for it. */
static void test_shares_of_time_add_up(void **state)
{
    struct shown *shown = *state;
    static const struct lane_source sources[2] = {{.value = 2}, {.value = 3}};
    struct lanes lanes = {.sources = sources, .count = 1000};
    struct engine_fault fault;
    struct tape *tape;
    node_id inside = APPLY(shown->graph, OP_DIV, coordinate(shown->graph, shown->kase),
                           APPLY(shown->graph, OP_SQRT, shown->varying));
    node_id sum = reduce(shown->graph, OP_SUM, shown->kase, inside);
    struct shown_tape *listed = show(shown, &sum, 1, &tape);
    double before[1000], after[1000], shares = 0;
    assert_true(engine_evaluate(tape, &lanes, &shown->arena, before, &fault));
    tape_time(listed, tape, &lanes, 60, &shown->arena);
    assert_true(engine_evaluate(tape, &lanes, &shown->arena, after, &fault));
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(listed->timed_lanes, 1000);
    for (size_t s = 0; s < listed->step_count; s++) {
        assert_true(listed->steps[s].share >= 0);
        shares += listed->steps[s].share;
    }
    assert_close(shares, 1, 0, 1e-9);
}

/* In random graphs every node is counted once: what is wanted or needed varies or not by the rule
 * that a lane reaches it through a premise that varies. */
static void test_random_graphs_are_counted(void **state)
{
    struct shown *shown = *state;
    uint64_t seed = 7;
    for (int round = 0; round < 50; round++) {
        struct graph *graph = random_graph(&shown->arena, &seed, 100);
        bool *needed = arena_array(&shown->arena, graph->node_count, sizeof *needed);
        bool *moves = arena_array(&shown->arena, graph->node_count, sizeof *moves);
        bool of[RANDOM_PREMISES];
        for (int p = 0; p < RANDOM_PREMISES; p++)
            of[p] = random_below(&seed, 2) == 0;
        node_id wanted = graph->node_count - 1 - random_below(&seed, 20);
        struct lanes lanes = {.count = 1};
        const struct shown_tape *listed =
            tape_show(&shown->arena, tape_build(&shown->arena, graph, &wanted, 1, of), &lanes);
        size_t dead = 0, fixed = 0, varying = 0;
        needed[wanted] = true;
        for (node_id n = graph->node_count; n-- > 0;)
            for (uint32_t i = 0; needed[n] && i < graph->nodes[n].argument_count; i++)
                needed[graph->nodes[n].arguments[i]] = true;
        for (node_id n = 0; n < graph->node_count; n++) {
            const struct node *node = &graph->nodes[n];
            moves[n] = node->op == OP_PREMISE && of[node->index];
            for (uint32_t i = 0; i < node->argument_count; i++)
                moves[n] = moves[n] || moves[node->arguments[i]];
            if (node->op == OP_CLAIM)
                continue;
            dead += !needed[n];
            fixed += needed[n] && !moves[n];
            varying += needed[n] && moves[n];
        }
        assert_int_equal(listed->dead, dead);
        assert_int_equal(listed->fixed, fixed);
        assert_int_equal(listed->varying, varying);
        assert_int_equal(listed->nodes + listed->claims, graph->node_count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_no_lane_changes_is_fixed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_node_without_case_is_outside_its_loop, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_rows_are_used_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_folded_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_varies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shares_of_time_add_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_random_graphs_are_counted, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What is kept of rows from one phase to another changes no bit: against the same phases without
 * keeping. */
#include <string.h>

#include "brute.h"
#include "engine/phases_parts.h"

enum { CLASSES = 2, REGIMES = 3, ROWS = 1500, LANES = 3, WANTED = 5 };

static const uint64_t firsts[CLASSES + 1] = {0, 1100, ROWS};
static const char *const names[] = {"a", "b", "c"};

struct rowed {
    struct arena arena;
    struct graph *graph;
    uint32_t column_of[8];
    double x[ROWS], weights[ROWS];
    const double *columns[2];
    struct rows rows;
    node_id wanted[WANTED];
};

/* y = exp(k x) times 1, 2 or 3 by regime, but in class b the same for all regimes; its sum; then
 * what reads both, twice over: the spread, and what is beyond the spread. */
static void make_graph(struct rowed *r)
{
    struct graph *g = r->graph = graph_new(&r->arena);
    uint32_t regime = named_axis(g, "regime", REGIMES, names, false);
    uint32_t kase = named_axis(g, "case", CLASSES, names, true);
    node_id x[CLASSES] = {premise(g, "a.x", VALUE_NUMBER), premise(g, "b.x", VALUE_NUMBER)};
    node_id k = premise(g, "k", VALUE_NUMBER);
    node_id factors[REGIMES] = {constant(g, 1), constant(g, 2), constant(g, 3)};
    node_id of_class[CLASSES] = {
        APPLY(g, OP_MUL, APPLY(g, OP_EXP, APPLY(g, OP_MUL, k, x[0])), stack_of(g, regime, factors)),
        APPLY(g, OP_EXP, APPLY(g, OP_SQRT, x[1]))};
    node_id y = stack_of(g, kase, of_class);
    node_id deep = APPLY(g, OP_LOG, APPLY(g, OP_ADD, APPLY(g, OP_ABS, y), constant(g, 1)));
    node_id mean = reduce(g, OP_SUM, kase, y);
    node_id off = APPLY(g, OP_SUB, deep, mean);
    node_id spread = reduce(g, OP_SUM, kase, APPLY(g, OP_MUL, off, off));
    node_id beyond = APPLY(g, OP_DIV, deep, spread);
    for (size_t p = 0; p < COUNT_OF(r->column_of); p++)
        r->column_of[p] = p < CLASSES ? 0 : ROWS_NONE;
    const node_id wanted[WANTED] = {mean, spread, beyond, reduce(g, OP_REDUCE_MIN, kase, beyond),
                                    APPLY(g, OP_ABOVE, deep, mean)};
    memcpy(r->wanted, wanted, sizeof wanted);
}

static int set_up(void **state)
{
    static struct rowed r;
    uint64_t random = 3;
    memset(&r, 0, sizeof r);
    arena_init(&r.arena, &allocator_heap);
    make_graph(&r);
    for (size_t i = 0; i < ROWS; i++) {
        r.x[i] = random_unit(&random);
        r.weights[i] = i % 5 == 0 ? 0 : 1 + random_unit(&random);
    }
    r.columns[0] = r.x;
    r.rows = (struct rows){1, firsts, r.columns, r.column_of, r.weights};
    *state = &r;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(&((struct rowed *)*state)->arena);
    return 0;
}

/* Evaluates with and without keeping, on as many threads; returns what evaluating returns. */
static bool same_without(struct rowed *r, unsigned threads, struct engine_fault *fault)
{
    enum { CELLS = REGIMES * (3 + 2 * CLASSES) };
    static const double k[LANES] = {0.5, 1, -2};
    struct manner manner = {.threads = threads};
    struct lane_source sources[3] = {{.value = 0}, {.value = 0}, {.values = k}};
    struct lanes lanes = {.sources = sources, .count = LANES, .manner = &manner};
    const bool varies[3] = {false, false, true};
    double kept[CELLS * LANES] = {0}, plain[CELLS * LANES] = {0};
    const char *why;
    struct engine_fault before = {OP_FAULT_NONE, NODE_NONE, 0}, after = before;
    struct phases *phases = phases_build(&r->arena, r->graph, r->wanted, WANTED, &r->rows, &why);
    assert_non_null(phases);
    assert_non_null(phases->keeping);
    bool first = phases_evaluate(phases, &lanes, varies, &r->arena, kept, &before);
    phases->keeping = NULL;
    bool second = phases_evaluate(phases, &lanes, varies, &r->arena, plain, &after);
    assert_int_equal(first, second);
    assert_int_equal(before.fault, after.fault);
    assert_int_equal(before.node, after.node);
    assert_int_equal(before.lane, after.lane);
    if (first)
        assert_memory_equal(kept, plain, sizeof kept);
    *fault = before;
    return first;
}

static void test_keeping_changes_no_bit(void **state)
{
    struct engine_fault fault;
    for (unsigned threads = 1; threads <= 3; threads++)
        assert_true(same_without(*state, threads, &fault));
}

/* log(|exp(k x)| + 1) is kept; exp(k x) is computed again in no phase. */
static void test_what_is_kept(void **state)
{
    struct rowed *r = *state;
    const char *why;
    struct phases *phases = phases_build(&r->arena, r->graph, r->wanted, WANTED, &r->rows, &why);
    assert_int_equal(phases_count(phases), 3);
    assert_int_equal(phases->kept_count, 1);
    assert_int_equal(r->graph->nodes[phases->kept[0].node].op, OP_LOG);
    assert_int_equal(phases->kept[0].phase, 0);
    assert_int_equal(phases->kept_columns, REGIMES);
}

/* Few rows are computed again, for a graph for each phase would take longer. */
static void test_few_rows_are_not_kept(void **state)
{
    static const uint64_t few[CLASSES + 1] = {0, 20, 30};
    struct rowed *r = *state;
    const char *why;
    r->rows.first = few;
    assert_null(phases_build(&r->arena, r->graph, r->wanted, WANTED, &r->rows, &why)->keeping);
}

/* A table is read beyond its end by one row, in the value that is kept: the fault is the same, and
 * so are the results where nobody looks at it. */
static void test_faults_are_the_same(void **state)
{
    struct rowed *r = *state;
    struct graph *g = r->graph;
    struct engine_fault fault;
    node_id arguments[6] = {APPLY(g, OP_FLOOR, r->wanted[0]), constant(g, 0)}, looked;
    uint32_t kase = graph_find_axis(g, "case");
    node_id x[CLASSES] = {premise(g, "a.x", VALUE_NUMBER), premise(g, "b.x", VALUE_NUMBER)};
    arguments[0] = APPLY(g, OP_FLOOR, stack_of(g, kase, x));
    for (int i = 0; i < 4; i++)
        arguments[2 + i] = constant(g, i + 10);
    assert_built(graph_apply(g, OP_LOOKUP, arguments, 6, 1, &looked), g);
    node_id deep = APPLY(g, OP_EXP, looked);
    node_id sum = reduce(g, OP_SUM, kase, deep);
    node_id later = reduce(g, OP_SUM, kase, APPLY(g, OP_DIV, deep, sum));
    r->wanted[2] = later; /* in place of one with more cells */
    r->wanted[3] = sum;
    assert_true(same_without(r, 2, &fault));
    r->x[700] = 4;
    assert_false(same_without(r, 2, &fault));
    assert_int_equal(fault.fault, OP_FAULT_OUTSIDE);
    assert_int_equal(fault.node, looked);
    node_id fits = APPLY(g, OP_AT_LEAST, constant(g, 3), stack_of(g, kase, x));
    node_id chosen = APPLY(g, OP_WHERE, fits, deep, constant(g, 1));
    r->wanted[3] = reduce(g, OP_SUM, kase, chosen);
    r->wanted[2] = reduce(g, OP_SUM, kase, APPLY(g, OP_DIV, chosen, r->wanted[3]));
    assert_true(same_without(r, 2, &fault));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_keeping_changes_no_bit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_few_rows_are_not_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_faults_are_the_same, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

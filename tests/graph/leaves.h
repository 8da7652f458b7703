/* What the tests of the builder share: a graph with a leaf of each sort. */
#ifndef ASSIZE_TESTS_GRAPH_LEAVES_H
#define ASSIZE_TESTS_GRAPH_LEAVES_H

#include <string.h>

#include "cmocka_all.h"
#include "graph/graph.h"

/* A graph with a leaf of each sort. */
struct bench {
    struct arena arena;
    struct graph *graph;
    uint32_t regime, kase, count;                /* axes */
    node_id pure, harm, month, truth, label;     /* premises */
    node_id other_label;                         /* of another list */
    node_id zero, one, two, half, infinity, yes; /* literals */
    node_id by_case, by_regime, coordinate;
};

static const char *const two_regimes[] = {"fines", "mandatory"};
static const char *const three_cases[] = {"a", "b", "c"};
static const char *const levels[] = {"low", "high"};
static const char *const colours[] = {"red", "green"};
static const double counts[] = {0, 1, 2, 3};

static inline struct unit unit_of(const char *text)
{
    struct unit unit = unit_one;
    double scale;
    assert_true(unit_parse(text, &unit, &scale));
    return unit;
}

static inline node_id premise(struct bench *bench, const char *path, enum value_kind kind,
                              const char *unit, const char *const *labels)
{
    struct graph_premise leaf = {path, kind, unit_of(unit), labels, labels != NULL ? 2 : 0};
    node_id node = NODE_NONE;
    assert_int_equal(graph_premise(bench->graph, &leaf, &node), STATUS_OK);
    return node;
}

static inline node_id constant(struct bench *bench, double value, const char *text)
{
    struct unit unit = unit_of(text);
    node_id node = NODE_NONE;
    assert_int_equal(graph_constant(bench->graph, value, &unit, &node), STATUS_OK);
    return node;
}

static inline void open_leaves(struct bench *bench)
{
    bench->pure = premise(bench, "model.pure", VALUE_NUMBER, "1", NULL);
    bench->harm = premise(bench, "model.harm", VALUE_NUMBER, "hu", NULL);
    bench->month = premise(bench, "model.time", VALUE_NUMBER, "month", NULL);
    bench->truth = premise(bench, "model.sure", VALUE_TRUTH, "1", NULL);
    bench->label = premise(bench, "model.level", VALUE_LABEL, "1", levels);
    bench->other_label = premise(bench, "model.colour", VALUE_LABEL, "1", colours);
    bench->zero = constant(bench, 0, "1");
    bench->one = constant(bench, 1, "1");
    bench->two = constant(bench, 2, "1");
    bench->half = constant(bench, 0.5, "1");
    bench->infinity = constant(bench, (double)INFINITY, "1");
    assert_int_equal(graph_truth(bench->graph, true, &bench->yes), STATUS_OK);
}

static inline int open_bench(void **state)
{
    static struct bench bench;
    arena_init(&bench.arena, &allocator_heap);
    bench.graph = graph_new(&bench.arena);
    struct axis regime = {"regime", 2, two_regimes, NULL, unit_one, false};
    struct axis kase = {"case", 3, three_cases, NULL, unit_one, false};
    struct axis count = {"count", 4, NULL, counts, unit_of("item"), false};
    assert_int_equal(graph_axis(bench.graph, &regime, &bench.regime), STATUS_OK);
    assert_int_equal(graph_axis(bench.graph, &kase, &bench.kase), STATUS_OK);
    assert_int_equal(graph_axis(bench.graph, &count, &bench.count), STATUS_OK);
    open_leaves(&bench);
    node_id cases[] = {bench.pure, bench.one, bench.two}, regimes[] = {bench.one, bench.two};
    assert_int_equal(graph_stack(bench.graph, bench.kase, cases, &bench.by_case), STATUS_OK);
    assert_int_equal(graph_stack(bench.graph, bench.regime, regimes, &bench.by_regime), STATUS_OK);
    assert_int_equal(graph_coordinate(bench.graph, bench.count, &bench.coordinate), STATUS_OK);
    *state = &bench;
    return 0;
}

static inline int close_bench(void **state)
{
    struct bench *bench = *state;
    arena_release(&bench->arena);
    return 0;
}

/* --- building --------------------------------------------------------------------------------- */

#define ARGUMENTS(...) ((node_id[]){__VA_ARGS__}), (sizeof((node_id[]){__VA_ARGS__}) / 4)

static inline const struct node *built(struct bench *bench, enum op op, const node_id *arguments,
                                       size_t count)
{
    node_id node = NODE_NONE;
    enum status status =
        graph_apply(bench->graph, op, arguments, (uint32_t)count, op == OP_LOOKUP ? 1 : 0, &node);
    if (status != STATUS_OK)
        print_error("%s: %s\n", op_spelling(op), bench->graph->fault);
    assert_int_equal(status, STATUS_OK);
    return &bench->graph->nodes[node];
}

static inline void assert_number(const struct node *node, const char *unit)
{
    struct unit expected = unit_of(unit);
    assert_int_equal(node->kind, VALUE_NUMBER);
    assert_true(unit_equal(&node->unit, &expected));
}

static inline void assert_literal(const struct node *node, double value, const char *unit)
{
    assert_int_equal(node->op, OP_CONST);
    assert_number(node, unit);
    assert_close(node->constant, value, 0, 0);
}

static inline void assert_refused(struct bench *bench, enum op op, const node_id *arguments,
                                  size_t count, const char *fault)
{
    node_id node = 12345;
    uint32_t before = bench->graph->node_count;
    assert_int_equal(
        graph_apply(bench->graph, op, arguments, (uint32_t)count, op == OP_LOOKUP ? 1 : 0, &node),
        STATUS_PLUGIN);
    assert_string_equal(bench->graph->fault, fault);
    assert_int_equal(node, 12345);
    assert_int_equal(bench->graph->node_count, before);
}

#endif

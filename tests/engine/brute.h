/* A second evaluator, slow and plain: every cell of every node, one lane at a time, by op_apply();
 * and graphs made at random for it and the engine to agree on. */
#ifndef ASSIZE_TESTS_ENGINE_BRUTE_H
#define ASSIZE_TESTS_ENGINE_BRUTE_H

#include <stdio.h>

#include "cmocka_all.h"
#include "graph/graph.h"

/* --- graphs by hand -------------------------------------------------------------------------- */

static inline void assert_built(enum status status, const struct graph *graph)
{
    if (status != STATUS_OK)
        fail_msg("%s", graph->fault);
}

static inline node_id premise(struct graph *graph, const char *path, enum value_kind kind)
{
    struct graph_premise leaf = {.path = path, .kind = kind, .unit = unit_one};
    node_id node = NODE_NONE;
    assert_built(graph_premise(graph, &leaf, &node), graph);
    return node;
}

static inline node_id constant(struct graph *graph, double value)
{
    node_id node = NODE_NONE;
    assert_built(graph_constant(graph, value, &unit_one, &node), graph);
    return node;
}

/* `classes`: its places are classes of rows. */
static inline uint32_t named_axis(struct graph *graph, const char *name, uint32_t size,
                                  const char *const *labels, bool classes)
{
    struct axis axis = {
        .name = name, .size = size, .labels = labels, .unit = unit_one, .classes = classes};
    uint32_t index = 0;
    assert_built(graph_axis(graph, &axis, &index), graph);
    return index;
}

static inline node_id stack_of(struct graph *graph, uint32_t axis, const node_id *places)
{
    node_id node = NODE_NONE;
    assert_built(graph_stack(graph, axis, places, &node), graph);
    return node;
}

#define APPLY(graph, op, ...)                                                                      \
    apply((graph), (op), sizeof((node_id[]){__VA_ARGS__}) / sizeof(node_id),                       \
          (node_id[]){__VA_ARGS__})

static inline node_id apply(struct graph *graph, enum op op, size_t count, const node_id *arguments)
{
    node_id node = NODE_NONE;
    assert_built(graph_apply(graph, op, arguments, (uint32_t)count, 1, &node), graph);
    return node;
}

static inline node_id reduce(struct graph *graph, enum op op, uint32_t axis, node_id argument)
{
    node_id node = NODE_NONE;
    assert_built(graph_reduce(graph, op, axis, argument, &node), graph);
    return node;
}

static inline node_id coordinate(struct graph *graph, uint32_t axis)
{
    node_id node = NODE_NONE;
    assert_built(graph_coordinate(graph, axis, &node), graph);
    return node;
}

/* An axis whose coordinates are 1, 1.5, 2, ... */
static inline uint32_t plain_axis(struct graph *graph, const char *name, uint32_t size)
{
    double *coordinates = arena_array(graph->arena, size, sizeof *coordinates);
    for (uint32_t i = 0; i < size; i++)
        coordinates[i] = 1 + 0.5 * i;
    struct axis axis = {.name = name, .size = size, .coordinates = coordinates, .unit = unit_one};
    uint32_t index = 0;
    assert_int_equal(graph_axis(graph, &axis, &index), STATUS_OK);
    return index;
}

/* --- the slow evaluator ---------------------------------------------------------------------- */

/* The coordinate along `axis` of a cell of a node with `axes`. */
static inline size_t brute_coordinate(const struct graph *graph, axis_set axes, size_t cell,
                                      uint32_t axis)
{
    for (uint32_t a = graph->axis_count; a-- > axis + 1;)
        if ((axes >> a & 1) != 0)
            cell /= graph->axes[a].size;
    return cell % graph->axes[axis].size;
}

/* The cell of `to` that agrees with a cell of `from`, where `place` stands along `axis`. */
static inline size_t brute_cell(const struct graph *graph, axis_set from, size_t cell, axis_set to,
                                uint32_t axis, size_t place)
{
    size_t result = 0;
    for (uint32_t a = 0; a < graph->axis_count; a++)
        if ((to >> a & 1) != 0)
            result = result * graph->axes[a].size +
                     (a == axis ? place : brute_coordinate(graph, from, cell, a));
    return result;
}

/* Partial sum p holds values p, p + 16, p + 32, ... */
static inline double brute_leaf(const double *values, size_t count)
{
    double sum = 0;
    for (size_t p = 0; p < 16 && p < count; p++) {
        double partial = values[p];
        for (size_t i = p + 16; i < count; i += 16)
            partial += values[i];
        sum = p == 0 ? partial : sum + partial;
    }
    return sum;
}

/* The fixed order of sums, from the rule and not from the engine's way of doing it: leaves of 256
 * in a binary tree whose left branch holds the largest power of two of leaves, if it is not all. */
static inline double brute_sum(const double *values, size_t count)
{
    if (count <= 256)
        return brute_leaf(values, count);
    size_t left = 256;
    while (2 * left < count)
        left *= 2;
    return brute_sum(values, left) + brute_sum(values + left, count - left);
}

static inline double brute_reduce(const struct graph *graph, const struct node *node, size_t cell,
                                  double *const *values, struct arena *arena)
{
    node_id of = node->arguments[0];
    axis_set axes = graph->nodes[of].axes;
    size_t size = graph->axes[node->index].size;
    double *row = arena_array(arena, size, sizeof *row);
    for (size_t p = 0; p < size; p++)
        row[p] = values[of][brute_cell(graph, node->axes, cell, axes, node->index, p)];
    if (node->op == OP_SUM)
        return brute_sum(row, size);
    enum op_fault fault = OP_FAULT_NONE;
    enum op two = node->op == OP_REDUCE_MIN ? OP_MIN : OP_MAX;
    for (size_t p = 1; p < size; p++)
        row[0] = op_apply(two, (double[]){row[0], row[p]}, 2, 0, &fault);
    return row[0];
}

static inline double brute_apply(const struct graph *graph, const struct node *node, size_t cell,
                                 double *const *values, struct arena *arena, enum op_fault *fault)
{
    double *arguments = arena_array(arena, node->argument_count, sizeof *arguments);
    for (uint32_t i = 0; i < node->argument_count; i++) {
        axis_set axes = graph->nodes[node->arguments[i]].axes;
        arguments[i] =
            values[node->arguments[i]][brute_cell(graph, node->axes, cell, axes, UINT32_MAX, 0)];
    }
    return op_apply(node->op, arguments, node->argument_count, node->index, fault);
}

static inline double brute_value(const struct graph *graph, const struct node *node, size_t cell,
                                 double *const *values, const double *premises, struct arena *arena,
                                 enum op_fault *fault)
{
    size_t place = 0;
    switch (node->op) {
    case OP_CONST:
        return node->constant;
    case OP_PREMISE:
        return premises[node->index];
    case OP_COORDINATE:
        return graph->axes[node->index].coordinates[cell];
    case OP_CLAIM:
        return values[node->arguments[0]][cell];
    case OP_STACK: {
        place = brute_coordinate(graph, node->axes, cell, node->index);
        node_id of = node->arguments[place];
        axis_set axes = graph->nodes[of].axes;
        return values[of][brute_cell(graph, node->axes, cell, axes, UINT32_MAX, 0)];
    }
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        return brute_reduce(graph, node, cell, values, arena);
    default:
        return brute_apply(graph, node, cell, values, arena, fault);
    }
}

/* values[n][cell] of every node, and the fault met in any cell of it. */
struct brute {
    double **values;
    enum op_fault *faults;
};

static inline struct brute brute_evaluate(struct arena *arena, const struct graph *graph,
                                          const double *premises)
{
    struct brute brute = {arena_array(arena, graph->node_count, sizeof(double *)),
                          arena_array(arena, graph->node_count, sizeof(enum op_fault))};
    for (node_id n = 0; n < graph->node_count; n++) {
        const struct node *node = &graph->nodes[n];
        size_t cells = graph_cells(graph, node->axes);
        brute.values[n] = arena_array(arena, cells, sizeof(double));
        for (size_t cell = 0; cell < cells; cell++)
            brute.values[n][cell] =
                brute_value(graph, node, cell, brute.values, premises, arena, &brute.faults[n]);
    }
    return brute;
}

/* --- graphs at random ------------------------------------------------------------------------ */

/* splitmix64 (Steele, Lea, Flood 2014). */
static inline uint64_t random_bits(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static inline uint32_t random_below(uint64_t *state, uint32_t bound)
{
    return (uint32_t)(random_bits(state) % bound);
}

static inline double random_unit(uint64_t *state)
{
    return (double)(random_bits(state) >> 11) * 0x1p-53;
}

enum { RANDOM_PREMISES = 12, RANDOM_AXES = 5, RANDOM_MOST = 400 };

/* What a random graph draws its arguments from. */
struct random_pool {
    struct graph *graph;
    node_id numbers[RANDOM_MOST], truths[RANDOM_MOST];
    uint32_t number_count, truth_count;
};

/* One of the pool, more often a late one. */
static inline node_id pick(uint64_t *state, const node_id *pool, uint32_t count)
{
    uint32_t a = random_below(state, count), b = random_below(state, count);
    return pool[a > b ? a : b];
}

static inline void pool_add(struct random_pool *pool, node_id node)
{
    bool truth = pool->graph->nodes[node].kind == VALUE_TRUTH;
    uint32_t *count = truth ? &pool->truth_count : &pool->number_count;
    if (*count < RANDOM_MOST)
        (truth ? pool->truths : pool->numbers)[(*count)++] = node;
}

static inline struct random_pool *pool_new(struct arena *arena)
{
    static const uint32_t sizes[RANDOM_AXES] = {2, 3, 1, 5, 40};
    struct random_pool *pool = arena_alloc(arena, sizeof *pool);
    struct graph *graph = pool->graph = graph_new(arena);
    for (uint32_t a = 0; a < RANDOM_AXES; a++) {
        uint32_t axis = plain_axis(graph, arena_printf(arena, "axis%u", a), sizes[a]);
        pool_add(pool, coordinate(graph, axis));
    }
    for (int p = 0; p < RANDOM_PREMISES; p++)
        pool_add(pool, premise(graph, arena_printf(arena, "p%d", p),
                               p % 4 == 3 ? VALUE_TRUTH : VALUE_NUMBER));
    pool_add(pool, constant(graph, 0.75));
    pool_add(pool, constant(graph, 3));
    return pool;
}

/* How many arguments an operation of any number of arguments gets. */
static inline uint32_t random_arity(uint64_t *state, enum op op)
{
    uint32_t knots = 1 + random_below(state, 4);
    if (op == OP_INTERPOLATE)
        return 1 + 2 * knots;
    if (op == OP_LOOKUP)
        return 2 + 2 * knots;
    return op_arity(op) < 0 ? 2 + 2 * knots : (uint32_t)op_arity(op);
}

static inline node_id pick_number(const struct random_pool *pool, uint64_t *state)
{
    return pick(state, pool->numbers, pool->number_count);
}

/* A whole number between 0 and `most` (or NaN), made from one of the pool. */
static inline node_id pick_whole(const struct random_pool *pool, uint64_t *state, double most)
{
    struct graph *graph = pool->graph;
    node_id whole = APPLY(graph, OP_FLOOR, pick_number(pool, state));
    return APPLY(graph, OP_CLAMP, whole, constant(graph, 0), constant(graph, most));
}

/* Argument i of an operation that may fail, so that it does not. */
static inline node_id pick_safe(const struct random_pool *pool, uint64_t *state, enum op op,
                                uint32_t count, uint32_t i)
{
    struct graph *graph = pool->graph;
    uint32_t lead = op == OP_INTERPOLATE ? 1 : 2;
    bool knots = op == OP_INTERPOLATE || op == OP_STEP_FROM || op == OP_STEP_OVER;
    bool binomial = op == OP_BINOMIAL_PMF || op == OP_BINOMIAL_TAIL;
    if (knots && i >= lead && i < lead + (count - lead) / 2)
        return constant(graph, (double)i - 2);
    if (op == OP_LOOKUP && i < 2)
        return pick_whole(pool, state, i == 0 ? (count - 2) / 2 - 1 : 1);
    if (binomial && i < 2)
        return pick_whole(pool, state, 9);
    if (binomial)
        return APPLY(graph, OP_CLAMP, pick_number(pool, state), constant(graph, 0),
                     constant(graph, 1));
    return pick_number(pool, state);
}

/* Any elementwise operation on arguments of the right kinds; those that may fail mostly do not. */
static inline void pool_apply(struct random_pool *pool, uint64_t *state)
{
    enum op op = OP_ADD + random_below(state, OP_BINOMIAL_TAIL - OP_ADD + 1);
    uint32_t count = random_arity(state, op);
    bool logic = op == OP_AND || op == OP_OR || op == OP_NOT;
    bool safe = random_below(state, 40) != 0;
    node_id arguments[16], node;
    for (uint32_t i = 0; i < count; i++) {
        if (logic || (op == OP_WHERE && i == 0))
            arguments[i] = pick(state, pool->truths, pool->truth_count);
        else
            arguments[i] = safe ? pick_safe(pool, state, op, count, i) : pick_number(pool, state);
    }
    if (graph_apply(pool->graph, op, arguments, count, op == OP_LOOKUP ? 2 : 0, &node) == STATUS_OK)
        pool_add(pool, node);
}

static inline void pool_reduce(struct random_pool *pool, uint64_t *state)
{
    enum op op = OP_SUM + random_below(state, 3);
    node_id node, of = pick_number(pool, state);
    if (graph_reduce(pool->graph, op, random_below(state, RANDOM_AXES), of, &node) == STATUS_OK)
        pool_add(pool, node);
}

static inline void pool_stack(struct random_pool *pool, uint64_t *state)
{
    uint32_t axis = random_below(state, RANDOM_AXES);
    node_id arguments[64], node;
    for (uint32_t i = 0; i < pool->graph->axes[axis].size; i++)
        arguments[i] = pick_number(pool, state);
    if (graph_stack(pool->graph, axis, arguments, &node) == STATUS_OK)
        pool_add(pool, node);
}

static inline void pool_claim(struct random_pool *pool, uint64_t *state)
{
    struct claim claim = {.name =
                              arena_printf(pool->graph->arena, "t.c%u", pool->graph->claim_count),
                          .text = "{value}",
                          .applies = NODE_NONE,
                          .plugin = "t.lua"};
    node_id node, of = pick_number(pool, state);
    if (graph_claim(pool->graph, &claim, of, &node) == STATUS_OK)
        pool_add(pool, node);
}

/* A graph over axes of sizes 2, 3, 1, 5 and 40, with about `count` operations of all kinds. */
static inline struct graph *random_graph(struct arena *arena, uint64_t *state, size_t count)
{
    struct random_pool *pool = pool_new(arena);
    for (size_t i = 0; i < count; i++) {
        uint32_t kind = random_below(state, 12);
        if (kind < 8)
            pool_apply(pool, state);
        else if (kind < 10)
            pool_reduce(pool, state);
        else if (kind == 10)
            pool_stack(pool, state);
        else
            pool_claim(pool, state);
    }
    return pool->graph;
}

#endif

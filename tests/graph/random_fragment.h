/* Fragments made at random from a seed, with every operation; for tests of the wire form. */
#ifndef ASSIZE_TESTS_RANDOM_FRAGMENT_H
#define ASSIZE_TESTS_RANDOM_FRAGMENT_H

#include <math.h>

#include "graph/graph.h"

struct random_source {
    uint64_t state; /* not 0 */
};

/* Marsaglia 2003, xorshift64. */
static inline uint32_t random_below(struct random_source *source, uint32_t bound)
{
    source->state ^= source->state << 13;
    source->state ^= source->state >> 7;
    source->state ^= source->state << 17;
    return (uint32_t)((source->state >> 32) % bound);
}

static const char *const random_names[] = {"low", "middle", "high"};
static const char *const random_regimes[] = {"fines", "mandatory"};
static const char *const random_cases[] = {"careless", "knowing", "caf\xc3\xa9"};
static const char *const random_units[] = {"1", "1", "1", "hu", "pme", "1/month", "USD*EUR/item^2"};
static const double random_constants[] = {0,  -0.0,  1,      2,       0.5,
                                          -3, 1e300, 5e-324, 1.0 / 3, (double)INFINITY};

static inline struct unit random_unit(struct random_source *source)
{
    struct unit unit = unit_one;
    double scale;
    unit_parse(random_units[random_below(source, 7)], &unit, &scale);
    return unit;
}

/* Any node; one of `kind` when some tries meet one. */
static inline node_id random_node(struct random_source *source, const struct graph *graph,
                                  enum value_kind kind)
{
    node_id node = 0;
    for (int tries = 0; tries < 20; tries++) {
        node = random_below(source, graph->node_count);
        if (graph->nodes[node].kind == kind)
            break;
    }
    return node;
}

static inline void random_axes(struct graph *graph, bool regimes)
{
    static const double counts[] = {0, 1.5, -2, 7};
    uint32_t index;
    double scale;
    struct axis cases = {.name = "case", .size = 3, .labels = random_cases};
    struct axis menu = {.name = "regime", .size = 2, .labels = random_regimes};
    struct axis count = {.name = "count", .size = 4, .coordinates = counts};
    unit_parse("pme", &count.unit, &scale);
    struct axis twin = {.name = "twin", .size = 2, .classes = true};
    if (regimes)
        graph_axis(graph, &menu, &index);
    graph_axis(graph, &cases, &index);
    graph_axis(graph, &count, &index);
    graph_axis(graph, &twin, &index);
}

static inline void random_leaf(struct random_source *source, struct graph *graph, bool ports)
{
    node_id node;
    struct unit unit = random_unit(source);
    char path[32] = "model.a.b";
    path[6] = (char)('a' + random_below(source, 6));
    path[8] = (char)('a' + random_below(source, 6));
    uint32_t kind = (uint32_t)(path[6] - 'a') % 3;
    struct graph_premise premise = {.path = path, .kind = (enum value_kind)kind};
    if (kind == VALUE_NUMBER)
        premise.unit = unit;
    if (kind == VALUE_LABEL) {
        premise.labels = random_names;
        premise.label_count = 3;
    }
    switch (random_below(source, ports ? 6 : 5)) {
    case 0:
        graph_constant(graph, random_constants[random_below(source, 10)], &unit, &node);
        break;
    case 1:
        graph_truth(graph, random_below(source, 2) == 1, &node);
        break;
    case 2:
        graph_label(graph, random_below(source, 3), random_names, 3, &node);
        break;
    case 3:
        graph_coordinate(graph, graph_find_axis(graph, "count"), &node);
        break;
    case 4:
        graph_premise(graph, &premise, &node);
        break;
    default:
        graph_port(graph, path, (enum value_kind)random_below(source, 2), &unit_one,
                   random_below(source, 4), &node);
    }
}

static inline void random_claim(struct random_source *source, struct graph *graph)
{
    static const char *const sources[] = {"nozick1981", "vonhirsch1993"};
    static const struct claim_question questions[] = {{"circular", "Are they just?", NULL},
                                                      {"scale", "Is \"hu\" a scale?", "It is."}};
    node_id node;
    char name[] = "toy.claim_aa";
    name[10] = (char)('a' + random_below(source, 26));
    name[11] = (char)('a' + random_below(source, 26));
    node_id applies = random_node(source, graph, VALUE_TRUTH);
    bool is_truth = graph->nodes[applies].kind == VALUE_TRUTH;
    struct claim claim = {.name = name,
                          .text = "{case} deserves {value}",
                          .otherwise = random_below(source, 2) == 0 ? NULL : "does not apply",
                          .scheme = random_below(source, 2) == 0 ? NULL : "",
                          .cite = random_below(source, 2) == 0 ? NULL : "s. 4(b) \xe2\x80\x94 x",
                          .sources = sources,
                          .source_count = random_below(source, 3),
                          .questions = questions,
                          .question_count = random_below(source, 3),
                          .applies = is_truth ? applies : NODE_NONE,
                          .plugin = "toy.lua",
                          .line = random_below(source, 100)};
    graph_claim(graph, &claim, random_below(source, graph->node_count), &node);
}

static inline uint32_t random_arity(struct random_source *source, enum op op)
{
    if (op == OP_LOOKUP)
        return 2 + 2 * (1 + random_below(source, 3));
    if (op == OP_STEP_FROM || op == OP_STEP_OVER)
        return 2 + 2 * (1 + random_below(source, 3));
    if (op == OP_INTERPOLATE)
        return 1 + 2 * (1 + random_below(source, 3));
    return (uint32_t)op_arity(op);
}

static inline void random_operation(struct random_source *source, struct graph *graph, enum op op)
{
    node_id node, arguments[8];
    bool logic = op == OP_AND || op == OP_OR || op == OP_NOT;
    uint32_t count = op == OP_STACK ? 4 : random_arity(source, op);
    for (uint32_t i = 0; i < count; i++) {
        bool truth = logic || (op == OP_WHERE && i == 0);
        arguments[i] = random_node(source, graph, truth ? VALUE_TRUTH : VALUE_NUMBER);
        if (op == OP_LOOKUP && i < 2)
            arguments[i] = random_node(source, graph, VALUE_LABEL);
    }
    uint32_t axis = random_below(source, graph->axis_count);
    if (op == OP_STACK)
        graph_stack(graph, axis, arguments, &node);
    else if (op >= OP_SUM)
        graph_reduce(graph, op, axis, arguments[0], &node);
    else
        graph_apply(graph, op, arguments, count, op == OP_LOOKUP ? 2 : 0, &node);
}

/* Any that a plugin may write. */
static inline enum op random_op(struct random_source *source)
{
    enum op op = OP_STACK + random_below(source, OP_COUNT - OP_STACK);
    return op_is_directed(op) ? random_op(source) : op;
}

/* Reduces `node` over every axis but those in `keep`. */
static inline node_id random_reduced(struct graph *graph, node_id node, axis_set keep)
{
    for (uint32_t axis = 0; axis < graph->axis_count; axis++)
        if ((keep >> axis & 1) == 0)
            graph_reduce(graph, OP_REDUCE_MIN, axis, node, &node);
    return node;
}

static inline node_id random_of(struct random_source *source, struct graph *graph,
                                enum value_kind kind, axis_set keep)
{
    node_id node = random_node(source, graph, kind);
    if (graph->nodes[node].kind != kind && kind == VALUE_TRUTH)
        graph_truth(graph, true, &node);
    else if (graph->nodes[node].kind != kind)
        graph_constant(graph, 0.25, &unit_one, &node);
    return random_reduced(graph, node, keep);
}

static inline struct conclusion *random_conclusion(struct random_source *source,
                                                   struct graph *graph)
{
    struct arena *arena = graph->arena;
    axis_set regime = (axis_set)1 << graph_find_axis(graph, "regime");
    axis_set both = regime | (axis_set)1 << graph_find_axis(graph, "case");
    struct conclusion *made = arena_alloc(arena, sizeof *made);
    made->score = random_of(source, graph, VALUE_NUMBER, regime);
    made->difference = random_of(source, graph, VALUE_NUMBER, both);
    made->applies = random_of(source, graph, VALUE_TRUTH, regime);
    made->why_not = "no wrong was done";
    if (random_below(source, 2) == 0)
        made->difference = made->applies = NODE_NONE;
    made->scale_count = random_below(source, 3);
    made->scale = arena_array(arena, 3, sizeof *made->scale);
    made->scale[0].text = "every case fourfold off";
    made->scale[1] = (struct scale_mark){1, "every case exact"};
    made->requires_count = random_below(source, 2);
    made->requires = arena_alloc(arena, sizeof *made->requires);
    *made->requires = (struct requirement){"mean",
                                           "mean proportionality",
                                           (enum relation)random_below(source, 4),
                                           random_of(source, graph, VALUE_NUMBER, regime),
                                           random_of(source, graph, VALUE_NUMBER, regime),
                                           random_of(source, graph, VALUE_TRUTH, regime)};
    made->rules_out_count = 1 - made->requires_count;
    made->rules_out = made->requires;
    made->finding_count = random_below(source, 2);
    made->findings = arena_alloc(arena, sizeof *made->findings);
    *made->findings = (struct finding){.name = "rule_value",
                                       .text = "worth {value}",
                                       .note = random_below(source, 2) == 0 ? NULL : "no more",
                                       .value = random_of(source, graph, VALUE_NUMBER, both),
                                       .holds = NODE_NONE};
    return made;
}

/* A fragment of `size` nodes and a few: a theory when the seed is even, else a regime. */
static inline struct fragment *random_fragment(struct arena *arena, uint64_t seed, uint32_t size)
{
    struct random_source source = {seed * 0x9E3779B97F4A7C15u | 1};
    struct fragment *made = arena_alloc(arena, sizeof *made);
    struct graph *graph = graph_new(arena);
    bool theory = seed % 2 == 0;
    node_id first;
    *made = (struct fragment){.instance = "toy", .plugin = "toy.lua", .graph = graph};
    random_axes(graph, theory);
    graph_truth(graph, true, &first);
    for (int i = 0; graph->node_count < size; i++) {
        graph->line = random_below(&source, 200);
        uint32_t what = random_below(&source, 10);
        if (i < 8 || what < 2)
            random_leaf(&source, graph, theory);
        else if (what == 2)
            random_claim(&source, graph);
        else
            random_operation(&source, graph, random_op(&source));
    }
    if (theory) {
        made->conclusion = random_conclusion(&source, graph);
        return made;
    }
    made->output_count = 2;
    made->outputs = arena_array(arena, 2, sizeof *made->outputs);
    axis_set cases = (axis_set)1 << graph_find_axis(graph, "case");
    made->outputs[0] = (struct output){.name = "custody",
                                       .value = random_of(&source, graph, VALUE_NUMBER, cases),
                                       .headline = "months"};
    made->outputs[1] =
        (struct output){.name = "enforced", .value = random_of(&source, graph, VALUE_TRUTH, cases)};
    return made;
}

#endif

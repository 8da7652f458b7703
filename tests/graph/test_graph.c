/* The builder: standing nodes, axes, stacks, reductions, ports, claims and limits. */
#include "graph/leaves.h"

static void test_literals(void **state)
{
    struct bench *b = *state;
    node_id node = 12345;
    assert_int_equal(graph_constant(b->graph, (double)NAN, &unit_one, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "a literal is not a number");
    assert_int_equal(node, 12345);
    assert_int_equal(graph_label(b->graph, 2, levels, 2, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "there is no label 2 in a list of 2");
    assert_int_equal(graph_label(b->graph, 1, levels, 2, &node), STATUS_OK);
    assert_close(b->graph->nodes[node].constant, 1, 0, 0);
}

/* --- standing nodes -------------------------------------------------------------------------- */

static void test_same_node(void **state)
{
    struct bench *b = *state;
    node_id first, again, other;
    node_id sides[] = {b->harm, b->month}, turned[] = {b->month, b->harm};
    assert_int_equal(graph_apply(b->graph, OP_MUL, sides, 2, 0, &first), STATUS_OK);
    assert_int_equal(graph_apply(b->graph, OP_MUL, sides, 2, 0, &again), STATUS_OK);
    assert_int_equal(first, again);
    assert_int_equal(graph_apply(b->graph, OP_MUL, turned, 2, 0, &other), STATUS_OK);
    assert_true(first != other);
    assert_int_equal(constant(b, 1, "1"), b->one);
    assert_true(constant(b, 1, "hu") != b->one);
    assert_true(constant(b, -0.0, "1") != b->zero); /* -0 is another number: 1/-0 is -inf */
    assert_int_equal(premise(b, "model.harm", VALUE_NUMBER, "hu", NULL), b->harm);
    node_id lookup[] = {b->pure, b->zero, b->harm, b->harm, b->harm, b->harm};
    assert_int_equal(graph_apply(b->graph, OP_LOOKUP, lookup, 6, 1, &first), STATUS_OK);
    assert_int_equal(graph_apply(b->graph, OP_LOOKUP, lookup, 6, 2, &other), STATUS_OK);
    assert_true(first != other); /* the same cells in another shape */
}

/* Labels of equal lists share one list, wherever they come from. */
static void test_same_labels(void **state)
{
    struct bench *b = *state;
    const char *const copy[] = {arena_string(&b->arena, "low"), arena_string(&b->arena, "high")};
    node_id node;
    assert_int_equal(graph_label(b->graph, 0, copy, 2, &node), STATUS_OK);
    assert_ptr_equal(b->graph->nodes[node].labels, b->graph->nodes[b->label].labels);
    assert_int_equal(built(b, OP_EQUALS, ARGUMENTS(b->label, node))->kind, VALUE_TRUTH);
}

/* Many nodes: each is found again, and none is another. */
static void test_many_nodes(void **state)
{
    struct bench *b = *state;
    enum { MANY = 20000 };
    node_id *nodes = arena_array(&b->arena, MANY, sizeof *nodes);
    for (int i = 0; i < MANY; i++)
        nodes[i] = constant(b, i + 100, "hu");
    for (int i = 0; i < MANY; i++) {
        assert_int_equal(constant(b, i + 100, "hu"), nodes[i]);
        assert_close(b->graph->nodes[nodes[i]].constant, i + 100, 0, 0);
    }
}

static void test_premises(void **state)
{
    struct bench *b = *state;
    node_id node;
    struct graph_premise other = {"model.harm", VALUE_NUMBER, unit_of("pme"), NULL, 0};
    assert_int_equal(graph_premise(b->graph, &other, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "the premise model.harm is read in two ways");
    other = (struct graph_premise){"model.level", VALUE_LABEL, unit_one, colours, 2};
    assert_int_equal(graph_premise(b->graph, &other, &node), STATUS_PLUGIN);
    assert_int_equal(b->graph->premise_count, 6);
}

/* --- axes ------------------------------------------------------------------------------------ */

static void test_axes(void **state)
{
    struct bench *b = *state;
    uint32_t index = 77;
    struct axis same = {"count", 4, NULL, counts, unit_of("item"), false};
    assert_int_equal(graph_axis(b->graph, &same, &index), STATUS_OK);
    assert_int_equal(index, b->count);
    static const double others[] = {0, 1, 2, 4};
    struct axis faulty[] = {{"count", 4, NULL, others, unit_of("item"), false},
                            {"count", 3, NULL, counts, unit_of("item"), false},
                            {"count", 4, NULL, counts, unit_one, false},
                            {"case", 3, NULL, NULL, unit_one, false}};
    for (size_t i = 0; i < COUNT_OF(faulty); i++) {
        assert_int_equal(graph_axis(b->graph, &faulty[i], &index), STATUS_PLUGIN);
        assert_string_equal(b->graph->fault,
                            arena_printf(&b->arena,
                                         "the axis `%s` was made before with other values",
                                         faulty[i].name));
    }
    struct axis none = {"none", 0, NULL, NULL, unit_one, false};
    assert_int_equal(graph_axis(b->graph, &none, &index), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "the axis `none` would have no places");
    assert_int_equal(graph_find_axis(b->graph, "none"), UINT32_MAX);
    node_id node;
    assert_int_equal(graph_coordinate(b->graph, b->kase, &node), STATUS_PLUGIN);
    assert_int_equal(graph_coordinate(b->graph, 99, &node), STATUS_PLUGIN);
}

static void test_most_axes(void **state)
{
    struct bench *b = *state;
    uint32_t index;
    while (b->graph->axis_count < GRAPH_MOST_AXES) {
        struct axis axis = {arena_printf(&b->arena, "axis%u", b->graph->axis_count),
                            2,
                            NULL,
                            counts,
                            unit_one,
                            false};
        assert_int_equal(graph_axis(b->graph, &axis, &index), STATUS_OK);
    }
    struct axis more = {"more", 2, NULL, counts, unit_one, false};
    assert_int_equal(graph_axis(b->graph, &more, &index), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "there would be more than 32 axes");
    node_id node; /* along the last axis: the 32nd bit */
    assert_int_equal(graph_port(b->graph, "p", VALUE_NUMBER, &unit_one, (axis_set)1 << 31, &node),
                     STATUS_OK);
    assert_int_equal(graph_cells(b->graph, b->graph->nodes[node].axes), 2);
    assert_int_equal(graph_port(b->graph, "q", VALUE_NUMBER, &unit_one, UINT32_MAX, &node),
                     STATUS_PLUGIN); /* 2 * 3 * 4 * 2^29 cells */
    assert_string_equal(b->graph->fault, "a value would have more than 4194304 cells");
}

static void test_union_of_axes(void **state)
{
    struct bench *b = *state;
    axis_set regime = 1u << b->regime, kase = 1u << b->kase, count = 1u << b->count;
    assert_int_equal(b->graph->nodes[b->by_case].axes, kase);
    assert_int_equal(built(b, OP_ADD, ARGUMENTS(b->by_case, b->by_regime))->axes, kase | regime);
    assert_int_equal(built(b, OP_MUL, ARGUMENTS(b->coordinate, b->by_case))->axes, kase | count);
    assert_int_equal(built(b, OP_ADD, ARGUMENTS(b->pure, b->one))->axes, 0);
    assert_int_equal(graph_cells(b->graph, 0), 1);
    assert_int_equal(graph_cells(b->graph, regime | kase | count), 24); /* 2 * 3 * 4 */
}

static void test_stack(void **state)
{
    struct bench *b = *state;
    node_id node, same[] = {b->harm, b->harm, b->harm}, bare[] = {b->zero, b->harm, b->zero};
    assert_int_equal(graph_stack(b->graph, b->kase, same, &node), STATUS_OK);
    assert_int_equal(node, b->harm); /* it does not vary */
    assert_int_equal(graph_stack(b->graph, b->kase, bare, &node), STATUS_OK);
    assert_number(&b->graph->nodes[node], "hu");
    assert_literal(&b->graph->nodes[b->graph->nodes[node].arguments[0]], 0, "hu");
    node_id labels[] = {b->label, b->label, NODE_NONE};
    assert_int_equal(graph_label(b->graph, 0, levels, 2, &labels[2]), STATUS_OK);
    assert_int_equal(graph_stack(b->graph, b->kase, labels, &node), STATUS_OK);
    assert_int_equal(b->graph->nodes[node].kind, VALUE_LABEL);

    node_id units[] = {b->harm, b->month, b->harm}, kinds[] = {b->harm, b->truth, b->harm};
    node_id twice[] = {b->by_case, b->one, b->two}, absent[] = {b->one, NODE_NONE, b->two};
    assert_int_equal(graph_stack(b->graph, b->kase, units, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault,
                        "stack needs the same unit on all sides, not hu and month");
    assert_int_equal(graph_stack(b->graph, b->kase, kinds, &node), STATUS_PLUGIN);
    assert_int_equal(graph_stack(b->graph, b->kase, twice, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "what is stacked along `case` already varies along it");
    assert_int_equal(graph_stack(b->graph, b->kase, absent, &node), STATUS_PLUGIN);
    assert_int_equal(graph_stack(b->graph, 99, same, &node), STATUS_PLUGIN);
}

static const struct node *reduced(struct bench *b, enum op op, uint32_t axis, node_id argument)
{
    node_id node = NODE_NONE;
    assert_int_equal(graph_reduce(b->graph, op, axis, argument, &node), STATUS_OK);
    return &b->graph->nodes[node];
}

static void test_reduce(void **state)
{
    struct bench *b = *state;
    node_id sides[] = {b->by_case, b->by_regime}, both, above, node;
    assert_int_equal(graph_apply(b->graph, OP_ADD, sides, 2, 0, &both), STATUS_OK);
    assert_int_equal(graph_apply(b->graph, OP_ABOVE, sides, 2, 0, &above), STATUS_OK);
    assert_int_equal(reduced(b, OP_SUM, b->kase, both)->axes, 1u << b->regime);
    assert_int_equal(reduced(b, OP_REDUCE_MIN, b->kase, above)->kind, VALUE_TRUTH);
    assert_number(reduced(b, OP_SUM, b->count, b->coordinate), "item");
    /* what does not vary: n times itself as a sum, itself as an extreme */
    assert_literal(reduced(b, OP_SUM, b->kase, constant(b, 2, "hu")), 6, "hu");
    assert_int_equal(reduced(b, OP_SUM, b->kase, b->harm)->op, OP_MUL);
    assert_int_equal(graph_reduce(b->graph, OP_REDUCE_MAX, b->kase, b->harm, &node), STATUS_OK);
    assert_int_equal(node, b->harm);

    assert_int_equal(graph_reduce(b->graph, OP_SUM, b->kase, above, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "sum cannot be taken of a truth");
    assert_int_equal(graph_reduce(b->graph, OP_REDUCE_MIN, b->kase, b->label, &node),
                     STATUS_PLUGIN);
    assert_int_equal(graph_reduce(b->graph, OP_SUM, 99, b->harm, &node), STATUS_PLUGIN);
    assert_int_equal(graph_reduce(b->graph, OP_SUM, b->kase, NODE_NONE, &node), STATUS_PLUGIN);
    assert_int_equal(graph_reduce(b->graph, OP_ADD, b->kase, b->harm, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "add does not reduce");
}

static void test_ports(void **state)
{
    struct bench *b = *state;
    struct unit month = unit_of("month");
    axis_set axes = 1u << b->regime | 1u << b->kase;
    node_id node, again;
    assert_int_equal(graph_port(b->graph, "custody", VALUE_NUMBER, &month, axes, &node), STATUS_OK);
    assert_int_equal(graph_port(b->graph, "custody", VALUE_NUMBER, &month, axes, &again),
                     STATUS_OK);
    assert_int_equal(node, again);
    assert_int_equal(b->graph->port_count, 1);
    assert_number(&b->graph->nodes[node], "month");
    assert_int_equal(graph_port(b->graph, "x", VALUE_LABEL, &unit_one, 0, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "the port x cannot be a label");
    assert_int_equal(graph_port(b->graph, "x", VALUE_TRUTH, &unit_one, 1u << 3, &node),
                     STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "the port x varies along an axis that is not there");
}

/* --- claims ---------------------------------------------------------------------------------- */

static void test_claims(void **state)
{
    struct bench *b = *state;
    struct claim claim = {.name = "t.a", .text = "x", .applies = NODE_NONE, .plugin = "t.lua"};
    node_id first, again, node;
    assert_int_equal(graph_find_claim(b->graph, "t.a"), NODE_NONE);
    assert_int_equal(graph_claim(b->graph, &claim, b->harm, &first), STATUS_OK);
    assert_number(&b->graph->nodes[first], "hu");
    assert_int_equal(b->graph->nodes[first].arguments[0], b->harm);
    assert_int_equal(graph_find_claim(b->graph, "t.a"), first);
    assert_int_equal(graph_claim(b->graph, &claim, b->harm, &again), STATUS_OK);
    assert_int_equal(first, again);
    assert_int_equal(graph_claim(b->graph, &claim, b->month, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "there is a claim called t.a already, with another value");
    claim.name = "t.b"; /* two claims on one value are two nodes */
    assert_int_equal(graph_claim(b->graph, &claim, b->harm, &node), STATUS_OK);
    assert_true(node != first);
    claim.name = "t.c";
    claim.applies = b->harm;
    assert_int_equal(graph_claim(b->graph, &claim, b->harm, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "`applies` of the claim t.c is not a truth");
    claim.applies = b->graph->node_count;
    assert_int_equal(graph_claim(b->graph, &claim, b->harm, &node), STATUS_PLUGIN);
    claim.applies = b->truth;
    assert_int_equal(graph_claim(b->graph, &claim, NODE_NONE, &node), STATUS_PLUGIN);
    assert_int_equal(b->graph->claim_count, 2);
}

/* A claim keeps its text, whatever becomes of what it was made of. */
static void test_claim_is_copied(void **state)
{
    struct bench *b = *state;
    char name[] = "t.a", text[] = "text", source[] = "s", topic[] = "q";
    const char *const sources[] = {source};
    struct claim_question question = {topic, text, NULL};
    struct claim claim = {.name = name,
                          .text = text,
                          .sources = sources,
                          .source_count = 1,
                          .questions = &question,
                          .question_count = 1,
                          .applies = NODE_NONE,
                          .plugin = name};
    node_id node;
    assert_int_equal(graph_claim(b->graph, &claim, b->harm, &node), STATUS_OK);
    name[0] = text[0] = source[0] = topic[0] = '?';
    assert_string_equal(b->graph->claims[0].name, "t.a");
    assert_string_equal(b->graph->claims[0].text, "text");
    assert_string_equal(b->graph->claims[0].sources[0], "s");
    assert_string_equal(b->graph->claims[0].questions[0].topic, "q");
}

/* --- limits ---------------------------------------------------------------------------------- */

static void test_most_cells(void **state)
{
    struct bench *b = *state;
    enum { SIDE = 2048 };
    double *places = arena_array(&b->arena, SIDE, sizeof *places);
    for (int i = 0; i < SIDE; i++)
        places[i] = i;
    uint32_t index;
    node_id sides[2], node, square;
    static const char *const names[] = {"x", "y"};
    for (int i = 0; i < 2; i++) {
        struct axis axis = {names[i], SIDE, NULL, places, unit_one, false};
        assert_int_equal(graph_axis(b->graph, &axis, &index), STATUS_OK);
        assert_int_equal(graph_coordinate(b->graph, index, &sides[i]), STATUS_OK);
    }
    assert_int_equal(graph_apply(b->graph, OP_ADD, sides, 2, 0, &square), STATUS_OK); /* 2^22 */
    sides[0] = square;
    sides[1] = b->by_regime;
    assert_int_equal(graph_apply(b->graph, OP_ADD, sides, 2, 0, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "a value would have more than 4194304 cells");
}

static void test_most_nodes(void **state)
{
    struct bench *b = *state;
    node_id node, last = NODE_NONE;
    while (b->graph->node_count < GRAPH_MOST_NODES)
        assert_int_equal(graph_constant(b->graph, b->graph->node_count + 0.5, &unit_one, &last),
                         STATUS_OK);
    assert_int_equal(graph_constant(b->graph, -7, &unit_one, &node), STATUS_PLUGIN);
    assert_string_equal(b->graph->fault, "the graph would have more than 1048576 nodes");
    assert_int_equal(constant(b, 1, "1"), b->one); /* what stands is found */
    struct claim claim = {.name = "t.a", .text = "x", .applies = NODE_NONE, .plugin = "t.lua"};
    assert_int_equal(graph_claim(b->graph, &claim, b->harm, &node), STATUS_PLUGIN);
    assert_int_equal(b->graph->claim_count, 0); /* no record without its node */
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_bench, close_bench)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_literals),        TEST(test_same_node),     TEST(test_same_labels),
        TEST(test_many_nodes),      TEST(test_premises),      TEST(test_axes),
        TEST(test_most_axes),       TEST(test_union_of_axes), TEST(test_stack),
        TEST(test_reduce),          TEST(test_ports),         TEST(test_claims),
        TEST(test_claim_is_copied), TEST(test_most_cells),    TEST(test_most_nodes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "cmocka_all.h"

#include <string.h>

#include "graph/formula.h"

/* A graph with the axes regime (2) and case (3), and what the tests put into it. */
struct bench {
    struct arena arena;
    struct graph *graph;
    uint32_t regime, cases;
};

static int open_bench(void **state)
{
    static const char *const regimes[] = {"fines", "mandatory"};
    static const char *const cases[] = {"careless", "knowing", "ringleader"};
    static struct bench bench;
    arena_init(&bench.arena, &allocator_heap);
    bench.graph = graph_new(&bench.arena);
    struct axis menu = {.name = "regime", .size = 2, .labels = regimes};
    struct axis kinds = {.name = "case", .size = 3, .labels = cases};
    assert_int_equal(graph_axis(bench.graph, &menu, &bench.regime), STATUS_OK);
    assert_int_equal(graph_axis(bench.graph, &kinds, &bench.cases), STATUS_OK);
    *state = &bench;
    return 0;
}

static int close_bench(void **state)
{
    arena_release(&((struct bench *)*state)->arena);
    return 0;
}

static node_id number(struct bench *bench, double value, const char *unit_text)
{
    struct unit unit;
    double scale;
    node_id node;
    assert_true(unit_parse(unit_text, &unit, &scale));
    assert_int_equal(graph_constant(bench->graph, value, &unit, &node), STATUS_OK);
    return node;
}

static node_id premise_of(struct bench *bench, const char *path, const char *unit_text,
                          enum value_kind kind)
{
    static const char *const names[] = {"minor", "grave"};
    struct graph_premise premise = {.path = path, .kind = kind};
    double scale;
    node_id node;
    assert_true(unit_parse(unit_text, &premise.unit, &scale));
    if (kind == VALUE_LABEL) {
        premise.labels = names;
        premise.label_count = 2;
    }
    assert_int_equal(graph_premise(bench->graph, &premise, &node), STATUS_OK);
    return node;
}

static node_id premise(struct bench *bench, const char *path)
{
    return premise_of(bench, path, "1", VALUE_NUMBER);
}

static node_id truth(struct bench *bench, const char *path)
{
    return premise_of(bench, path, "1", VALUE_TRUTH);
}

/* cases.careless.<key>, ... along case. */
static node_id by_case(struct bench *bench, const char *key)
{
    node_id nodes[3], node;
    for (uint32_t i = 0; i < 3; i++)
        nodes[i] = premise(bench, arena_printf(&bench->arena, "cases.%s.%s",
                                               bench->graph->axes[bench->cases].labels[i], key));
    assert_int_equal(graph_stack(bench->graph, bench->cases, nodes, &node), STATUS_OK);
    return node;
}

static node_id apply_n(struct bench *bench, enum op op, uint32_t count, const node_id *arguments,
                       uint32_t columns)
{
    node_id node;
    if (graph_apply(bench->graph, op, arguments, count, columns, &node) != STATUS_OK)
        fail_msg("%s", bench->graph->fault);
    return node;
}

#define APPLY(bench, op, ...)                                                                      \
    apply_n((bench), (op), COUNT_OF(((node_id[]){__VA_ARGS__})), (node_id[]){__VA_ARGS__}, 0)

static node_id reduce(struct bench *bench, enum op op, uint32_t axis, node_id argument)
{
    node_id node;
    assert_int_equal(graph_reduce(bench->graph, op, axis, argument, &node), STATUS_OK);
    return node;
}

static node_id claim_by(struct bench *bench, const char *scheme, const char *name, node_id value)
{
    struct claim record = {
        .name = name, .text = "text", .plugin = "toy.lua", .scheme = scheme, .applies = NODE_NONE};
    node_id node;
    assert_int_equal(graph_claim(bench->graph, &record, value, &node), STATUS_OK);
    return node;
}

static node_id claim(struct bench *bench, const char *name, node_id value)
{
    return claim_by(bench, NULL, name, value);
}

static void assert_formula(struct bench *bench, node_id node, const char *expected)
{
    struct text text;
    text_init(&text, &bench->arena);
    text_add(&text, "= "); /* what stands before stays */
    formula_write(&text, bench->graph, node);
    assert_string_equal(text.data + 2, expected);
}

/* --- names ----------------------------------------------------------------------------------- */

static void test_names_of_premises(void **state)
{
    static const struct {
        const char *path, *name;
    } rows[] = {
        {"model.detection", "detection"},
        {"model.channels.market.supply_elasticity", "market.supply_elasticity"},
        {"model.channels.stock.kind.loss", "kind.loss"},
        {"model.references.common-theft.harm", "harm"},
        {"theories.desert.theta", "theta"},
        {"cases.careless.facts.\"2G2.2\"", "\"2G2.2\""},
        {"alone", "alone"},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_string_equal(formula_name(&bench->arena, bench->graph, premise(bench, rows[i].path)),
                            rows[i].name);
}

static node_id stack_of(struct bench *bench, const char *a, const char *b)
{
    node_id nodes[2] = {premise(bench, a), premise(bench, b)}, node;
    assert_int_equal(graph_stack(bench->graph, bench->regime, nodes, &node), STATUS_OK);
    return node;
}

static void test_names_of_stacks(void **state)
{
    static const struct {
        const char *a, *b, *name;
    } rows[] = {
        {"regimes.fines.custody", "regimes.mandatory.custody", "custody"},
        {"model.weights.first", "model.weights.second", "weights"},
        {"model.channels.market.loss", "model.channels.stock.loss", "loss"},
        {"model.channels.market.loss", "model.channels.market.gain", "market"},
        {"model.first", "model.second", NULL},
        {"model.a.loss", "model.b.c.loss", NULL},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        node_id node = stack_of(bench, rows[i].a, rows[i].b);
        const char *name = formula_name(&bench->arena, bench->graph, node);
        if (rows[i].name == NULL)
            assert_null(name);
        else
            assert_string_equal(name, rows[i].name);
    }
    assert_string_equal(formula_name(&bench->arena, bench->graph, by_case(bench, "culpability")),
                        "culpability");
}

static void test_names_of_others(void **state)
{
    struct bench *bench = *state;
    struct arena *arena = &bench->arena;
    node_id port, harm = premise(bench, "model.harm");
    assert_int_equal(graph_port(bench->graph, "custody", VALUE_NUMBER, &unit_one, 3, &port), 0);
    assert_string_equal(formula_name(arena, bench->graph, port), "custody");
    node_id step = claim(bench, "desert-marginal.wrongfulness", harm);
    assert_string_equal(formula_name(arena, bench->graph, step), "wrongfulness");
    assert_null(formula_name(arena, bench->graph, number(bench, 1, "1")));
    assert_null(formula_name(arena, bench->graph, APPLY(bench, OP_SQRT, harm)));
}

/* --- formulas -------------------------------------------------------------------------------- */

static void test_leaves(void **state)
{
    struct bench *bench = *state;
    node_id yes, label;
    static const char *const names[] = {"minor", "grave"};
    graph_truth(bench->graph, true, &yes);
    graph_label(bench->graph, 1, names, 2, &label);
    assert_formula(bench, number(bench, 0.5, "1"), "0.5");
    assert_formula(bench, number(bench, -12, "pme"), "-12 pme");
    assert_formula(bench, number(bench, 1, "pme/year"), "1 pme/month");
    assert_formula(bench, number(bench, (double)INFINITY, "1"), "inf");
    assert_formula(bench, yes, "true");
    assert_formula(bench, label, "grave");
    assert_formula(bench, premise(bench, "model.harm"), "harm");
    assert_formula(bench, by_case(bench, "culpability"), "culpability");
}

static void test_parentheses(void **state)
{
    struct bench *bench = *state;
    node_id a = premise(bench, "model.a"), b = premise(bench, "model.b");
    node_id c = premise(bench, "model.c"), two = number(bench, 2, "1");
    node_id sum = APPLY(bench, OP_ADD, a, b), product = APPLY(bench, OP_MUL, a, b);
    node_id difference = APPLY(bench, OP_SUB, a, b), quotient = APPLY(bench, OP_DIV, a, b);
    const struct {
        node_id node;
        const char *formula;
    } rows[] = {
        {product, "a * b"},
        {APPLY(bench, OP_MUL, sum, c), "(a + b) * c"},
        {APPLY(bench, OP_ADD, product, c), "a * b + c"},
        {APPLY(bench, OP_ADD, c, sum), "c + a + b"},
        {APPLY(bench, OP_SUB, c, sum), "c - (a + b)"},
        {APPLY(bench, OP_SUB, difference, c), "a - b - c"},
        {APPLY(bench, OP_SUB, c, difference), "c - (a - b)"},
        {APPLY(bench, OP_DIV, c, product), "c / (a * b)"},
        {APPLY(bench, OP_DIV, quotient, c), "a / b / c"},
        {APPLY(bench, OP_MUL, c, quotient), "c * a / b"},
        {APPLY(bench, OP_POW, product, two), "(a * b) ^ 2"},
        {APPLY(bench, OP_POW, APPLY(bench, OP_POW, a, b), c), "(a ^ b) ^ c"},
        {APPLY(bench, OP_POW, a, APPLY(bench, OP_POW, b, c)), "a ^ b ^ c"},
        {APPLY(bench, OP_POW, a, sum), "a ^ (a + b)"},
        {APPLY(bench, OP_POW, a, number(bench, -1, "1")), "a ^ -1"},
        {APPLY(bench, OP_SUB, number(bench, 0, "1"), a), "-a"},
        {APPLY(bench, OP_MUL, number(bench, -1, "1"), sum), "-(a + b)"},
        {APPLY(bench, OP_POW, APPLY(bench, OP_SUB, number(bench, 0, "1"), a), two), "(-a) ^ 2"},
        {APPLY(bench, OP_AT_LEAST, sum, c), "a + b >= c"},
        {APPLY(bench, OP_AND, APPLY(bench, OP_ABOVE, a, b), APPLY(bench, OP_EQUALS, a, c)),
         "a > b and a = c"},
        {APPLY(bench, OP_NOT, APPLY(bench, OP_ABOVE, a, b)), "not (a > b)"},
        {APPLY(bench, OP_NOT, truth(bench, "model.proved")), "not proved"},
        {APPLY(bench, OP_AND, truth(bench, "model.proved"),
               APPLY(bench, OP_OR, truth(bench, "model.known"), truth(bench, "model.meant"))),
         "proved and (known or meant)"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_formula(bench, rows[i].node, rows[i].formula);
}

static void test_units_of_literals(void **state)
{
    struct bench *bench = *state;
    node_id custody = premise_of(bench, "model.custody", "month", VALUE_NUMBER);
    node_id severity = premise_of(bench, "model.severity", "pme", VALUE_NUMBER);
    assert_formula(bench, APPLY(bench, OP_MUL, custody, number(bench, 1, "pme/month")),
                   "custody * 1 pme/month");
    assert_formula(bench, APPLY(bench, OP_DIV, severity, number(bench, 12, "pme")),
                   "severity / (12 pme)");
    assert_formula(bench, APPLY(bench, OP_ADD, severity, number(bench, 12, "pme")),
                   "severity + 12 pme");
    assert_formula(bench, APPLY(bench, OP_MAX, severity, number(bench, 12, "pme")),
                   "max(severity, 12 pme)");
}

static void test_functions(void **state)
{
    struct bench *bench = *state;
    node_id a = premise(bench, "model.a"), b = premise(bench, "model.b");
    node_id c = premise(bench, "model.c"), one = number(bench, 1, "1");
    node_id two = number(bench, 2, "1");
    node_id class = premise_of(bench, "cases.careless.class", "1", VALUE_LABEL);
    node_id level = premise_of(bench, "cases.careless.level", "1", VALUE_LABEL);
    const struct {
        node_id node;
        const char *formula;
    } rows[] = {
        {APPLY(bench, OP_MIN, APPLY(bench, OP_MIN, a, b), c), "min(a, b, c)"},
        {APPLY(bench, OP_MAX, APPLY(bench, OP_MIN, a, b), c), "max(min(a, b), c)"},
        {APPLY(bench, OP_CLAMP, a, one, two), "clamp(a, 1, 2)"},
        {APPLY(bench, OP_EXP, APPLY(bench, OP_ADD, a, b)), "exp(a + b)"},
        {APPLY(bench, OP_RATIO, a, b, one), "ratio(a, b, 1)"},
        {APPLY(bench, OP_BINOMIAL_TAIL, a, b, c), "binomial_tail(a, b, c)"},
        {APPLY(bench, OP_INTERPOLATE, a, one, two, b, c), "interpolate(a; knots 2)"},
        {APPLY(bench, OP_STEP_FROM, a, b, one, c), "step(a; knots 1)"},
        {apply_n(bench, OP_LOOKUP, 6, (node_id[]){class, level, a, b, c, one}, 2),
         "table[class, level]"},
        {apply_n(bench, OP_LOOKUP, 4, (node_id[]){class, number(bench, 0, "1"), a, b}, 1),
         "table[class]"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_formula(bench, rows[i].node, rows[i].formula);
}

static void test_where(void **state)
{
    struct bench *bench = *state;
    node_id a = premise(bench, "model.a"), b = premise(bench, "model.b");
    node_id c = premise(bench, "model.c");
    node_id first = truth(bench, "model.proved"), second = truth(bench, "model.known");
    node_id where = APPLY(bench, OP_WHERE, first, a, b);
    assert_formula(bench, where, "if proved then a else b");
    assert_formula(bench, APPLY(bench, OP_MUL, where, c), "(if proved then a else b) * c");
    assert_formula(bench, APPLY(bench, OP_WHERE, second, c, where),
                   "if known then c else if proved then a else b");
    assert_formula(bench, APPLY(bench, OP_WHERE, second, where, c),
                   "if known then (if proved then a else b) else c");
}

static void test_along_axes(void **state)
{
    struct bench *bench = *state;
    node_id fit = by_case(bench, "fit"), share = by_case(bench, "share");
    node_id weight = by_case(bench, "quantity");
    node_id shares = reduce(bench, OP_SUM, bench->cases, share);
    node_id normal = APPLY(bench, OP_DIV, share, shares);
    node_id weighted = reduce(bench, OP_SUM, bench->cases, APPLY(bench, OP_MUL, fit, share));
    node_id mean = APPLY(bench, OP_DIV, weighted, shares);
    node_id total = reduce(bench, OP_SUM, bench->cases, fit);
    node_id high = APPLY(bench, OP_AT_LEAST, fit, number(bench, 0.5, "1"));
    const struct {
        node_id node;
        const char *formula;
    } rows[] = {
        {total, "sum over case of (fit)"},
        {APPLY(bench, OP_POW, total, number(bench, 2, "1")), "(sum over case of (fit)) ^ 2"},
        {reduce(bench, OP_REDUCE_MIN, bench->cases, fit), "min over case of (fit)"},
        {reduce(bench, OP_REDUCE_MAX, bench->cases, fit), "max over case of (fit)"},
        {reduce(bench, OP_REDUCE_MIN, bench->cases, high), "all over case of (fit >= 0.5)"},
        {reduce(bench, OP_REDUCE_MAX, bench->cases, high), "any over case of (fit >= 0.5)"},
        {mean, "mean over case of (fit)"},
        {APPLY(bench, OP_RATIO, weighted, shares, number(bench, 0, "1")),
         "mean over case of (fit)"},
        {reduce(bench, OP_SUM, bench->cases, APPLY(bench, OP_MUL, normal, fit)),
         "mean over case of (fit)"},
        {APPLY(bench, OP_DIV, total, number(bench, 3, "1")), "mean over case of (fit)"},
        {APPLY(bench, OP_DIV, total, number(bench, 4, "1")), "sum over case of (fit) / 4"},
        {APPLY(bench, OP_DIV,
               reduce(bench, OP_SUM, bench->cases, APPLY(bench, OP_MUL, weight, fit)),
               reduce(bench, OP_SUM, bench->cases, weight)),
         "mean over case of (fit) weighted by (quantity)"},
        {normal, "share"},
        {APPLY(bench, OP_MUL, normal, mean), "share * mean over case of (fit)"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_formula(bench, rows[i].node, rows[i].formula);
}

static void test_cut_at_claims(void **state)
{
    struct bench *bench = *state;
    node_id culpability = by_case(bench, "culpability"), harm = premise(bench, "model.harm");
    node_id wrong = claim(bench, "desert.wrongfulness", APPLY(bench, OP_MUL, culpability, harm));
    node_id deserved =
        claim(bench, "desert.deserved", APPLY(bench, OP_MUL, wrong, premise(bench, "model.scale")));
    assert_formula(bench, wrong, "culpability * harm");
    assert_formula(bench, deserved, "wrongfulness * scale");
    assert_formula(bench, claim(bench, "desert.again", deserved), "deserved");
}

static void test_stacks(void **state)
{
    struct bench *bench = *state;
    node_id a = premise(bench, "model.a"), b = premise(bench, "model.b"), node;
    node_id mixed[2] = {APPLY(bench, OP_ADD, a, b), number(bench, 2, "1")};
    assert_int_equal(graph_stack(bench->graph, bench->regime, mixed, &node), STATUS_OK);
    assert_formula(bench, node, "by regime (fines: a + b, mandatory: 2)");
    struct output custody = {.name = "custody", .value = node};
    bench->graph->outputs = &custody;
    bench->graph->output_count = 1;
    assert_formula(bench, node, "by regime (fines: a + b, mandatory: 2)");
    assert_formula(bench, APPLY(bench, OP_MUL, node, a), "custody * a");

    double points[5] = {0, 1, 2, 3, 4};
    struct axis count = {.name = "count", .size = 5, .coordinates = points};
    uint32_t axis;
    node_id coordinate, many[5];
    assert_int_equal(graph_axis(bench->graph, &count, &axis), STATUS_OK);
    assert_int_equal(graph_coordinate(bench->graph, axis, &coordinate), STATUS_OK);
    assert_formula(bench, coordinate, "count");
    for (uint32_t i = 0; i < 5; i++)
        many[i] = APPLY(bench, OP_POW, a, number(bench, i + 2.0, "1"));
    assert_int_equal(graph_stack(bench->graph, axis, many, &node), STATUS_OK);
    assert_formula(bench, node, "by count (a ^ 2, a ^ 3, a ^ 4, a ^ 5, ...)");
}

/* What says only whether a case is refused is left out, on either side of a sum. */
static void test_refusals_are_left_out(void **state)
{
    struct bench *bench = *state;
    node_id a = premise(bench, "model.a"), b = premise(bench, "model.b");
    node_id one = number(bench, 1, "1"), bad = truth(bench, "model.bad");
    node_id refused = claim_by(bench, "refusal", "us.refuse-age", premise(bench, "model.age"));
    node_id other = claim_by(bench, "refusal", "us.refuse-term", premise(bench, "model.term"));
    node_id step = claim_by(bench, "figure", "us.step", premise(bench, "model.step"));
    node_id both = APPLY(bench, OP_ADD, refused, other), many = a;
    for (int i = 0; i < 30; i++)
        many = APPLY(bench, OP_ADD, i % 2 == 0 ? many : other, i % 2 == 0 ? refused : many);
    const struct {
        node_id node;
        const char *formula;
    } rows[] = {
        {APPLY(bench, OP_ADD, a, refused), "a"},
        {APPLY(bench, OP_ADD, refused, a), "a"},
        {APPLY(bench, OP_ADD, a, both), "a"},
        {APPLY(bench, OP_ADD, APPLY(bench, OP_ADD, other, a), refused), "a"},
        {APPLY(bench, OP_ADD, APPLY(bench, OP_MUL, one, both), a), "a"},
        {many, "a"},
        {APPLY(bench, OP_ADD, APPLY(bench, OP_ADD, a, refused), b), "a + b"},
        {APPLY(bench, OP_SUB, b, APPLY(bench, OP_ADD, APPLY(bench, OP_ADD, a, b), refused)),
         "b - (a + b)"},
        /* these say more */
        {APPLY(bench, OP_ADD, a, step), "a + step"},
        {APPLY(bench, OP_ADD, step, a), "step + a"},
        {APPLY(bench, OP_ADD, a, one), "a + 1"},
        {APPLY(bench, OP_ADD, a, APPLY(bench, OP_ADD, step, refused)), "a + step"},
        {APPLY(bench, OP_ADD, a, APPLY(bench, OP_MUL, b, refused)), "a + b * refuse-age"},
        {APPLY(bench, OP_ADD, a, APPLY(bench, OP_WHERE, bad, refused, one)),
         "a + (if bad then refuse-age else 1)"},
        {APPLY(bench, OP_MUL, a, refused), "a * refuse-age"},
        {APPLY(bench, OP_SUB, a, refused), "a - refuse-age"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_formula(bench, rows[i].node, rows[i].formula);
}

/* Neither the stack nor the time may run out: not over refusals in a row, nor over a summand that
 * rests on one by 2 ^ 60 ways. */
static void test_many_refusals_are_cut(void **state)
{
    struct bench *bench = *state;
    node_id a = premise(bench, "model.a"), wide, left = a, right = a;
    node_id refused = claim_by(bench, "refusal", "us.refuse-age", premise(bench, "model.age"));
    for (int i = 0; i < 100000; i++) {
        left = APPLY(bench, OP_ADD, left, refused);
        right = APPLY(bench, OP_ADD, refused, right);
    }
    assert_formula(bench, left, "...");
    assert_formula(bench, right, "...");
    wide = refused;
    for (int i = 0; i < 60; i++)
        wide = APPLY(bench, OP_MUL, wide, wide);
    struct text text;
    text_init(&text, &bench->arena);
    formula_write(&text, bench->graph, APPLY(bench, OP_ADD, a, wide));
    assert_in_range(text.length, 1, 5000);
}

static void test_deep_formulas_are_cut(void **state)
{
    struct bench *bench = *state;
    node_id deep = premise(bench, "model.a");
    for (int i = 0; i < 10; i++)
        deep = APPLY(bench, OP_EXP, APPLY(bench, OP_SQRT, deep));
    assert_formula(bench, deep, "exp(sqrt(exp(sqrt(exp(sqrt(exp(...)))))))");

    node_id chain = premise(bench, "model.a"), b = premise(bench, "model.b");
    for (int i = 0; i < 100000; i++) /* neither the stack nor the time may run out */
        chain = APPLY(bench, OP_ADD, chain, b);
    assert_formula(bench, chain, "... + b + b + b + b + b + b + b + b + b + b + b + b + b");

    node_id wide = premise(bench, "model.a"); /* doubles at every level */
    for (int i = 0; i < 60; i++)
        wide = APPLY(bench, OP_MUL, wide, wide);
    struct text text;
    text_init(&text, &bench->arena);
    formula_write(&text, bench->graph, wide);
    assert_in_range(text.length, 1, 5000);
    for (int i = 0; i < 60; i++)
        wide = APPLY(bench, i % 2 == 0 ? OP_MIN : OP_MAX, APPLY(bench, OP_MIN, wide, wide), wide);
    text.length = 0;
    formula_write(&text, bench->graph, wide);
    assert_in_range(text.length, 1, 50000);
}

int main(void)
{
#define BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)
    const struct CMUnitTest tests[] = {
        BENCH(test_names_of_premises),
        BENCH(test_names_of_stacks),
        BENCH(test_names_of_others),
        BENCH(test_leaves),
        BENCH(test_parentheses),
        BENCH(test_units_of_literals),
        BENCH(test_functions),
        BENCH(test_where),
        BENCH(test_along_axes),
        BENCH(test_cut_at_claims),
        BENCH(test_stacks),
        BENCH(test_refusals_are_left_out),
        BENCH(test_many_refusals_are_cut),
        BENCH(test_deep_formulas_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "cmocka_all.h"

#include <string.h>

#include "graph/formula.h"
#include "graph/link.h"

/* Two regimes and a theory, built by hand:
 *
 *   fines:      custody = regimes.fines.custody.<case> along case;  enforced = true
 *   mandatory:  custody = max(model.floor, 60 month);               enforced = true
 *   desert:     score   = min over case of (claim fits = custody * 1 pme/month * 1/pme)
 */
struct bench {
    struct arena arena;
    struct diags diags;
    struct fragment fines, mandatory, desert;
    node_id fits, score;
};

static const char *const case_names[] = {"careless", "knowing"};
static const char *const menu[] = {"fines", "mandatory"};

static struct unit unit_of(const char *text)
{
    struct unit unit;
    double scale;
    assert_true(unit_parse(text, &unit, &scale));
    return unit;
}

static void add_axis(struct graph *graph, const char *name, uint32_t size,
                     const char *const *labels)
{
    struct axis axis = {.name = name, .size = size, .labels = labels};
    uint32_t index;
    assert_int_equal(graph_axis(graph, &axis, &index), STATUS_OK);
}

static node_id number(struct graph *graph, double value, const char *unit_text)
{
    struct unit unit = unit_of(unit_text);
    node_id node;
    assert_int_equal(graph_constant(graph, value, &unit, &node), STATUS_OK);
    return node;
}

static node_id premise(struct graph *graph, const char *path, const char *unit_text)
{
    struct graph_premise record = {.path = path, .unit = unit_of(unit_text)};
    node_id node;
    assert_int_equal(graph_premise(graph, &record, &node), STATUS_OK);
    return node;
}

static node_id port(struct graph *graph, const char *name, const char *unit_text, axis_set axes)
{
    struct unit unit = unit_of(unit_text);
    node_id node;
    assert_int_equal(graph_port(graph, name, VALUE_NUMBER, &unit, axes, &node), STATUS_OK);
    return node;
}

static node_id apply(struct graph *graph, enum op op, node_id a, node_id b)
{
    node_id node, arguments[2] = {a, b};
    assert_int_equal(graph_apply(graph, op, arguments, 2, 0, &node), STATUS_OK);
    return node;
}

static node_id claim(struct graph *graph, const char *name, node_id value)
{
    struct claim record = {.name = name, .text = "text", .plugin = "x.lua", .applies = NODE_NONE};
    node_id node;
    assert_int_equal(graph_claim(graph, &record, value, &node), STATUS_OK);
    return node;
}

static void add_output(struct bench *bench, struct fragment *fragment, const char *name,
                       node_id value)
{
    if (fragment->outputs == NULL)
        fragment->outputs = arena_array(&bench->arena, 4, sizeof *fragment->outputs);
    fragment->outputs[fragment->output_count].name = name;
    fragment->outputs[fragment->output_count++].value = value;
}

static struct fragment fragment(struct bench *bench, const char *instance, const char *plugin)
{
    return (struct fragment){
        .instance = instance, .plugin = plugin, .graph = graph_new(&bench->arena)};
}

static void make_fines(struct bench *bench)
{
    struct graph *graph = bench->fines.graph;
    add_axis(graph, "case", 2, case_names);
    node_id yes, custody,
        by_case[2] = {premise(graph, "regimes.fines.custody.careless", "month"),
                      premise(graph, "regimes.fines.custody.knowing", "month")};
    graph->line = 12;
    assert_int_equal(graph_stack(graph, 0, by_case, &custody), STATUS_OK);
    graph->line = 0;
    assert_int_equal(graph_truth(graph, true, &yes), STATUS_OK);
    add_output(bench, &bench->fines, "custody", claim(graph, "fines.custody", custody));
    add_output(bench, &bench->fines, "enforced", yes);
}

static void make_mandatory(struct bench *bench)
{
    struct graph *graph = bench->mandatory.graph;
    add_axis(graph, "case", 2, case_names);
    node_id yes, least = number(graph, 60, "month");
    node_id custody = apply(graph, OP_MAX, premise(graph, "model.floor", "month"), least);
    assert_int_equal(graph_truth(graph, true, &yes), STATUS_OK);
    add_output(bench, &bench->mandatory, "enforced", yes);
    add_output(bench, &bench->mandatory, "custody", custody);
}

/* The theory's axes stand in another order than the linked graph's. */
static void make_desert(struct bench *bench)
{
    struct graph *graph = bench->desert.graph;
    add_axis(graph, "level", 3, NULL);
    add_axis(graph, "case", 2, case_names);
    add_axis(graph, "regime", 2, menu);
    graph->line = 30;
    node_id custody = port(graph, "custody", "month", 6);
    graph->line = 0;
    node_id severity = apply(graph, OP_MUL, custody, number(graph, 1, "pme/month"));
    node_id fit = apply(graph, OP_MUL, severity, premise(graph, "model.weight", "1/pme"));
    bench->fits = claim(graph, "desert.fits", fit);
    assert_int_equal(graph_reduce(graph, OP_REDUCE_MIN, 1, bench->fits, &bench->score), STATUS_OK);
    struct conclusion *conclusion = arena_alloc(&bench->arena, sizeof *conclusion);
    conclusion->score = bench->score;
    conclusion->difference = severity;
    conclusion->applies = NODE_NONE;
    bench->desert.conclusion = conclusion;
}

static int open_bench(void **state)
{
    static struct bench bench;
    memset(&bench, 0, sizeof bench);
    arena_init(&bench.arena, &allocator_heap);
    diags_init(&bench.diags, &bench.arena);
    bench.fines = fragment(&bench, "fines", "schedule.lua");
    bench.mandatory = fragment(&bench, "mandatory", "statutory.lua");
    bench.desert = fragment(&bench, "desert", "desert.lua");
    make_fines(&bench);
    make_mandatory(&bench);
    make_desert(&bench);
    *state = &bench;
    return 0;
}

static int close_bench(void **state)
{
    arena_release(&((struct bench *)*state)->arena);
    return 0;
}

static enum status link_all(struct bench *bench, struct linked *linked)
{
    const struct fragment *regimes[2] = {&bench->fines, &bench->mandatory};
    const struct fragment *theories[1] = {&bench->desert};
    return graph_link(&bench->arena, regimes, 2, theories, 1, linked, &bench->diags);
}

/* Linking fails with one message for each of `messages`, up to NULL. */
static void assert_refused(struct bench *bench, const char *const *messages)
{
    struct linked linked = {.output_count = 77};
    assert_int_equal(link_all(bench, &linked), STATUS_PLUGIN);
    assert_int_equal(linked.output_count, 77); /* written on success only */
    size_t count = 0;
    for (; messages[count] != NULL; count++)
        assert_string_equal(bench->diags.items[count].message, messages[count]);
    assert_int_equal(bench->diags.count, count);
}

#define REFUSED(bench, ...) assert_refused((bench), (const char *const[]){__VA_ARGS__, NULL})

/* --- what fits ------------------------------------------------------------------------------- */

static void test_axes_stand_in_order(void **state)
{
    struct linked linked;
    assert_int_equal(link_all(*state, &linked), STATUS_OK);
    assert_int_equal(linked.graph->axis_count, 3);
    assert_string_equal(linked.graph->axes[0].name, "regime");
    assert_string_equal(linked.graph->axes[1].name, "case");
    assert_string_equal(linked.graph->axes[2].name, "level");
    assert_string_equal(linked.graph->axes[0].labels[0], "fines");
    assert_string_equal(linked.graph->axes[0].labels[1], "mandatory");
}

static void test_ports_are_replaced(void **state)
{
    struct bench *bench = *state;
    struct linked linked;
    assert_int_equal(link_all(bench, &linked), STATUS_OK);
    const struct graph *graph = linked.graph;
    for (uint32_t i = 0; i < graph->node_count; i++)
        assert_int_not_equal(graph->nodes[i].op, OP_PORT);
    node_id fits = graph_find_claim(graph, "desert.fits");
    assert_int_not_equal(fits, NODE_NONE);
    assert_int_equal(graph->nodes[fits].axes, 3);
    assert_int_equal(graph->nodes[linked.conclusions[0].score].op, OP_REDUCE_MIN);
    assert_int_equal(graph->nodes[linked.conclusions[0].score].axes, 1);
    assert_int_equal(graph->nodes[linked.conclusions[0].score].arguments[0], fits);
    assert_int_equal(graph->nodes[linked.conclusions[0].difference].axes, 3);
    assert_int_equal(linked.conclusions[0].applies, NODE_NONE);
    assert_int_equal(graph->premise_count, 4);
}

static void test_outputs_are_stacked(void **state)
{
    struct bench *bench = *state;
    struct linked linked;
    bench->fines.outputs[0].headline = "months";
    add_output(bench, &bench->fines, "only-here", 0);
    assert_int_equal(link_all(bench, &linked), STATUS_OK);
    const struct graph *graph = linked.graph;
    assert_int_equal(linked.output_count, 2); /* the third is not given by all */
    assert_string_equal(linked.outputs[0].name, "custody");
    assert_string_equal(linked.outputs[0].headline, "months");
    assert_string_equal(linked.outputs[1].name, "enforced");
    const struct node *custody = &graph->nodes[linked.outputs[0].value];
    assert_int_equal(custody->op, OP_STACK);
    assert_int_equal(custody->axes, 3);
    assert_int_equal(custody->arguments[0], graph_find_claim(graph, "fines.custody"));
    assert_int_equal(graph->nodes[custody->arguments[1]].op, OP_MAX);
    const struct node *enforced = &graph->nodes[linked.outputs[1].value];
    assert_int_equal(enforced->op, OP_CONST); /* the same in both */
    assert_int_equal(enforced->axes, 0);
    assert_ptr_equal(graph->outputs, linked.outputs);
    struct text text;
    text_init(&text, &bench->arena);
    formula_write(&text, graph, graph_find_claim(graph, "desert.fits"));
    assert_string_equal(text.data, "custody * 1 pme/month * weight");
}

static void test_premises_and_nodes_meet(void **state)
{
    struct bench *bench = *state;
    struct linked linked;
    node_id here = premise(bench->desert.graph, "model.floor", "month");
    bench->desert.conclusion->score =
        apply(bench->desert.graph, OP_MAX, here, number(bench->desert.graph, 60, "month"));
    assert_int_equal(link_all(bench, &linked), STATUS_OK);
    const struct node *custody = &linked.graph->nodes[linked.outputs[0].value];
    assert_int_equal(linked.conclusions[0].score, custody->arguments[1]);
    assert_int_equal(linked.graph->premise_count, 4);
}

/* A regime may say 0 without a unit, as a plugin may anywhere. */
static void test_bare_zero_takes_the_unit(void **state)
{
    struct bench *bench = *state;
    struct linked linked;
    bench->mandatory.outputs[1].value = number(bench->mandatory.graph, 0, "1");
    assert_int_equal(link_all(bench, &linked), STATUS_OK);
    const struct node *custody = &linked.graph->nodes[linked.outputs[0].value];
    struct unit month = unit_of("month");
    assert_true(unit_equal(&linked.graph->nodes[custody->arguments[1]].unit, &month));
}

/* Where every regime says 0, 1 / custody stands for the branch not taken, and is no fault. */
static void test_literals_that_meet_do_not_fail(void **state)
{
    struct bench *bench = *state;
    struct linked linked;
    struct graph *graph = bench->desert.graph;
    bench->fines.outputs[0].value = number(bench->fines.graph, 0, "month");
    bench->mandatory.outputs[1].value = number(bench->mandatory.graph, 0, "month");
    node_id custody = port(graph, "custody", "month", 6), one = number(graph, 1, "1");
    node_id inverse = apply(graph, OP_DIV, number(graph, 1, "month"), custody), guarded;
    node_id arguments[3] = {apply(graph, OP_ABOVE, custody, number(graph, 0, "1")), inverse, one};
    assert_int_equal(graph_apply(graph, OP_WHERE, arguments, 3, 0, &guarded), STATUS_OK);
    bench->desert.conclusion->score = guarded;
    assert_int_equal(link_all(bench, &linked), STATUS_OK);
    assert_int_equal(linked.graph->nodes[linked.conclusions[0].score].op, OP_WHERE);
}

static void test_conclusion_is_copied(void **state)
{
    struct bench *bench = *state;
    struct linked linked;
    struct graph *graph = bench->desert.graph;
    node_id bound = number(graph, 0.5, "1");
    struct requirement requirement = {"mean",         "mean proportionality",
                                      RELATION_ABOVE, bench->score,
                                      bound,          apply(graph, OP_ABOVE, bench->score, bound)};
    struct finding finding = {.name = "rule_value",
                              .text = "worth {value}",
                              .value = bench->fits,
                              .holds = requirement.holds};
    struct scale_mark mark = {1, "every case exact"};
    struct conclusion *from = bench->desert.conclusion;
    from->requires = from->rules_out = &requirement;
    from->requires_count = from->rules_out_count = from->finding_count = from->scale_count = 1;
    from->findings = &finding;
    from->scale = &mark;
    from->applies = requirement.holds;
    from->why_not = "no wrong";
    assert_int_equal(link_all(bench, &linked), STATUS_OK);
    const struct conclusion *to = &linked.conclusions[0];
    assert_int_equal(to->requires[0].value, to->score);
    assert_int_equal(linked.graph->nodes[to->requires[0].holds].op, OP_ABOVE);
    assert_int_equal(linked.graph->nodes[to->requires[0].holds].arguments[1],
                     to->requires[0].bound);
    assert_int_equal(to->rules_out[0].holds, to->requires[0].holds);
    assert_int_equal(to->applies, to->requires[0].holds);
    assert_int_equal(to->findings[0].value, graph_find_claim(linked.graph, "desert.fits"));
    assert_string_equal(to->findings[0].text, "worth {value}");
    assert_null(to->findings[0].otherwise);
    assert_string_equal(to->scale[0].text, "every case exact");
    assert_string_equal(to->why_not, "no wrong");
    assert_int_equal(to->requires[0].relation, RELATION_ABOVE);
}

static void test_one_regime_and_no_theory(void **state)
{
    struct bench *bench = *state;
    struct linked linked;
    const struct fragment *regimes[1] = {&bench->fines};
    assert_int_equal(graph_link(&bench->arena, regimes, 1, NULL, 0, &linked, &bench->diags),
                     STATUS_OK);
    assert_int_equal(linked.output_count, 2);
    assert_int_equal(linked.graph->axes[0].size, 1);
    assert_int_equal(linked.outputs[0].value, graph_find_claim(linked.graph, "fines.custody"));
}

/* --- what does not --------------------------------------------------------------------------- */

static void test_missing_output(void **state)
{
    struct bench *bench = *state;
    bench->mandatory.output_count = 1;
    REFUSED(bench, "regime \"mandatory\" (statutory.lua) gives no \"custody\", which theory "
                   "\"desert\" (desert.lua) reads");
    assert_string_equal(bench->diags.items[0].place.file, "statutory.lua");
    assert_string_equal(bench->diags.items[0].also.file, "desert.lua");
    assert_int_equal(bench->diags.items[0].also.line, 30);
}

static void test_all_wrong_outputs_are_named(void **state)
{
    struct bench *bench = *state;
    port(bench->desert.graph, "fine", "USD", 6);
    bench->fines.graph->line = 15;
    bench->fines.outputs[0].value = number(bench->fines.graph, 3, "hu");
    bench->mandatory.outputs[1].value = number(bench->mandatory.graph, 3, "1");
    REFUSED(bench,
            "regime \"fines\" (schedule.lua) gives \"custody\" in hu, but theory \"desert\" "
            "(desert.lua) reads it in month",
            "regime \"mandatory\" (statutory.lua) gives \"custody\" as a pure number, but theory "
            "\"desert\" (desert.lua) reads it in month",
            "regime \"fines\" (schedule.lua) gives no \"fine\", which theory \"desert\" "
            "(desert.lua) reads",
            "regime \"mandatory\" (statutory.lua) gives no \"fine\", which theory \"desert\" "
            "(desert.lua) reads");
    assert_int_equal(bench->diags.items[0].place.line, 15);
}

static void test_wrong_kind(void **state)
{
    struct bench *bench = *state;
    bench->fines.outputs[0].value = bench->fines.outputs[1].value;
    REFUSED(bench, "regime \"fines\" (schedule.lua) gives \"custody\" as a truth value, but theory "
                   "\"desert\" (desert.lua) reads it in month");
}

static void test_output_along_an_axis_not_read(void **state)
{
    struct bench *bench = *state;
    struct graph *graph = bench->desert.graph;
    node_id narrow = port(graph, "custody", "month", 4);
    bench->desert.conclusion->score = narrow;
    REFUSED(bench, "regime \"fines\" (schedule.lua) gives \"custody\" along `case`, but theory "
                   "\"desert\" (desert.lua) reads it without");
}

static void test_regimes_that_disagree(void **state)
{
    struct bench *bench = *state;
    add_output(bench, &bench->fines, "fine", number(bench->fines.graph, 3, "USD"));
    add_output(bench, &bench->mandatory, "fine", number(bench->mandatory.graph, 3, "EUR"));
    REFUSED(bench, "regime \"mandatory\" (statutory.lua) gives \"fine\" in EUR, but regime "
                   "\"fines\" (schedule.lua) gives it in USD");
}

static void test_premise_read_in_two_ways(void **state)
{
    struct bench *bench = *state;
    bench->desert.graph->line = 40;
    premise(bench->desert.graph, "model.floor", "hu/month");
    REFUSED(bench, "the premise model.floor is read in hu/month by desert.lua, but in month by "
                   "statutory.lua");
    assert_string_equal(bench->diags.items[0].place.file, "desert.lua");
    assert_int_equal(bench->diags.items[0].place.line, 40);
}

static void test_premise_of_two_kinds(void **state)
{
    static const char *const names[] = {"minor", "grave"};
    struct bench *bench = *state;
    struct graph_premise label = {
        .path = "model.floor", .kind = VALUE_LABEL, .labels = names, .label_count = 2};
    node_id node;
    assert_int_equal(graph_premise(bench->desert.graph, &label, &node), STATUS_OK);
    REFUSED(bench, "the premise model.floor is read as one of minor, grave by desert.lua, but in "
                   "month by statutory.lua");
}

static void test_axis_with_other_values(void **state)
{
    struct bench *bench = *state;
    add_axis(bench->mandatory.graph, "level", 4, NULL);
    REFUSED(bench, "the axis `level` has other values in desert.lua than in statutory.lua");
}

static void test_axis_of_another_menu(void **state)
{
    struct bench *bench = *state;
    bench->fines.instance = "mild";
    REFUSED(bench, "desert (desert.lua) has an axis `regime` that is not the menu of regimes");
}

static void test_regime_that_sees_regimes(void **state)
{
    struct bench *bench = *state;
    add_axis(bench->fines.graph, "regime", 2, menu);
    REFUSED(bench, "regime \"fines\" (schedule.lua) has an axis `regime`: a regime sees no other "
                   "regime");
}

static void test_wrong_sorts(void **state)
{
    struct bench *bench = *state;
    struct conclusion *conclusion = bench->desert.conclusion;
    bench->desert.conclusion = NULL;
    REFUSED(bench, "\"desert\" (desert.lua) is not a theory");
    bench->desert.conclusion = conclusion;
    bench->fines.conclusion = conclusion;
    diags_init(&bench->diags, &bench->arena);
    REFUSED(bench, "\"fines\" (schedule.lua) is not a regime");
    bench->fines.conclusion = NULL;
    port(bench->fines.graph, "custody", "month", 1);
    diags_init(&bench->diags, &bench->arena);
    REFUSED(bench, "regime \"fines\" (schedule.lua) reads a sentence");
}

static void test_no_regime(void **state)
{
    struct bench *bench = *state;
    struct linked linked;
    struct fragment *desert = &bench->desert;
    const struct fragment *theories[1] = {desert};
    assert_int_equal(graph_link(&bench->arena, NULL, 0, theories, 1, &linked, &bench->diags),
                     STATUS_PLUGIN);
    assert_string_equal(bench->diags.items[0].message,
                        "theory \"desert\" (desert.lua) reads \"custody\", but there is no regime");
    assert_int_equal(bench->diags.items[0].place.line, 30);
}

static void test_claims_of_one_name(void **state)
{
    struct bench *bench = *state;
    claim(bench->desert.graph, "fines.custody", bench->score);
    REFUSED(bench, "there is a claim called fines.custody already, with another value");
    assert_string_equal(bench->diags.items[0].place.file, "desert.lua");
}

int main(void)
{
#define BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)
    const struct CMUnitTest tests[] = {
        BENCH(test_axes_stand_in_order),
        BENCH(test_ports_are_replaced),
        BENCH(test_outputs_are_stacked),
        BENCH(test_premises_and_nodes_meet),
        BENCH(test_bare_zero_takes_the_unit),
        BENCH(test_literals_that_meet_do_not_fail),
        BENCH(test_conclusion_is_copied),
        BENCH(test_one_regime_and_no_theory),
        BENCH(test_missing_output),
        BENCH(test_all_wrong_outputs_are_named),
        BENCH(test_wrong_kind),
        BENCH(test_output_along_an_axis_not_read),
        BENCH(test_regimes_that_disagree),
        BENCH(test_premise_read_in_two_ways),
        BENCH(test_premise_of_two_kinds),
        BENCH(test_axis_with_other_values),
        BENCH(test_axis_of_another_menu),
        BENCH(test_regime_that_sees_regimes),
        BENCH(test_wrong_sorts),
        BENCH(test_no_regime),
        BENCH(test_claims_of_one_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What a plugin can say, and what graph comes of it. Values are worked out by hand from the
 * premises in kit.h; a comment says how where it is not plain. */
#include "cmocka_all.h"

#include <string.h>

#include "base/math.h"
#include "fixture.h"
#include "graph/wire.h"
#include "plugin/kit.h"
#include "plugin/reply.h"

static struct fragment *traced(struct arena *arena, const char *source)
{
    struct kit kit = kit_trace(arena, source);
    if (kit.status != STATUS_OK)
        print_error("%s\n", kit_faults(&kit));
    assert_int_equal(kit.status, STATUS_OK);
    assert_non_null(kit.fragment);
    return kit.fragment;
}

static double value_at(const struct graph *graph, node_id node, uint32_t regime, uint32_t kase)
{
    struct kit_cell cell = {.graph = graph};
    uint32_t axes[] = {graph_find_axis(graph, "regime"), graph_find_axis(graph, "case")};
    if (axes[0] != UINT32_MAX)
        cell.places[axes[0]] = regime;
    cell.places[axes[1]] = kase;
    return kit_value(&cell, node);
}

/* --- expressions ----------------------------------------------------------------------------- */

/* A score as Lua, and its value under the first and the second regime. */
struct scored {
    const char *source;
    double first, second;
};
#define SAME(expression, value)                                                                    \
    {                                                                                              \
        SCORE(expression), (value), (value)                                                        \
    }

static void assert_scores(struct arena *arena, const struct scored *scored, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct fragment *fragment = traced(arena, scored[i].source);
        node_id score = fragment->conclusion->score;
        assert_close(value_at(fragment->graph, score, 0, 0), scored[i].first, 1e-14, 1e-14);
        assert_close(value_at(fragment->graph, score, 1, 0), scored[i].second, 1e-14, 1e-14);
    }
}

static void test_arithmetic(void **state)
{
    static const struct scored scored[] = {
        SAME("s.model.theta + 1", 1.5),
        SAME("1 - s.model.theta * 3", -0.5),
        SAME("-s.model.theta", -0.5),
        SAME("s.model.harm / quantity(2, 'hu')", 4),
        SAME("s.model.time / quantity(1, 'year')", 0.5),
        SAME("(s.model.harm * s.model.harm) / s.model.harm ^ 2", 1),
        SAME("s.model.theta ^ 2", 0.25),
        SAME("s.model.theta ^ s.model.theta", 0.70710678118654752), /* sqrt(1/2) */
        SAME("sqrt(s.model.harm * quantity(2, 'hu')) / quantity(1, 'hu')", 4),
        SAME("abs(s.model.theta - 2)", 1.5),
        SAME("floor(s.model.theta * 5)", 2),
        SAME("ceil(s.model.theta * 5)", 3),
        SAME("min(3, s.model.theta, 1)", 0.5),
        SAME("max(3, s.model.theta, 1)", 3),
        SAME("clamp(s.model.theta, 0.6, 1)", 0.6),
        SAME("exp(s.model.theta - 0.5) + log(s.model.theta * 2)", 1),
        SAME("expm1(s.model.theta - 0.5) + log1p(s.model.theta - 0.5)", 0),
        SAME("ratio(1, s.model.theta - 0.5, 7)", 7),
        SAME("ratio(1, s.model.theta, 7)", 2),
        SAME("binomial_pmf(3, 2, s.model.theta)", 0.375), /* 3 / 8 */
        SAME("binomial_tail(3, 2, s.model.theta)", 0.5),  /* 4 / 8 */
    };
    assert_scores(*state, scored, COUNT_OF(scored));
}

static void test_choice(void **state)
{
    static const struct scored scored[] = {
        SAME("where(s.model.theta:at_least(0.5), 1, 2)", 1),
        SAME("where(s.model.theta:above(0.5), 1, 2)", 2),
        SAME("where(s.model.theta:at_most(0.5), 1, 2)", 1),
        SAME("where(s.model.theta:below(0.5), 1, 2)", 2),
        SAME("where(s.model.theta:equals(0.5), 1, 2)", 1),
        SAME("where(s.model.sure, 1, 2)", 1),
        SAME("where(negate(s.model.sure), 1, 2)", 2),
        SAME("where(both(s.model.sure, s.model.theta:above(1)), 1, 2)", 2),
        SAME("where(either(s.model.sure, s.model.theta:above(1)), 1, 2)", 1),
        SAME("where(both(true, s.model.sure, true), 1, 2)", 1),
        SAME("where(s.model.basis:is('theta'), 1, 2)", 1),
        SAME("where(s.model.basis:is('whole'), 1, 2)", 2),
        SAME("s.model.basis:pick { marginal = 1, theta = s.model.theta, whole = 3 }", 0.5),
        SAME("s.model.basis:pick { marginal = 1, otherwise = 9 }", 9),
        /* -inf of log(0) is not selected and leaves no trace */
        SAME("where(s.model.theta:above(1), log(s.model.theta - 0.5), 4)", 4),
    };
    assert_scores(*state, scored, COUNT_OF(scored));
}

static void test_tables(void **state)
{
    static const struct scored scored[] = {
        SAME("interpolate(s.model.time, { 0, quantity(1, 'year') }, { 10, 20 })", 15),
        SAME("interpolate(s.model.time, { quantity(7, 'month') }, { 3 })", 3),
        SAME("step(s.model.harm, { from = { quantity(2, 'hu'), quantity(8, 'hu') } }, {1, 2}, 0)",
             2),
        SAME("step(s.model.harm, { over = { quantity(2, 'hu'), quantity(8, 'hu') } }, {1, 2}, 0)",
             1),
        SAME("step(s.model.harm, { over = { quantity(9, 'hu') } }, { 1 }, 5)", 5),
        SAME("lookup({ 5, 6, 7 }, s.model.theta * 4)", 6),
        SAME("lookup({ { 1, 2 }, { 3, 4 } }, 2, s.model.theta * 2)", 3),
        SAME("lookup({ marginal = 1, theta = 2, whole = 3 }, s.model.basis)", 2),
        SAME("lookup({ marginal = {1, 2}, theta = {3, 4}, whole = {5, 6} }, s.model.basis, 2)", 4),
        SAME("(s.model.grid[1].months + s.model.grid[2].months) / quantity(1, 'month')", 26),
        SAME("s.model.grid[#s.model.grid / 1].months / quantity(1, 'month')", 16),
    };
    assert_scores(*state, scored, COUNT_OF(scored));
}

/* Guilt is .2 and .8, shares 3/10 and 7/10, so its mean .62 and its variance
 * .3 (.2 - .62)^2 + .7 (.8 - .62)^2 = .0756. Custody is 12 and 18, or 60 and 66. */
static void test_reductions(void **state)
{
    static const struct scored scored[] = {
        SAME("over.case.mean(s.cases.guilt)", 0.62),
        SAME("over.case.variance(s.cases.guilt)", 0.0756),
        SAME("over.case.mean(s.cases.guilt, { weights = s.cases.index })", 0.6), /* 1.8 / 3 */
        SAME("over.case.mean(s.cases.guilt, { where = s.cases.guilt:above(0.5) })", 0.8),
        SAME("over.case.mean(s.cases.guilt, { where = s.cases.guilt:above(1), empty = 9 })", 9),
        SAME("over.case.mean(s.model.theta)", 0.5),
        SAME("over.case.sum(s.cases.guilt)", 1),
        SAME("over.case.sum(s.cases.share)", 1),
        SAME("over.case.sum(s.model.theta)", 1),
        SAME("over.case.sum(s.cases.index) * #s.cases", 6),
        SAME("over.case.sum(s.cases.guilt, { where = s.cases.guilt:above(0.5) })", 0.8),
        SAME("over.case.min(s.cases.guilt)", 0.2),
        SAME("over.case.max(s.cases.guilt)", 0.8),
        SAME("over.case.max(s.cases.guilt, { where = s.cases.guilt:below(0.5) })", 0.2),
        SAME("over.case.count(s.cases.guilt:above(0.5))", 1),
        SAME("where(over.case.any(s.cases.guilt:above(0.5)), 1, 0)", 1),
        SAME("where(over.case.all(s.cases.guilt:above(0.5)), 1, 0)", 0),
        {SCORE("over.case.mean(s.sentence.custody) / quantity(1, 'month')"), 16.2, 64.2},
        {SCORE("over.case.min(s.sentence.custody) / quantity(1, 'month')"), 12, 60},
        SAME("over.regime.max(over.case.min(s.sentence.custody)) / quantity(1, 'year')", 5),
        {SCORE("where(over.case.all(s.sentence.enforced), 1, 0)"), 1, 1},
    };
    assert_scores(*state, scored, COUNT_OF(scored));
}

static void test_own_axis(void **state)
{
    static const struct scored scored[] = {
        SAME(
            "(function() local n = axis('count', {0, 1, 2, 3}) return over.count.sum(n * n) end)()",
            14),
        SAME("(function() local n = axis('count', {0, 1, 2, 3}) return over.count.mean(n) end)()",
             1.5),
        SAME("(function() local t = axis('t', {1, 2}, 'year') "
             "return over.t.max(t) / s.model.time end)()",
             4),
        /* the same axis twice is one axis */
        SAME("(function() local n = axis('n', {1, 2}) * axis('n', {1, 2}) "
             "return over.n.sum(n) end)()",
             5),
    };
    assert_scores(*state, scored, COUNT_OF(scored));
}

static void test_structure(void **state)
{
    static const struct scored scored[] = {
        SAME("s.model.word == 'exponent' and s.model.day == '2020-02-29' and 1 or 0", 1),
        SAME("s.model.trials", 12),
        SAME("s.model.missing == nil and 1 or 0", 1),
        SAME("given(s.model, 'missing') and 0 or given(s.model, 'theta') and 1 or 2", 1),
        SAME("s.model.rule.kind == 'simple' and s.model.rule.size", 4),
        SAME("s.shares_of == 'participants' and 1 or 0", 1),
        SAME("math.type(s.model.trials) == 'integer' and 1 or 0", 1),
        SAME("type(s.model) == 'userdata' and tostring(s.model) == 'userdata' and 1 or 0", 1),
        SAME("tostring(s.model.harm * 1) == 'symbol (hu)' and tostring({}) == 'table' and 1 or 0",
             1),
    };
    assert_scores(*state, scored, COUNT_OF(scored));
}

/* The scenario's tables go in file order, others with numbers first and then texts by their bytes.
 */
static void test_pairs(void **state)
{
    static const struct scored scored[] = {
        SAME("(function() local names = '' for name, channel in pairs(s.model.channels) do "
             "names = names .. name assert(channel.loss * 1) end "
             "assert(names == 'zebraapple', names) return 1 end)()",
             1),
        SAME("(function() local sum = 0 for _, channel in pairs(s.model.channels) do "
             "sum = sum + channel.loss / quantity(1, 'hu') end return sum end)()",
             8),
        SAME("(function() local keys = '' "
             "for k in pairs { b = 1, a = 1, B = 1, ['10'] = 1, [10] = 1, [9] = 1, [-1] = 1, "
             "[0.5] = 1, [math.mininteger] = 1, [math.maxinteger] = 1, [2^63] = 1, "
             "[math.huge] = 1, [-math.huge] = 1, ['a\\0'] = 1 } do "
             "keys = keys .. string.format('%q', k) .. ' ' end "
             "assert(keys == '-1e9999 0x8000000000000000 -1 0x1p-1 9 10 9223372036854775807 "
             "0x1p+63 1e9999 \"10\" \"B\" \"a\" \"a\\\\0\" \"b\" ', keys) return 1 end)()",
             1),
        SAME("(function() local n = 0 local t = { a = 1, b = 2, c = 3 } "
             "for k in pairs(t) do t.b = nil n = n + 1 end return n end)()",
             2),
        SAME("(function() local n = 0 for i, row in ipairs(s.model.grid) do "
             "n = n + i assert(row.months * 1) end return n end)()",
             3),
    };
    assert_scores(*state, scored, COUNT_OF(scored));
}

/* Lua's own functions on plain values: whole and broken numbers at their ends. */
static void test_plain_lua(void **state)
{
    static const struct scored scored[] = {
        SAME("7 // 2 + 7 % 3 + 2^3", 12),
        SAME("1 // 0.0 == math.huge and 1 or 0", 1),
        SAME("math.fmod(7, 4)", 3),
        SAME("math.fmod(math.mininteger, -1)", 0),
        SAME("(math.mininteger // -1 == math.mininteger) and 1 or 0", 1),
        SAME("math.abs(math.mininteger) == math.mininteger and 1 or 0", 1),
        SAME("#('x'):rep(-1) + #('x'):rep(0) + #('ab'):rep(3, '-')", 8),
        SAME("('a.b'):find('.')", 2),
        SAME("('a.b.c'):find('.', -2)", 4),
        SAME("('abc'):find('x') == nil and 1 or 0", 1),
        SAME("('abc'):find('', 10) == nil and ('abc'):find('', 4) or 0", 4),
        SAME("#table.concat({ 1, 'b', 2.5 }, ',')", 7),
        SAME("math.log(math.exp(1)) + math.expm1(0) + math.log1p(0)", 1),
        SAME("select('#', table.unpack({ 1, 2, 3 }))", 3),
        SAME("(function() local t = { 3, 1, 2 } table.sort(t) table.insert(t, 1, 0) "
             "return table.remove(t, 1) + table.remove(t) + #t end)()",
             5),
        SAME("string.format('%5.2f|%d|%s', 1.005, 3, true) == ' 1.00|3|true' and 1 or 0", 1),
        SAME("tonumber('0x10') + tonumber('z', 36)", 51),
    };
    assert_scores(*state, scored, COUNT_OF(scored));
}

/* A power that the graph folds is our own function's, to the bit, on every machine. */
static void test_folded_power(void **state)
{
    struct fragment *fragment = traced(*state, SCORE("quantity(2, '1') ^ 0.3"));
    const struct node *score = &fragment->graph->nodes[fragment->conclusion->score];
    assert_int_equal(score->op, OP_CONST);
    assert_close(score->constant, math_pow(2, 0.3), 0, 0);
    assert_close(score->constant, 1.2311444133449163, 1e-15, 0); /* 2^.3, 17 digits */
}

/* --- claims and conclusions ------------------------------------------------------------------ */

static void test_claim(void **state)
{
    struct fragment *fragment = traced(
        *state,
        THEORY("local twice = s.model.theta * 2\n"
               "local a = claim { 'doubled', text = '{case} is {value}', value = twice, scheme = "
               "'rule',\n"
               "  cite = 's. 4(b)', sources = { 'x', 'y' }, applies = s.model.sure, otherwise = "
               "'no',\n"
               "  questions = { b = 'Is it?', a = { 'Why?', reply = 'So.' } } }\n"
               "local again = claim { 'doubled', text = '{case} is {value}', value = twice }\n"
               "return conclude { score = a + again, scale = { [1] = 'full', [0] = 'none' },\n"
               "  requires = { z = { 'is up', a, at_least = 0 }, y = { 'is low', a, below = p.cut "
               "} },\n"
               "  rules_out = { x = { 'is huge', a, above = 9 } }, applies = s.model.sure,\n"
               "  why_not = 'unsure', difference = s.sentence.custody * quantity(1, 'pme/month'),\n"
               "  show = { found = { 'found {value}', value = a, holds = a:above(0), otherwise = "
               "'o',\n"
               "    note = 'n' } } }"));
    const struct graph *graph = fragment->graph;
    const struct claim *claim = &graph->claims[0];
    assert_int_equal(graph->claim_count, 1);
    assert_string_equal(claim->name, "t.doubled");
    assert_string_equal(claim->cite, "s. 4(b)");
    assert_string_equal(claim->sources[1], "y");
    assert_int_equal(claim->source_count, 2);
    assert_string_equal(claim->otherwise, "no");
    assert_string_equal(claim->plugin, "theories/t.lua");
    assert_int_equal(claim->line, 5);
    assert_int_equal(claim->question_count, 2);
    assert_string_equal(claim->questions[0].topic, "a");
    assert_string_equal(claim->questions[0].reply, "So.");
    assert_null(claim->questions[1].reply);
    assert_int_equal(graph->nodes[claim->applies].kind, VALUE_TRUTH);

    const struct conclusion *conclusion = fragment->conclusion;
    assert_string_equal(conclusion->scale[0].text, "none");
    assert_string_equal(conclusion->requires[0].name, "y");
    assert_int_equal(conclusion->requires[0].relation, RELATION_BELOW);
    assert_close(value_at(graph, conclusion->requires[0].holds, 0, 0), 0, 0, 0); /* 1 < .25 */
    assert_close(value_at(graph, conclusion->requires[1].holds, 0, 0), 1, 0, 0);
    assert_close(value_at(graph, conclusion->rules_out[0].holds, 0, 0), 0, 0, 0);
    assert_close(value_at(graph, conclusion->difference, 1, 1), 66, 0, 0);
    assert_string_equal(conclusion->findings[0].note, "n");
    assert_string_equal(conclusion->why_not, "unsure");
    assert_close(value_at(graph, conclusion->score, 0, 0), 2, 0, 0);
}

static const struct output *find_output(const struct fragment *fragment, const char *name)
{
    for (uint32_t i = 0; i < fragment->output_count; i++)
        if (strcmp(fragment->outputs[i].name, name) == 0)
            return &fragment->outputs[i];
    return NULL;
}

/* A port that is not mentioned takes its default, or the port that stands for it. A bare 0 or
 * infinity takes the port's unit. */
static void test_regime(void **state)
{
    struct fragment *fragment =
        traced(*state, REGIME("return conclude { components = { custody = quantity(1, 'year') * "
                              "(c.guilt + p.cut) }, fine = math.huge }"));
    struct unit month = kit_unit("month"), dollar = kit_unit("USD");
    const struct graph *graph = fragment->graph;
    assert_int_equal(fragment->output_count, 4);
    assert_close(value_at(graph, find_output(fragment, "custody")->value, 0, 0), 5.4, 1e-15, 0);
    assert_close(value_at(graph, find_output(fragment, "custody")->value, 0, 1), 12.6, 1e-15, 0);
    assert_int_equal(find_output(fragment, "high")->value, find_output(fragment, "custody")->value);
    assert_string_equal(find_output(fragment, "custody")->headline, "months");
    assert_close(value_at(graph, find_output(fragment, "enforced")->value, 0, 0), 1, 0, 0);
    node_id fine = find_output(fragment, "fine")->value,
            high = find_output(fragment, "high")->value;
    assert_true(isinf(graph->nodes[fine].constant));
    assert_true(unit_equal(&graph->nodes[fine].unit, &dollar));
    assert_true(unit_equal(&graph->nodes[high].unit, &month));
    assert_true(graph_find_axis(graph, "regime") == UINT32_MAX);
}

static void test_silent_regime(void **state)
{
    struct fragment *fragment = traced(*state, REGIME("return conclude { enforced = false }"));
    struct unit month = kit_unit("month");
    node_id custody = find_output(fragment, "custody")->value;
    assert_close(fragment->graph->nodes[custody].constant, 0, 0, 0);
    assert_true(unit_equal(&fragment->graph->nodes[custody].unit, &month));
    assert_close(value_at(fragment->graph, find_output(fragment, "enforced")->value, 0, 0), 0, 0,
                 0);
}

/* A module is run once, however often it is required. */
static void test_require(void **state)
{
    traced(*state, SCORE("(function() local one, two = require 'blamer', require 'blamer' "
                         "assert(one == two) one.check(true) return 1 end)()"));
}

/* --- determinism ----------------------------------------------------------------------------- */

static const char rich_theory[] =
    THEORY("local sum = 0\n"
           "for name, channel in pairs(s.model.channels) do\n"
           "  sum = sum + claim { name, text = 'x', value = channel.loss / quantity(1, 'hu') }\n"
           "end\n"
           "for key, weight in pairs { q = 1, r = 2, s = 3, t = 4, u = 5, v = 6, w = 7 } do\n"
           "  sum = sum + weight * s.model.theta ^ #key + over.case.mean(s.cases.guilt * weight)\n"
           "end\n"
           "return conclude { score = sum + s.model.basis:pick { theta = 1, otherwise = 2 },\n"
           "  scale = { [0] = 'none', [0.5] = 'half', [1] = 'full' },\n"
           "  requires = { a = { 'a', sum, at_least = p.cut }, b = { 'b', sum, above = 0 } } }");

static struct text wire_of(struct arena *arena, const char *source)
{
    struct wire_writer writer;
    wire_writer_init(&writer, arena);
    wire_put_fragment(&writer, traced(arena, source));
    return writer.bytes;
}

static void test_same_bytes_again(void **state)
{
    struct text first = wire_of(*state, rich_theory);
    for (int i = 0; i < 20; i++) {
        struct text again = wire_of(*state, rich_theory);
        assert_int_equal(again.length, first.length);
        assert_memory_equal(again.data, first.data, first.length);
    }
}

/* The reply that a traced plugin would send is read back as the same graph. */
static void test_reply_of_fragment(void **state)
{
    struct arena *arena = *state;
    struct reply reply = {.fragment = traced(arena, rich_theory)}, read;
    struct diags diags;
    struct wire_writer writer, again;
    diags_init(&diags, arena);
    wire_writer_init(&writer, arena);
    reply_write(&writer, &reply);
    assert_int_equal(
        reply_read(arena, "theories/t.lua", writer.bytes.data, writer.bytes.length, &read, &diags),
        STATUS_OK);
    wire_writer_init(&again, arena);
    reply_write(&again, &read);
    assert_int_equal(again.bytes.length, writer.bytes.length);
    assert_memory_equal(again.bytes.data, writer.bytes.data, writer.bytes.length);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_arithmetic, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_choice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reductions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_own_axis, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_structure, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pairs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plain_lua, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_folded_power, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_claim, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_regime, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_silent_regime, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_require, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_same_bytes_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reply_of_fragment, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

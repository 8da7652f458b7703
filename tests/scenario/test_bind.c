/* A scenario against what its plugins declare. */
#include "scenario/fixture.h"

#define MODEL_WITH(text)                                                                           \
    "model: {population: {shares_of: participants}, detection: 0.1 1/year, " text "}\n"

static void test_binds(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture,
                 HEAD MODEL_WITH("channels: {m: {kind: market, supply: 0.4, demand: 0.6}, t: "
                                 "{kind: threshold, loss: 7500 hu, at: 40000 item}}") CASES
                 "regimes: {q: {kind: schedule, custody: {a: 0 month, b: 1 year}}, r: {kind: "
                 "schedule, custody: 84 month}}\n" THEORIES);
    assert_int_equal(fixture.status, STATUS_OK);
    assert_string_equal(fixture_said(&fixture), "");
    static const struct {
        const char *path;
        double value;
    } rows[] = {
        {"model.detection", 0.1 / 12}, /* a year has 12 months */
        {"model.channels.m.supply", 0.4},
        {"model.channels.t.loss", 7500},
        {"model.exchange.custody", 1},
        {"cases.a.share", 0.3},
        {"cases.b.quantity", 2},
        {"cases.b.class", 1},
        {"regimes.q.custody.b", 12},
        {"regimes.r.custody", 84},
        {"theories.t.acceptable_from", 0.7},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_close(premise_value_at(&fixture, rows[i].path), rows[i].value, 1e-15, 0);
    const struct premise *assumed = scenario_premise(fixture.scenario, "model.exchange.custody");
    assert_true(assumed->assumed);
    assert_string_equal(assumed->place.file, "desert.lua");
    assert_string_equal(assumed->unit_text, "pme/month");
    assert_null(scenario_premise(fixture.scenario, "regimes.r.custody.a"));
    assert_null(scenario_premise(fixture.scenario, ""));
    fixture_close(&fixture);
}

static void test_one_fault_as_printed(void **state)
{
    (void)state;
    assert_said(HEAD MODEL_WITH("channels: {m: {kind: markt}}") CASES REGIMES THEORIES,
                "s.yaml:4:92: error: there is no kind `markt`\n"
                "    4 | model: {population: {shares_of: participants}, detection: 0.1 1/year, "
                "channels: {m: {kind: markt}}}\n"
                "      |                                                                       "
                "                     ^^^^^\n"
                "      = did you mean `market`?\n"
                "      = desert.lua:6: declared here\n");
}

static void test_missing_inputs(void **state)
{
    (void)state;
    assert_brief(
        HEAD "model: {population: {shares_of: participants}}\n"
             "cases: {a: {share: 1}}\n"
             "regimes: {r: {kind: schedule}}\n"
             "theories: {t: {kind: desert, harm_basis: exponent}}\n",
        "4:1+5 `model.detection` is missing = add `detection`: a number in 1/year (chance of "
        "sanction) @ desert.lua:7\n"
        "4:1+5 `model.channels` is missing = add `channels`: a map @ desert.lua:8\n"
        "5:9+1 `cases.a.quantity` is missing = add `quantity`: a number @ desert.lua:7\n"
        "5:9+1 `cases.a.class` is missing = add `class`: one of `minor`, `grave` @ desert.lua:10\n"
        "6:11+1 `regimes.r.custody` is missing = add `custody`: a number in month @ "
        "schedule.lua:13\n"
        "7:12+1 `theories.t.theta` is missing = add `theta`: {moral: true, value: ..., "
        "range: [..., ...]}; a moral choice has no default @ desert.lua:7\n");
    assert_brief(HEAD MODEL "cases: {a: {quantity: 1, class: minor}, b: {share: 1, quantity: 1, "
                            "class: minor}}\n" REGIMES THEORIES,
                 "5:9+1 `cases.a.share` is missing: other cases have it = add `share`: a number "
                 "(share of the population)\n");
}

/* Unknown to all plugins: a warning in the model and the cases, an error in a use. */
static void test_unknown_keys(void **state)
{
    (void)state;
    assert_brief(HEAD MODEL_WITH("channels: {m: {kind: market, supply: 1, demand: 1, suply: 2}}, "
                                 "leng: 3, harm: {x: {y: 1}}") CASES REGIMES THEORIES,
                 "w 4:122+5 no plugin reads `model.channels.m.suply` = did you mean `supply`?\n"
                 "w 4:134+4 no plugin reads `model.leng` = did you mean `length`?\n"
                 "w 4:143+4 no plugin reads `model.harm`\n");
    assert_brief(
        HEAD MODEL "cases: {a: {share: 0.5, quantity: 1, class: minor, colour: red}, b: {share: "
                   "0.5, quantity: 1, class: minor, colour: blue}}\n"
                   "regimes: {r: {kind: schedule, custody: 1 month, round: 3}}\n"
                   "theories: {t: {kind: desert, acceptable: 0.5}}\n"
                   "shared: {thet: 1}\n",
        "w 5:52+6 no plugin reads `cases.a.colour`\n"
        "6:49+5 unknown key `round` = did you mean `rounds`?\n"
        "7:30+10 unknown key `acceptable` = one of `harm_basis`, `theta`, `acceptable_from`\n"
        "w 8:10+4 no plugin reads `shared.thet` = did you mean `theta`?\n");
}

static void test_shares(void **state)
{
    (void)state;
    assert_brief(HEAD MODEL "cases: {a: {share: 0.3, quantity: 1, class: minor}, b: {share: 0.6, "
                            "quantity: 1, class: minor}}\n" REGIMES THEORIES,
                 "5:1+5 the shares of the cases add up to 0.9 = shares must add up to 1\n");
    assert_brief(HEAD MODEL "cases: {a: {share: 0.3333333, quantity: 1, class: minor}, b: {share: "
                            "0.6666667, quantity: 1, class: minor}}\n" REGIMES THEORIES,
                 "");
    assert_brief(HEAD MODEL "cases: {a: {share: -1, quantity: 1, class: minor}, b: {share: 1.5, "
                            "quantity: 1, class: minor}}\n" REGIMES THEORIES,
                 "5:20+2 `cases.a.share` must be at least 0 and at most 1, not -1\n"
                 "5:63+3 `cases.b.share` must be at least 0 and at most 1, not 1.5\n");
}

static void test_values_by_case(void **state)
{
    (void)state;
    assert_brief(
        HEAD MODEL CASES
        "regimes: {r: {kind: schedule, custody: {a: 1 month, bb: 3 hu}}}\n" THEORIES,
        "8:31+7 `regimes.r.custody` has no value for case `b` = add `b:` @ schedule.lua:13\n"
        "8:53+2 there is no case `bb` = did you mean `b`?\n");
    assert_brief(
        HEAD MODEL CASES
        "regimes: {r: {kind: schedule, custody: {a: 1 month, b: 3 hu, note: x}}}\n" THEORIES,
        "8:56+4 `regimes.r.custody.b` must be in month, not in `hu` = write it in `month` @ "
        "schedule.lua:7\n");
    assert_brief(
        HEAD MODEL CASES
        "regimes: {r: {kind: schedule, custody: {uniform: [1, 2], unit: month}}}\n" THEORIES,
        "");
}

static void test_labels_and_structure(void **state)
{
    (void)state;
    assert_brief(
        HEAD MODEL "cases: {a: {share: 1, quantity: 1, class: minr}}\n"
                   "regimes: {r: {kind: schedule, custody: 1 month, rounds: 2.5, since: "
                   "2023-02-29}, s: {kind: schedule, custody: 1 month, rounds: 21, since: today}}\n"
                   "theories: {t: {kind: desert, harm_basis: marginl}}\n",
        "5:43+4 `cases.a.class` cannot be `minr` = did you mean `minor`? @ desert.lua:10\n"
        "6:57+3 `regimes.r.rounds` cannot be 2.5 = a whole number from 1 to 20 @ schedule.lua:14\n"
        "6:69+10 `regimes.r.since` is not a date = write it as year-month-day: 2024-02-29 @ "
        "schedule.lua:15\n"
        "6:128+2 `regimes.s.rounds` cannot be 21 = a whole number from 1 to 20 @ schedule.lua:14\n"
        "6:139+5 `regimes.s.since` is not a date = write it as year-month-day: 2024-02-29 @ "
        "schedule.lua:15\n"
        "7:42+7 `theories.t.harm_basis` cannot be `marginl` = did you mean `marginal`? @ "
        "desert.lua:12\n");
    assert_brief(HEAD MODEL CASES "regimes: {r: {kind: schedule, custody: 1 month, since: "
                                  "2024-02-29, rounds: 20}}\n" THEORIES,
                 "");
}

/* Wanted only where the basis is an exponent; elsewhere it may not stand. */
static void test_only_with(void **state)
{
    (void)state;
    assert_brief(HEAD MODEL CASES REGIMES
                 "theories: {t: {kind: desert, theta: {moral: true, value: 0, range: [0, 1]}}}\n",
                 "9:30+5 `theories.t.theta` stands only with `harm_basis: exponent` = leave it out "
                 "@ desert.lua:7\n");
}

/* The theory's own entry wins; one that does not want the value does not take it. */
static void test_shared(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture, HEAD MODEL CASES REGIMES
                 "shared: {theta: {moral: true, value: 0.2, range: [0, 1]}, acceptable_from: 0.6}\n"
                 "theories:\n  t: {kind: desert, harm_basis: exponent}\n  u: {kind: desert, "
                 "acceptable_from: 0.5}\n");
    assert_string_equal(fixture_said(&fixture), "");
    assert_close(premise_value_at(&fixture, "shared.theta"), 0.2, 0, 0);
    assert_close(premise_value_at(&fixture, "shared.acceptable_from"), 0.6, 0, 0);
    assert_close(premise_value_at(&fixture, "theories.u.acceptable_from"), 0.5, 0, 0);
    assert_null(scenario_premise(fixture.scenario, "theories.t.theta"));
    assert_null(scenario_premise(fixture.scenario, "theories.t.acceptable_from"));
    fixture_close(&fixture);
}

static void test_facts(void **state)
{
    (void)state;
    assert_brief(
        HEAD MODEL
        "cases:\n  a: {share: 0.5, quantity: 1, class: minor, facts: {boats: 1, crew: big}}\n"
        "  b: {share: 0.5, quantity: 1, class: minor, facts: {boats: many, nets: 3}}\n" REGIMES
            THEORIES,
        "6:46+5 `cases.a.facts.nets` is missing: other cases have it = add `nets`: a value @ "
        "desert.lua:9\n"
        "7:46+5 `cases.b.facts.crew` is missing: other cases have it = add `crew`: a value @ "
        "desert.lua:9\n"
        "7:61+4 `cases.b.facts.boats` must be a number, as in the first case\n");
    assert_brief(HEAD MODEL
                 "cases:\n  a: {share: 0.5, quantity: 1, class: minor, facts: {boats: 1}}\n"
                 "  b: {share: 0.5, quantity: 1, class: minor}\n" REGIMES THEORIES,
                 "7:3+1 `cases.b.facts` is missing: other cases have it = add `facts`: a map @ "
                 "desert.lua:11\n");
    assert_brief(
        HEAD MODEL
        "cases:\n  a: {share: 0.5, quantity: 1, class: minor, facts: {boats: 1 item}}\n"
        "  b: {share: 0.5, quantity: 1, class: minor, facts: {boats: 2}}\n" REGIMES THEORIES,
        "7:61+1 `cases.b.facts.boats` needs a unit = write `2 item` @ desert.lua:9\n");
}

/* Faults of the core's parts and of the plugins' are told together. */
static void test_all_in_one_go(void **state)
{
    (void)state;
    assert_brief("assize: 1\nstatus: illustrative\nregims: 1\n" MODEL_WITH(
                     "channels: {m: {kind: x}}") CASES REGIMES THEORIES,
                 "1:1+1 `title` is missing = add `title:` with a short name\n"
                 "3:1+6 unknown key `regims` = did you mean `regimes`?\n"
                 "4:92+1 there is no kind `x` = one of `market`, `threshold` @ desert.lua:6\n");
}

/* A plugin that was refused checks nothing, and nothing is said to be read by nobody. */
static void test_missing_plugin(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_read(&fixture, HEAD MODEL CASES REGIMES THEORIES);
    const struct declaration *none[] = {NULL};
    const struct declarations declarations = {none, none};
    assert_int_equal(scenario_bind(fixture.scenario, &declarations, NULL, &fixture.diags),
                     STATUS_OK);
    assert_string_equal(fixture_said(&fixture), "");
    fixture_close(&fixture);
}

/* Two plugins that disagree about one value are told so. */
static void test_two_plugins_disagree(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_read(&fixture, HEAD MODEL CASES REGIMES THEORIES);
    struct declared_plugins *one = declare_plugins(&fixture.arena);
    struct declared_plugins *two = declare_plugins(&fixture.arena);
    two->exchange_fields[0].value = 2;
    two->regime.model = &two->model;
    const struct declaration *regimes[] = {&two->regime}, *theories[] = {&one->theory};
    const struct declarations declarations = {regimes, theories};
    assert_int_equal(scenario_bind(fixture.scenario, &declarations, NULL, &fixture.diags),
                     STATUS_PLUGIN);
    assert_string_equal(fixture_brief(&fixture),
                        "7:0+1 `model.exchange.custody` is declared here otherwise than in another "
                        "plugin of this scenario @ schedule.lua:7\n");
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_binds),
        cmocka_unit_test(test_one_fault_as_printed),
        cmocka_unit_test(test_missing_inputs),
        cmocka_unit_test(test_unknown_keys),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_values_by_case),
        cmocka_unit_test(test_labels_and_structure),
        cmocka_unit_test(test_only_with),
        cmocka_unit_test(test_shared),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_all_in_one_go),
        cmocka_unit_test(test_missing_plugin),
        cmocka_unit_test(test_two_plugins_disagree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

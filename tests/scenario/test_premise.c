/* Numbers as scenarios write them: values, units, distributions, moral choices, statuses. */
#include "scenario/fixture.h"

/* A scenario whose regime has `weight: <text>` (a pure number) and whose model has `length: <text>`
 * (in month, 0 to 240). */
static const char *with_weight(struct arena *arena, const char *text)
{
    return arena_printf(
        arena,
        HEAD MODEL CASES
        "regimes:\n  r:\n    kind: schedule\n    custody: 1 month\n    weight: %s\n" THEORIES,
        text);
}

static const char *with_length(struct arena *arena, const char *text)
{
    return arena_printf(
        arena,
        HEAD "model:\n  population: {shares_of: participants}\n"
             "  detection: 0.1 1/year\n  channels: {}\n  length: %s\n" CASES REGIMES THEORIES,
        text);
}

/* The premise of `weight` or `length`, read without faults. */
static struct premise premise_read_as(const char *(*with)(struct arena *, const char *),
                                      const char *path, const char *text)
{
    static struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture, with(&fixture.arena, text));
    assert_string_equal(fixture_said(&fixture), "");
    const struct premise *premise = scenario_premise(fixture.scenario, path);
    assert_non_null(premise);
    struct premise copy = *premise;
    copy.source = premise->source != NULL ? "s" : NULL;
    copy.distribution = NULL;
    if (premise->distribution != NULL)
        copy.note = "drawn";
    fixture_close(&fixture);
    return copy;
}

static void assert_weight(const char *text, const char *brief)
{
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture, with_weight(&fixture.arena, text));
    assert_string_equal(fixture_brief(&fixture), brief);
    fixture_close(&fixture);
}

static void assert_length(const char *text, const char *brief)
{
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture, with_length(&fixture.arena, text));
    assert_string_equal(fixture_brief(&fixture), brief);
    fixture_close(&fixture);
}

/* --- values ------------------------------------------------------------------------------- */

static void test_plain_values(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } rows[] = {
        {"3", 3},
        {"+2", 2},
        {"-0.5e1", -5},
        {"1/12", 1.0 / 12},
        {"2 1", 2},
        {"{value: 4}", 4},
        {"{value: 1/8, unit: 1}", 0.125},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_close(premise_read_as(with_weight, "regimes.r.weight", rows[i].text).value,
                     rows[i].value, 0, 0);
}

/* 1 year = 12 month (design); values are kept in months. */
static void test_units(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double months;
    } rows[] = {
        {"12 month", 12},
        {"2 year", 24},
        {"{value: 2, unit: year}", 24},
        {"{value: 2 year}", 24},
        {"{value: 1, uniform: [0, 2], unit: year}", 12},
        {"0", 0},
        {"{value: 0}", 0},
        {"365.25 day", 12},
        {"240 month", 240},
        {"20 year", 240},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct premise premise = premise_read_as(with_length, "model.length", rows[i].text);
        assert_close(premise.value, rows[i].months, 1e-15, 0);
        assert_string_equal(premise.unit_text, "month");
    }
}

/* Medians: closed forms; normal and lognormal by symmetry, exp(0) = 1; beta(2, 2) by symmetry;
 * triangular [0, 1, 1] has the distribution function x^2, so its median is the root of 1/2. */
static void test_centres(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double centre;
    } rows[] = {
        {"{uniform: [1, 4]}", 2.5},
        {"{triangular: [0, 0.2, 0.4]}", 0.2},
        {"{triangular: [0, 1, 1]}", 0.70710678118654752440},
        {"{normal: [3, 2]}", 3},
        {"{lognormal: [0, 1]}", 1},
        {"{beta: [2, 2]}", 0.5},
        {"{uniform: [1, 4], value: 2}", 2},
        {"{choice: {values: [1, 2], weights: [1, 3]}, value: 2}", 2},
        {"{samples: [1, 2, 7], value: 2}", 2},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct premise premise = premise_read_as(with_weight, "regimes.r.weight", rows[i].text);
        assert_close(premise.value, rows[i].centre, 1e-9, 1e-12);
        assert_string_equal(premise.note, "drawn");
    }
}

static void test_marks(void **state)
{
    (void)state;
    struct premise premise =
        premise_read_as(with_weight, "regimes.r.weight",
                        "{value: 1, status: unverified, disputed: true, note: from a newspaper}");
    assert_int_equal(premise.status, PREMISE_UNVERIFIED);
    assert_true(premise.disputed);
    assert_false(premise.moral);
    premise = premise_read_as(with_weight, "regimes.r.weight",
                              "{moral: true, value: 0.5, range: [0, 2]}");
    assert_true(premise.moral);
    assert_close(premise.low, 0, 0, 0);
    assert_close(premise.high, 2, 0, 0);
    premise = premise_read_as(with_length, "model.length",
                              "{moral: true, value: 1, range: [0, 2], unit: year}");
    assert_close(premise.high, 24, 0, 0);
}

/* --- what is no number -------------------------------------------------------------------- */

static void test_not_a_number(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned width;
        const char *shown, *remedy;
    } rows[] = {
        {"010", 3, "`010`", "write `10`"},
        {"-007", 4, "`-007`", "write `-7`"},
        {"00.5", 4, "`00.5`", "write `0.5`"},
        {"1_000", 5, "`1_000`", "write `1000`"},
        {"\"1,000\"", 7, "`1,000`", "write `1000`"},
        {"0x10", 4, "`0x10`", "write it in decimal"},
        {"0o17", 4, "`0o17`", "write it in decimal"},
        {"12:30", 5, "`12:30`", "write it without `:`, in one unit"},
        {".5", 2, "`.5`", "write `0.5`"},
        {"-.5", 3, "`-.5`", "write `-0.5`"},
        {"5.", 2, "`5.`", "write `5`"},
        {"inf", 3, "`inf`", "a number must be finite"},
        {"-.inf", 5, "`-.inf`", "a number must be finite"},
        {"nan", 3, "`nan`", "a number must be finite"},
        {"50%", 3, "`50%`", "write `0.5`"},
        {"50 %", 4, "`50 %`", "write `0.5`"},
        {"\"12\"", 4, "`12`", "leave the quotes out"},
        {"12 months", 9, "`12 months`", "write `12 month`"},
        {"12month", 7, "`12month`", "write `12 month`"},
        {"yes", 3, "`yes`", NULL},
        {"true", 4, "`true`", NULL},
        {"", 1, "empty", NULL},
        {"[1, 2]", 1, "a list", NULL},
        {"1e999", 5, "`1e999`", NULL},
        {"lots", 4, "`lots`", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct fixture fixture;
        fixture_open(&fixture);
        const char *brief = arena_printf(
            &fixture.arena,
            "12:13+%u `regimes.r.weight` must be a number, not %s%s%s @ schedule.lua:7\n",
            rows[i].width, rows[i].shown, rows[i].remedy != NULL ? " = " : "",
            rows[i].remedy != NULL ? rows[i].remedy : "");
        if (rows[i].text[0] == '\0') /* stands at the end of `weight:` */
            brief = "12:12+1 `regimes.r.weight` must be a number, not empty @ schedule.lua:7\n";
        assert_weight(rows[i].text, brief);
        fixture_close(&fixture);
    }
}

static void test_wrong_units(void **state)
{
    (void)state;
    assert_length("12", "8:11+2 `model.length` needs a unit = write `12 month` @ desert.lua:7\n");
    assert_length("{value: 12}",
                  "8:19+2 `model.length` needs a unit = add `unit: month` @ desert.lua:7\n");
    assert_length("{uniform: [0, 12]}",
                  "8:11+1 `model.length` needs a unit = add `unit: month` @ desert.lua:7\n");
    assert_length("12 hu", "8:11+5 `model.length` must be in month, not in `hu` = write it in "
                           "`month` @ desert.lua:7\n");
    assert_length("{value: 1, unit: yeer}",
                  "8:28+4 `yeer` is no unit = did you mean `year`? @ desert.lua:7\n");
    assert_length("{value: 1 year, unit: year}",
                  "8:33+4 the unit of `model.length` stands twice = keep one of them\n");
    assert_length("1e308 year", "8:11+10 `model.length` is too large a number @ desert.lua:7\n");
    assert_weight("3 month", "12:13+7 `regimes.r.weight` must be a number without unit, not in "
                             "`month` = leave the unit out @ schedule.lua:7\n");
    assert_weight("{value: 3, uniform: [0 month, 3]}",
                  "12:34+7 `regimes.r.weight.uniform.1` must be a number without unit = leave the "
                  "unit out\n");
}

static void test_outside_the_range(void **state)
{
    (void)state;
    const char *within = "`model.length` must be at least 0 month and at most 240 month";
    static const struct {
        const char *text;
        const char *place, *shown;
    } rows[] = {
        {"21 year", "8:11+7", "21"},
        {"-1 month", "8:11+8", "-1"},
        {"{uniform: [0, 241], unit: month}", "8:21+1", "241"},
        {"{triangular: [-1, 0, 2], unit: month}", "8:24+1", "-1"},
        {"{value: 3, samples: [3, 300], unit: month}", "8:31+1", "300"},
        {"{value: 3, choice: {values: [3, 300], weights: [1, 1]}, unit: month}", "8:30+1", "300"},
        {"{normal: [300, 1], unit: month}", "8:20+1", "300"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct fixture fixture;
        fixture_open(&fixture);
        assert_length(rows[i].text, arena_printf(&fixture.arena, "%s %s, not %s @ desert.lua:7\n",
                                                 rows[i].place, within, rows[i].shown));
        fixture_close(&fixture);
    }
    assert_brief(HEAD "model: {population: {shares_of: participants}, channels: {}, detection: "
                      "{beta: [1, 1], value: 0 1/year}}\n" CASES REGIMES THEORIES,
                 "4:95+8 `model.detection` must be above 0 1/year, not 0 @ desert.lua:7\n");
}

/* --- malformed maps ----------------------------------------------------------------------- */

static void test_malformed(void **state)
{
    (void)state;
    assert_weight("{valu: 3}", "12:13+1 `regimes.r.weight` has no value = add `value:` or a "
                               "distribution @ schedule.lua:7\n"
                               "12:14+4 unknown key `valu` = did you mean `value`?\n");
    assert_weight("{uniform: [0, 1], normal: [0, 1]}",
                  "12:31+6 `regimes.r.weight` has two distributions: `uniform` and `normal` = keep "
                  "one of them\n");
    assert_weight("{uniform: [0, 1, 2]}",
                  "12:23+1 `uniform` of `regimes.r.weight` is not written as it should be = write "
                  "`uniform: [low, high]`\n");
    assert_weight("{triangular: 3}",
                  "12:26+1 `triangular` of `regimes.r.weight` is not written as it should be = "
                  "write `triangular: [low, mode, high]`\n");
    assert_weight("{value: 1, choice: [1, 2]}",
                  "12:32+1 `choice` of `regimes.r.weight` is not written as it should be = write "
                  "`choice: {values: [a, b], weights: [1, 3]}`\n");
    assert_weight("{value: 1, choice: {values: [1, 2], weights: [1]}}",
                  "12:58+1 `choice` of `regimes.r.weight` has 2 values but 1 weights\n");
    assert_weight("{samples: [1, 2]}",
                  "12:14+7 `regimes.r.weight` has a `samples` and no `value` = add `value:`, its "
                  "centre\n");
    assert_weight("{value: 1, disputed: yes}",
                  "12:34+3 `regimes.r.weight.disputed` must be `true` or `false`, not `yes` = "
                  "write `true`\n");
    assert_weight(
        "{value: 1, range: [0, 1]}",
        "12:24+5 only a moral choice has a range = add `moral: true`, or a distribution\n");
    assert_weight(
        "{uniform: [0, .5]}",
        "12:27+2 `regimes.r.weight.uniform.2` must be a number, not `.5` = write `0.5`\n");
}

/* The engine's own check of the parameters is passed on. */
static void test_impossible_distribution(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture, with_weight(&fixture.arena, "{uniform: [2, 1]}"));
    assert_int_equal(fixture.diags.errors, 1);
    assert_int_equal(fixture.diags.items[0].place.column, 23);
    assert_non_null(strstr(fixture.diags.items[0].message, "`uniform` of `regimes.r.weight`: "));
    fixture_close(&fixture);
}

/* --- truths ------------------------------------------------------------------------------- */

static void test_truths(void **state)
{
    (void)state;
#define OPEN(text)                                                                                 \
    HEAD MODEL CASES "regimes: {r: {kind: schedule, custody: 1 month, open: " text "}}\n" THEORIES
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture, OPEN("{value: true, choice: {values: [true, false], weights: [3, 1]}}"));
    assert_string_equal(fixture_said(&fixture), "");
    const struct premise *premise = scenario_premise(fixture.scenario, "regimes.r.open");
    assert_int_equal(premise->kind, VALUE_TRUTH);
    assert_close(premise->value, 1, 0, 0);
    assert_close(premise->distribution->values[1], 0, 0, 0);
    assert_null(premise->unit_text);
    fixture_close(&fixture);
    assert_brief(OPEN("yes"),
                 "8:55+3 `regimes.r.open` must be `true` or `false`, not `yes` = write `true`\n");
    assert_brief(OPEN("Off"),
                 "8:55+3 `regimes.r.open` must be `true` or `false`, not `Off` = write `false`\n");
    assert_brief(
        OPEN("'true'"),
        "8:55+6 `regimes.r.open` must be `true` or `false`, not `true` = leave the quotes out\n");
    assert_brief(
        OPEN("{uniform: [0, 1]}"),
        "8:56+7 `regimes.r.open` is no number: `uniform` does not fit it = use `choice`\n");
    assert_brief(OPEN("{value: true, unit: month}"),
                 "8:69+4 `regimes.r.open` is no number and has no unit = leave it out\n");
}

/* --- moral choices ------------------------------------------------------------------------ */

#define THETA(text)                                                                                \
    HEAD MODEL CASES REGIMES "theories: {t: {kind: desert, harm_basis: exponent, theta: " text     \
                             "}}\n"
#define EXAMPLE(value)                                                                             \
    "write `theta: {moral: true, value: " value ", range: [0, 1]}` @ desert.lua:7\n"

static void test_moral_choices(void **state)
{
    (void)state;
    assert_brief(THETA("{moral: true, value: 0.3, range: [0, 1]}"), "");
    assert_brief(
        THETA("0.3"),
        "9:59+3 `theories.t.theta` is a moral choice and must be written as one = " EXAMPLE("0.3"));
    assert_brief(
        THETA("{value: 0.3}"),
        "9:59+1 `theories.t.theta` is a moral choice and must be written as one = " EXAMPLE("0.3"));
    assert_brief(
        THETA("{uniform: [0, 1]}"),
        "9:59+1 `theories.t.theta` is a moral choice and must be written as one = " EXAMPLE("..."));
    assert_brief(THETA("{moral: true, uniform: [0, 1]}"),
                 "9:73+7 `theories.t.theta` is a moral choice: it is chosen, never drawn = write a "
                 "`value` and a `range`\n");
    assert_brief(THETA("{moral: true, value: 0.3}"),
                 "9:59+1 `theories.t.theta` needs a range of two numbers = " EXAMPLE("0.3"));
    assert_brief(THETA("{moral: true, value: 0.3, range: 1}"),
                 "9:92+1 `theories.t.theta` needs a range of two numbers = " EXAMPLE("0.3"));
    assert_brief(THETA("{moral: true, range: [0, 1]}"),
                 "9:59+1 `theories.t.theta` has no value = " EXAMPLE("..."));
    assert_brief(THETA("{moral: true, value: 0.3, range: [0.4, 1]}"),
                 "9:80+3 the value of `theories.t.theta` lies outside its range = widen the range, "
                 "or move the value\n");
    assert_brief(THETA("{moral: true, value: 0.3, range: [1, 0]}"),
                 "9:92+1 the range of `theories.t.theta` ends before it begins = write the lower "
                 "end first\n");
    assert_brief(
        THETA("{moral: true, value: 0.3, range: [0, 2]}"),
        "9:92+1 `theories.t.theta` must be at least 0 and at most 1, not 2 @ desert.lua:7\n");
    assert_brief(
        THETA("{moral: true, value: 1.3, range: [0, 1]}"),
        "9:80+3 `theories.t.theta` must be at least 0 and at most 1, not 1.3 @ desert.lua:7\n");
}

/* --- sources and statuses ----------------------------------------------------------------- */

/* Nearest wins: the number's own, else that of the maps above, up to the top of the file. */
static void test_inherited_status(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture, "assize: 1\ntitle: T\nstatus: unverified\nsources: {x: X, y: Y}\n"
                           "model:\n  source: x\n  population: {shares_of: participants}\n"
                           "  detection: {value: 0.1, unit: 1/year, status: illustrative}\n"
                           "  length: {value: 3 month, status: sourced}\n"
                           "  channels: {m: {kind: market, source: y, supply: 1, demand: {value: "
                           "1, status: unverified, source: x}}}\n" CASES REGIMES THEORIES);
    assert_string_equal(fixture_said(&fixture), "");
    static const struct {
        const char *path;
        enum premise_status status;
        const char *source;
    } rows[] = {
        {"cases.a.share", PREMISE_UNVERIFIED, NULL},
        {"model.detection", PREMISE_ILLUSTRATIVE, NULL},
        {"model.length", PREMISE_SOURCED, "x"},
        {"model.channels.m.supply", PREMISE_SOURCED, "y"},
        {"model.channels.m.demand", PREMISE_UNVERIFIED, "x"},
        {"theories.t.acceptable_from", PREMISE_ILLUSTRATIVE, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct premise *premise = scenario_premise(fixture.scenario, rows[i].path);
        assert_non_null(premise);
        assert_int_equal(premise->status, rows[i].status);
        if (rows[i].source != NULL)
            assert_string_equal(premise->source, rows[i].source);
        else
            assert_null(premise->source);
    }
    fixture_close(&fixture);
}

static void test_no_status(void **state)
{
    (void)state;
    assert_brief(
        "assize: 1\ntitle: T\n"
        "model: {population: {shares_of: participants}, detection: 0.1 1/year, channels: {}}\n"
        "cases: {status: illustrative, a: {share: 1, quantity: 1, class: minor}}\n"
        "regimes: {status: illustrative, r: {kind: schedule, custody: 1 month}}\n" THEORIES,
        "3:59+10 `model.detection` has neither a source nor a status = add `source:` or "
        "`status: illustrative`, here or on a map above\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_values),
        cmocka_unit_test(test_units),
        cmocka_unit_test(test_centres),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_not_a_number),
        cmocka_unit_test(test_wrong_units),
        cmocka_unit_test(test_outside_the_range),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_impossible_distribution),
        cmocka_unit_test(test_truths),
        cmocka_unit_test(test_moral_choices),
        cmocka_unit_test(test_inherited_status),
        cmocka_unit_test(test_no_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

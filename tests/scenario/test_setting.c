/* `--set path=value`. */
#include "scenario/fixture.h"

#define SHARED                                                                                     \
    HEAD "model:\n  population: {shares_of: participants}\n"                                       \
         "  detection: {value: 0.1, uniform: [0, 0.3], unit: 1/year}\n"                            \
         "  length: {uniform: [0, 24], unit: month}\n  channels: {}\n" CASES                       \
         "regimes: {r: {kind: schedule, custody: 6 month}}\n"                                      \
         "shared: {theta: {moral: true, value: 0.2, range: [0, 1]}}\n"                             \
         "theories: {t: {kind: desert, harm_basis: exponent}, u: {kind: desert, harm_basis: "      \
         "exponent}}\n"

static void fixture_set(struct fixture *fixture, const char *path, const char *value)
{
    struct setting setting = {path, value};
    fixture_open(fixture);
    fixture->settings = &setting;
    fixture->setting_count = 1;
    fixture_bind(fixture, SHARED);
}

static void assert_set_at(const char *path, const char *value, const char *premise_path,
                          double expected)
{
    struct fixture fixture;
    fixture_set(&fixture, path, value);
    assert_string_equal(fixture_said(&fixture), "");
    const struct premise *premise = scenario_premise(fixture.scenario, premise_path);
    assert_non_null(premise);
    assert_close(premise->value, expected, 1e-15, 0);
    assert_true(premise->set);
    assert_false(premise->assumed);
    assert_null(premise->distribution);
    assert_int_equal(premise->status, PREMISE_ILLUSTRATIVE);
    fixture_close(&fixture);
}

static void assert_set(const char *path, const char *value, double expected)
{
    assert_set_at(path, value, path, expected);
}

static void test_sets(void **state)
{
    (void)state;
    assert_set("regimes.r.custody", "1 year", 12);
    assert_set("model.detection", "0.6", 0.6 / 12); /* the unit of the map stays */
    assert_set("model.detection", "0.05 1/month", 0.05);
    assert_set_at("model.detection.value", "0.6", "model.detection", 0.6 / 12);
    assert_set("model.length", "3", 3);
    assert_set("cases.a.share", "0.3000001", 0.3000001);
    assert_set("theories.t.acceptable_from", "0.5", 0.5);   /* a default */
    assert_set("model.exchange.custody", "2 pme/month", 2); /* a default in a missing map */
    assert_set("theories.t.theta", "0.9", 0.9);             /* shared: for this theory alone */
    assert_set("shared.theta", "0.9", 0.9);
}

static void test_shared_stays_for_others(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_set(&fixture, "theories.t.theta", "0.9");
    const struct premise *own = scenario_premise(fixture.scenario, "theories.t.theta");
    assert_true(own->moral);
    assert_close(own->high, 1, 0, 0);
    assert_close(premise_value_at(&fixture, "shared.theta"), 0.2, 0, 0);
    fixture_close(&fixture);
}

/* Everything about a premise that can reach a result or a screen, in one text. */
static const char *premises_text(struct fixture *fixture)
{
    struct text text;
    text_init(&text, &fixture->arena);
    for (size_t i = 0; i < fixture->scenario->premise_count; i++) {
        const struct premise *premise = &fixture->scenario->premises[i];
        text_printf(&text, "%s %a %d %d %d %d %s:%u:%u\n", premise->path, premise->value,
                    premise->distribution != NULL, (int)premise->status, premise->assumed,
                    premise->set, premise->place.file, premise->place.line, premise->place.column);
    }
    return text.data;
}

/* Setting what stands changes nothing at all. */
static void test_the_standing_value(void **state)
{
    (void)state;
    static const struct setting settings[] = {
        {"model.detection", "0.1"},
        {"model.detection", "0.10"},
        {"model.length", "12"}, /* the median of uniform 0..24 */
        {"model.length", "12 month"},
        {"regimes.r.custody", "6 month"},
        {"regimes.r.custody", "6.0 month"},
        {"cases.a.class", "minor"},
        {"theories.t.harm_basis", "exponent"},
        {"theories.t.acceptable_from", "0.7"},
        {"theories.t.theta", "0.2"},
        {"model.exchange.custody", "1 pme/month"},
        {"title", "T"},
    };
    struct fixture standing;
    fixture_open(&standing);
    fixture_bind(&standing, SHARED);
    const char *before = premises_text(&standing);
    for (size_t i = 0; i < COUNT_OF(settings); i++) {
        struct fixture fixture;
        fixture_set(&fixture, settings[i].path, settings[i].value);
        assert_string_equal(fixture_said(&fixture), "");
        assert_string_equal(premises_text(&fixture), before);
        fixture_close(&fixture);
    }
    fixture_close(&standing);
}

static void assert_set_said(const char *path, const char *value, enum status status,
                            const char *said)
{
    struct fixture fixture;
    fixture_set(&fixture, path, value);
    assert_string_equal(fixture_said(&fixture), said);
    assert_int_equal(fixture.status, status);
    fixture_close(&fixture);
}

static void test_faults(void **state)
{
    (void)state;
    assert_set_said("model.detecton", "0.2", STATUS_USAGE,
                    "--set model.detecton=0.2: error: there is no value at `model.detecton`\n"
                    "      = did you mean `model.detection`?\n");
    assert_set_said("theories.t.acceptable_form", "0.2", STATUS_USAGE,
                    "--set theories.t.acceptable_form=0.2: error: there is no value at "
                    "`theories.t.acceptable_form`\n"
                    "      = did you mean `theories.t.acceptable_from`?\n");
    assert_set_said("model.detection", "010", STATUS_SCENARIO,
                    "--set model.detection=010: error: `model.detection.value` must be a number, "
                    "not `010`\n      = write `10`\n      = desert.lua:7: declared here\n");
    assert_set_said("regimes.r.custody", "7", STATUS_SCENARIO,
                    "--set regimes.r.custody=7: error: `regimes.r.custody` needs a unit\n"
                    "      = write `7 month`\n      = schedule.lua:7: declared here\n");
    assert_set_said("theories.t.acceptable_from", "1.5", STATUS_SCENARIO,
                    "--set theories.t.acceptable_from=1.5: error: `theories.t.acceptable_from` "
                    "must be at least 0 and at most 1, not 1.5\n"
                    "      = desert.lua:7: declared here\n");
    assert_set_said("theories.t.theta", "2", STATUS_SCENARIO,
                    "--set theories.t.theta=2: error: `theories.t.theta` must be at least 0 and "
                    "at most 1, not 2\n      = desert.lua:7: declared here\n");
    assert_set_said("model.channels", "1", STATUS_USAGE,
                    "--set model.channels=1: error: `model.channels` is no single value\n");
    assert_set_said("cases.a", "1", STATUS_USAGE,
                    "--set cases.a=1: error: `cases.a` is no single value\n"
                    "      = set one of its values: `cases.a.share`, ...\n");
    assert_set_said("model.detection", "", STATUS_USAGE,
                    "--set model.detection=: error: a setting needs a value\n");
    assert_set_said("model.detection", "{uniform: [0, 1]}", STATUS_USAGE,
                    "--set model.detection={uniform: [0, 1]}: error: a setting takes one value, "
                    "not a map or a list\n");
}

static void test_yaml_in_a_value(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_set(&fixture, "title", "'Two words' # and a comment");
    assert_string_equal(fixture.scenario->title, "Two words");
    fixture_close(&fixture);
    fixture_set(&fixture, "title", "[1");
    assert_int_equal(fixture.status, STATUS_SCENARIO);
    assert_string_equal(fixture.diags.items[0].place.file, "--set title=[1");
    fixture_close(&fixture);
}

/* The last of two settings holds. */
static void test_order(void **state)
{
    (void)state;
    static const struct setting settings[] = {{"model.length", "3"},
                                              {"theories.t.acceptable_from", "0.1"},
                                              {"model.length", "4"},
                                              {"theories.t.acceptable_from", "0.2"}};
    struct fixture fixture;
    fixture_open(&fixture);
    fixture.settings = settings;
    fixture.setting_count = COUNT_OF(settings);
    fixture_bind(&fixture, SHARED);
    assert_string_equal(fixture_said(&fixture), "");
    assert_close(premise_value_at(&fixture, "model.length"), 4, 0, 0);
    assert_close(premise_value_at(&fixture, "theories.t.acceptable_from"), 0.2, 0, 0);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_shared_stays_for_others),
        cmocka_unit_test(test_the_standing_value),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_yaml_in_a_value),
        cmocka_unit_test(test_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

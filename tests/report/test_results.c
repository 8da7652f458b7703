/* Results as data: JSON that parses, CSV, saved runs, and the comparison of two results. */
#include <math.h>
#include <string.h>

#include "results.h"

/* --- values ---------------------------------------------------------------------------------- */

static json_t *named(json_t *list, const char *key, const char *name)
{
    size_t at;
    json_t *item;
    json_array_foreach(list, at, item) if (strcmp(json_string_value(json_object_get(item, key)),
                                                  name) == 0) return item;
    print_error("no %s %s\n", key, name);
    fail();
    return NULL;
}

static json_t *changes_of(json_t *result, const char *regime)
{
    return json_object_get(named(json_object_get(result, "regimes"), "id", regime), "changes");
}

static void assert_text_at(json_t *list, size_t at, const char *text)
{
    assert_string_equal(json_string_value(json_array_get(list, at)), text);
}

static size_t value_count(json_t *result, const char *regime)
{
    return json_array_size(json_object_get(changes_of(result, regime), "values"));
}

static void assert_nullable(json_t *object, const char *key, const char *text)
{
    json_t *value = json_object_get(object, key);
    assert_non_null(value);
    assert_true(json_is_null(value) == (text == NULL));
    if (text != NULL)
        assert_string_equal(json_string_value(value), text);
}

/* A value of the regime's entry as it is written there and in the one that it is like. */
static void assert_value(json_t *result, const char *regime, const char *key, const char *before,
                         const char *now)
{
    json_t *value = named(json_object_get(changes_of(result, regime), "values"), "key", key);
    assert_nullable(value, "before", before);
    assert_nullable(value, "now", now);
}

/* As tests/scenarios/guidelines.yaml and plugins/data/us/2G2.2.yaml (600 images) have them. */
static void test_changes_of_regimes(void **state)
{
    struct weighed weighed = open_scenario("tests/scenarios/guidelines.yaml", 0);
    (void)state;
    json_t *result = parse(run_json(&weighed));
    json_t *us = named(json_object_get(result, "regimes"), "id", "us");
    assert_true(json_is_null(json_object_get(us, "like")));
    assert_true(json_is_null(json_object_get(us, "changes")));
    json_t *three = changes_of(result, "three-factors");
    assert_int_equal(json_array_size(json_object_get(three, "dropped")), 2);
    assert_text_at(json_object_get(three, "dropped"), 0, "computer");
    assert_text_at(json_object_get(three, "dropped"), 1, "images");
    assert_text_at(json_object_get(three, "added"), 0, "community");
    json_t *tier = json_array_get(json_object_get(changes_of(result, "later-tier"), "set"), 0);
    assert_string_equal(json_string_value(json_object_get(tier, "path")),
                        "data.\"us/2G2.2\".steps.images.tiers.D.from");
    assert_close(json_number_value(json_object_get(tier, "before")), 600, 0, 0);
    assert_close(json_number_value(json_object_get(tier, "now")), 5000, 0, 0);
    assert_value(result, "statute", "statute", NULL, "18 USC 2252A(a)(1)-(4)");
    assert_value(result, "practice", "discretion.below", NULL, "0.4");
    assert_value(result, "practice", "discretion.spread", NULL, "30 month");
    assert_value(result, "grid-fewer", "discretion.below", "0.5", NULL);
    assert_value(result, "grid-fewer", "discretion.below.possession", NULL, "0.25");
    assert_int_equal(value_count(result, "statute"), 1);
    assert_int_equal(value_count(result, "practice"), 5);
    assert_int_equal(value_count(result, "grid-fewer"), 3);
    json_t *like =
        json_object_get(named(json_object_get(result, "regimes"), "id", "statute"), "like");
    assert_string_equal(json_string_value(like), "us");
    json_decref(result);
    weighed_close(&weighed);
}

static json_t *opinion_of(json_t *result, const char *theory, const char *regime)
{
    json_t *one = named(json_object_get(result, "theories"), "id", theory);
    return named(json_object_get(one, "opinions"), "regime", regime);
}

static double number_of(json_t *object, const char *key)
{
    assert_true(json_is_number(json_object_get(object, key)));
    return json_number_value(json_object_get(object, key));
}

static void assert_text(json_t *object, const char *key, const char *text)
{
    assert_string_equal(json_string_value(json_object_get(object, key)), text);
}

static void test_values(void **state)
{
    (void)state;
    struct weighed weighed = open_scenario("scenarios/toy", 0);
    json_t *result = parse(run_json(&weighed));
    assert_text(result, "format", "assize-result");
    json_t *opinion = opinion_of(result, "desert-aggregate", "uniform84");
    assert_text(opinion, "verdict", "borderline");
    assert_close(number_of(opinion, "score"), 0.716, 0, 0.0005); /* toyB mode=0.35 uniform84 PR */
    assert_text(opinion, "decided_by", "worst");
    assert_true(json_is_true(json_object_get(opinion, "one_case_failed")));
    assert_true(json_is_null(json_object_get(opinion, "range")));
    json_t *worst = named(json_object_get(opinion, "requirements"), "name", "worst");
    json_t *failing = json_object_get(worst, "failing_cases");
    assert_int_equal(json_array_size(failing), 1);
    assert_string_equal(json_string_value(json_array_get(failing, 0)), "inadvertent");
    json_t *difference = named(json_object_get(opinion, "differences"), "case", "distributor");
    /* toyB.target.0.35[3] */
    assert_close(number_of(difference, "value"), 84 - 118.6341841, 0, 1e-6);
    opinion = opinion_of(result, "rule", "light");
    json_t *finding = named(json_object_get(opinion, "findings"), "name", "sanction_value");
    assert_close(number_of(finding, "value"), 518.5424802, 1e-9, 0); /* toyB.light.dV_sanction */
    json_t *best = named(json_object_get(opinion, "requirements"), "name", "best");
    assert_string_equal(json_string_value(json_array_get(json_object_get(best, "ahead"), 0)),
                        "graduated");
    json_decref(result);
    weighed_close(&weighed);
}

/* toyB.verdict.*: the same facts at theta 0, 0.35, 0.5 and 1; "contested" is borderline. */
static void test_strips(void **state)
{
    (void)state;
    static const struct {
        const char *regime, *verdicts[4];
    } rows[] = {
        {"none", {"unacceptable", "unacceptable", "unacceptable", "unacceptable"}},
        {"light", {"acceptable", "unacceptable", "unacceptable", "unacceptable"}},
        {"graduated", {"unacceptable", "unacceptable", "unacceptable", "unacceptable"}},
        {"uniform84", {"unacceptable", "borderline", "unacceptable", "unacceptable"}},
        {"harsh", {"unacceptable", "borderline", "acceptable", "borderline"}},
    };
    static const size_t points[4] = {0, 7, 10, 20};
    static const double thetas[4] = {0, 0.35, 0.5, 1};
    struct weighed weighed = open_scenario("scenarios/toy", 0);
    json_t *result = parse(run_json(&weighed));
    json_t *strip =
        named(json_object_get(result, "strips"), "path", "theories.desert-aggregate.theta");
    json_t *values = json_object_get(strip, "values");
    assert_int_equal(json_array_size(values), 21);
    json_t *theory = named(json_object_get(strip, "theories"), "theory", "desert-aggregate");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        json_t *regime = named(json_object_get(theory, "regimes"), "regime", rows[i].regime);
        json_t *verdicts = json_object_get(regime, "verdicts");
        for (size_t p = 0; p < 4; p++) {
            assert_close(json_number_value(json_array_get(values, points[p])), thetas[p], 0, 1e-12);
            assert_string_equal(json_string_value(json_array_get(verdicts, points[p])),
                                rows[i].verdicts[p]);
        }
    }
    json_decref(result);
    weighed_close(&weighed);
}

/* A view is for screens: the data are the same bytes whatever is shown. */
static void test_json_does_not_depend_on_the_view(void **state)
{
    (void)state;
    struct weighed weighed = open_scenario("scenarios/toy", 0);
    struct run_view view = {.theory = "rule",
                            .regime = "none",
                            .by_case = true,
                            .color = true,
                            .all_inputs = true,
                            .before = weighed.result};
    struct text out;
    text_init(&out, &weighed.arena);
    report_run_json(&out, weighed.result, &view);
    assert_string_equal(out.data, run_json(&weighed));
    weighed_close(&weighed);
}

/* --- CSV ------------------------------------------------------------------------------------- */

static size_t count_char(const char *text, char wanted, const char *end)
{
    size_t count = 0;
    for (; text < end; text++)
        count += *text == wanted;
    return count;
}

/* Rows, all with as many commas as the header (no field of these holds one). */
static size_t assert_table(const char *csv)
{
    size_t rows = 0, commas = count_char(csv, ',', strchr(csv, '\n'));
    for (const char *line = csv; *line != '\0'; rows++) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        assert_int_equal(count_char(line, ',', end), commas);
        line = end + 1;
    }
    return rows;
}

static void test_csv_has_a_row_for_each(void **state)
{
    (void)state;
    struct weighed weighed = open_scenario("scenarios/toy", 0);
    struct run_view view = {0};
    struct text out;
    text_init(&out, &weighed.arena);
    report_run_csv(&out, weighed.result, &view);
    assert_int_equal(assert_table(out.data), 1 + 5 * 5);
    assert_non_null(strstr(out.data, "\ndesert-aggregate,retributivism-positive,uniform84,"
                                     "borderline,0.71"));
    view = (struct run_view){.by_case = true, .theory = "rule"};
    text_init(&out, &weighed.arena);
    report_run_csv(&out, weighed.result, &view);
    assert_int_equal(assert_table(out.data), 1 + 5 * 4);
    text_init(&out, &weighed.arena);
    report_premises_csv(&out, weighed.result, PREMISES_MORAL);
    assert_int_equal(assert_table(out.data), 1 + 4);
    weighed_close(&weighed);
}

/* --- saved runs and comparison --------------------------------------------------------------- */

static void test_what_was_saved_is_read_back(void **state)
{
    (void)state;
    static const struct setting setting = {"model.detection", "0.02 1/year"};
    static const char *const drop[] = {"light", "none"};
    struct weighed weighed = {.path = "scenarios/toy",
                              .settings = &setting,
                              .setting_count = 1,
                              .drop = drop,
                              .drop_count = 2};
    weighed_open(&weighed);
    struct weigh_options along = {
        .seed = 77, .along = "model.detection", .along_low = 0.01, .along_high = 0.1};
    assert_int_equal(weigh(&weighed.arena, weighed.model, &along, &weighed.result, &weighed.diags),
                     STATUS_OK);
    const char *json = run_json(&weighed);
    struct buffer file = {"result.json", json, strlen(json)};
    struct saved_run run;
    assert_int_equal(report_read_saved(&weighed.arena, &file, &run, &weighed.diags), STATUS_OK);
    assert_string_equal(run.path, "scenarios/toy");
    assert_int_equal(run.setting_count, 1);
    assert_string_equal(run.settings[0].path, "model.detection");
    assert_string_equal(run.settings[0].value, "0.02 1/year");
    assert_int_equal(run.dropped_count, 2);
    assert_string_equal(run.dropped[1], "none");
    assert_true(run.options.seed == 77 && run.options.draws == 0);
    assert_string_equal(run.options.along, "model.detection");
    assert_true(run.options.along_low == 0.01 && run.options.along_high == 0.1);
    weighed_close(&weighed);
}

static void test_what_is_no_result_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *reason;
    } rows[] = {
        {"", "not a saved result: the file holds nothing"},
        {"[]", "not a saved result: save one with `assize run SCENARIO --format json`"},
        {"{\"format\": \"assize-premises\"}",
         "not a saved result: save one with `assize run SCENARIO --format json`"},
        {"{\"format\": \"assize-result\", \"format_version\": 2}",
         "format version 2; this program reads version 1"},
        {"{\"format\": \"assize-result\", \"format_version\": 1}",
         "not a saved result: `path` is missing"},
        {"{\"format\": \"assize-result\", \"format_version\": 1, \"scenario\": {\"path\": \"x\"},"
         " \"draws\": -1, \"seed\": 1}",
         "not a saved result: `draws` is no count"},
        {"{\"format\": \"assize-result\", \"format_version\": 1, \"scenario\": {\"path\": \"x\"},"
         " \"draws\": 1, \"seed\": 1, \"dropped\": [3]}",
         "not a saved result: `dropped` holds something other than names"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena;
        struct diags diags;
        struct saved_run run = {.path = "untouched"};
        struct buffer file = {"result.json", rows[i].text, strlen(rows[i].text)};
        arena_init(&arena, &allocator_heap);
        diags_init(&diags, &arena);
        assert_int_equal(report_read_saved(&arena, &file, &run, &diags), STATUS_USAGE);
        assert_string_equal(diags.items[0].message, rows[i].reason);
        assert_string_equal(run.path, "untouched");
        arena_release(&arena);
    }
}

static void test_comparison(void **state)
{
    (void)state;
    static const struct {
        const char *saved, *now;
        size_t count;
        const char *text;
    } rows[] = {
        {"{\"a\": 1, \"b\": [1.5, null]}", "{\"b\": [1.5, null], \"a\": 1}", 0,
         "verified: the same to the last bit\n"},
        {"{\"a\": 0.1}", "{\"a\": 0.10000000000000002}", 1,
         "a: saved 0.1, now 0.10000000000000002\n"},
        {"{\"a\": {\"x\": \"one\"}}", "{\"a\": {\"x\": \"two\"}}", 1, "a.x: saved one, now two\n"},
        {"{\"l\": [{\"id\": \"p\", \"v\": 1}]}", "{\"l\": [{\"id\": \"p\", \"v\": 2}]}", 1,
         "l[p].v: saved 1, now 2\n"},
        {"{\"l\": [1, 2]}", "{\"l\": [1]}", 1, "l: saved a list of 2, now a list of 1\n"},
        {"{\"a\": true}", "{\"b\": null}", 2,
         "a: saved true, now nothing\nb: saved nothing, now null\n"},
        {"{\"a\": \"\\u001b[31m\"}", "{\"a\": {}}", 1, "a: saved ?[31m, now an object\n"},
        {"{\"l\": [1.5]}", "{\"l\": [2]}", 1, "l[0]: saved 1.5, now 2\n"},
    };
    struct arena arena;
    struct diags diags;
    arena_init(&arena, &allocator_heap);
    diags_init(&diags, &arena);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct text out;
        text_init(&out, &arena);
        assert_int_equal(report_compare_json(&out, rows[i].saved, rows[i].now, &diags),
                         rows[i].count);
        assert_string_equal(out.data, rows[i].text);
    }
    assert_int_equal(diags.errors, 0);
    arena_release(&arena);
}

static void test_comparison_of_much(void **state)
{
    (void)state;
    struct arena arena;
    struct diags diags;
    struct text saved, now, out;
    arena_init(&arena, &allocator_heap);
    diags_init(&diags, &arena);
    text_init(&saved, &arena);
    text_init(&now, &arena);
    text_init(&out, &arena);
    text_add(&saved, "[0");
    text_add(&now, "[0");
    for (int i = 0; i < 100; i++) {
        text_add(&saved, ", 1");
        text_add(&now, ", 2");
    }
    text_add(&saved, "]");
    text_add(&now, "]");
    assert_int_equal(report_compare_json(&out, saved.data, now.data, &diags), 100);
    assert_non_null(strstr(out.data, "\nand 70 more differences\n"));
    assert_int_equal(report_compare_json(&out, "no JSON", now.data, &diags), 0);
    assert_int_equal(diags_status(&diags), STATUS_USAGE);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes_of_regimes),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_strips),
        cmocka_unit_test(test_json_does_not_depend_on_the_view),
        cmocka_unit_test(test_csv_has_a_row_for_each),
        cmocka_unit_test(test_what_was_saved_is_read_back),
        cmocka_unit_test(test_what_is_no_result_is_refused),
        cmocka_unit_test(test_comparison),
        cmocka_unit_test(test_comparison_of_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

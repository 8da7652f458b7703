/* The persons of a table on the screen and in JSON; what is too small is nowhere. */
#include <jansson.h>
#include <string.h>

#include "analysis/weighed.h"
#include "report/report.h"
#include "report/screens.h"

static const char *run_text(struct weighed *weighed, bool by_case)
{
    struct text out;
    struct run_view view = {.by_case = by_case};
    text_init(&out, &weighed->arena);
    report_run_text(&out, weighed->result, &view);
    return out.data;
}

static const char *run_json(struct weighed *weighed)
{
    struct text out;
    struct run_view view = {0};
    text_init(&out, &weighed->arena);
    report_run_json(&out, weighed->result, &view);
    return out.data;
}

/* Counts as `cut -d, -f2 persons.csv | sort | uniq -c` gives them, rows without `culp` left out. */
static void test_shown(void **state)
{
    (void)state;
    struct weighed weighed = {.path = "tests/scenarios/records"};
    weighed_open(&weighed);
    const char *screen = run_text(&weighed, true);
    assert_screen(screen);
    assert_shows(screen, "4 classes of persons");
    assert_shows(screen,
                 "Population: 341 persons in 4 classes, from persons.csv, weighted by w. The "
                 "records are ILLUSTRATIVE: nobody's data.");
    assert_shows(screen, "drug 119 (35 %), fraud 101 (29 %), theft 109 (32 %), other 12 (3 %, 2 "
                         "small classes put together).");
    assert_shows(screen, "Left out: 19 rows that lack a value (culp in 19). Means of rows kept and "
                         "left out: quantity");
    assert_hides(screen, "arson");
    assert_hides(screen, "items in");
    weighed_close(&weighed);
}

/* The 19 rows are fewer than 20, and so are the 12 persons of two classes together. */
static void test_hidden(void **state)
{
    (void)state;
    static const struct setting setting = {"records.smallest_cell", "20"};
    static const char *const drop[] = {"by-class"};
    struct weighed weighed = {.path = "tests/scenarios/records",
                              .settings = &setting,
                              .setting_count = 1,
                              .drop = drop,
                              .drop_count = 1};
    weighed_open(&weighed);
    const char *screen = run_text(&weighed, false);
    assert_shows(screen, "other 113 (33 %, 3 small classes put together).");
    assert_shows(screen, "Left out: fewer than 20 rows that lack a value (culp in fewer than 20). "
                         "They are too few to compare.");
    json_t *json = json_loads(run_json(&weighed), 0, NULL);
    json_t *population = json_object_get(json, "population");
    json_t *dropped = json_object_get(population, "dropped");
    assert_true(json_is_null(json_object_get(dropped, "rows")));
    json_t *compared = json_array_get(json_object_get(dropped, "compared"), 0);
    assert_true(json_is_null(json_object_get(compared, "mean_dropped")));
    assert_int_equal(json_array_size(json_object_get(population, "classes")), 3);
    json_decref(json);
    weighed_close(&weighed);
}

/* Data is in no list of premises. */
static void test_no_premises(void **state)
{
    (void)state;
    struct text out;
    struct weighed weighed = {.path = "tests/scenarios/records"};
    weighed_open(&weighed);
    text_init(&out, &weighed.arena);
    report_premises_json(&out, weighed.result, PREMISES_ALL);
    assert_null(strstr(out.data, "\"cases."));
    assert_non_null(strstr(out.data, "\"model.detection\""));
    weighed_close(&weighed);
}

/* Nor may an argument speak to it. */
static void test_no_arguments(void **state)
{
    (void)state;
    static const char more[] =
        "\narguments:\n"
        "  less: {claim: It was less., when_accepted: {cases.drug.quantity: 1}}\n"
        "  none: {claim: It was none., attacks: [cases.drug.observed]}\n";
    char text[16384], folder[4096], file[5000];
    FILE *scenario = fopen("tests/scenarios/records/scenario.yaml", "r");
    assert_non_null(scenario);
    size_t size = fread(text, 1, sizeof text - 1, scenario);
    fclose(scenario);
    text[size] = '\0';
    strcat(text, more);
    assert_non_null(getcwd(folder, sizeof folder));
    snprintf(file, sizeof file, "%s/tests/scenarios/records/persons.csv", folder);
    const struct setting setting = {"records.file", file};
    char *path = weighed_write(text);
    struct weighed weighed = {.path = path, .settings = &setting, .setting_count = 1};
    weighed_run(&weighed);
    weighed_remove(path);
    assert_null(weighed.result);
    assert_int_equal(weighed.diags.errors, 2);
    assert_string_equal(weighed.diags.items[0].message,
                        "`cases.drug.quantity` comes from a column");
    assert_string_equal(weighed.diags.items[1].message,
                        "`cases.drug.observed` comes from the records");
    weighed_close(&weighed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shown),
        cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_no_premises),
        cmocka_unit_test(test_no_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

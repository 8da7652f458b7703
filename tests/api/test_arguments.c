/* Arguments through the public header alone: disputes, maps, the labeller, and what goes wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/assize.h"
#include "cmocka_all.h"

struct opened {
    struct assize *assize;
    struct assize_scenario *scenario;
    struct assize_result *result;
};

static void open_scenario(struct opened *opened, const char *path)
{
    static const char *const folders[] = {"plugins"};
    struct assize_config config = {.plugin_folders = folders, .plugin_folder_count = 1};
    struct assize_weigh_options options = assize_weigh_defaults();
    options.draws = 0;
    assert_int_equal(assize_open(&config, &opened->assize), ASSIZE_OK);
    assert_int_equal(assize_load(opened->assize, path, NULL, &opened->scenario), ASSIZE_OK);
    assert_int_equal(assize_weigh(opened->scenario, &options, &opened->result), ASSIZE_OK);
}

static void assert_holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        print_error("`%s` is not in:\n%s\n", part, text);
    assert_non_null(strstr(text, part));
}

static void test_opinions_count_outcomes(void **state)
{
    (void)state;
    struct opened opened;
    open_scenario(&opened, "scenarios/littering");
    for (size_t t = 0; t < assize_theories(opened.result); t++)
        for (size_t r = 0; r < assize_regimes(opened.result); r++) {
            struct assize_opinion opinion = assize_opinion(opened.result, t, r);
            assert_int_equal(opinion.outcomes, 4);
            assert_true(opinion.outcomes_same <= 4);
            assert_false(opinion.in_question);
        }
    assize_close(opened.assize);
}

static void test_disputes(void **state)
{
    (void)state;
    struct opened opened;
    struct assize_disputes_options options = {.theory = "desert-marginal"};
    const char *all, *again, *one, *json;
    open_scenario(&opened, "scenarios/littering");
    assert_int_equal(assize_show_disputes(opened.result, NULL, &all), ASSIZE_OK);
    assert_int_equal(assize_show_disputes(opened.result, NULL, &again), ASSIZE_OK);
    assert_string_equal(all, again);
    assert_holds(all, "sweeper-comes-anyway / pieces-add-up");
    assert_holds(all, "Moral disputes: chosen, not won");
    assert_int_equal(assize_show_disputes(opened.result, &options, &one), ASSIZE_OK);
    assert_null(strstr(one, "desert-aggregate"));
    options.format = ASSIZE_JSON;
    assert_int_equal(assize_show_disputes(opened.result, &options, &json), ASSIZE_OK);
    assert_holds(json, "\"format\": \"assize-disputes\"");
    options.theory = "desert-marginl";
    assert_int_equal(assize_show_disputes(opened.result, &options, &one), ASSIZE_USAGE);
    assert_string_equal(assize_messages(opened.assize),
                        "error: there is no theory `desert-marginl`\n"
                        "      = did you mean `desert-marginal`?\n");
    assize_close(opened.assize);
}

static void test_maps(void **state)
{
    (void)state;
    struct opened opened;
    struct assize_map_options options = {.focus = "pieces-add-up", .depth = 1};
    const char *text;
    open_scenario(&opened, "scenarios/littering");
    for (int format = ASSIZE_TEXT; format <= ASSIZE_DOT; format++) {
        if (format == ASSIZE_CSV)
            continue;
        options.format = (enum assize_format)format;
        assert_int_equal(assize_show_map(opened.result, &options, &text), ASSIZE_OK);
        assert_holds(text, "sweeper-comes-anyway");
        assert_null(strstr(text, "litter-shows-contempt"));
    }
    options.focus = "pieces-add-pu";
    assert_int_equal(assize_show_map(opened.result, &options, &text), ASSIZE_USAGE);
    assert_string_equal(assize_messages(opened.assize),
                        "error: nothing on the map is called `pieces-add-pu`\n"
                        "      = did you mean `pieces-add-up`?\n");
    options = (struct assize_map_options){.theory = "rule"};
    assert_int_equal(assize_show_map(opened.result, &options, &text), ASSIZE_USAGE);
    assize_close(opened.assize);
}

static void test_picture_of_too_much(void **state)
{
    (void)state;
    struct opened opened;
    struct assize_map_options options = {
        .theory = "rule", .regime = "statute", .format = ASSIZE_SVG};
    const char *text;
    open_scenario(&opened, "scenarios/possession");
    assert_int_equal(assize_show_map(opened.result, &options, &text), ASSIZE_USAGE);
    assert_holds(assize_messages(opened.assize), "and a picture holds 100\n");
    assert_holds(assize_messages(opened.assize), "--focus ID");
    options.focus = "seven-years-deserved";
    options.depth = 1;
    assert_int_equal(assize_show_map(opened.result, &options, &text), ASSIZE_OK);
    assize_close(opened.assize);
}

static void test_without_arguments(void **state)
{
    (void)state;
    struct opened opened;
    const char *text;
    open_scenario(&opened, "scenarios/toy");
    assert_int_equal(assize_show_disputes(opened.result, NULL, &text), ASSIZE_USAGE);
    assert_string_equal(assize_messages(opened.assize),
                        "error: the scenario has no arguments\n      = add `arguments:`\n");
    assert_int_equal(assize_show_map(opened.result, NULL, &text), ASSIZE_USAGE);
    assert_int_equal(assize_opinion(opened.result, 0, 0).outcomes, 0);
    struct assize_map_options options = {.theory = "rule", .regime = "light"};
    assert_int_equal(assize_show_map(opened.result, &options, &text), ASSIZE_OK);
    assert_holds(text, "rule on light (conclusion): Borderline.");
    assize_close(opened.assize);
}

/* A file that is removed by the caller. */
static char *write_file(const char *text)
{
    char *path = strdup("/tmp/assize-test-XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, text, strlen(text)), (ssize_t)strlen(text));
    close(descriptor);
    return path;
}

/* 1 and 2 attack each other, 2 attacks 3: {1, 3} and {2} are preferred (Dung 1995). */
static void test_labeller(void **state)
{
    (void)state;
    struct assize *assize;
    const char *text;
    char *path = write_file("p af 3\n1 2\n2 1\n2 3\n");
    assert_int_equal(assize_open(NULL, &assize), ASSIZE_OK);
    assert_int_equal(assize_solve_framework(assize, "EE-PR", path, NULL, &text), ASSIZE_OK);
    assert_string_equal(text, "w 1 3\nw 2\n");
    assert_int_equal(assize_solve_framework(assize, "SE-GR", path, NULL, &text), ASSIZE_OK);
    assert_string_equal(text, "w\n");
    assert_int_equal(assize_solve_framework(assize, "EE-XX", path, NULL, &text), ASSIZE_USAGE);
    assert_int_equal(assize_solve_framework(assize, "EE-PR", "/none", NULL, &text), ASSIZE_IO);
    assert_non_null(strstr(assize_framework_tasks(), "DS-ST"));
    assize_close(assize);
    unlink(path);
    free(path);
}

/* What an accepted argument sets holds for `tests:` too. */
static void test_a_wrong_expectation(void **state)
{
    (void)state;
    static char text[1 << 16];
    struct opened opened;
    const char *said;
    FILE *file = fopen("scenarios/toy/scenario.yaml", "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 2000, file)] = '\0';
    fclose(file);
    strcpy(strstr(text, "\n# The values were computed"),
           "\narguments: {a: {claim: A., when_accepted: {theories.aggregate-harm.theta: 1}}}\n"
           "tests: {t: {theory: aggregate-harm, regime: uniform84, verdict: borderline}}\n");
    char *path = write_file(text);
    open_scenario(&opened, path);
    assert_int_equal(assize_check(opened.result, &said), ASSIZE_EXPECTATION);
    assert_holds(said, "unacceptable");
    assize_close(opened.assize);
    unlink(path);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opinions_count_outcomes),
        cmocka_unit_test(test_disputes),
        cmocka_unit_test(test_maps),
        cmocka_unit_test(test_picture_of_too_much),
        cmocka_unit_test(test_without_arguments),
        cmocka_unit_test(test_labeller),
        cmocka_unit_test(test_a_wrong_expectation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

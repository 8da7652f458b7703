/* A run in parts gives the same bytes as one run, whatever the parts, threads and draws; and parts
 * that are not those of one run are errors that say so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/opened.h"
#include "cmocka_all.h"
#include "files.h"

enum { MOST_PARTS = 8, PATH = 64 };

static void assert_ok(const struct assize *assize, enum assize_status status)
{
    if (status != ASSIZE_OK)
        print_error("%s", assize_messages(assize));
    assert_int_equal(status, ASSIZE_OK);
}

/* --- one run and its parts ------------------------------------------------------------------- */

struct case_of {
    const char *path;
    struct assize_load_options load;
    uint64_t draws, seed;
    enum assize_sampling sampling;
};

static struct assize_weigh_options options_of(const struct case_of *one)
{
    struct assize_weigh_options options = assize_weigh_defaults();
    options.draws = one->draws;
    options.resamples = 20;
    options.seed = one->seed;
    options.sampling = one->sampling;
    return options;
}

static const char *json_of(struct assize *assize, const struct assize_result *result)
{
    static const struct assize_show_options json = {.format = ASSIZE_JSON};
    const char *text = NULL;
    assert_ok(assize, assize_show_run(result, &json, &text));
    return text;
}

/* The paths of files with the parts; each is made with another number of threads. */
struct parts {
    char paths[MOST_PARTS][PATH];
    const char *list[MOST_PARTS];
    size_t count;
};

static void write_part(struct parts *parts, const char *text)
{
    char *path = parts->paths[parts->count];
    snprintf(path, PATH, "/tmp/assize-part-XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    size_t size = strlen(text);
    assert_int_equal(write(descriptor, text, size), (ssize_t)size);
    close(descriptor);
    parts->list[parts->count++] = path;
}

static void make_parts(struct assize *assize, struct assize_scenario *scenario,
                       const struct case_of *one, uint64_t of, struct parts *parts)
{
    struct assize_weigh_options options = options_of(one);
    parts->count = 0;
    for (uint64_t i = 1; i <= of; i++) {
        const char *text = NULL;
        options.threads = (unsigned)i;
        assert_ok(assize, assize_weigh_shard(scenario, &options, i, of, &text));
        assert_non_null(text);
        write_part(parts, text);
    }
}

static void remove_parts(const struct parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        unlink(parts->paths[i]);
}

/* Parts are given from the last to the first: their order says nothing. */
static void check_merged(struct assize *assize, const struct parts *parts, const char *expected)
{
    const char *turned[MOST_PARTS];
    struct assize_scenario *scenario = NULL;
    struct assize_result *merged = NULL;
    for (size_t i = 0; i < parts->count; i++)
        turned[i] = parts->list[parts->count - 1 - i];
    assert_ok(assize, assize_load_parts(assize, turned, parts->count, &scenario));
    assert_ok(assize, assize_merge(scenario, NULL, &merged));
    assert_false(assize_is_partial(merged));
    assert_string_equal(json_of(assize, merged), expected);
    assize_forget(scenario);
}

static void check_case(struct assize *assize, const struct case_of *one)
{
    static const uint64_t counts[] = {1, 2, 3, 7};
    struct assize_weigh_options options = options_of(one);
    struct assize_scenario *scenario = NULL;
    struct assize_result *result = NULL;
    assert_ok(assize, assize_load(assize, one->path, &one->load, &scenario));
    assert_ok(assize, assize_weigh(scenario, &options, &result));
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        struct parts parts;
        make_parts(assize, scenario, one, counts[i], &parts);
        check_merged(assize, &parts, json_of(assize, result));
        remove_parts(&parts);
    }
    assize_forget(scenario);
}

/* Draws that are no multiple of the leaf, fewer than one, exactly some, and none. */
static void test_parts_give_the_bytes_of_one_run(void **state)
{
    static const uint64_t draws[] = {5003, 100, 1, 1024, 0};
    for (size_t i = 0; i < COUNT_OF(draws); i++) {
        struct case_of one = {.path = "scenarios/possession", .draws = draws[i], .seed = 3};
        check_case(*state, &one);
    }
}

static void test_changes_and_the_menu_go_along(void **state)
{
    static const struct assize_change change = {"model.channels.capacity.loss", "5000 hu"};
    static const char *const drop[] = {"community"};
    struct case_of one = {
        .path = "scenarios/possession",
        .load = {.changes = &change, .change_count = 1, .drop = drop, .drop_count = 1},
        .draws = 700,
        .seed = INT64_MAX};
    check_case(*state, &one);
}

/* 16 replicates of 512 draws, which 3 and 7 parts cut through; 5000 is rounded up. */
static void test_quasi_random_draws(void **state)
{
    struct case_of one = {
        .path = "scenarios/possession", .draws = 5000, .seed = 1, .sampling = ASSIZE_SOBOL};
    check_case(*state, &one);
}

/* Rows of a table in place of draws, which a part may cut through; the others as ever. */
static void test_draws_from_a_table(void **state)
{
    enum { ROWS = 1300, TEXT = 64 * ROWS };
    char *text = calloc(TEXT, 1);
    struct parts table = {.count = 0};
    size_t length = (size_t)snprintf(text, TEXT, "model.errors.rate,cases.receipt.detection\n");
    for (int i = 0; i < ROWS; i++)
        length += (size_t)snprintf(text + length, TEXT - length, "0.0%d,0.00%d\n", 1 + i * 7 % 90,
                                   100 + i * 31 % 800);
    write_part(&table, text);
    free(text);
    struct case_of one = {.path = "scenarios/possession",
                          .load = {.draws_from = table.list[0]},
                          .draws = ROWS,
                          .seed = 1};
    check_case(*state, &one);
    remove_parts(&table);
}

static void test_nothing_uncertain(void **state)
{
    struct case_of one = {.path = "scenarios/toy", .draws = 1000, .seed = 1};
    check_case(*state, &one);
}

/* --- scenarios that are made here ------------------------------------------------------------ */

/* `text` with the first `from` in it as `to`; frees the text. */
static char *replaced(char *text, const char *from, const char *to)
{
    char *at = strstr(text, from), *made = calloc(strlen(text) + strlen(to) + 1, 1);
    assert_non_null(at);
    assert_non_null(made);
    memcpy(made, text, (size_t)(at - text));
    strcat(made, to);
    strcat(made, at + strlen(from));
    free(text);
    return made;
}

static void check_text(struct assize *assize, char *text, uint64_t draws)
{
    struct parts scenario = {.count = 0};
    write_part(&scenario, text);
    free(text);
    struct case_of one = {.path = scenario.list[0], .draws = draws, .seed = 2};
    check_case(assize, &one);
    remove_parts(&scenario);
}

static const char uncertain[] =
    "detection: {uniform: [0.005, 0.02], unit: 1/year, status: illustrative}\n";

/* Persons of a table: each draw goes through all of them; resamples are made when merging. */
static void test_persons_of_a_table(void **state)
{
    char folder[2048], file[4096];
    char *text = read_text("tests/scenarios/records/scenario.yaml");
    assert_non_null(getcwd(folder, sizeof folder));
    snprintf(file, sizeof file, "file: %s/tests/scenarios/records/persons.csv", folder);
    text = replaced(text, "file: persons.csv", file);
    check_text(*state, replaced(text, "detection: 0.01 1/year\n", uncertain), 600);
}

/* Who speaks is drawn as well, when merging. */
static void test_outcomes_by_chance(void **state)
{
    char *text = read_text("scenarios/toy/scenario.yaml");
    text = replaced(text, "detection: 0.01 1/year\n", uncertain);
    text = replaced(text, "\ntests:\n",
                    "\nargumentation: {semantics: chance}\n"
                    "arguments:\n"
                    "  a: {claim: A., credence: 0.3, attacks: [b]}\n"
                    "  b: {claim: B., credence: 0.6}\n"
                    "tests:\n");
    check_text(*state, text, 3000);
}

/* --- what is not one run --------------------------------------------------------------------- */

static void assert_refused(struct assize *assize, const char *const *list, size_t count,
                           const char *expected)
{
    struct assize_scenario *scenario = NULL;
    assert_int_equal(assize_load_parts(assize, list, count, &scenario), ASSIZE_USAGE);
    if (strstr(assize_messages(assize), expected) == NULL)
        print_error("looking for `%s` in\n%s", expected, assize_messages(assize));
    assert_non_null(strstr(assize_messages(assize), expected));
    assert_null(scenario);
}

static void test_missing_and_double_parts(void **state)
{
    struct assize *assize = *state;
    struct assize_scenario *scenario = NULL;
    struct case_of one = {.path = "scenarios/toy", .draws = 10, .seed = 1};
    struct parts parts;
    assert_ok(assize, assize_load(assize, one.path, NULL, &scenario));
    make_parts(assize, scenario, &one, 4, &parts);
    const char *twice[] = {parts.list[0], parts.list[1], parts.list[2], parts.list[1]};
    assert_refused(assize, parts.list, 3,
                   "error: shard 4 of 4 is missing\n"
                   "      = make it as the others, with `--shard 4/4`\n");
    assert_refused(assize, parts.list + 1, 1, "error: shard 1 of 4 is missing, and 2 more\n");
    assert_refused(assize, twice, 4, "error: shard 2 of 4, as /tmp/assize-part-");
    assert_refused(assize, twice, 0, "error: there are no parts to merge\n");
    remove_parts(&parts);
}

/* Each with a part of another run in the place of its second. */
static void test_parts_of_different_runs(void **state)
{
    struct assize *assize = *state;
    static const struct assize_change change = {"model.detection", "0.02 1/year"};
    static const char *const drop[] = {"none"};
    static const struct {
        struct case_of one;
        uint64_t of;
        const char *differs;
    } others[] = {
        {{"scenarios/toy", {0}, 10, 2, ASSIZE_RANDOM}, 2, "they differ in the seed\n"},
        {{"scenarios/toy", {0}, 11, 1, ASSIZE_RANDOM}, 2, "they differ in the number of draws\n"},
        {{"scenarios/toy", {0}, 10, 1, ASSIZE_SOBOL}, 2, "they differ in the sampling\n"},
        {{"scenarios/toy", {0}, 10, 1, ASSIZE_RANDOM}, 3, "they differ in the number of shards\n"},
        {{"scenarios/toy", {.changes = &change, .change_count = 1}, 10, 1, ASSIZE_RANDOM},
         2,
         "they differ in what `--set` changes\n"},
        {{"scenarios/toy", {.drop = drop, .drop_count = 1}, 10, 1, ASSIZE_RANDOM},
         2,
         "they differ in the regimes that `--drop` takes off the menu\n"},
        {{"scenarios/littering", {0}, 10, 1, ASSIZE_RANDOM},
         2,
         "they differ in the path of the scenario\n"},
    };
    struct case_of one = {.path = "scenarios/toy", .draws = 10, .seed = 1};
    struct assize_scenario *scenario = NULL, *other = NULL;
    struct parts parts, more;
    assert_ok(assize, assize_load(assize, one.path, NULL, &scenario));
    make_parts(assize, scenario, &one, 2, &parts);
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        assert_ok(assize, assize_load(assize, others[i].one.path, &others[i].one.load, &other));
        make_parts(assize, other, &others[i].one, others[i].of, &more);
        const char *both[] = {parts.list[0], more.list[1]};
        assert_refused(assize, both, 2, others[i].differs);
        remove_parts(&more);
    }
    remove_parts(&parts);
}

/* The scenario must be what the parts were made from. */
static void test_a_scenario_that_has_changed(void **state)
{
    struct assize *assize = *state;
    struct parts file = {.count = 0}, parts;
    char *text = read_text("scenarios/toy/scenario.yaml");
    struct assize_scenario *scenario = NULL;
    struct assize_result *result = NULL;
    write_part(&file, text);
    struct case_of one = {.path = file.list[0], .draws = 10, .seed = 1};
    assert_ok(assize, assize_load(assize, one.path, NULL, &scenario));
    make_parts(assize, scenario, &one, 2, &parts);
    FILE *changed = fopen(file.list[0], "a");
    fputs("# another\n", changed);
    fclose(changed);
    assert_ok(assize, assize_load_parts(assize, parts.list, 2, &scenario));
    assert_int_equal(assize_merge(scenario, NULL, &result), ASSIZE_USAGE);
    assert_non_null(strstr(assize_messages(assize), ": scenario is another now\n"));
    assert_null(result);
    free(text);
    remove_parts(&parts);
    remove_parts(&file);
}

static void test_wrong_use(void **state)
{
    struct assize *assize = *state;
    static const uint64_t wrong[][2] = {{0, 2}, {3, 2}, {0, 0}, {1, 65537}};
    struct assize_scenario *scenario = NULL;
    struct assize_result *result = NULL;
    const char *text = NULL;
    assert_ok(assize, assize_load(assize, "scenarios/toy", NULL, &scenario));
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_int_equal(assize_weigh_shard(scenario, NULL, wrong[i][0], wrong[i][1], &text),
                         ASSIZE_USAGE);
    assert_null(text);
    assert_int_equal(assize_merge(scenario, NULL, &result), ASSIZE_USAGE);
    assert_string_equal(assize_messages(assize),
                        "error: the scenario was not loaded with parts to merge\n");
    static const char *const none[] = {"docs/none-such.part"};
    assert_int_equal(assize_load_parts(assize, none, 1, &scenario), ASSIZE_IO);
    assert_string_equal(assize_messages(assize),
                        "docs/none-such.part: error: No such file or directory\n");
}

static bool stop(void *context, const char *what, uint64_t done, uint64_t of)
{
    (void)context;
    (void)what;
    return done >= of; /* at once, unless that was all */
}

/* A part is whole, or there is none. */
static void test_an_interrupted_shard_is_no_part(void **state)
{
    struct assize_weigh_options options = assize_weigh_defaults();
    struct assize_scenario *scenario = NULL;
    const char *text = "";
    options.progress = stop;
    options.draws = 1000000;
    assert_ok(*state, assize_load(*state, "scenarios/possession", NULL, &scenario));
    assert_ok(*state, assize_weigh_shard(scenario, &options, 1, 2, &text));
    assert_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_assize, close_assize)
        TEST(test_parts_give_the_bytes_of_one_run),
        TEST(test_changes_and_the_menu_go_along),
        TEST(test_quasi_random_draws),
        TEST(test_draws_from_a_table),
        TEST(test_nothing_uncertain),
        TEST(test_persons_of_a_table),
        TEST(test_outcomes_by_chance),
        TEST(test_missing_and_double_parts),
        TEST(test_parts_of_different_runs),
        TEST(test_a_scenario_that_has_changed),
        TEST(test_wrong_use),
        TEST(test_an_interrupted_shard_is_no_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The public C API, as a program outside the core uses it. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/opened.h"
#include "cmocka_all.h"

static const char *const folders[] = {"plugins"};
static const struct assize_config config = {.plugin_folders = folders, .plugin_folder_count = 1};

static struct assize_result *weigh_toy(struct assize *assize)
{
    struct assize_scenario *scenario = NULL;
    struct assize_result *result = NULL;
    assert_int_equal(assize_load(assize, "scenarios/toy", NULL, &scenario), ASSIZE_OK);
    assert_int_equal(assize_weigh(scenario, NULL, &result), ASSIZE_OK);
    return result;
}

static void test_opinions(void **state)
{
    struct assize_result *result = weigh_toy(*state);
    assert_string_equal(assize_messages(*state), "");
    assert_int_equal(assize_theories(result), 5);
    assert_int_equal(assize_regimes(result), 5);
    assert_string_equal(assize_theory_id(result, 0), "desert-marginal");
    assert_string_equal(assize_regime_id(result, 0), "light");
    struct assize_opinion opinion = assize_opinion(result, 0, 0);
    assert_int_equal(opinion.verdict, ASSIZE_ACCEPTABLE);
    assert_close(opinion.score, 0.729, 0, 0.0005); /* toyB, mode=marginal, light, PR */
    assert_string_equal(assize_verdict_name(opinion.verdict), "acceptable");
    assert_null(assize_theory_id(result, 5));
    assert_int_equal(assize_opinion(result, 5, 0).verdict, ASSIZE_SILENT);
}

static void test_faults_have_messages(void **state)
{
    struct assize_scenario *scenario = NULL;
    assert_int_equal(assize_load(*state, "scenarios/none-such", NULL, &scenario), ASSIZE_IO);
    assert_non_null(strstr(assize_messages(*state), "scenarios/none-such: error: No such file"));
    assert_null(scenario);
    struct assize_change change = {"model.detektion", "0.1 1/year"};
    struct assize_load_options options = {.changes = &change, .change_count = 1};
    assert_int_equal(assize_load(*state, "scenarios/toy", &options, &scenario), ASSIZE_USAGE);
    assert_non_null(strstr(assize_messages(*state), "model.detection"));
    assert_null(scenario);
}

static void test_dropping(void **state)
{
    const char *drop[] = {"graduated"}, *wrong[] = {"gradated"};
    struct assize_load_options options = {.drop = drop, .drop_count = 1};
    struct assize_scenario *scenario = NULL;
    struct assize_result *result = NULL;
    assert_int_equal(assize_load(*state, "scenarios/toy", &options, &scenario), ASSIZE_OK);
    assert_int_equal(assize_weigh(scenario, NULL, &result), ASSIZE_OK);
    assert_int_equal(assize_regimes(result), 4);
    /* Without the best of the menu the next best is: uniform84 adds 537.9 of toyB, harsh 324.3. */
    assert_string_equal(assize_regime_id(result, 1), "uniform84");
    assert_int_equal(assize_opinion(result, 3, 1).verdict, ASSIZE_ACCEPTABLE);
    options.drop = wrong;
    assert_int_equal(assize_load(*state, "scenarios/toy", &options, &scenario), ASSIZE_USAGE);
    assert_non_null(strstr(assize_messages(*state), "did you mean `graduated`?"));
}

static void test_texts(void **state)
{
    struct assize_result *result = weigh_toy(*state);
    const char *text = NULL;
    assert_int_equal(assize_show_run(result, NULL, &text), ASSIZE_OK);
    assert_non_null(strstr(text, "unacceptable"));
    struct assize_explain_options explain = {.theory = "desert-aggregate", .regime = "uniform84"};
    assert_int_equal(assize_show_explanation(result, &explain, &text), ASSIZE_OK);
    assert_non_null(strstr(text, "inadvertent"));
    explain.theory = "desert-agregate";
    assert_int_equal(assize_show_explanation(result, &explain, &text), ASSIZE_USAGE);
    assert_non_null(strstr(assize_messages(*state), "did you mean `desert-aggregate`?"));
    assert_int_equal(assize_show_premises(result, ASSIZE_MORAL, ASSIZE_TEXT, &text), ASSIZE_OK);
    assert_non_null(strstr(text, "theta"));
    assert_int_equal(assize_check(result, &text), ASSIZE_OK);
    assert_int_equal(assize_show_plugins(*state, true, NULL, &text), ASSIZE_OK);
    assert_non_null(strstr(text, "retributivism-positive"));
    assert_int_equal(assize_show_plugins(*state, false, "pionts", &text), ASSIZE_USAGE);
    assert_non_null(strstr(assize_messages(*state), "did you mean `points`?"));
}

/* Numbers are read and written alike whatever the host's locale. */
static void test_locale(void **state)
{
    const char *plain = NULL, *foreign = NULL;
    struct assize_show_options json = {.format = ASSIZE_JSON};
    assert_int_equal(assize_show_run(weigh_toy(*state), &json, &plain), ASSIZE_OK);
    if (setlocale(LC_ALL, "de_DE.UTF-8") == NULL)
        skip(); /* this machine has no such locale */
    assert_int_equal(assize_show_run(weigh_toy(*state), &json, &foreign), ASSIZE_OK);
    setlocale(LC_ALL, "C");
    assert_string_equal(plain, foreign);
}

/* An allocator that counts what is out, and can refuse. */
struct counter {
    size_t blocks;
    long left; /* allocations before it refuses; -1: never */
};

static void *plain_resize(void *block, size_t new_size)
{
    if (new_size != 0)
        return realloc(block, new_size);
    free(block);
    return NULL;
}

static void *counted_resize(void *context, void *block, size_t old_size, size_t new_size)
{
    struct counter *counter = context;
    (void)old_size;
    if (new_size == 0) {
        counter->blocks -= block != NULL;
        return plain_resize(block, 0);
    }
    if (counter->left == 0)
        return NULL;
    counter->left -= counter->left > 0;
    counter->blocks += block == NULL;
    return plain_resize(block, new_size);
}

static enum assize_status open_counted(struct counter *counter, struct assize **assize)
{
    struct assize_config counted = config;
    counted.allocator = (struct assize_allocator){counted_resize, counter};
    return assize_open(&counted, assize);
}

static enum assize_status run_with(struct counter *counter)
{
    struct assize *assize = NULL;
    struct assize_scenario *scenario = NULL;
    struct assize_result *result = NULL;
    const char *text = NULL;
    enum assize_status status = open_counted(counter, &assize);
    if (status == ASSIZE_OK)
        status = assize_load(assize, "scenarios/toy", NULL, &scenario);
    if (status == ASSIZE_OK)
        status = assize_weigh(scenario, NULL, &result);
    if (status == ASSIZE_OK)
        status = assize_show_run(result, NULL, &text);
    assize_close(assize);
    return status;
}

/* Each allocation fails in its turn, and every later one too: a status, no crash, nothing left. */
static void test_memory_runs_out(void **state)
{
    (void)state;
    enum assize_status status = ASSIZE_IO;
    size_t tries = 0;
    for (long k = 0; status == ASSIZE_IO; k++, tries++) {
        struct counter counter = {0, k};
        status = run_with(&counter);
        assert_int_equal(counter.blocks, 0);
        assert_true(k < 10000);
    }
    assert_int_equal(status, ASSIZE_OK);
    assert_true(tries > 5);
}

/* Weighs with two threads, where every allocation after so many is refused. */
static enum assize_status weigh_with(struct counter *counter, long left)
{
    struct assize *assize = NULL;
    struct assize_scenario *scenario = NULL;
    struct assize_result *result = NULL;
    struct assize_weigh_options options = assize_weigh_defaults();
    options.draws = 8192;
    options.threads = 2;
    assert_int_equal(open_counted(counter, &assize), ASSIZE_OK);
    assert_int_equal(assize_load(assize, "scenarios/possession", NULL, &scenario), ASSIZE_OK);
    counter->left = left;
    enum assize_status status = assize_weigh(scenario, &options, &result);
    assize_close(assize);
    return status;
}

/* The same while threads draw, and while what they came to is joined. */
static void test_memory_runs_out_in_threads(void **state)
{
    (void)state;
    enum assize_status status = ASSIZE_IO;
    long k = 0;
    for (; status == ASSIZE_IO && k < 1000; k++) {
        struct counter counter = {0, -1};
        status = weigh_with(&counter, k);
        assert_int_equal(counter.blocks, 0);
    }
    assert_int_equal(status, ASSIZE_OK);
    assert_true(k > 5);
}

static void test_example(void **state)
{
    (void)state;
    const char *example = getenv("EXAMPLE");
    char command[500], line[200] = "";
    if (example == NULL)
        skip(); /* the Makefile names it */
    snprintf(command, sizeof command, "%s plugins scenarios/toy", example);
    FILE *output = popen(command, "r");
    assert_non_null(output);
    assert_non_null(fgets(line, sizeof line, output));
    assert_string_equal(line, "desert-marginal on light: acceptable, 0.729\n");
    while (fgets(line, sizeof line, output) != NULL)
        continue;
    assert_int_equal(pclose(output), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_opinions, open_assize, close_assize),
        cmocka_unit_test_setup_teardown(test_faults_have_messages, open_assize, close_assize),
        cmocka_unit_test_setup_teardown(test_dropping, open_assize, close_assize),
        cmocka_unit_test_setup_teardown(test_texts, open_assize, close_assize),
        cmocka_unit_test_setup_teardown(test_locale, open_assize, close_assize),
        cmocka_unit_test(test_memory_runs_out),
        cmocka_unit_test(test_memory_runs_out_in_threads),
        cmocka_unit_test(test_example),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

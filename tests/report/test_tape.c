/* The screen and JSON of `assize tape`. What the figures count is tested on graphs made by hand in
 * tests/engine/test_tape_show.c. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/opened.h"
#include "cmocka_all.h"
#include "screens.h"

static const char *tape_of(struct assize *assize, const char *path,
                           struct assize_tape_options options)
{
    struct assize_scenario *scenario = NULL;
    const char *text = NULL;
    assert_int_equal(assize_load(assize, path, NULL, &scenario), ASSIZE_OK);
    assert_int_equal(assize_show_tape(scenario, &options, &text), ASSIZE_OK);
    assert_string_equal(assize_messages(assize), "");
    return text;
}

static const struct assize_tape_options still = {.no_time = true};

static void test_screens_are_in_order(void **state)
{
    static const char *const paths[] = {"scenarios/toy", "scenarios/possession",
                                        "scenarios/littering"};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        assert_screen(tape_of(*state, paths[i], still));
        assert_screen(tape_of(*state, paths[i], (struct assize_tape_options){.no_time = false}));
    }
}

/* Nothing is uncertain in the toy. */
static void test_a_scenario_without_uncertain_facts(void **state)
{
    const char *screen = tape_of(*state, "scenarios/toy", still);
    assert_shows(screen, "No step: no draw changes anything.");
    assert_shows(screen, "0 varying");
}

static void test_steps_are_named_and_nested(void **state)
{
    const char *screen = tape_of(*state, "scenarios/possession", still);
    assert_shows(screen, "score of rule = ");
    assert_shows(screen, "premise model.population.baseline_rate");
    assert_non_null(strstr(screen, "           for each regime (5):\n"));
    assert_non_null(strstr(screen, "             for each case (7):\n"));
    assert_hides(screen, "measured");
    assert_hides(screen, "%");
}

/* Without time the text says nothing that differs between runs. */
static void test_without_time_it_is_the_same_text(void **state)
{
    const char *first = tape_of(*state, "scenarios/littering", still);
    assert_string_equal(first, tape_of(*state, "scenarios/littering", still));
    const char *timed =
        tape_of(*state, "scenarios/littering", (struct assize_tape_options){.no_time = false});
    assert_shows(timed, "measured: other figures in each run");
}

static size_t count_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_integer(value));
    return (size_t)json_integer_value(value);
}

/* The counts of the head agree with the list, and shares are shares. */
static void check_tape(const json_t *tape, bool timed)
{
    size_t steps = 0, rows = 0, i;
    double shares = 0;
    json_t *step;
    json_array_foreach(json_object_get(tape, "steps"), i, step)
    {
        if (json_object_get(step, "loop") != NULL)
            continue;
        steps++;
        rows += count_of(step, "rows");
        assert_true(count_of(step, "row") + count_of(step, "rows") <= count_of(tape, "rows"));
        assert_int_equal(json_array_size(json_object_get(step, "axes")), count_of(step, "depth"));
        assert_true(json_is_number(json_object_get(step, "share_of_time")) == timed);
        shares += json_number_value(json_object_get(step, "share_of_time"));
    }
    assert_int_equal(steps, count_of(tape, "varying") - count_of(tape, "folded"));
    assert_int_equal(rows, count_of(tape, "rows_without_reuse"));
    assert_int_equal(count_of(tape, "nodes"),
                     count_of(tape, "dead") + count_of(tape, "fixed") + count_of(tape, "varying"));
    assert_true(count_of(tape, "rows") <= rows);
    if (timed && steps > 0)
        assert_close(shares, 1, 0, 1e-9);
}

static void check_json(struct assize *assize, const char *path, bool timed)
{
    struct assize_tape_options options = {.format = ASSIZE_JSON, .no_time = !timed};
    json_t *root = json_loads(tape_of(assize, path, options), 0, NULL), *tape;
    size_t i;
    assert_non_null(root);
    assert_string_equal(json_string_value(json_object_get(root, "format")), "assize-tape");
    assert_true(json_array_size(json_object_get(root, "tapes")) > 0);
    json_array_foreach(json_object_get(root, "tapes"), i, tape) check_tape(tape, timed);
    json_decref(root);
}

static void test_json_counts_what_it_lists(void **state)
{
    check_json(*state, "scenarios/toy", false);
    check_json(*state, "scenarios/possession", false);
    check_json(*state, "scenarios/possession", true);
    check_json(*state, "scenarios/littering", true);
}

/* Cases that are classes of persons: a tape for each phase and class, which nothing is known of to
 * time it by. */
static void test_persons_have_a_tape_for_each_phase_and_class(void **state)
{
    static const char path[] = "tests/scenarios/records";
    const char *screen = tape_of(*state, path, (struct assize_tape_options){.no_time = false});
    assert_shows(screen, "phase 1 of ");
    assert_hides(screen, "measured");
    check_json(*state, path, false);
}

/* --- the command ----------------------------------------------------------------------------- */

/* What `assize tape words` prints, standard error with it, and its exit code. */
static char *run_program(const char *words, int *code)
{
    enum { MOST = 1 << 18 };
    const char *program = getenv("ASSIZE");
    char command[512], *text = calloc(MOST, 1);
    snprintf(command, sizeof command, "%s tape %s 2>&1",
             program != NULL ? program : "build/release/assize", words);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_non_null(text);
    assert_true(fread(text, 1, MOST - 1, pipe) < MOST - 1);
    *code = pclose(pipe) >> 8;
    return text;
}

static void test_command(void **state)
{
    static const struct {
        const char *words;
        int code;
        const char *shows;
    } rows[] = {
        {"scenarios/littering --no-time", 0, "The tape of scenarios/littering:"},
        {"scenarios/littering --no-time --format json", 0, "\"format\": \"assize-tape\""},
        {"scenarios/littering --no-time --drop fine", 0, "for each regime"},
        {"", 2, "assize tape: SCENARIO is missing"},
        {"scenarios/littering --format csv", 2, "`--format` takes text or json, not `csv`"},
        {"scenarios/none-such", 5, "No such file"},
        {"scenarios/littering --set model.nothing=1", 2, "there is no value at `model.nothing`"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int code;
        char *text = run_program(rows[i].words, &code);
        if (code != rows[i].code || strstr(text, rows[i].shows) == NULL)
            print_error("tape %s: exit %d\n%s", rows[i].words, code, text);
        assert_int_equal(code, rows[i].code);
        assert_non_null(strstr(text, rows[i].shows));
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_screens_are_in_order, open_assize, close_assize),
        cmocka_unit_test_setup_teardown(test_a_scenario_without_uncertain_facts, open_assize,
                                        close_assize),
        cmocka_unit_test_setup_teardown(test_steps_are_named_and_nested, open_assize, close_assize),
        cmocka_unit_test_setup_teardown(test_without_time_it_is_the_same_text, open_assize,
                                        close_assize),
        cmocka_unit_test_setup_teardown(test_json_counts_what_it_lists, open_assize, close_assize),
        cmocka_unit_test_setup_teardown(test_persons_have_a_tape_for_each_phase_and_class,
                                        open_assize, close_assize),
        cmocka_unit_test(test_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

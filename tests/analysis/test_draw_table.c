/* Draws of facts from a table: each row against a weighing with its values set, and what is no such
 * table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/draw_table.h"
#include "analysis/weighed.h"

static struct weighed open_with(const char *scenario, const char *table, uint64_t draws)
{
    struct weighed weighed = {.path = scenario, .draws_from = table, .draws = draws};
    weighed_run(&weighed);
    return weighed;
}

/* --- values ---------------------------------------------------------------------------------- */

/* Two fixed facts; the second one in a unit that is not the base's. */
static const char *const cells[][2] = {{"0.01", "12"}, {"0.02", "3"},  {"0.05", "24"},
                                       {"0.005", "6"}, {"0.01", "35"}, {"0.1", "2"}};
static const char paths[2][40] = {"model.detection", "model.references.theft.sentence"};

static double score_with(const char *const values[2], size_t theory, size_t regime)
{
    char second[16];
    snprintf(second, sizeof second, "%s pme", values[1]);
    char first[24];
    snprintf(first, sizeof first, "%s 1/year", values[0]);
    const struct setting settings[] = {{paths[0], first}, {paths[1], second}};
    struct weighed weighed = {.path = "scenarios/toy", .settings = settings, .setting_count = 2};
    weighed_open(&weighed);
    double score = result_opinion(weighed.result, theory, regime)->score;
    weighed_close(&weighed);
    return score;
}

/* Theories of scenarios/toy that read the one fact, the other, or both. */
static void test_each_row_is_a_draw(void **state)
{
    (void)state;
    static const size_t opinions[][2] = {{0, 1}, {1, 0}, {3, 1}, {3, 3}};
    char text[400] = "";
    snprintf(text, sizeof text, "%s,%s\n", paths[0], paths[1]);
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s,%s\n", cells[i][0],
                 cells[i][1]);
    char *table = weighed_write(text);
    struct weighed weighed = open_with("scenarios/toy", table, DRAWS_AS_SUITS);
    if (weighed.result == NULL)
        weighed_print_faults(&weighed);
    assert_non_null(weighed.result);
    assert_int_equal(weighed.result->options.draws, COUNT_OF(cells));
    assert_int_equal(weighed.result->fact_count, 2);
    for (size_t o = 0; o < COUNT_OF(opinions); o++) {
        double least = HUGE_VAL, greatest = -HUGE_VAL, sum = 0;
        for (size_t i = 0; i < COUNT_OF(cells); i++) {
            double score = score_with(cells[i], opinions[o][0], opinions[o][1]);
            least = fmin(least, score);
            greatest = fmax(greatest, score);
            sum += score;
        }
        const struct range *range =
            &result_opinion(weighed.result, opinions[o][0], opinions[o][1])->range;
        assert_true(range->least == least && range->greatest == greatest);
        assert_close(range->mean, sum / COUNT_OF(cells), 1e-14, 1e-15);
    }
    weighed_close(&weighed);
    weighed_remove(table);
}

/* The centre is the scenario's; a fact that was fixed is as uncertain as the column. */
static void test_what_follows_for_a_premise(void **state)
{
    (void)state;
    char *table = weighed_write("model.detection\n0.03\n0.01\n0.02\n");
    struct weighed weighed = open_with("scenarios/toy", table, 0),
                   plain = open_with("scenarios/toy", NULL, 0);
    assert_non_null(weighed.result);
    const struct premise *premise = scenario_premise(weighed.model->scenario, "model.detection");
    const struct premise *fixed = scenario_premise(plain.model->scenario, "model.detection");
    assert_null(fixed->distribution);
    assert_true(premise->value == fixed->value);
    double least = premise->drawn[1], greatest = premise->drawn[0];
    assert_close(greatest / least, 3, 1e-15, 0);
    assert_true(distribution_quantile(premise->distribution, 0.05) == least);
    assert_true(distribution_quantile(premise->distribution, 0.95) == greatest);
    assert_true(distribution_quantile(premise->distribution, 0.5) == premise->drawn[2]);
    assert_string_not_equal(weighed.model->inputs_hash, plain.model->inputs_hash);
    assert_string_equal(weighed.model->graph_hash, plain.model->graph_hash);
    weighed_close(&weighed);
    weighed_close(&plain);
    weighed_remove(table);
}

/* Other uncertain facts are drawn as they are without the table, and with a seed of their own. */
static void test_other_facts_are_drawn_as_ever(void **state)
{
    (void)state;
    enum { ROWS = 700 };
    char *text = calloc(1, 40 + 8 * ROWS);
    strcpy(text, "model.errors.rate\n");
    for (int i = 0; i < ROWS; i++)
        strcat(text, "0.01\n"); /* as the scenario has it */
    char *table = weighed_write(text);
    struct weighed weighed = open_with("scenarios/possession", table, ROWS);
    struct weighed plain = open_with("scenarios/possession", NULL, ROWS);
    assert_non_null(weighed.result);
    for (size_t t = 0; t < weighed.model->scenario->theory_count; t++)
        for (size_t r = 0; r < weighed.model->scenario->regime_count; r++)
            assert_memory_equal(&result_opinion(weighed.result, t, r)->range,
                                &result_opinion(plain.result, t, r)->range, sizeof(struct range));
    assert_int_equal(weighed.result->fact_count, plain.result->fact_count + 1);
    weighed_close(&weighed);
    weighed_close(&plain);
    weighed_remove(table);
    free(text);
}

/* Truths and labels by name; a column that nothing depends on is a warning. */
static void test_truths_labels_and_unread_columns(void **state)
{
    (void)state;
    char *table = weighed_write("cases.possession.facts.under_12,"
                                "cases.possession.facts.distributed,regimes.statute.life_months\n"
                                "true,no_distribution,470\nfalse,no_distribution,400\n");
    struct weighed weighed = open_with("scenarios/possession", table, 2);
    assert_non_null(weighed.result);
    const struct scenario *scenario = weighed.model->scenario;
    const struct premise *truth = scenario_premise(scenario, "cases.possession.facts.under_12");
    const struct premise *label = scenario_premise(scenario, "cases.possession.facts.distributed");
    assert_true(truth->drawn[0] == 1 && truth->drawn[1] == 0);
    assert_string_equal(label->labels[(size_t)label->drawn[1]], "no_distribution");
    assert_int_equal(weighed.diags.count, 1);
    assert_true(weighed.diags.items[0].warning);
    assert_string_equal(weighed.diags.items[0].message,
                        "column `regimes.statute.life_months`: nothing depends on it, so it "
                        "changes nothing");
    weighed_close(&weighed);
    weighed_remove(table);
}

/* --- what is no such table ------------------------------------------------------------------- */

static const struct {
    const char *table;
    const char *said; /* behind the name of the file */
} faults[] = {
    {"", ":1: error: the table has no header\n"},
    {"model.detection\n", ": error: the table has a header and no rows: one row is one draw\n"},
    {"model.detection\n0.01\n0.02",
     ": error: the last row ends without a line break: it may be cut off\n"
     "      = end the file with a line break\n"},
    {"model.detection,model.errors.rate\n0.01,0.1\n0.02\n",
     ":3: error: row 2: it has 1 cell, the header 2: is it cut off?\n"},
    {"model.detection\n0.01\n\n",
     ":3:1: error: row 2, column `model.detection`: the cell is empty\n"},
    {"model.detektion\n0.01\n", ":1: error: column `model.detektion`: there is no such premise\n"
                                "      = did you mean `model.detection`?\n"},
    {"draw\n1\n",
     ":1: error: column `draw`: there is no such premise\n"
     "      = a column is named by the path of a fact: `assize premises` lists them\n"},
    {"theories.rule.weight_of_gains\n0.5\n",
     ":1: error: column `theories.rule.weight_of_gains`: a moral choice is chosen, not drawn\n"
     "      = leave the column out; `--set` or `--along` changes the choice\n"},
    {"cases.low.share\n0.4\n",
     ":1: error: column `cases.low.share`: the shares of the cases add up to 1, so none is drawn "
     "alone\n"
     "      = leave the column out\n"},
    {"model.detection,model.detection\n1,2\n",
     ":1: error: the column `model.detection` stands twice\n"},
    {"model.detection\n0.01\nnan\n",
     ":3:1: error: row 2, column `model.detection`: `nan` is no number\n"},
    {"model.detection\n0.01\ninf\n",
     ":3:1: error: row 2, column `model.detection`: `inf` is no number\n"},
    {"model.detection\n0.01\n1e999\n",
     ":3:1: error: row 2, column `model.detection`: `1e999` is no number\n"},
    {"model.detection\n0.01 1/year\n",
     ":2:1: error: row 1, column `model.detection`: `0.01 1/year` is no number\n"},
    {"model.errors.rate,model.detection\n0.1,0.01\n0.2,-1\n",
     ":3:5: error: row 2, column `model.detection`: must be above 0, not -1\n"},
    {"model.detection\n0.01\n-0\n0.02\n",
     ":3:1: error: row 2, column `model.detection`: must be above 0, not 0\n"},
    {"model.detection\n\"0.01\n", ":2:1: error: row 1: a quote is opened and never closed\n"},
};

static void test_what_is_no_table_of_draws(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        char *table = weighed_write(faults[i].table);
        struct weighed weighed = open_with("scenarios/toy", table, 0);
        struct text text;
        text_init(&text, &weighed.arena);
        for (size_t d = 0; d < weighed.diags.count; d++)
            diag_print(&text, &weighed.diags.items[d]);
        assert_null(weighed.model);
        assert_memory_equal(text.data, table, strlen(table));
        if (strcmp(text.data + strlen(table), faults[i].said) != 0)
            print_error("%zu: %s", i, text.data);
        assert_string_equal(text.data + strlen(table), faults[i].said);
        weighed_close(&weighed);
        weighed_remove(table);
    }
}

/* As many draws as rows, or as many as are said: never others. */
static void test_another_number_of_draws_is_refused(void **state)
{
    (void)state;
    char *table = weighed_write("model.detection\n0.01\n0.02\n");
    struct weighed same = open_with("scenarios/toy", table, 2);
    struct weighed other = open_with("scenarios/toy", table, 3);
    assert_non_null(same.result);
    assert_null(other.result);
    assert_int_equal(other.diags.items[0].status, STATUS_USAGE);
    assert_string_equal(other.diags.items[0].message, "the table has 2 draws, not 3");
    weighed_close(&same);
    weighed_close(&other);
    weighed_remove(table);
}

/* What an accepted argument settles is not drawn as well. */
static void test_a_settled_premise_is_refused(void **state)
{
    (void)state;
    struct arena arena;
    struct diags diags;
    struct buffer toy;
    struct text text;
    arena_init(&arena, &allocator_heap);
    diags_init(&diags, &arena);
    assert_int_equal(file_read(&arena, "scenarios/toy/scenario.yaml", 1 << 20, &toy, &diags),
                     STATUS_OK);
    text_init(&text, &arena);
    text_add(&text, toy.data);
    text_add(&text,
             "\narguments:\n  a: {claim: A., when_accepted: {model.detection: 0.02 1/year}}\n");
    char *scenario = weighed_write(text.data), *table = weighed_write("model.detection\n0.01\n");
    struct weighed weighed = open_with(scenario, table, 0);
    assert_null(weighed.model);
    assert_string_equal(
        weighed.diags.items[0].message,
        "column `model.detection`: the accepted argument `a` sets it, so it is not drawn");
    weighed_close(&weighed);
    weighed_remove(scenario);
    weighed_remove(table);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_row_is_a_draw),
        cmocka_unit_test(test_what_follows_for_a_premise),
        cmocka_unit_test(test_other_facts_are_drawn_as_ever),
        cmocka_unit_test(test_truths_labels_and_unread_columns),
        cmocka_unit_test(test_what_is_no_table_of_draws),
        cmocka_unit_test(test_another_number_of_draws_is_refused),
        cmocka_unit_test(test_a_settled_premise_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

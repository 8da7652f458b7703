/* `correlate:`: what may stand there, and the groups it makes. */
#include <math.h>

#include "scenario/correlate.h"
#include "scenario/fixture.h"

#define MARKET                                                                                     \
    "model: {population: {shares_of: participants}, detection: {uniform: [0.1, 0.2], unit: "       \
    "1/year}, channels: {m: {kind: market, supply: {uniform: [0, 1]}, demand: {beta: [2, 5]}}, "   \
    "t: {kind: threshold, loss: {normal: [10, 2], unit: hu}, at: 40000 item}}}\n"

static void bind(struct fixture *fixture, const char *correlate)
{
    char text[4000];
    snprintf(text, sizeof text, "%s%s", HEAD MARKET CASES REGIMES THEORIES, correlate);
    fixture_open(fixture);
    fixture_bind(fixture, text);
}

static void check(const char *correlate, const char *expected)
{
    struct fixture fixture;
    bind(&fixture, correlate);
    assert_string_equal(fixture_brief(&fixture), expected);
    assert_true((fixture.status == STATUS_OK) == (expected[0] == '\0'));
    fixture_close(&fixture);
}

static void test_groups_are_what_hangs_together(void **state)
{
    (void)state;
    struct fixture fixture;
    bind(&fixture, "correlate:\n"
                   "  note: from nowhere\n"
                   "  model.channels.m.supply: {model.channels.m.demand: -0.5}\n"
                   "  model.detection: {model.channels.t.loss: 0.25, model.channels.m.supply: 0}\n"
                   "  model.channels.t.loss: {model.detection: 0.25}\n");
    assert_string_equal(fixture_brief(&fixture), "");
    const struct correlations *correlations = fixture.scenario->correlations;
    assert_int_equal(correlations->count, 2);
    assert_int_equal(correlations->group_count, 2);
    const struct correlated *first = &correlations->groups[0], *second = &correlations->groups[1];
    assert_int_equal(first->count, 2);
    assert_string_equal(first->premises[0]->path, "model.channels.m.demand");
    assert_string_equal(first->premises[1]->path, "model.channels.m.supply");
    assert_true(first->factor[0] == 1 && first->factor[2] == -0.5);
    assert_true(first->factor[3] == sqrt(0.75));
    assert_string_equal(second->premises[1]->path, "model.detection");
    assert_true(second->factor[2] == 0.25 && second->factor[3] == sqrt(1 - 0.0625));
    fixture_close(&fixture);
}

/* L L^T is the matrix again, by the definition. */
static void test_the_factor_gives_the_matrix(void **state)
{
    (void)state;
    struct fixture fixture;
    bind(&fixture,
         "correlate:\n"
         "  model.detection: {model.channels.t.loss: 0.25, model.channels.m.supply: -0.4}\n"
         "  model.channels.m.demand: {model.channels.m.supply: 0.6, model.channels.t.loss: 0.1}\n");
    static const double matrix[4][4] = {/* demand, supply, loss, detection */
                                        {1, 0.6, 0.1, 0},
                                        {0.6, 1, 0, -0.4},
                                        {0.1, 0, 1, 0.25},
                                        {0, -0.4, 0.25, 1}};
    assert_string_equal(fixture_brief(&fixture), "");
    const struct correlated *group = &fixture.scenario->correlations->groups[0];
    assert_int_equal(group->count, 4);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            double sum = 0;
            for (int k = 0; k < 4; k++)
                sum += group->factor[4 * i + k] * group->factor[4 * j + k];
            assert_true(fabs(sum - matrix[i][j]) < 1e-15);
        }
    fixture_close(&fixture);
}

static void test_nothing_is_tied_by_0(void **state)
{
    (void)state;
    struct fixture fixture;
    bind(&fixture, "correlate: {model.detection: {model.channels.t.loss: 0}}\n");
    assert_string_equal(fixture_brief(&fixture), "");
    assert_null(fixture.scenario->correlations);
    fixture_close(&fixture);
}

static void test_faults(void **state)
{
    (void)state;
    check("correlate: [1]\n", "10:12+1 `correlate` must be a map of correlations = write `premise: "
                              "{other premise: 0.4}`, with their paths\n");
    check("correlate: {model.detection: 0.4}\n",
          "10:30+3 `correlate.\"model.detection\"` must be a map of correlations = write `premise: "
          "{other premise: 0.4}`, with their paths\n");
    check("correlate: {model.detecton: {model.channels.m.supply: 0.4}}\n",
          "10:13+14 there is no premise `model.detecton` = did you mean `model.detection`?\n");
    check("correlate: {model.detection: {model.channels.t.at: 0.4}}\n",
          "10:31+19 `model.channels.t.at` is not uncertain: there is nothing to draw = give it a "
          "distribution, as `uniform: [low, high]`, or leave it out\n");
    check("correlate: {model.detection: {model.detection: 0.4}}\n",
          "10:31+15 `model.detection` is correlated with itself = leave it out\n");
    check("correlate: {model.detection: {model.channels.m.supply: 1}}\n",
          "10:56+1 a correlation of 1 cannot be = write a number above -1 and below 1\n");
    check(
        "correlate: {model.detection: {model.channels.m.supply: high}}\n",
        "10:56+4 `correlate.\"model.detection\".\"model.channels.m.supply\"` must be a number, not "
        "`high`\n");
    check("correlate:\n  model.detection: {model.channels.m.supply: 0.4}\n"
          "  model.channels.m.supply: {model.detection: 0.5}\n",
          "12:46+3 `model.channels.m.supply` and `model.detection` are correlated twice: by 0.4 "
          "and by 0.5 = keep one of them @ s.yaml:11\n");
    check("correlate:\n  model.detection: {model.channels.m.supply: 0.9, model.channels.m.demand: "
          "0.9}\n  model.channels.m.supply: {model.channels.m.demand: -0.9}\n",
          "11:46+3 the correlations of `model.channels.m.demand`, `model.channels.m.supply` and "
          "`model.detection` do not go together (their matrix is not positive definite) = write "
          "smaller ones, or what the pairs left out come to\n");
}

/* A premise that is held for once does not make the file wrong. */
static void test_a_premise_that_is_set(void **state)
{
    (void)state;
    static const struct setting setting = {"model.detection", "0.15 1/year"};
    struct fixture fixture;
    fixture_open(&fixture);
    fixture.settings = &setting;
    fixture.setting_count = 1;
    fixture_bind(&fixture, HEAD MARKET CASES REGIMES THEORIES
                 "correlate: {model.detection: {model.channels.m.supply: 0.4}}\n");
    assert_string_equal(fixture_brief(&fixture), "");
    assert_int_equal(fixture.scenario->correlations->group_count, 1);
    fixture_close(&fixture);
}

/* Where other faults stand, premises may be missing: nothing is said of them here. */
static void test_other_faults_come_first(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture, HEAD "model: {population: {shares_of: participants}, detection: x, "
                                "channels: {}}\n" CASES REGIMES THEORIES
                                "correlate: {model.detection: {model.channels.m.supply: 0.4}}\n");
    assert_null(strstr(fixture_brief(&fixture), "there is no premise"));
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups_are_what_hangs_together),
        cmocka_unit_test(test_the_factor_gives_the_matrix),
        cmocka_unit_test(test_nothing_is_tied_by_0),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_a_premise_that_is_set),
        cmocka_unit_test(test_other_faults_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Where verdicts switch: against closed forms, and against the strips of the shipped scenarios. */
#include "analysis/switches.h"

#include <math.h>
#include <string.h>

#include "weighed.h"

/* One type of case, one reference offence, a tenth of ten million people. Without a rule they do
 * 1000 hu, .5 x harm x production_per_act x people; each on average .001 hu. */
static const char scenario_text[] =
    "assize: 1\ntitle: t\nquestion: q\nstatus: illustrative\n"
    "model:\n"
    "  harm_unit: {anchor: 100 hu is the loss of one life}\n"
    "  population: {potential: 1.0e7 person, baseline_rate: 0.1, shares_of: participants}\n"
    "  channels:\n"
    "    market: {kind: market, supply_elasticity: 0.5, demand_elasticity: 0.5,\n"
    "      harm: {uniform: [0.4, 3.6], unit: hu/item}, production_per_act:\n"
    "        {choice: {values: [0.0001, 0.001], weights: [1, 1]}, value: 0.001,\n"
    "          unit: item/person}}\n"
    "  desert_scale: {smallest_harm: 0.01 hu}\n"
    "  references: {killing: {harm: 100 hu, sentence: 240 pme}}\n"
    "  exchange: {custody: 1 pme/month, supervision: 0 pme/month, registration: 0 pme/month,\n"
    "    fine: 0 pme/month}\n"
    "cases: {all: {share: 1, quantity: 1, culpability: {uniform: [0, 1]}}}\n"
    "regimes:\n"
    "  forty: {kind: schedule, custody: 40 month}\n"
    "  hundred-years: {kind: schedule, custody: 1200 month}\n"
    "theories:\n"
    "  desert: {kind: retributivism-positive, harm_basis: exponent,\n"
    "    theta: {moral: true, value: 0.35, range: [0, 1]}}\n";

enum { SWITCHES = 4 };
static const double people = 1e6, average = 0.001, culpability = 0.5, theta = 0.35;

/* The culpable wrong at which the verdict switches for the k-th time, as it grows. A sentence of 40
 * fits to degree 1 - |ln(41 / (deserved + 1))| / ln 4: unacceptable below .5, acceptable from .7.
 * So deserved + 1 is 41 times 4 to the -.5, -.3, .3, .5; and deserved is 240 ln(1 + wrong / .01) /
 * ln(1 + 100 / .01). */
static double wrong_at(size_t k)
{
    static const double powers[SWITCHES] = {-0.5, -0.3, 0.3, 0.5};
    double deserved = 41 * pow(4, powers[k]) - 1;
    return 0.01 * expm1(deserved * log1p(1e4) / 240);
}

static struct switch_list find(struct weighed *weighed, size_t theory, size_t regime)
{
    struct switch_list list;
    assert_int_equal(
        switches_find(&weighed->arena, weighed->result, theory, regime, &list, &weighed->diags),
        STATUS_OK);
    return list;
}

static void check_path(const struct switches *one, const char *path)
{
    assert_string_equal(one->premise->path, path);
}

/* Stretch k ends at `end`, and the next begins there. */
static void check_end(const struct switches *one, size_t k, enum verdict verdict, double end)
{
    assert_int_equal(one->stretches[k].verdict, verdict);
    assert_close(one->stretches[k].to, end, 2e-6, 0);
    assert_true(one->stretches[k].to == one->stretches[k + 1].from);
}

static void test_closed_forms(void **state)
{
    static const enum verdict verdicts[] = {VERDICT_UNACCEPTABLE, VERDICT_BORDERLINE,
                                            VERDICT_ACCEPTABLE, VERDICT_BORDERLINE,
                                            VERDICT_UNACCEPTABLE};
    (void)state;
    char *path = weighed_write(scenario_text);
    struct weighed weighed = {.path = path};
    weighed_open(&weighed);
    struct switch_list list = find(&weighed, 0, 0);
    assert_int_equal(list.moral_count, 1);
    assert_int_equal(list.count, 3); /* production_per_act has two values and nothing between */

    /* wrong = culpability x average x people^theta */
    check_path(&list.items[0], "theories.desert.theta");
    assert_int_equal(list.items[0].count, SWITCHES + 1);
    for (size_t k = 0; k < SWITCHES; k++)
        check_end(&list.items[0], k, verdicts[k],
                  log(wrong_at(k) / (culpability * average)) / log(people));
    assert_int_equal(list.items[0].stretches[SWITCHES].verdict, VERDICT_UNACCEPTABLE);
    assert_close(list.items[0].stretches[0].from, 0, 0, 0);
    assert_close(list.items[0].stretches[SWITCHES].to, 1, 0, 0);

    /* The fourth lies beyond 95 per cent, .95. From .5 it is .28 of the way to the third. */
    check_path(&list.items[1], "cases.all.culpability");
    assert_int_equal(list.items[1].count, SWITCHES);
    for (size_t k = 0; k + 1 < SWITCHES; k++)
        check_end(&list.items[1], k, verdicts[k], wrong_at(k) / (average * pow(people, theta)));
    assert_close(list.items[1].stretches[0].from, 0.05, 1e-12, 0);

    /* The same wrong by another harm: 2 hu make the average share .001. .35 of the way. */
    check_path(&list.items[2], "model.channels.market.harm");
    assert_int_equal(list.items[2].count, 2);
    check_end(&list.items[2], 0, VERDICT_ACCEPTABLE,
              2 * wrong_at(2) / (culpability * average * pow(people, theta)));
    weighed_close(&weighed);
    weighed_remove(path);
}

/* The scale ends at 240, which 1200 months are far beyond, wherever theta stands. */
static void test_no_switch(void **state)
{
    (void)state;
    char *path = weighed_write(scenario_text);
    struct weighed weighed = {.path = path};
    weighed_open(&weighed);
    struct switch_list list = find(&weighed, 0, 1);
    assert_int_equal(list.count, 1); /* facts that switch nothing are not listed */
    assert_int_equal(list.items[0].count, 1);
    assert_int_equal(list.items[0].stretches[0].verdict, VERDICT_UNACCEPTABLE);
    assert_close(list.items[0].stretches[0].to, 1, 0, 0);
    weighed_close(&weighed);
    weighed_remove(path);
}

/* A type of case decides alone from a share of .01 of all on. The others' shares are .95, so that
 * its own is .95 x .01 / .99 there. */
static void test_share_that_decides(void **state)
{
    (void)state;
    struct weighed weighed = {.path = "scenarios/possession"};
    weighed_open(&weighed);
    struct switch_list list = find(&weighed, 1, 1); /* desert-aggregate on statute */
    const struct switches *share = NULL;
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i].premise->path, "cases.unknowing-sharing.share") == 0)
            share = &list.items[i];
    assert_non_null(share);
    assert_int_equal(share->count, 2);
    check_end(share, 0, VERDICT_ACCEPTABLE, 0.95 * 0.01 / 0.99);
    assert_int_equal(share->stretches[1].verdict, VERDICT_BORDERLINE);
    assert_true(share->stretches[1].one_case_failed);
    weighed_close(&weighed);
}

static const struct stretch *stretch_at(const struct switches *one, double value)
{
    size_t i = 0;
    while (i + 1 < one->count && value > one->stretches[i].to)
        i++;
    return &one->stretches[i];
}

/* Every place of every strip lies in a stretch of its own verdict. */
static void check_strips(struct weighed *weighed, size_t theory, size_t regime)
{
    const struct result *result = weighed->result;
    struct switch_list list = find(weighed, theory, regime);
    for (size_t i = 0; i < list.moral_count; i++) {
        const struct strip *strip = result->strips;
        while (strip->premise != list.items[i].premise)
            strip++;
        size_t first = (theory * result->model->scenario->regime_count + regime) * strip->points;
        for (size_t p = 0; p < strip->points; p++) {
            const struct stretch *stretch = stretch_at(&list.items[i], strip->values[p]);
            assert_int_equal(stretch->verdict, strip->verdicts[first + p]);
            assert_int_equal(stretch->one_case_failed, strip->one_case_failed[first + p]);
        }
    }
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(stretch_at(&list.items[i], list.items[i].premise->value)->verdict,
                         result_opinion(result, theory, regime)->verdict);
}

static void test_shipped(void **state)
{
    static const char *const paths[] = {"scenarios/toy", "scenarios/littering",
                                        "scenarios/possession",
                                        "scenarios/possession/as-applied.yaml"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        struct weighed weighed = {.path = paths[i]};
        weighed_open(&weighed);
        const struct scenario *scenario = weighed.model->scenario;
        for (size_t t = 0; t < scenario->theory_count; t++)
            for (size_t r = 0; r < scenario->regime_count; r++)
                check_strips(&weighed, t, r);
        weighed_close(&weighed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_closed_forms),
        cmocka_unit_test(test_no_switch),
        cmocka_unit_test(test_share_that_decides),
        cmocka_unit_test(test_shipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

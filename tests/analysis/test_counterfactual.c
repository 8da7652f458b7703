/* Regimes that are like another, but for steps dropped, numbers set and steps added; lists in a
 * scenario; and what a step tells. Sums by hand over tests/plugins/data/test/ledger.yaml. */
#include <math.h>
#include <string.h>

#include "analysis/information.h"
#include "weighed.h"

#define TOP                                                                                        \
    "assize: 1\ntitle: Ledgers\nstatus: illustrative\n"                                            \
    "model:\n"                                                                                     \
    "  population: {potential: 10 person, baseline_rate: 0.5, shares_of: participants}\n"          \
    "  harm_unit: {anchor: a life is 100}\n"                                                       \
    "  channels: {a: {kind: threshold, loss: 5 hu, at: 3 person}}\n"                               \
    "  references: {a: {harm: 1 hu, sentence: 1 pme}, b: {harm: 9 hu, sentence: 90 pme}}\n"        \
    "  desert_scale: {smallest_harm: 0.1 hu}\n"                                                    \
    "  exchange: {custody: 1 pme/month, supervision: 1 pme/month, registration: 1 pme/month, "     \
    "fine: 1 pme/month}\n"                                                                         \
    "theories: {d: {kind: retributivism-positive, harm_basis: marginal}}\n"

#define CASES                                                                                      \
    "cases:\n"                                                                                     \
    "  a: {share: 0.95, quantity: 1, culpability: 1, facts: {images: 150, computer: true, "        \
    "community: true, groups: [{level: 5, grave: true}, {level: 7, grave: false}]}}\n"             \
    "  b: {share: 0.05, quantity: 1, culpability: 1, facts: {images: 9, computer: false, "         \
    "community: false, groups: []}}\n"

static void weigh_text(struct weighed *weighed, const char *text)
{
    char *path = weighed_write(text);
    *weighed = (struct weighed){.path = path};
    weighed_run(weighed);
    weighed_remove(path);
}

static double custody(const struct weighed *weighed, size_t regime, size_t kase)
{
    const struct linked *linked = &weighed->model->linked;
    for (uint32_t i = 0; i < linked->output_count; i++)
        if (strcmp(linked->outputs[i].name, "custody") == 0)
            return result_value(weighed->result, linked->outputs[i].value, regime, kase);
    fail();
    return 0;
}

static void test_changes(void **state)
{
    struct weighed weighed;
    (void)state;
    weigh_text(&weighed,
               TOP CASES "regimes:\n"
                         "  now: {kind: ledger, edition: 2010-01-01}\n"
                         "  no-computer: {like: now, drop: [computer]}\n"
                         "  fewer: {like: no-computer, drop: [groups], set: {data: {test/ledger: "
                         "{tiers.B.add: 1, base: 20}}}}\n"
                         "  more: {like: now, add: {community: {add: 6}}}\n"
                         "  of-a-kind: {like: ledger}\n"
                         "  older: {like: now, edition: 2001-01-01}\n");
    (void)state;
    if (weighed.result == NULL)
        weighed_print_faults(&weighed);
    assert_non_null(weighed.result);
    /* a: base 10, computer 3, images 4, groups 6 + 7; b: base 10, nothing else */
    static const double months[][2] = {{30, 10}, {27, 10}, {21, 20}, {36, 10}, {30, 10}, {28, 10}};
    for (size_t r = 0; r < COUNT_OF(months); r++)
        for (size_t c = 0; c < 2; c++)
            assert_close(custody(&weighed, r, c), months[r][c], 0, 0);
    const struct use *fewer = &weighed.model->scenario->regimes[2];
    assert_string_equal(fewer->like, "now");
    assert_int_equal(fewer->dropped_count, 2);
    assert_int_equal(fewer->change_count, 2);
    const struct premise *set =
        scenario_premise(weighed.model->scenario, "regimes.fewer.data.\"test/ledger\".base");
    assert_non_null(set);
    assert_close(set->value, 20, 0, 0);
    weighed_close(&weighed);
}

/* USSG 2G2.2 (2025), of several kinds of distribution the greatest: 22, and 7 for a minor drawn
 * into sexual conduct, 5 for a thing of value, 2 for any other. Months by the sentencing table,
 * category I: level 29 is 87-108, 27 is 70-87, 24 is 51-63, 22 is 41-51. */
static void test_the_next_greatest_wins(void **state)
{
    struct weighed weighed;
    (void)state;
    weigh_text(&weighed,
               TOP "cases:\n"
                   "  a: {share: 0.5, quantity: 1, culpability: 1, facts: {distribution: "
                   "to_minor_sexual_conduct, distributed_for_value: true, distributed: true}}\n"
                   "  b: {share: 0.5, quantity: 1, culpability: 1, facts: {distribution: "
                   "knowing, distributed_for_value: false, distributed: false}}\n"
                   "regimes:\n"
                   "  now: {kind: us-guidelines, guideline: 2G2.2, edition: 2025-11-01, "
                   "not_given: none, lands: 0}\n"
                   "  first: {like: now, drop: [distribution-to_minor_sexual_conduct]}\n"
                   "  both: {like: first, drop: [distribution-to_minor_sexual_conduct, "
                   "distribution-value]}\n"
                   "  other: {like: now, drop: [distribution-knowing]}\n"
                   "  all: {like: now, drop: [distribution]}\n");
    if (weighed.result == NULL)
        weighed_print_faults(&weighed);
    assert_non_null(weighed.result);
    static const double months[][2] = {{87, 51}, {70, 51}, {51, 51}, {87, 41}, {41, 41}};
    for (size_t r = 0; r < COUNT_OF(months); r++)
        for (size_t c = 0; c < 2; c++)
            assert_close(custody(&weighed, r, c), months[r][c], 0, 0);
    weighed_close(&weighed);
}

/* The first base level that fits: USSG 2B1.1(a), 7 with a maximum of 20 years, else 6. With 10
 * levels for a loss of more than $150,000 they are 17 (24-30) and 16 (21-27). */
static void test_the_next_base_level_fits(void **state)
{
    struct weighed weighed;
    (void)state;
    weigh_text(&weighed,
               TOP "cases:\n  a: {share: 1, quantity: 1, culpability: 1, facts: {loss: 150001, "
                   "maximum_20_years: true}}\n"
                   "regimes:\n"
                   "  now: {kind: us-guidelines, guideline: 2B1.1, edition: 2025-11-01, "
                   "not_given: none, lands: 0}\n"
                   "  x: {like: now, drop: [base-seven]}\n");
    if (weighed.result == NULL)
        weighed_print_faults(&weighed);
    assert_non_null(weighed.result);
    assert_close(custody(&weighed, 0, 0), 24, 0, 0);
    assert_close(custody(&weighed, 1, 0), 21, 0, 0);
    weighed_close(&weighed);
}

static void expect_fault(const char *text, const char *says)
{
    struct weighed weighed;
    struct text said;
    weigh_text(&weighed, text);
    assert_null(weighed.result);
    text_init(&said, weighed.diags.arena);
    for (size_t i = 0; i < weighed.diags.count; i++)
        diag_print(&said, &weighed.diags.items[i]);
    if (strstr(said.data, says) == NULL)
        print_error("\"%s\" is not in:\n%s", says, said.data);
    assert_non_null(strstr(said.data, says));
    weighed_close(&weighed);
}

#define NOW TOP CASES "regimes:\n  now: {kind: ledger}\n"

static void test_faults(void **state)
{
    (void)state;
    expect_fault(NOW "  x: {like: now, drop: [computr]}\n",
                 "x drops a step `computr`, which it does not have: did you mean `computer`?");
    expect_fault(NOW "  x: {like: now, drop: computer}\n", "`regimes.x.drop` must be a list");
    expect_fault(NOW "  x: {like: now, set: {data: {test/ledger: {tiers.C.add: 1}}}}\n",
                 "there is no number at `data.\"test/ledger\".tiers.C.add`");
    expect_fault(NOW "  x: {like: now, set: {data: {test/ledger: {title: 1}}}}\n",
                 "there is no number at `data.\"test/ledger\".title`");
    expect_fault(NOW "  x: {like: now, set: {data: {test/ledger: {base: many}}}}\n",
                 "must be a number, not `many`");
    expect_fault(NOW "  x: {like: now, set: 5}\n",
                 "`regimes.x.set` must be a map of paths and numbers");
    expect_fault(NOW "  x: {like: now, add: {scale: {add: 1}}}\n",
                 "`cases.a.facts.scale` is missing");
    expect_fault(NOW "  x: {like: nowe}\n", "did you mean `now`?");
    expect_fault(NOW "  x: {like: nothing-of-the-kind}\n", "nothing-of-the-kind");
    expect_fault(NOW "  x: {like: x}\n", "cannot be like itself");
}

/* A list gives its entries in every case that has it, or in none. */
static void test_list_in_one_case(void **state)
{
    (void)state;
    expect_fault(TOP "cases:\n"
                     "  a: {share: 0.5, quantity: 1, culpability: 1, facts: {images: 1, computer: "
                     "true, groups: [{level: 5, grave: true}]}}\n"
                     "  b: {share: 0.5, quantity: 1, culpability: 1, facts: {images: 1, computer: "
                     "true}}\n"
                     "regimes: {now: {kind: ledger}}\n",
                 "`cases.b.facts.groups` is missing: other cases have it");
}

/* `--set` reaches the numbers of a list and of a table of data. */
static void test_settings(void **state)
{
    static const struct setting settings[] = {{"cases.a.facts.groups.1.level", "9"},
                                              {"data.\"test/ledger\".base", "11"}};
    struct weighed weighed = {.settings = settings, .setting_count = 2};
    char *path = weighed_write(NOW);
    (void)state;
    weighed.path = path;
    weighed_open(&weighed);
    weighed_remove(path);
    assert_close(custody(&weighed, 0, 0), 35, 0, 0); /* 11 + 3 + 4 + 10 + 7 */
    assert_close(custody(&weighed, 0, 1), 11, 0, 0);
    weighed_close(&weighed);
}

/* golden.txt: enhancement_bits.95, the share of cases with a computer. */
static void test_information(void **state)
{
    struct weighed weighed;
    weigh_text(&weighed, NOW);
    struct step_information *steps = NULL;
    size_t count = 0;
    (void)state;
    assert_int_equal(
        information_steps(&weighed.arena, weighed.model, 0, &steps, &count, &weighed.diags),
        STATUS_OK);
    assert_int_equal(count, 1); /* the only step with a condition */
    assert_string_equal(steps[0].name, "computer");
    assert_string_equal(steps[0].cite, "1(b)");
    assert_close(steps[0].share, 0.95, 1e-15, 0);
    assert_close(steps[0].bits, 0.2863969571, 1e-9, 0);
    weighed_close(&weighed);
}

/* Of 40 persons 30 have a computer: 2 - 3/4 log2 3 bits. Those of no weight count for nothing, and
 * their class has no share that could count. */
static void test_information_of_persons(void **state)
{
    (void)state;
    char rows[1024] = "k,computer,w\n", records[512];
    for (size_t i = 0; i < 52; i++)
        strcat(rows, i < 30 ? "a,true,1\n" : i < 40 ? "b,false,1\n" : "none,true,0\n");
    char *table = weighed_write(rows);
    snprintf(records, sizeof records,
             "records:\n  file: %s\n  class: k\n  weight: w\n  columns:\n"
             "    quantity: 1\n    culpability: 1\n"
             "    facts: {images: 9, computer: computer, community: false}\n"
             "regimes:\n  now: {kind: ledger}\n",
             table);
    char *text = malloc(sizeof TOP + strlen(records));
    assert_non_null(text);
    sprintf(text, "%s%s", TOP, records);
    struct weighed weighed;
    struct step_information *steps = NULL;
    size_t count = 0;
    weigh_text(&weighed, text);
    if (weighed.result == NULL)
        weighed_print_faults(&weighed);
    assert_int_equal(weighed.model->scenario->case_count, 3);
    assert_int_equal(
        information_steps(&weighed.arena, weighed.model, 0, &steps, &count, &weighed.diags),
        STATUS_OK);
    assert_int_equal(count, 1);
    assert_close(steps[0].share, 0.75, 1e-15, 0);
    assert_close(steps[0].bits, 2 - 0.75 * log2(3), 1e-12, 0);
    weighed_close(&weighed);
    weighed_remove(table);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_list_in_one_case),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_information),
        cmocka_unit_test(test_information_of_persons),
        cmocka_unit_test(test_the_next_greatest_wins),
        cmocka_unit_test(test_the_next_base_level_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

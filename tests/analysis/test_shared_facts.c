/* One fact read by two kinds of regime: by one as a fact of whatever kind (points, statutory), by
 * the other as one of its own names. Levels by hand: USSG 2G2.2 (2025) is 22, 2 more from 10 images
 * on, 4 for a leader, 2 less for a minor participant; the points are 18, and 4 for a leader. Months
 * by the sentencing table: 28 in I is 78-97, 22 in II 46-57; 22 in I is 41-51, 18 in II 30-37. */
#include <string.h>

#include "weighed.h"

#define TOP                                                                                        \
    "assize: 1\ntitle: Shared facts\nstatus: illustrative\n"                                       \
    "model:\n  population: {shares_of: participants}\n"                                            \
    "  exchange: {custody: 1 pme/month, supervision: 1 pme/month, registration: 1 pme/month, "     \
    "fine: 1 pme/month}\n"                                                                         \
    "theories: {sentences: {kind: golden-sentence}}\n"                                             \
    "cases:\n"                                                                                     \
    "  a: {share: 0.5, facts: {role: leader, images: 10, category: I}}\n"                          \
    "  b: {share: 0.5, facts: {role: minor, images: 10, category: II}}\n"                          \
    "regimes:\n"
#define US                                                                                         \
    "  us: {kind: us-guidelines, guideline: 2G2.2, edition: 2025-11-01, not_given: none, "         \
    "lands: 0}\n"
#define POINTS                                                                                     \
    "  points: {kind: points, base: 18, table: us-sentencing-table, category_by: category, "       \
    "lands: 0, adjust: {role: {when: {leader: 4}}}}\n"
#define STATUTE(ranges) "  statute: {kind: statutory, by: role, ranges: {" ranges "}}\n"
#define RANGE(months) "{min: " #months " month, max: 99 month, lands: 0}"

static void weigh_text(struct weighed *weighed, const char *text)
{
    char *path = weighed_write(text);
    *weighed = (struct weighed){.path = path};
    weighed_run(weighed);
    weighed_remove(path);
}

static void assert_custody(const struct weighed *weighed, const char *regime, double a, double b)
{
    const struct scenario *scenario = weighed->model->scenario;
    const struct linked *linked = &weighed->model->linked;
    size_t r = 0;
    uint32_t o = 0;
    while (strcmp(scenario->regimes[r].id, regime) != 0)
        r++;
    while (strcmp(linked->outputs[o].name, "custody") != 0)
        o++;
    assert_close(result_value(weighed->result, linked->outputs[o].value, r, 0), a, 0, 0);
    assert_close(result_value(weighed->result, linked->outputs[o].value, r, 1), b, 0, 0);
}

static void expect_both(const char *text, const char *other, double a, double b)
{
    struct weighed weighed;
    weigh_text(&weighed, text);
    if (weighed.result == NULL)
        weighed_print_faults(&weighed);
    assert_non_null(weighed.result);
    assert_custody(&weighed, "us", 78, 46);
    assert_custody(&weighed, other, a, b);
    const struct premise *role = scenario_premise(weighed.model->scenario, "cases.b.facts.role");
    assert_int_equal(role->label_count, 7); /* those of the guidelines */
    weighed_close(&weighed);
}

/* Whichever of the two is read first. */
static void test_points(void **state)
{
    (void)state;
    expect_both(TOP US POINTS, "points", 41, 30);
    expect_both(TOP POINTS US, "points", 41, 30);
}

/* The statute need not say anything of roles that no case has. */
static void test_statute(void **state)
{
    (void)state;
    expect_both(TOP US STATUTE("leader: " RANGE(12) ", minor: " RANGE(7)), "statute", 12, 7);
    expect_both(TOP STATUTE("leader: " RANGE(12) ", minor: " RANGE(7)) US, "statute", 12, 7);
}

static void expect_fault(const char *text, const char *says)
{
    struct weighed weighed;
    weigh_text(&weighed, text);
    weighed_expect_fault(&weighed, says);
}

/* The case whose role has no range, at that fact. */
static void test_no_range(void **state)
{
    (void)state;
    expect_fault(TOP STATUTE("leader: " RANGE(12)),
                 ":10:33: error: case `b` under regime `statute`: `ranges` has none for this "
                 "case's role: add one");
    expect_fault(TOP US STATUTE("leader: " RANGE(12)),
                 ":10:33: error: case `b` under regime `statute`: `ranges` has none for");
}

/* A name that only the fact of any kind would take. */
static void test_other_name(void **state)
{
    static const char *const texts[] = {TOP US POINTS, TOP POINTS US};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char text[2000];
        snprintf(text, sizeof text, "%s", texts[i]);
        memcpy(strstr(text, "minor"), "other", strlen("other"));
        expect_fault(text, ":10:33: error: `cases.b.facts.role` cannot be `other`");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points),
        cmocka_unit_test(test_statute),
        cmocka_unit_test(test_no_range),
        cmocka_unit_test(test_other_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Real systems beside the federal guidelines: Minnesota's grid cell by cell, the matrices of
 * England and Wales, orientation points and statutory ranges, and what courts do with a rule. */
#include <math.h>
#include <string.h>

#include "weighed.h"

enum { SEVERITIES = 11, SCORES = 7, CELLS = SEVERITIES * SCORES, MOST_LINE = 512 };

/* --- scenarios with their own expectations --------------------------------------------------- */

static void test_guidelines(void **state)
{
    (void)state;
    weighed_meets("tests/scenarios/guidelines.yaml", 37);
}

static void test_statutes(void **state)
{
    (void)state;
    weighed_meets("tests/scenarios/statutes.yaml", 11);
}

static void check_refused(const char *path, const char *value, const char *refusal)
{
    struct setting setting = {path, value};
    struct weighed weighed = {
        .path = "scenarios/possession/as-applied.yaml", .settings = &setting, .setting_count = 1};
    weighed_run(&weighed);
    assert_null(weighed.result);
    assert_int_equal(weighed.diags.count, 1);
    assert_non_null(strstr(weighed.diags.items[0].message, refusal));
    weighed_close(&weighed);
}

/* No more than all sentences fall outside the range, and the shortest is not the longest. */
static void test_discretion_that_cannot_be(void **state)
{
    (void)state;
    check_refused("regimes.applied-2009.discretion.below", "0.99", "come to more than 1");
    check_refused("regimes.applied-2019.discretion.below.receipt", "0.99", "come to more than 1");
    check_refused("regimes.applied-2019.discretion.lowest.possession", "229 month",
                  "the shortest sentence seen is longer");
}

/* --- Minnesota ------------------------------------------------------------------------------- */

static char *minnesota_scenario(struct arena *arena)
{
    struct text text;
    text_init(&text, arena);
    text_add(&text,
             "assize: 1\ntitle: t\nquestion: q\nstatus: illustrative\n"
             "model:\n  population: {shares_of: participants}\n"
             "  exchange: {custody: 1 pme/month, supervision: 1 pme/month,\n"
             "    registration: 1 pme/month, fine: 1 pme/month}\n"
             "theories: {sentences: {kind: golden-sentence}}\nregimes: {grid: {kind: grid}}\n"
             "cases:\n");
    for (int i = 0; i < CELLS; i++)
        text_printf(&text, "  c%d: {share: %d, facts: {severity: %d, history_score: %d}}\n", i,
                    i == 0, i / SCORES + 1, i % SCORES);
    return weighed_write(text.data);
}

static double figure(const struct weighed *weighed, const char *claim, size_t kase)
{
    const struct graph *graph = weighed->model->linked.graph;
    node_id node = graph_find_claim(graph, claim);
    assert_true(node != NODE_NONE);
    return result_value(weighed->result, node, 0, kase);
}

/* "48:41-57", or "12" where the sentence is stayed. */
static size_t cell_differs(const struct weighed *weighed, const char *cell, size_t kase)
{
    double months = 0, low = 0, high = 0;
    int read = sscanf(cell, "%lf:%lf-%lf", &months, &low, &high);
    bool executed = read == 3;
    bool same = figure(weighed, "grid.presumptive", kase) == months &&
                figure(weighed, "grid.grid_low", kase) == low &&
                figure(weighed, "grid.grid_high", kase) == high &&
                (figure(weighed, "grid.executed", kase) != 0) == executed &&
                figure(weighed, "grid.custody", kase) == (executed ? months : 0);
    if (!same)
        print_error("severity %zu, score %zu: not %s\n", kase / SCORES + 1, kase % SCORES, cell);
    return !same;
}

static void test_minnesota(void **state)
{
    struct arena arena;
    char line[MOST_LINE];
    size_t kase = 0, differ = 0;
    (void)state;
    arena_init(&arena, &allocator_heap);
    char *path = minnesota_scenario(&arena);
    struct weighed weighed = {.path = path};
    weighed_open(&weighed);
    FILE *file = fopen("tests/golden/minnesota.txt", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        for (char *at = line[0] == '#' ? NULL : strtok(line, " \n"); at != NULL;
             at = strtok(NULL, " \n"))
            differ += cell_differs(&weighed, at, kase++);
    fclose(file);
    assert_int_equal(kase, CELLS);
    assert_int_equal(differ, 0);
    weighed_close(&weighed);
    weighed_remove(path);
    arena_release(&arena);
}

/* Where there is a range it runs from 85 per cent, rounded up, to 120 per cent, rounded down, but
 * for the statutory maximum: 480 at severity 11, 84 at severity 7 and score 6 (Minnesota Sentencing
 * Guidelines, 4.A, footnotes). */
static void test_minnesota_ranges(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, &allocator_heap);
    char *path = minnesota_scenario(&arena);
    struct weighed weighed = {.path = path};
    weighed_open(&weighed);
    for (size_t i = 0; i < CELLS; i++) {
        double months = figure(&weighed, "grid.presumptive", i);
        double high = figure(&weighed, "grid.grid_high", i);
        double widest = floor(1.2 * months + 1e-9);
        if (figure(&weighed, "grid.executed", i) == 0)
            continue;
        assert_close(figure(&weighed, "grid.grid_low", i), ceil(0.85 * months - 1e-9), 0, 0);
        assert_true(high == widest || (i / SCORES == 10 && high == 480) ||
                    (i == 6 * SCORES + 6 && high == 84));
    }
    weighed_close(&weighed);
    weighed_remove(path);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_guidelines),       cmocka_unit_test(test_discretion_that_cannot_be),
        cmocka_unit_test(test_statutes),         cmocka_unit_test(test_minnesota),
        cmocka_unit_test(test_minnesota_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Persons from a table of records against the same persons as types of case, whose reference values
 * an independent program computed (scenarios/toy). */
#include <math.h>
#include <string.h>

#include "analysis/population.h"
#include "report/report.h"
#include "weighed.h"

/* --- the toy scenario with persons in place of its cases -------------------------------------- */

struct kind {
    const char *name;
    size_t persons; /* of 200: 200 times the share in scenarios/toy */
    double quantity, culpability;
};

static const struct kind kinds[] = {{"inadvertent", 10, 0.2, 0.1},
                                    {"low", 80, 0.5, 0.6},
                                    {"high", 80, 1.2, 0.75},
                                    {"distributor", 30, 3, 0.9}};

static char *read_toy(void)
{
    FILE *file = fopen("scenarios/toy/scenario.yaml", "r");
    assert_non_null(file);
    char *text = calloc(1, 65536);
    assert_non_null(text);
    assert_true(fread(text, 1, 65535, file) > 0);
    fclose(file);
    return text;
}

/* The scenario with `cases` as what stands under `cases:` or in its place. */
static char *toy_with(const char *cases)
{
    char *toy = read_toy(), *begin = strstr(toy, "\ncases:"), *end = strstr(toy, "\nregimes:");
    assert_true(begin != NULL && end != NULL);
    size_t size = strlen(toy) + strlen(cases) + 2;
    char *text = malloc(size);
    assert_non_null(text);
    snprintf(text, size, "%.*s\n%s%s", (int)(begin - toy), toy, cases, end);
    free(toy);
    return text;
}

static struct weighed weigh_with(const char *cases)
{
    char *text = toy_with(cases), *path = weighed_write(text);
    struct weighed weighed = {.path = path, .resamples = DEFAULT_RESAMPLES};
    weighed_open(&weighed);
    weighed_remove(path);
    free(text);
    return weighed;
}

/* A table in which every person is just like the type of case; kinds take turns. */
static char *table_of_kinds(void)
{
    char *text = calloc(1, 16384), *at = text;
    assert_non_null(text);
    at += sprintf(at, "kind,quantity,culpability\n");
    for (size_t i = 0; i < 80; i++)
        for (size_t k = 0; k < COUNT_OF(kinds); k++)
            if (i < kinds[k].persons)
                at += sprintf(at, "%s,%g,%g\n", kinds[k].name, kinds[k].quantity,
                              kinds[k].culpability);
    char *path = weighed_write(text);
    free(text);
    return path;
}

static struct weighed weigh_table(const char *table, const char *rest)
{
    char cases[512];
    snprintf(cases, sizeof cases,
             "records:\n  file: %s\n  columns: {quantity: quantity, culpability: culpability}\n%s",
             table, rest);
    return weigh_with(cases);
}

/* Every reference value of the toy holds, the worst type of case among them. */
static void test_alike_within_a_class(void **state)
{
    (void)state;
    char *table = table_of_kinds();
    struct weighed weighed = weigh_table(table, "  class: kind\n");
    const struct scenario *scenario = weighed.model->scenario;
    assert_int_equal(weighed.model->population->persons, 200);
    assert_int_equal(scenario->case_count, COUNT_OF(kinds));
    assert_true(scenario->expectation_count > 40);
    for (size_t i = 0; i < scenario->expectation_count; i++) {
        struct text actual;
        text_init(&actual, &weighed.arena);
        if (!result_meets(weighed.result, &scenario->expectations[i], &actual))
            fail_msg("%s: %s", scenario->expectations[i].id, actual.data);
    }
    weighed_close(&weighed);
    weighed_remove(table);
}

/* --- draws over persons ----------------------------------------------------------------------- */

/* The same draws of an uncertain fact go through persons as through types of case. More than are
 * taken at once, and no whole number of leaves. */
static void test_draws(void **state)
{
    (void)state;
    static const char fixed[] = "  detection: 0.01 1/year\n";
    static const char drawn[] = "  detection: {uniform: [0.005, 0.05], unit: 1/year}\n";
    static const char as_cases[] = "cases:\n"
                                   "  inadvertent: {share: 0.05, quantity: 0.2, culpability: 0.1}\n"
                                   "  low: {share: 0.40, quantity: 0.5, culpability: 0.6}\n"
                                   "  high: {share: 0.40, quantity: 1.2, culpability: 0.75}\n"
                                   "  distributor: {share: 0.15, quantity: 3, culpability: 0.9}\n";
    char *table = table_of_kinds(), rows[512];
    snprintf(rows, sizeof rows,
             "records:\n  file: %s\n  class: kind\n"
             "  columns: {quantity: quantity, culpability: culpability}\n",
             table);
    struct weighed weighed[2];
    for (size_t i = 0; i < 2; i++) {
        char *text = toy_with(i == 0 ? as_cases : rows), *at = strstr(text, fixed);
        assert_non_null(at);
        char *changed = malloc(strlen(text) + sizeof drawn);
        assert_non_null(changed);
        sprintf(changed, "%.*s%s%s", (int)(at - text), text, drawn, at + sizeof fixed - 1);
        *strstr(changed, "\ntests:") = '\0';
        char *path = weighed_write(changed);
        weighed[i] = (struct weighed){.path = path, .draws = 2500};
        weighed_open(&weighed[i]);
        weighed_remove(path);
        free(changed);
        free(text);
    }
    const struct scenario *scenario = weighed[0].model->scenario;
    assert_int_equal(weighed[1].result->options.draws, 2500);
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; r < scenario->regime_count; r++) {
            const struct opinion *a = result_opinion(weighed[0].result, t, r);
            const struct opinion *b = result_opinion(weighed[1].result, t, r);
            assert_int_equal(a->verdict, b->verdict);
            assert_close(b->range.mean, a->range.mean, 1e-10, 1e-12);
            assert_close(b->range.error, a->range.error, 1e-7, 1e-12);
            assert_close(b->range.least, a->range.least, 1e-10, 1e-12);
            assert_close(b->range.greatest, a->range.greatest, 1e-10, 1e-12);
            assert_close(b->share_same, a->share_same, 1e-12, 0);
        }
    for (size_t i = 0; i < 2; i++)
        weighed_close(&weighed[i]);
    weighed_remove(table);
}

/* --- persons who differ ----------------------------------------------------------------------- */

enum { PERSONS = 60 };

static double quantity_of(size_t i)
{
    return 0.1 + 0.07 * (double)(i * 37 % PERSONS);
}

static double culpability_of(size_t i)
{
    return 0.05 + 0.015 * (double)(i * 23 % PERSONS);
}

static double weight_of(size_t i)
{
    return 3 + (double)(i % 3); /* none below 1 %, which would not count as a worst case */
}

/* Regimes and theories that know no type of case by name. */
static const char regimes[] = "\nregimes:\n  year: {kind: schedule, custody: 12 month}\n"
                              "  seven: {kind: schedule, custody: 84 month}\n";

static char *toy_of_persons(const char *cases)
{
    char *text = toy_with(cases), *begin = strstr(text, "\nregimes:");
    char *theories = strstr(text, "\ntheories:"), *tests = strstr(text, "\n# The values were");
    assert_true(begin != NULL && theories != NULL && tests != NULL);
    size_t size = strlen(text) + sizeof regimes;
    char *made = malloc(size);
    assert_non_null(made);
    snprintf(made, size, "%.*s%s%.*s\n", (int)(begin - text), text, regimes,
             (int)(tests - theories), theories);
    char *motion = strstr(made, "motion:"), *after = strstr(motion, "\n\n");
    memmove(motion, after, strlen(after) + 1);
    free(text);
    return made;
}

static struct weighed weigh_persons(const char *cases)
{
    char *text = toy_of_persons(cases), *path = weighed_write(text);
    struct weighed weighed = {.path = path, .resamples = DEFAULT_RESAMPLES};
    weighed_open(&weighed);
    weighed_remove(path);
    free(text);
    return weighed;
}

/* Each person as a type of case of his own. */
static struct weighed weigh_as_cases(void)
{
    char *cases = calloc(1, 16384), *at = cases;
    double whole = 0;
    assert_non_null(cases);
    for (size_t i = 0; i < PERSONS; i++)
        whole += weight_of(i);
    at += sprintf(at, "cases:\n");
    for (size_t i = 0; i < PERSONS; i++)
        at += sprintf(at, "  p%zu: {share: %.17g, quantity: %.17g, culpability: %.17g}\n", i,
                      weight_of(i) / whole, quantity_of(i), culpability_of(i));
    struct weighed weighed = weigh_persons(cases);
    free(cases);
    return weighed;
}

/* As rows of a table, all but number `left_out`; and so many more of the weight 0, in a class of
 * their own. */
static struct weighed weigh_rows(size_t left_out, size_t weightless)
{
    char *text = calloc(1, 16384), *at = text, cases[512];
    assert_non_null(text);
    at += sprintf(at, "q,c,w,k\n");
    for (size_t i = 0; i < PERSONS; i++)
        if (i != left_out)
            at += sprintf(at, "%.17g,%.17g,%.17g,%s\n", quantity_of(i), culpability_of(i),
                          weight_of(i), i % 2 == 0 ? "even" : "odd");
    for (size_t i = 0; i < weightless; i++)
        at += sprintf(at, "%.17g,%.17g,0,zero\n", quantity_of(i), culpability_of(i));
    char *table = weighed_write(text);
    snprintf(cases, sizeof cases,
             "records:\n  file: %s\n  weight: w\n  class: k\n"
             "  columns: {quantity: q, culpability: c}\n",
             table);
    struct weighed weighed = weigh_persons(cases);
    weighed_remove(table);
    free(text);
    return weighed;
}

static struct weighed weigh_as_rows(void)
{
    return weigh_rows(PERSONS, 0);
}

static void test_persons_as_types_of_case(void **state)
{
    (void)state;
    struct weighed cases = weigh_as_cases(), rows = weigh_as_rows();
    const struct scenario *scenario = rows.model->scenario;
    assert_int_equal(scenario->case_count, 2);
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; r < scenario->regime_count; r++) {
            double expected = result_opinion(cases.result, t, r)->score;
            assert_close(result_opinion(rows.result, t, r)->score, expected, 1e-11, 1e-12);
        }
    weighed_close(&cases);
    weighed_close(&rows);
}

/* A class's figure is the weighted mean of its persons'; the worst class is the least of these; and
 * the persons below the line are counted one by one. */
static void test_worst_class(void **state)
{
    (void)state;
    struct weighed cases = weigh_as_cases(), rows = weigh_as_rows();
    const struct scenario *scenario = rows.model->scenario;
    size_t compared = 0;
    for (size_t t = 0; t < scenario->theory_count; t++) {
        const struct conclusion *by_row = &rows.model->linked.conclusions[t];
        const struct conclusion *by_case = &cases.model->linked.conclusions[t];
        for (uint32_t i = 0; i < by_row->requires_count; i++) {
            node_id row = model_reduced(rows.model, by_row->requires[i].value, OP_REDUCE_MIN,
                                        rows.model->case_axis);
            node_id one = model_reduced(cases.model, by_case->requires[i].value, OP_REDUCE_MIN,
                                        cases.model->case_axis);
            if (row == NODE_NONE || one == NODE_NONE)
                continue;
            for (size_t r = 0; r < scenario->regime_count; r++, compared++) {
                struct requirement_state state_of =
                    result_requirement(&rows.arena, rows.result, &by_row->requires[i], r);
                double mean[2] = {0, 0}, weight[2] = {0, 0}, below = 0;
                for (size_t p = 0; p < PERSONS; p++) {
                    double value = result_value(cases.result, one, r, p);
                    mean[p % 2] += weight_of(p) * value;
                    weight[p % 2] += weight_of(p);
                    below += value < state_of.bound ? weight_of(p) : 0;
                }
                for (size_t c = 0; c < 2; c++)
                    assert_close(result_value(rows.result, row, r, c), mean[c] / weight[c], 1e-11,
                                 1e-12);
                assert_close(state_of.value, fmin(mean[0] / weight[0], mean[1] / weight[1]), 1e-11,
                             1e-12);
                assert_close(state_of.share_failing, below / (weight[0] + weight[1]), 1e-11, 1e-12);
            }
        }
    }
    assert_true(compared >= 2 * scenario->regime_count);
    weighed_close(&cases);
    weighed_close(&rows);
}

static void assert_same_state(const struct requirement_state *plain,
                              const struct requirement_state *more)
{
    assert_int_equal(more->holds, plain->holds);
    assert_close(more->value, plain->value, 1e-12, 0);
    assert_int_equal(isnan(more->share_failing), isnan(plain->share_failing));
    if (!isnan(plain->share_failing))
        assert_close(more->share_failing, plain->share_failing, 1e-12, 0);
    for (size_t c = 0; plain->failing_cases != NULL && c < 2; c++)
        assert_int_equal(more->failing_cases[c], plain->failing_cases[c]);
    assert_true(more->failing_cases == NULL || !more->failing_cases[2]);
}

static void assert_explained_without(struct weighed *weighed, struct explain_view view,
                                     const char *kase)
{
    struct text text;
    text_init(&text, &weighed->arena);
    report_explain_text(&text, weighed->result, &view);
    assert_non_null(strstr(text.data, kase)); /* in the table of classes */
    for (char *at = strstr(text.data, "fails: "); at != NULL; at = strstr(at + 1, "fails: ")) {
        char line[200];
        snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
        assert_null(strstr(line, kase));
    }
}

/* Persons of no weight change nothing: all is as if they were not there, and their class is neither
 * the worst nor among those that fail. */
static void test_class_without_weight(void **state)
{
    (void)state;
    struct weighed plain = weigh_as_rows(), more = weigh_rows(PERSONS, 12);
    const struct scenario *scenario = more.model->scenario;
    size_t classes_fail = 0;
    assert_int_equal(scenario->case_count, 3);
    assert_string_equal(scenario->cases[2], "zero");
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; r < scenario->regime_count; r++) {
            const struct conclusion *conclusion = &plain.model->linked.conclusions[t];
            const struct opinion *a = result_opinion(plain.result, t, r);
            const struct opinion *b = result_opinion(more.result, t, r);
            assert_int_equal(b->verdict, a->verdict);
            assert_close(b->score, a->score, 1e-12, 0);
            for (uint32_t i = 0; i < conclusion->requires_count; i++) {
                struct requirement_state before =
                    result_requirement(&plain.arena, plain.result, &conclusion->requires[i], r);
                struct requirement_state after = result_requirement(
                    &more.arena, more.result, &more.model->linked.conclusions[t].requires[i], r);
                assert_same_state(&before, &after);
                classes_fail += before.failing_cases != NULL && !before.holds;
            }
            assert_explained_without(&more, (struct explain_view){.theory = t, .regime = r},
                                     "zero");
        }
    assert_true(classes_fail > 0);
    weighed_close(&plain);
    weighed_close(&more);
}

/* --- the sample's own uncertainty ------------------------------------------------------------- */

/* The jackknife's standard error (Efron 1982, The Jackknife, the Bootstrap and Other Resampling
 * Plans, ch. 3): each person left out in turn. 200 resamples know a standard deviation to 5 %. */
static void test_resamples(void **state)
{
    (void)state;
    static double scores[PERSONS][2];
    struct weighed rows = weigh_as_rows();
    assert_int_equal(rows.result->options.resamples, 200);
    for (size_t i = 0; i < PERSONS; i++) {
        struct weighed without = weigh_rows(i, 0);
        for (size_t r = 0; r < 2; r++)
            scores[i][r] = result_opinion(without.result, 0, r)->score;
        weighed_close(&without);
    }
    for (size_t r = 0; r < 2; r++) {
        double mean = 0, squares = 0;
        for (size_t i = 0; i < PERSONS; i++)
            mean += scores[i][r] / PERSONS;
        for (size_t i = 0; i < PERSONS; i++)
            squares += (scores[i][r] - mean) * (scores[i][r] - mean);
        const struct sample_opinion *sample = &rows.result->sample[r];
        assert_close(sample->error, sqrt(squares * (PERSONS - 1) / PERSONS), 0.2, 0);
        assert_true(sample->low <= mean && mean <= sample->high);
        assert_true(sample->share_same > 0 && sample->share_same <= 1);
    }
    weighed_close(&rows);
}

/* --- faults ----------------------------------------------------------------------------------- */

/* Persons of whom one lies outside the theory's table, or none. */
static char *write_hiding(bool outside, const char *use, char **table)
{
    char rows[4096] = "kind,items\n", text[1024], *at = rows + strlen(rows);
    for (int i = 0; i < 100; i++)
        at += sprintf(at, "%d,%d\n", i % 2 + 1, outside && i == 57 ? 9 : i % 3 + 1);
    *table = weighed_write(rows);
    snprintf(text, sizeof text,
             "assize: 1\ntitle: T\nstatus: illustrative\n"
             "model: {population: {shares_of: participants}}\n"
             "records:\n  file: %s\n  class: {column: kind, names: {1: one, 2: two}}\n"
             "  smallest_cell: 10\n  columns: {quantity: items}\n"
             "regimes: {none: {kind: none}}\ntheories: {t: {kind: hides, use: %s}}\n",
             *table, use);
    return weighed_write(text);
}

/* A person's value that does not fit is refused, and also where the score would hide it; so with
 * resamples and without. */
static void test_a_person_outside_a_table(void **state)
{
    (void)state;
    static const char *const uses[] = {"true", "false"};
    for (size_t u = 0; u < COUNT_OF(uses); u++)
        for (int resamples = 0; resamples <= 20; resamples += 20)
            for (int outside = 0; outside <= 1; outside++) {
                char *table, *path = write_hiding(outside != 0, uses[u], &table);
                struct weighed weighed = {.path = path, .resamples = (uint64_t)resamples};
                weighed_run(&weighed);
                weighed_remove(path);
                weighed_remove(table);
                if (outside != 0) {
                    weighed_expect_fault(&weighed, "the table has no such row");
                } else {
                    assert_non_null(weighed.result);
                    weighed_close(&weighed);
                }
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_person_outside_a_table),
        cmocka_unit_test(test_alike_within_a_class),
        cmocka_unit_test(test_draws),
        cmocka_unit_test(test_persons_as_types_of_case),
        cmocka_unit_test(test_worst_class),
        cmocka_unit_test(test_class_without_weight),
        cmocka_unit_test(test_resamples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

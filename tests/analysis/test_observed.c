/* The regime `observed`, with types of case and with a table of persons; and the table's classes
 * against a count of our own (a plain reading of the file, cell by cell). */
#include <string.h>

#include "analysis/population.h"
#include "weighed.h"

/* --- tests/scenarios/records by hand ---------------------------------------------------------- */

enum { KINDS = 6 };

struct counted {
    size_t persons[KINDS]; /* by the number in the file */
    double weight[KINDS], months[KINDS], items[KINDS], life[KINDS];
    size_t dropped;
};

/* id,kind,w,items,term,culp,supervision,role */
static void count_line(struct counted *counted, const char *line)
{
    int id, kind, at = 0;
    double weight, items, term;
    assert_int_equal(sscanf(line, "%d,%d,%lf,%lf,%lf,%n", &id, &kind, &weight, &items, &term, &at),
                     5);
    if (line[at] == ',') { /* no culpability */
        counted->dropped++;
        return;
    }
    counted->persons[kind]++;
    counted->weight[kind] += weight;
    counted->months[kind] += weight * (term == 9996 ? 470 : term);
    counted->items[kind] += weight * items / 300;
    counted->life[kind] += term == 9996;
}

static struct counted count_file(void)
{
    struct counted counted = {0};
    char line[256];
    FILE *file = fopen("tests/scenarios/records/persons.csv", "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL)
        count_line(&counted, line);
    fclose(file);
    return counted;
}

static double value_at(const struct weighed *weighed, const char *kase, const char *rest)
{
    char path[80];
    snprintf(path, sizeof path, "cases.%s.%s", kase, rest);
    const struct premise *premise = scenario_premise(weighed->model->scenario, path);
    assert_non_null(premise);
    return premise->value;
}

static void assert_class(const struct weighed *weighed, const struct counted *counted, size_t kase,
                         int first, int last)
{
    const struct population *population = weighed->model->population;
    const char *name = weighed->model->scenario->cases[kase];
    size_t persons = 0;
    double weight = 0, months = 0, items = 0, all = 0;
    for (int kind = first; kind <= last; kind++) {
        persons += counted->persons[kind];
        weight += counted->weight[kind];
        months += counted->months[kind];
        items += counted->items[kind];
    }
    for (int kind = 1; kind < KINDS; kind++)
        all += counted->weight[kind];
    assert_int_equal(population->first[kase + 1] - population->first[kase], persons);
    assert_close(population->class_weight[kase], weight, 1e-12, 0);
    assert_close(value_at(weighed, name, "observed.custody"), months / weight, 1e-12, 0);
    assert_close(value_at(weighed, name, "quantity"), items / weight, 1e-12, 0);
    assert_close(value_at(weighed, name, "share"), weight / all, 1e-12, 0);
}

static void test_classes(void **state)
{
    (void)state;
    struct weighed weighed = {.path = "tests/scenarios/records"};
    struct counted counted = count_file();
    weighed_open(&weighed);
    const struct population *population = weighed.model->population;
    assert_non_null(population);
    assert_int_equal(population->class_count, 4);
    assert_int_equal(population->dropped, counted.dropped);
    assert_string_equal(weighed.model->scenario->cases[3], "other");
    assert_int_equal(population->pooled_classes, 2);
    for (int kind = 1; kind <= 3; kind++)
        assert_class(&weighed, &counted, (size_t)kind - 1, kind, kind);
    assert_class(&weighed, &counted, 3, 4, 5);
    double lives = 0, counted_lives = 0;
    const struct premise *life =
        scenario_premise(weighed.model->scenario, "cases.drug.observed.life");
    for (uint64_t p = 0; p < population->persons; p++)
        lives += population->columns[life->column - 1][p];
    for (int kind = 1; kind < KINDS; kind++)
        counted_lives += counted.life[kind];
    assert_true(lives == counted_lives && lives > 0);
    weighed_close(&weighed);
}

/* --- `observed` with types of case ------------------------------------------------------------ */

static const char plain[] =
    "assize: 1\n"
    "title: T\n"
    "status: illustrative\n"
    "model: {population: {potential: 1 person, baseline_rate: 0.1, shares_of: sentenced}}\n"
    "cases:\n"
    "  short: {share: 0.5, observed: {custody: 6 month, life: false, fine: 2 month}}\n"
    "  life: {share: 0.5, observed: {custody: 0 month, life: true, fine: 0 month}}\n"
    "regimes:\n"
    "  observed: {kind: observed, life_months: 300 month}\n"
    "theories:\n"
    "  t: {kind: slopes, a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, rate: 1 1/year, sure: true}\n";

static double output_of(const struct weighed *weighed, const char *name, size_t kase)
{
    const struct linked *linked = &weighed->model->linked;
    for (uint32_t o = 0; o < linked->output_count; o++)
        if (strcmp(linked->outputs[o].name, name) == 0)
            return result_value(weighed->result, linked->outputs[o].value, 0, kase);
    fail_msg("there is no output %s", name);
    return 0;
}

static void test_with_cases(void **state)
{
    (void)state;
    char path[] = "/tmp/assize-observed-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, plain, sizeof plain - 1), sizeof plain - 1);
    close(file);
    struct weighed weighed = {.path = path};
    weighed_open(&weighed);
    unlink(path);
    assert_true(output_of(&weighed, "custody", 0) == 6);
    assert_true(output_of(&weighed, "custody", 1) == 300);
    assert_true(output_of(&weighed, "fine", 0) == 2);
    assert_true(output_of(&weighed, "supervision", 0) == 0);
    weighed_close(&weighed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_with_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

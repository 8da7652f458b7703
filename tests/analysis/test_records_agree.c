/* A table gives every row what its own worksheet gives, whatever the edition and the order of the
 * columns; and the steps of a worksheet add up to its level. On random facts (seeded). */
#include "sentenced.h"

enum { ROWS = 40, FACTS = 16 };

/* splitmix64 (Steele, Lea & Flood 2014) */
static uint64_t random_next(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static size_t below(uint64_t *state, size_t count)
{
    return (size_t)(random_next(state) % count);
}

static const char *const truths[] = {"false", "true"};
static const char *const editions[] = {"2004-11-01", "2009-11-01", "2016-11-01", "2021-11-01"};
static const char *const categories[] = {"I", "II", "III", "IV", "V", "VI"};
static const char *const distributions[] = {"none", "knowing", "value", "to_minor"};
static const char *const images[] = {"0", "9", "10", "149", "150", "299", "300", "599", "600"};

/* What may stand in a column. */
struct choice {
    const char *name;
    const char *const *values;
    size_t count;
};

static const struct choice choices[FACTS] = {
    {"edition", editions, COUNT_OF(editions)},
    {"possession_conviction", truths, 2},
    {"receipt_only", truths, 1},
    {"under_12", truths, 2},
    {"distribution", distributions, COUNT_OF(distributions)},
    {"sadistic", truths, 2},
    {"infant_or_toddler", truths, 2},
    {"pattern", truths, 2},
    {"computer", truths, 2},
    {"images", images, COUNT_OF(images)},
    {"production_conduct", truths, 1},
    {"vulnerable_victim", truths, 2},
    {"obstruction", truths, 2},
    {"acceptance", truths, 2},
    {"government_motion", truths, 1},
    {"category", categories, COUNT_OF(categories)},
};

struct rows {
    const char *cells[ROWS][FACTS];
    size_t order[FACTS]; /* of the columns */
};

static const char *cell_called(const struct rows *rows, size_t r, const char *name)
{
    size_t f = 0;
    while (strcmp(choices[f].name, name) != 0)
        f++;
    return rows->cells[r][f];
}

/* No infant is 12 or older. */
static bool contradicts(const struct rows *rows, size_t r)
{
    return strcmp(cell_called(rows, r, "infant_or_toddler"), "true") == 0 &&
           strcmp(cell_called(rows, r, "under_12"), "false") == 0;
}

static void draw_rows(struct rows *rows, uint64_t *state)
{
    for (size_t r = 0; r < ROWS; r++)
        do
            for (size_t f = 0; f < FACTS; f++)
                rows->cells[r][f] = choices[f].values[below(state, choices[f].count)];
        while (contradicts(rows, r));
    for (size_t f = 0; f < FACTS; f++)
        rows->order[f] = f;
    for (size_t f = FACTS; f-- > 1;) { /* Fisher and Yates */
        size_t other = below(state, f + 1), kept = rows->order[f];
        rows->order[f] = rows->order[other];
        rows->order[other] = kept;
    }
}

static void write_rows(const struct rows *rows, const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (size_t f = 0; f < FACTS; f++)
        fprintf(file, "%s%s", f > 0 ? "," : "", choices[rows->order[f]].name);
    fputc('\n', file);
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t f = 0; f < FACTS; f++)
            fprintf(file, "%s%s", f > 0 ? "," : "", rows->cells[r][rows->order[f]]);
        fputc('\n', file);
    }
    fclose(file);
}

/* Rows 1, 2, ... of the results: level, low, high, custody. */
static void run_rows(const struct rows *rows, double results[ROWS][4])
{
    static const struct setting given[] = {{"guideline", "2G2.2"}, {"not_given", "none"}};
    char path[] = "/tmp/assize-rows-XXXXXX";
    struct sentenced all = {
        .table = {.kind = "us-guidelines", .given = given, .given_count = 2, .records = path}};
    close(mkstemp(path));
    write_rows(rows, path);
    sentenced_run(&all);
    assert_string_equal(sentenced_said(&all), "");
    const char *at = strchr(all.out.data, '\n');
    for (size_t r = 0; r < ROWS; r++) {
        char category[8], zone[4], low[16], high[16], custody[32];
        int row, level;
        assert_int_equal(sscanf(at + 1, "%d,%d,%7[^,],%15[^,],%15[^,],%*[^,],%*[^,],%3[^,],%31s",
                                &row, &level, category, low, high, zone, custody),
                         7);
        assert_int_equal(row, (int)r + 1);
        assert_string_equal(category, rows->cells[r][FACTS - 1]);
        results[r][0] = level;
        results[r][1] = strcmp(low, "life") == 0 ? HUGE_VAL : atof(low);
        results[r][2] = strcmp(high, "life") == 0 ? HUGE_VAL : atof(high);
        results[r][3] = atof(custody);
        at = strchr(at + 1, '\n');
    }
    sentenced_close(&all);
    unlink(path);
}

static bool step_holds(const struct sentenced *all, const char *name)
{
    const struct worksheet_step *step = worksheet_step(all->worksheet, name);
    return step != NULL && step->values[0] != 0;
}

/* The steps' changes of level, floors and caps included, are the level. */
static double sum_of_steps(const struct sentenced *all)
{
    double sum = 0;
    for (size_t i = 0; i < all->worksheet->step_count; i++) {
        const struct worksheet_step *step = &all->worksheet->steps[i];
        if (step->claim->scheme != NULL && strcmp(step->claim->scheme, "step") == 0)
            sum += step->values[0];
    }
    return sum;
}

static void check_row(const struct rows *rows, size_t r, const double results[4])
{
    struct setting given[FACTS + 2] = {{"guideline", "2G2.2"}, {"not_given", "none"}};
    struct sentenced all = {
        .request = {.kind = "us-guidelines", .given = given, .given_count = FACTS + 2}};
    for (size_t f = 0; f < FACTS; f++)
        given[f + 2] = (struct setting){choices[f].name, rows->cells[r][f]};
    sentenced_run(&all);
    if (all.worksheet == NULL)
        print_error("%s", sentenced_said(&all));
    assert_non_null(all.worksheet);
    double level = sentenced_step(&all, "total_level");
    assert_close(results[0], level, 0, 0);
    assert_close(sum_of_steps(&all), level, 0, 0);
    if (isinf(results[1]))
        assert_true(step_holds(&all, "range_low_is_life"));
    else
        assert_close(results[1], sentenced_step(&all, "range_low"), 0, 0);
    if (isinf(results[2]))
        assert_true(step_holds(&all, "range_high_is_life"));
    else
        assert_close(results[2], sentenced_step(&all, "range_high"), 0, 0);
    assert_close(results[3], worksheet_output(all.worksheet, "custody")->value, 0, 0);
    sentenced_close(&all);
}

static void test_table_and_worksheets(void **state)
{
    static struct rows rows;
    double results[ROWS][4];
    uint64_t seed = 2004;
    (void)state;
    draw_rows(&rows, &seed);
    run_rows(&rows, results);
    for (size_t r = 0; r < ROWS; r++)
        check_row(&rows, r, results[r]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table_and_worksheets)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

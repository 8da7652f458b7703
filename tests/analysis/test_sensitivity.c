/* Slopes of scores: against central differences on Toy B, in closed form on a theory made for it,
 * and as they are shown. */
#include <math.h>
#include <string.h>

#include "analysis/lanes.h"
#include "analysis/sensitivity.h"
#include "report/report.h"
#include "weighed.h"

static struct weighed toy_b(void)
{
    struct weighed weighed = {.path = "scenarios/toy"};
    weighed_open(&weighed);
    return weighed;
}

static size_t use_of(const struct use *uses, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(uses[i].id, id) == 0)
            return i;
    fail_msg("no %s", id);
    return 0;
}

static struct explain_view view_of(const struct weighed *weighed, const char *theory,
                                   const char *regime)
{
    const struct scenario *scenario = weighed->model->scenario;
    return (struct explain_view){
        .theory = use_of(scenario->theories, scenario->theory_count, theory),
        .regime = use_of(scenario->regimes, scenario->regime_count, regime)};
}

static struct sensitivities find(struct weighed *weighed, const struct explain_view *view)
{
    struct sensitivities found;
    sensitivity_find(&weighed->arena, weighed->result, view->theory, view->regime, &found);
    if (found.why_not != NULL)
        fail_msg("%s", found.why_not);
    return found;
}

static const struct sensitivity *sensitivity_at(const struct sensitivities *found, const char *path)
{
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->items[i].premise->path, path) == 0)
            return &found->items[i];
    return NULL;
}

/* --- central differences ---------------------------------------------------------------------- */

enum { POINTS = 5 };

/* The score at five values of a premise that are `width` apart, the central one in the middle. */
static void scores_around(struct weighed *weighed, const struct explain_view *view, uint32_t p,
                          double width, double *scores)
{
    const struct model *model = weighed->model;
    node_id score = model->linked.conclusions[view->theory].score;
    double values[POINTS];
    for (size_t i = 0; i < POINTS; i++)
        values[i] = model->premises[p]->value + ((double)i - 2) * width;
    struct lane_walk walk = {p, values, POINTS};
    struct lane_plan plan = lanes_along(&weighed->arena, model, &walk, 1);
    size_t regimes = model->scenario->regime_count;
    double *out = arena_array(&weighed->arena, regimes * POINTS, sizeof *out);
    assert_int_equal(lanes_evaluate(&weighed->arena, model, &plan, &score, 1, out, &weighed->diags),
                     STATUS_OK);
    memcpy(scores, &out[view->regime * POINTS], POINTS * sizeof *scores);
}

/* Whether the score has a corner at the centre: the slopes to the left and to the right differ, to
 * the order of the differences themselves. */
static bool has_corner(const double *s, double width)
{
    double left = (3 * s[2] - 4 * s[1] + s[0]) / (2 * width);
    double right = (4 * s[3] - s[4] - 3 * s[2]) / (2 * width);
    return fabs(right - left) > 1e-3 * fmax(fabs(left), fabs(right)) && fabs(right - left) > 1e-9;
}

/* Central differences of the fourth order. Returns whether there was something to compare. */
static bool check_slope(struct weighed *weighed, const struct explain_view *view,
                        const struct sensitivities *found, uint32_t p)
{
    const struct premise *premise = weighed->model->premises[p];
    double scores[POINTS], width = premise->value == 0 ? 1e-3 : 1e-3 * fabs(premise->value);
    if (premise->kind != VALUE_NUMBER)
        return false;
    scores_around(weighed, view, p, width, scores);
    if (has_corner(scores, width))
        return false;
    double expected = (8 * (scores[3] - scores[1]) - (scores[4] - scores[0])) / (12 * width) *
                      premise->unit_scale;
    const struct sensitivity *one = sensitivity_at(found, premise->path);
    double slope = one == NULL ? 0 : one->slope;
    double noise = 1e-12 / width * premise->unit_scale;
    if (fabs(slope - expected) > 1e-5 * fabs(expected) + noise)
        fail_msg("%s: %.12g, not %.12g", premise->path, slope, expected);
    return slope != 0;
}

static void check_slopes(struct weighed *weighed, const char *theory, const char *regime,
                         size_t least)
{
    struct explain_view view = view_of(weighed, theory, regime);
    struct sensitivities found = find(weighed, &view);
    size_t compared = 0;
    for (uint32_t p = 0; p < weighed->model->linked.graph->premise_count; p++)
        compared += check_slope(weighed, &view, &found, p);
    if (compared < least)
        fail_msg("%s on %s: only %zu of %zu slopes compared", theory, regime, compared,
                 found.count);
}

static void test_slopes_are_differences(void **state)
{
    struct weighed weighed = toy_b();
    (void)state;
    check_slopes(&weighed, "desert-aggregate", "uniform84", 40);
    check_slopes(&weighed, "rule", "graduated", 40);
    weighed_close(&weighed);
}

/* --- closed form ------------------------------------------------------------------------------ */

/* tests/plugins/theories/slopes.lua says what the score is. */
static const char scenario_text[] =
    "assize: 1\ntitle: Slopes\nstatus: illustrative\n"
    "model: {population: {shares_of: participants}}\n"
    "cases: {one: {share: 1}}\n"
    "regimes:\n"
    "  short: {kind: schedule, custody: 10 month}\n"
    "  long: {kind: schedule, custody: 30 month}\n"
    "theories:\n"
    "  t: {kind: slopes, a: {uniform: [1, 3]}, b: {moral: true, value: 0.5, range: [0, 2]}, c: 4, "
    "d: 10, e: {value: 1.5, disputed: true}, f: 1, rate: 0.12 1/year, sure: true}\n";

static struct weighed slopes_scenario(void)
{
    char *path = weighed_write(scenario_text);
    struct weighed weighed = {.path = path};
    weighed_open(&weighed);
    weighed_remove(path);
    return weighed;
}

struct expected {
    const char *path;
    enum sensitivity_span span;
    double slope, move;
    bool jumps;
};

static void test_closed_form(void **state)
{
    /* a: 2 a b, over 1.1 to 2.9; b: a^2, over 0 to 2; c: 1 / (2 sqrt c); e: 3; rate: 24 months of
     * 1/year; custody: 1, of the longest regime 1 - 1/4. */
    static const struct expected rows[] = {
        {"theories.t.b", SPAN_MORAL, 4, 8, false},
        {"theories.t.a", SPAN_FACT, 2, 3.6, false},
        {"regimes.short.custody", SPAN_FIXED, 1, 0.1, false},
        {"regimes.long.custody", SPAN_FIXED, -0.25, -0.075, false},
        {"theories.t.e", SPAN_FIXED, 3, 0.045, true},
        {"theories.t.c", SPAN_FIXED, 0.25, 0.01, false},
        {"theories.t.rate", SPAN_FIXED, 2, 0.0024, false},
        {"theories.t.d", SPAN_FIXED, 0, 0, true},
    };
    struct weighed weighed = slopes_scenario();
    struct explain_view view = view_of(&weighed, "t", "short");
    struct sensitivities found = find(&weighed, &view);
    (void)state;
    assert_int_equal(found.count, COUNT_OF(rows));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_string_equal(found.items[i].premise->path, rows[i].path);
        assert_int_equal(found.items[i].span, rows[i].span);
        assert_close(found.items[i].slope, rows[i].slope, 1e-12, 0);
        assert_close(found.items[i].move, rows[i].move, 1e-12, 0);
        assert_true(found.items[i].jumps == rows[i].jumps);
    }
    assert_int_equal(found.unmoved, 1); /* f */
    assert_int_equal(found.others, 1);  /* sure */
    weighed_close(&weighed);
}

/* The regime that is the greatest is compared with itself; the other's own premise does nothing. */
static void test_only_this_regime(void **state)
{
    struct weighed weighed = slopes_scenario();
    struct explain_view view = view_of(&weighed, "t", "long");
    struct sensitivities found = find(&weighed, &view);
    (void)state;
    assert_close(sensitivity_at(&found, "regimes.long.custody")->slope, 0.75, 1e-12, 0);
    assert_null(sensitivity_at(&found, "regimes.short.custody"));
    weighed_close(&weighed);
    weighed = toy_b();
    view = view_of(&weighed, "desert-aggregate", "uniform84");
    found = find(&weighed, &view);
    assert_non_null(sensitivity_at(&found, "regimes.uniform84.custody"));
    assert_null(sensitivity_at(&found, "regimes.harsh.custody.high"));
    weighed_close(&weighed);
}

/* --- as it is shown --------------------------------------------------------------------------- */

static const char *shown(struct weighed *weighed, const struct explain_view *view, bool json)
{
    struct text out;
    text_init(&out, &weighed->arena);
    if (json)
        report_explain_json(&out, weighed->result, view);
    else
        report_explain_text(&out, weighed->result, view);
    return out.data;
}

static void assert_fits(const char *screen)
{
    for (const char *line = screen; *line != '\0'; line++) {
        size_t length = strcspn(line, "\n");
        if (length > 100 || (length > 0 && line[length - 1] == ' '))
            fail_msg("%zu columns: %.*s", length, (int)length, line);
        for (size_t i = 0; i < length; i++)
            assert_in_range(line[i], ' ', '~');
        line += length;
    }
}

static void test_text(void **state)
{
    /* The figures are those of test_closed_form(). */
    static const char expected[] =
        "\n"
        "What moves the score, by its slope at the central values (over a range it may bend):\n"
        "  premise                          over                 per unit over that\n"
        "  theories.t.b                     0 to 2                     +4        +8   MORAL "
        "CHOICE, 0 to 2\n"
        "  theories.t.a                     1.1 to 2.9                 +2      +3.6   "
        "illustrative\n"
        "  premise                          fixed at             per unit   for 1 %\n"
        "  regimes.short.custody            10 months                  +1       +.1   "
        "illustrative\n"
        "  regimes.long.custody             30 months                -.25     -.075   "
        "illustrative\n"
        "  theories.t.e                     1.5                        +3     +.045 J illustrative "
        "? disputed\n"
        "  theories.t.c                     4                        +.25      +.01   "
        "illustrative\n"
        "  theories.t.rate                  .12 1/year                 +2    +.0024   "
        "illustrative\n"
        "  theories.t.d                     10                          0         0 J "
        "illustrative\n"
        "  J jumps: the slope does not see it (a threshold, a table's row, a choice).\n"
        "  1 other number on the way to the score: the slope is 0.\n"
        "  1 other premise on the way to the score: no numbers, so they have no slope.\n"
        "\n";
    struct weighed weighed = slopes_scenario();
    struct explain_view view = view_of(&weighed, "t", "short");
    struct sensitivities found = find(&weighed, &view);
    (void)state;
    assert_null(strstr(shown(&weighed, &view, false), "What moves"));
    assert_null(strstr(shown(&weighed, &view, true), "sensitivity"));
    view.sensitivity = &found;
    const char *screen = shown(&weighed, &view, false);
    if (strstr(screen, expected) == NULL)
        fprintf(stderr, "%s", screen);
    assert_non_null(strstr(screen, expected));
    assert_non_null(strstr(shown(&weighed, &view, true), "\"score_change\": 8,"));
    weighed_close(&weighed);
}

static void test_every_screen_fits(void **state)
{
    static const char *const paths[] = {"scenarios/toy", "scenarios/possession"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        struct weighed weighed = {.path = paths[i]};
        weighed_open(&weighed);
        for (size_t t = 0; t < weighed.model->scenario->theory_count; t++) {
            struct sensitivities found;
            struct explain_view view = {.theory = t, .regime = 1, .sensitivity = &found};
            sensitivity_find(&weighed.arena, weighed.result, t, 1, &found);
            assert_fits(shown(&weighed, &view, false));
        }
        weighed_close(&weighed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slopes_are_differences), cmocka_unit_test(test_closed_form),
        cmocka_unit_test(test_only_this_regime),       cmocka_unit_test(test_text),
        cmocka_unit_test(test_every_screen_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

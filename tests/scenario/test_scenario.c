/* The core's own parts of a scenario: every fault with its place and what would be right. */
#include "scenario/fixture.h"

static void test_reads(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_read(
        &fixture,
        "assize: 1\ntitle: Fish\nquestion: Which?\nsources: {agnew2009: {year: 2009}}\n" MODEL CASES
        "regimes: {r: {kind: schedule, title: Fines}, q: {kind: none}}\n" THEORIES
        "motion: {text: abolish, proposition: r, opposition: q}\n");
    const struct scenario *scenario = fixture.scenario;
    assert_int_equal(fixture.status, STATUS_OK);
    assert_string_equal(fixture_said(&fixture), "");
    assert_string_equal(scenario->title, "Fish");
    assert_string_equal(scenario->question, "Which?");
    assert_string_equal(scenario->shares_of, "participants");
    assert_int_equal(scenario->source_count, 1);
    assert_string_equal(scenario->sources[0].id, "agnew2009");
    assert_int_equal(scenario->case_count, 2);
    assert_string_equal(scenario->cases[1], "b");
    assert_int_equal(scenario->regime_count, 2);
    assert_string_equal(scenario->regimes[0].kind, "schedule");
    assert_string_equal(scenario->regimes[0].title, "Fines");
    assert_null(scenario->regimes[1].title);
    assert_string_equal(scenario->theories[0].id, "t");
    assert_string_equal(scenario->motion.text, "abolish");
    assert_string_equal(scenario->motion.opposition, "q");
    fixture_close(&fixture);
}

static void test_not_a_map(void **state)
{
    (void)state;
    assert_said("- 1\n", "s.yaml:1:1: error: a scenario is a map of keys and values\n"
                         "    1 | - 1\n"
                         "      | ^\n"
                         "      = begin the file with `assize: 1`\n");
}

static void test_missing_parts(void **state)
{
    (void)state;
    assert_brief(
        "note: x\n",
        "1:1+1 `assize` is missing = begin the file with `assize: 1`\n"
        "1:1+1 `title` is missing = add `title:` with a short name\n"
        "1:1+1 `model` is missing = add `model:` with what the plugins read\n"
        "1:1+1 `cases` is missing = add `cases:` with a map for each type of case, or `records:` "
        "with a table of persons\n"
        "1:1+1 `regimes` is missing = add `regimes:` with a map for each regime\n"
        "1:1+1 `theories` is missing = add `theories:` with a map for each theory\n");
}

static void test_unknown_top_key(void **state)
{
    (void)state;
    assert_brief(HEAD MODEL CASES "regims: {}\n" REGIMES THEORIES,
                 "8:1+6 unknown key `regims` = did you mean `regimes`?\n");
    assert_brief(
        HEAD MODEL CASES REGIMES THEORIES
        "motion: {texts: x}\ntests: {a: {regme: r, regime: r, theory: t, verdict: silent}}\n",
        "10:10+5 unknown key `texts` = did you mean `text`?\n"
        "11:13+5 unknown key `regme` = did you mean `regime`?\n");
}

static void test_version_and_empty_sections(void **state)
{
    (void)state;
    assert_brief("assize: 2\ntitle: [T]\nstatus: illustrative\n" MODEL CASES
                 "regimes: {}\ntheories: 3\n",
                 "1:9+1 this program reads scenarios of version 1 = write `assize: 1`\n"
                 "2:8+1 `title` must be a text, not a list\n"
                 "8:1+7 `regimes` must be a map that is not empty = add `regimes:` with a map for "
                 "each regime\n"
                 "9:1+8 `theories` must be a map = add `theories:` with a map for each theory\n");
}

static void test_names(void **state)
{
    (void)state;
    assert_brief(
        HEAD
        "sources: {1a: x}\n" MODEL "cases: {a b: {share: 1}, uniform: {share: 1}, c: 3}\n"
        "regimes: {r.x: {kind: schedule}, q: {}, s: {kind: ../etc}, u: {kind: [a]}}\n" THEORIES,
        "4:11+2 `1a` cannot be the name of a source = a letter, then letters, digits, `-` and `_`\n"
        "6:9+3 `a b` cannot be the name of a case = a letter, then letters, digits, `-` and `_`\n"
        "6:26+7 `uniform` cannot be the name of a case: it is a key of numbers = choose another "
        "name\n"
        "6:50+1 `cases.c` must be a map = write `{share: ..., ...}`\n"
        "7:11+3 `r.x` cannot be the name of a regime = a letter, then letters, digits, `-` and "
        "`_`\n"
        "7:34+1 `regimes.q.kind` is missing = add `kind:` with the name of a regime\n"
        "7:51+6 `../etc` cannot be the name of a regime\n"
        "7:70+1 `regimes.u.kind` must be a text, not a list\n");
}

static void test_shares_of(void **state)
{
    (void)state;
    assert_brief(
        HEAD "model: {detection: 0.1 1/year, channels: {}}\n" CASES REGIMES THEORIES,
        "4:1+5 `model.population.shares_of` is missing: whose shares are those of `cases`? = "
        "write `shares_of: participants` or `shares_of: sentenced`\n");
    assert_brief(
        HEAD
        "model: {population: {shares_of: sentencd}, detection: 0.1 1/year, channels: {}}\n" CASES
            REGIMES THEORIES,
        "4:33+8 `sentencd` is no group of people that shares can be of = did you mean "
        "`sentenced`?\n");
}

static void test_sources_and_statuses(void **state)
{
    (void)state;
    assert_brief(
        "assize: 1\ntitle: T\nsources: {agnew2009: x}\n"
        "model: {status: illustrated, population: {shares_of: participants}, detection: {value: "
        "0.1, unit: 1/year, source: agnew2008}, channels: {}}\n"
        "cases: {status: sourced, a: {share: 1, quantity: 1, class: minor}}\n"
        "regimes: {source: [x], r: {kind: schedule, custody: 1 month}}\n" THEORIES,
        "4:17+11 `illustrated` is no status = did you mean `illustrative`?\n"
        "4:115+9 `agnew2008` is not a key of `sources:` = did you mean `agnew2009`?\n"
        "5:17+7 `status: sourced` without a source = add `source:` with a key of `sources:`\n"
        "6:19+1 `regimes.source` must be a text, not a list\n");
    assert_brief("assize: 1\ntitle: T\nsource: x\n" MODEL CASES REGIMES THEORIES,
                 "3:9+1 `x` is not a key of `sources:` = there is no `sources:` in this file\n");
}

static void test_motion_names_regimes(void **state)
{
    (void)state;
    assert_brief(HEAD MODEL CASES REGIMES THEORIES "motion: {proposition: q, opposition: status}\n",
                 "10:23+1 there is no regime `q` = did you mean `r`?\n"
                 "10:38+6 there is no regime `status` = it can only be `r`\n");
}

/* --- like --------------------------------------------------------------------------------- */

static void test_like(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(
        &fixture, HEAD MODEL CASES
        "regimes:\n  q: {like: r, weight: 3}\n  s: {like: q, weight: 4}\n"
        "  r: {kind: schedule, title: R, custody: {a: 1 month, b: 2 month}, weight: 1}\n" THEORIES);
    assert_string_equal(fixture_said(&fixture), "");
    assert_string_equal(fixture.scenario->regimes[1].kind, "schedule");
    assert_null(fixture.scenario->regimes[1].title);
    assert_close(premise_value_at(&fixture, "regimes.q.custody.b"), 2, 0, 0);
    assert_close(premise_value_at(&fixture, "regimes.s.custody.b"), 2, 0, 0);
    assert_close(premise_value_at(&fixture, "regimes.s.weight"), 4, 0, 0);
    assert_close(premise_value_at(&fixture, "regimes.q.weight"), 3, 0, 0);
    fixture_close(&fixture);
}

static void test_like_faults(void **state)
{
    (void)state;
    assert_brief(HEAD MODEL CASES "regimes:\n  q: {like: rr, kind: schedule, custody: 1 month}\n"
                                  "  s: {like: s, kind: schedule, custody: 1 month}\n"
                                  "  u: {like: v, kind: schedule, custody: 1 month}\n"
                                  "  v: {like: u, kind: schedule, custody: 1 month}\n" THEORIES,
                 "9:13+2 `regimes` has no entry `rr` = one of `q`, `s`, `u`, `v`\n"
                 "10:13+1 `regimes.s` cannot be like itself\n"
                 "12:13+1 `like` goes round in a circle\n");
}

/* --- tests: ------------------------------------------------------------------------------- */

static void test_expectations(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_read(
        &fixture, HEAD MODEL CASES REGIMES THEORIES
        "tests:\n"
        "  one: {regime: r, theory: t, score: 0.71, within: 0.01}\n"
        "  two: {regime: r, theory: t, verdict: not ruled out}\n"
        "  three: {regime: r, theory: t, finding: length, value: 2 year, within: 0.5, case: b}\n");
    assert_string_equal(fixture_said(&fixture), "");
    assert_int_equal(fixture.scenario->expectation_count, 3);
    const struct expectation *asked = fixture.scenario->expectations;
    assert_true(asked[0].has_score);
    assert_close(asked[0].score, 0.71, 0, 0);
    assert_close(asked[0].within, 0.01, 0, 0);
    assert_null(asked[0].finding);
    assert_string_equal(asked[1].verdict, "not ruled out");
    assert_false(asked[1].has_score);
    assert_string_equal(asked[2].finding, "length");
    assert_close(asked[2].score, 24, 0, 0); /* months in two years */
    assert_string_equal(asked[2].kase, "b");
    assert_string_equal(asked[2].regime, "r");
    assert_int_equal(asked[2].place.line, 13);
    fixture_close(&fixture);
}

static void test_expectation_faults(void **state)
{
    (void)state;
    assert_brief(HEAD MODEL CASES REGIMES THEORIES
                 "tests:\n"
                 "  a: {regime: x1, theory: tt, verdict: acceptible}\n"
                 "  b: {theory: t, score: yes, within: -1}\n"
                 "  c: {regime: r, theory: t, score: 1, within: 0, verdict: silent}\n"
                 "  d: {regime: r, theory: t}\n"
                 "  e: {regime: r, theory: t, score: 0.5}\n"
                 "  f: {regime: r, theory: t, finding: x, within: 1, case: d}\n"
                 "  g: 3\n",
                 "11:15+2 there is no regime `x1` = it can only be `r`\n"
                 "11:27+2 there is no theory `tt` = did you mean `t`?\n"
                 "11:40+10 there is no verdict `acceptible` = did you mean `acceptable`?\n"
                 "12:3+1 `tests.b.regime` is missing = add `regime:`\n"
                 "12:25+3 `tests.b.score` must be a number, not `yes`\n"
                 "12:38+2 `tests.b.within` must not be negative\n"
                 "13:50+7 a test asks for one thing: `score` or `verdict` = write two tests\n"
                 "14:3+1 `tests.d` expects nothing = add `score:` and `within:`, `verdict:`, or "
                 "`finding:`, `value:` and `within:`\n"
                 "15:3+1 `tests.e.within` is missing = add `within:`\n"
                 "16:3+1 `tests.f.value` is missing = add `value:`\n"
                 "16:58+1 there is no case `d` = did you mean `a`?\n"
                 "17:6+1 `tests.g` must be a map = write `{regime: ..., theory: ..., ...}`\n");
}

/* --- many faults -------------------------------------------------------------------------- */

/* Twenty are shown, in the order of the file; all are counted. */
static void test_too_many_faults(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    struct text text;
    text_init(&text, &fixture.arena);
    text_add(&text, HEAD MODEL CASES REGIMES THEORIES);
    for (int i = 0; i < 25; i++)
        text_printf(&text, "wrong%d: 1\n", i);
    fixture_bind(&fixture, text.data);
    assert_int_equal(fixture.status, STATUS_SCENARIO);
    assert_int_equal(fixture.diags.count, 20);
    assert_int_equal(fixture.diags.errors, 25);
    assert_int_equal(fixture.diags.dropped, 5);
    for (size_t i = 0; i < 20; i++)
        assert_int_equal(fixture.diags.items[i].place.line, 10 + i);
    fixture_close(&fixture);
}

/* A file full of faults costs no more than its size. */
static void test_thousands_of_faults(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    struct text text;
    text_init(&text, &fixture.arena);
    text_add(
        &text, HEAD CASES REGIMES THEORIES
        "model: {population: {shares_of: participants}, detection: 0.1 1/year, channels: {}}\n");
    for (int i = 0; i < 1900; i++)
        text_printf(&text, "wrong%d: {wrong: [%050d]}\n", i, i);
    fixture_bind(&fixture, text.data);
    assert_int_equal(fixture.diags.errors, 1900);
    assert_true(fixture.arena.used < 64 * 1024 * 1024);
    fixture_close(&fixture);
}

/* --- memory ------------------------------------------------------------------------------- */

static void bind_body(void *argument)
{
    fixture_bind(argument, HEAD MODEL CASES REGIMES THEORIES "tests: {a: {regime: q}}\n");
}

/* Memory that runs out anywhere ends the reading; nothing leaks and nothing crashes. */
static void test_memory_runs_out(void **state)
{
    (void)state;
    bool finished = false;
    for (size_t limit = 1024; !finished; limit += 1024) {
        struct fixture fixture;
        fixture_open(&fixture);
        fixture.arena.limit = limit;
        finished = arena_try(&fixture.arena, bind_body, &fixture);
        fixture_close(&fixture);
        assert_true(limit < 4 * 1024 * 1024);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads),
        cmocka_unit_test(test_not_a_map),
        cmocka_unit_test(test_missing_parts),
        cmocka_unit_test(test_unknown_top_key),
        cmocka_unit_test(test_version_and_empty_sections),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_shares_of),
        cmocka_unit_test(test_sources_and_statuses),
        cmocka_unit_test(test_motion_names_regimes),
        cmocka_unit_test(test_like),
        cmocka_unit_test(test_like_faults),
        cmocka_unit_test(test_expectations),
        cmocka_unit_test(test_expectation_faults),
        cmocka_unit_test(test_too_many_faults),
        cmocka_unit_test(test_thousands_of_faults),
        cmocka_unit_test(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Worksheets: what facts come to, and what is refused. Expected levels are sums by hand over
 * tests/plugins/data/test/ledger.yaml: base 10; from 10 images +2, from 100 +4; a computer +1 in
 * the edition of 2001, +3 from 2010. */
#include "sentenced.h"

#include "analysis/information.h"

static void test_steps(void **state)
{
    struct sentenced all = {0};
    (void)state;
    sentenced_facts(&all, "ledger", "images=150 computer=true");
    assert_string_equal(sentenced_said(&all), "");
    assert_close(sentenced_step(&all, "total_level"), 17, 0, 0); /* 10 + 3 + 4 */
    assert_close(sentenced_step(&all, "computer"), 3, 0, 0);
    assert_close(worksheet_output(all.worksheet, "custody")->value, 17, 0, 0);
    assert_close(worksheet_output(all.worksheet, "high")->value, 34, 0, 0);
    assert_string_equal(all.worksheet->steps[0].name, "base"); /* in the plugin's order */
    assert_string_equal(all.worksheet->steps[1].name, "computer");
    sentenced_close(&all);
}

static void test_step_that_does_not_apply(void **state)
{
    struct sentenced all = {0};
    (void)state;
    sentenced_facts(&all, "ledger", "images=9 computer=false");
    const struct worksheet_step *step = worksheet_step(all.worksheet, "computer");
    assert_false(worksheet_applies(step, 0));
    assert_string_equal(step->claim->otherwise, "no computer");
    assert_close(sentenced_step(&all, "total_level"), 10, 0, 0);
    sentenced_close(&all);
}

/* Both sides of each tier and edition. */
static void test_boundaries(void **state)
{
    static const struct {
        const char *facts;
        double level;
    } cases[] = {{"images=9 computer=false", 10},
                 {"images=10 computer=false", 12},
                 {"images=99 computer=false", 12},
                 {"images=100 computer=false", 14},
                 {"images=9 computer=true edition=2001-01-01", 11},
                 {"images=9 computer=true edition=2009-12-31", 11},
                 {"images=9 computer=true edition=2010-01-01", 13}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct sentenced all = {0};
        sentenced_facts(&all, "ledger", cases[i].facts);
        assert_close(sentenced_step(&all, "total_level"), cases[i].level, 0, 0);
        sentenced_close(&all);
    }
}

/* Entries that are there count, the others do not: 10 + (5 + 1) + 7. */
static void test_list(void **state)
{
    static const char *const ways[] = {
        "images=0 computer=false groups=[{level:\t5,grave:\ttrue},{level:\t7,grave:\tfalse}]",
        "images=0 computer=false groups.1.level=5 groups.1.grave=true groups.2.level=7 "
        "groups.2.grave=false"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        struct sentenced all = {0};
        sentenced_facts(&all, "ledger", ways[i]);
        assert_string_equal(sentenced_said(&all), "");
        assert_close(sentenced_step(&all, "total_level"), 23, 0, 0);
        const struct worksheet_step *each = worksheet_step(all.worksheet, "each");
        assert_int_equal(each->cells, 3);
        assert_true(worksheet_applies(each, 1));
        assert_false(worksheet_applies(each, 2));
        assert_close(each->values[0], 6, 0, 0);
        sentenced_close(&all);
    }
}

static void test_empty_list(void **state)
{
    struct sentenced all = {0};
    (void)state;
    sentenced_facts(&all, "ledger", "images=0 computer=false groups=[]");
    assert_string_equal(sentenced_said(&all), "");
    assert_close(sentenced_step(&all, "total_level"), 10, 0, 0);
    sentenced_close(&all);
}

static void test_faults(void **state)
{
    static const struct {
        const char *facts, *says;
    } cases[] = {
        {"images=1", "missing facts: computer"},
        {"computer=true", "missing facts: images"},
        {"imagess=1 computer=true", "`ledger` reads no fact `imagess`\n      = did you mean "
                                    "`images`?"},
        {"images=many computer=true", "`facts.images` must be a number, not `many`"},
        {"images=-5 computer=true", "`facts.images` must be at least 0, not -5"},
        {"images=1 computer=yes", "`facts.computer` must be `true` or `false`"},
        {"images=1 computer=true images=2", "`images` is given twice"},
        {"images=0 computer=true", "a computer without images"},
        {"images=1 computer=true edition=1999-01-01", "no edition for 1999-01-01"},
        {"images=1 computer=true edition=tomorrow", "`facts.edition` is not a date"},
        {"images=1 computer=true groups.1.level=5", "`facts.groups.1.grave` is missing"},
        {"images=1 computer=true groups.2.level=5", "`groups.2.level`: entry 1 comes first"},
        {"images=1 computer=true groups=[{level:\t5,grave:\ttrue,sort:\t1}]", "unknown key `sort`"},
        {"images=1 computer=true groups=[{level:\t50,grave:\ttrue}]",
         "`facts.groups.1.level` must be at least 0 and at most 43, not 50"},
        {"images=1 computer=true groups=[{level:\t1,grave:\ttrue},{level:\t1,grave:\ttrue},"
         "{level:\t1,grave:\ttrue},{level:\t1,grave:\ttrue}]",
         "`facts.groups` has 4 entries: at most 3 can be counted"},
        {"images=1 computer=true groups=5", "`facts.groups` must be a list of maps"},
        {"images=1 computer=true kind_of_case=medium", "`facts.kind_of_case` cannot be `medium`"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct sentenced all = {0};
        sentenced_facts(&all, "ledger", cases[i].facts);
        assert_null(all.worksheet);
        assert_int_not_equal(all.status, STATUS_OK);
        sentenced_says(&all, cases[i].says);
        sentenced_close(&all);
    }
}

/* A fact that plays no part is said. */
static void test_unread_fact(void **state)
{
    struct sentenced all = {0};
    (void)state;
    sentenced_facts(&all, "ledger", "images=9 computer=true kind_of_case=grave");
    assert_non_null(all.worksheet);
    sentenced_says(&all, "kind_of_case=grave: warning: `kind_of_case` is given, but no step reads "
                         "it here");
    sentenced_close(&all);
}

static void test_unknown_kind(void **state)
{
    struct sentenced all = {0}, other = {0};
    (void)state;
    sentenced_facts(&all, "leger", "images=1");
    assert_int_equal(all.status, STATUS_USAGE);
    sentenced_says(&all, "there is no kind of regime `leger`\n      = did you mean `ledger`?");
    sentenced_close(&all);
    sentenced_facts(&other, "../lib/sentence", "images=1");
    assert_int_equal(other.status, STATUS_USAGE);
    sentenced_close(&other);
}

static void test_facts_file(void **state)
{
    char path[] = "/tmp/assize-facts-XXXXXX";
    struct sentenced all = {0};
    int descriptor = mkstemp(path);
    static const char text[] = "title: a case\nimages: 150\ncomputr: true\n";
    (void)state;
    assert_int_equal(write(descriptor, text, sizeof text - 1), sizeof text - 1);
    close(descriptor);
    all.request.facts = path;
    sentenced_facts(&all, "ledger", "");
    sentenced_says(&all, ":3:1: error: `ledger` reads no fact `computr`");
    sentenced_says(&all, "did you mean `computer`?");
    sentenced_close(&all);
    unlink(path);
}

/* --- what a step tells ----------------------------------------------------------------------- */

/* golden.txt: enhancement_bits.95, .77, .84, .52, .48 */
static void test_bits(void **state)
{
    (void)state;
    assert_close(information_bits(0.95), 0.2863969571, 1e-9, 0);
    assert_close(information_bits(0.77), 0.7780113035, 1e-9, 0);
    assert_close(information_bits(0.84), 0.6343095546, 1e-9, 0);
    assert_close(information_bits(0.52), 0.998845536, 1e-9, 0);
    assert_close(information_bits(0.48), 0.998845536, 1e-9, 0);
    assert_close(information_bits(0), 0, 0, 0);
    assert_close(information_bits(1), 0, 0, 0);
    assert_close(information_bits(0.5), 1, 1e-15, 0); /* a fair coin */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),        cmocka_unit_test(test_step_that_does_not_apply),
        cmocka_unit_test(test_boundaries),   cmocka_unit_test(test_list),
        cmocka_unit_test(test_empty_list),   cmocka_unit_test(test_faults),
        cmocka_unit_test(test_unknown_kind), cmocka_unit_test(test_facts_file),
        cmocka_unit_test(test_bits),         cmocka_unit_test(test_unread_fact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

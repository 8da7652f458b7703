/* The reference values, through YAML, Lua, graph and engine: the `tests:` of the golden scenarios
 * and of those that ship. One test a file, which fails with every expectation that is not met. */
#include <string.h>

#include "weighed.h"

static void check_file(const char *path, size_t least)
{
    struct weighed weighed = {.path = path};
    weighed_open(&weighed);
    const struct scenario *scenario = weighed.model->scenario;
    size_t failed = 0;
    for (size_t i = 0; i < scenario->expectation_count; i++) {
        struct text actual;
        text_init(&actual, &weighed.arena);
        if (result_meets(weighed.result, &scenario->expectations[i], &actual))
            continue;
        print_error("%s: %s is %s\n", path, scenario->expectations[i].id, actual.data);
        failed++;
    }
    assert_int_equal(failed, 0);
    assert_true(scenario->expectation_count >= least);
    weighed_close(&weighed);
}

static void test_toy_a(void **state)
{
    (void)state;
    check_file("tests/scenarios/golden-toyA.yaml", 77);
}

static void test_toy_b(void **state)
{
    (void)state;
    check_file("tests/scenarios/golden-toyB.yaml", 203);
}

static void test_scaled(void **state)
{
    (void)state;
    check_file("tests/scenarios/golden-scaled.yaml", 34);
}

static void test_sentenced(void **state)
{
    (void)state;
    check_file("tests/scenarios/golden-sentenced.yaml", 18);
}

static void test_regimes(void **state)
{
    (void)state;
    check_file("tests/scenarios/golden-regimes.yaml", 61);
}

static void test_shipped(void **state)
{
    (void)state;
    check_file("scenarios/toy", 40);
    check_file("scenarios/toy/puzzle.yaml", 20);
    check_file("scenarios/littering", 5);
    check_file("scenarios/possession", 5);
    check_file("scenarios/possession/as-applied.yaml", 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_toy_a),   cmocka_unit_test(test_toy_b),
        cmocka_unit_test(test_scaled),  cmocka_unit_test(test_sentenced),
        cmocka_unit_test(test_regimes), cmocka_unit_test(test_shipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

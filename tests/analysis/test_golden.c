/* The reference values, through YAML, Lua, graph and engine: the `tests:` of the golden scenarios
 * and of those that ship. One test a file, which fails with every expectation that is not met. */
#include <string.h>

#include "weighed.h"

static void test_toy_a(void **state)
{
    (void)state;
    weighed_meets("tests/scenarios/golden-toyA.yaml", 77);
}

static void test_toy_b(void **state)
{
    (void)state;
    weighed_meets("tests/scenarios/golden-toyB.yaml", 203);
}

static void test_scaled(void **state)
{
    (void)state;
    weighed_meets("tests/scenarios/golden-scaled.yaml", 34);
}

static void test_sentenced(void **state)
{
    (void)state;
    weighed_meets("tests/scenarios/golden-sentenced.yaml", 18);
}

static void test_regimes(void **state)
{
    (void)state;
    weighed_meets("tests/scenarios/golden-regimes.yaml", 61);
}

static void test_shipped(void **state)
{
    (void)state;
    weighed_meets("scenarios/toy", 40);
    weighed_meets("scenarios/toy/puzzle.yaml", 20);
    weighed_meets("scenarios/littering", 5);
    weighed_meets("scenarios/possession", 5);
    weighed_meets("scenarios/possession/as-applied.yaml", 12);
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

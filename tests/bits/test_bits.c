/* The hashes of tests/golden/bits.txt, on this machine. tests/bits/run compares other ones. */
#include "bits.h"

/* The hash that the file gives for `name`. */
static uint64_t golden(const char *name)
{
    FILE *file = fopen("tests/golden/bits.txt", "r");
    char line[256], word[64];
    unsigned long long hash = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "%63s %llx", word, &hash) == 2 && strcmp(word, name) == 0) {
            fclose(file);
            return hash;
        }
    fail_msg("no hash of %s", name);
    return 0;
}

static void test_results_have_the_bits_they_had(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(works); i++) {
        uint64_t hash = 0;
        assert_true(same_in_all_ways(works[i].name, works[i].work, &hash));
        if (hash != golden(works[i].name))
            print_error("%s: %016llx\n", works[i].name, (unsigned long long)hash);
        assert_true(hash == golden(works[i].name));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_results_have_the_bits_they_had)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

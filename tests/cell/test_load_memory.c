/* Memory that runs out while a scenario is loaded, its plugins traced in their cells, and weighed:
 * at every request in turn, once and from then on. The call says so, and nothing stays behind. Run
 * from the project's folder. */
#include "cmocka_all.h"

#include <string.h>

#include "api/assize.h"
#include "cell/children.h"
#include "plugin/failing.h"

#define SCENARIO "scenarios/toy"
enum { DRAWS = 64, MOST_REQUESTS = 400 };

struct outcome {
    enum assize_status opened, loaded, weighed;
    bool spoke; /* a failure left a message */
    double score;
};

static struct outcome weigh(struct assize *assize)
{
    struct outcome outcome = {ASSIZE_OK, ASSIZE_IO, ASSIZE_IO, false, 0};
    struct assize_scenario *scenario = NULL;
    struct assize_result *result = NULL;
    struct assize_weigh_options options = assize_weigh_defaults();
    options.draws = DRAWS;
    outcome.loaded = assize_load(assize, SCENARIO, NULL, &scenario);
    outcome.spoke = assize_messages(assize)[0] != '\0';
    if (outcome.loaded != ASSIZE_OK)
        return outcome;
    outcome.weighed = assize_weigh(scenario, &options, &result);
    outcome.spoke = assize_messages(assize)[0] != '\0';
    if (outcome.weighed == ASSIZE_OK)
        outcome.score = assize_opinion(result, 0, 0).score;
    return outcome;
}

static struct outcome try(struct failing *failing)
{
    static const char *const folders[] = {"plugins"};
    struct assize_config config = {{failing_resize, failing}, folders, COUNT_OF(folders)};
    struct assize *assize = NULL;
    struct outcome outcome = {ASSIZE_OK, ASSIZE_IO, ASSIZE_IO, false, 0};
    enum assize_status opened = assize_open(&config, &assize);
    if (opened == ASSIZE_OK) {
        outcome = weigh(assize);
        assize_close(assize);
    } else {
        assert_null(assize);
    }
    outcome.opened = opened;
    assert_int_equal(failing->blocks, 0);
    assert_int_equal(failing->bytes, 0);
    assert_true(no_children());
    return outcome;
}

static void assert_outcome(const struct outcome *outcome, const struct outcome *sound)
{
    bool well = outcome->opened == ASSIZE_OK && outcome->loaded == ASSIZE_OK &&
                outcome->weighed == ASSIZE_OK;
    if (well) {
        assert_close(outcome->score, sound->score, 0, 0);
        return;
    }
    assert_true(outcome->opened == ASSIZE_OK || outcome->opened == ASSIZE_IO);
    if (outcome->opened == ASSIZE_OK && outcome->loaded != ASSIZE_OK)
        assert_true(outcome->spoke && outcome->loaded == ASSIZE_IO);
    if (outcome->loaded == ASSIZE_OK)
        assert_true(outcome->spoke && outcome->weighed == ASSIZE_IO);
}

static void test_every_request(void **state)
{
    (void)state;
    struct failing counting = {0};
    size_t descriptors = count_descriptors();
    struct outcome sound = try(&counting);
    assert_int_equal(sound.weighed, ASSIZE_OK);
    assert_in_range(counting.requests, 10, MOST_REQUESTS);
    for (size_t at = 1; at <= counting.requests; at++)
        for (int for_good = 0; for_good < 2; for_good++) {
            struct failing failing = {.fails_at = at, .for_good = for_good != 0};
            struct outcome outcome = try(&failing);
            assert_outcome(&outcome, &sound);
            assert_int_equal(count_descriptors(), descriptors);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

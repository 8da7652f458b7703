/* What must hold of every scenario, tried on random ones: no number here is anybody's output. */
#include <string.h>

#include "weighed.h"

enum { MOST_CASES = 6, MOST_REGIMES = 4, SCENARIOS = 25 };

struct random {
    uint64_t state;
};

/* Marsaglia's xorshift64 (2003): good enough to choose test inputs. */
static double random_between(struct random *random, double low, double high)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return low + (high - low) * (double)(random->state >> 11) * 0x1p-53;
}

static size_t random_count(struct random *random, size_t low, size_t high)
{
    return low + (size_t)(random_between(random, 0, 1) * (double)(high - low + 1));
}

/* A small world: everything that the three theories read. Harms are in hu. */
struct world {
    double loss, scale, threshold, accumulation, market, revictimisation, smallest, stigma;
    double offender_cost, state_cost, gain, enforcement, internalisation, detection, theta;
    size_t case_count, regime_count;
    double share[MOST_CASES], quantity[MOST_CASES], culpability[MOST_CASES];
    double months[MOST_REGIMES][MOST_CASES];
    size_t case_order[MOST_CASES], regime_order[MOST_REGIMES];
    bool theories_reversed;
    const char *case_names[MOST_CASES];
};

static struct world random_world(uint64_t seed)
{
    static const char *const names[MOST_CASES] = {"ant", "bee", "cat", "dog", "elk", "fox"};
    struct random random = {seed * 0x9E3779B97F4A7C15u + 1};
    struct world world = {.loss = random_between(&random, 100, 9000),
                          .scale = random_between(&random, 5000, 50000),
                          .threshold = random_between(&random, 1000, 8000),
                          .accumulation = random_between(&random, 100, 900),
                          .market = random_between(&random, 1, 90),
                          .revictimisation = random_between(&random, 500, 9000),
                          .smallest = random_between(&random, 0.005, 0.02),
                          .stigma = random_between(&random, 0.2, 2),
                          .offender_cost = random_between(&random, 0.02, 0.1),
                          .state_cost = random_between(&random, 0.01, 0.05),
                          .gain = random_between(&random, 0.01, 0.05),
                          .enforcement = random_between(&random, 0.001, 0.01),
                          .internalisation = random_between(&random, 0.0001, 0.0005),
                          .detection = random_between(&random, 0.005, 0.05),
                          .theta = random_between(&random, 0, 0.6),
                          .case_count = random_count(&random, 2, MOST_CASES - 1),
                          .regime_count = random_count(&random, 2, MOST_REGIMES)};
    double total = 0;
    for (size_t c = 0; c < world.case_count; c++) {
        world.share[c] = random_between(&random, 0.1, 1);
        world.quantity[c] = random_between(&random, 0.2, 3);
        world.culpability[c] = random_between(&random, 0.1, 1);
        world.case_order[c] = c;
        world.case_names[c] = names[c];
        total += world.share[c];
    }
    for (size_t c = 0; c < world.case_count; c++)
        world.share[c] /= total;
    for (size_t r = 0; r < world.regime_count; r++) {
        world.regime_order[r] = r;
        for (size_t c = 0; c < world.case_count; c++)
            world.months[r][c] = random_between(&random, 0, 200);
    }
    return world;
}

static void add(char *out, size_t size, const char *format, ...)
{
    size_t length = strlen(out);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(out + length, size - length, format, arguments);
    va_end(arguments);
}

static void write_cases(const struct world *world, char *out, size_t size)
{
    add(out, size, "cases:\n");
    for (size_t i = 0; i < world->case_count; i++) {
        size_t c = world->case_order[i];
        add(out, size, "  %s: {share: %.17g, quantity: %.17g, culpability: %.17g}\n",
            world->case_names[c], world->share[c], world->quantity[c], world->culpability[c]);
    }
}

static void write_regimes(const struct world *world, char *out, size_t size)
{
    add(out, size, "regimes:\n");
    for (size_t i = 0; i < world->regime_count; i++) {
        size_t r = world->regime_order[i];
        add(out, size, "  r%zu: {kind: schedule, custody: {", r);
        for (size_t c = 0; c < world->case_count; c++)
            add(out, size, "%s%s: %.17g month", c > 0 ? ", " : "", world->case_names[c],
                world->months[r][c]);
        add(out, size, "}}\n");
    }
}

static void write_theories(const struct world *world, char *out, size_t size)
{
    char theories[4][400];
    snprintf(theories[0], sizeof theories[0],
             "  margin: {kind: retributivism-positive, harm_basis: marginal}\n");
    snprintf(theories[1], sizeof theories[1],
             "  exponent: {kind: retributivism-positive, harm_basis: exponent, "
             "theta: {moral: true, value: %.17g, range: [0, 1]}}\n",
             world->theta);
    snprintf(theories[2], sizeof theories[2],
             "  rule: {kind: rule-consequentialism, internalisation_rate: 0.9, "
             "weight_of_gains: {moral: true, value: 0, range: [0, 1]}}\n");
    snprintf(theories[3], sizeof theories[3],
             "  aggregate: {kind: aggregate-harm, internalisation_rate: 0.9, "
             "theta: {moral: true, value: %.17g, range: [0, 1]}, "
             "weight_of_gains: {moral: true, value: 0, range: [0, 1]}}\n",
             world->theta);
    add(out, size, "theories:\n");
    for (int i = 0; i < 4; i++)
        add(out, size, "%s", theories[world->theories_reversed ? 3 - i : i]);
}

/* The scenario as YAML, to be freed. */
static char *write_world(const struct world *world)
{
    size_t size = 20000;
    char *out = calloc(1, size);
    add(out, size,
        "assize: 1\ntitle: a random world\nstatus: illustrative\nmodel:\n"
        "  harm_unit: {anchor: any}\n"
        "  population: {potential: 1000000 person, baseline_rate: 0.1, shares_of: participants}\n"
        "  channels:\n"
        "    m: {kind: market, supply_elasticity: 0.4, demand_elasticity: 0.6, harm: %.17g "
        "hu/item, production_per_act: 0.001 item/person}\n"
        "    p: {kind: perception, loss: %.17g hu, scale: %.17g person}\n"
        "    t: {kind: threshold, loss: %.17g hu, at: 40000 person}\n"
        "    a: {kind: accumulation, loss: %.17g hu, exponent: 2, free: 0 person, "
        "reference: 100000 person}\n"
        "    v: {kind: revictimisation, loss: %.17g hu, exponent: 0.5, reference: 100000 person}\n",
        world->market, world->loss, world->scale, world->threshold, world->accumulation,
        world->revictimisation);
    double unit = world->smallest / 0.01;
    add(out, size,
        "  desert_scale: {smallest_harm: %.17g hu}\n  references:\n"
        "    one: {harm: %.17g hu, sentence: 1 pme}\n    two: {harm: %.17g hu, sentence: 36 pme}\n"
        "    three: {harm: %.17g hu, sentence: 240 pme}\n"
        "  exchange: {custody: 1 pme/month, supervision: 0.2 pme/month, registration: 0.05 "
        "pme/month, fine: 1 pme/month}\n"
        "  detection: %.17g 1/year\n"
        "  behaviour: {gain_scale: %.17g hu, response_exponent: 0.5}\n"
        "  sanctions: {stigma: %.17g hu, offender_cost: %.17g hu/pme, state_cost: %.17g hu/pme, "
        "discount: 0.02 1/pme}\n"
        "  errors: {rate: 0.01, weight: 10}\n  enforcement: {cost: %.17g hu/person}\n"
        "  internalisation: {cost: %.17g hu/person, violation_rate: 0}\n",
        world->smallest, 0.01 * unit, 2 * unit, 100 * unit, world->detection, world->gain,
        world->stigma, world->offender_cost, world->state_cost, world->enforcement,
        world->internalisation);
    write_cases(world, out, size);
    write_regimes(world, out, size);
    write_theories(world, out, size);
    return out;
}

static void open_world(const struct world *world, struct weighed *weighed)
{
    char *text = write_world(world);
    char *path = weighed_write(text);
    *weighed = (struct weighed){.path = path};
    weighed_open(weighed);
    weighed_remove(path);
    free(text);
}

static const struct opinion *find_opinion(const struct weighed *weighed, const char *theory,
                                          const char *regime)
{
    const struct scenario *scenario = weighed->model->scenario;
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; r < scenario->regime_count; r++)
            if (strcmp(scenario->theories[t].id, theory) == 0 &&
                strcmp(scenario->regimes[r].id, regime) == 0)
                return result_opinion(weighed->result, t, r);
    fail_msg("no opinion of %s on %s", theory, regime);
    return NULL;
}

/* The same scores to 1e-12 and the same verdicts, whatever the order of theories and regimes. */
static void assert_same_opinions(const struct weighed *a, const struct weighed *b)
{
    const struct scenario *scenario = a->model->scenario;
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; r < scenario->regime_count; r++) {
            const struct opinion *left = result_opinion(a->result, t, r);
            const struct opinion *right =
                find_opinion(b, scenario->theories[t].id, scenario->regimes[r].id);
            assert_int_equal(left->verdict, right->verdict);
            assert_close(right->score, left->score, 1e-12, 1e-12);
        }
}

static void compare(const struct world *a, const struct world *b)
{
    struct weighed left, right;
    open_world(a, &left);
    open_world(b, &right);
    assert_same_opinions(&left, &right);
    weighed_close(&left);
    weighed_close(&right);
}

/* Property P1 of the reference values: hu is a ratio scale. */
static void test_scaling_harm(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SCENARIOS; seed++) {
        struct world world = random_world(seed), scaled = world;
        double *const harms[] = {&scaled.loss,   &scaled.threshold,       &scaled.accumulation,
                                 &scaled.market, &scaled.revictimisation, &scaled.smallest,
                                 &scaled.stigma, &scaled.offender_cost,   &scaled.state_cost,
                                 &scaled.gain,   &scaled.enforcement,     &scaled.internalisation};
        for (size_t i = 0; i < COUNT_OF(harms); i++)
            *harms[i] *= 7.3;
        compare(&world, &scaled);
    }
}

/* P2: two equal halves of a type of case are that type. */
static void test_splitting_a_case(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SCENARIOS; seed++) {
        struct world world = random_world(seed), split = world;
        size_t last = world.case_count;
        split.share[0] = split.share[last] = world.share[0] / 2;
        split.quantity[last] = world.quantity[0];
        split.culpability[last] = world.culpability[0];
        split.case_order[last] = last;
        split.case_names[last] = "half";
        split.case_count++;
        for (size_t r = 0; r < world.regime_count; r++)
            split.months[r][last] = world.months[r][0];
        compare(&world, &split);
    }
}

static void reverse(size_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++)
        order[i] = count - 1 - i;
}

static void test_order_is_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SCENARIOS; seed++) {
        struct world world = random_world(seed), turned = world;
        reverse(turned.case_order, turned.case_count);
        reverse(turned.regime_order, turned.regime_count);
        turned.theories_reversed = true;
        compare(&world, &turned);
    }
}

/* P5: sentenced exactly as deserved, every case fits. What is deserved is read off the difference.
 */
static void test_as_deserved(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SCENARIOS; seed++) {
        struct world world = random_world(seed);
        struct weighed weighed;
        open_world(&world, &weighed);
        const struct conclusion *exponent = &weighed.model->linked.conclusions[1];
        for (size_t c = 0; c < world.case_count; c++)
            world.months[0][c] -= result_value(weighed.result, exponent->difference, 0, c);
        weighed_close(&weighed);
        open_world(&world, &weighed);
        const struct opinion *opinion = find_opinion(&weighed, "exponent", "r0");
        assert_close(opinion->score, 1, 0, 1e-12);
        assert_int_equal(opinion->verdict, VERDICT_ACCEPTABLE);
        weighed_close(&weighed);
    }
}

static void test_setting_what_stands(void **state)
{
    (void)state;
    static const struct setting settings[] = {
        {"theories.desert-aggregate.theta", "0.35"},
        {"model.detection", "0.01 1/year"},
        {"cases.low.culpability", "0.6"},
    };
    struct weighed plain = {.path = "scenarios/toy"}, set = plain;
    set.settings = settings;
    set.setting_count = COUNT_OF(settings);
    weighed_open(&plain);
    weighed_open(&set);
    for (size_t i = 0; i < 25; i++) {
        assert_int_equal(plain.result->opinions[i].verdict, set.result->opinions[i].verdict);
        assert_memory_equal(&plain.result->opinions[i].score, &set.result->opinions[i].score,
                            sizeof(double));
    }
    assert_int_equal(plain.result->illustrative, set.result->illustrative);
    weighed_close(&plain);
    weighed_close(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scaling_harm),        cmocka_unit_test(test_splitting_a_case),
        cmocka_unit_test(test_order_is_nothing),    cmocka_unit_test(test_as_deserved),
        cmocka_unit_test(test_setting_what_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

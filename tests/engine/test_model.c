/* The bench model on the tape against the same formulas as fused C: bit by bit, on every processor,
 * in blocks of every size and on any number of threads. */
#include <string.h>

#define SUFFIX here
#include "bench/engine_fused.c"
#include "bench/engine_graph.h"
#include "brute.h"
#include "engine/engine.h"
#include "fixture.h"

enum { DRAWS = 64 * 40, CELLS = OUTPUTS * REGIMES };

/* Inputs within the ranges of the bench, uniform. */
static double *random_inputs(struct arena *arena, struct lane_source *sources)
{
    static const double low[INPUTS] = {0.01, 0.05, 0.3, 0.01, 0.2, 0.2, 0.01, 0.1,
                                       0.05, 1,    0,   0.5,  0,   0,   0.5,  -3};
    static const double high[INPUTS] = {0.1, 0.4, 1, 0.99, 4, 2, 0.08, 0.6,
                                        0.8, 6,   1, 1.5,  1, 1, 2,    3};
    double *inputs = arena_array(arena, INPUTS * DRAWS, sizeof *inputs);
    uint64_t random = 21;
    for (size_t j = 0; j < INPUTS; j++) {
        for (size_t i = 0; i < DRAWS; i++)
            inputs[j * DRAWS + i] = low[j] + (high[j] - low[j]) * random_unit(&random);
        sources[j] = (struct lane_source){.values = inputs + j * DRAWS};
    }
    return inputs;
}

static void check_model(struct arena *arena, bool rich)
{
    static const enum isa isas[] = {ISA_BASELINE, ISA_AVX2, ISA_AVX512};
    static const unsigned threads[] = {1, 2, 3, 7};
    static const size_t blocks[] = {32, 128, 256, 1024};
    static struct model_facts facts;
    struct lane_source sources[INPUTS];
    bool varies[INPUTS];
    memset(varies, true, sizeof varies);
    model_facts_fill(&facts);
    const double *inputs = random_inputs(arena, sources);
    double *expected = arena_array(arena, CELLS * DRAWS, sizeof *expected);
    double *actual = arena_array(arena, CELLS * DRAWS, sizeof *actual);
    (rich ? fused_rich_here : fused_cheap_here)(&facts, inputs, DRAWS, expected);
    struct modelling model = model_graph(arena, &facts, rich);
    struct tape *tape = tape_build(arena, model.graph, model.wanted, OUTPUTS, varies);
    for (size_t i = 0; i < COUNT_OF(isas); i++)
        for (size_t b = 0; b < COUNT_OF(blocks); b++) {
            struct manner manner = {.isa = isas[i], .block = blocks[b], .threads = threads[b]};
            struct lanes lanes = {.sources = sources, .count = DRAWS, .manner = &manner};
            struct engine_fault fault;
            memset(actual, 0, CELLS * DRAWS * sizeof *actual);
            assert_true(engine_evaluate(tape, &lanes, arena, actual, &fault));
            assert_memory_equal(actual, expected, CELLS * DRAWS * sizeof *actual);
        }
}

static void test_rich_model(void **state)
{
    check_model(*state, true);
}

static void test_cheap_model(void **state)
{
    check_model(*state, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rich_model, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cheap_model, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

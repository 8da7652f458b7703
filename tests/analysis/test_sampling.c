/* Quasi-random draws and premises drawn together, through whole scenarios. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/quasi.h"
#include "weighed.h"

/* --- the number of draws --------------------------------------------------------------------- */

static void test_the_number_of_draws_is_sixteen_powers_of_two(void **state)
{
    (void)state;
    static const struct {
        uint64_t asked, draws, rounded_from;
    } rows[] = {{0, 0, 0},
                {1, 4096, 1},
                {4096, 4096, 0},
                {4097, 8192, 4097},
                {8192, 8192, 0},
                {10000, 16384, 10000},
                {(uint64_t)1 << 36, (uint64_t)1 << 36, 0}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct weigh_options options = {.sampling = DRAWS_SOBOL, .draws = rows[i].asked};
        quasi_settle(&options);
        assert_int_equal(options.draws, rows[i].draws);
        assert_int_equal(options.rounded_from, rows[i].rounded_from);
        options = (struct weigh_options){.draws = rows[i].asked};
        quasi_settle(&options);
        assert_int_equal(options.draws, rows[i].asked);
    }
}

/* --- coordinates ----------------------------------------------------------------------------- */

enum { MANY = SOBOL_DIMENSIONS + 1 };

/* A model of nothing but uncertain premises, their paths the wrong way round. */
struct bare {
    struct arena arena;
    struct diags diags;
    struct graph *graph;
    struct scenario scenario;
    struct premise facts[MANY];
    const struct premise *premises[MANY];
    struct model model;
    struct lane_source sources[MANY];
    struct lane_plan plan;
};

static void bare_init(struct bare *bare, uint32_t count)
{
    static const struct distribution uniform = {
        .kind = DISTRIBUTION_UNIFORM, .parameter = {0, 1}, .scale = 1};
    memset(bare, 0, sizeof *bare);
    arena_init(&bare->arena, &allocator_heap);
    diags_init(&bare->diags, &bare->arena);
    bare->graph = graph_new(&bare->arena);
    for (uint32_t p = 0; p < count; p++) {
        const char *path = arena_printf(&bare->arena, "model.f%03u", (unsigned)(count - 1 - p));
        struct graph_premise leaf = {.path = path, .kind = VALUE_NUMBER, .unit = unit_one};
        node_id node;
        assert_int_equal(graph_premise(bare->graph, &leaf, &node), STATUS_OK);
        bare->facts[p] = (struct premise){.path = path, .distribution = &uniform};
        bare->premises[p] = &bare->facts[p];
        bare->sources[p].distribution = &uniform;
    }
    bare->model = (struct model){.scenario = &bare->scenario, .premises = bare->premises};
    bare->model.linked.graph = bare->graph;
    bare->plan.sources = bare->sources;
}

/* A premise's coordinate is its place by path. */
static void test_coordinates_go_by_path(void **state)
{
    (void)state;
    struct bare bare;
    struct weigh_options options = {.sampling = DRAWS_SOBOL, .draws = 8192};
    bare_init(&bare, SOBOL_DIMENSIONS);
    assert_int_equal(quasi_plan(&bare.arena, &bare.model, &options, &bare.plan, &bare.diags),
                     STATUS_OK);
    assert_int_equal(bare.plan.lanes.replicate, 512);
    for (uint32_t p = 0; p < SOBOL_DIMENSIONS; p++) {
        const struct sobol_dimension *expected =
            sobol_dimension_new(&bare.arena, SOBOL_DIMENSIONS - 1 - p);
        assert_memory_equal(bare.sources[p].dimension, expected, sizeof *expected);
    }
    arena_release(&bare.arena);
}

static void test_too_many_premises_and_draws(void **state)
{
    (void)state;
    struct bare bare;
    struct weigh_options options = {.sampling = DRAWS_SOBOL, .draws = 8192};
    bare_init(&bare, MANY);
    assert_int_equal(quasi_plan(&bare.arena, &bare.model, &options, &bare.plan, &bare.diags),
                     STATUS_USAGE);
    assert_string_equal(bare.diags.items[0].message,
                        "`--sampling sobol` draws 128 uncertain premises at most: here 129 are in "
                        "use");
    assert_string_equal(bare.diags.items[0].remedy, "use `--sampling random`");
    arena_release(&bare.arena);
    bare_init(&bare, 1);
    options.draws = ((uint64_t)1 << 36) + 1;
    assert_int_equal(quasi_plan(&bare.arena, &bare.model, &options, &bare.plan, &bare.diags),
                     STATUS_USAGE);
    assert_string_equal(bare.diags.items[0].message,
                        "`--sampling sobol` makes 68719476736 draws at most");
    arena_release(&bare.arena);
}

/* --- whole scenarios ------------------------------------------------------------------------- */

/* The means of both ways of drawing agree within their errors; the quasi-random one errs less where
 * the score moves smoothly (aggregate-harm in scenarios/possession). */
static void test_both_ways_agree(void **state)
{
    (void)state;
    struct weighed random = {.path = "scenarios/possession", .draws = 8192};
    struct weighed sobol = {.path = "scenarios/possession", .draws = 8192, .sampling = DRAWS_SOBOL};
    weighed_open(&random);
    weighed_open(&sobol);
    size_t compared = 0;
    for (size_t t = 0; t < random.model->scenario->theory_count; t++)
        for (size_t r = 0; r < random.model->scenario->regime_count; r++) {
            const struct range *a = &result_opinion(random.result, t, r)->range;
            const struct range *b = &result_opinion(sobol.result, t, r)->range;
            if (isnan(a->mean) || a->error == 0)
                continue;
            assert_true(fabs(a->mean - b->mean) < 5 * hypot(a->error, b->error));
            if (strcmp(random.model->scenario->theories[t].kind, "aggregate-harm") == 0) {
                assert_true(b->error < a->error / 2);
                compared++;
            }
        }
    assert_true(compared > 0);
    weighed_close(&random);
    weighed_close(&sobol);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_number_of_draws_is_sixteen_powers_of_two),
        cmocka_unit_test(test_coordinates_go_by_path),
        cmocka_unit_test(test_too_many_premises_and_draws),
        cmocka_unit_test(test_both_ways_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

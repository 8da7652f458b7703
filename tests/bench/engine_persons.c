/* One person after the other, or one draw after the other: the bench model over a table of 10^6
 * persons at one draw, and over 10 cases at 10^7 draws.
 *
 *     engine_persons [ROUNDS] [PERSONS] [DRAWS]
 *
 * An evaluation is one draw, regime and case or person. The figures of the persons are those of the
 * bench's cases by turns, a little apart. Time is processor time on one thread.
 */
#include <math.h>
#include <string.h>
#include <time.h>

#include "bench/engine_graph.h"
#include "bench/timing.h"
#include "engine/engine.h"
#include "engine/phases.h"
#include "engine/total.h"

enum { CLASSES = 10, FIGURES = 4, MOST_ROUNDS = 99 };

struct bench {
    struct arena arena;
    struct model_facts facts;
    struct lane_source *sources; /* [premise] */
    struct modelling model;
};

/* Central values near the means of what the bench draws. */
static const double centre[INPUTS] = {
    [DETECTION] = 0.05, [SUPPLY] = 0.2,      [DEMAND] = 0.6,    [THETA] = 0.5,
    [HARM] = 1,         [GAIN] = 0.6,        [DISCOUNT] = 0.04, [DETERRENCE] = 0.3,
    [RELAPSE] = 0.3,    [COST] = 2.7,        [STIGMA] = 0.5,    [EXCHANGE] = 1,
    [MERCY] = 0.5,      [CULPABILITY] = 0.5, [RISK] = 1.2,      [NOISE] = 0};

static void bench_init(struct bench *bench, uint32_t cases, bool persons)
{
    *bench = (struct bench){.sources = NULL};
    arena_init(&bench->arena, &allocator_heap);
    model_facts_fill(&bench->facts);
    bench->model = model_of_cases(&bench->arena, &bench->facts, cases, persons);
    bench->sources =
        arena_array(&bench->arena, bench->model.graph->premise_count, sizeof *bench->sources);
    for (int p = 0; p < INPUTS; p++)
        bench->sources[p].value = centre[p];
}

/* --- persons --------------------------------------------------------------------------------- */

/* The figures of the bench's cases, by up to 5 % apart. */
static const double *figure_of_persons(struct bench *bench, size_t figure, uint64_t persons)
{
    double *column = arena_array(&bench->arena, persons, sizeof *column);
    for (uint64_t i = 0; i < persons; i++) {
        const struct model_case *kase = &bench->facts.cases[i % CASES];
        const double of[FIGURES] = {CASES / (double)persons * kase->share, kase->quantity,
                                    kase->culpability, kase->prior};
        double off = (double)(i * 7919 % 1000) / 1e4 - 0.05;
        column[i] = figure == 0 ? of[0] : of[figure] * (1 + off);
    }
    return column;
}

static void fill_rows(struct bench *bench, struct rows *rows, uint64_t persons)
{
    const struct graph *graph = bench->model.graph;
    uint64_t *first = arena_array(&bench->arena, CLASSES + 1, sizeof *first);
    const double **columns = arena_array(&bench->arena, FIGURES, sizeof *columns);
    uint32_t *column_of = arena_array(&bench->arena, graph->premise_count, sizeof *column_of);
    for (uint64_t c = 0; c <= CLASSES; c++)
        first[c] = persons * c / CLASSES;
    for (size_t f = 0; f < FIGURES; f++)
        columns[f] = figure_of_persons(bench, f, persons);
    for (uint32_t p = 0; p < graph->premise_count; p++)
        column_of[p] = p < INPUTS ? ROWS_NONE : (p - INPUTS) / CLASSES;
    *rows = (struct rows){bench->model.kase, first, columns, column_of, NULL};
}

/* Ready to be asked again and again. */
struct persons {
    struct bench bench;
    struct rows rows;
    struct phases *phases;
    bool *varies;
    double score;
};

static void persons_init(struct persons *persons, uint64_t count)
{
    const char *fault;
    bench_init(&persons->bench, CLASSES, true);
    const struct modelling *model = &persons->bench.model;
    fill_rows(&persons->bench, &persons->rows, count);
    persons->varies = arena_array(&persons->bench.arena, model->graph->premise_count, sizeof(bool));
    persons->phases = phases_build(&persons->bench.arena, model->graph, model->wanted, OUTPUTS,
                                   &persons->rows, &fault);
    if (persons->phases == NULL) {
        fprintf(stderr, "%s\n", fault);
        exit(1);
    }
}

/* Seconds of all persons at one draw. */
static double seconds_of_persons(struct persons *persons)
{
    double out[OUTPUTS * REGIMES];
    struct manner manner = {.threads = 1};
    struct lanes lanes = {.sources = persons->bench.sources, .count = 1, .manner = &manner};
    struct engine_fault met;
    struct arena scratch;
    arena_init(&scratch, &allocator_heap);
    double start = seconds_now();
    if (!phases_evaluate(persons->phases, &lanes, persons->varies, &scratch, out, &met))
        exit(1);
    double seconds = seconds_now() - start;
    persons->score = out[0];
    arena_release(&scratch);
    return seconds;
}

/* --- draws ----------------------------------------------------------------------------------- */

struct draws {
    struct bench bench;
    struct distribution spread[INPUTS];
    struct tape *tape;
    double score;
};

/* Inputs that are spread evenly about the centre. */
static void draws_init(struct draws *draws)
{
    bool varies[INPUTS];
    bench_init(&draws->bench, CLASSES, false);
    for (int p = 0; p < INPUTS; p++) {
        double ends = 0.01 * centre[p];
        draws->spread[p] = (struct distribution){.kind = DISTRIBUTION_UNIFORM,
                                                 .parameter = {centre[p] - ends, centre[p] + ends},
                                                 .scale = 1};
        varies[p] = p != NOISE;
        if (varies[p] && distribution_prepare(&draws->spread[p], &draws->bench.arena) == NULL)
            draws->bench.sources[p].distribution = &draws->spread[p];
    }
    draws->tape = tape_build(&draws->bench.arena, draws->bench.model.graph,
                             draws->bench.model.wanted, OUTPUTS, varies);
}

/* Seconds of so many draws, sampled and added up. */
static double seconds_of_draws(struct draws *draws, uint64_t count)
{
    static const enum op ops[OUTPUTS] = {OP_SUM, OP_SUM, OP_SUM};
    double totals[OUTPUTS * REGIMES];
    struct manner manner = {.threads = 1};
    struct lanes lanes = {
        .sources = draws->bench.sources, .count = count, .first_draw = 1, .manner = &manner};
    struct engine_fault met;
    struct arena scratch;
    arena_init(&scratch, &allocator_heap);
    double start = seconds_now();
    if (!engine_total(draws->tape, &lanes, ops, &scratch, totals, &met))
        exit(1);
    double seconds = seconds_now() - start;
    draws->score = totals[0] / (double)count;
    arena_release(&scratch);
    return seconds;
}

/* As much work by turns, then all draws once. */
int main(int count, char **words)
{
    static struct persons persons;
    static struct draws draws;
    int rounds = count > 1 ? atoi(words[1]) : 7;
    uint64_t rows = count > 2 ? strtoull(words[2], NULL, 10) : 1000000;
    uint64_t all = count > 3 ? strtoull(words[3], NULL, 10) : 10000000;
    double by_person[MOST_ROUNDS], by_draw[MOST_ROUNDS];
    if (rounds < 1 || rounds > MOST_ROUNDS || rows < CLASSES || all < 1)
        return 2;
    persons_init(&persons, rows);
    draws_init(&draws);
    for (int round = 0; round < rounds; round++) {
        by_person[round] = seconds_of_persons(&persons);
        by_draw[round] = seconds_of_draws(&draws, rows / CLASSES);
    }
    double person = median(by_person, rounds), draw = median(by_draw, rounds);
    double evaluations = (double)rows * REGIMES / 1e6;
    printf("%llu persons by 1 draw: %.2f M evaluations a second (score %.6f)\n",
           (unsigned long long)rows, evaluations / person, persons.score);
    printf("%d cases by %llu draws: %.2f M evaluations a second; persons / draws: %.2f\n", CLASSES,
           (unsigned long long)rows / CLASSES, evaluations / draw, draw / person);
    double seconds = seconds_of_draws(&draws, all);
    printf("%d cases by %llu draws: %.2f M evaluations a second (score %.6f)\n", CLASSES,
           (unsigned long long)all, (double)all * CLASSES * REGIMES / 1e6 / seconds, draws.score);
    return 0;
}

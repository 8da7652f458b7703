/* The tape against hand-fused C and a plain loop, on one core, in interleaved slices.
 *
 *     engine_bench [rounds]             the table of ways and their ratios
 *     engine_bench --tape [rounds]      only the rate of the widest tape, inputs in memory
 *     engine_bench --growth             a table by draws and threads, with sampling and summaries
 *     engine_bench --threads            what a second thread gains, likewise
 *     engine_bench --gradient           what derivatives cost
 *     engine_bench --intervals          what bounds cost, by instruction set
 *     engine_bench --billion            10^9 evaluations on all processors
 *     engine_bench --inputs FILE N      writes N draws of the inputs as text, for Lua and NumPy
 */
#include <math.h>
#include <string.h>
#include <time.h>

#include "bench/engine_graph.h"
#include "bench/engine_inputs.h"
#include "bench/timing.h"
#include "engine/engine.h"
#include "engine/gradient.h"
#include "engine/interval.h"

enum { DRAWS = 64 * 1024, EVALUATIONS = REGIMES * CASES, MOST_ROUNDS = 99, MOST_WAYS = 24 };

#define FUSED(suffix)                                                                              \
    void fused_rich_##suffix(const struct model_facts *, const double *, size_t, double *);        \
    void fused_cheap_##suffix(const struct model_facts *, const double *, size_t, double *)
FUSED(baseline);
FUSED(avx2);
FUSED(avx512);
void scalar_rich(const struct model_facts *, const double *, size_t, double *);

struct bench {
    struct arena *arena;
    struct model_facts facts;
    double *inputs; /* [input][draw] */
    double *out;    /* [output][regime][draw] */
    struct modelling rich, cheap;
    struct tape *tapes[2];              /* cheap, rich */
    struct lane_source sources[INPUTS]; /* values ready in memory */
    struct lane_source drawn[INPUTS];   /* the same as distributions */
    struct lanes lanes;
};

struct way {
    const char *name;
    bool rich;
    bool (*fits)(void);
    void (*fused)(const struct model_facts *, const double *, size_t, double *);
    enum isa isa;
    double seconds[MOST_ROUNDS], rate;
    uint64_t hash;
    double mean;
};

/* --- inputs ---------------------------------------------------------------------------------- */

#define MILLIONS_OF_DRAWS (DRAWS / 1e6)

static const struct distribution distributions[INPUTS] = {
    INPUTS_IN_COMMON,
    [RELAPSE] = {.kind = DISTRIBUTION_BETA, .parameter = {2, 5}, .scale = 1},
    [EXCHANGE] = {.kind = DISTRIBUTION_TRIANGULAR, .parameter = {0.5, 1, 1.5}, .scale = 1},
    [MERCY] = {.kind = DISTRIBUTION_UNIFORM, .parameter = {0, 1}, .scale = 1},
};

static void draw_inputs(struct bench *bench)
{
    bench->inputs = arena_array(bench->arena, INPUTS * DRAWS, sizeof *bench->inputs);
    for (int j = 0; j < INPUTS; j++) {
        struct distribution *distribution = arena_alloc(bench->arena, sizeof *distribution);
        *distribution = distributions[j];
        distribution_prepare(distribution, bench->arena);
        bench->drawn[j].distribution = distribution;
        distribution_sample(distribution, 1, stream_of_path(input_names[j]), 0, DRAWS,
                            bench->inputs + j * DRAWS);
        bench->sources[j].values = bench->inputs + j * DRAWS;
    }
}

static void bench_init(struct bench *bench, struct arena *arena)
{
    bool varies[INPUTS];
    *bench = (struct bench){.arena = arena};
    model_facts_fill(&bench->facts);
    draw_inputs(bench);
    bench->out = arena_array(arena, OUTPUTS * REGIMES * DRAWS, sizeof *bench->out);
    memset(varies, true, sizeof varies);
    for (int rich = 0; rich < 2; rich++) {
        struct modelling *model = rich ? &bench->rich : &bench->cheap;
        *model = model_graph(arena, &bench->facts, rich);
        bench->tapes[rich] = tape_build(arena, model->graph, model->wanted, OUTPUTS, varies);
    }
    bench->lanes = (struct lanes){.sources = bench->sources, .count = DRAWS};
}

static int write_inputs(const struct bench *bench, const char *path, size_t draws)
{
    FILE *file = fopen(path, "w");
    if (file == NULL || draws > DRAWS)
        return 1;
    for (size_t i = 0; i < draws; i++)
        for (size_t j = 0; j < INPUTS; j++)
            fprintf(file, "%.17g%c", bench->inputs[j * DRAWS + i], j + 1 < INPUTS ? ' ' : '\n');
    return fclose(file);
}

/* --- one slice ------------------------------------------------------------------------------- */

/* Fowler-Noll-Vo 1a over whole words: tells bits apart, no more. */
static uint64_t hash_of(const double *values, size_t count)
{
    uint64_t hash = 0xcbf29ce484222325, bits;
    for (size_t i = 0; i < count; i++) {
        memcpy(&bits, &values[i], sizeof bits);
        hash = (hash ^ bits) * 0x100000001b3;
    }
    return hash;
}

static void run_way(struct bench *bench, struct way *way, int round)
{
    struct engine_fault fault;
    struct arena scratch;
    arena_init(&scratch, &allocator_heap);
    double start = seconds_now();
    struct manner manner = {.threads = 1, .isa = way->isa};
    struct lanes lanes = bench->lanes;
    lanes.manner = &manner;
    if (way->fused != NULL)
        way->fused(&bench->facts, bench->inputs, DRAWS, bench->out);
    else
        engine_evaluate(bench->tapes[way->rich], &lanes, &scratch, bench->out, &fault);
    way->seconds[round] = seconds_now() - start;
    arena_release(&scratch);
    if (round > 0)
        return;
    way->hash = hash_of(bench->out, OUTPUTS * REGIMES * DRAWS);
    for (size_t i = 0; i < DRAWS; i++)
        way->mean += bench->out[2 * DRAWS + i] / DRAWS;
}

/* --- the table ------------------------------------------------------------------------------- */

static bool has_baseline(void)
{
    return true;
}

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}

/* The rate of the fused C for the same model and processor. */
static double fused_rate(const struct way *ways, int count, const struct way *way)
{
    for (int w = 0; w < count; w++)
        if (ways[w].fused != NULL && ways[w].rich == way->rich &&
            ways[w].isa == (way->isa == ISA_BEST ? ISA_AVX512 : way->isa) &&
            ways[w].fused != scalar_rich)
            return ways[w].rate;
    return (double)NAN;
}

static void print_ways(struct way *ways, int count, int rounds)
{
    printf("%-34s %10s %8s %18s %s\n", "way", "M evals/s", "to fused", "hash", "mean score");
    for (int w = 0; w < count; w++)
        if (ways[w].fits())
            ways[w].rate = MILLIONS_OF_DRAWS * EVALUATIONS / median(ways[w].seconds, rounds);
    for (int w = 0; w < count; w++)
        if (ways[w].fits())
            printf("%-34s %10.2f %8.2f   %016llx %.12f\n", ways[w].name, ways[w].rate,
                   ways[w].rate / fused_rate(ways, count, &ways[w]),
                   (unsigned long long)ways[w].hash, ways[w].mean);
}

/* --- growth ---------------------------------------------------------------------------------- */

/* Seconds of wall time for all of it: draws by counter, the tape, summaries. */
static double whole_run(struct bench *bench, uint64_t draws, unsigned threads)
{
    struct manner manner = {.threads = threads};
    struct lanes lanes = {
        .sources = bench->drawn, .count = draws, .first_draw = 1, .seed = 1, .manner = &manner};
    struct summaries summaries;
    struct engine_fault fault;
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    double start = seconds_of_clock(CLOCK_MONOTONIC);
    engine_summarise(bench->tapes[1], &lanes, NULL, 0, &arena, &summaries, &fault);
    double seconds = seconds_of_clock(CLOCK_MONOTONIC) - start;
    arena_release(&arena);
    return seconds;
}

/* Draws from 2^10 to 2^20, on one thread and on two: seconds, and M evaluations a second. */
static int bench_growth(struct bench *bench)
{
    printf("draws,threads,seconds,M evaluations a second\n");
    for (unsigned threads = 1; threads <= 2; threads++)
        for (uint64_t draws = 1024; draws <= 1024 * 1024; draws *= 4) {
            double seconds[3];
            for (int i = 0; i < 3; i++)
                seconds[i] = whole_run(bench, draws, threads);
            double middle = median(seconds, 3);
            printf("%llu,%u,%.6f,%.2f\n", (unsigned long long)draws, threads, middle,
                   (double)draws * EVALUATIONS / middle / 1e6);
        }
    return 0;
}

/* One thread and two by turns, on 2^20 draws. */
static int bench_threads(struct bench *bench, int rounds)
{
    double times[MOST_ROUNDS];
    for (int round = 0; round < rounds; round++) {
        double one = whole_run(bench, 1024 * 1024, 1);
        times[round] = one / whole_run(bench, 1024 * 1024, 2);
    }
    double middle = median(times, rounds);
    printf("two threads: %.2f times one (%.2f to %.2f)\n", middle, times[0], times[rounds - 1]);
    return 0;
}

/* 10^9 evaluations on all processors. */
static int bench_billion(struct bench *bench)
{
    uint64_t draws = 1000000000 / EVALUATIONS + 1;
    double seconds = whole_run(bench, draws, 0);
    printf("10^9 evaluations (%llu draws, sampled and summarised): %.2f s\n",
           (unsigned long long)draws, seconds);
    return 0;
}

/* --- ways ------------------------------------------------------------------------------------ */

static int bench_ways(struct bench *bench, int rounds)
{
    static struct way ways[] = {
        {"rich: fused C, baseline",
         true,
         has_baseline,
         fused_rich_baseline,
         ISA_BASELINE,
         {0},
         0,
         0,
         0},
        {"rich: fused C, AVX2", true, has_avx2, fused_rich_avx2, ISA_AVX2, {0}, 0, 0, 0},
        {"rich: fused C, AVX-512", true, has_avx512, fused_rich_avx512, ISA_AVX512, {0}, 0, 0, 0},
        {"rich: scalar C, libm", true, has_baseline, scalar_rich, ISA_BEST, {0}, 0, 0, 0},
        {"rich: tape, baseline", true, has_baseline, NULL, ISA_BASELINE, {0}, 0, 0, 0},
        {"rich: tape, AVX2", true, has_avx2, NULL, ISA_AVX2, {0}, 0, 0, 0},
        {"rich: tape, AVX-512", true, has_avx512, NULL, ISA_AVX512, {0}, 0, 0, 0},
        {"cheap: fused C, baseline",
         false,
         has_baseline,
         fused_cheap_baseline,
         ISA_BASELINE,
         {0},
         0,
         0,
         0},
        {"cheap: fused C, AVX2", false, has_avx2, fused_cheap_avx2, ISA_AVX2, {0}, 0, 0, 0},
        {"cheap: fused C, AVX-512",
         false,
         has_avx512,
         fused_cheap_avx512,
         ISA_AVX512,
         {0},
         0,
         0,
         0},
        {"cheap: tape, baseline", false, has_baseline, NULL, ISA_BASELINE, {0}, 0, 0, 0},
        {"cheap: tape, AVX2", false, has_avx2, NULL, ISA_AVX2, {0}, 0, 0, 0},
        {"cheap: tape, AVX-512", false, has_avx512, NULL, ISA_AVX512, {0}, 0, 0, 0},
    };
    int count = sizeof ways / sizeof ways[0];
    for (int round = 0; round < rounds; round++)
        for (int w = 0; w < count; w++)
            if (ways[w].fits())
                run_way(bench, &ways[w], round);
    print_ways(ways, count, rounds);
    return 0;
}

static int bench_tape(struct bench *bench, int rounds)
{
    struct way way = {.name = "tape", .rich = true, .fits = has_baseline};
    for (int round = 0; round < rounds; round++)
        run_way(bench, &way, round);
    printf("%.2f\n", MILLIONS_OF_DRAWS * EVALUATIONS / median(way.seconds, rounds));
    return 0;
}

/* Seconds of one evaluation on one thread. */
static double evaluation_seconds(const struct tape *tape, struct lanes lanes, enum isa isa,
                                 double *out)
{
    struct manner manner = {.threads = 1, .isa = isa};
    struct engine_fault fault;
    struct arena scratch;
    arena_init(&scratch, &allocator_heap);
    lanes.manner = &manner;
    double start = seconds_now();
    engine_evaluate(tape, &lanes, &scratch, out, &fault);
    double seconds = seconds_now() - start;
    arena_release(&scratch);
    return seconds;
}

/* Plain values, then values with the 16 partial derivatives of the score in every regime. */
static int bench_gradient(struct bench *bench, int rounds)
{
    bool all[INPUTS];
    struct gradient gradient;
    memset(all, true, sizeof all);
    const struct modelling *model = &bench->rich;
    if (gradient_build(bench->arena, model->graph, model->wanted[0], all, &gradient) != NULL)
        return 1;
    node_id wanted[INPUTS + 1] = {gradient.value};
    size_t count = 1;
    for (int p = 0; p < INPUTS; p++)
        if (gradient.partial[p] != NODE_NONE)
            wanted[count++] = gradient.partial[p];
    const struct tape *tapes[2] = {tape_build(bench->arena, model->graph, model->wanted, 1, all),
                                   tape_build(bench->arena, gradient.graph, wanted, count, all)};
    double *out = arena_array(bench->arena, tape_cells(tapes[1]) * DRAWS, sizeof *out);
    double times[MOST_ROUNDS];
    for (int round = 0; round < rounds; round++) {
        double plain = evaluation_seconds(tapes[0], bench->lanes, ISA_BEST, out);
        times[round] = evaluation_seconds(tapes[1], bench->lanes, ISA_BEST, out) / plain;
    }
    printf("the score with its %zu partial derivatives: %.2f times the score alone\n", count - 1,
           median(times, rounds));
    return 0;
}

/* The draws as boxes: each input lies within 2 % of what was drawn. */
static void box_inputs(const struct bench *bench, const struct interval *interval,
                       struct lane_source *sources, double *least, double *most)
{
    for (int p = 0; p < INPUTS; p++) {
        double *ends = arena_array(bench->arena, 2 * (size_t)DRAWS, sizeof *ends);
        const double *drawn = bench->inputs + p * DRAWS;
        least[p] = HUGE_VAL;
        most[p] = -HUGE_VAL;
        for (size_t i = 0; i < DRAWS; i++) {
            ends[i] = drawn[i] - 0.02 * fabs(drawn[i]);
            ends[DRAWS + i] = drawn[i] + 0.02 * fabs(drawn[i]);
            least[p] = fmin(least[p], ends[i]);
            most[p] = fmax(most[p], ends[DRAWS + i]);
        }
        if (interval != NULL) {
            sources[interval->low_of[p]].values = ends;
            sources[interval->high_of[p]].values = ends + DRAWS;
        }
    }
}

static const struct {
    const char *name;
    enum isa isa;
    bool (*fits)(void);
} isas[] = {{"baseline", ISA_BASELINE, has_baseline},
            {"AVX2", ISA_AVX2, has_avx2},
            {"AVX-512", ISA_AVX512, has_avx512}};

/* Plain values of the score, then its bounds where all 16 inputs lie in boxes. */
static int bench_intervals(struct bench *bench, int rounds)
{
    bool all[3 * INPUTS];
    double least[INPUTS], most[INPUTS];
    struct interval interval;
    struct lane_source sources[3 * INPUTS] = {{0}};
    memset(all, true, sizeof all);
    const struct modelling *model = &bench->rich;
    box_inputs(bench, NULL, sources, least, most);
    struct interval_box box = {all, least, most};
    if (interval_build(bench->arena, model->graph, model->wanted[0], &box, &interval) != NULL)
        return 1;
    box_inputs(bench, &interval, sources, least, most);
    const node_id wanted[2] = {interval.low, interval.high};
    const struct tape *plain = tape_build(bench->arena, model->graph, model->wanted, 1, all);
    const struct tape *bounds = tape_build(bench->arena, interval.graph, wanted, 2, all);
    double *out = arena_array(bench->arena, tape_cells(bounds) * DRAWS, sizeof *out);
    struct lanes boxes = bench->lanes;
    boxes.sources = sources;
    printf("the score's bounds, %u nodes for %u, in times the score alone:",
           interval.graph->node_count, model->graph->node_count);
    for (size_t i = 0; i < sizeof isas / sizeof *isas; i++) {
        double times[MOST_ROUNDS];
        if (!isas[i].fits())
            continue;
        for (int round = 0; round < rounds; round++) {
            double alone = evaluation_seconds(plain, bench->lanes, isas[i].isa, out);
            times[round] = evaluation_seconds(bounds, boxes, isas[i].isa, out) / alone;
        }
        printf(" %s %.2f", isas[i].name, median(times, rounds));
    }
    printf("\n");
    return 0;
}

static int rounds_of(int argc, char **argv, int at)
{
    int rounds = argc > at ? atoi(argv[at]) : 7;
    return rounds < 1 || rounds > MOST_ROUNDS ? 7 : rounds;
}

int main(int argc, char **argv)
{
    static struct bench bench;
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    bench_init(&bench, &arena);
    const char *what = argc > 1 ? argv[1] : "";
    if (argc == 4 && strcmp(what, "--inputs") == 0)
        return write_inputs(&bench, argv[2], (size_t)atol(argv[3]));
    if (strcmp(what, "--tape") == 0)
        return bench_tape(&bench, rounds_of(argc, argv, 2));
    if (strcmp(what, "--growth") == 0)
        return bench_growth(&bench);
    if (strcmp(what, "--threads") == 0)
        return bench_threads(&bench, rounds_of(argc, argv, 2));
    if (strcmp(what, "--gradient") == 0)
        return bench_gradient(&bench, rounds_of(argc, argv, 2));
    if (strcmp(what, "--intervals") == 0)
        return bench_intervals(&bench, rounds_of(argc, argv, 2));
    if (strcmp(what, "--billion") == 0)
        return bench_billion(&bench);
    return bench_ways(&bench, rounds_of(argc, argv, 1));
}

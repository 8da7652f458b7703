/* The tape against hand-fused C and a plain loop, on one core, in interleaved slices.
 *
 *     engine_bench [rounds]             the table of ways and their ratios
 *     engine_bench --inputs FILE N      writes N draws of the inputs as text, for Lua and NumPy
 */
#include <math.h>
#include <string.h>
#include <time.h>

#include "engine/run.h"
#include "engine_graph.h"

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
    struct tape *tapes[2]; /* cheap, rich */
    struct lane_source sources[INPUTS];
    struct lanes lanes;
};

struct way {
    const char *name;
    bool rich;
    bool (*fits)(void);
    void (*fused)(const struct model_facts *, const double *, size_t, double *);
    enum isa isa; /* of the tape, where there is no `fused` */
    double seconds[MOST_ROUNDS];
    uint64_t hash;
    double mean;
};

/* --- inputs ---------------------------------------------------------------------------------- */

static const struct distribution distributions[INPUTS] = {
    [DETECTION] = {DISTRIBUTION_UNIFORM, {0.01, 0.1}, 1},
    [SUPPLY] = {DISTRIBUTION_TRIANGULAR, {0.05, 0.2, 0.4}, 1},
    [DEMAND] = {DISTRIBUTION_TRIANGULAR, {0.3, 0.6, 1}, 1},
    [THETA] = {DISTRIBUTION_BETA, {2, 2}, 1},
    [HARM] = {DISTRIBUTION_LOGNORMAL, {0, 0.5}, 1},
    [GAIN] = {DISTRIBUTION_LOGNORMAL, {-0.5, 0.4}, 1},
    [DISCOUNT] = {DISTRIBUTION_UNIFORM, {0.01, 0.08}, 1},
    [DETERRENCE] = {DISTRIBUTION_TRIANGULAR, {0.1, 0.3, 0.6}, 1},
    [RELAPSE] = {DISTRIBUTION_BETA, {2, 5}, 1},
    [COST] = {DISTRIBUTION_LOGNORMAL, {1, 0.3}, 1},
    [STIGMA] = {DISTRIBUTION_UNIFORM, {0, 1}, 1},
    [EXCHANGE] = {DISTRIBUTION_TRIANGULAR, {0.5, 1, 1.5}, 1},
    [MERCY] = {DISTRIBUTION_UNIFORM, {0, 1}, 1},
    [CULPABILITY] = {DISTRIBUTION_BETA, {3, 3}, 1},
    [RISK] = {DISTRIBUTION_UNIFORM, {0.5, 2}, 1},
    [NOISE] = {DISTRIBUTION_NORMAL, {0, 1}, 1},
};

static void draw_inputs(struct bench *bench)
{
    bench->inputs = arena_array(bench->arena, INPUTS * DRAWS, sizeof *bench->inputs);
    for (int j = 0; j < INPUTS; j++) {
        struct distribution distribution = distributions[j];
        distribution_prepare(&distribution, bench->arena);
        distribution_sample(&distribution, 1, stream_of_path(input_names[j]), 0, DRAWS,
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

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

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
    if (way->fused != NULL)
        way->fused(&bench->facts, bench->inputs, DRAWS, bench->out);
    else
        evaluate_in_blocks(bench->tapes[way->rich], &bench->lanes, 
                           &(struct manner){.isa = way->isa, .threads = 1}, &scratch, bench->out, &fault);
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

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return values[count / 2];
}

static void print_ways(struct way *ways, int count, int rounds)
{
    double best[2] = {0, 0};
    printf("%-34s %10s %8s %18s %s\n", "way", "M evals/s", "ratio", "hash", "mean score");
    for (int w = 0; w < count; w++) {
        if (!ways[w].fits())
            continue;
        double rate = (double)DRAWS * EVALUATIONS / median(ways[w].seconds, rounds) / 1e6;
        if (ways[w].fused != NULL && ways[w].fused != scalar_rich)
            best[ways[w].rich] = rate; /* the widest comes last among the fused ones */
        printf("%-34s %10.2f %8.3f %018llx %.12f\n", ways[w].name, rate,
               rate / best[ways[w].rich], (unsigned long long)ways[w].hash, ways[w].mean);
    }
}

static int bench_ways(struct bench *bench, int rounds)
{
    static struct way ways[] = {
        {"rich: fused C, baseline", true, has_baseline, fused_rich_baseline, 0, {0}, 0, 0},
        {"rich: fused C, AVX2", true, has_avx2, fused_rich_avx2, 0, {0}, 0, 0},
        {"rich: fused C, AVX-512", true, has_avx512, fused_rich_avx512, 0, {0}, 0, 0},
        {"rich: scalar C, libm", true, has_baseline, scalar_rich, 0, {0}, 0, 0},
        {"rich: tape, baseline", true, has_baseline, NULL, ISA_BASELINE, {0}, 0, 0},
        {"rich: tape, AVX2", true, has_avx2, NULL, ISA_AVX2, {0}, 0, 0},
        {"rich: tape, AVX-512", true, has_avx512, NULL, ISA_AVX512, {0}, 0, 0},
        {"cheap: fused C, baseline", false, has_baseline, fused_cheap_baseline, 0, {0}, 0, 0},
        {"cheap: fused C, AVX2", false, has_avx2, fused_cheap_avx2, 0, {0}, 0, 0},
        {"cheap: fused C, AVX-512", false, has_avx512, fused_cheap_avx512, 0, {0}, 0, 0},
        {"cheap: tape, baseline", false, has_baseline, NULL, ISA_BASELINE, {0}, 0, 0},
        {"cheap: tape, AVX2", false, has_avx2, NULL, ISA_AVX2, {0}, 0, 0},
        {"cheap: tape, AVX-512", false, has_avx512, NULL, ISA_AVX512, {0}, 0, 0},
    };
    int count = sizeof ways / sizeof ways[0];
    for (int round = 0; round < rounds; round++)
        for (int w = 0; w < count; w++)
            if (ways[w].fits())
                run_way(bench, &ways[w], round);
    print_ways(ways, count, rounds);
    return 0;
}

int main(int argc, char **argv)
{
    static struct bench bench;
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    bench_init(&bench, &arena);
    if (argc == 4 && strcmp(argv[1], "--inputs") == 0)
        return write_inputs(&bench, argv[2], (size_t)atol(argv[3]));
    int rounds = argc > 1 ? atoi(argv[1]) : 7;
    return bench_ways(&bench, rounds < 1 || rounds > MOST_ROUNDS ? 7 : rounds);
}

/* The bits of the engine's results, as a hash for each kind of work. Made of core/base, core/graph
 * and core/engine alone, so that it can be compiled for machines that have little else; the same
 * hashes must come from all of them, and on each machine from every instruction set that it has,
 * several blocks and numbers of threads.
 */
#ifndef ASSIZE_TESTS_BITS_H
#define ASSIZE_TESTS_BITS_H

#include <string.h>

#include "bench/engine_graph.h"
#include "bench/engine_inputs.h"
#include "engine/brute.h"
#include "engine/engine.h"
#include "engine/gradient.h"
#include "engine/interval.h"
#include "engine/total.h"

enum { DRAWS = 1300, GRAPHS = 30, LANES = 67, WANTED = 12 };

/* --- hashing --------------------------------------------------------------------------------- */

/* Fowler-Noll-Vo 1a over whole words: tells bits apart, no more. */
static inline uint64_t hash_add(uint64_t hash, const double *values, size_t count)
{
    uint64_t bits;
    for (size_t i = 0; i < count; i++) {
        memcpy(&bits, &values[i], sizeof bits);
        hash = (hash ^ bits) * 0x100000001b3;
    }
    return hash;
}

enum { HASH_START = 17 };

/* --- ways to compute ------------------------------------------------------------------------- */

struct way {
    enum isa isa;
    unsigned threads;
    size_t block;
};

static const struct way ways[] = {
    {ISA_BASELINE, 1, 0}, {ISA_BASELINE, 1, 32},  {ISA_BASELINE, 1, 1024}, {ISA_BASELINE, 2, 0},
    {ISA_BASELINE, 3, 7}, {ISA_BASELINE, 7, 100}, {ISA_AVX2, 1, 0},        {ISA_AVX2, 2, 64},
    {ISA_AVX512, 1, 0},   {ISA_AVX512, 3, 512},
};

/* A kind of work, done in one of these ways; returns the hash of its results. */
typedef uint64_t work(const struct manner *manner);

/* Returns false, and says where, when they do not give the same hash. */
static inline bool same_in_all_ways(const char *name, work *run, uint64_t *hash)
{
    for (size_t w = 0; w < COUNT_OF(ways); w++) {
        struct manner manner = {
            .isa = ways[w].isa, .threads = ways[w].threads, .block = ways[w].block};
        if (!isa_fits(manner.isa))
            continue;
        uint64_t now = run(&manner);
        *hash = w == 0 ? now : *hash;
        if (now == *hash)
            continue;
        fprintf(stderr, "%s: %016llx on instruction set %d, threads %u, block %zu, not %016llx\n",
                name, (unsigned long long)now, (int)manner.isa, manner.threads, manner.block,
                (unsigned long long)*hash);
        return false;
    }
    return true;
}

/* --- the model of the bench, drawn ----------------------------------------------------------- */

static const struct distribution distributions[INPUTS] = {
    INPUTS_IN_COMMON,
    [RELAPSE] = {.kind = DISTRIBUTION_BETA, .parameter = {0.3, 5}, .scale = 1},
    [EXCHANGE] = {.kind = DISTRIBUTION_CHOICE,
                  .values = (const double[]){0.5, 1, 1.5},
                  .weights = (const double[]){1, 2, 0.5},
                  .count = 3,
                  .scale = 1},
    [MERCY] = {.kind = DISTRIBUTION_SAMPLES,
               .values = (const double[]){0.1, 0.4, 0.7, 0.8},
               .count = 4,
               .scale = 1},
};

struct drawing {
    struct distribution distributions[INPUTS];
    struct lane_source sources[INPUTS];
    bool varies[INPUTS];
    struct modelling model;
};

static inline struct drawing *drawing_new(struct arena *arena, bool rich)
{
    struct drawing *drawing = arena_alloc(arena, sizeof *drawing);
    struct model_facts *facts = arena_alloc(arena, sizeof *facts);
    model_facts_fill(facts);
    drawing->model = model_graph(arena, facts, rich);
    for (int p = 0; p < INPUTS; p++) {
        drawing->distributions[p] = distributions[p];
        const char *wrong = distribution_prepare(&drawing->distributions[p], arena);
        if (wrong != NULL)
            fail_msg("%s\n", wrong);
        drawing->sources[p].distribution = &drawing->distributions[p];
        drawing->varies[p] = true;
    }
    return drawing;
}

/* Made once, for tables of the beta distribution take a while; never freed. */
static inline struct drawing *drawing_of(bool rich)
{
    static struct arena arena;
    static struct drawing *made[2];
    if (made[0] == NULL) {
        arena_init(&arena, &allocator_heap);
        made[0] = drawing_new(&arena, false);
        made[1] = drawing_new(&arena, true);
    }
    return made[rich];
}

static inline struct lanes lanes_of(const struct lane_source *sources, const struct manner *manner)
{
    return (struct lanes){
        .sources = sources, .count = DRAWS, .first_draw = 1, .seed = 42, .manner = manner};
}

static inline uint64_t hash_evaluated(struct arena *arena, const struct tape *tape,
                                      const struct lanes *lanes)
{
    double *out = arena_array(arena, tape_cells(tape), (size_t)lanes->count * sizeof *out);
    engine_evaluate(tape, lanes, arena, out, NULL);
    return hash_add(HASH_START, out, tape_cells(tape) * (size_t)lanes->count);
}

static inline uint64_t hash_drawing(struct arena *arena, const struct drawing *drawing,
                                    const struct lanes *lanes)
{
    const struct modelling *model = &drawing->model;
    return hash_evaluated(
        arena, tape_build(arena, model->graph, model->wanted, OUTPUTS, drawing->varies), lanes);
}

static inline uint64_t evaluate_model(const struct manner *manner, bool rich)
{
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    struct drawing *drawing = drawing_of(rich);
    struct lanes lanes = lanes_of(drawing->sources, manner);
    uint64_t hash = hash_drawing(&arena, drawing, &lanes);
    arena_release(&arena);
    return hash;
}

static inline uint64_t rich_model(const struct manner *manner)
{
    return evaluate_model(manner, true);
}

static inline uint64_t cheap_model(const struct manner *manner)
{
    return evaluate_model(manner, false);
}

static inline uint64_t hash_summary(uint64_t hash, const struct summary *summary)
{
    double read[] = {(double)summary_count(summary),  summary_mean(summary),
                     summary_variance(summary),       summary_error(summary),
                     summary_least(summary),          summary_greatest(summary),
                     summary_quantile(summary, 0.05), summary_quantile(summary, 0.5),
                     summary_quantile(summary, 0.95)};
    return hash_add(hash, read, COUNT_OF(read));
}

/* Summaries of the scores and of the differences between neighbours; totals. */
static inline uint64_t summaries(const struct manner *manner)
{
    enum { PAIRS = REGIMES - 1 };
    struct arena arena;
    struct engine_fault fault;
    struct summaries made;
    struct cell_pair pairs[PAIRS];
    uint64_t hash = HASH_START;
    arena_init(&arena, &allocator_heap);
    struct drawing *drawing = drawing_of(true);
    struct tape *tape =
        tape_build(&arena, drawing->model.graph, drawing->model.wanted, OUTPUTS, drawing->varies);
    struct lanes lanes = lanes_of(drawing->sources, manner);
    for (size_t p = 0; p < PAIRS; p++)
        pairs[p] = (struct cell_pair){p, p + 1};
    if (!engine_summarise(tape, &lanes, pairs, PAIRS, &arena, &made, &fault))
        fail_msg("the bench model has a fault\n");
    for (size_t cell = 0; cell < tape_cells(tape); cell++)
        hash = hash_summary(hash, made.cell[cell]);
    for (size_t p = 0; p < PAIRS; p++)
        hash = hash_summary(hash, made.pair[p]);
    double *totals = arena_array(&arena, tape_cells(tape), sizeof *totals);
    static const enum op ops[OUTPUTS] = {OP_SUM, OP_REDUCE_MIN, OP_SUM};
    engine_total(tape, &lanes, ops, &arena, totals, NULL);
    hash = hash_add(hash, totals, tape_cells(tape));
    arena_release(&arena);
    return hash;
}

static inline uint64_t derivatives(const struct manner *manner)
{
    struct arena arena;
    struct gradient gradient;
    arena_init(&arena, &allocator_heap);
    struct drawing *drawing = drawing_of(true);
    struct lanes lanes = lanes_of(drawing->sources, manner);
    const char *none = gradient_build(&arena, drawing->model.graph, drawing->model.wanted[0],
                                      drawing->varies, &gradient);
    if (none != NULL)
        fail_msg("%s\n", none);
    node_id wanted[INPUTS];
    size_t count = 0;
    for (int p = 0; p < INPUTS; p++)
        if (gradient.partial[p] != NODE_NONE)
            wanted[count++] = gradient.partial[p];
    struct tape *tape = tape_build(&arena, gradient.graph, wanted, count, drawing->varies);
    uint64_t hash = hash_evaluated(&arena, tape, &lanes);
    arena_release(&arena);
    return hash;
}

/* --- quasi-random draws, some of them drawn together -------------------------------------------
 */

static inline uint64_t quasi_random(const struct manner *manner)
{
    struct arena arena;
    struct lane_source sources[INPUTS];
    arena_init(&arena, &allocator_heap);
    struct drawing *drawing = drawing_of(true);
    memcpy(sources, drawing->sources, sizeof sources);
    for (uint32_t p = 0; p < INPUTS; p++)
        sources[p].dimension = sobol_dimension_new(&arena, p);
    struct drawn_by by[2] = {{stream_of_path("one"), sources[HARM].dimension},
                             {stream_of_path("other"), sources[GAIN].dimension}};
    struct drawn_together together = {2, (const double[]){0.6, 0.8}, by};
    sources[GAIN].together = &together;
    struct lanes lanes = lanes_of(sources, manner);
    lanes.replicate = 256;
    uint64_t hash = hash_drawing(&arena, drawing, &lanes);
    arena_release(&arena);
    return hash;
}

/* --- bounds, outward rounded -------------------------------------------------------------------
 */

/* Every third premise lies in a box: from its draw to 1.1 times it, or the other way round. */
static inline uint64_t bounds(const struct manner *manner)
{
    struct arena arena;
    struct interval interval;
    bool in[INPUTS];
    arena_init(&arena, &allocator_heap);
    struct drawing *drawing = drawing_of(true);
    for (int p = 0; p < INPUTS; p++)
        in[p] = p % 3 == 0;
    const char *none = interval_build(&arena, drawing->model.graph, drawing->model.wanted[0],
                                      &(struct interval_box){in, NULL, NULL}, &interval);
    if (none != NULL)
        fail_msg("%s\n", none);
    uint32_t premises = interval.graph->premise_count;
    struct lane_source *sources = arena_array(&arena, premises, sizeof *sources);
    bool *varies = arena_array(&arena, premises, sizeof *varies);
    for (uint32_t p = 0; p < INPUTS; p++) {
        double *low = arena_array(&arena, DRAWS, sizeof *low);
        double *high = arena_array(&arena, DRAWS, sizeof *high);
        distribution_sample(&drawing->distributions[p], 42, p, 1, DRAWS, low);
        for (int i = 0; i < DRAWS; i++) {
            double other = 1.1 * low[i];
            high[i] = other > low[i] ? other : low[i];
            low[i] = other > low[i] ? low[i] : other;
        }
        sources[interval.low_of[p]] = (struct lane_source){.values = low};
        sources[interval.high_of[p]] = (struct lane_source){.values = in[p] ? high : low};
        varies[interval.low_of[p]] = varies[interval.high_of[p]] = true;
    }
    struct lanes lanes = lanes_of(sources, manner);
    node_id wanted[] = {interval.low, interval.high};
    uint64_t hash =
        hash_evaluated(&arena, tape_build(&arena, interval.graph, wanted, 2, varies), &lanes);
    arena_release(&arena);
    return hash;
}

/* --- graphs at random ------------------------------------------------------------------------ */

/* Awkward values among ordinary ones. */
static inline double random_value(uint64_t *state, bool truth)
{
    static const double awkward[] = {0, -1, 1, 2, 3, 1e300, HUGE_VAL, -0.0};
    if (truth)
        return random_below(state, 2);
    if (random_below(state, 6) == 0)
        return awkward[random_below(state, COUNT_OF(awkward))];
    return 6 * random_unit(state) - 1.5;
}

static inline uint64_t random_one(uint64_t *state, const struct manner *manner)
{
    static double values[RANDOM_PREMISES][LANES];
    struct lane_source sources[RANDOM_PREMISES];
    bool varies[RANDOM_PREMISES];
    node_id wanted[WANTED];
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    struct graph *graph = random_graph(&arena, state, 120);
    for (int w = 0; w < WANTED; w++)
        wanted[w] = graph->node_count - 1 - random_below(state, graph->node_count / 2);
    for (uint32_t p = 0; p < RANDOM_PREMISES; p++) {
        for (int lane = 0; lane < LANES; lane++)
            values[p][lane] = random_value(state, p % 4 == 3);
        varies[p] = random_below(state, 2) == 0;
        sources[p] = (struct lane_source){.value = values[p][0]};
        if (varies[p])
            sources[p].values = values[p];
    }
    struct lanes lanes = {.sources = sources, .count = LANES, .manner = manner};
    uint64_t hash =
        hash_evaluated(&arena, tape_build(&arena, graph, wanted, WANTED, varies), &lanes);
    arena_release(&arena);
    return hash;
}

static inline uint64_t random_graphs(const struct manner *manner)
{
    uint64_t state = 20, hash = HASH_START;
    for (int g = 0; g < GRAPHS; g++)
        hash = (hash ^ random_one(&state, manner)) * 0x100000001b3;
    return hash;
}

static const struct {
    const char *name;
    work *work;
} works[] = {
    {"rich-model", rich_model},       {"cheap-model", cheap_model},   {"summaries", summaries},
    {"derivatives", derivatives},     {"quasi-random", quasi_random}, {"bounds", bounds},
    {"random-graphs", random_graphs},
};

#endif

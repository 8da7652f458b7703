/* How much processor time the labeller takes at the sizes that it is promised for, a line each.
 *
 *     make build/release/tests/bench/bench_argue && build/release/tests/bench/bench_argue
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "argue/enumerate.h"
#include "argue/gradual.h"
#include "bench/timing.h"

static const struct search usual = {0};

/* splitmix64 (Steele, Lea & Flood 2014) */
static uint64_t random_next(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static double random_unit(uint64_t *state)
{
    return (double)(random_next(state) >> 11) * 0x1p-53;
}

/* `attacks` attacks between any two arguments. */
static const struct framework *sparse(struct arena *arena, uint32_t count, uint32_t attacks,
                                      uint64_t seed)
{
    struct framework_draft *draft = framework_draft_new(arena, count, NULL);
    for (uint32_t i = 0; i < attacks; i++) {
        uint32_t from = (uint32_t)(random_next(&seed) % count);
        framework_draft_attack(draft, from, (uint32_t)(random_next(&seed) % count));
    }
    return framework_draft_finish(draft);
}

/* Each ordered pair with probability `density`. */
static const struct framework *dense(struct arena *arena, uint32_t count, double density,
                                     uint64_t seed)
{
    struct framework_draft *draft = framework_draft_new(arena, count, NULL);
    for (uint32_t from = 0; from < count; from++)
        for (uint32_t to = 0; to < count; to++)
            if (from != to && random_unit(&seed) < density)
                framework_draft_attack(draft, from, to);
    return framework_draft_finish(draft);
}

/* Half of the attacks answered in kind, so that much stays open. */
static const struct framework *quarrelsome(struct arena *arena, uint32_t count, uint32_t attacks,
                                           uint64_t seed)
{
    struct framework_draft *draft = framework_draft_new(arena, count, NULL);
    for (uint32_t i = 0; i < attacks; i++) {
        uint32_t from = (uint32_t)(random_next(&seed) % count);
        uint32_t to = (uint32_t)(random_next(&seed) % count);
        framework_draft_attack(draft, from, to);
        if (i % 2 == 0)
            framework_draft_attack(draft, to, from);
    }
    return framework_draft_finish(draft);
}

static void bench_grounded(uint32_t count, uint32_t attacks)
{
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    double start = seconds_now();
    const struct framework *framework = sparse(&arena, count, attacks, 1);
    double built = seconds_now();
    uint8_t *labels = arena_alloc(&arena, count);
    uint32_t *work = arena_array(&arena, (size_t)count * GROUNDED_WORK, sizeof *work);
    labelling_grounded(framework, NULL, labels, work);
    printf("grounded, %u arguments, %u attacks: %.3f s to build, %.3f s to label (%u in)\n", count,
           framework->attackers.first[count], built - start, seconds_now() - built,
           labelling_count(labels, count, LABEL_IN));
    arena_release(&arena);
}

static void bench_some(const char *what,
                       const struct framework *(*make)(struct arena *, uint32_t, uint32_t,
                                                       uint64_t),
                       uint32_t count, uint32_t attacks, enum semantics semantics)
{
    double most = 0, sum = 0;
    enum { SEEDS = 5 };
    uint32_t in = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct arena arena;
        const uint8_t *labels = NULL;
        arena_init(&arena, &allocator_heap);
        const struct framework *framework = make(&arena, count, attacks, seed);
        double start = seconds_now();
        if (labellings_some(framework, semantics, &usual, &arena, &labels) == ANSWER_YES)
            in = labelling_count(labels, count, LABEL_IN);
        double took = seconds_now() - start;
        sum += took;
        most = took > most ? took : most;
        arena_release(&arena);
    }
    printf("%s, %u arguments, %u attacks: mean %.3f s, longest %.3f s of %d (%u in)\n", what, count,
           attacks, sum / SEEDS, most, SEEDS, in);
}

/* Sceptical preferred acceptance of each of the first arguments. */
static void bench_sceptical(uint32_t count, double density)
{
    double most = 0, sum = 0;
    int accepted = 0, asked = 0;
    for (uint64_t seed = 1; seed <= 4; seed++)
        for (uint32_t a = 0; a < 5; a++) {
            struct arena arena;
            arena_init(&arena, &allocator_heap);
            const struct framework *framework = dense(&arena, count, density, seed);
            double start = seconds_now();
            enum answer answer =
                accepted_everywhere(framework, SEMANTICS_PREFERRED, a, &usual, &arena, NULL);
            double took = seconds_now() - start;
            sum += took;
            most = took > most ? took : most;
            accepted += answer == ANSWER_YES;
            asked++;
            arena_release(&arena);
        }
    printf("sceptical preferred acceptance, %u arguments, density %.2f: mean %.3f s, longest %.3f "
           "s of %d (%d accepted)\n",
           count, density, sum / asked, most, asked, accepted);
}

static void bench_all(uint32_t count, double density)
{
    struct arena arena;
    struct labellings found = {0};
    arena_init(&arena, &allocator_heap);
    const struct framework *framework = dense(&arena, count, density, 1);
    double start = seconds_now();
    labellings_all(framework, SEMANTICS_PREFERRED, &usual, &arena, &found);
    printf("all preferred, %u arguments, density %.2f: %.3f s, %zu of them\n", count, density,
           seconds_now() - start, found.count);
    arena_release(&arena);
}

static void bench_categoriser(uint32_t count, uint32_t attacks)
{
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    const struct framework *framework = sparse(&arena, count, attacks, 1);
    double *strengths = arena_array(&arena, count, sizeof *strengths);
    double start = seconds_now();
    bool settled = gradual_categoriser(framework, NULL, strengths, &arena);
    printf("h-categoriser, %u arguments, %u attacks: %.3f s%s\n", count, attacks,
           seconds_now() - start, settled ? "" : ", not settled");
    arena_release(&arena);
}

int main(void)
{
    bench_grounded(1000000, 1000000);
    bench_grounded(1000000, 5000000);
    bench_some("one preferred, any attacks", sparse, 10000, 15000, SEMANTICS_PREFERRED);
    bench_some("one preferred, any attacks", sparse, 10000, 30000, SEMANTICS_PREFERRED);
    bench_some("one preferred, half answered", quarrelsome, 10000, 10000, SEMANTICS_PREFERRED);
    bench_some("one preferred, half answered", quarrelsome, 10000, 20000, SEMANTICS_PREFERRED);
    bench_some("one stable, half answered", quarrelsome, 10000, 10000, SEMANTICS_STABLE);
    bench_sceptical(200, 0.1);
    bench_sceptical(200, 0.05);
    bench_all(100, 0.05);
    bench_all(200, 0.1);
    bench_categoriser(1000000, 5000000);
    return EXIT_SUCCESS;
}

/* Nanoseconds of processor time for one uniform number of a premise, by instruction set: random
 * (Philox), quasi-random (scrambled Sobol'), and a premise drawn together with one and with four
 * others. `write SEED COUNT`: instead, COUNT random words of 32 bits to standard output, draws of 8
 * premises in turn, for batteries of tests as dieharder (tests/bench/dieharder). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/timing.h"
#include "engine/draw.h"

enum { BLOCK = 256, BLOCKS = 4000, SLICES = 7, MOST = 5 };

static const char *const names[] = {"baseline", "AVX2", "AVX-512"};

static double measure(const struct kernels *kernels, const struct lanes *lanes,
                      const struct lane_source *source)
{
    double best = 1e9, out[BLOCK];
    for (int slice = 0; slice < SLICES; slice++) {
        double start = seconds_now();
        for (uint64_t block = 0; block < BLOCKS; block++)
            draw_premise(kernels, lanes, source, 7, block * BLOCK, BLOCK, out);
        double taken = (seconds_now() - start) / (BLOCK * BLOCKS) * 1e9;
        best = taken < best ? taken : best;
    }
    return best;
}

static void show(struct arena *arena, enum isa isa)
{
    static const double weights[MOST] = {0.2, 0.4, 0.4, 0.4, 0.69};
    static const struct distribution uniform = {
        .kind = DISTRIBUTION_UNIFORM, .parameter = {0, 1}, .scale = 1};
    const struct kernels *kernels = kernels_for(isa);
    struct drawn_by by[MOST];
    for (uint32_t j = 0; j < MOST; j++)
        by[j] = (struct drawn_by){j, sobol_dimension_new(arena, j)};
    printf("%-9s", names[isa - ISA_BASELINE]);
    for (size_t with = 1; with <= MOST; with += with == 1 ? 1 : 3) {
        struct drawn_together together = {with, weights, by};
        struct lane_source source = {.distribution = &uniform,
                                     .dimension = by[4].dimension,
                                     .together = with == 1 ? NULL : &together};
        struct lanes lanes = {.sources = &source, .first_draw = 1, .seed = 1};
        printf(" %8.2f", measure(kernels, &lanes, &source));
        lanes.replicate = 65536;
        printf(" %8.2f", measure(kernels, &lanes, &source));
    }
    printf("\n");
}

static int write_words(uint64_t seed, uint64_t count)
{
    enum { PREMISES = 8 };
    for (uint64_t first = 0; first < count / PREMISES; first += BLOCK) {
        uint32_t words[BLOCK][PREMISES];
        for (uint64_t p = 0; p < PREMISES; p++) {
            char path[32];
            double u[BLOCK];
            snprintf(path, sizeof path, "model.fact%d", (int)p);
            stream_uniform(seed, stream_of_path(path), first, BLOCK, u);
            for (size_t i = 0; i < BLOCK; i++)
                words[i][p] = (uint32_t)(u[i] * 0x1p32);
        }
        if (fwrite(words, sizeof words, 1, stdout) != 1)
            return 1;
    }
    return 0;
}

int main(int count, char **words)
{
    if (count == 4 && strcmp(words[1], "write") == 0)
        return write_words(strtoull(words[2], NULL, 10), strtoull(words[3], NULL, 10));
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    printf("%-9s %17s %17s %17s\n%-9s", "ns", "on its own", "with 1", "with 4", "");
    for (int i = 0; i < 3; i++)
        printf(" %8s %8s", "random", "Sobol'");
    printf("\n");
    for (enum isa isa = ISA_BASELINE; isa <= ISA_AVX512; isa++)
        if (isa_fits(isa))
            show(&arena, isa);
    arena_release(&arena);
    return 0;
}

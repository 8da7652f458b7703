/* Uniform random numbers by counter: see distribution.h. */
#include <string.h>

#include "engine/distribution.h"
#include "engine/stream.h"

/* FNV-1a, 64 bits (Fowler, Noll, Vo). Philox does the mixing; this has only to tell paths apart. */
uint64_t stream_of_path(const char *path)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (const unsigned char *at = (const unsigned char *)path; *at != '\0'; at++)
        hash = (hash ^ *at) * 0x100000001b3;
    return hash;
}

void stream_words(uint64_t seed, uint64_t stream, uint64_t c, uint32_t words[4])
{
    philox4x32_ctr_t counter = {
        {(uint32_t)c, (uint32_t)(c >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)}};
    philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
    philox4x32_ctr_t made = philox4x32_R(10, counter, key);
    memcpy(words, made.v, 4 * sizeof *words);
}

/* The numbers of draws 2c and 2c + 1, from the four words of one Philox block. */
static void uniform_pair(uint64_t seed, uint64_t stream, uint64_t c, double u[2])
{
    uint32_t words[4];
    stream_words(seed, stream, c, words);
    u[0] = uniform_from_word((uint64_t)words[1] << 32 | words[0]);
    u[1] = uniform_from_word((uint64_t)words[3] << 32 | words[2]);
}

void stream_uniform(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *u)
{
    size_t done = 0;
    double pair[2];
    if (count > 0 && first % 2 == 1) {
        uniform_pair(seed, stream, first / 2, pair);
        u[done++] = pair[1];
    }
    for (; done + 2 <= count; done += 2)
        uniform_pair(seed, stream, (first + done) / 2, u + done);
    if (done < count) {
        uniform_pair(seed, stream, (first + done) / 2, pair);
        u[done] = pair[0];
    }
}

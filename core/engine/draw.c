#include "engine/draw.h"

#include <string.h>

/* Of draw d, point d - 1 of the whole. */
static void quasi_uniform(const struct kernels *kernels, const struct lanes *lanes,
                          const struct drawn_by *by, uint64_t first, size_t count, double *u)
{
    uint64_t point = lanes->first_draw - 1 + first;
    while (count > 0) {
        uint64_t replicate = point / lanes->replicate, index = point % lanes->replicate;
        uint64_t room = lanes->replicate - index;
        size_t part = count < room ? count : (size_t)room;
        struct sobol_key key = sobol_key(lanes->seed, by->stream, replicate);
        kernels->sobol(by->dimension, &key, index, part, u);
        point += part;
        u += part;
        count -= part;
    }
}

static void uniform(const struct kernels *kernels, const struct lanes *lanes,
                    const struct drawn_by *by, uint64_t first, size_t count, double *u)
{
    if (lanes->replicate != 0 && by->dimension != NULL)
        quasi_uniform(kernels, lanes, by, first, count, u);
    else
        kernels->uniform(lanes->seed, by->stream, lanes->first_draw + first, count, u);
}

/* The chance of a premise's normal score, which is a sum of independent ones. */
static void uniform_together(const struct kernels *kernels, const struct lanes *lanes,
                             const struct drawn_together *together, uint64_t first, size_t count,
                             double *u)
{
    for (size_t done = 0; done < count; done += KERNEL_CHUNK) {
        size_t rest = count - done, part = rest < KERNEL_CHUNK ? rest : KERNEL_CHUNK;
        double one[KERNEL_CHUNK];
        memset(u + done, 0, part * sizeof *u);
        for (size_t j = 0; j < together->count; j++) {
            uniform(kernels, lanes, &together->by[j], first + done, part, one);
            kernels->add_scores(u + done, together->weights[j], one, part);
        }
        kernels->chances(u + done, part);
    }
}

void draw_premise(const struct kernels *kernels, const struct lanes *lanes,
                  const struct lane_source *source, uint64_t stream, uint64_t first, size_t count,
                  double *values)
{
    const struct drawn_by by = {stream, source->dimension};
    if (source->together != NULL)
        uniform_together(kernels, lanes, source->together, first, count, values);
    else
        uniform(kernels, lanes, &by, first, count, values);
    kernels->quantiles(source->distribution, values, count);
}

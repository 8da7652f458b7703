/* The draws of one run shared out among programs, and put together again to the same bits.
 *
 *   scenario --shard_weigh(1 of n)--> part -+
 *   scenario --shard_weigh(2 of n)--> part -+--parts_join--> summaries --weigh(options.drawn)-->
 *
 * A shard has whole leaves of the engine: with L leaves of draws shard i of n, from 1, has those
 * from floor((i - 1) L / n) to floor(i L / n). Draws alone are shared out: all else (the central
 * values, strips, outcomes of disputes, resamples of persons) is cheap or needs all persons at
 * once, and is done by whoever puts the parts together.
 */
#ifndef ASSIZE_ANALYSIS_SHARD_H
#define ASSIZE_ANALYSIS_SHARD_H

#include "analysis/weigh.h"
#include "engine/summary_state.h"

enum { SHARDS_MOST = 65536 };

struct shard {
    uint64_t number, count; /* 1 to count */
};

/* A file that the run read. */
struct part_input {
    const char *name, *hash;
};

/* What one shard came to, and all that says which run it is of. */
struct part {
    const char *file; /* where it was read from; NULL: it was not */
    struct shard shard;
    const char *path; /* of the scenario, as the user gave it */
    const struct setting *settings;
    size_t setting_count;
    const char *const *dropped;
    size_t dropped_count;
    const char *draws_from;       /* a table of draws, or NULL */
    struct weigh_options options; /* sampling, draws as asked for, resamples and seed alone */
    const char *inputs_hash, *graph_hash;
    const struct part_input *inputs;
    size_t input_count;
    uint64_t first, lanes; /* its draws: `lanes` behind the first `first` */
    const struct summary_state *cells, *pairs;
    size_t cell_count, pair_count;
};

/* The draws of a shard, of `draws` in all. */
void shard_draws(uint64_t draws, struct shard shard, uint64_t *first, uint64_t *count);

/* Draws a shard's share. `*whole` is false, and there is no part, where `options->progress` ended
 * it early. */
enum status shard_weigh(struct arena *arena, const struct model *model,
                        const struct weigh_options *options, struct shard shard, struct part *part,
                        bool *whole, struct diags *diags);

/* Whether these are all the parts of one run; puts them in order. STATUS_USAGE: one is missing,
 * stands twice or is of another run; the message says which and what differs. */
enum status parts_check(struct part *parts, size_t count, struct diags *diags);

/* What their draws come to together. STATUS_USAGE: `model` is not what the parts were made from. */
enum status parts_join(struct arena *arena, const struct model *model, const struct part *parts,
                       size_t count, struct summaries *summaries, struct diags *diags);

#endif

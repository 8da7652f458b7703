#include "analysis/shard.h"

#include <string.h>

#include "analysis/draw_table.h"
#include "analysis/internal.h"
#include "analysis/quasi.h"

void shard_draws(uint64_t draws, struct shard shard, uint64_t *first, uint64_t *count)
{
    uint64_t leaves = draws / ENGINE_LEAF + (draws % ENGINE_LEAF != 0), ends[2];
    uint64_t each = leaves / shard.count, left = leaves % shard.count;
    for (uint64_t i = 0; i < 2; i++) {
        uint64_t before = shard.number - 1 + i, leaf = each * before + left * before / shard.count;
        ends[i] = leaf == leaves ? draws : leaf * ENGINE_LEAF;
    }
    *first = ends[0];
    *count = ends[1] - ends[0];
}

/* Without uncertain facts there is nothing to draw, as in weigh(). */
static uint64_t draws_of(const struct model *model, const struct weigh_options *options)
{
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++)
        if (model->premises[p]->distribution != NULL)
            return options->draws;
    return 0;
}

/* --- one part -------------------------------------------------------------------------------- */

static const struct part_input *inputs_of(struct arena *arena, const struct model *model)
{
    struct part_input *inputs = arena_array(arena, model->input_count, sizeof *inputs);
    for (size_t i = 0; i < model->input_count; i++)
        inputs[i] = (struct part_input){model->inputs[i].file.name, model->inputs[i].hash};
    return inputs;
}

static const struct summary_state *states_of(struct arena *arena, struct summary **summaries,
                                             size_t count)
{
    struct summary_state *states = arena_array(arena, count, sizeof *states);
    for (size_t i = 0; i < count; i++)
        summary_take_apart(arena, summaries[i], &states[i]);
    return states;
}

static struct part part_begin(struct arena *arena, const struct model *model,
                              const struct weigh_options *options, struct shard shard)
{
    return (struct part){.shard = shard,
                         .path = model->path,
                         .settings = model->settings,
                         .setting_count = model->setting_count,
                         .dropped = model->dropped,
                         .dropped_count = model->dropped_count,
                         .draws_from = model->draw_table != NULL ? model->draw_table->file : NULL,
                         .options = *options,
                         .inputs_hash = model->inputs_hash,
                         .graph_hash = model->graph_hash,
                         .inputs = inputs_of(arena, model),
                         .input_count = model->input_count};
}

enum status shard_weigh(struct arena *arena, const struct model *model,
                        const struct weigh_options *options, struct shard shard, struct part *part,
                        bool *whole, struct diags *diags)
{
    struct weigh_options settled = *options;
    struct summaries summaries = {.lanes = 0};
    weigh_settle(model, &settled);
    if (weigh_check_draws(model, &settled, diags) != STATUS_OK)
        return diags_status(diags);
    struct part made = part_begin(arena, model, &settled, shard);
    if (settled.rounded_from != 0)
        made.options.draws = settled.rounded_from;
    shard_draws(draws_of(model, &settled), shard, &made.first, &made.lanes);
    struct drawn_size size = weigh_share(
        arena, model, &settled, (struct draw_share){made.first, made.lanes}, &summaries, diags);
    if (diags_status(diags) != STATUS_OK)
        return diags_status(diags);
    *whole = summaries.lanes == made.lanes;
    if (!*whole)
        return STATUS_OK;
    made.cell_count = size.cells;
    made.pair_count = size.pairs;
    made.cells = states_of(arena, summaries.cell, size.cells);
    made.pairs = states_of(arena, summaries.pair, size.pairs);
    *part = made;
    return STATUS_OK;
}

/* --- whether they are of one run ------------------------------------------------------------- */

static bool same_settings(const struct part *a, const struct part *b)
{
    bool same = a->setting_count == b->setting_count;
    for (size_t i = 0; same && i < a->setting_count; i++)
        same = strcmp(a->settings[i].path, b->settings[i].path) == 0 &&
               strcmp(a->settings[i].value, b->settings[i].value) == 0;
    return same;
}

static bool same_dropped(const struct part *a, const struct part *b)
{
    bool same = a->dropped_count == b->dropped_count;
    for (size_t i = 0; same && i < a->dropped_count; i++)
        same = strcmp(a->dropped[i], b->dropped[i]) == 0;
    return same;
}

/* The first thing in which two parts' runs differ, or NULL. */
static const char *difference(const struct part *a, const struct part *b)
{
    if (strcmp(a->path, b->path) != 0)
        return "the path of the scenario";
    if (!same_settings(a, b))
        return "what `--set` changes";
    if (!same_dropped(a, b))
        return "the regimes that `--drop` takes off the menu";
    if ((a->draws_from == NULL) != (b->draws_from == NULL) ||
        (a->draws_from != NULL && strcmp(a->draws_from, b->draws_from) != 0))
        return "the table of draws";
    if (a->options.seed != b->options.seed)
        return "the seed";
    if (a->options.draws != b->options.draws)
        return "the number of draws";
    if (a->options.sampling != b->options.sampling)
        return "the sampling";
    if (a->options.resamples != b->options.resamples)
        return "the number of resamples";
    if (a->shard.count != b->shard.count)
        return "the number of shards";
    if (strcmp(a->inputs_hash, b->inputs_hash) != 0)
        return "the files that were read";
    if (strcmp(a->graph_hash, b->graph_hash) != 0)
        return "the graph of the argument";
    return NULL;
}

static enum status fault_at(const struct part *part, const char *message, const char *remedy,
                            struct diags *diags)
{
    struct diag diag = {
        .status = STATUS_USAGE, .place = {part->file, 0, 0}, .message = message, .remedy = remedy};
    return diags_add(diags, &diag);
}

static enum status fault_differs(const struct part *first, const struct part *part,
                                 const char *what, struct diags *diags)
{
    return fault_at(part,
                    arena_printf(diags->arena, "a part of another run than %s: they differ in %s",
                                 first->file, what),
                    "merge the parts of one run: each made with the same scenario and options",
                    diags);
}

static enum status fault_missing(const struct part *parts, const struct part *const *by_number,
                                 struct diags *diags)
{
    uint64_t missing = 0, first = 0, of = parts[0].shard.count;
    for (uint64_t i = of; i-- > 0;)
        if (by_number[i] == NULL) {
            missing++;
            first = i + 1;
        }
    unsigned long long shown = first, more = missing - 1, all = of;
    const char *message =
        more == 0 ? arena_printf(diags->arena, "shard %llu of %llu is missing", shown, all)
                  : arena_printf(diags->arena, "shard %llu of %llu is missing, and %llu more",
                                 shown, all, more);
    struct diag diag = {.status = STATUS_USAGE,
                        .message = message,
                        .remedy = arena_printf(diags->arena,
                                               "make it as the others, with `--shard %llu/%llu`",
                                               shown, all)};
    return diags_add(diags, &diag);
}

enum status parts_check(struct part *parts, size_t count, struct diags *diags)
{
    uint64_t of = parts[0].shard.count;
    const struct part **by_number = arena_array(diags->arena, of, sizeof *by_number);
    for (size_t i = 0; i < count; i++) {
        const char *what = difference(&parts[0], &parts[i]);
        if (what != NULL)
            return fault_differs(&parts[0], &parts[i], what, diags);
        const struct part **slot = &by_number[parts[i].shard.number - 1];
        if (*slot != NULL)
            return fault_at(&parts[i],
                            arena_printf(diags->arena, "shard %llu of %llu, as %s is",
                                         (unsigned long long)parts[i].shard.number,
                                         (unsigned long long)of, (*slot)->file),
                            "merge each shard once", diags);
        *slot = &parts[i];
    }
    if (count < of)
        return fault_missing(parts, by_number, diags);
    struct part *sorted = arena_array(diags->arena, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = *by_number[i];
    memcpy(parts, sorted, count * sizeof *sorted);
    return STATUS_OK;
}

/* --- together -------------------------------------------------------------------------------- */

/* The first file that is not as it was. */
static const char *other_input(struct arena *arena, const struct model *model,
                               const struct part *part)
{
    for (size_t i = 0; i < part->input_count; i++) {
        size_t k = 0;
        while (k < model->input_count &&
               strcmp(model->inputs[k].file.name, part->inputs[i].name) != 0)
            k++;
        if (k == model->input_count)
            return arena_printf(arena, "%s is read no more",
                                text_shown(arena, part->inputs[i].name));
        if (strcmp(model->inputs[k].hash, part->inputs[i].hash) != 0)
            return arena_printf(arena, "%s is another now",
                                text_shown(arena, part->inputs[i].name));
    }
    return "a file is read that was not";
}

/* The model must be the one that was drawn from. */
static enum status check_model(const struct model *model, const struct part *part,
                               struct diags *diags)
{
    const char *what = NULL;
    if (strcmp(model->inputs_hash, part->inputs_hash) != 0)
        what = other_input(diags->arena, model, part);
    else if (strcmp(model->graph_hash, part->graph_hash) != 0)
        what = "the same files give another graph";
    if (what == NULL)
        return STATUS_OK;
    return fault_at(part,
                    arena_printf(diags->arena,
                                 "made from something else than what stands in %s: %s",
                                 text_shown(diags->arena, part->path), what),
                    "merge where the files are as they were, or make the parts again", diags);
}

static enum status put_together(struct arena *arena, const struct part *part, uint64_t replicate,
                                const struct summary_state *states, size_t count, const char *kind,
                                struct summary **summaries, struct diags *diags)
{
    struct state_lanes lanes = {part->first, part->lanes, replicate};
    for (size_t i = 0; i < count; i++) {
        const char *fault = summary_put_together(arena, &states[i], lanes, &summaries[i]);
        if (fault != NULL)
            return fault_at(part,
                            arena_printf(diags->arena, "not a part as it was written: %s %zu: %s",
                                         kind, i + 1, fault),
                            NULL, diags);
    }
    return STATUS_OK;
}

static enum status take_part(struct arena *arena, const struct part *part, uint64_t replicate,
                             struct drawn_size size, struct summaries *summaries,
                             struct diags *diags)
{
    if (part->cell_count != size.cells || part->pair_count != size.pairs)
        return fault_at(part, "not a part as it was written: it has another number of summaries",
                        NULL, diags);
    *summaries =
        (struct summaries){.cell = arena_array(arena, size.cells, sizeof(struct summary *)),
                           .pair = arena_array(arena, size.pairs, sizeof(struct summary *)),
                           .lanes = part->lanes};
    if (put_together(arena, part, replicate, part->cells, size.cells, "cell", summaries->cell,
                     diags) != STATUS_OK)
        return STATUS_USAGE;
    return put_together(arena, part, replicate, part->pairs, size.pairs, "pair", summaries->pair,
                        diags);
}

enum status parts_join(struct arena *arena, const struct model *model, const struct part *parts,
                       size_t count, struct summaries *summaries, struct diags *diags)
{
    struct drawn_size size = weigh_drawn_size(arena, model);
    struct summaries *each = arena_array(arena, count, sizeof *each);
    struct weigh_options settled = parts[0].options;
    if (check_model(model, &parts[0], diags) != STATUS_OK)
        return STATUS_USAGE;
    weigh_settle(model, &settled);
    uint64_t draws = draws_of(model, &settled);
    uint64_t replicate = settled.sampling == DRAWS_SOBOL ? draws / QUASI_REPLICATES : 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t first, lanes;
        shard_draws(draws, parts[i].shard, &first, &lanes);
        if (first != parts[i].first || lanes != parts[i].lanes)
            return fault_at(&parts[i],
                            "not a part as it was written: its draws are not its shard's", NULL,
                            diags);
        if (take_part(arena, &parts[i], replicate, size, &each[i], diags) != STATUS_OK)
            return STATUS_USAGE;
    }
    summaries_join(arena, each, count, size.cells, size.pairs, summaries);
    return STATUS_OK;
}

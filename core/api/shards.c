/* A run in parts: one for each shard, and all of them together. */
#include "analysis/shard.h"
#include "api/internal.h"
#include "report/part.h"

/* --- one part -------------------------------------------------------------------------------- */

struct sharding {
    const struct assize_scenario *scenario;
    const struct assize_weigh_options *options;
    struct shard shard;
    const char *text;
};

static enum status shard_body(struct call *call)
{
    struct sharding *sharding = call->output;
    struct weigh_options options = weigh_options_of(sharding->options);
    struct shard shard = sharding->shard;
    struct part part;
    bool whole = false;
    if (shard.number < 1 || shard.number > shard.count || shard.count > SHARDS_MOST)
        return diags_error(&call->diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                           "there is no shard %llu of %llu: they are numbered from 1, and there "
                           "are %d at most",
                           (unsigned long long)shard.number, (unsigned long long)shard.count,
                           SHARDS_MOST);
    enum status status = shard_weigh(call->arena, sharding->scenario->model, &options, shard, &part,
                                     &whole, &call->diags);
    if (status != STATUS_OK || !whole)
        return status;
    struct text out;
    text_init(&out, call->arena);
    report_part_json(&out, &part);
    sharding->text = out.data;
    return STATUS_OK;
}

enum assize_status assize_weigh_shard(struct assize_scenario *scenario,
                                      const struct assize_weigh_options *options, uint64_t number,
                                      uint64_t of, const char **text)
{
    struct assize_weigh_options chosen = options != NULL ? *options : assize_weigh_defaults();
    struct sharding sharding = {scenario, &chosen, {number, of}, NULL};
    struct call call = {.assize = scenario->assize,
                        .arena = &scenario->arena,
                        .body = shard_body,
                        .output = &sharding};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK)
        *text = sharding.text;
    return status;
}

/* --- all parts ------------------------------------------------------------------------------- */

/* The file's own bytes are needed no longer than this. */
static enum status read_part(struct call *call, const char *path, struct part *part)
{
    struct buffer file;
    struct arena *scratch = arena_child(call->arena);
    enum status status = file_read(scratch, path, PART_MOST_BYTES, &file, &call->diags);
    file.name = arena_string(call->arena, path);
    for (size_t i = 0; i < call->diags.count; i++)
        call->diags.items[i].place.file = file.name;
    if (status == STATUS_OK)
        status = report_read_part(call->arena, &file, part, &call->diags);
    arena_release(scratch);
    return status;
}

static enum status read_body(struct call *call)
{
    struct assize_scenario *scenario = call->output;
    const char *const *paths = call->input;
    if (scenario->part_count == 0)
        return diags_error(&call->diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                           "there are no parts to merge");
    scenario->parts = arena_array(call->arena, scenario->part_count, sizeof *scenario->parts);
    for (size_t i = 0; i < scenario->part_count; i++) {
        enum status status = read_part(call, paths[i], &scenario->parts[i]);
        if (status != STATUS_OK)
            return status;
    }
    return parts_check(scenario->parts, scenario->part_count, &call->diags);
}

static enum assize_status load_named(struct assize_scenario *loading)
{
    const struct part *part = &loading->parts[0];
    struct model_request request = {.path = part->path,
                                    .settings = part->settings,
                                    .setting_count = part->setting_count,
                                    .drop = part->dropped,
                                    .drop_count = part->dropped_count,
                                    .draws_from = part->draws_from};
    return scenario_load(loading, &request);
}

enum assize_status assize_load_parts(struct assize *assize, const char *const *paths, size_t count,
                                     struct assize_scenario **scenario)
{
    struct assize_scenario *loading = scenario_new(assize);
    if (loading == NULL) {
        assize->messages = "error: out of memory\n";
        return ASSIZE_IO;
    }
    loading->part_count = count;
    struct call call = {.assize = assize,
                        .arena = &loading->arena,
                        .body = read_body,
                        .input = paths,
                        .output = loading};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK)
        status = load_named(loading);
    if (status != ASSIZE_OK)
        assize_forget(loading);
    else
        *scenario = loading;
    return status;
}

static enum status merge_body(struct call *call)
{
    struct assize_result *result = call->output;
    const struct assize_scenario *scenario = result->scenario;
    struct weigh_options options = weigh_options_of(call->input);
    struct summaries *drawn = arena_alloc(call->arena, sizeof *drawn);
    if (scenario->parts == NULL)
        return diags_error(&call->diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                           "the scenario was not loaded with parts to merge");
    if (parts_join(call->arena, scenario->model, scenario->parts, scenario->part_count, drawn,
                   &call->diags) != STATUS_OK)
        return diags_status(&call->diags);
    const struct weigh_options *drawn_by = &scenario->parts[0].options;
    options.sampling = drawn_by->sampling;
    options.draws = drawn_by->draws;
    options.resamples = drawn_by->resamples;
    options.seed = drawn_by->seed;
    options.drawn = drawn;
    return weigh(call->arena, scenario->model, &options, &result->result, &call->diags);
}

enum assize_status assize_merge(struct assize_scenario *scenario,
                                const struct assize_weigh_options *options,
                                struct assize_result **result)
{
    struct assize_weigh_options chosen = options != NULL ? *options : assize_weigh_defaults();
    return result_make(scenario, merge_body, &chosen, result);
}

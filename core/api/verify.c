/* A saved result, run again. */
#include "api/internal.h"

#include "report/report.h"

struct verification {
    const char *path;
    const char *json;
    struct saved_run run;
    const char *text;
};

static enum status read_saved_body(struct call *call)
{
    struct verification *verification = call->output;
    struct buffer file;
    if (file_read(call->arena, verification->path, SAVED_MOST_BYTES, &file, &call->diags) !=
        STATUS_OK)
        return STATUS_IO;
    verification->json = file.data;
    return report_read_saved(call->arena, &file, &verification->run, &call->diags);
}

struct comparison {
    const struct assize_result *result;
    const char *saved;
    const char *text;
};

static enum status compare_body(struct call *call)
{
    struct comparison *comparison = call->output;
    struct run_view view = {.all_inputs = true};
    struct text now, out;
    text_init(&now, call->arena);
    text_init(&out, call->arena);
    report_run_json(&now, comparison->result->result, &view);
    size_t differences = report_compare_json(&out, comparison->saved, now.data, &call->diags);
    if (diags_status(&call->diags) != STATUS_OK)
        return diags_status(&call->diags);
    comparison->text = out.data;
    return differences > 0 ? STATUS_EXPECTATION : STATUS_OK;
}

/* Runs again what a saved result records. */
static enum assize_status run_saved(struct assize *assize, const struct saved_run *run,
                                    struct assize_result **result)
{
    struct assize_load_options load = {.changes = (const struct assize_change *)run->settings,
                                       .change_count = run->setting_count,
                                       .drop = run->dropped,
                                       .drop_count = run->dropped_count,
                                       .draws_from = run->draws_from};
    struct assize_weigh_options options = {.draws = run->options.draws,
                                           .sampling = (enum assize_sampling)run->options.sampling,
                                           .resamples = run->options.resamples,
                                           .seed = run->options.seed,
                                           .along = run->options.along,
                                           .along_low = run->options.along_low,
                                           .along_high = run->options.along_high};
    struct assize_scenario *scenario = NULL;
    enum assize_status status = assize_load(assize, run->path, &load, &scenario);
    return status == ASSIZE_OK ? assize_weigh(scenario, &options, result) : status;
}

enum assize_status assize_verify(struct assize *assize, const char *path, const char **text)
{
    struct verification verification = {.path = path};
    struct call call = {.assize = assize,
                        .arena = &assize->arena,
                        .body = read_saved_body,
                        .output = &verification};
    struct assize_result *result = NULL;
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK)
        status = run_saved(assize, &verification.run, &result);
    if (status != ASSIZE_OK)
        return status;
    struct comparison comparison = {result, verification.json, NULL};
    call.arena = &result->scenario->arena;
    call.body = compare_body;
    call.output = &comparison;
    status = call_run(&call);
    if (status == ASSIZE_OK || status == ASSIZE_EXPECTATION)
        *text = comparison.text;
    return status;
}

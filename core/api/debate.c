/* Disputes, maps, and the labeller on its own. */
#include <stdint.h>
#include <string.h>

#include "analysis/disputes.h"
#include "api/internal.h"
#include "argue/competition.h"
#include "report/disputes.h"
#include "report/map.h"

/* What is shown of a result, and with which options. */
struct request {
    const struct assize_result *result;
    const void *options;
    const char *text;
};

static enum assize_status request_run(const struct assize_result *result, const void *options,
                                      enum status (*body)(struct call *call), const char **text)
{
    struct request request = {result, options, NULL};
    struct call call = {.assize = result->scenario->assize,
                        .arena = &result->scenario->arena,
                        .body = body,
                        .output = &request};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK)
        *text = request.text;
    return status;
}

/* The place of an id; SIZE_MAX when none is asked for, or, with an error, when there is none. */
static size_t use_find(struct call *call, const char *what, const struct use *uses, size_t count,
                       const char *id)
{
    const char **names = arena_array(call->arena, count, sizeof *names);
    for (size_t i = 0; id != NULL && i < count; i++) {
        names[i] = uses[i].id;
        if (strcmp(names[i], id) == 0)
            return i;
    }
    if (id == NULL)
        return SIZE_MAX;
    const char *near = suggest(id, names, count);
    struct diag diag = {.status = STATUS_USAGE,
                        .message = arena_printf(call->arena, "there is no %s `%s`", what, id)};
    if (near != NULL)
        diag.remedy = arena_printf(call->arena, "did you mean `%s`?", near);
    diags_add(&call->diags, &diag);
    return SIZE_MAX;
}

/* --- disputes -------------------------------------------------------------------------------- */

static enum status disputes_body(struct call *call)
{
    struct request *request = call->output;
    const struct assize_disputes_options *options = request->options;
    const struct result *result = request->result->result;
    const struct scenario *scenario = result->model->scenario;
    struct dispute_analysis *analysis = NULL;
    struct disputes_view view = {.motion = options->motion};
    struct text out;
    view.theory =
        use_find(call, "theory", scenario->theories, scenario->theory_count, options->theory);
    if (diags_status(&call->diags) != STATUS_OK ||
        disputes_analyse(call->arena, result, options->size, &analysis, &call->diags) != STATUS_OK)
        return diags_status(&call->diags);
    text_init(&out, call->arena);
    if (options->format == ASSIZE_JSON)
        report_disputes_json(&out, analysis, &view);
    else
        report_disputes_text(&out, analysis, &view);
    request->text = out.data;
    return STATUS_OK;
}

enum assize_status assize_show_disputes(const struct assize_result *result,
                                        const struct assize_disputes_options *options,
                                        const char **text)
{
    static const struct assize_disputes_options plain;
    return request_run(result, options != NULL ? options : &plain, disputes_body, text);
}

/* --- maps ------------------------------------------------------------------------------------ */

static enum status write_map(struct call *call, const struct map *map, enum assize_format format,
                             struct text *out)
{
    if (format == ASSIZE_SVG)
        return report_map_svg(out, map, &call->diags);
    if (format == ASSIZE_DOT)
        report_map_dot(out, map);
    else if (format == ASSIZE_JSON)
        report_map_json(out, map);
    else
        report_map_text(out, map);
    return STATUS_OK;
}

static enum status map_body(struct call *call)
{
    struct request *request = call->output;
    const struct assize_map_options *options = request->options;
    const struct result *result = request->result->result;
    const struct scenario *scenario = result->model->scenario;
    struct map_view view = {.focus = options->focus,
                            .depth = options->depth > 0 ? options->depth : MAP_DEPTH};
    struct map *map = NULL;
    struct text out;
    view.theory =
        use_find(call, "theory", scenario->theories, scenario->theory_count, options->theory);
    view.regime =
        use_find(call, "regime", scenario->regimes, scenario->regime_count, options->regime);
    if (diags_status(&call->diags) != STATUS_OK)
        return STATUS_USAGE;
    if ((options->theory == NULL) != (options->regime == NULL))
        return diags_error(&call->diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                           "a map of claims needs a theory and a regime");
    if (map_make(call->arena, result, &view, &map, &call->diags) != STATUS_OK)
        return diags_status(&call->diags);
    text_init(&out, call->arena);
    enum status status = write_map(call, map, options->format, &out);
    request->text = out.data;
    return status;
}

enum assize_status assize_show_map(const struct assize_result *result,
                                   const struct assize_map_options *options, const char **text)
{
    static const struct assize_map_options plain;
    return request_run(result, options != NULL ? options : &plain, map_body, text);
}

/* --- the labeller on its own ----------------------------------------------------------------- */

struct framework_request {
    const char *task, *path, *argument;
    const char *text;
};

static enum status framework_body(struct call *call)
{
    struct framework_request *request = call->output;
    struct competition competition = {.task = request->task, .argument = request->argument};
    struct buffer file;
    struct text out;
    if (file_read(call->arena, request->path, COMPETITION_FILE_MOST, &file, &call->diags) !=
        STATUS_OK)
        return STATUS_IO;
    text_init(&out, call->arena);
    enum status status = competition_answer(&competition, &file, call->arena, &out, &call->diags);
    request->text = out.data;
    return status;
}

enum assize_status assize_solve_framework(struct assize *assize, const char *task, const char *path,
                                          const char *argument, const char **text)
{
    struct framework_request request = {task, path, argument, NULL};
    struct call call = {
        .assize = assize, .arena = &assize->arena, .body = framework_body, .output = &request};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK)
        *text = request.text;
    return status;
}

const char *assize_framework_tasks(void)
{
    return "[SE-GR,SE-CO,SE-PR,SE-ST,EE-GR,EE-CO,EE-PR,EE-ST,"
           "DC-GR,DC-CO,DC-PR,DC-ST,DS-GR,DS-CO,DS-PR,DS-ST]\n";
}

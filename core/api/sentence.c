/* Worksheets and tables of records. Both use an arena of their own; only the text that is returned
 * stays. */
#include <string.h>

#include "analysis/table.h"
#include "api/internal.h"
#include "plugin/library.h"
#include "report/information.h"
#include "report/worksheet.h"

_Static_assert(sizeof(struct assize_change) == sizeof(struct setting), "one layout");

static enum status open_library(struct call *call, struct plugin_library **library)
{
    struct plugin_library *opened = arena_alloc(call->arena, sizeof *opened);
    enum status status = library_open(call->arena, call->assize->folders,
                                      call->assize->folder_count, opened, &call->diags);
    if (status == STATUS_OK)
        *library = opened;
    return status;
}

/* --- one case -------------------------------------------------------------------------------- */

struct sentencing {
    struct assize *assize;
    struct worksheet_request request;
    const struct assize_sentence_options *options;
    const char *text, *kept;
};

static enum status sentence_body(struct call *call)
{
    struct sentencing *sentencing = call->output;
    struct plugin_library *library = NULL;
    struct worksheet *worksheet = NULL;
    enum status status = open_library(call, &library);
    if (status == STATUS_OK)
        status =
            worksheet_make(call->arena, library, &sentencing->request, &worksheet, &call->diags);
    if (status != STATUS_OK)
        return status;
    struct text out;
    text_init(&out, call->arena);
    if (sentencing->options->format == ASSIZE_JSON)
        report_worksheet_json(&out, worksheet);
    else
        report_worksheet_text(&out, worksheet);
    sentencing->text = out.data;
    return STATUS_OK;
}

static void keep_text(void *argument)
{
    struct sentencing *sentencing = argument;
    sentencing->kept = arena_string(&sentencing->assize->arena, sentencing->text);
}

enum assize_status assize_sentence(struct assize *assize, const char *kind,
                                   const struct assize_sentence_options *options, const char **text)
{
    static const struct assize_sentence_options none;
    struct sentencing sentencing = {.assize = assize, .options = options != NULL ? options : &none};
    sentencing.request =
        (struct worksheet_request){.kind = kind,
                                   .facts = sentencing.options->facts,
                                   .given = (const struct setting *)sentencing.options->given,
                                   .given_count = sentencing.options->given_count};
    struct arena arena;
    arena_init(&arena, &assize->allocator);
    struct call call = {
        .assize = assize, .arena = &arena, .body = sentence_body, .output = &sentencing};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK && !arena_try(&assize->arena, keep_text, &sentencing))
        status = ASSIZE_IO;
    arena_release(&arena);
    if (status == ASSIZE_OK)
        *text = sentencing.kept;
    return status;
}

/* --- what steps tell ------------------------------------------------------------------------- */

struct informing {
    const struct model *model;
    const char *kind, *text;
};

static enum status information_body(struct call *call)
{
    struct informing *informing = call->output;
    const struct scenario *scenario = informing->model->scenario;
    struct text out;
    text_init(&out, call->arena);
    for (size_t r = 0; r < scenario->regime_count; r++) {
        struct step_information *steps = NULL;
        size_t count = 0;
        if (strcmp(scenario->regimes[r].kind, informing->kind) != 0)
            continue;
        enum status status =
            information_steps(call->arena, informing->model, r, &steps, &count, &call->diags);
        if (status != STATUS_OK)
            return status;
        report_information_text(&out, scenario->regimes[r].id, steps, count);
    }
    informing->text = out.data;
    if (out.length > 0)
        return STATUS_OK;
    return diags_error(&call->diags, STATUS_USAGE, (struct place){informing->model->path, 0, 0},
                       "the scenario has no regime of kind `%s`", informing->kind);
}

enum assize_status assize_show_information(struct assize_scenario *scenario, const char *kind,
                                           const char **text)
{
    struct informing informing = {scenario->model, kind, NULL};
    struct call call = {.assize = scenario->assize,
                        .arena = &scenario->arena,
                        .body = information_body,
                        .output = &informing};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK)
        *text = informing.text;
    return status;
}

/* --- a table --------------------------------------------------------------------------------- */

static enum status records_body(struct call *call)
{
    struct plugin_library *library = NULL;
    enum status status = open_library(call, &library);
    if (status != STATUS_OK)
        return status;
    return table_sentence(call->arena, library, call->input, &call->diags);
}

enum assize_status assize_sentence_records(struct assize *assize, const char *kind,
                                           const char *path,
                                           const struct assize_records_options *options)
{
    struct table_request request = {.kind = kind,
                                    .facts = options->facts,
                                    .given = (const struct setting *)options->given,
                                    .given_count = options->given_count,
                                    .records = path,
                                    .output = options->output,
                                    .write = options->write,
                                    .rejects = options->rejects,
                                    .progress = options->progress,
                                    .context = options->context};
    struct arena arena;
    arena_init(&arena, &assize->allocator);
    struct call call = {.assize = assize, .arena = &arena, .body = records_body, .input = &request};
    enum assize_status status = call_run(&call);
    arena_release(&arena);
    return status;
}

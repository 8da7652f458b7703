#include "api/internal.h"

#include <locale.h>

#include "analysis/draw_table.h"
#include "base/math.h"

_Static_assert((int)ASSIZE_SCENARIO == (int)STATUS_SCENARIO && (int)ASSIZE_IO == (int)STATUS_IO,
               "the public statuses are the inner ones");
_Static_assert((int)ASSIZE_SILENT == (int)VERDICT_SILENT &&
                   (int)ASSIZE_UNSUPPORTED == (int)VERDICT_UNSUPPORTED,
               "and so are the verdicts");

/* --- calls ----------------------------------------------------------------------------------- */

static void call_body(void *argument)
{
    struct call *call = argument;
    diags_init(&call->diags, call->arena);
    call->status = call->body(call);
}

static void print_messages(void *argument)
{
    struct call *call = argument;
    struct text text;
    text_init(&text, &call->assize->message_arena);
    for (size_t i = 0; i < call->diags.count; i++)
        diag_print(&text, &call->diags.items[i]);
    if (call->diags.dropped > 0)
        text_printf(&text, "and %zu more\n", call->diags.dropped);
    call->assize->messages = text.data;
}

enum assize_status call_run(struct call *call)
{
    struct assize *assize = call->assize;
    arena_release(&assize->message_arena);
    assize->messages = "";
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = plain == (locale_t)0 ? plain : uselocale(plain);
    bool finished = arena_try(call->arena, call_body, call);
    finished = finished && arena_try(&assize->message_arena, print_messages, call);
    if (plain != (locale_t)0) {
        uselocale(before);
        freelocale(plain);
    }
    if (finished)
        return (enum assize_status)call->status;
    assize->messages = "error: out of memory\n";
    return ASSIZE_IO;
}

/* --- opening and closing --------------------------------------------------------------------- */

static void copy_folders(void *argument)
{
    struct call *call = argument;
    const struct assize_config *config = call->input;
    struct assize *assize = call->assize;
    static const char built_in[] = ASSIZE_PREFIX "/share/assize/plugins";
    const char **folders =
        arena_array(&assize->arena, config->plugin_folder_count + 1, sizeof *folders);
    for (size_t i = 0; i < config->plugin_folder_count; i++)
        folders[assize->folder_count++] = arena_string(&assize->arena, config->plugin_folders[i]);
    folders[assize->folder_count++] = built_in;
    assize->folders = folders;
}

enum assize_status assize_open(const struct assize_config *config, struct assize **assize)
{
    static const struct assize_config plain;
    const struct assize_config *chosen = config != NULL ? config : &plain;
    struct allocator allocator = {chosen->allocator.resize, chosen->allocator.context};
    if (allocator.resize == NULL)
        allocator = allocator_heap;
    *assize = NULL;
    struct assize *opened = allocator.resize(allocator.context, NULL, 0, sizeof *opened);
    if (opened == NULL)
        return ASSIZE_IO;
    *opened = (struct assize){.allocator = allocator, .messages = ""};
    arena_init(&opened->arena, &allocator);
    arena_init(&opened->message_arena, &allocator);
    struct call call = {.assize = opened, .input = chosen};
    if (!arena_try(&opened->arena, copy_folders, &call)) {
        assize_close(opened);
        return ASSIZE_IO;
    }
    *assize = opened;
    return ASSIZE_OK;
}

void assize_close(struct assize *assize)
{
    if (assize == NULL)
        return;
    while (assize->scenarios != NULL)
        assize_forget(assize->scenarios);
    arena_release(&assize->message_arena);
    arena_release(&assize->arena);
    struct allocator allocator = assize->allocator;
    allocator.resize(allocator.context, assize, sizeof *assize, 0);
}

const char *assize_messages(const struct assize *assize)
{
    return assize->messages;
}

/* --- loading --------------------------------------------------------------------------------- */

static enum status load_body(struct call *call)
{
    struct plugin_library *library = arena_alloc(call->arena, sizeof *library);
    if (library_open(call->arena, call->assize->folders, call->assize->folder_count, library,
                     &call->diags) != STATUS_OK)
        return diags_status(&call->diags);
    struct assize_scenario *scenario = call->output;
    return model_load(call->arena, library, call->input, &scenario->model, &call->diags);
}

struct assize_scenario *scenario_new(struct assize *assize)
{
    struct assize_scenario *scenario =
        assize->allocator.resize(assize->allocator.context, NULL, 0, sizeof *scenario);
    if (scenario == NULL)
        return NULL;
    *scenario = (struct assize_scenario){.assize = assize, .next = assize->scenarios};
    arena_init(&scenario->arena, &assize->allocator);
    assize->scenarios = scenario;
    return scenario;
}

enum assize_status scenario_load(struct assize_scenario *loading,
                                 const struct model_request *request)
{
    struct call call = {.assize = loading->assize,
                        .arena = &loading->arena,
                        .body = load_body,
                        .input = request,
                        .output = loading};
    return call_run(&call);
}

enum assize_status assize_load(struct assize *assize, const char *path,
                               const struct assize_load_options *options,
                               struct assize_scenario **scenario)
{
    static const struct assize_load_options none;
    const struct assize_load_options *chosen = options != NULL ? options : &none;
    _Static_assert(sizeof(struct assize_change) == sizeof(struct setting), "one layout");
    struct model_request request = {.path = path,
                                    .settings = (const struct setting *)chosen->changes,
                                    .setting_count = chosen->change_count,
                                    .drop = chosen->drop,
                                    .drop_count = chosen->drop_count,
                                    .draws_from = chosen->draws_from};
    struct assize_scenario *loading = scenario_new(assize);
    if (loading == NULL) {
        assize->messages = "error: out of memory\n";
        return ASSIZE_IO;
    }
    enum assize_status status = scenario_load(loading, &request);
    if (status != ASSIZE_OK)
        assize_forget(loading);
    else
        *scenario = loading;
    return status;
}

bool assize_is_changed(const struct assize_scenario *scenario)
{
    return scenario->model->setting_count > 0;
}

enum assize_status assize_load_unchanged(struct assize_scenario *scenario,
                                         struct assize_scenario **unchanged)
{
    const struct model *model = scenario->model;
    struct assize_load_options options = {.drop = model->dropped,
                                          .drop_count = model->dropped_count};
    if (model->draw_table != NULL)
        options.draws_from = model->draw_table->file;
    return assize_load(scenario->assize, model->path, &options, unchanged);
}

void assize_forget(struct assize_scenario *scenario)
{
    if (scenario == NULL)
        return;
    struct assize *assize = scenario->assize;
    struct assize_scenario **link = &assize->scenarios;
    while (*link != scenario)
        link = &(*link)->next;
    *link = scenario->next;
    arena_release(&scenario->arena);
    assize->allocator.resize(assize->allocator.context, scenario, sizeof *scenario, 0);
}

/* --- weighing -------------------------------------------------------------------------------- */

struct assize_weigh_options assize_weigh_defaults(void)
{
    return (struct assize_weigh_options){.draws = DRAWS_AS_SUITS,
                                         .resamples = DRAWS_AS_SUITS,
                                         .seed = 1,
                                         .along_low = NOT_A_NUMBER,
                                         .along_high = NOT_A_NUMBER};
}

struct weigh_options weigh_options_of(const struct assize_weigh_options *options)
{
    return (struct weigh_options){.sampling = (enum draw_kind)options->sampling,
                                  .draws = options->draws,
                                  .resamples = options->resamples,
                                  .seed = options->seed,
                                  .along = options->along,
                                  .along_low = options->along_low,
                                  .along_high = options->along_high,
                                  .threads = options->threads,
                                  .progress = options->progress,
                                  .context = options->context};
}

static enum status weigh_body(struct call *call)
{
    struct weigh_options inner = weigh_options_of(call->input);
    struct assize_result *result = call->output;
    return weigh(call->arena, result->scenario->model, &inner, &result->result, &call->diags);
}

/* A result lives in its scenario's arena; the first allocation may fail like any other. */
static enum status new_result_body(struct call *call)
{
    struct assize_result **result = call->output;
    *result = arena_alloc(call->arena, sizeof **result);
    return STATUS_OK;
}

enum assize_status result_make(struct assize_scenario *scenario,
                               enum status (*body)(struct call *call), const void *input,
                               struct assize_result **result)
{
    struct assize_result *weighing = NULL;
    struct call call = {.assize = scenario->assize,
                        .arena = &scenario->arena,
                        .body = new_result_body,
                        .output = &weighing};
    enum assize_status status = call_run(&call);
    if (status != ASSIZE_OK)
        return status;
    weighing->scenario = scenario;
    call.body = body;
    call.input = input;
    call.output = weighing;
    status = call_run(&call);
    if (status == ASSIZE_OK)
        *result = weighing;
    return status;
}

enum assize_status assize_weigh(struct assize_scenario *scenario,
                                const struct assize_weigh_options *options,
                                struct assize_result **result)
{
    struct assize_weigh_options chosen = options != NULL ? *options : assize_weigh_defaults();
    return result_make(scenario, weigh_body, &chosen, result);
}

/* --- reading results ------------------------------------------------------------------------- */

bool assize_is_partial(const struct assize_result *result)
{
    const struct result *inner = result->result;
    return inner->options.draws < inner->draws_asked ||
           inner->options.resamples < inner->resamples_asked;
}

size_t assize_theories(const struct assize_result *result)
{
    return result->scenario->model->scenario->theory_count;
}

size_t assize_regimes(const struct assize_result *result)
{
    return result->scenario->model->scenario->regime_count;
}

const char *assize_theory_id(const struct assize_result *result, size_t theory)
{
    return theory < assize_theories(result) ? result->scenario->model->scenario->theories[theory].id
                                            : NULL;
}

const char *assize_regime_id(const struct assize_result *result, size_t regime)
{
    return regime < assize_regimes(result) ? result->scenario->model->scenario->regimes[regime].id
                                           : NULL;
}

struct assize_opinion assize_opinion(const struct assize_result *result, size_t theory,
                                     size_t regime)
{
    if (theory >= assize_theories(result) || regime >= assize_regimes(result))
        return (struct assize_opinion){.verdict = ASSIZE_SILENT,
                                       .score = NOT_A_NUMBER,
                                       .low = NOT_A_NUMBER,
                                       .high = NOT_A_NUMBER,
                                       .error = NOT_A_NUMBER};
    const struct opinion *opinion = result_opinion(result->result, theory, regime);
    return (struct assize_opinion){.verdict = (enum assize_verdict)opinion->verdict,
                                   .score = opinion->score,
                                   .low = opinion->range.low,
                                   .high = opinion->range.high,
                                   .error = opinion->range.error,
                                   .in_question = opinion->in_question,
                                   .outcomes = result->result->outcome_weight,
                                   .outcomes_same = opinion->outcomes_same};
}

const char *assize_verdict_name(enum assize_verdict verdict)
{
    return (unsigned)verdict < VERDICTS ? verdict_name((enum verdict)verdict) : "unknown";
}

#include "api/internal.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/draw_table.h"
#include "analysis/sensitivity.h"
#include "analysis/switches.h"
#include "analysis/weigh.h"
#include "base/file.h"
#include "base/math.h"
#include "cell/cell.h"
#include "plugin/library.h"
#include "report/report.h"

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

/* --- texts ----------------------------------------------------------------------------------- */

/* What a body that shows something works on. */
struct showing {
    const struct assize_result *result;
    const void *options;
    const char *text;
};

static enum assize_status show(const struct assize_result *result, const void *options,
                               enum status (*body)(struct call *), const char **text)
{
    struct showing showing = {result, options, NULL};
    struct call call = {.assize = result->scenario->assize,
                        .arena = &result->scenario->arena,
                        .body = body,
                        .output = &showing};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK || status == ASSIZE_EXPECTATION)
        *text = showing.text;
    return status;
}

static enum status unknown_name(struct call *call, const char *what, const char *name,
                                const char *const *names, size_t count)
{
    const char *near = suggest(name, names, count);
    struct diag diag = {.status = STATUS_USAGE,
                        .message = arena_printf(call->arena, "there is no %s `%s`", what, name)};
    if (near != NULL)
        diag.remedy = arena_printf(call->arena, "did you mean `%s`?", near);
    return diags_add(&call->diags, &diag);
}

/* The place of `id` among uses; a `count` of them and an error when it is not there. */
static size_t find_use(struct call *call, const char *what, const struct use *uses, size_t count,
                       const char *id)
{
    const char **names = arena_array(call->arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        names[i] = uses[i].id;
        if (strcmp(names[i], id) == 0)
            return i;
    }
    unknown_name(call, what, id, names, count);
    return count;
}

static enum status check_ids(struct call *call, const struct scenario *scenario, const char *theory,
                             const char *regime)
{
    if (theory != NULL)
        find_use(call, "theory", scenario->theories, scenario->theory_count, theory);
    if (regime != NULL)
        find_use(call, "regime", scenario->regimes, scenario->regime_count, regime);
    return diags_status(&call->diags);
}

static enum status show_run_body(struct call *call)
{
    struct showing *showing = call->output;
    const struct assize_show_options *options = showing->options;
    const struct result *result = showing->result->result;
    struct run_view view = {.theory = options->theory,
                            .regime = options->regime,
                            .by_case = options->by_case,
                            .color = options->color,
                            .all_inputs = options->all_inputs};
    if (options->before != NULL)
        view.before = options->before->result;
    if (check_ids(call, result->model->scenario, view.theory, view.regime) != STATUS_OK)
        return STATUS_USAGE;
    struct text out;
    text_init(&out, call->arena);
    if (options->format == ASSIZE_JSON)
        report_run_json(&out, result, &view);
    else if (options->format == ASSIZE_CSV)
        report_run_csv(&out, result, &view);
    else
        report_run_text(&out, result, &view);
    showing->text = out.data;
    return STATUS_OK;
}

enum assize_status assize_show_run(const struct assize_result *result,
                                   const struct assize_show_options *options, const char **text)
{
    static const struct assize_show_options plain;
    return show(result, options != NULL ? options : &plain, show_run_body, text);
}

static enum status show_head_body(struct call *call)
{
    const struct assize_scenario *scenario = call->input;
    struct text out;
    text_init(&out, call->arena);
    report_run_head(&out, scenario->model->scenario);
    *(const char **)call->output = out.data;
    return STATUS_OK;
}

enum assize_status assize_show_head(struct assize_scenario *scenario, const char **text)
{
    const char *head = NULL;
    struct call call = {.assize = scenario->assize,
                        .arena = &scenario->arena,
                        .body = show_head_body,
                        .input = scenario,
                        .output = &head};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK)
        *text = head;
    return status;
}

static size_t find_case(struct call *call, const struct scenario *scenario, const char *id)
{
    for (size_t i = 0; i < scenario->case_count; i++)
        if (strcmp(scenario->cases[i], id) == 0)
            return i;
    unknown_name(call, "case", id, scenario->cases, scenario->case_count);
    return scenario->case_count;
}

/* The case in which a verdict is decided: the one that fails the deciding requirement and is
 * farthest from what it deserves; else the first. */
static size_t deciding_case(struct arena *arena, const struct result *result, size_t theory,
                            size_t regime)
{
    const struct conclusion *conclusion = &result->model->linked.conclusions[theory];
    const struct scenario *scenario = result->model->scenario;
    size_t chosen = 0;
    double farthest = -1;
    for (uint32_t i = 0; i < conclusion->requires_count; i++) {
        struct requirement_state state =
            result_requirement(arena, result, &conclusion->requires[i], regime);
        for (size_t c = 0; state.failing_cases != NULL && c < scenario->case_count; c++) {
            double off = conclusion->difference == NODE_NONE
                             ? 0
                             : fabs(result_value(result, conclusion->difference, regime, c));
            if (state.failing_cases[c] && off > farthest) {
                farthest = off;
                chosen = c;
            }
        }
    }
    return chosen;
}

static enum status show_explanation_body(struct call *call)
{
    struct showing *showing = call->output;
    const struct assize_explain_options *options = showing->options;
    const struct result *result = showing->result->result;
    const struct scenario *scenario = result->model->scenario;
    if (options->theory == NULL || options->regime == NULL)
        return diags_error(&call->diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                           "an explanation needs a theory and a regime");
    struct explain_view view = {.questions = options->questions, .color = options->color};
    view.theory =
        find_use(call, "theory", scenario->theories, scenario->theory_count, options->theory);
    view.regime =
        find_use(call, "regime", scenario->regimes, scenario->regime_count, options->regime);
    if (options->kase != NULL)
        view.kase = find_case(call, scenario, options->kase);
    if (diags_status(&call->diags) != STATUS_OK)
        return STATUS_USAGE;
    if (options->kase == NULL)
        view.kase = deciding_case(call->arena, result, view.theory, view.regime);
    struct sensitivities sensitivities;
    if (options->sensitivity) {
        sensitivity_find(call->arena, result, view.theory, view.regime, &sensitivities);
        view.sensitivity = &sensitivities;
    }
    struct switch_list switches;
    if (switches_find(call->arena, result, view.theory, view.regime, &switches, &call->diags) !=
        STATUS_OK)
        return diags_status(&call->diags);
    view.switches = &switches;
    struct text out;
    text_init(&out, call->arena);
    if (options->format == ASSIZE_JSON)
        report_explain_json(&out, result, &view);
    else
        report_explain_text(&out, result, &view);
    showing->text = out.data;
    return STATUS_OK;
}

enum assize_status assize_show_explanation(const struct assize_result *result,
                                           const struct assize_explain_options *options,
                                           const char **text)
{
    return show(result, options, show_explanation_body, text);
}

struct premises_options {
    enum premise_filter filter;
    enum assize_format format;
};

static enum status show_premises_body(struct call *call)
{
    struct showing *showing = call->output;
    const struct premises_options *options = showing->options;
    const struct result *result = showing->result->result;
    struct text out;
    text_init(&out, call->arena);
    if (options->format == ASSIZE_JSON)
        report_premises_json(&out, result, options->filter);
    else if (options->format == ASSIZE_CSV)
        report_premises_csv(&out, result, options->filter);
    else
        report_premises_text(&out, result, options->filter);
    showing->text = out.data;
    return STATUS_OK;
}

enum assize_status assize_show_premises(const struct assize_result *result,
                                        enum assize_premises which, enum assize_format format,
                                        const char **text)
{
    struct premises_options options = {(enum premise_filter)which, format};
    return show(result, &options, show_premises_body, text);
}

static enum status check_body(struct call *call)
{
    struct showing *showing = call->output;
    struct text out;
    text_init(&out, call->arena);
    size_t failed = report_check_text(&out, showing->result->result);
    showing->text = out.data;
    return failed > 0 ? STATUS_EXPECTATION : STATUS_OK;
}

enum assize_status assize_check(const struct assize_result *result, const char **text)
{
    return show(result, NULL, check_body, text);
}

/* --- verification ---------------------------------------------------------------------------- */

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

/* --- plugins and files ----------------------------------------------------------------------- */

struct plugin_query {
    bool theories;
    const char *name;
    const char *text;
};

static const struct declaration *describe_plugin(struct call *call, struct plugin_library *library,
                                                 const char *section, const char *name)
{
    struct plugin_files *files = arena_alloc(call->arena, sizeof *files);
    files->modules = library->modules;
    files->module_count = library->module_count;
    struct declaration *declaration = NULL;
    if (library_read(library, section, name, "lua", &files->plugin, &call->diags) == STATUS_OK)
        cell_describe(call->arena, files, &declaration, &call->diags);
    return declaration;
}

static enum status show_one_plugin(struct call *call, struct plugin_library *library,
                                   const char *section, const char *const *names, size_t count)
{
    struct plugin_query *query = call->output;
    bool known = false;
    for (size_t i = 0; i < count; i++)
        known = known || strcmp(names[i], query->name) == 0;
    if (!known)
        return unknown_name(call, query->theories ? "theory" : "kind of regime", query->name, names,
                            count);
    const struct declaration *declaration = describe_plugin(call, library, section, query->name);
    if (declaration == NULL)
        return diags_status(&call->diags);
    struct text out;
    text_init(&out, call->arena);
    report_plugin_text(&out, declaration, query->theories);
    query->text = out.data;
    return STATUS_OK;
}

static enum status show_plugins_body(struct call *call)
{
    struct plugin_query *query = call->output;
    const char *section = query->theories ? "theories" : "regimes";
    struct plugin_library library;
    if (library_open(call->arena, call->assize->folders, call->assize->folder_count, &library,
                     &call->diags) != STATUS_OK)
        return diags_status(&call->diags);
    size_t count = 0;
    const char *const *names = library_names(&library, section, "lua", &count);
    if (query->name != NULL)
        return show_one_plugin(call, &library, section, names, count);
    struct text out;
    text_init(&out, call->arena);
    for (size_t i = 0; i < count; i++) {
        const struct declaration *declaration = describe_plugin(call, &library, section, names[i]);
        if (declaration != NULL)
            text_printf(&out, "%-28s %s\n", names[i], declaration->title);
    }
    query->text = out.data;
    return diags_status(&call->diags);
}

enum assize_status assize_show_plugins(struct assize *assize, bool theories, const char *name,
                                       const char **text)
{
    struct plugin_query query = {theories, name, NULL};
    struct call call = {
        .assize = assize, .arena = &assize->arena, .body = show_plugins_body, .output = &query};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK)
        *text = query.text;
    return status;
}

static enum status write_body(struct call *call)
{
    const struct assize_change *file = call->input; /* path and text */
    return file_write(file->path, file->value, strlen(file->value), &call->diags);
}

enum assize_status assize_write_file(struct assize *assize, const char *path, const char *text)
{
    struct assize_change file = {path, text};
    struct call call = {
        .assize = assize, .arena = &assize->arena, .body = write_body, .input = &file};
    return call_run(&call);
}

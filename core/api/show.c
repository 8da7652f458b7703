/* Texts of a result: screens, JSON, CSV. */
#include "api/internal.h"

#include <string.h>

#include "analysis/sensitivity.h"
#include "analysis/switches.h"
#include "base/math.h"
#include "report/report.h"

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

enum status unknown_name(struct call *call, const char *what, const char *name,
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

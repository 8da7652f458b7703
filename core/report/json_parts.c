#include "report/json_parts.h"

#include <math.h>

#include "analysis/draw_table.h"
#include "analysis/outcomes.h"
#include "report/reading.h"
#include "report/words.h"

static void scenario(struct json *json, const struct model *model)
{
    const struct scenario *scenario = model->scenario;
    json_open_object(json, "scenario");
    json_text(json, "path", model->path);
    json_text(json, "title", scenario->title);
    json_text(json, "question", scenario->question);
    json_text(json, "shares_of", scenario->shares_of);
    json_text(json, "hash", model->scenario_hash);
    json_open_line(json, "cases");
    for (size_t c = 0; c < scenario->case_count; c++)
        json_text(json, NULL, scenario->cases[c]);
    json_close_array(json);
    json_close_object(json);
}

void json_changes(struct json *json, const struct setting *settings, size_t setting_count,
                  const char *const *dropped, size_t dropped_count)
{
    json_open_array(json, "settings");
    for (size_t i = 0; i < setting_count; i++) {
        json_open_object(json, NULL);
        json_text(json, "path", settings[i].path);
        json_text(json, "value", settings[i].value);
        json_close_object(json);
    }
    json_close_array(json);
    json_open_line(json, "dropped");
    for (size_t i = 0; i < dropped_count; i++)
        json_text(json, NULL, dropped[i]);
    json_close_array(json);
}

void json_identity(struct json *json, const char *format, const struct result *result)
{
    const struct model *model = result->model;
    json_text(json, "format", format);
    json_count(json, "format_version", RESULT_FORMAT_VERSION);
    json_text(json, "assize", ASSIZE_VERSION);
    scenario(json, model);
    json_changes(json, model->settings, model->setting_count, model->dropped, model->dropped_count);
    json_count(json, "seed", result->options.seed);
    json_count(json, "draws", result->options.draws);
    if (model->draw_table != NULL)
        json_text(json, "draws_from", model->draw_table->file);
    if (result->options.sampling == DRAWS_SOBOL)
        json_text(json, "sampling", "sobol");
    if (result->options.rounded_from != 0)
        json_count(json, "draws_rounded_from", result->options.rounded_from);
    if (model->population != NULL)
        json_count(json, "resamples", result->options.resamples);
    if (result->options.draws < result->draws_asked)
        json_count(json, "partial_of", result->draws_asked);
    json_count(json, "outcomes", result->outcomes != NULL ? result->outcomes->count : 1);
    json_text(json, "inputs_hash", model->inputs_hash);
    json_text(json, "graph_hash", model->graph_hash);
}

void json_unit(struct json *json, const char *key, const struct unit *unit)
{
    char name[UNIT_TEXT];
    json_text(json, key, unit_write(name, unit));
}

void json_value(struct json *json, const char *key, const struct node *node, double value)
{
    if (node->kind == VALUE_NUMBER || isnan(value))
        json_number(json, key, value);
    else if (node->kind == VALUE_TRUTH)
        json_truth(json, key, value != 0);
    else
        json_text(json, key, node->labels[(size_t)value]);
}

void json_premise_value(struct json *json, const char *key, const struct premise *premise,
                        double value)
{
    if (premise->kind == VALUE_NUMBER || isnan(value))
        json_number(json, key, value / premise->unit_scale);
    else if (premise->kind == VALUE_TRUTH)
        json_truth(json, key, value != 0);
    else
        json_text(json, key, premise->labels[(size_t)value]);
}

const char *json_premise_unit(const struct premise *premise)
{
    if (premise->kind != VALUE_NUMBER)
        return NULL;
    return premise->unit_text != NULL ? premise->unit_text : "1";
}

void json_range(struct json *json, const char *key, const struct range *range)
{
    if (range == NULL || isnan(range->low)) {
        json_nothing(json, key);
        return;
    }
    json_open_object(json, key);
    json_number(json, "low", range->low);
    json_number(json, "high", range->high);
    json_number(json, "mean", range->mean);
    json_number(json, "error", range->error);
    json_number(json, "least", range->least);
    json_number(json, "greatest", range->greatest);
    json_close_object(json);
}

/* --- requirements ---------------------------------------------------------------------------- */

static void marked(struct json *json, const char *key, const bool *marks, size_t count,
                   const char *(*name)(const struct scenario *scenario, size_t at),
                   const struct scenario *scenario)
{
    if (marks == NULL) {
        json_nothing(json, key);
        return;
    }
    json_open_line(json, key);
    for (size_t i = 0; i < count; i++)
        if (marks[i])
            json_text(json, NULL, name(scenario, i));
    json_close_array(json);
}

static const char *case_name(const struct scenario *scenario, size_t at)
{
    return scenario->cases[at];
}

static const char *regime_name(const struct scenario *scenario, size_t at)
{
    return scenario->regimes[at].id;
}

static void requirement(struct json *json, const struct result *result,
                        const struct requirement *one, size_t regime, bool rules_out)
{
    const struct scenario *scenario = result->model->scenario;
    const struct node *node = &result->model->linked.graph->nodes[one->value];
    struct requirement_state state = result_requirement(json->out->arena, result, one, regime);
    json_open_object(json, NULL);
    json_text(json, "name", one->name);
    json_text(json, "text", one->text);
    json_truth(json, "rules_out", rules_out);
    json_text(json, "relation", reading_relation(one->relation));
    json_number(json, "value", state.value);
    json_number(json, "bound", state.bound);
    json_unit(json, "unit", &node->unit);
    json_truth(json, "holds", state.holds);
    if (!isnan(state.share_failing))
        json_number(json, "share_of_persons_failing", reading_persons_failing(result, &state));
    marked(json, "failing_cases", state.failing_cases, scenario->case_count, case_name, scenario);
    marked(json, "ahead", state.ahead, scenario->regime_count, regime_name, scenario);
    json_close_object(json);
}

void json_requirements(struct json *json, const struct result *result, size_t theory, size_t regime)
{
    const struct conclusion *conclusion = &result->model->linked.conclusions[theory];
    json_open_array(json, "requirements");
    for (uint32_t i = 0; i < conclusion->requires_count; i++)
        requirement(json, result, &conclusion->requires[i], regime, false);
    for (uint32_t i = 0; i < conclusion->rules_out_count; i++)
        requirement(json, result, &conclusion->rules_out[i], regime, true);
    json_close_array(json);
}

/* --- findings -------------------------------------------------------------------------------- */

static void finding(struct json *json, const struct result *result, size_t theory, size_t at,
                    size_t regime, size_t kase)
{
    const struct finding *one = &result->model->linked.conclusions[theory].findings[at];
    const struct node *node = &result->model->linked.graph->nodes[one->value];
    bool by_case = reading_varies(result->model, one->value, result->model->case_axis);
    json_open_object(json, NULL);
    json_text(json, "name", one->name);
    json_text(json, "case", by_case ? result->model->scenario->cases[kase] : NULL);
    json_truth(json, "holds", reading_finding_holds(result, one, regime, kase));
    json_value(json, "value", node, result_value(result, one->value, regime, kase));
    json_unit(json, "unit", &node->unit);
    json_range(json, "range", result_finding_range(result, theory, at, regime, kase));
    json_text(json, "text", reading_finding(json->out->arena, result, theory, at, regime, kase));
    json_close_object(json);
}

void json_findings(struct json *json, const struct result *result, size_t theory, size_t regime)
{
    const struct model *model = result->model;
    const struct conclusion *conclusion = &model->linked.conclusions[theory];
    json_open_array(json, "findings");
    for (uint32_t f = 0; f < conclusion->finding_count; f++) {
        node_id node = conclusion->findings[f].value;
        bool by_case = reading_varies(model, node, model->case_axis);
        size_t cases = by_case ? model->scenario->case_count : 1;
        for (size_t c = 0; model_plain_axes(model, node) && c < cases; c++)
            finding(json, result, theory, f, regime, c);
    }
    json_close_array(json);
}

/* --- premises -------------------------------------------------------------------------------- */

static const char *kind_name(enum value_kind kind)
{
    static const char *const names[] = {"number", "truth", "label"};
    return names[kind];
}

/* The ends of a moral choice, or of the 5-95 % range of a fact. */
static void spread(struct json *json, const struct premise *premise)
{
    double low = (double)NAN, high = (double)NAN;
    if (premise->moral && premise->kind == VALUE_NUMBER) {
        low = premise->low;
        high = premise->high;
    } else if (premise->distribution != NULL) {
        low = distribution_quantile(premise->distribution, 0.05);
        high = distribution_quantile(premise->distribution, 0.95);
    }
    json_premise_value(json, "low", premise, low);
    json_premise_value(json, "high", premise, high);
    json_truth(json, "uncertain", premise->distribution != NULL);
}

void json_premise(struct json *json, const char *key, const struct premise *premise)
{
    json_open_object(json, key);
    json_text(json, "path", premise->path);
    json_text(json, "kind", kind_name(premise->kind));
    json_premise_value(json, "value", premise, premise->value);
    json_text(json, "unit", json_premise_unit(premise));
    spread(json, premise);
    json_truth(json, "moral", premise->moral);
    json_text(json, "status", reading_status(premise->status));
    json_text(json, "source", premise->source);
    json_text(json, "note", premise->note);
    json_truth(json, "disputed", premise->disputed);
    json_truth(json, "assumed", premise->assumed);
    json_truth(json, "set", premise->set);
    if (premise->column != 0)
        json_truth(json, "from_records", true);
    if (premise->drawn != NULL)
        json_truth(json, "from_draws", true);
    json_close_object(json);
}

void json_sample(struct json *json, const struct result *result, size_t theory, size_t regime)
{
    if (result->model->population == NULL)
        return;
    if (result->sample == NULL) {
        json_nothing(json, "sample");
        return;
    }
    const struct sample_opinion *sample =
        &result->sample[theory * result->model->scenario->regime_count + regime];
    json_open_object(json, "sample");
    json_number(json, "low", sample->low);
    json_number(json, "high", sample->high);
    json_number(json, "error", sample->error);
    json_number(json, "share_same", sample->share_same);
    json_close_object(json);
}

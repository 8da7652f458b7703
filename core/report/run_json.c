/* A whole result as JSON: docs/results.md says what every member means. Nothing that only chooses
 * what a screen shows has any effect here. */
#include <math.h>

#include "report/changes.h"
#include "report/json_parts.h"
#include "report/reading.h"
#include "report/run_outcomes.h"
#include "report/strip.h"

static void along_asked(struct json *json, const struct weigh_options *options)
{
    if (options->along == NULL) {
        json_nothing(json, "along_asked");
        return;
    }
    json_open_object(json, "along_asked");
    json_text(json, "path", options->along);
    json_number(json, "low", options->along_low);
    json_number(json, "high", options->along_high);
    json_close_object(json);
}

static void inputs(struct json *json, const struct model *model)
{
    json_open_array(json, "inputs");
    for (size_t i = 0; i < model->input_count; i++) {
        json_open_object(json, NULL);
        json_text(json, "name", model->inputs[i].file.name);
        json_count(json, "bytes", model->inputs[i].file.size);
        json_text(json, "hash", model->inputs[i].hash);
        json_close_object(json);
    }
    json_close_array(json);
}

static void numbers(struct json *json, const struct result *result)
{
    json_open_object(json, "numbers");
    json_count(json, "in_use", result->numbers);
    json_count(json, "illustrative", result->illustrative);
    json_count(json, "unverified", result->unverified);
    json_close_object(json);
}

/* --- regimes --------------------------------------------------------------------------------- */

static void outputs(struct json *json, const struct result *result, size_t regime, size_t kase)
{
    const struct linked *linked = &result->model->linked;
    json_open_array(json, "outputs");
    for (uint32_t o = 0; o < linked->output_count; o++) {
        const struct node *node = &linked->graph->nodes[linked->outputs[o].value];
        double value = result_value(result, linked->outputs[o].value, regime, kase);
        json_open_object(json, NULL);
        json_text(json, "name", linked->outputs[o].name);
        json_value(json, "value", node, value);
        json_unit(json, "unit", &node->unit);
        json_close_object(json);
    }
    json_close_array(json);
}

static void regime(struct json *json, const struct result *result, size_t at)
{
    const struct scenario *scenario = result->model->scenario;
    struct span span = reading_headline(result, at);
    json_open_object(json, NULL);
    json_text(json, "id", scenario->regimes[at].id);
    json_text(json, "kind", scenario->regimes[at].kind);
    json_text(json, "title", scenario->regimes[at].title);
    changes_json(json, result->model, at);
    json_open_object(json, "headline");
    json_text(json, "name", result->model->headline);
    json_number(json, "low", span.low);
    json_number(json, "high", span.high);
    json_close_object(json);
    json_open_array(json, "cases");
    for (size_t c = 0; c < scenario->case_count; c++) {
        json_open_object(json, NULL);
        json_text(json, "case", scenario->cases[c]);
        outputs(json, result, at, c);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

/* --- theories -------------------------------------------------------------------------------- */

static void tied_with(struct json *json, const struct scenario *scenario,
                      const struct opinion *opinion)
{
    json_open_line(json, "tied_with");
    for (size_t r = 0; r < scenario->regime_count && r < 64; r++)
        if (opinion->tied_with >> r & 1)
            json_text(json, NULL, scenario->regimes[r].id);
    json_close_array(json);
}

static void differences(struct json *json, const struct result *result, size_t theory,
                        size_t regime_at)
{
    const struct model *model = result->model;
    node_id node = model->linked.conclusions[theory].difference;
    if (node == NODE_NONE) {
        json_nothing(json, "differences");
        return;
    }
    json_open_array(json, "differences");
    for (size_t c = 0; c < model->scenario->case_count; c++) {
        json_open_object(json, NULL);
        json_text(json, "case", model->scenario->cases[c]);
        json_number(json, "value", reading_difference(result, theory, regime_at, c));
        json_unit(json, "unit", &model->linked.graph->nodes[node].unit);
        json_close_object(json);
    }
    json_close_array(json);
}

static const char *reason(const struct conclusion *conclusion, const struct opinion *opinion)
{
    if (opinion->verdict == VERDICT_UNSUPPORTED)
        return "a claim that it rests on is out";
    if (opinion->verdict != VERDICT_SILENT)
        return NULL;
    return conclusion->why_not != NULL ? conclusion->why_not : "its score is undefined";
}

static void opinion(struct json *json, const struct result *result, size_t theory, size_t regime_at)
{
    const struct scenario *scenario = result->model->scenario;
    const struct conclusion *conclusion = &result->model->linked.conclusions[theory];
    const struct opinion *one = result_opinion(result, theory, regime_at);
    const struct requirement *decided = reading_decided(conclusion, one);
    json_open_object(json, NULL);
    json_text(json, "regime", scenario->regimes[regime_at].id);
    json_text(json, "verdict", verdict_name(one->verdict));
    json_text(json, "reason", reason(conclusion, one));
    json_number(json, "score", one->score);
    json_range(json, "range", &one->range);
    json_sample(json, result, theory, regime_at);
    json_count(json, "draws_without_score", one->not_finite);
    json_number(json, "share_same", one->share_same);
    json_text(json, "decided_by", decided != NULL ? decided->name : NULL);
    json_truth(json, "ruled_out", decided != NULL && one->from_rules_out);
    json_truth(json, "one_case_failed", one->one_case_failed);
    tied_with(json, scenario, one);
    json_requirements(json, result, theory, regime_at);
    differences(json, result, theory, regime_at);
    json_findings(json, result, theory, regime_at);
    json_close_object(json);
}

static void scale(struct json *json, const struct conclusion *conclusion)
{
    json_open_array(json, "scale");
    for (uint32_t i = 0; i < conclusion->scale_count; i++) {
        json_open_object(json, NULL);
        json_number(json, "at", conclusion->scale[i].at);
        json_text(json, "text", conclusion->scale[i].text);
        json_close_object(json);
    }
    json_close_array(json);
}

static void theory(struct json *json, const struct result *result, size_t at)
{
    const struct model *model = result->model;
    const struct declaration *declaration = model->theory_declarations[at];
    json_open_object(json, NULL);
    json_text(json, "id", model->scenario->theories[at].id);
    json_text(json, "kind", model->scenario->theories[at].kind);
    json_text(json, "version", declaration->version);
    json_text(json, "title", declaration->title);
    json_text(json, "role", declaration->role);
    scale(json, &model->linked.conclusions[at]);
    json_open_array(json, "opinions");
    for (size_t r = 0; r < model->scenario->regime_count; r++)
        opinion(json, result, at, r);
    json_close_array(json);
    json_close_object(json);
}

/* --- strips and movers ----------------------------------------------------------------------- */

static void strip_theory(struct json *json, const struct result *result, const struct strip *strip,
                         size_t theory_at)
{
    const struct scenario *scenario = result->model->scenario;
    json_open_object(json, NULL);
    json_text(json, "theory", scenario->theories[theory_at].id);
    json_open_array(json, "regimes");
    for (size_t r = 0; r < scenario->regime_count; r++) {
        struct strip_row row = strip_row(result, strip, theory_at, r);
        struct text letters;
        text_init(&letters, json->out->arena);
        strip_letters(&letters, strip, &row, 0);
        json_open_object(json, NULL);
        json_text(json, "regime", scenario->regimes[r].id);
        json_text(json, "letters", letters.data);
        json_open_line(json, "verdicts");
        for (size_t i = 0; i < strip->points; i++)
            json_text(json, NULL, verdict_name(row.verdicts[i]));
        json_close_array(json);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static void strip(struct json *json, const char *key, const struct result *result,
                  const struct strip *one)
{
    if (one == NULL) {
        json_nothing(json, key);
        return;
    }
    json_open_object(json, key);
    json_text(json, "path", one->premise->path);
    json_text(json, "unit", json_premise_unit(one->premise));
    json_truth(json, "moral", one->premise->moral);
    json_premise_value(json, "here", one->premise, one->premise->value);
    json_open_line(json, "values");
    for (size_t i = 0; i < one->points; i++)
        json_premise_value(json, NULL, one->premise, one->values[i]);
    json_close_array(json);
    json_open_array(json, "theories");
    for (size_t t = 0; t < result->model->scenario->theory_count; t++)
        if (one->theory_reads[t])
            strip_theory(json, result, one, t);
    json_close_array(json);
    json_close_object(json);
}

static void movers(struct json *json, const struct result *result)
{
    json_count(json, "facts_tried", result->fact_count);
    json_open_array(json, "movers");
    for (size_t i = 0; i < result->mover_count; i++) {
        const struct mover *mover = &result->movers[i];
        json_open_object(json, NULL);
        json_text(json, "path", mover->premise->path);
        json_text(json, "unit", json_premise_unit(mover->premise));
        json_premise_value(json, "low", mover->premise, mover->low);
        json_premise_value(json, "high", mover->premise, mover->high);
        json_count(json, "verdicts_changed", mover->changed);
        json_close_object(json);
    }
    json_close_array(json);
}

void report_run_json(struct text *out, const struct result *result, const struct run_view *view)
{
    struct json json;
    const struct scenario *scenario = result->model->scenario;
    (void)view;
    json_init(&json, out);
    json_open_object(&json, NULL);
    json_identity(&json, "assize-result", result);
    along_asked(&json, &result->options);
    inputs(&json, result->model);
    numbers(&json, result);
    json_correlations(&json, result->model);
    json_population(&json, result->model);
    json_number(&json, "largest_error", result->largest_error);
    json_open_array(&json, "regimes");
    for (size_t r = 0; r < scenario->regime_count; r++)
        regime(&json, result, r);
    json_close_array(&json);
    json_open_array(&json, "theories");
    for (size_t t = 0; t < scenario->theory_count; t++)
        theory(&json, result, t);
    json_close_array(&json);
    json_open_array(&json, "strips");
    for (size_t s = 0; s < result->strip_count; s++)
        strip(&json, NULL, result, &result->strips[s]);
    json_close_array(&json);
    strip(&json, "along", result, result->along);
    movers(&json, result);
    json_outcomes(&json, result);
    json_close_object(&json);
    json_finish(&json);
}

/* An explanation as JSON: docs/results.md says what every member means. */
#include <math.h>

#include "analysis/sensitivity.h"
#include "analysis/switches.h"
#include "graph/formula.h"
#include "report/explain.h"
#include "report/json_parts.h"
#include "report/reading.h"
#include "report/strip.h"
#include "report/words.h"

static void rests_on(struct json *json, const struct telling *telling,
                     const struct outline_item *items, size_t count)
{
    json_open_array(json, "rests_on");
    for (size_t i = 0; i < count; i++) {
        bool claim = items[i].kind == OUTLINE_CLAIM || items[i].kind == OUTLINE_AGAIN;
        json_open_object(json, NULL);
        if (claim)
            json_text(json, "claim", telling->outline->claims[items[i].claim].record->name);
        else
            json_text(json, "premise", items[i].premise->path);
        json_close_object(json);
    }
    json_close_array(json);
}

static void questions(struct json *json, const struct claim *record)
{
    json_open_array(json, "questions");
    for (uint32_t i = 0; i < record->question_count; i++) {
        json_open_object(json, NULL);
        json_text(json, "topic", record->questions[i].topic);
        json_text(json, "text", record->questions[i].text);
        json_text(json, "reply", record->questions[i].reply);
        json_close_object(json);
    }
    json_close_array(json);
}

static void claim_value(struct json *json, const struct telling *telling, node_id id)
{
    const struct node *node = &telling->model->linked.graph->nodes[id];
    const struct explain_view *view = telling->view;
    if (model_plain_axes(telling->model, id))
        json_value(json, "value", node,
                   result_value(telling->result, id, view->regime, view->kase));
    else
        json_nothing(json, "value");
    json_unit(json, "unit", &node->unit);
}

static void claim(struct json *json, const struct telling *telling, const struct outline_claim *one)
{
    const struct claim *record = one->record;
    struct text formula;
    text_init(&formula, telling->arena);
    formula_write(&formula, telling->model->linked.graph, one->node);
    json_open_object(json, NULL);
    json_text(json, "name", record->name);
    json_text(json, "number", one->number);
    json_text(json, "text", telling_claim(telling, one));
    json_truth(json, "applies", telling_claim_applies(telling, one));
    claim_value(json, telling, one->node);
    json_text(json, "formula", formula.data);
    json_text(json, "scheme", record->scheme);
    json_text(json, "cite", record->cite);
    json_open_line(json, "sources");
    for (uint32_t i = 0; i < record->source_count; i++)
        json_text(json, NULL, record->sources[i]);
    json_close_array(json);
    json_text(json, "plugin", record->plugin);
    json_count(json, "line", record->line);
    questions(json, record);
    rests_on(json, telling, one->items, one->count);
    json_close_object(json);
}

/* Every premise of the outline, once, in the order of its graph index. */
static void mark_premises(const struct telling *telling, const struct outline_item *items,
                          size_t count, bool *used)
{
    const struct scenario *scenario = telling->scenario;
    for (size_t i = 0; i < count; i++) {
        if (items[i].kind == OUTLINE_PREMISE || items[i].kind == OUTLINE_FAMILY)
            used[items[i].premise - scenario->premises] = true;
        for (size_t c = 0; items[i].all_cases && c < scenario->case_count; c++)
            used[items[i].members[c] - scenario->premises] = true;
    }
}

static void premises(struct json *json, const struct telling *telling)
{
    const struct outline *outline = telling->outline;
    const struct scenario *scenario = telling->scenario;
    bool *used = arena_array(telling->arena, scenario->premise_count + 1, sizeof *used);
    mark_premises(telling, outline->top, outline->top_count, used);
    for (size_t i = 0; i < outline->claim_count; i++)
        mark_premises(telling, outline->claims[i].items, outline->claims[i].count, used);
    json_open_array(json, "premises");
    for (size_t p = 0; p < scenario->premise_count; p++)
        if (used[p])
            json_premise(json, NULL, &scenario->premises[p]);
    json_close_array(json);
}

static void along(struct json *json, const struct telling *telling)
{
    const struct explain_view *view = telling->view;
    json_open_array(json, "along");
    for (size_t s = 0; s < telling->result->strip_count; s++) {
        const struct strip *strip = &telling->result->strips[s];
        if (!strip->theory_reads[view->theory])
            continue;
        struct strip_row row = strip_row(telling->result, strip, view->theory, view->regime);
        json_open_object(json, NULL);
        json_text(json, "path", strip->premise->path);
        json_text(json, "text", strip_words(telling->arena, strip, &row));
        json_close_object(json);
    }
    json_close_array(json);
}

static void switches(struct json *json, const struct switches *one)
{
    const struct premise *premise = one->premise;
    json_open_object(json, NULL);
    json_text(json, "path", premise->path);
    json_text(json, "unit", json_premise_unit(premise));
    json_truth(json, "moral", premise->moral);
    json_premise_value(json, "here", premise, premise->value);
    json_open_array(json, "stretches");
    for (size_t i = 0; i < one->count; i++) {
        const struct stretch *stretch = &one->stretches[i];
        json_open_object(json, NULL);
        json_premise_value(json, "from", premise, stretch->from);
        json_premise_value(json, "to", premise, stretch->to);
        json_text(json, "verdict", verdict_name(stretch->verdict));
        json_truth(json, "one_case_failed", stretch->one_case_failed);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static void all_switches(struct json *json, const struct switch_list *list)
{
    json_open_array(json, "switches");
    for (size_t i = 0; list != NULL && i < list->count; i++)
        switches(json, &list->items[i]);
    json_close_array(json);
}

static void moves(struct json *json, const struct sensitivity *one)
{
    static const char *const spans[] = {"5-95 %", "moral choice", "1 %"};
    const struct premise *premise = one->premise;
    json_open_object(json, NULL);
    json_text(json, "path", premise->path);
    json_text(json, "unit", json_premise_unit(premise));
    json_number(json, "slope", one->slope);
    json_text(json, "over", spans[one->span]);
    json_premise_value(json, "low", premise, one->low);
    json_premise_value(json, "high", premise, one->high);
    json_number(json, "score_change", one->move);
    json_truth(json, "jumps", one->jumps);
    json_truth(json, "moral", premise->moral);
    json_text(json, "status", reading_status(premise->status));
    json_truth(json, "disputed", premise->disputed);
    json_close_object(json);
}

static void sensitivity(struct json *json, const struct sensitivities *found)
{
    json_open_object(json, "sensitivity");
    json_text(json, "why_not", found->why_not);
    json_count(json, "unmoved", found->unmoved);
    json_count(json, "not_numbers", found->others);
    json_open_array(json, "premises");
    for (size_t i = 0; i < found->count; i++)
        moves(json, &found->items[i]);
    json_close_array(json);
    json_close_object(json);
}

void report_explain_json(struct text *out, const struct result *result,
                         const struct explain_view *view)
{
    struct json json;
    struct telling telling;
    telling_init(&telling, out, result, view);
    json_init(&json, out);
    json_open_object(&json, NULL);
    json_identity(&json, "assize-explanation", result);
    json_text(&json, "theory", telling.scenario->theories[view->theory].id);
    json_text(&json, "regime", telling.scenario->regimes[view->regime].id);
    json_text(&json, "case", telling.scenario->cases[view->kase]);
    json_text(&json, "verdict", verdict_name(telling.opinion->verdict));
    json_number(&json, "score", telling.opinion->score);
    json_requirements(&json, result, view->theory, view->regime);
    rests_on(&json, &telling, telling.outline->top, telling.outline->top_count);
    json_open_array(&json, "claims");
    for (size_t i = 0; i < telling.outline->claim_count; i++)
        claim(&json, &telling, &telling.outline->claims[i]);
    json_close_array(&json);
    premises(&json, &telling);
    json_findings(&json, result, view->theory, view->regime);
    along(&json, &telling);
    all_switches(&json, view->switches);
    if (view->sensitivity != NULL)
        sensitivity(&json, view->sensitivity);
    json_close_object(&json);
    json_finish(&json);
}

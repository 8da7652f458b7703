#include <math.h>
#include <string.h>

#include "report/json_parts.h"
#include "report/worksheet.h"

static void values(struct json *json, const struct worksheet *worksheet,
                   const struct worksheet_step *step)
{
    const struct node *node = &worksheet->model->linked.graph->nodes[step->node];
    if (step->cells == 1) {
        json_value(json, "value", node, step->values[0]);
        json_truth(json, "applies", worksheet_applies(step, 0));
        return;
    }
    json_open_line(json, "values");
    for (size_t i = 0; i < step->cells; i++)
        json_value(json, NULL, node, step->values[i]);
    json_close_array(json);
    json_open_line(json, "applies");
    for (size_t i = 0; i < step->cells; i++)
        json_truth(json, NULL, worksheet_applies(step, i));
    json_close_array(json);
}

static void step(struct json *json, const struct worksheet *worksheet,
                 const struct worksheet_step *one)
{
    const struct node *node = &worksheet->model->linked.graph->nodes[one->node];
    json_open_object(json, NULL);
    json_text(json, "name", one->name);
    json_text(json, "scheme", one->claim->scheme);
    values(json, worksheet, one);
    if (node->kind == VALUE_NUMBER)
        json_unit(json, "unit", &node->unit);
    json_text(json, "text", one->claim->text);
    json_text(json, "otherwise", one->claim->otherwise);
    json_text(json, "cite", one->claim->cite);
    json_truth(json, "unverified", worksheet_unverified(json->out->arena, worksheet, one));
    json_close_object(json);
}

static void results(struct json *json, const struct worksheet *worksheet)
{
    char figure[NUMBER_TEXT];
    json_open_object(json, "result");
    for (size_t i = 0; i < worksheet_column_count(); i++) {
        const struct worksheet_column *column = &worksheet_columns[i];
        struct worksheet_result result = worksheet_result(worksheet, column);
        if (result.node == NULL || isnan(result.value))
            json_nothing(json, column->name);
        else if (column->form != FIGURE_NUMBER && result.node->kind == VALUE_NUMBER)
            json_text(json, column->name, worksheet_figure(figure, column, result.value));
        else
            json_value(json, column->name, result.node, result.value);
        if (column->life != NULL)
            json_truth(json, arena_printf(json->out->arena, "%s_is_life", column->name),
                       result.life);
    }
    json_close_object(json);
}

static void facts(struct json *json, const struct worksheet *worksheet)
{
    const struct scenario *scenario = worksheet->model->scenario;
    json_open_object(json, "facts");
    for (size_t i = 0; i < scenario->premise_count; i++) {
        const struct premise *premise = &scenario->premises[i];
        if (strncmp(premise->path, "facts.", 6) == 0)
            json_premise_value(json, premise->path + 6, premise, premise->value);
    }
    json_close_object(json);
}

void report_worksheet_json(struct text *out, const struct worksheet *worksheet)
{
    const struct declaration *declaration = worksheet->model->regime_declarations[0];
    struct json json;
    json_init(&json, out);
    json_open_object(&json, NULL);
    json_text(&json, "format", "assize-worksheet");
    json_count(&json, "format_version", RESULT_FORMAT_VERSION);
    json_text(&json, "assize", ASSIZE_VERSION);
    json_text(&json, "regime", declaration->id);
    json_text(&json, "regime_version", declaration->version);
    json_text(&json, "inputs_hash", worksheet->model->inputs_hash);
    json_text(&json, "graph_hash", worksheet->model->graph_hash);
    facts(&json, worksheet);
    results(&json, worksheet);
    json_open_array(&json, "steps");
    for (size_t i = 0; i < worksheet->step_count; i++)
        step(&json, worksheet, &worksheet->steps[i]);
    json_close_array(&json);
    json_close_object(&json);
    json_finish(&json);
}

#include "report/worksheet.h"

#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/report.h"
#include "report/words.h"

enum { FIGURE_COLUMNS = 9, LABEL_COLUMNS = 23 };

static const char the_case[] = "this case";

/* --- readings -------------------------------------------------------------------------------- */

static bool holds(const struct worksheet *worksheet, const char *name)
{
    const struct worksheet_step *step = name != NULL ? worksheet_step(worksheet, name) : NULL;
    return step != NULL && step->cells == 1 && step->values[0] != 0 && worksheet_applies(step, 0);
}

struct worksheet_result worksheet_result(const struct worksheet *worksheet,
                                         const struct worksheet_column *column)
{
    const struct graph *graph = worksheet->model->linked.graph;
    struct worksheet_result result = {.column = column};
    result.life = holds(worksheet, column->life);
    for (size_t i = 0; i < column->claim_count; i++) {
        const struct worksheet_step *step = worksheet_step(worksheet, column->claims[i]);
        if (step == NULL || step->cells != 1)
            continue;
        if (!worksheet_applies(step, 0))
            return result;
        result.node = &graph->nodes[step->node];
        result.value = step->values[0];
        return result;
    }
    const struct worksheet_output *output =
        column->port != NULL ? worksheet_output(worksheet, column->port) : NULL;
    if (output == NULL)
        return result;
    result.node = &graph->nodes[output->output->value];
    result.value = output->value;
    return result;
}

/* --- head ------------------------------------------------------------------------------------ */

static bool is_structure(const struct schema *schema)
{
    return schema->kind == SCHEMA_TEXT || schema->kind == SCHEMA_DATE ||
           schema->kind == SCHEMA_COUNT;
}

/* "guideline 2G2.2, edition 2021-11-01": what chose the text that was applied. */
static void head(struct text *out, const struct worksheet *worksheet)
{
    const struct model *model = worksheet->model;
    const struct declaration *declaration = model->regime_declarations[0];
    const struct tree *entry = model->scenario->regimes[0].tree;
    words_fill(out,
               words_shown(out->arena, arena_printf(out->arena, "%s %s: %s", declaration->id,
                                                    declaration->version, declaration->title)),
               "  ");
    struct text chosen;
    text_init(&chosen, out->arena);
    for (size_t i = 0; declaration->params != NULL && i < declaration->params->field_count; i++) {
        const struct schema *field = &declaration->params->fields[i];
        const struct tree *node = tree_child(entry, field->name);
        if (is_structure(field) && node != NULL && node->text != NULL)
            text_printf(&chosen, "%s%s %s", chosen.length > 0 ? ", " : "", field->name, node->text);
    }
    if (chosen.length > 0)
        words_fill(out, words_shown(out->arena, chosen.data), "  ");
}

static const char *premise_shown(struct arena *arena, const struct premise *premise)
{
    const char *name = premise->path + strlen("facts.");
    return arena_printf(arena, "%s %s", name, figure_premise(arena, premise, premise->value));
}

static void facts(struct text *out, const struct worksheet *worksheet)
{
    const struct scenario *scenario = worksheet->model->scenario;
    struct text all;
    text_init(&all, out->arena);
    for (size_t i = 0; i < scenario->premise_count; i++)
        if (strncmp(scenario->premises[i].path, "facts.", 6) == 0)
            text_printf(&all, "%s%s", all.length > 0 ? ", " : "",
                        premise_shown(out->arena, &scenario->premises[i]));
    if (all.length > 0)
        words_fill(out, words_shown(out->arena, arena_printf(out->arena, "Facts: %s", all.data)),
                   "  ");
}

/* --- steps ----------------------------------------------------------------------------------- */

static bool has_scheme(const struct worksheet_step *step, const char *scheme)
{
    return step->claim->scheme != NULL && strcmp(step->claim->scheme, scheme) == 0;
}

/* "+2", "= 28", or nothing for a figure that its sentence tells. */
static const char *margin(struct arena *arena, const struct worksheet_step *step,
                          const struct node *node, double value)
{
    if (node->kind != VALUE_NUMBER || !unit_is_one(&node->unit))
        return "";
    if (has_scheme(step, "step"))
        return figure_signed(arena, value);
    if (has_scheme(step, "sub-total"))
        return arena_printf(arena, "= %s", figure_number(arena, value));
    return "";
}

/* "  (unverified)", unless the step says so in its own words. */
static const char *doubt(struct arena *arena, const struct worksheet *worksheet,
                         const struct worksheet_step *step, const char *said)
{
    static const char word[] = "unverified";
    if (strstr(said, word) != NULL || !worksheet_unverified(arena, worksheet, step))
        return "";
    return "  (unverified)";
}

static const char *step_words(struct arena *arena, const struct worksheet *worksheet,
                              const struct worksheet_step *step, size_t cell)
{
    const struct node *node = &worksheet->model->linked.graph->nodes[step->node];
    bool applies = worksheet_applies(step, cell);
    struct template_words words = {figure_node(arena, node, step->values[cell]), the_case,
                                   worksheet->model->scenario->regimes[0].id};
    const char *text =
        words_template(arena, applies ? step->claim->text : step->claim->otherwise, &words);
    const char *number = step->cells > 1 ? arena_printf(arena, "%zu: ", cell + 1) : "";
    const char *cite = step->claim->cite;
    const char *said = arena_printf(arena, "%s%s%s%s%s", number, text, cite != NULL ? "  [" : "",
                                    cite != NULL ? cite : "", cite != NULL ? "]" : "");
    const char *doubted = applies ? doubt(arena, worksheet, step, said) : "";
    return words_shown(arena, arena_printf(arena, "%s%s", said, doubted));
}

/* A step that does not apply is kept with its reason; without one it is no step of this case. */
static void step_cell(struct text *out, const struct worksheet *worksheet,
                      const struct worksheet_step *step, size_t cell)
{
    const struct node *node = &worksheet->model->linked.graph->nodes[step->node];
    bool applies = worksheet_applies(step, cell);
    if (!applies && (step->claim->otherwise == NULL || step->cells > 1))
        return;
    const char *figure = applies ? margin(out->arena, step, node, step->values[cell]) : ".";
    words_cell(out, figure, FIGURE_COLUMNS - 2, true);
    text_add(out, "  ");
    words_fill(out, step_words(out->arena, worksheet, step, cell), "         ");
}

static void steps(struct text *out, const struct worksheet *worksheet)
{
    for (size_t i = 0; i < worksheet->step_count; i++) {
        const struct worksheet_step *step = &worksheet->steps[i];
        if (claim_is_refusal(step->claim))
            continue;
        for (size_t cell = 0; cell < step->cells; cell++)
            step_cell(out, worksheet, step, cell);
    }
}

/* --- the result ------------------------------------------------------------------------------ */

static const struct worksheet_column *column_called(const char *name)
{
    for (size_t i = 0; i < worksheet_column_count(); i++)
        if (strcmp(worksheet_columns[i].name, name) == 0)
            return &worksheet_columns[i];
    return NULL;
}

static const char *result_words(struct arena *arena, const struct worksheet *worksheet,
                                const char *name)
{
    char figure[NUMBER_TEXT];
    const struct worksheet_column *column = column_called(name);
    struct worksheet_result result = worksheet_result(worksheet, column);
    if (result.node == NULL || isnan(result.value))
        return NULL;
    if (result.life)
        return "life";
    if (column->form == FIGURE_NUMBER || result.node->kind != VALUE_NUMBER)
        return figure_node(arena, result.node, result.value);
    return arena_string(arena, worksheet_figure(figure, column, result.value));
}

/* "97 to 121 months", "360 months to life" */
static const char *range_words(struct arena *arena, const struct worksheet *worksheet,
                               const char *low_name, const char *high_name)
{
    const char *low = result_words(arena, worksheet, low_name);
    const char *high = result_words(arena, worksheet, high_name);
    if (low == NULL || high == NULL)
        return NULL;
    if (strcmp(low, high) == 0)
        return low;
    size_t number = strcspn(low, " ");
    bool same_unit = strcmp(low + number, high + strcspn(high, " ")) == 0 && low[number] != '\0';
    if (same_unit)
        low = arena_string_n(arena, low, number);
    return arena_printf(arena, "%s to %s", low, high);
}

static void add_part(struct text *line, const char *what, const char *value)
{
    if (value != NULL)
        text_printf(line, "%s%s %s", line->length > 0 ? ", " : "", what, value);
}

static void outcome_line(struct text *out, const char *label, const char *value)
{
    if (value == NULL)
        return;
    words_cell(out, label, LABEL_COLUMNS, false);
    words_fill(out, value, "                       ");
}

static void outcome(struct text *out, const struct worksheet *worksheet)
{
    struct arena *arena = out->arena;
    struct text line;
    text_init(&line, arena);
    add_part(&line, "level", result_words(arena, worksheet, "level"));
    add_part(&line, "category", result_words(arena, worksheet, "category"));
    add_part(&line, "zone", result_words(arena, worksheet, "zone"));
    if (line.length > 0)
        outcome_line(out, "Place in the table", line.data);
    const char *range = range_words(arena, worksheet, "low", "high");
    const char *statute = range_words(arena, worksheet, "statutory_low", "statutory_high");
    outcome_line(out, "Range", range);
    if (range != NULL && statute != NULL && strcmp(range, statute) != 0)
        outcome_line(out, "Within the statute", statute);
    outcome_line(out, "Taken as the sentence", result_words(arena, worksheet, "custody"));
}

/* The first digits of a hash, enough to tell two worksheets apart. */
static void identity(struct text *out, const struct worksheet *worksheet)
{
    text_printf(out, "\nassize %s  inputs %zu files %.8s  graph %.8s\n", ASSIZE_VERSION,
                worksheet->model->input_count, worksheet->model->inputs_hash,
                worksheet->model->graph_hash);
}

void report_worksheet_text(struct text *out, const struct worksheet *worksheet)
{
    head(out, worksheet);
    facts(out, worksheet);
    text_add_char(out, '\n');
    steps(out, worksheet);
    text_add_char(out, '\n');
    outcome(out, worksheet);
    identity(out, worksheet);
}

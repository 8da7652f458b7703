#include "analysis/worksheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/facts.h"
#include "analysis/lanes.h"
#include "analysis/refusal.h"

/* --- names ----------------------------------------------------------------------------------- */

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const char *const level_claims[] = {"total_level", "level"};
static const char *const category_claims[] = {"category"};
static const char *const low_claims[] = {"range_low", "grid_low", "category_low", "low"};
static const char *const high_claims[] = {"range_high", "grid_high", "category_high", "high"};
static const char *const statutory_low_claims[] = {"statutory_low"};
static const char *const statutory_high_claims[] = {"statutory_high"};
static const char *const zone_claims[] = {"zone"};

const struct worksheet_column worksheet_columns[] = {
    {"level", level_claims, COUNT_OF(level_claims), NULL, NULL, FIGURE_NUMBER},
    {"category", category_claims, COUNT_OF(category_claims), NULL, NULL, FIGURE_ROMAN},
    {"low", low_claims, COUNT_OF(low_claims), "low", "range_low_is_life", FIGURE_NUMBER},
    {"high", high_claims, COUNT_OF(high_claims), "high", "range_high_is_life", FIGURE_NUMBER},
    {"statutory_low", statutory_low_claims, COUNT_OF(statutory_low_claims), "low",
     "statutory_low_is_life", FIGURE_NUMBER},
    {"statutory_high", statutory_high_claims, COUNT_OF(statutory_high_claims), "high",
     "statutory_high_is_life", FIGURE_NUMBER},
    {"zone", zone_claims, COUNT_OF(zone_claims), NULL, NULL, FIGURE_LETTER},
    {"custody", NULL, 0, "custody", NULL, FIGURE_NUMBER},
};

size_t worksheet_column_count(void)
{
    return COUNT_OF(worksheet_columns);
}

const char *worksheet_figure(char *text, const struct worksheet_column *column, double value)
{
    static const char *const romans[] = {"I",  "II",  "III",  "IV", "V",
                                         "VI", "VII", "VIII", "IX", "X"};
    bool whole = value >= 1 && value <= 10 && value == floor(value);
    if (whole && column->form == FIGURE_ROMAN)
        return romans[(size_t)value - 1];
    if (whole && column->form == FIGURE_LETTER) {
        snprintf(text, NUMBER_TEXT, "%c", 'A' + (char)value - 1);
        return text;
    }
    return number_write(text, value);
}

const struct worksheet_step *worksheet_step(const struct worksheet *worksheet, const char *name)
{
    for (size_t i = 0; i < worksheet->step_count; i++)
        if (strcmp(worksheet->steps[i].name, name) == 0)
            return &worksheet->steps[i];
    return NULL;
}

const struct worksheet_output *worksheet_output(const struct worksheet *worksheet, const char *name)
{
    for (size_t i = 0; i < worksheet->output_count; i++)
        if (strcmp(worksheet->outputs[i].output->name, name) == 0)
            return &worksheet->outputs[i];
    return NULL;
}

bool worksheet_applies(const struct worksheet_step *step, size_t cell)
{
    return step->applies == NULL || step->applies[cell] != 0;
}

/* --- values ---------------------------------------------------------------------------------- */

static size_t node_cells(const struct model *model, node_id node)
{
    return graph_cells(model->linked.graph, model->linked.graph->nodes[node].axes);
}

/* The nodes that a worksheet shows: of each claim its value and condition, then the ports. */
struct gathering {
    node_id *nodes;
    size_t *starts; /* [node]: where its values begin */
    size_t count, cells;
};

static void gather(struct gathering *gathering, const struct model *model, node_id node)
{
    gathering->nodes[gathering->count] = node;
    gathering->starts[gathering->count++] = gathering->cells;
    gathering->cells += node_cells(model, node);
}

/* A condition that varies otherwise than its claim is read at the claim's first cell. */
static const double *applies_at(struct arena *arena, const struct model *model,
                                const struct worksheet_step *step, const double *values)
{
    size_t cells = node_cells(model, step->claim->applies);
    if (cells == step->cells)
        return values;
    double *spread = arena_array(arena, step->cells, sizeof *spread);
    for (size_t i = 0; i < step->cells; i++)
        spread[i] = values[cells == 1 ? 0 : i % cells];
    return spread;
}

static void step_init(struct worksheet_step *step, const struct model *model, uint32_t at)
{
    const struct graph *graph = model->linked.graph;
    const char *dot = strchr(graph->claims[at].name, '.');
    step->claim = &graph->claims[at];
    step->name = dot != NULL ? dot + 1 : step->claim->name;
    step->node = graph_find_claim(graph, step->claim->name);
    step->cells = node_cells(model, step->node);
}

static struct gathering gather_all(struct arena *arena, const struct worksheet *worksheet)
{
    const struct model *model = worksheet->model;
    size_t most = 2 * worksheet->step_count + worksheet->output_count;
    struct gathering all = {.nodes = arena_array(arena, most, sizeof *all.nodes),
                            .starts = arena_array(arena, most, sizeof *all.starts)};
    for (size_t i = 0; i < worksheet->step_count; i++)
        gather(&all, model, worksheet->steps[i].node);
    for (size_t i = 0; i < worksheet->step_count; i++)
        if (worksheet->steps[i].claim->applies != NODE_NONE)
            gather(&all, model, worksheet->steps[i].claim->applies);
    for (size_t i = 0; i < worksheet->output_count; i++)
        gather(&all, model, worksheet->outputs[i].output->value);
    return all;
}

static void fill(struct arena *arena, struct worksheet *worksheet, const struct gathering *all,
                 const double *values)
{
    size_t at = 0;
    for (size_t i = 0; i < worksheet->step_count; i++)
        worksheet->steps[i].values = values + all->starts[at++];
    for (size_t i = 0; i < worksheet->step_count; i++)
        if (worksheet->steps[i].claim->applies != NODE_NONE)
            worksheet->steps[i].applies = applies_at(arena, worksheet->model, &worksheet->steps[i],
                                                     values + all->starts[at++]);
    for (size_t i = 0; i < worksheet->output_count; i++)
        worksheet->outputs[i].value = values[all->starts[at++]];
}

static void list_steps(struct arena *arena, struct worksheet *worksheet)
{
    const struct model *model = worksheet->model;
    const struct linked *linked = &model->linked;
    worksheet->step_count = linked->graph->claim_count;
    worksheet->steps = arena_array(arena, worksheet->step_count, sizeof *worksheet->steps);
    for (uint32_t i = 0; i < linked->graph->claim_count; i++)
        step_init(&worksheet->steps[i], model, i);
    worksheet->output_count = linked->output_count;
    worksheet->outputs = arena_array(arena, linked->output_count, sizeof *worksheet->outputs);
    for (uint32_t i = 0; i < linked->output_count; i++)
        worksheet->outputs[i].output = &linked->outputs[i];
}

static enum status evaluate(struct arena *arena, struct worksheet *worksheet, struct diags *diags)
{
    const struct model *model = worksheet->model;
    struct gathering all = gather_all(arena, worksheet);
    double *values = arena_array(arena, all.cells, sizeof *values);
    struct lane_plan plan = lanes_central(arena, model);
    enum status status = lanes_evaluate(arena, model, &plan, all.nodes, all.count, values, diags);
    if (status == STATUS_OK)
        fill(arena, worksheet, &all, values);
    return status;
}

/* --- facts that nothing reads ---------------------------------------------------------------- */

static bool is_read(const struct graph *graph, const char *path)
{
    for (uint32_t p = 0; p < graph->premise_count; p++)
        if (strcmp(graph->premises[p].path, path) == 0)
            return true;
    return false;
}

/* A fact may be none that this guideline or edition asks for: it is said, for it may be a mistake.
 */
static void warn_unread(const struct model *model, struct diags *diags)
{
    const struct scenario *scenario = model->scenario;
    for (size_t i = 0; i < scenario->premise_count; i++) {
        const struct premise *premise = &scenario->premises[i];
        bool given = !premise->assumed && strncmp(premise->path, "facts.", 6) == 0;
        if (!given || is_read(model->linked.graph, premise->path))
            continue;
        struct diag diag = {.warning = true,
                            .place = premise->place,
                            .width = 1,
                            .message = arena_printf(diags->arena,
                                                    "`%s` is given, but no step reads it here",
                                                    premise->path + 6)};
        yaml_report(diags, &scenario->file, &diag);
    }
}

/* --- all together ---------------------------------------------------------------------------- */

enum status worksheet_make(struct arena *arena, struct plugin_library *library,
                           const struct worksheet_request *request, struct worksheet **worksheet,
                           struct diags *diags)
{
    struct facts facts;
    struct made_scenario made;
    struct model *model = NULL;
    enum status status = facts_open(arena, library, request->kind, &facts, diags);
    if (status == STATUS_OK && request->facts != NULL)
        status = facts_add_file(&facts, request->facts, diags);
    if (status == STATUS_OK)
        status = facts_add_settings(&facts, request->given, request->given_count, diags);
    if (status == STATUS_OK)
        status = facts_scenario(arena, &facts, &made, diags);
    if (status != STATUS_OK)
        return status;
    struct model_request inner = {.path = facts.file.name, .made = &made};
    if (model_load(arena, library, &inner, &model, diags) != STATUS_OK)
        return diags_status(diags);
    struct worksheet *making = arena_alloc(arena, sizeof *making);
    making->model = model;
    list_steps(arena, making);
    status = refusals_check(arena, model, diags); /* before the rest, which they may fit nowhere */
    if (status == STATUS_OK)
        status = evaluate(arena, making, diags);
    if (status != STATUS_OK)
        return status;
    warn_unread(model, diags);
    *worksheet = making;
    return STATUS_OK;
}

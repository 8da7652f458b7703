#include "analysis/model.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "analysis/draw_table.h"
#include "analysis/model_parts.h"
#include "analysis/outcomes.h"
#include "analysis/population.h"
#include "analysis/refusal.h"
#include "analysis/worst.h"
#include "graph/wire.h"

/* --- reading --------------------------------------------------------------------------------- */

/* A folder stands for the scenario.yaml in it. */
static const char *scenario_path(struct arena *arena, const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
        return path;
    size_t length = strlen(path);
    const char *slash = length > 0 && path[length - 1] == '/' ? "" : "/";
    return arena_printf(arena, "%s%sscenario.yaml", path, slash);
}

static enum status read_scenario(struct assembly *assembly)
{
    struct model *model = assembly->model;
    const struct model_request *request = assembly->request;
    struct buffer file;
    if (request->made != NULL) {
        library_record(assembly->plugin_library, "scenario", &request->made->file);
        return scenario_from_tree(model->arena, &request->made->file, request->made->root,
                                  &model->scenario, assembly->diags);
    }
    if (file_read(model->arena, scenario_path(model->arena, request->path), YAML_MOST_BYTES, &file,
                  assembly->diags) != STATUS_OK)
        return STATUS_IO;
    library_record(assembly->plugin_library, "scenario", &file);
    scenario_read(model->arena, &file, request->settings, request->setting_count, &model->scenario,
                  assembly->diags);
    return model->scenario == NULL ? diags_status(assembly->diags) : STATUS_OK;
}

/* Takes a regime off the menu. */
static enum status drop_regime(struct assembly *assembly, const char *id)
{
    struct scenario *scenario = assembly->model->scenario;
    const char **names = arena_array(scenario->arena, scenario->regime_count, sizeof *names);
    for (size_t i = 0; i < scenario->regime_count; i++) {
        names[i] = scenario->regimes[i].id;
        if (strcmp(names[i], id) != 0)
            continue;
        memmove(&scenario->regimes[i], &scenario->regimes[i + 1],
                (scenario->regime_count - i - 1) * sizeof *scenario->regimes);
        scenario->regime_count--;
        return STATUS_OK;
    }
    const char *near = suggest(id, names, scenario->regime_count);
    return diags_error(assembly->diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                       near != NULL ? "no regime `%s` to drop: did you mean `%s`?"
                                    : "no regime `%s` to drop%s",
                       id, near != NULL ? near : "");
}

static enum status drop_regimes(struct assembly *assembly)
{
    const struct model_request *request = assembly->request;
    for (size_t i = 0; i < request->drop_count; i++)
        if (drop_regime(assembly, request->drop[i]) != STATUS_OK)
            return STATUS_USAGE;
    if (request->drop_count > 0 && assembly->model->scenario->regime_count == 0)
        return diags_error(assembly->diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                           "every regime is dropped: there is nothing to weigh");
    return STATUS_OK;
}

/* --- records, data, binding ------------------------------------------------------------------- */

static enum status read_data(void *context, const char *name, struct arena *arena,
                             struct buffer *buffer, struct diags *diags)
{
    (void)arena; /* the library's arena is the model's */
    return library_read(context, "data", name, "yaml", buffer, diags);
}

static enum status open_records(struct assembly *assembly)
{
    struct scenario *scenario = assembly->model->scenario;
    return population_open(assembly->plugin_library, scenario, &assembly->population,
                           assembly->diags);
}

static enum status fill_records(struct assembly *assembly)
{
    struct scenario *scenario = assembly->model->scenario;
    assembly->model->population = assembly->population;
    return population_fill(scenario, assembly->population, assembly->diags);
}

static enum status bind(struct assembly *assembly)
{
    struct model *model = assembly->model;
    struct scenario *scenario = model->scenario;
    plugins_describe(assembly);
    struct declarations declarations = {model->regime_declarations, model->theory_declarations};
    struct data_reader data = {read_data, assembly->plugin_library};
    enum status bound = scenario_bind(scenario, &declarations, &data, assembly->diags);
    arguments_read(scenario, bound == STATUS_OK, &assembly->arguments, assembly->diags);
    return diags_status(assembly->diags);
}

static enum status read_draws(struct assembly *assembly)
{
    struct draw_table *table = NULL;
    if (assembly->request->draws_from == NULL)
        return STATUS_OK;
    enum status status = draw_table_read(assembly->plugin_library, assembly->model->scenario,
                                         assembly->request->draws_from, &table, assembly->diags);
    assembly->model->draw_table = table;
    return status;
}

/* --- linking --------------------------------------------------------------------- */

static enum status link(struct assembly *assembly)
{
    struct model *model = assembly->model;
    const struct scenario *scenario = model->scenario;
    const struct fragment *const *regimes = plugins_trace(
        assembly, scenario->regimes, model->regime_declarations, scenario->regime_count, false);
    const struct fragment *const *theories = plugins_trace(
        assembly, scenario->theories, model->theory_declarations, scenario->theory_count, true);
    if (diags_status(assembly->diags) != STATUS_OK)
        return diags_status(assembly->diags);
    return graph_link(model->arena, regimes, scenario->regime_count, theories,
                      scenario->theory_count, &model->linked, assembly->diags);
}

/* --- what follows from the graph ------------------------------------------------------------- */

/* Joins the truths of requirements with `op`, starting from `start`. */
static node_id join(struct graph *graph, enum op op, bool start,
                    const struct requirement *requirements, size_t count)
{
    node_id all = NODE_NONE;
    graph_truth(graph, start, &all);
    for (size_t i = 0; i < count; i++) {
        node_id sides[2] = {all, requirements[i].holds};
        if (i == 0)
            all = requirements[i].holds;
        else
            graph_apply(graph, op, sides, 2, 0, &all);
    }
    return all;
}

static node_id both(struct graph *graph, node_id a, node_id b)
{
    node_id sides[2] = {a, b}, node = NODE_NONE;
    graph_apply(graph, OP_AND, sides, 2, 0, &node);
    return node;
}

/* Truths of one kind always fit, so these nodes cannot be refused. */
static struct verdict_nodes make_verdict(struct graph *graph, const struct conclusion *conclusion)
{
    struct verdict_nodes nodes = {.applies = conclusion->applies};
    if (nodes.applies == NODE_NONE)
        graph_truth(graph, true, &nodes.applies);
    node_id rules_out =
        join(graph, OP_OR, false, conclusion->rules_out, conclusion->rules_out_count);
    node_id meets = join(graph, OP_AND, true, conclusion->requires, conclusion->requires_count);
    node_id stands = NODE_NONE;
    graph_apply(graph, OP_NOT, &rules_out, 1, 0, &stands);
    nodes.ruled_out = both(graph, nodes.applies, rules_out);
    nodes.acceptable = both(graph, nodes.applies, both(graph, meets, stands));
    return nodes;
}

static void find_headline(struct model *model)
{
    for (uint32_t i = 0; i < model->linked.output_count; i++) {
        const struct output *output = &model->linked.outputs[i];
        if (output->headline != NULL) {
            model->headline_output = output;
            model->headline = output->headline;
        }
        if (strcmp(output->name, "low") == 0)
            model->headline_low = output;
        if (strcmp(output->name, "high") == 0)
            model->headline_high = output;
    }
}

static enum status find_premises(struct assembly *assembly)
{
    struct model *model = assembly->model;
    const struct graph *graph = model->linked.graph;
    const struct premise **premises =
        arena_array(model->arena, graph->premise_count, sizeof *premises);
    for (uint32_t i = 0; i < graph->premise_count; i++) {
        premises[i] = scenario_premise(model->scenario, graph->premises[i].path);
        if (premises[i] == NULL || premises[i]->kind != graph->premises[i].kind ||
            !unit_equal(&premises[i]->unit, &graph->premises[i].unit))
            return diags_error(assembly->diags, STATUS_PLUGIN, (struct place){NULL, 0, 0},
                               "a plugin reads %s, which is not a premise of the scenario",
                               graph->premises[i].path);
    }
    model->premises = premises;
    return STATUS_OK;
}

static void finish(struct assembly *assembly)
{
    struct model *model = assembly->model;
    struct graph *graph = model->linked.graph;
    size_t theories = model->scenario->theory_count;
    model->regime_axis = graph_find_axis(graph, "regime");
    model->case_axis = graph_find_axis(graph, "case");
    model->verdicts = arena_array(model->arena, theories, sizeof *model->verdicts);
    for (size_t t = 0; t < theories; t++)
        model->verdicts[t] = make_verdict(graph, &model->linked.conclusions[t]);
    if (model->population != NULL)
        worst_make(model);
    find_headline(model);
    graph_hash(graph, model->arena, model->graph_hash);
    library_hash(assembly->plugin_library, model->inputs_hash);
    model->inputs = assembly->plugin_library->inputs;
    model->input_count = assembly->plugin_library->input_count;
    for (size_t i = 0; i < model->input_count; i++)
        if (strcmp(model->inputs[i].file.name, "scenario") == 0)
            memcpy(model->scenario_hash, model->inputs[i].hash, HASH_TEXT);
}

static enum status find_disputes(struct assembly *assembly)
{
    struct disputes *disputes = NULL;
    if (assembly->arguments == NULL)
        return STATUS_OK;
    if (disputes_make(assembly->model, assembly->arguments, &disputes, assembly->diags) !=
        STATUS_OK)
        return diags_status(assembly->diags);
    assembly->model->disputes = disputes;
    return STATUS_OK;
}

/* A column that no theory or regime reads moves nothing. */
static void warn_of_unread_draws(const struct model *model, struct diags *diags)
{
    const struct draw_table *table = model->draw_table;
    for (size_t i = 0; table != NULL && i < table->count; i++) {
        uint32_t p = 0;
        while (p < model->linked.graph->premise_count && model->premises[p] != table->premises[i])
            p++;
        if (p < model->linked.graph->premise_count)
            continue;
        struct diag diag = {.status = STATUS_SCENARIO,
                            .warning = true,
                            .place = {table->file, 1, 0},
                            .width = 1,
                            .message = arena_printf(diags->arena,
                                                    "column `%s`: nothing depends on it, so it "
                                                    "changes nothing",
                                                    table->premises[i]->path)};
        diags_add(diags, &diag);
    }
}

static void keep_request(struct model *model, const struct model_request *request)
{
    struct arena *arena = model->arena;
    struct setting *settings = arena_array(arena, request->setting_count, sizeof *settings);
    for (size_t i = 0; i < request->setting_count; i++)
        settings[i] = (struct setting){arena_string(arena, request->settings[i].path),
                                       arena_string(arena, request->settings[i].value)};
    const char **dropped = arena_array(arena, request->drop_count, sizeof *dropped);
    for (size_t i = 0; i < request->drop_count; i++)
        dropped[i] = arena_string(arena, request->drop[i]);
    model->path = arena_string(arena, request->path);
    model->settings = settings;
    model->setting_count = request->setting_count;
    model->dropped = dropped;
    model->dropped_count = request->drop_count;
}

enum status model_load(struct arena *arena, struct plugin_library *library,
                       const struct model_request *request, struct model **model,
                       struct diags *diags)
{
    struct model *loading = arena_alloc(arena, sizeof *loading);
    loading->arena = arena;
    keep_request(loading, request);
    struct assembly assembly = {
        .model = loading, .plugin_library = library, .request = request, .diags = diags};
    enum status (*const steps[])(struct assembly *) = {read_scenario, drop_regimes, open_records,
                                                       bind,          fill_records, read_draws,
                                                       link,          find_premises};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        enum status status = steps[i](&assembly);
        if (status != STATUS_OK)
            return status;
    }
    finish(&assembly);
    if (request->made == NULL && refusals_check(arena, loading, diags) != STATUS_OK)
        return STATUS_SCENARIO;
    if (find_disputes(&assembly) != STATUS_OK ||
        draw_table_check(loading->draw_table, diags) != STATUS_OK)
        return diags_status(diags);
    warn_of_unread_draws(loading, diags);
    *model = loading;
    return STATUS_OK;
}

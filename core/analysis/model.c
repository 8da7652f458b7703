#include "analysis/model.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "analysis/outcomes.h"
#include "cell/cell.h"
#include "graph/wire.h"

/* What stays in hand while a model is put together. */
struct assembly {
    struct model *model;
    struct plugin_library *library;
    const struct model_request *request;
    struct diags *diags;
    const struct declaration **declarations; /* by plugin, as found so far */
    struct plugin_files *files;              /* likewise */
    size_t plugin_count;
    struct arguments *arguments; /* NULL: there are none */
};

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
        library_record(assembly->library, "scenario", &request->made->file);
        return scenario_from_tree(model->arena, &request->made->file, request->made->root,
                                  &model->scenario, assembly->diags);
    }
    if (file_read(model->arena, scenario_path(model->arena, request->path), YAML_MOST_BYTES, &file,
                  assembly->diags) != STATUS_OK)
        return STATUS_IO;
    library_record(assembly->library, "scenario", &file);
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

/* --- plugins --------------------------------------------------------------------------------- */

/* Another regime whose name is near to what `use` says it is like; else `otherwise`. */
static const char *near_regime(const struct scenario *scenario, const struct use *use,
                               const char *otherwise)
{
    const char **names = arena_array(scenario->arena, scenario->regime_count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < scenario->regime_count; i++)
        if (&scenario->regimes[i] != use)
            names[count++] = scenario->regimes[i].id;
    const char *near = suggest(use->like, names, count);
    return near != NULL ? near : otherwise;
}

static void unknown_kind(struct assembly *assembly, const char *section, const struct use *use)
{
    const struct scenario *scenario = assembly->model->scenario;
    size_t count = 0;
    const char *const *names = library_names(assembly->library, section, "lua", &count);
    const char *near = suggest(use->kind, names, count);
    const struct tree *kind = tree_child(use->tree, "kind");
    bool by_like = use->like != NULL && strcmp(use->like, use->kind) == 0;
    if (by_like) /* `like:` may name a regime too */
        near = near_regime(scenario, use, near);
    const char *what = strcmp(section, "theories") == 0 ? "theory"
                       : by_like                        ? "regime or kind of regime"
                                                        : "kind of regime";
    const char *remedy =
        near != NULL
            ? arena_printf(assembly->model->arena, "did you mean `%s`?", near)
            : arena_printf(assembly->model->arena, "`assize %s` lists those there are", section);
    yaml_error(assembly->diags, &scenario->file, kind != NULL ? kind->place : use->tree->place,
               (unsigned)strlen(use->kind), remedy, "unknown %s `%s`", what, use->kind);
}

/* The place of the plugin called `kind` among those met so far, or plugin_count. */
static size_t find_plugin(const struct assembly *assembly, const char *name)
{
    size_t i = 0;
    while (i < assembly->plugin_count && strcmp(assembly->files[i].plugin.name, name) != 0)
        i++;
    return i;
}

/* Reads and describes the plugin of one use. NULL when it was refused. */
static const struct declaration *describe(struct assembly *assembly, const char *section,
                                          const struct use *use)
{
    struct arena *arena = assembly->model->arena;
    size_t at = find_plugin(assembly, arena_printf(arena, "%s/%s.lua", section, use->kind));
    if (at < assembly->plugin_count)
        return assembly->declarations[at];
    struct plugin_files files = {.modules = assembly->library->modules,
                                 .module_count = assembly->library->module_count};
    enum status status =
        library_read(assembly->library, section, use->kind, "lua", &files.plugin, assembly->diags);
    if (status == STATUS_USAGE)
        unknown_kind(assembly, section, use);
    if (status != STATUS_OK)
        return NULL;
    const struct made_scenario *made = assembly->request->made;
    const struct declaration *declaration = made != NULL ? made->declaration : NULL;
    struct declaration *described = NULL;
    if (declaration == NULL &&
        cell_describe(arena, &files, &described, assembly->diags) == STATUS_OK)
        declaration = described;
    assembly->files = arena_grow(arena, assembly->files, at, sizeof files);
    assembly->files[at] = files;
    assembly->declarations =
        arena_grow(arena, assembly->declarations, at, sizeof *assembly->declarations);
    assembly->declarations[at] = declaration;
    assembly->plugin_count++;
    return declaration;
}

static const struct declaration *const *describe_all(struct assembly *assembly, const char *section,
                                                     const struct use *uses, size_t count)
{
    const struct declaration **found = arena_array(assembly->model->arena, count, sizeof *found);
    for (size_t i = 0; i < count; i++)
        if (uses[i].kind != NULL)
            found[i] = describe(assembly, section, &uses[i]);
    return found;
}

static enum status read_data(void *context, const char *name, struct arena *arena,
                             struct buffer *buffer, struct diags *diags)
{
    (void)arena; /* the library's arena is the model's */
    return library_read(context, "data", name, "yaml", buffer, diags);
}

static enum status bind(struct assembly *assembly)
{
    struct model *model = assembly->model;
    struct scenario *scenario = model->scenario;
    model->theory_declarations =
        describe_all(assembly, "theories", scenario->theories, scenario->theory_count);
    model->regime_declarations =
        describe_all(assembly, "regimes", scenario->regimes, scenario->regime_count);
    struct declarations declarations = {model->regime_declarations, model->theory_declarations};
    struct data_reader data = {read_data, assembly->library};
    enum status bound = scenario_bind(scenario, &declarations, &data, assembly->diags);
    arguments_read(scenario, bound == STATUS_OK, &assembly->arguments, assembly->diags);
    return diags_status(assembly->diags);
}

/* --- tracing and linking --------------------------------------------------------------------- */

static const char *const *regime_ids(const struct scenario *scenario)
{
    const char **ids = arena_array(scenario->arena, scenario->regime_count, sizeof *ids);
    for (size_t i = 0; i < scenario->regime_count; i++)
        ids[i] = scenario->regimes[i].id;
    return ids;
}

static struct cell_run *start_trace(struct assembly *assembly, const struct use *use,
                                    const struct declaration *declaration, bool is_theory)
{
    struct arena *arena = assembly->model->arena;
    struct scenario *scenario = assembly->model->scenario;
    struct trace_request *request = arena_alloc(arena, sizeof *request);
    *request = (struct trace_request){.instance = use->id,
                                      .is_theory = is_theory,
                                      .shares_of = scenario->shares_of,
                                      .cases = scenario->cases,
                                      .case_count = scenario->case_count,
                                      .dropped = use->dropped,
                                      .dropped_count = use->dropped_count,
                                      .regimes = regime_ids(scenario),
                                      .regime_count = scenario->regime_count};
    scenario_shapes(scenario, declaration, use, is_theory, &request->shapes);
    size_t at = find_plugin(assembly, declaration->plugin);
    return cell_start_trace(arena, &assembly->files[at], request);
}

/* Several children work at once; their answers are taken in the scenario's order. */
static const struct fragment *const *trace_all(struct assembly *assembly, const struct use *uses,
                                               const struct declaration *const *declarations,
                                               size_t count, bool is_theory)
{
    enum { AT_ONCE = 8 };
    struct arena *arena = assembly->model->arena;
    struct fragment **fragments = arena_array(arena, count, sizeof(struct fragment *));
    struct cell_run *runs[AT_ONCE];
    size_t started = 0;
    for (size_t i = 0; i < count; i++) {
        for (; started < count && started < i + AT_ONCE; started++)
            runs[started % AT_ONCE] =
                start_trace(assembly, &uses[started], declarations[started], is_theory);
        cell_finish_trace(arena, runs[i % AT_ONCE], &fragments[i], assembly->diags);
    }
    return (const struct fragment *const *)fragments;
}

static enum status link(struct assembly *assembly)
{
    struct model *model = assembly->model;
    const struct scenario *scenario = model->scenario;
    const struct fragment *const *regimes = trace_all(
        assembly, scenario->regimes, model->regime_declarations, scenario->regime_count, false);
    const struct fragment *const *theories = trace_all(
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
    find_headline(model);
    graph_hash(graph, model->arena, model->graph_hash);
    library_hash(assembly->library, model->inputs_hash);
    model->inputs = assembly->library->inputs;
    model->input_count = assembly->library->input_count;
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
        .model = loading, .library = library, .request = request, .diags = diags};
    enum status (*const steps[])(struct assembly *) = {read_scenario, drop_regimes, bind, link,
                                                       find_premises};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        enum status status = steps[i](&assembly);
        if (status != STATUS_OK)
            return status;
    }
    finish(&assembly);
    if (find_disputes(&assembly) != STATUS_OK)
        return diags_status(diags);
    *model = loading;
    return STATUS_OK;
}

/* --- readings of the graph ------------------------------------------------------------------- */

void model_premises_used(struct arena *scratch, const struct model *model, const node_id *nodes,
                         size_t count, bool *used)
{
    const struct graph *graph = model->linked.graph;
    bool *needed = arena_array(scratch, graph->node_count, sizeof *needed);
    for (size_t i = 0; i < count; i++)
        if (nodes[i] != NODE_NONE)
            needed[nodes[i]] = true;
    for (uint32_t i = graph->node_count; i-- > 0;) {
        const struct node *node = &graph->nodes[i];
        if (!needed[i])
            continue;
        if (node->op == OP_PREMISE)
            used[node->index] = true;
        for (uint32_t a = 0; a < node->argument_count; a++)
            needed[node->arguments[a]] = true;
    }
}

void model_theory_premises(struct arena *scratch, const struct model *model, size_t theory,
                           bool *used)
{
    const struct conclusion *conclusion = &model->linked.conclusions[theory];
    const struct verdict_nodes *verdict = &model->verdicts[theory];
    node_id nodes[] = {conclusion->score, conclusion->difference, verdict->acceptable,
                       verdict->ruled_out, verdict->applies};
    model_premises_used(scratch, model, nodes, sizeof nodes / sizeof *nodes, used);
    for (uint32_t f = 0; f < conclusion->finding_count; f++) {
        node_id finding[] = {conclusion->findings[f].value, conclusion->findings[f].holds};
        model_premises_used(scratch, model, finding, 2, used);
    }
}

bool model_plain_axes(const struct model *model, node_id node)
{
    axis_set plain = (axis_set)1 << model->regime_axis | (axis_set)1 << model->case_axis;
    return (model->linked.graph->nodes[node].axes & ~plain) == 0;
}

size_t model_cell(const struct model *model, node_id node, size_t regime, size_t kase)
{
    axis_set axes = model->linked.graph->nodes[node].axes;
    bool by_regime = (axes >> model->regime_axis & 1) != 0;
    bool by_case = (axes >> model->case_axis & 1) != 0;
    size_t cases = by_case ? model->scenario->case_count : 1;
    return (by_regime ? regime : 0) * cases + (by_case ? kase : 0);
}

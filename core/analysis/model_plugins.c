/* The plugins of a scenario, each asked in a child process. */
#include <string.h>

#include "analysis/model_parts.h"
#include "cell/cell.h"

/* --- a kind that there is not ---------------------------------------------------------------- */

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
    const char *const *names = library_names(assembly->plugin_library, section, "lua", &count);
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

/* --- what plugins read ----------------------------------------------------------------------- */

enum { AT_ONCE = 8 }; /* children that work at the same time */

struct met_plugin {
    struct plugin_files files;
    struct cell_run *run;                  /* its child, while it is asked */
    const struct declaration *declaration; /* NULL: it was refused */
};

static struct met_plugin *find_plugin(const struct assembly *assembly, const char *name)
{
    for (size_t i = 0; i < assembly->plugin_count; i++)
        if (strcmp(assembly->plugins[i]->files.plugin.name, name) == 0)
            return assembly->plugins[i];
    return NULL;
}

/* The plugin of one use, read where it was not met before. NULL when it cannot be. */
static struct met_plugin *meet(struct assembly *assembly, const char *section,
                               const struct use *use)
{
    struct arena *arena = assembly->model->arena;
    struct met_plugin *met =
        find_plugin(assembly, arena_printf(arena, "%s/%s.lua", section, use->kind));
    if (met != NULL)
        return met;
    met = arena_alloc(arena, sizeof *met);
    met->files = (struct plugin_files){.modules = assembly->plugin_library->modules,
                                       .module_count = assembly->plugin_library->module_count};
    enum status status = library_read(assembly->plugin_library, section, use->kind, "lua",
                                      &met->files.plugin, assembly->diags);
    if (status == STATUS_USAGE)
        unknown_kind(assembly, section, use);
    if (status != STATUS_OK)
        return NULL;
    assembly->plugins =
        arena_grow(arena, assembly->plugins, assembly->plugin_count, sizeof(struct met_plugin *));
    assembly->plugins[assembly->plugin_count++] = met;
    return met;
}

static struct met_plugin **meet_all(struct assembly *assembly, const char *section,
                                    const struct use *uses, size_t count)
{
    struct met_plugin **met =
        arena_array(assembly->model->arena, count, sizeof(struct met_plugin *));
    for (size_t i = 0; i < count; i++)
        if (uses[i].kind != NULL)
            met[i] = meet(assembly, section, &uses[i]);
    return met;
}

/* Several children work at once; their answers are taken in the order in which they were met. */
static void ask_all(struct assembly *assembly)
{
    struct arena *arena = assembly->model->arena;
    for (size_t i = 0, started = 0; i < assembly->plugin_count; i++) {
        struct declaration *declaration = NULL;
        struct met_plugin *met = assembly->plugins[i];
        for (; started < assembly->plugin_count && started < i + AT_ONCE; started++)
            assembly->plugins[started]->run =
                cell_start_describe(arena, &assembly->plugins[started]->files);
        if (cell_finish_describe(arena, met->run, &declaration, assembly->diags) == STATUS_OK)
            met->declaration = declaration;
    }
}

static const struct declaration *const *declarations_of(struct assembly *assembly,
                                                        struct met_plugin *const *met, size_t count)
{
    const struct declaration **found = arena_array(assembly->model->arena, count, sizeof *found);
    for (size_t i = 0; i < count; i++)
        found[i] = met[i] != NULL ? met[i]->declaration : NULL;
    return found;
}

void plugins_describe(struct assembly *assembly)
{
    struct model *model = assembly->model;
    const struct scenario *scenario = model->scenario;
    const struct made_scenario *made = assembly->request->made;
    struct met_plugin **theories =
        meet_all(assembly, "theories", scenario->theories, scenario->theory_count);
    struct met_plugin **regimes =
        meet_all(assembly, "regimes", scenario->regimes, scenario->regime_count);
    if (made != NULL && made->declaration != NULL) /* of its one regime, which was asked before */
        for (size_t i = 0; i < assembly->plugin_count; i++)
            assembly->plugins[i]->declaration = made->declaration;
    else
        ask_all(assembly);
    model->theory_declarations = declarations_of(assembly, theories, scenario->theory_count);
    model->regime_declarations = declarations_of(assembly, regimes, scenario->regime_count);
}

/* --- tracing --------------------------------------------------------------------------------- */

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
                                      .classes = scenario->records != NULL,
                                      .dropped = use->dropped,
                                      .dropped_count = use->dropped_count,
                                      .regimes = regime_ids(scenario),
                                      .regime_count = scenario->regime_count};
    scenario_shapes(scenario, declaration, use, is_theory, &request->shapes);
    return cell_start_trace(arena, &find_plugin(assembly, declaration->plugin)->files, request);
}

/* What a plugin says is wrong with its input stands at the entry that uses the plugin. */
static void take_faults(struct assembly *assembly, const struct use *use, const struct diags *found)
{
    for (size_t i = 0; i < found->count; i++) {
        struct diag diag = found->items[i];
        if (diag.status == STATUS_SCENARIO && diag.place.file == NULL) {
            diag.place = use->tree->key_place;
            diag.width = use->tree->key_width > 0 ? use->tree->key_width : 1;
        }
        if (diag.status == STATUS_SCENARIO)
            yaml_report(assembly->diags, &assembly->model->scenario->file, &diag);
        else
            diags_add(assembly->diags, &diag);
    }
}

/* Several children work at once; their answers are taken in the scenario's order. */
const struct fragment *const *plugins_trace(struct assembly *assembly, const struct use *uses,
                                            const struct declaration *const *declarations,
                                            size_t count, bool is_theory)
{
    struct arena *arena = assembly->model->arena;
    struct fragment **fragments = arena_array(arena, count, sizeof(struct fragment *));
    struct cell_run *runs[AT_ONCE];
    struct diags found;
    size_t started = 0;
    for (size_t i = 0; i < count; i++) {
        for (; started < count && started < i + AT_ONCE; started++)
            runs[started % AT_ONCE] =
                start_trace(assembly, &uses[started], declarations[started], is_theory);
        diags_init(&found, assembly->diags->arena);
        cell_finish_trace(arena, runs[i % AT_ONCE], &fragments[i], &found);
        take_faults(assembly, &uses[i], &found);
    }
    return (const struct fragment *const *)fragments;
}

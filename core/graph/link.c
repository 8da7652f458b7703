#include "graph/link.h"

#include <string.h>

#include "graph/link_parts.h"

const char *link_copy_text(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_string(arena, text);
}

enum status link_report_fault(const struct linker *linker, const struct fragment *fragment,
                              uint32_t line)
{
    const char *plugin = link_copy_text(linker->diags->arena, fragment->plugin);
    return diags_error(linker->diags, STATUS_PLUGIN, (struct place){plugin, line, 0}, "%s",
                       linker->graph->fault);
}

/* Regimes first, then theories. */
static const struct fragment *fragment_at(const struct linker *linker, size_t at)
{
    return at < linker->regime_count ? linker->regimes[at]
                                     : linker->theories[at - linker->regime_count];
}

static size_t fragment_count(const struct linker *linker)
{
    return linker->regime_count + linker->theory_count;
}

/* --- axes ------------------------------------------------------------------------------------ */

/* The regimes' ids, in menu order, name the places along `regime`. */
static enum status make_regime_axis(struct linker *linker)
{
    linker->regime_axis = UINT32_MAX;
    if (linker->regime_count == 0)
        return STATUS_OK;
    const char **labels = arena_array(linker->arena, linker->regime_count, sizeof *labels);
    for (size_t i = 0; i < linker->regime_count; i++)
        labels[i] = linker->regimes[i]->instance;
    struct axis axis = {.name = "regime", .size = (uint32_t)linker->regime_count, .labels = labels};
    if (graph_axis(linker->graph, &axis, &linker->regime_axis) != STATUS_OK)
        return link_report_fault(linker, linker->regimes[0], 0);
    return STATUS_OK;
}

/* Who brought the axis called `name`; NULL for `regime`, which the menu makes. */
static const struct fragment *axis_owner(const struct linker *linker, const char *name)
{
    for (size_t i = 0; i < fragment_count(linker) && strcmp(name, "regime") != 0; i++)
        if (graph_find_axis(fragment_at(linker, i)->graph, name) != UINT32_MAX)
            return fragment_at(linker, i);
    return NULL;
}

static enum status report_axis(const struct linker *linker, const struct fragment *fragment,
                               const char *name)
{
    struct place place = {link_copy_text(linker->diags->arena, fragment->plugin), 0, 0};
    uint32_t standing = graph_find_axis(linker->graph, name);
    const struct fragment *owner = axis_owner(linker, name);
    if (standing == UINT32_MAX)
        return link_report_fault(linker, fragment, 0);
    if (owner == NULL)
        return diags_error(linker->diags, STATUS_PLUGIN, place,
                           "%s (%s) has an axis `regime` that is not the menu of regimes",
                           fragment->instance, fragment->plugin);
    return diags_error(linker->diags, STATUS_PLUGIN, place,
                       "the axis `%s` has other values in %s than in %s", name, fragment->plugin,
                       owner->plugin);
}

static enum status add_axis(struct linker *linker, const struct fragment *fragment, uint32_t axis)
{
    uint32_t index;
    const struct axis *from = &fragment->graph->axes[axis];
    if (graph_axis(linker->graph, from, &index) != STATUS_OK)
        return report_axis(linker, fragment, from->name);
    return STATUS_OK;
}

static enum status add_axes(struct linker *linker, const struct fragment *fragment, bool only_case)
{
    for (uint32_t i = 0; i < fragment->graph->axis_count; i++) {
        bool is_case = strcmp(fragment->graph->axes[i].name, "case") == 0;
        if (is_case == only_case && add_axis(linker, fragment, i) != STATUS_OK)
            return STATUS_PLUGIN;
    }
    return STATUS_OK;
}

static enum status refuse_regime_axis(const struct linker *linker, const struct fragment *regime)
{
    if (graph_find_axis(regime->graph, "regime") == UINT32_MAX)
        return STATUS_OK;
    struct place place = {link_copy_text(linker->diags->arena, regime->plugin), 0, 0};
    return diags_error(linker->diags, STATUS_PLUGIN, place,
                       "regime \"%s\" (%s) has an axis `regime`: a regime sees no other regime",
                       regime->instance, regime->plugin);
}

/* regime, then case, then the others as they come: the order of cells that reports rely on. */
static enum status make_axes(struct linker *linker)
{
    for (size_t i = 0; i < linker->regime_count; i++)
        if (refuse_regime_axis(linker, linker->regimes[i]) != STATUS_OK)
            return STATUS_PLUGIN;
    if (make_regime_axis(linker) != STATUS_OK)
        return STATUS_PLUGIN;
    for (int only_case = 1; only_case >= 0; only_case--)
        for (size_t i = 0; i < fragment_count(linker); i++)
            if (add_axes(linker, fragment_at(linker, i), only_case == 1) != STATUS_OK)
                return STATUS_PLUGIN;
    return STATUS_OK;
}

/* --- nodes ----------------------------------------------------------------------------------- */

static const char *describe_premise(struct arena *arena, const struct graph_premise *premise)
{
    if (premise->kind != VALUE_LABEL)
        return link_describe(arena, premise->kind, &premise->unit);
    struct text text;
    text_init(&text, arena);
    for (uint32_t i = 0; i < premise->label_count; i++)
        text_printf(&text, "%s%s", i == 0 ? "as one of " : ", ", premise->labels[i]);
    return text.data;
}

static enum status report_premise(const struct linker *linker, const struct fragment *fragment,
                                  const struct graph_premise *premise, uint32_t line)
{
    struct arena *arena = linker->diags->arena;
    uint32_t at = 0;
    while (at < linker->graph->premise_count &&
           strcmp(linker->graph->premises[at].path, premise->path) != 0)
        at++;
    if (at == linker->graph->premise_count)
        return link_report_fault(linker, fragment, line);
    return diags_error(linker->diags, STATUS_PLUGIN,
                       (struct place){link_copy_text(arena, fragment->plugin), line, 0},
                       "the premise %s is read %s by %s, but %s by %s", premise->path,
                       describe_premise(arena, premise), fragment->plugin,
                       describe_premise(arena, &linker->graph->premises[at]),
                       linker->owners[at]->plugin);
}

/* Premises meet by path; who read one first is kept for the message when two disagree. */
static enum status copy_premise(struct linker *linker, const struct copying *copying,
                                const struct node *from, node_id *node)
{
    struct graph *graph = linker->graph;
    uint32_t before = graph->premise_count;
    const struct graph_premise *premise = &copying->fragment->graph->premises[from->index];
    if (graph_premise(graph, premise, node) != STATUS_OK)
        return report_premise(linker, copying->fragment, premise, from->line);
    if (graph->premise_count > before) {
        linker->owners = arena_grow(linker->arena, linker->owners, before, sizeof *linker->owners);
        linker->owners[before] = copying->fragment;
    }
    return STATUS_OK;
}

static enum status copy_constant(struct graph *graph, const struct node *from, node_id *node)
{
    if (from->kind == VALUE_TRUTH)
        return graph_truth(graph, from->constant != 0, node);
    if (from->kind == VALUE_LABEL)
        return graph_label(graph, (uint32_t)from->constant, from->labels, from->label_count, node);
    return graph_constant(graph, from->constant, &from->unit, node);
}

static node_id map_node(const struct copying *copying, node_id from)
{
    return from == NODE_NONE ? NODE_NONE : copying->map[from];
}

static enum status copy_claim(struct graph *graph, const struct copying *copying,
                              const struct node *from, node_id *node)
{
    struct claim claim = copying->fragment->graph->claims[from->index];
    claim.applies = map_node(copying, claim.applies);
    return graph_claim(graph, &claim, copying->map[from->arguments[0]], node);
}

/* A node with arguments, through the builder, so that literals fold and equal nodes meet. */
static enum status copy_operation(struct linker *linker, const struct copying *copying,
                                  const struct node *from, node_id *node)
{
    struct graph *graph = linker->graph;
    node_id *arguments = arena_array(linker->arena, from->argument_count, sizeof *arguments);
    for (uint32_t i = 0; i < from->argument_count; i++)
        arguments[i] = copying->map[from->arguments[i]];
    switch (from->op) {
    case OP_STACK:
        return graph_stack(graph, copying->axis_map[from->index], arguments, node);
    case OP_CLAIM:
        return copy_claim(graph, copying, from, node);
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        return graph_reduce(graph, from->op, copying->axis_map[from->index], arguments[0], node);
    default:
        return graph_apply(graph, from->op, arguments, from->argument_count, from->index, node);
    }
}

static enum status copy_node(struct linker *linker, const struct copying *copying,
                             const struct node *from, node_id *node)
{
    enum status status;
    linker->graph->line = from->line;
    if (from->op == OP_PREMISE)
        return copy_premise(linker, copying, from, node);
    if (from->op == OP_PORT)
        return link_port(linker, copying, from, node);
    if (from->op == OP_CONST)
        status = copy_constant(linker->graph, from, node);
    else if (from->op == OP_COORDINATE)
        status = graph_coordinate(linker->graph, copying->axis_map[from->index], node);
    else
        status = copy_operation(linker, copying, from, node);
    return status == STATUS_OK ? STATUS_OK
                               : link_report_fault(linker, copying->fragment, from->line);
}

static void copying_init(struct copying *copying, const struct linker *linker,
                         const struct fragment *fragment)
{
    const struct graph *from = fragment->graph;
    copying->fragment = fragment;
    copying->map = arena_array(linker->arena, from->node_count, sizeof *copying->map);
    for (uint32_t i = 0; i < from->axis_count; i++)
        copying->axis_map[i] = graph_find_axis(linker->graph, from->axes[i].name);
}

static enum status copy_nodes(struct linker *linker, const struct copying *copying)
{
    const struct graph *from = copying->fragment->graph;
    for (uint32_t i = 0; i < from->node_count; i++)
        if (copy_node(linker, copying, &from->nodes[i], &copying->map[i]) != STATUS_OK)
            return STATUS_PLUGIN;
    return STATUS_OK;
}

/* --- regimes --------------------------------------------------------------------------------- */

static enum status copy_regime(struct linker *linker, size_t at)
{
    const struct fragment *regime = linker->regimes[at];
    struct place place = {link_copy_text(linker->diags->arena, regime->plugin), 0, 0};
    if (regime->conclusion != NULL)
        return diags_error(linker->diags, STATUS_PLUGIN, place, "\"%s\" (%s) is not a regime",
                           regime->instance, regime->plugin);
    for (uint32_t i = 0; i < regime->graph->node_count; i++)
        if (regime->graph->nodes[i].op == OP_PORT)
            return diags_error(linker->diags, STATUS_PLUGIN, place,
                               "regime \"%s\" (%s) reads a sentence", regime->instance,
                               regime->plugin);
    struct copying copying;
    copying_init(&copying, linker, regime);
    linker->maps[at] = copying.map;
    return copy_nodes(linker, &copying);
}

/* --- theories -------------------------------------------------------------------------------- */

static struct requirement *copy_requirements(struct arena *arena, const struct copying *copying,
                                             const struct requirement *from, uint32_t count)
{
    struct requirement *copies = arena_array(arena, count, sizeof *copies);
    for (uint32_t i = 0; i < count; i++)
        copies[i] = (struct requirement){.name = link_copy_text(arena, from[i].name),
                                         .text = link_copy_text(arena, from[i].text),
                                         .relation = from[i].relation,
                                         .value = map_node(copying, from[i].value),
                                         .bound = map_node(copying, from[i].bound),
                                         .holds = map_node(copying, from[i].holds)};
    return copies;
}

static struct finding *copy_findings(struct arena *arena, const struct copying *copying,
                                     const struct finding *from, uint32_t count)
{
    struct finding *copies = arena_array(arena, count, sizeof *copies);
    for (uint32_t i = 0; i < count; i++)
        copies[i] = (struct finding){.name = link_copy_text(arena, from[i].name),
                                     .text = link_copy_text(arena, from[i].text),
                                     .otherwise = link_copy_text(arena, from[i].otherwise),
                                     .note = link_copy_text(arena, from[i].note),
                                     .value = map_node(copying, from[i].value),
                                     .holds = map_node(copying, from[i].holds)};
    return copies;
}

static struct conclusion copy_conclusion(struct arena *arena, const struct copying *copying)
{
    const struct conclusion *from = copying->fragment->conclusion;
    struct conclusion copy = *from;
    copy.score = map_node(copying, from->score);
    copy.difference = map_node(copying, from->difference);
    copy.applies = map_node(copying, from->applies);
    copy.why_not = link_copy_text(arena, from->why_not);
    copy.scale = arena_array(arena, from->scale_count, sizeof *copy.scale);
    for (uint32_t i = 0; i < from->scale_count; i++)
        copy.scale[i] =
            (struct scale_mark){from->scale[i].at, link_copy_text(arena, from->scale[i].text)};
    copy.requires = copy_requirements(arena, copying, from->requires, from->requires_count);
    copy.rules_out = copy_requirements(arena, copying, from->rules_out, from->rules_out_count);
    copy.findings = copy_findings(arena, copying, from->findings, from->finding_count);
    return copy;
}

static enum status copy_theory(struct linker *linker, const struct fragment *theory,
                               struct conclusion *conclusion)
{
    struct place place = {link_copy_text(linker->diags->arena, theory->plugin), 0, 0};
    if (theory->conclusion == NULL)
        return diags_error(linker->diags, STATUS_PLUGIN, place, "\"%s\" (%s) is not a theory",
                           theory->instance, theory->plugin);
    struct copying copying;
    copying_init(&copying, linker, theory);
    if (link_check_ports(linker, &copying) != STATUS_OK ||
        copy_nodes(linker, &copying) != STATUS_OK)
        return STATUS_PLUGIN;
    *conclusion = copy_conclusion(linker->arena, &copying);
    return STATUS_OK;
}

enum status graph_link(struct arena *arena, const struct fragment *const *regimes,
                       size_t regime_count, const struct fragment *const *theories,
                       size_t theory_count, struct linked *linked, struct diags *diags)
{
    struct linker linker = {.arena = arena,
                            .graph = graph_new(arena),
                            .diags = diags,
                            .regimes = regimes,
                            .regime_count = regime_count,
                            .theories = theories,
                            .theory_count = theory_count,
                            .maps = arena_array(arena, regime_count, sizeof *linker.maps)};
    struct linked whole = {.graph = linker.graph,
                           .conclusions =
                               arena_array(arena, theory_count, sizeof *whole.conclusions)};
    linker.graph->linked = true;
    if (make_axes(&linker) != STATUS_OK)
        return STATUS_PLUGIN;
    for (size_t i = 0; i < regime_count; i++)
        if (copy_regime(&linker, i) != STATUS_OK)
            return STATUS_PLUGIN;
    for (size_t i = 0; i < theory_count; i++)
        if (copy_theory(&linker, theories[i], &whole.conclusions[i]) != STATUS_OK)
            return STATUS_PLUGIN;
    if (link_stack_all(&linker, &whole) != STATUS_OK)
        return STATUS_PLUGIN;
    linker.graph->line = 0;
    linker.graph->outputs = whole.outputs;
    linker.graph->output_count = whole.output_count;
    *linked = whole;
    return STATUS_OK;
}

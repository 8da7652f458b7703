/* The regimes' outputs: checked against who reads them, and stacked along `regime`. */
#include <math.h>
#include <string.h>

#include "graph/link_parts.h"

/* What a reader of an output expects: a theory at its port, or the other regimes. */
struct wanted {
    const char *name;
    enum value_kind kind;
    struct unit unit;
    axis_set axes; /* of the linked graph */
    const struct fragment *reader;
    bool is_theory;
    uint32_t line; /* of the reader */
};

static axis_set map_axes(const struct copying *copying, axis_set axes)
{
    axis_set mapped = 0;
    for (uint32_t i = 0; i < copying->fragment->graph->axis_count; i++)
        if (axes_have(axes, i))
            mapped |= (axis_set)1 << copying->axis_map[i];
    return mapped;
}

static const struct output *find_output(const struct fragment *regime, const char *name)
{
    for (uint32_t i = 0; i < regime->output_count; i++)
        if (strcmp(regime->outputs[i].name, name) == 0)
            return &regime->outputs[i];
    return NULL;
}

/* A literal 0 or infinity fits any unit, as it does for the builder. */
static bool is_bare(const struct node *node)
{
    bool literal = node->op == OP_CONST && node->kind == VALUE_NUMBER && unit_is_one(&node->unit);
    return literal && (node->constant == 0 || isinf(node->constant));
}

const char *link_describe(struct arena *arena, enum value_kind kind, const struct unit *unit)
{
    char text[UNIT_TEXT];
    if (kind == VALUE_TRUTH)
        return "as a truth value";
    if (kind == VALUE_LABEL)
        return "as a label";
    if (unit_is_one(unit))
        return "as a pure number";
    return arena_printf(arena, "in %s", unit_write(text, unit));
}

/* "theory "desert" (desert.lua) reads": who wants the output and what it does with it. */
static const char *describe_reader(struct arena *arena, const struct wanted *wanted)
{
    return arena_printf(arena, "%s \"%s\" (%s) %s", wanted->is_theory ? "theory" : "regime",
                        wanted->reader->instance, wanted->reader->plugin,
                        wanted->is_theory ? "reads" : "gives");
}

/* Reports at the output's line in the regime, with the reader's line as the other place. */
static enum status report_output(const struct linker *linker, const struct fragment *regime,
                                 uint32_t line, const struct wanted *wanted, const char *message)
{
    struct arena *arena = linker->diags->arena;
    struct diag diag = {.status = STATUS_PLUGIN,
                        .place = {link_copy_text(arena, regime->plugin), line, 0},
                        .width = 1,
                        .message = message,
                        .also = {link_copy_text(arena, wanted->reader->plugin), wanted->line, 0},
                        .also_note = wanted->is_theory ? "it is read here" : "it is given here"};
    return diags_add(linker->diags, &diag);
}

static enum status report_missing(const struct linker *linker, const struct fragment *regime,
                                  const struct wanted *wanted)
{
    struct arena *arena = linker->diags->arena;
    const char *message =
        arena_printf(arena, "regime \"%s\" (%s) gives no \"%s\", which %s", regime->instance,
                     regime->plugin, wanted->name, describe_reader(arena, wanted));
    return report_output(linker, regime, 0, wanted, message);
}

static enum status report_unlike(const struct linker *linker, const struct fragment *regime,
                                 const struct node *node, const struct wanted *wanted)
{
    struct arena *arena = linker->diags->arena;
    const char *message = arena_printf(
        arena, "regime \"%s\" (%s) gives \"%s\" %s, but %s it %s", regime->instance, regime->plugin,
        wanted->name, link_describe(arena, node->kind, &node->unit), describe_reader(arena, wanted),
        link_describe(arena, wanted->kind, &wanted->unit));
    return report_output(linker, regime, node->line, wanted, message);
}

static enum status report_axes(const struct linker *linker, const struct fragment *regime,
                               const struct node *node, axis_set extra, const struct wanted *wanted)
{
    struct arena *arena = linker->diags->arena;
    uint32_t axis = 0;
    while (!axes_have(extra, axis))
        axis++;
    const char *message =
        arena_printf(arena, "regime \"%s\" (%s) gives \"%s\" along `%s`, but %s it without",
                     regime->instance, regime->plugin, wanted->name, linker->graph->axes[axis].name,
                     describe_reader(arena, wanted));
    return report_output(linker, regime, node->line, wanted, message);
}

/* Whether regime `at` gives what is wanted; reports what is wrong. */
static enum status check_output(const struct linker *linker, size_t at, const struct wanted *wanted)
{
    const struct fragment *regime = linker->regimes[at];
    const struct output *output = find_output(regime, wanted->name);
    if (output == NULL)
        return report_missing(linker, regime, wanted);
    const struct node *node = &linker->graph->nodes[linker->maps[at][output->value]];
    bool alike = node->kind == wanted->kind && unit_equal(&node->unit, &wanted->unit);
    if (!alike && !(wanted->kind == VALUE_NUMBER && is_bare(node)))
        return report_unlike(linker, regime, node, wanted);
    axis_set extra = node->axes & ~wanted->axes;
    if (extra != 0)
        return report_axes(linker, regime, node, extra, wanted);
    return STATUS_OK;
}

/* Checks every regime, so that one run shows all that lack the output. */
static enum status check_outputs(const struct linker *linker, const struct wanted *wanted)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < linker->regime_count; i++)
        if (check_output(linker, i, wanted) != STATUS_OK)
            status = STATUS_PLUGIN;
    return status;
}

/* Stacks the regimes' outputs, checked before, along `regime`. */
static enum status stack_outputs(struct linker *linker, const struct wanted *wanted, node_id *node)
{
    node_id *values = arena_array(linker->arena, linker->regime_count, sizeof *values);
    for (size_t i = 0; i < linker->regime_count; i++) {
        const struct output *output = find_output(linker->regimes[i], wanted->name);
        values[i] = linker->maps[i][output->value];
        const struct node *value = &linker->graph->nodes[values[i]];
        if (wanted->kind == VALUE_NUMBER && is_bare(value) &&
            graph_constant(linker->graph, value->constant, &wanted->unit, &values[i]) != STATUS_OK)
            return link_report_fault(linker, linker->regimes[i], value->line);
    }
    if (graph_stack(linker->graph, linker->regime_axis, values, node) != STATUS_OK)
        return link_report_fault(linker, wanted->reader, wanted->line);
    return STATUS_OK;
}

static struct wanted port_wanted(const struct copying *copying, const struct node *port)
{
    return (struct wanted){.name = copying->fragment->graph->ports[port->index].name,
                           .kind = port->kind,
                           .unit = port->unit,
                           .axes = map_axes(copying, port->axes),
                           .reader = copying->fragment,
                           .is_theory = true,
                           .line = port->line};
}

enum status link_check_ports(const struct linker *linker, const struct copying *copying)
{
    enum status status = STATUS_OK;
    const struct graph *from = copying->fragment->graph;
    for (uint32_t i = 0; i < from->node_count; i++) {
        if (from->nodes[i].op != OP_PORT)
            continue;
        struct wanted wanted = port_wanted(copying, &from->nodes[i]);
        if (linker->regime_count == 0)
            return diags_error(
                linker->diags, STATUS_PLUGIN,
                (struct place){link_copy_text(linker->diags->arena, copying->fragment->plugin),
                               wanted.line, 0},
                "theory \"%s\" (%s) reads \"%s\", but there is no regime",
                copying->fragment->instance, copying->fragment->plugin, wanted.name);
        if (check_outputs(linker, &wanted) != STATUS_OK)
            status = STATUS_PLUGIN;
    }
    return status;
}

enum status link_port(struct linker *linker, const struct copying *copying, const struct node *from,
                      node_id *node)
{
    struct wanted wanted = port_wanted(copying, from);
    return stack_outputs(linker, &wanted, node);
}

static bool in_every_regime(const struct linker *linker, const char *name)
{
    for (size_t i = 0; i < linker->regime_count; i++)
        if (find_output(linker->regimes[i], name) == NULL)
            return false;
    return true;
}

/* What the other regimes must give: as the first whose value has a unit of its own. */
static struct wanted output_wanted(const struct linker *linker, const char *name)
{
    struct wanted wanted = {.name = name, .axes = ~(axis_set)0};
    for (size_t i = linker->regime_count; i-- > 0;) {
        node_id value = linker->maps[i][find_output(linker->regimes[i], name)->value];
        const struct node *node = &linker->graph->nodes[value];
        if (wanted.reader != NULL && is_bare(node))
            continue;
        wanted.reader = linker->regimes[i];
        wanted.kind = node->kind;
        wanted.unit = node->unit;
        wanted.line = node->line;
    }
    return wanted;
}

enum status link_stack_all(struct linker *linker, struct linked *linked)
{
    if (linker->regime_count == 0)
        return STATUS_OK;
    const struct fragment *first = linker->regimes[0];
    linked->outputs = arena_array(linker->arena, first->output_count, sizeof *linked->outputs);
    for (uint32_t i = 0; i < first->output_count; i++) {
        const char *name = first->outputs[i].name;
        if (!in_every_regime(linker, name))
            continue;
        struct wanted wanted = output_wanted(linker, name);
        struct output *output = &linked->outputs[linked->output_count];
        if (check_outputs(linker, &wanted) != STATUS_OK ||
            stack_outputs(linker, &wanted, &output->value) != STATUS_OK)
            return STATUS_PLUGIN;
        output->name = arena_string(linker->arena, name);
        if (first->outputs[i].headline != NULL)
            output->headline = arena_string(linker->arena, first->outputs[i].headline);
        linked->output_count++;
    }
    return STATUS_OK;
}

/* The hostile half of the wire: what a plugin concluded. */
#include <math.h>
#include <string.h>

#include "graph/wire.h"
#include "graph/wire_layout.h"

static bool failed(const struct building *building)
{
    return building->in->fault != NULL;
}

/* The axes called `regime` and `case`, as a set; those that the graph lacks are left out. */
static axis_set named_axes(const struct graph *graph, bool regime, bool with_case)
{
    uint32_t r = graph_find_axis(graph, "regime"), c = graph_find_axis(graph, "case");
    axis_set axes = 0;
    if (regime && r != UINT32_MAX)
        axes |= (axis_set)1 << r;
    if (with_case && c != UINT32_MAX)
        axes |= (axis_set)1 << c;
    return axes;
}

static void check_axes(struct building *building, node_id node, axis_set allowed, const char *what)
{
    if (!failed(building) && (building->graph->nodes[node].axes & ~allowed) != 0)
        wire_fault(building->in, "%s varies along another axis than it may", what);
}

static void check_kind(struct building *building, node_id node, enum value_kind kind,
                       const char *what)
{
    if (!failed(building) && building->graph->nodes[node].kind != kind)
        wire_fault(building->in, "%s is not a %s", what,
                   kind == VALUE_NUMBER ? "number" : "truth value");
}

static node_id get_checked(struct building *building, enum value_kind kind, axis_set allowed,
                           const char *what)
{
    node_id node = wire_get_node(building);
    check_kind(building, node, kind, what);
    check_axes(building, node, allowed, what);
    return node;
}

static node_id get_checked_or_none(struct building *building, enum value_kind kind,
                                   axis_set allowed, const char *what)
{
    node_id node = wire_get_node_or_none(building);
    if (node == NODE_NONE)
        return node;
    check_kind(building, node, kind, what);
    check_axes(building, node, allowed, what);
    return node;
}

static struct scale_mark *get_scale(struct wire_reader *in, uint32_t count)
{
    struct scale_mark *scale = arena_array(in->arena, count, sizeof *scale);
    for (uint32_t i = 0; i < count && in->fault == NULL; i++) {
        scale[i].at = wire_get_f64(in);
        scale[i].text = wire_get_text(in, "the text of a mark of the scale");
        if (!isfinite(scale[i].at))
            wire_fault(in, "a mark of the scale is not finite");
    }
    return scale;
}

static void get_requirement(struct building *building, struct requirement *requirement)
{
    axis_set regime = named_axes(building->graph, true, false);
    requirement->name = wire_get_text(building->in, "the name of a requirement");
    requirement->text = wire_get_text(building->in, "the text of a requirement");
    uint32_t relation = wire_get_u32(building->in);
    if (relation > RELATION_BELOW)
        wire_fault(building->in, "there is no relation %u", relation);
    else
        requirement->relation = (enum relation)relation;
    requirement->value = get_checked(building, VALUE_NUMBER, regime, "a requirement's value");
    requirement->bound = get_checked(building, VALUE_NUMBER, regime, "a requirement's bound");
    requirement->holds = get_checked(building, VALUE_TRUTH, regime, "a requirement's outcome");
}

static struct requirement *get_requirements(struct building *building, uint32_t *count)
{
    *count = wire_get_limited(building->in, 24, WIRE_MOST_RECORDS, "requirements");
    struct requirement *requirements =
        arena_array(building->in->arena, *count, sizeof *requirements);
    for (uint32_t i = 0; i < *count && !failed(building); i++)
        get_requirement(building, &requirements[i]);
    return requirements;
}

static struct finding *get_findings(struct building *building, uint32_t *count)
{
    axis_set both = named_axes(building->graph, true, true);
    *count = wire_get_limited(building->in, 24, WIRE_MOST_RECORDS, "findings");
    struct finding *findings = arena_array(building->in->arena, *count, sizeof *findings);
    for (uint32_t i = 0; i < *count && !failed(building); i++) {
        struct finding *finding = &findings[i];
        finding->name = wire_get_text(building->in, "the name of a finding");
        finding->text = wire_get_text(building->in, "the text of a finding");
        finding->otherwise = wire_get_string(building->in);
        finding->note = wire_get_string(building->in);
        finding->value = wire_get_node(building);
        check_axes(building, finding->value, both, "a finding");
        finding->holds = get_checked_or_none(building, VALUE_TRUTH, both, "a finding's condition");
    }
    return findings;
}

static struct conclusion *get_conclusion(struct building *building)
{
    axis_set regime = named_axes(building->graph, true, false);
    axis_set both = named_axes(building->graph, true, true);
    struct wire_reader *in = building->in;
    struct conclusion *conclusion = arena_alloc(in->arena, sizeof *conclusion);
    conclusion->score = get_checked(building, VALUE_NUMBER, regime, "the score");
    conclusion->difference = get_checked_or_none(building, VALUE_NUMBER, both, "the difference");
    conclusion->applies = get_checked_or_none(building, VALUE_TRUTH, regime, "`applies`");
    conclusion->why_not = wire_get_string(in);
    conclusion->scale_count = wire_get_limited(in, 12, WIRE_MOST_RECORDS, "marks of the scale");
    conclusion->scale = get_scale(in, conclusion->scale_count);
    conclusion->requires = get_requirements(building, &conclusion->requires_count);
    conclusion->rules_out = get_requirements(building, &conclusion->rules_out_count);
    conclusion->findings = get_findings(building, &conclusion->finding_count);
    return conclusion;
}

/* A regime sees neither the other regimes nor an axis that only it knows. */
static void check_output(struct building *building, uint32_t at)
{
    struct output *outputs = building->fragment->outputs;
    check_axes(building, outputs[at].value, named_axes(building->graph, false, true), "an output");
    for (uint32_t i = 0; i < at && !failed(building); i++)
        if (strcmp(outputs[i].name, outputs[at].name) == 0)
            wire_fault(building->in, "the output %s stands twice", outputs[i].name);
}

static void get_outputs(struct building *building)
{
    struct fragment *fragment = building->fragment;
    fragment->output_count = wire_get_limited(building->in, 12, WIRE_MOST_RECORDS, "outputs");
    fragment->outputs =
        arena_array(building->in->arena, fragment->output_count, sizeof *fragment->outputs);
    for (uint32_t i = 0; i < fragment->output_count && !failed(building); i++) {
        fragment->outputs[i].name = wire_get_text(building->in, "the name of an output");
        fragment->outputs[i].value = wire_get_node(building);
        fragment->outputs[i].headline = wire_get_string(building->in);
        check_output(building, i);
    }
    if (building->graph->port_count > 0)
        wire_fault(building->in, "a regime reads a sentence");
}

void wire_get_shape(struct building *building)
{
    uint32_t shape = wire_get_u32(building->in);
    if (shape == WIRE_THEORY)
        building->fragment->conclusion = get_conclusion(building);
    else if (shape == WIRE_REGIME)
        get_outputs(building);
    else
        wire_fault(building->in, "it is neither theory nor regime");
}

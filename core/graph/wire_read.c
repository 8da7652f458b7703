/* The hostile half of the wire: a fragment is read by building it anew. */
#include <math.h>
#include <string.h>

#include "graph/wire.h"
#include "graph/wire_layout.h"

static bool failed(const struct building *building)
{
    return building->in->fault != NULL;
}

/* A count of things that take at least `least` bytes each, and of which there are at most `most`.
 */
uint32_t wire_get_limited(struct wire_reader *in, size_t least, uint32_t most, const char *what)
{
    uint32_t count = wire_get_count(in, least);
    if (count <= most)
        return count;
    wire_fault(in, "there are %u %s; at most %u are read", count, what, most);
    return 0;
}

static const char *const *get_strings(struct wire_reader *in, uint32_t count, const char *what)
{
    const char **strings = arena_array(in->arena, count, sizeof *strings);
    for (uint32_t i = 0; i < count && in->fault == NULL; i++)
        strings[i] = wire_get_text(in, what);
    return strings;
}

static enum value_kind get_kind(struct wire_reader *in)
{
    uint32_t kind = wire_get_u32(in);
    if (kind <= VALUE_LABEL)
        return (enum value_kind)kind;
    wire_fault(in, "there is no kind %u of value", kind);
    return VALUE_NUMBER;
}

/* The unit of a leaf: only numbers have one. */
static struct unit get_unit_of(struct wire_reader *in, enum value_kind kind)
{
    struct unit unit = wire_get_unit(in);
    if (kind != VALUE_NUMBER && !unit_is_one(&unit))
        wire_fault(in, "what is not a number has a unit");
    return unit;
}

node_id wire_get_node(struct building *building)
{
    uint32_t node = wire_get_u32(building->in);
    if (failed(building) || node < building->graph->node_count)
        return node;
    wire_fault(building->in, "node %u is used before it is made", node);
    return NODE_NONE;
}

node_id wire_get_node_or_none(struct building *building)
{
    struct wire_reader ahead = *building->in;
    if (wire_get_u32(&ahead) != NODE_NONE || ahead.fault != NULL)
        return wire_get_node(building);
    building->in->at = ahead.at;
    return NODE_NONE;
}

static uint32_t get_axis_index(struct building *building)
{
    uint32_t axis = wire_get_u32(building->in);
    if (axis < building->graph->axis_count)
        return axis;
    wire_fault(building->in, "there is no axis %u", axis);
    return UINT32_MAX;
}

/* --- axes ------------------------------------------------------------------------------------ */

static const double *get_coordinates(struct wire_reader *in, uint32_t size)
{
    double *coordinates = arena_array(in->arena, size, sizeof *coordinates);
    for (uint32_t i = 0; i < size && in->fault == NULL; i++) {
        coordinates[i] = wire_get_f64(in);
        if (!isfinite(coordinates[i]))
            wire_fault(in, "a coordinate is not finite");
    }
    return coordinates;
}

/* Whether `size` things of `each` bytes may follow. */
static bool may_hold(struct wire_reader *in, uint32_t size, size_t each)
{
    if (in->fault == NULL && size > (in->size - in->at) / each)
        wire_fault(in, "the message ends early");
    return in->fault == NULL;
}

static struct axis get_axis(struct wire_reader *in)
{
    struct axis axis = {.name = wire_get_text(in, "the name of an axis")};
    axis.size = wire_get_u32(in);
    uint32_t has = wire_get_u32(in);
    axis.unit = wire_get_unit(in);
    if (has > (WIRE_AXIS_LABELS | WIRE_AXIS_COORDINATES | WIRE_AXIS_CLASSES))
        wire_fault(in, "an axis has something unknown");
    axis.classes = (has & WIRE_AXIS_CLASSES) != 0;
    if (axis.size > GRAPH_MOST_CELLS)
        wire_fault(in, "an axis has %u places; at most %d are read", axis.size, GRAPH_MOST_CELLS);
    if ((has & WIRE_AXIS_LABELS) != 0 && may_hold(in, axis.size, 4))
        axis.labels = get_strings(in, axis.size, "the label of a place");
    if ((has & WIRE_AXIS_COORDINATES) != 0 && may_hold(in, axis.size, 8))
        axis.coordinates = get_coordinates(in, axis.size);
    return axis;
}

static void get_axes(struct building *building)
{
    uint32_t count = wire_get_limited(building->in, 4, GRAPH_MOST_AXES, "axes");
    for (uint32_t i = 0; i < count && !failed(building); i++) {
        struct axis axis = get_axis(building->in);
        uint32_t index = 0;
        if (failed(building))
            return;
        if (graph_axis(building->graph, &axis, &index) != STATUS_OK)
            wire_fault(building->in, "axis %u: %s", i, building->graph->fault);
        else if (index != i)
            wire_fault(building->in, "the axis %s stands twice", axis.name);
    }
}

/* --- leaves ---------------------------------------------------------------------------------- */

static const char *const *get_label_names(struct building *building, uint32_t *count)
{
    if (++building->label_leaves > WIRE_MOST_LABELS)
        wire_fault(building->in, "there are more than %d labels", WIRE_MOST_LABELS);
    *count = wire_get_limited(building->in, 4, WIRE_MOST_LABELS, "names of a label");
    if (*count == 0)
        wire_fault(building->in, "a label has no names");
    return get_strings(building->in, *count, "the name of a label");
}

static enum status get_number(struct building *building, node_id *node)
{
    double value = wire_get_f64(building->in);
    struct unit unit = wire_get_unit(building->in);
    if (failed(building))
        return STATUS_PLUGIN;
    return graph_constant(building->graph, value, &unit, node);
}

static enum status get_constant(struct building *building, node_id *node)
{
    enum value_kind kind = get_kind(building->in);
    if (kind == VALUE_NUMBER)
        return get_number(building, node);
    uint32_t value = wire_get_u32(building->in);
    if (kind == VALUE_TRUTH && value > 1)
        wire_fault(building->in, "a truth is %u", value);
    uint32_t count = 0;
    const char *const *names = NULL;
    if (kind == VALUE_LABEL)
        names = get_label_names(building, &count);
    if (failed(building))
        return STATUS_PLUGIN;
    return kind == VALUE_TRUTH ? graph_truth(building->graph, value == 1, node)
                               : graph_label(building->graph, value, names, count, node);
}

static enum status get_premise(struct building *building, node_id *node)
{
    struct graph_premise premise = {.path = wire_get_text(building->in, "the path of a premise")};
    premise.kind = get_kind(building->in);
    premise.unit = get_unit_of(building->in, premise.kind);
    if (premise.kind == VALUE_LABEL)
        premise.labels = get_label_names(building, &premise.label_count);
    if (premise.path != NULL && premise.path[0] == '\0')
        wire_fault(building->in, "the path of a premise is empty");
    if (building->graph->premise_count == WIRE_MOST_PREMISES)
        wire_fault(building->in, "there are more than %d premises", WIRE_MOST_PREMISES);
    if (failed(building))
        return STATUS_PLUGIN;
    return graph_premise(building->graph, &premise, node);
}

static enum status get_port(struct building *building, node_id *node)
{
    const char *name = wire_get_text(building->in, "the name of a port");
    enum value_kind kind = get_kind(building->in);
    struct unit unit = get_unit_of(building->in, kind);
    axis_set axes = wire_get_u32(building->in);
    if (building->graph->port_count == WIRE_MOST_RECORDS)
        wire_fault(building->in, "there are more than %d ports", WIRE_MOST_RECORDS);
    if (failed(building))
        return STATUS_PLUGIN;
    return graph_port(building->graph, name, kind, &unit, axes, node);
}

static enum status get_coordinate(struct building *building, node_id *node)
{
    uint32_t axis = get_axis_index(building);
    return failed(building) ? STATUS_PLUGIN : graph_coordinate(building->graph, axis, node);
}

/* --- operations ------------------------------------------------------------------------------ */

/* `count` indices of nodes that stand already; room for at least one. */
static node_id *get_arguments(struct building *building, uint32_t count)
{
    if (!may_hold(building->in, count, 4))
        return NULL;
    node_id *arguments = arena_array(building->in->arena, count, sizeof *arguments);
    for (uint32_t i = 0; i < count && !failed(building); i++)
        arguments[i] = wire_get_node(building);
    building->arguments = arguments;
    building->argument_count = count;
    return arguments;
}

static enum status get_stack(struct building *building, node_id *node)
{
    uint32_t axis = get_axis_index(building);
    if (failed(building))
        return STATUS_PLUGIN;
    node_id *arguments = get_arguments(building, building->graph->axes[axis].size);
    return failed(building) ? STATUS_PLUGIN : graph_stack(building->graph, axis, arguments, node);
}

static enum status get_reduction(struct building *building, enum op op, node_id *node)
{
    uint32_t axis = get_axis_index(building);
    const node_id *arguments = get_arguments(building, 1);
    return failed(building) ? STATUS_PLUGIN
                            : graph_reduce(building->graph, op, axis, arguments[0], node);
}

static enum status get_operation(struct building *building, enum op op, node_id *node)
{
    int arity = op_arity(op);
    uint32_t count = arity < 0 ? wire_get_count(building->in, 4) : (uint32_t)arity;
    node_id *arguments = get_arguments(building, count);
    uint32_t columns = op == OP_LOOKUP ? wire_get_u32(building->in) : 0;
    if (failed(building))
        return STATUS_PLUGIN;
    return graph_apply(building->graph, op, arguments, count, columns, node);
}

/* --- claims ---------------------------------------------------------------------------------- */

/* Arguments name a claim as `desert/wrongfulness[case=knowing]`: what marks the parts there, and
 * what does not print, is no part of a name. A key of the scenario may be: `grid.adjust-4(b)`. */
static bool is_name_byte(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 0x20 && byte != 0x7F && strchr("/[]", c) == NULL;
}

/* A claim is called by the instance that makes it, so that no plugin speaks for another:
 * "desert.wrongfulness". */
static void check_claim_name(struct building *building, const char *name)
{
    const char *instance = building->fragment->instance;
    size_t length = strlen(instance);
    bool valid = strncmp(name, instance, length) == 0 && name[length] == '.';
    const char *own = valid ? name + length + 1 : "";
    valid = valid && *own != '\0';
    for (; valid && *own != '\0'; own++)
        valid = is_name_byte(*own);
    if (!valid)
        wire_fault(building->in, "`%s` is no name of a claim of %s", name, instance);
}

static const struct claim_question *get_questions(struct wire_reader *in, uint32_t count)
{
    struct claim_question *questions = arena_array(in->arena, count, sizeof *questions);
    for (uint32_t i = 0; i < count && in->fault == NULL; i++) {
        questions[i].topic = wire_get_text(in, "the topic of a question");
        questions[i].text = wire_get_text(in, "the text of a question");
        questions[i].reply = wire_get_string(in);
    }
    return questions;
}

static struct claim get_claim_record(struct building *building)
{
    struct wire_reader *in = building->in;
    struct claim claim = {.name = wire_get_text(in, "the name of a claim")};
    claim.text = wire_get_text(in, "the text of a claim");
    claim.otherwise = wire_get_string(in);
    claim.scheme = wire_get_string(in);
    claim.cite = wire_get_string(in);
    claim.source_count = wire_get_limited(in, 4, WIRE_MOST_RECORDS, "sources of a claim");
    claim.sources = get_strings(in, claim.source_count, "a source of a claim");
    claim.question_count = wire_get_limited(in, 12, WIRE_MOST_RECORDS, "questions of a claim");
    claim.questions = get_questions(in, claim.question_count);
    claim.applies = wire_get_node_or_none(building);
    claim.plugin = wire_get_text(in, "the plugin of a claim");
    claim.line = wire_get_u32(in);
    return claim;
}

static enum status get_claim(struct building *building, node_id *node)
{
    const node_id *arguments = get_arguments(building, 1);
    struct claim claim = get_claim_record(building);
    if (building->graph->claim_count == WIRE_MOST_CLAIMS)
        wire_fault(building->in, "there are more than %d claims", WIRE_MOST_CLAIMS);
    if (!failed(building))
        check_claim_name(building, claim.name);
    return failed(building) ? STATUS_PLUGIN
                            : graph_claim(building->graph, &claim, arguments[0], node);
}

/* --- nodes ----------------------------------------------------------------------------------- */

static enum op get_op(struct wire_reader *in)
{
    const char *spelling = wire_get_text(in, "an operation");
    enum op op = spelling == NULL ? OP_COUNT : op_from_spelling(spelling);
    if (op != OP_COUNT && op_is_directed(op))
        wire_fault(in, "`%s` is no operation of an argument", spelling);
    if (op == OP_COUNT)
        wire_fault(in, "there is no operation `%.40s`", spelling == NULL ? "" : spelling);
    return op;
}

static enum status get_node_as(struct building *building, enum op op, node_id *node)
{
    switch (op) {
    case OP_CONST:
        return get_constant(building, node);
    case OP_PREMISE:
        return get_premise(building, node);
    case OP_PORT:
        return get_port(building, node);
    case OP_COORDINATE:
        return get_coordinate(building, node);
    case OP_STACK:
        return get_stack(building, node);
    case OP_CLAIM:
        return get_claim(building, node);
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        return get_reduction(building, op, node);
    default:
        return get_operation(building, op, node);
    }
}

/* Whether the builder made node `at` of what was read, and nothing else: neither folded it, nor
 * found one that stood, nor changed its arguments (a bare 0 into 0 hu). */
static bool is_as_read(const struct building *building, enum op op, node_id node, uint32_t at)
{
    const struct graph *graph = building->graph;
    if (node != at || graph->node_count != at + 1 || graph->nodes[at].op != op)
        return false;
    return building->argument_count == graph->nodes[at].argument_count &&
           (building->argument_count == 0 ||
            memcmp(building->arguments, graph->nodes[at].arguments,
                   building->argument_count * sizeof *building->arguments) == 0);
}

static void get_node(struct building *building, uint32_t at)
{
    struct graph *graph = building->graph;
    enum op op = get_op(building->in);
    graph->line = wire_get_u32(building->in);
    if (failed(building))
        return;
    node_id node = NODE_NONE;
    building->argument_count = 0;
    enum status status = get_node_as(building, op, &node);
    if (failed(building))
        return;
    if (status != STATUS_OK)
        wire_fault(building->in, "node %u: %s", at, graph->fault);
    else if (!is_as_read(building, op, node, at))
        wire_fault(building->in, "node %u: %s is not in the form that the builder makes", at,
                   op_spelling(op));
}

static void get_nodes(struct building *building)
{
    uint32_t count = wire_get_limited(building->in, 12, GRAPH_MOST_NODES, "nodes");
    for (uint32_t i = 0; i < count && !failed(building); i++)
        get_node(building, i);
    building->graph->line = 0;
}

static void get_head(struct wire_reader *in, struct fragment *fragment)
{
    if (wire_get_u32(in) != WIRE_MAGIC)
        wire_fault(in, "it is not a fragment");
    uint32_t version = wire_get_u32(in);
    if (version != WIRE_VERSION)
        wire_fault(in, "it is of version %u, not %d", version, WIRE_VERSION);
    fragment->instance = wire_get_text(in, "the id of the instance");
    fragment->plugin = wire_get_text(in, "the name of the plugin");
    if (in->fault == NULL && fragment->instance[0] == '\0')
        wire_fault(in, "the id of the instance is empty");
}

struct fragment *wire_get_fragment(struct wire_reader *reader)
{
    struct building building = {.in = reader, .graph = graph_new(reader->arena)};
    building.fragment = arena_alloc(reader->arena, sizeof *building.fragment);
    building.fragment->graph = building.graph;
    get_head(reader, building.fragment);
    if (!failed(&building))
        get_axes(&building);
    if (!failed(&building))
        get_nodes(&building);
    if (!failed(&building))
        wire_get_shape(&building);
    if (wire_get_u32(reader) != WIRE_END)
        wire_fault(reader, "the end record is missing");
    return failed(&building) ? NULL : building.fragment;
}

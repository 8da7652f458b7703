#include "graph/graph.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "graph/path_index.h"
#include "graph/rules.h"

/* The names of a label, standing once for all nodes that have them. */
struct label_list {
    const char *const *labels;
    uint32_t count;
};

/* Standing nodes by what they are made of: open addressing, a power of two of slots.
 *
 *   hash(op, arguments, constant, index, unit) --> slot --> node id
 */
struct node_index {
    node_id *slots; /* NODE_NONE: free */
    size_t size;    /* power of two, at least twice `count` */
    size_t count;
    uint64_t key; /* random, so that hostile input cannot choose what collides */
    struct label_list *lists;
    size_t list_count;
    struct path_index paths;
};

static node_id *index_slots(struct arena *arena, size_t size)
{
    node_id *slots = arena_array(arena, size, sizeof *slots);
    memset(slots, 0xFF, size * sizeof *slots); /* NODE_NONE */
    return slots;
}

struct graph *graph_new(struct arena *arena)
{
    struct graph *graph = arena_alloc(arena, sizeof *graph);
    graph->arena = arena;
    graph->index = arena_alloc(arena, sizeof *graph->index);
    graph->index->size = 256;
    graph->index->slots = index_slots(arena, graph->index->size);
    if (getentropy(&graph->index->key, sizeof graph->index->key) != 0)
        graph->index->key = (uint64_t)(uintptr_t)graph;
    return graph;
}

/* Fowler-Noll-Vo 1a, 64 bits. */
static uint64_t hash_bytes(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * 0x100000001B3u;
    return hash;
}

static uint64_t node_hash(uint64_t key, const struct node *node)
{
    uint64_t hash = 0xCBF29CE484222325u ^ key;
    hash = hash_bytes(hash, &node->op, sizeof node->op);
    hash = hash_bytes(hash, node->arguments, node->argument_count * sizeof *node->arguments);
    hash = hash_bytes(hash, &node->constant, sizeof node->constant);
    hash = hash_bytes(hash, &node->index, sizeof node->index);
    return hash ^ hash >> 32;
}

static bool node_same(const struct node *a, const struct node *b)
{
    return a->op == b->op && a->kind == b->kind && a->index == b->index && a->axes == b->axes &&
           a->argument_count == b->argument_count && a->labels == b->labels &&
           memcmp(&a->constant, &b->constant, sizeof a->constant) == 0 &&
           unit_equal(&a->unit, &b->unit) &&
           (a->argument_count == 0 ||
            memcmp(a->arguments, b->arguments, a->argument_count * sizeof *a->arguments) == 0);
}

/* The slot where `node` stands, or the free one where it would. */
static size_t index_find(const struct graph *graph, const struct node *node)
{
    const struct node_index *index = graph->index;
    size_t at = node_hash(index->key, node) & (index->size - 1);
    while (index->slots[at] != NODE_NONE && !node_same(&graph->nodes[index->slots[at]], node))
        at = (at + 1) & (index->size - 1);
    return at;
}

static void index_grow(struct graph *graph)
{
    struct node_index *index = graph->index;
    node_id *old = index->slots;
    size_t old_size = index->size;
    index->size *= 2;
    index->slots = index_slots(graph->arena, index->size);
    for (size_t i = 0; i < old_size; i++)
        if (old[i] != NODE_NONE)
            index->slots[index_find(graph, &graph->nodes[old[i]])] = old[i];
}

static enum status node_append(struct graph *graph, const struct node *node, node_id *id)
{
    if (graph->node_count == GRAPH_MOST_NODES)
        return graph_fault(graph, "the graph would have more than %d nodes", GRAPH_MOST_NODES);
    if (graph_cells(graph, node->axes) > GRAPH_MOST_CELLS)
        return graph_fault(graph, "a value would have more than %d cells", GRAPH_MOST_CELLS);
    graph->nodes = arena_grow(graph->arena, graph->nodes, graph->node_count, sizeof *node);
    graph->nodes[graph->node_count] = *node;
    graph->nodes[graph->node_count].line = graph->line;
    if (node->argument_count > 0) {
        size_t size = node->argument_count * sizeof *node->arguments;
        node_id *arguments = arena_alloc(graph->arena, size);
        memcpy(arguments, node->arguments, size);
        graph->nodes[graph->node_count].arguments = arguments;
    }
    *id = graph->node_count++;
    return STATUS_OK;
}

/* The standing node like `node`, or a new one. */
static enum status node_intern(struct graph *graph, const struct node *node, node_id *id)
{
    size_t slot = index_find(graph, node);
    if (graph->index->slots[slot] != NODE_NONE) {
        *id = graph->index->slots[slot];
        return STATUS_OK;
    }
    if (node_append(graph, node, id) != STATUS_OK)
        return STATUS_PLUGIN;
    graph->index->slots[slot] = *id;
    if (++graph->index->count * 2 > graph->index->size)
        index_grow(graph);
    return STATUS_OK;
}

/* --- axes ------------------------------------------------------------------------------------ */

uint32_t graph_find_axis(const struct graph *graph, const char *name)
{
    for (uint32_t i = 0; i < graph->axis_count; i++)
        if (strcmp(graph->axes[i].name, name) == 0)
            return i;
    return UINT32_MAX;
}

static bool axis_same(const struct axis *a, const struct axis *b)
{
    if (a->size != b->size || (a->labels == NULL) != (b->labels == NULL) ||
        (a->coordinates == NULL) != (b->coordinates == NULL) || !unit_equal(&a->unit, &b->unit) ||
        a->classes != b->classes)
        return false;
    for (uint32_t i = 0; i < a->size; i++) {
        if (a->labels != NULL && strcmp(a->labels[i], b->labels[i]) != 0)
            return false;
        if (a->coordinates != NULL && a->coordinates[i] != b->coordinates[i])
            return false;
    }
    return true;
}

static const char *const *copy_strings(struct arena *arena, const char *const *strings,
                                       size_t count)
{
    if (strings == NULL)
        return NULL;
    const char **copy = arena_array(arena, count, sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = arena_string(arena, strings[i]);
    return copy;
}

static struct axis axis_copy(struct arena *arena, const struct axis *axis)
{
    struct axis copy = *axis;
    copy.name = arena_string(arena, axis->name);
    copy.labels = copy_strings(arena, axis->labels, axis->size);
    if (axis->coordinates != NULL) {
        double *coordinates = arena_array(arena, axis->size, sizeof *coordinates);
        memcpy(coordinates, axis->coordinates, axis->size * sizeof *coordinates);
        copy.coordinates = coordinates;
    }
    return copy;
}

enum status graph_axis(struct graph *graph, const struct axis *axis, uint32_t *index)
{
    uint32_t standing = graph_find_axis(graph, axis->name);
    if (standing != UINT32_MAX) {
        if (!axis_same(&graph->axes[standing], axis))
            return graph_fault(graph, "the axis `%s` was made before with other values",
                               axis->name);
        *index = standing;
        return STATUS_OK;
    }
    if (axis->size == 0)
        return graph_fault(graph, "the axis `%s` would have no places", axis->name);
    if (graph->axis_count == GRAPH_MOST_AXES)
        return graph_fault(graph, "there would be more than %d axes", GRAPH_MOST_AXES);
    graph->axes = arena_grow(graph->arena, graph->axes, graph->axis_count, sizeof *axis);
    graph->axes[graph->axis_count] = axis_copy(graph->arena, axis);
    *index = graph->axis_count++;
    return STATUS_OK;
}

size_t graph_cells(const struct graph *graph, axis_set axes)
{
    size_t cells = 1;
    for (uint32_t i = 0; i < graph->axis_count; i++)
        if ((axes >> i & 1) != 0)
            cells = cells > SIZE_MAX / graph->axes[i].size ? SIZE_MAX : cells * graph->axes[i].size;
    return cells;
}

/* --- leaves ---------------------------------------------------------------------------------- */

enum status graph_constant(struct graph *graph, double value, const struct unit *unit,
                           node_id *node)
{
    if (isnan(value))
        return graph_fault(graph, "a literal is not a number");
    struct node leaf = {.op = OP_CONST, .kind = VALUE_NUMBER, .unit = *unit, .constant = value};
    return node_intern(graph, &leaf, node);
}

enum status graph_truth(struct graph *graph, bool value, node_id *node)
{
    struct node leaf = {.op = OP_CONST, .kind = VALUE_TRUTH, .constant = value ? 1 : 0};
    return node_intern(graph, &leaf, node);
}

static bool labels_same(const struct label_list *list, const char *const *labels, uint32_t count)
{
    bool same = list->count == count;
    for (uint32_t i = 0; same && list->labels != labels && i < count; i++)
        same = strcmp(list->labels[i], labels[i]) == 0;
    return same;
}

/* The standing list equal to `labels`, so that labels of one list share one pointer. */
static const char *const *labels_intern(struct graph *graph, const char *const *labels,
                                        uint32_t count)
{
    struct node_index *index = graph->index;
    for (size_t i = 0; i < index->list_count; i++)
        if (labels_same(&index->lists[i], labels, count))
            return index->lists[i].labels;
    index->lists = arena_grow(graph->arena, index->lists, index->list_count, sizeof *index->lists);
    struct label_list *list = &index->lists[index->list_count++];
    *list = (struct label_list){copy_strings(graph->arena, labels, count), count};
    return list->labels;
}

enum status graph_label(struct graph *graph, uint32_t value, const char *const *labels,
                        uint32_t label_count, node_id *node)
{
    if (value >= label_count)
        return graph_fault(graph, "there is no label %u in a list of %u", value, label_count);
    struct node leaf = {.op = OP_CONST,
                        .kind = VALUE_LABEL,
                        .constant = value,
                        .labels = labels_intern(graph, labels, label_count),
                        .label_count = label_count};
    return node_intern(graph, &leaf, node);
}

static uint32_t add_premise(struct graph *graph, const struct graph_premise *premise)
{
    struct graph_premise copy = *premise;
    copy.path = arena_string(graph->arena, premise->path);
    copy.labels = premise->kind == VALUE_LABEL
                      ? labels_intern(graph, premise->labels, premise->label_count)
                      : NULL;
    graph->premises = arena_grow(graph->arena, graph->premises, graph->premise_count, sizeof copy);
    graph->premises[graph->premise_count++] = copy;
    path_index_add(&graph->index->paths, graph, graph->index->key);
    return graph->premise_count - 1;
}

static bool premise_same(const struct graph_premise *a, const struct graph_premise *b)
{
    if (a->kind != b->kind || !unit_equal(&a->unit, &b->unit) || a->label_count != b->label_count)
        return false;
    for (uint32_t i = 0; i < a->label_count; i++)
        if (strcmp(a->labels[i], b->labels[i]) != 0)
            return false;
    return true;
}

enum status graph_premise(struct graph *graph, const struct graph_premise *premise, node_id *node)
{
    uint32_t index = path_index_find(&graph->index->paths, graph, graph->index->key, premise->path);
    if (index == UINT32_MAX)
        index = add_premise(graph, premise);
    else if (!premise_same(&graph->premises[index], premise))
        return graph_fault(graph, "the premise %s is read in two ways", premise->path);
    const struct graph_premise *standing = &graph->premises[index];
    struct node leaf = {.op = OP_PREMISE,
                        .kind = standing->kind,
                        .unit = standing->unit,
                        .index = index,
                        .labels = standing->labels,
                        .label_count = standing->label_count};
    return node_intern(graph, &leaf, node);
}

enum status graph_port(struct graph *graph, const char *name, enum value_kind kind,
                       const struct unit *unit, axis_set axes, node_id *node)
{
    uint32_t index = 0;
    while (index < graph->port_count && strcmp(graph->ports[index].name, name) != 0)
        index++;
    if (kind == VALUE_LABEL)
        return graph_fault(graph, "the port %s cannot be a label", name);
    if (graph->axis_count < GRAPH_MOST_AXES && axes >> graph->axis_count != 0)
        return graph_fault(graph, "the port %s varies along an axis that is not there", name);
    if (index == graph->port_count) {
        graph->ports =
            arena_grow(graph->arena, graph->ports, graph->port_count, sizeof *graph->ports);
        graph->ports[graph->port_count++].name = arena_string(graph->arena, name);
    }
    struct node leaf = {.op = OP_PORT, .kind = kind, .unit = *unit, .axes = axes, .index = index};
    return node_intern(graph, &leaf, node);
}

enum status graph_coordinate(struct graph *graph, uint32_t axis, node_id *node)
{
    if (axis >= graph->axis_count || graph->axes[axis].coordinates == NULL)
        return graph_fault(graph, "the axis has no coordinates");
    struct node leaf = {.op = OP_COORDINATE,
                        .kind = VALUE_NUMBER,
                        .unit = graph->axes[axis].unit,
                        .axes = (axis_set)1 << axis,
                        .index = axis};
    return node_intern(graph, &leaf, node);
}

/* --- operations ------------------------------------------------------------------------------ */

static axis_set union_of_axes(const struct graph *graph, const node_id *arguments, size_t count)
{
    axis_set axes = 0;
    for (size_t i = 0; i < count; i++)
        axes |= graph->nodes[arguments[i]].axes;
    return axes;
}

static bool arguments_stand(const struct graph *graph, const node_id *arguments, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (arguments[i] >= graph->node_count)
            return false;
    return true;
}

/* Checks `node` by the rules and fills in what follows from its arguments. The arguments are
 * copied first, for bare zeros among them take their partner's unit. */
static enum status node_check(struct graph *graph, struct node *node, const node_id *arguments,
                              uint32_t count)
{
    if (!arguments_stand(graph, arguments, count))
        return graph_fault(graph, "%s has an argument that is not there", op_spelling(node->op));
    node_id *copy = arena_array(graph->arena, count, sizeof *copy);
    memcpy(copy, arguments, count * sizeof *copy);
    node->arguments = copy;
    node->argument_count = count;
    node->axes = union_of_axes(graph, copy, count);
    return rules_apply(graph, node, copy);
}

enum status graph_stack(struct graph *graph, uint32_t axis, const node_id *arguments, node_id *node)
{
    if (axis >= graph->axis_count)
        return graph_fault(graph, "there is no such axis to stack along");
    struct node stack = {.op = OP_STACK, .index = axis};
    uint32_t size = graph->axes[axis].size;
    if (node_check(graph, &stack, arguments, size) != STATUS_OK)
        return STATUS_PLUGIN;
    if ((stack.axes >> axis & 1) != 0)
        return graph_fault(graph, "what is stacked along `%s` already varies along it",
                           graph->axes[axis].name);
    bool all_one = !graph->axes[axis].classes || graph->nodes[stack.arguments[0]].op == OP_CONST;
    for (uint32_t i = 1; i < size; i++)
        all_one = all_one && stack.arguments[i] == stack.arguments[0];
    if (all_one) { /* the same at every place: it does not vary along the axis */
        *node = stack.arguments[0];
        return STATUS_OK;
    }
    stack.axes |= (axis_set)1 << axis;
    return node_intern(graph, &stack, node);
}

static bool all_constant(const struct graph *graph, const struct node *node)
{
    for (uint32_t i = 0; i < node->argument_count; i++)
        if (graph->nodes[node->arguments[i]].op != OP_CONST)
            return false;
    return true;
}

static enum status node_fold(struct graph *graph, const struct node *node, node_id *id)
{
    double *values = arena_array(graph->arena, node->argument_count, sizeof *values);
    for (uint32_t i = 0; i < node->argument_count; i++)
        values[i] = graph->nodes[node->arguments[i]].constant;
    enum op_fault fault = OP_FAULT_NONE;
    double value = op_apply(node->op, values, node->argument_count, node->index, &fault);
    if (graph->linked && (fault != OP_FAULT_NONE || !isfinite(value)))
        return node_intern(graph, node, id);
    if (fault != OP_FAULT_NONE)
        return graph_fault(graph, "%s of literals: %s", op_spelling(node->op),
                           op_fault_text(fault));
    if (!isfinite(value))
        return graph_fault(graph, "%s of literals is not a finite number", op_spelling(node->op));
    struct node leaf = {.op = OP_CONST,
                        .kind = node->kind,
                        .unit = node->unit,
                        .constant = value,
                        .labels = node->labels,
                        .label_count = node->label_count};
    return node_intern(graph, &leaf, id);
}

enum status graph_apply(struct graph *graph, enum op op, const node_id *arguments,
                        uint32_t argument_count, uint32_t columns, node_id *node)
{
    if (op >= OP_COUNT || !op_is_elementwise(op))
        return graph_fault(graph, "%s is not an elementwise operation",
                           op < OP_COUNT ? op_spelling(op) : "this");
    if (op_arity(op) >= 0 && (uint32_t)op_arity(op) != argument_count)
        return graph_fault(graph, "%s takes %d arguments, not %u", op_spelling(op), op_arity(op),
                           argument_count);
    if (argument_count == 0)
        return graph_fault(graph, "%s needs arguments", op_spelling(op));
    struct node built = {.op = op, .index = op == OP_LOOKUP ? columns : 0};
    if (node_check(graph, &built, arguments, argument_count) != STATUS_OK)
        return STATUS_PLUGIN;
    if (all_constant(graph, &built))
        return node_fold(graph, &built, node);
    return node_intern(graph, &built, node);
}

static enum status sum_of_constant(struct graph *graph, uint32_t axis, node_id argument,
                                   node_id *node)
{
    node_id product[2] = {argument, NODE_NONE};
    if (graph_constant(graph, graph->axes[axis].size, &unit_one, &product[1]) != STATUS_OK)
        return STATUS_PLUGIN;
    return graph_apply(graph, OP_MUL, product, 2, 0, node);
}

enum status graph_reduce(struct graph *graph, enum op op, uint32_t axis, node_id argument,
                         node_id *node)
{
    if (axis >= graph->axis_count)
        return graph_fault(graph, "there is no such axis to reduce over");
    if (op != OP_SUM && op != OP_REDUCE_MIN && op != OP_REDUCE_MAX)
        return graph_fault(graph, "%s does not reduce", op < OP_COUNT ? op_spelling(op) : "this");
    struct node reduced = {.op = op, .index = axis};
    if (node_check(graph, &reduced, &argument, 1) != STATUS_OK)
        return STATUS_PLUGIN;
    axis_set bit = (axis_set)1 << axis;
    if ((reduced.axes & bit) == 0 && op == OP_SUM && graph->axes[axis].classes)
        return graph_fault(graph,
                           "what is added up over `%s` is the same for all: of persons in a table "
                           "of records, add up what is multiplied by their share",
                           graph->axes[axis].name);
    if ((reduced.axes & bit) == 0 && op == OP_SUM)
        return sum_of_constant(graph, axis, argument, node);
    if ((reduced.axes & bit) == 0) {
        *node = argument;
        return STATUS_OK;
    }
    reduced.axes &= ~bit;
    return node_intern(graph, &reduced, node);
}

/* --- claims ---------------------------------------------------------------------------------- */

static struct claim claim_copy(struct arena *arena, const struct claim *claim)
{
    struct claim copy = *claim;
    const char **const texts[] = {&copy.name,   &copy.text, &copy.otherwise,
                                  &copy.scheme, &copy.cite, &copy.plugin};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i] != NULL)
            *texts[i] = arena_string(arena, *texts[i]);
    copy.sources = copy_strings(arena, claim->sources, claim->source_count);
    struct claim_question *questions = arena_array(arena, claim->question_count, sizeof *questions);
    for (uint32_t i = 0; i < claim->question_count; i++) {
        const struct claim_question *from = &claim->questions[i];
        questions[i].topic = arena_string(arena, from->topic);
        questions[i].text = arena_string(arena, from->text);
        questions[i].reply = from->reply == NULL ? NULL : arena_string(arena, from->reply);
    }
    copy.questions = questions;
    return copy;
}

static bool claim_stands(const struct graph *graph, const char *name)
{
    uint32_t i = 0;
    while (i < graph->claim_count && strcmp(graph->claims[i].name, name) != 0)
        i++;
    return i < graph->claim_count;
}

bool claim_is_refusal(const struct claim *claim)
{
    return claim->scheme != NULL && strcmp(claim->scheme, "refusal") == 0;
}

node_id graph_find_claim(const struct graph *graph, const char *name)
{
    if (!claim_stands(graph, name)) /* there are many nodes, and few claims */
        return NODE_NONE;
    for (uint32_t i = 0; i < graph->node_count; i++) {
        const struct node *node = &graph->nodes[i];
        if (node->op == OP_CLAIM && strcmp(graph->claims[node->index].name, name) == 0)
            return i;
    }
    return NODE_NONE;
}

static enum status claim_check(struct graph *graph, const struct claim *claim)
{
    if (claim->applies == NODE_NONE)
        return STATUS_OK;
    if (claim->applies >= graph->node_count || graph->nodes[claim->applies].kind != VALUE_TRUTH)
        return graph_fault(graph, "`applies` of the claim %s is not a truth", claim->name);
    return STATUS_OK;
}

enum status graph_claim(struct graph *graph, const struct claim *claim, node_id value,
                        node_id *node)
{
    node_id standing = graph_find_claim(graph, claim->name);
    if (standing != NODE_NONE) {
        if (graph->nodes[standing].arguments[0] != value)
            return graph_fault(graph, "there is a claim called %s already, with another value",
                               claim->name);
        *node = standing;
        return STATUS_OK;
    }
    struct node identity = {.op = OP_CLAIM, .index = graph->claim_count};
    if (node_check(graph, &identity, &value, 1) != STATUS_OK ||
        claim_check(graph, claim) != STATUS_OK || node_append(graph, &identity, node) != STATUS_OK)
        return STATUS_PLUGIN;
    graph->claims = arena_grow(graph->arena, graph->claims, graph->claim_count, sizeof *claim);
    graph->claims[graph->claim_count++] = claim_copy(graph->arena, claim);
    return STATUS_OK;
}

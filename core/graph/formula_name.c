/* What a node is called, and where a formula says "mean". */
#include <string.h>

#include "graph/formula.h"
#include "graph/formula_parts.h"

static const struct node *node_at(const struct graph *graph, node_id id)
{
    return &graph->nodes[id];
}

/* --- names ----------------------------------------------------------------------------------- */

/* One step of a path: model . channels . "2G2.2" */
struct step {
    const char *text;
    size_t length;
};

enum { MOST_STEPS = 32 };

/* Splits at dots that are not inside quotes. Returns the number of steps, at most MOST_STEPS. */
static size_t path_split(const char *path, struct step steps[MOST_STEPS])
{
    size_t count = 0;
    bool quoted = false;
    const char *from = path;
    for (const char *at = path; count < MOST_STEPS; at++) {
        if (*at == '"')
            quoted = !quoted;
        if (*at != '\0' && (*at != '.' || quoted))
            continue;
        steps[count++] = (struct step){from, (size_t)(at - from)};
        if (*at == '\0')
            break;
        from = at + 1;
    }
    return count;
}

static bool step_is(const struct step *step, const char *text, size_t length)
{
    return step->length == length && memcmp(step->text, text, length) == 0;
}

/* What all paths met so far have in common. */
struct shared {
    struct step steps[MOST_STEPS];
    bool differs[MOST_STEPS];
    size_t count; /* 0: none met yet */
};

/* Returns false when the path has another number of steps than those before. */
static bool shared_add(struct shared *shared, const char *path)
{
    struct step steps[MOST_STEPS];
    size_t count = path_split(path, steps);
    if (shared->count == 0) {
        memcpy(shared->steps, steps, count * sizeof *steps);
        shared->count = count;
    }
    if (shared->count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!step_is(&shared->steps[i], steps[i].text, steps[i].length))
            shared->differs[i] = true;
    return true;
}

/* The last shared step; the last two below model.channels when both are shared. */
static const char *shared_name(struct arena *arena, const struct shared *shared)
{
    size_t last = shared->count;
    while (last > 0 && shared->differs[last - 1])
        last--;
    if (last == 0 || (last == 1 && shared->count > 1))
        return NULL; /* `cases` or `model` names nothing */
    const struct step *steps = shared->steps, *step = &steps[last - 1];
    bool channel = shared->count >= 4 && last == shared->count && !shared->differs[last - 2] &&
                   step_is(&steps[0], "model", 5) && step_is(&steps[1], "channels", 8);
    const char *from = channel ? step[-1].text : step->text;
    return arena_string_n(arena, from, (size_t)(step->text + step->length - from));
}

/* Adds the paths of all premises below a stack. Returns false when something else stands there. */
static bool shared_collect(struct shared *shared, const struct graph *graph, node_id id, int depth)
{
    const struct node *node = node_at(graph, id);
    if (node->op == OP_PREMISE)
        return shared_add(shared, graph->premises[node->index].path);
    if (node->op != OP_STACK || depth == 0)
        return false;
    for (uint32_t i = 0; i < node->argument_count; i++)
        if (!shared_collect(shared, graph, node->arguments[i], depth - 1))
            return false;
    return true;
}

const char *formula_premises_name(struct arena *arena, const struct graph *graph, node_id id)
{
    struct shared shared = {.count = 0};
    if (!shared_collect(&shared, graph, id, 3))
        return NULL;
    return shared_name(arena, &shared);
}

/* What took a port's place goes by the port's name. */
static const char *stack_name(struct arena *arena, const struct graph *graph, node_id id)
{
    for (uint32_t i = 0; i < graph->output_count; i++)
        if (graph->outputs[i].value == id)
            return graph->outputs[i].name;
    return formula_premises_name(arena, graph, id);
}

static const char *claim_name(const struct graph *graph, const struct node *node)
{
    const char *name = graph->claims[node->index].name;
    const char *dot = strchr(name, '.');
    return dot == NULL ? name : dot + 1;
}

static bool is_quotient(const struct node *node)
{
    return node->op == OP_DIV || node->op == OP_RATIO;
}

/* x / sum of x along `axis`: weights that are normalised. */
static bool is_normalised(const struct graph *graph, const struct node *node, uint32_t *axis)
{
    if (!is_quotient(node))
        return false;
    const struct node *sum = node_at(graph, node->arguments[1]);
    if (sum->op != OP_SUM || sum->arguments[0] != node->arguments[0])
        return false;
    *axis = sum->index;
    return true;
}

/* Shares are called so before and after they are made to add up to 1. */
static const char *share_name(struct arena *arena, const struct graph *graph,
                              const struct node *node)
{
    uint32_t axis;
    if (!is_normalised(graph, node, &axis))
        return NULL;
    const char *name = formula_name(arena, graph, node->arguments[0]);
    return name != NULL && strcmp(name, "share") == 0 ? name : NULL;
}

const char *formula_name(struct arena *arena, const struct graph *graph, node_id id)
{
    const struct node *node = node_at(graph, id);
    switch (node->op) {
    case OP_PREMISE:
        return formula_premises_name(arena, graph, id);
    case OP_PORT:
        return graph->ports[node->index].name;
    case OP_CLAIM:
        return claim_name(graph, node);
    case OP_STACK:
        return stack_name(arena, graph, id);
    case OP_DIV:
    case OP_RATIO:
        return node_at(graph, node->arguments[0])->op == OP_STACK ? share_name(arena, graph, node)
                                                                  : NULL;
    default:
        return NULL;
    }
}

/* --- means ----------------------------------------------------------------------------------- */

/* sum(x * w) / sum(w), or sum(x) / size. */
static bool mean_of_quotient(const struct graph *graph, const struct node *node, struct mean *mean)
{
    const struct node *top = node_at(graph, node->arguments[0]);
    const struct node *bottom = node_at(graph, node->arguments[1]);
    if (top->op != OP_SUM)
        return false;
    node_id inner = top->arguments[0];
    if (bottom->op == OP_CONST && unit_is_one(&bottom->unit) &&
        bottom->constant == graph->axes[top->index].size) {
        *mean = (struct mean){top->index, inner, NODE_NONE};
        return true;
    }
    const struct node *product = node_at(graph, inner);
    if (bottom->op != OP_SUM || bottom->index != top->index || product->op != OP_MUL)
        return false;
    node_id weight = bottom->arguments[0];
    bool right = product->arguments[1] == weight;
    if (!right && product->arguments[0] != weight)
        return false;
    *mean = (struct mean){top->index, product->arguments[right ? 0 : 1], weight};
    return true;
}

/* sum(x * w) where w is normalised along the same axis. */
static bool mean_of_sum(const struct graph *graph, const struct node *node, struct mean *mean)
{
    const struct node *product = node_at(graph, node->arguments[0]);
    if (product->op != OP_MUL)
        return false;
    for (int right = 1; right >= 0; right--) {
        const struct node *factor = node_at(graph, product->arguments[right]);
        uint32_t axis;
        if (!is_normalised(graph, factor, &axis) || axis != node->index)
            continue;
        *mean = (struct mean){axis, product->arguments[1 - right], factor->arguments[0]};
        return true;
    }
    return false;
}

bool formula_mean(const struct graph *graph, const struct node *node, struct mean *mean)
{
    if (is_quotient(node))
        return mean_of_quotient(graph, node, mean);
    return node->op == OP_SUM && mean_of_sum(graph, node, mean);
}

/* The claims of a graph: steps of an argument, each on a node. */
#include <string.h>

#include "graph/graph_parts.h"
#include "graph/rules.h"

static struct claim claim_copy(struct arena *arena, const struct claim *claim)
{
    struct claim copy = *claim;
    const char **const texts[] = {&copy.name,   &copy.text, &copy.otherwise,
                                  &copy.scheme, &copy.cite, &copy.plugin};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i] != NULL)
            *texts[i] = arena_string(arena, *texts[i]);
    copy.sources = strings_copy(arena, claim->sources, claim->source_count);
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

/* Which steps of a worksheet rest on a number that nobody has verified. */
#include "analysis/worksheet.h"

/* The arguments of a node that every value of it rests on. Which cell of a lookup stands depends on
 * the case, so that its plugin tells what it took; here only row and column count. */
static uint32_t arguments_that_count(const struct node *node)
{
    return node->op == OP_LOOKUP ? 2 : node->argument_count;
}

static void need_arguments(const struct node *node, bool *needed)
{
    for (uint32_t a = 0; a < arguments_that_count(node); a++)
        needed[node->arguments[a]] = true;
}

/* Other claims are steps of their own, and say for themselves what they rest on. */
bool worksheet_unverified(struct arena *scratch, const struct worksheet *worksheet,
                          const struct worksheet_step *step)
{
    const struct model *model = worksheet->model;
    const struct graph *graph = model->linked.graph;
    bool *needed = arena_array(scratch, graph->node_count, sizeof *needed);
    need_arguments(&graph->nodes[step->node], needed);
    if (step->claim->applies != NODE_NONE)
        needed[step->claim->applies] = true;
    for (uint32_t i = graph->node_count; i-- > 0;) {
        const struct node *node = &graph->nodes[i];
        if (!needed[i] || node->op == OP_CLAIM)
            continue;
        if (node->op == OP_PREMISE && model->premises[node->index]->status == PREMISE_UNVERIFIED)
            return true;
        need_arguments(node, needed);
    }
    return false;
}

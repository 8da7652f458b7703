/* Which nodes need no step of their own: a sum, difference or product that only one other of its
 * kind reads, and products with fixed weights that only a sum reads. */
#include "engine/kernels.h"
#include "engine/tape.h"

struct folding {
    struct builder *builder;
    uint32_t *readers; /* [node]: how often it is read */
};

static struct entry *entry_of(const struct folding *folding, node_id node)
{
    return &folding->builder->entries[node];
}

static const struct node *node_of(const struct folding *folding, node_id node)
{
    return &folding->builder->graph->nodes[node];
}

static node_id argument(const struct folding *folding, node_id node, uint32_t i)
{
    return resolve_claims(folding->builder->graph, node_of(folding, node)->arguments[i]);
}

static bool takes_part(const struct folding *folding, node_id node)
{
    const struct entry *entry = entry_of(folding, node);
    return entry->needed && entry->varies;
}

static void count_readers(struct folding *folding)
{
    for (node_id n = 0; n < folding->builder->graph->node_count; n++)
        for (uint32_t i = 0; takes_part(folding, n) && i < node_of(folding, n)->argument_count; i++)
            folding->readers[argument(folding, n, i)]++;
}

/* The operations that have loops for pairs: see struct kernels. Two zeros that differ in sign, and
 * NaN, keep minimum and maximum from taking their arguments in another order. */
static bool may_be_first(enum op op)
{
    return op == OP_ADD || op == OP_SUB || op == OP_MUL || op == OP_MAX;
}

static bool may_be_second(enum op op, uint32_t place)
{
    bool ordered = op == OP_MIN || op == OP_MAX;
    return op == OP_ADD || op == OP_SUB || op == OP_MUL || (ordered && place == 0);
}

static bool may_be_folded(const struct folding *folding, node_id node)
{
    const struct entry *entry = entry_of(folding, node);
    return entry->varies && !entry->wanted && folding->readers[node] == 1 &&
           entry->folds == NODE_NONE && entry->folded_into == NODE_NONE;
}

static void fold(struct folding *folding, node_id part, node_id whole)
{
    entry_of(folding, part)->folded_into = whole;
    entry_of(folding, whole)->folds = part;
}

/* A sum of at most SUM_PARTIALS places, which are added one after the other. */
static void fold_product(struct folding *folding, node_id sum)
{
    const struct node *node = node_of(folding, sum);
    const struct graph *graph = folding->builder->graph;
    if (node->op != OP_SUM || graph->axes[node->index].size > SUM_PARTIALS)
        return;
    node_id product = argument(folding, sum, 0);
    if (node_of(folding, product)->op != OP_MUL || !may_be_folded(folding, product))
        return;
    bool a = entry_of(folding, argument(folding, product, 0))->varies;
    bool b = entry_of(folding, argument(folding, product, 1))->varies;
    if (a != b)
        fold(folding, product, sum);
}

/* The other argument of a pair must not be another node that is folded: each step holds one. */
static void fold_pair(struct folding *folding, node_id n)
{
    const struct node *node = node_of(folding, n);
    const struct entry *entry = entry_of(folding, n);
    if (entry->folds != NODE_NONE || entry->folded_into != NODE_NONE)
        return;
    for (uint32_t i = 0; i < 2 && may_be_second(node->op, i); i++) {
        node_id first = argument(folding, n, i);
        const struct node *of = node_of(folding, first);
        if (may_be_first(of->op) && of->axes == node->axes && may_be_folded(folding, first)) {
            fold(folding, first, n);
            return;
        }
    }
}

/* The arguments of a step that holds another node: those of the inner one, then what is left. A
 * product in a sum gives the varying factor first, then the weights. */
static void list_folded(const struct folding *folding, node_id n, node_id *arguments)
{
    node_id part = entry_of(folding, n)->folds;
    arguments[0] = argument(folding, part, 0);
    arguments[1] = argument(folding, part, 1);
    if (node_of(folding, n)->op == OP_SUM) {
        if (!entry_of(folding, arguments[0])->varies) {
            arguments[0] = arguments[1];
            arguments[1] = argument(folding, part, 0);
        }
        return;
    }
    arguments[2] = argument(folding, n, argument(folding, n, 0) == part ? 1 : 0);
}

static void list_arguments(struct folding *folding, node_id n)
{
    struct entry *entry = entry_of(folding, n);
    const struct node *node = node_of(folding, n);
    bool holds = entry->folds != NODE_NONE;
    entry->argument_count = holds ? (node->op == OP_SUM ? 2 : 3) : node->argument_count;
    node_id *arguments =
        arena_array(folding->builder->arena, entry->argument_count, sizeof *arguments);
    if (holds)
        list_folded(folding, n, arguments);
    for (uint32_t i = 0; !holds && i < node->argument_count; i++)
        arguments[i] = argument(folding, n, i);
    entry->arguments = arguments;
    if (entry->argument_count > folding->builder->tape->most_arguments)
        folding->builder->tape->most_arguments = entry->argument_count;
}

void tape_fold(struct builder *builder)
{
    node_id count = builder->graph->node_count;
    struct folding folding = {builder, arena_array(builder->arena, count, sizeof(uint32_t))};
    for (node_id n = 0; n < count; n++)
        builder->entries[n].folds = builder->entries[n].folded_into = NODE_NONE;
    count_readers(&folding);
    for (node_id n = 0; n < count; n++)
        if (takes_part(&folding, n))
            fold_product(&folding, n);
    for (node_id n = 0; n < count; n++)
        if (takes_part(&folding, n))
            fold_pair(&folding, n);
    for (node_id n = 0; n < count; n++)
        if (takes_part(&folding, n) && builder->entries[n].folded_into == NODE_NONE)
            list_arguments(&folding, n);
}

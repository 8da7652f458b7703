/* What stands in a graph: each node once, each list of labels once, each premise by its path. */
#include <string.h>
#include <unistd.h>

#include "graph/graph_parts.h"
#include "graph/path_index.h"
#include "graph/rules.h"

/* The names of a label, standing once for all nodes that have them. */
struct label_list {
    const char *const *labels;
    uint32_t count;
};

/* Standing nodes by what they are made of: open addressing, a power of two of slots.
 *
 *   hash(op, arguments, constant, index) --> slot --> node id
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

enum status node_append(struct graph *graph, const struct node *node, node_id *id)
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

enum status node_intern(struct graph *graph, const struct node *node, node_id *id)
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

/* --- labels ---------------------------------------------------------------------------------- */

const char *const *strings_copy(struct arena *arena, const char *const *strings, size_t count)
{
    if (strings == NULL)
        return NULL;
    const char **copy = arena_array(arena, count, sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = arena_string(arena, strings[i]);
    return copy;
}

static bool labels_same(const struct label_list *list, const char *const *labels, uint32_t count)
{
    bool same = list->count == count;
    for (uint32_t i = 0; same && list->labels != labels && i < count; i++)
        same = strcmp(list->labels[i], labels[i]) == 0;
    return same;
}

const char *const *labels_intern(struct graph *graph, const char *const *labels, uint32_t count)
{
    struct node_index *index = graph->index;
    for (size_t i = 0; i < index->list_count; i++)
        if (labels_same(&index->lists[i], labels, count))
            return index->lists[i].labels;
    index->lists = arena_grow(graph->arena, index->lists, index->list_count, sizeof *index->lists);
    struct label_list *list = &index->lists[index->list_count++];
    *list = (struct label_list){strings_copy(graph->arena, labels, count), count};
    return list->labels;
}

/* --- premises -------------------------------------------------------------------------------- */

uint32_t premise_find(const struct graph *graph, const char *path)
{
    return path_index_find(&graph->index->paths, graph, graph->index->key, path);
}

void premise_indexed(struct graph *graph)
{
    path_index_add(&graph->index->paths, graph, graph->index->key);
}

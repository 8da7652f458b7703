#include "graph/path_index.h"

#include <string.h>

/* Fowler-Noll-Vo 1a, 64 bits. */
static uint64_t hash_path(uint64_t hash, const char *path)
{
    hash ^= 0xcbf29ce484222325;
    for (; *path != '\0'; path++)
        hash = (hash ^ (unsigned char)*path) * 0x100000001b3;
    return hash ^ hash >> 32;
}

/* Where the path stands, or would. */
static size_t slot_of(const struct path_index *index, const struct graph *graph, uint64_t key,
                      const char *path)
{
    size_t at = hash_path(key, path) & (index->size - 1);
    while (index->slots[at] != 0 && strcmp(graph->premises[index->slots[at] - 1].path, path) != 0)
        at = (at + 1) & (index->size - 1);
    return at;
}

uint32_t path_index_find(const struct path_index *index, const struct graph *graph, uint64_t key,
                         const char *path)
{
    if (index->size == 0)
        return UINT32_MAX;
    return index->slots[slot_of(index, graph, key, path)] - 1;
}

void path_index_add(struct path_index *index, const struct graph *graph, uint64_t key)
{
    enum { FIRST_SIZE = 64 };
    uint32_t first = graph->premise_count - 1;
    if (2 * (size_t)graph->premise_count >= index->size) {
        index->size = index->size == 0 ? FIRST_SIZE : 2 * index->size;
        index->slots = arena_array(graph->arena, index->size, sizeof *index->slots);
        first = 0;
    }
    for (uint32_t p = first; p < graph->premise_count; p++)
        index->slots[slot_of(index, graph, key, graph->premises[p].path)] = p + 1;
}

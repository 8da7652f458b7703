/* Looking up arguments by name: a merge sort, whose time no choice of names can spoil. */
#include <string.h>

#include "argue/framework.h"

struct name_index {
    const char *const *names;
    uint32_t *order; /* [count]: by name, then by number */
    uint32_t count;
};

/* Merges order[low..middle) and order[middle..high), each sorted, through `spare`. */
static void merge(const char *const *names, uint32_t *order, uint32_t *spare, uint32_t low,
                  uint32_t middle, uint32_t high)
{
    uint32_t a = low, b = middle;
    for (uint32_t i = low; i < high; i++) {
        bool first = b >= high || (a < middle && strcmp(names[order[a]], names[order[b]]) <= 0);
        spare[i] = first ? order[a++] : order[b++];
    }
    memcpy(order + low, spare + low, (high - low) * sizeof *order);
}

struct name_index *name_index_new(struct arena *arena, const char *const *names, uint32_t count)
{
    struct name_index *index = arena_alloc(arena, sizeof *index);
    index->names = names;
    index->count = count;
    index->order = arena_array(arena, count, sizeof *index->order);
    uint32_t *spare = arena_array(arena, count, sizeof *spare);
    for (uint32_t i = 0; i < count; i++)
        index->order[i] = i;
    for (uint32_t width = 1; width < count; width *= 2)
        for (uint32_t low = 0; low + width < count; low += 2 * width) {
            uint32_t high = count - low < 2 * width ? count : low + 2 * width;
            merge(names, index->order, spare, low, low + width, high);
        }
    return index;
}

bool name_index_find(const struct name_index *index, const char *name, uint32_t *number)
{
    uint32_t low = 0, high = index->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(index->names[index->order[middle]], name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == index->count || strcmp(index->names[index->order[low]], name) != 0)
        return false;
    *number = index->order[low];
    return true;
}

bool name_index_twice(const struct name_index *index, uint32_t *number)
{
    for (uint32_t i = 1; i < index->count; i++)
        if (strcmp(index->names[index->order[i - 1]], index->names[index->order[i]]) == 0) {
            *number = index->order[i];
            return true;
        }
    return false;
}

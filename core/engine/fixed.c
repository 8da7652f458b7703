/* The part of a tape that no lane changes: one instruction for each node, over all its cells. */
#include "engine/tape.h"

/* Places of one store that may be used again, by their size in cells. */
struct free_places {
    size_t cells, count, capacity;
    size_t *places;
};

struct store {
    struct arena *arena;
    struct free_places *sizes;
    size_t size_count;
    size_t cells; /* of the store so far */
};

/* An index map that stands already: the same pair of axis sets needs the same one. */
struct map {
    axis_set outer, argument;
    const uint32_t *cells;
};

struct laying {
    struct arena *arena;
    const struct graph *graph;
    struct tape *tape;
    struct entry *entries;
    struct store store;
    struct map *maps;
    size_t map_count;
};

/* --- stores ---------------------------------------------------------------------------------- */

static struct free_places *places_of_size(struct store *store, size_t cells)
{
    for (size_t i = 0; i < store->size_count; i++)
        if (store->sizes[i].cells == cells)
            return &store->sizes[i];
    store->sizes = arena_grow(store->arena, store->sizes, store->size_count, sizeof *store->sizes);
    struct free_places *places = &store->sizes[store->size_count++];
    *places = (struct free_places){.cells = cells};
    return places;
}

static size_t store_take(struct store *store, size_t cells)
{
    struct free_places *free = places_of_size(store, cells);
    if (free->count > 0)
        return free->places[--free->count];
    size_t place = store->cells;
    store->cells += cells;
    return place;
}

static void store_give(struct store *store, size_t place, size_t cells)
{
    struct free_places *free = places_of_size(store, cells);
    if (free->count == free->capacity) {
        free->places = arena_grow(store->arena, free->places, free->count, sizeof *free->places);
        free->capacity = free->count == 0 ? 1 : 2 * free->count;
    }
    free->places[free->count++] = place;
}

/* --- runs and index maps --------------------------------------------------------------------- */

static axis_set axes_below(uint32_t axis)
{
    return ((axis_set)1 << axis) - 1;
}

static const struct node *argument_of(const struct laying *laying, const struct node *node,
                                      size_t i)
{
    return &laying->graph->nodes[resolve_claims(laying->graph, node->arguments[i])];
}

/* Whether every argument goes along with `axis` just when it goes along with what is already in the
 * run: then the run may take the axis in. `along[i]`: argument i goes along with the run. */
static bool joins_run(const struct laying *laying, const struct node *node, uint32_t axis,
                      const bool *along)
{
    for (size_t i = 0; i < node->argument_count; i++)
        if (axes_have(argument_of(laying, node, i)->axes, axis) != along[i])
            return false;
    return true;
}

/* The axes of a run, the last ones of the node, as many as go together. `stop`: an axis that no run
 * may hold. */
static axis_set run_axes(const struct laying *laying, const struct node *node, uint32_t stop,
                         bool *along)
{
    axis_set axes = 0;
    bool empty = true;
    for (uint32_t axis = laying->graph->axis_count; axis-- > 0 && axis != stop;) {
        if (!axes_have(node->axes, axis))
            continue;
        for (size_t i = 0; empty && i < node->argument_count; i++)
            along[i] = axes_have(argument_of(laying, node, i)->axes, axis);
        empty = false;
        if (!joins_run(laying, node, axis, along))
            break;
        axes |= (axis_set)1 << axis;
    }
    return axes;
}

/* For each cell over `outer`, the cell of an argument with the axes `argument` (whose places along
 * other axes are 0). */
static const uint32_t *map_build(struct laying *laying, axis_set outer, axis_set argument)
{
    const struct graph *graph = laying->graph;
    size_t cells = graph_cells(graph, outer), repeat = 1, step = 1;
    uint32_t *map = arena_array(laying->arena, cells, sizeof *map);
    for (uint32_t axis = graph->axis_count; axis-- > 0;) {
        size_t size = graph->axes[axis].size;
        if (axes_have(outer, axis) && axes_have(argument, axis))
            for (size_t cell = 0; cell < cells; cell++)
                map[cell] += (uint32_t)(cell / repeat % size * step);
        repeat *= axes_have(outer, axis) ? size : 1;
        step *= axes_have(argument, axis) ? size : 1;
    }
    return map;
}

static const uint32_t *map_find(struct laying *laying, axis_set outer, axis_set argument)
{
    for (size_t i = 0; i < laying->map_count; i++)
        if (laying->maps[i].outer == outer && laying->maps[i].argument == argument)
            return laying->maps[i].cells;
    const uint32_t *cells = map_build(laying, outer, argument);
    laying->maps = arena_grow(laying->arena, laying->maps, laying->map_count, sizeof *laying->maps);
    laying->maps[laying->map_count++] = (struct map){outer, argument, cells};
    return cells;
}

static struct source source_of(struct laying *laying, node_id argument, axis_set outer, bool runs)
{
    node_id node = resolve_claims(laying->graph, argument);
    axis_set axes = laying->graph->nodes[node].axes;
    struct source source = {.place = laying->entries[node].place, .runs = runs};
    if ((axes & outer) == outer) /* outer axes come before those of the run */
        source.step = graph_cells(laying->graph, axes & ~outer);
    else if ((axes & outer) != 0)
        source.map = map_find(laying, outer, axes);
    return source;
}

/* --- instructions ---------------------------------------------------------------------------- */

/* Elementwise operations and stacks: runs over the last axes, an index map over the others. */
static void lay_runs(struct laying *laying, struct instruction *instruction)
{
    const struct graph *graph = laying->graph;
    const struct node *node = &graph->nodes[instruction->node];
    uint32_t stop = node->op == OP_STACK ? node->index : UINT32_MAX;
    bool *along = arena_array(laying->arena, node->argument_count + (size_t)1, sizeof *along);
    axis_set run = run_axes(laying, node, stop, along);
    axis_set outer = node->axes & ~run;
    instruction->inner = graph_cells(graph, run);
    instruction->outer = graph_cells(graph, outer);
    for (size_t i = 0; i < node->argument_count; i++)
        instruction->arguments[i] = source_of(laying, node->arguments[i], outer, along[i]);
    if (stop != UINT32_MAX) {
        instruction->reduced = graph->axes[stop].size;
        instruction->below = graph_cells(graph, outer & ~axes_below(stop)) / instruction->reduced;
    }
}

/* A reduction: the argument's cells are [outer][places along the axis][inner]. */
static void lay_reduction(struct laying *laying, struct instruction *instruction)
{
    const struct graph *graph = laying->graph;
    const struct node *node = &graph->nodes[instruction->node];
    axis_set outer = node->axes & axes_below(node->index);
    instruction->outer = graph_cells(graph, outer);
    instruction->inner = graph_cells(graph, node->axes & ~outer);
    instruction->reduced = graph->axes[node->index].size;
    instruction->arguments[0] = source_of(laying, node->arguments[0], outer, true);
}

static void lay_instruction(struct laying *laying, struct instruction *instruction)
{
    const struct node *node = &laying->graph->nodes[instruction->node];
    instruction->op = node->op;
    instruction->index = node->index;
    instruction->constant = node->constant;
    instruction->argument_count = node->argument_count;
    instruction->arguments =
        arena_array(laying->arena, node->argument_count, sizeof *instruction->arguments);
    if (node->op == OP_PREMISE)
        instruction->stream = stream_of_path(laying->graph->premises[node->index].path);
    if (node->op == OP_SUM || node->op == OP_REDUCE_MIN || node->op == OP_REDUCE_MAX)
        lay_reduction(laying, instruction);
    else
        lay_runs(laying, instruction);
    if (node->argument_count > laying->tape->most_arguments)
        laying->tape->most_arguments = node->argument_count;
}

/* Gives away the places that node `n` was the last to read. */
static void release_places(struct laying *laying, node_id n)
{
    const struct graph *graph = laying->graph;
    for (uint32_t i = 0; i < graph->nodes[n].argument_count; i++) {
        node_id argument = resolve_claims(graph, graph->nodes[n].arguments[i]);
        struct entry *entry = &laying->entries[argument];
        if (entry->kept || entry->last_reader != n)
            continue;
        store_give(&laying->store, entry->place, graph_cells(graph, graph->nodes[argument].axes));
        entry->kept = true; /* once only */
    }
}

/* A node's place is taken before its arguments' places are given away, so that no operation writes
 * over what it reads. */
static void add_instruction(struct laying *laying, node_id n)
{
    struct entry *entry = &laying->entries[n];
    struct instruction *instruction = &laying->tape->fixed[laying->tape->fixed_count++];
    entry->place =
        store_take(&laying->store, graph_cells(laying->graph, laying->graph->nodes[n].axes));
    instruction->node = n;
    instruction->place = entry->place;
    lay_instruction(laying, instruction);
    release_places(laying, n);
}

void tape_lay_fixed(struct builder *builder)
{
    struct laying laying = {.arena = builder->arena,
                            .graph = builder->graph,
                            .tape = builder->tape,
                            .entries = builder->entries,
                            .store = {.arena = builder->arena}};
    size_t count = 0;
    for (node_id n = 0; n < laying.graph->node_count; n++)
        count += laying.entries[n].needed && !laying.entries[n].varies;
    laying.tape->fixed = arena_array(laying.arena, count, sizeof *laying.tape->fixed);
    for (node_id n = 0; n < laying.graph->node_count; n++)
        if (laying.entries[n].needed && !laying.entries[n].varies)
            add_instruction(&laying, n);
    laying.tape->fixed_cells = laying.store.cells;
}

#include "engine/tape.h"

#include <string.h>

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

/* What is known of a node while the tape is built. */
struct entry {
    bool needed;
    bool varies;
    bool kept; /* read by another store's instructions, or wanted: its place is never given away */
    node_id last_reader;
    size_t place;
};

struct builder {
    struct arena *arena;
    const struct graph *graph;
    struct tape *tape;
    const bool *varies; /* [premises] */
    struct entry *entries;
    struct store fixed, varying;
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

/* --- which nodes, and until when ------------------------------------------------------------- */

static node_id resolve(const struct graph *graph, node_id node)
{
    while (graph->nodes[node].op == OP_CLAIM)
        node = graph->nodes[node].arguments[0];
    return node;
}

/* Arguments come before their nodes, so one pass from the end reaches all that is needed. */
static void mark_needed(struct builder *builder, const node_id *wanted, size_t wanted_count)
{
    const struct graph *graph = builder->graph;
    for (size_t w = 0; w < wanted_count; w++) {
        struct entry *entry = &builder->entries[resolve(graph, wanted[w])];
        entry->needed = true;
        entry->kept = true;
    }
    for (node_id n = graph->node_count; n-- > 0;) {
        const struct node *node = &graph->nodes[n];
        if (!builder->entries[n].needed)
            continue;
        for (uint32_t i = 0; i < node->argument_count; i++)
            builder->entries[resolve(graph, node->arguments[i])].needed = true;
    }
}

static bool node_varies(const struct builder *builder, const struct node *node)
{
    if (node->op == OP_PREMISE)
        return builder->varies[node->index];
    for (uint32_t i = 0; i < node->argument_count; i++)
        if (builder->entries[resolve(builder->graph, node->arguments[i])].varies)
            return true;
    return false;
}

static void mark_lives(struct builder *builder)
{
    const struct graph *graph = builder->graph;
    for (node_id n = 0; n < graph->node_count; n++) {
        struct entry *entry = &builder->entries[n];
        if (!entry->needed)
            continue;
        entry->varies = node_varies(builder, &graph->nodes[n]);
        entry->last_reader = n;
        for (uint32_t i = 0; i < graph->nodes[n].argument_count; i++) {
            struct entry *argument =
                &builder->entries[resolve(graph, graph->nodes[n].arguments[i])];
            argument->last_reader = n;
            argument->kept = argument->kept || argument->varies != entry->varies;
        }
    }
}

/* --- runs and index maps --------------------------------------------------------------------- */

static bool has_axis(axis_set axes, uint32_t axis)
{
    return (axes >> axis & 1) != 0;
}

static axis_set axes_below(uint32_t axis)
{
    return ((axis_set)1 << axis) - 1;
}

static const struct node *argument_of(const struct builder *builder, const struct node *node,
                                      size_t i)
{
    return &builder->graph->nodes[resolve(builder->graph, node->arguments[i])];
}

static bool argument_varies(const struct builder *builder, const struct node *node, size_t i)
{
    return builder->entries[resolve(builder->graph, node->arguments[i])].varies;
}

/* Whether every argument goes along with `axis` just when it goes along with what is already in
 * the run: then the run may take the axis in. `along[i]`: argument i goes along with the run. */
static bool joins_run(const struct builder *builder, const struct node *node, uint32_t axis,
                      const bool *along)
{
    for (size_t i = 0; i < node->argument_count; i++)
        if (has_axis(argument_of(builder, node, i)->axes, axis) != along[i])
            return false;
    return true;
}

/* The axes of a run, the last ones of the node: for a varying node those that go with the lanes,
 * for a fixed one as many as go together. `stop`: an axis that no run may hold. */
static axis_set run_axes(const struct builder *builder, const struct node *node, bool varies,
                         uint32_t stop, bool *along)
{
    axis_set axes = 0;
    bool empty = !varies;
    for (size_t i = 0; i < node->argument_count; i++)
        along[i] = argument_varies(builder, node, i) && varies;
    for (uint32_t axis = builder->graph->axis_count; axis-- > 0 && axis != stop;) {
        if (!has_axis(node->axes, axis))
            continue;
        for (size_t i = 0; empty && i < node->argument_count; i++)
            along[i] = has_axis(argument_of(builder, node, i)->axes, axis);
        empty = false;
        if (!joins_run(builder, node, axis, along))
            break;
        axes |= (axis_set)1 << axis;
    }
    return axes;
}

/* For each cell over `outer`, the cell of an argument with the axes `argument` (whose places along
 * other axes are 0). */
static const uint32_t *map_build(struct builder *builder, axis_set outer, axis_set argument)
{
    const struct graph *graph = builder->graph;
    size_t cells = graph_cells(graph, outer), repeat = 1, step = 1;
    uint32_t *map = arena_array(builder->arena, cells, sizeof *map);
    for (uint32_t axis = graph->axis_count; axis-- > 0;) {
        size_t size = graph->axes[axis].size;
        if (has_axis(outer, axis) && has_axis(argument, axis))
            for (size_t cell = 0; cell < cells; cell++)
                map[cell] += (uint32_t)(cell / repeat % size * step);
        repeat *= has_axis(outer, axis) ? size : 1;
        step *= has_axis(argument, axis) ? size : 1;
    }
    return map;
}

static const uint32_t *map_find(struct builder *builder, axis_set outer, axis_set argument)
{
    for (size_t i = 0; i < builder->map_count; i++)
        if (builder->maps[i].outer == outer && builder->maps[i].argument == argument)
            return builder->maps[i].cells;
    const uint32_t *cells = map_build(builder, outer, argument);
    builder->maps =
        arena_grow(builder->arena, builder->maps, builder->map_count, sizeof *builder->maps);
    builder->maps[builder->map_count++] = (struct map){outer, argument, cells};
    return cells;
}

static struct source source_of(struct builder *builder, node_id argument, axis_set outer, bool runs)
{
    node_id node = resolve(builder->graph, argument);
    axis_set axes = builder->graph->nodes[node].axes;
    struct source source = {.place = builder->entries[node].place,
                            .varies = builder->entries[node].varies,
                            .runs = runs};
    if ((axes & outer) == outer) /* outer axes come before those of the run */
        source.step = graph_cells(builder->graph, axes & ~outer);
    else if ((axes & outer) != 0)
        source.map = map_find(builder, outer, axes);
    return source;
}

/* --- instructions ---------------------------------------------------------------------------- */

/* Elementwise operations and stacks: runs over the last axes, an index map over the others. */
static void lay_runs(struct builder *builder, struct instruction *instruction)
{
    const struct graph *graph = builder->graph;
    const struct node *node = &graph->nodes[instruction->node];
    uint32_t stop = node->op == OP_STACK ? node->index : UINT32_MAX;
    bool *along = arena_array(builder->arena, node->argument_count + (size_t)1, sizeof *along);
    axis_set run = run_axes(builder, node, instruction->varies, stop, along);
    axis_set outer = node->axes & ~run;
    instruction->inner = graph_cells(graph, run);
    instruction->outer = graph_cells(graph, outer);
    for (size_t i = 0; i < node->argument_count; i++)
        instruction->arguments[i] = source_of(builder, node->arguments[i], outer, along[i]);
    if (stop != UINT32_MAX) {
        instruction->reduced = graph->axes[stop].size;
        instruction->below = graph_cells(graph, outer & ~axes_below(stop)) / instruction->reduced;
    }
}

/* A reduction: the argument's cells are [outer][places along the axis][inner]. */
static void lay_reduction(struct builder *builder, struct instruction *instruction)
{
    const struct graph *graph = builder->graph;
    const struct node *node = &graph->nodes[instruction->node];
    axis_set outer = node->axes & axes_below(node->index);
    instruction->outer = graph_cells(graph, outer);
    instruction->inner = graph_cells(graph, node->axes & ~outer);
    instruction->reduced = graph->axes[node->index].size;
    instruction->arguments[0] = source_of(builder, node->arguments[0], outer, true);
}

static void lay_instruction(struct builder *builder, struct instruction *instruction)
{
    const struct node *node = &builder->graph->nodes[instruction->node];
    instruction->op = node->op;
    instruction->index = node->index;
    instruction->constant = node->constant;
    instruction->argument_count = node->argument_count;
    instruction->arguments =
        arena_array(builder->arena, node->argument_count, sizeof *instruction->arguments);
    if (node->op == OP_PREMISE)
        instruction->stream = stream_of_path(builder->graph->premises[node->index].path);
    if (node->op == OP_SUM || node->op == OP_REDUCE_MIN || node->op == OP_REDUCE_MAX)
        lay_reduction(builder, instruction);
    else
        lay_runs(builder, instruction);
    if (node->argument_count > builder->tape->most_arguments)
        builder->tape->most_arguments = node->argument_count;
}

/* Gives away the places that node `n` was the last to read. */
static void release_places(struct builder *builder, node_id n)
{
    const struct graph *graph = builder->graph;
    struct store *store = builder->entries[n].varies ? &builder->varying : &builder->fixed;
    for (uint32_t i = 0; i < graph->nodes[n].argument_count; i++) {
        node_id argument = resolve(graph, graph->nodes[n].arguments[i]);
        struct entry *entry = &builder->entries[argument];
        if (entry->kept || entry->last_reader != n)
            continue;
        store_give(store, entry->place, graph_cells(graph, graph->nodes[argument].axes));
        entry->kept = true; /* once only */
    }
}

/* A node's place is taken before its arguments' places are given away, so that no operation writes
 * over what it reads. */
static void add_instruction(struct builder *builder, node_id n)
{
    struct entry *entry = &builder->entries[n];
    struct tape *tape = builder->tape;
    struct instruction *instruction =
        entry->varies ? &tape->varying[tape->varying_count++] : &tape->fixed[tape->fixed_count++];
    entry->place = store_take(entry->varies ? &builder->varying : &builder->fixed,
                              graph_cells(builder->graph, builder->graph->nodes[n].axes));
    instruction->node = n;
    instruction->varies = entry->varies;
    instruction->place = entry->place;
    lay_instruction(builder, instruction);
    release_places(builder, n);
}

static void add_instructions(struct builder *builder)
{
    struct tape *tape = builder->tape;
    size_t fixed = 0, varying = 0;
    for (node_id n = 0; n < builder->graph->node_count; n++) {
        varying += builder->entries[n].needed && builder->entries[n].varies;
        fixed += builder->entries[n].needed && !builder->entries[n].varies;
    }
    tape->fixed = arena_array(builder->arena, fixed, sizeof *tape->fixed);
    tape->varying = arena_array(builder->arena, varying, sizeof *tape->varying);
    for (node_id n = 0; n < builder->graph->node_count; n++)
        if (builder->entries[n].needed)
            add_instruction(builder, n);
}

static void add_wanted(struct builder *builder, const node_id *wanted, size_t wanted_count)
{
    struct tape *tape = builder->tape;
    tape->wanted = arena_array(builder->arena, wanted_count, sizeof *tape->wanted);
    tape->wanted_count = wanted_count;
    for (size_t w = 0; w < wanted_count; w++) {
        node_id n = resolve(builder->graph, wanted[w]);
        size_t cells = graph_cells(builder->graph, builder->graph->nodes[n].axes);
        tape->wanted[w] =
            (struct wanted){builder->entries[n].place, cells, builder->entries[n].varies};
        tape->cells += cells;
    }
}

struct tape *tape_build(struct arena *arena, const struct graph *graph, const node_id *wanted,
                        size_t wanted_count, const bool *varies)
{
    struct tape *tape = arena_alloc(arena, sizeof *tape);
    tape->graph = graph;
    struct builder builder = {.arena = arena,
                              .graph = graph,
                              .tape = tape,
                              .varies = varies,
                              .fixed = {.arena = arena},
                              .varying = {.arena = arena}};
    builder.entries = arena_array(arena, graph->node_count, sizeof *builder.entries);
    mark_needed(&builder, wanted, wanted_count);
    mark_lives(&builder);
    add_instructions(&builder);
    add_wanted(&builder, wanted, wanted_count);
    tape->fixed_cells = builder.fixed.cells;
    tape->varying_cells = builder.varying.cells;
    return tape;
}

size_t tape_wanted_cells(const struct tape *tape, size_t wanted)
{
    return tape->wanted[wanted].cells;
}

size_t tape_cells(const struct tape *tape)
{
    return tape->cells;
}

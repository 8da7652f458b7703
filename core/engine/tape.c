#include "engine/tape.h"

node_id resolve_claims(const struct graph *graph, node_id node)
{
    while (graph->nodes[node].op == OP_CLAIM)
        node = graph->nodes[node].arguments[0];
    return node;
}

size_t axis_stride(const struct graph *graph, axis_set axes, uint32_t axis)
{
    if (!axes_have(axes, axis))
        return 0;
    axis_set faster = axis + 1 < GRAPH_MOST_AXES ? axes >> (axis + 1) << (axis + 1) : 0;
    return graph_cells(graph, faster);
}

/* Arguments come before their nodes, so one pass from the end reaches all that is needed. */
static void mark_needed(struct builder *builder, const node_id *wanted, size_t wanted_count)
{
    const struct graph *graph = builder->graph;
    for (size_t w = 0; w < wanted_count; w++) {
        struct entry *entry = &builder->entries[resolve_claims(graph, wanted[w])];
        entry->needed = true;
        entry->wanted = true;
        entry->kept = true;
    }
    for (node_id n = graph->node_count; n-- > 0;) {
        const struct node *node = &graph->nodes[n];
        if (!builder->entries[n].needed)
            continue;
        for (uint32_t i = 0; i < node->argument_count; i++)
            builder->entries[resolve_claims(graph, node->arguments[i])].needed = true;
    }
}

static bool node_varies(const struct builder *builder, const struct node *node)
{
    if (node->op == OP_PREMISE)
        return builder->varies[node->index];
    for (uint32_t i = 0; i < node->argument_count; i++)
        if (builder->entries[resolve_claims(builder->graph, node->arguments[i])].varies)
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
                &builder->entries[resolve_claims(graph, graph->nodes[n].arguments[i])];
            argument->last_reader = n;
            argument->kept = argument->kept || entry->varies;
        }
    }
}

static void add_wanted(struct builder *builder, const node_id *wanted, size_t wanted_count)
{
    struct tape *tape = builder->tape;
    tape->wanted = arena_array(builder->arena, wanted_count, sizeof *tape->wanted);
    tape->wanted_count = wanted_count;
    for (size_t w = 0; w < wanted_count; w++) {
        node_id n = resolve_claims(builder->graph, wanted[w]);
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
                              .entries =
                                  arena_array(arena, graph->node_count, sizeof *builder.entries)};
    mark_needed(&builder, wanted, wanted_count);
    mark_lives(&builder);
    tape_lay_fixed(&builder);
    tape_fold(&builder);
    tape_nest(&builder);
    tape_store(&builder);
    add_wanted(&builder, wanted, wanted_count);
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

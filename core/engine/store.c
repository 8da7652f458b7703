/* Rows for the results of steps, used again as soon as nothing can read them. Steps are numbered in
 * the order of the tape, bodies of loops in their places; a row is in use from one number to
 * another:
 *
 *   4 for each case {        x, which z reads after the loop, keeps a row for each case, in use
 *   5     x = ...            from 4 to 8; y, read in the same turn, keeps one, from 6 to 7
 *   6     y = ...
 *   7     w = ... y ...
 *     }
 *   8 z = sum of x
 */
#include "engine/kernels.h"
#include "engine/tape.h"

/* Rows in use from step `first` to step `last`. */
struct tenant {
    node_id node;
    size_t rows, first, last;
    uint32_t next; /* in the list of those that move in, then out, at the same
                      step; from 1 */
};

struct free_rows {
    size_t rows;
    size_t *places;
    size_t count, capacity;
};

struct storing {
    struct builder *builder;
    struct tenant *tenants; /* [0] stands for none */
    uint32_t tenant_count;
    uint32_t *coming, *going; /* [step]: lists of tenants */
    struct free_rows *sizes;
    size_t size_count;
};

/* --- how long rows are in use ---------------------------------------------------------------- */

static struct scope *common_scope(struct scope *a, struct scope *b)
{
    while (a != b)
        if (a->depth >= b->depth)
            a = a->parent;
        else
            b = b->parent;
    return a;
}

/* The loop just inside `outer` that holds `inner`. */
static const struct scope *loop_within(const struct scope *outer, const struct scope *inner)
{
    while (inner->parent != outer)
        inner = inner->parent;
    return inner;
}

/* tops[n]: the innermost scope that holds the step of n and all that read it. */
static struct scope **find_tops(struct builder *builder, struct scope *outermost)
{
    struct tape *tape = builder->tape;
    struct scope **tops = arena_array(builder->arena, builder->graph->node_count, sizeof *tops);
    for (size_t s = 0; s < tape->step_count; s++) {
        node_id n = tape->steps[s].node;
        if (n == NODE_NONE)
            continue;
        const struct entry *entry = &builder->entries[n];
        tops[n] = entry->wanted ? outermost : entry->scope;
        for (size_t i = 0; i < entry->argument_count; i++) {
            node_id argument = entry->arguments[i];
            if (builder->entries[argument].varies)
                tops[argument] = common_scope(tops[argument], entry->scope);
        }
    }
    return tops;
}

/* The number of the step, or of the last one of the loop, in which `reader` reads. */
static size_t last_use(const struct scope *top, const struct entry *reader)
{
    return reader->scope == top ? reader->position : loop_within(top, reader->scope)->end - 1;
}

static void list_tenants(struct storing *storing, struct scope *const *tops)
{
    struct builder *builder = storing->builder;
    struct tape *tape = builder->tape;
    uint32_t *tenant_of =
        arena_array(builder->arena, builder->graph->node_count, sizeof *tenant_of);
    for (size_t s = 0; s < tape->step_count; s++) {
        node_id n = tape->steps[s].node;
        if (n == NODE_NONE)
            continue;
        struct entry *entry = &builder->entries[n];
        const struct scope *top = tops[n];
        for (const struct scope *at = entry->scope; at != top; at = at->parent)
            entry->stored |= (axis_set)1 << at->axis;
        tenant_of[n] = ++storing->tenant_count;
        storing->tenants[tenant_of[n]] = (struct tenant){
            .node = n,
            .rows = graph_cells(builder->graph, entry->stored),
            .first = entry->scope == top ? s : loop_within(top, entry->scope)->first,
            .last = entry->wanted ? tape->step_count : s};
        for (size_t i = 0; i < entry->argument_count; i++) {
            node_id argument = entry->arguments[i];
            struct tenant *tenant = &storing->tenants[tenant_of[argument]];
            if (!builder->entries[argument].varies)
                continue;
            size_t last = last_use(tops[argument], entry);
            tenant->last = last > tenant->last ? last : tenant->last;
        }
    }
}

/* --- places ---------------------------------------------------------------------------------- */

static struct free_rows *rows_of_size(struct storing *storing, size_t rows)
{
    for (size_t i = 0; i < storing->size_count; i++)
        if (storing->sizes[i].rows == rows)
            return &storing->sizes[i];
    storing->sizes = arena_grow(storing->builder->arena, storing->sizes, storing->size_count,
                                sizeof *storing->sizes);
    struct free_rows *free = &storing->sizes[storing->size_count++];
    *free = (struct free_rows){.rows = rows};
    return free;
}

static void move_in(struct storing *storing, const struct tenant *tenant)
{
    struct free_rows *free = rows_of_size(storing, tenant->rows);
    struct tape *tape = storing->builder->tape;
    struct entry *entry = &storing->builder->entries[tenant->node];
    if (free->count > 0) {
        entry->place = free->places[--free->count];
        return;
    }
    entry->place = tape->varying_rows;
    tape->varying_rows += tenant->rows;
}

static void move_out(struct storing *storing, const struct tenant *tenant)
{
    struct free_rows *free = rows_of_size(storing, tenant->rows);
    if (free->count == free->capacity) {
        free->places =
            arena_grow(storing->builder->arena, free->places, free->count, sizeof *free->places);
        free->capacity = free->count == 0 ? 1 : 2 * free->count;
    }
    free->places[free->count++] = storing->builder->entries[tenant->node].place;
}

/* The lists of those that move out are made once everybody has a place in the others. */
static void house_tenants(struct storing *storing)
{
    size_t steps = storing->builder->tape->step_count;
    uint32_t *next_out =
        arena_array(storing->builder->arena, (size_t)storing->tenant_count + 1, sizeof *next_out);
    for (uint32_t t = 1; t <= storing->tenant_count; t++) {
        struct tenant *tenant = &storing->tenants[t];
        tenant->next = storing->coming[tenant->first];
        storing->coming[tenant->first] = t;
        next_out[t] = storing->going[tenant->last];
        storing->going[tenant->last] = t;
    }
    for (size_t s = 0; s < steps; s++) {
        for (uint32_t t = storing->coming[s]; t != 0; t = storing->tenants[t].next)
            move_in(storing, &storing->tenants[t]);
        for (uint32_t t = storing->going[s]; t != 0; t = next_out[t])
            move_out(storing, &storing->tenants[t]);
    }
}

/* --- what steps read and write --------------------------------------------------------------- */

static struct row_place place_of(const struct storing *storing, node_id node,
                                 const struct scope *scope)
{
    const struct builder *builder = storing->builder;
    const struct entry *entry = &builder->entries[node];
    axis_set axes = entry->varies ? entry->stored : builder->graph->nodes[node].axes;
    size_t *strides = arena_array(builder->arena, scope->depth + 1, sizeof *strides), any = 0;
    for (const struct scope *at = scope; at->parent != NULL; at = at->parent)
        any |= strides[at->depth - 1] = axis_stride(builder->graph, axes, at->axis);
    return (struct row_place){entry->varies, entry->place, any == 0 ? NULL : strides};
}

static size_t stride_along(const struct storing *storing, node_id node, uint32_t axis)
{
    const struct entry *entry = &storing->builder->entries[node];
    const struct graph *graph = storing->builder->graph;
    return axis_stride(graph, entry->varies ? entry->stored : graph->nodes[node].axes, axis);
}

static enum table_kind table_of(const struct storing *storing, const struct entry *entry,
                                enum op op)
{
    enum table_kind kind = TABLE_STILL;
    for (size_t i = op == OP_INTERPOLATE ? 1 : 2; i < entry->argument_count; i++) {
        if (storing->builder->entries[entry->arguments[i]].varies)
            return TABLE_NONE;
        if (storing->builder->graph->nodes[entry->arguments[i]].axes != 0)
            kind = TABLE_TURNS;
    }
    return kind;
}

static enum step_kind kind_of(enum op op, bool folds)
{
    switch (op) {
    case OP_PREMISE:
        return STEP_PREMISE;
    case OP_STACK:
        return STEP_STACK;
    case OP_SUM:
        return folds ? STEP_DOT : STEP_SUM;
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        return STEP_REDUCE;
    default:
        break;
    }
    if (op_may_fail(op))
        return STEP_FAILING;
    return folds ? STEP_PAIR : STEP_ROW;
}

static void lay_special(const struct storing *storing, struct step *step, const struct entry *entry,
                        const struct node *node)
{
    const struct graph *graph = storing->builder->graph;
    if (step->kind == STEP_PREMISE)
        step->stream = stream_of_path(graph->premises[node->index].path);
    if (step->kind == STEP_FAILING)
        step->table = table_of(storing, entry, node->op);
    if (step->kind == STEP_STACK)
        for (const struct scope *at = entry->scope; at->parent != NULL; at = at->parent)
            step->along = at->axis == node->index ? at->depth - 1 : step->along;
    if (step->kind == STEP_SUM || step->kind == STEP_REDUCE || step->kind == STEP_DOT) {
        step->size = graph->axes[node->index].size;
        step->stride = stride_along(storing, entry->arguments[0], node->index);
    }
    if (step->kind == STEP_DOT)
        step->weights = stride_along(storing, entry->arguments[1], node->index);
    if (step->kind == STEP_PAIR) {
        step->op = graph->nodes[entry->folds].op;
        step->second = node->op;
        step->right = resolve_claims(graph, node->arguments[0]) != entry->folds;
    }
}

static void lay_step(const struct storing *storing, struct step *step)
{
    const struct builder *builder = storing->builder;
    const struct entry *entry = &builder->entries[step->node];
    const struct node *node = &builder->graph->nodes[step->node];
    step->kind = kind_of(node->op, entry->folds != NODE_NONE);
    step->op = node->op;
    step->axes = node->axes;
    step->index = node->index;
    step->argument_count = entry->argument_count;
    step->arguments = arena_array(builder->arena, entry->argument_count, sizeof *step->arguments);
    step->out = place_of(storing, step->node, entry->scope);
    for (size_t i = 0; i < entry->argument_count; i++)
        step->arguments[i] = place_of(storing, entry->arguments[i], entry->scope);
    lay_special(storing, step, entry, node);
}

static struct scope *outermost_scope(const struct builder *builder)
{
    struct scope *scope = builder->entries[builder->tape->steps[0].node].scope;
    while (scope->parent != NULL)
        scope = scope->parent;
    return scope;
}

void tape_store(struct builder *builder)
{
    struct tape *tape = builder->tape;
    struct storing storing = {.builder = builder};
    if (tape->step_count == 0)
        return;
    storing.tenants = arena_array(builder->arena, tape->step_count + 1, sizeof *storing.tenants);
    storing.coming = arena_array(builder->arena, tape->step_count + 1, sizeof *storing.coming);
    storing.going = arena_array(builder->arena, tape->step_count + 1, sizeof *storing.going);
    list_tenants(&storing, find_tops(builder, outermost_scope(builder)));
    house_tenants(&storing);
    for (size_t s = 0; s < tape->step_count; s++)
        if (tape->steps[s].node != NODE_NONE)
            lay_step(&storing, &tape->steps[s]);
}

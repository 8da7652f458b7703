/* Steps in nested loops. Axes have one rank: outermost what is reduced over least, so that what is
 * reduced stands in an inner loop. A step's loops are its axes by rank.
 *
 * Steps that wait for nothing stand in a tree by their loops. Those of the outermost shelf are
 * taken first; then the innermost loop that has steps ready is opened, for as many as become ready
 * in it:
 *
 *   root:        b, ...
 *     case:      c, ...
 *     regime:    d, ...
 *       case:    e, ...
 */
#include "engine/tape.h"

struct shelf {
    struct shelf *parent;
    uint32_t axis;
    struct shelf *children, *next; /* by falling rank */
    node_id ready;                 /* the first of a list */
    size_t ready_below;            /* steps here and in all children */
};

struct nesting {
    struct builder *builder;
    uint32_t *rank;         /* [axis]: outermost first */
    uint32_t *by_rank;      /* axes */
    struct shelf **shelf;   /* [node] */
    node_id *next_ready;    /* [node] */
    uint32_t *waits_for;    /* [node]: arguments that have no step yet */
    uint32_t *first_reader; /* [node]: into `readers` */
    node_id *readers;
};

static bool has_step(const struct builder *builder, node_id n)
{
    const struct entry *entry = &builder->entries[n];
    return entry->needed && entry->varies && entry->folded_into == NODE_NONE;
}

/* --- the rank of axes ------------------------------------------------------------------------ */

static bool reduces(enum op op)
{
    return op == OP_SUM || op == OP_REDUCE_MIN || op == OP_REDUCE_MAX;
}

static void rank_axes(struct nesting *nesting)
{
    const struct graph *graph = nesting->builder->graph;
    uint32_t count = graph->axis_count, reductions[GRAPH_MOST_AXES] = {0};
    for (node_id n = 0; n < graph->node_count; n++)
        if (has_step(nesting->builder, n) && reduces(graph->nodes[n].op))
            reductions[graph->nodes[n].index]++;
    for (uint32_t axis = 0; axis < count; axis++) {
        uint32_t at = axis;
        for (; at > 0 && reductions[nesting->by_rank[at - 1]] > reductions[axis]; at--)
            nesting->by_rank[at] = nesting->by_rank[at - 1];
        nesting->by_rank[at] = axis;
    }
    for (uint32_t place = 0; place < count; place++)
        nesting->rank[nesting->by_rank[place]] = place;
}

/* --- shelves --------------------------------------------------------------------------------- */

static struct shelf *shelf_below(struct nesting *nesting, struct shelf *parent, uint32_t axis)
{
    struct shelf **at = &parent->children;
    while (*at != NULL && nesting->rank[(*at)->axis] > nesting->rank[axis])
        at = &(*at)->next;
    if (*at != NULL && (*at)->axis == axis)
        return *at;
    struct shelf *shelf = arena_alloc(nesting->builder->arena, sizeof *shelf);
    *shelf = (struct shelf){.parent = parent, .axis = axis, .next = *at, .ready = NODE_NONE};
    *at = shelf;
    return shelf;
}

static struct shelf *shelf_of(struct nesting *nesting, struct shelf *root, axis_set axes)
{
    struct shelf *shelf = root;
    for (uint32_t place = 0; place < nesting->builder->graph->axis_count; place++)
        if (axes_have(axes, nesting->by_rank[place]))
            shelf = shelf_below(nesting, shelf, nesting->by_rank[place]);
    return shelf;
}

static void count_on(struct shelf *shelf, bool more)
{
    for (; shelf != NULL; shelf = shelf->parent)
        shelf->ready_below = more ? shelf->ready_below + 1 : shelf->ready_below - 1;
}

/* The last to become ready is the first to be taken, so that rows are read soon. */
static void make_ready(struct nesting *nesting, node_id n)
{
    struct shelf *shelf = nesting->shelf[n];
    nesting->next_ready[n] = shelf->ready;
    shelf->ready = n;
    count_on(shelf, true);
}

static node_id take_ready(struct nesting *nesting, struct shelf *shelf)
{
    node_id n = shelf->ready;
    shelf->ready = nesting->next_ready[n];
    count_on(shelf, false);
    return n;
}

/* --- who waits for whom ---------------------------------------------------------------------- */

static void count_waiting(struct nesting *nesting)
{
    struct builder *builder = nesting->builder;
    node_id count = builder->graph->node_count;
    uint32_t *first = nesting->first_reader, total = 0;
    for (node_id n = 0; n < count; n++)
        for (size_t i = 0; has_step(builder, n) && i < builder->entries[n].argument_count; i++)
            if (builder->entries[builder->entries[n].arguments[i]].varies)
                first[builder->entries[n].arguments[i]]++;
    for (node_id n = 0; n < count; n++) { /* ends of lists now, beginnings once they are filled */
        total += first[n];
        first[n] = total;
    }
    first[count] = total;
    nesting->readers = arena_array(builder->arena, total, sizeof *nesting->readers);
    for (node_id n = count; n-- > 0;)
        for (size_t i = 0; has_step(builder, n) && i < builder->entries[n].argument_count; i++) {
            node_id argument = builder->entries[n].arguments[i];
            if (!builder->entries[argument].varies)
                continue;
            nesting->readers[--first[argument]] = n;
            nesting->waits_for[n]++;
        }
}

/* --- steps ----------------------------------------------------------------------------------- */

static struct step *step_add(struct nesting *nesting, const struct scope *scope)
{
    struct tape *tape = nesting->builder->tape;
    tape->steps =
        arena_grow(nesting->builder->arena, tape->steps, tape->step_count, sizeof *tape->steps);
    struct step *step = &tape->steps[tape->step_count++];
    *step = (struct step){.node = NODE_NONE, .depth = scope->depth};
    if (scope->depth > tape->most_depth)
        tape->most_depth = scope->depth;
    return step;
}

static void step_of(struct nesting *nesting, node_id n, struct scope *scope)
{
    struct entry *entry = &nesting->builder->entries[n];
    entry->scope = scope;
    entry->position = nesting->builder->tape->step_count;
    step_add(nesting, scope)->node = n;
    for (uint32_t r = nesting->first_reader[n]; r < nesting->first_reader[n + 1]; r++)
        if (--nesting->waits_for[nesting->readers[r]] == 0)
            make_ready(nesting, nesting->readers[r]);
}

static void nest(struct nesting *nesting, struct shelf *shelf, struct scope *scope);

static void nest_loop(struct nesting *nesting, struct shelf *shelf, struct scope *parent)
{
    struct tape *tape = nesting->builder->tape;
    struct scope *scope = arena_alloc(nesting->builder->arena, sizeof *scope);
    *scope = (struct scope){parent, shelf->axis, parent->depth + 1, tape->step_count, 0};
    struct step *loop = step_add(nesting, parent);
    loop->kind = STEP_LOOP;
    loop->index = shelf->axis;
    loop->axes = (axis_set)1 << shelf->axis;
    loop->size = nesting->builder->graph->axes[shelf->axis].size;
    nest(nesting, shelf, scope);
    scope->end = tape->step_count;
    tape->steps[scope->first].end = scope->end;
}

/* Nests no deeper than there are axes. */
static void nest(struct nesting *nesting, struct shelf *shelf, struct scope *scope)
{
    while (shelf->ready_below > 0) {
        struct shelf *inner = shelf->children;
        if (shelf->ready != NODE_NONE) {
            step_of(nesting, take_ready(nesting, shelf), scope);
            continue;
        }
        while (inner->ready_below == 0)
            inner = inner->next;
        nest_loop(nesting, inner, scope);
    }
}

void tape_nest(struct builder *builder)
{
    struct arena *arena = builder->arena;
    const struct graph *graph = builder->graph;
    size_t count = graph->node_count;
    struct nesting nesting = {
        .builder = builder,
        .rank = arena_array(arena, graph->axis_count, sizeof *nesting.rank),
        .by_rank = arena_array(arena, graph->axis_count, sizeof *nesting.by_rank),
        .shelf = arena_array(arena, count, sizeof(struct shelf *)),
        .next_ready = arena_array(arena, count, sizeof *nesting.next_ready),
        .waits_for = arena_array(arena, count, sizeof *nesting.waits_for),
        .first_reader = arena_array(arena, count + 1, sizeof *nesting.first_reader)};
    struct shelf root = {.ready = NODE_NONE};
    struct scope *outermost = arena_alloc(arena, sizeof *outermost);
    rank_axes(&nesting);
    count_waiting(&nesting);
    for (node_id n = graph->node_count; n-- > 0;) {
        if (!has_step(builder, n))
            continue;
        nesting.shelf[n] = shelf_of(&nesting, &root, graph->nodes[n].axes);
        if (nesting.waits_for[n] == 0)
            make_ready(&nesting, n);
    }
    nest(&nesting, &root, outermost);
    outermost->end = builder->tape->step_count;
}

#include "report/outline.h"

#include <string.h>

enum { NUMBERED_DEPTH = 12 };

/* A node still to be visited; `reduced` once a reduction over cases has been crossed. */
struct pending {
    node_id node;
    bool reduced;
};

struct builder {
    struct arena *arena;
    const struct result *result;
    const struct graph *graph;
    const struct explain_view *view;
    struct outline *outline;
    size_t *place_of_claim; /* [graph claim]: index into outline.claims, plus 1; 0: not met */
    uint32_t *seen;         /* [node][reduced]: the last expansion that came by */
    uint32_t expansion;
    struct pending *stack;
    size_t stack_count, stack_room;
};

/* What is being gathered beneath one claim, or beneath the conclusion. */
struct gathering {
    struct outline_item *items;
    size_t count;
    const char *number; /* of the claim above; "" at the top */
    size_t depth, claims;
};

static void push(struct builder *builder, node_id node, bool reduced)
{
    if (builder->stack_count == builder->stack_room) {
        size_t room = builder->stack_room == 0 ? 64 : 2 * builder->stack_room;
        struct pending *stack = arena_array(builder->arena, room, sizeof *stack);
        if (builder->stack_count > 0)
            memcpy(stack, builder->stack, builder->stack_count * sizeof *stack);
        builder->stack = stack;
        builder->stack_room = room;
    }
    builder->stack[builder->stack_count++] = (struct pending){node, reduced};
}

/* Last argument first, so that the first is visited first. */
static void push_arguments(struct builder *builder, const struct node *node, bool reduced)
{
    for (uint32_t i = node->argument_count; i > 0; i--)
        push(builder, node->arguments[i - 1], reduced);
}

static struct outline_item *add_item(struct builder *builder, struct gathering *gathering)
{
    gathering->items =
        arena_grow(builder->arena, gathering->items, gathering->count, sizeof *gathering->items);
    struct outline_item *item = &gathering->items[gathering->count++];
    *item = (struct outline_item){0};
    return item;
}

/* Numbers grow with depth; far down they would outgrow the text. */
static const char *make_number(struct builder *builder, struct gathering *gathering)
{
    gathering->claims++;
    if (gathering->depth == 0)
        return arena_printf(builder->arena, "%zu", gathering->claims);
    if (gathering->depth >= NUMBERED_DEPTH)
        return arena_printf(builder->arena, "#%zu", builder->outline->claim_count + 1);
    return arena_printf(builder->arena, "%s.%zu", gathering->number, gathering->claims);
}

static void meet_claim(struct builder *builder, struct gathering *gathering, node_id id)
{
    struct outline *outline = builder->outline;
    const struct node *node = &builder->graph->nodes[id];
    struct outline_item *item = add_item(builder, gathering);
    size_t *place = &builder->place_of_claim[node->index];
    item->kind = *place == 0 ? OUTLINE_CLAIM : OUTLINE_AGAIN;
    if (*place == 0) {
        const char *number = make_number(builder, gathering);
        outline->claims = arena_grow(builder->arena, outline->claims, outline->claim_count,
                                     sizeof *outline->claims);
        outline->claims[outline->claim_count++] = (struct outline_claim){
            .node = id, .record = &builder->graph->claims[node->index], .number = number};
        *place = outline->claim_count;
    }
    item->claim = *place - 1;
}

static void meet_premise(struct builder *builder, struct gathering *gathering,
                         const struct premise *premise)
{
    for (size_t i = 0; i < gathering->count; i++)
        if (gathering->items[i].premise == premise)
            return;
    struct outline_item *item = add_item(builder, gathering);
    item->kind = OUTLINE_PREMISE;
    item->premise = premise;
}

static const struct premise *premise_of(const struct builder *builder, node_id id)
{
    const struct node *node = &builder->graph->nodes[id];
    return node->op == OP_PREMISE ? builder->result->model->premises[node->index] : NULL;
}

static bool is_family(const struct builder *builder, const struct node *node)
{
    if (node->op != OP_STACK || node->index != builder->result->model->case_axis)
        return false;
    for (uint32_t i = 0; i < node->argument_count; i++)
        if (premise_of(builder, node->arguments[i]) == NULL)
            return false;
    return true;
}

static void meet_family(struct builder *builder, struct gathering *gathering,
                        const struct node *node, bool reduced)
{
    const struct premise *chosen = premise_of(builder, node->arguments[builder->view->kase]);
    for (size_t i = 0; i < gathering->count; i++) {
        if (gathering->items[i].premise == chosen) {
            gathering->items[i].all_cases = gathering->items[i].all_cases || reduced;
            return;
        }
    }
    const struct premise **members =
        arena_array(builder->arena, node->argument_count, sizeof *members);
    for (uint32_t i = 0; i < node->argument_count; i++)
        members[i] = premise_of(builder, node->arguments[i]);
    struct outline_item *item = add_item(builder, gathering);
    *item = (struct outline_item){
        .kind = OUTLINE_FAMILY, .premise = chosen, .members = members, .all_cases = reduced};
}

/* Follows the branch of the chosen case or regime, or all where they are reduced over. */
static void meet_stack(struct builder *builder, const struct node *node, bool reduced)
{
    const struct model *model = builder->result->model;
    if (node->index == model->regime_axis)
        push(builder, node->arguments[builder->view->regime], reduced);
    else if (node->index == model->case_axis && !reduced)
        push(builder, node->arguments[builder->view->kase], reduced);
    else
        push_arguments(builder, node, reduced);
}

static bool reduces_cases(const struct builder *builder, const struct node *node)
{
    bool reduces = node->op == OP_SUM || node->op == OP_REDUCE_MIN || node->op == OP_REDUCE_MAX;
    return reduces && node->index == builder->result->model->case_axis;
}

static bool first_visit(struct builder *builder, struct pending at)
{
    uint32_t *mark = &builder->seen[2 * (size_t)at.node + at.reduced];
    bool first = *mark != builder->expansion;
    *mark = builder->expansion;
    return first;
}

/* A refusal that applied would have stopped the weighing: it is no step of any argument. */
static bool is_refusal(const struct builder *builder, const struct node *node)
{
    return node->op == OP_CLAIM && claim_is_refusal(&builder->graph->claims[node->index]);
}

static void visit(struct builder *builder, struct gathering *gathering, struct pending at)
{
    const struct node *node = &builder->graph->nodes[at.node];
    if (is_refusal(builder, node))
        return;
    if (node->op == OP_CLAIM)
        meet_claim(builder, gathering, at.node);
    else if (node->op == OP_PREMISE)
        meet_premise(builder, gathering, premise_of(builder, at.node));
    else if (is_family(builder, node))
        meet_family(builder, gathering, node, at.reduced);
    else if (node->op == OP_STACK)
        meet_stack(builder, node, at.reduced);
    else
        push_arguments(builder, node, at.reduced || reduces_cases(builder, node));
}

static void drain(struct builder *builder, struct gathering *gathering)
{
    builder->expansion++;
    while (builder->stack_count > 0) {
        struct pending at = builder->stack[--builder->stack_count];
        if (first_visit(builder, at))
            visit(builder, gathering, at);
    }
}

/* Unfolds claims from the `first` on, in the order in which they were met, so that a claim goes to
 * its nearest user. Returns how many there are then. */
static size_t unfold_claims(struct builder *builder, size_t first)
{
    struct outline *outline = builder->outline;
    for (size_t i = first; i < outline->claim_count; i++) {
        struct outline_claim *claim = &outline->claims[i];
        size_t depth = 1;
        for (const char *c = claim->number; *c != '\0'; c++)
            depth += *c == '.';
        if (claim->number[0] == '#')
            depth = NUMBERED_DEPTH;
        struct gathering gathering = {.number = claim->number, .depth = depth};
        push(builder, builder->graph->nodes[claim->node].arguments[0], false);
        drain(builder, &gathering);
        outline->claims[i].items = gathering.items;
        outline->claims[i].count = gathering.count;
    }
    return outline->claim_count;
}

static void push_requirements(struct builder *builder, const struct requirement *requirements,
                              uint32_t count)
{
    for (uint32_t i = count; i > 0; i--) {
        push(builder, requirements[i - 1].bound, false);
        push(builder, requirements[i - 1].value, false);
    }
}

/* Score and requirements: what decides the verdict. */
static void push_verdict(struct builder *builder, const struct conclusion *conclusion)
{
    push_requirements(builder, conclusion->rules_out, conclusion->rules_out_count);
    push_requirements(builder, conclusion->requires, conclusion->requires_count);
    push(builder, conclusion->score, false);
}

/* What the theory says besides: mostly steps that the verdict rests on too, and which it shall not
 * draw to the top. */
static void push_rest(struct builder *builder, const struct conclusion *conclusion)
{
    if (conclusion->applies != NODE_NONE)
        push(builder, conclusion->applies, false);
    if (conclusion->difference != NODE_NONE)
        push(builder, conclusion->difference, false);
}

/* Takes back what the rest only met again. */
static void drop_again(struct gathering *top, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < top->count; i++)
        if (top->items[i].kind == OUTLINE_CLAIM)
            top->items[kept++] = top->items[i];
    top->count = kept;
}

struct outline *outline_build(struct arena *arena, const struct result *result,
                              const struct explain_view *view)
{
    const struct graph *graph = result->model->linked.graph;
    const struct conclusion *conclusion = &result->model->linked.conclusions[view->theory];
    struct builder builder = {.arena = arena, .result = result, .graph = graph, .view = view};
    builder.outline = arena_alloc(arena, sizeof *builder.outline);
    builder.place_of_claim = arena_array(arena, graph->claim_count + 1, sizeof(size_t));
    builder.seen = arena_array(arena, 2 * (size_t)graph->node_count, sizeof(uint32_t));
    struct gathering top = {.number = ""};
    push_verdict(&builder, conclusion);
    drain(&builder, &top);
    size_t unfolded = unfold_claims(&builder, 0), decided = top.count;
    push_rest(&builder, conclusion);
    drain(&builder, &top);
    drop_again(&top, decided);
    unfold_claims(&builder, unfolded);
    builder.outline->top = top.items;
    builder.outline->top_count = top.count;
    return builder.outline;
}

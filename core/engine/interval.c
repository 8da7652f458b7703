#include "engine/interval.h"

#include <math.h>

#include "engine/interval_parts.h"

static const struct node *node_at(const struct enclosing *all, node_id n)
{
    return &all->copy.from->nodes[n];
}

/* --- leaves ---------------------------------------------------------------------------------- */

static node_id bound_premise(struct enclosing *all, uint32_t p, const char *end, uint32_t *index)
{
    struct copy *copy = &all->copy;
    struct graph_premise premise = copy->from->premises[p];
    node_id node = NODE_NONE;
    premise.path = arena_printf(copy->to->arena, "%s.%s", premise.path, end);
    premise.kind = premise.kind == VALUE_LABEL ? VALUE_NUMBER : premise.kind;
    premise.unit = unit_one;
    premise.labels = NULL;
    premise.label_count = 0;
    if (graph_premise(copy->to, &premise, &node) != STATUS_OK) {
        copy->fault = copy->to->fault;
        return NODE_NONE;
    }
    *index = copy->to->nodes[node].index;
    return node;
}

static struct pair enclose_premise(struct enclosing *all, uint32_t p)
{
    struct pair pair;
    pair.low = bound_premise(all, p, "low", &all->low_of[p]);
    pair.high = bound_premise(all, p, "high", &all->high_of[p]);
    return pair;
}

/* --- one node -------------------------------------------------------------------------------- */

/* A label that the box does not reach, by its index. */
static node_id label_index(struct copy *copy, node_id label)
{
    const struct node *node = &copy->to->nodes[label];
    uint32_t count = node->label_count;
    if (node->op == OP_CONST)
        return copy_number(copy, node->constant);
    node_id *arguments = arena_array(copy->to->arena, count + (size_t)2, sizeof *arguments);
    node_id result = NODE_NONE;
    arguments[0] = label;
    arguments[1] = copy_number(copy, 0);
    for (uint32_t i = 0; i < count; i++)
        arguments[2 + i] = copy_number(copy, i);
    if (copy->fault == NULL &&
        graph_apply(copy->to, OP_LOOKUP, arguments, count + 2, 1, &result) != STATUS_OK)
        copy->fault = copy->to->fault;
    return result;
}

static struct operand_known argument_of(struct enclosing *all, node_id n)
{
    struct copy *copy = &all->copy;
    struct pair pair = all->pair[n];
    if (!all->moves[n])
        pair.low = pair.high = copy->node[n];
    if (copy->fault == NULL && copy->to->nodes[pair.low].kind == VALUE_LABEL)
        pair.low = pair.high = label_index(copy, pair.low);
    return (struct operand_known){pair, all->span[n]};
}

static struct pair enclose_stack(const struct enclosed *e)
{
    struct copy *copy = e->copy;
    uint32_t count = e->node->argument_count;
    node_id *low = arena_array(copy->to->arena, count, sizeof *low);
    node_id *high = arena_array(copy->to->arena, count, sizeof *high);
    struct pair pair = {NODE_NONE, NODE_NONE};
    for (uint32_t i = 0; i < count; i++) {
        low[i] = e->x[i].at.low;
        high[i] = e->x[i].at.high;
    }
    if (copy->fault == NULL &&
        (graph_stack(copy->to, e->node->index, low, &pair.low) != STATUS_OK ||
         graph_stack(copy->to, e->node->index, high, &pair.high) != STATUS_OK))
        copy->fault = copy->to->fault;
    return pair;
}

/* Whether sums and products of this node and its arguments are exact: of whole numbers below 2^53.
 */
static bool is_exact(const struct enclosed *e, node_id n)
{
    double size = e->node->op == OP_SUM ? e->copy->from->axes[e->node->index].size : 1;
    struct span most = e->node->op == OP_SUM ? e->x[0].in : e->span;
    return e->all->whole[n] && size * fmax(-most.least, most.most) <= 0x1p53;
}

static struct pair enclose_reduction(const struct enclosed *e, node_id n)
{
    struct copy *copy = e->copy;
    uint32_t axis = e->node->index;
    if (copy->from->axes[axis].classes) {
        copy->fault = "what is reduced over the rows of a table has no bounds";
        return (struct pair){NODE_NONE, NODE_NONE};
    }
    if (e->node->op == OP_SUM)
        return enclose_sum(e, is_exact(e, n));
    return (struct pair){copy_reduce(copy, e->node->op, axis, e->x[0].at.low),
                         copy_reduce(copy, e->node->op, axis, e->x[0].at.high)};
}

static struct pair enclose_operation(const struct enclosed *e, node_id n)
{
    struct copy *copy = e->copy;
    switch (e->node->op) {
    case OP_CLAIM:
        return e->x[0].at;
    case OP_STACK:
        return enclose_stack(e);
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        return enclose_reduction(e, n);
    case OP_POW:
        return enclose_power(e);
    case OP_AT_LEAST:
    case OP_ABOVE:
    case OP_EQUALS:
    case OP_AND:
    case OP_OR:
    case OP_NOT:
    case OP_WHERE:
        return enclose_choice(e);
    case OP_INTERPOLATE:
    case OP_STEP_FROM:
    case OP_STEP_OVER:
    case OP_LOOKUP:
    case OP_BINOMIAL_PMF:
    case OP_BINOMIAL_TAIL:
        return enclose_table(e);
    case OP_MUL:
        if (is_exact(e, n) && e->x[0].in.least >= 0 && e->x[1].in.least >= 0)
            return (struct pair){copy_2(copy, OP_MUL, e->x[0].at.low, e->x[1].at.low),
                                 copy_2(copy, OP_MUL, e->x[0].at.high, e->x[1].at.high)};
        return enclose_arithmetic(e);
    default:
        return enclose_arithmetic(e);
    }
}

/* The form that a node has in the copy: see struct copy. */
static node_id enclose(struct copy *copy, node_id n, void *context)
{
    struct enclosing *all = context;
    const struct node *node = node_at(all, n);
    bool moves = node->op == OP_PREMISE && all->box->in[node->index];
    for (uint32_t i = 0; i < node->argument_count; i++)
        moves = moves || all->moves[node->arguments[i]];
    all->moves[n] = moves;
    if (!moves)
        return NODE_NONE;
    struct enclosed e = {all, copy, node, all->span[n],
                         arena_array(copy->to->arena, node->argument_count, sizeof *e.x)};
    for (uint32_t i = 0; i < node->argument_count; i++)
        e.x[i] = argument_of(all, node->arguments[i]);
    if (copy->fault != NULL)
        return NODE_NONE;
    all->pair[n] =
        node->op == OP_PREMISE ? enclose_premise(all, node->index) : enclose_operation(&e, n);
    return all->pair[n].low;
}

/* --- what is known beforehand ---------------------------------------------------------------- */

/* The first of its arguments that are values, of an operation that yields one of them. */
static uint32_t first_value(const struct node *node)
{
    switch (node->op) {
    case OP_WHERE:
        return 1;
    case OP_LOOKUP:
        return 2;
    case OP_STEP_FROM:
    case OP_STEP_OVER:
        return 2 + (node->argument_count - 2) / 2;
    default:
        return 0;
    }
}

static bool is_whole(const struct graph *graph, const struct node *node, const bool *whole)
{
    switch (node->op) {
    case OP_CONST:
        return floor(node->constant) == node->constant;
    case OP_FLOOR:
    case OP_CEIL:
        return true;
    case OP_COORDINATE:
        for (uint32_t i = 0; i < graph->axes[node->index].size; i++)
            if (floor(graph->axes[node->index].coordinates[i]) !=
                graph->axes[node->index].coordinates[i])
                return false;
        return true;
    case OP_STEP_FROM:
    case OP_STEP_OVER:
        if (!whole[node->arguments[1]])
            return false;
        break;
    case OP_ADD:
    case OP_SUB:
    case OP_MUL:
    case OP_MIN:
    case OP_MAX:
    case OP_CLAMP:
    case OP_ABS:
    case OP_WHERE:
    case OP_LOOKUP:
    case OP_STACK:
    case OP_CLAIM:
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        break;
    default:
        return false;
    }
    for (uint32_t i = first_value(node); i < node->argument_count; i++)
        if (!whole[node->arguments[i]])
            return false;
    return true;
}

/* --- the passes ------------------------------------------------------------------------------ */

static bool enclose_all(struct enclosing *all, struct arena *arena, const struct graph *graph,
                        const bool *needed)
{
    copy_begin(&all->copy, arena, graph);
    all->copy.form = enclose;
    all->copy.context = all;
    all->pair = arena_array(arena, graph->node_count, sizeof *all->pair);
    all->moves = arena_array(arena, graph->node_count, sizeof *all->moves);
    all->low_of = arena_array(arena, graph->premise_count, sizeof *all->low_of);
    all->high_of = arena_array(arena, graph->premise_count, sizeof *all->high_of);
    for (uint32_t p = 0; p < graph->premise_count; p++)
        all->low_of[p] = all->high_of[p] = p;
    return copy_needed(&all->copy, needed);
}

static struct span premise_span(const struct graph *graph, const struct interval_box *box,
                                uint32_t p)
{
    if (box->least != NULL)
        return (struct span){box->least[p], box->most[p]};
    if (graph->premises[p].kind == VALUE_NUMBER)
        return (struct span){-HUGE_VAL, HUGE_VAL};
    bool truth = graph->premises[p].kind == VALUE_TRUTH;
    return (struct span){0, truth ? 1 : graph->premises[p].label_count - 1.0};
}

static struct span span_of(const double *low, size_t low_cells, const double *high,
                           size_t high_cells)
{
    struct span span = {HUGE_VAL, -HUGE_VAL};
    for (size_t c = 0; c < low_cells; c++)
        span.least = low[c] >= span.least ? span.least : low[c];
    for (size_t c = 0; c < high_cells; c++)
        span.most = high[c] <= span.most ? span.most : high[c];
    span.least = isnan(span.least) ? -HUGE_VAL : span.least;
    span.most = isnan(span.most) ? HUGE_VAL : span.most;
    return span;
}

/* Computes all bounds of the first pass in one lane. */
static void read_spans(struct enclosing *all, struct arena *arena, const struct lanes *lanes,
                       const node_id *wanted, size_t count, struct span *span)
{
    const struct graph *from = all->copy.from, *to = all->copy.to;
    bool *varies = arena_array(arena, to->premise_count, sizeof *varies);
    const struct tape *tape = tape_build(arena, to, wanted, count, varies);
    double *out = arena_array(arena, tape_cells(tape), sizeof *out);
    engine_evaluate(tape, lanes, arena, out, NULL);
    for (node_id n = 0; n < from->node_count; n++) {
        if (all->copy.node[n] == NODE_NONE)
            continue;
        size_t low = graph_cells(to, to->nodes[wanted[0]].axes);
        size_t high = graph_cells(to, to->nodes[wanted[1]].axes);
        span[n] = span_of(out, low, out + low, high);
        wanted += 2;
        out += low + high;
    }
}

/* The spans of all nodes: their bounds where every premise lies anywhere. */
static struct span *find_spans(struct arena *arena, const struct graph *graph,
                               const struct interval_box *box, const bool *needed,
                               const bool *whole, const char **fault)
{
    struct span *span = arena_array(arena, graph->node_count, sizeof *span);
    bool *in = arena_array(arena, graph->premise_count, sizeof *in);
    for (node_id n = 0; n < graph->node_count; n++)
        span[n] = (struct span){-HUGE_VAL, HUGE_VAL};
    for (uint32_t p = 0; p < graph->premise_count; p++)
        in[p] = true;
    struct interval_box all_in = {.in = in};
    struct enclosing all = {.box = &all_in, .span = span, .whole = whole};
    if (!enclose_all(&all, arena, graph, needed)) {
        *fault = all.copy.fault;
        return NULL;
    }
    node_id *wanted = arena_array(arena, graph->node_count, 2 * sizeof *wanted);
    size_t count = 0;
    for (node_id n = 0; n < graph->node_count; n++)
        if (needed[n]) {
            bool moves = all.moves[n];
            wanted[count++] = moves ? all.pair[n].low : all.copy.node[n];
            wanted[count++] = moves ? all.pair[n].high : all.copy.node[n];
        }
    struct lane_source *sources = arena_array(arena, all.copy.to->premise_count, sizeof *sources);
    for (uint32_t p = 0; p < graph->premise_count; p++) {
        sources[all.low_of[p]].value = premise_span(graph, box, p).least;
        sources[all.high_of[p]].value = premise_span(graph, box, p).most;
    }
    struct lanes lanes = {.sources = sources, .count = 1};
    read_spans(&all, arena, &lanes, wanted, count, span);
    return span;
}

const char *interval_build(struct arena *arena, const struct graph *graph, node_id value,
                           const struct interval_box *box, struct interval *interval)
{
    bool *needed = arena_array(arena, graph->node_count, sizeof *needed);
    bool *whole = arena_array(arena, graph->node_count, sizeof *whole);
    const char *fault = NULL;
    needed[value] = true;
    for (node_id n = value + 1; n-- > 0;)
        for (uint32_t i = 0; needed[n] && i < graph->nodes[n].argument_count; i++)
            needed[graph->nodes[n].arguments[i]] = true;
    for (node_id n = 0; n < graph->node_count; n++)
        whole[n] = is_whole(graph, &graph->nodes[n], whole);
    const struct span *span = find_spans(arena, graph, box, needed, whole, &fault);
    if (span == NULL)
        return fault;
    struct enclosing all = {.box = box, .span = span, .whole = whole};
    if (!enclose_all(&all, arena, graph, needed))
        return all.copy.fault;
    bool moves = all.moves[value];
    *interval = (struct interval){.graph = all.copy.to,
                                  .low = moves ? all.pair[value].low : all.copy.node[value],
                                  .high = moves ? all.pair[value].high : all.copy.node[value],
                                  .low_of = all.low_of,
                                  .high_of = all.high_of};
    return NULL;
}

/* --- whether lanes fit ----------------------------------------------------------------------- */

static double value_in(const struct lane_source *source, uint64_t lane)
{
    return source->values != NULL ? source->values[lane] : source->value;
}

uint32_t interval_misfit(const struct interval *interval, const struct interval_box *box,
                         uint32_t premise_count, const struct lanes *lanes)
{
    for (uint32_t p = 0; p < premise_count; p++) {
        const struct lane_source *low = &lanes->sources[interval->low_of[p]];
        const struct lane_source *high = &lanes->sources[interval->high_of[p]];
        if (low->distribution != NULL || high->distribution != NULL)
            continue;
        uint64_t count = low->values != NULL || high->values != NULL ? lanes->count : 1;
        for (uint64_t lane = 0; lane < count; lane++) {
            double a = value_in(low, lane), b = value_in(high, lane);
            bool within = box->least == NULL || (a >= box->least[p] && b <= box->most[p]);
            if (!within || !(a <= b))
                return p;
        }
    }
    return premise_count;
}

#include "engine/gradient.h"

#include "engine/copy.h"

/* Signs are kept apart, for a sum takes them along at no cost. */
struct adjoint {
    node_id amount; /* in the copy, or NODE_NONE while it is 0 */
    bool minus;
};

struct reverse {
    struct copy copy;
    axis_set kept;           /* of the value: each cell has its own derivative */
    bool *active;            /* [node]: changes with a premise that is asked for */
    struct adjoint *adjoint; /* [node] */
    bool *jumps;             /* [node]: something between it and the value jumps */
};

static const struct node *node_at(const struct reverse *reverse, node_id n)
{
    return &reverse->copy.from->nodes[n];
}

static bool has_axis(axis_set axes, uint32_t axis)
{
    return (axes >> axis & 1) != 0;
}

/* --- adding up ------------------------------------------------------------------------------- */

static struct adjoint adjoint_add(struct copy *copy, struct adjoint a, struct adjoint b)
{
    if (a.amount == NODE_NONE)
        return b;
    if (a.minus == b.minus)
        return (struct adjoint){copy_2(copy, OP_ADD, a.amount, b.amount), a.minus};
    return a.minus ? (struct adjoint){copy_2(copy, OP_SUB, b.amount, a.amount), false}
                   : (struct adjoint){copy_2(copy, OP_SUB, a.amount, b.amount), false};
}

/* Adds what the value gains by argument i of node n, along the axes of n, to the argument's
 * adjoint: summed over the axes that the argument has not. */
static void contribute(struct reverse *reverse, node_id n, uint32_t i, struct adjoint gain)
{
    const struct node *node = node_at(reverse, n);
    node_id argument = node->arguments[i];
    if (!reverse->active[argument] || gain.amount == NODE_NONE)
        return;
    axis_set over = node->axes & ~(node_at(reverse, argument)->axes | reverse->kept);
    for (uint32_t axis = 0; axis < reverse->copy.from->axis_count; axis++)
        if (has_axis(over, axis))
            gain.amount = copy_reduce(&reverse->copy, OP_SUM, axis, gain.amount);
    reverse->adjoint[argument] = adjoint_add(&reverse->copy, reverse->adjoint[argument], gain);
}

/* Where an adjoint is 0, nothing leaks from a derivative that is not finite. */
static node_id guarded(struct reverse *reverse, node_id adjoint, node_id amount)
{
    struct copy *copy = &reverse->copy;
    node_id zero = copy_number(copy, 0);
    return copy_3(copy, OP_WHERE, copy_2(copy, OP_EQUALS, adjoint, zero), zero, amount);
}

static node_id negative(struct reverse *reverse, node_id a)
{
    return copy_2(&reverse->copy, OP_SUB, copy_number(&reverse->copy, 0), a);
}

/* --- one operation --------------------------------------------------------------------------- */

/* What every rule needs: the node, its copy y, the copies of its arguments, its adjoint d without
 * its sign. What a rule gives is d times something, and has that sign. */
struct rule {
    struct reverse *reverse;
    struct copy *copy;
    node_id n, y, d, zero;
    bool minus;
    node_id *x;
    const struct node *node;
};

static bool is_active(const struct rule *rule, uint32_t i)
{
    return rule->reverse->active[rule->node->arguments[i]];
}

static void give(const struct rule *rule, uint32_t i, node_id amount)
{
    contribute(rule->reverse, rule->n, i, (struct adjoint){amount, rule->minus});
}

static void take(const struct rule *rule, uint32_t i, node_id amount)
{
    contribute(rule->reverse, rule->n, i, (struct adjoint){amount, !rule->minus});
}

static void divide(const struct rule *r)
{
    node_id share = copy_2(r->copy, OP_DIV, r->d, r->x[1]);
    give(r, 0, guarded(r->reverse, r->d, share));
    if (is_active(r, 1))
        take(r, 1, guarded(r->reverse, r->d, copy_2(r->copy, OP_MUL, share, r->y)));
}

static void divide_or(const struct rule *r)
{
    node_id share = copy_3(r->copy, OP_RATIO, r->d, r->x[1], r->zero);
    node_id none = copy_2(r->copy, OP_EQUALS, r->x[1], r->zero);
    node_id part = copy_3(r->copy, OP_WHERE, none, r->zero, r->y);
    give(r, 0, share);
    take(r, 1, copy_2(r->copy, OP_MUL, share, part));
    give(r, 2, copy_3(r->copy, OP_WHERE, none, r->d, r->zero));
}

/* x^y by x: y x^y / x, and at x = 0: 1 where y = 1, else 0. */
static void power(const struct rule *r)
{
    node_id d = r->d, one = copy_number(r->copy, 1);
    if (is_active(r, 0)) {
        node_id at_zero =
            copy_3(r->copy, OP_WHERE, copy_2(r->copy, OP_EQUALS, r->x[1], one), d, r->zero);
        node_id slope = copy_2(r->copy, OP_MUL, copy_2(r->copy, OP_MUL, d, r->x[1]), r->y);
        give(r, 0, copy_3(r->copy, OP_RATIO, slope, r->x[0], at_zero));
    }
    if (is_active(r, 1)) {
        node_id log = copy_1(r->copy, OP_LOG, r->x[0]);
        node_id amount = copy_2(r->copy, OP_MUL, copy_2(r->copy, OP_MUL, d, r->y), log);
        node_id above = copy_2(r->copy, OP_ABOVE, r->x[0], r->zero);
        give(r, 1, copy_3(r->copy, OP_WHERE, above, amount, r->zero));
    }
}

/* `second`: whether the second argument is taken. */
static void choose(const struct rule *r, node_id second, uint32_t a, uint32_t b, node_id d)
{
    give(r, a, copy_3(r->copy, OP_WHERE, second, r->zero, d));
    give(r, b, copy_3(r->copy, OP_WHERE, second, d, r->zero));
}

static void clamp(const struct rule *r)
{
    node_id raised = copy_2(r->copy, OP_MAX, r->x[0], r->x[1]);
    node_id lowered = copy_2(r->copy, OP_ABOVE, raised, r->x[2]);
    node_id rest = copy_3(r->copy, OP_WHERE, lowered, r->zero, r->d);
    give(r, 2, copy_3(r->copy, OP_WHERE, lowered, r->d, r->zero));
    choose(r, copy_2(r->copy, OP_ABOVE, r->x[1], r->x[0]), 0, 1, rest);
}

/* Those that are the least, or the greatest, share it. */
static void extreme(const struct rule *r)
{
    node_id is_it = copy_2(r->copy, OP_EQUALS, r->x[0], r->y);
    node_id weight = copy_3(r->copy, OP_WHERE, is_it, copy_number(r->copy, 1), r->zero);
    node_id count = copy_reduce(r->copy, OP_SUM, r->node->index, weight);
    give(r, 0, copy_2(r->copy, OP_DIV, copy_2(r->copy, OP_MUL, r->d, weight), count));
}

static void stack(const struct rule *r)
{
    for (uint32_t i = 0; i < r->node->argument_count; i++)
        if (is_active(r, i)) {
            node_id place = copy_place(r->copy, r->node->index, i);
            give(r, i, copy_2(r->copy, OP_MUL, r->d, place));
        }
}

/* A table operation with the same positions, whose values are 0 but for a 1 in place `one` (counted
 * from the first value; -1: the value below all steps). */
static node_id indicator(const struct rule *r, size_t first_value, long one)
{
    size_t count = r->node->argument_count;
    node_id *arguments = arena_array(r->copy->to->arena, count, sizeof *arguments), result;
    for (size_t i = 0; i < count; i++) {
        bool below = i == 1 && r->node->op != OP_INTERPOLATE && r->node->op != OP_LOOKUP;
        bool value = i >= first_value || below;
        bool is_one = below ? one == -1 : (long)i == (long)first_value + one;
        arguments[i] = value ? copy_number(r->copy, is_one ? 1 : 0) : r->x[i];
    }
    if (r->copy->fault != NULL || graph_apply(r->copy->to, r->node->op, arguments, (uint32_t)count,
                                              r->node->index, &result) != STATUS_OK)
        return NODE_NONE;
    return copy_2(r->copy, OP_MUL, r->d, result);
}

/* The slope of the segment in which x lies; 0 beyond the ends. */
static node_id slope_at(const struct rule *r, uint32_t knots)
{
    const node_id *xs = r->x + 1, *ys = xs + knots;
    node_id *step = arena_array(r->copy->to->arena, 2 + 2 * (size_t)knots, sizeof *step);
    step[0] = r->x[0];
    step[1] = r->zero;
    for (uint32_t k = 0; k < knots; k++) {
        step[2 + k] = xs[k];
        step[2 + knots + k] = r->zero;
        if (k + 1 < knots)
            step[2 + knots + k] = copy_2(r->copy, OP_DIV, copy_2(r->copy, OP_SUB, ys[k + 1], ys[k]),
                                         copy_2(r->copy, OP_SUB, xs[k + 1], xs[k]));
    }
    return copy_apply(r->copy, OP_STEP_FROM, step, 2 + 2 * (size_t)knots);
}

static void interpolate(const struct rule *r)
{
    uint32_t knots = (r->node->argument_count - 1) / 2;
    node_id slope = slope_at(r, knots);
    give(r, 0, copy_2(r->copy, OP_MUL, r->d, slope));
    for (uint32_t k = 0; k < knots; k++) {
        if (!is_active(r, 1 + k) && !is_active(r, 1 + knots + k))
            continue;
        node_id part = indicator(r, 1 + knots, k);
        give(r, 1 + knots + k, part);
        take(r, 1 + k, copy_2(r->copy, OP_MUL, part, slope));
    }
}

/* Steps and lookups: the value that is taken moves the result; the position does not. */
static void select_value(const struct rule *r)
{
    bool lookup = r->node->op == OP_LOOKUP;
    uint32_t count = r->node->argument_count, first = lookup ? 2 : 2 + (count - 2) / 2;
    for (uint32_t i = first; i < count; i++)
        if (is_active(r, i))
            give(r, i, indicator(r, first, (long)i - (long)first));
    if (!lookup && is_active(r, 1))
        give(r, 1, indicator(r, first, -1));
}

/* d/dp of P(at least k of n) is n P(k - 1 of n - 1); that of P(k of n) the difference of two. */
static void binomial(const struct rule *r)
{
    node_id one = copy_number(r->copy, 1), n = r->x[0], k = r->x[1], p = r->x[2];
    node_id fewer = copy_2(r->copy, OP_SUB, n, one);
    node_id slope = copy_3(r->copy, OP_BINOMIAL_PMF, fewer, copy_2(r->copy, OP_SUB, k, one), p);
    if (r->node->op == OP_BINOMIAL_PMF)
        slope = copy_2(r->copy, OP_SUB, slope, copy_3(r->copy, OP_BINOMIAL_PMF, fewer, k, p));
    node_id some = copy_2(r->copy, OP_ABOVE, n, r->zero);
    node_id amount = copy_2(r->copy, OP_MUL, copy_2(r->copy, OP_MUL, r->d, n), slope);
    if (is_active(r, 2))
        give(r, 2, copy_3(r->copy, OP_WHERE, some, amount, r->zero));
}

static node_id unary_slope(const struct rule *r)
{
    struct copy *copy = r->copy;
    node_id d = r->d, x = r->x[0];
    switch (r->node->op) {
    case OP_ABS:
        return copy_3(copy, OP_WHERE, copy_2(copy, OP_ABOVE, r->zero, x), negative(r->reverse, d),
                      d);
    case OP_SQRT:
        return guarded(r->reverse, d,
                       copy_2(copy, OP_DIV, copy_2(copy, OP_MUL, d, copy_number(copy, 0.5)), r->y));
    case OP_EXP:
        return copy_2(copy, OP_MUL, d, r->y);
    case OP_EXPM1:
        return copy_2(copy, OP_MUL, d, copy_2(copy, OP_ADD, r->y, copy_number(copy, 1)));
    case OP_LOG:
        return guarded(r->reverse, d, copy_2(copy, OP_DIV, d, x));
    case OP_LOG1P:
        return guarded(r->reverse, d,
                       copy_2(copy, OP_DIV, d, copy_2(copy, OP_ADD, copy_number(copy, 1), x)));
    default:
        return NODE_NONE; /* flat between jumps */
    }
}

static void reverse_arithmetic(const struct rule *r)
{
    switch (r->node->op) {
    case OP_ADD:
        give(r, 0, r->d);
        give(r, 1, r->d);
        return;
    case OP_SUB:
        give(r, 0, r->d);
        take(r, 1, r->d);
        return;
    case OP_MUL:
        if (is_active(r, 0))
            give(r, 0, copy_2(r->copy, OP_MUL, r->d, r->x[1]));
        if (is_active(r, 1))
            give(r, 1, copy_2(r->copy, OP_MUL, r->d, r->x[0]));
        return;
    case OP_DIV:
        divide(r);
        return;
    case OP_RATIO:
        divide_or(r);
        return;
    default:
        power(r);
    }
}

static void reverse_one(const struct rule *r)
{
    switch (r->node->op) {
    case OP_ADD:
    case OP_SUB:
    case OP_MUL:
    case OP_DIV:
    case OP_RATIO:
    case OP_POW:
        reverse_arithmetic(r);
        return;
    case OP_MIN:
        choose(r, copy_2(r->copy, OP_ABOVE, r->x[0], r->x[1]), 0, 1, r->d);
        return;
    case OP_MAX:
        choose(r, copy_2(r->copy, OP_ABOVE, r->x[1], r->x[0]), 0, 1, r->d);
        return;
    case OP_CLAMP:
        clamp(r);
        return;
    case OP_WHERE:
        give(r, 1, copy_3(r->copy, OP_WHERE, r->x[0], r->d, r->zero));
        give(r, 2, copy_3(r->copy, OP_WHERE, r->x[0], r->zero, r->d));
        return;
    case OP_CLAIM:
    case OP_SUM:
        give(r, 0, r->d);
        return;
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        extreme(r);
        return;
    case OP_STACK:
        stack(r);
        return;
    case OP_INTERPOLATE:
        interpolate(r);
        return;
    case OP_STEP_FROM:
    case OP_STEP_OVER:
    case OP_LOOKUP:
        select_value(r);
        return;
    case OP_BINOMIAL_PMF:
    case OP_BINOMIAL_TAIL:
        binomial(r);
        return;
    default:
        if (r->node->argument_count == 1)
            give(r, 0, unary_slope(r));
    }
}

/* --- the pass -------------------------------------------------------------------------------- */

static void mark_active(struct reverse *reverse, const bool *by)
{
    const struct graph *graph = reverse->copy.from;
    for (node_id n = 0; n < graph->node_count; n++) {
        const struct node *node = &graph->nodes[n];
        if (node->op == OP_PREMISE)
            reverse->active[n] = node->kind == VALUE_NUMBER && by[node->index];
        for (uint32_t i = 0; i < node->argument_count; i++)
            reverse->active[n] = reverse->active[n] || reverse->active[node->arguments[i]];
    }
}

/* Whether argument i of an operation moves the result by jumps alone. */
static bool jumps_by(const struct node *node, uint32_t i)
{
    switch (node->op) {
    case OP_FLOOR:
    case OP_CEIL:
    case OP_AT_LEAST:
    case OP_ABOVE:
    case OP_EQUALS:
        return true;
    case OP_WHERE:
        return i == 0;
    case OP_STEP_FROM:
    case OP_STEP_OVER:
        return i != 1 && i < 2 + (node->argument_count - 2) / 2;
    case OP_LOOKUP:
    case OP_BINOMIAL_PMF:
    case OP_BINOMIAL_TAIL:
        return i < 2;
    default:
        return false;
    }
}

static void pass_jumps(struct reverse *reverse, node_id n)
{
    const struct node *node = node_at(reverse, n);
    for (uint32_t i = 0; i < node->argument_count; i++)
        if (reverse->jumps[n] || jumps_by(node, i))
            reverse->jumps[node->arguments[i]] = true;
}

/* Only nodes that the value needs have a copy. */
static void reverse_pass(struct reverse *reverse, node_id value)
{
    for (node_id n = value + 1; n-- > 0 && reverse->copy.fault == NULL;) {
        const struct node *node = node_at(reverse, n);
        if (reverse->copy.node[n] == NODE_NONE || !reverse->active[n])
            continue;
        pass_jumps(reverse, n);
        if (reverse->adjoint[n].amount == NODE_NONE || node->argument_count == 0)
            continue;
        node_id *x = arena_array(reverse->copy.to->arena, node->argument_count, sizeof *x);
        for (uint32_t i = 0; i < node->argument_count; i++)
            x[i] = reverse->copy.node[node->arguments[i]];
        struct rule rule = {reverse,
                            &reverse->copy,
                            n,
                            reverse->copy.node[n],
                            reverse->adjoint[n].amount,
                            copy_number(&reverse->copy, 0),
                            reverse->adjoint[n].minus,
                            x,
                            node};
        reverse_one(&rule);
    }
}

static node_id signed_amount(struct reverse *reverse, struct adjoint adjoint)
{
    return adjoint.minus ? negative(reverse, adjoint.amount) : adjoint.amount;
}

static bool cells_are_compared(const struct reverse *reverse, node_id value)
{
    for (node_id n = 0; n <= value; n++) {
        const struct node *node = node_at(reverse, n);
        bool reduces = node->op == OP_SUM || node->op == OP_REDUCE_MIN || node->op == OP_REDUCE_MAX;
        if (reduces && reverse->copy.node[n] != NODE_NONE && reverse->active[n] &&
            has_axis(reverse->kept, node->index))
            return true;
    }
    return false;
}

const char *gradient_build(struct arena *arena, const struct graph *graph, node_id value,
                           const bool *by, struct gradient *gradient)
{
    struct reverse reverse = {
        .kept = graph->nodes[value].axes,
        .active = arena_array(arena, graph->node_count, sizeof *reverse.active),
        .adjoint = arena_array(arena, graph->node_count, sizeof *reverse.adjoint),
        .jumps = arena_array(arena, graph->node_count, sizeof *reverse.jumps)};
    struct gradient built = {
        .partial = arena_array(arena, graph->premise_count, sizeof *built.partial),
        .jumps = arena_array(arena, graph->premise_count, sizeof *built.jumps)};
    if (graph->nodes[value].kind != VALUE_NUMBER)
        return "only numbers have a gradient";
    if (!copy_init(&reverse.copy, arena, graph, value))
        return reverse.copy.fault;
    mark_active(&reverse, by);
    if (cells_are_compared(&reverse, value))
        return "its cells are compared with each other";
    for (node_id n = 0; n < graph->node_count; n++)
        reverse.adjoint[n].amount = NODE_NONE;
    reverse.adjoint[value].amount = copy_number(&reverse.copy, 1);
    reverse_pass(&reverse, value);
    built.graph = reverse.copy.to;
    built.value = reverse.copy.node[value];
    for (uint32_t p = 0; p < graph->premise_count; p++)
        built.partial[p] = NODE_NONE;
    for (node_id n = 0; n <= value; n++)
        if (graph->nodes[n].op == OP_PREMISE && reverse.active[n]) {
            built.partial[graph->nodes[n].index] = signed_amount(&reverse, reverse.adjoint[n]);
            built.jumps[graph->nodes[n].index] = reverse.jumps[n];
        }
    *gradient = built;
    return reverse.copy.fault;
}

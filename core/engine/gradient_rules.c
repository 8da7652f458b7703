/* What each operation passes on to its arguments. */
#include "engine/gradient_parts.h"

static bool is_active(const struct rule *rule, uint32_t i)
{
    return rule->reverse->active[rule->node->arguments[i]];
}

static void give(const struct rule *rule, uint32_t i, node_id amount)
{
    gradient_contribute(rule->reverse, rule->n, i, (struct adjoint){amount, rule->minus});
}

static void take(const struct rule *rule, uint32_t i, node_id amount)
{
    gradient_contribute(rule->reverse, rule->n, i, (struct adjoint){amount, !rule->minus});
}

/* Where an adjoint is 0, nothing leaks from a derivative that is not finite. */
static node_id guarded(const struct rule *r, node_id amount)
{
    node_id nothing = copy_2(r->copy, OP_EQUALS, r->d, r->zero);
    return copy_3(r->copy, OP_WHERE, nothing, r->zero, amount);
}

static void divide(const struct rule *r)
{
    node_id share = copy_2(r->copy, OP_DIV, r->d, r->x[1]);
    give(r, 0, guarded(r, share));
    if (is_active(r, 1))
        take(r, 1, guarded(r, copy_2(r->copy, OP_MUL, share, r->y)));
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
        return copy_3(copy, OP_WHERE, copy_2(copy, OP_ABOVE, r->zero, x),
                      gradient_negative(copy, d), d);
    case OP_SQRT:
        return guarded(r,
                       copy_2(copy, OP_DIV, copy_2(copy, OP_MUL, d, copy_number(copy, 0.5)), r->y));
    case OP_EXP:
        return copy_2(copy, OP_MUL, d, r->y);
    case OP_EXPM1:
        return copy_2(copy, OP_MUL, d, copy_2(copy, OP_ADD, r->y, copy_number(copy, 1)));
    case OP_LOG:
        return guarded(r, copy_2(copy, OP_DIV, d, x));
    case OP_LOG1P:
        return guarded(r, copy_2(copy, OP_DIV, d, copy_2(copy, OP_ADD, copy_number(copy, 1), x)));
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

void gradient_rule(const struct rule *r)
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

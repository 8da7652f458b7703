/* Bounds of what goes by knots, steps, places of a table, or trials.
 *
 * Along a range of x a curve is least at one of its two ends, or at a knot between them that lies
 * no higher than its neighbours. Where the knots themselves lie in the box, the bounds are those of
 * all values. */
#include <math.h>

#include "engine/interval_parts.h"

/* x and what it is looked up in: knots, and values of which a step has one more, below them. */
struct curve {
    const struct enclosed *e;
    uint32_t knots, lead; /* lead: 1 with a value below the first knot */
    bool fixed;           /* all values are literals */
    bool low;             /* which bound is asked for */
};

static double literal(const struct curve *curve, node_id node)
{
    return curve->e->copy->to->nodes[node].constant;
}

static node_id bound_of(const struct curve *curve, uint32_t argument)
{
    struct pair pair = curve->e->x[argument].at;
    return curve->low ? pair.low : pair.high;
}

/* Value i from 0: of a step the one below all knots, then one for each knot. */
static node_id value_at(const struct curve *curve, uint32_t i)
{
    if (i < curve->lead)
        return bound_of(curve, 1);
    return bound_of(curve, 1 + curve->lead + curve->knots + i - curve->lead);
}

static node_id knot_at(const struct curve *curve, uint32_t i)
{
    return curve->e->x[1 + curve->lead + i].at.low;
}

/* The curve at x, through the bounds of its values. */
static node_id curve_at(const struct curve *curve, node_id x)
{
    struct copy *copy = curve->e->copy;
    uint32_t count = curve->e->node->argument_count;
    node_id *arguments = arena_array(copy->to->arena, count, sizeof *arguments);
    arguments[0] = x;
    for (uint32_t i = 1; i < count; i++)
        arguments[i] = bound_of(curve, i);
    return copy_apply(copy, curve->e->node->op, arguments, count);
}

static node_id further(const struct curve *curve, node_id a, node_id b)
{
    return copy_join(curve->e->copy, curve->low ? OP_MIN : OP_MAX, a, b);
}

static node_id all_values(const struct curve *curve)
{
    node_id bound = value_at(curve, 0);
    for (uint32_t i = 1; i < curve->knots + curve->lead; i++)
        bound = further(curve, bound, value_at(curve, i));
    return bound;
}

/* 1 where no value is below the one before, -1 where none is above, 0 where neither or unknown. */
static int direction(const struct curve *curve)
{
    bool rises = curve->fixed, falls = curve->fixed;
    for (uint32_t i = 1; curve->fixed && i < curve->knots + curve->lead; i++) {
        double step = literal(curve, value_at(curve, i)) - literal(curve, value_at(curve, i - 1));
        rises = rises && step >= 0;
        falls = falls && step <= 0;
    }
    return rises ? 1 : falls ? -1 : 0;
}

/* Whether an inner value may be the least (or greatest) in a range whose ends lie elsewhere. */
static bool is_peak(const struct curve *curve, uint32_t i)
{
    if (!curve->fixed)
        return true;
    double before = literal(curve, value_at(curve, i - 1)), at = literal(curve, value_at(curve, i));
    double after = literal(curve, value_at(curve, i + 1));
    return curve->low ? at <= before && at <= after : at >= before && at >= after;
}

static node_id with_peaks(const struct curve *curve, node_id bound)
{
    struct copy *copy = curve->e->copy;
    struct pair x = curve->e->x[0].at;
    node_id none = copy_number(copy, curve->low ? HUGE_VAL : -HUGE_VAL);
    for (uint32_t i = 1; i + 1 < curve->knots + curve->lead; i++) {
        if (!is_peak(curve, i))
            continue;
        node_id knot = knot_at(curve, i - curve->lead);
        node_id inside = copy_2(copy, OP_AND, copy_2(copy, OP_AT_LEAST, knot, x.low),
                                copy_2(copy, OP_AT_LEAST, x.high, knot));
        bound = further(curve, bound, copy_3(copy, OP_WHERE, inside, value_at(curve, i), none));
    }
    return bound;
}

/* The bound before rounding. */
static node_id along_curve(const struct curve *curve)
{
    struct pair x = curve->e->x[0].at;
    for (uint32_t i = 0; i < curve->knots; i++)
        if (!pair_is_point(curve->e->x[1 + curve->lead + i].at))
            return all_values(curve);
    if (pair_is_point(x))
        return curve_at(curve, x.low);
    int way = direction(curve);
    if (way != 0)
        return curve_at(curve, (way > 0) == curve->low ? x.low : x.high);
    node_id ends = further(curve, curve_at(curve, x.low), curve_at(curve, x.high));
    return with_peaks(curve, ends);
}

/* Roundings of y0 + (y1 - y0) t are small beside the larger of the two; no sign changes by them. */
static node_id round_curve(const struct curve *curve, node_id bound, node_id size)
{
    struct copy *copy = curve->e->copy;
    struct span in = curve->e->span;
    node_id zero = copy_number(copy, 0);
    node_id off = copy_2(copy, OP_MUL_UP, size, copy_number(copy, 8 * 0x1p-52));
    bound = copy_2(copy, curve->low ? OP_SUB_DOWN : OP_ADD_UP, bound, off);
    for (uint32_t i = 0; i < curve->knots; i++) {
        struct span value = curve->e->x[1 + curve->knots + i].in;
        in.least = i == 0 ? value.least : fmin(in.least, value.least);
        in.most = i == 0 ? value.most : fmax(in.most, value.most);
    }
    if (curve->low && in.least >= 0)
        return copy_2(copy, OP_MAX, bound, zero);
    if (!curve->low && in.most <= 0)
        return copy_2(copy, OP_MIN, bound, zero);
    return bound;
}

static struct pair enclose_curve(const struct enclosed *e)
{
    struct copy *copy = e->copy;
    uint32_t lead = e->node->op == OP_INTERPOLATE ? 0 : 1;
    struct curve low = {.e = e,
                        .knots = (e->node->argument_count - 1 - lead) / 2,
                        .lead = lead,
                        .fixed = true,
                        .low = true};
    for (uint32_t i = 0; i < low.knots + lead; i++)
        low.fixed = low.fixed && copy->to->nodes[value_at(&low, i)].op == OP_CONST;
    struct curve high = low;
    high.low = false;
    for (uint32_t i = 0; i < low.knots + lead; i++)
        low.fixed = low.fixed && value_at(&low, i) == value_at(&high, i);
    high.fixed = low.fixed;
    struct pair pair = {along_curve(&low), along_curve(&high)};
    if (lead != 0 || copy->fault != NULL)
        return pair;
    node_id size = copy_2(copy, OP_MAX, copy_1(copy, OP_ABS, all_values(&low)),
                          copy_1(copy, OP_ABS, all_values(&high)));
    return (struct pair){round_curve(&low, pair.low, size), round_curve(&high, pair.high, size)};
}

/* --- lookups --------------------------------------------------------------------------------- */

static bool has_constant(const struct graph *graph, const struct node *node, double low,
                         double high)
{
    bool any = false;
    for (uint32_t i = 0; i < node->argument_count; i++) {
        const struct node *argument = &graph->nodes[node->arguments[i]];
        any = any ||
              (argument->op == OP_CONST && argument->constant >= low && argument->constant <= high);
    }
    return any;
}

/* Whether the number that a place is rounded from is min(max(x, a), b), with 0 <= a and b <= last.
 * Bounds of these two operations are exact, so that no rounding leads out of the table. */
static bool is_held(const struct graph *graph, const struct node *place, double last)
{
    const struct node *least = &graph->nodes[place->arguments[0]];
    if (least->op != OP_MIN || !has_constant(graph, least, 0, last))
        return false;
    for (uint32_t i = 0; i < 2; i++) {
        const struct node *most = &graph->nodes[least->arguments[i]];
        if (most->op == OP_MAX && has_constant(graph, most, 0, HUGE_VAL))
            return true;
    }
    return false;
}

/* The whole numbers among 0 .. count - 1 that lie between bounds, of which there is one. */
static struct pair places_of(const struct enclosed *e, uint32_t argument, uint32_t count)
{
    struct copy *copy = e->copy;
    struct pair at = e->x[argument].at;
    if (pair_is_point(at))
        return at;
    node_id zero = copy_number(copy, 0), last = copy_number(copy, count - 1.0);
    const struct node *place = &copy->from->nodes[e->node->arguments[argument]];
    if (place->op != OP_FLOOR && place->op != OP_CEIL)
        at = (struct pair){copy_1(copy, OP_CEIL, at.low), copy_1(copy, OP_FLOOR, at.high)};
    else if (is_held(copy->from, place, count - 1.0))
        return at;
    at.low = copy_3(copy, OP_CLAMP, at.low, zero, last);
    at.high = copy_3(copy, OP_CLAMP, at.high, at.low, last);
    return at;
}

/* A table under way: cells, and what is done with two of them. */
struct cells {
    node_id *at;
    uint32_t rows, columns;
    enum op join;
};

static struct cells table_of(const struct enclosed *e, bool low)
{
    uint32_t count = e->node->argument_count - 2;
    bool truths = e->node->kind == VALUE_TRUTH;
    struct cells cells = {.at = arena_array(e->copy->to->arena, count, sizeof *cells.at),
                          .rows = count / e->node->index,
                          .columns = e->node->index,
                          .join = low ? (truths ? OP_AND : OP_MIN) : (truths ? OP_OR : OP_MAX)};
    for (uint32_t i = 0; i < count; i++)
        cells.at[i] = low ? e->x[2 + i].at.low : e->x[2 + i].at.high;
    return cells;
}

static uint32_t levels_of(uint32_t count)
{
    uint32_t levels = 1;
    while (count >> levels != 0)
        levels++;
    return levels;
}

/* Row level * rows + r of the result joins 2^level rows from r on, as far as there are any. */
static struct cells with_levels(struct copy *copy, struct cells from)
{
    uint32_t levels = levels_of(from.rows), width = from.columns;
    struct cells to = from;
    to.rows = levels * from.rows;
    to.at = arena_array(copy->to->arena, (size_t)to.rows * width, sizeof *to.at);
    for (uint32_t level = 0; level < levels; level++)
        for (uint32_t r = 0; r < from.rows; r++)
            for (uint32_t c = 0; c < width; c++) {
                node_id *below = to.at + (size_t)(level == 0 ? 0 : level - 1) * from.rows * width;
                uint32_t half = level == 0 ? 0 : (uint32_t)1 << (level - 1);
                uint32_t other = r + half < from.rows ? r + half : from.rows - 1;
                node_id one = level == 0 ? from.at[r * width + c] : below[r * width + c];
                to.at[((size_t)level * from.rows + r) * width + c] =
                    level == 0 ? one : copy_join(copy, from.join, one, below[other * width + c]);
            }
    return to;
}

static struct cells turned(struct copy *copy, struct cells from)
{
    struct cells to = {.rows = from.columns, .columns = from.rows, .join = from.join};
    to.at = arena_array(copy->to->arena, (size_t)to.rows * to.columns, sizeof *to.at);
    for (uint32_t r = 0; r < to.rows; r++)
        for (uint32_t c = 0; c < to.columns; c++)
            to.at[(size_t)r * to.columns + c] = from.at[(size_t)c * from.columns + r];
    return to;
}

/* Two rows of a table with levels that together cover a range of its rows. */
static struct pair covering(struct copy *copy, struct pair range, uint32_t count)
{
    uint32_t levels = levels_of(count);
    node_id *step = arena_array(copy->to->arena, 2 * (size_t)levels, sizeof *step);
    node_id *size = arena_array(copy->to->arena, 2 * (size_t)levels, sizeof *size);
    node_id length =
        copy_2(copy, OP_ADD, copy_2(copy, OP_SUB, range.high, range.low), copy_number(copy, 1));
    if (levels == 1)
        return range;
    step[0] = size[0] = length;
    step[1] = copy_number(copy, 0);
    size[1] = copy_number(copy, 1);
    for (uint32_t level = 1; level < levels; level++) {
        step[1 + level] = size[1 + level] = copy_number(copy, ldexp(1, (int)level));
        step[levels + level] = copy_number(copy, (double)level * count);
        size[levels + level] = copy_number(copy, ldexp(1, (int)level));
    }
    node_id first = copy_apply(copy, OP_STEP_FROM, step, 2 * (size_t)levels);
    node_id width = copy_apply(copy, OP_STEP_FROM, size, 2 * (size_t)levels);
    node_id last =
        copy_2(copy, OP_ADD, copy_2(copy, OP_SUB, range.high, width), copy_number(copy, 1));
    return (struct pair){copy_2(copy, OP_ADD, first, range.low), copy_2(copy, OP_ADD, first, last)};
}

/* 1 where no row lies below the one before in any column, -1 where none lies above, 0 else. */
static int table_direction(const struct copy *copy, struct cells cells)
{
    bool rises = true, falls = true;
    for (uint32_t i = 0; i < cells.rows * cells.columns; i++)
        if (copy->to->nodes[cells.at[i]].op != OP_CONST)
            return 0;
    for (uint32_t i = cells.columns; i < cells.rows * cells.columns; i++) {
        double step = copy->to->nodes[cells.at[i]].constant -
                      copy->to->nodes[cells.at[i - cells.columns]].constant;
        rises = rises && step >= 0;
        falls = falls && step <= 0;
    }
    return rises ? 1 : falls ? -1 : 0;
}

/* The rows to look in: one of the ends where the table goes one way, else two that cover it. */
static struct pair rows_of(struct copy *copy, struct cells *cells, struct pair range, bool low)
{
    if (pair_is_point(range))
        return range;
    int way = table_direction(copy, *cells);
    if (way != 0) {
        node_id row = (way > 0) == low ? range.low : range.high;
        return (struct pair){row, row};
    }
    uint32_t count = cells->rows;
    *cells = with_levels(copy, *cells);
    return covering(copy, range, count);
}

static node_id lookup(struct copy *copy, struct cells cells, node_id row, node_id column)
{
    size_t count = (size_t)cells.rows * cells.columns;
    node_id *arguments = arena_array(copy->to->arena, count + 2, sizeof *arguments);
    node_id result = NODE_NONE;
    arguments[0] = row;
    arguments[1] = column;
    for (size_t i = 0; i < count; i++)
        arguments[2 + i] = cells.at[i];
    if (copy->fault == NULL && graph_apply(copy->to, OP_LOOKUP, arguments, (uint32_t)(count + 2),
                                           cells.columns, &result) != STATUS_OK)
        copy->fault = copy->to->fault;
    return result;
}

static node_id lookup_bound(const struct enclosed *e, bool low)
{
    struct copy *copy = e->copy;
    struct cells cells = table_of(e, low);
    struct pair rows = places_of(e, 0, cells.rows), columns = places_of(e, 1, cells.columns);
    if (copy->fault != NULL)
        return NODE_NONE;
    struct pair row = rows_of(copy, &cells, rows, low);
    cells = turned(copy, cells);
    struct pair column = rows_of(copy, &cells, columns, low);
    cells = turned(copy, cells);
    node_id bound = NODE_NONE;
    for (int corner = 0; corner < 4; corner++) {
        node_id at = lookup(copy, cells, (corner & 1) != 0 ? row.high : row.low,
                            (corner & 2) != 0 ? column.high : column.low);
        bound = bound == NODE_NONE ? at : copy_join(copy, cells.join, bound, at);
    }
    return bound;
}

/* --- trials ---------------------------------------------------------------------------------- */

/* Tried against sums of exact terms to 1e-12: tests/base/test_math.c. */
static node_id round_chance(struct copy *copy, node_id chance, bool low)
{
    node_id bound = copy_2(copy, low ? OP_DOWN : OP_UP, chance, copy_number(copy, 1e-11));
    return low ? bound : copy_2(copy, OP_MIN, bound, copy_number(copy, 1));
}

static struct pair within(struct copy *copy, struct pair pair, double least, double most)
{
    node_id low = copy_number(copy, least), high = copy_number(copy, most);
    if (pair_is_point(pair))
        return pair;
    return (struct pair){copy_3(copy, OP_CLAMP, pair.low, low, high),
                         copy_3(copy, OP_CLAMP, pair.high, low, high)};
}

/* Whole numbers; where there is none between the bounds there is no value either. */
static struct pair whole_within(struct copy *copy, struct pair pair, double least, double most)
{
    if (pair_is_point(pair))
        return pair;
    pair = (struct pair){copy_1(copy, OP_CEIL, pair.low), copy_1(copy, OP_FLOOR, pair.high)};
    return within(copy, pair, least, most);
}

/* The chance of at least k rises with n and p, and falls with k. That of exactly k is greatest for
 * p = k / n; where n or k lies in the box it is only said to be a probability. */
static struct pair enclose_binomial(const struct enclosed *e)
{
    struct copy *copy = e->copy;
    struct pair n = whole_within(copy, e->x[0].at, 0, 0x1p31);
    struct pair k = whole_within(copy, e->x[1].at, -0x1p53, 0x1p53);
    struct pair p = within(copy, e->x[2].at, 0, 1);
    if (e->node->op == OP_BINOMIAL_TAIL)
        return (struct pair){
            round_chance(copy, copy_3(copy, OP_BINOMIAL_TAIL, n.low, k.high, p.low), true),
            round_chance(copy, copy_3(copy, OP_BINOMIAL_TAIL, n.high, k.low, p.high), false)};
    if (!pair_is_point(n) || !pair_is_point(k))
        return (struct pair){copy_number(copy, 0), copy_number(copy, 1)};
    node_id share = copy_3(copy, OP_RATIO, k.low, n.low, copy_number(copy, 0));
    node_id best = copy_3(copy, OP_CLAMP, share, p.low, p.high);
    node_id low = copy_2(copy, OP_MIN, copy_3(copy, OP_BINOMIAL_PMF, n.low, k.low, p.low),
                         copy_3(copy, OP_BINOMIAL_PMF, n.low, k.low, p.high));
    node_id high = copy_3(copy, OP_BINOMIAL_PMF, n.low, k.low, best);
    return (struct pair){round_chance(copy, low, true), round_chance(copy, high, false)};
}

struct pair enclose_table(const struct enclosed *e)
{
    switch (e->node->op) {
    case OP_LOOKUP:
        return (struct pair){lookup_bound(e, true), lookup_bound(e, false)};
    case OP_BINOMIAL_PMF:
    case OP_BINOMIAL_TAIL:
        return enclose_binomial(e);
    default:
        return enclose_curve(e);
    }
}

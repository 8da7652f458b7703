/* Bounds of sums, products, quotients and functions of one argument. */
#include <math.h>

#include "engine/interval_parts.h"

static struct span span_negative(struct span span)
{
    return (struct span){-span.most, -span.least};
}

static struct operand_known operand_negative(struct copy *copy, struct operand_known x)
{
    struct pair at = {copy_negative(copy, x.at.high), copy_negative(copy, x.at.low)};
    if (pair_is_point(x.at))
        at.high = at.low;
    return (struct operand_known){at, span_negative(x.in)};
}

/* --- products -------------------------------------------------------------------------------- */

/* The ends that the signs leave in question: of a the lower one where b is not negative, the upper
 * one where it is not positive, else both. */
static int ends_of(struct pair a, struct span b, bool low, node_id *ends)
{
    int count = 0;
    bool rises = b.least >= 0, falls = b.most <= 0;
    if (rises || !falls)
        ends[count++] = low ? a.low : a.high;
    if ((falls || !rises) && !(rises && falls) && !(count == 1 && pair_is_point(a)))
        ends[count++] = low ? a.high : a.low;
    return count;
}

static node_id product_bound(struct copy *copy, struct operand_known a, struct operand_known b,
                             bool low)
{
    node_id as[2], bs[2], bound = NODE_NONE;
    int a_count = ends_of(a.at, b.in, low, as), b_count = ends_of(b.at, a.in, low, bs);
    for (int i = 0; i < a_count; i++)
        for (int j = 0; j < b_count; j++) {
            node_id corner = copy_2(copy, low ? OP_MUL_DOWN : OP_MUL_UP, as[i], bs[j]);
            bound =
                bound == NODE_NONE ? corner : copy_join(copy, low ? OP_MIN : OP_MAX, bound, corner);
        }
    return bound;
}

/* Multiplied by 1, 2 or 4 nothing is rounded. */
static bool is_plain_factor(const struct copy *copy, struct operand_known x)
{
    if (!pair_is_point(x.at) || copy->fault != NULL)
        return false;
    const struct node *node = &copy->to->nodes[x.at.low];
    return node->op == OP_CONST &&
           (node->constant == 1 || node->constant == 2 || node->constant == 4);
}

static struct pair enclose_product(struct copy *copy, struct operand_known a,
                                   struct operand_known b)
{
    if (a.at.low == b.at.low && a.at.high == b.at.high) { /* a square */
        struct pair size = enclose_absolute(copy, a);
        return (struct pair){copy_2(copy, OP_MUL_DOWN, size.low, size.low),
                             copy_2(copy, OP_MUL_UP, size.high, size.high)};
    }
    if (is_plain_factor(copy, a) || is_plain_factor(copy, b))
        return (struct pair){copy_2(copy, OP_MUL, a.at.low, b.at.low),
                             copy_2(copy, OP_MUL, a.at.high, b.at.high)};
    return (struct pair){product_bound(copy, a, b, true), product_bound(copy, a, b, false)};
}

/* --- quotients ------------------------------------------------------------------------------- */

/* Of a by b, no value of which is negative: where b may be 0, up to infinity. */
static struct pair divide_by_positive(struct copy *copy, struct operand_known a, struct pair b)
{
    node_id zero = copy_number(copy, 0), below = b.high, above = b.low;
    if (a.in.most <= 0)
        below = b.low;
    else if (a.in.least < 0 && !pair_is_point(b))
        below = copy_3(copy, OP_WHERE, copy_2(copy, OP_AT_LEAST, a.at.low, zero), b.high, b.low);
    if (a.in.most <= 0)
        above = b.high;
    else if (a.in.least < 0 && !pair_is_point(b))
        above = copy_3(copy, OP_WHERE, copy_2(copy, OP_AT_LEAST, a.at.high, zero), b.low, b.high);
    return (struct pair){copy_2(copy, OP_DIV_DOWN, a.at.low, below),
                         copy_2(copy, OP_DIV_UP, a.at.high, above)};
}

/* Both with the other sign where b is negative throughout. */
static void make_positive(struct copy *copy, struct operand_known *a, struct operand_known *b)
{
    struct operand_known minus_a = operand_negative(copy, *a);
    struct operand_known minus_b = operand_negative(copy, *b);
    if (b->in.most <= 0) {
        *a = minus_a;
        *b = minus_b;
        return;
    }
    node_id flip = copy_2(copy, OP_ABOVE, copy_number(copy, 0), b->at.high);
    a->at = (struct pair){copy_3(copy, OP_WHERE, flip, minus_a.at.low, a->at.low),
                          copy_3(copy, OP_WHERE, flip, minus_a.at.high, a->at.high)};
    b->at = (struct pair){copy_3(copy, OP_WHERE, flip, minus_b.at.low, b->at.low),
                          copy_3(copy, OP_WHERE, flip, minus_b.at.high, b->at.high)};
    a->in = b->in = (struct span){-HUGE_VAL, HUGE_VAL};
}

/* Anything may come of a divisor that may be 0; unless `ratio`, for which 0 divides nothing. */
static struct pair enclose_quotient(struct copy *copy, struct operand_known a,
                                    struct operand_known b, bool ratio)
{
    if (!(b.in.least >= 0))
        make_positive(copy, &a, &b);
    struct pair quotient = divide_by_positive(copy, a, b.at);
    if (b.in.least > 0 || (ratio && b.in.least >= 0))
        return quotient;
    node_id zero = copy_number(copy, 0);
    node_id through = copy_2(copy, ratio ? OP_ABOVE : OP_AT_LEAST, zero, b.at.low);
    return (struct pair){
        copy_3(copy, OP_WHERE, through, copy_number(copy, -HUGE_VAL), quotient.low),
        copy_3(copy, OP_WHERE, through, copy_number(copy, HUGE_VAL), quotient.high)};
}

/* a / b where b is not 0, hulled with c where it may be. */
static struct pair enclose_ratio(struct copy *copy, const struct operand_known *x)
{
    struct pair b = x[1].at, c = x[2].at;
    struct pair quotient = enclose_quotient(copy, x[0], x[1], true);
    if (x[1].in.least > 0 || x[1].in.most < 0)
        return quotient;
    node_id zero = copy_number(copy, 0);
    node_id none = copy_2(copy, OP_AND, copy_2(copy, OP_EQUALS, b.low, zero),
                          copy_2(copy, OP_EQUALS, b.high, zero));
    node_id may = copy_2(copy, OP_AND, copy_2(copy, OP_AT_LEAST, zero, b.low),
                         copy_2(copy, OP_AT_LEAST, b.high, zero));
    node_id low = copy_2(copy, OP_MIN, quotient.low, c.low);
    node_id high = copy_2(copy, OP_MAX, quotient.high, c.high);
    return (struct pair){
        copy_3(copy, OP_WHERE, none, c.low, copy_3(copy, OP_WHERE, may, low, quotient.low)),
        copy_3(copy, OP_WHERE, none, c.high, copy_3(copy, OP_WHERE, may, high, quotient.high))};
}

/* --- sums along an axis ---------------------------------------------------------------------- */

/* How many roundings lie between a term and the sum: see kernels.h for its order. */
static double roundings(uint32_t terms)
{
    enum { MOST_ROUNDINGS = 64 };
    return terms <= MOST_ROUNDINGS ? terms : MOST_ROUNDINGS;
}

/* What is added up: a bound, or its products with weights, which are then rounded by the sum. */
struct terms {
    node_id bound, weights; /* no weights: NODE_NONE */
    double slack;           /* how far the sum may be off, beside the sum of sizes */
};

static node_id sum_of_terms(const struct enclosed *e, struct terms terms, bool sizes)
{
    struct copy *copy = e->copy;
    node_id term = sizes ? copy_1(copy, OP_ABS, terms.bound) : terms.bound;
    if (terms.weights != NODE_NONE)
        term = copy_2(copy, OP_MUL, term, terms.weights);
    return copy_reduce(copy, OP_SUM, e->node->index, term);
}

static node_id sum_bound(const struct enclosed *e, struct terms terms, struct span in, bool low)
{
    struct copy *copy = e->copy;
    node_id sum = sum_of_terms(e, terms, false), slack = copy_number(copy, terms.slack);
    if (in.least >= 0 || in.most <= 0)
        return copy_2(copy, low ? OP_DOWN : OP_UP, sum, slack);
    node_id off = copy_2(copy, OP_MUL_UP, sum_of_terms(e, terms, true), slack);
    if (terms.weights != NODE_NONE) /* products that are too small for a double */
        off = copy_2(copy, OP_ADD_UP, off, copy_number(copy, 0x1p-1000));
    return copy_2(copy, low ? OP_SUB_DOWN : OP_ADD_UP, sum, off);
}

/* The factor with bounds in a product with weights that stand still, or NODE_NONE: nothing in it is
 * infinite, and where nothing is negative the sum is no tiny number. */
static node_id weighted_factor(const struct enclosed *e, node_id *weights)
{
    const struct enclosing *all = e->all;
    const struct graph *from = e->copy->from;
    node_id product = e->node->arguments[0];
    while (from->nodes[product].op == OP_CLAIM)
        product = from->nodes[product].arguments[0];
    bool tiny = e->x[0].in.least >= 0 ? !(e->span.least > 0x1p-900) : e->x[0].in.most <= 0;
    if (from->nodes[product].op != OP_MUL || tiny)
        return NODE_NONE;
    for (int i = 0; i < 2; i++) {
        node_id weight = from->nodes[product].arguments[i];
        node_id factor = from->nodes[product].arguments[1 - i];
        bool finite = isfinite(all->span[factor].least) && isfinite(all->span[factor].most) &&
                      isfinite(all->span[weight].most);
        *weights = e->copy->node[weight];
        if (!all->moves[weight] && all->span[weight].least >= 0 && finite)
            return factor;
    }
    return NODE_NONE;
}

struct pair enclose_sum(const struct enclosed *e, bool exact)
{
    struct copy *copy = e->copy;
    struct pair of = e->x[0].at;
    uint32_t axis = e->node->index;
    if (exact)
        return (struct pair){copy_reduce(copy, OP_SUM, axis, of.low),
                             copy_reduce(copy, OP_SUM, axis, of.high)};
    struct terms low = {of.low, NODE_NONE, (roundings(copy->from->axes[axis].size) + 2) * 0x1p-53};
    struct terms high = low;
    high.bound = of.high;
    node_id weights = NODE_NONE, factor = weighted_factor(e, &weights);
    if (factor != NODE_NONE) {
        low = (struct terms){e->all->pair[factor].low, weights, low.slack + 2 * 0x1p-53};
        high = (struct terms){e->all->pair[factor].high, weights, low.slack};
    }
    return (struct pair){sum_bound(e, low, e->x[0].in, true),
                         sum_bound(e, high, e->x[0].in, false)};
}

/* --- functions of one argument --------------------------------------------------------------- */

struct pair enclose_absolute(struct copy *copy, struct operand_known x)
{
    if (x.in.least >= 0)
        return x.at;
    struct operand_known minus = operand_negative(copy, x);
    if (x.in.most <= 0)
        return minus.at;
    node_id nearest = copy_join(copy, OP_MAX, x.at.low, minus.at.low);
    /* The change of sign comes first: so fold.c makes one step of both. */
    node_id furthest = copy_join(copy, OP_MAX, minus.at.high, x.at.high);
    return (struct pair){copy_2(copy, OP_MAX, nearest, copy_number(copy, 0)), furthest};
}

/* Of a function that rises; below `least` it has no values. */
static struct pair rising(const struct enclosed *e, double least, double slack)
{
    struct copy *copy = e->copy;
    struct pair x = e->x[0].at;
    if (e->x[0].in.least < least)
        x.low = copy_2(copy, OP_MAX, x.low, copy_number(copy, least));
    node_id off = copy_number(copy, slack);
    return (struct pair){copy_2(copy, OP_DOWN, copy_1(copy, e->node->op, x.low), off),
                         copy_2(copy, OP_UP, copy_1(copy, e->node->op, x.high), off)};
}

/* What is too small for a number still lies above 0. */
static struct pair enclose_exp(const struct enclosed *e)
{
    struct pair pair = rising(e, -HUGE_VAL, SLACK_ELEMENTARY);
    if (!(e->x[0].in.least > -700))
        pair.high = copy_2(e->copy, OP_MAX, pair.high, copy_number(e->copy, 0x1p-1074));
    return pair;
}

static struct pair enclose_function(const struct enclosed *e)
{
    struct pair x = e->x[0].at;
    switch (e->node->op) {
    case OP_FLOOR:
    case OP_CEIL:
        return (struct pair){copy_1(e->copy, e->node->op, x.low),
                             copy_1(e->copy, e->node->op, x.high)};
    case OP_ABS:
        return enclose_absolute(e->copy, e->x[0]);
    case OP_SQRT:
        return rising(e, 0, 0x1.0000000000001p-53);
    case OP_LOG:
        return rising(e, 0, SLACK_ELEMENTARY);
    case OP_LOG1P:
        return rising(e, -1, SLACK_ELEMENTARY);
    case OP_EXPM1:
        return rising(e, -HUGE_VAL, SLACK_ELEMENTARY);
    case OP_EXP:
        return enclose_exp(e);
    default:
        e->copy->fault = "an operation has no bounds";
        return x;
    }
}

static bool is_zero(const struct copy *copy, struct pair x)
{
    const struct node *node = &copy->to->nodes[x.low];
    return pair_is_point(x) && node->op == OP_CONST && node->constant == 0;
}

/* A change of sign is exact. That of a product is left to a factor with fewer cells, where there is
 * one, for which the product is rounded the other way. */
static node_id negative_result(struct copy *copy, node_id a)
{
    if (copy->fault != NULL)
        return NODE_NONE;
    const struct node product = copy->to->nodes[a];
    if (product.op != OP_MUL_DOWN && product.op != OP_MUL_UP)
        return copy_negative(copy, a);
    for (int i = 0; i < 2; i++) {
        node_id factor = product.arguments[i], other = product.arguments[1 - i];
        const struct node *node = &copy->to->nodes[factor];
        if (node->op == OP_CONST || node->axes != product.axes)
            return copy_2(copy, product.op == OP_MUL_UP ? OP_MUL_DOWN : OP_MUL_UP, other,
                          copy_negative(copy, factor));
    }
    return copy_negative(copy, a);
}

static struct pair enclose_difference(struct copy *copy, const struct operand_known *x)
{
    if (is_zero(copy, x[0].at)) {
        node_id low = negative_result(copy, x[1].at.high);
        return (struct pair){low,
                             pair_is_point(x[1].at) ? low : negative_result(copy, x[1].at.low)};
    }
    return (struct pair){copy_2(copy, OP_SUB_DOWN, x[0].at.low, x[1].at.high),
                         copy_2(copy, OP_SUB_UP, x[0].at.high, x[1].at.low)};
}

struct pair enclose_arithmetic(const struct enclosed *e)
{
    struct copy *copy = e->copy;
    const struct operand_known *x = e->x;
    switch (e->node->op) {
    case OP_ADD:
        return (struct pair){copy_2(copy, OP_ADD_DOWN, x[0].at.low, x[1].at.low),
                             copy_2(copy, OP_ADD_UP, x[0].at.high, x[1].at.high)};
    case OP_SUB:
        return enclose_difference(copy, x);
    case OP_MUL:
        return enclose_product(copy, x[0], x[1]);
    case OP_DIV:
        return enclose_quotient(copy, x[0], x[1], false);
    case OP_RATIO:
        return enclose_ratio(copy, x);
    case OP_MIN:
    case OP_MAX:
        return (struct pair){copy_2(copy, e->node->op, x[0].at.low, x[1].at.low),
                             copy_2(copy, e->node->op, x[0].at.high, x[1].at.high)};
    case OP_CLAMP:
        return (struct pair){copy_3(copy, OP_CLAMP, x[0].at.low, x[1].at.low, x[2].at.low),
                             copy_3(copy, OP_CLAMP, x[0].at.high, x[1].at.high, x[2].at.high)};
    default:
        return enclose_function(e);
    }
}

/* Bounds of powers: x^y = exp(y ln x), whose extremes over a box of x >= 0 lie at its corners, and
 * which of them follows from the signs of y and of ln x. */
#include "base/math.h"
#include "engine/interval_parts.h"

/* No finite power has an exponent y ln x beyond this. */
static const double most_exponent = 746;

/* The units in the last place by which a power may err, times that unit: see math_pow(). */
static node_id power_slack(const struct enclosed *e, node_id power)
{
    struct copy *copy = e->copy;
    double most = fmax(fabs(math_log(e->span.least)), fabs(math_log(e->span.most)));
    if (e->span.least > 0 && most <= 8)
        return copy_number(copy, (most + 4) * 0x1p-52);
    node_id exponent = copy_1(copy, OP_ABS, copy_1(copy, OP_LOG, copy_1(copy, OP_ABS, power)));
    exponent = copy_2(copy, OP_MIN, exponent, copy_number(copy, most_exponent));
    exponent = copy_2(copy, OP_ADD, exponent, copy_number(copy, 4));
    return copy_2(copy, OP_MUL, exponent, copy_number(copy, 0x1p-52));
}

/* A power of a positive number that is too small for a double still lies above 0. */
static node_id round_power(const struct enclosed *e, node_id power, node_id base, bool low)
{
    struct copy *copy = e->copy;
    node_id bound = copy_2(copy, low ? OP_DOWN : OP_UP, power, power_slack(e, power));
    if (low || e->span.least > 0x1p-1000)
        return bound;
    node_id least = copy_2(copy, OP_MAX, bound, copy_number(copy, 0x1p-1074));
    return copy_3(copy, OP_WHERE, copy_2(copy, OP_ABOVE, base, copy_number(copy, 0)), least, bound);
}

/* The end of y that is asked for at one x: the power rises with y where x >= 1. */
static node_id exponent_at(const struct enclosed *e, node_id x, struct span known, struct pair y,
                           bool low)
{
    struct copy *copy = e->copy;
    node_id rising = low ? y.low : y.high, falling = low ? y.high : y.low;
    if (known.least >= 1 || pair_is_point(y))
        return rising;
    if (known.most <= 1)
        return falling;
    node_id above = copy_2(copy, OP_AT_LEAST, x, copy_number(copy, 1));
    return copy_3(copy, OP_WHERE, above, rising, falling);
}

/* One bound over the corners in question, of a base that is not negative. */
static node_id corner_bound(const struct enclosed *e, struct operand_known x,
                            struct operand_known y, bool low)
{
    struct copy *copy = e->copy;
    bool rises = y.in.least >= 0, falls = !rises && y.in.most <= 0;
    node_id bound = NODE_NONE;
    for (int corner = 0; corner < 2; corner++) {
        bool high = corner == 1;
        if ((rises && high == low) || (falls && high != low))
            continue;
        node_id base = high ? x.at.high : x.at.low;
        node_id at = copy_2(copy, OP_POW, base, exponent_at(e, base, x.in, y.at, low));
        bound = bound == NODE_NONE ? at : copy_join(copy, low ? OP_MIN : OP_MAX, bound, at);
    }
    return round_power(e, bound, x.at.high, low);
}

static struct pair power_of_size(const struct enclosed *e, struct operand_known x,
                                 struct operand_known y)
{
    struct operand_known size = {
        enclose_absolute(e->copy, x),
        {x.in.least >= 0 ? x.in.least : 0, fmax(fabs(x.in.least), fabs(x.in.most))}};
    return (struct pair){corner_bound(e, size, y, true), corner_bound(e, size, y, false)};
}

/* An exponent that the plugin wrote as a whole number, or NaN. */
static double whole_exponent(const struct enclosed *e)
{
    const struct node *node = &e->copy->to->nodes[e->x[1].at.low];
    bool fixed = pair_is_point(e->x[1].at) && node->op == OP_CONST;
    bool whole = fixed && floor(node->constant) == node->constant && fabs(node->constant) < 0x1p53;
    return whole ? node->constant : (double)NAN;
}

/* Where the base may be negative the power, if there is one, is as large as that of its size. A
 * base -0, which no bound tells from 0, to a negative power may be minus infinity. */
struct pair enclose_power(const struct enclosed *e)
{
    struct copy *copy = e->copy;
    struct operand_known x = e->x[0], y = e->x[1];
    double exponent = whole_exponent(e);
    bool odd = fmod(exponent, 2) != 0; /* also what is not whole */
    if (exponent > 0 && odd && x.in.least < 0)
        return (struct pair){
            round_power(e, copy_2(copy, OP_POW, x.at.low, y.at.low), x.at.low, true),
            round_power(e, copy_2(copy, OP_POW, x.at.high, y.at.low), x.at.high, false)};
    struct pair size = power_of_size(e, x, y);
    bool never = y.in.least >= 0 ? x.in.least >= 0 : x.in.least > 0;
    if (!odd || never)
        return size;
    node_id zero = copy_number(copy, 0);
    node_id above = copy_2(copy, OP_AT_LEAST, x.at.low, zero);
    if (!(y.in.least >= 0))
        above = copy_2(copy, OP_AND, above,
                       copy_2(copy, OP_OR, copy_2(copy, OP_ABOVE, x.at.low, zero),
                              copy_2(copy, OP_AT_LEAST, y.at.low, zero)));
    size.low = copy_3(copy, OP_WHERE, above, size.low, copy_negative(copy, size.high));
    return size;
}

/* Bounds of comparisons, logic and `where`. Of a truth the lower bound is whether it must hold, the
 * upper one whether it may. */
#include "engine/interval_parts.h"

static struct pair compare(const struct enclosed *e)
{
    struct pair a = e->x[0].at, b = e->x[1].at;
    return (struct pair){copy_2(e->copy, e->node->op, a.low, b.high),
                         copy_2(e->copy, e->node->op, a.high, b.low)};
}

static struct pair equal_numbers(struct copy *copy, struct pair a, struct pair b)
{
    return (struct pair){copy_2(copy, OP_AND, copy_2(copy, OP_EQUALS, a.low, b.high),
                                copy_2(copy, OP_EQUALS, a.high, b.low)),
                         copy_2(copy, OP_AND, copy_2(copy, OP_AT_LEAST, a.high, b.low),
                                copy_2(copy, OP_AT_LEAST, b.high, a.low))};
}

static struct pair equal_truths(struct copy *copy, struct pair a, struct pair b)
{
    node_id not_a = copy_1(copy, OP_NOT, a.high), not_b = copy_1(copy, OP_NOT, b.high);
    node_id must =
        copy_2(copy, OP_OR, copy_2(copy, OP_AND, a.low, b.low), copy_2(copy, OP_AND, not_a, not_b));
    node_id differ =
        copy_2(copy, OP_OR, copy_2(copy, OP_AND, a.low, not_b), copy_2(copy, OP_AND, not_a, b.low));
    return (struct pair){must, copy_1(copy, OP_NOT, differ)};
}

static struct pair equal(const struct enclosed *e)
{
    enum value_kind kind = e->copy->from->nodes[e->node->arguments[0]].kind;
    struct pair a = e->x[0].at, b = e->x[1].at;
    return kind == VALUE_TRUTH ? equal_truths(e->copy, a, b) : equal_numbers(e->copy, a, b);
}

/* What of the two branches an open condition leaves: one is the least where all its values are. */
static struct pair choose(const struct enclosed *e)
{
    struct copy *copy = e->copy;
    struct pair if_so = e->x[0].at, a = e->x[1].at, b = e->x[2].at;
    bool truths = e->node->kind == VALUE_TRUTH;
    if (!pair_is_point(if_so) && e->x[1].in.least >= e->x[2].in.most)
        return (struct pair){copy_3(copy, OP_WHERE, if_so.low, a.low, b.low),
                             copy_3(copy, OP_WHERE, if_so.high, a.high, b.high)};
    if (!pair_is_point(if_so) && e->x[2].in.least >= e->x[1].in.most)
        return (struct pair){copy_3(copy, OP_WHERE, if_so.high, a.low, b.low),
                             copy_3(copy, OP_WHERE, if_so.low, a.high, b.high)};
    if (!pair_is_point(if_so)) {
        node_id low = copy_join(copy, truths ? OP_AND : OP_MIN, a.low, b.low);
        node_id high = copy_join(copy, truths ? OP_OR : OP_MAX, a.high, b.high);
        b.low = copy_3(copy, OP_WHERE, if_so.high, low, b.low);
        b.high = copy_3(copy, OP_WHERE, if_so.high, high, b.high);
    }
    return (struct pair){copy_3(copy, OP_WHERE, if_so.low, a.low, b.low),
                         copy_3(copy, OP_WHERE, if_so.low, a.high, b.high)};
}

struct pair enclose_choice(const struct enclosed *e)
{
    struct copy *copy = e->copy;
    const struct operand_known *x = e->x;
    switch (e->node->op) {
    case OP_AND:
    case OP_OR:
        return (struct pair){copy_2(copy, e->node->op, x[0].at.low, x[1].at.low),
                             copy_2(copy, e->node->op, x[0].at.high, x[1].at.high)};
    case OP_NOT:
        return (struct pair){copy_1(copy, OP_NOT, x[0].at.high), copy_1(copy, OP_NOT, x[0].at.low)};
    case OP_EQUALS:
        return equal(e);
    case OP_WHERE:
        return choose(e);
    default:
        return compare(e);
    }
}

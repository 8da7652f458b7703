/* How bounds are built. Private to core/engine. */
#ifndef ASSIZE_ENGINE_INTERVAL_PARTS_H
#define ASSIZE_ENGINE_INTERVAL_PARTS_H

#include "engine/copy.h"
#include "engine/interval.h"

/* The two bounds of a value, in the copy. The same node twice: no premise of the box reaches it. */
struct pair {
    node_id low, high;
};

/* Between which numbers all values of a node lie, in all cells and lanes. */
struct span {
    double least, most;
};

/* An argument: its bounds and what is known of its values. */
struct operand_known {
    struct pair at;
    struct span in;
};

struct enclosing {
    struct copy copy;
    const struct interval_box *box;
    struct pair *pair;       /* [node] */
    bool *moves;             /* [node]: the box reaches it */
    const struct span *span; /* [node] */
    const bool *whole;       /* [node]: a number without a fraction, where it is one */
    uint32_t *low_of, *high_of;
};

/* What every rule needs: the node, its span, its arguments. */
struct enclosed {
    struct enclosing *all;
    struct copy *copy;
    const struct node *node;
    struct span span;
    struct operand_known *x;
};

/* Units in the last place by which exp, log, expm1 and log1p may err, with one to spare. */
#define SLACK_ELEMENTARY (3 * 0x1p-52)

static inline bool pair_is_point(struct pair pair)
{
    return pair.low == pair.high;
}

static inline node_id copy_negative(struct copy *copy, node_id a)
{
    return copy_2(copy, OP_SUB, copy_number(copy, 0), a);
}

/* `op` of the two, or the one where they are the same. */
static inline node_id copy_join(struct copy *copy, enum op op, node_id a, node_id b)
{
    return a == b ? a : copy_2(copy, op, a, b);
}

/* interval_arithmetic.c: sums, products, quotients, powers, functions, sums along an axis. */
struct pair enclose_arithmetic(const struct enclosed *e);
struct pair enclose_sum(const struct enclosed *e, bool exact);
struct pair enclose_absolute(struct copy *copy, struct operand_known x);

/* interval_power.c */
struct pair enclose_power(const struct enclosed *e);

/* interval_choice.c: what compares and chooses. */
struct pair enclose_choice(const struct enclosed *e);

/* interval_tables.c: what goes by knots or places. */
struct pair enclose_table(const struct enclosed *e);

#endif

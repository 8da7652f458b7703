#include "graph/formula.h"

#include <string.h>

#include "graph/formula_parts.h"

enum { FORMULA_DEPTH = 6, FORMULA_CHAIN = 12, FORMULA_LENGTH = 4000, FORMULA_PLACES = 4 };

/* How tightly a piece of text holds together; looser ones go in parentheses. */
enum level {
    LEVEL_IF,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_COMPARE,
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_SIGN,
    LEVEL_POWER,
    LEVEL_ATOM
};

struct formula {
    struct text *out;
    const struct graph *graph;
    size_t start; /* of the formula in `out` */
};

/* Where a node stands: what it must at least hold together, how deep, how far along a chain of one
 * operation. */
struct spot {
    enum level least;
    int depth, chain;
};

static const struct node *node_at(const struct graph *graph, node_id id)
{
    return &graph->nodes[id];
}

/* --- writing --------------------------------------------------------------------------------- */

static void write_node(struct formula *formula, node_id id, struct spot spot);

/* Too deep, too long a chain, or too long altogether: a hostile graph may nest a million deep. */
static bool is_cut(const struct formula *formula, struct spot spot)
{
    return spot.depth > FORMULA_DEPTH || spot.chain > FORMULA_CHAIN ||
           formula->out->length - formula->start > FORMULA_LENGTH;
}

/* One level deeper, where anything may stand. */
static struct spot inside(struct spot spot)
{
    return (struct spot){LEVEL_IF, spot.depth + 1, 0};
}

static void open_unless(struct formula *formula, bool holds)
{
    if (!holds)
        text_add_char(formula->out, '(');
}

static void close_unless(struct formula *formula, bool holds)
{
    if (!holds)
        text_add_char(formula->out, ')');
}

/* 12 pme is a product and -2 has a sign, so either may need parentheses. */
static void write_constant(struct formula *formula, const struct node *node, struct spot spot)
{
    char number[NUMBER_TEXT], unit[UNIT_TEXT];
    if (node->kind == VALUE_TRUTH) {
        text_add(formula->out, node->constant != 0 ? "true" : "false");
        return;
    }
    if (node->kind == VALUE_LABEL) {
        text_add(formula->out, node->labels[(uint32_t)node->constant]);
        return;
    }
    bool pure = unit_is_one(&node->unit);
    enum level level = !pure ? LEVEL_PRODUCT : node->constant < 0 ? LEVEL_SIGN : LEVEL_ATOM;
    open_unless(formula, level >= spot.least);
    text_add(formula->out, number_write(number, node->constant));
    if (!pure)
        text_printf(formula->out, " %s", unit_write(unit, &node->unit));
    close_unless(formula, level >= spot.least);
}

struct infix {
    const char *sign;
    enum level level, left, right;
};

/* How a binary operation is written; false when it is written as a function. */
static bool infix_of(enum op op, struct infix *infix)
{
    switch (op) {
    case OP_OR:
        *infix = (struct infix){"or", LEVEL_OR, LEVEL_OR, LEVEL_OR};
        return true;
    case OP_AND:
        *infix = (struct infix){"and", LEVEL_AND, LEVEL_AND, LEVEL_AND};
        return true;
    case OP_AT_LEAST:
        *infix = (struct infix){">=", LEVEL_COMPARE, LEVEL_SUM, LEVEL_SUM};
        return true;
    case OP_ABOVE:
        *infix = (struct infix){">", LEVEL_COMPARE, LEVEL_SUM, LEVEL_SUM};
        return true;
    case OP_EQUALS:
        *infix = (struct infix){"=", LEVEL_COMPARE, LEVEL_SUM, LEVEL_SUM};
        return true;
    case OP_ADD:
        *infix = (struct infix){"+", LEVEL_SUM, LEVEL_SUM, LEVEL_SUM};
        return true;
    case OP_SUB:
        *infix = (struct infix){"-", LEVEL_SUM, LEVEL_SUM, LEVEL_PRODUCT};
        return true;
    case OP_MUL:
        *infix = (struct infix){"*", LEVEL_PRODUCT, LEVEL_PRODUCT, LEVEL_PRODUCT};
        return true;
    case OP_DIV:
        *infix = (struct infix){"/", LEVEL_PRODUCT, LEVEL_PRODUCT, LEVEL_POWER};
        return true;
    case OP_POW:
        *infix = (struct infix){"^", LEVEL_POWER, LEVEL_ATOM, LEVEL_SIGN};
        return true;
    default:
        return false;
    }
}

/* The spot of an operand: no deeper when it goes on with operations of the same level. */
static struct spot operand(const struct formula *formula, node_id id, struct spot spot,
                           enum level own, enum level least)
{
    struct infix infix;
    bool goes_on = infix_of(node_at(formula->graph, id)->op, &infix) && infix.level == own;
    if (goes_on && least <= own)
        return (struct spot){least, spot.depth, spot.chain + 1};
    return (struct spot){least, spot.depth + 1, 0};
}

static bool is_number(const struct node *node, double value)
{
    return node->op == OP_CONST && node->kind == VALUE_NUMBER && node->constant == value;
}

/* 0 - x and -1 * x, as a plugin's -x is built. */
static bool is_negation(const struct graph *graph, const struct node *node)
{
    if (node->op == OP_SUB)
        return is_number(node_at(graph, node->arguments[0]), 0);
    const struct node *factor = node_at(graph, node->arguments[0]);
    return node->op == OP_MUL && is_number(factor, -1) && unit_is_one(&factor->unit);
}

static void write_negation(struct formula *formula, const struct node *node, struct spot spot)
{
    bool holds = LEVEL_SIGN >= spot.least;
    open_unless(formula, holds);
    text_add_char(formula->out, '-');
    write_node(formula, node->arguments[1], (struct spot){LEVEL_POWER, spot.depth + 1, 0});
    close_unless(formula, holds);
}

static void write_infix(struct formula *formula, const struct node *node, const struct infix *infix,
                        struct spot spot)
{
    bool holds = infix->level >= spot.least;
    node_id left = node->arguments[0], right = node->arguments[1];
    open_unless(formula, holds);
    write_node(formula, left, operand(formula, left, spot, infix->level, infix->left));
    text_printf(formula->out, " %s ", infix->sign);
    write_node(formula, right, operand(formula, right, spot, infix->level, infix->right));
    close_unless(formula, holds);
}

static void write_where(struct formula *formula, const struct node *node, struct spot spot)
{
    bool holds = LEVEL_IF >= spot.least;
    bool goes_on = node_at(formula->graph, node->arguments[2])->op == OP_WHERE;
    struct spot otherwise = {LEVEL_IF, spot.depth + !goes_on, goes_on ? spot.chain + 1 : 0};
    open_unless(formula, holds);
    text_add(formula->out, "if ");
    write_node(formula, node->arguments[0], (struct spot){LEVEL_OR, spot.depth + 1, 0});
    text_add(formula->out, " then ");
    write_node(formula, node->arguments[1], (struct spot){LEVEL_OR, spot.depth + 1, 0});
    text_add(formula->out, " else ");
    write_node(formula, node->arguments[2], otherwise);
    close_unless(formula, holds);
}

/* Arguments of min and max that are the same operation are drawn in: min(a, b, c). */
static void write_arguments(struct formula *formula, const struct node *node, struct spot spot)
{
    bool gathers = node->op == OP_MIN || node->op == OP_MAX;
    for (uint32_t i = 0; i < node->argument_count; i++) {
        const struct node *argument = node_at(formula->graph, node->arguments[i]);
        if (i > 0)
            text_add(formula->out, ", ");
        if (gathers && argument->op == node->op && !is_cut(formula, spot))
            write_arguments(formula, argument,
                            (struct spot){spot.least, spot.depth, spot.chain + 1});
        else
            write_node(formula, node->arguments[i], inside(spot));
    }
}

static void write_function(struct formula *formula, const struct node *node, struct spot spot)
{
    text_printf(formula->out, "%s(", op_spelling(node->op));
    write_arguments(formula, node, spot);
    text_add_char(formula->out, ')');
}

static void write_not(struct formula *formula, const struct node *node, struct spot spot)
{
    bool holds = LEVEL_COMPARE >= spot.least;
    open_unless(formula, holds);
    text_add(formula->out, "not ");
    write_node(formula, node->arguments[0], (struct spot){LEVEL_ATOM, spot.depth + 1, 0});
    close_unless(formula, holds);
}

/* x and the number of knots: the knots themselves are a table, not a formula. */
static void write_knots(struct formula *formula, const struct node *node, struct spot spot)
{
    bool steps = node->op != OP_INTERPOLATE;
    text_add(formula->out, steps ? "step(" : "interpolate(");
    write_node(formula, node->arguments[0], inside(spot));
    text_printf(formula->out, "; knots %u)", (node->argument_count - (steps ? 2 : 1)) / 2);
}

static void write_lookup(struct formula *formula, const struct node *node, struct spot spot)
{
    text_add(formula->out, "table[");
    write_node(formula, node->arguments[0], inside(spot));
    if (node->index > 1) {
        text_add(formula->out, ", ");
        write_node(formula, node->arguments[1], inside(spot));
    }
    text_add_char(formula->out, ']');
}

/* "sum over case of (x)" */
static void write_over(struct formula *formula, const char *what, uint32_t axis, node_id of,
                       struct spot spot)
{
    text_printf(formula->out, "%s over %s of (", what, formula->graph->axes[axis].name);
    write_node(formula, of, inside(spot));
    text_add_char(formula->out, ')');
}

static void write_mean(struct formula *formula, const struct mean *mean, struct spot spot)
{
    bool holds = LEVEL_POWER >= spot.least;
    const char *name = NULL;
    if (mean->weight != NODE_NONE)
        name = formula_name(formula->out->arena, formula->graph, mean->weight);
    open_unless(formula, holds);
    write_over(formula, "mean", mean->axis, mean->value, spot);
    if (mean->weight != NODE_NONE && (name == NULL || strcmp(name, "share") != 0)) {
        text_add(formula->out, " weighted by (");
        write_node(formula, mean->weight, inside(spot));
        text_add_char(formula->out, ')');
    }
    close_unless(formula, holds);
}

/* Of truths, the least is whether all hold and the most whether any does. */
static void write_reduction(struct formula *formula, const struct node *node, struct spot spot)
{
    bool truth = node->kind == VALUE_TRUTH;
    const char *what = node->op == OP_SUM          ? "sum"
                       : node->op == OP_REDUCE_MIN ? (truth ? "all" : "min")
                                                   : (truth ? "any" : "max");
    bool holds = LEVEL_POWER >= spot.least;
    open_unless(formula, holds);
    write_over(formula, what, node->index, node->arguments[0], spot);
    close_unless(formula, holds);
}

/* by regime (fines: a, mandatory: b) */
static void write_stack(struct formula *formula, const struct node *node, struct spot spot)
{
    const struct axis *axis = &formula->graph->axes[node->index];
    bool holds = LEVEL_POWER >= spot.least;
    open_unless(formula, holds);
    text_printf(formula->out, "by %s (", axis->name);
    for (uint32_t i = 0; i < node->argument_count && i < FORMULA_PLACES; i++) {
        if (i > 0)
            text_add(formula->out, ", ");
        if (axis->labels != NULL)
            text_printf(formula->out, "%s: ", axis->labels[i]);
        write_node(formula, node->arguments[i], inside(spot));
    }
    text_add(formula->out, node->argument_count > FORMULA_PLACES ? ", ...)" : ")");
    close_unless(formula, holds);
}

/* What is left of a sum without refusals. Where some are left too there are very many: a chain. */
static void write_rest(struct formula *formula, node_id rest, struct spot spot)
{
    node_id further = formula_without_refusals(formula->graph, node_at(formula->graph, rest));
    write_node(formula, rest,
               (struct spot){spot.least, spot.depth, spot.chain + (further != NODE_NONE)});
}

/* What has no name, by its operation. */
static void write_operation(struct formula *formula, const struct node *node, struct spot spot)
{
    struct infix infix;
    struct mean mean;
    node_id rest = formula_without_refusals(formula->graph, node);
    if (rest != NODE_NONE) {
        write_rest(formula, rest, spot);
        return;
    }
    if (formula_mean(formula->graph, node, &mean)) {
        write_mean(formula, &mean, spot);
        return;
    }
    if (is_negation(formula->graph, node)) {
        write_negation(formula, node, spot);
        return;
    }
    if (infix_of(node->op, &infix)) {
        write_infix(formula, node, &infix, spot);
        return;
    }
    switch (node->op) {
    case OP_NOT:
        write_not(formula, node, spot);
        break;
    case OP_WHERE:
        write_where(formula, node, spot);
        break;
    case OP_INTERPOLATE:
    case OP_STEP_FROM:
    case OP_STEP_OVER:
        write_knots(formula, node, spot);
        break;
    case OP_LOOKUP:
        write_lookup(formula, node, spot);
        break;
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        write_reduction(formula, node, spot);
        break;
    case OP_STACK:
        write_stack(formula, node, spot);
        break;
    default:
        write_function(formula, node, spot);
    }
}

static void write_node(struct formula *formula, node_id id, struct spot spot)
{
    const struct node *node = node_at(formula->graph, id);
    const char *name = formula_name(formula->out->arena, formula->graph, id);
    if (name != NULL)
        text_add(formula->out, name);
    else if (node->op == OP_CONST)
        write_constant(formula, node, spot);
    else if (node->op == OP_COORDINATE)
        text_add(formula->out, formula->graph->axes[node->index].name);
    else if (is_cut(formula, spot))
        text_add(formula->out, "...");
    else
        write_operation(formula, node, spot);
}

/* Whether the root is shown by what it is made of although it has a name: a stack of the regimes'
 * outputs, unless it is one of premises. */
static bool is_opened(const struct formula *formula, node_id id)
{
    return node_at(formula->graph, id)->op == OP_STACK &&
           formula_premises_name(formula->out->arena, formula->graph, id) == NULL;
}

void formula_write(struct text *out, const struct graph *graph, node_id id)
{
    struct formula formula = {out, graph, out->length};
    struct spot root = {LEVEL_IF, 0, 0};
    if (node_at(graph, id)->op == OP_CLAIM)
        id = node_at(graph, id)->arguments[0];
    if (is_opened(&formula, id))
        write_stack(&formula, node_at(graph, id), root);
    else
        write_node(&formula, id, root);
}

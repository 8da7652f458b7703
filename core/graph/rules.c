#include "graph/rules.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum status graph_fault(struct graph *graph, const char *format, ...)
{
    char buffer[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    graph->fault = arena_string(graph->arena, buffer);
    return STATUS_PLUGIN;
}

static const char *kind_name(enum value_kind kind)
{
    static const char *const names[] = {"number", "truth", "label"};
    return names[kind];
}

static const struct node *node_at(const struct graph *graph, node_id id)
{
    return &graph->nodes[id];
}

static enum status want_kind(struct graph *graph, enum op op, node_id argument,
                             enum value_kind kind)
{
    enum value_kind actual = node_at(graph, argument)->kind;
    if (actual == kind)
        return STATUS_OK;
    return graph_fault(graph, "%s needs a %s, not a %s", op_spelling(op), kind_name(kind),
                       kind_name(actual));
}

static enum status want_kinds(struct graph *graph, enum op op, const node_id *arguments,
                              size_t count, enum value_kind kind)
{
    for (size_t i = 0; i < count; i++)
        if (want_kind(graph, op, arguments[i], kind) != STATUS_OK)
            return STATUS_PLUGIN;
    return STATUS_OK;
}

/* A literal 0 or infinity, which fits any unit. */
static bool is_bare(const struct node *node)
{
    bool literal = node->op == OP_CONST && node->kind == VALUE_NUMBER && unit_is_one(&node->unit);
    return literal && (node->constant == 0 || isinf(node->constant));
}

/* Gives the numbers of `arguments` one unit: that of the first that is not bare. */
static enum status want_same_unit(struct graph *graph, enum op op, node_id *arguments, size_t count)
{
    struct unit unit = node_at(graph, arguments[0])->unit;
    for (size_t i = 0; i < count; i++)
        if (!is_bare(node_at(graph, arguments[i]))) {
            unit = node_at(graph, arguments[i])->unit;
            break;
        }
    for (size_t i = 0; i < count; i++) {
        const struct node *node = node_at(graph, arguments[i]);
        if (unit_equal(&node->unit, &unit))
            continue;
        if (!is_bare(node)) {
            char left[UNIT_TEXT], right[UNIT_TEXT];
            return graph_fault(graph, "%s needs the same unit on all sides, not %s and %s",
                               op_spelling(op), unit_write(left, &unit),
                               unit_write(right, &node->unit));
        }
        if (graph_constant(graph, node->constant, &unit, &arguments[i]) != STATUS_OK)
            return STATUS_PLUGIN;
    }
    return STATUS_OK;
}

static enum status want_pure(struct graph *graph, enum op op, node_id argument)
{
    const struct node *node = node_at(graph, argument);
    char unit[UNIT_TEXT];
    if (unit_is_one(&node->unit))
        return STATUS_OK;
    return graph_fault(graph, "%s needs a pure number, not %s", op_spelling(op),
                       unit_write(unit, &node->unit));
}

static bool same_labels(const struct node *a, const struct node *b)
{
    if (a->label_count != b->label_count)
        return false;
    for (uint32_t i = 0; i < a->label_count; i++)
        if (strcmp(a->labels[i], b->labels[i]) != 0)
            return false;
    return true;
}

/* Arguments that are alternatives: one kind, one unit, one list of labels. */
static enum status want_alike(struct graph *graph, struct node *node, node_id *arguments,
                              size_t count)
{
    const struct node *first = node_at(graph, arguments[0]);
    node->kind = first->kind;
    node->labels = first->labels;
    node->label_count = first->label_count;
    if (want_kinds(graph, node->op, arguments, count, node->kind) != STATUS_OK)
        return STATUS_PLUGIN;
    if (node->kind == VALUE_NUMBER && want_same_unit(graph, node->op, arguments, count) != 0)
        return STATUS_PLUGIN;
    for (size_t i = 1; i < count && node->kind == VALUE_LABEL; i++)
        if (!same_labels(node_at(graph, arguments[0]), node_at(graph, arguments[i])))
            return graph_fault(graph, "%s needs labels of one list", op_spelling(node->op));
    node->unit = node_at(graph, arguments[0])->unit;
    return STATUS_OK;
}

static bool is_product(enum op op)
{
    return op == OP_MUL || op == OP_MUL_DOWN || op == OP_MUL_UP;
}

static enum status rule_product(struct graph *graph, struct node *node, const node_id *arguments)
{
    if (want_kinds(graph, node->op, arguments, 2, VALUE_NUMBER) != STATUS_OK)
        return STATUS_PLUGIN;
    int power = is_product(node->op) ? 1 : -1;
    if (!unit_multiply(&node->unit, &node_at(graph, arguments[0])->unit,
                       &node_at(graph, arguments[1])->unit, power))
        return graph_fault(graph, "%s gives a unit that is out of range", op_spelling(node->op));
    return STATUS_OK;
}

static enum status rule_ratio(struct graph *graph, struct node *node, node_id *arguments)
{
    if (rule_product(graph, node, arguments) != STATUS_OK)
        return STATUS_PLUGIN;
    if (want_kind(graph, node->op, arguments[2], VALUE_NUMBER) != STATUS_OK)
        return STATUS_PLUGIN;
    const struct node *otherwise = node_at(graph, arguments[2]);
    if (is_bare(otherwise))
        return graph_constant(graph, otherwise->constant, &node->unit, &arguments[2]);
    if (unit_equal(&otherwise->unit, &node->unit))
        return STATUS_OK;
    char left[UNIT_TEXT], right[UNIT_TEXT];
    return graph_fault(graph, "ratio gives %s, but what stands for it where the divisor is 0 is %s",
                       unit_write(left, &node->unit), unit_write(right, &otherwise->unit));
}

static enum status rule_pow(struct graph *graph, struct node *node, const node_id *arguments)
{
    if (want_kinds(graph, OP_POW, arguments, 2, VALUE_NUMBER) != STATUS_OK ||
        want_pure(graph, OP_POW, arguments[1]) != STATUS_OK)
        return STATUS_PLUGIN;
    const struct node *base = node_at(graph, arguments[0]);
    const struct node *exponent = node_at(graph, arguments[1]);
    node->unit = base->unit;
    if (unit_is_one(&base->unit))
        return STATUS_OK;
    double power = exponent->constant;
    char unit[UNIT_TEXT];
    if (exponent->op != OP_CONST)
        return graph_fault(graph,
                           "a power whose exponent is not a plain number needs a pure base, not "
                           "%s: divide by a quantity first, as in share * (whole / share) ^ theta",
                           unit_write(unit, &base->unit));
    if (power == 0.5 && unit_root(&node->unit, &base->unit))
        return STATUS_OK;
    bool whole = power == floor(power) && fabs(power) <= UNIT_MOST_POWER;
    if (whole && unit_multiply(&node->unit, &unit_one, &base->unit, (int)power))
        return STATUS_OK;
    return graph_fault(graph, "%s to the power %g is no unit", unit_write(unit, &base->unit),
                       power);
}

static enum status rule_root(struct graph *graph, struct node *node, const node_id *arguments)
{
    if (want_kind(graph, OP_SQRT, arguments[0], VALUE_NUMBER) != STATUS_OK)
        return STATUS_PLUGIN;
    char unit[UNIT_TEXT];
    const struct unit *of = &node_at(graph, arguments[0])->unit;
    if (unit_root(&node->unit, of))
        return STATUS_OK;
    return graph_fault(graph, "the square root of %s is no unit", unit_write(unit, of));
}

static enum status rule_same(struct graph *graph, struct node *node, node_id *arguments)
{
    size_t count = node->argument_count;
    if (want_kinds(graph, node->op, arguments, count, VALUE_NUMBER) != STATUS_OK ||
        want_same_unit(graph, node->op, arguments, count) != STATUS_OK)
        return STATUS_PLUGIN;
    node->unit = node_at(graph, arguments[0])->unit;
    return STATUS_OK;
}

static enum status rule_pure(struct graph *graph, struct node *node, const node_id *arguments)
{
    if (want_kind(graph, node->op, arguments[0], VALUE_NUMBER) != STATUS_OK)
        return STATUS_PLUGIN;
    return want_pure(graph, node->op, arguments[0]);
}

/* x, then a pure number. */
static enum status rule_slack(struct graph *graph, struct node *node, const node_id *arguments)
{
    if (want_kinds(graph, node->op, arguments, 2, VALUE_NUMBER) != STATUS_OK)
        return STATUS_PLUGIN;
    node->unit = node_at(graph, arguments[0])->unit;
    return want_pure(graph, node->op, arguments[1]);
}

static enum status rule_compare(struct graph *graph, struct node *node, node_id *arguments)
{
    if (node->op == OP_EQUALS) {
        if (want_alike(graph, node, arguments, 2) != STATUS_OK)
            return STATUS_PLUGIN;
    } else if (want_kinds(graph, node->op, arguments, 2, VALUE_NUMBER) != STATUS_OK ||
               want_same_unit(graph, node->op, arguments, 2) != STATUS_OK) {
        return STATUS_PLUGIN;
    }
    node->kind = VALUE_TRUTH;
    node->unit = unit_one;
    node->labels = NULL;
    node->label_count = 0;
    return STATUS_OK;
}

static enum status rule_logic(struct graph *graph, struct node *node, const node_id *arguments)
{
    node->kind = VALUE_TRUTH;
    return want_kinds(graph, node->op, arguments, node->argument_count, VALUE_TRUTH);
}

static enum status rule_where(struct graph *graph, struct node *node, node_id *arguments)
{
    if (want_kind(graph, OP_WHERE, arguments[0], VALUE_TRUTH) != STATUS_OK)
        return STATUS_PLUGIN;
    return want_alike(graph, node, arguments + 1, 2);
}

/* x, then `lead` arguments that go with the values, then n knots in x's unit and n values. */
static enum status rule_knots(struct graph *graph, struct node *node, node_id *arguments,
                              size_t lead)
{
    size_t count = node->argument_count;
    if (count < 3 + lead || (count - 1 - lead) % 2 != 0)
        return graph_fault(graph, "%s needs at least one knot and as many values as knots",
                           op_spelling(node->op));
    size_t knots = (count - 1 - lead) / 2;
    node_id along[1 + 256], across[1 + 256];
    if (knots > 256)
        return graph_fault(graph, "%s takes at most 256 knots", op_spelling(node->op));
    along[0] = arguments[0];
    across[0] = arguments[1]; /* `below` of a step; overwritten when there is none */
    memcpy(along + 1, arguments + 1 + lead, knots * sizeof *along);
    memcpy(across + lead, arguments + 1 + lead + knots, knots * sizeof *across);
    if (want_kinds(graph, node->op, arguments, count, VALUE_NUMBER) != STATUS_OK ||
        want_same_unit(graph, node->op, along, knots + 1) != STATUS_OK ||
        want_same_unit(graph, node->op, across, knots + lead) != STATUS_OK)
        return STATUS_PLUGIN;
    arguments[0] = along[0];
    memcpy(arguments + 1, across, lead * sizeof *across);
    memcpy(arguments + 1 + lead, along + 1, knots * sizeof *along);
    memcpy(arguments + 1 + lead + knots, across + lead, knots * sizeof *across);
    node->unit = node_at(graph, across[0])->unit;
    return STATUS_OK;
}

/* A row or column: a whole number from 0, or a label. */
static enum status want_position(struct graph *graph, node_id argument)
{
    if (node_at(graph, argument)->kind == VALUE_LABEL)
        return STATUS_OK;
    if (want_kind(graph, OP_LOOKUP, argument, VALUE_NUMBER) != STATUS_OK)
        return STATUS_PLUGIN;
    return want_pure(graph, OP_LOOKUP, argument);
}

static enum status rule_lookup(struct graph *graph, struct node *node, node_id *arguments)
{
    size_t cells = node->argument_count - 2;
    if (node->argument_count < 3 || node->index == 0 || cells % node->index != 0)
        return graph_fault(graph, "lookup needs a table whose rows are of one length");
    if (want_position(graph, arguments[0]) != STATUS_OK ||
        want_position(graph, arguments[1]) != STATUS_OK)
        return STATUS_PLUGIN;
    return want_alike(graph, node, arguments + 2, cells);
}

static enum status rule_binomial(struct graph *graph, struct node *node, node_id *arguments)
{
    if (want_kinds(graph, node->op, arguments, 3, VALUE_NUMBER) != STATUS_OK ||
        want_same_unit(graph, node->op, arguments, 2) != STATUS_OK)
        return STATUS_PLUGIN;
    return want_pure(graph, node->op, arguments[2]);
}

static enum status rule_reduce(struct graph *graph, struct node *node, const node_id *arguments)
{
    const struct node *of = node_at(graph, arguments[0]);
    node->kind = of->kind;
    node->unit = of->unit;
    bool fits = of->kind == VALUE_NUMBER || (of->kind == VALUE_TRUTH && node->op != OP_SUM);
    if (fits)
        return STATUS_OK;
    return graph_fault(graph, "%s cannot be taken of a %s", op_spelling(node->op),
                       kind_name(of->kind));
}

enum status rules_apply(struct graph *graph, struct node *node, node_id *arguments)
{
    node->kind = VALUE_NUMBER;
    node->unit = unit_one;
    switch (node->op) {
    case OP_STACK:
    case OP_CLAIM:
        return want_alike(graph, node, arguments, node->argument_count);
    case OP_MUL:
    case OP_MUL_DOWN:
    case OP_MUL_UP:
    case OP_DIV:
    case OP_DIV_DOWN:
    case OP_DIV_UP:
        return rule_product(graph, node, arguments);
    case OP_RATIO:
        return rule_ratio(graph, node, arguments);
    case OP_POW:
        return rule_pow(graph, node, arguments);
    case OP_SQRT:
        return rule_root(graph, node, arguments);
    case OP_DOWN:
    case OP_UP:
        return rule_slack(graph, node, arguments);
    case OP_ADD:
    case OP_SUB:
    case OP_ADD_DOWN:
    case OP_ADD_UP:
    case OP_SUB_DOWN:
    case OP_SUB_UP:
    case OP_MIN:
    case OP_MAX:
    case OP_CLAMP:
    case OP_ABS:
    case OP_FLOOR:
    case OP_CEIL:
        return rule_same(graph, node, arguments);
    case OP_EXP:
    case OP_LOG:
    case OP_EXPM1:
    case OP_LOG1P:
        return rule_pure(graph, node, arguments);
    case OP_AT_LEAST:
    case OP_ABOVE:
    case OP_EQUALS:
        return rule_compare(graph, node, arguments);
    case OP_AND:
    case OP_OR:
    case OP_NOT:
        return rule_logic(graph, node, arguments);
    case OP_WHERE:
        return rule_where(graph, node, arguments);
    case OP_INTERPOLATE:
        return rule_knots(graph, node, arguments, 0);
    case OP_STEP_FROM:
    case OP_STEP_OVER:
        return rule_knots(graph, node, arguments, 1);
    case OP_LOOKUP:
        return rule_lookup(graph, node, arguments);
    case OP_BINOMIAL_PMF:
    case OP_BINOMIAL_TAIL:
        return rule_binomial(graph, node, arguments);
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        return rule_reduce(graph, node, arguments);
    case OP_CONST:
    case OP_PREMISE:
    case OP_PORT:
    case OP_COORDINATE:
    case OP_COUNT:
        break; /* leaves take no arguments */
    }
    return graph_fault(graph, "%s is not built from arguments", op_spelling(node->op));
}

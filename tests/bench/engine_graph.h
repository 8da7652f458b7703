/* The bench model as a graph: the formulas of engine_formulas.h, node by node. */
#ifndef ASSIZE_TESTS_BENCH_ENGINE_GRAPH_H
#define ASSIZE_TESTS_BENCH_ENGINE_GRAPH_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/engine_model.h"
#include "graph/graph.h"

static const char *const input_names[INPUTS] = {
    "detection", "supply", "demand", "theta",    "harm",  "gain",        "discount", "deterrence",
    "relapse",   "cost",   "stigma", "exchange", "mercy", "culpability", "risk",     "noise"};

/* A graph under way, with what the formulas read. */
struct modelling {
    struct graph *graph;
    const struct model_facts *facts;
    bool rich;
    bool persons;          /* the cases are classes of persons, whose figures are premises */
    uint32_t cases;        /* of them; of other models CASES */
    uint32_t regime, kase; /* axes */
    node_id x[INPUTS];
    node_id share, quantity, culpability, prior, least, spread, severity;
    node_id wanted[OUTPUTS];
};

static inline void model_built(const struct modelling *m, enum status status)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "the bench model: %s\n", m->graph->fault);
    exit(1);
}

static inline node_id model_number(struct modelling *m, double value)
{
    node_id node = NODE_NONE;
    model_built(m, graph_constant(m->graph, value, &unit_one, &node));
    return node;
}

static inline node_id model_two(struct modelling *m, enum op op, node_id a, node_id b)
{
    node_id node = NODE_NONE;
    enum status status = graph_apply(m->graph, op, (node_id[]){a, b}, 2, 0, &node);
    model_built(m, status);
    return node;
}

static inline node_id model_one(struct modelling *m, enum op op, node_id a)
{
    node_id node = NODE_NONE;
    enum status status = graph_apply(m->graph, op, &a, 1, 0, &node);
    model_built(m, status);
    return node;
}

static inline node_id model_over(struct modelling *m, enum op op, uint32_t axis, node_id a)
{
    node_id node = NODE_NONE;
    enum status status = graph_reduce(m->graph, op, axis, a, &node);
    model_built(m, status);
    return node;
}

#define ADD(a, b) model_two(m, OP_ADD, a, b)
#define SUB(a, b) model_two(m, OP_SUB, a, b)
#define MUL(a, b) model_two(m, OP_MUL, a, b)
#define LEAST(a, b) model_two(m, OP_MIN, a, b)
#define MOST(a, b) model_two(m, OP_MAX, a, b)
#define N(value) model_number(m, value)

static inline node_id model_exp(struct modelling *m, node_id a)
{
    return m->rich ? model_one(m, OP_EXP, a) : MUL(a, N(0.5));
}

static inline node_id model_log(struct modelling *m, node_id a)
{
    return m->rich ? model_one(m, OP_LOG, a) : SUB(a, N(0.25));
}

static inline node_id model_sqrt(struct modelling *m, node_id a)
{
    return m->rich ? model_one(m, OP_SQRT, a) : ADD(a, N(0.5));
}

static inline node_id model_pow(struct modelling *m, node_id a, node_id b)
{
    return model_two(m, m->rich ? OP_POW : OP_MUL, a, b);
}

static inline node_id model_div(struct modelling *m, node_id a, node_id b)
{
    return model_two(m, m->rich ? OP_DIV : OP_MUL, a, b);
}

static inline node_id model_table(struct modelling *m, node_id row, node_id column)
{
    node_id arguments[2 + ROWS * COLUMNS] = {row, column}, node = NODE_NONE;
    if (!m->rich)
        return ADD(row, column);
    for (int i = 0; i < ROWS * COLUMNS; i++)
        arguments[2 + i] = N(m->facts->table[i]);
    enum status status =
        graph_apply(m->graph, OP_LOOKUP, arguments, 2 + ROWS * COLUMNS, COLUMNS, &node);
    model_built(m, status);
    return node;
}

static inline node_id model_curve(struct modelling *m, node_id x)
{
    node_id arguments[1 + 2 * KNOTS] = {x}, node = NODE_NONE;
    if (!m->rich)
        return SUB(x, N(1));
    for (int k = 0; k < KNOTS; k++) {
        arguments[1 + k] = N(m->facts->knots[k]);
        arguments[1 + KNOTS + k] = N(m->facts->values[k]);
    }
    enum status status = graph_apply(m->graph, OP_INTERPOLATE, arguments, 1 + 2 * KNOTS, 0, &node);
    model_built(m, status);
    return node;
}

/* --- what stands still ----------------------------------------------------------------------- */

static inline uint32_t model_axis(struct modelling *m, const char *name, uint32_t size)
{
    const char **labels = arena_array(m->graph->arena, size, sizeof *labels);
    for (uint32_t i = 0; i < size; i++)
        labels[i] = arena_printf(m->graph->arena, "%s%u", name, i);
    struct axis axis = {.name = name, .size = size, .labels = labels, .unit = unit_one};
    axis.classes = m->persons && strcmp(name, "case") == 0;
    uint32_t index = 0;
    model_built(m, graph_axis(m->graph, &axis, &index));
    return index;
}

/* Values `stride` doubles apart, stacked along an axis. */
static inline node_id stacked(struct modelling *m, uint32_t axis, const double *values,
                              size_t stride)
{
    node_id *places = arena_array(m->graph->arena, m->graph->axes[axis].size, sizeof *places);
    node_id node = NODE_NONE;
    for (uint32_t i = 0; i < m->graph->axes[axis].size; i++)
        places[i] = N(values[i * stride]);
    model_built(m, graph_stack(m->graph, axis, places, &node));
    return node;
}

/* A figure of the cases: of persons a premise for each class, "share.3"; else what the facts say,
 * as often as there are cases. */
static inline node_id figure_of_cases(struct modelling *m, const char *name, const double *values)
{
    const size_t of_case = sizeof(struct model_case) / sizeof(double);
    node_id *places = arena_array(m->graph->arena, m->cases, sizeof *places), node = NODE_NONE;
    for (uint32_t c = 0; c < m->cases; c++) {
        struct graph_premise leaf = {.path = arena_printf(m->graph->arena, "%s.%u", name, c),
                                     .kind = VALUE_NUMBER,
                                     .unit = unit_one};
        if (m->persons)
            model_built(m, graph_premise(m->graph, &leaf, &places[c]));
        else
            places[c] = N(values[c % CASES * of_case]);
    }
    model_built(m, graph_stack(m->graph, m->kase, places, &node));
    return node;
}

static inline void model_leaves(struct modelling *m)
{
    const size_t of_regime = sizeof(struct model_regime) / sizeof(double);
    m->regime = model_axis(m, "regime", REGIMES);
    m->kase = model_axis(m, "case", m->cases);
    for (int i = 0; i < INPUTS; i++) {
        struct graph_premise leaf = {
            .path = input_names[i], .kind = VALUE_NUMBER, .unit = unit_one};
        model_built(m, graph_premise(m->graph, &leaf, &m->x[i]));
    }
    m->share = figure_of_cases(m, "share", &m->facts->cases[0].share);
    m->quantity = figure_of_cases(m, "quantity", &m->facts->cases[0].quantity);
    m->culpability = figure_of_cases(m, "culpability", &m->facts->cases[0].culpability);
    m->prior = figure_of_cases(m, "prior", &m->facts->cases[0].prior);
    m->least = stacked(m, m->regime, &m->facts->regimes[0].least, of_regime);
    m->spread = stacked(m, m->regime, &m->facts->regimes[0].spread, of_regime);
    m->severity =
        ADD(stacked(m, m->regime, &m->facts->regimes[0].base, of_regime),
            MUL(stacked(m, m->regime, &m->facts->regimes[0].slope, of_regime), m->quantity));
}

/* --- the formulas ---------------------------------------------------------------------------- */

static inline node_id weighted(struct modelling *m, node_id a)
{
    return model_over(m, OP_SUM, m->kase, MUL(a, m->share));
}

static inline void model_formulas(struct modelling *m)
{
    const node_id *x = m->x, zero = N(0), unity = N(1);
    node_id market = model_div(m, x[SUPPLY], ADD(x[SUPPLY], x[DEMAND]));
    node_id rest = SUB(unity, market);
    node_id half_detection = model_sqrt(m, x[DETECTION]);
    node_id growth = MUL(model_log(m, ADD(unity, x[HARM])), rest);
    node_id patience = MUL(model_exp(m, SUB(zero, x[DISCOUNT])), N(0.05));
    node_id least_felt = MOST(half_detection, patience);
    node_id guilt = SUB(unity, x[CULPABILITY]), stays = SUB(unity, x[RELAPSE]);
    node_id noise = MUL(x[NOISE], N(0.001));

    node_id grown = ADD(MUL(MUL(m->quantity, x[HARM]), growth), N(0.1));
    node_id wrong =
        MUL(model_pow(m, grown, x[THETA]), ADD(MUL(m->culpability, x[CULPABILITY]), guilt));
    node_id deserved = MUL(model_log(m, ADD(wrong, unity)), x[EXCHANGE]);
    node_id taken = MUL(x[GAIN], m->quantity);
    node_id wish = model_exp(m, SUB(zero, model_div(m, taken, ADD(taken, unity))));
    node_id gain = MUL(wish, x[STIGMA]);
    node_id weight = ADD(model_sqrt(m, model_curve(m, wrong)), LEAST(gain, deserved));
    node_id mercy = ADD(MUL(x[MERCY], N(3)), m->prior);
    node_id column = model_one(m, OP_FLOOR, LEAST(MOST(mercy, zero), N(COLUMNS - 1)));

    node_id extra = ADD(MUL(m->least, x[EXCHANGE]), MUL(m->spread, half_detection));
    node_id held = MUL(SUB(unity, model_exp(m, SUB(zero, extra))), x[DETERRENCE]);
    node_id felt = MOST(MUL(model_log(m, ADD(held, unity)), x[RISK]), least_felt);
    node_id lands = MUL(model_div(m, felt, ADD(felt, rest)), stays);

    node_id imposed = ADD(MUL(m->severity, x[EXCHANGE]), extra);
    node_id place = MUL(MUL(imposed, lands), N(4));
    node_id row = model_one(m, OP_FLOOR, LEAST(MOST(place, zero), N(ROWS - 1)));
    node_id severity = ADD(MUL(model_table(m, row, column), N(0.1)), imposed);
    node_id off = model_one(m, OP_ABS, SUB(severity, deserved));
    node_id fit = model_exp(m, SUB(zero, MUL(off, N(0.1))));
    node_id gap = model_sqrt(m, off);
    node_id later = SUB(unity, model_exp(m, SUB(zero, MUL(severity, x[DISCOUNT]))));
    node_id cost = MUL(model_div(m, later, x[DISCOUNT]), x[COST]);
    node_id fear = MUL(MUL(severity, x[DETECTION]), x[RISK]);
    node_id deterred = SUB(unity, model_exp(m, SUB(zero, fear)));
    node_id plain = SUB(MUL(deterred, weight), MUL(cost, N(0.01)));
    node_id shame = MUL(model_log(m, ADD(severity, unity)), x[STIGMA]);
    node_id drawn = MUL(model_pow(m, ADD(severity, N(0.5)), x[THETA]), gain);
    node_id utility = ADD(ADD(SUB(plain, shame), drawn), noise);

    node_id mean_fit = weighted(m, fit), mean_utility = weighted(m, utility);
    node_id mean_severity = weighted(m, severity), mean_cost = weighted(m, cost);
    node_id worst = model_over(m, OP_REDUCE_MIN, m->kase, fit);
    node_id widest = model_over(m, OP_REDUCE_MAX, m->kase, gap);
    node_id apart = SUB(severity, mean_severity);
    node_id variance = weighted(m, MUL(apart, apart));
    node_id half = MUL(SUB(utility, mean_utility), N(0.5));
    node_id mood = weighted(m, model_exp(m, SUB(half, model_one(m, OP_ABS, half))));
    node_id kept = NODE_NONE;
    node_id choice[3] = {model_two(m, OP_AT_LEAST, fit, mean_fit), utility, mean_utility};
    model_built(m, graph_apply(m->graph, OP_WHERE, choice, 3, 0, &kept));
    node_id best = MOST(kept, SUB(utility, mean_utility));
    node_id gained = weighted(m, model_div(m, best, ADD(unity, variance)));

    node_id first = ADD(MUL(model_div(m, mean_utility, ADD(mean_cost, unity)), mean_fit), mood);
    node_id last = SUB(first, MUL(model_sqrt(m, variance), N(0.1)));
    node_id score = model_log(m, ADD(model_exp(m, last), unity));
    m->wanted[0] = ADD(LEAST(score, ADD(worst, N(2))), MUL(widest, N(0.01)));
    m->wanted[1] = mean_fit;
    m->wanted[2] = gained;
}

static inline struct modelling model_graph(struct arena *arena, const struct model_facts *facts,
                                           bool rich)
{
    struct modelling m = {.graph = graph_new(arena), .facts = facts, .rich = rich, .cases = CASES};
    model_leaves(&m);
    model_formulas(&m);
    return m;
}

/* The rich model of so many cases, or classes of persons. */
static inline struct modelling model_of_cases(struct arena *arena, const struct model_facts *facts,
                                              uint32_t cases, bool persons)
{
    struct modelling m = {.graph = graph_new(arena),
                          .facts = facts,
                          .rich = true,
                          .persons = persons,
                          .cases = cases};
    model_leaves(&m);
    model_formulas(&m);
    return m;
}

#undef ADD
#undef SUB
#undef MUL
#undef LEAST
#undef MOST
#undef N

#endif

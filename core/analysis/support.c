/* What an outcome leaves of the theories: a pass over the graph from the claims that are out or
 * undecided to the conclusions that rest on them. */
#include <string.h>

#include "analysis/outcomes.h"

/* A grade for each node and each pair of a regime and a case; further axes share one. */
struct taint {
    const struct model *model;
    size_t regimes, cases;
    uint8_t *grade; /* [node][regime][case]: enum support */
};

static uint8_t *grades(const struct taint *taint, node_id node)
{
    return &taint->grade[(size_t)node * taint->regimes * taint->cases];
}

static void raise_to(uint8_t *grade, uint8_t least)
{
    if (*grade < least)
        *grade = least;
}

/* What a claim's own label does, in the cells that it speaks of. */
static void taint_node(const struct taint *taint, const struct debate_node *node, uint8_t label)
{
    uint8_t grade = label == LABEL_OUT         ? SUPPORT_NONE
                    : label == LABEL_UNDECIDED ? SUPPORT_IN_QUESTION
                                               : SUPPORT_FULL;
    if (node->claim == NODE_NONE || node->idle || grade == SUPPORT_FULL)
        return;
    for (size_t r = 0; r < taint->regimes; r++)
        for (size_t c = 0; c < taint->cases; c++)
            if ((node->regime == SIZE_MAX || node->regime == r) &&
                (node->kase == SIZE_MAX || node->kase == c))
                raise_to(&grades(taint, node->claim)[r * taint->cases + c], grade);
}

/* A reduction takes the worst along its axis. */
static void spread(const struct taint *taint, node_id node, bool along_regimes, bool along_cases)
{
    uint8_t *cells = grades(taint, node);
    for (size_t r = 0; r < taint->regimes; r++)
        for (size_t c = 0; c < taint->cases; c++) {
            size_t to = (along_regimes ? 0 : r) * taint->cases + (along_cases ? 0 : c);
            raise_to(&cells[to], cells[r * taint->cases + c]);
        }
    for (size_t r = 0; r < taint->regimes; r++)
        for (size_t c = 0; c < taint->cases; c++) {
            size_t from = (along_regimes ? 0 : r) * taint->cases + (along_cases ? 0 : c);
            raise_to(&cells[r * taint->cases + c], cells[from]);
        }
}

static void take(const struct taint *taint, node_id node, node_id argument, size_t only_regime)
{
    uint8_t *to = grades(taint, node);
    const uint8_t *from = grades(taint, argument);
    for (size_t r = 0; r < taint->regimes; r++)
        for (size_t c = 0; c < taint->cases; c++)
            if (only_regime == SIZE_MAX || only_regime == r)
                raise_to(&to[r * taint->cases + c], from[r * taint->cases + c]);
}

static void pass(const struct taint *taint, node_id id)
{
    const struct model *model = taint->model;
    const struct node *node = &model->linked.graph->nodes[id];
    bool stacks = node->op == OP_STACK && node->index == model->regime_axis;
    bool reduces = node->op == OP_SUM || node->op == OP_REDUCE_MIN || node->op == OP_REDUCE_MAX;
    for (uint32_t a = 0; a < node->argument_count; a++)
        take(taint, id, node->arguments[a], stacks ? a : SIZE_MAX);
    if (reduces && (node->index == model->regime_axis || node->index == model->case_axis))
        spread(taint, id, node->index == model->regime_axis, node->index == model->case_axis);
}

static enum support worst(const struct taint *taint, size_t theory, size_t regime)
{
    const struct verdict_nodes *verdict = &taint->model->verdicts[theory];
    node_id nodes[] = {taint->model->linked.conclusions[theory].score, verdict->acceptable,
                       verdict->ruled_out, verdict->applies};
    uint8_t grade = SUPPORT_FULL;
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++)
        for (size_t c = 0; c < taint->cases; c++)
            raise_to(&grade, grades(taint, nodes[i])[regime * taint->cases + c]);
    return (enum support)grade;
}

void outcome_support(struct arena *arena, const struct model *model, const struct debate *debate,
                     const uint8_t *labels, uint8_t **work, enum support *support)
{
    const struct scenario *scenario = model->scenario;
    uint32_t nodes = model->linked.graph->node_count;
    struct taint taint = {
        .model = model, .regimes = scenario->regime_count, .cases = scenario->case_count};
    size_t cells = taint.regimes * taint.cases;
    memset(support, 0, scenario->theory_count * taint.regimes * sizeof *support);
    bool any = false;
    for (uint32_t i = (uint32_t)debate->arguments->count; i < debate->count; i++)
        any = any || (debate->nodes[i].claim != NODE_NONE && labels[i] != LABEL_IN);
    if (!any)
        return;
    if (*work == NULL)
        *work = arena_array(arena, (size_t)nodes * cells, 1);
    memset(*work, 0, (size_t)nodes * cells);
    taint.grade = *work;
    for (uint32_t i = (uint32_t)debate->arguments->count; i < debate->count; i++)
        taint_node(&taint, &debate->nodes[i], labels[i]);
    for (node_id id = 0; id < nodes; id++)
        pass(&taint, id);
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; r < taint.regimes; r++)
            support[t * taint.regimes + r] = worst(&taint, t, r);
}

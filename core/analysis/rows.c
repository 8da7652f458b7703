#include "analysis/rows.h"

#include <string.h>

#include "analysis/population.h"
#include "engine/phases.h"

struct row_question {
    struct arena *arena;
    const struct model *model;
    struct rows rows;
    struct phases *phases;
    const double **columns; /* of rows, which says const; the last one is the weight */
    uint32_t *column_of;    /* likewise */
    size_t *share_of_class; /* [graph premise]: the class whose share it is, from 1; 0: none */
};

/* The class whose premise called `name` this is, from 1; 0 where it is none. */
static size_t class_of_path(const struct scenario *scenario, const char *path, const char *name)
{
    const char *rest = "";
    size_t kase = population_class_of(scenario, path, &rest);
    return kase < scenario->case_count && strcmp(rest, name) == 0 ? kase + 1 : 0;
}

/* Persons without a weight have the weight 1. */
static const double *population_weights(struct arena *arena, const struct population *population)
{
    if (population->weights != NULL)
        return population->weights;
    double *ones = arena_array(arena, population->persons, sizeof *ones);
    for (uint64_t i = 0; i < population->persons; i++)
        ones[i] = 1;
    return ones;
}

static void place_columns(struct row_question *question)
{
    const struct model *model = question->model;
    const struct population *population = model->population;
    uint32_t premises = model->linked.graph->premise_count;
    size_t weight = population->column_count;
    question->columns = arena_array(question->arena, weight + 1, sizeof *question->columns);
    question->column_of = arena_array(question->arena, premises, sizeof *question->column_of);
    question->share_of_class = arena_array(question->arena, premises, sizeof(size_t));
    for (size_t i = 0; i < weight; i++)
        question->columns[i] = population->columns[i];
    question->columns[weight] = population_weights(question->arena, population);
    for (uint32_t p = 0; p < premises; p++) {
        const char *path = model->premises[p]->path;
        size_t column = model->premises[p]->column;
        question->column_of[p] = column == 0 ? ROWS_NONE : (uint32_t)column - 1;
        if (class_of_path(model->scenario, path, "share") != 0)
            question->column_of[p] = (uint32_t)weight;
        question->share_of_class[p] = class_of_path(model->scenario, path, "class_share");
        if (question->share_of_class[p] != 0)
            question->column_of[p] = ROWS_NONE;
    }
}

struct row_question *rows_ask(struct arena *arena, const struct model *model, const node_id *wanted,
                              size_t count, struct diags *diags)
{
    struct row_question *question = arena_alloc(arena, sizeof *question);
    const char *fault = NULL;
    *question = (struct row_question){.arena = arena, .model = model};
    place_columns(question);
    question->rows = (struct rows){.axis = model->case_axis,
                                   .first = model->population->first,
                                   .columns = question->columns,
                                   .column_of = question->column_of};
    question->phases =
        phases_build(arena, model->linked.graph, wanted, count, &question->rows, &fault);
    if (question->phases != NULL)
        return question;
    diags_error(diags, STATUS_PLUGIN, (struct place){NULL, 0, 0},
                "the theories cannot be asked about each person of a table of records: %s", fault);
    return NULL;
}

static double sum(const double *values, uint64_t count)
{
    double total = 0;
    for (uint64_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

/* Premises that say how large a part of the whole a class is. */
static void set_class_shares(const struct row_question *question, struct lane_source *sources)
{
    const uint64_t *first = question->rows.first;
    size_t classes = question->model->scenario->case_count;
    double whole = 0, *each = arena_array(question->arena, classes, sizeof *each);
    for (size_t c = 0; c < classes; c++) {
        each[c] = sum(question->rows.weights + first[c], first[c + 1] - first[c]);
        whole += each[c];
    }
    for (uint32_t p = 0; p < question->model->linked.graph->premise_count; p++)
        if (question->share_of_class[p] != 0)
            sources[p] =
                (struct lane_source){.value = each[question->share_of_class[p] - 1] / whole};
}

bool rows_answer(struct row_question *question, const struct lane_plan *plan, const double *weights,
                 double *out, struct engine_fault *fault)
{
    size_t weight = question->model->population->column_count;
    const double *own = question->columns[weight];
    question->columns[weight] = question->rows.weights = weights != NULL ? weights : own;
    set_class_shares(question, plan->sources);
    bool done =
        phases_evaluate(question->phases, &plan->lanes, plan->varies, question->arena, out, fault);
    question->columns[weight] = own;
    return done;
}

const struct phases *rows_phases(const struct row_question *question)
{
    return question->phases;
}

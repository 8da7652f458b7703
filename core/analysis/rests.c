/* How many numbers a result rests on, and what standing they have. */
#include <string.h>

#include "analysis/internal.h"
#include "analysis/population.h"

/* A number that counts as one: a premise, or a table of data with all of it that is in use. */
struct number {
    const char *path; /* of the first of the table */
    size_t table;     /* bytes of the path that name the table; 0: none */
    enum premise_status status;
};

struct numbers {
    struct arena *arena;
    struct number *items;
    size_t count;
};

static struct number *table_met(const struct numbers *numbers, const char *path, size_t table)
{
    for (size_t i = 0; table > 0 && i < numbers->count; i++)
        if (numbers->items[i].table == table && strncmp(numbers->items[i].path, path, table) == 0)
            return &numbers->items[i];
    return NULL;
}

/* A table stands no better than the least of its numbers: one that nobody has checked makes it
 * unverified, an invented one illustrative. */
static enum premise_status worse(enum premise_status a, enum premise_status b)
{
    if (a == PREMISE_ILLUSTRATIVE || b == PREMISE_ILLUSTRATIVE)
        return PREMISE_ILLUSTRATIVE;
    return a == PREMISE_UNVERIFIED ? a : b;
}

static void count_premise(struct numbers *numbers, const struct premise *premise)
{
    size_t table = data_table_length(premise->path);
    struct number *met = table_met(numbers, premise->path, table);
    if (met != NULL) {
        met->status = worse(met->status, premise->status);
        return;
    }
    numbers->items =
        arena_grow(numbers->arena, numbers->items, numbers->count, sizeof *numbers->items);
    numbers->items[numbers->count++] = (struct number){premise->path, table, premise->status};
}

bool number_stands_before(const struct model *model, const char *path)
{
    const char *rest;
    size_t kase = model->population == NULL ? model->scenario->case_count
                                            : population_class_of(model->scenario, path, &rest);
    return kase > 0 && kase < model->scenario->case_count;
}

/* Cells of records count as none. */
void weigh_rests(struct arena *arena, struct result *result)
{
    const struct model *model = result->model;
    struct numbers numbers = {.arena = arena};
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++)
        if (model->premises[p]->column == 0 &&
            !number_stands_before(model, model->premises[p]->path))
            count_premise(&numbers, model->premises[p]);
    result->numbers = numbers.count;
    for (size_t i = 0; i < numbers.count; i++) {
        result->illustrative += numbers.items[i].status == PREMISE_ILLUSTRATIVE;
        result->unverified += numbers.items[i].status == PREMISE_UNVERIFIED;
    }
}

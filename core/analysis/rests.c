/* How many numbers a result rests on, and what standing they have. */
#include <string.h>

#include "analysis/internal.h"
#include "analysis/population.h"

/* The length of `data.<name>` or `data."<name>"` in a path; 0 where it is of no table. */
static size_t table_length(const char *path)
{
    static const char data[] = "data.";
    if (strncmp(path, data, sizeof data - 1) != 0)
        return 0;
    const char *name = path + sizeof data - 1;
    const char *end = *name == '"' ? strchr(name + 1, '"') : strchr(name, '.');
    return end == NULL ? strlen(path) : (size_t)(end - path);
}

/* Tables that were met. */
struct tables {
    const char **paths;
    size_t count;
};

static bool meet_table(struct arena *arena, struct tables *tables, const char *path, size_t length)
{
    for (size_t i = 0; i < tables->count; i++)
        if (table_length(tables->paths[i]) == length &&
            strncmp(tables->paths[i], path, length) == 0)
            return true;
    tables->paths = arena_grow(arena, tables->paths, tables->count, sizeof *tables->paths);
    tables->paths[tables->count++] = path;
    return false;
}

/* What holds for all persons stands in every class, and counts once. */
static bool of_later_class(const struct model *model, const char *path)
{
    const char *rest;
    size_t kase = model->population == NULL ? model->scenario->case_count
                                            : population_class_of(model->scenario, path, &rest);
    return kase > 0 && kase < model->scenario->case_count;
}

/* A table of plugins/data counts as one number, and cells of records as none. */
void weigh_rests(struct arena *arena, struct result *result)
{
    const struct model *model = result->model;
    struct tables tables = {0};
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++) {
        const struct premise *premise = model->premises[p];
        size_t length = table_length(premise->path);
        if (premise->column != 0 || of_later_class(model, premise->path) ||
            (length > 0 && meet_table(arena, &tables, premise->path, length)))
            continue;
        result->numbers++;
        result->illustrative += premise->status == PREMISE_ILLUSTRATIVE;
        result->unverified += premise->status == PREMISE_UNVERIFIED;
    }
}

/* Rows whose facts contradict one another: they are found before the rest is computed, for what is
 * refused may fit no other operation. */
#include <string.h>

#include "analysis/refusal.h"
#include "analysis/table_parts.h"

/* --- the refusals of a group ----------------------------------------------------------------- */

/* The columns whose values a refusal turns on, in the order of the header. */
static void find_columns(const struct table *table, const struct table_group *group,
                         const struct refusal *refusal, struct group_refusal *made)
{
    made->columns = arena_array(table->arena, table->column_count, sizeof *made->columns);
    for (size_t i = 0; i < table->column_count; i++)
        for (size_t f = 0; f < refusal->fact_count; f++)
            if (group->premise_of_column[i] == refusal->facts[f])
                made->columns[made->column_count++] = table->columns[i].name;
}

void table_refusals_find(struct table *table, struct table_group *group, const bool *varies)
{
    const struct graph *graph = group->model->linked.graph;
    size_t count = 0;
    const struct refusal *refusals = refusals_find(group->arena, group->model, &count);
    node_id *nodes = arena_array(group->arena, count, sizeof *nodes);
    group->refusals = arena_array(group->arena, count, sizeof *group->refusals);
    group->refusal_count = count;
    for (size_t r = 0; r < count; r++) {
        nodes[r] = refusals[r].node;
        group->refusals[r] = (struct group_refusal){.text = refusals[r].claim->text};
        group->refusals[r].cells = graph_cells(graph, graph->nodes[nodes[r]].axes);
        find_columns(table, group, &refusals[r], &group->refusals[r]);
    }
    group->refusal_tape = tape_build(group->arena, graph, nodes, count, varies);
}

/* --- the rows that they refuse --------------------------------------------------------------- */

/* `out`: the refusal's values, [cell][row of the group]. */
static void refuse_rows(struct table *table, const struct table_group *group,
                        const struct group_refusal *refusal, const double *out)
{
    for (size_t c = 0; c < refusal->cells; c++)
        for (size_t i = 0; i < group->row_count; i++)
            if (out[c * group->row_count + i] != 0)
                table_row_fault(table, &table->rows[group->rows[i]],
                                (struct table_columns){refusal->columns, refusal->column_count}, 0,
                                refusal->text);
}

static size_t cells_of_all(const struct table_group *group)
{
    size_t cells = 0;
    for (size_t r = 0; r < group->refusal_count; r++)
        cells += group->refusals[r].cells;
    return cells;
}

void table_refusals_run(struct table *table, struct table_group *group)
{
    struct engine_fault fault;
    struct lanes lanes = {.sources = group->sources, .count = group->row_count};
    size_t at = 0, kept = 0;
    if (group->refusal_count == 0)
        return;
    double *out = arena_array(table->lanes, cells_of_all(group) * group->row_count, sizeof *out);
    table_group_sources(table, group, 0);
    bool fine = engine_evaluate(group->refusal_tape, &lanes, table->lanes, out, &fault);
    for (size_t r = 0; fine && r < group->refusal_count; r++) {
        refuse_rows(table, group, &group->refusals[r], out + at * group->row_count);
        at += group->refusals[r].cells;
    }
    arena_release(table->lanes);
    for (size_t i = 0; i < group->row_count; i++)
        if (table->rows[group->rows[i]].fault == NULL)
            group->rows[kept++] = group->rows[i];
    if (kept == group->row_count)
        return;
    group->row_count = kept;
    table_group_gather(table, group);
}

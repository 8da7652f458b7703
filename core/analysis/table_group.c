/* Rows that share one structure: their graph, and its values along them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/lanes.h"
#include "analysis/table_parts.h"
#include "graph/formula.h"

/* --- the facts of the first row, as a scenario ------------------------------------------------ */

/* A number that the schema allows: what an entry says that this row does not have. */
static double allowed_number(const struct schema *schema)
{
    double low = schema->low, high = schema->high;
    if (low <= 0 && high >= 0 && !(low == 0 && schema->low_open) &&
        !(high == 0 && schema->high_open))
        return 0;
    if (!isfinite(low))
        return schema->whole ? floor(high) - 1 : high - 1;
    double inside = isfinite(high) ? low + (high - low) / 2 : low + 1;
    return schema->whole ? floor(inside) : inside;
}

static const char *stand_in(struct arena *arena, const struct schema *schema)
{
    char number[NUMBER_TEXT];
    if (schema->kind == SCHEMA_TRUTH)
        return "false";
    if (schema->kind == SCHEMA_LABEL)
        return schema->labels[0];
    return arena_string(arena, number_write(number, allowed_number(schema)));
}

static struct tree *scalar_make(const struct table *table, struct arena *arena, const char *text,
                                uint64_t line, bool quoted)
{
    struct tree *node = arena_alloc(arena, sizeof *node);
    *node = (struct tree){.kind = TREE_SCALAR, .text = text, .quoted = quoted, .width = 1};
    node->place = node->key_place = csv_place(table->csv, line, 0);
    scalar_classify(arena, node);
    return node;
}

static bool is_text(const struct table_column *column, const struct csv_cell *cell)
{
    if (column->use == COLUMN_FACT)
        return strspn(cell->text, "-0123456789") == 0 && cell->text[0] != 't' &&
               cell->text[0] != 'f';
    return column->schema->kind == SCHEMA_LABEL ||
           (column->use == COLUMN_STRUCTURE && column->schema->kind != SCHEMA_COUNT);
}

static void column_add(const struct table *table, struct facts *facts, size_t at,
                       const struct csv_row *row, struct diags *diags)
{
    const struct table_column *column = &table->columns[at];
    const struct csv_cell *cell = &row->cells[at];
    const char *text = arena_string_n(facts->arena, cell->text, cell->length);
    if (column->use == COLUMN_ID || (cell->length == 0 && column->use != COLUMN_ENTRY))
        return;
    bool quoted = cell->length > 0 && is_text(column, cell);
    if (cell->length == 0)
        text = stand_in(facts->arena, column->schema);
    facts_add(facts, column->name, scalar_make(table, facts->arena, text, row->line, quoted),
              diags);
}

static unsigned long entry_number(const struct table_entry *entry)
{
    return strtoul(strrchr(entry->name, '.') + 1, NULL, 10);
}

/* Every entry says whether it is present, which then varies along the rows. Columns come in any
 * order, entries in theirs. */
static void entries_add(const struct table *table, struct facts *facts, const struct csv_row *row,
                        struct diags *diags)
{
    for (unsigned long number = 1; number <= LIST_MOST; number++)
        for (size_t e = 0; e < table->entry_count; e++) {
            if (entry_number(&table->entries[e]) != number)
                continue;
            const char *name = arena_printf(facts->arena, "%s.present", table->entries[e].name);
            facts_add(facts, name, scalar_make(table, facts->arena, "true", row->line, false),
                      diags);
        }
}

static enum status group_load(struct table *table, struct table_group *group,
                              const struct csv_row *row, struct diags *diags)
{
    struct tree none = {.kind = TREE_MAP, .path = ""};
    struct facts facts = table->facts;
    struct made_scenario made;
    struct model *model = NULL;
    facts.arena = group->arena;
    facts.given = tree_copy(group->arena, facts.given, &none);
    entries_add(table, &facts, row, diags);
    for (size_t i = 0; i < table->column_count; i++)
        column_add(table, &facts, i, row, diags);
    if (diags_status(diags) != STATUS_OK ||
        facts_scenario(group->arena, &facts, &made, diags) != STATUS_OK)
        return diags_status(diags);
    struct model_request request = {.path = facts.file.name, .made = &made};
    enum status status = model_load(group->arena, table->plugin_library, &request, &model, diags);
    if (status == STATUS_OK)
        group->model = model;
    return status;
}

/* --- its graph ------------------------------------------------------------------------------- */

static uint32_t premise_called(const struct model *model, const char *path)
{
    const struct graph *graph = model->linked.graph;
    for (uint32_t p = 0; p < graph->premise_count; p++)
        if (strcmp(graph->premises[p].path, path) == 0)
            return p;
    return UINT32_MAX;
}

/* The path of a fact, each step quoted where it must be. */
static const char *path_of(struct arena *arena, const char *name)
{
    const char *path = "facts";
    while (*name != '\0') {
        size_t length = strcspn(name, ".");
        const char *step = arena_string_n(arena, name, length);
        bool number = strspn(step, "0123456789") == length;
        path = number ? arena_printf(arena, "%s.%s", path, step) : path_join(arena, path, step);
        name += length + (name[length] == '.');
    }
    return path;
}

static void find_premises(struct table *table, struct table_group *group)
{
    struct arena *arena = group->arena;
    group->premise_of_column = arena_array(arena, table->column_count, sizeof(uint32_t));
    group->premise_of_entry = arena_array(arena, table->entry_count, sizeof(uint32_t));
    for (size_t i = 0; i < table->column_count; i++) {
        struct table_column *column = &table->columns[i];
        uint32_t premise = premise_called(group->model, path_of(arena, column->name));
        group->premise_of_column[i] = premise;
        column->read = column->read || premise != UINT32_MAX;
    }
    for (size_t e = 0; e < table->entry_count; e++)
        group->premise_of_entry[e] = premise_called(
            group->model,
            path_of(arena, arena_printf(arena, "%s.present", table->entries[e].name)));
}

struct wants {
    struct arena *arena;
    const struct model *model;
    node_id *nodes;
    size_t count;
};

/* The place of a node among those wanted; SIZE_MAX when it has several cells. */
static size_t want(struct wants *wants, node_id node)
{
    const struct graph *graph = wants->model->linked.graph;
    if (node == NODE_NONE || graph_cells(graph, graph->nodes[node].axes) != 1)
        return SIZE_MAX;
    for (size_t i = 0; i < wants->count; i++)
        if (wants->nodes[i] == node)
            return i;
    wants->nodes = arena_grow(wants->arena, wants->nodes, wants->count, sizeof *wants->nodes);
    wants->nodes[wants->count] = node;
    return wants->count++;
}

static node_id claim_called(const struct model *model, const char *name)
{
    struct text full;
    text_init(&full, model->arena);
    text_printf(&full, "%s.%s", model->scenario->regimes[0].id, name);
    return graph_find_claim(model->linked.graph, full.data);
}

static node_id port_called(const struct model *model, const char *name)
{
    for (uint32_t i = 0; name != NULL && i < model->linked.output_count; i++)
        if (strcmp(model->linked.outputs[i].name, name) == 0)
            return model->linked.outputs[i].value;
    return NODE_NONE;
}

static struct group_figure figure_of(struct wants *wants, const struct worksheet_column *column)
{
    const struct graph *graph = wants->model->linked.graph;
    struct group_figure figure = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
    node_id node = NODE_NONE;
    for (size_t i = 0; i < column->claim_count && node == NODE_NONE; i++)
        node = claim_called(wants->model, column->claims[i]);
    if (node != NODE_NONE)
        figure.applies = want(wants, graph->claims[graph->nodes[node].index].applies);
    else
        node = port_called(wants->model, column->port);
    figure.value = want(wants, node);
    if (column->life != NULL)
        figure.life = want(wants, claim_called(wants->model, column->life));
    return figure;
}

static void note_variation(const struct table *table, const struct table_group *group, bool *varies)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (group->premise_of_column[i] != UINT32_MAX)
            varies[group->premise_of_column[i]] = true;
    for (size_t e = 0; e < table->entry_count; e++)
        if (group->premise_of_entry[e] != UINT32_MAX)
            varies[group->premise_of_entry[e]] = true;
}

static void group_prepare(struct table *table, struct table_group *group)
{
    const struct model *model = group->model;
    struct wants wants = {group->arena, model, NULL, 0};
    group->figures = arena_array(group->arena, worksheet_column_count(), sizeof *group->figures);
    for (size_t i = 0; i < worksheet_column_count(); i++)
        group->figures[i] = figure_of(&wants, &worksheet_columns[i]);
    struct lane_plan plan = lanes_central(group->arena, model);
    note_variation(table, group, plan.varies);
    table_refusals_find(table, group, plan.varies);
    group->sources = plan.sources;
    group->wanted_count = wants.count;
    group->tape =
        tape_build(group->arena, model->linked.graph, wants.nodes, wants.count, plan.varies);
}

/* --- the same graph -------------------------------------------------------------------------- */

static bool same_node(const struct node *a, const struct node *b)
{
    bool same = a->op == b->op && a->kind == b->kind && a->axes == b->axes &&
                a->index == b->index && a->argument_count == b->argument_count &&
                a->label_count == b->label_count &&
                memcmp(&a->constant, &b->constant, sizeof a->constant) == 0;
    for (uint32_t i = 0; same && i < a->argument_count; i++)
        same = a->arguments[i] == b->arguments[i];
    return same;
}

/* Texts of claims count only where they are shown: in refusals. */
static bool same_claim(const struct claim *a, const struct claim *b)
{
    return a->applies == b->applies && strcmp(a->name, b->name) == 0 &&
           (!claim_is_refusal(a) || strcmp(a->text, b->text) == 0);
}

static bool same_graph(const struct graph *a, const struct graph *b)
{
    bool same = a->node_count == b->node_count && a->premise_count == b->premise_count &&
                a->claim_count == b->claim_count && a->axis_count == b->axis_count;
    for (uint32_t i = 0; same && i < a->node_count; i++)
        same = same_node(&a->nodes[i], &b->nodes[i]);
    for (uint32_t i = 0; same && i < a->premise_count; i++)
        same = strcmp(a->premises[i].path, b->premises[i].path) == 0;
    for (uint32_t i = 0; same && i < a->claim_count; i++)
        same = same_claim(&a->claims[i], &b->claims[i]);
    for (uint32_t i = 0; same && i < a->axis_count; i++)
        same = a->axes[i].size == b->axes[i].size;
    return same;
}

/* A label that does not vary along rows may stand for another name in each graph. */
static bool same_premise(const struct premise *a, const struct premise *b)
{
    bool same = a->value == b->value && a->label_count == b->label_count;
    for (size_t i = 0; same && i < a->label_count; i++)
        same = strcmp(a->labels[i], b->labels[i]) == 0;
    return same;
}

/* The first row's values of what varies along rows are not the graph's. */
static bool same_values(const struct table *table, struct table_group *one,
                        const struct table_group *made)
{
    uint32_t count = one->model->linked.graph->premise_count;
    bool *varies = arena_array(made->model->arena, count, sizeof *varies), same = true;
    note_variation(table, one, varies);
    for (uint32_t p = 0; same && p < count; p++)
        same = varies[p] || same_premise(one->model->premises[p], made->model->premises[p]);
    return same;
}

/* A group that has the same graph as the one just loaded, or TABLE_MOST_GROUPS. */
static uint32_t twin_of(const struct table *table, const struct table_group *made)
{
    for (uint32_t i = 0; i < table->group_count; i++)
        if (same_graph(table->groups[i].model->linked.graph, made->model->linked.graph) &&
            same_values(table, &table->groups[i], made))
            return i;
    return TABLE_MOST_GROUPS;
}

/* --- making a group -------------------------------------------------------------------------- */

static const char *refusal_of(struct table *table, const struct diags *diags)
{
    const struct diag *first = &diags->items[0];
    while (first->warning)
        first++;
    if (first->remedy == NULL)
        return arena_string(table->arena, first->message);
    return arena_printf(table->arena, "%s (%s)", first->message, first->remedy);
}

static void group_keep(struct table *table, struct table_key *key, struct table_group *made)
{
    uint32_t twin = twin_of(table, made);
    key->group = twin;
    if (twin == TABLE_MOST_GROUPS && table->group_count < TABLE_MOST_GROUPS) {
        group_prepare(table, made);
        made->rows = arena_array(table->arena, TABLE_CHUNK, sizeof *made->rows);
        key->group = (uint32_t)table->group_count++;
        return;
    }
    if (twin == TABLE_MOST_GROUPS)
        key->refused = "more editions and texts than one table may have";
    arena_release(made->arena);
}

/* Loaded into the next free place, which it keeps unless it turns out to be another's twin. */
void table_group_make(struct table *table, struct table_key *key, const struct csv_row *row)
{
    struct diags diags;
    struct table_group *made = &table->groups[table->group_count];
    *made = (struct table_group){.arena = arena_child(table->arena)};
    diags_init(&diags, made->arena);
    if (group_load(table, made, row, &diags) == STATUS_OK) {
        find_premises(table, made);
        group_keep(table, key, made);
        return;
    }
    key->refused = refusal_of(table, &diags);
    arena_release(made->arena);
}

/* --- its values ------------------------------------------------------------------------------ */

/* The values of a column for the rows of the group: its own where the group is the whole chunk. */
static const double *gather(const struct table *table, const struct table_group *group,
                            const double *values, size_t place)
{
    if (group->row_count == table->row_count)
        return values;
    double *lanes = table->gathered + place * TABLE_CHUNK;
    for (size_t i = 0; i < group->row_count; i++)
        lanes[i] = values[group->rows[i]];
    return lanes;
}

void table_group_gather(struct table *table, const struct table_group *group)
{
    size_t place = 0;
    for (size_t i = 0; i < table->column_count; i++, place++)
        if (group->premise_of_column[i] != UINT32_MAX)
            table->lanes_of[place] = gather(table, group, table->columns[i].values, place);
    for (size_t e = 0; e < table->entry_count; e++, place++)
        if (group->premise_of_entry[e] != UINT32_MAX)
            table->lanes_of[place] = gather(table, group, table->entries[e].present, place);
}

void table_group_sources(const struct table *table, const struct table_group *group, size_t first)
{
    size_t place = 0;
    for (size_t i = 0; i < table->column_count; i++, place++)
        if (group->premise_of_column[i] != UINT32_MAX)
            group->sources[group->premise_of_column[i]].values = table->lanes_of[place] + first;
    for (size_t e = 0; e < table->entry_count; e++, place++)
        if (group->premise_of_entry[e] != UINT32_MAX)
            group->sources[group->premise_of_entry[e]].values = table->lanes_of[place] + first;
}

/* Results of rows `first` to `first + count` of a group: out[wanted][lane]. */
struct outcome {
    struct table *table;
    struct table_group *group;
    const double *out;
    size_t first, count;
};

static const double *of_wanted(const struct outcome *outcome, size_t wanted)
{
    return wanted == SIZE_MAX ? NULL : outcome->out + wanted * outcome->count;
}

static void keep_figure(const struct outcome *outcome, size_t column)
{
    const struct group_figure *figure = &outcome->group->figures[column];
    const double *values = of_wanted(outcome, figure->value);
    const double *applies = of_wanted(outcome, figure->applies);
    const double *life = of_wanted(outcome, figure->life);
    double *results = outcome->table->results[column];
    for (size_t i = 0; i < outcome->count; i++) {
        uint32_t row = outcome->group->rows[outcome->first + i];
        bool stands = values != NULL && (applies == NULL || applies[i] != 0);
        if (stands && isnan(values[i]))
            table_row_fault(outcome->table, &outcome->table->rows[row],
                            (struct table_columns){&worksheet_columns[column].name, 1}, 0,
                            "the result is no number");
        results[row] = !stands                        ? (double)NAN
                       : life != NULL && life[i] != 0 ? (double)INFINITY
                                                      : values[i];
    }
}

/* Evaluates `count` rows from `first`; true, or false with the place of the first that fails. */
static bool run_range(struct table *table, struct table_group *group, size_t first, size_t count,
                      struct engine_fault *fault)
{
    struct lanes lanes = {.sources = group->sources, .count = count};
    double *out = arena_array(table->lanes, group->wanted_count * count, sizeof *out);
    table_group_sources(table, group, first);
    bool fine = engine_evaluate(group->tape, &lanes, table->lanes, out, fault);
    if (fine) {
        struct outcome outcome = {table, group, out, first, count};
        for (size_t c = 0; c < worksheet_column_count(); c++)
            keep_figure(&outcome, c);
    }
    arena_release(table->lanes);
    return fine;
}

/* Why a lane fails. */
static const char *fault_text(struct table *table, const struct table_group *group,
                              const struct engine_fault *fault)
{
    struct text text;
    text_init(&text, table->chunk);
    text_printf(&text, "%s, in ", op_fault_text(fault->fault));
    formula_write(&text, group->model->linked.graph, fault->node);
    return text.data;
}

static void run_all(struct table *table, struct table_group *group)
{
    for (size_t first = 0; first < group->row_count;) {
        struct engine_fault fault = {OP_FAULT_NONE, NODE_NONE, 0};
        if (run_range(table, group, first, group->row_count - first, &fault))
            return;
        size_t failed = first + (size_t)fault.lane;
        if (failed > first) {
            struct engine_fault none;
            run_range(table, group, first, failed - first, &none);
        }
        table_row_fault(table, &table->rows[group->rows[failed]], no_columns, 0,
                        fault_text(table, group, &fault));
        first = failed + 1;
    }
}

void table_group_run(struct table *table, struct table_group *group)
{
    table_group_gather(table, group);
    table_refusals_run(table, group);
    run_all(table, group);
}

#include "analysis/table.h"

#include <math.h>
#include <string.h>

#include "analysis/table_parts.h"

/* --- faults ---------------------------------------------------------------------------------- */

void table_row_fault(struct table *table, struct table_row *row, struct table_columns columns,
                     size_t at, const char *fault)
{
    if (row->fault != NULL)
        return;
    row->fault = arena_string(table->chunk, fault);
    row->columns = columns;
    row->at = at;
    table->faults++;
}

/* "`a`, `b` and `c`" */
static const char *names_joined(struct arena *arena, struct table_columns columns,
                                const char *quote)
{
    struct text text;
    text_init(&text, arena);
    for (size_t i = 0; i < columns.count; i++)
        text_printf(&text, "%s%s%s%s",
                    i == 0                   ? ""
                    : i + 1 == columns.count ? " and "
                                             : ", ",
                    quote, columns.names[i], quote);
    return text.data;
}

static const char *fault_message(struct arena *arena, const struct table_row *row, bool alike)
{
    const char *column = row->columns.count == 0   ? ""
                         : row->columns.count == 1 ? ", column "
                                                   : ", columns ";
    return arena_printf(arena, "row %llu%s%s: %s%s", (unsigned long long)row->number, column,
                        names_joined(arena, row->columns, "`"), row->fault,
                        alike ? "; so are all rows like it" : "");
}

/* Whether the row is refused for a structure that others may share. */
static bool is_alike(const struct table_row *row)
{
    return row->key != NULL && row->key->refused != NULL;
}

static void report_row(struct table *table, const struct table_row *row)
{
    struct diags *diags = table->diags;
    struct diag diag = {.status = STATUS_SCENARIO,
                        .place = csv_place(table->csv, row->line, row->at),
                        .width = 1,
                        .message = fault_message(diags->arena, row, is_alike(row))};
    bool shown = row->at > 0 && row->at < 100 && row->raw != NULL && row->raw_length > 0;
    if (shown) {
        struct buffer line_of_row = {csv_path(table->csv), row->raw, row->raw_length};
        diag.excerpt = buffer_line(diags->arena, &line_of_row, 1);
    }
    diags_add(diags, &diag);
}

static void reject_row(struct table *table, const struct table_row *row)
{
    const char *message =
        row->columns.count > 0
            ? arena_printf(table->chunk, "%s: %s", names_joined(table->chunk, row->columns, ""),
                           row->fault)
            : row->fault;
    sink_add_number(table->rejects, (double)row->number);
    sink_add(table->rejects, ",", 1);
    sink_add_cell(table->rejects, message, strlen(message));
    if (row->raw_length > 0)
        sink_add(table->rejects, ",", 1);
    sink_add(table->rejects, row->raw, row->raw_length);
    sink_add(table->rejects, "\n", 1);
}

/* --- writing --------------------------------------------------------------------------------- */

static void write_header(struct table *table)
{
    sink_add_text(table->output, table->id != NULL ? "row,id" : "row");
    for (size_t c = 0; c < worksheet_column_count(); c++) {
        sink_add(table->output, ",", 1);
        sink_add_text(table->output, worksheet_columns[c].name);
    }
    sink_add(table->output, "\n", 1);
    if (table->rejects == NULL)
        return;
    sink_add_text(table->rejects, "row,reason");
    for (size_t i = 0; i < table->column_count; i++) {
        sink_add(table->rejects, ",", 1);
        sink_add_cell(table->rejects, table->columns[i].name, strlen(table->columns[i].name));
    }
    sink_add(table->rejects, "\n", 1);
}

static void write_figure(struct sink *sink, const struct worksheet_column *column, double value)
{
    char text[NUMBER_TEXT];
    if (isinf(value))
        sink_add(sink, "life", 4);
    else if (!isnan(value) && column->form == FIGURE_NUMBER)
        sink_add_number(sink, value);
    else if (!isnan(value))
        sink_add_text(sink, worksheet_figure(text, column, value));
}

static void write_row(struct table *table, size_t at)
{
    const struct table_row *row = &table->rows[at];
    sink_add_number(table->output, (double)row->number);
    if (table->id != NULL) {
        sink_add(table->output, ",", 1);
        sink_add_cell(table->output, row->id, row->id_length);
    }
    for (size_t c = 0; c < worksheet_column_count(); c++) {
        sink_add(table->output, ",", 1);
        write_figure(table->output, &worksheet_columns[c], table->results[c][at]);
    }
    sink_add(table->output, "\n", 1);
}

/* Of rows that are refused for the same structure only the first is told. */
static bool is_told(const struct table_row *row)
{
    if (!is_alike(row))
        return false;
    bool told = row->key->told;
    row->key->told = true;
    return told;
}

static void write_chunk(struct table *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const struct table_row *row = &table->rows[i];
        if (row->fault == NULL)
            write_row(table, i);
        else if (table->rejects != NULL)
            reject_row(table, row);
        else if (!is_told(row))
            report_row(table, row);
    }
}

/* --- chunks ---------------------------------------------------------------------------------- */

static void sort_into_groups(struct table *table)
{
    for (size_t g = 0; g < table->group_count; g++)
        table->groups[g].row_count = 0;
    for (size_t i = 0; i < table->row_count; i++) {
        if (table->rows[i].fault != NULL)
            continue;
        struct table_group *group = &table->groups[table->rows[i].group];
        group->rows[group->row_count++] = (uint32_t)i;
    }
}

static void tell_progress(const struct table *table)
{
    uint64_t done, all;
    csv_progress(table->csv, &done, &all);
    uint64_t rows = table->row_count > 0 ? table->rows[table->row_count - 1].number : 0;
    if (table->request->progress != NULL)
        table->request->progress(table->request->context, rows,
                                 all > 0 ? (double)done / (double)all : 0);
}

/* The next chunk of rows; false when there are no more. */
static bool read_chunk(struct table *table)
{
    struct csv_row row;
    arena_release(table->chunk);
    table->row_count = 0;
    while (table->row_count < TABLE_CHUNK && csv_next(table->csv, &row))
        table_row_read(table, &row);
    return table->row_count > 0;
}

/* Whether it is worth going on: enough faults to mend are known. */
static bool goes_on(const struct table *table)
{
    return table->rejects != NULL || table->diags->count < DIAGS_MOST;
}

static void run_chunks(struct table *table)
{
    while (goes_on(table) && read_chunk(table)) {
        sort_into_groups(table);
        for (size_t g = 0; g < table->group_count; g++)
            if (table->groups[g].row_count > 0)
                table_group_run(table, &table->groups[g]);
        write_chunk(table);
        tell_progress(table);
    }
}

/* --- all together ---------------------------------------------------------------------------- */

static void make_room(struct table *table)
{
    struct arena *arena = table->arena;
    table->chunk = arena_child(arena);
    table->lanes = arena_child(arena);
    text_init(&table->key, arena);
    table->keys = arena_array(arena, 2 * (size_t)TABLE_MOST_KEYS, sizeof *table->keys);
    table->groups = arena_array(arena, TABLE_MOST_GROUPS + 1, sizeof *table->groups);
    table->rows = arena_array(arena, TABLE_CHUNK, sizeof *table->rows);
    table->results = arena_array(arena, worksheet_column_count(), sizeof *table->results);
    for (size_t c = 0; c < worksheet_column_count(); c++)
        table->results[c] = arena_array(arena, TABLE_CHUNK, sizeof **table->results);
}

static enum status open_all(struct table *table)
{
    const struct table_request *request = table->request;
    struct arena *arena = table->arena;
    enum status status =
        facts_open(arena, table->plugin_library, request->kind, &table->facts, table->diags);
    if (status == STATUS_OK && request->facts != NULL)
        status = facts_add_file(&table->facts, request->facts, table->diags);
    if (status == STATUS_OK)
        status =
            facts_add_settings(&table->facts, request->given, request->given_count, table->diags);
    if (status == STATUS_OK)
        status = csv_open(arena, request->records, &table->csv, table->diags);
    if (status == STATUS_OK)
        status = table_columns_read(table);
    if (status == STATUS_OK)
        status = sink_open(arena, request->output, request->write, request->context, &table->output,
                           table->diags);
    if (status == STATUS_OK && request->rejects != NULL)
        status = sink_open(arena, request->rejects, NULL, NULL, &table->rejects, table->diags);
    return status;
}

/* Columns that no row's guideline or edition asks for. */
static void warn_unread(struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        bool premise = column->use == COLUMN_VALUE || column->use == COLUMN_ENTRY;
        if (!premise || column->read || table->group_count == 0)
            continue;
        struct diag diag = {
            .warning = true,
            .place = csv_place(table->csv, 1, 0),
            .width = 1,
            .message =
                arena_printf(table->arena, "no step reads column `%s` in any row", column->name)};
        diags_add(table->diags, &diag);
    }
}

static enum status keep_rejects(struct table *table)
{
    struct diag diag = {
        .warning = true,
        .place = csv_place(table->csv, 0, 0),
        .width = 1,
        .message = arena_printf(table->arena,
                                table->faults == 1 ? "%llu row has no result: it is in %s"
                                                   : "%llu rows have no result: they are in %s",
                                (unsigned long long)table->faults, table->request->rejects)};
    if (table->faults > 0)
        diags_add(table->diags, &diag);
    return sink_keep(table->rejects, table->diags);
}

static enum status close_all(struct table *table)
{
    if (csv_end_check(table->csv, table->diags) != STATUS_OK)
        return STATUS_IO;
    if (diags_status(table->diags) != STATUS_OK)
        return diags_status(table->diags);
    if (csv_ended_open(table->csv)) {
        struct diag diag = {.warning = true,
                            .place = csv_place(table->csv, 0, 0),
                            .width = 1,
                            .message = "the table ends inside a line: its last row may be cut off"};
        diags_add(table->diags, &diag);
    }
    warn_unread(table);
    enum status status = STATUS_OK;
    if (table->rejects != NULL)
        status = keep_rejects(table);
    return status == STATUS_OK ? sink_keep(table->output, table->diags) : status;
}

enum status table_sentence(struct arena *arena, struct plugin_library *library,
                           const struct table_request *request, struct diags *diags)
{
    struct table *table = arena_alloc(arena, sizeof *table);
    *table = (struct table){
        .arena = arena, .plugin_library = library, .request = request, .diags = diags};
    make_room(table);
    enum status status = open_all(table);
    if (status != STATUS_OK)
        return status;
    size_t places = table->column_count + table->entry_count;
    table->gathered = arena_array(arena, places * TABLE_CHUNK, sizeof *table->gathered);
    table->lanes_of = arena_array(arena, places, sizeof *table->lanes_of);
    write_header(table);
    run_chunks(table);
    return close_all(table);
}

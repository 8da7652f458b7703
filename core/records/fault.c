#include "records/fault.h"

#include "scenario/yaml.h"

struct place csv_place(const struct csv *csv, uint64_t line, size_t column)
{
    uint32_t shown = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
    return (struct place){csv_path(csv), shown, (uint32_t)column};
}

enum status csv_fault(const struct csv *csv, uint64_t line, size_t column, const char *message,
                      const char *remedy, struct diags *diags)
{
    struct diag diag = {.status = STATUS_SCENARIO,
                        .place = csv_place(csv, line, column),
                        .width = 1,
                        .message = message,
                        .remedy = remedy};
    return diags_add(diags, &diag);
}

/* Of many faults most are only counted, and need no words. */
enum status csv_fault_row(const struct csv *csv, const struct csv_row *row, size_t at,
                          const char *message, const char *remedy, struct diags *diags)
{
    if (!diags_have_room(diags))
        return csv_fault(csv, row->line, 0, "", NULL, diags);
    size_t columns, column = row->fault_column;
    const struct csv_cell *header = csv_header(csv, &columns);
    const char *where = "";
    if (at < columns) {
        where =
            arena_printf(diags->arena, ", column `%s`", text_shown(diags->arena, header[at].text));
        column = csv_cell_column(row, &row->cells[at]);
    }
    message = arena_printf(diags->arena, "row %llu%s: %s", (unsigned long long)row->number, where,
                           message);
    return csv_fault(csv, row->line, column, message, remedy, diags);
}

bool csv_row_is_whole(const struct csv *csv, const struct csv_row *row)
{
    size_t columns;
    csv_header(csv, &columns);
    return row->fault == NULL && row->count == columns;
}

const char *csv_row_fault(const struct csv *csv, const struct csv_row *row, const char *subject,
                          struct arena *arena)
{
    size_t columns;
    csv_header(csv, &columns);
    if (row->fault != NULL)
        return row->fault;
    return arena_printf(arena, "%s has %zu cell%s, the header %zu: is it cut off?", subject,
                        row->count, row->count == 1 ? "" : "s", columns);
}

bool csv_row_check(const struct csv *csv, const struct csv_row *row, struct diags *diags)
{
    if (csv_row_is_whole(csv, row))
        return true;
    const char *why = diags_have_room(diags) ? csv_row_fault(csv, row, "it", diags->arena) : "";
    csv_fault_row(csv, row, CSV_MOST_COLUMNS, why, NULL, diags);
    return false;
}

enum status csv_end_check(const struct csv *csv, struct diags *diags)
{
    const char *failed = csv_failed(csv);
    if (failed == NULL)
        return STATUS_OK;
    return diags_error(diags, STATUS_IO, csv_place(csv, 0, 0), "%s", failed);
}

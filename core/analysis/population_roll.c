/* A reading of the table of records, row by row: its columns, whole rows, missing values. */
#include <string.h>

#include "analysis/population_parts.h"

/* --- faults ----------------------------------------------------------------------------------- */

void roll_fault(struct roll *roll, const struct csv_row *row, size_t at, const char *message,
                const char *remedy)
{
    csv_fault_row(roll->csv, row, at, message, remedy, roll->diags);
}

const char *roll_shown(struct roll *roll, const struct csv_cell *cell)
{
    enum { SHOWN = 60 };
    struct arena *arena = roll->diags->arena;
    if (roll->records->is_private)
        return "it";
    size_t length = cell->length < SHOWN ? cell->length : SHOWN;
    char *text = arena_string_n(arena, cell->text, length);
    text[text_utf8_valid(text, length)] = '\0';
    return arena_printf(arena, "`%s`", text_shown(arena, text));
}

/* --- the header ------------------------------------------------------------------------------- */

static enum status unknown_column(struct roll *roll, const struct tree *node, const char *name)
{
    struct arena *arena = roll->diags->arena;
    const char **names = arena_array(arena, roll->header_count, sizeof *names);
    for (size_t i = 0; i < roll->header_count; i++)
        names[i] = arena_string(arena, text_shown(arena, roll->header[i].text));
    const char *near = suggest(name, names, roll->header_count);
    /* Where the header is forgotten, its names are a person's cells. */
    const char *first =
        roll->records->is_private ? "" : arena_printf(arena, ", the first is `%s`", names[0]);
    const char *remedy =
        near != NULL ? arena_printf(arena, "did you mean `%s`?", near)
                     : arena_printf(arena,
                                    "a text is the name of a column; the file has %zu%s; a text "
                                    "for all is written `{constant: text}`",
                                    roll->header_count, first);
    struct diag diag = {
        .status = STATUS_SCENARIO,
        .place = node->place,
        .width = node->width,
        .also = csv_place(roll->csv, 1, 0),
        .also_note = "its columns",
        .remedy = remedy,
        .message = arena_printf(arena, "the records have no column `%s`", text_shown(arena, name))};
    yaml_report(roll->diags, &roll->scenario->file, &diag);
    return STATUS_SCENARIO;
}

static size_t column_find(struct roll *roll, const struct tree *node, const char *name)
{
    for (size_t i = 0; i < roll->header_count; i++)
        if (strcmp(roll->header[i].text, name) == 0)
            return i;
    unknown_column(roll, node, name);
    return ROLL_NONE;
}

static void need(struct roll *roll, size_t at)
{
    for (size_t i = 0; i < roll->needed_count; i++)
        if (roll->needed[i] == at)
            return;
    if (at != ROLL_NONE)
        roll->needed[roll->needed_count++] = at;
}

static enum status columns_find(struct roll *roll)
{
    const struct records *records = roll->records;
    size_t errors = roll->diags->errors;
    roll->use_at = arena_array(roll->arena, records->column_count, sizeof *roll->use_at);
    roll->needed = arena_array(roll->arena, roll->header_count, sizeof *roll->needed);
    roll->class_at = ROLL_NONE;
    if (records->class_column != NULL)
        roll->class_at = column_find(roll, records->class_node, records->class_column);
    need(roll, roll->class_at);
    for (size_t i = 0; i < records->column_count; i++) {
        const struct record_column *use = &records->columns[i];
        roll->use_at[i] = ROLL_NONE;
        if (use->column != NULL)
            roll->use_at[i] = column_find(roll, use->node, use->column);
        need(roll, roll->use_at[i]);
    }
    for (size_t i = 0; i < records->code_count; i++)
        if (records->codes[i].column != NULL)
            column_find(roll, records->codes[i].node->parent, records->codes[i].column);
    return roll->diags->errors > errors ? STATUS_SCENARIO : STATUS_OK;
}

/* Beside the scenario, unless it is a full path. */
static const char *path_beside(struct arena *arena, const char *scenario, const char *file)
{
    const char *slash = strrchr(scenario, '/');
    if (slash == NULL || file[0] == '/')
        return file;
    return arena_printf(arena, "%.*s%s", (int)(slash - scenario) + 1, scenario, file);
}

enum status roll_open(struct roll *roll, struct arena *scratch, struct scenario *scenario,
                      struct diags *diags)
{
    *roll = (struct roll){.arena = scratch,
                          .scenario = scenario,
                          .records = scenario->records,
                          .diags = diags,
                          .errors = diags->errors,
                          .hasher = hasher_new(scratch)};
    const char *path = path_beside(diags->arena, scenario->file.name, scenario->records->file);
    enum status status = csv_open_hashed(scratch, path, roll->hasher, &roll->csv, diags);
    if (status != STATUS_OK)
        return status;
    roll->header = csv_header(roll->csv, &roll->header_count);
    return columns_find(roll);
}

/* --- rows ------------------------------------------------------------------------------------- */

bool roll_cell_missing(const struct roll *roll, const struct csv_row *row, size_t at)
{
    const struct csv_cell *cell = &row->cells[at];
    if (cell->length == 0)
        return true;
    for (size_t i = 0; i < roll->records->code_count; i++) {
        const struct record_code *code = &roll->records->codes[i];
        if (strcmp(code->name, "missing") == 0 && csv_cell_is(cell, code->text) &&
            record_code_applies(code, roll->header[at].text))
            return true;
    }
    return false;
}

static enum roll_row row_lacks(struct roll *roll, const struct csv_row *row)
{
    enum roll_row kind = ROLL_PERSON;
    for (size_t i = 0; i < roll->needed_count; i++) {
        if (!roll_cell_missing(roll, row, roll->needed[i]))
            continue;
        if (roll->records->drops)
            return ROLL_LACKS;
        bool empty = row->cells[roll->needed[i]].length == 0;
        roll_fault(roll, row, roll->needed[i], empty ? "the cell is empty" : "the value is missing",
                   "fill it, or write `missing: drop` to leave such rows out");
        kind = ROLL_FAULT;
    }
    return kind;
}

enum roll_row roll_next(struct roll *roll, struct csv_row *row)
{
    if (roll->stopped || !csv_next(roll->csv, row))
        return ROLL_END;
    if (++roll->rows > POPULATION_MOST_ROWS) {
        struct place place = csv_place(roll->csv, 0, 0);
        diags_error(roll->diags, STATUS_SCENARIO, place, "the table has more than %d rows",
                    POPULATION_MOST_ROWS);
        roll->stopped = true;
        return ROLL_END;
    }
    return csv_row_check(roll->csv, row, roll->diags) ? row_lacks(roll, row) : ROLL_FAULT;
}

enum status roll_close(struct roll *roll, char hash[HASH_TEXT])
{
    if (csv_end_check(roll->csv, roll->diags) != STATUS_OK)
        return STATUS_IO;
    hasher_finish(roll->hasher, hash);
    return roll->diags->errors > roll->errors ? STATUS_SCENARIO : STATUS_OK;
}

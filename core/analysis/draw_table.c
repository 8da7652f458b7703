#include "analysis/draw_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "records/column.h"
#include "records/fault.h"
#include "scenario/correlate.h"
#include "scenario/premise.h"

/* Rows are gathered in blocks, for nobody knows how many there will be. */
enum { BLOCK_ROWS = 4096 };

struct reading {
    struct arena *scratch; /* of the reading alone */
    struct scenario *scenario;
    struct csv *csv;
    const struct csv_cell *header;
    size_t columns;
    struct premise **premises; /* [column] */
    struct schema *schemas;    /* [column] */
    double **blocks;           /* [block][row in it * columns + column] */
    size_t block_count;
    uint64_t rows;
    struct diags *diags;
    size_t errors; /* before it */
};

/* --- columns --------------------------------------------------------------------------------- */

static void fault_column(struct reading *reading, size_t at, const char *why, const char *remedy)
{
    struct arena *arena = reading->diags->arena;
    const char *name = text_shown(arena, reading->header[at].text);
    csv_fault(reading->csv, 1, 0, arena_printf(arena, "column `%s`: %s", name, why), remedy,
              reading->diags);
}

static void fault_unknown(struct reading *reading, size_t at)
{
    const char *near =
        premise_near(reading->scratch, reading->scenario, reading->header[at].text, false);
    fault_column(reading, at, "there is no such premise",
                 near != NULL ? arena_printf(reading->diags->arena, "did you mean `%s`?", near)
                              : "a column is named by the path of a fact: `assize premises` lists "
                                "them");
}

/* `cases.<case>.share`, and the like for whole classes. */
static bool is_share(const char *path)
{
    const char *dot = strrchr(path, '.');
    return strncmp(path, "cases.", 6) == 0 &&
           (strcmp(dot, ".share") == 0 || strcmp(dot, ".class_share") == 0);
}

static bool is_correlated(const struct scenario *scenario, const struct premise *premise)
{
    const struct correlations *correlations = scenario->correlations;
    for (size_t i = 0; correlations != NULL && i < correlations->count; i++)
        if (correlations->list[i].premise == premise || correlations->list[i].with == premise)
            return true;
    return false;
}

/* Whether a fact may be drawn so. */
static bool column_check(struct reading *reading, size_t at, const struct premise *premise)
{
    if (premise == NULL)
        fault_unknown(reading, at);
    else if (premise->moral)
        fault_column(reading, at, "a moral choice is chosen, not drawn",
                     "leave the column out; `--set` or `--along` changes the choice");
    else if (premise->column != 0)
        fault_column(reading, at, "its values stand in the records", "leave the column out");
    else if (is_share(premise->path))
        fault_column(reading, at, "the shares of the cases add up to 1, so none is drawn alone",
                     "leave the column out");
    else if (is_correlated(reading->scenario, premise))
        fault_column(reading, at, "`correlate:` draws it together with others",
                     "leave the column out, or take the premise out of `correlate:`");
    else
        return true;
    return false;
}

static enum status columns_find(struct reading *reading)
{
    struct scenario *scenario = reading->scenario;
    reading->header = csv_header(reading->csv, &reading->columns);
    reading->premises = arena_array(scenario->arena, reading->columns, sizeof *reading->premises);
    reading->schemas = arena_array(reading->scratch, reading->columns, sizeof *reading->schemas);
    for (size_t i = 0; i < reading->columns; i++) {
        const struct premise *premise = scenario_premise(scenario, reading->header[i].text);
        if (!column_check(reading, i, premise))
            continue;
        reading->premises[i] = &scenario->premises[premise - scenario->premises];
        reading->schemas[i] = premise_schema(premise);
    }
    return reading->diags->errors > reading->errors ? STATUS_SCENARIO : STATUS_OK;
}

/* --- rows ------------------------------------------------------------------------------------ */

static double *row_slot(struct reading *reading)
{
    size_t in_block = reading->rows % BLOCK_ROWS;
    if (in_block == 0) {
        reading->blocks = arena_grow(reading->scratch, reading->blocks, reading->block_count,
                                     sizeof *reading->blocks);
        reading->blocks[reading->block_count++] =
            arena_array(reading->scratch, BLOCK_ROWS, reading->columns * sizeof **reading->blocks);
    }
    return reading->blocks[reading->block_count - 1] + in_block * reading->columns;
}

static void row_read(struct reading *reading, const struct csv_row *row)
{
    if (!csv_row_check(reading->csv, row, reading->diags))
        return;
    double *values = row_slot(reading);
    for (size_t i = 0; i < reading->columns; i++) {
        const char *why = "the cell is empty";
        if (row->cells[i].length == 0 || !column_value(&reading->schemas[i], &row->cells[i],
                                                       &values[i], reading->diags->arena, &why))
            csv_fault_row(reading->csv, row, i, why, NULL, reading->diags);
        else if (!isfinite(values[i]))
            csv_fault_row(reading->csv, row, i, "the number is too large", NULL, reading->diags);
    }
    reading->rows++;
}

static enum status rows_read(struct reading *reading)
{
    struct csv *csv = reading->csv;
    struct diags *diags = reading->diags;
    struct csv_row row;
    while (csv_next(csv, &row)) {
        if (row.number > DRAW_TABLE_MOST / reading->columns)
            return csv_fault(csv, 0, 0,
                             arena_printf(diags->arena,
                                          "the table has more than %d values: they are held in "
                                          "memory",
                                          DRAW_TABLE_MOST),
                             "make fewer draws, or name fewer facts", diags);
        if (diags->errors < reading->errors + DIAGS_MOST)
            row_read(reading, &row);
    }
    if (csv_end_check(csv, diags) != STATUS_OK)
        return STATUS_IO;
    if (diags->errors > reading->errors)
        return STATUS_SCENARIO;
    if (reading->rows == 0)
        return csv_fault(csv, 0, 0, "the table has a header and no rows: one row is one draw", NULL,
                         diags);
    if (csv_ended_open(csv))
        return csv_fault(csv, 0, 0, "the last row ends without a line break: it may be cut off",
                         "end the file with a line break", diags);
    return STATUS_OK;
}

/* --- what follows for the premises ----------------------------------------------------------- */

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* A fact of the table is as uncertain as the column says. */
static void premise_fill(const struct reading *reading, size_t column)
{
    struct arena *arena = reading->scenario->arena;
    struct premise *premise = reading->premises[column];
    double *drawn = arena_array(arena, reading->rows, sizeof *drawn);
    double *sorted = arena_array(arena, reading->rows, sizeof *sorted);
    for (uint64_t i = 0; i < reading->rows; i++)
        drawn[i] = reading->blocks[i / BLOCK_ROWS][i % BLOCK_ROWS * reading->columns + column];
    memcpy(sorted, drawn, reading->rows * sizeof *sorted);
    qsort(sorted, reading->rows, sizeof *sorted, by_value);
    struct distribution *distribution = arena_alloc(arena, sizeof *distribution);
    *distribution = (struct distribution){
        .kind = DISTRIBUTION_SAMPLES, .scale = 1, .values = sorted, .count = (size_t)reading->rows};
    premise->distribution = distribution;
    premise->drawn = drawn;
}

static void record_input(struct plugin_library *library, const struct csv *csv,
                         struct hasher *hasher)
{
    uint64_t size, all;
    char hash[HASH_TEXT];
    csv_progress(csv, &size, &all);
    hasher_finish(hasher, hash);
    library_record_hashed(library, "draws", size, hash);
}

static enum status read_table(struct reading *reading, struct plugin_library *library,
                              const char *path)
{
    struct hasher *hasher = hasher_new(reading->scratch);
    enum status status =
        csv_open_hashed(reading->scratch, path, hasher, &reading->csv, reading->diags);
    if (status == STATUS_OK)
        status = columns_find(reading);
    if (status == STATUS_OK)
        status = rows_read(reading);
    if (status == STATUS_OK)
        record_input(library, reading->csv, hasher);
    return status;
}

enum status draw_table_read(struct plugin_library *library, struct scenario *scenario,
                            const char *path, struct draw_table **table, struct diags *diags)
{
    struct arena *scratch = arena_child(scenario->arena);
    struct reading reading = {
        .scratch = scratch, .scenario = scenario, .diags = diags, .errors = diags->errors};
    enum status status = read_table(&reading, library, path);
    for (size_t i = 0; status == STATUS_OK && i < reading.columns; i++)
        premise_fill(&reading, i);
    arena_release(scratch);
    if (status != STATUS_OK)
        return status;
    struct draw_table *made = arena_alloc(scenario->arena, sizeof *made);
    *made = (struct draw_table){arena_string(scenario->arena, path), reading.rows, reading.premises,
                                reading.columns};
    *table = made;
    return STATUS_OK;
}

enum status draw_table_check(const struct draw_table *table, struct diags *diags)
{
    for (size_t i = 0; table != NULL && i < table->count; i++) {
        const struct premise *premise = table->premises[i];
        if (premise->accepted == NULL)
            continue;
        struct diag diag = {
            .status = STATUS_SCENARIO,
            .place = {arena_string(diags->arena, table->file), 1, 0},
            .width = 1,
            .message = arena_printf(diags->arena,
                                    "column `%s`: the accepted argument `%s` sets it, so it is not "
                                    "drawn",
                                    premise->path, premise->accepted),
            .remedy = "leave the column out"};
        diags_add(diags, &diag);
    }
    return diags_status(diags);
}

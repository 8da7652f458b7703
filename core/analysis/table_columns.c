/* The columns of a table: which fact each gives, and the values of a row. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/table_parts.h"

/* --- the header ------------------------------------------------------------------------------ */

static enum status column_fault(struct table *table, const char *remedy, const char *why,
                                const char *name)
{
    const char *message =
        arena_printf(table->arena, "column `%s` %s", text_shown(table->arena, name), why);
    return csv_fault(table->csv, 1, 0, message, remedy, table->diags);
}

static enum status unknown_column(struct table *table, const char *name)
{
    size_t count;
    const char *const *names = facts_names(table->arena, &table->facts, &count);
    const char *near = suggest(name, names, count);
    const char *remedy = near != NULL
                             ? arena_printf(table->arena, "did you mean `%s`?", near)
                             : arena_printf(table->arena,
                                            "`assize regimes %s` lists the columns; one called "
                                            "`id` is handed through",
                                            table->facts.kind);
    return column_fault(table, remedy, "is no fact that the regime reads", name);
}

static struct table_entry *entry_find(struct table *table, const char *name)
{
    for (size_t i = 0; i < table->entry_count; i++)
        if (strcmp(table->entries[i].name, name) == 0)
            return &table->entries[i];
    return NULL;
}

static double *chunk_values(struct table *table)
{
    return arena_array(table->arena, TABLE_CHUNK, sizeof(double));
}

/* "groups.2.level": its entry is "groups.2", in the list `groups`. */
static enum status column_in_list(struct table *table, struct table_column *column)
{
    const char *last = strrchr(column->name, '.');
    const char *entry_name =
        arena_string_n(table->arena, column->name, (size_t)(last - column->name));
    const char *number = strrchr(entry_name, '.') + 1;
    bool in_case;
    const char *list_name =
        arena_string_n(table->arena, entry_name, (size_t)(number - 1 - entry_name));
    const struct schema *list = facts_schema(&table->facts, list_name, &in_case);
    unsigned long at = strtoul(number, NULL, 10);
    if (at < 1 || (double)at > list->high || number[strspn(number, "0123456789")] != '\0')
        return column_fault(
            table, arena_printf(table->arena, "entries are numbered from 1 to %.0f", list->high),
            "stands in no entry of the list", column->name);
    struct table_entry *entry = entry_find(table, entry_name);
    if (entry == NULL) {
        table->entries =
            arena_grow(table->arena, table->entries, table->entry_count, sizeof *table->entries);
        entry = &table->entries[table->entry_count++];
        *entry = (struct table_entry){entry_name, list, chunk_values(table)};
    }
    column->use = COLUMN_ENTRY;
    column->entry = (size_t)(entry - table->entries);
    return STATUS_OK;
}

/* Whether the name reaches into a list: "groups.2.level", of which "groups" is one. */
static bool is_in_list(struct table *table, const char *name)
{
    const char *last = strrchr(name, '.'), *before = last;
    while (before != NULL && before > name && *--before != '.')
        continue;
    if (last == NULL || before == NULL || *before != '.')
        return false;
    bool in_case;
    const char *list = arena_string_n(table->arena, name, (size_t)(before - name));
    const struct schema *schema = facts_schema(&table->facts, list, &in_case);
    return schema != NULL && schema->kind == SCHEMA_LIST;
}

static bool is_entry_field(const struct schema *schema)
{
    return schema->kind <= SCHEMA_LABEL;
}

static enum status column_init(struct table *table, struct table_column *column)
{
    bool in_case;
    column->schema = facts_schema(&table->facts, column->name, &in_case);
    column->values = chunk_values(table);
    if (column->schema == NULL && strcmp(column->name, "id") == 0) {
        column->use = COLUMN_ID;
        table->id = column;
        return STATUS_OK;
    }
    if (column->schema == NULL)
        return unknown_column(table, column->name);
    if (facts_find(&table->facts, column->name) != NULL)
        return column_fault(table, "leave one of the two out", "is given for all rows already",
                            column->name);
    if (is_in_list(table, column->name) && is_entry_field(column->schema))
        return column_in_list(table, column);
    switch (column->schema->kind) {
    case SCHEMA_NUMBER:
    case SCHEMA_TRUTH:
    case SCHEMA_LABEL:
        column->use = COLUMN_VALUE;
        return STATUS_OK;
    case SCHEMA_FACT:
        column->use = COLUMN_FACT;
        return STATUS_OK;
    case SCHEMA_TEXT:
    case SCHEMA_DATE:
    case SCHEMA_COUNT:
    case SCHEMA_DATA:
        column->use = COLUMN_STRUCTURE;
        return STATUS_OK;
    default:
        return column_fault(table, "give its values in columns such as `name.1.key`",
                            "holds more than one value", column->name);
    }
}

enum status table_columns_read(struct table *table)
{
    size_t count;
    const struct csv_cell *names = csv_header(table->csv, &count);
    table->columns = arena_array(table->arena, count, sizeof *table->columns);
    for (size_t i = 0; i < count; i++) {
        table->columns[i].name = names[i].text;
        column_init(table, &table->columns[i]);
    }
    table->column_count = count;
    return diags_status(table->diags);
}

/* --- a row ----------------------------------------------------------------------------------- */

static void key_add_text(struct table *table, const struct csv_cell *cell)
{
    uint32_t length = (uint32_t)cell->length;
    text_add_char(&table->key, 't');
    text_add_n(&table->key, (const char *)&length, sizeof length);
    text_add_n(&table->key, cell->text, cell->length);
}

/* A fact without a declared kind is what its cell looks like. A name is structure. */
static const struct schema *fact_kind(const struct csv_cell *cell)
{
    static const struct schema number = {
        .kind = SCHEMA_NUMBER, .unit_scale = 1, .low = -HUGE_VAL, .high = HUGE_VAL};
    static const struct schema truth = {.kind = SCHEMA_TRUTH};
    bool digit = isdigit((unsigned char)cell->text[cell->text[0] == '-' && cell->length > 1]) != 0;
    bool is_truth = csv_cell_is(cell, "true") || csv_cell_is(cell, "false");
    return is_truth ? &truth : digit ? &number : NULL;
}

struct reading {
    struct table *table;
    struct table_row *row;
    const struct csv_row *raw;
    size_t at; /* in the chunk */
};

static void cell_value(struct reading *reading, struct table_column *column,
                       const struct schema *schema, const struct csv_cell *cell)
{
    const char *fault = NULL;
    if (column_value(schema, cell, &column->values[reading->at], reading->table->chunk, &fault))
        return;
    table_row_fault(reading->table, reading->row, (struct table_columns){&column->name, 1},
                    csv_cell_column(reading->raw, cell), fault);
}

static void read_plain(struct reading *reading, struct table_column *column,
                       const struct csv_cell *cell)
{
    struct table *table = reading->table;
    const struct schema *schema =
        column->use == COLUMN_FACT && cell->length > 0 ? fact_kind(cell) : column->schema;
    column->values[reading->at] = 0;
    if (cell->length == 0)
        text_add_char(&table->key, '-');
    else if (column->use == COLUMN_STRUCTURE || schema == NULL)
        key_add_text(table, cell);
    else {
        text_add_char(&table->key, schema->kind == SCHEMA_TRUTH ? 'b' : 'v');
        cell_value(reading, column, schema, cell);
    }
}

/* An entry is present where any of its cells is filled; then all must be. */
static void read_entry(struct reading *reading, struct table_column *column,
                       const struct csv_cell *cell)
{
    struct table *table = reading->table;
    double *present = &table->entries[column->entry].present[reading->at];
    column->values[reading->at] = 0;
    bool filled = cell->length > 0;
    if (filled)
        cell_value(reading, column, column->schema, cell);
    if (*present >= 0 && (*present > 0) != filled)
        table_row_fault(table, reading->row, (struct table_columns){&column->name, 1}, 0,
                        "an entry of a list is given whole or not at all");
    *present = filled;
}

static void read_cells(struct reading *reading)
{
    struct table *table = reading->table;
    for (size_t i = 0; i < table->entry_count; i++)
        table->entries[i].present[reading->at] = -1;
    for (size_t i = 0; i < table->column_count; i++) {
        struct table_column *column = &table->columns[i];
        const struct csv_cell *cell = &reading->raw->cells[i];
        if (column->use == COLUMN_ID) {
            reading->row->id = arena_string_n(table->chunk, cell->text, cell->length);
            reading->row->id_length = cell->length;
        } else if (column->use == COLUMN_ENTRY)
            read_entry(reading, column, cell);
        else
            read_plain(reading, column, cell);
    }
}

/* Finds the graph of a row that is well formed. */
static void row_place(struct table *table, struct table_row *made, const struct csv_row *row)
{
    made->key = table_key_find(table, row);
    if (made->key == NULL)
        table_row_fault(table, made, no_columns, 0,
                        "more combinations of editions, texts and missing facts than one table may "
                        "have");
    else if (made->key->refused != NULL)
        table_row_fault(table, made, no_columns, 0, made->key->refused);
    else
        made->group = made->key->group;
}

void table_row_read(struct table *table, const struct csv_row *row)
{
    struct table_row *made = &table->rows[table->row_count];
    struct reading reading = {table, made, row, table->row_count++};
    *made = (struct table_row){.number = row->number, .line = row->line, .group = UINT32_MAX};
    made->raw = row->raw;
    made->raw_length = row->raw_length;
    table->key.length = 0;
    if (csv_row_is_whole(table->csv, row))
        read_cells(&reading);
    else
        table_row_fault(table, made, no_columns, row->fault_column,
                        csv_row_fault(table->csv, row, "the row", table->chunk));
    if (made->fault == NULL)
        row_place(table, made, row);
    bool keep = made->fault != NULL || table->request->rejects != NULL;
    made->raw = keep ? arena_string_n(table->chunk, row->raw, row->raw_length) : NULL;
}

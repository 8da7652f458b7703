#include "scenario/records_parts.h"

#include <math.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* --- small parts --------------------------------------------------------------------------- */

static struct tree *map_child(struct reader *reader, struct tree *map, const char *key,
                              const char *remedy)
{
    struct tree *child = tree_child(map, key);
    if (child == NULL || (child->kind == TREE_MAP && child->count > 0))
        return child;
    fault_report(reader, fault_at_value(child, remedy, NULL), "`%s` must be a map", child->path);
    return NULL;
}

static void fault_lacks(struct reader *reader, const struct tree *map, const char *key,
                        const char *remedy)
{
    fault_report(reader, fault_at_key(map, remedy, NULL), "`%s.%s` is missing", map->path, key);
}

static const char *text_child(struct reader *reader, struct tree *map, const char *key)
{
    struct tree *child = tree_child(map, key);
    return child != NULL ? text_value(reader, child) : NULL;
}

static bool truth_child(struct reader *reader, struct tree *map, const char *key)
{
    struct tree *child = tree_child(map, key);
    bool value = false;
    return child != NULL && truth_value(reader, child, &value) && value;
}

bool record_names_read(struct reader *reader, struct tree *map, struct record_name **names,
                       size_t *count)
{
    size_t errors = reader->diags->errors;
    if (map->kind != TREE_MAP || map->count == 0) {
        fault_report(reader, fault_at_value(map, "write `{1: drug, 2: fraud}`", NULL),
                     "`%s` must be a map of texts of the file and their names", map->path);
        return false;
    }
    *names = arena_array(reader->arena, map->count, sizeof **names);
    for (struct tree *child = map->first; child != NULL; child = child->next) {
        const char *name = text_value(reader, child);
        if (name != NULL)
            (*names)[(*count)++] = (struct record_name){child->key, name};
    }
    return reader->diags->errors == errors;
}

/* --- codes --------------------------------------------------------------------------------- */

bool record_code_applies(const struct record_code *code, const char *column)
{
    return code->column == NULL || (column != NULL && strcmp(code->column, column) == 0);
}

/* One text has one name in a column. */
static bool code_is_free(struct reader *reader, const struct records *records,
                         const struct record_code *made)
{
    for (size_t i = 0; i < records->code_count; i++) {
        const struct record_code *code = &records->codes[i];
        bool meets =
            code->column == NULL || made->column == NULL || strcmp(code->column, made->column) == 0;
        if (!meets || strcmp(code->text, made->text) != 0)
            continue;
        struct diag diag = fault_at_value(made->node, "a text has one name in a column", NULL);
        diag.also = code->node->place;
        diag.also_note = "the other name";
        fault_report(reader, diag, "`%s` is the text of two codes",
                     text_shown(reader->arena, made->text));
        return false;
    }
    return true;
}

static void code_add(struct reader *reader, struct records *records, struct tree *node,
                     const char *name, const char *column)
{
    const char *text = text_value(reader, node);
    struct record_code code = {name, text, column, node};
    if (text == NULL || !code_is_free(reader, records, &code))
        return;
    records->codes = arena_grow(reader->arena, records->codes, records->code_count, sizeof code);
    records->codes[records->code_count++] = code;
}

/* `name: text`, or `name: [text, ...]`. */
static void code_read(struct reader *reader, struct records *records, struct tree *node,
                      const char *column)
{
    if (!key_is_id(node->key)) {
        fault_report(reader,
                     fault_at_key(node, "a letter, then letters, digits, `-` and `_`", NULL),
                     "`%s` cannot be the name of a code", text_shown(reader->arena, node->key));
        return;
    }
    if (node->kind != TREE_LIST) {
        code_add(reader, records, node, node->key, column);
        return;
    }
    for (struct tree *item = node->first; item != NULL; item = item->next)
        code_add(reader, records, item, node->key, column);
}

/* A map below `codes:` holds the codes of the column that its key names. */
static void codes_read(struct reader *reader, struct records *records, struct tree *map)
{
    for (struct tree *child = map->first; child != NULL; child = child->next) {
        if (child->kind != TREE_MAP) {
            code_read(reader, records, child, NULL);
            continue;
        }
        for (struct tree *code = child->first; code != NULL; code = code->next)
            code_read(reader, records, code, child->key);
    }
}

/* --- the parts ----------------------------------------------------------------------------- */

static void class_names_check(struct reader *reader, const struct records *records,
                              const struct tree *map)
{
    const struct tree *node = map->first;
    for (size_t i = 0; i < records->class_name_count; i++, node = node->next) {
        const char *why = class_name_fault(records->class_names[i].name);
        if (why != NULL)
            fault_report(reader, fault_at_value(node, why, NULL),
                         "`%s` cannot be the name of a class",
                         text_shown(reader->arena, records->class_names[i].name));
    }
}

static void class_read(struct reader *reader, struct records *records)
{
    static const char *const keys[] = {"column", "names", "note", "title"};
    struct tree *node = tree_child(records->tree, "class");
    if (node == NULL)
        return;
    records->class_node = node;
    if (node->kind != TREE_MAP) {
        records->class_column = text_value(reader, node);
        return;
    }
    check_keys(reader, node, keys, COUNT_OF(keys));
    struct tree *names = tree_child(node, "names");
    records->class_column = text_child(reader, node, "column");
    if (tree_child(node, "column") == NULL)
        fault_lacks(reader, node, "column", "add `column:` with the name of a column");
    if (names != NULL &&
        record_names_read(reader, names, &records->class_names, &records->class_name_count))
        class_names_check(reader, records, names);
}

static void missing_read(struct reader *reader, struct records *records)
{
    static const char *const names[] = {"refuse", "drop"};
    struct tree *node = tree_child(records->tree, "missing");
    const char *text = node != NULL ? text_value(reader, node) : NULL;
    if (text == NULL)
        return;
    records->drops = strcmp(text, "drop") == 0;
    if (!records->drops && strcmp(text, "refuse") != 0)
        fault_report(reader,
                     fault_at_value(node, remedy_for_name(reader->arena, text, names, 2), NULL),
                     "rows that lack a value are refused or dropped, not `%s`",
                     text_shown(reader->arena, text));
}

static void smallest_read(struct reader *reader, struct records *records)
{
    struct tree *node = tree_child(records->tree, "smallest_cell");
    double value = RECORDS_CELL;
    records->smallest_cell = RECORDS_CELL;
    if (node == NULL || !plain_number(reader, node, &value))
        return;
    if (value >= 1 && value <= 1e9 && floor(value) == value)
        records->smallest_cell = (uint64_t)value;
    else
        fault_report(reader, fault_at_value(node, "a whole number of persons, 1 or more", NULL),
                     "`%s` cannot be %s", node->path, text_shown(reader->arena, node->text));
}

/* The weight is the share of each person; it stands behind the columns that are written. */
static void weight_read(struct reader *reader, struct records *records, struct tree *map)
{
    struct tree *node = tree_child(map, "weight");
    struct record_column share = {.name = "weight", .per = 1, .node = node != NULL ? node : map};
    if (node != NULL)
        share.column = text_value(reader, node);
    record_column_add(reader, records, &share);
}

static void standing_take(struct reader *reader, struct records *records, const struct tree *map)
{
    if (map->standing != NULL) {
        records->status = map->standing->status;
        records->source = map->standing->source;
        return;
    }
    fault_report(reader, fault_at_key(map, "add `source:` or `status: illustrative` to them", NULL),
                 "the records have neither a source nor a status");
}

static void parts_read(struct reader *reader, struct records *records, struct tree *map)
{
    records->file = text_child(reader, map, "file");
    if (tree_child(map, "file") == NULL)
        fault_lacks(reader, map, "file", "add `file:` with the name of a CSV file");
    struct tree *codes = map_child(reader, map, "codes", "write `{life: 9996}`");
    if (codes != NULL)
        codes_read(reader, records, codes);
    class_read(reader, records);
    missing_read(reader, records);
    smallest_read(reader, records);
    records->is_private = truth_child(reader, map, "private");
    records->columns_tree =
        map_child(reader, map, "columns", "write `{quantity: name of a column, ...}`");
    if (tree_child(map, "columns") == NULL)
        fault_lacks(reader, map, "columns", "add `columns:` with what stands in every case");
    if (records->columns_tree != NULL)
        record_columns_read(reader, records, records->columns_tree);
    weight_read(reader, records, map);
    standing_take(reader, records, map);
}

void records_read(struct reader *reader)
{
    static const char *const keys[] = {"file",    "columns", "weight",        "class",
                                       "missing", "codes",   "private",       "source",
                                       "status",  "note",    "smallest_cell", "title"};
    struct tree *root = reader->scenario->root;
    struct tree *map = map_child(reader, root, "records", "write `{file: ..., columns: ...}`");
    const struct tree *cases = tree_child(root, "cases");
    size_t errors = reader->diags->errors;
    if (map == NULL)
        return;
    if (cases != NULL) {
        struct diag diag = fault_at_key(map, "keep one of them", NULL);
        diag.also = cases->key_place;
        diag.also_note = "the cases";
        fault_report(reader, diag, "`records` stand in place of `cases`, not beside them");
    }
    struct records *records = arena_alloc(reader->arena, sizeof *records);
    records->tree = map;
    check_keys(reader, map, keys, COUNT_OF(keys));
    parts_read(reader, records, map);
    if (reader->diags->errors == errors)
        reader->scenario->records = records;
}

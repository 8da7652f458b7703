/* `columns:` of the records: which leaves stand in a column of the file, and which hold for all. */
#include <string.h>

#include "scenario/records_parts.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { ABOVE = sizeof "records.columns." - 1 }; /* bytes of a leaf's path that name no leaf */

struct leaves {
    struct reader *reader;
    struct records *records;
};

size_t record_column_add(struct reader *reader, struct records *records,
                         const struct record_column *column)
{
    records->columns =
        arena_grow(reader->arena, records->columns, records->column_count, sizeof *column);
    records->columns[records->column_count++] = *column;
    return records->column_count;
}

bool record_leaf_is_column(const struct tree *node)
{
    if (node->kind == TREE_MAP)
        return tree_child(node, "column") != NULL;
    return node->kind == TREE_SCALAR && node->scalar == SCALAR_TEXT;
}

/* --- codes --------------------------------------------------------------------------------- */

static bool code_known(const struct leaves *leaves, const char *name, const char *column)
{
    for (size_t i = 0; i < leaves->records->code_count; i++) {
        const struct record_code *code = &leaves->records->codes[i];
        if (strcmp(code->name, name) == 0 && record_code_applies(code, column))
            return true;
    }
    return false;
}

static void code_check(struct leaves *leaves, struct diag diag, const char *name,
                       const char *column)
{
    const struct records *records = leaves->records;
    struct arena *arena = leaves->reader->arena;
    if (name == NULL || code_known(leaves, name, column))
        return;
    const char **names = arena_array(arena, records->code_count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < records->code_count; i++)
        if (record_code_applies(&records->codes[i], column))
            names[count++] = records->codes[i].name;
    diag.remedy = count > 0 ? remedy_for_name(arena, name, names, count)
                            : arena_printf(arena, "add it to `records.codes`: {%s: text of a cell}",
                                           text_shown(arena, name));
    fault_report(leaves->reader, diag, "there is no code `%s`", text_shown(arena, name));
}

static void codes_check(struct leaves *leaves, const struct record_column *column)
{
    struct tree *codes = column->codes;
    if (codes == NULL)
        return;
    if (codes->kind != TREE_MAP || codes->count == 0) {
        fault_report(leaves->reader, fault_at_value(codes, "write `{life: 470 month}`", NULL),
                     "`%s` must be a map of codes and what they count as", codes->path);
        return;
    }
    for (struct tree *child = codes->first; child != NULL; child = child->next)
        code_check(leaves, fault_at_key(child, NULL, NULL), child->key, column->column);
}

/* --- leaves -------------------------------------------------------------------------------- */

/* From here on a leaf that stands in a column is one scalar. */
static void leaf_make(struct leaves *leaves, struct tree *node, const struct record_column *column)
{
    tree_mark_read(node);
    node->column = record_column_add(leaves->reader, leaves->records, column);
    node->kind = TREE_SCALAR;
    node->text = column->column;
    node->quoted = true;
    node->scalar = column->is != NULL ? SCALAR_TRUTH : SCALAR_NUMBER;
    node->unit =
        column->unit != NULL && column->unit->kind == TREE_SCALAR ? column->unit->text : NULL;
    node->first = NULL;
    node->count = 0;
}

static void per_read(struct leaves *leaves, struct tree *node, struct record_column *column)
{
    column->per = 1;
    if (node == NULL || !plain_number(leaves->reader, node, &column->per))
        return;
    column->scaled = true;
    if (!(column->per > 0))
        fault_report(leaves->reader, fault_at_value(node, "a number above 0", NULL),
                     "cells cannot be divided by %s",
                     text_shown(leaves->reader->arena, node->text));
}

static void one_use(struct leaves *leaves, struct tree *map, const struct record_column *column)
{
    int uses =
        (column->is != NULL) + (column->names != NULL) + (column->scaled || column->codes != NULL);
    if (uses > 1)
        fault_report(leaves->reader,
                     fault_at_value(map, "use the column twice, under two names", NULL),
                     "`%s` is a number (`per`, `unit`, `codes`), a truth (`is`) or a name "
                     "(`names`), not several",
                     map->path);
}

static void column_read(struct leaves *leaves, struct tree *map, const char *name)
{
    static const char *const keys[] = {"column", "per",    "unit",   "codes", "is",
                                       "names",  "source", "status", "note",  "title"};
    struct reader *reader = leaves->reader;
    struct tree *is = tree_child(map, "is"), *names = tree_child(map, "names");
    struct record_column column = {.name = name, .node = map, .unit = tree_child(map, "unit")};
    check_keys(reader, map, keys, COUNT_OF(keys));
    column.column = text_value(reader, tree_child(map, "column"));
    if (column.column == NULL)
        return;
    column.scaled = column.unit != NULL;
    per_read(leaves, tree_child(map, "per"), &column);
    column.codes = tree_child(map, "codes");
    codes_check(leaves, &column);
    column.is = is != NULL ? text_value(reader, is) : NULL;
    if (is != NULL)
        code_check(leaves, fault_at_value(is, NULL, NULL), column.is, column.column);
    if (names != NULL)
        record_names_read(reader, names, &column.names, &column.name_count);
    one_use(leaves, map, &column);
    leaf_make(leaves, map, &column);
}

/* `{constant: text}`: what would else be the name of a column. */
static void constant_read(struct leaves *leaves, struct tree *map)
{
    static const char *const keys[] = {"constant", "note"};
    struct tree *value = tree_child(map, "constant");
    check_keys(leaves->reader, map, keys, COUNT_OF(keys));
    if (value->kind != TREE_SCALAR) {
        fault_report(leaves->reader, fault_at_value(value, "write one text or number", NULL),
                     "`%s` must be one value", value->path);
        return;
    }
    map->kind = TREE_SCALAR;
    map->text = value->text;
    map->quoted = value->quoted;
    map->scalar = value->scalar;
    map->number = value->number;
    map->unit = value->unit;
    map->place = value->place;
    map->width = value->width;
    map->set = value->set;
    map->first = NULL;
    map->count = 0;
}

static void leaf_read(struct leaves *leaves, struct tree *node);

static void map_read(struct leaves *leaves, struct tree *map)
{
    for (struct tree *child = map->first; child != NULL; child = child->next) {
        if (strcmp(child->key, "like") == 0)
            fault_report(leaves->reader, fault_at_key(child, "write it out", NULL),
                         "columns cannot be `like` others");
        else if (!key_is_core(child->key))
            leaf_read(leaves, child);
    }
}

static void leaf_read(struct leaves *leaves, struct tree *node)
{
    struct reader *reader = leaves->reader;
    if (node->kind == TREE_SCALAR && node->scalar == SCALAR_TEXT) {
        const char *column = text_value(reader, node);
        struct record_column use = {
            .name = node->path + ABOVE, .column = column, .node = node, .per = 1};
        if (column != NULL)
            leaf_make(leaves, node, &use);
    } else if (node->kind != TREE_MAP || map_is_premise(node)) {
        return; /* the same for all */
    } else if (tree_child(node, "column") != NULL) {
        column_read(leaves, node, node->path + ABOVE);
    } else if (tree_child(node, "constant") != NULL) {
        constant_read(leaves, node);
    } else {
        map_read(leaves, node);
    }
}

static size_t tree_size(const struct tree *node)
{
    size_t size = 1;
    for (const struct tree *child = node->first; child != NULL; child = child->next)
        size += tree_size(child);
    return size;
}

void record_columns_read(struct reader *reader, struct records *records, struct tree *map)
{
    struct leaves leaves = {reader, records};
    const struct tree *share = tree_child(map, "share");
    if (share == NULL)
        share = tree_child(map, "class_share");
    if (tree_size(map) > RECORDS_MOST_NODES) {
        fault_report(reader, fault_at_key(map, NULL, NULL),
                     "`%s` holds more than %d keys and values", map->path, RECORDS_MOST_NODES);
        return;
    }
    if (share != NULL)
        fault_report(reader, fault_at_key(share, "write `weight:` beside `columns:`", NULL),
                     "the share of a person is his weight");
    map_read(&leaves, map);
}

/* `--set path=value`: changes of the tree before anything is checked. */
#include <string.h>

#include "scenario/premise.h"
#include "scenario/records_parts.h"

/* The text after `=`, read as YAML reads a scalar. NULL when it is no single value. */
static struct tree *value_read(struct reader *reader, const struct setting *setting)
{
    const char *name = arena_printf(reader->arena, "--set %s=%s", setting->path,
                                    text_shown(reader->arena, setting->value));
    struct buffer buffer = {name, setting->value, strlen(setting->value)};
    size_t errors = reader->diags->errors;
    if (buffer.data[strspn(buffer.data, " ")] == '\0') {
        diags_error(reader->diags, STATUS_USAGE, (struct place){name, 0, 0},
                    "a setting needs a value");
        return NULL;
    }
    struct tree *value = yaml_read(reader->arena, &buffer, reader->diags);
    if (value != NULL && value->kind == TREE_SCALAR) {
        value->place = (struct place){name, 0, 0};
        value->set = true;
        return value;
    }
    if (reader->diags->errors == errors)
        diags_error(reader->diags, STATUS_USAGE, (struct place){name, 0, 0},
                    "a setting takes one value, not a map or a list");
    return NULL;
}

static bool same_unit(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_value(const struct tree *standing, const struct tree *value)
{
    if (strcmp(standing->text, value->text) == 0)
        return standing->quoted == value->quoted || standing->scalar == value->scalar;
    return standing->scalar == SCALAR_NUMBER && value->scalar == SCALAR_NUMBER &&
           standing->number == value->number && same_unit(standing->unit, value->unit);
}

static bool is_median(struct reader *reader, struct tree *map, const struct tree *value)
{
    double median;
    const struct tree *unit = tree_child(map, "unit");
    const char *unit_text = unit != NULL && unit->kind == TREE_SCALAR ? unit->text : NULL;
    return value->scalar == SCALAR_NUMBER &&
           (value->unit == NULL || same_unit(value->unit, unit_text)) &&
           premise_median(reader, map, &median) && median == value->number;
}

static void scalar_write(struct tree *node, const struct tree *value)
{
    node->kind = TREE_SCALAR;
    node->first = NULL;
    node->count = 0;
    node->text = value->text;
    node->quoted = value->quoted;
    node->scalar = value->scalar;
    node->number = value->number;
    node->unit = value->unit;
    node->place = node->key_place = value->place;
    node->width = node->key_width = 1;
    node->set = true;
}

/* Drops what no longer holds once the value is another: the distribution, and the unit when the
 * value brings its own. */
static void map_clear(struct tree *map, bool unit_too)
{
    static const char *const names[] = {"uniform", "triangular", "normal",  "lognormal",
                                        "beta",    "choice",     "samples", "value"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct tree *child = tree_child(map, names[i]);
        if (child != NULL)
            tree_remove(child);
    }
    struct tree *unit = unit_too ? tree_child(map, "unit") : NULL;
    if (unit != NULL)
        tree_remove(unit);
}

static void map_write(struct reader *reader, struct tree *map, const struct tree *value)
{
    struct tree *standing = tree_child(map, "value");
    bool stands = standing != NULL && standing->kind == TREE_SCALAR ? same_value(standing, value)
                                                                    : is_median(reader, map, value);
    if (stands)
        return;
    map_clear(map, value->unit != NULL);
    struct tree *child = arena_alloc(reader->arena, sizeof *child);
    child->key = "value";
    child->path = path_join(reader->arena, map->path, "value");
    scalar_write(child, value);
    tree_append(map, child);
    map->set = true;
}

/* The map of a premise that `node` is a number of, or NULL. */
static struct tree *premise_above(struct tree *node)
{
    for (int up = 0; up < 2 && node->parent != NULL; up++) {
        node = node->parent;
        if (map_is_premise(node))
            return node;
    }
    return NULL;
}

void setting_write(struct reader *reader, struct tree *node, const struct tree *value)
{
    if (node->kind == TREE_MAP) {
        map_write(reader, node, value);
        return;
    }
    if (same_value(node, value))
        return;
    scalar_write(node, value);
    struct tree *map = premise_above(node);
    if (map != NULL && !key_is_core(node->key != NULL ? node->key : ""))
        map->set = true;
}

/* A value that stands inside a list or map is set by its own path. */
static void fault_not_one_value(struct reader *reader, const struct tree *node,
                                const struct tree *value)
{
    struct diag diag = {.status = STATUS_USAGE, .place = value->place, .width = 1};
    if (node->first != NULL)
        diag.remedy =
            arena_printf(reader->arena, "set one of its values: `%s`, ...", node->first->path);
    fault_report(reader, diag, "%s is no single value", node_name(reader->arena, node));
}

/* Kept for scenario_bind(): the path may be that of a default. */
static void pending_add(struct reader *reader, const struct setting *setting, struct tree *value)
{
    struct scenario *scenario = reader->scenario;
    value->path = arena_string(reader->arena, setting->path);
    scenario->pending = arena_grow(reader->arena, scenario->pending, scenario->pending_count,
                                   sizeof(struct tree *));
    scenario->pending[scenario->pending_count++] = value;
}

static bool is_record_column(const struct tree *node)
{
    static const char above[] = "records.columns.";
    const struct tree *map = node->parent;
    bool part = map != NULL && (tree_child(map, "column") != NULL || map_is_premise(map) ||
                                tree_child(map, "constant") != NULL);
    return strncmp(node->path, above, sizeof above - 1) == 0 && record_leaf_is_column(node) &&
           !part && !key_is_core(node->key);
}

static void fault_column(struct reader *reader, const struct tree *node, const struct tree *value)
{
    struct diag diag = {.status = STATUS_USAGE,
                        .place = value->place,
                        .width = 1,
                        .also = node->place,
                        .also_note = "the column",
                        .remedy = "what stands in the records is data: it cannot be set"};
    fault_report(reader, diag, "%s comes from a column", node_name(reader->arena, node));
}

/* A leaf as it stands: a premise's number or its map. */
static void setting_put(struct reader *reader, struct tree *node, const struct tree *value)
{
    bool is_value = node->key != NULL && strcmp(node->key, "value") == 0;
    if (is_value && node->kind == TREE_SCALAR)
        node = node->parent;
    if (node->column != 0 || is_record_column(node))
        fault_column(reader, node, value);
    else if (node->kind == TREE_SCALAR || map_is_premise(node))
        setting_write(reader, node, value);
    else
        fault_not_one_value(reader, node, value);
}

void settings_apply_pending(struct reader *reader)
{
    for (size_t i = 0; i < reader->scenario->pending_count; i++) {
        struct tree *value = reader->scenario->pending[i];
        struct tree *node = tree_find(reader->scenario->root, value->path);
        if (node == NULL)
            continue;
        value->read = true;
        setting_put(reader, node, value);
    }
}

static void setting_apply(struct reader *reader, const struct setting *setting)
{
    struct tree *value = value_read(reader, setting);
    if (value == NULL)
        return;
    struct tree *node = tree_find(reader->scenario->root, setting->path);
    if (node == NULL) {
        pending_add(reader, setting, value);
        return;
    }
    setting_put(reader, node, value);
}

void settings_apply(struct reader *reader, const struct setting *settings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        setting_apply(reader, &settings[i]);
}

/* The structure that a plugin's session sees: names, kinds, units and labels, never a value. */
#include <string.h>

#include "scenario/bind.h"

struct shaper {
    struct scenario *scenario;
    struct arena *arena;
    const struct use *use;
};

static void shape_span(struct shaper *shaper, const struct schema *schema, const struct span *span,
                       struct shape *shape);

/* --- leaves ------------------------------------------------------------------------------- */

static void shape_premise(struct shaper *shaper, const struct span *span, size_t slot,
                          struct shape *shape)
{
    const char *path = slot_path(shaper->arena, span, slot);
    const struct premise *premise = scenario_premise(shaper->scenario, path);
    *shape = (struct shape){.kind = SHAPE_PREMISE, .name = shape->name, .path = path};
    if (premise == NULL)
        return;
    shape->value_kind = premise->kind;
    shape->unit = premise->unit;
    shape->labels = premise->labels;
    shape->label_count = premise->label_count;
}

static void shape_plain(struct shaper *shaper, const struct schema *schema, const struct span *span,
                        size_t slot, struct shape *shape)
{
    const struct tree *node = span->slots[slot].node;
    *shape = (struct shape){
        .kind = SHAPE_TEXT, .name = shape->name, .path = slot_path(shaper->arena, span, slot)};
    if (schema->kind != SCHEMA_COUNT) {
        shape->text = node != NULL ? node->text : schema->text_default;
        return;
    }
    shape->kind = SHAPE_COUNT;
    shape->count = (uint64_t)(node != NULL ? node->number : schema->value);
}

static void shape_leaf(struct shaper *shaper, const struct schema *schema, const struct span *span,
                       size_t slot, struct shape *shape)
{
    bool plain =
        schema->kind == SCHEMA_TEXT || schema->kind == SCHEMA_DATE || schema->kind == SCHEMA_COUNT;
    if (plain)
        shape_plain(shaper, schema, span, slot, shape);
    else
        shape_premise(shaper, span, slot, shape);
}

static void shape_leaves(struct shaper *shaper, const struct schema *schema,
                         const struct span *span, struct shape *shape)
{
    if (!span->by_case) {
        shape_leaf(shaper, schema, span, 0, shape);
        return;
    }
    shape->kind = SHAPE_CASES;
    shape->children = arena_array(shaper->arena, span->count, sizeof *shape->children);
    shape->child_count = span->count;
    for (size_t i = 0; i < span->count; i++) {
        shape->children[i].name = shaper->scenario->cases[i];
        shape_leaf(shaper, schema, span, i, &shape->children[i]);
    }
}

/* --- tables of data ----------------------------------------------------------------------- */

static const char *item_name(struct shaper *shaper, const struct tree *node, size_t number)
{
    return node->key != NULL ? node->key : arena_printf(shaper->arena, "%zu", number);
}

/* The value that stands for a number of a table in this use: its own, or the one it is set to. */
static struct tree *value_in_use(const struct shaper *shaper, struct tree *node)
{
    for (size_t i = 0; i < shaper->use->change_count; i++)
        if (data_changed(shaper->scenario, shaper->use->changes[i].path) == node)
            return shaper->use->changes[i].value;
    return node;
}

static void shape_data(struct shaper *shaper, struct tree *node, struct shape *shape)
{
    shape->path = node->path;
    if (node->kind == TREE_SCALAR && node->premise == 0) {
        shape->kind = SHAPE_TEXT;
        shape->text = node->text;
        return;
    }
    if (node->kind == TREE_SCALAR) {
        struct slot slot = {node->parent, value_in_use(shaper, node)};
        struct span span = {.name = node->key, .slots = &slot, .count = 1};
        shape_premise(shaper, &span, 0, shape);
        return;
    }
    shape->kind = SHAPE_TABLE;
    shape->children = arena_array(shaper->arena, node->count, sizeof *shape->children);
    for (struct tree *child = node->first; child != NULL; child = child->next) {
        struct shape *made = &shape->children[shape->child_count++];
        made->name = item_name(shaper, child, shape->child_count);
        shape_data(shaper, child, made);
    }
}

static void shape_table(struct shaper *shaper, const struct schema *schema, const struct span *span,
                        struct shape *shape)
{
    const struct tree *node = span->slots[0].node;
    const char *name = node != NULL ? node->text : schema->text_default;
    struct tree *root = name != NULL ? data_find(shaper->scenario, name) : NULL;
    shape->kind = SHAPE_TABLE;
    if (root != NULL)
        shape_data(shaper, root, shape);
}

/* --- maps --------------------------------------------------------------------------------- */

static void child_add(struct shaper *shaper, struct shape *table, const struct schema *schema,
                      const char *name, const struct span *span)
{
    struct shape *child = &table->children[table->child_count++];
    child->name = name;
    child->path = slot_path(shaper->arena, span, 0);
    shape_span(shaper, schema, span, child);
}

static bool field_is_shown(const struct schema *record, const struct schema *field,
                           const struct span *maps, const struct span *span,
                           const struct tree *shared)
{
    return field_wanted(record, field, maps, shared) &&
           (span_present(span) > 0 || schema_has_default(field));
}

static void field_add(struct shaper *shaper, const struct schema *record,
                      const struct schema *field, const struct span *maps,
                      const struct tree *shared, struct shape *table)
{
    struct span span = span_field(shaper->arena, maps, field->name, shared);
    if (field_is_shown(record, field, maps, &span, shared))
        child_add(shaper, table, field, field->name, &span);
}

static size_t field_index(const struct schema *record, const char *name)
{
    size_t i = 0;
    while (i < record->field_count && strcmp(record->fields[i].name, name) != 0)
        i++;
    return i;
}

/* First what the map itself writes, in its order; then what it takes from elsewhere. */
static void shape_record(struct shaper *shaper, const struct schema *schema,
                         const struct span *maps, const struct tree *shared, struct shape *table)
{
    bool *done = arena_array(shaper->arena, schema->field_count, sizeof *done);
    const struct tree *map = maps->slots[0].node;
    for (const struct tree *child = map->first; child != NULL; child = child->next) {
        size_t i = field_index(schema, child->key);
        if (i == schema->field_count || done[i])
            continue;
        done[i] = true;
        field_add(shaper, schema, &schema->fields[i], maps, shared, table);
    }
    for (size_t i = 0; i < schema->field_count; i++)
        if (!done[i])
            field_add(shaper, schema, &schema->fields[i], maps, shared, table);
}

static void table_open(struct shaper *shaper, struct shape *table, size_t most)
{
    table->kind = SHAPE_TABLE;
    table->children = arena_array(shaper->arena, most, sizeof *table->children);
}

static void shape_map(struct shaper *shaper, const struct schema *schema, const struct span *maps,
                      struct shape *table)
{
    const struct tree *map = maps->slots[0].node;
    table_open(shaper, table, map->count);
    for (const struct tree *child = map->first; child != NULL; child = child->next) {
        if (key_is_core(child->key))
            continue;
        struct span span = span_field(shaper->arena, maps, child->key, NULL);
        child_add(shaper, table, schema->of, child->key, &span);
    }
}

static void shape_kinds(struct shaper *shaper, const struct schema *schema, const struct span *maps,
                        struct shape *table)
{
    const struct schema *record = kind_record(schema, maps->slots[0].node);
    if (record == NULL)
        return;
    table_open(shaper, table, record->field_count);
    table->kind_text = record->name;
    shape_record(shaper, record, maps, NULL, table);
}

/* --- lists -------------------------------------------------------------------------------- */

/* What stands where an entry is absent or does not say: 0, false, the first label. An entry that is
 * written is present. */
static void shape_fixed(const struct schema *field, bool written, struct shape *shape)
{
    bool present = written && strcmp(field->name, "present") == 0;
    *shape = (struct shape){.kind = SHAPE_FIXED, .name = shape->name, .count = present ? 1 : 0};
    shape->value_kind = field->kind == SCHEMA_TRUTH   ? VALUE_TRUTH
                        : field->kind == SCHEMA_LABEL ? VALUE_LABEL
                                                      : VALUE_NUMBER;
    shape->unit = field->unit;
    shape->labels = field->labels;
    shape->label_count = field->label_count;
}

/* One field in every entry of one list. */
static void shape_places(struct shaper *shaper, const struct schema *field, struct tree *list,
                         size_t places, struct shape *children)
{
    struct tree *entry = list != NULL ? list->first : NULL;
    for (size_t i = 0; i < places; i++) {
        struct slot slot = {entry, entry != NULL ? tree_child(entry, field->name) : NULL};
        struct span span = {.name = field->name, .slots = &slot, .count = 1};
        bool stands = slot.node != NULL || (entry != NULL && schema_has_default(field));
        if (stands)
            shape_premise(shaper, &span, 0, &children[i]);
        else
            shape_fixed(field, entry != NULL, &children[i]);
        entry = entry != NULL ? entry->next : NULL;
    }
}

static void shape_entries(struct shaper *shaper, const struct schema *field,
                          const struct span *lists, size_t places, struct shape *shape)
{
    *shape = (struct shape){.kind = SHAPE_ENTRIES, .name = field->name};
    shape->path = path_join(shaper->arena, slot_path(shaper->arena, lists, 0), field->name);
    shape->child_count = lists->count * places;
    shape->children = arena_array(shaper->arena, shape->child_count, sizeof *shape->children);
    for (size_t i = 0; i < lists->count; i++)
        shape_places(shaper, field, lists->slots[i].node, places, shape->children + i * places);
}

static void shape_list(struct shaper *shaper, const struct schema *schema, const struct span *lists,
                       struct shape *shape)
{
    struct schema record = entry_schema(shaper->arena, schema);
    struct span entries = span_entries(shaper->arena, lists);
    table_open(shaper, shape, record.field_count);
    shape->kind = SHAPE_LIST;
    shape->count = (uint64_t)schema->high;
    for (size_t i = 0; i < record.field_count; i++) {
        const struct schema *field = &record.fields[i];
        struct span values = span_field(shaper->arena, &entries, field->name, NULL);
        bool shown = i == 0 || span_present(&values) > 0 || schema_has_default(field) ||
                     (entries.count == 0 && !field->optional);
        if (shown)
            shape_entries(shaper, field, lists, (size_t)schema->high,
                          &shape->children[shape->child_count++]);
    }
}

static void shape_by_case(struct shaper *shaper, const struct schema *schema,
                          const struct span *span, struct shape *shape)
{
    struct span cases = span_by_case(shaper->scenario, schema, span);
    shape_span(shaper, schema->of, &cases, shape);
}

static void shape_span(struct shaper *shaper, const struct schema *schema, const struct span *span,
                       struct shape *shape)
{
    switch (schema->kind) {
    case SCHEMA_RECORD:
        table_open(shaper, shape, schema->field_count);
        shape_record(shaper, schema, span, NULL, shape);
        break;
    case SCHEMA_MAP:
        shape_map(shaper, schema, span, shape);
        break;
    case SCHEMA_KINDS:
        shape_kinds(shaper, schema, span, shape);
        break;
    case SCHEMA_CASES:
        shape_by_case(shaper, schema, span, shape);
        break;
    case SCHEMA_DATA:
        shape_table(shaper, schema, span, shape);
        break;
    case SCHEMA_LIST:
        shape_list(shaper, schema, span, shape);
        break;
    default:
        shape_leaves(shaper, schema, span, shape);
    }
}

/* --- the three tables --------------------------------------------------------------------- */

static void shape_part(struct shaper *shaper, const struct schema *schema, struct tree *map,
                       const struct tree *shared, struct shape *table)
{
    *table = (struct shape){.kind = SHAPE_TABLE, .name = map->key, .path = map->path};
    if (schema == NULL)
        return;
    struct span maps = span_of(shaper->arena, map);
    table_open(shaper, table, schema->field_count);
    shape_record(shaper, schema, &maps, shared, table);
}

static void shape_cases(struct shaper *shaper, const struct schema *schema, struct shape *table)
{
    static const struct schema share = {.kind = SCHEMA_NUMBER, .name = "share"};
    *table = (struct shape){.kind = SHAPE_TABLE, .name = "cases", .path = "cases"};
    struct span maps = span_of_cases(shaper->scenario);
    size_t fields = schema != NULL ? schema->field_count : 0;
    table_open(shaper, table, fields + 1);
    struct span shares = span_field(shaper->arena, &maps, "share", NULL);
    child_add(shaper, table, &share, "share", &shares);
    if (schema == NULL)
        return;
    struct schema rest = *schema;
    rest.fields = arena_array(shaper->arena, fields, sizeof *rest.fields);
    rest.field_count = 0;
    for (size_t i = 0; i < fields; i++)
        if (strcmp(schema->fields[i].name, "share") != 0)
            rest.fields[rest.field_count++] = schema->fields[i];
    shape_record(shaper, &rest, &maps, NULL, table);
}

void scenario_shapes(struct scenario *scenario, const struct declaration *declaration,
                     const struct use *use, bool is_theory, struct shapes *shapes)
{
    struct shaper shaper = {scenario, scenario->arena, use};
    const struct tree *shared = is_theory ? tree_child(scenario->root, "shared") : NULL;
    shape_part(&shaper, declaration->model, tree_child(scenario->root, "model"), NULL,
               &shapes->model);
    shape_cases(&shaper, cases_with_added(shaper.arena, declaration->cases, use), &shapes->cases);
    shape_part(&shaper, declaration->params, use->tree, shared, &shapes->params);
}

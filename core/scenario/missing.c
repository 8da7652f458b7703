/* What a plugin wants and the file does not write: missing values, and settings of defaults. */
#include <string.h>

#include "scenario/bind.h"

/* --- what is missing ---------------------------------------------------------------------- */

/* How the missing value would be written. */
static const char *missing_remedy(struct arena *arena, const struct schema *schema)
{
    const struct schema *of = schema->kind == SCHEMA_CASES ? schema->of : schema;
    const char *name = schema->name, *about = schema->about != NULL ? schema->about : of->about;
    const char *what = "a value";
    if (of->moral)
        what = of->kind == SCHEMA_NUMBER
                   ? "{moral: true, value: ..., range: [..., ...]}; a moral choice has no default"
                   : "{moral: true, value: ...}; a moral choice has no default";
    else if (of->kind == SCHEMA_NUMBER)
        what = unit_is_one(&of->unit) ? "a number"
                                      : arena_printf(arena, "a number in %s", of->unit_text);
    else if (of->kind == SCHEMA_TRUTH)
        what = "true or false";
    else if (of->label_count > 0)
        what = names_listed(arena, of->labels, of->label_count);
    else if (of->kind == SCHEMA_KINDS || of->kind == SCHEMA_MAP)
        what = "a map";
    else if (of->kind == SCHEMA_LIST)
        what = "a list of maps";
    return arena_printf(arena, "add `%s`: %s%s%s%s", name, what, about != NULL ? " (" : "",
                        about != NULL ? about : "", about != NULL ? ")" : "");
}

void fault_missing(struct binder *binder, const struct schema *schema, const struct span *span,
                   size_t slot)
{
    struct reader *reader = &binder->reader;
    struct declared declared = declared_by(binder, schema);
    const char *remedy = missing_remedy(reader->arena, schema);
    bool elsewhere = span->by_case && span_present(span) > 0;
    fault_report(reader, fault_at_key(span->slots[slot].parent, remedy, &declared),
                 "`%s` is missing%s", slot_path(reader->arena, span, slot),
                 elsewhere ? ": other cases have it" : "");
}

/* An empty map where the plugin wants one with values that may all have defaults. */
struct tree *record_make(struct arena *arena, struct tree *parent, const char *key)
{
    struct tree *map = arena_alloc(arena, sizeof *map);
    map->kind = TREE_MAP;
    map->key = key;
    map->path = path_join(arena, parent->path, key);
    map->place = parent->place;
    map->key_place = parent->key_place;
    map->width = parent->width;
    map->key_width = parent->key_width;
    map->standing = parent->standing;
    map->read = true;
    tree_append(parent, map);
    return map;
}

/* --- settings of what the file does not write --------------------------------------------- */

static struct tree *pending_find(const struct scenario *scenario, const char *path)
{
    struct tree *found = NULL;
    for (size_t i = 0; i < scenario->pending_count; i++)
        if (strcmp(scenario->pending[i]->path, path) == 0) {
            found = scenario->pending[i]; /* the last one holds */
            found->read = true;
        }
    return found;
}

static bool is_default(const struct schema *schema, const struct tree *value)
{
    const struct schema *of = schema->kind == SCHEMA_CASES ? schema->of : schema;
    if (of->text_default != NULL)
        return strcmp(of->text_default, value->text) == 0;
    if (of->kind == SCHEMA_TRUTH)
        return value->scalar == SCALAR_TRUTH && (value->text[0] == 't') == (of->value > 0);
    if (of->kind == SCHEMA_LABEL)
        return strcmp(of->labels[(size_t)of->value], value->text) == 0;
    bool same_unit = value->unit == NULL ? unit_is_one(&of->unit) || value->number == 0
                                         : strcmp(value->unit, of->unit_text) == 0;
    return value->scalar == SCALAR_NUMBER && value->number == of->value && same_unit;
}

static struct tree *pending_write(struct binder *binder, const struct schema *schema,
                                  const struct slot *slot, struct tree *value)
{
    struct reader *reader = &binder->reader;
    struct tree *made;
    if (slot->node != NULL) { /* shared */
        made = tree_copy(reader->arena, slot->node, slot->parent);
        setting_write(reader, made, value);
        if (!made->set)
            return slot->node;
    } else {
        if (is_default(schema, value))
            return NULL;
        made = arena_alloc(reader->arena, sizeof *made);
        *made = *value;
        made->key = schema->name;
        made->path = path_join(reader->arena, slot->parent->path, schema->name);
        made->standing = slot->parent->standing;
    }
    tree_append(slot->parent, made);
    return made;
}

/* Puts settings of defaults and shared values into the tree, as if the user had written them. */
void pending_apply(struct binder *binder, const struct schema *schema, struct span *span)
{
    const struct scenario *scenario = binder->reader.scenario;
    for (size_t i = 0; scenario->pending_count > 0 && i < span->count; i++) {
        struct slot *slot = &span->slots[i];
        bool own = slot->node != NULL && slot->node->parent == slot->parent;
        if (own || (slot->node == NULL && !schema_has_default(schema)))
            continue;
        const char *path = path_join(binder->reader.arena, slot->parent->path, schema->name);
        struct tree *value = pending_find(scenario, path);
        if (value != NULL)
            slot->node = pending_write(binder, schema, slot, value);
    }
}

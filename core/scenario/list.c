/* Lists with a bound: entries that become the places of an axis, the same number in every case. */
#include <string.h>

#include "scenario/bind.h"

struct span span_entries(struct arena *arena, const struct span *span)
{
    struct span entries = {.name = span->name, .by_case = span->by_case};
    size_t most = 0;
    for (size_t i = 0; i < span->count; i++)
        most += span->slots[i].node != NULL ? span->slots[i].node->count : 0;
    entries.slots = arena_array(arena, most, sizeof *entries.slots);
    for (size_t i = 0; i < span->count; i++) {
        struct tree *list = span->slots[i].node;
        for (struct tree *entry = list != NULL ? list->first : NULL; entry != NULL;
             entry = entry->next)
            entries.slots[entries.count++] = (struct slot){list, entry};
    }
    return entries;
}

struct schema entry_schema(struct arena *arena, const struct schema *schema)
{
    struct schema record = *schema->of;
    record.field_count++;
    record.fields = arena_array(arena, record.field_count, sizeof *record.fields);
    record.fields[0] = (struct schema){.kind = SCHEMA_TRUTH,
                                       .name = "present",
                                       .optional = true,
                                       .unit_scale = 1,
                                       .line = schema->line};
    memcpy(record.fields + 1, schema->of->fields, schema->of->field_count * sizeof *record.fields);
    return record;
}

static bool list_check(struct binder *binder, const struct schema *schema, struct tree *list)
{
    struct reader *reader = &binder->reader;
    struct declared declared = declared_by(binder, schema);
    const char *name = node_name(reader->arena, list);
    list->read = true;
    if (list->kind == TREE_LIST && (double)list->count <= schema->high)
        return true;
    tree_mark_read(list);
    if (list->kind == TREE_LIST)
        fault_report(reader, fault_at_value(list, NULL, &declared),
                     "%s has %zu entries: at most %zu can be counted", name, list->count,
                     (size_t)schema->high);
    else
        fault_report(reader, fault_at_value(list, "write `[{...}, {...}]`", &declared),
                     "%s must be a list of maps", name);
    return false;
}

static bool entry_check(struct binder *binder, const struct schema *schema, struct tree *entry)
{
    struct declared declared = declared_by(binder, schema);
    entry->read = true;
    if (entry->kind == TREE_MAP)
        return true;
    tree_mark_read(entry);
    fault_report(&binder->reader, fault_at_value(entry, "write `{...}`", &declared),
                 "`%s` must be a map", entry->path);
    return false;
}

void bind_list(struct binder *binder, const struct schema *schema, const struct span *span)
{
    struct arena *arena = binder->reader.arena;
    bool good = true;
    for (size_t i = 0; i < span->count; i++)
        good = list_check(binder, schema, span->slots[i].node) && good;
    if (!good)
        return;
    struct span entries = span_entries(arena, span);
    for (size_t i = 0; i < entries.count; i++)
        good = entry_check(binder, schema, entries.slots[i].node) && good;
    if (!good || entries.count == 0)
        return;
    struct schema *record = arena_alloc(arena, sizeof *record); /* visits refer to it */
    *record = entry_schema(arena, schema);
    bind_record(binder, record, &entries, NULL);
}

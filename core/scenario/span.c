#include "scenario/span.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct span span_of(struct arena *arena, struct tree *node)
{
    struct slot *slot = arena_alloc(arena, sizeof *slot);
    *slot = (struct slot){node->parent, node};
    return (struct span){.name = node->key, .slots = slot, .count = 1};
}

struct span span_of_cases(const struct scenario *scenario)
{
    struct tree *cases = tree_child(scenario->root, "cases");
    struct span span = {.by_case = true, .count = scenario->case_count};
    span.slots = arena_array(scenario->arena, span.count, sizeof *span.slots);
    for (size_t i = 0; i < span.count; i++)
        span.slots[i] = (struct slot){cases, tree_child(cases, scenario->cases[i])};
    return span;
}

struct span span_field(struct arena *arena, const struct span *maps, const char *name,
                       const struct tree *shared)
{
    struct span span = {.name = name, .count = maps->count, .by_case = maps->by_case};
    span.slots = arena_array(arena, span.count, sizeof *span.slots);
    for (size_t i = 0; i < span.count; i++) {
        struct tree *map = maps->slots[i].node;
        struct tree *node = tree_child(map, name);
        span.slots[i] = (struct slot){map, node != NULL ? node : tree_child(shared, name)};
    }
    return span;
}

static bool is_premise_schema(const struct schema *schema)
{
    return schema->kind == SCHEMA_NUMBER || schema->kind == SCHEMA_TRUTH ||
           schema->kind == SCHEMA_LABEL || schema->kind == SCHEMA_FACT;
}

bool slot_is_by_case(const struct scenario *scenario, const struct schema *schema,
                     const struct slot *slot)
{
    if (slot->node == NULL || slot->node->kind != TREE_MAP)
        return false;
    for (size_t i = 0; i < scenario->case_count; i++)
        if (tree_child(slot->node, scenario->cases[i]) != NULL)
            return true;
    return is_premise_schema(schema->of) && !map_is_premise(slot->node);
}

struct span span_by_case(const struct scenario *scenario, const struct schema *schema,
                         const struct span *span)
{
    struct slot *slot = &span->slots[0];
    struct span cases = {.name = span->name, .count = scenario->case_count, .by_case = true};
    bool by_case = slot_is_by_case(scenario, schema, slot);
    cases.slots = arena_array(scenario->arena, cases.count, sizeof *cases.slots);
    for (size_t i = 0; i < cases.count; i++)
        cases.slots[i] =
            by_case ? (struct slot){slot->node, tree_child(slot->node, scenario->cases[i])} : *slot;
    return cases;
}

const char *slot_path(struct arena *arena, const struct span *span, size_t slot)
{
    const struct slot *at = &span->slots[slot];
    return at->node != NULL ? at->node->path : path_join(arena, at->parent->path, span->name);
}

size_t span_present(const struct span *span)
{
    size_t present = 0;
    for (size_t i = 0; i < span->count; i++)
        present += span->slots[i].node != NULL;
    return present;
}

static const char *text_default_of(const struct schema *record, const char *name)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (strcmp(record->fields[i].name, name) == 0)
            return record->fields[i].text_default;
    return NULL;
}

bool field_wanted(const struct schema *record, const struct schema *field, const struct span *maps,
                  const struct tree *shared)
{
    if (field->only_field == NULL || maps->count == 0)
        return true;
    const struct tree *node = tree_child(maps->slots[0].node, field->only_field);
    if (node == NULL)
        node = tree_child(shared, field->only_field);
    const char *text = node != NULL ? node->text : text_default_of(record, field->only_field);
    return text != NULL && strcmp(text, field->only_value) == 0;
}

bool schema_has_default(const struct schema *schema)
{
    if (schema->kind == SCHEMA_CASES)
        return schema_has_default(schema->of);
    return schema->has_default || schema->text_default != NULL;
}

/* --- facts -------------------------------------------------------------------------------- */

const struct tree *value_scalar(const struct tree *node)
{
    if (node != NULL && node->kind == TREE_MAP)
        node = tree_child(node, "value");
    return node != NULL && node->kind == TREE_SCALAR ? node : NULL;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void fact_labels(struct arena *arena, const struct span *span, struct schema *fact)
{
    const char **labels = arena_array(arena, span->count, sizeof *labels);
    size_t count = 0;
    for (size_t i = 0; i < span->count; i++) {
        const struct tree *scalar = value_scalar(span->slots[i].node);
        if (scalar != NULL && scalar->scalar == SCALAR_TEXT)
            labels[count++] = scalar->text;
    }
    if (count > 1)
        qsort(labels, count, sizeof *labels, by_text);
    for (size_t i = 0; i < count; i++)
        if (fact->label_count == 0 || strcmp(labels[fact->label_count - 1], labels[i]) != 0)
            labels[fact->label_count++] = labels[i];
    fact->labels = labels;
}

static void fact_unit(const struct tree *node, const struct tree *scalar, struct schema *fact)
{
    const struct tree *unit = tree_child(node, "unit");
    const char *text = unit != NULL && unit->kind == TREE_SCALAR ? unit->text : NULL;
    if (text == NULL && scalar != NULL)
        text = scalar->unit;
    if (text != NULL && unit_parse(text, &fact->unit, &fact->unit_scale))
        fact->unit_text = text;
}

struct schema fact_schema(struct arena *arena, const struct schema *schema, const struct span *span)
{
    struct schema fact = {.kind = SCHEMA_NUMBER,
                          .name = schema->name,
                          .unit_text = "1",
                          .unit_scale = 1,
                          .low = -HUGE_VAL,
                          .high = HUGE_VAL,
                          .line = schema->line};
    const struct tree *node = NULL;
    for (size_t i = 0; node == NULL && i < span->count; i++)
        node = span->slots[i].node;
    const struct tree *scalar = value_scalar(node);
    if (scalar != NULL && scalar->scalar == SCALAR_TRUTH)
        fact.kind = SCHEMA_TRUTH;
    else if (scalar != NULL && scalar->scalar == SCALAR_TEXT)
        fact.kind = SCHEMA_LABEL;
    if (fact.kind == SCHEMA_LABEL)
        fact_labels(arena, span, &fact);
    if (fact.kind == SCHEMA_NUMBER)
        fact_unit(node, scalar, &fact);
    return fact;
}

const struct schema *kind_record(const struct schema *schema, const struct tree *map)
{
    const struct tree *kind = tree_child(map, "kind");
    if (kind == NULL || kind->kind != TREE_SCALAR)
        return NULL;
    for (size_t i = 0; i < schema->field_count; i++)
        if (strcmp(schema->fields[i].name, kind->text) == 0)
            return &schema->fields[i];
    return NULL;
}

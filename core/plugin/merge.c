/* Declarations that several tables make: what is said twice must be said alike. */
#include <string.h>

#include "plugin/internal.h"

static bool schema_same(const struct schema *a, const struct schema *b);

static bool text_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool fields_same(const struct schema *a, const struct schema *b)
{
    if (a->field_count != b->field_count)
        return false;
    for (size_t i = 0; i < a->field_count; i++)
        if (!text_same(a->fields[i].name, b->fields[i].name) ||
            !schema_same(&a->fields[i], &b->fields[i]))
            return false;
    return true;
}

static bool schema_same(const struct schema *a, const struct schema *b)
{
    bool ranges = a->low == b->low && a->high == b->high && a->low_open == b->low_open &&
                  a->high_open == b->high_open && unit_equal(&a->unit, &b->unit) &&
                  a->unit_scale == b->unit_scale;
    bool leaves = a->kind == b->kind && a->optional == b->optional && a->moral == b->moral &&
                  a->whole == b->whole && ranges && a->has_default == b->has_default &&
                  a->value == b->value && text_same(a->text_default, b->text_default) &&
                  text_same(a->only_field, b->only_field) &&
                  text_same(a->only_value, b->only_value) && a->label_count == b->label_count;
    for (size_t i = 0; leaves && i < a->label_count; i++)
        leaves = strcmp(a->labels[i], b->labels[i]) == 0;
    bool parts = (a->of == NULL) == (b->of == NULL) && (a->of == NULL || schema_same(a->of, b->of));
    return leaves && parts && fields_same(a, b);
}

static struct schema *find_field(struct schema *record, const char *name)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (strcmp(record->fields[i].name, name) == 0)
            return &record->fields[i];
    return NULL;
}

void record_add(lua_State *lua, struct schema *record, const struct schema *field)
{
    struct schema *standing = find_field(record, field->name);
    if (standing != NULL && standing->kind == SCHEMA_RECORD && field->kind == SCHEMA_RECORD &&
        standing->optional == field->optional) {
        for (size_t i = 0; i < field->field_count; i++)
            record_add(lua, standing, &field->fields[i]);
        return;
    }
    if (standing != NULL && !schema_same(standing, field))
        session_raise(lua, "`%s` is declared twice, and not alike", field->name);
    if (standing != NULL)
        return;
    record->fields = arena_grow(session_of(lua)->arena, record->fields, record->field_count,
                                sizeof *record->fields);
    record->fields[record->field_count++] = *field;
}

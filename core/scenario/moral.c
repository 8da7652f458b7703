/* Moral choices: what no fact can settle has a value and a range, and is never drawn. */
#include <math.h>

#include "scenario/form.h"

static const char *moral_example(const struct form *form)
{
    const struct schema *schema = form_schema(form);
    const struct tree *value = form->value;
    struct arena *arena = form->reader->arena;
    const char *key = form->node->key != NULL ? form->node->key : schema->name;
    const char *shown = value != NULL && value->kind == TREE_SCALAR && value->text[0] != '\0'
                            ? text_shown(arena, value->text)
                            : "...";
    if (schema->kind != SCHEMA_NUMBER)
        return arena_printf(arena, "write `%s: {moral: true, value: %s}`", key, shown);
    char low[NUMBER_TEXT], high[NUMBER_TEXT];
    if (!isfinite(schema->low) || !isfinite(schema->high))
        return arena_printf(arena, "write `%s: {moral: true, value: %s, range: [low, high]}`", key,
                            shown);
    return arena_printf(arena, "write `%s: {moral: true, value: %s, range: [%s, %s]}`", key, shown,
                        number_write(low, schema->low), number_write(high, schema->high));
}

static bool range_read(const struct form *form, struct premise *premise)
{
    struct tree *range = form->range;
    double *ends;
    size_t count;
    if (range == NULL || range->kind != TREE_LIST || range->count != 2) {
        const struct tree *place = range != NULL ? range : form->node;
        fault_report(form->reader, form_fault(form, place, moral_example(form)),
                     "%s needs a range of two numbers", form_name(form));
        return false;
    }
    if (!list_read(form, range, true, &ends, &count))
        return false;
    if (ends[0] > ends[1]) {
        fault_report(form->reader, fault_at_value(range, "write the lower end first", NULL),
                     "the range of %s ends before it begins", form_name(form));
        return false;
    }
    premise->low = ends[0] * form->scale;
    premise->high = ends[1] * form->scale;
    return check_within(form, range, ends[0]) && check_within(form, range, ends[1]);
}

static bool moral_number(const struct form *form, struct premise *premise, bool has_value)
{
    if (!range_read(form, premise))
        return false;
    if (!has_value || (premise->value >= premise->low && premise->value <= premise->high))
        return true;
    fault_report(form->reader,
                 fault_at_value(form->value, "widen the range, or move the value", NULL),
                 "the value of %s lies outside its range", form_name(form));
    return false;
}

bool moral_read(const struct form *form, struct premise *premise, bool has_value)
{
    bool good = true;
    if (form->distribution != NULL) {
        tree_mark_read(form->distribution);
        fault_report(form->reader,
                     fault_at_key(form->distribution, "write a `value` and a `range`", NULL),
                     "%s is a moral choice: it is chosen, never drawn", form_name(form));
        return false;
    }
    if (form->value == NULL) {
        fault_report(form->reader, form_fault(form, form->node, moral_example(form)),
                     "%s has no value", form_name(form));
        good = false;
    }
    if (form_schema(form)->kind == SCHEMA_NUMBER)
        return moral_number(form, premise, has_value) && good;
    if (form->range != NULL) {
        fault_report(form->reader, fault_at_key(form->range, "leave it out", NULL),
                     "%s is no number and has no range", form_name(form));
        good = false;
    }
    return good;
}

/* Reads `moral: true`; reports where it and the declaration do not go together. */
bool moral_check(const struct form *form, struct premise *premise)
{
    if (form->moral != NULL && !truth_value(form->reader, form->moral, &premise->moral))
        return false;
    if (form_schema(form)->moral && !premise->moral) {
        fault_report(form->reader, form_fault(form, form->node, moral_example(form)),
                     "%s is a moral choice and must be written as one", form_name(form));
        return false;
    }
    if (premise->moral || form->range == NULL)
        return true;
    fault_report(form->reader,
                 fault_at_key(form->range, "add `moral: true`, or a distribution", NULL),
                 "only a moral choice has a range");
    return false;
}

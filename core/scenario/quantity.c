/* Units, single values, and the range that a plugin allows. */
#include <math.h>
#include <string.h>

#include "scenario/form.h"

const struct schema *form_schema(const struct form *form)
{
    return form->wish->schema;
}

struct diag form_fault(const struct form *form, const struct tree *node, const char *remedy)
{
    return fault_at_value(node, remedy, &form->wish->declared);
}

const char *form_name(const struct form *form)
{
    return node_name(form->reader->arena, form->node);
}

/* --- units -------------------------------------------------------------------------------- */

static bool needs_unit(const struct form *form)
{
    const struct tree *value = form->value;
    bool alone = form->distribution == NULL && form->range == NULL;
    bool zero = value != NULL && value->scalar == SCALAR_NUMBER && value->number == 0;
    return !unit_is_one(&form_schema(form)->unit) && !(alone && zero);
}

static bool fault_no_unit(const struct form *form)
{
    struct arena *arena = form->reader->arena;
    const char *unit = form_schema(form)->unit_text;
    const struct tree *value = form->value;
    const char *remedy =
        form->node->kind == TREE_SCALAR
            ? arena_printf(arena, "write `%s %s`", text_shown(arena, value->text), unit)
            : arena_printf(arena, "add `unit: %s`", unit);
    fault_report(form->reader, form_fault(form, value != NULL ? value : form->node, remedy),
                 "%s needs a unit", form_name(form));
    return false;
}

static bool fault_wrong_unit(const struct form *form, const struct tree *place, const char *text)
{
    const char *wanted = form_schema(form)->unit_text;
    bool pure = unit_is_one(&form_schema(form)->unit);
    const char *remedy =
        pure ? "leave the unit out" : arena_printf(form->reader->arena, "write it in `%s`", wanted);
    fault_report(form->reader, form_fault(form, place, remedy), "%s must be %s%s, not in `%s`",
                 form_name(form), pure ? "a number without unit" : "in ", pure ? "" : wanted,
                 text_shown(form->reader->arena, text));
    return false;
}

/* The unit that is written, by its own key or behind the value; false when it stands twice. */
static bool unit_written(const struct form *form, const char **text, const struct tree **place)
{
    struct reader *reader = form->reader;
    const char *behind = form->value != NULL ? form->value->unit : NULL;
    *place = form->unit != NULL ? form->unit : form->value;
    *text = behind;
    if (form->unit == NULL)
        return true;
    *text = text_value(reader, form->unit);
    if (*text == NULL)
        return false;
    if (behind != NULL)
        fault_report(reader, fault_at_value(form->unit, "keep one of them", NULL),
                     "the unit of %s stands twice", form_name(form));
    return behind == NULL;
}

bool form_unit(struct form *form)
{
    const char *text;
    const struct tree *place;
    struct unit unit;
    form->scale = 1;
    if (!unit_written(form, &text, &place))
        return false;
    if (text == NULL)
        return needs_unit(form) ? fault_no_unit(form) : true;
    if (!unit_parse(text, &unit, &form->scale)) {
        fault_report(form->reader, form_fault(form, place, unit_remedy(form->reader->arena, text)),
                     "`%s` is no unit", text_shown(form->reader->arena, text));
        return false;
    }
    return unit_equal(&unit, &form_schema(form)->unit) || fault_wrong_unit(form, place, text);
}

/* --- single values ------------------------------------------------------------------------ */

static bool label_read(const struct form *form, struct tree *node, double *value)
{
    const struct schema *schema = form_schema(form);
    struct reader *reader = form->reader;
    const char *text = text_value(reader, node);
    for (size_t i = 0; text != NULL && i < schema->label_count; i++)
        if (strcmp(schema->labels[i], text) == 0) {
            *value = (double)i;
            return true;
        }
    if (text == NULL)
        return false;
    const char *remedy = remedy_for_name(reader->arena, text, schema->labels, schema->label_count);
    fault_report(reader, form_fault(form, node, remedy), "%s cannot be `%s`", form_name(form),
                 text_shown(reader->arena, text));
    return false;
}

/* One value as written, whatever its kind. `unit_allowed`: a unit may stand behind a number. */
bool single_read(const struct form *form, struct tree *node, bool unit_allowed, double *value)
{
    if (form_schema(form)->kind == SCHEMA_LABEL)
        return label_read(form, node, value);
    if (form_schema(form)->kind == SCHEMA_TRUTH) {
        bool truth;
        if (!truth_value(form->reader, node, &truth))
            return false;
        *value = truth;
        return true;
    }
    if (!unit_allowed)
        return plain_number(form->reader, node, value);
    node->read = true;
    if (node->kind != TREE_SCALAR || node->scalar != SCALAR_NUMBER) {
        tree_mark_read(node);
        fault_not_number(form->reader, node, &form->wish->declared);
        return false;
    }
    *value = node->number;
    return true;
}

/* --- what the plugin allows --------------------------------------------------------------- */

static void add_end(struct text *text, const char *words, double value, const char *unit)
{
    char number[NUMBER_TEXT];
    text_printf(text, "%s%s %s%s%s", text->length > 0 ? " and " : "", words,
                number_write(number, value), unit[0] != '\0' ? " " : "", unit);
}

static const char *range_text(struct arena *arena, const struct schema *schema)
{
    struct text text;
    text_init(&text, arena);
    const char *unit = unit_is_one(&schema->unit) ? "" : schema->unit_text;
    if (isfinite(schema->low))
        add_end(&text, schema->low_open ? "above" : "at least", schema->low, unit);
    if (isfinite(schema->high))
        add_end(&text, schema->high_open ? "below" : "at most", schema->high, unit);
    return text.data;
}

/* `value` in base units. An end written in another unit may differ in the last bits. */
static bool is_within(const struct schema *schema, double value, bool ends_count)
{
    double low = schema->low * schema->unit_scale, high = schema->high * schema->unit_scale;
    double slack = 1e-12 * fabs(value);
    bool low_open = schema->low_open && !ends_count, high_open = schema->high_open && !ends_count;
    if (isfinite(low) && (value < low - slack || (low_open && value <= low)))
        return false;
    return !(isfinite(high) && (value > high + slack || (high_open && value >= high)));
}

static bool within_or_fault(const struct form *form, const struct tree *place, double written,
                            bool ends_count)
{
    const struct schema *schema = form_schema(form);
    if (schema->kind == SCHEMA_NUMBER && !isfinite(written * form->scale)) {
        fault_report(form->reader, form_fault(form, place, NULL), "%s is too large a number",
                     form_name(form));
        return false;
    }
    if (schema->kind != SCHEMA_NUMBER)
        return true;
    bool within = is_within(schema, written * form->scale, ends_count);
    if (within && (!schema->whole || schema_is_whole(schema, written * form->scale)))
        return true;
    char shown[NUMBER_TEXT];
    fault_report(form->reader, form_fault(form, place, NULL), "%s must be %s, not %s",
                 form_name(form),
                 within ? "a whole number" : range_text(form->reader->arena, schema),
                 number_write(shown, written));
    return false;
}

bool check_within(const struct form *form, const struct tree *place, double written)
{
    return within_or_fault(form, place, written, false);
}

bool check_end(const struct form *form, const struct tree *place, double written)
{
    return within_or_fault(form, place, written, true);
}

bool form_value(const struct form *form, struct premise *premise)
{
    double written;
    if (form->value == NULL)
        return true;
    if (!single_read(form, form->value, true, &written) ||
        !check_within(form, form->value, written))
        return false;
    premise->value = written * form->scale;
    return true;
}

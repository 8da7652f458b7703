/* Classes of persons as cases, and what plugins ask of the columns. */
#include <math.h>
#include <string.h>

#include "scenario/records_parts.h"

/* --- classes ------------------------------------------------------------------------------- */

const char *class_name_fault(const char *name)
{
    if (!key_is_id(name))
        return "a letter, then letters, digits, `-` and `_`";
    if (case_name_is_taken(name) || key_is_core(name))
        return "it is a key of the scenario: choose another name";
    return NULL;
}

/* A map or scalar at the place of `like`, below `parent`. */
static struct tree *node_make(struct arena *arena, const struct tree *like, struct tree *parent,
                              const char *key)
{
    struct tree *node = arena_alloc(arena, sizeof *node);
    *node = (struct tree){.kind = TREE_MAP,
                          .key = key,
                          .path = path_join(arena, parent->path, key),
                          .place = like->place,
                          .key_place = like->key_place,
                          .width = like->width,
                          .key_width = like->key_width,
                          .standing = like->standing,
                          .read = true};
    tree_append(parent, node);
    return node;
}

/* The weight of a person, and that of his class. */
static void share_make(struct scenario *scenario, struct tree *map, const char *key)
{
    const struct records *records = scenario->records;
    const struct tree *weight = records->columns[records->column_count - 1].node;
    struct tree *share = node_make(scenario->arena, weight, map, key);
    share->kind = TREE_SCALAR;
    share->text = key;
    share->column = records->column_count;
    share->standing = records->tree->standing;
}

static void class_make(struct scenario *scenario, struct tree *cases, const char *id)
{
    const struct records *records = scenario->records;
    struct tree *map = node_make(scenario->arena, records->columns_tree, cases, id);
    for (const struct tree *child = records->columns_tree->first; child != NULL;
         child = child->next)
        if (!key_is_core(child->key))
            tree_append(map, tree_copy(scenario->arena, child, map));
    share_make(scenario, map, "share");
    share_make(scenario, map, "class_share");
}

enum status scenario_set_classes(struct scenario *scenario, const char *const *ids, size_t count,
                                 struct diags *diags)
{
    struct reader reader = {scenario, scenario->arena, diags, &scenario->file};
    size_t errors = diags->errors;
    struct tree *cases =
        node_make(scenario->arena, scenario->records->tree, scenario->root, "cases");
    for (size_t i = 0; i < count; i++)
        class_make(scenario, cases, ids[i]);
    scenario->cases = ids;
    scenario->case_count = count;
    settings_apply_pending(&reader);
    struct tree *tests = tree_child(scenario->root, "tests");
    if (tests != NULL && tests->kind == TREE_MAP)
        expectations_read(&reader, tests);
    return diags->errors > errors ? diags_status(diags) : STATUS_OK;
}

/* --- what a plugin asks of a column -------------------------------------------------------- */

static struct record_column *column_of(const struct form *form)
{
    return &form->reader->scenario->records->columns[form->node->column - 1];
}

/* Whether the use says more of its cells than what is asked for can take. */
static bool kind_check(const struct form *form, const struct record_column *column)
{
    enum schema_kind kind = form_schema(form)->kind;
    const char *wrong = NULL;
    if (column->is != NULL && kind != SCHEMA_TRUTH)
        wrong = "`is` makes a truth value";
    else if ((column->scaled || column->codes != NULL) && kind != SCHEMA_NUMBER)
        wrong = "`per`, `unit` and `codes` make a number";
    else if (column->names != NULL && kind != SCHEMA_LABEL)
        wrong = "`names` make a name";
    if (wrong == NULL)
        return true;
    const char *wanted = kind == SCHEMA_TRUTH   ? "`true` or `false`"
                         : kind == SCHEMA_LABEL ? "a name"
                                                : "a number";
    fault_report(form->reader, form_fault(form, form->node, wrong), "%s must be %s",
                 form_name(form), wanted);
    return false;
}

static bool moral_check_column(const struct form *form)
{
    if (!form_schema(form)->moral)
        return true;
    fault_report(form->reader, form_fault(form, form->node, "write it with a value and a range"),
                 "%s is a moral choice: no record settles it", form_name(form));
    return false;
}

/* Cells are in the unit that is written, else in the declared one, on which plugins must agree. */
static bool scale_read(const struct form *form, struct record_column *column)
{
    const struct schema *schema = form_schema(form);
    struct form written = *form;
    double scale = schema->unit_scale;
    if (column->unit != NULL) {
        written.value = NULL;
        written.unit = column->unit;
        if (!form_unit(&written))
            return false;
        scale = written.scale;
    }
    if (!column->bound || column->scale == scale) {
        column->scale = scale;
        return true;
    }
    fault_report(form->reader, form_fault(form, form->node, "add `unit:`, that of the cells"),
                 "%s is declared in two units: in which one are the cells?", form_name(form));
    return false;
}

static double base_low(const struct schema *schema)
{
    return schema != NULL ? schema->low * schema->unit_scale : -HUGE_VAL;
}

static double base_high(const struct schema *schema)
{
    return schema != NULL ? schema->high * schema->unit_scale : HUGE_VAL;
}

/* Of several plugins the narrowest range holds. */
static void bounds_take(const struct schema *schema, struct record_column *column)
{
    double low = base_low(schema), high = base_high(schema);
    if (low > base_low(column->low) || (low == base_low(column->low) && schema->low_open))
        column->low = schema;
    if (high < base_high(column->high) || (high == base_high(column->high) && schema->high_open))
        column->high = schema;
    if (schema->whole)
        column->whole = schema;
}

/* What a code counts as is written like any number, with a unit where one is wanted. */
static bool code_value_read(const struct form *form, struct tree *node, double *value)
{
    struct premise read;
    if (node->standing == NULL)
        node->standing = form->node->standing;
    if (!premise_read(form->reader, node, form->wish, &read))
        return false;
    if (read.distribution == NULL && !read.moral) {
        *value = read.value;
        return true;
    }
    fault_report(form->reader, fault_at_value(node, "write one number", NULL),
                 "a cell counts as one number");
    return false;
}

static bool codes_bind(const struct form *form, struct record_column *column)
{
    const struct records *records = form->reader->scenario->records;
    bool good = true;
    if (column->code_values == NULL) {
        column->code_values =
            arena_array(form->reader->arena, records->code_count, sizeof *column->code_values);
        for (size_t i = 0; i < records->code_count; i++)
            column->code_values[i] = (double)NAN;
    }
    struct tree *node = column->codes != NULL ? column->codes->first : NULL;
    for (; node != NULL; node = node->next) {
        double value = (double)NAN;
        good = code_value_read(form, node, &value) && good;
        for (size_t i = 0; i < records->code_count; i++)
            if (strcmp(records->codes[i].name, node->key) == 0 &&
                record_code_applies(&records->codes[i], column->column))
                column->code_values[i] = value;
    }
    return good;
}

/* A share is made by the core itself, and has no bounds but those of a weight. */
static bool number_bind(const struct form *form, struct record_column *column)
{
    static const struct schema weight = {.low = 0, .high = HUGE_VAL, .unit_scale = 1};
    bool is_share = column == &form->reader->scenario->records
                                   ->columns[form->reader->scenario->records->column_count - 1];
    if (!scale_read(form, column))
        return false;
    bounds_take(is_share ? &weight : form_schema(form), column);
    return codes_bind(form, column);
}

bool column_premise_read(const struct form *form, struct premise *premise)
{
    struct record_column *column = column_of(form);
    const struct standing *standing = form->node->standing;
    form->node->read = true;
    if (!moral_check_column(form) || !kind_check(form, column))
        return false;
    if (premise->kind == VALUE_NUMBER && !number_bind(form, column))
        return false;
    column->bound = true;
    column->kind = premise->kind;
    column->unit_text = premise->unit_text;
    column->unit_scale = premise->unit_scale;
    column->labels = premise->labels;
    column->label_count = premise->label_count;
    premise->column = form->node->column;
    premise->status = standing != NULL ? standing->status : PREMISE_ILLUSTRATIVE;
    premise->source = standing != NULL ? standing->source : NULL;
    return true;
}

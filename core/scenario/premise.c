#include "scenario/premise.h"

#include <math.h>
#include <string.h>

#include "scenario/form.h"
#include "scenario/records_parts.h"

/* --- taking the map apart ----------------------------------------------------------------- */

/* A scalar is its own value. */
bool form_open(struct form *form)
{
    static const char *const keys[] = {
        "value",  "unit",    "source", "status",  "note",       "disputed", "moral",     "range",
        "choice", "samples", "title",  "uniform", "triangular", "normal",   "lognormal", "beta"};
    struct tree *node = form->node;
    node->read = true;
    if (node->kind == TREE_SCALAR) {
        form->value = node;
        return true;
    }
    if (node->kind == TREE_LIST) {
        tree_mark_read(node);
        fault_not_number(form->reader, node, &form->wish->declared);
        return false;
    }
    check_keys(form->reader, node, keys, sizeof keys / sizeof *keys);
    form->value = tree_child(node, "value");
    form->unit = tree_child(node, "unit");
    form->moral = tree_child(node, "moral");
    form->range = tree_child(node, "range");
    form->disputed = tree_child(node, "disputed");
    form->note = tree_child(node, "note");
    return find_distribution(form);
}

/* --- status ------------------------------------------------------------------------------- */

/* What somebody set on the command line is nobody's finding. */
static bool form_status(const struct form *form, struct premise *premise)
{
    const struct standing *standing = form->node->standing;
    premise->status = PREMISE_ILLUSTRATIVE;
    premise->set = form->node->set;
    if (premise->set)
        return true;
    if (standing != NULL) {
        premise->status = standing->status;
        premise->source = standing->source;
        return true;
    }
    if (premise->moral || form_schema(form)->moral || premise->kind != VALUE_NUMBER)
        return true;
    fault_report(form->reader,
                 fault_at_value(form->node,
                                "add `source:` or `status: illustrative`, here or on a map above",
                                NULL),
                 "%s has neither a source nor a status", form_name(form));
    return false;
}

static bool form_rest(const struct form *form, struct premise *premise)
{
    bool good = true;
    if (form->disputed != NULL)
        good = truth_value(form->reader, form->disputed, &premise->disputed);
    if (form->note != NULL && form->note->kind == TREE_SCALAR)
        premise->note = form->note->text;
    return form_status(form, premise) && good;
}

/* --- all together ------------------------------------------------------------------------- */

static enum value_kind value_kind_of(const struct schema *schema)
{
    return schema->kind == SCHEMA_TRUTH   ? VALUE_TRUTH
           : schema->kind == SCHEMA_LABEL ? VALUE_LABEL
                                          : VALUE_NUMBER;
}

static struct premise premise_declared(const char *path, const struct schema *schema)
{
    bool is_number = schema->kind == SCHEMA_NUMBER;
    return (struct premise){.path = path,
                            .kind = value_kind_of(schema),
                            .unit = is_number ? schema->unit : unit_one,
                            .unit_text = is_number ? schema->unit_text : NULL,
                            .unit_scale = is_number ? schema->unit_scale : 1,
                            .least = schema->low,
                            .most = schema->high,
                            .least_open = schema->low_open,
                            .most_open = schema->high_open,
                            .whole = schema->whole,
                            .labels = schema->labels,
                            .label_count = schema->label_count};
}

/* Everything is looked at, so that all faults of the entry are told together. */
static bool form_read(struct form *form, struct premise *premise)
{
    bool is_number = form_schema(form)->kind == SCHEMA_NUMBER;
    bool moral = moral_check(form, premise);
    bool well_formed = form->value == NULL || !is_number || form->value->kind == TREE_SCALAR;
    bool value_is_number =
        form->value == NULL || (well_formed && form->value->scalar == SCALAR_NUMBER);
    bool unit = !is_number || !value_is_number || form_unit(form);
    bool value = unit && form_value(form, premise);
    bool good = moral && unit && value;
    if (premise->moral)
        return unit && moral_read(form, premise, value && form->value != NULL) && good;
    bool distribution = unit && form_distribution(form, premise);
    return good && distribution && form_centre(form, premise);
}

static bool unit_is_misplaced(const struct form *form)
{
    if (form->unit == NULL || form_schema(form)->kind == SCHEMA_NUMBER)
        return false;
    fault_report(form->reader, fault_at_key(form->unit, "leave it out", NULL),
                 "%s is no number and has no unit", form_name(form));
    return true;
}

bool premise_read(struct reader *reader, struct tree *node, const struct premise_wish *wish,
                  struct premise *premise)
{
    struct form form = {.reader = reader, .wish = wish, .node = node, .scale = 1};
    struct premise made = premise_declared(node->path, wish->schema);
    made.place = node->place;
    if (node->column != 0) {
        bool stands = column_premise_read(&form, &made);
        *premise = made;
        return stands;
    }
    if (!form_open(&form))
        return false;
    bool good = !unit_is_misplaced(&form);
    good = form_read(&form, &made) && good;
    if (!form_rest(&form, &made) || !good)
        return false;
    *premise = made;
    return true;
}

static bool same_labels(const struct premise *a, const struct premise *b)
{
    if (a->label_count != b->label_count)
        return false;
    for (size_t i = 0; i < a->label_count; i++)
        if (strcmp(a->labels[i], b->labels[i]) != 0)
            return false;
    return true;
}

bool premise_same(const struct premise *premise, const struct premise *again)
{
    return premise->kind == again->kind && unit_equal(&premise->unit, &again->unit) &&
           same_labels(premise, again) && premise->assumed == again->assumed &&
           premise->value == again->value;
}

struct premise premise_of_default(const char *path, const struct premise_wish *wish)
{
    const struct schema *schema = wish->schema;
    struct premise premise = premise_declared(path, schema);
    premise.value = schema->value * premise.unit_scale;
    premise.status = schema->status;
    premise.source = schema->source;
    premise.assumed = true;
    premise.place = (struct place){wish->declared.plugin, wish->declared.line, 0};
    return premise;
}

bool premise_median(struct reader *reader, struct tree *map, double *median)
{
    static const struct schema any = {.kind = SCHEMA_NUMBER,
                                      .unit_text = "1",
                                      .unit_scale = 1,
                                      .low = -HUGE_VAL,
                                      .high = HUGE_VAL};
    const struct premise_wish wish = {.schema = &any};
    struct reader quiet = *reader;
    quiet.diags = arena_alloc(reader->arena, sizeof *quiet.diags);
    diags_init(quiet.diags, reader->arena);
    struct form form = {.reader = &quiet, .wish = &wish, .node = map, .scale = 1};
    struct distribution distribution;
    if (!form_open(&form) || form.distribution == NULL || !distribution_read(&form, &distribution))
        return false;
    *median = distribution_quantile(&distribution, 0.5);
    return true;
}

struct schema premise_schema(const struct premise *premise)
{
    static const enum schema_kind kinds[] = {
        [VALUE_NUMBER] = SCHEMA_NUMBER, [VALUE_TRUTH] = SCHEMA_TRUTH, [VALUE_LABEL] = SCHEMA_LABEL};
    return (struct schema){.kind = kinds[premise->kind],
                           .unit = premise->unit,
                           .unit_text = premise->unit_text,
                           .unit_scale = premise->unit_scale,
                           .low = premise->least,
                           .high = premise->most,
                           .low_open = premise->least_open,
                           .high_open = premise->most_open,
                           .whole = premise->whole,
                           .labels = premise->labels,
                           .label_count = premise->label_count};
}

/* --- paths that are no premise's ---------------------------------------------------------- */

const char *premise_near(struct arena *arena, const struct scenario *scenario, const char *path,
                         bool uncertain)
{
    const char **paths = arena_array(arena, scenario->premise_count, sizeof *paths);
    size_t count = 0;
    for (size_t i = 0; i < scenario->premise_count; i++)
        if (!uncertain || scenario->premises[i].distribution != NULL)
            paths[count++] = scenario->premises[i].path;
    return suggest(path, paths, count);
}

void fault_no_premise(struct reader *reader, struct diag diag, const char *path, bool uncertain)
{
    const char *near = premise_near(reader->arena, reader->scenario, path, uncertain);
    diag.remedy = near != NULL ? arena_printf(reader->arena, "did you mean `%s`?", near)
                               : "`assize premises` lists them";
    fault_report(reader, diag, "there is no premise `%s`", text_shown(reader->arena, path));
}

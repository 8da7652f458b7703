/* Uncertain premises: the distribution as written, and the centre. */
#include <string.h>

#include "scenario/form.h"

/* By enum distribution_kind. */
static const struct distribution_name {
    const char *name;
    size_t parameters; /* 0: a form of its own */
    const char *example;
} distributions[] = {
    {"uniform", 2, "uniform: [low, high]"},
    {"triangular", 3, "triangular: [low, mode, high]"},
    {"normal", 2, "normal: [mean, standard deviation]"},
    {"lognormal", 2, "lognormal: [mean, standard deviation] of the logarithm"},
    {"beta", 2, "beta: [alpha, beta]"},
    {"choice", 0, "choice: {values: [a, b], weights: [1, 3]}"},
    {"samples", 0, "samples: [a, b, c]"},
};
enum { DISTRIBUTIONS = sizeof distributions / sizeof *distributions };

bool find_distribution(struct form *form)
{
    for (int i = 0; i < DISTRIBUTIONS; i++) {
        struct tree *child = tree_child(form->node, distributions[i].name);
        if (child == NULL)
            continue;
        if (form->distribution != NULL) {
            fault_report(form->reader, fault_at_key(child, "keep one of them", NULL),
                         "%s has two distributions: `%s` and `%s`", form_name(form),
                         form->distribution->key, child->key);
            return false;
        }
        form->distribution = child;
        form->distribution_kind = (enum distribution_kind)i;
    }
    return true;
}

static bool fault_form(const struct form *form)
{
    const struct distribution_name *name = &distributions[form->distribution_kind];
    const char *remedy = arena_printf(form->reader->arena, "write `%s`", name->example);
    tree_mark_read(form->distribution);
    fault_report(form->reader, fault_at_value(form->distribution, remedy, NULL),
                 "`%s` of %s is not written as it should be", name->name, form_name(form));
    return false;
}

bool list_read(const struct form *form, struct tree *list, bool plain, double **values,
               size_t *count)
{
    if (list == NULL || list->kind != TREE_LIST || list->count == 0)
        return fault_form(form);
    double *read = arena_array(form->reader->arena, list->count, sizeof *read);
    size_t at = 0;
    bool good = true;
    list->read = true;
    for (struct tree *item = list->first; item != NULL; item = item->next, at++)
        good = (plain ? plain_number(form->reader, item, &read[at])
                      : single_read(form, item, false, &read[at])) &&
               good;
    *values = read;
    *count = list->count;
    return good;
}

static bool choice_read(const struct form *form, struct distribution *distribution)
{
    static const char *const keys[] = {"values", "weights"};
    struct tree *map = form->distribution;
    double *values, *weights;
    size_t count, weight_count;
    if (map->kind != TREE_MAP)
        return fault_form(form);
    check_keys(form->reader, map, keys, 2);
    if (!list_read(form, tree_child(map, "values"), false, &values, &count) ||
        !list_read(form, tree_child(map, "weights"), true, &weights, &weight_count))
        return false;
    distribution->values = values;
    distribution->weights = weights;
    distribution->count = count;
    if (count == weight_count)
        return true;
    fault_report(form->reader, fault_at_value(tree_child(map, "weights"), NULL, NULL),
                 "`choice` of %s has %zu values but %zu weights", form_name(form), count,
                 weight_count);
    return false;
}

static bool parameters_read(const struct form *form, struct distribution *distribution)
{
    double *values;
    size_t count;
    if (!list_read(form, form->distribution, false, &values, &count))
        return false;
    distribution->count = 0;
    if (form->distribution_kind == DISTRIBUTION_SAMPLES) {
        distribution->values = values;
        distribution->count = count;
        return true;
    }
    if (count != distributions[form->distribution_kind].parameters)
        return fault_form(form);
    memcpy(distribution->parameter, values, count * sizeof *values);
    return true;
}

/* The ends of what can be drawn, where there are any, lie within what the plugin allows. */
static bool ends_check(const struct form *form, const struct distribution *distribution)
{
    const double *p = distribution->parameter;
    bool good = true;
    for (size_t i = 0; i < distribution->count; i++)
        good = good && check_within(form, form->distribution, distribution->values[i]);
    switch (distribution->kind) {
    case DISTRIBUTION_UNIFORM:
        return check_end(form, form->distribution, p[0]) &&
               check_end(form, form->distribution, p[1]);
    case DISTRIBUTION_TRIANGULAR:
        return check_end(form, form->distribution, p[0]) &&
               check_end(form, form->distribution, p[2]);
    case DISTRIBUTION_BETA:
        return check_end(form, form->distribution, 0) && check_end(form, form->distribution, 1);
    default:
        return good;
    }
}

bool distribution_read(const struct form *form, struct distribution *distribution)
{
    bool is_number = form_schema(form)->kind == SCHEMA_NUMBER;
    *distribution = (struct distribution){.kind = form->distribution_kind, .scale = form->scale};
    if (!is_number && distributions[form->distribution_kind].parameters > 0) {
        tree_mark_read(form->distribution);
        fault_report(form->reader, fault_at_key(form->distribution, "use `choice`", NULL),
                     "%s is no number: `%s` does not fit it", form_name(form),
                     form->distribution->key);
        return false;
    }
    if (form_schema(form)->whole && distributions[form->distribution_kind].parameters > 0) {
        tree_mark_read(form->distribution);
        fault_report(form->reader,
                     fault_at_key(form->distribution, "use `choice` or `samples`", NULL),
                     "%s is a whole number: `%s` would draw numbers between", form_name(form),
                     form->distribution->key);
        return false;
    }
    bool read = form->distribution_kind == DISTRIBUTION_CHOICE
                    ? choice_read(form, distribution)
                    : parameters_read(form, distribution);
    if (!read)
        return false;
    const char *wrong = distribution_prepare(distribution, form->reader->arena);
    if (wrong != NULL)
        fault_report(form->reader, fault_at_value(form->distribution, NULL, NULL), "`%s` of %s: %s",
                     form->distribution->key, form_name(form), wrong);
    return wrong == NULL && ends_check(form, distribution);
}

bool form_distribution(const struct form *form, struct premise *premise)
{
    if (form->distribution == NULL)
        return true;
    struct distribution *distribution = arena_alloc(form->reader->arena, sizeof *distribution);
    if (!distribution_read(form, distribution))
        return false;
    premise->distribution = distribution;
    return true;
}

bool form_centre(const struct form *form, struct premise *premise)
{
    bool steps = form->distribution_kind == DISTRIBUTION_CHOICE ||
                 form->distribution_kind == DISTRIBUTION_SAMPLES;
    if (form->value != NULL)
        return true;
    if (form->distribution == NULL) {
        fault_report(form->reader, form_fault(form, form->node, "add `value:` or a distribution"),
                     "%s has no value", form_name(form));
        return false;
    }
    if (steps) {
        fault_report(form->reader,
                     fault_at_key(form->distribution, "add `value:`, its centre", NULL),
                     "%s has a `%s` and no `value`", form_name(form), form->distribution->key);
        return false;
    }
    if (premise->distribution == NULL)
        return false;
    premise->value = distribution_quantile(premise->distribution, 0.5);
    return check_within(form, form->distribution, premise->value / form->scale);
}

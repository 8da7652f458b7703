/* What an outcome puts in force. */
#include "analysis/outcomes_parts.h"

void outcome_fault(const struct finding_outcomes *finding, const struct tree *node,
                   const struct tree *also, const char *remedy, const char *message)
{
    struct diag diag = {.status = STATUS_SCENARIO,
                        .place = node->key_place,
                        .width = node->key_width,
                        .message = message,
                        .remedy = remedy};
    if (also != NULL) {
        diag.also = also->key_place;
        diag.also_note = "the other one";
    }
    yaml_report(finding->diags, &finding->model->scenario->file, &diag);
}

static void fault_disagree(const struct finding_outcomes *finding, const struct argument *first,
                           const struct accepted_value *one, const struct argument *second,
                           const struct accepted_value *other)
{
    const char *path = one->premise->path;
    outcome_fault(finding, other->node, one->node,
                  "let one attack the other, or say which is `stronger_than` which",
                  arena_printf(finding->diags->arena,
                               "`%s` and `%s` can be accepted together, and set `%s` to %s and %s",
                               first->id, second->id, path, one->node->text, other->node->text));
}

const struct accepted_value *outcome_sets(const struct outcome *outcome,
                                          const struct premise *premise)
{
    for (size_t i = 0; i < outcome->value_count; i++)
        if (outcome->values[i]->premise == premise)
            return outcome->values[i];
    return NULL;
}

const struct argument *outcome_setter(const struct debate *debate,
                                      const struct accepted_value *value)
{
    for (size_t i = 0; i < debate->arguments->count; i++) {
        const struct argument *argument = argument_at(debate, i);
        if (value >= argument->values && value < argument->values + argument->value_count)
            return argument;
    }
    return NULL;
}

static bool value_add(const struct finding_outcomes *finding, struct outcome *outcome,
                      const struct argument *argument, const struct accepted_value *value)
{
    const struct accepted_value *standing = outcome_sets(outcome, value->premise);
    if (standing == NULL) {
        outcome->values = arena_grow(finding->arena, outcome->values, outcome->value_count,
                                     sizeof *outcome->values);
        outcome->values[outcome->value_count++] = value;
        return true;
    }
    if (standing->value == value->value)
        return true;
    fault_disagree(finding, outcome_setter(finding->debate, standing), standing, argument, value);
    return false;
}

/* An accepted attack on a premise says what holds instead. */
static bool sets_something(const struct argument *argument, const struct target *target)
{
    for (size_t i = 0; i < argument->value_count; i++)
        if (target_covers(target, argument->values[i].premise->path))
            return true;
    return target->kind != TARGET_PREMISE;
}

static const char *path_below(const struct model *model, const struct target *target)
{
    for (size_t i = 0; i < model->scenario->premise_count; i++)
        if (target_covers(target, model->scenario->premises[i].path))
            return model->scenario->premises[i].path;
    return target->name;
}

static bool attacks_say_what_holds(const struct finding_outcomes *finding,
                                   const struct argument *argument)
{
    for (size_t i = 0; i < argument->attacks.count; i++) {
        const struct target *target = &argument->attacks.list[i];
        if (sets_something(argument, target))
            continue;
        struct arena *arena = finding->diags->arena;
        yaml_error(finding->diags, &finding->model->scenario->file, target->node->place,
                   target->node->width,
                   arena_printf(arena, "add `when_accepted: {%s: ...}`",
                                path_below(finding->model, target)),
                   "`%s` says `%s` is wrong, but not what holds instead", argument->id,
                   target->name);
        return false;
    }
    return true;
}

bool outcome_fill(const struct finding_outcomes *finding, struct outcome *outcome)
{
    for (size_t i = 0; i < finding->debate->arguments->count; i++) {
        const struct argument *argument = argument_at(finding->debate, i);
        if (!outcome->accepted[i])
            continue;
        if (!attacks_say_what_holds(finding, argument))
            return false;
        for (size_t v = 0; v < argument->value_count; v++)
            if (!value_add(finding, outcome, argument, &argument->values[v]))
                return false;
    }
    return true;
}

bool *outcome_accepted(const struct finding_outcomes *finding, const uint8_t *labels)
{
    size_t count = finding->debate->arguments->count;
    bool *accepted = arena_array(finding->arena, count, sizeof *accepted);
    for (size_t i = 0; i < count; i++)
        accepted[i] = labels[i] == LABEL_IN;
    return accepted;
}

enum status outcome_add(struct finding_outcomes *finding, struct outcome outcome)
{
    struct outcomes *outcomes = finding->outcomes;
    if (!outcome_fill(finding, &outcome))
        return STATUS_SCENARIO;
    outcomes->list =
        arena_grow(finding->arena, outcomes->list, outcomes->count, sizeof *outcomes->list);
    outcomes->list[outcomes->count++] = outcome;
    return STATUS_OK;
}

#include "analysis/outcomes_parts.h"

/* --- labellings, and undecided arguments tried both ways ------------------------------------- */

/* The undecided arguments that would set something. */
static size_t open_setters(const struct finding_outcomes *finding, const uint8_t *labels,
                           uint32_t *open)
{
    size_t count = 0;
    for (uint32_t i = 0; i < finding->debate->arguments->count; i++)
        if (labels[i] == LABEL_UNDECIDED && argument_at(finding->debate, i)->value_count > 0)
            open[count++] = i;
    return count;
}

/* Arguments of which one attacks another are not accepted together, even when tried. */
static bool goes_together(const struct debate *debate, const uint32_t *open, size_t count,
                          size_t mask)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            if ((mask >> i & 1) != 0 && (mask >> k & 1) != 0 &&
                debate_attacks(debate, open[i], open[k]))
                return false;
    return true;
}

static enum status variants_add(struct finding_outcomes *finding, const uint8_t *labels,
                                const uint32_t *open, size_t count)
{
    for (size_t mask = 0; mask < (size_t)1 << count; mask++) {
        if (!goes_together(finding->debate, open, count, mask))
            continue;
        bool *accepted = outcome_accepted(finding, labels);
        for (size_t i = 0; i < count; i++)
            accepted[open[i]] = (mask >> i & 1) != 0;
        if (outcome_add(finding,
                        (struct outcome){.labels = labels, .accepted = accepted, .draws = 1}) !=
            STATUS_OK)
            return STATUS_SCENARIO;
    }
    return STATUS_OK;
}

static enum status fault_variants(const struct finding_outcomes *finding, size_t open)
{
    const struct tree *map = tree_child(finding->model->scenario->root, "arguments");
    const char *many = open < 20
                           ? arena_printf(finding->diags->arena, "2^%zu = %d", open, 1 << open)
                           : arena_printf(finding->diags->arena, "2^%zu", open);
    outcome_fault(finding, map, NULL,
                  "settle some by `stronger_than`, or let fewer of them set premises",
                  arena_printf(finding->diags->arena,
                               "%zu undecided arguments set premises: there are %s ways to try "
                               "them, and %d are the most",
                               open, many, VARIANTS_MOST));
    return STATUS_SCENARIO;
}

static enum status outcomes_of(struct finding_outcomes *finding, const struct labellings *all)
{
    uint32_t *open = arena_array(finding->arena, finding->debate->arguments->count, sizeof *open);
    size_t tried = 0;
    finding->outcomes->labellings = all->count;
    for (size_t i = 0; i < all->count; i++) {
        size_t count = open_setters(finding, all->labels[i], open);
        tried += count > 8 ? VARIANTS_MOST + 1 : (count > 0 ? (size_t)1 << count : 0);
        if (tried > VARIANTS_MOST)
            return fault_variants(finding, count);
        if (variants_add(finding, all->labels[i], open, count) != STATUS_OK)
            return STATUS_SCENARIO;
    }
    return STATUS_OK;
}

static enum answer labellings_find(const struct finding_outcomes *finding,
                                   enum argumentation_semantics semantics, struct labellings *all)
{
    enum semantics which = semantics == ARGUMENTATION_PREFERRED ? SEMANTICS_PREFERRED
                           : semantics == ARGUMENTATION_STABLE  ? SEMANTICS_STABLE
                                                                : SEMANTICS_GROUNDED;
    struct search search = {.budget.calls = finding->debate->arguments->budget};
    return labellings_all(finding->debate->framework, which, &search, finding->arena, all);
}

/* The only undecided argument that attacks this one; UINT32_MAX: none, or several. */
static uint32_t only_rival(const struct debate *debate, uint32_t argument)
{
    const uint32_t *first = debate->framework->attackers.first;
    uint32_t rival = UINT32_MAX;
    for (uint32_t i = first[argument]; i < first[argument + 1]; i++) {
        uint32_t from = debate->framework->attackers.others[i];
        if (debate->grounded[from] != LABEL_UNDECIDED)
            continue;
        if (rival != UINT32_MAX)
            return UINT32_MAX;
        rival = from;
    }
    return rival;
}

/* Whether there are plainly too many outcomes: each pair of undecided arguments that nobody else
 * attacks doubles them. So that no search is begun that could not end. */
static bool plainly_too_many(const struct debate *debate)
{
    size_t outcomes = 1;
    for (uint32_t i = 0; i < debate->arguments->count && outcomes <= OUTCOMES_MOST; i++) {
        uint32_t rival =
            debate->grounded[i] == LABEL_UNDECIDED ? only_rival(debate, i) : UINT32_MAX;
        if (rival != UINT32_MAX && i < rival && only_rival(debate, rival) == i)
            outcomes *= 2;
    }
    return outcomes > OUTCOMES_MOST;
}

enum status outcomes_find(struct arena *arena, const struct model *model,
                          const struct debate *debate, enum argumentation_semantics semantics,
                          struct outcomes *outcomes, struct diags *diags)
{
    struct outcomes found = {0};
    struct finding_outcomes finding = {arena, model, debate, &found, diags};
    struct labellings all = {0};
    bool many = semantics != ARGUMENTATION_GROUNDED && plainly_too_many(debate);
    enum answer answer = many ? ANSWER_NO : labellings_find(&finding, semantics, &all);
    if (many || all.count > OUTCOMES_MOST)
        found.state = OUTCOMES_TOO_MANY;
    else if (answer == ANSWER_TOO_LARGE)
        found.state = OUTCOMES_TOO_LARGE;
    else if (answer == ANSWER_BUDGET)
        found.state = OUTCOMES_BUDGET;
    else if (all.count == 0)
        found.state = OUTCOMES_NONE;
    else if (outcomes_of(&finding, &all) != STATUS_OK)
        return STATUS_SCENARIO;
    *outcomes = found;
    return STATUS_OK;
}

/* --- the base -------------------------------------------------------------------------------- */

/* Writes an accepted value over what the file says. */
static void premise_set(struct disputes *disputes, struct arena *arena, struct premise *premise,
                        const struct accepted_value *value)
{
    const struct argument *argument = outcome_setter(disputes->debate, value);
    disputes->sets = arena_grow(arena, disputes->sets, disputes->set_count, sizeof *disputes->sets);
    disputes->sets[disputes->set_count++] = (struct set_premise){premise, *premise};
    premise->value = value->value;
    premise->distribution = NULL;
    premise->source = argument->source;
    premise->status = argument->source != NULL ? PREMISE_UNVERIFIED : PREMISE_ILLUSTRATIVE;
    premise->accepted = argument->id;
}

static void base_set(const struct model *model, struct disputes *disputes)
{
    struct scenario *scenario = model->scenario;
    for (size_t i = 0; i < scenario->premise_count; i++) {
        const struct accepted_value *value = outcome_sets(&disputes->base, &scenario->premises[i]);
        if (value != NULL)
            premise_set(disputes, model->arena, &scenario->premises[i], value);
    }
}

enum status disputes_make(const struct model *model, const struct arguments *arguments,
                          struct disputes **disputes, struct diags *diags)
{
    struct debate *debate = NULL;
    if (debate_build(model, arguments, &debate, diags) != STATUS_OK)
        return diags_status(diags);
    struct disputes *made = arena_alloc(model->arena, sizeof *made);
    struct finding_outcomes finding = {model->arena, model, debate, &made->outcomes, diags};
    made->debate = debate;
    made->base = (struct outcome){.labels = debate->grounded,
                                  .accepted = outcome_accepted(&finding, debate->grounded),
                                  .draws = 1};
    if (!outcome_fill(&finding, &made->base))
        return STATUS_SCENARIO;
    if (arguments->semantics != ARGUMENTATION_CHANCE &&
        outcomes_find(model->arena, model, debate, arguments->semantics, &made->outcomes, diags) !=
            STATUS_OK)
        return STATUS_SCENARIO;
    base_set(model, made);
    *disputes = made;
    return STATUS_OK;
}

double outcome_value(const struct model *model, const struct outcome *outcome,
                     const struct premise *premise)
{
    const struct accepted_value *value = outcome_sets(outcome, premise);
    if (value != NULL)
        return value->value;
    const struct disputes *disputes = model->disputes;
    for (size_t i = 0; i < disputes->set_count; i++)
        if (disputes->sets[i].premise == premise)
            return disputes->sets[i].before.value;
    return premise->value;
}

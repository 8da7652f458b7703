#include "analysis/outcomes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/math.h"
#include "engine/distribution.h"

/* --- what is in force ------------------------------------------------------------------------ */

struct finding_outcomes {
    struct arena *arena;
    const struct model *model;
    const struct debate *debate;
    struct outcomes *outcomes;
    struct diags *diags;
};

static const struct argument *argument_at(const struct debate *debate, size_t number)
{
    return &debate->arguments->list[number];
}

static void fault_at_key(const struct finding_outcomes *finding, const struct tree *node,
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
    fault_at_key(finding, other->node, one->node,
                 "let one attack the other, or say which is `stronger_than` which",
                 arena_printf(finding->diags->arena,
                              "`%s` and `%s` can be accepted together, and set `%s` to %s and %s",
                              first->id, second->id, path, one->node->text, other->node->text));
}

/* The value in force for a premise so far; NULL: none. `by`: who sets it. */
static const struct accepted_value *value_of(const struct outcome *outcome,
                                             const struct premise *premise)
{
    for (size_t i = 0; i < outcome->value_count; i++)
        if (outcome->values[i]->premise == premise)
            return outcome->values[i];
    return NULL;
}

static const struct argument *setter_of(const struct debate *debate,
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
    const struct accepted_value *standing = value_of(outcome, value->premise);
    if (standing == NULL) {
        outcome->values = arena_grow(finding->arena, outcome->values, outcome->value_count,
                                     sizeof *outcome->values);
        outcome->values[outcome->value_count++] = value;
        return true;
    }
    if (standing->value == value->value)
        return true;
    fault_disagree(finding, setter_of(finding->debate, standing), standing, argument, value);
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

static bool outcome_fill(const struct finding_outcomes *finding, struct outcome *outcome)
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

/* --- labellings, and undecided arguments tried both ways ------------------------------------- */

static bool *accepted_by(const struct finding_outcomes *finding, const uint8_t *labels)
{
    size_t count = finding->debate->arguments->count;
    bool *accepted = arena_array(finding->arena, count, sizeof *accepted);
    for (size_t i = 0; i < count; i++)
        accepted[i] = labels[i] == LABEL_IN;
    return accepted;
}

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

static enum status outcome_add(struct finding_outcomes *finding, struct outcome outcome)
{
    struct outcomes *outcomes = finding->outcomes;
    if (!outcome_fill(finding, &outcome))
        return STATUS_SCENARIO;
    outcomes->list =
        arena_grow(finding->arena, outcomes->list, outcomes->count, sizeof *outcomes->list);
    outcomes->list[outcomes->count++] = outcome;
    return STATUS_OK;
}

static enum status variants_add(struct finding_outcomes *finding, const uint8_t *labels,
                                const uint32_t *open, size_t count)
{
    for (size_t mask = 0; mask < (size_t)1 << count; mask++) {
        if (!goes_together(finding->debate, open, count, mask))
            continue;
        bool *accepted = accepted_by(finding, labels);
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
    fault_at_key(finding, map, NULL,
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

/* --- chance ---------------------------------------------------------------------------------- */

/* Labels of draws that were met, by what is in. */
struct met {
    uint8_t *labels; /* [node] */
    uint64_t draws;
    uint64_t hash;
};

struct drawing {
    struct finding_outcomes *finding;
    uint32_t *work;
    double *uniform; /* [argument][DRAWN_TOGETHER] */
    bool *present;   /* [node] */
    uint8_t *labels; /* [node] */
    struct met *met;
    size_t met_count;
    uint32_t *slots; /* open addressing: 1 + place in `met` */
    size_t slot_count;
};

enum { DRAWN_TOGETHER = 256 };

static uint64_t labels_hash(const uint8_t *labels, uint32_t count)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (uint32_t i = 0; i < count; i++)
        hash = (hash ^ labels[i]) * 0x100000001b3;
    return hash;
}

static void met_add(struct drawing *drawing)
{
    uint32_t nodes = drawing->finding->debate->count;
    struct arena *arena = drawing->finding->arena;
    uint64_t hash = labels_hash(drawing->labels, nodes);
    size_t at = (size_t)(hash ^ hash >> 32) % drawing->slot_count;
    for (; drawing->slots[at] != 0; at = (at + 1) % drawing->slot_count) {
        struct met *met = &drawing->met[drawing->slots[at] - 1];
        if (met->hash == hash && memcmp(met->labels, drawing->labels, nodes) == 0) {
            met->draws++;
            return;
        }
    }
    struct met met = {arena_array(arena, nodes, 1), 1, hash};
    memcpy(met.labels, drawing->labels, nodes);
    drawing->met = arena_grow(arena, drawing->met, drawing->met_count, sizeof met);
    drawing->met[drawing->met_count++] = met;
    drawing->slots[at] = (uint32_t)drawing->met_count;
}

/* One draw: who is put forward, and what is then in. */
static void draw_one(struct drawing *drawing, size_t place)
{
    const struct debate *debate = drawing->finding->debate;
    for (size_t i = 0; i < debate->arguments->count; i++)
        drawing->present[i] =
            drawing->uniform[i * DRAWN_TOGETHER + place] < argument_at(debate, i)->credence;
    labelling_grounded(debate->framework, drawing->present, drawing->labels, drawing->work);
    for (size_t i = 0; i < debate->arguments->count; i++)
        if (drawing->labels[i] == LABEL_ABSENT)
            drawing->labels[i] = LABEL_OUT; /* grouped by what is in, not by who was silent */
    met_add(drawing);
}

static void draw_all(struct drawing *drawing, uint64_t draws, uint64_t seed)
{
    const struct debate *debate = drawing->finding->debate;
    struct arena *arena = drawing->finding->arena;
    for (uint64_t first = 1; first <= draws; first += DRAWN_TOGETHER) {
        size_t count =
            draws - first + 1 < DRAWN_TOGETHER ? (size_t)(draws - first + 1) : DRAWN_TOGETHER;
        for (size_t i = 0; i < debate->arguments->count; i++) {
            const char *path = arena_printf(arena, "arguments.%s", argument_at(debate, i)->id);
            stream_uniform(seed, stream_of_path(path), first, count,
                           &drawing->uniform[i * DRAWN_TOGETHER]);
        }
        for (size_t place = 0; place < count; place++)
            draw_one(drawing, place);
    }
}

static int by_draws(const void *left, const void *right)
{
    const struct met *a = left, *b = right;
    if (a->draws != b->draws)
        return a->draws < b->draws ? 1 : -1;
    return a->hash < b->hash ? -1 : a->hash > b->hash;
}

enum status outcomes_draw(struct arena *arena, const struct model *model,
                          const struct debate *debate, uint64_t draws, uint64_t seed,
                          struct outcomes *outcomes, struct diags *diags)
{
    struct outcomes found = {0};
    struct finding_outcomes finding = {arena, model, debate, &found, diags};
    size_t count = debate->arguments->count;
    struct drawing drawing = {
        .finding = &finding,
        .work = arena_array(arena, (size_t)GROUNDED_WORK * debate->count, sizeof(uint32_t)),
        .uniform = arena_array(arena, count * DRAWN_TOGETHER, sizeof(double)),
        .present = arena_array(arena, debate->count, sizeof(bool)),
        .labels = arena_array(arena, debate->count, 1),
        .slot_count = (size_t)(2 * draws + 1)};
    drawing.slots = arena_array(arena, drawing.slot_count, sizeof *drawing.slots);
    for (uint32_t i = 0; i < debate->count; i++)
        drawing.present[i] = true;
    draw_all(&drawing, draws, seed);
    qsort(drawing.met, drawing.met_count, drawing.met != NULL ? sizeof *drawing.met : 1, by_draws);
    for (size_t i = 0; i < drawing.met_count; i++) {
        struct outcome outcome = {.labels = drawing.met[i].labels,
                                  .accepted = accepted_by(&finding, drawing.met[i].labels),
                                  .draws = drawing.met[i].draws};
        if (outcome_add(&finding, outcome) != STATUS_OK)
            return STATUS_SCENARIO;
    }
    found.labellings = found.count;
    *outcomes = found;
    return STATUS_OK;
}

/* --- the base -------------------------------------------------------------------------------- */

/* Writes an accepted value over what the file says. */
static void premise_set(struct disputes *disputes, struct arena *arena, struct premise *premise,
                        const struct accepted_value *value)
{
    const struct argument *argument = setter_of(disputes->debate, value);
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
        const struct accepted_value *value = value_of(&disputes->base, &scenario->premises[i]);
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
                                  .accepted = accepted_by(&finding, debate->grounded),
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
    const struct accepted_value *value = value_of(outcome, premise);
    if (value != NULL)
        return value->value;
    const struct disputes *disputes = model->disputes;
    for (size_t i = 0; i < disputes->set_count; i++)
        if (disputes->sets[i].premise == premise)
            return disputes->sets[i].before.value;
    return premise->value;
}

#include "analysis/debate.h"

#include <string.h>

const char *arrow_name(enum arrow_kind kind)
{
    static const char *const names[] = {"rebuts",  "undermines", "undercuts",
                                        "weakens", "supports",   "is a reason for"};
    return names[kind];
}

struct building {
    const struct model *model;
    struct arena *arena;
    struct debate *debate;
    struct diags *diags;
};

/* --- nodes ----------------------------------------------------------------------------------- */

static void fault_at(struct building *building, const struct target *target, const char *remedy,
                     const char *message)
{
    const struct tree *node = target->node;
    bool at_key = node->parent != NULL && node->parent->kind == TREE_MAP;
    yaml_error(building->diags, &building->model->scenario->file,
               at_key ? node->key_place : node->place, at_key ? node->key_width : node->width,
               remedy, "%s", message);
}

/* The claims of one theory, without the theory's name. */
static const char **claims_of(const struct building *building, const char *theory, size_t *count)
{
    const struct graph *graph = building->model->linked.graph;
    const char **names = arena_array(building->arena, graph->claim_count, sizeof *names);
    size_t length = strlen(theory);
    *count = 0;
    for (uint32_t i = 0; i < graph->claim_count; i++) {
        const char *name = graph->claims[i].name;
        if (strncmp(name, theory, length) == 0 && name[length] == '.')
            names[(*count)++] = name + length + 1;
    }
    return names;
}

static void fault_no_claim(struct building *building, const struct target *target)
{
    size_t count;
    const char **names = claims_of(building, target->theory, &count);
    const char *near = suggest(target->claim, names, count);
    struct text list;
    text_init(&list, building->arena);
    for (size_t i = 0; i < count && i < 12; i++)
        text_printf(&list, "%s`%s`", i > 0 ? ", " : "its claims are ", names[i]);
    fault_at(building, target,
             near != NULL
                 ? arena_printf(building->arena, "did you mean `%s/%s`?", target->theory, near)
                 : list.data,
             arena_printf(building->arena, "the theory `%s` makes no claim `%s`", target->theory,
                          text_shown(building->arena, target->claim)));
}

static size_t use_find(const struct use *uses, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(uses[i].id, id) == 0)
            return i;
    return SIZE_MAX;
}

static size_t case_find(const struct scenario *scenario, const char *id)
{
    for (size_t i = 0; id != NULL && i < scenario->case_count; i++)
        if (strcmp(scenario->cases[i], id) == 0)
            return i;
    return SIZE_MAX;
}

/* A claim that is the same everywhere cannot be wrong of one regime or case alone. */
static bool varies_enough(struct building *building, const struct debate_node *node)
{
    const struct model *model = building->model;
    const struct target *target = node->target;
    axis_set axes = model->linked.graph->nodes[node->claim].axes;
    bool by_regime = axes_have(axes, model->regime_axis);
    bool by_case = axes_have(axes, model->case_axis);
    const char *same = target->regime != NULL && !by_regime ? "regime"
                       : target->kase != NULL && !by_case   ? "case"
                                                            : NULL;
    if (same == NULL)
        return true;
    fault_at(building, target, arena_printf(building->arena, "leave `%s=` out", same),
             arena_printf(building->arena, "`%s/%s` is the same for every %s", target->theory,
                          target->claim, same));
    return false;
}

/* Finds a claim in the graph. A theory that had faults of its own is not here. */
static bool claim_find(struct building *building, struct debate_node *node)
{
    const struct scenario *scenario = building->model->scenario;
    const struct target *target = node->target;
    const char *name = arena_printf(building->arena, "%s.%s", target->theory, target->claim);
    node->theory = use_find(scenario->theories, scenario->theory_count, target->theory);
    node->claim = graph_find_claim(building->model->linked.graph, name);
    if (node->claim == NODE_NONE) {
        fault_no_claim(building, target);
        return false;
    }
    if (target->regime != NULL) {
        node->regime = use_find(scenario->regimes, scenario->regime_count, target->regime);
        node->idle = node->regime == SIZE_MAX;
    }
    node->kase = case_find(scenario, target->kase);
    return varies_enough(building, node);
}

/* The node of a target, made when it is new. */
static bool node_of(struct building *building, const struct target *target, uint32_t *number)
{
    struct debate *debate = building->debate;
    if (target->kind == TARGET_ARGUMENT) {
        *number = (uint32_t)target->argument;
        return true;
    }
    for (uint32_t i = (uint32_t)debate->arguments->count; i < debate->count; i++)
        if (debate->nodes[i].target->kind == target->kind &&
            strcmp(debate->nodes[i].name, target->name) == 0) {
            *number = i;
            return true;
        }
    struct debate_node node = {.name = target->name,
                               .target = target,
                               .claim = NODE_NONE,
                               .theory = SIZE_MAX,
                               .regime = SIZE_MAX,
                               .kase = SIZE_MAX};
    if (target->kind != TARGET_PREMISE && !claim_find(building, &node))
        return false;
    debate->nodes = arena_grow(building->arena, debate->nodes, debate->count, sizeof node);
    debate->nodes[debate->count] = node;
    *number = debate->count++;
    return true;
}

/* --- arrows ---------------------------------------------------------------------------------- */

static void arrow_add(struct building *building, struct arrow arrow)
{
    struct debate *debate = building->debate;
    debate->arrows = arena_grow(building->arena, debate->arrows, debate->arrow_count, sizeof arrow);
    debate->arrows[debate->arrow_count++] = arrow;
}

static enum arrow_kind attack_on(enum target_kind kind)
{
    return kind == TARGET_PREMISE ? ARROW_UNDERMINES
           : kind == TARGET_STEP  ? ARROW_UNDERCUTS
                                  : ARROW_REBUTS;
}

/* Whether `argument` is stronger than another, perhaps by way of a third. */
static bool is_stronger(const struct arguments *arguments, size_t argument, size_t than,
                        bool *passed)
{
    const struct targets *weaker = &arguments->list[argument].stronger_than;
    passed[argument] = true;
    for (size_t i = 0; i < weaker->count; i++) {
        size_t next = weaker->list[i].argument;
        if (next == than || (!passed[next] && is_stronger(arguments, next, than, passed)))
            return true;
    }
    return false;
}

static bool is_dropped(const struct building *building, uint32_t from, uint32_t to)
{
    const struct arguments *arguments = building->debate->arguments;
    if (to >= arguments->count || arguments->list[to].stronger_than.count == 0)
        return false;
    bool *passed = arena_array(building->arena, arguments->count, sizeof *passed);
    return is_stronger(arguments, to, from, passed);
}

static void arrows_add(struct building *building, uint32_t from, const struct targets *targets,
                       enum arrow_kind kind)
{
    for (size_t i = 0; i < targets->count; i++) {
        const struct target *target = &targets->list[i];
        struct arrow arrow = {
            .from = from, .kind = kind, .strength = target->strength, .through = UINT32_MAX};
        if (!node_of(building, target, &arrow.to))
            continue;
        if (kind == ARROW_REBUTS)
            arrow.kind = attack_on(target->kind);
        if (kind != ARROW_SUPPORTS)
            arrow.dropped = is_dropped(building, from, arrow.to);
        arrow_add(building, arrow);
    }
}

static void arrows_of(struct building *building, uint32_t number)
{
    const struct argument *argument = &building->debate->arguments->list[number];
    arrows_add(building, number, &argument->attacks, ARROW_REBUTS);
    arrows_add(building, number, &argument->partial, ARROW_PARTIAL);
    arrows_add(building, number, &argument->supports, ARROW_SUPPORTS);
    for (size_t i = 0; i < argument->because.count; i++)
        arrow_add(building, (struct arrow){.from = (uint32_t)argument->because.list[i].argument,
                                           .to = number,
                                           .kind = ARROW_REASON,
                                           .through = UINT32_MAX});
}

static bool is_attack(const struct arrow *arrow)
{
    return arrow->kind <= ARROW_PARTIAL && !arrow->dropped;
}

/* Attacks by their target, and what reaches the argument that is being expanded. */
struct expansion {
    struct building *building;
    size_t **into;         /* [argument]: numbers of the attacks on it */
    size_t *into_count;    /* [argument] */
    size_t *full, *weaker; /* [argument] a: 1 + the target that a reaches already */
    bool *done;            /* [argument] */
};

static void into_add(struct expansion *expansion, size_t number)
{
    const struct arrow *arrow = &expansion->building->debate->arrows[number];
    size_t *count = &expansion->into_count[arrow->to];
    size_t **into = &expansion->into[arrow->to];
    *into = arena_grow(expansion->building->arena, *into, *count, sizeof **into);
    (*into)[(*count)++] = number;
}

/* Notes that the arrow's origin reaches its target; false when it did before. */
static bool reach(struct expansion *expansion, const struct arrow *arrow)
{
    size_t mark = (size_t)arrow->to + 1;
    bool partial = arrow->kind == ARROW_PARTIAL;
    if (expansion->full[arrow->from] == mark || (partial && expansion->weaker[arrow->from] == mark))
        return false;
    *(partial ? &expansion->weaker[arrow->from] : &expansion->full[arrow->from]) = mark;
    return true;
}

/* Lets every attack on `reason` through to what stands on it. */
static void let_through(struct expansion *expansion, uint32_t reason, uint32_t to)
{
    struct debate *debate = expansion->building->debate;
    for (size_t i = 0; i < expansion->into_count[reason]; i++) {
        struct arrow arrow = debate->arrows[expansion->into[reason][i]];
        arrow.to = to;
        arrow.through = reason;
        if (arrow.kind == ARROW_REBUTS)
            arrow.kind = ARROW_UNDERMINES;
        if (!reach(expansion, &arrow) || debate->arrow_count >= DEBATE_ARROWS_MOST)
            continue;
        arrow_add(expansion->building, arrow);
        into_add(expansion, debate->arrow_count - 1);
    }
}

/* Reasons before what stands on them, so that attacks reach through chains; `because` has no
 * circles (arguments_read). */
static void reasons_expand(struct expansion *expansion, uint32_t number)
{
    struct debate *debate = expansion->building->debate;
    const struct targets *because = &debate->arguments->list[number].because;
    if (expansion->done[number])
        return;
    expansion->done[number] = true;
    for (size_t i = 0; i < because->count; i++)
        reasons_expand(expansion, (uint32_t)because->list[i].argument);
    for (size_t i = 0; i < expansion->into_count[number]; i++)
        reach(expansion, &debate->arrows[expansion->into[number][i]]);
    for (size_t i = 0; i < because->count; i++)
        let_through(expansion, (uint32_t)because->list[i].argument, number);
}

static enum status expand(struct building *building)
{
    struct debate *debate = building->debate;
    size_t count = debate->arguments->count, written = debate->arrow_count;
    struct arena *arena = building->arena;
    struct expansion expansion = {.building = building,
                                  .into = arena_array(arena, count, sizeof(size_t *)),
                                  .into_count = arena_array(arena, count, sizeof(size_t)),
                                  .full = arena_array(arena, count, sizeof(size_t)),
                                  .weaker = arena_array(arena, count, sizeof(size_t)),
                                  .done = arena_array(arena, count, sizeof(bool))};
    for (size_t i = 0; i < written; i++)
        if (is_attack(&debate->arrows[i]) && debate->arrows[i].to < count)
            into_add(&expansion, i);
    for (uint32_t i = 0; i < count; i++)
        reasons_expand(&expansion, i);
    if (debate->arrow_count < DEBATE_ARROWS_MOST)
        return STATUS_OK;
    return diags_error(building->diags, STATUS_SCENARIO, (struct place){NULL, 0, 0},
                       "the arguments attack each other in more than %d ways, those through "
                       "`because` included",
                       DEBATE_ARROWS_MOST);
}

/* --- the framework --------------------------------------------------------------------------- */

static const char *const *node_names(const struct building *building)
{
    const struct debate *debate = building->debate;
    const char **names = arena_array(building->arena, debate->count, sizeof *names);
    for (uint32_t i = 0; i < debate->count; i++)
        names[i] = debate->nodes[i].name;
    return names;
}

static void frame(struct building *building)
{
    struct debate *debate = building->debate;
    struct framework_draft *draft =
        framework_draft_new(building->arena, debate->count, node_names(building));
    for (size_t i = 0; i < debate->arrow_count; i++) {
        const struct arrow *arrow = &debate->arrows[i];
        if (arrow->kind == ARROW_SUPPORTS)
            framework_draft_support(draft, arrow->from, arrow->to);
        else if (arrow->kind == ARROW_PARTIAL && !arrow->dropped)
            framework_draft_partial_attack(draft, arrow->from, arrow->to, arrow->strength);
        else if (is_attack(arrow))
            framework_draft_attack(draft, arrow->from, arrow->to);
    }
    debate->framework = framework_draft_finish(draft);
    uint32_t *work = arena_array(building->arena, GROUNDED_WORK * debate->count, sizeof *work);
    uint8_t *labels = arena_array(building->arena, debate->count, sizeof *labels);
    labelling_grounded(debate->framework, NULL, labels, work);
    debate->grounded = labels;
}

enum status debate_build(const struct model *model, const struct arguments *arguments,
                         struct debate **debate, struct diags *diags)
{
    struct debate *made = arena_alloc(model->arena, sizeof *made);
    struct building building = {model, model->arena, made, diags};
    size_t errors = diags->errors;
    made->arguments = arguments;
    for (size_t i = 0; i < arguments->count; i++) {
        made->nodes = arena_grow(model->arena, made->nodes, made->count, sizeof *made->nodes);
        made->nodes[made->count++] = (struct debate_node){
            .name = arguments->list[i].id, .argument = &arguments->list[i], .claim = NODE_NONE};
    }
    for (uint32_t i = 0; i < arguments->count; i++)
        arrows_of(&building, i);
    if (diags->errors > errors)
        return diags_status(diags);
    if (expand(&building) != STATUS_OK)
        return STATUS_SCENARIO;
    frame(&building);
    *debate = made;
    return STATUS_OK;
}

bool debate_attacks(const struct debate *debate, uint32_t from, uint32_t to)
{
    const uint32_t *first = debate->framework->attacked.first;
    for (uint32_t i = first[from]; i < first[from + 1]; i++)
        if (debate->framework->attacked.others[i] == to)
            return true;
    return false;
}

#include "report/map.h"

#include <math.h>
#include <string.h>

#include "argue/gradual.h"
#include "base/math.h"
#include "report/disputes.h"
#include "report/figure.h"
#include "report/outline.h"
#include "report/reading.h"
#include "report/words.h"

const char *map_kind_name(enum map_node_kind kind)
{
    static const char *const names[] = {"argument", "premise", "claim", "step", "conclusion"};
    return names[kind];
}

struct making_map {
    struct arena *arena;
    struct map *map;
    const struct result *result;
    const struct model *model;
    const struct debate *debate; /* or NULL */
    const struct map_view *view;
};

static size_t node_add(struct making_map *making, struct map_node node)
{
    struct map *map = making->map;
    map->nodes = arena_grow(making->arena, map->nodes, map->node_count, sizeof node);
    map->nodes[map->node_count] = node;
    return map->node_count++;
}

static size_t node_find(const struct map *map, enum map_node_kind kind, const char *name)
{
    for (size_t i = 0; i < map->node_count; i++)
        if (map->nodes[i].kind == kind && strcmp(map->nodes[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

static void arrow_add(struct making_map *making, struct map_arrow arrow)
{
    struct map *map = making->map;
    map->arrows = arena_grow(making->arena, map->arrows, map->arrow_count, sizeof arrow);
    map->arrows[map->arrow_count++] = arrow;
}

static struct map_node plain_node(enum map_node_kind kind, const char *name, const char *text)
{
    return (struct map_node){.kind = kind, .name = name, .text = text, .strength = NOT_A_NUMBER};
}

static void leads(struct making_map *making, size_t from, size_t to, const char *verb)
{
    for (size_t i = 0; i < making->map->arrow_count; i++)
        if (making->map->arrows[i].from == from && making->map->arrows[i].to == to)
            return;
    arrow_add(making, (struct map_arrow){.from = from, .to = to, .verb = verb});
}

/* A premise hangs under the node of an argument's target that covers it. */
static size_t premise_add(struct making_map *making, const struct premise *premise)
{
    size_t at = node_find(making->map, MAP_PREMISE, premise->path), before;
    if (at != SIZE_MAX)
        return at;
    before = making->map->node_count;
    at = node_add(making, plain_node(MAP_PREMISE, premise->path,
                                     figure_premise(making->arena, premise, premise->value)));
    for (size_t i = 0; making->debate != NULL && i < before; i++) {
        const struct debate_node *node =
            i < making->debate->count ? &making->debate->nodes[i] : NULL;
        if (node != NULL && node->argument == NULL && target_covers(node->target, premise->path))
            leads(making, i, at, "covers");
    }
    return at;
}

/* --- what is said in the scenario ------------------------------------------------------------- */

static enum map_node_kind kind_of(const struct debate_node *node)
{
    if (node->argument != NULL)
        return MAP_ARGUMENT;
    return node->target->kind == TARGET_PREMISE ? MAP_PREMISE
           : node->target->kind == TARGET_STEP  ? MAP_STEP
                                                : MAP_CLAIM;
}

static size_t accepted_in(const struct making_map *making, uint32_t argument)
{
    const struct outcomes *outcomes = making->result->outcomes;
    size_t count = 0;
    for (size_t o = 0; o < outcomes->count; o++)
        count += outcomes->list[o].accepted[argument];
    return count;
}

static const char *text_of(const struct making_map *making, const struct debate_node *node)
{
    const struct premise *premise =
        node->argument == NULL ? scenario_premise(making->model->scenario, node->name) : NULL;
    if (node->argument != NULL)
        return node->argument->claim;
    return premise != NULL ? figure_premise(making->arena, premise, premise->value) : "";
}

/* What an argument sets without speaking to it in so many words. */
static void values_add(struct making_map *making, size_t number)
{
    const struct argument *argument = making->map->nodes[number].argument;
    for (size_t v = 0; v < argument->value_count; v++) {
        const struct premise *premise = argument->values[v].premise;
        bool attacked = false;
        for (size_t i = 0; i < argument->attacks.count; i++)
            attacked = attacked || target_covers(&argument->attacks.list[i], premise->path);
        if (!attacked)
            leads(making, number, premise_add(making, premise), "sets");
    }
}

static void debate_add(struct making_map *making)
{
    const struct debate *debate = making->debate;
    double *strengths = arena_array(making->arena, debate->count, sizeof *strengths);
    bool rated = gradual_categoriser(debate->framework, NULL, strengths, making->arena);
    for (uint32_t i = 0; i < debate->count; i++) {
        const struct debate_node *node = &debate->nodes[i];
        struct map_node made = {.kind = kind_of(node),
                                .name = node->name,
                                .text = text_of(making, node),
                                .label = label_words(debate->grounded[i]),
                                .strength = rated ? strengths[i] : NOT_A_NUMBER,
                                .argument = node->argument};
        if (node->argument != NULL) {
            made.reply = reply_words(argument_reply(debate, debate->grounded, i));
            made.accepted_in = accepted_in(making, i);
        }
        node_add(making, made);
    }
    for (size_t i = 0; i < debate->arrow_count; i++) {
        const struct arrow *arrow = &debate->arrows[i];
        if (arrow->through == UINT32_MAX)
            arrow_add(making, (struct map_arrow){.from = arrow->from,
                                                 .to = arrow->to,
                                                 .verb = arrow_name(arrow->kind),
                                                 .attack = arrow->kind <= ARROW_PARTIAL,
                                                 .partial = arrow->kind == ARROW_PARTIAL,
                                                 .dropped = arrow->dropped,
                                                 .strength = arrow->strength});
    }
    for (size_t i = 0; i < debate->arguments->count; i++)
        values_add(making, i);
}

/* --- what a theory claims --------------------------------------------------------------------- */

/* "theory.claim" as arguments write it: "theory/claim". */
static const char *claim_name(struct arena *arena, const char *name)
{
    char *copy = arena_string(arena, name);
    char *dot = strchr(copy, '.');
    if (dot != NULL)
        *dot = '/';
    return copy;
}

static size_t claim_add(struct making_map *making, const struct outline_claim *claim)
{
    const struct scenario *scenario = making->model->scenario;
    const char *name = claim_name(making->arena, claim->record->name);
    const struct template_words words = {
        reading_value(making->arena, making->result, claim->node, making->view->regime, 0),
        scenario->cases[0], scenario->regimes[making->view->regime].id};
    const char *text = words_template(making->arena, claim->record->text, &words);
    size_t at = node_find(making->map, MAP_CLAIM, name);
    if (at == SIZE_MAX)
        return node_add(making, plain_node(MAP_CLAIM, name, text));
    making->map->nodes[at].text = text;
    return at;
}

static void items_add(struct making_map *making, const size_t *claims,
                      const struct outline_item *items, size_t count, size_t to)
{
    for (size_t i = 0; i < count; i++) {
        bool is_claim = items[i].kind == OUTLINE_CLAIM || items[i].kind == OUTLINE_AGAIN;
        size_t from = is_claim ? claims[items[i].claim] : premise_add(making, items[i].premise);
        leads(making, from, to, "leads to");
    }
}

/* The steps that arguments undercut end in the conclusion too. */
static void steps_lead(struct making_map *making, size_t conclusion)
{
    for (size_t i = 0; making->debate != NULL && i < making->debate->count; i++) {
        const struct debate_node *node = &making->debate->nodes[i];
        if (making->map->nodes[i].kind == MAP_STEP && node->theory == making->view->theory)
            leads(making, i, conclusion, "leads to");
    }
}

static void theory_add(struct making_map *making)
{
    const struct scenario *scenario = making->model->scenario;
    const struct map_view *view = making->view;
    const struct explain_view explain = {.theory = view->theory, .regime = view->regime};
    const struct outline *outline = outline_build(making->arena, making->result, &explain);
    const struct opinion *opinion = result_opinion(making->result, view->theory, view->regime);
    size_t *claims = arena_array(making->arena, outline->claim_count, sizeof *claims);
    size_t conclusion =
        node_add(making, plain_node(MAP_CONCLUSION,
                                    arena_printf(making->arena, "%s on %s",
                                                 scenario->theories[view->theory].id,
                                                 scenario->regimes[view->regime].id),
                                    verdict_name(opinion->verdict)));
    for (size_t i = 0; i < outline->claim_count; i++)
        claims[i] = claim_add(making, &outline->claims[i]);
    items_add(making, claims, outline->top, outline->top_count, conclusion);
    for (size_t i = 0; i < outline->claim_count; i++)
        items_add(making, claims, outline->claims[i].items, outline->claims[i].count, claims[i]);
    steps_lead(making, conclusion);
}

/* --- focus ------------------------------------------------------------------------------------ */

static enum status focus_find(struct making_map *making, size_t *at, struct diags *diags)
{
    const struct map *map = making->map;
    const char **names = arena_array(making->arena, map->node_count, sizeof *names);
    for (size_t i = 0; i < map->node_count; i++) {
        names[i] = map->nodes[i].name;
        if (strcmp(names[i], making->view->focus) == 0) {
            *at = i;
            return STATUS_OK;
        }
    }
    const char *near = suggest(making->view->focus, names, map->node_count);
    struct diag diag = {.status = STATUS_USAGE,
                        .message = arena_printf(making->arena, "nothing on the map is called `%s`",
                                                making->view->focus)};
    if (near != NULL)
        diag.remedy = arena_printf(making->arena, "did you mean `%s`?", near);
    return diags_add(diags, &diag);
}

/* How many arrows, in either direction, lie between a node and the focus. */
static size_t *distances(const struct making_map *making, size_t focus)
{
    const struct map *map = making->map;
    size_t *distance = arena_array(making->arena, map->node_count, sizeof *distance);
    for (size_t i = 0; i < map->node_count; i++)
        distance[i] = i == focus ? 0 : SIZE_MAX;
    for (size_t step = 0; step < making->view->depth; step++)
        for (size_t i = 0; i < map->arrow_count; i++) {
            size_t a = map->arrows[i].from, b = map->arrows[i].to;
            if (distance[a] == step && distance[b] == SIZE_MAX)
                distance[b] = step + 1;
            if (distance[b] == step && distance[a] == SIZE_MAX)
                distance[a] = step + 1;
        }
    return distance;
}

static void keep_near(struct making_map *making, const size_t *distance)
{
    struct map *map = making->map;
    size_t *now = arena_array(making->arena, map->node_count, sizeof *now);
    size_t nodes = 0, arrows = 0;
    for (size_t i = 0; i < map->node_count; i++) {
        now[i] = nodes;
        if (distance[i] != SIZE_MAX)
            map->nodes[nodes++] = map->nodes[i];
    }
    for (size_t i = 0; i < map->arrow_count; i++) {
        struct map_arrow arrow = map->arrows[i];
        if (distance[arrow.from] == SIZE_MAX || distance[arrow.to] == SIZE_MAX)
            continue;
        arrow.from = now[arrow.from];
        arrow.to = now[arrow.to];
        map->arrows[arrows++] = arrow;
    }
    map->left_out = map->node_count - nodes;
    map->node_count = nodes;
    map->arrow_count = arrows;
}

static enum status focus(struct making_map *making, struct diags *diags)
{
    size_t at = 0;
    if (making->view->focus == NULL)
        return STATUS_OK;
    if (focus_find(making, &at, diags) != STATUS_OK)
        return STATUS_USAGE;
    making->map->focus = making->map->nodes[at].name;
    making->map->depth = making->view->depth;
    keep_near(making, distances(making, at));
    return STATUS_OK;
}

enum status map_make(struct arena *arena, const struct result *result, const struct map_view *view,
                     struct map **map, struct diags *diags)
{
    struct making_map making = {.arena = arena,
                                .map = arena_alloc(arena, sizeof **map),
                                .result = result,
                                .model = result->model,
                                .view = view};
    making.map->result = result;
    if (result->model->disputes == NULL && view->theory == SIZE_MAX) {
        struct diag diag = {.status = STATUS_USAGE,
                            .message = "the scenario has no arguments to map",
                            .remedy = "choose the claims of an opinion: --theory T --regime R"};
        return diags_add(diags, &diag);
    }
    if (result->model->disputes != NULL) {
        making.debate = result->model->disputes->debate;
        debate_add(&making);
    }
    if (view->theory != SIZE_MAX)
        theory_add(&making);
    if (focus(&making, diags) != STATUS_OK)
        return STATUS_USAGE;
    *map = making.map;
    return STATUS_OK;
}

#include "scenario/argument.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "scenario/argument_parts.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const char *const kind_names[] = {"factual", "legal", "moral"};
static const char *const semantics_names[] = {"preferred", "grounded", "stable", "chance"};

const char *argument_kind_name(enum argument_kind kind)
{
    return kind_names[kind];
}

const char *argumentation_name(enum argumentation_semantics semantics)
{
    return semantics_names[semantics];
}

/* --- parts of one argument ------------------------------------------------------------------ */

static const char *text_child(struct reader *reader, struct tree *map, const char *key)
{
    struct tree *child = tree_child(map, key);
    return child != NULL ? text_value(reader, child) : NULL;
}

/* The place among `names` of the text under `key`; `usual` where there is none. */
static size_t name_child(struct reader *reader, struct tree *map, const char *key,
                         const char *const *names, size_t count, size_t usual)
{
    const char *text = text_child(reader, map, key);
    for (size_t i = 0; text != NULL && i < count; i++)
        if (strcmp(names[i], text) == 0)
            return i;
    if (text != NULL)
        fault_report(reader,
                     fault_at_value(tree_child(map, key),
                                    remedy_for_name(reader->arena, text, names, count), NULL),
                     "there is no %s `%s`", key, text_shown(reader->arena, text));
    return usual;
}

/* A number from 0 to 1. */
static bool part_read(struct reader *reader, struct tree *node, double *part)
{
    double value;
    if (!plain_number(reader, node, &value))
        return false;
    if (!(value >= 0 && value <= 1)) {
        fault_report(reader, fault_at_value(node, NULL, NULL), "%s must be from 0 to 1",
                     node_name(reader->arena, node));
        return false;
    }
    *part = value;
    return true;
}

static bool list_check(struct reader *reader, struct tree *list, const char *example)
{
    list->read = true;
    if (list->kind == TREE_LIST)
        return true;
    tree_mark_read(list);
    fault_report(reader,
                 fault_at_value(list, arena_printf(reader->arena, "write `%s`", example), NULL),
                 "%s must be a list", node_name(reader->arena, list));
    return false;
}

static struct targets targets_read(struct argument_reader *reading, struct tree *map,
                                   const char *key, bool arguments_alone)
{
    struct targets targets = {0};
    struct tree *list = tree_child(map, key);
    const char *example = arena_printf(reading->reader.arena, "%s: [id, ...]", key);
    if (list == NULL || !list_check(&reading->reader, list, example))
        return targets;
    targets.list = arena_array(reading->reader.arena, list->count, sizeof *targets.list);
    for (struct tree *item = list->first; item != NULL; item = item->next) {
        tree_mark_read(item);
        struct target *target = &targets.list[targets.count];
        bool good = arguments_alone ? argument_id_read(reading, item, target)
                                    : target_read(reading, item, false, target);
        targets.count += good;
    }
    return targets;
}

static struct targets partial_read(struct argument_reader *reading, struct tree *map)
{
    struct targets targets = {0};
    struct tree *partial = tree_child(map, "partial");
    if (partial == NULL)
        return targets;
    partial->read = true;
    if (partial->kind != TREE_MAP) {
        tree_mark_read(partial);
        fault_report(&reading->reader,
                     fault_at_value(partial, "write `partial: {target: 0.5}`", NULL),
                     "%s must be a map", node_name(reading->reader.arena, partial));
        return targets;
    }
    targets.list = arena_array(reading->reader.arena, partial->count, sizeof *targets.list);
    for (struct tree *item = partial->first; item != NULL; item = item->next) {
        struct target *target = &targets.list[targets.count];
        double strength;
        if (target_read(reading, item, true, target) &&
            part_read(&reading->reader, item, &strength)) {
            target->strength = strength;
            targets.count++;
        }
    }
    return targets;
}

static void fault_self(struct argument_reader *reading, const struct argument *argument,
                       const struct targets *targets, const char *does, const char *remedy)
{
    for (size_t i = 0; i < targets->count; i++)
        if (targets->list[i].kind == TARGET_ARGUMENT &&
            strcmp(targets->list[i].name, argument->id) == 0)
            fault_report(&reading->reader, fault_at_value(targets->list[i].node, remedy, NULL),
                         "`%s` %s itself", argument->id, does);
}

static void relations_read(struct argument_reader *reading, struct tree *map,
                           struct argument *argument)
{
    argument->attacks = targets_read(reading, map, "attacks", false);
    argument->supports = targets_read(reading, map, "supports", false);
    argument->partial = partial_read(reading, map);
    argument->because = targets_read(reading, map, "because", true);
    argument->stronger_than = targets_read(reading, map, "stronger_than", true);
    fault_self(reading, argument, &argument->attacks, "attacks",
               "an argument against itself settles nothing: leave it out, or split it in two");
    fault_self(reading, argument, &argument->supports, "supports", "leave it out");
    fault_self(reading, argument, &argument->partial, "attacks", "leave it out");
}

static void texts_read(struct argument_reader *reading, struct tree *map, struct argument *argument)
{
    struct reader *reader = &reading->reader;
    argument->claim = text_child(reader, map, "claim");
    if (tree_child(map, "claim") == NULL)
        fault_report(reader, fault_at_key(map, "add `claim:` with one sentence", NULL),
                     "`%s.claim` is missing", map->path);
    argument->kind = (enum argument_kind)name_child(reader, map, "kind", kind_names,
                                                    COUNT_OF(kind_names), ARGUMENT_FACTUAL);
    argument->speaker = text_child(reader, map, "speaker");
    argument->role = text_child(reader, map, "role");
    argument->as_of = text_child(reader, map, "as_of");
    standing_here(reader, map, NULL, false);
    argument->source = map->standing != NULL ? map->standing->source : NULL;
    argument->note = text_child(reader, map, "note");
}

static void argument_read(struct argument_reader *reading, struct tree *map,
                          struct argument *argument)
{
    static const char *const keys[] = {
        "claim",    "kind",    "speaker", "role",          "as_of",    "source",        "attacks",
        "supports", "partial", "because", "stronger_than", "credence", "when_accepted", "note"};
    check_keys(&reading->reader, map, keys, COUNT_OF(keys));
    argument->tree = map;
    texts_read(reading, map, argument);
    relations_read(reading, map, argument);
    argument->credence = NOT_A_NUMBER;
    struct tree *credence = tree_child(map, "credence");
    if (credence != NULL)
        part_read(&reading->reader, credence, &argument->credence);
    struct tree *values = tree_child(map, "when_accepted");
    if (values != NULL)
        accepted_values_read(reading, values, argument);
}

/* --- circles -------------------------------------------------------------------------------- */

/* A walk along `because` or `stronger_than`. */
struct walk {
    const struct arguments *arguments;
    bool because;
    uint8_t *state; /* 0 unseen, 1 on the way, 2 done */
    size_t *way;
    size_t length;
};

static const struct targets *walk_targets(const struct walk *walk, size_t argument)
{
    const struct argument *at = &walk->arguments->list[argument];
    return walk->because ? &at->because : &at->stronger_than;
}

/* Follows the arrows without recursion, for they may be long; true at the first circle, which is
 * then the end of the way from the place `*start`. */
static bool walk_from(struct walk *walk, struct arena *arena, size_t first, size_t *start)
{
    size_t *next = arena_array(arena, walk->arguments->count, sizeof *next);
    walk->length = 1;
    walk->way[0] = first;
    walk->state[first] = 1;
    while (walk->length > 0) {
        size_t at = walk->way[walk->length - 1];
        const struct targets *targets = walk_targets(walk, at);
        if (next[at] == targets->count) {
            walk->state[at] = 2;
            walk->length--;
            continue;
        }
        size_t to = targets->list[next[at]++].argument;
        if (walk->state[to] == 1) {
            for (*start = 0; walk->way[*start] != to; ++*start)
                ;
            return true;
        }
        if (walk->state[to] == 0) {
            walk->state[to] = 1;
            walk->way[walk->length++] = to;
        }
    }
    return false;
}

static void fault_circle(struct argument_reader *reading, const struct walk *walk, size_t start)
{
    const struct argument *list = reading->arguments->list;
    const struct argument *first = &list[walk->way[start]];
    struct text text;
    text_init(&text, reading->reader.arena);
    for (size_t i = start; i < walk->length; i++)
        text_printf(&text, "`%s` %s ", list[walk->way[i]].id,
                    walk->because ? "because" : "stronger than");
    text_printf(&text, "`%s`", first->id);
    const struct tree *node = tree_child(first->tree, walk->because ? "because" : "stronger_than");
    fault_report(&reading->reader, fault_at_key(node, "take out one of the steps", NULL),
                 "%s goes in a circle: %s", walk->because ? "`because`" : "`stronger_than`",
                 text.data);
}

static void circles_check(struct argument_reader *reading, bool because)
{
    struct arena *arena = reading->reader.arena;
    size_t count = reading->arguments->count, start = 0;
    struct walk walk = {.arguments = reading->arguments,
                        .because = because,
                        .state = arena_array(arena, count, sizeof *walk.state),
                        .way = arena_array(arena, count + 1, sizeof *walk.way)};
    for (size_t i = 0; i < count; i++)
        if (walk.state[i] == 0 && walk_from(&walk, arena, i, &start)) {
            fault_circle(reading, &walk, start);
            return;
        }
}

/* --- both parts ----------------------------------------------------------------------------- */

static void argumentation_read(struct argument_reader *reading)
{
    static const char *const keys[] = {"semantics", "budget", "note", "source"};
    struct reader *reader = &reading->reader;
    struct arguments *arguments = reading->arguments;
    struct tree *map = tree_child(reader->scenario->root, "argumentation");
    arguments->budget = ARGUMENTATION_BUDGET;
    if (map == NULL)
        return;
    if (map->kind != TREE_MAP) {
        tree_mark_read(map);
        fault_report(reader, fault_at_value(map, "write `{semantics: preferred}`", NULL),
                     "`argumentation` must be a map");
        return;
    }
    check_keys(reader, map, keys, COUNT_OF(keys));
    arguments->semantics = (enum argumentation_semantics)name_child(
        reader, map, "semantics", semantics_names, COUNT_OF(semantics_names),
        ARGUMENTATION_PREFERRED);
    struct tree *budget = tree_child(map, "budget");
    double value;
    if (budget == NULL || !plain_number(reader, budget, &value))
        return;
    if (!(value >= 1 && value <= 1e12) || value != floor(value))
        fault_report(reader, fault_at_value(budget, NULL, NULL),
                     "`argumentation.budget` must be a whole number from 1 on");
    else
        arguments->budget = (uint64_t)value;
}

static void credences_check(struct argument_reader *reading)
{
    const struct arguments *arguments = reading->arguments;
    if (arguments->semantics != ARGUMENTATION_CHANCE)
        return;
    for (size_t i = 0; i < arguments->count; i++)
        if (tree_child(arguments->list[i].tree, "credence") == NULL)
            fault_report(
                &reading->reader,
                fault_at_key(arguments->list[i].tree, "add `credence:`, from 0 to 1", NULL),
                "`semantics: chance` needs the credence of `%s`", arguments->list[i].id);
}

static bool entry_check(struct argument_reader *reading, const struct tree *node)
{
    struct reader *reader = &reading->reader;
    if (!key_is_id(node->key)) {
        fault_report(
            reader, fault_at_key(node, "a letter, then letters, digits, `-` and `_`", NULL),
            "`%s` cannot be the name of an argument", text_shown(reader->arena, node->key));
        return false;
    }
    if (node->kind == TREE_MAP)
        return true;
    fault_report(reader, fault_at_value(node, "write `{claim: ..., attacks: [...]}`", NULL),
                 "`%s` must be a map", node->path);
    return false;
}

/* The entries that are well formed, so that their ids are known before any target is read. */
static struct tree **entries_find(struct argument_reader *reading, struct tree *map)
{
    struct arena *arena = reading->reader.arena;
    struct tree **entries = arena_array(arena, map->count, sizeof(struct tree *));
    const char **ids = arena_array(arena, map->count, sizeof *ids);
    for (struct tree *node = map->first; node != NULL; node = node->next) {
        node->read = true;
        if (key_is_core(node->key) || !entry_check(reading, node))
            continue;
        ids[reading->arguments->count] = node->key;
        entries[reading->arguments->count++] = node;
    }
    reading->ids = ids;
    return entries;
}

static void entries_read(struct argument_reader *reading, struct tree *map)
{
    struct arguments *arguments = reading->arguments;
    struct tree **entries = entries_find(reading, map);
    if (arguments->count > ARGUMENTS_MOST)
        fault_report(&reading->reader, fault_at_key(map, NULL, NULL),
                     "there are more than %d arguments", ARGUMENTS_MOST);
    arguments->list = arena_array(reading->reader.arena, arguments->count, sizeof *arguments->list);
    for (size_t i = 0; i < arguments->count; i++)
        arguments->list[i].id = reading->ids[i];
    for (size_t i = 0; i < arguments->count; i++)
        argument_read(reading, entries[i], &arguments->list[i]);
    argumentation_read(reading);
    credences_check(reading);
    circles_check(reading, true);
    circles_check(reading, false);
}

/* How to argue, without anything to argue about. */
static enum status alone_check(struct reader *reader)
{
    const struct tree *alone = tree_child(reader->scenario->root, "argumentation");
    if (alone == NULL)
        return STATUS_OK;
    fault_report(reader, fault_at_key(alone, "add `arguments:`, or leave it out", NULL),
                 "`argumentation` without `arguments`");
    return STATUS_SCENARIO;
}

enum status arguments_read(struct scenario *scenario, bool premises_known,
                           struct arguments **arguments, struct diags *diags)
{
    size_t errors = diags->errors;
    struct tree *map = tree_child(scenario->root, "arguments");
    struct argument_reader reading = {.reader = {scenario, scenario->arena, diags, &scenario->file},
                                      .premises_known = premises_known};
    if (map == NULL) {
        *arguments = NULL;
        return alone_check(&reading.reader);
    }
    map->read = true;
    reading.arguments = arena_alloc(scenario->arena, sizeof *reading.arguments);
    if (map->kind == TREE_MAP)
        entries_read(&reading, map);
    else
        fault_report(&reading.reader, fault_at_key(map, "write `id: {claim: ...}` below it", NULL),
                     "`arguments` must be a map");
    *arguments = reading.arguments->count > 0 ? reading.arguments : NULL;
    return diags->errors > errors ? diags_status(diags) : STATUS_OK;
}

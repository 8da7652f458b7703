/* What a regime changes of the one that it is like:
 *
 *   like: guidelines        an entry of `regimes:`, else a kind of regime
 *   drop: [computer]        steps that it does not take
 *   set:  {data.table.levels.1: 4}   numbers of tables of data, for this regime alone; a name that
 *                                    holds other signs stands alone: {data: {us/2G2.2: {...}}}
 *   add:  {community: {add: 2}}      steps for further facts, where the kind has them
 */
#include <math.h>
#include <string.h>

#include "scenario/bind.h"

/* --- drop ---------------------------------------------------------------------------------- */

static void read_drop(struct reader *reader, struct use *use, struct tree *drop)
{
    if (drop->kind != TREE_LIST) {
        fault_report(reader, fault_at_value(drop, "write `[step, ...]`", NULL),
                     "`%s` must be a list of steps", drop->path);
        tree_mark_read(drop);
        return;
    }
    drop->read = true;
    const char **names = arena_array(reader->arena, drop->count, sizeof *names);
    for (struct tree *item = drop->first; item != NULL; item = item->next) {
        const char *name = text_value(reader, item);
        if (name != NULL)
            names[use->dropped_count++] = name;
    }
    use->dropped = names;
}

/* --- set ----------------------------------------------------------------------------------- */

struct tree *data_changed(const struct scenario *scenario, const char *path)
{
    for (size_t i = 0; i < scenario->data_count; i++) {
        struct tree *root = data_root(scenario, i);
        struct tree *node = root != NULL ? data_node(root, path) : NULL;
        if (node != NULL)
            return node;
    }
    return NULL;
}

/* Whether every step of a key is a name or a number, so that its dots part steps. */
static bool is_path(const char *key)
{
    while (*key != '\0') {
        size_t length = strcspn(key, "."), digits = strspn(key, "0123456789");
        bool letter = (*key >= 'a' && *key <= 'z') || (*key >= 'A' && *key <= 'Z') || *key == '_';
        size_t plain = strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "0123456789_-");
        if (length == 0 || (digits != length && (!letter || plain < length)))
            return false;
        key += length + (key[length] == '.');
    }
    return true;
}

static const char *path_below(struct arena *arena, const char *path, const char *key)
{
    if (!is_path(key))
        return path_join(arena, path, key);
    return arena_printf(arena, "%s%s%s", path, path[0] != '\0' ? "." : "", key);
}

/* What may be said of the numbers below, beside them. */
static bool is_note(const char *key)
{
    return strcmp(key, "source") == 0 || strcmp(key, "status") == 0 || strcmp(key, "note") == 0;
}

/* Every value below `map`, with the path that the keys above it make. */
static void read_set(struct reader *reader, struct use *use, struct tree *map, const char *path)
{
    map->read = true;
    for (struct tree *child = map->first; child != NULL; child = child->next) {
        if (is_note(child->key))
            continue;
        const char *below = path_below(reader->arena, path, child->key);
        if (child->kind == TREE_MAP && !map_is_premise(child)) {
            read_set(reader, use, child, below);
            continue;
        }
        tree_mark_read(child);
        use->changes =
            arena_grow(reader->arena, use->changes, use->change_count, sizeof *use->changes);
        use->changes[use->change_count++] = (struct change){below, child};
        child->path = arena_printf(reader->arena, "%s.%s", use->tree->path, below);
    }
}

static void fault_no_number(struct binder *binder, const struct change *change)
{
    struct scenario *scenario = binder->reader.scenario;
    const char **names = arena_array(scenario->arena, scenario->premise_count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < scenario->premise_count; i++)
        if (strncmp(scenario->premises[i].path, "data.", 5) == 0)
            names[count++] = scenario->premises[i].path;
    const char *near = suggest(change->path, names, count);
    const char *remedy = near != NULL
                             ? arena_printf(scenario->arena, "did you mean `%s`?", near)
                             : "the path of a number in a table of data that the regime reads";
    fault_report(&binder->reader, fault_at_key(change->value, remedy, NULL),
                 "there is no number at `%s`", text_shown(scenario->arena, change->path));
}

/* What may be written: the same kind and unit as stands in the table. */
static struct schema schema_of(const struct premise *premise)
{
    return (struct schema){.kind = premise->kind == VALUE_TRUTH ? SCHEMA_TRUTH : SCHEMA_NUMBER,
                           .name = premise->path,
                           .unit = premise->unit,
                           .unit_text = premise->unit_text,
                           .unit_scale = premise->unit_scale,
                           .low = -HUGE_VAL,
                           .high = HUGE_VAL};
}

void changes_bind(struct binder *binder, const struct use *use)
{
    for (size_t i = 0; i < use->change_count; i++) {
        const struct change *change = &use->changes[i];
        const struct tree *node = data_changed(binder->reader.scenario, change->path);
        if (node == NULL || node->premise == 0) {
            fault_no_number(binder, change);
            continue;
        }
        struct schema *schema = arena_alloc(binder->reader.arena, sizeof *schema);
        *schema = schema_of(&binder->reader.scenario->premises[node->premise - 1]);
        bind_value(binder, schema, change->value);
    }
}

/* --- what changes ---------------------------------------------------------------------------- */

/* The first of a row of regimes that are like one another: changes have added up since. */
static const char *like_whom(const struct use *use)
{
    enum { MOST_LIKES = 32 };
    const struct tree *like = tree_child(use->tree, "like"), *section = use->tree->parent;
    for (int i = 0; i < MOST_LIKES && like != NULL && like->text != NULL; i++) {
        const struct tree *other = tree_child(section, like->text);
        const struct tree *further = tree_child(other, "like");
        if (further == NULL)
            return like->text;
        like = further;
    }
    return NULL;
}

void changes_read(struct reader *reader, struct use *use)
{
    struct tree *drop = tree_child(use->tree, "drop"), *set = tree_child(use->tree, "set");
    use->like = like_whom(use);
    if (drop != NULL)
        read_drop(reader, use, drop);
    if (set != NULL && set->kind == TREE_MAP)
        read_set(reader, use, set, "");
    if (set == NULL || set->kind == TREE_MAP)
        return;
    fault_report(reader, fault_at_value(set, "write `{data.table.step: number}`", NULL),
                 "`%s` must be a map of paths and numbers", set->path);
    tree_mark_read(set);
}

/* --- add ----------------------------------------------------------------------------------- */

static const struct schema *facts_of(const struct schema *cases)
{
    for (size_t i = 0; cases != NULL && i < cases->field_count; i++)
        if (strcmp(cases->fields[i].name, "facts") == 0 && cases->fields[i].kind == SCHEMA_RECORD)
            return &cases->fields[i];
    return NULL;
}

static bool is_declared(const struct schema *record, const char *name)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (strcmp(record->fields[i].name, name) == 0)
            return true;
    return false;
}

/* `facts` with a field for each fact that the regime adds steps for and its kind does not know. */
static struct schema facts_with(struct arena *arena, const struct schema *facts,
                                const struct tree *add)
{
    struct schema more = *facts;
    more.fields = arena_array(arena, facts->field_count + add->count, sizeof *more.fields);
    memcpy(more.fields, facts->fields, facts->field_count * sizeof *more.fields);
    for (const struct tree *step = add->first; step != NULL; step = step->next)
        if (!key_is_core(step->key) && !is_declared(facts, step->key))
            more.fields[more.field_count++] = (struct schema){
                .kind = SCHEMA_FACT, .name = step->key, .unit_scale = 1, .line = facts->line};
    return more;
}

const struct schema *cases_with_added(struct arena *arena, const struct schema *cases,
                                      const struct use *use)
{
    const struct tree *add = tree_child(use->tree, "add");
    const struct schema *facts = facts_of(cases);
    if (facts == NULL || add == NULL || add->kind != TREE_MAP)
        return cases;
    struct schema *more = arena_alloc(arena, sizeof *more);
    *more = *cases;
    more->fields = arena_array(arena, cases->field_count, sizeof *more->fields);
    memcpy(more->fields, cases->fields, cases->field_count * sizeof *more->fields);
    more->fields[facts - cases->fields] = facts_with(arena, facts, add);
    return more;
}

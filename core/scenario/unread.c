/* What stands in the file and nobody reads; and settings that fit nothing. */
#include <string.h>

#include "scenario/bind.h"

struct declared declared_by(const struct binder *binder, const struct schema *schema)
{
    return (struct declared){binder->plugin, schema->line};
}

void visit_add(struct binder *binder, const struct tree *map, const struct schema *record)
{
    binder->visits = arena_grow(binder->reader.arena, binder->visits, binder->visit_count,
                                sizeof *binder->visits);
    binder->visits[binder->visit_count++] = (struct visit){map, record};
}

void shared_mark_read(struct binder *binder, const struct tree *shared, const struct schema *params)
{
    visit_add(binder, shared, params);
    for (size_t i = 0; i < params->field_count; i++) {
        struct tree *child = tree_child(shared, params->fields[i].name);
        if (child != NULL)
            tree_mark_read(child);
    }
}

/* --- names that would have been read ------------------------------------------------------ */

struct names {
    struct arena *arena;
    const char **list;
    size_t count;
};

static void name_add(struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->list[i], name) == 0)
            return;
    names->list = arena_grow(names->arena, names->list, names->count, sizeof *names->list);
    names->list[names->count++] = name;
}

/* The fields that plugins declare for this map. */
static struct names names_of_map(const struct binder *binder, const struct tree *map)
{
    struct names names = {.arena = binder->reader.arena};
    for (size_t i = 0; i < binder->visit_count; i++) {
        const struct schema *record = binder->visits[i].record;
        if (binder->visits[i].map != map)
            continue;
        for (size_t k = 0; k < record->field_count; k++)
            name_add(&names, record->fields[k].name);
    }
    return names;
}

/* --- what nobody reads -------------------------------------------------------------------- */

/* Keys that were told already, below the name of their case: not once more for every case. */
struct unread {
    struct binder *binder;
    bool is_error;
    const char **told;
    size_t told_count;
};

static bool is_told(const struct unread *unread, const char *path)
{
    for (size_t i = 0; i < unread->told_count; i++)
        if (strcmp(unread->told[i], path) == 0)
            return true;
    return false;
}

static void unread_tell(struct unread *unread, const struct tree *map, const struct tree *child)
{
    struct reader *reader = &unread->binder->reader;
    struct names names = names_of_map(unread->binder, map);
    struct diag diag = fault_at_key(child, NULL, NULL);
    if (unread->is_error) {
        diag.remedy = remedy_for_name(reader->arena, child->key, names.list, names.count);
        fault_report(reader, diag, "unknown key `%s`", child->key);
        return;
    }
    const char *near = suggest(child->key, names.list, names.count);
    if (near != NULL)
        diag.remedy = arena_printf(reader->arena, "did you mean `%s`?", near);
    diag.warning = true;
    diag.status = STATUS_OK;
    fault_report(reader, diag, "no plugin reads `%s`", child->path);
}

static void unread_below(struct unread *unread, const struct tree *map, size_t skip);

static void unread_entries(struct unread *unread, const struct tree *list, size_t skip)
{
    for (const struct tree *entry = list->first; entry != NULL; entry = entry->next)
        if (entry->read && entry->kind == TREE_MAP)
            unread_below(unread, entry, skip);
}

/* `skip`: the bytes of each path that name the entry. */
static void unread_below(struct unread *unread, const struct tree *map, size_t skip)
{
    struct reader *reader = &unread->binder->reader;
    for (const struct tree *child = map->first; child != NULL; child = child->next) {
        bool is_core = key_is_core(child->key);
        if (reader->diags->count == DIAGS_MOST && !unread->is_error)
            return;
        if (!child->read && !is_core && !is_told(unread, child->path + skip)) {
            unread_tell(unread, map, child);
            unread->told =
                arena_grow(reader->arena, unread->told, unread->told_count, sizeof *unread->told);
            if (unread->told_count < DIAGS_MOST)
                unread->told[unread->told_count++] = child->path + skip;
        } else if (child->read && child->kind == TREE_MAP) {
            unread_below(unread, child, skip);
        } else if (child->read && child->kind == TREE_LIST) {
            unread_entries(unread, child, skip);
        }
    }
}

static void unread_section(struct binder *binder, const char *name)
{
    const struct tree *section = tree_child(binder->reader.scenario->root, name);
    struct unread unread = {.binder = binder};
    if (section != NULL && section->kind == TREE_MAP)
        unread_below(&unread, section, 0);
}

static void unread_cases(struct binder *binder)
{
    const struct scenario *scenario = binder->reader.scenario;
    const struct tree *cases = tree_child(scenario->root, "cases");
    struct unread unread = {.binder = binder, .is_error = scenario->worksheet};
    for (size_t i = 0; i < scenario->case_count; i++) {
        const struct tree *map = tree_child(cases, scenario->cases[i]);
        unread_below(&unread, map, strlen(map->path));
    }
}

static void unread_uses(struct binder *binder, const struct use *uses, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct unread unread = {.binder = binder, .is_error = true};
        unread_below(&unread, uses[i].tree, 0);
    }
}

void unread_report(struct binder *binder)
{
    const struct scenario *scenario = binder->reader.scenario;
    unread_uses(binder, scenario->regimes, scenario->regime_count);
    unread_uses(binder, scenario->theories, scenario->theory_count);
    if (binder->incomplete)
        return;
    unread_section(binder, "model");
    unread_section(binder, "shared");
    unread_cases(binder);
}

/* --- settings that fit nothing ------------------------------------------------------------ */

enum { MOST_PATHS = 5000 };

/* Every value below `node` that could have been meant. */
static void paths_add(struct names *names, const struct tree *node)
{
    bool is_value = node->kind == TREE_SCALAR || map_is_premise(node);
    bool settable = node->column == 0;
    if (names->count >= MOST_PATHS || !settable || (node->key != NULL && key_is_core(node->key)))
        return;
    if (is_value) {
        names->list = arena_grow(names->arena, names->list, names->count, sizeof *names->list);
        names->list[names->count++] = node->path;
        return;
    }
    for (const struct tree *child = node->first; child != NULL; child = child->next)
        paths_add(names, child);
}

static struct names paths_known(const struct scenario *scenario)
{
    struct names names = {.arena = scenario->arena};
    for (size_t i = 0; i < scenario->premise_count && names.count < MOST_PATHS; i++)
        if (scenario->premises[i].assumed) {
            names.list = arena_grow(names.arena, names.list, names.count, sizeof *names.list);
            names.list[names.count++] = scenario->premises[i].path;
        }
    paths_add(&names, scenario->root);
    return names;
}

void pending_report(struct binder *binder)
{
    struct scenario *scenario = binder->reader.scenario;
    struct names names = {0};
    for (size_t i = 0; i < scenario->pending_count; i++) {
        const struct tree *value = scenario->pending[i];
        if (value->read || (binder->incomplete && value->path[0] != '\0'))
            continue;
        if (names.list == NULL)
            names = paths_known(scenario);
        const char *near = suggest(value->path, names.list, names.count);
        struct diag diag = {.status = STATUS_USAGE, .place = value->place, .width = 1};
        if (near != NULL)
            diag.remedy = arena_printf(scenario->arena, "did you mean `%s`?", near);
        fault_report(&binder->reader, diag, "there is no value at `%s`", value->path);
    }
}

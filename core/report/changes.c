#include "report/changes.h"

#include <string.h>

#include "report/figure.h"
#include "report/json_parts.h"
#include "report/words.h"
#include "scenario/reader.h"

static const struct tree *added_of(const struct use *use)
{
    const struct tree *add = tree_child(use->tree, "add");
    return use->like != NULL && add != NULL && add->kind == TREE_MAP ? add : NULL;
}

bool changes_any(const struct model *model, size_t regime)
{
    const struct use *use = &model->scenario->regimes[regime];
    return use->dropped_count + use->change_count > 0 || added_of(use) != NULL;
}

/* What a number of a table was, and is in this regime. */
struct figures {
    const char *before, *now;
};

static struct figures figures_of(struct arena *arena, const struct model *model,
                                 const struct change *change)
{
    const struct premise *before = scenario_premise(model->scenario, change->path);
    const struct premise *now = scenario_premise(model->scenario, change->value->path);
    return (struct figures){before != NULL ? figure_premise(arena, before, before->value) : "-",
                            now != NULL ? figure_premise(arena, now, now->value) : "-"};
}

static void add_item(struct text *line, const char *item)
{
    text_printf(line, "%s%s", line->length > 0 ? "; " : "", item);
}

const char *changes_words(struct arena *arena, const struct model *model, size_t regime)
{
    const struct use *use = &model->scenario->regimes[regime];
    const struct tree *add = added_of(use);
    struct text line;
    text_init(&line, arena);
    for (size_t i = 0; i < use->dropped_count; i++)
        add_item(&line, arena_printf(arena, "without %s", use->dropped[i]));
    for (size_t i = 0; i < use->change_count; i++) {
        struct figures figures = figures_of(arena, model, &use->changes[i]);
        add_item(&line, arena_printf(arena, "%s is %s, not %s", use->changes[i].path, figures.now,
                                     figures.before));
    }
    for (const struct tree *step = add != NULL ? add->first : NULL; step != NULL; step = step->next)
        add_item(&line, arena_printf(arena, "with %s", step->key));
    return words_shown(arena, line.data);
}

/* --- values of the entry itself -------------------------------------------------------------- */

/* A value that is written otherwise than in the entry that it is like. */
struct other {
    const char *path;         /* below the entry */
    const char *before, *now; /* as written; NULL where the entry has none */
};

struct others {
    struct arena *arena;
    struct other *items;
    size_t count;
};

/* The entry of the regime that it is like; NULL when that is a kind. */
static struct tree *like_entry(const struct use *use)
{
    return use->like != NULL ? tree_child(use->tree->parent, use->like) : NULL;
}

static bool is_key(const struct tree *value, const char *key)
{
    return strcmp(value->key, key) == 0;
}

/* Keys of an entry that are its changes, or that no regime has from another; and keys of a value
 * that speak of it. */
static bool is_passed_over(const struct tree *value, bool of_entry)
{
    if (of_entry)
        return key_is_core(value->key) || is_key(value, "drop") || is_key(value, "set") ||
               is_key(value, "add");
    return is_key(value, "source") || is_key(value, "status") || is_key(value, "note");
}

/* A value on one line: "0.4", "[0, 0.04]". */
static void write_value(struct text *out, const struct tree *value)
{
    bool list = value->kind == TREE_LIST;
    if (value->kind == TREE_SCALAR) {
        text_add(out, value->text);
        return;
    }
    text_add(out, list ? "[" : "{");
    for (const struct tree *child = value->first; child != NULL; child = child->next) {
        if (child != value->first)
            text_add(out, ", ");
        if (!list)
            text_printf(out, "%s: ", child->key);
        write_value(out, child);
    }
    text_add(out, list ? "]" : "}");
}

/* NULL for a map, whose members are values each, and where nothing is. */
static const char *written(struct arena *arena, const struct tree *value)
{
    struct text text;
    if (value == NULL || value->kind == TREE_MAP)
        return NULL;
    text_init(&text, arena);
    write_value(&text, value);
    return text.data;
}

/* Adds each value below `map` of `entry` that `from`, an entry too, has not or otherwise. `lost`:
 * `from` is the regime's own entry, and only what it has not is added. */
static void compare_values(struct others *others, const struct tree *map, const struct tree *entry,
                           struct tree *from, bool lost)
{
    for (const struct tree *value = map->first; value != NULL; value = value->next) {
        const char *path = value->path + strlen(entry->path) + 1;
        if (is_passed_over(value, map == entry))
            continue;
        if (value->kind == TREE_MAP) {
            compare_values(others, value, entry, from, lost);
            continue;
        }
        const char *here = written(others->arena, value);
        const char *there = written(others->arena, tree_find(from, path));
        if (there != NULL && (lost || strcmp(here, there) == 0))
            continue;
        others->items =
            arena_grow(others->arena, others->items, others->count, sizeof *others->items);
        others->items[others->count++] =
            lost ? (struct other){path, here, NULL} : (struct other){path, there, here};
    }
}

/* Whole maps are taken from the other entry or written anew, so one of its own may lack values that
 * the other has. */
static struct others find_others(struct arena *arena, const struct use *use)
{
    struct others others = {.arena = arena};
    struct tree *like = like_entry(use);
    if (like != NULL) {
        compare_values(&others, use->tree, use->tree, like, false);
        compare_values(&others, like, like, use->tree, true);
    }
    return others;
}

/* --- as a diff ------------------------------------------------------------------------------- */

static void diff_line(struct text *out, const char *line)
{
    words_fill(out, words_shown(out->arena, line), "    ");
}

static void diff_entry(struct text *out, const struct use *use)
{
    struct others others = find_others(out->arena, use);
    for (size_t i = 0; i < others.count; i++) {
        const struct other *other = &others.items[i];
        if (other->before != NULL)
            diff_line(out, arena_printf(out->arena, "- %s: %s", other->path, other->before));
        if (other->now != NULL)
            diff_line(out, arena_printf(out->arena, "+ %s: %s", other->path, other->now));
    }
}

bool changes_differ(struct arena *arena, const struct model *model, size_t regime)
{
    return changes_any(model, regime) ||
           find_others(arena, &model->scenario->regimes[regime]).count > 0;
}

void changes_diff(struct text *out, const struct model *model, size_t regime)
{
    const struct use *use = &model->scenario->regimes[regime];
    const struct tree *add = added_of(use);
    struct arena *arena = out->arena;
    diff_line(out, arena_printf(arena, "--- %s", use->like != NULL ? use->like : use->kind));
    diff_line(out, arena_printf(arena, "+++ %s", use->id));
    diff_entry(out, use);
    for (size_t i = 0; i < use->dropped_count; i++)
        diff_line(out, arena_printf(arena, "- step %s", use->dropped[i]));
    for (size_t i = 0; i < use->change_count; i++) {
        struct figures figures = figures_of(arena, model, &use->changes[i]);
        diff_line(out, arena_printf(arena, "- %s: %s", use->changes[i].path, figures.before));
        diff_line(out, arena_printf(arena, "+ %s: %s", use->changes[i].path, figures.now));
    }
    for (const struct tree *step = add != NULL ? add->first : NULL; step != NULL; step = step->next)
        diff_line(out, arena_printf(arena, "+ step %s", step->key));
}

/* --- as JSON --------------------------------------------------------------------------------- */

static void json_figure(struct json *json, const char *key, const struct premise *premise)
{
    if (premise != NULL)
        json_premise_value(json, key, premise, premise->value);
    else
        json_nothing(json, key);
}

static void json_set(struct json *json, const struct model *model, const struct change *change)
{
    const struct premise *before = scenario_premise(model->scenario, change->path);
    const struct premise *now = scenario_premise(model->scenario, change->value->path);
    json_open_object(json, NULL);
    json_text(json, "path", change->path);
    json_figure(json, "before", before);
    json_figure(json, "now", now);
    json_text(json, "unit", before != NULL ? json_premise_unit(before) : NULL);
    json_close_object(json);
}

static void json_entry(struct json *json, const struct use *use)
{
    struct others others = find_others(json->out->arena, use);
    json_open_array(json, "values");
    for (size_t i = 0; i < others.count; i++) {
        json_open_object(json, NULL);
        json_text(json, "key", others.items[i].path);
        json_text(json, "before", others.items[i].before);
        json_text(json, "now", others.items[i].now);
        json_close_object(json);
    }
    json_close_array(json);
}

void changes_json(struct json *json, const struct model *model, size_t regime)
{
    const struct use *use = &model->scenario->regimes[regime];
    const struct tree *add = added_of(use);
    json_text(json, "like", use->like);
    if (use->like == NULL) {
        json_nothing(json, "changes");
        return;
    }
    json_open_object(json, "changes");
    json_open_line(json, "dropped");
    for (size_t i = 0; i < use->dropped_count; i++)
        json_text(json, NULL, use->dropped[i]);
    json_close_array(json);
    json_open_array(json, "set");
    for (size_t i = 0; i < use->change_count; i++)
        json_set(json, model, &use->changes[i]);
    json_close_array(json);
    json_open_line(json, "added");
    for (const struct tree *step = add != NULL ? add->first : NULL; step != NULL; step = step->next)
        json_text(json, NULL, step->key);
    json_close_array(json);
    json_entry(json, use);
    json_close_object(json);
}

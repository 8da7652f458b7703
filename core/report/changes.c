#include "report/changes.h"

#include <string.h>

#include "report/figure.h"
#include "report/json_parts.h"
#include "report/words.h"

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

/* The entry of the regime that it is like; NULL when that is a kind. */
static const struct tree *like_entry(const struct use *use)
{
    return use->like != NULL ? tree_child(use->tree->parent, use->like) : NULL;
}

/* Whether a value of the entry itself, not one of its changes, is another than it was. */
static bool is_other(const struct tree *value, const struct tree *before)
{
    static const char *const changes[] = {"drop", "set", "add", "like", "title", "note", "kind"};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (strcmp(value->key, changes[i]) == 0)
            return false;
    return value->kind == TREE_SCALAR && (before == NULL || before->kind != TREE_SCALAR ||
                                          strcmp(before->text, value->text) != 0);
}

static void diff_line(struct text *out, const char *line)
{
    words_fill(out, words_shown(out->arena, line), "    ");
}

static void diff_entry(struct text *out, const struct use *use)
{
    struct arena *arena = out->arena;
    const struct tree *like = like_entry(use);
    for (const struct tree *value = use->tree->first; like != NULL && value != NULL;
         value = value->next) {
        const struct tree *before = tree_child(like, value->key);
        if (!is_other(value, before))
            continue;
        if (before != NULL && before->kind == TREE_SCALAR)
            diff_line(out, arena_printf(arena, "- %s: %s", before->key, before->text));
        diff_line(out, arena_printf(arena, "+ %s: %s", value->key, value->text));
    }
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

/* Values of the entry itself, as they are written. */
static void json_entry(struct json *json, const struct use *use)
{
    const struct tree *like = like_entry(use);
    json_open_array(json, "values");
    for (const struct tree *value = use->tree->first; like != NULL && value != NULL;
         value = value->next) {
        const struct tree *before = tree_child(like, value->key);
        if (!is_other(value, before))
            continue;
        bool was = before != NULL && before->kind == TREE_SCALAR;
        json_open_object(json, NULL);
        json_text(json, "key", value->key);
        json_text(json, "before", was ? before->text : NULL);
        json_text(json, "now", value->text);
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

/* Two results in JSON, member by member: whether a run could be repeated to the last bit. */
#include <jansson.h>
#include <string.h>

#include "report/report.h"
#include "report/words.h"

enum { MOST_SHOWN = 30, VALUE_COLUMNS = 60 };

/* A comparison under way; `path` is where it stands. */
struct comparison {
    struct text *out;
    size_t count;
};

static void compare(struct comparison *comparison, const char *path, const json_t *saved,
                    const json_t *now);

/* The member by which an object in a list is known: "desert", "fines". */
static const char *name_of(const json_t *object)
{
    static const char *const keys[] = {"id", "name", "path", "theory", "regime", "case"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *name = json_string_value(json_object_get(object, keys[i]));
        if (name != NULL)
            return name;
    }
    return NULL;
}

static const char *step_into(struct arena *arena, const char *path, const json_t *item, size_t at)
{
    const char *name = name_of(item);
    return name != NULL ? arena_printf(arena, "%s[%s]", path, words_clip(arena, name, 60))
                        : arena_printf(arena, "%s[%zu]", path, at);
}

static const char *value_words(struct arena *arena, const json_t *value)
{
    char number[NUMBER_TEXT];
    if (value == NULL)
        return "nothing";
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return arena_printf(arena, "a list of %zu", json_array_size(value));
    case JSON_STRING:
        return words_clip(arena, json_string_value(value), VALUE_COLUMNS);
    case JSON_INTEGER:
        return arena_printf(arena, "%lld", (long long)json_integer_value(value));
    case JSON_REAL:
        return arena_string(arena, number_write(number, json_real_value(value)));
    case JSON_TRUE:
        return "true";
    case JSON_FALSE:
        return "false";
    case JSON_NULL:
        break;
    }
    return "null";
}

static void differ(struct comparison *comparison, const char *path, const json_t *saved,
                   const json_t *now)
{
    struct arena *arena = comparison->out->arena;
    if (comparison->count++ < MOST_SHOWN)
        text_printf(comparison->out, "%s: saved %s, now %s\n", path, value_words(arena, saved),
                    value_words(arena, now));
}

static void compare_lists(struct comparison *comparison, const char *path, const json_t *saved,
                          const json_t *now)
{
    size_t count = json_array_size(saved);
    if (count != json_array_size(now)) {
        differ(comparison, path, saved, now);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(saved, i);
        compare(comparison, step_into(comparison->out->arena, path, item, i), item,
                json_array_get(now, i));
    }
}

static const char *step_to(struct arena *arena, const char *path, const char *key)
{
    const char *shown = words_clip(arena, key, 60);
    return path[0] == '\0' ? shown : arena_printf(arena, "%s.%s", path, shown);
}

static void compare_objects(struct comparison *comparison, const char *path, const json_t *saved,
                            const json_t *now)
{
    struct arena *arena = comparison->out->arena;
    for (void *i = json_object_iter((json_t *)saved); i != NULL;
         i = json_object_iter_next((json_t *)saved, i)) {
        const char *key = json_object_iter_key(i);
        compare(comparison, step_to(arena, path, key), json_object_iter_value(i),
                json_object_get(now, key));
    }
    for (void *i = json_object_iter((json_t *)now); i != NULL;
         i = json_object_iter_next((json_t *)now, i)) {
        const char *key = json_object_iter_key(i);
        if (json_object_get(saved, key) == NULL)
            differ(comparison, step_to(arena, path, key), NULL, json_object_iter_value(i));
    }
}

static void compare(struct comparison *comparison, const char *path, const json_t *saved,
                    const json_t *now)
{
    if (json_is_object(saved) && json_is_object(now))
        compare_objects(comparison, path, saved, now);
    else if (json_is_array(saved) && json_is_array(now))
        compare_lists(comparison, path, saved, now);
    else if (now == NULL || !json_equal(saved, now))
        differ(comparison, path, saved, now);
}

static void release(void *json)
{
    json_decref(json);
}

/* NULL, with the reason in `diags`, when `text` is no JSON. */
static json_t *parse(struct text *out, const char *text, struct diags *diags)
{
    json_error_t error;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL)
        diags_error(diags, STATUS_USAGE, (struct place){NULL, 0, 0}, "not a saved result: %s",
                    words_shown(out->arena, error.text));
    else
        arena_defer(out->arena, release, json);
    return json;
}

size_t report_compare_json(struct text *out, const char *saved, const char *now,
                           struct diags *diags)
{
    struct comparison comparison = {out, 0};
    json_t *old = parse(out, saved, diags);
    json_t *new = parse(out, now, diags);
    if (old == NULL || new == NULL)
        return 0;
    compare(&comparison, "", old, new);
    if (comparison.count == 0)
        text_add(out, "verified: the same to the last bit\n");
    else if (comparison.count > MOST_SHOWN)
        text_printf(out, "and %zu more differences\n", comparison.count - MOST_SHOWN);
    return comparison.count;
}

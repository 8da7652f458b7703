#include "report/json_read.h"

#include <string.h>

#include "report/words.h"

void json_read_fault(struct json_reading *reading, const char *what, const char *reason)
{
    if (!reading->failed)
        diags_error(reading->diags, STATUS_USAGE, (struct place){reading->file->name, 0, 0},
                    "%s%s%s", what != NULL ? what : "", what != NULL ? ": " : "", reason);
    reading->failed = true;
}

static void release(void *json)
{
    json_decref(json);
}

json_t *json_read_root(struct json_reading *reading, struct arena *scratch)
{
    json_error_t error;
    if (reading->file->size == 0) {
        json_read_fault(reading, reading->what, "the file holds nothing");
        return NULL;
    }
    json_t *root =
        json_loadb(reading->file->data, reading->file->size, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) {
        const char *text = words_shown(reading->diags->arena, error.text);
        json_read_fault(reading, reading->what,
                        arena_printf(reading->diags->arena, "line %d: %s", error.line, text));
        return NULL;
    }
    arena_defer(scratch, release, root);
    return root;
}

const char *json_read_text(struct json_reading *reading, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    const char *text = json_string_value(value);
    if (text == NULL)
        json_read_fault(reading, reading->what,
                        arena_printf(reading->diags->arena,
                                     value == NULL ? "`%s` is missing" : "`%s` is no text", key));
    return text == NULL ? "" : arena_string(reading->arena, text);
}

uint64_t json_read_count(struct json_reading *reading, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_integer(value) && json_integer_value(value) >= 0)
        return (uint64_t)json_integer_value(value);
    json_read_fault(reading, reading->what,
                    arena_printf(reading->diags->arena, "`%s` is no count", key));
    return 0;
}

enum draw_kind json_read_sampling(struct json_reading *reading, const json_t *root)
{
    const char *name = json_string_value(json_object_get(root, "sampling"));
    if (name != NULL && strcmp(name, "sobol") == 0)
        return DRAWS_SOBOL;
    if (name == NULL || strcmp(name, "random") != 0)
        json_read_fault(reading, reading->what, "`sampling` is neither random nor sobol");
    return DRAWS_RANDOM;
}

const struct setting *json_read_settings(struct json_reading *reading, const json_t *root,
                                         size_t *count)
{
    const json_t *list = json_object_get(root, "settings");
    *count = json_array_size(list);
    struct setting *settings = arena_array(reading->arena, *count + 1, sizeof *settings);
    for (size_t i = 0; i < *count; i++) {
        const json_t *item = json_array_get(list, i);
        settings[i].path = json_read_text(reading, item, "path");
        settings[i].value = json_read_text(reading, item, "value");
    }
    return settings;
}

const char *const *json_read_dropped(struct json_reading *reading, const json_t *root,
                                     size_t *count)
{
    const json_t *list = json_object_get(root, "dropped");
    *count = json_array_size(list);
    const char **dropped = arena_array(reading->arena, *count + 1, sizeof *dropped);
    for (size_t i = 0; i < *count; i++) {
        const char *id = json_string_value(json_array_get(list, i));
        if (id == NULL)
            json_read_fault(reading, reading->what, "`dropped` holds something other than names");
        dropped[i] = arena_string(reading->arena, id != NULL ? id : "");
    }
    return dropped;
}

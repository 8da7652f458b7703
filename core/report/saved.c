/* Reads from a saved result what is needed to run it again. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "report/json_parts.h"
#include "report/report.h"
#include "report/words.h"

/* A file under way, and where its faults go. */
struct reading {
    struct arena *arena;
    const struct buffer *file;
    struct diags *diags;
    bool failed;
};

static void fault(struct reading *reading, const char *reason)
{
    if (!reading->failed)
        diags_error(reading->diags, STATUS_USAGE, (struct place){reading->file->name, 0, 0}, "%s",
                    reason);
    reading->failed = true;
}

static const char *read_text(struct reading *reading, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (text == NULL)
        fault(reading, arena_printf(reading->arena, "not a saved result: `%s` is missing", key));
    return text == NULL ? "" : arena_string(reading->arena, text);
}

static uint64_t read_count(struct reading *reading, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        fault(reading, arena_printf(reading->arena, "not a saved result: `%s` is no count", key));
    return (uint64_t)json_integer_value(value);
}

/* 0 where it is missing. */
static uint64_t read_optional(struct reading *reading, const json_t *object, const char *key)
{
    return json_object_get(object, key) == NULL ? 0 : read_count(reading, object, key);
}

static double read_end(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static void read_settings(struct reading *reading, const json_t *root, struct saved_run *run)
{
    const json_t *list = json_object_get(root, "settings");
    size_t count = json_array_size(list);
    struct setting *settings = arena_array(reading->arena, count + 1, sizeof *settings);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(list, i);
        settings[i].path = read_text(reading, item, "path");
        settings[i].value = read_text(reading, item, "value");
    }
    run->settings = settings;
    run->setting_count = count;
}

static void read_dropped(struct reading *reading, const json_t *root, struct saved_run *run)
{
    const json_t *list = json_object_get(root, "dropped");
    size_t count = json_array_size(list);
    const char **dropped = arena_array(reading->arena, count + 1, sizeof *dropped);
    for (size_t i = 0; i < count; i++) {
        const char *id = json_string_value(json_array_get(list, i));
        if (id == NULL)
            fault(reading, "not a saved result: `dropped` holds something other than names");
        dropped[i] = arena_string(reading->arena, id != NULL ? id : "");
    }
    run->dropped = dropped;
    run->dropped_count = count;
}

static void read_options(struct reading *reading, const json_t *root, struct saved_run *run)
{
    if (json_object_get(root, "partial_of") != NULL)
        fault(reading, "a partial result, which was stopped early: it cannot be had again");
    const json_t *along = json_object_get(root, "along_asked");
    run->options = (struct weigh_options){.draws = read_count(reading, root, "draws"),
                                          .resamples = read_optional(reading, root, "resamples"),
                                          .seed = read_count(reading, root, "seed"),
                                          .along_low = (double)NAN,
                                          .along_high = (double)NAN};
    if (!json_is_object(along))
        return;
    run->options.along = read_text(reading, along, "path");
    run->options.along_low = read_end(along, "low");
    run->options.along_high = read_end(along, "high");
}

static void check_format(struct reading *reading, const json_t *root)
{
    const char *format = json_string_value(json_object_get(root, "format"));
    if (format == NULL || strcmp(format, "assize-result") != 0) {
        fault(reading, "not a saved result: save one with `assize run SCENARIO --format json`");
        return;
    }
    json_int_t version = json_integer_value(json_object_get(root, "format_version"));
    if (version != RESULT_FORMAT_VERSION)
        fault(reading,
              arena_printf(reading->arena, "format version %lld; this program reads version %d",
                           (long long)version, RESULT_FORMAT_VERSION));
}

static void release(void *json)
{
    json_decref(json);
}

enum status report_read_saved(struct arena *arena, const struct buffer *file, struct saved_run *run,
                              struct diags *diags)
{
    json_error_t error;
    struct saved_run found = {0};
    struct reading reading = {.arena = arena, .file = file, .diags = diags};
    json_t *root = json_loadb(file->data, file->size, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL) {
        fault(&reading, arena_printf(arena, "not a saved result: line %d: %s", error.line,
                                     words_shown(arena, error.text)));
        return STATUS_USAGE;
    }
    arena_defer(arena, release, root);
    check_format(&reading, root);
    if (!reading.failed) {
        found.path = read_text(&reading, json_object_get(root, "scenario"), "path");
        read_settings(&reading, root, &found);
        read_dropped(&reading, root, &found);
        read_options(&reading, root, &found);
    }
    if (reading.failed)
        return STATUS_USAGE;
    *run = found;
    return STATUS_OK;
}

/* Reads from a saved result what is needed to run it again. */
#include <math.h>
#include <string.h>

#include "report/json_parts.h"
#include "report/json_read.h"
#include "report/report.h"

static double read_end(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

/* Missing where the draws are random. */
static enum draw_kind read_sampling(struct json_reading *reading, const json_t *root)
{
    return json_object_get(root, "sampling") == NULL ? DRAWS_RANDOM
                                                     : json_read_sampling(reading, root);
}

/* 0 where it is missing. */
static uint64_t read_optional(struct json_reading *reading, const json_t *object, const char *key)
{
    return json_object_get(object, key) == NULL ? 0 : json_read_count(reading, object, key);
}

static void read_options(struct json_reading *reading, const json_t *root, struct saved_run *run)
{
    if (json_object_get(root, "partial_of") != NULL)
        json_read_fault(reading, NULL,
                        "a partial result, which was stopped early: it cannot be had again");
    const json_t *along = json_object_get(root, "along_asked");
    bool rounded = json_object_get(root, "draws_rounded_from") != NULL;
    const char *draws = rounded ? "draws_rounded_from" : "draws";
    run->options = (struct weigh_options){.sampling = read_sampling(reading, root),
                                          .draws = json_read_count(reading, root, draws),
                                          .resamples = read_optional(reading, root, "resamples"),
                                          .seed = json_read_count(reading, root, "seed"),
                                          .along_low = (double)NAN,
                                          .along_high = (double)NAN};
    if (!json_is_object(along))
        return;
    run->options.along = json_read_text(reading, along, "path");
    run->options.along_low = read_end(along, "low");
    run->options.along_high = read_end(along, "high");
}

static void check_format(struct json_reading *reading, const json_t *root)
{
    const char *format = json_string_value(json_object_get(root, "format"));
    if (format == NULL || strcmp(format, "assize-result") != 0) {
        json_read_fault(reading, reading->what,
                        "save one with `assize run SCENARIO --format json`");
        return;
    }
    json_int_t version = json_integer_value(json_object_get(root, "format_version"));
    if (version != RESULT_FORMAT_VERSION)
        json_read_fault(reading, NULL,
                        arena_printf(reading->arena,
                                     "format version %lld; this program reads version %d",
                                     (long long)version, RESULT_FORMAT_VERSION));
}

enum status report_read_saved(struct arena *arena, const struct buffer *file, struct saved_run *run,
                              struct diags *diags)
{
    struct saved_run found = {0};
    struct json_reading reading = {
        .arena = arena, .file = file, .what = "not a saved result", .diags = diags};
    json_t *root = json_read_root(&reading, arena);
    if (root == NULL)
        return STATUS_USAGE;
    check_format(&reading, root);
    if (!reading.failed) {
        found.path = json_read_text(&reading, json_object_get(root, "scenario"), "path");
        found.settings = json_read_settings(&reading, root, &found.setting_count);
        found.dropped = json_read_dropped(&reading, root, &found.dropped_count);
        if (json_object_get(root, "draws_from") != NULL)
            found.draws_from = json_read_text(&reading, root, "draws_from");
        read_options(&reading, root, &found);
    }
    if (reading.failed)
        return STATUS_USAGE;
    *run = found;
    return STATUS_OK;
}

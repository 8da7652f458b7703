/* Reads a part of a run, which may have been cut short, changed, or made by hand. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/json_read.h"
#include "report/part.h"
#include "report/part_parts.h"
#include "report/report.h"

static void fault(struct json_reading *reading, const char *reason)
{
    json_read_fault(reading, reading->what, reason);
}

/* --- the file as a whole --------------------------------------------------------------------- */

/* Whether the file ends in the checksum of all before it. */
static void check_sum(struct json_reading *reading)
{
    const size_t before = strlen(PART_BEFORE_SUM), behind = strlen(PART_BEHIND_SUM);
    const size_t tail = before + HASH_TEXT - 1 + behind, size = reading->file->size;
    const char *at = reading->file->data + size - tail;
    char sum[HASH_TEXT];
    if (size < tail || memcmp(at, PART_BEFORE_SUM, before) != 0 ||
        memcmp(at + tail - behind, PART_BEHIND_SUM, behind) != 0) {
        fault(reading, "it does not end as one: was it cut off?");
        return;
    }
    struct hasher *hasher = hasher_new(reading->diags->arena);
    hasher_add(hasher, reading->file->data, size - tail);
    hasher_finish(hasher, sum);
    if (memcmp(sum, at + before, HASH_TEXT - 1) != 0)
        fault(reading, "its checksum is another one: it was changed since");
}

/* First, for whatever else the file may be. */
static void check_format(struct json_reading *reading, const json_t *root)
{
    const char *format = json_string_value(json_object_get(root, "format"));
    if (format == NULL || strcmp(format, PART_FORMAT) != 0) {
        fault(reading, "make one with `assize run SCENARIO --shard 1/2 -o FILE`");
        return;
    }
    json_int_t version = json_integer_value(json_object_get(root, "format_version"));
    const char *program = json_string_value(json_object_get(root, "assize"));
    if (version != PART_FORMAT_VERSION || program == NULL || strcmp(program, ASSIZE_VERSION) != 0)
        json_read_fault(reading, NULL,
                        "a part of another version of the program: make all parts with this one, "
                        "assize " ASSIZE_VERSION);
}

/* --- numbers --------------------------------------------------------------------------------- */

/* -?0x[01](.[0-9a-f]+)?p[-+][0-9]+ */
static bool is_hex(const char *text)
{
    static const char digits[] = "0123456789abcdef";
    enum { MOST_DIGITS = 16, MOST_EXPONENT = 4 };
    text += *text == '-';
    if (strncmp(text, "0x0", 3) != 0 && strncmp(text, "0x1", 3) != 0)
        return false;
    text += 3;
    if (*text == '.') {
        size_t count = strspn(text + 1, digits);
        if (count == 0 || count > MOST_DIGITS)
            return false;
        text += 1 + count;
    }
    if (text[0] != 'p' || (text[1] != '-' && text[1] != '+'))
        return false;
    size_t count = strspn(text + 2, "0123456789");
    return count > 0 && count <= MOST_EXPONENT && text[2 + count] == '\0';
}

static double read_hex(struct json_reading *reading, const json_t *value)
{
    const char *text = json_string_value(value);
    if (text != NULL && strcmp(text, "nan") == 0)
        return (double)NAN;
    if (text != NULL && (strcmp(text, "inf") == 0 || strcmp(text, "-inf") == 0))
        return text[0] == '-' ? -HUGE_VAL : HUGE_VAL;
    if (text != NULL && is_hex(text))
        return strtod(text, NULL);
    fault(reading, "a number in base 16 is wanted where there is none");
    return 0;
}

static uint64_t read_whole(struct json_reading *reading, const json_t *value)
{
    if (json_is_integer(value) && json_integer_value(value) >= 0)
        return (uint64_t)json_integer_value(value);
    fault(reading, "a count is wanted where there is none");
    return 0;
}

static const json_t *read_list(struct json_reading *reading, const json_t *object, const char *key)
{
    const json_t *list = json_object_get(object, key);
    if (!json_is_array(list))
        fault(reading, arena_printf(reading->diags->arena, "`%s` is no list", key));
    return list;
}

/* --- summaries ------------------------------------------------------------------------------- */

static void read_branches(struct json_reading *reading, const json_t *object,
                          struct summary_state *state)
{
    enum { MEMBERS = 6 };
    const json_t *list = read_list(reading, object, "branches");
    state->branch_count = json_array_size(list);
    state->branches = arena_array(reading->arena, state->branch_count, sizeof *state->branches);
    for (size_t b = 0; b < state->branch_count && !reading->failed; b++) {
        const json_t *item = json_array_get(list, b);
        uint64_t level = read_whole(reading, json_array_get(item, 0));
        if (json_array_size(item) != MEMBERS || level > UINT32_MAX) {
            fault(reading, "a branch is not written as one");
            return;
        }
        state->branches[b] =
            (struct state_branch){.level = (uint32_t)level,
                                  .index = read_whole(reading, json_array_get(item, 1)),
                                  .count = read_whole(reading, json_array_get(item, 2)),
                                  .base = read_hex(reading, json_array_get(item, 3)),
                                  .mean = read_hex(reading, json_array_get(item, 4)),
                                  .squares = read_hex(reading, json_array_get(item, 5))};
    }
}

static void read_rest(struct json_reading *reading, const json_t *object,
                      struct summary_state *state)
{
    const json_t *list = read_list(reading, object, "rest");
    state->rest_count = json_array_size(list);
    state->rest = arena_array(reading->arena, state->rest_count, sizeof *state->rest);
    for (size_t i = 0; i < state->rest_count && !reading->failed; i++) {
        double value = read_hex(reading, json_array_get(list, i));
        state->rest[i] = isfinite(value) ? value : (double)NAN;
    }
}

static void read_bins(struct json_reading *reading, const json_t *object,
                      struct summary_state *state)
{
    enum { MEMBERS = 3 };
    const json_t *list = read_list(reading, object, "bins");
    state->bin_count = json_array_size(list) / MEMBERS;
    state->bins = arena_array(reading->arena, state->bin_count, sizeof *state->bins);
    if (json_array_size(list) % MEMBERS != 0)
        fault(reading, "the last of its bins is not whole");
    for (size_t b = 0; b < state->bin_count && !reading->failed; b++) {
        uint64_t key = read_whole(reading, json_array_get(list, MEMBERS * b));
        uint64_t bin = read_whole(reading, json_array_get(list, MEMBERS * b + 1));
        if (key > UINT32_MAX || bin > UINT32_MAX)
            fault(reading, "there is no such bin");
        state->bins[b] =
            (struct state_bin){(uint32_t)key, (uint32_t)bin,
                               read_whole(reading, json_array_get(list, MEMBERS * b + 2))};
    }
}

static const struct summary_state *read_states(struct json_reading *reading, const json_t *root,
                                               const char *key, uint64_t lanes, size_t *count)
{
    const json_t *list = read_list(reading, root, key);
    *count = json_array_size(list);
    struct summary_state *states = arena_array(reading->arena, *count, sizeof *states);
    for (size_t i = 0; i < *count && !reading->failed; i++) {
        const json_t *item = json_array_get(list, i);
        states[i].taken = lanes;
        states[i].count = json_read_count(reading, item, "finite");
        states[i].least = read_hex(reading, json_object_get(item, "least"));
        states[i].greatest = read_hex(reading, json_object_get(item, "greatest"));
        read_branches(reading, item, &states[i]);
        read_rest(reading, item, &states[i]);
        read_bins(reading, item, &states[i]);
    }
    return states;
}

/* --- which run it is of ---------------------------------------------------------------------- */

static const char *read_hash(struct json_reading *reading, const json_t *object, const char *key)
{
    const char *text = json_read_text(reading, object, key);
    if (strlen(text) != HASH_TEXT - 1 || strspn(text, "0123456789abcdef") != HASH_TEXT - 1)
        fault(reading, arena_printf(reading->diags->arena, "`%s` is no hash", key));
    return text;
}

static void read_inputs(struct json_reading *reading, const json_t *root, struct part *part)
{
    const json_t *list = read_list(reading, root, "inputs");
    part->input_count = json_array_size(list);
    struct part_input *inputs = arena_array(reading->arena, part->input_count, sizeof *inputs);
    for (size_t i = 0; i < part->input_count && !reading->failed; i++) {
        inputs[i].name = json_read_text(reading, json_array_get(list, i), "name");
        inputs[i].hash = read_hash(reading, json_array_get(list, i), "hash");
    }
    part->inputs = inputs;
}

static void read_shard(struct json_reading *reading, const json_t *root, struct part *part)
{
    part->shard.number = json_read_count(reading, root, "shard");
    part->shard.count = json_read_count(reading, root, "of");
    if (part->shard.number < 1 || part->shard.number > part->shard.count ||
        part->shard.count > SHARDS_MOST)
        fault(reading, "there is no such shard");
    part->first = json_read_count(reading, root, "first");
    part->lanes = json_read_count(reading, root, "lanes");
    if (part->first % ENGINE_LEAF != 0 && part->lanes > 0)
        fault(reading, "its draws do not begin with a whole leaf");
}

static void read_identity(struct json_reading *reading, const json_t *root, struct part *part)
{
    read_shard(reading, root, part);
    part->path = json_read_text(reading, root, "path");
    read_list(reading, root, "settings");
    read_list(reading, root, "dropped");
    part->settings = json_read_settings(reading, root, &part->setting_count);
    part->dropped = json_read_dropped(reading, root, &part->dropped_count);
    if (!json_is_null(json_object_get(root, "draws_from")))
        part->draws_from = json_read_text(reading, root, "draws_from");
    part->options = (struct weigh_options){
        .sampling = json_read_sampling(reading, root),
        .draws = json_read_count(reading, root, "draws"),
        .seed = json_read_count(reading, root, "seed"),
        .resamples = json_read_count(reading, root, "resamples"),
        .along_low = (double)NAN,
        .along_high = (double)NAN,
    };
    part->inputs_hash = read_hash(reading, root, "inputs_hash");
    part->graph_hash = read_hash(reading, root, "graph_hash");
    read_inputs(reading, root, part);
}

/* --- the whole ------------------------------------------------------------------------------- */

static void read_part(struct json_reading *reading, struct arena *scratch, struct part *part)
{
    const json_t *root = json_read_root(reading, scratch);
    if (root != NULL)
        check_format(reading, root);
    if (!reading->failed)
        check_sum(reading);
    if (!reading->failed)
        read_identity(reading, root, part);
    if (!reading->failed)
        part->cells = read_states(reading, root, "cells", part->lanes, &part->cell_count);
    if (!reading->failed)
        part->pairs = read_states(reading, root, "pairs", part->lanes, &part->pair_count);
}

enum status report_read_part(struct arena *arena, const struct buffer *file, struct part *part,
                             struct diags *diags)
{
    struct part found = {.file = file->name};
    struct json_reading reading = {
        .arena = arena, .file = file, .what = "not a part of a run", .diags = diags};
    struct arena *scratch = arena_child(arena);
    read_part(&reading, scratch, &found);
    arena_release(scratch);
    if (reading.failed)
        return STATUS_USAGE;
    *part = found;
    return STATUS_OK;
}

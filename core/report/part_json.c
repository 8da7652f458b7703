/* A part of a run as JSON. */
#include <math.h>
#include <stdio.h>

#include "base/file.h"
#include "report/json_parts.h"
#include "report/part.h"
#include "report/part_parts.h"
#include "report/report.h"

/* As C99 writes numbers in base 16, so exactly. */
static void hex(struct json *json, const char *key, double value)
{
    char text[64];
    if (isnan(value))
        snprintf(text, sizeof text, "nan");
    else
        snprintf(text, sizeof text, "%a", value);
    json_text(json, key, text);
}

static void branches(struct json *json, const struct summary_state *state)
{
    json_open_line(json, "branches");
    for (size_t b = 0; b < state->branch_count; b++) {
        const struct state_branch *branch = &state->branches[b];
        json_open_line(json, NULL);
        json_count(json, NULL, branch->level);
        json_count(json, NULL, branch->index);
        json_count(json, NULL, branch->count);
        hex(json, NULL, branch->base);
        hex(json, NULL, branch->mean);
        hex(json, NULL, branch->squares);
        json_close_array(json);
    }
    json_close_array(json);
}

static void rest(struct json *json, const struct summary_state *state)
{
    json_open_line(json, "rest");
    for (size_t i = 0; i < state->rest_count; i++)
        hex(json, NULL, state->rest[i]);
    json_close_array(json);
}

/* Key, bin, how many values; and so on. */
static void bins(struct json *json, const struct summary_state *state)
{
    json_open_line(json, "bins");
    for (size_t b = 0; b < state->bin_count; b++) {
        json_count(json, NULL, state->bins[b].key);
        json_count(json, NULL, state->bins[b].bin);
        json_count(json, NULL, state->bins[b].count);
    }
    json_close_array(json);
}

static void states(struct json *json, const char *key, const struct summary_state *states,
                   size_t count)
{
    json_open_array(json, key);
    for (size_t i = 0; i < count; i++) {
        const struct summary_state *state = &states[i];
        json_open_object(json, NULL);
        json_count(json, "finite", state->count);
        hex(json, "least", state->least);
        hex(json, "greatest", state->greatest);
        branches(json, state);
        rest(json, state);
        bins(json, state);
        json_close_object(json);
    }
    json_close_array(json);
}

static void identity(struct json *json, const struct part *part)
{
    json_text(json, "format", PART_FORMAT);
    json_count(json, "format_version", PART_FORMAT_VERSION);
    json_text(json, "assize", ASSIZE_VERSION);
    json_count(json, "shard", part->shard.number);
    json_count(json, "of", part->shard.count);
    json_text(json, "path", part->path);
    json_changes(json, part->settings, part->setting_count, part->dropped, part->dropped_count);
    json_text(json, "draws_from", part->draws_from);
    json_text(json, "sampling", part->options.sampling == DRAWS_SOBOL ? "sobol" : "random");
    json_count(json, "seed", part->options.seed);
    json_count(json, "draws", part->options.draws);
    json_count(json, "resamples", part->options.resamples);
    json_text(json, "inputs_hash", part->inputs_hash);
    json_text(json, "graph_hash", part->graph_hash);
    json_open_array(json, "inputs");
    for (size_t i = 0; i < part->input_count; i++) {
        json_open_object(json, NULL);
        json_text(json, "name", part->inputs[i].name);
        json_text(json, "hash", part->inputs[i].hash);
        json_close_object(json);
    }
    json_close_array(json);
}

void report_part_json(struct text *out, const struct part *part)
{
    struct json json;
    char checksum[HASH_TEXT];
    json_init(&json, out);
    json_open_object(&json, NULL);
    identity(&json, part);
    json_count(&json, "first", part->first);
    json_count(&json, "lanes", part->lanes);
    states(&json, "cells", part->cells, part->cell_count);
    states(&json, "pairs", part->pairs, part->pair_count);
    struct hasher *hasher = hasher_new(out->arena);
    hasher_add(hasher, out->data, out->length);
    hasher_finish(hasher, checksum);
    json_text(&json, "checksum", checksum);
    json_close_object(&json);
    json_finish(&json);
}

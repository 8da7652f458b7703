/* The order in which the engine computes, as JSON. */
#include "report/json_parts.h"
#include "report/report.h"
#include "report/tape.h"

static void axes(struct json *json, const struct graph *graph, axis_set set)
{
    json_open_line(json, "axes");
    for (uint32_t axis = 0; axis < graph->axis_count; axis++)
        if (axes_have(set, axis))
            json_text(json, NULL, graph->axes[axis].name);
    json_close_array(json);
}

static void step(struct json *json, const struct listing *listing, const struct listed_tape *tape,
                 const struct shown_step *step)
{
    const struct graph *graph = tape->shown->graph;
    struct arena *arena = json->out->arena;
    json_open_object(json, NULL);
    json_count(json, "depth", step->depth);
    if (step->loops) {
        json_text(json, "loop", graph->axes[step->axis].name);
        json_count(json, "turns", step->turns);
    } else {
        json_text(json, "operation", tape_operation(arena, graph, step));
        json_text(json, "name", tape->names[step->node]);
        json_text(json, "formula", tape_formula(arena, graph, step));
        axes(json, graph, step->axes);
        json_count(json, "row", step->place);
        json_count(json, "rows", step->rows);
        if (listing->timed)
            json_number(json, "share_of_time", step->share);
    }
    json_close_object(json);
}

static void counts(struct json *json, const struct listing *listing, const struct shown_tape *shown)
{
    json_count(json, "nodes", shown->nodes);
    json_count(json, "claims", shown->claims);
    json_count(json, "dead", shown->dead);
    json_count(json, "fixed", shown->fixed);
    json_count(json, "varying", shown->varying);
    json_count(json, "folded", shown->folded);
    json_count(json, "rows", shown->rows);
    json_count(json, "rows_without_reuse", shown->rows_without_reuse);
    json_count(json, "fixed_cells", shown->fixed_cells);
    json_count(json, "block", shown->block);
    json_count(json, "bytes", shown->bytes);
    if (!listing->timed)
        return;
    json_text(json, "instruction_set", shown->isa);
    json_number(json, "measured_seconds", shown->seconds);
    json_count(json, "measured_draws", shown->timed_lanes);
}

void report_tape_json(struct text *out, const struct listing *listing)
{
    struct json json;
    json_init(&json, out);
    json_open_object(&json, NULL);
    json_text(&json, "format", "assize-tape");
    json_count(&json, "format_version", 1);
    json_text(&json, "assize", ASSIZE_VERSION);
    json_text(&json, "path", listing->model->path);
    json_text(&json, "inputs_hash", listing->model->inputs_hash);
    json_text(&json, "graph_hash", listing->model->graph_hash);
    json_open_array(&json, "tapes");
    for (size_t t = 0; t < listing->count; t++) {
        const struct listed_tape *tape = &listing->tapes[t];
        json_open_object(&json, NULL);
        json_text(&json, "title", tape->title);
        counts(&json, listing, tape->shown);
        json_open_array(&json, "steps");
        for (size_t s = 0; s < tape->shown->step_count; s++)
            step(&json, listing, tape, &tape->shown->steps[s]);
        json_close_array(&json);
        json_close_object(&json);
    }
    json_close_array(&json);
    json_close_object(&json);
    json_finish(&json);
}

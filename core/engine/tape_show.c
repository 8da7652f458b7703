#include "engine/tape_show.h"

#include <string.h>
#include <time.h>

#include "engine/run.h"

/* --- what there is --------------------------------------------------------------------------- */

/* Rows that the result of a step keeps: those of the loops around it along which it moves. */
static size_t rows_kept(const struct step *step, const struct step *const *loops)
{
    size_t rows = 1;
    for (size_t l = 0; step->out.strides != NULL && l < step->depth; l++)
        rows *= step->out.strides[l] != 0 ? loops[l]->size : 1;
    return rows;
}

/* The node that a step computes on the way to its own. */
static node_id first_of(const struct tape *tape, const struct step *step)
{
    if (step->kind != STEP_PAIR && step->kind != STEP_DOT)
        return NODE_NONE;
    const struct node *node = &tape->graph->nodes[step->node];
    return resolve_claims(tape->graph, node->arguments[step->kind == STEP_PAIR && step->right]);
}

/* loops[depth]: those that the walk is in. */
static void show_step(struct shown_tape *shown, const struct tape *tape, size_t s,
                      const struct step **loops)
{
    const struct step *step = &tape->steps[s];
    struct shown_step *to = &shown->steps[s];
    *to = (struct shown_step){.loops = step->kind == STEP_LOOP,
                              .depth = step->depth,
                              .node = step->node,
                              .first = NODE_NONE,
                              .axes = step->axes};
    if (to->loops) {
        loops[step->depth] = step;
        to->axis = step->index;
        to->turns = step->size;
        shown->loop_count++;
        return;
    }
    to->first = first_of(tape, step);
    to->place = step->out.place;
    to->rows = rows_kept(step, loops);
    shown->rows_without_reuse += to->rows;
    shown->varying++;
    shown->folded += to->first != NODE_NONE;
}

struct shown_tape *tape_show(struct arena *arena, const struct tape *tape,
                             const struct lanes *lanes)
{
    const struct graph *graph = tape->graph;
    const struct step *loops[GRAPH_MOST_AXES];
    struct shown_tape *shown = arena_alloc(arena, sizeof *shown);
    *shown =
        (struct shown_tape){.graph = graph,
                            .steps = arena_array(arena, tape->step_count, sizeof *shown->steps),
                            .step_count = tape->step_count,
                            .fixed = tape->fixed_count,
                            .rows = tape->varying_rows,
                            .fixed_cells = tape->fixed_cells,
                            .block = run_block(tape, lanes),
                            .isa = kernels_for(ISA_BEST)->name};
    if (lanes->manner != NULL)
        shown->isa = kernels_for(lanes->manner->isa)->name;
    for (node_id n = 0; n < graph->node_count; n++)
        shown->claims += graph->nodes[n].op == OP_CLAIM;
    for (size_t s = 0; s < tape->step_count; s++)
        show_step(shown, tape, s, loops);
    shown->varying += shown->folded;
    shown->nodes = graph->node_count - shown->claims;
    shown->dead = shown->nodes - shown->fixed - shown->varying;
    shown->bytes = (shown->rows * shown->block + shown->fixed_cells) * sizeof(double);
    return shown;
}

/* --- time ------------------------------------------------------------------------------------ */

enum { MOST_PASSES = 7 };

struct timing {
    struct run *run;
    double *seconds; /* [step]: of the pass under way */
    double last;     /* when the step before ended */
    double clock;    /* seconds that looking at the clock takes */
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* The least of some: what is more was spent elsewhere. */
static double time_of_clock(void)
{
    double least = 1;
    for (int i = 0; i < 64; i++) {
        double start = now(), passed = now() - start;
        least = passed < least ? passed : least;
    }
    return least;
}

/* Walks as run_lanes() does, with the clock between steps. */
static void time_steps(struct timing *timing, size_t at, size_t end)
{
    const struct tape *tape = timing->run->tape;
    while (at < end) {
        const struct step *step = &tape->steps[at];
        if (step->kind == STEP_LOOP) {
            for (size_t turn = 0; turn < step->size; turn++) {
                timing->run->turns[step->depth] = turn;
                time_steps(timing, at + 1, step->end);
            }
            at = step->end;
            continue;
        }
        run_step(timing->run, at);
        double time = now(), passed = time - timing->last - timing->clock;
        timing->seconds[at] += passed > 0 ? passed : 0;
        timing->last = time;
        at++;
    }
}

/* All lanes once, or those before `deadline`, but at least a block. Returns how many. */
static uint64_t time_pass(struct timing *timing, uint64_t lanes, double deadline)
{
    struct run *run = timing->run;
    uint64_t lane = 0;
    while (lane == 0 || (lane < lanes && now() < deadline)) {
        run->first = lane;
        run->count = lanes - lane < run->block ? (size_t)(lanes - lane) : run->block;
        timing->last = now();
        time_steps(timing, 0, run->tape->step_count);
        lane += run->count;
    }
    return lane;
}

static void keep_least(struct shown_tape *shown, const double *seconds, bool first)
{
    for (size_t s = 0; s < shown->step_count; s++)
        if (first || seconds[s] < shown->steps[s].share)
            shown->steps[s].share = seconds[s];
}

/* What was seconds becomes shares. */
static void share_out(struct shown_tape *shown)
{
    for (size_t s = 0; s < shown->step_count; s++)
        shown->seconds += shown->steps[s].share;
    for (size_t s = 0; s < shown->step_count && shown->seconds > 0; s++)
        shown->steps[s].share /= shown->seconds;
}

void tape_time(struct shown_tape *shown, const struct tape *tape, const struct lanes *lanes,
               double most_seconds, struct arena *scratch)
{
    struct fixed fixed;
    struct run run;
    fixed_init(&fixed, tape, lanes, scratch);
    run_init(&run, &fixed, scratch);
    double deadline = now() + most_seconds, clock = time_of_clock();
    struct timing timing = {&run, arena_array(scratch, tape->step_count, sizeof(double)), 0, clock};
    run_lanes(&run, 0,
              lanes->count < run.block ? (size_t)lanes->count : run.block); /* to warm up */
    shown->timed_lanes = time_pass(&timing, lanes->count, deadline);
    keep_least(shown, timing.seconds, true);
    for (int pass = 1; pass < MOST_PASSES && now() < deadline; pass++) {
        memset(timing.seconds, 0, tape->step_count * sizeof *timing.seconds);
        if (time_pass(&timing, shown->timed_lanes, deadline) == shown->timed_lanes)
            keep_least(shown, timing.seconds, false);
    }
    share_out(shown);
}

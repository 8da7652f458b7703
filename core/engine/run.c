#include "engine/run.h"

#include <string.h>

#include "base/math_inline.h"
#include "engine/draw.h"

/* A block's rows should stay in a core's second cache; but rows shorter than LEAST_ROW cost more in
 * calls than they save, unless memory itself runs short. */
enum { LEAST_ROW = 32 };
static const size_t cache_doubles = 256 * 1024, memory_doubles = 8 * 1024 * 1024;

size_t run_block(const struct tape *tape, const struct lanes *lanes)
{
    if (lanes->manner != NULL && lanes->manner->block != 0)
        return lanes->manner->block;
    size_t block = ENGINE_LEAF, rows = tape->varying_rows;
    while (block > LEAST_ROW && rows > cache_doubles / block)
        block /= 2;
    while (block > 1 && rows > memory_doubles / block)
        block /= 2;
    return lanes->count < block ? (size_t)lanes->count : block;
}

/* Rows begin where a vector does. Each is written before it is read. */
static double *aligned_rows(struct arena *arena, size_t rows, size_t block)
{
    enum { DOUBLES_IN_LINE = 8 };
    double *place = arena_array_unset(arena, rows + 1, (block + DOUBLES_IN_LINE) * sizeof *place);
    return (double *)(((uintptr_t)place + 63) & ~(uintptr_t)63);
}

/* --- where things stand ---------------------------------------------------------------------- */

static size_t place_now(const struct run *run, const struct row_place *place, size_t depth)
{
    size_t at = place->place;
    for (size_t l = 0; place->strides != NULL && l < depth; l++)
        at += run->turns[l] * place->strides[l];
    return at;
}

static const double *row_now(const struct run *run, const struct row_place *place, size_t depth)
{
    size_t at = place_now(run, place, depth);
    return place->varies ? run->varying + at * run->block : run->fixed->values + at;
}

static double *out_now(const struct run *run, const struct step *step)
{
    return run->varying + place_now(run, &step->out, step->depth) * run->block;
}

static struct operand operand_now(const struct run *run, const struct row_place *place,
                                  size_t depth)
{
    return (struct operand){row_now(run, place, depth), place->varies};
}

static const struct lane_source *source_of(const struct run *run, const struct step *step)
{
    return &run->lanes->sources[step->index];
}

/* --- beginning ------------------------------------------------------------------------------- */

/* How row `at` of a step moves with the loops around it. */
static size_t list_shifts(const struct run *run, const struct row_place *place, size_t depth,
                          uint32_t at, struct shift *shifts)
{
    size_t count = 0;
    for (uint32_t l = 0; place->strides != NULL && l < depth; l++)
        if (place->strides[l] != 0)
            shifts[count++] =
                (struct shift){at, l, place->strides[l] * (place->varies ? run->block : 1)};
    return count;
}

/* The loops are in their first turn: nothing has moved. */
static void bind_step(struct run *run, size_t s, struct arena *arena)
{
    const struct step *step = &run->tape->steps[s];
    struct shift *shifts = arena_array(arena, 4 * step->depth + 1, sizeof *shifts);
    struct bound *bound = &run->bound[s];
    *bound = (struct bound){.row = run->fixed->steps[s].row,
                            .out = run->varying + step->out.place * run->block,
                            .shifts = shifts};
    bound->shift_count = list_shifts(run, &step->out, step->depth, 0, shifts);
    for (uint32_t i = 0; i < step->argument_count; i++) {
        bound->at[i] = row_now(run, &step->arguments[i], 0);
        bound->shift_count +=
            list_shifts(run, &step->arguments[i], step->depth, i + 1, shifts + bound->shift_count);
    }
}

/* How many rows are computed in a block by steps `at` to `end`. */
static size_t rows_between(const struct tape *tape, size_t at, size_t end)
{
    size_t rows = 0;
    for (; at < end; at++) {
        const struct step *step = &tape->steps[at];
        if (step->kind == STEP_LOOP) {
            rows += step->size * rows_between(tape, at + 1, step->end);
            at = step->end - 1;
        } else {
            rows += step->kind == STEP_ROW || step->kind == STEP_PAIR ? 1 : 0;
        }
    }
    return rows;
}

void run_fetches(struct run *run, const double *values, struct arena *arena)
{
    struct ahead *ahead = &run->ahead;
    ahead->values = arena_grow(arena, ahead->values, ahead->count, sizeof *ahead->values);
    ahead->values[ahead->count++] = values;
}

void run_init(struct run *run, const struct fixed *fixed, struct arena *arena)
{
    const struct tape *tape = fixed->tape;
    *run = (struct run){.tape = tape,
                        .lanes = fixed->lanes,
                        .kernels = fixed->kernels,
                        .fixed = fixed,
                        .block = run_block(tape, fixed->lanes)};
    run->varying = aligned_rows(arena, tape->varying_rows, run->block);
    run->turns = arena_array(arena, tape->most_depth + 1, sizeof *run->turns);
    run->faults = arena_array(arena, run->block, sizeof *run->faults);
    run->operands = arena_array(arena, tape->most_arguments, sizeof *run->operands);
    run->values = arena_array(arena, tape->most_arguments, sizeof *run->values);
    run->table = arena_array(arena, tape->most_arguments, sizeof *run->table);
    run->bound = arena_array(arena, tape->step_count, sizeof *run->bound);
    for (size_t s = 0; s < tape->step_count; s++)
        if (fixed->steps[s].row != NULL)
            bind_step(run, s, arena);
    for (size_t s = 0; s < tape->step_count; s++)
        if (tape->steps[s].kind == STEP_PREMISE && source_of(run, &tape->steps[s])->values != NULL)
            run_fetches(run, source_of(run, &tape->steps[s])->values, arena);
    run->ahead.rows = rows_between(tape, 0, tape->step_count);
    run->sums = arena_array(arena, KERNEL_SUM_SCRATCH, sizeof *run->sums);
}

/* --- steps ----------------------------------------------------------------------------------- */

static void run_premise(const struct run *run, const struct step *step)
{
    const struct lane_source *source = source_of(run, step);
    double *out = out_now(run, step);
    if (source->distribution != NULL) {
        draw_premise(run->kernels, run->lanes, source, step->stream, run->first, run->count, out);
    } else if (source->values != NULL) {
        memcpy(out, source->values + run->first, run->count * sizeof *out);
    } else {
        for (size_t i = 0; i < run->count; i++)
            out[i] = source->value;
    }
}

/* The lines that come with one row. An address behind the last lane does no harm. */
static void fetch_ahead(const struct run *run, struct ahead *ahead)
{
    enum { LINE = 64 };
    uint64_t lane = run->first + run->count;
    size_t rest = ahead->lines - ahead->line, lines = rest < ahead->at_once ? rest : ahead->at_once;
    uintptr_t at = (uintptr_t)ahead->values[ahead->next] + lane * sizeof(double);
    at += ahead->line * LINE;
    for (size_t i = 0; i < lines; i++)
        __builtin_prefetch((const void *)(at + i * LINE), 0, 2);
    ahead->line += lines;
    if (ahead->line == ahead->lines) {
        ahead->line = 0;
        ahead->next++;
    }
}

static void fetch_begin(const struct run *run, struct ahead *ahead)
{
    enum { VALUES_IN_LINE = 8 };
    ahead->next = ahead->line = 0;
    ahead->lines = run->count / VALUES_IN_LINE + 1;
    size_t turns = ahead->count == 0 ? 0 : ahead->rows / ahead->count; /* for each of `values` */
    ahead->at_once = turns == 0 ? ahead->lines : (ahead->lines + turns - 1) / turns;
}

static void run_row(struct run *run, const struct bound *bound)
{
    const double *at[3] = {bound->at[0], bound->at[1], bound->at[2]};
    double *out = bound->out;
    for (size_t s = 0; s < bound->shift_count; s++) {
        const struct shift *shift = &bound->shifts[s];
        size_t off = run->turns[shift->loop] * shift->stride;
        if (shift->at == 0)
            out += off;
        else
            at[shift->at - 1] += off;
    }
    if (run->ahead.next < run->ahead.count)
        fetch_ahead(run, &run->ahead);
    bound->row(out, at, run->count);
}

/* Of two faults in one lane the one that the graph meets first. */
static struct lane_fault earlier_fault(struct lane_fault a, struct lane_fault b)
{
    if (a.fault == OP_FAULT_NONE || b.fault == OP_FAULT_NONE)
        return a.fault == OP_FAULT_NONE ? b : a;
    return a.node <= b.node ? a : b;
}

/* Element 0 of `faults` stands in lane `offset` of the block. */
static void note_faults(struct run *run, node_id node, size_t offset, const uint8_t *faults,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct lane_fault met = {(enum op_fault)faults[i], node};
        run->faults[offset + i] = earlier_fault(run->faults[offset + i], met);
    }
    run->any_fault = true;
}

/* The arguments of an operation that may fail, and its table. */
static struct failing failing_now(struct run *run, const struct step *step,
                                  const struct readied *readied)
{
    size_t first_count = op_first_arguments(step->op);
    bool still = step->table == TABLE_STILL;
    struct failing failing = {.op = step->op,
                              .first = run->operands,
                              .rest = still ? readied->rest : run->operands + first_count,
                              .first_count = first_count,
                              .rest_count = step->argument_count - first_count,
                              .columns = step->index,
                              .table = still ? readied->table : NULL,
                              .scratch = run->values};
    for (size_t i = 0; i < (still ? first_count : step->argument_count); i++)
        run->operands[i] = operand_now(run, &step->arguments[i], step->depth);
    if (step->table == TABLE_TURNS) {
        for (size_t i = 0; i < failing.rest_count; i++)
            run->table[i] = failing.rest[i].at[0];
        failing.table = run->table;
    }
    return failing;
}

/* A chunk at a time; the operands that go along move on. */
static void run_failing(struct run *run, const struct step *step, const struct readied *readied)
{
    double *out = out_now(run, step);
    struct failing failing = failing_now(run, step, readied);
    size_t moving = step->table == TABLE_STILL ? failing.first_count : step->argument_count;
    for (size_t first = 0; first < run->count; first += KERNEL_CHUNK) {
        uint8_t faults[KERNEL_CHUNK] = {0};
        size_t rest = run->count - first, chunk = rest < KERNEL_CHUNK ? rest : KERNEL_CHUNK;
        if (run->kernels->failing(&failing, out + first, chunk, faults))
            note_faults(run, step->node, first, faults, chunk);
        for (size_t i = 0; i < moving; i++)
            run->operands[i].at += run->operands[i].runs ? chunk : 0;
    }
}

static void run_stack(const struct run *run, const struct step *step)
{
    struct operand operand =
        operand_now(run, &step->arguments[run->turns[step->along]], step->depth);
    double *out = out_now(run, step);
    if (operand.runs)
        memcpy(out, operand.at, run->count * sizeof *out);
    else
        for (size_t i = 0; i < run->count; i++)
            out[i] = operand.at[0];
}

static void run_reduction(const struct run *run, const struct step *step)
{
    struct rows rows = {row_now(run, &step->arguments[0], step->depth), step->size,
                        step->stride * run->block};
    double *out = out_now(run, step);
    if (step->kind == STEP_SUM)
        run->kernels->sum(out, rows, run->count, run->sums);
    else if (step->kind == STEP_REDUCE)
        run->kernels->reduce(step->op, out, rows, run->count);
    else
        run->kernels->dot(out, rows, row_now(run, &step->arguments[1], step->depth), step->weights,
                          run->count);
}

void run_step(struct run *run, size_t at)
{
    const struct step *step = &run->tape->steps[at];
    switch (step->kind) {
    case STEP_LOOP:
        break;
    case STEP_PREMISE:
        run_premise(run, step);
        break;
    case STEP_ROW:
    case STEP_PAIR:
        run_row(run, &run->bound[at]);
        break;
    case STEP_FAILING:
        run_failing(run, step, &run->fixed->steps[at]);
        break;
    case STEP_STACK:
        run_stack(run, step);
        break;
    case STEP_SUM:
    case STEP_REDUCE:
    case STEP_DOT:
        run_reduction(run, step);
        break;
    }
}

static void run_steps(struct run *run, size_t at, size_t end)
{
    while (at < end) {
        const struct step *step = &run->tape->steps[at];
        if (step->kind != STEP_LOOP) {
            run_step(run, at++);
            continue;
        }
        for (size_t turn = 0; turn < step->size; turn++) {
            run->turns[step->depth] = turn;
            run_steps(run, at + 1, step->end);
        }
        at = step->end;
    }
}

/* --- blocks ---------------------------------------------------------------------------------- */

void run_lanes(struct run *run, uint64_t first, size_t count)
{
    run->first = first;
    run->count = count;
    if (run->any_fault)
        memset(run->faults, 0, run->block * sizeof *run->faults);
    run->any_fault = false;
    fetch_begin(run, &run->ahead);
    run_steps(run, 0, run->tape->step_count);
}

struct operand run_wanted(const struct run *run, const struct wanted *wanted, size_t cell)
{
    if (wanted->varies)
        return (struct operand){run->varying + (wanted->place + cell) * run->block, true};
    return (struct operand){run->fixed->values + wanted->place + cell, false};
}

/* The first lane of this cell that is NaN and has a fault, or run->count. */
static size_t failed_lane(const struct run *run, struct operand values)
{
    for (size_t lane = 0; lane < run->count; lane++) {
        bool faulty =
            run->fixed->fault.fault != OP_FAULT_NONE || run->faults[lane].fault != OP_FAULT_NONE;
        if (faulty && isnan(values.at[values.runs ? lane : 0]))
            return lane;
    }
    return run->count;
}

bool run_failed(const struct run *run, struct engine_fault *fault)
{
    if (!run->any_fault && run->fixed->fault.fault == OP_FAULT_NONE)
        return false;
    size_t first = run->count;
    for (size_t w = 0; w < run->tape->wanted_count; w++)
        for (size_t cell = 0; cell < run->tape->wanted[w].cells; cell++) {
            size_t lane = failed_lane(run, run_wanted(run, &run->tape->wanted[w], cell));
            first = lane < first ? lane : first;
        }
    if (first == run->count)
        return false;
    struct lane_fault met = earlier_fault(run->faults[first], run->fixed->fault);
    *fault = (struct engine_fault){met.fault, met.node, run->first + first};
    return true;
}

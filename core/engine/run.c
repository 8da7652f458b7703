#include "engine/run.h"

#include <string.h>

#include "base/math_inline.h"

/* A block's results should stay in a core's cache; but rows shorter than LEAST_ROW cost more in
 * calls than they save, unless memory itself runs short. */
enum { LEAST_ROW = 32 };
static const size_t cache_doubles = 128 * 1024, memory_doubles = 8 * 1024 * 1024;

static size_t suitable_block(const struct tape *tape, uint64_t lanes)
{
    size_t block = ENGINE_BLOCK, cells = tape->varying_cells;
    while (block > LEAST_ROW && cells > cache_doubles / block)
        block /= 2;
    while (block > 1 && cells > memory_doubles / block)
        block /= 2;
    return lanes < block ? (size_t)lanes : block;
}

/* --- leaves ---------------------------------------------------------------------------------- */

static double *result_of(const struct run *run, const struct instruction *instruction)
{
    return instruction->varies ? run->varying + instruction->place * run->count
                               : run->fixed + instruction->place;
}

static void fill(double *out, double value, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = value;
}

static void load_premise(const struct run *run, const struct instruction *instruction, double *out)
{
    const struct lane_source *source = &run->lanes->sources[instruction->index];
    size_t count = instruction->varies ? run->count : 1;
    uint64_t first = instruction->varies ? run->first : 0;
    if (source->distribution != NULL)
        distribution_sample(source->distribution, run->lanes->seed, instruction->stream,
                            run->lanes->first_draw + first, count, out);
    else if (source->values != NULL)
        memcpy(out, source->values + first, count * sizeof *out);
    else
        fill(out, source->value, count);
}

/* --- operations ------------------------------------------------------------------------------ */

/* The operand that `source` is in run `r`. */
static struct operand operand_of(const struct run *run, const struct source *source, size_t r)
{
    size_t cell = source->place + (source->map != NULL ? source->map[r] : r * source->step);
    const double *at = source->varies ? run->varying + cell * run->count : run->fixed + cell;
    return (struct operand){at, source->runs};
}

/* Keeps the first fault of each lane. Element 0 of `faults` stands `offset` elements into a run. */
static void note_faults(struct run *run, const struct instruction *instruction, size_t offset,
                        const uint8_t *faults, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (faults[i] == OP_FAULT_NONE)
            continue;
        struct lane_fault *kept =
            instruction->varies ? &run->faults[(offset + i) % run->count] : &run->fixed_fault;
        if (kept->fault == OP_FAULT_NONE)
            *kept = (struct lane_fault){(enum op_fault)faults[i], instruction->node};
        run->any_fault = true;
    }
}

/* One run of an operation that may fail, a chunk at a time; the operands move along. */
static void run_failing(struct run *run, const struct instruction *instruction, double *out,
                        size_t count)
{
    for (size_t first = 0; first < count; first += KERNEL_CHUNK) {
        uint8_t faults[KERNEL_CHUNK] = {0};
        size_t chunk = count - first < KERNEL_CHUNK ? count - first : KERNEL_CHUNK;
        if (kernel_failing(instruction->op, out + first, run->operands, instruction->argument_count,
                           instruction->index, chunk, faults, run->values))
            note_faults(run, instruction, first, faults, chunk);
        for (size_t i = 0; i < instruction->argument_count; i++)
            run->operands[i].at += run->operands[i].runs ? chunk : 0;
    }
}

static void run_elementwise(struct run *run, const struct instruction *instruction, double *out)
{
    size_t count = instruction->inner * (instruction->varies ? run->count : 1);
    bool may_fail = kernel_may_fail(instruction->op);
    for (size_t r = 0; r < instruction->outer; r++, out += count) {
        for (size_t i = 0; i < instruction->argument_count; i++)
            run->operands[i] = operand_of(run, &instruction->arguments[i], r);
        if (may_fail)
            run_failing(run, instruction, out, count);
        else
            kernel_plain(instruction->op, out, run->operands, count);
    }
}

static void run_stack(const struct run *run, const struct instruction *instruction, double *out)
{
    size_t count = instruction->inner * (instruction->varies ? run->count : 1);
    for (size_t r = 0; r < instruction->outer; r++, out += count) {
        size_t place = r / instruction->below % instruction->reduced;
        struct operand operand = operand_of(run, &instruction->arguments[place], r);
        if (operand.runs)
            memcpy(out, operand.at, count * sizeof *out);
        else
            fill(out, *operand.at, count);
    }
}

static void run_reduction(const struct run *run, const struct instruction *instruction, double *out)
{
    size_t count = instruction->inner * (instruction->varies ? run->count : 1);
    for (size_t r = 0; r < instruction->outer; r++, out += count) {
        const double *rows = operand_of(run, &instruction->arguments[0], r).at;
        if (instruction->op == OP_SUM)
            kernel_sum(out, rows, instruction->reduced, count, count, run->sums);
        else
            kernel_reduce(instruction->op, out, rows, instruction->reduced, count, count);
    }
}

static void run_instruction(struct run *run, const struct instruction *instruction)
{
    double *out = result_of(run, instruction);
    switch (instruction->op) {
    case OP_CONST:
        out[0] = instruction->constant;
        return;
    case OP_PREMISE:
        load_premise(run, instruction, out);
        return;
    case OP_COORDINATE: {
        const struct axis *axis = &run->tape->graph->axes[instruction->index];
        memcpy(out, axis->coordinates, axis->size * sizeof *out);
        return;
    }
    case OP_STACK:
        run_stack(run, instruction, out);
        return;
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        run_reduction(run, instruction, out);
        return;
    case OP_PORT: /* nothing was linked to it */
        fill(out, (double)NAN, instruction->outer * instruction->inner);
        return;
    default:
        run_elementwise(run, instruction, out);
    }
}

/* --- blocks ---------------------------------------------------------------------------------- */

void run_init(struct run *run, const struct tape *tape, const struct lanes *lanes, size_t block,
              struct arena *arena)
{
    if (block == 0)
        block = suitable_block(tape, lanes->count);
    *run = (struct run){.tape = tape, .lanes = lanes, .block = block};
    run->fixed = arena_array(arena, tape->fixed_cells, sizeof *run->fixed);
    run->varying = arena_array(arena, tape->varying_cells, block * sizeof *run->varying);
    run->faults = arena_array(arena, block, sizeof *run->faults);
    run->operands = arena_array(arena, tape->most_arguments, sizeof *run->operands);
    run->values = arena_array(arena, tape->most_arguments, sizeof *run->values);
    run->sums = arena_array(arena, KERNEL_SUM_SCRATCH, sizeof *run->sums);
    for (size_t i = 0; i < tape->fixed_count; i++)
        run_instruction(run, &tape->fixed[i]);
}

bool run_next(struct run *run)
{
    run->first += run->count;
    if (run->first >= run->lanes->count)
        return false;
    uint64_t rest = run->lanes->count - run->first;
    run->count = rest < run->block ? (size_t)rest : run->block;
    memset(run->faults, 0, run->block * sizeof *run->faults);
    run->any_fault = run->fixed_fault.fault != OP_FAULT_NONE;
    for (size_t i = 0; i < run->tape->varying_count; i++)
        run_instruction(run, &run->tape->varying[i]);
    return true;
}

struct operand run_wanted(const struct run *run, const struct wanted *wanted, size_t cell)
{
    if (wanted->varies)
        return (struct operand){run->varying + (wanted->place + cell) * run->count, true};
    return (struct operand){run->fixed + wanted->place + cell, false};
}

/* The first lane of this cell that is NaN and has a fault, or run->count. */
static size_t failed_lane(const struct run *run, struct operand values)
{
    for (size_t lane = 0; lane < run->count; lane++) {
        bool faulty =
            run->fixed_fault.fault != OP_FAULT_NONE || run->faults[lane].fault != OP_FAULT_NONE;
        if (faulty && isnan(values.at[values.runs ? lane : 0]))
            return lane;
    }
    return run->count;
}

/* Of two faults in one lane the one that the graph meets first. */
static struct lane_fault earlier_fault(struct lane_fault a, struct lane_fault b)
{
    if (a.fault == OP_FAULT_NONE || b.fault == OP_FAULT_NONE)
        return a.fault == OP_FAULT_NONE ? b : a;
    return a.node < b.node ? a : b;
}

bool run_failed(const struct run *run, struct engine_fault *fault)
{
    if (!run->any_fault)
        return false;
    size_t first = run->count;
    for (size_t w = 0; w < run->tape->wanted_count; w++)
        for (size_t cell = 0; cell < run->tape->wanted[w].cells; cell++) {
            size_t lane = failed_lane(run, run_wanted(run, &run->tape->wanted[w], cell));
            first = lane < first ? lane : first;
        }
    if (first == run->count)
        return false;
    struct lane_fault met = earlier_fault(run->faults[first], run->fixed_fault);
    *fault = (struct engine_fault){met.fault, met.node, run->first + first};
    return true;
}

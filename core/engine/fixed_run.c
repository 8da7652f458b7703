/* Computes what no lane changes, and readies the steps of the varying part. */
#include <string.h>

#include "base/math_inline.h"
#include "engine/draw.h"
#include "engine/run.h"

/* What an instruction under way needs. */
struct fixing {
    struct fixed *fixed;
    const struct instruction *instruction;
    struct operand *operands; /* [most arguments] */
    double *scratch;          /* likewise */
    double *sums;
};

static void fill(double *out, double value, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = value;
}

/* A premise that was said not to vary is read in lane 0 alone. */
static double premise_value(const struct fixed *fixed, const struct instruction *instruction)
{
    const struct lane_source *source = &fixed->lanes->sources[instruction->index];
    double value = source->values != NULL ? source->values[0] : source->value;
    if (source->distribution != NULL)
        draw_premise(fixed->kernels, fixed->lanes, source, instruction->stream, 0, 1, &value);
    return value;
}

static struct operand operand_of(const struct fixing *fixing, const struct source *source, size_t r)
{
    size_t cell = source->place + (source->map != NULL ? source->map[r] : r * source->step);
    return (struct operand){fixing->fixed->values + cell, source->runs};
}

static void note_faults(struct fixing *fixing, const uint8_t *faults, size_t count)
{
    struct lane_fault *kept = &fixing->fixed->fault;
    for (size_t i = 0; i < count && kept->fault == OP_FAULT_NONE; i++)
        if (faults[i] != OP_FAULT_NONE)
            *kept = (struct lane_fault){(enum op_fault)faults[i], fixing->instruction->node};
}

/* One run of an operation that may fail, a chunk at a time; the operands move along. */
static void run_failing(struct fixing *fixing, double *out, size_t count)
{
    const struct instruction *instruction = fixing->instruction;
    size_t first_count = op_first_arguments(instruction->op);
    struct failing failing = {.op = instruction->op,
                              .first = fixing->operands,
                              .rest = fixing->operands + first_count,
                              .first_count = first_count,
                              .rest_count = instruction->argument_count - first_count,
                              .columns = instruction->index,
                              .scratch = fixing->scratch};
    for (size_t first = 0; first < count; first += KERNEL_CHUNK) {
        uint8_t faults[KERNEL_CHUNK] = {0};
        size_t chunk = count - first < KERNEL_CHUNK ? count - first : KERNEL_CHUNK;
        if (fixing->fixed->kernels->failing(&failing, out + first, chunk, faults))
            note_faults(fixing, faults, chunk);
        for (size_t i = 0; i < instruction->argument_count; i++)
            fixing->operands[i].at += fixing->operands[i].runs ? chunk : 0;
    }
}

static void run_plain(const struct fixing *fixing, double *out, size_t count)
{
    const double *at[3] = {NULL};
    unsigned runs = 0;
    for (size_t i = 0; i < fixing->instruction->argument_count; i++) {
        at[i] = fixing->operands[i].at;
        runs |= (fixing->operands[i].runs ? 1u : 0u) << i;
    }
    fixing->fixed->kernels->row(fixing->instruction->op, runs)(out, at, count);
}

static void run_elementwise(struct fixing *fixing, double *out)
{
    const struct instruction *instruction = fixing->instruction;
    size_t count = instruction->inner;
    for (size_t r = 0; r < instruction->outer; r++, out += count) {
        for (size_t i = 0; i < instruction->argument_count; i++)
            fixing->operands[i] = operand_of(fixing, &instruction->arguments[i], r);
        if (op_may_fail(instruction->op))
            run_failing(fixing, out, count);
        else
            run_plain(fixing, out, count);
    }
}

static void run_stack(const struct fixing *fixing, double *out)
{
    const struct instruction *instruction = fixing->instruction;
    size_t count = instruction->inner;
    for (size_t r = 0; r < instruction->outer; r++, out += count) {
        size_t place = r / instruction->below % instruction->reduced;
        struct operand operand = operand_of(fixing, &instruction->arguments[place], r);
        if (operand.runs)
            memcpy(out, operand.at, count * sizeof *out);
        else
            fill(out, *operand.at, count);
    }
}

static void run_reduction(const struct fixing *fixing, double *out)
{
    const struct instruction *instruction = fixing->instruction;
    const struct kernels *kernels = fixing->fixed->kernels;
    size_t count = instruction->inner;
    for (size_t r = 0; r < instruction->outer; r++, out += count) {
        struct rows rows = {operand_of(fixing, &instruction->arguments[0], r).at,
                            instruction->reduced, count};
        if (instruction->op == OP_SUM)
            kernels->sum(out, rows, count, fixing->sums);
        else
            kernels->reduce(instruction->op, out, rows, count);
    }
}

static void run_instruction(struct fixing *fixing)
{
    const struct instruction *instruction = fixing->instruction;
    double *out = fixing->fixed->values + instruction->place;
    switch (instruction->op) {
    case OP_CONST:
        out[0] = instruction->constant;
        return;
    case OP_PREMISE:
        out[0] = premise_value(fixing->fixed, instruction);
        return;
    case OP_COORDINATE: {
        const struct axis *axis = &fixing->fixed->tape->graph->axes[instruction->index];
        memcpy(out, axis->coordinates, axis->size * sizeof *out);
        return;
    }
    case OP_STACK:
        run_stack(fixing, out);
        return;
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        run_reduction(fixing, out);
        return;
    case OP_PORT: /* nothing was linked to it */
        fill(out, (double)NAN, instruction->outer * instruction->inner);
        return;
    default:
        run_elementwise(fixing, out);
    }
}

/* --- steps ----------------------------------------------------------------------------------- */

static unsigned runs_of(const struct step *step)
{
    unsigned runs = 0;
    for (size_t i = 0; i < step->argument_count; i++)
        runs |= (step->arguments[i].varies ? 1u : 0u) << i;
    return runs;
}

static void ready_table(struct fixed *fixed, const struct step *step, struct readied *readied,
                        struct arena *arena)
{
    size_t first_count = op_first_arguments(step->op), count = step->argument_count - first_count;
    double *table = arena_array(arena, count, sizeof *table);
    readied->rest = arena_array(arena, count, sizeof *readied->rest);
    for (size_t i = 0; i < count; i++) {
        table[i] = fixed->values[step->arguments[first_count + i].place];
        readied->rest[i] = (struct operand){&table[i], false};
    }
    readied->table = table;
}

static void ready_steps(struct fixed *fixed, struct arena *arena)
{
    const struct tape *tape = fixed->tape;
    fixed->steps = arena_array(arena, tape->step_count, sizeof *fixed->steps);
    for (size_t s = 0; s < tape->step_count; s++) {
        const struct step *step = &tape->steps[s];
        if (step->kind == STEP_ROW)
            fixed->steps[s].row = fixed->kernels->row(step->op, runs_of(step));
        if (step->kind == STEP_PAIR)
            fixed->steps[s].row =
                fixed->kernels->pair(step->op, step->second, step->right, runs_of(step));
        if (step->kind == STEP_FAILING && step->table == TABLE_STILL)
            ready_table(fixed, step, &fixed->steps[s], arena);
    }
}

void fixed_init(struct fixed *fixed, const struct tape *tape, const struct lanes *lanes,
                struct arena *arena)
{
    enum isa isa = lanes->manner == NULL ? ISA_BEST : lanes->manner->isa;
    *fixed = (struct fixed){.tape = tape, .lanes = lanes, .kernels = kernels_for(isa)};
    fixed->values = arena_array(arena, tape->fixed_cells, sizeof *fixed->values);
    struct fixing fixing = {
        .fixed = fixed,
        .operands = arena_array(arena, tape->most_arguments, sizeof *fixing.operands),
        .scratch = arena_array(arena, tape->most_arguments, sizeof *fixing.scratch),
        .sums = arena_array(arena, KERNEL_SUM_SCRATCH, sizeof *fixing.sums)};
    for (size_t i = 0; i < tape->fixed_count; i++) {
        fixing.instruction = &tape->fixed[i];
        run_instruction(&fixing);
    }
    ready_steps(fixed, arena);
}

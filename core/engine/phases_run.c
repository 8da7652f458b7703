/* Lanes of a graph over rows: phase after phase, class after class. */
#include "base/math_inline.h"
#include "engine/phases_parts.h"
#include "engine/total.h"

enum { LANES_AT_ONCE = 256 };

/* --- one lane -------------------------------------------------------------------------------- */

/* What is known while one lane is evaluated. */
struct evaluation {
    const struct phases *phases;
    const struct lanes *lanes;   /* as asked for */
    struct lane_source *sources; /* [premises of the graphs of rows] */
    double *by_class;            /* [class][cell of all totals] */
    double *class_weights;       /* [class] */
    bool keeps;                  /* from one phase to another */
    bool faulty;                 /* what was kept is of no use, for a row had a fault */
    double *kept;                /* [column][row] */
    struct manner manner;
    struct engine_fault *fault;
};

/* For one call into the engine; what the last one left is freed. */
static struct arena *emptied(struct arena *passing)
{
    arena_release(passing);
    return passing;
}

/* A column of what is kept, at its first row of a class. */
static double *kept_column(const struct evaluation *evaluation, size_t column, uint32_t kase)
{
    const struct rows *rows = evaluation->phases->rows;
    return evaluation->kept + column * rows->first[evaluation->phases->class_count] +
           rows->first[kase];
}

/* In a class a node may lack axes that it has as a whole; then cells share a column. */
static void point_at_kept(struct evaluation *evaluation, uint32_t kase)
{
    const struct phases *phases = evaluation->phases;
    for (size_t k = 0; k < phases->kept_count; k++) {
        const struct kept *kept = &phases->kept[k];
        const struct phase_tape *made = &phases->keeping[kept->phase * phases->class_count + kase];
        axis_set axes = made->row->graph->nodes[made->row->node[kept->node]].axes;
        for (size_t cell = 0; cell < kept->cells; cell++) {
            size_t column = kept->column + cell_within(phases->graph, kept->axes, cell, axes);
            evaluation->sources[kept->premise + cell] =
                (struct lane_source){.values = kept_column(evaluation, column, kase)};
        }
    }
}

static void point_at_class(struct evaluation *evaluation, uint32_t kase)
{
    const struct phases *phases = evaluation->phases;
    const struct rows *rows = phases->rows;
    for (uint32_t p = 0; p < phases->graph->premise_count; p++)
        if (rows->column_of[p] != ROWS_NONE)
            evaluation->sources[p].values = rows->columns[rows->column_of[p]] + rows->first[kase];
    if (evaluation->keeps)
        point_at_kept(evaluation, kase);
    evaluation->sources[phases->weight_premise] =
        rows->weights == NULL ? (struct lane_source){.value = 1}
                              : (struct lane_source){.values = rows->weights + rows->first[kase]};
}

/* The node of the whole graph that a node of a class's graph was made from. */
static node_id node_before(const struct phases *phases, const struct row_graph *row, node_id node)
{
    for (node_id n = 0; n < phases->graph->node_count; n++)
        if (row->node[n] == node && phases->graph->nodes[n].op != OP_CLAIM)
            return n;
    return phases->graph->node_count - 1;
}

static void keep_total(struct evaluation *evaluation, uint32_t kase, const struct phase_tape *tape,
                       size_t w, const double *totals)
{
    const struct phases *phases = evaluation->phases;
    const struct total *total = &phases->totals[tape->total[w]];
    axis_set axes = tape->row->graph->nodes[tape->row->value[tape->total[w]]].axes;
    double *kept = evaluation->by_class + kase * phases->cells + total->place;
    bool second = total->kind == TOTAL_LABEL && tape->ops[w] == OP_REDUCE_MAX;
    for (size_t cell = 0; cell < total->cells; cell++) {
        double value = totals[tape->cell[w] + cell_within(phases->graph, total->axes, cell, axes)];
        if (second)
            value = value == kept[cell] ? value : (double)NAN;
        if ((total->kind == TOTAL_MEAN || total->kind == TOTAL_EXTREME) &&
            !tape->row->same[tape->total[w]])
            value /= evaluation->class_weights[kase];
        kept[cell] = value;
    }
}

/* Where the lanes of a tape's cells are kept: NULL for those of totals. */
static double **places_kept(const struct evaluation *evaluation, const struct phase_tape *tape,
                            uint32_t kase, struct arena *scratch)
{
    double **places = arena_array(scratch, tape_cells(tape->tape), sizeof(double *));
    for (size_t k = 0; k < tape->kept_count; k++) {
        size_t column = evaluation->phases->kept[tape->kept[k]].column, w = tape->count + k;
        for (size_t c = 0; c < tape_wanted_cells(tape->tape, w); c++)
            places[tape->cell[w] + c] = kept_column(evaluation, column + c, kase);
    }
    return places;
}

/* The rows of one class in one phase. The weight comes behind the totals, and is needed first. */
static bool run_class(struct evaluation *evaluation, uint32_t phase, uint32_t kase,
                      struct arena *scratch)
{
    const struct phases *phases = evaluation->phases;
    const struct phase_tape *tapes = evaluation->keeps ? phases->keeping : phases->tapes;
    const struct phase_tape *tape = &tapes[phase * phases->class_count + kase];
    const uint64_t *first = phases->rows->first;
    struct lanes lanes = {.sources = evaluation->sources,
                          .count = first[kase + 1] - first[kase],
                          .manner = &evaluation->manner};
    double *totals = arena_array(scratch, tape_cells(tape->tape), sizeof *totals);
    struct total_lanes kept = {places_kept(evaluation, tape, kase, scratch), false};
    point_at_class(evaluation, kase);
    if (!engine_total_and_keep(tape->tape, &lanes, tape->ops, scratch, totals, &kept,
                               evaluation->fault)) {
        evaluation->faulty = true;
        if (!evaluation->keeps)
            evaluation->fault->node =
                node_before(phases, &phases->rows_of[kase], evaluation->fault->node);
        return false;
    }
    evaluation->faulty = evaluation->faulty || kept.faulty;
    bool counted = phases->rows->weights != NULL;
    double weight = totals[tape->cell[tape->count - 1]];
    evaluation->class_weights[kase] = counted ? weight : (double)lanes.count;
    for (size_t w = 0; w + 1 < tape->count; w++)
        keep_total(evaluation, kase, tape, w, totals);
    return true;
}

static double join_two(const struct total *total, double a, double b)
{
    if (total->kind == TOTAL_SUM)
        return a + b;
    if (total->op == OP_REDUCE_MIN)
        return b < a || isnan(b) ? b : a;
    return b > a || isnan(b) ? b : a;
}

/* Over all classes; one without weight has no mean and is passed over. */
static double joined(const struct evaluation *evaluation, const struct total *total, size_t cell)
{
    const struct phases *phases = evaluation->phases;
    double value = 0;
    bool any = false;
    for (uint32_t c = 0; c < phases->class_count; c++) {
        double next = evaluation->by_class[c * phases->cells + total->place + cell];
        if (total->kind == TOTAL_EXTREME && !(evaluation->class_weights[c] > 0))
            continue;
        value = any ? join_two(total, value, next) : next;
        any = true;
    }
    return any ? value : (double)NAN;
}

static bool run_phase(struct evaluation *evaluation, uint32_t phase, struct arena *passing)
{
    const struct phases *phases = evaluation->phases;
    for (uint32_t c = 0; c < phases->class_count; c++)
        if (!run_class(evaluation, phase, c, emptied(passing)))
            return false;
    for (size_t t = 0; t < phases->total_count; t++) {
        const struct total *total = &phases->totals[t];
        if (total->phase != phase || total->is_wanted)
            continue;
        for (size_t cell = 0; cell < total->cells; cell++)
            evaluation->sources[total->premise + cell] =
                (struct lane_source){.value = joined(evaluation, total, cell)};
    }
    return true;
}

/* --- the answers ----------------------------------------------------------------------------- */

/* The mean of class c stands in the cell of a wanted node that has place c along the rows' axis. */
static double *put_classes(const struct evaluation *evaluation, const struct total *total,
                           double *out, uint64_t lane)
{
    const struct phases *phases = evaluation->phases;
    axis_set axes = phases->graph->nodes[total->node].axes;
    size_t cells = graph_cells(phases->graph, axes);
    for (size_t cell = 0; cell < cells; cell++, out += evaluation->lanes->count) {
        size_t kase = cell_within(phases->graph, axes, cell, (axis_set)1 << phases->rows->axis);
        size_t at = cell_within(phases->graph, axes, cell, total->axes);
        double value = evaluation->by_class[kase * phases->cells + total->place + at];
        out[lane] = isnan(value) ? (double)NAN : value;
    }
    return out;
}

static bool put_lane(struct evaluation *evaluation, struct arena *scratch, uint64_t lane,
                     double *out)
{
    const struct phases *phases = evaluation->phases;
    struct lanes one = {.sources = evaluation->sources, .count = 1, .manner = &evaluation->manner};
    double *rest = arena_array(scratch, tape_cells(phases->rest) + 1, sizeof *rest);
    point_at_class(evaluation, 0);
    if (!engine_evaluate(phases->rest, &one, scratch, rest, evaluation->fault)) {
        evaluation->fault->node = node_before(phases, &phases->rows_of[0], evaluation->fault->node);
        return false;
    }
    for (size_t w = 0, at = 0; w < phases->wanted_count; w++) {
        size_t cells = graph_cells(phases->graph, phases->graph->nodes[phases->wanted[w]].axes);
        axis_set from = phases->graph->nodes[phases->wanted[w]].axes;
        if (phases->wanted_total[w] != SIZE_MAX) {
            out = put_classes(evaluation, &phases->totals[phases->wanted_total[w]], out, lane);
            continue;
        }
        const struct row_graph *row = &phases->rows_of[0];
        axis_set axes = row->graph->nodes[row->node[phases->wanted[w]]].axes;
        for (size_t cell = 0; cell < cells; cell++, out += evaluation->lanes->count)
            out[lane] = rest[at + cell_within(phases->graph, from, cell, axes)];
        at += graph_cells(row->graph, axes);
    }
    return true;
}

/* values[drawn][lane] of the premises that differ between lanes. */
struct drawn {
    struct tape *tape;
    uint32_t *premise;
    double *values;
    size_t count;
};

static struct drawn drawn_build(struct arena *arena, const struct phases *phases,
                                const bool *varies)
{
    struct drawn drawn = {.premise = arena_array(arena, phases->drawn_count, sizeof(uint32_t))};
    node_id *wanted = arena_array(arena, phases->drawn_count, sizeof *wanted);
    for (size_t i = 0; i < phases->drawn_count; i++) {
        uint32_t p = phases->premise_index[i];
        if (!varies[p] || phases->rows->column_of[p] != ROWS_NONE)
            continue;
        wanted[drawn.count] = phases->premises[i];
        drawn.premise[drawn.count++] = p;
    }
    drawn.tape = tape_build(arena, phases->graph, wanted, drawn.count, varies);
    drawn.values = arena_array(arena, drawn.count * LANES_AT_ONCE, sizeof *drawn.values);
    return drawn;
}

/* The premises of lanes `first` to `first + count`. */
static bool draw(struct evaluation *evaluation, const struct drawn *drawn, uint64_t first,
                 uint64_t count, struct arena *scratch)
{
    struct lanes lanes = *evaluation->lanes;
    uint32_t premises = evaluation->phases->graph->premise_count;
    struct lane_source *sources = arena_array(scratch, premises, sizeof *sources);
    for (uint32_t p = 0; p < premises; p++) {
        sources[p] = evaluation->lanes->sources[p];
        if (sources[p].values != NULL)
            sources[p].values += first;
    }
    lanes.sources = sources;
    lanes.count = count;
    lanes.first_draw += first;
    lanes.manner = &evaluation->manner;
    return engine_evaluate(drawn->tape, &lanes, scratch, drawn->values, evaluation->fault);
}

static void take_lane(struct evaluation *evaluation, const struct drawn *drawn, uint64_t lane,
                      uint64_t count)
{
    const struct lane_source *given = evaluation->lanes->sources;
    for (uint32_t p = 0; p < evaluation->phases->graph->premise_count; p++)
        evaluation->sources[p] = (struct lane_source){
            .value = given[p].values != NULL ? given[p].values[0] : given[p].value};
    for (size_t i = 0; i < drawn->count; i++)
        evaluation->sources[drawn->premise[i]].value = drawn->values[i * count + lane];
}

/* What was kept says nothing of faults: once a row has one, all is done again without. */
static bool run_phases(struct evaluation *evaluation, struct arena *passing, bool keeps)
{
    evaluation->keeps = keeps;
    evaluation->faulty = false;
    for (uint32_t phase = 0; phase < evaluation->phases->phase_count; phase++)
        if (!run_phase(evaluation, phase, passing) || (keeps && evaluation->faulty))
            return false;
    return true;
}

static bool run_lane(struct evaluation *evaluation, struct arena *passing, uint64_t lane,
                     double *out)
{
    bool done = evaluation->phases->keeping != NULL && run_phases(evaluation, passing, true);
    if (!done && !run_phases(evaluation, passing, false))
        return false;
    evaluation->keeps = false;
    return put_lane(evaluation, emptied(passing), lane, out);
}

static bool run_lanes_of(struct evaluation *evaluation, const struct drawn *drawn,
                         struct arena *passing, double *out)
{
    const struct lanes *lanes = evaluation->lanes;
    for (uint64_t lane = 0; lane < lanes->count; lane++) {
        uint64_t at = lane % LANES_AT_ONCE, rest = lanes->count - (lane - at);
        uint64_t count = rest < LANES_AT_ONCE ? rest : LANES_AT_ONCE;
        if (at == 0 && !draw(evaluation, drawn, lane, count, emptied(passing)))
            return false;
        take_lane(evaluation, drawn, at, count);
        if (!run_lane(evaluation, passing, lane, out)) {
            evaluation->fault->lane = lane;
            return false;
        }
        if (lanes->manner != NULL && lanes->manner->progress != NULL &&
            !lanes->manner->progress(lanes->manner->context, lane + 1, lanes->count))
            break;
    }
    return true;
}

/* What is kept of the rows may be large, so it goes when the question is answered. */
bool phases_evaluate(const struct phases *phases, const struct lanes *lanes, const bool *varies,
                     struct arena *scratch, double *out, struct engine_fault *fault)
{
    struct evaluation evaluation = {.phases = phases, .lanes = lanes, .fault = fault};
    struct arena *arena = arena_child(scratch);
    evaluation.sources = arena_array(arena, phases->premise_count, sizeof(struct lane_source));
    evaluation.by_class = arena_array(arena, phases->class_count, phases->cells * sizeof(double));
    evaluation.class_weights = arena_array(arena, phases->class_count, sizeof(double));
    if (phases->keeping != NULL)
        evaluation.kept = arena_array_unset(arena, phases->rows->first[phases->class_count],
                                            phases->kept_columns * sizeof(double));
    if (lanes->manner != NULL)
        evaluation.manner = *lanes->manner;
    evaluation.manner.progress = NULL;
    struct drawn drawn = drawn_build(arena, phases, varies);
    bool done = run_lanes_of(&evaluation, &drawn, arena_child(arena), out);
    arena_release(arena);
    return done;
}

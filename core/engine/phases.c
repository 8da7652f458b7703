#include "engine/phases_parts.h"

#include "base/math_inline.h"
#include "engine/total.h"

enum { LANES_AT_ONCE = 256 };

/* --- what is totalled, and in which phase ---------------------------------------------------- */

static bool along_rows(const struct phases *phases, node_id n)
{
    return (phases->graph->nodes[n].axes >> phases->rows->axis & 1) != 0;
}

static bool is_reduction(const struct phases *phases, node_id n)
{
    const struct node *node = &phases->graph->nodes[n];
    bool reduces = node->op == OP_SUM || node->op == OP_REDUCE_MIN || node->op == OP_REDUCE_MAX;
    return reduces && node->index == phases->rows->axis;
}

static enum total_kind kind_of_total(const struct phases *phases, node_id node, bool is_wanted)
{
    enum value_kind kind = phases->graph->nodes[node].kind;
    if (is_wanted)
        return kind == VALUE_LABEL ? TOTAL_LABEL : TOTAL_MEAN;
    if (phases->graph->nodes[node].op == OP_SUM)
        return TOTAL_SUM;
    return kind == VALUE_TRUTH ? TOTAL_TRUTH : TOTAL_EXTREME;
}

static void add_total(struct arena *arena, struct phases *phases, node_id node, bool is_wanted,
                      const uint32_t *phase)
{
    const struct node *at = &phases->graph->nodes[node];
    struct total total = {.kind = kind_of_total(phases, node, is_wanted),
                          .op = at->op,
                          .node = node,
                          .of = is_wanted ? node : at->arguments[0],
                          .is_wanted = is_wanted,
                          .place = phases->cells};
    total.phase = phase[total.of];
    total.axes = phases->graph->nodes[total.of].axes & ~((axis_set)1 << phases->rows->axis);
    total.cells = graph_cells(phases->graph, total.axes);
    phases->totals = arena_grow(arena, phases->totals, phases->total_count, sizeof total);
    phases->totals[phases->total_count++] = total;
    phases->cells += total.cells;
    if (total.phase >= phases->phase_count)
        phases->phase_count = total.phase + 1;
}

/* phase[n]: sums over rows that must be done before n is known, one after another. */
static void find_totals(struct arena *arena, struct phases *phases)
{
    const struct graph *graph = phases->graph;
    bool *needed = arena_array(arena, graph->node_count, sizeof *needed);
    uint32_t *phase = arena_array(arena, graph->node_count, sizeof *phase);
    for (size_t w = 0; w < phases->wanted_count; w++)
        needed[phases->wanted[w]] = true;
    for (node_id n = graph->node_count; n-- > 0;)
        for (uint32_t i = 0; needed[n] && i < graph->nodes[n].argument_count; i++)
            needed[graph->nodes[n].arguments[i]] = true;
    for (node_id n = 0; n < graph->node_count; n++) {
        for (uint32_t i = 0; needed[n] && i < graph->nodes[n].argument_count; i++)
            if (phase[graph->nodes[n].arguments[i]] > phase[n])
                phase[n] = phase[graph->nodes[n].arguments[i]];
        if (!needed[n] || !is_reduction(phases, n))
            continue;
        add_total(arena, phases, n, false, phase);
        phase[n]++;
    }
    phases->wanted_total = arena_array(arena, phases->wanted_count, sizeof *phases->wanted_total);
    for (size_t w = 0; w < phases->wanted_count; w++) {
        phases->wanted_total[w] = SIZE_MAX;
        if (!along_rows(phases, phases->wanted[w]))
            continue;
        phases->wanted_total[w] = phases->total_count;
        add_total(arena, phases, phases->wanted[w], true, phase);
    }
}

/* --- tapes ----------------------------------------------------------------------------------- */

/* Two of a label: all rows have the same where the least is the greatest. */
static size_t values_of(const struct total *total)
{
    return total->kind == TOTAL_LABEL ? 2 : 1;
}

static enum op lane_op(const struct total *total, size_t value)
{
    if (total->kind == TOTAL_LABEL)
        return value == 0 ? OP_REDUCE_MIN : OP_REDUCE_MAX;
    return total->kind == TOTAL_TRUTH ? total->op : OP_SUM;
}

static void build_phase_tape(struct arena *arena, const struct phases *phases, uint32_t phase,
                             uint32_t kase, const bool *varies, struct phase_tape *tape)
{
    const struct row_graph *row = &phases->rows_of[kase];
    size_t most = 2 * phases->total_count + 1, cell = 0;
    node_id *wanted = arena_array(arena, most, sizeof *wanted);
    tape->ops = arena_array(arena, most, sizeof *tape->ops);
    tape->total = arena_array(arena, most, sizeof *tape->total);
    tape->cell = arena_array(arena, most, sizeof *tape->cell);
    for (size_t t = 0; t <= phases->total_count; t++) {
        const struct total *total = t < phases->total_count ? &phases->totals[t] : NULL;
        if (total != NULL && total->phase != phase)
            continue;
        for (size_t v = 0; v < (total == NULL ? 1 : values_of(total)); v++) {
            wanted[tape->count] = total == NULL ? row->weight : row->value[t];
            tape->ops[tape->count] = total == NULL  ? OP_SUM
                                     : row->same[t] ? OP_REDUCE_MIN
                                                    : lane_op(total, v);
            tape->total[tape->count] = t;
            tape->cell[tape->count] = cell;
            cell += graph_cells(row->graph, row->graph->nodes[wanted[tape->count]].axes);
            tape->count++;
        }
    }
    tape->tape = tape_build(arena, row->graph, wanted, tape->count, varies);
}

static void build_tapes(struct arena *arena, struct phases *phases)
{
    bool *varies = arena_array(arena, phases->premise_count, sizeof *varies);
    for (uint32_t p = 0; p < phases->graph->premise_count; p++)
        varies[p] = phases->rows->column_of[p] != ROWS_NONE;
    varies[phases->weight_premise] = true;
    phases->tapes =
        arena_array(arena, phases->phase_count, phases->class_count * sizeof *phases->tapes);
    for (uint32_t phase = 0; phase < phases->phase_count; phase++)
        for (uint32_t c = 0; c < phases->class_count; c++)
            build_phase_tape(arena, phases, phase, c, varies,
                             &phases->tapes[phase * phases->class_count + c]);
    bool *still = arena_array(arena, phases->premise_count, sizeof *still);
    node_id *rest = arena_array(arena, phases->wanted_count, sizeof *rest);
    size_t count = 0;
    for (size_t w = 0; w < phases->wanted_count; w++)
        if (phases->wanted_total[w] == SIZE_MAX)
            rest[count++] = phases->rows_of[0].node[phases->wanted[w]];
    phases->rest = tape_build(arena, phases->rows_of[0].graph, rest, count, still);
}

/* The leaves whose values may be other ones in each lane. */
static void find_premises(struct arena *arena, struct phases *phases)
{
    const struct graph *graph = phases->graph;
    phases->premises = arena_array(arena, graph->premise_count, sizeof *phases->premises);
    phases->premise_index = arena_array(arena, graph->premise_count, sizeof(uint32_t));
    for (node_id n = 0; n < graph->node_count; n++)
        if (graph->nodes[n].op == OP_PREMISE) {
            phases->premises[phases->drawn_count] = n;
            phases->premise_index[phases->drawn_count++] = graph->nodes[n].index;
        }
}

struct phases *phases_build(struct arena *arena, const struct graph *graph, const node_id *wanted,
                            size_t wanted_count, const struct rows *rows, const char **fault)
{
    struct phases *phases = arena_alloc(arena, sizeof *phases);
    *phases = (struct phases){.graph = graph,
                              .rows = rows,
                              .wanted = wanted,
                              .wanted_count = wanted_count,
                              .class_count = graph->axes[rows->axis].size};
    find_totals(arena, phases);
    *fault = row_graphs_build(arena, phases);
    if (*fault != NULL)
        return NULL;
    build_tapes(arena, phases);
    find_premises(arena, phases);
    return phases;
}

/* --- one lane -------------------------------------------------------------------------------- */

/* What is known while one lane is evaluated. */
struct evaluation {
    const struct phases *phases;
    const struct lanes *lanes;   /* as asked for */
    struct lane_source *sources; /* [premises of the graphs of rows] */
    double *by_class;            /* [class][cell of all totals] */
    double *class_weights;       /* [class] */
    struct manner manner;
    struct engine_fault *fault;
};

/* The arena of one call into the engine, freed behind it; also when memory runs out meanwhile. */
struct passing {
    struct arena arena;
};

static void release_passing(void *passing)
{
    arena_release(&((struct passing *)passing)->arena);
}

static struct passing *passing_new(struct arena *arena)
{
    struct passing *passing = arena_alloc(arena, sizeof *passing);
    arena_init(&passing->arena, &arena->allocator);
    arena_defer(arena, release_passing, passing);
    return passing;
}

static struct arena *passing_begin(struct passing *passing, const struct arena *arena)
{
    arena_release(&passing->arena);
    passing->arena.on_full = arena->on_full;
    passing->arena.limit = arena->limit == 0 ? 0 : arena->limit - arena->used;
    return &passing->arena;
}

static void point_at_class(struct evaluation *evaluation, uint32_t kase)
{
    const struct phases *phases = evaluation->phases;
    const struct rows *rows = phases->rows;
    for (uint32_t p = 0; p < phases->graph->premise_count; p++)
        if (rows->column_of[p] != ROWS_NONE)
            evaluation->sources[p].values = rows->columns[rows->column_of[p]] + rows->first[kase];
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
    const struct row_graph *row = &phases->rows_of[kase];
    axis_set axes = row->graph->nodes[row->value[tape->total[w]]].axes;
    double *kept = evaluation->by_class + kase * phases->cells + total->place;
    bool second = total->kind == TOTAL_LABEL && tape->ops[w] == OP_REDUCE_MAX;
    for (size_t cell = 0; cell < total->cells; cell++) {
        double value = totals[tape->cell[w] + cell_within(phases->graph, total->axes, cell, axes)];
        if (second)
            value = value == kept[cell] ? value : (double)NAN;
        if ((total->kind == TOTAL_MEAN || total->kind == TOTAL_EXTREME) &&
            !row->same[tape->total[w]])
            value /= evaluation->class_weights[kase];
        kept[cell] = value;
    }
}

/* The rows of one class in one phase. The weight comes last, and is needed first. */
static bool run_class(struct evaluation *evaluation, uint32_t phase, uint32_t kase,
                      struct arena *scratch)
{
    const struct phases *phases = evaluation->phases;
    const struct phase_tape *tape = &phases->tapes[phase * phases->class_count + kase];
    const uint64_t *first = phases->rows->first;
    struct lanes lanes = {.sources = evaluation->sources,
                          .count = first[kase + 1] - first[kase],
                          .manner = &evaluation->manner};
    double *totals = arena_array(scratch, tape_cells(tape->tape), sizeof *totals);
    point_at_class(evaluation, kase);
    if (!engine_total(tape->tape, &lanes, tape->ops, scratch, totals, evaluation->fault)) {
        evaluation->fault->node =
            node_before(phases, &phases->rows_of[kase], evaluation->fault->node);
        return false;
    }
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

static bool run_phase(struct evaluation *evaluation, uint32_t phase, struct passing *passing,
                      const struct arena *arena)
{
    const struct phases *phases = evaluation->phases;
    for (uint32_t c = 0; c < phases->class_count; c++)
        if (!run_class(evaluation, phase, c, passing_begin(passing, arena)))
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

static bool run_lane(struct evaluation *evaluation, struct passing *passing,
                     const struct arena *arena, uint64_t lane, double *out)
{
    for (uint32_t phase = 0; phase < evaluation->phases->phase_count; phase++)
        if (!run_phase(evaluation, phase, passing, arena))
            return false;
    return put_lane(evaluation, passing_begin(passing, arena), lane, out);
}

bool phases_evaluate(const struct phases *phases, const struct lanes *lanes, const bool *varies,
                     struct arena *scratch, double *out, struct engine_fault *fault)
{
    struct evaluation evaluation = {.phases = phases, .lanes = lanes, .fault = fault};
    evaluation.sources = arena_array(scratch, phases->premise_count, sizeof(struct lane_source));
    evaluation.by_class = arena_array(scratch, phases->class_count, phases->cells * sizeof(double));
    evaluation.class_weights = arena_array(scratch, phases->class_count, sizeof(double));
    if (lanes->manner != NULL)
        evaluation.manner = *lanes->manner;
    evaluation.manner.progress = NULL;
    struct passing *passing = passing_new(scratch);
    struct drawn drawn = drawn_build(scratch, phases, varies);
    for (uint64_t lane = 0; lane < lanes->count; lane++) {
        uint64_t at = lane % LANES_AT_ONCE, rest = lanes->count - (lane - at);
        uint64_t count = rest < LANES_AT_ONCE ? rest : LANES_AT_ONCE;
        if (at == 0 && !draw(&evaluation, &drawn, lane, count, passing_begin(passing, scratch)))
            return false;
        take_lane(&evaluation, &drawn, at, count);
        if (!run_lane(&evaluation, passing, scratch, lane, out)) {
            fault->lane = lane;
            return false;
        }
        if (lanes->manner != NULL && lanes->manner->progress != NULL &&
            !lanes->manner->progress(lanes->manner->context, lane + 1, lanes->count))
            break;
    }
    return true;
}

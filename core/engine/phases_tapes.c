/* The tapes of each phase and class: what they are asked for. */
#include "engine/phases_parts.h"

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

/* What the tape of one phase is asked for; cells are those of all its wanted nodes. */
struct asking {
    const struct phases *phases;
    struct phase_tape *tape;
    node_id *wanted;
    size_t wanted_count, cells;
};

static void ask(struct asking *asking, node_id node, enum op op, size_t total)
{
    struct phase_tape *tape = asking->tape;
    const struct graph *graph = tape->row->graph;
    tape->ops[asking->wanted_count] = op;
    tape->total[asking->wanted_count] = total;
    tape->cell[asking->wanted_count] = asking->cells;
    asking->wanted[asking->wanted_count++] = node;
    asking->cells += graph_cells(graph, graph->nodes[node].axes);
}

static void ask_totals(struct asking *asking, uint32_t phase)
{
    const struct phases *phases = asking->phases;
    const struct row_graph *row = asking->tape->row;
    for (size_t t = 0; t < phases->total_count; t++)
        for (size_t v = 0; phases->totals[t].phase == phase && v < values_of(&phases->totals[t]);
             v++)
            ask(asking, row->value[t],
                row->same[t] ? OP_REDUCE_MIN : lane_op(&phases->totals[t], v), t);
    ask(asking, row->weight, OP_SUM, phases->total_count);
}

static void ask_kept(struct arena *arena, struct asking *asking, uint32_t phase)
{
    const struct phases *phases = asking->phases;
    struct phase_tape *tape = asking->tape;
    tape->kept = arena_array(arena, phases->kept_count, sizeof *tape->kept);
    for (size_t k = 0; k < phases->kept_count; k++)
        if (phases->kept[k].phase == phase) {
            ask(asking, tape->row->node[phases->kept[k].node], OP_SUM, phases->total_count);
            tape->kept[tape->kept_count++] = k;
        }
}

static void build_phase_tape(struct arena *arena, const struct phases *phases, uint32_t phase,
                             const bool *varies, struct phase_tape *tape, bool keeps)
{
    size_t most = 2 * phases->total_count + 1 + phases->kept_count;
    struct asking asking = {phases, tape, arena_array(arena, most, sizeof(node_id)), 0, 0};
    tape->ops = arena_array(arena, most, sizeof *tape->ops);
    tape->total = arena_array(arena, most, sizeof *tape->total);
    tape->cell = arena_array(arena, most, sizeof *tape->cell);
    ask_totals(&asking, phase);
    tape->count = asking.wanted_count;
    if (keeps)
        ask_kept(arena, &asking, phase);
    tape->tape = tape_build(arena, tape->row->graph, asking.wanted, asking.wanted_count, varies);
}

/* Which premises differ between the rows of a class. */
static bool *of_rows(struct arena *arena, const struct phases *phases)
{
    bool *varies = arena_array(arena, phases->premise_count, sizeof *varies);
    for (uint32_t p = 0; p < phases->graph->premise_count; p++)
        varies[p] = phases->rows->column_of[p] != ROWS_NONE;
    for (size_t k = 0; k < phases->kept_count; k++)
        for (size_t cell = 0; cell < phases->kept[k].cells; cell++)
            varies[phases->kept[k].premise + cell] = true;
    varies[phases->weight_premise] = true;
    return varies;
}

static void build_rest(struct arena *arena, struct phases *phases)
{
    bool *still = arena_array(arena, phases->premise_count, sizeof *still);
    node_id *rest = arena_array(arena, phases->wanted_count, sizeof *rest);
    size_t count = 0;
    for (size_t w = 0; w < phases->wanted_count; w++)
        if (phases->wanted_total[w] == SIZE_MAX)
            rest[count++] = phases->rows_of[0].node[phases->wanted[w]];
    phases->rest = tape_build(arena, phases->rows_of[0].graph, rest, count, still);
}

/* Each class has a graph of its rows that all phases share. */
static const char *build_tapes(struct arena *arena, struct phases *phases)
{
    const char *fault = NULL;
    uint32_t classes = phases->class_count;
    phases->rows_of = arena_array(arena, classes, sizeof *phases->rows_of);
    phases->tapes = arena_array(arena, phases->phase_count, classes * sizeof *phases->tapes);
    for (uint32_t c = 0; c < classes && fault == NULL; c++)
        fault = row_graph_build(arena, phases, PHASES_ALL, c, &phases->rows_of[c]);
    for (uint32_t at = 0; at < phases->phase_count * classes && fault == NULL; at++) {
        phases->tapes[at].row = &phases->rows_of[at % classes];
        build_phase_tape(arena, phases, at / classes, of_rows(arena, phases), &phases->tapes[at],
                         false);
    }
    if (fault == NULL)
        build_rest(arena, phases);
    return fault;
}

/* Another graph in each phase, for it reads what was kept in those before. */
static const char *build_keeping(struct arena *arena, struct phases *phases)
{
    uint32_t classes = phases->class_count;
    if (phases->kept_count == 0)
        return NULL;
    phases->keeping = arena_array(arena, phases->phase_count, classes * sizeof *phases->keeping);
    for (uint32_t at = 0; at < phases->phase_count * classes; at++) {
        struct row_graph *row = arena_alloc(arena, sizeof *row);
        const char *fault = row_graph_build(arena, phases, at / classes, at % classes, row);
        phases->keeping[at].row = row;
        if (fault != NULL)
            return fault;
        build_phase_tape(arena, phases, at / classes, of_rows(arena, phases), &phases->keeping[at],
                         true);
    }
    return NULL;
}

const char *phases_build_tapes(struct arena *arena, struct phases *phases)
{
    const char *fault = build_tapes(arena, phases);
    return fault != NULL ? fault : build_keeping(arena, phases);
}

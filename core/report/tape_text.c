/* The screen of `assize tape`. */
#include <string.h>

#include "graph/formula.h"
#include "report/figure.h"
#include "report/tape.h"

enum { COLUMNS = 100, OPERATION_COLUMNS = 16, TIME_COLUMNS = 7, ROWS_COLUMNS = 9, INDENT = 2 };

/* --- what a step is -------------------------------------------------------------------------- */

const char *tape_operation(struct arena *arena, const struct graph *graph,
                           const struct shown_step *step)
{
    enum op op = graph->nodes[step->node].op;
    if (step->first == NODE_NONE)
        return op_spelling(op);
    if (op == OP_SUM)
        return "dot";
    return arena_printf(arena, "%s of %s", op_spelling(op),
                        op_spelling(graph->nodes[step->first].op));
}

const char *tape_formula(struct arena *arena, const struct graph *graph,
                         const struct shown_step *step)
{
    struct text formula;
    if (graph->nodes[step->node].op == OP_PREMISE)
        return graph->premises[graph->nodes[step->node].index].path;
    text_init(&formula, arena);
    formula_write(&formula, graph, step->node);
    return formula.data;
}

/* --- the list -------------------------------------------------------------------------------- */

/* `text` in at most `columns`, its end given up for "..." where it is longer. */
static void add_cut(struct text *out, const char *text, size_t columns)
{
    size_t length = strlen(text);
    if (length <= columns) {
        text_add(out, text);
        return;
    }
    length = columns - 3;
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--; /* not within a character */
    text_add_n(out, text, length);
    text_add(out, "...");
}

static void add_share(struct text *out, double share)
{
    if (share < 0.0005)
        text_add(out, "      -");
    else
        text_printf(out, "%5.1f %%", 100 * share);
}

static const char *rows_text(struct arena *arena, const struct shown_step *step)
{
    if (step->rows == 1)
        return arena_printf(arena, "%zu", step->place);
    return arena_printf(arena, "%zu-%zu", step->place, step->place + step->rows - 1);
}

static void add_step(struct text *out, const struct listing *listing,
                     const struct listed_tape *tape, const struct shown_step *step)
{
    const struct graph *graph = tape->shown->graph;
    const char *name = tape->names[step->node];
    size_t start = out->length;
    if (listing->timed)
        add_share(out, step->share);
    text_printf(out, "%*s", ROWS_COLUMNS, rows_text(out->arena, step));
    text_pad(out, ' ', INDENT * (step->depth + 1));
    text_printf(out, "%-*s ", OPERATION_COLUMNS, tape_operation(out->arena, graph, step));
    if (name != NULL)
        name = arena_printf(out->arena, "%s = %s", name, tape_formula(out->arena, graph, step));
    size_t used = out->length - start, least = 20;
    add_cut(out, name != NULL ? name : tape_formula(out->arena, graph, step),
            used + least < COLUMNS ? COLUMNS - used : least);
    text_add_char(out, '\n');
}

static void add_loop(struct text *out, const struct listing *listing, const struct graph *graph,
                     const struct shown_step *loop)
{
    size_t columns = ROWS_COLUMNS + INDENT * (loop->depth + 1);
    text_pad(out, ' ', listing->timed ? columns + TIME_COLUMNS : columns);
    text_printf(out, "for each %s (%zu):\n", graph->axes[loop->axis].name, loop->turns);
}

static void add_steps(struct text *out, const struct listing *listing,
                      const struct listed_tape *tape)
{
    const struct shown_tape *shown = tape->shown;
    if (shown->step_count == 0) {
        text_add(out, "\n  No step: no draw changes anything.\n");
        return;
    }
    text_printf(out, "\n%s%*s  %-*s %s\n", listing->timed ? "   time" : "", ROWS_COLUMNS, "rows",
                OPERATION_COLUMNS, "operation", "what it stands for");
    for (size_t s = 0; s < shown->step_count; s++)
        if (shown->steps[s].loops)
            add_loop(out, listing, shown->graph, &shown->steps[s]);
        else
            add_step(out, listing, tape, &shown->steps[s]);
}

/* --- the head -------------------------------------------------------------------------------- */

static void add_head(struct text *out, const struct shown_tape *shown)
{
    struct arena *arena = out->arena;
    text_printf(out,
                "  nodes   %s: %s dead, %s fixed, %s varying (%s of them within another's step)",
                figure_count(arena, shown->nodes), figure_count(arena, shown->dead),
                figure_count(arena, shown->fixed), figure_count(arena, shown->varying),
                figure_count(arena, shown->folded));
    text_printf(out, "; %s claims\n", figure_count(arena, shown->claims));
    text_printf(out, "  steps   %s, in %s loops\n",
                figure_count(arena, shown->step_count - shown->loop_count),
                figure_count(arena, shown->loop_count));
    text_printf(out, "  rows    %s of %s draws each, where %s would be without using them again\n",
                figure_count(arena, shown->rows), figure_count(arena, shown->block),
                figure_count(arena, shown->rows_without_reuse));
    text_printf(out, "  bytes   %s for a thread; %s fixed cells among them\n",
                figure_count(arena, shown->bytes), figure_count(arena, shown->fixed_cells));
}

static void add_tape(struct text *out, const struct listing *listing,
                     const struct listed_tape *tape)
{
    if (tape->title != NULL)
        text_printf(out, "%s\n", tape->title);
    add_head(out, tape->shown);
    if (tape->shown->seconds > 0)
        text_printf(out,
                    "  time    %s ms for %s draws on one thread (%s), measured: other figures in "
                    "each run\n",
                    figure_number(out->arena, 1e3 * tape->shown->seconds),
                    figure_count(out->arena, tape->shown->timed_lanes), tape->shown->isa);
    add_steps(out, listing, tape);
}

void report_tape_text(struct text *out, const struct listing *listing)
{
    text_printf(out, "The tape of %s: scores, verdicts and findings over the draws\n\n",
                listing->model->path);
    for (size_t t = 0; t < listing->count; t++) {
        if (t > 0)
            text_add_char(out, '\n');
        add_tape(out, listing, &listing->tapes[t]);
    }
    text_add(out, "\nDead nodes are not asked for; fixed ones change in no draw and are computed "
                  "once. A step varies\nalong the loops around it.\n");
}

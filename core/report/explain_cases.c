/* All types of case on one screen: share, sentence, the claims that differ by case, difference. */
#include <math.h>
#include <string.h>

#include "report/explain.h"
#include "report/figure.h"
#include "report/reading.h"
#include "report/words.h"

enum { NAME_COLUMNS = 20, SHARE_COLUMNS = 7, DIFFERENCE_COLUMNS = 32, MOST_CLAIMS = 5 };

/* The claims that make columns: those nearest to the conclusion that differ by case, as many as
 * leave room for the difference. */
struct columns {
    const struct outline_claim *claims[MOST_CLAIMS];
    size_t widths[MOST_CLAIMS];
    size_t count;
};

static const struct node *node_of(const struct telling *telling, node_id id)
{
    return &telling->model->linked.graph->nodes[id];
}

static const char *cell(const struct telling *telling, node_id node, size_t kase)
{
    return figure_node(telling->arena, node_of(telling, node),
                       result_value(telling->result, node, telling->view->regime, kase));
}

static size_t width_of(const struct telling *telling, const struct outline_claim *claim)
{
    size_t width = text_columns(words_last_step(claim->record->name));
    for (size_t c = 0; c < telling->scenario->case_count; c++) {
        size_t here = text_columns(cell(telling, claim->node, c));
        width = here > width ? here : width;
    }
    return width + 2;
}

static struct columns choose_columns(const struct telling *telling)
{
    struct columns columns = {.count = 0};
    const struct outline *outline = telling->outline;
    size_t room = SCREEN_COLUMNS - NAME_COLUMNS - SHARE_COLUMNS;
    if (telling->conclusion->difference != NODE_NONE)
        room -= DIFFERENCE_COLUMNS;
    for (size_t i = 0; i < outline->claim_count && columns.count < MOST_CLAIMS; i++) {
        const struct outline_claim *claim = &outline->claims[i];
        if (!reading_varies(telling->model, claim->node, telling->model->case_axis) ||
            !model_plain_axes(telling->model, claim->node))
            continue;
        size_t width = width_of(telling, claim);
        if (width > room)
            break;
        room -= width;
        columns.widths[columns.count] = width;
        columns.claims[columns.count++] = claim;
    }
    return columns;
}

static void head(struct telling *telling, const struct columns *columns)
{
    struct text *out = telling->out;
    text_add_char(out, '\n');
    words_cell(out, "All types of case", NAME_COLUMNS, false);
    words_cell(out, "share", SHARE_COLUMNS, true);
    for (size_t i = 0; i < columns->count; i++)
        words_cell(out,
                   words_shown(telling->arena, words_last_step(columns->claims[i]->record->name)),
                   columns->widths[i], true);
    words_end_line(out);
}

static const char *share_words(const struct telling *telling, size_t kase)
{
    const char *path =
        arena_printf(telling->arena, "cases.%s.share", telling->scenario->cases[kase]);
    const struct premise *premise = scenario_premise(telling->scenario, path);
    return premise == NULL ? "-" : figure_share(telling->arena, premise->value);
}

static void row(struct telling *telling, const struct columns *columns, size_t kase)
{
    struct text *out = telling->out;
    struct arena *arena = telling->arena;
    const struct explain_view *view = telling->view;
    text_add(out, kase == view->kase ? "> " : "  ");
    words_cell(out, words_clip(arena, telling->scenario->cases[kase], NAME_COLUMNS - 3),
               NAME_COLUMNS - 2, false);
    words_cell(out, share_words(telling, kase), SHARE_COLUMNS, true);
    for (size_t i = 0; i < columns->count; i++)
        words_cell(out, cell(telling, columns->claims[i]->node, kase), columns->widths[i], true);
    const char *difference =
        reading_difference_words(arena, telling->result, view->theory, view->regime, kase);
    bool fails = reading_case_fails(arena, telling->result, view->theory, view->regime, kase);
    text_printf(out, "%s%s%s", difference != NULL ? "  " : "", difference != NULL ? difference : "",
                fails ? "  FAILS" : "");
    words_end_line(out);
}

void explain_cases(struct telling *telling)
{
    struct columns columns = choose_columns(telling);
    if (columns.count == 0 && telling->conclusion->difference == NODE_NONE)
        return;
    head(telling, &columns);
    for (size_t c = 0; c < telling->scenario->case_count; c++)
        row(telling, &columns, c);
}

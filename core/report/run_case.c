/* `assize run --by case`: what every regime gives each type of case, how far that is from what it
 * deserves, and which cases fail. */
#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/reading.h"
#include "report/screen.h"
#include "report/words.h"

/* One table: rows are cases, columns the regimes of a band. */
struct grid {
    struct screen *screen;
    struct layout layout;
    const size_t *regimes;
    size_t count, theory;
};

static void head(const struct grid *grid, const char *title)
{
    struct text *out = grid->screen->out;
    words_fill(out, title, "  ");
    text_pad(out, ' ', grid->layout.label);
    for (size_t i = 0; i < grid->count; i++)
        words_cell(out,
                   words_clip(grid->screen->arena,
                              grid->screen->scenario->regimes[grid->regimes[i]].id,
                              grid->layout.column - 1),
                   grid->layout.column, false);
    words_end_line(out);
}

static void rows(const struct grid *grid,
                 const char *(*cell)(const struct grid *grid, size_t regime, size_t kase))
{
    struct text *out = grid->screen->out;
    for (size_t c = 0; c < grid->screen->scenario->case_count; c++) {
        text_add_char(out, ' ');
        words_cell(out,
                   words_clip(grid->screen->arena, grid->screen->scenario->cases[c],
                              grid->layout.label - 2),
                   grid->layout.label - 1, false);
        for (size_t i = 0; i < grid->count; i++)
            words_cell(out, cell(grid, grid->regimes[i], c), grid->layout.column, false);
        words_end_line(out);
    }
}

static const char *sentence_cell(const struct grid *grid, size_t regime, size_t kase)
{
    struct arena *arena = grid->screen->arena;
    const struct result *result = grid->screen->result;
    struct span span = reading_headline_of_case(result, regime, kase);
    double sentence =
        result_value(result, grid->screen->model->headline_output->value, regime, kase);
    if (span.low == span.high)
        return figure_number(arena, sentence);
    const char *words =
        arena_printf(arena, "%s (%s-%s)", figure_number(arena, sentence),
                     figure_number(arena, span.low), figure_number(arena, span.high));
    if (text_columns(words) < grid->layout.column)
        return words;
    return arena_printf(arena, "%s (%s-%s)", figure_fixed(arena, sentence, 0),
                        figure_fixed(arena, span.low, 0), figure_fixed(arena, span.high, 0));
}

static const char *difference_cell(const struct grid *grid, size_t regime, size_t kase)
{
    struct arena *arena = grid->screen->arena;
    double difference = reading_difference(grid->screen->result, grid->theory, regime, kase);
    bool fails = reading_case_fails(arena, grid->screen->result, grid->theory, regime, kase);
    return arena_printf(arena, "%s%s%s", difference > 0 ? "+" : "",
                        figure_fixed(arena, difference, 1), fails ? " FAILS" : "");
}

static void differences(struct grid *grid)
{
    struct screen *screen = grid->screen;
    for (size_t i = 0; i < screen->theory_count; i++) {
        grid->theory = screen->theories[i];
        node_id difference = screen_conclusion(screen, grid->theory)->difference;
        if (difference == NODE_NONE)
            continue;
        const struct unit *unit = &screen->model->linked.graph->nodes[difference].unit;
        text_add_char(screen->out, '\n');
        head(grid,
             arena_printf(screen->arena,
                          "%s: sentence less what is deserved, in %s; + too harsh, - too lenient",
                          screen->scenario->theories[grid->theory].id,
                          figure_unit(screen->arena, unit)));
        rows(grid, difference_cell);
    }
}

void screen_by_case(struct screen *screen)
{
    struct layout layout = screen_layout(screen);
    for (size_t first = 0; first < screen->regime_count; first += layout.fit) {
        size_t left = screen->regime_count - first;
        struct grid grid = {.screen = screen,
                            .layout = layout,
                            .regimes = &screen->regimes[first],
                            .count = left < layout.fit ? left : layout.fit};
        if (screen->model->headline_output != NULL) {
            const char *unit = screen->model->headline;
            text_add_char(screen->out, '\n');
            head(&grid,
                 arena_printf(screen->arena, "Sentence by %s, %s (lowest-highest)",
                              screen->model->population != NULL ? "class, means of its persons"
                                                                : "type of case",
                              unit != NULL ? unit : ""));
            rows(&grid, sentence_cell);
        }
        differences(&grid);
    }
}

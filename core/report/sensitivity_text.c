/* What moves a score, in `assize explain --sensitivity`. */
#include "analysis/sensitivity.h"
#include "report/explain.h"
#include "report/figure.h"
#include "report/reading.h"
#include "report/words.h"

enum {
    PATH = 35,
    SPAN = 19,
    SLOPE = 10,
    MOVE = 10,
    MOST_ROWS = 20,
    TAGS = PATH + SPAN + SLOPE + MOVE + 3
};

static bool in_part(const struct sensitivity *one, bool fixed)
{
    return (one->span == SPAN_FIXED) == fixed;
}

/* The unit goes where there is no room for it. */
static const char *span_words(struct arena *arena, const struct sensitivity *one)
{
    const struct premise *premise = one->premise;
    if (one->span == SPAN_FIXED)
        return figure_premise(arena, premise, premise->value);
    const char *low = figure_premise_bare(arena, premise, one->low);
    const char *whole =
        arena_printf(arena, "%s to %s", low, figure_premise(arena, premise, one->high));
    return text_columns(whole) < SPAN
               ? whole
               : arena_printf(arena, "%s to %s", low,
                              figure_premise_bare(arena, premise, one->high));
}

/* A path that is longer than its column has a line to itself. */
static void show_path(struct telling *telling, const char *path)
{
    const char *shown = words_shown(telling->arena, path);
    text_add(telling->out, "  ");
    words_cell(telling->out, words_clip(telling->arena, shown, SCREEN_COLUMNS - 2), PATH - 2,
               false);
    if (text_columns(shown) < PATH - 2)
        return;
    words_end_line(telling->out);
    text_pad(telling->out, ' ', PATH);
}

static void show_row(struct telling *telling, const struct sensitivity *one)
{
    struct text *out = telling->out;
    struct arena *arena = telling->arena;
    show_path(telling, one->premise->path);
    words_cell(out, words_clip(arena, span_words(arena, one), SPAN - 1), SPAN, false);
    words_cell(out, figure_signed(arena, one->slope), SLOPE, true);
    words_cell(out, figure_signed(arena, one->move), MOVE, true);
    text_add(out, one->jumps ? " J " : "   ");
    words_fill(out, reading_premise_tags(arena, one->premise),
               arena_printf(arena, "%*s", (int)TAGS, ""));
}

static void show_head(struct telling *telling, const char *over, const char *move)
{
    words_cell(telling->out, "  premise", PATH, false);
    words_cell(telling->out, over, SPAN, false);
    words_cell(telling->out, "per unit", SLOPE, true);
    words_cell(telling->out, move, MOVE, true);
    text_add_char(telling->out, '\n');
}

/* Those that jump and have no slope are the last of their part. */
static void show_more(struct telling *telling, bool fixed, size_t more)
{
    const struct sensitivities *found = telling->view->sensitivity;
    struct arena *arena = telling->arena;
    size_t by_jumps = 0;
    for (size_t i = 0; i < found->count; i++)
        by_jumps += in_part(&found->items[i], fixed) && found->items[i].slope == 0;
    by_jumps = by_jumps < more ? by_jumps : more;
    text_add(telling->out, "  ");
    words_fill(telling->out,
               arena_printf(arena, "and %s more, by less%s (--format json lists them).",
                            words_count(arena, more, "number"),
                            by_jumps == 0 ? ""
                                          : arena_printf(arena, ", %s of them by jumps alone",
                                                         figure_count(arena, by_jumps))),
               "    ");
}

/* Premises with a range, or the fixed numbers. */
static void show_part(struct telling *telling, bool fixed)
{
    const struct sensitivities *found = telling->view->sensitivity;
    size_t rows = 0;
    for (size_t i = 0; i < found->count; i++) {
        if (!in_part(&found->items[i], fixed))
            continue;
        if (rows == 0 && fixed)
            show_head(telling, "fixed at", "for 1 %");
        else if (rows == 0)
            show_head(telling, "over", "over that");
        if (rows++ < MOST_ROWS)
            show_row(telling, &found->items[i]);
    }
    if (rows > MOST_ROWS)
        show_more(telling, fixed, rows - MOST_ROWS);
}

static bool any_jumps(const struct sensitivities *found)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].jumps)
            return true;
    return false;
}

/* The mark, and what the tables leave out. */
static void show_rest(struct telling *telling)
{
    struct arena *arena = telling->arena;
    struct text *out = telling->out;
    const struct sensitivities *found = telling->view->sensitivity;
    if (any_jumps(found))
        text_add(out, "  J jumps: the slope does not see it (a threshold, a table's row, a "
                      "choice).\n");
    if (found->unmoved > 0)
        text_printf(out, "  %s on the way to the score: the slope is 0.\n",
                    words_count(arena, found->unmoved, "other number"));
    if (found->others > 0)
        text_printf(out, "  %s on the way to the score: no numbers, so they have no slope.\n",
                    words_count(arena, found->others, "other premise"));
}

void explain_sensitivity(struct telling *telling)
{
    const struct sensitivities *found = telling->view->sensitivity;
    text_add_char(telling->out, '\n');
    if (found->why_not != NULL) {
        words_fill(telling->out,
                   arena_printf(telling->arena, "What moves the score cannot be said: %s.",
                                found->why_not),
                   "  ");
        return;
    }
    words_fill(
        telling->out,
        "What moves the score, by its slope at the central values (over a range it may bend):",
        "  ");
    show_part(telling, false);
    show_part(telling, true);
    show_rest(telling);
}

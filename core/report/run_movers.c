/* What else moves the verdicts: uncertain facts, one at a time. */
#include <string.h>

#include "report/figure.h"
#include "report/reading.h"
#include "report/screen.h"
#include "report/words.h"

enum { LEAST_MOVERS = 2, LINES_BELOW = 5, PATH_COLUMNS = 44, SPAN_COLUMNS = 24, TAG_COLUMNS = 24 };

static const char *span_words(struct arena *arena, const struct mover *mover)
{
    return arena_printf(arena, "%s to %s", figure_premise_bare(arena, mover->premise, mover->low),
                        figure_premise(arena, mover->premise, mover->high));
}

static void show_mover(struct screen *screen, const struct mover *mover)
{
    struct text *out = screen->out;
    struct arena *arena = screen->arena;
    const char *tags = arena_printf(arena, "%s%s", reading_status(mover->premise->status),
                                    mover->premise->disputed ? ", disputed" : "");
    text_add_char(out, ' ');
    words_cell(out, words_clip(arena, mover->premise->path, PATH_COLUMNS - 1), PATH_COLUMNS, false);
    words_cell(out, words_clip(arena, span_words(arena, mover), SPAN_COLUMNS - 1), SPAN_COLUMNS,
               false);
    words_cell(out, tags, TAG_COLUMNS, false);
    words_cell(out, figure_count(arena, mover->changed), 5, true);
    words_end_line(out);
}

/* As many as leave room for the footer. */
static size_t movers_that_fit(const struct screen *screen)
{
    size_t lines = screen_lines(screen) + LINES_BELOW;
    size_t room = lines < SCREEN_LINES ? SCREEN_LINES - lines : 0;
    size_t count = screen->result->mover_count;
    size_t least = screen->result->outcomes == NULL ? LEAST_MOVERS : 0; /* disputes come first */
    room = room < least ? least : room;
    return count < room ? count : room;
}

void screen_movers(struct screen *screen)
{
    const struct result *result = screen->result;
    if (result->fact_count == 0)
        return;
    text_add_char(screen->out, '\n');
    if (result->mover_count == 0) {
        words_fill(screen->out,
                   arena_printf(screen->arena,
                                "No verdict changes as any one of %s moves over its 5-95 %% range.",
                                words_count(screen->arena, result->fact_count, "uncertain fact")),
                   "  ");
        return;
    }
    size_t shown = movers_that_fit(screen);
    if (shown == 0) {
        words_fill(screen->out,
                   arena_printf(screen->arena,
                                "Facts that move verdicts, one at a time over 5-95 %%: %zu of %zu "
                                "tried (--theory lists them).",
                                result->mover_count, result->fact_count),
                   "  ");
        return;
    }
    const char *first =
        shown < result->mover_count ? arena_printf(screen->arena, "first %zu of ", shown) : "";
    const char *head = arena_printf(screen->arena,
                                    "Facts that move verdicts, one at a time over 5-95 %%: %s%zu, "
                                    "of %zu tried",
                                    first, result->mover_count, result->fact_count);
    words_cell(screen->out, head, SCREEN_COLUMNS - 18, false);
    text_add(screen->out, "verdicts changed\n");
    for (size_t i = 0; i < shown; i++)
        show_mover(screen, &result->movers[i]);
}

/* The screen of `assize run`: at most 100 columns, and 40 lines for a scenario of usual size. */
#include <math.h>
#include <string.h>

#include "analysis/draw_table.h"
#include "report/changes.h"
#include "report/figure.h"
#include "report/reading.h"
#include "report/run_outcomes.h"
#include "report/screen.h"
#include "report/words.h"

static const char *path_words(const struct screen *screen)
{
    return words_shown(screen->arena, screen->model->path);
}

/* --- head ------------------------------------------------------------------------------------ */

static const char *shares_words(const struct scenario *scenario)
{
    if (scenario->shares_of == NULL)
        return "";
    if (strcmp(scenario->shares_of, "sentenced") == 0)
        return ", weighted as SENTENCED, not as taking part";
    return ", weighted as TAKING PART, not as sentenced";
}

static const char *cases_words(struct arena *arena, const struct scenario *scenario)
{
    size_t count = scenario->case_count;
    if (scenario->records != NULL)
        return arena_printf(arena, "%zu class%s of persons", count, count == 1 ? "" : "es");
    return arena_printf(arena, "%zu type%s of case", count, count == 1 ? "" : "s");
}

/* The question comes first; the title goes with the counts. */
void report_run_head(struct text *out, const struct scenario *scenario)
{
    struct arena *arena = out->arena;
    if (scenario->question != NULL)
        words_fill(out, words_shown(arena, scenario->question), "  ");
    words_fill(out,
               arena_printf(arena, "%s: %s, %s%s.", words_shown(arena, scenario->title),
                            words_count(arena, scenario->regime_count, "regime"),
                            cases_words(arena, scenario), shares_words(scenario)),
               "  ");
}

static void rests_on(struct screen *screen)
{
    const struct result *result = screen->result;
    struct arena *arena = screen->arena;
    const char *numbers = words_count(arena, result->numbers, "number");
    if (result->illustrative + result->unverified == 0) {
        words_fill(screen->out, arena_printf(arena, "All %s in use have a source.", numbers), "  ");
        return;
    }
    words_fill(screen->out,
               arena_printf(arena,
                            "These verdicts rest on %s: %s illustrative, %s unverified (assize "
                            "premises --illustrative).",
                            numbers, figure_count(arena, result->illustrative),
                            figure_count(arena, result->unverified)),
               "  ");
}

static void dropped(struct screen *screen)
{
    struct text names;
    const struct model *model = screen->model;
    if (model->dropped_count == 0)
        return;
    text_init(&names, screen->arena);
    for (size_t i = 0; i < model->dropped_count; i++)
        text_printf(&names, "%s%s", i == 0 ? "" : ", ",
                    words_shown(screen->arena, model->dropped[i]));
    words_fill(screen->out,
               arena_printf(screen->arena, "The menu is changed; dropped: %s.", names.data), "  ");
}

/* --- foot ------------------------------------------------------------------------------------ */

static void draws(struct screen *screen)
{
    const struct result *result = screen->result;
    struct arena *arena = screen->arena;
    if (isnan(result->largest_error) || result->options.draws == 0) {
        words_fill(screen->out,
                   result->fact_count == 0
                       ? "No fact is uncertain: nothing is drawn, and there are no "
                         "ranges."
                       : "No draws: every fact stands at its central value.",
                   "  ");
        return;
    }
    const char *count = figure_count(arena, result->options.draws);
    if (result->options.draws < result->draws_asked)
        words_fill(screen->out,
                   arena_printf(arena, "Partial: stopped after %s of %s draws.", count,
                                figure_count(arena, result->draws_asked)),
                   "  ");
    if (result->options.rounded_from != 0)
        words_fill(screen->out,
                   arena_printf(arena,
                                "%s draws in place of %s: Sobol' draws are 16 times a power of "
                                "two.",
                                figure_count(arena, result->draws_asked),
                                figure_count(arena, result->options.rounded_from)),
                   "  ");
    size_t together = result_drawn_together(result);
    if (together > 0)
        words_fill(screen->out,
                   arena_printf(arena, "%s drawn together: correlate.",
                                words_count(arena, together, "fact")),
                   "  ");
    bool sobol = result->options.sampling == DRAWS_SOBOL;
    words_fill(screen->out,
               arena_printf(arena,
                            "Ranges: 5-95 %% of %s%s draws of the facts, not the chance of being "
                            "right; simulation error %s.",
                            count, sobol ? " Sobol'" : "",
                            figure_number(arena, ceil(result->largest_error * 1e4) / 1e4)),
               "  ");
}

static void resamples(struct screen *screen)
{
    const struct result *result = screen->result;
    if (result->sample != NULL)
        words_fill(screen->out,
                   arena_printf(screen->arena,
                                "Other samples: 5-95 %% of %s resamples of the persons, all facts "
                                "at their centre: what chance in the sample may do, apart from the "
                                "facts.",
                                figure_count(screen->arena, result->options.resamples)),
                   "  ");
}

/* Which facts somebody else drew. */
static void table_of_draws(struct screen *screen)
{
    const struct draw_table *table = screen->model->draw_table;
    if (table == NULL)
        return;
    words_fill(screen->out,
               arena_printf(screen->arena, "The draws of %s are the rows of %s.",
                            words_count(screen->arena, table->count, "fact"),
                            words_shown(screen->arena, table->file)),
               "  ");
}

static void identity(struct screen *screen)
{
    words_fill(screen->out, reading_identity(screen->arena, screen->result), "  ");
}

/* The opinion one would ask about first: a failed case, else a borderline verdict, else the first.
 */
static unsigned interest(const struct opinion *opinion)
{
    if (opinion->one_case_failed)
        return 3;
    return opinion->verdict == VERDICT_BORDERLINE ? 2 : opinion->verdict < VERDICT_SILENT;
}

static void why(struct screen *screen)
{
    unsigned best = 0;
    size_t theory = screen->theories[0], regime = screen->regimes[0];
    for (size_t t = 0; t < screen->theory_count; t++) {
        for (size_t r = 0; r < screen->regime_count; r++) {
            unsigned now =
                interest(screen_opinion(screen, screen->theories[t], screen->regimes[r]));
            if (now <= best)
                continue;
            best = now;
            theory = screen->theories[t];
            regime = screen->regimes[r];
        }
    }
    words_fill(screen->out,
               arena_printf(screen->arena, "Why?  assize explain %s --theory %s --regime %s",
                            path_words(screen), screen->scenario->theories[theory].id,
                            screen->scenario->regimes[regime].id),
               "      ");
}

static void inputs(struct screen *screen)
{
    const struct model *model = screen->model;
    text_add(screen->out, "\nEvery file read (SHA-256 to 16 digits, bytes, name):\n");
    for (size_t i = 0; i < model->input_count; i++) {
        const struct input_file *input = &model->inputs[i];
        text_printf(screen->out, " %.16s %8zu  ", input->hash, input->file.size);
        words_fill(screen->out, words_shown(screen->arena, input->file.name), "   ");
    }
}

static void foot(struct screen *screen)
{
    draws(screen);
    table_of_draws(screen);
    resamples(screen);
    words_fill(
        screen->out,
        "Moral choices are held, not drawn. Scores of different theories do not compare; none "
        "are averaged.",
        "  ");
    identity(screen);
    if (screen->theory_count > 0 && screen->regime_count > 0)
        why(screen);
    if (screen->view->all_inputs)
        inputs(screen);
}

/* Regimes that are like another but for what they say. */
static void counterfactuals(struct screen *screen)
{
    for (size_t i = 0; i < screen->regime_count; i++) {
        size_t regime = screen->regimes[i];
        const struct use *use = &screen->scenario->regimes[regime];
        if (!changes_any(screen->model, regime))
            continue;
        const char *like = use->like != NULL ? use->like : use->kind;
        words_fill(screen->out,
                   arena_printf(screen->arena, "%s is like %s, but: %s.", use->id, like,
                                changes_words(screen->arena, screen->model, regime)),
                   "  ");
    }
}

void report_run_text(struct text *out, const struct result *result, const struct run_view *view)
{
    struct screen screen;
    screen_init(&screen, out, result, view);
    report_run_head(out, screen.scenario);
    rests_on(&screen);
    screen_population(&screen);
    dropped(&screen);
    counterfactuals(&screen);
    screen_verdicts(&screen);
    if (view->by_case)
        screen_by_case(&screen);
    screen_notes(&screen);
    screen_outcomes(&screen);
    screen_along(&screen);
    screen_strips(&screen);
    screen_movers(&screen);
    foot(&screen);
}

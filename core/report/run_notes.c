/* Under the table: what the marks mean, who failed, why a theory is silent, what else was found. */
#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/reading.h"
#include "report/screen.h"
#include "report/words.h"

enum { MOST_FAILURES = 4, MOST_FINDINGS = 4 };

/* What walks over the shown opinions. */
struct walk {
    struct screen *screen;
    size_t theory, regime, seen;
};

static void each_opinion(struct screen *screen, struct walk *walk,
                         void (*visit)(struct walk *walk, const struct opinion *opinion))
{
    *walk = (struct walk){.screen = screen};
    for (size_t t = 0; t < screen->theory_count; t++) {
        for (size_t r = 0; r < screen->regime_count; r++) {
            walk->theory = screen->theories[t];
            walk->regime = screen->regimes[r];
            visit(walk, screen_opinion(screen, walk->theory, walk->regime));
        }
    }
}

static void line(struct screen *screen, const char *text)
{
    words_fill(screen->out, text, "  ");
}

/* Remarks that several theories share: each once, with the theories behind it. */
struct remarks {
    struct arena *arena;
    const char **texts;
    struct text *theories;
    size_t count;
};

static void remark(struct remarks *remarks, const char *text, const char *theory)
{
    size_t i = 0;
    while (i < remarks->count && strcmp(remarks->texts[i], text) != 0)
        i++;
    if (i == remarks->count) {
        remarks->texts = arena_grow(remarks->arena, remarks->texts, i, sizeof *remarks->texts);
        remarks->theories =
            arena_grow(remarks->arena, remarks->theories, i, sizeof *remarks->theories);
        remarks->texts[remarks->count++] = text;
        text_init(&remarks->theories[i], remarks->arena);
    }
    text_printf(&remarks->theories[i], "%s%s", remarks->theories[i].length == 0 ? "" : ", ",
                theory);
}

static const char *theory_id(const struct screen *screen, size_t theory)
{
    return screen->scenario->theories[theory].id;
}

/* --- one type of case failed ----------------------------------------------------------------- */

/* "inadvertent (.00), too harsh by 73.1 pme" */
static const char *failing_case(struct screen *screen, size_t theory, size_t regime,
                                const struct requirement *requirement, size_t kase)
{
    struct arena *arena = screen->arena;
    double value = reading_of_case(screen->result, requirement, regime, kase);
    const char *difference = reading_difference_words(arena, screen->result, theory, regime, kase);
    return arena_printf(arena, "%s (%s)%s%s", screen->scenario->cases[kase],
                        figure_fixed(arena, value, 2), difference != NULL ? ", " : "",
                        difference != NULL ? difference : "");
}

static const char *failing_cases(struct screen *screen, size_t theory, size_t regime)
{
    struct text out;
    text_init(&out, screen->arena);
    const struct requirement *requirement =
        reading_case_requirement(screen->arena, screen->result, theory, regime);
    if (requirement == NULL)
        return "";
    struct requirement_state state =
        result_requirement(screen->arena, screen->result, requirement, regime);
    for (size_t c = 0; c < screen->scenario->case_count; c++)
        if (state.failing_cases[c])
            text_printf(&out, "%s%s", out.length == 0 ? "" : "; ",
                        failing_case(screen, theory, regime, requirement, c));
    return out.data;
}

static void failures(struct screen *screen)
{
    struct remarks remarks = {.arena = screen->arena};
    for (size_t t = 0; t < screen->theory_count; t++) {
        for (size_t r = 0; r < screen->regime_count; r++) {
            size_t theory = screen->theories[t], regime = screen->regimes[r];
            if (screen_opinion(screen, theory, regime)->one_case_failed)
                remark(&remarks,
                       arena_printf(screen->arena, "! %s fails %s",
                                    screen->scenario->regimes[regime].id,
                                    failing_cases(screen, theory, regime)),
                       theory_id(screen, theory));
        }
    }
    for (size_t i = 0; i < remarks.count && i < MOST_FAILURES; i++)
        line(screen,
             arena_printf(screen->arena, "%s: %s.", remarks.texts[i], remarks.theories[i].data));
    if (remarks.count > MOST_FAILURES)
        line(screen, arena_printf(screen->arena, "! and %zu more: --by case shows them.",
                                  remarks.count - MOST_FAILURES));
}

/* --- ties, silence, changes ------------------------------------------------------------------ */

/* "light = none": the regimes that regime `first` is tied with, itself in front. */
static const char *tie_of(struct screen *screen, size_t theory, size_t first)
{
    struct text out;
    uint64_t tied = screen_opinion(screen, theory, first)->tied_with;
    text_init(&out, screen->arena);
    text_add(&out, screen->scenario->regimes[first].id);
    for (size_t r = first + 1; r < screen->scenario->regime_count && r < 64; r++)
        if (tied >> r & 1)
            text_printf(&out, " = %s", screen->scenario->regimes[r].id);
    return out.data;
}

static void ties_of_theory(struct screen *screen, struct remarks *remarks, size_t theory)
{
    uint64_t told = 0;
    for (size_t r = 0; r < screen->scenario->regime_count && r < 64; r++) {
        uint64_t tied = screen_opinion(screen, theory, r)->tied_with;
        if (tied >> r <= 1 || (tied & ~told) == 0)
            continue;
        remark(remarks, tie_of(screen, theory, r), theory_id(screen, theory));
        told |= tied | (uint64_t)1 << r;
    }
}

static void ties(struct screen *screen)
{
    struct remarks remarks = {.arena = screen->arena};
    struct text out;
    text_init(&out, screen->arena);
    for (size_t t = 0; t < screen->theory_count; t++)
        ties_of_theory(screen, &remarks, screen->theories[t]);
    for (size_t i = 0; i < remarks.count; i++)
        text_printf(&out, "%s%s (%s)", i == 0 ? "" : "; ", remarks.texts[i],
                    remarks.theories[i].data);
    if (remarks.count > 0)
        line(screen, arena_printf(screen->arena, "= Tied, not told apart: %s.", out.data));
}

static void count_change(struct walk *walk, const struct opinion *opinion)
{
    (void)opinion;
    walk->seen += screen_changed(walk->screen, walk->theory, walk->regime);
}

static void show_silence(struct walk *walk, const struct opinion *opinion)
{
    struct screen *screen = walk->screen;
    const struct conclusion *conclusion = screen_conclusion(screen, walk->theory);
    if (opinion->verdict != VERDICT_SILENT)
        return;
    const char *reason =
        conclusion->why_not != NULL ? conclusion->why_not : "its score is undefined";
    line(screen, arena_printf(screen->arena, "- %s is silent on %s: %s.",
                              screen->scenario->theories[walk->theory].id,
                              screen->scenario->regimes[walk->regime].id,
                              words_shown(screen->arena, reason)));
}

static void show_not_finite(struct walk *walk, const struct opinion *opinion)
{
    struct screen *screen = walk->screen;
    if (opinion->not_finite == 0 || opinion->verdict == VERDICT_SILENT)
        return;
    line(screen, arena_printf(screen->arena, "- %s on %s: %s of %s draws give no score.",
                              screen->scenario->theories[walk->theory].id,
                              screen->scenario->regimes[walk->regime].id,
                              figure_count(screen->arena, opinion->not_finite),
                              figure_count(screen->arena, screen->result->options.draws)));
}

static void changes(struct screen *screen)
{
    struct walk walk;
    struct text set;
    if (screen->view->before == NULL || screen->model->setting_count == 0)
        return;
    text_init(&set, screen->arena);
    for (size_t i = 0; i < screen->model->setting_count; i++)
        text_printf(&set, "%s%s = %s", i == 0 ? "" : ", ",
                    words_shown(screen->arena, screen->model->settings[i].path),
                    words_shown(screen->arena, screen->model->settings[i].value));
    each_opinion(screen, &walk, count_change);
    line(screen, arena_printf(screen->arena, "* %s changed by: %s.",
                              walk.seen == 0 ? "No verdict is"
                                             : words_count(screen->arena, walk.seen, "verdict"),
                              set.data));
}

/* --- findings -------------------------------------------------------------------------------- */

/* A finding that is one figure for the whole theory, not nothing, and says what it does not show.
 */
static bool is_general(const struct screen *screen, const struct finding *finding)
{
    const struct model *model = screen->model;
    bool varies = reading_varies(model, finding->value, model->regime_axis) ||
                  reading_varies(model, finding->value, model->case_axis);
    return finding->note != NULL && !varies && model_plain_axes(model, finding->value) &&
           result_value(screen->result, finding->value, 0, 0) != 0;
}

static bool is_among(const char *text, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(texts[i], text) == 0)
            return true;
    return false;
}

static size_t findings_of(struct screen *screen, size_t theory, const char **told, size_t count)
{
    const struct conclusion *conclusion = screen_conclusion(screen, theory);
    for (uint32_t f = 0; f < conclusion->finding_count && count < MOST_FINDINGS; f++) {
        if (!is_general(screen, &conclusion->findings[f]))
            continue;
        const char *text = reading_finding(screen->arena, screen->result, theory, f, 0, 0);
        if (is_among(text, told, count))
            continue;
        told[count++] = text;
        line(screen, arena_printf(screen->arena, "Finding: %s", text));
    }
    return count;
}

static void findings(struct screen *screen)
{
    const char *told[MOST_FINDINGS];
    size_t count = 0;
    for (size_t t = 0; t < screen->theory_count; t++)
        count = findings_of(screen, screen->theories[t], told, count);
}

void screen_notes(struct screen *screen)
{
    struct walk walk;
    changes(screen);
    failures(screen);
    ties(screen);
    each_opinion(screen, &walk, show_silence);
    each_opinion(screen, &walk, show_not_finite);
    findings(screen);
}

/* The table of `assize run`: verdict, score and range of every theory on every regime. */
#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/reading.h"
#include "report/screen.h"
#include "report/words.h"

/* The regimes of one band: those that fit beside each other. */
struct band {
    struct screen *screen;
    struct layout layout;
    const size_t *regimes;
    size_t count;
};

/* The first column, `indent` blanks in. */
static void label(const struct band *band, size_t indent, const char *text)
{
    size_t width = band->layout.label - indent;
    text_pad(band->screen->out, ' ', indent);
    words_cell(band->screen->out, words_clip(band->screen->arena, text, width - 1), width, false);
}

static void cell(const struct band *band, const char *text)
{
    words_cell(band->screen->out, words_clip(band->screen->arena, text, band->layout.column - 1),
               band->layout.column, false);
}

/* --- the head: regimes, their titles, their sentences ---------------------------------------- */

static const struct use *regime(const struct band *band, size_t at)
{
    return &band->screen->scenario->regimes[band->regimes[at]];
}

static bool titles_fit(const struct band *band)
{
    bool any = false;
    for (size_t i = 0; i < band->count; i++) {
        const char *title = regime(band, i)->title;
        any = any || title != NULL;
        if (title != NULL && text_columns(title) >= band->layout.column)
            return false;
    }
    return any;
}

static void names(const struct band *band, bool titles)
{
    label(band, 0, "");
    for (size_t i = 0; i < band->count; i++) {
        const struct use *use = regime(band, i);
        cell(band, titles ? (use->title != NULL ? use->title : "") : use->id);
    }
    words_end_line(band->screen->out);
}

static const char *span_words(struct arena *arena, struct span span)
{
    const char *low = figure_number(arena, span.low);
    const char *high = figure_number(arena, span.high);
    return strcmp(low, high) == 0 ? low : arena_printf(arena, "%s to %s", low, high);
}

static void sentences(const struct band *band)
{
    struct screen *screen = band->screen;
    if (screen->model->headline_output == NULL)
        return;
    const char *unit = screen->model->headline;
    label(band, 0,
          arena_printf(screen->arena, "%s, low to high", unit != NULL ? unit : "sentence"));
    for (size_t i = 0; i < band->count; i++)
        cell(band, span_words(screen->arena, reading_headline(screen->result, band->regimes[i])));
    words_end_line(screen->out);
}

/* --- a theory's rows ------------------------------------------------------------------------- */

static void verdicts(const struct band *band, size_t theory)
{
    struct screen *screen = band->screen;
    label(band, 1, screen->scenario->theories[theory].id);
    for (size_t i = 0; i < band->count; i++) {
        const char *mark = screen_changed(screen, theory, band->regimes[i]) ? "*" : "";
        words_verdict(screen->out, screen_opinion(screen, theory, band->regimes[i])->verdict, mark,
                      band->layout.column, screen->view->color);
    }
    words_end_line(screen->out);
}

static const char *score_words(struct arena *arena, const struct opinion *opinion)
{
    if (isnan(opinion->score))
        return "";
    const char *score =
        arena_printf(arena, "%s%s%s", figure_fixed(arena, opinion->score, 2),
                     opinion->one_case_failed ? "!" : "", opinion->tied_with != 0 ? "=" : "");
    if (isnan(opinion->range.low))
        return score;
    return arena_printf(arena, "%s %s-%s", score, figure_fixed(arena, opinion->range.low, 2),
                        figure_fixed(arena, opinion->range.high, 2));
}

/* The moral choices that a theory rests on: "theta .35"; their number where they are too many for
 * `columns`. */
static const char *choices_words(const struct screen *screen, size_t theory, size_t columns)
{
    struct text out;
    size_t count = 0;
    text_init(&out, screen->arena);
    for (size_t s = 0; s < screen->result->strip_count; s++) {
        const struct strip *strip = &screen->result->strips[s];
        const struct premise *premise = strip->premise;
        if (!strip->theory_reads[theory])
            continue;
        text_printf(&out, "%s%s %s", out.length == 0 ? "" : ", ", words_last_step(premise->path),
                    figure_premise_bare(screen->arena, premise, premise->value));
        count++;
    }
    if (text_columns(out.data) <= columns)
        return out.data;
    return words_count(screen->arena, count, "moral choice");
}

static void scores(const struct band *band, size_t theory)
{
    struct screen *screen = band->screen;
    label(band, 3, choices_words(screen, theory, band->layout.label - 4));
    for (size_t i = 0; i < band->count; i++)
        cell(band, score_words(screen->arena, screen_opinion(screen, theory, band->regimes[i])));
    words_end_line(screen->out);
}

/* What chance in the sample of persons may do: "other samples .53-.57". */
static void samples(const struct band *band, size_t theory)
{
    struct screen *screen = band->screen;
    const struct result *result = screen->result;
    if (result->sample == NULL)
        return;
    label(band, 3, "other samples");
    for (size_t i = 0; i < band->count; i++) {
        const struct sample_opinion *sample =
            &result->sample[theory * screen->scenario->regime_count + band->regimes[i]];
        cell(band, isnan(sample->low) ? ""
                                      : arena_printf(screen->arena, "%s-%s",
                                                     figure_fixed(screen->arena, sample->low, 2),
                                                     figure_fixed(screen->arena, sample->high, 2)));
    }
    words_end_line(screen->out);
}

/* --- what it was before ---------------------------------------------------------------------- */

static bool same_figures(const struct opinion *a, const struct opinion *b)
{
    return a->verdict == b->verdict &&
           (a->score == b->score || (isnan(a->score) && isnan(b->score)));
}

static void before(const struct band *band, size_t theory)
{
    struct screen *screen = band->screen;
    bool moved = false, changed = false;
    for (size_t i = 0; i < band->count; i++) {
        const struct opinion *was = screen_before(screen, theory, band->regimes[i]);
        changed = changed || screen_changed(screen, theory, band->regimes[i]);
        moved = moved || (was != NULL &&
                          !same_figures(was, screen_opinion(screen, theory, band->regimes[i])));
    }
    if (!moved)
        return;
    label(band, 3, "before");
    for (size_t i = 0; changed && i < band->count; i++) {
        const struct opinion *was = screen_before(screen, theory, band->regimes[i]);
        cell(band,
             screen_changed(screen, theory, band->regimes[i]) ? verdict_name(was->verdict) : "");
    }
    if (changed) {
        words_end_line(screen->out);
        label(band, 0, "");
    }
    for (size_t i = 0; i < band->count; i++) {
        const struct opinion *was = screen_before(screen, theory, band->regimes[i]);
        cell(band,
             was == NULL || isnan(was->score) ? "" : figure_fixed(screen->arena, was->score, 2));
    }
    words_end_line(screen->out);
}

/* --- groups ---------------------------------------------------------------------------------- */

static const char *scale_words(struct arena *arena, const struct conclusion *conclusion)
{
    struct text out;
    text_init(&out, arena);
    for (uint32_t i = 0; i < conclusion->scale_count; i++) {
        const struct scale_mark *mark = &conclusion->scale[i];
        text_printf(&out, "%s%s = %s", i == 0 ? "" : ", ", figure_number(arena, mark->at),
                    words_shown(arena, mark->text));
    }
    return out.data;
}

/* The first theory of another plugin whose scale reads the same, or NULL. */
static const char *same_scale(const struct screen *screen, size_t theory, const char *scale)
{
    for (size_t i = 0; i < screen->theory_count && screen->theories[i] != theory; i++)
        if (strcmp(scale_words(screen->arena, screen_conclusion(screen, screen->theories[i])),
                   scale) == 0)
            return screen->scenario->theories[screen->theories[i]].id;
    return NULL;
}

/* Theories of one plugin stand together under its title and scale. */
static void group(const struct band *band, size_t theory)
{
    struct screen *screen = band->screen;
    struct arena *arena = screen->arena;
    const struct declaration *declaration = screen->model->theory_declarations[theory];
    const char *title = declaration->title != NULL ? declaration->title : declaration->id;
    const char *scale = scale_words(arena, screen_conclusion(screen, theory));
    const char *same = same_scale(screen, theory, scale);
    const char *words = scale[0] == '\0' ? ""
                        : same != NULL   ? arena_printf(arena, " Scale: as %s.", same)
                                         : arena_printf(arena, " Score %s", scale);
    words_fill(screen->out, arena_printf(arena, "%s%s", words_sentence(arena, title), words), "  ");
}

static void rows(const struct band *band)
{
    const struct screen *screen = band->screen;
    const struct declaration *last = NULL;
    for (size_t i = 0; i < screen->theory_count; i++) {
        size_t theory = screen->theories[i];
        if (screen->model->theory_declarations[theory] != last)
            group(band, theory);
        last = screen->model->theory_declarations[theory];
        verdicts(band, theory);
        scores(band, theory);
        samples(band, theory);
        before(band, theory);
    }
}

void screen_verdicts(struct screen *screen)
{
    struct layout layout = screen_layout(screen);
    for (size_t first = 0; first < screen->regime_count; first += layout.fit) {
        size_t left = screen->regime_count - first;
        struct band band = {screen, layout, &screen->regimes[first],
                            left < layout.fit ? left : layout.fit};
        text_add_char(screen->out, '\n');
        names(&band, false);
        if (titles_fit(&band))
            names(&band, true);
        sentences(&band);
        rows(&band);
    }
}

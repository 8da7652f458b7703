#include "report/screen.h"

#include <string.h>

#include "report/reading.h"
#include "report/words.h"

static bool is_shown(const char *wanted, const char *id)
{
    return wanted == NULL || strcmp(wanted, id) == 0;
}

static size_t choose(struct screen *screen, const struct use *uses, size_t count,
                     const char *wanted, size_t **chosen)
{
    size_t shown = 0;
    *chosen = arena_array(screen->arena, count, sizeof **chosen);
    for (size_t i = 0; i < count; i++)
        if (is_shown(wanted, uses[i].id))
            (*chosen)[shown++] = i;
    return shown;
}

void screen_init(struct screen *screen, struct text *out, const struct result *result,
                 const struct run_view *view)
{
    const struct scenario *scenario = result->model->scenario;
    *screen = (struct screen){.out = out,
                              .arena = out->arena,
                              .result = result,
                              .model = result->model,
                              .scenario = scenario,
                              .view = view};
    screen->theory_count =
        choose(screen, scenario->theories, scenario->theory_count, view->theory, &screen->theories);
    screen->regime_count =
        choose(screen, scenario->regimes, scenario->regime_count, view->regime, &screen->regimes);
}

const struct conclusion *screen_conclusion(const struct screen *screen, size_t theory)
{
    return &screen->model->linked.conclusions[theory];
}

const struct opinion *screen_opinion(const struct screen *screen, size_t theory, size_t regime)
{
    return result_opinion(screen->result, theory, regime);
}

const struct opinion *screen_before(const struct screen *screen, size_t theory, size_t regime)
{
    const struct result *before = screen->view->before;
    if (before == NULL)
        return NULL;
    size_t t = reading_theory(before->model, screen->scenario->theories[theory].id);
    size_t r = reading_regime(before->model, screen->scenario->regimes[regime].id);
    return t == SIZE_MAX || r == SIZE_MAX ? NULL : result_opinion(before, t, r);
}

bool screen_changed(const struct screen *screen, size_t theory, size_t regime)
{
    const struct opinion *before = screen_before(screen, theory, regime);
    return before != NULL && before->verdict != screen_opinion(screen, theory, regime)->verdict;
}

size_t screen_lines(const struct screen *screen)
{
    size_t lines = 0;
    for (const char *c = screen->out->data; *c != '\0'; c++)
        lines += *c == '\n';
    return lines;
}

static size_t within(size_t value, size_t low, size_t high)
{
    return value < low ? low : value > high ? high : value;
}

enum { LEAST_COLUMN = 15, MOST_COLUMN = 20, LEAST_LABEL = 20, MOST_LABEL = 30 };

struct layout screen_layout(const struct screen *screen)
{
    size_t label = 0, column = 0;
    for (size_t i = 0; i < screen->theory_count; i++) {
        size_t width = text_columns(screen->scenario->theories[screen->theories[i]].id) + 3;
        label = width > label ? width : label;
    }
    for (size_t i = 0; i < screen->regime_count; i++) {
        size_t width = text_columns(screen->scenario->regimes[screen->regimes[i]].id) + 2;
        column = width > column ? width : column;
    }
    label = within(label, LEAST_LABEL, MOST_LABEL);
    column = within(column, LEAST_COLUMN, MOST_COLUMN);
    size_t fit = (SCREEN_COLUMNS - label) / column;
    size_t left = SCREEN_COLUMNS - within(screen->regime_count, 1, fit) * column;
    label = within(left, label, MOST_LABEL);
    return (struct layout){label, column, fit};
}

/* What the parts of the screen of `assize run` share. Internal to core/report. */
#ifndef ASSIZE_REPORT_SCREEN_H
#define ASSIZE_REPORT_SCREEN_H

#include "report/report.h"

enum { SCREEN_LINES = 40 };

/* A screen under way: the result, and which theories and regimes are shown. */
struct screen {
    struct text *out;
    struct arena *arena;
    const struct result *result;
    const struct model *model;
    const struct scenario *scenario;
    const struct run_view *view;
    size_t *theories; /* indices, in the scenario's order */
    size_t theory_count;
    size_t *regimes;
    size_t regime_count;
};

void screen_init(struct screen *screen, struct text *out, const struct result *result,
                 const struct run_view *view);

const struct conclusion *screen_conclusion(const struct screen *screen, size_t theory);
const struct opinion *screen_opinion(const struct screen *screen, size_t theory, size_t regime);

/* The opinion that `view->before` has of the same theory and regime, or NULL. */
const struct opinion *screen_before(const struct screen *screen, size_t theory, size_t regime);

/* Whether the verdict was another before. */
bool screen_changed(const struct screen *screen, size_t theory, size_t regime);

/* Lines written so far. */
size_t screen_lines(const struct screen *screen);

/* --- parts, in the order of the screen ----------------------------------------------------- */

void screen_population(struct screen *screen); /* of the records (run_population.c) */
void screen_verdicts(struct screen *screen);   /* theories by regimes (run_table.c) */
void screen_by_case(struct screen *screen);    /* the same by case (run_case.c) */
void screen_notes(struct screen *screen);      /* marks and findings (run_notes.c) */
void screen_along(struct screen *screen);      /* the premise that was asked for (strip.c) */
void screen_strips(struct screen *screen);     /* the moral choices (strip.c) */
void screen_movers(struct screen *screen);     /* facts that change verdicts (run_movers.c) */

/* Columns of a table that has one for each regime: the label, each column, and how many fit. */
struct layout {
    size_t label, column, fit;
};
struct layout screen_layout(const struct screen *screen);

#endif

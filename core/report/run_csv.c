/* One row for each theory and regime that are shown; with --by case, one for each case too. */
#include <string.h>

#include "report/csv.h"
#include "report/reading.h"
#include "report/screen.h"

static void header(struct screen *screen)
{
    static const char *const opinion[] = {
        "theory",          "kind",       "regime",     "verdict",
        "score",           "low",        "high",       "mean",
        "error",           "share_same", "decided_by", "ruled_out",
        "one_case_failed", "tied_with"};
    static const char *const by_case[] = {"case",    "sentence",   "lowest",
                                          "highest", "difference", "fails"};
    static const char *const whole[] = {"lowest", "highest"};
    for (size_t i = 0; i < sizeof opinion / sizeof *opinion; i++)
        csv_text(screen->out, opinion[i]);
    if (screen->view->by_case)
        csv_row(screen->out, by_case, sizeof by_case / sizeof *by_case);
    else
        csv_row(screen->out, whole, sizeof whole / sizeof *whole);
}

/* Ids with blanks between them. */
static const char *ties(struct screen *screen, const struct opinion *opinion)
{
    struct text out;
    text_init(&out, screen->arena);
    for (size_t r = 0; r < screen->scenario->regime_count && r < 64; r++)
        if (opinion->tied_with >> r & 1)
            text_printf(&out, "%s%s", out.length == 0 ? "" : " ", screen->scenario->regimes[r].id);
    return out.data;
}

static void opinion(struct screen *screen, size_t theory, size_t regime)
{
    struct text *out = screen->out;
    const struct opinion *one = screen_opinion(screen, theory, regime);
    const struct requirement *decided = reading_decided(screen_conclusion(screen, theory), one);
    csv_text(out, screen->scenario->theories[theory].id);
    csv_text(out, screen->scenario->theories[theory].kind);
    csv_text(out, screen->scenario->regimes[regime].id);
    csv_text(out, verdict_name(one->verdict));
    csv_number(out, one->score);
    csv_number(out, one->range.low);
    csv_number(out, one->range.high);
    csv_number(out, one->range.mean);
    csv_number(out, one->range.error);
    csv_number(out, one->share_same);
    csv_text(out, decided != NULL ? decided->name : NULL);
    csv_text(out, decided != NULL && one->from_rules_out ? "true" : "false");
    csv_text(out, one->one_case_failed ? "true" : "false");
    csv_text(out, ties(screen, one));
}

static void by_case(struct screen *screen, size_t theory, size_t regime)
{
    struct text *out = screen->out;
    const struct output *sentence = screen->model->headline_output;
    for (size_t c = 0; c < screen->scenario->case_count; c++) {
        struct span span = reading_headline_of_case(screen->result, regime, c);
        opinion(screen, theory, regime);
        csv_text(out, screen->scenario->cases[c]);
        if (sentence != NULL)
            csv_number(out, result_value(screen->result, sentence->value, regime, c));
        else
            csv_text(out, NULL);
        csv_number(out, span.low);
        csv_number(out, span.high);
        csv_number(out, reading_difference(screen->result, theory, regime, c));
        csv_text(out, reading_case_fails(screen->arena, screen->result, theory, regime, c)
                          ? "true"
                          : "false");
        csv_end(out);
    }
}

static void whole(struct screen *screen, size_t theory, size_t regime)
{
    struct span span = reading_headline(screen->result, regime);
    opinion(screen, theory, regime);
    csv_number(screen->out, span.low);
    csv_number(screen->out, span.high);
    csv_end(screen->out);
}

void report_run_csv(struct text *out, const struct result *result, const struct run_view *view)
{
    struct screen screen;
    screen_init(&screen, out, result, view);
    header(&screen);
    for (size_t t = 0; t < screen.theory_count; t++) {
        for (size_t r = 0; r < screen.regime_count; r++) {
            if (view->by_case)
                by_case(&screen, screen.theories[t], screen.regimes[r]);
            else
                whole(&screen, screen.theories[t], screen.regimes[r]);
        }
    }
}

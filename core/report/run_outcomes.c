/* How the disputes come out, under the table of verdicts. Outcomes are counted, never averaged. */
#include "report/run_outcomes.h"

#include "analysis/outcomes.h"
#include "report/disputes.h"
#include "report/figure.h"
#include "report/words.h"

/* weights[verdict]: the outcomes, or draws, that say so. */
static void count_verdicts(const struct result *result, size_t theory, size_t regime,
                           uint64_t weights[VERDICTS])
{
    for (int v = 0; v < VERDICTS; v++)
        weights[v] = 0;
    for (size_t o = 0; o < result->outcomes->count; o++)
        weights[result_outcome_opinion(result, o, theory, regime)->verdict] +=
            result->outcomes->list[o].draws;
}

static bool differs(const struct result *result, size_t theory, size_t regime)
{
    uint64_t weights[VERDICTS];
    size_t kinds = 0;
    count_verdicts(result, theory, regime, weights);
    for (int v = 0; v < VERDICTS; v++)
        kinds += weights[v] > 0;
    return kinds > 1;
}

/* "statute borderline in 4 of 8, else unacceptable" */
static void add_verdicts(struct screen *screen, struct text *out, size_t theory, size_t regime)
{
    uint64_t weights[VERDICTS], left = screen->result->outcome_weight;
    count_verdicts(screen->result, theory, regime, weights);
    text_add(out, screen->scenario->regimes[regime].id);
    for (int v = 0; v < VERDICTS; v++) {
        bool first = left == screen->result->outcome_weight, last = weights[v] == left;
        if (weights[v] == 0)
            continue;
        text_printf(out, "%s %s%s", first ? "" : ",", last ? "else " : "",
                    verdict_name((enum verdict)v));
        if (!last)
            text_printf(out, " in %s", figure_count(screen->arena, weights[v]));
        if (first)
            text_printf(out, " of %s", figure_count(screen->arena, left));
        left -= weights[v];
    }
}

static void theory_line(struct screen *screen, size_t theory)
{
    struct text out;
    size_t shown = 0;
    text_init(&out, screen->arena);
    text_printf(&out, "%s:", screen->scenario->theories[theory].id);
    for (size_t i = 0; i < screen->regime_count; i++) {
        if (!differs(screen->result, theory, screen->regimes[i]))
            continue;
        text_add(&out, shown++ > 0 ? "; " : " ");
        add_verdicts(screen, &out, theory, screen->regimes[i]);
    }
    if (shown == 0)
        return;
    text_add(screen->out, "  ");
    words_fill(screen->out, words_shown(screen->arena, out.data), "    ");
}

/* The shown opinions that are in question, or those that are unsupported; NULL: none. */
static const char *opinions_where(struct screen *screen, bool unsupported)
{
    struct text out;
    text_init(&out, screen->arena);
    for (size_t t = 0; t < screen->theory_count; t++)
        for (size_t i = 0; i < screen->regime_count; i++) {
            const struct opinion *opinion =
                screen_opinion(screen, screen->theories[t], screen->regimes[i]);
            if (unsupported ? opinion->verdict != VERDICT_UNSUPPORTED : !opinion->in_question)
                continue;
            text_printf(&out, "%s%s on %s", out.length > 0 ? ", " : "",
                        screen->scenario->theories[screen->theories[t]].id,
                        screen->scenario->regimes[screen->regimes[i]].id);
        }
    return out.length > 0 ? out.data : NULL;
}

/* The claims and steps with a label, by the base. */
static const char *claims_with(struct arena *arena, const struct model *model, uint8_t label)
{
    const struct debate *debate = model->disputes->debate;
    struct text out;
    text_init(&out, arena);
    for (uint32_t i = (uint32_t)debate->arguments->count; i < debate->count; i++)
        if (debate->nodes[i].claim != NODE_NONE && debate->grounded[i] == label)
            text_printf(&out, "%s%s", out.length > 0 ? ", " : "", debate->nodes[i].name);
    return words_shown(arena, out.data);
}

const char *unsupported_words(struct arena *arena, const struct model *model)
{
    return arena_printf(arena, "Unsupported: something that it rests on is out (%s).",
                        claims_with(arena, model, LABEL_OUT));
}

static void standing(struct screen *screen, bool unsupported)
{
    const char *where = opinions_where(screen, unsupported);
    if (where == NULL)
        return;
    const char *what = unsupported ? "Unsupported, so without a score" : "In question";
    const char *claims =
        claims_with(screen->arena, screen->model, unsupported ? LABEL_OUT : LABEL_UNDECIDED);
    text_add(screen->out, "  ");
    words_fill(screen->out,
               words_shown(screen->arena,
                           arena_printf(screen->arena, "%s: %s. What they rest on is %s: %s.", what,
                                        where, unsupported ? "out" : "undecided", claims)),
               "    ");
}

static const char *heading(struct screen *screen)
{
    const struct arguments *arguments = screen->model->disputes->debate->arguments;
    const struct outcomes *outcomes = screen->result->outcomes;
    const char *semantics = argumentation_name(arguments->semantics);
    if (outcomes->state != OUTCOMES_FOUND)
        return arena_printf(screen->arena, "Disputes (%s): %s (budget %llu).", semantics,
                            outcomes_state_words(outcomes->state),
                            (unsigned long long)arguments->budget);
    if (arguments->semantics == ARGUMENTATION_CHANCE)
        return arena_printf(screen->arena, "Disputes: %s in %s draws of who speaks.",
                            words_count(screen->arena, outcomes->count, "outcome"),
                            figure_count(screen->arena, screen->result->outcome_weight));
    return arena_printf(screen->arena, "Disputes: %s (%s).",
                        words_count(screen->arena, outcomes->count, "outcome"), semantics);
}

static bool any_differs(const struct screen *screen, size_t theory)
{
    for (size_t i = 0; i < screen->regime_count; i++)
        if (differs(screen->result, theory, screen->regimes[i]))
            return true;
    return false;
}

/* "desert 2 4 4 of 8": in how many outcomes the verdicts of the table hold, column by column. */
static void add_counts(struct screen *screen, struct text *out, size_t theory)
{
    text_printf(out, "%s%s", out->length > 0 ? ", " : "", screen->scenario->theories[theory].id);
    for (size_t i = 0; i < screen->regime_count; i++)
        text_printf(
            out, " %s",
            figure_count(screen->arena,
                         screen_opinion(screen, theory, screen->regimes[i])->outcomes_same));
}

/* One sentence for all theories; those whose verdicts always hold are left out. */
static void counts_line(struct screen *screen)
{
    struct text out;
    text_init(&out, screen->arena);
    for (size_t t = 0; t < screen->theory_count; t++)
        if (any_differs(screen, screen->theories[t]))
            add_counts(screen, &out, screen->theories[t]);
    const struct arguments *arguments = screen->model->disputes->debate->arguments;
    const char *semantics = argumentation_name(arguments->semantics);
    bool chance = arguments->semantics == ARGUMENTATION_CHANCE;
    words_fill(
        screen->out,
        words_shown(screen->arena,
                    arena_printf(screen->arena,
                                 "Disputes: of %s %s (%s) the verdicts above hold, by "
                                 "columns, in: %s; others in all.",
                                 figure_count(screen->arena, screen->result->outcome_weight),
                                 chance ? "draws of who speaks" : "outcomes", semantics, out.data)),
        "  ");
}

/* With one theory there is room to say what the verdicts are elsewhere. */
void screen_outcomes(struct screen *screen)
{
    bool any = false;
    if (screen->result->outcomes == NULL)
        return;
    for (size_t t = 0; t < screen->theory_count; t++)
        any = any || any_differs(screen, screen->theories[t]);
    if (any && screen->theory_count > 1)
        counts_line(screen);
    else
        words_fill(screen->out,
                   arena_printf(screen->arena, "%s%s", heading(screen),
                                any                                   ? " Verdicts that differ:"
                                : screen->result->outcomes->count > 1 ? " No verdict differs."
                                                                      : ""),
                   "  ");
    if (screen->theory_count == 1)
        theory_line(screen, screen->theories[0]);
    standing(screen, true);
    standing(screen, false);
}

/* --- JSON ------------------------------------------------------------------------------------ */

static void accepted(struct json *json, const struct result *result, const struct outcome *outcome)
{
    const struct debate *debate = result->model->disputes->debate;
    json_open_line(json, "accepted");
    for (size_t i = 0; i < debate->arguments->count; i++)
        if (outcome->accepted[i])
            json_text(json, NULL, debate->nodes[i].name);
    json_close_array(json);
}

static void opinions(struct json *json, const struct result *result, size_t outcome)
{
    const struct scenario *scenario = result->model->scenario;
    json_open_array(json, "opinions");
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; r < scenario->regime_count; r++) {
            const struct outcome_opinion *one = result_outcome_opinion(result, outcome, t, r);
            json_open_object(json, NULL);
            json_text(json, "theory", scenario->theories[t].id);
            json_text(json, "regime", scenario->regimes[r].id);
            json_text(json, "verdict", verdict_name(one->verdict));
            json_number(json, "score", one->score);
            json_truth(json, "in_question", one->in_question);
            json_close_object(json);
        }
    json_close_array(json);
}

void json_outcomes(struct json *json, const struct result *result)
{
    if (result->outcomes == NULL)
        return;
    const struct arguments *arguments = result->model->disputes->debate->arguments;
    json_open_object(json, "disputes");
    json_text(json, "semantics", argumentation_name(arguments->semantics));
    json_text(json, "state", outcomes_state_words(result->outcomes->state));
    json_count(json, "budget", arguments->budget);
    json_count(json, "weight", result->outcome_weight);
    json_open_array(json, "outcomes");
    for (size_t o = 0; o < result->outcomes->count; o++) {
        const struct outcome *outcome = &result->outcomes->list[o];
        json_open_object(json, NULL);
        json_count(json, "weight", outcome->draws);
        accepted(json, result, outcome);
        opinions(json, result, o);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

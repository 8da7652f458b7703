/* The screen of `assize explain`. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "report/changes.h"
#include "report/explain.h"
#include "report/figure.h"
#include "report/reading.h"
#include "report/run_outcomes.h"
#include "report/strip.h"
#include "report/words.h"

void telling_init(struct telling *telling, struct text *out, const struct result *result,
                  const struct explain_view *view)
{
    *telling = (struct telling){.out = out,
                                .arena = out->arena,
                                .result = result,
                                .model = result->model,
                                .scenario = result->model->scenario,
                                .conclusion = &result->model->linked.conclusions[view->theory],
                                .opinion = result_opinion(result, view->theory, view->regime),
                                .view = view,
                                .outline = outline_build(out->arena, result, view)};
}

bool telling_claim_applies(const struct telling *telling, const struct outline_claim *claim)
{
    node_id applies = claim->record->applies;
    return applies == NODE_NONE || !model_plain_axes(telling->model, applies) ||
           result_value(telling->result, applies, telling->view->regime, telling->view->kase) != 0;
}

const char *telling_claim(const struct telling *telling, const struct outline_claim *claim)
{
    const struct explain_view *view = telling->view;
    const struct claim *record = claim->record;
    bool applies = telling_claim_applies(telling, claim);
    const char *text = applies || record->otherwise == NULL ? record->text : record->otherwise;
    struct template_words words = {
        reading_value(telling->arena, telling->result, claim->node, view->regime, view->kase),
        telling->scenario->cases[view->kase], telling->scenario->regimes[view->regime].id};
    if (text == NULL)
        text = arena_printf(telling->arena, "%s is {value}", record->name);
    return words_template(telling->arena, text, &words);
}

/* --- the verdict and what decided ------------------------------------------------------------ */

static const char *kase(const struct telling *telling)
{
    return telling->scenario->cases[telling->view->kase];
}

static const char *capitals(struct arena *arena, const char *text)
{
    char *copy = arena_string(arena, text);
    for (char *c = copy; *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    return copy;
}

static void headline(struct telling *telling)
{
    const struct declaration *declaration =
        telling->model->theory_declarations[telling->view->theory];
    const char *title = declaration->title != NULL ? declaration->title : declaration->id;
    const char *verdict = capitals(telling->arena, verdict_name(telling->opinion->verdict));
    const char *score =
        isnan(telling->opinion->score)
            ? ""
            : arena_printf(telling->arena, ", score %s",
                           figure_fixed(telling->arena, telling->opinion->score, 3));
    words_colored(telling->out, telling->opinion->verdict, verdict, telling->view->color);
    words_fill(telling->out,
               arena_printf(telling->arena, ". %s by %s (%s)%s",
                            telling->scenario->regimes[telling->view->regime].id,
                            telling->scenario->theories[telling->view->theory].id,
                            words_shown(telling->arena, title), score),
               "  ");
}

static void scale(struct telling *telling)
{
    struct text line;
    text_init(&line, telling->arena);
    for (uint32_t i = 0; i < telling->conclusion->scale_count; i++) {
        const struct scale_mark *mark = &telling->conclusion->scale[i];
        text_printf(&line, "%s%s = %s", i == 0 ? "Score: " : ", ",
                    figure_number(telling->arena, mark->at),
                    words_shown(telling->arena, mark->text));
    }
    if (line.length == 0)
        return;
    text_add(telling->out, "  ");
    words_fill(telling->out, line.data, "    ");
}

static void ranges(struct telling *telling)
{
    const struct opinion *opinion = telling->opinion;
    struct arena *arena = telling->arena;
    if (isnan(opinion->range.low))
        return;
    text_add(telling->out, "  ");
    words_fill(
        telling->out,
        arena_printf(arena,
                     "Over %s draws of the facts: %s to %s (5-95 %%); the same verdict in %s of "
                     "them. Not the chance of being right.",
                     figure_count(arena, telling->result->options.draws),
                     figure_fixed(arena, opinion->range.low, 3),
                     figure_fixed(arena, opinion->range.high, 3),
                     figure_share(arena, opinion->share_same)),
        "    ");
}

/* " (illustrative)": the standing of a bound that is itself a premise. */
static const char *bound_standing(const struct telling *telling, node_id bound)
{
    const struct node *node = &telling->model->linked.graph->nodes[bound];
    if (node->op != OP_PREMISE)
        return "";
    const struct premise *premise = telling->model->premises[node->index];
    return arena_printf(telling->arena, "  (%s %s)", words_last_step(premise->path),
                        premise->moral ? "a moral choice" : reading_status(premise->status));
}

/* "inadvertent, too harsh by 73.1 pme; ..." */
static const char *failing_words(const struct telling *telling,
                                 const struct requirement_state *state)
{
    struct text out;
    text_init(&out, telling->arena);
    for (size_t c = 0; c < telling->scenario->case_count; c++) {
        if (!state->failing_cases[c])
            continue;
        const char *difference = reading_difference_words(
            telling->arena, telling->result, telling->view->theory, telling->view->regime, c);
        text_printf(&out, "%s%s%s%s", out.length == 0 ? "" : "; ", telling->scenario->cases[c],
                    difference != NULL ? ", " : "", difference != NULL ? difference : "");
    }
    return out.data;
}

static const char *ahead_words(const struct telling *telling, const struct requirement_state *state)
{
    struct text out;
    text_init(&out, telling->arena);
    for (size_t r = 0; r < telling->scenario->regime_count; r++)
        if (state->ahead[r])
            text_printf(&out, "%s%s", out.length == 0 ? "" : ", ",
                        telling->scenario->regimes[r].id);
    return out.length == 0 ? "none" : out.data;
}

/* For how many persons a requirement on the worst class does not hold. */
static void persons_failing(struct telling *telling, const struct requirement_state *state)
{
    const char *share = reading_persons_failing_words(telling->arena, telling->result, state);
    if (share == NULL)
        return;
    text_pad(telling->out, ' ', 12);
    words_fill(telling->out,
               arena_printf(telling->arena,
                            "a class counts by the mean of its persons; one by one, it does not "
                            "hold of %s",
                            share),
               "              ");
}

/* What stands under a requirement: who fails, or who is ahead. */
static void requirement_details(struct telling *telling, const struct requirement_state *state)
{
    const char *detail = NULL;
    if (state->failing_cases != NULL && !state->holds)
        detail = arena_printf(telling->arena, "fails: %s", failing_words(telling, state));
    else if (state->ahead != NULL && !state->holds)
        detail = arena_printf(telling->arena, "reached by: %s", ahead_words(telling, state));
    persons_failing(telling, state);
    if (detail == NULL)
        return;
    text_pad(telling->out, ' ', 12);
    words_fill(telling->out, detail, "              ");
}

static const char *requirement_word(bool rules_out, bool holds)
{
    if (rules_out)
        return holds ? "RULED OUT " : "passes    ";
    return holds ? "passes    " : "FAILS     ";
}

static void requirement(struct telling *telling, const struct requirement *one, bool rules_out)
{
    struct arena *arena = telling->arena;
    struct requirement_state state =
        result_requirement(arena, telling->result, one, telling->view->regime);
    const struct graph *graph = telling->model->linked.graph;
    const char *value = figure_node(arena, &graph->nodes[one->value], state.value);
    const char *bound = figure_node(arena, &graph->nodes[one->bound], state.bound);
    bool decides = reading_decided(telling->conclusion, telling->opinion) == one;
    text_printf(telling->out, "  %s", requirement_word(rules_out, state.holds));
    words_fill(telling->out,
               arena_printf(arena, "%s: %s, %s %s %s%s%s", words_shown(arena, one->text), value,
                            rules_out ? "ruled out if" : "wanted", reading_relation(one->relation),
                            bound, bound_standing(telling, one->bound),
                            decides ? "  <- decides" : ""),
               "              ");
    requirement_details(telling, &state);
}

void explain_verdict(struct telling *telling)
{
    const struct conclusion *conclusion = telling->conclusion;
    headline(telling);
    scale(telling);
    if (telling->opinion->verdict == VERDICT_UNSUPPORTED) {
        text_add(telling->out, "  ");
        words_fill(telling->out, unsupported_words(telling->arena, telling->model), "  ");
        return;
    }
    if (telling->opinion->verdict == VERDICT_SILENT) {
        const char *reason =
            conclusion->why_not != NULL ? conclusion->why_not : "its score is undefined";
        text_add(telling->out, "  ");
        words_fill(telling->out, words_sentence(telling->arena, reason), "  ");
        return;
    }
    for (uint32_t i = 0; i < conclusion->requires_count; i++)
        requirement(telling, &conclusion->requires[i], false);
    for (uint32_t i = 0; i < conclusion->rules_out_count; i++)
        requirement(telling, &conclusion->rules_out[i], true);
    ranges(telling);
}

/* --- findings, foot -------------------------------------------------------------------------- */

static void findings(struct telling *telling)
{
    const struct explain_view *view = telling->view;
    if (telling->conclusion->finding_count == 0)
        return;
    text_add(telling->out, "\nFindings beside the score:\n");
    for (uint32_t f = 0; f < telling->conclusion->finding_count; f++) {
        text_add(telling->out, "  ");
        words_fill(telling->out,
                   reading_finding(telling->arena, telling->result, view->theory, f, view->regime,
                                   view->kase),
                   "    ");
    }
}

static void foot(struct telling *telling)
{
    text_add_char(telling->out, '\n');
    words_fill(telling->out,
               arena_printf(telling->arena,
                            "? open question or disputed premise%s. All values are central ones.",
                            telling->view->questions ? "" : " (--questions shows replies)"),
               "  ");
    words_fill(telling->out, reading_identity(telling->arena, telling->result), "  ");
}

void report_explain_text(struct text *out, const struct result *result,
                         const struct explain_view *view)
{
    struct telling telling;
    telling_init(&telling, out, result, view);
    explain_verdict(&telling);
    if (changes_differ(out->arena, result->model, view->regime)) {
        text_add_char(out, '\n');
        changes_diff(out, result->model, view->regime);
    }
    text_add_char(out, '\n');
    words_fill(
        out, arena_printf(out->arena, "Step by step, for %s (--case for another):", kase(&telling)),
        "  ");
    explain_outline(&telling);
    explain_cases(&telling);
    findings(&telling);
    explain_switches(&telling);
    if (view->sensitivity != NULL)
        explain_sensitivity(&telling);
    foot(&telling);
}

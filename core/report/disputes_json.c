/* `assize disputes` as JSON. */
#include <string.h>

#include "report/disputes.h"
#include "report/json_parts.h"

struct writing_disputes {
    struct json json;
    struct arena *arena;
    const struct dispute_analysis *analysis;
    const struct disputes_view *view;
    const struct scenario *scenario;
};

static const struct argument *argument_at(const struct writing_disputes *writing, uint32_t argument)
{
    return &writing->analysis->debate->arguments->list[argument];
}

static bool is_shown(const struct writing_disputes *writing, size_t theory)
{
    return writing->view->theory == SIZE_MAX || writing->view->theory == theory;
}

static void verdicts(struct json *json, const char *key, unsigned bits)
{
    json_open_line(json, key);
    for (int v = 0; v < VERDICTS; v++)
        if ((bits >> v & 1) != 0)
            json_text(json, NULL, verdict_name((enum verdict)v));
    json_close_array(json);
}

/* --- disputes -------------------------------------------------------------------------------- */

static void attackers(struct writing_disputes *writing, uint32_t argument)
{
    const struct debate *debate = writing->analysis->debate;
    const uint32_t *first = debate->framework->attackers.first;
    json_open_line(&writing->json, "attacked_by");
    for (uint32_t i = first[argument]; i < first[argument + 1]; i++)
        json_text(&writing->json, NULL, debate->nodes[debate->framework->attackers.others[i]].name);
    json_close_array(&writing->json);
}

static void member(struct writing_disputes *writing, uint32_t number)
{
    struct json *json = &writing->json;
    const struct argument *argument = argument_at(writing, number);
    size_t count;
    uint64_t accepted = 0;
    const char *const *sources =
        argument_evidence(writing->arena, writing->analysis->debate, number, &count);
    for (size_t o = 0; o < writing->analysis->outcomes.count; o++)
        accepted += writing->analysis->outcomes.list[o].accepted[number];
    json_open_object(json, NULL);
    json_text(json, "id", argument->id);
    json_text(json, "claim", argument->claim);
    json_text(json, "kind", argument_kind_name(argument->kind));
    json_text(json, "speaker", argument->speaker);
    json_text(json, "role", argument->role);
    json_text(json, "as_of", argument->as_of);
    json_count(json, "accepted_in", accepted);
    attackers(writing, number);
    json_open_line(json, "evidence");
    for (size_t i = 0; i < count; i++)
        json_text(json, NULL, sources[i]);
    json_close_array(json);
    json_close_object(json);
}

static void accepted_of(struct writing_disputes *writing, const struct dispute *dispute,
                        const struct way *way)
{
    json_open_line(&writing->json, "accepted");
    for (size_t m = 0; m < dispute->member_count; m++)
        if (way->accepted[m])
            json_text(&writing->json, NULL, argument_at(writing, dispute->members[m])->id);
    json_close_array(&writing->json);
}

static void ways(struct writing_disputes *writing, const struct dispute *dispute)
{
    json_open_array(&writing->json, "ways");
    for (size_t w = 0; w < dispute->way_count; w++) {
        json_open_object(&writing->json, NULL);
        accepted_of(writing, dispute, &dispute->ways[w]);
        json_count(&writing->json, "outcomes", dispute->ways[w].outcomes);
        json_close_object(&writing->json);
    }
    json_close_array(&writing->json);
}

static void moved(struct writing_disputes *writing, const struct dispute *dispute)
{
    struct json *json = &writing->json;
    json_open_array(json, "moves");
    for (size_t i = 0; i < dispute->moved_count; i++) {
        const struct moved *moved = &dispute->moved[i];
        if (!is_shown(writing, moved->theory))
            continue;
        json_open_object(json, NULL);
        json_text(json, "theory", writing->scenario->theories[moved->theory].id);
        json_text(json, "regime", writing->scenario->regimes[moved->regime].id);
        json_open_array(json, "verdicts");
        for (size_t w = 0; w < dispute->way_count; w++)
            verdicts(json, NULL, moved->verdicts[w]);
        json_close_array(json);
        json_close_object(json);
    }
    json_close_array(json);
}

static void disputes(struct writing_disputes *writing)
{
    struct json *json = &writing->json;
    json_open_array(json, "disputes");
    for (size_t d = 0; d < writing->analysis->dispute_count; d++) {
        const struct dispute *dispute = &writing->analysis->disputes[d];
        json_open_object(json, NULL);
        json_truth(json, "moral", dispute->moral);
        json_open_array(json, "members");
        for (size_t m = 0; m < dispute->member_count; m++)
            member(writing, dispute->members[m]);
        json_close_array(json);
        ways(writing, dispute);
        moved(writing, dispute);
        json_close_object(json);
    }
    json_close_array(json);
}

/* --- what must be won ------------------------------------------------------------------------ */

static void one_stake(struct writing_disputes *writing, const struct stake *stake)
{
    json_open_object(&writing->json, NULL);
    json_text(&writing->json, "argument", argument_at(writing, stake->argument)->id);
    json_truth(&writing->json, "accepted", stake->accepted);
    json_open_line(&writing->json, "comes_with");
    for (size_t i = 0; i < stake->alike_count; i++)
        json_text(&writing->json, NULL,
                  arena_printf(writing->arena, "%s%s", stake->alike[i] % 2 == 1 ? "" : "not ",
                               argument_at(writing, stake->alike[i] / 2)->id));
    json_close_array(&writing->json);
    json_close_object(&writing->json);
}

static void winning(struct writing_disputes *writing, const struct winning *winning)
{
    struct json *json = &writing->json;
    const struct scenario *scenario = writing->scenario;
    json_open_object(json, NULL);
    json_text(json, "theory", scenario->theories[winning->theory].id);
    json_text(json, "regime", scenario->regimes[winning->regime].id);
    json_text(json, "over", winning->over == SIZE_MAX ? NULL : scenario->regimes[winning->over].id);
    json_count(json, "outcomes", winning->outcomes);
    json_truth(json, "complete", winning->complete);
    json_open_array(json, "sets");
    for (size_t s = 0; s < winning->set_count; s++) {
        json_open_array(json, NULL);
        for (size_t i = 0; i < winning->sizes[s]; i++)
            one_stake(writing, &writing->analysis->stakes[winning->sets[s][i]]);
        json_close_array(json);
    }
    json_close_array(json);
    json_close_object(json);
}

static void all_winning(struct writing_disputes *writing, const char *key,
                        const struct winning *list, size_t count)
{
    json_open_array(&writing->json, key);
    for (size_t i = 0; i < count; i++)
        if (is_shown(writing, list[i].theory))
            winning(writing, &list[i]);
    json_close_array(&writing->json);
}

/* --- verdicts -------------------------------------------------------------------------------- */

static void verdict_table(struct writing_disputes *writing, const char *key, const unsigned *bits)
{
    struct json *json = &writing->json;
    const struct scenario *scenario = writing->scenario;
    json_open_array(json, key);
    for (size_t t = 0; bits != NULL && t < scenario->theory_count; t++)
        for (size_t r = 0; is_shown(writing, t) && r < scenario->regime_count; r++) {
            json_open_object(json, NULL);
            json_text(json, "theory", scenario->theories[t].id);
            json_text(json, "regime", scenario->regimes[r].id);
            verdicts(json, "verdicts", bits[t * scenario->regime_count + r]);
            json_close_object(json);
        }
    json_close_array(json);
}

static void other_semantics(struct writing_disputes *writing)
{
    struct json *json = &writing->json;
    json_open_array(json, "other_semantics");
    for (size_t i = 0; i < writing->analysis->other_count; i++) {
        const struct comparison_semantics *other = &writing->analysis->others[i];
        json_open_object(json, NULL);
        json_text(json, "semantics", argumentation_name(other->semantics));
        json_text(json, "state",
                  other->refused ? other->reason : outcomes_state_words(other->state));
        json_count(json, "outcomes", other->outcomes);
        verdict_table(writing, "verdicts", other->verdicts);
        json_close_object(json);
    }
    json_close_array(json);
}

/* --- shared and settled ---------------------------------------------------------------------- */

static void shared(struct writing_disputes *writing)
{
    struct json *json = &writing->json;
    json_open_array(json, "shared");
    for (size_t i = 0; i < writing->analysis->shared_count; i++) {
        const struct shared_claim *one = &writing->analysis->shared[i];
        json_open_object(json, NULL);
        json_text(json, "on", writing->analysis->debate->nodes[one->node].name);
        json_text(json, "all", one->attacked ? "attack it" : "support it");
        json_open_line(json, "speakers");
        for (size_t s = 0; s < one->speaker_count; s++)
            json_text(json, NULL, one->speakers[s]);
        json_close_array(json);
        json_close_object(json);
    }
    json_close_array(json);
}

static void agreed(struct writing_disputes *writing)
{
    struct json *json = &writing->json;
    json_open_array(json, "whoever_wins");
    for (size_t i = 0; i < writing->analysis->agreed_count; i++) {
        const struct agreed *one = &writing->analysis->agreed[i];
        json_open_object(json, NULL);
        json_count(json, "dispute", one->dispute + 1);
        json_text(json, "on", writing->analysis->debate->nodes[one->node].name);
        json_text(json, "label", label_words(one->label));
        json_close_object(json);
    }
    json_close_array(json);
}

static void arguments(struct writing_disputes *writing)
{
    struct json *json = &writing->json;
    const struct debate *debate = writing->analysis->debate;
    json_open_array(json, "arguments");
    for (uint32_t i = 0; i < debate->arguments->count; i++) {
        json_open_object(json, NULL);
        json_text(json, "id", debate->nodes[i].name);
        json_text(json, "grounded", label_words(debate->grounded[i]));
        json_text(json, "reply", reply_words(argument_reply(debate, debate->grounded, i)));
        json_close_object(json);
    }
    json_close_array(json);
}

void report_disputes_json(struct text *out, const struct dispute_analysis *analysis,
                          const struct disputes_view *view)
{
    const struct scenario *scenario = analysis->result->model->scenario;
    struct writing_disputes writing = {
        .arena = out->arena, .analysis = analysis, .view = view, .scenario = scenario};
    struct json *json = &writing.json;
    json_init(json, out);
    json_open_object(json, NULL);
    json_identity(json, "assize-disputes", analysis->result);
    json_text(json, "semantics", argumentation_name(analysis->semantics));
    json_text(json, "state", outcomes_state_words(analysis->outcomes.state));
    json_count(json, "budget", analysis->debate->arguments->budget);
    json_count(json, "outcome_count", analysis->outcomes.count);
    json_count(json, "largest_set", analysis->size);
    disputes(&writing);
    if (!view->motion)
        all_winning(&writing, "preferred", analysis->winning,
                    scenario->theory_count * scenario->regime_count);
    all_winning(&writing, "motion", analysis->motion,
                analysis->motion == NULL ? 0 : 2 * scenario->theory_count);
    verdict_table(&writing, "verdicts", analysis->verdicts);
    other_semantics(&writing);
    shared(&writing);
    agreed(&writing);
    arguments(&writing);
    json_close_object(json);
    json_finish(json);
}

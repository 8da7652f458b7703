#include "analysis/sweep.h"

#include "analysis/probe.h"

/* --- which theories a premise moves ---------------------------------------------------------- */

struct sweeps sweeps_begin(struct arena *arena, struct result *result, struct diags *diags)
{
    const struct model *model = result->model;
    size_t theories = model->scenario->theory_count;
    struct sweeps sweeps = {.arena = arena, .result = result, .model = model, .diags = diags};
    sweeps.reads = arena_array(arena, theories, sizeof *sweeps.reads);
    for (size_t t = 0; t < theories; t++) {
        sweeps.reads[t] = arena_array(arena, model->linked.graph->premise_count, sizeof(bool));
        model_theory_premises(arena, model, t, sweeps.reads[t]);
    }
    return sweeps;
}

bool sweeps_read(const struct sweeps *sweeps, uint32_t premise)
{
    for (size_t t = 0; t < sweeps->model->scenario->theory_count; t++)
        if (sweeps->reads[t][premise])
            return true;
    return false;
}

/* --- lanes that vary one premise ------------------------------------------------------------- */

/* What is asked of each lane: of every theory that reads the premise of any of the walks. */
static struct probe probe_walks(const struct sweeps *sweeps, const struct lane_walk *walks,
                                size_t count)
{
    size_t theories = sweeps->model->scenario->theory_count;
    bool *asked = arena_array(sweeps->arena, theories, sizeof *asked);
    for (size_t t = 0; t < theories; t++)
        for (size_t w = 0; w < count; w++)
            asked[t] = asked[t] || sweeps->reads[t][walks[w].premise];
    return probe_make(sweeps->arena, sweeps->model, asked, PROBE_REQUIRES);
}

/* No value of a premise gives back what a claim that is out takes. */
static void take_unsupported(const struct result *result, struct strip *strip,
                             enum verdict *verdicts)
{
    size_t opinions = result->model->scenario->theory_count * result->model->scenario->regime_count;
    for (size_t i = 0; i < opinions; i++)
        for (size_t p = 0; p < strip->points; p++)
            if (result->opinions[i].verdict == VERDICT_UNSUPPORTED)
                verdicts[i * strip->points + p] = VERDICT_UNSUPPORTED;
}

/* One strip, of lanes from that of `from`; a theory that does not read the premise says throughout
 * what it says at the centre. */
static void fill_strip(const struct sweeps *sweeps, const struct lane_walk *walk,
                       struct probed from, struct strip *strip)
{
    struct arena *arena = sweeps->arena;
    const struct model *model = sweeps->model;
    size_t theories = model->scenario->theory_count, regimes = model->scenario->regime_count;
    enum verdict *verdicts = arena_array(arena, theories * regimes * walk->count, sizeof *verdicts);
    bool *failed = arena_array(arena, theories * regimes * walk->count, sizeof *failed);
    bool *reads = arena_array(arena, theories, sizeof *reads);
    for (size_t t = 0; t < theories; t++) {
        reads[t] = sweeps->reads[t][walk->premise];
        for (size_t r = 0; r < regimes; r++)
            for (size_t p = 0; p < walk->count; p++) {
                const struct opinion *centre = result_opinion(sweeps->result, t, r);
                struct probed probed = {from.probe, from.values, from.lanes, from.lane + p};
                size_t at = (t * regimes + r) * walk->count + p;
                verdicts[at] = reads[t] ? probed_verdict(&probed, t, r) : centre->verdict;
                failed[at] = reads[t] ? probed_one_case_failed(arena, &probed, t, r)
                                      : centre->one_case_failed;
            }
    }
    *strip = (struct strip){
        model->premises[walk->premise], walk->count, walk->values, verdicts, failed, reads};
    take_unsupported(sweeps->result, strip, verdicts);
}

/* As many walks as go into one run of the engine: building what it works through costs more than
 * the lanes. Through persons a run costs much more than that, and each walk leaves out what its own
 * premise does not move. */
static size_t walks_at_once(const struct sweeps *sweeps, const struct lane_walk *walks,
                            size_t count)
{
    enum { MOST_LANES = 1024 };
    size_t some = 1, lanes = walks[0].count;
    while (some < count && sweeps->model->population == NULL &&
           lanes + walks[some].count <= MOST_LANES)
        lanes += walks[some++].count;
    return some;
}

static enum status judge_together(const struct sweeps *sweeps, const struct lane_walk *walks,
                                  size_t count, struct strip *strips)
{
    struct probe probe = probe_walks(sweeps, walks, count);
    struct lane_plan plan = lanes_along(sweeps->arena, sweeps->model, walks, count);
    size_t lanes = plan.lanes.count, first = 0;
    double *values = arena_array(sweeps->arena, probe.cells * lanes, sizeof *values);
    if (probe.count > 0 && lanes_evaluate(sweeps->arena, sweeps->model, &plan, probe.wanted,
                                          probe.count, values, sweeps->diags) != STATUS_OK)
        return diags_status(sweeps->diags);
    for (size_t w = 0; w < count; w++) {
        fill_strip(sweeps, &walks[w], (struct probed){&probe, values, lanes, first}, &strips[w]);
        first += walks[w].count;
    }
    return STATUS_OK;
}

enum status sweeps_judge(const struct sweeps *sweeps, const struct lane_walk *walks, size_t count,
                         struct strip *strips)
{
    for (size_t done = 0, some; done < count; done += some) {
        some = walks_at_once(sweeps, walks + done, count - done);
        if (judge_together(sweeps, walks + done, some, strips + done) != STATUS_OK)
            return diags_status(sweeps->diags);
    }
    return STATUS_OK;
}

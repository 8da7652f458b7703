#include "analysis/probe.h"

/* The nodes of one theory: its score where wanted, the truths, its requirements where wanted. */
enum { ACCEPTABLE, RULED_OUT, APPLIES, TRUTHS };

static size_t truths_at(const struct probe *probe)
{
    return (probe->beside & PROBE_SCORE) != 0 ? 1 : 0;
}

/* --- asking ---------------------------------------------------------------------------------- */

static void want(struct arena *arena, struct probe *probe, node_id node)
{
    const struct graph *graph = probe->model->linked.graph;
    probe->wanted = arena_grow(arena, probe->wanted, probe->count, sizeof *probe->wanted);
    probe->cell = arena_grow(arena, probe->cell, probe->count, sizeof *probe->cell);
    probe->wanted[probe->count] = node;
    probe->cell[probe->count++] = probe->cells;
    probe->cells += graph_cells(graph, graph->nodes[node].axes);
}

static void want_theory(struct arena *arena, struct probe *probe, size_t theory)
{
    const struct conclusion *conclusion = &probe->model->linked.conclusions[theory];
    const struct verdict_nodes *verdict = &probe->model->verdicts[theory];
    if ((probe->beside & PROBE_SCORE) != 0)
        want(arena, probe, conclusion->score);
    want(arena, probe, verdict->acceptable);
    want(arena, probe, verdict->ruled_out);
    want(arena, probe, verdict->applies);
    if ((probe->beside & PROBE_REQUIRES) != 0)
        for (uint32_t i = 0; i < conclusion->requires_count; i++)
            want(arena, probe, conclusion->requires[i].holds);
}

struct probe probe_make(struct arena *arena, const struct model *model, const bool *theories,
                        unsigned beside)
{
    size_t count = model->scenario->theory_count;
    struct probe probe = {
        .model = model, .beside = beside, .first = arena_array(arena, count, sizeof *probe.first)};
    for (size_t t = 0; t < count; t++) {
        probe.first[t] = probe.count;
        if (theories == NULL || theories[t])
            want_theory(arena, &probe, t);
    }
    return probe;
}

/* --- what was probed ---------------------------------------------------------------------------
 */

/* The value of the theory's node `at`. */
static double value_at(const struct probed *probed, size_t theory, size_t at, size_t regime)
{
    const struct probe *probe = probed->probe;
    size_t w = probe->first[theory] + at;
    size_t cell = probe->cell[w] + model_cell(probe->model, probe->wanted[w], regime, 0);
    return probed->values[cell * probed->lanes + probed->lane];
}

static bool truth_at(const struct probed *probed, size_t theory, size_t truth, size_t regime)
{
    return value_at(probed, theory, truths_at(probed->probe) + truth, regime) != 0;
}

enum verdict probed_verdict(const struct probed *probed, size_t theory, size_t regime)
{
    return verdict_from(probed->probe->model, theory, truth_at(probed, theory, APPLIES, regime),
                        truth_at(probed, theory, ACCEPTABLE, regime),
                        truth_at(probed, theory, RULED_OUT, regime));
}

double probed_score(const struct probed *probed, size_t theory, size_t regime)
{
    return value_at(probed, theory, 0, regime);
}

bool probed_one_case_failed(struct arena *arena, const struct probed *probed, size_t theory,
                            size_t regime)
{
    const struct model *model = probed->probe->model;
    const struct conclusion *conclusion = &model->linked.conclusions[theory];
    if (probed_verdict(probed, theory, regime) != VERDICT_BORDERLINE)
        return false;
    double *holds = arena_array(arena, conclusion->requires_count, sizeof *holds);
    size_t first = truths_at(probed->probe) + TRUTHS;
    for (size_t i = 0; i < conclusion->requires_count; i++)
        holds[i] = value_at(probed, theory, first + i, regime);
    return only_worst_case_fails(model, conclusion, holds);
}

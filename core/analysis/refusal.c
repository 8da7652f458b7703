#include "analysis/refusal.h"

#include <string.h>

#include "analysis/lanes.h"
#include "analysis/population.h"
#include "analysis/rows.h"

/* --- which there are ------------------------------------------------------------------------- */

static bool is_given(const struct premise *premise)
{
    return !premise->assumed && strncmp(premise->path, "data.", 5) != 0;
}

static bool stands_before(const struct premise *a, const struct premise *b)
{
    if (a->place.line != b->place.line)
        return a->place.line < b->place.line;
    return a->place.column < b->place.column;
}

/* Sorted by place; premises at one place keep the order in which the plugin read them. */
static void find_facts(struct arena *arena, const struct model *model, struct refusal *refusal)
{
    uint32_t count = model->linked.graph->premise_count;
    bool *used = arena_array(arena, count, sizeof *used);
    uint32_t *facts = arena_array(arena, count, sizeof *facts);
    model_premises_used(arena, model, &refusal->node, 1, used);
    for (uint32_t p = 0; p < count; p++) {
        if (!used[p] || !is_given(model->premises[p]))
            continue;
        size_t at = refusal->fact_count++;
        for (; at > 0 && stands_before(model->premises[p], model->premises[facts[at - 1]]); at--)
            facts[at] = facts[at - 1];
        facts[at] = p;
    }
    refusal->facts = facts;
}

const struct refusal *refusals_find(struct arena *arena, const struct model *model, size_t *count)
{
    const struct graph *graph = model->linked.graph;
    struct refusal *refusals = arena_array(arena, graph->claim_count, sizeof *refusals);
    *count = 0;
    for (uint32_t i = 0; i < graph->claim_count; i++) {
        const struct claim *claim = &graph->claims[i];
        if (!claim_is_refusal(claim))
            continue;
        struct refusal *refusal = &refusals[(*count)++];
        *refusal = (struct refusal){.claim = claim, .node = graph_find_claim(graph, claim->name)};
        find_facts(arena, model, refusal);
    }
    return refusals;
}

/* --- which hold ------------------------------------------------------------------------------ */

/* Which case a cell of a node stands for; SIZE_MAX when the node does not vary by case. The axis of
 * the highest index runs fastest. */
static size_t case_of(const struct model *model, node_id node, size_t cell)
{
    const struct graph *graph = model->linked.graph;
    axis_set axes = graph->nodes[node].axes;
    if (model->case_axis == UINT32_MAX || !axes_have(axes, model->case_axis))
        return SIZE_MAX;
    for (uint32_t i = graph->axis_count; --i > model->case_axis;)
        if (axes_have(axes, i))
            cell /= graph->axes[i].size;
    return cell % graph->axes[model->case_axis].size;
}

/* Whether a fact is of this case, or of none. */
static bool is_of_case(struct arena *arena, const struct model *model, const char *path,
                       size_t kase)
{
    static const char cases[] = "cases.";
    if (kase == SIZE_MAX || strncmp(path, cases, sizeof cases - 1) != 0)
        return true;
    const char *own = path_join(arena, "cases", model->scenario->cases[kase]);
    size_t length = strlen(own);
    return strncmp(path, own, length) == 0 && path[length] == '.';
}

/* The worksheet of one case needs no name for it. */
static const char *message_of(struct arena *arena, const struct model *model,
                              const struct refusal *refusal, size_t kase)
{
    if (model->scenario->worksheet || kase == SIZE_MAX)
        return refusal->claim->text;
    size_t length = strcspn(refusal->claim->name, ".");
    return arena_printf(arena, "case `%s` under regime `%.*s`: %s", model->scenario->cases[kase],
                        (int)length, refusal->claim->name, refusal->claim->text);
}

static void report(struct arena *arena, const struct model *model, const struct refusal *refusal,
                   size_t kase, struct diags *diags)
{
    struct diag diag = {.status = STATUS_SCENARIO,
                        .place = {model->scenario->file.name, 0, 0},
                        .width = 1,
                        .message = message_of(diags->arena, model, refusal, kase)};
    size_t told = 0;
    for (size_t i = 0; i < refusal->fact_count && told < 2; i++) {
        const struct premise *fact = model->premises[refusal->facts[i]];
        if (!is_of_case(arena, model, fact->path, kase))
            continue;
        if (told++ == 0)
            diag.place = fact->place;
        else {
            diag.also = fact->place;
            diag.also_note = "what it contradicts";
        }
    }
    yaml_report(diags, &model->scenario->file, &diag);
}

/* One report for each case, whatever other axes the refusal has. */
static void report_cells(struct arena *arena, const struct model *model,
                         const struct refusal *refusal, const double *values, size_t cells,
                         struct diags *diags)
{
    bool *told = arena_array(arena, model->scenario->case_count + 1, sizeof *told);
    for (size_t i = 0; i < cells; i++) {
        size_t kase = case_of(model, refusal->node, i);
        bool *once = &told[kase == SIZE_MAX ? model->scenario->case_count : kase];
        if (values[i] != 0 && !*once)
            report(arena, model, refusal, kase, diags);
        *once = *once || values[i] != 0;
    }
}

static size_t cells_of(const struct model *model, const struct refusal *refusal)
{
    const struct graph *graph = model->linked.graph;
    return graph_cells(graph, graph->nodes[refusal->node].axes);
}

/* Of persons of a table every one counts here, whatever his weight: facts that contradict one
 * another leave no number even where it would count for nothing. */
static enum status evaluate(struct arena *arena, const struct model *model, const node_id *nodes,
                            size_t count, double *values, struct diags *diags)
{
    struct lane_plan plan = lanes_central(arena, model);
    struct engine_fault fault = {OP_FAULT_NONE, NODE_NONE, 0};
    if (model->population == NULL)
        return lanes_evaluate(arena, model, &plan, nodes, count, values, diags);
    struct row_question *question = rows_ask(arena, model, nodes, count, diags);
    if (question == NULL)
        return diags_status(diags);
    double *ones = arena_array(arena, model->population->persons, sizeof *ones);
    for (uint64_t i = 0; i < model->population->persons; i++)
        ones[i] = 1;
    if (!rows_answer(question, &plan, ones, values, &fault))
        return lanes_fault(model, &fault, diags);
    return STATUS_OK;
}

/* All in one question: over persons each question makes a graph for every class. */
enum status refusals_check(struct arena *arena, const struct model *model, struct diags *diags)
{
    size_t count = 0, cells = 0, errors = diags->errors;
    const struct refusal *refusals = refusals_find(arena, model, &count);
    node_id *nodes = arena_array(arena, count, sizeof *nodes);
    if (count == 0)
        return STATUS_OK;
    for (size_t i = 0; i < count; i++) {
        nodes[i] = refusals[i].node;
        cells += cells_of(model, &refusals[i]);
    }
    double *values = arena_array(arena, cells, sizeof *values);
    if (evaluate(arena, model, nodes, count, values, diags) != STATUS_OK)
        return diags_status(diags);
    for (size_t i = 0; i < count; values += cells_of(model, &refusals[i]), i++)
        report_cells(arena, model, &refusals[i], values, cells_of(model, &refusals[i]), diags);
    return diags->errors > errors ? STATUS_SCENARIO : STATUS_OK;
}

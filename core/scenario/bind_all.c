/* The parts of a scenario, each against what its plugins declare. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/bind.h"
#include "scenario/correlate.h"

static const struct schema share_schema = {.kind = SCHEMA_NUMBER,
                                           .name = "share",
                                           .about = "share of the population",
                                           .unit_text = "1",
                                           .unit_scale = 1,
                                           .high = 1};

/* What the core itself reads of every case. */
static void bind_shares(struct binder *binder)
{
    struct scenario *scenario = binder->reader.scenario;
    struct tree *cases = tree_child(scenario->root, "cases");
    struct span maps = span_of_cases(scenario);
    size_t errors = binder->reader.diags->errors;
    double sum = 0;
    binder->plugin = NULL;
    const struct schema record = {.kind = SCHEMA_RECORD};
    bind_field(binder, &record, &share_schema, &maps, NULL);
    if (scenario->records != NULL && scenario->case_count > 0) {
        struct schema *share = arena_alloc(scenario->arena, sizeof *share);
        *share = share_schema;
        share->name = "class_share"; /* what theories ask of whole types of case */
        bind_field(binder, &record, share, &maps, NULL);
    }
    if (scenario->case_count == 0 || binder->reader.diags->errors > errors)
        return;
    if (scenario->records != NULL) /* weights, which add up to anything */
        return;
    for (size_t i = 0; i < maps.count; i++) {
        const struct tree *share = tree_child(maps.slots[i].node, "share");
        sum += scenario->premises[share->premise - 1].value;
    }
    char shown[NUMBER_TEXT];
    if (fabs(sum - 1) > 1e-6)
        fault_report(&binder->reader, fault_at_key(cases, "shares must add up to 1", NULL),
                     "the shares of the cases add up to %s",
                     number_write(shown, round(sum * 1e7) / 1e7));
}

static void bind_part(struct binder *binder, const struct schema *schema, const struct span *maps,
                      const struct tree *shared)
{
    if (schema != NULL)
        bind_record(binder, schema, maps, shared);
}

/* What all uses of a plugin read alike: once for each plugin. */
static void bind_common(struct binder *binder, const struct declaration *declaration)
{
    struct scenario *scenario = binder->reader.scenario;
    struct tree *model = tree_child(scenario->root, "model");
    binder->plugin = declaration->plugin;
    if (model != NULL && model->kind == TREE_MAP) {
        struct span maps = span_of(binder->reader.arena, model);
        bind_part(binder, declaration->model, &maps, NULL);
    }
    if (scenario->case_count > 0) {
        struct span maps = span_of_cases(scenario);
        bind_part(binder, declaration->cases, &maps, NULL);
    }
}

/* Facts for which only this use has steps. */
static void bind_added(struct binder *binder, const struct declaration *declaration,
                       const struct use *use)
{
    const struct schema *cases = cases_with_added(binder->reader.arena, declaration->cases, use);
    if (cases == declaration->cases || binder->reader.scenario->case_count == 0)
        return;
    struct span maps = span_of_cases(binder->reader.scenario);
    bind_part(binder, cases, &maps, NULL);
}

static bool is_bound(const struct declaration *const *declarations, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (declarations[i] == declarations[at])
            return true;
    return false;
}

static void bind_uses(struct binder *binder, const struct use *uses, size_t count,
                      const struct declaration *const *declarations, const struct tree *shared)
{
    for (size_t i = 0; i < count; i++) {
        const struct declaration *declaration = declarations[i];
        uses[i].tree->read = true;
        if (declaration == NULL) {
            tree_mark_read(uses[i].tree);
            binder->incomplete = true;
            continue;
        }
        if (!is_bound(declarations, i))
            bind_common(binder, declaration);
        binder->plugin = declaration->plugin;
        struct span maps = span_of(binder->reader.arena, uses[i].tree);
        bind_added(binder, declaration, &uses[i]);
        bind_part(binder, declaration->params, &maps, shared);
        changes_bind(binder, &uses[i]);
        if (shared != NULL && declaration->params != NULL)
            shared_mark_read(binder, shared, declaration->params);
    }
}

/* Whether an entry of this part had faults, so that its plugin was not asked. */
static bool lacks_uses(struct binder *binder, const char *section, size_t count)
{
    size_t written;
    section_names(&binder->reader, section, &written);
    bool wanted = !binder->reader.scenario->worksheet;
    return (written == 0 && wanted) || written != count;
}

static const struct tree *shared_map(const struct scenario *scenario)
{
    const struct tree *shared = tree_child(scenario->root, "shared");
    return shared != NULL && shared->kind == TREE_MAP ? shared : NULL;
}

/* By file and place, defaults last; paths are unique. */
static int by_place(const void *left, const void *right)
{
    const struct premise *a = left, *b = right;
    if (a->assumed != b->assumed)
        return a->assumed ? 1 : -1;
    int file = strcmp(a->place.file != NULL ? a->place.file : "",
                      b->place.file != NULL ? b->place.file : "");
    if (file != 0)
        return file;
    if (a->place.line != b->place.line)
        return a->place.line < b->place.line ? -1 : 1;
    if (a->place.column != b->place.column)
        return a->place.column < b->place.column ? -1 : 1;
    return strcmp(a->path, b->path);
}

static int by_path(const void *left, const void *right)
{
    const struct premise *const *a = left, *const *b = right;
    return strcmp((*a)->path, (*b)->path);
}

static void premises_sort(struct scenario *scenario)
{
    size_t count = scenario->premise_count;
    scenario->by_path = arena_array(scenario->arena, count, sizeof *scenario->by_path);
    if (count == 0)
        return;
    qsort(scenario->premises, count, sizeof *scenario->premises, by_place);
    for (size_t i = 0; i < count; i++)
        scenario->by_path[i] = &scenario->premises[i];
    qsort(scenario->by_path, count, sizeof *scenario->by_path, by_path);
}

enum status scenario_bind(struct scenario *scenario, const struct declarations *declarations,
                          const struct data_reader *data, struct diags *diags)
{
    size_t errors = diags->errors;
    struct binder binder = {.reader = {scenario, scenario->arena, diags, &scenario->file},
                            .data = data};
    const struct tree *shared = shared_map(scenario);
    binder.incomplete = lacks_uses(&binder, "regimes", scenario->regime_count) ||
                        lacks_uses(&binder, "theories", scenario->theory_count);
    bind_shares(&binder);
    bind_uses(&binder, scenario->regimes, scenario->regime_count, declarations->regimes, NULL);
    bind_uses(&binder, scenario->theories, scenario->theory_count, declarations->theories, shared);
    premises_sort(scenario);
    correlations_read(&binder.reader, !binder.incomplete && diags->errors == errors);
    unread_report(&binder);
    pending_report(&binder);
    return diags->errors > errors ? diags_status(diags) : STATUS_OK;
}

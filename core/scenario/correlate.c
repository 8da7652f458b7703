#include "scenario/correlate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/premise.h"

/* --- one premise, one number ----------------------------------------------------------------- */

/* The uncertain premise that a key names. One that `--set` has fixed is held, and the others are
 * drawn as if it were not. */
static const struct premise *premise_of(struct reader *reader, const struct tree *node)
{
    const struct premise *premise = scenario_premise(reader->scenario, node->key);
    const char *why = NULL, *remedy = "leave it out";
    if (premise == NULL) {
        fault_no_premise(reader, fault_at_key(node, NULL, NULL), node->key, true);
        return NULL;
    }
    if (premise->moral)
        why = "is a moral choice: it is held, not drawn";
    else if (premise->column != 0)
        why = "comes from the records: it is data, not drawn";
    else if (premise->distribution == NULL && !premise->set) {
        why = "is not uncertain: there is nothing to draw";
        remedy = "give it a distribution, as `uniform: [low, high]`, or leave it out";
    }
    if (why == NULL)
        return premise;
    fault_report(reader, fault_at_key(node, remedy, NULL), "`%s` %s", premise->path, why);
    return NULL;
}

static bool value_of(struct reader *reader, struct tree *node, double *value)
{
    if (!plain_number(reader, node, value))
        return false;
    if (*value > -1 && *value < 1)
        return true;
    fault_report(reader, fault_at_value(node, "write a number above -1 and below 1", NULL),
                 "a correlation of %g cannot be", *value);
    return false;
}

/* --- pairs ----------------------------------------------------------------------------------- */

static bool same_pair(const struct correlation *a, const struct correlation *b)
{
    return (a->premise == b->premise && a->with == b->with) ||
           (a->premise == b->with && a->with == b->premise);
}

static void fault_twice(struct reader *reader, const struct correlation *before,
                        const struct correlation *now)
{
    struct diag diag = fault_at_value(now->node, "keep one of them", NULL);
    diag.also = before->node->place;
    diag.also_note = "the other one";
    fault_report(reader, diag, "`%s` and `%s` are correlated twice: by %g and by %g",
                 now->premise->path, now->with->path, before->value, now->value);
}

static void pair_add(struct reader *reader, struct correlations *correlations,
                     const struct correlation *pair)
{
    for (size_t i = 0; i < correlations->count; i++) {
        if (!same_pair(&correlations->list[i], pair))
            continue;
        if (correlations->list[i].value != pair->value)
            fault_twice(reader, &correlations->list[i], pair);
        return;
    }
    correlations->list = arena_grow(reader->arena, correlations->list, correlations->count,
                                    sizeof *correlations->list);
    correlations->list[correlations->count++] = *pair;
}

static void fault_form(struct reader *reader, struct tree *node)
{
    tree_mark_read(node);
    fault_report(
        reader,
        fault_at_value(node, "write `premise: {other premise: 0.4}`, with their paths", NULL),
        "%s must be a map of correlations", node_name(reader->arena, node));
}

static void row_read(struct reader *reader, struct correlations *correlations, struct tree *row)
{
    const struct premise *premise = premise_of(reader, row);
    if (row->kind != TREE_MAP) {
        fault_form(reader, row);
        return;
    }
    for (struct tree *node = row->first; node != NULL; node = node->next) {
        if (key_is_core(node->key))
            continue;
        struct correlation pair = {.premise = premise, .node = node};
        pair.with = premise_of(reader, node);
        if (!value_of(reader, node, &pair.value) || premise == NULL || pair.with == NULL)
            continue;
        if (pair.with == premise)
            fault_report(reader, fault_at_key(node, "leave it out", NULL),
                         "`%s` is correlated with itself", premise->path);
        else
            pair_add(reader, correlations, &pair);
    }
}

/* A correlation of 0 ties nothing: it is as if it were not written. */
static void drop_zeros(struct correlations *correlations)
{
    size_t kept = 0;
    for (size_t i = 0; i < correlations->count; i++)
        if (correlations->list[i].value != 0)
            correlations->list[kept++] = correlations->list[i];
    correlations->count = kept;
}

/* --- groups ---------------------------------------------------------------------------------- */

static bool holds(const struct correlated *group, const struct premise *premise)
{
    for (size_t i = 0; i < group->count; i++)
        if (group->premises[i] == premise)
            return true;
    return false;
}

static int by_path(const void *left, const void *right)
{
    const struct premise *const *a = left, *const *b = right;
    return strcmp((*a)->path, (*b)->path);
}

/* All that are tied to the first premise of a pair, nearer ones first until nothing is added. */
static struct correlated gather(struct arena *arena, const struct correlations *correlations,
                                const struct premise *first)
{
    struct correlated group = {
        .premises = arena_array(arena, 2 * correlations->count, sizeof *group.premises)};
    group.premises[group.count++] = first;
    for (size_t at = 0; at < group.count; at++)
        for (size_t i = 0; i < correlations->count; i++) {
            const struct correlation *pair = &correlations->list[i];
            const struct premise *other = pair->premise == group.premises[at] ? pair->with
                                          : pair->with == group.premises[at]  ? pair->premise
                                                                              : NULL;
            if (other != NULL && !holds(&group, other))
                group.premises[group.count++] = other;
        }
    qsort(group.premises, group.count, sizeof *group.premises, by_path);
    return group;
}

static double correlation_of(const struct correlations *correlations, const struct premise *a,
                             const struct premise *b)
{
    struct correlation wanted = {.premise = a, .with = b};
    for (size_t i = 0; i < correlations->count; i++)
        if (same_pair(&correlations->list[i], &wanted))
            return correlations->list[i].value;
    return a == b ? 1 : 0;
}

static void fault_matrix(struct reader *reader, const struct correlations *correlations,
                         const struct correlated *group, size_t count)
{
    struct text names;
    text_init(&names, reader->arena);
    for (size_t i = 0; i < count; i++)
        text_printf(&names, "%s`%s`",
                    i == 0          ? ""
                    : i + 1 < count ? ", "
                                    : " and ",
                    group->premises[i]->path);
    size_t at = 0;
    while (!holds(group, correlations->list[at].premise))
        at++;
    fault_report(reader,
                 fault_at_value(correlations->list[at].node,
                                "write smaller ones, or what the pairs left out come to", NULL),
                 "the correlations of %s do not go together (their matrix is not positive "
                 "definite)",
                 names.data);
}

/* The factor, row by row, each sum from the first to the last. Returns how many rows there are
 * before one that has no score of its own left. */
static size_t factorise(const struct correlations *correlations, const struct correlated *group,
                        double *factor)
{
    const double least = 1e-10;
    size_t n = group->count;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double rest = correlation_of(correlations, group->premises[i], group->premises[j]);
            for (size_t k = 0; k < j; k++)
                rest -= factor[i * n + k] * factor[j * n + k];
            if (i == j && !(rest > least))
                return i;
            factor[i * n + j] = i == j ? sqrt(rest) : rest / factor[j * n + j];
        }
    return n;
}

static bool fault_many(struct reader *reader, const struct correlated *group)
{
    if (group->count <= CORRELATED_MOST)
        return false;
    fault_report(reader,
                 fault_at_key(tree_child(reader->scenario->root, "correlate"),
                              "leave out what matters least", NULL),
                 "%zu premises are tied to each other: at most %d can be drawn together",
                 group->count, CORRELATED_MOST);
    return true;
}

static void groups_make(struct reader *reader, struct correlations *correlations)
{
    correlations->groups =
        arena_array(reader->arena, correlations->count, sizeof *correlations->groups);
    for (size_t i = 0; i < correlations->count; i++) {
        const struct premise *first = correlations->list[i].premise;
        bool known = false;
        for (size_t g = 0; g < correlations->group_count; g++)
            known = known || holds(&correlations->groups[g], first);
        if (known)
            continue;
        struct correlated group = gather(reader->arena, correlations, first);
        if (fault_many(reader, &group))
            return;
        double *factor = arena_array(reader->arena, group.count, group.count * sizeof *factor);
        size_t rows = factorise(correlations, &group, factor);
        if (rows < group.count)
            fault_matrix(reader, correlations, &group, rows + 1);
        group.factor = factor;
        correlations->groups[correlations->group_count++] = group;
    }
}

void correlations_read(struct reader *reader, bool premises_known)
{
    struct tree *map = tree_child(reader->scenario->root, "correlate");
    if (map == NULL)
        return;
    if (map->kind != TREE_MAP)
        fault_form(reader, map);
    tree_mark_read(map);
    if (map->kind != TREE_MAP || !premises_known)
        return;
    struct correlations *correlations = arena_alloc(reader->arena, sizeof *correlations);
    for (struct tree *row = map->first; row != NULL; row = row->next)
        if (!key_is_core(row->key))
            row_read(reader, correlations, row);
    drop_zeros(correlations);
    groups_make(reader, correlations);
    if (correlations->count > 0)
        reader->scenario->correlations = correlations;
}

/* The scenario against what its plugins declare. Every plugin is checked on its own; what several
 * read from the model must be the same for each. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/bind.h"
#include "scenario/premise.h"

static void bind_span(struct binder *binder, const struct schema *schema, const struct span *span);

/* --- premises ----------------------------------------------------------------------------- */

static void fault_two_ways(struct binder *binder, const struct premise *premise,
                           const struct schema *schema)
{
    struct diag diag = {.status = STATUS_PLUGIN,
                        .place = {binder->plugin, schema->line, 0},
                        .width = 1,
                        .also = premise->place,
                        .also_note = "the value that both read"};
    fault_report(&binder->reader, diag,
                 "`%s` is declared here otherwise than in another plugin of this scenario",
                 premise->path);
}

static void bind_default(struct binder *binder, const struct premise_wish *wish, const char *path)
{
    struct premise made = premise_of_default(path, wish);
    struct scenario *scenario = binder->reader.scenario;
    for (size_t i = 0; i < binder->assumed_count; i++) {
        struct premise *standing = &scenario->premises[binder->assumed[i]];
        if (strcmp(standing->path, path) != 0)
            continue;
        if (!premise_same(standing, &made))
            fault_two_ways(binder, standing, wish->schema);
        return;
    }
    binder->assumed = arena_grow(binder->reader.arena, binder->assumed, binder->assumed_count,
                                 sizeof *binder->assumed);
    binder->assumed[binder->assumed_count++] = premise_add(scenario, &made) - 1;
}

static void bind_premise(struct binder *binder, const struct schema *schema,
                         const struct span *span, size_t slot)
{
    struct premise_wish wish = {schema, declared_by(binder, schema)};
    struct scenario *scenario = binder->reader.scenario;
    struct tree *node = span->slots[slot].node;
    struct premise premise;
    if (node == NULL) {
        if (schema->has_default)
            bind_default(binder, &wish, slot_path(binder->reader.arena, span, slot));
        return;
    }
    if (!premise_read(&binder->reader, node, &wish, &premise))
        return;
    if (node->premise == 0) {
        node->premise = premise_add(scenario, &premise);
        return;
    }
    struct premise *standing = &scenario->premises[node->premise - 1];
    if (standing->loose) {
        *standing = premise;
        return;
    }
    if (!premise_same(standing, &premise))
        fault_two_ways(binder, standing, schema);
    standing->whole = standing->whole || premise.whole; /* each plugin checked its own */
}

void bind_value(struct binder *binder, const struct schema *schema, struct tree *node)
{
    struct span span = span_of(binder->reader.arena, node);
    bind_premise(binder, schema, &span, 0);
}

static const char *fact_name(const struct schema *fact)
{
    return fact->kind == SCHEMA_NUMBER  ? "a number"
           : fact->kind == SCHEMA_TRUTH ? "`true` or `false`"
                                        : "a name";
}

/* A fact is of one kind in all cases. */
static bool fact_fits(struct binder *binder, const struct schema *fact, struct tree *node)
{
    const struct tree *scalar = node->column == 0 ? value_scalar(node) : NULL;
    enum scalar_kind wanted = fact->kind == SCHEMA_NUMBER  ? SCALAR_NUMBER
                              : fact->kind == SCHEMA_TRUTH ? SCALAR_TRUTH
                                                           : SCALAR_TEXT;
    if (scalar == NULL || scalar->scalar == wanted)
        return true;
    tree_mark_read(node);
    fault_report(&binder->reader, fault_at_value(scalar, NULL, NULL),
                 "`%s` must be %s, as in the first case", node->path, fact_name(fact));
    return false;
}

/* The premise that stands for a node, or NULL. */
static struct premise *premise_of_node(struct binder *binder, const struct tree *node)
{
    struct scenario *scenario = binder->reader.scenario;
    return node != NULL && node->premise > 0 ? &scenario->premises[node->premise - 1] : NULL;
}

/* A fact is whatever the scenario writes: so where another plugin says what it is, its names and
 * units, that holds, whichever of the two is read first. */
static void bind_fact(struct binder *binder, const struct schema *schema, const struct span *span)
{
    const struct schema fact = fact_schema(binder->reader.arena, schema, span);
    for (size_t i = 0; i < span->count; i++) {
        struct tree *node = span->slots[i].node;
        const struct premise *standing = premise_of_node(binder, node);
        bool declared = standing != NULL && !standing->loose;
        if (node == NULL || declared || !fact_fits(binder, &fact, node))
            continue;
        bind_premise(binder, &fact, span, i);
        struct premise *made = premise_of_node(binder, node);
        if (made != NULL)
            made->loose = true;
    }
}

/* --- maps --------------------------------------------------------------------------------- */

/* Whether every node is a map; reports those that are not. */
static bool maps_check(struct binder *binder, const struct schema *schema, const struct span *span)
{
    struct declared declared = declared_by(binder, schema);
    bool good = true;
    for (size_t i = 0; i < span->count; i++) {
        struct tree *node = span->slots[i].node;
        node->read = true;
        if (node->kind == TREE_MAP)
            continue;
        tree_mark_read(node);
        fault_report(&binder->reader, fault_at_value(node, NULL, &declared), "%s must be a map",
                     node_name(binder->reader.arena, node));
        good = false;
    }
    return good;
}

static void refuse_unwanted(struct binder *binder, const struct schema *field,
                            const struct span *span)
{
    struct declared declared = declared_by(binder, field);
    for (size_t i = 0; i < span->count; i++) {
        struct tree *node = span->slots[i].node;
        if (node == NULL || node->parent != span->slots[i].parent)
            continue;
        tree_mark_read(node);
        fault_report(&binder->reader, fault_at_key(node, "leave it out", &declared),
                     "`%s` stands only with `%s: %s`", node->path, field->only_field,
                     field->only_value);
    }
}

/* Whether all slots have a value or a default; makes maps of records that are missing. */
static bool slots_fill(struct binder *binder, const struct schema *field, struct span *span)
{
    bool good = true;
    for (size_t i = 0; i < span->count; i++) {
        struct slot *slot = &span->slots[i];
        if (slot->node != NULL || schema_has_default(field))
            continue;
        if (field->kind == SCHEMA_RECORD && !field->optional) {
            slot->node = record_make(binder->reader.arena, slot->parent, field->name);
            continue;
        }
        fault_missing(binder, field, span, i);
        good = false;
    }
    return good;
}

/* What is missing has been told; the rest is still looked at. */
static void slots_drop_missing(struct span *span)
{
    size_t kept = 0;
    for (size_t i = 0; i < span->count; i++)
        if (span->slots[i].node != NULL)
            span->slots[kept++] = span->slots[i];
    span->count = kept;
}

static void span_mark_read(const struct span *span)
{
    for (size_t i = 0; i < span->count; i++)
        if (span->slots[i].node != NULL)
            tree_mark_read(span->slots[i].node);
}

void bind_field(struct binder *binder, const struct schema *record, const struct schema *field,
                const struct span *maps, const struct tree *shared)
{
    struct span span = span_field(binder->reader.arena, maps, field->name, shared);
    if (!field_wanted(record, field, maps, shared)) {
        refuse_unwanted(binder, field, &span);
        return;
    }
    pending_apply(binder, field, &span);
    if (span_present(&span) == 0 && field->optional && !schema_has_default(field))
        return;
    if (!slots_fill(binder, field, &span))
        slots_drop_missing(&span);
    if (span.count > 0)
        bind_span(binder, field, &span);
}

void bind_record(struct binder *binder, const struct schema *schema, const struct span *maps,
                 const struct tree *shared)
{
    for (size_t i = 0; i < maps->count; i++)
        visit_add(binder, maps->slots[i].node, schema);
    for (size_t i = 0; i < schema->field_count; i++)
        bind_field(binder, schema, &schema->fields[i], maps, shared);
}

static bool has_room(const struct binder *binder)
{
    return binder->reader.diags->count < DIAGS_MOST;
}

/* In every case the map has the same keys: what the first lacks is told here, what another lacks
 * when the first one's keys are bound. */
static void check_first(struct binder *binder, const struct schema *of, const struct span *maps)
{
    const struct tree *first = maps->slots[0].node;
    for (size_t i = 1; i < maps->count; i++)
        for (struct tree *child = maps->slots[i].node->first; child != NULL && has_room(binder);
             child = child->next) {
            if (key_is_core(child->key) || tree_child(first, child->key) != NULL)
                continue;
            struct schema named = *of;
            named.name = child->key;
            named.optional = true;
            struct span span = span_field(binder->reader.arena, maps, child->key, NULL);
            slots_fill(binder, &named, &span);
            span_mark_read(&span);
        }
}

static void bind_map(struct binder *binder, const struct schema *schema, const struct span *maps)
{
    if (maps->count == 0)
        return;
    check_first(binder, schema->of, maps);
    for (struct tree *child = maps->slots[0].node->first; child != NULL; child = child->next) {
        if (key_is_core(child->key))
            continue;
        struct schema named = *schema->of;
        named.name = child->key;
        named.optional = false;
        struct span span = span_field(binder->reader.arena, maps, child->key, NULL);
        if (!slots_fill(binder, &named, &span))
            slots_drop_missing(&span);
        bind_span(binder, schema->of, &span);
    }
}

static const char *const *field_names(struct arena *arena, const struct schema *schema)
{
    const char **names = arena_array(arena, schema->field_count, sizeof *names);
    for (size_t i = 0; i < schema->field_count; i++)
        names[i] = schema->fields[i].name;
    return names;
}

/* The record for the node's `kind`; reports a kind that is missing or unknown. */
static const struct schema *kind_choose(struct binder *binder, const struct schema *schema,
                                        struct tree *map)
{
    struct reader *reader = &binder->reader;
    struct declared declared = declared_by(binder, schema);
    struct tree *kind = tree_child(map, "kind");
    const char *const *names = field_names(reader->arena, schema);
    if (kind == NULL) {
        const char *remedy = names_listed(reader->arena, names, schema->field_count);
        fault_report(reader, fault_at_key(map, remedy, &declared), "`%s.kind` is missing",
                     map->path);
        return NULL;
    }
    const char *text = text_value(reader, kind);
    const struct schema *record = kind_record(schema, map);
    if (record != NULL || text == NULL)
        return record;
    const char *remedy = remedy_for_name(reader->arena, text, names, schema->field_count);
    fault_report(reader, fault_at_value(kind, remedy, &declared), "there is no kind `%s`",
                 text_shown(reader->arena, text));
    return NULL;
}

static void bind_kinds(struct binder *binder, const struct schema *schema, const struct span *maps)
{
    const struct schema *chosen = NULL;
    for (size_t i = 0; i < maps->count; i++) {
        struct tree *map = maps->slots[i].node;
        const struct schema *record = kind_choose(binder, schema, map);
        if (i > 0 && record != NULL && chosen != NULL && record != chosen)
            fault_report(&binder->reader, fault_at_value(tree_child(map, "kind"), NULL, NULL),
                         "`%s.kind` must be `%s`, as in the first case", map->path, chosen->name);
        if (record == NULL || (i > 0 && record != chosen)) {
            span_mark_read(maps);
            return;
        }
        chosen = record;
    }
    if (chosen != NULL)
        bind_record(binder, chosen, maps, NULL);
}

/* --- values by case ----------------------------------------------------------------------- */

static bool is_case(const struct scenario *scenario, const char *key)
{
    for (size_t i = 0; i < scenario->case_count; i++)
        if (strcmp(scenario->cases[i], key) == 0)
            return true;
    return false;
}

static bool case_keys_check(struct binder *binder, const struct schema *schema, struct tree *map)
{
    struct reader *reader = &binder->reader;
    const struct scenario *scenario = reader->scenario;
    struct declared declared = declared_by(binder, schema);
    bool good = true;
    map->read = true;
    for (struct tree *child = map->first; child != NULL && has_room(binder); child = child->next) {
        if (key_is_core(child->key) || is_case(scenario, child->key))
            continue;
        const char *remedy =
            remedy_for_name(reader->arena, child->key, scenario->cases, scenario->case_count);
        if (scenario->records != NULL)
            remedy =
                arena_printf(reader->arena, "%s; small classes stand together as `other`", remedy);
        tree_mark_read(child);
        fault_report(reader, fault_at_key(child, remedy, NULL), "there is no case `%s`",
                     child->key);
        good = false;
    }
    for (size_t i = 0; i < scenario->case_count && has_room(binder); i++) {
        if (tree_child(map, scenario->cases[i]) != NULL)
            continue;
        const char *remedy = arena_printf(reader->arena, "add `%s:`", scenario->cases[i]);
        fault_report(reader, fault_at_key(map, remedy, &declared),
                     "`%s` has no value for case `%s`", map->path, scenario->cases[i]);
        good = false;
    }
    return good;
}

static void bind_by_case(struct binder *binder, const struct schema *schema,
                         const struct span *span)
{
    const struct scenario *scenario = binder->reader.scenario;
    if (span->count != 1 || scenario->case_count == 0) {
        span_mark_read(span);
        return;
    }
    struct slot *slot = &span->slots[0];
    struct span cases = span_by_case(scenario, schema, span);
    if (slot_is_by_case(scenario, schema, slot) && !case_keys_check(binder, schema, slot->node))
        slots_drop_missing(&cases);
    if (cases.count > 0)
        bind_span(binder, schema->of, &cases);
}

/* --- all kinds ---------------------------------------------------------------------------- */

static void bind_span(struct binder *binder, const struct schema *schema, const struct span *span)
{
    bool is_map =
        schema->kind == SCHEMA_RECORD || schema->kind == SCHEMA_MAP || schema->kind == SCHEMA_KINDS;
    if (!columns_check(binder, schema, span))
        return;
    if (is_map && !maps_check(binder, schema, span))
        return;
    switch (schema->kind) {
    case SCHEMA_NUMBER:
    case SCHEMA_TRUTH:
    case SCHEMA_LABEL:
        for (size_t i = 0; i < span->count; i++)
            bind_premise(binder, schema, span, i);
        break;
    case SCHEMA_FACT:
        bind_fact(binder, schema, span);
        break;
    case SCHEMA_TEXT:
    case SCHEMA_DATE:
    case SCHEMA_COUNT:
    case SCHEMA_DATA:
        bind_structure(binder, schema, span);
        break;
    case SCHEMA_RECORD:
        bind_record(binder, schema, span, NULL);
        break;
    case SCHEMA_MAP:
        bind_map(binder, schema, span);
        break;
    case SCHEMA_KINDS:
        bind_kinds(binder, schema, span);
        break;
    case SCHEMA_CASES:
        bind_by_case(binder, schema, span);
        break;
    case SCHEMA_LIST:
        bind_list(binder, schema, span);
        break;
    }
}

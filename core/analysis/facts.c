#include "analysis/facts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cell/cell.h"

/* --- what the regime reads ------------------------------------------------------------------- */

static enum status unknown_kind(struct plugin_library *library, const char *kind,
                                struct diags *diags)
{
    size_t count = 0;
    const char *const *names = library_names(library, "regimes", "lua", &count);
    const char *near = suggest(kind, names, count);
    struct diag diag = {
        .status = STATUS_USAGE,
        .message = arena_printf(diags->arena, "there is no kind of regime `%s`", kind),
        .remedy = near != NULL ? arena_printf(diags->arena, "did you mean `%s`?", near)
                               : "`assize regimes` lists those there are"};
    return diags_add(diags, &diag);
}

enum status facts_open(struct arena *arena, struct plugin_library *library, const char *kind,
                       struct facts *facts, struct diags *diags)
{
    struct plugin_files files = {.modules = library->modules,
                                 .module_count = library->module_count};
    struct declaration *declaration = NULL;
    enum status status = STATUS_USAGE;
    if (key_is_id(kind))
        status = library_read(library, "regimes", kind, "lua", &files.plugin, diags);
    if (status == STATUS_USAGE)
        return unknown_kind(library, kind, diags);
    if (status == STATUS_OK)
        status = cell_describe(arena, &files, &declaration, diags);
    if (status != STATUS_OK)
        return status;
    *facts = (struct facts){.arena = arena,
                            .kind = arena_string(arena, kind),
                            .declaration = declaration,
                            .file = {"facts", "", 0}};
    facts->given = arena_alloc(arena, sizeof *facts->given);
    *facts->given =
        (struct tree){.kind = TREE_MAP, .key = "facts", .path = "facts", .place = {"facts", 0, 0}};
    return STATUS_OK;
}

static const struct schema *field_of(const struct schema *schema, const char *name, size_t length)
{
    for (size_t i = 0; schema != NULL && i < schema->field_count; i++)
        if (strncmp(schema->fields[i].name, name, length) == 0 &&
            schema->fields[i].name[length] == '\0')
            return &schema->fields[i];
    return NULL;
}

static const struct schema *facts_field(const struct facts *facts)
{
    return field_of(facts->declaration->cases, "facts", 5);
}

/* What the first step of a name stands for. */
enum home { HOME_FACTS, HOME_CASE, HOME_REGIME, HOME_NONE };

static const struct schema *home_of(const struct facts *facts, const char *name, size_t length,
                                    enum home *home)
{
    const struct schema *record = facts_field(facts), *found = NULL;
    bool any = record != NULL && record->kind == SCHEMA_MAP;
    *home = HOME_FACTS;
    if (record != NULL && record->kind == SCHEMA_RECORD)
        found = field_of(record, name, length);
    if (found == NULL && !(length == 5 && strncmp(name, "facts", 5) == 0)) {
        *home = HOME_CASE;
        found = field_of(facts->declaration->cases, name, length);
    }
    if (found == NULL) {
        *home = HOME_REGIME;
        found = field_of(facts->declaration->params, name, length);
    }
    if (found == NULL && any) {
        *home = HOME_FACTS;
        found = record->of;
    }
    if (found == NULL)
        *home = HOME_NONE;
    return found;
}

/* Takes a step off a dotted name. */
static size_t step_length(const char *name)
{
    return strcspn(name, ".");
}

static const struct schema *schema_below(const struct schema *schema, const char *name,
                                         size_t length)
{
    if (schema->kind == SCHEMA_LIST)
        return schema->of;
    if (schema->kind == SCHEMA_MAP || schema->kind == SCHEMA_CASES)
        return schema->of;
    return field_of(schema, name, length);
}

const struct schema *facts_schema(const struct facts *facts, const char *name, bool *in_case)
{
    enum home home;
    size_t length = step_length(name);
    const struct schema *schema = home_of(facts, name, length, &home);
    *in_case = home == HOME_FACTS || home == HOME_CASE;
    while (schema != NULL && name[length] == '.') {
        name += length + 1;
        length = step_length(name);
        schema = schema_below(schema, name, length);
    }
    return schema;
}

static void names_of(const struct schema *record, const char **names, size_t *count)
{
    for (size_t i = 0; record != NULL && i < record->field_count; i++)
        names[(*count)++] = record->fields[i].name;
}

const char *const *facts_names(struct arena *arena, const struct facts *facts, size_t *count)
{
    const struct schema *parts[] = {facts_field(facts), facts->declaration->cases,
                                    facts->declaration->params};
    size_t most = 0;
    for (size_t i = 0; i < 3; i++)
        most += parts[i] != NULL ? parts[i]->field_count : 0;
    const char **names = arena_array(arena, most, sizeof *names);
    *count = 0;
    for (size_t i = 0; i < 3; i++)
        names_of(parts[i], names, count);
    return names;
}

/* --- adding facts ---------------------------------------------------------------------------- */

enum status facts_add_file(struct facts *facts, const char *path, struct diags *diags)
{
    enum status status = file_read(facts->arena, path, FACTS_MOST_BYTES, &facts->file, diags);
    if (status != STATUS_OK)
        return status;
    struct tree *root = yaml_read_below(facts->arena, &facts->file, "facts", diags);
    if (root == NULL)
        return diags_status(diags);
    if (root->kind != TREE_MAP) {
        yaml_error(diags, &facts->file, root->place, root->width, "write `images: 650` and so on",
                   "facts are a map of names and values");
        return STATUS_SCENARIO;
    }
    root->key = "facts";
    facts->given = root;
    return STATUS_OK;
}

static struct tree *item_at(const struct tree *list, size_t number)
{
    struct tree *item = list->first;
    while (item != NULL && --number > 0)
        item = item->next;
    return item;
}

static bool is_number(const char *step)
{
    return isdigit((unsigned char)step[0]) && strspn(step, "0123456789") == strlen(step);
}

static struct tree *child_at(const struct tree *parent, const char *step)
{
    if (parent->kind == TREE_LIST)
        return is_number(step) ? item_at(parent, strtoul(step, NULL, 10)) : NULL;
    return tree_child(parent, step);
}

const struct tree *facts_find(const struct facts *facts, const char *name)
{
    const struct tree *node = facts->given;
    while (node != NULL && *name != '\0') {
        size_t length = step_length(name);
        node = child_at(node, arena_string_n(facts->arena, name, length));
        name += length + (name[length] == '.');
    }
    return node;
}

static struct tree *child_make(struct facts *facts, struct tree *parent, const char *step,
                               enum tree_kind kind, struct place place)
{
    struct tree *child = arena_alloc(facts->arena, sizeof *child);
    *child = (struct tree){.kind = kind, .place = place, .key_place = place, .width = 1};
    child->key_width = 1;
    child->key = parent->kind == TREE_MAP ? step : NULL;
    child->path = parent->kind == TREE_MAP
                      ? path_join(facts->arena, parent->path, step)
                      : arena_printf(facts->arena, "%s.%s", parent->path, step);
    tree_append(parent, child);
    return child;
}

static enum status fault(const struct facts *facts, struct place place, const char *message,
                         const char *remedy, struct place also, struct diags *diags)
{
    struct diag diag = {.status = STATUS_SCENARIO,
                        .place = place,
                        .width = 1,
                        .message = message,
                        .remedy = remedy,
                        .also = also,
                        .also_note = "the first time"};
    yaml_report(diags, &facts->file, &diag);
    return STATUS_SCENARIO;
}

/* Items of a list come in order, so that their numbers say what they are. */
static enum status place_item(const struct facts *facts, const struct tree *parent,
                              const char *name, const char *step, struct place place,
                              struct diags *diags)
{
    bool fits = parent->kind == TREE_MAP || (parent->kind == TREE_LIST && is_number(step) &&
                                             strtoul(step, NULL, 10) == parent->count + 1);
    if (fits)
        return STATUS_OK;
    const char *message =
        parent->kind == TREE_LIST
            ? arena_printf(diags->arena, "`%s`: entry %zu comes first", name, parent->count + 1)
            : arena_printf(diags->arena, "`%s`: `%s` is a single value already", name,
                           parent->path);
    return fault(facts, place, message, NULL, (struct place){NULL, 0, 0}, diags);
}

/* Whether the regime declares a list under the first `length` bytes of a name. */
static bool is_list(const struct facts *facts, const char *name, size_t length)
{
    bool in_case;
    const struct schema *schema =
        facts_schema(facts, arena_string_n(facts->arena, name, length), &in_case);
    return schema != NULL && schema->kind == SCHEMA_LIST;
}

/* Puts `value` in the place of `child`, which keeps its name. */
static void child_fill(struct tree *child, const struct tree *value)
{
    struct tree made = *value;
    made.key = child->key;
    made.path = child->path;
    made.parent = child->parent;
    made.next = child->next;
    *child = made;
    for (struct tree *below = child->first; below != NULL; below = below->next)
        below->parent = child;
}

enum status facts_add(struct facts *facts, const char *name, struct tree *value,
                      struct diags *diags)
{
    struct tree *parent = facts->given;
    for (const char *at = name;;) {
        size_t length = step_length(at);
        const char *step = arena_string_n(facts->arena, at, length);
        struct tree *child = child_at(parent, step);
        bool last = at[length] == '\0';
        if (child != NULL && last)
            return fault(facts, value->place,
                         arena_printf(diags->arena, "`%s` is given twice", name),
                         "give each fact once", child->place, diags);
        if (child == NULL) {
            if (place_item(facts, parent, name, step, value->place, diags) != STATUS_OK)
                return STATUS_SCENARIO;
            bool list = !last && is_list(facts, name, (size_t)(at - name) + length);
            child = child_make(facts, parent, step, list ? TREE_LIST : TREE_MAP, value->place);
        }
        if (last) {
            child_fill(child, value);
            return STATUS_OK;
        }
        parent = child;
        at += length + 1;
    }
}

/* The text after `=`, as YAML reads it: a value, or a list or map in one line. */
static struct tree *value_read(struct facts *facts, const struct setting *setting,
                               struct diags *diags)
{
    struct buffer buffer = {arena_printf(facts->arena, "%s=%s", setting->path,
                                         text_shown(facts->arena, setting->value)),
                            setting->value, strlen(setting->value)};
    if (buffer.data[strspn(buffer.data, " ")] == '\0') {
        diags_error(diags, STATUS_USAGE, (struct place){buffer.name, 0, 0}, "a fact needs a value");
        return NULL;
    }
    const char *prefix = arena_printf(facts->arena, "facts.%s", setting->path);
    struct tree *value = yaml_read_below(facts->arena, &buffer, prefix, diags);
    if (value != NULL) {
        value->place = value->key_place = (struct place){buffer.name, 0, 0};
        value->width = value->key_width = 1;
    }
    return value;
}

static bool name_is_sound(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && name[strlen(name) - 1] != '.' &&
           strstr(name, "..") == NULL;
}

enum status facts_add_settings(struct facts *facts, const struct setting *settings, size_t count,
                               struct diags *diags)
{
    struct text all;
    text_init(&all, facts->arena);
    text_add_n(&all, facts->file.data, facts->file.size);
    for (size_t i = 0; i < count; i++) {
        const struct setting *setting = &settings[i];
        if (!name_is_sound(setting->path))
            return diags_error(diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                               "`%s` is no name of a fact", setting->path);
        struct tree *value = value_read(facts, setting, diags);
        if (value == NULL)
            return diags_status(diags);
        enum status status =
            facts_add(facts, arena_string(facts->arena, setting->path), value, diags);
        if (status != STATUS_OK)
            return status;
        text_printf(&all, "\n%s=%s", setting->path, setting->value);
    }
    facts->file.data = all.data;
    facts->file.size = all.length;
    return STATUS_OK;
}

/* --- the scenario ---------------------------------------------------------------------------- */

struct maker {
    struct arena *arena;
    const struct facts *facts;
    struct diags *diags;
};

static struct tree *node_make(const struct maker *maker, struct tree *parent, const char *key)
{
    struct tree *node = arena_alloc(maker->arena, sizeof *node);
    struct place place = {maker->facts->file.name, 0, 0};
    *node = (struct tree){.kind = TREE_MAP, .key = key, .place = place, .key_place = place};
    node->path = parent != NULL ? path_join(maker->arena, parent->path, key) : "";
    if (parent != NULL)
        tree_append(parent, node);
    return node;
}

static void text_make(const struct maker *maker, struct tree *parent, const char *key,
                      const char *text)
{
    struct tree *node = node_make(maker, parent, key);
    node->kind = TREE_SCALAR;
    node->text = text;
    scalar_classify(maker->arena, node);
}

static enum status fault_unknown(const struct maker *maker, const struct tree *fact)
{
    size_t count;
    const char *const *names = facts_names(maker->diags->arena, maker->facts, &count);
    const char *near = suggest(fact->key, names, count);
    const char *remedy =
        near != NULL
            ? arena_printf(maker->diags->arena, "did you mean `%s`?", near)
            : arena_printf(maker->diags->arena, "`assize regimes %s` lists the facts it reads",
                           maker->facts->kind);
    struct diag diag = {.status = STATUS_SCENARIO,
                        .place = fact->key_place,
                        .width = fact->key_width,
                        .message = arena_printf(maker->diags->arena, "`%s` reads no fact `%s`",
                                                maker->facts->kind,
                                                text_shown(maker->diags->arena, fact->key)),
                        .remedy = remedy};
    yaml_report(maker->diags, &maker->facts->file, &diag);
    return STATUS_SCENARIO;
}

/* A copy that keeps its path: faults name a fact as the user did. */
static void fact_place(const struct maker *maker, const struct tree *fact, struct tree *home)
{
    struct tree above = {.kind = TREE_MAP, .path = "facts"};
    tree_append(home, tree_copy(maker->arena, fact, &above));
}

static bool is_note(const char *key)
{
    static const char *const names[] = {"title", "note", "source", "status"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], key) == 0)
            return true;
    return false;
}

static enum status facts_place(const struct maker *maker, struct tree *kase, struct tree *regime)
{
    enum status status = STATUS_OK;
    struct tree *homes[] = {NULL, kase, regime};
    if (facts_field(maker->facts) != NULL) {
        homes[HOME_FACTS] = node_make(maker, kase, "facts"); /* which may stay empty */
        homes[HOME_FACTS]->path = "facts";
    }
    for (const struct tree *fact = maker->facts->given->first; fact != NULL; fact = fact->next) {
        enum home home;
        if (is_note(fact->key))
            continue;
        home_of(maker->facts, fact->key, strlen(fact->key), &home);
        if (home == HOME_NONE)
            status = fault_unknown(maker, fact);
        else
            fact_place(maker, fact, homes[home]);
    }
    return status;
}

enum status facts_scenario(struct arena *arena, const struct facts *facts,
                           struct made_scenario *made, struct diags *diags)
{
    struct maker maker = {arena, facts, diags};
    struct tree *root = node_make(&maker, NULL, NULL);
    text_make(&maker, root, "assize", "1");
    text_make(&maker, root, "title", "Worksheet");
    text_make(&maker, root, "status", "illustrative"); /* facts are the user's own word */
    struct tree *population = node_make(&maker, node_make(&maker, root, "model"), "population");
    text_make(&maker, population, "shares_of", "sentenced");
    struct tree *kase = node_make(&maker, node_make(&maker, root, "cases"), "case");
    text_make(&maker, kase, "share", "1");
    struct tree *regime = node_make(&maker, node_make(&maker, root, "regimes"), facts->kind);
    text_make(&maker, regime, "kind", facts->kind);
    enum status status = facts_place(&maker, kase, regime);
    if (status == STATUS_OK)
        *made = (struct made_scenario){facts->file, root, facts->declaration};
    return status;
}

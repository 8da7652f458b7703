#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "scenario/records_parts.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* --- missing parts ------------------------------------------------------------------------ */

static void fault_missing(struct reader *reader, const char *key, const char *remedy)
{
    struct diag diag = fault_at_value(reader->scenario->root, remedy, NULL);
    fault_report(reader, diag, "`%s` is missing", key);
}

/* The part of the root under this key, which must be a map that is not empty. */
static struct tree *section(struct reader *reader, const char *key, const char *remedy)
{
    struct tree *node = tree_child(reader->scenario->root, key);
    if (node == NULL) {
        if (remedy != NULL)
            fault_missing(reader, key, remedy);
        return NULL;
    }
    if (node->kind == TREE_MAP && node->count > 0)
        return node;
    fault_report(reader, fault_at_key(node, remedy, NULL), "`%s` must be a map%s", key,
                 node->kind == TREE_MAP ? " that is not empty" : "");
    tree_mark_read(node);
    return NULL;
}

/* Whether the key of `node` may be a name; reports it otherwise. */
static bool id_check(struct reader *reader, const struct tree *node, const char *what)
{
    if (key_is_id(node->key))
        return true;
    fault_report(reader, fault_at_key(node, "a letter, then letters, digits, `-` and `_`", NULL),
                 "`%s` cannot be the name of a %s", text_shown(reader->arena, node->key), what);
    return false;
}

/* --- the head ----------------------------------------------------------------------------- */

static void read_version(struct reader *reader)
{
    struct tree *version = tree_child(reader->scenario->root, "assize");
    if (version == NULL)
        fault_missing(reader, "assize", "begin the file with `assize: 1`");
    else if (version->kind != TREE_SCALAR || strcmp(version->text, "1") != 0)
        fault_report(reader, fault_at_value(version, "write `assize: 1`", NULL),
                     "this program reads scenarios of version 1");
}

static const char *text_child(struct reader *reader, struct tree *map, const char *key)
{
    struct tree *child = tree_child(map, key);
    return child != NULL ? text_value(reader, child) : NULL;
}

static void read_head(struct reader *reader)
{
    struct scenario *scenario = reader->scenario;
    read_version(reader);
    if (tree_child(scenario->root, "title") == NULL)
        fault_missing(reader, "title", "add `title:` with a short name");
    scenario->title = text_child(reader, scenario->root, "title");
    scenario->question = text_child(reader, scenario->root, "question");
}

static const char *regime_child(struct reader *reader, struct tree *map, const char *key)
{
    size_t count;
    const char *const *names = section_names(reader, "regimes", &count);
    const char *name = text_child(reader, map, key);
    for (size_t i = 0; name != NULL && i < count; i++)
        if (strcmp(names[i], name) == 0)
            return name;
    if (name == NULL || names == NULL)
        return NULL;
    const char *remedy = remedy_for_name(reader->arena, name, names, count);
    fault_report(reader, fault_at_value(tree_child(map, key), remedy, NULL),
                 "there is no regime `%s`", text_shown(reader->arena, name));
    return NULL;
}

static void read_motion(struct reader *reader)
{
    static const char *const keys[] = {"text", "proposition", "opposition", "note", "source"};
    struct motion *motion = &reader->scenario->motion;
    struct tree *map = section(reader, "motion", NULL);
    if (map == NULL)
        return;
    check_keys(reader, map, keys, COUNT_OF(keys));
    motion->text = text_child(reader, map, "text");
    motion->proposition = regime_child(reader, map, "proposition");
    motion->opposition = regime_child(reader, map, "opposition");
}

static void read_sources(struct reader *reader)
{
    struct scenario *scenario = reader->scenario;
    struct tree *map = section(reader, "sources", NULL);
    if (map == NULL)
        return;
    tree_mark_read(map);
    scenario->sources = arena_array(reader->arena, map->count, sizeof *scenario->sources);
    for (struct tree *child = map->first; child != NULL; child = child->next)
        if (id_check(reader, child, "source"))
            scenario->sources[scenario->source_count++] = (struct source){child->key, child};
}

/* --- what is weighed ---------------------------------------------------------------------- */

/* A case must not be named like a key of a number: `{value: ...}` could then mean two things. */
bool case_name_is_taken(const char *name)
{
    static const char *const taken[] = {"value",     "unit",  "uniform", "triangular",
                                        "normal",    "beta",  "choice",  "samples",
                                        "lognormal", "moral", "range",   "disputed"};
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        if (strcmp(name, taken[i]) == 0)
            return true;
    return false;
}

static bool case_check(struct reader *reader, struct tree *node)
{
    if (!id_check(reader, node, "case"))
        return false;
    if (case_name_is_taken(node->key)) {
        fault_report(reader, fault_at_key(node, "choose another name", NULL),
                     "`%s` cannot be the name of a case: it is a key of numbers", node->key);
        return false;
    }
    if (node->kind == TREE_MAP)
        return true;
    fault_report(reader, fault_at_value(node, "write `{share: ..., ...}`", NULL),
                 "`%s` must be a map", node->path);
    return false;
}

static void read_cases(struct reader *reader)
{
    struct scenario *scenario = reader->scenario;
    bool records = tree_child(scenario->root, "records") != NULL;
    if (records)
        records_read(reader);
    const char *remedy =
        "add `cases:` with a map for each type of case, or `records:` with a table "
        "of persons";
    struct tree *map = section(reader, "cases", records ? NULL : remedy);
    if (map == NULL || records)
        return;
    const char **cases = arena_array(reader->arena, map->count, sizeof *cases);
    for (struct tree *child = map->first; child != NULL; child = child->next) {
        child->read = true;
        if (!key_is_core(child->key) && case_check(reader, child))
            cases[scenario->case_count++] = child->key;
    }
    scenario->cases = cases;
}

/* Reads one entry of `regimes` or `theories`. The kind names a file, so it must be a plain name. */
static bool read_use(struct reader *reader, struct tree *node, const char *what, struct use *use)
{
    if (!id_check(reader, node, what))
        return false;
    struct tree *kind = tree_child(node, "kind");
    if (kind == NULL) {
        const char *remedy = arena_printf(reader->arena, "add `kind:` with the name of a %s", what);
        fault_report(reader, fault_at_key(node, remedy, NULL), "`%s.kind` is missing", node->path);
        return false;
    }
    use->kind = text_value(reader, kind);
    if (use->kind != NULL && !key_is_id(use->kind)) {
        fault_report(reader, fault_at_value(kind, NULL, NULL), "`%s` cannot be the name of a %s",
                     text_shown(reader->arena, use->kind), what);
        return false;
    }
    use->id = node->key;
    use->title = text_child(reader, node, "title");
    use->tree = node;
    return use->kind != NULL;
}

static struct use *read_uses(struct reader *reader, const char *key, const char *what,
                             size_t *count)
{
    const char *remedy = arena_printf(reader->arena, "add `%s:` with a map for each %s", key, what);
    struct tree *map = section(reader, key, remedy);
    if (map == NULL)
        return NULL;
    struct use *uses = arena_array(reader->arena, map->count, sizeof *uses);
    for (struct tree *child = map->first; child != NULL; child = child->next) {
        child->read = true;
        struct use use = {0};
        if (key_is_core(child->key))
            continue;
        if (!read_use(reader, child, what, &use))
            continue;
        if (strcmp(key, "regimes") == 0)
            changes_read(reader, &use);
        uses[(*count)++] = use;
    }
    return uses;
}

/* --- model -------------------------------------------------------------------------------- */

static void read_shares_of(struct reader *reader, struct tree *model)
{
    static const char *const names[] = {"participants", "sentenced"};
    struct tree *population = tree_child(model, "population");
    struct tree *shares_of = tree_child(population, "shares_of");
    if (shares_of == NULL) {
        const char *remedy = "write `shares_of: participants` or `shares_of: sentenced`";
        const struct tree *place = population != NULL ? population : model;
        fault_report(reader, fault_at_key(place, remedy, NULL),
                     "`model.population.shares_of` is missing: whose shares are those of `cases`?");
        return;
    }
    population->read = true;
    const char *text = text_value(reader, shares_of);
    if (text == NULL)
        return;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(text, names[i]) == 0)
            reader->scenario->shares_of = names[i];
    if (reader->scenario->shares_of == NULL)
        fault_report(
            reader, fault_at_value(shares_of, remedy_for_name(reader->arena, text, names, 2), NULL),
            "`%s` is no group of people that shares can be of", text_shown(reader->arena, text));
}

static void read_model(struct reader *reader)
{
    struct tree *model = section(reader, "model", "add `model:` with what the plugins read");
    if (model != NULL)
        read_shares_of(reader, model);
}

/* --- all together ------------------------------------------------------------------------- */

static void read_root(struct reader *reader)
{
    static const char *const keys[] = {
        "assize", "title",  "question", "motion",   "sources",   "model",
        "shared", "cases",  "regimes",  "theories", "arguments", "argumentation",
        "tests",  "source", "status",   "note",     "records",   "correlate"};
    struct tree *root = reader->scenario->root;
    check_keys(reader, root, keys, COUNT_OF(keys));
    read_head(reader);
    read_sources(reader);
    static const char *const parts[] = {"model",   "shared",   "cases",    "records",
                                        "regimes", "theories", "correlate"};
    standing_here(reader, root, NULL, false);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        struct tree *part = tree_child(root, parts[i]);
        if (part != NULL)
            standing_read(reader, part, root->standing, false);
    }
}

static void read_parts(struct reader *reader)
{
    struct scenario *scenario = reader->scenario;
    read_model(reader);
    section(reader, "shared", NULL);
    read_cases(reader);
    scenario->regimes = read_uses(reader, "regimes", "regime", &scenario->regime_count);
    if (!scenario->worksheet)
        scenario->theories = read_uses(reader, "theories", "theory", &scenario->theory_count);
    read_motion(reader);
    struct tree *tests = section(reader, "tests", NULL);
    bool cases_known = tree_child(scenario->root, "records") == NULL;
    if (tests != NULL && cases_known)
        expectations_read(reader, tests);
}

enum status scenario_read(struct arena *arena, const struct buffer *file,
                          const struct setting *settings, size_t setting_count,
                          struct scenario **scenario, struct diags *diags)
{
    size_t errors = diags->errors;
    struct tree *root = yaml_read(arena, file, diags);
    if (root != NULL && root->kind != TREE_MAP)
        yaml_error(diags, file, root->place, root->width, "begin the file with `assize: 1`",
                   "a scenario is a map of keys and values");
    if (diags->errors > errors)
        return diags_status(diags);
    struct scenario *made = arena_alloc(arena, sizeof *made);
    *made = (struct scenario){.arena = arena, .file = *file, .root = root};
    struct reader reader = {made, arena, diags, &made->file};
    likes_apply(&reader);
    settings_apply(&reader, settings, setting_count);
    read_root(&reader);
    read_parts(&reader);
    *scenario = made;
    return diags->errors > errors ? diags_status(diags) : STATUS_OK;
}

enum status scenario_from_tree(struct arena *arena, const struct buffer *file, struct tree *root,
                               struct scenario **scenario, struct diags *diags)
{
    size_t errors = diags->errors;
    struct scenario *made = arena_alloc(arena, sizeof *made);
    *made = (struct scenario){.worksheet = true, .arena = arena, .file = *file, .root = root};
    struct reader reader = {made, arena, diags, &made->file};
    read_root(&reader);
    read_parts(&reader);
    *scenario = made;
    return diags->errors > errors ? diags_status(diags) : STATUS_OK;
}

/* --- premises by path --------------------------------------------------------------------- */

static int path_to_premise(const void *path, const void *premise)
{
    return strcmp(path, (*(const struct premise *const *)premise)->path);
}

const struct premise *scenario_premise(const struct scenario *scenario, const char *path)
{
    if (scenario->by_path == NULL || scenario->premise_count == 0)
        return NULL;
    const struct premise **found = bsearch(path, scenario->by_path, scenario->premise_count,
                                           sizeof(struct premise *), path_to_premise);
    return found != NULL ? *found : NULL;
}

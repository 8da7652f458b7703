/* `tests:`: what a scenario expects of its own results. Each asks for one of score, verdict and
 * finding. */
#include <string.h>

#include "scenario/premise.h"

static const char *const verdicts[] = {"acceptable", "borderline",    "unacceptable", "silent",
                                       "ruled out",  "not ruled out", "unsupported"};
enum { VERDICTS = 7 };

/* The text under `key`, which must be one of `names`; NULL when it is missing or another. */
static const char *name_child(struct reader *reader, struct tree *map, const char *key,
                              const char *const *names, size_t count)
{
    struct tree *child = tree_child(map, key);
    const char *text = child != NULL ? text_value(reader, child) : NULL;
    for (size_t i = 0; text != NULL && i < count; i++)
        if (strcmp(names[i], text) == 0)
            return names[i];
    if (text != NULL)
        fault_report(
            reader, fault_at_value(child, remedy_for_name(reader->arena, text, names, count), NULL),
            "there is no %s `%s`", key, text_shown(reader->arena, text));
    return NULL;
}

static void fault_lacks(struct reader *reader, const struct tree *map, const char *key)
{
    const char *remedy = arena_printf(reader->arena, "add `%s:`", key);
    fault_report(reader, fault_at_key(map, remedy, NULL), "`%s.%s` is missing", map->path, key);
}

static const char *use_child(struct reader *reader, struct tree *map, const char *key,
                             const char *section)
{
    size_t count;
    const char *const *names = section_names(reader, section, &count);
    if (tree_child(map, key) == NULL)
        fault_lacks(reader, map, key);
    return name_child(reader, map, key, names, count);
}

/* A number in base units; a finding may be written with its unit. */
static bool number_child(struct reader *reader, struct tree *map, const char *key, double *value)
{
    struct tree *child = tree_child(map, key);
    if (child == NULL) {
        fault_lacks(reader, map, key);
        return false;
    }
    child->read = true;
    if (child->kind != TREE_SCALAR || child->scalar != SCALAR_NUMBER) {
        fault_not_number(reader, child, NULL);
        return false;
    }
    struct unit unit;
    double scale = 1;
    if (child->unit != NULL && !unit_parse(child->unit, &unit, &scale))
        scale = 1;
    *value = child->number * scale;
    return true;
}

static void read_within(struct reader *reader, struct tree *map, struct expectation *expectation)
{
    if (!number_child(reader, map, "within", &expectation->within))
        return;
    if (expectation->within < 0)
        fault_report(reader, fault_at_value(tree_child(map, "within"), NULL, NULL),
                     "`%s.within` must not be negative", map->path);
}

/* Which of the three is asked for; reports none or several. */
static const char *asked_for(struct reader *reader, struct tree *map)
{
    static const char *const asks[] = {"score", "verdict", "finding"};
    const char *asked = NULL;
    for (size_t i = 0; i < 3; i++) {
        struct tree *child = tree_child(map, asks[i]);
        if (child == NULL)
            continue;
        if (asked != NULL) {
            fault_report(reader, fault_at_key(child, "write two tests", NULL),
                         "a test asks for one thing: `%s` or `%s`", asked, asks[i]);
            return NULL;
        }
        asked = asks[i];
    }
    if (asked == NULL)
        fault_report(reader,
                     fault_at_key(map,
                                  "add `score:` and `within:`, `verdict:`, or `finding:`, "
                                  "`value:` and `within:`",
                                  NULL),
                     "`%s` expects nothing", map->path);
    return asked;
}

static void read_asked(struct reader *reader, struct tree *map, struct expectation *expectation)
{
    const char *asked = asked_for(reader, map);
    if (asked == NULL)
        return;
    if (strcmp(asked, "verdict") == 0) {
        expectation->verdict = name_child(reader, map, "verdict", verdicts, VERDICTS);
        return;
    }
    bool is_score = asked[0] == 's';
    expectation->has_score =
        number_child(reader, map, is_score ? "score" : "value", &expectation->score) && is_score;
    read_within(reader, map, expectation);
    if (!is_score)
        expectation->finding = text_value(reader, tree_child(map, "finding"));
}

static void expectation_read(struct reader *reader, struct tree *map,
                             struct expectation *expectation)
{
    static const char *const keys[] = {"regime", "theory", "score", "within", "verdict", "finding",
                                       "value",  "case",   "title", "note",   "source"};
    size_t case_count;
    const char *const *cases = section_names(reader, "cases", &case_count);
    check_keys(reader, map, keys, sizeof keys / sizeof *keys);
    *expectation = (struct expectation){.id = map->key, .place = map->key_place};
    expectation->regime = use_child(reader, map, "regime", "regimes");
    expectation->theory = use_child(reader, map, "theory", "theories");
    expectation->kase = name_child(reader, map, "case", cases, case_count);
    read_asked(reader, map, expectation);
}

void expectations_read(struct reader *reader, struct tree *tests)
{
    struct scenario *scenario = reader->scenario;
    tests->read = true;
    scenario->expectations =
        arena_array(reader->arena, tests->count, sizeof *scenario->expectations);
    for (struct tree *map = tests->first; map != NULL; map = map->next) {
        map->read = true;
        if (map->kind == TREE_MAP)
            expectation_read(reader, map, &scenario->expectations[scenario->expectation_count++]);
        else
            fault_report(reader,
                         fault_at_value(map, "write `{regime: ..., theory: ..., ...}`", NULL),
                         "`%s` must be a map", map->path);
    }
}

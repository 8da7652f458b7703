/* What an argument speaks to: another argument, a premise, a claim, or a step. */
#include <string.h>

#include "scenario/argument_parts.h"

/* A target being read: its text and where a fault in it is marked. */
struct writing {
    struct argument_reader *reading;
    const struct tree *node;
    bool is_key;
    const char *text;
};

static struct diag fault_of(const struct writing *writing, const char *remedy)
{
    return writing->is_key ? fault_at_key(writing->node, remedy, NULL)
                           : fault_at_value(writing->node, remedy, NULL);
}

static const char *shown(const struct writing *writing, const char *text)
{
    return text_shown(writing->reading->reader.arena, text);
}

static size_t argument_find(const struct argument_reader *reading, const char *id)
{
    size_t i = 0;
    while (i < reading->arguments->count && strcmp(reading->ids[i], id) != 0)
        i++;
    return i;
}

/* --- premises ------------------------------------------------------------------------------ */

static bool path_is_below(const char *path, const char *above)
{
    size_t length = strlen(above);
    return strncmp(path, above, length) == 0 && (path[length] == '\0' || path[length] == '.');
}

bool target_covers(const struct target *target, const char *path)
{
    return target->kind == TARGET_PREMISE && path_is_below(path, target->name);
}

/* Whether a premise lies there that stands in a column of the records, or one that does not. */
static bool premise_below(const struct scenario *scenario, const char *path, bool in_column)
{
    for (size_t i = 0; i < scenario->premise_count; i++) {
        const struct premise *premise = &scenario->premises[i];
        if ((premise->column != 0) == in_column && path_is_below(premise->path, path))
            return true;
    }
    return false;
}

static bool fault_data(const struct writing *writing)
{
    struct reader *reader = &writing->reading->reader;
    fault_report(reader, fault_of(writing, "an argument speaks to the model, not to the data"),
                 "`%s` comes from the records", shown(writing, writing->text));
    return false;
}

static bool premise_target(const struct writing *writing, struct target *target)
{
    const struct argument_reader *reading = writing->reading;
    target->kind = TARGET_PREMISE;
    target->name = writing->text;
    const struct scenario *scenario = reading->reader.scenario;
    if (!reading->premises_known || premise_below(scenario, writing->text, false))
        return true;
    if (premise_below(scenario, writing->text, true))
        return fault_data(writing);
    fault_no_target(writing->reading, fault_of(writing, NULL), writing->text);
    return false;
}

/* --- claims -------------------------------------------------------------------------------- */

static const char *section_of(const char *key)
{
    return strcmp(key, "regime") == 0 ? "regimes" : "cases";
}

/* Checks that `name` is a regime or case of the file. */
static const char *place_name(const struct writing *writing, const char *key, const char *name)
{
    struct reader *reader = &writing->reading->reader;
    size_t count;
    const char *const *names = section_names(reader, section_of(key), &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return names[i];
    fault_report(reader, fault_of(writing, remedy_for_name(reader->arena, name, names, count)),
                 "there is no %s `%s`", key, shown(writing, name));
    return NULL;
}

static bool fault_brackets(const struct writing *writing)
{
    fault_report(&writing->reading->reader,
                 fault_of(writing, "write `theory/claim[regime=ID,case=ID]`, or one of the two"),
                 "`%s` is not written as a claim should be", shown(writing, writing->text));
    return false;
}

/* Reads "regime=a" or "case=b". */
static bool place_read(const struct writing *writing, const char *start, size_t length,
                       struct target *target)
{
    struct arena *arena = writing->reading->reader.arena;
    while (length > 0 && *start == ' ') {
        start++;
        length--;
    }
    bool regime = length > 7 && strncmp(start, "regime=", 7) == 0;
    bool kase = length > 5 && strncmp(start, "case=", 5) == 0;
    const char **place = regime ? &target->regime : &target->kase;
    if ((!regime && !kase) || *place != NULL)
        return fault_brackets(writing);
    size_t skip = regime ? 7 : 5;
    *place = place_name(writing, regime ? "regime" : "case",
                        arena_string_n(arena, start + skip, length - skip));
    return *place != NULL;
}

/* Reads "[regime=a,case=b]". */
static bool brackets_read(const struct writing *writing, const char *text, struct target *target)
{
    const char *end = strchr(text, ']');
    if (end == NULL || end[1] != '\0')
        return fault_brackets(writing);
    for (const char *at = text + 1; at < end;) {
        size_t length = strcspn(at, ",]");
        if (!place_read(writing, at, length, target))
            return false;
        at += length + 1;
    }
    return target->regime != NULL || target->kase != NULL || fault_brackets(writing);
}

static const char *claim_spelled(struct arena *arena, const struct target *target)
{
    struct text text;
    text_init(&text, arena);
    text_printf(&text, "%s%s/%s", target->kind == TARGET_STEP ? "step " : "", target->theory,
                target->claim);
    if (target->regime != NULL || target->kase != NULL)
        text_printf(&text, "[%s%s%s%s%s]", target->regime != NULL ? "regime=" : "",
                    target->regime != NULL ? target->regime : "",
                    target->regime != NULL && target->kase != NULL ? "," : "",
                    target->kase != NULL ? "case=" : "", target->kase != NULL ? target->kase : "");
    return text.data;
}

static bool theory_check(const struct writing *writing, const char *theory)
{
    struct reader *reader = &writing->reading->reader;
    size_t count;
    const char *const *names = section_names(reader, "theories", &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], theory) == 0)
            return true;
    fault_report(reader, fault_of(writing, remedy_for_name(reader->arena, theory, names, count)),
                 "there is no theory `%s`", shown(writing, theory));
    return false;
}

static bool claim_target(const struct writing *writing, enum target_kind kind, const char *text,
                         struct target *target)
{
    struct arena *arena = writing->reading->reader.arena;
    const char *slash = strchr(text, '/');
    if (slash == NULL || slash == text || slash[1] == '\0')
        return fault_brackets(writing);
    size_t length = strcspn(slash + 1, "[");
    target->kind = kind;
    target->theory = arena_string_n(arena, text, (size_t)(slash - text));
    target->claim = arena_string_n(arena, slash + 1, length);
    if (slash[1 + length] == '[' && !brackets_read(writing, slash + 1 + length, target))
        return false;
    target->name = claim_spelled(arena, target);
    return theory_check(writing, target->theory);
}

/* --- all together -------------------------------------------------------------------------- */

static bool argument_target(const struct writing *writing, bool alone, struct target *target)
{
    struct argument_reader *reading = writing->reading;
    size_t at = argument_find(reading, writing->text);
    target->kind = TARGET_ARGUMENT;
    target->argument = at;
    target->name = writing->text;
    if (at < reading->arguments->count)
        return true;
    const char *near = suggest(writing->text, reading->ids, reading->arguments->count);
    const char *remedy =
        near != NULL ? arena_printf(reading->reader.arena, "did you mean `%s`?", near)
        : alone      ? "the id of an argument stands here"
                : "write an argument's id, a premise's path, `theory/claim` or `step theory/claim`";
    fault_report(&reading->reader, fault_of(writing, remedy), "there is no argument `%s`",
                 shown(writing, writing->text));
    return false;
}

static bool text_of(struct argument_reader *reading, const struct tree *node, bool is_key,
                    const char **text)
{
    *text = is_key ? node->key : node->text;
    if (is_key || (node->kind == TREE_SCALAR && node->text[0] != '\0'))
        return true;
    fault_report(&reading->reader, fault_at_value(node, NULL, NULL), "%s must be a text",
                 node_name(reading->reader.arena, node));
    return false;
}

bool target_read(struct argument_reader *reading, const struct tree *node, bool is_key,
                 struct target *target)
{
    struct writing writing = {.reading = reading, .node = node, .is_key = is_key};
    struct target read = {.node = node, .strength = 1};
    if (!text_of(reading, node, is_key, &writing.text))
        return false;
    const char *text = writing.text;
    bool is_argument = argument_find(reading, text) < reading->arguments->count;
    bool good;
    if (strncmp(text, "step ", 5) == 0)
        good = claim_target(&writing, TARGET_STEP, text + 5 + strspn(text + 5, " "), &read);
    else if (strchr(text, '/') != NULL)
        good = claim_target(&writing, TARGET_CLAIM, text, &read);
    else if (!is_argument && strchr(text, '.') != NULL)
        good = premise_target(&writing, &read);
    else
        good = argument_target(&writing, false, &read);
    if (good)
        *target = read;
    return good;
}

bool argument_id_read(struct argument_reader *reading, const struct tree *node,
                      struct target *target)
{
    struct writing writing = {.reading = reading, .node = node};
    struct target read = {.node = node, .strength = 1};
    if (!text_of(reading, node, false, &writing.text) || !argument_target(&writing, true, &read))
        return false;
    *target = read;
    return true;
}

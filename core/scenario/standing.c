/* Sources and statuses: every number has one, its own or that of a map above it. */
#include <string.h>

#include "scenario/reader.h"

static const char *const status_names[] = {"sourced", "illustrative", "unverified"};

static bool status_read(struct reader *reader, struct tree *node, enum premise_status *status)
{
    const char *text = text_value(reader, node);
    if (text == NULL)
        return false;
    for (size_t i = 0; i < 3; i++)
        if (strcmp(text, status_names[i]) == 0) {
            *status = (enum premise_status)i;
            return true;
        }
    const char *remedy = remedy_for_name(reader->arena, text, status_names, 3);
    fault_report(reader, fault_at_value(node, remedy, NULL), "`%s` is no status",
                 text_shown(reader->arena, text));
    return false;
}

static const char *const *source_names(struct reader *reader)
{
    const struct scenario *scenario = reader->scenario;
    const char **names = arena_array(reader->arena, scenario->source_count, sizeof *names);
    for (size_t i = 0; i < scenario->source_count; i++)
        names[i] = scenario->sources[i].id;
    return names;
}

static void fault_no_source(struct reader *reader, const struct tree *node)
{
    size_t count = reader->scenario->source_count;
    const char *remedy =
        count == 0 ? "there is no `sources:` in this file"
                   : remedy_for_name(reader->arena, node->text, source_names(reader), count);
    fault_report(reader, fault_at_value(node, remedy, NULL), "`%s` is not a key of `sources:`",
                 text_shown(reader->arena, node->text));
}

static const char *source_read(struct reader *reader, struct tree *node, bool free_sources)
{
    const char *text = text_value(reader, node);
    if (text == NULL || free_sources)
        return text;
    for (size_t i = 0; i < reader->scenario->source_count; i++)
        if (strcmp(reader->scenario->sources[i].id, text) == 0)
            return text;
    fault_no_source(reader, node);
    return text;
}

/* What holds in a map with its own `source` or `status`. A fault counts as given, so that it is
 * told once and not again for every number below. */
static const struct standing *standing_of(struct reader *reader, struct tree *source,
                                          struct tree *status, const struct standing *above,
                                          bool free_sources)
{
    struct standing *standing = arena_alloc(reader->arena, sizeof *standing);
    standing->status = PREMISE_SOURCED;
    if (source != NULL)
        standing->source = source_read(reader, source, free_sources);
    if (status == NULL || !status_read(reader, status, &standing->status))
        return standing;
    if (standing->status != PREMISE_SOURCED || source != NULL)
        return standing;
    standing->source = above != NULL ? above->source : NULL;
    if (standing->source == NULL)
        fault_report(reader, fault_at_value(status, "add `source:` with a key of `sources:`", NULL),
                     "`status: sourced` without a source");
    return standing;
}

/* Notes and titles are the core's, so no plugin asks what they are. */
static void texts_check(struct reader *reader, struct tree *map)
{
    static const char *const names[] = {"title", "note"};
    for (size_t i = 0; i < 2; i++) {
        struct tree *child = tree_child(map, names[i]);
        if (child != NULL)
            text_value(reader, child);
    }
}

void standing_here(struct reader *reader, struct tree *node, const struct standing *above,
                   bool free_sources)
{
    struct tree *source = tree_child(node, "source"), *status = tree_child(node, "status");
    node->standing = above;
    if (source != NULL || status != NULL)
        node->standing = standing_of(reader, source, status, above, free_sources);
    if (!free_sources)
        texts_check(reader, node);
}

void standing_read(struct reader *reader, struct tree *node, const struct standing *above,
                   bool free_sources)
{
    standing_here(reader, node, above, free_sources);
    for (struct tree *child = node->first; child != NULL; child = child->next)
        standing_read(reader, child, node->standing, free_sources);
}

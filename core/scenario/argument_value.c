/* What holds when an argument is accepted: values of premises, read as the scenario's own are. */
#include <math.h>
#include <string.h>

#include "scenario/argument_parts.h"
#include "scenario/premise.h"

void fault_no_target(struct argument_reader *reading, struct diag diag, const char *path)
{
    struct reader *reader = &reading->reader;
    if (tree_find(reader->scenario->root, path) == NULL) {
        fault_no_premise(reader, diag, path, false);
        return;
    }
    diag.remedy = "an argument speaks to numbers, truth values and labels";
    fault_report(reader, diag, "`%s` is no premise: no plugin reads a value there",
                 text_shown(reader->arena, path));
}

static bool within_range(struct reader *reader, const struct tree *node,
                         const struct premise *premise, double value)
{
    bool ranged = premise->moral && premise->kind == VALUE_NUMBER;
    if (!ranged || (value >= premise->low && value <= premise->high))
        return true;
    fault_report(reader, fault_at_value(node, "widen the range, or move the value", NULL),
                 "the value lies outside the range of `%s`", premise->path);
    return false;
}

static bool value_read(struct argument_reader *reading, struct tree *node,
                       const struct premise *premise, double *value)
{
    static const struct standing said = {PREMISE_ILLUSTRATIVE, NULL};
    struct schema schema = premise_schema(premise);
    const struct premise_wish wish = {.schema = &schema};
    struct premise read;
    node->standing = &said;
    if (node->kind != TREE_SCALAR) {
        tree_mark_read(node);
        fault_report(&reading->reader, fault_at_value(node, "write one value: `path: value`", NULL),
                     "an argument sets single values");
        return false;
    }
    if (!premise_read(&reading->reader, node, &wish, &read) ||
        !within_range(&reading->reader, node, premise, read.value))
        return false;
    *value = read.value;
    return true;
}

static void one_value(struct argument_reader *reading, struct tree *node, struct argument *argument)
{
    struct reader *reader = &reading->reader;
    double value;
    const struct premise *premise = scenario_premise(reader->scenario, node->key);
    if (premise == NULL) {
        tree_mark_read(node);
        fault_no_target(reading, fault_at_key(node, NULL, NULL), node->key);
        return;
    }
    if (premise->column != 0) {
        tree_mark_read(node);
        fault_report(reader,
                     fault_at_key(node, "an argument speaks to the model, not to the data", NULL),
                     "`%s` comes from a column", premise->path);
        return;
    }
    if (value_read(reading, node, premise, &value))
        argument->values[argument->value_count++] = (struct accepted_value){premise, value, node};
}

void accepted_values_read(struct argument_reader *reading, struct tree *map,
                          struct argument *argument)
{
    map->read = true;
    if (map->kind != TREE_MAP) {
        tree_mark_read(map);
        fault_report(&reading->reader,
                     fault_at_value(map, "write `{path: value}`, a premise's path", NULL),
                     "%s must be a map", node_name(reading->reader.arena, map));
        return;
    }
    argument->values = arena_array(reading->reader.arena, map->count, sizeof *argument->values);
    for (struct tree *node = map->first; node != NULL; node = node->next)
        if (reading->premises_known)
            one_value(reading, node, argument);
        else
            tree_mark_read(node);
}

/* Tables of plugins/data: every number in them is a premise with its own path. */
#include <math.h>
#include <string.h>

#include "scenario/span.h"

struct data_file {
    const char *name;
    struct tree *root; /* NULL when it could not be read */
};

static bool is_step_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

/* A name from a stranger's scenario becomes a path of a file: it may not leave the folder. */
static bool name_is_safe(const char *name)
{
    if (strlen(name) > YAML_MOST_KEY)
        return false;
    bool begins = true;
    for (; *name != '\0'; name++) {
        bool fits = *name == '/' ? !begins : is_step_part(*name) && !(begins && *name == '.');
        if (!fits)
            return false;
        begins = *name == '/';
    }
    return !begins;
}

size_t data_table_length(const char *path)
{
    static const char data[] = "data.";
    if (strncmp(path, data, sizeof data - 1) != 0)
        return 0;
    const char *name = path + sizeof data - 1;
    const char *end = *name == '"' ? strchr(name + 1, '"') : strchr(name, '.');
    if (end == NULL)
        return strlen(path);
    return (size_t)(end - path) + (*end == '"');
}

size_t premise_add(struct scenario *scenario, const struct premise *premise)
{
    scenario->premises = arena_grow(scenario->arena, scenario->premises, scenario->premise_count,
                                    sizeof *scenario->premises);
    scenario->premises[scenario->premise_count++] = *premise;
    return scenario->premise_count;
}

static void number_add(struct reader *reader, struct tree *node)
{
    bool is_number = node->scalar == SCALAR_NUMBER;
    struct premise premise = {.path = node->path,
                              .kind = is_number ? VALUE_NUMBER : VALUE_TRUTH,
                              .unit_scale = 1,
                              .least = -HUGE_VAL,
                              .most = HUGE_VAL,
                              .value = is_number ? node->number : node->text[0] == 't',
                              .place = node->place};
    if (is_number)
        premise.unit_text = node->unit != NULL ? node->unit : "1";
    if (node->unit != NULL && unit_parse(node->unit, &premise.unit, &premise.unit_scale))
        premise.value *= premise.unit_scale;
    if (!isfinite(premise.value))
        fault_report(reader, fault_at_value(node, NULL, NULL), "`%s` is too large a number",
                     node->path);
    premise.status = node->set ? PREMISE_ILLUSTRATIVE : node->standing->status;
    premise.source = node->set ? NULL : node->standing->source;
    premise.set = node->set;
    node->premise = premise_add(reader->scenario, &premise);
}

static void numbers_add(struct reader *reader, struct tree *node)
{
    bool is_number = node->kind == TREE_SCALAR && node->scalar != SCALAR_TEXT;
    if (is_number && !(node->key != NULL && key_is_core(node->key)))
        number_add(reader, node);
    for (struct tree *child = node->first; child != NULL; child = child->next)
        numbers_add(reader, child);
}

struct tree *data_node(struct tree *root, const char *path)
{
    size_t length = strlen(root->path);
    if (strncmp(path, root->path, length) != 0 || path[length] != '.')
        return NULL;
    return tree_find(root, path + length + 1);
}

/* A number of a table takes another number; the rest of a table is no premise. */
static void data_set(struct reader *reader, struct tree *root, struct tree *value)
{
    struct tree *node = data_node(root, value->path);
    if (node == NULL)
        return;
    value->read = true;
    bool fits =
        node->kind == TREE_SCALAR && node->scalar != SCALAR_TEXT && node->scalar == value->scalar;
    struct diag diag = {.status = STATUS_USAGE, .place = value->place, .width = 1};
    if (fits)
        setting_write(reader, node, value);
    else
        fault_report(reader, diag, "`%s` cannot be set to `%s`", value->path,
                     text_shown(reader->arena, value->text));
}

static void data_settings(struct reader *reader, struct tree *root)
{
    const struct scenario *scenario = reader->scenario;
    for (size_t i = 0; i < scenario->pending_count; i++)
        data_set(reader, root, scenario->pending[i]);
}

static struct tree *data_read(struct reader *reader, const struct data_reader *data,
                              const char *name)
{
    struct buffer *buffer = arena_alloc(reader->arena, sizeof *buffer);
    if (data->read(data->context, name, reader->arena, buffer, reader->diags) != STATUS_OK)
        return NULL;
    struct reader inner = *reader;
    inner.file = buffer;
    size_t errors = reader->diags->errors;
    const char *prefix = path_join(reader->arena, "data", name);
    struct tree *root = yaml_read_below(reader->arena, buffer, prefix, reader->diags);
    if (root == NULL)
        return NULL;
    standing_read(&inner, root, NULL, true);
    if (root->kind != TREE_MAP)
        fault_report(&inner, fault_at_value(root, NULL, NULL), "a table of data is a map");
    else if (root->standing == NULL)
        fault_report(&inner, fault_at_value(root, "add `source:` at the top of the file", NULL),
                     "the numbers of `%s` have neither a source nor a status", name);
    data_settings(reader, root);
    if (reader->diags->errors > errors)
        return NULL;
    numbers_add(&inner, root);
    return root;
}

static const struct data_file *file_find(const struct scenario *scenario, const char *name)
{
    for (size_t i = 0; i < scenario->data_count; i++)
        if (strcmp(scenario->data[i].name, name) == 0)
            return &scenario->data[i];
    return NULL;
}

struct tree *data_root(const struct scenario *scenario, size_t at)
{
    return scenario->data[at].root;
}

struct tree *data_find(const struct scenario *scenario, const char *name)
{
    const struct data_file *file = file_find(scenario, name);
    return file != NULL ? file->root : NULL;
}

static void file_add(struct scenario *scenario, const char *name, struct tree *root)
{
    scenario->data =
        arena_grow(scenario->arena, scenario->data, scenario->data_count, sizeof *scenario->data);
    scenario->data[scenario->data_count++] = (struct data_file){name, root};
}

struct tree *data_load(struct reader *reader, const struct data_reader *data,
                       const struct tree *node, const char *name)
{
    const struct data_file *file = file_find(reader->scenario, name);
    if (file != NULL)
        return file->root;
    const struct tree *place = node != NULL ? node : reader->scenario->root;
    if (data == NULL || !name_is_safe(name)) {
        fault_report(reader, fault_at_value(place, NULL, NULL),
                     "`%s` cannot be the name of a table of data", text_shown(reader->arena, name));
        return NULL;
    }
    struct tree *root = data_read(reader, data, name);
    file_add(reader->scenario, name, root);
    return root;
}

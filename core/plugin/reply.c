#include "plugin/reply.h"

#include <math.h>
#include <string.h>

#include "base/plain.h"

enum { REPLY_DECLARATION = 1, REPLY_FRAGMENT, REPLY_FAULTS };
enum {
    MOST_SCHEMA_DEPTH = 16,
    MOST_SCHEMAS = 4096,
    LEAST_SCHEMA_BYTES = 40,
    LEAST_FAULT_BYTES = 28
};
static const uint32_t REPLY_MAGIC = 0x50525341; /* "ASRP" */
static const uint32_t REPLY_END = 0x444E4521;   /* "!END" */

/* --- schemas --------------------------------------------------------------------------------- */

enum schema_flag {
    FLAG_OPTIONAL = 1,
    FLAG_LOW_OPEN = 2,
    FLAG_HIGH_OPEN = 4,
    FLAG_MORAL = 8,
    FLAG_DEFAULT = 16,
    FLAG_OF = 32,
    FLAG_WHOLE = 64,
    FLAG_ALL = 127
};

static uint32_t schema_flags(const struct schema *schema)
{
    return (schema->optional ? FLAG_OPTIONAL : 0U) | (schema->low_open ? FLAG_LOW_OPEN : 0U) |
           (schema->high_open ? FLAG_HIGH_OPEN : 0U) | (schema->moral ? FLAG_MORAL : 0U) |
           (schema->has_default ? FLAG_DEFAULT : 0U) | (schema->of != NULL ? FLAG_OF : 0U) |
           (schema->whole ? FLAG_WHOLE : 0U);
}

static void put_schema(struct wire_writer *writer, const struct schema *schema)
{
    wire_put_u32(writer, (uint32_t)schema->kind);
    wire_put_u32(writer, schema_flags(schema));
    wire_put_string(writer, schema->name);
    wire_put_string(writer, schema->about);
    wire_put_string(writer, schema->unit_text);
    wire_put_f64(writer, schema->low);
    wire_put_f64(writer, schema->high);
    wire_put_f64(writer, schema->value);
    wire_put_string(writer, schema->text_default);
    wire_put_u32(writer, (uint32_t)schema->status);
    wire_put_string(writer, schema->source);
    wire_put_string(writer, schema->only_field);
    wire_put_string(writer, schema->only_value);
    wire_put_u32(writer, schema->line);
    wire_put_u32(writer, (uint32_t)schema->label_count);
    for (size_t i = 0; i < schema->label_count; i++)
        wire_put_string(writer, schema->labels[i]);
    wire_put_u32(writer, (uint32_t)schema->field_count);
    for (size_t i = 0; i < schema->field_count; i++)
        put_schema(writer, &schema->fields[i]);
    if (schema->of != NULL)
        put_schema(writer, schema->of);
}

static void reply_fault(struct wire_reader *reader, const char *fault)
{
    if (reader->fault == NULL)
        reader->fault = fault;
}

/* A text that may be shown, or NULL. */
static const char *get_text(struct wire_reader *reader)
{
    const char *text = wire_get_string(reader);
    if (text != NULL && !plain_is(text))
        reply_fault(reader, "a text holds control characters");
    return text;
}

/* A count of things that take at least `least` bytes each, at most `most`. */
static size_t get_limited(struct wire_reader *reader, size_t least, size_t most)
{
    uint32_t count = wire_get_count(reader, least);
    if (count <= most)
        return count;
    reply_fault(reader, "there is more of something than a plugin may declare");
    return 0;
}

static bool name_stands(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void get_labels(struct wire_reader *reader, struct schema *schema)
{
    size_t count = get_limited(reader, 4, WIRE_MOST_RECORDS);
    const char **labels = arena_array(reader->arena, count, sizeof *labels);
    for (size_t i = 0; i < count && reader->fault == NULL; i++) {
        labels[i] = get_text(reader);
        if (labels[i] == NULL || name_stands(labels, i, labels[i]))
            reply_fault(reader, "a label has no name of its own");
    }
    schema->labels = labels;
    schema->label_count = count;
}

/* How deep the reader is in declarations, and how many it has met. */
struct nest {
    unsigned depth, count;
};

static void get_schema(struct wire_reader *reader, struct schema *schema, struct nest *nest,
                       bool named);

static void get_fields(struct wire_reader *reader, struct schema *schema, struct nest *nest)
{
    size_t count = get_limited(reader, LEAST_SCHEMA_BYTES, WIRE_MOST_RECORDS);
    const char **names = arena_array(reader->arena, count, sizeof *names);
    schema->fields = arena_array(reader->arena, count, sizeof *schema->fields);
    for (size_t i = 0; i < count && reader->fault == NULL; i++) {
        get_schema(reader, &schema->fields[i], nest, true);
        names[i] = schema->fields[i].name;
        if (reader->fault == NULL && name_stands(names, i, names[i]))
            reply_fault(reader, "a name is declared twice");
    }
    schema->field_count = count;
}

static bool is_premise(const struct schema *schema)
{
    return schema->kind <= SCHEMA_LABEL;
}

/* A list is of records of premises, and bounded. */
static bool list_is_sound(const struct schema *schema)
{
    const struct schema *entry = schema->of;
    bool sound = schema->high >= 1 && schema->high <= LIST_MOST &&
                 schema->high == floor(schema->high) && entry->kind == SCHEMA_RECORD;
    for (size_t i = 0; sound && i < entry->field_count; i++)
        sound =
            entry->fields[i].kind <= SCHEMA_LABEL && strcmp(entry->fields[i].name, "present") != 0;
    return sound;
}

/* What the check of a scenario relies on without looking again. */
static void check_schema(struct wire_reader *reader, const struct schema *schema, bool named)
{
    bool leaf = schema->kind <= SCHEMA_COUNT || schema->kind == SCHEMA_DATA;
    bool needs_of =
        schema->kind == SCHEMA_MAP || schema->kind == SCHEMA_CASES || schema->kind == SCHEMA_LIST;
    if (named && schema->name == NULL)
        reply_fault(reader, "a declaration has no name");
    if (needs_of != (schema->of != NULL))
        reply_fault(reader, "a declaration lacks its `of`");
    if (schema->kind == SCHEMA_CASES && schema->of != NULL && !is_premise(schema->of))
        reply_fault(reader, "by_case holds no premises");
    if (schema->whole && schema->kind != SCHEMA_NUMBER)
        reply_fault(reader, "what is no number is declared whole");
    if ((schema->kind == SCHEMA_NUMBER) != (schema->unit_text != NULL))
        reply_fault(reader, "a declared number has no unit");
    if (leaf && schema->field_count > 0)
        reply_fault(reader, "a leaf declares fields");
    if (isnan(schema->low) || isnan(schema->high) || !isfinite(schema->value))
        reply_fault(reader, "a declared number is not a number");
    if ((schema->only_field == NULL) != (schema->only_value == NULL))
        reply_fault(reader, "`only_with` is cut short");
    if (schema->kind == SCHEMA_LABEL &&
        (schema->label_count == 0 || schema->value < 0 ||
         schema->value >= (double)schema->label_count || schema->value != floor(schema->value)))
        reply_fault(reader, "a label's default is not one of its names");
    for (size_t i = 0; i < schema->field_count; i++)
        if (schema->kind == SCHEMA_KINDS && schema->fields[i].kind != SCHEMA_RECORD)
            reply_fault(reader, "a kind is not a record");
    if (reader->fault == NULL && schema->kind == SCHEMA_LIST && !list_is_sound(schema))
        reply_fault(reader, "a list is not declared as one");
}

static void get_schema(struct wire_reader *reader, struct schema *schema, struct nest *nest,
                       bool named)
{
    if (nest->depth > MOST_SCHEMA_DEPTH || ++nest->count > MOST_SCHEMAS)
        reply_fault(reader, "declarations nest too deeply, or are too many");
    uint32_t kind = wire_get_u32(reader), flags = wire_get_u32(reader);
    if (kind > SCHEMA_LIST || (flags & ~(uint32_t)FLAG_ALL) != 0)
        reply_fault(reader, "an unknown kind of declaration");
    if (reader->fault != NULL)
        return;
    schema->kind = (enum schema_kind)kind;
    schema->optional = (flags & FLAG_OPTIONAL) != 0;
    schema->low_open = (flags & FLAG_LOW_OPEN) != 0;
    schema->high_open = (flags & FLAG_HIGH_OPEN) != 0;
    schema->moral = (flags & FLAG_MORAL) != 0;
    schema->has_default = (flags & FLAG_DEFAULT) != 0;
    schema->whole = (flags & FLAG_WHOLE) != 0;
    schema->name = get_text(reader);
    schema->about = get_text(reader);
    schema->unit_text = get_text(reader);
    schema->unit_scale = 1;
    if (schema->unit_text != NULL &&
        !unit_parse(schema->unit_text, &schema->unit, &schema->unit_scale))
        reply_fault(reader, "a declared unit is no unit");
    schema->low = wire_get_f64(reader);
    schema->high = wire_get_f64(reader);
    schema->value = wire_get_f64(reader);
    schema->text_default = get_text(reader);
    uint32_t status = wire_get_u32(reader);
    if (status > PREMISE_UNVERIFIED)
        reply_fault(reader, "an unknown status");
    schema->status = (enum premise_status)status;
    schema->source = get_text(reader);
    schema->only_field = get_text(reader);
    schema->only_value = get_text(reader);
    schema->line = wire_get_u32(reader);
    get_labels(reader, schema);
    nest->depth++;
    get_fields(reader, schema, nest);
    if ((flags & FLAG_OF) != 0) {
        schema->of = arena_alloc(reader->arena, sizeof *schema->of);
        get_schema(reader, schema->of, nest, false);
    }
    nest->depth--;
    check_schema(reader, schema, named);
}

/* --- declarations ---------------------------------------------------------------------------- */

static void put_declaration(struct wire_writer *writer, const struct declaration *declaration)
{
    wire_put_string(writer, declaration->id);
    wire_put_string(writer, declaration->version);
    wire_put_string(writer, declaration->title);
    wire_put_string(writer, declaration->role);
    wire_put_string(writer, declaration->about);
    const struct schema *parts[] = {declaration->model, declaration->cases, declaration->params};
    for (size_t i = 0; i < 3; i++) {
        wire_put_u32(writer, parts[i] != NULL);
        if (parts[i] != NULL)
            put_schema(writer, parts[i]);
    }
}

static struct schema *get_part(struct wire_reader *reader)
{
    uint32_t stands = wire_get_u32(reader);
    if (stands > 1)
        reply_fault(reader, "what a plugin reads is neither there nor not");
    if (stands == 0 || reader->fault != NULL)
        return NULL;
    struct schema *schema = arena_alloc(reader->arena, sizeof *schema);
    struct nest nest = {0, 0};
    get_schema(reader, schema, &nest, true);
    if (schema->kind != SCHEMA_RECORD)
        reply_fault(reader, "what a plugin reads is not a record");
    return schema;
}

static struct declaration *get_declaration(struct wire_reader *reader, const char *plugin)
{
    struct declaration *declaration = arena_alloc(reader->arena, sizeof *declaration);
    declaration->plugin = plugin;
    declaration->id = get_text(reader);
    declaration->version = get_text(reader);
    declaration->title = get_text(reader);
    declaration->role = get_text(reader);
    declaration->about = get_text(reader);
    declaration->model = get_part(reader);
    declaration->cases = get_part(reader);
    declaration->params = get_part(reader);
    if (declaration->id == NULL || declaration->version == NULL || declaration->title == NULL)
        reply_fault(reader, "the plugin does not say who it is");
    static const char *const roles[] = {"aim", "limit", "comparison", "conduct"};
    if (declaration->role != NULL && !name_stands(roles, 4, declaration->role))
        reply_fault(reader, "a theory has no such role");
    return declaration;
}

/* --- faults ---------------------------------------------------------------------------------- */

static void put_faults(struct wire_writer *writer, const struct diags *faults)
{
    wire_put_u32(writer, (uint32_t)faults->count);
    for (size_t i = 0; i < faults->count; i++) {
        const struct diag *diag = &faults->items[i];
        wire_put_u32(writer, diag->status == STATUS_SCENARIO);
        wire_put_string(writer, diag->place.file);
        wire_put_u32(writer, diag->place.line);
        wire_put_string(writer, diag->message);
        wire_put_string(writer, diag->excerpt);
        wire_put_string(writer, diag->trace);
        wire_put_string(writer, diag->remedy);
    }
}

/* The chain of calls: the only text of more than one line. */
static const char *get_lines(struct wire_reader *reader)
{
    const char *text = wire_get_string(reader);
    for (const char *c = text; c != NULL && *c != '\0'; c++)
        if (*c != '\n' && plain_offence(c) > 0)
            reply_fault(reader, "a text holds control characters");
    return text;
}

static void get_faults(struct wire_reader *reader, struct diags *diags)
{
    uint32_t count = wire_get_count(reader, LEAST_FAULT_BYTES);
    if (count == 0)
        reply_fault(reader, "the plugin failed without a reason");
    for (uint32_t i = 0; i < count && reader->fault == NULL; i++) {
        uint32_t of_input = wire_get_u32(reader);
        struct diag diag = {.status = of_input != 0 ? STATUS_SCENARIO : STATUS_PLUGIN, .width = 1};
        diag.place.file = get_text(reader);
        diag.place.line = wire_get_u32(reader);
        diag.message = get_text(reader);
        diag.excerpt = get_text(reader);
        diag.trace = get_lines(reader);
        diag.remedy = get_text(reader);
        if (diag.message == NULL)
            reply_fault(reader, "a fault says nothing");
        else if (of_input > 1 || (of_input == 1 && diag.place.file != NULL))
            reply_fault(reader, "a fault is neither of the plugin nor of its input");
        else
            diags_add(diags, &diag);
    }
}

/* --- the message ----------------------------------------------------------------------------- */

void reply_write(struct wire_writer *writer, const struct reply *reply)
{
    wire_put_u32(writer, REPLY_MAGIC);
    wire_put_u32(writer, WIRE_VERSION);
    if (reply->faults != NULL && reply->faults->errors > 0) {
        wire_put_u32(writer, REPLY_FAULTS);
        put_faults(writer, reply->faults);
    } else if (reply->declaration != NULL) {
        wire_put_u32(writer, REPLY_DECLARATION);
        put_declaration(writer, reply->declaration);
    } else {
        wire_put_u32(writer, REPLY_FRAGMENT);
        wire_put_fragment(writer, reply->fragment);
    }
    wire_put_u32(writer, REPLY_END);
}

static void get_body(struct wire_reader *reader, const char *plugin, struct reply *reply,
                     struct diags *diags)
{
    switch (wire_get_u32(reader)) {
    case REPLY_DECLARATION:
        reply->declaration = get_declaration(reader, plugin);
        break;
    case REPLY_FRAGMENT:
        reply->fragment = wire_get_fragment(reader);
        break;
    case REPLY_FAULTS:
        get_faults(reader, diags);
        break;
    default:
        reply_fault(reader, "an unknown kind of message");
    }
}

enum status reply_read(struct arena *arena, const char *plugin, const void *data, size_t size,
                       struct reply *reply, struct diags *diags)
{
    struct wire_reader reader;
    struct reply read = {NULL, NULL, NULL};
    size_t errors = diags->errors;
    wire_reader_init(&reader, arena, data, size);
    if (wire_get_u32(&reader) != REPLY_MAGIC || wire_get_u32(&reader) != WIRE_VERSION)
        reply_fault(&reader, "it does not begin as one");
    if (reader.fault == NULL)
        get_body(&reader, plugin, &read, diags);
    if (reader.fault == NULL && (wire_get_u32(&reader) != REPLY_END || reader.at != reader.size))
        reply_fault(&reader, "it does not end as one");
    if (reader.fault != NULL)
        return diags_error(diags, STATUS_PLUGIN, (struct place){plugin, 0, 0},
                           "the plugin's process sent no message that can be read: %s",
                           reader.fault);
    *reply = read;
    return diags->errors > errors ? diags_status(diags) : STATUS_OK;
}

#include "graph/wire.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "graph/wire_layout.h"

/* --- primitives, out ------------------------------------------------------------------------- */

void wire_writer_init(struct wire_writer *writer, struct arena *arena)
{
    text_init(&writer->bytes, arena);
}

static void put_little_endian(struct wire_writer *writer, uint64_t value, size_t size)
{
    char bytes[8];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(value >> (8 * i) & 0xFF);
    text_add_n(&writer->bytes, bytes, size);
}

void wire_put_u32(struct wire_writer *writer, uint32_t value)
{
    put_little_endian(writer, value, 4);
}

void wire_put_f64(struct wire_writer *writer, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_little_endian(writer, bits, 8);
}

void wire_put_string(struct wire_writer *writer, const char *string)
{
    if (string == NULL) {
        wire_put_u32(writer, WIRE_NO_STRING);
        return;
    }
    size_t length = strlen(string);
    wire_put_u32(writer, (uint32_t)length);
    text_add_n(&writer->bytes, string, length);
}

void wire_put_unit(struct wire_writer *writer, const struct unit *unit)
{
    for (int i = 0; i < UNIT_BASES; i++)
        text_add_char(&writer->bytes, (char)unit->power[i]);
    for (int i = 0; i < UNIT_CURRENCIES; i++) {
        text_add_n(&writer->bytes, unit->currency[i].code, sizeof unit->currency[i].code);
        text_add_char(&writer->bytes, (char)unit->currency[i].power);
    }
}

/* --- primitives, in -------------------------------------------------------------------------- */

void wire_reader_init(struct wire_reader *reader, struct arena *arena, const void *data,
                      size_t size)
{
    *reader = (struct wire_reader){.arena = arena, .data = data, .size = size};
}

void wire_fault(struct wire_reader *reader, const char *format, ...)
{
    if (reader->fault != NULL)
        return;
    char buffer[800];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    reader->fault = arena_string(reader->arena, buffer);
}

/* The next `size` bytes, or NULL when so many are not there. */
static const unsigned char *take(struct wire_reader *reader, size_t size)
{
    if (reader->fault == NULL && size > reader->size - reader->at)
        wire_fault(reader, "the message ends early");
    if (reader->fault != NULL)
        return NULL;
    const unsigned char *bytes = reader->data + reader->at;
    reader->at += size;
    return bytes;
}

static uint64_t get_little_endian(struct wire_reader *reader, size_t size)
{
    const unsigned char *bytes = take(reader, size);
    uint64_t value = 0;
    for (size_t i = 0; bytes != NULL && i < size; i++)
        value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

uint32_t wire_get_u32(struct wire_reader *reader)
{
    return (uint32_t)get_little_endian(reader, 4);
}

double wire_get_f64(struct wire_reader *reader)
{
    uint64_t bits = get_little_endian(reader, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

const char *wire_get_string(struct wire_reader *reader)
{
    uint32_t length = wire_get_u32(reader);
    if (length == WIRE_NO_STRING || reader->fault != NULL)
        return NULL;
    if (length > WIRE_MOST_STRING)
        wire_fault(reader, "a text has %u bytes; at most %d are read", length, WIRE_MOST_STRING);
    const char *bytes = (const char *)take(reader, length);
    if (bytes == NULL)
        return NULL;
    if (memchr(bytes, '\0', length) != NULL || text_utf8_valid(bytes, length) != length) {
        wire_fault(reader, "a text is not UTF-8, or holds a NUL");
        return NULL;
    }
    return arena_string_n(reader->arena, bytes, length);
}

const char *wire_get_text(struct wire_reader *reader, const char *what)
{
    const char *text = wire_get_string(reader);
    if (text == NULL)
        wire_fault(reader, "%s is missing", what);
    return text;
}

static bool currency_valid(const struct unit_currency *currency)
{
    if (currency->power == 0)
        return memcmp(currency->code, "\0\0", sizeof currency->code) == 0;
    for (size_t i = 0; i < sizeof currency->code; i++)
        if (currency->code[i] < 'A' || currency->code[i] > 'Z')
            return false;
    return currency->power >= -UNIT_MOST_POWER && currency->power <= UNIT_MOST_POWER;
}

/* Whether the arithmetic of units could have made it: in range, currencies sorted, no gaps. */
static bool unit_valid(const struct unit *unit)
{
    for (int i = 0; i < UNIT_BASES; i++)
        if (unit->power[i] < -UNIT_MOST_POWER || unit->power[i] > UNIT_MOST_POWER)
            return false;
    for (int i = 0; i < UNIT_CURRENCIES; i++)
        if (!currency_valid(&unit->currency[i]))
            return false;
    for (int i = 1; i < UNIT_CURRENCIES; i++) {
        const struct unit_currency *left = &unit->currency[i - 1], *right = &unit->currency[i];
        if (right->power != 0 &&
            (left->power == 0 || memcmp(left->code, right->code, sizeof left->code) >= 0))
            return false;
    }
    return true;
}

static int8_t signed_byte(unsigned char byte)
{
    return (int8_t)(byte < 128 ? byte : byte - 256);
}

struct unit wire_get_unit(struct wire_reader *reader)
{
    struct unit unit = {0};
    const unsigned char *bytes = take(reader, UNIT_BASES + UNIT_CURRENCIES * 4);
    if (bytes == NULL)
        return unit_one;
    for (int i = 0; i < UNIT_BASES; i++)
        unit.power[i] = signed_byte(*bytes++);
    for (int i = 0; i < UNIT_CURRENCIES; i++) {
        memcpy(unit.currency[i].code, bytes, sizeof unit.currency[i].code);
        unit.currency[i].power = signed_byte(bytes[3]);
        bytes += 4;
    }
    if (unit_valid(&unit))
        return unit;
    wire_fault(reader, "a unit is not one that can be made");
    return unit_one;
}

uint32_t wire_get_count(struct wire_reader *reader, size_t least)
{
    uint32_t count = wire_get_u32(reader);
    if (reader->fault == NULL && count > (reader->size - reader->at) / (least > 0 ? least : 1))
        wire_fault(reader, "a count of %u is more than the message holds", count);
    return reader->fault == NULL ? count : 0;
}

void wire_get_end(struct wire_reader *reader)
{
    if (reader->at != reader->size)
        wire_fault(reader, "%zu bytes are left over", reader->size - reader->at);
}

/* --- the graph, out -------------------------------------------------------------------------- */

static void put_strings(struct wire_writer *writer, const char *const *strings, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        wire_put_string(writer, strings[i]);
}

static void put_axis(struct wire_writer *writer, const struct axis *axis)
{
    wire_put_string(writer, axis->name);
    wire_put_u32(writer, axis->size);
    wire_put_u32(writer, (axis->labels != NULL ? WIRE_AXIS_LABELS : 0u) |
                             (axis->coordinates != NULL ? WIRE_AXIS_COORDINATES : 0u) |
                             (axis->classes ? WIRE_AXIS_CLASSES : 0u));
    wire_put_unit(writer, &axis->unit);
    if (axis->labels != NULL)
        put_strings(writer, axis->labels, axis->size);
    for (uint32_t i = 0; axis->coordinates != NULL && i < axis->size; i++)
        wire_put_f64(writer, axis->coordinates[i]);
}

static void put_names(struct wire_writer *writer, const char *const *names, uint32_t count)
{
    wire_put_u32(writer, count);
    put_strings(writer, names, count);
}

static void put_constant(struct wire_writer *writer, const struct node *node)
{
    wire_put_u32(writer, node->kind);
    if (node->kind == VALUE_NUMBER) {
        wire_put_f64(writer, node->constant);
        wire_put_unit(writer, &node->unit);
    } else {
        wire_put_u32(writer, (uint32_t)node->constant);
    }
    if (node->kind == VALUE_LABEL)
        put_names(writer, node->labels, node->label_count);
}

static void put_premise(struct wire_writer *writer, const struct graph_premise *premise)
{
    wire_put_string(writer, premise->path);
    wire_put_u32(writer, premise->kind);
    wire_put_unit(writer, &premise->unit);
    if (premise->kind == VALUE_LABEL)
        put_names(writer, premise->labels, premise->label_count);
}

static void put_port(struct wire_writer *writer, const struct graph *graph, const struct node *node)
{
    wire_put_string(writer, graph->ports[node->index].name);
    wire_put_u32(writer, node->kind);
    wire_put_unit(writer, &node->unit);
    wire_put_u32(writer, node->axes);
}

static void put_claim(struct wire_writer *writer, const struct claim *claim)
{
    wire_put_string(writer, claim->name);
    wire_put_string(writer, claim->text);
    wire_put_string(writer, claim->otherwise);
    wire_put_string(writer, claim->scheme);
    wire_put_string(writer, claim->cite);
    put_names(writer, claim->sources, claim->source_count);
    wire_put_u32(writer, claim->question_count);
    for (uint32_t i = 0; i < claim->question_count; i++) {
        wire_put_string(writer, claim->questions[i].topic);
        wire_put_string(writer, claim->questions[i].text);
        wire_put_string(writer, claim->questions[i].reply);
    }
    wire_put_u32(writer, claim->applies);
    wire_put_string(writer, claim->plugin);
    wire_put_u32(writer, claim->line);
}

static void put_arguments(struct wire_writer *writer, const struct node *node)
{
    for (uint32_t i = 0; i < node->argument_count; i++)
        wire_put_u32(writer, node->arguments[i]);
}

static void put_operation(struct wire_writer *writer, const struct node *node)
{
    if (op_arity(node->op) < 0)
        wire_put_u32(writer, node->argument_count);
    put_arguments(writer, node);
    if (node->op == OP_LOOKUP)
        wire_put_u32(writer, node->index);
}

static void put_node(struct wire_writer *writer, const struct graph *graph, const struct node *node)
{
    wire_put_string(writer, op_spelling(node->op));
    wire_put_u32(writer, node->line);
    switch (node->op) {
    case OP_CONST:
        put_constant(writer, node);
        break;
    case OP_PREMISE:
        put_premise(writer, &graph->premises[node->index]);
        break;
    case OP_PORT:
        put_port(writer, graph, node);
        break;
    case OP_CLAIM:
        put_arguments(writer, node);
        put_claim(writer, &graph->claims[node->index]);
        break;
    case OP_COORDINATE:
    case OP_STACK:
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        wire_put_u32(writer, node->index);
        put_arguments(writer, node);
        break;
    default:
        put_operation(writer, node);
    }
}

static void put_graph(struct wire_writer *writer, const struct graph *graph)
{
    wire_put_u32(writer, graph->axis_count);
    for (uint32_t i = 0; i < graph->axis_count; i++)
        put_axis(writer, &graph->axes[i]);
    wire_put_u32(writer, graph->node_count);
    for (uint32_t i = 0; i < graph->node_count; i++)
        put_node(writer, graph, &graph->nodes[i]);
}

void graph_hash(const struct graph *graph, struct arena *scratch, char hex[65])
{
    struct wire_writer writer;
    wire_writer_init(&writer, scratch);
    put_graph(&writer, graph);
    struct hasher *hasher = hasher_new(scratch);
    hasher_add(hasher, writer.bytes.data, writer.bytes.length);
    hasher_finish(hasher, hex);
}

/* --- what a plugin concluded, out ------------------------------------------------------------ */

static void put_requirements(struct wire_writer *writer, const struct requirement *requirements,
                             uint32_t count)
{
    wire_put_u32(writer, count);
    for (uint32_t i = 0; i < count; i++) {
        wire_put_string(writer, requirements[i].name);
        wire_put_string(writer, requirements[i].text);
        wire_put_u32(writer, requirements[i].relation);
        wire_put_u32(writer, requirements[i].value);
        wire_put_u32(writer, requirements[i].bound);
        wire_put_u32(writer, requirements[i].holds);
    }
}

static void put_findings(struct wire_writer *writer, const struct finding *findings, uint32_t count)
{
    wire_put_u32(writer, count);
    for (uint32_t i = 0; i < count; i++) {
        wire_put_string(writer, findings[i].name);
        wire_put_string(writer, findings[i].text);
        wire_put_string(writer, findings[i].otherwise);
        wire_put_string(writer, findings[i].note);
        wire_put_u32(writer, findings[i].value);
        wire_put_u32(writer, findings[i].holds);
    }
}

static void put_conclusion(struct wire_writer *writer, const struct conclusion *conclusion)
{
    wire_put_u32(writer, conclusion->score);
    wire_put_u32(writer, conclusion->difference);
    wire_put_u32(writer, conclusion->applies);
    wire_put_string(writer, conclusion->why_not);
    wire_put_u32(writer, conclusion->scale_count);
    for (uint32_t i = 0; i < conclusion->scale_count; i++) {
        wire_put_f64(writer, conclusion->scale[i].at);
        wire_put_string(writer, conclusion->scale[i].text);
    }
    put_requirements(writer, conclusion->requires, conclusion->requires_count);
    put_requirements(writer, conclusion->rules_out, conclusion->rules_out_count);
    put_findings(writer, conclusion->findings, conclusion->finding_count);
}

static void put_outputs(struct wire_writer *writer, const struct output *outputs, uint32_t count)
{
    wire_put_u32(writer, count);
    for (uint32_t i = 0; i < count; i++) {
        wire_put_string(writer, outputs[i].name);
        wire_put_u32(writer, outputs[i].value);
        wire_put_string(writer, outputs[i].headline);
    }
}

void wire_put_fragment(struct wire_writer *writer, const struct fragment *fragment)
{
    wire_put_u32(writer, WIRE_MAGIC);
    wire_put_u32(writer, WIRE_VERSION);
    wire_put_string(writer, fragment->instance);
    wire_put_string(writer, fragment->plugin);
    put_graph(writer, fragment->graph);
    wire_put_u32(writer, fragment->conclusion != NULL ? WIRE_THEORY : WIRE_REGIME);
    if (fragment->conclusion != NULL)
        put_conclusion(writer, fragment->conclusion);
    else
        put_outputs(writer, fragment->outputs, fragment->output_count);
    wire_put_u32(writer, WIRE_END);
}

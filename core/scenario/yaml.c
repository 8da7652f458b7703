/* libyaml's events into a tree. The parser checks the grammar; the limits and the rules of plain
 * YAML are checked here, event by event.
 *
 *   root --first--> child --next--> child --next--> NULL
 *                     |first
 *                     v
 *                   child ...
 */
#include "scenario/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct yaml_reader {
    struct arena *arena;
    const struct buffer *buffer;
    struct diags *diags;
    yaml_parser_t parser;
    yaml_event_t event;
    const char *prefix;
    struct tree *root;
    struct tree *open;                  /* the map or list that is being read */
    struct tree *last[YAML_MOST_DEPTH]; /* its last child, by depth */
    struct tree key;                    /* read, its value to come, when key.key is set */
    size_t depth, nodes, path_bytes;
    bool stop; /* nothing after this place can be trusted */
};

/* Deleting twice does no harm: libyaml clears what it deletes. */
static void reader_release(void *resource)
{
    struct yaml_reader *reader = resource;
    yaml_event_delete(&reader->event);
    yaml_parser_delete(&reader->parser);
}

/* --- places ------------------------------------------------------------------------------- */

static struct place mark_place(const struct yaml_reader *reader, const yaml_mark_t *mark)
{
    return (struct place){reader->buffer->name, (uint32_t)mark->line + 1,
                          (uint32_t)mark->column + 1};
}

static struct place event_place(const struct yaml_reader *reader)
{
    return mark_place(reader, &reader->event.start_mark);
}

static unsigned event_width(const struct yaml_reader *reader)
{
    const yaml_mark_t *start = &reader->event.start_mark, *end = &reader->event.end_mark;
    bool one_line = start->line == end->line && end->column > start->column;
    return one_line ? (unsigned)(end->column - start->column) : 1;
}

/* The place of a byte: lines end with a line feed, a carriage return, or both. */
static struct place offset_place(const struct buffer *buffer, size_t offset)
{
    struct place place = {buffer->name, 1, 1};
    bool has_mark = buffer->size >= 3 && memcmp(buffer->data, "\xEF\xBB\xBF", 3) == 0;
    for (size_t i = has_mark ? 3 : 0; i < offset; i++) {
        unsigned char c = (unsigned char)buffer->data[i];
        bool pair = c == '\r' && i + 1 < buffer->size && buffer->data[i + 1] == '\n';
        if (c == '\n' || (c == '\r' && !pair)) {
            place.line++;
            place.column = 1;
        } else if (!pair) {
            place.column += (c & 0xC0) != 0x80;
        }
    }
    return place;
}

/* Adds an error where the event stands. */
static void event_error(struct yaml_reader *reader, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void event_error(struct yaml_reader *reader, const char *remedy, const char *format, ...)
{
    char message[500];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    yaml_error(reader->diags, reader->buffer, event_place(reader), event_width(reader), remedy,
               "%s", message);
}

static void event_stop(struct yaml_reader *reader, const char *remedy, const char *message)
{
    event_error(reader, remedy, "%s", message);
    reader->stop = true;
}

/* --- what no file may hold ---------------------------------------------------------------- */

/* The first byte that is a control character, or `size`. */
static size_t control_find(const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)data[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
            return i;
    }
    return size;
}

/* libyaml says of bad bytes only that they are bad; so they are looked for first. */
static bool bytes_check(const struct buffer *buffer, struct diags *diags)
{
    if (buffer->size > YAML_MOST_BYTES) {
        diags_error(diags, STATUS_SCENARIO, (struct place){buffer->name, 0, 0},
                    "the file has %zu bytes; at most %d are read", buffer->size, YAML_MOST_BYTES);
        return false;
    }
    size_t valid = text_utf8_valid(buffer->data, buffer->size);
    size_t control = control_find(buffer->data, valid);
    if (control < valid)
        yaml_error(diags, buffer, offset_place(buffer, control), 1, "remove it",
                   "a control character (byte 0x%02X) stands in the file",
                   (unsigned)(unsigned char)buffer->data[control]);
    else if (valid < buffer->size)
        yaml_error(diags, buffer, offset_place(buffer, valid), 1, "save the file as UTF-8",
                   "not valid UTF-8 (byte 0x%02X)", (unsigned)(unsigned char)buffer->data[valid]);
    return control == buffer->size;
}

static void refuse_anchor_and_tag(struct yaml_reader *reader, const yaml_char_t *anchor,
                                  const yaml_char_t *tag)
{
    if (anchor != NULL)
        event_error(reader, "write the value where it is needed", "anchors (`&%s`) are not read",
                    text_shown(reader->arena, (const char *)anchor));
    if (tag != NULL)
        event_error(reader, "leave the tag out", "tags (`%s`) are not read",
                    text_shown(reader->arena, (const char *)tag));
}

/* --- nodes -------------------------------------------------------------------------------- */

static void link_child(struct yaml_reader *reader, struct tree *node)
{
    struct tree *parent = reader->open;
    struct tree **last = &reader->last[reader->depth - 1];
    *(parent->first == NULL ? &parent->first : &(*last)->next) = node;
    *last = node;
    parent->count++;
    node->parent = parent;
    if (parent->kind == TREE_LIST) {
        node->path = arena_printf(reader->arena, "%s.%zu", parent->path, parent->count);
        return;
    }
    node->key = reader->key.key;
    node->key_place = reader->key.key_place;
    node->key_width = reader->key.key_width;
    node->path = path_join(reader->arena, parent->path, node->key);
    reader->key.key = NULL;
}

static struct tree *node_add(struct yaml_reader *reader, enum tree_kind kind)
{
    struct tree *node = arena_alloc(reader->arena, sizeof *node);
    node->kind = kind;
    node->place = event_place(reader);
    node->width = kind == TREE_SCALAR ? event_width(reader) : 1;
    node->path = reader->prefix;
    if (reader->open == NULL)
        reader->root = node;
    else
        link_child(reader, node);
    reader->path_bytes += strlen(node->path);
    if (++reader->nodes > YAML_MOST_NODES || reader->path_bytes > YAML_MOST_PATHS)
        event_stop(reader, NULL, "the file holds too many values");
    return node;
}

static bool awaits_key(const struct yaml_reader *reader)
{
    return reader->open != NULL && reader->open->kind == TREE_MAP && reader->key.key == NULL;
}

static void open_node(struct yaml_reader *reader, enum tree_kind kind)
{
    if (awaits_key(reader)) {
        event_stop(reader, "a key is one word or a quoted text", "a map or list stands as a key");
        return;
    }
    if (reader->depth == YAML_MOST_DEPTH) {
        event_stop(reader, "at most 32 maps and lists may stand inside each other",
                   "too many maps and lists inside each other");
        return;
    }
    struct tree *node = node_add(reader, kind);
    reader->open = node;
    reader->last[reader->depth++] = NULL;
}

static int by_key_then_place(const void *left, const void *right)
{
    const struct tree *a = *(struct tree *const *)left, *b = *(struct tree *const *)right;
    int order = strcmp(a->key, b->key);
    if (order != 0)
        return order;
    if (a->key_place.line != b->key_place.line)
        return a->key_place.line < b->key_place.line ? -1 : 1;
    return a->key_place.column < b->key_place.column ? -1 : 1;
}

static void report_duplicate(struct yaml_reader *reader, const struct tree *first,
                             const struct tree *again)
{
    struct diag diag = {
        .status = STATUS_SCENARIO,
        .place = again->key_place,
        .width = again->key_width,
        .message = arena_printf(reader->arena, "the key `%s` stands twice in one map", again->key),
        .remedy = "keep one of them",
        .also = first->key_place,
        .also_note = "the first one"};
    yaml_report(reader->diags, reader->buffer, &diag);
}

/* Sorting finds duplicates at a cost that a hostile file cannot drive up. */
static void check_duplicates(struct yaml_reader *reader, const struct tree *map)
{
    struct tree **sorted = arena_array(reader->arena, map->count, sizeof(struct tree *));
    size_t count = 0;
    for (struct tree *child = map->first; child != NULL; child = child->next)
        sorted[count++] = child;
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, by_key_then_place);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (strcmp(sorted[first]->key, sorted[i]->key) == 0)
            report_duplicate(reader, sorted[first], sorted[i]);
        else
            first = i;
    }
}

static void close_node(struct yaml_reader *reader)
{
    struct tree *node = reader->open;
    if (node->kind == TREE_MAP)
        check_duplicates(reader, node);
    reader->open = node->parent;
    reader->depth--;
}

/* --- scalars ------------------------------------------------------------------------------ */

static void key_read(struct yaml_reader *reader, const char *text, size_t length)
{
    if (reader->open->count == YAML_MOST_KEYS) {
        event_stop(reader, NULL, "too many keys in one map: at most 2000 are read");
        return;
    }
    bool plain = control_find(text, length) == length && strpbrk(text, "\"\\\t\n\r") == NULL;
    if (length == 0)
        event_error(reader, "give it a name", "a key is empty");
    else if (length > YAML_MOST_KEY)
        event_stop(reader, NULL, "a key is longer than 128 bytes");
    else if (!plain)
        event_error(reader, "use another name",
                    "a key may not hold quotes, backslashes, tabs or line breaks");
    reader->key.key = arena_string_n(reader->arena, text, length);
    reader->key.key_place = event_place(reader);
    reader->key.key_width = event_width(reader);
}

static void scalar_read(struct yaml_reader *reader)
{
    const char *text = (const char *)reader->event.data.scalar.value;
    size_t length = reader->event.data.scalar.length;
    size_t control = control_find(text, length);
    if (control < length)
        event_error(reader, "remove it", "a control character (byte 0x%02X) stands in a text",
                    (unsigned)(unsigned char)text[control]);
    if (awaits_key(reader)) {
        key_read(reader, text, length);
        return;
    }
    struct tree *scalar = node_add(reader, TREE_SCALAR);
    scalar->text = arena_string_n(reader->arena, text, length);
    scalar->quoted = reader->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    scalar_classify(reader->arena, scalar);
}

/* Stands for the alias, so that reading can go on to the next fault. */
static void alias_read(struct yaml_reader *reader)
{
    const char *name = text_shown(reader->arena, (const char *)reader->event.data.alias.anchor);
    event_error(reader, "write the value where it is needed", "aliases (`*%s`) are not read", name);
    if (awaits_key(reader)) {
        reader->stop = true;
        return;
    }
    struct tree *scalar = node_add(reader, TREE_SCALAR);
    scalar->text = "";
}

/* --- events ------------------------------------------------------------------------------- */

static void document_read(struct yaml_reader *reader)
{
    const yaml_event_t *event = &reader->event;
    if (reader->root != NULL)
        event_stop(reader, "keep one; another scenario is another file",
                   "a second document begins here");
    else if (event->data.document_start.tag_directives.start !=
             event->data.document_start.tag_directives.end)
        event_stop(reader, "leave the line out", "tags are not read");
}

static void event_read(struct yaml_reader *reader)
{
    yaml_event_t *event = &reader->event;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        document_read(reader);
        break;
    case YAML_ALIAS_EVENT:
        alias_read(reader);
        break;
    case YAML_SCALAR_EVENT:
        refuse_anchor_and_tag(reader, event->data.scalar.anchor, event->data.scalar.tag);
        scalar_read(reader);
        break;
    case YAML_SEQUENCE_START_EVENT:
        refuse_anchor_and_tag(reader, event->data.sequence_start.anchor,
                              event->data.sequence_start.tag);
        open_node(reader, TREE_LIST);
        break;
    case YAML_MAPPING_START_EVENT:
        refuse_anchor_and_tag(reader, event->data.mapping_start.anchor,
                              event->data.mapping_start.tag);
        open_node(reader, TREE_MAP);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_node(reader);
        break;
    case YAML_STREAM_END_EVENT:
        reader->stop = true;
        break;
    default:
        break;
    }
}

/* What to do about a fault of grammar, where the cause is a usual one. */
static const char *grammar_remedy(const struct yaml_reader *reader, const struct place *place)
{
    const char *line = buffer_line(reader->arena, reader->buffer, place->line);
    const char *problem = reader->parser.problem;
    if (line != NULL && memchr(line, '\t', strspn(line, " \t")) != NULL)
        return "indent with spaces: YAML does not take tabs";
    if (problem != NULL && strstr(problem, "mapping values are not allowed") != NULL)
        return "quote a text that holds `: `, and indent keys of one map alike";
    if (problem != NULL && strstr(problem, "cannot start any token") != NULL)
        return "quote a text that begins with this character";
    return NULL;
}

static void grammar_error(struct yaml_reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_MEMORY_ERROR) {
        diags_error(reader->diags, STATUS_IO, (struct place){reader->buffer->name, 0, 0},
                    "memory ran out");
        return;
    }
    struct place place = parser->error == YAML_READER_ERROR
                             ? offset_place(reader->buffer, parser->problem_offset)
                             : mark_place(reader, &parser->problem_mark);
    bool context = parser->context != NULL && parser->context[0] != '\0';
    yaml_error(reader->diags, reader->buffer, place, 1, grammar_remedy(reader, &place),
               "not valid YAML: %s%s%s", parser->problem != NULL ? parser->problem : "unknown",
               context ? " " : "", context ? parser->context : "");
}

static void events_read(struct yaml_reader *reader)
{
    while (!reader->stop) {
        if (!yaml_parser_parse(&reader->parser, &reader->event)) {
            grammar_error(reader);
            return;
        }
        event_read(reader);
        yaml_event_delete(&reader->event);
    }
}

static bool parser_open(struct yaml_reader *reader)
{
    const struct buffer *buffer = reader->buffer;
    if (!yaml_parser_initialize(&reader->parser)) {
        diags_error(reader->diags, STATUS_IO, (struct place){buffer->name, 0, 0}, "memory ran out");
        return false;
    }
    arena_defer(reader->arena, reader_release, reader);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)buffer->data,
                                 buffer->size);
    return true;
}

static bool is_empty(const struct tree *root)
{
    return root == NULL || (root->kind == TREE_SCALAR && !root->quoted && root->text[0] == '\0');
}

struct tree *yaml_read_below(struct arena *arena, const struct buffer *buffer, const char *prefix,
                             struct diags *diags)
{
    size_t errors = diags->errors;
    struct yaml_reader *reader = arena_alloc(arena, sizeof *reader);
    reader->arena = arena;
    reader->buffer = buffer;
    reader->diags = diags;
    reader->prefix = prefix;
    if (!bytes_check(buffer, diags) || !parser_open(reader))
        return NULL;
    events_read(reader);
    reader_release(reader);
    if (diags->errors == errors && is_empty(reader->root))
        yaml_error(diags, buffer, (struct place){buffer->name, 1, 1}, 1, NULL,
                   "the file holds nothing");
    return diags->errors == errors ? reader->root : NULL;
}

struct tree *yaml_read(struct arena *arena, const struct buffer *buffer, struct diags *diags)
{
    return yaml_read_below(arena, buffer, "", diags);
}

/* Finding one's way in a tree, and showing where a fault stands in its file. */
#include "scenario/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { EXCERPT_COLUMNS = 120, EXCERPT_MOST = 1000, SHOWN_BYTES = 60 };

/* --- keys and paths ----------------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_part(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool key_is_id(const char *key)
{
    if (!is_letter(key[0]))
        return false;
    for (; *key != '\0'; key++)
        if (!is_name_part(*key))
            return false;
    return true;
}

/* A Lua name may begin with an underscore, an id may not. */
static bool key_is_bare(const char *key)
{
    return key_is_id(key) || (key[0] == '_' && (key[1] == '\0' || key_is_id(key + 1)));
}

const char *path_join(struct arena *arena, const char *path, const char *key)
{
    const char *dot = path[0] == '\0' ? "" : ".";
    const char *quote = key_is_bare(key) ? "" : "\"";
    return arena_printf(arena, "%s%s%s%s%s", path, dot, quote, key, quote);
}

struct tree *tree_child(const struct tree *map, const char *key)
{
    if (map == NULL || map->kind != TREE_MAP)
        return NULL;
    for (struct tree *child = map->first; child != NULL; child = child->next)
        if (strcmp(child->key, key) == 0)
            return child;
    return NULL;
}

/* One step of a path: `length` bytes at `start`. */
struct step {
    const char *start;
    size_t length;
};

/* Takes the first step off `path`; false when it is not well formed. */
static bool step_take(const char **path, struct step *step)
{
    const char *at = *path;
    bool quoted = *at == '"';
    const char *end = quoted ? strchr(at + 1, '"') : at + strcspn(at, ".");
    if (end == NULL)
        return false;
    step->start = at + quoted;
    step->length = (size_t)(end - step->start);
    end += quoted;
    if (step->length == 0 || (*end != '\0' && (*end != '.' || end[1] == '\0')))
        return false;
    *path = end + (*end == '.');
    return true;
}

static bool step_fits(const struct step *step, const char *key)
{
    return strncmp(key, step->start, step->length) == 0 && key[step->length] == '\0';
}

static struct tree *step_find(const struct tree *parent, const struct step *step)
{
    size_t number = 1;
    for (struct tree *child = parent->first; child != NULL; child = child->next, number++) {
        char item[24];
        snprintf(item, sizeof item, "%zu", number);
        if (step_fits(step, parent->kind == TREE_LIST ? item : child->key))
            return child;
    }
    return NULL;
}

struct tree *tree_find(struct tree *root, const char *path)
{
    struct tree *node = root;
    struct step step;
    while (node != NULL && *path != '\0') {
        if (!step_take(&path, &step))
            return NULL;
        node = step_find(node, &step);
    }
    return node;
}

/* --- changing a tree ---------------------------------------------------------------------- */

void tree_append(struct tree *parent, struct tree *child)
{
    struct tree **end = &parent->first;
    while (*end != NULL)
        end = &(*end)->next;
    *end = child;
    child->next = NULL;
    child->parent = parent;
    parent->count++;
}

void tree_remove(struct tree *child)
{
    struct tree **link = &child->parent->first;
    while (*link != child)
        link = &(*link)->next;
    *link = child->next;
    child->parent->count--;
}

static const char *path_below(struct arena *arena, const struct tree *parent, const char *key,
                              size_t number)
{
    if (key != NULL)
        return path_join(arena, parent->path, key);
    return arena_printf(arena, "%s.%zu", parent->path, number);
}

struct tree *tree_copy(struct arena *arena, const struct tree *node, struct tree *parent)
{
    struct tree *copy = arena_alloc(arena, sizeof *copy);
    *copy = *node;
    copy->path = path_below(arena, parent, node->key, parent->count + 1);
    copy->parent = parent;
    copy->first = copy->next = NULL;
    copy->count = 0;
    copy->premise = 0;
    struct tree **end = &copy->first;
    for (const struct tree *child = node->first; child != NULL; child = child->next) {
        *end = tree_copy(arena, child, copy);
        end = &(*end)->next;
        copy->count++;
    }
    return copy;
}

void tree_mark_read(struct tree *node)
{
    node->read = true;
    for (struct tree *child = node->first; child != NULL; child = child->next)
        tree_mark_read(child);
}

/* --- showing ------------------------------------------------------------------------------ */

const char *text_shown(struct arena *arena, const char *text)
{
    struct text shown;
    text_init(&shown, arena);
    for (; *text != '\0' && shown.length < SHOWN_BYTES; text++)
        text_add_char(&shown, *text == '\n' || *text == '\t' ? ' ' : *text);
    while (((unsigned char)*text & 0xC0) == 0x80)
        text_add_char(&shown, *text++);
    if (*text != '\0')
        text_add(&shown, "...");
    return shown.data;
}

/* Bytes of the line break at `at`, 0 when there is none: those that YAML 1.1 knows. */
static size_t line_break(const struct buffer *buffer, size_t at)
{
    const unsigned char *data = (const unsigned char *)buffer->data + at;
    size_t left = buffer->size - at;
    if (data[0] == '\r')
        return left > 1 && data[1] == '\n' ? 2 : 1;
    if (data[0] == '\n')
        return 1;
    if (left > 1 && data[0] == 0xC2 && data[1] == 0x85)
        return 2;
    bool separator = left > 2 && data[0] == 0xE2 && data[1] == 0x80;
    return separator && (data[2] == 0xA8 || data[2] == 0xA9) ? 3 : 0;
}

static bool buffer_has_mark(const struct buffer *buffer)
{
    return buffer->size >= 3 && memcmp(buffer->data, "\xEF\xBB\xBF", 3) == 0;
}

/* Where line `line` begins, or the size of the buffer when there is none. */
static size_t line_start(const struct buffer *buffer, uint32_t line)
{
    size_t at = buffer_has_mark(buffer) ? 3 : 0;
    for (uint32_t now = 1; now < line && at < buffer->size;) {
        size_t step = line_break(buffer, at);
        now += step > 0;
        at += step > 0 ? step : 1;
    }
    return at;
}

/* Adds the character at `at`, or `?` when a terminal should not see it. Returns its bytes. */
static size_t add_shown(struct text *line, const struct buffer *buffer, size_t at)
{
    const char *data = buffer->data + at;
    unsigned char c = (unsigned char)data[0];
    size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (length > buffer->size - at || text_utf8_valid(data, length) != length)
        length = 0;
    bool control = (c < 0x20 && c != '\t') || c == 0x7F;
    bool high_control = c == 0xC2 && length == 2 && (unsigned char)data[1] < 0xA0;
    if (length == 0 || control || high_control)
        text_add_char(line, '?');
    else
        text_add_n(line, data, length);
    return length == 0 ? 1 : length;
}

static const char *line_text(struct arena *arena, const struct buffer *buffer, uint32_t line,
                             size_t most)
{
    size_t at = line_start(buffer, line);
    if (line == 0 || (at >= buffer->size && line > 1))
        return NULL;
    struct text text;
    text_init(&text, arena);
    for (size_t column = 0; column < most && at < buffer->size; column++) {
        if (line_break(buffer, at) > 0)
            break;
        at += add_shown(&text, buffer, at);
    }
    return text.data;
}

const char *buffer_line(struct arena *arena, const struct buffer *buffer, uint32_t line)
{
    return line_text(arena, buffer, line, EXCERPT_COLUMNS);
}

void yaml_report(struct diags *diags, const struct buffer *buffer, const struct diag *diag)
{
    struct diag full = *diag;
    const struct place *place = &diag->place;
    bool here = place->line > 0 && place->file != NULL && strcmp(place->file, buffer->name) == 0;
    /* Far to the right in a long line the line is no help, and a long one is no sight. */
    size_t columns = place->column + diag->width;
    if (columns < EXCERPT_COLUMNS)
        columns = EXCERPT_COLUMNS;
    bool room = diags->count < DIAGS_MOST && columns < EXCERPT_MOST;
    if (here && room)
        full.excerpt = line_text(diags->arena, buffer, place->line, columns);
    diags_add(diags, &full);
}

void yaml_error(struct diags *diags, const struct buffer *buffer, struct place place,
                unsigned width, const char *remedy, const char *format, ...)
{
    char message[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    struct diag diag = {.status = STATUS_SCENARIO,
                        .place = place,
                        .width = width,
                        .message = arena_string(diags->arena, message),
                        .remedy = remedy};
    yaml_report(diags, buffer, &diag);
}

#include "scenario/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- faults ------------------------------------------------------------------------------- */

static bool place_same(const struct place *a, const struct place *b)
{
    bool same_file = a->file == b->file || (a->file && b->file && strcmp(a->file, b->file) == 0);
    return same_file && a->line == b->line && a->column == b->column;
}

static bool is_reported(const struct diags *diags, const struct diag *diag)
{
    for (size_t i = 0; i < diags->count; i++)
        if (place_same(&diags->items[i].place, &diag->place) &&
            strcmp(diags->items[i].message, diag->message) == 0)
            return true;
    return false;
}

/* The length of "cases.<class>." at `text`, or 0. */
static size_t class_path(const struct scenario *scenario, const char *text)
{
    if (strncmp(text, "cases.", 6) != 0)
        return 0;
    size_t length = strcspn(text + 6, ".`");
    for (size_t i = 0; text[6 + length] == '.' && i < scenario->case_count; i++)
        if (strlen(scenario->cases[i]) == length &&
            strncmp(scenario->cases[i], text + 6, length) == 0)
            return length + 7;
    return 0;
}

static bool in_records(const struct scenario *scenario, const struct place *place)
{
    const struct tree *map = tree_child(scenario->root, "records");
    if (scenario->records == NULL || map == NULL || place->file == NULL ||
        strcmp(place->file, scenario->file.name) != 0)
        return false;
    const struct tree *next = map->next;
    bool ends = next != NULL && next->key_place.line > map->key_place.line;
    return place->line >= map->key_place.line && (!ends || place->line < next->key_place.line);
}

/* What stands once under `columns:` was copied for every class: it is told once, by the name it is
 * written under. */
static const char *as_written(struct reader *reader, const struct diag *diag, const char *message)
{
    const struct scenario *scenario = reader->scenario;
    struct text text;
    if (!in_records(scenario, &diag->place))
        return message;
    text_init(&text, reader->diags->arena);
    while (*message != '\0') {
        size_t length = class_path(scenario, message);
        if (length > 0)
            text_add(&text, "records.columns.");
        else
            text_add_char(&text, *message);
        message += length > 0 ? length : 1;
    }
    return text.data;
}

void fault_report(struct reader *reader, struct diag diag, const char *format, ...)
{
    char message[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    diag.message = as_written(reader, &diag, arena_string(reader->diags->arena, message));
    if (!is_reported(reader->diags, &diag))
        yaml_report(reader->diags, reader->file, &diag);
}

static struct diag fault_at(struct place place, unsigned width, const char *remedy,
                            const struct declared *declared)
{
    struct diag diag = {
        .status = STATUS_SCENARIO, .place = place, .width = width, .remedy = remedy};
    if (declared != NULL && declared->plugin != NULL) {
        diag.also = (struct place){declared->plugin, declared->line, 0};
        diag.also_note = "declared here";
    }
    return diag;
}

struct diag fault_at_value(const struct tree *node, const char *remedy,
                           const struct declared *declared)
{
    return fault_at(node->place, node->width, remedy, declared);
}

struct diag fault_at_key(const struct tree *node, const char *remedy,
                         const struct declared *declared)
{
    if (node->key == NULL || node->key_place.file == NULL)
        return fault_at_value(node, remedy, declared);
    return fault_at(node->key_place, node->key_width, remedy, declared);
}

enum { LISTED_NAMES = 12 };

const char *names_listed(struct arena *arena, const char *const *names, size_t count)
{
    struct text text;
    text_init(&text, arena);
    text_add(&text, count == 1 ? "it can only be " : "one of ");
    for (size_t i = 0; i < count && i < LISTED_NAMES; i++)
        text_printf(&text, "%s`%s`", i > 0 ? ", " : "", names[i]);
    text_add(&text, count > LISTED_NAMES ? ", ..." : "");
    return count > 0 ? text.data : NULL;
}

const char *remedy_for_name(struct arena *arena, const char *wrong, const char *const *names,
                            size_t count)
{
    const char *near = suggest(wrong, names, count);
    if (near != NULL)
        return arena_printf(arena, "did you mean `%s`?", near);
    return names_listed(arena, names, count);
}

const char *node_name(struct arena *arena, const struct tree *node)
{
    if (node->path[0] == '\0')
        return "the file";
    return arena_printf(arena, "`%s`", node->path);
}

/* --- plain values ------------------------------------------------------------------------- */

static const char *kind_name(const struct tree *node)
{
    return node->kind == TREE_MAP ? "a map" : "a list";
}

/* How a message speaks of a value that should have been something else. */
static const char *value_shown(struct reader *reader, const struct tree *node)
{
    if (node->kind != TREE_SCALAR)
        return kind_name(node);
    if (node->text[0] == '\0')
        return "empty";
    return arena_printf(reader->arena, "`%s`", text_shown(reader->arena, node->text));
}

const char *text_value(struct reader *reader, struct tree *node)
{
    node->read = true;
    if (node->kind == TREE_SCALAR && node->text[0] != '\0')
        return node->text;
    tree_mark_read(node);
    fault_report(reader, fault_at_value(node, NULL, NULL), "%s must be a text, not %s",
                 node_name(reader->arena, node), value_shown(reader, node));
    return NULL;
}

static const char *truth_remedy(const struct tree *node)
{
    static const char *const yes[] = {"yes", "Yes", "YES", "on", "On", "ON", "True", "TRUE", "1"};
    static const char *const no[] = {"no", "No", "NO", "off", "Off", "OFF", "False", "FALSE", "0"};
    const char *text = node->kind == TREE_SCALAR ? node->text : "";
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (strcmp(text, yes[i]) == 0)
            return "write `true`";
        if (strcmp(text, no[i]) == 0)
            return "write `false`";
    }
    bool quoted = strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
    return quoted ? "leave the quotes out" : NULL;
}

bool truth_value(struct reader *reader, struct tree *node, bool *value)
{
    node->read = true;
    if (node->kind == TREE_SCALAR && node->scalar == SCALAR_TRUTH) {
        *value = node->text[0] == 't';
        return true;
    }
    tree_mark_read(node);
    fault_report(reader, fault_at_value(node, truth_remedy(node), NULL),
                 "%s must be `true` or `false`, not %s", node_name(reader->arena, node),
                 value_shown(reader, node));
    return false;
}

bool plain_number(struct reader *reader, struct tree *node, double *value)
{
    node->read = true;
    bool is_number = node->kind == TREE_SCALAR && node->scalar == SCALAR_NUMBER;
    if (is_number && node->unit == NULL) {
        *value = node->number;
        return true;
    }
    tree_mark_read(node);
    if (is_number)
        fault_report(reader, fault_at_value(node, "leave the unit out", NULL),
                     "%s must be a number without unit", node_name(reader->arena, node));
    else
        fault_not_number(reader, node, NULL);
    return false;
}

/* --- what looks almost like a number ------------------------------------------------------ */

static const char *const unit_words[] = {"month", "year", "day", "week", "person", "item",
                                         "hu",    "pme",  "USD", "EUR",  "GBP"};

/* The text without the characters in `without`. */
static const char *text_without(struct arena *arena, const char *text, const char *without)
{
    struct text kept;
    text_init(&kept, arena);
    for (; *text != '\0'; text++)
        if (strchr(without, *text) == NULL)
            text_add_char(&kept, *text);
    return kept.data;
}

static bool is_number_text(const char *text)
{
    double number;
    size_t length = number_read(text, &number);
    return length > 0 && text[length] == '\0';
}

static const char *write_instead(struct arena *arena, const char *text)
{
    if (!is_number_text(text))
        return NULL;
    return arena_printf(arena, "write `%s`", text_shown(arena, text));
}

static const char *point_remedy(struct arena *arena, const char *text)
{
    size_t minus = text[0] == '-';
    size_t length = strlen(text);
    if (text[minus] == '.')
        return write_instead(arena, arena_printf(arena, "%s0%s", minus ? "-" : "", text + minus));
    if (length > 0 && text[length - 1] == '.')
        return write_instead(arena, arena_string_n(arena, text, length - 1));
    return NULL;
}

static const char *percent_remedy(struct arena *arena, const char *text)
{
    char shown[NUMBER_TEXT];
    double number;
    size_t length = number_read(text, &number);
    const char *rest = text + length + strspn(text + length, " ");
    if (length == 0 || strcmp(rest, "%") != 0)
        return NULL;
    return arena_printf(arena, "write `%s`", number_write(shown, number / 100));
}

static const char *word_remedy(struct arena *arena, const char *text)
{
    static const char *const endless[] = {"inf",  "-inf", ".inf", "-.inf", "Infinity",
                                          "+inf", "nan",  ".nan", "NaN",   ".NaN"};
    for (size_t i = 0; i < sizeof endless / sizeof *endless; i++)
        if (strcmp(text, endless[i]) == 0)
            return arena_string(arena, "a number must be finite");
    if (strncmp(text, "0x", 2) == 0 || strncmp(text, "0o", 2) == 0)
        return "write it in decimal";
    if (strchr(text, ':') != NULL && text[strspn(text, "0123456789:.")] == '\0')
        return "write it without `:`, in one unit";
    return NULL;
}

static const char *nearest_unit(const char *word)
{
    return suggest(word, unit_words, sizeof unit_words / sizeof *unit_words);
}

const char *unit_remedy(struct arena *arena, const char *text)
{
    double number, scale;
    struct unit unit;
    size_t length = number_read(text, &number);
    const char *word = text + length + strspn(text + length, " ");
    bool is_unit = *word != '/' && unit_parse(word, &unit, &scale);
    const char *right = is_unit ? word : nearest_unit(word);
    if (right == NULL)
        return NULL;
    if (length == 0)
        return is_unit ? NULL : arena_printf(arena, "did you mean `%s`?", right);
    return arena_printf(arena, "write `%s %s`", arena_string_n(arena, text, length),
                        text_shown(arena, right));
}

static const char *quantity_remedy(struct arena *arena, const char *text)
{
    double number;
    return number_read(text, &number) > 0 ? unit_remedy(arena, text) : NULL;
}

/* 010 -> 10 */
static const char *zeros_remedy(struct arena *arena, const char *text)
{
    size_t minus = text[0] == '-';
    size_t zeros = strspn(text + minus, "0");
    bool whole = text[minus + zeros] == '\0' || text[minus + zeros] == '.';
    const char *rest = text + minus + zeros - (zeros > 0 && whole);
    return zeros == 0 ? NULL
                      : write_instead(arena, arena_printf(arena, "%s%s", minus ? "-" : "", rest));
}

static const char *number_remedy(struct arena *arena, const struct tree *node)
{
    if (node->kind != TREE_SCALAR || node->text[0] == '\0')
        return NULL;
    const char *text = node->text;
    if (node->quoted && is_number_text(text))
        return "leave the quotes out";
    const char *(*const remedies[])(struct arena *, const char *) = {
        word_remedy, point_remedy, percent_remedy, zeros_remedy, quantity_remedy};
    const char *remedy = write_instead(arena, text_without(arena, text, "_,"));
    for (size_t i = 0; remedy == NULL && i < sizeof remedies / sizeof *remedies; i++)
        remedy = remedies[i](arena, text);
    return remedy;
}

void fault_not_number(struct reader *reader, const struct tree *node,
                      const struct declared *declared)
{
    if (reader->diags->count == DIAGS_MOST) {
        fault_report(reader, fault_at_value(node, NULL, NULL), "not a number");
        return;
    }
    const char *remedy = number_remedy(reader->arena, node);
    fault_report(reader, fault_at_value(node, remedy, declared), "%s must be a number, not %s",
                 node_name(reader->arena, node), value_shown(reader, node));
}

/* --- keys --------------------------------------------------------------------------------- */

const char *const core_keys[CORE_KEYS] = {"kind", "like", "title", "source", "status", "note"};

bool key_is_core(const char *key)
{
    for (size_t i = 0; i < CORE_KEYS; i++)
        if (strcmp(key, core_keys[i]) == 0)
            return true;
    return false;
}

static bool is_among(const char *key, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(key, names[i]) == 0)
            return true;
    return false;
}

void check_keys(struct reader *reader, struct tree *map, const char *const *names, size_t count)
{
    for (struct tree *child = map->first; child != NULL; child = child->next) {
        child->read = true;
        if (is_among(child->key, names, count))
            continue;
        bool room = reader->diags->count < DIAGS_MOST;
        const char *remedy = room ? remedy_for_name(reader->arena, child->key, names, count) : NULL;
        fault_report(reader, fault_at_key(child, remedy, NULL), "unknown key `%s`", child->key);
    }
}

const char *const *section_names(struct reader *reader, const char *key, size_t *count)
{
    const struct tree *section = tree_child(reader->scenario->root, key);
    *count = 0;
    if (section == NULL || section->kind != TREE_MAP)
        return NULL;
    const char **names = arena_array(reader->arena, section->count, sizeof *names);
    for (const struct tree *child = section->first; child != NULL; child = child->next)
        if (!key_is_core(child->key))
            names[(*count)++] = child->key;
    return names;
}

bool map_is_premise(const struct tree *map)
{
    static const char *const marks[] = {"value",     "uniform", "triangular", "normal",
                                        "lognormal", "beta",    "choice",     "samples"};
    if (map->kind != TREE_MAP)
        return false;
    for (const struct tree *child = map->first; child != NULL; child = child->next)
        if (is_among(child->key, marks, sizeof marks / sizeof *marks))
            return true;
    return false;
}

#include "records/column.h"

#include <math.h>
#include <string.h>

/* Whole numbers of few digits, by far the most frequent, without the C library. */
static bool read_short(const struct csv_cell *cell, double *value)
{
    bool negative = cell->length > 0 && cell->text[0] == '-';
    const char *digits = cell->text + negative;
    size_t count = cell->length - negative;
    int64_t whole = 0;
    if (count == 0 || count > 15 || (digits[0] == '0' && count > 1))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (digits[i] < '0' || digits[i] > '9')
            return false;
        whole = 10 * whole + (digits[i] - '0');
    }
    *value = (double)(negative ? -whole : whole);
    return true;
}

static const char *cell_text(struct arena *arena, const struct csv_cell *cell)
{
    size_t length = cell->length < 60 ? cell->length : 60;
    char *text = arena_string_n(arena, cell->text, length);
    text[text_utf8_valid(text, length)] = '\0';
    for (char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
    return text;
}

static bool within(const struct schema *schema, double value)
{
    bool above = schema->low_open ? value > schema->low : value >= schema->low;
    bool below = schema->high_open ? value < schema->high : value <= schema->high;
    return above && below;
}

static const char *outside(struct arena *arena, const struct schema *schema, double value)
{
    char shown[NUMBER_TEXT], end[NUMBER_TEXT];
    bool low = schema->low_open ? value <= schema->low : value < schema->low;
    const char *bound = low                 ? schema->low_open ? "above" : "at least"
                        : schema->high_open ? "below"
                                            : "at most";
    return arena_printf(arena, "must be %s %s, not %s", bound,
                        number_write(end, low ? schema->low : schema->high),
                        number_write(shown, value));
}

static bool read_number(const struct schema *schema, const struct csv_cell *cell, double *value,
                        struct arena *arena, const char **fault)
{
    double read = 0;
    if (!read_short(cell, &read)) {
        char text[400];
        if (cell->length >= sizeof text) {
            *fault = "a number is wanted here";
            return false;
        }
        memcpy(text, cell->text, cell->length);
        text[cell->length] = '\0';
        if (number_read(text, &read) != cell->length || cell->length == 0) {
            *fault = arena_printf(arena, "`%s` is no number", cell_text(arena, cell));
            return false;
        }
    }
    if (!within(schema, read)) {
        *fault = outside(arena, schema, read);
        return false;
    }
    if (schema->whole && read != floor(read)) {
        char shown[NUMBER_TEXT];
        *fault = arena_printf(arena, "must be a whole number, not %s", number_write(shown, read));
        return false;
    }
    *value = read * schema->unit_scale;
    return true;
}

static bool read_truth(const struct csv_cell *cell, double *value, struct arena *arena,
                       const char **fault)
{
    if (csv_cell_is(cell, "true") || csv_cell_is(cell, "false")) {
        *value = cell->text[0] == 't';
        return true;
    }
    *fault = arena_printf(arena, "`%s` is neither `true` nor `false`", cell_text(arena, cell));
    return false;
}

static bool read_label(const struct schema *schema, const struct csv_cell *cell, double *value,
                       struct arena *arena, const char **fault)
{
    for (size_t i = 0; i < schema->label_count; i++)
        if (csv_cell_is(cell, schema->labels[i])) {
            *value = (double)i;
            return true;
        }
    const char *text = cell_text(arena, cell);
    const char *near = suggest(text, schema->labels, schema->label_count);
    struct text names;
    text_init(&names, arena);
    for (size_t i = 0; i < schema->label_count; i++)
        text_printf(&names, "%s`%s`", i == 0 ? "" : ", ", schema->labels[i]);
    *fault = near != NULL ? arena_printf(arena, "there is no `%s`: did you mean `%s`?", text, near)
                          : arena_printf(arena, "there is no `%s`: one of %s", text, names.data);
    return false;
}

bool column_value(const struct schema *schema, const struct csv_cell *cell, double *value,
                  struct arena *arena, const char **fault)
{
    if (schema->kind == SCHEMA_TRUTH)
        return read_truth(cell, value, arena, fault);
    if (schema->kind == SCHEMA_LABEL)
        return read_label(schema, cell, value, arena, fault);
    return read_number(schema, cell, value, arena, fault);
}

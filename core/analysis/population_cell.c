/* What a cell of the records says under a use of its column. */
#include <math.h>
#include <string.h>

#include "analysis/population_parts.h"
#include "records/column.h"

struct saying {
    struct roll *roll;
    const struct record_column *use;
    size_t at; /* the column of the file */
    const struct csv_row *row;
    const struct csv_cell *cell;
    bool quiet;
};

static bool listens(const struct saying *saying)
{
    return !saying->quiet && diags_have_room(saying->roll->diags);
}

/* `message` and `remedy` need only be made where somebody listens. */
static bool say(const struct saying *saying, const char *message, const char *remedy)
{
    if (!saying->quiet)
        roll_fault(saying->roll, saying->row, saying->at, message, remedy);
    return false;
}

/* The code that the cell says, or code_count. */
static size_t code_said(const struct saying *saying)
{
    const struct records *records = saying->roll->records;
    size_t i = 0;
    while (i < records->code_count &&
           !(csv_cell_is(saying->cell, records->codes[i].text) &&
             record_code_applies(&records->codes[i], saying->use->column)))
        i++;
    return i;
}

/* --- numbers ---------------------------------------------------------------------------------- */

static bool fault_code(const struct saying *saying, size_t code)
{
    if (!listens(saying))
        return say(saying, "", NULL);
    struct arena *arena = saying->roll->diags->arena;
    const char *name = saying->roll->records->codes[code].name;
    if (saying->roll->records->is_private)
        return say(
            saying,
            arena_printf(arena, "it says a code, which is no number for `%s`", saying->use->name),
            "add `codes: {code: number}` there for every code of the column");
    return say(
        saying,
        arena_printf(arena, "it says `%s`, which is no number for `%s`", name, saying->use->name),
        arena_printf(arena,
                     "add `codes: {%s: number}` there, or keep the code to its own column: "
                     "`records.codes: {column: {%s: text}}`",
                     name, name));
}

static bool fault_number(const struct saying *saying)
{
    if (!listens(saying))
        return say(saying, "", NULL);
    struct arena *arena = saying->roll->diags->arena;
    return say(saying,
               arena_printf(arena, "%s is no number", roll_shown(saying->roll, saying->cell)),
               "a number such as 12, -0.5 or 1e3; other texts need a name in `records.codes`");
}

static bool fault_outside(const struct saying *saying, const struct schema *schema, bool low,
                          double value)
{
    if (!listens(saying))
        return say(saying, "", NULL);
    struct arena *arena = saying->roll->diags->arena;
    char end[NUMBER_TEXT], shown[NUMBER_TEXT];
    bool open = low ? schema->low_open : schema->high_open;
    const char *words = low ? open ? "above" : "at least" : open ? "below" : "at most";
    const char *unit =
        schema->unit_text == NULL || unit_is_one(&schema->unit) ? "" : schema->unit_text;
    const char *bound =
        arena_printf(arena, "must be %s %s%s%s", words,
                     number_write(end, low ? schema->low : schema->high), unit[0] ? " " : "", unit);
    if (saying->roll->records->is_private)
        return say(saying, arena_printf(arena, "`%s` %s", saying->use->name, bound), NULL);
    return say(saying,
               arena_printf(arena, "`%s` %s, not %s", saying->use->name, bound,
                            number_write(shown, value / schema->unit_scale)),
               NULL);
}

static bool is_whole(const struct saying *saying, double value)
{
    const struct schema *whole = saying->use->whole;
    if (whole == NULL || schema_is_whole(whole, value))
        return true;
    if (!listens(saying))
        return say(saying, "", NULL);
    return say(
        saying,
        arena_printf(saying->roll->diags->arena, "`%s` must be a whole number", saying->use->name),
        NULL);
}

/* Cells in another unit than the bound may differ from it in the last bits. */
static bool is_within(const struct saying *saying, double value)
{
    const struct schema *low = saying->use->low, *high = saying->use->high;
    double slack = 1e-12 * fabs(value);
    if (low != NULL) {
        double end = low->low * low->unit_scale;
        if (value < end - slack || (low->low_open && value <= end))
            return fault_outside(saying, low, true, value);
    }
    if (high != NULL) {
        double end = high->high * high->unit_scale;
        if (value > end + slack || (high->high_open && value >= end))
            return fault_outside(saying, high, false, value);
    }
    return true;
}

static bool number_said(const struct saying *saying, double *value)
{
    static const struct schema plain = {
        .kind = SCHEMA_NUMBER, .unit_scale = 1, .low = -HUGE_VAL, .high = HUGE_VAL};
    const struct record_column *use = saying->use;
    const char *fault;
    double read;
    size_t code = code_said(saying);
    if (code < saying->roll->records->code_count) {
        *value = use->code_values[code];
        return !isnan(*value) || fault_code(saying, code);
    }
    if (!column_value(&plain, saying->cell, &read, saying->roll->arena, &fault))
        return fault_number(saying);
    *value = read / use->per * use->scale;
    if (!isfinite(*value))
        return say(saying, "the number is too large", NULL);
    return is_within(saying, *value) && is_whole(saying, *value);
}

/* --- truths and names ------------------------------------------------------------------------- */

static bool truth_said(const struct saying *saying, double *value)
{
    const struct records *records = saying->roll->records;
    if (saying->use->is != NULL) {
        size_t code = code_said(saying);
        *value =
            code < records->code_count && strcmp(records->codes[code].name, saying->use->is) == 0;
        return true;
    }
    *value = csv_cell_is(saying->cell, "true");
    if (*value > 0 || csv_cell_is(saying->cell, "false"))
        return true;
    if (!listens(saying))
        return say(saying, "", NULL);
    return say(saying,
               arena_printf(saying->roll->diags->arena, "%s is neither `true` nor `false`",
                            roll_shown(saying->roll, saying->cell)),
               "for another text give it a name in `records.codes`, and write `is: name`");
}

static size_t label_find(const struct record_column *use, const char *text, size_t length)
{
    size_t i = 0;
    while (i < use->label_count &&
           !(strlen(use->labels[i]) == length && memcmp(use->labels[i], text, length) == 0))
        i++;
    return i;
}

static bool label_said(const struct saying *saying, double *value)
{
    const struct record_column *use = saying->use;
    const struct csv_cell *cell = saying->cell;
    size_t label = use->label_count;
    if (use->names == NULL)
        label = label_find(use, cell->text, cell->length);
    for (size_t i = 0; i < use->name_count && label == use->label_count; i++)
        if (csv_cell_is(cell, use->names[i].text))
            label = label_find(use, use->names[i].name, strlen(use->names[i].name));
    *value = (double)label;
    if (label < use->label_count)
        return true;
    if (!listens(saying))
        return say(saying, "", NULL);
    struct arena *arena = saying->roll->diags->arena;
    struct text names;
    text_init(&names, arena);
    for (size_t i = 0; i < use->label_count; i++)
        text_printf(&names, "%s`%s`", i == 0 ? "one of " : ", ", use->labels[i]);
    return say(
        saying,
        arena_printf(arena, "%s is no value of `%s`", roll_shown(saying->roll, cell), use->name),
        use->names != NULL ? "add it to `names` there" : names.data);
}

bool record_cell_value(struct roll *roll, size_t use, const struct csv_row *row, bool quiet,
                       double *value)
{
    size_t at = roll->use_at[use];
    const struct record_column *column = &roll->records->columns[use];
    struct saying saying = {roll, column, at, row, &row->cells[at], quiet};
    if (column->kind == VALUE_TRUTH)
        return truth_said(&saying, value);
    if (column->kind == VALUE_LABEL)
        return label_said(&saying, value);
    return number_said(&saying, value);
}

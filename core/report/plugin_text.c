/* What a plugin is, and all that it reads. */
#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/information.h"
#include "report/report.h"
#include "report/words.h"

enum { NAME_COLUMNS = 30, DEEPEST = 12 };

static const char *labels_words(struct arena *arena, const struct schema *schema)
{
    struct text out;
    text_init(&out, arena);
    for (size_t i = 0; i < schema->label_count; i++)
        text_printf(&out, "%s%s", i == 0 ? "" : " | ", schema->labels[i]);
    return out.data;
}

/* ", 0 to 1", ", above 0", ", at least 0" */
static const char *bounds_words(struct arena *arena, const struct schema *schema)
{
    bool low = isfinite(schema->low), high = isfinite(schema->high);
    const char *least = figure_number(arena, schema->low);
    const char *most = figure_number(arena, schema->high);
    const char *from = schema->low_open ? "above" : "at least";
    const char *to = schema->high_open ? "below" : "at most";
    if (low && high && !schema->low_open && !schema->high_open)
        return arena_printf(arena, ", %s to %s", least, most);
    if (low && high)
        return arena_printf(arena, ", %s %s and %s %s", from, least, to, most);
    if (low)
        return arena_printf(arena, ", %s %s", from, least);
    return high ? arena_printf(arena, ", %s %s", to, most) : "";
}

static const char *number_words(struct arena *arena, const struct schema *schema)
{
    bool pure = schema->unit_text == NULL || strcmp(schema->unit_text, "1") == 0;
    return arena_printf(arena, "%snumber%s%s%s", schema->whole ? "whole " : "", pure ? "" : " in ",
                        pure ? "" : schema->unit_text, bounds_words(arena, schema));
}

static const char *kind_words(struct arena *arena, const struct schema *schema)
{
    switch (schema->kind) {
    case SCHEMA_NUMBER:
        return number_words(arena, schema);
    case SCHEMA_TRUTH:
        return "true or false";
    case SCHEMA_LABEL:
        return labels_words(arena, schema);
    case SCHEMA_FACT:
        return "number, true or false, or a name";
    case SCHEMA_TEXT:
        return schema->label_count > 0 ? labels_words(arena, schema) : "text";
    case SCHEMA_DATE:
        return "date";
    case SCHEMA_COUNT:
        return arena_printf(arena, "whole number%s", bounds_words(arena, schema));
    case SCHEMA_RECORD:
        return "a map";
    case SCHEMA_MAP:
        return "any names, each";
    case SCHEMA_LIST:
        return "a list, each";
    case SCHEMA_KINDS:
        return "one of these kinds";
    case SCHEMA_CASES:
        return "by case, or one for all";
    case SCHEMA_DATA:
        break;
    }
    return "name of a table in plugins/data";
}

static const char *default_words(struct arena *arena, const struct schema *schema)
{
    if (schema->text_default != NULL)
        return arena_printf(arena, ", else %s", schema->text_default);
    if (!schema->has_default)
        return "";
    if (schema->kind == SCHEMA_TRUTH)
        return schema->value != 0 ? ", else true" : ", else false";
    if (schema->kind == SCHEMA_LABEL)
        return arena_printf(arena, ", else %s", schema->labels[(size_t)schema->value]);
    return arena_printf(arena, ", else %s", figure_number(arena, schema->value));
}

static const char *demand_words(struct arena *arena, const struct schema *schema)
{
    const char *only =
        schema->only_field == NULL
            ? ""
            : arena_printf(arena, ", where %s is %s", schema->only_field, schema->only_value);
    return arena_printf(arena, "%s%s%s%s%s%s", default_words(arena, schema),
                        schema->moral ? ", MORAL CHOICE" : "", schema->optional ? ", optional" : "",
                        only, schema->about != NULL ? "; " : "",
                        schema->about != NULL ? schema->about : "");
}

static void show(struct text *out, const struct schema *schema, size_t depth, const char *name);

static void show_fields(struct text *out, const struct schema *schema, size_t depth)
{
    for (size_t i = 0; i < schema->field_count; i++)
        show(out, &schema->fields[i], depth, schema->fields[i].name);
    if (schema->of == NULL)
        return;
    if (schema->of->kind == SCHEMA_RECORD)
        show_fields(out, schema->of, depth);
    else
        show(out, schema->of, depth, schema->kind == SCHEMA_CASES ? "(case)" : "(each)");
}

static void show(struct text *out, const struct schema *schema, size_t depth, const char *name)
{
    struct arena *arena = out->arena;
    size_t indent = 2 * (depth < DEEPEST ? depth : DEEPEST);
    const char *hanging = arena_printf(arena, "%*s", NAME_COLUMNS + 2, "");
    const char *shown = words_shown(arena, name != NULL ? name : "");
    size_t width = indent + text_columns(shown) < NAME_COLUMNS ? NAME_COLUMNS - indent : 0;
    text_pad(out, ' ', indent);
    words_cell(out, shown, width, false);
    text_add_char(out, ' ');
    words_fill(out,
               words_shown(arena, arena_printf(arena, "%s%s", kind_words(arena, schema),
                                               demand_words(arena, schema))),
               hanging);
    show_fields(out, schema, depth + 1);
}

static void section(struct text *out, const char *title, const struct schema *schema)
{
    if (schema == NULL || (schema->field_count == 0 && schema->of == NULL))
        return;
    text_printf(out, "\n%s\n", title);
    show_fields(out, schema, 1);
}

void report_plugin_text(struct text *out, const struct declaration *declaration, bool theory)
{
    struct arena *arena = out->arena;
    const char *title = declaration->title != NULL ? declaration->title : "";
    words_fill(
        out,
        words_shown(arena, arena_printf(arena, "%s %s: %s%s%s%s", declaration->id,
                                        declaration->version != NULL ? declaration->version : "",
                                        title, declaration->role != NULL ? " (" : "",
                                        declaration->role != NULL ? declaration->role : "",
                                        declaration->role != NULL ? ")" : "")),
        "  ");
    if (declaration->about != NULL)
        words_fill(out, words_sentence(arena, declaration->about), "");
    section(out, "It reads from `model:`", declaration->model);
    section(out, "It reads from every case", declaration->cases);
    section(out,
            theory ? "It reads from its own entry under `theories:`"
                   : "It reads from its own entry under `regimes:`",
            declaration->params);
    if (!theory)
        report_worksheet_help(out, declaration);
}

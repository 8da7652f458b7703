#include <string.h>

#include "analysis/worksheet.h"
#include "report/information.h"
#include "report/words.h"

static const struct schema *field_called(const struct schema *record, const char *name)
{
    for (size_t i = 0; record != NULL && i < record->field_count; i++)
        if (strcmp(record->fields[i].name, name) == 0)
            return &record->fields[i];
    return NULL;
}

static void add_column(struct text *line, const char *name)
{
    text_printf(line, "%s%s", line->length > 0 ? ", " : "", name);
}

/* "groups.1.level, ... groups.20.level" */
static void add_list(struct text *line, const struct schema *list)
{
    for (size_t i = 0; i < list->of->field_count; i++)
        add_column(line, arena_printf(line->arena, "%s.1.%s ... %s.%.0f.%s", list->name,
                                      list->of->fields[i].name, list->name, list->high,
                                      list->of->fields[i].name));
}

static void add_fields(struct text *line, const struct schema *record)
{
    for (size_t i = 0; record != NULL && i < record->field_count; i++) {
        const struct schema *field = &record->fields[i];
        if (field->kind == SCHEMA_LIST)
            add_list(line, field);
        else if (field->kind <= SCHEMA_COUNT)
            add_column(line, field->name);
    }
}

static void paragraph(struct text *out, const char *label, const char *text)
{
    words_fill(out, words_shown(out->arena, arena_printf(out->arena, "%s: %s", label, text)), "  ");
}

void report_worksheet_help(struct text *out, const struct declaration *declaration)
{
    struct text columns, results;
    text_init(&columns, out->arena);
    text_init(&results, out->arena);
    const struct schema *facts = field_called(declaration->cases, "facts");
    add_fields(&columns, facts);
    if (facts != NULL && facts->kind == SCHEMA_MAP)
        add_column(&columns, "any name for a fact");
    add_fields(&columns, declaration->params);
    add_column(&results, "row, id");
    for (size_t i = 0; i < worksheet_column_count(); i++)
        add_column(&results, worksheet_columns[i].name);
    text_add_char(out, '\n');
    paragraph(out, "`assize sentence` takes by name, and `--records` as columns", columns.data);
    paragraph(out, "A column `id` is handed through. Results of a row", results.data);
    paragraph(out, "Members of a worksheet in JSON",
              "format, format_version, assize, regime, regime_version, inputs_hash, graph_hash, "
              "facts, result (the results above, with low_is_life and so on), steps (each: name, "
              "scheme, value, applies, unit, text, otherwise, cite; values and applies as arrays "
              "where a step stands for each entry of a list)");
}

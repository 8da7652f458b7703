/* Structure: texts, dates, counts and names of tables, fixed while a plugin is traced. */
#include <math.h>
#include <string.h>

#include "scenario/bind.h"

static void bind_text(struct binder *binder, const struct schema *schema, struct tree *node)
{
    struct reader *reader = &binder->reader;
    struct declared declared = declared_by(binder, schema);
    const char *text = text_value(reader, node);
    if (text == NULL || schema->label_count == 0)
        return;
    for (size_t i = 0; i < schema->label_count; i++)
        if (strcmp(schema->labels[i], text) == 0)
            return;
    const char *remedy = remedy_for_name(reader->arena, text, schema->labels, schema->label_count);
    fault_report(reader, fault_at_value(node, remedy, &declared), "`%s` cannot be `%s`", node->path,
                 text_shown(reader->arena, text));
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

static bool is_date(const char *text)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9'))
            return false;
    int year = two_digits(text) * 100 + two_digits(text + 2);
    int month = two_digits(text + 5), day = two_digits(text + 8);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month < 1 || month > 12 || day < 1 || day > days[month - 1])
        return false;
    return month != 2 || day < 29 || leap;
}

static void bind_date(struct binder *binder, const struct schema *schema, struct tree *node)
{
    struct declared declared = declared_by(binder, schema);
    const char *text = text_value(&binder->reader, node);
    if (text != NULL && !is_date(text))
        fault_report(&binder->reader,
                     fault_at_value(node, "write it as year-month-day: 2024-02-29", &declared),
                     "`%s` is not a date", node->path);
}

static void bind_count(struct binder *binder, const struct schema *schema, struct tree *node)
{
    struct reader *reader = &binder->reader;
    struct declared declared = declared_by(binder, schema);
    double value;
    if (!plain_number(reader, node, &value))
        return;
    bool whole = value >= 0 && value <= 9007199254740992.0 && floor(value) == value;
    if (whole && value >= schema->low && value <= schema->high)
        return;
    char low[NUMBER_TEXT], high[NUMBER_TEXT];
    const char *remedy =
        isfinite(schema->low) && isfinite(schema->high)
            ? arena_printf(reader->arena, "a whole number from %s to %s",
                           number_write(low, schema->low), number_write(high, schema->high))
            : "a whole number, 0 or more";
    fault_report(reader, fault_at_value(node, remedy, &declared), "`%s` cannot be %s", node->path,
                 text_shown(reader->arena, node->text));
}

static void bind_data(struct binder *binder, const struct schema *schema, struct tree *node)
{
    const char *name = node != NULL ? text_value(&binder->reader, node) : schema->text_default;
    if (name != NULL)
        data_load(&binder->reader, binder->data, node, name);
}

void bind_structure(struct binder *binder, const struct schema *schema, const struct span *span)
{
    for (size_t i = 0; i < span->count; i++) {
        struct tree *node = span->slots[i].node;
        if (schema->kind == SCHEMA_DATA)
            bind_data(binder, schema, node);
        else if (node == NULL)
            continue;
        else if (schema->kind == SCHEMA_TEXT)
            bind_text(binder, schema, node);
        else if (schema->kind == SCHEMA_DATE)
            bind_date(binder, schema, node);
        else
            bind_count(binder, schema, node);
    }
}

bool columns_check(struct binder *binder, const struct schema *schema, const struct span *span)
{
    struct declared declared = declared_by(binder, schema);
    const char *remedy = "write `{constant: ...}`: the same for all";
    bool good = true;
    if (schema->kind <= SCHEMA_FACT)
        return true;
    for (size_t i = 0; i < span->count; i++) {
        const struct tree *node = span->slots[i].node;
        if (node == NULL || node->column == 0)
            continue;
        if (schema->kind > SCHEMA_COUNT && schema->kind != SCHEMA_DATA)
            remedy = "only numbers, truth values and names can";
        fault_report(&binder->reader, fault_at_value(node, remedy, &declared),
                     "%s cannot come from a column", node_name(binder->reader.arena, node));
        good = false;
    }
    return good;
}

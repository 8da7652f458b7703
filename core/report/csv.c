#include "report/csv.h"

#include <math.h>
#include <string.h>

static void separate(struct text *out)
{
    if (out->length > 0 && out->data[out->length - 1] != '\n')
        text_add_char(out, ',');
}

/* A field may not be empty at the start of a row, or the next would not be separated: the first
 * column is always an id. Control characters are left out, for a terminal would act on them. */
void csv_text(struct text *out, const char *value)
{
    separate(out);
    if (value == NULL)
        return;
    bool quoted = strpbrk(value, ",\"\n\r") != NULL;
    if (quoted)
        text_add_char(out, '"');
    for (const char *c = value; *c != '\0'; c++) {
        if (*c == '"')
            text_add_char(out, '"');
        if ((unsigned char)*c >= 0x20 || *c == '\n' || *c == '\t')
            text_add_char(out, *c);
    }
    if (quoted)
        text_add_char(out, '"');
}

void csv_number(struct text *out, double value)
{
    char buffer[NUMBER_TEXT];
    csv_text(out, isfinite(value) ? number_write(buffer, value) : NULL);
}

void csv_end(struct text *out)
{
    text_add_char(out, '\n');
}

void csv_row(struct text *out, const char *const *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        csv_text(out, fields[i]);
    csv_end(out);
}

#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void diags_init(struct diags *diags, struct arena *arena)
{
    *diags = (struct diags){.arena = arena};
}

/* Whether `a` stands before `b`; other files keep the order in which they came. */
static bool place_before(const struct place *a, const struct place *b)
{
    if (a->file == NULL || b->file == NULL || strcmp(a->file, b->file) != 0)
        return false;
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

enum status diags_add(struct diags *diags, const struct diag *diag)
{
    diags->errors += !diag->warning;
    if (diags->count == DIAGS_MOST) {
        diags->dropped++;
        return diag->status;
    }
    size_t at = diags->count++;
    while (at > 0 && place_before(&diag->place, &diags->items[at - 1].place)) {
        diags->items[at] = diags->items[at - 1];
        at--;
    }
    diags->items[at] = *diag;
    return diag->status;
}

enum status diags_error(struct diags *diags, enum status status, struct place place,
                        const char *format, ...)
{
    char buffer[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    struct diag diag = {.status = status,
                        .place = place,
                        .width = 1,
                        .message = arena_string(diags->arena, buffer)};
    return diags_add(diags, &diag);
}

bool diags_have_room(const struct diags *diags)
{
    return diags->count < DIAGS_MOST;
}

enum status diags_status(const struct diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        if (!diags->items[i].warning)
            return diags->items[i].status;
    return STATUS_OK;
}

static void print_place(struct text *out, const struct place *place)
{
    if (place->file == NULL)
        return;
    text_add(out, place->file);
    if (place->line > 0)
        text_printf(out, ":%u", place->line);
    if (place->column > 0)
        text_printf(out, ":%u", place->column);
    text_add(out, ": ");
}

/* The line with a mark under the spot. A tab stays a tab, so that the mark stands under it. */
static void print_excerpt(struct text *out, const struct diag *diag)
{
    text_printf(out, "%5u | %s\n      | ", diag->place.line, diag->excerpt);
    size_t column = 1;
    for (const char *c = diag->excerpt; *c != '\0' && column < diag->place.column; c++)
        if (((unsigned char)*c & 0xC0) != 0x80) {
            text_add_char(out, *c == '\t' ? '\t' : ' ');
            column++;
        }
    text_pad(out, '^', diag->width > 0 ? diag->width : 1);
    text_add_char(out, '\n');
}

void diag_print(struct text *out, const struct diag *diag)
{
    print_place(out, &diag->place);
    text_printf(out, "%s: %s\n", diag->warning ? "warning" : "error", diag->message);
    if (diag->excerpt != NULL && diag->place.column > 0)
        print_excerpt(out, diag);
    if (diag->trace != NULL)
        text_add(out, diag->trace);
    if (diag->remedy != NULL)
        text_printf(out, "      = %s\n", diag->remedy);
    if (diag->also.file != NULL) {
        text_add(out, "      = ");
        print_place(out, &diag->also);
        text_printf(out, "%s\n", diag->also_note != NULL ? diag->also_note : "see here");
    }
}

/* Text that grows in an arena, numbers read and written the same in every locale, and spelling
 * help. */
#ifndef ASSIZE_BASE_TEXT_H
#define ASSIZE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct text {
    struct arena *arena;
    char *data; /* ends in NUL; never NULL after text_init */
    size_t length, capacity;
};

void text_init(struct text *text, struct arena *arena);
void text_add(struct text *text, const char *string);
void text_add_n(struct text *text, const char *string, size_t length);
void text_add_char(struct text *text, char c);
void text_pad(struct text *text, char c, size_t count);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Columns that `string` takes on a terminal: code points, for text in this program has no wide or
 * combining characters of its own. */
size_t text_columns(const char *string);

/* Where `length` bytes stop being valid UTF-8 (overlong forms and surrogates are not valid), or
 * `length` when all are. */
size_t text_utf8_valid(const char *string, size_t length);

/* Reads a number of the form -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][-+]?[0-9]+)? at the start of
 * `string`. Returns the bytes read, 0 when there is no such number or it is too large for a double.
 */
size_t number_read(const char *string, double *value);

/* The shortest text that reads back as the same double (17 digits at most). `buffer` holds at least
 * NUMBER_TEXT bytes. "inf", "-inf" and "nan" for what is not finite. */
enum { NUMBER_TEXT = 32 };
const char *number_write(char *buffer, double value);

/* The name among `names` (count) nearest to `wrong`, or NULL when none is near enough to suggest.
 */
const char *suggest(const char *wrong, const char *const *names, size_t count);

#endif

#include "base/text.h"

#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_init(struct text *text, struct arena *arena)
{
    *text = (struct text){.arena = arena, .capacity = 64};
    text->data = arena_alloc(arena, text->capacity);
}

static void text_reserve(struct text *text, size_t more)
{
    if (text->capacity - text->length > more)
        return;
    size_t capacity = text->capacity;
    while (capacity - text->length <= more)
        capacity *= 2;
    char *data = arena_alloc(text->arena, capacity);
    memcpy(data, text->data, text->length);
    text->data = data;
    text->capacity = capacity;
}

void text_add_n(struct text *text, const char *string, size_t length)
{
    text_reserve(text, length);
    if (length > 0)
        memcpy(text->data + text->length, string, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
    text_add_n(text, string, strlen(string));
}

void text_add_char(struct text *text, char c)
{
    text_add_n(text, &c, 1);
}

void text_pad(struct text *text, char c, size_t count)
{
    text_reserve(text, count);
    memset(text->data + text->length, c, count);
    text->length += count;
    text->data[text->length] = '\0';
}

void text_printf(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0) {
        text_reserve(text, (size_t)length);
        vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}

size_t text_columns(const char *string)
{
    size_t columns = 0;
    for (; *string != '\0'; string++)
        columns += ((unsigned char)*string & 0xC0) != 0x80;
    return columns;
}

/* Bytes of the UTF-8 sequence at `s`, 0 when it is not valid. */
static size_t utf8_sequence(const unsigned char *s, size_t left)
{
    if (s[0] < 0x80)
        return 1;
    size_t length = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || left < length)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    bool overlong = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xF0 && s[1] < 0x90);
    bool beyond = (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF4 && s[1] > 0x8F);
    return overlong || beyond ? 0 : length;
}

size_t text_utf8_valid(const char *string, size_t length)
{
    size_t at = 0;
    while (at < length) {
        size_t step = utf8_sequence((const unsigned char *)string + at, length - at);
        if (step == 0)
            return at;
        at += step;
    }
    return length;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_digits(const char *s, size_t at)
{
    while (is_digit(s[at]))
        at++;
    return at;
}

/* Bytes of the number at the start of `s` by the grammar in text.h, 0 when there is none. */
static size_t number_length(const char *s)
{
    size_t at = s[0] == '-';
    if (!is_digit(s[at]))
        return 0;
    at = s[at] == '0' ? at + 1 : skip_digits(s, at);
    if (is_digit(s[at]))
        return 0; /* 010 */
    if (s[at] == '.') {
        if (!is_digit(s[at + 1]))
            return 0;
        at = skip_digits(s, at + 1);
    }
    if (s[at] == 'e' || s[at] == 'E') {
        size_t digits = at + 1 + (s[at + 1] == '-' || s[at + 1] == '+');
        if (!is_digit(s[digits]))
            return 0;
        at = skip_digits(s, digits);
    }
    return at;
}

size_t number_read(const char *string, double *value)
{
    char buffer[400];
    size_t length = number_length(string);
    if (length == 0 || length >= sizeof buffer)
        return 0;
    memcpy(buffer, string, length);
    buffer[length] = '\0';
    char *point = strchr(buffer, '.');
    if (point != NULL)
        *point = localeconv()->decimal_point[0]; /* strtod reads the user's locale */
    double read = strtod(buffer, NULL);
    if (!isfinite(read))
        return 0;
    *value = read;
    return length;
}

const char *number_write(char *buffer, double value)
{
    if (!isfinite(value)) {
        strcpy(buffer, isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
        return buffer;
    }
    if (value == 0)
        value = 0; /* no "-0" in a result */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, NUMBER_TEXT, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value)
            break;
    }
    char *point = strchr(buffer, localeconv()->decimal_point[0]);
    if (point != NULL)
        *point = '.';
    return buffer;
}

enum { LONGEST_NAME = 63 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance with transpositions of neighbours (Damerau 1964, optimal string alignment). */
static size_t edit_distance(const char *a, const char *b)
{
    size_t rows = strlen(a), columns = strlen(b);
    size_t row[3][LONGEST_NAME + 1];
    for (size_t j = 0; j <= columns; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= rows; i++) {
        size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t change = last[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = smaller(change, smaller(now[j - 1], last[j]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = smaller(now[j], before[j - 2] + 1);
        }
    }
    return row[rows % 3][columns];
}

const char *suggest(const char *wrong, const char *const *names, size_t count)
{
    size_t length = strlen(wrong);
    if (length > LONGEST_NAME)
        return NULL;
    size_t best = length / 3 + 2; /* one slip in a short name, more in a long one */
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) > LONGEST_NAME)
            continue;
        size_t distance = edit_distance(wrong, names[i]);
        if (distance < best) {
            best = distance;
            nearest = names[i];
        }
    }
    return nearest;
}

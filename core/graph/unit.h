/* Units of measure, checked while a graph is built.
 *
 * Inside, every quantity stands in the base units: month, person, item, hu (harm), pme
 * (prison-month equivalent) and each currency by its three capital letters. What a user writes in
 * other units (year, day) is converted as it is read: 1 year = 12 month = 365.25 day.
 */
#ifndef ASSIZE_GRAPH_UNIT_H
#define ASSIZE_GRAPH_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum unit_base { UNIT_TIME, UNIT_PERSON, UNIT_ITEM, UNIT_HARM, UNIT_SEVERITY, UNIT_BASES };

enum { UNIT_CURRENCIES = 2, UNIT_TEXT = 96, UNIT_MOST_POWER = 20 };

/* Exponents. Currencies are sorted by code; an unused one is all zero. So equal units are equal
 * byte by byte. */
struct unit {
    int8_t power[UNIT_BASES];
    struct unit_currency {
        char code[3];
        int8_t power;
    } currency[UNIT_CURRENCIES];
};

/* The unit of a pure number. */
extern const struct unit unit_one;

bool unit_equal(const struct unit *a, const struct unit *b);
bool unit_is_one(const struct unit *unit);

/* Reads "hu", "1/year", "pme/month", "hu/person/year", "person^2", "USD", "1". `scale` is the
 * number of base units in one of it. Returns false when it is not a unit. */
bool unit_parse(const char *text, struct unit *unit, double *scale);

/* Writes the unit in base units ("hu/month"), "1" for a pure number. `text` holds UNIT_TEXT bytes.
 * Returns `text`. */
const char *unit_write(char *text, const struct unit *unit);

/* unit = a * b^power. Returns false when a power leaves -UNIT_MOST_POWER..UNIT_MOST_POWER or a
 * third currency joins. */
bool unit_multiply(struct unit *unit, const struct unit *a, const struct unit *b, int power);

/* unit = the square root of `of`. Returns false when a power is odd. */
bool unit_root(struct unit *unit, const struct unit *of);

#endif

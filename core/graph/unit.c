#include "graph/unit.h"

#include <string.h>

const struct unit unit_one;

/* What a user may write, with the base units in one of it as `over` / `under`: kept apart so that
 * 1/year is 1/12 and 1/day 365.25/12, each rounded once. */
struct unit_name {
    const char *name;
    enum unit_base base;
    double over, under;
};

static const struct unit_name unit_names[] = {
    {"month", UNIT_TIME, 1, 1},      {"year", UNIT_TIME, 12, 1},    {"day", UNIT_TIME, 12, 365.25},
    {"week", UNIT_TIME, 84, 365.25}, {"person", UNIT_PERSON, 1, 1}, {"item", UNIT_ITEM, 1, 1},
    {"hu", UNIT_HARM, 1, 1},         {"pme", UNIT_SEVERITY, 1, 1},
};

bool unit_equal(const struct unit *a, const struct unit *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

bool unit_is_one(const struct unit *unit)
{
    return unit_equal(unit, &unit_one);
}

/* --- arithmetic --------------------------------------------------------------------------- */

static bool power_fits(long long power)
{
    return power >= -UNIT_MOST_POWER && power <= UNIT_MOST_POWER;
}

/* Whether the entry is in use: an unused one is all zero. */
static bool currency_used(const struct unit_currency *currency)
{
    return currency->power != 0;
}

/* How entries are ordered: by code, unused ones behind. */
static int currency_compare(const struct unit_currency *a, const struct unit_currency *b)
{
    if (currency_used(a) != currency_used(b))
        return currency_used(a) ? -1 : 1;
    return memcmp(a->code, b->code, sizeof a->code);
}

/* merged = a * b^power by code; a currency that cancels leaves. Room for all of both. Returns how
 * many there are, or -1 when a power does not fit. */
static int currencies_merge(struct unit_currency merged[2 * UNIT_CURRENCIES], const struct unit *a,
                            const struct unit *b, long long power)
{
    int count = 0;
    size_t i = 0, j = 0;
    while (i + j < 2 * UNIT_CURRENCIES) {
        struct unit_currency left = {0}, right = {0};
        if (i < UNIT_CURRENCIES)
            left = a->currency[i];
        if (j < UNIT_CURRENCIES)
            right = b->currency[j];
        if (!currency_used(&left) && !currency_used(&right))
            break;
        int order = currency_compare(&left, &right);
        long long sum = (order <= 0 ? left.power : 0) + (order >= 0 ? right.power * power : 0);
        if (!power_fits(sum))
            return -1;
        i += order <= 0;
        j += order >= 0;
        if (sum == 0)
            continue;
        merged[count] = order <= 0 ? left : right;
        merged[count++].power = (int8_t)sum;
    }
    return count;
}

bool unit_multiply(struct unit *unit, const struct unit *a, const struct unit *b, int power)
{
    struct unit product = {0};
    for (int base = 0; base < UNIT_BASES; base++) {
        long long sum = a->power[base] + (long long)b->power[base] * power;
        if (!power_fits(sum))
            return false;
        product.power[base] = (int8_t)sum;
    }
    struct unit_currency merged[2 * UNIT_CURRENCIES];
    int count = currencies_merge(merged, a, b, power);
    if (count < 0 || count > UNIT_CURRENCIES)
        return false;
    for (int i = 0; i < count; i++)
        product.currency[i] = merged[i];
    *unit = product;
    return true;
}

bool unit_root(struct unit *unit, const struct unit *of)
{
    struct unit root = *of;
    for (int base = 0; base < UNIT_BASES; base++) {
        if (of->power[base] % 2 != 0)
            return false;
        root.power[base] = (int8_t)(of->power[base] / 2);
    }
    for (int i = 0; i < UNIT_CURRENCIES; i++) {
        if (of->currency[i].power % 2 != 0)
            return false;
        root.currency[i].power = (int8_t)(of->currency[i].power / 2);
    }
    *unit = root;
    return true;
}

/* --- reading ------------------------------------------------------------------------------ */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_currency(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (name[i] < 'A' || name[i] > 'Z')
            return false;
    return length == 3;
}

/* The unit called `name` (`length` bytes). Returns false when there is none. */
static bool name_read(const char *name, size_t length, struct unit *unit, double *over,
                      double *under)
{
    *unit = unit_one;
    *over = *under = 1;
    if (is_currency(name, length)) {
        memcpy(unit->currency[0].code, name, length);
        unit->currency[0].power = 1;
        return true;
    }
    for (size_t i = 0; i < sizeof unit_names / sizeof *unit_names; i++) {
        const struct unit_name *known = &unit_names[i];
        if (strlen(known->name) != length || memcmp(known->name, name, length) != 0)
            continue;
        unit->power[known->base] = 1;
        *over = known->over;
        *under = known->under;
        return true;
    }
    return false;
}

/* Reads "^n" at `*at` when it stands there. Returns false when it is not a whole power in range. */
static bool power_read(const char **at, int *power)
{
    *power = 1;
    if (**at != '^')
        return true;
    const char *digit = *at + 1;
    int sign = *digit == '-' ? -1 : 1;
    digit += *digit == '-';
    if (*digit < '0' || *digit > '9')
        return false;
    int value = 0;
    for (; *digit >= '0' && *digit <= '9' && value <= UNIT_MOST_POWER; digit++)
        value = value * 10 + (*digit - '0');
    *at = digit;
    *power = sign * value;
    return value <= UNIT_MOST_POWER;
}

/* Reads one factor, a name or 1 with its power. */
static bool factor_read(const char **at, struct unit *unit, double *over, double *under, int *power)
{
    size_t length = 0;
    while (is_letter((*at)[length]))
        length++;
    if (length > 0 && !name_read(*at, length, unit, over, under))
        return false;
    if (length == 0) {
        if (**at != '1')
            return false;
        length = 1;
        *unit = unit_one;
        *over = *under = 1;
    }
    *at += length;
    return power_read(at, power);
}

/* over / under times (factor_over / factor_under)^power. */
static void scale_by(double *over, double *under, double factor_over, double factor_under,
                     int power)
{
    for (int i = 0; i < power || i < -power; i++) {
        *over *= power > 0 ? factor_over : factor_under;
        *under *= power > 0 ? factor_under : factor_over;
    }
}

bool unit_parse(const char *text, struct unit *unit, double *scale)
{
    struct unit product = unit_one;
    double over = 1, under = 1;
    int sign = 1;
    for (const char *at = text;; at++) {
        struct unit factor;
        double factor_over, factor_under;
        int power;
        if (!factor_read(&at, &factor, &factor_over, &factor_under, &power))
            return false;
        if (!unit_multiply(&product, &product, &factor, sign * power))
            return false;
        scale_by(&over, &under, factor_over, factor_under, sign * power);
        if (*at == '\0')
            break;
        if (*at != '*' && *at != '/')
            return false;
        sign = *at == '*' ? 1 : -1;
    }
    *unit = product;
    *scale = over / under;
    return true;
}

/* --- writing ------------------------------------------------------------------------------ */

/* What is measured stands first, what it is counted by behind: hu/person/month. */
static const struct base_name {
    enum unit_base base;
    const char *name;
} base_names[] = {{UNIT_HARM, "hu"},
                  {UNIT_SEVERITY, "pme"},
                  {UNIT_ITEM, "item"},
                  {UNIT_PERSON, "person"},
                  {UNIT_TIME, "month"}};

/* Adds `mark` (unless NUL), the name and its power to the text at `at`; returns its end. */
static char *factor_write(char *at, char mark, const char *name, size_t length, int power)
{
    if (mark != '\0')
        *at++ = mark;
    memcpy(at, name, length);
    at += length;
    if (power != 1) {
        *at++ = '^';
        if (power >= 10)
            *at++ = (char)('0' + power / 10);
        *at++ = (char)('0' + power % 10);
    }
    return at;
}

/* The factors whose power has the sign `sign`, each behind `mark`; the first without when `bare`.
 */
static char *factors_write(char *at, const struct unit *unit, int sign, char mark, bool bare)
{
    for (int i = 0; i < UNIT_CURRENCIES; i++) {
        int power = unit->currency[i].power * sign;
        if (power > 0)
            at = factor_write(at, bare ? '\0' : mark, unit->currency[i].code, 3, power);
        bare = bare && power <= 0;
    }
    for (size_t i = 0; i < sizeof base_names / sizeof *base_names; i++) {
        int power = unit->power[base_names[i].base] * sign;
        if (power > 0)
            at = factor_write(at, bare ? '\0' : mark, base_names[i].name,
                              strlen(base_names[i].name), power);
        bare = bare && power <= 0;
    }
    return at;
}

const char *unit_write(char *text, const struct unit *unit)
{
    char *at = factors_write(text, unit, 1, '*', true);
    if (at == text)
        *at++ = '1';
    at = factors_write(at, unit, -1, '/', false);
    *at = '\0';
    return text;
}

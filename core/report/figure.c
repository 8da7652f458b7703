#include "report/figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/words.h"

enum { DIGITS = 4 };

/* "0.362" -> ".362", "-0.5" -> "-.5"; a number that rounds to nothing loses its sign. */
static void drop_leading_zero(char *number)
{
    if (number[0] == '-' && number[strspn(number, "-0.")] == '\0')
        memmove(number, number + 1, strlen(number));
    char *digits = number + (number[0] == '-');
    if (digits[0] == '0' && digits[1] == '.')
        memmove(digits, digits + 1, strlen(digits));
}

/* "3.620" -> "3.62", "84.00" -> "84" */
static void drop_trailing_zeros(char *number)
{
    if (strchr(number, '.') == NULL)
        return;
    char *end = number + strlen(number);
    while (end[-1] == '0')
        *--end = '\0';
    if (end[-1] == '.')
        end[-1] = '\0';
}

/* "19966.5" -> "19,966.5" */
static const char *with_commas(struct arena *arena, const char *number)
{
    struct text out;
    text_init(&out, arena);
    size_t whole = strcspn(number, ".");
    size_t sign = number[0] == '-';
    for (size_t i = 0; i < whole; i++) {
        if (i > sign && (whole - i) % 3 == 0)
            text_add_char(&out, ',');
        text_add_char(&out, number[i]);
    }
    text_add(&out, number + whole);
    return out.data;
}

/* "1.820e-09" -> "1.82e-9" */
static const char *scientific(struct arena *arena, double value)
{
    char mantissa[48];
    snprintf(mantissa, sizeof mantissa, "%.*e", DIGITS - 1, value);
    char *exponent = strchr(mantissa, 'e');
    int power = atoi(exponent + 1);
    *exponent = '\0';
    drop_trailing_zeros(mantissa);
    return arena_printf(arena, "%se%d", mantissa, power);
}

static const char *not_finite(double value)
{
    if (isnan(value))
        return "-";
    return value > 0 ? "inf" : "-inf";
}

/* Decimals that leave DIGITS digits behind the first one that counts. */
static int decimals_of(double size)
{
    int decimals = DIGITS - 1;
    for (double power = 10; size >= power && decimals > 0; power *= 10)
        decimals--;
    for (double power = 1; size < power && decimals < 8; power /= 10)
        decimals++;
    return decimals;
}

const char *figure_number(struct arena *arena, double value)
{
    double size = fabs(value);
    if (!isfinite(value))
        return not_finite(value);
    if (size == 0)
        return "0";
    if (size < 1e-4 || size >= 1e15)
        return scientific(arena, value);
    char number[48];
    snprintf(number, sizeof number, "%.*f", decimals_of(size), value);
    drop_trailing_zeros(number);
    drop_leading_zero(number);
    return with_commas(arena, number);
}

const char *figure_signed(struct arena *arena, double value)
{
    return arena_printf(arena, "%s%s", value > 0 ? "+" : "", figure_number(arena, value));
}

const char *figure_fixed(struct arena *arena, double value, int decimals)
{
    char number[48];
    if (!isfinite(value))
        return not_finite(value);
    if (fabs(value) >= 1e15)
        return scientific(arena, value);
    snprintf(number, sizeof number, "%.*f", decimals, value);
    drop_leading_zero(number);
    return with_commas(arena, number);
}

const char *figure_count(struct arena *arena, uint64_t count)
{
    return with_commas(arena, arena_printf(arena, "%llu", (unsigned long long)count));
}

const char *figure_share(struct arena *arena, double share)
{
    if (isnan(share))
        return "-";
    bool close = (share > 0.99 && share < 1) || (share > 0 && share < 0.01);
    return arena_printf(arena, "%s %%", figure_fixed(arena, 100 * share, close ? 1 : 0));
}

/* --- with units ------------------------------------------------------------------------------ */

static bool takes_plural(const char *unit)
{
    static const char *const names[] = {"month", "year", "day", "person", "item"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(unit, names[i]) == 0)
            return true;
    return false;
}

const char *figure_unit(struct arena *arena, const struct unit *unit)
{
    char name[UNIT_TEXT];
    if (unit_is_one(unit))
        return "";
    unit_write(name, unit);
    return arena_printf(arena, "%s%s", name, takes_plural(name) ? "s" : "");
}

const char *figure_quantity(struct arena *arena, double value, const struct unit *unit)
{
    char name[UNIT_TEXT];
    const char *number = figure_number(arena, value);
    if (unit_is_one(unit))
        return number;
    if (value == 1)
        return arena_printf(arena, "1 %s", unit_write(name, unit));
    return arena_printf(arena, "%s %s", number, figure_unit(arena, unit));
}

static const char *truth_or_label(double value, enum value_kind kind, const char *const *labels,
                                  size_t label_count)
{
    if (isnan(value))
        return "-";
    if (kind == VALUE_TRUTH)
        return value != 0 ? "true" : "false";
    return value >= 0 && value < (double)label_count ? labels[(size_t)value] : "-";
}

const char *figure_node(struct arena *arena, const struct node *node, double value)
{
    if (node->kind == VALUE_NUMBER)
        return figure_quantity(arena, value, &node->unit);
    return words_shown(arena, truth_or_label(value, node->kind, node->labels, node->label_count));
}

const char *figure_premise_bare(struct arena *arena, const struct premise *premise, double value)
{
    if (premise->kind == VALUE_NUMBER)
        return figure_number(arena, value / premise->unit_scale);
    return words_shown(arena,
                       truth_or_label(value, premise->kind, premise->labels, premise->label_count));
}

const char *figure_premise(struct arena *arena, const struct premise *premise, double value)
{
    const char *bare = figure_premise_bare(arena, premise, value);
    const char *unit = premise->unit_text;
    if (premise->kind != VALUE_NUMBER || unit == NULL || strcmp(unit, "1") == 0)
        return bare;
    bool plural = takes_plural(unit) && strcmp(bare, "1") != 0;
    return arena_printf(arena, "%s %s%s", bare, words_shown(arena, unit), plural ? "s" : "");
}

/* --- spread ---------------------------------------------------------------------------------- */

static const char *spread_name(enum distribution_kind kind)
{
    static const char *const names[] = {"uniform", "triangular", "normal", "lognormal",
                                        "beta",    "choice",     "samples"};
    return names[kind];
}

const char *figure_spread(struct arena *arena, const struct premise *premise)
{
    const struct distribution *distribution = premise->distribution;
    if (distribution == NULL)
        return NULL;
    bool exact = distribution->kind <= DISTRIBUTION_TRIANGULAR;
    int last = distribution->kind == DISTRIBUTION_UNIFORM ? 1 : 2;
    double low = exact ? distribution->parameter[0] * distribution->scale
                       : distribution_quantile(distribution, 0.05);
    double high = exact ? distribution->parameter[last] * distribution->scale
                        : distribution_quantile(distribution, 0.95);
    return arena_printf(arena, "%s%s %s to %s", spread_name(distribution->kind),
                        exact ? "" : " 5-95 %", figure_premise_bare(arena, premise, low),
                        figure_premise_bare(arena, premise, high));
}

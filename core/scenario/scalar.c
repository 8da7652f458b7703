/* What a plain scalar looks like: a number with perhaps a unit, a truth value, or text. */
#include "scenario/yaml.h"

#include <string.h>

#include "graph/unit.h"

/* A number with perhaps a plus in front, or a fraction of two. Returns the bytes read, or 0. */
static size_t fraction_read(const char *text, double *number)
{
    size_t plus = text[0] == '+' && text[1] != '-';
    double over, under;
    size_t length = number_read(text + plus, &over);
    if (length == 0)
        return 0;
    length += plus;
    *number = over;
    size_t more = text[length] == '/' ? number_read(text + length + 1, &under) : 0;
    if (more == 0)
        return length;
    if (!(under > 0) || over / under > 1e308)
        return 0;
    *number = over / under;
    return length + 1 + more;
}

void scalar_classify(struct arena *arena, struct tree *scalar)
{
    scalar->scalar = SCALAR_TEXT;
    scalar->unit = NULL;
    if (scalar->quoted)
        return;
    if (strcmp(scalar->text, "true") == 0 || strcmp(scalar->text, "false") == 0) {
        scalar->scalar = SCALAR_TRUTH;
        return;
    }
    double number;
    size_t length = fraction_read(scalar->text, &number);
    const char *rest = scalar->text + length;
    struct unit unit;
    double scale;
    const char *word = rest + strspn(rest, " ");
    bool has_unit = *rest == ' ' && unit_parse(word, &unit, &scale);
    if (length == 0 || (*rest != '\0' && !has_unit))
        return;
    scalar->scalar = SCALAR_NUMBER;
    scalar->number = number;
    scalar->unit = has_unit ? arena_string(arena, word) : NULL;
}

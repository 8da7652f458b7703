#include "report/strip.h"

#include <string.h>

#include "report/figure.h"

struct strip_row strip_row(const struct result *result, const struct strip *strip, size_t theory,
                           size_t regime)
{
    size_t first = (theory * result->model->scenario->regime_count + regime) * strip->points;
    return (struct strip_row){strip->verdicts + first, strip->one_case_failed + first};
}

static char letter(const struct strip_row *row, size_t point)
{
    return verdict_letter(row->verdicts[point], row->one_case_failed[point]);
}

bool strip_is_constant(const struct strip *strip, const struct strip_row *row)
{
    for (size_t i = 1; i < strip->points; i++)
        if (letter(row, i) != letter(row, 0))
            return false;
    return true;
}

void strip_letters(struct text *out, const struct strip *strip, const struct strip_row *row,
                   size_t gap)
{
    for (size_t i = 0; i < strip->points; i++) {
        text_pad(out, ' ', i > 0 ? gap : 0);
        text_add_char(out, letter(row, i));
    }
}

/* The stretch of points from `first` to `last`, which have one verdict. */
static void stretch(struct text *out, const struct strip *strip, const struct strip_row *row,
                    size_t first, size_t last)
{
    const char *low = figure_premise_bare(out->arena, strip->premise, strip->values[first]);
    const char *high = figure_premise_bare(out->arena, strip->premise, strip->values[last]);
    bool all_pass_but_one =
        row->verdicts[first] == VERDICT_BORDERLINE && row->one_case_failed[first];
    text_printf(out, "%s%s%s", first == 0 ? "" : ", ", verdict_name(row->verdicts[first]),
                all_pass_but_one ? " (a case fails)" : "");
    if (first == 0 && last + 1 == strip->points)
        text_printf(out, " throughout, %s to %s", low, high);
    else if (first == 0)
        text_printf(out, " to %s", high);
    else if (last + 1 == strip->points)
        text_printf(out, " from %s", low);
    else if (first == last)
        text_printf(out, " at %s", low);
    else
        text_printf(out, " %s to %s", low, high);
}

const char *strip_words(struct arena *arena, const struct strip *strip, const struct strip_row *row)
{
    struct text out;
    text_init(&out, arena);
    for (size_t first = 0; first < strip->points;) {
        size_t last = first;
        while (last + 1 < strip->points && letter(row, last + 1) == letter(row, first))
            last++;
        stretch(&out, strip, row, first, last);
        first = last + 1;
    }
    return out.data;
}

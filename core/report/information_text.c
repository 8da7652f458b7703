#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/information.h"
#include "report/words.h"

enum { NAME_COLUMNS = 40, FIGURE_COLUMNS = 10 };

static void row(struct text *out, const struct step_information *step)
{
    text_add(out, "  ");
    words_cell(out, words_clip(out->arena, step->name, NAME_COLUMNS - 1), NAME_COLUMNS, false);
    words_cell(out, isnan(step->share) ? "too few" : figure_share(out->arena, step->share),
               FIGURE_COLUMNS, true);
    words_cell(out, isnan(step->bits) ? "" : figure_fixed(out->arena, step->bits, 3),
               FIGURE_COLUMNS, true);
    text_add(out, "  ");
    text_add(out, words_clip(out->arena, step->cite, 34));
    words_end_line(out);
}

void report_information_text(struct text *out, const char *regime,
                             const struct step_information *steps, size_t count)
{
    text_add(out, "  ");
    words_cell(out, words_shown(out->arena, regime), NAME_COLUMNS, false);
    words_cell(out, "cases", FIGURE_COLUMNS, true);
    words_cell(out, "bits", FIGURE_COLUMNS, true);
    words_end_line(out);
    for (size_t i = 0; i < count; i++)
        row(out, &steps[i]);
}

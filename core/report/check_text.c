/* What became of a scenario's own expectations. */
#include <string.h>

#include "report/figure.h"
#include "report/report.h"
#include "report/words.h"

/* "uniform84 by desert-aggregate: verdict borderline, score .716 within .001" */
static const char *expected_words(struct arena *arena, const struct expectation *expectation)
{
    struct text out;
    char number[NUMBER_TEXT], within[NUMBER_TEXT];
    text_init(&out, arena);
    text_printf(&out, "%s%s%s", expectation->regime != NULL ? expectation->regime : "",
                expectation->regime != NULL ? " by " : "", expectation->theory);
    if (expectation->kase != NULL)
        text_printf(&out, ", case %s", expectation->kase);
    if (expectation->finding != NULL)
        text_printf(&out, ", finding %s", expectation->finding);
    text_add(&out, ":");
    if (expectation->verdict != NULL)
        text_printf(&out, " %s%s", expectation->verdict, expectation->has_score ? "," : "");
    if (expectation->has_score || expectation->finding != NULL)
        text_printf(&out, " %s %s within %s", expectation->finding != NULL ? "value" : "score",
                    number_write(number, expectation->score),
                    number_write(within, expectation->within));
    return words_shown(arena, out.data);
}

size_t report_check_text(struct text *out, const struct result *result)
{
    const struct scenario *scenario = result->model->scenario;
    size_t failed = 0;
    for (size_t i = 0; i < scenario->expectation_count; i++) {
        const struct expectation *expectation = &scenario->expectations[i];
        struct text actual;
        text_init(&actual, out->arena);
        bool met = result_meets(result, expectation, &actual);
        failed += !met;
        text_add(out, met ? "  met     " : "  FAILED  ");
        words_fill(out,
                   arena_printf(out->arena, "%s: %s%s%s", words_shown(out->arena, expectation->id),
                                expected_words(out->arena, expectation), met ? "" : "; it is ",
                                met ? "" : words_shown(out->arena, actual.data)),
                   "          ");
    }
    words_fill(out,
               arena_printf(out->arena, "%s: valid; %zu of %s met.",
                            words_shown(out->arena, result->model->path),
                            scenario->expectation_count - failed,
                            words_count(out->arena, scenario->expectation_count, "expectation")),
               "  ");
    return failed;
}

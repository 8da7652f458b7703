/* Which premises are drawn together, as words and as JSON. */
#include "report/figure.h"
#include "report/json_parts.h"
#include "report/reading.h"
#include "report/words.h"
#include "scenario/correlate.h"

const char *reading_correlations(struct arena *arena, const struct model *model,
                                 const struct premise *premise)
{
    const struct correlations *correlations = model->scenario->correlations;
    struct text out;
    text_init(&out, arena);
    for (size_t i = 0; correlations != NULL && i < correlations->count; i++) {
        const struct correlation *pair = &correlations->list[i];
        const struct premise *other = pair->premise == premise ? pair->with
                                      : pair->with == premise  ? pair->premise
                                                               : NULL;
        if (other != NULL)
            text_printf(&out, "%s%s %s", out.length == 0 ? "drawn with " : ", ",
                        words_shown(arena, other->path), figure_number(arena, pair->value));
    }
    return out.length > 0 ? out.data : NULL;
}

void json_correlations(struct json *json, const struct model *model)
{
    const struct correlations *correlations = model->scenario->correlations;
    if (correlations == NULL)
        return;
    json_open_array(json, "correlations");
    for (size_t i = 0; i < correlations->count; i++) {
        json_open_object(json, NULL);
        json_text(json, "path", correlations->list[i].premise->path);
        json_text(json, "with", correlations->list[i].with->path);
        json_number(json, "value", correlations->list[i].value);
        json_close_object(json);
    }
    json_close_array(json);
}

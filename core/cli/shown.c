/* What `assize run` and `assize merge` have in common: what is swept and shown, and how. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

/* --- options --------------------------------------------------------------------------------- */

static int bad_along(const struct arguments *arguments, const char *text)
{
    return usage_error(arguments, "`--along` takes PATH or PATH=LOW:HIGH, not `%s`", text);
}

/* LOW:HIGH, both plain numbers. */
static bool read_ends(const char *text, double *low, double *high)
{
    char *end;
    *low = strtod(text, &end);
    if (end == text || *end != ':')
        return false;
    const char *second = end + 1;
    *high = strtod(second, &end);
    return end != second && *end == '\0' && isfinite(*low) && isfinite(*high) && *low < *high;
}

static int read_along(const struct arguments *arguments, struct assize_weigh_options *weigh,
                      struct shown *shown)
{
    const char *text = option_value(arguments, "along");
    if (text == NULL)
        return 0;
    const char *equals = strrchr(text, '=');
    size_t length = equals != NULL ? (size_t)(equals - text) : strlen(text);
    if (length == 0 ||
        (equals != NULL && !read_ends(equals + 1, &weigh->along_low, &weigh->along_high)))
        return bad_along(arguments, text);
    shown->along = allocate(length + 1, 1);
    memcpy(shown->along, text, length);
    weigh->along = shown->along;
    return 0;
}

static int read_show(const struct arguments *arguments, struct assize_show_options *show)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    static const char *const by[] = {"case", NULL};
    size_t format, group;
    int failed = option_choice(arguments, "format", formats, &format);
    failed = failed != 0 ? failed : option_choice(arguments, "by", by, &group);
    failed = failed != 0 ? failed : output_color(arguments, &show->color);
    show->format = (enum assize_format)format;
    show->by_case = option_given(arguments, "by");
    show->theory = option_value(arguments, "theory");
    show->regime = option_value(arguments, "regime");
    show->all_inputs = option_given(arguments, "inputs");
    if (option_given(arguments, "output"))
        show->color = false;
    return failed;
}

static int read_threads(const struct arguments *arguments, unsigned *threads)
{
    enum { MOST_THREADS = 256 };
    uint64_t number = 0;
    int failed = option_number(arguments, "threads", 0, &number);
    if (failed == 0 && number > MOST_THREADS)
        return usage_error(arguments, "`--threads` takes %d at most", MOST_THREADS);
    *threads = (unsigned)number;
    return failed;
}

int shown_read(const struct arguments *arguments, struct assize_weigh_options *weigh,
               struct shown *shown)
{
    int failed = read_threads(arguments, &weigh->threads);
    failed = failed != 0 ? failed : read_along(arguments, weigh, shown);
    return failed != 0 ? failed : read_show(arguments, &shown->show);
}

void shown_release(struct shown *shown)
{
    free(shown->along);
}

/* --- the result ------------------------------------------------------------------------------ */

/* The screen's first lines need no result, so they need not wait for one. */
static int show_head(const struct arguments *arguments, struct assize_scenario *scenario,
                     struct shown *shown)
{
    const char *head = NULL;
    bool chosen = shown->show.theory != NULL || shown->show.regime != NULL ||
                  shown->along != NULL; /* names that may turn out to be wrong */
    if (shown->show.format != ASSIZE_TEXT || chosen || option_given(arguments, "output") ||
        assize_show_head(scenario, &head) != ASSIZE_OK)
        return 0;
    shown->shown = strlen(head);
    return output_text(head);
}

/* The same scenario and menu as they stand in the file: what the settings are held against. Only
 * central values are compared, so nothing is drawn. */
static int weigh_before(struct assize *assize, struct assize_scenario *scenario,
                        const struct assize_weigh_options *weigh, struct shown *shown)
{
    struct assize_weigh_options options = *weigh;
    struct assize_result *before = NULL;
    struct assize_scenario *unchanged;
    if (!assize_is_changed(scenario) || shown->show.format != ASSIZE_TEXT)
        return 0;
    options.draws = options.resamples = 0;
    options.along = NULL;
    enum assize_status status = assize_load_unchanged(scenario, &unchanged);
    if (status != ASSIZE_OK)
        return program_report(assize, status);
    status = program_weigh(unchanged, &options, "weighing it as it stood", &before);
    shown->show.before = before;
    return status == ASSIZE_OK ? 0 : program_report(assize, status);
}

int shown_run(const struct arguments *arguments, struct assize *assize,
              struct assize_scenario *scenario, weigh_call *call,
              const struct assize_weigh_options *weigh, struct shown *shown)
{
    struct assize_result *result;
    const char *text;
    int failed = show_head(arguments, scenario, shown);
    if (failed != 0)
        return failed;
    failed = program_report(assize, program_weigh_by(call, scenario, weigh, "weighing", &result));
    failed = failed != 0 ? failed : weigh_before(assize, scenario, weigh, shown);
    if (failed != 0)
        return failed;
    failed = program_report(assize, assize_show_run(result, &shown->show, &text));
    failed = failed != 0 ? failed : output_result(arguments, assize, text + shown->shown);
    return failed == 0 && assize_is_partial(result) ? EXIT_INTERRUPTED : failed;
}

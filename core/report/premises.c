/* The scenario's numbers as a list: value, spread, where they come from. */
#include <math.h>
#include <string.h>

#include "report/csv.h"
#include "report/figure.h"
#include "report/json_parts.h"
#include "report/reading.h"
#include "report/words.h"

enum { PATH_COLUMNS = 46, VALUE_COLUMNS = 18, TABLE_MEMBERS = 12 };

/* The premises that a filter lets through, in the scenario's order. */
struct listing {
    struct arena *arena;
    const struct model *model;
    const struct premise **premises;
    const bool **used; /* of each: whether a theory depends on it */
    size_t count;
};

static bool passes(const struct premise *premise, bool used, enum premise_filter filter)
{
    if (premise->column != 0) /* data */
        return false;
    switch (filter) {
    case PREMISES_MORAL:
        return premise->moral;
    case PREMISES_ILLUSTRATIVE:
        return used && !premise->moral && premise->status != PREMISE_SOURCED;
    case PREMISES_UNUSED:
        return !used;
    case PREMISES_ALL:
        break;
    }
    return true;
}

/* used[premise of the scenario]: whether any theory depends on it. */
static bool *scenario_used(struct arena *arena, const struct model *model)
{
    const struct scenario *scenario = model->scenario;
    const bool *of_graph = reading_used(arena, model);
    bool *used = arena_array(arena, scenario->premise_count + 1, sizeof *used);
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++)
        if (of_graph[p])
            used[model->premises[p] - scenario->premises] = true;
    return used;
}

static struct listing list(struct arena *arena, const struct result *result,
                           enum premise_filter filter)
{
    const struct scenario *scenario = result->model->scenario;
    struct listing listing = {.arena = arena, .model = result->model};
    const bool *used = scenario_used(arena, result->model);
    listing.premises = arena_array(arena, scenario->premise_count + 1, sizeof *listing.premises);
    listing.used = arena_array(arena, scenario->premise_count + 1, sizeof *listing.used);
    for (size_t p = 0; p < scenario->premise_count; p++) {
        if (!passes(&scenario->premises[p], used[p], filter))
            continue;
        listing.premises[listing.count] = &scenario->premises[p];
        listing.used[listing.count++] = &used[p];
    }
    return listing;
}

/* --- text ------------------------------------------------------------------------------------ */

/* "data.us-sentencing-table": the table that a premise stands in, or NULL. */
static const char *table_of(struct arena *arena, const struct premise *premise)
{
    if (strncmp(premise->path, "data.", 5) != 0)
        return NULL;
    const char *end = strchr(premise->path + 5, '.');
    return end == NULL ? NULL : arena_string_n(arena, premise->path, (size_t)(end - premise->path));
}

/* How many premises from `at` on stand in one table of data. */
static size_t table_length(const struct listing *listing, size_t at)
{
    const char *table = table_of(listing->arena, listing->premises[at]);
    size_t length = 0;
    while (table != NULL && at + length < listing->count) {
        const char *next = table_of(listing->arena, listing->premises[at + length]);
        if (next == NULL || strcmp(next, table) != 0)
            break;
        length++;
    }
    return length;
}

static void describe(struct text *out, const struct listing *listing, size_t at)
{
    struct arena *arena = out->arena;
    const struct premise *premise = listing->premises[at];
    const char *spread = figure_spread(arena, premise);
    const char *with = reading_correlations(arena, listing->model, premise);
    const char *path = words_shown(arena, premise->path);
    words_cell(out, path, PATH_COLUMNS, false);
    if (text_columns(path) >= PATH_COLUMNS) {
        words_end_line(out);
        text_pad(out, ' ', PATH_COLUMNS);
    }
    words_cell(out, figure_premise(arena, premise, premise->value), VALUE_COLUMNS, false);
    text_add(out, words_column(out) > PATH_COLUMNS + VALUE_COLUMNS ? " " : "");
    words_fill(out,
               arena_printf(arena, "%s%s%s%s%s%s", spread != NULL ? spread : "",
                            spread != NULL ? "; " : "", with != NULL ? with : "",
                            with != NULL ? "; " : "", reading_premise_tags(arena, premise),
                            *listing->used[at] ? "" : "; unused"),
               "                                                                ");
    if (premise->note != NULL) {
        text_add(out, "    ");
        words_fill(out, words_sentence(arena, premise->note), "    ");
    }
}

static void head(struct text *out, const struct listing *listing, enum premise_filter filter)
{
    static const char *const what[] = {"premises", "moral choices",
                                       "illustrative or unverified premises in use",
                                       "premises that no theory in use depends on"};
    text_printf(out, "%s: %zu %s\n", words_shown(out->arena, listing->model->scenario->title),
                listing->count, what[filter]);
}

void report_premises_text(struct text *out, const struct result *result, enum premise_filter filter)
{
    struct listing listing = list(out->arena, result, filter);
    head(out, &listing, filter);
    for (size_t i = 0; i < listing.count;) {
        size_t members = table_length(&listing, i);
        if (members <= TABLE_MEMBERS) {
            describe(out, &listing, i++);
            continue;
        }
        const struct premise *first = listing.premises[i];
        words_cell(out, table_of(out->arena, first), PATH_COLUMNS, false);
        words_fill(out,
                   arena_printf(out->arena, "%zu numbers; %s", members,
                                reading_premise_tags(out->arena, first)),
                   "    ");
        i += members;
    }
}

/* --- JSON and CSV ---------------------------------------------------------------------------- */

void report_premises_json(struct text *out, const struct result *result, enum premise_filter filter)
{
    struct json json;
    struct listing listing = list(out->arena, result, filter);
    json_init(&json, out);
    json_open_object(&json, NULL);
    json_identity(&json, "assize-premises", result);
    json_correlations(&json, result->model);
    json_open_array(&json, "premises");
    for (size_t i = 0; i < listing.count; i++)
        json_premise(&json, NULL, listing.premises[i]);
    json_close_array(&json);
    json_close_object(&json);
    json_finish(&json);
}

static void csv_premise(struct text *out, const struct premise *premise, bool used)
{
    struct arena *arena = out->arena;
    bool number = premise->kind == VALUE_NUMBER;
    double low = premise->moral && number ? premise->low : (double)NAN;
    double high = premise->moral && number ? premise->high : (double)NAN;
    if (premise->distribution != NULL) {
        low = distribution_quantile(premise->distribution, 0.05);
        high = distribution_quantile(premise->distribution, 0.95);
    }
    csv_text(out, premise->path);
    if (number)
        csv_number(out, premise->value / premise->unit_scale);
    else
        csv_text(out, figure_premise_bare(arena, premise, premise->value));
    csv_text(out, json_premise_unit(premise));
    csv_number(out, number ? low / premise->unit_scale : (double)NAN);
    csv_number(out, number ? high / premise->unit_scale : (double)NAN);
    csv_text(out, premise->moral ? "true" : "false");
    csv_text(out, reading_status(premise->status));
    csv_text(out, premise->source);
    csv_text(out, premise->disputed ? "true" : "false");
    csv_text(out, premise->assumed ? "true" : "false");
    csv_text(out, used ? "true" : "false");
    csv_text(out, premise->note);
    csv_end(out);
}

void report_premises_csv(struct text *out, const struct result *result, enum premise_filter filter)
{
    static const char *const names[] = {"path",   "value",  "unit",     "low",     "high", "moral",
                                        "status", "source", "disputed", "assumed", "used", "note"};
    struct listing listing = list(out->arena, result, filter);
    csv_row(out, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < listing.count; i++)
        csv_premise(out, listing.premises[i], *listing.used[i]);
}

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

/* How many premises from `at` on stand in one table of data. */
static size_t table_members(const struct listing *listing, size_t at)
{
    const char *path = listing->premises[at]->path;
    size_t length = data_table_length(path), members = 0;
    while (length > 0 && at + members < listing->count) {
        const char *next = listing->premises[at + members]->path;
        if (data_table_length(next) != length || strncmp(next, path, length) != 0)
            break;
        members++;
    }
    return members;
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

/* What `assize run` says that it rests on, where that is another number than is listed here: a
 * moral choice has a standing there too. */
static void head_counts(struct text *out, const struct listing *listing,
                        const struct result *result)
{
    size_t counted = result->illustrative + result->unverified, moral = 0, tables = 0, alike = 0;
    for (uint32_t p = 0; p < listing->model->linked.graph->premise_count; p++) {
        const struct premise *premise = listing->model->premises[p];
        moral += premise->moral && premise->status != PREMISE_SOURCED;
    }
    for (size_t i = 0; i < listing->count; i++) {
        tables += data_table_length(listing->premises[i]->path) > 0;
        alike += number_stands_before(listing->model, listing->premises[i]->path);
    }
    if (counted == listing->count || moral + tables + alike == 0)
        return;
    text_printf(out, "`assize run` counts %s:", figure_count(out->arena, counted));
    if (moral > 0)
        text_printf(out, " with %s (--moral)", words_count(out->arena, moral, "moral choice"));
    if (tables > 0)
        text_printf(out, "%s a table of data as one number", moral > 0 ? ", and" : "");
    if (alike > 0)
        text_printf(out, "%s what holds for all persons as one number",
                    moral + tables > 0 ? ", and" : "");
    text_add(out, ".\n");
}

static void head(struct text *out, const struct listing *listing, enum premise_filter filter)
{
    static const char *const what[] = {"premise", "moral choice",
                                       "illustrative or unverified premise", "premise"};
    static const char *const which[] = {"", "", " in use", " that no theory in use depends on"};
    text_printf(out, "%s: %s%s\n", words_shown(out->arena, listing->model->scenario->title),
                words_count(out->arena, listing->count, what[filter]), which[filter]);
}

void report_premises_text(struct text *out, const struct result *result, enum premise_filter filter)
{
    struct listing listing = list(out->arena, result, filter);
    head(out, &listing, filter);
    if (filter == PREMISES_ILLUSTRATIVE)
        head_counts(out, &listing, result);
    for (size_t i = 0; i < listing.count;) {
        size_t members = table_members(&listing, i);
        if (members <= TABLE_MEMBERS) {
            describe(out, &listing, i++);
            continue;
        }
        const struct premise *first = listing.premises[i];
        const char *table = arena_string_n(out->arena, first->path, data_table_length(first->path));
        words_cell(out, words_shown(out->arena, table), PATH_COLUMNS, false);
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

/* The persons of the records that a scenario rests on: how many, in which classes, and how those
 * that had to be left out differ. Nothing is said of fewer persons than `smallest_cell`. */
#include <math.h>

#include "analysis/population.h"
#include "report/figure.h"
#include "report/json_parts.h"
#include "report/reading.h"
#include "report/screen.h"
#include "report/words.h"

enum { CLASSES_SHOWN = 6 }; /* without --by case */

/* Whether a count is 0, which says nothing of anybody, or of persons enough. */
static bool may_be_told(const struct population *population, uint64_t count)
{
    return count == 0 || count >= population->smallest_cell;
}

static uint64_t class_persons(const struct population *population, size_t kase)
{
    return population->first[kase + 1] - population->first[kase];
}

static double class_share(const struct population *population, size_t kase)
{
    double whole = 0;
    for (size_t c = 0; c < population->class_count; c++)
        whole += population->class_weight[c];
    return population->class_weight[kase] / whole;
}

/* --- text ------------------------------------------------------------------------------------ */

static const char *standing_words(struct arena *arena, const struct records *records)
{
    if (records->status == PREMISE_SOURCED && records->source != NULL)
        return arena_printf(arena, "Source: %s.", words_shown(arena, records->source));
    if (records->status == PREMISE_UNVERIFIED)
        return "The records are UNVERIFIED, and so is every figure.";
    return "The records are ILLUSTRATIVE: nobody's data.";
}

static void whole(struct screen *screen, const struct population *population)
{
    struct arena *arena = screen->arena;
    const char *classes = population->class_count == 1
                              ? "1 class"
                              : arena_printf(arena, "%zu classes", population->class_count);
    const char *weighted =
        population->weight == NULL
            ? "each counting alike"
            : arena_printf(arena, "weighted by %s", words_shown(arena, population->weight));
    words_fill(screen->out,
               arena_printf(arena, "Population: %s %s in %s, from %s, %s. %s",
                            figure_count(arena, population->persons),
                            population->persons == 1 ? "person" : "persons", classes,
                            words_shown(arena, population->file), weighted,
                            standing_words(arena, screen->scenario->records)),
               "  ");
}

static const char *class_words(struct screen *screen, const struct population *population,
                               size_t kase)
{
    struct arena *arena = screen->arena;
    const char *pooled = kase == population->pooled_class
                             ? arena_printf(arena, ", %llu small classes put together",
                                            (unsigned long long)population->pooled_classes)
                             : "";
    return arena_printf(arena, "%s %s (%s%s)", screen->scenario->cases[kase],
                        figure_count(arena, class_persons(population, kase)),
                        figure_share(arena, class_share(population, kase)), pooled);
}

static void classes(struct screen *screen, const struct population *population)
{
    struct text line;
    size_t shown = population->class_count;
    if (!screen->view->by_case && shown > CLASSES_SHOWN)
        shown = CLASSES_SHOWN;
    text_init(&line, screen->arena);
    for (size_t c = 0; c < shown; c++)
        text_printf(&line, "%s%s", c == 0 ? "" : ", ", class_words(screen, population, c));
    if (shown < population->class_count)
        text_printf(&line, ", and %zu more (--by case)", population->class_count - shown);
    text_add(screen->out, "  ");
    words_fill(screen->out, arena_printf(screen->arena, "%s.", line.data), "    ");
}

static const char *fewer_words(struct arena *arena, const struct population *population)
{
    return arena_printf(arena, "fewer than %llu", (unsigned long long)population->smallest_cell);
}

static const char *count_words(struct arena *arena, const struct population *population,
                               uint64_t count)
{
    return may_be_told(population, count) ? figure_count(arena, count)
                                          : fewer_words(arena, population);
}

static const char *reasons_words(struct arena *arena, const struct population *population)
{
    struct text out;
    text_init(&out, arena);
    for (size_t i = 0; i < population->reason_count; i++) {
        const struct dropped_reason *reason = &population->reasons[i];
        if (reason->rows > 0)
            text_printf(&out, "%s%s in %s", out.length == 0 ? "" : ", ",
                        words_shown(arena, reason->column),
                        count_words(arena, population, reason->rows));
    }
    return out.data;
}

static const char *compared_words(struct arena *arena, const struct population *population)
{
    struct text out;
    text_init(&out, arena);
    for (size_t i = 0; i < population->compared_count; i++) {
        const struct dropped_compared *one = &population->compared[i];
        if (isnan(one->dropped))
            continue;
        text_printf(&out, "%s%s %s and %s", out.length == 0 ? "" : ", ",
                    words_shown(arena, one->name), figure_number(arena, one->kept),
                    figure_number(arena, one->dropped));
    }
    return out.data;
}

static void dropped(struct screen *screen, const struct population *population)
{
    struct arena *arena = screen->arena;
    if (population->dropped == 0)
        return;
    const char *means = compared_words(arena, population);
    const char *compared = means[0] != '\0'
                               ? arena_printf(arena, " Means of rows kept and left out: %s.", means)
                           : population->compared_count > 0 ? " They are too few to compare."
                                                            : "";
    text_add(screen->out, "  ");
    words_fill(screen->out,
               arena_printf(arena, "Left out: %s rows that lack a value (%s).%s",
                            count_words(arena, population, population->dropped),
                            reasons_words(arena, population), compared),
               "    ");
}

void screen_population(struct screen *screen)
{
    const struct population *population = screen->model->population;
    if (population == NULL)
        return;
    whole(screen, population);
    classes(screen, population);
    dropped(screen, population);
}

/* --- JSON ------------------------------------------------------------------------------------ */

/* null: it is fewer than `smallest_cell`. */
static void told_count(struct json *json, const char *key, const struct population *population,
                       uint64_t count)
{
    if (may_be_told(population, count))
        json_count(json, key, count);
    else
        json_nothing(json, key);
}

static void json_classes(struct json *json, const struct scenario *scenario,
                         const struct population *population)
{
    json_open_array(json, "classes");
    for (size_t c = 0; c < population->class_count; c++) {
        json_open_object(json, NULL);
        json_text(json, "case", scenario->cases[c]);
        json_count(json, "persons", class_persons(population, c));
        json_number(json, "share", class_share(population, c));
        json_count(json, "pooled", c == population->pooled_class ? population->pooled_classes : 0);
        json_close_object(json);
    }
    json_close_array(json);
}

static void json_dropped(struct json *json, const struct population *population)
{
    json_open_object(json, "dropped");
    told_count(json, "rows", population, population->dropped);
    json_open_array(json, "lacking");
    for (size_t i = 0; i < population->reason_count; i++) {
        json_open_object(json, NULL);
        json_text(json, "column", population->reasons[i].column);
        told_count(json, "rows", population, population->reasons[i].rows);
        json_close_object(json);
    }
    json_close_array(json);
    json_open_array(json, "compared");
    for (size_t i = 0; i < population->compared_count; i++) {
        const struct dropped_compared *one = &population->compared[i];
        json_open_object(json, NULL);
        json_text(json, "name", one->name);
        json_text(json, "column", one->column);
        json_text(json, "unit", one->unit_text);
        json_number(json, "mean_kept", one->kept);
        json_number(json, "mean_dropped", one->dropped);
        json_close_object(json);
    }
    json_close_array(json);
    json_close_object(json);
}

void json_population(struct json *json, const struct model *model)
{
    const struct population *population = model->population;
    if (population == NULL) {
        json_nothing(json, "population");
        return;
    }
    const struct records *records = model->scenario->records;
    json_open_object(json, "population");
    json_text(json, "file", population->file);
    json_text(json, "status", reading_status(records->status));
    json_text(json, "source", records->source);
    json_count(json, "persons", population->persons);
    json_text(json, "weight", population->weight);
    json_count(json, "smallest_cell", population->smallest_cell);
    json_truth(json, "private", population->is_private);
    json_classes(json, model->scenario, population);
    json_dropped(json, population);
    json_close_object(json);
}

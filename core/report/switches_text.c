/* What would change the verdict: where it switches along each moral choice that the theory reads,
 * and along each fact that can switch it alone. */
#include "analysis/switches.h"
#include "report/explain.h"
#include "report/figure.h"
#include "report/strip.h"
#include "report/words.h"

enum { MOST_FACTS = 12 };

/* "unacceptable to .2719, borderline (a case fails) to .4238, acceptable beyond" */
static const char *stretches_words(struct arena *arena, const struct switches *one)
{
    struct text out;
    text_init(&out, arena);
    for (size_t i = 0; i < one->count; i++) {
        const struct stretch *stretch = &one->stretches[i];
        const char *fails = stretch->one_case_failed ? " (a case fails)" : "";
        text_printf(&out, "%s%s%s", i == 0 ? "" : ", ", verdict_name(stretch->verdict), fails);
        const char *from = figure_premise_bare(arena, one->premise, stretch->from);
        const char *to = figure_premise_bare(arena, one->premise, stretch->to);
        if (one->count == 1)
            text_printf(&out, " throughout, %s to %s", from, to);
        else if (i + 1 == one->count)
            text_add(&out, " beyond");
        else
            text_printf(&out, " to %s", to);
    }
    return out.data;
}

static const char *here(struct arena *arena, const struct premise *premise)
{
    return figure_premise_bare(arena, premise, premise->value);
}

/* --- moral choices --------------------------------------------------------------------------- */

/* The switches along the premise of a strip; NULL where it is no number, or nobody looked. */
static const struct switches *switches_along(const struct telling *telling,
                                             const struct strip *strip)
{
    const struct switch_list *list = telling->view->switches;
    for (size_t i = 0; list != NULL && i < list->moral_count; i++)
        if (list->items[i].premise == strip->premise)
            return &list->items[i];
    return NULL;
}

static void moral_choices(struct telling *telling)
{
    const struct explain_view *view = telling->view;
    struct arena *arena = telling->arena;
    bool first = true;
    for (size_t s = 0; s < telling->result->strip_count; s++) {
        const struct strip *strip = &telling->result->strips[s];
        if (!strip->theory_reads[view->theory])
            continue;
        const struct switches *found = switches_along(telling, strip);
        struct strip_row row = strip_row(telling->result, strip, view->theory, view->regime);
        text_add(telling->out, first ? "\n" : "");
        first = false;
        words_fill(telling->out,
                   arena_printf(arena, "Along %s (here %s): %s.",
                                words_last_step(strip->premise->path), here(arena, strip->premise),
                                found != NULL ? stretches_words(arena, found)
                                              : strip_words(arena, strip, &row)),
                   "  ");
    }
}

/* --- facts ----------------------------------------------------------------------------------- */

static void fact(struct telling *telling, const struct switches *one)
{
    const char *path = words_shown(telling->arena, one->premise->path);
    text_add(telling->out, "  ");
    words_fill(telling->out,
               arena_printf(telling->arena, "%s (here %s): %s.", path,
                            figure_premise(telling->arena, one->premise, one->premise->value),
                            stretches_words(telling->arena, one)),
               "    ");
}

static const char *facts_head(struct arena *arena, size_t count)
{
    if (count == 0)
        return "No fact switches it alone, over its 5-95 %.";
    return arena_printf(arena, "One fact at a time, over its 5-95 %%, %s it%s:",
                        count == 1 ? "1 switches" : arena_printf(arena, "%zu switch", count),
                        count == 1 ? "" : ", the nearest first");
}

static void facts(struct telling *telling)
{
    const struct switch_list *list = telling->view->switches;
    if (list == NULL || telling->result->fact_count == 0)
        return;
    size_t count = list->count - list->moral_count;
    text_add_char(telling->out, '\n');
    words_fill(telling->out, facts_head(telling->arena, count), "  ");
    for (size_t i = 0; i < count && i < MOST_FACTS; i++)
        fact(telling, &list->items[list->moral_count + i]);
    if (count > MOST_FACTS)
        text_printf(telling->out, "  and %zu more (--format json has all)\n", count - MOST_FACTS);
}

void explain_switches(struct telling *telling)
{
    if (telling->opinion->verdict == VERDICT_UNSUPPORTED)
        return;
    moral_choices(telling);
    facts(telling);
}

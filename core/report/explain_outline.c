/* The steps of an explanation as a tree: claims with figures, formula and questions; premises with
 * value, source and status. */
#include <string.h>

#include "graph/formula.h"
#include "report/explain.h"
#include "report/figure.h"
#include "report/reading.h"
#include "report/words.h"

enum { DEEPEST_COLUMN = 45, FORMULA_COLUMNS = 280, TABLE_MEMBERS = 12 };

/* The bars in front of a line: for the first line of an item, and for those below it. */
struct bars {
    const char *first, *rest;
};

static struct bars bars_below(struct arena *arena, const char *rest, bool last)
{
    if (text_columns(rest) > DEEPEST_COLUMN)
        return (struct bars){arena_printf(arena, "%s- ", rest), rest};
    return (struct bars){arena_printf(arena, "%s%s", rest, last ? "'- " : "|- "),
                         arena_printf(arena, "%s%s", rest, last ? "   " : "|  ")};
}

static void line(struct telling *telling, const char *first, const char *hanging, const char *text)
{
    text_add(telling->out, first);
    words_fill(telling->out, text, hanging);
}

/* --- premises -------------------------------------------------------------------------------- */

/* Steps of a path that premises of one line share: "model.channels", "theories.desert". */
enum { SHARED_STEPS = 2 };

/* The end of the step that begins here; a name in quotes may hold points. */
static const char *step_end(const char *step)
{
    if (*step == '"')
        step += 1 + strcspn(step + 1, "\"");
    return step + strcspn(step, ".");
}

static size_t shared_length(const char *path)
{
    const char *end = path, *last = words_last_step(path);
    for (int i = 0; i < SHARED_STEPS && end != last; i++)
        end = step_end(i == 0 ? path : end + 1);
    return end < last ? (size_t)(end - path) : (size_t)(last - path) - (last > path);
}

static const char *shared_path(struct arena *arena, const char *path)
{
    return arena_string_n(arena, path, shared_length(path));
}

/* What is left of the path, to stand behind the shared steps. */
static const char *own_path(const char *path)
{
    size_t length = shared_length(path);
    return path[length] == '.' ? path + length + 1 : path + length;
}

static bool is_premise(const struct outline_item *item)
{
    return item->kind == OUTLINE_PREMISE || item->kind == OUTLINE_FAMILY;
}

static bool same_group(struct arena *arena, const struct outline_item *a,
                       const struct outline_item *b)
{
    return is_premise(b) &&
           strcmp(shared_path(arena, a->premise->path), shared_path(arena, b->premise->path)) ==
               0 &&
           strcmp(reading_premise_tags(arena, a->premise),
                  reading_premise_tags(arena, b->premise)) == 0;
}

/* "share .05" of the chosen case, or of all: "share .05 (of all .05 / .4 / .4 / .15)". */
static const char *item_words(const struct telling *telling, const struct outline_item *item)
{
    struct text out;
    const struct premise *premise = item->premise;
    text_init(&out, telling->arena);
    text_printf(&out, "%s %s", own_path(premise->path),
                figure_premise(telling->arena, premise, premise->value));
    if (item->kind != OUTLINE_FAMILY || !item->all_cases)
        return words_shown(telling->arena, out.data);
    for (size_t c = 0; c < telling->scenario->case_count; c++)
        text_printf(&out, "%s%s", c == 0 ? " (of all " : " / ",
                    figure_premise_bare(telling->arena, item->members[c], item->members[c]->value));
    text_add_char(&out, ')');
    return words_shown(telling->arena, out.data);
}

static void print_note(struct telling *telling, const struct premise *premise, struct bars bars)
{
    if (!premise->disputed || premise->note == NULL)
        return;
    line(telling, arena_printf(telling->arena, "%s    ? ", bars.rest),
         arena_printf(telling->arena, "%s      ", bars.rest),
         arena_printf(telling->arena, "%s: %s",
                      words_shown(telling->arena, own_path(premise->path)),
                      words_sentence(telling->arena, premise->note)));
}

/* "model.channels: market.slack 1, market.harm 2 hu/item (illustrative)"; a long table of data is
 * only counted. */
static void print_group(struct telling *telling, const struct outline_item *const *items,
                        size_t count, struct bars bars)
{
    struct arena *arena = telling->arena;
    const struct premise *first = items[0]->premise;
    struct text text;
    text_init(&text, arena);
    text_printf(&text, "%s:", words_shown(arena, shared_path(arena, first->path)));
    bool table = count > TABLE_MEMBERS && strncmp(first->path, "data.", 5) == 0;
    if (table)
        text_printf(&text, " %zu numbers", count);
    for (size_t i = 0; i < count && !table; i++)
        text_printf(&text, "%s %s", i == 0 ? "" : ",", item_words(telling, items[i]));
    text_printf(&text, " (%s)", reading_premise_tags(arena, first));
    line(telling, bars.first, arena_printf(arena, "%s    ", bars.rest), text.data);
    for (size_t i = 0; i < count && !table; i++)
        print_note(telling, items[i]->premise, bars);
}

/* --- claims ---------------------------------------------------------------------------------- */

static const char *formula_words(const struct telling *telling, node_id node)
{
    struct text text;
    text_init(&text, telling->arena);
    formula_write(&text, telling->model->linked.graph, node);
    return words_clip(telling->arena, text.data, FORMULA_COLUMNS);
}

/* "Hooker 2000, p. 32; dillof" */
static const char *basis_words(const struct telling *telling, const struct claim *record)
{
    struct text out;
    text_init(&out, telling->arena);
    if (record->cite != NULL)
        text_add(&out, words_shown(telling->arena, record->cite));
    for (uint32_t i = 0; i < record->source_count; i++)
        text_printf(&out, "%s%s", out.length == 0 ? "" : "; ",
                    words_shown(telling->arena, record->sources[i]));
    return out.data;
}

static void print_questions(struct telling *telling, const struct claim *record, const char *under)
{
    struct arena *arena = telling->arena;
    const char *hanging = arena_printf(arena, "%s  ", under);
    for (uint32_t i = 0; i < record->question_count; i++) {
        const struct claim_question *question = &record->questions[i];
        line(telling, arena_printf(arena, "%s? ", under), hanging,
             words_shown(arena, question->text));
        if (telling->view->questions && question->reply != NULL)
            line(telling, arena_printf(arena, "%s  Reply: ", under), hanging,
                 words_shown(arena, question->reply));
    }
}

static const char *short_name(const struct telling *telling, const struct claim *record)
{
    const char *name = words_shown(telling->arena, words_last_step(record->name));
    if (record->scheme == NULL)
        return name;
    return arena_printf(telling->arena, "%s, by %s", name,
                        words_shown(telling->arena, record->scheme));
}

static void print_claim(struct telling *telling, const struct outline_claim *claim,
                        struct bars bars)
{
    struct arena *arena = telling->arena;
    const char *bar = claim->count > 0 ? "|    " : "     ";
    const char *under = arena_printf(arena, "%s%s", bars.rest, bar);
    line(telling, arena_printf(arena, "%s%s ", bars.first, claim->number), under,
         arena_printf(arena, "%s [%s]", telling_claim(telling, claim),
                      short_name(telling, claim->record)));
    const char *formula = formula_words(telling, claim->node);
    line(telling, arena_printf(arena, "%s= ", under), arena_printf(arena, "%s  ", under), formula);
    const char *basis = basis_words(telling, claim->record);
    if (basis[0] != '\0')
        line(telling, arena_printf(arena, "%s", under), under, arena_printf(arena, "(%s)", basis));
    print_questions(telling, claim->record, under);
}

static void print_items(struct telling *telling, const struct outline_item *items, size_t count,
                        const char *rest);

static void print_step(struct telling *telling, const struct outline_item *item, struct bars bars)
{
    const struct outline_claim *claim = &telling->outline->claims[item->claim];
    if (item->kind == OUTLINE_CLAIM) {
        print_claim(telling, claim, bars);
        print_items(telling, claim->items, claim->count, bars.rest);
        return;
    }
    line(telling, bars.first, arena_printf(telling->arena, "%s    ", bars.rest),
         arena_printf(telling->arena, "%s (see %s)", telling_claim(telling, claim), claim->number));
}

/* One line of an outline: a step, or premises that go together. */
struct entry {
    const struct outline_item **items;
    size_t count;
};

/* Premises join the first line of their group. */
static size_t make_entries(struct telling *telling, const struct outline_item *items, size_t count,
                           struct entry *entries)
{
    struct arena *arena = telling->arena;
    size_t made = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = is_premise(&items[i]) ? 0 : made;
        while (at < made && !(is_premise(entries[at].items[0]) &&
                              same_group(arena, entries[at].items[0], &items[i])))
            at++;
        if (at == made)
            entries[made++] = (struct entry){NULL, 0};
        struct entry *entry = &entries[at];
        entry->items = arena_grow(arena, entry->items, entry->count, sizeof *entry->items);
        entry->items[entry->count++] = &items[i];
    }
    return made;
}

static void print_items(struct telling *telling, const struct outline_item *items, size_t count,
                        const char *rest)
{
    struct entry *entries = arena_array(telling->arena, count + 1, sizeof *entries);
    size_t made = make_entries(telling, items, count, entries);
    for (size_t i = 0; i < made; i++) {
        struct bars bars = bars_below(telling->arena, rest, i + 1 == made);
        if (is_premise(entries[i].items[0]))
            print_group(telling, entries[i].items, entries[i].count, bars);
        else
            print_step(telling, entries[i].items[0], bars);
    }
}

/* Premises that the conclusion itself rests on (cut-offs, weights) come behind its claims. */
void explain_outline(struct telling *telling)
{
    const struct outline *outline = telling->outline;
    struct outline_item *sorted =
        arena_array(telling->arena, outline->top_count + 1, sizeof *sorted);
    size_t count = 0;
    for (int premises = 0; premises < 2; premises++)
        for (size_t i = 0; i < outline->top_count; i++)
            if (is_premise(&outline->top[i]) == (premises == 1))
                sorted[count++] = outline->top[i];
    print_items(telling, sorted, count, "");
}

/* A map as an outline, to be read aloud: what is spoken to, and beneath it who speaks to it. Every
 * box is unfolded once. */
#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/map.h"
#include "report/words.h"

enum { OUTLINE_MOST_DEPTH = 24 };

struct outlining {
    struct text *out;
    struct arena *arena;
    const struct map *map;
    bool *told; /* [node] */
};

/* An arrow seen from its target: "rebutted by". */
static const char *passive(const char *verb)
{
    static const char *const verbs[][2] = {
        {"rebuts", "rebutted by"},    {"undermines", "undermined by"},
        {"undercuts", "undercut by"}, {"weakens", "weakened by"},
        {"supports", "supported by"}, {"is a reason for", "rests on"},
        {"leads to", "follows from"}, {"sets", "set by"},
        {"covers", "part of"},
    };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i][0], verb) == 0)
            return verbs[i][1];
    return verb;
}

static void add_marks(struct outlining *outlining, struct text *line, const struct map_node *node)
{
    text_printf(line, " (%s", map_kind_name(node->kind));
    if (node->label != NULL)
        text_printf(line, ", %s", node->label);
    if (node->reply != NULL && strcmp(node->reply, "defeated") != 0 &&
        strcmp(node->reply, "open") != 0)
        text_printf(line, ", %s", node->reply);
    if (node->kind == MAP_ARGUMENT && !isnan(node->strength))
        text_printf(line, ", strength %s", figure_fixed(outlining->arena, node->strength, 2));
    text_add(line, ")");
}

static void tell_box(struct outlining *outlining, size_t number, const char *verb, size_t depth)
{
    const struct map_node *node = &outlining->map->nodes[number];
    struct text line;
    char indent[2 * OUTLINE_MOST_DEPTH + 5];
    memset(indent, ' ', sizeof indent);
    indent[2 * depth + 2] = '\0';
    text_init(&line, outlining->arena);
    text_printf(&line, "%s%s%s", verb, verb[0] != '\0' ? " " : "", node->name);
    if (outlining->told[number]) {
        text_add(&line, ": see there");
    } else {
        add_marks(outlining, &line, node);
        if (node->text != NULL && node->text[0] != '\0')
            text_printf(&line, ": %s", words_sentence(outlining->arena, node->text));
    }
    text_add_n(outlining->out, indent, 2 * depth);
    words_fill(outlining->out, words_shown(outlining->arena, line.data), indent);
}

static const char *verb_of(struct arena *arena, const struct map_arrow *arrow)
{
    const char *words = passive(arrow->verb);
    if (arrow->dropped)
        return arena_printf(arena, "(though the weaker) %s", words);
    if (arrow->partial)
        return arena_printf(arena, "%s (%s)", words, figure_number(arena, arrow->strength));
    return words;
}

static void tell(struct outlining *outlining, size_t number, const char *verb, size_t depth)
{
    const struct map *map = outlining->map;
    tell_box(outlining, number, verb, depth);
    if (outlining->told[number])
        return;
    outlining->told[number] = true;
    for (size_t i = 0; i < map->arrow_count; i++)
        if (map->arrows[i].to == number) {
            if (depth + 1 < OUTLINE_MOST_DEPTH)
                tell(outlining, map->arrows[i].from, verb_of(outlining->arena, &map->arrows[i]),
                     depth + 1);
            else
                tell_box(outlining, map->arrows[i].from, "... and", depth + 1);
        }
}

/* What speaks to nothing shown comes first; then what is left, which stands in circles. */
static void tell_roots(struct outlining *outlining)
{
    const struct map *map = outlining->map;
    bool *speaks = arena_array(outlining->arena, map->node_count, sizeof *speaks);
    for (size_t i = 0; i < map->arrow_count; i++)
        speaks[map->arrows[i].from] = true;
    for (int arguments = 0; arguments < 2; arguments++)
        for (size_t i = 0; i < map->node_count; i++)
            if (!speaks[i] && !outlining->told[i] &&
                (map->nodes[i].kind == MAP_ARGUMENT) == (arguments == 1)) {
                text_add_char(outlining->out, '\n');
                tell(outlining, i, "", 0);
            }
    for (size_t i = 0; i < map->node_count; i++)
        if (!outlining->told[i]) {
            text_add_char(outlining->out, '\n');
            tell(outlining, i, "", 0);
        }
}

void report_map_text(struct text *out, const struct map *map)
{
    struct arena *arena = out->arena;
    struct outlining outlining = {.out = out,
                                  .arena = arena,
                                  .map = map,
                                  .told = arena_array(arena, map->node_count, sizeof(bool))};
    const char *title = map->result->model->scenario->title;
    words_fill(out,
               words_shown(arena, arena_printf(arena, "Map of %s", words_sentence(arena, title))),
               "");
    words_fill(
        out,
        arena_printf(arena,
                     "%zu boxes, %s. In, out and undecided are said by the grounded labelling.",
                     map->node_count, words_count(arena, map->arrow_count, "arrow")),
        "");
    if (map->focus != NULL)
        words_fill(out,
                   words_shown(arena, arena_printf(arena, "Within %zu of %s; %zu left out.",
                                                   map->depth, map->focus, map->left_out)),
                   "");
    tell_roots(&outlining);
}

/* A map for Graphviz. What colour says is said in words too. */
#include <string.h>

#include "report/map.h"
#include "report/words.h"

static void add_quoted(struct text *out, const char *text)
{
    text_add_char(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            text_add_char(out, '\\');
        text_add_char(out, *c);
    }
    text_add_char(out, '"');
}

static const char *shape(enum map_node_kind kind)
{
    static const char *const shapes[] = {"box", "note", "ellipse", "hexagon", "doubleoctagon"};
    return shapes[kind];
}

static const char *fill(const struct map_node *node)
{
    if (node->label == NULL)
        return "#ffffff";
    return strcmp(node->label, "in") == 0    ? "#dcefdc"
           : strcmp(node->label, "out") == 0 ? "#f6dcdc"
                                             : "#f7efd0";
}

static void node(struct text *out, const struct map_node *node, size_t number)
{
    struct arena *arena = out->arena;
    text_printf(out, "  n%zu [shape=%s, style=filled, fillcolor=\"%s\", label=", number,
                shape(node->kind), fill(node));
    add_quoted(out, words_shown(arena, arena_printf(arena, "%s (%s%s%s)", node->name,
                                                    map_kind_name(node->kind),
                                                    node->label != NULL ? ", " : "",
                                                    node->label != NULL ? node->label : "")));
    text_add(out, ", tooltip=");
    add_quoted(out, words_shown(arena, node->text != NULL ? node->text : ""));
    text_add(out, "];\n");
}

static void arrow(struct text *out, const struct map_arrow *arrow)
{
    text_printf(out, "  n%zu -> n%zu [label=\"%s%s\", color=\"%s\"%s];\n", arrow->from, arrow->to,
                arrow->verb, arrow->dropped ? " (dropped)" : "",
                arrow->attack ? "#b03030" : "#3060a0",
                arrow->partial || arrow->dropped ? ", style=dashed" : "");
}

void report_map_dot(struct text *out, const struct map *map)
{
    text_add(out, "digraph map {\n  rankdir=BT;\n  node [fontname=\"sans-serif\"];\n");
    for (size_t i = 0; i < map->node_count; i++)
        node(out, &map->nodes[i], i);
    for (size_t i = 0; i < map->arrow_count; i++)
        arrow(out, &map->arrows[i]);
    text_add(out, "}\n");
}

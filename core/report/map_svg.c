/* A map as a picture. Every colour is said in words too, and the picture has a text for those who
 * do not see it. */
#include <math.h>
#include <string.h>

#include "report/layout.h"
#include "report/map.h"
#include "report/words.h"

enum { LINE_COLUMNS = 28, LINES_MOST = 5 };
static const double column = 6.6, line_height = 15, padding = 8, margin = 16;

/* What is written in a box: its name, its label, and as much of its text as fits. */
struct writing {
    const char *lines[LINES_MOST];
    size_t count;
};

static void write_line(struct arena *arena, struct writing *writing, const char *text)
{
    if (writing->count < LINES_MOST && text[0] != '\0')
        writing->lines[writing->count++] = words_clip(arena, text, LINE_COLUMNS);
}

/* The text over the lines that are left, broken between words. */
static void write_text(struct arena *arena, struct writing *writing, const char *text)
{
    while (*text != '\0' && writing->count < LINES_MOST) {
        size_t length = strlen(text), taken = length;
        bool last = writing->count == LINES_MOST - 1;
        if (text_columns(text) > LINE_COLUMNS && !last) {
            for (taken = length; taken > 0; taken--)
                if (text[taken] == ' ' &&
                    text_columns(arena_string_n(arena, text, taken)) <= LINE_COLUMNS)
                    break;
            taken = taken == 0 ? length : taken;
        }
        write_line(arena, writing, arena_string_n(arena, text, taken));
        text += taken;
        text += *text == ' ';
    }
}

static struct writing write_box(struct arena *arena, const struct map_node *node)
{
    struct writing writing = {.count = 0};
    write_line(arena, &writing, words_shown(arena, node->name));
    write_line(arena, &writing,
               arena_printf(arena, "%s%s%s", map_kind_name(node->kind),
                            node->label != NULL ? ": " : "",
                            node->label != NULL ? node->label : ""));
    write_text(arena, &writing, words_shown(arena, node->text));
    return writing;
}

static void add_escaped(struct text *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        const char *entity = *c == '<'   ? "&lt;"
                             : *c == '>' ? "&gt;"
                             : *c == '&' ? "&amp;"
                             : *c == '"' ? "&quot;"
                                         : NULL;
        if (entity != NULL)
            text_add(out, entity);
        else
            text_add_char(out, *c);
    }
}

/* Tenths are enough for a picture, and the same on any machine. */
static void add_tenths(struct text *out, const char *before, double value)
{
    long long tenths = (long long)floor(value * 10 + 0.5);
    text_printf(out, "%s%s%lld.%lld", before, tenths < 0 ? "-" : "",
                (tenths < 0 ? -tenths : tenths) / 10, (tenths < 0 ? -tenths : tenths) % 10);
}

static const char *box_class(const struct map_node *node)
{
    return node->label == NULL ? "plain" : node->label;
}

static void add_box(struct text *out, const struct map_node *node, const struct layout_box *box,
                    const struct writing *writing)
{
    double left = margin + box->x - box->width / 2, top = margin + box->y - box->height / 2;
    text_printf(out, "<g class=\"%s %s\"><title>", map_kind_name(node->kind), box_class(node));
    add_escaped(out, words_shown(out->arena, node->text));
    add_tenths(out, "</title><rect x=\"", left);
    add_tenths(out, "\" y=\"", top);
    add_tenths(out, "\" width=\"", box->width);
    add_tenths(out, "\" height=\"", box->height);
    text_printf(out, "\" rx=\"%d\"/>", node->kind == MAP_ARGUMENT ? 2 : 10);
    for (size_t i = 0; i < writing->count; i++) {
        add_tenths(out, "<text x=\"", left + padding);
        add_tenths(out, "\" y=\"", top + padding + line_height * ((double)i + 0.75));
        text_printf(out, "\"%s>", i == 0 ? " font-weight=\"bold\"" : "");
        add_escaped(out, writing->lines[i]);
        text_add(out, "</text>");
    }
    text_add(out, "</g>\n");
}

/* Where the way from `outside` to the middle of a box meets its edge. */
static struct layout_point edge_of(const struct layout_box *box, struct layout_point outside)
{
    double dx = outside.x - box->x, dy = outside.y - box->y;
    double across = dx != 0 ? box->width / 2 / fabs(dx) : HUGE_VAL;
    double along = dy != 0 ? box->height / 2 / fabs(dy) : HUGE_VAL;
    double part = across < along ? across : along;
    part = part < 1 ? part : 1;
    return (struct layout_point){box->x + dx * part, box->y + dy * part};
}

static const char *arrow_class(const struct map_arrow *arrow)
{
    return arrow->dropped   ? "dropped"
           : arrow->partial ? "partial"
           : arrow->attack  ? "attack"
                            : "support";
}

static void add_arrow(struct text *out, const struct map_arrow *arrow,
                      const struct layout_arrow *way, const struct layout *layout)
{
    size_t last = way->point_count - 1;
    const char *kind = arrow_class(arrow);
    struct layout_point middle = way->points[last / 2], next = way->points[last / 2 + 1];
    text_printf(out, "<g class=\"%s\"><polyline marker-end=\"url(#%s-head)\" points=\"", kind,
                arrow->attack ? "attack" : "support");
    for (size_t i = 0; i <= last; i++) {
        struct layout_point point = way->points[i];
        if (i == 0)
            point = edge_of(&layout->boxes[way->from], way->points[1]);
        if (i == last)
            point = edge_of(&layout->boxes[way->to], way->points[last - 1]);
        add_tenths(out, i > 0 ? " " : "", margin + point.x);
        add_tenths(out, ",", margin + point.y);
    }
    add_tenths(out, "\"/><text text-anchor=\"middle\" x=\"", margin + (middle.x + next.x) / 2);
    add_tenths(out, "\" y=\"", margin + (middle.y + next.y) / 2);
    text_printf(out, "\">%s%s</text></g>\n", arrow->verb, arrow->dropped ? " (dropped)" : "");
}

static void add_head(struct text *out, const struct map *map, const struct layout *layout)
{
    double width = layout->width + 2 * margin, height = layout->height + 2 * margin;
    add_tenths(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ", width);
    add_tenths(out, " ", height);
    add_tenths(out, "\" width=\"", width);
    add_tenths(out, "\" height=\"", height);
    text_add(out, "\" font-family=\"sans-serif\" font-size=\"11\">\n<title>Map of ");
    add_escaped(out, words_shown(out->arena, map->result->model->scenario->title));
    text_printf(out,
                "</title>\n<desc>%zu boxes and %zu arrows; `assize map` tells them in words."
                "</desc>\n",
                map->node_count, map->arrow_count);
    text_add(out, "<style>rect{fill:#fff;stroke:#444}.in rect{fill:#dcefdc}.out rect{fill:#f6dcdc}"
                  ".undecided rect{fill:#f7efd0}polyline{fill:none;stroke:#3060a0}"
                  ".attack polyline,.partial polyline,.dropped polyline{stroke:#b03030}"
                  ".partial polyline,.dropped polyline{stroke-dasharray:4 3}"
                  ".attack>text,.support>text,.partial>text,.dropped>text{font-size:9px;fill:#555}"
                  "</style>\n<defs>");
    static const char *const heads[][2] = {{"attack", "#b03030"}, {"support", "#3060a0"}};
    for (size_t i = 0; i < 2; i++)
        text_printf(out,
                    "<marker id=\"%s-head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" "
                    "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path "
                    "d=\"M0 0L8 4L0 8z\" fill=\"%s\"/></marker>",
                    heads[i][0], heads[i][1]);
    text_add(out, "</defs>\n");
}

static enum status fault_too_many(struct arena *arena, const struct map *map, struct diags *diags)
{
    struct diag diag = {
        .status = STATUS_USAGE,
        .message = arena_printf(arena, "the map has %zu boxes, and a picture holds %d",
                                map->node_count, MAP_PICTURE_MOST),
        .remedy = "look at a part: `--focus ID`, perhaps with `--depth 1`; or take another format"};
    return diags_add(diags, &diag);
}

enum status report_map_svg(struct text *out, const struct map *map, struct diags *diags)
{
    struct arena *arena = out->arena;
    struct layout layout = {.box_count = map->node_count, .arrow_count = map->arrow_count};
    if (map->node_count > MAP_PICTURE_MOST)
        return fault_too_many(arena, map, diags);
    struct writing *writings = arena_array(arena, map->node_count, sizeof *writings);
    layout.boxes = arena_array(arena, map->node_count, sizeof *layout.boxes);
    layout.arrows = arena_array(arena, map->arrow_count, sizeof *layout.arrows);
    for (size_t i = 0; i < map->node_count; i++) {
        writings[i] = write_box(arena, &map->nodes[i]);
        layout.boxes[i].width = LINE_COLUMNS * column + 2 * padding;
        layout.boxes[i].height = line_height * (double)writings[i].count + 2 * padding;
    }
    for (size_t i = 0; i < map->arrow_count; i++) {
        layout.arrows[i].from = map->arrows[i].from;
        layout.arrows[i].to = map->arrows[i].to;
    }
    layout_make(arena, &layout);
    add_head(out, map, &layout);
    for (size_t i = 0; i < map->arrow_count; i++)
        add_arrow(out, &map->arrows[i], &layout.arrows[i], &layout);
    for (size_t i = 0; i < map->node_count; i++)
        add_box(out, &map->nodes[i], &layout.boxes[i], &writings[i]);
    text_add(out, "</svg>\n");
    return STATUS_OK;
}

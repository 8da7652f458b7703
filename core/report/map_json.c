/* A map as JSON: boxes and arrows by number. */
#include <math.h>

#include "report/json_parts.h"
#include "report/map.h"

static void node(struct json *json, const struct map_node *node)
{
    const struct argument *argument = node->argument;
    json_open_object(json, NULL);
    json_text(json, "kind", map_kind_name(node->kind));
    json_text(json, "name", node->name);
    json_text(json, "text", node->text);
    json_text(json, "label", node->label);
    json_number(json, "strength", node->strength);
    if (argument != NULL) {
        json_text(json, "reply", node->reply);
        json_count(json, "accepted_in", node->accepted_in);
        json_text(json, "argument_kind", argument_kind_name(argument->kind));
        json_text(json, "speaker", argument->speaker);
        json_text(json, "role", argument->role);
        json_text(json, "as_of", argument->as_of);
        json_text(json, "source", argument->source);
    }
    json_close_object(json);
}

static void arrow(struct json *json, const struct map_arrow *arrow)
{
    json_open_object(json, NULL);
    json_count(json, "from", arrow->from);
    json_count(json, "to", arrow->to);
    json_text(json, "verb", arrow->verb);
    json_truth(json, "attack", arrow->attack);
    json_truth(json, "dropped", arrow->dropped);
    json_number(json, "strength", arrow->partial ? arrow->strength : (double)NAN);
    json_close_object(json);
}

void report_map_json(struct text *out, const struct map *map)
{
    struct json json;
    json_init(&json, out);
    json_open_object(&json, NULL);
    json_identity(&json, "assize-map", map->result);
    json_text(&json, "focus", map->focus);
    json_count(&json, "left_out", map->left_out);
    json_open_array(&json, "nodes");
    for (size_t i = 0; i < map->node_count; i++)
        node(&json, &map->nodes[i]);
    json_close_array(&json);
    json_open_array(&json, "arrows");
    for (size_t i = 0; i < map->arrow_count; i++)
        arrow(&json, &map->arrows[i]);
    json_close_array(&json);
    json_close_object(&json);
    json_finish(&json);
}

/* Maps: the layout's promises, and what every format shows. */
#include "../argue/debated.h"
#include "report/layout.h"
#include "report/map.h"

/* splitmix64 (Vigna 2015) */
static uint64_t next_random(uint64_t *state)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

static struct layout random_layout(struct arena *arena, uint64_t *seed)
{
    struct layout layout = {.box_count = 1 + next_random(seed) % 40,
                            .arrow_count = next_random(seed) % 80};
    layout.boxes = arena_array(arena, layout.box_count, sizeof *layout.boxes);
    layout.arrows = arena_array(arena, layout.arrow_count, sizeof *layout.arrows);
    for (size_t i = 0; i < layout.box_count; i++) {
        layout.boxes[i].width = 20 + (double)(next_random(seed) % 100);
        layout.boxes[i].height = 10 + (double)(next_random(seed) % 50);
    }
    for (size_t i = 0; i < layout.arrow_count; i++) {
        layout.arrows[i].from = next_random(seed) % layout.box_count;
        layout.arrows[i].to = next_random(seed) % layout.box_count;
    }
    return layout;
}

static bool overlap(const struct layout_box *a, const struct layout_box *b)
{
    return fabs(a->x - b->x) < (a->width + b->width) / 2 - 1e-6 &&
           fabs(a->y - b->y) < (a->height + b->height) / 2 - 1e-6;
}

static void check_arrow(const struct layout *layout, const struct layout_arrow *arrow)
{
    const struct layout_box *from = &layout->boxes[arrow->from], *to = &layout->boxes[arrow->to];
    assert_close(arrow->points[0].x, from->x, 0, 1e-9);
    assert_close(arrow->points[0].y, from->y, 0, 1e-9);
    assert_close(arrow->points[arrow->point_count - 1].x, to->x, 0, 1e-9);
    assert_close(arrow->points[arrow->point_count - 1].y, to->y, 0, 1e-9);
    if (arrow->from != arrow->to)
        assert_true(arrow->turned ? from->layer < to->layer : from->layer > to->layer);
    for (size_t i = 1; i < arrow->point_count && arrow->from != arrow->to; i++)
        assert_true(arrow->turned ? arrow->points[i].y > arrow->points[i - 1].y
                                  : arrow->points[i].y < arrow->points[i - 1].y);
}

/* No two boxes overlap, all lie in the picture, arrows end where they should and never go back. */
static void test_layout_keeps_its_promises(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (size_t round = 0; round < 300; round++) {
        struct arena arena;
        arena_init(&arena, &allocator_heap);
        struct layout layout = random_layout(&arena, &seed);
        layout_make(&arena, &layout);
        for (size_t i = 0; i < layout.box_count; i++) {
            const struct layout_box *box = &layout.boxes[i];
            assert_true(box->x - box->width / 2 >= -1e-6);
            assert_true(box->x + box->width / 2 <= layout.width + 1e-6);
            assert_true(box->y + box->height / 2 <= layout.height + 1e-6);
            for (size_t k = 0; k < i; k++)
                assert_false(overlap(box, &layout.boxes[k]));
        }
        for (size_t i = 0; i < layout.arrow_count; i++)
            check_arrow(&layout, &layout.arrows[i]);
        arena_release(&arena);
    }
}

/* --- formats --------------------------------------------------------------------------------- */

static const char arguments[] =
    "arguments:\n"
    "  no-market: {claim: 'There is <no> market.', attacks: [model.channels.market, answer],\n"
    "    when_accepted: {model.channels.market.supply_elasticity: 0}}\n"
    "  answer: {claim: There is., attacks: [no-market], stronger_than: [no-market]}\n"
    "  doubt: {claim: Hm., partial: {answer: 0.5}}\n"
    "  far: {claim: Far off., supports: [doubt]}\n";

static struct map *map_of(struct debated *debated, struct map_view view)
{
    struct map *map = NULL;
    assert_int_equal(map_make(&debated->weighed.arena, debated->weighed.result, &view, &map,
                              &debated->weighed.diags),
                     STATUS_OK);
    return map;
}

static void assert_holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        print_error("`%s` is not in:\n%s\n", part, text);
    assert_non_null(strstr(text, part));
}

static void test_words_beside_colours(void **state)
{
    (void)state;
    struct debated debated = {0};
    debated_result(&debated, arguments);
    struct map *map = map_of(&debated, (struct map_view){SIZE_MAX, SIZE_MAX, NULL, 2});
    struct text outline, svg, dot, json;
    text_init(&outline, &debated.weighed.arena);
    text_init(&svg, &debated.weighed.arena);
    text_init(&dot, &debated.weighed.arena);
    text_init(&json, &debated.weighed.arena);
    report_map_text(&outline, map);
    /* strengths: answer 1 / (1 + .5), no-market 1 / (1 + 2/3) */
    assert_holds(outline.data, "model.channels.market (premise, in)\n"
                               "  undermined by no-market (argument, out, strength .60): ");
    assert_holds(outline.data, "answer (argument, in, answered its attackers, strength .67)");
    assert_int_equal(report_map_svg(&svg, map, &debated.weighed.diags), STATUS_OK);
    assert_holds(svg.data, "argument: out");
    assert_holds(svg.data, "There is &lt;no&gt; market.");
    assert_holds(svg.data, "rebuts (dropped)");
    report_map_dot(&dot, map);
    assert_holds(dot.data, "label=\"answer (argument, in)\"");
    report_map_json(&json, map);
    assert_holds(json.data, "\"verb\": \"weakens\"");
    debated_close(&debated);
}

static void test_focus(void **state)
{
    (void)state;
    struct debated debated = {0};
    debated_result(&debated, arguments);
    const struct map *one = map_of(&debated, (struct map_view){SIZE_MAX, SIZE_MAX, "answer", 1});
    assert_int_equal(one->node_count, 3); /* answer, no-market, doubt */
    assert_int_equal(one->left_out, 2);
    const struct map *two = map_of(&debated, (struct map_view){SIZE_MAX, SIZE_MAX, "answer", 2});
    assert_int_equal(two->node_count, 5);
    debated_close(&debated);
}

/* With an opinion, the claims behind it and the arguments stand in one map. */
static void test_claims_and_arguments(void **state)
{
    (void)state;
    struct debated debated = {0};
    debated_result(&debated,
                   "arguments:\n  a: {claim: A., attacks: [rule/response, model.detection],\n"
                   "    when_accepted: {model.detection: 0.02 1/year}}\n");
    struct map *map = map_of(
        &debated, (struct map_view){debated_theory(debated.weighed.result, "rule"),
                                    debated_regime(debated.weighed.result, "harsh"), NULL, 2});
    size_t response = 0, attacked = 0;
    for (size_t i = 0; i < map->node_count; i++)
        if (strcmp(map->nodes[i].name, "rule/response") == 0) {
            response++;
            for (size_t k = 0; k < map->arrow_count; k++)
                attacked += map->arrows[k].to == i && map->arrows[k].attack;
            assert_string_equal(map->nodes[i].label, "out");
        }
    assert_int_equal(response, 1);
    assert_int_equal(attacked, 1);
    debated_close(&debated);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout_keeps_its_promises),
        cmocka_unit_test(test_words_beside_colours),
        cmocka_unit_test(test_focus),
        cmocka_unit_test(test_claims_and_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

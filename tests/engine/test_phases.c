/* Graphs over the rows of a table, against plain loops over all rows in long double. */
#include <string.h>

#include "brute.h"
#include "engine/phases.h"
#include "engine/total.h"

enum { CLASSES = 3, ROWS = 1805, REGIMES = 2 };

/* One class has more than a leaf of rows, one has a few, one has a leaf exactly. */
static const uint64_t firsts[CLASSES + 1] = {0, 1544, 1549, ROWS};

struct bench {
    struct arena arena;
    struct graph *graph;
    double x[ROWS], weight[ROWS];
    bool flag[ROWS];
    node_id mean, spread, worst, best, any, all, by_class, holds, label, drawn_mean;
    uint32_t column_of[16];
    const double *columns[3];
    double flags[ROWS];
    struct rows rows;
};

static const char *const class_names[CLASSES] = {"long", "short", "leaf"};
static const char *const regime_names[REGIMES] = {"a", "b"};
static const char *const label_names[2] = {"yes", "no"};

/* A premise for each class, all of which have one column. */
static node_id column(struct bench *b, uint32_t axis, const char *name, enum value_kind kind,
                      uint32_t column)
{
    node_id places[CLASSES];
    for (uint32_t c = 0; c < CLASSES; c++) {
        places[c] = premise(b->graph, arena_printf(&b->arena, "%s.%s", class_names[c], name), kind);
        b->column_of[b->graph->nodes[places[c]].index] = column;
    }
    return stack_of(b->graph, axis, places);
}

/*  share = weight / sum of weight;  y = exp(k x) times 1 or 1.5 by regime;  m = sum of share y
 *  spread = sum of share (y - m)^2;  worst = least mean of y over classes; best the greatest of y+c
 *  where c is a constant of the class. */
static void make_graph(struct bench *b)
{
    struct graph *g = b->graph = graph_new(&b->arena);
    uint32_t regime = named_axis(g, "regime", REGIMES, regime_names, false);
    uint32_t kase = named_axis(g, "case", CLASSES, class_names, true);
    for (size_t p = 0; p < COUNT_OF(b->column_of); p++)
        b->column_of[p] = ROWS_NONE;
    node_id weight = column(b, kase, "share", VALUE_NUMBER, 1);
    node_id x = column(b, kase, "x", VALUE_NUMBER, 0);
    node_id flag = column(b, kase, "flag", VALUE_TRUTH, 2);
    node_id k = premise(g, "k", VALUE_NUMBER);
    node_id by_regime[REGIMES] = {constant(g, 1), constant(g, 1.5)};
    node_id constants[CLASSES] = {constant(g, 0), constant(g, 3), constant(g, -1)};
    node_id share = APPLY(g, OP_DIV, weight, reduce(g, OP_SUM, kase, weight));
    node_id y =
        APPLY(g, OP_MUL, APPLY(g, OP_EXP, APPLY(g, OP_MUL, k, x)), stack_of(g, regime, by_regime));
    b->mean = reduce(g, OP_SUM, kase, APPLY(g, OP_MUL, share, y));
    node_id off = APPLY(g, OP_SUB, y, b->mean);
    b->spread = reduce(g, OP_SUM, kase, APPLY(g, OP_MUL, share, APPLY(g, OP_MUL, off, off)));
    b->worst = reduce(g, OP_REDUCE_MIN, kase, y);
    b->best = reduce(g, OP_REDUCE_MAX, kase, APPLY(g, OP_ADD, y, stack_of(g, kase, constants)));
    b->any = reduce(g, OP_REDUCE_MAX, kase, flag);
    b->all = reduce(g, OP_REDUCE_MIN, kase, flag);
    b->by_class = y;
    b->holds = APPLY(g, OP_ABOVE, y, b->mean);
    node_id labels[CLASSES];
    for (uint32_t c = 0; c < CLASSES; c++)
        assert_built(graph_label(g, c == 1, label_names, 2, &labels[c]), g);
    b->label = stack_of(g, kase, labels);
}

static int set_up(void **state)
{
    static struct bench b;
    uint64_t random = 11;
    memset(&b, 0, sizeof b);
    arena_init(&b.arena, &allocator_heap);
    make_graph(&b);
    for (size_t i = 0; i < ROWS; i++) {
        b.x[i] = 2 * random_unit(&random) - 1;
        b.weight[i] = i % 7 == 0 ? 0 : 0.5 + random_unit(&random);
        b.flags[i] = b.flag[i] = i == 1546;
    }
    b.columns[0] = b.x;
    b.columns[1] = b.weight;
    b.columns[2] = b.flags;
    b.rows = (struct rows){1, firsts, b.columns, b.column_of, b.weight};
    *state = &b;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(&((struct bench *)*state)->arena);
    return 0;
}

/* --- the same in plain loops ----------------------------------------------------------------- */

struct plain {
    double mean, spread, worst, best, by_class[CLASSES], holds[CLASSES];
};

static struct plain plain(const struct bench *b, double k, double factor)
{
    static const double constants[CLASSES] = {0, 3, -1};
    struct plain plain = {.worst = HUGE_VAL, .best = -HUGE_VAL};
    long double whole = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < ROWS; i++) {
        whole += (long double)b->weight[i];
        sum += (long double)b->weight[i] * expl((long double)k * (long double)b->x[i]) *
               (long double)factor;
    }
    long double mean = sum / whole;
    for (size_t c = 0; c < CLASSES; c++) {
        long double weight = 0, in_class = 0, above = 0;
        for (size_t i = firsts[c]; i < firsts[c + 1]; i++) {
            long double y = expl((long double)k * (long double)b->x[i]) * (long double)factor;
            weight += (long double)b->weight[i];
            in_class += (long double)b->weight[i] * y;
            above += y > mean ? (long double)b->weight[i] : 0;
            squares += (long double)b->weight[i] * (y - mean) * (y - mean);
        }
        plain.by_class[c] = (double)(in_class / weight);
        plain.holds[c] = (double)(above / weight);
        plain.worst = fmin(plain.worst, plain.by_class[c]);
        plain.best = fmax(plain.best, plain.by_class[c] + constants[c]);
    }
    plain.mean = (double)mean;
    plain.spread = (double)(squares / whole);
    return plain;
}

/* --- evaluating ------------------------------------------------------------------------------ */

enum { LANES = 3, CELLS = 2 + 2 + 2 + 2 + 1 + 1 + 6 + 6 + 3 };

static bool evaluate(struct bench *b, const struct manner *manner, double *out,
                     struct engine_fault *fault)
{
    static const double ks[LANES] = {0.5, -1, 2};
    node_id wanted[] = {b->mean, b->spread,   b->worst, b->best, b->any,
                        b->all,  b->by_class, b->holds, b->label};
    const char *why = NULL;
    uint32_t count = b->graph->premise_count;
    struct lane_source *sources = arena_array(&b->arena, count, sizeof *sources);
    bool *varies = arena_array(&b->arena, count, sizeof *varies);
    for (uint32_t p = 0; p < count; p++)
        if (strcmp(b->graph->premises[p].path, "k") == 0) {
            sources[p].values = ks;
            varies[p] = true;
        }
    struct lanes lanes = {.sources = sources, .count = LANES, .manner = manner};
    struct phases *phases =
        phases_build(&b->arena, b->graph, wanted, COUNT_OF(wanted), &b->rows, &why);
    if (phases == NULL)
        fail_msg("%s", why);
    return phases_evaluate(phases, &lanes, varies, &b->arena, out, fault);
}

static void test_against_plain_loops(void **state)
{
    static const double ks[LANES] = {0.5, -1, 2}, factors[REGIMES] = {1, 1.5};
    struct bench *b = *state;
    struct engine_fault fault;
    double out[CELLS][LANES];
    assert_true(evaluate(b, NULL, out[0], &fault));
    for (size_t lane = 0; lane < LANES; lane++)
        for (size_t r = 0; r < REGIMES; r++) {
            struct plain expected = plain(b, ks[lane], factors[r]);
            assert_close(out[r][lane], expected.mean, 1e-13, 0);
            assert_close(out[2 + r][lane], expected.spread, 1e-11, 0);
            assert_close(out[4 + r][lane], expected.worst, 1e-13, 0);
            assert_close(out[6 + r][lane], expected.best, 1e-13, 1e-13);
            for (size_t c = 0; c < CLASSES; c++) {
                assert_close(out[10 + r * CLASSES + c][lane], expected.by_class[c], 1e-13, 0);
                assert_close(out[16 + r * CLASSES + c][lane], expected.holds[c], 1e-13, 1e-13);
            }
        }
    for (size_t lane = 0; lane < LANES; lane++) {
        assert_true(out[8][lane] == 1 && out[9][lane] == 0); /* one row has the flag */
        assert_true(out[22][lane] == 0 && out[23][lane] == 1 && out[24][lane] == 0);
    }
}

/* The row with the flag has no weight, so nobody who counts has it. */
static void test_rows_without_weight_decide_no_truth(void **state)
{
    struct bench *b = *state;
    struct engine_fault fault;
    double out[CELLS][LANES];
    b->weight[1546] = 0;
    assert_true(evaluate(b, NULL, out[0], &fault));
    assert_true(out[8][0] == 0);
}

static void test_same_bits(void **state)
{
    struct bench *b = *state;
    struct engine_fault fault;
    double first[CELLS][LANES], out[CELLS][LANES];
    assert_true(evaluate(b, NULL, first[0], &fault));
    for (unsigned threads = 1; threads <= 7; threads += 3)
        for (enum isa isa = ISA_BASELINE; isa <= ISA_AVX512; isa++)
            for (size_t block = 32; block <= 1024; block *= 4) {
                struct manner manner = {.threads = threads, .isa = isa, .block = block};
                if (!isa_fits(isa))
                    continue;
                assert_true(evaluate(b, &manner, out[0], &fault));
                assert_memory_equal(out, first, sizeof out);
            }
}

/* Row by row as along an axis of the graph: one order of sums for both. */
static void test_totals_as_along_an_axis(void **state)
{
    static const size_t sizes[] = {1, 2, 15, 16, 17, 255, 256, 257, 513, 1544, ROWS};
    struct bench *b = *state;
    for (size_t s = 0; s < COUNT_OF(sizes); s++) {
        struct graph *graph = graph_new(&b->arena);
        uint32_t size = (uint32_t)sizes[s], index = 0;
        struct axis axis = {.name = "rows", .size = size, .coordinates = b->x, .unit = unit_one};
        assert_built(graph_axis(graph, &axis, &index), graph);
        node_id x = coordinate(graph, index), p = premise(graph, "x", VALUE_NUMBER);
        node_id sums[3] = {reduce(graph, OP_SUM, index, x), reduce(graph, OP_REDUCE_MIN, index, x),
                           reduce(graph, OP_REDUCE_MAX, index, x)};
        node_id lanes_of[3] = {p, p, p};
        enum op ops[3] = {OP_SUM, OP_REDUCE_MIN, OP_REDUCE_MAX};
        struct lane_source source = {.values = b->x};
        struct lanes one = {.sources = &source, .count = 1};
        struct lanes many = {.sources = &source, .count = size};
        struct engine_fault fault;
        bool varies[1] = {true};
        double expected[3], totals[3];
        struct tape *along = tape_build(&b->arena, graph, sums, 3, varies);
        struct tape *rows = tape_build(&b->arena, graph, lanes_of, 3, varies);
        assert_true(engine_evaluate(along, &one, &b->arena, expected, &fault));
        assert_true(engine_total(rows, &many, ops, &b->arena, totals, &fault));
        assert_memory_equal(totals, expected, sizeof totals);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_against_plain_loops, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rows_without_weight_decide_no_truth, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_same_bits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_totals_as_along_an_axis, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

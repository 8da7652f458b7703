#include "cmocka_all.h"

#include <math.h>
#include <string.h>

#include "fixture.h"
#include "graph/random_fragment.h"
#include "graph/wire.h"

static struct wire_writer encode(struct arena *arena, const struct fragment *fragment)
{
    struct wire_writer writer;
    wire_writer_init(&writer, arena);
    wire_put_fragment(&writer, fragment);
    return writer;
}

/* Whether `size` bytes at `data` are a whole fragment; then what it writes must be these bytes. */
static bool is_read_back(const char *data, size_t size)
{
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    struct wire_reader reader;
    wire_reader_init(&reader, &arena, data, size);
    struct fragment *fragment = wire_get_fragment(&reader);
    wire_get_end(&reader);
    assert_true((fragment == NULL) <= (reader.fault != NULL));
    bool accepted = reader.fault == NULL;
    if (accepted) {
        struct wire_writer again = encode(&arena, fragment);
        assert_int_equal(again.bytes.length, size);
        assert_memory_equal(again.bytes.data, data, size);
    }
    arena_release(&arena);
    return accepted;
}

/* --- round trip ------------------------------------------------------------------------------ */

static void assert_same_nodes(const struct graph *a, const struct graph *b)
{
    assert_int_equal(a->node_count, b->node_count);
    for (uint32_t i = 0; i < a->node_count; i++) {
        const struct node *left = &a->nodes[i], *right = &b->nodes[i];
        assert_int_equal(left->op, right->op);
        assert_int_equal(left->kind, right->kind);
        assert_int_equal(left->axes, right->axes);
        assert_int_equal(left->index, right->index);
        assert_int_equal(left->line, right->line);
        assert_int_equal(left->label_count, right->label_count);
        assert_true(unit_equal(&left->unit, &right->unit));
        assert_memory_equal(&left->constant, &right->constant, sizeof left->constant);
        assert_int_equal(left->argument_count, right->argument_count);
        for (uint32_t j = 0; j < left->argument_count; j++)
            assert_int_equal(left->arguments[j], right->arguments[j]);
    }
}

static void test_round_trip(void **state)
{
    unsigned seen[OP_COUNT] = {0};
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct fragment *made = random_fragment(*state, seed, 400);
        struct wire_writer bytes = encode(*state, made);
        struct wire_reader reader;
        wire_reader_init(&reader, *state, bytes.bytes.data, bytes.bytes.length);
        struct fragment *read = wire_get_fragment(&reader);
        assert_null(reader.fault);
        assert_non_null(read);
        wire_get_end(&reader);
        assert_null(reader.fault);
        assert_same_nodes(made->graph, read->graph);
        assert_string_equal(read->instance, "toy");
        assert_string_equal(read->plugin, "toy.lua");
        assert_int_equal(read->output_count, made->output_count);
        assert_int_equal(read->conclusion != NULL, made->conclusion != NULL);
        assert_true(is_read_back(bytes.bytes.data, bytes.bytes.length));
        for (uint32_t i = 0; i < made->graph->node_count; i++)
            seen[made->graph->nodes[i].op]++;
    }
    for (enum op op = 0; op < OP_COUNT; op++)
        if (seen[op] == 0 && !op_is_directed(op))
            fail_msg("the random fragments hold no %s", op_spelling(op));
}

static void test_every_truncation_is_refused(void **state)
{
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct wire_writer bytes = encode(*state, random_fragment(*state, seed, 60));
        for (size_t size = 0; size < bytes.bytes.length; size++)
            assert_false(is_read_back(bytes.bytes.data, size));
        text_add_char(&bytes.bytes, '\0');
        assert_false(is_read_back(bytes.bytes.data, bytes.bytes.length));
    }
}

/* A changed byte is refused, or means what it says: the graph writes the same bytes again. */
static void test_every_flip_is_refused_or_meant(void **state)
{
    unsigned accepted = 0, tried = 0;
    for (uint64_t seed = 1; seed <= 2; seed++) {
        struct wire_writer bytes = encode(*state, random_fragment(*state, seed, 50));
        for (size_t at = 0; at < bytes.bytes.length; at++)
            for (unsigned flip = 0; flip < 9; flip++) {
                unsigned char mask = (unsigned char)(flip < 8 ? 1u << flip : 0xFFu);
                bytes.bytes.data[at] = (char)(bytes.bytes.data[at] ^ mask);
                accepted += is_read_back(bytes.bytes.data, bytes.bytes.length);
                bytes.bytes.data[at] = (char)(bytes.bytes.data[at] ^ mask);
                tried++;
            }
    }
    assert_in_range(accepted, 1, tried - 1); /* texts and lines may change */
}

/* --- hand-made messages ---------------------------------------------------------------------- */

/* A message that stands before its axes. */
static struct wire_writer begin_head(struct arena *arena, uint32_t axis_count)
{
    struct wire_writer writer;
    wire_writer_init(&writer, arena);
    wire_put_u32(&writer, 0x465A5341);
    wire_put_u32(&writer, WIRE_VERSION);
    wire_put_string(&writer, "toy");
    wire_put_string(&writer, "toy.lua");
    wire_put_u32(&writer, axis_count);
    return writer;
}

/* A message that stands before its nodes: axes regime (2) and case (3). */
static struct wire_writer begin(struct arena *arena, uint32_t node_count)
{
    struct wire_writer writer = begin_head(arena, 2);
    for (uint32_t i = 0; i < 2; i++) {
        wire_put_string(&writer, i == 0 ? "regime" : "case");
        wire_put_u32(&writer, i + 2);
        wire_put_u32(&writer, 0);
        wire_put_unit(&writer, &unit_one);
    }
    wire_put_u32(&writer, node_count);
    return writer;
}

static void put_op(struct wire_writer *writer, const char *spelling)
{
    wire_put_string(writer, spelling);
    wire_put_u32(writer, 7);
}

static void put_number(struct wire_writer *writer, double value)
{
    put_op(writer, "const");
    wire_put_u32(writer, VALUE_NUMBER);
    wire_put_f64(writer, value);
    wire_put_unit(writer, &unit_one);
}

static void put_truth(struct wire_writer *writer, uint32_t value)
{
    put_op(writer, "const");
    wire_put_u32(writer, VALUE_TRUTH);
    wire_put_u32(writer, value);
}

static void put_premise(struct wire_writer *writer, const char *path)
{
    put_op(writer, "premise");
    wire_put_string(writer, path);
    wire_put_u32(writer, VALUE_NUMBER);
    wire_put_unit(writer, &unit_one);
}

static void put_port(struct wire_writer *writer, const char *name, uint32_t axes)
{
    put_op(writer, "port");
    wire_put_string(writer, name);
    wire_put_u32(writer, VALUE_NUMBER);
    wire_put_unit(writer, &unit_one);
    wire_put_u32(writer, axes);
}

static void put_numbers(struct wire_writer *writer, size_t count, const uint32_t *numbers)
{
    for (size_t i = 0; i < count; i++)
        wire_put_u32(writer, numbers[i]);
}

#define PUT(writer, ...)                                                                           \
    put_numbers((writer), COUNT_OF(((uint32_t[]){__VA_ARGS__})), (uint32_t[]){__VA_ARGS__})

static void put_claim(struct wire_writer *writer, const char *name, uint32_t value,
                      uint32_t applies)
{
    put_op(writer, "claim");
    wire_put_u32(writer, value);
    wire_put_string(writer, name);
    wire_put_string(writer, "text");
    PUT(writer, UINT32_MAX, UINT32_MAX, UINT32_MAX, 0, 0, applies);
    wire_put_string(writer, "toy.lua");
    wire_put_u32(writer, 1);
}

/* A conclusion with nothing but these. */
static void put_theory(struct wire_writer *writer, uint32_t score, uint32_t difference,
                       uint32_t applies)
{
    PUT(writer, 1, score, difference, applies, UINT32_MAX, 0, 0, 0, 0, 0x2E444E45);
}

static void assert_fault(struct arena *arena, const struct wire_writer *writer, const char *fault)
{
    struct wire_reader reader;
    wire_reader_init(&reader, arena, writer->bytes.data, writer->bytes.length);
    struct fragment *fragment = wire_get_fragment(&reader);
    wire_get_end(&reader);
    if (fault == NULL) {
        assert_null(reader.fault);
        assert_non_null(fragment);
        return;
    }
    assert_null(fragment);
    assert_non_null(reader.fault);
    assert_string_equal(reader.fault, fault);
}

static void test_smallest_theory_is_read(void **state)
{
    struct wire_writer writer = begin(*state, 1);
    put_number(&writer, 1);
    put_theory(&writer, 0, UINT32_MAX, UINT32_MAX);
    assert_fault(*state, &writer, NULL);
}

static void test_faults_of_nodes(void **state)
{
    struct wire_writer writer = begin(*state, 1);
    put_op(&writer, "frobnicate");
    assert_fault(*state, &writer, "there is no operation `frobnicate`");

    for (enum op op = 0; op < OP_COUNT; op++) { /* those of bounds are in no argument */
        if (!op_is_directed(op))
            continue;
        writer = begin(*state, 3);
        put_number(&writer, 1);
        put_premise(&writer, "model.a");
        put_op(&writer, op_spelling(op));
        put_numbers(&writer, 2, (const uint32_t[]){0, 1});
        const char *fault =
            arena_printf(*state, "`%s` is no operation of an argument", op_spelling(op));
        assert_fault(*state, &writer, fault);
    }

    writer = begin(*state, 1);
    put_number(&writer, (double)NAN);
    assert_fault(*state, &writer, "node 0: a literal is not a number");

    writer = begin(*state, 1);
    put_truth(&writer, 2);
    assert_fault(*state, &writer, "a truth is 2");

    writer = begin(*state, 2);
    put_number(&writer, 1);
    put_number(&writer, 1);
    assert_fault(*state, &writer, "node 1: const is not in the form that the builder makes");

    writer = begin(*state, 3); /* a sum of literals folds */
    put_number(&writer, 1);
    put_number(&writer, 2);
    put_op(&writer, "add");
    PUT(&writer, 0, 1);
    assert_fault(*state, &writer, "node 2: add is not in the form that the builder makes");

    writer = begin(*state, 2); /* 1 + 1 folds to a new literal in the place of the sum */
    put_number(&writer, 1);
    put_op(&writer, "add");
    PUT(&writer, 0, 0);
    assert_fault(*state, &writer, "node 1: add is not in the form that the builder makes");

    writer = begin(*state, 2);
    put_premise(&writer, "model.a");
    put_op(&writer, "add");
    PUT(&writer, 0, 1);
    assert_fault(*state, &writer, "node 1 is used before it is made");

    writer = begin(*state, 2);
    put_premise(&writer, "model.a");
    put_op(&writer, "not");
    PUT(&writer, 0);
    assert_fault(*state, &writer, "node 1: not needs a truth, not a number");

    writer = begin(*state, 2);
    put_premise(&writer, "model.a");
    put_op(&writer, "sum");
    PUT(&writer, 2, 0);
    assert_fault(*state, &writer, "there is no axis 2");

    writer = begin(*state, 2); /* the sum of what does not vary is a product */
    put_premise(&writer, "model.a");
    put_op(&writer, "sum");
    PUT(&writer, 1, 0);
    assert_fault(*state, &writer, "node 1: sum is not in the form that the builder makes");

    writer = begin(*state, 2); /* the least of what does not vary is itself */
    put_premise(&writer, "model.a");
    put_op(&writer, "reduce_min");
    PUT(&writer, 1, 0);
    assert_fault(*state, &writer, "node 1: reduce_min is not in the form that the builder makes");

    writer = begin(*state, 2); /* a stack of equals does not vary */
    put_premise(&writer, "model.a");
    put_op(&writer, "stack");
    PUT(&writer, 0, 0, 0);
    assert_fault(*state, &writer, "node 1: stack is not in the form that the builder makes");

    writer = begin(*state, 1);
    put_port(&writer, "custody", 4);
    assert_fault(*state, &writer,
                 "node 0: the port custody varies along an axis that is not there");

    writer = begin(*state, 4); /* max(model.harm, 0) has to be max(model.harm, 0 hu) */
    struct unit harm = {.power = {[UNIT_HARM] = 1}};
    put_number(&writer, 0);
    put_op(&writer, "const");
    PUT(&writer, VALUE_NUMBER, 0, 0);
    wire_put_unit(&writer, &harm);
    put_op(&writer, "premise");
    wire_put_string(&writer, "model.harm");
    PUT(&writer, VALUE_NUMBER);
    wire_put_unit(&writer, &harm);
    put_op(&writer, "max");
    PUT(&writer, 2, 0);
    assert_fault(*state, &writer, "node 3: max is not in the form that the builder makes");

    writer = begin(*state, 2);
    put_premise(&writer, "model.a");
    put_op(&writer, "interpolate");
    PUT(&writer, 2, 0, 0);
    assert_fault(*state, &writer,
                 "node 1: interpolate needs at least one knot and as many values as knots");

    writer = begin(*state, 2);
    put_premise(&writer, "model.a");
    put_op(&writer, "min");
    PUT(&writer, 0, 0);
    put_theory(&writer, 1, UINT32_MAX, UINT32_MAX);
    assert_fault(*state, &writer, NULL);

    writer = begin(*state, 1);
    put_premise(&writer, "");
    assert_fault(*state, &writer, "the path of a premise is empty");

    writer = begin(*state, GRAPH_MOST_NODES + 1);
    text_pad(&writer.bytes, '\0', (size_t)13 * GRAPH_MOST_NODES);
    assert_fault(*state, &writer, "there are 1048577 nodes; at most 1048576 are read");

    writer = begin(*state, 1000);
    assert_fault(*state, &writer, "a count of 1000 is more than the message holds");
}

static void test_faults_of_claims(void **state)
{
    static const struct {
        const char *name, *fault;
    } rows[] = {
        {"toy.harm", NULL},
        {"toy.harm-2.a_B", NULL},
        {"toy.adjust-s. 4(b)", NULL},
        {"harm", "`harm` is no name of a claim of toy"},
        {"desert.harm", "`desert.harm` is no name of a claim of toy"},
        {"toy", "`toy` is no name of a claim of toy"},
        {"toy.", "`toy.` is no name of a claim of toy"},
        {"toy2.harm", "`toy2.harm` is no name of a claim of toy"},
        {"toy.the/harm", "`toy.the/harm` is no name of a claim of toy"},
        {"toy.harm[1]", "`toy.harm[1]` is no name of a claim of toy"},
        {"toy.harm\n", "`toy.harm\n` is no name of a claim of toy"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct wire_writer writer = begin(*state, 2);
        put_number(&writer, 1);
        put_claim(&writer, rows[i].name, 0, UINT32_MAX);
        put_theory(&writer, 1, UINT32_MAX, UINT32_MAX);
        assert_fault(*state, &writer, rows[i].fault);
    }
    struct wire_writer writer = begin(*state, 2);
    put_number(&writer, 1);
    put_claim(&writer, "toy.harm", 0, 1);
    assert_fault(*state, &writer, "node 1 is used before it is made");

    writer = begin(*state, 2);
    put_number(&writer, 1);
    put_claim(&writer, "toy.harm", 0, 0);
    assert_fault(*state, &writer, "node 1: `applies` of the claim toy.harm is not a truth");

    writer = begin(*state, 3);
    put_number(&writer, 1);
    put_claim(&writer, "toy.harm", 0, UINT32_MAX);
    put_claim(&writer, "toy.harm", 0, UINT32_MAX);
    assert_fault(*state, &writer, "node 2: claim is not in the form that the builder makes");

    writer = begin(*state, 3);
    put_number(&writer, 1);
    put_claim(&writer, "toy.harm", 0, UINT32_MAX);
    put_claim(&writer, "toy.harm", 1, UINT32_MAX);
    assert_fault(*state, &writer,
                 "node 2: there is a claim called toy.harm already, with another value");
}

/* Nodes: 0 a number, 1 a truth, 2 a number along regime, 3 one along regime and case. */
static struct wire_writer begin_conclusion(struct arena *arena)
{
    struct wire_writer writer = begin(arena, 4);
    put_number(&writer, 1);
    put_truth(&writer, 1);
    put_port(&writer, "custody", 1);
    put_port(&writer, "custody", 3);
    return writer;
}

static void test_faults_of_conclusions(void **state)
{
    static const struct {
        uint32_t score, difference, applies;
        const char *fault;
    } rows[] = {
        {2, 3, 1, NULL},
        {3, UINT32_MAX, UINT32_MAX, "the score varies along another axis than it may"},
        {1, UINT32_MAX, UINT32_MAX, "the score is not a number"},
        {4, UINT32_MAX, UINT32_MAX, "node 4 is used before it is made"},
        {UINT32_MAX, UINT32_MAX, UINT32_MAX, "node 4294967295 is used before it is made"},
        {0, 1, UINT32_MAX, "the difference is not a number"},
        {0, UINT32_MAX, 0, "`applies` is not a truth value"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct wire_writer writer = begin_conclusion(*state);
        put_theory(&writer, rows[i].score, rows[i].difference, rows[i].applies);
        assert_fault(*state, &writer, rows[i].fault);
    }
    struct wire_writer writer = begin_conclusion(*state);
    PUT(&writer, 3);
    assert_fault(*state, &writer, "it is neither theory nor regime");

    writer = begin_conclusion(*state);
    PUT(&writer, 1, 0, UINT32_MAX, UINT32_MAX, UINT32_MAX, 0, 0, 0, 0, 0x2E444E46);
    assert_fault(*state, &writer, "the end record is missing");

    writer = begin_conclusion(*state); /* one requirement, whose value varies along case */
    PUT(&writer, 1, 0, UINT32_MAX, UINT32_MAX, UINT32_MAX, 0, 1);
    wire_put_string(&writer, "mean");
    wire_put_string(&writer, "mean proportionality");
    PUT(&writer, RELATION_ABOVE, 3, 0, 1);
    assert_fault(*state, &writer, "a requirement's value varies along another axis than it may");

    writer = begin_conclusion(*state);
    PUT(&writer, 1, 0, UINT32_MAX, UINT32_MAX, UINT32_MAX, 0, 1);
    wire_put_string(&writer, "mean");
    wire_put_string(&writer, "mean proportionality");
    PUT(&writer, 4, 2, 0, 1);
    assert_fault(*state, &writer, "there is no relation 4");
}

static void test_faults_of_outputs(void **state)
{
    struct wire_writer writer = begin(*state, 1);
    put_port(&writer, "custody", 2);
    PUT(&writer, 2, 0, 0x2E444E45);
    assert_fault(*state, &writer, "a regime reads a sentence");

    writer = begin(*state, 3);
    put_premise(&writer, "model.a");
    put_premise(&writer, "model.b");
    put_op(&writer, "stack");
    PUT(&writer, 0, 0, 1);
    PUT(&writer, 2, 1);
    wire_put_string(&writer, "custody");
    PUT(&writer, 2);
    wire_put_string(&writer, NULL);
    PUT(&writer, 0x2E444E45);
    assert_fault(*state, &writer, "an output varies along another axis than it may");

    writer = begin(*state, 1);
    put_premise(&writer, "model.a");
    PUT(&writer, 2, 2);
    for (int i = 0; i < 2; i++) {
        wire_put_string(&writer, "custody");
        PUT(&writer, 0);
        wire_put_string(&writer, NULL);
    }
    assert_fault(*state, &writer, "the output custody stands twice");
}

static void test_faults_of_heads(void **state)
{
    struct wire_writer writer = begin(*state, 1);
    writer.bytes.data[0] = 'B';
    assert_fault(*state, &writer, "it is not a fragment");
    writer = begin(*state, 1);
    writer.bytes.data[4] = 2;
    assert_fault(*state, &writer, "it is of version 2, not 1");
    writer.bytes.length = 0;
    assert_fault(*state, &writer, "the message ends early");
}

static void test_faults_of_axes(void **state)
{
    static const struct {
        const char *name;
        uint32_t size, has;
        const char *fault;
    } rows[] = {
        {"case", 0, 0, "axis 0: the axis `case` would have no places"},
        {"case", GRAPH_MOST_CELLS + 1, 0, "an axis has 4194305 places; at most 4194304 are read"},
        {"case", 2, 8, "an axis has something unknown"},
        {"case", 1000, 1, "the message ends early"},
        {"case", 1000, 2, "the message ends early"},
        {"case", 1, 2, "a coordinate is not finite"},
        {NULL, 1, 0, "the name of an axis is missing"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct wire_writer writer = begin_head(*state, 1);
        wire_put_string(&writer, rows[i].name);
        PUT(&writer, rows[i].size, rows[i].has);
        wire_put_unit(&writer, &unit_one);
        wire_put_f64(&writer, (double)INFINITY);
        assert_fault(*state, &writer, rows[i].fault);
    }
}

/* --- primitives ------------------------------------------------------------------------------ */

static void test_primitives(void **state)
{
    struct wire_writer writer;
    wire_writer_init(&writer, *state);
    struct unit unit = unit_one;
    double scale;
    assert_true(unit_parse("USD^2/EUR/month^20", &unit, &scale));
    wire_put_u32(&writer, 0x01020304);
    wire_put_f64(&writer, -0.0);
    wire_put_string(&writer, "caf\xc3\xa9");
    wire_put_string(&writer, NULL);
    wire_put_string(&writer, "");
    wire_put_unit(&writer, &unit);
    assert_memory_equal(writer.bytes.data, "\4\3\2\1", 4);
    struct wire_reader reader;
    wire_reader_init(&reader, *state, writer.bytes.data, writer.bytes.length);
    assert_int_equal(wire_get_u32(&reader), 0x01020304);
    double zero = wire_get_f64(&reader);
    assert_true(zero == 0 && signbit(zero));
    assert_string_equal(wire_get_string(&reader), "caf\xc3\xa9");
    assert_null(wire_get_string(&reader));
    assert_string_equal(wire_get_string(&reader), "");
    struct unit again = wire_get_unit(&reader);
    assert_true(unit_equal(&unit, &again));
    wire_get_end(&reader);
    assert_null(reader.fault);
    assert_int_equal(wire_get_u32(&reader), 0);
    assert_string_equal(reader.fault, "the message ends early");
    assert_null(wire_get_string(&reader)); /* from then on nothing is read */
    assert_int_equal(wire_get_count(&reader, 1), 0);
}

static void assert_string_fault(struct arena *arena, uint32_t length, const char *bytes,
                                size_t size, const char *fault)
{
    struct wire_writer writer;
    wire_writer_init(&writer, arena);
    wire_put_u32(&writer, length);
    text_add_n(&writer.bytes, bytes, size);
    struct wire_reader reader;
    wire_reader_init(&reader, arena, writer.bytes.data, writer.bytes.length);
    assert_null(wire_get_string(&reader));
    assert_string_equal(reader.fault, fault);
}

static void test_string_faults(void **state)
{
    assert_string_fault(*state, 3, "a\0b", 3, "a text is not UTF-8, or holds a NUL");
    assert_string_fault(*state, 2, "\xc3(", 2, "a text is not UTF-8, or holds a NUL");
    assert_string_fault(*state, 3, "\xed\xa0\x80", 3, "a text is not UTF-8, or holds a NUL");
    assert_string_fault(*state, 4, "abc", 3, "the message ends early");
    assert_string_fault(*state, 0xFFFFFFFE, "abc", 3,
                        "a text has 4294967294 bytes; at most 65536 are read");
}

static void test_unit_faults(void **state)
{
    static const unsigned char wrong[][13] = {
        {21},                                                   /* a power too far */
        {0xEB},                                                 /* -21 */
        {0, 0, 0, 0, 0, 'U', 'S', 'D', 0},                      /* a currency without power */
        {0, 0, 0, 0, 0, 'u', 's', 'd', 1},                      /* not capital */
        {0, 0, 0, 0, 0, 0, 0, 0, 0, 'U', 'S', 'D', 1},          /* a gap */
        {0, 0, 0, 0, 0, 'U', 'S', 'D', 1, 'E', 'U', 'R', 1},    /* not sorted */
        {0, 0, 0, 0, 0, 'U', 'S', 'D', 1, 'U', 'S', 'D', 1},    /* twice */
        {0, 0, 0, 0, 0, 'E', 'U', 'R', 1, 'U', 'S', 'D', 0x80}, /* -128 */
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct wire_reader reader;
        wire_reader_init(&reader, *state, wrong[i], sizeof wrong[i]);
        struct unit unit = wire_get_unit(&reader);
        assert_true(unit_is_one(&unit));
        assert_string_equal(reader.fault, "a unit is not one that can be made");
    }
}

/* --- hash ------------------------------------------------------------------------------------ */

static void test_hash(void **state)
{
    char empty[65], one[65], two[65], again[65];
    node_id node;
    /* No axes and no nodes are eight bytes of 0: `head -c 8 /dev/zero | sha256sum`. */
    graph_hash(graph_new(*state), *state, empty);
    assert_string_equal(empty, "af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc");
    struct graph *graph = graph_new(*state), *other = graph_new(*state);
    graph_constant(graph, 1, &unit_one, &node);
    graph_constant(other, 1, &unit_one, &node);
    graph_hash(graph, *state, one);
    graph_hash(other, *state, again);
    assert_string_equal(one, again);
    graph_constant(graph, 2, &unit_one, &node);
    graph_hash(graph, *state, two);
    assert_string_not_equal(one, two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_every_truncation_is_refused),
        cmocka_unit_test(test_every_flip_is_refused_or_meant),
        cmocka_unit_test(test_smallest_theory_is_read),
        cmocka_unit_test(test_faults_of_heads),
        cmocka_unit_test(test_faults_of_axes),
        cmocka_unit_test(test_faults_of_nodes),
        cmocka_unit_test(test_faults_of_claims),
        cmocka_unit_test(test_faults_of_conclusions),
        cmocka_unit_test(test_faults_of_outputs),
        cmocka_unit_test(test_primitives),
        cmocka_unit_test(test_string_faults),
        cmocka_unit_test(test_unit_faults),
        cmocka_unit_test(test_hash),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

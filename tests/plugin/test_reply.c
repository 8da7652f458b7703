/* The reply of a plugin's process, read as hostile input: cut short or changed in any byte it is
 * refused, or is another reply that would be written so; never a crash. */
#include "cmocka_all.h"

#include <string.h>

#include "fixture.h"
#include "plugin/kit.h"
#include "plugin/reply.h"

/* --- replies to begin with ------------------------------------------------------------------- */

static const char theory[] =
    THEORY("local x = claim { 'a', text = '{case}: {value}', value = s.model.theta,\n"
           "  applies = s.model.sure, otherwise = 'no', questions = { q = 'Why?' } }\n"
           "local n = axis('n', { 1, 2 })\n"
           "local chosen = s.model.basis:pick { theta = x, otherwise = 1 }\n"
           "local score = over.case.mean(s.cases.guilt * chosen) + over.n.sum(n)\n"
           "return conclude { score = score, scale = { [0] = 'n' }, applies = s.model.sure,\n"
           "  why_not = 'w', difference = s.cases.guilt * quantity(1, 'pme'),\n"
           "  requires = { a = { 'a', score, at_least = p.cut } },\n"
           "  show = { f = { 'f', value = x, holds = x:above(0) } } }");

static struct text written(struct arena *arena, const struct reply *reply)
{
    struct wire_writer writer;
    wire_writer_init(&writer, arena);
    reply_write(&writer, reply);
    return writer.bytes;
}

static struct text reply_of(struct kit kit)
{
    struct reply reply = {kit.declaration, kit.fragment, &kit.diags};
    return written(kit.arena, &reply);
}

static struct text fragment_reply(struct arena *arena)
{
    struct kit kit = kit_trace(arena, theory);
    assert_string_equal(kit_faults(&kit), "");
    return reply_of(kit);
}

static struct text declaration_reply(struct arena *arena)
{
    struct kit kit = kit_describe(arena, theory);
    assert_int_equal(kit.status, STATUS_OK);
    return reply_of(kit);
}

static struct text faults_reply(struct arena *arena)
{
    struct kit kit = kit_trace(
        arena, THEORY("local blamer = require 'blamer'\nlocal x = blamer.deep {} return x"));
    assert_int_equal(kit.status, STATUS_PLUGIN);
    return reply_of(kit);
}

static struct text input_reply(struct arena *arena)
{
    struct kit kit = kit_trace(arena, THEORY("input_error('no edition', 'give one')"));
    assert_int_equal(kit.status, STATUS_SCENARIO);
    return reply_of(kit);
}

/* --- reading --------------------------------------------------------------------------------- */

struct reading {
    struct arena arena;
    const char *data;
    size_t size;
    enum status status;
};

/* Reads; what is accepted is written as it was read. */
static void read_reply(void *argument)
{
    struct reading *reading = argument;
    struct reply reply = {NULL, NULL, NULL};
    struct diags diags;
    diags_init(&diags, &reading->arena);
    reading->status =
        reply_read(&reading->arena, "theories/t.lua", reading->data, reading->size, &reply, &diags);
    if (reading->status != STATUS_OK) {
        assert_int_equal(reading->status, STATUS_PLUGIN);
        assert_true(diags.errors > 0);
        assert_null(reply.declaration);
        assert_null(reply.fragment);
        return;
    }
    struct text again = written(&reading->arena, &reply);
    assert_int_equal(again.length, reading->size);
    assert_memory_equal(again.data, reading->data, reading->size);
}

static enum status status_of(const char *data, size_t size)
{
    struct reading reading = {.data = data, .size = size};
    arena_init(&reading.arena, &allocator_heap);
    reading.arena.limit = (size_t)256 << 20;
    assert_true(arena_try(&reading.arena, read_reply, &reading));
    arena_release(&reading.arena);
    return reading.status;
}

static void test_cut(void **state)
{
    struct text (*const makers[])(struct arena *) = {fragment_reply, declaration_reply,
                                                     faults_reply};
    for (size_t m = 0; m < COUNT_OF(makers); m++) {
        struct text whole = makers[m](*state);
        for (size_t size = 0; size < whole.length; size++) {
            /* a copy of just this size, so that a sanitizer sees a step beyond it */
            char *cut = test_malloc(size + 1);
            memcpy(cut, whole.data, size);
            assert_int_equal(status_of(cut, size), STATUS_PLUGIN);
            test_free(cut);
        }
        text_add(&whole, "x");
        assert_int_equal(status_of(whole.data, whole.length), STATUS_PLUGIN);
    }
}

static void assert_flips(struct text whole)
{
    for (size_t at = 0; at < whole.length; at++) {
        unsigned char kept = (unsigned char)whole.data[at];
        for (unsigned bit = 0; bit < 8; bit++) {
            whole.data[at] = (char)(kept ^ 1u << bit);
            status_of(whole.data, whole.length);
        }
        whole.data[at] = (char)0xFF;
        status_of(whole.data, whole.length);
        whole.data[at] = (char)kept;
    }
}

static void test_flips_in_fragment(void **state)
{
    assert_flips(fragment_reply(*state));
}

static void test_flips_in_declaration(void **state)
{
    assert_flips(declaration_reply(*state));
}

static void test_flips_in_faults(void **state)
{
    assert_flips(faults_reply(*state));
}

/* A fault of the input comes home as one: its message, its remedy, and no place. */
static void test_fault_of_the_input(void **state)
{
    struct arena *arena = *state;
    struct text bytes = input_reply(arena);
    struct reply read = {NULL, NULL, NULL};
    struct diags diags;
    diags_init(&diags, arena);
    assert_int_equal(reply_read(arena, "theories/t.lua", bytes.data, bytes.length, &read, &diags),
                     STATUS_SCENARIO);
    assert_int_equal(diags.count, 1);
    assert_null(diags.items[0].place.file);
    assert_string_equal(diags.items[0].message, "no edition");
    assert_string_equal(diags.items[0].remedy, "give one");
}

/* --- declarations that only a forger would send ---------------------------------------------- */

static void assert_refused(struct arena *arena, const struct schema *params, const char *reason)
{
    struct declaration declaration = {.id = "t", .version = "1", .title = "T"};
    struct schema record = {.kind = SCHEMA_RECORD, .name = "params", .unit_scale = 1};
    record.fields = arena_alloc(arena, sizeof *params);
    record.fields[0] = *params;
    record.field_count = 1;
    declaration.params = &record;
    struct reply reply = {.declaration = &declaration}, read;
    struct text bytes = written(arena, &reply);
    struct diags diags;
    diags_init(&diags, arena);
    assert_int_equal(reply_read(arena, "theories/t.lua", bytes.data, bytes.length, &read, &diags),
                     STATUS_PLUGIN);
    assert_string_equal(
        diags.items[0].message,
        arena_printf(arena, "the plugin's process sent no message that can be read: %s", reason));
}

static struct schema number_called(const char *name)
{
    return (struct schema){.kind = SCHEMA_NUMBER, .name = name, .unit_text = "1", .unit_scale = 1};
}

static void test_forged(void **state)
{
    struct arena *arena = *state;
    static const char *const twice[] = {"x", "x"};
    struct schema entry = {.kind = SCHEMA_RECORD}, number = number_called("a");
    struct schema two[] = {number, number};

    struct schema forged = number_called(NULL);
    assert_refused(arena, &forged, "a declaration has no name");
    forged = number_called("a\033[2J");
    assert_refused(arena, &forged, "a text holds control characters");
    forged = number_called("a\xc3");
    assert_refused(arena, &forged, "a text is not UTF-8, or holds a NUL");
    forged = number_called("a");
    forged.unit_text = NULL;
    assert_refused(arena, &forged, "a declared number has no unit");
    forged.unit_text = "furlong";
    assert_refused(arena, &forged, "a declared unit is no unit");
    forged = number_called("a");
    forged.low = (double)NAN;
    assert_refused(arena, &forged, "a declared number is not a number");
    forged = number_called("a");
    forged.kind = SCHEMA_LIST + 1;
    assert_refused(arena, &forged, "an unknown kind of declaration");
    forged = number_called("a");
    forged.status = PREMISE_UNVERIFIED + 1;
    assert_refused(arena, &forged, "an unknown status");
    forged = (struct schema){.kind = SCHEMA_LABEL, .name = "a", .labels = twice, .label_count = 2};
    assert_refused(arena, &forged, "a label has no name of its own");
    forged.label_count = 1;
    forged.value = 1;
    assert_refused(arena, &forged, "a label's default is not one of its names");
    forged = (struct schema){.kind = SCHEMA_MAP, .name = "a"};
    assert_refused(arena, &forged, "a declaration lacks its `of`");
    forged = (struct schema){.kind = SCHEMA_CASES, .name = "a", .of = &entry};
    assert_refused(arena, &forged, "by_case holds no premises");
    forged = (struct schema){.kind = SCHEMA_KINDS, .name = "a", .fields = two, .field_count = 1};
    assert_refused(arena, &forged, "a kind is not a record");
    forged = (struct schema){.kind = SCHEMA_RECORD, .name = "a", .fields = two, .field_count = 2};
    assert_refused(arena, &forged, "a name is declared twice");
    forged = (struct schema){.kind = SCHEMA_TRUTH, .name = "a", .fields = two, .field_count = 1};
    assert_refused(arena, &forged, "a leaf declares fields");
}

static void test_too_deep(void **state)
{
    struct schema chain[40];
    for (size_t i = 0; i < COUNT_OF(chain); i++)
        chain[i] = (struct schema){
            .kind = SCHEMA_MAP, .name = "a", .of = i + 1 < COUNT_OF(chain) ? &chain[i + 1] : NULL};
    assert_refused(*state, &chain[0], "declarations nest too deeply, or are too many");
}

/* 256 records of 256 numbers are each within bounds; together they are not. */
static void test_too_many(void **state)
{
    struct arena *arena = *state;
    struct schema *numbers = arena_array(arena, 256, sizeof *numbers);
    struct schema *records = arena_array(arena, 256, sizeof *records);
    for (size_t i = 0; i < 256; i++)
        numbers[i] = number_called(arena_printf(arena, "n%zu", i));
    for (size_t i = 0; i < 256; i++)
        records[i] = (struct schema){.kind = SCHEMA_RECORD,
                                     .name = arena_printf(arena, "r%zu", i),
                                     .fields = numbers,
                                     .field_count = 256};
    struct schema all = {.kind = SCHEMA_RECORD, .name = "a", .fields = records, .field_count = 256};
    assert_refused(arena, &all, "declarations nest too deeply, or are too many");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flips_in_fragment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flips_in_declaration, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flips_in_faults, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_fault_of_the_input, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_forged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_deep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_many, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Parts of a run as files: what is written is read back; cut short, changed or made by hand they
 * are refused with what is wrong, or agree with themselves. */
#include <stdio.h>
#include <string.h>

#include "analysis/weighed.h"
#include "base/file.h"
#include "report/part.h"
#include "report/part_parts.h"

enum { DRAWS = 1300, SHARD = 3, OF = 3 };

/* A part of a run of scenarios/possession, as it is written. */
struct made {
    struct weighed weighed;
    struct text text;
};

static void make(struct made *made)
{
    struct weigh_options options = {.draws = DRAWS, .seed = 1};
    struct part part;
    bool whole = false;
    *made = (struct made){.weighed.path = "scenarios/possession"};
    weighed_open(&made->weighed);
    struct weighed *weighed = &made->weighed;
    assert_int_equal(shard_weigh(&weighed->arena, weighed->model, &options,
                                 (struct shard){SHARD, OF}, &part, &whole, &weighed->diags),
                     STATUS_OK);
    assert_true(whole);
    text_init(&made->text, &weighed->arena);
    report_part_json(&made->text, &part);
}

static struct buffer file_of(const char *data, size_t size)
{
    return (struct buffer){"part.json", data, size};
}

static void said(const struct diags *diags, struct text *text)
{
    text_init(text, diags->arena);
    for (size_t i = 0; i < diags->count; i++)
        diag_print(text, &diags->items[i]);
}

/* --- as it was written ----------------------------------------------------------------------- */

static void test_what_is_written_is_read_back(void **state)
{
    (void)state;
    struct made made;
    struct part part;
    struct text again;
    make(&made);
    struct arena *arena = &made.weighed.arena;
    struct buffer file = file_of(made.text.data, made.text.length);
    assert_int_equal(report_read_part(arena, &file, &part, &made.weighed.diags), STATUS_OK);
    assert_int_equal(part.shard.number, SHARD);
    assert_int_equal(part.shard.count, OF);
    assert_int_equal(part.first, 4 * 256); /* of 6 leaves shards 1 to 3 have 2 each */
    assert_int_equal(part.lanes, DRAWS - 4 * 256);
    assert_string_equal(part.path, "scenarios/possession");
    text_init(&again, arena);
    report_part_json(&again, &part);
    assert_string_equal(again.data, made.text.data);
    weighed_close(&made.weighed);
}

/* --- cut short and changed ------------------------------------------------------------------- */

static void assert_refused(struct arena *arena, const char *data, size_t size)
{
    struct part part;
    struct diags diags;
    struct buffer file = file_of(data, size);
    diags_init(&diags, arena);
    assert_int_equal(report_read_part(arena, &file, &part, &diags), STATUS_USAGE);
    assert_int_equal(diags.errors, 1);
    assert_string_equal(diags.items[0].place.file, "part.json");
}

static void test_cut_short_it_is_refused(void **state)
{
    (void)state;
    struct made made;
    struct arena arena;
    make(&made);
    arena_init(&arena, &allocator_heap);
    for (size_t size = 0; size < made.text.length; size += size < 400 ? 1 : 9973) {
        assert_refused(&arena, made.text.data, size);
        arena_release(&arena);
    }
    for (size_t less = 1; less < 100; less++)
        assert_refused(&arena, made.text.data, made.text.length - less);
    arena_release(&arena);
    weighed_close(&made.weighed);
}

static uint64_t random_next(uint64_t *random)
{
    *random = *random * 6364136223846793005 + 1442695040888963407;
    return *random >> 33;
}

/* Any bit of any byte: the checksum is of all of them, and of nothing else. */
static void test_changed_it_is_refused(void **state)
{
    (void)state;
    struct made made;
    struct arena arena;
    uint64_t random = 11;
    make(&made);
    arena_init(&arena, &allocator_heap);
    for (int trial = 0; trial < 60; trial++) {
        char *byte = &made.text.data[random_next(&random) % made.text.length];
        char before = *byte;
        *byte = (char)(*byte ^ 1 << random_next(&random) % 8);
        assert_refused(&arena, made.text.data, made.text.length);
        *byte = before;
        arena_release(&arena);
    }
    weighed_close(&made.weighed);
}

/* --- made by hand ---------------------------------------------------------------------------- */

enum { SUM = HASH_TEXT - 1, BEHIND = sizeof PART_BEHIND_SUM - 1 };
enum { TAIL = sizeof PART_BEFORE_SUM - 1 + SUM + BEHIND };

/* The checksum that the changed text should have. */
static void sign(struct arena *arena, struct text *text)
{
    char sum[HASH_TEXT];
    size_t body = text->length - TAIL;
    struct hasher *hasher = hasher_new(arena);
    hasher_add(hasher, text->data, body);
    hasher_finish(hasher, sum);
    memcpy(text->data + text->length - BEHIND - SUM, sum, SUM);
}

/* `from`, in the text once or oftener: the first becomes `to`; signed. */
static struct text changed(struct arena *arena, const struct text *text, const char *from,
                           const char *to)
{
    struct text made;
    const char *at = strstr(text->data, from);
    if (at == NULL)
        print_error("not there: %s\n", from);
    assert_non_null(at);
    text_init(&made, arena);
    text_add_n(&made, text->data, (size_t)(at - text->data));
    text_add(&made, to);
    text_add(&made, at + strlen(from));
    sign(arena, &made);
    return made;
}

static void read_and_join(struct arena *arena, const struct model *model, const struct text *text,
                          struct diags *diags)
{
    struct part part;
    struct summaries summaries;
    struct buffer file = file_of(text->data, text->length);
    diags_init(diags, arena);
    if (report_read_part(arena, &file, &part, diags) == STATUS_OK)
        parts_join(arena, model, &part, 1, &summaries, diags);
}

static const struct {
    const char *from, *to, *message;
} by_hand[] = {
    {"assize-part", "assize-result",
     "not a part of a run: make one with `assize run SCENARIO --shard 1/2 -o FILE`"},
    {"\"format_version\": 1", "\"format_version\": 2",
     "a part of another version of the program: make all parts with this one, assize 0.1.0"},
    {"\"assize\": \"0.", "\"assize\": \"9.",
     "a part of another version of the program: make all parts with this one, assize 0.1.0"},
    {"\"shard\": 3", "\"shard\": 0", "not a part of a run: there is no such shard"},
    {"\"shard\": 3", "\"shard\": 4", "not a part of a run: there is no such shard"},
    {"\"shard\": 3", "\"shard\": -1", "not a part of a run: `shard` is no count"},
    {"\"shard\": 3", "\"shard\": 2", "not a part as it was written: its draws are not its shard's"},
    {"\"of\": 3", "\"of\": 65537", "not a part of a run: there is no such shard"},
    {"\"of\": 3", "\"of\": 1e300", "not a part of a run: `of` is no count"},
    {"\"of\": 3", "\"of\": 99999999999999999999", "not a part of a run: line 6: "},
    {"\"path\": \"scenarios/possession\"", "\"path\": 1", "not a part of a run: `path` is no text"},
    {"\"settings\": []", "\"settings\": [1]", "not a part of a run: `path` is missing"},
    {"\"settings\": []", "\"settings\": {}", "not a part of a run: `settings` is no list"},
    {"\"dropped\": []", "\"dropped\": [null]",
     "not a part of a run: `dropped` holds something other than names"},
    {"\"sampling\": \"random\"", "\"sampling\": \"sobolev\"",
     "not a part of a run: `sampling` is neither random nor sobol"},
    {"\"draws\": 1300", "\"draws\": 9223372036854775807",
     "not a part as it was written: its draws are not its shard's"},
    {"\"inputs_hash\": \"", "\"inputs_hash\": \"0",
     "not a part of a run: `inputs_hash` is no hash"},
    {"\"lanes\": 276", "\"lanes\": 277",
     "not a part as it was written: its draws are not its shard's"},
    {"\"first\": 1024", "\"first\": 1023",
     "not a part of a run: its draws do not begin with a whole leaf"},
    {"\"finite\": 276", "\"finite\": 275",
     "not a part as it was written: cell 1: its branches have another number of values than it "
     "has"},
    {"\"least\": \"0x", "\"least\": \"0y",
     "not a part of a run: a number in base 16 is wanted where there is none"},
    {"\"least\": \"0x", "\"least\": \"1",
     "not a part of a run: a number in base 16 is wanted where there is none"},
    {"\"greatest\": \"0x", "\"greatest\": \"-0x1p+9\", \"was\": \"0x",
     "not a part as it was written: cell 1: its least and greatest are no such values"},
    {"\"branches\": [[0, 4,", "\"branches\": [[0, 5,",
     "not a part as it was written: cell 1: its branches are not those of its draws"},
    {"\"branches\": [[0, 4,", "\"branches\": [[4,",
     "not a part of a run: a branch is not written as one"},
    {"\"branches\": [[0, 4,", "\"branches\": [[0, 4], [0, 4,",
     "not a part of a run: a branch is not written as one"},
    {"\"rest\": [", "\"rest\": [\"0x0p+0\", ",
     "not a part as it was written: cell 1: it is of another number of draws"},
    {"\"rest\": [\"", "\"rest\": [\"nan\", null, \"",
     "not a part of a run: a number in base 16 is wanted where there is none"},
    {"\"bins\": [", "\"bins\": [0, ", "not a part of a run: the last of its bins is not whole"},
    {"\"bins\": [", "\"bins\": [4294967296, 0, 1, ", "not a part of a run: there is no such bin"},
    {"\"bins\": [", "\"bins\": [5000, 0, 1, ",
     "not a part as it was written: cell 1: its bins are not in order"},
    {"\"bins\": [", "\"bins\": [0, 0, 9223372036854775807, ",
     "not a part as it was written: cell 1: its bins have more values than it has"},
    {"\"cells\": [", "\"cells\": [{}, ", "not a part of a run: `finite` is no count"},
    {"\"pairs\": [", "\"pears\": [", "not a part of a run: `pairs` is no list"},
    {"\"format\":", "\"format\": 1, \"format\":", "not a part of a run: line 2: "},
};

static void test_what_is_made_by_hand_says_what_is_wrong(void **state)
{
    (void)state;
    struct made made;
    struct arena arena;
    make(&made);
    arena_init(&arena, &allocator_heap);
    for (size_t i = 0; i < COUNT_OF(by_hand); i++) {
        struct diags diags;
        struct text text = changed(&arena, &made.text, by_hand[i].from, by_hand[i].to);
        read_and_join(&arena, made.weighed.model, &text, &diags);
        size_t length = strlen(by_hand[i].message);
        bool more = by_hand[i].message[length - 1] == ' '; /* the JSON reader's own words */
        if (diags.count != 1 || strncmp(diags.items[0].message, by_hand[i].message, length) != 0)
            print_error("%zu: %s\n", i, diags.count > 0 ? diags.items[0].message : "accepted");
        assert_int_equal(diags.count, 1);
        assert_memory_equal(diags.items[0].message, by_hand[i].message, length + !more);
        arena_release(&arena);
    }
    weighed_close(&made.weighed);
}

/* Digits and letters of a signed part, changed at random: refused, or a summary that can be read.
 */
static void test_a_forger_does_no_harm(void **state)
{
    (void)state;
    static const char signs[] = "0123456789abcdefpx+-.,[]{}\" n";
    struct made made;
    struct arena arena;
    uint64_t random = 12;
    make(&made);
    arena_init(&arena, &allocator_heap);
    for (int trial = 0; trial < 100; trial++) {
        struct diags diags;
        struct text text;
        text_init(&text, &arena);
        text_add_n(&text, made.text.data, made.text.length);
        for (int i = 0; i < 1 + trial % 3; i++)
            text.data[random_next(&random) % (text.length - TAIL)] =
                signs[random_next(&random) % (sizeof signs - 1)];
        sign(&arena, &text);
        read_and_join(&arena, made.weighed.model, &text, &diags);
        arena_release(&arena);
    }
    weighed_close(&made.weighed);
}

/* --- tests/hostile/parts --------------------------------------------------------------------- */

/* The JSON reader's own words, behind "line 1", are another matter. */
static const struct {
    const char *file, *begins;
} hostile_files[] = {
    {"empty", "not a part of a run: the file holds nothing"},
    {"text", "not a part of a run: line 1: "},
    {"deep", "not a part of a run: line 1: "},
    {"nul", "not a part of a run: line 1: "},
    {"bytes", "not a part of a run: line 1: "},
    {"escape", "not a part of a run: line 1: "},
    {"list", "not a part of a run: make one with `assize run SCENARIO --shard 1/2 -o FILE`"},
    {"result", "not a part of a run: make one with `assize run SCENARIO --shard 1/2 -o FILE`"},
    {"unsigned", "not a part of a run: it does not end as one: was it cut off?"},
    {"altered", "not a part of a run: its checksum is another one: it was changed since"},
    {"nothing", "not a part of a run: `shard` is no count"},
};

static void test_hostile(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    for (size_t i = 0; i < COUNT_OF(hostile_files); i++) {
        struct diags diags;
        struct buffer file;
        struct part part;
        struct text text;
        diags_init(&diags, &arena);
        assert_int_equal(
            file_read(&arena,
                      arena_printf(&arena, "tests/hostile/parts/%s.json", hostile_files[i].file),
                      PART_MOST_BYTES, &file, &diags),
            STATUS_OK);
        file.name = "part.json";
        assert_int_equal(report_read_part(&arena, &file, &part, &diags), STATUS_USAGE);
        said(&diags, &text);
        const char *begins = arena_printf(&arena, "part.json: error: %s", hostile_files[i].begins);
        if (strncmp(text.data, begins, strlen(begins)) != 0)
            print_error("%s: %s", hostile_files[i].file, text.data);
        assert_memory_equal(text.data, begins, strlen(begins));
        for (const char *c = text.data; *c != '\0'; c++)
            assert_true((unsigned char)*c >= 0x20 || *c == '\n');
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_is_read_back),
        cmocka_unit_test(test_cut_short_it_is_refused),
        cmocka_unit_test(test_changed_it_is_refused),
        cmocka_unit_test(test_what_is_made_by_hand_says_what_is_wrong),
        cmocka_unit_test(test_a_forger_does_no_harm),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

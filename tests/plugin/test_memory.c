/* Memory that runs out in the midst of a session: at every request in turn, once and from then on.
 * The session ends well or with a reason, nothing is half made, and nothing stays behind. */
#include "cmocka_all.h"

#include <string.h>

#include "plugin/failing.h"
#include "plugin/kit.h"
#include "plugin/reply.h"

/* A call under test, and what it came to. */
struct trial {
    struct failing failing;
    struct arena arena;
    const char *source;
    bool describes;
    bool finished; /* memory did not run out outside Lua */
    enum status status;
    size_t size; /* of the reply */
};

static void run_session(void *argument)
{
    struct trial *trial = argument;
    struct kit kit = trial->describes ? kit_describe(&trial->arena, trial->source)
                                      : kit_trace(&trial->arena, trial->source);
    struct reply reply = {kit.declaration, kit.fragment, &kit.diags};
    struct wire_writer writer;
    wire_writer_init(&writer, &trial->arena);
    reply_write(&writer, &reply);
    trial->status = kit.status;
    trial->size = writer.bytes.length;
    assert_true((kit.status == STATUS_OK) == (kit.diags.errors == 0));
    assert_true((kit.status == STATUS_OK) == (kit.declaration != NULL || kit.fragment != NULL));
}

static struct trial try(struct trial trial)
{
    const struct allocator allocator = {failing_resize, &trial.failing};
    arena_init(&trial.arena, &allocator);
    trial.finished = arena_try(&trial.arena, run_session, &trial);
    arena_release(&trial.arena);
    assert_int_equal(trial.failing.blocks, 0);
    assert_int_equal(trial.failing.bytes, 0);
    return trial;
}

/* Every request up to the 300th, which covers the opening of the state and of the library; then a
 * sample, for a session has thousands and the later ones are alike. */
static size_t next_request(size_t at)
{
    return at < 300 ? at + 1 : at + 1 + at / 40;
}

static void assert_survives(const char *source, bool describes)
{
    struct trial sound = try((struct trial){.source = source, .describes = describes});
    assert_true(sound.finished);
    for (size_t at = 1; at <= sound.failing.requests; at = next_request(at))
        for (int for_good = 0; for_good < 2; for_good++) {
            struct trial trial = try((struct trial){
                .source = source, .describes = describes, .failing = {at, for_good != 0, 0, 0, 0}});
            bool well = trial.finished && trial.status == STATUS_OK;
            if (well) /* Lua collected its garbage and asked again: the result is whole */
                assert_int_equal(trial.size, sound.size);
            else if (trial.finished)
                assert_int_equal(trial.status, STATUS_PLUGIN);
        }
}

static void test_theory(void **state)
{
    (void)state;
    assert_survives(
        THEORY(
            "local sum = 0\n"
            "for name, channel in pairs(s.model.channels) do\n"
            "  sum = sum + claim { name, text = 'x', value = channel.loss / quantity(1, 'hu') }\n"
            "end\n"
            "local text = ('x'):rep(100) .. tostring(sum)\n"
            "return conclude { score = sum + over.case.mean(s.cases.guilt), scale = { [0] = text,\n"
            "  [1] = 'all' }, requires = { a = { 'a', sum, at_least = p.cut } } }"),
        false);
}

static void test_regime(void **state)
{
    (void)state;
    assert_survives(REGIME("return conclude { custody = quantity(1, 'year') * c.guilt }"), false);
}

static void test_faults(void **state)
{
    (void)state;
    assert_survives(THEORY("local blamer = require 'blamer'\nlocal x = blamer.deep {} return x"),
                    false);
    assert_survives(THEORY("local x = = 1"), false);
    assert_survives(THEORY("require 'broken'"), false);
    assert_survives(THEORY("if s.model.theta then end"), false);
}

static void test_describe(void **state)
{
    (void)state;
    assert_survives(THEORY("return 1"), true);
    assert_survives("return theory { id = 't', version = '1', title = 'T', role = 'aim',\n"
                    "argue = print, reads = { params = { a = number { default = 1 } } } }",
                    true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_theory),
        cmocka_unit_test(test_regime),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_describe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

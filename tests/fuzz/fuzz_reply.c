/* Reads bytes as the reply of a plugin's process; what is accepted must write the same bytes again.
 *
 *   tests/fuzz/run                libFuzzer, which begins with the replies made below
 *   fuzz_reply FILE...            replays files
 *   fuzz_reply --seeds FOLDER     writes replies to start from
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "fuzz/replay.h"
#include "plugin/kit.h"
#include "plugin/reply.h"

/* One input and where it is read into. */
struct trial {
    struct arena arena;
    const uint8_t *data;
    size_t size;
};

static struct text written(struct arena *arena, const struct reply *reply)
{
    struct wire_writer writer;
    wire_writer_init(&writer, arena);
    reply_write(&writer, reply);
    return writer.bytes;
}

static void read_one(void *argument)
{
    struct trial *trial = argument;
    struct reply reply = {NULL, NULL, NULL};
    struct diags diags;
    diags_init(&diags, &trial->arena);
    enum status status =
        reply_read(&trial->arena, "theories/t.lua", trial->data, trial->size, &reply, &diags);
    if (status != STATUS_OK) {
        if (diags.errors == 0 || reply.declaration != NULL || reply.fragment != NULL)
            abort();
        return;
    }
    struct text again = written(&trial->arena, &reply);
    if (again.length != trial->size || memcmp(again.data, trial->data, trial->size) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trial trial = {.data = data, .size = size};
    arena_init(&trial.arena, &allocator_heap);
    trial.arena.limit = (size_t)256 << 20; /* running out is no fault */
    arena_try(&trial.arena, read_one, &trial);
    arena_release(&trial.arena);
    return 0;
}

/* --- replies to begin with ------------------------------------------------------------------- */

enum { SEEDS = 4 };

static const char rich_theory[] =
    THEORY("local x = claim { 'a', text = '{case}: {value}', value = s.model.theta,\n"
           "  applies = s.model.sure, otherwise = 'no', questions = { q = 'Why?' } }\n"
           "local n = axis('n', { 1, 2 })\n"
           "local chosen = s.model.basis:pick { theta = x, otherwise = 1 }\n"
           "local score = over.case.mean(s.cases.guilt * chosen) + over.n.sum(n)\n"
           "return conclude { score = score, scale = { [0] = 'n' }, applies = s.model.sure,\n"
           "  why_not = 'w', difference = s.cases.guilt * quantity(1, 'pme'),\n"
           "  requires = { a = { 'a', score, at_least = p.cut } },\n"
           "  show = { f = { 'f', value = x, holds = x:above(0) } } }");

/* A declaration, a theory's fragment, a regime's fragment, or faults. */
static struct text seed_reply(struct arena *arena, unsigned seed)
{
    struct kit kit;
    if (seed == 0)
        kit = kit_describe(arena, rich_theory);
    else if (seed == 1)
        kit = kit_trace(arena, rich_theory);
    else if (seed == 2)
        kit =
            kit_trace(arena, REGIME("return conclude { custody = quantity(1, 'year') * c.guilt }"));
    else
        kit = kit_trace(arena, THEORY("require 'broken'"));
    struct reply reply = {kit.declaration, kit.fragment, &kit.diags};
    return written(arena, &reply);
}

#ifdef ASSIZE_LIBFUZZER
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);

/* Changes the input; one that cannot be a reply, and now and then another, by one that is. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    enum { LEAST_REPLY = 16 };
    if (size >= LEAST_REPLY && seed % 256 != 0)
        return LLVMFuzzerMutate(data, size, most);
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    struct text reply = seed_reply(&arena, seed / 256 % SEEDS);
    if (reply.length <= most) {
        memcpy(data, reply.data, reply.length);
        size = reply.length;
    }
    arena_release(&arena);
    return size;
}
#else
static int write_seeds(const char *folder)
{
    struct arena arena;
    struct diags diags;
    arena_init(&arena, &allocator_heap);
    diags_init(&diags, &arena);
    for (unsigned seed = 0; seed < SEEDS; seed++) {
        struct text reply = seed_reply(&arena, seed);
        file_write(arena_printf(&arena, "%s/reply-%u", folder, seed), reply.data, reply.length,
                   &diags);
    }
    int failed = diags.errors > 0;
    arena_release(&arena);
    return failed;
}

int main(int count, char **arguments)
{
    if (count == 3 && strcmp(arguments[1], "--seeds") == 0)
        return write_seeds(arguments[2]);
    return replay_all(count - 1, arguments + 1);
}
#endif

/* Reads bytes as a fragment; what is accepted must write the same bytes again, print every formula
 * and link.
 *
 *   clang -fsanitize=fuzzer,address,undefined -DASSIZE_LIBFUZZER ...   libFuzzer
 *   fuzz_wire FILE...                                                  replays files
 *   fuzz_wire --seeds FOLDER                                           writes fragments to start
 * from
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "fuzz/replay.h"
#include "graph/formula.h"
#include "graph/link.h"
#include "graph/random_fragment.h"
#include "graph/wire.h"

/* One input and where it is read into. */
struct trial {
    struct arena arena;
    const uint8_t *data;
    size_t size;
};

static void check_bytes(struct trial *trial, const struct fragment *fragment)
{
    struct wire_writer again;
    wire_writer_init(&again, &trial->arena);
    wire_put_fragment(&again, fragment);
    if (again.bytes.length != trial->size ||
        memcmp(again.bytes.data, trial->data, trial->size) != 0)
        abort();
}

static void check_link(struct trial *trial, const struct fragment *fragment)
{
    struct linked linked;
    struct diags diags;
    char hash[HASH_TEXT];
    diags_init(&diags, &trial->arena);
    bool theory = fragment->conclusion != NULL;
    if (graph_link(&trial->arena, &fragment, theory ? 0 : 1, &fragment, theory ? 1 : 0, &linked,
                   &diags) == STATUS_OK)
        graph_hash(linked.graph, &trial->arena, hash);
}

static void read_fragment(void *argument)
{
    struct trial *trial = argument;
    struct wire_reader reader;
    wire_reader_init(&reader, &trial->arena, trial->data, trial->size);
    const struct fragment *fragment = wire_get_fragment(&reader);
    wire_get_end(&reader);
    if (reader.fault != NULL)
        return;
    check_bytes(trial, fragment);
    struct text text;
    text_init(&text, &trial->arena);
    for (uint32_t i = 0; i < fragment->graph->node_count && i < 1000; i++)
        formula_write(&text, fragment->graph, i);
    check_link(trial, fragment);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trial trial = {.data = data, .size = size};
    arena_init(&trial.arena, &allocator_heap);
    trial.arena.limit = (size_t)256 << 20; /* running out is no fault */
    arena_try(&trial.arena, read_fragment, &trial);
    arena_release(&trial.arena);
    return 0;
}

#ifndef ASSIZE_LIBFUZZER
static int write_seeds(const char *folder)
{
    enum { SEEDS = 64 };
    struct arena arena;
    struct diags diags;
    arena_init(&arena, &allocator_heap);
    diags_init(&diags, &arena);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct wire_writer writer;
        wire_writer_init(&writer, &arena);
        wire_put_fragment(&writer, random_fragment(&arena, seed, 20 + (uint32_t)seed));
        file_write(arena_printf(&arena, "%s/fragment-%02u", folder, (unsigned)seed),
                   writer.bytes.data, writer.bytes.length, &diags);
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

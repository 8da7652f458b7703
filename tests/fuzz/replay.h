/* Runs a fuzz driver over files, without libFuzzer. */
#ifndef ASSIZE_FUZZ_REPLAY_H
#define ASSIZE_FUZZ_REPLAY_H

#include <stdint.h>
#include <stdio.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline int replay(const char *path)
{
    enum { MOST_BYTES = 256 << 20 };
    struct arena arena;
    struct diags diags;
    struct buffer buffer;
    arena_init(&arena, &allocator_heap);
    diags_init(&diags, &arena);
    bool found = file_read(&arena, path, MOST_BYTES, &buffer, &diags) == STATUS_OK;
    if (found)
        LLVMFuzzerTestOneInput((const uint8_t *)buffer.data, buffer.size);
    else
        fprintf(stderr, "%s: %s\n", path, diags.items[0].message);
    arena_release(&arena);
    return !found;
}

static inline int replay_all(int count, char **paths)
{
    int failed = 0;
    for (int i = 0; i < count; i++)
        failed |= replay(paths[i]);
    return failed;
}

#endif

/* Reads bytes as a part of a run, made by hand with the right checksum: what is accepted writes
 * itself in a way that is read as the same, and its summaries are refused or can be read.
 *
 *   tests/fuzz/run               libFuzzer, which begins with the part made below
 *   fuzz_part FILE...            replays files
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "fuzz/replay.h"
#include "report/part.h"
#include "report/part_parts.h"
#include "report/report.h"

/* One input and where it is read into. */
struct trial {
    struct arena arena;
    const char *data;
    size_t size;
};

/* The body of a part with what stands behind it. */
static struct text signed_text(struct arena *arena, const char *body, size_t size)
{
    struct text text;
    char sum[HASH_TEXT];
    struct hasher *hasher = hasher_new(arena);
    hasher_add(hasher, body, size);
    hasher_finish(hasher, sum);
    text_init(&text, arena);
    text_add_n(&text, body, size);
    text_printf(&text, "%s%s%s", PART_BEFORE_SUM, sum, PART_BEHIND_SUM);
    return text;
}

static bool read_text(struct arena *arena, const struct text *text, struct part *part)
{
    struct diags diags;
    struct buffer file = {"part", text->data, text->length};
    diags_init(&diags, arena);
    enum status status = report_read_part(arena, &file, part, &diags);
    if ((status == STATUS_OK) != (diags.errors == 0))
        abort();
    return status == STATUS_OK;
}

static void try_states(struct arena *arena, const struct part *part,
                       const struct summary_state *states, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (uint64_t replicate = 0; replicate <= 512; replicate += 512) {
            struct summary *summary = NULL;
            struct state_lanes lanes = {part->first, part->lanes, replicate};
            if (summary_put_together(arena, &states[i], lanes, &summary) != NULL)
                continue;
            double median = summary_quantile(summary, 0.5);
            if (summary_count(summary) > 0 &&
                !(median >= summary_least(summary) && median <= summary_greatest(summary)))
                abort();
            if (summary_variance(summary) < 0)
                abort();
        }
}

static void read_one(void *argument)
{
    struct trial *trial = argument;
    struct text text = signed_text(&trial->arena, trial->data, trial->size), once, twice;
    struct part part, again;
    if (!read_text(&trial->arena, &text, &part))
        return;
    text_init(&once, &trial->arena);
    report_part_json(&once, &part);
    if (!read_text(&trial->arena, &once, &again))
        abort();
    text_init(&twice, &trial->arena);
    report_part_json(&twice, &again);
    if (once.length != twice.length || memcmp(once.data, twice.data, once.length) != 0)
        abort();
    try_states(&trial->arena, &part, part.cells, part.cell_count);
    try_states(&trial->arena, &part, part.pairs, part.pair_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct trial trial = {.data = (const char *)data, .size = size};
    arena_init(&trial.arena, &allocator_heap);
    trial.arena.limit = (size_t)256 << 20; /* running out is no fault */
    arena_try(&trial.arena, read_one, &trial);
    arena_release(&trial.arena);
    return 0;
}

#ifdef ASSIZE_LIBFUZZER
/* Shard 1 of 2 of 600 draws, with one cell: leaf 0 with values 1 and 2. */
static const char seed[] =
    "{\"format\": \"assize-part\", \"format_version\": 1, \"assize\": \"" ASSIZE_VERSION "\",\n"
    "\"shard\": 1, \"of\": 2, \"path\": \"p\", \"settings\": [{\"path\": \"a\", \"value\": "
    "\"1\"}],\n"
    "\"dropped\": [\"r\"], \"sampling\": \"random\", \"seed\": 1, \"draws\": 600, \"resamples\": "
    "0,\n"
    "\"inputs_hash\": \"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\n"
    "\"graph_hash\": \"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\n"
    "\"inputs\": [{\"name\": \"scenario\", \"hash\": "
    "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}],\n"
    "\"first\": 0, \"lanes\": 257, \"cells\": [{\"finite\": 4, \"least\": \"0x1p+0\", "
    "\"greatest\": \"0x1p+1\",\n"
    "\"branches\": [[0, 0, 3, \"0x1p+0\", \"0x1p-1\", \"0x1p-1\"]], \"rest\": [\"0x1p+1\"], "
    "\"bins\": [1023, 0, 2, 1024, 0, 2]}],\n"
    "\"pairs\": []";

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned random);

/* Changes the input; one that is too short for a part, and now and then another, by one that is.
 * Half of the changes are to a digit. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned random)
{
    if ((size < sizeof seed / 2 || random % 256 == 0) && sizeof seed - 1 <= most) {
        memcpy(data, seed, sizeof seed - 1);
        return sizeof seed - 1;
    }
    if (random % 2 == 0)
        return LLVMFuzzerMutate(data, size, most);
    for (size_t i = 0, at = random / 2 % size; i < size; i++, at = (at + 1) % size)
        if (data[at] >= '0' && data[at] <= '9') {
            data[at] = (uint8_t)('0' + random / 512 % 10);
            break;
        }
    return size;
}
#else
int main(int count, char **arguments)
{
    return replay_all(count - 1, arguments + 1);
}
#endif

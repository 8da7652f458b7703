#include "base/arena.h"

#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

enum { ALIGNMENT = 16, FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

/*  blocks --> [next|size|filled| bytes ......... ] --> [ ... ] --> NULL     newest first */
struct arena_block {
    struct arena_block *next;
    size_t size;   /* of the whole block, header included */
    size_t filled; /* likewise */
    size_t unused; /* keeps the header a multiple of ALIGNMENT */
};

struct arena_cleanup {
    struct arena_cleanup *next;
    void (*release)(void *resource);
    void *resource;
};

_Static_assert(sizeof(struct arena_block) % ALIGNMENT == 0, "the header must keep the alignment");

static void *heap_resize(void *context, void *block, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

const struct allocator allocator_heap = {heap_resize, NULL};

void arena_init(struct arena *arena, const struct allocator *allocator)
{
    *arena = (struct arena){.allocator = *allocator};
}

static void release_child(void *child)
{
    arena_release(child);
}

/* Where nothing is left it is one byte, which no block fits. */
size_t arena_left(const struct arena *arena)
{
    if (arena->limit == 0)
        return 0;
    return arena->limit > arena->used ? arena->limit - arena->used : 1;
}

struct arena *arena_child(struct arena *arena)
{
    struct arena *child = arena_alloc(arena, sizeof *child);
    arena_defer(arena, release_child, child);
    arena_init(child, &arena->allocator);
    child->on_full = arena->on_full;
    child->limit = arena_left(arena);
    return child;
}

void arena_release(struct arena *arena)
{
    while (arena->cleanups != NULL) {
        struct arena_cleanup *cleanup = arena->cleanups;
        arena->cleanups = cleanup->next;
        cleanup->release(cleanup->resource);
    }
    while (arena->blocks != NULL) {
        struct arena_block *block = arena->blocks;
        arena->blocks = block->next;
        arena->allocator.resize(arena->allocator.context, block, block->size, 0);
    }
    arena->used = 0;
}

static _Noreturn void arena_full(struct arena *arena)
{
    if (arena->on_full == NULL)
        abort(); /* a caller forgot arena_try() */
    longjmp(*arena->on_full, 1);
}

/* A block of some megabytes in large pages: else the system's work for each page of 4 KB takes
 * longer than filling it. A wish; nothing depends on it. */
static void wish_large_pages(void *block, size_t size)
{
#ifdef MADV_HUGEPAGE
    const size_t page = 4096, large = 4 * 1024 * 1024;
    uintptr_t first = ((uintptr_t)block + page - 1) / page * page;
    if (size >= large)
        madvise((void *)first, ((uintptr_t)block + size - first) / page * page, MADV_HUGEPAGE);
#else
    (void)block;
    (void)size;
#endif
}

static struct arena_block *block_new(struct arena *arena, size_t need)
{
    size_t size = arena->blocks != NULL ? arena->blocks->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < need + sizeof(struct arena_block))
        size = need + sizeof(struct arena_block);
    if (arena->limit != 0 && size > arena->limit - arena->used)
        arena_full(arena);
    struct arena_block *block = arena->allocator.resize(arena->allocator.context, NULL, 0, size);
    if (block == NULL)
        arena_full(arena);
    wish_large_pages(block, size);
    *block = (struct arena_block){.size = size, .filled = sizeof *block};
    arena->used += size;
    return block;
}

/* A large block goes behind the current one, which may still have room. */
static void block_link(struct arena *arena, struct arena_block *block, size_t need)
{
    bool keep_current = arena->blocks != NULL && need > LARGEST_BLOCK / 2;
    struct arena_block **place = keep_current ? &arena->blocks->next : &arena->blocks;
    block->next = *place;
    *place = block;
}

static void *take(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        arena_full(arena);
    size_t need = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->size - block->filled < need) {
        block = block_new(arena, need);
        block_link(arena, block, need);
    }
    void *memory = (char *)block + block->filled;
    block->filled += need;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

static size_t size_of_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        arena_full(arena);
    return count * size;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    return arena_alloc(arena, size_of_array(arena, count, size));
}

void *arena_array_unset(struct arena *arena, size_t count, size_t size)
{
    return take(arena, size_of_array(arena, count, size));
}

void *arena_grow(struct arena *arena, void *array, size_t count, size_t size)
{
    bool full = (count & (count - 1)) == 0; /* 0, 1, 2, 4, 8, ... */
    if (!full)
        return array;
    void *larger = arena_array(arena, count == 0 ? 1 : count * 2, size);
    if (count > 0)
        memcpy(larger, array, count * size);
    return larger;
}

char *arena_string_n(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *arena_string(struct arena *arena, const char *text)
{
    return arena_string_n(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_alloc(arena, length < 0 ? 1 : (size_t)length + 1);
    if (length >= 0)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void arena_defer(struct arena *arena, void (*release)(void *resource), void *resource)
{
    struct arena_cleanup *cleanup = arena_alloc(arena, sizeof *cleanup);
    *cleanup = (struct arena_cleanup){arena->cleanups, release, resource};
    arena->cleanups = cleanup;
}

bool arena_try(struct arena *arena, void (*body)(void *argument), void *argument)
{
    jmp_buf here;
    jmp_buf *volatile outer = arena->on_full;
    bool finished = false;
    if (setjmp(here) == 0) {
        arena->on_full = &here;
        body(argument);
        finished = true;
    }
    arena->on_full = outer;
    return finished;
}

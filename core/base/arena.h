/* Memory that is freed all at once, and the resources that hang on it.
 *
 * One arena belongs to one scenario, one run or one plugin session. Whatever a
 * function returns lives in the arena that it was given; nobody frees a single
 * object. A resource that needs more than memory (a YAML parser, a Lua state)
 * is handed over with arena_defer() and closed when the arena is released.
 *
 * When memory runs out, arena_alloc() does not return: control goes back to the
 * arena_try() that is under way, which then returns false. So no function in
 * between tests for a failed allocation, and none can forget to.
 */
#ifndef ASSIZE_BASE_ARENA_H
#define ASSIZE_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

/* Where blocks come from. `resize` acts like realloc, and like free when
 * `new_size` is 0; `old_size` is 0 for a new block. Returns NULL on failure. */
struct allocator {
    void *(*resize)(void *context, void *block, size_t old_size, size_t new_size);
    void *context;
};

/* The C library's heap. */
extern const struct allocator allocator_heap;

struct arena_block;
struct arena_cleanup;

struct arena {
    struct allocator allocator;
    struct arena_block *blocks;
    struct arena_cleanup *cleanups;
    jmp_buf *on_full; /* set while an arena_try() is under way */
    size_t used;      /* bytes taken from the allocator */
    size_t limit;     /* at most this many; 0: no limit */
};

void arena_init(struct arena *arena, const struct allocator *allocator);

/* The bytes that it may still take, as a limit for another arena: 0 where it has no limit, never
 * where it has one. */
size_t arena_left(const struct arena *arena);

/* An arena to be released early, and in any case together with `arena`. It may take what `arena`
 * has left now; when it is full, control goes where it would go from `arena`. */
struct arena *arena_child(struct arena *arena);

/* Closes deferred resources, newest first, and frees every block. The arena may be used again. */
void arena_release(struct arena *arena);

/* `size` zeroed bytes, aligned for any type; never NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/* As arena_alloc for `count` objects of `size` bytes; a product that overflows counts as full. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* The same with whatever is in it: for much memory, each byte of which is written before it is
 * read. */
void *arena_array_unset(struct arena *arena, size_t count, size_t size);

/* A copy of `array` (count objects) with room for at least `count + 1`: doubles when the count is
 * a power of two. For arrays that grow one by one. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t size);

char *arena_string(struct arena *arena, const char *text);
char *arena_string_n(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Calls `release(resource)` when the arena is released. */
void arena_defer(struct arena *arena, void (*release)(void *resource), void *resource);

/* Runs `body(argument)`. Returns false if memory ran out on the way; what the body had begun stays
 * in the arena, to be released. Calls nest. */
bool arena_try(struct arena *arena, void (*body)(void *argument), void *argument);

#endif

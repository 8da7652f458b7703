/* Whole files in, whole files out, and the hash of what was read. */
#ifndef ASSIZE_BASE_FILE_H
#define ASSIZE_BASE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"

struct buffer {
    const char *name; /* as shown to the user */
    const char *data; /* `size` bytes and a NUL */
    size_t size;
};

/* Reads a regular file of at most `most` bytes into `arena`. STATUS_IO with the reason otherwise.
 */
enum status file_read(struct arena *arena, const char *path, size_t most, struct buffer *buffer,
                      struct diags *diags);

/* Writes beside `path` and renames: a kill leaves the old file or the new one, never half. */
enum status file_write(const char *path, const char *data, size_t size, struct diags *diags);

enum { HASH_TEXT = 65 };

/* SHA-256 (FIPS 180-4) over a sequence of named buffers, order and boundaries included. */
struct hasher;
struct hasher *hasher_new(struct arena *arena);
void hasher_add(struct hasher *hasher, const void *data, size_t size);
void hasher_finish(struct hasher *hasher, char hex[HASH_TEXT]);

#endif

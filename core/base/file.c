#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/plain.h"
#include "base/text.h"

static enum status io_error(struct diags *diags, const char *path, const char *reason)
{
    return diags_error(diags, STATUS_IO, (struct place){path, 0, 0}, "%s", reason);
}

struct listing {
    struct dirent **entries;
    int count;
};

static void free_listing(void *resource)
{
    struct listing *listing = resource;
    for (int i = 0; i < listing->count; i++)
        free(listing->entries[i]);
    free(listing->entries);
}

/* Not hidden, and fit to be shown. */
static int is_in_sight(const struct dirent *entry)
{
    const char *name = entry->d_name;
    size_t length = strlen(name);
    return name[0] != '.' && text_utf8_valid(name, length) == length && plain_is(name);
}

/* Where the first name on the way begins that is not there, and how long it is. */
static size_t missing_name(struct arena *arena, const char *path, size_t *length)
{
    size_t first = strspn(path, "/");
    for (;;) {
        *length = strcspn(path + first, "/");
        size_t end = first + *length;
        if (path[end] == '\0' || access(arena_string_n(arena, path, end), F_OK) != 0)
            return first;
        first = end + strspn(path + end, "/");
    }
}

/* What is there under a path that differs in one name, or NULL. */
static const char *remedy_for_missing(struct arena *arena, const char *path)
{
    size_t length, first = missing_name(arena, path, &length);
    const char *folder = first == 0 ? "." : arena_string_n(arena, path, first);
    struct listing *listing = arena_alloc(arena, sizeof *listing);
    arena_defer(arena, free_listing, listing);
    listing->count = scandir(folder, &listing->entries, is_in_sight, alphasort);
    if (listing->count <= 0)
        return NULL;
    const char **names = arena_array(arena, (size_t)listing->count, sizeof *names);
    for (int i = 0; i < listing->count; i++)
        names[i] = listing->entries[i]->d_name;
    const char *wrong = arena_string_n(arena, path + first, length);
    const char *near = suggest(wrong, names, (size_t)listing->count);
    if (near == NULL)
        return NULL;
    const char *other =
        arena_printf(arena, "%.*s%s%s", (int)first, path, near, path + first + length);
    return access(other, F_OK) != 0 ? NULL : arena_printf(arena, "did you mean `%s`?", other);
}

static enum status open_error(const char *path, struct diags *diags)
{
    int reason = errno;
    struct diag diag = {.status = STATUS_IO, .place = {path, 0, 0}, .message = strerror(reason)};
    if (reason == ENOENT)
        diag.remedy = remedy_for_missing(diags->arena, path);
    return diags_add(diags, &diag);
}

/* Reads until `size` bytes or the end; returns how many, or -1. */
static ssize_t read_fully(int descriptor, char *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = read(descriptor, data + done, size - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

static enum status read_open(struct arena *arena, int descriptor, const char *path, size_t most,
                             struct buffer *buffer, struct diags *diags)
{
    struct stat about;
    if (fstat(descriptor, &about) != 0)
        return io_error(diags, path, strerror(errno));
    if (!S_ISREG(about.st_mode))
        return io_error(diags, path, "not a regular file");
    if ((size_t)about.st_size > most)
        return diags_error(diags, STATUS_IO, (struct place){path, 0, 0},
                           "the file has %lld bytes; at most %zu are read",
                           (long long)about.st_size, most);
    char *data = arena_alloc(arena, (size_t)about.st_size + 1);
    ssize_t size = read_fully(descriptor, data, (size_t)about.st_size);
    if (size < 0)
        return io_error(diags, path, strerror(errno));
    *buffer = (struct buffer){arena_string(arena, path), data, (size_t)size};
    return STATUS_OK;
}

static void close_descriptor(void *resource)
{
    int *descriptor = resource;
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

/* The arena closes the file, too, for memory may run out while it is open. */
enum status file_read(struct arena *arena, const char *path, size_t most, struct buffer *buffer,
                      struct diags *diags)
{
    const char *name = arena_string(arena, path);
    int *descriptor = arena_alloc(arena, sizeof *descriptor);
    *descriptor = -1;
    arena_defer(arena, close_descriptor, descriptor);
    *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*descriptor < 0)
        return open_error(name, diags);
    enum status status = read_open(arena, *descriptor, name, most, buffer, diags);
    close_descriptor(descriptor);
    return status;
}

static int write_fully(int descriptor, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t put = write(descriptor, data, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        data += put;
        size -= (size_t)put;
    }
    return 0;
}

enum status file_write(const char *path, const char *data, size_t size, struct diags *diags)
{
    char *beside = arena_printf(diags->arena, "%s.XXXXXX", path);
    int descriptor = mkstemp(beside);
    if (descriptor < 0)
        return io_error(diags, path, strerror(errno));
    mode_t mask = umask(0);
    umask(mask);
    int failed = fchmod(descriptor, 0666 & ~mask) != 0;
    failed = failed || write_fully(descriptor, data, size) != 0;
    failed = failed || fsync(descriptor) != 0;
    failed = close(descriptor) != 0 || failed;
    failed = failed || rename(beside, path) != 0;
    if (!failed)
        return STATUS_OK;
    int reason = errno;
    unlink(beside);
    return io_error(diags, path, strerror(reason));
}

struct hasher {
    SHA2_CTX state;
};

struct hasher *hasher_new(struct arena *arena)
{
    struct hasher *hasher = arena_alloc(arena, sizeof *hasher);
    SHA256Init(&hasher->state);
    return hasher;
}

void hasher_add(struct hasher *hasher, const void *data, size_t size)
{
    SHA256Update(&hasher->state, data, size);
}

void hasher_finish(struct hasher *hasher, char hex[HASH_TEXT])
{
    SHA256End(&hasher->state, hex);
}

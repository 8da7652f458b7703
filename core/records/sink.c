#include "records/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SINK_BUFFER = 1 << 18 };

struct sink {
    const char *path;   /* NULL: handed to `write` */
    const char *beside; /* what is written meanwhile; NULL once it has its name */
    int descriptor;
    int failed; /* errno of the first failure */
    sink_write *write;
    void *context;
    char *buffer;
    size_t used;
};

static void sink_drop(void *resource)
{
    struct sink *sink = resource;
    if (sink->descriptor >= 0)
        close(sink->descriptor);
    if (sink->beside != NULL)
        unlink(sink->beside);
    sink->descriptor = -1;
    sink->beside = NULL;
}

static const char *beside_name(struct arena *arena, const char *path)
{
    if (path != NULL)
        return arena_printf(arena, "%s.XXXXXX", path);
    const char *folder = getenv("TMPDIR");
    return arena_printf(arena, "%s/assize.XXXXXX", folder != NULL ? folder : "/tmp");
}

enum status sink_open(struct arena *arena, const char *path, sink_write *write, void *context,
                      struct sink **sink, struct diags *diags)
{
    struct sink *opened = arena_alloc(arena, sizeof *opened);
    *opened = (struct sink){.path = path != NULL ? arena_string(arena, path) : NULL,
                            .descriptor = -1,
                            .write = write,
                            .context = context,
                            .buffer = arena_alloc(arena, SINK_BUFFER)};
    arena_defer(arena, sink_drop, opened);
    char *name = arena_string(arena, beside_name(arena, path));
    opened->descriptor = mkstemp(name);
    if (opened->descriptor < 0)
        return diags_error(diags, STATUS_IO, (struct place){path != NULL ? path : name, 0, 0}, "%s",
                           strerror(errno));
    opened->beside = name;
    if (path == NULL) { /* nobody needs to find it by name */
        unlink(name);
        opened->beside = NULL;
    }
    *sink = opened;
    return STATUS_OK;
}

static void write_fully(struct sink *sink, const char *data, size_t size)
{
    while (size > 0 && sink->failed == 0) {
        ssize_t put = write(sink->descriptor, data, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            sink->failed = errno;
        else {
            data += put;
            size -= (size_t)put;
        }
    }
}

static void sink_flush(struct sink *sink)
{
    write_fully(sink, sink->buffer, sink->used);
    sink->used = 0;
}

void sink_add(struct sink *sink, const char *data, size_t size)
{
    if (size > SINK_BUFFER - sink->used)
        sink_flush(sink);
    if (size > SINK_BUFFER) {
        write_fully(sink, data, size);
        return;
    }
    memcpy(sink->buffer + sink->used, data, size);
    sink->used += size;
}

void sink_add_text(struct sink *sink, const char *text)
{
    sink_add(sink, text, strlen(text));
}

void sink_add_cell(struct sink *sink, const char *text, size_t length)
{
    bool plain = true;
    for (size_t i = 0; i < length && plain; i++)
        plain = strchr(",\"\r\n", text[i]) == NULL;
    if (plain) {
        sink_add(sink, text, length);
        return;
    }
    sink_add(sink, "\"", 1);
    for (size_t i = 0; i < length; i++)
        sink_add(sink, text[i] == '"' ? "\"\"" : &text[i], text[i] == '"' ? 2 : 1);
    sink_add(sink, "\"", 1);
}

/* Numbers of few digits, three of them behind the point at most, without the C library. A quotient
 * of two doubles is rounded as its decimal text would be when read, so one that gives the number
 * back is that number's text. */
static bool add_short(struct sink *sink, double value)
{
    char digits[32];
    size_t at = sizeof digits;
    double size = fabs(value), thousandths = rint(size * 1000);
    if (!(size < 1e12) || thousandths / 1000 != size)
        return false;
    uint64_t left = (uint64_t)thousandths;
    unsigned decimals = 3;
    for (; decimals > 0 && left % 10 == 0; decimals--)
        left /= 10;
    for (unsigned i = 0; i < decimals; i++, left /= 10)
        digits[--at] = (char)('0' + left % 10);
    if (decimals > 0)
        digits[--at] = '.';
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0)
        digits[--at] = '-';
    sink_add(sink, digits + at, sizeof digits - at);
    return true;
}

void sink_add_number(struct sink *sink, double value)
{
    char text[NUMBER_TEXT];
    if (!add_short(sink, value))
        sink_add_text(sink, number_write(text, value));
}

static enum status sink_fault(const struct sink *sink, int reason, struct diags *diags)
{
    return diags_error(diags, STATUS_IO, (struct place){sink->path, 0, 0}, "%s", strerror(reason));
}

static enum status keep_file(struct sink *sink, struct diags *diags)
{
    mode_t mask = umask(0);
    umask(mask);
    bool fine = fchmod(sink->descriptor, 0666 & ~mask) == 0 && fsync(sink->descriptor) == 0 &&
                rename(sink->beside, sink->path) == 0;
    if (!fine)
        return sink_fault(sink, errno, diags);
    sink->beside = NULL;
    return STATUS_OK;
}

static enum status hand_over(struct sink *sink, struct diags *diags)
{
    if (lseek(sink->descriptor, 0, SEEK_SET) < 0)
        return sink_fault(sink, errno, diags);
    for (;;) {
        ssize_t got = read(sink->descriptor, sink->buffer, SINK_BUFFER);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return sink_fault(sink, errno, diags);
        if (got == 0)
            return STATUS_OK;
        if (!sink->write(sink->context, sink->buffer, (size_t)got))
            return diags_error(diags, STATUS_IO, (struct place){NULL, 0, 0},
                               "the results could not be written");
    }
}

enum status sink_keep(struct sink *sink, struct diags *diags)
{
    sink_flush(sink);
    if (sink->failed != 0)
        return sink_fault(sink, sink->failed, diags);
    return sink->path != NULL ? keep_file(sink, diags) : hand_over(sink, diags);
}

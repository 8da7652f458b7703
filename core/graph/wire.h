/* The wire form of what a plugin's child process sends back: primitives, and fragments.
 *
 * Little-endian. Strings: u32 length, bytes, no NUL inside, valid UTF-8. The reader trusts
 * nothing: every count, index, axis, unit and kind is checked by building the graph anew through
 * graph.h, so that a node the reader accepts is one that the builder would have made.
 */
#ifndef ASSIZE_GRAPH_WIRE_H
#define ASSIZE_GRAPH_WIRE_H

#include "graph/graph.h"

enum { WIRE_VERSION = 1, WIRE_MOST_STRING = 1 << 16 };

/* More of these in one fragment is a fault: looking for a standing one takes a walk over all. */
enum {
    WIRE_MOST_PREMISES = 1 << 14,
    WIRE_MOST_CLAIMS = 1 << 12,
    WIRE_MOST_LABELS = 1 << 12, /* names in a list, and leaves that are labels */
    WIRE_MOST_RECORDS = 256,    /* ports, outputs, findings, a claim's sources, ... */
};

struct wire_writer {
    struct text bytes; /* grows in its arena */
};

void wire_writer_init(struct wire_writer *writer, struct arena *arena);
void wire_put_u32(struct wire_writer *writer, uint32_t value);
void wire_put_f64(struct wire_writer *writer, double value);
void wire_put_string(struct wire_writer *writer, const char *string); /* NULL stays NULL */
void wire_put_unit(struct wire_writer *writer, const struct unit *unit);
void wire_put_fragment(struct wire_writer *writer, const struct fragment *fragment);

/* Once `fault` is set every further read gives 0 or NULL: a caller may test once at the end of a
 * record, but must test before it uses a count. */
struct wire_reader {
    struct arena *arena;
    const unsigned char *data;
    size_t size, at;
    const char *fault; /* the first thing wrong, or NULL */
};

void wire_reader_init(struct wire_reader *reader, struct arena *arena, const void *data,
                      size_t size);
uint32_t wire_get_u32(struct wire_reader *reader);
double wire_get_f64(struct wire_reader *reader);
const char *wire_get_string(struct wire_reader *reader);
struct unit wire_get_unit(struct wire_reader *reader);

/* A count of things that take at least `least` bytes each: more than the bytes left is a fault. */
uint32_t wire_get_count(struct wire_reader *reader, size_t least);

/* NULL with `reader->fault` set when the bytes are not a fragment. What follows it is left. */
struct fragment *wire_get_fragment(struct wire_reader *reader);

/* Bytes left over are a fault. */
void wire_get_end(struct wire_reader *reader);

/* SHA-256 of the graph: its nodes, axes, premises and claims, in order. */
void graph_hash(const struct graph *graph, struct arena *scratch, char hex[65]);

#endif

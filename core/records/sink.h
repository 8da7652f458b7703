/* A file written bit by bit that appears whole or not at all: rows go beside it, and it takes its
 * name when everything is in order. Without a name it is handed to the caller instead. */
#ifndef ASSIZE_RECORDS_SINK_H
#define ASSIZE_RECORDS_SINK_H

#include "base/diag.h"

struct sink;

/* Takes `size` bytes; false when it can take no more. */
typedef bool sink_write(void *context, const char *data, size_t size);

/* `path` NULL: what is kept goes to `write` in the end. Unless sink_keep() is called, releasing the
 * arena removes what was written. */
enum status sink_open(struct arena *arena, const char *path, sink_write *write, void *context,
                      struct sink **sink, struct diags *diags);

void sink_add(struct sink *sink, const char *data, size_t size);
void sink_add_text(struct sink *sink, const char *text);

/* A cell, quoted where it must be. */
void sink_add_cell(struct sink *sink, const char *text, size_t length);

/* The shortest text that reads back as the same number. */
void sink_add_number(struct sink *sink, double value);

/* STATUS_IO when anything could not be written. */
enum status sink_keep(struct sink *sink, struct diags *diags);

#endif

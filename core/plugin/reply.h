/* What a plugin's child process sends back: one message of declarations, or of a fragment, or of
 * faults. Read as hostile input. */
#ifndef ASSIZE_PLUGIN_REPLY_H
#define ASSIZE_PLUGIN_REPLY_H

#include "graph/wire.h"
#include "plugin/session.h"

enum { REPLY_MOST_BYTES = 32 * 1024 * 1024 };

/* Exactly one of `declaration` and `fragment` is set, or there are `faults`. */
struct reply {
    struct declaration *declaration;
    struct fragment *fragment;
    struct diags *faults;
};

void reply_write(struct wire_writer *writer, const struct reply *reply);

/* Reads a reply about `plugin` into `arena`. Faults are added to `diags` as STATUS_PLUGIN, and so
 * is a message that is not in order. */
enum status reply_read(struct arena *arena, const char *plugin, const void *data, size_t size,
                       struct reply *reply, struct diags *diags);

#endif

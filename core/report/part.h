/* Parts of a run as files: docs/results.md says what every member means. */
#ifndef ASSIZE_REPORT_PART_H
#define ASSIZE_REPORT_PART_H

#include "analysis/shard.h"
#include "base/text.h"

enum { PART_FORMAT_VERSION = 1, PART_MOST_BYTES = 256 * 1024 * 1024 };

/* Writes a part into an empty text. Its last member is a checksum of all before it. */
void report_part_json(struct text *out, const struct part *part);

/* Reads a part, as hostile input; it lies in `arena`. `file->name` must outlive it. STATUS_USAGE
 * when it is none, was cut short or changed, or is of another version of the program. What agrees
 * with itself is believed: the checksum tells of damage, not of forgery. */
enum status report_read_part(struct arena *arena, const struct buffer *file, struct part *part,
                             struct diags *diags);

#endif

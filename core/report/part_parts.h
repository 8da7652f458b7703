/* What the writer and the reader of parts share. */
#ifndef ASSIZE_REPORT_PART_PARTS_H
#define ASSIZE_REPORT_PART_PARTS_H

#define PART_FORMAT "assize-part"

/* What stands around the checksum, which is of all bytes before. */
#define PART_BEFORE_SUM ",\n  \"checksum\": \""
#define PART_BEHIND_SUM "\"\n}\n"

#endif

/* What the files that read `records:` share. Internal to core/scenario. */
#ifndef ASSIZE_SCENARIO_RECORDS_PARTS_H
#define ASSIZE_SCENARIO_RECORDS_PARTS_H

#include "scenario/form.h"
#include "scenario/records.h"

/* Reads `records:` into the scenario, where it stands and has no faults. */
void records_read(struct reader *reader);

/* Reads `columns:`, and adds a use for every leaf that names a column of the file. */
void record_columns_read(struct reader *reader, struct records *records, struct tree *map);

/* Texts and what they are called: `{1: drug, 2: fraud}`. */
bool record_names_read(struct reader *reader, struct tree *map, struct record_name **names,
                       size_t *count);

size_t record_column_add(struct reader *reader, struct records *records,
                         const struct record_column *column);

/* Whether a leaf of `columns:` names a column of the file, as it is written. */
bool record_leaf_is_column(const struct tree *node);

/* records_bind.c: the premise of a leaf that stands in a column. `premise` is as declared. */
bool column_premise_read(const struct form *form, struct premise *premise);

/* Settings of what stands in classes, once those are known. */
void settings_apply_pending(struct reader *reader);

#endif

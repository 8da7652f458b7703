/* Draws of facts from a table that somebody else made: `--draws-from FILE.csv`.
 *
 *   model.detection,model.channels.market.slack
 *   0.012,0.7
 *   0.009,1
 *
 * One row is one draw; a column is named by the path of a fact, in the unit that its plugin
 * declares. Facts that the table holds are uncertain, even where the scenario has them fixed: their
 * draws are the rows, their distribution is that of the column, and their central value is the
 * scenario's. Other uncertain facts are drawn as ever. The values lie in memory, two doubles each.
 */
#ifndef ASSIZE_ANALYSIS_DRAW_TABLE_H
#define ASSIZE_ANALYSIS_DRAW_TABLE_H

#include "plugin/library.h"
#include "scenario/scenario.h"

enum { DRAW_TABLE_MOST = 50000000 }; /* values */

struct draw_table {
    const char *file; /* as the user gave it */
    uint64_t draws;   /* rows */
    struct premise **premises;
    size_t count; /* of columns */
};

/* After scenario_bind(): reads the table into the scenario's premises, and records it among the
 * library's inputs. STATUS_IO when it cannot be read, STATUS_SCENARIO with its faults, by row and
 * column. Lies in the scenario's arena. */
enum status draw_table_read(struct plugin_library *library, struct scenario *scenario,
                            const char *path, struct draw_table **table, struct diags *diags);

/* After the disputes are known: an accepted argument may have settled what the table holds. */
enum status draw_table_check(const struct draw_table *table, struct diags *diags);

#endif

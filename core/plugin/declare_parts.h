/* What the reading of declarations and of their members share. Internal to core/plugin. Each reads
 * members of the declaration at the stack index `at`, which is positive, and raises where one does
 * not fit. */
#ifndef ASSIZE_PLUGIN_DECLARE_PARTS_H
#define ASSIZE_PLUGIN_DECLARE_PARTS_H

#include "plugin/internal.h"

void member_common(lua_State *lua, int at, struct schema *schema); /* about, optional, ... */
void member_unit(lua_State *lua, int at, struct schema *schema);
void member_whole(lua_State *lua, int at, struct schema *schema);   /* after `moral` */
void member_within(lua_State *lua, int at, struct schema *schema);  /* above and below too */
void member_names(lua_State *lua, int at, struct schema *schema);   /* to choose from */
void member_default(lua_State *lua, int at, struct schema *schema); /* with its source; last */

/* A number at `name`; false, and `value` as it was, when there is none. */
bool member_number(lua_State *lua, int at, const char *name, double *value);

#endif

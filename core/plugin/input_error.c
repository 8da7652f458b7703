/* input_error(): what the user gave cannot be worked out, which is no fault of the plugin's. */
#include <string.h>

#include "base/plain.h"
#include "plugin/internal.h"

enum { MOST_MESSAGE = 4000 };

/* The text at `at`, fit to be shown: texts of the scenario may stand in it. */
static const char *shown_text(lua_State *lua, int at)
{
    size_t length = 0;
    const char *text = luaL_checklstring(lua, at, &length);
    if (length > MOST_MESSAGE)
        length = MOST_MESSAGE;
    char *copy = arena_string_n(session_of(lua)->diags->arena, text, length);
    copy[text_utf8_valid(copy, length)] = '\0';
    plain_make(copy);
    return copy;
}

/* Who asked knows the place of the entry, so no line of the plugin and no chain of calls stand
 * beside it. */
int session_raise_input(lua_State *lua, const char *message, const char *remedy)
{
    struct diag diag = {
        .status = STATUS_SCENARIO, .width = 1, .message = message, .remedy = remedy};
    diags_add(session_of(lua)->diags, &diag);
    return session_raise_recorded(lua);
}

/* input_error(message [, remedy]): ends the session. */
static int input_error(lua_State *lua)
{
    if (session_of(lua)->request == NULL)
        return session_raise(lua, "input_error is for `argue` and `sentence`: while a plugin says "
                                  "what it reads, nothing is given yet");
    if (lua_gettop(lua) > 2)
        return session_raise(lua, "input_error takes a message and a remedy");
    const char *message = shown_text(lua, 1);
    if (message[0] == '\0')
        return session_raise(lua, "input_error says nothing");
    return session_raise_input(lua, message, lua_isnoneornil(lua, 2) ? NULL : shown_text(lua, 2));
}

void input_error_open(lua_State *lua)
{
    lua_pushcfunction(lua, input_error);
    lua_setglobal(lua, "input_error");
}

/* Errors of a plugin: where in it they stand, and the calls that led there. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain.h"
#include "plugin/internal.h"

enum { MOST_MESSAGE = 4000, MOST_FRAMES = 12 };

int session_raise(lua_State *lua, const char *format, ...)
{
    char buffer[MOST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    lua_pushstring(lua, buffer);
    return lua_error(lua);
}

/* Fills `activation` for the level at or above `level` that runs Lua code; false when none does. */
static bool lua_frame(lua_State *lua, int *level, lua_Debug *activation)
{
    while (lua_getstack(lua, *level, activation) != 0) {
        lua_getinfo(lua, "Sln", activation);
        if (activation->currentline > 0)
            return true;
        (*level)++;
    }
    return false;
}

struct place session_place_of(const lua_Debug *activation)
{
    const char *file = activation->source;
    return (struct place){*file == '@' ? file + 1 : file, (uint32_t)activation->currentline, 0};
}

struct place session_place(lua_State *lua)
{
    int level = 0;
    lua_Debug activation;
    if (!lua_frame(lua, &level, &activation))
        return (struct place){session_of(lua)->files->plugin.name, 0, 0};
    return session_place_of(&activation);
}

/* Only letters and signs, and not too many: the message comes from a stranger's program. */
static const char *clean_message(struct arena *arena, const char *message)
{
    size_t length = strlen(message);
    if (length > MOST_MESSAGE)
        length = MOST_MESSAGE;
    char *copy = arena_string_n(arena, message, length);
    copy[text_utf8_valid(copy, length)] = '\0';
    plain_make(copy);
    return copy;
}

/* Whether Lua put the position of this call, "file:line: ", before the message; then cuts it off,
 * for the place says so already. */
static bool cut_position(const char **message, const lua_Debug *activation)
{
    char position[LUA_IDSIZE + 24];
    int length = snprintf(position, sizeof position, "%s:%d: ", activation->short_src,
                          activation->currentline);
    if (strncmp(*message, position, (size_t)length) != 0)
        return false;
    *message += length;
    return true;
}

static const char *chain_of_calls(lua_State *lua, struct arena *arena, int level)
{
    struct text chain;
    text_init(&chain, arena);
    lua_Debug activation;
    for (int shown = 0; shown < MOST_FRAMES && lua_frame(lua, &level, &activation); shown++) {
        struct place place = session_place_of(&activation);
        text_printf(&chain, "      called from %s:%u\n", place.file, place.line);
        level++;
    }
    return chain.length > 0 ? chain.data : NULL;
}

/* The line of a plugin or module, for the excerpt. */
static const char *source_line(struct session *session, const struct place *place)
{
    const struct plugin_files *files = session->files;
    const struct buffer *found = NULL;
    if (strcmp(files->plugin.name, place->file) == 0)
        found = &files->plugin;
    for (size_t i = 0; i < files->module_count && found == NULL; i++)
        if (strcmp(files->modules[i].name, place->file) == 0)
            found = &files->modules[i];
    if (found == NULL || place->line == 0)
        return NULL;
    return clean_message(session->diags->arena,
                         buffer_line(session->diags->arena, found, place->line));
}

void session_fault(struct session *session, struct place place, const char *message,
                   const char *trace)
{
    struct arena *arena = session->diags->arena;
    struct diag diag = {.status = STATUS_PLUGIN,
                        .place = {arena_string(arena, place.file), place.line, 0},
                        .width = 1,
                        .message = clean_message(arena, message),
                        .excerpt = source_line(session, &place),
                        .trace = trace};
    diags_add(session->diags, &diag);
}

/* The call that an error is about: the innermost, or, after error(message, 2), the one whose
 * position stands before the message, which is cut off. False when no Lua code runs. */
static bool blamed_frame(lua_State *lua, const char **message, int *level, lua_Debug *activation)
{
    for (*level = 0; lua_frame(lua, level, activation); (*level)++)
        if (cut_position(message, activation))
            return true;
    *level = 0;
    return lua_frame(lua, level, activation);
}

/* The message handler: makes a diagnostic while the stack of calls still stands. */
int session_handle_error(lua_State *lua)
{
    struct session *session = session_of(lua);
    if (lua_touserdata(lua, 1) == session)
        return 0; /* session_raise_recorded has been called */
    const char *message =
        lua_type(lua, 1) == LUA_TSTRING ? lua_tostring(lua, 1) : "an error that is no text";
    int level = 0;
    lua_Debug activation;
    struct place place = {session->files->plugin.name, 0, 0};
    if (blamed_frame(lua, &message, &level, &activation))
        place = session_place_of(&activation);
    if (session->declaring.line > 0) { /* read later than it was written */
        place = session->declaring;
        level = -1;
    }
    if (*message == '\0')
        message = "an error that says nothing";
    session_fault(session, place, message, chain_of_calls(lua, session->diags->arena, level + 1));
    return 0;
}

int session_raise_recorded(lua_State *lua)
{
    lua_pushlightuserdata(lua, session_of(lua));
    return lua_error(lua);
}

/* A syntax error's message says "file:line: what". Calls are under way where a module is required.
 */
int session_raise_syntax(lua_State *lua, const struct buffer *source)
{
    struct session *session = session_of(lua);
    const char *message = lua_tostring(lua, -1);
    if (message ==
        NULL) /* the parser nested too deeply: no syntax error, so session_handle_error knows */
        return session_raise_recorded(lua);
    struct place place = {source->name, 0, 0};
    const char *colon = strstr(message, ".lua:");
    if (colon != NULL) {
        char *rest = NULL;
        place.line = (uint32_t)strtoul(colon + 5, &rest, 10);
        message = *rest == ':' ? rest + 2 : message;
    }
    session_fault(session, place, message, chain_of_calls(lua, session->diags->arena, 0));
    return session_raise_recorded(lua);
}

/* The members of a declaration that say what a value may be. */
#include <math.h>
#include <string.h>

#include "graph/wire.h"
#include "plugin/declare_parts.h"

static bool field_truth(lua_State *lua, int at, const char *name)
{
    int type = lua_getfield(lua, at, name);
    if (type != LUA_TBOOLEAN && type != LUA_TNIL)
        session_raise(lua, "`%s` is true or false, not a %s", name, lua_typename(lua, type));
    bool value = lua_toboolean(lua, -1) != 0;
    lua_pop(lua, 1);
    return value;
}

bool member_number(lua_State *lua, int at, const char *name, double *value)
{
    int type = lua_getfield(lua, at, name);
    if (type != LUA_TNUMBER && type != LUA_TNIL)
        session_raise(lua, "`%s` is a number, not a %s", name, lua_typename(lua, type));
    if (type == LUA_TNUMBER)
        *value = lua_tonumber(lua, -1);
    lua_pop(lua, 1);
    return type == LUA_TNUMBER;
}

void member_within(lua_State *lua, int at, struct schema *schema)
{
    schema->low = -HUGE_VAL;
    schema->high = HUGE_VAL;
    int type = lua_getfield(lua, at, "within");
    if (type != LUA_TNIL && type != LUA_TTABLE)
        session_raise(lua, "`within` is a pair of numbers");
    if (type == LUA_TTABLE) {
        lua_geti(lua, -1, 1);
        lua_geti(lua, -2, 2);
        if (lua_type(lua, -1) != LUA_TNUMBER || lua_type(lua, -2) != LUA_TNUMBER)
            session_raise(lua, "`within` is a pair of numbers");
        schema->low = lua_tonumber(lua, -2);
        schema->high = lua_tonumber(lua, -1);
        lua_pop(lua, 2);
        if (isnan(schema->low) || isnan(schema->high))
            session_raise(lua, "`within` is a pair of numbers");
    }
    lua_pop(lua, 1);
    schema->low_open = member_number(lua, at, "above", &schema->low);
    schema->high_open = member_number(lua, at, "below", &schema->high);
    bool open = schema->low_open || schema->high_open;
    if (!(schema->low < schema->high) && (open || schema->low != schema->high))
        session_raise(lua, "no number lies between %g and %g", schema->low, schema->high);
}

void member_unit(lua_State *lua, int at, struct schema *schema)
{
    schema->unit_text = field_text(lua, at, "unit");
    if (schema->unit_text == NULL)
        schema->unit_text = "1";
    schema->unit = check_unit(lua, schema->unit_text, &schema->unit_scale);
}

/* A moral choice moves along its range, where what is whole has nothing between. */
void member_whole(lua_State *lua, int at, struct schema *schema)
{
    schema->whole = field_truth(lua, at, "whole");
    if (schema->whole && schema->moral)
        session_raise(lua, "a moral choice cannot be `whole`");
}

static enum premise_status check_status(lua_State *lua, const char *text)
{
    static const char *const names[] = {"sourced", "illustrative", "unverified"};
    for (int i = 0; i < 3; i++)
        if (strcmp(text, names[i]) == 0)
            return (enum premise_status)i;
    session_raise(lua, "`status` is sourced, illustrative or unverified, not `%s`", text);
    return PREMISE_UNVERIFIED;
}

static double label_default(lua_State *lua, const struct schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->label_count; i++)
        if (strcmp(schema->labels[i], name) == 0)
            return (double)i;
    session_raise(lua, "the default `%s` is not one of the names", name);
    return 0;
}

/* A text, or the name of a table: its default needs no source. */
static bool is_text(const struct schema *schema)
{
    return schema->kind == SCHEMA_TEXT || schema->kind == SCHEMA_DATA;
}

/* Whether a number's default lies where its values may; written so that NaN does not. */
static bool default_fits(const struct schema *schema)
{
    bool above = schema->low_open ? schema->value > schema->low : schema->value >= schema->low;
    bool below = schema->high_open ? schema->value < schema->high : schema->value <= schema->high;
    return above && below && isfinite(schema->value);
}

static void check_default(lua_State *lua, const struct schema *schema)
{
    if (!schema->has_default)
        return;
    if (schema->kind == SCHEMA_NUMBER && !default_fits(schema))
        session_raise(lua, "the default lies outside `within`");
    if (schema->whole && schema->value != floor(schema->value))
        session_raise(lua, "the default is no whole number");
    if (schema->kind == SCHEMA_TEXT && schema->label_count > 0)
        label_default(lua, schema, schema->text_default);
}

/* A technical constant: a premise with a default, which must say where it comes from. */
void member_default(lua_State *lua, int at, struct schema *schema)
{
    int type = lua_getfield(lua, at, "default");
    if (type == LUA_TNUMBER && schema->kind == SCHEMA_NUMBER)
        schema->value = lua_tonumber(lua, -1);
    else if (type == LUA_TBOOLEAN && schema->kind == SCHEMA_TRUTH)
        schema->value = lua_toboolean(lua, -1);
    else if (type == LUA_TSTRING && schema->kind == SCHEMA_LABEL)
        schema->value = label_default(lua, schema, lua_tostring(lua, -1));
    else if (type == LUA_TSTRING && is_text(schema))
        schema->text_default = check_text(lua, -1, "the default");
    else if (type != LUA_TNIL)
        session_raise(lua, "the default does not fit the declaration");
    lua_pop(lua, 1);
    schema->has_default = type != LUA_TNIL;
    const char *status = field_text(lua, at, "status");
    schema->source = field_text(lua, at, "source");
    bool premise = schema->has_default && !is_text(schema);
    if (premise && status == NULL && schema->source == NULL)
        session_raise(lua, "a default needs a `source` or a `status`");
    if (premise && schema->moral)
        session_raise(lua, "a moral choice has no default");
    schema->status = status != NULL ? check_status(lua, status) : PREMISE_SOURCED;
    check_default(lua, schema);
}

/* The array part of the declaration, or its field `among`, as names. */
void member_names(lua_State *lua, int at, struct schema *schema)
{
    int type = lua_getfield(lua, at, "among");
    if (type == LUA_TNIL) {
        lua_pop(lua, 1);
        lua_pushvalue(lua, at);
    } else if (type != LUA_TTABLE) {
        session_raise(lua, "`among` is a list of names");
    }
    schema->labels = array_of_texts(lua, -1, "a name to choose from", &schema->label_count);
    lua_pop(lua, 1);
    if (schema->kind == SCHEMA_LABEL && schema->label_count < 2)
        session_raise(lua, "one_of needs at least two names");
    if (schema->label_count > WIRE_MOST_RECORDS)
        session_raise(lua, "there are more than %d names to choose from", WIRE_MOST_RECORDS);
    for (size_t i = 0; i < schema->label_count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(schema->labels[i], schema->labels[k]) == 0)
                session_raise(lua, "`%s` stands twice among the names", schema->labels[i]);
}

static void set_only(lua_State *lua, const char *key, void *context)
{
    struct schema *schema = context;
    if (schema->only_field != NULL)
        session_raise(lua, "`only_with` names one text and its value");
    schema->only_field = key;
    schema->only_value = check_text(lua, -1, "the value in `only_with`");
}

void member_common(lua_State *lua, int at, struct schema *schema)
{
    schema->about = field_text(lua, at, "about");
    schema->optional = field_truth(lua, at, "optional");
    schema->moral = field_truth(lua, at, "moral");
    if (lua_getfield(lua, at, "only_with") != LUA_TNIL)
        each_field(lua, -1, set_only, schema);
    lua_pop(lua, 1);
}

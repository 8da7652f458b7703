/* claim{}: the named steps of an argument. */
#include <string.h>

#include "graph/wire.h"
#include "plugin/internal.h"

enum { STEPS_A_CLAIM = 200 }; /* instructions that one counts for */

static void add_question(lua_State *lua, const char *topic, void *context)
{
    struct session *session = session_of(lua);
    struct claim *claim = context;
    struct claim_question question = {.topic = topic};
    if (lua_istable(lua, -1)) {
        static const char *const fields[] = {"reply"};
        check_fields(lua, lua_gettop(lua), "a question", fields, 1);
        check_items(lua, -1, "a question", 1);
        question.text = item_text(lua, -1, "question", topic);
        question.reply = field_text(lua, lua_gettop(lua), "reply");
    } else {
        question.text = check_text(lua, -1, "a question");
    }
    struct claim_question *questions =
        arena_grow(session->arena, (void *)(uintptr_t)claim->questions, claim->question_count,
                   sizeof question);
    questions[claim->question_count++] = question;
    claim->questions = questions;
}

static void read_questions(lua_State *lua, struct claim *claim)
{
    if (lua_getfield(lua, 1, "questions") != LUA_TNIL) {
        each_field(lua, -1, add_question, claim);
        check_count(lua, claim->question_count, "questions");
        check_items(lua, -1, "`questions`", 0);
    }
    lua_pop(lua, 1);
}

/* Texts at `name`: one, or an array. */
static const char *const *read_texts(lua_State *lua, int at, const char *name, uint32_t *count)
{
    size_t read = 0;
    const char *const *texts = NULL;
    if (lua_getfield(lua, at, name) == LUA_TSTRING) { /* a single one */
        lua_createtable(lua, 1, 0);
        lua_insert(lua, -2);
        lua_rawseti(lua, -2, 1);
    }
    if (lua_istable(lua, -1))
        texts = array_of_texts(lua, -1, "a source", &read);
    else if (!lua_isnil(lua, -1))
        session_raise(lua, "`%s` is a text or a list of texts", name);
    lua_pop(lua, 1);
    check_count(lua, read, name);
    *count = (uint32_t)read;
    return texts;
}

/* claim { name, value =, text =, ... }: returns the claim's symbol. */
static int make_claim(lua_State *lua)
{
    static const char *const fields[] = {"value",   "text",    "scheme",    "cite",
                                         "sources", "applies", "otherwise", "questions"};
    struct session *session = session_of(lua);
    struct graph *graph = conclude_graph(lua);
    session_charge(lua, STEPS_A_CLAIM);
    check_fields(lua, 1, "a claim", fields, sizeof fields / sizeof *fields);
    check_items(lua, 1, "a claim", 1);
    if (graph->claim_count == WIRE_MOST_CLAIMS)
        return session_raise(lua, "there are more than %d claims", WIRE_MOST_CLAIMS);
    if (lua_geti(lua, 1, 1) == LUA_TNIL)
        return session_raise(lua, "a claim needs a name: claim { \"name\", value = ... }");
    const char *name = check_text(lua, -1, "a claim's name");
    if (*name == '\0' || strpbrk(name, "/[].") != NULL)
        return session_raise(lua, "a claim's name has no `/`, `[`, `]` or `.`, and is not empty");
    struct place place = session_place(lua);
    struct claim claim = {
        .name = arena_printf(session->arena, "%s.%s", session->request->instance, name),
        .text = want_text(lua, 1, "a claim", "text"),
        .otherwise = field_text(lua, 1, "otherwise"),
        .scheme = field_text(lua, 1, "scheme"),
        .cite = field_text(lua, 1, "cite"),
        .applies = field_symbol(lua, 1, "applies"),
        .plugin = place.file,
        .line = place.line};
    claim.sources = read_texts(lua, 1, "sources", &claim.source_count);
    read_questions(lua, &claim);
    node_id value = field_symbol(lua, 1, "value");
    if (value == NODE_NONE)
        return session_raise(lua, "the claim `%s` needs a `value`", name);
    value = drop_claim(lua, name, &claim, value);
    node_id node = NODE_NONE;
    graph->line = place.line;
    if (graph_claim(graph, &claim, value, &node) != STATUS_OK)
        return session_raise(lua, "%s", graph->fault);
    symbol_push(lua, node);
    return 1;
}

void claim_open(lua_State *lua)
{
    lua_register(lua, "claim", make_claim);
}

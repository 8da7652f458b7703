/* What a plugin does wrong while it argues: the exact text, place and chain of calls. The body of a
 * plugin begins in line 4 (kit.h). */
#include "cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "plugin/kit.h"

struct fault {
    const char *source, *expected;
};

#define CONCLUSION                                                                                 \
    "return conclude { score = p.cut, scale = { [0] = 'none' },\n"                                 \
    "  requires = { a = { 'a', p.cut, at_least = 0 } } }"

/* One line that goes wrong, in line 4. */
#define LINE(code, message)                                                                        \
    {                                                                                              \
        THEORY(code), "theories/t.lua:4: error: " message "\n"                                     \
    }
/* A conclusion with these members beside a sound score and scale. */
#define CONCLUDE(members, message)                                                                 \
    LINE("return conclude { score = p.cut, scale = { [0] = 'none' }, " members " }", message)
#define REGIME_LINE(code, message)                                                                 \
    {                                                                                              \
        REGIME(code), "theories/t.lua:4: error: " message "\n"                                     \
    }

static void assert_fault(struct arena *arena, const struct fault *fault)
{
    struct kit kit = kit_trace(arena, fault->source);
    assert_string_equal(kit_faults(&kit), fault->expected);
    assert_int_equal(kit.status, STATUS_PLUGIN);
    assert_null(kit.fragment);
}

static void assert_faults(struct arena *arena, const struct fault *faults, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_fault(arena, &faults[i]);
}

/* --- what Lua itself finds ------------------------------------------------------------------- */

static void test_lua(void **state)
{
    static const struct fault faults[] = {
        LINE("local x = = 1", "unexpected symbol near '='"),
        LINE("return s.modle.theta", "attempt to index a nil value (field 'modle')"),
        LINE("return thetta + 1", "attempt to perform arithmetic on a nil value (global 'thetta')"),
        LINE("return over.case.mena(1)", "attempt to call a nil value (field 'mena')"),
        LINE("return table.insert(nil, 1)",
             "bad argument #1 to 'insert' (table expected, got nil)"),
        LINE("return math.fmod(1, 0)", "bad argument #2 to 'fmod' (zero)"),
        LINE("local x <close> = s.model.theta", "variable 'x' got a non-closable value"),
        LINE("table.sort { 1, 'x' }", "attempt to compare string with number"),
        LINE("error { 'a table' }", "an error that is no text"),
        LINE("error(nil)", "an error that is no text"),
        LINE("error()", "an error that is no text"),
        LINE("error(s.model)", "an error that is no text"),
        LINE("error('')", "an error that says nothing"),
        LINE("error('caf\\xff')", "caf"),
        LINE("assert(false)", "assertion failed!"),
        LINE("assert(nil, 'why')", "why"),
        LINE("while true do end", "the plugin did not finish within 50000000 instructions"),
    };
    assert_faults(*state, faults, COUNT_OF(faults));
}

static void test_chain_of_calls(void **state)
{
    static const struct fault faults[] = {
        {THEORY("local function inner(x) return -x.y end\n"
                "local function outer(x)\n"
                "  local y = inner(x) return y\n"
                "end\n"
                "local z = outer {}\n"),
         "theories/t.lua:4: error: attempt to perform arithmetic on a nil value (field 'y')\n"
         "      called from theories/t.lua:6\n"
         "      called from theories/t.lua:8\n"},
        {THEORY("local blamer = require 'blamer'\nlocal x = blamer.deep {} return x"),
         "lib/blamer.lua:5: error: attempt to perform arithmetic on a nil value (field 'y')\n"
         "      called from theories/t.lua:5\n"},
        /* error(message, 2) blames the caller */
        {THEORY("local blamer = require 'blamer'\nlocal function me() blamer.check() return "
                "end\nme()"),
         "theories/t.lua:5: error: x is missing\n"
         "      called from theories/t.lua:6\n"},
        {THEORY("local x = 1 + \n\nrequire 'broken'"),
         "lib/broken.lua:2: error: unexpected symbol near '='\n"
         "      called from theories/t.lua:6\n"},
        {THEORY("require 'first'"), "lib/second.lua:2: error: the module `first` requires itself\n"
                                    "      called from lib/first.lua:1\n"
                                    "      called from theories/t.lua:4\n"},
        LINE("require 'nosuch'", "there is no module `nosuch` in plugins/lib"),
        LINE("require '../lib/blamer'", "there is no module `../lib/blamer` in plugins/lib"),
        LINE("require 'nothing'", "the module `nothing` returns no table"),
    };
    assert_faults(*state, faults, COUNT_OF(faults));
}

/* Whole numbers divided by 0: Lua's wording differs between its releases. */
static void test_division(void **state)
{
    const char *const sources[] = {THEORY("local zero = 0 return 1 // zero"),
                                   THEORY("local zero = 0 return 1 % zero"),
                                   THEORY("return 1 // 0"), THEORY("return math.mininteger % 0")};
    for (size_t i = 0; i < COUNT_OF(sources); i++) {
        struct kit kit = kit_trace(*state, sources[i]);
        assert_int_equal(kit.status, STATUS_PLUGIN);
        assert_int_equal(strncmp(kit.diags.items[0].message, "attempt to ", 11), 0);
        assert_int_equal(kit.diags.items[0].place.line, 4);
    }
}

/* Nothing that a plugin says reaches a terminal as it is: 10 kB are cut to 500 bytes, and what
 * drives a terminal is blanked. */
static void test_error_text(void **state)
{
    struct arena *arena = *state;
    struct kit kit =
        kit_trace(arena, THEORY("error(('\\27[31mred\\7\\u{9b}2J\\u{202e}x'):rep(1000))"));
    assert_int_equal(kit.status, STATUS_PLUGIN);
    const char *message = kit.diags.items[0].message;
    assert_int_equal(strncmp(message, " [31mred   2J   x [31mred", 25), 0);
    assert_in_range(strlen(message), 3900, 4000);
    for (const char *c = message; *c != '\0'; c++)
        assert_true((unsigned char)*c >= 0x20 && (unsigned char)*c < 0x7F);

    kit = kit_trace(arena, THEORY("error(('\\u{20ac}'):rep(1000))")); /* three bytes each */
    message = kit.diags.items[0].message;
    assert_int_equal(strlen(message) % 3, 0);
    assert_int_equal(text_utf8_valid(message, strlen(message)), strlen(message));
}

/* --- symbols --------------------------------------------------------------------------------- */

#define BLIND                                                                                      \
    " cannot see a symbol's value: use x:at_least(y), x:above(y), x:at_most(y), x:below(y) or "    \
    "x:equals(y), and where(), x:is(), min() or max() to choose"
#define UNUSED " was read here and used in nothing: a test with == or if cannot see its value"

static void test_comparison(void **state)
{
    static const struct fault faults[] = {
        LINE("if s.model.theta > p.cut then end", "`<` or `>`" BLIND),
        LINE("if s.model.theta < 1 then end", "`<` or `>`" BLIND),
        LINE("if 1 >= s.model.theta then end", "`<=` or `>=`" BLIND),
        LINE("if s.model.theta == s.model.theta then end", "`==` or `~=`" BLIND),
        LINE("if s.model.theta ~= p.cut then end", "`==` or `~=`" BLIND),
        LINE("local low = p.cut == 0.5\n" CONCLUSION, "theories.t.cut" UNUSED),
        LINE("if s.model.basis == 'theta' then end\n" CONCLUSION, "model.basis" UNUSED),
        LINE("if s.model.theta then end\n" CONCLUSION, "model.theta" UNUSED),
        LINE("local x = s.model.sure and 1 or 2\n" CONCLUSION, "model.sure" UNUSED),
        LINE("local x = not s.cases.guilt\n" CONCLUSION, "cases.*.guilt" UNUSED),
        LINE("local x = s.cases.share\n" CONCLUSION, "cases.*.share" UNUSED),
        LINE("local x = s.sentence.custody\n" CONCLUSION, "sentence.custody" UNUSED),
        LINE("for _ = 1, 100 do if s.model.theta then end end\n" CONCLUSION, "model.theta" UNUSED),
        {THEORY("local a = s.model.sure == true\nlocal b = s.model.theta == 0.5\n" CONCLUSION),
         "theories/t.lua:4: error: model.sure" UNUSED "\n"
         "theories/t.lua:5: error: model.theta" UNUSED "\n"},
    };
    assert_faults(*state, faults, COUNT_OF(faults));
}

static void test_symbols(void **state)
{
    static const struct fault faults[] = {
        LINE("return s.model.theta + nil", "a symbol or a number is needed here, not nil"),
        LINE("return '1' + s.model.theta", "a symbol or a number is needed here, not string"),
        LINE("return s.model.theta .. 'x'",
             "a symbol cannot be joined to a text: use {value} in a claim's text"),
        LINE("return s.model.theta % 2", "a symbol cannot be taken modulo"),
        LINE("return s.model.theta // 2", "a symbol cannot be divided with //: use floor(x / y)"),
        LINE("return #s.model.theta", "a symbol cannot be measured with #"),
        LINE("return s.model.theta()", "a symbol cannot be called"),
        LINE("return s.model.theta[1]", "a symbol is no table"),
        LINE("return s.model.theta:at_leest(1)", "a symbol has no field or method `at_leest`"),
        LINE("return log(8, 2)", "this takes 1 argument, not 2"),
        LINE("return where(s.model.sure, 1)", "this takes 3 arguments, not 2"),
        LINE("return where(s.model.theta, 1, 2)", "where needs a truth, not a number"),
        LINE("return s.model.sure + 1", "add needs a number, not a truth"),
        LINE("return s.model.theta:is('x')", "this symbol is no label"),
        LINE("return s.model.basis:is('thetta')",
             "there is no label `thetta` here: there are marginal, theta, whole"),
        LINE("return s.model.basis:pick { theta = 1 }",
             "pick says nothing for `whole`, and has no `otherwise`"),
        LINE("return s.model.basis:pick { half = 1, otherwise = 2 }",
             "there is no label `half` here: there are marginal, theta, whole"),
        LINE("return s.model.basis:pick { 1, otherwise = 2 }",
             "pick holds something that has no name"),
        LINE("return 0/0 + s.model.theta", "a literal is not a number"),
        LINE("return quantity(1, '1') / 0", "div of literals is not a finite number"),
        LINE("return sqrt(-1)", "sqrt of literals is not a finite number"),
    };
    assert_faults(*state, faults, COUNT_OF(faults));
}

static void test_units(void **state)
{
    static const struct fault faults[] = {
        LINE("return s.model.harm + s.model.time",
             "add needs the same unit on all sides, not hu and month"),
        LINE("return 1 - s.model.harm", "sub needs the same unit on all sides, not 1 and hu"),
        LINE("return s.model.harm:at_least(1)",
             "at_least needs the same unit on all sides, not hu and 1"),
        LINE("return exp(s.model.harm)", "exp needs a pure number, not hu"),
        LINE("return 2 ^ s.model.harm", "pow needs a pure number, not hu"),
        LINE("return s.model.harm ^ s.model.theta",
             "a power whose exponent is not a plain number needs a pure base, not hu: divide by a "
             "quantity first, as in share * (whole / share) ^ theta"),
        LINE("return s.model.harm ^ 0.3", "hu to the power 0.3 is no unit"),
        LINE("return sqrt(s.model.harm)", "the square root of hu is no unit"),
        LINE("return ratio(s.model.harm, s.model.time, s.model.harm)",
             "ratio gives hu/month, but what stands for it where the divisor is 0 is hu"),
        LINE("return quantity(1, 'foo')", "`foo` is no unit"),
    };
    assert_faults(*state, faults, COUNT_OF(faults));
}

static void test_library(void **state)
{
    static const struct fault faults[] = {
        LINE("return interpolate(s.model.theta, { 1, 2 }, { 1 })",
             "there are 2 knots, but 1 values"),
        LINE("return interpolate(s.model.theta, 1, 2)",
             "a list of numbers is needed here, not a number"),
        LINE("return interpolate(1, { 2, 1 }, { 1, 2 })",
             "interpolate of literals: the knots do not rise"),
        LINE("return step(s.model.theta, { form = { 1 } }, { 1 }, 0)",
             "a step has no `form`: did you mean `from`?"),
        LINE("return step(s.model.theta, {}, { 1 }, 0)", "step needs one of `from` and `over`"),
        LINE("return lookup({ 1, 2 }, 3)",
             "lookup of literals: the table has no such row or column"),
        LINE("return lookup({ { 1, 2 }, { 3 } }, 1, 1)", "the rows of the table differ in length"),
        LINE("return lookup({}, 1)", "lookup needs a table whose rows are of one length"),
        LINE("return over.cases.mean(1)", "there is no axis `cases`"),
        LINE("return over.case.sum(1, { weights = 1 })", "a reduction has no `weights`"),
        LINE("return over.case.any(s.model.theta)",
             "any and all take truths: compare with at_least, above, at_most, below"),
        LINE("return over.case.sum(s.model.sure)", "sum cannot be taken of a truth"),
        LINE("return axis('case', { 1, 2 })", "the axis `case` was made before with other values"),
        LINE("return axis('x', {})", "the axis `x` would have no places"),
        LINE("return axis('x', { 1, 'y' })", "an axis has plain numbers as its places"),
        LINE("return axis('x', { 1, 0/0 })", "an axis has finite numbers as its places"),
        LINE("print(1)", "there is nothing to print to: use claim { text = ... }"),
        LINE("table.sort({}, function() end)", "table.sort takes no comparator here"),
        LINE("return math.log(8, 2)", "math.log takes no base here: divide by math.log(base)"),
        LINE("return string.format('%p', 'x')", "string.format knows no %p here"),
        LINE("return string.format('%s', {})",
             "string.format takes texts, numbers and truth values"),
        LINE("return pairs { [true] = 1 }", "pairs takes tables whose keys are numbers or texts"),
    };
    assert_faults(*state, faults, COUNT_OF(faults));
}

/* --- the scenario's tables ------------------------------------------------------------------- */

static void test_reading(void **state)
{
    static const struct fault faults[] = {
        LINE("return s.model.thetta", "model has no `thetta`: did you mean `theta`?"),
        LINE("return s.model.nothing_like_it",
             "model has no `nothing_like_it`, and `reads` does not declare it"),
        LINE("return s.model.channels.zebra.los",
             "model.channels.zebra has no `los`: did you mean `loss`?"),
        LINE("return s.model.channels.zebbra",
             "model.channels has no `zebbra`: did you mean `zebra`?"),
        LINE("return s.model.rule.of_no_size",
             "model.rule has no `of_no_size`, and `reads` does not declare it"),
        LINE("return s.cases.gilt", "cases has no `gilt`: did you mean `guilt`?"),
        LINE("return p.cuts", "theories.t has no `cuts`: did you mean `cut`?"),
        LINE("return s.sentence.custdy", "a sentence has no `custdy`"),
        LINE("return given(s.model, 'thetta')", "model has no `thetta`: did you mean `theta`?"),
        LINE("return given(s, 'model')", "given takes a table of the scenario, not a table"),
        LINE("return s.model[{}]", "a key of the scenario is a name, not a table"),
        LINE("s.model.theta = 1", "the scenario's tables cannot be changed"),
        LINE("s.sentence.custody = 1", "the scenario's tables cannot be changed"),
    };
    assert_faults(*state, faults, COUNT_OF(faults));
}

/* --- claims ---------------------------------------------------------------------------------- */

static void test_claims(void **state)
{
    static const struct fault faults[] = {
        {THEORY("claim { 'a', text = 't', value = p.cut }\nclaim { 'a', text = 't', value = 1 }"),
         "theories/t.lua:5: error: there is a claim called t.a already, with another value\n"},
        LINE("claim 'a'", "a claim is a table, not string"),
        LINE("claim { text = 't', value = 1 }",
             "a claim needs a name: claim { \"name\", value = ... }"),
        LINE("claim { 'a', text = 't' }", "the claim `a` needs a `value`"),
        LINE("claim { 'a', value = 1 }", "a claim needs a `text`"),
        LINE("claim { 'a', text = 5, value = 1 }", "`text` is a text, not a number"),
        LINE("claim { 'a', text = 't', value = 't' }",
             "a symbol or a number is needed here, not string"),
        LINE("claim { 'a', text = 't', value = 1, scheem = 's' }",
             "a claim has no `scheem`: did you mean `scheme`?"),
        LINE("claim { 'a', 'b', text = 't', value = 1 }",
             "a claim holds something that has no name"),
        LINE("claim { 'a', text = 't', value = 1, applies = 5 }",
             "`applies` of the claim t.a is not a truth"),
        LINE("claim { 'a', text = 't', value = 1, sources = { 'x', 5 } }",
             "a source is a text, not a number"),
        LINE("claim { 'a', text = 't', value = 1, questions = { 'q' } }",
             "`questions` holds something that has no name"),
        LINE("claim { 'a', text = 't', value = 1, questions = { q = { 'q', repl = 'r' } } }",
             "a question has no `repl`: did you mean `reply`?"),
        LINE("claim { '', text = 't', value = 1 }",
             "a claim's name has no `/`, `[`, `]` or `.`, and is not empty"),
        LINE("claim { 'a[b]', text = 't', value = 1 }",
             "a claim's name has no `/`, `[`, `]` or `.`, and is not empty"),
    };
    assert_faults(*state, faults, COUNT_OF(faults));
}

/* --- conclusions ----------------------------------------------------------------------------- */

static void test_conclusion(void **state)
{
    static const struct fault faults[] = {
        {THEORY("\nlocal x = 1\n"),
         "theories/t.lua:3: error: argue returned without conclude { ... }\n"},
        {THEORY("local function stop() " CONCLUSION " end stop() stop()"),
         "theories/t.lua:4: error: conclude is called twice\n"
         "      called from theories/t.lua:5\n"},
        LINE("return conclude { score = s.cases.guilt, scale = { [0] = 'none' },"
             "requires = { a = { 'a', p.cut, at_least = 0 } } }",
             "the score varies along `case`: reduce it first with over.case"),
        LINE("return conclude(5)", "a theory's conclusion is a table, not number"),
        LINE("return conclude { scor = 1 }",
             "a theory's conclusion has no `scor`: did you mean `score`?"),
        LINE("return conclude { scale = { [0] = 'none' } }", "a conclusion needs a `score`"),
        LINE("return conclude { score = 1 }",
             "a conclusion needs a `scale`: what scores 0 and 1 mean"),
        LINE("return conclude { score = 1, scale = { low = 'none' } }",
             "`scale` says what scores mean: { [0] = \"...\", [1] = \"...\" }"),
        LINE("return conclude { score = math.huge, scale = { [0] = 'none' }, requires = { a = "
             "{ 'a', p.cut, at_least = 0 } } }",
             "the score is not a finite number"),
        LINE("return conclude { score = true, scale = { [0] = 'none' }, requires = { a = "
             "{ 'a', p.cut, at_least = 0 } } }",
             "the score is no number"),
        CONCLUDE("", "a conclusion needs `requires` or `rules_out`: what the verdict turns on"),
        CONCLUDE("requires = { { 'a', p.cut, at_least = 0 } }",
                 "`requires` holds something that has no name"),
        CONCLUDE("requires = { a = { 'a', p.cut, at_least = 0, below = 1 } }",
                 "the requirement `a` states two relations"),
        CONCLUDE("requires = { a = { 'a', p.cut } }",
                 "the requirement `a` needs one of at_least, above, at_most, below"),
        CONCLUDE("requires = { a = { 'a', p.cut, atleast = 0 } }",
                 "a requirement has no `atleast`: did you mean `at_least`?"),
        CONCLUDE("requires = { a = { at_least = 0 } }", "the requirement `a` has no text"),
        CONCLUDE("rules_out = { a = { 'a', s.cases.guilt, below = 1 } }",
                 "the requirement `a` varies along `case`: reduce it first with over.case"),
        CONCLUDE("applies = s.model.sure, requires = { a = { 'a', 1, at_least = 0 } }",
                 "`applies` and `why_not` go together"),
        CONCLUDE(
            "applies = s.model.theta, why_not = 'no', requires = { a = { 'a', 1, below = 0 } }",
            "`applies` is not a truth: compare with at_least, above, at_most or below"),
        CONCLUDE("difference = s.sentence.custody, requires = { a = { 'a', 1, at_least = 0 } }",
                 "the difference should be in pme, not month"),
        CONCLUDE("show = { a = { 'a' } }, requires = { a = { 'a', 1, at_least = 0 } }",
                 "the finding `a` needs a `value`"),
        CONCLUDE("show = { a = { 'a', value = axis('n', { 1, 2 }) } }, "
                 "requires = { a = { 'a', 1, at_least = 0 } }",
                 "the finding `a` varies along `n`: reduce it first with over.n"),
    };
    assert_faults(*state, faults, COUNT_OF(faults));
}

static void test_sentence(void **state)
{
    static const struct fault faults[] = {
        {REGIME("\nlocal x = 1\n"),
         "theories/t.lua:3: error: sentence returned without conclude { ... }\n"},
        REGIME_LINE("return conclude { custody = 1 }",
                    "the sentence's `custody` should be in month, not 1"),
        REGIME_LINE("return conclude { custody = true }",
                    "the sentence's `custody` should be a number"),
        REGIME_LINE("return conclude { enforced = 1 }",
                    "the sentence's `enforced` should be a truth"),
        REGIME_LINE("return conclude { components = { custdy = 0 } }",
                    "a sentence has no `custdy`: did you mean `custody`?"),
        REGIME_LINE("return conclude { components = 5 }", "a sentence is a table, not number"),
        REGIME_LINE("return conclude { 5 }", "a sentence holds something that has no name"),
        REGIME_LINE("return conclude { custody = 0, components = { custody = 0 } }",
                    "the sentence's `custody` is given twice"),
        REGIME_LINE("return conclude { custody = quantity(0, 'hu') }",
                    "the sentence's `custody` should be in month, not hu"),
        REGIME_LINE("return conclude { custody = axis('n', { 1, 2 }, 'month') }",
                    "the sentence's `custody` varies along `n`: reduce it first with over.n"),
        REGIME_LINE("return over.case.sum(c.guilt)", "a regime sentences each case by itself: it "
                                                     "cannot look over all cases"),
        REGIME_LINE("return over.regime.sum(1)", "there is no axis `regime`"),
        REGIME_LINE("local ports = require('sentence').ports ports.high.default = 'fine' "
                    "ports.fine.default = 'high' return conclude { custody = 0 }",
                    "the default of `fine` is a port without a default"),
    };
    assert_faults(*state, faults, COUNT_OF(faults));
}

/* --- what is wrong with the input ------------------------------------------------------------ */

/* The user is told, without the plugin's line: the message, and what to do. */
static void test_input_error(void **state)
{
    static const struct fault faults[] = {
        {THEORY("input_error('no edition for 1900', 'give a later one')"),
         "error: no edition for 1900\n      = give a later one\n"},
        {THEORY("local function check() input_error 'nothing given' end\n check()"),
         "error: nothing given\n"},
        {REGIME("input_error('a\\27[31mb')"), "error: a [31mb\n"},
    };
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        struct kit kit = kit_trace(*state, faults[i].source);
        assert_string_equal(kit_faults(&kit), faults[i].expected);
        assert_int_equal(kit.status, STATUS_SCENARIO);
        assert_null(kit.fragment);
    }
}

/* Where it is used wrongly, the plugin is at fault. */
static void test_input_error_misused(void **state)
{
    static const struct fault faults[] = {
        LINE("input_error()", "bad argument #1 to 'input_error' (string expected, got no value)"),
        LINE("input_error('')", "input_error says nothing"),
        LINE("input_error('a', 'b', 'c')", "input_error takes a message and a remedy"),
        LINE("return dropped('x')", "dropped is for `sentence`: a regime alone drops steps"),
    };
    assert_faults(*state, faults, COUNT_OF(faults));
    struct kit kit = kit_describe(*state, "input_error 'x'\n" THEORY(CONCLUSION));
    assert_int_equal(kit.status, STATUS_PLUGIN);
    assert_non_null(
        strstr(kit_faults(&kit), "theories/t.lua:1: error: input_error is for `argue`"));
}

/* --- the file as a whole --------------------------------------------------------------------- */

static void test_wrong_role(void **state)
{
    struct arena *arena = *state;
    struct kit kit = kit_open(arena, THEORY(CONCLUSION));
    struct trace_request request = kit_request(arena, false);
    kit.status = session_trace(arena, &kit.files, &request, &kit.fragment, &kit.diags);
    assert_int_equal(kit.status, STATUS_PLUGIN);
    assert_string_equal(kit_faults(&kit),
                        "theories/t.lua: error: theories/t.lua returns a theory, but is used as a "
                        "regime\n");
}

/* The globals and the module `sentence` belong to the plugin's own state: what it does to them
 * does not reach the functions that it calls. */
static void test_changed_globals(void **state)
{
    struct kit kit = kit_trace(
        *state, THEORY("require, pairs, error, tostring, string, table = nil\n" CONCLUSION));
    assert_string_equal(kit_faults(&kit), "");
    assert_int_equal(kit.status, STATUS_OK);
}

/* A session leaves nothing behind that the next one in the same arena could trip over. */
static void test_after_a_fault(void **state)
{
    struct arena *arena = *state;
    static const struct fault fault = LINE("error 'first'", "first");
    for (int i = 0; i < 3; i++) {
        assert_fault(arena, &fault);
        struct kit kit = kit_trace(arena, THEORY(CONCLUSION));
        assert_int_equal(kit.status, STATUS_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lua, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_chain_of_calls, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_division, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_error_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_comparison, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_symbols, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_units, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_library, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reading, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_claims, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_conclusion, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sentence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_input_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_input_error_misused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_role, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changed_globals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_after_a_fault, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Arguments read from a scenario, and how the disputes come out. */
#include "debated.h"
#include "thread.h"

/* --- the channels of Toy B switched by arguments --------------------------------------------- */

/* Golden values switch.*, mode theta = .35: target of the case `high`, value of the rule, value of
 * graduated's sanctions, scores of the theory of aggregate harm (graduated, uniform84) and of
 * rule-consequentialism (graduated, uniform84). */
struct switched {
    const char *name, *accepted;
    double target, rule, sanction, harm_graduated, harm_uniform, rule_graduated, rule_uniform;
};

static const struct switched switches[] = {
    {"switch.base", "", 68.89706389, 15752.30771, 674.7174387, 0.180458108, 0.7156909675,
     0.5898787851, 0.5716519389},
    {"switch.no_market", "no-market", 66.53315879, 13952.30771, 602.8284424, 0.2100350058,
     0.6996007387, 0.5848221327, 0.5632870074},
    {"switch.no_perception", "no-perception", 62.49251004, 12753.34415, 77.6329778, 0.2657439328,
     0.6709638079, 0.5217320671, 0.4413772663},
    {"switch.no_revictimisation", "no-revictimisation", 62.44216739, 12333.44654, 359.0380298,
     0.2664695695, 0.6705977922, 0.5826382892, 0.5320815355},
    {"switch.no_threshold", "no-threshold", 58.35063921, 8252.307715, 674.7174387, 0.3284141706,
     0.6400833926, 0.5898787851, 0.5716519389},
    {"switch.only_market", "no-perception no-revictimisation no-threshold no-accumulation",
     21.58798723, 1339.482981, -240.9948774, 0.8460081289, 0.07493880165, 0, 0},
    {"switch.only_perception", "no-market no-revictimisation no-threshold no-accumulation",
     37.77509429, 2538.446545, 284.2005872, 0.6301651975, 0.3211597147, 0.5722294111, 0.5121583177},
};

static const char *const channels[] = {"market", "perception", "revictimisation", "threshold",
                                       "accumulation"};

static void add_switch(struct text *text, const char *channel)
{
    const char *key = strcmp(channel, "market") == 0 ? "supply_elasticity" : "consequence_weight";
    text_printf(text,
                "  no-%s:\n    claim: There is nothing in this channel.\n"
                "    attacks: [model.channels.%s]\n"
                "    when_accepted: {model.channels.%s.%s: 0}\n",
                channel, channel, channel, key);
}

static void accept(struct text *text, const char *accepted)
{
    text_add(text, "arguments:\n  idle: {claim: Nothing is said.}\n");
    for (size_t i = 0; i < COUNT_OF(channels); i++) {
        char id[40];
        snprintf(id, sizeof id, "no-%s", channels[i]);
        if (strstr(accepted, id) != NULL)
            add_switch(text, channels[i]);
    }
}

static double finding_of(const struct result *result, const char *theory, const char *regime,
                         const char *name)
{
    size_t t = debated_theory(result, theory);
    const struct conclusion *conclusion = &result->model->linked.conclusions[t];
    for (uint32_t f = 0; f < conclusion->finding_count; f++)
        if (strcmp(conclusion->findings[f].name, name) == 0)
            return result_value(result, conclusion->findings[f].value,
                                debated_regime(result, regime), 0);
    fail_msg("no finding %s", name);
    return 0;
}

static double score_of(const struct result *result, const char *theory, const char *regime)
{
    return result_opinion(result, debated_theory(result, theory), debated_regime(result, regime))
        ->score;
}

/* Nobody answers, so that the settings are in force in the base itself. */
static void test_switches_in_the_base(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(switches); i++) {
        const struct switched *expected = &switches[i];
        struct arena arena;
        struct text text;
        arena_init(&arena, &allocator_heap);
        text_init(&text, &arena);
        accept(&text, expected->accepted);
        struct debated debated = {0};
        const struct result *result = debated_result(&debated, text.data);
        node_id deserved = graph_find_claim(result->model->linked.graph, "aggregate-harm.deserved");
        assert_close(result_value(result, deserved, 0, 2), expected->target, 1e-9, 0);
        assert_close(finding_of(result, "rule", "graduated", "rule_worth_having"), expected->rule,
                     1e-9, 0);
        assert_close(finding_of(result, "rule", "graduated", "sanction_value"), expected->sanction,
                     1e-8, 0);
        assert_close(score_of(result, "aggregate-harm", "graduated"), expected->harm_graduated,
                     1e-8, 0);
        assert_close(score_of(result, "rule", "uniform84"), expected->rule_uniform, 1e-8, 0);
        assert_int_equal(result->outcomes->count, 1);
        assert_int_equal(result->outcome_weight, 1);
        debated_close(&debated);
        arena_release(&arena);
    }
}

/* golden: switch.all_off: no wrong, so that every theory is silent or has nothing to repay. */
static void test_all_off(void **state)
{
    (void)state;
    struct arena arena;
    struct text text;
    arena_init(&arena, &allocator_heap);
    text_init(&text, &arena);
    accept(&text, "no-market no-perception no-revictimisation no-threshold no-accumulation");
    struct debated debated = {0};
    const struct result *result = debated_result(&debated, text.data);
    size_t regime = debated_regime(result, "graduated");
    assert_int_equal(
        result_opinion(result, debated_theory(result, "aggregate-harm"), regime)->verdict,
        VERDICT_SILENT);
    assert_int_equal(result_opinion(result, debated_theory(result, "rule"), regime)->verdict,
                     VERDICT_SILENT);
    debated_close(&debated);
    arena_release(&arena);
}

/* Each channel is disputed, so that there are 2^5 outcomes; those of the golden file are found
 * among them by what they accept. */
static void test_switches_in_outcomes(void **state)
{
    (void)state;
    struct arena arena;
    struct text text;
    arena_init(&arena, &allocator_heap);
    text_init(&text, &arena);
    text_add(&text, "arguments:\n");
    for (size_t i = 0; i < COUNT_OF(channels); i++)
        text_printf(&text,
                    "  no-%s:\n    claim: There is nothing.\n"
                    "    attacks: [model.channels.%s, yes-%s]\n"
                    "    when_accepted: {model.channels.%s.%s: 0}\n"
                    "  yes-%s: {claim: There is., attacks: [no-%s]}\n",
                    channels[i], channels[i], channels[i], channels[i],
                    i == 0 ? "supply_elasticity" : "consequence_weight", channels[i], channels[i]);
    struct debated debated = {0};
    const struct result *result = debated_result(&debated, text.data);
    size_t harm = debated_theory(result, "aggregate-harm"), rule = debated_theory(result, "rule");
    size_t graduated = debated_regime(result, "graduated");
    size_t uniform = debated_regime(result, "uniform84");
    assert_int_equal(result->outcomes->count, 32);
    for (size_t s = 0; s < COUNT_OF(switches); s++) {
        const struct switched *expected = &switches[s];
        size_t found = 0;
        for (size_t i = 0; i < 32; i++) {
            char ids[400] = "";
            for (size_t c = 0; c < COUNT_OF(channels); c++) {
                char no[40];
                snprintf(no, sizeof no, "no-%s", channels[c]);
                bool off = strstr(expected->accepted, no) != NULL;
                snprintf(ids + strlen(ids), sizeof ids - strlen(ids), " %s-%s", off ? "no" : "yes",
                         channels[c]);
            }
            if (!debated_accepts(result, &result->outcomes->list[i], ids))
                continue;
            found++;
            assert_close(result_outcome_opinion(result, i, harm, graduated)->score,
                         expected->harm_graduated, 1e-8, 0);
            assert_close(result_outcome_opinion(result, i, harm, uniform)->score,
                         expected->harm_uniform, 1e-8, 0);
            assert_close(result_outcome_opinion(result, i, rule, graduated)->score,
                         expected->rule_graduated, 1e-8, 1e-300);
            assert_close(result_outcome_opinion(result, i, rule, uniform)->score,
                         expected->rule_uniform, 1e-8, 1e-300);
        }
        assert_int_equal(found, 1);
    }
    debated_close(&debated);
    arena_release(&arena);
}

/* --- bad input ------------------------------------------------------------------------------- */

struct refusal {
    const char *arguments, *said;
};

static void check_refused(const struct refusal *refusal)
{
    struct debated debated = {0};
    debated_open(&debated, refusal->arguments);
    assert_null(debated.weighed.result);
    assert_string_equal(debated.said, refusal->said);
    assert_int_equal(diags_status(&debated.weighed.diags), STATUS_SCENARIO);
    debated_close(&debated);
}

static void test_refusals(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"argumentation: {semantics: grounded}\n",
         "s.yaml:89:1: error: `argumentation` without `arguments`\n"
         "   89 | argumentation: {semantics: grounded}\n"
         "      | ^^^^^^^^^^^^^\n"
         "      = add `arguments:`, or leave it out\n"},
        {"arguments:\n  a: {claim: No., attacks: [a]}\n",
         "s.yaml:90:29: error: `a` attacks itself\n"
         "   90 |   a: {claim: No., attacks: [a]}\n"
         "      |                             ^\n"
         "      = an argument against itself settles nothing: leave it out, or split it in two\n"},
        {"arguments:\n  a: {claim: A., because: [b]}\n  b: {claim: B., because: [c]}\n"
         "  c: {claim: C., because: [a]}\n",
         "s.yaml:90:18: error: `because` goes in a circle: `a` because `b` because `c` because "
         "`a`\n"
         "   90 |   a: {claim: A., because: [b]}\n"
         "      |                  ^^^^^^^\n"
         "      = take out one of the steps\n"},
        {"arguments:\n  no-market: {claim: No.}\n  b: {claim: B., attacks: [no-markets]}\n",
         "s.yaml:91:28: error: there is no argument `no-markets`\n"
         "   91 |   b: {claim: B., attacks: [no-markets]}\n"
         "      |                            ^^^^^^^^^^\n"
         "      = did you mean `no-market`?\n"},
        {"arguments:\n  a: {claim: A., attacks: [rule/rule_valu]}\n",
         "s.yaml:90:28: error: the theory `rule` makes no claim `rule_valu`\n"
         "   90 |   a: {claim: A., attacks: [rule/rule_valu]}\n"
         "      |                            ^^^^^^^^^^^^^^\n"
         "      = did you mean `rule/rule_value`?\n"},
        {"arguments:\n  a: {claim: A., attacks: [rules/rule_value]}\n",
         "s.yaml:90:28: error: there is no theory `rules`\n"
         "   90 |   a: {claim: A., attacks: [rules/rule_value]}\n"
         "      |                            ^^^^^^^^^^^^^^^^\n"
         "      = did you mean `rule`?\n"},
        {"arguments:\n  a: {claim: A., attacks: [model.channels.market]}\n",
         "s.yaml:90:28: error: `a` says `model.channels.market` is wrong, but not what holds "
         "instead\n"
         "   90 |   a: {claim: A., attacks: [model.channels.market]}\n"
         "      |                            ^^^^^^^^^^^^^^^^^^^^^\n"
         "      = add `when_accepted: {model.channels.market.supply_elasticity: ...}`\n"},
        {"arguments:\n  a: {claim: A., attacks: [model.channels.marke]}\n",
         "s.yaml:90:28: error: there is no premise `model.channels.marke`\n"
         "   90 |   a: {claim: A., attacks: [model.channels.marke]}\n"
         "      |                            ^^^^^^^^^^^^^^^^^^^^\n"
         "      = did you mean `model.channels.market.harm`?\n"},
        {"arguments:\n  a: {claim: A., attacks: [model.channels.market.kind]}\n",
         "s.yaml:90:28: error: `model.channels.market.kind` is no premise: no plugin reads a value "
         "there\n"
         "   90 |   a: {claim: A., attacks: [model.channels.market.kind]}\n"
         "      |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
         "      = an argument speaks to numbers, truth values and labels\n"},
        {"arguments:\n  a: {claim: A., when_accepted: {model.detection: 0.2}}\n"
         "  b: {claim: B., when_accepted: {model.detection: 0.3 1/year}}\n",
         "s.yaml:90:51: error: `arguments.a.when_accepted.\"model.detection\"` needs a unit\n"
         "   90 |   a: {claim: A., when_accepted: {model.detection: 0.2}}\n"
         "      |                                                   ^^^\n"
         "      = write `0.2 1/year`\n"},
        {"arguments:\n  a: {claim: A., when_accepted: {model.detection: 0.2 1/year}}\n"
         "  b: {claim: B., when_accepted: {model.detection: 0.3 1/year}}\n",
         "s.yaml:91:34: error: `a` and `b` can be accepted together, and set `model.detection` to "
         "0.2 1/year and 0.3 1/year\n"
         "   91 |   b: {claim: B., when_accepted: {model.detection: 0.3 1/year}}\n"
         "      |                                  ^^^^^^^^^^^^^^^\n"
         "      = let one attack the other, or say which is `stronger_than` which\n"
         "      = s.yaml:90:34: the other one\n"},
        {"arguments:\n  a: {claim: A., when_accepted: {theories.rule.weight_of_gains: 2}}\n",
         "s.yaml:90:65: error: `arguments.a.when_accepted.\"theories.rule.weight_of_gains\"` must "
         "be at least 0 and at most 1, not 2\n"
         "   90 |   a: {claim: A., when_accepted: {theories.rule.weight_of_gains: 2}}\n"
         "      |                                                                 ^\n"},
        {"arguments:\n  a: {claim: A., stronger_than: [b]}\n  b: {claim: B., stronger_than: [a]}\n",
         "s.yaml:90:18: error: `stronger_than` goes in a circle: `a` stronger than `b` stronger "
         "than `a`\n"
         "   90 |   a: {claim: A., stronger_than: [b]}\n"
         "      |                  ^^^^^^^^^^^^^\n"
         "      = take out one of the steps\n"},
        {"arguments:\n  a: {kind: fact, partial: {b: 2}}\n  b: {claim: B.}\n",
         "s.yaml:90:3: error: `arguments.a.claim` is missing\n"
         "   90 |   a: {kind: fact, partial: {b: 2}}\n"
         "      |   ^\n"
         "      = add `claim:` with one sentence\n"
         "s.yaml:90:13: error: there is no kind `fact`\n"
         "   90 |   a: {kind: fact, partial: {b: 2}}\n"
         "      |             ^^^^\n"
         "      = one of `factual`, `legal`, `moral`\n"
         "s.yaml:90:32: error: `arguments.a.partial.b` must be from 0 to 1\n"
         "   90 |   a: {kind: fact, partial: {b: 2}}\n"
         "      |                                ^\n"},
        {"arguments:\n  a: {claim: A., attacks: ['rule/rule_value[case=low]']}\n",
         "s.yaml:90:28: error: `rule/rule_value` is the same for every case\n"
         "   90 |   a: {claim: A., attacks: ['rule/rule_value[case=low]']}\n"
         "      |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
         "      = leave `case=` out\n"},
        {"arguments:\n  a: {claim: A., attacks: ['rule/response[regime=lite]']}\n",
         "s.yaml:90:28: error: there is no regime `lite`\n"
         "   90 |   a: {claim: A., attacks: ['rule/response[regime=lite]']}\n"
         "      |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
         "      = one of `light`, `graduated`, `uniform84`, `harsh`, `none`\n"},
        {"arguments:\n  a: {claim: A., attack: []}\n"
         "argumentation: {semantics: prefered, budget: 0}\n",
         "s.yaml:90:18: error: unknown key `attack`\n"
         "   90 |   a: {claim: A., attack: []}\n"
         "      |                  ^^^^^^\n"
         "      = did you mean `attacks`?\n"
         "s.yaml:91:28: error: there is no semantics `prefered`\n"
         "   91 | argumentation: {semantics: prefered, budget: 0}\n"
         "      |                            ^^^^^^^^\n"
         "      = did you mean `preferred`?\n"
         "s.yaml:91:46: error: `argumentation.budget` must be a whole number from 1 on\n"
         "   91 | argumentation: {semantics: prefered, budget: 0}\n"
         "      |                                              ^\n"},
        {"arguments:\n  a: {claim: A.}\nargumentation: {semantics: chance}\n",
         "s.yaml:90:3: error: `semantics: chance` needs the credence of `a`\n"
         "   90 |   a: {claim: A.}\n"
         "      |   ^\n"
         "      = add `credence:`, from 0 to 1\n"},
    };
    for (size_t i = 0; i < COUNT_OF(refusals); i++)
        check_refused(&refusals[i]);
}

/* 2^9 ways to try what is undecided: one more than is allowed. */
static const char *many_undecided(struct arena *arena, size_t pairs)
{
    static const char *const paths[] = {"model.channels.market.supply_elasticity",
                                        "model.channels.market.demand_elasticity",
                                        "model.channels.perception.consequence_weight",
                                        "model.channels.threshold.consequence_weight",
                                        "model.channels.accumulation.consequence_weight",
                                        "model.channels.revictimisation.consequence_weight",
                                        "model.channels.market.consequence_weight",
                                        "model.channels.market.imputation_weight",
                                        "model.channels.perception.imputation_weight"};
    struct text text;
    text_init(&text, arena);
    text_add(&text, "argumentation: {semantics: grounded}\narguments:\n");
    for (size_t i = 0; i < pairs; i++)
        text_printf(&text,
                    "  a%zu: {claim: A., attacks: [b%zu], when_accepted: {%s: 0.5}}\n"
                    "  b%zu: {claim: B., attacks: [a%zu]}\n",
                    i, i, paths[i], i, i);
    return text.data;
}

static void test_at_most_256_variants(void **state)
{
    (void)state;
    struct arena arena;
    struct debated eight = {0}, nine = {0};
    arena_init(&arena, &allocator_heap);
    assert_int_equal(debated_result(&eight, many_undecided(&arena, 8))->outcomes->count, 256);
    debated_close(&eight);
    debated_open(&nine, many_undecided(&arena, 9));
    assert_null(nine.weighed.result);
    assert_string_equal(nine.said,
                        "s.yaml:90:1: error: 9 undecided arguments set premises: there are 2^9 = "
                        "512 ways to try them, and 256 are the most\n"
                        "   90 | arguments:\n"
                        "      | ^^^^^^^^^\n"
                        "      = settle some by `stronger_than`, or let fewer of them set "
                        "premises\n");
    debated_close(&nine);
    arena_release(&arena);
}

/* --- what arguments do to each other --------------------------------------------------------- */

static uint8_t label_of(const struct result *result, const char *id)
{
    return result->model->disputes->base.labels[debated_argument(result, id)];
}

static void test_because_is_conjunctive(void **state)
{
    (void)state;
    struct debated debated = {0};
    const struct result *result =
        debated_result(&debated, "arguments:\n"
                                 "  reason: {claim: R.}\n"
                                 "  other: {claim: O.}\n"
                                 "  middle: {claim: M., because: [reason, other]}\n"
                                 "  end: {claim: E., because: [middle]}\n"
                                 "  critic: {claim: C., attacks: [other]}\n");
    assert_int_equal(label_of(result, "reason"), LABEL_IN);
    assert_int_equal(label_of(result, "other"), LABEL_OUT);
    assert_int_equal(label_of(result, "middle"), LABEL_OUT);
    assert_int_equal(label_of(result, "end"), LABEL_OUT);
    const struct debate *debate = result->model->disputes->debate;
    size_t through = 0;
    for (size_t i = 0; i < debate->arrow_count; i++)
        through +=
            debate->arrows[i].through != UINT32_MAX && debate->arrows[i].kind == ARROW_UNDERMINES;
    assert_int_equal(through, 2);
    debated_close(&debated);
}

static void test_stronger_drops_the_attack(void **state)
{
    (void)state;
    struct debated debated = {0};
    const struct result *result = debated_result(
        &debated, "arguments:\n"
                  "  weak: {claim: W., attacks: [strong, middle]}\n"
                  "  middle: {claim: M., attacks: [weak], stronger_than: [weak]}\n"
                  "  strong: {claim: S., attacks: [weak], stronger_than: [middle]}\n");
    assert_int_equal(label_of(result, "strong"), LABEL_IN); /* stronger by way of `middle` */
    assert_int_equal(label_of(result, "middle"), LABEL_IN);
    assert_int_equal(label_of(result, "weak"), LABEL_OUT);
    debated_close(&debated);
}

static void test_partial_attacks_never_defeat(void **state)
{
    (void)state;
    struct debated debated = {0};
    const struct result *result =
        debated_result(&debated, "arguments:\n"
                                 "  a: {claim: A.}\n"
                                 "  b: {claim: B., partial: {a: 1, rule/rule_value: 1}}\n");
    assert_int_equal(label_of(result, "a"), LABEL_IN);
    assert_false(result_opinion(result, debated_theory(result, "rule"), 0)->in_question);
    debated_close(&debated);
}

/* --- what outcomes do to theories ------------------------------------------------------------ */

static void test_a_claim_that_is_out(void **state)
{
    (void)state;
    struct debated debated = {0};
    const struct result *result =
        debated_result(&debated, "arguments:\n"
                                 "  a: {claim: A., attacks: [desert-marginal/deserved]}\n"
                                 "  b: {claim: B., attacks: [step rule/sanction_value]}\n");
    for (size_t t = 0; t < result->model->scenario->theory_count; t++) {
        const char *id = result->model->scenario->theories[t].id;
        bool out = strcmp(id, "desert-marginal") == 0 || strcmp(id, "rule") == 0;
        for (size_t r = 0; r < result->model->scenario->regime_count; r++) {
            const struct opinion *opinion = result_opinion(result, t, r);
            assert_int_equal(opinion->verdict == VERDICT_UNSUPPORTED, out);
            assert_int_equal(isnan(opinion->score) != 0, out);
        }
    }
    debated_close(&debated);
}

/* Of the claim for one regime and one case, only that regime's conclusion rests on it: the theory
 * takes the mean and the minimum over cases, and nothing over regimes. */
static void test_a_claim_of_one_regime(void **state)
{
    (void)state;
    struct debated debated = {0};
    const struct result *result = debated_result(
        &debated,
        "arguments:\n"
        "  a: {claim: A., attacks: ['desert-average/proportionality[regime=harsh,case=low]']}\n");
    size_t theory = debated_theory(result, "desert-average");
    for (size_t r = 0; r < result->model->scenario->regime_count; r++)
        assert_int_equal(result_opinion(result, theory, r)->verdict == VERDICT_UNSUPPORTED,
                         r == debated_regime(result, "harsh"));
    debated_close(&debated);
}

/* rule-consequentialism compares with the best of the menu, so what one regime adds bears on all.
 */
static void test_a_claim_that_others_are_compared_with(void **state)
{
    (void)state;
    struct debated debated = {0};
    const struct result *result = debated_result(
        &debated, "arguments:\n  a: {claim: A., attacks: ['rule/sanction_value[regime=harsh]']}\n");
    size_t theory = debated_theory(result, "rule");
    for (size_t r = 0; r < result->model->scenario->regime_count; r++)
        assert_int_equal(result_opinion(result, theory, r)->verdict, VERDICT_UNSUPPORTED);
    debated_close(&debated);
}

static void test_an_undecided_claim_is_in_question(void **state)
{
    (void)state;
    struct debated debated = {0};
    const struct result *result =
        debated_result(&debated, "arguments:\n"
                                 "  a: {claim: A., attacks: [b, rule/rule_value]}\n"
                                 "  b: {claim: B., attacks: [a, rule/response]}\n");
    size_t rule = debated_theory(result, "rule"), regime = debated_regime(result, "graduated");
    const struct opinion *opinion = result_opinion(result, rule, regime);
    assert_true(opinion->in_question);
    assert_true(opinion->score == opinion->score);
    assert_int_equal(result->outcomes->count, 2);
    /* the value of the rule is a finding and no part of the conclusion; the response is */
    for (size_t o = 0; o < 2; o++) {
        bool b = result->outcomes->list[o].accepted[debated_argument(result, "b")];
        assert_int_equal(result_outcome_opinion(result, o, rule, regime)->verdict,
                         b ? VERDICT_UNSUPPORTED : opinion->verdict);
    }
    assert_int_equal(opinion->outcomes_same, 1);
    debated_close(&debated);
}

/* --- other semantics ------------------------------------------------------------------------- */

static void test_undecided_settings_are_tried_both_ways(void **state)
{
    (void)state;
    struct debated debated = {0};
    const struct result *result = debated_result(
        &debated,
        "argumentation: {semantics: grounded}\n"
        "arguments:\n"
        "  a: {claim: A., attacks: [b], when_accepted: {model.detection: 0.02 1/year}}\n"
        "  b: {claim: B., attacks: [a], when_accepted: {model.detection: 0.03 1/year}}\n");
    /* neither, a, b; not both, for they attack each other */
    assert_int_equal(result->outcomes->count, 3);
    const struct premise *detection = scenario_premise(result->model->scenario, "model.detection");
    const double expected[] = {0.01, 0.02, 0.03};
    for (size_t o = 0; o < 3; o++)
        assert_close(outcome_value(result->model, &result->outcomes->list[o], detection) /
                         detection->unit_scale,
                     expected[o], 1e-15, 0);
    debated_close(&debated);
}

static void test_no_stable_outcome(void **state)
{
    (void)state;
    struct debated debated = {0};
    const struct result *result = debated_result(&debated, "argumentation: {semantics: stable}\n"
                                                           "arguments:\n"
                                                           "  a: {claim: A., attacks: [b]}\n"
                                                           "  b: {claim: B., attacks: [c]}\n"
                                                           "  c: {claim: C., attacks: [a]}\n");
    assert_int_equal(result->outcomes->state, OUTCOMES_NONE);
    assert_int_equal(result->outcomes->count, 0);
    debated_close(&debated);
}

static void test_budget_is_a_result_of_its_own(void **state)
{
    (void)state;
    struct debated debated = {0};
    const struct result *result = debated_result(&debated, "argumentation: {budget: 1}\n"
                                                           "arguments:\n"
                                                           "  a: {claim: A., attacks: [b]}\n"
                                                           "  b: {claim: B., attacks: [a]}\n"
                                                           "  c: {claim: C., attacks: [d]}\n"
                                                           "  d: {claim: D., attacks: [c]}\n");
    assert_int_equal(result->outcomes->state, OUTCOMES_BUDGET);
    assert_int_equal(result->outcomes->count, 0);
    assert_int_equal(result->outcome_weight, 0);
    debated_close(&debated);
}

/* a attacks b; each is put forward by its credence, so: a in .3 of the draws; b in where it is put
 * forward and a is not, .7 * .6 = .42; none else. Standard deviation of a share over 10,000 draws:
 * at most .005. */
static void test_chance_draws_who_speaks(void **state)
{
    (void)state;
    struct debated debated = {.weighed.draws = 10000};
    const struct result *result = debated_result(
        &debated,
        "argumentation: {semantics: chance}\n"
        "arguments:\n"
        "  a: {claim: A., credence: 0.3, attacks: [b]}\n"
        "  b: {claim: B., credence: 0.6, when_accepted: {model.detection: 0.02 1/year}}\n");
    assert_int_equal(result->outcomes->count, 3);
    assert_int_equal(result->outcome_weight, 10000);
    for (size_t o = 0; o < 3; o++) {
        const struct outcome *outcome = &result->outcomes->list[o];
        double expected = outcome->accepted[0] ? 0.3 : outcome->accepted[1] ? 0.42 : 0.28;
        assert_close((double)outcome->draws / 10000, expected, 0, 0.02);
        assert_int_equal(outcome->value_count, outcome->accepted[1]);
        assert_false(outcome->accepted[0] && outcome->accepted[1]);
    }
    debated_close(&debated);
}

/* --- the founding thread --------------------------------------------------------------------- */

/* The unsplit graph as arguments of a scenario: af.preferred.count, and af.grounded by counts
 * (37 in, 17 out, 9 undecided). */
static void test_thread_as_arguments(void **state)
{
    (void)state;
    struct arena arena;
    struct text text;
    arena_init(&arena, &allocator_heap);
    text_init(&text, &arena);
    text_add(&text, "arguments:\n");
    for (size_t a = 0; a < THREAD_COUNT; a++) {
        const char *between = "";
        text_printf(&text, "  %s: {claim: Said in the thread., attacks: [", thread_names[a]);
        for (size_t i = 0; i < COUNT_OF(thread_attacks); i++)
            if (strcmp(thread_attacks[i].from, thread_names[a]) == 0) {
                text_printf(&text, "%s%s", between, thread_attacks[i].to);
                between = ", ";
            }
        text_add(&text, "]}\n");
    }
    struct debated debated = {0};
    const struct result *result = debated_result(&debated, text.data);
    const uint8_t *grounded = result->model->disputes->base.labels;
    assert_int_equal(result->outcomes->count, 8);
    assert_int_equal(labelling_count(grounded, THREAD_COUNT, LABEL_IN), 37);
    assert_int_equal(labelling_count(grounded, THREAD_COUNT, LABEL_OUT), 17);
    assert_int_equal(labelling_count(grounded, THREAD_COUNT, LABEL_UNDECIDED), 9);
    debated_close(&debated);
    arena_release(&arena);
}

/* The shipped scenario splits some of it and adds to it, and leaves the three hinges open
 * (af.preferred.count: 8). */
static void test_shipped_possession(void **state)
{
    (void)state;
    struct weighed weighed = {.path = "scenarios/possession"};
    weighed_open(&weighed);
    const struct result *result = weighed.result;
    assert_int_equal(result->outcomes->count, 8);
    assert_int_equal(label_of(result, "seven-years-deserved"), LABEL_OUT);
    assert_int_equal(label_of(result, "unknowing-less-culpable"), LABEL_IN);
    assert_int_equal(label_of(result, "recirculated"), LABEL_UNDECIDED);
    assert_int_equal(label_of(result, "breach-is-grave"), LABEL_UNDECIDED);
    /* Each names its source, but for three that were added beside the thread and say so. */
    const struct arguments *arguments = result->model->disputes->debate->arguments;
    size_t without = 0;
    for (size_t i = 0; i < arguments->count; i++) {
        const struct argument *argument = &arguments->list[i];
        if (argument->source != NULL)
            continue;
        without++;
        assert_true(strcmp(argument->id, "payment-leaves-a-trail") == 0 ||
                    strcmp(argument->id, "digital-evidence") == 0 ||
                    strcmp(argument->id, "intent-imputed") == 0);
        assert_non_null(argument->note);
    }
    assert_int_equal(without, 3);
    weighed_close(&weighed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_switches_in_the_base),
        cmocka_unit_test(test_all_off),
        cmocka_unit_test(test_switches_in_outcomes),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_at_most_256_variants),
        cmocka_unit_test(test_because_is_conjunctive),
        cmocka_unit_test(test_stronger_drops_the_attack),
        cmocka_unit_test(test_partial_attacks_never_defeat),
        cmocka_unit_test(test_a_claim_that_is_out),
        cmocka_unit_test(test_a_claim_of_one_regime),
        cmocka_unit_test(test_a_claim_that_others_are_compared_with),
        cmocka_unit_test(test_an_undecided_claim_is_in_question),
        cmocka_unit_test(test_undecided_settings_are_tried_both_ways),
        cmocka_unit_test(test_no_stable_outcome),
        cmocka_unit_test(test_budget_is_a_result_of_its_own),
        cmocka_unit_test(test_chance_draws_who_speaks),
        cmocka_unit_test(test_thread_as_arguments),
        cmocka_unit_test(test_shipped_possession),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

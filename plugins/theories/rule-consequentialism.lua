-- Rule-consequentialism: a regime is justified by the value it adds to the best code.
--
-- 1. An act is wrong just where it is forbidden by the code of rules whose acceptance by the great
--    majority would have the best consequences, the cost of teaching it included (Hooker 2000,
--    Ideal Code, Real World, p. 32).
-- 2. Backed by this regime, a rule against the conduct has a certain value; on its own it has
--    another. The difference is what the regime adds.
-- So a regime is acceptable if it adds value, and no other on the menu adds more.
--
-- That the rule is worth having is shown beside the verdict and does not enter it: it is a reason
-- for some rule, not for any length of sentence.

local consequences = require "consequences"
local severity = require "severity"

local about_the_rule = {
  acceptance = { "Would so many accept the rule?",
    reply = "The rate is a premise. Where few accept it, a rule may do nothing." },
  worship = { "Why follow a rule where breaking it would do no harm?",
    reply = "The theory does not rest on a duty to do the best, so it need not collapse into one "
      .. "(Hooker 2000)." },
  scope = { "Does the rule also catch conduct that it should not?",
    reply = "What it costs to forbid legitimate conduct belongs among the costs of the rule." },
}

local about_the_response = {
  severity_deters = { "Do longer sentences deter?",
    reply = "In this response certainty counts for at least as much as severity; its parameters "
      .. "are premises." },
}

local about_the_value = {
  alternatives = { "Is there a better regime that is not on the menu?",
    reply = "The best of the menu is not the best there is. Add what milder means there are." },
  innocents = { "Is the punishment of innocents counted?",
    reply = "Yes, with a rate and a weight of its own." },
}

local questions_about = { response = about_the_response }

local function tell(name, text, value)
  return claim { name, scheme = "causal argument", text = text, value = value,
    questions = questions_about[name] }
end

-- The three states of the world that are compared: no rule, the rule, the rule and the regime.
local function compare(s, p)
  local none = consequences.without_rule(s)
  none.harm = claim { "harm_without_rule", scheme = "negative consequences",
    text = "without any rule the conduct does harm of {value} a year", value = none.harm }
  local alone = consequences.rule_alone(s, p.internalisation_rate, p.weight_of_gains)
  alone.harm = claim { "harm_with_rule", scheme = "positive consequences",
    text = "with a rule that is accepted but carries no sanction, harm of {value} a year remains",
    value = alone.harm }
  local backed = consequences.rule_with_sanctions(s, p.internalisation_rate, p.weight_of_gains,
    severity.of(s), s.sentence.enforced, tell)
  return none, alone, backed
end

local function claims_about(none, alone, backed)
  return {
    harm_without_rule = none.harm,
    harm_with_rule = alone.harm,
    response = backed.people,
    rule_value = claim { "rule_value", scheme = "justified rule",
      text = "a rule against the conduct is worth {value} a year",
      value = consequences.value_of_rule(none, alone),
      cite = "Hooker 2000, Ideal Code, Real World, p. 32", questions = about_the_rule },
    sanction_value = claim { "sanction_value", scheme = "positive consequences",
      text = "adding the regime's sanctions to the rule is worth {value} a year",
      value = consequences.value_of_sanctions(alone, backed), questions = about_the_value },
  }
end

local function findings(c, alone, backed, countable)
  return {
    rule_worth_having = { "a rule against the conduct is worth having: {value} a year",
      value = c.rule_value, holds = both(c.rule_value:above(0), countable),
      otherwise = "a rule against the conduct is not shown to be worth having",
      note = "a reason for some rule, not for any length of sentence" },
    rule_score = { "the rule on its own, where .5 is no value and 1 all harm averted free: {value}",
      value = consequences.score(c.rule_value, c.harm_without_rule) },
    gains_forgone = { "gains forgone by those who accept the rule: {value} a year",
      value = alone.forgone, holds = countable,
      otherwise = "the gains forgone by those who accept the rule cannot be counted: at a response "
        .. "exponent of 1 or less they have no finite mean",
      note = "gains forgone by those whom the sanctions deter are finite, and counted" },
    participants = { "{value} still take part in a year, counted in average participants",
      value = c.response },
    sanction_value = { "the regime's sanctions add {value} a year to the rule",
      value = c.sanction_value },
    harm_left = { "harm of {value} a year remains", value = backed.harm },
    punishment = { "punishment costs {value} a year", value = backed.punishment },
    errors = { "the punishment of innocents costs {value} a year", value = backed.errors },
    enforcement = { "enforcement costs {value} a year", value = backed.enforcement },
  }
end

return theory {
  id = "rule-consequentialism", version = "1.0.0",
  title = "Rule-consequentialism", role = "aim",
  about = "A regime is justified by the value it adds to a rule that most people accept.",
  reads = { consequences.reads, params = {
    tie_within = number { within = {0, 1}, default = 0.01, status = "illustrative",
      about = "a regime that adds this part less than the best still counts as best" },
  } },
  argue = function(s, p)
    local none, alone, backed = compare(s, p)
    local c = claims_about(none, alone, backed)
    local countable = consequences.gains_are_countable(s, p.weight_of_gains)
    local added = c.sanction_value
    return conclude {
      score = consequences.score(added, c.harm_with_rule),
      scale = { [0] = "costs as much as the harm that the rule leaves",
        [0.5] = "the sanctions add nothing", [1] = "ends that harm at no cost" },
      applies = c.harm_without_rule:above(0),
      why_not = "no wrong: without any rule nobody would be harmed",
      requires = {
        adds = { "value added by the sanctions", added, above = 0 },
        best = { "value added, near the best of the menu", added,
          at_least = over.regime.max(added) * (1 - p.tie_within) },
      },
      rules_out = { adds_nothing = { "value added by the sanctions", added, at_most = 0 } },
      show = findings(c, alone, backed, countable),
    }
  end,
}

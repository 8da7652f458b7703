-- What a rule against the conduct, and the sanctions that back it, are worth in consequences.
--
-- Part of the population has internalised the rule and refrains. The rest weigh what they gain
-- against the sanction they expect, and the more severe it is the fewer act. The account adds up
-- the harm that remains, the punishment, the punishment of the innocent, enforcement, and what it
-- costs to teach the rule (Hooker 2000, Ideal Code, Real World, p. 32, counts the last). It covers
-- one year and is in hu, as a loss below zero.
--
-- A regime is compared with the rule alone, and the rule with no rule, so that the value of the
-- rule is never credited to the severity of a sentence.

local harm = require "harm"
local population = require "population"
local severity = require "severity"

local consequences = {}

local function burden(unit, about)
  return number { unit = unit, within = {0, math.huge}, about = about }
end

consequences.reads = { harm.reads, severity.reads,
  model = {
    detection = number { unit = "1/year", above = 0, below = 1, optional = true,
      about = "chance of being sanctioned in a year, where the cases do not state their own" },
    behaviour = {
      gain_scale = number { unit = "hu", above = 0, about = "scale of what offenders gain" },
      response_exponent = number { above = 0,
        about = "response to the expected sanction where it far exceeds the gain" },
    },
    sanctions = {
      stigma = burden("hu", "burden of being sanctioned at all"),
      offender_cost = burden("hu/pme", "burden on the offender of a month of prison"),
      state_cost = burden("hu/pme", "cost to others of a month of prison"),
      discount = number { unit = "1/pme", within = {0, math.huge},
        about = "how much less a later month weighs with one who considers the act" },
    },
    errors = {
      rate = number { within = {0, 1},
        about = "innocents sanctioned for each offender sanctioned" },
      weight = number { within = {0, math.huge},
        about = "weight of a burden on an innocent against one on an offender" },
    },
    enforcement = {
      cost = burden("hu/person",
        "cost for each member of the population, at even odds of detection"),
    },
    internalisation = {
      cost = burden("hu/person", "cost of teaching the rule to the first of many"),
      violation_rate = number { within = {0, 1},
        about = "share of those who accept the rule and act against it all the same" },
    },
  },
  params = {
    internalisation_rate = number { above = 0, below = 1,
      about = "share of the population that accepts the rule (Hooker 2000, p. 32, says 0.9)" },
    weight_of_gains = number { within = {0, 1}, moral = true,
      about = "weight of offenders' own gains; 0: illicit gains do not count" },
  },
}

-- The chance of a sanction within the year. One statement of it must hold, so two are refused.
function consequences.detection(s)
  local by_case, for_all = given(s.cases, "detection"), given(s.model, "detection")
  if by_case == for_all then
    input_error("detection is stated " .. (by_case and "twice" or "nowhere"),
      "state it either in `model.detection`, for all, or in every case")
  end
  return population.in_a_year(by_case and s.cases.detection or s.model.detection)
end

-- Months as they weigh with one who considers the act: (1 - e^(-r S)) / r, and S where r is 0.
local function discounted(s, months)
  local discount = s.model.sanctions.discount
  return ratio(-expm1(-discount * months), discount, months)
end

-- What an offender expects the sanction to cost him: certainty times stigma and severity.
local function expected_sanction(s, months)
  local sanctions = s.model.sanctions
  return consequences.detection(s)
    * (sanctions.stigma + sanctions.offender_cost * discounted(s, months))
end

-- The share that still acts where gains follow a Lomax distribution: P(gain > e) is
-- (1 + e / scale)^(-exponent). So severity never deters more than certainty in proportion.
local function still_acting(s, expected)
  local behaviour = s.model.behaviour
  return (1 + expected / behaviour.gain_scale) ^ -behaviour.response_exponent
end

-- What those who are deterred forgo, in hu a head of all who would act: the integral of b f(b) from
-- 0 to e. With u = e / scale and k the exponent it is
--   scale * (((1 + u)^(1 - k) - 1) / (1 - k) - u (1 + u)^(-k)),
-- with ln(1 + u) as its first term at k = 1. It is finite for every k, unlike the gains of those
-- who act on, whose mean exists only for k > 1.
local function forgone_by_deterred(s, expected)
  local behaviour = s.model.behaviour
  local u = expected / behaviour.gain_scale
  local power = 1 - behaviour.response_exponent
  local kept_small = ratio(expm1(power * log1p(u)), power, log1p(u))
  return behaviour.gain_scale * (kept_small - u * still_acting(s, expected))
end

-- What those who refrain because they accept the rule forgo, in hu a head: the mean gain,
-- scale / (k - 1). For k of 1 or less there is none.
local function mean_gain(s)
  local behaviour = s.model.behaviour
  return ratio(behaviour.gain_scale, max(behaviour.response_exponent - 1, 0), 0)
end

-- Whether the gains that the rule itself makes people forgo can be counted at all.
function consequences.gains_are_countable(s, weight_of_gains)
  return either(weight_of_gains:equals(0), s.model.behaviour.response_exponent:above(1))
end

-- The share of would-be participants whom the rule does not hold back.
local function not_held_back(s, rate)
  return (1 - rate) + rate * s.model.internalisation.violation_rate
end

local function all_participants(acting, s)
  return over.case.sum(acting * population.quantity(s))
end

-- The people, in person along `case`, who would act at no sanction: all, or those whom the rule
-- does not hold back.
local function would_act(s)
  return population.without_rule(s) * population.shares(s)
end

-- Teaching the rule costs more the fewer are left unconvinced: c * M * -ln(1 - rate).
local function cost_of_teaching(s, rate)
  return s.model.internalisation.cost * s.model.population.potential * -log1p(-rate)
end

-- Detection costs more the more certain it is: c * M * p / (1 - p), the participants' mean where
-- detection differs by case.
local function cost_of_enforcement(s)
  local detection = consequences.detection(s)
  return s.model.enforcement.cost * s.model.population.potential
    * over.case.sum(population.shares(s) * (detection / (1 - detection)))
end

local function consequential_harm(s, people)
  return harm.whole(s, harm.as_consequence, people)
end

-- No rule at all.
function consequences.without_rule(s)
  local people = all_participants(would_act(s), s)
  local done = consequential_harm(s, people)
  return { people = people, harm = done, value = -done }
end

-- The rule as accepted by a `rate` of the population, and no sanction.
function consequences.rule_alone(s, rate, weight_of_gains)
  local people = all_participants(would_act(s) * not_held_back(s, rate), s)
  local done, teaching = consequential_harm(s, people), cost_of_teaching(s, rate)
  local refraining = population.count(population.without_rule(s)) * (1 - not_held_back(s, rate))
  local forgone = weight_of_gains * (refraining * mean_gain(s))
  return { people = people, harm = done, teaching = teaching, forgone = forgone,
    value = -(done + teaching + forgone) }
end

-- Punishment is counted as it is suffered, not as it was foreseen: undiscounted. An innocent bears
-- what the offender bears; what the state spends on him is part of the weight of an error.
local function burdens(s, sanctioned, months)
  local sanctions, errors = s.model.sanctions, s.model.errors
  local suffered = sanctions.stigma + sanctions.offender_cost * months
  return {
    offenders = over.case.sum(sanctioned * (suffered + sanctions.state_cost * months)),
    innocents = errors.rate * errors.weight * over.case.sum(sanctioned * suffered),
  }
end

local function untold(_, _, value)
  return value
end

-- The rule as accepted by a `rate` of the population, backed by sentences of `months` pme where
-- they are `enforced`. Of gains it counts those that the sanctions make people forgo. `tell`, where
-- given, turns the name, text and value of each step into a claim.
function consequences.rule_with_sanctions(s, rate, weight_of_gains, months, enforced, tell)
  tell = tell or untold
  local expected = tell("expected_sanction", "for {case} the sanction to be expected weighs {value}",
    where(enforced, expected_sanction(s, months), 0))
  local undeterred = would_act(s) * not_held_back(s, rate)
  local acting = tell("acting", "like {case}, {value} still act in a year",
    undeterred * still_acting(s, expected))
  local people = tell("response",
    "with the regime, {value} still take part in a year, counted in average participants",
    all_participants(acting, s))
  local sanctioned = where(enforced, population.count(acting) * consequences.detection(s), 0)
  local burden_on = burdens(s, sanctioned, months)
  local account = {
    people = people,
    harm = tell("harm_left", "with the regime, harm of {value} a year remains",
      consequential_harm(s, people)),
    punishment = tell("punishment", "punishment costs {value} a year", burden_on.offenders),
    errors = tell("errors", "the punishment of innocents costs {value} a year",
      burden_on.innocents),
    enforcement = tell("enforcement", "enforcement costs {value} a year",
      where(over.case.any(enforced), cost_of_enforcement(s), 0)),
    forgone = tell("forgone", "gains forgone by those deterred count for {value} a year",
      weight_of_gains
        * over.case.sum(population.count(undeterred) * forgone_by_deterred(s, expected))),
  }
  account.cost = account.punishment + account.errors + account.enforcement + account.forgone
  return account
end

-- What having the rule is worth, no sanctions added.
function consequences.value_of_rule(none, alone)
  return alone.value - none.value
end

-- What adding the sanctions to the rule is worth: the harm they avert less what they cost.
function consequences.value_of_sanctions(alone, with)
  return alone.harm - with.harm - with.cost
end

-- A value against the harm it could at most avert: .5 is no value, 1 all of that harm averted at no
-- cost, 0 as much lost. Where there is no harm to avert, all that costs is at 0.
function consequences.score(value, avertable)
  return clamp(0.5 + 0.5 * ratio(value, avertable, where(value:below(0), -1, 0)), 0, 1)
end

return consequences

-- Facts of the United States guidelines that cannot both hold, whatever the guideline: by what the
-- facts are (us-facts.lua), or by a provision that is named. What contradicts only under the
-- provisions of one guideline, or unless something else is given, stands in its table of data.
--
-- A rule is looked at where every fact in `asked` was asked for, and every fact in `given` stands:
-- what `not_given: none` leaves at 0 or false contradicts a fact only where that fact would come to
-- nothing. The text names the facts and what to change.

local facts = require "facts"

-- Whether any of those that were asked for holds; nil where none was.
local function any_of(asked, names)
  local any
  for _, name in ipairs(names) do
    local holds = asked.was_asked(name) and asked.truth(name) or nil
    any = any and holds and either(any, holds) or any or holds
  end
  return any
end

-- A truth that holds only where another does. `given`: the facts that must stand.
local function needs(name, other, why, given_facts)
  return { name = name, asked = { name, other }, given = given_facts or { name, other },
    text = name .. " is true, but " .. other .. " is not: " .. why .. "; say `" .. other
      .. ": true`, or leave " .. name .. " out",
    holds = function(asked)
      return both(asked.truth(name), negate(asked.truth(other)))
    end }
end

-- Two truths that exclude each other.
local function excludes(name, other, why)
  return { name = name .. "_" .. other, asked = { name, other },
    text = name .. " and " .. other .. " are both true: " .. why .. "; one of them must be false",
    holds = function(asked)
      return both(asked.truth(name), asked.truth(other))
    end }
end

-- A number that is a part of another.
local function at_most(name, other, why)
  return { name = name, asked = { name, other }, given = { name, other },
    text = name .. " is more than " .. other .. ": " .. why .. "; raise " .. other
      .. ", or lower " .. name,
    holds = function(asked)
      return asked.number(name):above(asked.number(other))
    end }
end

local BESIDE = { "distributed", "distributed_for_value", "distributed_for_gain",
  "distributed_to_minor", "distributed_to_minor_illegal_activity",
  "distributed_to_minor_sexual_conduct" }
local NO_POINTS = "4C1.1(a) excludes it"

local rules = {
  -- 2G2.2, 2G2.1
  needs("infant_or_toddler", "under_12", "an infant or toddler is under 12"),
  needs("forced_act", "sexual_act", "it holds a sexual act"),
  excludes("receipt_only", "production_conduct", "conduct limited to receipt holds no production"),
  { name = "distribution", asked = { "distribution" }, given = { "distribution" },
    text = "distribution is none, but one of " .. table.concat(BESIDE, ", ")
      .. " is true: name the gravest kind in distribution, or leave distribution out",
    holds = function(asked)
      local any = any_of(asked, BESIDE)
      return any and both(asked.is("distribution", "none"), any)
    end },
  { name = "retail_value_alone", asked = { "retail_value", "distribution" },
    given = { "retail_value" },
    text = "retail_value is given, but there is no distribution for gain: say `distribution: gain` "
      .. "or `distributed_for_gain: true`, or leave retail_value out",
    holds = function(asked)
      local gain = either(asked.is("distribution", "gain"), asked.truth("distributed_for_gain"))
      return both(asked.number("retail_value"):above(0), negate(gain))
    end },

  -- 2B1.1
  at_most("hardship_victims", "victims", "whoever suffered hardship is a victim too"),
  at_most("health_care_loss", "loss", "the loss to a program is a part of the loss"),
  needs("medical_supply_chain", "medical_theft", "the employee took part in that theft"),
  { name = "maximum_20_years", asked = { "maximum_20_years", "statutory_maximum" },
    given = { "statutory_maximum" },
    text = "maximum_20_years is true, but statutory_maximum is less than 240 months: "
      .. "one of them is wrong",
    holds = function(asked)
      return both(asked.truth("maximum_20_years"),
        asked.number("statutory_maximum"):below(quantity(240, "month")))
    end },

  -- 2Q1.2, 2Q1.3
  { name = "substantive_level_alone", asked = { "substantive_level", "concealing" },
    given = { "substantive_level" },
    text = "substantive_level is given, but concealing is not true: say `concealing: true`, or "
      .. "leave substantive_level out",
    holds = function(asked)
      return both(asked.number("substantive_level"):above(0), negate(asked.truth("concealing")))
    end },
  excludes("recordkeeping_only", "concealing", "a simple violation conceals no offense"),
  excludes("recordkeeping_only", "risk_of_death", "recordkeeping was all there was"),
  excludes("recordkeeping_only", "cleanup", "recordkeeping was all there was"),
  { name = "recordkeeping_discharge", asked = { "recordkeeping_only", "discharge" },
    text = "recordkeeping_only is true, but discharge is not none: recordkeeping was all there "
      .. "was; change one of them",
    holds = function(asked)
      return both(asked.truth("recordkeeping_only"), negate(asked.is("discharge", "none")))
    end },

  -- Chapter Three
  needs("many_vulnerable", "vulnerable_victim", "3A1.1(b)(2) adds to (b)(1)",
    { "many_vulnerable" }),

  -- Chapter Four: 4C1.1(a)
  excludes("zero_point_offender", "hate_crime", NO_POINTS),
  excludes("zero_point_offender", "vulnerable_victim", NO_POINTS),
  excludes("zero_point_offender", "weapon", NO_POINTS),
  excludes("zero_point_offender", "pattern_prohibited", NO_POINTS),
  { name = "zero_point_role", asked = { "zero_point_offender", "role" },
    text = "zero_point_offender is true, but role is leader, manager or leader_small: "
      .. NO_POINTS .. "; change one of them",
    holds = function(asked)
      local leads = either(asked.is("role", "leader"), asked.is("role", "manager"),
        asked.is("role", "leader_small"))
      return both(asked.truth("zero_point_offender"), leads)
    end },
  { name = "zero_point_category", asked = { "zero_point_offender", "category" },
    given = { "category" },
    text = "zero_point_offender is true, but category is not I: who has no points stands in "
      .. "category I; change one of them",
    holds = function(asked)
      return both(asked.truth("zero_point_offender"), negate(asked.is("category", "I")))
    end },

  -- Chapter Five
  at_most("statutory_minimum", "statutory_maximum", "no term would be lawful"),
  { name = "maximum_is_life", asked = { "maximum_is_life", "statutory_maximum" },
    given = { "maximum_is_life", "statutory_maximum" },
    text = "maximum_is_life is true, and statutory_maximum is given: leave statutory_maximum out, "
      .. "or say `maximum_is_life: false`",
    holds = function(asked)
      return both(asked.truth("maximum_is_life"),
        asked.number("statutory_maximum"):above(quantity(0, "month")))
    end },
}

local function applies(asked, rule)
  local standing = false
  for _, name in ipairs(rule.asked) do
    if not asked.was_asked(name) then
      return false
    end
    standing = standing or asked.stands(name)
  end
  for _, name in ipairs(rule.given or {}) do
    if not asked.stands(name) then
      return false
    end
  end
  return standing
end

local contradictions = {}

-- A claim for each rule that the facts asked for so far may break. Returns 0, or where one is
-- broken a number that does not exist, for a result to rest on.
function contradictions.refuse(asked)
  local refused
  for _, rule in ipairs(rules) do
    local holds = applies(asked, rule) and rule.holds(asked)
    if holds then
      local refusal = facts.refuse("contradiction-" .. rule.name, holds, rule.text)
      refused = refused and refused + refusal or refusal
    end
  end
  return refused or quantity(0, "1")
end

return contradictions

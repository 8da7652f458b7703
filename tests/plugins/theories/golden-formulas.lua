-- For tests: the library's formulas at points where the result is known in closed form.

local channel = require "channel"
local consequences = require "consequences"
local fit = require "fit"

local function show_as(value)
  return { "{value}", value = value }
end

local function truth_as_number(truth)
  return where(truth, 1, 0)
end

local function hu(value)
  return quantity(value, "hu")
end

local function persons(count)
  return quantity(count, "person")
end

local function fits(show)
  local p = { de_minimis = quantity(1, "pme"), fold = 4 }
  local pairs_of = {
    equal = { 5, 5 }, double = { 11, 5 }, fourfold = { 23, 5 }, none = { 0, 3 },
    undeserved = { 3, 0 },
  }
  for name, pair in pairs(pairs_of) do
    show["phi_" .. name] = show_as(
      fit.degree(quantity(pair[1], "pme"), quantity(pair[2], "pme"), p))
  end
end

local function markets(show)
  show.market_base = show_as(channel.pass_through(0.4, 0.6))
  show.market_ivory = show_as(channel.pass_through(0.44, 1))
  show.market_none = show_as(channel.pass_through(0, 1))
  show.market_elastic = show_as(channel.pass_through(1e15, 1))
  show.kagan_marginal = show_as(channel.batch(25, hu(1), 1))
  show.budolfson = show_as(channel.batch(25, hu(1), 0.02))
end

local function threshold(loss, at)
  return { loss = hu(loss), at = persons(at) }
end

local function expected(c, potential, rate)
  return channel.kinds.threshold.expected(c, persons(potential), persons(1),
    { potential = persons(potential), baseline_rate = rate })
end

local function pivots(show)
  show.pivot_n10 = show_as(channel.pivotal_chance(10, 5, 0.5))
  show.pivot_n101 = show_as(channel.pivotal_chance(101, 51, 0.5))
  show.pivot_n10000 = show_as(channel.pivotal_chance(10000, 4000, 0.4))
  show.pivot_certain = show_as(channel.pivotal_chance(10000, 4000, 1))
  local c = threshold(3000, 4000)
  show.pivot_expected = show_as(expected(c, 10000, 0.4))
  show.pivot_average = show_as(channel.kinds.threshold.whole(c, persons(10000)) / 10000)
end

-- 100 people, harm of 1000 if at least 60 take part, and a gain of 1 each.
local function small_town(show)
  local c, everyone, gain = threshold(1000, 60), persons(100), hu(1)
  local whole = channel.kinds.threshold.whole
  local marginal = channel.kinds.threshold.marginal(c, everyone, persons(1))
  show.mini_marginal = show_as(marginal)
  show.mini_average = show_as(whole(c, everyone) / 100)
  show.mini_group = show_as(whole(c, everyone))
  show.mini_expected_06 = show_as(expected(c, 100, 0.6))
  show.mini_expected_09 = show_as(expected(c, 100, 0.9))
  show.mini_act_1 = show_as(truth_as_number(marginal:above(gain)))
  show.mini_act_06 = show_as(truth_as_number(expected(c, 100, 0.6):above(gain)))
  show.mini_act_09 = show_as(truth_as_number(expected(c, 100, 0.9):above(gain)))
  show.mini_generalisation = show_as(truth_as_number(whole(c, everyone):above(gain * 100)))
  for name, compliers in pairs { a09 = 90, a03 = 30 } do
    local averted = whole(c, everyone) - whole(c, persons(100 - compliers))
    show["mini_rule_" .. name] = show_as(averted - gain * compliers)
  end
end

-- Powers: a concave harm of six, and a convex one of two who contribute 1 and 3.
local function powers(show)
  local concave = { loss = hu(1), exponent = 0.5, reference = persons(6) }
  show.concave_last = show_as(
    channel.kinds.revictimisation.marginal(concave, persons(6), persons(1)))
  show.concave_average = show_as(channel.kinds.revictimisation.whole(concave, persons(6)) / 6)
  local convex = { loss = hu(1), exponent = 2, reference = persons(1), free = persons(0) }
  for name, part in pairs { small = 1, large = 3 } do
    show["convex_last_" .. name] = show_as(
      channel.kinds.accumulation.marginal(convex, persons(4), persons(part)))
    show["convex_share_" .. name] = show_as(
      channel.kinds.accumulation.whole(convex, persons(4)) * part / 4)
  end
end

-- A world with one linear channel, of h hu an act, and a cost of teaching.
local function linear_world(s, harm_per_act, teaching)
  return {
    shares_of = "participants", cases = s.cases,
    model = {
      population = { potential = persons(1e6), baseline_rate = 0.1 },
      channels = { linear = { kind = "market", supply_elasticity = 1, demand_elasticity = 0,
        slack = 1,
        harm = quantity(harm_per_act, "hu/item"), production_per_act = quantity(1, "item/person"),
        consequence_weight = 1, imputation_weight = 1 } },
      internalisation = { cost = quantity(teaching, "hu/person"), violation_rate = 0 },
      behaviour = { gain_scale = hu(1), response_exponent = 2 },
    },
  }
end

-- The acceptance at which the rule is worth most, found on a grid rather than by the closed form.
local function best_acceptance(s, teaching)
  local rates = {}
  for i = 0, 998 do
    table.insert(rates, i / 1000)
  end
  local rate = axis("acceptance", rates)
  local value = consequences.rule_alone(linear_world(s, 0.2, teaching), rate, 0).value
  return over.acceptance.min(rate, { where = value:at_least(over.acceptance.max(value)) })
end

local function rules(s, show)
  local world = linear_world(s, 0.2, 0.0002)
  show.linear_rule_value = show_as(consequences.value_of_rule(
    consequences.without_rule(world), consequences.rule_alone(world, 0.9, 0)))
  show.best_acceptance_cheap = show_as(best_acceptance(s, 0.0002))
  show.best_acceptance_dear = show_as(best_acceptance(s, 0.002))
  local linear = world.model.channels.linear
  local market = channel.kinds.market
  show.lyons_gap = show_as(market.whole(linear, persons(1e5)) / 1e5
    - market.marginal(linear, persons(1e5), persons(1)))
end

return theory {
  id = "golden-formulas", version = "1.0.0", title = "Golden values of formulas", role = "conduct",
  reads = { consequences.reads },
  argue = function(s, p)
    local show = { given_rate = show_as(p.internalisation_rate),
      given_weight = show_as(p.weight_of_gains) }
    fits(show)
    markets(show)
    pivots(show)
    small_town(show)
    powers(show)
    rules(s, show)
    return conclude { score = 1, scale = { [0] = "-", [1] = "-" },
      requires = { always = { "always", 1, at_least = 0 } }, show = show }
  end,
}

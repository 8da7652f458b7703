-- For tests: what the library makes of one population whose members all contribute alike.

local channel = require "channel"
local desert = require "desert"
local harm = require "harm"
local population = require "population"

local function show_as(value)
  return { "{value}", value = value }
end

local function by_channel(s, people, act, show)
  for name, c in pairs(s.model.channels) do
    local kind = channel.kinds[c.kind]
    local whole = kind.whole(c, people)
    show["aggregate_" .. name] = show_as(whole)
    show["average_" .. name] = show_as(whole * (act / people))
    show["marginal_" .. name] = show_as(kind.marginal(c, people, act))
  end
end

-- The channels that only saturate: no market and no accumulation, as one who gains .02 hu asks
-- whether his act is wrong.
local function saturating(s, people, act, show)
  local average, marginal = 0, 0
  for _, name in ipairs { "perception", "threshold" } do
    local c = s.model.channels[name]
    local kind = channel.kinds[c.kind]
    average = average + kind.whole(c, people) * (act / people)
    marginal = marginal + kind.marginal(c, people, act)
  end
  local gain = quantity(0.02, "hu")
  show.saturated_average = show_as(average)
  show.saturated_marginal = show_as(marginal)
  show.flip_act = show_as(where(marginal:above(gain), 1, 0))
  show.flip_generalisation = show_as(where(average:above(gain), 1, 0))
end

local function by_theta(s, show)
  for name, theta in pairs { ["0"] = 0, ["025"] = 0.25, ["05"] = 0.5, ["075"] = 0.75, ["1"] = 1 } do
    local answered_for = harm.answered_for(s, harm.as_charge, "exponent", theta)
    show["harm_theta_" .. name] = show_as(answered_for)
    show["target_theta_" .. name] = show_as(desert.deserved(s, answered_for))
  end
  show.target_marginal = show_as(desert.deserved(s, desert.wrong(s, "marginal")))
end

local function presupposed(s, show)
  for _, months in ipairs { 12, 47, 84 } do
    local implied = desert.implied(s, quantity(months, "pme"))
    show["implied_theta_" .. months] = show_as(implied.theta)
    show["implied_shares_" .. months] = show_as(implied.shares)
  end
end

return theory {
  id = "golden-toy-a", version = "1.0.0", title = "Golden values of Toy A", role = "conduct",
  reads = { desert.reads },
  argue = function(s)
    local people, act = population.without_rule(s), population.people(1)
    local whole = harm.whole(s, harm.as_consequence, people)
    local marginal = harm.marginal(s, harm.as_consequence, people, act)
    local show = {
      aggregate = show_as(whole), marginal = show_as(marginal),
      average = show_as(whole * (act / people)),
      marginal_over_average = show_as(marginal / (whole * (act / people))),
      sum_of_marginals = show_as(marginal * population.count(people)),
    }
    by_channel(s, people, act, show)
    saturating(s, people, act, show)
    by_theta(s, show)
    presupposed(s, show)
    return conclude { score = 1, scale = { [0] = "-", [1] = "-" },
      requires = { always = { "always", 1, at_least = 0 } }, show = show }
  end,
}

-- The ways in which many small acts do harm together.
--
-- Each channel says what harm is done when people take part in all (`whole`), what harm falls away
-- if the last of them does less by some amount (`marginal`), and what harm one should expect to
-- fall away where it is uncertain how many others take part (`expected`). Marginals stand in
-- closed form: the difference of two nearly equal wholes would lose its digits.
--
-- `people` and `act` are in person: one person is one participant of average quantity.

local channel = {}

-- Market: buying or collecting calls forth production. A shift of demand by one unit raises
-- production by e_s / (e_s + e_d), from D(P) + shift = S(P) (any text on tax incidence). Where
-- production does not respond, e_s is 0 and there is "no market".
function channel.pass_through(supply_elasticity, demand_elasticity)
  return ratio(supply_elasticity, supply_elasticity + demand_elasticity, 0)
end

local function harm_per_person(c)
  return c.harm * c.production_per_act
    * channel.pass_through(c.supply_elasticity, c.demand_elasticity)
end

local market = {}

function market.whole(c, people)
  return harm_per_person(c) * people
end

-- Slack is the part of an act's expected effect that stocks and buffers do not swallow. It lowers
-- what one act does and not what all do (Budolfson 2019, Philosophical Studies 176, 1711).
function market.marginal(c, _, act)
  return c.slack * harm_per_person(c) * act
end

-- Kagan's reply to slack (Kagan 2011, Philosophy & Public Affairs 39, 105): a supplier who orders
-- in batches makes one act in `size` trigger the harm of `size` acts, so that the expected harm is
-- the average. It holds while the acts so far are equally likely to stand anywhere in the batch;
-- `slack` scales that chance where they are not.
function channel.batch(size, harm_per_act, slack)
  local chance = slack / size
  return chance * (size * harm_per_act)
end

-- Perception: confidence or a norm wears away, quickly at first and then less (exponential), or
-- around a turning point (logistic, less its value at 0).
local exponential = {}

function exponential.whole(c, people)
  return -c.loss * expm1(-people / c.scale)
end

function exponential.marginal(c, people, act)
  return c.loss * exp(-people / c.scale) * expm1(act / c.scale)
end

local function logistic_curve(x)
  return 1 / (1 + exp(-x))
end

-- The curve at x less the curve at x - drop, without taking a difference of near equals.
local function logistic_drop(x, drop)
  return -expm1(-drop) * logistic_curve(x) * logistic_curve(drop - x)
end

local logistic = {}

function logistic.whole(c, people)
  return c.loss * logistic_drop((people - c.midpoint) / c.spread, people / c.spread)
end

function logistic.marginal(c, people, act)
  return c.loss * logistic_drop((people - c.midpoint) / c.spread, act / c.spread)
end

local perception_forms = { exponential = exponential, logistic = logistic }

local perception = {}

function perception.whole(c, people)
  return perception_forms[c.form].whole(c, people)
end

function perception.marginal(c, people, act)
  return perception_forms[c.form].marginal(c, people, act)
end

-- Threshold: nothing happens until enough people take part, and then everything does.
local threshold = {}

function threshold.whole(c, people)
  return where(people:at_least(c.at), c.loss, 0)
end

function threshold.marginal(c, people, act)
  return where(both(people:at_least(c.at), (people - act):below(c.at)), c.loss, 0)
end

-- The chance that one act is the decisive one: that exactly one fewer than the threshold of the
-- others take part. Whole counts: a threshold of 40.5 people is reached by the 41st.
function channel.pivotal_chance(potential, at, rate)
  return binomial_pmf(potential - 1, ceil(at) - 1, rate)
end

-- An act of more than average quantity is decisive in proportion, which is exact while the chance
-- varies little over the people it counts for.
function threshold.expected(c, _, act, population)
  local people = floor(population.potential / quantity(1, "person"))
  local chance = channel.pivotal_chance(people, c.at / quantity(1, "person"),
    population.baseline_rate)
  return c.loss * chance * (act / quantity(1, "person"))
end

-- A power of the number of people less those the world absorbs free of harm, and the fall of that
-- power as the last act is withdrawn: y^g - (y - a)^g = -y^g * expm1(g * log1p(-a / y)).
local function power_whole(c, people)
  return c.loss * (people / c.reference) ^ c.exponent
end

local function power_drop(c, people, act)
  return -power_whole(c, people) * expm1(c.exponent * log1p(-ratio(act, people, 0)))
end

-- Accumulation: many harmless amounts add up past what is absorbed, each worse than the one before
-- (Feinberg 1984, Harm to Others, on accumulative harms).
local accumulation = {}

local function beyond(free, people)
  return max(people - free, 0)
end

function accumulation.whole(c, people)
  return power_whole(c, beyond(c.free, people))
end

function accumulation.marginal(c, people, act)
  local excess = beyond(c.free, people)
  return power_drop(c, excess, min(act, excess))
end

-- Revictimisation: each further act repeats a wrong to someone already wronged. At an exponent of
-- 1 every act repeats it in full (the findings of Public Law 115-299); nearer to 0 what harms is
-- that the matter circulates at all.
local revictimisation = { whole = power_whole }

function revictimisation.marginal(c, people, act)
  return power_drop(c, people, min(act, people))
end

channel.kinds = {
  market = market, perception = perception, threshold = threshold,
  accumulation = accumulation, revictimisation = revictimisation,
}

-- What a channel of each kind reads. The two weights are kept apart: `consequence_weight` says
-- that the harm occurs, `imputation_weight` that it may be charged to those who take part (von
-- Hirsch 1996 on fair imputation of remote harms).
local function loss()
  return number { unit = "hu", within = {0, math.huge}, about = "harm when it is complete" }
end

local function reference()
  return number { unit = "person", above = 0,
    about = "people who take part when the loss is complete" }
end

local function with_weights(record)
  record.consequence_weight = number { within = {0, 1}, default = 1, status = "illustrative",
    about = "how far the harm of this channel occurs" }
  record.imputation_weight = number { within = {0, 1}, default = 1, status = "illustrative",
    about = "how far it may be charged to those who take part" }
  return record
end

channel.reads = map { of = kinds {
  market = with_weights {
    supply_elasticity = number { within = {0, math.huge},
      about = "response of production to price, or to whatever demand pays with" },
    demand_elasticity = number { within = {0, math.huge},
      about = "response of demand, written as positive" },
    harm = number { unit = "hu/item", within = {0, math.huge},
      about = "harm of producing one item" },
    production_per_act = number { unit = "item/person", within = {0, math.huge},
      about = "items demanded by an average participant" },
    slack = number { within = {0, 1}, default = 1, status = "illustrative",
      about = "part of one act's expected effect that buffers do not swallow" },
  },
  perception = with_weights {
    loss = loss(),
    form = text { among = {"exponential", "logistic"}, default = "exponential" },
    scale = number { unit = "person", above = 0, only_with = { form = "exponential" },
      about = "people after whom all but 37 % of the loss is done" },
    midpoint = number { unit = "person", only_with = { form = "logistic" },
      about = "people at the turning point" },
    spread = number { unit = "person", above = 0, only_with = { form = "logistic" },
      about = "how gradual the turn is" },
  },
  threshold = with_weights {
    loss = loss(),
    at = number { unit = "person", above = 0, about = "people who must take part" },
  },
  accumulation = with_weights {
    loss = loss(), reference = reference(),
    exponent = number { within = {1, 10},
      about = "above 1: each act is worse than the one before" },
    free = number { unit = "person", within = {0, math.huge},
      about = "people whose acts are absorbed without harm" },
  },
  revictimisation = with_weights {
    loss = loss(), reference = reference(),
    exponent = number { within = {0, 1}, above = 0,
      about = "1: every act repeats the wrong in full" },
  },
} }

return channel

-- Whose harm? The harm of all acts together, and the part of it that one act answers for.
--
-- The parts are a moral choice, not a fact, and this is the crux of aggregate harm. One may charge
-- an act with the difference it makes (`marginal`), with the difference it can be expected to make
-- (`expected-marginal`), with an equal share (`average`), with the whole (`aggregate`), or with
-- something between share and whole (`exponent`). Marginals must not be added up: they sum to the
-- whole only where every channel is linear.
--
-- Whether a harm occurs and whether it may be charged to those who take part are different
-- questions. Theories of consequences use the consequence weight alone; theories of desert multiply
-- it by the imputation weight.

local channel = require "channel"
local population = require "population"

local harm = {}

harm.reads = { population.reads,
  model = {
    harm_unit = { anchor = text { about = "what one harm unit stands for" } },
    channels = channel.reads,
  },
}

harm.bases = {"marginal", "expected-marginal", "average", "exponent", "aggregate"}

-- How much of a channel's harm counts.
function harm.as_consequence(c)
  return c.consequence_weight
end

function harm.as_charge(c)
  return c.consequence_weight * c.imputation_weight
end

-- `tell`, where given, makes each channel's part a claim of its own: it turns a channel's name and
-- value into a symbol.
local function over_channels(s, weight, part, tell)
  local total
  for name, c in pairs(s.model.channels) do
    local harm_of_channel = weight(c) * part(channel.kinds[c.kind], c)
    if tell then harm_of_channel = tell(name, harm_of_channel) end
    total = total and total + harm_of_channel or harm_of_channel
  end
  return total or input_error("model.channels is empty: there is no way in which harm is done",
    "add a channel")
end

-- The harm, in hu, when `people` take part.
function harm.whole(s, weight, people, tell)
  return over_channels(s, weight, function(kind, c)
    return kind.whole(c, people)
  end, tell)
end

-- The harm, in hu, that is done because the last of `people` did `act`.
function harm.marginal(s, weight, people, act, tell)
  return over_channels(s, weight, function(kind, c)
    return kind.marginal(c, people, act)
  end, tell)
end

-- The same where others may or may not take part. Only a threshold depends on that: the other
-- channels change so little over the likely numbers of others that their marginal stands.
function harm.expected_marginal(s, weight, people, act, tell)
  return over_channels(s, weight, function(kind, c)
    local expected = kind.expected or kind.marginal
    return expected(c, people, act, s.model.population)
  end, tell)
end

-- Of the people who take part without a rule, the part that a participant of this case makes up.
local function portion(quantity, people)
  return ratio(population.people(quantity), people, 0)
end

-- How many average shares would make up the whole.
function harm.shares_in_whole(quantity, people)
  return ratio(people, population.people(quantity), 1)
end

-- Claims about the parts of the account, for the theory whose argument turns on it.
local function part_of_whole(name, value)
  return claim { "harm_by_" .. name, scheme = "causal argument",
    text = "by way of " .. name .. ", all acts together do harm of {value}", value = value }
end

local function part_of_act(name, value)
  return claim { "harm_added_by_" .. name, scheme = "causal argument",
    text = "by way of " .. name .. ", one act of {case} adds harm of {value}", value = value }
end

-- The whole harm and each case's average share of it.
local function whole_and_share(s, weight, people, quantity, tell)
  local whole = harm.whole(s, weight, people, tell and part_of_whole)
  if tell then
    whole = claim { "whole_harm", text = "all acts together do harm of {value}", value = whole }
  end
  local share = whole * portion(quantity, people)
  if tell then
    share = claim { "average_share", text = "the average share of {case} in it is {value}",
      value = share }
  end
  return whole, share
end

local basis = {}

basis["marginal"] = function(s, weight, people, quantity, _, tell)
  return harm.marginal(s, weight, people, population.people(quantity), tell and part_of_act)
end

basis["expected-marginal"] = function(s, weight, people, quantity, _, tell)
  return harm.expected_marginal(s, weight, people, population.people(quantity),
    tell and part_of_act)
end

-- Also the Shapley value where all contribute alike, and the Aumann-Shapley charge where the
-- contributions are alike in kind (Aumann and Shapley 1974).
basis["average"] = function(s, weight, people, quantity, _, tell)
  local _, share = whole_and_share(s, weight, people, quantity, tell)
  return share
end

-- What one act answers for is (average share)^(1 - theta) * whole^theta, written so that units fit:
-- share * (whole / share)^theta. At theta 0 each answers for his share, at 1 for the whole. Where
-- all contribute alike this is share * N^theta, so N^theta is the number of average shares that
-- one is made to answer for. A device of this program, not of the literature.
basis["exponent"] = function(s, weight, people, quantity, theta, tell)
  local _, share = whole_and_share(s, weight, people, quantity, tell)
  return share * harm.shares_in_whole(quantity, people) ^ theta
end

-- Each answers for the whole, unless he had no part in it at all.
basis["aggregate"] = function(s, weight, people, quantity, _, tell)
  local whole = harm.whole(s, weight, people, tell and part_of_whole)
  return where(quantity:above(0), whole, 0)
end

-- The harm, in hu along `case`, that a participant of each case answers for. With `tell` its parts
-- become claims, which a theory may make of one account only.
function harm.answered_for(s, weight, name, theta, tell)
  local people, quantity = population.without_rule(s), population.quantity(s)
  local answers = basis[name](s, weight, people, quantity, theta, tell)
  if not tell then return answers end
  return claim { "answers_for", text = "{case} answers for harm of {value}", value = answers,
    cite = name == "exponent" and "(average share)^(1 - theta) x (whole harm)^theta" or nil }
end

return harm

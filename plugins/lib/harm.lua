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

local function over_channels(s, weight, part)
  local total
  for _, c in pairs(s.model.channels) do
    local harm_of_channel = weight(c) * part(channel.kinds[c.kind], c)
    total = total and total + harm_of_channel or harm_of_channel
  end
  return total or error("model.channels is empty: there is no way in which harm is done")
end

-- The harm, in hu, when `people` take part.
function harm.whole(s, weight, people)
  return over_channels(s, weight, function(kind, c)
    return kind.whole(c, people)
  end)
end

-- The harm, in hu, that is done because the last of `people` did `act`.
function harm.marginal(s, weight, people, act)
  return over_channels(s, weight, function(kind, c)
    return kind.marginal(c, people, act)
  end)
end

-- The same where others may or may not take part. Only a threshold depends on that: the other
-- channels change so little over the likely numbers of others that their marginal stands.
function harm.expected_marginal(s, weight, people, act)
  return over_channels(s, weight, function(kind, c)
    local expected = kind.expected or kind.marginal
    return expected(c, people, act, s.model.population)
  end)
end

-- Of the people who take part without a rule, the part that a participant of this case makes up.
local function portion(quantity, people)
  return ratio(population.people(quantity), people, 0)
end

-- How many average shares would make up the whole.
function harm.shares_in_whole(quantity, people)
  return ratio(people, population.people(quantity), 1)
end

-- What one act answers for is (average share)^(1 - theta) * whole^theta, written so that units fit:
-- share * (whole / share)^theta. At theta 0 each answers for his share, at 1 for the whole. Where
-- all contribute alike this is share * N^theta, so N^theta is the number of average shares that
-- one is made to answer for. A device of this program, not of the literature.
local function exponent(whole, quantity, people, theta)
  return whole * portion(quantity, people) * harm.shares_in_whole(quantity, people) ^ theta
end

local basis = {}

basis["marginal"] = function(s, weight, people, quantity)
  return harm.marginal(s, weight, people, population.people(quantity))
end

basis["expected-marginal"] = function(s, weight, people, quantity)
  return harm.expected_marginal(s, weight, people, population.people(quantity))
end

-- Also the Shapley value where all contribute alike, and the Aumann-Shapley charge where the
-- contributions are alike in kind (Aumann and Shapley 1974).
basis["average"] = function(s, weight, people, quantity)
  return harm.whole(s, weight, people) * portion(quantity, people)
end

basis["exponent"] = function(s, weight, people, quantity, theta)
  return exponent(harm.whole(s, weight, people), quantity, people, theta)
end

-- Each answers for the whole, unless he had no part in it at all.
basis["aggregate"] = function(s, weight, people, quantity)
  return where(quantity:above(0), harm.whole(s, weight, people), 0)
end

-- The harm, in hu along `case`, that a participant of each case answers for.
function harm.answered_for(s, weight, name, theta)
  return basis[name](s, weight, population.without_rule(s), population.quantity(s), theta)
end

return harm

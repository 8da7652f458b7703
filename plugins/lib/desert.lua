-- What offenders deserve: culpable harm, read off a scale of reference offences.
--
-- Seriousness is harm answered for times culpability (Nozick 1981, Philosophical Explanations,
-- pp. 363-366: retribution is r x H). A scale of reference offences turns it into a sentence. No
-- fact settles that scale. It is what anchors desert, so it stands in the open, in the scenario;
-- and if today's own sentences anchor it, to find them proportionate is no finding.

local harm = require "harm"
local population = require "population"
local severity = require "severity"

local desert = {}

desert.reads = { harm.reads, severity.reads,
  model = {
    desert_scale = {
      smallest_harm = number { unit = "hu", above = 0,
        about = "a harm so small that the scale begins to rise there" },
    },
    references = map { of = {
      harm = number { unit = "hu", above = 0, about = "culpable harm of the reference offence" },
      sentence = number { unit = "pme", above = 0, about = "the sentence it deserves" },
    } },
  },
  cases = {
    culpability = number { within = {0, 1}, about = "mens rea times capacity" },
  },
}

-- Harm in proportion to the smallest harm and logarithmic, so that a change of the unit of harm
-- changes no result.
local function on_scale(s, culpable_harm)
  return log1p(culpable_harm / s.model.desert_scale.smallest_harm)
end

-- The knots of the scale: no harm deserves nothing, and then the references in the file's order.
local function scale(s)
  local seriousness, sentences = { 0 }, { quantity(0, "pme") }
  for _, reference in pairs(s.model.references) do
    table.insert(seriousness, on_scale(s, reference.harm))
    table.insert(sentences, reference.sentence)
  end
  if #sentences == 1 then
    input_error(
      "model.references is empty: without a reference offence there is no scale of desert",
      "add a reference offence")
  end
  return seriousness, sentences
end

-- The culpable wrong of each case, in hu, when it answers for harm on this basis. With `tell` the
-- account of that harm is given as claims.
function desert.wrong(s, basis, theta, tell)
  return s.cases.culpability * harm.answered_for(s, harm.as_charge, basis, theta, tell)
end

-- The sentence, in pme, that a culpable wrong deserves; the last reference is the cap.
function desert.deserved(s, wrong)
  local seriousness, sentences = scale(s)
  return interpolate(on_scale(s, wrong), seriousness, sentences)
end

-- The longest sentence that the scale knows.
function desert.longest(s)
  local last
  for _, reference in pairs(s.model.references) do
    last = reference
  end
  return last.sentence
end

-- The culpable wrong, in hu, that deserves a sentence: the scale read backwards.
local function wrong_deserving(s, sentence)
  local seriousness, sentences = scale(s)
  return s.model.desert_scale.smallest_harm
    * expm1(interpolate(sentence, sentences, seriousness))
end

-- How much aggregation a sentence presupposes, along `case`. `theta` is the exponent at which the
-- sentence would be deserved, `shares` the number of the offender's own average shares that he is
-- then made to answer for. Neither is defined where nothing is punished or nothing is culpable;
-- beyond the longest reference sentence both stay at that of the longest.
function desert.implied(s, sentence)
  local people, quantity = population.without_rule(s), population.quantity(s)
  local share = harm.answered_for(s, harm.as_charge, "average")
  local shares_in_whole = harm.shares_in_whole(quantity, people)
  local own = s.cases.culpability * share
  local defined = both(sentence:above(0), own:above(0), shares_in_whole:above(1))
  local shares = where(defined, ratio(wrong_deserving(s, sentence), own, 1), 1)
  return {
    theta = where(defined, ratio(log(shares), log(shares_in_whole), 0), 0),
    shares = shares,
    defined = defined,
  }
end

-- The lowest and the highest theta over the cases where there is one.
function desert.range_of_theta(implied)
  local highest_from_0 = over.case.max(implied.theta)
  local lowest = over.case.min(where(implied.defined, implied.theta, highest_from_0))
  local highest = over.case.max(where(implied.defined, implied.theta, lowest))
  return lowest, highest, over.case.any(implied.defined)
end

return desert

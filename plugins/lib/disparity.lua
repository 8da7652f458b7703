-- Whether the sentences of like cases are judged by their mean, or each by itself.
--
-- Where courts differ, the mean may be deserved though nobody gets it: one like case too little,
-- another too much. Desert is owed to each, and one offender's excess is not made good by another's
-- leniency; so a scenario may say `sentences: each`. By default the expected sentence is judged.

local fit = require "fit"
local severity = require "severity"

local disparity = {}

disparity.reads = { params = {
  sentences = text { among = { "expected", "each" }, default = "expected",
    about = "what is judged where like cases get unlike sentences: their mean, or each of them" },
} }

-- How well the sentences of one kind fit: those within the range, below or above it.
local function fits(s, p, deserved, name, custody, share)
  return claim { name, scheme = "practical reasoning",
    text = name .. " the range the sentence for {case} fits to degree {value}",
    value = fit.degree(severity.with_custody(s, custody), deserved, p),
    applies = share:above(0),
    otherwise = "no case like {case} is sentenced " .. name .. " the range" }
end

-- The mean over like cases of the degree to which each one's sentence is the deserved one.
local function each(s, p, deserved)
  local given_by = s.sentence
  local below, above = given_by.share_below, given_by.share_above
  local within = 1 - below - above
  return within * fits(s, p, deserved, "within", given_by.within, within)
    + below * fits(s, p, deserved, "below", given_by.below, below)
    + above * fits(s, p, deserved, "above", given_by.above, above)
end

-- The degree, 0 to 1, to which a case gets what it deserves; `sentence` is the expected one.
function disparity.degree(s, p, sentence, deserved)
  if p.sentences == "each" then
    return each(s, p, deserved)
  end
  return fit.degree(sentence, deserved, p)
end

function disparity.text(p)
  return p.sentences == "each"
      and "each sentence of cases like {case} fits what it deserves, on average to degree {value}"
    or "the sentence for {case} fits what it deserves to degree {value}"
end

-- What one end of the sentences of like cases comes to, and how well it fits.
local function end_of(s, p, deserved, word, custody)
  local sentence = severity.with_custody(s, custody)
  return { "the " .. word .. " sentence for cases like {case} weighs {value}", value = sentence },
    { "the " .. word .. " sentence for cases like {case} fits to degree {value}",
      value = fit.degree(sentence, deserved, p) }
end

-- Findings beside the score, where each sentence is judged.
function disparity.findings(s, p, sentence, deserved)
  if p.sentences ~= "each" then
    return {}
  end
  local given_by = s.sentence
  local outside = given_by.share_below + given_by.share_above
  local show = {
    mean_alone = { "judged by the mean of like cases, the score is {value}",
      value = over.case.mean(fit.degree(sentence, deserved, p)),
      note = "what is lost beside it is lost to disparity" },
    outside_the_range = { "{value} of cases like {case} are sentenced outside the range",
      value = outside, holds = outside:above(0),
      otherwise = "cases like {case} are all sentenced within the range" },
  }
  show.reach_from, show.reach_from_fits = end_of(s, p, deserved, "shortest", given_by.low)
  show.reach_to, show.reach_to_fits = end_of(s, p, deserved, "longest", given_by.high)
  return show
end

return disparity

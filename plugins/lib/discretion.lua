-- What courts do with a rule: how often a sentence falls in the range, below it and above it, how
-- far outside, and how far like cases lie apart.
--
-- Like cases get one of three sentences: within the range, at `lands` between its ends; below it,
-- at the low end less a share; above it, at the high end and a share. Custody is the expected one.
-- The three and their shares go to the theories as well (plugins/lib/sentence.lua), so that one may
-- ask of each sentence, and not only of their mean, whether it is deserved.

local facts = require "facts"

local discretion = {}

local function share(about)
  return by_case { of = number { within = {0, 1} }, about = about }
end

local function months(about)
  return by_case { of = number { unit = "month", within = {0, math.huge} }, optional = true,
    about = about }
end

discretion.rule = record { optional = true,
  about = "how sentences of like cases fall in and outside the range",
  below = share "share of sentences below the range",
  above = share "share of sentences above the range",
  cut = share "what a sentence below the range is short of its low end, as a share of it",
  over = by_case { of = number { within = {0, math.huge} },
    about = "what a sentence above the range exceeds its high end by, as a share of it" },
  least = months "what courts do not go below even so, such as a statute's minimum",
  most = months "what courts do not go above even so, such as a statute's maximum",
  spread = months "standard deviation among like cases; without it, that of the three sentences",
  lowest = months "the shortest sentence that was seen among like cases",
  highest = months "the longest sentence that was seen among like cases",
}

discretion.params = {
  lands = number { within = {0, 1}, default = 0.5, status = "illustrative",
    about = "where in the range courts land: 0 at the low end, 1 at the high end" },
  discretion = discretion.rule,
}

local function part(name, value, text)
  return claim { "discretion_" .. name, scheme = "figure", text = text, value = value,
    questions = { sample = "Were these shares observed among cases like these?" } }
end

-- --- the three sentences -----------------------------------------------------------------------

-- 0, or no number where the figures cannot be.
local function checked(d)
  local sound = facts.refuse("discretion", (d.below + d.above):above(1),
    "the shares of sentences below and above the range come to more than 1: give shares of all")
  if given(d, "lowest") and given(d, "highest") then
    sound = sound + facts.refuse("seen", d.lowest:above(d.highest),
      "the shortest sentence seen is longer than the longest: exchange `lowest` and `highest`")
  end
  return sound
end

local function under_the_range(d, low)
  local value = low * (1 - d.cut)
  if given(d, "least") then
    value = max(value, min(d.least, low))
  end
  return part("below", value, "below the range courts give {case} {value}")
end

local function over_the_range(d, high)
  local value = high * (1 + d.over)
  if given(d, "most") then
    value = min(value, max(d.most, high))
  end
  return part("above", value, "above the range courts give {case} {value}")
end

local function expected(of)
  return (1 - of.share_below - of.share_above) * of.within + of.share_below * of.below
    + of.share_above * of.above
end

local function show_spread(d, of, mean)
  local apart
  if given(d, "spread") then
    apart = d.spread
  else
    apart = sqrt((1 - of.share_below - of.share_above) * (of.within - mean) ^ 2
      + of.share_below * (of.below - mean) ^ 2 + of.share_above * (of.above - mean) ^ 2)
  end
  part("spread", apart, "like cases lie {value} about their mean (standard deviation)")
end

local function show_ends(d)
  if given(d, "lowest") then
    part("lowest", d.lowest, "the shortest sentence seen for {case} was {value}")
  end
  if given(d, "highest") then
    part("highest", d.highest, "the longest sentence seen for {case} was {value}")
  end
end

local function custody_claim(name, value)
  return claim { name, scheme = "established rule", text = "courts give {case} {value}",
    value = value,
    questions = { practice = "Is this where courts land, for cases of this type?" } }
end

-- --- what regimes use --------------------------------------------------------------------------

-- The sentences around `within`, what courts give inside the range from `low` to `high`, as the
-- ports of a sentence: the expected one as `custody`, and where there is discretion the three with
-- their shares. `name` is the name of the claim of the expected one.
function discretion.around(p, within, low, high, name)
  if not given(p, "discretion") then
    return { custody = custody_claim(name or "custody", within) }
  end
  local d = p.discretion
  local of = { within = part("within", within, "within the range courts give {case} {value}"),
    below = under_the_range(d, low), above = over_the_range(d, high) }
  of.share_below, of.share_above = d.below + checked(d), d.above
  of.custody = custody_claim(name or "custody", expected(of))
  show_spread(d, of, of.custody)
  show_ends(d)
  return of
end

-- The same where courts land at `lands` between the ends.
function discretion.custody(p, low, high)
  return discretion.around(p, low + p.lands * (high - low), low, high)
end

-- The shortest and the longest sentence: those seen among like cases, else the ends of the range.
function discretion.ends(p, low, high)
  if not given(p, "discretion") then
    return low, high
  end
  local d = p.discretion
  return given(d, "lowest") and d.lowest or low, given(d, "highest") and d.highest or high
end

return discretion

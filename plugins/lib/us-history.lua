-- Chapter Four of the United States guidelines: criminal history, and what it does to the level.

local editions = require "editions"
local facts = require "facts"
local steps = require "steps"

local history = {}

-- Sentences before this one. Those that count as one with another (4A1.2(a)(2)) are `single`.
history.prior_sentences = list { at_most = 40, optional = true,
  about = "prior sentences, instead of points or a category",
  of = {
    months = number { within = {0, math.huge}, about = "months of the sentence imposed" },
    days = number { within = {0, math.huge}, about = "days beside the months" },
    single = truth { about = "counted as one with another sentence listed" },
    violence = truth { about = "for a crime of violence" },
  } }

local DAYS_A_MONTH = 365.25 / 12

local function points_claim(name, value, cite, what)
  return claim { "points_" .. name, scheme = "figure", cite = cite, value = value,
    text = "{value} points for " .. what, applies = value:above(0),
    otherwise = "no points for " .. what }
end

local function count_of(holds)
  return over.prior_sentences.sum(where(holds, 1, 0))
end

-- Points under 4A1.1(a) to (d): the sentence's length decides.
local function points_of_sentences(priors, data)
  local days = priors.months * DAYS_A_MONTH + priors.days
  local counted = both(priors.present, negate(priors.single))
  local long = both(counted, days:above(data.long.over_months * DAYS_A_MONTH))
  local medium = both(counted, negate(long), days:at_least(data.medium.from_days))
  local short = both(counted, negate(long), negate(medium))
  local violent = both(priors.present, priors.single, priors.violence)
  return points_claim("long", data.long.points * count_of(long), data.long.cite,
      "sentences of more than a year and a month")
    + points_claim("medium", data.medium.points * count_of(medium), data.medium.cite,
      "sentences of at least 60 days")
    + points_claim("short", min(data.short.points * count_of(short), data.short.at_most),
      data.short.cite, "other sentences")
    + points_claim("violence", min(data.violence.points * count_of(violent),
      data.violence.at_most), data.violence.cite,
      "sentences for crimes of violence that were counted as one with others")
end

-- Points for committing the offense while under sentence: amended on 1 November 2023.
local function status_points(ledger, points, data)
  local rule = editions.only(data.under_sentence, ledger.edition, "4A1.1")
  local under = ledger.asked.truth("under_sentence")
  local holds = both(under, points:at_least(rule.from_points))
  return points_claim("status", where(holds, rule.points, 0), rule.cite,
    "being under a criminal justice sentence")
end

local function points_from_list(ledger, priors, data)
  if ledger.edition < data.carried_from then
    input_error("4A1.1 is carried from " .. data.carried_from .. " on, not for the edition of "
      .. ledger.edition, "give criminal_history_points or category instead of prior_sentences")
  end
  local points = points_of_sentences(priors, data)
  return points + status_points(ledger, points, data)
end

local function points_of(ledger, c, data)
  local points
  if given(c.facts, "prior_sentences") then
    points = points_from_list(ledger, c.facts.prior_sentences, data)
  elseif ledger.asked.stands("criminal_history_points") then
    points = ledger.asked.number("criminal_history_points")
  end
  return points and claim { "criminal_history_points", scheme = "figure", cite = "4A1.1",
    text = "{value} criminal history points", value = points }
end

local ENTRIES = { "category", "criminal_history_points", "prior_sentences" }

local function check_one_entry(c)
  local standing = {}
  for _, name in ipairs(ENTRIES) do
    if given(c.facts, name) then
      table.insert(standing, name)
    end
  end
  if #standing > 1 then
    input_error("criminal history is given more than once: " .. table.concat(standing, " and "),
      "give one")
  end
end

local function category_entered(asked)
  local number = 1
  for i, name in ipairs { "I", "II", "III", "IV", "V", "VI" } do
    number = i > 1 and where(asked.is("category", name), i, number) or number
  end
  return number
end

-- The category before 4B1.5, 1 to 6, and the points (nil where the category itself was entered).
function history.category(ledger, c, data)
  check_one_entry(c)
  local points = points_of(ledger, c, data.points)
  if not points then
    return category_entered(ledger.asked)
  end
  return steps.by_rows(points, data.category.rows, ledger.edition, 1), points
end

-- --- 4C1.1 -----------------------------------------------------------------------------------

local function is_excluded(p, data)
  for _, name in pairs(data.excluded_guidelines) do
    if p.guideline == name then
      return true
    end
  end
  return false
end

-- Two levels off for those without any points, since 1 November 2023.
function history.zero_points(ledger, p, points, data)
  local rule = editions.entry(data.zero_points, ledger.edition)
  if not rule then
    return
  end
  if given(p, "guideline") and is_excluded(p, data) then
    steps.take(ledger, "zero_points", { value = 0, cite = rule.cite, what = rule.what,
      applies = negate(true), otherwise = "no levels off for zero points: a sex offense" })
    return
  end
  local holds = ledger.asked.truth("zero_point_offender")
  if points then
    ledger.level = ledger.level + facts.refuse("zero_points", both(holds, points:above(0)),
      "zero_point_offender is true, but there are criminal history points")
  end
  steps.take(ledger, "zero_points", { value = where(holds, rule.add, 0), cite = rule.cite,
    what = rule.what, applies = holds, otherwise = "no levels off for " .. rule.what })
end

-- --- 4B1.5 -----------------------------------------------------------------------------------

-- The levels up to that of the statutory maximum, less acceptance. Without a maximum, a case in which
-- they are wanted is refused.
local function short_of(ledger, limits, data, off, holds)
  if not limits.maximum then
    ledger.level = ledger.level + facts.refuse("repeat_sex_offender", holds,
      "4B1.5(a) goes by the statutory maximum: give statutory_maximum or maximum_is_life")
    return quantity(0, "1")
  end
  local months = limits.maximum / quantity(1, "month")
  local level = steps.by_rows(months, data.levels, ledger.edition) + off
  return max(level - ledger.level, 0)
end

local function repeat_offender(ledger, limits, data, off)
  local holds = ledger.asked.truth("prior_sex_conviction")
  local short = short_of(ledger, limits, data, off, holds)
  steps.take(ledger, "repeat_sex_offender", { value = where(holds, short, 0), cite = data.cite,
    what = "a repeat sex offender", applies = both(holds, short:above(0)),
    otherwise = "no levels for a repeat sex offender, or the level is high enough" })
  return holds
end

local function pattern_offender(ledger, data, off, repeat_holds)
  local pattern = ledger.asked.truth("pattern_prohibited")
  local holds = both(pattern, negate(repeat_holds))
  steps.take(ledger, "pattern_prohibited", { value = where(holds, data.pattern.add, 0),
    cite = data.pattern.cite, what = "a pattern of prohibited sexual conduct", applies = holds,
    otherwise = "no levels for a pattern of prohibited sexual conduct" })
  local short = where(holds, max(data.pattern.floor + off - ledger.level, 0), 0)
  steps.take(ledger, "pattern_prohibited_floor", { value = short, cite = data.pattern.cite,
    applies = short:above(0), text = "{value} levels more: the least level with such a pattern" })
end

local function is_asked(ledger, p, data)
  local asked = ledger.asked
  local given_here = asked.stands("prior_sex_conviction") or asked.stands("pattern_prohibited")
  if given_here and ledger.edition < data.since then
    input_error("4B1.5 stands from " .. data.since .. " on, not in the edition of "
      .. ledger.edition, "leave prior_sex_conviction and pattern_prohibited out")
  end
  return given_here or (given(p, "guideline") and p.guideline == data.guideline
    and ledger.edition >= data.since)
end

-- Repeat and dangerous sex offenders: asked of the guideline that covers them, or where their facts
-- are given. `off`: the levels off for acceptance. Returns the category.
function history.sex_offender(ledger, p, limits, category, off)
  local data = p.chapters.sex_offender
  if not is_asked(ledger, p, data) then
    return category
  end
  local holds = repeat_offender(ledger, limits, data, off)
  pattern_offender(ledger, data, off, holds)
  return where(holds, max(category, data.least_category), category)
end

return history

-- Chapter Five of the United States guidelines: the table, the zones, and the statute over both.
--
-- Life is longer than any term of years. Inside it is counted as LIFE months, so that comparisons
-- come out; what leaves this file shows it as life and counts it as the premise `life_months`.

local editions = require "editions"
local facts = require "facts"

local range = {}

local LIFE = 1e6

local function figure(name, text, value, cite)
  return claim { name, scheme = "figure", text = text, value = value, cite = cite }
end

-- --- the table -------------------------------------------------------------------------------

local function months_or_life(months)
  return type(months) == "string" and LIFE or months
end

local function months_in(cell, at)
  return months_or_life(cell[at])
end

-- Cells that read otherwise in an older edition, by level and category.
local function older_cells(history, edition)
  local cells = {}
  for _, entry in ipairs(editions.entries(history.cells, edition)) do
    local old = entry[2]
    cells[old.row] = cells[old.row] or {}
    cells[old.row][old.column] = old.range
  end
  return cells
end

local CATEGORIES = { "I", "II", "III", "IV", "V", "VI" }

local function cells_at(p, older, at)
  local rows = {}
  for level, row in ipairs(p.table.levels) do
    local cells = {}
    for i, category in ipairs(CATEGORIES) do
      local old = older["level_" .. level]
      cells[i] = months_in(old and old[category] or row[category], at)
    end
    rows[level] = cells
  end
  return rows
end

-- The range of the table, as pure numbers of months with LIFE for life.
function range.of_table(ledger, p, level, category)
  local older = older_cells(p.table_history, ledger.edition)
  return lookup(cells_at(p, older, 1), level, category),
    lookup(cells_at(p, older, 2), level, category)
end

-- A term of years in months, and whether it stands for life.
local function shown(name, months, p, text, cite)
  local life = months:at_least(LIFE)
  claim { name .. "_is_life", scheme = "figure", text = "it is life", value = life,
    applies = life }
  return figure(name, text, where(life, p.life_months, months * quantity(1, "month")), cite)
end

function range.show_table(low, high, p)
  shown("range_low", low, p, "the range of the table begins at {value}", "Chapter Five, Part A")
  shown("range_high", high, p, "the range of the table ends at {value}", "Chapter Five, Part A")
end

-- --- zones -----------------------------------------------------------------------------------

-- What the zone allows (5B1.1, 5C1.1). Zones exist since 1 November 1992.
function range.zones(ledger, p, low)
  local standing = editions.entries(p.table_history.zones, ledger.edition)
  if #standing == 0 then
    return
  end
  local rule = standing[#standing][2]
  local zone = figure("zone", "the range lies in zone {value} (1 is A, 4 is D)",
    step(low, { from = { rule.b_from, rule.c_from, rule.d_from } }, { 2, 3, 4 }, 1), rule.cite)
  local function says(name, value, text, otherwise)
    claim { name, scheme = "figure", cite = rule.cite, value = value, applies = value,
      text = text, otherwise = otherwise }
  end
  says("zone_probation", zone:equals(1), "probation is allowed",
    "probation without conditions is not allowed")
  says("zone_probation_conditions", zone:equals(2),
    "probation is allowed, with confinement or detention for the minimum term")
  local split = where(zone:equals(2), rule.split_b, where(zone:equals(3), rule.split_c * low, 0))
  claim { "split_minimum", scheme = "figure", cite = rule.cite,
    value = split * quantity(1, "month"), applies = both(zone:at_least(2), zone:at_most(3)),
    text = "a split sentence must hold at least {value} of imprisonment" }
end

-- --- the statute -----------------------------------------------------------------------------

range.counts = list { at_most = 20, optional = true,
  about = "the statutory range of every count, where there are several",
  of = {
    statutory_minimum = number { unit = "month", within = {0, math.huge} },
    statutory_maximum = number { unit = "month", within = {0, math.huge} },
  } }

local function of_counts(counts)
  local present, maximum = counts.present, counts.statutory_maximum
  local wrong = over.counts.any(both(present, counts.statutory_minimum:above(maximum)))
  local refused = facts.refuse("counts", wrong, "a count's statutory_minimum is more than its "
    .. "statutory_maximum: no term would be lawful; correct one of them")
  return {
    minimum = over.counts.max(where(present, counts.statutory_minimum, 0))
      + refused * quantity(1, "month"),
    maximum = over.counts.max(where(present, maximum, 0)),
    stacked = over.counts.sum(where(present, maximum, 0)),
  }
end

local function of_facts(asked)
  local limits, life = {}, quantity(LIFE, "month")
  if asked.stands("statutory_minimum") then
    limits.minimum = asked.number("statutory_minimum")
  end
  if asked.stands("statutory_maximum") then
    limits.maximum = asked.number("statutory_maximum")
  end
  if asked.stands("maximum_is_life") then
    local is_life = asked.truth("maximum_is_life")
    limits.maximum = limits.maximum and where(is_life, life, limits.maximum) or life
      + life * facts.refuse("maximum_is_life", negate(is_life),
        "maximum_is_life is false, and statutory_maximum is missing: give statutory_maximum")
  end
  return limits
end

-- The statute by its name: a prior conviction, and for possession a victim under 12, raise it.
local function of_statute(asked, p)
  local entry = p.statutes.statutes[p.statute]
  local fields = editions.fields(entry)
  local minimum, maximum = fields.min, months_or_life(fields.max)
  local function raise(holds, part)
    local raised = editions.fields(part)
    minimum = where(holds, raised.min, minimum)
    maximum = where(holds, months_or_life(raised.max), maximum)
  end
  if fields.if_under_12 then
    raise(asked.truth("under_12"), fields.if_under_12)
  end
  if fields.prior then
    raise(asked.truth("prior_conviction"), fields.prior)
  end
  local month = quantity(1, "month")
  return { minimum = minimum * month, maximum = maximum * month, cite = fields.cite }
end

local function check_one_way(c, p)
  local ways = 0
  if given(p, "statute") and not editions.fields(p.statutes.statutes)[p.statute] then
    local _, names = editions.fields(p.statutes.statutes)
    input_error("there is no statute `" .. p.statute .. "`",
      "there are " .. table.concat(names, "; "))
  end
  if given(c.facts, "counts") then
    ways = ways + 1
  end
  if given(c.facts, "statutory_minimum") or given(c.facts, "statutory_maximum") then
    ways = ways + 1
  end
  if given(p, "statute") then
    ways = ways + 1
  end
  if ways > 1 then
    input_error("the statutory range is given more than once: by `statute`, by statutory_minimum "
      .. "and statutory_maximum, or by `counts`", "choose one")
  end
end

-- The least and the most that the statute allows, where they are given.
function range.limits(asked, c, p)
  check_one_way(c, p)
  local limits
  if given(c.facts, "counts") then
    limits = of_counts(c.facts.counts)
  elseif given(p, "statute") then
    limits = of_statute(asked, p)
  else
    limits = of_facts(asked)
  end
  if asked.stands("safety_valve") and limits.minimum then
    limits.minimum = where(asked.truth("safety_valve"), 0, limits.minimum)
  end
  return limits
end

-- The claims of the statute's ends. What is shown is what holds: a regime that drops the one or the
-- other is without it.
local function show_limits(limits, p)
  local life = quantity(LIFE, "month")
  if limits.minimum then
    limits.minimum = figure("statutory_minimum", "the statute requires at least {value}",
      limits.minimum, limits.cite)
  end
  if limits.maximum then
    local is_life = limits.maximum:at_least(life)
    local shown_maximum = figure("statutory_maximum", "the statute allows at most {value}",
      where(is_life, p.life_months, limits.maximum), limits.cite)
    claim { "statutory_maximum_is_life", scheme = "figure", text = "that is life",
      value = is_life, applies = is_life }
    limits.maximum = where(shown_maximum:above(0), limits.maximum, life)
  end
end

-- Several counts run together until the total punishment needs more (5G1.2(d)).
local function ceiling(limits, low, month)
  if not limits.stacked then
    return limits.maximum and limits.maximum / month
  end
  claim { "consecutive_counts", scheme = "figure", cite = "5G1.2(d)",
    value = low:above(limits.maximum / month), applies = low:above(limits.maximum / month),
    text = "counts run consecutively, as far as the total punishment needs" }
  return limits.stacked / month
end

-- The guideline sentence after the statute (5G1.1, 5G1.2), as pure numbers.
function range.within_statute(asked, low, high, limits, p)
  local month = quantity(1, "month")
  show_limits(limits, p)
  local most = ceiling(limits, low, month)
  local least = limits.minimum and limits.minimum / month
  if most then
    low, high = min(low, most), min(high, most)
  end
  if least then
    low, high = max(low, least), max(high, least)
  end
  if asked.stands("consecutive_months") then
    local more = asked.number("consecutive_months") / month
    low, high = low + more, high + more
  end
  return low, high
end

-- The claims of the guideline sentence; returns its ends in months.
function range.show_sentence(low, high, p)
  return shown("statutory_low", low, p, "the guideline sentence begins at {value}", "5G1.1"),
    shown("statutory_high", high, p, "the guideline sentence ends at {value}", "5G1.1")
end

return range

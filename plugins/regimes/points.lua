-- A table of points: a base level, adjustments for facts, and a range read off a table.
--
-- Each adjustment is a step of its own, with what it rests on, so that the worksheet of a case can
-- be read line by line. The sentence is taken at a stated place in the range.

local adjustments = require "adjustments"
local discretion = require "discretion"

local months = number { unit = "month", within = {0, math.huge} }

local function adjust(c, name, rule)
  local levels = adjustments.levels(c.facts[name], rule)
  return claim { "adjust-" .. name, scheme = "established rule", cite = rule.cite,
    text = "{case} gets {value} levels for " .. name, value = levels,
    applies = negate(levels:equals(0)), otherwise = "{case} gets no levels for " .. name }
end

local function total_level(c, p)
  local total = claim { "base", scheme = "established rule", cite = p.base_cite,
    text = "the base level is {value}", value = p.base }
  if given(p, "adjust") then
    for name, rule in pairs(p.adjust) do
      total = total + adjust(c, name, rule)
    end
  end
  return claim { "level", text = "{case} stands at level {value}", value = total }
end

-- One end of a cell's range; a text there is "life".
local function months_of(cell, at, life)
  local months_in_cell = cell[at]
  return type(months_in_cell) == "string" and life or months_in_cell * quantity(1, "month")
end

local function column(p, category, at)
  local cells, life = {}, p.life_months
  for _, row in ipairs(p.table.levels) do
    table.insert(cells, months_of(row[category], at, life))
  end
  return cells
end

local function all_columns(p, at)
  local rows, life = {}, p.life_months
  for _, row in ipairs(p.table.levels) do
    local cells = {}
    for category, cell in pairs(row) do
      cells[category] = months_of(cell, at, life)
    end
    table.insert(rows, cells)
  end
  return rows
end

-- A level beyond the table counts as its last (USSG Chapter Five, Part A, note 2).
local function read_off(c, p, level, at)
  local row = clamp(floor(level), 1, #p.table.levels)
  if given(p, "category_by") then
    return lookup(all_columns(p, at), row, c.facts[p.category_by])
  end
  return lookup(column(p, p.category, at), row)
end

-- A statute's own ends hold against the table's (USSG 5G1.1).
local function within_statute(p, months_of_table)
  if given(p, "statutory_minimum") then
    months_of_table = max(months_of_table, p.statutory_minimum)
  end
  if given(p, "statutory_maximum") then
    months_of_table = min(months_of_table, p.statutory_maximum)
  end
  return months_of_table
end

return regime {
  id = "points", version = "1.0.0", title = "Points and a table",
  about = "a base level, adjustments for facts, and a range read off a table",
  reads = {
    cases = { facts = map { of = fact {}, optional = true } },
    params = {
      base = number { about = "the level at which every case begins" },
      base_cite = text { optional = true },
      adjust = map { of = adjustments.rule, optional = true },
      table = table_of_data {},
      category = text { default = "I", about = "the criminal history category of every case" },
      category_by = text { optional = true, about = "the fact that holds it, where cases differ" },
      lands = number { within = {0, 1}, about = "where in the range courts land" },
      discretion = discretion.rule,
      life_months = number { unit = "month", above = 0, default = 470, status = "illustrative",
        about = "months that stand for life" },
      statutory_minimum = by_case { of = months, optional = true },
      statutory_maximum = by_case { of = months, optional = true },
    },
  },
  sentence = function(c, p)
    local level = total_level(c, p)
    local low = claim { "low", scheme = "established rule",
      text = "the range of {case} begins at {value}",
      value = within_statute(p, read_off(c, p, level, 1)) }
    local high = claim { "high", scheme = "established rule",
      text = "the range of {case} ends at {value}",
      value = within_statute(p, read_off(c, p, level, 2)) }
    local sentences = discretion.custody(p, low, high)
    low, high = discretion.ends(p, low, high)
    return conclude { components = sentences, low = low, high = high }
  end,
}

-- A matrix of starting points and ranges: cells that are terms of custody, or orders below custody.
--
-- An order below custody counts as 0 months of custody; its rank says which one it is. A cell that
-- is not verified has no value unless the user accepts it.

local editions = require "editions"

local matrix = {}

-- Orders below custody, from the least; custody itself ranks above them all.
local ORDERS = { "discharge", "band A fine", "band B fine", "band C fine", "low community order",
  "medium community order", "high community order" }
local CUSTODY = #ORDERS + 1

local function rank_of(term)
  for rank, order in ipairs(ORDERS) do
    if term == order then
      return rank
    end
  end
  if type(term) == "string" then
    error("no such order: " .. term, 0)
  end
  return CUSTODY
end

local function months_of(term)
  return type(term) == "string" and quantity(0, "month") or term
end

local COLUMNS = {
  culpability = { "A", "B", "C" },
  image_conduct = { "possession", "distribution", "production" },
  one = { "one" },
}
local FACTS = { culpability = "culpability_level", image_conduct = "image_conduct" }

local function label_number(asked, name, labels)
  local number = 1
  for i = 2, #labels do
    number = where(asked.is(name, labels[i]), i, number)
  end
  return number
end

-- Where the case stands: row and column, from 1.
local function position(asked, data)
  local row
  if data.rows == "image_category" then
    row = label_number(asked, "image_category", { "A", "B", "C" })
  else
    row = asked.number("harm")
  end
  local fact = FACTS[data.columns]
  return row, fact and label_number(asked, fact, COLUMNS[data.columns]) or 1
end

local function unverified(row, cell)
  return row.status == "unverified" or cell.status == "unverified"
end

-- Rows of what `take` makes of each cell.
local function rows_of(data, take)
  local rows = {}
  for i, row in ipairs(data.cells) do
    local row_fields = editions.fields(row)
    rows[i] = {}
    for j, name in ipairs(COLUMNS[data.columns]) do
      local cell = editions.fields(row_fields[name])
      rows[i][j] = take(cell, unverified(row_fields, cell))
    end
  end
  return rows
end

-- The cell of the case: months and ranks of start, low and high, and whether it is verified.
function matrix.cell(asked, data)
  local row, column = position(asked, data)
  local cell = {}
  for _, part in ipairs { "start", "low", "high" } do
    cell[part] = lookup(rows_of(data, function(fields)
      return months_of(fields[part])
    end), row, column)
    cell[part .. "_rank"] = lookup(rows_of(data, function(fields)
      return rank_of(fields[part])
    end), row, column)
  end
  cell.unverified = lookup(rows_of(data, function(_, is_unverified)
    return is_unverified and 1 or 0
  end), row, column):equals(1)
  return cell
end

matrix.custody_rank = CUSTODY
return matrix

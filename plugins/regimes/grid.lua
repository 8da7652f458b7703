-- A grid of severity by criminal history, as in Minnesota: a presumptive sentence in each cell,
-- stayed or executed, and a range where it is executed.

local discretion = require "discretion"
local editions = require "editions"
local facts = require "facts"

local vocabulary = {
  severity = facts.number("the severity of the offence, a row of the grid", { within = { 1, 99 } }),
  history_score = facts.number("the criminal history score, a column of the grid from 0"),
}

-- The cells of the grid, as rows of what `take` makes of each.
local function rows_of(data, take)
  local rows = {}
  for i, row in ipairs(data.severity) do
    rows[i] = {}
    for _, cell in pairs(row) do
      table.insert(rows[i], take(editions.fields(cell)))
    end
  end
  return rows
end

local function months_at(c, data, take)
  local rows = rows_of(data, take)
  local column = min(floor(c.history) + 1, #rows[1])
  return lookup(rows, c.severity, column) * quantity(1, "month")
end

local function figure(name, text, value, cite)
  return claim { name, scheme = "figure", text = text, value = value, cite = cite }
end

local function cell_of(c, data)
  local cell = {
    presumptive = months_at(c, data, function(fields) return fields.months end),
    low = months_at(c, data, function(fields) return fields.low or 0 end),
    high = months_at(c, data, function(fields) return fields.high or 0 end),
  }
  cell.executed = cell.high:above(0)
  return cell
end

local function show(cell)
  figure("presumptive", "the presumptive sentence is {value}", cell.presumptive)
  claim { "executed", scheme = "figure", value = cell.executed, applies = cell.executed,
    text = "it is executed", otherwise = "it is stayed" }
  figure("grid_low", "the range begins at {value}", cell.low)
  figure("grid_high", "the range ends at {value}", cell.high)
end

-- What is pronounced, or the part of it that is served in prison.
local function counted(p, months)
  return p.count == "served" and months * p.table.served.share or months
end

-- What each of the sentences pronounced comes to, stayed or executed.
local function served(cell, p, sentence)
  local months = {}
  for _, name in ipairs { "custody", "within", "below", "above" } do
    if sentence[name] then
      months[name] = where(cell.executed, counted(p, sentence[name]), p.stayed)
    end
  end
  return months
end

return regime {
  id = "grid", version = "1.0.0", title = "Grid of severity and history",
  about = "a presumptive sentence by severity and criminal history, stayed or executed",
  reads = {
    cases = { facts = { facts.declared(vocabulary) } },
    params = { discretion.params,
      table = table_of_data { default = "minnesota" },
      count = text { among = { "pronounced", "served" }, default = "pronounced",
        about = "months as pronounced, or the part of them served in prison" },
      stayed = number { unit = "month", within = {0, math.huge}, default = 0,
        status = "illustrative", about = "custody that a stayed sentence comes to" },
      probation = number { unit = "month", within = {0, math.huge}, default = 0,
        status = "illustrative", about = "supervision that goes with a stayed sentence" },
    },
  },
  sentence = function(c, p)
    local asked = facts.ask(c.facts, vocabulary)
    local at = { severity = asked.number("severity"), history = asked.number("history_score") }
    asked.done()
    local cell = cell_of(at, p.table)
    show(cell)
    local sentence = discretion.around(p, cell.presumptive, cell.low, cell.high, "executed_term")
    for name, months in pairs(served(cell, p, sentence)) do
      sentence[name] = months
    end
    sentence.custody = claim { "custody", scheme = "established rule",
      text = "{case} serves {value}", value = sentence.custody,
      questions = { practice = "Do courts follow the grid, for cases of this type?" } }
    sentence.supervision = where(cell.executed, 0, p.probation)
    local low, high = discretion.ends(p, cell.low, cell.high)
    return conclude { components = sentence,
      low = where(cell.executed, low, 0), high = where(cell.executed, high, 0) }
  end,
}

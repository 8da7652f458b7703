-- Multiple counts (3D1.4) and acceptance of responsibility (3E1.1): from the adjusted level to the
-- level at which Chapter Four begins.

local facts = require "facts"
local steps = require "steps"

local counts = {}

-- The groups of counts beside the one that is worked out: a fact with an axis of its own.
counts.groups = list { at_most = 20, optional = true,
  about = "the other groups of counts; all of them, where no other level is entered",
  of = { level = number { within = {0, math.huge}, whole = true,
    about = "the group's adjusted level" } } }

-- A unit for a group up to 4 levels below the highest, half a one up to 8, none for the rest.
local function units_of(level, highest, data)
  local less = highest - level
  return where(less:at_most(data.whole_within), 1, where(less:at_most(data.half_within), 0.5, 0))
end

-- The increase for a number of units: halves count, "more than 5" is its own row.
local function increase(units, data, edition)
  local levels = steps.by_rows(units, data.increase, edition)
  return where(units:above(data.more_than.units), data.more_than.add, levels)
end

-- The level of all groups together. `own`: the level worked out before, or nil.
local function combined(ledger, groups, own, data)
  local level, present = groups.level, groups.present
  local highest = over.groups.max(where(present, level, 0))
  highest = own and max(highest, own) or highest
  local units = over.groups.sum(where(present, units_of(level, highest, data), 0))
  if own then
    units = units + units_of(own, highest, data)
  end
  units = claim { "units", scheme = "figure", cite = "3D1.4",
    text = "the groups come to {value} units", value = units }
  return highest, increase(units, data, ledger.edition)
end

function counts.multiple(ledger, c, data)
  local own = ledger.level
  if not given(c.facts, "groups") then
    return
  end
  local highest, more = combined(ledger, c.facts.groups, own, data)
  steps.take(ledger, "highest_group", { value = own and highest - own or highest, cite = "3D1.4",
    text = "{value} levels: the group with the highest level leads",
    applies = own and highest:above(own) or nil, otherwise = "no other group stands higher" })
  steps.take(ledger, "multiple_counts", { value = more, cite = "3D1.4",
    what = "the other groups of counts", applies = more:above(0),
    otherwise = "the other groups add nothing" })
end

-- --- acceptance ------------------------------------------------------------------------------

local function third_level(ledger, accepted, before, data)
  local asked, fact = ledger.asked, data.third.fact_before_motion
  if ledger.edition >= data.third.motion_since then
    fact = data.third.fact
  elseif ledger.edition < data.third.since then
    return
  end
  local moved = asked.truth(fact)
  ledger.level = ledger.level + facts.refuse("acceptance", both(moved, negate(accepted)),
    fact .. " is true, but acceptance is not: the third level comes only with the first two")
  local holds = both(accepted, moved, before:at_least(data.third.from_level))
  steps.take(ledger, "acceptance_third", { value = where(holds, data.third.add, 0),
    cite = data.third.cite, what = "a timely plea or assistance", applies = holds,
    otherwise = "no third level: it needs acceptance, " .. fact .. " and a level of 16 before" })
end

-- Returns the levels taken off, as a number of 0 or less.
function counts.acceptance(ledger, data)
  local before = ledger.level
  local accepted = ledger.asked.truth("acceptance")
  steps.take(ledger, "acceptance", { value = where(accepted, data.add, 0), cite = data.cite,
    what = "acceptance of responsibility", applies = accepted,
    otherwise = "no levels off for acceptance of responsibility" })
  third_level(ledger, accepted, before, data)
  return ledger.level - before
end

return counts

-- Chapters Two and Three of the United States guidelines: from the facts to the adjusted level.

local adjustments = require "adjustments"
local editions = require "editions"
local facts = require "facts"
local steps = require "steps"

local offence = {}

-- The guidelines that are carried, and the files of plugins/data that hold them.
local CARRIED = { "2B1.1", "2B1.4", "2B5.1", "2F1.1", "2G2.1", "2G2.2", "2G2.4", "2Q1.2", "2Q1.3",
  "2Q2.1", "2T1.1" }

offence.names = CARRIED

local ENTER_LATER = "enter at a later step (chapter_two_level)"

-- One table of data for each guideline, under its name.
function offence.declared()
  local declared = { optional = false }
  for _, name in ipairs(CARRIED) do
    declared[name] = table_of_data { default = "us/" .. name }
  end
  return record(declared)
end

local function check_edition(name, data, edition)
  if data.carried_from > edition then
    input_error(name .. " is carried from " .. data.carried_from .. " on, not for the edition of "
      .. edition, ENTER_LATER)
  end
  local fields = editions.fields(data)
  if fields.carried_before and edition >= fields.carried_before then
    input_error(name .. " is carried until " .. fields.carried_before .. ", not for the edition of "
      .. edition, fields.afterwards)
  end
end

-- Facts that the text of an edition does not hold, given all the same: their step is not carried.
local function check_not_carried(asked, data, edition)
  local fields = editions.fields(data)
  for _, part in ipairs(fields.not_carried and editions.entries(fields.not_carried, edition) or {}) do
    local rule = part[2]
    if asked.stands(rule.fact) then
      input_error(rule.cite .. " (" .. rule.fact .. ") is not carried for the edition of "
        .. edition, ENTER_LATER)
    end
  end
end

local function check_verified(ledger, name, data)
  local fields = editions.fields(data)
  local unverified = fields.verified_since and ledger.edition < fields.verified_since
  if unverified and ledger.accept ~= "unverified" then
    input_error(name .. " is verified from " .. fields.verified_since
      .. " on, not for the edition of " .. ledger.edition,
      "enter at a later step, or say `accept: unverified`")
  end
end

local function guideline(ledger, name, data)
  check_edition(name, data, ledger.edition)
  check_verified(ledger, name, data)
  check_not_carried(ledger.asked, data, ledger.edition)
  steps.base(ledger, data.base)
  steps.all(ledger, data.steps)
end

-- --- cross references ------------------------------------------------------------------------

local function any_stands(asked, names)
  for _, name in ipairs(names) do
    if asked.stands(name) then
      return true
    end
  end
  return false
end

-- Both guidelines are worked out, and the greater level holds.
local function take_other(ledger, p, rule, holds)
  local other = steps.beside(ledger, rule.named .. "-")
  guideline(other, rule.to, p.guidelines[rule.to])
  local level = steps.total(other, "level", "the level under " .. rule.to .. " is {value}")
  local more = where(holds, max(level - ledger.level, 0), 0)
  steps.take(ledger, "cross_reference", { value = more, cite = rule.cite, applies = more:above(0),
    text = "{value} levels more: the cross reference to " .. rule.to .. " gives the greater level",
    otherwise = "the cross reference to " .. rule.to
      .. " does not apply, or gives no greater level" })
end

-- Without the facts of the other guideline, a case in which the reference applies is refused.
local function cross_reference(ledger, p, data)
  local fields = editions.fields(data)
  local rule = fields.cross_reference and editions.entry(fields.cross_reference, ledger.edition)
  if not rule then
    return
  end
  local holds = ledger.asked.truth(rule.fact)
  if any_stands(ledger.asked, { "minor_age", "sexual_act" }) then
    take_other(ledger, p, rule, holds)
    return
  end
  ledger.level = ledger.level + facts.refuse("cross_reference", holds, "the cross reference to "
    .. rule.to .. " applies: give the facts of that guideline too (minor_age, sexual_act, ...)")
end

-- --- contradictions --------------------------------------------------------------------------

-- Facts that cannot stand together, and facts that call for another: `unless_given`.
local function contradictions(ledger, data)
  local fields = editions.fields(data)
  local rules = fields.contradictions
  for _, entry in ipairs(rules and editions.entries(rules, ledger.edition) or {}) do
    local rule = entry[2]
    local wanted = rule.unless_given
    if not (wanted and (ledger.asked.stands(wanted) or ledger.asked.nothing_else)) then
      local holds = steps.condition(ledger, rule)
      ledger.level = ledger.level + facts.refuse(entry[1], holds, rule.what)
    end
  end
end

-- --- Chapter Two -----------------------------------------------------------------------------

-- Steps that a scenario adds to the guideline, in the vocabulary of the kind `points`.
local function added_steps(ledger, c, p)
  if not given(p, "add") then
    return
  end
  for name, rule in pairs(p.add) do
    steps.take(ledger, "adjust-" .. name, adjustments.step(c, ledger.asked, name, rule))
  end
end

function offence.chapter_two(ledger, c, p)
  local data = p.guidelines[p.guideline]
  guideline(ledger, p.guideline, data)
  contradictions(ledger, data)
  cross_reference(ledger, p, data)
  added_steps(ledger, c, p)
  steps.say_left_out(ledger)
end

-- --- Chapter Three, Parts A to C -------------------------------------------------------------

local function other_adjustments(ledger)
  if not ledger.asked.stands("other_adjustments") then
    return
  end
  local levels = ledger.asked.number("other_adjustments")
  steps.take(ledger, "other_adjustments", { value = levels, cite = "Chapter Three",
    what = "adjustments entered as such", applies = negate(levels:equals(0)),
    otherwise = "no other adjustments" })
end

-- What the guideline itself counted, Chapter Three does not count again.
local function counted_already(ledger, p)
  local fields = given(p, "guideline") and editions.fields(p.guidelines[p.guideline]) or {}
  local rule = fields.vulnerable_victim_counted
    and editions.entry(fields.vulnerable_victim_counted, ledger.edition)
  return rule and { holds = ledger.asked.truth(rule.fact), cite = rule.cite }
end

local function chapter_three_step(ledger, name, rule, counted)
  if not (rule.gives_way and counted) then
    steps.one(ledger, name, rule)
    return
  end
  local holds = both(steps.condition(ledger, rule), negate(counted.holds))
  steps.take(ledger, name, { value = where(holds, rule.add, 0), what = rule.what,
    cite = rule.cite, applies = holds, otherwise = "no levels for " .. rule.what
      .. ", or the guideline has counted it already (" .. counted.cite .. ")" })
end

function offence.chapter_three(ledger, p)
  local counted = counted_already(ledger, p)
  for _, entry in ipairs(editions.entries(p.chapters.chapter_three, ledger.edition)) do
    chapter_three_step(ledger, entry[1], entry[2], counted)
  end
  other_adjustments(ledger)
end

return offence

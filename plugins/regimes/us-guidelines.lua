-- The United States sentencing guidelines, step by cited step, in their order of application:
-- Chapter Two, Chapter Three, multiple counts, acceptance, Chapter Four, the table, the statute.
--
-- One edition holds for the whole calculation: the text that was in force on its day. A case may
-- enter at any step. The tables are data; this file and the lib of the same kind hold the order.

local adjustments = require "adjustments"
local contradictions = require "us-contradictions"
local counts = require "us-counts"
local discretion = require "discretion"
local facts = require "facts"
local history = require "us-history"
local offence = require "us-offence"
local range = require "us-range"
local steps = require "steps"
local vocabulary = require "us-facts"

local ENTRIES = { "chapter_two_level", "adjusted_level", "combined_level", "total_level" }

-- How far the entry leads: 0 where the guideline itself is worked out.
local function entry_of(c, p)
  local found, at = nil, 0
  for i, name in ipairs(ENTRIES) do
    if given(c.facts, name) and found then
      input_error("levels are entered twice: " .. found .. " and " .. name, "give one")
    elseif given(c.facts, name) then
      found, at = name, i
    end
  end
  if found and given(p, "guideline") then
    input_error("`guideline` is given, and a level is entered after it: " .. found, "give one")
  end
  return found, at
end

local EDITIONS = "there are editions from "

local function edition_of(p)
  local carried = p.chapters.editions
  local edition = p.edition or carried.newest
  if edition < carried.first then
    input_error("editions before " .. carried.first .. " are not carried (the sentencing table "
      .. "was amended on that day): " .. edition, EDITIONS .. carried.first .. " on")
  elseif edition >= carried.last_before then
    input_error("editions from " .. carried.last_before .. " on are not carried: " .. edition,
      EDITIONS .. carried.first .. " on, and before " .. carried.last_before)
  end
  return edition
end

local function enter(ledger, name)
  steps.take(ledger, "entered", { value = ledger.asked.number(name), cite = "entered",
    text = "level {value} is entered (" .. name .. ")" })
end

local function begin(ledger, c, p, entry)
  if entry then
    enter(ledger, entry)
  elseif given(p, "guideline") then
    offence.chapter_two(ledger, c, p)
    steps.total(ledger, "chapter_two_level", "Chapter Two comes to level {value}", p.guideline)
  elseif not given(c.facts, "groups") then
    input_error("nothing to start from: no guideline and no level is given",
      "give `guideline` (" .. table.concat(offence.names, ", ") .. "), a level ("
      .. table.concat(ENTRIES, ", ") .. ") or `groups`")
  end
end

-- From the entry to the level before Chapter Four. Returns the levels off for acceptance.
local function levels(ledger, c, p)
  local entry, at = entry_of(c, p)
  begin(ledger, c, p, entry)
  if at <= 1 and ledger.level then
    offence.chapter_three(ledger, p)
    steps.total(ledger, "adjusted_level", "the adjusted level is {value}", "Chapter Three")
  end
  if at <= 2 then
    counts.multiple(ledger, c, p.chapters.multiple_counts)
    steps.total(ledger, "combined_level", "the combined level is {value}", "3D1.4")
  end
  if at <= 3 then
    return counts.acceptance(ledger, p.chapters.acceptance)
  end
end

local function depart(ledger)
  if not ledger.asked.stands("departure_levels") then
    return
  end
  local levels_off = ledger.asked.number("departure_levels")
  steps.take(ledger, "departure", { value = levels_off, cite = "departure",
    what = "a departure", applies = negate(levels_off:equals(0)), otherwise = "no departure" })
end

-- A level beyond the table counts as its last (Chapter Five, Part A, note 2).
local function within_table(ledger, p)
  local level = ledger.level
  local beyond = clamp(level, 1, #p.table.levels) - level
  steps.take(ledger, "table_end", { value = beyond, cite = "Chapter Five, Part A, note 2",
    applies = negate(beyond:equals(0)), text = "{value} levels: the table ends there",
    otherwise = "the level lies within the table" })
  return steps.total(ledger, "total_level", "the total offense level is {value}")
end

-- Chapter Four: returns the category, 1 to 6.
local function chapter_four(ledger, c, p, limits, off)
  local category, points = history.category(ledger, c, p.chapters.history)
  if off then
    category = history.sex_offender(ledger, p, limits, category, off)
    history.zero_points(ledger, p, points, p.chapters.zero_point_offender)
  end
  return claim { "category", scheme = "figure", cite = "4A1.1",
    text = "criminal history category {value}", value = category }
end

return regime {
  id = "us-guidelines", version = "1.0.0", title = "United States sentencing guidelines",
  about = "the guidelines of a dated edition, step by step, to the range and the statute",
  reads = {
    cases = { facts = { facts.declared(vocabulary), groups = counts.groups,
      prior_sentences = history.prior_sentences, counts = range.counts } },
    params = { discretion.params,
      guideline = text { among = offence.names, optional = true,
        about = "the guideline of Chapter Two; not needed where a level is entered" },
      edition = date { optional = true,
        about = "the day whose text holds; without it, the newest edition carried" },
      not_given = text { among = { "ask", "none" }, default = "ask",
        about = "facts that are not given: asked for, or none: false, 0 or `none`" },
      accept = text { among = { "sourced", "unverified" }, default = "sourced",
        about = "whether levels that are not verified may be used" },
      add = map { of = adjustments.rule, optional = true,
        about = "steps added to Chapter Two, as in the kind `points`" },
      statute = text { optional = true, about = "the statute's name in the table of statutes" },
      life_months = number { unit = "month", above = 0, default = 470, status = "illustrative",
        about = "months that stand for life" },
      guidelines = offence.declared(),
      chapters = table_of_data { default = "us/chapters" },
      loss = table_of_data { default = "us/loss-table" },
      tax = table_of_data { default = "us/2T4.1" },
      table = table_of_data { default = "us-sentencing-table" },
      table_history = table_of_data { default = "us/sentencing-table-history" },
      statutes = table_of_data { default = "us/statutes" },
    },
  },
  sentence = function(c, p)
    local asked = facts.ask(c.facts, vocabulary, p.not_given)
    local ledger = steps.open(asked, edition_of(p), { loss = p.loss, tax = p.tax },
      p.accept)
    local limits = range.limits(asked, c, p)
    claim { "edition", scheme = "figure", value = negate(false), applies = negate(false),
      text = "the text in force on " .. ledger.edition .. " is applied" }
    local off = levels(ledger, c, p)
    local category = chapter_four(ledger, c, p, limits, off)
    depart(ledger)
    local level = within_table(ledger, p)
    local low, high = range.of_table(ledger, p, level, category)
    range.show_table(low, high, p)
    range.zones(ledger, p, low)
    low, high = range.within_statute(asked, low, high, limits, p)
    low = low + contradictions.refuse(asked)
    asked.done()
    low, high = range.show_sentence(low, high, p)
    local sentences = discretion.custody(p, low, high)
    claim { "not_worked_out", scheme = "figure", value = negate(false), applies = negate(false),
      text = "not worked out, for no text of their figures was read: terms of supervised release "
        .. "(5D1.2), fines and restitution" }
    low, high = discretion.ends(p, low, high)
    return conclude { components = sentences, low = low, high = high }
  end,
}

-- A statutory range, and where in it courts land.
--
-- Either one range holds for all (`custody`), or a fact of the case, such as the charge, chooses
-- among several (`by` and `ranges`). The sentence is taken at a stated place between the ends, for
-- a range on its own says nothing about a case.

local editions = require "editions"
local facts = require "facts"

local function months(about)
  return number { unit = "month", within = {0, math.huge}, optional = true, about = about }
end

local function range(optional)
  return record {
    min = months "the least the statute allows",
    max = months "the most the statute allows",
    statute = text { optional = true, about = "instead of min and max: a name in `table`" },
    lands = number { within = {0, 1}, about = "where courts land: 0 at the least, 1 at the most" },
    cite = text { optional = true },
    optional = optional,
  }
end

-- --- ranges as data ----------------------------------------------------------------------------

local function months_in(value, p)
  return type(value) == "string" and p.life_months or value * quantity(1, "month")
end

local function statute_of(p, name)
  if not given(p, "table") then
    input_error("`statute` is a name in a table of statutes, and no `table` is given",
      "add `table:`, as in `table: us/statutes`")
  end
  local statutes, names = editions.fields(p.table.statutes)
  if not statutes[name] then
    input_error("there is no statute `" .. name .. "`", "there are " .. table.concat(names, "; "))
  end
  return editions.fields(statutes[name])
end

-- The ends of a statute of the table. Those that are not verified must be accepted.
local function from_table(p, rule)
  local statute = statute_of(p, rule.statute)
  local doubt = statute.status == "unverified"
  if doubt and p.accept ~= "unverified" then
    input_error("`" .. rule.statute .. "` is not verified (" .. statute.source .. ")",
      "say `accept: unverified` to use it")
  end
  return { min = months_in(statute.min, p), max = months_in(statute.max, p), lands = rule.lands,
    cite = doubt and statute.cite .. " (unverified)" or statute.cite }
end

local function one_range(p, rule)
  if given(rule, "statute") then
    return from_table(p, rule)
  elseif not (given(rule, "min") and given(rule, "max")) then
    input_error("a statutory range lacks `min` or `max`",
      "give both, or a `statute` of the table")
  end
  return { min = rule.min, max = rule.max, lands = rule.lands, cite = rule.cite }
end

-- What stands for a label without a range: such a case is refused.
local function no_range(fact, p)
  local known
  for label, _ in pairs(p.ranges) do
    known = known and either(known, fact:is(label)) or fact:is(label)
  end
  return facts.refuse("no_range", negate(known),
    "`ranges` has none for this case's " .. p.by .. ": add one")
end

-- Each end by the label of the deciding fact.
local function range_by_fact(c, p)
  if not (given(p, "by") and given(p, "ranges")) then
    input_error("statutory: no range is given", "give either `custody`, or `by` and `ranges`")
  end
  local fact = c.facts[p.by]
  local chosen = { min = {}, max = {}, lands = {} }
  local cites = {}
  for label, rule in pairs(p.ranges) do
    local of_label = one_range(p, rule)
    chosen.min[label], chosen.max[label] = of_label.min, of_label.max
    chosen.lands[label] = of_label.lands
    table.insert(cites, of_label.cite)
  end
  local missing = no_range(fact, p)
  chosen.min.otherwise, chosen.max.otherwise = missing * quantity(1, "month"), quantity(0, "month")
  chosen.lands.otherwise = 0
  return {
    min = fact:pick(chosen.min),
    max = fact:pick(chosen.max),
    lands = fact:pick(chosen.lands),
    cite = #cites > 0 and table.concat(cites, "; ") or nil,
  }
end

return regime {
  id = "statutory", version = "1.1.0", title = "Statutory range",
  about = "a least and a most, and where courts land between them",
  reads = {
    cases = { facts = map { of = fact {}, optional = true } },
    params = {
      custody = range(true),
      by = text { optional = true, about = "the fact that chooses among `ranges`" },
      ranges = map { of = range(false), optional = true },
      table = table_of_data { optional = true,
        about = "a table of statutes: us/statutes, india, singapore, netherlands" },
      accept = text { among = { "sourced", "unverified" }, default = "sourced",
        about = "whether ranges that are not verified may be used" },
      life_months = number { unit = "month", above = 0, default = 470, status = "illustrative",
        about = "months that stand for life" },
    },
  },
  sentence = function(c, p)
    local within = given(p, "custody") and one_range(p, p.custody) or range_by_fact(c, p)
    local low = claim { "low", scheme = "established rule", cite = within.cite,
      text = "the statute allows {case} no less than {value}", value = within.min }
    local high = claim { "high", scheme = "established rule", cite = within.cite,
      text = "the statute allows {case} no more than {value}", value = within.max }
    local custody = claim { "custody", scheme = "established rule",
      text = "courts give {case} {value}", value = low + within.lands * (high - low),
      questions = { practice = "Is this where courts land, for cases of this type?" } }
    return conclude { components = { custody = custody }, low = low, high = high }
  end,
}

-- A statutory range, and where in it courts land.
--
-- Either one range holds for all (`custody`), or a fact of the case, such as the charge, chooses
-- among several (`by` and `ranges`). The sentence is taken at a stated place between the ends, for
-- a range on its own says nothing about a case.

local function range(optional)
  return record {
    min = number { unit = "month", within = {0, math.huge},
      about = "the least the statute allows" },
    max = number { unit = "month", within = {0, math.huge},
      about = "the most the statute allows" },
    lands = number { within = {0, 1}, about = "where courts land: 0 at the least, 1 at the most" },
    cite = text { optional = true },
    optional = optional,
  }
end

local function one_range(p)
  local custody = p.custody
  return { min = custody.min, max = custody.max, lands = custody.lands, cite = custody.cite }
end

-- Each end by the label of the deciding fact. A label without a range is an error.
local function range_by_fact(c, p)
  if not (given(p, "by") and given(p, "ranges")) then
    error("statutory: give either `custody`, or `by` and `ranges`")
  end
  local fact = c.facts[p.by]
  local chosen = { min = {}, max = {}, lands = {} }
  local cites = {}
  for label, of_label in pairs(p.ranges) do
    chosen.min[label], chosen.max[label] = of_label.min, of_label.max
    chosen.lands[label] = of_label.lands
    table.insert(cites, of_label.cite)
  end
  return {
    min = fact:pick(chosen.min),
    max = fact:pick(chosen.max),
    lands = fact:pick(chosen.lands),
    cite = #cites > 0 and table.concat(cites, "; ") or nil,
  }
end

return regime {
  id = "statutory", version = "1.0.0", title = "Statutory range",
  about = "a least and a most, and where courts land between them",
  reads = {
    cases = { facts = map { of = fact {}, optional = true } },
    params = {
      custody = range(true),
      by = text { optional = true, about = "the fact that chooses among `ranges`" },
      ranges = map { of = range(false), optional = true },
    },
  },
  sentence = function(c, p)
    local within = given(p, "custody") and one_range(p) or range_by_fact(c, p)
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

-- Levels for a fact in the vocabulary of the kind `points`: { add } for a truth, { tiers } from each
-- number of something on, { when } by the name that a fact has.

local adjustments = {}

adjustments.rule = record {
  add = number { optional = true, about = "levels for a fact that is true" },
  tiers = map { of = number {}, optional = true,
    about = "levels from each number of something on: {10: 2, 150: 3}" },
  when = map { of = number {}, optional = true, about = "levels by the name a fact has" },
  cite = text { optional = true },
}

-- Thresholds are keys of the scenario, and so part of the rule's structure.
local function by_tiers(amount, tiers)
  local thresholds, levels_from, levels = {}, {}, {}
  for key, level in pairs(tiers) do
    local threshold = tonumber(key)
      or input_error("tiers: `" .. key .. "` is not a number", "write {10: 2, 150: 3}")
    table.insert(thresholds, threshold)
    levels_from[threshold] = level
  end
  table.sort(thresholds)
  for _, threshold in ipairs(thresholds) do
    table.insert(levels, levels_from[threshold])
  end
  return step(amount, { from = thresholds }, levels, 0)
end

local function by_name(name, when)
  local levels = { otherwise = 0 }
  for label, level in pairs(when) do
    levels[label] = level
  end
  return name:pick(levels)
end

-- What a rule gives for a fact of the case.
function adjustments.levels(fact_of_case, rule)
  if given(rule, "add") then
    return where(fact_of_case, rule.add, 0)
  elseif given(rule, "tiers") then
    return by_tiers(fact_of_case, rule.tiers)
  end
  return by_name(fact_of_case, rule.when)
end

-- A fact by its name: one of a vocabulary, or one that only an added rule reads.
function adjustments.fact(c, asked, name)
  return asked.knows(name) and asked.any(name) or c.facts[name]
end

-- A step's fields, but for its name.
function adjustments.step(c, asked, name, rule)
  local levels = adjustments.levels(adjustments.fact(c, asked, name), rule)
  return { value = levels, what = name, cite = rule.cite, applies = negate(levels:equals(0)),
    text = "{value} levels for " .. name, otherwise = "no levels for " .. name }
end

return adjustments

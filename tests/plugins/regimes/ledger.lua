-- A small ledger of points for tests: a list, an edition, a default table, a refusal.

local function newest(editions, day)
  local found
  for from, text in pairs(editions) do
    if from <= day then found = text end
  end
  return found or input_error("no edition for " .. day)
end

local function need(facts, names)
  local missing = {}
  for _, name in ipairs(names) do
    if not given(facts, name) then table.insert(missing, name) end
  end
  if #missing > 0 then
    input_error("missing facts: " .. table.concat(missing, ", "))
  end
end

local function others(c)
  if not given(c.facts, "groups") then
    return claim { "groups", scheme = "step", text = "no other groups", value = quantity(0, "1") }
  end
  local groups = c.facts.groups
  local each = claim { "each", scheme = "figure", text = "a group of level {value}",
    value = where(groups.grave, groups.level + 1, groups.level), applies = groups.present }
  return claim { "groups", scheme = "step", text = "{value} levels for other groups",
    value = over.groups.sum(each, { where = groups.present }) }
end

return regime {
  id = "ledger", version = "1.0.0", title = "A ledger for tests",
  reads = {
    cases = { facts = record { optional = true,
      images = number { optional = true, within = {0, math.huge} },
      computer = truth { optional = true },
      kind_of_case = one_of { among = { "minor", "grave" }, optional = true },
      groups = list { at_most = 3, optional = true,
        of = { level = number { within = {0, 43} }, grave = truth {} } },
    } },
    params = {
      edition = date { optional = true },
      table = table_of_data { default = "test/ledger" },
      add = map { of = record { add = number {} }, optional = true },
    },
  },
  sentence = function(c, p)
    need(c.facts, { "images", "computer" })
    local text = newest(p.table.editions, p.edition or "2020-01-01")
    local tiers = p.table.tiers
    local level = claim { "base", scheme = "step", cite = "1(a)", text = "the base level is {value}",
      value = p.table.base }
    local computer = claim { "computer", scheme = "step", cite = "1(b)",
      text = "{value} levels for a computer", value = where(c.facts.computer, text.extra, 0),
      applies = c.facts.computer, otherwise = "no computer" }
    local images = claim { "images", scheme = "step", cite = "1(c)",
      text = "{value} levels for images",
      value = step(c.facts.images, { from = { tiers.A.from, tiers.B.from } },
        { tiers.A.add, tiers.B.add }, 0) }
    claim { "no-images-by-computer", scheme = "refusal", text = "a computer without images",
      value = both(c.facts.computer, c.facts.images:equals(0)) }
    level = level + computer + images + others(c)
    if given(p, "add") then
      for name, rule in pairs(p.add) do
        level = level + claim { "adjust-" .. name, scheme = "step", text = "{value} levels more",
          value = where(c.facts[name], rule.add, 0), applies = c.facts[name] }
      end
    end
    local total = claim { "total_level", scheme = "sub-total", text = "level {value}", value = level }
    local months = total * quantity(1, "month")
    return conclude { components = { custody = months }, low = months, high = 2 * months }
  end,
}

-- Points of orientation, as Dutch judges use them: for each kind of conduct one usual sentence,
-- from which a court may go up or down.

local discretion = require "discretion"
local editions = require "editions"
local facts = require "facts"

local KINDS = { "possession_or_access", "distribution", "production", "habitual_possession",
  "habitual_distribution", "habitual_production" }

local vocabulary = {
  conduct_kind = facts.label("the kind of conduct, a point of the table", KINDS),
}

-- What `take` makes of the case's point.
local function pick(p, asked, take)
  local picked
  for _, kind in ipairs(KINDS) do
    local value = take(editions.fields(p.table.points[kind]))
    picked = picked and where(asked.is("conduct_kind", kind), value, picked) or value
  end
  return picked
end

return regime {
  id = "orientation", version = "1.0.0", title = "Points of orientation",
  about = "a usual sentence for each kind of conduct, within the statutory maximum",
  reads = {
    cases = { facts = { facts.declared(vocabulary) } },
    params = { discretion.params,
      table = table_of_data { default = "netherlands" },
    },
  },
  sentence = function(c, p)
    local asked = facts.ask(c.facts, vocabulary)
    local month = quantity(1, "month")
    local point = claim { "point", scheme = "established rule", cite = "LOVS",
      text = "the point of orientation is {value}",
      value = pick(p, asked, function(fields) return fields.months end) * month }
    local most = claim { "statutory_maximum", scheme = "figure", text = "the statute allows {value}",
      value = pick(p, asked, function(fields) return fields.maximum end) * month }
    local service = claim { "community_service", scheme = "figure",
      value = pick(p, asked, function(fields) return fields.service_hours or 0 end),
      text = "with {value} hours of community service" }
    claim { "service_alone", scheme = "figure", cite = "Sr 22b", value = service:above(0),
      applies = service:above(0), text = "community service alone is barred" }
    asked.done()
    local low, high = discretion.ends(p, quantity(0, "month"), most)
    return conclude { components = discretion.around(p, point, point, point),
      low = low, high = high }
  end,
}

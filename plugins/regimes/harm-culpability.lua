-- A guideline of harm and culpability, as in England and Wales: the matrix gives a starting point
-- and a range; aggravation and mitigation move the sentence inside the range; a guilty plea reduces
-- it; totality and the statutory maximum close it.

local adjustments = require "adjustments"
local discretion = require "discretion"
local editions = require "editions"
local facts = require "facts"
local matrix = require "matrix"
local vocabulary = require "ew-facts"

local function figure(name, text, value, cite)
  return claim { name, scheme = "figure", text = text, value = value, cite = cite }
end

-- --- inside the range --------------------------------------------------------------------------

local function stated_movement(asked, c, p)
  local moved = 0
  for name, rule in pairs(p.add) do
    local levels = adjustments.levels(adjustments.fact(c, asked, name), rule)
    moved = moved + claim { "movement-" .. name, scheme = "figure", value = levels,
      cite = rule.cite, text = name .. " moves the sentence by {value} of the way",
      applies = negate(levels:equals(0)), otherwise = name .. " moves nothing" }
  end
  return moved
end

-- From -1, the lower end, over 0, the starting point, to 1, the upper end.
local function movement(asked, c, p)
  local moved = given(p, "add") and stated_movement(asked, c, p) or 0
  if not given(p, "add") or asked.stands("aggravation") then
    moved = moved + asked.number("aggravation")
  end
  if not given(p, "add") or asked.stands("mitigation") then
    moved = moved - asked.number("mitigation")
  end
  return figure("movement", "aggravation and mitigation move the sentence by {value} of the way",
    clamp(moved, -1, 1))
end

local function moved_from(start, low, high, moved)
  return start + where(moved:above(0), moved * (high - start), moved * (start - low))
end

-- --- after the range ---------------------------------------------------------------------------

local STAGES = { "first_stage", "after_first_stage", "first_day_of_trial", "during_trial" }

local function reduction_for_plea(asked, p)
  local share = 0
  for _, stage in ipairs(STAGES) do
    share = where(asked.is("plea", stage), p.plea_rates.stages[stage], share)
  end
  return share
end

-- The rates are not verified: a plea is refused unless the scenario accepts them.
local function after_plea(asked, p, months)
  local share = reduction_for_plea(asked, p)
  local refused, unverified = quantity(0, "month"), p.plea_rates.status == "unverified"
  local doubt = unverified and " (the rate is unverified)" or ""
  if unverified and p.accept ~= "unverified" then
    refused = facts.refuse("plea", negate(asked.is("plea", "none")),
      "the rates of reduction for a plea are not verified: say `accept: unverified`")
      * quantity(1, "month")
  end
  local off = claim { "plea_reduction", scheme = "figure", value = -months * share,
    cite = "Sentencing Code, section 73" .. doubt, text = "{value} for the plea",
    applies = share:above(0), otherwise = "no reduction for a plea" }
  return months + off + refused
end

local function with_others(asked, months)
  if not asked.stands("other_sentences") then
    return months
  end
  local sum = months + asked.number("other_sentences")
  return figure("totality", "with the other offences a just and proportionate total is {value}",
    sum * asked.number("proportion"))
end

local function maximum_of(asked, p)
  local fields = editions.fields(p.table)
  if fields.maxima then
    local maxima = fields.maxima
    return where(asked.is("image_conduct", "possession"), maxima.possession, maxima.distribution)
  end
  local maximum = fields.maximum and editions.fields(fields.maximum)
  local usable = maximum and (maximum.status ~= "unverified" or p.accept == "unverified")
  return usable and maximum.months or nil
end

local function within_maximum(asked, p, months)
  local maximum = maximum_of(asked, p)
  if not maximum then
    return months
  end
  maximum = figure("statutory_maximum", "the statute allows at most {value}", maximum)
  return min(months, maximum)
end

-- --- the cell ----------------------------------------------------------------------------------

local function refuse_unverified(cell, p)
  if p.accept == "unverified" then
    claim { "unverified", scheme = "figure", value = cell.unverified, applies = cell.unverified,
      text = "this cell of the matrix is not verified" }
    return quantity(0, "month")
  end
  return facts.refuse("unverified", cell.unverified,
    "this cell of the matrix is not verified: say `accept: unverified` to use it")
    * quantity(1, "month")
end

local function show_cell(cell)
  local start = figure("starting_point", "the starting point is {value} of custody", cell.start)
  figure("category_low", "the category's range begins at {value} of custody", cell.low)
  figure("category_high", "the category's range ends at {value} of custody", cell.high)
  return start
end

-- Which kind of sentence: the rank moves as the months do. Below custody, 1 is a discharge, 2 to 4
-- are fines of band A to C, 5 to 7 are low, medium and high community orders.
local function order(cell, moved, months)
  local rank = floor(moved_from(cell.start_rank, cell.low_rank, cell.high_rank, moved) + 0.5)
  local below = min(rank, matrix.custody_rank - 1)
  return figure("order", "of eight kinds, from a discharge (1) over fines (2 to 4) and community "
    .. "orders (5 to 7) to custody (8), the sentence is of kind {value}",
    where(months:above(0), matrix.custody_rank, below))
end

return regime {
  id = "harm-culpability", version = "1.0.0", title = "Harm and culpability",
  about = "a matrix of starting points and ranges, movement inside the range, plea, totality",
  reads = {
    cases = { facts = { facts.declared(vocabulary) } },
    params = { discretion.params,
      table = table_of_data {},
      plea_rates = table_of_data { default = "england-wales/plea" },
      add = map { of = adjustments.rule, optional = true,
        about = "facts that move the sentence, by shares of the way to the range's end" },
      accept = text { among = { "sourced", "unverified" }, default = "sourced",
        about = "whether cells and rates that are not verified may be used" },
      not_given = text { among = { "ask", "none" }, default = "ask",
        about = "facts that are not given: asked for, or none: 0 or `none`" },
      community_order = number { unit = "month", within = {0, math.huge}, default = 12,
        status = "illustrative", about = "months of supervision that a community order stands for" },
    },
  },
  sentence = function(c, p)
    local asked = facts.ask(c.facts, vocabulary, p.not_given)
    local cell = matrix.cell(asked, p.table)
    local start = show_cell(cell) + refuse_unverified(cell, p)
    local moved = movement(asked, c, p)
    local before = figure("before_plea", "before the plea the sentence is {value} of custody",
      moved_from(start, cell.low, cell.high, moved))
    local kind = order(cell, moved, before)
    local months = within_maximum(asked, p, with_others(asked, after_plea(asked, p, before)))
    asked.done()
    local supervised = both(kind:at_least(5), kind:at_most(7))
    local sentence = discretion.around(p, months, cell.low, cell.high)
    sentence.supervision = where(supervised, p.community_order, 0)
    local low, high = discretion.ends(p, cell.low, max(cell.high, cell.low))
    return conclude { components = sentence, low = low, high = high }
  end,
}

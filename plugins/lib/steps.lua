-- The steps of a guideline: levels that facts add, each a claim of its own.
--
-- A step is an entry of a table of data. What it is about: `what` (a phrase), `cite`. When it
-- applies: `fact` (a truth), with `label` or `not_label` (a name), or `from` or `over` (a number);
-- `any` or `all` of several; `unless`. What it does: `add`; `tiers` (rows of `from` or `over` and `add`) or a named
-- `table`, by the number `amount`, with `least` or `below_table`
-- (levels over a lesser amount, where the table begins later); `replace` (the level becomes that number); or
-- `greatest` or `first` of several such options. `floor`: "if the resulting level is less than X,
-- increase to X". `at_most` with `together`: two steps may add no more than that.
--
-- The level is the sum of the claims, floors and caps included.

local editions = require "editions"

local steps = {}

-- What runs along while steps are taken: the facts, the edition, the named tables, the level.
-- `accept`: "sourced", or "unverified" where the user takes levels that were not verified as well.
function steps.open(asked, edition, tables, accept)
  return { asked = asked, edition = edition, tables = tables or {}, accept = accept,
    prefix = "", scheme = "step", level = nil, added = {}, left_out = {} }
end

-- The same for another guideline, whose claims are named with a prefix and are no steps of this one.
function steps.beside(ledger, prefix)
  local other = steps.open(ledger.asked, ledger.edition, ledger.tables, ledger.accept)
  other.prefix, other.left_out, other.scheme = prefix, ledger.left_out, "figure"
  return other
end

-- Adds a claim to the level. `step`: value, what, cite, applies, otherwise, text.
function steps.take(ledger, name, step)
  local value = claim { ledger.prefix .. name, scheme = ledger.scheme, cite = step.cite,
    text = step.text or "{value} levels for " .. step.what, value = step.value,
    applies = step.applies, otherwise = step.otherwise, questions = step.questions }
  ledger.level = ledger.level and ledger.level + value or value
  ledger.added[name] = value
  return value
end

-- A sub-total: the level so far, under a name.
function steps.total(ledger, name, text, cite)
  ledger.level = claim { ledger.prefix .. name, scheme = "sub-total", text = text, cite = cite,
    value = ledger.level }
  return ledger.level
end

-- --- conditions ------------------------------------------------------------------------------

local condition

local function joined(ledger, rules, join)
  local all
  for _, rule in ipairs(editions.entries(rules, ledger.edition)) do
    local one = condition(ledger, rule[2])
    all = all and join(all, one) or one
  end
  return all
end

local function by_fact(asked, rule)
  if rule.label then
    return asked.is(rule.fact, rule.label)
  elseif rule.not_label then
    return negate(asked.is(rule.fact, rule.not_label))
  elseif rule.from then
    return asked.number(rule.fact):at_least(rule.from)
  elseif rule.over then
    return asked.number(rule.fact):above(rule.over)
  end
  return asked.truth(rule.fact)
end

-- Whether a rule applies; nil where it always does.
function condition(ledger, rule)
  local holds
  if rule.any then
    holds = joined(ledger, rule.any, either)
  elseif rule.all then
    holds = joined(ledger, rule.all, both)
  elseif rule.fact then
    holds = by_fact(ledger.asked, rule)
  end
  if rule.unless then
    holds = both(holds, negate(ledger.asked.truth(rule.unless)))
  end
  return holds
end
steps.condition = condition

-- --- amounts ---------------------------------------------------------------------------------

-- Levels by a number, from rows of { from | over, add }; 0 below the first.
function steps.by_rows(amount, rows, edition, below)
  local from, over, levels = {}, {}, {}
  for _, row in ipairs(editions.entries(rows, edition)) do
    table.insert(row[2].from and from or over, row[2].from or row[2].over)
    table.insert(levels, row[2].add)
  end
  return step(amount, #from > 0 and { from = from } or { over = over }, levels, below or 0)
end

local function by_table(ledger, rule)
  local data = ledger.tables[rule.table] or error("no such table: " .. rule.table)
  local text = editions.only(data.texts, ledger.edition, rule.cite or rule.table)
  local amount = ledger.asked.number(rule.amount)
  local levels = steps.by_rows(amount, text.rows, ledger.edition, text.below)
  local below = rule.below_table and editions.entry(rule.below_table, ledger.edition)
  return below and max(levels, where(amount:above(below.over), below.add, 0)) or levels
end

-- The number that tiers go by; `also`: another one, each of which counts as several.
local function amount_of(ledger, rule)
  local amount = ledger.asked.number(rule.amount)
  local also = rule.also and editions.entry(rule.also, ledger.edition)
  if also and ledger.asked.stands(also.amount) then
    amount = amount + also.each * ledger.asked.number(also.amount)
  end
  return amount
end

local function by_amount(ledger, rule)
  if rule.table then
    return by_table(ledger, rule)
  end
  return steps.by_rows(amount_of(ledger, rule), rule.tiers, ledger.edition)
end

local function by_replacement(ledger, rule)
  return ledger.asked.number(rule.replace) - ledger.level
end

-- The levels of a rule where it applies, before any condition.
local function levels_of(ledger, rule)
  if rule.replace then
    return by_replacement(ledger, rule)
  elseif rule.table or rule.tiers then
    local levels = by_amount(ledger, rule)
    return rule.least and max(levels, rule.least) or levels
  end
  return rule.add or rule.level or 0
end

-- The levels that a rule gives, and where it applies.
local function outcome(ledger, rule)
  local holds, levels = condition(ledger, rule), levels_of(ledger, rule)
  if holds == nil then
    local always = not (rule.table or rule.tiers)
    return levels, not always and negate(levels:equals(0)) or nil
  end
  return where(holds, levels, 0), holds
end

-- --- floors and caps -------------------------------------------------------------------------

local function floor_step(ledger, name, rule, holds)
  local short = max(rule.floor - ledger.level, 0)
  local value = holds and where(holds, short, 0) or short
  steps.take(ledger, name .. "_floor", { value = value, cite = rule.cite, applies = value:above(0),
    text = "{value} levels more: the least level with " .. rule.what })
end

local function cap_step(ledger, name, rule, holds)
  local together = ledger.added[name] + (ledger.added[rule.together] or 0)
  local value = where(holds, min(rule.at_most - together, 0), 0)
  steps.take(ledger, name .. "_cap", { value = value, cite = rule.cap_cite or rule.cite,
    applies = value:below(0),
    text = "{value} levels: " .. rule.what .. ", with what was added before, is capped" })
end

-- A floor alone: the step is the increase itself.
local function only_floor(ledger, name, rule)
  local holds = condition(ledger, rule)
  local short = where(holds, max(rule.floor - ledger.level, 0), 0)
  steps.take(ledger, name, { value = short, cite = rule.cite, applies = short:above(0),
    text = "{value} levels: the least level with " .. rule.what,
    otherwise = "no levels for " .. rule.what .. ", or the level is high enough" })
end

-- --- one step --------------------------------------------------------------------------------

local function simple(ledger, name, rule)
  local value, holds = outcome(ledger, rule)
  steps.take(ledger, name, { value = value, what = rule.what, cite = rule.cite, applies = holds,
    otherwise = "no levels for " .. rule.what })
  if rule.at_most then
    cap_step(ledger, name, rule, holds)
  end
  if rule.floor then
    floor_step(ledger, name, rule, holds)
  end
end

local function take_option(ledger, name, option, says)
  local rule = option.rule
  steps.take(ledger, name, { value = where(option.wins, option.value, 0), cite = rule.cite,
    applies = option.wins, text = says .. rule.what, otherwise = "no levels for " .. rule.what })
  if rule.at_most then
    cap_step(ledger, name, rule, option.wins)
  end
  if rule.floor then
    floor_step(ledger, name, rule, option.wins)
  end
end

-- Of several that hold, all but one give way.
local function gave_way(ledger, name, option)
  claim { ledger.prefix .. name .. "-gave_way", scheme = "figure", cite = option.rule.cite,
    value = 0, applies = both(option.holds, negate(option.wins)),
    text = option.rule.what .. " applies too, but gives way to a greater part of the provision" }
end

-- The options of a step, each with the full name of its claim. One that the regime drops holds
-- never, so that the choice falls to the others.
local function options_of(ledger, name, rules)
  local options = {}
  local entries = editions.entries(rules, ledger.edition)
  for _, entry in ipairs(entries) do
    local full = #entries > 1 and name .. "-" .. entry[1] or name
    local value, holds = outcome(ledger, entry[2])
    local is_dropped = dropped(ledger.prefix .. full)
    table.insert(options, { full = full, rule = entry[2], value = value,
      dropped = is_dropped, holds = is_dropped and negate(true) or holds or negate(false) })
  end
  return options
end

-- The first option that holds wins.
local function first_wins(options)
  local taken
  for _, option in ipairs(options) do
    option.wins = taken and both(option.holds, negate(taken)) or option.holds
    taken = taken and either(taken, option.holds) or option.holds
  end
  return taken
end

-- The greatest of those that hold wins; of two alike, the first.
local function greatest_wins(options)
  local best
  for _, option in ipairs(options) do
    if not option.dropped then
      best = best and max(best, option.value) or option.value
    end
  end
  local taken
  for _, option in ipairs(options) do
    local tops = best and both(option.holds, option.value:at_least(best)) or option.holds
    option.wins = taken and both(tops, negate(taken)) or tops
    taken = taken and either(taken, tops) or tops
  end
  return taken
end

local function choice(ledger, name, rule)
  local options = options_of(ledger, name, rule.greatest or rule.first)
  if #options == 0 then
    return
  end
  local any = (rule.greatest and greatest_wins or first_wins)(options)
  local before = ledger.level
  for _, option in ipairs(options) do
    take_option(ledger, option.full, option, rule.says or "{value} levels for ")
    if rule.greatest and #options > 1 then
      gave_way(ledger, option.full, option)
    end
  end
  ledger.added[name] = before and ledger.level - before or ledger.level
  if rule.floor then
    floor_step(ledger, name, rule, any)
  end
end

-- The first step of a guideline: the first of the base levels that fits.
function steps.base(ledger, data)
  steps.one(ledger, "base", { first = data, says = "base level {value}: " })
end

function steps.one(ledger, name, rule)
  if rule.greatest or rule.first then
    choice(ledger, name, rule)
  elseif rule.floor and not (rule.add or rule.tiers or rule.table) then
    only_floor(ledger, name, rule)
  else
    simple(ledger, name, rule)
  end
end

-- --- what is not verified --------------------------------------------------------------------

-- The facts that a rule turns on.
local function facts_of(ledger, rule, found)
  found = found or {}
  table.insert(found, rule.fact or rule.amount)
  for _, part in ipairs { "any", "all", "greatest", "first" } do
    local rules = rule[part] and editions.entries(rule[part], ledger.edition) or {}
    for _, entry in ipairs(rules) do
      facts_of(ledger, entry[2], found)
    end
  end
  return found
end

local function is_unverified(ledger, rule)
  return rule.verified_since and ledger.edition < rule.verified_since
end

local function refuse_unverified(ledger, name, rule)
  for _, fact in ipairs(facts_of(ledger, rule)) do
    if ledger.asked.stands(fact) then
      input_error((rule.cite or name) .. " (" .. fact
        .. "): its levels are not verified for the edition of " .. ledger.edition,
        "enter at a later step, or say `accept: unverified`")
    end
  end
  table.insert(ledger.left_out, rule.cite and rule.cite .. " (" .. name .. ")" or name)
end

-- A choice is verified as its parts are.
local function choice_unverified(ledger, rule)
  for _, entry in ipairs(editions.entries(rule.greatest or rule.first, ledger.edition)) do
    if is_unverified(ledger, entry[2]) then
      return true
    end
  end
  return false
end

local function take_verified(ledger, name, rule)
  local choosing = rule.greatest or rule.first
  local unverified = is_unverified(ledger, rule) or choosing and choice_unverified(ledger, rule)
  if unverified and ledger.accept ~= "unverified" then
    refuse_unverified(ledger, name, rule)
    return
  end
  if unverified and rule.what then
    rule.what = rule.what .. " (unverified for this edition)"
  end
  steps.one(ledger, name, rule)
end

-- Every step of a table that stood in the edition, in its order.
function steps.all(ledger, data)
  for _, entry in ipairs(editions.entries(data, ledger.edition)) do
    take_verified(ledger, entry[1], entry[2])
  end
end

-- Says which steps were left out because their levels are not verified.
function steps.say_left_out(ledger)
  if #ledger.left_out > 0 then
    claim { "left_out", scheme = "figure", value = #ledger.left_out,
      text = "{value} steps of this edition are left out, since their levels are not verified: "
        .. table.concat(ledger.left_out, ", ") }
  end
end

return steps

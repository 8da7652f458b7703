-- For tests: what the library makes of four types of case, beside what the theories conclude.

local channel = require "channel"
local consequences = require "consequences"
local desert = require "desert"
local harm = require "harm"
local population = require "population"
local severity = require "severity"

local function show_as(value)
  return { "{value}", value = value }
end

local function targets(s, show)
  show.quantity = show_as(population.quantity(s))
  show.target_marginal = show_as(desert.deserved(s, desert.wrong(s, "marginal")))
  for name, theta in pairs { ["0"] = 0, ["035"] = 0.35, ["05"] = 0.5, ["1"] = 1 } do
    show["target_" .. name] = show_as(desert.deserved(s, desert.wrong(s, "exponent", theta)))
  end
  show.target_average = show_as(desert.deserved(s, desert.wrong(s, "average")))
  show.target_aggregate = show_as(desert.deserved(s, desert.wrong(s, "aggregate")))
end

local function accounts(s, p, show)
  local rate, weight = p.internalisation_rate, p.weight_of_gains
  local none = consequences.without_rule(s)
  local alone = consequences.rule_alone(s, rate, weight)
  local backed = consequences.rule_with_sanctions(s, rate, weight, severity.of(s),
    s.sentence.enforced)
  local rule = consequences.value_of_rule(none, alone)
  local sanctions = consequences.value_of_sanctions(alone, backed)
  show.none_people, show.none_harm = show_as(none.people), show_as(none.harm)
  show.none_value = show_as(none.value)
  show.alone_people, show.alone_harm = show_as(alone.people), show_as(alone.harm)
  show.alone_teaching, show.alone_value = show_as(alone.teaching), show_as(alone.value)
  show.backed_people, show.backed_harm = show_as(backed.people), show_as(backed.harm)
  show.backed_punishment, show.backed_errors = show_as(backed.punishment), show_as(backed.errors)
  show.backed_enforcement = show_as(backed.enforcement)
  show.backed_value = show_as(alone.value + sanctions)
  show.value_of_rule, show.value_of_sanctions = show_as(rule), show_as(sanctions)
  show.value_of_both = show_as(rule + sanctions)
  show.part_of_harm_averted = show_as(rule / (none.harm - alone.harm))
end

-- The least whole severity, the same for all, that loses least where detection goes on.
local function best_uniform(s, severities, rate)
  local backed = consequences.rule_with_sanctions(s, rate, 0, severities,
    over.regime.any(s.sentence.enforced))
  local loss = backed.harm + backed.cost
  return over.severity.min(severities, { where = loss:at_most(over.severity.min(loss)) })
end

local function severities_to(most)
  local values = {}
  for months = 0, most do
    table.insert(values, months)
  end
  return axis("severity", values, "pme")
end

local function acceptance(s, show)
  local severities = severities_to(240)
  show.best_uniform_0 = show_as(best_uniform(s, severities, 0))
  show.best_uniform_05 = show_as(best_uniform(s, severities, 0.5))
  show.best_uniform_09 = show_as(best_uniform(s, severities, 0.9))
  local rate = axis("rate", { 0.1, 0.3, 0.5, 0.7, 0.9 })
  local none, alone = consequences.without_rule(s), consequences.rule_alone(s, rate, 0)
  local backed = consequences.rule_with_sanctions(s, rate, 0, severity.of(s), s.sentence.enforced)
  show.variable_rate = show_as(over.rate.mean(consequences.value_of_rule(none, alone)
    + consequences.value_of_sanctions(alone, backed)))
end

-- The rule's gross benefit, channel by channel.
local function attribution(s, p, show)
  local before = consequences.without_rule(s).people
  local after = consequences.rule_alone(s, p.internalisation_rate, 0).people
  for name, c in pairs(s.model.channels) do
    local kind = channel.kinds[c.kind]
    show["attribution_" .. name] = show_as(kind.whole(c, before) - kind.whole(c, after))
  end
end

-- The same world with some of its channels.
local function with_channels(s, names)
  local chosen = {}
  for _, name in ipairs(names) do
    chosen[name] = s.model.channels[name]
  end
  return { shares_of = s.shares_of, cases = s.cases, model = {
    channels = chosen, population = s.model.population, desert_scale = s.model.desert_scale,
    references = s.model.references, internalisation = s.model.internalisation,
    behaviour = s.model.behaviour } }
end

local function switch(s, p, name, names, show)
  local world = with_channels(s, names)
  local people, act = population.without_rule(world), population.people(1)
  local none = consequences.without_rule(world)
  local alone = consequences.rule_alone(world, p.internalisation_rate, 0)
  show["switch_" .. name .. "_aggregate"] = show_as(none.harm)
  show["switch_" .. name .. "_marginal"] = show_as(
    harm.marginal(world, harm.as_consequence, people, act))
  show["switch_" .. name .. "_target"] = show_as(
    desert.deserved(world, desert.wrong(world, "exponent", 0.35)))
  show["switch_" .. name .. "_rule"] = show_as(consequences.value_of_rule(none, alone))
end

local function switches(s, p, show)
  local without = {
    no_market = { "perception", "threshold", "accumulation", "revictimisation" },
    no_perception = { "market", "threshold", "accumulation", "revictimisation" },
    no_revictimisation = { "market", "perception", "threshold", "accumulation" },
    no_threshold = { "market", "perception", "accumulation", "revictimisation" },
    only_market = { "market" }, only_perception = { "perception" },
  }
  for name, names in pairs(without) do
    switch(s, p, name, names, show)
  end
end

-- What case deserves at theta 0 if the market's harm may not be charged to those who take part.
local function not_imputed(s, show)
  local function charge(c)
    return c.kind == "market" and 0 or harm.as_charge(c)
  end
  local share = harm.answered_for(s, charge, "average")
  show.target_market_not_imputed = show_as(desert.deserved(s, s.cases.culpability * share))
end

return theory {
  id = "golden-toy-b", version = "1.0.0", title = "Golden values of Toy B", role = "conduct",
  reads = { desert.reads, consequences.reads },
  argue = function(s, p)
    local show = {}
    targets(s, show)
    accounts(s, p, show)
    acceptance(s, show)
    attribution(s, p, show)
    switches(s, p, show)
    not_imputed(s, show)
    return conclude { score = 1, scale = { [0] = "-", [1] = "-" },
      requires = { always = { "always", 1, at_least = 0 } }, show = show }
  end,
}

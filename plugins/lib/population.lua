-- Who takes part: the population from which a scenario's cases are drawn.
--
-- Those who are sentenced are not those who take part: a type of case that is seldom found out is
-- rare among the sentenced and common among participants. So where a scenario's shares are those
-- of the sentenced, each is divided by its own chance of detection before it counts as a share of
-- conduct. Without that chance the step cannot be taken, and is refused.

local population = {}

population.reads = {
  model = {
    population = {
      potential = number { unit = "person", within = {0, math.huge},
        about = "people who could take part" },
      baseline_rate = number { within = {0, 1},
        about = "share of them who would take part if there were no rule" },
      shares_of = text { among = {"participants", "sentenced"},
        about = "whose shares the cases' shares are" },
    },
  },
  cases = {
    quantity = number { within = {0, math.huge},
      about = "how much one participant contributes, on any scale" },
    detection = number { unit = "1/year", above = 0, below = 1, optional = true,
      about = "chance of being sanctioned in a year; needed where shares are of the sentenced" },
  },
}

-- A pure quantity as people, and people as a pure count.
function population.people(count)
  return count * quantity(1, "person")
end

function population.count(people)
  return people / quantity(1, "person")
end

-- A chance per year over the one year that every account covers.
function population.in_a_year(detection)
  return detection * quantity(1, "year")
end

local function shares_from_sentenced(cases)
  if not given(cases, "detection") then
    input_error("shares_of is 'sentenced', and the cases have no `detection` of their own",
      "give each case its `detection` (1/year), for the sentenced are not those who take part")
  end
  local conduct = cases.share / population.in_a_year(cases.detection)
  return claim { "participation", scheme = "classification",
    text = "{case} makes up {value} of those who take part",
    value = conduct / over.case.sum(conduct),
    questions = { detection = "Is each type of case as likely to be found out as is assumed?" } }
end

-- Each case's share of those who take part, pure, along `case`.
function population.shares(s)
  if s.shares_of == "participants" then
    return s.cases.share
  end
  return shares_from_sentenced(s.cases)
end

-- What one participant of a case contributes, pure, the participants' mean being 1.
function population.quantity(s)
  local contributed = s.cases.quantity
  return ratio(contributed, over.case.sum(population.shares(s) * contributed), 0)
end

-- People who take part where there is no rule at all.
function population.without_rule(s)
  local people = s.model.population
  return people.potential * people.baseline_rate
end

return population

-- A schedule: the sentence of each type of case stands in the scenario, part by part.

local function months(about)
  return by_case { of = number { unit = "month", within = {0, math.huge} }, about = about }
end

local function optional_months(about)
  return by_case { of = number { unit = "month", within = {0, math.huge} }, optional = true,
    about = about }
end

local function state(name, text, value)
  return claim { name, scheme = "established rule", text = text, value = value }
end

return regime {
  id = "schedule", version = "1.0.0", title = "Schedule of sentences",
  about = "states the sentence of each type of case",
  reads = { params = {
    custody = months "time to be served",
    supervision = optional_months "probation or supervised release",
    registration = optional_months "time on a public register",
    fine = optional_months "a fine, in months of the offender's income",
  } },
  sentence = function(_, p)
    return conclude { components = {
      custody = state("custody", "{case} gets {value} in custody", p.custody),
      supervision = given(p, "supervision")
        and state("supervision", "{case} gets {value} of supervision", p.supervision) or nil,
      registration = given(p, "registration")
        and state("registration", "{case} is registered for {value}", p.registration) or nil,
      fine = given(p, "fine")
        and state("fine", "{case} is fined {value} of income", p.fine) or nil,
    } }
  end,
}

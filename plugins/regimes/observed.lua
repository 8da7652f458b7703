-- The sentence that stands in the record: what courts did, beside what a rule would have them do.

local function months(about)
  return number { unit = "month", within = {0, math.huge}, optional = true, about = about }
end

local function state(name, text, value)
  return claim { name, scheme = "established rule", text = text, value = value }
end

local function part(record, name, text)
  return given(record, name) and state(name, text, record[name]) or nil
end

-- A sentence for life has no months of its own. Where the record calls it by a code, `life` holds.
local function custody(observed, p)
  if not given(observed, "life") then
    return observed.custody
  end
  return where(observed.life, p.life_months, observed.custody)
end

return regime {
  id = "observed", version = "1.0.0", title = "The sentence in the record",
  about = "gives every case the sentence that its record states",
  reads = {
    cases = { observed = record {
      custody = number { unit = "month", within = {0, math.huge}, about = "custody, as imposed" },
      life = truth { optional = true, about = "custody for life: then custody is not read" },
      supervision = months "probation or supervised release",
      registration = months "time on a public register",
      fine = months "a fine, in months of the offender's income",
    } },
    params = {
      life_months = number { unit = "month", above = 0, default = 470, status = "illustrative",
        about = "months that stand for life" },
    },
  },
  sentence = function(c, p)
    local observed = c.observed
    return conclude { components = {
      custody = state("custody", "the record gives {case} {value} in custody", custody(observed, p)),
      supervision = part(observed, "supervision", "the record gives {case} {value} of supervision"),
      registration = part(observed, "registration", "the record registers {case} for {value}"),
      fine = part(observed, "fine", "the record fines {case} {value} of income"),
    } }
  end,
}

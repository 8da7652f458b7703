-- What courts do with a rule: how often a sentence falls in the range, below it and above it, how
-- far outside, and how far like cases spread.
--
-- Custody is the expected sentence: within the range at `lands` between its ends, below it at the
-- low end less a share, above it at the high end and a share.

local discretion = {}

local function share(about)
  return number { within = {0, 1}, about = about }
end

discretion.params = {
  lands = number { within = {0, 1}, default = 0.5, status = "illustrative",
    about = "where in the range courts land: 0 at the low end, 1 at the high end" },
  discretion = record { optional = true,
    about = "how sentences fall in and outside the range",
    below = share "share of sentences below the range",
    above = share "share of sentences above the range",
    cut = share "what a sentence below the range is short of its low end, as a share of it",
    over = number { within = {0, math.huge},
      about = "what a sentence above the range exceeds its high end by, as a share of it" },
    spread = number { unit = "month", within = {0, math.huge}, optional = true,
      about = "standard deviation among like cases, in months" },
  },
}

local function part(name, value, text)
  return claim { "discretion_" .. name, scheme = "figure", text = text, value = value,
    questions = { sample = "Were these shares observed among cases like these?" } }
end

local function expected(d, within, low, high)
  local below, above = d.below, d.above
  local under = part("below", low * (1 - d.cut), "below the range courts give {value}")
  local beyond = part("above", high * (1 + d.over), "above the range courts give {value}")
  if given(d, "spread") then
    part("spread", d.spread, "like cases spread by {value}")
  end
  return (1 - below - above) * within + below * under + above * beyond
end

local function custody_claim(name, value)
  return claim { name, scheme = "established rule", text = "courts give {case} {value}",
    value = value,
    questions = { practice = "Is this where courts land, for cases of this type?" } }
end

-- The expected sentence around `within`, what courts give inside the range from `low` to `high`.
function discretion.around(p, within, low, high, name)
  if given(p, "discretion") then
    within = expected(p.discretion, part("within", within,
      "within the range courts give {value}"), low, high)
  end
  return custody_claim(name or "custody", within)
end

-- The same where courts land at `lands` between the ends.
function discretion.custody(p, low, high)
  return discretion.around(p, low + p.lands * (high - low), low, high)
end

return discretion

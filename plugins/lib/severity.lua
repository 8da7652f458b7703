-- How severe a sentence is: its parts on one scale, in months of prison (pme).
--
-- The rates of exchange are premises of the scenario, so that a month of supervision is never
-- added to a month of prison by accident, and so that registration counts as a burden rather than
-- as a footnote.

local severity = {}

local function rate(of)
  return number { unit = "pme/month", within = {0, math.huge},
    about = "severity of one month " .. of }
end

severity.reads = {
  model = {
    exchange = {
      custody = rate "in custody: the unit itself, so 1",
      supervision = rate "under supervision",
      registration = rate "on a public register",
      fine = rate "of income taken as a fine",
    },
  },
}

-- The severity, in pme, of so much custody with all else that the regime gives.
function severity.with_custody(s, custody)
  local given_by, worth = s.sentence, s.model.exchange
  return custody * worth.custody + given_by.supervision * worth.supervision
    + given_by.registration * worth.registration + given_by.fine * worth.fine
end

-- The severity of what each regime gives each case, in pme, along `regime` and `case`.
function severity.of(s)
  return claim { "severity", scheme = "classification",
    text = "the sentence for {case} is as severe as {value} of prison",
    value = severity.with_custody(s, s.sentence.custody),
    questions = {
      collateral = "Are burdens beside prison, such as registration, given their full weight?" } }
end

return severity

-- No sanction at all: the conduct may be forbidden, but nothing is done to those who do it.
--
-- This differs from a sentence of 0 months, which still brands the offender and must be enforced.

return regime {
  id = "none", version = "1.0.0", title = "No sanction",
  about = "no sanction and no enforcement",
  reads = {},
  sentence = function()
    return conclude {
      components = { custody = 0, supervision = 0, registration = 0, fine = 0 },
      enforced = false,
    }
  end,
}

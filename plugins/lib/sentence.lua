-- What a regime gives: the ports through which every regime speaks to every theory.
--
-- Where courts differ in like cases, `custody` is the expected sentence; `within`, `below` and
-- `above` are the three that like cases get, and the shares say how often.

return {
  ports = {
    custody = { unit = "month", default = 0, headline = "months",
      about = "time to be served in custody" },
    supervision = { unit = "month", default = 0,
      about = "probation or supervised release" },
    registration = { unit = "month", default = 0,
      about = "time on a public register" },
    fine = { unit = "month", default = 0,
      about = "a fine, in months of the offender's income" },
    low = { unit = "month", default = "custody",
      about = "the lowest custody the regime allows" },
    high = { unit = "month", default = "custody",
      about = "the highest custody the regime allows" },
    within = { unit = "month", default = "custody",
      about = "custody where a court stays within the range" },
    below = { unit = "month", default = "custody",
      about = "custody where a court goes below the range" },
    above = { unit = "month", default = "custody",
      about = "custody where a court goes above the range" },
    share_below = { default = 0, about = "share of like cases sentenced below the range" },
    share_above = { default = 0, about = "share of like cases sentenced above the range" },
    enforced = { kind = "truth", default = true,
      about = "false where there is no sanction at all, which is not a sanction of 0 months" },
  },
}

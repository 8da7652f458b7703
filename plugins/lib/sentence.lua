-- What a regime gives: the ports through which every regime speaks to every theory.

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
    enforced = { kind = "truth", default = true,
      about = "false where there is no sanction at all, which is not a sanction of 0 months" },
  },
}

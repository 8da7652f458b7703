-- For tests: what each regime gives each case.

local severity = require "severity"

local function show_as(value)
  return { "{value}", value = value }
end

return theory {
  id = "golden-sentence", version = "1.0.0", title = "Sentences", role = "conduct",
  reads = { severity.reads },
  argue = function(s)
    local given_by = s.sentence
    return conclude { score = 1, scale = { [0] = "-", [1] = "-" },
      requires = { always = { "always", 1, at_least = 0 } },
      show = {
        custody = show_as(given_by.custody), low = show_as(given_by.low),
        high = show_as(given_by.high), supervision = show_as(given_by.supervision),
        registration = show_as(given_by.registration), fine = show_as(given_by.fine),
        severity = show_as(severity.of(s)),
        within = show_as(given_by.within), below = show_as(given_by.below),
        above = show_as(given_by.above), share_below = show_as(given_by.share_below),
        share_above = show_as(given_by.share_above),
        enforced = show_as(where(given_by.enforced, 1, 0)),
      } }
  end,
}

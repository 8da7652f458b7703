-- For tests: a score whose slopes are known in closed form, as the comments say.

local function pure(about)
  return number { about = about }
end

return theory {
  id = "slopes", version = "1.0.0", title = "Slopes", role = "conduct",
  reads = { params = {
    a = pure "a^2 b: 2 a b", b = pure "a^2 b: a^2", c = pure "sqrt c: 1 / (2 sqrt c)",
    d = pure "1 above 7: a jump alone", e = pure "floor(e) + 3 e: 3, and jumps",
    f = pure "max(f, 100): 0 below", rate = number { unit = "1/year" },
    sure = truth {},
  } },
  argue = function(s, p)
    local months = over.case.max(s.sentence.custody) / quantity(1, "month")
    local score = p.a * p.a * p.b + sqrt(p.c) + where(p.d:above(7), 1, 0) + floor(p.e) + 3 * p.e
      + max(p.f, 100) + where(p.sure, p.rate, 0) * quantity(24, "month")
      + months - 0.25 * over.regime.max(months)
    return conclude { score = score, scale = { [0] = "-", [1] = "-" },
      requires = { always = { "always", score, at_least = 0 } } }
  end,
}

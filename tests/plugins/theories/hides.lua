-- For tests: a figure of each case stands in the score where `use` is true; else it is computed and hidden.
return theory {
  id = "hides", version = "1.0.0", title = "Hides", role = "aim",
  reads = {
    model = { population = { shares_of = text {} } }, params = { use = truth {} },
    cases = { quantity = number {} },
  },
  argue = function(s, p)
    local looked = over.case.mean(lookup({ 1, 2, 3 }, floor(s.cases.quantity)))
    local score = where(p.use, looked, 0.5)
    return conclude { score = score, scale = { [0] = "-", [1] = "-" },
      requires = { some = { "some", score, at_least = 0.1 } } }
  end,
}

-- expect: line 5: the score is not a finite number
-- A score beyond all measure.
return theory { id = "score-infinite", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return conclude { score = math.huge, scale = { [0] = "none" }, requires = { a = { "a", 1, at_least = 0 } } }
end }

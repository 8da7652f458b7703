-- expect: line 5: div of literals is not a finite number
-- A fold that has no result.
return theory { id = "division-by-zero", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local x = quantity(1, "hu") / 0
end }

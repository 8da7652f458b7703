-- expect: line 5: a literal is not a number
-- A literal that is no number.
return theory { id = "not-a-number", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local x = s.cases.index + 0/0
end }

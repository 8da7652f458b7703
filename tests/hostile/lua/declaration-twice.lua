-- expect: line 4: this table is a declaration already
-- A declaration made another one later.
local t = number {}
truth(t)
return theory { id = "declaration-twice", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return conclude { score = 1, scale = { [0] = "none" }, requires = { a = { "a", 1, at_least = 0 } } }
end }

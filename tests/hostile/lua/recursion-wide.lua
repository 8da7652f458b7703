-- expect: line 5: stack overflow
-- Recursion that takes its arguments along.
return theory { id = "recursion-wide", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local function f(...) return 1 + f(...) end
f(table.unpack({}, 1, 1000))
end }

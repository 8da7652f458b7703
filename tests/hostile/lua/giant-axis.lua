-- expect: line 7: a value would have more than 4194304 cells
-- More places than a value may have cells.
return theory { id = "giant-axis", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local values = {}
for i = 1, 2^21 do values[i] = i end
local x = axis("a", values) + axis("b", { 1, 2, 3 })
end }

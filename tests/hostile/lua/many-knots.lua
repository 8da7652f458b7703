-- expect: line 7: too many knots
-- More knots than there is room for.
return theory { id = "many-knots", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t = {}
for i = 1, 100000 do t[i] = i end
return interpolate(s.cases.index, t, t)
end }

-- expect: line 7: 1
-- A table that grows while it is passed over: the keys are those there were.
return theory { id = "infinite-pairs", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t, n = { a = 1 }, 0
for key in pairs(t) do t[key .. "x"] = 1 n = n + 1 end
error(tostring(n))
end }

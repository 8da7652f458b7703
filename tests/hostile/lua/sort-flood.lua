-- expect: line 7: the plugin did not finish within 50000000 instructions
-- A large table sorted again and again.
return theory { id = "sort-flood", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t = {}
for i = 1, 1e5 do t[i] = i end
while true do table.sort(t) end
end }

-- expect: line 7: the plugin did not finish within 50000000 instructions
-- A long table shifted again and again.
return theory { id = "insert-flood", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t = {}
for i = 1, 1e6 do t[i] = i end
while true do table.insert(t, 1, 0) table.remove(t, 1) end
end }

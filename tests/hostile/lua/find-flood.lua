-- expect: line 7: the plugin did not finish within 50000000 instructions
-- A long text searched again and again.
return theory { id = "find-flood", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t = ("x"):rep(65536)
for i = 1, 5 do t = t .. t end
while true do t:find("y") end
end }
